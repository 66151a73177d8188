//! A Python string: a sequence of code points, lone surrogates included, stored like CPython's `str` in the narrowest of
//! four forms (ASCII, Latin-1, UCS-2, UCS-4), so that indexing is O(1) and `sys.getsizeof` can be told.
//!
//! Invariant: the form is always the narrowest that holds the widest code point. Hence equal strings have equal forms.
//! Counterpart in CPython 3.11: `PyASCIIObject` and `PyCompactUnicodeObject`.

use std::fmt;

/// The storage of a string. Build one through [`PyStr`]'s constructors, which choose the narrowest form.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Form {
    Ascii(Box<str>),
    Latin1(Box<[u8]>),
    Ucs2(Box<[u16]>),
    Ucs4(Box<[u32]>),
}

/// A Python `str` value: immutable code points.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PyStr(Form);

impl PyStr {
    pub fn empty() -> PyStr {
        PyStr(Form::Ascii("".into()))
    }

    pub fn from_char(c: char) -> PyStr {
        let mut buffer = [0; 4];
        PyStr::from(&*c.encode_utf8(&mut buffer))
    }

    /// From code points, which may include lone surrogates (U+D800 to U+DFFF).
    pub fn from_code_points(points: &[u32]) -> PyStr {
        let widest = points.iter().copied().max().unwrap_or(0);
        PyStr(match widest {
            0..=0x7f => Form::Ascii(points.iter().map(|&c| c as u8 as char).collect::<String>().into_boxed_str()),
            0x80..=0xff => Form::Latin1(points.iter().map(|&c| c as u8).collect()),
            0x100..=0xffff => Form::Ucs2(points.iter().map(|&c| c as u16).collect()),
            _ => Form::Ucs4(points.into()),
        })
    }

    /// Number of code points.
    pub fn len(&self) -> usize {
        match &self.0 {
            Form::Ascii(s) => s.len(),
            Form::Latin1(s) => s.len(),
            Form::Ucs2(s) => s.len(),
            Form::Ucs4(s) => s.len(),
        }
    }

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

    pub fn is_ascii(&self) -> bool {
        matches!(self.0, Form::Ascii(_))
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
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + '_ {
        (0..self.len()).map(|index| self.at(index))
    }

    pub fn to_code_points(&self) -> Vec<u32> {
        self.iter().collect()
    }

    /// The code points `start..end`.
    pub fn slice(&self, start: usize, end: usize) -> PyStr {
        match &self.0 {
            Form::Ascii(s) => PyStr(Form::Ascii(s[start..end].into())),
            _ => PyStr::from_code_points(&(start..end).map(|index| self.at(index)).collect::<Vec<_>>()),
        }
    }

    pub fn concat(&self, other: &PyStr) -> PyStr {
        match (&self.0, &other.0) {
            (Form::Ascii(a), Form::Ascii(b)) => PyStr(Form::Ascii([&**a, &**b].concat().into())),
            _ => PyStr::from_code_points(&self.iter().chain(other.iter()).collect::<Vec<_>>()),
        }
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
            Form::Ascii(s) => Some(s.to_string()),
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
    pub fn compare(&self, other: &PyStr) -> std::cmp::Ordering {
        match (&self.0, &other.0) {
            (Form::Ascii(a), Form::Ascii(b)) => a.cmp(b),
            _ => self.iter().cmp(other.iter()),
        }
    }
}

impl From<&str> for PyStr {
    fn from(s: &str) -> PyStr {
        if s.is_ascii() { PyStr(Form::Ascii(s.into())) } else { PyStr::from_code_points(&s.chars().map(u32::from).collect::<Vec<_>>()) }
    }
}

impl From<String> for PyStr {
    fn from(s: String) -> PyStr {
        if s.is_ascii() { PyStr(Form::Ascii(s.into_boxed_str())) } else { PyStr::from(&*s) }
    }
}

impl PartialEq<str> for PyStr {
    fn eq(&self, other: &str) -> bool {
        match &self.0 {
            Form::Ascii(s) => **s == *other,
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
