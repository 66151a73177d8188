//! `range`: start, stop, step, the items it stands for, and iterating it backward.
//!
//! A range of any size is four ints: `len(range(10**12))` counts nothing. Counterpart in CPython 3.11: `Objects/rangeobject.c`.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::One as _;

use super::{new, sequence};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, int::to_big_int},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        protocol::after::After,
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Any, None, One};
    let mut rows = sequence::natives();
    rows.extend([
        sequence::hash_native(),
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__bool__", None, |vm, args| {
            let [.., length] = parts(vm, args.at(vm, 0));
            let empty = length.sign() == Sign::NoSign;
            done(vm.new_bool(!empty))
        }),
        NativeDef::member("start", part::<0>),
        NativeDef::member("stop", part::<1>),
        NativeDef::member("step", part::<2>),
        NativeDef::method("__reversed__", None, reversed),
        NativeDef::method("__reduce__", Any, |vm, args| {
            let Body::Range(parts) = vm.heap.body(args.at(vm, 0)) else { return done(vm.none()) };
            let parts = **parts;
            done(super::slice::parts_again(vm, RANGE, &parts[..3]))
        }),
        NativeDef::method("index", One, index),
        NativeDef::method("count", One, count),
    ]);
    rows
}

/// A number from which all others of a range of such numbers can be told without overflow, if it is an exact int.
fn short(vm: &Vm, object: ObjRef) -> Option<i64> {
    vm.small_value(object).filter(|value| vm.ty(object) == INT && value.unsigned_abs() < 1 << 30)
}

/// A range of short numbers, as most are.
fn new_short(vm: &mut Vm, args: Args) -> Option<ObjRef> {
    let given = |index: usize| args.get(vm, index).map(|object| (object, short(vm, object)));
    let ((start, first), (stop, end), (step, by)) = match args.n {
        2 => ((small_int(0)?, Some(0)), given(1)?, (small_int(1)?, Some(1))),
        3 => (given(1)?, given(2)?, (small_int(1)?, Some(1))),
        4 => (given(1)?, given(2)?, given(3)?),
        _ => return None,
    };
    let (first, end, by) = (first?, end?, by?);
    let length = match by {
        0 => return None,
        1.. => (end - first + by - 1).max(0) / by,
        _ => (first - end - by - 1).max(0) / -by,
    };
    [start, stop, step].iter().for_each(|&part| vm.incref(part));
    let length = vm.new_int(length);
    Some(vm.heap.alloc(RANGE, 0, Body::Range(Box::new([start, stop, step, length]))))
}

fn new(vm: &mut Vm, args: Args) -> Res {
    if args.kwnames.is_none()
        && let Some(range) = new_short(vm, args)
    {
        return done(range);
    }
    let new = new::positional(vm, args, RANGE, 1, 3)?;
    let given = args.n - 1;
    let mut parts: Vec<ObjRef> = Vec::new();
    for object in new.values.iter().take(given).flatten() {
        match convert::index(vm, *object) {
            Ok(part) => parts.push(part),
            Err(raised) => {
                vm.decref_all(parts);
                return Err(raised);
            }
        }
    }
    // Bounds that are ints of a subclass are kept as ints.
    let parts: Vec<ObjRef> = parts
        .into_iter()
        .map(|part| {
            if vm.ty(part) == INT {
                return part;
            }
            let exact = new::plain(vm, part);
            vm.decref(part);
            exact
        })
        .collect();
    let (start, stop, step) = match parts[..] {
        [stop] => (vm.new_int(0), stop, vm.new_int(1)),
        [start, stop] => (start, stop, vm.new_int(1)),
        _ => (parts[0], parts[1], parts[2]),
    };
    if vm.small_value(step) == Some(0) {
        vm.decref_all([start, stop, step]);
        return Err(vm.value_error("range() arg 3 must not be zero"));
    }
    let length = match [start, stop, step].map(|part| vm.small_value(part)) {
        [Some(start), Some(stop), Some(1)] if stop <= start => vm.new_int(0),
        [Some(start), Some(stop), Some(1)] if start >= 0 => vm.new_int(stop - start),
        _ => {
            let length = length_of(&[start, stop, step].map(|part| to_big_int(&vm.heap, part)));
            vm.new_big_int(length)
        }
    };
    done(vm.heap.alloc(RANGE, 0, Body::Range(Box::new([start, stop, step, length]))))
}

fn length_of([start, stop, step]: &[BigInt; 3]) -> BigInt {
    let (low, high, step) = if step.sign() == Sign::Minus { (stop, start, -step) } else { (start, stop, step.clone()) };
    if low >= high { BigInt::ZERO } else { (high - low - 1u8).div_floor(&step) + 1u8 }
}

/// Start, stop, step, length.
fn parts(vm: &Vm, object: ObjRef) -> [BigInt; 4] {
    objects(vm, object).map(|part| to_big_int(&vm.heap, part))
}

fn objects(vm: &Vm, object: ObjRef) -> [ObjRef; 4] {
    match vm.heap.body(object) {
        Body::Range(parts) => **parts,
        _ => panic!("a range"),
    }
}

fn part<const INDEX: usize>(vm: &mut Vm, args: Args) -> Res {
    let part = objects(vm, args.at(vm, 0))[INDEX];
    done(vm.own(part))
}

fn reversed(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    if let [Some(start), _, Some(step), Some(length)] = objects(vm, this).map(|part| short(vm, part)) {
        let parts = [start + (length - 1) * step, -step, length].map(|part| vm.new_int(part));
        let iterator = vm.new_range_iter(parts[0], parts[1], parts[2]);
        vm.decref_all(parts);
        return done(iterator);
    }
    let [start, _, step, length] = parts(vm, this);
    let last = &start + (&length - BigInt::one()) * &step;
    let parts = [last, -step, length].map(|part| vm.new_big_int(part));
    let iterator = vm.new_range_iter(parts[0], parts[1], parts[2]);
    vm.decref_all(parts);
    done(iterator)
}

/// The position of a value (an exact int) in a range.
fn position(vm: &Vm, range: ObjRef, value: ObjRef) -> Option<BigInt> {
    let [start, _, step, length] = parts(vm, range);
    let (index, rest) = (to_big_int(&vm.heap, value) - start).div_mod_floor(&step);
    (rest.sign() == Sign::NoSign && index.sign() != Sign::Minus && index < length).then_some(index)
}

fn index(vm: &mut Vm, args: Args) -> Res {
    let (this, value) = (args.at(vm, 0), args.at(vm, 1));
    if matches!(vm.ty(value), INT | BOOL) {
        return match position(vm, this, value) {
            Some(index) => done(vm.new_big_int(index)),
            None => {
                let depth = vm.frames.len();
                let text = vm.repr(value);
                vm.after(
                    depth,
                    text,
                    After::new("range.index", &[], 0, |vm, _, text| {
                        let shown = vm.name_text(text);
                        vm.decref(text);
                        Err(vm.value_error(format!("{shown} is not in range")))
                    }),
                )
            }
        };
    }
    match scan(vm, this, value, true)? {
        Some(index) => done(vm.new_int(index)),
        None => Err(vm.value_error("sequence.index(x): x not in sequence")),
    }
}

fn count(vm: &mut Vm, args: Args) -> Res {
    let (this, value) = (args.at(vm, 0), args.at(vm, 1));
    if matches!(vm.ty(value), INT | BOOL) {
        let found = position(vm, this, value).is_some();
        return done(vm.new_int(i64::from(found)));
    }
    let found = scan(vm, this, value, false)?.unwrap_or(0);
    done(vm.new_int(found))
}

/// Where in a range the first item equal to a value is, or how many are equal; `==` runs on the Rust stack.
fn scan(vm: &mut Vm, range: ObjRef, value: ObjRef, first: bool) -> Result<Option<i64>, Raised> {
    let [start, _, step, length] = objects(vm, range);
    let iterator = vm.new_range_iter(start, step, length);
    let (mut position, mut found) = (0, 0);
    let result = loop {
        let item = match vm.next_now(iterator) {
            Ok(Some(item)) => item,
            Ok(None) => break Ok(if first { None } else { Some(found) }),
            Err(raised) => break Err(raised),
        };
        let equal = vm.equal_now(item, value);
        vm.decref(item);
        match equal {
            Ok(true) if first => break Ok(Some(position)),
            Ok(equal) => found += i64::from(equal),
            Err(raised) => break Err(raised),
        }
        position += 1;
    };
    vm.decref(iterator);
    result
}
