//! `float`: making them of anything, hexadecimal text, ratios, rounding, format.
//!
//! `float("1e3")` is 1000.0, `(0.5).as_integer_ratio()` is (1, 2), `(2.5).__round__()` is 2.
//! Counterpart in CPython 3.11: `Objects/floatobject.c`, `PyNumber_Float`.

use super::{
    new::{self, of_class},
    numbers,
};
use crate::{
    builtins::convert,
    heap::ObjRef,
    num::{float_hex, float_math, float_parse, float_text, int_float},
    objects::{Objects, core_types::*},
    text::repr,
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature},
        protocol::after::After,
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Any, None, One, Range};
    let mut rows = numbers::natives();
    rows.extend(numbers::real_natives());
    rows.extend([
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__repr__", None, repr),
        NativeDef::wrapper("__int__", None, trunc),
        NativeDef::wrapper("__float__", None, itself),
        NativeDef::method("__trunc__", None, trunc),
        NativeDef::method("__floor__", None, floor),
        NativeDef::method("__ceil__", None, ceil),
        NativeDef::method("__round__", Range(0, 1), round),
        NativeDef::method("__format__", One, numbers::format),
        NativeDef::method("__getnewargs__", None, getnewargs),
        NativeDef::method("conjugate", None, itself),
        NativeDef::method("as_integer_ratio", None, as_integer_ratio),
        NativeDef::method("is_integer", None, is_integer),
        NativeDef::method("hex", None, hex),
        NativeDef::class_method("fromhex", One, fromhex),
        NativeDef::class_method("__getformat__", One, getformat),
        NativeDef::getter("real", itself),
        NativeDef::getter("imag", |vm, _| done(vm.new_float(0.0))),
    ]);
    rows
}

/// `float.__getformat__("double")`: how a C type is laid out.
fn getformat(vm: &mut Vm, args: Args) -> Res {
    let kind = crate::builtins::convert::text(vm, args.at(vm, 1), "__getformat__() argument")?;
    match &*kind.to_string_lossy() {
        "double" | "float" => done(vm.new_str("IEEE, little-endian")),
        _ => Err(vm.value_error("__getformat__() argument 1 must be 'double' or 'float'")),
    }
}

fn value(vm: &Vm, args: Args) -> f64 {
    f64::from_bits(vm.heap.slot(args.at(vm, 0)).num)
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let new = new::positional(vm, args, FLOAT, 0, 1)?;
    let class = new.class;
    let Some(object) = new.values[0] else {
        let zero = vm.new_float(0.0);
        return done(of_class(vm, class, zero));
    };
    let depth = vm.frames.len();
    let result = float_of(vm, object);
    if is_core_type(class) {
        return result;
    }
    vm.after(depth, result, After::new("float.__new__", &[class], 0, |vm, state, value| done(of_class(vm, state.refs[0], value))))
}

/// `float(object)`: an exact float, owned.
pub fn float_of(vm: &mut Vm, object: ObjRef) -> Res {
    let ty = vm.ty(object);
    if ty == FLOAT {
        return done(vm.own(object));
    }
    // A str is asked for `__float__` too, if its class has one.
    if let Some(text) = vm.text(object).filter(|_| vm.own_method(ty, vm.names.float).is_none()) {
        let parsed = super::int::own_repr(vm, object, float_parse::parse_float(&text), "could not convert string to float: ")?;
        return convert::float_result(vm, parsed);
    }
    if let Some(float) = vm.float_by_method(object) {
        return float;
    }
    if let Some(value) = convert::plain_float(vm, object) {
        let value = value?;
        return done(vm.new_float(value));
    }
    if vm.has_index(object) {
        let depth = vm.frames.len();
        let result = vm.index(object);
        return vm.after(
            depth,
            result,
            After::new("__index__", &[], 0, |vm, _, int| {
                let value = convert::plain_float(vm, int).expect("an int");
                vm.decref(int);
                done(vm.new_float(value?))
            }),
        );
    }
    if let Some(bytes) = vm.heap.buffer(object).map(std::borrow::Cow::into_owned) {
        let parsed = float_parse::parse_float_bytes(&bytes, || match vm.ty(object) {
            BYTEARRAY => repr::bytearray_repr(&bytes, "bytearray"),
            MEMORYVIEW => format!("<memory at {:#x}>", vm.address(object)),
            _ => repr::bytes_repr(&bytes),
        });
        return convert::float_result(vm, parsed);
    }
    let name = vm.type_name(object);
    Err(vm.type_error(format!("float() argument must be a string or a real number, not '{name}'")))
}

fn itself(vm: &mut Vm, args: Args) -> Res {
    done(new::plain(vm, args.at(vm, 0)))
}

fn getnewargs(vm: &mut Vm, args: Args) -> Res {
    let value = value(vm, args);
    let value = vm.new_float(value);
    done(vm.new_tuple([value]))
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let text = float_text::repr(value(vm, args));
    done(vm.new_str(text))
}

fn trunc(vm: &mut Vm, args: Args) -> Res {
    let value = value(vm, args);
    convert::int_result(vm, int_float::float_to_int(value))
}

fn floor(vm: &mut Vm, args: Args) -> Res {
    let value = value(vm, args).floor();
    convert::int_result(vm, int_float::float_to_int(value))
}

fn ceil(vm: &mut Vm, args: Args) -> Res {
    let value = value(vm, args).ceil();
    convert::int_result(vm, int_float::float_to_int(value))
}

fn round(vm: &mut Vm, args: Args) -> Res {
    let value = value(vm, args);
    match args.given(vm, 1) {
        None => convert::int_result(vm, float_math::round_to_int(value)),
        Some(digits) => {
            let digits = convert::cut(vm, digits)?;
            convert::float_result(vm, float_math::round(value, digits))
        }
    }
}

fn as_integer_ratio(vm: &mut Vm, args: Args) -> Res {
    let ratio = float_math::as_integer_ratio(value(vm, args));
    let (over, under) = convert::check(vm, ratio)?;
    let (over, under) = (vm.new_big_int(over), vm.new_big_int(under));
    done(vm.new_tuple([over, under]))
}

fn is_integer(vm: &mut Vm, args: Args) -> Res {
    let whole = float_math::is_integer(value(vm, args));
    done(vm.new_bool(whole))
}

fn hex(vm: &mut Vm, args: Args) -> Res {
    let text = float_hex::hex(value(vm, args));
    done(vm.new_str(text))
}

fn fromhex(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let Some(text) = vm.text(args.at(vm, 1)) else {
        return Err(vm.type_error("bad argument type for built-in operation"));
    };
    let parsed = float_hex::from_hex(&text.to_string_lossy());
    let value = convert::check(vm, parsed)?;
    let value = vm.new_float(value);
    if class == FLOAT {
        return done(value);
    }
    let depth = vm.frames.len();
    let result = vm.call(class, &[value]);
    vm.after(depth, result, After::new("float.fromhex", &[], 0, |_, _, value| done(value)).owning([value]))
}
