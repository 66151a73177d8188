//! Functions of one or two floats.
//!
//! A nan that does not come from a nan is a ValueError, an infinity from finite arguments a ValueError or an OverflowError.

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

use crate::{
    builtins::convert,
    heap::ObjRef,
    num::{float_math, int_float},
    objects::{core_types::*, equality::Number, int::to_big_int},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, NativeFn, Signature},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Any, Named, One, Range};
    let one: [(&'static str, NativeFn); 26] = [
        ("acos", |vm, args| function(vm, args, f64::acos, false)),
        ("asin", |vm, args| function(vm, args, f64::asin, false)),
        ("atan", |vm, args| function(vm, args, f64::atan, false)),
        ("cbrt", |vm, args| function(vm, args, f64::cbrt, false)),
        ("cos", |vm, args| function(vm, args, f64::cos, false)),
        ("cosh", |vm, args| function(vm, args, f64::cosh, true)),
        ("exp", |vm, args| function(vm, args, f64::exp, true)),
        ("exp2", |vm, args| function(vm, args, f64::exp2, true)),
        ("expm1", |vm, args| function(vm, args, f64::exp_m1, true)),
        ("fabs", |vm, args| function(vm, args, f64::abs, false)),
        ("log1p", |vm, args| function(vm, args, f64::ln_1p, false)),
        ("sin", |vm, args| function(vm, args, f64::sin, false)),
        ("sinh", |vm, args| function(vm, args, f64::sinh, true)),
        ("sqrt", |vm, args| function(vm, args, f64::sqrt, false)),
        ("tan", |vm, args| function(vm, args, f64::tan, false)),
        ("tanh", |vm, args| function(vm, args, f64::tanh, false)),
        ("degrees", |vm, args| {
            let x = convert::real(vm, args.at(vm, 0))?;
            done(vm.new_float(x * (180.0 / std::f64::consts::PI)))
        }),
        ("radians", |vm, args| {
            let x = convert::real(vm, args.at(vm, 0))?;
            done(vm.new_float(x * (std::f64::consts::PI / 180.0)))
        }),
        ("isfinite", |vm, args| test(vm, args, f64::is_finite)),
        ("isinf", |vm, args| test(vm, args, f64::is_infinite)),
        ("isnan", |vm, args| test(vm, args, f64::is_nan)),
        ("ulp", ulp),
        ("frexp", frexp),
        ("modf", modf),
        ("log2", |vm, args| {
            let x = args.at(vm, 0);
            let result = logarithm(vm, x, f64::log2, 1.0)?;
            done(vm.new_float(result))
        }),
        ("log10", |vm, args| {
            let x = args.at(vm, 0);
            let result = logarithm(vm, x, f64::log10, std::f64::consts::LOG10_2)?;
            done(vm.new_float(result))
        }),
    ];
    let two: [(&'static str, NativeFn); 7] = [
        ("atan2", |vm, args| function2(vm, args, f64::atan2)),
        ("copysign", |vm, args| function2(vm, args, f64::copysign)),
        ("fmod", |vm, args| function2(vm, args, |x, y| x % y)),
        ("remainder", |vm, args| function2(vm, args, remainder)),
        ("nextafter", |vm, args| {
            let (x, y) = (convert::real(vm, args.at(vm, 0))?, convert::real(vm, args.at(vm, 1))?);
            done(vm.new_float(next_after(x, y)))
        }),
        ("pow", pow),
        ("ldexp", ldexp),
    ];
    let mut rows: Vec<NativeDef> = one.into_iter().map(|(name, func)| NativeDef::function(name, One, func)).collect();
    rows.extend(two.into_iter().map(|(name, func)| NativeDef::function(name, Range(2, 2), func)));
    rows.extend([
        NativeDef::function("log", Any, log).packing(),
        NativeDef::function("isclose", Named("a, b, *, rel_tol=1e-09, abs_tol=0.0"), isclose),
        NativeDef::function("floor", One, |vm, args| whole(vm, args, "__floor__", f64::floor)),
        NativeDef::function("ceil", One, |vm, args| whole(vm, args, "__ceil__", f64::ceil)),
        NativeDef::function("trunc", One, trunc),
    ]);
    rows
}

/// `math domain error`
pub fn domain_error(vm: &mut Vm) -> Raised {
    vm.value_error("math domain error")
}

/// `math range error`
pub fn range_error(vm: &mut Vm) -> Raised {
    vm.raise(OVERFLOW_ERROR, "math range error")
}

/// A function of one float; `overflows`: an infinity means a result too large, else a pole.
pub fn function(vm: &mut Vm, args: Args, function: fn(f64) -> f64, overflows: bool) -> Res {
    let x = convert::real(vm, args.at(vm, 0))?;
    let result = function(x);
    if result.is_nan() && !x.is_nan() {
        return Err(domain_error(vm));
    }
    if result.is_infinite() && x.is_finite() {
        return Err(if overflows { range_error(vm) } else { domain_error(vm) });
    }
    done(vm.new_float(result))
}

fn function2(vm: &mut Vm, args: Args, function: fn(f64, f64) -> f64) -> Res {
    let x = convert::real(vm, args.at(vm, 0))?;
    let y = convert::real(vm, args.at(vm, 1))?;
    let result = function(x, y);
    if result.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain_error(vm));
    }
    if result.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(range_error(vm));
    }
    done(vm.new_float(result))
}

fn test(vm: &mut Vm, args: Args, test: fn(f64) -> bool) -> Res {
    let x = convert::real(vm, args.at(vm, 0))?;
    done(vm.new_bool(test(x)))
}

/// The IEEE remainder: what is left of the nearest multiple, ties to the even one.
fn remainder(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() || x.is_infinite() || y == 0.0 {
        return if x.is_nan() {
            x
        } else if y.is_nan() {
            y
        } else {
            f64::NAN
        };
    }
    if y.is_infinite() {
        return x;
    }
    let (size, step) = (x.abs(), y.abs());
    let rest = size % step;
    let missing = step - rest;
    let result = if rest < missing {
        rest
    } else if rest > missing {
        -missing
    } else {
        // Halfway: the multiple with the even factor.
        rest - 2.0 * ((0.5 * (size - rest)) % step)
    };
    1f64.copysign(x) * result
}

fn next_after(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        f64::NAN
    } else if x == y {
        y
    } else if x < y {
        x.next_up()
    } else {
        x.next_down()
    }
}

fn ulp(vm: &mut Vm, args: Args) -> Res {
    let x = convert::real(vm, args.at(vm, 0))?.abs();
    let result = if !x.is_finite() {
        x
    } else {
        let next = x.next_up();
        if next.is_infinite() { x - x.next_down() } else { next - x }
    };
    done(vm.new_float(result))
}

/// `x == m * 2**e` with `0.5 <= abs(m) < 1`.
pub fn split_exponent(x: f64) -> (f64, i64) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let (x, shift) = if x.abs() < f64::MIN_POSITIVE { (x * 2f64.powi(64), -64) } else { (x, 0) };
    let bits = x.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i64 - 1022;
    (f64::from_bits(bits & !(0x7ff << 52) | 1022 << 52), exponent + shift)
}

fn frexp(vm: &mut Vm, args: Args) -> Res {
    let x = convert::real(vm, args.at(vm, 0))?;
    let (mantissa, exponent) = split_exponent(x);
    let items = [vm.new_float(mantissa), vm.new_int(exponent)];
    done(vm.new_tuple(items))
}

fn modf(vm: &mut Vm, args: Args) -> Res {
    let x = convert::real(vm, args.at(vm, 0))?;
    let (rest, whole) = if x.is_infinite() { (0f64.copysign(x), x) } else { ((x - x.trunc()).copysign(x), x.trunc()) };
    let items = [vm.new_float(rest), vm.new_float(whole)];
    done(vm.new_tuple(items))
}

fn ldexp(vm: &mut Vm, args: Args) -> Res {
    let x = convert::real(vm, args.at(vm, 0))?;
    let exponent = args.at(vm, 1);
    if !vm.is_int(exponent) {
        return Err(vm.type_error("Expected an int as second argument to ldexp."));
    }
    let exponent = convert::cut(vm, exponent)?;
    let result = if x == 0.0 || !x.is_finite() {
        x
    } else {
        let (mantissa, own) = int_float::float_parts(x.abs());
        match int_float::round_to_float(mantissa, own.saturating_add(exponent).clamp(-5000, 5000)) {
            Some(size) => size.copysign(x),
            None => return Err(range_error(vm)),
        }
    };
    done(vm.new_float(result))
}

fn pow(vm: &mut Vm, args: Args) -> Res {
    let x = convert::real(vm, args.at(vm, 0))?;
    let y = convert::real(vm, args.at(vm, 1))?;
    let result = x.powf(y);
    if x.is_finite() && y.is_finite() {
        if result.is_nan() || result.is_infinite() && x == 0.0 {
            return Err(domain_error(vm));
        }
        if result.is_infinite() {
            return Err(range_error(vm));
        }
    }
    done(vm.new_float(result))
}

/// The logarithm of a number; that of an int of any size is put together from its leading bits and `of_two` times the rest.
fn logarithm(vm: &mut Vm, object: ObjRef, log: fn(f64) -> f64, of_two: f64) -> Result<f64, Raised> {
    if let Some(Number::Int(_) | Number::BigInt(_)) = Number::of(&vm.heap, object) {
        let value = to_big_int(&vm.heap, object);
        if value.sign() != Sign::Plus {
            return Err(domain_error(vm));
        }
        return Ok(match int_float::int_to_float(&value) {
            Ok(x) => log(x),
            Err(_) => {
                let bits = value.bits();
                let mantissa: BigInt = &value >> (bits - 64);
                let mantissa = mantissa.to_u64().unwrap_or(u64::MAX) as f64 * 2f64.powi(-64);
                log(mantissa) + of_two * bits as f64
            }
        });
    }
    let x = convert::real(vm, object)?;
    if x <= 0.0 {
        return Err(domain_error(vm));
    }
    Ok(if x == f64::INFINITY { x } else { log(x) })
}

fn log(vm: &mut Vm, args: Args) -> Res {
    if args.kwnames.is_some() {
        return Err(vm.type_error("log() takes no keyword arguments"));
    }
    if args.n == 0 || args.n > 2 {
        return Err(vm.type_error("math.log requires 1 to 2 arguments"));
    }
    let x = logarithm(vm, args.at(vm, 0), f64::ln, std::f64::consts::LN_2)?;
    let Some(base) = args.get(vm, 1) else { return done(vm.new_float(x)) };
    let base = logarithm(vm, base, f64::ln, std::f64::consts::LN_2)?;
    convert::float_result(vm, float_math::true_div(x, base))
}

fn isclose(vm: &mut Vm, args: Args) -> Res {
    let a = convert::real(vm, args.at(vm, 0))?;
    let b = convert::real(vm, args.at(vm, 1))?;
    let relative = match args.get(vm, 2) {
        Some(tolerance) => convert::real(vm, tolerance)?,
        None => 1e-9,
    };
    let absolute = match args.get(vm, 3) {
        Some(tolerance) => convert::real(vm, tolerance)?,
        None => 0.0,
    };
    if relative < 0.0 || absolute < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    let difference = (b - a).abs();
    let close = a == b
        || a.is_finite()
            && b.is_finite()
            && (difference <= (relative * b).abs() || difference <= (relative * a).abs() || difference <= absolute);
    done(vm.new_bool(close))
}

/// `floor` and `ceil`: the number's own method, else that of its float.
fn whole(vm: &mut Vm, args: Args, method: &str, round: fn(f64) -> f64) -> Res {
    let number = args.at(vm, 0);
    let ty = vm.ty(number);
    if ty != FLOAT {
        let name = vm.new_interned(method);
        let found = vm.type_lookup(ty, name);
        vm.decref(name);
        if let Some(found) = found {
            return vm.call_method_object(found, number, &[]);
        }
    }
    let x = convert::real(vm, number)?;
    convert::int_result(vm, int_float::float_to_int(round(x)))
}

fn trunc(vm: &mut Vm, args: Args) -> Res {
    let number = args.at(vm, 0);
    let ty = vm.ty(number);
    match vm.type_lookup(ty, vm.names.trunc) {
        Some(method) => vm.call_method_object(method, number, &[]),
        None => {
            let name = vm.type_name(number);
            Err(vm.type_error(format!("type {name} doesn't define __trunc__ method")))
        }
    }
}
