//! `Did you mean: 'print'?`: the known name that is nearest to one that was not found.
//!
//! Nearness is an edit distance over the UTF-8 bytes: inserting, deleting or changing one costs 2, changing only its case 1.
//! A candidate may be as far away as a third of both lengths. Counterpart in CPython 3.11: `Python/suggestions.c`.
//!
//! ```python
//! prnt(1)   # NameError: name 'prnt' is not defined. Did you mean: 'print'?
//! ```

use super::Lost;
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::Vm,
};

/// So many names or more are not looked through.
const MAX_CANDIDATES: usize = 750;
/// What differs over more bytes than this is not compared.
const MAX_LENGTH: usize = 40;
const MOVE: usize = 2;
const CASE: usize = 1;

/// The name that may have been meant by what raised a NameError or an AttributeError.
///
/// # Errors
///
/// Something that is no text is among the known names: then CPython prints nothing more.
pub fn suggestion(vm: &mut Vm, exception: ObjRef) -> Result<Option<String>, Lost> {
    let fields = vm.heap.exception(exception).map(|exception| exception.fields.to_vec()).unwrap_or_default();
    let field = |at: usize| fields.get(at).copied().flatten();
    match vm.ty(exception) {
        NAME_ERROR => field(0).map_or(Ok(None), |name| of_variables(vm, exception, name)),
        ATTRIBUTE_ERROR => match (field(0), field(1)) {
            (Some(object), Some(name)) => of_attributes(vm, object, name),
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

/// Names of attributes, as `dir` lists them.
fn of_attributes(vm: &mut Vm, object: ObjRef, name: ObjRef) -> Result<Option<String>, Lost> {
    let (Some(name), Some(dir)) = (text(vm, name), vm.dict_get_text(vm.builtins, "dir")) else { return Ok(None) };
    let depth = vm.frames.len();
    let listed = match vm.call(dir, &[object]) {
        Ok(outcome) => vm.finish_now(depth, outcome),
        Err(raised) => Err(raised),
    };
    match listed {
        Ok(listed) => {
            let names = vm.heap.sequence(listed).map(<[ObjRef]>::to_vec).unwrap_or_default();
            let best = nearest(vm, &names, &name);
            vm.decref(listed);
            best
        }
        Err(raised) => {
            vm.decref(raised.0);
            Ok(None)
        }
    }
}

/// Names of variables of the frame that raised: its own, then globals, then builtins.
fn of_variables(vm: &mut Vm, exception: ObjRef, name: ObjRef) -> Result<Option<String>, Lost> {
    let (Some(name), Some([code, globals, builtins])) = (text(vm, name), innermost_frame(vm, exception)) else { return Ok(None) };
    let Body::Code(code) = vm.heap.body(code) else { return Ok(None) };
    let code = code.code.clone();
    let locals: Vec<&str> = code.varnames().map(|name| &**name).collect();
    if let Some(best) = nearest_of(locals.iter().map(|name| Some((*name).to_string())), locals.len(), &name)? {
        return Ok(Some(best));
    }
    for namespace in [globals, builtins] {
        let keys: Vec<ObjRef> = vm.heap.dict(namespace).map(|dict| dict.iter().map(|(key, _)| key).collect()).unwrap_or_default();
        if let Some(best) = nearest(vm, &keys, &name)? {
            return Ok(Some(best));
        }
    }
    Ok(None)
}

/// Code, globals and builtins of the frame where the exception was raised.
fn innermost_frame(vm: &Vm, exception: ObjRef) -> Option<[ObjRef; 3]> {
    let mut at = vm.heap.exception(exception)?.traceback?;
    loop {
        let Body::Traceback(record) = vm.heap.body(at) else { return None };
        match record.next {
            Some(next) => at = next,
            None => {
                let Body::Frame(frame) = vm.heap.body(record.frame) else { return None };
                return Some([frame.code, frame.globals, frame.builtins]);
            }
        }
    }
}

fn text(vm: &Vm, object: ObjRef) -> Option<String> {
    vm.heap.str(object).and_then(|text| text.to_utf8()).map(|text| text.to_string())
}

fn nearest(vm: &Vm, names: &[ObjRef], wrong: &str) -> Result<Option<String>, Lost> {
    nearest_of(names.iter().map(|&name| text(vm, name)), names.len(), wrong)
}

/// The nearest candidate; the first of several. Something that is not text ends the search.
fn nearest_of(names: impl Iterator<Item = Option<String>>, count: usize, wrong: &str) -> Result<Option<String>, Lost> {
    if count >= MAX_CANDIDATES {
        return Ok(None);
    }
    let mut best: Option<(usize, String)> = None;
    for candidate in names {
        let candidate = candidate.ok_or(Lost)?;
        if candidate == wrong {
            continue;
        }
        let mut limit = (wrong.len() + candidate.len() + 3) * MOVE / 6;
        if let Some((distance, _)) = &best {
            limit = limit.min(distance - 1);
        }
        let distance = edit_distance(wrong.as_bytes(), candidate.as_bytes(), limit);
        if distance <= limit {
            let perfect = distance == 0;
            best = Some((distance, candidate));
            if perfect {
                break;
            }
        }
    }
    Ok(best.map(|(_, name)| name))
}

/// What it costs to turn one text into the other; if that is over `limit`, some number over `limit`.
fn edit_distance(a: &[u8], b: &[u8], limit: usize) -> usize {
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len()) * MOVE;
    }
    if a.len() > MAX_LENGTH || b.len() > MAX_LENGTH || a.len().abs_diff(b.len()) * MOVE > limit {
        return limit + 1;
    }
    let mut row: Vec<usize> = (1..=b.len()).map(|n| n * MOVE).collect();
    for (i, &x) in a.iter().enumerate() {
        let (mut diagonal, mut left) = (i * MOVE, (i + 1) * MOVE);
        let mut least = usize::MAX;
        for (cell, &y) in row.iter_mut().zip(b) {
            let changed = diagonal + change_cost(x, y);
            diagonal = *cell;
            left = changed.min(diagonal + MOVE).min(left + MOVE);
            *cell = left;
            least = least.min(left);
        }
        if least > limit {
            return limit + 1;
        }
    }
    row[b.len() - 1]
}

fn change_cost(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE
    } else {
        MOVE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let distance = |a: &str, b: &str| edit_distance(a.as_bytes(), b.as_bytes(), 100);
        assert_eq!(distance("prnt", "print"), 2);
        assert_eq!(distance("Abc", "abc"), 1);
        assert_eq!(distance("kitten", "sitting"), 6);
        assert_eq!(distance("abc", "xyz"), 6);
        assert_eq!(edit_distance(b"abcdef", b"uvwxyz", 3), 4);
    }
}
