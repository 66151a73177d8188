//! `_codecs`: conversions between str and bytes by name, with what programs have registered: codecs and error handlers.
//!
//! The conversions themselves are in [`codec`](crate::text::codec); here they take Python's arguments and give `(result, consumed)`.
//! A codec that is not built in is looked for as CPython does: `encodings` is imported, and its search function asked.
//! Counterpart in CPython 3.11: `Modules/_codecsmodule.c`, `Python/codecs.c`. `_codecs.utf_8_decode(b"\xc3\xa9!")` is `('é!', 3)`.

mod charmap;
mod registry;

pub use registry::{Goal, start};

use super::add_functions;
use crate::{
    builtins::{convert, types::str::coding::unicode_error},
    heap::ObjRef,
    objects::{Objects, core_types::*},
    text::{
        PyStr,
        codec::{self, ByteOrder, CodecError, Encoding, Fault, Handler, Replacement, handler},
    },
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef as Def, Signature},
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use Signature::Range;
    macro_rules! pair {
        ($encode:literal, $decode:literal, $encoding:expr) => {
            [
                Def::function($encode, Range(1, 2), |vm, args| encode_as(vm, args, $encoding)),
                Def::function($decode, Range(1, 3), |vm, args| decode_as(vm, args, $encoding)),
            ]
        };
    }
    let mut functions: Vec<Def> = [
        pair!("ascii_encode", "ascii_decode", Encoding::Ascii),
        pair!("latin_1_encode", "latin_1_decode", Encoding::Latin1),
        pair!("utf_8_encode", "utf_8_decode", Encoding::Utf8),
        pair!("utf_16_le_encode", "utf_16_le_decode", Encoding::Utf16(ByteOrder::Little)),
        pair!("utf_16_be_encode", "utf_16_be_decode", Encoding::Utf16(ByteOrder::Big)),
        pair!("utf_32_le_encode", "utf_32_le_decode", Encoding::Utf32(ByteOrder::Little)),
        pair!("utf_32_be_encode", "utf_32_be_decode", Encoding::Utf32(ByteOrder::Big)),
        pair!("unicode_escape_encode", "unicode_escape_decode", Encoding::UnicodeEscape),
        pair!("raw_unicode_escape_encode", "raw_unicode_escape_decode", Encoding::RawUnicodeEscape),
    ]
    .into_iter()
    .flatten()
    .collect();
    functions.extend([
        Def::function("utf_16_encode", Range(1, 3), |vm, args| encode_ordered(vm, args, Encoding::Utf16)),
        Def::function("utf_32_encode", Range(1, 3), |vm, args| encode_ordered(vm, args, Encoding::Utf32)),
        Def::function("utf_16_decode", Range(1, 3), |vm, args| decode_as(vm, args, Encoding::Utf16(ByteOrder::Marked))),
        Def::function("utf_32_decode", Range(1, 3), |vm, args| decode_as(vm, args, Encoding::Utf32(ByteOrder::Marked))),
        Def::function("utf_16_ex_decode", Range(1, 4), |vm, args| decode_ordered(vm, args, Encoding::Utf16, 2)),
        Def::function("utf_32_ex_decode", Range(1, 4), |vm, args| decode_ordered(vm, args, Encoding::Utf32, 4)),
        Def::function("escape_decode", Range(1, 2), escape_decode),
        Def::function("escape_encode", Range(1, 2), escape_encode),
        Def::function("readbuffer_encode", Range(1, 2), |vm, args| {
            let object = args.at(vm, 0);
            let bytes = match vm.text(object) {
                Some(text) => text.to_wtf8(),
                None => convert::buffer(vm, object)?,
            };
            let len = bytes.len();
            let bytes = vm.new_bytes(bytes);
            done(with_count(vm, bytes, len))
        }),
    ]);
    functions.extend(charmap::functions());
    functions.extend(registry::functions());
    add_functions(vm, dict, "_codecs", functions);
    registry::fill(vm, dict);
}

/// `(result, count)`; the result is owned.
fn with_count(vm: &mut Vm, result: ObjRef, count: usize) -> ObjRef {
    let count = vm.new_usize(count);
    vm.new_tuple([result, count])
}

/// The argument `errors`, "strict" if it is None or left out.
fn errors_of(vm: &mut Vm, given: Option<ObjRef>) -> Result<String, Raised> {
    match given.filter(|&errors| errors != NONE) {
        None => Ok("strict".to_string()),
        Some(errors) => Ok(convert::text(vm, errors, "argument 2")?.to_string_lossy()),
    }
}

fn encode_as(vm: &mut Vm, args: Args, encoding: Encoding) -> Res {
    let object = args.at(vm, 0);
    let text = convert::text(vm, object, "argument 1")?;
    let errors = errors_of(vm, args.get(vm, 1))?;
    let bytes = encode(vm, object, &text, encoding, &errors)?;
    let bytes = vm.new_bytes(bytes);
    done(with_count(vm, bytes, text.len()))
}

/// `utf_16_encode(text, errors, byteorder)`: 0 writes a mark.
fn encode_ordered(vm: &mut Vm, args: Args, encoding: fn(ByteOrder) -> Encoding) -> Res {
    let order = match args.get(vm, 2) {
        None => 0,
        Some(order) => convert::c_int(vm, order)?,
    };
    encode_as(vm, Args { n: args.n.min(2), ..args }, encoding(byte_order(order)))
}

fn byte_order(order: i32) -> ByteOrder {
    match order {
        0 => ByteOrder::Marked,
        ..0 => ByteOrder::Little,
        _ => ByteOrder::Big,
    }
}

/// Why a conversion stops.
enum Stop {
    /// With this error, if the rest can still come: only then the data before is converted.
    Fault(Fault),
    Raised(Raised),
}

/// Encodes with any error handler, of the program's own too.
pub fn encode(vm: &mut Vm, object: ObjRef, text: &PyStr, encoding: Encoding, errors: &str) -> Result<Vec<u8>, Raised> {
    let result = codec::encode_with(text, encoding, Stop::Fault, |fault| {
        encode_fault(vm, object, text, encoding, errors, fault).map_err(Stop::Raised)
    });
    result.map_err(|stop| match stop {
        Stop::Fault(fault) => unicode_error(vm, UNICODE_ENCODE_ERROR, object, fault),
        Stop::Raised(raised) => raised,
    })
}

/// What the handler says of a part that can't be encoded.
fn encode_fault(
    vm: &mut Vm,
    object: ObjRef,
    text: &PyStr,
    encoding: Encoding,
    errors: &str,
    fault: Fault,
) -> Result<(Replacement, usize), Raised> {
    if let Some(named) = Handler::named(errors) {
        return handler::on_encode(named, text, encoding, fault).map_err(|error| match error {
            CodecError::Encode(fault) | CodecError::Decode(fault) => unicode_error(vm, UNICODE_ENCODE_ERROR, object, fault),
            CodecError::Other(error) => vm.text_error(error),
        });
    }
    let exception = unicode_error(vm, UNICODE_ENCODE_ERROR, object, fault);
    let (value, next) = ask_handler(vm, errors, exception, text.len(), "encoding error handler must return (str/bytes, int) tuple")?;
    let replacement = match (vm.text(value), vm.heap.bytes(value)) {
        (Some(text), _) => Replacement::Text(PyStr::clone(&text)),
        (_, Some(bytes)) => Replacement::Bytes(bytes.to_vec()),
        _ => {
            vm.decref(value);
            return Err(vm.type_error("encoding error handler must return (str/bytes, int) tuple"));
        }
    };
    vm.decref(value);
    Ok((replacement, next))
}

/// Calls an error handler of the program's own with the exception (owned); the replacement, owned, and where to go on.
fn ask_handler(vm: &mut Vm, errors: &str, exception: Raised, len: usize, message: &str) -> Result<(ObjRef, usize), Raised> {
    let Some(handler) = registry::error_handler(vm, errors) else {
        vm.decref(exception.0);
        return Err(vm.text_error(handler::unknown_handler(errors)));
    };
    let result = vm.call_now(handler, &[exception.0]);
    vm.decref(exception.0);
    let result = result?;
    let items = vm.heap.tuple(result).map(<[ObjRef]>::to_vec);
    let answer = match items.as_deref() {
        Some(&[value, position]) if vm.is_int(position) => {
            let at = vm.small_value(position).unwrap_or(i64::MAX);
            let from_start = if at < 0 { at.saturating_add(len as i64) } else { at };
            if (0..=len as i64).contains(&from_start) {
                Ok((vm.own(value), from_start as usize))
            } else {
                Err(vm.raise(INDEX_ERROR, format!("position {at} from error handler out of bounds")))
            }
        }
        _ => Err(vm.type_error(message)),
    };
    vm.decref(result);
    answer
}

fn decode_as(vm: &mut Vm, args: Args, encoding: Encoding) -> Res {
    let object = args.at(vm, 0);
    let data = match (encoding, vm.text(object)) {
        (Encoding::UnicodeEscape | Encoding::RawUnicodeEscape, Some(text)) => text.to_wtf8(),
        _ => convert::buffer(vm, object)?,
    };
    let errors = errors_of(vm, args.get(vm, 1))?;
    let is_whole_by_default = matches!(encoding, Encoding::UnicodeEscape | Encoding::RawUnicodeEscape);
    let is_last = match args.get(vm, 2) {
        None => is_whole_by_default,
        last => convert::flag(vm, last)?,
    };
    let (text, count) = decode(vm, &data, encoding, &errors, is_last)?;
    let text = vm.new_str(text);
    done(with_count(vm, text, count))
}

/// `utf_16_ex_decode(data, errors, byteorder, final)`: tells the byte order that was found, too.
fn decode_ordered(vm: &mut Vm, args: Args, encoding: fn(ByteOrder) -> Encoding, unit: usize) -> Res {
    let data = convert::buffer(vm, args.at(vm, 0))?;
    let errors = errors_of(vm, args.get(vm, 1))?;
    let mut order = match args.get(vm, 2) {
        None => 0,
        Some(order) => convert::c_int(vm, order)?,
    };
    let is_last = convert::flag(vm, args.get(vm, 3))?;
    let mut at = 0;
    if order == 0 && data.len() >= unit {
        let number = data[..unit].iter().rev().fold(0u32, |number, &byte| number << 8 | u32::from(byte));
        if number == 0xfeff {
            (order, at) = (-1, unit);
        } else if number.swap_bytes() >> (32 - 8 * unit) == 0xfeff {
            (order, at) = (1, unit);
        }
    }
    let (text, count) =
        decode(vm, &data[at..], encoding(if order == 0 { ByteOrder::Little } else { byte_order(order) }), &errors, is_last)?;
    let items = [vm.new_str(text), vm.new_usize(count + at), vm.new_int(order.into())];
    done(vm.new_tuple(items))
}

/// Decodes with any error handler; unless the data is the last, what may be the beginning of a character is left.
pub fn decode(vm: &mut Vm, data: &[u8], encoding: Encoding, errors: &str, is_last: bool) -> Result<(PyStr, usize), Raised> {
    let result = codec::decode_with(data, encoding, |fault| {
        let is_cut = matches!(fault.reason, "unexpected end of data" | "truncated data") || fault.reason.starts_with("truncated \\");
        if !is_last && is_cut && (fault.end == data.len() || fault.reason == "truncated data") {
            return Err(Stop::Fault(fault));
        }
        decode_fault(vm, data, encoding, errors, fault).map_err(Stop::Raised)
    });
    match result {
        Ok(text) => Ok((text, data.len())),
        Err(Stop::Raised(raised)) => Err(raised),
        Err(Stop::Fault(fault)) => decode(vm, &data[..fault.start], encoding, errors, true),
    }
}

fn decode_fault(vm: &mut Vm, data: &[u8], encoding: Encoding, errors: &str, fault: Fault) -> Result<(PyStr, usize), Raised> {
    let raise = |vm: &mut Vm, fault: Fault| {
        let data = vm.new_bytes(codec::decoded_object(data, encoding).to_vec());
        let raised = unicode_error(vm, UNICODE_DECODE_ERROR, data, fault);
        vm.decref(data);
        raised
    };
    if let Some(named) = Handler::named(errors) {
        return handler::on_decode(named, data, encoding, fault).map_err(|error| match error {
            CodecError::Encode(fault) | CodecError::Decode(fault) => raise(vm, fault),
            CodecError::Other(error) => vm.text_error(error),
        });
    }
    let exception = raise(vm, fault);
    let message = "decoding error handler must return (str, int) tuple";
    let (value, next) = ask_handler(vm, errors, exception, codec::decoded_object(data, encoding).len(), message)?;
    let text = vm.text(value).map(|text| PyStr::clone(&text));
    vm.decref(value);
    match text {
        Some(text) => Ok((text, next)),
        None => Err(vm.type_error(message)),
    }
}

/// `escape_encode(b"\n")` is `(b'\\n', 1)`.
fn escape_encode(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let Some(data) = vm.heap.bytes(object).map(<[u8]>::to_vec) else {
        let given = vm.type_name(object);
        return Err(vm.type_error(format!("escape_encode() argument 1 must be bytes, not {given}")));
    };
    let mut out = Vec::with_capacity(data.len());
    for &byte in &data {
        match byte {
            b'\\' | b'\'' => out.extend([b'\\', byte]),
            b'\t' => out.extend(b"\\t"),
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b' '..=b'~' => out.push(byte),
            _ => out.extend(format!("\\x{byte:02x}").bytes()),
        }
    }
    let out = vm.new_bytes(out);
    done(with_count(vm, out, data.len()))
}

/// `escape_decode(b"\\n")` is `(b'\n', 2)`.
fn escape_decode(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let data = match vm.text(object) {
        Some(text) => text.to_wtf8(),
        None => convert::buffer(vm, object)?,
    };
    let errors = errors_of(vm, args.get(vm, 1))?;
    let (mut out, mut at) = (Vec::with_capacity(data.len()), 0);
    while at < data.len() {
        let byte = data[at];
        at += 1;
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let Some(&kind) = data.get(at) else { return Err(vm.value_error("Trailing \\ in string")) };
        at += 1;
        match kind {
            b'\n' => {}
            b'\\' | b'\'' | b'"' => out.push(kind),
            b'a' => out.push(7),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'v' => out.push(11),
            b'0'..=b'7' => {
                let end = (at..data.len().min(at + 2)).find(|&i| !(b'0'..=b'7').contains(&data[i])).unwrap_or(data.len().min(at + 2));
                let value = data[at - 1..end].iter().fold(0u32, |value, digit| value * 8 + u32::from(digit - b'0'));
                out.push(value as u8);
                at = end;
            }
            b'x' => {
                let digit = |at: usize| data.get(at).and_then(|&byte| (byte as char).to_digit(16));
                match (digit(at), digit(at + 1)) {
                    (Some(high), Some(low)) => {
                        out.push((high * 16 + low) as u8);
                        at += 2;
                    }
                    (high, _) => {
                        match &*errors {
                            "strict" => return Err(vm.value_error(format!("invalid \\x escape at position {}", at - 2))),
                            "replace" => out.push(b'?'),
                            "ignore" => {}
                            _ => return Err(vm.value_error(format!("decoding error; unknown error handling code: {errors}"))),
                        }
                        at += usize::from(high.is_some());
                    }
                }
            }
            _ => out.extend([b'\\', kind]),
        }
    }
    let out = vm.new_bytes(out);
    done(with_count(vm, out, data.len()))
}
