//! Sets of characters, and all else that matches exactly one character.
//!
//! The first 256 code points are looked up in a bit map that is made when the pattern is compiled, whatever the set is made
//! of and whether case counts; only code points beyond are judged by the rule. Counterpart in CPython 3.11: `SRE(charset)`,
//! `SRE(count)`. `[^\W\d_]` is such a set.

use super::opcodes::category as cat;
use crate::text::{
    methods::split::is_line_break,
    pystr::{Unit, point},
    unicode,
};

/// How case is set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    None,
    Ascii,
    /// the C locale's letters, which are ASCII's
    Locale,
    Unicode,
}

/// A character matches exactly one of these.
#[derive(Clone, Debug)]
pub enum Single {
    /// `.`: all but `\n`
    Any,
    /// `.` with DOTALL
    All,
    Literal(u32),
    NotLiteral(u32),
    Set(Box<Set>),
}

#[derive(Clone, Debug)]
pub struct Set {
    /// The answers for the first 256 code points.
    low: [u64; 4],
    rule: Rule,
}

/// What decides beyond the bit map.
#[derive(Clone, Debug)]
pub enum Rule {
    Literal { literal: u32, fold: Fold, negated: bool },
    In { items: Vec<Item>, fold: Fold },
}

/// A part of a set; the first that has the character decides.
#[derive(Clone, Debug)]
pub enum Item {
    /// From here on belonging means the opposite.
    Negate,
    Literal(u32),
    Range(u32, u32),
    /// the character or its capital
    RangeIgnore(u32, u32),
    Category(u32),
    /// below 256
    Map([u32; 8]),
    /// below 65536: the number of a block for each 256 code points, and the blocks
    BigMap {
        index: Vec<u8>,
        blocks: Vec<[u32; 8]>,
    },
}

/// The simple lower case of a character.
pub fn lower(c: u32) -> u32 {
    unicode::lower(c).as_slice()[0]
}

/// The simple upper case.
pub fn upper(c: u32) -> u32 {
    unicode::upper(c).as_slice()[0]
}

pub fn ascii_lower(c: u32) -> u32 {
    if (0x41..=0x5a).contains(&c) { c + 32 } else { c }
}

fn ascii_upper(c: u32) -> u32 {
    if (0x61..=0x7a).contains(&c) { c - 32 } else { c }
}

impl Fold {
    /// The form that characters are compared in.
    pub fn lower(self, c: u32) -> u32 {
        match self {
            Fold::None => c,
            Fold::Ascii | Fold::Locale => ascii_lower(c),
            Fold::Unicode => lower(c),
        }
    }
}

/// Is it a letter, digit or underscore of ASCII?
pub fn is_ascii_word(c: u32) -> bool {
    u8::try_from(c).is_ok_and(|c| c.is_ascii_alphanumeric() || c == b'_')
}

pub fn is_unicode_word(c: u32) -> bool {
    c == 0x5f || unicode::is_alnum(c)
}

fn in_category(category: u32, c: u32) -> bool {
    let positive = match category & !1 {
        cat::DIGIT => (0x30..=0x39).contains(&c),
        cat::SPACE => matches!(c, 9..=13 | 32),
        cat::WORD | cat::LOC_WORD => is_ascii_word(c),
        cat::LINEBREAK => c == 10,
        cat::UNI_DIGIT => unicode::is_decimal(c),
        cat::UNI_SPACE => unicode::is_space(c),
        cat::UNI_WORD => is_unicode_word(c),
        _ => is_line_break(c),
    };
    positive != (category & 1 == 1)
}

fn has_bit(map: &[u32; 8], c: u32) -> bool {
    map[c as usize >> 5 & 7] >> (c & 31) & 1 == 1
}

fn in_items(items: &[Item], c: u32) -> bool {
    let mut answer = true;
    for item in items {
        let found = match item {
            Item::Negate => {
                answer = !answer;
                false
            }
            Item::Literal(literal) => *literal == c,
            Item::Range(low, high) => (*low..=*high).contains(&c),
            Item::RangeIgnore(low, high) => (*low..=*high).contains(&c) || (*low..=*high).contains(&upper(c)),
            Item::Category(category) => in_category(*category, c),
            Item::Map(map) => c < 256 && has_bit(map, c),
            Item::BigMap { index, blocks } => {
                c < 0x1_0000 && blocks.get(usize::from(index[c as usize >> 8])).is_some_and(|block| has_bit(block, c & 255))
            }
        };
        if found {
            return answer;
        }
    }
    !answer
}

impl Rule {
    fn has(&self, c: u32) -> bool {
        match self {
            Rule::Literal { literal, fold: Fold::Locale, negated } => {
                (c == *literal || ascii_lower(c) == *literal || ascii_upper(c) == *literal) != *negated
            }
            Rule::Literal { literal, fold, negated } => (fold.lower(c) == *literal) != *negated,
            Rule::In { items, fold: Fold::Locale } => in_items(items, ascii_lower(c)) || in_items(items, ascii_upper(c)),
            Rule::In { items, fold } => in_items(items, fold.lower(c)),
        }
    }
}

impl Set {
    pub fn new(rule: Rule) -> Set {
        let mut low = [0; 4];
        for c in (0..256u32).filter(|&c| rule.has(c)) {
            low[c as usize >> 6] |= 1 << (c & 63);
        }
        Set { low, rule }
    }

    #[inline(always)]
    pub fn has(&self, c: u32) -> bool {
        if c < 256 { self.low[c as usize >> 6] >> (c & 63) & 1 == 1 } else { self.rule.has(c) }
    }
}

impl Single {
    pub fn set(rule: Rule) -> Single {
        Single::Set(Box::new(Set::new(rule)))
    }

    #[inline(always)]
    pub fn has(&self, c: u32) -> bool {
        match self {
            Single::Any => c != 10,
            Single::All => true,
            Single::Literal(literal) => c == *literal,
            Single::NotLiteral(literal) => c != *literal,
            Single::Set(set) => set.has(c),
        }
    }

    /// How many units at the start of a text match.
    pub fn run<T: Unit>(&self, text: &[T]) -> usize {
        let found = match self {
            Single::Any => text.iter().position(|&c| point(c) == 10),
            Single::All => None,
            Single::Literal(literal) => text.iter().position(|&c| point(c) != *literal),
            Single::NotLiteral(literal) => text.iter().position(|&c| point(c) == *literal),
            Single::Set(set) => text.iter().position(|&c| !set.has(point(c))),
        };
        found.unwrap_or(text.len())
    }

    /// The first place in a text that matches.
    pub fn find<T: Unit>(&self, text: &[T]) -> Option<usize> {
        text.iter().position(|&unit| self.has(point(unit)))
    }
}
