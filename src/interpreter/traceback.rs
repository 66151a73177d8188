//! Tracebacks as text: what CPython prints on stderr for an exception.
//!
//! ```text
//! Traceback (most recent call last):
//!   File "x.py", line 3, in <module>
//!     print(a / b)
//!           ~~^~~
//! ZeroDivisionError: division by zero
//! ```
//!
//! Here are chains, groups, messages and notes; [`source`] has the source lines with their markers, [`syntax`] the place
//! of a syntax error, [`suggest`] the "Did you mean". Python code (`__str__`, `__dir__`) runs to its end, and whatever it
//! raises ends in a placeholder. Counterpart in CPython 3.11: `Python/pythonrun.c`, `Python/traceback.c`.

mod pieces;
mod source;

pub use self::source::anchors_in;
mod suggest;
mod syntax;

use rustc_hash::FxHashSet;

use crate::{
    builtins::functions::io::{own_stream, write_stderr, write_to},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    text::{PyStr, repr},
    vm::{Raised, Vm, host::Stream},
};

pub use pieces::Pieces;
pub use syntax::format_syntax_error;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";
/// So many members of a group are shown, and so many groups in groups.
const GROUP_WIDTH: usize = 15;
const GROUP_DEPTH: usize = 10;
/// So many entries of a traceback are shown, the innermost, if `sys.tracebacklimit` says nothing.
const ENTRIES: usize = 1000;
/// A line in the same place is shown so often in a row.
const REPEATS: usize = 3;

/// An exception with its traceback and the chain of exceptions before it.
pub fn format_exception(vm: &mut Vm, exception: ObjRef) -> String {
    pieces_of(vm, exception).text
}

pub fn pieces_of(vm: &mut Vm, exception: ObjRef) -> Pieces {
    let mut printer = Printer { out: Pieces::default(), depth: 0, need_close: false, seen: FxHashSet::default() };
    if printer.chain(vm, exception).is_err() {
        printer.out.push(&dump(vm, exception));
    }
    printer.out
}

/// Writes an exception on `sys.stderr`: piece by piece, if that is an object of the program.
pub fn print_exception(vm: &mut Vm, exception: ObjRef) {
    let pieces = pieces_of(vm, exception);
    print_pieces(vm, exception, &pieces);
}

/// The same, when its text is there already.
pub fn print_pieces(vm: &mut Vm, exception: ObjRef, pieces: &Pieces) {
    if !write_pieces(vm, pieces) {
        let lost = dump(vm, exception);
        vm.write(Stream::Stderr, lost.as_bytes());
    }
}

/// The pieces on `sys.stderr`, which is flushed. False: it refused one.
pub fn write_pieces(vm: &mut Vm, pieces: &Pieces) -> bool {
    let Some(file) = vm.dict_get_text(vm.sys_dict, "stderr").filter(|&file| file != NONE) else { return true };
    if own_stream(vm, file).is_some() {
        write_stderr(vm, &pieces.text);
        return true;
    }
    vm.incref(file);
    let mut written = true;
    for piece in pieces.iter() {
        let text = vm.new_str(piece);
        let depth = vm.frames.len();
        let result = write_to(vm, file, text).and_then(|outcome| vm.finish_now(depth, outcome));
        vm.decref(text);
        written = result.is_ok();
        let (Ok(object) | Err(Raised(object))) = result;
        vm.decref(object);
        if !written {
            break;
        }
    }
    if written && let Ok(Some(flush)) = vm.lookup_attribute_now(file, vm.names.flush) {
        let (Ok(object) | Err(Raised(object))) = vm.call_now(flush, &[]);
        vm.decref_all([flush, object]);
    }
    vm.decref(file);
    written
}

/// The exception cannot be printed: `__notes__` raised, or the chain is longer than recursion may go.
struct Lost;

/// Writes exceptions, with the margin that the members of a group are drawn with.
struct Printer {
    out: Pieces,
    /// How many groups we are in.
    depth: usize,
    /// The last member of the group still needs the line below it.
    need_close: bool,
    /// No exception is shown as the cause of two.
    seen: FxHashSet<ObjRef>,
}

impl Printer {
    fn indent(&mut self) {
        self.out.indent(2 * self.depth);
    }

    /// The start of a line.
    fn margin(&mut self) {
        margin(&mut self.out, self.depth);
    }

    fn lines(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            self.margin();
            self.out.push(line);
        }
    }

    /// The exceptions before this one, the first of all first, then itself.
    fn chain(&mut self, vm: &mut Vm, exception: ObjRef) -> Result<(), Lost> {
        let mut links = Vec::new();
        let mut at = exception;
        let mut contexts = 0;
        loop {
            self.seen.insert(at);
            let Some(record) = vm.heap.exception(at) else { break };
            let (before, text) = match (record.cause, record.context) {
                (Some(cause), _) => (cause, CAUSE),
                (None, Some(context)) if !record.suppress_context => (context, CONTEXT),
                _ => break,
            };
            if self.seen.contains(&before) {
                break;
            }
            links.push((at, text));
            contexts += u32::from(text == CONTEXT);
            if vm.level() + contexts + 2 > vm.recursion_limit {
                return Err(Lost);
            }
            at = before;
        }
        self.one(vm, at)?;
        while let Some((exception, text)) = links.pop() {
            self.lines(text);
            self.one(vm, exception)?;
        }
        Ok(())
    }

    /// One exception of a chain.
    fn one(&mut self, vm: &mut Vm, exception: ObjRef) -> Result<(), Lost> {
        if !vm.exception_matches(exception, BASE_EXCEPTION_GROUP) {
            return self.exception(vm, exception);
        }
        if self.depth > GROUP_DEPTH {
            self.lines(&format!("... (max_group_depth is {GROUP_DEPTH})\n"));
            return Ok(());
        }
        let outermost = self.depth == 0;
        if outermost {
            self.depth = 1;
        }
        self.exception(vm, exception)?;
        self.members(vm, exception)?;
        if outermost {
            self.depth = 0;
        }
        Ok(())
    }

    /// The exceptions of a group, each in a box of its own.
    fn members(&mut self, vm: &mut Vm, group: ObjRef) -> Result<(), Lost> {
        let members = vm.group_members(group);
        let boxes = members.len().min(GROUP_WIDTH + 1);
        self.need_close = false;
        for (i, &member) in members.iter().take(boxes).enumerate() {
            let (last, left_out) = (i + 1 == boxes, i >= GROUP_WIDTH);
            if last {
                self.need_close = true;
            }
            self.indent();
            let label = if left_out { "...".to_string() } else { (i + 1).to_string() };
            self.out.push(&format!("{}+---------------- {label} ----------------\n", if i == 0 { "+-" } else { "  " }));
            self.depth += 1;
            if left_out {
                let more = members.len() - GROUP_WIDTH;
                self.lines(&format!("and {more} more exception{}\n", if more == 1 { "" } else { "s" }));
            } else {
                // Boxes of a chained exception's own group close themselves.
                self.chain(vm, member)?;
            }
            if last && self.need_close {
                self.indent();
                self.out.push("+------------------------------------\n");
                self.need_close = false;
            }
            self.depth -= 1;
        }
        Ok(())
    }

    /// Traceback, message and notes of one exception.
    fn exception(&mut self, vm: &mut Vm, exception: ObjRef) -> Result<(), Lost> {
        if let Some(traceback) = vm.heap.exception(exception).and_then(|exception| exception.traceback) {
            let entries = format_entries(vm, traceback);
            if !entries.is_empty() || limit(vm) > 0 {
                if vm.exception_matches(exception, BASE_EXCEPTION_GROUP) {
                    self.indent();
                    self.out.push(if self.depth == 1 { "+ " } else { "| " });
                    self.out.push("Exception Group Traceback (most recent call last):\n");
                } else {
                    self.lines("Traceback (most recent call last):\n");
                }
                let depth = self.depth;
                self.out.entries(&entries, |out| margin(out, depth));
            }
        }
        let notes = match vm.lookup_attribute_now(exception, vm.names.notes) {
            Ok(notes) => notes,
            Err(raised) => {
                vm.decref(raised.0);
                return Err(Lost);
            }
        };
        let mut told = exception;
        if vm.exception_matches(exception, SYNTAX_ERROR)
            && let Some(place) = syntax::place_of(vm, exception)
        {
            // Only the first line has the margin.
            self.margin();
            self.out.place(&place.text);
            if place.lost {
                return Err(Lost);
            }
            told = place.message;
        }
        self.margin();
        let class = class_name(vm, exception);
        self.out.push(&class);
        let message = if told == NONE { String::new() } else { text_of_or(vm, told, "<exception str() failed>") };
        if !message.is_empty() {
            self.out.push(": ");
        }
        self.out.push(&message);
        if let Some(meant) = suggest::suggestion(vm, exception)? {
            let meant = escaped(&repr::str_repr(&PyStr::from(meant.as_str())));
            let (quote, name) = (&meant[..1], &meant[1..meant.len() - 1]);
            self.out.push(&format!(". Did you mean: {quote}"));
            self.out.push(name);
            self.out.push(&format!("{quote}?"));
        }
        self.out.push("\n");
        if let Some(notes) = notes {
            self.notes(vm, notes);
            vm.decref(notes);
        }
        Ok(())
    }

    /// `__notes__`, whatever it is.
    fn notes(&mut self, vm: &mut Vm, notes: ObjRef) {
        let characters = vm.heap.str(notes).map(|text| text.iter().collect::<Vec<u32>>());
        if let Some(characters) = characters {
            for c in characters {
                self.lines(&(escaped(&PyStr::from_code_points(&[c])) + "\n"));
            }
        } else if let Some(items) = vm.heap.sequence(notes).map(<[ObjRef]>::to_vec) {
            for item in items {
                let text = text_of_or(vm, item, "<note str() failed>");
                self.lines(&text);
                self.out.push("\n");
            }
        } else if notes == NONE || vm.heap.sequence(notes).is_none() {
            self.margin();
            let depth = vm.frames.len();
            let text = match vm.repr(notes) {
                Ok(outcome) => vm.finish_now(depth, outcome),
                Err(raised) => Err(raised),
            };
            let text = taken(vm, text).unwrap_or_else(|| "<__notes__ repr() failed>".to_string());
            self.out.push(&text);
        }
    }
}

/// The start of a line, so many groups deep.
fn margin(out: &mut Pieces, depth: usize) {
    out.indent(2 * depth);
    out.push(if depth > 0 { "| " } else { "" });
}

/// What is left to say of an exception that cannot be printed.
fn dump(vm: &mut Vm, exception: ObjRef) -> String {
    let (address, count) = (vm.address(exception), vm.heap.refcount(exception));
    let ty = vm.ty(exception);
    let (type_address, name) = (vm.address(ty), vm.type_name(exception));
    let repr = vm.repr_now(exception).unwrap_or_else(|raised| {
        vm.decref(raised.0);
        String::new()
    });
    format!(
        "object address  : {address:#x}\nobject refcount : {count}\nobject type     : {type_address:#x}\nobject type name: {name}\n\
         object repr     : {repr}\nlost sys.stderr\n"
    )
}

/// How many entries `sys.tracebacklimit` allows.
fn limit(vm: &Vm) -> usize {
    match vm.dict_get_text(vm.sys_dict, "tracebacklimit") {
        Some(limit) if vm.is_int(limit) => match vm.small_value(limit) {
            Some(limit) => usize::try_from(limit).unwrap_or(0),
            None if vm.repr_lossy(limit).starts_with('-') => 0,
            None => usize::MAX,
        },
        _ => ENTRIES,
    }
}

/// The entries of a traceback, outermost first; runs of the same line are folded.
pub fn format_entries(vm: &mut Vm, traceback: ObjRef) -> String {
    let mut entries = Vec::new();
    let mut at = Some(traceback);
    while let Some(entry) = at {
        let Body::Traceback(record) = vm.heap.body(entry) else { break };
        entries.push((record.frame, record.lasti, record.lineno));
        at = record.next;
    }
    let first = entries.len().saturating_sub(limit(vm));
    let mut out = String::new();
    let (mut last, mut repeats): (Option<(ObjRef, i32)>, usize) = (None, 0);
    let flush = |out: &mut String, repeats: usize| {
        if repeats > REPEATS {
            let more = repeats - REPEATS;
            out.push_str(&format!("  [Previous line repeated {more} more time{}]\n", if more == 1 { "" } else { "s" }));
        }
    };
    for &(frame, lasti, lineno) in &entries[first..] {
        let Body::Frame(record) = vm.heap.body(frame) else { break };
        let code = record.code;
        let Body::Code(record) = vm.heap.body(code) else { break };
        let same = last.is_some_and(|(other, line)| {
            let Body::Code(other) = vm.heap.body(other) else { return false };
            line == lineno && other.code.name == record.code.name && other.code.filename == record.code.filename
        });
        if !same {
            flush(&mut out, repeats);
            repeats = 0;
        }
        last = Some((code, lineno));
        repeats += 1;
        if repeats <= REPEATS {
            let (file, name) = (&record.code.filename, &record.code.name);
            out.push_str(&format!("  File \"{file}\", line {lineno}, in {name}\n"));
            out.push_str(&source::source_lines(vm, code, file, lineno, lasti));
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

/// The class's name with its module, except for builtins and the program's own.
fn class_name(vm: &Vm, exception: ObjRef) -> String {
    let class = vm.ty(exception);
    let ty = vm.heap.type_of_type(class);
    let name = if ty.is_heap { vm.name_text(ty.qualname) } else { ty.name.to_string() };
    match vm.dict_get_str(ty.dict, vm.names.module) {
        None if !ty.is_heap => name,
        Some(module) if vm.heap.str(module).is_some() => match &*vm.name_text(module) {
            "builtins" | "__main__" => name,
            module => format!("{module}.{name}"),
        },
        _ => format!("<unknown>.{name}"),
    }
}

/// `str(exception)`; Python code runs to its end.
pub fn message_of(vm: &mut Vm, exception: ObjRef) -> String {
    text_of_or(vm, exception, "<exception str() failed>")
}

/// `str(object)`, empty if that fails; Python code runs to its end.
pub fn text_of(vm: &mut Vm, object: ObjRef) -> String {
    text_of_or(vm, object, "")
}

fn text_of_or(vm: &mut Vm, object: ObjRef, failed: &str) -> String {
    let depth = vm.frames.len();
    let result = match vm.str(object) {
        Ok(outcome) => vm.finish_now(depth, outcome),
        Err(raised) => Err(raised),
    };
    taken(vm, result).unwrap_or_else(|| failed.to_string())
}

/// The text of a str object, which is given back; nothing for an exception, which is forgotten.
fn taken(vm: &mut Vm, result: Result<ObjRef, crate::vm::Raised>) -> Option<String> {
    match result {
        Ok(object) => {
            let text = vm.heap.str(object).map(|text| escaped(text));
            vm.decref(object);
            text
        }
        Err(raised) => {
            vm.decref(raised.0);
            None
        }
    }
}

/// The text as stderr shows it: lone surrogates as escapes.
fn escaped(text: &PyStr) -> String {
    if let Some(text) = text.to_utf8() {
        return text.to_string();
    }
    let mut out = String::new();
    for c in text.iter() {
        match char::from_u32(c) {
            Some(c) => out.push(c),
            None => repr::push_escape(&mut out, c),
        }
    }
    out
}
