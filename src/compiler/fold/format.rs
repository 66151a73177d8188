//! `"%s: %r" % (a, b)` as an f-string: literal pieces and formatted values.
//!
//! Only `%s`, `%r` and `%a` with flags, width and precision of at most two digits; anything else leaves the expression to
//! run time. Counterpart in CPython 3.11: `optimize_format` in `Python/ast_opt.c`.

use std::sync::Arc;

use crate::{
    syntax::ast::{Constant, Expr, ExprKind, Location},
    text::PyStr,
};

/// More digits than this are left to run time.
const MAX_DIGITS: usize = 3;

/// The pieces of the f-string, or `None` if the format cannot be taken apart.
pub fn split(format: &PyStr, values: &[Expr]) -> Option<Vec<Expr>> {
    let points = format.to_code_points();
    let mut pieces = Vec::new();
    let mut values = values.iter();
    let mut at = 0;
    loop {
        if let Some(text) = literal(&points, &mut at) {
            pieces.push(text);
        }
        if at >= points.len() {
            break;
        }
        let value = values.next()?;
        at += 1;
        pieces.push(formatted(&points, &mut at, value)?);
    }
    if values.next().is_some() {
        return None;
    }
    Some(pieces)
}

/// The text up to the next format, with `%%` for a percent sign.
fn literal(points: &[u32], at: &mut usize) -> Option<Expr> {
    const PERCENT: u32 = '%' as u32;
    let mut text = Vec::new();
    while let Some(&c) = points.get(*at) {
        if c == PERCENT {
            if points.get(*at + 1) != Some(&PERCENT) {
                break;
            }
            *at += 1;
        }
        text.push(c);
        *at += 1;
    }
    (!text.is_empty()).then(|| string(PyStr::from_code_points(&text)))
}

fn formatted(points: &[u32], at: &mut usize, value: &Expr) -> Option<Expr> {
    let mut left = false;
    let mut c = next(points, at)?;
    while matches!(c, '-' | '+' | ' ' | '#' | '0') {
        left |= c == '-';
        c = next(points, at)?;
    }
    let width = if c.is_ascii_digit() { Some(number(&mut c, points, at)?) } else { None };
    let mut precision = None;
    if c == '.' {
        c = next(points, at)?;
        precision = Some(number(&mut c, points, at)?);
    }
    let conversion = match c {
        's' | 'r' | 'a' => c as i32,
        _ => return None,
    };
    let mut spec = String::new();
    if !left && width.is_some_and(|width| width > 0) {
        spec.push('>');
    }
    if let Some(width) = width {
        spec += &width.to_string();
    }
    if let Some(precision) = precision {
        spec += &format!(".{precision}");
    }
    let format_spec = (!spec.is_empty()).then(|| Box::new(string(spec.into())));
    let kind = ExprKind::FormattedValue { value: Box::new(value.clone()), conversion, format_spec };
    Some(Expr { kind, location: value.location })
}

/// The number that starts with `c`, 0 if it is no digit; `c` becomes the character after it.
fn number(c: &mut char, points: &[u32], at: &mut usize) -> Option<u32> {
    let (mut value, mut digits) = (0, 0);
    while let Some(digit) = c.to_digit(10) {
        value = value * 10 + digit;
        *c = next(points, at)?;
        digits += 1;
        if digits >= MAX_DIGITS {
            return None;
        }
    }
    Some(value)
}

fn next(points: &[u32], at: &mut usize) -> Option<char> {
    let c = points.get(*at).copied().and_then(char::from_u32)?;
    *at += 1;
    Some(c)
}

/// A piece of the format has no place of its own.
fn string(text: PyStr) -> Expr {
    Expr { kind: ExprKind::Constant { value: Constant::Str(Arc::new(text)), kind: false }, location: Location::default() }
}
