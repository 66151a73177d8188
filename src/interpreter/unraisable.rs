//! Exceptions that nobody can catch, those of `__del__` and weak reference callbacks: `sys.unraisablehook` is told of them.
//!
//! ```text
//!   Exception ignored in: <function C.__del__ at 0x7f…>
//!   Traceback (most recent call last): …
//! ```
//!
//! Counterpart in CPython 3.11: `_PyErr_WriteUnraisableMsg` in `Python/errors.c`.

use crate::{
    heap::ObjRef,
    interpreter::traceback::{self, Pieces},
    objects::{Objects, core_types::*},
    stdlib::struct_sequence,
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

/// Puts the hook into `sys`.
pub fn install(vm: &mut Vm) {
    let dict = vm.sys_dict;
    crate::stdlib::add_functions(vm, dict, "sys", vec![NativeDef::function("unraisablehook", Signature::One, hook)]);
    if let Some(function) = vm.dict_get_text(dict, "unraisablehook") {
        vm.incref(function);
        vm.dict_set_text(dict, "__unraisablehook__", function);
    }
}

const FIELDS: [&str; 5] = ["exc_type", "exc_value", "exc_traceback", "err_msg", "object"];

/// Tells `sys.unraisablehook` of an exception, which is owned. `message` stands for "Exception ignored in".
pub fn tell(vm: &mut Vm, raised: Raised, message: Option<&'static str>, place: Option<ObjRef>) {
    let exception = raised.0;
    let dict = vm.sys_dict;
    let (hook, own) = (vm.dict_get_text(dict, "unraisablehook"), vm.dict_get_text(dict, "__unraisablehook__"));
    match hook {
        Some(hook) if hook != NONE && Some(hook) != own => {
            let class = match vm.unraisable_args {
                Some(class) => class,
                None => {
                    let class = struct_sequence::new_class(vm, "builtins", "UnraisableHookArgs", &FIELDS);
                    *vm.unraisable_args.insert(class)
                }
            };
            let traceback = vm.heap.exception(exception).and_then(|record| record.traceback).unwrap_or(NONE);
            let parts = [vm.ty(exception), exception, traceback, NONE, place.unwrap_or(NONE)];
            parts.iter().for_each(|&part| vm.incref(part));
            let mut parts = parts.to_vec();
            if let Some(message) = message {
                parts[3] = vm.new_str(message);
            }
            let arguments = struct_sequence::new(vm, class, parts);
            vm.incref(hook);
            let result = vm.call_now(hook, &[arguments]);
            vm.decref(arguments);
            match result {
                Ok(value) => vm.decref(value),
                Err(second) => {
                    show(vm, second.0, Some("Exception ignored in sys.unraisablehook"), Some(hook));
                    vm.decref(second.0);
                }
            }
            vm.decref(hook);
        }
        _ => show(vm, exception, message, place),
    }
    vm.decref(exception);
}

fn hook(vm: &mut Vm, args: Args) -> Res {
    let items = vm.heap.tuple(args.at(vm, 0)).map(<[ObjRef]>::to_vec).unwrap_or_default();
    let [_, exception, _, message, place] = items[..] else {
        return Err(vm.type_error("sys.unraisablehook argument type must be UnraisableHookArgs"));
    };
    let message = vm.text(message).map(|text| text.to_string_lossy());
    show(vm, exception, message.as_deref(), (place != NONE).then_some(place));
    done(vm.none())
}

/// What is printed: place, traceback and the exception itself, without those that it came from.
fn show(vm: &mut Vm, exception: ObjRef, message: Option<&str>, place: Option<ObjRef>) {
    let mut pieces = Pieces::default();
    match (place, message) {
        (Some(place), message) => {
            let place = repr(vm, place);
            pieces.push(&format!("{}: ", message.unwrap_or("Exception ignored in")));
            pieces.push(&place);
            pieces.push("\n");
        }
        (None, Some(message)) => {
            pieces.push(message);
            pieces.push(":\n");
        }
        (None, None) => {}
    }
    if let Some(traceback) = vm.heap.exception(exception).and_then(|record| record.traceback) {
        pieces.push("Traceback (most recent call last):\n");
        pieces.entries(&traceback::format_entries(vm, traceback), |_| {});
    }
    let class = vm.ty(exception);
    let name = vm.full_type_name(class);
    pieces.push(name.strip_prefix("__main__.").unwrap_or(&name));
    pieces.push(": ");
    pieces.push(&traceback::message_of(vm, exception));
    pieces.push("\n");
    traceback::write_pieces(vm, &pieces);
}

fn repr(vm: &mut Vm, object: ObjRef) -> String {
    let depth = vm.frames.len();
    let text = vm.repr(object).and_then(|outcome| vm.finish_now(depth, outcome));
    match text {
        Ok(text) => {
            let result = vm.name_text(text);
            vm.decref(text);
            result
        }
        Err(raised) => {
            vm.decref(raised.0);
            "<object repr() failed>".to_string()
        }
    }
}
