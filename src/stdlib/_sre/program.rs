//! A compiled pattern as the machine runs it: words of code decoded once, with every jump checked.
//!
//! Whatever words come in, what goes out can be run: a jump leads to the start of an operation, a group number is in range,
//! and the last operation is a failure. Counterpart in CPython 3.11: `_validate` in `Modules/_sre/sre.c`.

use rustc_hash::FxHashMap;

use super::{
    opcodes::{at, category, info, op},
    set::{Fold, Item, Rule, Single},
};

/// The number of an operation.
pub type Pc = u32;

/// The upper limit of a repetition, where there is none.
pub const NO_LIMIT: usize = usize::MAX;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Greedy,
    Lazy,
    Possessive,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    Ascii,
    Unicode,
}

/// Where, between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Beginning,
    BeginningOfLine,
    End,
    EndOfLine,
    EndOfString,
    Boundary(Words),
    NonBoundary(Words),
}

#[derive(Clone, Debug)]
pub enum Op {
    Failure,
    Success,
    One(Single),
    At(Place),
    Mark(usize),
    Jump(Pc),
    /// the alternatives
    Branch(Box<[Pc]>),
    /// What follows, up to the `Until`, `min` to `max` times.
    Repeat {
        min: usize,
        max: usize,
        until: Pc,
    },
    Until {
        lazy: bool,
    },
    /// One character again and again.
    RepeatOne {
        min: usize,
        max: usize,
        what: Box<Single>,
        tail: Pc,
        kind: Kind,
        next: Option<u32>,
    },
    PossessiveRepeat {
        min: usize,
        max: usize,
        tail: Pc,
    },
    Atomic {
        tail: Pc,
    },
    Assert {
        back: usize,
        negative: bool,
        tail: Pc,
    },
    GroupRef {
        group: usize,
        fold: Fold,
    },
    /// Goes on if the group has matched, else jumps.
    IfGroup {
        group: usize,
        otherwise: Pc,
    },
}

/// What a search may look for first.
#[derive(Clone, Debug)]
pub enum Start {
    Anything,
    /// Only the start of the string will do.
    Beginning,
    Prefix(Vec<u32>),
    First(Single),
}

#[derive(Clone, Debug)]
pub struct Program {
    pub ops: Vec<Op>,
    /// The least length of a match.
    pub min_width: usize,
    pub start: Start,
    pub groups: usize,
}

/// The words make no sense.
#[derive(Debug, PartialEq, Eq)]
pub struct Invalid;

struct Decoder<'a> {
    code: &'a [u32],
    ops: Vec<Op>,
    /// Where in the code → which operation.
    places: FxHashMap<usize, Pc>,
    /// Links between the alternatives of a branch, which are no operations.
    links: FxHashMap<usize, ()>,
    groups: usize,
}

impl Program {
    pub fn decode(code: &[u32], groups: usize) -> Result<Program, Invalid> {
        let mut decoder = Decoder { code, ops: Vec::new(), places: FxHashMap::default(), links: FxHashMap::default(), groups };
        let mut position = 0;
        let (mut min_width, mut start) = (0, Start::Anything);
        if code.first() == Some(&op::INFO) {
            (min_width, start) = decoder.info()?;
            position = decoder.target(1)?;
        }
        while position < code.len() {
            position = decoder.one(position)?;
        }
        decoder.places.insert(position, decoder.ops.len() as Pc);
        decoder.ops.push(Op::Failure);
        decoder.resolve()?;
        if matches!((decoder.ops.first(), &start), (Some(Op::At(Place::Beginning)), Start::Anything)) {
            start = Start::Beginning;
        }
        Ok(Program { ops: decoder.ops, min_width, start, groups })
    }
}

fn limit(word: u32) -> usize {
    if word == u32::MAX { NO_LIMIT } else { word as usize }
}

impl Decoder<'_> {
    fn word(&self, position: usize) -> Result<u32, Invalid> {
        self.code.get(position).copied().ok_or(Invalid)
    }

    /// Where the skip at a position leads.
    fn target(&self, position: usize) -> Result<usize, Invalid> {
        let target = position + self.word(position)? as usize;
        if target <= self.code.len() { Ok(target) } else { Err(Invalid) }
    }

    /// Least width and how to search, told at the start.
    fn info(&self) -> Result<(usize, Start), Invalid> {
        let (flags, min_width) = (self.word(2)?, self.word(3)? as usize);
        let start = if flags & info::PREFIX != 0 {
            let len = self.word(5)? as usize;
            let points = self.code.get(7..7 + len).ok_or(Invalid)?.to_vec();
            if points.is_empty() { Start::Anything } else { Start::Prefix(points) }
        } else if flags & info::CHARSET != 0 {
            let (items, _) = self.items(5, self.target(1)?)?;
            Start::First(Single::set(Rule::In { items, fold: Fold::None }))
        } else {
            Start::Anything
        };
        Ok((min_width, start))
    }

    /// The items of a set from a position on, and where they end.
    fn items(&self, mut position: usize, end: usize) -> Result<(Vec<Item>, usize), Invalid> {
        let mut items = Vec::new();
        let map =
            |at: usize| -> Result<[u32; 8], Invalid> { self.code.get(at..at + 8).and_then(|words| words.try_into().ok()).ok_or(Invalid) };
        while position < end {
            let (item, len) = match self.word(position)? {
                op::FAILURE => return Ok((items, position + 1)),
                op::NEGATE => (Item::Negate, 1),
                op::LITERAL => (Item::Literal(self.word(position + 1)?), 2),
                op::RANGE => (Item::Range(self.word(position + 1)?, self.word(position + 2)?), 3),
                op::RANGE_UNI_IGNORE => (Item::RangeIgnore(self.word(position + 1)?, self.word(position + 2)?), 3),
                op::CATEGORY if !category::name(self.word(position + 1)?).is_empty() => (Item::Category(self.word(position + 1)?), 2),
                op::CHARSET => (Item::Map(map(position + 1)?), 9),
                op::BIGCHARSET => {
                    let count = self.word(position + 1)? as usize;
                    let words = self.code.get(position + 2..position + 66).ok_or(Invalid)?;
                    let index: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
                    if count > 256 || index.iter().any(|&block| usize::from(block) >= count) {
                        return Err(Invalid);
                    }
                    let blocks = (0..count).map(|i| map(position + 66 + 8 * i)).collect::<Result<Vec<_>, _>>()?;
                    (Item::BigMap { index, blocks }, 66 + 8 * count)
                }
                _ => return Err(Invalid),
            };
            items.push(item);
            position += len;
        }
        Err(Invalid)
    }

    /// What matches one character, and where it ends; `None` if the operation is another.
    fn single(&self, position: usize) -> Result<Option<(Single, usize)>, Invalid> {
        let literal = |fold, negated| -> Result<Option<(Single, usize)>, Invalid> {
            let literal = self.word(position + 1)?;
            let single = match (fold, negated) {
                (Fold::None, false) => Single::Literal(literal),
                (Fold::None, true) => Single::NotLiteral(literal),
                _ => Single::set(Rule::Literal { literal, fold, negated }),
            };
            Ok(Some((single, position + 2)))
        };
        let set = |fold| -> Result<Option<(Single, usize)>, Invalid> {
            let end = self.target(position + 1)?;
            let (items, after) = self.items(position + 2, end)?;
            if after == end { Ok(Some((Single::set(Rule::In { items, fold }), end))) } else { Err(Invalid) }
        };
        match self.word(position)? {
            op::ANY => Ok(Some((Single::Any, position + 1))),
            op::ANY_ALL => Ok(Some((Single::All, position + 1))),
            op::LITERAL => literal(Fold::None, false),
            op::NOT_LITERAL => literal(Fold::None, true),
            op::LITERAL_IGNORE => literal(Fold::Ascii, false),
            op::NOT_LITERAL_IGNORE => literal(Fold::Ascii, true),
            op::LITERAL_LOC_IGNORE => literal(Fold::Locale, false),
            op::NOT_LITERAL_LOC_IGNORE => literal(Fold::Locale, true),
            op::LITERAL_UNI_IGNORE => literal(Fold::Unicode, false),
            op::NOT_LITERAL_UNI_IGNORE => literal(Fold::Unicode, true),
            op::IN => set(Fold::None),
            op::IN_IGNORE => set(Fold::Ascii),
            op::IN_LOC_IGNORE => set(Fold::Locale),
            op::IN_UNI_IGNORE => set(Fold::Unicode),
            _ => Ok(None),
        }
    }

    fn group(&self, position: usize) -> Result<usize, Invalid> {
        let group = self.word(position)? as usize;
        if group < self.groups { Ok(group) } else { Err(Invalid) }
    }

    fn repeat(&self, position: usize) -> Result<(usize, usize, usize), Invalid> {
        let (end, min, max) = (self.target(position + 1)?, self.word(position + 2)? as usize, limit(self.word(position + 3)?));
        if min > max || end < position + 4 { Err(Invalid) } else { Ok((min, max, end)) }
    }

    /// Decodes one operation; where the next one stands. Jumps hold places in the code until [`Decoder::resolve`].
    fn one(&mut self, position: usize) -> Result<usize, Invalid> {
        self.places.insert(position, self.ops.len() as Pc);
        if self.links.remove(&position).is_some() {
            // Reached only by running on, which the alternatives before it don't do.
            self.ops.push(Op::Failure);
            return Ok(position + 1);
        }
        if let Some((single, end)) = self.single(position)? {
            self.ops.push(Op::One(single));
            return Ok(end);
        }
        let (op, next) = match self.word(position)? {
            op::FAILURE => (Op::Failure, position + 1),
            op::SUCCESS => (Op::Success, position + 1),
            op::MARK => {
                let mark = self.word(position + 1)? as usize;
                if mark >= 2 * self.groups {
                    return Err(Invalid);
                }
                (Op::Mark(mark), position + 2)
            }
            op::AT => (Op::At(place(self.word(position + 1)?)?), position + 2),
            op::JUMP => (Op::Jump(self.target(position + 1)? as Pc), position + 2),
            op::BRANCH => {
                let (mut alternatives, mut link) = (Vec::new(), position + 1);
                while self.word(link)? != 0 {
                    alternatives.push(link as Pc + 1);
                    link = self.target(link)?;
                    self.links.insert(link, ());
                }
                (Op::Branch(alternatives.into()), position + 2)
            }
            op::REPEAT => {
                let (min, max, end) = self.repeat(position)?;
                if !matches!(self.word(end)?, op::MAX_UNTIL | op::MIN_UNTIL) {
                    return Err(Invalid);
                }
                (Op::Repeat { min, max, until: end as Pc }, position + 4)
            }
            op::MAX_UNTIL => (Op::Until { lazy: false }, position + 1),
            op::MIN_UNTIL => (Op::Until { lazy: true }, position + 1),
            name @ (op::REPEAT_ONE | op::MIN_REPEAT_ONE | op::POSSESSIVE_REPEAT_ONE) => {
                let (min, max, end) = self.repeat(position)?;
                let Some((what, after)) = self.single(position + 4)? else { return Err(Invalid) };
                if self.word(after)? != op::SUCCESS || after + 1 != end {
                    return Err(Invalid);
                }
                let kind = match name {
                    op::REPEAT_ONE => Kind::Greedy,
                    op::MIN_REPEAT_ONE => Kind::Lazy,
                    _ => Kind::Possessive,
                };
                let next = if self.code.get(end) == Some(&op::LITERAL) { self.code.get(end + 1).copied() } else { None };
                (Op::RepeatOne { min, max, what: Box::new(what), tail: end as Pc, kind, next }, end)
            }
            op::POSSESSIVE_REPEAT => {
                let (min, max, end) = self.repeat(position)?;
                if self.word(end)? != op::SUCCESS {
                    return Err(Invalid);
                }
                (Op::PossessiveRepeat { min, max, tail: end as Pc + 1 }, position + 4)
            }
            op::ATOMIC_GROUP => (Op::Atomic { tail: self.target(position + 1)? as Pc }, position + 2),
            name @ (op::ASSERT | op::ASSERT_NOT) => {
                let (tail, back) = (self.target(position + 1)? as Pc, self.word(position + 2)? as usize);
                (Op::Assert { back, negative: name == op::ASSERT_NOT, tail }, position + 3)
            }
            name @ (op::GROUPREF | op::GROUPREF_IGNORE | op::GROUPREF_LOC_IGNORE | op::GROUPREF_UNI_IGNORE) => {
                let fold = match name {
                    op::GROUPREF => Fold::None,
                    op::GROUPREF_IGNORE => Fold::Ascii,
                    op::GROUPREF_LOC_IGNORE => Fold::Locale,
                    _ => Fold::Unicode,
                };
                (Op::GroupRef { group: self.group(position + 1)?, fold }, position + 2)
            }
            op::GROUPREF_EXISTS => {
                let target = position + 1 + self.word(position + 2)? as usize;
                (Op::IfGroup { group: self.group(position + 1)?, otherwise: target as Pc }, position + 3)
            }
            _ => return Err(Invalid),
        };
        self.ops.push(op);
        Ok(next)
    }

    /// Places in the code become numbers of operations.
    fn resolve(&mut self) -> Result<(), Invalid> {
        let places = &self.places;
        let settle = |target: &mut Pc| -> Result<(), Invalid> {
            *target = *places.get(&(*target as usize)).ok_or(Invalid)?;
            Ok(())
        };
        for op in &mut self.ops {
            match op {
                Op::Jump(target)
                | Op::Repeat { until: target, .. }
                | Op::RepeatOne { tail: target, .. }
                | Op::PossessiveRepeat { tail: target, .. }
                | Op::Atomic { tail: target }
                | Op::Assert { tail: target, .. }
                | Op::IfGroup { otherwise: target, .. } => settle(target)?,
                Op::Branch(alternatives) => alternatives.iter_mut().try_for_each(settle)?,
                _ => {}
            }
        }
        Ok(())
    }
}

fn place(word: u32) -> Result<Place, Invalid> {
    Ok(match word {
        at::BEGINNING | at::BEGINNING_STRING => Place::Beginning,
        at::BEGINNING_LINE => Place::BeginningOfLine,
        at::END => Place::End,
        at::END_LINE => Place::EndOfLine,
        at::END_STRING => Place::EndOfString,
        at::BOUNDARY | at::LOC_BOUNDARY => Place::Boundary(Words::Ascii),
        at::NON_BOUNDARY | at::LOC_NON_BOUNDARY => Place::NonBoundary(Words::Ascii),
        at::UNI_BOUNDARY => Place::Boundary(Words::Unicode),
        at::UNI_NON_BOUNDARY => Place::NonBoundary(Words::Unicode),
        _ => return Err(Invalid),
    })
}
