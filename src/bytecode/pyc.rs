//! `.pyc` files: sixteen bytes of header, then a marshalled code object.
//!
//! The header says for which CPython the code is and how to tell whether the source has changed: by its time and size, or
//! by a hash of it. Counterpart in CPython 3.11: `importlib._bootstrap_external`.

use std::{
    fmt,
    hash::Hasher,
    path::{Path, PathBuf},
    sync::Arc,
};

use siphasher::sip::SipHasher13;

use super::{
    code::{CodeObject, Constant},
    marshal::{self, MarshalError},
    verify::{self, Rejected},
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PycError {
    /// No `.pyc` file at all.
    NotPyc,
    /// Made by another CPython: its magic number.
    BadMagic(u16),
    BadFlags(u32),
    Marshal(MarshalError),
    /// Something else than code.
    NotCode,
    /// So many bytes follow the code.
    Trailing(usize),
    Code(Rejected),
}

impl fmt::Display for PycError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PycError::NotPyc => f.write_str("not a .pyc file (bad magic number)"),
            PycError::BadMagic(magic) => match version_of(*magic) {
                Some(version) => write!(f, "made by CPython {version} (magic number {magic}); CPython 3.11's (3495) are read"),
                None => write!(f, "bad magic number {magic}; CPython 3.11's (3495) are read"),
            },
            PycError::BadFlags(flags) => write!(f, "invalid flags {flags:#x}"),
            PycError::Marshal(MarshalError::EndOfData) => f.write_str("truncated: the data ends too early"),
            PycError::Marshal(error) => write!(f, "corrupt: {error}"),
            PycError::NotCode => f.write_str("corrupt: it holds no code object"),
            PycError::Trailing(count) => write!(f, "corrupt: {count} bytes follow the code"),
            PycError::Code(rejected) => rejected.fmt(f),
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
    match bytes {
        [0xa7, 0x0d, b'\r', b'\n', ..] => {}
        [low, high, b'\r', b'\n', ..] => return Err(PycError::BadMagic(u16::from_le_bytes([*low, *high]))),
        _ if MAGIC.starts_with(bytes) => return Err(MarshalError::EndOfData.into()),
        _ => return Err(PycError::NotPyc),
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
    match marshal::load_prefix(&bytes[16..])? {
        (Constant::Code(code), len) if len == bytes.len() - 16 => Ok((code, validation)),
        (Constant::Code(_), len) => Err(PycError::Trailing(bytes.len() - 16 - len)),
        _ => Err(PycError::NotCode),
    }
}

/// As [`read`], and the code is fit to run.
pub fn read_verified(bytes: &[u8]) -> Result<(Arc<CodeObject>, Validation), PycError> {
    let (code, validation) = read(bytes)?;
    verify::module(&code).map_err(PycError::Code)?;
    Ok((code, validation))
}

/// Is this the content of a `.pyc` file, of whatever CPython?
pub fn is_pyc(name: &str, bytes: &[u8]) -> bool {
    name.ends_with(".pyc") || matches!(bytes, [_, _, b'\r', b'\n', 0..=3, 0, 0, 0, ..])
}

/// The hash that ties a `.pyc` file to its source.
pub fn source_hash(source: &[u8]) -> [u8; 8] {
    let mut hasher = SipHasher13::new_with_keys(u32::from_le_bytes(MAGIC).into(), 0);
    hasher.write(source);
    hasher.finish().to_le_bytes()
}

/// Where the `.pyc` file of a source file lies: `a/__pycache__/b.cpython-311.pyc` for `a/b.py`, with `.opt-1` under `-O1`.
pub fn cache_path(source: &Path, optimize: u8) -> PathBuf {
    let stem = source.file_stem().unwrap_or_default().to_string_lossy();
    let opt = if optimize == 0 { String::new() } else { format!(".opt-{optimize}") };
    source.parent().unwrap_or(Path::new("")).join("__pycache__").join(format!("{stem}.cpython-311{opt}.pyc"))
}

/// The releases with a magic number of their own, by its last value before and during their life.
fn version_of(magic: u16) -> Option<&'static str> {
    Some(match magic {
        3000..=3131 => "3.0 or 3.1",
        3141..=3180 => "3.2",
        3190..=3230 => "3.3",
        3250..=3310 => "3.4",
        3320..=3351 => "3.5",
        3360..=3379 => "3.6",
        3390..=3394 => "3.7",
        3400..=3413 => "3.8",
        3420..=3425 => "3.9",
        3430..=3439 => "3.10",
        3450..=3494 => "3.11 before its release",
        3500..=3531 => "3.12",
        3550..=3571 => "3.13",
        3600..=3649 => "3.14",
        _ => return None,
    })
}
