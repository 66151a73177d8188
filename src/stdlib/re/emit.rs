//! From a pattern's tree to the words of code that `_sre` runs.
//!
//! ```text
//!   a+b   →   INFO 4 0 2 MAXREPEAT │ REPEAT_ONE 6 1 MAXREPEAT LITERAL 97 SUCCESS │ LITERAL 98 │ SUCCESS
//! ```
//!
//! The words are CPython 3.11's, one for one. Counterpart: `re._compiler`.

use super::{
    charset::{self, Case},
    source::Failure,
    tree::{Item, Node, Repeating, Sequence, is_simple, width},
};
use crate::stdlib::_sre::opcodes::{MAX_REPEAT, at, flag, info, op};

const TYPE_FLAGS: u32 = flag::ASCII | flag::LOCALE | flag::UNICODE;

/// The code of a whole pattern. `groups`: the widths of its groups.
pub fn emit(tree: &Sequence, flags: u32, groups: &[Option<(u64, u64)>]) -> Result<Vec<u32>, Failure> {
    let mut emitter = Emitter { code: Vec::new(), groups };
    emitter.info(tree, flags);
    emitter.sequence(tree, flags)?;
    emitter.code.push(op::SUCCESS);
    Ok(emitter.code)
}

struct Emitter<'a> {
    code: Vec<u32>,
    groups: &'a [Option<(u64, u64)>],
}

/// A literal at the start of a pattern.
#[derive(Default)]
struct Prefix {
    points: Vec<u32>,
    /// How much of it stands before the first group.
    skip: Option<usize>,
    /// The pattern is nothing else.
    is_all: bool,
}

fn is_locale_ignore(flags: u32) -> bool {
    flags & flag::IGNORECASE != 0 && flags & flag::LOCALE != 0
}

/// How case is ignored, if it is, and not by the locale.
fn case_of(flags: u32) -> Option<Case> {
    if flags & flag::IGNORECASE == 0 || flags & flag::LOCALE != 0 {
        None
    } else if flags & flag::UNICODE != 0 {
        Some(Case::Unicode)
    } else {
        Some(Case::Ascii)
    }
}

fn combine(flags: u32, add: u32, remove: u32) -> u32 {
    let flags = if add & TYPE_FLAGS != 0 { flags & !TYPE_FLAGS } else { flags };
    (flags | add) & !remove
}

fn prefix_of(sequence: &[Node], flags: u32) -> Prefix {
    let mut prefix = Prefix::default();
    let case = case_of(flags);
    for node in sequence {
        match node {
            Node::Literal(c) if !case.is_some_and(|case| case.is_cased(*c)) => prefix.points.push(*c),
            Node::Group { number, add, remove, body } => {
                let flags = combine(flags, *add, *remove);
                if is_locale_ignore(flags) {
                    return prefix;
                }
                let inner = prefix_of(body, flags);
                if prefix.skip.is_none() {
                    let len = prefix.points.len();
                    prefix.skip = if number.is_some() { Some(len) } else { inner.skip.map(|skip| skip + len) };
                }
                prefix.points.extend(inner.points);
                if !inner.is_all {
                    return prefix;
                }
            }
            _ => return prefix,
        }
    }
    prefix.is_all = true;
    prefix
}

/// The characters that a match can start with, if they are easily told.
fn first_of(sequence: &[Node], flags: u32) -> Option<Vec<Item>> {
    let plain = |c: u32, flags| !case_of(flags).is_some_and(|case| case.is_cased(c));
    match sequence.first()? {
        Node::Group { add, remove, body, .. } => {
            let flags = combine(flags, *add, *remove);
            if is_locale_ignore(flags) { None } else { first_of(body, flags) }
        }
        Node::Literal(c) => plain(*c, flags).then(|| vec![Item::Literal(*c)]),
        Node::Branch(branches) => {
            let literal = |branch: &Sequence| match branch.first() {
                Some(Node::Literal(c)) if plain(*c, flags) => Some(Item::Literal(*c)),
                _ => None,
            };
            branches.iter().map(literal).collect()
        }
        Node::Set(items) => {
            let fits = |item: &Item| match *item {
                Item::Literal(c) => plain(c, flags),
                Item::Range(low, high) => case_of(flags).is_none() || high <= 0xffff && (low..=high).all(|c| plain(c, flags)),
                _ => true,
            };
            items.iter().all(fits).then(|| items.clone())
        }
        _ => None,
    }
}

/// For each place of a literal: how much of its start ends there.
fn overlaps(points: &[u32]) -> Vec<u32> {
    let mut table = vec![0u32; points.len()];
    let mut len = 0usize;
    for i in 1..points.len() {
        while len > 0 && points[i] != points[len] {
            len = table[len - 1] as usize;
        }
        len += usize::from(points[i] == points[len]);
        table[i] = len as u32;
    }
    table
}

impl Emitter<'_> {
    /// A word for a skip that is filled in later.
    fn hole(&mut self) -> usize {
        self.code.push(0);
        self.code.len() - 1
    }

    /// The skip leads to where the code ends now.
    fn fill(&mut self, hole: usize) {
        self.code[hole] = (self.code.len() - hole) as u32;
    }

    fn info(&mut self, tree: &Sequence, flags: u32) {
        let (least, most) = width(tree, self.groups);
        let cut = |width: u64| u32::try_from(width).unwrap_or(MAX_REPEAT);
        let (least, most) = (cut(least), cut(most));
        if least == 0 {
            self.code.extend([op::INFO, 4, 0, least, most]);
            return;
        }
        let (mut prefix, mut first) = (Prefix::default(), None);
        if !is_locale_ignore(flags) {
            prefix = prefix_of(tree, flags);
            if prefix.points.is_empty() {
                first = first_of(tree, flags).filter(|first| !first.is_empty());
            }
        }
        self.code.push(op::INFO);
        let hole = self.hole();
        let mask = match (&first, prefix.points.is_empty()) {
            (_, false) if prefix.skip.is_none() && prefix.is_all => info::PREFIX | info::LITERAL,
            (_, false) => info::PREFIX,
            (Some(_), _) => info::CHARSET,
            _ => 0,
        };
        self.code.extend([mask, least, most]);
        if !prefix.points.is_empty() {
            let len = prefix.points.len();
            self.code.extend([len as u32, prefix.skip.unwrap_or(len) as u32]);
            let table = overlaps(&prefix.points);
            self.code.extend(prefix.points);
            self.code.extend(table);
        } else if let Some(first) = first {
            let (parts, _) = charset::optimize(&first, None);
            charset::emit(&parts, flags & flag::UNICODE != 0, flags & flag::LOCALE != 0, &mut self.code);
        }
        self.fill(hole);
    }

    fn sequence(&mut self, sequence: &[Node], flags: u32) -> Result<(), Failure> {
        sequence.iter().try_for_each(|node| self.node(node, flags))
    }

    fn node(&mut self, node: &Node, flags: u32) -> Result<(), Failure> {
        let (ignores, locale) = (flags & flag::IGNORECASE != 0, flags & flag::LOCALE != 0);
        match node {
            Node::Literal(c) => self.literal(*c, false, flags),
            Node::NotLiteral(c) => self.literal(*c, true, flags),
            Node::Any => self.code.push(if flags & flag::DOTALL != 0 { op::ANY_ALL } else { op::ANY }),
            Node::Set(items) => {
                let case = case_of(flags);
                let (parts, has_cased) = charset::optimize(items, case);
                self.code.push(match case {
                    _ if ignores && locale => op::IN_LOC_IGNORE,
                    Some(Case::Ascii) if has_cased => op::IN_IGNORE,
                    Some(Case::Unicode) if has_cased => op::IN_UNI_IGNORE,
                    _ => op::IN,
                });
                let hole = self.hole();
                charset::emit(&parts, flags & flag::UNICODE != 0, locale, &mut self.code);
                self.fill(hole);
            }
            Node::At(place) => {
                let place = match *place {
                    at::BEGINNING if flags & flag::MULTILINE != 0 => at::BEGINNING_LINE,
                    at::END if flags & flag::MULTILINE != 0 => at::END_LINE,
                    place @ (at::BOUNDARY | at::NON_BOUNDARY) if locale => place - at::BOUNDARY + at::LOC_BOUNDARY,
                    place @ (at::BOUNDARY | at::NON_BOUNDARY) if flags & flag::UNICODE != 0 => place - at::BOUNDARY + at::UNI_BOUNDARY,
                    place => place,
                };
                self.code.extend([op::AT, place]);
            }
            Node::Branch(branches) => {
                self.code.push(op::BRANCH);
                let mut ends = Vec::new();
                for branch in branches {
                    let link = self.hole();
                    self.sequence(branch, flags)?;
                    self.code.push(op::JUMP);
                    ends.push(self.hole());
                    self.fill(link);
                }
                self.code.push(op::FAILURE);
                ends.into_iter().for_each(|end| self.fill(end));
            }
            Node::Group { number, add, remove, body } => {
                let mark = number.map(|number| 2 * (number - 1));
                self.code.extend(mark.into_iter().flat_map(|mark| [op::MARK, mark]));
                self.sequence(body, combine(flags, *add, *remove))?;
                self.code.extend(mark.into_iter().flat_map(|mark| [op::MARK, mark + 1]));
            }
            Node::Repeat { kind, .. } if flags & flag::TEMPLATE != 0 => {
                let name = match kind {
                    Repeating::Greedy => "MAX_REPEAT",
                    Repeating::Lazy => "MIN_REPEAT",
                    Repeating::Possessive => "POSSESSIVE_REPEAT",
                };
                return Err(Failure::Pattern(format!("internal: unsupported template operator {name}").into(), None));
            }
            Node::Repeat { kind, min, max, body } => {
                let (one, many, end) = match kind {
                    Repeating::Greedy => (op::REPEAT_ONE, op::REPEAT, op::MAX_UNTIL),
                    Repeating::Lazy => (op::MIN_REPEAT_ONE, op::REPEAT, op::MIN_UNTIL),
                    Repeating::Possessive => (op::POSSESSIVE_REPEAT_ONE, op::POSSESSIVE_REPEAT, op::SUCCESS),
                };
                let simple = is_simple(body);
                self.code.push(if simple { one } else { many });
                let hole = self.hole();
                self.code.extend([*min, *max]);
                self.sequence(body, flags)?;
                if simple {
                    self.code.push(op::SUCCESS);
                    self.fill(hole);
                } else {
                    self.fill(hole);
                    self.code.push(end);
                }
            }
            Node::Atomic(body) => {
                self.code.push(op::ATOMIC_GROUP);
                let hole = self.hole();
                self.sequence(body, flags)?;
                self.code.push(op::SUCCESS);
                self.fill(hole);
            }
            Node::Assert { behind, negative, body } => {
                self.code.push(if *negative { op::ASSERT_NOT } else { op::ASSERT });
                let hole = self.hole();
                let back = if *behind {
                    let (least, most) = width(body, self.groups);
                    if least != most {
                        return Err(Failure::Pattern("look-behind requires fixed-width pattern".into(), None));
                    }
                    match u32::try_from(least) {
                        Ok(width) => width,
                        Err(_) => return Err(Failure::Pattern("looks too much behind".into(), None)),
                    }
                } else {
                    0
                };
                self.code.push(back);
                self.sequence(body, flags)?;
                self.code.push(op::SUCCESS);
                self.fill(hole);
            }
            Node::GroupRef(group) => {
                let name = match case_of(flags) {
                    _ if ignores && locale => op::GROUPREF_LOC_IGNORE,
                    None => op::GROUPREF,
                    Some(Case::Ascii) => op::GROUPREF_IGNORE,
                    Some(Case::Unicode) => op::GROUPREF_UNI_IGNORE,
                };
                self.code.extend([name, group - 1]);
            }
            Node::Conditional { group, yes, no } => {
                self.code.extend([op::GROUPREF_EXISTS, group - 1]);
                let otherwise = self.hole();
                self.sequence(yes, flags)?;
                // This skip is counted from the word before it.
                if no.is_empty() {
                    self.code[otherwise] = (self.code.len() - otherwise + 1) as u32;
                } else {
                    self.code.push(op::JUMP);
                    let end = self.hole();
                    self.code[otherwise] = (self.code.len() - otherwise + 1) as u32;
                    self.sequence(no, flags)?;
                    self.fill(end);
                }
            }
        }
        Ok(())
    }

    fn literal(&mut self, c: u32, negated: bool, flags: u32) {
        let pick = |one, other| if negated { other } else { one };
        if is_locale_ignore(flags) {
            self.code.extend([pick(op::LITERAL_LOC_IGNORE, op::NOT_LITERAL_LOC_IGNORE), c]);
            return;
        }
        let Some(case) = case_of(flags).filter(|case| case.is_cased(c)) else {
            self.code.extend([pick(op::LITERAL, op::NOT_LITERAL), c]);
            return;
        };
        let low = case.lower(c);
        let others: Vec<u32> = case.others(low).collect();
        if case == Case::Ascii {
            self.code.extend([pick(op::LITERAL_IGNORE, op::NOT_LITERAL_IGNORE), low]);
        } else if others.is_empty() {
            self.code.extend([pick(op::LITERAL_UNI_IGNORE, op::NOT_LITERAL_UNI_IGNORE), low]);
        } else {
            self.code.push(op::IN_UNI_IGNORE);
            let hole = self.hole();
            if negated {
                self.code.push(op::NEGATE);
            }
            for c in std::iter::once(low).chain(others) {
                self.code.extend([op::LITERAL, c]);
            }
            self.code.push(op::FAILURE);
            self.fill(hole);
        }
    }
}
