//! Locks: `_thread.lock`, and the `RLock` that its owner may take several times.
//!
//! ```text
//!   free ── acquire ── held by thread 1 ── acquire in thread 2: it parks ── release: free, and thread 2 may try again
//! ```
//!
//! Invariant: a thread that waits is woken by each release, one at a time; it owns nothing until it runs and finds the lock free.
//! Counterpart in CPython 3.11: `lockobject` and `rlockobject` in `Modules/_threadmodule.c`.

use super::super::{NewClass, add_class, foreign_body};
use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*, equality::Number},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        raised::done,
        threads::{Awaited, locks::Lock},
    },
};

/// The longest wait, in seconds: 2**63 - 1 nanoseconds.
pub const TIMEOUT_MAX: f64 = 9_223_372_036.0;

/// The class `lock`, under its name in the dict.
pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use Signature::{Any, Named, None as NoArgs, One};
    let acquires = |name| NativeDef::method(name, Named("blocking=True, timeout=-1"), acquire);
    let natives = vec![
        NativeDef::static_method("__new__", Any, |vm, _| Err(vm.type_error("cannot create '_thread.lock' instances"))),
        acquires("acquire_lock"),
        acquires("acquire"),
        NativeDef::method("release_lock", NoArgs, release),
        NativeDef::method("release", NoArgs, release),
        NativeDef::method("locked_lock", NoArgs, locked),
        NativeDef::method("locked", NoArgs, locked),
        acquires("__enter__"),
        NativeDef::method("__exit__", Any, release),
        NativeDef::method("_at_fork_reinit", NoArgs, reinit),
        NativeDef::wrapper("__repr__", NoArgs, repr),
    ];
    add_class(vm, dict, NewClass { module: "_thread", name: "lock", base: OBJECT, natives, slots: Some(&["__weakref__"]) });
    let natives = vec![
        NativeDef::static_method("__new__", Any, |vm, args| {
            let class = args.at(vm, 0);
            done(vm.new_derived(class, 0, foreign_body(Lock { count: 0, owner: None, is_reentrant: true })))
        }),
        acquires("acquire"),
        NativeDef::method("release", NoArgs, release),
        NativeDef::method("_is_owned", NoArgs, |vm, args| {
            let owned = is_owned(vm, args)?;
            done(vm.new_bool(owned))
        }),
        NativeDef::method("_recursion_count", NoArgs, |vm, args| {
            let count = if is_owned(vm, args)? { lock(vm, args)?.count } else { 0 };
            done(vm.new_usize(count as usize))
        }),
        NativeDef::method("_acquire_restore", One, acquire_restore),
        NativeDef::method("_release_save", NoArgs, release_save),
        acquires("__enter__"),
        NativeDef::method("__exit__", Any, release),
        NativeDef::method("_at_fork_reinit", NoArgs, reinit),
        NativeDef::wrapper("__repr__", NoArgs, repr),
    ];
    add_class(vm, dict, NewClass { module: "_thread", name: "RLock", base: OBJECT, natives, slots: Some(&["__weakref__"]) });
}

/// A new lock of the class `_thread.lock`, owned.
pub fn new(vm: &mut Vm) -> ObjRef {
    let class = super::super::class_of_module(vm, "_thread", "lock");
    vm.new_derived(class, 0, foreign_body(Lock { count: 0, owner: None, is_reentrant: false }))
}

fn lock(vm: &mut Vm, args: Args) -> Result<&mut Lock, Raised> {
    let this = args.at(vm, 0);
    if vm.lock(this).is_none() {
        return Err(vm.type_error("a lock that __new__ has made is required"));
    }
    Ok(vm.lock_mut(this).expect("just seen"))
}

/// Whether the running thread owns it.
fn is_owned(vm: &mut Vm, args: Args) -> Result<bool, Raised> {
    let id = vm.threads.current().id;
    let lock = lock(vm, args)?;
    Ok(lock.count > 0 && lock.owner == Some(id))
}

fn locked(vm: &mut Vm, args: Args) -> Res {
    let locked = lock(vm, args)?.count > 0;
    done(vm.new_bool(locked))
}

fn reinit(vm: &mut Vm, args: Args) -> Res {
    let lock = lock(vm, args)?;
    (lock.count, lock.owner) = (0, None);
    done(vm.none())
}

/// The arguments `blocking` and `timeout`: how long to wait at most, in nanoseconds; `None` without end.
fn patience(vm: &mut Vm, args: Args) -> Result<Option<u64>, Raised> {
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
    if timeout > 9.3e18 {
        return Err(vm.raise(OVERFLOW_ERROR, "timestamp out of range for platform time_t"));
    }
    if timeout > TIMEOUT_MAX {
        return Err(vm.raise(OVERFLOW_ERROR, "timeout value is too large"));
    }
    Ok(match (blocking, timeout) {
        (false, _) => Some(0),
        (true, -1.0) => None,
        (true, seconds) => Some((seconds * 1e9) as u64),
    })
}

fn acquire(vm: &mut Vm, args: Args) -> Res {
    let patience = patience(vm, args)?;
    lock(vm, args)?;
    let this = args.at(vm, 0);
    if vm.take_lock(this, 1) {
        return done(vm.new_bool(true));
    }
    match patience {
        Some(0) => done(vm.new_bool(false)),
        patience => {
            let deadline = patience.map(|nanoseconds| vm.clock().saturating_add(nanoseconds));
            vm.start_native(Acquire { lock: this, times: 1, deadline, returns: true })
        }
    }
}

/// Waits for a lock; the arguments on the stack keep it.
#[derive(Clone)]
struct Acquire {
    lock: ObjRef,
    times: u64,
    deadline: Option<u64>,
    /// True and False are the result, not None.
    returns: bool,
}

impl Native for Acquire {
    fn name(&self) -> &'static str {
        "acquire"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        input.discard(vm);
        if vm.take_lock(self.lock, self.times) {
            return done(if self.returns { vm.new_bool(true) } else { vm.none() });
        }
        if self.deadline.is_some_and(|deadline| deadline <= vm.clock()) {
            return done(vm.new_bool(false));
        }
        vm.block(Awaited::Lock(self.lock), self.deadline)
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

fn release(vm: &mut Vm, args: Args) -> Res {
    let (this, id) = (args.at(vm, 0), vm.threads.current().id);
    let lock = lock(vm, args)?;
    if lock.count == 0 || (lock.is_reentrant && lock.owner != Some(id)) {
        let text = if lock.is_reentrant { "cannot release un-acquired lock" } else { "release unlocked lock" };
        return Err(vm.raise(RUNTIME_ERROR, text));
    }
    lock.count -= 1;
    if lock.count == 0 {
        lock.owner = None;
        vm.wake_one(this);
    }
    done(vm.none())
}

/// `(count, owner)`, and the lock is free: what a condition variable does before it waits.
fn release_save(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    if lock(vm, args)?.count == 0 {
        return Err(vm.raise(RUNTIME_ERROR, "cannot release un-acquired lock"));
    }
    let lock = lock(vm, args)?;
    lock.owner = None;
    let count = std::mem::take(&mut lock.count);
    vm.wake_one(this);
    let ident = vm.threads.current().ident;
    let parts = [vm.new_usize(count as usize), vm.new_int(ident)];
    done(vm.new_tuple(parts))
}

fn acquire_restore(vm: &mut Vm, args: Args) -> Res {
    let (this, state) = (args.at(vm, 0), args.at(vm, 1));
    let parts = vm.heap.tuple(state).map(<[ObjRef]>::to_vec);
    let Some(count) = parts.filter(|parts| parts.len() == 2).and_then(|parts| vm.small_value(parts[0])) else {
        let given = vm.type_name(state);
        return Err(vm.type_error(format!("_acquire_restore() argument 1 must be 2-item sequence, not {given}")));
    };
    lock(vm, args)?;
    let times = count.max(0) as u64;
    if vm.take_lock(this, times) {
        return done(vm.none());
    }
    vm.start_native(Acquire { lock: this, times, deadline: None, returns: false })
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let Lock { count, owner, is_reentrant } = *lock(vm, args)?;
    let state = if count > 0 { "locked" } else { "unlocked" };
    let owner = owner.and_then(|id| vm.threads.get(id)).map_or(0, |thread| thread.ident);
    let class = vm.ty(object);
    let name = vm.full_type_name(class);
    let address = vm.address(object);
    let told = if is_reentrant { format!(" owner={owner} count={count}") } else { String::new() };
    done(vm.new_str(format!("<{state} {name} object{told} at {address:#x}>")))
}
