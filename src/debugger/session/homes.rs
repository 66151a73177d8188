//! When the calls began and ended that watches of local variables are about.
//!
//! A watch knows its call from the instant where it was set, as far as the run is followed from there. Before a run from elsewhere the
//! way between is looked through, instruction by instruction: then a later or earlier call at the same place is not taken for it.

use super::*;
use crate::debugger::breakpoints::{Home, Unknown};

impl Session {
    /// What watches have to know of their calls before a run from an instant.
    pub(super) fn know_homes(&mut self, from: u64) {
        self.breakpoints.library = self.filters.library;
        while let Some((number, unknown)) = self.breakpoints.unknown_home(from) {
            let Some(mut home) = self.breakpoints.home_mut(number).cloned() else { return };
            let found = match unknown {
                Unknown::Start(known) => self.find_start(&mut home, known),
                Unknown::End(known) => self.find_end(&mut home, known, from),
            };
            if found.is_err() {
                // The run that was to come is not wanted either.
                self.timeline.signals.request_interrupt();
                return;
            }
            if let Some(it) = self.breakpoints.home_mut(number) {
                *it = home;
            }
        }
    }

    fn find_start(&mut self, home: &mut Home, mut until: u64) -> Result<(), Interrupted> {
        loop {
            let mut machine = self.timeline.machine_before(until);
            let start = machine.vm.steps();
            let mut rule = Starts { home, until, found: None };
            let halt = self.timeline.run(&mut machine, &mut rule);
            let found = rule.found;
            self.timeline.recycle(machine);
            if halt == Halt::Interrupted {
                return Err(Interrupted);
            }
            if found.is_some() || start == 0 {
                home.set_start(found.unwrap_or(0));
                return Ok(());
            }
            until = start - 1;
        }
    }

    fn find_end(&mut self, home: &mut Home, known: u64, until: u64) -> Result<(), Interrupted> {
        let (mut machine, _) = self.timeline.machine_at(known)?;
        let halt = self.timeline.run(&mut machine, &mut Lasts { home, until });
        self.timeline.recycle(machine);
        if halt == Halt::Interrupted {
            return Err(Interrupted);
        }
        home.set_known_to(until);
        Ok(())
    }
}

/// Notes the last instant at which the call may have begun.
struct Starts<'a> {
    home: &'a Home,
    until: u64,
    found: Option<u64>,
}

impl Rule for Starts<'_> {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        let step = vm.steps();
        if step <= self.until && self.home.may_begin(vm) {
            self.found = Some(step);
        }
        (step < self.until).then_some(1)
    }
}

/// Follows a call until it ends.
struct Lasts<'a> {
    home: &'a mut Home,
    until: u64,
}

impl Rule for Lasts<'_> {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        self.home.at(vm);
        (vm.steps() < self.until && !self.home.is_over()).then_some(1)
    }
}
