//! The location table: which piece of source an instruction comes from, to the column (PEP 657).
//!
//! A run of 1 to 8 code units is an entry `0x80 | form << 3 | units - 1` with up to 13 bytes after it; line numbers are
//! differences from entry to entry, starting at `co_firstlineno`. Counterpart in CPython 3.11: `Objects/locations.md`,
//! `co_linetable`, `co_positions()`.

/// A place in the source. Columns are in UTF-8 bytes from 0, ends exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    pub line: Option<u32>,
    pub end_line: Option<u32>,
    pub col: Option<u32>,
    pub end_col: Option<u32>,
}

/// The code from `start` to `end` (bytes) comes from `position`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub start: u32,
    pub end: u32,
    pub position: Position,
}

/// Forms of an entry.
const FORM_ONE_LINE: u8 = 10;
const FORM_NO_COLUMNS: u8 = 13;
const FORM_LONG: u8 = 14;
const FORM_NONE: u8 = 15;
/// An entry covers at most so many code units.
const MAX_UNITS: u32 = 8;

/// The ranges of a table, in order. A broken table ends early.
pub fn decode(table: &[u8], firstlineno: i32) -> impl Iterator<Item = Range> + '_ {
    from(table, Mark { at: 0, start: 0, line: firstlineno.into() }).map(|(range, _)| range)
}

/// The ranges from a mark on, each with the mark of the next.
fn from(table: &[u8], mark: Mark) -> impl Iterator<Item = (Range, Mark)> + '_ {
    let mut reader = Reader { bytes: table, at: mark.at };
    let Mark { mut line, mut start, .. } = mark;
    std::iter::from_fn(move || {
        let first = reader.byte()?;
        if first & 0x80 == 0 {
            return None;
        }
        let units = u32::from(first & 7) + 1;
        let form = first >> 3 & 15;
        let position = match form {
            FORM_NONE => Position::default(),
            FORM_LONG => {
                line += reader.signed()?;
                let end_line = line + i64::from(reader.unsigned()?);
                let col = reader.unsigned()?.checked_sub(1);
                let end_col = reader.unsigned()?.checked_sub(1);
                Position { line: as_line(line), end_line: as_line(end_line), col, end_col }
            }
            FORM_NO_COLUMNS => {
                line += reader.signed()?;
                Position { line: as_line(line), end_line: as_line(line), col: None, end_col: None }
            }
            FORM_ONE_LINE.. => {
                line += i64::from(form - FORM_ONE_LINE);
                let (col, end_col) = (reader.byte()?, reader.byte()?);
                Position { line: as_line(line), end_line: as_line(line), col: Some(col.into()), end_col: Some(end_col.into()) }
            }
            _ => {
                let second = reader.byte()?;
                let col = u32::from(form) << 3 | u32::from(second >> 4);
                let end_col = col + u32::from(second & 15);
                Position { line: as_line(line), end_line: as_line(line), col: Some(col), end_col: Some(end_col) }
            }
        };
        let range = Range { start, end: start + 2 * units, position };
        start = range.end;
        Some((range, Mark { at: reader.at, start, line }))
    })
}

/// How many code units a table covers: each entry's first byte says it, and no other byte has the high bit.
pub fn units(table: &[u8]) -> usize {
    table.iter().filter(|&&byte| byte & 0x80 != 0).map(|byte| usize::from(byte & 7) + 1).sum()
}

/// Where one may begin to read a table: the next entry, the byte offset where its code starts, and the line before it.
#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    start: u32,
    line: i64,
}

/// Marks in a table, so that a place is found without going through all of it.
#[derive(Clone, Debug)]
pub struct Index {
    marks: Vec<Mark>,
}

impl Index {
    /// Entries between two marks.
    const SPACING: usize = 64;

    pub fn new(table: &[u8], firstlineno: i32) -> Index {
        let first = Mark { at: 0, start: 0, line: firstlineno.into() };
        let rest = from(table, first).map(|(_, next)| next).skip(Index::SPACING - 1).step_by(Index::SPACING);
        Index { marks: std::iter::once(first).chain(rest).collect() }
    }

    /// The place of the instruction at a byte offset of the table's code.
    pub fn lookup(&self, table: &[u8], offset: u32) -> Position {
        let mark = self.marks.partition_point(|mark| mark.start <= offset).max(1) - 1;
        let found = from(table, self.marks[mark]).find(|(range, _)| offset < range.end);
        found.map_or_else(Position::default, |(range, _)| range.position)
    }
}

/// Writes a table, one instruction after the other.
#[derive(Debug)]
pub struct Encoder {
    bytes: Vec<u8>,
    line: i64,
}

impl Encoder {
    pub fn new(firstlineno: i32) -> Encoder {
        Encoder { bytes: Vec::new(), line: firstlineno.into() }
    }

    /// The next `units` code units come from `position`.
    pub fn push(&mut self, position: Position, mut units: u32) {
        while units > MAX_UNITS {
            self.entry(position, MAX_UNITS);
            units -= MAX_UNITS;
        }
        self.entry(position, units);
    }

    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }

    fn entry(&mut self, position: Position, units: u32) {
        let Some(line) = position.line else {
            return self.head(FORM_NONE, units);
        };
        let delta = i64::from(line) - self.line;
        self.line = line.into();
        let (Some(col), Some(end_col)) = (position.col, position.end_col) else {
            if position.end_line.is_none_or(|end| end == line) {
                self.head(FORM_NO_COLUMNS, units);
                return self.signed(delta);
            }
            return self.long(delta, position, units);
        };
        if position.end_line != Some(line) {
            return self.long(delta, position, units);
        }
        if delta == 0 && col < 80 && end_col >= col && end_col - col < 16 {
            self.head((col / 8) as u8, units);
            self.bytes.push(((col % 8) << 4 | (end_col - col)) as u8);
        } else if (0..3).contains(&delta) && col < 128 && end_col < 128 {
            self.head(FORM_ONE_LINE + delta as u8, units);
            self.bytes.extend([col as u8, end_col as u8]);
        } else {
            self.long(delta, position, units);
        }
    }

    fn long(&mut self, delta: i64, position: Position, units: u32) {
        self.head(FORM_LONG, units);
        self.signed(delta);
        let line = position.line.unwrap_or(0);
        self.unsigned(u64::from(position.end_line.unwrap_or(line).saturating_sub(line)));
        self.unsigned(position.col.map_or(0, |col| u64::from(col) + 1));
        self.unsigned(position.end_col.map_or(0, |col| u64::from(col) + 1));
    }

    fn head(&mut self, form: u8, units: u32) {
        self.bytes.push(0x80 | form << 3 | (units - 1) as u8);
    }

    /// Six bits a byte, the least significant first; 0x40 says that more follow.
    fn unsigned(&mut self, mut value: u64) {
        while value >= 64 {
            self.bytes.push(0x40 | (value & 63) as u8);
            value >>= 6;
        }
        self.bytes.push(value as u8);
    }

    fn signed(&mut self, value: i64) {
        self.unsigned(value.unsigned_abs() << 1 | u64::from(value < 0));
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn unsigned(&mut self) -> Option<u32> {
        let (mut value, mut shift) = (0u64, 0u32);
        loop {
            let byte = self.byte()?;
            value |= u64::from(byte & 63) << shift.min(58);
            shift += 6;
            if byte & 0x40 == 0 {
                return u32::try_from(value).ok();
            }
        }
    }

    fn signed(&mut self) -> Option<i64> {
        let value = i64::from(self.unsigned()?);
        Some(if value & 1 == 1 { -(value >> 1) } else { value >> 1 })
    }
}

fn as_line(line: i64) -> Option<u32> {
    u32::try_from(line).ok()
}
