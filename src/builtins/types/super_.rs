//! `super`: attributes of the classes behind one in the MRO.
//!
//! ```python
//! class D(B):
//!     def f(self): return super().f()     # super(D, self): D from the cell `__class__`, self from the first local
//! ```
//!
//! Fields: the class, the object, the type whose MRO is searched. Counterpart in CPython 3.11: `PySuper_Type`.

use crate::{
    bytecode::code::{CO_FAST_CELL, CO_FAST_FREE},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Raised, Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{Any, None as NoArgs, Range},
        },
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__init__", Any, init),
        NativeDef::wrapper("__get__", Range(1, 2), get),
        NativeDef::wrapper("__repr__", NoArgs, repr),
        NativeDef::wrapper("__getattribute__", crate::vm::native::Signature::One, super::object::getattribute),
        NativeDef::member("__thisclass__", field::<0>),
        NativeDef::member("__self__", field::<1>),
        NativeDef::member("__self_class__", field::<2>),
    ]
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    done(vm.new_instance(class))
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    if args.kwnames.is_some() {
        return Err(vm.type_error("super() takes no keyword arguments"));
    }
    if args.n > 3 {
        return Err(vm.type_error(format!("super() expected at most 2 arguments, got {}", args.n - 1)));
    }
    let (class, object) = match args.get(vm, 1) {
        Some(class) => (class, args.given(vm, 2)),
        None => {
            let (class, object) = of_running_frame(vm)?;
            (class, Some(object).filter(|&object| object != NONE))
        }
    };
    if vm.heap.as_type(class).is_none() {
        let name = vm.type_name(class);
        return Err(vm.type_error(format!("super() argument 1 must be a type, not {name}")));
    }
    let start = match object {
        Some(object) => Some(check(vm, class, object)?),
        None => None,
    };
    vm.incref(class);
    vm.xincref(object);
    vm.xincref(start);
    let mut old = [Some(class), object, start];
    if let Body::Fields(fields) = vm.heap.body_mut(this) {
        for (index, value) in old.iter_mut().enumerate() {
            std::mem::swap(&mut fields[index], value);
        }
    }
    vm.decref_all(old.into_iter().flatten());
    done(vm.none())
}

/// `super()`: the class in the cell `__class__`, and the first local, both borrowed.
fn of_running_frame(vm: &mut Vm) -> Result<(ObjRef, ObjRef), Raised> {
    let Some((_, frame)) = vm.top_python_frame() else {
        return Err(vm.raise(RUNTIME_ERROR, "super(): no current frame"));
    };
    let (code_object, base) = (frame.code, frame.base as usize);
    let Body::Code(code) = vm.heap.body(code_object) else { panic!("a code object") };
    if code.argcount == 0 {
        return Err(vm.raise(RUNTIME_ERROR, "super(): no arguments"));
    }
    let kinds = &code.code.localspluskinds;
    let variables = vm.heap.tuple(code.localsplusnames).unwrap_or_default();
    let class_slot = variables.iter().zip(kinds).position(|(&name, kind)| kind & CO_FAST_FREE != 0 && name == vm.names.class);
    let first_is_cell = kinds.first().is_some_and(|kind| kind & CO_FAST_CELL != 0);
    let mut object = vm.stack[base];
    if first_is_cell
        && let Some(cell) = object
        && let Body::Cell(content) = vm.heap.body(cell)
    {
        object = *content;
    }
    let Some(object) = object else { return Err(vm.raise(RUNTIME_ERROR, "super(): arg[0] deleted")) };
    let Some(slot) = class_slot else { return Err(vm.raise(RUNTIME_ERROR, "super(): __class__ cell not found")) };
    let content = match vm.stack[base + slot].map(|cell| vm.heap.body(cell)) {
        Some(Body::Cell(content)) => *content,
        _ => return Err(vm.raise(RUNTIME_ERROR, "super(): bad __class__ cell")),
    };
    let Some(class) = content else { return Err(vm.raise(RUNTIME_ERROR, "super(): empty __class__ cell")) };
    if vm.heap.as_type(class).is_none() {
        let name = vm.type_name(class);
        return Err(vm.raise(RUNTIME_ERROR, format!("super(): __class__ is not a type ({name})")));
    }
    Ok((class, object))
}

/// The type whose MRO is searched: the object itself if it is a subclass, else its type.
fn check(vm: &mut Vm, class: ObjRef, object: ObjRef) -> Result<ObjRef, Raised> {
    if vm.heap.as_type(object).is_some() && vm.is_subtype(object, class) {
        return Ok(object);
    }
    let ty = vm.ty(object);
    if vm.is_subtype(ty, class) {
        return Ok(ty);
    }
    if let Some(given) = vm.lookup_attribute_now(object, vm.names.class)? {
        let fits = vm.heap.as_type(given).is_some() && given != ty && vm.is_subtype(given, class);
        vm.decref(given); // the object goes on holding it
        if fits {
            return Ok(given);
        }
    }
    Err(vm.type_error("super(type, obj): obj must be an instance or subtype of type"))
}

fn get(vm: &mut Vm, args: Args) -> Res {
    super::function::check_get(vm, args)?;
    let (this, object) = (args.at(vm, 0), args.at(vm, 1));
    if object == NONE || vm.field(this, 1).is_some() {
        return done(vm.own(this));
    }
    let class = vm.field(this, 0).unwrap_or(OBJECT);
    let ty = vm.ty(this);
    if ty != SUPER {
        return vm.call(ty, &[class, object]);
    }
    let start = check(vm, class, object)?;
    for part in [class, object, start] {
        vm.incref(part);
    }
    done(vm.alloc_tracked(SUPER, 0, Body::Fields([Some(class), Some(object), Some(start), None, None, None].into_iter().collect())))
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let class = vm.field(this, 0).map_or("NULL".to_string(), |class| vm.heap.type_of_type(class).name.to_string());
    let text = match vm.field(this, 2) {
        Some(start) => format!("<super: <class '{class}'>, <{} object>>", vm.heap.type_of_type(start).name),
        None => format!("<super: <class '{class}'>, NULL>"),
    };
    done(vm.new_str(text))
}

fn field<const INDEX: usize>(vm: &mut Vm, args: Args) -> Res {
    let value = vm.field(args.at(vm, 0), INDEX).unwrap_or(NONE);
    done(vm.own(value))
}
