//! Natives: functions and methods written in Rust, each a row of a table.
//!
//! ```text
//!   NativeDef::function("len", Signature::One, len)
//!   NativeDef::method("append", Signature::One, append)
//!   NativeDef::method("sort", Signature::Named("*, key=None, reverse=False"), sort)
//! ```
//!
//! A native borrows its arguments, which stay on the value stack while it runs, and returns an owned result. The signature
//! says which arguments it takes, so that it sees them in their places and the messages for wrong calls are CPython's.

mod parameters;

use std::{ops::RangeInclusive, sync::Arc};

use self::parameters::{Param, parse_signature, places};
use super::{Outcome, Raised, Res, Vm};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, function::NativeFunction, function::NativeId},
};

/// A native's code. `Pushed`: it waits for Python code and its result comes later.
pub type NativeFn = fn(&mut Vm, Args) -> Res;

/// The arguments of one call: a stretch of the value stack.
#[derive(Clone, Copy, Debug)]
pub struct Args {
    pub start: usize,
    /// How many there are, `self` included; with `Signature::Named`, one for each parameter.
    pub n: usize,
    /// Names (a tuple, borrowed) of the last arguments, which follow the `n` positional ones. Only with `Signature::Any`.
    pub kwnames: Option<ObjRef>,
}

impl Args {
    /// An argument that is there. For methods 0 is `self`.
    #[inline]
    pub fn at(self, vm: &Vm, index: usize) -> ObjRef {
        vm.stack[self.start + index].expect("an argument that the signature requires")
    }

    /// An argument, or nothing where the caller left it out.
    #[inline]
    pub fn get(self, vm: &Vm, index: usize) -> Option<ObjRef> {
        if index < self.n { vm.stack[self.start + index] } else { None }
    }

    /// An argument that is neither left out nor None.
    pub fn given(self, vm: &Vm, index: usize) -> Option<ObjRef> {
        self.get(vm, index).filter(|&object| object != NONE)
    }

    /// All positional arguments from `first` on.
    pub fn from(self, vm: &Vm, first: usize) -> Vec<ObjRef> {
        (first..self.n).map(|index| self.at(vm, index)).collect()
    }

    /// The positional arguments from `first` on as the tuple that CPython hands over; it holds them once more. Owned.
    pub fn packed(self, vm: &mut Vm, first: usize) -> ObjRef {
        vm.packed_arguments(self.start + first, self.n.saturating_sub(first))
    }

    /// Keyword arguments, with `Signature::Any`.
    pub fn keywords(self, vm: &Vm) -> Vec<(ObjRef, ObjRef)> {
        let Some(names) = self.kwnames else { return Vec::new() };
        let names = vm.heap.tuple(names).expect("a tuple of names");
        names.iter().enumerate().map(|(i, &name)| (name, vm.stack[self.start + self.n + i].expect("a keyword argument"))).collect()
    }
}

/// Which arguments a native takes, `self` not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// none (`METH_NOARGS`)
    None,
    /// exactly one, positional (`METH_O`)
    One,
    /// so many to so many, positional
    Range(usize, usize),
    /// as CPython writes it: `"iterable, /, *, key=None"`. Defaults are for people; an argument left out is `None` in Rust.
    Named(&'static str),
    /// all that comes; the native looks itself
    Any,
}

/// What kind of object stands for the native.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// a function in a module
    Function,
    /// in a type's dict: `list.append`
    Method,
    /// in a type's dict, for a special method: `int.__add__`
    Wrapper,
    /// in a type's dict, called with the type: `dict.fromkeys`
    ClassMethod,
    /// in a type's dict: `str.maketrans`, `object.__new__`
    StaticMethod,
    /// an attribute computed by a function of the object: `int.real`
    Getter,
    /// an attribute that CPython keeps as a field of the object's struct: `complex.real`
    Member,
}

/// A row of a table of natives.
#[derive(Clone, Debug)]
pub struct NativeDef {
    pub name: &'static str,
    pub signature: Signature,
    pub kind: Kind,
    pub func: NativeFn,
    /// The module of a function, for messages; empty for `builtins`.
    pub module: &'static str,
    /// For getters: what assigns the attribute (object, value).
    pub setter: Option<NativeFn>,
    /// Levels of recursion that a call takes, beside those of the Python functions that it calls.
    pub levels: u32,
    /// CPython calls it with a tuple of its arguments, and a dict of those with names (`METH_VARARGS`), that nobody else sees.
    pub packs: bool,
    /// With how many arguments by position, the receiver among them, it is called as it is; none: they are to be looked at first.
    pub direct: RangeInclusive<usize>,
    /// With how many arguments by position, the receiver among them, its named parameters are in their places already.
    in_place: RangeInclusive<usize>,
    params: Arc<[Param]>,
}

/// No number of arguments.
#[allow(clippy::reversed_empty_ranges)]
const NEVER: RangeInclusive<usize> = 1..=0;

impl NativeDef {
    fn new(name: &'static str, signature: Signature, kind: Kind, func: NativeFn) -> NativeDef {
        let params: Arc<[Param]> = match signature {
            Signature::Named(text) => parse_signature(text).into(),
            _ => Arc::from([]),
        };
        // What CPython's specialized calls go into directly takes none.
        let levels = match (kind, signature) {
            (Kind::Function, _)
                if matches!(name, "max" | "min" | "dir" | "reduce" | "vars" | "__import__" | "zip_longest" | "getsizeof") =>
            {
                1
            }
            (Kind::Method, Signature::Range(1, 1)) if matches!(name, "split" | "subgroup") => 1,
            (Kind::Function | Kind::Method, Signature::None | Signature::One) => u32::from(!matches!(name, "len")),
            _ => 0,
        };
        let receiver = usize::from(kind == Kind::Method);
        let direct = match (kind, signature) {
            (Kind::Function | Kind::Method, Signature::None) => receiver..=receiver,
            (Kind::Function | Kind::Method, Signature::One) => receiver + 1..=receiver + 1,
            (Kind::Function | Kind::Method, Signature::Range(least, most)) => receiver + least..=most.saturating_add(receiver),
            (Kind::Function | Kind::Method, Signature::Any) => receiver..=usize::MAX,
            _ => NEVER,
        };
        let in_place = places(&params, usize::from(kind != Kind::Function && kind != Kind::StaticMethod));
        NativeDef { name, signature, kind, func, module: "", setter: None, levels, packs: false, direct, in_place, params }
    }

    pub fn function(name: &'static str, signature: Signature, func: NativeFn) -> NativeDef {
        NativeDef::new(name, signature, Kind::Function, func)
    }

    pub fn method(name: &'static str, signature: Signature, func: NativeFn) -> NativeDef {
        NativeDef::new(name, signature, Kind::Method, func)
    }

    pub fn wrapper(name: &'static str, signature: Signature, func: NativeFn) -> NativeDef {
        NativeDef::new(name, signature, Kind::Wrapper, func)
    }

    pub fn class_method(name: &'static str, signature: Signature, func: NativeFn) -> NativeDef {
        NativeDef::new(name, signature, Kind::ClassMethod, func)
    }

    pub fn static_method(name: &'static str, signature: Signature, func: NativeFn) -> NativeDef {
        NativeDef::new(name, signature, Kind::StaticMethod, func)
    }

    pub fn getter(name: &'static str, func: NativeFn) -> NativeDef {
        NativeDef::new(name, Signature::None, Kind::Getter, func)
    }

    /// A getter for what CPython keeps as a member. Without another setter it is read-only, which has a message of its own.
    pub fn member(name: &'static str, func: NativeFn) -> NativeDef {
        NativeDef::new(name, Signature::None, Kind::Member, func).with_setter(|vm, _| Err(vm.raise(ATTRIBUTE_ERROR, "readonly attribute")))
    }

    /// A `METH_VARARGS` function.
    pub fn packing(mut self) -> NativeDef {
        self.packs = true;
        self.direct = NEVER;
        self
    }

    pub fn with_setter(mut self, setter: NativeFn) -> NativeDef {
        self.setter = Some(setter);
        self
    }

    /// Whether the first argument is `self` (or the class) and not counted by the signature.
    fn has_self(&self) -> bool {
        self.kind != Kind::Function && self.kind != Kind::StaticMethod
    }
}

impl Vm {
    /// Registers a native; its row number names it.
    pub fn add_native(&mut self, def: NativeDef) -> NativeId {
        let natives = Arc::make_mut(&mut self.natives);
        natives.push(def);
        NativeId(natives.len() as u32 - 1)
    }

    /// The object of a native function in a module.
    pub fn new_native_function(&mut self, def: NativeDef, module: Option<ObjRef>) -> ObjRef {
        let name = def.name;
        let id = self.add_native(def);
        if let Some(module) = module {
            self.incref(module);
        }
        self.alloc_tracked(BUILTIN_FUNCTION, 0, Body::Native(Box::new(NativeFunction { id, name, this: None, owner: None, module })))
    }

    /// The descriptor of a native in a type's dict.
    pub fn new_native_descriptor(&mut self, def: NativeDef, owner: ObjRef) -> ObjRef {
        let (name, kind) = (def.name, def.kind);
        let id = self.add_native(def);
        self.incref(owner);
        let native = NativeFunction { id, name, this: None, owner: Some(owner), module: None };
        let ty = match kind {
            Kind::Method => METHOD_DESCRIPTOR,
            Kind::Wrapper => WRAPPER_DESCRIPTOR,
            Kind::ClassMethod => CLASSMETHOD_DESCRIPTOR,
            Kind::Getter => GETSET_DESCRIPTOR,
            Kind::Member => MEMBER_DESCRIPTOR,
            Kind::Function | Kind::StaticMethod => BUILTIN_FUNCTION,
        };
        let native = if kind == Kind::StaticMethod {
            self.incref(owner);
            NativeFunction { this: Some(owner), ..native }
        } else {
            native
        };
        let object = self.alloc_tracked(ty, 0, Body::Native(Box::new(native)));
        if kind == Kind::StaticMethod && name != "__new__" {
            return self.alloc_tracked(STATICMETHOD, 0, Body::Fields([Some(object), None].into_iter().collect()));
        }
        object
    }

    /// A native method bound to an object (`[].append`): a new object, owned.
    pub fn bind_native(&mut self, descriptor: ObjRef, this: ObjRef) -> ObjRef {
        let Body::Native(native) = self.heap.body(descriptor) else { panic!("a native descriptor") };
        let bound = NativeFunction { this: Some(this), module: None, ..(**native).clone() };
        self.incref(this);
        self.xincref(bound.owner);
        let ty = if self.ty(descriptor) == WRAPPER_DESCRIPTOR { METHOD_WRAPPER } else { BUILTIN_FUNCTION };
        self.alloc_tracked(ty, 0, Body::Native(Box::new(bound)))
    }

    pub fn xincref(&mut self, object: Option<ObjRef>) {
        if let Some(object) = object {
            self.incref(object);
        }
    }

    pub fn native_of(&self, object: ObjRef) -> Option<&NativeFunction> {
        match self.heap.body(object) {
            Body::Native(native) => Some(native),
            _ => None,
        }
    }

    /// Calls a native whose arguments lie on the stack from `start` on. They stay there: the caller drops them. `bound`: it was
    /// a bound method that was called, which messages name by the object's own type.
    pub(super) fn run_native(&mut self, id: NativeId, start: usize, n: usize, kwnames: Option<ObjRef>, bound: bool) -> Res {
        let def = &self.natives[id.0 as usize];
        let func = def.func;
        let given = n - usize::from(def.has_self()).min(n);
        if def.packs {
            self.pass_packed(given, kwnames.is_some());
        }
        let def = &self.natives[id.0 as usize];
        match def.signature {
            Signature::Any => {
                if bound
                    && kwnames.is_some()
                    && let Some(this) = self.stack[start]
                    && unpacks_itself(self.heap.type_of_type(self.ty(this)).solid_base, def.name)
                {
                    let message = format!("{}() takes no keyword arguments", def.name);
                    return Err(self.type_error(message));
                }
                return func(self, Args { start, n, kwnames });
            }
            Signature::None if given == 0 && kwnames.is_none() => {}
            Signature::One if given == 1 && kwnames.is_none() => {}
            Signature::Range(least, most) if kwnames.is_none() && (least..=most).contains(&given) => {}
            Signature::Named(_) if kwnames.is_none() && def.in_place.contains(&n) => {
                let all = def.params.len() + usize::from(def.has_self());
                // A tuple of all arguments may lie above them.
                let end = self.sp;
                self.drop_stack(start + n, end);
                self.reserve_stack(all - n);
                self.stack[start + n..start + all].fill(None);
                self.sp = start + all;
                return func(self, Args { start, n: all, kwnames: None });
            }
            Signature::Named(_) => {
                let n = self.bind_native_arguments(id, start, n, kwnames)?;
                return func(self, Args { start, n, kwnames: None });
            }
            _ => return Err(self.wrong_arguments(id, start, given, kwnames, bound)),
        }
        func(self, Args { start, n, kwnames: None })
    }

    /// The name by which messages call a native: `list.append()`, `len()`.
    fn native_title(&self, id: NativeId, start: usize, bound: bool) -> String {
        let def = &self.natives[id.0 as usize];
        let qualname = |ty: ObjRef| self.name_text(self.heap.type_of_type(ty).qualname);
        match def.kind {
            // These unpack their arguments themselves, and don't know their module.
            Kind::Function if matches!(def.name, "reduce" | "log") => def.name.to_string(),
            Kind::Function if !def.module.is_empty() => format!("{}.{}", def.module, def.name),
            Kind::Function => def.name.to_string(),
            Kind::StaticMethod => {
                let owner = CORE_TYPES.iter().find(|row| {
                    let found = self.dict_get_text(self.heap.type_of_type(row.object).dict, def.name);
                    let function = found.and_then(|found| self.field(found, 0));
                    function.is_some_and(|function| self.native_of(function).is_some_and(|native| native.id == id))
                });
                owner.map_or_else(|| def.name.to_string(), |row| format!("{}.{}", row.name, def.name))
            }
            _ => match self.stack[start] {
                None => def.name.to_string(),
                Some(this) if def.kind == Kind::ClassMethod || bound && self.heap.as_type(this).is_some() => {
                    format!("{}.{}", qualname(this), def.name)
                }
                Some(this) if bound && matches!(self.heap.body(this), Body::Module(_)) => def.name.to_string(),
                Some(this) if bound => format!("{}.{}", qualname(self.ty(this)), def.name),
                Some(this) => {
                    let mro = self.heap.tuple(self.heap.type_of_type(self.ty(this)).mro).unwrap_or_default();
                    let owner = mro.iter().copied().find(|&class| {
                        let found = self.dict_get_text(self.heap.type_of_type(class).dict, def.name);
                        found.is_some_and(|found| self.native_of(found).is_some_and(|native| native.id == id))
                    });
                    format!("{}.{}", qualname(owner.unwrap_or(self.ty(this))), def.name)
                }
            },
        }
    }

    #[cold]
    fn wrong_arguments(&mut self, id: NativeId, start: usize, given: usize, kwnames: Option<ObjRef>, bound: bool) -> Raised {
        let title = self.native_title(id, start, bound);
        let def = &self.natives[id.0 as usize];
        let (name, kind, signature) = (def.name, def.kind, def.signature);
        if kwnames.is_some() {
            let owner =
                self.stack[start].filter(|_| kind == Kind::Method && bound).map(|this| self.heap.type_of_type(self.ty(this)).solid_base);
            return match kind {
                _ if owner.is_some_and(|owner| unpacks_itself(owner, name)) => {
                    self.type_error(format!("{name}() takes no keyword arguments"))
                }
                Kind::Wrapper => self.type_error(format!("wrapper {name}() takes no keyword arguments")),
                _ => self.type_error(format!("{title}() takes no keyword arguments")),
            };
        }
        // Wrappers with several arguments, and those that take an index, unpack a tuple for a function without a name.
        let unnamed = matches!(signature, Signature::Range(..))
            || matches!(name, "__mul__" | "__rmul__" | "__imul__")
                && self.stack[start].is_some_and(|this| crate::objects::equality::Number::of(&self.heap, this).is_none());
        let expected = if unnamed { " expected" } else { "expected" };
        let message = match (signature, kind) {
            (Signature::None, Kind::Wrapper) => format!("expected 0 arguments, got {given}"),
            (Signature::One, Kind::Wrapper) => format!("{expected} 1 argument, got {given}"),
            (Signature::Range(least, most), Kind::Wrapper) if least == most => {
                format!("{expected} {least} argument{}, got {given}", plural(least))
            }
            (Signature::Range(least, _), Kind::Wrapper) if given < least => {
                format!("{expected} at least {least} argument{}, got {given}", plural(least))
            }
            (Signature::Range(_, most), Kind::Wrapper) => format!("{expected} at most {most} argument{}, got {given}", plural(most)),
            (Signature::None, _) => format!("{title}() takes no arguments ({given} given)"),
            // It unpacks its argument with no name for messages.
            (Signature::One, _) if name == "derive" => format!("function takes exactly 1 argument ({given} given)"),
            (Signature::One, _) => format!("{title}() takes exactly one argument ({given} given)"),
            (Signature::Range(least, most), _) if least == most => {
                format!("{name} expected {least} argument{}, got {given}", plural(least))
            }
            (Signature::Range(least, _), _) if given < least => {
                format!("{name} expected at least {least} argument{}, got {given}", plural(least))
            }
            (Signature::Range(_, most), _) => format!("{name} expected at most {most} argument{}, got {given}", plural(most)),
            _ => format!("{title}() got wrong arguments"),
        };
        self.type_error(message)
    }

    /// `d.update(**{1: 2})`, `'{}'.format(3, **{1: 2})`: the dict is handed over as it is, and taken.
    pub fn takes_any_keywords(&self, callable: ObjRef) -> bool {
        if self.ty(callable) == WRAPPER_DESCRIPTOR {
            // It looks at its receiver first, then refuses all keywords.
            return self.native_of(callable).is_some_and(|native| self.natives[native.id.0 as usize].signature != Signature::Any);
        }
        let Some((native, this)) = self.native_of(callable).and_then(|native| Some((native, native.this?))) else { return false };
        self.ty(callable) == BUILTIN_FUNCTION && matches!((native.name, self.core_of(this)), ("update", DICT) | ("format", STR))
    }

    /// What a native says of any keywords that takes none and is given a dict of them as it is (`cfunction_call`, `wrapper_call`).
    pub fn refuses_keywords(&self, callable: ObjRef) -> Option<String> {
        if self.heap.as_type(callable).is_some() {
            return self.refused_by_class(callable);
        }
        let native = self.native_of(callable)?;
        let name = native.name;
        match self.ty(callable) {
            METHOD_WRAPPER if self.natives[native.id.0 as usize].signature != Signature::Any => {
                Some(format!("wrapper {name}() takes no keyword arguments"))
            }
            BUILTIN_FUNCTION if unpacks_itself(self.heap.type_of_type(self.ty(native.this?)).solid_base, name) => {
                Some(format!("{name}() takes no keyword arguments"))
            }
            _ => None,
        }
    }

    /// What a class says of any keywords that is made by `object` or is an exception (`type_call`).
    fn refused_by_class(&self, class: ObjRef) -> Option<String> {
        let record = self.heap.type_of_type(class);
        let name = &record.name;
        let by_builtin = |name| self.type_lookup_uncached(class, name).is_some_and(|found| self.native_of(found).is_some());
        if !by_builtin(self.names.new) || !by_builtin(self.names.init) {
            return None;
        }
        match record.solid_base {
            OBJECT => Some(format!("{name}() takes no arguments")),
            SLICE | STATICMETHOD => Some(format!("{name}() takes no keyword arguments")),
            IMPORT_ERROR | MODULE_NOT_FOUND_ERROR | NAME_ERROR | UNBOUND_LOCAL_ERROR | ATTRIBUTE_ERROR => None,
            _ if self.is_subtype(class, BASE_EXCEPTION) => Some(format!("{name}() takes no keyword arguments")),
            _ => None,
        }
    }

    /// Runs a native from Rust with arguments that it borrows.
    pub fn call_native_fn(&mut self, func: NativeFn, args: &[ObjRef]) -> Res {
        self.reserve_stack(args.len());
        let start = self.sp;
        for &arg in args {
            self.incref(arg);
            self.push(arg);
        }
        let depth = self.frames.len();
        let result = func(self, Args { start, n: args.len(), kwnames: None });
        self.finish_native(start, depth, result)
    }

    /// After a native: drops its arguments, now or when the frame that it pushed ends.
    pub(super) fn finish_native(&mut self, return_sp: usize, depth: usize, result: Res) -> Res {
        if let Ok(Outcome::Pushed) = result {
            self.frames[depth].return_sp = return_sp as u32;
        } else {
            let end = self.sp;
            self.drop_stack(return_sp, end);
        }
        result
    }
}

/// Methods that CPython gives a tuple of arguments to unpack (`METH_VARARGS`): bound, they don't know their type.
fn unpacks_itself(owner: ObjRef, name: &str) -> bool {
    match owner {
        STR | BYTES | BYTEARRAY => matches!(name, "count" | "endswith" | "find" | "index" | "rfind" | "rindex" | "startswith"),
        SET | FROZENSET => {
            matches!(name, "difference" | "difference_update" | "intersection" | "intersection_update" | "union" | "update")
        }
        BASE_EXCEPTION_GROUP => matches!(name, "derive" | "split" | "subgroup"),
        PROPERTY => name == "__set_name__",
        MEMORYVIEW => name == "__exit__",
        _ => false,
    }
}

pub(crate) fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}
