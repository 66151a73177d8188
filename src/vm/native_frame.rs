//! Native code that calls Python: a state machine whose state is data in the call stack.
//!
//! `sorted(xs, key=f)` must call `f` for each item, and a debugger must be able to stop in `f`, clone the machine and go
//! back. So `sorted` does not call `f` in Rust: its [`Native::resume`] asks the machine to push `f`'s frame, returns
//! [`Outcome::Pushed`], and is resumed with the result. When the callee is native itself the result is there at once, and
//! `resume` simply goes on.

use super::{Outcome, Raised, Res, Vm, frame::NativeState};
use crate::heap::ObjRef;

/// What native code is resumed with.
#[derive(Debug)]
pub enum Input {
    /// The first time.
    Start,
    /// The result of what it asked for, owned.
    Value(ObjRef),
    /// The iterator that it asked for an item has none left.
    Exhausted,
}

impl Input {
    /// The result that came, owned, if one did.
    pub fn value(self) -> Option<ObjRef> {
        match self {
            Input::Value(value) => Some(value),
            Input::Start | Input::Exhausted => None,
        }
    }

    /// The result is of no interest.
    pub fn discard(self, vm: &mut Vm) {
        if let Input::Value(value) = self {
            vm.decref(value);
        }
    }
}

/// A piece of native code with its state.
pub trait Native: NativeClone + Send + Sync + 'static {
    /// The name shown in the call stack: `sorted`, `print`.
    fn name(&self) -> &'static str;

    /// Goes on. `Pushed`: a frame was pushed whose result comes with the next call.
    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res;

    /// What it waited for raised. By default it ends with the same exception.
    fn raised(&mut self, _vm: &mut Vm, raised: Raised) -> Res {
        Err(raised)
    }

    /// An item (owned) comes from the iterator it waits for: true if it has taken it, without running anything, and would ask for the
    /// next one at once. A generator goes on then as if it had been left and resumed.
    fn take(&mut self, _vm: &mut Vm, _item: ObjRef) -> bool {
        false
    }

    /// The references it owns.
    fn trace(&self, visit: &mut dyn FnMut(ObjRef));

    /// It has ended: gives up the references it owns. What was handed out must no longer be traced.
    fn release(&mut self, vm: &mut Vm) {
        let mut owned = std::mem::take(&mut vm.spare.refs);
        self.trace(&mut |object| owned.push(object));
        vm.decref_all(owned.drain(..));
        vm.spare.refs = owned;
    }

    /// Itself in a frame that waits.
    fn into_state(self) -> NativeState
    where
        Self: Sized,
    {
        NativeState::Waiting(Box::new(self))
    }

    /// For the frame that waits for the outside world: what makes an object of the answer.
    fn answer_with(&self) -> Option<super::host::Then> {
        None
    }
}

/// Cloning through `dyn Native`.
pub trait NativeClone {
    fn clone_box(&self) -> Box<dyn Native>;
}

impl<T: Native + Clone> NativeClone for T {
    fn clone_box(&self) -> Box<dyn Native> {
        Box::new(self.clone())
    }
}

impl Clone for Box<dyn Native> {
    fn clone(&self) -> Box<dyn Native> {
        (**self).clone_box()
    }
}

/// What native code does with the value when it comes: a function of a few references, for the many natives that wait once.
///
/// ```text
///   bool(x)   →   call x.__bool__, then check that the result is a bool
/// ```
#[derive(Clone)]
pub struct Then {
    pub name: &'static str,
    pub refs: Vec<ObjRef>,
    /// Borrows the references, owns the value.
    pub then: fn(&mut Vm, refs: &[ObjRef], value: ObjRef) -> Res,
    /// What it waits for. Borrows the references.
    pub first: fn(&mut Vm, refs: &[ObjRef]) -> Res,
    /// `then` was called and waits itself: what comes now is its result.
    fired: bool,
}

impl Native for Then {
    fn name(&self) -> &'static str {
        self.name
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let value = match input {
            Input::Start => match (self.first)(vm, &self.refs)? {
                Outcome::Pushed => return Ok(Outcome::Pushed),
                Outcome::Done(value) => value,
            },
            Input::Value(value) if self.fired => return Ok(Outcome::Done(value)),
            Input::Value(value) => value,
            Input::Exhausted => vm.none(),
        };
        self.fired = true;
        (self.then)(vm, &self.refs, value)
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

/// A value on its way to the frame below, held up while finalizers run.
#[derive(Clone)]
pub(super) struct Deferred {
    pub value: Option<ObjRef>,
    /// The value is a generator's return value.
    pub finished: bool,
}

impl Native for Deferred {
    fn name(&self) -> &'static str {
        "return"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        input.discard(vm);
        let depth = vm.frames.len();
        if vm.run_pending() {
            vm.receive(depth, super::frame::Receive::Push);
            return Ok(Outcome::Pushed);
        }
        let value = self.value.take().expect("the value held up");
        if self.finished { Err(vm.stop_iteration(value)) } else { Ok(Outcome::Done(value)) }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.value.iter().for_each(|&o| visit(o));
    }
}

impl Vm {
    /// Calls a function and does something with the result; `refs` are what both need. They are borrowed: the caller keeps
    /// them alive meanwhile, as a native's arguments are.
    pub fn call_then(
        &mut self,
        name: &'static str,
        refs: &[ObjRef],
        first: fn(&mut Vm, &[ObjRef]) -> Res,
        then: fn(&mut Vm, &[ObjRef], ObjRef) -> Res,
    ) -> Res {
        self.start_native(Then { name, refs: refs.to_vec(), first, then, fired: false })
    }
}
