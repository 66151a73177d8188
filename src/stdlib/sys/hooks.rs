//! The functions of `sys` by which a program watches itself: trace functions, hooks of async generators, origins of coroutines.
//!
//! ```text
//!   sys.settrace(f)    sys.set_asyncgen_hooks(firstiter=f)    sys.set_coroutine_origin_tracking_depth(1)
//! ```
//!
//! Counterpart in CPython 3.11: the same functions in `Python/sysmodule.c`; what they set is in [`vm`](crate::vm).

use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    stdlib::struct_sequence,
    vm::{
        Raised, Res, Vm,
        native::{
            Args, NativeDef,
            Signature::{Named, None as NoArgs, One},
        },
        raised::done,
    },
};

pub fn functions() -> Vec<NativeDef> {
    use NativeDef as Def;
    vec![
        Def::function("_current_frames", NoArgs, current_frames),
        Def::function("call_tracing", Named("func, args, /"), call_tracing),
        Def::function("get_asyncgen_hooks", NoArgs, get_asyncgen_hooks),
        Def::function("get_coroutine_origin_tracking_depth", NoArgs, |vm, _| {
            let depth = vm.async_hooks.origin_depth;
            done(vm.new_int(depth.into()))
        }),
        Def::function("getprofile", NoArgs, |vm, _| {
            let function = vm.tracing.profiler().unwrap_or(NONE);
            done(vm.own(function))
        }),
        Def::function("gettrace", NoArgs, |vm, _| {
            let function = vm.tracing.tracer().unwrap_or(NONE);
            done(vm.own(function))
        }),
        Def::function("set_asyncgen_hooks", Named("firstiter=None, finalizer=None"), set_asyncgen_hooks),
        Def::function("set_coroutine_origin_tracking_depth", Named("depth"), set_origin_depth),
        Def::function("setprofile", One, |vm, args| {
            let function = args.given(vm, 0);
            function.iter().for_each(|&function| vm.incref(function));
            vm.set_profiler(function);
            done(vm.none())
        }),
        Def::function("settrace", One, |vm, args| {
            let function = args.given(vm, 0);
            function.iter().for_each(|&function| vm.incref(function));
            vm.set_tracer(function);
            done(vm.none())
        }),
    ]
}

fn call_tracing(vm: &mut Vm, args: Args) -> Res {
    let (function, arguments) = (args.at(vm, 0), args.at(vm, 1));
    let Some(items) = vm.heap.tuple(arguments).map(<[ObjRef]>::to_vec) else {
        let given = vm.type_name(arguments);
        return Err(vm.type_error(format!("call_tracing() argument 2 must be tuple, not {given}")));
    };
    vm.call_tracing(function, &items)
}

/// `{thread: frame}`
fn current_frames(vm: &mut Vm, _args: Args) -> Res {
    let dict = vm.new_dict();
    if let Some((depth, _)) = vm.top_python_frame() {
        let frame = vm.frame_object(depth);
        let ident = vm.threads.current().ident;
        let thread = vm.new_int(ident);
        let result = vm.dict_set_now(dict, thread, frame);
        vm.decref_all([thread, frame]);
        if let Err(raised) = result {
            vm.decref(dict);
            return Err(raised);
        }
    }
    done(dict)
}

/// One hook as an argument: left out, None or a callable.
fn hook(vm: &mut Vm, args: Args, index: usize, name: &str) -> Result<Option<Option<ObjRef>>, Raised> {
    match args.get(vm, index) {
        None => Ok(None),
        Some(NONE) => Ok(Some(None)),
        Some(function) if vm.is_callable(function) => Ok(Some(Some(function))),
        Some(other) => {
            let given = vm.type_name(other);
            Err(vm.type_error(format!("callable {name} expected, got {given}")))
        }
    }
}

fn set_asyncgen_hooks(vm: &mut Vm, args: Args) -> Res {
    let finalizer = hook(vm, args, 1, "finalizer")?;
    let firstiter = hook(vm, args, 0, "firstiter")?;
    for function in [finalizer, firstiter].into_iter().flatten().flatten() {
        vm.incref(function);
    }
    let mut old = Vec::new();
    if let Some(finalizer) = finalizer {
        old.extend(std::mem::replace(&mut vm.async_hooks.finalizer, finalizer));
    }
    if let Some(firstiter) = firstiter {
        old.extend(std::mem::replace(&mut vm.async_hooks.firstiter, firstiter));
    }
    vm.decref_all(old);
    done(vm.none())
}

fn get_asyncgen_hooks(vm: &mut Vm, _args: Args) -> Res {
    let class = struct_sequence::new_class(vm, "builtins", "asyncgen_hooks", &["firstiter", "finalizer"]);
    let items = [vm.async_hooks.firstiter, vm.async_hooks.finalizer].map(|function| function.unwrap_or(NONE));
    items.iter().for_each(|&item| vm.incref(item));
    let hooks = struct_sequence::new(vm, class, items);
    vm.decref(class);
    done(hooks)
}

fn set_origin_depth(vm: &mut Vm, args: Args) -> Res {
    let depth = args.at(vm, 0);
    if !vm.is_int(depth) {
        let given = vm.type_name(depth);
        return Err(vm.type_error(format!("'{given}' object cannot be interpreted as an integer")));
    }
    let Some(depth) = vm.small_value(depth).and_then(|depth| i32::try_from(depth).ok()) else {
        return Err(vm.raise(OVERFLOW_ERROR, "Python int too large to convert to C int"));
    };
    let Ok(depth) = u32::try_from(depth) else { return Err(vm.value_error("depth must be >= 0")) };
    vm.async_hooks.origin_depth = depth;
    done(vm.none())
}
