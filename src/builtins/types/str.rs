//! `str`: its table of natives, making one, and the special methods.
//!
//! ```text
//!   str/change.rs   lower, center, replace, strip, …     a text made of a text
//!   str/search.rs   find, count, startswith, split, isdigit, …
//!   str/join.rs     join, translate, maketrans
//!   str/format.rs   format, format_map: a state machine, because fields may run Python
//!   str/coding.rs   encode, and decode for bytes
//! ```
//!
//! The algorithms are in `text/`; what is here is arguments and results. A method that changes nothing returns the string
//! itself: `s.strip() is s`. Counterpart in CPython 3.11: `Objects/unicodeobject.c`.

mod change;
pub mod coding;
mod format;
pub mod join;
mod search;

use std::sync::Arc;

use super::{
    new::{self, of_class, plain},
    numbers, sequence,
};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    text::PyStr,
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature},
        protocol::after::After,
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Any, None, One};
    let mut rows = sequence::natives();
    rows.extend(sequence::joining_natives());
    rows.extend([
        sequence::hash_native(),
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__str__", None, |vm, args| done(plain(vm, args.at(vm, 0)))),
        NativeDef::wrapper("__mod__", One, |vm, args| {
            let (this, values) = (args.at(vm, 0), args.at(vm, 1));
            vm.percent(this, values)
        }),
        NativeDef::wrapper("__rmod__", One, |vm, args| {
            let (this, format) = (args.at(vm, 0), args.at(vm, 1));
            if vm.heap.str(format).is_none() {
                return done(vm.own(NOT_IMPLEMENTED));
            }
            vm.percent(format, this)
        }),
        NativeDef::method("__format__", One, numbers::format),
        NativeDef::method("__getnewargs__", None, |vm, args| {
            let value = plain(vm, args.at(vm, 0));
            done(vm.new_tuple([value]))
        }),
        NativeDef::method("__sizeof__", None, super::object::measured),
    ]);
    rows.extend(change::natives());
    rows.extend(search::natives());
    rows.extend(join::natives());
    rows.extend(format::natives());
    rows.extend(coding::natives());
    rows
}

/// The text of `self`, to look at.
fn this(vm: &Vm, args: Args) -> &PyStr {
    vm.heap.str(args.at(vm, 0)).expect("a str")
}

/// The text of `self`, to keep while Python code may run.
fn held(vm: &Vm, args: Args) -> Arc<PyStr> {
    vm.text(args.at(vm, 0)).expect("a str")
}

/// `str(object='', encoding='utf-8', errors='strict')`
fn new(vm: &mut Vm, args: Args) -> Res {
    let new = new::named(vm, args, STR, &["object", "encoding", "errors"])?;
    let class = new.class;
    let Some(object) = new.values[0] else {
        let empty = vm.own(EMPTY_STR);
        return done(of_class(vm, class, empty));
    };
    let depth = vm.frames.len();
    let result = if new.values[1].is_none() && new.values[2].is_none() {
        vm.str(object)
    } else {
        let (encoding, errors) = coding::names(vm, "str", new.values[1], new.values[2])?;
        match vm.heap.body(object) {
            Body::Str(_) => Err(vm.type_error("decoding str is not supported")),
            _ if vm.heap.buffer(object).is_some() => coding::decode(vm, object, &encoding, &errors),
            _ => {
                let name = vm.type_name(object);
                Err(vm.type_error(format!("decoding to str: need a bytes-like object, {name} found")))
            }
        }
    };
    if class == STR {
        return result;
    }
    vm.after(
        depth,
        result,
        After::new("str.__new__", &[class], 0, |vm, state, value| {
            let exact = plain(vm, value);
            vm.decref(value);
            done(of_class(vm, state.refs[0], exact))
        }),
    )
}

/// A text that may be unchanged: then it is the string itself.
fn changed(vm: &mut Vm, args: Args, text: Option<PyStr>) -> Res {
    match text {
        Some(text) => done(vm.new_str(text)),
        None => done(plain(vm, args.at(vm, 0))),
    }
}

/// A new string even where it is short: CPython looks for no shared one here.
fn fresh(vm: &mut Vm, text: PyStr) -> Res {
    if text.is_empty() {
        return done(vm.own(EMPTY_STR));
    }
    done(vm.new_own_str(text))
}

/// A list of strings.
fn list_of(vm: &mut Vm, texts: Vec<PyStr>) -> Res {
    let items: Vec<ObjRef> = texts.into_iter().map(|text| vm.new_str(text)).collect();
    done(vm.new_list(items))
}

/// The number of arguments of methods that CPython parses by hand: `find() takes at least 1 argument (0 given)`.
pub(super) fn count_arguments(vm: &mut Vm, args: Args, name: &str, least: usize, most: usize) -> Result<(), crate::vm::Raised> {
    if args.kwnames.is_some() {
        let title = vm.heap.type_of_type(vm.core_of(args.at(vm, 0))).name.clone();
        return Err(vm.type_error(format!("{title}.{name}() takes no keyword arguments")));
    }
    let given = args.n - 1;
    if given < least || given > most {
        let (bound, n) = if given < least { ("at least", least) } else { ("at most", most) };
        let plural = if n == 1 { "" } else { "s" };
        return Err(vm.type_error(format!("{name}() takes {bound} {n} argument{plural} ({given} given)")));
    }
    Ok(())
}

/// The part that a search looks for: `must be str, not int`.
fn part(vm: &mut Vm, object: ObjRef) -> Result<Arc<PyStr>, crate::vm::Raised> {
    expect_part(vm, object)?;
    Ok(vm.text(object).unwrap_or_default())
}

/// Whether it is a str, to be looked at.
fn expect_part(vm: &mut Vm, object: ObjRef) -> Result<(), crate::vm::Raised> {
    if vm.heap.str(object).is_some() {
        return Ok(());
    }
    let name = vm.type_name(object);
    Err(vm.type_error(format!("must be str, not {name}")))
}
