//! Modules that come along: in Rust, one file a module, and in Python, listed in [`sources`] and compiled when uncoil is built.

pub mod _abc;
pub mod _codecs;
pub mod _datetime_text;
pub mod _json;
pub mod _like_builtin;
pub mod _opcode;
pub mod _sitebuiltins;
pub mod _sre;
pub mod _string;
pub mod _struct;
pub mod _symtable;
mod _tables;
pub mod _thread;
pub mod _tokenize;
pub mod _traceback;
pub mod _warnings;
pub mod _weakref;
pub mod array;
pub mod binascii;
pub mod cmath;
pub mod collections;
pub mod frozen;
pub mod functools;
pub mod gc;
pub mod hashes;
pub mod io;
pub mod itertools;
pub mod marshal;
pub mod math;
pub mod operator;
pub mod pickle_buffer;
pub mod posix;
pub mod random;
pub mod re;
pub mod sources;
pub mod struct_sequence;
pub mod sys;
pub mod time;
pub mod unicodedata;
pub mod zlib;

pub use frozen::{Frozen, MORE, SOURCES};

use crate::{
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        instance::Foreign,
        layout::{TypeLayout, module_layout},
    },
    vm::{Vm, class::ClassParts, native::NativeDef},
};

/// Name → what fills the module's dict.
pub type Row = (&'static str, fn(&mut Vm, ObjRef));

/// Siblings share a shape: `pub fn fill(vm: &mut Vm, dict: ObjRef)`.
pub const MODULES: &[Row] = &[
    ("_abc", _abc::fill),
    ("_array", array::fill),
    ("_ast", crate::builtins::syntax_tree::fill),
    ("_blake2", hashes::fill_blake2),
    ("_codecs", _codecs::fill),
    ("_collections", collections::fill),
    ("_datetime_text", _datetime_text::fill),
    ("_functools", functools::fill),
    ("_io", io::fill),
    ("_json", _json::fill),
    ("_like_builtin", _like_builtin::fill),
    ("_md5", hashes::fill_md5),
    ("_opcode", _opcode::fill),
    ("_operator", operator::fill),
    ("_pickle_buffer", pickle_buffer::fill),
    ("_random", random::fill),
    ("_sha1", hashes::fill_sha1),
    ("_sha256", hashes::fill_sha256),
    ("_sha3", hashes::fill_sha3),
    ("_sha512", hashes::fill_sha512),
    ("_sre", _sre::fill),
    ("_string", _string::fill),
    ("_struct", _struct::fill),
    ("_symtable", _symtable::fill),
    ("_tokenize", _tokenize::fill),
    ("_tables", _tables::fill),
    ("_thread", _thread::fill),
    ("_traceback", _traceback::fill),
    ("_warnings", _warnings::fill),
    ("_weakref", _weakref::fill),
    ("binascii", binascii::fill),
    ("cmath", cmath::fill),
    ("gc", gc::fill),
    ("itertools", itertools::fill),
    ("marshal", marshal::fill),
    ("math", math::fill),
    ("posix", posix::fill),
    ("sys", sys::fill),
    ("time", time::fill),
    ("unicodedata", unicodedata::fill),
    ("zlib", zlib::fill),
];

/// A module that needs no file.
pub enum Embedded {
    Rust(fn(&mut Vm, ObjRef)),
    Python(&'static Frozen),
}

/// A module that comes along.
pub fn embedded(name: &str) -> Option<Embedded> {
    let rust = MODULES.iter().find(|row| row.0 == name).map(|row| Embedded::Rust(row.1));
    rust.or_else(|| SOURCES.iter().find(|module| module.name == name).map(Embedded::Python))
}

/// Modules in Python that the machine has a part in: they win over files of the same name, and so do the modules in them.
pub const OURS: [&str; 7] = ["asyncio", "atexit", "contextvars", "importlib", "runpy", "signal", "threading"];

/// Modules that CPython has loaded or frozen before a program begins: no file beside the program stands in for them.
pub const EARLY: [&str; 12] =
    ["_collections_abc", "_sitebuiltins", "abc", "codecs", "encodings", "genericpath", "io", "ntpath", "os", "posixpath", "site", "stat"];

/// Modules of CPython that are not here, and why.
pub const MISSING: [(&str, &str); 41] = [
    ("_crypt", "uncoil keeps no passwords"),
    ("_bz2", "uncoil has only zlib"),
    ("_ctypes", "uncoil calls no C"),
    ("_curses", "uncoil gives programs no terminal to draw on"),
    ("_curses_panel", "uncoil gives programs no terminal to draw on"),
    ("_dbm", "uncoil has no databases"),
    ("_gdbm", "uncoil has no databases"),
    ("_lzma", "uncoil has only zlib"),
    ("_lsprof", "uncoil has no profiler in C"),
    ("_multiprocessing", "uncoil starts no processes"),
    ("_posixshmem", "uncoil starts no processes"),
    ("_sqlite3", "uncoil has no databases"),
    ("_ssl", "uncoil has no network"),
    ("_tkinter", "uncoil has no windows"),
    ("_testcapi", "uncoil has no C API"),
    ("_testinternalcapi", "uncoil has no C API"),
    ("_xxsubinterpreters", "uncoil has one interpreter"),
    ("fcntl", "uncoil leaves descriptors alone"),
    ("mmap", "uncoil leaves memory alone"),
    ("nis", "uncoil has no network"),
    ("ossaudiodev", "uncoil makes no sound"),
    ("readline", "uncoil gives programs no terminal to draw on"),
    ("resource", "uncoil leaves the process alone"),
    ("syslog", "uncoil writes no system log"),
    ("termios", "uncoil gives programs no terminal to draw on"),
    ("socket", "uncoil has no network"),
    ("socketserver", "uncoil has no network"),
    ("http", "uncoil has no network"),
    ("ssl", "uncoil has no network"),
    ("urllib", "uncoil has no network"),
    ("smtplib", "uncoil has no network"),
    ("ftplib", "uncoil has no network"),
    ("subprocess", "uncoil starts no processes"),
    ("multiprocessing", "uncoil starts no processes"),
    ("pty", "uncoil starts no processes"),
    ("sqlite3", "uncoil has no databases"),
    ("dbm", "uncoil has no databases"),
    ("tkinter", "uncoil has no windows"),
    ("turtle", "uncoil has no windows"),
    ("curses", "uncoil gives programs no terminal to draw on"),
    ("ctypes", "uncoil calls no C"),
];

/// Puts functions into a module's dict.
pub fn add_functions(vm: &mut Vm, dict: ObjRef, module_name: &'static str, natives: Vec<NativeDef>) {
    let module = vm.new_interned(module_name);
    for mut def in natives {
        def.module = module_name;
        let name = def.name;
        let function = vm.new_native_function(def, Some(module));
        vm.dict_set_text(dict, name, function);
    }
    vm.decref(module);
}

/// What a class of a Rust module is made of.
pub struct NewClass {
    pub module: &'static str,
    pub name: &'static str,
    pub base: ObjRef,
    pub natives: Vec<NativeDef>,
    /// `__slots__`; `None`: instances have a `__dict__`.
    pub slots: Option<&'static [&'static str]>,
}

/// A class of a Rust module, also put into the module's dict; borrowed from there.
pub fn add_class(vm: &mut Vm, dict: ObjRef, class: NewClass) -> ObjRef {
    let namespace = vm.new_dict();
    let module = vm.new_interned(class.module);
    vm.dict_set_text(namespace, "__module__", module);
    if let Some(slots) = class.slots {
        let slots: Vec<ObjRef> = slots.iter().map(|slot| vm.new_interned(slot)).collect();
        let slots = vm.new_tuple(slots);
        vm.dict_set_text(namespace, "__slots__", slots);
    }
    let name = vm.new_interned(class.name);
    let bases = vm.bases_of_one(class.base);
    let parts = ClassParts { metaclass: TYPE, name, bases, namespace };
    let made = vm.new_class(&parts).unwrap_or_else(|raised| {
        vm.decref(raised.0);
        vm.own(class.base)
    });
    vm.decref_all([name, bases, namespace]);
    let full_name = format!("{}.{}", class.module, class.name);
    let layout = module_layout(&full_name);
    if let Body::Type(record) = vm.heap.body_mut(made) {
        record.is_gc = layout.is_none_or(TypeLayout::is_collected);
        record.is_base = !layout.is_some_and(TypeLayout::is_final);
        record.is_heap = class.module == "_random"; // the one that programs may change
        if !record.is_heap {
            record.name = full_name.into();
            record.shared_keys = None;
        }
        if matches!(class.name, "deque" | "array") {
            record.collection = crate::objects::types::Collection::Sequence;
        }
    }
    vm.measure_type(made);
    // The dict is filled anew: what a `class` statement would have put there does not belong to a type written in C.
    let members = vm.heap.type_of_type(made).dict;
    let old = vm.heap.dict_mut(members).expect("a dict").take_all();
    let plain_access = matches!(
        class.name,
        "_lru_cache_wrapper" | "OrderedDict" | "Random" | "_tee" | "_tuplegetter" | "Pattern" | "Match" | "SRE_Scanner"
    );
    for def in crate::builtins::types::complete::module_rows(class.name, class.natives, plain_access) {
        let name = def.name;
        if matches!(class.name, "deque" | "array") && name == "__getattribute__" {
            let none = vm.none();
            vm.dict_set_text(members, "__hash__", none);
        }
        let descriptor = vm.new_native_descriptor(def, made);
        vm.dict_set_text(members, name, descriptor);
    }
    crate::builtins::types::add_doc(vm, members, class.name);
    // Types of `functools` and `operator` tell their module in the dict; those of older modules in their name.
    let tells_module = matches!(class.module, "functools" | "operator" | "_random");
    for (key, value) in old {
        let is_slot = vm.ty(value) == MEMBER_DESCRIPTOR;
        if is_slot || tells_module && vm.heap.str(key) == vm.heap.str(vm.names.module) {
            vm.incref(value);
            vm.dict_set_str(members, key, value);
        }
        vm.decref_all([key, value]);
    }
    vm.type_modified(made);
    vm.dict_set_text(dict, class.name, made);
    made
}

/// An exception class of a Rust module, also put into the module's dict; borrowed from there.
pub fn add_exception(vm: &mut Vm, dict: ObjRef, module: &str, name: &str, base: ObjRef) -> ObjRef {
    let namespace = vm.new_dict();
    let module = vm.new_interned(module);
    vm.dict_set_text(namespace, "__module__", module);
    let class_name = vm.new_interned(name);
    let bases = vm.bases_of_one(base);
    let parts = ClassParts { metaclass: TYPE, name: class_name, bases, namespace };
    let made = vm.new_class(&parts).unwrap_or_else(|raised| {
        vm.decref(raised.0);
        vm.own(base)
    });
    vm.decref_all([class_name, bases, namespace]);
    vm.dict_set_text(dict, name, made);
    made
}

/// A class of a module that was imported, borrowed; `object` if it is not there.
pub fn class_of_module(vm: &Vm, module: &str, name: &str) -> ObjRef {
    let module = vm.dict_get_text(vm.modules, module);
    let class = module.and_then(|module| match vm.heap.body(module) {
        Body::Module(record) => vm.dict_get_text(record.dict, name),
        _ => None,
    });
    class.unwrap_or(OBJECT)
}

/// The body of a new object that a Rust module defines.
pub fn foreign_body(state: impl Foreign) -> Body {
    Body::Foreign(Box::new(Box::new(state)))
}

/// The body of an object that a Rust module defines, if it is of that kind.
pub fn foreign<T: Foreign>(vm: &Vm, object: ObjRef) -> Option<&T> {
    match vm.heap.body(object) {
        Body::Foreign(body) => body.as_any().downcast_ref(),
        _ => None,
    }
}

/// The same, to be changed.
pub fn foreign_mut<T: Foreign>(vm: &mut Vm, object: ObjRef) -> Option<&mut T> {
    match vm.heap.body_mut(object) {
        Body::Foreign(body) => body.as_any_mut().downcast_mut(),
        _ => None,
    }
}
