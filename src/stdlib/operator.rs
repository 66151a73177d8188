//! `operator`: the operators as functions, and `itemgetter`, `attrgetter`, `methodcaller`.
//!
//! ```text
//!   operator/getters.rs   the three classes, whose instances are called
//! ```
//!
//! `sorted(pairs, key=operator.itemgetter(1))`. Counterpart in CPython 3.11: `Modules/_operator.c`.

mod getters;

use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*, int::to_big_int},
    vm::{
        Res, Vm,
        native::{Args, NativeDef, NativeFn, Signature},
        protocol::{
            after::After,
            arith::*,
            compare::{EQ, GE, GT, LE, LT, NE},
        },
        raised::done,
    },
};

/// Functions of two operands; a second name is the special method's.
const BINARY: [(&str, &str, NativeFn); 13] = [
    ("add", "__add__", binary::<ADD>),
    ("and_", "__and__", binary::<AND>),
    ("floordiv", "__floordiv__", binary::<FLOOR_DIVIDE>),
    ("lshift", "__lshift__", binary::<LSHIFT>),
    ("matmul", "__matmul__", binary::<MATMUL>),
    ("mul", "__mul__", binary::<MULTIPLY>),
    ("mod", "__mod__", binary::<REMAINDER>),
    ("or_", "__or__", binary::<OR>),
    ("pow", "__pow__", binary::<POWER>),
    ("rshift", "__rshift__", binary::<RSHIFT>),
    ("sub", "__sub__", binary::<SUBTRACT>),
    ("truediv", "__truediv__", binary::<TRUE_DIVIDE>),
    ("xor", "__xor__", binary::<XOR>),
];

const INPLACE_FUNCTIONS: [(&str, &str, NativeFn); 13] = [
    ("iadd", "__iadd__", binary::<{ INPLACE + ADD }>),
    ("iand", "__iand__", binary::<{ INPLACE + AND }>),
    ("ifloordiv", "__ifloordiv__", binary::<{ INPLACE + FLOOR_DIVIDE }>),
    ("ilshift", "__ilshift__", binary::<{ INPLACE + LSHIFT }>),
    ("imatmul", "__imatmul__", binary::<{ INPLACE + MATMUL }>),
    ("imul", "__imul__", binary::<{ INPLACE + MULTIPLY }>),
    ("imod", "__imod__", binary::<{ INPLACE + REMAINDER }>),
    ("ior", "__ior__", binary::<{ INPLACE + OR }>),
    ("ipow", "__ipow__", binary::<{ INPLACE + POWER }>),
    ("irshift", "__irshift__", binary::<{ INPLACE + RSHIFT }>),
    ("isub", "__isub__", binary::<{ INPLACE + SUBTRACT }>),
    ("itruediv", "__itruediv__", binary::<{ INPLACE + TRUE_DIVIDE }>),
    ("ixor", "__ixor__", binary::<{ INPLACE + XOR }>),
];

const COMPARISONS: [(&str, &str, NativeFn); 6] = [
    ("lt", "__lt__", compare::<LT>),
    ("le", "__le__", compare::<LE>),
    ("eq", "__eq__", compare::<EQ>),
    ("ne", "__ne__", compare::<NE>),
    ("ge", "__ge__", compare::<GE>),
    ("gt", "__gt__", compare::<GT>),
];

const UNARY: [(&str, &str, NativeFn); 8] = [
    ("abs", "__abs__", |vm, args| vm.abs(args.at(vm, 0))),
    ("index", "__index__", |vm, args| {
        let depth = vm.frames.len();
        let outcome = vm.index(args.at(vm, 0));
        // An exact int, whatever class the index was of.
        vm.after(
            depth,
            outcome,
            After::new("__index__", &[], 0, |vm, _, index| {
                if vm.ty(index) == INT {
                    return done(index);
                }
                let value = to_big_int(&vm.heap, index);
                vm.decref(index);
                done(vm.new_big_int(value))
            }),
        )
    }),
    ("inv", "__inv__", |vm, args| vm.unary_invert(args.at(vm, 0))),
    ("invert", "__invert__", |vm, args| vm.unary_invert(args.at(vm, 0))),
    ("neg", "__neg__", |vm, args| vm.unary_negative(args.at(vm, 0))),
    ("pos", "__pos__", |vm, args| vm.unary_positive(args.at(vm, 0))),
    ("not_", "__not__", |vm, args| {
        let depth = vm.frames.len();
        let truth = vm.truth(args.at(vm, 0));
        let truth = vm.bool_result(truth);
        vm.after(
            depth,
            truth,
            After::new("not_", &[], 0, |vm, _, truth| {
                vm.decref(truth);
                done(vm.new_bool(truth != TRUE))
            }),
        )
    }),
    ("truth", "", |vm, args| {
        let truth = vm.truth(args.at(vm, 0));
        vm.bool_result(truth)
    }),
];

/// `_compare_digest(a, b)`: two secrets, of ASCII or bytes, compared in a time that does not tell where they differ.
fn compare_digest(vm: &mut Vm, args: Args) -> Res {
    let (a, b) = (args.at(vm, 0), args.at(vm, 1));
    let bytes = |vm: &mut Vm, object: ObjRef| -> Result<Vec<u8>, crate::vm::Raised> {
        if let Some(text) = vm.text(object) {
            return match text.as_ascii() {
                Some(ascii) => Ok(ascii.as_bytes().to_vec()),
                None => Err(vm.type_error("comparing strings with non-ASCII characters is not supported")),
            };
        }
        crate::builtins::convert::buffer(vm, object)
    };
    if vm.text(a).is_some() != vm.text(b).is_some() {
        let (first, second) = (vm.type_name(a), vm.type_name(b));
        let message = format!("unsupported operand types(s) or combination of types: '{first}' and '{second}'");
        return Err(vm.type_error(message));
    }
    let (a, b) = (bytes(vm, a)?, bytes(vm, b)?);
    let differ = a.iter().zip(&b).fold(a.len() ^ b.len(), |differ, (x, y)| differ | usize::from(x ^ y));
    done(vm.new_bool(differ == 0))
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use Signature::{Any, One, Range};
    let mut natives = Vec::new();
    for (name, special, func) in BINARY.into_iter().chain(INPLACE_FUNCTIONS).chain(COMPARISONS) {
        natives.push((NativeDef::function(name, Range(2, 2), func), special));
    }
    for (name, special, func) in UNARY {
        natives.push((NativeDef::function(name, One, func), special));
    }
    natives.extend([
        (NativeDef::function("_compare_digest", Range(2, 2), compare_digest), ""),
        (NativeDef::function("is_", Range(2, 2), |vm, args| done(vm.new_bool(args.at(vm, 0) == args.at(vm, 1)))), ""),
        (NativeDef::function("is_not", Range(2, 2), |vm, args| done(vm.new_bool(args.at(vm, 0) != args.at(vm, 1)))), ""),
        (NativeDef::function("concat", Range(2, 2), |vm, args| concat(vm, args, ADD)), "__concat__"),
        (NativeDef::function("iconcat", Range(2, 2), |vm, args| concat(vm, args, INPLACE + ADD)), "__iconcat__"),
        (
            NativeDef::function("contains", Range(2, 2), |vm, args| {
                let found = vm.contains(args.at(vm, 0), args.at(vm, 1));
                vm.bool_result(found)
            }),
            "__contains__",
        ),
        (NativeDef::function("getitem", Range(2, 2), |vm, args| vm.get_item(args.at(vm, 0), args.at(vm, 1))), "__getitem__"),
        (
            NativeDef::function("setitem", Range(3, 3), |vm, args| vm.set_item(args.at(vm, 0), args.at(vm, 1), args.at(vm, 2))),
            "__setitem__",
        ),
        (NativeDef::function("delitem", Range(2, 2), |vm, args| vm.del_item(args.at(vm, 0), args.at(vm, 1))), "__delitem__"),
        (NativeDef::function("countOf", Range(2, 2), |vm, args| scan(vm, args, false)), ""),
        (NativeDef::function("indexOf", Range(2, 2), |vm, args| scan(vm, args, true)), ""),
        (NativeDef::function("length_hint", Range(1, 2), length_hint), ""),
        (NativeDef::function("call", Any, call), "__call__"),
    ]);
    let module = vm.new_interned("_operator");
    for (mut def, special) in natives {
        def.module = "_operator";
        let name = def.name;
        let function = vm.new_native_function(def, Some(module));
        if !special.is_empty() {
            vm.incref(function);
            vm.dict_set_text(dict, special, function);
        }
        vm.dict_set_text(dict, name, function);
    }
    vm.decref(module);
    getters::fill(vm, dict);
}

fn binary<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    vm.binary_op(OP, args.at(vm, 0), args.at(vm, 1))
}

fn compare<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    vm.rich_compare(args.at(vm, 0), args.at(vm, 1), OP)
}

/// A builtin sequence is concatenated as its type does it; other operands that look like sequences are added.
fn concat(vm: &mut Vm, args: Args, op: u32) -> Res {
    let (a, b) = (args.at(vm, 0), args.at(vm, 1));
    let solid = vm.heap.type_of_type(vm.ty(a)).solid_base;
    let is_deque = &*vm.heap.type_of_type(solid).name == "collections.deque";
    if matches!(solid, STR | BYTES | BYTEARRAY | LIST | TUPLE) || is_deque {
        let in_place = op >= INPLACE && (matches!(solid, LIST | BYTEARRAY) || is_deque);
        let name = vm.new_interned(if in_place { "__iadd__" } else { "__add__" });
        let method = vm.type_lookup(solid, name);
        vm.decref(name);
        return vm.call_method_object(method.expect("a sequence can be added to"), a, &[b]);
    }
    let adds = is_core_type(vm.ty(a)) && is_core_type(vm.ty(b));
    if adds || !vm.is_sequence(a) || !vm.is_sequence(b) {
        let name = vm.type_name(a);
        return Err(vm.type_error(format!("'{name}' object can't be concatenated")));
    }
    vm.binary_op(op, a, b)
}

/// `countOf` and `indexOf`, comparing on the Rust stack.
fn scan(vm: &mut Vm, args: Args, first: bool) -> Res {
    let (iterable, value) = (args.at(vm, 0), args.at(vm, 1));
    let depth = vm.frames.len();
    let iterator = match vm.get_iter(iterable).and_then(|outcome| vm.finish_now(depth, outcome)) {
        Err(raised) if vm.exception_matches(raised.0, TYPE_ERROR) => {
            vm.decref(raised.0);
            let name = vm.type_name(iterable);
            return Err(vm.type_error(format!("argument of type '{name}' is not iterable")));
        }
        iterator => iterator?,
    };
    let (mut position, mut found) = (0, 0);
    let result = loop {
        let item = match vm.next_now(iterator) {
            Ok(Some(item)) => item,
            Ok(None) if first => break Err(vm.value_error("sequence.index(x): x not in sequence")),
            Ok(None) => break Ok(found),
            Err(raised) => break Err(raised),
        };
        let equal = vm.equal_now(item, value);
        vm.decref(item);
        match equal {
            Ok(true) if first => break Ok(position),
            Ok(equal) => found += i64::from(equal),
            Err(raised) => break Err(raised),
        }
        position += 1;
    };
    vm.decref(iterator);
    let count = result?;
    done(vm.new_int(count))
}

fn length_hint(vm: &mut Vm, args: Args) -> Res {
    let default = match args.get(vm, 1) {
        Some(default) if vm.is_int(default) => match vm.small_value(default) {
            Some(default) => default,
            None => return Err(vm.raise(OVERFLOW_ERROR, "Python int too large to convert to C ssize_t")),
        },
        Some(default) => {
            let name = vm.type_name(default);
            return Err(vm.type_error(format!("'{name}' object cannot be interpreted as an integer")));
        }
        None => 0,
    };
    vm.length_hint(args.at(vm, 0), default)
}

fn call(vm: &mut Vm, args: Args) -> Res {
    let Some(callable) = args.get(vm, 0) else {
        return Err(vm.type_error("call expected at least 1 argument, got 0"));
    };
    let keywords = args.keywords(vm);
    let rest = args.from(vm, 1);
    vm.call_keywords(callable, &rest, &keywords)
}
