//! Where results go: what a frame returns to the one below, and what an instruction does with an outcome.
//!
//! An instruction's operands stay on the stack until its result is there, so that Python code that runs meanwhile sees their
//! counts as in CPython.
//!
//! ```python
//! a + b        # operate: both are held while a.__add__ runs; then its result takes their place
//! ```

use super::{Flow, build};
use crate::{
    heap::ObjRef,
    objects::core_types::*,
    vm::{
        Outcome, Res, Vm,
        frame::{Frame, FrameKind, Receive, Signal},
        native_frame::Deferred,
    },
};

impl Vm {
    /// The running frame returns a value (owned).
    #[inline]
    pub fn return_value(&mut self, value: ObjRef) {
        let is_generator = self.frame().generator.is_some();
        if is_generator && self.leave_body(value) {
            return;
        }
        let receive = self.pop_python_frame();
        if self.attention && !self.pending.is_empty() {
            // Finalizers of dead locals run before the caller goes on.
            return self.deliver_after_pending(receive, value, is_generator);
        }
        if !is_generator && self.is_pushed(receive) {
            return self.push(value);
        }
        if value == NONE
            && let Some((receive, instance)) = self.finish_init()
        {
            self.heap.decref_immortal(NONE);
            if self.is_pushed(receive) {
                return self.push(instance);
            }
            return self.deliver(receive, Signal::Value(instance));
        }
        self.deliver(receive, if is_generator { Signal::Finished(value) } else { Signal::Value(value) });
    }

    /// Whether a value goes on the stack of a Python frame that waits for it, as it is.
    #[inline(always)]
    pub(in crate::vm) fn is_pushed(&self, receive: Receive) -> bool {
        matches!(receive, Receive::Push | Receive::Call)
            && self.frames.len() > self.floor
            && matches!(self.frames.last(), Some(Frame { kind: FrameKind::Python(_), .. }))
    }

    /// Goes on with a value when the finalizers of dead objects have run.
    #[cold]
    pub(in crate::vm) fn deliver_after_pending(&mut self, receive: Receive, value: ObjRef, is_generator: bool) {
        self.attention = self.given_up.is_some();
        let depth = self.frames.len();
        let waiting = Deferred { value: Some(value), finished: is_generator };
        match self.start_native(waiting) {
            Ok(Outcome::Pushed) => self.receive(depth, receive),
            Ok(Outcome::Done(value)) => {
                self.deliver(receive, if is_generator { Signal::Finished(value) } else { Signal::Value(value) });
            }
            Err(raised) => self.deliver(receive, Signal::Raised(raised)),
        }
    }

    /// Does something with the top `n` values, which stay on the stack until the result is there: Python code that runs
    /// meanwhile sees their counts as in CPython. The result is received as told.
    #[inline]
    pub(in crate::vm) fn operate(&mut self, n: usize, receive: Receive, apply: impl FnOnce(&mut Vm) -> Res) -> Flow {
        let depth = self.frames.len();
        let floor = self.sp - n;
        match apply(self)? {
            Outcome::Done(value) => {
                let top = self.sp;
                self.drop_stack(floor, top);
                match receive {
                    Receive::Discard => self.decref(value),
                    Receive::Unpack => build::spread_items(self, value),
                    _ => self.push(value),
                }
            }
            Outcome::Pushed => {
                let frame = &mut self.frames[depth];
                frame.receive = receive;
                frame.return_sp = floor as u32;
            }
        }
        Ok(())
    }

    /// The same for a truth value; `invert` it for `not`.
    pub(in crate::vm) fn operate_bool(&mut self, n: usize, invert: bool, apply: impl FnOnce(&mut Vm) -> Res<bool>) -> Flow {
        let receive = if invert { Receive::Not } else { Receive::Push };
        self.operate(n, receive, |vm| {
            Ok(match apply(vm)? {
                Outcome::Done(verdict) => Outcome::Done(vm.new_bool(verdict != invert)),
                Outcome::Pushed => Outcome::Pushed,
            })
        })
    }

    /// Stores an outcome where the instruction's result goes: on the stack.
    #[inline]
    pub(in crate::vm) fn push_outcome(&mut self, outcome: Outcome) {
        if let Outcome::Done(value) = outcome {
            self.push(value);
        }
    }

    /// Drops an outcome that the instruction does not want.
    #[inline]
    pub(in crate::vm) fn discard_outcome(&mut self, depth: usize, outcome: Outcome) {
        if let Some(value) = self.receiving(depth, outcome, Receive::Discard) {
            self.decref(value);
        }
    }
}
