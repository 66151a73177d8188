//! The special methods that str, bytes, bytearray, tuple and range share: `tuple.__len__`, `str.__getitem__`, `bytes.__add__`.
//!
//! They are the builtin meaning, whatever a subclass overrides: `super().__getitem__(i)` in a class ends here.
//! Counterpart in CPython 3.11: the slot wrappers of `sq_length`, `mp_subscript`, `sq_concat`, `sq_repeat`, `sq_contains`.

use super::new::plain;
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Outcome, Res, Vm,
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        protocol::{after::After, compare},
        raised::done,
    },
};

fn length(vm: &mut Vm, args: Args) -> Res {
    match vm.builtin_length(args.at(vm, 0)) {
        Some(Ok(len)) => done(vm.new_usize(len)),
        _ => Err(vm.raise(OVERFLOW_ERROR, "Python int too large to convert to C ssize_t")),
    }
}

fn get_item(vm: &mut Vm, args: Args) -> Res {
    let (this, key) = (args.at(vm, 0), args.at(vm, 1));
    vm.get_item_builtin(this, key)
}

fn contains(vm: &mut Vm, args: Args) -> Res {
    let (this, item) = (args.at(vm, 0), args.at(vm, 1));
    let found = vm.contains_builtin(this, item);
    vm.bool_result(found)
}

fn iter(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let kind = match vm.heap.body(this) {
        Body::Tuple(_) => TUPLE_ITERATOR,
        Body::Str(text) if text.is_ascii() && vm.ty(this) == STR => STR_ASCII_ITERATOR,
        Body::Str(_) => STR_ITERATOR,
        Body::Bytes(_) => BYTES_ITERATOR,
        Body::ByteArray(_) => BYTEARRAY_ITERATOR,
        _ => return vm.get_iter(this),
    };
    done(vm.new_seq_iter(kind, this))
}

fn add(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    vm.concat(this, other)
}

fn multiply(vm: &mut Vm, args: Args) -> Res {
    let (this, count) = (args.at(vm, 0), args.at(vm, 1));
    if !vm.has_index(count) {
        let name = vm.type_name(count);
        return Err(vm.type_error(format!("'{name}' object cannot be interpreted as an integer")));
    }
    vm.repeat(this, count)
}

fn compared<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    vm.compare_method(this, other, OP)
}

fn hash(vm: &mut Vm, args: Args) -> Res {
    of_plain(vm, args, "__hash__", |vm, this| {
        let hash = vm.hash(this);
        vm.int_result(hash)
    })
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    of_plain(vm, args, "__repr__", |vm, this| vm.repr(this))
}

/// The builtin meaning of an operation: that of the same value in an object of the exact type.
fn of_plain(vm: &mut Vm, args: Args, name: &'static str, operation: fn(&mut Vm, ObjRef) -> Res) -> Res {
    let this = args.at(vm, 0);
    if is_core_type(vm.ty(this)) {
        return operation(vm, this);
    }
    let value = plain(vm, this);
    let depth = vm.frames.len();
    let result = operation(vm, value);
    vm.after(depth, result, After::new(name, &[], 0, |_, _, value| done(value)).owning([value]))
}

/// Length, items, search, comparisons, text.
pub fn natives() -> Vec<NativeDef> {
    use Signature::{None, One};
    vec![
        NativeDef::wrapper("__len__", None, length),
        NativeDef::wrapper("__getitem__", One, get_item),
        NativeDef::wrapper("__contains__", One, contains),
        NativeDef::wrapper("__iter__", None, iter),
        NativeDef::wrapper("__repr__", None, repr),
        NativeDef::wrapper("__lt__", One, compared::<{ compare::LT }>),
        NativeDef::wrapper("__le__", One, compared::<{ compare::LE }>),
        NativeDef::wrapper("__eq__", One, compared::<{ compare::EQ }>),
        NativeDef::wrapper("__ne__", One, compared::<{ compare::NE }>),
        NativeDef::wrapper("__gt__", One, compared::<{ compare::GT }>),
        NativeDef::wrapper("__ge__", One, compared::<{ compare::GE }>),
    ]
}

/// `+` and `*`, for all but range.
pub fn joining_natives() -> Vec<NativeDef> {
    use Signature::One;
    vec![
        NativeDef::wrapper("__add__", One, add),
        NativeDef::wrapper("__mul__", One, multiply),
        NativeDef::wrapper("__rmul__", One, multiply),
    ]
}

/// For the immutable ones.
pub fn hash_native() -> NativeDef {
    NativeDef::wrapper("__hash__", Signature::None, hash)
}

// ── index and count ─────────────────────────────────────────────────────────────────────────────────────────────────

/// `tuple.index(value, start, stop)`
pub fn index(vm: &mut Vm, args: Args) -> Res {
    let (this, value) = (args.at(vm, 0), args.at(vm, 1));
    let len = vm.heap.sequence(this).map_or(0, <[ObjRef]>::len) as i64;
    let fit = |bound: i64| if bound < 0 { bound.saturating_add(len).max(0) } else { bound };
    let start = convert::strict_bound(vm, args.get(vm, 2), 0)?;
    let stop = convert::strict_bound(vm, args.get(vm, 3), i64::MAX)?;
    vm.drive(Scan { sequence: this, value, next: fit(start) as usize, stop: fit(stop) as usize, counting: false, count: 0, item: None })
}

/// `tuple.count(value)`
pub fn count(vm: &mut Vm, args: Args) -> Res {
    let (this, value) = (args.at(vm, 0), args.at(vm, 1));
    vm.drive(Scan { sequence: this, value, next: 0, stop: usize::MAX, counting: true, count: 0, item: None })
}

/// Compares the items of a list or tuple with a value, each comparison a step that may wait for Python; operands borrowed.
#[derive(Clone)]
struct Scan {
    sequence: ObjRef,
    value: ObjRef,
    next: usize,
    stop: usize,
    counting: bool,
    count: i64,
    /// The item at work; held.
    item: Option<ObjRef>,
}

impl Native for Scan {
    fn name(&self) -> &'static str {
        if self.counting { "count" } else { "index" }
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut answer = None;
        if let Input::Value(value) = input {
            vm.decref(value);
            answer = Some(value == TRUE);
        }
        loop {
            if let Some(equal) = answer.take() {
                let item = self.item.take();
                vm.xdecref(item);
                if equal && self.counting {
                    self.count += 1;
                } else if equal {
                    return done(vm.new_usize(self.next));
                }
                self.next += 1;
            }
            let item = vm.heap.sequence(self.sequence).and_then(|items| items.get(self.next)).copied();
            match item {
                Some(item) if self.next < self.stop => {
                    self.item = Some(vm.own(item));
                    match vm.equal(item, self.value)? {
                        Outcome::Done(equal) => answer = Some(equal),
                        Outcome::Pushed => return Ok(Outcome::Pushed),
                    }
                }
                _ if self.counting => return done(vm.new_int(self.count)),
                _ => {
                    let name = vm.heap.type_of_type(vm.core_of(self.sequence)).name.clone();
                    return Err(vm.value_error(format!("{name}.index(x): x not in {name}")));
                }
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.item.iter().for_each(|&item| visit(item));
    }
}

// ── join ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/// `separator.join(iterable)` of str (`TEXT`) or bytes and bytearray: a list or tuple as it is, anything else made a list first.
pub fn join<const TEXT: bool>(vm: &mut Vm, args: Args) -> Res {
    let (separator, iterable) = (args.at(vm, 0), args.at(vm, 1));
    if matches!(vm.ty(iterable), LIST | TUPLE) {
        return join_sequence::<TEXT>(vm, separator, iterable);
    }
    let depth = vm.frames.len();
    let list = vm.list_of_items(iterable, "can only join an iterable");
    vm.after(
        depth,
        list,
        After::new(if TEXT { "str.join" } else { "bytes.join" }, &[separator], 0, |vm, state, list| {
            let result = join_sequence::<TEXT>(vm, state.refs[0], list);
            vm.decref(list);
            result
        }),
    )
}

fn join_sequence<const TEXT: bool>(vm: &mut Vm, separator: ObjRef, sequence: ObjRef) -> Res {
    if TEXT { super::str::join::join_sequence(vm, separator, sequence) } else { super::bytes::join_sequence(vm, separator, sequence) }
}
