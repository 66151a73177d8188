//! Code objects: `f.__code__.co_consts`, `co_code`, `co_positions()`, …
//!
//! Counterpart in CPython 3.11: `Objects/codeobject.c`.

mod make;

use std::sync::Arc;

use crate::{
    bytecode::{
        code::{CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL, CodeObject},
        linetable,
    },
    heap::ObjRef,
    objects::{Body, Objects, code::Code, core_types::*},
    vm::{
        Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{Any, Named, None as NoArgs, One},
        },
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__repr__", NoArgs, super::repr_builtin),
        NativeDef::wrapper("__hash__", NoArgs, hash),
        NativeDef::wrapper("__eq__", One, compare::<true>),
        NativeDef::wrapper("__ne__", One, compare::<false>),
        NativeDef::static_method("__new__", Any, make::new),
        NativeDef::method("__sizeof__", NoArgs, super::object::measured),
        NativeDef::method("_varname_from_oparg", Named("oparg"), varname),
        NativeDef::method("co_lines", NoArgs, lines),
        NativeDef::method("co_positions", NoArgs, positions),
        NativeDef::method("replace", Any, make::replace),
        NativeDef::member("co_argcount", |vm, args| number(vm, args, |c| c.argcount.into())),
        NativeDef::member("co_posonlyargcount", |vm, args| number(vm, args, |c| c.posonlyargcount.into())),
        NativeDef::member("co_kwonlyargcount", |vm, args| number(vm, args, |c| c.kwonlyargcount.into())),
        NativeDef::member("co_stacksize", |vm, args| number(vm, args, |c| c.stacksize.into())),
        NativeDef::member("co_flags", |vm, args| number(vm, args, |c| c.flags.into())),
        NativeDef::member("co_nlocals", |vm, args| number(vm, args, |c| c.nlocals() as i64)),
        NativeDef::member("co_firstlineno", |vm, args| number(vm, args, |c| c.firstlineno.into())),
        NativeDef::member("co_filename", |vm, args| part(vm, args, |c| c.filename)),
        NativeDef::member("co_name", |vm, args| part(vm, args, |c| c.name)),
        NativeDef::member("co_qualname", |vm, args| part(vm, args, |c| c.qualname)),
        NativeDef::member("co_names", |vm, args| part(vm, args, |c| c.names)),
        NativeDef::member("co_consts", |vm, args| part(vm, args, |c| c.consts)),
        NativeDef::getter("co_varnames", |vm, args| names_of(vm, args, CO_FAST_LOCAL)),
        NativeDef::getter("co_cellvars", |vm, args| names_of(vm, args, CO_FAST_CELL)),
        NativeDef::getter("co_freevars", |vm, args| names_of(vm, args, CO_FAST_FREE)),
        NativeDef::getter("co_code", |vm, args| byte_string::<0>(vm, args, |c| c.code.clone())),
        NativeDef::getter("_co_code_adaptive", adaptive),
        NativeDef::member("co_linetable", |vm, args| byte_string::<1>(vm, args, |c| c.linetable.clone())),
        NativeDef::member("co_exceptiontable", |vm, args| byte_string::<2>(vm, args, |c| c.exceptiontable.clone())),
        NativeDef::getter("co_lnotab", |vm, args| bytes(vm, args, lnotab)),
    ]
}

/// The name of the frame's slot with this number.
fn varname(vm: &mut Vm, args: Args) -> Res {
    let index = crate::builtins::convert::c_int(vm, args.at(vm, 1))?;
    let name = usize::try_from(index).ok().and_then(|index| vm.heap.tuple(record(vm, args.at(vm, 0)).localsplusnames)?.get(index).copied());
    match name {
        Some(name) => done(vm.own(name)),
        None => Err(vm.raise(INDEX_ERROR, "tuple index out of range")),
    }
}

fn record(vm: &Vm, object: ObjRef) -> &Code {
    match vm.heap.body(object) {
        Body::Code(code) => code,
        _ => panic!("a code object"),
    }
}

fn code(vm: &Vm, args: Args) -> Arc<CodeObject> {
    record(vm, args.at(vm, 0)).code.clone()
}

fn number(vm: &mut Vm, args: Args, get: fn(&CodeObject) -> i64) -> Res {
    let value = get(&code(vm, args));
    done(vm.new_int(value))
}

fn part(vm: &mut Vm, args: Args, get: fn(&Code) -> ObjRef) -> Res {
    let value = get(record(vm, args.at(vm, 0)));
    done(vm.own(value))
}

/// One of [`crate::objects::code::BYTE_STRINGS`]: made when it is first asked for, and kept.
fn byte_string<const NUMBER: usize>(vm: &mut Vm, args: Args, get: fn(&CodeObject) -> Vec<u8>) -> Res {
    let record = record(vm, args.at(vm, 0));
    let bytes = match record.byte_strings[NUMBER] {
        Some(bytes) => bytes,
        None => {
            let bytes = get(&record.code);
            let bytes = vm.new_bytes(bytes);
            let Body::Code(record) = vm.heap.body_mut(args.at(vm, 0)) else { panic!("a code object") };
            record.byte_strings[NUMBER] = Some(bytes);
            bytes
        }
    };
    done(vm.own(bytes))
}

fn bytes(vm: &mut Vm, args: Args, get: fn(&CodeObject) -> Vec<u8>) -> Res {
    let value = get(&code(vm, args));
    done(vm.new_bytes(value))
}

/// The code as it runs now, with inline caches.
fn adaptive(vm: &mut Vm, args: Args) -> Res {
    let bytes = vm.adaptive_code(record(vm, args.at(vm, 0)));
    done(vm.new_bytes(bytes))
}

/// The names of the locals of a kind.
fn names_of(vm: &mut Vm, args: Args, kind: u8) -> Res {
    let code = record(vm, args.at(vm, 0));
    let kinds = code.code.localspluskinds.iter();
    let variables = vm.heap.tuple(code.localsplusnames).unwrap_or_default();
    let names: Vec<ObjRef> = variables.iter().zip(kinds).filter(|(_, of)| *of & kind != 0).map(|(&name, _)| name).collect();
    names.iter().for_each(|&name| vm.incref(name));
    done(vm.new_tuple(names))
}

// ── places ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The old form of the line table: pairs of byte and line increments.
fn lnotab(code: &CodeObject) -> Vec<u8> {
    let mut table = Vec::new();
    let (mut last_line, mut last_start) = (i64::from(code.firstlineno), 0u32);
    for range in linetable::decode(&code.linetable, code.firstlineno) {
        let Some(line) = range.position.line.map(i64::from) else { continue };
        if line == last_line {
            continue;
        }
        let (mut bytes, mut lines) = (range.start - last_start, line - last_line);
        while bytes > 255 {
            table.extend([255, 0]);
            bytes -= 255;
        }
        while !(-128..=127).contains(&lines) {
            let step = lines.clamp(-128, 127);
            table.extend([bytes as u8, step as i8 as u8]);
            bytes = 0;
            lines -= step;
        }
        table.extend([bytes as u8, lines as i8 as u8]);
        (last_line, last_start) = (line, range.start);
    }
    table
}

fn optional(vm: &mut Vm, value: Option<u32>) -> ObjRef {
    match value {
        Some(value) => vm.new_int(value.into()),
        None => vm.none(),
    }
}

/// `(start, end, line)` of each entry of the line table.
fn lines(vm: &mut Vm, args: Args) -> Res {
    let code = code(vm, args);
    let ranges: Vec<(u32, u32, Option<u32>)> =
        linetable::decode(&code.linetable, code.firstlineno).map(|range| (range.start, range.end, range.position.line)).collect();
    let items: Vec<ObjRef> = ranges
        .into_iter()
        .map(|(start, end, line)| {
            let items = [vm.new_int(start.into()), vm.new_int(end.into()), optional(vm, line)];
            vm.new_tuple(items)
        })
        .collect();
    iterator_over(vm, items)
}

/// `(line, end_line, column, end_column)` of each code unit.
fn positions(vm: &mut Vm, args: Args) -> Res {
    let code = code(vm, args);
    let mut items = Vec::new();
    for range in linetable::decode(&code.linetable, code.firstlineno) {
        for _ in (range.start..range.end).step_by(2) {
            let p = range.position;
            let parts = [optional(vm, p.line), optional(vm, p.end_line), optional(vm, p.col), optional(vm, p.end_col)];
            items.push(vm.new_tuple(parts));
        }
    }
    iterator_over(vm, items)
}

fn iterator_over(vm: &mut Vm, items: Vec<ObjRef>) -> Res {
    let list = vm.new_list(items);
    let iterator = vm.get_iter(list);
    vm.decref(list);
    iterator
}

// ── comparing and changing ──────────────────────────────────────────────────────────────────────────────────────────

fn same(vm: &Vm, a: ObjRef, b: ObjRef) -> bool {
    let (x, y) = (&record(vm, a).code, &record(vm, b).code);
    a == b
        || Arc::ptr_eq(x, y)
        || (x.name == y.name
            && (x.argcount, x.posonlyargcount, x.kwonlyargcount, x.flags, x.firstlineno)
                == (y.argcount, y.posonlyargcount, y.kwonlyargcount, y.flags, y.firstlineno)
            && x.code == y.code
            && x.names == y.names
            && x.localsplusnames == y.localsplusnames
            && x.localspluskinds == y.localspluskinds
            && x.linetable == y.linetable
            && x.exceptiontable == y.exceptiontable
            && vm.repr_lossy_all(record(vm, a).consts) == vm.repr_lossy_all(record(vm, b).consts))
}

impl Vm {
    /// Types and texts of constants, which decide whether two code objects are equal.
    fn repr_lossy_all(&self, consts: ObjRef) -> Vec<(ObjRef, String)> {
        let consts = self.heap.tuple(consts).unwrap_or_default();
        consts.iter().map(|&value| (self.ty(value), self.repr_lossy(value))).collect()
    }
}

fn compare<const EQUAL: bool>(vm: &mut Vm, args: Args) -> Res {
    let (a, b) = (args.at(vm, 0), args.at(vm, 1));
    if vm.ty(b) != CODE {
        return done(vm.own(NOT_IMPLEMENTED));
    }
    let equal = same(vm, a, b);
    done(vm.new_bool(equal == EQUAL))
}

fn hash(vm: &mut Vm, args: Args) -> Res {
    let code = code(vm, args);
    let name = vm.new_interned(&code.name);
    let hash = vm.str_hash(name) ^ i64::from(code.firstlineno) ^ code.code.len() as i64;
    vm.decref(name);
    done(vm.new_int(if hash == -1 { -2 } else { hash }))
}
