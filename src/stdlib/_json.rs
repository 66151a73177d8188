//! `_json`: the quick parts of `json`: reading and writing of values, and of strings alone.
//!
//! ```text
//!   _json/strings.rs   a string's text between its quotes, and how to write one
//!   _json/scan.rs      text → objects
//!   _json/encode.rs    objects → text
//! ```
//!
//! What the program hooks in (`object_hook`, `default`) runs on the Rust stack. `json` gives its options as the attributes of a
//! decoder. Counterpart in CPython 3.11: `Modules/_json.c`. `_json.scanstring('a"b', 0)` is `('a', 2)`.

mod encode;
mod scan;
mod strings;

use std::sync::Arc;

use super::{NewClass, add_class, add_functions, class_of_module, foreign, foreign_body, foreign_mut};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::*},
    text::PyStr,
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use NativeDef as Def;
    use Signature::{One, Range};
    let natives = vec![
        Def::function("encode_basestring_ascii", One, |vm, args| {
            let text = first_text(vm, args)?;
            done(vm.new_str(strings::quoted(&text, true)))
        }),
        Def::function("encode_basestring", One, |vm, args| {
            let text = first_text(vm, args)?;
            done(vm.new_str(strings::quoted(&text, false)))
        }),
        Def::function("scanstring", Range(2, 3), scan_string),
    ];
    add_functions(vm, dict, "_json", natives);
    add_class(vm, dict, NewClass { module: "_json", name: "Scanner", base: OBJECT, natives: scan::natives(), slots: Some(&[]) });
    add_class(vm, dict, NewClass { module: "_json", name: "Encoder", base: OBJECT, natives: encode::natives(), slots: Some(&[]) });
    for (class, name) in [("Scanner", "make_scanner"), ("Encoder", "make_encoder")] {
        if let Some(found) = vm.dict_get_text(dict, class) {
            vm.incref(found);
            vm.dict_set_text(dict, name, found);
            let key = vm.new_interned(class);
            if let Ok(Some(old)) = vm.dict_remove_now(dict, key) {
                vm.decref(old);
            }
            vm.decref(key);
        }
    }
}

fn first_text(vm: &mut Vm, args: Args) -> Result<Arc<PyStr>, Raised> {
    let object = args.at(vm, 0);
    match vm.text(object) {
        Some(text) => Ok(text),
        None => {
            let name = vm.type_name(object);
            Err(vm.type_error(format!("first argument must be a string, not {name}")))
        }
    }
}

/// `scanstring(string, end, strict=True)`: the text up to the closing quote, and where it ends.
fn scan_string(vm: &mut Vm, args: Args) -> Res {
    let end = convert::ssize(vm, args.at(vm, 1))?;
    let text = first_text(vm, args)?;
    let strict = match args.get(vm, 2) {
        Some(strict) => convert::flag(vm, Some(strict))?,
        None => true,
    };
    if end < 0 || end as usize > text.len() {
        return Err(vm.value_error("end is out of bounds"));
    }
    match strings::scan(&text, end as usize, strict) {
        Ok((value, end)) => {
            let pair = [vm.new_str(value), vm.new_usize(end)];
            done(vm.new_tuple(pair))
        }
        Err((message, at)) => Err(decode_error(vm, message, args.at(vm, 0), at)),
    }
}

/// `json.JSONDecodeError(message, text, at)`
fn decode_error(vm: &mut Vm, message: &str, text: ObjRef, at: i64) -> Raised {
    let class = class_of_module(vm, "json.decoder", "JSONDecodeError");
    if class == OBJECT {
        return vm.value_error(message);
    }
    let args = [vm.new_str(message), vm.own(text), vm.new_int(at)];
    let made = vm.call_now(class, &args);
    vm.decref_all(args);
    match made {
        Ok(exception) => {
            vm.set_context(exception);
            Raised(exception)
        }
        Err(raised) => raised,
    }
}
