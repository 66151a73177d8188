//! Functions that look at objects and namespaces: `isinstance`, `getattr`, `dir`, `id`, `hash`, `repr`, `locals`, …
//!
//! ```python
//! isinstance(x, (int, str))     # type(cls).__instancecheck__ where a metaclass defines one
//! ```
//!
//! Counterpart in CPython 3.11: `Python/bltinmodule.c`, `object_isinstance` in `Objects/abstract.c`.

use crate::{
    builtins::types::{attribute_name, object, type_},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Outcome, Raised, Res, Vm,
        class::build_class,
        native::{
            Args, NativeDef,
            Signature::{Any, None as NoArgs, One, Range},
        },
        native_frame::{Input, Native},
        protocol::after::After,
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::function("__build_class__", Any, build_class),
        NativeDef::function("isinstance", Range(2, 2), isinstance),
        NativeDef::function("issubclass", Range(2, 2), issubclass),
        NativeDef::function("id", One, id),
        NativeDef::function("hash", One, hash),
        NativeDef::function("callable", One, callable),
        NativeDef::function("getattr", Range(2, 3), getattr),
        NativeDef::function("hasattr", Range(2, 2), hasattr),
        NativeDef::function("setattr", Range(3, 3), setattr),
        NativeDef::function("delattr", Range(2, 2), delattr),
        NativeDef::function("dir", Range(0, 1), dir).packing(),
        NativeDef::function("vars", Range(0, 1), vars).packing(),
        NativeDef::function("globals", NoArgs, globals),
        NativeDef::function("locals", NoArgs, locals),
        NativeDef::function("repr", One, |vm, args| vm.repr(args.at(vm, 0))),
        NativeDef::function("ascii", One, |vm, args| vm.ascii(args.at(vm, 0))),
        NativeDef::function("format", Range(1, 2), format),
    ]
}

// ── isinstance and issubclass ───────────────────────────────────────────────────────────────────────────────────────

fn isinstance(vm: &mut Vm, args: Args) -> Res {
    let (object, class) = (args.at(vm, 0), args.at(vm, 1));
    if vm.ty(object) == class {
        return done(vm.new_bool(true));
    }
    if vm.ty(class) == TYPE {
        let holds = type_::real_isinstance(vm, object, class)?;
        return done(vm.new_bool(holds));
    }
    vm.drive(CheckClass { object, classes: vec![class], depths: vec![0], depth: 0, subclass: false, stage: Stage::Next })
}

fn issubclass(vm: &mut Vm, args: Args) -> Res {
    let (derived, class) = (args.at(vm, 0), args.at(vm, 1));
    if vm.ty(class) == TYPE {
        let holds = derived == class || type_::real_issubclass(vm, derived, class)?;
        return done(vm.new_bool(holds));
    }
    vm.drive(CheckClass { object: derived, classes: vec![class], depths: vec![0], depth: 0, subclass: true, stage: Stage::Next })
}

/// Asks one class after the other. All objects are borrowed: the arguments of the call hold them.
#[derive(Clone)]
struct CheckClass {
    object: ObjRef,
    /// Still to be asked, the next one last.
    classes: Vec<ObjRef>,
    /// In how many tuples each of them is, and the one being asked.
    depths: Vec<u32>,
    depth: u32,
    subclass: bool,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Next,
    /// A hook runs.
    Hook,
    /// The truth of its answer is being found.
    Truth,
}

impl Native for CheckClass {
    fn name(&self) -> &'static str {
        if self.subclass { "issubclass" } else { "isinstance" }
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut value = input.value();
        loop {
            match self.stage {
                Stage::Hook => {
                    self.stage = Stage::Truth;
                    match vm.truth_object(value.take().expect("the hook's answer"))? {
                        Outcome::Done(truth) => value = Some(truth),
                        Outcome::Pushed => return Ok(Outcome::Pushed),
                    }
                }
                Stage::Truth => {
                    let truth = value.take().expect("a bool");
                    vm.decref(truth);
                    if truth == TRUE {
                        return done(vm.new_bool(true));
                    }
                    self.stage = Stage::Next;
                }
                Stage::Next => {
                    let Some(class) = self.classes.pop() else { return done(vm.new_bool(false)) };
                    self.depth = self.depths.pop().unwrap_or(0);
                    match self.ask(vm, class)? {
                        Answer::Yes => return done(vm.new_bool(true)),
                        Answer::No => {}
                        Answer::Hook(Outcome::Done(answer)) => {
                            self.stage = Stage::Hook;
                            value = Some(answer);
                        }
                        Answer::Hook(Outcome::Pushed) => {
                            self.stage = Stage::Hook;
                            return Ok(Outcome::Pushed);
                        }
                    }
                }
            }
        }
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

enum Answer {
    Yes,
    No,
    Hook(Outcome),
}

impl CheckClass {
    fn ask(&mut self, vm: &mut Vm, class: ObjRef) -> Result<Answer, Raised> {
        let object = self.object;
        if !self.subclass && vm.ty(object) == class {
            return Ok(Answer::Yes);
        }
        let metaclass = vm.ty(class);
        if metaclass == TYPE {
            return self.really(vm, class);
        }
        if let Some(classes) = vm.heap.tuple(class) {
            self.classes.extend(classes.iter().rev());
            // CPython calls itself for a tuple in a tuple.
            let depth = self.depth + 1;
            self.depths.resize(self.classes.len(), depth);
            if vm.level() + depth > vm.recursion_limit {
                let hook = if self.subclass { "__subclasscheck__" } else { "__instancecheck__" };
                return Err(vm.raise(RECURSION_ERROR, format!("maximum recursion depth exceeded in {hook}")));
            }
            return Ok(Answer::No);
        }
        if metaclass == UNION_TYPE {
            let members = vm.field(class, 0).and_then(|members| vm.heap.tuple(members)).map(<[ObjRef]>::to_vec).unwrap_or_default();
            self.classes.extend(members.iter().rev());
            return Ok(Answer::No);
        }
        let name = if self.subclass { vm.names.subclasscheck } else { vm.names.instancecheck };
        match vm.type_lookup(metaclass, name) {
            // The plain check of `type` needs no call.
            Some(hook) if vm.native_of(hook).is_some_and(|native| native.owner == Some(TYPE)) => self.really(vm, class),
            Some(hook) => {
                vm.enter(if self.subclass { " in __subclasscheck__" } else { " in __instancecheck__" })?;
                let result = vm.call_bound(hook, class, &[object]);
                vm.leave();
                Ok(Answer::Hook(result?))
            }
            None => self.really(vm, class),
        }
    }

    fn really(&self, vm: &mut Vm, class: ObjRef) -> Result<Answer, Raised> {
        let holds =
            if self.subclass { type_::real_issubclass(vm, self.object, class)? } else { type_::real_isinstance(vm, self.object, class)? };
        Ok(if holds { Answer::Yes } else { Answer::No })
    }
}

// ── identity and hash ───────────────────────────────────────────────────────────────────────────────────────────────

fn id(vm: &mut Vm, args: Args) -> Res {
    let address = vm.address(args.at(vm, 0));
    done(vm.new_int(address as i64))
}

fn hash(vm: &mut Vm, args: Args) -> Res {
    let result = vm.hash(args.at(vm, 0));
    vm.int_result(result)
}

fn callable(vm: &mut Vm, args: Args) -> Res {
    let callable = vm.is_callable(args.at(vm, 0));
    done(vm.new_bool(callable))
}

fn format(vm: &mut Vm, args: Args) -> Res {
    let spec = args.get(vm, 1).unwrap_or(EMPTY_STR);
    if vm.heap.str(spec).is_none() {
        let name = crate::builtins::convert::none_or_type_name(vm, spec);
        return Err(vm.type_error(format!("format() argument 2 must be str, not {name}")));
    }
    vm.format(args.at(vm, 0), spec)
}

// ── attributes ──────────────────────────────────────────────────────────────────────────────────────────────────────

fn getattr(vm: &mut Vm, args: Args) -> Res {
    let (object, name) = (args.at(vm, 0), attribute_name(vm, args.at(vm, 1))?);
    match args.get(vm, 2) {
        None => vm.drive(AttributeOr { object, name, absent: Absent::Raises }),
        Some(default) => vm.drive(AttributeOr { object, name, absent: Absent::Default(default) }),
    }
}

fn hasattr(vm: &mut Vm, args: Args) -> Res {
    let (object, name) = (args.at(vm, 0), attribute_name(vm, args.at(vm, 1))?);
    vm.drive(AttributeOr { object, name, absent: Absent::False })
}

/// An attribute, or something else where AttributeError is raised. All objects are borrowed.
#[derive(Clone)]
struct AttributeOr {
    object: ObjRef,
    name: ObjRef,
    absent: Absent,
}

/// What an AttributeError means.
#[derive(Clone, Copy)]
enum Absent {
    /// `getattr(object, name)`
    Raises,
    /// `getattr(object, name, default)`
    Default(ObjRef),
    /// `hasattr(object, name)`: False; and True for any attribute
    False,
}

impl Native for AttributeOr {
    fn name(&self) -> &'static str {
        if let Absent::False = self.absent { "hasattr" } else { "getattr" }
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if let Input::Value(value) = input {
            return self.found(vm, value);
        }
        match vm.get_attr(self.object, self.name) {
            Ok(Outcome::Done(value)) => self.found(vm, value),
            Ok(Outcome::Pushed) => Ok(Outcome::Pushed),
            Err(raised) => self.raised(vm, raised),
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        if !vm.exception_matches(raised.0, ATTRIBUTE_ERROR) {
            return Err(raised);
        }
        let instead = match self.absent {
            Absent::Raises => {
                vm.set_attribute_error_context(raised.0, self.object, self.name);
                return Err(raised);
            }
            Absent::Default(default) => vm.own(default),
            Absent::False => vm.new_bool(false),
        };
        vm.decref(raised.0);
        done(instead)
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

impl AttributeOr {
    fn found(&self, vm: &mut Vm, value: ObjRef) -> Res {
        match self.absent {
            Absent::Raises | Absent::Default(_) => done(value),
            Absent::False => {
                vm.decref(value);
                done(vm.new_bool(true))
            }
        }
    }
}

fn setattr(vm: &mut Vm, args: Args) -> Res {
    let (object, name, value) = (args.at(vm, 0), attribute_name(vm, args.at(vm, 1))?, args.at(vm, 2));
    let depth = vm.frames.len();
    let result = vm.set_attr(object, name, Some(value));
    none_after(vm, depth, result)
}

fn delattr(vm: &mut Vm, args: Args) -> Res {
    let (object, name) = (args.at(vm, 0), attribute_name(vm, args.at(vm, 1))?);
    let depth = vm.frames.len();
    let result = vm.set_attr(object, name, None);
    none_after(vm, depth, result)
}

/// None, whatever the result was.
fn none_after(vm: &mut Vm, depth: usize, result: Res) -> Res {
    vm.after(
        depth,
        result,
        After::new("setattr", &[], 0, |vm, _, value| {
            vm.decref(value);
            done(vm.none())
        }),
    )
}

// ── namespaces ──────────────────────────────────────────────────────────────────────────────────────────────────────

fn globals(vm: &mut Vm, _args: Args) -> Res {
    match vm.top_python_frame().map(|(_, frame)| frame.globals) {
        Some(globals) => done(vm.own(globals)),
        None => done(vm.none()),
    }
}

fn locals(vm: &mut Vm, _args: Args) -> Res {
    let Some(depth) = vm.top_python_frame().map(|(depth, _)| depth) else {
        return Err(vm.raise(SYSTEM_ERROR, "frame does not exist"));
    };
    let locals = vm.locals_of_running(depth);
    done(vm.own(locals))
}

fn vars(vm: &mut Vm, args: Args) -> Res {
    let Some(object) = args.get(vm, 0) else { return locals(vm, args) };
    vm.call_then(
        "vars",
        &[object],
        |vm, refs| match vm.lookup_attribute_now(refs[0], vm.names.dict)? {
            Some(dict) => done(dict),
            None => Err(vm.type_error("vars() argument must have __dict__ attribute")),
        },
        |_, _, dict| done(dict),
    )
}

fn dir(vm: &mut Vm, args: Args) -> Res {
    let Some(object) = args.get(vm, 0) else {
        let Some(depth) = vm.top_python_frame().map(|(depth, _)| depth) else {
            return Err(vm.raise(SYSTEM_ERROR, "frame does not exist"));
        };
        let locals = vm.locals_of_running(depth);
        let names = match vm.heap.dict(locals).filter(|_| vm.ty(locals) == DICT) {
            Some(dict) => dict.iter().map(|(name, _)| name).collect(),
            None => {
                let (keys, depth) = (vm.new_interned("keys"), vm.frames.len());
                let result = vm.call_attribute(locals, keys, &[]).unwrap_or_else(|| Err(vm.no_attribute(locals, keys)));
                vm.decref(keys);
                let outcome = result?;
                let names = vm.finish_now(depth, outcome)?;
                let list = vm.collect_now(names);
                vm.decref(names);
                let list = vm.new_list(list?);
                return sorted_list(vm, list);
            }
        };
        let list = object::name_list(vm, names);
        return sorted_list(vm, list);
    };
    // The tuple of arguments that CPython makes holds the object too.
    vm.incref(object);
    let held = vm.new_tuple([object]);
    let depth = vm.frames.len();
    let result = match vm.call_special_bound(object, vm.names.dir, &[]) {
        Some(result) => result,
        None => Err(vm.type_error("object does not provide __dir__")),
    };
    let sort = After::new("dir", &[], 0, |vm, _, names| {
        if vm.ty(names) == LIST {
            return sorted_list(vm, names);
        }
        let items = vm.collect_now(names);
        vm.decref(names);
        let list = vm.new_list(items?);
        sorted_list(vm, list)
    });
    vm.after(depth, result, sort.owning([held]))
}

/// Sorts a list of names (owned), which are strings unless a `__dir__` gave others.
fn sorted_list(vm: &mut Vm, list: ObjRef) -> Res {
    let items = vm.heap.list(list).map(|items| items.to_vec()).unwrap_or_default();
    if items.iter().all(|&item| vm.heap.str(item).is_some()) {
        let mut sorted = items;
        sorted.sort_by(|&a, &b| match (vm.heap.str(a), vm.heap.str(b)) {
            (Some(a), Some(b)) => a.compare(b),
            _ => std::cmp::Ordering::Equal,
        });
        if let Body::List(items) = vm.heap.body_mut(list) {
            *items = sorted.into_iter().collect();
        }
        return done(list);
    }
    let depth = vm.frames.len();
    let name = vm.new_interned("sort");
    let result = vm.call_attribute(list, name, &[]).unwrap_or(Ok(Outcome::Done(NONE)));
    vm.decref(name);
    // Given back if sorting fails; else it is the result.
    let sorted = After::new("dir", &[list], 0, |vm, state, value| {
        vm.decref(value);
        done(vm.own(state.refs[0]))
    });
    vm.after(depth, result, sorted.owning([list]))
}
