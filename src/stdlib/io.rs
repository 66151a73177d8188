//! `_io`: files in their layers. `io` itself, with its abstract classes, is Python source beside this file.
//!
//! ```text
//!   open("x.txt")    TextIOWrapper ─▶ BufferedReader ─▶ FileIO ─▶ the outside world (vm::host)
//!                    str               bytes             bytes      a question and an answer
//! ```
//!
//! A layer calls the one below by its methods, as any Python program could: so each layer also works over an object written
//! in Python, and a debugger steps into that. What can be answered from a layer's own buffer is answered at once; anything
//! else waits in a [`task::Task`]. Counterpart in CPython 3.11: `Modules/_io`.

pub mod base;
pub mod buffered;
pub mod bytes_io;
pub mod file;
pub mod newlines;
pub mod open;
pub mod standard;
pub mod string_io;
pub mod task;
pub mod text;

use super::add_functions;
use crate::{
    builtins::{
        convert,
        types::{Row, exception::fields::class_for_errno},
    },
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, instance::Foreign},
    vm::{Outcome, Raised, Res, Vm, host::Answer, native::Args, raised::done},
};

/// `io.DEFAULT_BUFFER_SIZE`, in bytes.
pub const DEFAULT_BUFFER_SIZE: usize = 8192;

/// Type → its natives, for `builtins::types`.
pub const TYPES: &[Row] = &[
    (IO_BASE, base::natives),
    (RAW_IO_BASE, base::raw_natives),
    (BUFFERED_IO_BASE, base::buffered_natives),
    (TEXT_IO_BASE, base::text_natives),
    (FILE_IO, file::natives),
    (BYTES_IO, bytes_io::natives),
    (STRING_IO, string_io::natives),
    (BUFFERED_READER, buffered::reader_natives),
    (BUFFERED_WRITER, buffered::writer_natives),
    (BUFFERED_RANDOM, buffered::random_natives),
    (BUFFERED_RW_PAIR, buffered::pair::natives),
    (NEWLINE_DECODER, newlines::natives),
    (TEXT_IO, text::natives),
];

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    add_functions(vm, dict, "io", open::functions());
    // One and the same function as the builtin.
    if let Some(open) = vm.dict_get_text(vm.builtins, "open") {
        vm.incref(open);
        vm.dict_set_text(dict, "open", open);
    }
    for &(ty, _) in TYPES {
        let name = vm.heap.type_of_type(ty).short_name().to_string();
        vm.incref(ty);
        vm.dict_set_text(dict, &name, ty);
    }
    for (name, ty) in [("UnsupportedOperation", UNSUPPORTED_OPERATION), ("BlockingIOError", BLOCKING_IO_ERROR)] {
        vm.incref(ty);
        vm.dict_set_text(dict, name, ty);
    }
    let size = vm.new_usize(DEFAULT_BUFFER_SIZE);
    vm.dict_set_text(dict, "DEFAULT_BUFFER_SIZE", size);
}

/// Implements [`Foreign`] for a state: which references it owns (fields of `Option<ObjRef>`), and when it wants closing.
macro_rules! io_state {
    ($type:ty, [$($field:ident),*], $open:expr) => {
        io_state!($type, [$($field),*], $open, |_| Vec::new());
    };
    ($type:ty, [$($field:ident),*], $open:expr, $blocks:expr) => {
        impl crate::objects::instance::Foreign for $type {
            fn trace(&self, _visit: &mut dyn FnMut(crate::heap::ObjRef)) {
                $(self.$field.iter().for_each(|&object| _visit(object));)*
            }

            fn clear(&mut self) -> Vec<crate::heap::ObjRef> {
                let held: Vec<Option<crate::heap::ObjRef>> = vec![$(self.$field.take()),*];
                held.into_iter().flatten().collect()
            }

            fn wants_finalizer(&self) -> bool {
                let is_open: fn(&$type) -> bool = $open;
                is_open(self)
            }

            fn more_blocks(&self) -> Vec<u32> {
                let blocks: fn(&$type) -> Vec<u32> = $blocks;
                blocks(self).into_iter().filter(|&block| block != 0).collect()
            }
        }
    };
}
use io_state;

/// A new object of a file type or a class that inherits from one, with its state; owned.
pub fn new_object(vm: &mut Vm, class: ObjRef, state: impl Foreign) -> ObjRef {
    let object = vm.new_instance(class);
    if let Body::Instance(instance) = &mut vm.heap.slot_mut(object).body {
        instance.inner = super::foreign_body(state);
    }
    object
}

// ── errors ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/// `io.UnsupportedOperation`
pub fn unsupported(vm: &mut Vm, what: &str) -> Raised {
    vm.raise(UNSUPPORTED_OPERATION, what)
}

/// `ValueError: I/O operation on closed file.`
pub fn closed(vm: &mut Vm) -> Raised {
    vm.value_error("I/O operation on closed file.")
}

/// The same of files in memory, and of raw files.
pub fn closed_plainly(vm: &mut Vm) -> Raised {
    vm.value_error("I/O operation on closed file")
}

/// The OSError that an answer stands for, with the file's name (borrowed) where it is known.
pub fn os_error(vm: &mut Vm, answer: Answer, filename: Option<ObjRef>) -> Raised {
    let (errno, text) = match answer {
        Answer::Failed(errno, text) => (errno, text),
        other => (5, format!("unexpected answer {other:?}")),
    };
    let mut args = vec![vm.new_int(i64::from(errno)), vm.new_str(text)];
    if let Some(filename) = filename {
        args.push(vm.own(filename));
    }
    let args = vm.new_tuple(args);
    vm.raise_args(class_for_errno(i64::from(errno)), args)
}

// ── arguments ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// An optional size: `None` and what is left out are -1.
pub fn size_argument(vm: &mut Vm, size: Option<ObjRef>) -> Result<i64, Raised> {
    match size {
        None | Some(NONE) => Ok(-1),
        Some(size) if vm.has_index(size) => convert::ssize(vm, size),
        Some(size) => {
            let given = vm.type_name(size);
            Err(vm.type_error(format!("argument should be integer or None, not '{given}'")))
        }
    }
}

/// The bytes of an object that has some.
pub fn bytes_argument(vm: &mut Vm, object: ObjRef) -> Result<Vec<u8>, Raised> {
    if vm.heap.view(object).is_some_and(|view| !view.is_c_contiguous()) {
        return Err(vm.raise(BUFFER_ERROR, "memoryview: underlying buffer is not C-contiguous"));
    }
    convert::buffer(vm, object)
}

/// How many bytes fit into a writable buffer: `f.readinto(buffer)`.
pub fn buffer_len(vm: &mut Vm, function: &str, buffer: ObjRef) -> Result<usize, Raised> {
    if vm.heap.is_writable_buffer(buffer) {
        return Ok(vm.heap.buffer(buffer).map_or(0, |bytes| bytes.len()));
    }
    let given = convert::none_or_type_name(vm, buffer);
    Err(vm.type_error(format!("{function}() argument must be read-write bytes-like object, not {given}")))
}

/// Puts bytes at the start of a writable buffer; the rest stays.
pub fn fill_buffer(vm: &mut Vm, buffer: ObjRef, bytes: &[u8]) {
    vm.heap.write_buffer(buffer, 0, bytes);
}

// ── asking objects ──────────────────────────────────────────────────────────────────────────────────────────────────

/// Calls a method by its name.
pub fn call(vm: &mut Vm, object: ObjRef, method: &str, args: &[ObjRef]) -> Res {
    let name = vm.new_interned(method);
    // As in CPython without a bound method where that can be.
    let result = match vm.find_method(object, name) {
        Some(found) => vm.call_method_object(found, object, args),
        None => vm.call_method(object, method, args),
    };
    vm.decref(name);
    result
}

/// The argument of `truncate` for files in memory: an integer, or None for the present place.
fn size_or(vm: &mut Vm, args: Args, at: i64) -> Result<i64, Raised> {
    match args.given(vm, 1) {
        Some(size) if vm.has_index(size) => convert::ssize(vm, size),
        Some(size) => {
            let given = vm.type_name(size);
            Err(vm.type_error(format!("argument should be integer or None, not '{given}'")))
        }
        None => Ok(at),
    }
}

/// An attribute by its name.
pub fn attribute(vm: &mut Vm, object: ObjRef, name: &str) -> Res {
    let name = vm.new_interned(name);
    let result = vm.get_attr(object, name);
    vm.decref(name);
    result
}

/// An attribute that may be missing or, written in Python, fail in its own way: short, so it runs on the Rust stack.
pub fn attribute_now(vm: &mut Vm, object: ObjRef, name: &str) -> Result<Option<ObjRef>, Raised> {
    let name = vm.new_interned(name);
    let result = vm.lookup_attribute_now(object, name);
    vm.decref(name);
    result
}

/// Whether a file is closed, as its `closed` says.
pub fn is_closed(vm: &mut Vm, file: ObjRef) -> Result<bool, Raised> {
    match vm.ty(file) {
        FILE_IO => return Ok(file::state(vm, file).is_none_or(|state| state.fd < 0)),
        BYTES_IO => return Ok(bytes_io::is_closed(vm, file)),
        STRING_IO => return Ok(string_io::is_closed(vm, file)),
        BUFFERED_READER | BUFFERED_WRITER | BUFFERED_RANDOM => {
            if let Some(raw) = buffered::state(vm, file).and_then(|state| state.raw) {
                return is_closed(vm, raw);
            }
        }
        TEXT_IO => {
            if let Some(buffer) = text::state(vm, file).and_then(|state| state.buffer) {
                return is_closed(vm, buffer);
            }
        }
        _ => {}
    }
    let Some(value) = attribute_now(vm, file, "closed")? else {
        let name = vm.new_interned("closed");
        let raised = vm.no_attribute(file, name);
        vm.decref(name);
        return Err(raised);
    };
    let truth = convert::flag(vm, Some(value));
    vm.decref(value);
    truth
}

/// Raises if the file is closed.
pub fn check_open(vm: &mut Vm, file: ObjRef) -> Result<(), Raised> {
    if is_closed(vm, file)? { Err(closed(vm)) } else { Ok(()) }
}

/// `<_io.Kind name='…' …>`: the name shown by files that have one.
pub fn shown_name(vm: &mut Vm, file: ObjRef, attribute: &str) -> Result<Option<String>, Raised> {
    match attribute_now(vm, file, attribute) {
        Ok(Some(name)) => {
            let text = vm.repr_now(name);
            vm.decref(name);
            text.map(Some)
        }
        Ok(None) => Ok(None),
        Err(raised) if vm.exception_matches(raised.0, VALUE_ERROR) => {
            vm.decref(raised.0);
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}

/// The name of the object's class, as reprs of files show it.
pub fn class_title(vm: &Vm, object: ObjRef) -> String {
    vm.type_name(object).to_string()
}

/// Answers None.
pub fn nothing(vm: &mut Vm, _args: Args) -> Res {
    done(vm.none())
}

/// An int answer.
pub fn count(vm: &mut Vm, count: usize) -> Res {
    Ok(Outcome::Done(vm.new_usize(count)))
}
