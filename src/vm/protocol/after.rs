//! Going on with a value that may come later: the small change of native frames.
//!
//! ```text
//!   x in obj   →   call obj.__contains__(x); after it, the truth of the result
//! ```
//!
//! An operation runs in Rust as far as it can. Only if it must wait for Python code does what is left of it become a native
//! frame, put below the frame that was pushed. Operands are borrowed for the whole operation, also while it waits: who
//! starts one keeps them alive (on the value stack, in a container) until the result is there, as in CPython.

use thin_vec::ThinVec;

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, equality::Number, function::NativeFunction},
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
    },
};

/// So many levels may lie on the Rust stack, whatever the recursion limit.
const MOST_NATIVE: u32 = 25_000;

/// What is to be done with a value, and with which operands.
#[derive(Clone)]
pub struct After {
    pub name: &'static str,
    /// Borrowed operands.
    pub refs: [ObjRef; 3],
    /// References given back when all is done.
    pub owned: ThinVec<ObjRef>,
    pub number: i64,
    /// Owns the value.
    pub then: fn(&mut Vm, &mut After, ObjRef) -> Res,
    /// `then` has been called: what comes now is its result.
    fired: bool,
}

impl After {
    pub fn new(name: &'static str, refs: &[ObjRef], number: i64, then: fn(&mut Vm, &mut After, ObjRef) -> Res) -> After {
        let mut three = [NONE; 3];
        three[..refs.len()].copy_from_slice(refs);
        After { name, refs: three, owned: ThinVec::new(), number, then, fired: false }
    }

    /// With references that are given back at the end.
    pub fn owning(mut self, owned: impl IntoIterator<Item = ObjRef>) -> After {
        self.owned.extend(owned);
        self
    }
}

impl Native for After {
    fn name(&self) -> &'static str {
        self.name
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let value = match input {
            Input::Value(value) => value,
            Input::Start | Input::Exhausted => vm.none(),
        };
        if self.fired {
            return Ok(Outcome::Done(value));
        }
        self.fired = true;
        let then = self.then;
        then(vm, self, value)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.owned.iter().for_each(|&object| visit(object));
    }
}

impl Vm {
    /// Goes on with a result, now or when it comes. `depth` is the height of the call stack before it was asked for.
    pub fn after(&mut self, depth: usize, result: Res, mut state: After) -> Res {
        let result = match result {
            Ok(Outcome::Done(value)) => {
                state.fired = true;
                let then = state.then;
                then(self, &mut state, value)
            }
            other => other,
        };
        match result {
            Ok(Outcome::Pushed) if state.fired && state.owned.is_empty() => Ok(Outcome::Pushed),
            Ok(Outcome::Pushed) => self.insert_native(depth, state),
            other => {
                state.release(self);
                other
            }
        }
    }

    /// Runs native code that becomes a frame only when it has to wait.
    pub fn drive(&mut self, mut state: impl Native) -> Res {
        let depth = self.frames.len();
        match state.resume(self, Input::Start) {
            Ok(Outcome::Pushed) => self.insert_native(depth, state),
            other => {
                state.release(self);
                other
            }
        }
    }

    /// The result as a truth value: for results known to be `True` or `False`.
    pub fn as_bool(&mut self, result: Res) -> Res<bool> {
        Ok(match result? {
            Outcome::Done(value) => {
                self.decref(value);
                Outcome::Done(value == TRUE)
            }
            Outcome::Pushed => Outcome::Pushed,
        })
    }

    /// A truth value as an object.
    pub fn bool_result(&mut self, result: Res<bool>) -> Res {
        Ok(match result? {
            Outcome::Done(value) => Outcome::Done(self.new_bool(value)),
            Outcome::Pushed => Outcome::Pushed,
        })
    }

    /// An integer as an object.
    pub fn int_result(&mut self, result: Res<i64>) -> Res {
        Ok(match result? {
            Outcome::Done(value) => Outcome::Done(self.new_int(value)),
            Outcome::Pushed => Outcome::Pushed,
        })
    }

    /// The builtin type that decides how the object behaves where its class says nothing.
    #[inline(always)]
    pub fn core_of(&self, object: ObjRef) -> ObjRef {
        let ty = self.ty(object);
        if is_core_type(ty) { ty } else { self.heap.type_of_type(ty).solid_base }
    }

    /// A special method that a class brings along itself (written in Python, or by a Rust module), if that is not the one of
    /// a builtin type. Borrowed.
    #[inline]
    pub fn own_method(&mut self, ty: ObjRef, name: ObjRef) -> Option<ObjRef> {
        if is_core_type(ty) {
            return None;
        }
        let found = self.type_lookup(ty, name)?;
        match self.ty(found) {
            FUNCTION => Some(found),
            WRAPPER_DESCRIPTOR | METHOD_DESCRIPTOR => match self.heap.body(found) {
                Body::Native(native) if native.owner.is_some_and(is_core_type) && !self.is_borrowed_method(ty, name, native, found) => None,
                _ => Some(found),
            },
            _ => Some(found),
        }
    }

    /// Whether a builtin type's special method was put where another would stand: `__str__ = int.__repr__`.
    fn is_borrowed_method(&self, ty: ObjRef, name: ObjRef, native: &NativeFunction, found: ObjRef) -> bool {
        let core = self.heap.type_of_type(ty).solid_base;
        self.heap.str(name).is_none_or(|text| text.as_ascii() != Some(native.name))
            || native.owner != Some(core) && self.type_lookup_uncached(core, name) != Some(found)
    }

    /// Whether a special method is that of a type which is a sequence and nothing else, without the slots of numbers and mappings:
    /// `deque`, of those not built in.
    pub fn is_sequence_method(&self, method: ObjRef) -> bool {
        let owner = self.native_of(method).and_then(|native| native.owner);
        owner.is_some_and(|owner| &*self.heap.type_of_type(owner).name == "collections.deque")
    }

    /// The key (owned) with which such a type is asked for an item (`PyObject_GetItem`, `PySequence_GetItem`).
    pub fn sequence_key(&mut self, key: ObjRef) -> Result<ObjRef, Raised> {
        if !self.has_index(key) {
            let name = self.type_name(key);
            return Err(self.type_error(format!("sequence index must be integer, not '{name}'")));
        }
        let depth = self.frames.len();
        let index = self.index(key).and_then(|outcome| self.finish_now(depth, outcome))?;
        if self.small_value(index).is_none() {
            self.decref(index);
            let name = self.type_name(key);
            return Err(self.raise(INDEX_ERROR, format!("cannot fit '{name}' into an index-sized integer")));
        }
        Ok(index)
    }

    /// Calls a type's method for an item, the key made an index first if the type is nothing but a sequence.
    pub fn call_item_method(&mut self, method: ObjRef, object: ObjRef, key: ObjRef, value: Option<ObjRef>) -> Res {
        let args = |key| [Some(key), value].into_iter().flatten().collect::<Vec<_>>();
        if self.ty(key) == INT && self.small_value(key).is_some() || !self.is_sequence_method(method) {
            return match value {
                Some(value) => self.call_method_object(method, object, &[key, value]),
                None => self.call_method_object(method, object, &[key]),
            };
        }
        let index = self.sequence_key(key)?;
        let depth = self.frames.len();
        let result = self.call_method_object(method, object, &args(index));
        self.after(depth, result, After::new("index", &[], 0, |_, _, value| Ok(Outcome::Done(value))).owning([index]))
    }

    /// Calls a special method through a bound method object, as `_PyObject_LookupSpecial` does. Goes on with `state`.
    pub fn call_bound_special(&mut self, method: ObjRef, object: ObjRef, args: &[ObjRef], state: After) -> Res {
        let ty = self.ty(object);
        let depth = self.frames.len();
        match self.bind_descriptor(method, object, ty)? {
            Outcome::Done(bound) => {
                let result = self.call(bound, args);
                self.after(depth, result, state.owning([bound]))
            }
            // `__get__` in Python: what it gives must still be called.
            Outcome::Pushed => {
                let bound = self.finish_now(depth, Outcome::Pushed)?;
                let result = self.call(bound, args);
                self.after(depth, result, state.owning([bound]))
            }
        }
    }

    /// Starts one more level of Rust recursion through containers. Must be followed by [`Vm::leave`].
    #[inline]
    pub fn enter(&mut self, doing: &str) -> Result<(), Raised> {
        self.check_level(doing)?;
        self.native_depth += 1;
        Ok(())
    }

    /// Raises RecursionError if there is no room for one more level.
    #[inline]
    pub fn check_level(&mut self, doing: &str) -> Result<(), Raised> {
        if self.has_levels() { Ok(()) } else { Err(self.too_deep(doing)) }
    }

    /// Whether there is a level of recursion left.
    #[inline(always)]
    pub fn has_levels(&self) -> bool {
        self.level() < self.recursion_limit && self.native_depth <= MOST_NATIVE
    }

    #[cold]
    fn too_deep(&mut self, doing: &str) -> Raised {
        self.raise(RECURSION_ERROR, format!("maximum recursion depth exceeded{doing}"))
    }

    /// Levels of recursion now, counted as CPython does: one a Python frame, one for native code that calls for a level of
    /// its own (`repr`, comparisons, calls of anything but functions).
    #[inline(always)]
    pub fn level(&self) -> u32 {
        self.frames.last().map_or(0, |frame| frame.level) + self.native_depth
    }

    #[inline]
    pub fn leave(&mut self) {
        self.native_depth -= 1;
    }

    /// An int object of any integer-like object (`operator.index`): calls `__index__`.
    pub fn index(&mut self, object: ObjRef) -> Res {
        if self.is_int(object) {
            return Ok(Outcome::Done(self.own(object)));
        }
        let ty = self.ty(object);
        match self.own_method(ty, self.names.index) {
            Some(method) if method != NONE => {
                let depth = self.frames.len();
                let result = self.call_method_object(method, object, &[]);
                self.after(
                    depth,
                    result,
                    After::new("__index__", &[], 0, |vm, _, value| {
                        if vm.is_int(value) {
                            return vm.inexact_allowed("__index__", value, INT).map(|()| Outcome::Done(value));
                        }
                        let name = vm.type_name(value);
                        vm.decref(value);
                        Err(vm.type_error(format!("__index__ returned non-int (type {name})")))
                    }),
                )
            }
            _ => {
                let name = self.type_name(object);
                Err(self.type_error(format!("'{name}' object cannot be interpreted as an integer")))
            }
        }
    }

    /// A conversion method returned an instance of a strict subclass of what it should: that is deprecated. If the warning
    /// becomes an error, the value (owned) is given up.
    pub fn inexact_allowed(&mut self, method: &str, value: ObjRef, wanted: ObjRef) -> Result<(), Raised> {
        if self.ty(value) == wanted {
            return Ok(());
        }
        let (given, wanted) = (self.type_name(value), self.heap.type_of_type(wanted).name.clone());
        let text = format!(
            "{method} returned non-{wanted} (type {given}).  The ability to return an instance of a strict subclass of {wanted} is \
             deprecated, and may be removed in a future version of Python."
        );
        (self.warn)(self, DEPRECATION_WARNING, &text, None, None).inspect_err(|_| self.decref(value))
    }

    /// What `__float__` of the object's class says, as an exact float; nothing if the class brings none along.
    pub fn float_by_method(&mut self, object: ObjRef) -> Option<Res> {
        let (depth, ty) = (self.frames.len(), self.ty(object));
        let method = self.own_method(ty, self.names.float)?;
        let result = self.call_method_object(method, object, &[]);
        let checked = After::new("__float__", &[object], 0, |vm, state, value| {
            if vm.ty(value) == FLOAT {
                return Ok(Outcome::Done(value));
            }
            let name = vm.type_name(state.refs[0]);
            let Some(Number::Float(number)) = Number::of(&vm.heap, value) else {
                let given = vm.type_name(value);
                vm.decref(value);
                return Err(vm.type_error(format!("{name}.__float__ returned non-float (type {given})")));
            };
            vm.inexact_allowed(&format!("{name}.__float__"), value, FLOAT)?;
            vm.decref(value);
            Ok(Outcome::Done(vm.new_float(number)))
        });
        Some(self.after(depth, result, checked))
    }

    /// The same as a C `double`, on the Rust stack.
    pub fn double_by_method(&mut self, object: ObjRef) -> Option<Result<f64, Raised>> {
        let depth = self.frames.len();
        let float = self.float_by_method(object)?.and_then(|outcome| self.finish_now(depth, outcome));
        Some(float.map(|float| {
            let value = f64::from_bits(self.heap.slot(float).num);
            self.decref(float);
            value
        }))
    }

    /// Does the object have `__index__`?
    pub fn has_index(&mut self, object: ObjRef) -> bool {
        let ty = self.ty(object);
        self.is_int(object) || self.own_method(ty, self.names.index).is_some_and(|method| method != NONE)
    }

    /// The value of an int object as an index; a too large one is an error of the given type.
    pub fn fit_index(&mut self, int: ObjRef, error: ObjRef) -> Result<i64, Raised> {
        match self.small_value(int) {
            Some(value) => Ok(value),
            None => {
                let name = self.type_name(int);
                Err(self.raise(error, format!("cannot fit '{name}' into an index-sized integer")))
            }
        }
    }
}
