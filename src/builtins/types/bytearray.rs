//! `bytearray`: what changes it in place. The rest it shares with bytes.
//!
//! `b = bytearray(b"ab"); b.append(99)` makes `bytearray(b'abc')`. Counterpart in CPython 3.11: `Objects/bytearrayobject.c`.

use super::{
    bytes::{self, Collect, Source, bytes_of},
    sequence,
};
use std::borrow::Cow;

use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{
        Body, Objects,
        bytearray::{self, ByteArray},
        core_types::*,
    },
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Any, None, One, Range};
    let mut rows = sequence::natives();
    rows.extend(sequence::joining_natives());
    rows.extend(bytes::methods::natives());
    rows.extend([
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__init__", Any, init),
        NativeDef::wrapper("__setitem__", Range(2, 2), |vm, args| {
            let (this, key, value) = (args.at(vm, 0), args.at(vm, 1), args.at(vm, 2));
            vm.set_item_builtin(this, key, value)
        }),
        NativeDef::wrapper("__delitem__", One, |vm, args| {
            let (this, key) = (args.at(vm, 0), args.at(vm, 1));
            vm.del_item_builtin(this, key)
        }),
        NativeDef::wrapper("__iadd__", One, |vm, args| {
            let more = convert_concat(vm, args)?;
            let this = args.at(vm, 0);
            vm.check_resizable(this)?;
            content(vm, args).extend(more);
            bytearray::resized(&mut vm.heap, this);
            done(vm.own(this))
        }),
        NativeDef::wrapper("__imul__", One, |vm, args| {
            let given = args.at(vm, 1);
            let Ok(count) = convert::limited(vm, given)? else {
                let name = vm.type_name(given);
                return Err(vm.raise(OVERFLOW_ERROR, format!("cannot fit '{name}' into an index-sized integer")));
            };
            let count = count.max(0) as usize;
            let len = content(vm, args).len();
            convert::check(vm, crate::text::check_len(len.saturating_mul(count)))?;
            let repeated = content(vm, args).repeat(count);
            let this = args.at(vm, 0);
            if count != 1 {
                vm.check_resizable(this)?;
            }
            **content(vm, args) = repeated;
            bytearray::resized(&mut vm.heap, this);
            done(vm.own(this))
        }),
        NativeDef::wrapper("__str__", None, super::str_builtin),
        NativeDef::method("__reduce__", None, |vm, args| reduce(vm, args.at(vm, 0), 2)),
        NativeDef::method("__reduce_ex__", Range(0, 1), |vm, args| {
            let protocol = args.get(vm, 1).map_or(Ok(0), |protocol| convert::c_int(vm, protocol))?;
            reduce(vm, args.at(vm, 0), protocol)
        }),
        NativeDef::method("__alloc__", None, |vm, args| {
            let size = content(vm, args).allocated();
            done(vm.new_usize(size))
        }),
        NativeDef::method("__sizeof__", None, super::object::measured),
        NativeDef::method("append", One, |vm, args| {
            let byte = vm.byte_value(args.at(vm, 1))?;
            vm.check_resizable(args.at(vm, 0))?;
            content(vm, args).push(byte);
            resized(vm, args);
            done(vm.none())
        }),
        NativeDef::method("clear", None, |vm, args| {
            vm.check_resizable(args.at(vm, 0))?;
            content(vm, args).clear();
            resized(vm, args);
            done(vm.none())
        }),
        NativeDef::method("copy", None, |vm, args| {
            let bytes = content(vm, args).to_vec();
            done(bytes::like(vm, args.at(vm, 0), bytes))
        }),
        NativeDef::method("extend", One, extend),
        NativeDef::method("insert", Range(2, 2), insert),
        NativeDef::method("pop", Range(0, 1), pop),
        NativeDef::method("remove", One, remove),
        NativeDef::method("reverse", None, |vm, args| {
            content(vm, args).reverse();
            done(vm.none())
        }),
    ]);
    rows
}

/// `(bytearray, arguments, __dict__)`: the bytes, or before protocol 3 a text in Latin-1.
fn reduce(vm: &mut Vm, this: ObjRef, protocol: i32) -> Res {
    let bytes = vm.heap.bytes(this).unwrap_or_default().to_vec();
    let args = if protocol >= 3 {
        if bytes.is_empty() { Vec::new() } else { vec![vm.new_bytes(bytes)] }
    } else if bytes.is_empty() {
        Vec::new()
    } else {
        let points: Vec<u32> = bytes.iter().map(|&byte| byte.into()).collect();
        vec![vm.new_str(crate::text::PyStr::from_code_points(&points)), vm.new_str("latin-1")]
    };
    let args = vm.new_tuple(args);
    let ty = vm.ty(this);
    vm.incref(ty);
    let dict = vm.dict_in_use(this);
    let dict = vm.own(dict);
    done(vm.new_tuple([ty, args, dict]))
}

/// Makes the buffer fit the bytes of `self`.
fn resized(vm: &mut Vm, args: Args) {
    let this = args.at(vm, 0);
    bytearray::resized(&mut vm.heap, this);
}

fn content(vm: &mut Vm, args: Args) -> &mut ByteArray {
    let this = args.at(vm, 0);
    match vm.heap.body_mut(this) {
        Body::ByteArray(bytes) => bytes,
        _ => panic!("a bytearray"),
    }
}

fn convert_concat(vm: &mut Vm, args: Args) -> Result<Vec<u8>, crate::vm::Raised> {
    let other = args.at(vm, 1);
    match vm.heap.buffer(other) {
        Some(bytes) => Ok(bytes.into_owned()),
        None => {
            let (name, own) = (vm.type_name(other), vm.type_name(args.at(vm, 0)));
            Err(vm.type_error(format!("can't concat {name} to {own}")))
        }
    }
}

/// An empty bytearray; `__init__` fills it.
fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    done(vm.new_derived(class, 0, Body::ByteArray(Box::default())))
}

/// `bytearray(source=b'', encoding='utf-8', errors='strict')`
fn init(vm: &mut Vm, args: Args) -> Res {
    let keywords = args.keywords(vm);
    let given = args.n - 1 + keywords.len();
    if given > 3 {
        return Err(vm.type_error(format!("bytearray() takes at most 3 arguments ({given} given)")));
    }
    let names = ["source", "encoding", "errors"];
    let mut values: Vec<Option<ObjRef>> = (1..=3).map(|i| args.get(vm, i)).collect();
    for (key, value) in keywords {
        let key = vm.name_text(key);
        match names.iter().position(|name| *name == key) {
            Some(place) if values[place].is_some() => {
                let place = place + 1;
                return Err(vm.type_error(format!("argument for bytearray() given by name ('{key}') and position ({place})")));
            }
            Some(place) => values[place] = Some(value),
            None => return Err(vm.type_error(format!("'{key}' is an invalid keyword argument for bytearray()"))),
        }
    }
    content(vm, args).clear();
    resized(vm, args);
    match bytes_of(vm, values[0], values[1], values[2], "bytearray")? {
        Source::Bytes(bytes) => {
            **content(vm, args) = bytes;
            resized(vm, args);
            done(vm.none())
        }
        Source::Iterable(iterable) => {
            let this = args.at(vm, 0);
            vm.incref(this);
            vm.consume(
                iterable,
                Collect { bytes: Vec::new(), target: Some(this), guess: None, refusal: "cannot convert '{}' object to bytearray" },
            )
        }
    }
}

fn extend(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    if let Some(bytes) = vm.heap.buffer(other).map(Cow::into_owned) {
        vm.check_resizable(this)?;
        content(vm, args).extend(bytes);
        resized(vm, args);
        return done(vm.none());
    }
    vm.incref(this);
    vm.consume(other, Collect { bytes: Vec::new(), target: Some(this), guess: Some(32), refusal: "can't extend bytearray with {}" })
}

fn insert(vm: &mut Vm, args: Args) -> Res {
    let index = convert::ssize(vm, args.at(vm, 1))?;
    let byte = vm.byte_value(args.at(vm, 2))?;
    vm.check_resizable(args.at(vm, 0))?;
    let bytes = content(vm, args);
    let len = bytes.len() as i64;
    let at = if index < 0 { (index.saturating_add(len)).max(0) } else { index.min(len) };
    bytes.insert(at as usize, byte);
    resized(vm, args);
    done(vm.none())
}

fn pop(vm: &mut Vm, args: Args) -> Res {
    let index = match args.get(vm, 1) {
        Some(index) => convert::ssize(vm, index)?,
        None => -1,
    };
    let len = content(vm, args).len() as i64;
    if len == 0 {
        return Err(vm.raise(INDEX_ERROR, "pop from empty bytearray"));
    }
    let at = if index < 0 { index.saturating_add(len) } else { index };
    if at < 0 || at >= len {
        return Err(vm.raise(INDEX_ERROR, "pop index out of range"));
    }
    vm.check_resizable(args.at(vm, 0))?;
    let byte = content(vm, args).remove(at as usize);
    resized(vm, args);
    done(vm.new_int(i64::from(byte)))
}

fn remove(vm: &mut Vm, args: Args) -> Res {
    let byte = vm.byte_value(args.at(vm, 1))?;
    match content(vm, args).iter().position(|&other| other == byte) {
        Some(at) => {
            vm.check_resizable(args.at(vm, 0))?;
            content(vm, args).remove(at);
            resized(vm, args);
            done(vm.none())
        }
        None => Err(vm.value_error("value not found in bytearray")),
    }
}
