//! `join`, `translate`, `maketrans`.
//!
//! `join` first makes a list of what is no list or tuple; the generator's frames run on the call stack, so that one can step
//! into them. `", ".join(f(x) for x in xs)` calls all `f` before it joins anything.

use std::sync::Arc;

use super::held;
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::*, equality::Number},
    text::{
        PyStr,
        methods::translate::{self, Translation},
    },
    vm::{
        Outcome, Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{One, Range};
    vec![
        NativeDef::method("join", One, super::super::sequence::join::<true>),
        NativeDef::method("translate", One, translate),
        NativeDef::static_method("maketrans", Range(1, 3), maketrans),
    ]
}

pub fn join_sequence(vm: &mut Vm, separator: ObjRef, sequence: ObjRef) -> Res {
    let items = vm.heap.sequence(sequence).expect("a list or tuple").to_vec();
    if let [only] = items[..]
        && vm.ty(only) == STR
    {
        return done(vm.own(only));
    }
    let mut texts: Vec<Arc<PyStr>> = Vec::with_capacity(items.len());
    for (i, &item) in items.iter().enumerate() {
        match vm.text(item) {
            Some(text) => texts.push(text),
            None => {
                let name = vm.type_name(item);
                return Err(vm.type_error(format!("sequence item {i}: expected str instance, {name} found")));
            }
        }
    }
    let separator = vm.text(separator).expect("a str");
    convert::str_result(vm, translate::join(&separator, texts.iter().map(|text| &**text)))
}

/// `text.translate(table)`: asks `table[ord(c)]` for each character; a table written in Python runs on the Rust stack.
fn translate(vm: &mut Vm, args: Args) -> Res {
    let (text, table) = (held(vm, args), args.at(vm, 1));
    let result = translate::translate(&text, |c| translation(vm, table, c))?;
    done(vm.new_str(result))
}

fn translation(vm: &mut Vm, table: ObjRef, c: u32) -> Result<Translation, Raised> {
    let key = vm.new_int(i64::from(c));
    let depth = vm.frames.len();
    let result = vm.get_item(table, key);
    let result = match result {
        Ok(Outcome::Pushed) => vm.finish_now(depth, Outcome::Pushed),
        Ok(Outcome::Done(value)) => Ok(value),
        Err(raised) => Err(raised),
    };
    vm.decref(key);
    let value = match result {
        Ok(value) => value,
        Err(raised) if vm.exception_matches(raised.0, LOOKUP_ERROR) => {
            vm.decref(raised.0);
            return Ok(Translation::Keep);
        }
        Err(raised) => return Err(raised),
    };
    let point = match Number::of(&vm.heap, value) {
        Some(Number::Int(point)) => Some(u32::try_from(point).ok().filter(|&point| point < 0x11_0000)),
        Some(Number::BigInt(_)) => Some(None),
        _ => None,
    };
    let result = match point {
        Some(Some(point)) => Ok(Translation::Point(point)),
        Some(None) => Err(vm.value_error("character mapping must be in range(0x110000)")),
        None if value == NONE => Ok(Translation::Delete),
        None => match vm.text(value) {
            Some(text) => Ok(Translation::Text((*text).clone())),
            None => Err(vm.type_error("character mapping must return integer, None or str")),
        },
    };
    vm.decref(value);
    result
}

fn maketrans(vm: &mut Vm, args: Args) -> Res {
    let from = args.at(vm, 0);
    let Some(to) = args.get(vm, 1) else { return copy_table(vm, from) };
    let to = convert::text(vm, to, "maketrans() argument 2")?;
    let removed = match args.get(vm, 2) {
        Some(removed) => Some(convert::text(vm, removed, "maketrans() argument 3")?),
        None => None,
    };
    let Some(from) = vm.text(from) else {
        return Err(vm.type_error("first maketrans argument must be a string if there is a second argument"));
    };
    if from.len() != to.len() {
        return Err(vm.value_error("the first two maketrans arguments must have equal length"));
    }
    let dict = vm.new_dict();
    for (from, to) in from.iter().zip(to.iter()) {
        let value = vm.new_int(i64::from(to));
        set_point(vm, dict, from, value)?;
    }
    for c in removed.iter().flat_map(|text| text.iter()) {
        let none = vm.none();
        set_point(vm, dict, c, none)?;
    }
    done(dict)
}

/// Takes over the value.
fn set_point(vm: &mut Vm, dict: ObjRef, c: u32, value: ObjRef) -> Result<(), Raised> {
    let key = vm.new_int(i64::from(c));
    let result = vm.dict_set_now(dict, key, value);
    vm.decref(key);
    vm.decref(value);
    result
}

/// The table of one dict: keys of one character become their code points.
fn copy_table(vm: &mut Vm, from: ObjRef) -> Res {
    if vm.ty(from) != DICT {
        return Err(vm.type_error("if you give only one argument to maketrans it must be a dict"));
    }
    let entries: Vec<(ObjRef, ObjRef)> = vm.heap.dict(from).expect("a dict").iter().collect();
    let dict = vm.new_dict();
    for (key, value) in entries {
        let point = match vm.text(key) {
            Some(text) if text.len() == 1 => Some(text.at(0)),
            Some(_) => {
                vm.decref(dict);
                return Err(vm.value_error("string keys in translate table must be of length 1"));
            }
            None if vm.is_int(key) => None,
            None => {
                vm.decref(dict);
                return Err(vm.type_error("keys in translate table must be strings or integers"));
            }
        };
        match point {
            Some(point) => {
                vm.incref(value);
                set_point(vm, dict, point, value)?;
            }
            None => vm.dict_set_now(dict, key, value)?,
        }
    }
    done(dict)
}
