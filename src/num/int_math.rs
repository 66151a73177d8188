//! Integer arithmetic with Python's rules: floor division and modulo, powers, shifts, bytes, integer square root.
//!
//! Each operation comes for machine integers (`None` on overflow: go on with the big one) and for big ones.
//! Counterpart in CPython 3.11: `Objects/longobject.c`. `-7 // 2` is -4, `-7 % 2` is 1, `pow(3, -2, 7)` is 4.

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::text::TextError;

fn zero_divisor() -> TextError {
    TextError::zero_division("integer division or modulo by zero")
}

fn zero_modulus() -> TextError {
    TextError::zero_division("integer modulo by zero")
}

/// `a // b`; `None` if it overflows. Error: ZeroDivisionError.
#[inline]
pub fn floor_div_i64(a: i64, b: i64) -> Result<Option<i64>, TextError> {
    if b == 0 {
        return Err(zero_divisor());
    }
    let Some(quotient) = a.checked_div(b) else { return Ok(None) };
    let rest = a - quotient * b;
    Ok(Some(if rest != 0 && (rest < 0) != (b < 0) { quotient - 1 } else { quotient }))
}

/// `a % b`: the sign of `b`. Error: ZeroDivisionError.
#[inline]
pub fn modulo_i64(a: i64, b: i64) -> Result<i64, TextError> {
    if b == 0 {
        return Err(zero_modulus());
    }
    let rest = a.wrapping_rem(b);
    Ok(if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest })
}

/// `a // b`. Error: ZeroDivisionError.
pub fn floor_div(a: &BigInt, b: &BigInt) -> Result<BigInt, TextError> {
    if b.is_zero() {
        return Err(zero_divisor());
    }
    Ok(short_floor_div(a, b).map_or_else(|| a.div_floor(b), BigInt::from))
}

/// `a % b`. Error: ZeroDivisionError.
pub fn modulo(a: &BigInt, b: &BigInt) -> Result<BigInt, TextError> {
    if b.is_zero() {
        return Err(zero_modulus());
    }
    Ok(short_floor_div(a, b).map_or_else(|| a.mod_floor(b), |quotient| a - b * quotient))
}

/// `divmod(a, b)`. Error: ZeroDivisionError.
pub fn div_mod(a: &BigInt, b: &BigInt) -> Result<(BigInt, BigInt), TextError> {
    if b.is_zero() {
        return Err(zero_divisor());
    }
    Ok(short_floor_div(a, b).map_or_else(|| a.div_mod_floor(b), |quotient| (quotient.into(), a - b * quotient)))
}

/// `a // b` where the highest digits alone tell it: two numbers of nearly the same size need no long division, however long
/// they are. There is a rest then.
fn short_floor_div(a: &BigInt, b: &BigInt) -> Option<i64> {
    const TOP: u64 = 64; // that many bits of the divisor are looked at
    const MOST: u64 = 48; // the quotient has fewer bits than these, or it would often take more than the top to tell it
    let (dividend, divisor) = (a.magnitude(), b.magnitude());
    let place = divisor.bits().checked_sub(TOP)?;
    if place == 0 || dividend.bits() < divisor.bits() || dividend.bits() >= divisor.bits() + MOST {
        return None;
    }
    // What was left out makes the divisor larger, but by less than one; more dividend could reach the next quotient only by it.
    let (dividend, divisor) = (bits_from(dividend, place), bits_from(divisor, place));
    let quotient = dividend / divisor;
    let is_told = quotient == dividend / (divisor + 1);
    is_told.then_some(if a.sign() == b.sign() { quotient as i64 } else { -(quotient as i64) - 1 })
}

/// A number without its lowest `place` bits, of which 128 are left at most.
fn bits_from(n: &BigUint, place: u64) -> u128 {
    let mut digits = n.iter_u64_digits();
    let above = digits.len() - (place / 64) as usize - 1;
    let high = (0..above).filter_map(|_| digits.next_back()).fold(0, |high, digit| high << 64 | u128::from(digit));
    let shift = place % 64;
    high << (64 - shift) | u128::from(digits.next_back().unwrap_or(0) >> shift)
}

/// `a ** b` for `b >= 0`; `None` if it overflows or `b` is negative.
pub fn pow_i64(a: i64, b: i64) -> Option<i64> {
    match a {
        0 | 1 if b > 0 => Some(a),
        -1 if b >= 0 => Some(if b % 2 == 0 { 1 } else { -1 }),
        _ => a.checked_pow(u32::try_from(b).ok()?),
    }
}

/// `a ** b` for `b >= 0` (a negative exponent makes a float: see [`float_math::pow`](super::float_math::pow)).
/// Error: MemoryError when the result could not be held.
pub fn pow(a: &BigInt, b: &BigInt) -> Result<BigInt, TextError> {
    if a.is_zero() || a.magnitude().is_one() {
        let negative = a.is_negative() && b.is_odd();
        return Ok(if b.is_zero() {
            BigInt::one()
        } else if negative {
            a.clone()
        } else {
            a.abs()
        });
    }
    let too_large = || TextError::new("MemoryError", "");
    let b = b.to_u32().ok_or_else(too_large)?;
    if a.bits().saturating_mul(u64::from(b)) > 1 << 36 {
        return Err(too_large());
    }
    // Powers of two are shifts: 2 ** n, (-8) ** n.
    let zeros = a.magnitude().trailing_zeros().unwrap_or(0);
    if zeros + 1 == a.bits() {
        let n = BigInt::one() << (zeros * u64::from(b));
        return Ok(if a.is_negative() && b % 2 == 1 { -n } else { n });
    }
    Ok(a.pow(b))
}

/// `pow(a, b, modulus)`; a negative exponent asks for the inverse. The result has the sign of the modulus. Error: ValueError.
pub fn pow_mod(a: &BigInt, b: &BigInt, modulus: &BigInt) -> Result<BigInt, TextError> {
    if modulus.is_zero() {
        return Err(TextError::value("pow() 3rd argument cannot be 0"));
    }
    if modulus.magnitude().is_one() {
        return Ok(BigInt::zero());
    }
    if !b.is_negative() {
        return Ok(a.modpow(b, modulus));
    }
    let size = modulus.abs();
    let gcd = a.mod_floor(&size).extended_gcd(&size);
    if !gcd.gcd.is_one() {
        return Err(TextError::value("base is not invertible for the given modulus"));
    }
    Ok(gcd.x.mod_floor(&size).modpow(&-b, modulus))
}

/// `a << b`; `None` if it overflows or `b` isn't in 0..64.
#[inline]
pub fn shift_left_i64(a: i64, b: i64) -> Option<i64> {
    if a == 0 && b >= 0 {
        return Some(0);
    }
    let b = u32::try_from(b).ok().filter(|&b| b < 63)?;
    let shifted = a << b;
    (shifted >> b == a).then_some(shifted)
}

/// `a >> b`, rounding down; `None` if `b` is negative.
#[inline]
pub fn shift_right_i64(a: i64, b: i64) -> Option<i64> {
    (b >= 0).then(|| a >> b.min(63))
}

/// `a << b`. Errors: ValueError, OverflowError, MemoryError.
pub fn shift_left(a: &BigInt, b: &BigInt) -> Result<BigInt, TextError> {
    if b.is_negative() {
        return Err(TextError::value("negative shift count"));
    }
    if a.is_zero() {
        return Ok(BigInt::zero());
    }
    match b.to_u64() {
        Some(count) if count < 1 << 36 => Ok(a << count),
        Some(count) if count < 1 << 63 => Err(TextError::new("MemoryError", "")),
        _ => Err(TextError::overflow("too many digits in integer")),
    }
}

/// `a >> b`, rounding down. Error: ValueError.
pub fn shift_right(a: &BigInt, b: &BigInt) -> Result<BigInt, TextError> {
    if b.is_negative() {
        return Err(TextError::value("negative shift count"));
    }
    Ok(match b.to_u64() {
        Some(count) if count < a.bits() => a >> count,
        _ if a.is_negative() => BigInt::from(-1),
        _ => BigInt::zero(),
    })
}

/// `n.bit_length()`
pub fn bit_length(n: &BigInt) -> u64 {
    n.bits()
}

/// `n.bit_count()`: ones in the magnitude.
pub fn bit_count(n: &BigInt) -> u64 {
    n.magnitude().count_ones()
}

/// `n.to_bytes(length, byteorder, signed=signed)`. Error: OverflowError.
pub fn to_bytes(n: &BigInt, length: usize, little: bool, signed: bool) -> Result<Vec<u8>, TextError> {
    if n.is_negative() && !signed {
        return Err(TextError::overflow("can't convert negative int to unsigned"));
    }
    let mut bytes = if n.is_zero() {
        Vec::new()
    } else if signed {
        n.to_signed_bytes_le()
    } else {
        n.to_bytes_le().1
    };
    // CPython lets -1 pass for no bytes at all.
    if bytes.len() > length && !(length == 0 && bytes == [0xff] && n.is_negative()) {
        return Err(TextError::overflow("int too big to convert"));
    }
    bytes.resize(length, if n.is_negative() { 0xff } else { 0 });
    if !little {
        bytes.reverse();
    }
    Ok(bytes)
}

/// `int.from_bytes(bytes, byteorder, signed=signed)`
pub fn from_bytes(bytes: &[u8], little: bool, signed: bool) -> BigInt {
    match (little, signed) {
        (true, true) => BigInt::from_signed_bytes_le(bytes),
        (false, true) => BigInt::from_signed_bytes_be(bytes),
        (true, false) => BigInt::from_bytes_le(Sign::Plus, bytes),
        (false, false) => BigInt::from_bytes_be(Sign::Plus, bytes),
    }
}

/// `math.isqrt(n)`. Error: ValueError.
pub fn isqrt(n: &BigInt) -> Result<BigInt, TextError> {
    if n.is_negative() { Err(TextError::value("isqrt() argument must be nonnegative")) } else { Ok(n.sqrt()) }
}

/// `math.gcd(a, b)`
pub fn gcd(a: &BigInt, b: &BigInt) -> BigInt {
    a.gcd(b)
}

/// `math.lcm(a, b)`
pub fn lcm(a: &BigInt, b: &BigInt) -> BigInt {
    a.lcm(b)
}

/// `round(n, -digits)` for `digits > 0`: to a multiple of `10**digits`, half to even.
pub fn round_to_tens(n: &BigInt, digits: u32) -> BigInt {
    if u64::from(digits) > n.bits() {
        return BigInt::zero(); // 10**digits > 2 * abs(n)
    }
    let unit = BigInt::from(10u8).pow(digits);
    super::float_math::div_half_even(n, &unit) * unit
}
