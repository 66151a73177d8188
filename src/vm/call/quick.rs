//! Calls by the shortest way: CALL where nothing is to be done but to push a frame, or to run a native that PRECALL knows.
//!
//! ```text
//!   f(a, b)     the arguments are as many as the parameters, and plain: the frame begins where they lie
//!   C(a, b)     a plain instance and its tuple of arguments are made, then the frame of `__init__` above both
//! ```

use super::*;

impl Vm {
    /// PRECALL, and CALL with it, of the very builtin that its form was found for, with a receiver of its type. `None`: it is
    /// another one, or somebody wants to look in between, and nothing is done.
    #[inline]
    pub(in crate::vm) fn call_what_it_did(&mut self, arg: u32) -> Option<Result<(), Raised>> {
        let at = self.sp - 1 - arg as usize;
        let (callable, receiver) = match (self.stack[at - 1], self.stack[at]) {
            (Some(callable), receiver) => (callable, receiver),
            (None, Some(callable)) => (callable, None),
            _ => return None,
        };
        let slot = self.heap.slot(callable);
        let Body::Native(native) = &slot.body else { return None };
        let is_it = match slot.ty {
            _ if native.id.0 + 1 != self.caches[self.pc as usize - 1].object || self.countdown == 0 => false,
            BUILTIN_FUNCTION => receiver.is_none(),
            METHOD_DESCRIPTOR => receiver.is_some_and(|receiver| Some(self.heap.ty(receiver)) == native.owner),
            _ => false,
        };
        if !is_it {
            return None;
        }
        let (start, n) = if receiver.is_some() { (at, arg as usize + 1) } else { (at + 1, arg as usize) };
        let (id, def) = (native.id, &self.natives[native.id.0 as usize]);
        let is_direct = def.direct.contains(&n) && (native.this.is_none() || def.kind == Kind::Function);
        let (func, levels) = (def.func, def.levels);
        self.countdown -= 1;
        self.pc += 1;
        if self.traced || self.kwnames.is_some() {
            return Some(crate::vm::exec::calls::call(self, self.units[self.pc as usize - 1]));
        }
        let (return_sp, depth) = (at - 1, self.frames.len());
        let outcome = if is_direct && self.has_levels() {
            self.native_depth += levels;
            let result = func(self, Args { start, n, kwnames: None });
            self.native_depth -= levels;
            self.end_native(return_sp, depth, id, None, By::Instruction, result)
        } else {
            self.call_native(callable, return_sp, start - 1, n, None, By::Instruction)
        };
        Some(outcome.map(|outcome| self.called(depth, outcome)))
    }

    /// PRECALL, and CALL with it, of a builtin type in the form for it. `None` as above.
    #[inline]
    pub(in crate::vm) fn call_builtin_class(&mut self, unit: Unit) -> Option<Result<(), Raised>> {
        let n = unit.arg as usize;
        let (return_sp, at) = (self.sp - 2 - n, self.sp - 1 - n);
        let class = self.stack[at].filter(|_| self.stack[return_sp].is_none())?;
        let fits = match unit.op {
            Op::PRECALL_NO_KW_TYPE_1 => class == TYPE && n == 1,
            Op::PRECALL_NO_KW_TUPLE_1 => class == TUPLE && n == 1,
            Op::PRECALL_BUILTIN_CLASS => self.heap.as_type(class).is_some_and(|ty| ty.constructor.is_some()),
            _ => false,
        };
        if !fits || self.countdown == 0 || self.kwnames.is_some() || self.traced {
            return None;
        }
        self.countdown -= 1;
        self.pc += 1;
        let depth = self.frames.len();
        let outcome = self.vectorcall(return_sp, at, n, None);
        Some(outcome.map(|outcome| self.called(depth, outcome)))
    }

    /// Whether a CALL with `arg` arguments is `str(x)`.
    pub(in crate::vm) fn calls_str(&self, arg: u32) -> bool {
        let at = self.sp - 1 - arg as usize;
        arg == 1 && self.stack[at] == Some(STR) && self.stack[at - 1].is_none() && self.kwnames.is_none() && !self.traced
    }

    /// `str(x)` as its form does it: without a tuple of arguments.
    pub(in crate::vm) fn call_str(&mut self) -> Result<(), Raised> {
        let (depth, return_sp) = (self.frames.len(), self.sp - 3);
        let object = self.peek(1);
        let result = match crate::vm::exec::strings::decimal(self, object) {
            Some(text) => Ok(Outcome::Done(text)),
            None => self.str(object),
        };
        let outcome = self.finish_native(return_sp, depth, result)?;
        self.called(depth, outcome);
        Ok(())
    }

    /// CALL in its adaptive form, as long as it looks for no better one, where it calls a Python function or the commonest kind of
    /// class. `None`: nothing has been done.
    #[inline(never)]
    pub(in crate::vm) fn call_adaptive(&mut self, n: usize) -> Option<Result<(), Raised>> {
        let at = self.sp - 1 - n;
        let (return_sp, named) = (at - 1, self.kwnames);
        let (at, n) = if self.stack[return_sp].is_some() { (return_sp, n + 1) } else { (at, n) };
        let callable = self.stack[at]?;
        if self.ty(callable) != FUNCTION {
            return if at == return_sp { self.call_native_method(callable, at, n) } else { self.call_plain_class(callable, n) };
        }
        if self.precalled || self.traced || self.lent_arguments || !self.waits(self.pc as usize - 1) {
            return None;
        }
        let n = n - named.and_then(|names| self.heap.tuple(names)).map_or(0, <[ObjRef]>::len);
        let depth = self.frames.len();
        self.kwnames = None;
        self.stack[at] = None;
        let result = self.call_function(callable, return_sp, at + 1, n, named);
        Some(result.map(|outcome| self.called(depth, outcome)))
    }

    /// The same of a method of a builtin type, for which there is no form: one that takes its arguments in a tuple, for the most
    /// part. The receiver is the first of the `n` arguments above it.
    #[inline]
    fn call_native_method(&mut self, method: ObjRef, at: usize, n: usize) -> Option<Result<(), Raised>> {
        let slot = self.heap.slot(method);
        let Body::Native(native) = &slot.body else { return None };
        let is_its_own = slot.ty == METHOD_DESCRIPTOR && self.stack[at + 1].map(|receiver| self.heap.ty(receiver)) == native.owner;
        if !is_its_own || self.kwnames.is_some() || self.precalled || self.traced || self.lent_arguments || !self.has_levels() {
            return None;
        }
        let (id, def) = (native.id, &self.natives[native.id.0 as usize]);
        let (func, levels, packs) = (def.func, def.levels, def.packs);
        if !(packs || def.direct.contains(&n)) || !self.waits(self.pc as usize - 1) {
            return None;
        }
        if packs {
            self.pass_packed(n - 1, false);
        }
        let depth = self.frames.len();
        self.native_depth += levels;
        let result = func(self, Args { start: at + 1, n, kwnames: None });
        self.native_depth -= levels;
        let outcome = self.end_native(at, depth, id, None, By::Instruction, result);
        Some(outcome.map(|outcome| self.called(depth, outcome)))
    }

    /// The function that the form of a CALL was found for, if that is what is called: the function, where it lies, and how many
    /// arguments there are with a method's object.
    #[inline(always)]
    fn expected_function(&self, n: usize) -> Option<(ObjRef, usize, usize)> {
        let at = self.sp - 1 - n;
        let (at, n) = if self.stack[at - 1].is_some() { (at - 1, n + 1) } else { (at, n) };
        let func = self.stack[at]?;
        let slot = self.heap.slot(func);
        let is_it = slot.ty == FUNCTION && slot.num as u32 == self.caches[self.pc as usize - 1].version;
        (is_it && !self.precalled && !self.traced).then_some((func, at, n))
    }

    /// CALL_PY_EXACT_ARGS: pushes the frame of the function that the form was found for, if nothing else is to be done.
    #[inline(never)]
    pub(in crate::vm) fn call_exactly(&mut self, n: usize) -> bool {
        let return_sp = self.sp - 2 - n;
        let Some((func, at, n)) = self.expected_function(n) else { return false };
        let level = self.level();
        let Some(frame) = self.plain_frame(func, at + 1, n, level) else { return false };
        self.stack[at] = None;
        self.enter_function(frame, Receive::Call, return_sp, level);
        true
    }

    /// CALL_PY_WITH_DEFAULTS: the same where the last arguments are missing, for which the function has defaults.
    #[inline(never)]
    pub(in crate::vm) fn call_with_defaults(&mut self, n: usize) -> bool {
        let return_sp = self.sp - 2 - n;
        let Some((func, at, n)) = self.expected_function(n).filter(|_| self.kwnames.is_none()) else { return false };
        let Body::Function(function) = &self.heap.slot(func).body else { return false };
        let Body::Code(code) = &self.heap.slot(function.code).body else { return false };
        let parameters = code.argcount as usize;
        let Some(defaults) = function.defaults.and_then(|defaults| self.heap.tuple(defaults)) else { return false };
        let Some(missing) = parameters.checked_sub(n).filter(|&missing| missing <= defaults.len()) else { return false };
        let level = self.level();
        let Some(frame) = self.plain_frame(func, at + 1, parameters, level) else { return false };
        for (place, &value) in self.stack[at + 1 + n..].iter_mut().zip(&defaults[defaults.len() - missing..]) {
            *place = Some(value);
        }
        for place in at + 1 + n..at + 1 + parameters {
            let value = self.stack[place];
            self.xincref(value);
        }
        self.stack[at] = None;
        self.enter_function(frame, Receive::Call, return_sp, level);
        true
    }

    /// The frame of a Python function that is called, at a level of recursion, with the `n` arguments from `stack[start]` on. `None`:
    /// more is to be done than to push it.
    #[inline(always)]
    pub(super) fn plain_frame(&self, func: ObjRef, start: usize, n: usize, level: u32) -> Option<PyFrame> {
        let Body::Function(function) = &self.heap.slot(func).body else { return None };
        let Body::Code(code) = &self.heap.slot(function.code).body else { return None };
        let room = start + (code.nlocalsplus + code.stacksize) as usize + 8;
        let is_exact = code.is_simple && code.argcount as usize == n;
        if !is_exact || level >= self.recursion_limit || self.heap.budget < 0 || room > self.stack.len() {
            return None;
        }
        let (base, func) = (start as u32, Some(func));
        let (globals, builtins, sp) = (function.globals, function.builtins, base + code.nlocalsplus);
        Some(PyFrame {
            code: function.code,
            func,
            globals,
            builtins,
            locals: None,
            pc: code.start,
            base,
            sp,
            object: None,
            generator: None,
        })
    }

    /// Pushes such a frame, called at that level. It takes over the reference to the function.
    #[inline(always)]
    pub(super) fn enter_function(&mut self, frame: PyFrame, receive: Receive, return_sp: usize, level: u32) {
        self.incref(frame.code);
        self.save_registers();
        (self.pc, self.sp, self.base) = (frame.pc, frame.sp as usize, frame.base as usize);
        // Nothing lies between what the caller keeps and the arguments, which are the function's own now.
        self.put_frame(frame, receive, return_sp as u32, return_sp as u32, level + 1);
    }

    /// The same of a class with plain instances, where no more is to be done than to make one and to push the frame of `__init__`.
    #[inline]
    fn call_plain_class(&mut self, class: ObjRef, n: usize) -> Option<Result<(), Raised>> {
        let (at, start) = (self.sp - 1 - n, self.sp);
        let init = self.plain_init(class)?;
        // One level for the call of the class, one for that of the function.
        let level = self.level() + 1;
        let frame = self.plain_frame(init, start, n + 1, level)?;
        let is_plain = self.kwnames.is_none() && !self.precalled && !self.traced && self.has_levels();
        if !is_plain || !self.waits(self.pc as usize - 1) {
            return None;
        }
        let args = self.packed_arguments(at + 1, n);
        let instance = self.new_instance(class);
        if self.heap.budget < 0 {
            self.native_depth += 1;
            let result = self.start_init(init, instance, args, at - 1);
            self.native_depth -= 1;
            return Some(result.map(|_| ()));
        }
        self.push_init_frame(instance, args, at - 1);
        self.heap.incref(instance);
        self.stack[start] = Some(instance);
        for index in 0..n {
            let argument = self.stack[at + 1 + index];
            self.xincref(argument);
            self.stack[start + 1 + index] = argument;
        }
        self.heap.incref(init);
        self.enter_function(frame, Receive::Push, start, level);
        Some(Ok(()))
    }
}
