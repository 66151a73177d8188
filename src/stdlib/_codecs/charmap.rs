//! Conversion by a mapping: a str or dict from bytes to characters, or from characters to bytes.
//!
//! `charmap_decode(b"\x00\x01", "strict", "ab")` is `('ab', 2)`. Counterpart in CPython 3.11: `PyUnicode_DecodeCharmap`.

use super::{decode_fault, encode_fault, errors_of, with_count};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::*},
    text::{
        PyStr,
        codec::{Encoding, Fault, Replacement},
        pystr::PyStrBuilder,
    },
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef as Def, Signature},
        raised::done,
    },
};

pub fn functions() -> Vec<Def> {
    use Signature::{One, Range};
    vec![
        Def::function("charmap_encode", Range(1, 3), encode),
        Def::function("charmap_decode", Range(1, 3), decode),
        Def::function("charmap_build", One, build),
    ]
}

/// `charmap_build("ab")`: from characters to bytes, a dict.
fn build(vm: &mut Vm, args: Args) -> Res {
    let table = convert::text(vm, args.at(vm, 0), "charmap_build() argument")?;
    let dict = vm.new_dict();
    for (byte, point) in table.iter().enumerate() {
        let (key, value) = (vm.new_int(point.into()), vm.new_usize(byte));
        let stored = vm.dict_set_now(dict, key, value);
        vm.decref_all([key, value]);
        stored?;
    }
    done(dict)
}

/// What a mapping has for a number, owned; None if it has nothing.
fn item(vm: &mut Vm, mapping: ObjRef, number: u32) -> Result<Option<ObjRef>, Raised> {
    let key = vm.new_int(number.into());
    let name = vm.new_interned("__getitem__");
    let depth = vm.frames.len();
    let found = vm.call_special(mapping, name, &[key]);
    vm.decref(name);
    let result = match found {
        Some(Ok(outcome)) => vm.finish_now(depth, outcome),
        Some(Err(raised)) => Err(raised),
        None => {
            let given = vm.type_name(mapping);
            Err(vm.type_error(format!("'{given}' object is not subscriptable")))
        }
    };
    vm.decref(key);
    match result {
        Ok(NONE) => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(raised) if vm.exception_matches(raised.0, LOOKUP_ERROR) => {
            vm.decref(raised.0);
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}

fn decode(vm: &mut Vm, args: Args) -> Res {
    let data = convert::buffer(vm, args.at(vm, 0))?;
    let errors = errors_of(vm, args.get(vm, 1))?;
    let Some(mapping) = args.given(vm, 2) else {
        let text = vm.new_str(PyStr::from_latin1(&data));
        return done(with_count(vm, text, data.len()));
    };
    let table = vm.text(mapping);
    let mut out = PyStrBuilder::new();
    let mut at = 0;
    while at < data.len() {
        let byte = u32::from(data[at]);
        let point = match &table {
            Some(table) => ((byte as usize) < table.len()).then(|| PyStr::from_point(table.at(byte as usize))),
            None => decoded(vm, mapping, byte)?,
        };
        match point.filter(|point| *point != PyStr::from_point(0xfffe)) {
            Some(text) => {
                out.push_str(&text);
                at += 1;
            }
            None => {
                let fault = Fault { encoding: "charmap", start: at, end: at + 1, reason: "character maps to <undefined>" };
                let (text, next) = decode_fault(vm, &data, Encoding::Charmap(0), &errors, fault)?;
                out.push_str(&text);
                at = next;
            }
        }
    }
    let text = vm.new_str(out.finish());
    done(with_count(vm, text, data.len()))
}

fn decoded(vm: &mut Vm, mapping: ObjRef, byte: u32) -> Result<Option<PyStr>, Raised> {
    let Some(value) = item(vm, mapping, byte)? else { return Ok(None) };
    let result = match (vm.text(value), vm.small_value(value)) {
        (Some(text), _) => Ok(Some(PyStr::clone(&text))),
        (None, Some(point)) if (0..=0x10ffff).contains(&point) => Ok(Some(PyStr::from_point(point as u32))),
        (None, Some(_)) => Err(vm.type_error("character mapping must be in range(0x110000)")),
        _ => Err(vm.type_error("character mapping must return integer, None or str")),
    };
    vm.decref(value);
    result
}

fn encode(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let text = convert::text(vm, object, "charmap_encode() argument 1")?;
    let errors = errors_of(vm, args.get(vm, 1))?;
    let Some(mapping) = args.given(vm, 2) else {
        let bytes = super::encode(vm, object, &text, Encoding::Latin1, &errors)?;
        let bytes = vm.new_bytes(bytes);
        return done(with_count(vm, bytes, text.len()));
    };
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        if let Some(bytes) = encoded(vm, mapping, text.at(at))? {
            out.extend(bytes);
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < text.len() && encoded(vm, mapping, text.at(end))?.is_none() {
            end += 1;
        }
        let fault = Fault { encoding: "charmap", start: at, end, reason: "character maps to <undefined>" };
        let (replacement, next) = encode_fault(vm, object, &text, Encoding::Ascii, &errors, fault.clone())?;
        match replacement {
            Replacement::Bytes(bytes) => out.extend(bytes),
            Replacement::Text(replacement) => {
                for point in replacement.iter() {
                    match encoded(vm, mapping, point)? {
                        Some(bytes) => out.extend(bytes),
                        None => {
                            return Err(crate::builtins::types::str::coding::unicode_error(vm, UNICODE_ENCODE_ERROR, object, fault));
                        }
                    }
                }
            }
        }
        at = next;
    }
    let bytes = vm.new_bytes(out);
    done(with_count(vm, bytes, text.len()))
}

fn encoded(vm: &mut Vm, mapping: ObjRef, point: u32) -> Result<Option<Vec<u8>>, Raised> {
    let Some(value) = item(vm, mapping, point)? else { return Ok(None) };
    let bytes = vm.heap.bytes(value).map(<[u8]>::to_vec);
    let result = match (bytes, vm.small_value(value)) {
        (Some(bytes), _) => Ok(Some(bytes)),
        (None, Some(byte @ 0..=255)) => Ok(Some(vec![byte as u8])),
        (None, Some(_)) => Err(vm.type_error("character mapping must be in range(256)")),
        _ => {
            let given = vm.type_name(value);
            Err(vm.type_error(format!("character mapping must return integer, bytes or None, not {given}")))
        }
    };
    vm.decref(value);
    result
}
