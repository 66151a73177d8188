//! Reads the texts of the cards: sections with a line for each field, then an example.
//!
//! ````text
//! ## POP_TOP
//! - stack: … value → …
//! - novice: Throws away a result that nobody wants.
//! ```python
//! print("hello")
//! ```
//! ````

use super::{Card, Example};
use crate::bytecode::opcode::Op;

/// The cards of one file.
///
/// # Errors
///
/// What is wrong, with the opcode.
pub(super) fn cards(text: &'static str) -> Result<Vec<Card>, String> {
    let mut sections = text.split("\n## ");
    let family = sections.next().and_then(|head| head.trim().strip_prefix("# ")).ok_or("the file must begin with `# FAMILY`")?;
    sections.map(|section| card(section, family)).collect()
}

fn card(section: &'static str, family: &'static str) -> Result<Card, String> {
    let (name, rest) = section.split_once('\n').unwrap_or((section, ""));
    let name = name.trim();
    let op = op_named(name)?;
    let (fields, example) = rest.split_once("```").ok_or(format!("{name}: no example"))?;
    let (language, example) = example.split_once('\n').ok_or(format!("{name}: no example"))?;
    let (example, _) = example.split_once("```").ok_or(format!("{name}: the example has no end"))?;
    let is_interactive = match language.trim() {
        "python" => false,
        "pycon" => true,
        other => return Err(format!("{name}: an example in `{other}`")),
    };
    let mut card = Card {
        op,
        family,
        stack: "",
        novice: "",
        student: "",
        internals: "",
        refcounts: "",
        argument: "",
        watch: "",
        forms: Vec::new(),
        see: Vec::new(),
        example: Example { text: example.trim_end().to_owned(), is_interactive },
    };
    for line in fields.lines().filter(|line| !line.trim().is_empty()) {
        let (field, text) = line.strip_prefix("- ").and_then(|line| line.split_once(": ")).ok_or(format!("{name}: `{line}`"))?;
        let text = text.trim();
        let place = match field {
            "stack" => &mut card.stack,
            "novice" => &mut card.novice,
            "student" => &mut card.student,
            "internals" => &mut card.internals,
            "refcounts" => &mut card.refcounts,
            "argument" => &mut card.argument,
            "watch" => &mut card.watch,
            "forms" => {
                card.forms = text.split(", ").collect();
                continue;
            }
            "see" => {
                card.see = text.split(", ").map(op_named).collect::<Result<_, _>>()?;
                continue;
            }
            _ => return Err(format!("{name}: no field `{field}`")),
        };
        *place = text;
    }
    let needed = [card.stack, card.novice, card.student, card.internals, card.refcounts];
    if needed.contains(&"") { Err(format!("{name}: a field is missing")) } else { Ok(card) }
}

fn op_named(name: &str) -> Result<Op, String> {
    Op::ALL.iter().copied().find(|op| op.name() == name).ok_or(format!("no opcode `{name}`"))
}
