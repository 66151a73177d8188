//! The call that a watched local variable belongs to: a variable of the same name in another call is another one.
//!
//! A frame has no number of its own. It is known by its place on the stack and its code, from the instant of the watch on as far
//! as it was seen there without a break, in both directions.
//!
//! `watch total` in `f`: `helper` has a `total` too, which is not meant.

use crate::{
    bytecode::code::{CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR},
    debugger::evaluate::Question,
    heap::ObjRef,
    objects::{Body, Objects},
    vm::Vm,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// What is called. The next call of it is meant, until there is one.
    pub function: String,
    is_to_come: bool,
    /// The index of its frame.
    pub depth: usize,
    base: u32,
    code: ObjRef,
    /// When the watch was set.
    set_at: u64,
    /// Instants at which it was not there: the last one before that, the first one after.
    before: Option<u64>,
    after: Option<u64>,
}

impl Home {
    /// The call that an expression is about, from a frame outwards: the innermost that has a local variable of it. None where a
    /// frame before that gives it a value by its globals, or where it is a generator, which comes and goes.
    pub fn of(question: &Question, vm: &Vm, frame: usize) -> Option<Home> {
        let names = question.names();
        for depth in (0..vm.frames.len().saturating_sub(frame)).rev() {
            let Some(python) = vm.python_frame(depth) else { continue };
            let Body::Code(code) = vm.heap.body(python.code) else { continue };
            let has_it = code.code.localsplusnames.iter().any(|name| names.contains(&name.to_string().as_str()));
            if has_it {
                let comes_and_goes = code.code.flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR) != 0;
                let function = code.code.qualname.to_string();
                let home = Home {
                    function,
                    is_to_come: false,
                    depth,
                    base: python.base,
                    code: python.code,
                    set_at: vm.steps(),
                    before: None,
                    after: None,
                };
                return (!comes_and_goes).then_some(home);
            }
            if !question.sight_in(vm, depth).is_nothing() {
                return None;
            }
        }
        None
    }

    /// The next call of a function.
    pub fn to_come(function: &str) -> Home {
        Home {
            function: function.to_owned(),
            is_to_come: true,
            depth: 0,
            base: 0,
            code: crate::objects::core_types::NONE,
            set_at: 0,
            before: None,
            after: None,
        }
    }

    /// Whether it is known which call is meant.
    pub fn is_known(&self) -> bool {
        !self.is_to_come
    }

    /// A call of the function that runs is the one that is meant.
    fn take(&mut self, vm: &Vm) {
        let Some((depth, frame)) = vm.top_python_frame() else { return };
        if let Body::Code(code) = vm.heap.body(frame.code)
            && *code.code.qualname == *self.function
        {
            (self.is_to_come, self.depth, self.base, self.code, self.set_at) = (false, depth, frame.base, frame.code, vm.steps());
        }
    }

    /// Whether this call is under way.
    pub fn lives(&mut self, vm: &Vm) -> bool {
        if self.is_to_come {
            self.take(vm);
        }
        if self.is_to_come {
            return false;
        }
        let step = vm.steps();
        if self.before.is_some_and(|before| step <= before) || self.after.is_some_and(|after| step >= after) {
            return false;
        }
        let is_there = self.depth < vm.frames.len()
            && vm.python_frame(self.depth).is_some_and(|frame| (frame.base, frame.code) == (self.base, self.code));
        if !is_there && step > self.set_at {
            self.after = Some(step);
        } else if !is_there {
            self.before = Some(step);
        }
        is_there
    }

    /// The run has another future.
    pub fn forget_after(&mut self, step: u64) {
        self.after = self.after.filter(|after| *after <= step);
    }
}
