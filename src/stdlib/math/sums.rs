//! Sums and products over many numbers: `fsum`, `prod`, `dist`, `hypot`.
//!
//! Sums are computed exactly, as one big integer in units of the smallest float, and rounded once:
//! `math.fsum([0.1] * 10)` is 1.0. CPython's own methods give the correctly rounded result too.

use num_bigint::{BigInt, Sign};

use crate::{
    builtins::{convert, functions::numbers::fold},
    heap::ObjRef,
    num::{int_float, int_math},
    objects::core_types::*,
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        protocol::{arith, consume::Sink},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Any, Named, One, Range};
    vec![
        NativeDef::function("fsum", One, |vm, args| vm.consume(args.at(vm, 0), ExactSum::default())),
        NativeDef::function("prod", Named("iterable, /, *, start=1"), |vm, args| {
            let (iterable, start) = (args.at(vm, 0), args.get(vm, 1));
            fold(vm, arith::MULTIPLY, iterable, start)
        }),
        NativeDef::function("dist", Range(2, 2), dist),
        NativeDef::function("hypot", Any, hypot),
    ]
}

/// The smallest positive float is `2**-1074`.
const UNIT: i64 = -1074;

/// A finite float in units of `2**-1074`.
fn in_units(x: f64) -> BigInt {
    let (mantissa, exponent) = int_float::float_parts(x.abs());
    let value = BigInt::from(mantissa) << (exponent - UNIT);
    if x < 0.0 { -value } else { value }
}

/// `value * 2**exponent` rounded to the nearest float; nothing if too large.
fn rounded(value: &BigInt, exponent: i64) -> Option<f64> {
    let bits = value.bits() as i64;
    let shift = (bits - 64).max(0);
    let size = value.magnitude();
    let mut top = u64::try_from(size >> shift).ok()?;
    if shift > 0 && size.trailing_zeros().is_some_and(|zeros| (zeros as i64) < shift) {
        top |= 1;
    }
    let result = int_float::round_to_float(top, exponent + shift)?;
    Some(if value.sign() == Sign::Minus { -result } else { result })
}

/// `math.fsum`
#[derive(Clone, Default)]
struct ExactSum {
    finite: BigInt,
    /// The sum of infinities and nans.
    special: f64,
    infinities: f64,
}

impl Sink for ExactSum {
    fn name(&self) -> &'static str {
        "fsum"
    }

    fn item(&mut self, vm: &mut Vm, item: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let x = convert::real(vm, item);
        vm.decref(item);
        let x = x?;
        if x.is_finite() {
            self.finite += in_units(x);
        } else {
            self.special += x;
            if x.is_infinite() {
                self.infinities += x;
            }
        }
        Ok(None)
    }

    fn finish(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        if self.special != 0.0 {
            if self.infinities.is_nan() {
                return Err(vm.value_error("-inf + inf in fsum"));
            }
            return Ok(vm.new_float(self.special));
        }
        match rounded(&self.finite, UNIT) {
            Some(sum) => Ok(vm.new_float(sum)),
            None => Err(vm.raise(OVERFLOW_ERROR, "intermediate overflow in fsum")),
        }
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

/// The square root of the sum of squares, rounded once.
fn norm(values: &[f64]) -> f64 {
    if values.iter().any(|x| x.is_infinite()) {
        return f64::INFINITY;
    }
    if values.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    let largest = values.iter().fold(0.0, |largest: f64, x| largest.max(x.abs()));
    if values.len() <= 1 || largest == 0.0 {
        return largest;
    }
    let sum: BigInt = values.iter().map(|&x| in_units(x).pow(2)).sum();
    // A root of at least 64 bits; what is cut off is remembered in its last bit.
    let shift = (133 - sum.bits() as i64).max(0) / 2 * 2;
    let square = sum << shift;
    let Ok(root) = int_math::isqrt(&square) else { return f64::NAN };
    let exact = &root * &root == square;
    let root = if exact { root } else { (root << 1u8) + 1u8 };
    let exponent = UNIT - shift / 2 - i64::from(!exact);
    rounded(&root, exponent).unwrap_or(f64::INFINITY)
}

fn hypot(vm: &mut Vm, args: Args) -> Res {
    if args.kwnames.is_some() {
        return Err(vm.type_error("math.hypot() takes no keyword arguments"));
    }
    let mut values = Vec::with_capacity(args.n);
    for object in args.from(vm, 0) {
        values.push(convert::real(vm, object)?);
    }
    done(vm.new_float(norm(&values)))
}

/// The distance of two points: any iterables, taken on the Rust stack. Coordinates become floats pair by pair.
fn dist(vm: &mut Vm, args: Args) -> Res {
    let p = vm.collect_now(args.at(vm, 0))?;
    let q = match vm.collect_now(args.at(vm, 1)) {
        Ok(q) => q,
        Err(raised) => {
            vm.decref_all(p);
            return Err(raised);
        }
    };
    if p.len() != q.len() {
        vm.decref_all(p);
        vm.decref_all(q);
        return Err(vm.value_error("both points must have the same number of dimensions"));
    }
    let mut differences = Vec::with_capacity(p.len());
    let mut failure = None;
    for (&x, &y) in p.iter().zip(&q) {
        match convert::real(vm, x).and_then(|x| Ok(x - convert::real(vm, y)?)) {
            Ok(difference) => differences.push(difference),
            Err(raised) => {
                failure = Some(raised);
                break;
            }
        }
    }
    vm.decref_all(p);
    vm.decref_all(q);
    match failure {
        Some(raised) => Err(raised),
        None => done(vm.new_float(norm(&differences))),
    }
}
