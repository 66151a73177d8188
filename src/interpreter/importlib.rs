//! What `importlib` leaves on modules: specs and loaders, `__spec__`, `__loader__`, `__cached__`.
//!
//! The importing itself is done natively ([`super::import`]); these objects only tell of it. Counterpart in CPython 3.11:
//! `importlib._bootstrap` and `_bootstrap_external`. Example: `m.__spec__` is `ModuleSpec(name='m', loader=<…SourceFileLoader object
//! at 0x…>, origin='/home/me/m.py')`.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    stdlib::{NewClass, add_class, add_functions, class_of_module},
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

/// The modules that the classes say they are of.
pub const INNER: &str = "_frozen_importlib";
pub const OUTER: &str = "_frozen_importlib_external";

/// Makes the classes, in modules of their own.
pub fn install(vm: &mut Vm) {
    use {NativeDef as Def, Signature::*};
    let inner = module_dict(vm, INNER);
    let spec = vec![
        Def::static_method("__new__", Any, new_plain),
        Def::wrapper("__init__", Named("name, loader, *, origin=None, loader_state=None, is_package=None"), init_spec),
        Def::wrapper("__repr__", None, repr_spec),
        Def::getter("cached", |vm, args| attribute(vm, args.at(vm, 0), "_cached")),
        Def::getter("has_location", |vm, args| attribute(vm, args.at(vm, 0), "_set_fileattr")),
        Def::getter("parent", parent),
    ];
    class(vm, inner, INNER, "ModuleSpec", OBJECT, spec);
    class(vm, inner, INNER, "BuiltinImporter", OBJECT, Vec::new());
    class(vm, inner, INNER, "FrozenImporter", OBJECT, Vec::new());
    add_functions(vm, inner, INNER, super::import::functions());
    let outer = module_dict(vm, OUTER);
    let loader = || {
        vec![
            Def::static_method("__new__", Any, new_plain),
            Def::wrapper("__init__", Named("fullname, path"), init_loader),
            Def::method("create_module", One, |vm, _| done(vm.none())),
            Def::method("get_filename", Range(0, 1), |vm, args| attribute(vm, args.at(vm, 0), "path")),
            Def::method("is_package", One, is_package),
        ]
    };
    class(vm, outer, OUTER, "SourceFileLoader", OBJECT, loader());
    class(vm, outer, OUTER, "SourcelessFileLoader", OBJECT, loader());
    class(vm, outer, OUTER, "NamespaceLoader", OBJECT, Vec::new());
    class(vm, outer, OUTER, "PathFinder", OBJECT, Vec::new());
    class(vm, outer, OUTER, "_NamespacePath", LIST, vec![Def::wrapper("__repr__", None, repr_namespace_path)]);
}

fn module_dict(vm: &mut Vm, name: &str) -> ObjRef {
    let module = super::new_module(vm, name);
    let Body::Module(record) = vm.heap.body(module) else { unreachable!("just made") };
    let dict = record.dict;
    let modules = vm.modules;
    vm.dict_set_text(modules, name, module);
    dict
}

fn class(vm: &mut Vm, dict: ObjRef, module: &'static str, name: &'static str, base: ObjRef, natives: Vec<NativeDef>) {
    add_class(vm, dict, NewClass { module, name, base, natives, slots: None });
}

/// One attribute of an object's own, owned; None if it has none of that name.
fn attribute(vm: &mut Vm, object: ObjRef, name: &str) -> Res {
    let found = get(vm, object, name).unwrap_or(NONE);
    done(vm.own(found))
}

/// The same, borrowed.
pub fn get(vm: &mut Vm, object: ObjRef, name: &str) -> Option<ObjRef> {
    let name = vm.new_interned(name);
    let found = vm.own_attr(object, name);
    vm.decref(name);
    found
}

/// An attribute of a module, borrowed.
pub fn get_of_module(vm: &mut Vm, module: ObjRef, name: &str) -> Option<ObjRef> {
    match vm.heap.body(module) {
        Body::Module(record) => vm.dict_get_text(record.dict, name),
        _ => get(vm, module, name),
    }
}

/// Sets an attribute; the value is owned.
pub fn set(vm: &mut Vm, object: ObjRef, name: &str, value: ObjRef) {
    let name = vm.new_interned(name);
    vm.set_own_attr(object, name, value);
    vm.decref(name);
    vm.decref(value);
}

fn new_plain(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    done(vm.new_instance(class))
}

fn init_spec(vm: &mut Vm, args: Args) -> Res {
    let spec = args.at(vm, 0);
    let given = |vm: &Vm, i: usize| args.get(vm, i).unwrap_or(NONE);
    let (name, loader, origin, state) = (given(vm, 1), given(vm, 2), given(vm, 3), given(vm, 4));
    let is_package = args.get(vm, 5).is_some_and(|flag| flag == TRUE);
    let locations = if is_package { vm.new_list([]) } else { vm.none() };
    for value in [name, loader, origin, state] {
        vm.incref(value);
    }
    fill(vm, spec, [name, loader, origin, state, locations], false, NONE);
    done(vm.none())
}

/// The attributes of a spec, in CPython's order; all owned but `cached`.
fn fill(vm: &mut Vm, spec: ObjRef, values: [ObjRef; 5], has_location: bool, cached: ObjRef) {
    for (name, value) in ["name", "loader", "origin", "loader_state", "submodule_search_locations"].into_iter().zip(values) {
        set(vm, spec, name, value);
    }
    let submodules = vm.new_list([]);
    set(vm, spec, "_uninitialized_submodules", submodules);
    let has_location = vm.new_bool(has_location);
    set(vm, spec, "_set_fileattr", has_location);
    vm.incref(cached);
    set(vm, spec, "_cached", cached);
}

/// Where a module comes from.
#[derive(Clone)]
pub enum Origin {
    Builtin,
    Frozen,
    /// The path of its source.
    Source(String),
    /// The path of its `.pyc`; there is no source.
    Sourceless(String),
    Namespace,
}

/// The loader of a module, owned; for modules without a file the class itself is it.
pub fn new_loader(vm: &mut Vm, name: &str, origin: &Origin) -> ObjRef {
    let (module, class, path) = match origin {
        Origin::Builtin => (INNER, "BuiltinImporter", None),
        Origin::Frozen => (INNER, "FrozenImporter", None),
        Origin::Source(path) => (OUTER, "SourceFileLoader", Some(path)),
        Origin::Sourceless(path) => (OUTER, "SourcelessFileLoader", Some(path)),
        Origin::Namespace => (OUTER, "NamespaceLoader", None),
    };
    let class = class_of_module(vm, module, class);
    if matches!(origin, Origin::Builtin | Origin::Frozen) {
        return vm.own(class);
    }
    let loader = vm.new_instance(class);
    if let Some(path) = path {
        let name = vm.new_str(name);
        set(vm, loader, "name", name);
        let path = vm.new_str(path.as_str());
        set(vm, loader, "path", path);
    }
    loader
}

/// A module's spec, owned. The loader and the folders of a package are owned.
pub fn new_spec(vm: &mut Vm, name: &str, loader: ObjRef, origin: &Origin, folders: Option<ObjRef>, cached: Option<&str>) -> ObjRef {
    let class = class_of_module(vm, INNER, "ModuleSpec");
    let spec = vm.new_instance(class);
    let name = vm.new_str(name);
    let place = match origin {
        Origin::Builtin => vm.new_interned("built-in"),
        Origin::Frozen => vm.new_interned("frozen"),
        Origin::Source(path) | Origin::Sourceless(path) => vm.new_str(path.as_str()),
        Origin::Namespace => vm.none(),
    };
    let folders = folders.unwrap_or_else(|| vm.none());
    let state = vm.none();
    let cached = match cached {
        Some(cached) => vm.new_str(cached),
        None => vm.none(),
    };
    let has_location = matches!(origin, Origin::Source(_) | Origin::Sourceless(_));
    fill(vm, spec, [name, loader, place, state, folders], has_location, cached);
    vm.decref(cached);
    spec
}

/// `_NamespacePath([…])`, owned; the items are owned.
pub fn new_namespace_path(vm: &mut Vm, folders: Vec<ObjRef>) -> ObjRef {
    let class = class_of_module(vm, OUTER, "_NamespacePath");
    vm.new_derived(class, 0, Body::List(folders.into_iter().collect()))
}

fn repr_namespace_path(vm: &mut Vm, args: Args) -> Res {
    let items = vm.heap.sequence(args.at(vm, 0)).map(<[ObjRef]>::to_vec).unwrap_or_default();
    let items: Vec<String> = items.into_iter().map(|item| vm.repr_lossy(item)).collect();
    done(vm.new_str(format!("_NamespacePath([{}])", items.join(", "))))
}

fn repr_spec(vm: &mut Vm, args: Args) -> Res {
    let spec = args.at(vm, 0);
    let mut parts = Vec::new();
    for name in ["name", "loader", "origin", "submodule_search_locations"] {
        let value = get(vm, spec, name).unwrap_or(NONE);
        if value != NONE || matches!(name, "name" | "loader") {
            let depth = vm.frames.len();
            let outcome = vm.repr(value)?;
            let text = vm.finish_now(depth, outcome)?;
            parts.push(format!("{name}={}", vm.name_text(text)));
            vm.decref(text);
        }
    }
    done(vm.new_str(format!("ModuleSpec({})", parts.join(", "))))
}

/// The package that relative imports start from.
fn parent(vm: &mut Vm, args: Args) -> Res {
    let spec = args.at(vm, 0);
    let name = get(vm, spec, "name").map(|name| vm.name_text(name)).unwrap_or_default();
    let is_package = get(vm, spec, "submodule_search_locations").is_some_and(|folders| folders != NONE);
    let parent = if is_package { &*name } else { name.rsplit_once('.').map_or("", |(parent, _)| parent) };
    done(vm.new_str(parent))
}

fn init_loader(vm: &mut Vm, args: Args) -> Res {
    let (loader, name, path) = (args.at(vm, 0), args.at(vm, 1), args.at(vm, 2));
    vm.incref(name);
    set(vm, loader, "name", name);
    vm.incref(path);
    set(vm, loader, "path", path);
    done(vm.none())
}

fn is_package(vm: &mut Vm, args: Args) -> Res {
    let path = get(vm, args.at(vm, 0), "path").map(|path| vm.name_text(path)).unwrap_or_default();
    let is_package = path.rsplit('/').next().is_some_and(|name| name.starts_with("__init__."));
    done(vm.new_bool(is_package))
}
