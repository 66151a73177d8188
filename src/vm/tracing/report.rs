//! Telling one event: the call of a trace or profile function, and what the frame does after it.
//!
//! The trace function's call is a frame like any other, so a debugger can go into it. What it interrupted is kept as
//! [`Next`] in the native frame below it, and done when the function has returned. If it raises, it is unset, and the
//! exception takes the place of what would have come.
//! Counterpart in CPython 3.11: `call_trace`, `trace_trampoline`, `profile_trampoline`, `call_exc_trace`.

use super::{Left, Told, exception_parts};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Outcome, Raised, Res, Vm,
        exec::{generators::send_finished, jumps::for_iter_exhausted},
        frame::Receive,
        native_frame::{Input, Native},
    },
};

/// Events, in the order of CPython's `PyTrace_…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Call,
    Exception,
    Line,
    Return,
    CCall,
    CException,
    CReturn,
    Opcode,
}

impl What {
    fn name(self) -> &'static str {
        match self {
            What::Call => "call",
            What::Exception => "exception",
            What::Line => "line",
            What::Return => "return",
            What::CCall => "c_call",
            What::CException => "c_exception",
            What::CReturn => "c_return",
            What::Opcode => "opcode",
        }
    }
}

/// Which of the two functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Tracer,
    Profiler,
}

/// What a frame goes on with; owns the exceptions and values.
#[derive(Clone, Default)]
pub(in crate::vm) enum Next {
    /// Nothing is left to do.
    #[default]
    Over,
    /// The instruction that was told of runs.
    Instruction(Told),
    /// The instruction's result is this value.
    Value(ObjRef),
    /// The instruction raises.
    Raise(Raised),
    /// A handler is looked for.
    Handler { raised: Raised, failed_at: Option<u32> },
    /// The frame is left with the exception.
    Leave(Raised),
    /// FOR_ITER leaves the loop.
    Exhausted,
    /// The receiver of SEND has returned a value.
    Returned(ObjRef),
}

impl Next {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        match self {
            Next::Over | Next::Instruction(_) | Next::Exhausted => {}
            Next::Value(value) | Next::Returned(value) => visit(*value),
            Next::Raise(raised) | Next::Handler { raised, .. } | Next::Leave(raised) => visit(raised.0),
        }
    }

    /// The function that was told of `what` raised: its exception takes over.
    fn replaced(self, vm: &mut Vm, what: What, raised: Raised) -> Next {
        self.trace(&mut |object| vm.decref(object));
        match self {
            Next::Exhausted => {
                vm.decref(raised.0);
                Next::Exhausted
            }
            Next::Handler { failed_at, .. } => Next::Handler { raised, failed_at },
            Next::Leave(_) => Next::Leave(raised),
            Next::Instruction(_) if what == What::Return => Next::Leave(raised),
            _ => Next::Raise(raised),
        }
    }
}

/// One or two events that are told in turn.
#[derive(Clone)]
pub(in crate::vm) struct Report {
    depth: usize,
    /// The frame object of the frame at `depth`, owned.
    frame: ObjRef,
    arg: ObjRef,
    owns_arg: bool,
    todo: [Option<(What, Who)>; 2],
    /// Who is being told, and what was being told before.
    current: Option<((What, Who), Option<What>)>,
    next: Next,
    /// The names that KW_NAMES left for the call which comes next.
    kwnames: Option<ObjRef>,
}

impl Report {
    /// The running Python frame's events; the argument is borrowed.
    pub(super) fn new(vm: &mut Vm, events: &[(What, Who)], arg: Option<ObjRef>, next: Next) -> Report {
        let depth = vm.top_python_frame().map_or(0, |(depth, _)| depth);
        let frame = vm.frame_object(depth);
        let mut todo = [None; 2];
        todo.iter_mut().zip(events).for_each(|(place, &event)| *place = Some(event));
        Report { depth, frame, arg: arg.unwrap_or(NONE), owns_arg: false, todo, current: None, next, kwnames: vm.kwnames.take() }
    }

    /// Counts the argument, which nobody else holds.
    pub(super) fn owning_arg(mut self) -> Report {
        self.owns_arg = true;
        self
    }

    /// Calls the function; nothing if this one does not want to know.
    fn tell(&mut self, vm: &mut Vm, what: What, who: Who) -> Option<Res> {
        let Body::Frame(record) = vm.heap.body(self.frame) else { panic!("a frame object") };
        let wanted = match what {
            What::Line => record.trace.lines,
            What::Opcode => record.trace.opcodes,
            _ => true,
        };
        let own = record.trace.function;
        let function = match who {
            Who::Profiler => vm.tracing.profiler,
            Who::Tracer if what == What::Call => vm.tracing.tracer,
            Who::Tracer => vm.tracing.tracer.and(own),
        };
        let function = function.filter(|_| wanted)?;
        self.current = Some(((what, who), vm.tracing.telling.replace(what)));
        vm.tracing.running += 1;
        vm.update_tracing();
        let name = vm.new_interned(what.name());
        let result = vm.call(function, &[self.frame, name, self.arg]);
        vm.decref(name);
        Some(result)
    }

    /// The function has returned or raised.
    fn told(&mut self, vm: &mut Vm) -> Option<(What, Who)> {
        let (event, outer) = self.current.take()?;
        if let Body::Frame(record) = vm.heap.body_mut(self.frame)
            && std::mem::take(&mut record.trace.locals_shown)
        {
            vm.take_locals(self.depth);
        }
        vm.tracing.telling = outer;
        vm.tracing.running = vm.tracing.running.saturating_sub(1);
        vm.update_tracing();
        Some(event)
    }

    /// What the function gave: the frame's own trace function from now on.
    fn returned(&mut self, vm: &mut Vm, value: ObjRef) {
        match self.told(vm) {
            Some((_, Who::Tracer)) if value != NONE => {
                let Body::Frame(record) = vm.heap.body_mut(self.frame) else { panic!("a frame object") };
                let old = record.trace.function.replace(value);
                vm.xdecref(old);
            }
            _ => vm.decref(value),
        }
    }

    fn failed(&mut self, vm: &mut Vm, raised: Raised) {
        let Some((what, who)) = self.told(vm) else {
            vm.decref(raised.0);
            return;
        };
        match who {
            Who::Profiler => vm.set_profiler(None),
            Who::Tracer => {
                vm.set_tracer(None);
                let Body::Frame(record) = vm.heap.body_mut(self.frame) else { panic!("a frame object") };
                let old = record.trace.function.take();
                vm.xdecref(old);
            }
        }
        self.todo = [None; 2];
        self.next = std::mem::take(&mut self.next).replaced(vm, what, raised);
    }
}

impl Native for Report {
    fn name(&self) -> &'static str {
        "trace function"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        if let Input::Value(value) = input {
            self.returned(vm, value);
        }
        while let Some((what, who)) = self.todo.iter_mut().find_map(Option::take) {
            match self.tell(vm, what, who) {
                None => {}
                Some(Ok(Outcome::Pushed)) => return Ok(Outcome::Pushed),
                Some(Ok(Outcome::Done(value))) => self.returned(vm, value),
                Some(Err(raised)) => self.failed(vm, raised),
            }
        }
        vm.tracing.next = std::mem::take(&mut self.next);
        vm.kwnames = self.kwnames;
        Ok(Outcome::Done(vm.none()))
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        self.failed(vm, raised);
        self.resume(vm, Input::Start)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.frame);
        if self.owns_arg {
            visit(self.arg);
        }
        self.next.trace(visit);
    }
}

impl Vm {
    /// Tells; gives what comes next, unless it has to wait for the function.
    pub(super) fn report(&mut self, report: Report) -> Option<Next> {
        let depth = self.frames.len();
        match self.drive(report) {
            Ok(Outcome::Pushed) => {
                self.receive(depth, Receive::Traced);
                None
            }
            Ok(Outcome::Done(value)) => {
                self.decref(value);
                Some(std::mem::take(&mut self.tracing.next))
            }
            Err(raised) => Some(Next::Raise(raised)),
        }
    }

    /// The frame that was told of goes on, or ends.
    pub(in crate::vm) fn after_report(&mut self) -> Option<Left> {
        let next = std::mem::take(&mut self.tracing.next);
        self.go_on(next)
    }

    pub(super) fn go_on(&mut self, next: Next) -> Option<Left> {
        self.tracing.fault = None;
        match next {
            Next::Over => None,
            Next::Instruction(told) => {
                self.pc -= 1;
                self.tracing.told = told;
                let depth = self.frames.len() - 1;
                if let Some(last) = self.tracing.last.get_mut(depth) {
                    *last = self.pc;
                }
                None
            }
            Next::Value(value) => {
                self.push(value);
                None
            }
            Next::Raise(raised) => self.unwind_step(raised),
            Next::Handler { raised, failed_at } => self.find_handler(raised, failed_at),
            Next::Leave(raised) => Some(self.leave_frame(raised)),
            Next::Exhausted => {
                for_iter_exhausted(self);
                None
            }
            Next::Returned(value) => {
                send_finished(self, value);
                None
            }
        }
    }

    /// Tells of an exception (owned) in the running frame, then goes on.
    fn tell_exception(&mut self, parts: ObjRef, next: Next) -> Option<Left> {
        let report = Report::new(self, &[(What::Exception, Who::Tracer)], Some(parts), next).owning_arg();
        let next = self.report(report)?;
        self.go_on(next)
    }

    /// The exception has its traceback entry; the tracer wants to know.
    #[cold]
    pub(in crate::vm) fn trace_exception(&mut self, raised: Raised, failed_at: Option<u32>) -> Option<Left> {
        let parts = exception_parts(self, &raised);
        self.tracing.fault = failed_at.map(|offset| (self.frames.len() - 1, offset));
        self.tell_exception(parts, Next::Handler { raised, failed_at })
    }

    /// The iterator of a loop raised StopIteration (owned).
    #[cold]
    pub(in crate::vm) fn trace_exhausted(&mut self, raised: Raised) -> Option<Left> {
        let parts = exception_parts(self, &raised);
        self.decref(raised.0);
        self.tell_exception(parts, Next::Exhausted)
    }

    /// What SEND goes to has returned a value (owned): under a tracer that is a StopIteration.
    #[cold]
    pub(in crate::vm) fn trace_returned(&mut self, value: ObjRef) -> Option<Left> {
        self.incref(value);
        let raised = self.stop_iteration(value);
        let parts = exception_parts(self, &raised);
        self.decref(raised.0);
        self.tell_exception(parts, Next::Returned(value))
    }

    /// The frame is left by an exception (owned), whose handler is not in it.
    #[cold]
    pub(in crate::vm) fn trace_leaving(&mut self, raised: Raised, failed_at: Option<u32>) -> Option<Left> {
        self.tracing.fault = failed_at.map(|offset| (self.frames.len() - 1, offset));
        let events = [(What::Return, Who::Tracer), (What::Return, Who::Profiler)];
        let report = Report::new(self, &events, None, Next::Leave(raised));
        let next = self.report(report)?;
        self.go_on(next)
    }

    /// A generator is entered with an exception (owned).
    #[cold]
    pub(in crate::vm) fn trace_throw(&mut self, raised: Raised) -> Option<Left> {
        let depth = self.frames.len() - 1;
        if self.tracing.last.len() <= depth {
            self.tracing.last.resize(depth + 1, 0);
        }
        self.tracing.last[depth] = self.pc.saturating_sub(1);
        let events = [(What::Call, Who::Tracer), (What::Call, Who::Profiler)];
        let report = Report::new(self, &events, None, Next::Raise(raised));
        let next = self.report(report)?;
        self.go_on(next)
    }
}

// ── calls of C functions ────────────────────────────────────────────────────────────────────────────────────────────

/// A C function that runs, or has ended and the profiler is being told.
#[derive(Clone)]
struct CCall {
    function: ObjRef,
    ended: bool,
}

impl CCall {
    /// The call has ended.
    fn tell(&mut self, vm: &mut Vm, what: What, next: Next) -> Res {
        self.ended = true;
        let report = Report::new(vm, &[(what, Who::Profiler)], Some(self.function), next);
        match vm.drive(report)? {
            Outcome::Pushed => Ok(Outcome::Pushed),
            Outcome::Done(value) => {
                vm.decref(value);
                CCall::result(vm)
            }
        }
    }

    fn result(vm: &mut Vm) -> Res {
        match std::mem::take(&mut vm.tracing.next) {
            Next::Value(value) => Ok(Outcome::Done(value)),
            Next::Raise(raised) => Err(raised),
            _ => Ok(Outcome::Done(vm.none())),
        }
    }
}

impl Native for CCall {
    fn name(&self) -> &'static str {
        "C function"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let value = input.value().unwrap_or(NONE);
        if self.ended {
            vm.decref(value);
            return CCall::result(vm);
        }
        if vm.tracing.on && vm.tracing.profiler.is_some() {
            self.tell(vm, What::CReturn, Next::Value(value))
        } else {
            Ok(Outcome::Done(value))
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        if self.ended || !vm.tracing.on || vm.tracing.profiler.is_none() {
            return Err(raised);
        }
        self.tell(vm, What::CException, Next::Raise(raised))
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.function);
    }
}

pub(super) fn after_c_call(vm: &mut Vm, depth: usize, function: ObjRef, result: Res) -> Res {
    let mut state = CCall { function, ended: false };
    let result = match result {
        Ok(Outcome::Pushed) => Ok(Outcome::Pushed),
        Ok(Outcome::Done(value)) => state.resume(vm, Input::Value(value)),
        Err(raised) => state.raised(vm, raised),
    };
    match result {
        Ok(Outcome::Pushed) => vm.insert_native(depth, state),
        other => {
            state.release(vm);
            other
        }
    }
}

/// `sys.call_tracing`: what runs above is traced, then all is as before.
#[derive(Clone)]
pub(super) struct CallTracing {
    pub outer: u32,
}

impl CallTracing {
    pub fn restore(&mut self, vm: &mut Vm) {
        vm.tracing.running = self.outer;
        vm.update_tracing();
    }
}

impl Native for CallTracing {
    fn name(&self) -> &'static str {
        "sys.call_tracing"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        self.restore(vm);
        Ok(Outcome::Done(input.value().unwrap_or(NONE)))
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        self.restore(vm);
        Err(raised)
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}
