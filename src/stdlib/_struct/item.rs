//! One item to bytes and back.
//!
//! Counterpart in CPython 3.11: the tables `native_table`, `bigendian_table`, `lilendian_table` of `Modules/_struct.c`, whose
//! messages differ with the order: `pack(">H", -1)` has an argument out of range, `pack("<H", -1)` names the range.

use num_bigint::BigInt;
use num_traits::ToPrimitive as _;

use super::{
    error,
    format::{Order, Part},
};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{Raised, Vm},
};

/// Writes a value over bytes that are zero.
pub fn pack(vm: &mut Vm, part: &Part, order: Order, value: ObjRef, place: &mut [u8]) -> Result<(), Raised> {
    match part.letter {
        b'c' => match vm.heap.body(value) {
            Body::Bytes(bytes) if bytes.len() == 1 => {
                place[0] = bytes[0];
                return Ok(());
            }
            _ => return Err(error(vm, "char format requires a bytes object of length 1")),
        },
        b'?' => {
            place[0] = u8::from(convert::flag(vm, Some(value))?);
            return Ok(());
        }
        b's' | b'p' => return text(vm, part, value, place),
        _ => {}
    }
    let wide = if matches!(part.letter, b'e' | b'f' | b'd') {
        float_bits(vm, part.letter, order, value)?
    } else {
        integer_bits(vm, part, order, value)?
    };
    place.copy_from_slice(&wide.to_le_bytes()[..place.len()]);
    if order == Order::Big {
        place.reverse();
    }
    Ok(())
}

fn text(vm: &mut Vm, part: &Part, value: ObjRef, place: &mut [u8]) -> Result<(), Raised> {
    let bytes = match vm.heap.body(value) {
        Body::Bytes(bytes) => bytes.to_vec(),
        Body::ByteArray(bytes) => bytes.to_vec(),
        _ => return Err(error(vm, format!("argument for '{}' must be a bytes object", char::from(part.letter)))),
    };
    if part.letter == b's' {
        let len = bytes.len().min(place.len());
        place[..len].copy_from_slice(&bytes[..len]);
    } else if let Some((head, rest)) = place.split_first_mut() {
        let len = bytes.len().min(rest.len());
        rest[..len].copy_from_slice(&bytes[..len]);
        *head = len.min(255) as u8;
    }
    Ok(())
}

fn float_bits(vm: &mut Vm, letter: u8, order: Order, value: ObjRef) -> Result<u64, Raised> {
    let number = match convert::real(vm, value) {
        Ok(number) => number,
        Err(raised) => {
            vm.decref(raised.0);
            return Err(error(vm, "required argument is not a float"));
        }
    };
    let too_large = |vm: &mut Vm| Err(vm.raise(OVERFLOW_ERROR, format!("float too large to pack with {} format", char::from(letter))));
    match letter {
        b'd' => Ok(number.to_bits()),
        b'f' => {
            let single = number as f32;
            if single.is_infinite() && number.is_finite() && order != Order::Native {
                return too_large(vm);
            }
            Ok(single.to_bits().into())
        }
        _ => match half_bits(number) {
            Some(bits) => Ok(bits.into()),
            None => too_large(vm),
        },
    }
}

fn integer_bits(vm: &mut Vm, part: &Part, order: Order, value: ObjRef) -> Result<u64, Raised> {
    if !vm.has_index(value) {
        return Err(error(vm, "required argument is not an integer"));
    }
    let big = convert::big(vm, value)?;
    let letter = part.letter;
    let signed = letter.is_ascii_lowercase();
    let out_of_range =
        if part.size == 8 && order == Order::Big || letter == b'P' { "int too large to convert" } else { "argument out of range" };
    // Wide enough for every item; the narrow ones go through a C long.
    let narrow = matches!(letter, b'b' | b'B') || matches!(letter, b'h' | b'H') && order != Order::Big;
    let fits = if letter == b'P' {
        big.to_i64().is_some() || big.to_u64().is_some()
    } else if signed || narrow {
        big.to_i64().is_some()
    } else {
        big.to_u64().is_some()
    };
    if !fits {
        return Err(error(vm, out_of_range));
    }
    let number = big.to_i128().unwrap_or(0);
    let bits = 8 * part.size as u32;
    let (low, high) = if signed { (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1) } else { (0, (1i128 << bits) - 1) };
    if letter != b'P' && !(low..=high).contains(&number) {
        let name = match letter {
            b'b' => "byte".to_string(),
            b'B' => "ubyte".to_string(),
            b'h' if narrow => "short".to_string(),
            b'H' if narrow => "ushort".to_string(),
            _ => format!("'{}'", char::from(letter)),
        };
        return Err(error(vm, format!("{name} format requires {low} <= number <= {high}")));
    }
    Ok(number as u64)
}

/// The object that bytes stand for.
pub fn unpack(vm: &mut Vm, part: &Part, order: Order, bytes: &[u8]) -> ObjRef {
    match part.letter {
        b'c' | b's' => return vm.new_bytes(bytes.to_vec()),
        b'p' => {
            let len = bytes.first().map_or(0, |&len| usize::from(len).min(bytes.len() - 1));
            return vm.new_bytes(bytes.get(1..1 + len).unwrap_or(&[]).to_vec());
        }
        b'?' => return vm.new_bool(bytes[0] != 0),
        _ => {}
    }
    let mut wide = [0; 8];
    for (place, &byte) in wide.iter_mut().zip(bytes) {
        *place = byte;
    }
    if order == Order::Big {
        wide[..bytes.len()].reverse();
    }
    let unsigned = u64::from_le_bytes(wide);
    match part.letter {
        b'd' => vm.new_float(f64::from_bits(unsigned)),
        b'f' => vm.new_float(f32::from_bits(unsigned as u32).into()),
        b'e' => vm.new_float(half(unsigned as u16)),
        letter if letter.is_ascii_lowercase() => {
            let unused = 64 - 8 * bytes.len() as u32;
            vm.new_int((unsigned << unused) as i64 >> unused)
        }
        _ => match i64::try_from(unsigned) {
            Ok(value) => vm.new_int(value),
            Err(_) => vm.new_big_int(BigInt::from(unsigned)),
        },
    }
}

/// A number in the 16 bits of IEEE 754, rounded half to even; `None`: it is too large.
fn half_bits(number: f64) -> Option<u16> {
    let sign = if number.is_sign_negative() { 0x8000 } else { 0 };
    if number.is_nan() {
        return Some(sign | 0x7e00);
    }
    if number.is_infinite() {
        return Some(sign | 0x7c00);
    }
    let size = number.abs();
    let mut exponent = if size == 0.0 { -14 } else { ((size.to_bits() >> 52) as i32 - 1023).max(-14) };
    // Exact: only the exponent changes.
    let mut units = (size * 2f64.powi(10 - exponent)).round_ties_even() as u32;
    if units == 2048 {
        exponent += 1;
        units = 1024;
    }
    if exponent > 15 {
        return None;
    }
    let field = if units < 1024 { 0 } else { (exponent + 15) as u16 };
    Some(sign | field << 10 | (units & 1023) as u16)
}

fn half(bits: u16) -> f64 {
    let sign = if bits & 0x8000 != 0 { -1.0 } else { 1.0 };
    let (field, units) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023));
    match field {
        0 => sign * units * 2f64.powi(-24),
        31 if units == 0.0 => sign * f64::INFINITY,
        31 => f64::NAN.copysign(sign),
        _ => sign * (1024.0 + units) * 2f64.powi(field - 25),
    }
}
