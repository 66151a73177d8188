//! The value of a number token.
//!
//! Counterpart in CPython 3.11: `parsenumber`. `0x_ff` is 255, `1_0.5e1` is 105.0, `2J` is 2j.

use crate::{num::BigInt, syntax::ast::Constant};

/// `sys.int_info.default_max_str_digits`
const MAX_DIGITS: usize = 4300;

/// The value of `text`, a number as the lexer lets it through.
pub fn value(text: &str) -> Result<Constant, String> {
    let clean;
    let text = if text.contains('_') {
        clean = text.replace('_', "");
        &clean
    } else {
        text
    };
    let bytes = text.as_bytes();
    let radix = match bytes.get(1) {
        Some(b'x' | b'X') => 16,
        Some(b'o' | b'O') => 8,
        Some(b'b' | b'B') => 2,
        _ => 10,
    };
    if radix != 10 {
        return Ok(Constant::Int(integer(&bytes[2..], radix)));
    }
    if let Some(imaginary) = text.strip_suffix(['j', 'J']) {
        return Ok(Constant::Complex { real: 0.0, imag: float(imaginary) });
    }
    if bytes.iter().any(|byte| matches!(byte, b'.' | b'e' | b'E')) {
        return Ok(Constant::Float(float(text)));
    }
    if text.len() > MAX_DIGITS {
        return Err(format!(
            "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion: value has {} digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.",
            text.len()
        ));
    }
    Ok(Constant::Int(integer(bytes, 10)))
}

fn integer(digits: &[u8], radix: u32) -> BigInt {
    if radix == 10 && digits.len() < 19 {
        return BigInt::from(digits.iter().fold(0u64, |value, digit| value * 10 + u64::from(digit - b'0')));
    }
    BigInt::parse_bytes(digits, radix).unwrap_or_default()
}

fn float(text: &str) -> f64 {
    text.parse().unwrap_or(0.0)
}
