//! Trace and profile functions: `sys.settrace`, `sys.setprofile`.
//!
//! The loop knows nothing of them. While one is set, and none is running, instructions are granted one by one, and before
//! each of them [`Vm::trace_instruction`] says what there is to tell: a call (at RESUME), a new line, a return. Exceptions
//! are told by [unwinding](super::unwind), calls of C functions by CALL. When nobody traces, nothing of this is looked at.
//!
//! ```text
//!   sys.settrace(t)     →  t(frame, "call", None)   its result becomes frame.f_trace, which is told of
//!                          "line"  "opcode"  "exception"  "return"  in that frame
//! ```
//!
//! Counterpart in CPython 3.11: `cframe.use_tracing`, `DO_TRACING`, `maybe_call_line_trace`, `call_trampoline`.

mod report;

use super::{
    Raised, Res, Vm,
    hooks::{Due, Hooks},
    native_frame::Native,
    raised::done,
};
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
};
pub use report::What;
use report::{Next, Report, Who};

/// Who is told what happens, and how far that is.
#[derive(Clone, Default)]
pub struct Tracing {
    /// Somebody is to be told, and nobody is being told at this moment.
    pub(super) on: bool,
    tracer: Option<ObjRef>,
    profiler: Option<ObjRef>,
    /// So many of their calls are running.
    running: u32,
    /// The event that is being told.
    telling: Option<What>,
    /// The last instruction of each frame, by depth: a unit of the machine's table.
    last: Vec<u32>,
    /// Instructions granted by the hooks that have not been passed on yet.
    left: u32,
    told: Told,
    /// Where the exception came from that the frame at this depth is told of: a byte offset.
    fault: Option<(usize, u32)>,
    /// What the frame that was told about goes on with.
    next: Next,
    /// The counts are to be those under a trace function, whether there is one or not.
    counted: bool,
}

/// What of the next instruction has been told.
#[derive(Clone, Copy, Default, PartialEq)]
enum Told {
    #[default]
    Nothing,
    /// That it comes next.
    Before,
    /// Also that the frame is left by it, or a C function called.
    All,
}

impl Tracing {
    pub fn tracer(&self) -> Option<ObjRef> {
        self.tracer
    }

    pub fn profiler(&self) -> Option<ObjRef> {
        self.profiler
    }

    /// The event whose trace function is running.
    pub fn telling(&self) -> Option<What> {
        self.telling
    }

    /// Where the exception came from that the frame at this depth is being told of, if not from its last instruction.
    pub fn fault_in(&self, depth: usize) -> Option<i32> {
        self.fault.filter(|&(at, _)| at == depth).map(|(_, offset)| offset as i32)
    }

    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.tracer.iter().chain(&self.profiler).for_each(|&object| visit(object));
    }
}

impl Vm {
    /// `sys.settrace`: takes over the function.
    pub fn set_tracer(&mut self, function: Option<ObjRef>) {
        let old = std::mem::replace(&mut self.tracing.tracer, function);
        self.update_tracing();
        self.xdecref(old);
        self.tracing.last = (0..self.frames.len()).map(|depth| self.frame_pc(depth).saturating_sub(1)).collect();
    }

    /// `sys.setprofile`: takes over the function.
    pub fn set_profiler(&mut self, function: Option<ObjRef>) {
        let old = std::mem::replace(&mut self.tracing.profiler, function);
        self.update_tracing();
        self.xdecref(old);
    }

    /// From now on the counts are those of a CPython that runs under a trace function.
    pub fn count_as_traced(&mut self) {
        self.tracing.counted = true;
        self.update_tracing();
    }

    fn update_tracing(&mut self) {
        let tracing = &mut self.tracing;
        let on = tracing.running == 0 && (tracing.tracer.is_some() || tracing.profiler.is_some());
        if on && !tracing.on {
            // From here on instructions are granted one by one.
            self.granted -= u64::from(self.countdown);
            tracing.left += std::mem::take(&mut self.countdown);
        }
        tracing.on = on;
        self.traced = on || tracing.counted;
    }

    /// Takes back the instructions that may still run until the next [`Hooks::due`]; returns how many.
    pub fn revoke_grant(&mut self) -> u32 {
        self.granted -= u64::from(self.countdown);
        std::mem::take(&mut self.countdown) + std::mem::take(&mut self.tracing.left)
    }

    /// Grants so many instructions in the place of those revoked.
    pub(super) fn grant(&mut self, instructions: u32) {
        if self.tracing.on {
            self.tracing.left = instructions;
        } else {
            self.granted += u64::from(instructions);
            self.countdown = instructions;
        }
    }

    /// Exchanges the thread's trace functions for another thread's. Nothing may be granted at this moment.
    pub(super) fn exchange_tracing(&mut self, other: &mut Tracing) {
        other.counted = self.tracing.counted;
        std::mem::swap(&mut self.tracing, other);
        self.traced = self.tracing.on || self.tracing.counted;
    }

    /// No instruction is granted any more.
    #[cold]
    pub(super) fn due(&mut self, hooks: &mut dyn Hooks) -> Due {
        if self.threads.list.len() == 1 && self.threads.signals.is_empty() {
            return self.due_of_thread(hooks);
        }
        if self.look_at_threads() {
            return Due::Interrupt;
        }
        if self.attention {
            return Due::Go(0);
        }
        match self.due_of_thread(hooks) {
            Due::Go(more) => Due::Go(more.min(self.until_threads())),
            other => other,
        }
    }

    fn due_of_thread(&mut self, hooks: &mut dyn Hooks) -> Due {
        if let Some(rest) = self.lower() {
            return Due::Go(rest);
        }
        self.heard();
        if self.tracing.left == 0 {
            match hooks.due(self) {
                Due::Go(more) if self.tracing.on => self.tracing.left = more,
                other => return other,
            }
        }
        if !self.tracing.on {
            // A trace function runs: it is not watched itself.
            return Due::Go(std::mem::take(&mut self.tracing.left));
        }
        if self.trace_instruction() {
            self.tracing.left -= 1;
            return Due::Go(1);
        }
        Due::Go(0)
    }

    /// Tells what there is to tell before the next instruction. True: it may run now.
    fn trace_instruction(&mut self) -> bool {
        let told = std::mem::take(&mut self.tracing.told);
        if told == Told::All {
            return true;
        }
        let depth = self.frames.len() - 1;
        let (pc, unit) = (self.pc, self.unit_at(self.pc as usize));
        if told == Told::Nothing {
            if self.tracing.last.len() <= depth {
                self.tracing.last.resize(depth + 1, 0);
            }
            let last = std::mem::replace(&mut self.tracing.last[depth], pc);
            let Body::Code(code) = self.heap.body(self.frame().code) else { panic!("a code object") };
            let end = code.start + code.tables.offsets.len() as u32;
            let first = (code.start..end).find(|&unit| self.unit_at(unit as usize).op == Op::RESUME).unwrap_or(end);
            if pc < first {
                return true;
            }
            let next = Next::Instruction(if unit.op == Op::RESUME { Told::All } else { Told::Before });
            if unit.op == Op::RESUME {
                return self.tell_before(&[(What::Call, Who::Tracer), (What::Call, Who::Profiler)], None, next);
            }
            if self.tracing.tracer.is_some() {
                let line_of = |pc: u32| code.own_line_at(code.offset_of(pc));
                let line = line_of(pc);
                let last_line = if last <= first || last >= end { None } else { line_of(last) };
                let is_new = line.is_some() && (line != last_line || (pc < last && unit.op != Op::SEND));
                let events = [(What::Line, Who::Tracer), (What::Opcode, Who::Tracer)];
                return self.tell_before(&events[usize::from(!is_new)..], None, next);
            }
        }
        match unit.op {
            Op::RETURN_VALUE | Op::YIELD_VALUE => {
                let value = self.peek(1);
                let events = [(What::Return, Who::Tracer), (What::Return, Who::Profiler)];
                self.tell_before(&events, Some(value), Next::Instruction(Told::All))
            }
            Op::CALL | Op::CALL_FUNCTION_EX if self.tracing.profiler.is_some() => {
                let (at, n) = if unit.op == Op::CALL {
                    let (at, n) = (self.sp - 1 - unit.arg as usize, unit.arg as usize);
                    if self.stack[at - 1].is_some() { (at - 1, n + 1) } else { (at, n) }
                } else {
                    (self.sp - 2 - (unit.arg & 1) as usize, 0)
                };
                let Some(function) = self.c_function(at, n) else { return true };
                let ready = self.tell_before(&[(What::CCall, Who::Profiler)], Some(function), Next::Instruction(Told::All));
                self.decref(function);
                ready
            }
            _ => true,
        }
    }

    /// Tells something of the instruction that comes next. True: all is told, and nobody had to wait for it.
    fn tell_before(&mut self, events: &[(What, Who)], arg: Option<ObjRef>, next: Next) -> bool {
        // As in CPython the frame stands at the instruction while it is told of.
        self.pc += 1;
        let report = Report::new(self, events, arg, next);
        match self.report(report) {
            None => false,
            Some(Next::Instruction(Told::All)) => {
                self.pc -= 1;
                true
            }
            Some(next) => {
                if let Some((receive, signal)) = self.go_on(next) {
                    self.deliver(receive, signal);
                }
                false
            }
        }
    }

    /// The C function that is about to be called, as the profiler is told of it: a method of a builtin type is bound for
    /// that. Owned. Counterpart: `trace_call_function`.
    fn c_function(&mut self, at: usize, n: usize) -> Option<ObjRef> {
        let callable = self.stack[at]?;
        match self.ty(callable) {
            BUILTIN_FUNCTION => Some(self.own(callable)),
            METHOD_DESCRIPTOR => {
                let spread = self.unit_at(self.pc as usize).op == Op::CALL_FUNCTION_EX;
                let receiver = match self.stack[at + 1]? {
                    args if spread => *self.heap.tuple(args)?.first()?,
                    receiver if n > 0 => receiver,
                    _ => return None,
                };
                if !self.takes_receiver(callable, receiver) {
                    return None;
                }
                Some(self.bind_native(callable, receiver))
            }
            _ => None,
        }
    }

    /// Whether the method of a builtin type can be bound to the object.
    pub(super) fn takes_receiver(&self, descriptor: ObjRef, receiver: ObjRef) -> bool {
        let owner = self.native_of(descriptor).and_then(|native| native.owner);
        owner.is_some_and(|owner| self.is_instance(receiver, owner))
    }

    /// Goes on after a call of CALL that a tracer or profiler may have been told of. `bound` is what was called, owned; `depth`
    /// the height of the call stack before.
    #[cold]
    pub(super) fn after_c_call(&mut self, depth: usize, bound: ObjRef, result: Res) -> Res {
        report::after_c_call(self, depth, bound, result)
    }

    /// Calls of C functions are told, now or when the profiler is set by one of them.
    pub(super) fn profiled(&self) -> bool {
        self.tracing.on
    }

    /// An exception has got its traceback entry: the tracer is told, then the search for a handler goes on.
    pub(super) fn wants_exceptions(&self) -> bool {
        self.tracing.on && self.tracing.tracer.is_some()
    }

    /// Somebody is told when the frame ends.
    pub(super) fn wants_returns(&self) -> bool {
        self.tracing.on
    }

    /// `sys.call_tracing(function, args)`: a trace function lets another call be traced.
    pub fn call_tracing(&mut self, function: ObjRef, args: &[ObjRef]) -> Res {
        // Nothing is told before the function itself sets a tracer.
        let outer = std::mem::take(&mut self.tracing.running);
        let depth = self.frames.len();
        let mut state = report::CallTracing { outer };
        match self.call(function, args) {
            Ok(super::Outcome::Pushed) => self.insert_native(depth, state),
            Ok(super::Outcome::Done(value)) => {
                state.restore(self);
                done(value)
            }
            Err(raised) => state.raised(self, raised),
        }
    }
}

/// A frame and what it gives, for [`Vm::deliver`].
pub(super) type Left = (super::frame::Receive, super::frame::Signal);

/// How the exception that a frame is told of goes on.
pub(super) fn exception_parts(vm: &mut Vm, raised: &Raised) -> ObjRef {
    let traceback = vm.heap.exception(raised.0).and_then(|record| record.traceback).unwrap_or(NONE);
    let parts = [vm.ty(raised.0), raised.0, traceback];
    parts.iter().for_each(|&part| vm.incref(part));
    vm.new_tuple(parts)
}
