//! Calls of classes: `C(…)` makes an instance, by `__new__` and `__init__`, or by whatever the metaclass says.
//!
//! The commonest kind, a plain instance with a Python `__init__`, has a path of its own without a boxed native frame.
//! Counterpart in CPython 3.11: `type_call`, `slot_tp_init` in `Objects/typeobject.c`.

use super::*;

impl Vm {
    /// `C(…)`: `__new__`, then `__init__` if the result is an instance of the class.
    pub(crate) fn call_type(&mut self, class: ObjRef, return_sp: usize, at: usize, n: usize, kwnames: Option<ObjRef>, lent: bool) -> Res {
        if class == TYPE && n == 1 && kwnames.is_none() {
            let ty = self.ty(self.stack[at + 1].expect("an argument"));
            self.incref(ty);
            let end = self.sp;
            self.drop_stack(return_sp, end);
            return Ok(Outcome::Done(ty));
        }
        if let Some((new, init)) = self.heap.type_of_type(class).constructor {
            return self.construct(class, new, init, return_sp, at, n, kwnames);
        }
        let Some(new) = self.type_lookup(class, self.names.new) else {
            let name = self.heap.type_of_type(class).name.clone();
            let end = self.sp;
            self.drop_stack(return_sp, end);
            return Err(self.type_error(format!("cannot create '{name}' instances")));
        };
        let new = self.inherited_new(class, new);
        let init = self.type_lookup(class, self.names.init);
        if class != OBJECT && !self.heap.type_of_type(class).is_heap && self.is_object_new(new) {
            let name = self.heap.type_of_type(class).name.clone();
            let end = self.sp;
            self.drop_stack(return_sp, end);
            return Err(self.type_error(format!("cannot create '{name}' instances")));
        }
        let is_native = self.native_of(new).is_some() && init.is_none_or(|init| self.native_of(init).is_some());
        if is_native && (is_core_type(class) || !self.is_object_new(new)) {
            return self.call_core_type(class, new, return_sp, at, n, kwnames, lent);
        }
        let is_inherited = |init: ObjRef| self.native_of(init).is_some_and(|native| native.owner == Some(OBJECT));
        let is_bare = n == 0 && kwnames.is_none() && self.is_object_new(new) && init.is_some_and(is_inherited);
        if is_bare && self.heap.type_of_type(class).solid_base == OBJECT {
            // Neither takes an argument: nothing is packed, and nobody else is asked.
            let result = self.check_not_abstract(class).map(|()| Outcome::Done(self.new_instance(class)));
            let end = self.sp;
            self.drop_stack(return_sp, end);
            return result;
        }
        // CPython packs the arguments into a tuple and a dict here; the caller's own references stay where they are.
        let tuple = self.packed_arguments(at + 1, n);
        let keywords = kwnames.map(|_| self.packed_keywords(Args { start: at + 1, n, kwnames }));
        if lent {
            // A native called: it lent its references, which must not count twice.
            let end = self.sp;
            for index in at + 1..end {
                if let Some(argument) = self.stack[index].take() {
                    self.decref(argument);
                }
            }
        }
        if let Some(init) = init
            && keywords.is_none()
            && self.is_object_new(new)
            && self.ty(init) == FUNCTION
            && self.heap.type_of_type(class).solid_base == OBJECT
        {
            if let Err(raised) = self.check_not_abstract(class) {
                self.decref(tuple);
                let end = self.sp;
                self.drop_stack(return_sp, end);
                return Err(raised);
            }
            let version = self.heap.slot(class).num as u32;
            if let Body::Type(ty) = self.heap.body_mut(class) {
                ty.plain_init = Some((version, init));
            }
            return self.init_plain_instance(class, init, tuple, return_sp);
        }
        self.incref(class);
        let depth = self.frames.len();
        let result = self.start_native(TypeCall { class, args: tuple, keywords, instance: None, stage: 0 });
        self.finish_native(return_sp, depth, result)
    }

    /// The `__new__` of a class by its layout, where its metaclass has made an MRO without the base that has it.
    fn inherited_new(&mut self, class: ObjRef, new: ObjRef) -> ObjRef {
        let record = self.heap.type_of_type(class);
        if !record.is_heap || record.layout == Layout::Object || !self.is_object_new(new) {
            return new;
        }
        let mut base = class;
        while let Some(next) = self.heap.type_of_type(base).base.filter(|_| self.heap.type_of_type(base).is_heap) {
            base = next;
        }
        self.type_lookup(base, self.names.new).unwrap_or(new)
    }

    /// A type with native constructors is called: `__new__` and `__init__` take the arguments where they lie, the class in front
    /// of them.
    pub(super) fn call_core_type(
        &mut self,
        class: ObjRef,
        new: ObjRef,
        return_sp: usize,
        at: usize,
        n: usize,
        kwnames: Option<ObjRef>,
        lent: bool,
    ) -> Res {
        const VECTORCALL: [ObjRef; 13] = [BOOL, FLOAT, LIST, TUPLE, DICT, SET, FROZENSET, RANGE, ENUMERATE, FILTER, MAP, REVERSED, SUPER];
        if lent && self.heap.type_of_type(class).layout == Layout::Type {
            // The tuple in which a metaclass gets name, bases and namespace cannot become the MRO meanwhile. What it would
            // hold is held already.
            self.heap.incref_by(NONE, n as u32);
            let tuple = self.new_tuple(std::iter::repeat_n(NONE, n));
            self.reserve_stack(1);
            self.push(tuple);
        } else if lent && !VECTORCALL.contains(&class) {
            self.pass_packed(n, kwnames.is_some());
        }
        if !VECTORCALL.contains(&class) && n > 0 && !lent {
            // These are called with a tuple of arguments, which holds them once more.
            let tuple = self.packed_arguments(at + 1, n);
            self.reserve_stack(1);
            self.push(tuple);
        }
        let new = self.native_of(new).expect("a native").id;
        let init = self.type_lookup(class, self.names.init).and_then(|init| self.native_of(init)).filter(|init| init.owner != Some(OBJECT));
        let init = init.map(|init| init.id);
        if VECTORCALL.contains(&class)
            && let Body::Type(ty) = self.heap.body_mut(class)
        {
            ty.constructor = Some((new, init));
        }
        self.construct(class, new, init, return_sp, at, n, kwnames)
    }

    /// Runs a builtin type's `__new__`, and its `__init__` if it has one.
    #[allow(clippy::too_many_arguments)]
    fn construct(
        &mut self,
        class: ObjRef,
        new: NativeId,
        init: Option<NativeId>,
        return_sp: usize,
        at: usize,
        n: usize,
        kwnames: Option<ObjRef>,
    ) -> Res {
        let depth = self.frames.len();
        let result = self.run_native(new, at, n + 1, kwnames, false);
        let (Some(init), Ok(Outcome::Done(instance))) = (init, &result) else {
            return self.finish_native(return_sp, depth, result);
        };
        let instance = *instance;
        if self.ty(instance) != class && !self.is_instance(instance, class) {
            return self.finish_native(return_sp, depth, result);
        }
        self.incref(instance);
        if let Some(class) = self.stack[at].replace(instance) {
            self.decref(class);
        }
        let result = self.run_native(init, at, n + 1, kwnames, false);
        match self.finish_native(return_sp, depth, result) {
            Ok(Outcome::Done(none)) => {
                self.decref(none);
                Ok(Outcome::Done(instance))
            }
            Ok(Outcome::Pushed) => {
                let args = self.own(EMPTY_TUPLE);
                let kind = FrameKind::Native(NativeState::Init { instance, args });
                let (return_sp, top) = (self.frames[depth].return_sp, self.frames[depth].top);
                // The arguments stay with the frame that uses them.
                let level = depth.checked_sub(1).map_or(0, |below| self.frames[below].level) + self.native_depth;
                let top = return_sp.min(top);
                self.frames.insert(depth, crate::vm::frame::Frame { kind, receive: Receive::Push, return_sp, top, level });
                Ok(Outcome::Pushed)
            }
            Err(raised) => {
                self.decref(instance);
                Err(raised)
            }
        }
    }

    /// The `__init__` of the commonest kind of class: with plain instances that a Python function makes ready.
    #[inline(always)]
    pub(super) fn plain_init(&self, class: ObjRef) -> Option<ObjRef> {
        let slot = self.heap.slot(class);
        match &slot.body {
            Body::Type(record) if slot.ty == TYPE => {
                record.plain_init.filter(|(version, _)| *version == slot.num as u32).map(|(_, init)| init)
            }
            _ => None,
        }
    }

    /// An instance of such a class, called with the `n` arguments above `stack[at]`.
    pub(super) fn make_plain_instance(&mut self, class: ObjRef, init: ObjRef, return_sp: usize, at: usize, n: usize) -> Res {
        if let Err(raised) = self.enter(" while calling a Python object") {
            let end = self.sp;
            self.drop_stack(return_sp, end);
            return Err(raised);
        }
        let args = self.packed_arguments(at + 1, n);
        let result = self.init_plain_instance(class, init, args, return_sp);
        self.leave();
        result
    }

    /// The common case: a plain instance, initialised by a Python function. Owns the tuple of arguments.
    pub(super) fn init_plain_instance(&mut self, class: ObjRef, init: ObjRef, args: ObjRef, return_sp: usize) -> Res {
        let instance = self.new_instance(class);
        self.start_init(init, instance, args, return_sp)
    }

    /// Pushes the frame that waits for `__init__`, and calls that. Owns the instance and the tuple of arguments.
    pub(super) fn start_init(&mut self, init: ObjRef, instance: ObjRef, args: ObjRef, return_sp: usize) -> Res {
        self.push_init_frame(instance, args, return_sp);
        let (start, n) = (self.sp, self.heap.tuple(args).map_or(0, <[ObjRef]>::len));
        self.reserve_stack(n + 1);
        self.incref(instance);
        self.push(instance);
        for index in 0..n {
            let argument = self.heap.tuple(args).expect("the arguments")[index];
            self.incref(argument);
            self.push(argument);
        }
        self.incref(init);
        match self.call_function(init, start, start, n + 1, None) {
            Ok(outcome) => Ok(outcome),
            Err(raised) => {
                self.frames.pop();
                self.decref(args);
                self.decref(instance);
                let end = self.sp;
                self.drop_stack(return_sp, end);
                self.reload_registers();
                Err(raised)
            }
        }
    }

    /// A tuple of the `n` values from `stack[start]` on, which stay there.
    #[inline]
    pub(in crate::vm) fn packed_arguments(&mut self, start: usize, n: usize) -> ObjRef {
        if n == 0 {
            return self.own(EMPTY_TUPLE);
        }
        let mut items = self.spare.items(n);
        for index in start..start + n {
            let argument = self.stack[index].expect("an argument");
            self.heap.incref(argument);
            items.push(argument);
        }
        self.tuple_of(items)
    }

    /// A dict of the arguments by name.
    fn packed_keywords(&mut self, args: Args) -> ObjRef {
        let dict = self.new_dict();
        for (name, value) in args.keywords(self) {
            self.incref(value);
            self.dict_set_str(dict, name, value);
        }
        dict
    }

    pub(super) fn is_object_new(&self, new: ObjRef) -> bool {
        self.native_of(new).is_some_and(|native| native.name == "__new__" && native.this == Some(OBJECT))
    }

    /// Raises unless a class has no abstract methods.
    pub fn check_not_abstract(&mut self, class: ObjRef) -> Result<(), Raised> {
        if is_core_type(class) {
            return Ok(());
        }
        let dict = self.heap.type_of_type(class).dict;
        let Some(names) = self.dict_get_str(dict, self.names.abstractmethods) else { return Ok(()) };
        let mut missing: Vec<String> = match self.heap.set(names) {
            Some(set) => set.iter().map(|(name, _)| self.name_text(name)).collect(),
            None => Vec::new(),
        };
        if missing.is_empty() {
            return Ok(());
        }
        missing.sort();
        let name = self.heap.type_of_type(class).name.clone();
        let methods = missing.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ").replace('\'', "");
        Err(self.type_error(format!(
            "Can't instantiate abstract class {name} with abstract method{} {methods}",
            crate::vm::native::plural(missing.len())
        )))
    }
}

/// `C(…)` in general: `C.__new__(C, …)`, then `__init__` with the same arguments.
#[derive(Clone)]
struct TypeCall {
    class: ObjRef,
    /// a tuple
    args: ObjRef,
    /// a dict
    keywords: Option<ObjRef>,
    instance: Option<ObjRef>,
    stage: u8,
}

impl Native for TypeCall {
    fn name(&self) -> &'static str {
        "type.__call__"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        let keywords: Vec<(ObjRef, ObjRef)> =
            self.keywords.and_then(|dict| vm.heap.dict(dict)).map(|dict| dict.iter().collect()).unwrap_or_default();
        loop {
            match self.stage {
                0 => {
                    self.stage = 1;
                    let new = vm.type_lookup(self.class, vm.names.new).expect("looked up before");
                    let mut args = vec![self.class];
                    args.extend(vm.heap.tuple(self.args).expect("a tuple"));
                    // `__new__` is a static method by nature.
                    let new = match vm.heap.body(new) {
                        Body::Fields(fields) if vm.ty(new) == STATICMETHOD => fields[0].expect("a function"),
                        _ => new,
                    };
                    let outcome = if vm.ty(new) == CLASSMETHOD {
                        let Outcome::Done(bound) = vm.bind_descriptor(new, self.class, self.class)? else {
                            return Err(vm.type_error("__new__ must be found at once"));
                        };
                        let result = vm.call_unpacked(bound, &args, &keywords);
                        vm.decref(bound);
                        result?
                    } else {
                        vm.call_unpacked(new, &args, &keywords)?
                    };
                    match outcome {
                        Outcome::Done(instance) => input = Some(instance),
                        Outcome::Pushed => return Ok(Outcome::Pushed),
                    }
                }
                1 => {
                    let instance = input.take().expect("the result of __new__");
                    if !vm.is_instance(instance, self.class) {
                        return Ok(Outcome::Done(instance));
                    }
                    self.stage = 2;
                    self.instance = Some(instance);
                    let ty = vm.ty(instance);
                    let Some(init) = vm.type_lookup(ty, vm.names.init) else {
                        self.instance = None;
                        return Ok(Outcome::Done(instance));
                    };
                    let mut args = vec![instance];
                    args.extend(vm.heap.tuple(self.args).expect("a tuple"));
                    let outcome = match vm.ty(init) {
                        FUNCTION => vm.call_unpacked(init, &args, &keywords)?,
                        METHOD_DESCRIPTOR | WRAPPER_DESCRIPTOR => vm.call_keywords(init, &args, &keywords)?,
                        _ => match vm.bind_descriptor(init, instance, ty)? {
                            Outcome::Done(bound) => {
                                let result = vm.call_keywords(bound, &args[1..], &keywords);
                                vm.decref(bound);
                                result?
                            }
                            Outcome::Pushed => return Ok(Outcome::Pushed),
                        },
                    };
                    match outcome {
                        Outcome::Done(value) => input = Some(value),
                        Outcome::Pushed => return Ok(Outcome::Pushed),
                    }
                }
                _ => {
                    let value = input.take().expect("the result of __init__");
                    let name = vm.type_name(value);
                    vm.decref(value);
                    if value != NONE {
                        return Err(vm.type_error(format!("__init__() should return None, not '{name}'")));
                    }
                    return Ok(Outcome::Done(self.instance.take().expect("an instance")));
                }
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.class);
        visit(self.args);
        self.keywords.iter().for_each(|&dict| visit(dict));
        self.instance.iter().for_each(|&o| visit(o));
    }
}
