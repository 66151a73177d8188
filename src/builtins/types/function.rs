//! Functions, bound methods, builtin functions and the descriptors in the dicts of builtin types.
//!
//! ```python
//! def f(a, b=1): "doc"
//! f.__name__, f.__defaults__, f.__code__, C().m.__self__, [].append.__self__, int.__add__.__objclass__
//! ```
//!
//! Counterpart in CPython 3.11: `Objects/funcobject.c`, `classobject.c`, `methodobject.c`, `descrobject.c`.

use crate::{
    builtins::signatures,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, function::Function},
    vm::{
        Raised, Res, Vm,
        native::{
            Args, Kind, NativeDef,
            Signature::{Any, Named, None as NoArgs, One, Range},
        },
        raised::done,
    },
};

pub fn function_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::static_method("__new__", Named("cls, code, globals, name=None, argdefs=None, closure=None"), new_function),
        NativeDef::wrapper("__repr__", NoArgs, super::repr_builtin),
        NativeDef::wrapper("__call__", Any, call_self),
        NativeDef::wrapper("__get__", Range(1, 2), get),
        NativeDef::member("__closure__", |vm, args| field(vm, args, |f| f.closure)),
        NativeDef::getter("__doc__", |vm, args| field(vm, args, |f| Some(f.doc))).with_setter(set_doc),
        NativeDef::member("__globals__", |vm, args| field(vm, args, |f| Some(f.globals))),
        NativeDef::member("__module__", |vm, args| field(vm, args, |f| f.module)).with_setter(set_module),
        NativeDef::member("__builtins__", |vm, args| field(vm, args, |f| Some(f.builtins))),
        NativeDef::getter("__code__", |vm, args| field(vm, args, |f| Some(f.code))).with_setter(set_code),
        NativeDef::getter("__defaults__", |vm, args| field(vm, args, |f| f.defaults)).with_setter(set_defaults),
        NativeDef::getter("__kwdefaults__", |vm, args| field(vm, args, |f| f.kwdefaults)).with_setter(set_kwdefaults),
        NativeDef::getter("__annotations__", annotations).with_setter(set_annotations),
        NativeDef::getter("__dict__", super::instance_dict).with_setter(set_dict),
        NativeDef::getter("__name__", |vm, args| field(vm, args, |f| Some(f.name))).with_setter(set_name),
        NativeDef::getter("__qualname__", |vm, args| field(vm, args, |f| Some(f.qualname))).with_setter(set_qualname),
    ]
}

pub fn method_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::static_method("__new__", Any, new_method),
        NativeDef::wrapper("__repr__", NoArgs, super::repr_builtin),
        NativeDef::wrapper("__hash__", NoArgs, |vm, args| {
            let result = vm.hash(args.at(vm, 0));
            vm.int_result(result)
        }),
        NativeDef::wrapper("__call__", Any, call_self),
        NativeDef::wrapper("__setattr__", Range(2, 2), super::object::setattr),
        NativeDef::wrapper("__delattr__", One, super::object::delattr),
        NativeDef::wrapper("__eq__", One, super::compare_builtin::<2>),
        NativeDef::wrapper("__ne__", One, super::compare_builtin::<3>),
        NativeDef::member("__func__", |vm, args| {
            let function = method_part(vm, args, 0);
            done(vm.own(function))
        }),
        NativeDef::member("__self__", |vm, args| {
            let this = method_part(vm, args, 1);
            done(vm.own(this))
        }),
        NativeDef::getter("__doc__", |vm, args| {
            let function = method_part(vm, args, 0);
            vm.get_attr(function, vm.names.doc)
        }),
        NativeDef::method("__reduce__", NoArgs, method_reduce),
    ]
}

/// `len`, `[].append`, `(1).__add__`.
pub fn builtin_natives() -> Vec<NativeDef> {
    let mut natives = native_natives();
    natives.push(NativeDef::wrapper("__eq__", One, same_builtin::<true>));
    natives.push(NativeDef::wrapper("__ne__", One, same_builtin::<false>));
    natives.push(NativeDef::wrapper("__hash__", NoArgs, builtin_hash));
    natives.push(NativeDef::getter("__self__", builtin_self));
    let module = NativeDef::member("__module__", |vm, args| {
        let module = vm.native_of(args.at(vm, 0)).and_then(|native| native.module).unwrap_or(NONE);
        done(vm.own(module))
    });
    natives.push(module.with_setter(set_builtin_module));
    natives.push(NativeDef::method("__reduce__", NoArgs, reduce));
    natives
}

/// `(1).__add__`
pub fn method_wrapper_natives() -> Vec<NativeDef> {
    let mut natives: Vec<NativeDef> = builtin_natives().into_iter().filter(|def| !matches!(def.name, "__module__" | "__self__")).collect();
    natives.push(NativeDef::member("__self__", builtin_self));
    natives.push(NativeDef::getter("__objclass__", objclass));
    natives
}

/// `list.append`, `int.__add__`, `dict.fromkeys` in the dicts of their types.
pub fn descriptor_natives() -> Vec<NativeDef> {
    let mut natives: Vec<NativeDef> = native_natives().into_iter().filter(|def| def.name != "__name__").collect();
    natives.push(NativeDef::wrapper("__get__", Range(1, 2), descriptor_get));
    natives.push(NativeDef::member("__objclass__", objclass));
    natives.push(NativeDef::member("__name__", |vm, args| done(native_name(vm, args.at(vm, 0)))));
    natives
}

/// Those of them that say how to find them again.
pub fn reducible_natives() -> Vec<NativeDef> {
    let mut natives = descriptor_natives();
    natives.push(NativeDef::method("__reduce__", NoArgs, reduce));
    natives
}

/// Attributes computed in Rust, and those of `__slots__`.
pub fn getset_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__repr__", NoArgs, super::repr_builtin),
        NativeDef::wrapper("__get__", Range(1, 2), descriptor_get),
        NativeDef::wrapper("__set__", Range(2, 2), |vm, args| getset_set(vm, args, Some(args.at(vm, 2)))),
        NativeDef::wrapper("__delete__", One, |vm, args| getset_set(vm, args, None)),
        NativeDef::member("__name__", |vm, args| done(native_name(vm, args.at(vm, 0)))),
        NativeDef::getter("__qualname__", native_qualname),
        NativeDef::member("__objclass__", objclass),
        NativeDef::getter("__doc__", |vm, _| done(vm.none())),
    ]
}

pub fn member_natives() -> Vec<NativeDef> {
    let mut natives = getset_natives();
    natives.push(NativeDef::method("__reduce__", NoArgs, reduce));
    natives
}

/// What all objects that stand for natives have.
fn native_natives() -> Vec<NativeDef> {
    vec![
        NativeDef::wrapper("__repr__", NoArgs, super::repr_builtin),
        NativeDef::wrapper("__call__", Any, call_self),
        // A new string each time; those of descriptors are kept.
        NativeDef::getter("__name__", |vm, args| {
            let name = vm.native_of(args.at(vm, 0)).map_or("", |native| native.name);
            done(vm.new_str(name))
        }),
        NativeDef::getter("__qualname__", native_qualname),
        NativeDef::getter("__doc__", native_doc),
        NativeDef::getter("__text_signature__", text_signature),
    ]
}

// ── functions ───────────────────────────────────────────────────────────────────────────────────────────────────────

fn function(vm: &Vm, object: ObjRef) -> &Function {
    match vm.heap.body(object) {
        Body::Function(function) => function,
        _ => panic!("a function"),
    }
}

fn function_mut(vm: &mut Vm, object: ObjRef) -> &mut Function {
    match vm.heap.body_mut(object) {
        Body::Function(function) => function,
        _ => panic!("a function"),
    }
}

fn field(vm: &mut Vm, args: Args, get: fn(&Function) -> Option<ObjRef>) -> Res {
    let value = get(function(vm, args.at(vm, 0))).unwrap_or(NONE);
    done(vm.own(value))
}

/// Puts a value (borrowed) into an optional field; `None` the value empties it.
fn set_optional(vm: &mut Vm, args: Args, value: Option<ObjRef>, place: fn(&mut Function) -> &mut Option<ObjRef>) -> Res {
    vm.xincref(value);
    let old = std::mem::replace(place(function_mut(vm, args.at(vm, 0))), value);
    vm.xdecref(old);
    done(vm.none())
}

/// Calls that are specialized for the function must look again (`func_version`).
fn forget_version(vm: &mut Vm, args: Args) {
    let function = args.at(vm, 0);
    vm.heap.slot_mut(function).num = 0;
}

/// Puts a value (borrowed) into a field.
fn set_required(vm: &mut Vm, args: Args, value: ObjRef, place: fn(&mut Function) -> &mut ObjRef) -> Res {
    vm.incref(value);
    let old = std::mem::replace(place(function_mut(vm, args.at(vm, 0))), value);
    vm.decref(old);
    done(vm.none())
}

/// A value for a field that wants this type; `None` for None and for `del`.
fn checked(vm: &mut Vm, args: Args, ty: ObjRef, message: &str) -> Result<Option<ObjRef>, Raised> {
    match args.given(vm, 1) {
        Some(value) if !vm.is_instance(value, ty) => Err(vm.type_error(message)),
        value => Ok(value),
    }
}

fn set_doc(vm: &mut Vm, args: Args) -> Res {
    let value = args.get(vm, 1).unwrap_or(NONE);
    set_required(vm, args, value, |f| &mut f.doc)
}

fn set_module(vm: &mut Vm, args: Args) -> Res {
    let value = args.get(vm, 1);
    set_optional(vm, args, value, |f| &mut f.module)
}

fn set_name(vm: &mut Vm, args: Args) -> Res {
    match args.get(vm, 1) {
        Some(value) if vm.heap.str(value).is_some() => set_required(vm, args, value, |f| &mut f.name),
        _ => Err(vm.type_error("__name__ must be set to a string object")),
    }
}

fn set_qualname(vm: &mut Vm, args: Args) -> Res {
    match args.get(vm, 1) {
        Some(value) if vm.heap.str(value).is_some() => set_required(vm, args, value, |f| &mut f.qualname),
        _ => Err(vm.type_error("__qualname__ must be set to a string object")),
    }
}

fn set_defaults(vm: &mut Vm, args: Args) -> Res {
    let value = checked(vm, args, TUPLE, "__defaults__ must be set to a tuple object")?;
    forget_version(vm, args);
    set_optional(vm, args, value, |f| &mut f.defaults)
}

fn set_kwdefaults(vm: &mut Vm, args: Args) -> Res {
    let value = checked(vm, args, DICT, "__kwdefaults__ must be set to a dict object")?;
    forget_version(vm, args);
    set_optional(vm, args, value, |f| &mut f.kwdefaults)
}

fn set_annotations(vm: &mut Vm, args: Args) -> Res {
    let value = checked(vm, args, DICT, "__annotations__ must be set to a dict object")?;
    set_optional(vm, args, value, |f| &mut f.annotations)
}

fn set_dict(vm: &mut Vm, args: Args) -> Res {
    match args.get(vm, 1) {
        Some(value) if vm.heap.dict(value).is_some() => set_optional(vm, args, Some(value), |f| &mut f.dict),
        Some(value) => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("__dict__ must be set to a dictionary, not a '{name}'")))
        }
        None => Err(vm.type_error("cannot delete __dict__")),
    }
}

fn set_code(vm: &mut Vm, args: Args) -> Res {
    let code = match args.get(vm, 1) {
        Some(code) if vm.ty(code) == CODE => code,
        _ => return Err(vm.type_error("__code__ must be set to a code object")),
    };
    let record = function(vm, args.at(vm, 0));
    let name = vm.name_text(record.name);
    let have = record.closure.and_then(|closure| vm.heap.tuple(closure)).map_or(0, <[ObjRef]>::len);
    let Body::Code(body) = vm.heap.body(code) else { panic!("a code object") };
    let want = body.code.freevars().count();
    if have != want {
        return Err(vm.value_error(format!("{name}() requires a code object with {have} free vars, not {want}")));
    }
    forget_version(vm, args);
    set_required(vm, args, code, |f| &mut f.code)
}

/// The dict of annotations, made of names and values when first asked for.
fn annotations(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let given = function(vm, this).annotations;
    if let Some(dict) = given.filter(|&given| vm.heap.dict(given).is_some()) {
        return done(vm.own(dict));
    }
    let pairs = given.and_then(|tuple| vm.heap.tuple(tuple)).map(<[ObjRef]>::to_vec).unwrap_or_default();
    let dict = vm.new_dict();
    for pair in pairs.chunks_exact(2) {
        vm.incref(pair[1]);
        vm.dict_set_str(dict, pair[0], pair[1]);
    }
    let old = function_mut(vm, this).annotations.replace(dict);
    vm.xdecref(old);
    done(vm.own(dict))
}

/// `types.FunctionType(code, globals, name, argdefs, closure)`
fn new_function(vm: &mut Vm, args: Args) -> Res {
    let (code, globals) = (args.at(vm, 1), args.at(vm, 2));
    let wrong = |vm: &mut Vm, position: &str, what: &str, object: ObjRef| {
        let given = crate::builtins::convert::none_or_type_name(vm, object);
        Err(vm.type_error(format!("function() argument '{position}' must be {what}, not {given}")))
    };
    if vm.ty(code) != CODE {
        return wrong(vm, "code", "code", code);
    }
    if vm.heap.dict(globals).is_none() {
        return wrong(vm, "globals", "dict", globals);
    }
    let (name, defaults, closure) = (args.given(vm, 3), args.given(vm, 4), args.given(vm, 5));
    if name.is_some_and(|name| vm.heap.str(name).is_none()) {
        return Err(vm.type_error("arg 3 (name) must be None or string"));
    }
    if defaults.is_some_and(|defaults| vm.heap.tuple(defaults).is_none()) {
        return Err(vm.type_error("arg 4 (defaults) must be None or tuple"));
    }
    let Body::Code(body) = vm.heap.body(code) else { panic!("a code object") };
    let (want, code_name) = (body.code.freevars().count(), body.code.name.clone());
    let cells = match closure {
        None if want > 0 => return Err(vm.type_error("arg 5 (closure) must be tuple")),
        None => Vec::new(),
        Some(closure) => match vm.heap.tuple(closure) {
            Some(cells) => cells.to_vec(),
            None => return Err(vm.type_error("arg 5 (closure) must be None or tuple")),
        },
    };
    if cells.len() != want {
        return Err(vm.value_error(format!("{code_name} requires closure of length {want}, not {}", cells.len())));
    }
    if let Some(&other) = cells.iter().find(|&&cell| vm.ty(cell) != CELL) {
        let given = vm.type_name(other);
        return Err(vm.type_error(format!("arg 5 (closure) expected cell, found {given}")));
    }
    let object = vm.new_function(code, globals);
    vm.xincref(defaults);
    vm.xincref(closure);
    let record = function_mut(vm, object);
    record.defaults = defaults;
    record.closure = closure.filter(|_| want > 0);
    if closure.is_some() && want == 0 {
        vm.xdecref(closure);
    }
    if let Some(name) = name {
        vm.incref(name);
        let old = std::mem::replace(&mut function_mut(vm, object).name, name);
        vm.decref(old);
    }
    done(object)
}

/// `descriptor.__get__(None, None)` makes no sense.
pub fn check_get(vm: &mut Vm, args: Args) -> Result<(), Raised> {
    if args.given(vm, 1).is_none() && args.given(vm, 2).is_none() {
        return Err(vm.type_error("__get__(None, None) is invalid"));
    }
    Ok(())
}

fn get(vm: &mut Vm, args: Args) -> Res {
    check_get(vm, args)?;
    let (this, object) = (args.at(vm, 0), args.at(vm, 1));
    if object == NONE { done(vm.own(this)) } else { done(vm.new_method(this, object)) }
}

/// `f.__call__(…)`
fn call_self(vm: &mut Vm, args: Args) -> Res {
    vm.call_keywords(args.at(vm, 0), &args.from(vm, 1), &args.keywords(vm))
}

// ── methods ─────────────────────────────────────────────────────────────────────────────────────────────────────────

fn method_part(vm: &Vm, args: Args, index: usize) -> ObjRef {
    match vm.heap.body(args.at(vm, 0)) {
        Body::Method(parts) => parts[index],
        _ => NONE,
    }
}

fn new_method(vm: &mut Vm, args: Args) -> Res {
    if args.kwnames.is_some() {
        return Err(vm.type_error("method() takes no keyword arguments"));
    }
    if args.n != 3 {
        return Err(vm.type_error(format!("method expected 2 arguments, got {}", args.n - 1)));
    }
    let (function, this) = (args.at(vm, 1), args.at(vm, 2));
    if !vm.is_callable(function) {
        return Err(vm.type_error("first argument must be callable"));
    }
    if this == NONE {
        return Err(vm.type_error("instance must not be None"));
    }
    done(vm.new_method(function, this))
}

/// `(getattr, (self, name))`
fn method_reduce(vm: &mut Vm, args: Args) -> Res {
    let (function, this) = (method_part(vm, args, 0), method_part(vm, args, 1));
    let Some(name) = vm.lookup_attribute_now(function, vm.names.name)? else { return done(vm.none()) };
    let Some(getattr) = vm.dict_get_text(vm.builtins, "getattr") else { return done(vm.none()) };
    vm.incref(this);
    vm.incref(getattr);
    let pair = vm.new_tuple([this, name]);
    done(vm.new_tuple([getattr, pair]))
}

// ── natives ─────────────────────────────────────────────────────────────────────────────────────────────────────────

fn native_name(vm: &mut Vm, object: ObjRef) -> ObjRef {
    if let Some(name) = vm.field(object, 1) {
        return vm.own(name); // a member descriptor
    }
    let name = vm.native_of(object).map_or("", |native| native.name);
    vm.new_interned(name)
}

/// The name under which the tables know a native: `list.append`, `len`, `math.gcd`.
fn table_name(vm: &Vm, object: ObjRef) -> Option<String> {
    let native = vm.native_of(object)?;
    let (name, owner, module) = (native.name, native.owner, native.module);
    Some(match (owner, module.map(|module| vm.name_text(module))) {
        (Some(owner), _) => format!("{}.{name}", vm.heap.type_of_type(owner).short_name()),
        (None, Some(module)) if module != "builtins" => format!("{module}.{name}"),
        _ => name.to_string(),
    })
}

fn native_doc(vm: &mut Vm, args: Args) -> Res {
    let found = table_name(vm, args.at(vm, 0)).and_then(|name| signatures::doc(&name));
    done(match found {
        Some(text) => {
            let text = text.replace('⏎', "\n");
            vm.new_str(text.as_str())
        }
        None => vm.none(),
    })
}

fn text_signature(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let found = match (vm.ty(object), vm.native_of(object)) {
        (_, None) => None,
        (WRAPPER_DESCRIPTOR | METHOD_WRAPPER, Some(native)) => signatures::of_wrapper(native.name).map(str::to_string),
        (_, Some(native)) if native.name == "__new__" => Some("($type, *args, **kwargs)".to_string()),
        _ => table_name(vm, object).and_then(|name| signatures::of(&name)),
    };
    done(match found {
        Some(text) => vm.new_str(text),
        None => vm.none(),
    })
}

/// `list.append`, `len`, `dict.fromkeys`
fn native_qualname(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let name = native_name(vm, object);
    let owner = match vm.native_of(object) {
        Some(native) => match native.this {
            // That of its descriptor.
            Some(_) if vm.ty(object) == METHOD_WRAPPER => native.owner,
            Some(this) if vm.heap.as_type(this).is_some() => Some(this),
            Some(this) if !matches!(vm.heap.body(this), Body::Module(_)) => Some(vm.ty(this)),
            _ => native.owner,
        },
        None => vm.field(object, 0),
    };
    let Some(owner) = owner else {
        let text = vm.name_text(name);
        vm.decref(name);
        return done(vm.new_str(text));
    };
    let is_descriptor = !matches!(vm.ty(object), BUILTIN_FUNCTION | METHOD_WRAPPER);
    if let Some(known) = vm.native_of(object).and_then(|native| native.module).filter(|_| is_descriptor) {
        vm.decref(name);
        return done(vm.own(known));
    }
    let text = format!("{}.{}", vm.name_text(vm.heap.type_of_type(owner).qualname), vm.name_text(name));
    vm.decref(name);
    let text = vm.new_str(text);
    if is_descriptor && let Body::Native(native) = vm.heap.body_mut(object) {
        native.module = Some(text);
        vm.incref(text);
    }
    done(text)
}

/// `len.__module__ = x`: any object will do.
fn set_builtin_module(vm: &mut Vm, args: Args) -> Res {
    let value = args.get(vm, 1);
    vm.xincref(value);
    let Body::Native(native) = vm.heap.body_mut(args.at(vm, 0)) else { return done(vm.none()) };
    let old = std::mem::replace(&mut native.module, value);
    vm.xdecref(old);
    done(vm.none())
}

fn builtin_self(vm: &mut Vm, args: Args) -> Res {
    let native = vm.native_of(args.at(vm, 0)).expect("a native");
    let (this, module) = (native.this, native.module);
    let def = &vm.natives[native.id.0 as usize];
    if def.kind == Kind::StaticMethod && def.name != "__new__" {
        return done(vm.none());
    }
    if let Some(this) = this {
        return done(vm.own(this));
    }
    let module = module.and_then(|name| vm.dict_get_str(vm.modules, name)).unwrap_or(NONE);
    done(vm.own(module))
}

/// The name of a module's function; otherwise `(getattr, (object, name))`.
fn reduce(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let name = native_name(vm, object);
    let holder = match vm.native_of(object) {
        Some(native) => native.this.or(native.owner),
        None => vm.field(object, 0),
    };
    let Some(holder) = holder else { return done(name) };
    let getattr = vm.dict_get_text(vm.builtins, "getattr").unwrap_or(NONE);
    vm.incref(getattr);
    vm.incref(holder);
    let pair = vm.new_tuple([holder, name]);
    done(vm.new_tuple([getattr, pair]))
}

fn same_builtin<const EQUAL: bool>(vm: &mut Vm, args: Args) -> Res {
    let (a, b) = (args.at(vm, 0), args.at(vm, 1));
    let (Some(x), Some(y)) = (vm.native_of(a), vm.native_of(b)) else { return done(vm.own(NOT_IMPLEMENTED)) };
    let same = x.id == y.id && x.this == y.this;
    done(vm.new_bool(same == EQUAL))
}

fn builtin_hash(vm: &mut Vm, args: Args) -> Res {
    let result = vm.hash(args.at(vm, 0));
    vm.int_result(result)
}

fn objclass(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let owner = vm.native_of(object).and_then(|native| native.owner).or_else(|| vm.field(object, 0)).unwrap_or(NONE);
    done(vm.own(owner))
}

/// The name and the type of a descriptor, for messages.
fn title(vm: &mut Vm, descriptor: ObjRef) -> (String, ObjRef) {
    let name = native_name(vm, descriptor);
    let text = vm.name_text(name);
    vm.decref(name);
    let owner = vm.native_of(descriptor).and_then(|native| native.owner).or_else(|| vm.field(descriptor, 0)).unwrap_or(OBJECT);
    (text, owner)
}

fn check_object(vm: &mut Vm, descriptor: ObjRef, object: ObjRef) -> Result<(), Raised> {
    let (name, owner) = title(vm, descriptor);
    if vm.is_instance(object, owner) {
        return Ok(());
    }
    let (owner, given) = (vm.heap.type_of_type(owner).name.clone(), vm.type_name(object));
    Err(vm.type_error(format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{given}' object")))
}

fn descriptor_get(vm: &mut Vm, args: Args) -> Res {
    let (this, object) = (args.at(vm, 0), args.at(vm, 1));
    check_get(vm, args)?;
    if vm.ty(this) == CLASSMETHOD_DESCRIPTOR {
        let class = args.given(vm, 2).unwrap_or_else(|| vm.ty(object));
        let (name, owner) = title(vm, this);
        let owner_name = vm.heap.type_of_type(owner).name.clone();
        let Some(record) = vm.heap.as_type(class) else {
            let given = vm.type_name(class);
            return Err(vm.type_error(format!("descriptor '{name}' for type '{owner_name}' needs a type, not a '{given}' as arg 2")));
        };
        let given = record.name.clone();
        if !vm.is_subtype(class, owner) {
            return Err(vm.type_error(format!("descriptor '{name}' requires a subtype of '{owner_name}' but received '{given}'")));
        }
        return vm.bind_descriptor(this, object, class);
    }
    if object == NONE && args.given(vm, 2) != Some(NONE_TYPE) {
        return done(vm.own(this));
    }
    check_object(vm, this, object)?;
    let ty = vm.ty(object);
    vm.bind_descriptor(this, object, ty)
}

fn getset_set(vm: &mut Vm, args: Args, value: Option<ObjRef>) -> Res {
    let (this, object) = (args.at(vm, 0), args.at(vm, 1));
    check_object(vm, this, object)?;
    if vm.native_of(this).is_none() {
        let name = vm.field(this, 1).unwrap_or(EMPTY_STR);
        return vm.set_attr_plain(object, name, value);
    }
    let native = vm.native_of(this).expect("a native");
    let def = &vm.natives[native.id.0 as usize];
    match (def.setter, value) {
        (Some(setter), Some(value)) => vm.call_native_fn(setter, &[object, value]),
        (Some(setter), None) => vm.call_native_fn(setter, &[object]),
        (None, _) => {
            let (name, owner) = title(vm, this);
            let owner = vm.heap.type_of_type(owner).name.clone();
            Err(vm.raise(ATTRIBUTE_ERROR, format!("attribute '{name}' of '{owner}' objects is not writable")))
        }
    }
}
