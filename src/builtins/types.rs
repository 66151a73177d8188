//! The methods of the builtin types, a file a type: each gives the rows of its natives.

mod bytearray;
mod bytes;
pub mod cell;
pub mod code;
pub mod complete;
mod complex;
pub mod dict;
pub mod exception;
mod float;
pub mod frame;
pub mod function;
pub mod generator;
pub mod generic_alias;
mod int;
pub mod iterators;
pub mod list;
pub mod mappingproxy;
pub mod memoryview;
pub mod module;
mod new;
pub mod none;
mod numbers;
pub mod object;
pub mod property;
mod range;
mod sequence;
pub mod set;
pub mod simple_namespace;
mod slice;
pub mod static_class;
pub mod str;
pub mod super_;
pub mod traceback;
mod tuple;
pub mod type_;
pub mod weak;

use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef},
        raised::done,
    },
};

/// Type → its natives. Siblings share a shape: `pub fn natives() -> Vec<NativeDef>`.
pub type Row = (ObjRef, fn() -> Vec<NativeDef>);

const TYPES: &[Row] = &[
    (BOOL, int::bool_natives),
    (BYTEARRAY, bytearray::natives),
    (BYTES, bytes::natives),
    (COMPLEX, complex::natives),
    (DICT, dict::natives),
    (DICT_ITEMS, dict::set_view_natives),
    (DICT_KEYS, dict::set_view_natives),
    (DICT_VALUES, dict::values_natives),
    (FLOAT, float::natives),
    (FROZENSET, set::frozen_natives),
    (INT, int::natives),
    (LIST, list::natives),
    (MEMORYVIEW, memoryview::natives),
    (MEMORY_ITERATOR, memoryview::iterator_natives),
    (RANGE, range::natives),
    (SET, set::natives),
    (SLICE, slice::natives),
    (STR, str::natives),
    (TUPLE, tuple::natives),
    (BYTEARRAY_ITERATOR, iterators::positioned),
    (BYTES_ITERATOR, iterators::positioned),
    (CALLABLE_ITERATOR, iterators::plain),
    (DICT_ITEMITERATOR, iterators::counted),
    (DICT_KEYITERATOR, iterators::counted),
    (DICT_REVERSEITEMITERATOR, iterators::counted),
    (DICT_REVERSEKEYITERATOR, iterators::counted),
    (DICT_REVERSEVALUEITERATOR, iterators::counted),
    (DICT_VALUEITERATOR, iterators::counted),
    (ENUMERATE, iterators::enumerate_natives),
    (FILTER, iterators::filter_natives),
    (LIST_ITERATOR, iterators::positioned),
    (LIST_REVERSEITERATOR, iterators::positioned),
    (LONGRANGE_ITERATOR, iterators::positioned),
    (MAP, iterators::map_natives),
    (RANGE_ITERATOR, iterators::positioned),
    (REVERSED, iterators::reversed_natives),
    (SEQ_ITERATOR, iterators::positioned),
    (SET_ITERATOR, iterators::counted),
    (STR_ASCII_ITERATOR, iterators::positioned),
    (STR_ITERATOR, iterators::positioned),
    (TUPLE_ITERATOR, iterators::positioned),
    (ZIP, iterators::zip_natives),
    (OBJECT, object::natives),
    (TYPE, type_::natives),
    (SUPER, super_::natives),
    (PROPERTY, property::natives),
    (STATICMETHOD, static_class::static_natives),
    (CLASSMETHOD, static_class::class_natives),
    (FUNCTION, function::function_natives),
    (METHOD, function::method_natives),
    (BUILTIN_FUNCTION, function::builtin_natives),
    (METHOD_WRAPPER, function::method_wrapper_natives),
    (METHOD_DESCRIPTOR, function::reducible_natives),
    (WRAPPER_DESCRIPTOR, function::reducible_natives),
    (CLASSMETHOD_DESCRIPTOR, function::descriptor_natives),
    (GETSET_DESCRIPTOR, function::getset_natives),
    (MEMBER_DESCRIPTOR, function::member_natives),
    (CELL, cell::natives),
    (CODE, code::natives),
    (FRAME, frame::natives),
    (TRACEBACK, traceback::natives),
    (MODULE, module::natives),
    (MAPPINGPROXY, mappingproxy::natives),
    (NONE_TYPE, none::none_natives),
    (NOT_IMPLEMENTED_TYPE, none::not_implemented_natives),
    (ELLIPSIS_TYPE, none::ellipsis_natives),
    (SIMPLE_NAMESPACE, simple_namespace::natives),
    (GENERIC_ALIAS, generic_alias::alias_natives),
    (UNION_TYPE, generic_alias::union_natives),
    (ENUMERATE, generic_alias::class_getitem_natives),
    (MAPPINGPROXY, generic_alias::class_getitem_natives),
    (WEAKREF, generic_alias::class_getitem_natives),
    (WEAKREF, weak::ref_natives),
    (WEAKPROXY, weak::proxy_natives),
    (CALLABLE_WEAKPROXY, weak::callable_proxy_natives),
    (GENERIC_ALIAS_ITERATOR, generic_alias::iterator_natives),
    (EXCEPTION_GROUP, exception::group::exception_group_natives),
    (GENERATOR, generator::generator_natives),
    (COROUTINE, generator::coroutine_natives),
    (COROUTINE_WRAPPER, generator::coroutine_wrapper_natives),
    (ANEXT_AWAITABLE, generator::asynchronous::anext::natives),
    (ODICT_KEYS, crate::stdlib::collections::ordered_views::keys_natives),
    (ODICT_VALUES, crate::stdlib::collections::ordered_views::values_natives),
    (ODICT_ITEMS, crate::stdlib::collections::ordered_views::items_natives),
    (ODICT_ITERATOR, crate::stdlib::collections::ordered_views::iterator_natives),
    (ASYNC_GENERATOR, generator::asynchronous::natives),
    (ASYNC_GENERATOR_ASEND, generator::asynchronous::asend_natives),
    (ASYNC_GENERATOR_ATHROW, generator::asynchronous::athrow_natives),
    (BASE_EXCEPTION, exception::natives),
    (BASE_EXCEPTION_GROUP, exception::group::natives),
];

/// Types whose instances change and so have no hash: `__hash__` is None.
const UNHASHABLE: [ObjRef; 12] =
    [BYTEARRAY, CALLABLE_WEAKPROXY, CELL, DICT, DICT_ITEMS, DICT_KEYS, LIST, MAPPINGPROXY, SET, SIMPLE_NAMESPACE, SLICE, WEAKPROXY];

/// Those of them that have none because they have an `__eq__`: it stands last in their dicts.
const HASH_LATE: [ObjRef; 8] = [BYTEARRAY, CELL, DICT_KEYS, DICT_ITEMS, MAPPINGPROXY, SIMPLE_NAMESPACE, WEAKPROXY, CALLABLE_WEAKPROXY];

/// Every type has a `__doc__`, which may be None.
pub fn add_doc(vm: &mut Vm, dict: ObjRef, name: &str) {
    if vm.dict_get_str(dict, vm.names.doc).is_none() {
        let doc = match crate::builtins::signatures::doc(&format!("type {name}")) {
            Some(text) => vm.new_str(text),
            None => vm.none(),
        };
        let key = vm.names.doc;
        vm.dict_set_str(dict, key, doc);
    }
}

fn add_no_hash(vm: &mut Vm, dict: ObjRef) {
    let (name, none) = (vm.names.hash, vm.none());
    vm.dict_set_str(dict, name, none);
}

/// Puts the natives into the dicts of their types.
pub fn install(vm: &mut Vm) {
    for row in CORE_TYPES {
        let tables = TYPES.iter().chain(exception::fields::ROWS).chain(crate::stdlib::io::TYPES);
        let listed = tables.filter(|(ty, _)| *ty == row.object);
        let natives = listed.flat_map(|(_, natives)| natives()).collect();
        let dict = vm.heap.type_of_type(row.object).dict;
        let mut hash_is_due = UNHASHABLE.contains(&row.object);
        for def in complete::core_rows(row.object, natives) {
            let name = vm.new_interned(def.name);
            if hash_is_due && !HASH_LATE.contains(&row.object) && !matches!(def.name, "__new__" | "__repr__") {
                hash_is_due = false;
                add_no_hash(vm, dict);
            }
            let descriptor = vm.new_native_descriptor(def, row.object);
            vm.dict_set_str(dict, name, descriptor);
            vm.decref(name);
        }
        let name = vm.heap.type_of_type(row.object).short_name().to_string();
        add_doc(vm, dict, &name);
        if hash_is_due {
            add_no_hash(vm, dict);
        }
        if !is_core_type(row.object) {
            vm.type_modified(row.object);
        }
    }
    let (group, builtins) = (vm.heap.type_of_type(EXCEPTION_GROUP).dict, vm.new_interned("builtins"));
    vm.dict_set_text(group, "__module__", builtins);
    let dict = NativeDef::getter("__dict__", instance_dict).with_setter(set_instance_dict);
    let weakref = NativeDef::getter("__weakref__", instance_weakref);
    vm.instance_getters = [vm.add_native(dict), vm.add_native(weakref)];
}

// ── natives that many types share ───────────────────────────────────────────────────────────────────────────────────

/// `__repr__` as the builtin type defines it.
pub fn repr_builtin(vm: &mut Vm, args: Args) -> Res {
    vm.repr_builtin(args.at(vm, 0))
}

/// `__str__` as the builtin type defines it.
pub fn str_builtin(vm: &mut Vm, args: Args) -> Res {
    vm.str_builtin(args.at(vm, 0))
}

/// `__lt__` … `__ge__` as the builtin type defines them; `OP` as in COMPARE_OP.
pub fn compare_builtin<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    vm.compare_method(args.at(vm, 0), args.at(vm, 1), OP)
}

/// `__dict__` of objects that have one.
pub fn instance_dict(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    match vm.instance_dict(object) {
        Some(dict) => done(vm.own(dict)),
        None => {
            let name = vm.names.dict;
            Err(vm.no_attribute(object, name))
        }
    }
}

/// `x.__dict__ = {…}`
pub fn set_instance_dict(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    match args.get(vm, 1) {
        Some(dict) if vm.heap.dict(dict).is_some() => {
            vm.incref(dict);
            vm.set_instance_dict(object, dict);
            done(vm.none())
        }
        Some(other) => {
            let name = vm.type_name(other);
            Err(vm.type_error(format!("__dict__ must be set to a dictionary, not a '{name}'")))
        }
        None => {
            let dict = vm.new_dict();
            vm.set_instance_dict(object, dict);
            done(vm.none())
        }
    }
}

/// The same where a builtin type has the `__dict__`, which cannot be taken away (`PyObject_GenericSetDict`).
pub fn set_builtin_dict(vm: &mut Vm, args: Args) -> Res {
    match args.get(vm, 1) {
        Some(_) => set_instance_dict(vm, args),
        None => Err(vm.type_error("cannot delete __dict__")),
    }
}

/// The first weak reference to the object.
pub fn instance_weakref(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let first = vm.weakrefs.of(object).first().copied().unwrap_or(NONE);
    done(vm.own(first))
}

/// An argument that names an attribute.
pub fn attribute_name(vm: &mut Vm, name: ObjRef) -> Result<ObjRef, Raised> {
    if vm.heap.str(name).is_some() {
        return Ok(name);
    }
    let given = vm.type_name(name);
    Err(vm.type_error(format!("attribute name must be string, not '{given}'")))
}
