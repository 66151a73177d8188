//! The special methods that int, float and complex share: `int.__add__`, `float.__rsub__`, `complex.__eq__`.
//!
//! A number's method answers for operands of its own kind or a narrower one, else it returns NotImplemented:
//! `(1).__add__(2.5)` is NotImplemented, `(2.5).__radd__(1)` is 3.5.
//! Counterpart in CPython 3.11: the slot wrappers of `long_as_number` and its siblings.

use num_traits::Zero;

use super::new::plain;
use crate::{
    builtins::convert,
    heap::ObjRef,
    num::{hash as hashes, int_math},
    objects::{Objects, core_types::*, equality::Number, int::to_big_int},
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature},
        protocol::{arith, compare},
        raised::done,
    },
};

/// See [`Number::level`]; what is no number is above all.
fn level(vm: &Vm, object: ObjRef) -> u8 {
    Number::level(&vm.heap, object).unwrap_or(3)
}

fn not_implemented(vm: &mut Vm) -> Res {
    done(vm.own(NOT_IMPLEMENTED))
}

fn forward<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    binary(vm, OP, this, other, false)
}

fn reflected<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    binary(vm, OP, this, other, true)
}

fn binary(vm: &mut Vm, op: u32, this: ObjRef, other: ObjRef, reflected: bool) -> Res {
    if level(vm, other) > level(vm, this) {
        return not_implemented(vm);
    }
    let (a, b) = if reflected { (other, this) } else { (this, other) };
    match vm.number_op(op, a, b)? {
        Some(value) => done(value),
        None => not_implemented(vm),
    }
}

fn divmod(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    divmod_of(vm, this, other, false)
}

fn rdivmod(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    divmod_of(vm, this, other, true)
}

fn divmod_of(vm: &mut Vm, this: ObjRef, other: ObjRef, reflected: bool) -> Res {
    if level(vm, other) > level(vm, this) {
        return not_implemented(vm);
    }
    let (a, b) = if reflected { (other, this) } else { (this, other) };
    match vm.divmod_builtin(a, b)? {
        Some(value) => done(value),
        None => not_implemented(vm),
    }
}

fn pow(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    pow_of(vm, this, other, args.given(vm, 2), false)
}

fn rpow(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    pow_of(vm, this, other, args.given(vm, 2), true)
}

fn pow_of(vm: &mut Vm, this: ObjRef, other: ObjRef, modulus: Option<ObjRef>, reflected: bool) -> Res {
    let Some(modulus) = modulus else { return binary(vm, arith::POWER, this, other, reflected) };
    let own = level(vm, this);
    if own == 1 {
        return Err(vm.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
    }
    if level(vm, other) > own || own == 0 && level(vm, modulus) > own {
        return not_implemented(vm);
    }
    match own {
        0 => {
            let (a, b) = if reflected { (other, this) } else { (this, other) };
            let [a, b, modulus] = [a, b, modulus].map(|object| to_big_int(&vm.heap, object));
            convert::int_result(vm, int_math::pow_mod(&a, &b, &modulus))
        }
        _ => Err(vm.value_error("complex modulo")),
    }
}

fn negative(vm: &mut Vm, args: Args) -> Res {
    let value = vm.negative_builtin(args.at(vm, 0))?;
    done(value.expect("a number"))
}

fn positive(vm: &mut Vm, args: Args) -> Res {
    let value = vm.positive_builtin(args.at(vm, 0))?;
    done(value.expect("a number"))
}

fn absolute(vm: &mut Vm, args: Args) -> Res {
    let value = vm.abs_builtin(args.at(vm, 0))?;
    done(value.expect("a number"))
}

fn invert(vm: &mut Vm, args: Args) -> Res {
    let value = vm.invert_builtin(args.at(vm, 0))?;
    done(value.expect("an int"))
}

fn truth(vm: &mut Vm, args: Args) -> Res {
    let truth = match Number::of(&vm.heap, args.at(vm, 0)) {
        Some(Number::Int(value)) => value != 0,
        Some(Number::BigInt(value)) => !value.is_zero(),
        Some(Number::Float(value)) => value != 0.0,
        Some(Number::Complex(real, imag)) => real != 0.0 || imag != 0.0,
        None => true,
    };
    done(vm.new_bool(truth))
}

fn compared<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    if level(vm, other) > level(vm, this) {
        return not_implemented(vm);
    }
    vm.compare_method(this, other, OP)
}

fn hash(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let part = |vm: &Vm, value: f64| hashes::hash_float(value).unwrap_or_else(|| vm.address_hash(this));
    let hash = match Number::of(&vm.heap, this) {
        Some(Number::Int(value)) => hashes::hash_i64(value),
        Some(Number::BigInt(value)) => hashes::hash_int(value),
        Some(Number::Float(value)) => part(vm, value),
        Some(Number::Complex(real, imag)) => hashes::hash_complex(part(vm, real), part(vm, imag)),
        None => 0,
    };
    done(vm.new_int(hash))
}

/// `int.__getnewargs__`, `float.__getnewargs__`
pub fn getnewargs(vm: &mut Vm, args: Args) -> Res {
    let value = plain(vm, args.at(vm, 0));
    done(vm.new_tuple([value]))
}

/// The value as an object of the exact type: `conjugate`, `real`, `__trunc__` of ints.
pub fn itself(vm: &mut Vm, args: Args) -> Res {
    done(plain(vm, args.at(vm, 0)))
}

/// `int.__format__` and its siblings, of str too.
pub fn format(vm: &mut Vm, args: Args) -> Res {
    let (this, spec) = (args.at(vm, 0), args.at(vm, 1));
    if vm.heap.str(spec).is_none() {
        let name = convert::none_or_type_name(vm, spec);
        return Err(vm.type_error(format!("__format__() argument must be str, not {name}")));
    }
    vm.format_builtin(this, spec)
}

/// What all three types have.
pub fn natives() -> Vec<NativeDef> {
    use Signature::{None, One, Range};
    use arith::*;
    vec![
        NativeDef::wrapper("__add__", One, forward::<ADD>),
        NativeDef::wrapper("__radd__", One, reflected::<ADD>),
        NativeDef::wrapper("__sub__", One, forward::<SUBTRACT>),
        NativeDef::wrapper("__rsub__", One, reflected::<SUBTRACT>),
        NativeDef::wrapper("__mul__", One, forward::<MULTIPLY>),
        NativeDef::wrapper("__rmul__", One, reflected::<MULTIPLY>),
        NativeDef::wrapper("__truediv__", One, forward::<TRUE_DIVIDE>),
        NativeDef::wrapper("__rtruediv__", One, reflected::<TRUE_DIVIDE>),
        NativeDef::wrapper("__pow__", Range(1, 2), pow),
        NativeDef::wrapper("__rpow__", Range(1, 2), rpow),
        NativeDef::wrapper("__neg__", None, negative),
        NativeDef::wrapper("__pos__", None, positive),
        NativeDef::wrapper("__abs__", None, absolute),
        NativeDef::wrapper("__bool__", None, truth),
        NativeDef::wrapper("__hash__", None, hash),
        NativeDef::wrapper("__lt__", One, compared::<{ compare::LT }>),
        NativeDef::wrapper("__le__", One, compared::<{ compare::LE }>),
        NativeDef::wrapper("__eq__", One, compared::<{ compare::EQ }>),
        NativeDef::wrapper("__ne__", One, compared::<{ compare::NE }>),
        NativeDef::wrapper("__gt__", One, compared::<{ compare::GT }>),
        NativeDef::wrapper("__ge__", One, compared::<{ compare::GE }>),
    ]
}

/// What int and float have and complex has not.
pub fn real_natives() -> Vec<NativeDef> {
    use Signature::One;
    use arith::*;
    vec![
        NativeDef::wrapper("__floordiv__", One, forward::<FLOOR_DIVIDE>),
        NativeDef::wrapper("__rfloordiv__", One, reflected::<FLOOR_DIVIDE>),
        NativeDef::wrapper("__mod__", One, forward::<REMAINDER>),
        NativeDef::wrapper("__rmod__", One, reflected::<REMAINDER>),
        NativeDef::wrapper("__divmod__", One, divmod),
        NativeDef::wrapper("__rdivmod__", One, rdivmod),
    ]
}

/// `&`, `|` and `^`: int has them, and bool has its own.
pub fn bit_natives() -> Vec<NativeDef> {
    use Signature::One;
    use arith::*;
    vec![
        NativeDef::wrapper("__and__", One, forward::<AND>),
        NativeDef::wrapper("__rand__", One, reflected::<AND>),
        NativeDef::wrapper("__or__", One, forward::<OR>),
        NativeDef::wrapper("__ror__", One, reflected::<OR>),
        NativeDef::wrapper("__xor__", One, forward::<XOR>),
        NativeDef::wrapper("__rxor__", One, reflected::<XOR>),
    ]
}

/// Shifts and `~`, for int alone.
pub fn shift_natives() -> Vec<NativeDef> {
    use Signature::{None, One};
    use arith::*;
    vec![
        NativeDef::wrapper("__lshift__", One, forward::<LSHIFT>),
        NativeDef::wrapper("__rlshift__", One, reflected::<LSHIFT>),
        NativeDef::wrapper("__rshift__", One, forward::<RSHIFT>),
        NativeDef::wrapper("__rrshift__", One, reflected::<RSHIFT>),
        NativeDef::wrapper("__invert__", None, invert),
    ]
}
