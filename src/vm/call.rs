//! Calls: what `f(a, *b, k=c)` does for each kind of callable.
//!
//! The callable and its arguments lie on the value stack. A Python function's arguments become its locals where they are;
//! a native borrows them; either way the stack is cut back to `return_sp` and the result goes there.
//! Counterpart in CPython 3.11: `PyObject_Vectorcall`, `initialize_locals`.

mod arguments;
mod quick; // CALL where nothing special is to be done
mod types;

use super::{
    Outcome, Raised, Res, Vm,
    frame::{FrameKind, NativeState, Receive},
    instr::Unit,
    native::{Args, Kind},
    native_frame::{Input, Native},
};
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, frame::PyFrame, function::NativeId, types::special},
};

/// Who calls a native.
#[derive(Clone, Copy, PartialEq)]
enum By {
    /// `CALL`
    Instruction,
    /// native code, as it calls anything
    Native,
    /// native code that looked up a special method: CPython goes through the type's slot
    Slot,
}

impl Vm {
    /// Calls a callable with positional arguments, all borrowed.
    pub fn call(&mut self, callable: ObjRef, args: &[ObjRef]) -> Res {
        self.reserve_stack(args.len() + 1);
        let (at, level) = (self.sp, self.level());
        if self.ty(callable) == FUNCTION
            && let Some(frame) = self.plain_frame(callable, at + 1, args.len(), level)
        {
            self.incref(callable);
            for (index, &arg) in args.iter().enumerate() {
                self.incref(arg);
                self.stack[at + 1 + index] = Some(arg);
            }
            self.enter_function(frame, Receive::Push, at, level);
            return Ok(Outcome::Pushed);
        }
        self.incref(callable);
        self.push(callable);
        for &arg in args {
            self.incref(arg);
            self.push(arg);
        }
        self.lent_arguments = true;
        self.vectorcall(at, at, args.len(), None)
    }

    /// Calls a callable with positional and keyword arguments, all borrowed.
    pub fn call_keywords(&mut self, callable: ObjRef, args: &[ObjRef], keywords: &[(ObjRef, ObjRef)]) -> Res {
        if keywords.is_empty() {
            return self.call(callable, args);
        }
        self.reserve_stack(args.len() + keywords.len() + 1);
        let at = self.sp;
        for object in [callable].iter().chain(args).copied().chain(keywords.iter().map(|&(_, value)| value)) {
            self.incref(object);
            self.push(object);
        }
        keywords.iter().for_each(|&(name, _)| self.incref(name));
        let names = self.new_tuple(keywords.iter().map(|&(name, _)| name));
        self.lent_arguments = true;
        let result = self.vectorcall(at, at, args.len(), Some(names));
        self.decref(names);
        result
    }

    /// The same where CPython takes keywords out of a dict (`_PyStack_UnpackDict`): all arguments are laid out and held once
    /// more until the call is over.
    pub fn call_unpacked(&mut self, callable: ObjRef, args: &[ObjRef], keywords: &[(ObjRef, ObjRef)]) -> Res {
        if keywords.is_empty() || self.native_of(callable).is_some() {
            return self.call_keywords(callable, args, keywords);
        }
        let (depth, floor) = (self.frames.len(), self.sp);
        self.reserve_stack(args.len() + keywords.len());
        for object in args.iter().copied().chain(keywords.iter().map(|&(_, value)| value)) {
            self.incref(object);
            self.push(object);
        }
        let result = self.call_keywords(callable, args, keywords);
        self.finish_native(floor, depth, result)
    }

    /// Calls a method of an object looked up on its type; `None` if the type has none.
    pub fn call_special(&mut self, object: ObjRef, name: ObjRef, args: &[ObjRef]) -> Option<Res> {
        let ty = self.ty(object);
        let method = self.type_lookup(ty, name)?;
        Some(self.call_method_object(method, object, args))
    }

    /// The same through a bound method object, where CPython makes one (`_PyObject_LookupSpecial`).
    pub fn call_special_bound(&mut self, object: ObjRef, name: ObjRef, args: &[ObjRef]) -> Option<Res> {
        let ty = self.ty(object);
        let method = self.type_lookup(ty, name)?;
        Some(self.call_bound(method, object, args))
    }

    /// Makes a bound method of what a lookup on the object's type found, and calls it.
    pub fn call_bound(&mut self, method: ObjRef, object: ObjRef, args: &[ObjRef]) -> Res {
        let (ty, depth) = (self.ty(object), self.frames.len());
        match self.bind_descriptor(method, object, ty)? {
            Outcome::Done(bound) => {
                let result = self.holding(bound, |vm| vm.call(bound, args));
                self.decref(bound);
                result
            }
            // A descriptor written in Python computes the method first.
            Outcome::Pushed => {
                args.iter().for_each(|&arg| self.incref(arg));
                self.insert_native(depth, CallResult { args: args.to_vec(), called: false })
            }
        }
    }

    /// Does something while an object is held, until the result is there.
    pub fn holding(&mut self, object: ObjRef, apply: impl FnOnce(&mut Vm) -> Res) -> Res {
        let (depth, floor) = (self.frames.len(), self.sp);
        self.reserve_stack(1);
        self.incref(object);
        self.push(object);
        let result = apply(self);
        self.finish_native(floor, depth, result)
    }

    /// Calls what a lookup on the object's type found, bound to the object.
    pub fn call_method_object(&mut self, method: ObjRef, object: ObjRef, args: &[ObjRef]) -> Res {
        match self.ty(method) {
            ty @ (FUNCTION | METHOD_DESCRIPTOR | WRAPPER_DESCRIPTOR) => {
                self.reserve_stack(args.len() + 2);
                let at = self.sp;
                self.incref(method);
                self.push(method);
                self.incref(object);
                self.push(object);
                for &arg in args {
                    self.incref(arg);
                    self.push(arg);
                }
                if ty != FUNCTION {
                    return self.call_native(method, at, at, args.len() + 1, None, By::Slot);
                }
                self.vectorcall(at, at, args.len() + 1, None)
            }
            _ => {
                // A descriptor of its own: bind it first.
                let (ty, depth) = (self.ty(object), self.frames.len());
                match self.bind_descriptor(method, object, ty)? {
                    Outcome::Done(bound) => {
                        let result = self.call(bound, args);
                        self.decref(bound);
                        result
                    }
                    Outcome::Pushed => {
                        args.iter().for_each(|&arg| self.incref(arg));
                        self.insert_native(depth, CallResult { args: args.to_vec(), called: false })
                    }
                }
            }
        }
    }

    /// Runs a call to its end on the Rust stack. Counted: see [`Vm::nested_steps`].
    pub fn call_now(&mut self, callable: ObjRef, args: &[ObjRef]) -> Result<ObjRef, Raised> {
        let depth = self.frames.len();
        let outcome = self.call(callable, args)?;
        self.finish_now(depth, outcome)
    }

    /// Waits for an outcome on the Rust stack; `depth` is the height of the call stack before it.
    pub fn finish_now(&mut self, depth: usize, outcome: Outcome) -> Result<ObjRef, Raised> {
        match outcome {
            Outcome::Done(value) => Ok(value),
            Outcome::Pushed => {
                self.receive(depth, Receive::Exit);
                let floor = std::mem::replace(&mut self.floor, depth);
                let outer_grant = self.revoke_grant();
                let before = self.steps();
                // Several runs below one instruction follow each other without a step between.
                if self.is_outermost() && self.nested_span.end != before {
                    self.nested_span.start = before;
                }
                self.nested_runs += 1;
                // The frames that were pushed have taken the levels of native code into account.
                let levels = std::mem::take(&mut self.native_depth);
                let result = self.run_nested();
                self.native_depth = levels;
                self.nested_runs -= 1;
                self.floor = floor;
                if self.is_outermost() {
                    self.nested_span.end = self.steps();
                    if let Some(given_up) = &mut self.given_up {
                        given_up.before = self.nested_span.start.saturating_sub(1);
                    }
                }
                // The outer run's grant is used up by what ran here.
                self.revoke_grant();
                let executed = self.steps() - before;
                self.nested_steps += executed;
                let left = u64::from(outer_grant).saturating_sub(executed) as u32;
                self.grant(self.left_after_nested(left));
                result
            }
        }
    }

    /// The instant before the last instruction, which may have had code run below it that counts as its own.
    pub fn instant_before(&self) -> u64 {
        let now = self.steps();
        if self.nested_span.end == now { self.nested_span.start.saturating_sub(1) } else { now.saturating_sub(1) }
    }

    /// Calls `stack[at]` with the `n` arguments above it and as many more as `kwnames` (borrowed) has names.
    ///
    /// The stack is cut to `return_sp` when the call is over, where `return_sp <= at`.
    pub fn vectorcall(&mut self, return_sp: usize, at: usize, n: usize, kwnames: Option<ObjRef>) -> Res {
        let callable = self.stack[at].expect("a callable");
        let lent = std::mem::take(&mut self.lent_arguments);
        if kwnames.is_none()
            && !lent
            && let Some(init) = self.plain_init(callable)
        {
            return self.make_plain_instance(callable, init, return_sp, at, n);
        }
        match self.ty(callable) {
            FUNCTION => {
                self.stack[at] = None;
                self.call_function(callable, return_sp, at + 1, n, kwnames)
            }
            BUILTIN_FUNCTION | METHOD_DESCRIPTOR | WRAPPER_DESCRIPTOR | METHOD_WRAPPER | CLASSMETHOD_DESCRIPTOR => {
                self.call_native(callable, return_sp, at, n, kwnames, if lent { By::Native } else { By::Instruction })
            }
            METHOD => {
                let Body::Method(parts) = self.heap.body(callable) else { panic!("a method") };
                let [function, this] = **parts;
                self.incref(function);
                self.incref(this);
                // The method itself is held until the call is over, below its arguments.
                self.reserve_stack(1);
                let end = self.sp;
                self.stack.copy_within(at + 1..end, at + 2);
                self.stack[at + 1] = Some(this);
                self.sp += 1;
                if self.ty(function) == FUNCTION {
                    return self.call_function(function, return_sp, at + 1, n + 1, kwnames);
                }
                // Whatever else it is a method of gets the object as its first argument.
                self.reserve_stack(1);
                let end = self.sp;
                self.stack.copy_within(at + 1..end, at + 2);
                self.stack[at + 1] = Some(function);
                self.sp += 1;
                self.vectorcall(return_sp, at + 1, n + 1, kwnames)
            }
            TYPE if matches!(
                callable,
                FLOAT | BOOL | LIST | TUPLE | DICT | SET | FROZENSET | RANGE | ENUMERATE | REVERSED | MAP | FILTER | ZIP | STR
            ) || callable == TYPE && n == 1 =>
            {
                let depth = self.frames.len();
                let cold = callable == STR && (lent || !self.is_specialized(depth));
                let result = self.call_type(callable, return_sp, at, n, kwnames, lent);
                if cold && matches!(result, Ok(Outcome::Pushed)) {
                    self.frames[depth..].iter_mut().for_each(|frame| frame.level += 1);
                }
                result
            }
            // These pass the call on without a level of their own (`tp_vectorcall_offset`).
            ty if !self.heap.type_of_type(ty).is_heap
                && matches!(&*self.heap.type_of_type(ty).name, "functools.partial" | "operator.attrgetter" | "operator.itemgetter") =>
            {
                self.call_below(callable, ty, return_sp, at, n, kwnames, lent)
            }
            ty => {
                // `tp_call`: a level of its own.
                if let Err(raised) = self.enter(" while calling a Python object") {
                    let end = self.sp;
                    self.drop_stack(return_sp, end);
                    return Err(raised);
                }
                let result = self.call_below(callable, ty, return_sp, at, n, kwnames, lent);
                self.leave();
                result
            }
        }
    }

    /// Calls what is no function: a class, an instance with `__call__`.
    #[allow(clippy::too_many_arguments)]
    fn call_below(
        &mut self,
        callable: ObjRef,
        ty: ObjRef,
        return_sp: usize,
        at: usize,
        n: usize,
        kwnames: Option<ObjRef>,
        lent: bool,
    ) -> Res {
        match ty {
            TYPE => self.call_type(callable, return_sp, at, n, kwnames, lent),
            ty => {
                if self.heap.as_type(callable).is_some() {
                    return self.call_metaclass_instance(callable, ty, return_sp, at, n, kwnames, lent);
                }
                match self.type_lookup(ty, self.names.call) {
                    Some(call) if self.ty(call) == FUNCTION && !lent => self.call_instance(call, return_sp, at, n, kwnames),
                    Some(call) => {
                        self.incref(call);
                        self.call_with_self(call, return_sp, at, n, kwnames)
                    }
                    None => {
                        let name = self.type_name(callable);
                        let raised = self.type_error(format!("'{name}' object is not callable"));
                        let end = self.sp;
                        self.drop_stack(return_sp, end);
                        Err(raised)
                    }
                }
            }
        }
    }

    /// An instance whose class defines `__call__`: as in CPython the arguments are packed into a tuple (and a dict), and all of
    /// them are held until the call is over.
    fn call_instance(&mut self, function: ObjRef, return_sp: usize, at: usize, n: usize, kwnames: Option<ObjRef>) -> Res {
        let end = self.sp;
        self.reserve_stack(end - at + 1);
        let args: Vec<ObjRef> = self.stack[at + 1..at + 1 + n].iter().flatten().copied().collect();
        args.iter().for_each(|&arg| self.incref(arg));
        let tuple = self.new_tuple(args);
        self.push(tuple);
        let start = self.sp;
        for index in at..end {
            let value = self.stack[index].expect("an argument");
            self.incref(value);
            self.push(value);
        }
        self.incref(function);
        self.call_function(function, return_sp, start, n + 1, kwnames)
    }

    /// A class whose metaclass is not `type`: the metaclass may define `__call__`.
    fn call_metaclass_instance(
        &mut self,
        class: ObjRef,
        metaclass: ObjRef,
        return_sp: usize,
        at: usize,
        n: usize,
        kwnames: Option<ObjRef>,
        lent: bool,
    ) -> Res {
        match self.type_lookup(metaclass, self.names.call) {
            Some(call) if self.ty(call) == FUNCTION || Some(call) != self.type_lookup(TYPE, self.names.call) => {
                self.incref(call);
                self.call_with_self(call, return_sp, at, n, kwnames)
            }
            _ => self.call_type(class, return_sp, at, n, kwnames, lent),
        }
    }

    /// Calls `function` (owned) with `self` in `stack[at]` and `n` more arguments.
    pub fn call_with_self(&mut self, function: ObjRef, return_sp: usize, at: usize, n: usize, kwnames: Option<ObjRef>) -> Res {
        match self.ty(function) {
            FUNCTION => self.call_function(function, return_sp, at, n + 1, kwnames),
            _ => {
                // Any other callable: put it below its first argument.
                self.reserve_stack(1);
                let end = self.sp;
                self.stack.copy_within(at..end, at + 1);
                self.stack[at] = Some(function);
                self.sp += 1;
                match self.ty(function) {
                    METHOD_DESCRIPTOR | WRAPPER_DESCRIPTOR => self.call_native(function, return_sp, at, n + 1, kwnames, By::Slot),
                    _ => {
                        // bind first: staticmethod, classmethod, callable instances
                        let this = self.stack[at + 1].expect("self");
                        let ty = self.ty(this);
                        let depth = self.frames.len();
                        let outcome = self.bind_descriptor(function, this, ty)?;
                        let bound = self.finish_now(depth, outcome)?;
                        self.decref(function);
                        self.decref(this);
                        self.stack[at] = Some(bound);
                        let end = self.sp;
                        self.stack.copy_within(at + 2..end, at + 1);
                        self.sp -= 1;
                        self.stack[self.sp] = None;
                        self.vectorcall(return_sp, at, n, kwnames)
                    }
                }
            }
        }
    }

    fn call_native(&mut self, callable: ObjRef, return_sp: usize, at: usize, n: usize, kwnames: Option<ObjRef>, by: By) -> Res {
        let native = self.native_of(callable).expect("a native");
        let (id, this) = (native.id, native.this);
        let depth = self.frames.len();
        let (kind, levels) = (self.natives[id.0 as usize].kind, self.natives[id.0 as usize].levels);
        if levels > 0
            && let Err(raised) = self.check_level(" while calling a Python object")
        {
            let end = self.sp;
            self.drop_stack(return_sp, end);
            return Err(raised);
        }
        self.native_depth += levels;
        let result = match (this, kind) {
            (Some(this), Kind::Method | Kind::Wrapper | Kind::ClassMethod | Kind::Getter) => {
                // The bound method's place on the stack goes to `self`; the method itself is held here meanwhile.
                self.incref(this);
                self.stack[at] = Some(this);
                if kind == Kind::Wrapper && by == By::Instruction {
                    self.pack(at + 1, n, kwnames.is_some());
                }
                let result = self.run_native(id, at, n + 1, kwnames, true);
                self.decref(callable);
                result
            }
            (None, Kind::Method | Kind::Wrapper) => match self.check_receiver(callable, at + 1, n) {
                Ok(()) => {
                    if kind == Kind::Wrapper && by == By::Instruction {
                        self.pack_twice(at + 1, n, kwnames.is_some());
                    }
                    self.run_native(id, at + 1, n, kwnames, false)
                }
                Err(raised) => Err(raised),
            },
            (Some(owner), Kind::StaticMethod) if self.natives[id.0 as usize].name == "__new__" => {
                match self.check_new(owner, id, at + 1, n) {
                    Ok(()) => {
                        if by == By::Instruction {
                            self.pack_twice(at + 1, n, kwnames.is_some());
                        }
                        self.run_native(id, at + 1, n, kwnames, false)
                    }
                    Err(raised) => Err(raised),
                }
            }
            (None, Kind::ClassMethod) => match self.check_class(callable, at + 1, n) {
                Ok(()) => self.run_native(id, at + 1, n, kwnames, false),
                Err(raised) => Err(raised),
            },
            _ => self.run_native(id, at + 1, n, kwnames, false),
        };
        self.native_depth -= levels;
        self.end_native(return_sp, depth, id, kwnames, by, result)
    }

    /// All arguments in a tuple, which lies on the stack until the call is over.
    fn pack(&mut self, start: usize, n: usize, with_dict: bool) {
        self.pass_packed(0, with_dict);
        let tuple = self.packed_arguments(start, n);
        self.reserve_stack(1);
        self.push(tuple);
    }

    /// `C.__new__(C, …)`, `int.__add__(5, …)`: all in a tuple, and those behind the first in another (`tp_new_wrapper`,
    /// `wrapperdescr_call`).
    fn pack_twice(&mut self, start: usize, n: usize, with_dict: bool) {
        self.pack(start, n, with_dict);
        self.pack(start + 1, n - 1, false);
    }

    /// Drops the arguments of a native that is done; one that waits gets its level.
    #[inline(always)]
    fn end_native(&mut self, return_sp: usize, depth: usize, id: NativeId, kwnames: Option<ObjRef>, by: By, result: Res) -> Res {
        if matches!(result, Ok(Outcome::Pushed)) && self.takes_level(depth, id, kwnames, by) {
            self.frames[depth..].iter_mut().for_each(|frame| frame.level += 1);
        }
        self.finish_native(return_sp, depth, result)
    }

    /// Whether a native that waits for Python code takes one level of recursion more than its own: where CPython calls it as any
    /// callable. Specialized calls, in code that has run a few times, go right into most functions.
    #[cold]
    fn takes_level(&self, depth: usize, id: NativeId, kwnames: Option<ObjRef>, by: By) -> bool {
        let def = &self.natives[id.0 as usize];
        let is_fast = def.levels == 0;
        match (by, def.kind) {
            (By::Slot, _) => false,
            (_, Kind::Wrapper | Kind::StaticMethod) => true,
            (By::Native, _) => is_fast,
            (By::Instruction, Kind::Function) => is_fast && !self.is_specialized(depth),
            (By::Instruction, _) => is_fast && (kwnames.is_some() || !self.is_specialized(depth)),
        }
    }

    /// Whether the code that called, below `depth`, has been specialized: it has begun a few times, and nobody traces it.
    fn is_specialized(&self, depth: usize) -> bool {
        let Some(frame) = depth.checked_sub(1).and_then(|below| self.python_frame(below)) else { return false };
        let Body::Code(code) = self.heap.body(frame.code) else { return false };
        !self.traced && code.warmup == 0
    }

    /// `dict.__new__(C)`: it wants a class that inherits from its type and has no other way of being made (`tp_new_wrapper`).
    fn check_new(&mut self, owner: ObjRef, id: NativeId, at: usize, n: usize) -> Result<(), Raised> {
        let owner_name = self.heap.type_of_type(owner).name.clone();
        if n == 0 {
            return Err(self.type_error(format!("{owner_name}.__new__(): not enough arguments")));
        }
        let class = self.stack[at].expect("an argument");
        let Some(record) = self.heap.as_type(class) else {
            let given = self.type_name(class);
            return Err(self.type_error(format!("{owner_name}.__new__(X): X is not a type object ({given})")));
        };
        let given = record.name.clone();
        if !self.is_subtype(class, owner) {
            return Err(self.type_error(format!("{owner_name}.__new__({given}): {given} is not a subtype of {owner_name}")));
        }
        let mut maker = class;
        let made_by = loop {
            match self.native_new(maker) {
                Some(found) => break found,
                None => maker = self.heap.type_of_type(maker).base.unwrap_or(OBJECT),
            }
        };
        let (ours, theirs) = (self.natives[id.0 as usize].func, self.natives[made_by.0 as usize].func);
        let cannot_be_made = owner == OBJECT && !matches!(self.heap.type_of_type(maker).layout, Layout::Object);
        if cannot_be_made || !std::ptr::fn_addr_eq(ours, theirs) {
            let safe = self.heap.type_of_type(maker).name.clone();
            return Err(self.type_error(format!("{owner_name}.__new__({given}) is not safe, use {safe}.__new__()")));
        }
        Ok(())
    }

    /// The native that makes instances of a class; nothing if a `__new__` written in Python does (`tp_new`).
    fn native_new(&mut self, class: ObjRef) -> Option<NativeId> {
        let found = self.type_lookup(class, self.names.new)?;
        let native = self.native_of(found)?;
        let record = self.heap.type_of_type(class);
        match record.base.filter(|_| record.is_heap && native.owner != Some(class)) {
            Some(base) => self.native_new(base),
            None => Some(native.id),
        }
    }

    /// `dict.__dict__["fromkeys"](dict, "ab")`: it wants the type or one that inherits from it.
    fn check_class(&mut self, descriptor: ObjRef, at: usize, n: usize) -> Result<(), Raised> {
        let native = self.native_of(descriptor).expect("a native");
        let (name, owner) = (native.name, native.owner.expect("the type of a method"));
        let type_name = self.heap.type_of_type(owner).name.clone();
        if n == 0 {
            return Err(self.type_error(format!("descriptor '{name}' of '{type_name}' object needs an argument")));
        }
        let class = self.stack[at].expect("an argument");
        let Some(record) = self.heap.as_type(class) else {
            let given = self.type_name(class);
            return Err(self.type_error(format!("descriptor '{name}' for type '{type_name}' needs a type, not a '{given}' as arg 2")));
        };
        let given = record.name.clone();
        if self.is_subtype(class, owner) {
            return Ok(());
        }
        Err(self.type_error(format!("descriptor '{name}' requires a subtype of '{type_name}' but received '{given}'")))
    }

    /// `list.append(5, 1)`: an unbound method wants an instance of its type.
    fn check_receiver(&mut self, descriptor: ObjRef, at: usize, n: usize) -> Result<(), Raised> {
        let native = self.native_of(descriptor).expect("a native");
        let (name, owner) = (native.name, native.owner.expect("the type of a method"));
        if n > 0 && self.is_instance(self.stack[at].expect("self"), owner) {
            return Ok(());
        }
        let type_name = self.heap.type_of_type(owner).name.clone();
        if n == 0 {
            let what = if self.ty(descriptor) == WRAPPER_DESCRIPTOR {
                format!("descriptor '{name}' of '{type_name}' object needs an argument")
            } else {
                let qualname = self.name_text(self.heap.type_of_type(owner).qualname);
                format!("unbound method {qualname}.{name}() needs an argument")
            };
            return Err(self.type_error(what));
        }
        let given = self.type_name(self.stack[at].expect("self"));
        if self.ty(descriptor) == WRAPPER_DESCRIPTOR {
            return Err(self.type_error(format!("descriptor '{name}' requires a '{type_name}' object but received a '{given}'")));
        }
        Err(self.type_error(format!("descriptor '{name}' for '{type_name}' objects doesn't apply to a '{given}' object")))
    }

    /// Calls a Python function (owned) whose `n` positional arguments start at `stack[start]`.
    #[inline]
    pub fn call_function(&mut self, func: ObjRef, return_sp: usize, start: usize, n: usize, kwnames: Option<ObjRef>) -> Res {
        let Body::Function(function) = &self.heap.slot(func).body else { panic!("a function") };
        let (code_object, globals, builtins) = (function.code, function.globals, function.builtins);
        let Body::Code(code) = &self.heap.slot(code_object).body else { panic!("a code object") };
        let (nlocalsplus, stacksize, pc) = (code.nlocalsplus as usize, code.stacksize as usize, code.start);
        let simple = code.is_simple && kwnames.is_none() && n == code.argcount as usize;
        if self.level() >= self.recursion_limit {
            return Err(self.recursion_error(func, return_sp));
        }
        if self.heap.budget < 0
            && let Err(raised) = self.check_memory()
        {
            self.decref(func);
            let end = self.sp.max(start);
            self.drop_stack(return_sp, end);
            return Err(raised);
        }
        if start + nlocalsplus + stacksize + 8 > self.stack.len() {
            let len = (start + nlocalsplus + stacksize + 8).next_power_of_two();
            self.heap.budget -= 8 * (len - self.stack.len()) as i64;
            self.stack.resize(len, None);
        }
        if !simple && let Err(raised) = self.bind_arguments(func, start, n, kwnames) {
            self.decref(func);
            let end = self.sp.max(start);
            self.drop_stack(return_sp, end);
            return Err(raised);
        }
        self.incref(code_object);
        let frame = PyFrame {
            code: code_object,
            func: Some(func),
            globals,
            builtins,
            locals: None,
            pc,
            base: start as u32,
            sp: (start + nlocalsplus) as u32,
            object: None,
            generator: None,
        };
        self.push_frame(frame, return_sp);
        Ok(Outcome::Pushed)
    }

    #[cold]
    fn recursion_error(&mut self, func: ObjRef, return_sp: usize) -> Raised {
        self.decref(func);
        let end = self.sp;
        self.drop_stack(return_sp, end);
        // Room to make and handle the exception.
        self.raise(RECURSION_ERROR, "maximum recursion depth exceeded")
    }

    /// Runs a code object with a namespace: a module, a class body, `exec`.
    pub fn call_code(&mut self, code_object: ObjRef, globals: ObjRef, locals: ObjRef, closure: Option<ObjRef>) -> Res {
        let Body::Code(code) = self.heap.body(code_object) else { panic!("a code object") };
        let (nlocalsplus, stacksize, pc) = (code.nlocalsplus as usize, code.stacksize as usize, code.start);
        let builtins = self.builtins_of(globals);
        self.reserve_stack(nlocalsplus + stacksize);
        for object in [code_object, globals, locals, builtins] {
            self.incref(object);
        }
        let base = self.sp;
        let func = match closure {
            None => None,
            Some(closure) => {
                // A class body that uses names of an enclosing function: COPY_FREE_VARS wants a function.
                let function = self.new_function(code_object, globals);
                self.incref(closure);
                if let Body::Function(record) = self.heap.body_mut(function) {
                    record.closure = Some(closure);
                }
                self.decref(globals);
                self.decref(builtins);
                Some(function)
            }
        };
        let frame = PyFrame {
            code: code_object,
            func,
            globals,
            builtins,
            locals: Some(locals),
            pc,
            base: base as u32,
            sp: (base + nlocalsplus) as u32,
            object: None,
            generator: None,
        };
        self.push_frame(frame, base);
        Ok(Outcome::Pushed)
    }

    /// The builtins that code with these globals sees.
    pub fn builtins_of(&self, globals: ObjRef) -> ObjRef {
        match self.dict_get_str(globals, self.names.builtins) {
            Some(dict) if self.heap.dict(dict).is_some() => dict,
            Some(module) => match self.heap.body(module) {
                Body::Module(module) => module.dict,
                // Whoever looks for a name there is told.
                _ => module,
            },
            None => self.builtins,
        }
    }

    /// Puts native code below the frames just pushed, to go on with their result.
    ///
    /// `depth` is the height of the call stack before whatever returned `Pushed`.
    pub fn insert_native(&mut self, depth: usize, state: impl Native) -> Res {
        // The frame that was pushed keeps its way of handing over its result: it is this native code that asked for it.
        let return_sp = self.frames[depth].return_sp;
        let kind = FrameKind::Native(state.into_state());
        let level = depth.checked_sub(1).map_or(0, |below| self.frames[below].level) + self.native_depth;
        self.frames.insert(depth, super::frame::Frame { kind, receive: Receive::Push, return_sp, top: return_sp, level });
        Ok(Outcome::Pushed)
    }

    /// Does a class made by a program define (or inherit) this special method?
    pub fn has_special(&self, object: ObjRef, bit: u32) -> bool {
        let ty = self.ty(object);
        !is_core_type(ty) && self.heap.type_of_type(ty).special & bit != 0
    }

    pub fn is_callable(&mut self, object: ObjRef) -> bool {
        match self.ty(object) {
            FUNCTION
            | BUILTIN_FUNCTION
            | METHOD
            | METHOD_DESCRIPTOR
            | WRAPPER_DESCRIPTOR
            | METHOD_WRAPPER
            | CLASSMETHOD_DESCRIPTOR
            | TYPE => true,
            ty if is_core_type(ty) => self.type_lookup(ty, self.names.call).is_some(),
            ty => {
                self.heap.as_type(object).is_some()
                    || self.heap.type_of_type(ty).special & special::CALL != 0
                    || self.type_lookup(ty, self.names.call).is_some()
            }
        }
    }
}

/// A call whose callable is being computed by Python code.
#[derive(Clone)]
struct CallResult {
    args: Vec<ObjRef>,
    called: bool,
}

impl Native for CallResult {
    fn name(&self) -> &'static str {
        "__get__"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let Input::Value(callable) = input else { return Ok(Outcome::Done(vm.none())) };
        // The second time it is the result of the call.
        if std::mem::replace(&mut self.called, true) {
            return Ok(Outcome::Done(callable));
        }
        let args = std::mem::take(&mut self.args);
        let result = vm.call(callable, &args);
        vm.decref(callable);
        vm.decref_all(args);
        result
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.args.iter().for_each(|&o| visit(o));
    }
}
