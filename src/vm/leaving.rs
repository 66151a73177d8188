//! How Python frames end: their variables go, then what they hold beside, and the frame below goes on.
//!
//! The commonest have ways of their own: a function that Python code called, `__init__` of a new instance, a body that SEND goes on
//! with. Counterpart in CPython 3.11: `_PyEvalFrameClearAndPop`, `gen_send_ex2`.

use super::{
    Vm,
    frame::{Frame, FrameKind, NativeState, Receive},
};
use crate::{
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        frame::{FrameState, PyFrame},
        generator::GeneratorState,
    },
};

/// What the commonest frame holds, beside its variables from `base` on: that of a function at which nobody looks.
struct PlainFrame {
    func: ObjRef,
    code: ObjRef,
    base: u32,
}

impl PlainFrame {
    /// `None`: the frame has a frame object, a generator or a namespace, or is no function's.
    #[inline(always)]
    fn of(frame: &PyFrame) -> Option<PlainFrame> {
        match *frame {
            PyFrame { code, func: Some(func), locals: None, object: None, generator: None, base, .. } => {
                Some(PlainFrame { func, code, base })
            }
            _ => None,
        }
    }
}

impl Vm {
    /// Ends the running frame if it is the commonest: a function that Python code called and that nobody looks at. The caller goes
    /// on, with the stack as it was before the call; how it receives the result, which is to be pushed.
    #[inline(always)]
    pub fn leave_function(&mut self) -> Option<Receive> {
        let &Frame { kind: FrameKind::Python(ref frame), receive, return_sp, top, .. } = self.frames.last()? else { return None };
        if receive != Receive::Call && (receive != Receive::Push || !self.is_called_by_python()) {
            return None;
        }
        let plain = PlainFrame::of(frame)?;
        self.pop_plain(plain);
        self.drop_stack(return_sp as usize, top as usize);
        self.load_registers();
        Some(receive)
    }

    /// Whether a Python frame of the same run is below the running one.
    #[inline(always)]
    fn is_called_by_python(&self) -> bool {
        let depth = self.frames.len();
        depth > self.floor + 1 && matches!(self.frames[depth - 2].kind, FrameKind::Python(_))
    }

    /// Pops the running frame: its variables go, then function and code.
    #[inline(always)]
    fn pop_plain(&mut self, PlainFrame { func, code, base }: PlainFrame) {
        self.frames.drop_last();
        self.drop_stack(base as usize, self.sp);
        self.decref(func);
        self.decref(code);
    }

    /// Ends the running frame if it is the `__init__` of a plain instance that returns None (owned) to who made it. The instance is
    /// the result of the call then.
    #[inline]
    pub fn leave_init(&mut self, value: ObjRef) -> bool {
        let [.., Frame { kind: FrameKind::Python(_), .. }, init, frame] = &self.frames[..] else { return false };
        let &Frame { kind: FrameKind::Native(NativeState::Init { instance, args }), receive: Receive::Push, return_sp, top, .. } = init
        else {
            return false;
        };
        let Frame { kind: FrameKind::Python(frame), receive: Receive::Push, .. } = frame else { return false };
        let Some(plain) = PlainFrame::of(frame) else { return false };
        if value != NONE || self.frames.len() < self.floor + 2 {
            return false;
        }
        self.pop_plain(plain);
        if self.attention && !self.pending.is_empty() {
            self.deliver_after_pending(Receive::Push, value, false);
            return true;
        }
        self.heap.decref_immortal(NONE);
        self.pop_init(args, return_sp, top);
        self.push(instance);
        true
    }

    /// Pops the frame that waited for `__init__`.
    #[inline(always)]
    pub(super) fn pop_init(&mut self, args: ObjRef, return_sp: u32, top: u32) {
        self.frames.drop_last();
        self.decref(args);
        self.drop_stack(return_sp as usize, top as usize);
        self.load_registers();
    }

    /// Ends the running Python frame: gives up its variables and pops it. Returns how its result is received.
    #[inline]
    pub fn pop_python_frame(&mut self) -> Receive {
        let Some(Frame { kind: FrameKind::Python(frame), receive, return_sp, top, .. }) = self.frames.last() else {
            panic!("a Python frame ends itself")
        };
        let (base, sp, receive, return_sp, top) = (frame.base as usize, self.sp, *receive, *return_sp, *top);
        if let Some(plain) = PlainFrame::of(frame) {
            self.pop_plain(plain);
            self.drop_stack(return_sp as usize, top as usize);
            self.load_registers();
            return receive;
        }
        let Some(Frame { kind: FrameKind::Python(frame), .. }) = self.frames.pop() else { panic!("looked at above") };
        if frame.object.is_some() {
            self.end_observed_frame(&frame, base, sp);
        } else {
            if let Some(generator) = frame.generator {
                self.end_generator(generator);
            }
            self.drop_stack(base, sp);
            self.release_frame(&frame);
        }
        self.drop_stack(return_sp as usize, top as usize);
        self.load_registers();
        receive
    }

    /// Ends the running frame if it is that of a generator or coroutine that SEND goes on with, and nobody looks at it: SEND gets the
    /// value (owned), unless finalizers are to run first.
    #[inline]
    pub(super) fn leave_body(&mut self, value: ObjRef) -> bool {
        let Some(&Frame { kind: FrameKind::Python(ref frame), receive: Receive::Send, return_sp, top, .. }) = self.frames.last() else {
            return false;
        };
        let PyFrame { code, func: Some(func), locals: None, object: None, generator: Some(generator), base, .. } = *frame else {
            return false;
        };
        if self.frames.len() <= self.floor + 1 || self.wants_exceptions() {
            return false;
        }
        self.frames.drop_last();
        self.end_generator(generator);
        self.drop_stack(base as usize, self.sp);
        self.decref(func);
        self.decref(code);
        self.drop_stack(return_sp as usize, top as usize);
        self.load_registers();
        if self.attention && !self.pending.is_empty() {
            self.deliver_after_pending(Receive::Send, value, true);
        } else {
            super::exec::generators::send_finished(self, value);
        }
        true
    }

    /// Gives up what a frame holds beside its variables.
    pub(super) fn release_frame(&mut self, frame: &PyFrame) {
        self.xdecref(frame.locals);
        match frame.func {
            Some(func) => self.decref(func),
            None => {
                self.decref(frame.globals);
                self.decref(frame.builtins);
            }
        }
        self.decref(frame.code);
    }

    /// The body of a generator has ended.
    fn end_generator(&mut self, generator: ObjRef) {
        if let Body::Generator(record) = self.heap.body_mut(generator) {
            record.state = GeneratorState::Finished;
        }
        let handled = self.handled.pop().flatten();
        self.xdecref(handled);
    }

    /// The frame that ends has a frame object, which takes over the variables if somebody still holds it.
    #[cold]
    fn end_observed_frame(&mut self, frame: &PyFrame, base: usize, sp: usize) {
        if let Some(generator) = frame.generator {
            self.end_generator(generator);
        }
        let slots: Vec<Option<ObjRef>> = self.stack[base..sp].iter_mut().map(Option::take).collect();
        match frame.object {
            Some(object) if self.heap.refcount(object) > 1 => {
                // The object takes the caller's frame object along, as f_back must go on working; a generator's has no caller.
                let caller = if frame.generator.is_none() { self.top_python_frame().map(|(depth, _)| depth) } else { None };
                let back = caller.map(|depth| self.frame_object(depth));
                let lasti = self.lasti_of(frame.code, self.pc);
                let Body::Frame(record) = self.heap.body_mut(object) else { panic!("a frame object") };
                record.lasti = lasti;
                record.back = back;
                record.state = FrameState::Ended { func: frame.func, locals: frame.locals, slots };
                self.heap.collector.track(object);
                self.decref(object);
            }
            object => {
                if let Some(object) = object {
                    self.decref(object);
                }
                self.decref_all(slots.into_iter().flatten());
                self.release_frame(frame);
            }
        }
    }
}
