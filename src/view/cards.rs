//! Opcode cards: what an instruction does, told to a novice, to a student, and to who wants the internals.
//!
//! The texts are in `cards/*.md`, one section an opcode, made to be read and edited; number, argument and caches come from THE opcode
//! table, the disassembly of the example from the compiler. A test holds that each of the 110 opcodes has a card whose example
//! compiles to it.
//!
//! `uncoil opcode GET_ITER`, key `K` in the debugger, `:card GET_ITER`.

mod disassembly;
mod parse;

use std::sync::OnceLock;

use super::Audience;
use crate::{
    bytecode::opcode::{ArgKind, Op},
    text::distance::distance,
};

/// The texts, a file for each family of opcodes.
const TEXTS: [(&str, &str); 11] = [
    ("stack.md", include_str!("cards/stack.md")),
    ("names.md", include_str!("cards/names.md")),
    ("operators.md", include_str!("cards/operators.md")),
    ("access.md", include_str!("cards/access.md")),
    ("build.md", include_str!("cards/build.md")),
    ("jumps.md", include_str!("cards/jumps.md")),
    ("calls.md", include_str!("cards/calls.md")),
    ("exceptions.md", include_str!("cards/exceptions.md")),
    ("generators.md", include_str!("cards/generators.md")),
    ("patterns.md", include_str!("cards/patterns.md")),
    ("imports.md", include_str!("cards/imports.md")),
];

/// What is told about an opcode.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub op: Op,
    /// The heading of its family: `Jumps and loops`.
    pub family: &'static str,
    /// The stack before and after, the top on the right: `… left right → … result`.
    pub stack: &'static str,
    pub novice: &'static str,
    pub student: &'static str,
    pub internals: &'static str,
    /// Which reference counts move.
    pub refcounts: &'static str,
    /// What the argument means; empty where there is none.
    pub argument: &'static str,
    /// What to watch for; may be empty.
    pub watch: &'static str,
    /// The names of the forms that it turns into when it has run often.
    pub forms: Vec<&'static str>,
    /// Related opcodes.
    pub see: Vec<Op>,
    pub example: Example,
}

/// Python that compiles to the opcode.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    pub text: String,
    /// It is typed at the prompt, not in a file.
    pub is_interactive: bool,
}

/// A line of a card, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardLine {
    pub kind: CardLineKind,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardLineKind {
    Heading,
    Text,
    /// The picture of the stack, and Python.
    Code,
    /// A row of the example's disassembly.
    Row,
    /// The row of the opcode itself.
    This,
}

/// The card of an opcode.
pub fn card(op: Op) -> Option<&'static Card> {
    all().iter().find(|card| card.op == op)
}

/// The card of an opcode by its name; none for a name that is none.
pub fn of_name(name: &str) -> Option<&'static Card> {
    named(name).ok().and_then(card)
}

/// All cards, family by family.
pub fn all() -> &'static [Card] {
    static CARDS: OnceLock<Vec<Card>> = OnceLock::new();
    CARDS.get_or_init(|| TEXTS.iter().flat_map(|(_, text)| parse::cards(text).unwrap_or_default()).collect())
}

/// The opcode of a name, in either case.
///
/// # Errors
///
/// A sentence: there is none, with the nearest ones.
pub fn named(written: &str) -> Result<Op, String> {
    let name = written.to_ascii_uppercase().replace('-', "_");
    if let Some(op) = Op::ALL.iter().find(|op| op.name() == name) {
        return Ok(*op);
    }
    if let Some(form) = form_named(&name) {
        return Ok(form.base()); // a specialized form is explained with what it comes from
    }
    let mut near: Vec<(usize, &str)> = Op::ALL.iter().map(|op| (distance(&name, op.name()), op.name())).collect();
    near.sort();
    let starts: Vec<&str> = Op::ALL.iter().map(|op| op.name()).filter(|it| !name.is_empty() && it.starts_with(&*name)).collect();
    let meant = match near.first() {
        _ if !starts.is_empty() => starts,
        Some((far, nearest)) if *far <= 3.max(name.len() / 4) && *far < name.chars().count() => vec![*nearest],
        _ => Op::ALL.iter().map(|op| op.name()).filter(|it| name.len() > 2 && it.contains(&*name)).collect(),
    };
    Err(match meant.as_slice() {
        [] => format!("no instruction `{name}` in 3.11; `uncoil opcode` lists them"),
        few => format!("no instruction `{name}` in 3.11; did you mean {}?", few.iter().take(5).copied().collect::<Vec<_>>().join(", ")),
    })
}

/// The name of an opcode, or of a form that it has in running code, in either case.
///
/// # Errors
///
/// As of [`named`].
pub fn full_name(written: &str) -> Result<&'static str, String> {
    let name = written.to_ascii_uppercase().replace('-', "_");
    form_named(&name).map_or_else(|| named(written).map(Op::name), |form| Ok(form.name()))
}

/// What is said of a name that is a form of running code, before the card of its opcode.
pub fn about_form(name: &str) -> Option<String> {
    let form = form_named(&name.to_ascii_uppercase().replace('-', "_"))?;
    Some(format!("{} is a form that running code has in the place of {}: {}.", form.name(), form.base().name(), form.meaning()))
}

fn form_named(name: &str) -> Option<Op> {
    Op::SPECIALIZED.iter().copied().find(|form| form.name() == name)
}

impl Card {
    /// The card in lines of at most so many characters; for one level, or for all of them.
    pub fn lines(&self, audience: Option<Audience>, width: usize) -> Vec<CardLine> {
        let mut page = Page { lines: Vec::new(), width: width.max(30) };
        let wants = |level: Audience| audience.is_none_or(|audience| level <= audience);
        let internals = wants(Audience::Internals);
        page.text(self.op.meaning());
        page.gap();
        page.put(CardLineKind::Code, format!("  {}", self.stack));
        page.gap();
        for (level, text) in [(Audience::Novice, self.novice), (Audience::Student, self.student), (Audience::Internals, self.internals)] {
            if wants(level) {
                page.labelled(level.title(), text);
            }
        }
        if wants(Audience::Student) {
            page.labelled("Refcounts", self.refcounts);
            page.labelled("Argument", self.argument);
        }
        page.labelled("Watch for", self.watch);
        if internals {
            page.labelled("Number", &self.number());
            page.labelled("Forms", &self.forms.join(", "));
        }
        page.gap();
        page.put(CardLineKind::Heading, "Example".into());
        for line in self.example.text.lines() {
            page.put(CardLineKind::Code, format!("  {line}"));
        }
        if wants(Audience::Student) {
            page.gap();
            page.put(CardLineKind::Heading, "compiles to".into());
            for row in disassembly::around(self.op, &self.example) {
                let kind = if row.is_it { CardLineKind::This } else { CardLineKind::Row };
                page.put(kind, row.text);
            }
        }
        if !self.see.is_empty() {
            page.gap();
            page.labelled("See also", &self.see.iter().map(|op| op.name()).collect::<Vec<_>>().join(", "));
        }
        page.lines
    }

    /// `122, one unit of inline cache; takes an argument`
    fn number(&self) -> String {
        let caches = match self.op.caches() {
            0 => "no inline cache".into(),
            1 => "one unit of inline cache".into(),
            count => format!("{count} units of inline cache"),
        };
        let argument = match self.op.arg_kind() {
            ArgKind::None => "no argument: its second byte means nothing",
            ArgKind::Const => "the argument is an index of co_consts",
            ArgKind::Name => "the argument is an index of co_names",
            ArgKind::GlobalName => "the argument is an index of co_names, times two",
            ArgKind::Local | ArgKind::Free => "the argument is a slot of the frame",
            ArgKind::JumpForward => "the argument is a distance ahead",
            ArgKind::JumpBackward => "the argument is a distance back",
            ArgKind::Compare | ArgKind::Operator => "the argument is an operator",
            ArgKind::Count => "the argument is a number of items",
            ArgKind::Depth => "the argument is a depth of the stack",
            ArgKind::Flags => "the argument is a number or bits",
        };
        format!("{}, {caches}; {argument}", self.op as u8)
    }
}

/// The list of all opcodes, as `uncoil opcode` prints it: `BINARY_OP  122  right = pop(), …`.
pub fn listing() -> Vec<String> {
    let mut lines = Vec::new();
    let mut family = "";
    for card in all() {
        if card.family != family {
            if !family.is_empty() {
                lines.push(String::new());
            }
            family = card.family;
            lines.push(family.to_owned());
        }
        lines.push(format!("  {:<29} {:>3}  {}", card.op.name(), card.op as u8, card.op.meaning()));
    }
    lines
}

/// Lines in the making.
struct Page {
    lines: Vec<CardLine>,
    width: usize,
}

/// Where the texts begin, behind their labels.
const INDENT: usize = 11;

impl Page {
    fn put(&mut self, kind: CardLineKind, text: String) {
        self.lines.push(CardLine { kind, text });
    }

    fn gap(&mut self) {
        self.put(CardLineKind::Text, String::new());
    }

    fn text(&mut self, text: &str) {
        for line in wrapped(text, self.width) {
            self.put(CardLineKind::Text, line);
        }
    }

    /// `Student    Pops the right operand…`; nothing for an empty text.
    fn labelled(&mut self, label: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        for (index, line) in wrapped(text, self.width - INDENT).into_iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            self.put(CardLineKind::Text, format!("{label:<INDENT$}{line}"));
        }
    }
}

/// Cut between words.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += length;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_can_be_read() {
        for (file, text) in TEXTS {
            parse::cards(text).unwrap_or_else(|error| panic!("{file}: {error}"));
        }
    }

    #[test]
    fn every_opcode_has_one_card_and_its_example_compiles_to_it() {
        for op in Op::ALL {
            assert_eq!(all().iter().filter(|card| card.op == *op).count(), 1, "{}", op.name());
            let card = card(*op).expect("a card");
            assert!(disassembly::around(*op, &card.example).iter().any(|row| row.is_it), "{}: not in its example", op.name());
            assert_eq!(card.argument.is_empty(), !op.has_arg(), "{}: the argument", op.name());
            assert!(!card.see.contains(op), "{}: see itself", op.name());
        }
        assert_eq!(all().len(), Op::ALL.len());
    }

    #[test]
    fn cards_fit_the_narrowest_screen() {
        for card in all() {
            for line in card.lines(None, 72) {
                assert!(line.text.chars().count() <= 72, "{}: {}", card.op.name(), line.text);
            }
            for text in [card.novice, card.student, card.internals, card.watch] {
                assert!(text.is_empty() || text.ends_with(['.', '!', '?']), "{}: {text}", card.op.name());
                assert!(text.chars().count() <= 340, "{}: too long: {text}", card.op.name());
            }
        }
    }

    #[test]
    fn names_are_found_or_guessed() {
        assert_eq!(named("binary_op"), Ok(Op::BINARY_OP));
        assert_eq!(named("BINARY_OP_ADD_INT"), Ok(Op::BINARY_OP));
        assert_eq!(named("BINARY_OPP").unwrap_err(), "no instruction `BINARY_OPP` in 3.11; did you mean BINARY_OP?");
        assert_eq!(named("unpack").unwrap_err(), "no instruction `UNPACK` in 3.11; did you mean UNPACK_SEQUENCE, UNPACK_EX?");
        assert_eq!(named("zzz").unwrap_err(), "no instruction `ZZZ` in 3.11; `uncoil opcode` lists them");
    }
}
