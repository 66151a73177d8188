//! What Unicode 14.0 says of one code point: category, case, numeric value, identifier and layout properties.
//!
//! Every answer is CPython 3.11's, for all 0x110000 code points, lone surrogates included.
//! Counterpart in CPython 3.11: `Objects/unicodectype.c` and `Modules/unicodedata.c`. `'ß'.upper()` is `'SS'`.

use super::unicode14::{aliases, case, category as table, layout, numeric as number};

/// The last code point.
pub const MAX_CODE_POINT: u32 = 0x10_ffff;

// Numbers in `category::NAMES`.
const CN: u8 = 2;
const LL: u8 = 5;
const LT: u8 = 8;
const LU: u8 = 9;

/// A bit set of categories, by number.
const fn categories(names: &[&str]) -> u32 {
    let (mut bits, mut i) = (0, 0);
    while i < names.len() {
        let mut n = 0;
        while n < table::NAMES.len() {
            let (a, b) = (table::NAMES[n].as_bytes(), names[i].as_bytes());
            if a[0] == b[0] && (b.len() == 1 || a[1] == b[1]) {
                bits |= 1 << n;
            }
            n += 1;
        }
        i += 1;
    }
    bits
}

const LETTER: u32 = categories(&["L"]);
const NOT_PRINTABLE: u32 = categories(&["C", "Z"]);
const ID_START: u32 = categories(&["L", "Nl"]);
const ID_CONTINUE: u32 = categories(&["L", "Nl", "Mn", "Mc", "Nd", "Pc"]);

fn category_number(c: u32) -> u8 {
    let run = table::CATEGORY.partition_point(|&run| run >> 5 <= c) - 1;
    (table::CATEGORY[run] & 31) as u8
}

fn in_categories(c: u32, set: u32) -> bool {
    set >> category_number(c) & 1 != 0
}

fn in_spans(c: u32, spans: &[(u32, u32)]) -> bool {
    let after = spans.partition_point(|&(first, _)| first <= c);
    after > 0 && c <= spans[after - 1].1
}

/// The general category, as `unicodedata.category` says it: `Lu`, `Nd`, …
pub fn category(c: u32) -> &'static str {
    table::NAMES[category_number(c) as usize]
}

/// Is the code point assigned in Unicode 14.0 (or a surrogate or of private use)?
pub fn is_assigned(c: u32) -> bool {
    category_number(c) != CN
}

#[inline]
pub fn is_alpha(c: u32) -> bool {
    if c < 0x80 { (c as u8).is_ascii_alphabetic() } else { in_categories(c, LETTER) }
}

#[inline]
pub fn is_space(c: u32) -> bool {
    if c < 0x80 { matches!(c, 9..=13 | 28..=32) } else { in_spans(c, &table::SPACE) }
}

#[inline]
pub fn is_printable(c: u32) -> bool {
    if c < 0x7f { c >= 0x20 } else { !in_categories(c, NOT_PRINTABLE) }
}

#[inline]
pub fn is_lower(c: u32) -> bool {
    if c < 0x80 { (c as u8).is_ascii_lowercase() } else { (category_number(c) == LL) != in_spans(c, &table::OTHER_LOWER) }
}

#[inline]
pub fn is_upper(c: u32) -> bool {
    if c < 0x80 { (c as u8).is_ascii_uppercase() } else { (category_number(c) == LU) != in_spans(c, &table::OTHER_UPPER) }
}

/// Of category Lt: a title case letter such as `ǅ`. (`str.istitle` counts upper case letters too.)
#[inline]
pub fn is_title(c: u32) -> bool {
    c >= 0x80 && category_number(c) == LT
}

pub fn is_cased(c: u32) -> bool {
    is_lower(c) || is_upper(c) || is_title(c)
}

/// Skipped when the final sigma rule looks for a cased letter beside a sigma.
pub fn is_case_ignorable(c: u32) -> bool {
    in_spans(c, &table::CASE_IGNORABLE)
}

#[inline]
pub fn is_decimal(c: u32) -> bool {
    decimal(c).is_some()
}

pub fn is_digit(c: u32) -> bool {
    digit(c).is_some()
}

pub fn is_numeric(c: u32) -> bool {
    numeric(c).is_some()
}

pub fn is_alnum(c: u32) -> bool {
    is_alpha(c) || is_numeric(c)
}

/// May an identifier start with it? (XID_Start or `_`)
pub fn is_id_start(c: u32) -> bool {
    if c < 0x80 { c == 0x5f || (c as u8).is_ascii_alphabetic() } else { in_categories(c, ID_START) != in_spans(c, &table::OTHER_ID_START) }
}

/// May an identifier go on with it? (XID_Continue)
pub fn is_id_continue(c: u32) -> bool {
    if c < 0x80 {
        c == 0x5f || (c as u8).is_ascii_alphanumeric()
    } else {
        in_categories(c, ID_CONTINUE) != in_spans(c, &table::OTHER_ID_CONTINUE)
    }
}

/// The value of a decimal digit of any script.
#[inline]
pub fn decimal(c: u32) -> Option<u32> {
    if c < 0x80 {
        return char::from(c as u8).to_digit(10);
    }
    let after = number::DECIMAL_ZERO.partition_point(|&zero| zero <= c);
    let value = c - number::DECIMAL_ZERO[after - 1];
    (value < 10).then_some(value)
}

/// The value of a digit, superscripts and such included.
pub fn digit(c: u32) -> Option<u32> {
    in_numbers(c, &number::DIGIT).map(|(value, _)| value as u32)
}

/// The numeric value as (numerator, denominator).
pub fn numeric(c: u32) -> Option<(i64, i64)> {
    in_numbers(c, &number::NUMERIC)
}

fn in_numbers(c: u32, runs: &[(u32, u32, i64, i64, i64)]) -> Option<(i64, i64)> {
    let after = runs.partition_point(|&(first, ..)| first <= c);
    let &(first, last, start, denominator, step) = runs.get(after.checked_sub(1)?)?;
    (c <= last).then(|| (start + step * i64::from(c - first), denominator))
}

/// One to three code points: what a character's case mapping gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mapped {
    points: [u32; 3],
    len: u8,
}

impl Mapped {
    pub fn one(c: u32) -> Mapped {
        Mapped { points: [c, 0, 0], len: 1 }
    }

    pub fn as_slice(&self) -> &[u32] {
        &self.points[..self.len as usize]
    }
}

type Runs = [(u32, u32, u8, i32)];
type Long = [(u32, [u32; 3])];

fn mapped(c: u32, runs: &Runs, long: &Long) -> Option<Mapped> {
    if let Ok(at) = long.binary_search_by_key(&c, |&(from, _)| from) {
        let points = long[at].1;
        return Some(Mapped { points, len: if points[2] == 0 { 2 } else { 3 } });
    }
    // Runs of step 2 may lie inside one another (Ā ā Ă ă: upper and lower alternate), but two deep at most.
    let after = runs.partition_point(|&(first, ..)| first <= c);
    runs[after.saturating_sub(3)..after]
        .iter()
        .rev()
        .find(|&&(first, last, step, _)| c <= last && (c - first).is_multiple_of(u32::from(step)))
        .map(|&(.., delta)| Mapped::one(c.wrapping_add_signed(delta)))
}

/// Full lower case mapping (without the final sigma rule, which needs the neighbours).
pub fn lower(c: u32) -> Mapped {
    if c < 0x80 {
        return Mapped::one(u32::from((c as u8).to_ascii_lowercase()));
    }
    mapped(c, &case::LOWER, &case::LOWER_LONG).unwrap_or(Mapped::one(c))
}

/// Full upper case mapping.
pub fn upper(c: u32) -> Mapped {
    if c < 0x80 {
        return Mapped::one(u32::from((c as u8).to_ascii_uppercase()));
    }
    mapped(c, &case::UPPER, &case::UPPER_LONG).unwrap_or(Mapped::one(c))
}

/// Full title case mapping.
pub fn title(c: u32) -> Mapped {
    if c < 0x80 {
        return upper(c);
    }
    mapped(c, &case::TITLE, &case::TITLE_LONG).unwrap_or_else(|| upper(c))
}

/// Full case folding.
pub fn fold(c: u32) -> Mapped {
    if c < 0x80 {
        return lower(c);
    }
    mapped(c, &case::FOLD, &case::FOLD_LONG).unwrap_or_else(|| lower(c))
}

/// `unicodedata.name(chr(c))`, `None` where there is none. (Names never change: those of later versions are left out.)
pub fn name(c: u32) -> Option<String> {
    is_assigned(c).then(|| char::from_u32(c)).flatten().and_then(unicode_names2::name).map(|name| name.to_string())
}

/// The character of a name or alias, in any case, as in `'\N{…}'`; names that are made by rule must be in upper case.
pub fn lookup_name(name: &str) -> Option<u32> {
    if let Some(digits) = name.strip_prefix("CJK UNIFIED IDEOGRAPH-") {
        let upper = digits.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        let c = u32::from_str_radix(digits, 16).ok().filter(|_| upper && matches!(digits.len(), 4 | 5))?;
        return self::name(c).filter(|name| name.starts_with("CJK UNIFIED")).map(|_| c);
    }
    let upper = name.to_ascii_uppercase();
    if let Ok(at) = aliases::ALIASES.binary_search_by_key(&&*upper, |&(alias, _)| alias) {
        return Some(aliases::ALIASES[at].1);
    }
    // The crate cannot stand a hyphen in front.
    if upper.starts_with('-') {
        return None;
    }
    // The crate also takes other spellings, CPython only the name itself.
    let c = unicode_names2::character(&upper).map(u32::from)?;
    let by_rule = upper.starts_with("HANGUL SYLLABLE ") || upper.starts_with("CJK UNIFIED IDEOGRAPH-");
    let wanted = if by_rule { name } else { &upper };
    (self::name(c)? == *wanted).then_some(c)
}

/// `unicodedata.east_asian_width`: `W`, `Na`, …
pub fn east_asian_width(c: u32) -> &'static str {
    let run = layout::WIDTH.partition_point(|&run| run >> 3 <= c) - 1;
    layout::WIDTH_NAMES[(layout::WIDTH[run] & 7) as usize]
}

/// `unicodedata.bidirectional`: `L`, `AL`, …; empty where there is none.
pub fn bidirectional(c: u32) -> &'static str {
    let run = layout::BIDI.partition_point(|&run| run >> 5 <= c) - 1;
    layout::BIDI_NAMES[(layout::BIDI[run] & 31) as usize]
}

/// Canonical combining class.
pub fn combining(c: u32) -> u8 {
    let run = layout::COMBINING.partition_point(|&run| run >> 8 <= c) - 1;
    (layout::COMBINING[run] & 255) as u8
}

pub fn is_mirrored(c: u32) -> bool {
    in_spans(c, &layout::MIRRORED)
}
