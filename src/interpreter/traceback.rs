//! Tracebacks as text: what CPython prints on stderr for an exception, `^^^^` markers included.
//!
//! ```text
//! Traceback (most recent call last):
//!   File "x.py", line 3, in <module>
//!     print(a / b)
//!           ~~^~~
//! ZeroDivisionError: division by zero
//! ```
//!
//! Counterpart in CPython 3.11: `Python/traceback.c`, `Python/pythonrun.c`.

use crate::{
    bytecode::linetable,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    syntax::{
        self, Mode,
        ast::{ExprKind, Mod, StmtKind},
        error::SyntaxError,
    },
    vm::Vm,
};

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

/// An exception with its traceback and the chain of causes before it.
pub fn format_exception(vm: &mut Vm, exception: ObjRef) -> String {
    let mut out = String::new();
    format_chain(vm, exception, &mut out, &mut Vec::new(), &Margin::default());
    out
}

/// The margin that the branches of an exception group are drawn with.
#[derive(Clone, Default)]
struct Margin {
    depth: usize,
    /// The first line after a branch's head carries the box's corner.
    need_corner: bool,
}

impl Margin {
    fn indent(&self) -> String {
        " ".repeat(2 * self.depth)
    }

    fn prefix(&self) -> String {
        if self.depth > 0 { format!("{}| ", self.indent()) } else { String::new() }
    }

    fn write(&self, out: &mut String, text: &str) {
        for line in text.split_inclusive('\n') {
            out.push_str(&self.prefix());
            out.push_str(line);
        }
    }
}

fn format_chain(vm: &mut Vm, exception: ObjRef, out: &mut String, seen: &mut Vec<ObjRef>, margin: &Margin) {
    seen.push(exception);
    let Some(record) = vm.heap.exception(exception) else { return };
    let (cause, context, suppress) = (record.cause, record.context, record.suppress_context);
    if let Some(cause) = cause.filter(|cause| !seen.contains(cause)) {
        format_chain(vm, cause, out, seen, margin);
        margin.write(out, CAUSE);
    } else if let Some(context) = context.filter(|context| cause.is_none() && !suppress && !seen.contains(context)) {
        format_chain(vm, context, out, seen, margin);
        margin.write(out, CONTEXT);
    }
    format_one(vm, exception, out, seen, margin);
}

fn format_one(vm: &mut Vm, exception: ObjRef, out: &mut String, seen: &mut Vec<ObjRef>, margin: &Margin) {
    let is_group = vm.exception_matches(exception, BASE_EXCEPTION_GROUP);
    let traceback = vm.heap.exception(exception).and_then(|exception| exception.traceback);
    let margin = &if is_group && margin.depth == 0 { Margin { depth: 1, need_corner: true } } else { margin.clone() };
    if let Some(traceback) = traceback {
        if is_group {
            let sign = if margin.need_corner { '+' } else { '|' };
            out.push_str(&format!("{}{sign} Exception Group Traceback (most recent call last):\n", margin.indent()));
        } else {
            margin.write(out, "Traceback (most recent call last):\n");
        }
        let text = format_entries(vm, traceback);
        margin.write(out, &text);
    }
    let text = format_exception_only(vm, exception);
    margin.write(out, &text);
    if is_group {
        format_members(vm, exception, out, seen, margin);
    }
}

/// The exceptions of a group, each in a box of its own.
fn format_members(vm: &mut Vm, group: ObjRef, out: &mut String, seen: &mut Vec<ObjRef>, margin: &Margin) {
    const WIDTH: usize = 15;
    let members = vm.group_members(group);
    let shown = members.len().min(WIDTH);
    for (i, &member) in members.iter().enumerate().take(shown) {
        let label = format!("{}", i + 1);
        let corner = if i == 0 { "+-" } else { "  " };
        out.push_str(&format!("{}{corner}+---------------- {label} ----------------\n", margin.indent()));
        let inner = Margin { depth: margin.depth + 1, need_corner: false };
        format_chain(vm, member, out, seen, &inner);
    }
    if members.len() > WIDTH {
        out.push_str(&format!("{}  +---------------- ... ----------------\n", margin.indent()));
        let more = members.len() - WIDTH;
        out.push_str(&format!("{}    | and {more} more exception{}\n", margin.indent(), if more == 1 { "" } else { "s" }));
    }
    let last_is_group = members.last().is_some_and(|&last| vm.exception_matches(last, BASE_EXCEPTION_GROUP));
    if !last_is_group || members.len() > WIDTH {
        out.push_str(&format!("{}  +------------------------------------\n", margin.indent()));
    }
}

/// The entries of a traceback, outermost first; runs of the same line are folded.
pub fn format_entries(vm: &mut Vm, traceback: ObjRef) -> String {
    let mut out = String::new();
    let (mut last, mut repeats): (Option<(String, i32, String)>, usize) = (None, 0);
    let mut at = Some(traceback);
    let flush = |out: &mut String, repeats: usize| {
        if repeats > 3 {
            let more = repeats - 3;
            out.push_str(&format!("  [Previous line repeated {more} more time{}]\n", if more == 1 { "" } else { "s" }));
        }
    };
    while let Some(entry) = at {
        let Body::Traceback(record) = vm.heap.body(entry) else { break };
        let (frame, lasti, lineno) = (record.frame, record.lasti, record.lineno);
        at = record.next;
        let Body::Frame(record) = vm.heap.body(frame) else { break };
        let code = record.code;
        let Body::Code(record) = vm.heap.body(code) else { break };
        let (file, name) = (record.code.filename.to_string(), record.code.name.to_string());
        let key = (file, lineno, name);
        if last.as_ref() == Some(&key) {
            repeats += 1;
        } else {
            flush(&mut out, repeats);
            last = Some(key.clone());
            repeats = 1;
        }
        if repeats <= 3 {
            let (file, _, name) = key;
            out.push_str(&format!("  File \"{file}\", line {lineno}, in {name}\n"));
            out.push_str(&source_lines(vm, code, &file, lineno, lasti));
        }
    }
    flush(&mut out, repeats);
    out
}

/// `FILE:LINE` of the innermost Python frame.
pub fn place(vm: &Vm) -> String {
    let Some((depth, frame)) = vm.top_python_frame() else { return String::new() };
    let Body::Code(code) = vm.heap.body(frame.code) else { return String::new() };
    format!("{}:{}", code.code.filename, code.line_at(code.offset_of(vm.frame_pc(depth).saturating_sub(1).max(code.start))))
}

/// The source line of an entry and the markers under it.
fn source_lines(vm: &Vm, code: ObjRef, file: &str, lineno: i32, lasti: u32) -> String {
    // To CPython what is in no file has no lines.
    if file.starts_with('<') {
        return String::new();
    }
    let Some(source) = vm.sources.get(file) else { return String::new() };
    let Some(line) = source.line(lineno as usize) else { return String::new() };
    let trimmed = line.trim_end_matches(['\n', '\r']);
    let stripped = trimmed.trim_matches([' ', '\t', '\x0c']);
    if stripped.is_empty() {
        return "    \n".to_string();
    }
    let mut out = format!("    {}\n", stripped);
    let Body::Code(record) = vm.heap.body(code) else { return out };
    let position = linetable::lookup(&record.code.linetable, record.code.firstlineno, lasti);
    let (Some(start_line), Some(end_line), Some(col), Some(end_col)) = (position.line, position.end_line, position.col, position.end_col)
    else {
        return out;
    };
    if start_line as i32 != lineno {
        return out;
    }
    let chars_before = |bytes: usize| trimmed.get(..bytes).map_or(trimmed.chars().count(), |text| text.chars().count());
    let indent = trimmed.chars().count() - trimmed.trim_start_matches([' ', '\t', '\x0c']).chars().count();
    let start = chars_before(col as usize);
    let one_line = start_line == end_line;
    let end = if one_line { chars_before(end_col as usize) } else { trimmed.trim_end().chars().count() };
    let anchors = if one_line { trimmed.get(col as usize..end_col as usize).and_then(anchors_of) } else { None };
    if anchors.is_none() && end - start == stripped.chars().count() {
        return out;
    }
    out.push_str("    ");
    out.push_str(&" ".repeat(start.saturating_sub(indent)));
    let width = end.saturating_sub(start);
    match anchors {
        None => out.push_str(&"^".repeat(width)),
        Some((left, right)) => {
            for i in 0..width {
                out.push(if (left..right).contains(&i) { '^' } else { '~' });
            }
        }
    }
    out.push('\n');
    out
}

/// Where the operator of `a + b`, or the brackets of `a[b]`, stand in a piece of source: characters from its start.
fn anchors_of(segment: &str) -> Option<(usize, usize)> {
    let parsed = syntax::parse_str(segment, Mode::Exec).ok()?;
    let Mod::Module { body } = &parsed.module else { return None };
    let [statement] = &body[..] else { return None };
    let StmtKind::Expr { value } = &statement.kind else { return None };
    let characters = |bytes: usize| segment.get(..bytes).map_or(0, |text| text.chars().count());
    match &value.kind {
        ExprKind::BinOp { left, right, .. } => {
            let (from, to) = (left.location.end_col_offset as usize, right.location.col_offset as usize);
            let between = segment.get(from..to)?;
            let at = from + between.find(|c: char| !c.is_whitespace() && c != ')')?;
            let next = segment[at..].chars().nth(1);
            let two = at + 1 < to && next.is_some_and(|c| !c.is_whitespace());
            Some((characters(at), characters(at + if two { 2 } else { 1 })))
        }
        ExprKind::Subscript { value, slice, .. } => {
            Some((characters(value.location.end_col_offset as usize), characters(slice.location.end_col_offset as usize) + 1))
        }
        _ => None,
    }
}

/// `ValueError: text` and the notes below it; for a syntax error also the line and its marker.
pub fn format_exception_only(vm: &mut Vm, exception: ObjRef) -> String {
    let class = vm.ty(exception);
    let mut out = String::new();
    if vm.exception_matches(exception, SYNTAX_ERROR) {
        out.push_str(&syntax_error_place(vm, exception));
    }
    let name = vm.full_type_name(class);
    out.push_str(name.strip_prefix("__main__.").unwrap_or(&name));
    let message = if vm.exception_matches(exception, SYNTAX_ERROR) {
        vm.heap.exception(exception).and_then(|e| e.fields[0]).map(|msg| text_of(vm, msg)).unwrap_or_default()
    } else {
        message_of(vm, exception)
    };
    if !message.is_empty() {
        out.push_str(": ");
        out.push_str(&message);
    }
    out.push('\n');
    if let Some(notes) = vm.own_attr(exception, vm.names.notes) {
        for note in vm.heap.sequence(notes).map(<[ObjRef]>::to_vec).unwrap_or_default() {
            out.push_str(&text_of(vm, note));
            out.push('\n');
        }
    }
    out
}

fn syntax_error_place(vm: &mut Vm, exception: ObjRef) -> String {
    let fields: Vec<Option<ObjRef>> = vm.heap.exception(exception).map(|e| e.fields.to_vec()).unwrap_or_default();
    let number = |vm: &Vm, i: usize| fields.get(i).copied().flatten().and_then(|o| vm.small_value(o));
    let text = |vm: &Vm, i: usize| fields.get(i).copied().flatten().filter(|&o| vm.heap.str(o).is_some()).map(|o| vm.name_text(o));
    let Some(lineno) = number(vm, 2) else { return String::new() };
    let file = text(vm, 1).unwrap_or_else(|| "<string>".to_string());
    place_text(&file, lineno, text(vm, 4).as_deref(), number(vm, 3), number(vm, 5), number(vm, 6))
}

/// The file line, source line and marker of a syntax error.
fn place_text(
    file: &str,
    lineno: i64,
    text: Option<&str>,
    offset: Option<i64>,
    end_lineno: Option<i64>,
    end_offset: Option<i64>,
) -> String {
    let mut out = format!("  File \"{file}\", line {lineno}\n");
    let Some(text) = text else { return out };
    let line = text.trim_end_matches(['\n', '\r']);
    let line = line.trim_end_matches([' ', '\n', '\x0c']);
    let stripped = line.trim_start_matches([' ', '\n', '\x0c']);
    let spaces = (line.chars().count() - stripped.chars().count()) as i64;
    out.push_str(&format!("    {stripped}\n"));
    let Some(offset) = offset else { return out };
    let mut end = match end_offset {
        Some(end) if end != 0 => end,
        _ => offset,
    };
    if end_lineno.is_some_and(|end_lineno| end_lineno != lineno) {
        end = line.chars().count() as i64 + 1;
    }
    if offset == end || end == -1 {
        end = offset + 1;
    }
    let (column, end_column) = (offset - 1 - spaces, end - 1 - spaces);
    if column >= 0 {
        let before: String = stripped.chars().take(column as usize).map(|c| if c.is_whitespace() { c } else { ' ' }).collect();
        out.push_str(&format!("    {before}{}\n", "^".repeat((end_column - column).max(1) as usize)));
    }
    out
}

/// What CPython prints for a program that does not compile.
pub fn format_syntax_error(error: &SyntaxError, file: &str) -> String {
    let mut out = String::new();
    if let Some(lineno) = error.lineno {
        out.push_str(&place_text(file, lineno, error.text.as_deref(), error.offset, error.end_lineno, error.end_offset));
    }
    out.push_str(&format!("{:?}: {}\n", error.kind, error.msg));
    out
}

/// `str(exception)`; Python code runs to its end.
pub fn message_of(vm: &mut Vm, exception: ObjRef) -> String {
    text_of_or(vm, exception, "<exception str() failed>")
}

/// `str(object)`; Python code runs to its end.
pub fn text_of(vm: &mut Vm, object: ObjRef) -> String {
    text_of_or(vm, object, "<str() failed>")
}

fn text_of_or(vm: &mut Vm, object: ObjRef, failed: &str) -> String {
    let depth = vm.frames.len();
    let result = match vm.str(object) {
        Ok(outcome) => vm.finish_now(depth, outcome),
        Err(raised) => Err(raised),
    };
    match result {
        Ok(text) => {
            let result = vm.heap.str(text).map(|text| text.to_string_lossy()).unwrap_or_default();
            vm.decref(text);
            result
        }
        Err(raised) => {
            vm.decref(raised.0);
            failed.to_string()
        }
    }
}
