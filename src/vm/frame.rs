//! The call stack: Python frames and native frames, and how a frame's result reaches the one below.
//!
//! A frame that ends gives a [`Signal`] to its caller. What the caller does with a value was decided when the frame was
//! pushed, by [`Receive`]: an ordinary call pushes it, `for` pushes it or leaves the loop, a native frame goes on with it.

use super::{
    Outcome, Raised, Res, Vm,
    async_step::AsyncStep,
    native_frame::Native,
    protocol::iterate::{OneItem, check::IteratorCheck},
};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, frame::PyFrame},
};

/// One level of the call stack.
#[derive(Clone)]
pub struct Frame {
    pub kind: FrameKind,
    /// What the frame below does with the result.
    pub receive: Receive,
    /// The stack pointer of the frame below, once this frame and its arguments are gone.
    pub return_sp: u32,
    /// Callable and arguments that it has not taken over lie between `return_sp` and here.
    pub top: u32,
    /// Levels of recursion, as CPython counts them, up to and with this frame: see [`Vm::level`].
    pub level: u32,
}

impl Frame {
    /// A Python frame whose fields are still to be set.
    pub(super) const BLANK: Frame = Frame {
        kind: FrameKind::Python(PyFrame {
            code: NONE,
            func: None,
            globals: NONE,
            builtins: NONE,
            locals: None,
            pc: 0,
            base: 0,
            sp: 0,
            object: None,
            generator: None,
        }),
        receive: Receive::Push,
        return_sp: 0,
        top: 0,
        level: 0,
    };
}

#[derive(Clone)]
pub enum FrameKind {
    Python(PyFrame),
    Native(NativeState),
}

/// The state of native code that waits for Python code.
#[derive(Clone)]
pub enum NativeState {
    /// It is being resumed at this moment.
    Active,
    /// `C(…)`: `__init__` runs; then the new instance is the result. With the tuple of arguments that CPython's
    /// `type.__call__` makes. The commonest one, so without a box.
    Init {
        instance: ObjRef,
        args: ObjRef,
    },
    /// The next item of a `map` or `filter`: as common, so without a box too.
    Item(OneItem),
    /// A step of an async generator: one an item.
    Step(AsyncStep),
    /// The `__iter__` of a class.
    Iterator(IteratorCheck),
    Waiting(Box<dyn Native>),
}

impl NativeState {
    /// The native code that waits, unless it runs or is a call of a class.
    pub fn waiting(&self) -> Option<&dyn Native> {
        match self {
            NativeState::Active | NativeState::Init { .. } => None,
            NativeState::Item(item) => Some(item),
            NativeState::Step(step) => Some(step),
            NativeState::Iterator(check) => Some(check),
            NativeState::Waiting(native) => Some(&**native),
        }
    }
}

/// What the frame below does with a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receive {
    /// Push it on the value stack, or resume the native code with it.
    Push,
    /// The same, for a Python function that CALL called: while it runs, CPython's frame points at the last inline cache.
    Call,
    /// Drop it.
    Discard,
    /// `FOR_ITER`: push a value; leave the loop when the iterator is finished.
    ForIter,
    /// `SEND`: push a value that was yielded; when finished, replace the receiver by the result and jump.
    Send,
    /// Native code asked an iterator for its next item: the end of the iteration is no exception.
    Next,
    /// A conditional jump asked for a truth value: jump or not. See [`super::exec::jumps`].
    Branch,
    /// `UNARY_NOT` and `not in`: push the opposite.
    Not,
    /// `UNPACK_SEQUENCE`: spread the items of a tuple on the stack.
    Unpack,
    /// `CALL_FUNCTION_EX`: make the call with the items of a tuple.
    Spread,
    /// A trace function was told of something: go on as [`super::tracing`] noted.
    Traced,
    /// End this run of the loop.
    Exit,
}

/// How a frame ended.
#[derive(Debug)]
pub enum Signal {
    /// It returned or yielded a value (owned).
    Value(ObjRef),
    /// A generator's body returned a value (owned), or an iterator is exhausted.
    Finished(ObjRef),
    Raised(Raised),
}

impl Vm {
    /// Stores the registers in the running Python frame, before another one is pushed.
    #[inline(always)]
    pub fn save_registers(&mut self) {
        if let Some(Frame { kind: FrameKind::Python(frame), .. }) = self.frames.last_mut() {
            frame.pc = self.pc;
            frame.sp = self.sp as u32;
        }
    }

    /// Takes up the registers of the frame that is on top now.
    pub fn reload_registers(&mut self) {
        self.load_registers();
    }

    #[inline(always)]
    pub(super) fn load_registers(&mut self) {
        if let Some(Frame { kind: FrameKind::Python(frame), .. }) = self.frames.last() {
            self.pc = frame.pc;
            self.base = frame.base as usize;
        }
    }

    /// Pushes a Python frame, whose locals are in place at `frame.base`, and makes it the running one.
    #[inline]
    pub fn push_frame(&mut self, frame: PyFrame, return_sp: usize) {
        self.save_registers();
        self.pc = frame.pc;
        self.sp = frame.sp as usize;
        self.base = frame.base as usize;
        let (top, level) = (frame.base, self.level() + 1);
        self.put_frame(frame, Receive::Push, return_sp as u32, top, level);
    }

    /// Puts a Python frame on the call stack, a field at a time: a copy of the whole would wait for what was just written.
    #[inline(always)]
    pub(super) fn put_frame(&mut self, frame: PyFrame, receive: Receive, return_sp: u32, top: u32, level: u32) {
        let place = self.frames.next();
        (place.receive, place.return_sp, place.top, place.level) = (receive, return_sp, top, level);
        match &mut place.kind {
            FrameKind::Python(python) => {
                let PyFrame { code, func, globals, builtins, locals, pc, base, sp, object, generator } = frame;
                (python.code, python.func, python.globals, python.builtins) = (code, func, globals, builtins);
                (python.locals, python.object, python.generator) = (locals, object, generator);
                (python.pc, python.base, python.sp) = (pc, base, sp);
            }
            kind => *kind = FrameKind::Python(frame),
        }
    }

    /// The running Python frame.
    #[inline(always)]
    pub fn frame(&self) -> &PyFrame {
        match &self.frames.last().expect("a running frame").kind {
            FrameKind::Python(frame) => frame,
            FrameKind::Native(_) => panic!("a native frame runs no bytecode"),
        }
    }

    #[inline(always)]
    pub fn frame_mut(&mut self) -> &mut PyFrame {
        match &mut self.frames.last_mut().expect("a running frame").kind {
            FrameKind::Python(frame) => frame,
            FrameKind::Native(_) => panic!("a native frame runs no bytecode"),
        }
    }

    /// The innermost Python frame and its depth.
    pub fn top_python_frame(&self) -> Option<(usize, &PyFrame)> {
        self.frames.iter().enumerate().rev().find_map(|(depth, frame)| match &frame.kind {
            FrameKind::Python(frame) => Some((depth, frame)),
            FrameKind::Native(_) => None,
        })
    }

    pub fn python_frame(&self, depth: usize) -> Option<&PyFrame> {
        match &self.frames.get(depth)?.kind {
            FrameKind::Python(frame) => Some(frame),
            FrameKind::Native(_) => None,
        }
    }

    /// The next instruction of the Python frame at `depth`: an absolute unit.
    pub fn frame_pc(&self, depth: usize) -> u32 {
        if depth + 1 == self.frames.len() { self.pc } else { self.python_frame(depth).map_or(0, |frame| frame.pc) }
    }

    /// The stack pointer of the Python frame at `depth`. One that has called a Python function has handed callable and arguments
    /// over to it: they lie on its stack no more.
    pub fn frame_sp(&self, depth: usize) -> usize {
        let Some(above) = self.frames.get(depth + 1) else { return self.sp };
        let sp = self.python_frame(depth).map_or(0, |frame| frame.sp as usize);
        let return_sp = above.return_sp as usize;
        match &above.kind {
            FrameKind::Python(callee) if self.stack[return_sp.min(sp)..sp.min(callee.base as usize)].iter().all(Option::is_none) => {
                sp.min(return_sp)
            }
            _ => sp,
        }
    }

    /// Sets how the frame pushed at `depth` hands over its result.
    #[inline(always)]
    pub fn receive(&mut self, depth: usize, receive: Receive) {
        self.frames[depth].receive = receive;
    }

    /// Turns an outcome into `Pushed` frames with this way of receiving, or gives the value that is ready.
    pub fn receiving<T>(&mut self, depth: usize, outcome: Outcome<T>, receive: Receive) -> Option<T> {
        match outcome {
            Outcome::Done(value) => Some(value),
            Outcome::Pushed => {
                self.receive(depth, receive);
                None
            }
        }
    }

    /// What CALL gets: the value that is ready, or the frame of a Python function that was pushed at `depth`.
    #[inline(always)]
    pub(super) fn called(&mut self, depth: usize, outcome: Outcome<ObjRef>) {
        match outcome {
            Outcome::Done(value) => self.push(value),
            Outcome::Pushed => {
                let frame = &mut self.frames[depth];
                if matches!(frame.kind, FrameKind::Python(_)) {
                    frame.receive = Receive::Call;
                }
            }
        }
    }

    /// Runs native code that may have to wait for Python code: until it first does, it is not seen as a frame.
    pub fn start_native(&mut self, mut state: impl Native) -> Res {
        self.save_registers();
        let depth = self.frames.len();
        let return_sp = self.sp as u32;
        let level = self.level();
        let place = self.frames.next();
        (place.receive, place.return_sp, place.top, place.level) = (Receive::Push, return_sp, return_sp, level);
        place.kind = FrameKind::Native(NativeState::Active);
        let outer = std::mem::take(&mut self.native_depth);
        let result = state.resume(self, super::native_frame::Input::Start);
        self.native_depth = outer;
        match result {
            Ok(Outcome::Pushed) => {
                self.wait(depth, || state.into_state());
                Ok(Outcome::Pushed)
            }
            result => {
                state.release(self);
                self.frames.truncate(depth);
                self.sp = return_sp as usize;
                self.load_registers();
                result
            }
        }
    }

    /// Native code in its frame at `depth` waits from now on. Its state is made where it goes: a copy would have to wait for its
    /// parts.
    #[inline(always)]
    fn wait(&mut self, depth: usize, state: impl FnOnce() -> NativeState) {
        if let FrameKind::Native(place) = &mut self.frames[depth].kind {
            *place = state();
        }
    }

    /// Pushes the frame that waits for `__init__`, with the instance and the tuple of arguments (both owned).
    pub fn push_init_frame(&mut self, instance: ObjRef, args: ObjRef, return_sp: usize) {
        self.save_registers();
        // The level of the call is in `native_depth` still.
        let level = self.frames.last().map_or(0, |frame| frame.level);
        let top = self.sp as u32;
        let place = self.frames.next();
        (place.receive, place.return_sp, place.top, place.level) = (Receive::Push, return_sp as u32, top, level);
        place.kind = FrameKind::Native(NativeState::Init { instance, args });
    }

    /// Gives up the values in a stretch of the stack and makes its start the top.
    #[inline(always)]
    pub fn drop_stack(&mut self, from: usize, to: usize) {
        let mut next = from;
        while let Some((index, dead)) = self.heap.decref_until_dead(self.stack.get_mut(next..to).unwrap_or_default()) {
            self.discard(dead);
            next += index + 1;
        }
        self.sp = from;
    }

    /// The byte offset of the instruction before `pc`.
    pub fn lasti_of(&self, code: ObjRef, pc: u32) -> i32 {
        match self.heap.body(code) {
            Body::Code(code) if pc > code.start => code.offset_of(pc - 1) as i32,
            _ => -1,
        }
    }

    /// Hands a finished frame's signal to the frame below, and on, until some Python frame can run.
    pub fn deliver(&mut self, mut receive: Receive, mut signal: Signal) {
        loop {
            if self.frames.len() == self.floor || receive == Receive::Exit {
                self.result = Some(match signal {
                    Signal::Value(value) => Ok(value),
                    Signal::Finished(value) => Err(self.stop_iteration(value)),
                    Signal::Raised(raised) => Err(raised),
                });
                self.attention = true;
                return;
            }
            if let (Receive::Next | Receive::ForIter, Signal::Raised(raised)) = (receive, &signal)
                && self.exception_matches(raised.0, STOP_ITERATION)
            {
                if receive == Receive::ForIter && self.wants_exceptions() && self.python_frame(self.frames.len() - 1).is_some() {
                    let Signal::Raised(raised) = signal else { unreachable!("looked at above") };
                    match self.trace_exhausted(raised) {
                        None => return,
                        Some((r, s)) => (receive, signal) = (r, s),
                    }
                    continue;
                }
                self.decref(raised.0);
                signal = Signal::Finished(NONE);
                self.incref(NONE);
            }
            let depth = self.frames.len() - 1;
            if let FrameKind::Native(state) = &mut self.frames[depth].kind {
                let state = std::mem::replace(state, NativeState::Active);
                match self.resume_native(depth, receive, state, signal) {
                    None => return,
                    Some((r, s)) => (receive, signal) = (r, s),
                }
            } else {
                match self.receive_in_python(receive, signal) {
                    None => return,
                    Some((r, s)) => (receive, signal) = (r, s),
                }
            }
        }
    }

    /// If `__init__` of a plain instance has just returned None: pops the frame that waited for it, and gives the instance.
    #[inline]
    pub(super) fn finish_init(&mut self) -> Option<(Receive, ObjRef)> {
        let Some(&Frame { kind: FrameKind::Native(NativeState::Init { instance, args }), receive, return_sp, top, .. }) =
            self.frames.last().filter(|_| self.frames.len() > self.floor)
        else {
            return None;
        };
        self.pop_init(args, return_sp, top);
        Some((receive, instance))
    }

    /// Goes on with native code. Returns its own signal if it ended.
    fn resume_native(&mut self, depth: usize, receive: Receive, state: NativeState, signal: Signal) -> Option<(Receive, Signal)> {
        let result = match state {
            NativeState::Active => panic!("native code is resumed while it runs"),
            NativeState::Init { instance, args } => {
                self.decref(args);
                match signal {
                    Signal::Value(NONE) => {
                        self.decref(NONE);
                        Ok(Outcome::Done(instance))
                    }
                    Signal::Value(other) | Signal::Finished(other) => {
                        let name = self.type_name(other);
                        let raised = self.type_error(format!("__init__() should return None, not '{name}'"));
                        self.decref(other);
                        self.decref(instance);
                        Err(raised)
                    }
                    Signal::Raised(raised) => {
                        self.decref(instance);
                        Err(raised)
                    }
                }
            }
            NativeState::Item(mut item) => {
                let result = self.go_on_with(&mut item, receive, signal);
                if let Ok(Outcome::Pushed) = result {
                    self.wait(depth, || NativeState::Item(item));
                    return None;
                }
                item.release(self);
                result
            }
            // It waits once only.
            NativeState::Iterator(mut check) => self.go_on_with(&mut check, receive, signal),
            NativeState::Step(mut step) => {
                let result = match signal {
                    Signal::Finished(value) => {
                        self.decref(value);
                        step.returned(self)
                    }
                    signal => self.go_on_with(&mut step, receive, signal),
                };
                if let Ok(Outcome::Pushed) = result {
                    self.wait(depth, || NativeState::Step(step));
                    return None;
                }
                step.release(self);
                result
            }
            NativeState::Waiting(mut native) => {
                let result = self.go_on_with(&mut *native, receive, signal);
                if let Ok(Outcome::Pushed) = result {
                    self.wait(depth, || NativeState::Waiting(native));
                    return None;
                }
                native.release(self);
                result
            }
        };
        debug_assert_eq!(self.frames.len(), depth + 1, "native code leaves no frames behind");
        if let Err(raised) = &result {
            self.tell_attribute_of_caller(raised);
        }
        let &Frame { receive, return_sp, top, .. } = &self.frames[depth];
        self.frames.drop_last();
        self.drop_stack(return_sp as usize, top as usize);
        self.load_registers();
        Some((
            receive,
            match result {
                Ok(Outcome::Done(value)) => Signal::Value(value),
                Err(raised) if receive == Receive::Next && self.exception_matches(raised.0, STOP_ITERATION) => {
                    self.decref(raised.0);
                    self.incref(NONE);
                    Signal::Finished(NONE)
                }
                Err(raised) => Signal::Raised(raised),
                Ok(Outcome::Pushed) => unreachable!("handled above"),
            },
        ))
    }

    /// Hands a signal to native code that waited for it.
    #[inline]
    fn go_on_with<N: Native + ?Sized>(&mut self, native: &mut N, receive: Receive, signal: Signal) -> Res {
        use super::native_frame::Input;
        let raised = match signal {
            Signal::Value(value) => return native.resume(self, Input::Value(value)),
            Signal::Finished(value) if receive == Receive::Next => {
                self.decref(value);
                return native.resume(self, Input::Exhausted);
            }
            Signal::Finished(value) => self.stop_iteration(value),
            Signal::Raised(raised) => raised,
        };
        native.raised(self, raised)
    }

    /// The running Python frame gets a signal. Returns the frame's own signal if that ended it.
    fn receive_in_python(&mut self, receive: Receive, signal: Signal) -> Option<(Receive, Signal)> {
        if receive == Receive::Traced {
            if let Signal::Value(value) | Signal::Finished(value) = signal {
                self.decref(value);
            }
            return self.after_report();
        }
        let value = match signal {
            Signal::Value(value) => value,
            Signal::Finished(value) => match receive {
                Receive::ForIter if value != NONE && self.wants_exceptions() => {
                    let raised = self.stop_iteration(value);
                    return self.trace_exhausted(raised);
                }
                Receive::ForIter => {
                    self.decref(value);
                    super::exec::jumps::for_iter_exhausted(self);
                    return None;
                }
                Receive::Send if self.wants_exceptions() && (value != NONE || self.ty(self.peek(1)) == COROUTINE) => {
                    return self.trace_returned(value);
                }
                Receive::Send => {
                    super::exec::generators::send_finished(self, value);
                    return None;
                }
                _ => {
                    let raised = self.stop_iteration(value);
                    return self.unwind_step(raised);
                }
            },
            Signal::Raised(raised) => {
                if receive == Receive::Send && self.exception_matches(raised.0, STOP_ITERATION) {
                    let value = self.stop_iteration_value(raised);
                    if self.wants_exceptions() {
                        return self.trace_returned(value);
                    }
                    super::exec::generators::send_finished(self, value);
                    return None;
                }
                if receive == Receive::Call {
                    let code = self.frame().code;
                    let caches = crate::bytecode::opcode::Op::CALL.caches() as i32;
                    self.failed_at = Some((self.lasti_of(code, self.pc) + 2 * caches) as u32);
                }
                return self.unwind_step(raised);
            }
        };
        match receive {
            Receive::Discard => self.decref(value),
            Receive::Branch => {
                super::exec::jumps::branch(self, value == TRUE);
                self.decref(value);
            }
            Receive::Unpack => super::exec::build::spread_items(self, value),
            Receive::Spread => {
                if let Err(raised) = super::exec::calls::spread_arrived(self, value) {
                    return self.unwind_step(raised);
                }
            }
            Receive::Not => {
                self.decref(value);
                let inverted = self.new_bool(value != TRUE);
                self.push(inverted);
            }
            _ => self.push(value),
        }
        None
    }

    /// `StopIteration(value)`, without argument for None; takes over the value.
    pub fn stop_iteration(&mut self, value: ObjRef) -> Raised {
        if value == NONE {
            self.decref(value);
            let args = self.own(EMPTY_TUPLE);
            return self.raise_args(STOP_ITERATION, args);
        }
        self.raise_object(STOP_ITERATION, value)
    }

    /// The value a StopIteration carries, owned; gives up the exception.
    pub fn stop_iteration_value(&mut self, raised: Raised) -> ObjRef {
        let value = self.heap.exception(raised.0).and_then(|exception| exception.fields.first().copied().flatten()).unwrap_or(NONE);
        self.incref(value);
        self.decref(raised.0);
        value
    }
}
