//! Imports: the opcodes call `__import__`; how a module is found and run is the interpreter's business.

use super::{Flow, Unit};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
    },
};

/// `IMPORT_NAME name`: `[… level fromlist] → [… module]`
pub(super) fn import_name(vm: &mut Vm, unit: Unit) -> Flow {
    let fromlist = vm.pop();
    let level = vm.pop();
    let frame = vm.frame();
    let (globals, builtins, locals) = (frame.globals, frame.builtins, frame.locals.unwrap_or(NONE));
    let result = match vm.dict_get_str(builtins, vm.names.import) {
        Some(import) => vm.call(import, &[unit.object(), globals, locals, fromlist, level]),
        None => Err(vm.raise(IMPORT_ERROR, "__import__ not found")),
    };
    vm.decref(fromlist);
    vm.decref(level);
    vm.push_outcome(result?);
    Ok(())
}

/// `IMPORT_FROM name`: `[… module] → [… module attribute]`
pub(super) fn import_from(vm: &mut Vm, unit: Unit) -> Flow {
    let (module, name) = (vm.peek(1), unit.object());
    let getattr = |vm: &Vm| match vm.heap.body(module) {
        Body::Module(record) => vm.dict_get_text(record.dict, "__getattr__").is_some() && vm.dict_get_str(record.dict, name).is_none(),
        _ => false,
    };
    if getattr(vm) {
        // The module's own function may import in turn, and waits.
        let outcome = vm.start_native(FromModule { module, name })?;
        vm.push_outcome(outcome);
        return Ok(());
    }
    let value = from_module(vm, module, name)?;
    vm.push(value);
    Ok(())
}

/// `from module import name` of a module that has a `__getattr__`. Both are borrowed: the module is on the stack.
#[derive(Clone)]
struct FromModule {
    module: ObjRef,
    name: ObjRef,
}

impl Native for FromModule {
    fn name(&self) -> &'static str {
        "import"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        match input {
            Input::Value(value) => Ok(Outcome::Done(value)),
            _ => match vm.get_attr(self.module, self.name) {
                Err(raised) => self.raised(vm, raised),
                outcome => outcome,
            },
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        if !vm.exception_matches(raised.0, ATTRIBUTE_ERROR) {
            return Err(raised);
        }
        vm.decref(raised.0);
        not_in_module(vm, self.module, self.name).map(Outcome::Done)
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

impl Vm {
    /// Is the module's body still running?
    pub fn is_initializing(&mut self, module: ObjRef) -> bool {
        let Body::Module(record) = self.heap.body(module) else { return false };
        let Some(spec) = self.dict_get_text(record.dict, "__spec__").filter(|&spec| spec != NONE) else { return false };
        let name = self.new_interned("_initializing");
        let flag = self.own_attr(spec, name);
        self.decref(name);
        flag == Some(TRUE)
    }
}

fn from_module(vm: &mut Vm, module: ObjRef, name: ObjRef) -> Result<ObjRef, Raised> {
    if let Some(value) = vm.lookup_attribute_now(module, name)? {
        return Ok(value);
    }
    not_in_module(vm, module, name)
}

fn not_in_module(vm: &mut Vm, module: ObjRef, name: ObjRef) -> Result<ObjRef, Raised> {
    // A submodule that is still being imported is in sys.modules only.
    let package = vm.lookup_attribute_now(module, vm.names.name)?;
    let package_text = package.map(|package| vm.name_text(package));
    vm.xdecref(package);
    let text = vm.name_text(name);
    if let Some(package) = &package_text
        && let Some(submodule) = vm.dict_get_text(vm.modules, &format!("{package}.{text}"))
    {
        vm.incref(submodule);
        return Ok(submodule);
    }
    let file = vm.lookup_attribute_now(module, vm.names.file)?;
    let origin = match file {
        Some(file) if vm.heap.str(file).is_some() => vm.name_text(file),
        _ => "unknown location".to_string(),
    };
    let package = package_text.unwrap_or_else(|| "<unknown module name>".to_string());
    let message = if vm.is_initializing(module) {
        format!(
            "cannot import name '{text}' from partially initialized module '{package}' (most likely due to a circular import) ({origin})"
        )
    } else {
        format!("cannot import name '{text}' from '{package}' ({origin})")
    };
    let raised = vm.raise(IMPORT_ERROR, message);
    let package = vm.new_str(package);
    vm.set_exception_field(raised.0, 1, package);
    match file {
        Some(file) if vm.heap.str(file).is_some() => vm.set_exception_field(raised.0, 2, file),
        file => vm.xdecref(file),
    }
    Err(raised)
}

/// `IMPORT_STAR`: `[… module] → […]`, its public names into the namespace
pub(super) fn import_star(vm: &mut Vm, _unit: Unit) -> Flow {
    let module = vm.pop();
    let result = copy_names(vm, module);
    vm.decref(module);
    result
}

fn copy_names(vm: &mut Vm, module: ObjRef) -> Flow {
    let target = vm.frame().locals.unwrap_or(vm.frame().globals);
    let listed = vm.lookup_attribute_now(module, vm.names.all)?;
    let names: Vec<ObjRef> = match listed {
        Some(all) => {
            let names = vm.collect_now(all);
            vm.decref(all);
            names?
        }
        None => {
            let Body::Module(record) = vm.heap.body(module) else { return Ok(()) };
            let dict = record.dict;
            let names: Vec<ObjRef> = vm.heap.dict(dict).expect("a dict").iter().map(|(name, _)| name).collect();
            let names: Vec<ObjRef> = names
                .into_iter()
                .filter(|&name| vm.heap.str(name).is_some_and(|text| !text.is_empty() && text.at(0) != u32::from('_')))
                .collect();
            names.iter().for_each(|&name| vm.incref(name));
            names
        }
    };
    for (i, &name) in names.iter().enumerate() {
        let value = match vm.lookup_attribute_now(module, name) {
            Ok(Some(value)) => value,
            Ok(None) => {
                let raised = vm.no_attribute(module, name);
                vm.decref_all(names[i..].iter().copied());
                return Err(raised);
            }
            Err(raised) => {
                vm.decref_all(names[i..].iter().copied());
                return Err(raised);
            }
        };
        vm.dict_set_str(target, name, value);
        vm.decref(name);
    }
    Ok(())
}
