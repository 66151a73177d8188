//! The gamma function and its logarithm by Lanczos' approximation, the error function, the inverse hyperbolic functions.
//!
//! CPython computes gamma itself with the 13-term rational form of N. Godfrey's and J. Maddock's coefficients, so that results
//! are the same on every platform; the others are the C library's. `math.gamma(5)` is 24.0.

use std::f64::consts::{LN_2, PI};

use super::real::{domain_error, function, range_error};
use crate::{
    builtins::convert,
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::One;
    vec![
        NativeDef::function("acosh", One, |vm, args| function(vm, args, acosh, false)),
        NativeDef::function("asinh", One, |vm, args| function(vm, args, asinh, false)),
        NativeDef::function("atanh", One, |vm, args| function(vm, args, atanh, false)),
        NativeDef::function("erf", One, |vm, args| function(vm, args, libm::erf, false)),
        NativeDef::function("erfc", One, |vm, args| function(vm, args, libm::erfc, false)),
        NativeDef::function("gamma", One, gamma),
        NativeDef::function("lgamma", One, lgamma),
    ]
}

fn acosh(x: f64) -> f64 {
    if x < 1.0 {
        f64::NAN
    } else if x >= 2f64.powi(28) {
        if x.is_finite() { x.ln() + LN_2 } else { x }
    } else if x == 1.0 {
        0.0
    } else if x > 2.0 {
        let square = x * x;
        (2.0 * x - 1.0 / (x + (square - 1.0).sqrt())).ln()
    } else {
        let above = x - 1.0;
        (above + (2.0 * above + above * above).sqrt()).ln_1p()
    }
}

pub fn asinh(x: f64) -> f64 {
    let size = x.abs();
    if !x.is_finite() || size < 2f64.powi(-28) {
        return x;
    }
    let result = if size > 2f64.powi(28) {
        size.ln() + LN_2
    } else if size > 2.0 {
        (2.0 * size + 1.0 / ((x * x + 1.0).sqrt() + size)).ln()
    } else {
        let square = x * x;
        (size + square / (1.0 + (1.0 + square).sqrt())).ln_1p()
    };
    result.copysign(x)
}

fn atanh(x: f64) -> f64 {
    let size = x.abs();
    if size > 1.0 {
        return f64::NAN;
    }
    if size < 2f64.powi(-28) {
        return x;
    }
    let twice = size + size;
    let result = if size < 0.5 { 0.5 * (twice + twice * size / (1.0 - size)).ln_1p() } else { 0.5 * (twice / (1.0 - size)).ln_1p() };
    result.copysign(x)
}

// ── gamma ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[allow(clippy::excessive_precision)] // as published
const LANCZOS_G: f64 = 6.024680040776729583740234375;
#[allow(clippy::excessive_precision)]
const G_MINUS_HALF: f64 = 5.524680040776729583740234375;

/// Numerator and denominator of the rational function, lowest power first.
#[allow(clippy::excessive_precision)]
const TERMS: [(f64, f64); 13] = [
    (23531376880.410759688572007674451636754734846804940, 0.0),
    (42919803642.649098768957899047001988850926355848959, 39916800.0),
    (35711959237.355668049440185451547166705960488635843, 120543840.0),
    (17921034426.037209699919755754458931112671403265390, 150917976.0),
    (6039542586.3520280050642916443072979210699388420708, 105258076.0),
    (1439720407.3117216736632230727949123939715485786372, 45995730.0),
    (248874557.86205415651146038641322942321632125127801, 13339535.0),
    (31426415.585400194380614231628318205362874684987640, 2637558.0),
    (2876370.6289353724412254090516208496135991145378768, 357423.0),
    (186056.26539522349504029498971604569928220784236328, 32670.0),
    (8071.6720023658162106380029022722506138218516325024, 1925.0),
    (210.82427775157934587250973392071336271166969580291, 66.0),
    (2.5066282746310002701649081771338373386264310793408, 1.0),
];

/// The Lanczos sum at `x > 0`: in powers of `1/x` for large `x`, so that nothing overflows.
fn lanczos_sum(x: f64) -> f64 {
    let (mut over, mut under) = (0.0, 0.0);
    if x < 5.0 {
        for (a, b) in TERMS.iter().rev() {
            over = over * x + a;
            under = under * x + b;
        }
    } else {
        for (a, b) in TERMS {
            over = over / x + a;
            under = under / x + b;
        }
    }
    over / under
}

/// `sin(pi * x)` without the error of `pi * x`.
fn sin_pi(x: f64) -> f64 {
    let rest = x.abs() % 2.0;
    let quarter = (2.0 * rest).round() as i64;
    let value = match quarter {
        0 => (PI * rest).sin(),
        1 => (PI * (rest - 0.5)).cos(),
        2 => (PI * (1.0 - rest)).sin(),
        3 => -(PI * (rest - 1.5)).cos(),
        _ => (PI * (rest - 2.0)).sin(),
    };
    1f64.copysign(x) * value
}

fn gamma(vm: &mut Vm, args: Args) -> Res {
    let x = convert::real(vm, args.at(vm, 0))?;
    if !x.is_finite() {
        if x == f64::NEG_INFINITY {
            return Err(domain_error(vm));
        }
        return done(vm.new_float(x));
    }
    if x == 0.0 || x < 0.0 && x == x.floor() {
        return Err(domain_error(vm));
    }
    let result = gamma_of(x);
    if result.is_infinite() {
        return Err(range_error(vm));
    }
    done(vm.new_float(result))
}

/// Gamma of a finite number that is no pole.
fn gamma_of(x: f64) -> f64 {
    if x == x.floor() && (1.0..=23.0).contains(&x) {
        return (1..x as u64).map(|factor| factor as f64).product();
    }
    let size = x.abs();
    if size < 1e-20 {
        return 1.0 / x;
    }
    if size > 200.0 {
        return if x < 0.0 { 0.0 / sin_pi(x) } else { f64::INFINITY };
    }
    let y = size + G_MINUS_HALF;
    // What rounding lost in y is put back to first order.
    let lost = if size > G_MINUS_HALF { (y - size) - G_MINUS_HALF } else { (y - G_MINUS_HALF) - size };
    let z = lost * LANCZOS_G / y;
    let mut result;
    if x < 0.0 {
        result = -PI / sin_pi(size) / size * y.exp() / lanczos_sum(size);
        result -= z * result;
        if size < 140.0 {
            result /= y.powf(size - 0.5);
        } else {
            let root = y.powf(size / 2.0 - 0.25);
            result /= root;
            result /= root;
        }
    } else {
        result = lanczos_sum(size) / y.exp();
        result += z * result;
        if size < 140.0 {
            result *= y.powf(size - 0.5);
        } else {
            let root = y.powf(size / 2.0 - 0.25);
            result *= root;
            result *= root;
        }
    }
    result
}

fn lgamma(vm: &mut Vm, args: Args) -> Res {
    let x = convert::real(vm, args.at(vm, 0))?;
    if !x.is_finite() {
        return done(vm.new_float(x.abs()));
    }
    if x == x.floor() && x <= 2.0 {
        if x <= 0.0 {
            return Err(domain_error(vm));
        }
        return done(vm.new_float(0.0));
    }
    let size = x.abs();
    if size < 1e-20 {
        return done(vm.new_float(-size.ln()));
    }
    let mut result = lanczos_sum(size).ln() - LANCZOS_G;
    result += (size - 0.5) * ((size + LANCZOS_G - 0.5).ln() - 1.0);
    if x < 0.0 {
        // Reflection, with log(pi) rounded as C has it.
        #[allow(clippy::excessive_precision)]
        const LOG_PI: f64 = 1.144729885849400174143427351353058711647;
        result = LOG_PI - sin_pi(size).abs().ln() - size.ln() - result;
    }
    if result.is_infinite() {
        return Err(range_error(vm));
    }
    done(vm.new_float(result))
}
