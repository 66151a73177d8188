//! `math`: functions of real numbers, and of integers of any size.
//!
//! ```text
//!   math/real.rs       one or two floats → a float: sqrt, log, atan2, …, with CPython's domain and range errors
//!   math/special.rs    gamma, lgamma, erf and the hyperbolic inverses
//!   math/integer.rs    comb, perm, gcd, lcm, isqrt, factorial
//!   math/sums.rs       fsum, prod, dist, hypot
//! ```
//!
//! Counterpart in CPython 3.11: `Modules/mathmodule.c`. `math.isqrt(10**30)` is exact.

mod integer;
mod real;
pub mod special;
mod sums;

use crate::{heap::ObjRef, vm::Vm};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    let mut natives = real::natives();
    natives.extend(special::natives());
    natives.extend(integer::natives());
    natives.extend(sums::natives());
    super::add_functions(vm, dict, "math", natives);
    let constants = [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ];
    for (name, value) in constants {
        let value = vm.new_float(value);
        vm.dict_set_text(dict, name, value);
    }
}
