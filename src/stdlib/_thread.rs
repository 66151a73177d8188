//! `_thread`: the number of the thread, and the lock that one thread may take several times.
//!
//! There is one thread so far: nobody ever has to wait for an [`RLock`], and what it counts is right.
//! `with _thread.RLock(): …`. Counterpart in CPython 3.11: `Modules/_threadmodule.c`.

use super::{NewClass, add_class, add_functions, foreign, foreign_body, foreign_mut};
use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*, equality::Number, instance::Foreign},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

/// The number of the only thread.
pub const MAIN_THREAD: i64 = 0x7f3a_ffff_f740;
/// The longest wait, in seconds: 2**63 - 1 nanoseconds.
const TIMEOUT_MAX: f64 = 9_223_372_036.0;

/// How many times its owner, the only thread, has taken it.
#[derive(Clone)]
struct RLock {
    count: u64,
}

impl Foreign for RLock {
    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}

    fn clear(&mut self) -> Vec<ObjRef> {
        Vec::new()
    }
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use Signature::{Any, Named, None as NoArgs, One};
    let natives = vec![
        NativeDef::static_method("__new__", Any, |vm, args| {
            let class = args.at(vm, 0);
            done(vm.new_derived(class, 0, foreign_body(RLock { count: 0 })))
        }),
        NativeDef::method("acquire", Named("blocking=True, timeout=-1"), acquire),
        NativeDef::method("release", NoArgs, release),
        NativeDef::method("_is_owned", NoArgs, |vm, args| {
            let owned = count(vm, args)? > 0;
            done(vm.new_bool(owned))
        }),
        NativeDef::method("_recursion_count", NoArgs, |vm, args| {
            let count = count(vm, args)?;
            done(vm.new_usize(count as usize))
        }),
        NativeDef::method("_acquire_restore", One, acquire_restore),
        NativeDef::method("_release_save", NoArgs, release_save),
        NativeDef::method("__enter__", Named("blocking=True, timeout=-1"), acquire),
        NativeDef::method("__exit__", Any, release),
        NativeDef::method("_at_fork_reinit", NoArgs, |vm, args| {
            lock(vm, args)?.count = 0;
            done(vm.none())
        }),
        NativeDef::wrapper("__repr__", NoArgs, repr),
    ];
    add_class(vm, dict, NewClass { module: "_thread", name: "RLock", base: OBJECT, natives, slots: Some(&["__weakref__"]) });
    let functions = vec![
        NativeDef::function("get_ident", NoArgs, |vm, _| done(vm.new_int(MAIN_THREAD))),
        NativeDef::function("get_native_id", NoArgs, |vm, _| done(vm.new_int(1))),
    ];
    add_functions(vm, dict, "_thread", functions);
    vm.incref(RUNTIME_ERROR);
    vm.dict_set_text(dict, "error", RUNTIME_ERROR);
    let longest = vm.new_float(TIMEOUT_MAX);
    vm.dict_set_text(dict, "TIMEOUT_MAX", longest);
}

fn lock(vm: &mut Vm, args: Args) -> Result<&mut RLock, Raised> {
    let this = args.at(vm, 0);
    if foreign::<RLock>(vm, this).is_none() {
        return Err(vm.type_error("a lock that __new__ has made is required"));
    }
    Ok(foreign_mut::<RLock>(vm, this).expect("just seen"))
}

fn count(vm: &mut Vm, args: Args) -> Result<u64, Raised> {
    Ok(lock(vm, args)?.count)
}

fn acquire(vm: &mut Vm, args: Args) -> Res {
    let blocking = match args.get(vm, 1) {
        None => true,
        Some(flag) if vm.is_int(flag) => vm.small_value(flag) != Some(0),
        Some(other) => {
            let given = vm.type_name(other);
            return Err(vm.type_error(format!("'{given}' object cannot be interpreted as an integer")));
        }
    };
    let timeout = match args.get(vm, 2).map(|timeout| (timeout, Number::of(&vm.heap, timeout))) {
        None => -1.0,
        Some((_, Some(Number::Int(seconds)))) => seconds as f64,
        Some((_, Some(Number::Float(seconds)))) => seconds,
        Some((_, Some(Number::BigInt(_)))) => f64::INFINITY,
        Some((other, _)) => {
            let given = vm.type_name(other);
            return Err(vm.type_error(format!("'{given}' object cannot be interpreted as an integer")));
        }
    };
    if !blocking && timeout != -1.0 {
        return Err(vm.value_error("can't specify a timeout for a non-blocking call"));
    }
    if timeout < 0.0 && timeout != -1.0 {
        return Err(vm.value_error("timeout value must be positive"));
    }
    if timeout > TIMEOUT_MAX {
        return Err(vm.raise(OVERFLOW_ERROR, "timeout value is too large"));
    }
    lock(vm, args)?.count += 1;
    done(vm.new_bool(true))
}

fn release(vm: &mut Vm, args: Args) -> Res {
    let lock = lock(vm, args)?;
    if lock.count == 0 {
        return Err(vm.raise(RUNTIME_ERROR, "cannot release un-acquired lock"));
    }
    lock.count -= 1;
    done(vm.none())
}

/// `(count, owner)`, and the lock is free: what a condition variable does before it waits.
fn release_save(vm: &mut Vm, args: Args) -> Res {
    let count = std::mem::take(&mut lock(vm, args)?.count);
    if count == 0 {
        return Err(vm.raise(RUNTIME_ERROR, "cannot release un-acquired lock"));
    }
    let parts = [vm.new_usize(count as usize), vm.new_int(MAIN_THREAD)];
    done(vm.new_tuple(parts))
}

fn acquire_restore(vm: &mut Vm, args: Args) -> Res {
    let state = args.at(vm, 1);
    let parts = vm.heap.tuple(state).map(<[ObjRef]>::to_vec);
    let Some(count) = parts.filter(|parts| parts.len() == 2).and_then(|parts| vm.small_value(parts[0])) else {
        let given = vm.type_name(state);
        return Err(vm.type_error(format!("_acquire_restore() argument 1 must be 2-item sequence, not {given}")));
    };
    lock(vm, args)?.count = count.max(0) as u64;
    done(vm.none())
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let (object, count) = (args.at(vm, 0), count(vm, args)?);
    let (state, owner) = if count > 0 { ("locked", MAIN_THREAD) } else { ("unlocked", 0) };
    let class = vm.ty(object);
    let name = vm.full_type_name(class);
    let address = vm.address(object);
    done(vm.new_str(format!("<{state} {name} object owner={owner} count={count} at {address:#x}>")))
}
