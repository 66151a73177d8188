//! `type(name, bases, namespace)`: a new class, and `class` statements up to there.
//!
//! ```python
//! class C(Base, metaclass=M, x=1): …
//! #  metaclass → M.__prepare__ → body runs in the namespace → M(name, bases, ns, x=1) → __set_name__ → __init_subclass__
//! ```
//!
//! Counterpart in CPython 3.11: `builtin___build_class__`, `type_new`.

use thin_vec::ThinVec;

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, function::NativeFunction, types::Type},
    text::methods::check::is_identifier,
    vm::{
        Outcome, Raised, Res, Vm,
        native::Args,
        native_frame::{Input, Native},
    },
};

/// What a class is made of. Borrowed by [`Vm::new_class`].
pub struct ClassParts {
    pub metaclass: ObjRef,
    pub name: ObjRef,
    /// a tuple, which becomes the class's `__bases__`; empty: `object`
    pub bases: ObjRef,
    pub namespace: ObjRef,
}

/// The size of instances depends on their value (`tp_itemsize`).
const VARIABLE_SIZE: [ObjRef; 4] = [INT, TUPLE, BYTES, TYPE];

/// Exceptions that have fields of their own; the others are like their bases.
const EXCEPTIONS_WITH_FIELDS: [ObjRef; 12] = [
    BASE_EXCEPTION,
    BASE_EXCEPTION_GROUP,
    ATTRIBUTE_ERROR,
    IMPORT_ERROR,
    NAME_ERROR,
    OS_ERROR,
    STOP_ITERATION,
    SYNTAX_ERROR,
    SYSTEM_EXIT,
    UNICODE_DECODE_ERROR,
    UNICODE_ENCODE_ERROR,
    UNICODE_TRANSLATE_ERROR,
];

/// What a class's `__slots__` ask for.
#[derive(Default)]
struct Slots {
    dict: bool,
    weakref: bool,
    /// mangled and sorted
    names: Vec<String>,
}

impl Vm {
    /// `type.__new__(metaclass, name, bases, namespace, **keywords)`, hooks included.
    pub fn type_new(&mut self, parts: &ClassParts, keywords: Vec<(ObjRef, ObjRef)>) -> Res {
        let class = self.new_class(parts)?;
        for &(name, value) in &keywords {
            self.incref(name);
            self.incref(value);
        }
        let dict = self.heap.type_of_type(class).dict;
        // `__set_name__` may change the class: a copy of its dict says who is asked.
        let copy = self.heap.dict(dict).expect("a dict").copy();
        let members: Vec<(ObjRef, ObjRef)> = copy.iter().collect();
        members.iter().for_each(|&(name, value)| {
            self.heap.incref(name);
            self.heap.incref(value);
        });
        let copy = self.new_dict_from(copy);
        if self.heap.collector.is_tracked(dict) {
            self.heap.collector.track(copy);
        }
        self.start_native(ClassHooks { class, members, copy: Some(copy), next: 0, keywords, done_init: false })
    }

    /// The tuple `(base,)`; owned.
    pub fn bases_of_one(&mut self, base: ObjRef) -> ObjRef {
        self.incref(base);
        self.new_tuple([base])
    }

    /// The class object itself, before `__set_name__` and `__init_subclass__`; owned.
    pub fn new_class(&mut self, parts: &ClassParts) -> Result<ObjRef, Raised> {
        let bases = match self.heap.tuple(parts.bases).expect("a tuple") {
            [] => vec![OBJECT],
            bases => bases.to_vec(),
        };
        let best = self.best_base(&bases)?;
        let base = self.heap.type_of_type(best);
        let (layout, solid_base, base_has_dict, base_has_weakrefs) = (base.layout, base.solid_base, base.has_dict, base.has_weakrefs);
        let mut slot_names = base.slot_names.clone();
        let (slots, qualname) = self.checked_slots(parts, best)?;
        // A metaclass with an `mro` of its own is asked when the class is there.
        let asked = self.own_mro(parts.metaclass).is_some();
        let mro = match if asked { Ok(Vec::new()) } else { self.linearize(&bases) } {
            Ok(mro) => mro,
            Err(raised) => {
                self.decref(qualname);
                return Err(raised);
            }
        };

        let bases_tuple = if parts.bases == EMPTY_TUPLE { self.bases_of_one(OBJECT) } else { self.own(parts.bases) };
        // The namespace becomes the class's own dict.
        let table = self.heap.dict(parts.namespace).expect("a dict").copy();
        for (key, value) in table.iter().collect::<Vec<_>>() {
            self.incref(key);
            self.incref(value);
        }
        let tracked = self.heap.collector.is_tracked(parts.namespace);
        let dict = self.new_dict_from(table);
        if tracked {
            self.heap.collector.track(dict);
        }
        let (mut has_dict, mut has_weakrefs) = (true, true);
        let mut own_slots: Vec<ObjRef> = Vec::new();
        let mut slots_tuple = None;
        if let Some(slots) = &slots {
            has_dict = slots.dict || base_has_dict || bases.iter().any(|&base| self.heap.type_of_type(base).has_dict);
            has_weakrefs = slots.weakref || base_has_weakrefs || bases.iter().any(|&base| self.heap.type_of_type(base).has_weakrefs);
            own_slots.extend(slots.names.iter().map(|name| self.new_interned(name)));
            slots_tuple = Some(self.new_tuple(own_slots.iter().copied()));
            self.pass_list(); // in which they were sorted
        }
        // Where the size of instances varies there is no room for the list of weak references.
        has_weakrefs &= base_has_weakrefs || !VARIABLE_SIZE.contains(&solid_base);
        if self.dict_get_str(dict, self.names.qualname).is_some() {
            let name = self.names.qualname;
            self.dict_del_str(dict, name);
        }
        self.fill_namespace(dict);
        let cell = self.dict_get_str(dict, self.names.classcell);
        if let Some(other) = cell.filter(|&cell| !matches!(self.heap.body(cell), Body::Cell(_))) {
            let given = self.type_name(other);
            self.decref(dict);
            return Err(self.type_error(format!("type.__new__: __classcell__ must be a nonlocal cell, not '{given}'")));
        }
        self.xincref(cell);
        if cell.is_some() {
            let name = self.names.classcell;
            self.dict_del_str(dict, name);
        }

        let first_own = slot_names.len();
        slot_names.extend(&own_slots);
        self.incref(best);
        let name = self.name_text(parts.name);
        self.incref(EMPTY_TUPLE); // until its MRO is known
        let class = self.alloc_tracked(
            parts.metaclass,
            0,
            Body::Type(Box::new(Type {
                name: name.into(),
                qualname,
                bases: bases_tuple,
                mro: EMPTY_TUPLE,
                base: Some(best),
                dict,
                solid_base,
                layout,
                is_heap: true,
                is_base: true,
                // Instances hold their class, which holds them if it wants to.
                is_gc: true,
                has_dict,
                has_weakrefs,
                basic_size: 0,
                item_size: 0,
                front: 0,
                managed_dict: false,
                overrides_equality: false,
                special: 0,
                collection: Default::default(),
                slot_names,
                slots: slots_tuple,
                shared_keys: None,
                keys_memory: 0,
                plain_init: None,
                constructor: None,
                kept: None,
                subclasses: None,
            })),
        );
        if !is_core_type(parts.metaclass) {
            self.incref(parts.metaclass);
        }
        let all: Vec<ObjRef> = std::iter::once(class).chain(mro).collect();
        all.iter().for_each(|&class| self.heap.incref(class));
        let collection = all.iter().map(|&base| self.heap.type_of_type(base).collection).find(|&kind| kind != Default::default());
        if let (Some(collection), Body::Type(ty)) = (collection, self.heap.body_mut(class)) {
            ty.collection = collection;
        }
        self.set_mro(class, all);
        self.measure_type(class);
        // One member descriptor a slot.
        for (i, &name) in own_slots.iter().enumerate() {
            self.incref(class);
            self.incref(name);
            let index = self.new_usize(first_own + i);
            let member =
                self.alloc_tracked(MEMBER_DESCRIPTOR, 0, Body::Fields([Some(class), Some(name), Some(index)].into_iter().collect()));
            self.dict_set_str(dict, name, member);
        }
        if let Some(cell) = cell {
            self.incref(class);
            let old = match self.heap.body_mut(cell) {
                Body::Cell(content) => content.replace(class),
                _ => None,
            };
            self.xdecref(old);
            self.decref(cell);
        }
        let adds = [has_dict && !base_has_dict, has_weakrefs && !base_has_weakrefs];
        self.finish_namespace(class, dict, adds);
        self.type_modified(class);
        if asked {
            match self.find_mro(class) {
                Ok(mro) => self.set_mro(class, mro),
                Err(raised) => {
                    self.decref(class);
                    return Err(raised);
                }
            }
            self.type_modified(class);
        }
        if bases.len() > 1 || parts.metaclass != TYPE {
            self.pass_list(); // in which the MRO is merged, or that `mro` returns
        }
        bases.iter().for_each(|&base| self.add_subclass(base, class));
        Ok(class)
    }

    /// `__slots__` and `__qualname__` (owned) of a namespace, looked at before anything is made.
    fn checked_slots(&mut self, parts: &ClassParts, best: ObjRef) -> Result<(Option<Slots>, ObjRef), Raised> {
        let slots = match self.dict_get_str(parts.namespace, self.names.slots) {
            None => None,
            Some(slots) => {
                let listed: Vec<ObjRef> = if self.heap.str(slots).is_some() { vec![self.own(slots)] } else { self.collect_now(slots)? };
                if self.ty(slots) != TUPLE {
                    self.pass_packed(listed.len(), false);
                }
                let checked = self.check_slots(parts, best, &listed);
                self.decref_all(listed);
                Some(checked?)
            }
        };
        match self.dict_get_str(parts.namespace, self.names.qualname) {
            Some(qualname) if self.heap.str(qualname).is_some() => Ok((slots, self.own(qualname))),
            Some(other) => {
                let name = self.type_name(other);
                Err(self.type_error(format!("type __qualname__ must be a str, not {name}")))
            }
            None => Ok((slots, self.own(parts.name))),
        }
    }

    fn check_slots(&mut self, parts: &ClassParts, best: ObjRef, listed: &[ObjRef]) -> Result<Slots, Raised> {
        let base = self.heap.type_of_type(best);
        let (may_add_dict, varies) = (!base.has_dict, VARIABLE_SIZE.contains(&base.solid_base));
        let may_add_weakref = !base.has_weakrefs && !varies;
        if !listed.is_empty() && varies {
            let name = base.name.clone();
            return Err(self.type_error(format!("nonempty __slots__ not supported for subtype of '{name}'")));
        }
        let mut found = Slots::default();
        for &name in listed {
            let Some(text) = self.heap.str(name) else {
                let name = self.type_name(name);
                return Err(self.type_error(format!("__slots__ items must be strings, not '{name}'")));
            };
            if !is_identifier(text) {
                return Err(self.type_error("__slots__ must be identifiers"));
            }
            match self.name_text(name).as_str() {
                "__dict__" if !may_add_dict || found.dict => {
                    return Err(self.type_error("__dict__ slot disallowed: we already got one"));
                }
                "__weakref__" if !may_add_weakref || found.weakref => {
                    let text = "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0";
                    return Err(self.type_error(text));
                }
                "__dict__" => found.dict = true,
                "__weakref__" => found.weakref = true,
                text => found.names.push(mangle(&self.name_text(parts.name), text)),
            }
        }
        for name in &found.names {
            let hidden = matches!(name.as_str(), "__qualname__" | "__classcell__");
            let interned = self.new_interned(name);
            let conflicts = !hidden && self.dict_get_str(parts.namespace, interned).is_some();
            self.decref(interned);
            if conflicts {
                return Err(self.value_error(format!("'{name}' in __slots__ conflicts with class variable")));
            }
        }
        found.names.sort();
        Ok(found)
    }

    /// The class that first had an instance's layout: the class itself if it adds fields (`solid_base`).
    pub fn layout_owner(&self, class: ObjRef) -> ObjRef {
        let mut class = class;
        loop {
            let ty = self.heap.type_of_type(class);
            let Some(base) = ty.base else { return class };
            let adds = if is_core_type(class) && !ty.is_heap && ty.layout == Layout::Exception {
                EXCEPTIONS_WITH_FIELDS.contains(&class)
            } else if ty.is_heap {
                ty.slot_names.len() > self.heap.type_of_type(base).slot_names.len()
            } else {
                true
            };
            if adds {
                return class;
            }
            class = base;
        }
    }

    /// What every class namespace gets: `__module__`; `__new__` static, `__init_subclass__` for the class.
    fn fill_namespace(&mut self, dict: ObjRef) {
        if self.dict_get_str(dict, self.names.module).is_none()
            && let Some((_, frame)) = self.top_python_frame()
        {
            let globals = frame.globals;
            if let Some(module) = self.dict_get_str(globals, self.names.name) {
                self.incref(module);
                let name = self.names.module;
                self.dict_set_str(dict, name, module);
            }
        }
        for (name, wrapper) in
            [(self.names.new, STATICMETHOD), (self.names.init_subclass, CLASSMETHOD), (self.names.class_getitem, CLASSMETHOD)]
        {
            if let Some(function) = self.dict_get_str(dict, name).filter(|&function| self.ty(function) == FUNCTION) {
                self.incref(function);
                let wrapped = self.alloc_tracked(wrapper, 0, Body::Fields(ThinVec::from(vec![Some(function), None])));
                self.dict_set_str(dict, name, wrapped);
            }
        }
    }

    /// What a class's dict gets last: `__dict__` and `__weakref__` if its instances are the first to have them, `__doc__`,
    /// and no hash beside an `__eq__` of its own.
    fn finish_namespace(&mut self, class: ObjRef, dict: ObjRef, adds: [bool; 2]) {
        for (index, name) in ["__dict__", "__weakref__"].into_iter().enumerate().filter(|(index, _)| adds[*index]) {
            // What the body defines itself stays.
            if self.dict_get_text(dict, name).is_some() {
                continue;
            }
            self.incref(class);
            let native = NativeFunction { id: self.instance_getters[index], name, this: None, owner: Some(class), module: None };
            let getter = self.alloc_tracked(GETSET_DESCRIPTOR, 0, Body::Native(Box::new(native)));
            self.dict_set_text(dict, name, getter);
        }
        if self.dict_get_str(dict, self.names.doc).is_none() {
            let none = self.none();
            let name = self.names.doc;
            self.dict_set_str(dict, name, none);
        }
        if self.dict_get_str(dict, self.names.eq).is_some() && self.dict_get_str(dict, self.names.hash).is_none() {
            let none = self.none();
            let name = self.names.hash;
            self.dict_set_str(dict, name, none);
        }
    }

    /// The base whose instances have the largest layout.
    pub fn best_base(&mut self, bases: &[ObjRef]) -> Result<ObjRef, Raised> {
        let mut best: Option<(ObjRef, ObjRef)> = None;
        for &base in bases {
            let Some(ty) = self.heap.as_type(base) else {
                return Err(self.type_error("bases must be types"));
            };
            if !ty.is_base {
                let name = ty.name.clone();
                return Err(self.type_error(format!("type '{name}' is not an acceptable base type")));
            }
            let candidate = self.layout_owner(base);
            match best {
                None => best = Some((base, candidate)),
                Some((_, winning)) if self.is_subtype(winning, candidate) => {}
                Some((_, winning)) if self.is_subtype(candidate, winning) => best = Some((base, candidate)),
                Some(_) => return Err(self.type_error("multiple bases have instance lay-out conflict")),
            }
        }
        Ok(best.map_or(OBJECT, |(base, _)| base))
    }

    /// The most derived metaclass of the given one and those of the bases.
    pub fn calculate_metaclass(&mut self, metaclass: ObjRef, bases: &[ObjRef]) -> Result<ObjRef, Raised> {
        let mut winner = metaclass;
        for &base in bases {
            let ty = self.ty(base);
            if self.is_subtype(winner, ty) {
                continue;
            }
            if self.is_subtype(ty, winner) {
                winner = ty;
                continue;
            }
            return Err(self.type_error(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
            ));
        }
        Ok(winner)
    }
}

/// `__x` in class `C` is `_C__x`.
fn mangle(class: &str, name: &str) -> String {
    let class = class.trim_start_matches('_');
    if !name.starts_with("__") || name.ends_with("__") || class.is_empty() { name.to_string() } else { format!("_{class}{name}") }
}

/// After the class is made: `__set_name__` of its attributes, then `__init_subclass__` of its parent.
#[derive(Clone)]
struct ClassHooks {
    class: ObjRef,
    /// The names and values of `copy`.
    members: Vec<(ObjRef, ObjRef)>,
    /// A copy of the class's dict, until all are asked.
    copy: Option<ObjRef>,
    next: usize,
    keywords: Vec<(ObjRef, ObjRef)>,
    done_init: bool,
}

impl Native for ClassHooks {
    fn name(&self) -> &'static str {
        "type.__new__"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        input.discard(vm);
        while let Some(&(name, value)) = self.members.get(self.next) {
            self.next += 1;
            match vm.call_special_bound(value, vm.names.set_name, &[self.class, name]) {
                None => {}
                Some(Ok(Outcome::Done(value))) => vm.decref(value),
                Some(Ok(Outcome::Pushed)) => return Ok(Outcome::Pushed),
                Some(Err(raised)) => return self.raised(vm, raised),
            }
        }
        if !self.done_init {
            self.done_init = true;
            self.members.clear();
            self.next = 0;
            let copy = self.copy.take();
            vm.xdecref(copy);
            // super(class, class).__init_subclass__(**keywords)
            let mro = vm.heap.type_of_type(self.class).mro;
            let mro = vm.heap.tuple(mro).expect("a tuple").to_vec();
            let hook = mro[1..].iter().find_map(|&class| {
                let dict = vm.heap.type_of_type(class).dict;
                vm.dict_get_str(dict, vm.names.init_subclass)
            });
            if let Some(hook) = hook {
                let bound = match vm.bind_descriptor(hook, self.class, self.class)? {
                    Outcome::Done(bound) => bound,
                    Outcome::Pushed => return Ok(Outcome::Pushed),
                };
                let result = vm.call_keywords(bound, &[], &self.keywords);
                vm.decref(bound);
                match result? {
                    Outcome::Done(value) => vm.decref(value),
                    Outcome::Pushed => return Ok(Outcome::Pushed),
                }
            }
        }
        vm.incref(self.class);
        Ok(Outcome::Done(self.class))
    }

    /// What `__set_name__` raised becomes the cause of a RuntimeError that says where.
    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        let Some(&(name, value)) = self.next.checked_sub(1).and_then(|at| self.members.get(at)).filter(|_| !self.done_init) else {
            return Err(raised);
        };
        let (ty, name, class) = (vm.type_name(value), vm.repr_lossy(name), vm.heap.type_of_type(self.class).name.clone());
        Err(vm.raise_from(RUNTIME_ERROR, format!("Error calling __set_name__ on '{ty}' instance {name} in '{class}'"), raised))
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.class);
        self.copy.iter().for_each(|&copy| visit(copy));
        for &(name, value) in &self.keywords {
            visit(name);
            visit(value);
        }
    }
}

/// `__build_class__(func, name, *bases, metaclass=None, **kwds)`, which LOAD_BUILD_CLASS pushes.
pub fn build_class(vm: &mut Vm, args: Args) -> Res {
    if args.n < 2 {
        return Err(vm.type_error("__build_class__: not enough arguments"));
    }
    let (func, name) = (args.at(vm, 0), args.at(vm, 1));
    let bases = args.from(vm, 2);
    let mut keywords = args.keywords(vm);
    let metaclass = keywords.iter().position(|&(key, _)| vm.heap.str(key) == vm.heap.str(vm.names.metaclass));
    let metaclass = metaclass.map(|index| keywords.remove(index).1);
    let mut owned = vec![func, name];
    owned.extend(metaclass);
    owned.extend(&bases);
    owned.extend(keywords.iter().flat_map(|&(key, value)| [key, value]));
    owned.iter().for_each(|&object| vm.incref(object));
    let packed = args.kwnames.is_some().then(|| vm.new_dict());
    vm.start_native(BuildClass {
        func,
        name,
        bases,
        orig_bases: None,
        tuple: None,
        metaclass,
        keywords,
        namespace: None,
        cell: None,
        packed,
        stage: Stage::Bases,
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// `__mro_entries__` of bases that are no types
    Bases,
    Prepare,
    Body,
    Make,
    Finish,
}

#[derive(Clone)]
struct BuildClass {
    func: ObjRef,
    name: ObjRef,
    bases: Vec<ObjRef>,
    /// The bases as written, when `__mro_entries__` replaced some: a tuple.
    orig_bases: Option<ObjRef>,
    tuple: Option<ObjRef>,
    metaclass: Option<ObjRef>,
    keywords: Vec<(ObjRef, ObjRef)>,
    namespace: Option<ObjRef>,
    cell: Option<ObjRef>,
    /// The dict that keywords come in; what it would hold is held here already.
    packed: Option<ObjRef>,
    stage: Stage,
}

impl BuildClass {
    /// The metaclass must have handed `__classcell__` on to `type`, which puts the class in.
    fn check_cell(&self, vm: &mut Vm, class: ObjRef) -> Result<(), Raised> {
        let Some(cell) = self.cell.filter(|_| vm.heap.as_type(class).is_some()) else { return Ok(()) };
        let Body::Cell(content) = vm.heap.body(cell) else { return Ok(()) };
        let content = *content;
        if content == Some(class) {
            return Ok(());
        }
        let (name, shown) = (vm.repr_lossy(self.name), vm.repr_lossy(class));
        Err(match content {
            None => {
                let message = format!("__class__ not set defining {name} as {shown}. Was __classcell__ propagated to type.__new__?");
                vm.raise(RUNTIME_ERROR, message)
            }
            Some(other) => {
                let other = vm.repr_lossy(other);
                vm.type_error(format!("__class__ set to {other} defining {name} as {shown}"))
            }
        })
    }

    /// The tuple of the bases, made once and held until the class is there.
    fn bases_tuple(&mut self, vm: &mut Vm) -> ObjRef {
        if self.tuple.is_none() {
            self.bases.iter().for_each(|&base| vm.incref(base));
            self.tuple = Some(vm.new_tuple(self.bases.iter().copied()));
        }
        self.tuple.expect("just made")
    }

    /// Replaces bases such as `List[int]` by what their `__mro_entries__` gives.
    fn resolve_bases(&mut self, vm: &mut Vm) -> Result<(), Raised> {
        if self.bases.iter().all(|&base| vm.heap.as_type(base).is_some()) {
            return Ok(());
        }
        self.bases.iter().for_each(|&base| vm.incref(base));
        let original = vm.new_tuple(self.bases.iter().copied());
        let mut resolved = Vec::new();
        for &base in &self.bases.clone() {
            if vm.heap.as_type(base).is_some() {
                resolved.push(vm.own(base));
                continue;
            }
            let depth = vm.frames.len();
            let entries = match vm.call_attribute(base, vm.names.mro_entries, &[original]) {
                None => {
                    resolved.push(vm.own(base));
                    continue;
                }
                Some(result) => {
                    let outcome = result?;
                    vm.finish_now(depth, outcome)?
                }
            };
            let items = vm.heap.tuple(entries).map(<[ObjRef]>::to_vec).unwrap_or_default();
            items.iter().for_each(|&item| vm.incref(item));
            resolved.extend(items);
            vm.decref(entries);
        }
        vm.decref_all(std::mem::replace(&mut self.bases, resolved));
        self.orig_bases = Some(original);
        Ok(())
    }
}

impl Native for BuildClass {
    fn name(&self) -> &'static str {
        "__build_class__"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            match self.stage {
                Stage::Bases => {
                    self.resolve_bases(vm)?;
                    let given = self.metaclass.unwrap_or_else(|| self.bases.first().map_or(TYPE, |&base| vm.ty(base)));
                    let winner = if vm.heap.as_type(given).is_some() { vm.calculate_metaclass(given, &self.bases)? } else { given };
                    vm.incref(winner);
                    let old = self.metaclass.replace(winner);
                    vm.xdecref(old);
                    self.stage = Stage::Prepare;
                    let prepare = if winner == TYPE { None } else { vm.lookup_attribute_now(winner, vm.names.prepare)? };
                    match prepare {
                        None => input = Some(vm.new_dict()),
                        Some(prepare) => {
                            let bases = self.bases_tuple(vm);
                            let result = vm.call_unpacked(prepare, &[self.name, bases], &self.keywords);
                            vm.decref(prepare);
                            match result? {
                                Outcome::Done(value) => input = Some(value),
                                Outcome::Pushed => return Ok(Outcome::Pushed),
                            }
                        }
                    }
                }
                Stage::Prepare => {
                    let namespace = input.take().expect("the namespace");
                    self.namespace = Some(namespace);
                    self.stage = Stage::Body;
                    let Body::Function(function) = vm.heap.body(self.func) else {
                        return Err(vm.type_error("__build_class__: func must be a function"));
                    };
                    let (code, globals, closure) = (function.code, function.globals, function.closure);
                    return vm.call_code(code, globals, namespace, closure);
                }
                Stage::Body => {
                    self.cell = input.take();
                    self.stage = Stage::Make;
                    let namespace = self.namespace.expect("the namespace");
                    if let Some(original) = self.orig_bases {
                        vm.incref(original);
                        let name = vm.names.orig_bases;
                        vm.dict_set_str(namespace, name, original);
                    }
                    let bases = self.bases_tuple(vm);
                    let metaclass = self.metaclass.expect("a metaclass");
                    let result = vm.call_keywords(metaclass, &[self.name, bases, namespace], &self.keywords);
                    match result? {
                        Outcome::Done(value) => input = Some(value),
                        Outcome::Pushed => return Ok(Outcome::Pushed),
                    }
                }
                Stage::Make => {
                    self.stage = Stage::Finish;
                    let class = input.take().expect("the class");
                    if let Err(raised) = self.check_cell(vm, class) {
                        vm.decref(class);
                        return Err(raised);
                    }
                    return Ok(Outcome::Done(class));
                }
                Stage::Finish => unreachable!("the class is made"),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.func);
        visit(self.name);
        self.bases.iter().chain(&self.orig_bases).chain(&self.tuple).chain(&self.metaclass).for_each(|&o| visit(o));
        for &(key, value) in &self.keywords {
            visit(key);
            visit(value);
        }
        self.namespace.iter().chain(&self.cell).chain(&self.packed).for_each(|&o| visit(o));
    }
}
