//! What `re.DEBUG` shows: a pattern's tree, and its code word by word.
//!
//! ```text
//!   MAX_REPEAT 1 MAXREPEAT          0. INFO 4 0b0 1 MAXREPEAT (to 5)
//!     LITERAL 97                    5: REPEAT_ONE 6 1 MAXREPEAT (to 12)      a colon: something leads here
//!                                   9.   LITERAL 0x61 ('a')
//! ```
//!
//! Counterpart in CPython 3.11: `SubPattern.dump` in `re._parser`, `dis` in `re._compiler`.

use std::{collections::BTreeSet, fmt::Write};

use super::tree::{Item, Node, Repeating};
use crate::{
    stdlib::_sre::opcodes::{MAX_REPEAT, at, category, info, op},
    text::{PyStr, repr},
};

fn limit(number: u32) -> String {
    if number == MAX_REPEAT { "MAXREPEAT".to_string() } else { number.to_string() }
}

fn shown(c: u32) -> String {
    repr::str_repr(&PyStr::from_point(c)).to_string_lossy()
}

/// The tree, a node a line.
pub fn tree(sequence: &[Node]) -> String {
    let mut text = String::new();
    nodes(sequence, 0, &mut text);
    text
}

fn nodes(sequence: &[Node], level: usize, text: &mut String) {
    let pad = "  ".repeat(level);
    let line = |text: &mut String, what: &str| text.extend([&*pad, what, "\n"]);
    for node in sequence {
        match node {
            Node::Literal(c) => line(text, &format!("LITERAL {c}")),
            Node::NotLiteral(c) => line(text, &format!("NOT_LITERAL {c}")),
            Node::Any => line(text, "ANY None"),
            Node::At(place) => line(text, &format!("AT AT_{}", at::name(*place))),
            Node::GroupRef(group) => line(text, &format!("GROUPREF {group}")),
            Node::Set(items) => {
                line(text, "IN");
                for item in items {
                    line(
                        text,
                        &match item {
                            Item::Negate => "  NEGATE None".to_string(),
                            Item::Literal(c) => format!("  LITERAL {c}"),
                            Item::Range(low, high) => format!("  RANGE ({low}, {high})"),
                            Item::Category(number) => format!("  CATEGORY CATEGORY_{}", category::name(*number)),
                        },
                    );
                }
            }
            Node::Branch(branches) => {
                line(text, "BRANCH");
                for (index, branch) in branches.iter().enumerate() {
                    if index > 0 {
                        line(text, "OR");
                    }
                    nodes(branch, level + 1, text);
                }
            }
            Node::Conditional { group, yes, no } => {
                line(text, &format!("GROUPREF_EXISTS {group}"));
                nodes(yes, level + 1, text);
                if !no.is_empty() {
                    line(text, "ELSE");
                    nodes(no, level + 1, text);
                }
            }
            Node::Group { number, add, remove, body } => {
                let number = number.map_or("None".to_string(), |number| number.to_string());
                line(text, &format!("SUBPATTERN {number} {add} {remove}"));
                nodes(body, level + 1, text);
            }
            Node::Repeat { kind, min, max, body } => {
                let name = match kind {
                    Repeating::Greedy => "MAX_REPEAT",
                    Repeating::Lazy => "MIN_REPEAT",
                    Repeating::Possessive => "POSSESSIVE_REPEAT",
                };
                line(text, &format!("{name} {min} {}", limit(*max)));
                nodes(body, level + 1, text);
            }
            Node::Atomic(body) => {
                line(text, "ATOMIC_GROUP");
                nodes(body, level + 1, text);
            }
            Node::Assert { behind, negative, body } => {
                let name = if *negative { "ASSERT_NOT" } else { "ASSERT" };
                line(text, &format!("{name} {}", if *behind { -1 } else { 1 }));
                nodes(body, level + 1, text);
            }
        }
    }
}

/// The code, an operation a line.
pub fn code(words: &[u32]) -> String {
    let width = words.len().saturating_sub(1).to_string().len();
    let mut lister = Lister { words, width, led_to: BTreeSet::new(), text: String::new() };
    lister.stretch(0, words.len(), 1);
    lister.text
}

struct Lister<'a> {
    words: &'a [u32],
    /// of positions
    width: usize,
    /// Positions that something before leads to.
    led_to: BTreeSet<usize>,
    text: String,
}

impl Lister<'_> {
    fn word(&self, at: usize) -> u32 {
        self.words.get(at).copied().unwrap_or(0)
    }

    fn line(&mut self, at: usize, level: usize, what: &str) {
        let mark = if self.led_to.contains(&at) { ':' } else { '.' };
        let pad = "  ".repeat(level - 1);
        let _ = writeln!(self.text, "{at:>width$}{mark} {pad}{what}", width = self.width);
    }

    /// The same with a place that it leads to.
    fn leading(&mut self, at: usize, level: usize, what: &str, to: usize) {
        self.led_to.insert(to);
        self.line(at, level, &format!("{what} (to {to})"));
    }

    fn detail(&mut self, level: usize, what: &str) {
        let _ = writeln!(self.text, "{}{what}", " ".repeat(self.width + 2 * level));
    }

    fn map(&self, at: usize) -> String {
        let words: Vec<String> = (at..at + 8).map(|at| format!("0x{:08x}", self.word(at))).collect();
        format!("[{}]", words.join(", "))
    }

    /// Operations from one position up to another.
    fn stretch(&mut self, mut at: usize, end: usize, level: usize) {
        while at < end {
            at = self.operation(at, level).max(at + 1);
        }
    }

    /// One operation with all that is inside; where the next one stands.
    fn operation(&mut self, at: usize, level: usize) -> usize {
        let (number, first) = (self.word(at), self.word(at + 1));
        let name = op::name(number);
        let skipped = at + 1 + first as usize;
        match number {
            op::LITERAL
            | op::NOT_LITERAL
            | op::LITERAL_IGNORE
            | op::NOT_LITERAL_IGNORE
            | op::LITERAL_UNI_IGNORE
            | op::NOT_LITERAL_UNI_IGNORE
            | op::LITERAL_LOC_IGNORE
            | op::NOT_LITERAL_LOC_IGNORE => {
                self.line(at, level, &format!("{name} {first:#x} ({})", shown(first)));
                at + 2
            }
            op::AT => {
                self.line(at, level, &format!("{name} {}", at::name(first)));
                at + 2
            }
            op::CATEGORY => {
                self.line(at, level, &format!("{name} {}", category::name(first)));
                at + 2
            }
            op::IN | op::IN_IGNORE | op::IN_UNI_IGNORE | op::IN_LOC_IGNORE => {
                self.leading(at, level, &format!("{name} {first}"), skipped);
                self.stretch(at + 2, skipped, level + 1);
                skipped
            }
            op::RANGE | op::RANGE_UNI_IGNORE => {
                let high = self.word(at + 2);
                self.line(at, level, &format!("{name} {first:#x} {high:#x} ({}-{})", shown(first), shown(high)));
                at + 3
            }
            op::CHARSET => {
                let map = self.map(at + 1);
                self.line(at, level, &format!("{name} {map}"));
                at + 9
            }
            op::BIGCHARSET => {
                let index: Vec<String> =
                    (at + 2..at + 66).flat_map(|at| self.word(at).to_le_bytes()).map(|block| block.to_string()).collect();
                self.line(at, level, &format!("{name} {first} [{}]", index.join(", ")));
                for block in 0..first as usize {
                    let map = self.map(at + 66 + 8 * block);
                    self.detail(level + 1, &map);
                }
                at + 66 + 8 * first as usize
            }
            op::MARK | op::GROUPREF | op::GROUPREF_IGNORE | op::GROUPREF_UNI_IGNORE | op::GROUPREF_LOC_IGNORE => {
                self.line(at, level, &format!("{name} {first}"));
                at + 2
            }
            op::JUMP => {
                self.leading(at, level, &format!("{name} {first}"), skipped);
                at + 2
            }
            op::BRANCH => {
                self.leading(at, level, &format!("{name} {first}"), skipped);
                self.branches(at + 1, level)
            }
            op::REPEAT | op::REPEAT_ONE | op::MIN_REPEAT_ONE | op::POSSESSIVE_REPEAT | op::POSSESSIVE_REPEAT_ONE => {
                let (min, max) = (self.word(at + 2), limit(self.word(at + 3)));
                self.leading(at, level, &format!("{name} {first} {min} {max}"), skipped);
                self.stretch(at + 4, skipped, level + 1);
                skipped
            }
            op::GROUPREF_EXISTS => {
                let skip = self.word(at + 2);
                self.leading(at, level, &format!("{name} {first} {skip}"), at + 1 + skip as usize);
                at + 3
            }
            op::ASSERT | op::ASSERT_NOT => {
                let back = self.word(at + 2);
                self.leading(at, level, &format!("{name} {first} {back}"), skipped);
                self.stretch(at + 3, skipped, level + 1);
                skipped
            }
            op::ATOMIC_GROUP => {
                self.leading(at, level, &format!("{name} {first}"), skipped);
                self.stretch(at + 2, skipped, level + 1);
                skipped
            }
            op::INFO => {
                self.info(at, level, skipped);
                skipped
            }
            _ => {
                self.line(at, level, name);
                at + 1
            }
        }
    }

    /// Alternatives, from the first link on.
    fn branches(&mut self, mut link: usize, level: usize) -> usize {
        let mut is_first = true;
        while self.word(link) != 0 {
            let next = link + self.word(link) as usize;
            if !is_first {
                let skip = self.word(link);
                self.leading(link, level, &format!("branch {skip}"), next);
            }
            is_first = false;
            self.stretch(link + 1, next, level + 1);
            link = next;
        }
        self.line(link, level, op::name(op::FAILURE));
        link + 1
    }

    fn info(&mut self, at: usize, level: usize, end: usize) {
        let (skip, flags, min, max) = (self.word(at + 1), self.word(at + 2), self.word(at + 3), limit(self.word(at + 4)));
        self.leading(at, level, &format!("INFO {skip} {flags:#b} {min} {max}"), end);
        if flags & info::PREFIX != 0 {
            let (len, skip) = (self.word(at + 5) as usize, self.word(at + 6));
            self.detail(level + 1, &format!("prefix_skip {skip}"));
            let prefix = self.words.get(at + 7..at + 7 + len).unwrap_or_default().to_vec();
            let numbers: Vec<String> = prefix.iter().map(|c| format!("{c:#x}")).collect();
            let text = repr::str_repr(&PyStr::from_code_points(&prefix)).to_string_lossy();
            self.detail(level + 1, &format!("prefix [{}] ({text})", numbers.join(", ")));
            let table = self.words.get(at + 7 + len..at + 7 + 2 * len).unwrap_or_default().to_vec();
            self.detail(level + 1, &format!("overlap {table:?}"));
        }
        if flags & info::CHARSET != 0 {
            self.detail(level + 1, "in");
            self.stretch(at + 5, end, level + 2);
        }
    }
}
