//! `except*`: each clause takes its part of an exception group, and at the end what is left is raised again.
//!
//! ```python
//! try: ...
//! except* ValueError as group: ...   #  CHECK_EG_MATCH  [… exc ValueError] → [… rest match]
//!                                    #  PREP_RERAISE_STAR at the end of all clauses
//! ```
//!
//! Counterpart in CPython 3.11: `_PyEval_ExceptionGroupMatch` in `Python/ceval.c`, `_PyExc_PrepReraiseStar` in
//! `Objects/exceptions.c`.

use super::{Flow, Unit, exceptions::check_classes};
use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    vm::{
        Outcome, Res, Vm,
        frame::Receive,
        protocol::{after::After, split::Condition},
        raised::done,
    },
};

/// `CHECK_EG_MATCH`: `[… exc classes] → [… rest match]`
pub(super) fn check_eg_match(vm: &mut Vm, _unit: Unit) -> Flow {
    let (exception, classes) = (vm.peek(2), vm.peek(1));
    let list = check_classes(vm, classes, "catching classes that do not inherit from BaseException is not allowed")?;
    if list.iter().any(|&class| vm.is_subtype(class, BASE_EXCEPTION_GROUP)) {
        return Err(vm.type_error("catching ExceptionGroup with except* is not allowed. Use except instead."));
    }
    vm.operate(2, Receive::Unpack, |vm| {
        let depth = vm.frames.len();
        let parts = match_group(vm, exception, classes, &list);
        vm.after(depth, parts, After::new("except*", &[], 0, handle_match))
    })
}

/// The tuple `(match, rest)`.
fn match_group(vm: &mut Vm, exception: ObjRef, classes: ObjRef, list: &[ObjRef]) -> Res {
    let matches = exception != NONE && list.iter().any(|&class| vm.exception_matches(exception, class));
    let is_group = exception != NONE && vm.is_group(exception);
    if is_group && !matches {
        return vm.call_method(exception, "split", &[classes]);
    }
    let (matched, rest) = match (matches, is_group) {
        (true, true) => (vm.own(exception), vm.none()),
        (true, false) => (wrap(vm, exception), vm.none()),
        (false, _) => (vm.none(), vm.own(exception)),
    };
    done(vm.new_tuple([matched, rest]))
}

/// A naked exception as a group of one.
fn wrap(vm: &mut Vm, exception: ObjRef) -> ObjRef {
    vm.incref(exception);
    let exceptions = vm.new_tuple([exception]);
    let group = new_group(vm, vm.exception_matches(exception, EXCEPTION), exceptions);
    let traceback = vm.heap.exception(exception).and_then(|exception| exception.traceback);
    vm.xincref(traceback);
    vm.heap.exception_mut(group).expect("a group").traceback = traceback;
    group
}

/// A group without a message of this list or tuple of exceptions, which it takes over; `plain`: all are `Exception`s.
fn new_group(vm: &mut Vm, plain: bool, exceptions: ObjRef) -> ObjRef {
    let message = vm.own(EMPTY_STR);
    let args = vm.new_tuple([message, exceptions]);
    vm.new_exception(if plain { EXCEPTION_GROUP } else { BASE_EXCEPTION_GROUP }, args)
}

/// The part that matches is the exception that the clause handles.
fn handle_match(vm: &mut Vm, _: &mut After, pair: ObjRef) -> Res {
    let parts = vm.heap.tuple(pair).map(<[ObjRef]>::to_vec);
    let Some([matched, _]) = parts.as_deref() else {
        let ty = vm.type_name(pair);
        vm.decref(pair);
        return Err(vm.type_error(format!("split must return a tuple of two, not {ty}")));
    };
    if *matched != NONE {
        vm.incref(*matched);
        let handled = vm.handled.last_mut().expect("a place for it").replace(*matched);
        vm.xdecref(handled);
    }
    done(pair)
}

/// `PREP_RERAISE_STAR`: `[… original raised-list] → [… exception or None]`
pub(super) fn prep_reraise_star(vm: &mut Vm, _unit: Unit) -> Flow {
    let (original, list) = (vm.peek(2), vm.peek(1));
    vm.operate(2, Receive::Push, |vm| {
        let items = vm.heap.list(list).expect("a list").iter().copied().filter(|&item| item != NONE).collect::<Vec<_>>();
        if items.is_empty() {
            return done(vm.none());
        }
        if !vm.is_group(original) {
            return done(vm.own(items[0])); // a naked exception was wrapped, so at most one clause ran
        }
        let (reraised, _) = by_origin(vm, original, list);
        let mut leaves = Vec::new();
        reraised.iter().for_each(|&group| collect_leaves(vm, group, &mut leaves));
        let depth = vm.frames.len();
        let projected = vm.split(original, Condition::Leaves(leaves), false, |vm, (kept, rest)| {
            vm.xdecref(rest);
            Ok(Outcome::Done(kept.unwrap_or_else(|| vm.none())))
        });
        vm.after(depth, projected, After::new("except*", &[original, list], 0, with_new_exceptions))
    })
}

/// What the clauses raised newly, together with what nobody handled (owned).
fn with_new_exceptions(vm: &mut Vm, after: &mut After, projected: ObjRef) -> Res {
    let [original, list, _] = after.refs;
    let (_, mut members) = by_origin(vm, original, list);
    if members.is_empty() {
        return done(projected);
    }
    members.iter().for_each(|&exception| vm.incref(exception));
    if projected == NONE {
        vm.decref(projected);
        if let [only] = members[..] {
            return done(only); // nothing else is left: no group is made for it
        }
    } else {
        members.push(projected);
    }
    let plain = members.iter().all(|&member| vm.exception_matches(member, EXCEPTION));
    let list = vm.new_list(members);
    done(new_group(vm, plain, list))
}

/// The exceptions of the list that are parts of the original group, and the others.
fn by_origin(vm: &Vm, original: ObjRef, list: ObjRef) -> (Vec<ObjRef>, Vec<ObjRef>) {
    let items = vm.heap.list(list).expect("a list").iter().copied().filter(|&item| item != NONE);
    items.partition(|&item| {
        let (a, b) = (vm.heap.exception(item).expect("an exception"), vm.heap.exception(original).expect("an exception"));
        vm.is_group(item) && a.traceback == b.traceback && a.fields[0] == b.fields[0] && a.context == b.context
    })
}

fn collect_leaves(vm: &Vm, exception: ObjRef, leaves: &mut Vec<ObjRef>) {
    if vm.is_group(exception) {
        vm.group_members(exception).into_iter().for_each(|member| collect_leaves(vm, member, leaves));
    } else {
        leaves.push(exception);
    }
}
