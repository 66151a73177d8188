//! `type`: making classes, calling them, and what can be asked of them.
//!
//! ```python
//! C = type("C", (Base,), {"x": 1})
//! C.__mro__, C.__name__, C.__dict__, isinstance(C(), Base)
//! ```
//!
//! Counterpart in CPython 3.11: `PyType_Type` in `Objects/typeobject.c`.

use crate::{
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        layout::{INNER, METHOD_LIKE, NO_INSTANCES, TypeLayout},
        types::{Collection, special},
    },
    vm::{
        Raised, Res, Vm,
        class::{
            ClassParts,
            measures::{has_managed_dict, layout_of, measures, solid_layout},
        },
        native::{
            Args, NativeDef,
            Signature::{Any, None as NoArgs, One, Range},
        },
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__repr__", NoArgs, repr),
        NativeDef::wrapper("__call__", Any, call),
        NativeDef::wrapper("__getattribute__", One, super::object::getattribute),
        NativeDef::wrapper("__setattr__", Range(2, 2), super::object::setattr),
        NativeDef::wrapper("__delattr__", One, super::object::delattr),
        NativeDef::wrapper("__init__", Any, init),
        NativeDef::wrapper("__or__", One, super::generic_alias::union_or),
        NativeDef::wrapper("__ror__", One, super::generic_alias::union_ror),
        NativeDef::static_method("__new__", Any, new),
        NativeDef::method("mro", NoArgs, mro_method),
        NativeDef::method("__subclasses__", NoArgs, subclasses),
        NativeDef::class_method("__prepare__", Any, prepare),
        NativeDef::method("__instancecheck__", One, instancecheck),
        NativeDef::method("__subclasscheck__", One, subclasscheck),
        NativeDef::method("__dir__", NoArgs, dir),
        NativeDef::method("__sizeof__", NoArgs, sizeof),
        NativeDef::member("__basicsize__", basicsize),
        NativeDef::member("__itemsize__", itemsize),
        NativeDef::member("__flags__", flags),
        NativeDef::member("__weakrefoffset__", weakrefoffset),
        NativeDef::member("__base__", base),
        NativeDef::member("__dictoffset__", dictoffset),
        NativeDef::member("__mro__", mro),
        NativeDef::getter("__name__", name).with_setter(set_name),
        NativeDef::getter("__qualname__", qualname).with_setter(set_qualname),
        NativeDef::getter("__bases__", bases).with_setter(set_bases),
        NativeDef::getter("__module__", module).with_setter(set_module),
        NativeDef::getter("__abstractmethods__", abstractmethods).with_setter(set_abstractmethods),
        NativeDef::getter("__dict__", dict),
        NativeDef::getter("__doc__", doc).with_setter(set_doc),
        NativeDef::getter("__text_signature__", text_signature),
        NativeDef::getter("__annotations__", annotations).with_setter(set_annotations),
    ]
}

// ── making and calling ──────────────────────────────────────────────────────────────────────────────────────────────

fn new(vm: &mut Vm, args: Args) -> Res {
    let metaclass = args.at(vm, 0);
    let given = args.n - 1;
    if given != 3 {
        return Err(if metaclass == TYPE {
            let text =
                if given == 1 && args.kwnames.is_some() { "type() takes no keyword arguments" } else { "type() takes 1 or 3 arguments" };
            vm.type_error(text)
        } else {
            vm.type_error(format!("type.__new__() takes exactly 3 arguments ({given} given)"))
        });
    }
    let (name, bases, namespace) = (args.at(vm, 1), args.at(vm, 2), args.at(vm, 3));
    for (position, object, ty, what) in [(1, name, STR, "str"), (2, bases, TUPLE, "tuple"), (3, namespace, DICT, "dict")] {
        if !vm.is_instance(object, ty) {
            let given = crate::builtins::convert::none_or_type_name(vm, object);
            return Err(vm.type_error(format!("type.__new__() argument {position} must be {what}, not {given}")));
        }
    }
    let base_list = vm.heap.tuple(bases).expect("a tuple").to_vec();
    for &base in &base_list {
        if vm.heap.as_type(base).is_none() && vm.lookup_attribute_now(base, vm.names.mro_entries)?.map(|hook| vm.decref(hook)).is_some() {
            return Err(vm.type_error("type() doesn't support MRO entry resolution; use types.new_class()"));
        }
    }
    let winner = vm.calculate_metaclass(metaclass, &base_list)?;
    if winner != metaclass
        && let Some(winner_new) = vm.type_lookup(winner, vm.names.new)
        && vm.native_of(winner_new).is_none_or(|native| native.owner != Some(TYPE))
    {
        let function = if vm.ty(winner_new) == STATICMETHOD { vm.field(winner_new, 0).unwrap_or(winner_new) } else { winner_new };
        return vm.call_keywords(function, &[winner, name, bases, namespace], &args.keywords(vm));
    }
    let doc = vm.dict_get_str(namespace, vm.names.doc);
    for text in [Some(name), doc].into_iter().flatten() {
        check_utf8(vm, text, text == name)?;
    }
    let parts = ClassParts { metaclass: winner, name, bases, namespace };
    let keywords = args.keywords(vm);
    vm.type_new(&parts, keywords)
}

fn init(vm: &mut Vm, args: Args) -> Res {
    match args.n - 1 {
        1 if args.kwnames.is_some() => Err(vm.type_error("type.__init__() takes no keyword arguments")),
        1 | 3 => done(vm.none()),
        _ => Err(vm.type_error("type.__init__() takes 1 or 3 arguments")),
    }
}

/// `type.__call__(cls, …)`: the arguments are put on the stack again, as a call wants them.
fn call(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let keywords = args.kwnames.map_or(0, |names| vm.heap.tuple(names).map_or(0, <[ObjRef]>::len));
    let count = args.n + keywords;
    vm.reserve_stack(count);
    let at = vm.sp;
    for index in 0..count {
        let object = vm.stack[args.start + index].expect("an argument");
        vm.incref(object);
        vm.push(object);
    }
    vm.call_type(class, at, at, args.n - 1, args.kwnames, true)
}

fn prepare(vm: &mut Vm, _args: Args) -> Res {
    done(vm.new_dict())
}

// ── text ────────────────────────────────────────────────────────────────────────────────────────────────────────────

fn repr(vm: &mut Vm, args: Args) -> Res {
    let text = format!("<class '{}'>", vm.full_type_name(args.at(vm, 0)));
    done(vm.new_str(text))
}

fn dir(vm: &mut Vm, args: Args) -> Res {
    let mut names = Vec::new();
    super::object::add_class_names(vm, args.at(vm, 0), &mut names);
    done(super::object::merged_names(vm, names))
}

// ── family ──────────────────────────────────────────────────────────────────────────────────────────────────────────

fn mro(vm: &mut Vm, args: Args) -> Res {
    let mro = vm.heap.type_of_type(args.at(vm, 0)).mro;
    done(vm.own(mro))
}

fn mro_method(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let bases = vm.heap.tuple(vm.heap.type_of_type(class).bases).map(<[ObjRef]>::to_vec).unwrap_or_default();
    let mut order = vec![class];
    order.extend(vm.linearize(&bases)?);
    order.iter().for_each(|&class| vm.incref(class));
    done(vm.new_list(order))
}

fn base(vm: &mut Vm, args: Args) -> Res {
    let base = vm.heap.type_of_type(args.at(vm, 0)).base.unwrap_or(NONE);
    done(vm.own(base))
}

fn bases(vm: &mut Vm, args: Args) -> Res {
    let bases = vm.heap.type_of_type(args.at(vm, 0)).bases;
    done(vm.own(bases))
}

/// `C.__bases__ = (A, B)`: a new MRO for the class and all its subclasses.
fn set_bases(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let given = replaceable(vm, class, "__bases__", args.get(vm, 1))?;
    let class_name = vm.heap.type_of_type(class).name.clone();
    let Some(bases) = vm.heap.tuple(given).map(<[ObjRef]>::to_vec) else {
        let name = vm.type_name(given);
        return Err(vm.type_error(format!("can only assign tuple to {class_name}.__bases__, not {name}")));
    };
    if bases.is_empty() {
        return Err(vm.type_error(format!("can only assign non-empty tuple to {class_name}.__bases__, not ()")));
    }
    for &base in &bases {
        if vm.heap.as_type(base).is_none() {
            let name = vm.type_name(base);
            return Err(vm.type_error(format!("{class_name}.__bases__ must be tuple of classes, not '{name}'")));
        }
        // While an `mro` of the program assigns `__bases__` itself, the MRO is not yet what `__base__` says.
        let chain = std::iter::successors(Some(base), |&class| vm.heap.type_of_type(class).base);
        if vm.is_subtype(base, class) || chain.into_iter().any(|base| base == class) {
            return Err(vm.type_error("a __bases__ item causes an inheritance cycle"));
        }
    }
    let old_bases = vm.heap.type_of_type(class).bases;
    let old_base = vm.heap.type_of_type(class).base.unwrap_or(OBJECT);
    let best = vm.best_base(&bases)?;
    let (new, old) = (vm.heap.type_of_type(best), vm.heap.type_of_type(old_base));
    let differs = match () {
        _ if new.is_gc != old.is_gc => "deallocator",
        _ if new.is_heap != old.is_heap || vm.layout_owner(best) != vm.layout_owner(old_base) => "object layout",
        _ => "",
    };
    if !differs.is_empty() {
        let message = format!("__bases__ assignment: '{}' {differs} differs from '{}'", new.name, old.name);
        return Err(vm.type_error(message));
    }
    replace_bases(vm, class, given, best);
    if let Err(raised) = renew_mro(vm, class) {
        let ty = vm.heap.type_of_type(class);
        if (ty.bases, ty.base) == (given, Some(best)) {
            replace_bases(vm, class, old_bases, old_base);
            vm.decref_all([given, best]);
        }
        vm.decref_all([old_bases, old_base]);
        return Err(raised);
    }
    vm.type_modified(class);
    vm.decref(old_bases);
    vm.decref(old_base);
    done(vm.none())
}

/// Gives a class other bases, and takes it from the subclasses of those before. What was there remains counted.
fn replace_bases(vm: &mut Vm, class: ObjRef, bases: ObjRef, best: ObjRef) {
    let old_bases = vm.heap.type_of_type(class).bases;
    for base in vm.heap.tuple(old_bases).unwrap_or_default().to_vec() {
        vm.remove_subclass(base, class);
    }
    vm.incref(bases);
    vm.incref(best);
    let Body::Type(ty) = vm.heap.body_mut(class) else { panic!("a type") };
    ty.bases = bases;
    ty.base = Some(best);
    for base in vm.heap.tuple(bases).unwrap_or_default().to_vec() {
        vm.add_subclass(base, class);
    }
}

/// The MRO of a class and of all its subclasses anew; all of them or none.
fn renew_mro(vm: &mut Vm, class: ObjRef) -> Result<(), Raised> {
    let order = vm.find_mro(class)?;
    let old = vm.heap.type_of_type(class).mro;
    vm.incref(old);
    vm.set_mro(class, order);
    let new = vm.heap.type_of_type(class).mro;
    vm.pass_packed(3, false); // the class with its MROs, should they have to be put back
    for subclass in vm.subclasses(class) {
        if let Err(raised) = renew_mro(vm, subclass) {
            // Unless another assignment has been there meanwhile.
            let Body::Type(ty) = vm.heap.body_mut(class) else { panic!("a type") };
            let lost = if ty.mro == new { std::mem::replace(&mut ty.mro, old) } else { old };
            vm.decref(lost);
            return Err(raised);
        }
    }
    vm.decref(old);
    Ok(())
}

fn subclasses(vm: &mut Vm, args: Args) -> Res {
    let subclasses = vm.subclasses(args.at(vm, 0));
    subclasses.iter().for_each(|&class| vm.incref(class));
    done(vm.new_list(subclasses))
}

fn instancecheck(vm: &mut Vm, args: Args) -> Res {
    let (class, object) = (args.at(vm, 0), args.at(vm, 1));
    let holds = real_isinstance(vm, object, class)?;
    done(vm.new_bool(holds))
}

fn subclasscheck(vm: &mut Vm, args: Args) -> Res {
    let (class, derived) = (args.at(vm, 0), args.at(vm, 1));
    let holds = real_issubclass(vm, derived, class)?;
    done(vm.new_bool(holds))
}

/// `isinstance` without hooks: the type's MRO, then what the object gives as its `__class__`.
pub fn real_isinstance(vm: &mut Vm, object: ObjRef, class: ObjRef) -> Result<bool, Raised> {
    let ty = vm.ty(object);
    if vm.heap.as_type(class).is_none() {
        if !has_bases(vm, class)? {
            return Err(vm.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union"));
        }
        let Some(given) = vm.lookup_attribute_now(object, vm.names.class)? else { return Ok(false) };
        let result = abstract_issubclass(vm, given, class);
        vm.decref(given);
        return result;
    }
    if vm.is_subtype(ty, class) {
        return Ok(true);
    }
    let plain = vm.heap.type_of_type(ty).special & special::GETATTRIBUTE == 0
        && vm.type_lookup(ty, vm.names.class).is_none_or(|found| vm.native_of(found).is_some_and(|native| native.owner == Some(OBJECT)));
    if plain && ty != WEAKPROXY {
        return Ok(false);
    }
    let Some(given) = vm.lookup_attribute_now(object, vm.names.class)? else { return Ok(false) };
    let holds = given != ty && vm.heap.as_type(given).is_some() && vm.is_subtype(given, class);
    vm.decref(given);
    Ok(holds)
}

/// `issubclass` without hooks.
pub fn real_issubclass(vm: &mut Vm, derived: ObjRef, class: ObjRef) -> Result<bool, Raised> {
    if vm.heap.as_type(class).is_some() && vm.heap.as_type(derived).is_some() {
        return Ok(vm.is_subtype(derived, class));
    }
    if !has_bases(vm, derived)? {
        return Err(vm.type_error("issubclass() arg 1 must be a class"));
    }
    if vm.ty(class) != UNION_TYPE && !has_bases(vm, class)? {
        return Err(vm.type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union"));
    }
    abstract_issubclass(vm, derived, class)
}

/// Objects with a `__bases__` tuple count as classes.
fn bases_of(vm: &mut Vm, object: ObjRef) -> Result<Option<Vec<ObjRef>>, Raised> {
    let name = vm.new_interned("__bases__");
    let found = vm.lookup_attribute_now(object, name);
    vm.decref(name);
    let Some(found) = found? else { return Ok(None) };
    let bases = vm.heap.tuple(found).map(<[ObjRef]>::to_vec);
    vm.decref(found); // the object goes on holding them
    Ok(bases)
}

fn has_bases(vm: &mut Vm, object: ObjRef) -> Result<bool, Raised> {
    Ok(bases_of(vm, object)?.is_some())
}

fn abstract_issubclass(vm: &mut Vm, derived: ObjRef, class: ObjRef) -> Result<bool, Raised> {
    if derived == class {
        return Ok(true);
    }
    for base in bases_of(vm, derived)?.unwrap_or_default() {
        if abstract_issubclass(vm, base, class)? {
            return Ok(true);
        }
    }
    Ok(false)
}

// ── names and the like ──────────────────────────────────────────────────────────────────────────────────────────────

/// Checks that an attribute of a class may be set; `None` when it is to be deleted.
fn writable(vm: &mut Vm, class: ObjRef, attribute: &str, value: Option<ObjRef>) -> Result<Option<ObjRef>, Raised> {
    let ty = vm.heap.type_of_type(class);
    if !ty.is_heap {
        let name = ty.name.clone();
        return Err(vm.type_error(format!("cannot set '{attribute}' attribute of immutable type '{name}'")));
    }
    Ok(value)
}

/// The same for what may be replaced but not deleted.
fn replaceable(vm: &mut Vm, class: ObjRef, attribute: &str, value: Option<ObjRef>) -> Result<ObjRef, Raised> {
    let value = writable(vm, class, attribute, value)?;
    value.ok_or_else(|| {
        let name = vm.heap.type_of_type(class).name.clone();
        vm.type_error(format!("cannot delete '{attribute}' attribute of immutable type '{name}'"))
    })
}

fn name(vm: &mut Vm, args: Args) -> Res {
    let ty = vm.heap.type_of_type(args.at(vm, 0));
    let (name, is_heap) = (ty.short_name().to_string(), ty.is_heap);
    // A type that C code defines has its name as a C string, of which each use makes a new str.
    done(if is_heap { vm.new_interned(&name) } else { vm.new_str(&*name) })
}

/// Types keep name and docstring as UTF-8; the name ends at a zero byte. What is no str passes.
fn check_utf8(vm: &mut Vm, text: ObjRef, is_name: bool) -> Result<(), Raised> {
    let Some(text) = vm.heap.str(text) else { return Ok(()) };
    let faulty = text.iter().any(|c| (0xd800..0xe000).contains(&c));
    let cut = is_name && text.iter().any(|c| c == 0);
    if !faulty && !cut {
        return Ok(());
    }
    let text = text.clone();
    Err(if faulty { vm.surrogate_error(&text) } else { vm.value_error("type name must not contain null characters") })
}

fn set_name(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let class_name = vm.heap.type_of_type(class).name.clone();
    let value = replaceable(vm, class, "__name__", args.get(vm, 1))?;
    if vm.heap.str(value).is_none() {
        let given = vm.type_name(value);
        return Err(vm.type_error(format!("can only assign string to {class_name}.__name__, not '{given}'")));
    }
    check_utf8(vm, value, true)?;
    let text = vm.name_text(value);
    let Body::Type(ty) = vm.heap.body_mut(class) else { panic!("a type") };
    ty.name = text.into();
    done(vm.none())
}

fn qualname(vm: &mut Vm, args: Args) -> Res {
    let ty = vm.heap.type_of_type(args.at(vm, 0));
    let (qualname, is_heap) = (ty.qualname, ty.is_heap);
    if is_heap {
        return done(vm.own(qualname));
    }
    // Types written in C make it anew each time.
    let text = vm.name_text(qualname);
    done(vm.new_str(text))
}

fn set_qualname(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let class_name = vm.heap.type_of_type(class).name.clone();
    let value = replaceable(vm, class, "__qualname__", args.get(vm, 1))?;
    if vm.heap.str(value).is_none() {
        let given = vm.type_name(value);
        return Err(vm.type_error(format!("can only assign string to {class_name}.__qualname__, not '{given}'")));
    }
    vm.incref(value);
    let Body::Type(ty) = vm.heap.body_mut(class) else { panic!("a type") };
    let old = std::mem::replace(&mut ty.qualname, value);
    vm.decref(old);
    done(vm.none())
}

fn module(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let ty = vm.heap.type_of_type(class);
    match vm.dict_get_str(ty.dict, vm.names.module) {
        Some(module) if ty.is_heap || vm.ty(module) == STR => done(vm.own(module)),
        _ if ty.is_heap => Err(vm.raise(ATTRIBUTE_ERROR, "__module__")),
        _ => {
            let module = ty.name.rsplit_once('.').map_or("builtins", |(module, _)| module).to_string();
            done(vm.new_interned(&module))
        }
    }
}

/// Sets or deletes an entry of the class's dict.
fn set_entry(vm: &mut Vm, class: ObjRef, name: ObjRef, value: Option<ObjRef>) -> Res {
    let dict = vm.heap.type_of_type(class).dict;
    match value {
        Some(value) => {
            vm.incref(value);
            vm.dict_set_str(dict, name, value);
        }
        None => {
            if !vm.dict_del_str(dict, name) {
                let text = vm.name_text(name);
                return Err(vm.raise(ATTRIBUTE_ERROR, text));
            }
        }
    }
    vm.type_modified(class);
    done(vm.none())
}

fn set_module(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let value = replaceable(vm, class, "__module__", args.get(vm, 1))?;
    set_entry(vm, class, vm.names.module, Some(value))
}

fn abstractmethods(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let dict = vm.heap.type_of_type(class).dict;
    match vm.dict_get_str(dict, vm.names.abstractmethods).filter(|_| class != TYPE) {
        Some(names) => done(vm.own(names)),
        None => Err(vm.raise(ATTRIBUTE_ERROR, "__abstractmethods__")),
    }
}

fn set_abstractmethods(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let value = writable(vm, class, "__abstractmethods__", args.get(vm, 1))?;
    set_entry(vm, class, vm.names.abstractmethods, value)
}

fn dict(vm: &mut Vm, args: Args) -> Res {
    let dict = vm.heap.type_of_type(args.at(vm, 0)).dict;
    vm.incref(dict);
    done(super::mappingproxy::new_proxy(vm, dict))
}

fn doc(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let dict = vm.heap.type_of_type(class).dict;
    match vm.dict_get_str(dict, vm.names.doc) {
        None => done(vm.none()),
        Some(doc) if vm.ty(doc) == GETSET_DESCRIPTOR => done(vm.none()),
        Some(doc) => {
            let ty = vm.ty(doc);
            if let (false, Some(text)) = (vm.heap.type_of_type(class).is_heap, vm.text(doc)) {
                return done(vm.new_str((*text).clone()));
            }
            if is_core_type(ty) && !matches!(ty, PROPERTY | FUNCTION) {
                return done(vm.own(doc));
            }
            match vm.call_special(doc, vm.names.get, &[NONE, class]) {
                Some(result) => result,
                None => done(vm.own(doc)),
            }
        }
    }
}

fn set_doc(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let value = replaceable(vm, class, "__doc__", args.get(vm, 1))?;
    set_entry(vm, class, vm.names.doc, Some(value))
}

fn text_signature(vm: &mut Vm, args: Args) -> Res {
    let ty = vm.heap.type_of_type(args.at(vm, 0));
    let found = if ty.is_heap { None } else { crate::builtins::signatures::of(&format!("type {}", ty.short_name())) };
    done(match found {
        Some(text) => vm.new_str(text),
        None => vm.none(),
    })
}

/// `C.__annotations__`: made when first asked for.
fn annotations(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let ty = vm.heap.type_of_type(class);
    let (dict, is_heap, type_name) = (ty.dict, ty.is_heap, ty.name.clone());
    if !is_heap {
        return Err(vm.raise(ATTRIBUTE_ERROR, format!("type object '{type_name}' has no attribute '__annotations__'")));
    }
    if let Some(annotations) = vm.dict_get_str(dict, vm.names.annotations) {
        return done(vm.own(annotations));
    }
    let annotations = vm.new_dict();
    vm.incref(annotations);
    let name = vm.names.annotations;
    vm.dict_set_str(dict, name, annotations);
    vm.type_modified(class);
    done(annotations)
}

fn set_annotations(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let value = writable(vm, class, "__annotations__", args.get(vm, 1))?;
    set_entry(vm, class, vm.names.annotations, value)
}

// ── sizes ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/// `__basicsize__`: bytes of an instance on a 64-bit machine, without the collector's header.
pub fn basic_size(vm: &Vm, class: ObjRef) -> usize {
    vm.heap.type_of_type(class).basic_size as usize
}

fn basicsize(vm: &mut Vm, args: Args) -> Res {
    let size = basic_size(vm, args.at(vm, 0));
    done(vm.new_usize(size))
}

fn itemsize(vm: &mut Vm, args: Args) -> Res {
    let size = vm.heap.type_of_type(args.at(vm, 0)).item_size as usize;
    done(vm.new_usize(size))
}

fn dictoffset(vm: &mut Vm, args: Args) -> Res {
    let offset = measures(vm, args.at(vm, 0)).dict;
    done(vm.new_int(offset))
}

fn weakrefoffset(vm: &mut Vm, args: Args) -> Res {
    let offset = measures(vm, args.at(vm, 0)).weakrefs;
    done(vm.new_usize(offset))
}

/// Those of CPython's type flags that programs look at.
fn flags(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let ty = vm.heap.type_of_type(class);
    let mut flags: i64 = 1 << 12; // ready
    flags |= i64::from(matches!(class, TYPE | FUNCTION | METHOD | BUILTIN_FUNCTION | METHOD_DESCRIPTOR)) << 11; // vectorcall
    flags |= i64::from(!ty.is_heap) << 19; // lookups on it are cached
    let own = layout_of(vm, class);
    let inherited = if own.is_some() { !INNER } else { !(INNER | NO_INSTANCES | METHOD_LIKE) };
    flags |= i64::from(solid_layout(vm, class).flags & inherited);
    flags |= i64::from(has_managed_dict(measures(vm, class))) << 4; // the dict is managed by the interpreter
    // Made from a specification, but not to be changed: a heap type all the same.
    let is_heap = ty.is_heap || own.is_some_and(TypeLayout::is_from_spec);
    for (set, bit) in [(is_heap, 9), (ty.is_base, 10), (ty.is_gc, 14), (!ty.is_heap, 8)] {
        flags |= i64::from(set) << bit;
    }
    let kinds = [(INT, 24), (LIST, 25), (TUPLE, 26), (BYTES, 27), (STR, 28), (DICT, 29), (BASE_EXCEPTION, 30), (TYPE, 31)];
    for (base, bit) in kinds {
        flags |= i64::from(vm.is_subtype(class, base)) << bit;
    }
    flags |= match ty.collection {
        Collection::Neither => 0,
        Collection::Sequence => 1 << 5,
        Collection::Mapping => 1 << 6,
    };
    if vm.dict_get_str(ty.dict, vm.names.abstractmethods).is_some_and(|names| vm.heap.set(names).is_some_and(|set| !set.is_empty())) {
        flags |= 1 << 20;
    }
    done(vm.new_int(flags))
}

fn sizeof(vm: &mut Vm, args: Args) -> Res {
    super::object::measured(vm, args)
}
