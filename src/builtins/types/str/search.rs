//! Methods that look into a text: where a part is, whether all characters are of a kind, and taking apart.
//!
//! `"banana".rfind("a")` is 5, `"a,b".split(",")` is `['a', 'b']`, `"²".isdigit()` is True.

use super::{count_arguments, expect_part, list_of, part, this};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::*},
    text::{
        PyStr, TextError,
        methods::{check, search, split},
    },
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Any, Named, None, One};
    let checks: [(&'static str, crate::vm::native::NativeFn); 12] = [
        ("isalnum", |vm, args| is(vm, args, check::is_alnum)),
        ("isalpha", |vm, args| is(vm, args, check::is_alpha)),
        ("isascii", |vm, args| is(vm, args, PyStr::is_ascii)),
        ("isdecimal", |vm, args| is(vm, args, check::is_decimal)),
        ("isdigit", |vm, args| is(vm, args, check::is_digit)),
        ("isidentifier", |vm, args| is(vm, args, check::is_identifier)),
        ("islower", |vm, args| is(vm, args, check::is_lower)),
        ("isnumeric", |vm, args| is(vm, args, check::is_numeric)),
        ("isprintable", |vm, args| is(vm, args, check::is_printable)),
        ("isspace", |vm, args| is(vm, args, check::is_space)),
        ("istitle", |vm, args| is(vm, args, check::is_title)),
        ("isupper", |vm, args| is(vm, args, check::is_upper)),
    ];
    let mut rows: Vec<NativeDef> = checks.into_iter().map(|(name, func)| NativeDef::method(name, None, func)).collect();
    rows.extend([
        NativeDef::method("count", Any, count).packing(),
        NativeDef::method("find", Any, |vm, args| find(vm, args, "find", search::find, false)).packing(),
        NativeDef::method("rfind", Any, |vm, args| find(vm, args, "rfind", search::rfind, false)).packing(),
        NativeDef::method("index", Any, |vm, args| find(vm, args, "index", search::find, true)).packing(),
        NativeDef::method("rindex", Any, |vm, args| find(vm, args, "rindex", search::rfind, true)).packing(),
        NativeDef::method("startswith", Any, |vm, args| at_edge(vm, args, "startswith", search::starts_with)).packing(),
        NativeDef::method("endswith", Any, |vm, args| at_edge(vm, args, "endswith", search::ends_with)).packing(),
        NativeDef::method("split", Named("sep=None, maxsplit=-1"), |vm, args| split_with(vm, args, split::split)),
        NativeDef::method("rsplit", Named("sep=None, maxsplit=-1"), |vm, args| split_with(vm, args, split::rsplit)),
        NativeDef::method("splitlines", Named("keepends=False"), splitlines),
        NativeDef::method("partition", One, partition),
        NativeDef::method("rpartition", One, rpartition),
    ]);
    rows
}

fn is(vm: &mut Vm, args: Args, check: fn(&PyStr) -> bool) -> Res {
    let holds = check(this(vm, args));
    done(vm.new_bool(holds))
}

/// The bounds of `find(part, start, end)` and its siblings, and a look whether the part is a text.
fn search_arguments(vm: &mut Vm, args: Args, name: &str) -> Result<(i64, i64), Raised> {
    count_arguments(vm, args, name, 1, 3)?;
    let start = convert::bound(vm, args.get(vm, 2), 0)?;
    let end = convert::bound(vm, args.get(vm, 3), search::END)?;
    expect_part(vm, args.at(vm, 1))?;
    Ok((start, end))
}

/// The text that is looked for.
fn wanted(vm: &Vm, args: Args) -> &PyStr {
    vm.heap.str(args.at(vm, 1)).expect("a str")
}

fn count(vm: &mut Vm, args: Args) -> Res {
    let (start, end) = search_arguments(vm, args, "count")?;
    let count = search::count(this(vm, args), wanted(vm, args), start, end);
    done(vm.new_usize(count))
}

type Find = fn(&PyStr, &PyStr, i64, i64) -> Option<usize>;

fn find(vm: &mut Vm, args: Args, name: &str, find: Find, must: bool) -> Res {
    let (start, end) = search_arguments(vm, args, name)?;
    match find(this(vm, args), wanted(vm, args), start, end) {
        Some(at) => done(vm.new_usize(at)),
        None if must => Err(vm.value_error("substring not found")),
        None => done(vm.new_int(-1)),
    }
}

fn at_edge(vm: &mut Vm, args: Args, name: &str, check: fn(&PyStr, &PyStr, i64, i64) -> bool) -> Res {
    count_arguments(vm, args, name, 1, 3)?;
    let start = convert::bound(vm, args.get(vm, 2), 0)?;
    let end = convert::bound(vm, args.get(vm, 3), search::END)?;
    let (text, wanted) = (this(vm, args), args.at(vm, 1));
    if let Some(part) = vm.heap.str(wanted) {
        let holds = check(text, part, start, end);
        return done(vm.new_bool(holds));
    }
    let Some(parts) = vm.heap.tuple(wanted).map(<[ObjRef]>::to_vec) else {
        let given = vm.type_name(wanted);
        return Err(vm.type_error(format!("{name} first arg must be str or a tuple of str, not {given}")));
    };
    for part in parts {
        let Some(part) = vm.heap.str(part) else {
            let given = vm.type_name(part);
            return Err(vm.type_error(format!("tuple for {name} must only contain str, not {given}")));
        };
        if check(this(vm, args), part, start, end) {
            return done(vm.new_bool(true));
        }
    }
    done(vm.new_bool(false))
}

type Split = fn(&PyStr, Option<&PyStr>, i64) -> Result<Vec<PyStr>, TextError>;

fn split_with(vm: &mut Vm, args: Args, split: Split) -> Res {
    let limit = match args.get(vm, 2) {
        Some(limit) => convert::ssize(vm, limit)?,
        None => -1,
    };
    let separator = match args.given(vm, 1) {
        None => None,
        Some(separator) => match vm.text(separator) {
            Some(separator) => Some(separator),
            None => {
                let name = vm.type_name(separator);
                return Err(vm.type_error(format!("must be str or None, not {name}")));
            }
        },
    };
    let parts = split(this(vm, args), separator.as_deref(), limit);
    let parts = convert::check(vm, parts)?;
    whole_or_list(vm, args, parts)
}

/// A list of parts; one part that is all of an exact string is that string.
fn whole_or_list(vm: &mut Vm, args: Args, parts: Vec<PyStr>) -> Res {
    let object = args.at(vm, 0);
    if parts.len() == 1 && parts[0].len() == this(vm, args).len() && vm.ty(object) == STR {
        vm.incref(object);
        return done(vm.new_list([object]));
    }
    list_of(vm, parts)
}

fn splitlines(vm: &mut Vm, args: Args) -> Res {
    let keep = match args.get(vm, 1) {
        Some(keep) => convert::c_int(vm, keep)? != 0,
        None => false,
    };
    let lines = split::split_lines(this(vm, args), keep);
    whole_or_list(vm, args, lines)
}

fn partition(vm: &mut Vm, args: Args) -> Res {
    let separator = part(vm, args.at(vm, 1))?;
    let parts = split::partition(this(vm, args), &separator);
    let parts = convert::check(vm, parts)?;
    partitioned(vm, args, parts, false)
}

fn rpartition(vm: &mut Vm, args: Args) -> Res {
    let separator = part(vm, args.at(vm, 1))?;
    let parts = split::rpartition(this(vm, args), &separator);
    let parts = convert::check(vm, parts)?;
    partitioned(vm, args, parts, true)
}

/// Before, separator, after; the text itself at one end if the separator is not in it.
fn partitioned(vm: &mut Vm, args: Args, parts: Option<(PyStr, PyStr)>, from_right: bool) -> Res {
    let (object, separator) = (args.at(vm, 0), args.at(vm, 1));
    let items = match parts {
        Some((before, after)) => [vm.new_str(before), vm.own(separator), vm.new_str(after)],
        None if from_right => [vm.own(EMPTY_STR), vm.own(EMPTY_STR), vm.own(object)],
        None => [vm.own(object), vm.own(EMPTY_STR), vm.own(EMPTY_STR)],
    };
    done(vm.new_tuple(items))
}
