//! The exception table: which handler takes over when an instruction raises. Costs nothing while nothing is raised.
//!
//! An entry is start, length, target (code units) and `depth << 1 | lasti`: numbers of six bits a byte, the most
//! significant first; 0x40 says that more follow, 0x80 marks the first byte of an entry. Entries are in order of `start`
//! and do not overlap. Counterpart in CPython 3.11: `Objects/exception_handling_notes.txt`, `co_exceptiontable`.

/// One handler's range. Offsets are in bytes, `end` is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub start: u32,
    pub end: u32,
    pub target: u32,
    /// The value stack is cut to this depth before the exception is pushed.
    pub depth: u32,
    /// The offset of the raising instruction is pushed below the exception.
    pub lasti: bool,
}

/// The entries of a table, in order. A broken table ends early.
pub fn decode(table: &[u8]) -> impl Iterator<Item = Entry> + '_ {
    let mut bytes = table.iter().copied();
    std::iter::from_fn(move || {
        let mut number = || -> Option<u32> {
            let mut value = 0u32;
            loop {
                let byte = bytes.next()?;
                value = value << 6 | u32::from(byte & 63);
                if byte & 0x40 == 0 {
                    return Some(value);
                }
            }
        };
        let (start, length, target, packed) = (number()?, number()?, number()?, number()?);
        let bytes = |units: u32| units.checked_mul(2);
        let end = bytes(start.checked_add(length)?)?;
        Some(Entry { start: bytes(start)?, end, target: bytes(target)?, depth: packed >> 1, lasti: packed & 1 == 1 })
    })
}

/// The handler of what is raised by the instruction at a byte offset.
pub fn lookup(table: &[u8], offset: u32) -> Option<Entry> {
    decode(table).take_while(|entry| entry.start <= offset).find(|entry| offset < entry.end)
}

/// The bytes of a table with these entries.
pub fn encode(entries: impl IntoIterator<Item = Entry>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in entries {
        number(&mut bytes, entry.start / 2, 0x80);
        number(&mut bytes, (entry.end - entry.start) / 2, 0);
        number(&mut bytes, entry.target / 2, 0);
        number(&mut bytes, entry.depth << 1 | u32::from(entry.lasti), 0);
    }
    bytes
}

fn number(bytes: &mut Vec<u8>, value: u32, mark: u8) {
    let first = bytes.len();
    for shift in [24, 18, 12, 6] {
        if value >> shift != 0 {
            bytes.push(0x40 | (value >> shift & 63) as u8);
        }
    }
    bytes.push((value & 63) as u8);
    bytes[first] |= mark;
}
