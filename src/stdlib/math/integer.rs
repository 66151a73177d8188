//! Functions of integers of any size.
//!
//! `math.comb(5, 2)` is 10, `math.gcd(12, 18, 27)` is 3. Products are built by halves, so that large factors meet late.

use num_bigint::{BigInt, Sign};
use num_traits::{One as _, Zero};

use crate::{
    builtins::convert,
    num::int_math,
    objects::core_types::OVERFLOW_ERROR,
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Any, One, Range};
    vec![
        NativeDef::function("comb", Range(2, 2), comb),
        NativeDef::function("perm", Range(1, 2), perm),
        NativeDef::function("factorial", One, factorial),
        NativeDef::function("isqrt", One, isqrt),
        NativeDef::function("gcd", Any, |vm, args| folded(vm, args, "gcd", BigInt::zero(), int_math::gcd)),
        NativeDef::function("lcm", Any, |vm, args| folded(vm, args, "lcm", BigInt::one(), int_math::lcm)),
    ]
}

/// The product of `first, first + 1, …, last`.
fn product(first: &BigInt, last: &BigInt) -> BigInt {
    if first > last {
        return BigInt::one();
    }
    let count = last - first;
    if count < BigInt::from(8) {
        let (mut result, mut factor) = (first.clone(), first.clone());
        while &factor < last {
            factor += 1;
            result *= &factor;
        }
        return result;
    }
    let middle = first + (count >> 1u8);
    product(first, &middle) * product(&(&middle + 1u8), last)
}

/// The arguments `n` and `k`, neither negative; `k` must be small enough to count to.
fn n_and_k(vm: &mut Vm, n: BigInt, k: BigInt, min_with_rest: bool) -> Result<Option<(BigInt, BigInt)>, Raised> {
    if n.sign() == Sign::Minus {
        return Err(vm.value_error("n must be a non-negative integer"));
    }
    if k.sign() == Sign::Minus {
        return Err(vm.value_error("k must be a non-negative integer"));
    }
    if k > n {
        return Ok(None);
    }
    let k = if min_with_rest { (&n - &k).min(k) } else { k };
    if i64::try_from(&k).is_err() {
        let name = if min_with_rest { "min(n - k, k)" } else { "k" };
        return Err(vm.raise(OVERFLOW_ERROR, format!("{name} must not exceed {}", i64::MAX)));
    }
    Ok(Some((n, k)))
}

fn comb(vm: &mut Vm, args: Args) -> Res {
    let n = convert::big(vm, args.at(vm, 0))?;
    let k = convert::big(vm, args.at(vm, 1))?;
    let result = match n_and_k(vm, n, k, true)? {
        Some((n, k)) => product(&(&n - &k + 1u8), &n) / product(&BigInt::one(), &k),
        None => BigInt::zero(),
    };
    done(vm.new_big_int(result))
}

fn perm(vm: &mut Vm, args: Args) -> Res {
    let Some(k) = args.given(vm, 1) else { return factorial(vm, args) };
    let n = convert::big(vm, args.at(vm, 0))?;
    let k = convert::big(vm, k)?;
    let result = match n_and_k(vm, n, k, false)? {
        Some((n, k)) => product(&(&n - &k + 1u8), &n),
        None => BigInt::zero(),
    };
    done(vm.new_big_int(result))
}

fn factorial(vm: &mut Vm, args: Args) -> Res {
    match convert::limited(vm, args.at(vm, 0))? {
        Err(false) => Err(vm.raise(OVERFLOW_ERROR, format!("factorial() argument should not exceed {}", i64::MAX))),
        Ok(n) if n >= 0 => {
            let result = product(&BigInt::one(), &BigInt::from(n));
            done(vm.new_big_int(result))
        }
        _ => Err(vm.value_error("factorial() not defined for negative values")),
    }
}

fn isqrt(vm: &mut Vm, args: Args) -> Res {
    let n = convert::big(vm, args.at(vm, 0))?;
    convert::int_result(vm, int_math::isqrt(&n))
}

fn folded(vm: &mut Vm, args: Args, name: &str, start: BigInt, fold: fn(&BigInt, &BigInt) -> BigInt) -> Res {
    if args.kwnames.is_some() {
        return Err(vm.type_error(format!("math.{name}() takes no keyword arguments")));
    }
    let mut result = start;
    for object in args.from(vm, 0) {
        let value = convert::big(vm, object)?;
        result = fold(&result, &value);
    }
    done(vm.new_big_int(result))
}
