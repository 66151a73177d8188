//! Builtin functions of numbers and characters: `abs bin chr divmod hex oct ord pow round sum`.
//!
//! `sum` adds machine integers and floats without making objects, and frees each item before it asks for the next, as
//! CPython does. Counterpart in CPython 3.11: `Python/bltinmodule.c`. `sum(x * x for x in range(4))` is 14.

use crate::{
    builtins::convert,
    heap::ObjRef,
    num::{int_float, int_text},
    objects::{Body, Objects, core_types::*, equality::Number, int::to_big_int},
    text::PyStr,
    vm::{
        Outcome, Res, Vm,
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        protocol::{after::After, arith},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Named, One, Range};
    vec![
        NativeDef::function("abs", One, |vm, args| {
            let value = args.at(vm, 0);
            vm.abs(value)
        }),
        NativeDef::function("bin", One, |vm, args| in_base(vm, args, 2)),
        NativeDef::function("oct", One, |vm, args| in_base(vm, args, 8)),
        NativeDef::function("hex", One, |vm, args| in_base(vm, args, 16)),
        NativeDef::function("chr", One, chr),
        NativeDef::function("ord", One, ord),
        NativeDef::function("divmod", Range(2, 2), |vm, args| {
            let (a, b) = (args.at(vm, 0), args.at(vm, 1));
            vm.divmod(a, b)
        }),
        NativeDef::function("pow", Named("base, exp, mod=None"), |vm, args| {
            let (base, exponent, modulus) = (args.at(vm, 0), args.at(vm, 1), args.get(vm, 2).unwrap_or(NONE));
            vm.pow3(base, exponent, modulus)
        }),
        NativeDef::function("round", Named("number, ndigits=None"), round),
        NativeDef::function("sum", Named("iterable, /, start=0"), sum),
    ]
}

fn in_base(vm: &mut Vm, args: Args, base: i64) -> Res {
    let depth = vm.frames.len();
    let index = vm.index(args.at(vm, 0));
    vm.after(
        depth,
        index,
        After::new("__index__", &[], base, |vm, state, int| {
            let text = int_text::to_prefixed(&to_big_int(&vm.heap, int), state.number as u32);
            vm.decref(int);
            done(vm.new_str(text))
        }),
    )
}

fn chr(vm: &mut Vm, args: Args) -> Res {
    let point = convert::c_int(vm, args.at(vm, 0))?;
    match u32::try_from(point).ok().filter(|&point| point <= crate::text::unicode::MAX_CODE_POINT) {
        Some(point) => done(vm.new_str(PyStr::from_point(point))),
        None => Err(vm.value_error("chr() arg not in range(0x110000)")),
    }
}

fn ord(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let (len, first) = match vm.heap.body(object) {
        Body::Str(text) => (text.len(), (!text.is_empty()).then(|| text.at(0))),
        Body::Bytes(bytes) => (bytes.len(), bytes.first().map(|&byte| u32::from(byte))),
        Body::ByteArray(bytes) => (bytes.len(), bytes.first().map(|&byte| u32::from(byte))),
        _ => {
            let name = vm.type_name(object);
            return Err(vm.type_error(format!("ord() expected string of length 1, but {name} found")));
        }
    };
    match first {
        Some(point) if len == 1 => done(vm.new_int(i64::from(point))),
        _ => Err(vm.type_error(format!("ord() expected a character, but string of length {len} found"))),
    }
}

fn round(vm: &mut Vm, args: Args) -> Res {
    let number = args.at(vm, 0);
    let digits = args.given(vm, 1);
    let ty = vm.ty(number);
    let Some(method) = vm.type_lookup(ty, vm.names.round) else {
        let name = vm.type_name(number);
        return Err(vm.type_error(format!("type {name} doesn't define __round__ method")));
    };
    match digits {
        Some(digits) => vm.call_bound(method, number, &[digits]),
        None => vm.call_bound(method, number, &[]),
    }
}

fn sum(vm: &mut Vm, args: Args) -> Res {
    let iterable = args.at(vm, 0);
    let start = args.get(vm, 1);
    let what = match start.map(|start| vm.heap.body(start)) {
        Some(Body::Str(_)) => Some("strings [use ''.join(seq) instead]"),
        Some(Body::Bytes(_)) => Some("bytes [use b''.join(seq) instead]"),
        Some(Body::ByteArray(_)) => Some("bytearray [use b''.join(seq) instead]"),
        _ => None,
    };
    let total = match start {
        None => Total::Int(0),
        Some(start) => {
            vm.incref(start);
            Total::Object(start)
        }
    };
    vm.drive(Fold { op: arith::ADD, iterable, iterator: None, total, refused: what, item: None })
}

/// `sum` and `math.prod`: the items of an iterable put together by `+` or `*`, beginning with `start` (borrowed) or 0 or 1.
pub fn fold(vm: &mut Vm, op: u32, iterable: ObjRef, start: Option<ObjRef>) -> Res {
    let total = match start {
        None => Total::Int(i64::from(op == arith::MULTIPLY)),
        Some(start) => Total::Object(vm.own(start)),
    };
    vm.drive(Fold { op, iterable, iterator: None, total, refused: None, item: None })
}

/// The result so far.
#[derive(Clone, Copy)]
enum Total {
    Int(i64),
    Float(f64),
    /// owned
    Object(ObjRef),
}

/// `sum(iterable, start)` or `math.prod(iterable, start=start)`; the iterable is borrowed from the caller.
#[derive(Clone)]
struct Fold {
    op: u32,
    iterable: ObjRef,
    iterator: Option<ObjRef>,
    total: Total,
    /// What cannot be summed: found out after `iter(iterable)`, as in CPython.
    refused: Option<&'static str>,
    /// The item whose addition waits for Python; held.
    item: Option<ObjRef>,
}

impl Native for Fold {
    fn name(&self) -> &'static str {
        if self.op == arith::ADD { "sum" } else { "prod" }
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut next = None;
        match input {
            Input::Start => match vm.get_iter(self.iterable)? {
                Outcome::Done(iterator) => self.start(vm, iterator)?,
                Outcome::Pushed => return Ok(Outcome::Pushed),
            },
            Input::Exhausted => return self.finish(vm),
            Input::Value(iterator) if self.iterator.is_none() => self.start(vm, iterator)?,
            Input::Value(total) if self.item.is_some() => self.added(vm, total),
            Input::Value(item) => next = Some(item),
        }
        let iterator = self.iterator.expect("an iterator");
        loop {
            if let Some(item) = next.take()
                && !self.add_plain(vm, item)
            {
                self.item = Some(item);
                let total = self.object(vm);
                match vm.binary_op(self.op, total, item)? {
                    Outcome::Done(total) => self.added(vm, total),
                    Outcome::Pushed => return Ok(Outcome::Pushed),
                }
            }
            match vm.iter_next_native(iterator)? {
                Outcome::Done(Some(item)) => next = Some(item),
                Outcome::Done(None) => return self.finish(vm),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn take(&mut self, vm: &mut Vm, item: ObjRef) -> bool {
        self.iterator.is_some() && self.item.is_none() && self.add_plain(vm, item)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.iterator.iter().chain(&self.item).for_each(|&object| visit(object));
        if let Total::Object(total) = self.total {
            visit(total);
        }
    }
}

impl Fold {
    fn start(&mut self, vm: &mut Vm, iterator: ObjRef) -> Result<(), crate::vm::Raised> {
        self.iterator = Some(iterator);
        if let Some(what) = self.refused {
            return Err(vm.type_error(format!("sum() can't sum {what}")));
        }
        // An exact int or float as the start is summed without objects.
        if let Total::Object(start) = self.total {
            let plain = match (vm.ty(start), Number::of(&vm.heap, start)) {
                (INT, Some(Number::Int(value))) => Some(Total::Int(value)),
                (FLOAT, Some(Number::Float(value))) => Some(Total::Float(value)),
                _ => None,
            };
            if let Some(plain) = plain {
                vm.decref(start);
                self.total = plain;
            }
        }
        Ok(())
    }

    /// Adds an item (owned) without making an object, if that can be; then the item is given back.
    #[inline]
    fn add_plain(&mut self, vm: &mut Vm, item: ObjRef) -> bool {
        let ty = vm.ty(item);
        let adds = self.op == arith::ADD;
        let floats = |a: f64, b: f64| Some(Total::Float(if adds { a + b } else { a * b }));
        let total = match (self.total, Number::of(&vm.heap, item)) {
            (Total::Int(total), Some(Number::Int(value))) if ty == INT || ty == BOOL => {
                let total = if adds { total.checked_add(value) } else { total.checked_mul(value) };
                total.map(Total::Int)
            }
            (Total::Float(total), Some(Number::Float(value))) if ty == FLOAT => floats(total, value),
            (Total::Float(total), Some(Number::Int(value))) if ty == INT => floats(total, int_float::i64_to_float(value)),
            _ => None,
        };
        match total {
            Some(total) => {
                self.total = total;
                vm.decref(item);
                true
            }
            None => false,
        }
    }

    /// The sum as an object that the state owns.
    fn object(&mut self, vm: &mut Vm) -> ObjRef {
        let total = match self.total {
            Total::Int(total) => vm.new_int(total),
            Total::Float(total) => vm.new_float(total),
            Total::Object(total) => total,
        };
        self.total = Total::Object(total);
        total
    }

    /// The sum with the item at work, owned.
    fn added(&mut self, vm: &mut Vm, total: ObjRef) {
        if let Total::Object(old) = self.total {
            vm.decref(old);
        }
        let item = self.item.take();
        vm.xdecref(item);
        self.total = match (vm.ty(total), Number::of(&vm.heap, total)) {
            (FLOAT, Some(Number::Float(value))) => {
                vm.decref(total);
                Total::Float(value)
            }
            _ => Total::Object(total),
        };
    }

    fn finish(&mut self, vm: &mut Vm) -> Res {
        let total = self.object(vm);
        vm.incref(total);
        done(total)
    }
}
