//! Sets made small: runs, a bit map of 256 characters, or one of blocks for 65,536.
//!
//! Counterpart in CPython 3.11: `_optimize_charset` in `re._compiler`. `[a-z_]` becomes two items, `[aeiou]` a bit map.

use super::tree::Item;
use crate::stdlib::_sre::{
    opcodes::{category, op},
    set::{ascii_lower, lower, upper},
};

/// What case means where it is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Ascii,
    Unicode,
}

/// Small letters that share a capital with others.
const SHARED: &[&[u32]] = &[
    &[0x69, 0x131],
    &[0x73, 0x17f],
    &[0xb5, 0x3bc],
    &[0x345, 0x3b9, 0x1fbe],
    &[0x390, 0x1fd3],
    &[0x3b0, 0x1fe3],
    &[0x3b2, 0x3d0],
    &[0x3b5, 0x3f5],
    &[0x3b8, 0x3d1],
    &[0x3ba, 0x3f0],
    &[0x3c0, 0x3d6],
    &[0x3c1, 0x3f1],
    &[0x3c2, 0x3c3],
    &[0x3c6, 0x3d5],
    &[0x432, 0x1c80],
    &[0x434, 0x1c81],
    &[0x43e, 0x1c82],
    &[0x441, 0x1c83],
    &[0x442, 0x1c84, 0x1c85],
    &[0x44a, 0x1c86],
    &[0x463, 0x1c87],
    &[0x1c88, 0xa64b],
    &[0x1e61, 0x1e9b],
    &[0xfb05, 0xfb06],
];

impl Case {
    pub fn lower(self, c: u32) -> u32 {
        match self {
            Case::Ascii => ascii_lower(c),
            Case::Unicode => lower(c),
        }
    }

    /// Does the character have another case?
    pub fn is_cased(self, c: u32) -> bool {
        match self {
            Case::Ascii => c < 0x80 && (c as u8).is_ascii_alphabetic(),
            Case::Unicode => lower(c) != c || upper(c) != c,
        }
    }

    /// The other small letters with the same capital.
    pub fn others(self, c: u32) -> impl Iterator<Item = u32> {
        let class = SHARED.iter().find(|class| self == Case::Unicode && class.contains(&c));
        class.into_iter().flat_map(|class| class.iter().copied()).filter(move |&other| other != c)
    }
}

/// A part of an optimized set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Item(Item),
    RangeIgnore(u32, u32),
    Map(Vec<bool>),
    BigMap(Vec<bool>),
}

/// Two sizes of map: they are asked for in this order.
const SMALL: usize = 0x100;
const BIG: usize = 0x1_0000;

struct Map {
    bits: Vec<bool>,
    case: Option<Case>,
}

impl Map {
    /// Marks a character and those that are the same but for case; false if it has no place in the greatest map.
    fn mark(&mut self, c: u32) -> bool {
        let c = self.case.map_or(c, |case| case.lower(c));
        if !self.set(c) {
            return false;
        }
        self.case.is_none_or(|case| case.others(c).all(|other| self.set(other)))
    }

    fn set(&mut self, c: u32) -> bool {
        let c = c as usize;
        // It grows even where that does not help.
        if c >= self.bits.len() {
            self.bits.resize(BIG, false);
        }
        match self.bits.get_mut(c) {
            Some(bit) => {
                *bit = true;
                true
            }
            None => false,
        }
    }

    /// Stretches of characters, if there are at most two.
    fn runs(&self) -> Option<Vec<(u32, u32)>> {
        let mut runs = Vec::new();
        let mut from = 0;
        while let Some(start) = self.bits[from..].iter().position(|&bit| bit).map(|at| at + from) {
            if runs.len() == 2 {
                return None;
            }
            from = self.bits[start..].iter().position(|&bit| !bit).map_or(self.bits.len(), |at| at + start);
            runs.push((start as u32, from as u32 - 1));
        }
        Some(runs)
    }
}

/// The parts of a set, and whether case matters to any character in it.
pub fn optimize(items: &[Item], case: Option<Case>) -> (Vec<Part>, bool) {
    let (mut parts, mut tail, mut has_cased) = (Vec::new(), Vec::new(), false);
    let mut map = Map { bits: vec![false; SMALL], case };
    for item in items {
        let (fits, cased) = match *item {
            Item::Literal(c) => {
                let fits = map.mark(c);
                (fits, fits && !has_cased && case.is_some_and(|case| case.is_cased(c)))
            }
            Item::Range(low, high) => {
                let fits = (low..=high).all(|c| map.mark(c));
                (fits, fits && !has_cased && case.is_some_and(|case| (low..=high).any(|c| case.is_cased(c))))
            }
            Item::Negate => {
                parts.push(Part::Item(Item::Negate));
                continue;
            }
            Item::Category(_) => {
                tail.push(Part::Item(item.clone()));
                continue;
            }
        };
        has_cased |= cased;
        if !fits {
            has_cased |= case.is_some();
            tail.push(match *item {
                Item::Range(low, high) if case.is_some() => Part::RangeIgnore(low, high),
                _ => Part::Item(item.clone()),
            });
        }
    }
    match map.runs() {
        Some(runs) => {
            parts.extend(
                runs.into_iter().map(|(low, high)| Part::Item(if low == high { Item::Literal(low) } else { Item::Range(low, high) })),
            );
            parts.extend(tail);
            if has_cased || parts.len() < items.len() {
                return (parts, has_cased);
            }
            (items.iter().cloned().map(Part::Item).collect(), has_cased)
        }
        None => {
            parts.push(if map.bits.len() == SMALL { Part::Map(map.bits) } else { Part::BigMap(map.bits) });
            parts.extend(tail);
            (parts, has_cased)
        }
    }
}

fn words(bits: &[bool]) -> impl Iterator<Item = u32> + '_ {
    bits.chunks(32).map(|chunk| chunk.iter().rev().fold(0, |word, &bit| word << 1 | u32::from(bit)))
}

/// How a category is named where texts are Unicode, bytes in a locale, or ASCII.
fn category_in(category: u32, unicode: bool, locale: bool) -> u32 {
    match (category & !1, locale, unicode) {
        (category::WORD, true, _) => category::LOC_WORD + (category & 1),
        (_, false, true) => category + category::UNI_DIGIT,
        _ => category,
    }
}

/// The words of a set, with its end.
pub fn emit(parts: &[Part], unicode: bool, locale: bool, code: &mut Vec<u32>) {
    for part in parts {
        match part {
            Part::Item(Item::Negate) => code.push(op::NEGATE),
            Part::Item(Item::Literal(c)) => code.extend([op::LITERAL, *c]),
            Part::Item(Item::Range(low, high)) => code.extend([op::RANGE, *low, *high]),
            Part::Item(Item::Category(category)) => code.extend([op::CATEGORY, category_in(*category, unicode, locale)]),
            Part::RangeIgnore(low, high) => code.extend([op::RANGE_UNI_IGNORE, *low, *high]),
            Part::Map(bits) => {
                code.push(op::CHARSET);
                code.extend(words(bits));
            }
            Part::BigMap(bits) => {
                let mut blocks: Vec<&[bool]> = Vec::new();
                let index: Vec<u8> = bits
                    .chunks(SMALL)
                    .map(|chunk| {
                        let known = blocks.iter().position(|block| *block == chunk);
                        known.unwrap_or_else(|| {
                            blocks.push(chunk);
                            blocks.len() - 1
                        }) as u8
                    })
                    .collect();
                code.extend([op::BIGCHARSET, blocks.len() as u32]);
                code.extend(index.chunks(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])));
                blocks.into_iter().for_each(|block| code.extend(words(block)));
            }
        }
    }
    code.push(op::FAILURE);
}
