//! `sys.meta_path`: what a program puts there is asked where a module is, and its loaders make and fill the module.
//!
//! The three finders that are there from the start stand for the native search, which is not asked through them; those before
//! them come first, those behind them when it has found nothing. Counterpart in CPython 3.11: `_find_spec` and
//! `_load_unlocked` of `importlib._bootstrap`. Example: `sys.meta_path.insert(0, finder)`, and `import spam` calls
//! `finder.find_spec('spam', None, None)`.

use crate::{
    heap::ObjRef,
    interpreter::importlib::{INNER, OUTER},
    objects::{Objects, core_types::*},
    stdlib::class_of_module,
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
        raised::done,
    },
};

/// The classes that stand for the native search.
pub const OURS: [(&str, &str); 3] = [(INNER, "BuiltinImporter"), (INNER, "FrozenImporter"), (OUTER, "PathFinder")];

/// A program's own finders, before or behind the native search; borrowed. None for nearly all programs.
pub(super) fn of_program(vm: &Vm, behind: bool) -> Vec<ObjRef> {
    let Some(list) = vm.dict_get_text(vm.sys_dict, "meta_path") else { return Vec::new() };
    let all = vm.heap.sequence(list).unwrap_or_default();
    let ours = OURS.map(|(module, name)| class_of_module(vm, module, name));
    if *all == ours {
        return Vec::new();
    }
    let is_ours = |finder: &ObjRef| ours.contains(finder);
    let first = all.iter().position(is_ours).unwrap_or(all.len());
    let (before, after) = all.split_at(first);
    if behind { after.iter().copied().filter(|finder| !is_ours(finder)).collect() } else { before.to_vec() }
}

/// What is done with a spec that a finder gives.
#[derive(Clone, Copy)]
pub(super) enum Then {
    Nothing,
    Load,
    /// Into this module, borrowed from whoever imports.
    Reload(ObjRef),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Ask,
    Answered,
    Created,
    Executed,
}

/// Asks finders in turn, and loads the module. Gives its spec, or None where nobody knows it.
#[derive(Clone)]
pub(super) struct Finding {
    /// Those still to be asked, the next one last.
    finders: Vec<ObjRef>,
    name: ObjRef,
    /// Of a module in a package: where the package's modules are; None: on `sys.path`.
    path: ObjRef,
    then: Then,
    step: Step,
    spec: Option<ObjRef>,
    /// The module that is being filled.
    module: Option<ObjRef>,
}

impl Finding {
    /// All arguments are borrowed.
    pub fn new(vm: &mut Vm, finders: Vec<ObjRef>, name: &str, path: Option<ObjRef>, then: Then) -> Finding {
        finders.iter().for_each(|&finder| vm.incref(finder));
        let name = vm.new_str(name);
        let path = path.unwrap_or(NONE);
        vm.incref(path);
        Finding { finders: finders.into_iter().rev().collect(), name, path, then, step: Step::Ask, spec: None, module: None }
    }

    fn go_on(&mut self, vm: &mut Vm, mut input: Option<ObjRef>) -> Res {
        loop {
            let outcome = match self.step {
                Step::Ask => match self.ask(vm)? {
                    Some(outcome) => outcome,
                    None => return done(vm.none()),
                },
                Step::Answered => {
                    let Some(spec) = input.take() else { return done(vm.none()) };
                    if spec == NONE {
                        vm.decref(spec);
                        self.step = Step::Ask;
                        continue;
                    }
                    self.spec = Some(spec);
                    if matches!(self.then, Then::Nothing) {
                        return done(vm.own(spec));
                    }
                    self.create(vm, spec)?
                }
                Step::Created => {
                    let created = input.take().unwrap_or(NONE);
                    self.execute(vm, created)?
                }
                Step::Executed => {
                    vm.xdecref(input.take());
                    let spec = self.spec.unwrap_or(NONE);
                    return done(vm.own(spec));
                }
            };
            match outcome {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    /// The next finder's `find_spec`.
    fn ask(&mut self, vm: &mut Vm) -> Result<Option<Outcome>, Raised> {
        let Some(finder) = self.finders.pop() else { return Ok(None) };
        let target = match self.then {
            Then::Reload(module) => module,
            _ => NONE,
        };
        self.step = Step::Answered;
        let result = vm.call_method(finder, "find_spec", &[self.name, self.path, target]);
        vm.decref(finder);
        result.map(Some)
    }

    /// The loader's `create_module`, whose None means an ordinary module.
    fn create(&mut self, vm: &mut Vm, spec: ObjRef) -> Res {
        self.step = Step::Created;
        if let Then::Reload(module) = self.then {
            return done(vm.own(module));
        }
        let loader = value_of(vm, spec, "loader")?;
        let result = match attribute(vm, loader, "create_module") {
            Ok(Some(method)) => {
                let result = vm.call(method, &[spec]);
                vm.decref(method);
                result
            }
            Ok(None) => done(vm.none()),
            Err(raised) => Err(raised),
        };
        vm.decref(loader);
        result
    }

    /// The module gets its attributes and its place in `sys.modules`; then the loader's `exec_module`.
    fn execute(&mut self, vm: &mut Vm, created: ObjRef) -> Res {
        self.step = Step::Executed;
        let spec = self.spec.unwrap_or(NONE);
        let name = vm.name_text(self.name);
        let module = if created == NONE {
            vm.decref(created);
            crate::interpreter::new_module(vm, &name)
        } else {
            created
        };
        self.module = Some(module);
        describe(vm, module, spec)?;
        let loader = value_of(vm, spec, "loader")?;
        let result = self.run_loader(vm, spec, loader, module, &name);
        vm.decref(loader);
        result
    }

    fn run_loader(&self, vm: &mut Vm, spec: ObjRef, loader: ObjRef, module: ObjRef, name: &str) -> Res {
        if loader == NONE {
            let folders = value_of(vm, spec, "submodule_search_locations")?;
            vm.decref(folders);
            if folders == NONE {
                let raised = vm.raise(IMPORT_ERROR, "missing loader");
                vm.incref(self.name);
                vm.set_exception_field(raised.0, 1, self.name);
                return Err(raised);
            }
        }
        let modules = vm.modules;
        vm.incref(module);
        vm.dict_set_text(modules, name, module);
        if loader == NONE {
            return done(vm.none());
        }
        if let Some(method) = attribute(vm, loader, "exec_module")? {
            let result = vm.call(method, &[module]);
            vm.decref(method);
            return result;
        }
        // A loader of the old kind makes the module itself.
        vm.call_method(loader, "load_module", &[self.name])
    }

    /// A module that could not be filled is forgotten.
    fn failed(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        if self.step == Step::Executed && !matches!(self.then, Then::Reload(_)) {
            let (modules, name) = (vm.modules, self.name);
            if vm.dict_get_str(modules, name).is_some_and(|module| Some(module) == self.module) {
                vm.dict_del_str(modules, name);
            }
        }
        Err(raised)
    }
}

impl Native for Finding {
    fn name(&self) -> &'static str {
        "find_spec"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        match self.go_on(vm, input.value()) {
            Err(raised) => self.failed(vm, raised),
            result => result,
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        self.failed(vm, raised)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.finders.iter().for_each(|&finder| visit(finder));
        self.spec.iter().chain(&self.module).for_each(|&object| visit(object));
        visit(self.name);
        visit(self.path);
    }
}

/// An attribute, owned.
fn attribute(vm: &mut Vm, object: ObjRef, name: &str) -> Result<Option<ObjRef>, Raised> {
    let name = vm.new_interned(name);
    let found = vm.lookup_attribute_now(object, name);
    vm.decref(name);
    found
}

/// The same, and None where there is none.
fn value_of(vm: &mut Vm, object: ObjRef, name: &str) -> Result<ObjRef, Raised> {
    let found = attribute(vm, object, name)?;
    Ok(found.unwrap_or_else(|| vm.none()))
}

/// Sets an attribute, the value being owned; an object that takes none stays as it is.
fn set(vm: &mut Vm, object: ObjRef, name: &str, value: ObjRef) -> Result<(), Raised> {
    let depth = vm.frames.len();
    let name = vm.new_interned(name);
    let result = vm.set_attr(object, name, Some(value));
    let result = match result {
        Ok(outcome) => vm.finish_now(depth, outcome),
        Err(raised) => Err(raised),
    };
    vm.decref_all([name, value]);
    match result {
        Ok(none) => vm.decref(none),
        Err(raised) if vm.exception_matches(raised.0, ATTRIBUTE_ERROR) => vm.decref(raised.0),
        Err(raised) => return Err(raised),
    }
    Ok(())
}

/// The attributes that a module has of its spec, where it has none of its own.
fn describe(vm: &mut Vm, module: ObjRef, spec: ObjRef) -> Result<(), Raised> {
    vm.incref(spec);
    set(vm, module, "__spec__", spec)?;
    let has_location = attribute(vm, spec, "has_location")?;
    let is_file = has_location.is_some_and(|flag| !matches!(flag, FALSE | NONE));
    vm.xdecref(has_location);
    let rows = [
        ("__name__", "name", true),
        ("__loader__", "loader", true),
        ("__package__", "parent", true),
        ("__path__", "submodule_search_locations", true),
        ("__file__", "origin", is_file),
        ("__cached__", "cached", is_file),
    ];
    for (name, of_spec, applies) in rows {
        let present = attribute(vm, module, name)?;
        let is_there = present.is_some_and(|value| value != NONE);
        vm.xdecref(present);
        if !applies || is_there {
            continue;
        }
        match attribute(vm, spec, of_spec)? {
            Some(NONE) if matches!(name, "__path__" | "__cached__") => vm.decref(NONE),
            Some(value) => set(vm, module, name, value)?,
            None => {}
        }
    }
    Ok(())
}

/// The finders that a program finds in `sys.meta_path`.
pub fn install(vm: &mut Vm) {
    let finders = OURS.map(|(module, name)| class_of_module(vm, module, name));
    finders.iter().for_each(|&finder| vm.incref(finder));
    let list = vm.new_list(finders);
    let dict = vm.sys_dict;
    vm.dict_set_text(dict, "meta_path", list);
}
