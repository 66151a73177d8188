//! `-m`: a module of the path as the program, and folders with a `__main__.py`.
//!
//! The work is `runpy`'s, whose frames stand below the program's in tracebacks, as in CPython 3.11 (`pymain_run_module`).
//! Example: `uncoil run -m package.module a b` has `sys.argv == ['/…/package/module.py', 'a', 'b']`.

use crate::{
    heap::ObjRef,
    interpreter::{boot, importlib, new_main},
    objects::{Body, Objects, core_types::*},
    vm::{
        Config, Outcome, Res, Vm,
        exec::RunEnd,
        frame::Receive,
        hooks::{Due, Hooks},
        host::{Host, Stream},
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

/// A machine that stands before the first instruction of a module's code as `__main__`: what finds the module, and the code of its
/// packages, has run. What they wrote is kept for the session.
///
/// # Errors
///
/// The program ended before, with what it wrote on standard error.
pub fn load_module_to_start(name: &str, config: Config, host: &mut dyn Host) -> Result<Vm, String> {
    let mut vm = load_module(name, config);
    loop {
        match vm.run(&mut UntilMain) {
            RunEnd::Request => {
                let request = vm.request.clone().expect("it waits for something");
                let answer = host.answer(&request);
                vm.answer(answer);
            }
            RunEnd::Stopped => {
                // The first instruction of the program is the first of all.
                vm.revoke_grant();
                vm.granted = 0;
                vm.output.chunks.iter_mut().for_each(|chunk| chunk.step = 0);
                return Ok(vm);
            }
            RunEnd::Deadlocked => return Err(vm.explain_deadlock().join("\n")),
            RunEnd::Finished(result) => {
                super::conclude(&mut vm, result);
                let written = vm.output.chunks.iter().filter(|chunk| chunk.stream == Stream::Stderr);
                let text: Vec<u8> = written.flat_map(|chunk| chunk.bytes.iter().copied()).collect();
                let text = String::from_utf8_lossy(&text).trim_end().to_string();
                return Err(text.strip_prefix(&format!("{}: ", vm.config.executable)).map(str::to_string).unwrap_or(text));
            }
        }
    }
}

/// Stops where code of `__main__` is about to run.
struct UntilMain;

impl Hooks for UntilMain {
    fn due(&mut self, vm: &mut Vm) -> Due {
        let main = vm.dict_get_text(vm.modules, "__main__");
        let dict = main.and_then(|main| match vm.heap.body(main) {
            Body::Module(record) => Some(record.dict),
            _ => None,
        });
        match vm.top_python_frame() {
            Some((_, frame)) if dict.is_some() && frame.locals == dict => Due::Stop,
            _ => Due::Go(1),
        }
    }
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
