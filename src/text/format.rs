//! The format mini-language: `format(value, spec)` for str, int, float and complex.
//!
//! `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`, each value's defaults and messages as CPython's.
//! Counterpart in CPython 3.11: `Python/formatter_unicode.c`. `f'{1234.5:>+12,.2f}'` is `'   +1,234.50'`.

use compact_str::{CompactString, ToCompactString};
use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

use super::{PyStr, TextError, check_len, unicode};
use crate::num::{
    float_text::{Layout, to_text},
    int_float, int_text,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
    Center,
    /// `=`: the padding stands between sign and digits.
    AfterSign,
}

/// A parsed format specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatSpec {
    pub fill: u32,
    pub align: Align,
    /// `+`, `-` or space
    pub sign: Option<char>,
    /// `z`: a negative zero result loses its sign.
    pub no_negative_zero: bool,
    pub alternate: bool,
    pub width: usize,
    /// `,` or `_`
    pub grouping: Option<char>,
    pub precision: Option<usize>,
    /// The presentation type; `None` where the value has no default letter.
    pub code: Option<u32>,
}

impl FormatSpec {
    /// `code` and `align` are the defaults; `type_name` is for messages. Error: ValueError.
    pub fn parse(spec: &PyStr, code: Option<char>, align: Align, type_name: &str) -> Result<FormatSpec, TextError> {
        let mut parsed = FormatSpec {
            fill: ' '.into(),
            align,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: 0,
            grouping: None,
            precision: None,
            code: code.map(u32::from),
        };
        let len = spec.len();
        let ascii = spec.as_ascii().map(str::as_bytes);
        let peek = |at: usize| match ascii {
            Some(bytes) => bytes.get(at).map(|&byte| u32::from(byte)),
            None if at < len => Some(spec.at(at)),
            None => None,
        };
        let is = |at: usize, c: char| peek(at) == Some(c.into());
        let mut at = 0;
        let (mut own_fill, mut own_align) = (false, false);
        if let Some(align) = peek(1).and_then(align_of) {
            (parsed.fill, parsed.align) = (spec.at(0), align);
            (own_fill, own_align) = (true, true);
            at = 2;
        } else if let Some(align) = peek(0).and_then(align_of) {
            parsed.align = align;
            own_align = true;
            at = 1;
        }
        if let Some(sign) = ['+', '-', ' '].into_iter().find(|&c| is(at, c)) {
            parsed.sign = Some(sign);
            at += 1;
        }
        if is(at, 'z') {
            parsed.no_negative_zero = true;
            at += 1;
        }
        if is(at, '#') {
            parsed.alternate = true;
            at += 1;
        }
        if !own_fill && is(at, '0') {
            parsed.fill = '0'.into();
            if !own_align && align == Align::Right {
                parsed.align = Align::AfterSign;
            }
            at += 1;
        }
        if let Some(width) = decimal_number(spec, &mut at)? {
            parsed.width = width;
        }
        let both = || TextError::value("Cannot specify both ',' and '_'.");
        if is(at, ',') {
            parsed.grouping = Some(',');
            at += 1;
        }
        if is(at, '_') {
            if parsed.grouping.is_some() {
                return Err(both());
            }
            parsed.grouping = Some('_');
            at += 1;
        }
        if is(at, ',') && parsed.grouping == Some('_') {
            return Err(both());
        }
        if is(at, '.') {
            at += 1;
            let precision = decimal_number(spec, &mut at)?;
            parsed.precision = Some(precision.ok_or_else(|| TextError::value("Format specifier missing precision"))?);
        }
        match len - at {
            0 => {}
            1 => parsed.code = peek(at),
            _ => {
                let spec = spec.to_string_lossy();
                return Err(TextError::value(format!("Invalid format specifier '{spec}' for object of type '{type_name}'")));
            }
        }
        parsed.check_grouping()?;
        check_len(parsed.width)?;
        Ok(parsed)
    }

    fn check_grouping(&self) -> Result<(), TextError> {
        let (Some(grouping), Some(code)) = (self.grouping, self.code) else { return Ok(()) };
        match char::from_u32(code) {
            Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F') => Ok(()),
            Some('b' | 'o' | 'x' | 'X') if grouping == '_' => Ok(()),
            _ => Err(TextError::value(format!("Cannot specify '{grouping}' with '{}'.", shown_code(code)))),
        }
    }

    fn is_code(&self, codes: &str) -> Option<char> {
        self.code.and_then(char::from_u32).filter(|&c| codes.contains(c))
    }

    fn unknown_code(&self, type_name: &str) -> TextError {
        let shown = self.code.map(shown_code).unwrap_or_default();
        TextError::value(format!("Unknown format code '{shown}' for object of type '{type_name}'"))
    }
}

fn shown_code(code: u32) -> String {
    if code > 32 && code < 128 { char::from(code as u8).to_string() } else { format!("\\x{code:x}") }
}

fn align_of(c: u32) -> Option<Align> {
    Some(match char::from_u32(c)? {
        '<' => Align::Left,
        '>' => Align::Right,
        '^' => Align::Center,
        '=' => Align::AfterSign,
        _ => return None,
    })
}

/// Decimal digits of any script at `at`, which moves past them. Error: ValueError over `sys.maxsize`.
pub(super) fn decimal_number(text: &PyStr, at: &mut usize) -> Result<Option<usize>, TextError> {
    let mut number = None;
    while *at < text.len() {
        let Some(digit) = unicode::decimal(text.at(*at)) else { break };
        let next = number.unwrap_or(0i64).checked_mul(10).and_then(|n| n.checked_add(digit.into()));
        number = Some(next.ok_or_else(|| TextError::value("Too many decimal digits in format string"))?);
        *at += 1;
    }
    Ok(number.map(|n| n as usize))
}

/// `format(text, spec)`. Error: ValueError.
pub fn format_str(text: &PyStr, spec: &PyStr, type_name: &str) -> Result<PyStr, TextError> {
    if spec.is_empty() {
        return Ok(text.clone());
    }
    let spec = FormatSpec::parse(spec, Some('s'), Align::Left, type_name)?;
    if spec.is_code("s").is_none() {
        return Err(spec.unknown_code(type_name));
    }
    if let Some(sign) = spec.sign {
        let word = if sign == ' ' { "Space" } else { "Sign" };
        return Err(TextError::value(format!("{word} not allowed in string format specifier")));
    }
    if spec.no_negative_zero {
        return Err(TextError::value("Negative zero coercion (z) not allowed in string format specifier"));
    }
    if spec.alternate {
        return Err(TextError::value("Alternate form (#) not allowed in string format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(TextError::value("'=' alignment not allowed in string format specifier"));
    }
    let len = text.len().min(spec.precision.unwrap_or(usize::MAX));
    let (left, right) = padding(&spec, len);
    if left + right == 0 && len == text.len() {
        return Ok(text.clone());
    }
    Ok(match (text.as_ascii(), ascii_char(spec.fill)) {
        (Some(ascii), Some(fill)) => surround(&ascii[..len], fill, left, right).into(),
        _ => {
            let mut points = vec![spec.fill; left];
            points.extend(text.iter().take(len));
            points.extend(std::iter::repeat_n(spec.fill, right));
            PyStr::from_code_points(&points)
        }
    })
}

/// The same of a short integer for the commonest specifiers: a width, with or without a `0` before and a `d` behind it. `None`: it
/// is another one.
pub fn format_short(value: i64, spec: &str) -> Option<CompactString> {
    const LONGEST: usize = 3;
    const SHORT: usize = 24;
    let digits = spec.strip_suffix('d').unwrap_or(spec);
    if spec.is_empty() || digits.len() > LONGEST || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let width = digits.bytes().fold(0, |width, digit| 10 * width + usize::from(digit - b'0'));
    let text = value.to_compact_string();
    let missing = width.saturating_sub(text.len());
    if missing == 0 {
        return Some(text);
    }
    if width <= SHORT && value >= 0 {
        let mut padded = [if digits.starts_with('0') { b'0' } else { b' ' }; SHORT];
        padded[missing..width].copy_from_slice(text.as_bytes());
        return CompactString::from_utf8(&padded[..width]).ok();
    }
    let mut padded = CompactString::with_capacity(width);
    let (fill, sign, text) = match text.strip_prefix('-') {
        Some(text) if digits.starts_with('0') => ('0', "-", text),
        _ => (if digits.starts_with('0') { '0' } else { ' ' }, "", &*text),
    };
    padded.push_str(sign);
    (0..missing).for_each(|_| padded.push(fill));
    padded.push_str(text);
    Some(padded)
}

/// `format(n, spec)`; `max_digits` limits decimal text (see [`int_text`]). Errors: ValueError, OverflowError.
pub fn format_int(n: &BigInt, spec: &PyStr, type_name: &str, max_digits: usize) -> Result<PyStr, TextError> {
    if spec.is_empty() {
        return int_text::to_decimal(n, max_digits).map(Into::into);
    }
    let spec = FormatSpec::parse(spec, Some('d'), Align::Right, type_name)?;
    let Some(code) = spec.is_code("bcdoxXneEfFgG%") else { return Err(spec.unknown_code(type_name)) };
    if "eEfFgG%".contains(code) {
        return float_with(int_float::int_to_float(n)?, &spec, type_name);
    }
    if spec.precision.is_some() {
        return Err(TextError::value("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(TextError::value("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    if code == 'c' {
        return int_as_character(n, &spec);
    }
    let digits = match code {
        'b' => n.magnitude().to_str_radix(2),
        'o' => n.magnitude().to_str_radix(8),
        'x' => n.magnitude().to_str_radix(16),
        'X' => n.magnitude().to_str_radix(16).to_uppercase(),
        _ => {
            let text = int_text::to_decimal(n, max_digits)?;
            text.strip_prefix('-').map(str::to_string).unwrap_or(text)
        }
    };
    let prefix = match code {
        'b' if spec.alternate => "0b",
        'o' if spec.alternate => "0o",
        'x' if spec.alternate => "0x",
        'X' if spec.alternate => "0X",
        _ => "",
    };
    let sign = sign_text(n.sign() == Sign::Minus, spec.sign);
    let group = if "boxX".contains(code) { 4 } else { 3 };
    Ok(lay_out(&Number { sign, prefix, whole: &digits, rest: "" }, &spec, group))
}

fn int_as_character(n: &BigInt, spec: &FormatSpec) -> Result<PyStr, TextError> {
    if spec.sign.is_some() {
        return Err(TextError::value("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(TextError::value("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let c = n.to_i64().ok_or_else(|| TextError::overflow("Python int too large to convert to C long"))?;
    let c = u32::try_from(c).ok().filter(|&c| c <= unicode::MAX_CODE_POINT);
    let c = c.ok_or_else(|| TextError::overflow("%c arg not in range(0x110000)"))?;
    let (left, right) = padding(spec, 1);
    let mut points = vec![spec.fill; left];
    points.push(c);
    points.extend(std::iter::repeat_n(spec.fill, right));
    Ok(PyStr::from_code_points(&points))
}

/// `format(x, spec)`. Error: ValueError.
pub fn format_float(x: f64, spec: &PyStr, type_name: &str) -> Result<PyStr, TextError> {
    if spec.is_empty() {
        return Ok(crate::num::float_text::repr(x).into());
    }
    let spec = FormatSpec::parse(spec, None, Align::Right, type_name)?;
    if spec.code.is_some() && spec.is_code("eEfFgGn%").is_none() {
        return Err(spec.unknown_code(type_name));
    }
    float_with(x, &spec, type_name)
}

fn float_with(x: f64, spec: &FormatSpec, _type_name: &str) -> Result<PyStr, TextError> {
    let code = spec.code.and_then(char::from_u32);
    let mut text = float_body(if code == Some('%') { x * 100.0 } else { x }, spec, code.is_none())?;
    if code == Some('%') {
        text.push('%');
    }
    Ok(lay_out(&Number::of_float(&text, spec.sign), spec, 3))
}

/// The text of a float by type and precision, `-` included, before sign, grouping and padding.
fn float_body(x: f64, spec: &FormatSpec, add_dot_0: bool) -> Result<String, TextError> {
    let code = spec.code.and_then(char::from_u32);
    if spec.precision.is_some_and(|precision| precision > i32::MAX as usize) {
        return Err(TextError::value("precision too big"));
    }
    check_len(spec.precision.unwrap_or(0))?;
    let (layout, default) = match code {
        None if spec.precision.is_none() => (Layout::Repr, 0),
        Some('e' | 'E') => (Layout::Exponent, 6),
        Some('f' | 'F' | '%') => (Layout::Fixed, 6),
        _ => (Layout::General, 6),
    };
    let mut text = to_text(x, layout, spec.precision.unwrap_or(default), spec.alternate, add_dot_0);
    if spec.no_negative_zero && is_negative_zero(&text) {
        text.remove(0);
    }
    if matches!(code, Some('E' | 'F' | 'G')) {
        text.make_ascii_uppercase();
    }
    Ok(text)
}

fn is_negative_zero(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|digits| digits.bytes().take_while(|b| *b != b'e').all(|b| matches!(b, b'0' | b'.')))
}

/// `format(complex(real, imag), spec)`. Error: ValueError.
pub fn format_complex((real, imag): (f64, f64), spec: &PyStr, type_name: &str) -> Result<PyStr, TextError> {
    if spec.is_empty() {
        return Ok(crate::num::complex::complex_repr((real, imag)).into());
    }
    let spec = FormatSpec::parse(spec, None, Align::Right, type_name)?;
    if spec.code.is_some() && spec.is_code("eEfFgGn").is_none() {
        return Err(spec.unknown_code(type_name));
    }
    if spec.fill == u32::from('0') {
        return Err(TextError::value("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(TextError::value("'=' alignment flag is not allowed in complex format specifier"));
    }
    let parentheses = spec.code.is_none() && !(real == 0.0 && real.is_sign_positive());
    let bare = FormatSpec { width: 0, fill: ' '.into(), align: Align::Left, ..spec.clone() };
    let part = |x: f64, sign: Option<char>| -> Result<PyStr, TextError> {
        let text = float_body(x, &spec, false)?;
        Ok(lay_out(&Number::of_float(&text, sign), &bare, 3))
    };
    let mut text = PyStr::empty();
    if parentheses || spec.code.is_some() {
        text = part(real, spec.sign)?;
        text = text.concat(&part(imag, Some('+'))?);
    } else {
        text = text.concat(&part(imag, spec.sign)?);
    }
    let text = text.to_string_lossy();
    let text = if parentheses { format!("({text}j)") } else { format!("{text}j") };
    let (left, right) = padding(&spec, text.len());
    Ok(match ascii_char(spec.fill) {
        Some(fill) => surround(&text, fill, left, right).into(),
        None => wide_surround(&text, spec.fill, left, right),
    })
}

/// The pieces of a number's text; all ASCII.
struct Number<'a> {
    sign: &'static str,
    /// `0x` and such
    prefix: &'a str,
    /// The digits that grouping and zero padding work on.
    whole: &'a str,
    /// Point, fraction, exponent, `%`, or all of `inf` and `nan`.
    rest: &'a str,
}

impl<'a> Number<'a> {
    fn of_float(text: &'a str, sign: Option<char>) -> Number<'a> {
        let magnitude = text.strip_prefix('-');
        let sign = sign_text(magnitude.is_some(), sign);
        let magnitude = magnitude.unwrap_or(text);
        let digits = magnitude.bytes().take_while(u8::is_ascii_digit).count();
        Number { sign, prefix: "", whole: &magnitude[..digits], rest: &magnitude[digits..] }
    }
}

fn sign_text(negative: bool, sign: Option<char>) -> &'static str {
    match sign {
        _ if negative => "-",
        Some('+') => "+",
        Some(' ') => " ",
        _ => "",
    }
}

/// Group the digits and pad to the width. `group` is the group size for `_` (for `,` it is 3 anyway).
fn lay_out(number: &Number<'_>, spec: &FormatSpec, group: usize) -> PyStr {
    let others = number.sign.len() + number.prefix.len() + number.rest.len();
    // Zeros after the sign count as digits: they are grouped too.
    let zeros = spec.fill == u32::from('0') && spec.align == Align::AfterSign;
    let wanted = if zeros { spec.width.saturating_sub(others) } else { 0 };
    let whole = grouped(number.whole, wanted, spec.grouping, group);
    let (left, right) = padding(spec, others + whole.len());
    let (left, inner) = if spec.align == Align::AfterSign { (0, left) } else { (left, 0) };
    let before = [number.sign, number.prefix];
    let after = [&*whole, number.rest];
    let Some(fill) = char::from_u32(spec.fill) else {
        // A surrogate is a code point, but no character.
        let mut points = vec![spec.fill; left];
        points.extend(before.iter().flat_map(|text| text.bytes()).map(u32::from));
        points.extend(std::iter::repeat_n(spec.fill, inner));
        points.extend(after.iter().flat_map(|text| text.bytes()).map(u32::from));
        points.extend(std::iter::repeat_n(spec.fill, right));
        return PyStr::from_code_points(&points);
    };
    let mut out = CompactString::with_capacity(left + others + inner + whole.len() + right);
    out.extend(std::iter::repeat_n(fill, left));
    before.iter().for_each(|text| out.push_str(text));
    out.extend(std::iter::repeat_n(fill, inner));
    after.iter().for_each(|text| out.push_str(text));
    out.extend(std::iter::repeat_n(fill, right));
    out.into()
}

/// `digits` with separators, with zeros in front up to `wanted` characters, never starting with a separator.
fn grouped(digits: &str, wanted: usize, separator: Option<char>, group: usize) -> CompactString {
    let Some(separator) = separator.filter(|_| !digits.is_empty()) else {
        let missing = wanted.saturating_sub(digits.len());
        let mut out = CompactString::with_capacity(missing + digits.len());
        out.extend(std::iter::repeat_n('0', missing));
        out.push_str(digits);
        return out;
    };
    let with_separators = |count: usize| count + count.saturating_sub(1) / group;
    // One character in `group + 1` is a separator; if the place left is only good for a separator, a digit more is needed.
    let mut count = digits.len().max(wanted - wanted / (group + 1));
    if with_separators(count) < wanted {
        count += 1;
    }
    let zeros = count - digits.len();
    let mut out = CompactString::with_capacity(with_separators(count));
    for i in 0..count {
        if i > 0 && (count - i).is_multiple_of(group) {
            out.push(separator);
        }
        out.push(if i < zeros { '0' } else { digits.as_bytes()[i - zeros] as char });
    }
    out
}

/// Fill characters before and after a text of `len` code points.
fn padding(spec: &FormatSpec, len: usize) -> (usize, usize) {
    let missing = spec.width.saturating_sub(len);
    match spec.align {
        Align::Left => (0, missing),
        Align::Right | Align::AfterSign => (missing, 0),
        Align::Center => (missing / 2, missing - missing / 2),
    }
}

fn ascii_char(c: u32) -> Option<char> {
    char::from_u32(c).filter(char::is_ascii)
}

fn surround(text: &str, fill: char, left: usize, right: usize) -> String {
    let mut out = String::with_capacity(text.len() + left + right);
    out.extend(std::iter::repeat_n(fill, left));
    out.push_str(text);
    out.extend(std::iter::repeat_n(fill, right));
    out
}

fn wide_surround(text: &str, fill: u32, left: usize, right: usize) -> PyStr {
    let mut points = vec![fill; left];
    points.extend(text.bytes().map(u32::from));
    points.extend(std::iter::repeat_n(fill, right));
    PyStr::from_code_points(&points)
}
