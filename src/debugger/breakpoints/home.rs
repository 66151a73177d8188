//! The call that a watched local variable belongs to: a variable of the same name in another call is another one.
//!
//! A frame has no number of its own. It is known by its place on the stack and its code, between the instants when it began and
//! ended: these are looked for when one goes to where it may not be the same call ([`Home::unknown`]).
//!
//! `watch total` in `f`: `helper` has a `total` too, which is not meant.

use crate::{
    bytecode::code::{CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR},
    debugger::evaluate::Question,
    heap::ObjRef,
    objects::{Body, Objects},
    vm::{
        Vm,
        threads::{MAIN, ThreadId},
    },
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
    thread: ThreadId,
    /// An instant of the call, and the one up to which it is known to last.
    set_at: u64,
    lasts_to: u64,
    /// Its first instant, if that is known, and the first one after it.
    began: Option<u64>,
    after: Option<u64>,
}

/// Where the call is at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    Here,
    /// It has not begun, or is over.
    Gone,
    /// Another thread runs.
    Elsewhere,
}

/// What has to be known of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// When it began: before this instant.
    Start(u64),
    /// Whether it ended after this instant.
    End(u64),
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
                let now = vm.steps();
                let thread = vm.threads.current().id;
                let (base, code) = (python.base, python.code);
                let home =
                    Home { function, is_to_come: false, depth, base, code, thread, set_at: now, lasts_to: now, began: None, after: None };
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
            thread: MAIN,
            set_at: 0,
            lasts_to: 0,
            began: None,
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
            let now = vm.steps();
            (self.is_to_come, self.depth, self.base, self.code) = (false, depth, frame.base, frame.code);
            (self.thread, self.set_at, self.lasts_to) = (vm.threads.current().id, now, now);
        }
    }

    /// Where this call is, at an instant that is known to be the next one, or of which [`Home::unknown`] has nothing to say.
    pub fn at(&mut self, vm: &Vm) -> At {
        if self.is_to_come {
            self.take(vm);
        }
        if self.is_to_come {
            return At::Gone;
        }
        let step = vm.steps();
        if self.after.is_some_and(|after| step >= after) || step < self.began.unwrap_or(self.set_at) {
            return At::Gone;
        }
        if vm.threads.current().id != self.thread {
            return At::Elsewhere;
        }
        if step <= self.set_at || self.stands(vm) && !self.begins(vm) {
            self.lasts_to = self.lasts_to.max(step);
            return At::Here;
        }
        self.after = Some(step);
        At::Gone
    }

    /// A frame of this code is at its place; of this call or of another one.
    fn stands(&self, vm: &Vm) -> bool {
        self.depth < vm.frames.len() && vm.python_frame(self.depth).is_some_and(|it| (it.base, it.code) == (self.base, self.code))
    }

    /// A call at its place is about to run its first instruction.
    fn begins(&self, vm: &Vm) -> bool {
        let starts = matches!(vm.heap.body(self.code), Body::Code(code) if code.start == vm.pc);
        starts && self.depth + 1 == vm.frames.len() && self.stands(vm)
    }

    /// What has to be found out before a run that begins at an instant; the run to be looked through ends or begins there.
    pub fn unknown(&self, from: u64) -> Option<Unknown> {
        match self.is_to_come {
            true => None,
            false if from < self.set_at => self.began.is_none().then_some(Unknown::Start(self.set_at)),
            false => (self.after.is_none() && from > self.lasts_to).then_some(Unknown::End(self.lasts_to)),
        }
    }

    /// Looks for its first instant: shown are instants before one of the call, in order. True: it may be this one.
    pub fn may_begin(&self, vm: &Vm) -> bool {
        vm.threads.current().id == self.thread && self.begins(vm)
    }

    /// It began at this instant.
    pub fn set_start(&mut self, step: u64) {
        self.began = Some(step);
    }

    /// Its end is not before this instant, if it is not known.
    pub fn set_known_to(&mut self, step: u64) {
        self.lasts_to = self.lasts_to.max(step);
    }

    /// Its end is known.
    pub fn is_over(&self) -> bool {
        self.after.is_some()
    }

    /// The run has another future.
    pub fn forget_after(&mut self, step: u64) {
        self.after = self.after.filter(|after| *after <= step);
        self.lasts_to = self.lasts_to.min(step);
        if !self.is_to_come && self.set_at > step {
            // The call goes on in the new future, or the next one will be it.
            match self.began {
                Some(began) if began <= step => self.set_at = step,
                _ => *self = Home::to_come(&self.function),
            }
        }
    }
}
