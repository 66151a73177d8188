//! `_ast`: the syntax tree as Python objects, made of our own tree and read back into it.
//!
//! The classes come from the grammar in [`grammar`]; a node is an instance of one with its fields as attributes. Invariant: a tree
//! that was built and not changed reads back as it was. `compile("x", "f", "eval", 0x400)` is an `ast.Expression`.
//! Counterpart in CPython 3.11: the generated `Python/Python-ast.c`.

mod build;
mod grammar;
mod init;
mod read;

pub use read::read;

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    syntax::ast::Mod,
    vm::{Raised, Vm, class::ClassParts},
};
use grammar::{Field, GRAMMAR, Kind};

/// The name of the module that holds the classes; they say that they are of `ast`.
pub const MODULE: &str = "_ast";

/// Fills the module's dict.
pub fn fill(vm: &mut Vm, dict: ObjRef) {
    let names: [&'static str; 0] = [];
    let base = new_class(vm, "AST", OBJECT, &names, None);
    let members = vm.heap.type_of_type(base).dict;
    for def in init::natives() {
        let name = def.name;
        let descriptor = vm.new_native_descriptor(def, base);
        vm.dict_set_text(members, name, descriptor);
    }
    vm.type_modified(base);
    vm.dict_set_text(dict, "AST", base);
    let singletons = vm.new_dict();
    for sum in GRAMMAR.lines().filter(|line| !line.trim().is_empty()) {
        let rule = grammar::rule(sum);
        let fields: Vec<&'static str> = rule.product.iter().map(|field| field.name).collect();
        // Its alternatives stand below one another.
        let doc = sum.trim().replace(" | ", &format!("\n{}| ", " ".repeat(rule.name.len() + 1)));
        let class = new_class(vm, rule.name, base, &fields, Some(&doc));
        add_defaults(vm, class, &rule.product);
        set_attributes(vm, class, &rule.attributes);
        vm.incref(class);
        vm.dict_set_text(dict, rule.name, class);
        for constructor in &rule.constructors {
            let fields: Vec<&'static str> = constructor.fields.iter().map(|field| field.name).collect();
            let made = new_class(vm, constructor.name, class, &fields, Some(constructor.text));
            add_defaults(vm, made, &constructor.fields);
            if rule.is_enumeration() {
                let single = vm.new_instance(made);
                vm.dict_set_text(singletons, constructor.name, single);
            }
            vm.dict_set_text(dict, constructor.name, made);
        }
        vm.decref(class);
    }
    vm.dict_set_text(dict, "_singletons", singletons);
    for (name, value) in [("PyCF_ALLOW_TOP_LEVEL_AWAIT", 0x2000), ("PyCF_ONLY_AST", 0x400), ("PyCF_TYPE_COMMENTS", 0x1000)] {
        let value = vm.new_int(value);
        vm.dict_set_text(dict, name, value);
    }
}

fn new_class(vm: &mut Vm, name: &'static str, base: ObjRef, fields: &[&'static str], doc: Option<&str>) -> ObjRef {
    let namespace = vm.new_dict();
    let module = vm.new_interned("ast");
    vm.dict_set_text(namespace, "__module__", module);
    let names: Vec<ObjRef> = fields.iter().map(|field| vm.new_interned(field)).collect();
    let names = vm.new_tuple(names);
    vm.incref(names);
    vm.dict_set_text(namespace, "_fields", names);
    vm.dict_set_text(namespace, "__match_args__", names);
    if base == OBJECT {
        let empty = vm.new_tuple([]);
        vm.dict_set_text(namespace, "_attributes", empty);
    }
    let doc = match doc {
        Some(doc) => vm.new_str(doc),
        None => vm.none(),
    };
    vm.dict_set_text(namespace, "__doc__", doc);
    let (name, bases) = (vm.new_interned(name), vm.bases_of_one(base));
    let made = vm.new_class(&ClassParts { metaclass: TYPE, name, bases, namespace });
    vm.decref_all([name, bases, namespace]);
    made.unwrap_or_else(|raised| {
        vm.decref(raised.0);
        vm.own(base)
    })
}

/// Fields that may be left out are None in the class.
fn add_defaults(vm: &mut Vm, class: ObjRef, fields: &[Field]) {
    let members = vm.heap.type_of_type(class).dict;
    for field in fields.iter().filter(|field| field.kind == Kind::Optional) {
        let none = vm.none();
        vm.dict_set_text(members, field.name, none);
    }
    vm.type_modified(class);
}

/// `_attributes`, of which those about the end may be left out, but for patterns.
fn set_attributes(vm: &mut Vm, class: ObjRef, attributes: &[&'static str]) {
    let members = vm.heap.type_of_type(class).dict;
    let names: Vec<ObjRef> = attributes.iter().map(|name| vm.new_interned(name)).collect();
    let names = vm.new_tuple(names);
    vm.dict_set_text(members, "_attributes", names);
    let must_end = vm.heap.type_of_type(class).short_name() == "pattern";
    for name in attributes.iter().filter(|name| name.starts_with("end_") && !must_end) {
        let none = vm.none();
        vm.dict_set_text(members, name, none);
    }
    vm.type_modified(class);
}

/// The namespace of the module, which is made if the program has not imported it; borrowed.
fn namespace(vm: &mut Vm) -> ObjRef {
    if let Some(module) = vm.dict_get_text(vm.modules, MODULE)
        && let Body::Module(record) = vm.heap.body(module)
    {
        return record.dict;
    }
    let dict = vm.new_dict();
    fill(vm, dict);
    let name = vm.new_interned(MODULE);
    vm.incref(name);
    vm.dict_set_text(dict, "__name__", name);
    let record = crate::objects::module::Module { dict, name };
    let module = vm.alloc_tracked(MODULE_TYPE, 0, Body::Module(Box::new(record)));
    let modules = vm.modules;
    vm.dict_set_text(modules, MODULE, module);
    dict
}

const MODULE_TYPE: ObjRef = crate::objects::core_types::MODULE;

/// The tree as objects, owned.
pub fn build(vm: &mut Vm, module: &Mod) -> ObjRef {
    build::Builder::new(vm).module(module)
}

/// Whether an object is a node.
pub fn is_node(vm: &mut Vm, object: ObjRef) -> bool {
    let Some(module) = vm.dict_get_text(vm.modules, MODULE) else { return false };
    let Body::Module(record) = vm.heap.body(module) else { return false };
    let base = vm.dict_get_text(record.dict, "AST");
    base.is_some_and(|base| vm.is_instance(object, base))
}

/// A class of the module, borrowed.
fn class(vm: &Vm, dict: ObjRef, name: &str) -> ObjRef {
    vm.dict_get_text(dict, name).unwrap_or(OBJECT)
}

fn wrong(vm: &mut Vm, message: String) -> Raised {
    vm.type_error(message)
}
