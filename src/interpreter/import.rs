//! The import system: `sys.modules`, modules written in Rust, modules that come along as Python source, and source files on
//! `sys.path`.
//!
//! ```text
//!   import a.b     a: found, its frame runs, then a.b: looked for on a.__path__, its frame runs, bound as a's attribute b
//! ```
//!
//! Importing is one native frame: reading a file is a question to the outside world, and a module's body is a frame that a
//! debugger steps into. Counterpart in CPython 3.11: `Python/import.c` and `importlib`.

use std::collections::VecDeque;

use crate::{
    builtins::functions::code::{run_module, syntax_error},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    stdlib,
    syntax::Mode,
    vm::{
        Outcome, Raised, Res, Vm,
        host::{Answer, Request},
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        raised::done,
    },
};

/// Puts `__import__` into the `builtins` namespace.
pub fn install(vm: &mut Vm) {
    let def = NativeDef::function("__import__", Signature::Named("name, globals=None, locals=None, fromlist=(), level=0"), import);
    let module = vm.new_interned("builtins");
    let function = vm.new_native_function(def, Some(module));
    vm.decref(module);
    let builtins = vm.builtins;
    vm.dict_set_text(builtins, "__import__", function);
}

/// `__import__(name, globals, locals, fromlist, level)`
fn import(vm: &mut Vm, args: Args) -> Res {
    let name = args.at(vm, 0);
    let Some(text) = vm.text(name) else { return Err(vm.type_error("module name must be a string")) };
    let name = text.to_string_lossy();
    let level = args.get(vm, 4).and_then(|level| vm.small_value(level)).unwrap_or(0);
    if level < 0 {
        return Err(vm.value_error("level must be >= 0"));
    }
    let full = if level > 0 {
        let package = package_of(vm, args.given(vm, 1))?;
        let mut base = &*package;
        for _ in 1..level {
            match base.rsplit_once('.') {
                Some((parent, _)) => base = parent,
                None => return Err(vm.raise(IMPORT_ERROR, "attempted relative import beyond top-level package")),
            }
        }
        if name.is_empty() { base.to_string() } else { format!("{base}.{name}") }
    } else {
        if name.is_empty() {
            return Err(vm.value_error("Empty module name"));
        }
        name.clone()
    };
    let fromlist = match args.given(vm, 3) {
        None => Vec::new(),
        Some(list) => vm.heap.sequence(list).map(<[ObjRef]>::to_vec).unwrap_or_default(),
    };
    let fromlist: Vec<String> = fromlist.into_iter().map(|name| vm.name_text(name)).collect();
    let result = if !fromlist.is_empty() {
        full.clone()
    } else if level == 0 {
        full.split('.').next().unwrap_or_default().to_string()
    } else {
        // `from . import`-like calls without a list: as many parts fewer as the name has after its first.
        let cut = name.len() - name.split('.').next().map_or(0, str::len);
        full[..full.len() - cut].to_string()
    };
    if let Some(module) = ready(vm, &full, &fromlist) {
        let module = if result == full { module } else { vm.dict_get_text(vm.modules, &result).unwrap_or(module) };
        return done(vm.own(module));
    }
    let mut wanted = VecDeque::new();
    for (at, _) in full.match_indices('.').chain([(full.len(), "")]) {
        wanted.push_back(Wanted { name: full[..at].to_string(), optional: false });
    }
    vm.start_native(Import {
        full,
        result,
        fromlist,
        listed: false,
        wanted,
        candidates: VecDeque::new(),
        current: None,
        module: None,
        running: false,
    })
}

/// A module that is there already and needs no submodules; borrowed.
fn ready(vm: &Vm, full: &str, fromlist: &[String]) -> Option<ObjRef> {
    let module = vm.dict_get_text(vm.modules, full).filter(|&module| module != NONE)?;
    let Body::Module(record) = vm.heap.body(module) else { return None };
    if fromlist.is_empty() || vm.dict_get_str(record.dict, vm.names.path).is_none() { Some(module) } else { None }
}

/// The package that a relative import starts from.
fn package_of(vm: &mut Vm, globals: Option<ObjRef>) -> Result<String, Raised> {
    let Some(globals) = globals else { return Err(vm.raise(KEY_ERROR, "'__name__' not in globals")) };
    let text = |vm: &Vm, name: ObjRef| {
        vm.dict_get_str(globals, name).filter(|&value| vm.heap.str(value).is_some()).map(|value| vm.name_text(value))
    };
    let package = match text(vm, vm.names.package) {
        Some(package) => package,
        None => {
            let name = text(vm, vm.names.name).unwrap_or_default();
            if vm.dict_get_str(globals, vm.names.path).is_some() {
                name
            } else {
                name.rsplit_once('.').map(|(parent, _)| parent.to_string()).unwrap_or_default()
            }
        }
    };
    if package.is_empty() {
        return Err(vm.raise(IMPORT_ERROR, "attempted relative import with no known parent package"));
    }
    Ok(package)
}

/// A module to be imported, if it is not there yet.
#[derive(Clone)]
struct Wanted {
    name: String,
    /// Named in a `from` list: it may be an attribute that comes later, or nothing.
    optional: bool,
}

/// A file that may be the module.
#[derive(Clone)]
struct Candidate {
    path: String,
    /// It is `__init__.py` of a package in this folder.
    folder: Option<String>,
}

/// An import under way.
#[derive(Clone)]
struct Import {
    full: String,
    /// The module to return.
    result: String,
    fromlist: Vec<String>,
    /// The submodules of the `from` list are in `wanted`.
    listed: bool,
    wanted: VecDeque<Wanted>,
    candidates: VecDeque<Candidate>,
    current: Option<Wanted>,
    /// The module whose body runs; held.
    module: Option<ObjRef>,
    running: bool,
}

impl Native for Import {
    fn name(&self) -> &'static str {
        "__import__"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = match input {
            Input::Value(value) => Some(value),
            _ => None,
        };
        loop {
            if let Some(value) = input.take() {
                if self.running {
                    vm.decref(value);
                    self.finish_module(vm)?;
                } else {
                    let Some(candidate) = self.candidates.pop_front() else { continue };
                    let bytes = vm.heap.bytes(value).map(<[u8]>::to_vec);
                    vm.decref(value);
                    if let Some(bytes) = bytes {
                        self.candidates.clear();
                        let outcome = self.run_source(vm, &bytes, candidate);
                        match outcome {
                            Ok(Outcome::Done(value)) => input = Some(value),
                            Ok(Outcome::Pushed) => return Ok(Outcome::Pushed),
                            Err(raised) => return self.failed(vm, raised),
                        }
                        continue;
                    }
                }
            }
            if let Some(candidate) = self.candidates.front() {
                match vm.ask(Request::ReadFile(candidate.path.clone()), content)? {
                    Outcome::Done(value) => input = Some(value),
                    Outcome::Pushed => return Ok(Outcome::Pushed),
                }
                continue;
            }
            if let Some(missing) = self.current.take()
                && !missing.optional
            {
                return Err(self.not_found(vm, &missing.name));
            }
            match self.wanted.pop_front() {
                Some(wanted) => match self.find(vm, wanted) {
                    Ok(Outcome::Done(value)) => vm.decref(value),
                    Ok(Outcome::Pushed) => return Ok(Outcome::Pushed),
                    Err(raised) => return self.failed(vm, raised),
                },
                None if !self.listed => self.add_list(vm),
                None => return self.finish(vm),
            }
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        self.failed(vm, raised)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.module.iter().for_each(|&module| visit(module));
    }
}

/// The content of a file as bytes, None if it cannot be read.
fn content(vm: &mut Vm, answer: Answer) -> Result<ObjRef, Raised> {
    Ok(match answer {
        Answer::Bytes(bytes) => vm.new_bytes(bytes),
        _ => vm.none(),
    })
}

impl Import {
    /// Imports a module that is built in, or lists the files that it may be.
    fn find(&mut self, vm: &mut Vm, wanted: Wanted) -> Res {
        let name = wanted.name.clone();
        match vm.dict_get_text(vm.modules, &name) {
            Some(NONE) => {
                let raised = self.module_not_found(vm, &name, format!("import of {name} halted; None in sys.modules"));
                return Err(raised);
            }
            Some(_) => return done(vm.none()),
            None => {}
        }
        let paths = match name.rsplit_once('.') {
            None => vm.dict_get_text(vm.sys_dict, "path"),
            Some((parent, _)) => {
                let module = vm.dict_get_text(vm.modules, parent);
                let path = match module {
                    Some(module) => vm.own_attr(module, vm.names.path).or_else(|| match vm.heap.body(module) {
                        Body::Module(record) => vm.dict_get_str(record.dict, vm.names.path),
                        _ => None,
                    }),
                    None => None,
                };
                if path.is_none() && builtin(&name).is_none() {
                    if wanted.optional {
                        return done(vm.none());
                    }
                    let message = format!("No module named '{name}'; '{parent}' is not a package");
                    return Err(self.module_not_found(vm, &name, message));
                }
                path
            }
        };
        self.current = Some(wanted);
        match builtin(&name) {
            Some(Builtin::Rust(fill)) => {
                let module = super::new_module(vm, &name);
                let dict = module_dict(vm, module);
                let package = vm.new_str("");
                vm.dict_set_text(dict, "__package__", package);
                fill(vm, dict);
                self.enter(vm, &name, module);
                self.finish_module(vm)?;
                done(vm.none())
            }
            Some(Builtin::Python(source)) => {
                let folder =
                    stdlib::SOURCES.iter().any(|(other, _)| other.starts_with(&format!("{name}."))).then(|| format!("<frozen {name}>"));
                self.run_source(vm, source.as_bytes(), Candidate { path: format!("<frozen {name}>"), folder })
            }
            None => {
                let folders = paths.and_then(|paths| vm.heap.sequence(paths)).map(<[ObjRef]>::to_vec).unwrap_or_default();
                let last = name.rsplit('.').next().unwrap_or_default();
                for folder in folders {
                    let folder = vm.name_text(folder);
                    let base = match &*folder {
                        "" => last.to_string(),
                        folder if folder.ends_with('/') => format!("{folder}{last}"),
                        folder => format!("{folder}/{last}"),
                    };
                    self.candidates.push_back(Candidate { path: format!("{base}/__init__.py"), folder: Some(base.clone()) });
                    self.candidates.push_back(Candidate { path: format!("{base}.py"), folder: None });
                }
                done(vm.none())
            }
        }
    }

    /// Compiles a module's source and starts its body.
    fn run_source(&mut self, vm: &mut Vm, bytes: &[u8], candidate: Candidate) -> Res {
        let name = self.current.as_ref().map(|wanted| wanted.name.clone()).unwrap_or_default();
        let (_, code) = super::compile_source(bytes, &candidate.path, Mode::Exec, vm.config.optimize);
        super::remember_source(vm, &candidate.path, bytes);
        let code = match code {
            Ok(code) => code,
            Err(error) => return Err(syntax_error(vm, &error, &candidate.path)),
        };
        let module = super::new_module(vm, &name);
        let dict = module_dict(vm, module);
        let package = match (&candidate.folder, name.rsplit_once('.')) {
            (Some(_), _) => name.clone(),
            (None, Some((parent, _))) => parent.to_string(),
            (None, None) => String::new(),
        };
        let package = vm.new_str(package);
        vm.dict_set_text(dict, "__package__", package);
        if let Some(folder) = candidate.folder {
            let folder = vm.new_str(folder);
            let path = vm.new_list([folder]);
            vm.dict_set_text(dict, "__path__", path);
        }
        let file = vm.new_str(candidate.path);
        vm.dict_set_text(dict, "__file__", file);
        let none = vm.none();
        vm.dict_set_text(dict, "__cached__", none);
        let builtins = vm.own(vm.builtins);
        vm.dict_set_text(dict, "__builtins__", builtins);
        self.enter(vm, &name, module);
        run_module(vm, &code, dict)
    }

    /// The module (owned) goes into `sys.modules`, its body is about to run.
    fn enter(&mut self, vm: &mut Vm, name: &str, module: ObjRef) {
        vm.incref(module);
        let modules = vm.modules;
        vm.dict_set_text(modules, name, module);
        self.module = Some(module);
        self.running = true;
    }

    /// The module's body has run: it becomes an attribute of its package.
    fn finish_module(&mut self, vm: &mut Vm) -> Result<(), Raised> {
        self.running = false;
        let held = self.module.take();
        vm.xdecref(held);
        let Some(wanted) = self.current.take() else { return Ok(()) };
        let Some((parent, last)) = wanted.name.rsplit_once('.') else { return Ok(()) };
        let (Some(parent), Some(module)) = (vm.dict_get_text(vm.modules, parent), vm.dict_get_text(vm.modules, &wanted.name)) else {
            return Ok(());
        };
        if let Body::Module(record) = vm.heap.body(parent) {
            let dict = record.dict;
            vm.incref(module);
            vm.dict_set_text(dict, last, module);
        }
        Ok(())
    }

    /// A module's body raised: it is forgotten.
    fn failed(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        if self.running
            && let Some(wanted) = &self.current
        {
            let (modules, name) = (vm.modules, vm.new_interned(&wanted.name));
            vm.dict_del_str(modules, name);
            vm.decref(name);
        }
        Err(raised)
    }

    /// `from package import submodule`: what is no attribute may be a module.
    fn add_list(&mut self, vm: &mut Vm) {
        self.listed = true;
        let Some(module) = vm.dict_get_text(vm.modules, &self.full) else { return };
        let Body::Module(record) = vm.heap.body(module) else { return };
        let dict = record.dict;
        if vm.dict_get_str(dict, vm.names.path).is_none() {
            return;
        }
        let mut names = self.fromlist.clone();
        if names.iter().any(|name| name == "*")
            && let Some(all) = vm.dict_get_str(dict, vm.names.all)
        {
            let all = vm.heap.sequence(all).map(<[ObjRef]>::to_vec).unwrap_or_default();
            names.extend(all.into_iter().map(|name| vm.name_text(name)));
        }
        for name in names.into_iter().filter(|name| name != "*") {
            if vm.dict_get_text(dict, &name).is_none() {
                self.wanted.push_back(Wanted { name: format!("{}.{name}", self.full), optional: true });
            }
        }
    }

    fn finish(&mut self, vm: &mut Vm) -> Res {
        match vm.dict_get_text(vm.modules, &self.result) {
            Some(module) => done(vm.own(module)),
            None => Err(self.not_found(vm, &self.result)),
        }
    }

    fn not_found(&self, vm: &mut Vm, name: &str) -> Raised {
        self.module_not_found(vm, name, format!("No module named '{name}'"))
    }

    fn module_not_found(&self, vm: &mut Vm, name: &str, message: String) -> Raised {
        let raised = vm.raise(MODULE_NOT_FOUND_ERROR, message);
        let name = vm.new_str(name);
        vm.set_exception_field(raised.0, 1, name);
        raised
    }
}

fn module_dict(vm: &Vm, module: ObjRef) -> ObjRef {
    match vm.heap.body(module) {
        Body::Module(record) => record.dict,
        _ => vm.builtins,
    }
}

/// A module that needs no file.
enum Builtin {
    Rust(fn(&mut Vm, ObjRef)),
    Python(&'static str),
}

fn builtin(name: &str) -> Option<Builtin> {
    let rust = stdlib::MODULES.iter().find(|row| row.0 == name).map(|row| Builtin::Rust(row.1));
    rust.or_else(|| stdlib::SOURCES.iter().find(|row| row.0 == name).map(|row| Builtin::Python(row.1)))
}
