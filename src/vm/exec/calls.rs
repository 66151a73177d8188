//! Calls and functions: what happens for each kind of callable is in [`vm/call`](crate::vm::call).
//!
//! ```text
//!   f(a)      [… NULL f a]        x.m(a)    [… m x a]      then PRECALL 1, CALL 1
//! ```

use super::{Flow, Unit};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, function::Function},
    vm::{Outcome, Res, Vm, frame::Receive},
};

/// `PRECALL n`: a bound method in the callable's place becomes function and `self`
pub(super) fn precall(vm: &mut Vm, unit: Unit) -> Flow {
    let at = vm.sp - 1 - unit.arg as usize;
    let Some(method) = vm.stack[at].filter(|&callable| vm.stack[at - 1].is_none() && vm.ty(callable) == METHOD) else { return Ok(()) };
    let Body::Method(parts) = vm.heap.body(method) else { panic!("a method") };
    let [function, this] = **parts;
    vm.incref(function);
    vm.incref(this);
    vm.stack[at - 1] = Some(function);
    vm.stack[at] = Some(this);
    vm.decref(method);
    Ok(())
}

/// `CALL n`: `[… NULL callable args] → [… result]`, `[… method self args] → [… result]`
#[inline]
pub(in crate::vm) fn call(vm: &mut Vm, unit: Unit) -> Flow {
    let n = unit.arg as usize;
    let kwnames = vm.kwnames.take();
    let named = match kwnames {
        None => 0,
        Some(names) => vm.heap.tuple(names).map_or(0, <[ObjRef]>::len),
    };
    let at = vm.sp - 1 - n;
    let (at, n) = if vm.stack[at - 1].is_some() { (at - 1, n + 1) } else { (at, n) };
    let return_sp = vm.sp - 2 - unit.arg as usize;
    let depth = vm.frames.len();
    let seen_by_tracer = if vm.traced { seen_by_tracer(vm, at, n - named) } else { None };
    let mut result = vm.vectorcall(return_sp, at, n - named, kwnames);
    if let Some(function) = seen_by_tracer {
        result = vm.after_c_call(depth, function, result);
    }
    let outcome = result?;
    vm.called(depth, outcome);
    Ok(())
}

/// `PRECALL n` in a form for a builtin: the whole call at once, unless somebody wants to look in between.
#[inline(never)]
pub(super) fn precall_builtin(vm: &mut Vm, unit: Unit) -> Flow {
    match vm.call_what_it_did(unit.arg).or_else(|| vm.call_builtin_class(unit)) {
        Some(flow) => flow,
        None => vm.run_form(unit.op),
    }
}

/// The same for the `append` of a list.
#[inline(never)]
pub(super) fn precall_append(vm: &mut Vm, unit: Unit) -> Flow {
    let (sp, wanted) = (vm.sp, vm.caches[vm.pc as usize - 1].object);
    let (Some(method), Some(list)) = (vm.stack[sp - 3], vm.stack[sp - 2]) else { return vm.run_form(unit.op) };
    let is_it = matches!(&vm.heap.slot(method).body, Body::Native(native) if native.id.0 + 1 == wanted);
    if !is_it || vm.ty(list) != LIST || vm.countdown == 0 || vm.kwnames.is_some() || vm.traced {
        return vm.run_form(unit.op);
    }
    vm.countdown -= 1;
    vm.pc += 1;
    let value = vm.pop();
    vm.list_append(list, value);
    vm.sp = sp - 2;
    (vm.stack[sp - 3], vm.stack[sp - 2]) = (Some(NONE), None);
    vm.heap.incref(NONE);
    vm.decref(method);
    vm.decref(list);
    Ok(())
}

/// A trace function is told of calls of C functions: CPython makes a bound method of `list.append` and its list for that,
/// which lives as long as the call. Owned. Counterpart: `trace_call_function`.
#[cold]
fn seen_by_tracer(vm: &mut Vm, at: usize, n: usize) -> Option<ObjRef> {
    let callable = vm.stack[at]?;
    match vm.ty(callable) {
        METHOD_DESCRIPTOR if n > 0 => {
            let receiver = vm.stack[at + 1]?;
            vm.takes_receiver(callable, receiver).then(|| vm.bind_native(callable, receiver))
        }
        BUILTIN_FUNCTION if vm.profiled() => Some(vm.own(callable)),
        _ => None,
    }
}

/// `KW_NAMES names`: the last arguments of the next CALL have these names
pub(super) fn kw_names(vm: &mut Vm, unit: Unit) -> Flow {
    vm.kwnames = Some(unit.object());
    Ok(())
}

/// `CALL_FUNCTION_EX flags`: `[… NULL callable args (kwargs)] → [… result]`
///
/// Argument tuple and dict stay on the stack until the call is over; their items are pushed once more.
pub(super) fn call_function_ex(vm: &mut Vm, unit: Unit) -> Flow {
    let with_kwargs = (unit.arg & 1) as usize;
    let at = vm.sp - 2 - with_kwargs; // the callable
    let callable = vm.stack[at].expect("a callable");
    let args = vm.stack[at + 1].expect("the arguments");
    if vm.ty(args) != TUPLE {
        // Any iterable may stand behind the star: its items are collected first, then the call is made.
        let depth = vm.frames.len();
        return match spread(vm, callable, args) {
            Ok(Outcome::Done(tuple)) => spread_arrived(vm, tuple),
            Ok(Outcome::Pushed) => {
                vm.receive(depth, Receive::Spread);
                Ok(())
            }
            Err(raised) => {
                // The dict of keywords has been taken from the stack by then, and is forgotten.
                if with_kwargs == 1 {
                    let kwargs = vm.pop();
                    vm.lose(kwargs);
                }
                Err(raised)
            }
        };
    }
    if with_kwargs == 1 {
        let kwargs = vm.stack[at + 2].expect("the keywords");
        if vm.heap.dict(kwargs).is_none() {
            let dict = vm.new_dict();
            vm.stack[at + 2] = Some(dict);
            let result = vm.dict_update_now(dict, kwargs);
            vm.decref(kwargs);
            result?;
        }
    }
    let items = vm.heap.tuple(vm.stack[at + 1].expect("a tuple")).expect("a tuple").to_vec();
    let keywords: Vec<(ObjRef, ObjRef)> = match with_kwargs {
        1 => vm.stack[at + 2].and_then(|dict| vm.heap.dict(dict)).map(|dict| dict.iter().collect()).unwrap_or_default(),
        _ => Vec::new(),
    };
    super::build::check_keywords(vm, callable, &keywords)?;
    vm.reserve_stack(items.len() + keywords.len() + 1);
    let start = vm.sp;
    for &value in [callable].iter().chain(&items).chain(keywords.iter().map(|(_, value)| value)) {
        vm.incref(value);
        vm.push(value);
    }
    keywords.iter().for_each(|&(name, _)| vm.incref(name));
    let kwnames = (!keywords.is_empty()).then(|| vm.new_tuple(keywords.iter().map(|&(name, _)| name)));
    vm.lent_arguments = true;
    let seen_by_tracer = if vm.profiled() { seen_by_tracer(vm, start, items.len()) } else { None };
    let depth = vm.frames.len();
    let mut result = vm.vectorcall(at - 1, start, items.len(), kwnames);
    vm.xdecref(kwnames);
    if let Some(function) = seen_by_tracer {
        result = vm.after_c_call(depth, function, result);
    }
    vm.push_outcome(result?);
    Ok(())
}

/// The items behind the star of the CALL_FUNCTION_EX before `pc` are there, in a tuple (owned): the call can be made.
pub fn spread_arrived(vm: &mut Vm, tuple: ObjRef) -> Flow {
    let unit = vm.unit_at(vm.pc as usize - 1);
    let at = vm.sp - 2 - (unit.arg & 1) as usize;
    let iterable = vm.stack[at + 1].replace(tuple);
    vm.xdecref(iterable);
    call_function_ex(vm, unit)
}

/// The tuple of a call's `*args`, which is borrowed.
fn spread(vm: &mut Vm, callable: ObjRef, args: ObjRef) -> Res {
    if vm.heap.sequence(args).is_none() && !vm.can_iterate(args) {
        let (title, name) = (vm.callable_title(callable), vm.type_name(args));
        return Err(vm.type_error(format!("{title} argument after * must be an iterable, not {name}")));
    }
    vm.collect_into(args, true)
}

impl Vm {
    /// How messages name a callable: `__main__.f()`, `dict()`.
    pub fn callable_title(&mut self, callable: ObjRef) -> String {
        let module_and_name = match self.heap.body(callable) {
            Body::Function(function) => Some((function.module, function.qualname)),
            Body::Method(parts) => match self.heap.body(parts[0]) {
                Body::Function(function) => Some((function.module, function.qualname)),
                _ => None,
            },
            _ => None,
        };
        match module_and_name {
            Some((Some(module), name)) if self.heap.str(module).is_some() && self.name_text(module) != "builtins" => {
                format!("{}.{}()", self.name_text(module), self.name_text(name))
            }
            Some((_, name)) => format!("{}()", self.name_text(name)),
            None => match self.heap.body(callable) {
                Body::Native(_) => match self.lookup_attribute_now(callable, self.names.qualname) {
                    Ok(Some(qualname)) => {
                        let text = self.name_text(qualname);
                        self.decref(qualname);
                        match self.native_of(callable).and_then(|native| native.module).filter(|&module| self.heap.str(module).is_some()) {
                            Some(module) if self.name_text(module) != "builtins" => format!("{}.{text}()", self.name_text(module)),
                            _ => format!("{text}()"),
                        }
                    }
                    _ => String::new(),
                },
                Body::Type(_) => format!("{}()", self.full_type_name(callable)),
                _ => {
                    let depth = self.frames.len();
                    let text = self.str(callable).and_then(|outcome| self.finish_now(depth, outcome));
                    match text {
                        Ok(text) => {
                            let shown = self.name_text(text);
                            self.decref(text);
                            shown
                        }
                        Err(raised) => {
                            self.decref(raised.0);
                            self.type_name(callable).to_string()
                        }
                    }
                }
            },
        }
    }

    /// A function of a code object, with nothing but its globals; owned.
    pub fn new_function(&mut self, code: ObjRef, globals: ObjRef) -> ObjRef {
        let Body::Code(record) = self.heap.body(code) else { panic!("a code object") };
        let (name, qualname) = (record.name, record.qualname);
        let doc = match record.code.consts.first() {
            Some(crate::bytecode::code::Constant::Str(_)) => {
                self.heap.tuple(record.consts).and_then(|consts| consts.first()).copied().unwrap_or(NONE)
            }
            _ => NONE,
        };
        let builtins = self.builtins_of(globals);
        for object in [code, globals, builtins, doc, name, qualname] {
            self.incref(object);
        }
        let module = self.dict_get_str(globals, self.names.name);
        self.xincref(module);
        self.alloc_tracked(
            FUNCTION,
            0,
            Body::Function(Box::new(Function {
                globals,
                builtins,
                name,
                qualname,
                code,
                defaults: None,
                kwdefaults: None,
                closure: None,
                doc,
                dict: None,
                module,
                annotations: None,
            })),
        )
    }
}

/// `MAKE_FUNCTION flags`: `[… (defaults) (kwdefaults) (annotations) (closure) code] → [… function]`
pub(super) fn make_function(vm: &mut Vm, unit: Unit) -> Flow {
    let code = vm.pop();
    let globals = vm.frame().globals;
    let object = vm.new_function(code, globals);
    vm.decref(code);
    let closure = if unit.arg & 8 != 0 { Some(vm.pop()) } else { None };
    let annotations = if unit.arg & 4 != 0 { Some(vm.pop()) } else { None };
    let kwdefaults = if unit.arg & 2 != 0 { Some(vm.pop()) } else { None };
    let defaults = if unit.arg & 1 != 0 { Some(vm.pop()) } else { None };
    let Body::Function(function) = vm.heap.body_mut(object) else { panic!("a function") };
    (function.closure, function.annotations) = (closure, annotations);
    (function.kwdefaults, function.defaults) = (kwdefaults, defaults);
    vm.push(object);
    Ok(())
}

/// `LOAD_BUILD_CLASS`: `[…] → [… __build_class__]`
pub(super) fn load_build_class(vm: &mut Vm, _unit: Unit) -> Flow {
    let builtins = vm.frame().builtins;
    match vm.dict_get_str(builtins, vm.names.build_class) {
        Some(function) => {
            vm.incref(function);
            vm.push(function);
            Ok(())
        }
        None => Err(vm.raise(NAME_ERROR, "__build_class__ not found")),
    }
}

/// `PRINT_EXPR`: `[… value] → […]`, shown by `sys.displayhook`
pub(super) fn print_expr(vm: &mut Vm, _unit: Unit) -> Flow {
    let value = vm.pop();
    let hook = vm.dict_get_text(vm.sys_dict, "displayhook");
    let depth = vm.frames.len();
    let result = match hook {
        Some(hook) => vm.call(hook, &[value]),
        None => Err(vm.raise(RUNTIME_ERROR, "lost sys.displayhook")),
    };
    vm.decref(value);
    let outcome: Outcome = result?;
    vm.discard_outcome(depth, outcome);
    Ok(())
}
