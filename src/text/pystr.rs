//! A Python string: a sequence of code points, lone surrogates included, stored like CPython's `str` in the narrowest of
//! four forms (ASCII, Latin-1, UCS-2, UCS-4), so that indexing is O(1) and `sys.getsizeof` can be told.
//!
//! Invariant: the form is always the narrowest that holds the widest code point. Hence equal strings have equal forms.
//! Counterpart in CPython 3.11: `PyASCIIObject` and `PyCompactUnicodeObject`.

use std::{cmp::Ordering, fmt};

use compact_str::{CompactString, ToCompactString};

/// The storage of a string. Build one through [`PyStr`]'s constructors, which choose the narrowest form.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    /// Short ones lie here, without a block of their own.
    Ascii(CompactString),
    Latin1(Box<[u8]>),
    Ucs2(Box<[u16]>),
    Ucs4(Box<[u32]>),
}

/// A Python `str` value: immutable code points.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PyStr(Form);

const _: () = assert!(size_of::<PyStr>() == 24);

/// The storage of a string, to look at.
#[derive(Clone, Copy, Debug)]
pub enum Units<'a> {
    Ascii(&'a str),
    Latin1(&'a [u8]),
    Ucs2(&'a [u16]),
    Ucs4(&'a [u32]),
}

/// One unit of storage: a code point of limited width.
pub trait Unit: Copy + Eq + Ord + fmt::Debug + Into<u32> + TryFrom<u32> + 'static {}
impl Unit for u8 {}
impl Unit for u16 {}
impl Unit for u32 {}

/// The code point of a unit.
#[inline]
pub fn point<T: Unit>(unit: T) -> u32 {
    unit.into()
}

/// Runs the body with the units as a slice of `u8`, `u16` or `u32`.
#[macro_export]
macro_rules! with_units {
    ($text:expr, $units:ident => $body:expr) => {
        match $text.units() {
            $crate::text::pystr::Units::Ascii(ascii) => {
                let $units: &[u8] = ascii.as_bytes();
                $body
            }
            $crate::text::pystr::Units::Latin1($units) => $body,
            $crate::text::pystr::Units::Ucs2($units) => $body,
            $crate::text::pystr::Units::Ucs4($units) => $body,
        }
    };
}

impl PyStr {
    pub fn empty() -> PyStr {
        PyStr(Form::Ascii(CompactString::const_new("")))
    }

    pub fn from_char(c: char) -> PyStr {
        PyStr::from_point(c.into())
    }

    /// A string of one code point.
    pub fn from_point(c: u32) -> PyStr {
        PyStr::from_code_points(&[c])
    }

    /// From code points, which may include lone surrogates (U+D800 to U+DFFF).
    pub fn from_code_points(points: &[u32]) -> PyStr {
        PyStr(match points.iter().fold(0, |all, &c| all | c) {
            0..=0x7f => Form::Ascii(points.iter().map(|&c| c as u8 as char).collect()),
            0x80..=0xff => Form::Latin1(points.iter().map(|&c| c as u8).collect()),
            0x100..=0xffff => Form::Ucs2(points.iter().map(|&c| c as u16).collect()),
            _ => Form::Ucs4(points.into()),
        })
    }

    /// ASCII text in which something is changed.
    pub fn of_ascii(text: &str, change: impl FnOnce(&mut str)) -> PyStr {
        let mut text = CompactString::new(text);
        change(&mut text);
        PyStr(Form::Ascii(text))
    }

    /// A decimal integer.
    #[inline]
    pub fn of_integer(value: i64) -> PyStr {
        PyStr(Form::Ascii(value.to_compact_string()))
    }

    /// From bytes as code points U+0000 to U+00FF.
    pub fn from_latin1(bytes: &[u8]) -> PyStr {
        match std::str::from_utf8(bytes) {
            Ok(text) if text.is_ascii() => PyStr(Form::Ascii(text.into())),
            _ => PyStr(Form::Latin1(bytes.into())),
        }
    }

    /// From units of one width, narrowed as far as it goes.
    pub fn from_units<T: Unit>(units: &[T]) -> PyStr {
        let widest = units.iter().fold(0, |all, &c| all | c.into());
        PyStr(match widest {
            0..=0x7f => Form::Ascii(units.iter().map(|&c| c.into() as u8 as char).collect()),
            0x80..=0xff => Form::Latin1(units.iter().map(|&c| c.into() as u8).collect()),
            0x100..=0xffff => Form::Ucs2(units.iter().map(|&c| c.into() as u16).collect()),
            _ => Form::Ucs4(units.iter().map(|&c| c.into()).collect()),
        })
    }

    /// The storage, for code that has a way of its own for each form.
    #[inline]
    pub fn units(&self) -> Units<'_> {
        match &self.0 {
            Form::Ascii(s) => Units::Ascii(s),
            Form::Latin1(s) => Units::Latin1(s),
            Form::Ucs2(s) => Units::Ucs2(s),
            Form::Ucs4(s) => Units::Ucs4(s),
        }
    }

    /// Number of code points.
    #[inline]
    pub fn len(&self) -> usize {
        match &self.0 {
            Form::Ascii(s) => s.len(),
            Form::Latin1(s) => s.len(),
            Form::Ucs2(s) => s.len(),
            Form::Ucs4(s) => s.len(),
        }
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text if all of it is ASCII: the fast path of nearly every string method.
    #[inline]
    pub fn as_ascii(&self) -> Option<&str> {
        match &self.0 {
            Form::Ascii(s) => Some(s),
            _ => None,
        }
    }

    /// Whether it is ASCII that needs no block of its own.
    #[inline]
    pub fn is_short(&self) -> bool {
        matches!(&self.0, Form::Ascii(text) if text.len() <= size_of::<CompactString>())
    }

    #[inline]
    pub fn is_ascii(&self) -> bool {
        matches!(self.0, Form::Ascii(_))
    }

    /// Appends another string, if the characters of this one have room for its characters; else false.
    pub fn append(&mut self, more: &PyStr) -> bool {
        let has_room = more.is_ascii() || !self.is_ascii() && more.kind() <= self.kind();
        match (&mut self.0, &more.0) {
            (Form::Ascii(text), Form::Ascii(more)) => text.push_str(more),
            _ if has_room => *self = self.concat(more),
            _ => {}
        }
        has_room
    }

    /// The code point at `index`.
    #[inline]
    pub fn at(&self, index: usize) -> u32 {
        match &self.0 {
            Form::Ascii(s) => u32::from(s.as_bytes()[index]),
            Form::Latin1(s) => u32::from(s[index]),
            Form::Ucs2(s) => u32::from(s[index]),
            Form::Ucs4(s) => s[index],
        }
    }

    /// The code points in order.
    #[inline]
    pub fn iter(&self) -> CodePoints<'_> {
        match &self.0 {
            Form::Ascii(s) => CodePoints::One(s.as_bytes().iter()),
            Form::Latin1(s) => CodePoints::One(s.iter()),
            Form::Ucs2(s) => CodePoints::Two(s.iter()),
            Form::Ucs4(s) => CodePoints::Four(s.iter()),
        }
    }

    pub fn to_code_points(&self) -> Vec<u32> {
        self.iter().collect()
    }

    /// Where `point` first stands at or after `start`.
    pub fn find_point(&self, point: u32, start: usize) -> Option<usize> {
        if start >= self.len() {
            return None;
        }
        match self.units() {
            Units::Ascii(s) => memchr::memchr(u8::try_from(point).ok()?, &s.as_bytes()[start..]).map(|i| i + start),
            Units::Latin1(s) => memchr::memchr(u8::try_from(point).ok()?, &s[start..]).map(|i| i + start),
            Units::Ucs2(s) => s[start..].iter().position(|&c| u32::from(c) == point).map(|i| i + start),
            Units::Ucs4(s) => s[start..].iter().position(|&c| c == point).map(|i| i + start),
        }
    }

    /// The code points `start..end`.
    pub fn slice(&self, start: usize, end: usize) -> PyStr {
        match &self.0 {
            Form::Ascii(s) => PyStr(Form::Ascii(s[start..end].into())),
            Form::Latin1(s) => PyStr::from_latin1(&s[start..end]),
            Form::Ucs2(s) => PyStr::from_units(&s[start..end]),
            Form::Ucs4(s) => PyStr::from_code_points(&s[start..end]),
        }
    }

    /// The code points at `start`, `start + step`, …, `count` of them, all inside the string.
    pub fn slice_step(&self, start: usize, step: isize, count: usize) -> PyStr {
        let indices = (0..count).map(|i| start.wrapping_add_signed(step * i as isize));
        match &self.0 {
            Form::Ascii(s) => PyStr(Form::Ascii(indices.map(|i| s.as_bytes()[i] as char).collect())),
            _ => PyStr::from_code_points(&indices.map(|i| self.at(i)).collect::<Vec<_>>()),
        }
    }

    pub fn concat(&self, other: &PyStr) -> PyStr {
        if other.is_empty() {
            return self.clone();
        }
        match (&self.0, &other.0) {
            (Form::Ascii(a), Form::Ascii(b)) => {
                let len = a.len() + b.len();
                let mut short = [0; size_of::<CompactString>()];
                if let Some(short) = short.get_mut(..len) {
                    short[..a.len()].copy_from_slice(a.as_bytes());
                    short[a.len()..].copy_from_slice(b.as_bytes());
                    return PyStr::from_latin1(short);
                }
                let mut both = CompactString::with_capacity(a.len() + b.len());
                both.push_str(a);
                both.push_str(b);
                PyStr(Form::Ascii(both))
            }
            (Form::Latin1(a), Form::Latin1(b)) => PyStr(Form::Latin1([&**a, &**b].concat().into())),
            (Form::Latin1(a), Form::Ascii(b)) => PyStr(Form::Latin1([&**a, b.as_bytes()].concat().into())),
            (Form::Ucs2(a), Form::Ucs2(b)) => PyStr(Form::Ucs2([&**a, &**b].concat().into())),
            (Form::Ucs4(a), Form::Ucs4(b)) => PyStr(Form::Ucs4([&**a, &**b].concat().into())),
            _ => {
                let points = self.iter().chain(other.iter());
                PyStr(match self.kind().max(other.kind()) {
                    1 => Form::Latin1(points.map(|c| c as u8).collect()),
                    2 => Form::Ucs2(points.map(|c| c as u16).collect()),
                    _ => Form::Ucs4(points.collect()),
                })
            }
        }
    }

    /// Some strings one after the other.
    pub fn concat_all<'a>(parts: impl Iterator<Item = &'a PyStr> + Clone) -> PyStr {
        let bytes = parts.clone().try_fold(0, |bytes, part| part.as_ascii().map(|ascii| bytes + ascii.len()));
        match bytes {
            Some(bytes) => {
                let mut all = CompactString::with_capacity(bytes);
                parts.filter_map(PyStr::as_ascii).for_each(|ascii| all.push_str(ascii));
                PyStr(Form::Ascii(all))
            }
            None => PyStr::from_code_points(&parts.flat_map(PyStr::iter).collect::<Vec<u32>>()),
        }
    }

    /// `count` copies one after the other. The caller sees to the size (`text::check_len`).
    pub fn repeat(&self, count: usize) -> PyStr {
        if count == 0 {
            return PyStr::empty();
        }
        PyStr(match &self.0 {
            Form::Ascii(s) => Form::Ascii(s.repeat(count)),
            Form::Latin1(s) => Form::Latin1(s.repeat(count).into()),
            Form::Ucs2(s) => Form::Ucs2(s.repeat(count).into()),
            Form::Ucs4(s) => Form::Ucs4(s.repeat(count).into()),
        })
    }

    /// Bytes for each code point in memory: 1, 2 or 4 (CPython's `kind`).
    pub fn kind(&self) -> usize {
        match &self.0 {
            Form::Ascii(_) | Form::Latin1(_) => 1,
            Form::Ucs2(_) => 2,
            Form::Ucs4(_) => 4,
        }
    }

    /// The code points as they lie in memory, little-endian: what CPython hashes.
    pub fn memory(&self) -> std::borrow::Cow<'_, [u8]> {
        match &self.0 {
            Form::Ascii(s) => s.as_bytes().into(),
            Form::Latin1(s) => (&**s).into(),
            Form::Ucs2(s) => s.iter().flat_map(|c| c.to_le_bytes()).collect::<Vec<_>>().into(),
            Form::Ucs4(s) => s.iter().flat_map(|c| c.to_le_bytes()).collect::<Vec<_>>().into(),
        }
    }

    pub fn has_surrogates(&self) -> bool {
        !self.is_ascii() && self.iter().any(|c| (0xd800..0xe000).contains(&c))
    }

    /// As UTF-8, `None` if there is a lone surrogate.
    pub fn to_utf8(&self) -> Option<String> {
        match &self.0 {
            Form::Ascii(s) => Some(s.as_str().to_owned()),
            _ => self.iter().map(char::from_u32).collect(),
        }
    }

    /// As UTF-8 for showing: a lone surrogate becomes U+FFFD.
    pub fn to_string_lossy(&self) -> String {
        self.iter().map(|c| char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    }

    /// As UTF-8 with lone surrogates in their three-byte form (the `surrogatepass` error handler).
    pub fn to_wtf8(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.len());
        for c in self.iter() {
            match char::from_u32(c) {
                Some(c) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                None => bytes.extend_from_slice(&[0xe0 | (c >> 12) as u8, 0x80 | (c >> 6 & 0x3f) as u8, 0x80 | (c & 0x3f) as u8]),
            }
        }
        bytes
    }

    /// Order by code points, as Python compares strings.
    pub fn compare(&self, other: &PyStr) -> Ordering {
        match (&self.0, &other.0) {
            (Form::Ascii(a), Form::Ascii(b)) => a.cmp(b),
            _ => self.iter().cmp(other.iter()),
        }
    }
}

/// The code points of a string, one after the other.
#[derive(Clone, Debug)]
pub enum CodePoints<'a> {
    One(std::slice::Iter<'a, u8>),
    Two(std::slice::Iter<'a, u16>),
    Four(std::slice::Iter<'a, u32>),
}

impl Iterator for CodePoints<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        match self {
            CodePoints::One(units) => units.next().map(|&c| c.into()),
            CodePoints::Two(units) => units.next().map(|&c| c.into()),
            CodePoints::Four(units) => units.next().copied(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            CodePoints::One(units) => units.size_hint(),
            CodePoints::Two(units) => units.size_hint(),
            CodePoints::Four(units) => units.size_hint(),
        }
    }
}

impl DoubleEndedIterator for CodePoints<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<u32> {
        match self {
            CodePoints::One(units) => units.next_back().map(|&c| c.into()),
            CodePoints::Two(units) => units.next_back().map(|&c| c.into()),
            CodePoints::Four(units) => units.next_back().copied(),
        }
    }
}

impl ExactSizeIterator for CodePoints<'_> {}

/// A string in the making: ASCII as long as it lasts.
#[derive(Clone, Debug, Default)]
pub struct PyStrBuilder {
    ascii: String,
    /// All of the text, once there is more than ASCII.
    wide: Option<Vec<u32>>,
}

impl PyStrBuilder {
    pub fn new() -> PyStrBuilder {
        PyStrBuilder::default()
    }

    pub fn with_capacity(points: usize) -> PyStrBuilder {
        PyStrBuilder { ascii: String::with_capacity(points), wide: None }
    }

    #[inline]
    pub fn push(&mut self, c: u32) {
        match &mut self.wide {
            Some(wide) => wide.push(c),
            None if c < 0x80 => self.ascii.push(c as u8 as char),
            None => self.widen().push(c),
        }
    }

    pub fn push_str(&mut self, text: &PyStr) {
        match (&mut self.wide, text.as_ascii()) {
            (None, Some(ascii)) => self.ascii.push_str(ascii),
            (None, None) => self.widen().extend(text.iter()),
            (Some(wide), _) => wide.extend(text.iter()),
        }
    }

    /// All characters of Rust text.
    pub fn push_chars(&mut self, text: &str) {
        if self.wide.is_none() && text.is_ascii() {
            self.ascii.push_str(text);
        } else {
            text.chars().for_each(|c| self.push(c.into()));
        }
    }

    pub fn push_slice(&mut self, points: &[u32]) {
        points.iter().for_each(|&c| self.push(c));
    }

    fn widen(&mut self) -> &mut Vec<u32> {
        let ascii = std::mem::take(&mut self.ascii);
        self.wide.insert(ascii.bytes().map(u32::from).collect())
    }

    pub fn len(&self) -> usize {
        self.wide.as_ref().map_or(self.ascii.len(), Vec::len)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn finish(self) -> PyStr {
        match self.wide {
            Some(wide) => PyStr::from_code_points(&wide),
            None => PyStr(Form::Ascii(ascii(self.ascii))),
        }
    }
}

impl Default for PyStr {
    fn default() -> PyStr {
        PyStr::empty()
    }
}

impl PartialOrd for PyStr {
    fn partial_cmp(&self, other: &PyStr) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PyStr {
    fn cmp(&self, other: &PyStr) -> Ordering {
        self.compare(other)
    }
}

impl From<&str> for PyStr {
    fn from(s: &str) -> PyStr {
        if s.is_ascii() { PyStr(Form::Ascii(s.into())) } else { PyStr::from_code_points(&s.chars().map(u32::from).collect::<Vec<_>>()) }
    }
}

/// Text that will not grow any more.
fn ascii(text: String) -> CompactString {
    const FITS: usize = size_of::<CompactString>();
    if text.len() <= FITS { CompactString::new(text) } else { text.into_boxed_str().into() }
}

impl From<CompactString> for PyStr {
    fn from(s: CompactString) -> PyStr {
        if s.is_ascii() { PyStr(Form::Ascii(s)) } else { PyStr::from(&*s) }
    }
}

impl From<String> for PyStr {
    fn from(s: String) -> PyStr {
        if s.is_ascii() { PyStr(Form::Ascii(ascii(s))) } else { PyStr::from(&*s) }
    }
}

impl PartialEq<str> for PyStr {
    fn eq(&self, other: &str) -> bool {
        match &self.0 {
            Form::Ascii(s) => *s == *other,
            _ => self.iter().eq(other.chars().map(u32::from)),
        }
    }
}

impl PartialEq<&str> for PyStr {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl fmt::Debug for PyStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string_lossy())
    }
}
