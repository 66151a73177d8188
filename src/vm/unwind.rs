//! Exceptions on their way: traceback entries, the search through the exception table, and what is printed at the end.
//!
//! A `try` costs nothing until something is raised. Then the table is searched for the failing instruction's offset; on a
//! hit the value stack is cut to the depth noted there, the exception is pushed, and the handler runs.
//! Counterpart in CPython 3.11: the labels `error` and `exception_unwind` in `Python/ceval.c`, `Python/traceback.c`.

use super::{
    Raised, Vm,
    frame::{FrameKind, Receive, Signal},
    micro::MicroEvent,
};
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        exception::Traceback,
        frame::{FrameObject, FrameState, FrameTrace, PyFrame},
        types::special,
    },
};

impl Vm {
    /// The running Python frame's instruction raised.
    #[cold]
    pub fn unwind(&mut self, raised: Raised) {
        if self.sp > self.base {
            self.tell_attribute(&raised, self.pc, self.sp - 1);
        }
        if let Some((receive, signal)) = self.unwind_step(raised) {
            self.deliver(receive, signal);
        }
    }

    /// Goes to the handler in the running frame, or ends the frame and returns its signal.
    pub(super) fn unwind_step(&mut self, raised: Raised) -> Option<(Receive, Signal)> {
        let failed_at = self.failed_at.take();
        if !std::mem::take(&mut self.reraising) {
            self.add_traceback(raised.0, failed_at);
            self.record(|vm| MicroEvent::Traceback(vm.seen(raised.0)));
            if self.wants_exceptions() {
                return self.trace_exception(raised, failed_at);
            }
        }
        self.find_handler(raised, failed_at)
    }

    /// The exception has its traceback entry: goes to the handler in the running frame, or ends the frame.
    pub(super) fn find_handler(&mut self, raised: Raised, failed_at: Option<u32>) -> Option<(Receive, Signal)> {
        let code_object = self.frame().code;
        let Body::Code(code) = self.heap.body(code_object) else { panic!("a code object") };
        let offset = code.offset_of(self.pc - 1);
        let handler = code.handler_of(offset);
        let floor = self.base + code.nlocalsplus as usize + handler.map_or(0, |(entry, _)| entry.depth as usize);
        if self.micro.is_some() {
            let (depth, dropped) = (self.frames.len() - 1, self.sp.saturating_sub(floor));
            let handler = handler.map(|(entry, _)| entry);
            self.record(|vm| MicroEvent::Unwind { exception: vm.seen(raised.0), depth, code: code_object, offset, handler, dropped });
        }
        // Where there is no handler, what lies on the value stack dies here; the variables live on in the frame object.
        let top = self.sp;
        self.drop_stack(if handler.is_some() { floor } else { floor.min(top) }, top);
        if let Some((entry, target)) = handler {
            if entry.lasti {
                let lasti = self.new_int(i64::from(failed_at.unwrap_or(offset) / 2));
                self.push(lasti);
            }
            self.push(raised.0);
            self.pc = target;
            return None;
        }
        // A RERAISE leaves the frame where the exception came from.
        if let (Some(failed_at), Body::Code(code)) = (failed_at, self.heap.body(code_object)) {
            self.pc = code.start + code.tables.offsets.partition_point(|&offset| offset <= failed_at) as u32;
        }
        if self.wants_returns() {
            return self.trace_leaving(raised, failed_at);
        }
        Some(self.leave_frame(raised))
    }

    /// Ends the running frame with an exception.
    pub(super) fn leave_frame(&mut self, raised: Raised) -> (Receive, Signal) {
        let raised = match self.frame().generator {
            Some(generator) => self.leave_generator(generator, raised),
            None => raised,
        };
        self.tell_attribute_of_caller(&raised);
        let receive = self.pop_python_frame();
        (receive, Signal::Raised(raised))
    }

    /// An AttributeError that leaves LOAD_ATTR learns of which object and name it is, if it was raised without them. The
    /// object is still on the value stack, in `place`; `pc` is of the frame that asks for it.
    ///
    /// Counterpart: `set_attribute_error_context`, which LOAD_METHOD only comes by for types that look attributes up in
    /// their own way.
    fn tell_attribute(&mut self, raised: &Raised, pc: u32, place: usize) {
        let unit = self.unit_at(pc as usize - 1);
        if !matches!(unit.op, Op::LOAD_ATTR | Op::LOAD_METHOD) || !self.exception_matches(raised.0, ATTRIBUTE_ERROR) {
            return;
        }
        let Some(object) = self.stack[place] else { return };
        let ty = self.heap.type_of_type(self.ty(object));
        let own_way = ty.special & (special::GETATTRIBUTE | special::GETATTR) != 0 || matches!(ty.layout, Layout::Type | Layout::Module);
        if own_way || unit.op == Op::LOAD_ATTR {
            self.set_attribute_error_context(raised.0, object, unit.object());
        }
    }

    /// The same for what the innermost frame raised, before it is popped with the operands of its caller's instruction.
    pub(super) fn tell_attribute_of_caller(&mut self, raised: &Raised) {
        let [.., caller, callee] = &self.frames[..] else { return };
        if let (FrameKind::Python(caller), true) = (&caller.kind, callee.top > callee.return_sp) {
            let (pc, place) = (caller.pc, callee.return_sp as usize);
            self.tell_attribute(raised, pc, place);
        }
    }

    /// A StopIteration must not leave a generator's body.
    fn leave_generator(&mut self, generator: ObjRef, raised: Raised) -> Raised {
        let (ty, what) = match self.ty(generator) {
            GENERATOR => (STOP_ITERATION, "generator raised StopIteration"),
            COROUTINE => (STOP_ITERATION, "coroutine raised StopIteration"),
            _ if self.exception_matches(raised.0, STOP_ASYNC_ITERATION) => {
                (STOP_ASYNC_ITERATION, "async generator raised StopAsyncIteration")
            }
            _ => (STOP_ITERATION, "async generator raised StopIteration"),
        };
        if !self.exception_matches(raised.0, ty) {
            return raised;
        }
        let error = self.raise_from(RUNTIME_ERROR, what, raised);
        self.add_traceback(error.0, None);
        error
    }

    /// Adds the innermost Python frame to the exception's traceback.
    fn add_traceback(&mut self, exception: ObjRef, failed_at: Option<u32>) {
        let Some((depth, PyFrame { code, .. })) = self.top_python_frame() else { return };
        let code = *code;
        let frame = self.frame_object(depth);
        let lasti = failed_at.unwrap_or_else(|| self.lasti_of(code, self.frame_pc(depth)).max(0) as u32);
        let lineno = self.line_at(code, lasti);
        let next = self.heap.exception_mut(exception).and_then(|exception| exception.traceback.take());
        if next.is_none() {
            self.raises += 1;
            (self.last_raised, self.raised_in) = (Some(self.ty(exception)), Some(code));
            self.alert();
        } else if self.is_alert() && !self.is_library(code) && next.is_some_and(|entry| self.is_all_in_library(entry)) {
            self.arrivals += 1;
            self.last_raised = Some(self.ty(exception));
            self.alert();
        }
        let record = self.spare.traceback(Traceback { next, frame, lasti, lineno });
        let traceback = self.alloc_tracked(TRACEBACK, 0, Body::Traceback(record));
        match self.heap.exception_mut(exception) {
            Some(exception) => exception.traceback = Some(traceback),
            None => self.decref(traceback),
        }
    }

    fn is_library(&self, code: ObjRef) -> bool {
        matches!(self.heap.body(code), Body::Code(code) if self.is_library_code(code))
    }

    /// Whether an exception has come through library code alone up to now: the entries of its traceback.
    fn is_all_in_library(&self, entry: ObjRef) -> bool {
        let mut entry = Some(entry);
        while let Some(Body::Traceback(record)) = entry.map(|entry| self.heap.body(entry)) {
            let Body::Frame(frame) = self.heap.body(record.frame) else { return false };
            if !self.is_library(frame.code) {
                return false;
            }
            entry = record.next;
        }
        true
    }

    /// Whether the last exception was raised by library code.
    pub fn is_raised_in_library(&self) -> bool {
        self.raised_in.is_some_and(|code| self.heap.is_alive(code) && self.is_library(code))
    }

    /// The line of a byte offset in a code object.
    pub fn line_at(&self, code: ObjRef, offset: u32) -> i32 {
        let Body::Code(code) = self.heap.body(code) else { return 0 };
        code.line_at(offset)
    }

    /// The frame object of the Python frame at `depth`, owned by the caller.
    pub fn frame_object(&mut self, depth: usize) -> ObjRef {
        let frame = self.python_frame(depth).expect("a Python frame");
        if let Some(object) = frame.object {
            self.incref(object);
            return object;
        }
        let record = FrameObject {
            code: frame.code,
            globals: frame.globals,
            builtins: frame.builtins,
            back: None,
            state: FrameState::Live(depth as u32),
            lasti: -1,
            trace: FrameTrace::default(),
        };
        let object = self.alloc_container(FRAME, 0, Body::Frame(Box::new(record)));
        self.incref(object);
        if let FrameKind::Python(frame) = &mut self.frames[depth].kind {
            frame.object = Some(object);
        }
        object
    }

    /// The exception being handled in the innermost place that handles one: what a bare `raise` raises again.
    pub fn handled_exception(&self) -> Option<ObjRef> {
        self.handled.iter().rev().find_map(|&exception| exception)
    }

    /// A new exception was raised while another is handled: that becomes its `__context__`.
    pub fn set_context(&mut self, exception: ObjRef) {
        let Some(context) = self.handled_exception() else { return };
        if context == exception {
            return;
        }
        // Break the chain where it would become a cycle.
        let (mut at, mut slow, mut advance) = (context, context, false);
        while let Some(next) = self.heap.exception(at).and_then(|exception| exception.context) {
            if next == exception {
                let record = self.heap.exception_mut(at).expect("an exception");
                record.context = None;
                self.decref(exception);
                break;
            }
            at = next;
            // A program may have made a cycle of its own: the slower of two walkers is caught up with then.
            if at == slow {
                break;
            }
            if advance {
                slow = self.heap.exception(slow).and_then(|exception| exception.context).unwrap_or(slow);
            }
            advance = !advance;
        }
        self.incref(context);
        if let Some(record) = self.heap.exception_mut(exception) {
            let old = record.context.replace(context);
            self.xdecref(old);
        }
    }

    /// An exception that nobody can catch, such as one in `__del__`: told on stderr.
    pub fn write_unraisable(&mut self, raised: Raised, place: Option<ObjRef>) {
        // Raised outside of all Python code it has no traceback: then the running frame is told.
        let is_bare = self.heap.exception(raised.0).is_some_and(|exception| exception.traceback.is_none());
        if is_bare && self.top_python_frame().is_some() {
            self.add_traceback(raised.0, None);
        }
        (self.unraisable)(self, raised, None, place);
    }
}
