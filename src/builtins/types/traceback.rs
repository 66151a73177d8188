//! Tracebacks: `e.__traceback__.tb_lineno`, `tb_next`, `tb_frame`.
//!
//! Counterpart in CPython 3.11: `Python/traceback.c`.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, exception::Traceback},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature::Named, Signature::None as NoArgs},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::static_method("__new__", Named("cls, tb_next, tb_frame, tb_lasti, tb_lineno"), new),
        NativeDef::method("__dir__", NoArgs, dir),
        NativeDef::getter("tb_next", |vm, args| {
            let next = record(vm, args.at(vm, 0)).next.unwrap_or(NONE);
            done(vm.own(next))
        })
        .with_setter(set_next),
        NativeDef::member("tb_frame", |vm, args| {
            let frame = record(vm, args.at(vm, 0)).frame;
            done(vm.own(frame))
        }),
        NativeDef::member("tb_lasti", |vm, args| {
            let lasti = record(vm, args.at(vm, 0)).lasti;
            done(vm.new_int(lasti.into()))
        }),
        NativeDef::getter("tb_lineno", |vm, args| {
            let lineno = record(vm, args.at(vm, 0)).lineno;
            done(vm.new_int(lineno.into()))
        }),
    ]
}

fn record(vm: &Vm, object: ObjRef) -> &Traceback {
    match vm.heap.body(object) {
        Body::Traceback(traceback) => traceback,
        _ => panic!("a traceback"),
    }
}

fn traceback_or_none(vm: &mut Vm, value: ObjRef) -> Result<Option<ObjRef>, Raised> {
    match value {
        NONE => Ok(None),
        value if vm.ty(value) == TRACEBACK => Ok(Some(value)),
        other => {
            let name = vm.type_name(other);
            Err(vm.type_error(format!("expected traceback object, got '{name}'")))
        }
    }
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let next = traceback_or_none(vm, args.at(vm, 1))?;
    let frame = args.at(vm, 2);
    if vm.ty(frame) != FRAME {
        let name = vm.type_name(frame);
        return Err(vm.type_error(format!("traceback() argument 'tb_frame' must be frame, not {name}")));
    }
    let (lasti, lineno) = (vm.small_value(args.at(vm, 3)), vm.small_value(args.at(vm, 4)));
    let (Some(lasti), Some(lineno)) = (lasti, lineno) else {
        return Err(vm.type_error("an integer is required"));
    };
    vm.xincref(next);
    vm.incref(frame);
    done(vm.alloc_tracked(
        TRACEBACK,
        0,
        Body::Traceback(Box::new(Traceback { next, frame, lasti: lasti.max(0) as u32, lineno: lineno as i32 })),
    ))
}

fn set_next(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(value) = args.get(vm, 1) else { return Err(vm.type_error("can't delete tb_next attribute")) };
    let next = traceback_or_none(vm, value)?;
    let mut at = next;
    while let Some(traceback) = at {
        if traceback == this {
            return Err(vm.value_error("traceback loop detected"));
        }
        at = record(vm, traceback).next;
    }
    vm.xincref(next);
    let Body::Traceback(record) = vm.heap.body_mut(this) else { panic!("a traceback") };
    let old = std::mem::replace(&mut record.next, next);
    vm.xdecref(old);
    done(vm.none())
}

fn dir(vm: &mut Vm, _args: Args) -> Res {
    let names: Vec<ObjRef> = ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"].iter().map(|name| vm.new_interned(name)).collect();
    done(vm.new_list(names))
}
