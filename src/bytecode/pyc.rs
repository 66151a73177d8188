//! `.pyc` files: sixteen bytes of header, then a marshalled code object.
//!
//! The header says for which CPython the code is and how to tell whether the source has changed: by its time and size, or
//! by a hash of it. Counterpart in CPython 3.11: `importlib._bootstrap_external`.

use std::{fmt, sync::Arc};

use super::{
    code::{CodeObject, Constant},
    marshal::{self, MarshalError},
};

/// The magic number of 3.11: 3495 and a line end.
pub const MAGIC: [u8; 4] = [0xa7, 0x0d, 0x0d, 0x0a];

/// How the file is tied to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validation {
    /// Seconds since 1970 and the size in bytes, both modulo 2**32.
    Timestamp { mtime: u32, size: u32 },
    /// SipHash of the source; `checked`: to be compared at import.
    Hash { hash: [u8; 8], checked: bool },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PycError {
    /// Not made by CPython 3.11.
    BadMagic,
    BadFlags(u32),
    Marshal(MarshalError),
    /// Something else than code.
    NotCode,
}

impl fmt::Display for PycError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PycError::BadMagic => f.write_str("bad magic number"),
            PycError::BadFlags(flags) => write!(f, "invalid flags {flags:#x}"),
            PycError::Marshal(error) => error.fmt(f),
            PycError::NotCode => f.write_str("non-code object"),
        }
    }
}

impl std::error::Error for PycError {}

impl From<MarshalError> for PycError {
    fn from(error: MarshalError) -> PycError {
        PycError::Marshal(error)
    }
}

pub fn write(code: &Arc<CodeObject>, validation: Validation) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    match validation {
        Validation::Timestamp { mtime, size } => {
            for number in [0, mtime, size] {
                out.extend(number.to_le_bytes());
            }
        }
        Validation::Hash { hash, checked } => {
            out.extend((1 | u32::from(checked) << 1).to_le_bytes());
            out.extend(hash);
        }
    }
    out.extend(marshal::dump(&Constant::Code(code.clone())));
    out
}

pub fn read(bytes: &[u8]) -> Result<(Arc<CodeObject>, Validation), PycError> {
    let number = |at: usize| -> Result<u32, PycError> {
        let bytes = bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
        Ok(u32::from_le_bytes(bytes.ok_or(MarshalError::EndOfData)?))
    };
    if !bytes.starts_with(&MAGIC) {
        return Err(PycError::BadMagic);
    }
    let (first, second) = (number(8)?, number(12)?);
    let validation = match number(4)? {
        0 => Validation::Timestamp { mtime: first, size: second },
        flags @ (1 | 3) => {
            let mut hash = [0; 8];
            hash.copy_from_slice(&bytes[8..16]);
            Validation::Hash { hash, checked: flags == 3 }
        }
        flags => return Err(PycError::BadFlags(flags)),
    };
    match marshal::load(&bytes[16..])? {
        Constant::Code(code) => Ok((code, validation)),
        _ => Err(PycError::NotCode),
    }
}
