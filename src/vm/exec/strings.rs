//! f-strings: values made into text, and the parts put together.

use super::{Flow, Unit};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    text::{PyStr, format},
    vm::{Outcome, Res, Vm, frame::Receive, protocol::after::After},
};

/// Texts up to this length are put together in a buffer first: their parts are looked at once only.
const SHORT: usize = 256;

/// `BUILD_STRING n`: `[… "a" "b"] → [… "ab"]`
pub(super) fn build_string(vm: &mut Vm, unit: Unit) -> Flow {
    let end = vm.sp;
    let start = end - unit.arg as usize;
    let mut text = std::mem::take(&mut vm.spare.text);
    let result = match short_text(vm, start, end, &mut text) {
        // A string alone is itself.
        Some(Some(only)) => vm.own(only),
        Some(None) => vm.new_str(PyStr::of_ascii(&text, |_| {})),
        None => long_text(vm, start, end),
    };
    text.clear();
    vm.spare.text = text;
    vm.drop_stack(start, end);
    vm.push(result);
    Ok(())
}

/// Puts the strings on a stretch of the stack together, and tells which one of them alone is not empty, if that is so. `None`: they
/// are long or have more than ASCII.
fn short_text(vm: &Vm, start: usize, end: usize, text: &mut String) -> Option<Option<ObjRef>> {
    let (mut filled, mut last) = (0, EMPTY_STR);
    for &part in vm.stack[start..end].iter().flatten() {
        let slot = vm.heap.slot(part);
        let ascii = match &slot.body {
            Body::Str(text) if slot.ty == STR => text.as_ascii()?,
            _ => return None,
        };
        if text.len() + ascii.len() > SHORT {
            return None;
        }
        if !ascii.is_empty() {
            text.push_str(ascii);
            (filled, last) = (filled + 1, part);
        }
    }
    Some((filled == 1).then_some(last))
}

/// All of the strings on a stretch of the stack, owned.
#[inline(never)]
fn long_text(vm: &mut Vm, start: usize, end: usize) -> ObjRef {
    let two = {
        let mut filled = texts(vm, start, end).filter(|(_, text)| !text.is_empty()).map(|(part, _)| part);
        (filled.next(), filled.next())
    };
    match two {
        (Some(only), None) if vm.ty(only) == STR => vm.own(only),
        _ => {
            let all = PyStr::concat_all(texts(vm, start, end).map(|(_, text)| text));
            vm.new_str(all)
        }
    }
}

/// The strings on a stretch of the stack.
fn texts(vm: &Vm, start: usize, end: usize) -> impl Iterator<Item = (ObjRef, &PyStr)> + Clone {
    vm.stack[start..end].iter().flatten().filter_map(|&part| vm.heap.str(part).map(|text| (part, &**text)))
}

/// `FORMAT_VALUE flags`: `[… value (spec)] → [… text]`
pub(super) fn format_value(vm: &mut Vm, unit: Unit) -> Flow {
    let n = if unit.arg & 4 != 0 { 2 } else { 1 };
    let value = vm.peek(n);
    let spec = if n == 2 { Some(vm.peek(1)) } else { None };
    if unit.arg & 3 == 0 && spec.is_none() && vm.ty(value) == STR {
        return Ok(());
    }
    if let Some(text) = short_integer(vm, unit.arg, value, spec) {
        vm.drop_top(n);
        vm.push(text);
        return Ok(());
    }
    vm.operate(n, Receive::Push, |vm| format_converted(vm, unit.arg & 3, value, spec))
}

fn format_converted(vm: &mut Vm, conversion: u32, value: ObjRef, spec: Option<ObjRef>) -> Res {
    let spec = spec.unwrap_or(EMPTY_STR);
    let depth = vm.frames.len();
    let (name, text) = match conversion {
        0 => return vm.format(value, spec),
        1 => ("str", vm.str(value)),
        2 => ("repr", vm.repr(value)),
        _ => ("ascii", vm.ascii(value)),
    };
    let then = After::new(name, &[spec], 0, |vm, state, text| {
        let spec = state.refs[0];
        if spec == EMPTY_STR && vm.ty(text) == STR {
            return Ok(Outcome::Done(text));
        }
        state.owned.push(text);
        vm.format(text, spec)
    });
    vm.after(depth, text, then)
}

/// The text of an integer in the commonest forms of FORMAT_VALUE, owned. `None`: it is something else, or there is no level of
/// recursion left for it.
fn short_integer(vm: &mut Vm, flags: u32, value: ObjRef, spec: Option<ObjRef>) -> Option<ObjRef> {
    match spec {
        _ if flags & 3 != 0 => None,
        None | Some(EMPTY_STR) => decimal(vm, value),
        Some(spec) => {
            let slot = vm.heap.slot(value);
            if slot.ty != INT || !matches!(slot.body, Body::None) || !vm.has_levels() {
                return None;
            }
            let text = format::format_short(slot.num as i64, vm.heap.str(spec)?.as_ascii()?)?;
            Some(vm.new_str(text))
        }
    }
}

/// `str(n)` of a short integer, owned. `None`: it is something else, or there is no level of recursion left for it.
pub(in crate::vm) fn decimal(vm: &mut Vm, object: ObjRef) -> Option<ObjRef> {
    let slot = vm.heap.slot(object);
    if slot.ty != INT || !matches!(slot.body, Body::None) || !vm.has_levels() {
        return None;
    }
    let text = PyStr::of_integer(slot.num as i64);
    Some(vm.new_own_str(text))
}
