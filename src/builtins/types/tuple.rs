//! `tuple`: making one of any iterable, `index` and `count`.
//!
//! `tuple(t)` of an exact tuple is `t` itself. Counterpart in CPython 3.11: `Objects/tupleobject.c`.

use super::{
    new::{self, of_class, plain},
    sequence,
};
use crate::{
    objects::core_types::*,
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature},
        protocol::after::After,
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Any, None, One, Range};
    let mut rows = sequence::natives();
    rows.extend(sequence::joining_natives());
    rows.extend([
        sequence::hash_native(),
        NativeDef::static_method("__new__", Any, new),
        NativeDef::method("__getnewargs__", None, |vm, args| {
            let value = plain(vm, args.at(vm, 0));
            done(vm.new_tuple([value]))
        }),
        NativeDef::method("index", Range(1, 3), sequence::index),
        NativeDef::method("count", One, sequence::count),
        NativeDef::class_method("__class_getitem__", One, |vm, args| {
            let (class, key) = (args.at(vm, 0), args.at(vm, 1));
            done(vm.new_generic_alias(class, key))
        }),
    ]);
    rows
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let new = new::positional(vm, args, TUPLE, 0, 1)?;
    let class = new.class;
    let Some(iterable) = new.values[0] else {
        let empty = vm.own(EMPTY_TUPLE);
        return done(of_class(vm, class, empty));
    };
    let depth = vm.frames.len();
    let result = vm.collect_into(iterable, true);
    if class == TUPLE {
        return result;
    }
    vm.after(depth, result, After::new("tuple.__new__", &[class], 0, |vm, state, value| done(of_class(vm, state.refs[0], value))))
}
