//! Number and text functions against CPython's recorded answers: `tests/text/cases.jsonl`, written by `tests/text/record.py`.
//!
//! `UNCOIL_TEXT_CASES=file` runs another file of cases in the same form.

use std::path::Path;

use num_bigint::BigInt;
use serde_json::Value as Json;
use uncoil::num::{complex, float_hex, float_math, float_parse, float_text, hash, int_float, int_math, int_text};
use uncoil::text::{PyStr, TextError, repr};

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
    Vec<u8>, b => V::B(b);
    BigInt, n => V::I(n);
    i64, n => V::I(n.into());
    u64, n => V::I(n.into());
    f64, x => V::F(x);
    bool, b => V::Bool(b);
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
    const LIMIT: usize = int_text::DEFAULT_MAX_STR_DIGITS;
    Some(match name {
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

fn text_case(name: &str, a: &[V]) -> Option<V> {
    Some(match name {
        "str.repr" => repr::str_repr(a[0].s()).into(),
        "str.ascii" => repr::str_ascii(a[0].s()).into(),
        "bytes.repr" => repr::bytes_repr(a[0].b()).into(),
        _ => return None,
    })
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
        let answer = number_case(name, &args).or_else(|| text_case(name, &args)).unwrap_or_else(|| panic!("no function {name}")).write();
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
