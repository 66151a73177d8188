//! The lines of a session file: a JSON object with one entry and a checksum of what stands before it.
//!
//! `{"now":{"step":7},"sum":"0a1b2c3d"}`. A changed byte is found in its line, a missing line by the count at the end.

use serde_json::{Value, json};

use super::Problem;

/// How every session file begins.
const HEAD: &str = "{\"uncoil\":{\"file\":\"session\"";
/// Between an entry and its checksum.
const SUM: &str = ",\"sum\":\"";

/// Whether a file is meant to be a session.
pub fn is_session(bytes: &[u8]) -> bool {
    bytes.starts_with(HEAD.as_bytes())
}

/// A file in the making.
#[derive(Default)]
pub struct Writer {
    text: String,
    lines: usize,
}

impl Writer {
    pub fn line(&mut self, kind: &str, value: Value) {
        let entry = format!("{{\"{kind}\":{value}");
        self.text += &format!("{entry}{SUM}{:08x}\"}}\n", sum(entry.as_bytes()));
        self.lines += 1;
    }

    pub fn end(mut self) -> String {
        let lines = self.lines + 1;
        self.line("end", json!({"lines": lines}));
        self.text
    }
}

pub struct Line {
    /// From 1.
    pub number: usize,
    pub kind: String,
    pub value: Value,
}

/// All lines but the last.
pub struct Lines {
    pub lines: Vec<Line>,
}

impl Lines {
    /// # Errors
    ///
    /// The first line that is not as it was written, or that lines are missing.
    pub fn read(bytes: &[u8]) -> Result<Lines, Problem> {
        if !is_session(bytes) {
            return Err(Problem::NoSession);
        }
        let mut lines = Vec::new();
        let mut rest = bytes;
        loop {
            let number = lines.len() + 1;
            let Some(end) = rest.iter().position(|&byte| byte == b'\n') else {
                return Err(Problem::CutOff { lines: lines.len() });
            };
            let line = read_line(number, &rest[..end])?;
            rest = &rest[end + 1..];
            if line.kind != "end" {
                lines.push(line);
                continue;
            }
            return match (line.value["lines"].as_u64() == Some(number as u64), rest.is_empty()) {
                (true, true) => Ok(Lines { lines }),
                (true, false) => Err(Problem::Damaged { line: number + 1, what: "something stands behind the end".into() }),
                (false, _) => Err(Problem::Damaged { line: number, what: "lines before it are missing".into() }),
            };
        }
    }
}

fn read_line(number: usize, bytes: &[u8]) -> Result<Line, Problem> {
    let wrong = |what: String| Problem::Damaged { line: number, what };
    let text = std::str::from_utf8(bytes).map_err(|error| wrong(format!("byte {} is no text", error.valid_up_to() + 1)))?;
    let checksum = text.rsplit_once(SUM).and_then(|(entry, rest)| Some((entry, rest.strip_suffix("\"}")?)));
    let Some((entry, written)) = checksum else { return Err(wrong("it has no checksum".into())) };
    if format!("{:08x}", sum(entry.as_bytes())) != written {
        return Err(wrong("its checksum does not match".into()));
    }
    let value: Value = serde_json::from_str(text).map_err(|error| wrong(format!("no JSON at column {}", error.column())))?;
    let Value::Object(mut entries) = value else { return Err(wrong("it is no entry".into())) };
    entries.remove("sum");
    match entries.into_iter().next() {
        Some((kind, value)) => Ok(Line { number, kind, value }),
        None => Err(wrong("it is empty".into())),
    }
}

/// FNV-1a.
fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, &byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
