//! Containers built and taken apart: displays, comprehensions, unpacking.

use super::{Flow, Unit};
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, list},
    vm::{
        Outcome, Raised, Res, Vm,
        frame::Receive,
        native_frame::{Input, Native},
    },
};

/// `BUILD_TUPLE n`: `[… a b] → [… (a, b)]`
#[inline(never)]
pub(super) fn build_tuple(vm: &mut Vm, unit: Unit) -> Flow {
    let items = vm.pop_n(unit.arg as usize);
    let tuple = if items.is_empty() { vm.own(EMPTY_TUPLE) } else { vm.alloc_tracked(TUPLE, 0, Body::Tuple(items)) };
    vm.push(tuple);
    Ok(())
}

/// `BUILD_LIST n`: `[… a b] → [… [a, b]]`
pub(super) fn build_list(vm: &mut Vm, unit: Unit) -> Flow {
    let items = vm.pop_n(unit.arg as usize);
    let list = vm.alloc_tracked(LIST, u64::from(unit.arg), Body::List(items));
    vm.push(list);
    Ok(())
}

/// `BUILD_SET n`: `[… a b] → [… {a, b}]`
pub(super) fn build_set(vm: &mut Vm, unit: Unit) -> Flow {
    let items = vm.pop_n(unit.arg as usize);
    vm.operate(0, Receive::Push, |vm| vm.new_set_of(items))
}

/// `BUILD_MAP n`: `[… k1 v1 k2 v2] → [… {k1: v1, k2: v2}]`
pub(super) fn build_map(vm: &mut Vm, unit: Unit) -> Flow {
    let n = unit.arg as usize;
    if n == 0 {
        let dict = vm.new_dict();
        vm.push(dict);
        return Ok(());
    }
    let items: Vec<ObjRef> = (1..=2 * n).rev().map(|depth| vm.peek(depth)).collect();
    vm.operate(2 * n, Receive::Push, |vm| vm.new_dict_of(items.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()))
}

/// `BUILD_CONST_KEY_MAP n`: `[… v1 v2 (k1, k2)] → [… {k1: v1, k2: v2}]`
pub(super) fn build_const_key_map(vm: &mut Vm, unit: Unit) -> Flow {
    let n = unit.arg as usize;
    let keys = vm.peek(1);
    let names = vm.heap.tuple(keys).expect("a tuple of keys").to_vec();
    let pairs = names.into_iter().enumerate().map(|(i, key)| (key, vm.peek(n + 1 - i))).collect();
    vm.operate(n + 1, Receive::Push, |vm| vm.new_dict_of(pairs))
}

/// `BUILD_SLICE n`: `[… start stop (step)] → [… slice]`
pub(super) fn build_slice(vm: &mut Vm, unit: Unit) -> Flow {
    let step = if unit.arg == 3 { vm.pop() } else { vm.none() };
    let stop = vm.pop();
    let start = vm.pop();
    let slice = vm.alloc_tracked(SLICE, 0, Body::Slice([start, stop, step]));
    vm.push(slice);
    Ok(())
}

/// `LIST_TO_TUPLE`: `[… list] → [… tuple]`
pub(super) fn list_to_tuple(vm: &mut Vm, _unit: Unit) -> Flow {
    let list = vm.pop();
    let items = vm.heap.list(list).expect("a list").to_vec();
    items.iter().for_each(|&item| vm.incref(item));
    let tuple = vm.new_tuple(items);
    vm.decref(list);
    vm.push(tuple);
    Ok(())
}

/// `SET_ADD i`: `[… set … value] → [… set …]`
pub(super) fn set_add(vm: &mut Vm, unit: Unit) -> Flow {
    let (value, set) = (vm.peek(1), vm.peek(unit.arg as usize + 1));
    vm.operate(1, Receive::Discard, |vm| vm.set_add(set, value))
}

/// `MAP_ADD i`: `[… dict … key value] → [… dict …]`
pub(super) fn map_add(vm: &mut Vm, unit: Unit) -> Flow {
    let (value, key, dict) = (vm.peek(1), vm.peek(2), vm.peek(unit.arg as usize + 2));
    vm.operate(2, Receive::Discard, |vm| vm.set_item(dict, key, value))
}

/// `LIST_EXTEND i`: `[… list … iterable] → [… list …]`
pub(super) fn list_extend(vm: &mut Vm, unit: Unit) -> Flow {
    let (iterable, list) = (vm.peek(1), vm.peek(unit.arg as usize + 1));
    vm.operate(1, Receive::Discard, |vm| {
        let result = vm.list_extend(list, iterable);
        match result {
            Err(raised) if vm.exception_matches(raised.0, TYPE_ERROR) && !vm.can_iterate(iterable) => {
                vm.decref(raised.0);
                let name = vm.type_name(iterable);
                Err(vm.type_error(format!("Value after * must be an iterable, not {name}")))
            }
            other => other,
        }
    })
}

/// `SET_UPDATE i`: `[… set … iterable] → [… set …]`
pub(super) fn set_update(vm: &mut Vm, unit: Unit) -> Flow {
    let (iterable, set) = (vm.peek(1), vm.peek(unit.arg as usize + 1));
    vm.operate(1, Receive::Discard, |vm| vm.set_update(set, iterable))
}

/// `DICT_UPDATE i`: `[… dict … mapping] → [… dict …]`
pub(super) fn dict_update(vm: &mut Vm, unit: Unit) -> Flow {
    let mapping = vm.pop();
    let dict = vm.peek(unit.arg as usize);
    let has_keys =
        vm.heap.dict(mapping).is_some() || vm.lookup_attribute_now(mapping, vm.names.keys)?.map(|keys| vm.decref(keys)).is_some();
    if !has_keys {
        let name = vm.type_name(mapping);
        vm.decref(mapping);
        return Err(vm.type_error(format!("'{name}' object is not a mapping")));
    }
    let result = vm.dict_update_now(dict, mapping);
    vm.decref(mapping);
    result
}

/// `DICT_MERGE i`: like DICT_UPDATE for the keywords of a call: keys are strings and must not be there yet
pub(super) fn dict_merge(vm: &mut Vm, unit: Unit) -> Flow {
    let mapping = vm.pop();
    let dict = vm.peek(unit.arg as usize);
    let callable = vm.peek(unit.arg as usize + 2);
    let result = merge_keywords(vm, dict, mapping, callable);
    vm.decref(mapping);
    result
}

fn merge_keywords(vm: &mut Vm, dict: ObjRef, mapping: ObjRef, callable: ObjRef) -> Flow {
    let is_dict = vm.heap.dict(mapping).is_some();
    if !is_dict {
        match vm.lookup_attribute_now(mapping, vm.names.keys)? {
            Some(keys) => vm.decref(keys),
            None => {
                let (title, name) = (vm.callable_title(callable), vm.type_name(mapping));
                return Err(vm.type_error(format!("{title} argument after ** must be a mapping, not {name}")));
            }
        }
    }
    if is_dict {
        let pairs: Vec<(ObjRef, ObjRef)> = vm.heap.dict(mapping).map(|pairs| pairs.iter().collect()).unwrap_or_default();
        return pairs.into_iter().try_for_each(|(key, value)| merge_keyword(vm, dict, callable, key, value));
    }
    let depth = vm.frames.len();
    let keys = match vm.call_attribute(mapping, vm.names.keys, &[]) {
        Some(result) => result?,
        None => return Ok(()),
    };
    let view = vm.finish_now(depth, keys)?;
    let keys = vm.collect_now(view);
    vm.decref(view);
    let keys = keys?;
    let merged = keys.iter().try_for_each(|&key| {
        let depth = vm.frames.len();
        let outcome = vm.get_item(mapping, key)?;
        let value = vm.finish_now(depth, outcome)?;
        let merged = merge_keyword(vm, dict, callable, key, value);
        vm.decref(value);
        merged
    });
    vm.decref_all(keys);
    merged
}

/// One keyword of a call, which must not be there yet. Key and value are borrowed.
fn merge_keyword(vm: &mut Vm, dict: ObjRef, callable: ObjRef, key: ObjRef, value: ObjRef) -> Flow {
    let is_str = vm.heap.str(key).is_some();
    let twice = if is_str { vm.dict_get_str(dict, key).is_some() } else { vm.dict_lookup_now(dict, key)?.is_some() };
    if twice {
        let title = vm.callable_title(callable);
        let name = vm.str_now(key)?.to_string_lossy();
        return Err(vm.type_error(format!("{title} got multiple values for keyword argument '{name}'")));
    }
    if !is_str {
        return vm.dict_set_now(dict, key, value);
    }
    vm.incref(value);
    vm.dict_set_str(dict, key, value);
    Ok(())
}

/// The keywords of a call are strings, unless it is one that takes a dict of anything.
pub(super) fn check_keywords(vm: &mut Vm, callable: ObjRef, keywords: &[(ObjRef, ObjRef)]) -> Flow {
    if keywords.iter().all(|&(key, _)| vm.heap.str(key).is_some()) || vm.takes_any_keywords(callable) {
        return Ok(());
    }
    if !vm.is_callable(callable) {
        let name = vm.type_name(callable);
        return Err(vm.type_error(format!("'{name}' object is not callable")));
    }
    let message = vm.refuses_keywords(callable).unwrap_or_else(|| "keywords must be strings".to_string());
    Err(vm.type_error(message))
}

// ── unpacking ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// The two items of a tuple, borrowed.
#[inline(always)]
pub(super) fn pair(vm: &Vm, sequence: ObjRef) -> Option<(ObjRef, ObjRef)> {
    let slot = vm.heap.slot(sequence);
    match &slot.body {
        Body::Tuple(items) if slot.ty == TUPLE => match items[..] {
            [first, second] => Some((first, second)),
            _ => None,
        },
        _ => None,
    }
}

/// The items of a list or tuple, as the form has it, if they are `n`.
#[inline(always)]
fn items_of(vm: &Vm, sequence: ObjRef, op: Op, n: usize) -> Option<&[ObjRef]> {
    let slot = vm.heap.slot(sequence);
    match &slot.body {
        Body::Tuple(items) if slot.ty == TUPLE && op != Op::UNPACK_SEQUENCE_LIST => Some(&items[..]),
        Body::List(items) if slot.ty == LIST && op == Op::UNPACK_SEQUENCE_LIST => Some(&items[..]),
        _ => None,
    }
    .filter(|items| items.len() == n)
}

/// `UNPACK_SEQUENCE n` in its forms for a tuple or list: `[… sequence] → [… last … first]`
#[inline(never)]
pub(super) fn unpack_items(vm: &mut Vm, unit: Unit) -> Flow {
    let (sequence, n, at) = (vm.peek(1), unit.arg as usize, vm.sp - 1);
    if items_of(vm, sequence, unit.op, n).is_none() {
        return vm.run_form(unit.op);
    }
    // The sequence itself lies where the last item goes.
    for index in 0..n {
        let item = items_of(vm, sequence, unit.op, n).expect("looked at above")[index];
        vm.heap.incref(item);
        vm.stack[at + n - 1 - index] = Some(item);
    }
    if n == 0 {
        vm.stack[at] = None;
    }
    vm.sp = at + n;
    vm.decref(sequence);
    Ok(())
}

/// So many items are stored at once at most.
const MOST_STORED: usize = 16;

/// The same with the STORE_FASTs behind it: the items go from the sequence at `at` to the variables from `base` on. It comes to an
/// end before its time where no STORE_FAST follows, or where an old value dies that is more than a number; the other items are
/// on the stack then. Answers how many were stored, and that value. `None`: nothing is done, as the sequence would die or is another one.
#[inline(never)]
pub(super) fn unpack_and_store(vm: &mut Vm, pc: usize, base: usize, at: usize, n: usize) -> Option<(usize, Option<ObjRef>)> {
    let sequence = vm.stack[at]?;
    let (mut items, op) = ([NONE; MOST_STORED], vm.units[pc - 1].op);
    if vm.heap.refcount(sequence) == 1 || n > MOST_STORED || pc + n > vm.units.len() {
        return None;
    }
    items[..n].copy_from_slice(items_of(vm, sequence, op, n)?);
    let items = &items[..n];
    vm.heap.decref_immortal(sequence);
    vm.stack[at] = None;
    let (variables, units) = (&mut vm.stack[base..at], &vm.units[pc..pc + n]);
    let (mut stored, mut dead) = (0, None);
    for (&item, unit) in items.iter().zip(units) {
        if !matches!(unit.op, Op::STORE_FAST | Op::STORE_FAST__LOAD_FAST | Op::STORE_FAST__STORE_FAST) {
            break;
        }
        stored += 1;
        let place = &mut variables[unit.arg as usize];
        if *place == Some(item) {
            continue; // its count would go up and down
        }
        vm.heap.incref(item);
        if let Some(old) = place.replace(item)
            && vm.heap.decref_hits_zero(old)
        {
            if !matches!(vm.heap.slot(old).body, Body::None) {
                dead = Some(old);
                break;
            }
            vm.heap.release_number(old);
        }
    }
    for (&item, place) in items[stored..].iter().rev().zip(&mut vm.stack[at..]) {
        vm.heap.incref(item);
        *place = Some(item);
    }
    Some((stored, dead))
}

/// `UNPACK_SEQUENCE n`: `[… sequence] → [… b a]` for `a, b = sequence`
pub(super) fn unpack_sequence(vm: &mut Vm, unit: Unit) -> Flow {
    let n = unit.arg as usize;
    let sequence = vm.peek(1);
    if matches!(vm.ty(sequence), TUPLE | LIST) {
        let items = vm.heap.sequence(sequence).expect("a list or tuple");
        if items.len() == n {
            let sequence = vm.pop();
            for i in (0..n).rev() {
                let item = vm.heap.sequence(sequence).expect("a list or tuple")[i];
                vm.incref(item);
                vm.push(item);
            }
            vm.decref(sequence);
            return Ok(());
        }
    }
    unpack(vm, n, None)
}

/// `UNPACK_EX counts`: `[… sequence] → [… c [b…] a]` for `a, *b, c = sequence`
pub(super) fn unpack_ex(vm: &mut Vm, unit: Unit) -> Flow {
    let (before, after) = ((unit.arg & 0xff) as usize, (unit.arg >> 8) as usize);
    if unpack_plain(vm, before, after) {
        return Ok(());
    }
    unpack(vm, before, Some(after))
}

/// The same of a list or tuple that is long enough: its iterator and the list for the rest are made and dropped in the same order,
/// without looking at every item in between. False: it is something else, and nothing is done.
fn unpack_plain(vm: &mut Vm, before: usize, after: usize) -> bool {
    const LONGEST: usize = 1000;
    let sequence = vm.peek(1);
    let len = match vm.ty(sequence) {
        LIST | TUPLE => vm.heap.sequence(sequence).map_or(0, <[ObjRef]>::len),
        _ => return false,
    };
    if len < before + after || len > LONGEST {
        return false;
    }
    let iterator = vm.new_seq_iter(if vm.ty(sequence) == LIST { LIST_ITERATOR } else { TUPLE_ITERATOR }, sequence);
    let rest = vm.new_list([]);
    // The list gets all that come after the first targets, before it gives the last ones up.
    let (hint, end) = (len - before, len - after);
    if hint > 0 {
        list::set_allocated(&mut vm.heap, rest, list::preallocated(hint));
        if hint < list::preallocated(hint) {
            list::resize(&mut vm.heap, rest, hint, hint);
        }
    }
    // An iterator at its end gives up what it went through, and dies.
    if let Body::SeqIter(held) = &mut vm.heap.slot_mut(iterator).body
        && let Some(held) = held.take()
    {
        vm.decref(held);
    }
    let (floor, top) = (vm.sp - 1, vm.sp + before + after);
    let Vm { heap, stack, spare, .. } = vm;
    let items = heap.sequence(sequence).expect("a list or tuple");
    let targets = stack[floor..top].iter_mut().rev();
    let values = items[..before].iter().chain([&rest]).chain(&items[end..]);
    targets.zip(values).for_each(|(place, &value)| *place = Some(value));
    let kept = spare.filled(end - before, items[before..end].iter().copied());
    kept.iter().for_each(|&item| heap.incref(item));
    let (first, last) = stack[floor..top].split_at(after);
    first.iter().chain(&last[1..]).flatten().for_each(|&item| heap.incref(item));
    *heap.list_mut(rest).expect("a new list") = kept;
    vm.sp = top;
    vm.decref(iterator);
    vm.decref(sequence);
    true
}

/// The sequence stays on the stack until all its items are there.
fn unpack(vm: &mut Vm, before: usize, after: Option<usize>) -> Flow {
    let sequence = vm.peek(1);
    if !vm.can_iterate(sequence) && !vm.is_iterator(sequence) {
        let name = vm.type_name(sequence);
        return Err(vm.type_error(format!("cannot unpack non-iterable {name} object")));
    }
    let (depth, floor) = (vm.frames.len(), vm.sp - 1);
    match vm.start_native(Unpack { sequence, before, after, iterator: None, items: Vec::new(), rest: None })? {
        Outcome::Done(items) => {
            let top = vm.sp;
            vm.drop_stack(floor, top);
            spread_items(vm, items);
        }
        Outcome::Pushed => {
            let frame = &mut vm.frames[depth];
            frame.receive = Receive::Unpack;
            frame.return_sp = floor as u32;
        }
    }
    Ok(())
}

/// Puts the items of a tuple (owned) on the stack, the first on top.
pub fn spread_items(vm: &mut Vm, tuple: ObjRef) {
    for index in (0..vm.heap.tuple(tuple).map_or(0, <[ObjRef]>::len)).rev() {
        let item = vm.heap.tuple(tuple).expect("a tuple")[index];
        vm.incref(item);
        vm.push(item);
    }
    vm.decref(tuple);
}

/// Takes exactly the items that the targets want, and gives them as a tuple.
#[derive(Clone)]
struct Unpack {
    /// borrowed
    sequence: ObjRef,
    before: usize,
    /// With `*rest`: how many targets come after it.
    after: Option<usize>,
    iterator: Option<ObjRef>,
    items: Vec<ObjRef>,
    /// The list for `*rest`, which is being filled.
    rest: Option<ObjRef>,
}

impl Native for Unpack {
    fn name(&self) -> &'static str {
        "unpack"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = match input {
            Input::Start => None,
            Input::Exhausted => return self.ended(vm),
            Input::Value(value) => Some(value),
        };
        loop {
            let outcome = match (self.iterator, self.rest, input.take()) {
                (None, _, None) => vm.get_iter(self.sequence)?,
                (None, _, Some(iterator)) => {
                    self.iterator = Some(iterator);
                    continue;
                }
                (_, Some(rest), Some(none)) => {
                    vm.decref(none);
                    return self.split(vm, rest);
                }
                (Some(_), None, Some(item)) if self.items.len() == self.before => {
                    vm.decref(item);
                    return Err(vm.value_error(format!("too many values to unpack (expected {})", self.before)));
                }
                (Some(_), None, Some(item)) => {
                    self.items.push(item);
                    continue;
                }
                (Some(iterator), _, None) if self.items.len() == self.before && self.after.is_some() => {
                    let rest = vm.new_list([]);
                    self.rest = Some(rest);
                    vm.list_extend(rest, iterator)?
                }
                (Some(iterator), _, None) => match vm.iter_next_native(iterator)? {
                    Outcome::Done(Some(item)) => Outcome::Done(item),
                    Outcome::Done(None) => return self.ended(vm),
                    Outcome::Pushed => Outcome::Pushed,
                },
            };
            match outcome {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.iterator.iter().chain(&self.items).chain(&self.rest).for_each(|&object| visit(object));
    }
}

impl Unpack {
    fn not_enough(&self, vm: &mut Vm, got: usize) -> Raised {
        let wanted = self.before + self.after.unwrap_or(0);
        let least = if self.after.is_some() { "at least " } else { "" };
        vm.value_error(format!("not enough values to unpack (expected {least}{wanted}, got {got})"))
    }

    /// The items have come to their end, and there is no `*rest`.
    fn ended(&mut self, vm: &mut Vm) -> Res {
        if self.items.len() < self.before {
            return Err(self.not_enough(vm, self.items.len()));
        }
        let items = std::mem::take(&mut self.items);
        Ok(Outcome::Done(vm.new_tuple(items)))
    }

    /// All other items are in the list: its last ones belong to the targets after it.
    fn split(&mut self, vm: &mut Vm, rest: ObjRef) -> Res {
        let (len, after) = (vm.heap.list(rest).map_or(0, |items| items.len()), self.after.unwrap_or(0));
        if len < after {
            return Err(self.not_enough(vm, self.before + len));
        }
        let tail = vm.heap.list_mut(rest).map(|items| items.split_off(len - after)).unwrap_or_default();
        self.rest = None;
        let mut items = std::mem::take(&mut self.items);
        items.push(rest);
        items.extend(tail);
        Ok(Outcome::Done(vm.new_tuple(items)))
    }
}
