//! Exceptions: making them, their text, what can be asked of and set on them.
//!
//! ```python
//! e = ValueError("no", 1); e.args; e.add_note("n"); e.with_traceback(None)
//! OSError(2, "No such file")        # a FileNotFoundError
//! ```
//!
//! The fields that some types add are in [`fields`], groups in [`group`]. Counterpart in CPython 3.11: `Objects/exceptions.c`.

pub mod fields;
pub mod group;

use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*, exception::Exception},
    vm::{
        Raised, Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{Any, None as NoArgs, One, Range},
        },
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__repr__", NoArgs, super::repr_builtin),
        NativeDef::wrapper("__str__", NoArgs, super::str_builtin),
        NativeDef::wrapper("__getattribute__", One, super::object::getattribute),
        NativeDef::wrapper("__setattr__", Range(2, 2), super::object::setattr),
        NativeDef::wrapper("__delattr__", One, super::object::delattr),
        NativeDef::wrapper("__init__", Any, init),
        NativeDef::method("__reduce__", NoArgs, reduce),
        NativeDef::method("__setstate__", One, setstate),
        NativeDef::method("with_traceback", One, with_traceback),
        NativeDef::method("add_note", One, add_note),
        NativeDef::member("__suppress_context__", suppress_context).with_setter(set_suppress_context),
        NativeDef::getter("__dict__", super::instance_dict).with_setter(super::set_builtin_dict),
        NativeDef::getter("args", args_of).with_setter(set_args),
        NativeDef::getter("__traceback__", traceback).with_setter(set_traceback),
        NativeDef::getter("__context__", context).with_setter(set_context),
        NativeDef::getter("__cause__", cause).with_setter(set_cause),
    ]
}

// ── making ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/// A tuple of the arguments behind the class or `self`: the one that the call was made with, if there is one.
pub fn argument_tuple(vm: &mut Vm, args: Args) -> ObjRef {
    let end = args.start + args.n;
    let given = &vm.stack[args.start + 1..end];
    let is_it = |tuple: ObjRef| match vm.heap.tuple(tuple) {
        Some(items) => vm.ty(tuple) == TUPLE && items.iter().copied().map(Some).eq(given.iter().copied()),
        None => false,
    };
    match vm.stack.get(end).copied().flatten().filter(|&tuple| is_it(tuple)) {
        Some(tuple) => vm.own(tuple),
        None => args.packed(vm, 1),
    }
}

pub fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let tuple = argument_tuple(vm, args);
    done(vm.bare_exception(class, tuple))
}

pub fn refuse_keywords(vm: &mut Vm, args: Args) -> Result<(), Raised> {
    if args.kwnames.is_some_and(|names| vm.heap.tuple(names).is_some_and(|names| !names.is_empty())) {
        let name = vm.type_name(args.at(vm, 0));
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    Ok(())
}

/// Makes the arguments of `__init__` the exception's `args`.
pub fn store_args(vm: &mut Vm, args: Args) {
    let tuple = argument_tuple(vm, args);
    let exception = vm.heap.exception_mut(args.at(vm, 0)).expect("an exception");
    let old = std::mem::replace(&mut exception.args, tuple);
    vm.decref(old);
}

/// Empties the fields of the builtin type before they are filled anew.
pub fn clear_fields(vm: &mut Vm, object: ObjRef) {
    let exception = vm.heap.exception_mut(object).expect("an exception");
    let old: Vec<ObjRef> = exception.fields.iter_mut().filter_map(Option::take).collect();
    vm.decref_all(old);
}

pub fn init(vm: &mut Vm, args: Args) -> Res {
    refuse_keywords(vm, args)?;
    store_args(vm, args);
    done(vm.none())
}

// ── text and state ──────────────────────────────────────────────────────────────────────────────────────────────────

/// `(type, args)` or `(type, args, __dict__)`
fn reduce(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let (ty, tuple) = (vm.ty(object), vm.heap.exception(object).expect("an exception").args);
    vm.incref(ty);
    vm.incref(tuple);
    if vm.own_attrs(object).is_empty() {
        return done(vm.new_tuple([ty, tuple]));
    }
    let dict = vm.instance_dict(object).expect("exceptions have one");
    vm.incref(dict);
    done(vm.new_tuple([ty, tuple, dict]))
}

fn setstate(vm: &mut Vm, args: Args) -> Res {
    let (object, state) = (args.at(vm, 0), args.at(vm, 1));
    if state == NONE {
        return done(vm.none());
    }
    let Some(dict) = vm.heap.dict(state) else { return Err(vm.type_error("state is not a dictionary")) };
    for (name, value) in dict.iter().collect::<Vec<_>>() {
        let depth = vm.frames.len();
        let outcome = vm.set_attr(object, name, Some(value))?;
        let result = vm.finish_now(depth, outcome)?;
        vm.decref(result);
    }
    done(vm.none())
}

fn with_traceback(vm: &mut Vm, args: Args) -> Res {
    assign_traceback(vm, args.at(vm, 0), Some(args.at(vm, 1)))?;
    done(vm.own(args.at(vm, 0)))
}

fn add_note(vm: &mut Vm, args: Args) -> Res {
    let (object, note) = (args.at(vm, 0), args.at(vm, 1));
    if vm.heap.str(note).is_none() {
        let name = vm.type_name(note);
        return Err(vm.type_error(format!("note must be a str, not '{name}'")));
    }
    let name = vm.names.notes;
    let notes = match vm.lookup_attribute_now(object, name)? {
        Some(notes) => notes,
        None => {
            let list = vm.new_list([]);
            let depth = vm.frames.len();
            let outcome = vm.set_attr(object, name, Some(list))?;
            let result = vm.finish_now(depth, outcome)?;
            vm.decref(result);
            list
        }
    };
    if vm.heap.list(notes).is_none() {
        vm.decref(notes);
        return Err(vm.type_error("Cannot add note: __notes__ is not a list"));
    }
    vm.incref(note);
    vm.list_append(notes, note);
    vm.decref(notes);
    done(vm.none())
}

// ── what every exception carries ────────────────────────────────────────────────────────────────────────────────────

fn record(vm: &Vm, args: Args) -> &Exception {
    vm.heap.exception(args.at(vm, 0)).expect("an exception")
}

fn args_of(vm: &mut Vm, args: Args) -> Res {
    let tuple = record(vm, args).args;
    done(vm.own(tuple))
}

fn set_args(vm: &mut Vm, args: Args) -> Res {
    let Some(value) = args.get(vm, 1) else { return Err(vm.type_error("args may not be deleted")) };
    // It asks how many there will be first: `e.args = range(2**63)` is an OverflowError.
    let depth = vm.frames.len();
    let outcome = vm.collect_into(value, true)?;
    let tuple = vm.finish_now(depth, outcome)?;
    let old = std::mem::replace(&mut vm.heap.exception_mut(args.at(vm, 0)).expect("an exception").args, tuple);
    vm.decref(old);
    done(vm.none())
}

fn traceback(vm: &mut Vm, args: Args) -> Res {
    let traceback = record(vm, args).traceback.unwrap_or(NONE);
    done(vm.own(traceback))
}

/// Puts a traceback, or None, into an exception.
pub fn assign_traceback(vm: &mut Vm, object: ObjRef, value: Option<ObjRef>) -> Result<(), Raised> {
    let value = match value {
        None => return Err(vm.type_error("__traceback__ may not be deleted")),
        Some(NONE) => None,
        Some(value) if vm.ty(value) == TRACEBACK => Some(value),
        Some(_) => return Err(vm.type_error("__traceback__ must be a traceback or None")),
    };
    vm.xincref(value);
    let old = std::mem::replace(&mut vm.heap.exception_mut(object).expect("an exception").traceback, value);
    vm.xdecref(old);
    Ok(())
}

fn set_traceback(vm: &mut Vm, args: Args) -> Res {
    assign_traceback(vm, args.at(vm, 0), args.get(vm, 1))?;
    done(vm.none())
}

fn context(vm: &mut Vm, args: Args) -> Res {
    let context = record(vm, args).context.unwrap_or(NONE);
    done(vm.own(context))
}

fn cause(vm: &mut Vm, args: Args) -> Res {
    let cause = record(vm, args).cause.unwrap_or(NONE);
    done(vm.own(cause))
}

/// An exception or None, as `__cause__` and `__context__` want it.
fn linked(vm: &mut Vm, value: Option<ObjRef>, name: &str) -> Result<Option<ObjRef>, Raised> {
    match value {
        None => Err(vm.type_error(format!("{name} may not be deleted"))),
        Some(NONE) => Ok(None),
        Some(value) if vm.heap.exception(value).is_some() => Ok(Some(vm.own(value))),
        Some(_) => {
            let what = name.trim_matches('_');
            Err(vm.type_error(format!("exception {what} must be None or derive from BaseException")))
        }
    }
}

fn set_context(vm: &mut Vm, args: Args) -> Res {
    let value = linked(vm, args.get(vm, 1), "__context__")?;
    let old = std::mem::replace(&mut vm.heap.exception_mut(args.at(vm, 0)).expect("an exception").context, value);
    vm.xdecref(old);
    done(vm.none())
}

fn set_cause(vm: &mut Vm, args: Args) -> Res {
    let value = linked(vm, args.get(vm, 1), "__cause__")?;
    let exception = vm.heap.exception_mut(args.at(vm, 0)).expect("an exception");
    exception.suppress_context = true;
    let old = std::mem::replace(&mut exception.cause, value);
    vm.xdecref(old);
    done(vm.none())
}

fn suppress_context(vm: &mut Vm, args: Args) -> Res {
    let suppress = record(vm, args).suppress_context;
    done(vm.new_bool(suppress))
}

fn set_suppress_context(vm: &mut Vm, args: Args) -> Res {
    match args.get(vm, 1) {
        Some(value @ (TRUE | FALSE)) => {
            vm.heap.exception_mut(args.at(vm, 0)).expect("an exception").suppress_context = value == TRUE;
            done(vm.none())
        }
        Some(_) => Err(vm.type_error("attribute value type must be bool")),
        None => Err(vm.type_error("can't delete numeric/char attribute")),
    }
}
