//! Number and text functions against CPython's recorded answers: `tests/text/cases.jsonl`, written by `tests/text/record.py`.
//!
//! `UNCOIL_TEXT_CASES=file` runs another file of cases in the same form.

use std::path::Path;

use num_bigint::BigInt;
use serde_json::Value as Json;
use uncoil::num::hash::HashKey;
use uncoil::num::{complex, float_hex, float_math, float_parse, float_text, hash, int_float, int_math, int_text};
use uncoil::text::methods::{check, translate::Translation};
use uncoil::text::pystr::PyStrBuilder;
use uncoil::text::template::{First, Numbering, Step};
use uncoil::text::{PyStr, TextError, bytes_methods, codec, format, methods, normalize, percent, repr, template, unicode};

const LIMIT: usize = int_text::DEFAULT_MAX_STR_DIGITS;

/// A value of a case.
#[derive(Clone, Debug)]
enum V {
    S(PyStr),
    B(Vec<u8>),
    I(BigInt),
    F(f64),
    Bool(bool),
    None,
    L(Vec<V>),
    Raised(String),
}

fn unescape(text: &str) -> Vec<u32> {
    let mut points = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(tail) = rest.strip_prefix("\\{") {
            let (hex, tail) = tail.split_once('}').unwrap();
            points.push(u32::from_str_radix(hex, 16).unwrap());
            rest = tail;
        } else {
            points.push(c as u32);
            rest = &rest[1..];
        }
    }
    points
}

fn escape(points: impl Iterator<Item = u32>) -> String {
    points.map(|c| if (0x20..0x7f).contains(&c) && c != 0x5c { char::from(c as u8).to_string() } else { format!("\\{{{c:x}}}") }).collect()
}

impl V {
    fn read(json: &Json) -> V {
        let text = match json {
            Json::Array(items) => return V::L(items.iter().map(V::read).collect()),
            _ => json.as_str().unwrap(),
        };
        let body = &text[1..];
        match text.as_bytes()[0] {
            b's' => V::S(PyStr::from_code_points(&unescape(body))),
            b'b' => V::B(unescape(body).into_iter().map(|c| c as u8).collect()),
            b'i' => V::I(BigInt::parse_bytes(body.as_bytes(), 16).unwrap()),
            b'f' if body == "nan" => V::F(f64::NAN),
            b'f' => V::F(f64::from_bits(u64::from_str_radix(body, 16).unwrap())),
            b'o' if body == "None" => V::None,
            b'o' => V::Bool(body == "True"),
            other => panic!("tag {other}"),
        }
    }

    fn write(&self) -> Json {
        Json::String(match self {
            V::S(s) => format!("s{}", escape(s.iter())),
            V::B(b) => format!("b{}", escape(b.iter().map(|&b| u32::from(b)))),
            V::I(n) => format!("i{}", n.to_str_radix(16)),
            V::F(x) if x.is_nan() => "fnan".to_string(),
            V::F(x) => format!("f{:016x}", x.to_bits()),
            V::Bool(true) => "oTrue".to_string(),
            V::Bool(false) => "oFalse".to_string(),
            V::None => "oNone".to_string(),
            V::L(items) => return Json::Array(items.iter().map(V::write).collect()),
            V::Raised(message) => format!("!{}", escape(message.chars().map(u32::from))),
        })
    }

    fn s(&self) -> &PyStr {
        let V::S(s) = self else { panic!("{self:?}") };
        s
    }

    fn b(&self) -> &[u8] {
        let V::B(b) = self else { panic!("{self:?}") };
        b
    }

    fn i(&self) -> &BigInt {
        let V::I(n) = self else { panic!("{self:?}") };
        n
    }

    fn n(&self) -> i64 {
        i64::try_from(self.i()).unwrap()
    }

    fn f(&self) -> f64 {
        let V::F(x) = self else { panic!("{self:?}") };
        *x
    }

    fn flag(&self) -> bool {
        matches!(self, V::Bool(true))
    }
}

macro_rules! from {
    ($($type:ty, $name:ident => $value:expr;)*) => {
        $(impl From<$type> for V {
            fn from($name: $type) -> V {
                $value
            }
        })*
    };
}

from! {
    PyStr, s => V::S(s);
    String, s => V::S(s.into());
    BigInt, n => V::I(n);
    i64, n => V::I(n.into());
    u64, n => V::I(n.into());
    f64, x => V::F(x);
    bool, b => V::Bool(b);
    Vec<u8>, b => V::B(b);
    Vec<PyStr>, items => V::L(items.into_iter().map(V::S).collect());
    Vec<Vec<u8>>, items => V::L(items.into_iter().map(V::B).collect());
}

impl<T: Into<V>> From<Option<T>> for V {
    fn from(x: Option<T>) -> V {
        x.map_or(V::None, Into::into)
    }
}

impl<T: Into<V>> From<Result<T, TextError>> for V {
    fn from(x: Result<T, TextError>) -> V {
        x.map_or_else(|e| V::Raised(e.to_string()), Into::into)
    }
}

impl<A: Into<V>, B: Into<V>> From<(A, B)> for V {
    fn from((a, b): (A, B)) -> V {
        V::L(vec![a.into(), b.into()])
    }
}

fn number_case(name: &str, a: &[V]) -> Option<V> {
    Some(match name {
        "tuple.hash" | "frozenset.hash" => {
            let V::L(items) = &a[0] else { unreachable!() };
            let hashes = items.iter().map(|item| hash::hash_int(item.i()));
            if name == "tuple.hash" { hash::hash_tuple(hashes).into() } else { hash::hash_frozenset(hashes).into() }
        }
        "float.repr" => float_text::repr(a[0].f()).into(),
        "float.hex" => float_hex::hex(a[0].f()).into(),
        "float.parse" => float_parse::parse_float(a[0].s()).into(),
        "float.fromhex" => float_hex::from_hex(&a[0].s().to_string_lossy()).into(),
        "float.ratio" => float_math::as_integer_ratio(a[0].f()).into(),
        "float.round" => float_math::round(a[0].f(), a[1].n()).into(),
        "float.round_to_int" => float_math::round_to_int(a[0].f()).into(),
        "float.int" => int_float::float_to_int(a[0].f()).into(),
        "float.divmod" => float_math::div_mod(a[0].f(), a[1].f()).into(),
        "float.mod" => float_math::modulo(a[0].f(), a[1].f()).into(),
        "float.floordiv" => float_math::floor_div(a[0].f(), a[1].f()).into(),
        "float.hash" => hash::hash_float(a[0].f()).into(),
        "float.pow" => match float_math::pow(a[0].f(), a[1].f()) {
            Ok(float_math::Power::Real(x)) => x.into(),
            Ok(float_math::Power::NeedsComplex) => complex::pow((a[0].f(), 0.0), (a[1].f(), 0.0)).into(),
            Err(error) => V::Raised(error.to_string()),
        },
        "complex.repr" => complex::complex_repr((a[0].f(), a[1].f())).into(),
        "complex.parse" => complex::parse_complex(a[0].s()).into(),
        "complex.pow" => complex::pow((a[0].f(), a[1].f()), (a[2].f(), a[3].f())).into(),
        "complex.div" => complex::div((a[0].f(), a[1].f()), (a[2].f(), a[3].f())).into(),
        "int.parse" | "int.parse_long" => int_text::parse_int(a[0].s(), a[1].n(), LIMIT).into(),
        "int.parse_bytes" => int_text::parse_int_bytes(a[0].b(), a[1].n(), LIMIT).into(),
        "int.str" => int_text::to_decimal(a[0].i(), LIMIT).into(),
        "int.hash" => {
            let hashed = hash::hash_int(a[0].i());
            if let Ok(small) = i64::try_from(a[0].i()) {
                assert_eq!(hashed, hash::hash_i64(small));
            }
            hashed.into()
        }
        "int.base" => int_text::to_prefixed(a[0].i(), a[1].n() as u32).into(),
        "int.floordiv" => {
            let big = int_math::floor_div(a[0].i(), a[1].i());
            if let (Ok(x), Ok(y)) = (i64::try_from(a[0].i()), i64::try_from(a[1].i())) {
                assert_eq!(int_math::floor_div_i64(x, y).map(|n| n.map(BigInt::from).or(big.clone().ok())), big.clone().map(Some));
            }
            big.into()
        }
        "int.mod" => {
            let big = int_math::modulo(a[0].i(), a[1].i());
            if let (Ok(x), Ok(y)) = (i64::try_from(a[0].i()), i64::try_from(a[1].i())) {
                assert_eq!(int_math::modulo_i64(x, y).map(BigInt::from), big);
            }
            big.into()
        }
        "int.divmod" => int_math::div_mod(a[0].i(), a[1].i()).into(),
        "int.pow" => {
            let big = int_math::pow(a[0].i(), a[1].i());
            if let Ok(x) = i64::try_from(a[0].i()) {
                let small = int_math::pow_i64(x, a[1].n());
                assert_eq!(small, big.as_ref().ok().and_then(|n| i64::try_from(n).ok()));
            }
            big.into()
        }
        "int.powmod" => int_math::pow_mod(a[0].i(), a[1].i(), a[2].i()).into(),
        "int.shl" => {
            if let (Ok(x), Some(n)) =
                (i64::try_from(a[0].i()), i64::try_from(a[0].i()).ok().and_then(|x| int_math::shift_left_i64(x, a[1].n())))
            {
                assert_eq!(BigInt::from(n), BigInt::from(x) << a[1].n());
            }
            int_math::shift_left(a[0].i(), a[1].i()).into()
        }
        "int.shr" => {
            if let (Ok(x), true) = (i64::try_from(a[0].i()), a[1].n() >= 0) {
                assert_eq!(int_math::shift_right_i64(x, a[1].n()).map(BigInt::from), int_math::shift_right(a[0].i(), a[1].i()).ok());
            }
            int_math::shift_right(a[0].i(), a[1].i()).into()
        }
        "int.and" => (a[0].i() & a[1].i()).into(),
        "int.or" => (a[0].i() | a[1].i()).into(),
        "int.xor" => (a[0].i() ^ a[1].i()).into(),
        "int.bit_length" => int_math::bit_length(a[0].i()).into(),
        "int.bit_count" => int_math::bit_count(a[0].i()).into(),
        "int.to_bytes" => int_math::to_bytes(a[0].i(), a[1].n() as usize, a[2].flag(), a[3].flag()).into(),
        "int.from_bytes" => int_math::from_bytes(a[0].b(), a[1].flag(), a[2].flag()).into(),
        "int.float" => int_float::int_to_float(a[0].i()).into(),
        "int.truediv" => int_float::true_div(a[0].i(), a[1].i()).into(),
        "int.isqrt" => int_math::isqrt(a[0].i()).into(),
        "int.gcd" => int_math::gcd(a[0].i(), a[1].i()).into(),
        "int.round" => int_math::round_to_tens(a[0].i(), a[1].n() as u32).into(),
        "int.cmp_float" => {
            let order = int_float::compare_int_float(a[0].i(), a[1].f());
            if let Ok(small) = i64::try_from(a[0].i()) {
                assert_eq!(int_float::compare_i64_float(small, a[1].f()), order);
            }
            order.map(|order| order as i64).into()
        }
        _ => return None,
    })
}

fn format_case(name: &str, a: &[V]) -> Option<V> {
    Some(match name {
        "format.str" => format::format_str(a[0].s(), a[1].s(), "str").into(),
        "format.int" => format::format_int(a[0].i(), a[1].s(), "int", LIMIT).into(),
        "format.float" | "format.float_long" => format::format_float(a[0].f(), a[1].s(), "float").into(),
        "format.complex" => format::format_complex((a[0].f(), a[1].f()), a[2].s(), "complex").into(),
        "percent.str" | "percent.int" | "percent.float" => percent_one(a[0].s(), &a[1]).into(),
        "percent.text" => percent_text(a[0].s()).into(),
        "template" => {
            let mut numbering = Numbering::default();
            run_template(a[0].s(), &mut numbering, 2).into()
        }
        _ => return None,
    })
}

fn percent_one(text: &PyStr, value: &V) -> Result<PyStr, TextError> {
    let mut out = PyStrBuilder::new();
    for piece in percent::pieces(text) {
        match piece? {
            percent::Piece::Literal(text) => out.push_str(&text),
            percent::Piece::Broken { error, .. } => return Err(error),
            percent::Piece::Conversion(conversion) => out.push_str(&match value {
                V::S(s) => conversion.format_text(s)?,
                V::I(n) => conversion.format_int(n, LIMIT)?.into(),
                V::F(x) => conversion.format_float(*x)?.into(),
                _ => unreachable!(),
            }),
        }
    }
    Ok(out.finish())
}

/// With a mapping that answers any key, as the recorder has it.
fn percent_text(text: &PyStr) -> Result<PyStr, TextError> {
    let mut out = PyStrBuilder::new();
    let mut used = 0;
    for piece in percent::pieces(text) {
        match piece? {
            percent::Piece::Literal(text) => out.push_str(&text),
            percent::Piece::Broken { error, .. } => return Err(error),
            percent::Piece::Conversion(conversion) => {
                let value = match &conversion.key {
                    Some(key) => PyStr::from("<").concat(key).concat(&">".into()),
                    None if used > 0 => return Err(TextError::type_error("not enough arguments for format string")),
                    None => "{}".into(),
                };
                used += usize::from(conversion.key.is_none());
                if !"sra".contains(char::from_u32(conversion.code).unwrap()) {
                    return Err(conversion.unsupported());
                }
                out.push_str(&conversion.format_text(&value)?);
                if conversion.key.is_some() {
                    used = 1; // CPython forgets the one argument once there was a key
                }
            }
        }
    }
    Ok(out.finish())
}

/// `template.format(*probes, a=probe, b=probe)` where a probe writes down what was asked of it.
fn run_template(text: &PyStr, numbering: &mut Numbering, depth: usize) -> Result<PyStr, TextError> {
    if depth == 0 {
        return Err(template::too_deep());
    }
    let mut out = PyStrBuilder::new();
    for piece in template::pieces(text) {
        let field = match piece? {
            template::Piece::Literal(text) => {
                out.push_str(&text);
                continue;
            }
            template::Piece::Field(field) => field,
        };
        let (first, steps) = template::split_name(&field.name)?;
        let mut path = match numbering.index(&first)? {
            Some(index) if index < 10 => PyStr::from(index.to_string()),
            Some(_) => return Ok("IndexError".into()),
            None => match first {
                First::Name(name) if name == "a" || name == "b" => repr::str_repr(&name),
                _ => return Ok("KeyError".into()),
            },
        };
        for step in steps {
            path = match step? {
                Step::Attribute(name) => path.concat(&".".into()).concat(&name),
                Step::Index(index) => path.concat(&format!("[{index}]").into()),
                Step::Key(key) => path.concat(&"[".into()).concat(&repr::str_repr(&key)).concat(&"]".into()),
            };
        }
        let shown = match field.conversion.map(|c| (c, char::from_u32(c))) {
            None => None,
            Some((_, Some('r'))) => Some(path.concat(&"!r".into())),
            Some((_, Some('s'))) => Some(path.concat(&"!s".into())),
            Some((_, Some('a'))) => Some(path.concat(&"!r".into())),
            Some((c, _)) => return Err(template::unknown_conversion(c)),
        };
        let spec = if field.nested { run_template(&field.spec, numbering, depth - 1)? } else { field.spec };
        if spec == "KeyError" || spec == "IndexError" {
            return Ok(spec);
        }
        out.push_str(&match shown {
            Some(text) => format::format_str(&text, &spec, "str")?,
            None => PyStr::from("<").concat(&path).concat(&"|".into()).concat(&spec).concat(&">".into()),
        });
    }
    Ok(out.finish())
}

fn str_case(name: &str, a: &[V]) -> Option<V> {
    use check as is;
    let whole = |changed: Option<PyStr>| changed.unwrap_or_else(|| a[0].s().clone());
    let padded = |changed: Result<Option<PyStr>, TextError>| changed.map(whole);
    let cut = |(start, end): (usize, usize)| a[0].s().slice(start, end);
    let s = match &a[0] {
        V::S(s) => s.clone(),
        _ => PyStr::empty(),
    };
    let s = &s;
    Some(match name {
        "str.repr" => repr::str_repr(s).into(),
        "str.ascii" => repr::str_ascii(s).into(),
        "str.find" => methods::find(s, a[1].s(), a[2].n(), a[3].n()).map_or(-1, |i| i as i64).into(),
        "str.rfind" => methods::rfind(s, a[1].s(), a[2].n(), a[3].n()).map_or(-1, |i| i as i64).into(),
        "str.count" => (methods::count(s, a[1].s(), a[2].n(), a[3].n()) as i64).into(),
        "str.startswith" => methods::starts_with(s, a[1].s(), a[2].n(), a[3].n()).into(),
        "str.endswith" => methods::ends_with(s, a[1].s(), a[2].n(), a[3].n()).into(),
        "str.contains" => methods::contains(s, a[1].s()).into(),
        "str.replace" => padded(methods::replace(s, a[1].s(), a[2].s(), a[3].n())).into(),
        "str.split" => methods::split(s, Some(a[1].s()), a[2].n()).into(),
        "str.rsplit" => methods::rsplit(s, Some(a[1].s()), a[2].n()).into(),
        "str.split_space" => methods::split(s, None, a[1].n()).into(),
        "str.rsplit_space" => methods::rsplit(s, None, a[1].n()).into(),
        "str.splitlines" => methods::split_lines(s, a[1].flag()).into(),
        "str.partition" => methods::partition(s, a[1].s())
            .map(|found| found.map_or(vec![s.clone(), "".into(), "".into()], |(b, c)| vec![b, a[1].s().clone(), c]))
            .into(),
        "str.rpartition" => methods::rpartition(s, a[1].s())
            .map(|found| found.map_or(vec!["".into(), "".into(), s.clone()], |(b, c)| vec![b, a[1].s().clone(), c]))
            .into(),
        "str.strip" => cut(methods::strip_span(s, None, true, true)).into(),
        "str.lstrip" => cut(methods::strip_span(s, None, true, false)).into(),
        "str.rstrip" => cut(methods::strip_span(s, None, false, true)).into(),
        "str.strip_chars" => cut(methods::strip_span(s, Some(a[1].s()), true, true)).into(),
        "str.removeprefix" => whole(methods::remove_prefix(s, a[1].s())).into(),
        "str.removesuffix" => whole(methods::remove_suffix(s, a[1].s())).into(),
        "str.center" => padded(methods::center(s, a[1].n(), a[2].s().at(0))).into(),
        "str.ljust" => padded(methods::ljust(s, a[1].n(), a[2].s().at(0))).into(),
        "str.rjust" => padded(methods::rjust(s, a[1].n(), a[2].s().at(0))).into(),
        "str.zfill" => padded(methods::zfill(s, a[1].n())).into(),
        "str.expandtabs" => methods::expand_tabs(s, a[1].n()).into(),
        "str.upper" => methods::upper(s).into(),
        "str.lower" => methods::lower(s).into(),
        "str.casefold" => methods::casefold(s).into(),
        "str.title" => methods::title(s).into(),
        "str.capitalize" => methods::capitalize(s).into(),
        "str.swapcase" => methods::swapcase(s).into(),
        "str.isalpha" => is::is_alpha(s).into(),
        "str.isalnum" => is::is_alnum(s).into(),
        "str.isdecimal" => is::is_decimal(s).into(),
        "str.isdigit" => is::is_digit(s).into(),
        "str.isnumeric" => is::is_numeric(s).into(),
        "str.isspace" => is::is_space(s).into(),
        "str.isprintable" => is::is_printable(s).into(),
        "str.islower" => is::is_lower(s).into(),
        "str.isupper" => is::is_upper(s).into(),
        "str.istitle" => is::is_title(s).into(),
        "str.isidentifier" => is::is_identifier(s).into(),
        "str.isascii" => s.is_ascii().into(),
        "str.join" => {
            let V::L(parts) = &a[1] else { unreachable!() };
            methods::join(s, parts.iter().map(V::s)).into()
        }
        "str.compare" => (s.compare(a[1].s()) as i64).into(),
        "str.hash" => hash::hash_str(s, HashKey::from_seed(0)).into(),
        "str.translate" => methods::translate(s, |c| {
            Ok::<_, TextError>(match c {
                97 => Translation::Delete,
                98 => Translation::Text("é漢".into()),
                99 => Translation::Point(0x1f600),
                _ => Translation::Keep,
            })
        })
        .into(),
        "str.slice_step" => {
            let (len, step) = (s.len() as i64, a[3].n());
            let clip = |i: i64| {
                let i = if i < 0 { i + len } else { i };
                if step < 0 { i.clamp(-1, len - 1) } else { i.clamp(0, len) }
            };
            let (start, end) = (clip(a[1].n()), clip(a[2].n()));
            let count = if step > 0 { (end - start + step - 1) / step } else { (start - end - step - 1) / -step };
            s.slice_step(start.max(0) as usize, step as isize, count.max(0) as usize).into()
        }
        _ => return None,
    })
}

fn bytes_case(name: &str, a: &[V]) -> Option<V> {
    let V::B(b) = a.first()? else {
        return match name {
            "bytes.fromhex" => Some(bytes_methods::from_hex(a[0].s()).into()),
            _ => None,
        };
    };
    let padded = |changed: Result<Option<Vec<u8>>, TextError>| changed.map(|changed| changed.unwrap_or_else(|| b.clone()));
    Some(match name {
        "bytes.repr" => repr::bytes_repr(b).into(),
        "bytes.find" => bytes_methods::find(b, a[1].b(), a[2].n(), a[3].n()).map_or(-1, |i| i as i64).into(),
        "bytes.rfind" => bytes_methods::rfind(b, a[1].b(), a[2].n(), a[3].n()).map_or(-1, |i| i as i64).into(),
        "bytes.count" => (bytes_methods::count(b, a[1].b(), a[2].n(), a[3].n()) as i64).into(),
        "bytes.startswith" => bytes_methods::starts_with(b, a[1].b(), a[2].n(), a[3].n()).into(),
        "bytes.endswith" => bytes_methods::ends_with(b, a[1].b(), a[2].n(), a[3].n()).into(),
        "bytes.replace" => padded(bytes_methods::replace(b, a[1].b(), a[2].b(), a[3].n())).into(),
        "bytes.split" => bytes_methods::split(b, Some(a[1].b()), a[2].n()).into(),
        "bytes.rsplit" => bytes_methods::rsplit(b, Some(a[1].b()), a[2].n()).into(),
        "bytes.split_space" => bytes_methods::split(b, None, a[1].n()).into(),
        "bytes.rsplit_space" => bytes_methods::rsplit(b, None, a[1].n()).into(),
        "bytes.splitlines" => bytes_methods::split_lines(b, a[1].flag()).into(),
        "bytes.strip" => {
            let (start, end) = bytes_methods::strip_span(b, None, true, true);
            b[start..end].to_vec().into()
        }
        "bytes.strip_bytes" => {
            let (start, end) = bytes_methods::strip_span(b, Some(a[1].b()), true, true);
            b[start..end].to_vec().into()
        }
        "bytes.center" => padded(bytes_methods::center(b, a[1].n(), a[2].b()[0])).into(),
        "bytes.ljust" => padded(bytes_methods::ljust(b, a[1].n(), a[2].b()[0])).into(),
        "bytes.rjust" => padded(bytes_methods::rjust(b, a[1].n(), a[2].b()[0])).into(),
        "bytes.zfill" => padded(bytes_methods::zfill(b, a[1].n())).into(),
        "bytes.expandtabs" => bytes_methods::expand_tabs(b, a[1].n()).into(),
        "bytes.title" => bytes_methods::title(b).into(),
        "bytes.capitalize" => bytes_methods::capitalize(b).into(),
        "bytes.swapcase" => bytes_methods::swapcase(b).into(),
        "bytes.isalpha" => bytes_methods::is_alpha(b).into(),
        "bytes.isalnum" => bytes_methods::is_alnum(b).into(),
        "bytes.isdigit" => bytes_methods::is_digit(b).into(),
        "bytes.isspace" => bytes_methods::is_space(b).into(),
        "bytes.islower" => bytes_methods::is_lower(b).into(),
        "bytes.isupper" => bytes_methods::is_upper(b).into(),
        "bytes.istitle" => bytes_methods::is_title(b).into(),
        "bytes.hex" => bytes_methods::hex(b, a[1].s().as_ascii().and_then(|s| s.chars().next()), a[2].n()).into(),
        _ => return None,
    })
}

fn codec_case(name: &str, a: &[V]) -> Option<V> {
    let encoding = |name: &PyStr| codec::Encoding::lookup(&name.to_string_lossy());
    let handler = |name: &PyStr| codec::Handler::named(&name.to_string_lossy()).unwrap();
    let raised = |error: codec::CodecError| {
        let name = a[1].s().to_string_lossy();
        V::Raised(match error {
            codec::CodecError::Decode(fault) => {
                let data = codec::decoded_object(a[0].b(), encoding(a[1].s()).unwrap());
                format!("UnicodeDecodeError: {}", fault.decode_message(data))
            }
            codec::CodecError::Encode(fault) => format!("UnicodeEncodeError: {}", fault.encode_message(a[0].s())),
            codec::CodecError::Other(error) => codec::wrapped_error(&name, true, &error).unwrap_or(error).to_string(),
        })
    };
    Some(match name {
        "decode" => codec::decode(a[0].b(), encoding(a[1].s()).unwrap(), handler(a[2].s())).map_or_else(raised, V::S),
        "encode" => codec::encode(a[0].s(), encoding(a[1].s()).unwrap(), handler(a[2].s())).map_or_else(raised, V::B),
        "codec.name" => encoding(a[0].s()).map(codec::Encoding::name).into(),
        "normalize" => {
            let form = normalize::Form::named(a[0].s().as_ascii()?)?;
            normalize::normalize(form, a[1].s()).into()
        }
        "unicode_lookup" => unicode::lookup_name(&a[0].s().to_string_lossy()).map(i64::from).into(),
        _ => return None,
    })
}

/// The hash of the answers for all code points, a line each.
fn unicode_case(name: &str) -> Option<V> {
    let bit = |flag: bool| if flag { '1' } else { '0' };
    let mapped = |mapped: unicode::Mapped| PyStr::from_code_points(mapped.as_slice());
    let text = |s: String| PyStr::from(s);
    let answer: Box<dyn Fn(u32) -> PyStr> = match name.strip_prefix("unicode.")? {
        "name" => Box::new(|c| unicode::name(c).unwrap_or_default().into()),
        "category" => Box::new(|c| unicode::category(c).into()),
        "flags" => Box::new(move |c| {
            let flags = [
                unicode::is_alpha(c),
                unicode::is_decimal(c),
                unicode::is_digit(c),
                unicode::is_numeric(c),
                unicode::is_space(c),
                unicode::is_printable(c),
                unicode::is_lower(c),
                unicode::is_upper(c),
                unicode::is_title(c) || unicode::is_upper(c),
                unicode::is_id_start(c),
                unicode::is_id_continue(c),
            ];
            text(flags.into_iter().map(bit).collect())
        }),
        form if normalize::Form::named(form).is_some() => {
            let form = normalize::Form::named(form)?;
            Box::new(move |c| normalize::normalize(form, &PyStr::from_point(c)))
        }
        "upper" => Box::new(move |c| mapped(unicode::upper(c))),
        "lower" => Box::new(move |c| mapped(unicode::lower(c))),
        "title" => Box::new(move |c| mapped(unicode::title(c))),
        "casefold" => Box::new(move |c| mapped(unicode::fold(c))),
        "numbers" => Box::new(move |c| {
            let shown = |n: Option<u32>| n.map_or("-1".to_string(), |n| n.to_string());
            let numeric = unicode::numeric(c).map_or("-1".to_string(), |(n, d)| format!("{n}/{d}"));
            text(format!("{} {} {numeric}", shown(unicode::decimal(c)), shown(unicode::digit(c))))
        }),
        "layout" => Box::new(move |c| {
            let mirrored = u8::from(unicode::is_mirrored(c));
            text(format!("{} {} {} {mirrored}", unicode::east_asian_width(c), unicode::bidirectional(c), unicode::combining(c)))
        }),
        _ => return None,
    };
    let mut all = Vec::new();
    for c in 0..0x110000 {
        if c > 0 {
            all.push(b'\n');
        }
        all.extend(answer(c).to_wtf8());
    }
    Some(hash::hash_bytes(&all, HashKey::default()).into())
}

#[test]
fn huge_results_are_memory_errors() {
    let a = PyStr::from("aé");
    let huge = i64::MAX - 1;
    let many = PyStr::from("x".repeat(1 << 20));
    let errors = [
        methods::center(&a, huge, 32).map(drop),
        methods::zfill(&a, huge).map(drop),
        methods::expand_tabs(&"\t".into(), huge).map(drop),
        methods::replace(&many, &"x".into(), &many, -1).map(drop),
        methods::replace(&many, &"".into(), &many, -1).map(drop),
        bytes_methods::ljust(b"a", huge, 32).map(drop),
        format::format_str(&a, &huge.to_string().into(), "str").map(drop),
        format::format_float(1.5, &".2147483647f".into(), "float").map(drop),
        percent_one(&format!("%{huge}s").into(), &V::S(a.clone())).map(drop),
        percent_one(&format!("%0{huge}d").into(), &V::I(7.into())).map(drop),
        percent_one(&"%.2147483647d".into(), &V::I(7.into())).map(drop),
    ];
    for (i, error) in errors.into_iter().enumerate() {
        assert_eq!(error.map_err(|e| e.kind), Err("MemoryError"), "{i}");
    }
    assert_eq!(methods::replace(&many, &"y".into(), &many, -1), Ok(None));
}

#[test]
fn hash_seed() {
    // PYTHONHASHSEED=42 python3.11 -c "print(hash('abc'))"
    assert_eq!(hash::hash_str(&"abc".into(), HashKey::from_seed(42)), 3_869_580_338_025_362_921);
}

#[test]
fn as_recorded() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/text/cases.jsonl");
    let path = std::env::var_os("UNCOIL_TEXT_CASES").map_or(golden, Into::into);
    let (mut count, mut wrong) = (0, std::collections::BTreeMap::<String, usize>::new());
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let parts: Vec<Json> = serde_json::from_str(line).unwrap();
        let name = parts[0].as_str().unwrap();
        let args: Vec<V> = parts[1..parts.len() - 1].iter().map(V::read).collect();
        let answer = unicode_case(name)
            .or_else(|| number_case(name, &args))
            .or_else(|| format_case(name, &args))
            .or_else(|| str_case(name, &args))
            .or_else(|| codec_case(name, &args))
            .or_else(|| bytes_case(name, &args))
            .unwrap_or_else(|| panic!("no function {name}"))
            .write();
        count += 1;
        if answer != parts[parts.len() - 1] {
            let failures = wrong.entry(name.to_string()).or_default();
            *failures += 1;
            if *failures <= 4 {
                println!("{line}\n    got {answer}");
            }
        }
    }
    assert!(wrong.is_empty(), "of {count} cases wrong: {wrong:?}");
    assert!(count > 0);
}
