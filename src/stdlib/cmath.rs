//! `cmath`: functions of complex numbers.
//!
//! Each takes the way that Kahan's "Branch Cuts for Complex Elementary Functions" shows: signs of zero choose the side of a
//! cut. What is infinite or no number follows the tables of annex G of the C standard. `cmath.sqrt(-1)` is `1j`.
//! Counterpart in CPython 3.11: `Modules/cmathmodule.c`.

mod special;

use std::f64::consts::{FRAC_PI_2, LN_2, LN_10, PI};

use super::{add_functions, math::special::asinh as asinh_of_real};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Body, core_types::*, equality::Number},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

/// Real and imaginary part.
type Complex = (f64, f64);

/// What is wrong with an argument or a result.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Wrong {
    Domain,
    Range,
}

type Computed = Result<Complex, Wrong>;

const LARGE: f64 = f64::MAX / 4.0;
const LOG_LARGE: f64 = 708.396_418_532_264_1; // ln(LARGE)
const SMALLEST: f64 = f64::MIN_POSITIVE;

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use NativeDef as Def;
    use Signature::{Named, One, Range};
    let natives = vec![
        Def::function("acos", One, |vm, args| apply(vm, args, acos)),
        Def::function("acosh", One, |vm, args| apply(vm, args, acosh)),
        Def::function("asin", One, |vm, args| apply(vm, args, |z| asinh((-z.1, z.0)).map(|(a, b)| (b, -a)))),
        Def::function("asinh", One, |vm, args| apply(vm, args, asinh)),
        Def::function("atan", One, |vm, args| apply(vm, args, |z| atanh((-z.1, z.0)).map(|(a, b)| (b, -a)))),
        Def::function("atanh", One, |vm, args| apply(vm, args, atanh)),
        Def::function("cos", One, |vm, args| apply(vm, args, |z| cosh((-z.1, z.0)))),
        Def::function("cosh", One, |vm, args| apply(vm, args, cosh)),
        Def::function("exp", One, |vm, args| apply(vm, args, exp)),
        Def::function("log", Range(1, 2), log),
        Def::function("log10", One, |vm, args| apply(vm, args, |z| natural_log(z).map(|(real, imag)| (real / LN_10, imag / LN_10)))),
        Def::function("sin", One, |vm, args| apply(vm, args, |z| sinh((-z.1, z.0)).map(|(a, b)| (b, -a)))),
        Def::function("sinh", One, |vm, args| apply(vm, args, sinh)),
        Def::function("sqrt", One, |vm, args| apply(vm, args, |z| Ok(sqrt(z)))),
        Def::function("tan", One, |vm, args| apply(vm, args, |z| tanh((-z.1, z.0)).map(|(a, b)| (b, -a)))),
        Def::function("tanh", One, |vm, args| apply(vm, args, tanh)),
        Def::function("phase", One, |vm, args| {
            let z = argument(vm, args.at(vm, 0))?;
            let phase = z.1.atan2(z.0);
            // What is too small for a float is told like what is too large.
            if phase == 0.0 && z.1 != 0.0 && z.0.is_finite() {
                return Err(vm.raise(OVERFLOW_ERROR, "math range error"));
            }
            done(vm.new_float(phase))
        }),
        Def::function("polar", One, |vm, args| {
            let z = argument(vm, args.at(vm, 0))?;
            let size = f64::hypot(z.0, z.1);
            if size.is_infinite() && z.0.is_finite() && z.1.is_finite() {
                return Err(vm.raise(OVERFLOW_ERROR, "math range error"));
            }
            let pair = [vm.new_float(size), vm.new_float(z.1.atan2(z.0))];
            done(vm.new_tuple(pair))
        }),
        Def::function("rect", Range(2, 2), |vm, args| {
            let (size, phase) = (convert::real(vm, args.at(vm, 0))?, convert::real(vm, args.at(vm, 1))?);
            let result = rect(size, phase);
            finish(vm, result)
        }),
        Def::function("isfinite", One, |vm, args| test(vm, args, |z| z.0.is_finite() && z.1.is_finite())),
        Def::function("isinf", One, |vm, args| test(vm, args, |z| z.0.is_infinite() || z.1.is_infinite())),
        Def::function("isnan", One, |vm, args| test(vm, args, |z| z.0.is_nan() || z.1.is_nan())),
        Def::function("isclose", Named("a, b, *, rel_tol=1e-09, abs_tol=0.0"), is_close),
    ];
    add_functions(vm, dict, "cmath", natives);
    let constants = [("e", std::f64::consts::E), ("pi", PI), ("tau", std::f64::consts::TAU), ("inf", f64::INFINITY), ("nan", f64::NAN)];
    for (name, value) in constants {
        let value = vm.new_float(value);
        vm.dict_set_text(dict, name, value);
    }
    for (name, value) in [("infj", f64::INFINITY), ("nanj", f64::NAN)] {
        let value = new_complex(vm, (0.0, value));
        vm.dict_set_text(dict, name, value);
    }
}

fn new_complex(vm: &mut Vm, z: Complex) -> ObjRef {
    vm.heap.alloc(COMPLEX, 0, Body::Complex(Box::new(z)))
}

/// The argument as a complex number: by `__complex__`, or as a float.
fn argument(vm: &mut Vm, object: ObjRef) -> Result<Complex, Raised> {
    if let Some(Number::Complex(real, imag)) = Number::of(&vm.heap, object)
        && vm.ty(object) == COMPLEX
    {
        return Ok((real, imag));
    }
    if Number::of(&vm.heap, object).is_some_and(|number| !matches!(number, Number::Complex(..))) {
        return Ok((convert::real(vm, object)?, 0.0));
    }
    let ty = vm.ty(object);
    let name = vm.new_interned("__complex__");
    let has_method = vm.type_lookup(ty, name).is_some();
    vm.decref(name);
    if !has_method {
        return Ok((convert::real(vm, object)?, 0.0));
    }
    let made = vm.call_now(COMPLEX, &[object])?;
    let value = match Number::of(&vm.heap, made) {
        Some(Number::Complex(real, imag)) => (real, imag),
        _ => (0.0, 0.0),
    };
    vm.decref(made);
    Ok(value)
}

fn apply(vm: &mut Vm, args: Args, function: fn(Complex) -> Computed) -> Res {
    let z = argument(vm, args.at(vm, 0))?;
    finish(vm, function(z))
}

fn finish(vm: &mut Vm, result: Computed) -> Res {
    match result {
        Ok(value) => done(new_complex(vm, value)),
        Err(Wrong::Domain) => Err(vm.value_error("math domain error")),
        Err(Wrong::Range) => Err(vm.raise(OVERFLOW_ERROR, "math range error")),
    }
}

fn test(vm: &mut Vm, args: Args, holds: fn(Complex) -> bool) -> Res {
    let z = argument(vm, args.at(vm, 0))?;
    done(vm.new_bool(holds(z)))
}

fn is_close(vm: &mut Vm, args: Args) -> Res {
    let (a, b) = (argument(vm, args.at(vm, 0))?, argument(vm, args.at(vm, 1))?);
    let mut tolerances = [1e-9, 0.0];
    for (place, index) in tolerances.iter_mut().zip(2..) {
        if let Some(given) = args.get(vm, index) {
            *place = convert::real(vm, given)?;
        }
    }
    let [relative, absolute] = tolerances;
    if relative < 0.0 || absolute < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    let infinite = |z: Complex| z.0.is_infinite() || z.1.is_infinite();
    let close = if a == b {
        true
    } else if infinite(a) || infinite(b) {
        false
    } else {
        let distance = f64::hypot(a.0 - b.0, a.1 - b.1);
        let size = |z: Complex| f64::hypot(z.0, z.1);
        distance <= relative * size(b) || distance <= relative * size(a) || distance <= absolute
    };
    done(vm.new_bool(close))
}

/// `log(z, base=e)`
fn log(vm: &mut Vm, args: Args) -> Res {
    let z = argument(vm, args.at(vm, 0))?;
    let Some(base) = args.get(vm, 1) else { return finish(vm, natural_log(z)) };
    let base = argument(vm, base)?;
    match (natural_log(z), natural_log(base)) {
        (Ok(top), Ok(bottom)) => match crate::num::complex::div(top, bottom) {
            Ok(value) => finish(vm, Ok(value)),
            Err(_) => finish(vm, Err(Wrong::Domain)),
        },
        _ => finish(vm, Err(Wrong::Domain)),
    }
}

// ── the functions ───────────────────────────────────────────────────────────────────────────────────────────────────

fn is_special(z: Complex) -> bool {
    !z.0.is_finite() || !z.1.is_finite()
}

fn sqrt((x, y): Complex) -> Complex {
    if is_special((x, y)) {
        return special::sqrt((x, y));
    }
    if x == 0.0 && y == 0.0 {
        return (0.0, y);
    }
    let (mut ax, mut ay) = (x.abs(), y.abs());
    let root = if ax < SMALLEST && ay < SMALLEST && (ax > 0.0 || ay > 0.0) {
        // Denormal numbers are scaled up, so that no digits get lost.
        const SCALE_UP: i32 = 53;
        const SCALE_DOWN: i32 = -(SCALE_UP + 1) / 2;
        ax = libm::ldexp(ax, SCALE_UP);
        libm::ldexp((ax + f64::hypot(ax, libm::ldexp(ay, SCALE_UP))).sqrt(), SCALE_DOWN)
    } else {
        ax /= 8.0;
        2.0 * (ax + f64::hypot(ax, ay / 8.0)).sqrt()
    };
    ay /= 2.0 * root;
    if x >= 0.0 { (root, ay.copysign(y)) } else { (ay, root.copysign(y)) }
}

fn acos(z: Complex) -> Computed {
    if is_special(z) {
        return Ok(special::acos(z));
    }
    let (x, y) = z;
    if x.abs() > LARGE || y.abs() > LARGE {
        let real = y.abs().atan2(x);
        let size = f64::hypot(x / 2.0, y / 2.0).ln() + LN_2 * 2.0;
        // The imaginary part has the sign opposite to that of the argument's.
        return Ok((real, if x < 0.0 { -size.copysign(y) } else { size.copysign(-y) }));
    }
    let (s1, s2) = (sqrt((1.0 - x, -y)), sqrt((1.0 + x, y)));
    Ok((2.0 * s1.0.atan2(s2.0), asinh_of_real(s2.0 * s1.1 - s2.1 * s1.0)))
}

fn acosh(z: Complex) -> Computed {
    if is_special(z) {
        return Ok(special::acosh(z));
    }
    let (x, y) = z;
    if x.abs() > LARGE || y.abs() > LARGE {
        return Ok((f64::hypot(x / 2.0, y / 2.0).ln() + LN_2 * 2.0, y.atan2(x)));
    }
    let (s1, s2) = (sqrt((x - 1.0, y)), sqrt((x + 1.0, y)));
    Ok((asinh_of_real(s1.0 * s2.0 + s1.1 * s2.1), 2.0 * s1.1.atan2(s2.0)))
}

fn asinh(z: Complex) -> Computed {
    if is_special(z) {
        return Ok(special::asinh(z));
    }
    let (x, y) = z;
    if x.abs() > LARGE || y.abs() > LARGE {
        let size = f64::hypot(x / 2.0, y / 2.0).ln() + LN_2 * 2.0;
        return Ok((if y < 0.0 { size.copysign(x) } else { -size.copysign(-x) }, y.atan2(x.abs())));
    }
    let (s1, s2) = (sqrt((1.0 + y, -x)), sqrt((1.0 - y, x)));
    Ok((asinh_of_real(s1.0 * s2.1 - s2.0 * s1.1), y.atan2(s1.0 * s2.0 - s1.1 * s2.1)))
}

fn atanh(z: Complex) -> Computed {
    if is_special(z) {
        return Ok(special::atanh(z));
    }
    let (x, y) = z;
    if x < 0.0 || x == 0.0 && x.is_sign_negative() {
        return atanh((-x, -y)).map(|(real, imag)| (-real, -imag));
    }
    let ay = y.abs();
    let root_of_large = LARGE.sqrt();
    if x > root_of_large || ay > root_of_large {
        let h = f64::hypot(x / 2.0, y / 2.0);
        return Ok((x / 4.0 / h / h, -FRAC_PI_2.copysign(-y)));
    }
    if x == 1.0 && ay < SMALLEST.sqrt() {
        if ay == 0.0 {
            return Err(Wrong::Domain);
        }
        return Ok((-(ay.sqrt() / f64::hypot(ay, 2.0).sqrt()).ln(), (2f64.atan2(-ay) / 2.0).copysign(y)));
    }
    let real = f64::ln_1p(4.0 * x / ((1.0 - x) * (1.0 - x) + ay * ay)) / 4.0;
    let imag = -(-2.0 * y).atan2((1.0 - x) * (1.0 + x) - ay * ay) / 2.0;
    Ok((real, imag))
}

/// An overflow of a function of finite numbers.
fn bounded(value: Complex) -> Computed {
    if value.0.is_infinite() || value.1.is_infinite() { Err(Wrong::Range) } else { Ok(value) }
}

fn exp(z: Complex) -> Computed {
    let (x, y) = z;
    if is_special(z) {
        let value = special::exp(z);
        // An infinite angle has no direction, unless the size is zero.
        let wrong = y.is_infinite() && (x.is_finite() || x == f64::INFINITY);
        return if wrong { Err(Wrong::Domain) } else { Ok(value) };
    }
    if x > LOG_LARGE {
        let size = (x - 1.0).exp();
        return bounded((size * y.cos() * std::f64::consts::E, size * y.sin() * std::f64::consts::E));
    }
    let size = x.exp();
    bounded((size * y.cos(), size * y.sin()))
}

fn cosh(z: Complex) -> Computed {
    let (x, y) = z;
    if is_special(z) {
        let value = special::cosh(z);
        return if y.is_infinite() && !x.is_nan() { Err(Wrong::Domain) } else { Ok(value) };
    }
    if x.abs() > LOG_LARGE {
        let rest = x - 1f64.copysign(x);
        return bounded((y.cos() * rest.cosh() * std::f64::consts::E, y.sin() * rest.sinh() * std::f64::consts::E));
    }
    bounded((y.cos() * f64::cosh(x), y.sin() * f64::sinh(x)))
}

fn sinh(z: Complex) -> Computed {
    let (x, y) = z;
    if is_special(z) {
        let value = special::sinh(z);
        return if y.is_infinite() && !x.is_nan() { Err(Wrong::Domain) } else { Ok(value) };
    }
    if x.abs() > LOG_LARGE {
        let rest = x - 1f64.copysign(x);
        return bounded((y.cos() * rest.sinh() * std::f64::consts::E, y.sin() * rest.cosh() * std::f64::consts::E));
    }
    bounded((y.cos() * f64::sinh(x), y.sin() * f64::cosh(x)))
}

fn tanh(z: Complex) -> Computed {
    let (x, y) = z;
    if is_special(z) {
        let value = special::tanh(z);
        return if y.is_infinite() && x.is_finite() { Err(Wrong::Domain) } else { Ok(value) };
    }
    if x.abs() > LOG_LARGE {
        return Ok((1f64.copysign(x), 4.0 * y.sin() * y.cos() * (-2.0 * x.abs()).exp()));
    }
    let (tx, ty, cx) = (f64::tanh(x), y.tan(), 1.0 / f64::cosh(x));
    let txty = tx * ty;
    let denominator = 1.0 + txty * txty;
    Ok((tx * (1.0 + ty * ty) / denominator, ty / denominator * cx * cx))
}

fn natural_log(z: Complex) -> Computed {
    let (x, y) = z;
    if is_special(z) {
        return Ok(special::log(z));
    }
    let (ax, ay) = (x.abs(), y.abs());
    let real = if ax > LARGE || ay > LARGE {
        f64::hypot(ax / 2.0, ay / 2.0).ln() + LN_2
    } else if ax < SMALLEST && ay < SMALLEST {
        if ax == 0.0 && ay == 0.0 {
            return Err(Wrong::Domain);
        }
        f64::hypot(libm::ldexp(ax, 53), libm::ldexp(ay, 53)).ln() - 53.0 * LN_2
    } else {
        let size = f64::hypot(ax, ay);
        if (0.71..=1.73).contains(&size) {
            let (large, small) = if ax > ay { (ax, ay) } else { (ay, ax) };
            f64::ln_1p((large - 1.0) * (large + 1.0) + small * small) / 2.0
        } else {
            size.ln()
        }
    };
    Ok((real, y.atan2(x)))
}

fn rect(size: f64, phase: f64) -> Computed {
    if !size.is_finite() || !phase.is_finite() {
        if size.is_infinite() && phase.is_finite() && phase != 0.0 {
            let direction = (f64::INFINITY.copysign(phase.cos()), f64::INFINITY.copysign(phase.sin()));
            return Ok(if size > 0.0 { direction } else { (-direction.0, -direction.1) });
        }
        let value = special::rect(size, phase);
        return if size != 0.0 && !size.is_nan() && phase.is_infinite() { Err(Wrong::Domain) } else { Ok(value) };
    }
    if phase == 0.0 {
        return Ok((size, size * phase));
    }
    Ok((size * phase.cos(), size * phase.sin()))
}
