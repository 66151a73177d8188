//! New code objects: `types.CodeType(…)` and `code.replace(co_name="g")`.
//!
//! What programs put together is verified before it may run: the machine trusts its code objects.
//! Counterpart in CPython 3.11: `code_new_impl`, `code_replace_impl`, `_PyCode_Validate`.

use std::sync::Arc;

use super::record;
use crate::{
    builtins::convert,
    bytecode::{
        code::{CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL, CodeObject, Constant},
        verify,
    },
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{Raised, Res, Vm, native::Args},
};

/// The numbers of a code object, in the order of the constructor's arguments.
const NUMBERS: [&str; 6] = ["co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_nlocals", "co_stacksize", "co_flags"];

/// A code object in parts.
struct Parts {
    code: CodeObject,
    /// These tuples are borrowed from the arguments or from the code object that is copied, and shared with it.
    consts: ObjRef,
    names: ObjRef,
    /// So are these byte strings.
    linetable: Option<ObjRef>,
    exceptiontable: Option<ObjRef>,
    nlocals: usize,
    varnames: Vec<Arc<str>>,
    cellvars: Vec<Arc<str>>,
    freevars: Vec<Arc<str>>,
    /// What it does may have changed, not only what it is called.
    to_verify: bool,
}

/// How a field is told in messages.
#[derive(Clone, Copy)]
enum Title {
    /// `code() argument 7`
    Position(usize),
    /// `replace() argument 'co_code'`
    Name(&'static str),
}

impl Title {
    fn wrong(self, vm: &mut Vm, what: &str, value: ObjRef) -> Raised {
        let given = vm.type_name(value);
        vm.type_error(match self {
            Title::Position(position) => format!("code() argument {position} must be {what}, not {given}"),
            Title::Name(name) => format!("replace() argument '{name}' must be {what}, not {given}"),
        })
    }
}

/// `types.CodeType(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, constants, names, varnames,
/// filename, name, qualname, firstlineno, linetable, exceptiontable, freevars=(), cellvars=())`
pub fn new(vm: &mut Vm, args: Args) -> Res {
    if args.kwnames.is_some() {
        return Err(vm.type_error("code() takes no keyword arguments"));
    }
    let given = args.n - 1;
    if given < 16 {
        return Err(vm.type_error(format!("code expected at least 16 arguments, got {given}")));
    }
    if given > 18 {
        return Err(vm.type_error(format!("code expected at most 18 arguments, got {given}")));
    }
    let mut parts = Parts {
        code: CodeObject::default(),
        consts: EMPTY_TUPLE,
        names: EMPTY_TUPLE,
        linetable: None,
        exceptiontable: None,
        nlocals: 0,
        varnames: Vec::new(),
        cellvars: Vec::new(),
        freevars: Vec::new(),
        to_verify: true,
    };
    const FIELDS: [&str; 18] = [
        NUMBERS[0],
        NUMBERS[1],
        NUMBERS[2],
        NUMBERS[3],
        NUMBERS[4],
        NUMBERS[5],
        "co_code",
        "co_consts",
        "co_names",
        "co_varnames",
        "co_filename",
        "co_name",
        "co_qualname",
        "co_firstlineno",
        "co_linetable",
        "co_exceptiontable",
        "co_freevars",
        "co_cellvars",
    ];
    for (index, field) in FIELDS.iter().enumerate().take(given) {
        set(vm, &mut parts, field, args.at(vm, index + 1), Title::Position(index + 1))?;
    }
    build(vm, parts)
}

/// A copy with some fields changed.
pub fn replace(vm: &mut Vm, args: Args) -> Res {
    if args.n > 1 {
        return Err(vm.type_error("replace() takes no positional arguments"));
    }
    let this = record(vm, args.at(vm, 0));
    let code = (*this.code).clone();
    let mut parts = Parts {
        consts: this.consts,
        names: this.names,
        linetable: this.byte_strings[1],
        exceptiontable: this.byte_strings[2],
        nlocals: code.nlocals(),
        varnames: code.varnames().cloned().collect(),
        cellvars: code.cellvars().cloned().collect(),
        freevars: code.freevars().cloned().collect(),
        to_verify: false,
        code,
    };
    let mut given_nlocals = false;
    for (key, value) in args.keywords(vm) {
        let text = vm.name_text(key);
        let Some(field) = FIELD_NAMES.iter().find(|name| **name == text) else {
            return Err(vm.type_error(format!("'{text}' is an invalid keyword argument for replace()")));
        };
        given_nlocals |= *field == "co_nlocals";
        set(vm, &mut parts, field, value, Title::Name(field))?;
    }
    if !given_nlocals && parts.varnames.len() < parts.code.argcount as usize {
        return Err(vm.value_error("code: co_varnames is too small"));
    }
    build(vm, parts)
}

const FIELD_NAMES: [&str; 18] = [
    "co_argcount",
    "co_posonlyargcount",
    "co_kwonlyargcount",
    "co_nlocals",
    "co_stacksize",
    "co_flags",
    "co_firstlineno",
    "co_code",
    "co_consts",
    "co_names",
    "co_varnames",
    "co_freevars",
    "co_cellvars",
    "co_filename",
    "co_name",
    "co_qualname",
    "co_linetable",
    "co_exceptiontable",
];

fn set(vm: &mut Vm, parts: &mut Parts, field: &'static str, value: ObjRef, title: Title) -> Result<(), Raised> {
    let code = &mut parts.code;
    match field {
        "co_argcount" => code.argcount = number(vm, field, value, title)?,
        "co_posonlyargcount" => code.posonlyargcount = number(vm, field, value, title)?,
        "co_kwonlyargcount" => code.kwonlyargcount = number(vm, field, value, title)?,
        "co_nlocals" => parts.nlocals = number(vm, field, value, title)? as usize,
        "co_stacksize" => code.stacksize = number(vm, field, value, title)?,
        "co_flags" => code.flags = number(vm, field, value, title)?,
        "co_firstlineno" => code.firstlineno = number(vm, field, value, title)? as i32,
        "co_name" => code.name = text(vm, value, title)?,
        "co_qualname" => code.qualname = text(vm, value, title)?,
        "co_filename" => code.filename = text(vm, value, title)?,
        "co_code" => code.code = bytes(vm, value, title)?,
        "co_linetable" => {
            code.linetable = bytes(vm, value, title)?;
            parts.linetable = Some(value);
        }
        "co_exceptiontable" => {
            code.exceptiontable = bytes(vm, value, title)?;
            parts.exceptiontable = Some(value);
        }
        "co_consts" => {
            tuple(vm, value, title)?;
            parts.consts = value;
        }
        "co_names" => {
            code.names = names(vm, value, title)?;
            parts.names = value;
        }
        "co_varnames" => {
            parts.varnames = names(vm, value, title)?;
            if matches!(title, Title::Name(_)) && parts.varnames.len() != parts.nlocals {
                parts.to_verify = true;
            }
        }
        "co_cellvars" => parts.cellvars = names(vm, value, title)?,
        _ => parts.freevars = names(vm, value, title)?,
    }
    parts.to_verify |= !matches!(field, "co_name" | "co_qualname" | "co_filename" | "co_firstlineno");
    Ok(())
}

fn number(vm: &mut Vm, field: &str, value: ObjRef, title: Title) -> Result<u32, Raised> {
    let value = convert::c_int(vm, value)?;
    u32::try_from(value).map_err(|_| match title {
        Title::Name(_) => vm.value_error(format!("{field} must be a positive integer")),
        Title::Position(_) => vm.value_error(format!("code: {} must not be negative", &field[3..])),
    })
}

fn text(vm: &mut Vm, value: ObjRef, title: Title) -> Result<Arc<str>, Raised> {
    if vm.heap.str(value).is_none() {
        return Err(title.wrong(vm, "str", value));
    }
    Ok(vm.name_text(value).into())
}

fn bytes(vm: &mut Vm, value: ObjRef, title: Title) -> Result<Vec<u8>, Raised> {
    match vm.heap.body(value) {
        Body::Bytes(bytes) => Ok(bytes.to_vec()),
        _ => Err(title.wrong(vm, "bytes", value)),
    }
}

fn tuple(vm: &mut Vm, value: ObjRef, title: Title) -> Result<Vec<ObjRef>, Raised> {
    match vm.heap.tuple(value).map(<[ObjRef]>::to_vec) {
        Some(items) => Ok(items),
        None => Err(title.wrong(vm, "tuple", value)),
    }
}

fn names(vm: &mut Vm, value: ObjRef, title: Title) -> Result<Vec<Arc<str>>, Raised> {
    let items = tuple(vm, value, title)?;
    let mut names = Vec::with_capacity(items.len());
    for item in items {
        if vm.heap.str(item).is_none() {
            return Err(match title {
                Title::Name(_) => vm.raise(SYSTEM_ERROR, "non-string found in code slot"),
                Title::Position(_) => {
                    let given = vm.type_name(item);
                    vm.type_error(format!("name tuples must contain only strings, not '{given}'"))
                }
            });
        }
        names.push(vm.name_text(item).into());
    }
    Ok(names)
}

/// Puts the parts together, if they fit each other.
fn build(vm: &mut Vm, parts: Parts) -> Res {
    let Parts { mut code, consts, names, linetable, exceptiontable, nlocals, varnames, cellvars, freevars, to_verify } = parts;
    let arguments = code.argcount + code.kwonlyargcount;
    if varnames.len() < arguments as usize {
        return Err(vm.value_error("code: co_varnames is too small"));
    }
    if nlocals != varnames.len() {
        return Err(vm.value_error("code: co_nlocals != len(co_varnames)"));
    }
    let kind = |name: &Arc<str>| CO_FAST_LOCAL | if cellvars.contains(name) { CO_FAST_CELL } else { 0 };
    let cells: Vec<Arc<str>> = cellvars.iter().filter(|name| !varnames.contains(name)).cloned().collect();
    code.localspluskinds =
        varnames.iter().map(kind).chain(cells.iter().map(|_| CO_FAST_CELL)).chain(freevars.iter().map(|_| CO_FAST_FREE)).collect();
    code.localsplusnames = varnames.iter().cloned().chain(cells).chain(freevars).collect();
    if to_verify {
        code.consts = vm.heap.tuple(consts).unwrap_or_default().iter().map(|&value| constant(vm, value)).collect();
        // Lines may be anything: who asks for them finds none.
        if verify::alone(&code).is_err_and(|rejected| !rejected.reason.contains("location table")) {
            return Err(vm.value_error("code: co_code is malformed"));
        }
    }
    vm.incref(consts);
    let are_interned = vm.heap.tuple(names).is_some_and(|names| names.iter().all(|&name| vm.interned.is_interned(name)));
    let names = if are_interned {
        vm.own(names)
    } else {
        let names: Vec<ObjRef> = code.names.iter().map(|name| vm.new_interned(name)).collect();
        vm.new_tuple(names)
    };
    let variables: Vec<ObjRef> = code.localsplusnames.iter().map(|name| vm.new_interned(name)).collect();
    let variables = vm.new_tuple(variables);
    let kinds = vm.new_kinds(&code);
    let [lines, exceptions] = [linetable, exceptiontable].map(|bytes| bytes.map(|bytes| vm.own(bytes)));
    let code = vm.new_code_of(&Arc::new(code), consts, names, variables, [None, lines, exceptions, Some(kinds)]);
    crate::vm::raised::done(code)
}

/// A constant as the verifier wants to see it: code, names, tuples of names; anything else is as good as None.
fn constant(vm: &Vm, value: ObjRef) -> Constant {
    match vm.heap.body(value) {
        Body::Code(code) => Constant::Code(code.code.clone()),
        Body::Str(text) => Constant::Str(text.clone()),
        Body::Tuple(items) => Constant::Tuple(items.iter().map(|&item| constant(vm, item)).collect()),
        _ => Constant::None,
    }
}
