//! Steps back: the stop that precedes now in the forward sequence of the same kind, found by running again.
//!
//! The run from the nearest copy before now is followed instruction by instruction and its stops are noted; if none lies
//! there, the run from the copy before that is, up to where the first began.

use super::{questions::Changes, *};

/// What a search looks for among the instants before now.
#[derive(Default)]
struct Found {
    /// The last event of the kind that is looked for.
    event: Option<u64>,
    /// The last hit of a breakpoint.
    hit: Option<Hit>,
}

impl Session {
    pub(super) fn back(&mut self, unit: StepUnit) -> Answer {
        let here = self.step();
        let waits = matches!(self.status, Status::AwaitingInput { .. }) && !self.now.is_idle();
        if here == 0 && !waits {
            return Answer::error("this is the first instant");
        }
        if waits && unit == StepUnit::Instruction {
            // Out of the instruction that waits.
            return self.go_back(here, PauseReason::Step);
        }
        if !self.count_hits() {
            return Answer::error("interrupted; still where it was");
        }
        let found = match unit {
            StepUnit::Instruction if self.filters.is_skipping() => self.last_event(here, unit),
            StepUnit::Instruction => Ok((here.saturating_sub(1), None)),
            StepUnit::Expression | StepUnit::LineInto | StepUnit::Call | StepUnit::Yield | StepUnit::Change => self.last_event(here, unit),
            // The stop is before the instruction that raises.
            StepUnit::Raise => self.last_event(here + 1, unit).map(|(step, hit)| (step.saturating_sub(1), hit)),
            StepUnit::LineOver | StepUnit::Finish => self.last_outwards(here, unit),
            StepUnit::Continue => self.last_hit(here),
        };
        match found {
            Err(Interrupted) => Answer::error("interrupted; still where it was"),
            Ok((target, hit)) => {
                let reason = hit.map_or(PauseReason::Step, |hit| self.breakpoints.reason(&hit));
                self.go_back(target, reason)
            }
        }
    }

    /// The last event before `here`, at any depth.
    pub(super) fn last_event(&mut self, here: u64, unit: StepUnit) -> Result<(u64, Option<Hit>), Interrupted> {
        let (mut until, mut from) = (here, here.saturating_sub(1));
        loop {
            let (start, event) = self.search(from, until, unit)?;
            if let Some(step) = event {
                return Ok((step, None));
            }
            if start == 0 {
                return Ok((0, None));
            }
            (until, from) = (start + 1, start - 1);
        }
    }

    /// Line over and finish: what happens in frames that are gone by now is passed over.
    fn last_outwards(&mut self, here: u64, unit: StepUnit) -> Result<(u64, Option<Hit>), Interrupted> {
        let mut from = here.saturating_sub(1);
        loop {
            let mut machine = self.timeline.machine_before(from);
            let start = machine.vm.steps();
            self.begin(Direction::Back, &machine);
            let mut rule = Search {
                places: &mut self.places,
                breakpoints: &mut self.breakpoints,
                tracker: Tracker::default(),
                until: here + 1,
                wants: |_: &super::super::step::Moment, _: &Vm, _: &Places| false,
                found: Found::default(),
                until_hit: here,
            };
            if self.timeline.run(&mut machine, &mut rule) == Halt::Interrupted {
                return Err(Interrupted);
            }
            let Search { tracker, found, .. } = rule;
            self.timeline.recycle(machine);
            let answer = match unit {
                StepUnit::Finish => tracker.called_from(),
                _ => tracker.last_event_outwards(here, start == 0),
            };
            let hit = found.hit;
            match answer {
                Ok(step) => {
                    let step = step.unwrap_or(0);
                    return Ok(match hit {
                        Some(hit) if hit.stop > step => (hit.stop, Some(hit)),
                        _ => (step, None),
                    });
                }
                // A breakpoint on the way back is nearer than all that lies before the copy.
                Err(_) => match hit {
                    Some(hit) => return Ok((hit.stop, Some(hit))),
                    None => from = start.saturating_sub(1),
                },
            }
        }
    }

    fn last_hit(&mut self, here: u64) -> Result<(u64, Option<Hit>), Interrupted> {
        if self.breakpoints.is_empty() && self.now.vm.pause_at.is_none() {
            return Ok((0, None));
        }
        let (mut until, mut from) = (here, here.saturating_sub(1));
        loop {
            let mut machine = self.timeline.machine_before(from);
            let start = machine.vm.steps();
            self.begin(Direction::Back, &machine);
            let mut rule = Hits { places: &mut self.places, breakpoints: &mut self.breakpoints, until, found: None };
            if self.timeline.run(&mut machine, &mut rule) == Halt::Interrupted {
                return Err(Interrupted);
            }
            let found = rule.found;
            self.timeline.recycle(machine);
            match found {
                Some(hit) => return Ok((hit.stop, Some(hit))),
                None if start == 0 => return Ok((0, None)),
                None => (until, from) = (start + 1, start - 1),
            }
        }
    }

    /// Follows the run from the last copy at or before `from`, up to `until`: where the copy stood, and the last event.
    fn search(&mut self, from: u64, until: u64, unit: StepUnit) -> Result<(u64, Option<u64>), Interrupted> {
        let mut machine = self.timeline.machine_before(from);
        let start = machine.vm.steps();
        self.begin(Direction::Back, &machine);
        let mut changes = Changes::new(self.step_question.clone());
        let filters = self.filters;
        let mut rule = Search {
            places: &mut self.places,
            breakpoints: &mut self.breakpoints,
            tracker: Tracker::default(),
            until,
            wants: move |moment: &super::super::step::Moment, vm: &Vm, places: &Places| match unit {
                StepUnit::Change => changes.look(vm),
                unit => filters.stops(unit, moment, places),
            },
            found: Found::default(),
            until_hit: until,
        };
        let halt = self.timeline.run(&mut machine, &mut rule);
        let event = rule.found.event;
        self.timeline.recycle(machine);
        if halt == Halt::Interrupted { Err(Interrupted) } else { Ok((start, event)) }
    }
}

/// Notes events and hits, and stops at `until`.
struct Search<'a, F> {
    places: &'a mut Places,
    breakpoints: &'a mut Breakpoints,
    tracker: Tracker,
    until: u64,
    wants: F,
    found: Found,
    until_hit: u64,
}

impl<F: FnMut(&super::super::step::Moment, &Vm, &Places) -> bool> Rule for Search<'_, F> {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        let step = vm.steps();
        if step >= self.until {
            return None;
        }
        let moment = self.tracker.look(vm, self.places);
        if (self.wants)(&moment, vm, self.places) {
            self.found.event = Some(step);
        }
        if step <= self.until_hit {
            let hit = self.breakpoints.look(vm, self.places).filter(|hit| hit.stop < self.until_hit);
            self.found.hit = hit.or(self.found.hit.take());
        }
        Some(1)
    }

    fn written(&mut self, vm: &Vm) {
        self.breakpoints.read(vm);
    }
}

/// Notes the last hit of a breakpoint that stops before `until`.
struct Hits<'a> {
    places: &'a mut Places,
    breakpoints: &'a mut Breakpoints,
    until: u64,
    found: Option<Hit>,
}

impl Rule for Hits<'_> {
    #[inline]
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        let step = vm.steps();
        if step > self.until {
            return None;
        }
        let hit = self.breakpoints.look(vm, self.places).filter(|hit| hit.stop < self.until);
        self.found = hit.or(self.found.take());
        let left = u32::try_from(self.until + 1 - step).unwrap_or(u32::MAX);
        Some(self.breakpoints.grant(vm).min(left))
    }

    #[inline]
    fn armed(&mut self, vm: &Vm) -> bool {
        let hit = self.breakpoints.look_at_armed(vm, self.places).filter(|hit| hit.stop < self.until);
        self.found = hit.or(self.found.take());
        false
    }

    fn arm(&mut self, vm: &mut Vm) {
        self.breakpoints.arm(vm, self.places);
    }

    fn written(&mut self, vm: &Vm) {
        self.breakpoints.read(vm);
    }
}
