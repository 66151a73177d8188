//! The GIL changes hands: when it is asked for, where the holder looks, and who is next.
//!
//! ```text
//!   ready since 1,000 ── interval ── request ── holder's next check point ── hand-over
//! ```
//!
//! Check points are CPython 3.11's: after RESUME 0 and 1, after a jump backwards that is taken (not
//! JUMP_BACKWARD_NO_INTERRUPT), and after CALL or CALL_FUNCTION_EX of anything but a Python function. So `n += 1` on a global
//! is never torn apart, and `m = m + one()` is. While nobody asks, no instruction is looked at; while somebody does, they are
//! granted one by one. Counterpart: `eval_breaker`, `gil_drop_request`, `take_gil`, `drop_gil`.

use super::{Awaited, HandOver, MAIN, Mark, NANOSECONDS, Resume, Schedule, State, Thread, ThreadId, Why};
use crate::{
    bytecode::opcode::Op,
    objects::{Body, Objects, core_types::*},
    vm::{
        Outcome, Res, Vm,
        frame::{FrameKind, Receive, Signal},
        host::Request,
        raised::done,
    },
};

impl Vm {
    /// Before an instruction, when there are several threads: the GIL changes hands if it was asked for and the instruction before
    /// ended at a check point. True: the main thread is to raise KeyboardInterrupt. To be asked twice at one instant changes nothing.
    #[cold]
    pub(in crate::vm) fn look_at_threads(&mut self) -> bool {
        if !self.may_switch() {
            return false;
        }
        if self.threads.is_main() && !self.threads.signals.is_empty() {
            let signal = self.threads.signals.remove(0);
            return signal == 2 && !self.call_handler(signal);
        }
        self.wake_sleepers();
        let now = self.steps();
        let chosen = self.threads.chosen.filter(|&id| {
            let is_ready = |thread: &Thread| matches!(thread.state, State::Ready { .. }) && self.threads.can_go_on(thread);
            id != self.threads.current().id && self.threads.get(id).is_some_and(is_ready)
        });
        let is_asked = chosen.is_some() || self.threads.request_due().is_some_and(|due| due <= now);
        if !is_asked {
            self.threads.mark = None;
            return false;
        }
        if let Some(mark) = self.threads.mark
            && mark.step + 1 == now
            && self.is_check_point(mark)
        {
            let next = match chosen {
                Some(id) => self.threads.list.iter().position(|thread| thread.id == id),
                None => self.pick(),
            };
            if let Some(next) = next {
                self.threads.chosen = None;
                self.threads.current_mut().state = State::Ready { since: now };
                self.hand_over(next, if chosen.is_some() { Why::Chosen } else { Why::Request });
                return false;
            }
        }
        if self.threads.mark.is_none_or(|mark| mark.step != now) {
            self.threads.mark = Some(self.mark_here());
        }
        false
    }

    fn mark_here(&self) -> Mark {
        let is_called = self.frames.last().is_some_and(|frame| frame.receive == Receive::Call);
        Mark { step: self.steps(), pc: self.pc, depth: self.frames.len(), is_called }
    }

    /// The most instructions that may run before threads must be looked at again.
    pub(in crate::vm) fn until_threads(&self) -> u32 {
        let now = self.steps();
        let request = if self.threads.chosen.is_some() { Some(now) } else { self.threads.request_due() };
        let sleepers = self.threads.list.iter().filter_map(|thread| match thread.state {
            State::Blocked { deadline, .. } => Some(deadline?.saturating_sub(self.threads.slept).div_ceil(NANOSECONDS)),
            _ => None,
        });
        let due = sleepers.chain(request).min().unwrap_or(u64::MAX);
        u32::try_from(due.saturating_sub(now)).unwrap_or(u32::MAX).max(1)
    }

    /// Whether the holder looks for requests between the marked instruction, which has run, and the next one.
    fn is_check_point(&self, mark: Mark) -> bool {
        let unit = self.unit_at(mark.pc as usize);
        let (depth, went_on) = (self.frames.len(), self.pc == mark.pc + 1);
        match unit.op {
            Op::RESUME => unit.arg < 2 && went_on,
            Op::JUMP_BACKWARD => true,
            Op::POP_JUMP_BACKWARD_IF_FALSE
            | Op::POP_JUMP_BACKWARD_IF_TRUE
            | Op::POP_JUMP_BACKWARD_IF_NONE
            | Op::POP_JUMP_BACKWARD_IF_NOT_NONE => depth == mark.depth && self.pc == unit.arg,
            Op::CALL | Op::CALL_FUNCTION_EX => depth == mark.depth && went_on,
            // The call of something that called this function has returned.
            Op::RETURN_VALUE | Op::YIELD_VALUE => {
                depth < mark.depth
                    && !mark.is_called
                    && self.pc > 0
                    && matches!(self.unit_at(self.pc as usize - 1).op, Op::CALL | Op::CALL_FUNCTION_EX)
            }
            _ => false,
        }
    }

    /// Whether the last instruction, at this unit, ended at a check point: for who searches schedules.
    pub fn ends_at_check_point(&self, step: u64, pc: u32, depth: usize, is_called: bool) -> bool {
        self.is_check_point(Mark { step, pc, depth, is_called })
    }

    /// Threads whose moment has come wait for the GIL.
    fn wake_sleepers(&mut self) {
        let (now, clock) = (self.steps(), self.clock());
        for thread in &mut self.threads.list {
            if let State::Blocked { on, since, deadline: Some(deadline) } = thread.state
                && deadline <= clock
            {
                // A line of input was there all the time: who waits for it has asked for the GIL long enough.
                let since = if on == Awaited::Input { since } else { now };
                (thread.state, thread.resume) = (State::Ready { since }, Resume::Wake);
            }
        }
    }

    /// Who gets the GIL.
    fn pick(&mut self) -> Option<usize> {
        let waiters = self.threads.waiters();
        if let Some(chosen) = self.threads.chosen
            && let Some(&index) = waiters.iter().find(|&&index| self.threads.list[index].id == chosen)
        {
            self.threads.chosen = None;
            return Some(index);
        }
        match &mut self.threads.schedule {
            schedule @ Schedule::Seeded { .. } if !waiters.is_empty() => {
                let chance = schedule.chance();
                Some(waiters[chance as usize % waiters.len()])
            }
            _ => waiters.first().copied(),
        }
    }

    /// The thread in the machine has released the GIL: somebody else takes it. True: leave the loop, as everybody waits.
    #[cold]
    pub(in crate::vm) fn pass_gil(&mut self) -> bool {
        self.wake_sleepers();
        if self.threads.waiters().is_empty() {
            self.wake_reader();
        }
        if let Some(next) = self.pick() {
            let why = match self.threads.current().state {
                State::Ended => Why::Ended,
                State::Ready { .. } => Why::Yield,
                _ => Why::Blocked,
            };
            self.threads.released = false;
            self.hand_over(next, why);
            return false;
        }
        let clock = self.clock();
        let earliest = self.threads.list.iter().filter_map(|thread| match thread.state {
            State::Blocked { deadline, .. } if self.threads.can_go_on(thread) => deadline,
            _ => None,
        });
        let earliest = earliest.min();
        if earliest.is_none() && (self.nested_runs > 0 || !self.threads.nest.is_empty()) {
            self.give_up_nested();
            return false;
        }
        // Of one that has ended there is nothing to look at any more.
        if self.threads.current().state == State::Ended
            && let Some(main) = self.threads.list.iter().position(|thread| thread.id == MAIN)
        {
            self.exchange(main);
        }
        self.attention = true;
        match earliest {
            Some(deadline) => self.request = Some(Request::Wait(deadline.saturating_sub(clock))),
            None => self.threads.deadlocked = true,
        }
        true
    }

    /// Nobody else can go on: who waits for a line of input asks for it.
    fn wake_reader(&mut self) {
        let now = self.steps();
        let is_reading = |thread: &Thread| matches!(thread.state, State::Blocked { on: Awaited::Input, .. });
        if let Some(thread) = self.threads.list.iter_mut().find(|thread| is_reading(thread)) {
            (thread.state, thread.resume) = (State::Ready { since: now }, Resume::Wake);
        }
    }

    /// Everybody slept for so many nanoseconds.
    pub(in crate::vm) fn time_passed(&mut self, nanoseconds: u64) {
        self.threads.slept += nanoseconds;
        self.attention = true;
    }

    /// Exchanges the thread in the machine for another one.
    pub(super) fn exchange(&mut self, next: usize) {
        let now = self.steps();
        if self.nested_runs > 0 {
            self.threads.nest.push(self.threads.current().id);
        }
        self.revoke_grant();
        self.save_registers();
        self.note_lines();
        let current = self.threads.current;
        let since = self.threads.since;
        let mut parked = std::mem::take(&mut self.threads.list[current].parked);
        parked.exchange(self);
        self.threads.list[current].parked = parked;
        self.threads.list[current].ran += now - since;
        let mut parked = std::mem::take(&mut self.threads.list[next].parked);
        parked.exchange(self);
        let id = self.threads.list[next].id;
        self.threads.list.retain(|thread| thread.state != State::Ended);
        self.threads.current = self.threads.list.iter().position(|thread| thread.id == id).expect("it is there");
        self.threads.since = now;
        self.threads.mark = None;
        if self.nested_runs > 0 {
            self.threads.nest.pop();
        }
    }

    /// A copy of the machine with the frames of a thread that does not run in it, as if it held the GIL: to be looked at.
    pub fn seen_from(&self, id: ThreadId) -> Option<Vm> {
        let next = self.threads.list.iter().position(|thread| thread.id == id)?;
        let mut vm = self.clone();
        (vm.threads.released, vm.request) = (false, None);
        if next != vm.threads.current {
            vm.save_registers();
            for index in [vm.threads.current, next] {
                let mut parked = std::mem::take(&mut vm.threads.list[index].parked);
                parked.exchange(&mut vm);
                vm.threads.list[index].parked = parked;
            }
            vm.threads.current = next;
        }
        Some(vm)
    }

    /// The thread in the machine has the GIL, whatever it waits for: a question is put to it, on a copy.
    pub fn wake_to_be_asked(&mut self) {
        (self.threads.released, self.threads.deadlocked) = (false, false);
        self.threads.current_mut().state = State::Running;
    }

    /// Gives the GIL to another thread, or to the same one, and lets it begin or go on.
    fn hand_over(&mut self, next: usize, why: Why) {
        let now = self.steps();
        let (from, to) = (self.threads.current().id, self.threads.list[next].id);
        if self.threads.current != next {
            self.exchange(next);
            self.threads.remember(HandOver { step: now, from, to, why });
            self.alert();
        }
        self.threads.since = now;
        if let Schedule::Seeded { .. } = self.threads.schedule {
            let interval = self.threads.interval.max(1) * super::INSTRUCTIONS_PER_MICROSECOND;
            let chance = self.threads.schedule.chance();
            if let Schedule::Seeded { slice, .. } = &mut self.threads.schedule {
                *slice = 1 + chance % (2 * interval);
            }
        }
        self.revoke_grant();
        let thread = self.threads.current_mut();
        thread.state = State::Running;
        match std::mem::replace(&mut thread.resume, Resume::GoOn) {
            Resume::GoOn => {}
            Resume::Begin => self.begin_thread(),
            Resume::Wake => {
                let none = self.none();
                self.deliver(Receive::Push, Signal::Value(none));
            }
            Resume::Interrupt => {
                let args = self.own(EMPTY_TUPLE);
                let raised = self.raise_args(KEYBOARD_INTERRUPT, args);
                self.deliver(Receive::Push, Signal::Raised(raised));
            }
            Resume::Ask => self.request = self.threads.current_mut().question.take(),
            Resume::Finish => self.result = self.threads.current_mut().outcome.take(),
        }
        self.attention |= self.request.is_some() || self.result.is_some();
        self.attention |= !self.pending.is_empty();
    }

    /// The new thread calls its function.
    fn begin_thread(&mut self) {
        let [function, args, keywords] = self.threads.current().start.expect("a thread begins once");
        let args = self.heap.tuple(args).map(<[_]>::to_vec).unwrap_or_default();
        let keywords: Vec<_> = self.heap.dict(keywords).map(|dict| dict.iter().collect()).unwrap_or_default();
        let result = match self.call_keywords(function, &args, &keywords) {
            Ok(Outcome::Pushed) => {
                self.receive(0, Receive::Exit);
                return;
            }
            Ok(Outcome::Done(value)) => Ok(value),
            Err(raised) => Err(raised),
        };
        self.result = Some(result);
        self.attention = true;
    }

    /// The frame objects of a thread that parks know where it stands.
    fn note_lines(&mut self) {
        for depth in 0..self.frames.len() {
            let FrameKind::Python(frame) = &self.frames[depth].kind else { continue };
            let Some(object) = frame.object else { continue };
            let lasti = self.lasti_of(frame.code, self.frame_pc(depth));
            if let Body::Frame(record) = self.heap.body_mut(object) {
                record.lasti = lasti;
            }
        }
    }

    /// Gives the GIL to a ready thread, between two instructions: for who searches schedules.
    ///
    /// # Errors
    ///
    /// It could do nothing with it.
    pub fn switch_now(&mut self, id: ThreadId) -> Result<(), String> {
        let Some(next) = self.threads.list.iter().position(|thread| thread.id == id) else {
            return Err(format!("there is no thread {}", id.0));
        };
        let thread = &self.threads.list[next];
        if !self.may_switch() || !matches!(thread.state, State::Ready { .. }) || !self.threads.can_go_on(thread) {
            return Err(format!("thread {} cannot run", id.0));
        }
        let now = self.steps();
        self.threads.current_mut().state = State::Ready { since: now };
        self.hand_over(next, Why::Chosen);
        Ok(())
    }

    /// Asks that a thread gets the GIL at the next check point.
    ///
    /// # Errors
    ///
    /// A sentence: there is no such thread, or it cannot run.
    pub fn choose_thread(&mut self, id: ThreadId) -> Result<(), String> {
        match self.threads.get(id).map(|thread| thread.state) {
            None => Err(format!("there is no thread {}", id.0)),
            Some(State::Running) => Err(format!("thread {} holds the GIL already", id.0)),
            Some(State::Blocked { .. }) => Err(format!("thread {} is blocked: it could do nothing with the GIL", id.0)),
            Some(State::Ended) => Err(format!("thread {} has ended", id.0)),
            Some(State::Ready { .. }) => {
                self.threads.chosen = Some(id);
                self.revoke_grant();
                Ok(())
            }
        }
    }

    /// A signal came, from the program itself: it is seen by the main thread at its next check. Ctrl-C ends its wait.
    pub fn signal_arrived(&mut self, signal: i32) {
        let is_handled = self.threads.handlers.iter().any(|(number, _)| *number == signal);
        if signal != 2 && !is_handled {
            return;
        }
        if self.threads.is_main() || is_handled || !self.interrupt_main_waits() {
            self.threads.signals.push(signal);
        }
        self.revoke_grant();
    }

    /// The main thread waits: then KeyboardInterrupt is what it wakes up with.
    fn interrupt_main_waits(&mut self) -> bool {
        let now = self.steps();
        let Some(main) = self.threads.list.iter_mut().find(|thread| thread.id == MAIN) else { return false };
        let waits = matches!(main.state, State::Blocked { .. });
        if waits {
            (main.state, main.resume) = (State::Ready { since: now }, Resume::Interrupt);
            self.threads.deadlocked = false;
        }
        waits
    }

    /// Ctrl-C was pressed: the main thread gets a KeyboardInterrupt, at once if it waits. True: it runs and is to raise it itself.
    pub fn interrupt_main(&mut self) -> bool {
        if self.threads.is_main() && !self.threads.released {
            return true;
        }
        if !self.interrupt_main_waits() {
            self.threads.signals.push(2);
        }
        self.attention |= self.threads.released;
        self.revoke_grant();
        false
    }

    /// The program's handler of a signal is called before the next instruction, if it has one that is no default.
    pub(in crate::vm) fn call_handler(&mut self, signal: i32) -> bool {
        let Some(&(_, handler)) = self.threads.handlers.iter().find(|(number, _)| *number == signal) else { return false };
        self.save_registers();
        let depth = self.frames.len();
        let frame = match self.top_python_frame() {
            Some((top, _)) => self.frame_object(top),
            None => self.none(),
        };
        let number = self.new_int(signal.into());
        let outcome = self.call(handler, &[number, frame]);
        self.decref_all([number, frame]);
        match outcome {
            Ok(Outcome::Pushed) => self.receive(depth, Receive::Discard),
            Ok(Outcome::Done(value)) => self.decref(value),
            Err(raised) => {
                self.pc += 1; // the exception belongs to the instruction that did not run
                self.unwind(raised);
            }
        }
        true
    }

    /// The function of the thread that runs has ended. False: it was the main thread, and nobody is waited for: so has the program.
    pub(in crate::vm) fn is_over(&mut self) -> bool {
        if !self.may_switch() {
            return false;
        }
        let goes_on = self.goes_on_without_it();
        if goes_on || self.threads.nest.is_empty() {
            return goes_on;
        }
        // The program ends, but not within another thread's native code.
        let since = self.steps();
        let outcome = self.result.take();
        let thread = self.threads.current_mut();
        (thread.state, thread.resume, thread.outcome) = (State::Ready { since }, Resume::Finish, outcome);
        self.threads.released = true;
        true
    }

    fn goes_on_without_it(&mut self) -> bool {
        if !self.threads.is_main() {
            let result = self.result.take().expect("it has ended");
            self.end_thread(result);
            return true;
        }
        if self.threads.list.len() == 1 || self.threads.shut_down || self.config.interactive || !matches!(self.result, Some(Ok(_))) {
            return false;
        }
        let Some(Ok(value)) = self.result.take() else { return false };
        match self.join_threads() {
            Ok(Outcome::Pushed) => self.decref(value),
            Ok(Outcome::Done(nothing)) => {
                self.decref(nothing);
                self.result = Some(Ok(value));
                return false;
            }
            Err(raised) => {
                self.decref(value);
                self.result = Some(Err(raised));
                return false;
            }
        }
        true
    }

    /// `threading._shutdown()`, which waits for all threads that are no daemons. Once.
    pub fn join_threads(&mut self) -> Res {
        self.threads.shut_down = true;
        let module = self.dict_get_text(self.modules, "threading");
        let function = module.and_then(|module| match self.heap.body(module) {
            Body::Module(record) => self.dict_get_text(record.dict, "_shutdown"),
            _ => None,
        });
        let Some(function) = function else { return done(self.none()) };
        let depth = self.frames.len();
        let outcome = self.call(function, &[]);
        if matches!(outcome, Ok(Outcome::Pushed)) {
            self.receive(depth, Receive::Exit);
        }
        outcome
    }
}
