//! What the embedded `re.py` calls: compile a pattern's text, take a template apart.
//!
//! Errors and warnings come back as values, `(message, position)` and `(category, text)`, because it is `re.py` that raises
//! them, as CPython's `re` does. `_sre._compile_text("(", 0)` is `(None, [], ('missing ), …', 0), '')`.

use super::{
    dump, emit,
    parse::{self, Parsed, Warning},
    source::Failure,
    template::{self, Piece, Wrong},
};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::*},
    stdlib::_sre::{Parts, Subject, new_pattern, opcodes::flag},
    text::PyStr,
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn functions() -> Vec<NativeDef> {
    vec![
        NativeDef::function("_compile_text", Signature::Range(2, 2), compile_text),
        NativeDef::function("_compile_all", Signature::Range(2, 2), compile_all),
        NativeDef::function("_parse_template", Signature::Range(2, 2), parse_template),
    ]
}

/// Text or bytes, as code points; and which.
fn points(vm: &mut Vm, object: ObjRef) -> Result<(Vec<u32>, bool), Raised> {
    match Subject::of(vm, object) {
        Some(subject) => Ok((subject.points(), !subject.is_bytes())),
        None => Err(vm.type_error("first argument must be string or compiled pattern")),
    }
}

/// A failure that `re.py` raises as `re.error`, as an object; other ones are raised here.
fn failure_object(vm: &mut Vm, failure: Failure) -> Result<ObjRef, Raised> {
    match failure {
        Failure::Pattern(message, position) => {
            let message = vm.new_str(message);
            let position = match position {
                Some(position) => vm.new_usize(position),
                None => vm.none(),
            };
            Ok(vm.new_tuple([message, position]))
        }
        Failure::Overflow(message) => Err(vm.raise(OVERFLOW_ERROR, message)),
        Failure::Value(message) => Err(vm.value_error(message)),
        Failure::Recursion => Err(vm.raise(RECURSION_ERROR, "maximum recursion depth exceeded")),
    }
}

fn warning_list(vm: &mut Vm, warnings: Vec<Warning>) -> ObjRef {
    let mut items = Vec::new();
    for warning in warnings {
        let (category, text) = match warning {
            Warning::Future(text) => (FUTURE_WARNING, PyStr::from(text)),
            Warning::Deprecation(text) => (DEPRECATION_WARNING, text),
        };
        let pair = [vm.own(category), vm.new_str(text)];
        items.push(vm.new_tuple(pair));
    }
    vm.new_list(items)
}

/// `(pattern or None, warnings, failure or None, what DEBUG shows)`
fn result(vm: &mut Vm, compiled: Option<ObjRef>, warnings: Vec<Warning>, failure: Option<Failure>, shown: &str) -> Res {
    let failure = match failure {
        Some(failure) => failure_object(vm, failure)?,
        None => vm.none(),
    };
    let compiled = compiled.unwrap_or_else(|| vm.none());
    let warnings = warning_list(vm, warnings);
    let shown = vm.new_str(shown);
    done(vm.new_tuple([compiled, warnings, failure, shown]))
}

/// A pattern object of a tree. The pattern's text is borrowed, or None.
fn finish(vm: &mut Vm, parsed: Parsed, text: ObjRef, flags: u32) -> Res {
    let Parsed { tree, mut state } = parsed;
    let warnings = std::mem::take(&mut state.warnings);
    let flags = flags | state.flags;
    let debug = flags & flag::DEBUG != 0;
    let mut shown = if debug { dump::tree(&tree) } else { String::new() };
    let code = match emit::emit(&tree, flags, &state.widths) {
        Ok(code) => code,
        Err(failure) => return result(vm, None, warnings, Some(failure), &shown),
    };
    if debug {
        shown.push('\n');
        shown.push_str(&dump::code(&code));
    }
    let groups = state.widths.len() - 1;
    let mut names: Vec<ObjRef> = vec![NONE; groups + 1];
    let group_index = vm.new_dict();
    for (name, number) in state.names {
        let key = vm.new_str(name);
        let value = vm.new_int(number.into());
        names[number as usize] = key;
        vm.dict_set_str(group_index, key, value);
    }
    names.iter().filter(|&&name| name == NONE).for_each(|&name| vm.incref(name));
    let index_group = vm.new_tuple(names);
    vm.incref(text);
    let parts = Parts { pattern: text, flags: flags.into(), code, groups, group_index, index_group };
    let compiled = new_pattern(vm, parts)?;
    result(vm, Some(compiled), warnings, None, &shown)
}

fn flags_argument(vm: &mut Vm, object: ObjRef) -> Result<u32, Raised> {
    Ok(convert::c_int(vm, object)? as u32)
}

/// `_compile_text(pattern, flags)`
fn compile_text(vm: &mut Vm, args: Args) -> Res {
    let (text, flags) = (args.at(vm, 0), args.at(vm, 1));
    let (points, is_text) = points(vm, text)?;
    let flags = flags_argument(vm, flags)?;
    match parse::parse(&points, is_text, flags) {
        Ok(parsed) => finish(vm, parsed, text, flags),
        Err(failed) => result(vm, None, failed.warnings, Some(failed.failure), ""),
    }
}

/// `_compile_all(patterns, flags)`: a list of patterns as alternatives, each a group.
fn compile_all(vm: &mut Vm, args: Args) -> Res {
    let (list, flags) = (args.at(vm, 0), args.at(vm, 1));
    let flags = flags_argument(vm, flags)?;
    let mut texts = Vec::new();
    for text in vm.heap.sequence(list).map(<[ObjRef]>::to_vec).unwrap_or_default() {
        texts.push(points(vm, text)?);
    }
    match parse::parse_all(&texts, flags) {
        Ok(parsed) => finish(vm, parsed, NONE, flags),
        Err(failed) => result(vm, None, failed.warnings, Some(failed.failure), ""),
    }
}

/// `_parse_template(template, pattern)`: `(pieces, warnings, failure or None)`; a piece is a text or a group's number. A failure
/// without a position is an IndexError.
fn parse_template(vm: &mut Vm, args: Args) -> Res {
    let (text, pattern) = (args.at(vm, 0), args.at(vm, 1));
    let (points, is_text) = points(vm, text)?;
    let (names, groups) = crate::stdlib::_sre::group_names(vm, pattern);
    let (pieces, warnings, failure) = match template::parse(&points, is_text, &names, groups) {
        Ok(template) => (template.pieces, template.warnings, None),
        Err(Wrong::Failure(failure)) => (Vec::new(), Vec::new(), Some(Ok(failure))),
        Err(Wrong::Unknown(message, warnings)) => (Vec::new(), warnings, Some(Err(message))),
    };
    let failure = match failure {
        Some(Ok(failure)) => failure_object(vm, failure)?,
        Some(Err(message)) => {
            let message = vm.new_str(message);
            vm.new_tuple([message])
        }
        None => vm.none(),
    };
    let pieces: Vec<ObjRef> = pieces
        .into_iter()
        .map(|piece| match piece {
            Piece::Group(group) => vm.new_int(group.into()),
            Piece::Text(text) if is_text => vm.new_str(text),
            Piece::Text(text) => vm.new_bytes(text.iter().map(|c| c as u8).collect()),
        })
        .collect();
    let pieces = vm.new_list(pieces);
    let warnings = warning_list(vm, warnings.into_iter().map(Warning::Deprecation).collect());
    done(vm.new_tuple([pieces, warnings, failure]))
}
