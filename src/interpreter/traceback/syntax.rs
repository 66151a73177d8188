//! Where a syntax error is: the file, the line and the marker under it.
//!
//! ```text
//!   File "x.py", line 1
//!     print "a"
//!     ^^^^^^^^^
//! ```
//!
//! Counterpart in CPython 3.11: `parse_syntax_error`, `print_error_text` in `Python/pythonrun.c`.

use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    syntax::error::SyntaxError,
    vm::Vm,
};

/// What a syntax error tells of its place.
struct Place {
    file: String,
    line: i64,
    /// Counted from 1; -1 if there is none.
    offset: i64,
    end_line: i64,
    end_offset: i64,
    text: Option<String>,
}

/// The place as lines of text.
pub struct Shown {
    pub text: String,
    /// What then stands for the exception.
    pub message: ObjRef,
    /// The source line was no text: CPython prints nothing more.
    pub lost: bool,
}

/// Where a SyntaxError says it is; nothing if its attributes aren't what the parser puts there.
pub fn place_of(vm: &mut Vm, exception: ObjRef) -> Option<Shown> {
    let fields: Vec<Option<ObjRef>> = vm.heap.exception(exception)?.fields.to_vec();
    let field = |at: usize| fields.get(at).copied().flatten().filter(|&value| value != NONE);
    let message = fields.first().copied().flatten().unwrap_or(NONE);
    let number = |vm: &Vm, at: usize, otherwise: i64| match field(at) {
        None => Some(otherwise),
        Some(value) => vm.small_value(value),
    };
    let file = match field(1) {
        None => "<string>".to_string(),
        Some(file) => super::text_of(vm, file),
    };
    let line = vm.small_value(field(2)?)?;
    let offset = number(vm, 3, -1)?;
    let end_line = number(vm, 5, line)?;
    let end_offset = number(vm, 6, -1)?;
    let text = field(4).map(|text| vm.heap.str(text).and_then(|text| text.to_utf8()));
    let lost = text == Some(None);
    let place = Place { file, line, offset, end_line, end_offset, text: text.flatten() };
    Some(Shown { text: place.shown(), message, lost })
}

/// What CPython prints for a program that does not compile.
pub fn format_syntax_error(error: &SyntaxError, file: &str) -> String {
    let mut out = String::new();
    if let Some(line) = error.lineno {
        let place = Place {
            file: file.to_string(),
            line,
            offset: error.offset.unwrap_or(-1),
            end_line: error.end_lineno.unwrap_or(line),
            end_offset: error.end_offset.unwrap_or(-1),
            text: error.text.as_deref().map(str::to_string),
        };
        out.push_str(&place.shown());
    }
    out.push_str(&format!("{:?}: {}\n", error.kind, error.msg));
    out
}

impl Place {
    fn shown(&self) -> String {
        let mut out = format!("  File \"{}\", line {}\n", self.file, self.line);
        let Some(text) = &self.text else { return out };
        let characters = text.chars().count() as i64;
        let mut offset = self.offset.min(characters + 1);
        let mut end = self.end_offset;
        // An error over several lines is marked to the end of the first.
        if self.end_line > self.line {
            end = characters;
        }
        if end == 0 || end == -1 || end == offset {
            end = offset + 1;
        }
        // From 1 to 0.
        (offset, end) = (offset - 1, end - 1);
        let stripped = text.trim_start_matches([' ', '\t', '\x0c']);
        let indent = characters - stripped.chars().count() as i64;
        (offset, end) = (offset - indent, end - indent);
        // Only the line that holds the error.
        let mut shown = stripped;
        while let Some(newline) = shown.find('\n') {
            let line = shown[..newline].chars().count() as i64;
            if line >= offset || newline + 1 >= shown.len() {
                break;
            }
            (offset, end) = (offset - line - 1, end - line - 1);
            shown = &shown[newline + 1..];
        }
        out.push_str("    ");
        out.push_str(shown);
        if !shown.ends_with('\n') {
            out.push('\n');
        }
        if offset < 0 {
            return out;
        }
        out.push_str("    ");
        out.push_str(&" ".repeat(offset as usize));
        out.push_str(&"^".repeat((end - offset).max(1) as usize));
        out.push('\n');
        out
    }
}
