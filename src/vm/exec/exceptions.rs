//! Raising, handling, `with`.
//!
//! In an `except` block the stack holds the exception that was handled before and the one handled now:
//! `[… previous current]`. The table search and the unwinding are in [`vm/unwind`](crate::vm::unwind).

use super::{Flow, Unit};
use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
    },
};

/// `RAISE_VARARGS n`: `raise`, `raise exc`, `raise exc from cause`
pub(super) fn raise_varargs(vm: &mut Vm, unit: Unit) -> Flow {
    let cause = if unit.arg > 1 { Some(vm.pop()) } else { None };
    if unit.arg == 0 {
        return match vm.handled_exception() {
            Some(exception) => {
                vm.incref(exception);
                vm.reraising = true;
                Err(Raised(exception))
            }
            None => Err(vm.raise(RUNTIME_ERROR, "No active exception to reraise")),
        };
    }
    let exception = vm.pop();
    if vm.heap.exception(exception).is_some() && cause.is_none() {
        vm.set_context(exception);
        return Err(Raised(exception));
    }
    // The result is never pushed: the native ends by raising.
    match vm.start_native(RaiseFrom { exception: Some(exception), cause, stage: 0 })? {
        Outcome::Pushed => Ok(()),
        Outcome::Done(_) => unreachable!("raising ends with an exception"),
    }
}

/// `raise X` where X is a class, or has a cause that is one: instances are made first.
#[derive(Clone)]
struct RaiseFrom {
    exception: Option<ObjRef>,
    cause: Option<ObjRef>,
    stage: u8,
}

impl RaiseFrom {
    /// An exception instance of what was written after `raise` or `from`; `None`: its constructor runs.
    fn instance(vm: &mut Vm, given: ObjRef) -> Result<Option<ObjRef>, Raised> {
        if vm.heap.exception(given).is_some() {
            vm.incref(given);
            return Ok(Some(given));
        }
        match vm.call(given, &[])? {
            Outcome::Done(instance) => Ok(Some(instance)),
            Outcome::Pushed => Ok(None),
        }
    }

    fn is_exception_class(vm: &Vm, object: ObjRef) -> bool {
        vm.heap.as_type(object).is_some() && vm.is_subtype(object, BASE_EXCEPTION)
    }
}

impl Native for RaiseFrom {
    fn name(&self) -> &'static str {
        "raise"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            match self.stage {
                0 => {
                    let given = self.exception.expect("what is raised");
                    if !Self::is_exception_class(vm, given) && vm.heap.exception(given).is_none() {
                        return Err(vm.type_error("exceptions must derive from BaseException"));
                    }
                    self.stage = 1;
                    match Self::instance(vm, given)? {
                        Some(instance) => input = Some(instance),
                        None => return Ok(Outcome::Pushed),
                    }
                }
                1 => {
                    let instance = input.take().expect("an instance");
                    let class = self.exception.replace(instance).expect("what is raised");
                    if vm.heap.exception(instance).is_none() {
                        let (class_name, name) = (vm.repr_lossy(class), vm.repr_lossy(vm.ty(instance)));
                        vm.decref(class);
                        return Err(
                            vm.type_error(format!("calling {class_name} should have returned an instance of BaseException, not {name}"))
                        );
                    }
                    vm.decref(class);
                    self.stage = 2;
                    match self.cause {
                        None | Some(NONE) => input = None,
                        Some(cause) if Self::is_exception_class(vm, cause) || vm.heap.exception(cause).is_some() => {
                            match Self::instance(vm, cause)? {
                                Some(instance) => input = Some(instance),
                                None => return Ok(Outcome::Pushed),
                            }
                        }
                        Some(_) => return Err(vm.type_error("exception causes must derive from BaseException")),
                    }
                }
                _ => {
                    let exception = self.exception.take().expect("an instance");
                    if self.cause.is_some() {
                        let record = vm.heap.exception_mut(exception).expect("an exception");
                        record.suppress_context = true;
                        let old = std::mem::replace(&mut record.cause, input.take());
                        vm.xdecref(old);
                    }
                    vm.set_context(exception);
                    return Err(Raised(exception));
                }
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.exception.iter().chain(&self.cause).for_each(|&o| visit(o));
    }
}

/// `RERAISE i`: `[… (lasti) exc] →` goes on unwinding, as if from instruction `lasti`
pub(super) fn reraise(vm: &mut Vm, unit: Unit) -> Flow {
    let exception = vm.pop();
    if unit.arg != 0 {
        let lasti = vm.peek(unit.arg as usize);
        // The handler is looked for at this instruction, but what failed is the one that raised first.
        vm.failed_at = Some(vm.small_value(lasti).unwrap_or(0) as u32 * 2);
    }
    vm.reraising = true;
    Err(Raised(exception))
}

/// `PUSH_EXC_INFO`: `[… exc] → [… previous exc]`; exc is the one handled now
#[inline(never)]
pub(super) fn push_exc_info(vm: &mut Vm) -> Flow {
    let exception = vm.peek(1);
    vm.incref(exception);
    let previous = match vm.handled.last_mut().expect("a place for it").replace(exception) {
        Some(previous) => previous,
        None => vm.none(),
    };
    vm.stack[vm.sp - 1] = Some(previous);
    vm.push(exception);
    Ok(())
}

/// `POP_EXCEPT`: `[… previous] → […]`; the previous exception is the one handled again
#[inline(never)]
pub(super) fn pop_except(vm: &mut Vm) -> Flow {
    let previous = match vm.pop() {
        NONE => {
            vm.heap.decref_immortal(NONE);
            None
        }
        previous => Some(previous),
    };
    let done = std::mem::replace(vm.handled.last_mut().expect("a place for it"), previous);
    vm.xdecref(done);
    Ok(())
}

/// The classes an `except` clause names, or the TypeError for what is no exception class.
pub(super) fn check_classes(vm: &mut Vm, classes: ObjRef, message: &str) -> Result<Vec<ObjRef>, Raised> {
    let list = vm.heap.tuple(classes).map_or_else(|| vec![classes], <[ObjRef]>::to_vec);
    if list.iter().all(|&class| vm.heap.as_type(class).is_some() && vm.is_subtype(class, BASE_EXCEPTION)) {
        return Ok(list);
    }
    Err(vm.type_error(message))
}

/// Whether an exception is of one of the classes; `None`: some of them are no exception classes.
fn is_one_of(vm: &Vm, exception: ObjRef, classes: ObjRef) -> Option<bool> {
    let is_valid = |class: ObjRef| vm.heap.as_type(class).is_some_and(|class| class.layout == Layout::Exception);
    let ty = vm.ty(exception);
    match vm.heap.tuple(classes) {
        Some(list) => list.iter().all(|&class| is_valid(class)).then(|| list.iter().any(|&class| vm.is_subtype(ty, class))),
        None => is_valid(classes).then(|| vm.is_subtype(ty, classes)),
    }
}

/// `CHECK_EXC_MATCH`: `[… exc classes] → [… exc verdict]`
#[inline(never)]
pub(super) fn check_exc_match(vm: &mut Vm, _unit: Unit) -> Flow {
    let classes = vm.pop();
    let exception = vm.peek(1);
    let verdict = match is_one_of(vm, exception, classes) {
        Some(verdict) => Ok(verdict),
        None => Err(vm.type_error("catching classes that do not inherit from BaseException is not allowed")),
    };
    vm.decref(classes);
    let verdict = vm.new_bool(verdict?);
    vm.push(verdict);
    Ok(())
}

/// `LOAD_ASSERTION_ERROR`: `[…] → [… AssertionError]`
pub(super) fn load_assertion_error(vm: &mut Vm, _unit: Unit) -> Flow {
    vm.incref(ASSERTION_ERROR);
    vm.push(ASSERTION_ERROR);
    Ok(())
}

// ── with ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// `BEFORE_WITH`: `[… manager] → [… exit value]`, value being what `__enter__` returned
pub(super) fn before_with(vm: &mut Vm, _unit: Unit) -> Flow {
    let (enter, exit) = (vm.names.enter, vm.names.exit);
    let protocol = "context manager protocol";
    enter_context(vm, enter, exit, protocol)
}

/// Looks up enter and exit on the manager's type, leaves the bound exit on the stack, and calls enter.
pub(super) fn enter_context(vm: &mut Vm, enter: ObjRef, exit: ObjRef, protocol: &str) -> Flow {
    let manager = vm.peek(1);
    let ty = vm.ty(manager);
    let (Some(enter_method), exit_method) = (vm.type_lookup(ty, enter), vm.type_lookup(ty, exit)) else {
        let name = vm.type_name(manager);
        return Err(vm.type_error(format!("'{name}' object does not support the {protocol}")));
    };
    let Some(exit_method) = exit_method else {
        let (name, missed) = (vm.type_name(manager), vm.name_text(exit));
        return Err(vm.type_error(format!("'{name}' object does not support the {protocol} (missed {missed} method)")));
    };
    let depth = vm.frames.len();
    let outcome = vm.bind_descriptor(enter_method, manager, ty)?;
    let bound_enter = vm.finish_now(depth, outcome)?;
    let outcome = vm.bind_descriptor(exit_method, manager, ty)?;
    let bound_exit = vm.finish_now(depth, outcome)?;
    vm.stack[vm.sp - 1] = Some(bound_exit);
    vm.decref(manager);
    let result = vm.holding(bound_enter, |vm| vm.call(bound_enter, &[]));
    vm.decref(bound_enter);
    vm.push_outcome(result?);
    Ok(())
}

/// `WITH_EXCEPT_START`: `[… exit lasti previous exc] → [… exit lasti previous exc verdict]`
pub(super) fn with_except_start(vm: &mut Vm, _unit: Unit) -> Flow {
    let (exit, exception) = (vm.peek(4), vm.peek(1));
    let ty = vm.ty(exception);
    let traceback = vm.heap.exception(exception).and_then(|exception| exception.traceback).unwrap_or(NONE);
    let outcome = vm.call(exit, &[ty, exception, traceback])?;
    vm.push_outcome(outcome);
    Ok(())
}
