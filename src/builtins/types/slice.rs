//! `slice`: its three parts, and `indices`, which fits them to a length.
//!
//! `slice(None, None, -1).indices(3)` is `(2, -1, -1)`. Counterpart in CPython 3.11: `Objects/sliceobject.c`.

use num_bigint::{BigInt, Sign};

use super::{new, sequence};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Any, None, One};
    let shared = ["__repr__", "__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"];
    let mut rows: Vec<NativeDef> = sequence::natives().into_iter().filter(|def| shared.contains(&def.name)).collect();
    rows.extend([
        NativeDef::static_method("__new__", Any, new),
        NativeDef::member("start", part::<0>),
        NativeDef::member("stop", part::<1>),
        NativeDef::member("step", part::<2>),
        NativeDef::method("indices", One, indices),
        NativeDef::method("__reduce__", None, |vm, args| {
            let parts = parts(vm, args.at(vm, 0));
            done(parts_again(vm, SLICE, &parts))
        }),
    ]);
    rows
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let new = new::positional(vm, args, SLICE, 1, 3)?;
    let given = args.n - 1;
    let at = |i: usize| new.values[i].unwrap_or(NONE);
    let (start, stop, step) = match given {
        1 => (NONE, at(0), NONE),
        _ => (at(0), at(1), at(2)),
    };
    done(vm.new_slice(start, stop, step))
}

fn parts(vm: &Vm, object: ObjRef) -> [ObjRef; 3] {
    match vm.heap.body(object) {
        Body::Slice(parts) => *parts,
        _ => [NONE; 3],
    }
}

/// `(type, (part, …))`, for `__reduce__`.
pub fn parts_again(vm: &mut Vm, ty: ObjRef, parts: &[ObjRef]) -> ObjRef {
    parts.iter().for_each(|&part| vm.incref(part));
    let parts = vm.new_tuple(parts.to_vec());
    vm.incref(ty);
    vm.new_tuple([ty, parts])
}

fn part<const INDEX: usize>(vm: &mut Vm, args: Args) -> Res {
    let part = parts(vm, args.at(vm, 0))[INDEX];
    done(vm.own(part))
}

fn number(vm: &mut Vm, object: ObjRef) -> Result<Option<BigInt>, Raised> {
    if object == NONE {
        return Ok(None);
    }
    if !vm.has_index(object) {
        return Err(vm.type_error("slice indices must be integers or None or have an __index__ method"));
    }
    convert::big(vm, object).map(Some)
}

fn indices(vm: &mut Vm, args: Args) -> Res {
    let length = convert::big(vm, args.at(vm, 1))?;
    if length.sign() == Sign::Minus {
        return Err(vm.value_error("length should not be negative"));
    }
    let [start, stop, step] = parts(vm, args.at(vm, 0));
    let step = number(vm, step)?.unwrap_or_else(|| BigInt::from(1));
    if step.sign() == Sign::NoSign {
        return Err(vm.value_error("slice step cannot be zero"));
    }
    let backward = step.sign() == Sign::Minus;
    let (lower, upper) = if backward { (BigInt::from(-1), &length - BigInt::from(1)) } else { (BigInt::ZERO, length.clone()) };
    let fit = |bound: BigInt| {
        if bound.sign() == Sign::Minus { (bound + &length).max(lower.clone()) } else { bound.min(upper.clone()) }
    };
    let start = number(vm, start)?.map_or_else(|| if backward { upper.clone() } else { lower.clone() }, fit);
    let stop = number(vm, stop)?.map_or_else(|| if backward { lower.clone() } else { upper.clone() }, fit);
    let parts = [start, stop, step].map(|part| vm.new_big_int(part));
    done(vm.new_tuple(parts))
}
