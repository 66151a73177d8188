//! `_thread._local`: an object with other attributes in each thread.
//!
//! ```text
//!   data = threading.local()     thread 1: {'x': 1}     thread 2: {'x': 2}     the dict of who looks is in place
//! ```
//!
//! A thread that looks for the first time gets an empty dict, and `__init__` of a subclass is called again. Invariant: the
//! instance's own `__dict__` is that of the thread that used it last; those of all others are kept here.

use super::super::{NewClass, add_class, foreign, foreign_body, foreign_mut};
use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*, instance::Foreign},
    vm::{
        Outcome, Res, Vm,
        native::{Args, NativeDef, Signature},
        protocol::after::After,
        raised::done,
        threads::ThreadId,
    },
};

#[derive(Clone)]
struct Local {
    /// Whose dict is in place.
    user: ThreadId,
    others: Vec<(ThreadId, ObjRef)>,
    /// What `__init__` of a subclass was given: a tuple and a dict.
    given: Option<[ObjRef; 2]>,
}

impl Foreign for Local {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.others.iter().for_each(|&(_, dict)| visit(dict));
        self.given.iter().flatten().for_each(|&object| visit(object));
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        let mut all: Vec<ObjRef> = self.others.drain(..).map(|(_, dict)| dict).collect();
        all.extend(self.given.take().into_iter().flatten());
        all
    }
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    let natives = vec![
        NativeDef::static_method("__new__", Signature::Any, new),
        NativeDef::wrapper("__getattribute__", Signature::One, |vm, args| with_dict(vm, args, 0)),
        NativeDef::wrapper("__setattr__", Signature::Range(2, 2), |vm, args| with_dict(vm, args, 1)),
        NativeDef::wrapper("__delattr__", Signature::One, |vm, args| with_dict(vm, args, 2)),
        NativeDef::getter("__dict__", crate::builtins::types::instance_dict).with_setter(crate::builtins::types::set_builtin_dict),
    ];
    add_class(vm, dict, NewClass { module: "_thread", name: "_local", base: OBJECT, natives, slots: None });
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let (values, keywords) = (args.from(vm, 1), args.keywords(vm));
    let init = vm.new_interned("__init__");
    let own_init = vm.type_lookup(class, init) != vm.type_lookup(OBJECT, init);
    vm.decref(init);
    if !own_init && args.n + keywords.len() > 1 {
        return Err(vm.type_error("Initialization arguments are not supported"));
    }
    let given = own_init.then(|| {
        values.iter().for_each(|&value| vm.incref(value));
        let values = vm.new_tuple(values);
        let dict = vm.new_dict();
        for (name, value) in keywords {
            vm.incref(value);
            vm.dict_set_str(dict, name, value);
        }
        [values, dict]
    });
    let user = vm.threads.current().id;
    vm.threads.at_end = Some(forget);
    done(vm.new_derived(class, 0, foreign_body(Local { user, others: Vec::new(), given })))
}

/// A thread has ended: what it kept here dies.
fn forget(vm: &mut Vm, id: ThreadId) {
    let all: Vec<ObjRef> = vm.heap.iter().map(|(object, _)| object).collect();
    for object in all {
        let Some(local) = foreign_mut::<Local>(vm, object) else { continue };
        if let Some(at) = local.others.iter().position(|(thread, _)| *thread == id) {
            let (_, dict) = local.others.remove(at);
            vm.decref(dict);
        } else if local.user == id {
            // Nobody has this number.
            local.user = ThreadId(0);
            let empty = vm.new_dict();
            vm.set_instance_dict(object, empty);
        }
    }
}

/// Puts the running thread's dict in place. `Pushed`: it is new, and `__init__` runs.
fn adopt(vm: &mut Vm, this: ObjRef) -> Res {
    let id = vm.threads.current().id;
    let alive: Vec<ThreadId> = vm.threads.list.iter().map(|thread| thread.id).collect();
    let Some(local) = foreign_mut::<Local>(vm, this).filter(|local| local.user != id) else { return done(vm.none()) };
    let user = std::mem::replace(&mut local.user, id);
    let known = local.others.iter().position(|&(thread, _)| thread == id).map(|at| local.others.remove(at).1);
    let (dead, others): (Vec<_>, Vec<_>) = local.others.drain(..).partition(|(thread, _)| !alive.contains(thread));
    local.others = others;
    let given = local.given;
    if let Some(old) = vm.instance_dict(this)
        && alive.contains(&user)
    {
        vm.incref(old);
        if let Some(local) = foreign_mut::<Local>(vm, this) {
            local.others.push((user, old));
        }
    }
    let is_new = known.is_none();
    let dict = known.unwrap_or_else(|| vm.new_dict());
    vm.set_instance_dict(this, dict);
    vm.decref_all(dead.into_iter().map(|(_, dict)| dict));
    let Some([values, keywords]) = given.filter(|_| is_new) else { return done(vm.none()) };
    let class = vm.ty(this);
    let name = vm.new_interned("__init__");
    let init = vm.type_lookup(class, name);
    vm.decref(name);
    let Some(init) = init else { return done(vm.none()) };
    let mut arguments = vec![this];
    arguments.extend(vm.heap.tuple(values).map(<[ObjRef]>::to_vec).unwrap_or_default());
    let keywords: Vec<(ObjRef, ObjRef)> = vm.heap.dict(keywords).map(|dict| dict.iter().collect()).unwrap_or_default();
    vm.call_keywords(init, &arguments, &keywords)
}

/// Attribute access (0 get, 1 set, 2 delete) with the running thread's dict.
fn with_dict(vm: &mut Vm, args: Args, what: i64) -> Res {
    let (this, name) = (args.at(vm, 0), crate::builtins::types::attribute_name(vm, args.at(vm, 1))?);
    let value = args.get(vm, 2).unwrap_or(NONE);
    if foreign::<Local>(vm, this).is_none() {
        return Err(vm.type_error("a local that __new__ has made is required"));
    }
    if what > 0 && vm.name_text(name) == "__dict__" {
        let class = vm.type_name(this);
        return Err(vm.raise(ATTRIBUTE_ERROR, format!("'{class}' object attribute '__dict__' is read-only")));
    }
    let depth = vm.frames.len();
    let adopted = adopt(vm, this);
    let state = After::new("local", &[this, name, value], what, |vm, state, nothing| {
        vm.decref(nothing);
        let [this, name, value] = state.refs;
        match state.number {
            0 => vm.get_attr_plain(this, name),
            1 => vm.set_attr_plain(this, name, Some(value)),
            _ => vm.set_attr_plain(this, name, None),
        }
    });
    match vm.after(depth, adopted, state)? {
        Outcome::Done(value) => done(value),
        Outcome::Pushed => Ok(Outcome::Pushed),
    }
}
