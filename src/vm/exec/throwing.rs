//! Exceptions into generators: `throw` and `close`.
//!
//! ```text
//!   g.throw(E)      first into what g delegates to (`yield from`, `await`), then at the `yield` where g waits
//!   g.close()       throws GeneratorExit, which must end the body
//! ```
//!
//! Counterpart in CPython 3.11: `_gen_throw`, `gen_close` in `Objects/genobject.c`.

use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, frame::FrameState},
    vm::{
        Outcome, Raised, Res, Vm,
        frame::Signal,
        native_frame::{Input, Native},
    },
};

impl Vm {
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
