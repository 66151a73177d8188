//! Cells: the boxes in which closures share variables, `f.__closure__[0].cell_contents`.
//!
//! Counterpart in CPython 3.11: `Objects/cellobject.c`.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{Any, None as NoArgs, One},
        },
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__repr__", NoArgs, repr),
        NativeDef::wrapper("__lt__", One, compare::<0>),
        NativeDef::wrapper("__le__", One, compare::<1>),
        NativeDef::wrapper("__eq__", One, compare::<2>),
        NativeDef::wrapper("__ne__", One, compare::<3>),
        NativeDef::wrapper("__gt__", One, compare::<4>),
        NativeDef::wrapper("__ge__", One, compare::<5>),
        NativeDef::getter("cell_contents", contents).with_setter(set_contents),
    ]
}

fn content(vm: &Vm, cell: ObjRef) -> Option<ObjRef> {
    match vm.heap.body(cell) {
        Body::Cell(content) => *content,
        _ => None,
    }
}

fn new(vm: &mut Vm, args: Args) -> Res {
    if args.kwnames.is_some() {
        return Err(vm.type_error("cell() takes no keyword arguments"));
    }
    if args.n > 2 {
        return Err(vm.type_error(format!("cell expected at most 1 argument, got {}", args.n - 1)));
    }
    let content = args.get(vm, 1);
    vm.xincref(content);
    done(vm.new_cell(content))
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let cell = args.at(vm, 0);
    let inside = match content(vm, cell) {
        Some(value) => format!("{} object at {:#x}", vm.type_name(value), vm.address(value)),
        None => "empty".to_string(),
    };
    let text = format!("<cell at {:#x}: {inside}>", vm.address(cell));
    done(vm.new_str(text))
}

fn compare<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (a, b) = (args.at(vm, 0), args.at(vm, 1));
    if vm.ty(b) != CELL {
        return done(vm.own(NOT_IMPLEMENTED));
    }
    match (content(vm, a), content(vm, b)) {
        (Some(x), Some(y)) => vm.rich_compare(x, y, OP),
        (x, y) => {
            let holds = crate::vm::protocol::compare::holds(OP, Some(x.is_some().cmp(&y.is_some())));
            done(vm.new_bool(holds))
        }
    }
}

fn contents(vm: &mut Vm, args: Args) -> Res {
    match content(vm, args.at(vm, 0)) {
        Some(value) => done(vm.own(value)),
        None => Err(vm.value_error("Cell is empty")),
    }
}

fn set_contents(vm: &mut Vm, args: Args) -> Res {
    let value = args.get(vm, 1);
    vm.xincref(value);
    let old = match vm.heap.body_mut(args.at(vm, 0)) {
        Body::Cell(content) => std::mem::replace(content, value),
        _ => None,
    };
    vm.xdecref(old);
    done(vm.none())
}
