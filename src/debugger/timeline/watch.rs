//! The hooks behind a run: when to leave a copy, to look at the flags, to make a change, and to ask the rule.

use super::{GRANT, Halt, Rule, Summary};
use crate::{
    debugger::engine::Signals,
    vm::{
        Vm,
        hooks::{Due, Hooks},
    },
};

/// The hook behind every run.
pub(super) struct Watch<'a, R> {
    pub(super) rule: &'a mut R,
    pub(super) summary: &'a mut Summary,
    pub(super) signals: Signals,
    pub(super) halt: Option<Halt>,
    pub(super) copy_due: u64,
    pub(super) wants_copy: bool,
    pub(super) change_due: u64,
    /// Look at the flags next time.
    pub(super) asked: bool,
    pub(super) is_heard: bool,
    /// So many units there were when the rule armed some.
    pub(super) known: usize,
}

impl<R: Rule> Hooks for Watch<'_, R> {
    #[inline]
    fn due(&mut self, vm: &mut Vm) -> Due {
        let step = vm.steps();
        if vm.units.len() != self.known {
            self.known = vm.units.len();
            self.rule.arm(vm);
            vm.arm(&[], true);
        }
        self.summary.look(vm);
        if step == self.change_due {
            return Due::Stop;
        }
        if step >= self.copy_due {
            self.wants_copy = true;
            return Due::Stop;
        }
        if is_time_to_look(self.asked, step) {
            if is_interrupted(&self.signals, step) {
                self.halt = Some(Halt::Interrupted);
                return Due::Stop;
            }
            // Who listens hears of output soon.
            if self.is_heard && !vm.output.chunks.is_empty() {
                return Due::Stop;
            }
        }
        let due = || self.copy_due.min(self.change_due).min(self.summary.due().max(step + 1));
        ask(self.rule, vm, due, &mut self.asked, &mut self.halt)
    }

    #[inline]
    fn armed(&mut self, vm: &mut Vm) -> Due {
        if self.rule.armed(vm) {
            self.halt = Some(Halt::Stopped);
            return Due::Stop;
        }
        Due::Go(1)
    }
}

/// Whether to look at the flags: after a long stretch always, where each instruction is looked at now and then. A look may take
/// a good part of a millisecond, if an expression is evaluated each time.
#[inline]
fn is_time_to_look(after_stretch: bool, step: u64) -> bool {
    after_stretch || step & 0xff == 0
}

/// Tells how far the run has come, and whether somebody wants a pause.
fn is_interrupted(signals: &Signals, step: u64) -> bool {
    signals.set_progress(step);
    signals.take_interrupt()
}

/// Asks the rule for how long to go on: no farther than to the instant that is due anyway.
#[inline]
fn ask<R: Rule>(rule: &mut R, vm: &Vm, due: impl FnOnce() -> u64, asked: &mut bool, halt: &mut Option<Halt>) -> Due {
    let Some(grant) = rule.look(vm) else {
        *halt = Some(Halt::Stopped);
        return Due::Stop;
    };
    *asked = grant != 1;
    if grant == 1 {
        return Due::Go(1);
    }
    let distance = u32::try_from(due() - vm.steps()).unwrap_or(GRANT);
    Due::Go(grant.min(distance).clamp(1, GRANT))
}

/// The hook behind a run through what is recorded.
pub(super) struct Replay<'a, R> {
    pub(super) rule: &'a mut R,
    pub(super) signals: &'a Signals,
    /// `None`: a change is due.
    pub(super) halt: Option<Halt>,
    pub(super) change_due: u64,
    /// Look at the flags next time.
    pub(super) asked: bool,
}

impl<R: Rule> Hooks for Replay<'_, R> {
    #[inline]
    fn due(&mut self, vm: &mut Vm) -> Due {
        let step = vm.steps();
        if step == self.change_due {
            return Due::Stop;
        }
        if is_time_to_look(self.asked, step) && is_interrupted(self.signals, step) {
            self.halt = Some(Halt::Interrupted);
            return Due::Stop;
        }
        ask(self.rule, vm, || self.change_due, &mut self.asked, &mut self.halt)
    }
}

/// Stops at an instant or soon after.
pub struct Until(pub u64);

impl Rule for Until {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        let left = self.0.checked_sub(vm.steps()).filter(|&left| left > 0)?;
        Some(u32::try_from(left).unwrap_or(GRANT).min(GRANT))
    }
}

/// Notes the last instant at or before the target where it can stop.
pub(super) struct OneByOne {
    pub(super) target: u64,
    pub(super) last: u64,
}

impl Rule for OneByOne {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        if vm.steps() > self.target {
            return None;
        }
        self.last = vm.steps();
        Some(1)
    }
}
