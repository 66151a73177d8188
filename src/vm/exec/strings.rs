//! f-strings: values made into text, and the parts put together.

use super::{Flow, Unit};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, str::spend},
    text::{PyStr, format},
    vm::{Outcome, Res, Vm, frame::Receive, protocol::after::After},
};

/// Texts up to this length are put together in a buffer first: their parts are looked at once only.
const SHORT: usize = 256;

/// `BUILD_STRING n`: `[… "a" "b"] → [… "ab"]`
///
/// The result is a string of its own even if all parts but one are empty (`_PyUnicode_JoinArray`).
pub(super) fn build_string(vm: &mut Vm, unit: Unit) -> Flow {
    let end = vm.sp;
    let start = end - unit.arg as usize;
    if unit.arg == 1 && vm.ty(vm.peek(1)) == STR {
        return Ok(());
    }
    let mut text = std::mem::take(&mut vm.spare.text);
    let all = match collect_short(vm, start, end, &mut text) {
        Some(()) => PyStr::of_ascii(&text, |_| {}),
        None => PyStr::concat_all(texts(vm, start, end)),
    };
    text.clear();
    vm.spare.text = text;
    spend(&mut vm.heap, &all);
    let result = if all.is_empty() { vm.own(EMPTY_STR) } else { vm.new_own_str(all) };
    vm.drop_stack(start, end);
    vm.push(result);
    Ok(())
}

/// Puts the strings on a stretch of the stack together. `None`: they are long or have more than ASCII.
fn collect_short(vm: &Vm, start: usize, end: usize, all: &mut String) -> Option<()> {
    for text in texts(vm, start, end) {
        let ascii = text.as_ascii()?;
        if all.len() + ascii.len() > SHORT {
            return None;
        }
        all.push_str(ascii);
    }
    Some(())
}

/// The strings on a stretch of the stack.
fn texts(vm: &Vm, start: usize, end: usize) -> impl Iterator<Item = &PyStr> + Clone {
    vm.stack[start..end].iter().flatten().filter_map(|&part| vm.heap.str(part).map(|text| &**text))
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
