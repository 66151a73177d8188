//! `sys.stdin`, `sys.stdout`, `sys.stderr`: files like any other, over the machine's own streams.
//!
//! As long as nobody changes how they write, `stdout` and `stderr` are marked in the number bits of their slots (1 and 2):
//! `print` then writes straight to the machine's output, which knows the instruction that wrote it. Nothing is held back, as
//! on a terminal. Counterpart in CPython 3.11: `create_stdio` in `Python/pylifecycle.c`.

use super::{buffered, file, new_object, text};
use crate::{heap::ObjRef, objects::core_types::*, vm::Vm};

/// The mark of `sys.stdin`.
const STDIN_MARK: u64 = 3;

/// The file of a descriptor, 0 to 2; owned.
pub fn new(vm: &mut Vm, descriptor: u64) -> ObjRef {
    let (name, mode, errors) = match descriptor {
        0 => ("<stdin>", "r", "strict"),
        1 => ("<stdout>", "w", "strict"),
        _ => ("<stderr>", "w", "backslashreplace"),
    };
    let raw = new_object(vm, FILE_IO, file::State::of_stream(descriptor as i64));
    set(vm, raw, "name", name);
    let buffer = new_object(vm, if descriptor == 0 { BUFFERED_READER } else { BUFFERED_WRITER }, buffered::State::default());
    buffered::set_up(vm, buffer, raw, super::DEFAULT_BUFFER_SIZE);
    vm.decref(raw);
    let wish = text::Wish {
        encoding: Some("utf-8".to_string()),
        errors: Some(errors.to_string()),
        newline: (descriptor != 0).then(|| "\n".to_string()),
        line_buffering: descriptor == 2,
        write_through: false,
    };
    let file = new_object(vm, TEXT_IO, text::State::default());
    match text::init(vm, file, buffer, &wish) {
        Ok(crate::vm::Outcome::Done(none)) => vm.decref(none),
        Ok(crate::vm::Outcome::Pushed) => unreachable!("the machine's own streams know what they can do"),
        Err(raised) => vm.decref(raised.0),
    }
    vm.decref(buffer);
    set(vm, file, "mode", mode);
    if descriptor != 0 {
        // Should the mark go, the bytes still go out at once.
        if let Some(state) = text::state_mut(vm, file) {
            state.hold_nothing_back();
        }
    }
    vm.heap.slot_mut(file).num = if descriptor == 0 { STDIN_MARK } else { descriptor };
    file
}

fn set(vm: &mut Vm, object: ObjRef, name: &str, value: &str) {
    let (name, value) = (vm.new_interned(name), vm.new_interned(value));
    vm.set_own_attr(object, name, value);
    vm.decref_all([name, value]);
}

/// The file is `sys.stdin` as it was made, and nothing that was read waits in its layers: a line can be asked for directly.
pub fn is_plain_stdin(vm: &Vm, file: ObjRef) -> bool {
    if vm.ty(file) != TEXT_IO || vm.heap.slot(file).num != STDIN_MARK {
        return false;
    }
    let Some(text) = text::state(vm, file) else { return false };
    let Some(buffer) = text.buffer.and_then(|buffer| buffered::state(vm, buffer)) else { return false };
    let raw = buffer.raw.and_then(|raw| file::state(vm, raw));
    text.is_drained() && buffer.is_drained() && raw.is_some_and(file::State::is_drained)
}

/// The file is about to be closed: what is written from now on must be refused.
pub fn closes(vm: &mut Vm, file: ObjRef) {
    vm.heap.slot_mut(file).num = 0;
}

/// Encoding, error handler or line ends are others now: writing takes the long way.
pub fn settings_changed(vm: &mut Vm, file: ObjRef) {
    if matches!(vm.heap.slot(file).num, 1 | 2) && !text::state(vm, file).is_some_and(text::State::writes_plainly) {
        vm.heap.slot_mut(file).num = 0;
    }
}
