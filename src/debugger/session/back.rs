//! Steps back: the stop that precedes now in the forward sequence of the same kind, found by running again.
//!
//! The run from the nearest copy before now is followed instruction by instruction and its stops are noted; if none lies
//! there, the run from the copy before that is, up to where the first began.

use super::*;

/// What a search looks for among the instants before now.
#[derive(Default)]
struct Found {
    /// The last event of the kind that is looked for.
    event: Option<u64>,
    /// The last hit of a breakpoint, and which.
    hit: Option<(u64, u32)>,
}

impl Session {
    pub(super) fn back(&mut self, unit: StepUnit) -> Answer {
        let here = self.step();
        if here == 0 && !matches!(self.status, Status::AwaitingInput { .. }) {
            return Answer::error("this is the first instant");
        }
        if matches!(self.status, Status::AwaitingInput { .. }) && unit == StepUnit::Instruction {
            // Out of the instruction that waits.
            return self.go_back(here, PauseReason::Step);
        }
        let found = match unit {
            StepUnit::Instruction => Ok((here.saturating_sub(1), None)),
            StepUnit::Expression | StepUnit::LineInto | StepUnit::Call | StepUnit::Yield => self.last_event(here, unit),
            // The stop is before the instruction that raises.
            StepUnit::Raise => self.last_event(here + 1, unit).map(|(step, hit)| (step.saturating_sub(1), hit)),
            StepUnit::LineOver | StepUnit::Finish => self.last_outwards(here, unit),
            StepUnit::Continue => self.last_hit(here),
        };
        match found {
            Err(Interrupted) => Answer::error("interrupted; still where it was"),
            Ok((target, hit)) => {
                let target = hit.map_or(target, |number| self.breakpoints.stop_of(number, target));
                let reason = hit.map_or(PauseReason::Step, |number| self.breakpoints.reason(number));
                self.go_back(target, reason)
            }
        }
    }

    /// The last event before `here`, at any depth.
    fn last_event(&mut self, here: u64, unit: StepUnit) -> Result<(u64, Option<u32>), Interrupted> {
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
    fn last_outwards(&mut self, here: u64, unit: StepUnit) -> Result<(u64, Option<u32>), Interrupted> {
        let mut from = here.saturating_sub(1);
        loop {
            let mut machine = self.timeline.copy_before(from).clone();
            let start = machine.vm.steps();
            let mut rule = Search {
                places: &mut self.places,
                breakpoints: &mut self.breakpoints,
                tracker: Tracker::default(),
                last: None,
                until: here + 1,
                wants: |_: &super::super::step::Moment| false,
                found: Found::default(),
                start,
                until_hit: here,
            };
            if self.timeline.run(&mut machine, &mut rule) == Halt::Interrupted {
                return Err(Interrupted);
            }
            let answer = match unit {
                StepUnit::Finish => rule.tracker.called_from(),
                _ => rule.tracker.last_event_outwards(here, start == 0),
            };
            let hit = rule.found.hit;
            match answer {
                Ok(step) => {
                    let step = step.unwrap_or(0);
                    return Ok(match hit {
                        Some((at, number)) if at > step => (at, Some(number)),
                        _ => (step, None),
                    });
                }
                // A breakpoint on the way back is nearer than all that lies before the copy.
                Err(_) => match hit {
                    Some((at, number)) => return Ok((at, Some(number))),
                    None => from = start.saturating_sub(1),
                },
            }
        }
    }

    fn last_hit(&mut self, here: u64) -> Result<(u64, Option<u32>), Interrupted> {
        if self.breakpoints.is_empty() && self.now.vm.pause_at.is_none() {
            return Ok((0, None));
        }
        let (mut until, mut from) = (here, here.saturating_sub(1));
        loop {
            let mut machine = self.timeline.copy_before(from).clone();
            let start = machine.vm.steps();
            let (places, breakpoints) = (&mut self.places, &mut self.breakpoints);
            let mut rule = Hits { places, breakpoints, last: None, is_first: true, until, found: None };
            if self.timeline.run(&mut machine, &mut rule) == Halt::Interrupted {
                return Err(Interrupted);
            }
            match rule.found {
                Some((step, number)) => return Ok((step, Some(number))),
                None if start == 0 => return Ok((0, None)),
                None => (until, from) = (start + 1, start - 1),
            }
        }
    }

    /// Follows the run from the last copy at or before `from`, up to `until`: where the copy stood, and the last event.
    fn search(&mut self, from: u64, until: u64, unit: StepUnit) -> Result<(u64, Option<u64>), Interrupted> {
        let mut machine = self.timeline.copy_before(from).clone();
        let start = machine.vm.steps();
        let mut rule = Search {
            places: &mut self.places,
            breakpoints: &mut self.breakpoints,
            tracker: Tracker::default(),
            last: None,
            until,
            wants: |moment: &super::super::step::Moment| unit_event(unit, moment),
            found: Found::default(),
            start,
            until_hit: until,
        };
        let halt = self.timeline.run(&mut machine, &mut rule);
        if halt == Halt::Interrupted { Err(Interrupted) } else { Ok((start, rule.found.event)) }
    }
}

fn unit_event(unit: StepUnit, moment: &super::super::step::Moment) -> bool {
    match unit {
        StepUnit::Expression => moment.expression_event,
        StepUnit::Call => moment.call_event,
        StepUnit::Yield => moment.yield_event,
        StepUnit::Raise => moment.raise_event,
        _ => moment.line_event,
    }
}

/// Notes events and hits, and stops at `until`.
struct Search<'a, F> {
    places: &'a mut Places,
    breakpoints: &'a mut Breakpoints,
    tracker: Tracker,
    last: Option<u32>,
    until: u64,
    wants: F,
    found: Found,
    start: u64,
    until_hit: u64,
}

impl<F: FnMut(&super::super::step::Moment) -> bool> Rule for Search<'_, F> {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        let step = vm.steps();
        if step >= self.until {
            return None;
        }
        let moment = self.tracker.look(vm, self.places);
        if (self.wants)(&moment) {
            self.found.event = Some(step);
        }
        if step > self.start
            && step < self.until_hit
            && let Some(number) = self.breakpoints.hit(vm, self.places, self.last)
        {
            self.found.hit = Some((step, number));
        }
        self.last = Some(vm.pc);
        Some(1)
    }
}

/// Notes the last hit of a breakpoint before `until`.
struct Hits<'a> {
    places: &'a mut Places,
    breakpoints: &'a mut Breakpoints,
    last: Option<u32>,
    is_first: bool,
    until: u64,
    found: Option<(u64, u32)>,
}

impl Rule for Hits<'_> {
    #[inline]
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        let step = vm.steps();
        if step >= self.until {
            return None;
        }
        if !std::mem::take(&mut self.is_first)
            && let Some(number) = self.breakpoints.hit(vm, self.places, self.last)
        {
            self.found = Some((step, number));
        }
        self.last = Some(vm.pc);
        Some(1)
    }
}
