//! The import system: `sys.modules`, modules written in Rust, modules that come along as Python source, and files on `sys.path`.
//!
//! ```text
//!   import a.b     a: found, its frame runs, then a.b: looked for on a.__path__, its frame runs, bound as a's attribute b
//! ```
//!
//! Importing is one native frame: reading a file is a question to the outside world, and a module's body is a frame that a
//! debugger steps into. Counterpart in CPython 3.11: `Python/import.c` and `importlib`, whose frames tracebacks leave out too.

mod finders;
mod load;

use std::collections::VecDeque;

use crate::{
    builtins::functions::code::run_module,
    heap::ObjRef,
    interpreter::importlib::{self, Origin},
    objects::{Body, Objects, core_types::*},
    stdlib::{self, _warnings, Embedded, Frozen},
    vm::{
        Outcome, Raised, Res, Vm,
        host::{Answer, Request},
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        raised::done,
    },
};
use finders::Finding;
use load::Loading;

/// Puts `__import__` into the `builtins` namespace.
pub fn install(vm: &mut Vm) {
    let def = NativeDef::function("__import__", Signature::Named("name, globals=None, locals=None, fromlist=(), level=0"), import);
    let module = vm.new_interned("builtins");
    let function = vm.new_native_function(def, Some(module));
    vm.decref(module);
    let builtins = vm.builtins;
    vm.dict_set_text(builtins, "__import__", function);
}

pub use finders::install as install_finders;

/// What `importlib` and `runpy` are made of.
pub fn functions() -> Vec<NativeDef> {
    vec![
        NativeDef::function("_gcd_import", Signature::Range(1, 3), gcd_import),
        NativeDef::function("_find", Signature::One, find),
        NativeDef::function("_reload", Signature::One, reload),
        NativeDef::function("_source_hash", Signature::One, source_hash),
    ]
}

/// `_source_hash(source)`: what ties a `.pyc` file to these bytes.
fn source_hash(vm: &mut Vm, args: Args) -> Res {
    match vm.heap.memory(args.at(vm, 0)).map(crate::bytecode::pyc::source_hash) {
        Some(hash) => done(vm.new_bytes(hash.to_vec())),
        None => Err(vm.type_error("a bytes-like object is required")),
    }
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
        resolve(vm, &name, &package, level)?
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
        if matches!(&*full, "sys" | "builtins") {
            vm.pass_packed(1, false); // the arguments of the AttributeError: their specs have no `_initializing`
        }
        let module = if result == full { module } else { vm.dict_get_text(vm.modules, &result).unwrap_or(module) };
        return done(vm.own(module));
    }
    vm.start_native(Import::new(full, Purpose::Import { result, fromlist }))
}

/// The absolute name of a relative import.
fn resolve(vm: &mut Vm, name: &str, package: &str, level: i64) -> Result<String, Raised> {
    let mut base = package;
    for _ in 1..level {
        match base.rsplit_once('.') {
            Some((parent, _)) => base = parent,
            None => return Err(vm.raise(IMPORT_ERROR, "attempted relative import beyond top-level package")),
        }
    }
    Ok(if name.is_empty() { base.to_string() } else { format!("{base}.{name}") })
}

/// `importlib.import_module` without its checks: `_gcd_import(name, package, level)` gives the module itself.
fn gcd_import(vm: &mut Vm, args: Args) -> Res {
    let (name, package) = (args.at(vm, 0), args.get(vm, 1).unwrap_or(NONE));
    let level = args.get(vm, 2).and_then(|level| vm.small_value(level)).unwrap_or(0);
    let name = vm.name_text(name);
    let full = if level > 0 {
        let package = vm.name_text(package);
        resolve(vm, &name, &package, level)?
    } else if name.is_empty() {
        return Err(vm.value_error("Empty module name"));
    } else {
        name
    };
    let result = full.clone();
    vm.start_native(Import::new(full, Purpose::Import { result, fromlist: Vec::new() }))
}

/// `_find(name)`: the spec of a module whose package is there, and its code or None; None if there is no such module.
fn find(vm: &mut Vm, args: Args) -> Res {
    let name = vm.name_text(args.at(vm, 0));
    let mut import = Import::new(name.clone(), Purpose::Find);
    import.wanted = VecDeque::from([Wanted { name, optional: true }]);
    vm.start_native(import)
}

/// `_reload(module)`: its code again, in its own namespace.
fn reload(vm: &mut Vm, args: Args) -> Res {
    let module = args.at(vm, 0);
    let name = match importlib::get_of_module(vm, module, "__spec__").filter(|&spec| spec != NONE) {
        Some(spec) => importlib::get(vm, spec, "name"),
        None => importlib::get_of_module(vm, module, "__name__"),
    };
    let name = name.map(|name| vm.name_text(name)).unwrap_or_default();
    vm.incref(module);
    let mut import = Import::new(name.clone(), Purpose::Reload { module });
    import.wanted = VecDeque::from([Wanted { name, optional: false }]);
    vm.start_native(import)
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
            let given = |vm: &Vm, name: ObjRef| vm.dict_get_str(globals, name).is_some_and(|value| value != NONE);
            if !given(vm, vm.names.package) && vm.dict_get_text(globals, "__spec__").is_none_or(|spec| spec == NONE) {
                let message = "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__";
                _warnings::warn_text(vm, IMPORT_WARNING, message, None)?;
            }
            let Some(name) = text(vm, vm.names.name) else { return Err(vm.raise(KEY_ERROR, "'__name__' not in globals")) };
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

/// What is done with the modules that are found.
#[derive(Clone)]
enum Purpose {
    Import {
        /// The module to return.
        result: String,
        fromlist: Vec<String>,
    },
    /// The spec and the code are wanted, nothing runs.
    Find,
    Reload {
        module: ObjRef,
    },
}

/// A place where a module may be, in the order of looking.
#[derive(Clone)]
enum Probe {
    /// Is there a folder of that name?
    Folder(String),
    /// A file that holds it: `__init__.py` of the package in `folder`, or the module itself.
    File { path: String, folder: Option<String> },
    /// The folder is part of a namespace package unless something better comes.
    Portion(String),
}

/// The program's own finders: those before the native search, or those behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    Before,
    Behind,
}

/// An import under way.
#[derive(Clone)]
struct Import {
    full: String,
    purpose: Purpose,
    /// The submodules of the `from` list are in `wanted`.
    listed: bool,
    wanted: VecDeque<Wanted>,
    probes: VecDeque<Probe>,
    portions: Vec<String>,
    current: Option<Wanted>,
    /// Whom of `sys.meta_path` is asked now.
    asking: Option<Asking>,
    /// A file was found and is read.
    loading: Option<Box<Loading>>,
    /// The module whose body runs; held.
    module: Option<ObjRef>,
    running: bool,
    /// Objects that are younger were made by it; and it is of the library, where no other import of it is under way.
    begun: u32,
    is_library: bool,
}

impl Native for Import {
    fn name(&self) -> &'static str {
        "__import__"
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
        self.module.iter().for_each(|&module| visit(module));
        if let Purpose::Reload { module } = self.purpose {
            visit(module);
        }
    }
}

/// The content of a file as bytes, what a path leads to as a tuple, None if there is nothing.
fn content(vm: &mut Vm, answer: Answer) -> Result<ObjRef, Raised> {
    Ok(match answer {
        Answer::Bytes(bytes) => vm.new_bytes(bytes),
        Answer::Stat { is_folder, mtime, size } => {
            let items = [vm.new_bool(is_folder), vm.new_int(mtime), vm.new_int(size as i64)];
            vm.new_tuple(items)
        }
        _ => vm.none(),
    })
}

impl Import {
    fn new(full: String, purpose: Purpose) -> Import {
        let dots: Vec<usize> = full.match_indices('.').map(|(at, _)| at).chain([full.len()]).collect();
        let wanted = dots.into_iter().map(|at| Wanted { name: full[..at].to_string(), optional: false }).collect();
        Import {
            full,
            purpose,
            listed: false,
            wanted,
            probes: VecDeque::new(),
            portions: Vec::new(),
            current: None,
            asking: None,
            loading: None,
            module: None,
            running: false,
            begun: 0,
            is_library: false,
        }
    }

    /// Goes on with an answer or the result of a module's body.
    fn go_on(&mut self, vm: &mut Vm, mut input: Option<ObjRef>) -> Res {
        loop {
            if let Some(value) = input.take() {
                if self.running {
                    vm.decref(value);
                    self.finish_module(vm)?;
                } else if let Some(asked) = self.asking.take() {
                    match self.asked(vm, asked, value)? {
                        Some(Outcome::Done(value)) if matches!(self.purpose, Purpose::Find) && value != NONE => return done(value),
                        Some(Outcome::Done(value)) => vm.decref(value),
                        Some(Outcome::Pushed) => return Ok(Outcome::Pushed),
                        None => {}
                    }
                } else if let Some(mut loading) = self.loading.take() {
                    let answered = loading.answered(vm, value);
                    vm.decref(value);
                    match answered? {
                        load::Next::Ask(request) => {
                            self.loading = Some(loading);
                            match vm.ask(request, content)? {
                                Outcome::Done(value) => input = Some(value),
                                Outcome::Pushed => return Ok(Outcome::Pushed),
                            }
                            continue;
                        }
                        load::Next::Run(code) => match self.run_code(vm, &code, *loading)? {
                            Outcome::Done(value) if matches!(self.purpose, Purpose::Find) => return Ok(Outcome::Done(value)),
                            Outcome::Done(value) => {
                                input = Some(value);
                                continue;
                            }
                            Outcome::Pushed => return Ok(Outcome::Pushed),
                        },
                    }
                } else {
                    let found = self.probed(vm, value);
                    vm.decref(value);
                    if let Some(request) = found {
                        match vm.ask(request, content)? {
                            Outcome::Done(value) => input = Some(value),
                            Outcome::Pushed => return Ok(Outcome::Pushed),
                        }
                        continue;
                    }
                }
            }
            match self.probes.front() {
                Some(Probe::Portion(folder)) => {
                    self.portions.push(folder.clone());
                    self.probes.pop_front();
                    continue;
                }
                Some(Probe::Folder(path)) => match vm.ask(Request::Stat(path.clone()), content)? {
                    Outcome::Done(value) => {
                        input = Some(value);
                        continue;
                    }
                    Outcome::Pushed => return Ok(Outcome::Pushed),
                },
                Some(Probe::File { path, .. }) => match vm.ask(Request::ReadFile(path.clone()), content)? {
                    Outcome::Done(value) => {
                        input = Some(value);
                        continue;
                    }
                    Outcome::Pushed => return Ok(Outcome::Pushed),
                },
                None => {}
            }
            if let Some(missing) = self.current.take() {
                let portions = std::mem::take(&mut self.portions);
                if !portions.is_empty() {
                    let value = self.namespace(vm, &missing.name, portions);
                    if matches!(self.purpose, Purpose::Find) {
                        return done(value);
                    }
                    vm.decref(value);
                    self.current = Some(missing);
                    self.finish_module(vm)?;
                } else if let Some(module) = self.come_along(vm, &missing.name) {
                    let name = missing.name.clone();
                    self.current = Some(missing);
                    match self.run_embedded(vm, &name, module)? {
                        Outcome::Done(value) if matches!(self.purpose, Purpose::Find) => return done(value),
                        Outcome::Done(value) => input = Some(value),
                        Outcome::Pushed => return Ok(Outcome::Pushed),
                    }
                    continue;
                } else if let Some(outcome) = self.ask_finders(vm, &missing, Asking::Behind)? {
                    self.current = Some(missing);
                    match outcome {
                        Outcome::Done(value) => input = Some(value),
                        Outcome::Pushed => return Ok(Outcome::Pushed),
                    }
                    continue;
                } else if matches!(self.purpose, Purpose::Find) {
                    return done(vm.none());
                } else if !missing.optional {
                    return Err(self.not_found(vm, &missing.name));
                }
            }
            match self.wanted.pop_front() {
                Some(wanted) => match self.find(vm, wanted)? {
                    Outcome::Done(value) if matches!(self.purpose, Purpose::Find) && value != NONE => return done(value),
                    Outcome::Done(value) => vm.decref(value),
                    Outcome::Pushed => return Ok(Outcome::Pushed),
                },
                None if !self.listed => self.add_list(vm),
                None => return self.finish(vm),
            }
        }
    }

    /// What the answer about the first probe says; a question about the file that was found.
    fn probed(&mut self, vm: &mut Vm, value: ObjRef) -> Option<Request> {
        match self.probes.pop_front()? {
            Probe::Folder(base) => {
                let items = vm.heap.sequence(value).map(<[ObjRef]>::to_vec).unwrap_or_default();
                if items.first() == Some(&TRUE) {
                    self.probes.push_front(Probe::Portion(base.clone()));
                    for ending in ["pyc", "py"] {
                        // A package with an `__init__` is no portion of a namespace: a file found ends the looking.
                        let path = format!("{base}/__init__.{ending}");
                        self.probes.push_front(Probe::File { path, folder: Some(base.clone()) });
                    }
                }
                None
            }
            Probe::File { path, folder } => {
                let bytes = vm.heap.bytes(value)?.to_vec();
                self.probes.clear();
                self.portions.clear();
                let name = self.current.as_ref().map(|wanted| wanted.name.clone()).unwrap_or_default();
                let (loading, request) = Loading::new(vm, name, path, folder, bytes);
                self.loading = Some(Box::new(loading));
                Some(request)
            }
            Probe::Portion(_) => None,
        }
    }

    /// Starts to look for a module, unless it is there.
    fn find(&mut self, vm: &mut Vm, wanted: Wanted) -> Res {
        let name = wanted.name.clone();
        if matches!(self.purpose, Purpose::Import { .. }) {
            match vm.dict_get_text(vm.modules, &name) {
                Some(NONE) => {
                    let raised = self.module_not_found(vm, &name, format!("import of {name} halted; None in sys.modules"));
                    return Err(raised);
                }
                Some(_) => return done(vm.none()),
                None => {}
            }
        }
        let paths = match name.rsplit_once('.') {
            None => vm.dict_get_text(vm.sys_dict, "path"),
            Some((parent, _)) => {
                let path = vm.dict_get_text(vm.modules, parent).and_then(|module| importlib::get_of_module(vm, module, "__path__"));
                if path.is_none() && stdlib::embedded(&name).is_none() {
                    if wanted.optional {
                        return done(vm.none());
                    }
                    let message = format!("No module named '{name}'; '{parent}' is not a package");
                    return Err(self.module_not_found(vm, &name, message));
                }
                path
            }
        };
        let asked = self.ask_finders(vm, &wanted, Asking::Before)?;
        self.current = Some(wanted);
        self.begun = vm.heap.born();
        match asked {
            None => self.locate(vm, &name, paths),
            Some(Outcome::Pushed) => Ok(Outcome::Pushed),
            Some(Outcome::Done(value)) => {
                self.asking = None;
                let found = self.asked(vm, Asking::Before, value)?;
                Ok(found.unwrap_or_else(|| Outcome::Done(vm.none())))
            }
        }
    }

    /// Asks the program's own finders, if there are any.
    fn ask_finders(&mut self, vm: &mut Vm, wanted: &Wanted, asking: Asking) -> Result<Option<Outcome>, Raised> {
        let finders = finders::of_program(vm, asking == Asking::Behind);
        if finders.is_empty() {
            return Ok(None);
        }
        let name = &wanted.name;
        let path = name.rsplit_once('.').and_then(|(parent, _)| vm.dict_get_text(vm.modules, parent));
        let path = path.and_then(|parent| importlib::get_of_module(vm, parent, "__path__"));
        let then = match self.purpose {
            Purpose::Import { .. } => finders::Then::Load,
            Purpose::Find => finders::Then::Nothing,
            Purpose::Reload { module } => finders::Then::Reload(module),
        };
        let finding = Finding::new(vm, finders, name, path, then);
        self.asking = Some(asking);
        vm.start_native(finding).map(Some)
    }

    /// Finders have given a spec, whose module is loaded, or None, and the search goes on. `None`: the module is known not to be there.
    fn asked(&mut self, vm: &mut Vm, asked: Asking, spec: ObjRef) -> Result<Option<Outcome>, Raised> {
        let Some(wanted) = self.current.clone() else { return Ok(None) };
        if spec != NONE {
            if matches!(self.purpose, Purpose::Find) {
                let none = vm.none();
                return Ok(Some(Outcome::Done(vm.new_tuple([spec, none]))));
            }
            vm.decref(spec);
            self.finish_module(vm)?;
            return Ok(Some(Outcome::Done(vm.none())));
        }
        vm.decref(spec);
        if asked == Asking::Before {
            let paths = match wanted.name.rsplit_once('.') {
                None => vm.dict_get_text(vm.sys_dict, "path"),
                Some((parent, _)) => {
                    vm.dict_get_text(vm.modules, parent).and_then(|module| importlib::get_of_module(vm, module, "__path__"))
                }
            };
            return self.locate(vm, &wanted.name, paths).map(Some);
        }
        self.current = None;
        match wanted.optional || matches!(self.purpose, Purpose::Find) {
            true => Ok(None),
            false => Err(self.not_found(vm, &wanted.name)),
        }
    }

    /// Imports a module that is built in, or lists the places where it may be.
    fn locate(&mut self, vm: &mut Vm, name: &str, paths: Option<ObjRef>) -> Res {
        let embedded = stdlib::embedded(name).filter(|found| self.is_ours(vm, name, found));
        match embedded {
            Some(Embedded::Rust(fill)) => {
                let origin = Origin::Builtin;
                let loader = importlib::new_loader(vm, name, &origin);
                let spec = importlib::new_spec(vm, name, loader, &origin, None, None);
                if matches!(self.purpose, Purpose::Find) {
                    let none = vm.none();
                    return done(vm.new_tuple([spec, none]));
                }
                if let Purpose::Reload { .. } = self.purpose {
                    vm.decref(spec);
                    self.current = None;
                    return done(vm.none());
                }
                let module = super::new_module(vm, name);
                let dict = module_dict(vm, module);
                let package = vm.new_str(name.rsplit_once('.').map_or("", |(parent, _)| parent));
                vm.dict_set_text(dict, "__package__", package);
                let loader = importlib::get(vm, spec, "loader").unwrap_or(NONE);
                vm.incref(loader);
                vm.dict_set_text(dict, "__loader__", loader);
                vm.dict_set_text(dict, "__spec__", spec);
                fill(vm, dict);
                self.enter(vm, name, module, true);
                if let Some(more) = stdlib::MORE.iter().find(|more| more.name == name) {
                    let code = Loading::frozen(name, false).thaw(vm, more)?;
                    return run_module(vm, &code, dict);
                }
                self.finish_module(vm)?;
                done(vm.none())
            }
            Some(Embedded::Python(module)) => self.run_embedded(vm, name, module),
            None => {
                let folders = paths.and_then(|paths| vm.heap.sequence(paths)).map(<[ObjRef]>::to_vec).unwrap_or_default();
                let last = name.rsplit('.').next().unwrap_or_default();
                let library = vm.config.stdlib.clone().filter(|_| stdlib::EARLY.contains(&name));
                // No file's name has a slash in it.
                for folder in folders.into_iter().filter(|_| !last.contains('/')) {
                    let Some(folder) = vm.text(folder).map(|text| text.to_string_lossy()) else { continue };
                    if folder.starts_with('<') || library.as_ref().is_some_and(|library| folder != *library) {
                        continue;
                    }
                    let current = &vm.config.current_dir;
                    let base = match &*folder {
                        "" => format!("{}/{last}", current.trim_end_matches('/')),
                        folder if folder.starts_with('/') => format!("{}/{last}", folder.trim_end_matches('/')),
                        folder => format!("{}/{}/{last}", current.trim_end_matches('/'), folder.trim_end_matches('/')),
                    };
                    self.probes.push_back(Probe::Folder(base.clone()));
                    for ending in ["py", "pyc"] {
                        self.probes.push_back(Probe::File { path: format!("{base}.{ending}"), folder: None });
                    }
                }
                done(vm.none())
            }
        }
    }

    /// A module that comes along wins over files: if it is in Rust or the machine has a part in it, or if it is one of those that
    /// are there before any program, without an installed library.
    fn is_ours(&self, vm: &Vm, name: &str, found: &Embedded) -> bool {
        let package = name.split('.').next().unwrap_or_default();
        matches!(found, Embedded::Rust(_))
            || stdlib::OURS.contains(&package) && (package != "importlib" || name == package || vm.config.stdlib.is_none())
            || stdlib::EARLY.contains(&package) && vm.config.stdlib.is_none()
    }

    /// A module that no file was found for may come along; one of a package only if the package does.
    fn come_along(&self, vm: &mut Vm, name: &str) -> Option<&'static Frozen> {
        let Some(Embedded::Python(module)) = stdlib::embedded(name) else { return None };
        let Some((parent, _)) = name.rsplit_once('.') else { return Some(module) };
        let parent = vm.dict_get_text(vm.modules, parent)?;
        importlib::get_of_module(vm, parent, "__file__").is_none().then_some(module)
    }

    /// Starts a module that comes along in Python.
    fn run_embedded(&mut self, vm: &mut Vm, name: &str, module: &'static Frozen) -> Res {
        let is_package = stdlib::SOURCES.iter().any(|other| other.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')));
        let loading = Loading::frozen(name, is_package);
        let more = stdlib::MORE.iter().find(|more| more.name == name && vm.config.stdlib.is_some());
        let code = loading.thaw(vm, more.unwrap_or(module))?;
        self.run_code(vm, &code, loading)
    }

    /// Starts a module's body, or gives its spec and code if only they are wanted.
    fn run_code(&mut self, vm: &mut Vm, code: &std::sync::Arc<crate::bytecode::code::CodeObject>, loading: Loading) -> Res {
        let name = loading.name.clone();
        let loader = importlib::new_loader(vm, &name, &loading.origin);
        let folders = loading.folder.as_ref().map(|folder| {
            let folder = vm.new_str(folder.as_str());
            vm.new_list([folder])
        });
        let spec = importlib::new_spec(vm, &name, loader, &loading.origin, folders, loading.cached.as_deref());
        if matches!(self.purpose, Purpose::Find) {
            let code = vm.new_code(code);
            return done(vm.new_tuple([spec, code]));
        }
        let module = match self.purpose {
            Purpose::Reload { module } => vm.own(module),
            _ => super::new_module(vm, &name),
        };
        let dict = module_dict(vm, module);
        let package = match (&loading.folder, name.rsplit_once('.')) {
            (Some(_), _) => name.clone(),
            (None, Some((parent, _))) => parent.to_string(),
            (None, None) => String::new(),
        };
        let package = vm.new_str(package);
        vm.dict_set_text(dict, "__package__", package);
        let attribute = |vm: &mut Vm, name: &str| {
            let value = importlib::get(vm, spec, name).unwrap_or(NONE);
            vm.own(value)
        };
        let loader = attribute(vm, "loader");
        vm.dict_set_text(dict, "__loader__", loader);
        vm.incref(spec);
        vm.dict_set_text(dict, "__spec__", spec);
        if loading.folder.is_some() {
            let folders = attribute(vm, "submodule_search_locations");
            vm.dict_set_text(dict, "__path__", folders);
        }
        if matches!(loading.origin, Origin::Source(_) | Origin::Sourceless(_)) {
            let file = attribute(vm, "origin");
            vm.dict_set_text(dict, "__file__", file);
            let cached = attribute(vm, "_cached");
            vm.dict_set_text(dict, "__cached__", cached);
        }
        let builtins = vm.own(vm.builtins);
        vm.dict_set_text(dict, "__builtins__", builtins);
        let flag = vm.new_bool(true);
        importlib::set(vm, spec, "_initializing", flag);
        vm.decref(spec);
        let is_library = vm.is_library_file(&code.filename);
        self.enter(vm, &name, module, is_library);
        run_module(vm, code, dict)
    }

    /// A package without a body, in one or more folders. Gives its spec (and no code) if only that is wanted, else None.
    fn namespace(&mut self, vm: &mut Vm, name: &str, portions: Vec<String>) -> ObjRef {
        let origin = Origin::Namespace;
        let loader = importlib::new_loader(vm, name, &origin);
        let folders = portions.iter().map(|folder| vm.new_str(folder.as_str())).collect();
        let folders = importlib::new_namespace_path(vm, folders);
        vm.incref(loader);
        vm.incref(folders);
        let spec = importlib::new_spec(vm, name, loader, &origin, Some(folders), None);
        if matches!(self.purpose, Purpose::Find) {
            vm.decref(loader);
            vm.decref(folders);
            let none = vm.none();
            return vm.new_tuple([spec, none]);
        }
        let module = super::new_module(vm, name);
        let dict = module_dict(vm, module);
        let package = vm.new_str(name);
        vm.dict_set_text(dict, "__package__", package);
        vm.dict_set_text(dict, "__loader__", loader);
        vm.dict_set_text(dict, "__spec__", spec);
        let none = vm.none();
        vm.dict_set_text(dict, "__file__", none);
        vm.dict_set_text(dict, "__path__", folders);
        self.enter(vm, name, module, false);
        vm.none()
    }

    /// The module (owned) goes into `sys.modules`, its body is about to run.
    fn enter(&mut self, vm: &mut Vm, name: &str, module: ObjRef, is_library: bool) {
        self.is_library = is_library && vm.begin_library_import(self.begun);
        if !matches!(self.purpose, Purpose::Reload { .. }) {
            vm.incref(module);
            let modules = vm.modules;
            vm.dict_set_text(modules, name, module);
        }
        self.module = Some(module);
        self.running = true;
    }

    /// The module's body has run: it becomes an attribute of its package. It may have put another module in its place.
    fn finish_module(&mut self, vm: &mut Vm) -> Result<(), Raised> {
        self.running = false;
        let held = self.module.take();
        if let Some(module) = held {
            self.initialized(vm, module);
        }
        vm.xdecref(held);
        if std::mem::take(&mut self.is_library) {
            vm.end_library_import();
        }
        let Some(wanted) = self.current.take() else { return Ok(()) };
        let modules = vm.modules;
        let Some(module) = vm.dict_get_text(modules, &wanted.name) else {
            let key = vm.new_str(wanted.name.as_str());
            let args = vm.new_tuple([key]);
            return Err(vm.raise_args(KEY_ERROR, args));
        };
        // It is put in once more, at the end.
        vm.incref(module);
        let key = vm.new_interned(&wanted.name);
        vm.dict_del_str(modules, key);
        vm.decref(key);
        vm.dict_set_text(modules, &wanted.name, module);
        let Some((parent, last)) = wanted.name.rsplit_once('.') else { return Ok(()) };
        let Some(parent) = vm.dict_get_text(vm.modules, parent) else { return Ok(()) };
        if let Body::Module(record) = vm.heap.body(parent) {
            let dict = record.dict;
            vm.incref(module);
            vm.dict_set_text(dict, last, module);
        }
        Ok(())
    }

    fn initialized(&self, vm: &mut Vm, module: ObjRef) {
        if let Some(spec) = importlib::get_of_module(vm, module, "__spec__").filter(|&spec| spec != NONE)
            && importlib::get(vm, spec, "_initializing").is_some()
        {
            let flag = vm.new_bool(false);
            importlib::set(vm, spec, "_initializing", flag);
        }
    }

    /// A module's body raised: it is forgotten.
    fn failed(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        if self.running
            && let Some(wanted) = &self.current
        {
            if let Some(module) = self.module {
                self.initialized(vm, module);
            }
            if !matches!(self.purpose, Purpose::Reload { .. }) {
                let (modules, name) = (vm.modules, vm.new_interned(&wanted.name));
                vm.dict_del_str(modules, name);
                vm.decref(name);
            }
        }
        if std::mem::take(&mut self.is_library) {
            vm.end_library_import();
        }
        Err(raised)
    }

    /// `from package import submodule`: what is no attribute may be a module.
    fn add_list(&mut self, vm: &mut Vm) {
        self.listed = true;
        let Purpose::Import { fromlist, .. } = &self.purpose else { return };
        let Some(module) = vm.dict_get_text(vm.modules, &self.full) else { return };
        let Body::Module(record) = vm.heap.body(module) else { return };
        let dict = record.dict;
        if vm.dict_get_str(dict, vm.names.path).is_none() {
            return;
        }
        let mut names = fromlist.clone();
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
        let result = match &self.purpose {
            Purpose::Import { result, .. } => result,
            Purpose::Find => return done(vm.none()),
            Purpose::Reload { module } => return done(vm.own(*module)),
        };
        match vm.dict_get_text(vm.modules, result) {
            Some(module) => done(vm.own(module)),
            None => Err(self.not_found(vm, result)),
        }
    }

    fn not_found(&self, vm: &mut Vm, name: &str) -> Raised {
        let reason = stdlib::MISSING.iter().find(|row| row.0 == name).map(|row| format!(": {}", row.1)).unwrap_or_default();
        self.module_not_found(vm, name, format!("No module named '{name}'{reason}"))
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
