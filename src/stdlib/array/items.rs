//! One item of an array: object to bytes and back, with CPython's messages for what does not fit.
//!
//! `array("b", [200])` is an OverflowError: "signed char is greater than maximum". Counterpart in CPython 3.11: the table
//! `descriptors` in `Modules/arraymodule.c`.

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive as _;

use super::*;

/// The number in an item, or the bits of a float.
fn read(letter: u8, bytes: &[u8]) -> Result<i128, f64> {
    let mut wide = [0; 8];
    wide[..bytes.len()].copy_from_slice(bytes);
    let unsigned = u64::from_le_bytes(wide);
    match letter {
        b'f' => Err(f32::from_bits(unsigned as u32).into()),
        b'd' => Err(f64::from_bits(unsigned)),
        letter if letter.is_ascii_lowercase() && letter != b'u' => {
            let unused = 64 - 8 * bytes.len() as u32;
            Ok(i128::from((unsigned << unused) as i64 >> unused))
        }
        _ => Ok(unsigned.into()),
    }
}

/// The object that an item stands for, owned.
pub fn object(vm: &mut Vm, letter: u8, bytes: &[u8]) -> ObjRef {
    match read(letter, bytes) {
        Ok(point) if letter == b'u' => vm.new_str(PyStr::from_point(point as u32)),
        Ok(value) => match i64::try_from(value) {
            Ok(value) => vm.new_int(value),
            Err(_) => vm.new_big_int(BigInt::from(value)),
        },
        Err(value) => vm.new_float(value),
    }
}

/// The item as `repr` shows it.
pub fn shown(letter: u8, bytes: &[u8]) -> String {
    match read(letter, bytes) {
        Ok(value) => value.to_string(),
        Err(value) => float_text::repr(value).to_string(),
    }
}

/// The bytes of an item.
pub fn bytes(vm: &mut Vm, letter: u8, value: ObjRef) -> Result<Vec<u8>, Raised> {
    match letter {
        b'u' => {
            return match vm.heap.str(value).filter(|text| text.len() == 1).map(|text| text.at(0)) {
                Some(point) => Ok(point.to_le_bytes().to_vec()),
                None => Err(vm.type_error("array item must be unicode character")),
            };
        }
        b'f' => return Ok((convert::real(vm, value)? as f32).to_le_bytes().to_vec()),
        b'd' => return Ok(convert::real(vm, value)?.to_le_bytes().to_vec()),
        _ => {}
    }
    let number = convert::big(vm, value)?;
    let bits = 8 * size_of(letter) as u32;
    let negative = number.sign() == Sign::Minus;
    let wide = match letter {
        b'q' => number.to_i64().map(i128::from).ok_or("int too big to convert"),
        b'Q' if negative => Err("can't convert negative int to unsigned"),
        b'Q' => number.to_u64().map(i128::from).ok_or("int too big to convert"),
        b'I' | b'L' if negative => Err("can't convert negative value to unsigned int"),
        b'I' | b'L' => number.to_u64().map(i128::from).ok_or("Python int too large to convert to C unsigned long"),
        _ => number.to_i64().map(i128::from).ok_or("Python int too large to convert to C long"),
    };
    let wide = match wide {
        Ok(wide) => wide,
        Err(message) => return Err(vm.raise(OVERFLOW_ERROR, message)),
    };
    let signed = letter.is_ascii_lowercase();
    let (low, high) = if signed { (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1) } else { (0, (1i128 << bits) - 1) };
    if !(low..=high).contains(&wide) {
        let name = match letter {
            b'b' => "signed char",
            b'B' => "unsigned byte integer",
            b'h' => "signed short integer",
            b'H' => "unsigned short",
            b'i' => "signed integer",
            _ => "unsigned int",
        };
        let how = if wide < low { "less than minimum" } else { "greater than maximum" };
        return Err(vm.raise(OVERFLOW_ERROR, format!("{name} is {how}")));
    }
    Ok((wide as u64).to_le_bytes()[..bits as usize / 8].to_vec())
}
