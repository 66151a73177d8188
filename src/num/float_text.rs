//! Floats as text: `repr`, and the correctly rounded `e`, `f`, `g` forms of any precision behind `format` and `%`.
//!
//! Digits come from Rust's exact formatter (shortest or rounded half to even); where the point and the exponent go is CPython's.
//! Counterpart in CPython 3.11: `PyOS_double_to_string`. `repr(1e16)` is `'1e+16'`, `f'{2.5:.0f}'` is `'2'`.

use std::fmt::Write;

/// No double has more significant decimal digits, nor more digits after the point: further ones are zeros.
const ALL_DIGITS: usize = 1100;

/// How the digits of a float are laid out; upper case is made by the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// `e`: `precision` digits after the point, always an exponent.
    Exponent,
    /// `f`: `precision` digits after the point, never an exponent.
    Fixed,
    /// `g`: `precision` significant digits, an exponent if it is shorter.
    General,
    /// `r`: as many digits as needed to read the same float back; no precision.
    Repr,
}

/// `repr(x)`, which is also `str(x)`.
pub fn repr(x: f64) -> String {
    let size = x.abs();
    if size == 0.0 || (1e-4..1e16).contains(&size) && !may_tie(size) {
        return format!("{x:?}"); // Rust agrees with Python here
    }
    to_text(x, Layout::Repr, 0, false, true)
}

/// The text of `x`; negative numbers, -0.0 included, get their sign. `alternate` is `#` (keep point and zeros),
/// `add_dot_0` writes a whole number as `1.0` where there is no exponent.
pub fn to_text(x: f64, layout: Layout, precision: usize, alternate: bool, add_dot_0: bool) -> String {
    if x.is_nan() {
        return "nan".to_string();
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    let x = x.abs();
    if x.is_infinite() {
        return format!("{sign}inf");
    }
    let mut text = String::from(sign);
    match layout {
        Layout::Fixed => {
            let exact = precision.min(ALL_DIGITS);
            let _ = write!(text, "{x:.exact$}");
            pad_zeros(&mut text, precision - exact);
            if precision == 0 {
                end_whole(&mut text, alternate, add_dot_0);
            }
        }
        Layout::Exponent => {
            let (digits, exponent) = rounded_digits(x, precision.saturating_add(1));
            with_exponent(&mut text, &digits, exponent, precision - (digits.len() - 1), alternate);
        }
        Layout::General => {
            let precision = precision.max(1);
            let (mut digits, exponent) = rounded_digits(x, precision);
            let zeros = if alternate {
                precision - digits.len()
            } else {
                digits.truncate(digits.trim_end_matches('0').len().max(1));
                0
            };
            let limit = precision as i64 - i64::from(add_dot_0);
            place_point(&mut text, &digits, exponent, zeros, i64::from(exponent) >= limit, alternate, add_dot_0);
        }
        Layout::Repr => {
            let (digits, exponent) = shortest_digits(x);
            place_point(&mut text, &digits, exponent, 0, exponent >= 16, alternate, add_dot_0);
        }
    }
    text
}

/// The shortest digits that read back as `x` (finite, not negative), and the exponent of ten of the first digit.
pub fn shortest_digits(x: f64) -> (String, i32) {
    let (digits, exponent) = split_exponent(&format!("{x:e}"));
    if digits.len() >= 15 && may_tie(x) {
        // Of two shortest texts equally near to x take the even one, as CPython does: 1107101243891700.25 ends in .2.
        let (even, even_exponent) = rounded_digits(x, digits.len());
        if even != digits && format!("{even}e{}", i64::from(even_exponent) - even.len() as i64 + 1).parse() == Ok(x) {
            return (even.trim_end_matches('0').to_string(), even_exponent);
        }
    }
    (digits, exponent)
}

/// Can `x` (finite, not negative) lie half-way between two texts of 16 or 17 digits? Then its whole decimal expansion has
/// one digit more, so it has few binary places.
fn may_tie(x: f64) -> bool {
    let (mantissa, exponent) = super::int_float::float_parts(x);
    match -(exponent + i64::from(mantissa.trailing_zeros())) {
        places @ 1..=26 => x >= 10f64.powi(14 - places as i32),
        places => places <= 0 && mantissa != 0 && x >= 9_007_199_254_740_992.0,
    }
}

/// `count` significant digits at most [`ALL_DIGITS`] (the rest are zeros), and the exponent of the first.
fn rounded_digits(x: f64, count: usize) -> (String, i32) {
    let after_point = count.min(ALL_DIGITS) - 1;
    split_exponent(&format!("{x:.after_point$e}"))
}

fn split_exponent(text: &str) -> (String, i32) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    (mantissa.replace('.', ""), exponent.parse().unwrap_or(0))
}

fn pad_zeros(text: &mut String, count: usize) {
    text.extend(std::iter::repeat_n('0', count));
}

fn end_whole(text: &mut String, alternate: bool, add_dot_0: bool) {
    if add_dot_0 {
        text.push_str(".0");
    } else if alternate {
        text.push('.');
    }
}

/// `zeros` follow the digits, in either form.
fn place_point(text: &mut String, digits: &str, exponent: i32, zeros: usize, large: bool, alternate: bool, add_dot_0: bool) {
    if large || exponent < -4 {
        return with_exponent(text, digits, exponent, zeros, alternate);
    }
    if exponent < 0 {
        text.push_str("0.");
        pad_zeros(text, -exponent as usize - 1);
        text.push_str(digits);
        return pad_zeros(text, zeros);
    }
    let whole = exponent as usize + 1;
    let known = whole.min(digits.len());
    text.push_str(&digits[..known]);
    pad_zeros(text, whole - known);
    let zeros = zeros.saturating_sub(whole - known);
    if known < digits.len() || zeros > 0 {
        text.push('.');
        text.push_str(&digits[known..]);
        pad_zeros(text, zeros);
    } else {
        end_whole(text, alternate, add_dot_0);
    }
}

fn with_exponent(text: &mut String, digits: &str, exponent: i32, zeros: usize, alternate: bool) {
    text.push_str(&digits[..1]);
    if digits.len() > 1 || zeros > 0 || alternate {
        text.push('.');
        text.push_str(&digits[1..]);
        pad_zeros(text, zeros);
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    let _ = write!(text, "e{sign}{:02}", exponent.abs());
}
