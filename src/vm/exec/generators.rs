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
    let object = vm.new_generator(ty, generator);
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
    // The rest is as it was.
    (record.frame.pc, record.frame.sp) = (vm.pc, sp as u32);
    (record.frame.object, record.frame.locals) = (object, locals);
    if !started {
        record.frame.generator = Some(generator);
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
///
/// Where nobody looks in between, the bodies that only forward it (`yield from`) do so at once.
#[inline(never)]
pub(super) fn yield_value(vm: &mut Vm) {
    let value = vm.pop();
    loop {
        if vm.feed(value) {
            return;
        }
        let generator = vm.frame().generator.expect("a generator's frame");
        let receive = suspend(vm, generator, true);
        // Only FOR_ITER and SEND receive so, and they run in a Python frame.
        if !matches!(receive, Receive::ForIter | Receive::Send) || vm.frames.len() <= vm.floor {
            return arrive(vm, receive, value);
        }
        if receive == Receive::ForIter || !vm.is_unwatched() || vm.units[vm.pc as usize].op != Op::YIELD_VALUE {
            return vm.push(value);
        }
        vm.pc += 1;
        vm.countdown -= 1;
    }
}

/// A value was yielded to native code, or to one that runs below it.
#[inline(never)]
fn arrive(vm: &mut Vm, receive: Receive, value: ObjRef) {
    if receive != Receive::Push || !async_step::unwrap_to_send(vm, value) {
        vm.deliver(receive, Signal::Value(value));
    }
}

impl Vm {
    /// The object of a generator whose frame is still in the call stack. Its block has room for the variables and the value stack.
    #[inline]
    fn new_generator(&mut self, ty: ObjRef, generator: Box<Generator>) -> ObjRef {
        let class = self.heap.type_of_type(ty);
        let bytes = class.front as usize + class.basic_size as usize + 8 * (generator.room - 1) as usize;
        let object = self.heap.alloc_sized(bytes, ty, 0, Body::Generator(generator));
        if self.heap.collector.note_allocation() {
            self.collect_if_due();
        }
        self.heap.collector.track_new(object);
        object
    }

    /// FOR_ITER and SEND go on with a generator, whose `yield` gives None. False: it cannot be, and nothing has been done.
    ///
    /// Where nobody looks in between, a body that waits in `yield from` or `await` goes on with what it delegates to at once.
    #[inline(never)]
    pub(super) fn continue_generator(&mut self, generator: ObjRef, receive: Receive, return_sp: usize) -> bool {
        if !self.try_push_generator(generator, receive, return_sp) {
            return false;
        }
        while let Some((send, delegate)) = self.delegates_on() {
            self.incref(NONE);
            self.push(NONE);
            self.pc = send + 1;
            self.countdown -= 3;
            if !self.try_push_generator(delegate, Receive::Send, self.sp - 1) {
                // SEND finds out why.
                self.pc = send;
                self.countdown += 1;
                return true;
            }
        }
        self.give(NONE);
        true
    }

    /// The SEND that the running body does next, and the generator that it is for: if the body waits at the `yield` of a `yield from`
    /// or `await`, where RESUME and a jump back come first.
    #[inline(always)]
    fn delegates_on(&self) -> Option<(u32, ObjRef)> {
        let pc = self.pc as usize;
        let Some([Unit { op: Op::RESUME_QUICK, .. }, Unit { op: Op::JUMP_BACKWARD_NO_INTERRUPT, arg: send, .. }]) =
            self.units.get(pc..pc + 2)
        else {
            return None;
        };
        if !self.is_unwatched() || self.units[*send as usize].op != Op::SEND {
            return None;
        }
        let receiver = self.stack[self.sp - 1]?;
        matches!(self.heap.ty(receiver), GENERATOR | COROUTINE).then_some((*send, receiver))
    }

    /// Whether the instructions up to the next frame's end may run without a look between two of them.
    #[inline(always)]
    fn is_unwatched(&self) -> bool {
        self.countdown >= self.longest && !self.attention
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
    pub(in crate::vm) fn give(&mut self, value: ObjRef) {
        let pc = self.pc as usize;
        if value == NONE
            && self.is_unwatched()
            && let Some([Unit { op: Op::RESUME_QUICK, .. }, Unit { op: Op::POP_TOP, .. }]) = self.units.get(pc..pc + 2)
        {
            self.pc += 2;
            self.countdown -= 2;
            return;
        }
        self.incref(value);
        self.push(value);
    }

    #[inline]
    pub(super) fn push_generator(&mut self, generator: ObjRef) -> Result<(), Raised> {
        if self.try_push_generator(generator, Receive::Push, self.sp) { Ok(()) } else { Err(self.not_resumed(generator)) }
    }

    /// Pushes a suspended generator's frame. False: it is none, or the recursion is too deep; nothing has been done.
    #[inline(always)]
    pub(in crate::vm) fn try_push_generator(&mut self, generator: ObjRef, receive: Receive, return_sp: usize) -> bool {
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

    pub(super) fn generator_is_finished(&self, generator: ObjRef) -> bool {
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
}

// ── yield from and await ────────────────────────────────────────────────────────────────────────────────────────────

/// `SEND target`: `[… receiver value] → [… receiver yielded]`, or `[… result]` and a jump when the receiver is finished
pub(super) fn send(vm: &mut Vm, _unit: Unit) -> Flow {
    // Both stay on the stack until the result is there.
    let (value, receiver) = (vm.peek(1), vm.peek(2));
    let (depth, floor) = (vm.frames.len(), vm.sp - 1);
    if value == NONE && vm.ty(receiver) == ASYNC_GENERATOR_ASEND && async_step::continue_step(vm, receiver, floor) {
        return Ok(());
    }
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
