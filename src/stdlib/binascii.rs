//! `binascii`: bytes as text and back: Base64, hexadecimal, uuencode, quoted-printable; and two checksums.
//!
//! `binascii.hexlify(b"ab")` is `b'6162'`. Counterpart in CPython 3.11: `Modules/binascii.c`. `base64.py` stands on it.

mod base64;
mod printable;
mod uu;

use super::{add_exception, add_functions, class_of_module};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::*},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

const MODULE: &str = "binascii";

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use NativeDef as Def;
    use Signature::{Named, One, Range};
    add_exception(vm, dict, MODULE, "Error", VALUE_ERROR);
    add_exception(vm, dict, MODULE, "Incomplete", EXCEPTION);
    let natives = vec![
        Def::function("a2b_uu", One, |vm, args| {
            let data = ascii_buffer(vm, args.at(vm, 0))?;
            result(vm, uu::decode(&data))
        }),
        Def::function("b2a_uu", Named("data, /, *, backtick=False"), |vm, args| {
            let data = convert::buffer(vm, args.at(vm, 0))?;
            let backtick = convert::flag(vm, args.get(vm, 1))?;
            result(vm, uu::encode(&data, backtick))
        }),
        Def::function("a2b_base64", Named("data, /, *, strict_mode=False"), |vm, args| {
            let data = ascii_buffer(vm, args.at(vm, 0))?;
            let strict = convert::flag(vm, args.get(vm, 1))?;
            result(vm, base64::decode(&data, strict))
        }),
        Def::function("b2a_base64", Named("data, /, *, newline=True"), |vm, args| {
            let data = convert::buffer(vm, args.at(vm, 0))?;
            let newline = match args.get(vm, 1) {
                Some(newline) => convert::flag(vm, Some(newline))?,
                None => true,
            };
            done(vm.new_bytes(base64::encode(&data, newline)))
        }),
        Def::function("b2a_hex", Named("data, sep=<unrepresentable>, bytes_per_sep=1"), hexlify),
        Def::function("hexlify", Named("data, sep=<unrepresentable>, bytes_per_sep=1"), hexlify),
        Def::function("a2b_hex", One, unhexlify),
        Def::function("unhexlify", One, unhexlify),
        Def::function("a2b_qp", Named("data, header=False"), |vm, args| {
            let data = ascii_buffer(vm, args.at(vm, 0))?;
            let header = convert::flag(vm, args.get(vm, 1))?;
            done(vm.new_bytes(printable::decode(&data, header)))
        }),
        Def::function("b2a_qp", Named("data, quotetabs=False, istext=True, header=False"), |vm, args| {
            let data = convert::buffer(vm, args.at(vm, 0))?;
            let quote_tabs = convert::flag(vm, args.get(vm, 1))?;
            let is_text = match args.get(vm, 2) {
                Some(flag) => convert::flag(vm, Some(flag))?,
                None => true,
            };
            let header = convert::flag(vm, args.get(vm, 3))?;
            done(vm.new_bytes(printable::encode(&data, printable::Options { quote_tabs, is_text, header })))
        }),
        Def::function("crc_hqx", Range(2, 2), |vm, args| {
            let data = convert::buffer(vm, args.at(vm, 0))?;
            let start = masked(vm, args.at(vm, 1))? as u16;
            let crc = data.iter().fold(start, |crc, &byte| {
                (0..8).fold(crc ^ u16::from(byte) << 8, |crc, _| if crc & 0x8000 != 0 { crc << 1 ^ 0x1021 } else { crc << 1 })
            });
            done(vm.new_int(crc.into()))
        }),
        Def::function("crc32", Range(1, 2), crc32),
    ];
    add_functions(vm, dict, MODULE, natives);
}

/// `crc32(data, value=0)`
pub fn crc32(vm: &mut Vm, args: Args) -> Res {
    let data = convert::buffer(vm, args.at(vm, 0))?;
    let start = match args.get(vm, 1) {
        Some(start) => masked(vm, start)? as u32,
        None => 0,
    };
    let mut crc = flate2::Crc::new();
    crc.update(&data);
    // The checksum of what came before, moved on by the length of the new data.
    let value = if start == 0 { crc.sum() } else { continued(start, &data) };
    done(vm.new_int(value.into()))
}

fn continued(start: u32, data: &[u8]) -> u32 {
    let crc = data.iter().fold(!start, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 != 0 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    });
    !crc
}

/// The low 64 bits of an integer.
pub fn masked(vm: &mut Vm, object: ObjRef) -> Result<u64, Raised> {
    let big = convert::big(vm, object)?;
    let low = big & num_bigint::BigInt::from(u64::MAX);
    Ok(u64::try_from(low).unwrap_or(0))
}

/// Bytes, or the ASCII characters of a str.
fn ascii_buffer(vm: &mut Vm, object: ObjRef) -> Result<Vec<u8>, Raised> {
    if let Some(text) = vm.heap.str(object) {
        return match text.as_ascii() {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => Err(vm.value_error("string argument should contain only ASCII characters")),
        };
    }
    match vm.heap.buffer(object) {
        Some(bytes) => Ok(bytes.into_owned()),
        None => {
            let name = vm.type_name(object);
            Err(vm.type_error(format!("argument should be bytes, buffer or ASCII string, not '{name}'")))
        }
    }
}

fn error(vm: &mut Vm, message: String) -> Raised {
    let class = class_of_module(vm, MODULE, "Error");
    vm.raise(class, message)
}

fn result(vm: &mut Vm, result: Result<Vec<u8>, String>) -> Res {
    match result {
        Ok(bytes) => done(vm.new_bytes(bytes)),
        Err(message) => Err(error(vm, message)),
    }
}

/// `bytes.hex` as bytes.
fn hexlify(vm: &mut Vm, args: Args) -> Res {
    let data = convert::buffer(vm, args.at(vm, 0))?;
    let data = vm.new_bytes(data);
    let mut given = vec![data];
    given.extend([args.get(vm, 1), args.get(vm, 2)].into_iter().flatten());
    let text = vm.call_method(data, "hex", &given[1..]);
    vm.decref(data);
    let text = match text? {
        crate::vm::Outcome::Done(text) => text,
        crate::vm::Outcome::Pushed => return Ok(crate::vm::Outcome::Pushed),
    };
    let bytes = vm.text(text).map(|text| text.to_string_lossy().into_bytes()).unwrap_or_default();
    vm.decref(text);
    done(vm.new_bytes(bytes))
}

fn unhexlify(vm: &mut Vm, args: Args) -> Res {
    let data = ascii_buffer(vm, args.at(vm, 0))?;
    if data.len() % 2 != 0 {
        return Err(error(vm, "Odd-length string".into()));
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let bytes: Option<Vec<u8>> = data.chunks(2).map(|pair| Some((digit(pair[0])? * 16 + digit(pair[1])?) as u8)).collect();
    result(vm, bytes.ok_or_else(|| "Non-hexadecimal digit found".to_string()))
}
