//! Marshal: code objects as bytes, the content of `.pyc` files.
//!
//! Every value is a type byte and its data, little-endian; bit 0x80 of the type byte numbers the value so that `r` can refer
//! to it. Written are values in full, without references, which CPython reads as well. Counterpart in CPython 3.11:
//! `Python/marshal.c`, format version 4.

use std::{fmt, sync::Arc};

use num_bigint::{BigUint, Sign};

use super::code::{CodeObject, Constant};
use crate::{num::BigInt, text::PyStr};

/// Numbers the value that follows.
const FLAG_REF: u8 = 0x80;
/// Big integers are written in digits of 15 bits.
const DIGIT: u32 = 1 << 15;
/// Nesting deeper than this is refused, as by CPython.
const MAX_DEPTH: u32 = 2000;

/// Why bytes are no marshalled value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarshalError {
    /// The data ends inside of a value.
    EndOfData,
    /// An unknown type byte, or a value where another is needed.
    BadData(u8),
    TooDeep,
}

impl fmt::Display for MarshalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MarshalError::EndOfData => f.write_str("marshal data too short"),
            MarshalError::BadData(_) => f.write_str("bad marshal data (unknown type code)"),
            MarshalError::TooDeep => f.write_str("bad marshal data (too deeply nested)"),
        }
    }
}

impl std::error::Error for MarshalError {}

/// `marshal.dumps(constant)`
pub fn dump(value: &Constant) -> Vec<u8> {
    let mut writer = Writer { out: Vec::new() };
    writer.constant(value);
    writer.out
}

/// `marshal.loads(bytes)`, for the values that a code object can hold.
pub fn load(bytes: &[u8]) -> Result<Constant, MarshalError> {
    load_prefix(bytes).map(|(value, _)| value)
}

/// The value at the start of `bytes`, and its length.
pub fn load_prefix(bytes: &[u8]) -> Result<(Constant, usize), MarshalError> {
    let mut reader = Reader { bytes, at: 0, refs: Vec::new(), names: Vec::new(), depth: 0 };
    let value = reader.value()?;
    Ok((value, reader.at))
}

struct Writer {
    out: Vec<u8>,
}

impl Writer {
    fn long(&mut self, value: u32) {
        self.out.extend(value.to_le_bytes());
    }

    fn sized(&mut self, kind: u8, bytes: &[u8]) {
        self.out.push(kind);
        self.long(bytes.len() as u32);
        self.out.extend(bytes);
    }

    /// An interned string: the names of a code object.
    fn name(&mut self, name: &str) {
        match u8::try_from(name.len()) {
            Ok(len) if name.is_ascii() => {
                self.out.extend([b'Z', len]);
                self.out.extend(name.as_bytes());
            }
            _ if name.is_ascii() => self.sized(b'A', name.as_bytes()),
            _ => self.sized(b't', name.as_bytes()),
        }
    }

    fn names<'n>(&mut self, names: impl ExactSizeIterator<Item = &'n Arc<str>>) {
        self.tuple_head(names.len());
        names.for_each(|name| self.name(name));
    }

    fn tuple_head(&mut self, len: usize) {
        match u8::try_from(len) {
            Ok(len) => self.out.extend([b')', len]),
            Err(_) => {
                self.out.push(b'(');
                self.long(len as u32);
            }
        }
    }

    fn constant(&mut self, value: &Constant) {
        match value {
            Constant::None => self.out.push(b'N'),
            Constant::True => self.out.push(b'T'),
            Constant::False => self.out.push(b'F'),
            Constant::Ellipsis => self.out.push(b'.'),
            Constant::Int(value) => self.int(value),
            Constant::Float(value) => {
                self.out.push(b'g');
                self.out.extend(value.to_le_bytes());
            }
            Constant::Complex { real, imag } => {
                self.out.push(b'y');
                self.out.extend(real.to_le_bytes());
                self.out.extend(imag.to_le_bytes());
            }
            Constant::Str(text) => match text.as_ascii() {
                Some(ascii) if ascii.len() < 256 => {
                    self.out.extend([b'z', ascii.len() as u8]);
                    self.out.extend(ascii.as_bytes());
                }
                Some(ascii) => self.sized(b'a', ascii.as_bytes()),
                None => self.sized(b'u', &text.to_wtf8()),
            },
            Constant::Bytes(bytes) => self.sized(b's', bytes),
            Constant::Tuple(items) => {
                self.tuple_head(items.len());
                items.iter().for_each(|item| self.constant(item));
            }
            Constant::FrozenSet(items) => {
                self.out.push(b'>');
                self.long(items.len() as u32);
                items.iter().for_each(|item| self.constant(item));
            }
            Constant::Code(code) => self.code(code),
        }
    }

    fn int(&mut self, value: &BigInt) {
        if let Ok(small) = i32::try_from(value) {
            self.out.push(b'i');
            self.long(small as u32);
            return;
        }
        let mut digits = Vec::new();
        let mut rest = value.magnitude().clone();
        while rest != BigUint::ZERO {
            digits.push((&rest % DIGIT).try_into().unwrap_or(0u16));
            rest /= DIGIT;
        }
        self.out.push(b'l');
        let count = digits.len() as i32;
        self.long(if value.sign() == Sign::Minus { -count } else { count } as u32);
        self.out.extend(digits.into_iter().flat_map(u16::to_le_bytes));
    }

    fn code(&mut self, code: &CodeObject) {
        self.out.push(b'c');
        for number in [code.argcount, code.posonlyargcount, code.kwonlyargcount, code.stacksize, code.flags] {
            self.long(number);
        }
        self.sized(b's', &code.code);
        self.tuple_head(code.consts.len());
        code.consts.iter().for_each(|constant| self.constant(constant));
        self.names(code.names.iter());
        self.names(code.localsplusnames.iter());
        self.sized(b's', &code.localspluskinds);
        self.name(&code.filename);
        self.name(&code.name);
        self.name(&code.qualname);
        self.long(code.firstlineno as u32);
        self.sized(b's', &code.linetable);
        self.sized(b's', &code.exceptiontable);
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Values that can be referred to; `None` while one is being read.
    refs: Vec<Option<Constant>>,
    /// Those of them that were names already, by their number.
    names: Vec<Option<Arc<str>>>,
    depth: u32,
}

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8], MarshalError> {
        let taken = self.bytes.get(self.at..).and_then(|rest| rest.get(..len)).ok_or(MarshalError::EndOfData)?;
        self.at += len;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, MarshalError> {
        Ok(self.take(1)?[0])
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], MarshalError> {
        self.take(N)?.try_into().map_err(|_| MarshalError::EndOfData)
    }

    fn long(&mut self) -> Result<u32, MarshalError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn double(&mut self) -> Result<f64, MarshalError> {
        Ok(f64::from_le_bytes(self.array()?))
    }

    fn value(&mut self) -> Result<Constant, MarshalError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(MarshalError::TooDeep);
        }
        let first = self.byte()?;
        let kind = first & !FLAG_REF;
        let slot = (first & FLAG_REF != 0).then(|| {
            self.refs.push(None);
            self.refs.len() - 1
        });
        let value = self.value_of(kind)?;
        if let Some(slot) = slot {
            self.refs[slot] = Some(value.clone());
        }
        self.depth -= 1;
        Ok(value)
    }

    fn value_of(&mut self, kind: u8) -> Result<Constant, MarshalError> {
        Ok(match kind {
            b'N' => Constant::None,
            b'T' => Constant::True,
            b'F' => Constant::False,
            b'.' => Constant::Ellipsis,
            b'i' => Constant::Int((self.long()? as i32).into()),
            b'l' => {
                let count = self.long()? as i32;
                let sign = if count < 0 { Sign::Minus } else { Sign::Plus };
                // Digits of 15 bits become bytes of 8.
                let (mut bytes, mut rest, mut bits) = (Vec::new(), 0u32, 0);
                for _ in 0..count.unsigned_abs() {
                    let digit = u32::from(u16::from_le_bytes(self.array()?));
                    if digit >= DIGIT {
                        return Err(MarshalError::BadData(kind));
                    }
                    rest |= digit << bits;
                    bits += 15;
                    while bits >= 8 {
                        bytes.push(rest as u8);
                        rest >>= 8;
                        bits -= 8;
                    }
                }
                bytes.push(rest as u8);
                Constant::Int(BigInt::from_bytes_le(sign, &bytes))
            }
            b'g' => Constant::Float(self.double()?),
            b'y' => Constant::Complex { real: self.double()?, imag: self.double()? },
            b'z' | b'Z' => {
                let len = self.byte()?.into();
                text(self.take(len)?)
            }
            b'a' | b'A' | b'u' | b't' => {
                let len = self.long()? as usize;
                text(self.take(len)?)
            }
            b's' => {
                let len = self.long()? as usize;
                Constant::Bytes(self.take(len)?.into())
            }
            b')' => {
                let len = self.byte()?.into();
                Constant::Tuple(self.items(len)?.into())
            }
            b'(' => {
                let len = self.long()? as usize;
                Constant::Tuple(self.items(len)?.into())
            }
            b'>' => {
                let len = self.long()? as usize;
                Constant::FrozenSet(self.items(len)?.into())
            }
            b'r' => {
                let index = self.long()? as usize;
                self.refs.get(index).cloned().flatten().ok_or(MarshalError::BadData(kind))?
            }
            b'c' => Constant::Code(Arc::new(self.code()?)),
            _ => return Err(MarshalError::BadData(kind)),
        })
    }

    fn items(&mut self, len: usize) -> Result<Vec<Constant>, MarshalError> {
        (0..len).map(|_| self.value()).collect()
    }

    fn code(&mut self) -> Result<CodeObject, MarshalError> {
        Ok(CodeObject {
            argcount: self.long()?,
            posonlyargcount: self.long()?,
            kwonlyargcount: self.long()?,
            stacksize: self.long()?,
            flags: self.long()?,
            code: self.bytes()?,
            consts: self.tuple()?.to_vec(),
            names: self.names()?,
            localsplusnames: self.names()?,
            localspluskinds: self.bytes()?,
            filename: self.name()?,
            name: self.name()?,
            qualname: self.name()?,
            firstlineno: self.long()? as i32,
            linetable: self.bytes()?,
            exceptiontable: self.bytes()?,
        })
    }

    fn bytes(&mut self) -> Result<Vec<u8>, MarshalError> {
        match self.value()? {
            Constant::Bytes(bytes) => Ok(bytes.to_vec()),
            _ => Err(MarshalError::BadData(b's')),
        }
    }

    fn tuple(&mut self) -> Result<Arc<[Constant]>, MarshalError> {
        match self.value()? {
            Constant::Tuple(items) => Ok(items),
            _ => Err(MarshalError::BadData(b'(')),
        }
    }

    fn name(&mut self) -> Result<Arc<str>, MarshalError> {
        self.named().map(|(_, name)| name)
    }

    /// A value that is a name. One that was read before is the same text again.
    fn named(&mut self) -> Result<(Constant, Arc<str>), MarshalError> {
        let at = match *self.bytes.get(self.at..).unwrap_or_default() {
            [b'r', a, b, c, d, ..] => Some(u32::from_le_bytes([a, b, c, d]) as usize),
            [first, ..] if first & FLAG_REF != 0 => Some(self.refs.len()),
            _ => None,
        };
        let value = self.value()?;
        let known = at.and_then(|at| self.names.get(at)).and_then(Option::as_ref);
        if let Some(name) = known {
            let name = name.clone();
            return Ok((value, name));
        }
        let name: Arc<str> = match &value {
            Constant::Str(text) => match text.as_ascii() {
                Some(text) => text.into(),
                None => text.to_string_lossy().into(),
            },
            _ => return Err(MarshalError::BadData(b'u')),
        };
        if let Some(at) = at {
            if self.names.len() <= at {
                self.names.resize(at + 1, None);
            }
            self.names[at] = Some(name.clone());
        }
        Ok((value, name))
    }

    /// A tuple of names.
    fn names(&mut self) -> Result<Vec<Arc<str>>, MarshalError> {
        let first = self.bytes.get(self.at).copied().ok_or(MarshalError::EndOfData)?;
        let kind = first & !FLAG_REF;
        if kind == b'r' {
            return self.tuple()?.iter().map(as_name).collect();
        }
        self.at += 1;
        let len = match kind {
            b')' => self.byte()? as usize,
            b'(' => self.long()? as usize,
            _ => return Err(MarshalError::BadData(b'(')),
        };
        if first & FLAG_REF == 0 {
            return (0..len).map(|_| self.name()).collect();
        }
        let slot = self.refs.len();
        self.refs.push(None);
        let (mut items, mut names) = (Vec::new(), Vec::new());
        for _ in 0..len {
            let (item, name) = self.named()?;
            items.push(item);
            names.push(name);
        }
        self.refs[slot] = Some(Constant::Tuple(items.into()));
        Ok(names)
    }
}

fn as_name(value: &Constant) -> Result<Arc<str>, MarshalError> {
    match value {
        Constant::Str(text) => Ok(text.to_string_lossy().into()),
        _ => Err(MarshalError::BadData(b'u')),
    }
}

/// UTF-8 with lone surrogates in their three-byte form.
fn text(bytes: &[u8]) -> Constant {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Constant::Str(Arc::new(text.into()));
    }
    let mut points = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        let more = match first {
            0xf0.. => 3,
            0xe0.. => 2,
            0xc0.. => 1,
            _ => 0,
        }
        .min(after.len());
        let mut point = if more == 0 { u32::from(first) } else { u32::from(first) & (0x3f >> more) };
        for byte in &after[..more] {
            point = point << 6 | u32::from(byte & 0x3f);
        }
        points.push(point);
        rest = &after[more..];
    }
    Constant::Str(Arc::new(PyStr::from_code_points(&points)))
}
