//! Exception types with attributes of their own: `StopIteration.value`, `OSError.errno`, `SyntaxError.lineno`, …
//!
//! Which field has which number says [`field_names`]. Counterpart in CPython 3.11: `ComplexExtendsException` and the
//! `*_init` functions in `Objects/exceptions.c`.

use super::{argument_tuple, clear_fields, refuse_keywords, store_args};
use crate::{
    builtins::types::Row,
    heap::ObjRef,
    objects::{Objects, core_types::*, exception::field_names},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, NativeFn, Signature::Any, Signature::None as NoArgs},
        raised::done,
    },
};

/// Builtin type → its natives.
pub const ROWS: &[Row] = &[
    (STOP_ITERATION, || with_init(STOP_ITERATION, init_plain)),
    (SYSTEM_EXIT, || with_init(SYSTEM_EXIT, init_plain)),
    (NAME_ERROR, || with_text(with_init(NAME_ERROR, |vm, args| init_keywords(vm, args, &["name"])))),
    (ATTRIBUTE_ERROR, || with_text(with_init(ATTRIBUTE_ERROR, |vm, args| init_keywords(vm, args, &["name", "obj"])))),
    (IMPORT_ERROR, import_error),
    (SYNTAX_ERROR, syntax_error),
    (OS_ERROR, os_error),
    (KEY_ERROR, || vec![NativeDef::wrapper("__str__", NoArgs, crate::builtins::types::str_builtin)]),
    (UNICODE_ENCODE_ERROR, || unicode_error(UNICODE_ENCODE_ERROR)),
    (UNICODE_DECODE_ERROR, || unicode_error(UNICODE_DECODE_ERROR)),
    (UNICODE_TRANSLATE_ERROR, || unicode_error(UNICODE_TRANSLATE_ERROR)),
];

/// `__init__` and `__new__` that a type shows as its own though its base has them: those of the nearest base that lists them.
pub fn inherited_makers(ty: ObjRef, rows: &[NativeDef]) -> Vec<NativeDef> {
    let mut found = Vec::new();
    let has = |name: &str| rows.iter().any(|row| row.name == name);
    if matches!(ty, UNICODE_ENCODE_ERROR | UNICODE_DECODE_ERROR | UNICODE_TRANSLATE_ERROR) {
        found.push(NativeDef::static_method("__new__", Any, super::new));
    }
    if has("__init__") || ty == EXCEPTION_GROUP {
        return found;
    }
    let mut base = ty;
    loop {
        base = CORE_TYPES.iter().find(|row| row.object == base).expect("a builtin type").base;
        if base == BASE_EXCEPTION {
            found.push(NativeDef::wrapper("__init__", Any, super::init));
            if ty != KEY_ERROR {
                found.push(NativeDef::static_method("__new__", Any, super::new));
            }
            return found;
        }
        let rows = ROWS.iter().find(|(other, _)| *other == base).map(|(_, natives)| natives()).unwrap_or_default();
        if let Some(init) = rows.into_iter().find(|row| row.name == "__init__") {
            found.push(init);
            return found;
        }
    }
}

/// Getters and setters of the fields of a type.
pub fn field_natives(ty: ObjRef) -> Vec<NativeDef> {
    const GETTERS: [NativeFn; 8] = [get::<0>, get::<1>, get::<2>, get::<3>, get::<4>, get::<5>, get::<6>, get::<7>];
    const SETTERS: [NativeFn; 8] = [set::<0>, set::<1>, set::<2>, set::<3>, set::<4>, set::<5>, set::<6>, set::<7>];
    let name = CORE_TYPES.iter().find(|row| row.object == ty).expect("a builtin type").name;
    let names = field_names(name).iter().enumerate();
    names.map(|(index, name)| NativeDef::member(name, GETTERS[index]).with_setter(SETTERS[index])).collect()
}

fn get<const INDEX: usize>(vm: &mut Vm, args: Args) -> Res {
    let exception = vm.heap.exception(args.at(vm, 0)).expect("an exception");
    let value = exception.fields.get(INDEX).copied().flatten().unwrap_or(NONE);
    done(vm.own(value))
}

fn set<const INDEX: usize>(vm: &mut Vm, args: Args) -> Res {
    let (object, value) = (args.at(vm, 0), args.get(vm, 1));
    vm.xincref(value);
    let old = match vm.heap.exception_mut(object).and_then(|exception| exception.fields.get_mut(INDEX)) {
        Some(field) => std::mem::replace(field, value),
        None => value,
    };
    vm.xdecref(old);
    done(vm.none())
}

fn with_text(mut natives: Vec<NativeDef>) -> Vec<NativeDef> {
    natives.push(NativeDef::wrapper("__str__", NoArgs, crate::builtins::types::str_builtin));
    natives
}

fn with_init(ty: ObjRef, init: NativeFn) -> Vec<NativeDef> {
    let mut natives = field_natives(ty);
    natives.push(NativeDef::wrapper("__init__", Any, init));
    natives
}

/// The builtin type that decides an exception's fields.
fn builtin_of(vm: &Vm, object: ObjRef) -> ObjRef {
    vm.heap.type_of_type(vm.ty(object)).solid_base
}

/// `args`, and the fields that follow from them.
fn init_plain(vm: &mut Vm, args: Args) -> Res {
    refuse_keywords(vm, args)?;
    fill(vm, args);
    done(vm.none())
}

fn fill(vm: &mut Vm, args: Args) {
    let object = args.at(vm, 0);
    store_args(vm, args);
    clear_fields(vm, object);
    let builtin = builtin_of(vm, object);
    vm.init_exception_fields(object, builtin);
}

/// `NameError("…", name="x")`
fn init_keywords(vm: &mut Vm, args: Args, allowed: &[&str]) -> Res {
    let object = args.at(vm, 0);
    let builtin = builtin_of(vm, object);
    let builtin_name = vm.heap.type_of_type(builtin).name.clone();
    let names = field_names(&builtin_name);
    let mut given: Vec<(usize, ObjRef)> = Vec::new();
    let count = args.keywords(vm).len();
    if count > 1 && allowed.len() == 1 && matches!(builtin, NAME_ERROR | UNBOUND_LOCAL_ERROR) {
        return Err(vm.type_error(format!("NameError() takes at most 1 keyword argument ({count} given)")));
    }
    for (key, value) in args.keywords(vm) {
        let text = vm.name_text(key);
        match names.iter().position(|name| *name == text).filter(|_| allowed.contains(&text.as_str())) {
            Some(index) => given.push((index, value)),
            None => {
                let title = match builtin {
                    UNBOUND_LOCAL_ERROR => "NameError",
                    MODULE_NOT_FOUND_ERROR => "ImportError",
                    _ => &builtin_name,
                };
                return Err(vm.type_error(format!("'{text}' is an invalid keyword argument for {title}()")));
            }
        }
    }
    fill(vm, args);
    for (index, value) in given {
        vm.incref(value);
        vm.set_exception_field(object, index, value);
    }
    done(vm.none())
}

fn import_error() -> Vec<NativeDef> {
    let mut natives = with_text(with_init(IMPORT_ERROR, |vm, args| init_keywords(vm, args, &["name", "path"])));
    natives.push(NativeDef::method("__reduce__", NoArgs, reduce_import_error));
    natives
}

/// `(type, args)`, with a dict of attributes, name and path if there are any.
fn reduce_import_error(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let fields: Vec<(&str, ObjRef)> = ["name", "path"]
        .into_iter()
        .zip(1..3)
        .filter_map(|(name, index)| vm.heap.exception(object)?.fields.get(index).copied().flatten().map(|value| (name, value)))
        .collect();
    let (ty, tuple) = (vm.ty(object), vm.heap.exception(object).expect("an exception").args);
    vm.incref(ty);
    vm.incref(tuple);
    let own = vm.own_attrs(object);
    if fields.is_empty() && own.is_empty() {
        return done(vm.new_tuple([ty, tuple]));
    }
    let state = vm.new_dict();
    for (name, value) in own {
        vm.incref(value);
        vm.dict_set_str(state, name, value);
    }
    for (name, value) in fields {
        vm.incref(value);
        vm.dict_set_text(state, name, value);
    }
    done(vm.new_tuple([ty, tuple, state]))
}

// ── SyntaxError ─────────────────────────────────────────────────────────────────────────────────────────────────────

fn syntax_error() -> Vec<NativeDef> {
    let mut natives = with_init(SYNTAX_ERROR, init_syntax_error);
    natives.push(NativeDef::wrapper("__str__", NoArgs, crate::builtins::types::str_builtin));
    natives
}

/// `SyntaxError(msg, (filename, lineno, offset, text[, end_lineno, end_offset]))`
fn init_syntax_error(vm: &mut Vm, args: Args) -> Res {
    refuse_keywords(vm, args)?;
    let details = if args.n == 3 { vm.collect_now(args.at(vm, 2))? } else { Vec::new() };
    let refusal = match details.len() {
        4 | 6 => None,
        0 if args.n != 3 => None,
        5 => Some("end_offset must be provided when end_lineno is provided".to_string()),
        count if count < 4 => Some(format!("function takes at least 4 arguments ({count} given)")),
        count => Some(format!("function takes at most 6 arguments ({count} given)")),
    };
    if let Some(message) = refusal {
        vm.decref_all(details);
        return Err(vm.type_error(message));
    }
    fill(vm, args);
    for (index, detail) in details.into_iter().enumerate() {
        vm.set_exception_field(args.at(vm, 0), index + 1, detail);
    }
    done(vm.none())
}

// ── OSError ─────────────────────────────────────────────────────────────────────────────────────────────────────────

fn os_error() -> Vec<NativeDef> {
    let mut natives = with_init(OS_ERROR, init_os_error);
    natives.push(NativeDef::static_method("__new__", Any, new_os_error));
    natives.push(NativeDef::method("__reduce__", NoArgs, reduce_os_error));
    natives.push(NativeDef::getter("characters_written", characters_written).with_setter(set_characters_written));
    natives.push(NativeDef::wrapper("__str__", NoArgs, crate::builtins::types::str_builtin));
    natives
}

/// The file names go back among the arguments.
fn reduce_os_error(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let exception = vm.heap.exception(object).expect("an exception");
    let (tuple, files) = (exception.args, [exception.fields.get(2).copied().flatten(), exception.fields.get(3).copied().flatten()]);
    let mut items = vm.heap.tuple(tuple).map(<[ObjRef]>::to_vec).unwrap_or_default();
    if let (2, [Some(first), second]) = (items.len(), files) {
        items.push(first);
        if let Some(second) = second {
            items.extend([NONE, second]);
        }
    }
    items.iter().for_each(|&item| vm.incref(item));
    let tuple = vm.new_tuple(items);
    let ty = vm.ty(object);
    vm.incref(ty);
    if vm.own_attrs(object).is_empty() {
        return done(vm.new_tuple([ty, tuple]));
    }
    let dict = vm.instance_dict(object).unwrap_or(NONE);
    vm.incref(dict);
    done(vm.new_tuple([ty, tuple, dict]))
}

/// Only a `BlockingIOError` may tell how much was written: its third argument.
fn characters_written(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let written = match vm.ty(object) {
        BLOCKING_IO_ERROR => vm.heap.exception(object).and_then(|exception| exception.fields.get(2).copied().flatten()),
        _ => None,
    };
    match written.filter(|&value| vm.is_int(value)) {
        Some(value) => done(vm.own(value)),
        None => Err(vm.raise(ATTRIBUTE_ERROR, "characters_written")),
    }
}

fn set_characters_written(vm: &mut Vm, args: Args) -> Res {
    match args.get(vm, 1) {
        Some(value) => {
            let number = crate::builtins::convert::ssize(vm, value)?;
            let number = vm.new_int(number);
            vm.set_exception_field(args.at(vm, 0), 2, number);
            done(vm.none())
        }
        None => Err(vm.raise(ATTRIBUTE_ERROR, "characters_written")),
    }
}

/// Error numbers of Linux that have a class of their own.
const ERRNO_CLASSES: &[(i64, ObjRef)] = &[
    (1, PERMISSION_ERROR),
    (2, FILE_NOT_FOUND_ERROR),
    (3, PROCESS_LOOKUP_ERROR),
    (4, INTERRUPTED_ERROR),
    (10, CHILD_PROCESS_ERROR),
    (11, BLOCKING_IO_ERROR),
    (13, PERMISSION_ERROR),
    (17, FILE_EXISTS_ERROR),
    (20, NOT_A_DIRECTORY_ERROR),
    (21, IS_A_DIRECTORY_ERROR),
    (32, BROKEN_PIPE_ERROR),
    (103, CONNECTION_ABORTED_ERROR),
    (104, CONNECTION_RESET_ERROR),
    (108, BROKEN_PIPE_ERROR),
    (110, TIMEOUT_ERROR),
    (111, CONNECTION_REFUSED_ERROR),
    (114, BLOCKING_IO_ERROR),
    (115, BLOCKING_IO_ERROR),
];

/// The subclass of OSError for an error number.
pub fn class_for_errno(errno: i64) -> ObjRef {
    ERRNO_CLASSES.iter().find(|&&(number, _)| number == errno).map_or(OS_ERROR, |&(_, class)| class)
}

/// Whether `__init__` is left to do the work: a class with its own `__init__` but no own `__new__`.
fn init_is_own(vm: &mut Vm, class: ObjRef) -> bool {
    let own = |vm: &mut Vm, name: ObjRef| {
        vm.type_lookup(class, name).is_some_and(|found| {
            vm.native_of(found)
                .is_none_or(|native| !native.owner.is_some_and(|owner| vm.is_subtype(owner, OS_ERROR) && is_core_type(owner)))
        })
    };
    let (init, new) = (vm.names.init, vm.names.new);
    own(vm, init) && !own(vm, new)
}

fn new_os_error(vm: &mut Vm, args: Args) -> Res {
    let mut class = args.at(vm, 0);
    let late = init_is_own(vm, class);
    if !late {
        if args.kwnames.is_some() {
            let name = vm.heap.type_of_type(class).name.clone();
            return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
        }
        if class == OS_ERROR && (3..=6).contains(&args.n) && vm.is_int(args.at(vm, 1)) {
            class = class_for_errno(vm.small_value(args.at(vm, 1)).unwrap_or(0));
        }
    }
    if late {
        let empty = vm.own(EMPTY_TUPLE);
        return done(vm.bare_exception(class, empty));
    }
    let tuple = argument_tuple(vm, args);
    let object = vm.bare_exception(class, tuple);
    let builtin = builtin_of(vm, object);
    vm.init_exception_fields(object, builtin);
    done(object)
}

fn init_os_error(vm: &mut Vm, args: Args) -> Res {
    let class = vm.ty(args.at(vm, 0));
    if !init_is_own(vm, class) {
        return done(vm.none());
    }
    init_plain(vm, args)
}

// ── Unicode errors ──────────────────────────────────────────────────────────────────────────────────────────────────

fn unicode_error(ty: ObjRef) -> Vec<NativeDef> {
    let mut natives = with_init(ty, init_unicode_error);
    natives.push(NativeDef::wrapper("__str__", NoArgs, crate::builtins::types::str_builtin));
    if ty == UNICODE_TRANSLATE_ERROR {
        natives.push(NativeDef::member("encoding", |vm, _| done(vm.none())));
    }
    natives
}

/// `UnicodeEncodeError(encoding, object, start, end, reason)`
fn init_unicode_error(vm: &mut Vm, args: Args) -> Res {
    refuse_keywords(vm, args)?;
    let builtin = builtin_of(vm, args.at(vm, 0));
    let object_type = if builtin == UNICODE_DECODE_ERROR { OBJECT } else { STR };
    let kinds: &[ObjRef] = if builtin == UNICODE_TRANSLATE_ERROR { &[STR, INT, INT, STR] } else { &[STR, object_type, INT, INT, STR] };
    let given = args.n - 1;
    if given != kinds.len() {
        return Err(vm.type_error(format!("function takes exactly {} arguments ({given} given)", kinds.len())));
    }
    for (index, &kind) in kinds.iter().enumerate() {
        let value = args.at(vm, index + 1);
        check_kind(vm, value, kind, index + 1)?;
    }
    // Of what is decoded the parser takes any object; that it is no buffer turns out later.
    if builtin == UNICODE_DECODE_ERROR {
        let object = args.at(vm, 2);
        check_kind(vm, object, BYTES, 2)?;
    }
    fill(vm, args);
    done(vm.none())
}

fn check_kind(vm: &mut Vm, value: ObjRef, kind: ObjRef, position: usize) -> Result<(), Raised> {
    if vm.is_instance(value, kind) || (kind == BYTES && vm.heap.bytes(value).is_some()) {
        return Ok(());
    }
    let given = vm.type_name(value);
    if kind == INT {
        return Err(vm.type_error(format!("'{given}' object cannot be interpreted as an integer")));
    }
    if kind == BYTES {
        return Err(vm.type_error(format!("a bytes-like object is required, not '{given}'")));
    }
    let what = vm.heap.type_of_type(kind).name.clone();
    Err(vm.type_error(format!("argument {position} must be {what}, not {given}")))
}
