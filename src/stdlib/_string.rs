//! `_string`: what `string.Formatter` needs to know of a template: its parts, and the steps of a field name.
//!
//! Both come as lists with the text of the error that ended them, because the caller shall fail only when it gets there.
//! Counterpart in CPython 3.11: `formatter_parser` and `formatter_field_name_split` in `Objects/unicodeobject.c`.
//! `split_template("a{b!r}")` is `([('a', 'b', '', 'r')], None)`.

use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    text::{
        PyStr, TextError,
        template::{self, Field, First, Piece, Step},
    },
    vm::{
        Outcome, Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    let natives = vec![
        NativeDef::function("split_template", Signature::One, split_template),
        NativeDef::function("split_name", Signature::One, split_name),
        NativeDef::function("formatter_parser", Signature::One, |vm, args| {
            let split = split_template(vm, args);
            iterated(vm, split, 0)
        }),
        NativeDef::function("formatter_field_name_split", Signature::One, |vm, args| {
            let split = split_name(vm, args);
            iterated(vm, split, 1)
        }),
    ];
    super::add_functions(vm, dict, "_string", natives);
}

/// What was split (`split[at]` is a list, the error's text comes last) in the form of CPython's functions: with an iterator.
fn iterated(vm: &mut Vm, split: Res, at: usize) -> Res {
    let Outcome::Done(split) = split? else { return Err(vm.type_error("splitting does not wait")) };
    let items = vm.heap.tuple(split).map(<[ObjRef]>::to_vec).unwrap_or_default();
    let failure = items.last().and_then(|&text| vm.text(text));
    let result = match failure {
        Some(message) => Err(vm.raise(VALUE_ERROR, PyStr::clone(&message))),
        None => vm.get_iter(items[at]),
    };
    let result = match (result, at) {
        (Ok(Outcome::Done(iterator)), 1) => {
            let first = vm.own(items[0]);
            done(vm.new_tuple([first, iterator]))
        }
        (result, _) => result,
    };
    vm.decref(split);
    result
}

fn text_argument(vm: &mut Vm, args: Args) -> Result<std::sync::Arc<PyStr>, Raised> {
    let object = args.at(vm, 0);
    match vm.text(object) {
        Some(text) => Ok(text),
        None => Err(vm.type_error(format!("expected str, got {}", vm.type_name(object)))),
    }
}

fn text_or_none(vm: &mut Vm, text: Option<PyStr>) -> ObjRef {
    match text {
        Some(text) => vm.new_str(text),
        None => vm.none(),
    }
}

/// The text of an error, or None.
fn error_object(vm: &mut Vm, error: Option<TextError>) -> ObjRef {
    text_or_none(vm, error.map(|error| PyStr::from(error.message)))
}

fn split_template(vm: &mut Vm, args: Args) -> Res {
    let text = text_argument(vm, args)?;
    let mut pieces = template::pieces(&text);
    let (mut parts, mut failure) = (Vec::new(), None);
    while let Some(piece) = pieces.next() {
        let (literal, field) = match piece {
            Ok(Piece::Literal(literal)) => (literal, pieces.take_field()),
            Ok(Piece::Field(field)) => (PyStr::empty(), Some(field)),
            Err(error) => {
                failure = Some(error);
                break;
            }
        };
        let literal = vm.new_str(literal);
        let (name, spec, conversion) = match field {
            Some(Field { name, spec, conversion, .. }) => (Some(name), Some(spec), conversion.map(PyStr::from_point)),
            None => (None, None, None),
        };
        let part = [literal, text_or_none(vm, name), text_or_none(vm, spec), text_or_none(vm, conversion)];
        parts.push(vm.new_tuple(part));
    }
    let parts = vm.new_list(parts);
    let failure = error_object(vm, failure);
    done(vm.new_tuple([parts, failure]))
}

fn split_name(vm: &mut Vm, args: Args) -> Res {
    let text = text_argument(vm, args)?;
    let (first, steps) = match template::split_name(&text) {
        Ok(split) => split,
        Err(error) => return Err(vm.raise(VALUE_ERROR, error.message)),
    };
    let first = match first {
        First::Auto => vm.new_str(PyStr::empty()),
        First::Index(index) => vm.new_usize(index),
        First::Name(name) => vm.new_str(name),
    };
    let (mut parts, mut failure) = (Vec::new(), None);
    for step in steps {
        let (is_attribute, key) = match step {
            Ok(Step::Attribute(name)) => (true, vm.new_str(name)),
            Ok(Step::Index(index)) => (false, vm.new_usize(index)),
            Ok(Step::Key(key)) => (false, vm.new_str(key)),
            Err(error) => {
                failure = Some(error);
                break;
            }
        };
        let part = [vm.new_bool(is_attribute), key];
        parts.push(vm.new_tuple(part));
    }
    let parts = vm.new_list(parts);
    let failure = error_object(vm, failure);
    done(vm.new_tuple([first, parts, failure]))
}
