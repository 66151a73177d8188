//! Generators and coroutines: a frame leaves the call stack at `yield` and comes back with `next`, `send`, `throw`.
//!
//! ```text
//!   def g(): yield 1      RETURN_GENERATOR puts the frame into an object; next(g) pushes it again; YIELD_VALUE takes it off
//! ```
//!
//! Counterpart in CPython 3.11: `Objects/genobject.c`.

use super::{Flow, Unit};
use crate::{
    bytecode::{
        code::{CO_ASYNC_GENERATOR, CO_COROUTINE, CO_ITERABLE_COROUTINE},
        opcode::Op,
    },
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        frame::{FrameState, PyFrame},
        generator::{Generator, GeneratorState, Suspended},
    },
    vm::{
        Outcome, Raised, Res, Vm, async_step,
        frame::{Frame, FrameKind, NativeState, Receive, Signal},
        native_frame::{Input, Native},
        protocol::attribute::Method,
    },
};

/// `RETURN_GENERATOR`: the frame becomes a generator, which is the result of the call
pub(super) fn return_generator(vm: &mut Vm, _unit: Unit) -> Flow {
    let frame = *vm.frame();
    let func = frame.func.expect("a generator function");
    let Body::Code(record) = vm.heap.body(frame.code) else { panic!("a code object") };
    let (flags, room) = (record.flags, record.nlocalsplus + record.stacksize + 1);
    let Body::Function(function) = vm.heap.body(func) else { panic!("a function") };
    let (code, name, qualname) = (frame.code, function.name, function.qualname);
    for object in [code, name, qualname] {
        vm.incref(object);
    }
    let ty = if flags & CO_COROUTINE != 0 {
        COROUTINE
    } else if flags & CO_ASYNC_GENERATOR != 0 {
        ASYNC_GENERATOR
    } else {
        GENERATOR
    };
    let origin_or_finalizer = if ty == COROUTINE { vm.coroutine_origin() } else { None };
    let (state, slots) = (GeneratorState::Running, Vec::new());
    let generator = vm.spare.generator(Generator { code, name, qualname, state, frame, slots, room, handled: None, origin_or_finalizer });
    let object = vm.alloc_tracked(ty, 0, Body::Generator(generator));
    vm.frame_mut().generator = Some(object);
    let receive = suspend(vm, object, false);
    if vm.is_pushed(receive) {
        vm.push(object);
    } else {
        vm.deliver(receive, Signal::Value(object));
    }
    Ok(())
}

/// Takes the running frame off the call stack and into its generator. Returns how its value is received.
#[inline(always)]
fn suspend(vm: &mut Vm, generator: ObjRef, started: bool) -> Receive {
    let Some(&Frame { kind: FrameKind::Python(ref python), receive, return_sp, top, .. }) = vm.frames.last() else {
        panic!("a generator's frame")
    };
    let (base, sp, object, locals) = (python.base as usize, vm.sp, python.object, python.locals);
    let Body::Generator(record) = &mut vm.heap.slot_mut(generator).body else { panic!("a generator") };
    let record = &mut **record;
    if started {
        // The rest is as it was.
        (record.frame.pc, record.frame.sp) = (vm.pc, sp as u32);
        (record.frame.object, record.frame.locals) = (object, locals);
    } else {
        record.frame = PyFrame { pc: vm.pc, sp: sp as u32, ..*python };
    }
    record.state = GeneratorState::Suspended { started };
    // One at a time: there are few, and two calls to copy and to clear them would take longer.
    record.slots.extend(vm.stack[base..sp].iter_mut().map(Option::take));
    if started {
        record.handled = vm.handled.pop().flatten();
    }
    vm.frames.drop_last();
    if let Some(object) = object {
        suspend_object(vm, object, generator);
    }
    vm.drop_stack(return_sp as usize, top as usize);
    vm.load_registers();
    receive
}

/// The frame object of a frame that is suspended.
#[cold]
fn suspend_object(vm: &mut Vm, object: ObjRef, generator: ObjRef) {
    let Body::Generator(record) = vm.heap.body(generator) else { panic!("a generator") };
    let lasti = vm.lasti_of(record.frame.code, record.frame.pc);
    if let Body::Frame(record) = vm.heap.body_mut(object) {
        record.state = FrameState::Suspended(generator);
        record.lasti = lasti;
    }
}

/// `YIELD_VALUE`: `[… value] →` suspended; the value goes to who asked; `→ [… sent]` when resumed
#[inline(never)]
pub(super) fn yield_value(vm: &mut Vm) {
    let value = vm.pop();
    if vm.feed(value) {
        return;
    }
    let generator = vm.frame().generator.expect("a generator's frame");
    let receive = suspend(vm, generator, true);
    if matches!(receive, Receive::ForIter | Receive::Send) && vm.frames.len() > vm.floor {
        vm.push(value); // only FOR_ITER and SEND receive so, and they run in a Python frame
    } else {
        vm.deliver(receive, Signal::Value(value));
    }
}

impl Vm {
    /// FOR_ITER and SEND go on with a generator, whose `yield` gives None. False: it cannot be, and nothing has been done.
    #[inline(never)]
    pub(super) fn continue_generator(&mut self, generator: ObjRef, receive: Receive, return_sp: usize) -> bool {
        let is_pushed = self.try_push_generator(generator, receive, return_sp);
        if is_pushed {
            self.give(NONE);
        }
        is_pushed
    }

    /// What the running generator yields is taken by the native code below that iterates it, and it goes on: `sum(x for x in y)`.
    #[inline(always)]
    fn feed(&mut self, value: ObjRef) -> bool {
        let depth = self.frames.len() - 1;
        if self.frames[depth].receive != Receive::Next || depth <= self.floor || self.wants_returns() {
            return false;
        }
        let FrameKind::Native(state @ NativeState::Waiting(_)) = &mut self.frames[depth - 1].kind else { return false };
        let mut waiting = std::mem::replace(state, NativeState::Active);
        let NativeState::Waiting(native) = &mut waiting else { return false };
        let takes = native.take(self, value);
        self.frames[depth - 1].kind = FrameKind::Native(waiting);
        if takes {
            self.give(NONE);
        }
        takes
    }

    /// Pushes a suspended generator's frame, with the value (borrowed) that its `yield` gives.
    pub fn resume_generator(&mut self, generator: ObjRef, value: ObjRef) -> Result<(), Raised> {
        self.push_generator(generator)?;
        self.give(value);
        Ok(())
    }

    /// The `yield` at which the running body waited gives a value. A fresh body drops it in its first POP_TOP. Where nobody looks
    /// in between, RESUME and the POP_TOP of a None are done at once.
    #[inline(always)]
    fn give(&mut self, value: ObjRef) {
        let pc = self.pc as usize;
        if value == NONE
            && self.countdown >= self.longest
            && let Some([Unit { op: Op::RESUME_QUICK, .. }, Unit { op: Op::POP_TOP, .. }]) = self.units.get(pc..pc + 2)
        {
            self.pc += 2;
            self.countdown -= 2;
            return;
        }
        self.incref(value);
        self.push(value);
    }

    /// Pushes a suspended generator's frame and raises in it.
    fn throw_into(&mut self, generator: ObjRef, raised: Raised) -> Res {
        let depth = self.frames.len();
        if let Err(error) = self.push_generator(generator) {
            self.decref(raised.0);
            return Err(error);
        }
        // The exception is raised by the instruction at which the body waits, which may be handling another one. What the caller
        // handles is not its context.
        if self.handled.last().is_some_and(Option::is_some) {
            self.set_context(raised.0);
        }
        let left = if self.wants_returns() { self.trace_throw(raised) } else { self.unwind_step(raised) };
        match left {
            None => Ok(Outcome::Pushed),
            Some((_, Signal::Raised(raised))) => {
                debug_assert_eq!(self.frames.len(), depth, "the generator's frame is gone");
                Err(raised)
            }
            Some(_) => unreachable!("unwinding ends with an exception"),
        }
    }

    #[inline]
    fn push_generator(&mut self, generator: ObjRef) -> Result<(), Raised> {
        if self.try_push_generator(generator, Receive::Push, self.sp) { Ok(()) } else { Err(self.not_resumed(generator)) }
    }

    #[inline(always)]
    fn try_push_generator(&mut self, generator: ObjRef, receive: Receive, return_sp: usize) -> bool {
        let (base, level, depth) = (self.sp, self.level(), self.frames.len() as u32);
        let Body::Generator(record) = &mut self.heap.slot_mut(generator).body else { panic!("a generator") };
        let record = &mut **record;
        if !matches!(record.state, GeneratorState::Suspended { .. }) || level >= self.recursion_limit {
            return false;
        }
        record.state = GeneratorState::Running;
        let (sp, room) = (base + record.slots.len(), record.room as usize);
        if base + room + 8 > self.stack.len() {
            self.stack.resize((base + room + 8).next_power_of_two(), None);
        }
        for (place, value) in self.stack[base..sp].iter_mut().zip(&mut record.slots) {
            *place = value.take();
        }
        record.slots.clear();
        self.handled.push(record.handled.take());
        let frame = PyFrame { base: base as u32, sp: sp as u32, ..record.frame };
        self.save_registers();
        self.pc = frame.pc;
        self.sp = sp;
        self.base = base;
        self.put_frame(frame, receive, return_sp as u32, base as u32, level + 1);
        if let Some(object) = frame.object
            && let Body::Frame(record) = self.heap.body_mut(object)
        {
            record.state = FrameState::Live(depth);
        }
        true
    }

    /// Why a generator cannot be resumed.
    #[cold]
    #[inline(never)]
    fn not_resumed(&mut self, generator: ObjRef) -> Raised {
        let kind = match self.ty(generator) {
            COROUTINE => "coroutine",
            ASYNC_GENERATOR => "async generator",
            _ => "generator",
        };
        let Body::Generator(record) = self.heap.body(generator) else { panic!("a generator") };
        match record.state {
            GeneratorState::Running => self.value_error(format!("{kind} already executing")),
            GeneratorState::Finished if kind == "coroutine" => self.raise(RUNTIME_ERROR, "cannot reuse already awaited coroutine"),
            GeneratorState::Finished => {
                let args = self.own(EMPTY_TUPLE);
                self.raise_args(STOP_ITERATION, args)
            }
            GeneratorState::Suspended { .. } => self.raise(RECURSION_ERROR, "maximum recursion depth exceeded"),
        }
    }

    /// Whether a generator's body has not begun to run.
    pub fn generator_is_fresh(&self, generator: ObjRef) -> bool {
        matches!(self.heap.body(generator), Body::Generator(g) if matches!(g.state, GeneratorState::Suspended { started: false, .. }))
    }

    fn generator_is_finished(&self, generator: ObjRef) -> bool {
        matches!(self.heap.body(generator), Body::Generator(g) if matches!(g.state, GeneratorState::Finished))
    }

    /// What a suspended generator delegates to (`yield from x`, `await x`), borrowed.
    pub fn delegate(&self, generator: ObjRef) -> Option<ObjRef> {
        let Body::Generator(record) = self.heap.body(generator) else { return None };
        let Some(Suspended { frame, slots, started: true }) = record.suspended() else { return None };
        // Suspended at a YIELD_VALUE that a RESUME 2 or 3 follows: it forwards what its delegate yielded.
        let next = self.unit_at(frame.pc as usize);
        let forwards = next.op == Op::RESUME && next.arg & 3 >= 2;
        if forwards { slots.last().copied().flatten() } else { None }
    }

    /// `generator.send(value)`: the value is borrowed.
    pub fn generator_send(&mut self, generator: ObjRef, value: ObjRef) -> Res {
        if value != NONE && self.generator_is_fresh(generator) {
            let kind = match self.ty(generator) {
                COROUTINE => "coroutine",
                ASYNC_GENERATOR => "async generator",
                _ => "generator",
            };
            return Err(self.type_error(format!("can't send non-None value to a just-started {kind}")));
        }
        self.resume_generator(generator, value)?;
        Ok(Outcome::Pushed)
    }

    /// `generator.throw(exc)`: the exception is owned.
    pub fn generator_throw(&mut self, generator: ObjRef, exception: ObjRef) -> Res {
        self.incref(generator);
        self.start_native(Throw {
            generator,
            exception: Some(exception),
            stage: ThrowStage::Inside,
            refused: false,
            given: vec![exception],
        })
    }

    /// `generator.throw(*given)`, which asks for `exception` (owned). As in CPython it is only where nothing more is delegated that
    /// somebody looks at what is thrown: if it is no exception, the generators on the way there take that error for one of
    /// their delegate.
    pub fn generator_throw_given(&mut self, generator: ObjRef, exception: Result<ObjRef, Raised>, given: &[ObjRef]) -> Res {
        self.incref(generator);
        let (exception, refused) = match exception {
            Ok(exception) => (exception, false),
            Err(raised) => (raised.0, true),
        };
        self.start_native(Throw { generator, exception: Some(exception), stage: ThrowStage::Inside, refused, given: given.to_vec() })
    }

    /// `generator.close()`.
    pub fn close_generator(&mut self, generator: ObjRef) -> Res {
        if self.generator_is_finished(generator) {
            return Ok(Outcome::Done(self.none()));
        }
        if self.generator_is_fresh(generator) && !self.wants_returns() {
            self.end_suspended(generator);
            return Ok(Outcome::Done(self.none()));
        }
        self.incref(generator);
        self.start_native(Close { generator, stage: 0 })
    }

    /// A generator is closed that has nothing to be told of its end for: its frame goes. Counterpart: what `_PyGen_Finalize` comes to.
    pub(in crate::vm) fn end_suspended(&mut self, generator: ObjRef) {
        let Body::Generator(record) = self.heap.body_mut(generator) else { return };
        let Some((frame, slots)) = record.take_suspended() else { return };
        if let Some(object) = frame.object {
            // A frame object that is still held takes the variables over.
            if self.heap.refcount(object) > 1
                && let Body::Frame(record) = self.heap.body_mut(object)
            {
                record.state = FrameState::Ended { func: frame.func, locals: frame.locals, slots };
                self.heap.collector.track(object);
                self.decref(object);
                return;
            }
            self.decref(object);
        }
        self.decref_all(slots.into_iter().flatten());
        self.xdecref(frame.locals);
        self.xdecref(frame.func);
        self.decref(frame.code);
    }
}

/// `throw`: first into what the generator delegates to, then into the generator itself.
#[derive(Clone)]
struct Throw {
    generator: ObjRef,
    exception: Option<ObjRef>,
    stage: ThrowStage,
    /// What was to be thrown is no exception: this one says so.
    refused: bool,
    /// What was given to throw; borrowed from the call until the first delegate has it.
    given: Vec<ObjRef>,
}

#[derive(Clone, Copy, PartialEq)]
enum ThrowStage {
    /// Nothing is delegated: what comes is the generator's own.
    Inside,
    /// The delegate got the exception.
    Delegated,
    /// The delegate is being closed.
    Closing,
}

impl Throw {
    fn raise_in_generator(&mut self, vm: &mut Vm) -> Res {
        self.stage = ThrowStage::Inside;
        let exception = self.exception.take().expect("an exception to throw");
        if vm.generator_is_finished(self.generator) {
            if vm.ty(self.generator) == COROUTINE {
                vm.decref(exception);
                return Err(vm.raise(RUNTIME_ERROR, "cannot reuse already awaited coroutine"));
            }
            return Err(Raised(exception));
        }
        vm.throw_into(self.generator, Raised(exception))
    }
}

impl Native for Throw {
    fn name(&self) -> &'static str {
        "throw"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        match input {
            Input::Value(value) if self.stage == ThrowStage::Closing => {
                vm.decref(value);
                return self.raise_in_generator(vm);
            }
            // The delegate yielded: so does this generator. (Its own frame stays suspended.)
            Input::Value(value) => return Ok(Outcome::Done(value)),
            Input::Exhausted => return Ok(Outcome::Done(vm.none())),
            Input::Start => {}
        }
        let exception = self.exception.expect("an exception to throw");
        let is_generator = |vm: &Vm, delegate| matches!(vm.ty(delegate), GENERATOR | COROUTINE);
        let delegate = vm.delegate(self.generator);
        let Some(delegate) = delegate else {
            if self.refused {
                self.exception = None;
                return Err(Raised(exception));
            }
            return self.raise_in_generator(vm);
        };
        let is_generator = is_generator(vm, delegate);
        let given = std::mem::take(&mut self.given);
        let result = if !self.refused && vm.exception_matches(exception, GENERATOR_EXIT) {
            // Closing: the delegate is closed, then GeneratorExit goes into this generator.
            self.stage = ThrowStage::Closing;
            let result = if is_generator { Some(vm.close_generator(delegate)) } else { vm.call_attribute(delegate, vm.names.close, &[]) };
            match result {
                None => return self.raise_in_generator(vm),
                Some(Ok(Outcome::Done(value))) => {
                    vm.decref(value);
                    return self.raise_in_generator(vm);
                }
                Some(other) => other,
            }
        } else if is_generator {
            self.stage = ThrowStage::Delegated;
            self.exception = None;
            let exception = if self.refused { Err(Raised(exception)) } else { Ok(exception) };
            vm.generator_throw_given(delegate, exception, &given)
        } else {
            self.stage = ThrowStage::Delegated;
            match vm.call_attribute(delegate, vm.names.throw, &given) {
                None if self.refused => {
                    self.exception = None;
                    self.stage = ThrowStage::Inside;
                    return Err(Raised(exception));
                }
                None => return self.raise_in_generator(vm),
                Some(result) => result,
            }
        };
        match result {
            Err(raised) => self.raised(vm, raised),
            other => other,
        }
    }

    /// The delegate ended, by return or by exception: the generator goes on with that.
    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        let stage = std::mem::replace(&mut self.stage, ThrowStage::Inside);
        if stage == ThrowStage::Inside {
            return Err(raised);
        }
        if let Some(exception) = self.exception.take() {
            vm.decref(exception);
        }
        if stage == ThrowStage::Delegated && vm.exception_matches(raised.0, STOP_ITERATION) {
            let value = vm.stop_iteration_value(raised);
            // The frame waits at `YIELD_VALUE` between SEND and its jump back.
            let Body::Generator(record) = vm.heap.body(self.generator) else { panic!("a generator") };
            let mut at = record.suspended().map_or(0, |suspended| suspended.frame.pc as usize);
            while at > 0 && vm.unit_at(at).op != Op::SEND {
                at -= 1;
            }
            let behind = vm.units[at].arg;
            let Body::Generator(record) = vm.heap.body_mut(self.generator) else { panic!("a generator") };
            // The delegate leaves the stack; its SEND gives the value and goes on behind it.
            if let Some((frame, slots)) = record.suspended_mut() {
                let delegate = slots.pop().flatten();
                slots.push(Some(value));
                frame.pc = behind;
                vm.xdecref(delegate);
            }
            let depth = vm.frames.len();
            vm.push_generator(self.generator)?;
            debug_assert_eq!(vm.frames.len(), depth + 1);
            return Ok(Outcome::Pushed);
        }
        vm.throw_into(self.generator, raised)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.generator);
        self.exception.iter().for_each(|&o| visit(o));
    }
}

/// `close`: throws GeneratorExit in; the body must end.
#[derive(Clone)]
struct Close {
    generator: ObjRef,
    stage: u8,
}

impl Native for Close {
    fn name(&self) -> &'static str {
        "close"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if let Input::Value(value) = input {
            vm.decref(value);
            let kind = if vm.ty(self.generator) == COROUTINE { "coroutine" } else { "generator" };
            return Err(vm.raise(RUNTIME_ERROR, format!("{kind} ignored GeneratorExit")));
        }
        self.stage = 1;
        let args = vm.own(EMPTY_TUPLE);
        let exit = vm.new_exception(GENERATOR_EXIT, args);
        match vm.generator_throw(self.generator, exit) {
            Ok(Outcome::Done(value)) => self.resume(vm, Input::Value(value)),
            Err(raised) => self.raised(vm, raised),
            pushed => pushed,
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        if vm.exception_matches(raised.0, GENERATOR_EXIT) || vm.exception_matches(raised.0, STOP_ITERATION) {
            vm.decref(raised.0);
            return Ok(Outcome::Done(vm.none()));
        }
        Err(raised)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.generator);
    }
}

// ── yield from and await ────────────────────────────────────────────────────────────────────────────────────────────

/// `SEND target`: `[… receiver value] → [… receiver yielded]`, or `[… result]` and a jump when the receiver is finished
pub(super) fn send(vm: &mut Vm, _unit: Unit) -> Flow {
    // Both stay on the stack until the result is there.
    let (value, receiver) = (vm.peek(1), vm.peek(2));
    let (depth, floor) = (vm.frames.len(), vm.sp - 1);
    let result = match vm.ty(receiver) {
        GENERATOR | COROUTINE if value == NONE => vm.resume_generator(receiver, NONE).map(|()| Outcome::Pushed),
        GENERATOR | COROUTINE => vm.generator_send(receiver, value),
        ASYNC_GENERATOR_ASEND => async_step::asend_send(vm, receiver, value),
        // These end with a value, which `next` would not give.
        COROUTINE_WRAPPER | ASYNC_GENERATOR_ATHROW | ANEXT_AWAITABLE => call_by_name(vm, receiver, vm.names.send, &[value]),
        _ if value == NONE => match vm.iter_next(receiver) {
            Ok(Outcome::Done(Some(item))) => Ok(Outcome::Done(item)),
            Ok(Outcome::Done(None)) => {
                let none = vm.none();
                Err(vm.stop_iteration(none))
            }
            Ok(Outcome::Pushed) => Ok(Outcome::Pushed),
            Err(raised) => Err(raised),
        },
        _ => call_by_name(vm, receiver, vm.names.send, &[value]),
    };
    match result {
        Ok(Outcome::Done(item)) => {
            vm.drop_stack(floor, floor + 1);
            vm.push(item);
        }
        Ok(Outcome::Pushed) => {
            vm.receive(depth, Receive::Send);
            vm.frames[depth].return_sp = floor as u32;
        }
        Err(raised) if vm.exception_matches(raised.0, STOP_ITERATION) => {
            let value = vm.stop_iteration_value(raised);
            vm.drop_stack(floor, floor + 1);
            send_finished(vm, value);
        }
        Err(raised) => return Err(raised),
    }
    Ok(())
}

/// The receiver of the SEND before `pc` has returned a value (owned): it replaces the receiver.
pub fn send_finished(vm: &mut Vm, value: ObjRef) {
    vm.pc = vm.units[vm.pc as usize - 1].arg;
    let receiver = vm.pop();
    vm.push(value);
    vm.decref(receiver);
}

/// `GET_YIELD_FROM_ITER`: `[… iterable] → [… iterator]`
pub(super) fn get_yield_from_iter(vm: &mut Vm, _unit: Unit) -> Flow {
    let iterable = vm.peek(1);
    match vm.ty(iterable) {
        GENERATOR => Ok(()),
        COROUTINE => {
            let Body::Code(code) = vm.heap.body(vm.frame().code) else { panic!("a code object") };
            if code.flags & (CO_COROUTINE | CO_ITERABLE_COROUTINE) == 0 {
                return Err(vm.type_error("cannot 'yield from' a coroutine object in a non-coroutine generator"));
            }
            Ok(())
        }
        _ => super::jumps::get_iter(vm, Unit { op: Op::GET_ITER, run: Op::GET_ITER, short: 0, arg: 0 }),
    }
}

/// `GET_AWAITABLE where`: `[… awaitable] → [… iterator]`
pub(super) fn get_awaitable(vm: &mut Vm, unit: Unit) -> Flow {
    let awaitable = vm.peek(1);
    vm.operate(1, Receive::Push, |vm| awaitable_iter(vm, awaitable, unit.arg))
}

/// What `await x` iterates over: a coroutine itself, or what `__await__` gives.
pub fn awaitable_iter(vm: &mut Vm, awaitable: ObjRef, place: u32) -> Res {
    match vm.heap.body(awaitable) {
        Body::Generator(record) if vm.ty(awaitable) == COROUTINE => {
            if matches!(record.state, GeneratorState::Running) || vm.delegate(awaitable).is_some() {
                return Err(vm.raise(RUNTIME_ERROR, "coroutine is being awaited already"));
            }
            return Ok(Outcome::Done(vm.own(awaitable)));
        }
        Body::Generator(record) => {
            if let Body::Code(code) = vm.heap.body(record.code)
                && code.flags & CO_ITERABLE_COROUTINE != 0
            {
                return Ok(Outcome::Done(vm.own(awaitable)));
            }
        }
        _ => {}
    }
    let ty = vm.ty(awaitable);
    if vm.type_lookup(ty, vm.names.await_).is_none() {
        let name = vm.type_name(awaitable);
        return Err(vm.type_error(match place {
            1 => format!("'async with' received an object from __aenter__ that does not implement __await__: {name}"),
            2 => format!("'async with' received an object from __aexit__ that does not implement __await__: {name}"),
            _ => format!("object {name} can't be used in 'await' expression"),
        }));
    }
    vm.call_then(
        "__await__",
        &[awaitable],
        |vm, refs| vm.call_special(refs[0], vm.names.await_, &[]).expect("looked up before"),
        |vm, _, iterator| {
            let name = vm.type_name(iterator);
            if vm.ty(iterator) == COROUTINE {
                vm.decref(iterator);
                return Err(vm.type_error("__await__() returned a coroutine"));
            }
            if !vm.is_iterator(iterator) {
                vm.decref(iterator);
                return Err(vm.type_error(format!("__await__() returned non-iterator of type '{name}'")));
            }
            Ok(Outcome::Done(iterator))
        },
    )
}

/// `GET_AITER`: `[… iterable] → [… async iterator]`
pub(super) fn get_aiter(vm: &mut Vm, _unit: Unit) -> Flow {
    let iterable = vm.peek(1);
    if vm.type_lookup(vm.ty(iterable), vm.names.aiter).is_none() {
        let name = vm.type_name(iterable);
        return Err(vm.type_error(format!("'async for' requires an object with __aiter__ method, got {name}")));
    }
    vm.operate(1, Receive::Push, |vm| {
        vm.call_then(
            "__aiter__",
            &[iterable],
            |vm, refs| vm.call_special(refs[0], vm.names.aiter, &[]).expect("looked up before"),
            |vm, _, iterator| {
                if vm.type_lookup(vm.ty(iterator), vm.names.anext).is_some() {
                    return Ok(Outcome::Done(iterator));
                }
                let name = vm.type_name(iterator);
                vm.decref(iterator);
                Err(vm.type_error(format!("'async for' received an object from __aiter__ that does not implement __anext__: {name}")))
            },
        )
    })
}

/// `GET_ANEXT`: `[… iterator] → [… iterator awaitable]`
pub(super) fn get_anext(vm: &mut Vm, _unit: Unit) -> Flow {
    let iterator = vm.peek(1);
    let refs = [iterator];
    let ty = vm.ty(iterator);
    if ty == ASYNC_GENERATOR {
        let outcome = async_step::new_asend(vm, iterator, NONE)?;
        vm.push_outcome(outcome);
        return Ok(());
    }
    if vm.type_lookup(ty, vm.names.anext).is_none() {
        let name = vm.type_name(iterator);
        return Err(vm.type_error(format!("'async for' requires an iterator with __anext__ method, got {name}")));
    }
    let outcome = vm.call_then(
        "__anext__",
        &refs,
        |vm, refs| vm.call_special(refs[0], vm.names.anext, &[]).expect("looked up before"),
        |vm, _, awaitable| {
            let depth = vm.frames.len();
            let result = awaitable_iter(vm, awaitable, 0).and_then(|outcome| vm.finish_now(depth, outcome));
            let name = vm.type_name(awaitable);
            vm.decref(awaitable);
            match result {
                Ok(iterator) => Ok(Outcome::Done(iterator)),
                Err(raised) => {
                    let message = format!("'async for' received an invalid object from __anext__: {name}");
                    Err(vm.raise_from(TYPE_ERROR, message, raised))
                }
            }
        },
    )?;
    vm.push_outcome(outcome);
    Ok(())
}

/// `END_ASYNC_FOR`: `[… iterator exc] → […]` if the iteration just ended, else goes on unwinding
pub(super) fn end_async_for(vm: &mut Vm, _unit: Unit) -> Flow {
    let exception = vm.pop();
    if !vm.exception_matches(exception, STOP_ASYNC_ITERATION) {
        vm.reraising = true;
        return Err(Raised(exception));
    }
    vm.decref(exception);
    let iterator = vm.pop();
    vm.decref(iterator);
    Ok(())
}

/// `BEFORE_ASYNC_WITH`: `[… manager] → [… aexit awaitable]`
pub(super) fn before_async_with(vm: &mut Vm, _unit: Unit) -> Flow {
    let (enter, exit) = (vm.names.aenter, vm.names.aexit);
    super::exceptions::enter_context(vm, enter, exit, "asynchronous context manager protocol")
}

/// `ASYNC_GEN_WRAP`: `[… value] → [… wrapped]`: what an async generator yields is told from what it awaits
pub(super) fn async_gen_wrap(vm: &mut Vm, _unit: Unit) -> Flow {
    let value = vm.pop();
    let wrapped = vm.alloc_tracked(ASYNC_GENERATOR_WRAPPED_VALUE, 0, Body::Cell(Some(value)));
    vm.push(wrapped);
    Ok(())
}

/// Calls a method of an object as `LOAD_METHOD` and `CALL` would.
fn call_by_name(vm: &mut Vm, object: ObjRef, name: ObjRef, args: &[ObjRef]) -> Res {
    match vm.load_method(object, name)? {
        Method::Unbound(method) => vm.call_method_object(method, object, args),
        Method::Bound(outcome) => {
            let depth = vm.frames.len();
            let method = vm.finish_now(depth, outcome)?;
            let result = vm.call(method, args);
            vm.decref(method);
            result
        }
    }
}
