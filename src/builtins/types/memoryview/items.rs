//! Items of a memory view: bytes to objects and back, by the letter of the format.

use num_bigint::{BigInt, Sign};

use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, memoryview::Format},
    vm::{Raised, Vm},
};

/// An item, read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Item {
    Int(i128),
    Float(f64),
    Bool(bool),
    /// of format `c`
    Byte(u8),
}

impl PartialOrd for Item {
    fn partial_cmp(&self, other: &Item) -> Option<std::cmp::Ordering> {
        use Item::*;
        let number = |item: &Item| match *item {
            Int(value) => Some(value as f64),
            Float(value) => Some(value),
            Bool(value) => Some(f64::from(u8::from(value))),
            Byte(_) => None,
        };
        match (self, other) {
            (Int(x), Int(y)) => Some(x.cmp(y)),
            (Byte(x), Byte(y)) => Some(x.cmp(y)),
            _ => number(self)?.partial_cmp(&number(other)?),
        }
    }
}

impl Item {
    pub fn object(self, vm: &mut Vm) -> ObjRef {
        match self {
            Item::Int(value) => match i64::try_from(value) {
                Ok(value) => vm.new_int(value),
                Err(_) => vm.new_big_int(BigInt::from(value)),
            },
            Item::Float(value) => vm.new_float(value),
            Item::Bool(value) => vm.new_bool(value),
            Item::Byte(byte) => vm.own(one_byte(byte)),
        }
    }
}

/// Reads an item of native size and order (little-endian).
pub fn read(format: Format, bytes: &[u8]) -> Item {
    let mut wide = [0u8; 8];
    wide[..bytes.len()].copy_from_slice(bytes);
    let unsigned = u64::from_le_bytes(wide);
    match format.0 {
        b'c' => Item::Byte(bytes[0]),
        b'?' => Item::Bool(unsigned != 0),
        b'f' => Item::Float(f32::from_bits(unsigned as u32).into()),
        b'd' => Item::Float(f64::from_bits(unsigned)),
        _ if format.is_signed() => {
            let unused = 64 - 8 * bytes.len() as u32;
            Item::Int(i128::from((unsigned << unused) as i64 >> unused))
        }
        _ => Item::Int(unsigned.into()),
    }
}

/// The bytes of a value that a program assigns.
pub fn write(vm: &mut Vm, format: Format, value: ObjRef) -> Result<Vec<u8>, Raised> {
    let letter = char::from(format.0);
    match format.0 {
        b'c' => match vm.heap.body(value) {
            Body::Bytes(bytes) if bytes.len() == 1 => Ok(bytes.to_vec()),
            Body::Bytes(_) => Err(vm.value_error("memoryview: invalid value for format 'c'")),
            _ => Err(vm.type_error("memoryview: invalid type for format 'c'")),
        },
        b'?' => convert::flag(vm, Some(value)).map(|truth| vec![u8::from(truth)]),
        b'f' | b'd' => match convert::real(vm, value) {
            Ok(number) if format.0 == b'f' => Ok((number as f32).to_le_bytes().to_vec()),
            Ok(number) => Ok(number.to_le_bytes().to_vec()),
            Err(raised) => Err(invalid(vm, raised, letter)),
        },
        _ => {
            let int = match convert::big(vm, value) {
                Ok(int) => int,
                Err(raised) => return Err(invalid(vm, raised, letter)),
            };
            let bits = 8 * format.size();
            let (least, most): (BigInt, BigInt) = if format.is_signed() {
                (-(BigInt::from(1) << (bits - 1)), (BigInt::from(1) << (bits - 1)) - 1)
            } else {
                (BigInt::ZERO, (BigInt::from(1) << bits) - 1)
            };
            if int < least || int > most {
                return Err(vm.value_error(format!("memoryview: invalid value for format '{letter}'")));
            }
            let fill = if int.sign() == Sign::Minus { 0xff } else { 0 };
            let mut bytes = int.to_signed_bytes_le();
            bytes.resize(format.size(), fill);
            Ok(bytes)
        }
    }
}

/// The view's own words for a value of a wrong type.
fn invalid(vm: &mut Vm, raised: Raised, letter: char) -> Raised {
    if !vm.exception_matches(raised.0, TYPE_ERROR) {
        return raised;
    }
    vm.decref(raised.0);
    vm.type_error(format!("memoryview: invalid type for format '{letter}'"))
}
