//! Complex functions of what is infinite or no number, after annex G of the C standard.
//!
//! Only arguments with such a part come here. `sqrt(complex(-inf, 2))` is `0 + inf j`.

use std::f64::consts::FRAC_PI_2;

use super::Complex;

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

/// The phase of an infinite number.
fn direction((x, y): Complex) -> f64 {
    if x.is_nan() || y.is_nan() { NAN } else { y.atan2(x) }
}

pub fn sqrt((x, y): Complex) -> Complex {
    if y.is_infinite() {
        return (INF, y);
    }
    if x == INF {
        return (INF, if y.is_nan() { y } else { 0f64.copysign(y) });
    }
    if x == -INF {
        return if y.is_nan() { (NAN, INF) } else { (0.0, INF.copysign(y)) };
    }
    (NAN, NAN)
}

pub fn acos((x, y): Complex) -> Complex {
    if x.is_infinite() || y.is_infinite() {
        let imag = if y.is_nan() { INF } else { -INF.copysign(y) };
        if x.is_nan() {
            return (NAN, imag);
        }
        if y.is_nan() {
            return (NAN, INF);
        }
        return (y.abs().atan2(x), imag);
    }
    if x == 0.0 && y.is_nan() {
        return (FRAC_PI_2, NAN);
    }
    (NAN, NAN)
}

pub fn acosh((x, y): Complex) -> Complex {
    if x.is_infinite() || y.is_infinite() {
        return (INF, direction((x, y)));
    }
    (NAN, NAN)
}

pub fn asinh((x, y): Complex) -> Complex {
    if x.is_infinite() {
        return (x, if y.is_nan() { NAN } else { y.atan2(x.abs()) });
    }
    if y.is_infinite() {
        return if x.is_nan() { (INF, NAN) } else { (INF.copysign(x), FRAC_PI_2.copysign(y)) };
    }
    if x.is_nan() && y == 0.0 {
        return (NAN, y);
    }
    (NAN, NAN)
}

pub fn atanh((x, y): Complex) -> Complex {
    if y.is_infinite() {
        return (if x.is_nan() { 0.0 } else { 0f64.copysign(x) }, FRAC_PI_2.copysign(y));
    }
    if x.is_infinite() {
        return (0f64.copysign(x), if y.is_nan() { NAN } else { FRAC_PI_2.copysign(y) });
    }
    if x == 0.0 && y.is_nan() {
        return (x, NAN);
    }
    (NAN, NAN)
}

pub fn exp((x, y): Complex) -> Complex {
    if x.is_infinite() && y.is_finite() {
        if y == 0.0 {
            return (if x > 0.0 { INF } else { 0.0 }, y);
        }
        let size = if x > 0.0 { INF } else { 0.0 };
        return (size.copysign(y.cos()), size.copysign(y.sin()));
    }
    if x == -INF {
        return (0.0, 0.0);
    }
    if x == INF {
        return (INF, NAN);
    }
    if x.is_nan() && y == 0.0 {
        return (NAN, y);
    }
    (NAN, NAN)
}

pub fn cosh((x, y): Complex) -> Complex {
    if x.is_infinite() && y.is_finite() {
        if y == 0.0 {
            return (INF, if x > 0.0 { y } else { -y });
        }
        let imag = INF.copysign(y.sin());
        return (INF.copysign(y.cos()), if x > 0.0 { imag } else { -imag });
    }
    if x.is_infinite() {
        return (INF, NAN);
    }
    if x == 0.0 {
        return (NAN, if y.is_nan() { 0.0 } else { 0f64.copysign(x) });
    }
    if x.is_nan() && y == 0.0 {
        return (NAN, 0.0);
    }
    (NAN, NAN)
}

pub fn sinh((x, y): Complex) -> Complex {
    if x.is_infinite() && y.is_finite() {
        if y == 0.0 {
            return (x, y);
        }
        let real = INF.copysign(y.cos());
        return (if x > 0.0 { real } else { -real }, INF.copysign(y.sin()));
    }
    if x.is_infinite() {
        return (x.abs(), NAN);
    }
    if x == 0.0 {
        return (0.0, NAN);
    }
    if x.is_nan() && y == 0.0 {
        return (NAN, y);
    }
    (NAN, NAN)
}

pub fn tanh((x, y): Complex) -> Complex {
    if x.is_infinite() {
        let real = 1f64.copysign(x);
        if y.is_finite() && y != 0.0 {
            return (real, 0f64.copysign(2.0 * y.sin() * y.cos()));
        }
        return (real, if y.is_nan() || y.is_infinite() { 0.0 } else { y });
    }
    if x.is_nan() && y == 0.0 {
        return (NAN, y);
    }
    (NAN, NAN)
}

pub fn log((x, y): Complex) -> Complex {
    if x.is_infinite() || y.is_infinite() {
        return (INF, direction((x, y)));
    }
    (NAN, NAN)
}

/// `rect` of a size and a phase of which one is infinite or no number.
pub fn rect(size: f64, phase: f64) -> Complex {
    if size.is_infinite() {
        return if phase == 0.0 { (size, if size > 0.0 { phase } else { -phase }) } else { (INF, NAN) };
    }
    if size == 0.0 {
        return (0.0, 0.0);
    }
    if size.is_nan() && phase == 0.0 {
        return (NAN, 0.0);
    }
    (NAN, NAN)
}
