//! The files that the program wrote, as they were at each instant: see [`crate::debugger::overlay`].

use super::{Machine, Timeline, desk::Desk};
use crate::debugger::overlay::FileChange;

impl Timeline {
    /// The files that are not as on the disk, where a machine stands; and the folder that the program began in.
    pub fn files(&mut self, machine: &Machine) -> (Vec<FileChange>, Vec<u8>) {
        let until = self.answers_until(machine);
        let Desk { world, answers, .. } = &mut *self.desk();
        world.changes(until.map(|count| &answers[..count]))
    }

    /// Brings what is at a path, or everything, to the disk.
    ///
    /// # Errors
    ///
    /// A sentence; what was written until then stays written.
    pub fn commit(&mut self, machine: &Machine, path: Option<&str>) -> Result<Vec<FileChange>, String> {
        let until = self.answers_until(machine);
        let Desk { world, answers, .. } = &mut *self.desk();
        world.commit(until.map(|count| &answers[..count]), path)
    }

    /// The answers before a machine, if there are others; what is written at the very end belongs to the end alone.
    fn answers_until(&self, machine: &Machine) -> Option<usize> {
        let is_last = machine.answers == self.desk().answers.len() && self.end.as_ref().is_none_or(|end| end.step == machine.vm.steps());
        (!is_last).then_some(machine.answers)
    }

    /// What the program wrote last is not on the disk.
    pub fn unwritten(&mut self) -> usize {
        let world = &mut self.desk().world;
        if world.is_worth_a_word() { world.changes(None).0.len() } else { 0 }
    }

    /// Nothing may be written to the disk, for this reason.
    pub fn refuse_files(&mut self, why: &'static str) {
        self.desk().world.refuse(why);
    }
}
