//! `-m`: a module of the path as the program, and folders with a `__main__.py`.
//!
//! The work is `runpy`'s, whose frames stand below the program's in tracebacks, as in CPython 3.11 (`pymain_run_module`).
//! Example: `uncoil run -m package.module a b` has `sys.argv == ['/…/package/module.py', 'a', 'b']`.

use crate::{
    heap::ObjRef,
    interpreter::{boot, importlib, new_main},
    objects::core_types::*,
    vm::{
        Config, Outcome, Res, Vm,
        frame::Receive,
        native_frame::{Input, Native},
    },
};

/// A machine that runs a module as `__main__`: `-m name`; or, with `__main__`, what a folder on `sys.path` holds under that name.
pub fn load_module(name: &str, config: Config) -> Vm {
    let mut vm = boot(config);
    new_main(&mut vm);
    let started = vm.start_native(RunModule { name: name.to_string(), called: false });
    match started {
        Ok(Outcome::Pushed) => vm.receive(0, Receive::Exit),
        Ok(Outcome::Done(value)) => vm.result = Some(Ok(value)),
        Err(raised) => vm.result = Some(Err(raised)),
    }
    vm.attention = true;
    vm
}

/// `runpy._run_module_as_main(name)`
#[derive(Clone)]
struct RunModule {
    name: String,
    called: bool,
}

impl Native for RunModule {
    fn name(&self) -> &'static str {
        "-m"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = match input {
            Input::Value(value) => Some(value),
            _ => None,
        };
        loop {
            let outcome = match input.take() {
                Some(value) if self.called => return Ok(Outcome::Done(value)),
                None => {
                    let import = vm.dict_get_str(vm.builtins, vm.names.import).unwrap_or(NONE);
                    let name = vm.new_str("runpy");
                    let result = vm.call(import, &[name]);
                    vm.decref(name);
                    result?
                }
                Some(module) => {
                    self.called = true;
                    let function = importlib::get_of_module(vm, module, "_run_module_as_main").unwrap_or(NONE);
                    let name = vm.new_str(self.name.as_str());
                    let alter = vm.new_bool(self.name != "__main__");
                    let result = vm.call(function, &[name, alter]);
                    vm.decref_all([module, name, alter]);
                    result?
                }
            };
            match outcome {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}
