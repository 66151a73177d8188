//! One look at an instant: which breakpoint stops the machine before its next instruction.
//!
//! Invariant: within one run instants are shown in order. A run begins with [`Breakpoints::begin`], after which the first
//! look only remembers what there is to compare with.

use super::{At, BY_PROGRAM, Breakpoint, Breakpoints, Count, Logged, Logs, Seen, Target, armed::begins_line, same_file};
use crate::{
    debugger::{
        command::{Direction, Wanted},
        evaluate::Sighting,
        ledger::Identity,
        places::Places,
    },
    heap::ObjRef,
    objects::{Body, Objects},
    vm::Vm,
};

/// A stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub number: u32,
    /// The instant to stop at: this one, or the one before.
    pub stop: u64,
    /// What a watched expression or count is now.
    pub value: Option<String>,
}

/// How far a run has been looked at.
#[derive(Default)]
pub(super) struct Progress {
    direction: Option<Direction>,
    start: u64,
    /// The unit looked at last, and its instant.
    last: Option<(u32, u64)>,
    /// The unit executed just before that, if it has been looked at.
    before: Option<u32>,
    /// How many exceptions had been raised, and how many had come from library code to the program's own.
    raises: u64,
    arrivals: u64,
    born: u32,
    living: usize,
    /// Output up to this instant has been read; the line that it ends with.
    read: u64,
    line: String,
    /// Breakpoints whose text has come up.
    read_hits: Vec<u32>,
    /// Some are not at instructions.
    has_events: bool,
    /// Some must be looked for after every instruction.
    is_slow: bool,
    /// Nothing stops: hits are counted.
    pub(super) only_counts: bool,
    /// Where one looks in any case.
    instants: Vec<u64>,
}

/// Between two looks.
const GRANT: u64 = 1 << 20;

impl Breakpoints {
    /// A run begins, at this instant and after a line of output that has this text so far.
    pub fn begin(&mut self, direction: Direction, start: u64, line: String) {
        let instants = (self.enabled())
            .filter_map(|breakpoint| match (&breakpoint.target, &self.uncaught) {
                (Target::Step(step), _) => Some(*step),
                (Target::Uncaught(_), Some(uncaught)) => Some(uncaught.step),
                _ => None,
            })
            .collect();
        let has_events = self.enabled().any(|breakpoint| !breakpoint.target.is_placed());
        let is_slow = self.is_slow();
        self.progress =
            Progress { direction: Some(direction), start, read: start, line, has_events, is_slow, instants, ..Progress::default() };
        for breakpoint in &mut self.list {
            breakpoint.seen.is_fresh = true;
        }
    }

    /// How many instructions may run until the next look.
    pub fn grant(&self, vm: &Vm) -> u32 {
        if self.progress.is_slow {
            return 1;
        }
        let now = vm.steps();
        let next = self.progress.instants.iter().filter(|at| **at > now).map(|at| at - now).min();
        next.unwrap_or(GRANT).min(GRANT) as u32
    }

    /// The same where an instruction is armed, while nothing else has come up.
    #[inline]
    pub fn look_at_armed(&mut self, vm: &Vm, places: &mut Places) -> Option<Hit> {
        let step = vm.steps();
        let before = match self.progress.last {
            Some((_, at)) if at == step => self.progress.before,
            Some((unit, at)) if at + 1 == step => Some(unit),
            _ => None,
        };
        (self.progress.last, self.progress.before) = (Some((vm.pc, step)), before);
        if step == self.progress.start || self.map.may_hit(vm.pc) != Some(true) {
            return None;
        }
        self.ask(vm, places, before)
    }

    /// The stop before the machine's next instruction, if there is one. Nothing stops it where the run begins.
    #[inline]
    pub fn look(&mut self, vm: &Vm, places: &mut Places) -> Option<Hit> {
        let step = vm.steps();
        let mut hit = None;
        // The same instant may be shown twice: where a grant ends at an armed instruction.
        if self.progress.last.is_none_or(|(_, at)| at != step) {
            let last = self.progress.last.replace((vm.pc, step));
            self.progress.before = last.filter(|(_, at)| at + 1 == step).map(|(unit, _)| unit);
        }
        if step != self.progress.start {
            if vm.pause_at == Some(step) && !self.progress.only_counts {
                return Some(Hit { number: BY_PROGRAM, stop: step, value: None });
            }
            hit = self.look_here(vm, places, self.progress.before);
        }
        if self.progress.has_events {
            hit = self.look_everywhere(vm, places, step, hit);
        }
        hit
    }

    #[inline]
    fn look_here(&mut self, vm: &Vm, places: &mut Places, last: Option<u32>) -> Option<Hit> {
        if self.map.may_hit(vm.pc).is_none() {
            self.learn(vm, places);
        }
        if self.map.may_hit(vm.pc) == Some(true) { self.ask(vm, places, last) } else { None }
    }

    fn ask(&mut self, vm: &Vm, places: &mut Places, last: Option<u32>) -> Option<Hit> {
        let unit = vm.pc;
        let place = places.at(unit)?;
        let code = places.codes.get(place.code as usize)?;
        let step = vm.steps();
        let is_forward = self.progress.direction.is_none_or(Direction::is_forward);
        let mut hit = None;
        for index in self.map.here(unit).iter().map(|&index| index as usize) {
            let breakpoint = &self.list[index];
            let is_here = breakpoint.enabled
                && (!self.progress.only_counts || breakpoint.numbered.known_to().is_some())
                && match &breakpoint.target {
                    Target::Line { file, line } => {
                        *line == place.line && begins_line(places, place, unit, last) && same_file(file, &code.file)
                    }
                    Target::Unit(it) => *it == unit,
                    target => target.matches(place.op, places.offset_of(unit).unwrap_or(u32::MAX), &code.name),
                };
            if is_here && Breakpoints::counts(&mut self.list[index], &mut self.logs, is_forward, vm) && !self.progress.only_counts {
                hit = hit.or(Some(Hit { number: self.list[index].number, stop: step, value: None }));
            }
        }
        hit
    }

    /// A breakpoint has come up: whether it stops the run, after its condition, the hits to ignore and what it prints.
    fn counts(breakpoint: &mut Breakpoint, logs: &mut Logs, is_forward: bool, vm: &Vm) -> bool {
        let step = vm.steps();
        if let Some(condition) = &breakpoint.condition {
            match condition.verdict(vm) {
                Ok(false) => return false,
                Ok(true) => breakpoint.failed = None,
                // Where it could come up in any function, a name that this one has not is no mistake.
                Err(_) if !breakpoint.target.is_in_one_place() => return false,
                Err(_) => breakpoint.failed = condition.error(vm),
            }
        }
        if step > breakpoint.counted_to {
            if is_forward {
                breakpoint.hits += 1;
                breakpoint.counted_to = step;
                if breakpoint.ignore > 0 {
                    breakpoint.ignore -= 1;
                    breakpoint.silent.1 = step;
                }
            } else if breakpoint.ignore > 0 {
                return false;
            }
        }
        if step > breakpoint.silent.0 && step <= breakpoint.silent.1 {
            return false;
        }
        if !breakpoint.numbered.stops(step, is_forward) {
            return false;
        }
        match &breakpoint.log {
            None => true,
            Some(log) => {
                if is_forward {
                    logs.add(Logged { step, number: breakpoint.number, text: log.filled(vm) });
                }
                false
            }
        }
    }

    /// What can come up anywhere.
    fn look_everywhere(&mut self, vm: &Vm, places: &Places, step: u64, mut hit: Option<Hit>) -> Option<Hit> {
        let is_start = step == self.progress.start;
        let raised = std::mem::replace(&mut self.progress.raises, vm.raises) != vm.raises;
        let arrived = std::mem::replace(&mut self.progress.arrivals, vm.arrivals) != vm.arrivals;
        let raised = !is_start && if self.library { raised } else { arrived || raised && !vm.is_raised_in_library() };
        self.read(vm);
        let read_hits = std::mem::take(&mut self.progress.read_hits);
        let moved = (vm.heap.born(), vm.heap.len());
        let before = std::mem::replace(&mut self.progress.born, moved.0);
        let heap_moved = std::mem::replace(&mut self.progress.living, moved.1) != moved.1 || before != moved.0;
        let mut newborn: Option<Vec<ObjRef>> = None;
        for index in 0..self.list.len() {
            let is_counted = self.list[index].numbered.known_to().is_some();
            if !self.list[index].enabled || self.progress.only_counts && !is_counted {
                continue;
            }
            let mut seen = std::mem::take(&mut self.list[index].seen);
            let mut home = self.list[index].home.take();
            let is_fresh = std::mem::take(&mut seen.is_fresh) || is_start;
            let breakpoint = &self.list[index];
            let comes_up = match &breakpoint.target {
                Target::Raised(class) => raised && vm.last_raised.is_some_and(|ty| is_class(vm, ty, class.as_deref())),
                Target::Uncaught(class) => self
                    .uncaught
                    .as_ref()
                    .is_some_and(|it| it.step == step && class.as_ref().is_none_or(|class| it.classes.contains(class))),
                Target::Collect(generation) => {
                    let mut recent = vm.collections.iter().rev().take_while(|it| it.step + 1 == step);
                    recent.any(|it| generation.is_none_or(|generation| generation == it.generation))
                }
                target @ (Target::Specialize(_) | Target::Deopt(_)) => {
                    vm.last_change.filter(|change| change.step == step).is_some_and(|change| {
                        let code = places.at(change.unit).and_then(|place| places.codes.get(place.code as usize));
                        code.is_some_and(|code| target.is_change(&change, &code.name))
                    })
                }
                Target::Switch => vm.threads.hand_overs.back().is_some_and(|it| it.step == step),
                Target::Step(at) => *at == step,
                Target::Output(_) => read_hits.contains(&breakpoint.number),
                Target::Watch(question) => {
                    let at = home.as_mut().map(|home| home.at(vm));
                    if at == Some(At::Elsewhere) {
                        seen.is_fresh = is_fresh;
                        self.list[index].seen = seen;
                        self.list[index].home = home;
                        continue;
                    }
                    let now = match (&home, at) {
                        (Some(home), Some(At::Here)) => question.sight_in(vm, home.depth),
                        (Some(_), _) => Sighting::default(),
                        _ => question.sight(vm),
                    };
                    let is_over = at == Some(At::Gone) && seen.sighting.as_ref().is_some_and(|seen| !seen.is_nothing());
                    let changed = is_over || seen.sighting.as_ref().is_some_and(|seen| seen.becomes(&now, vm));
                    seen.value = Some(match &home {
                        Some(home) if is_over => format!("gone: this call of {} is over", home.function),
                        _ => now.text.clone(),
                    });
                    seen.sighting = Some(now);
                    changed
                }
                Target::Refcount { of, count } => count_comes_up(vm, of, *count, &mut seen, is_fresh),
                Target::Alloc(name) => {
                    if newborn.is_none() && before != moved.0 && !is_fresh {
                        newborn = Some(vm.heap.born_after(before));
                    }
                    newborn.iter().flatten().any(|&object| is_type(vm, object, name)) || number_comes_up(vm, name, &mut seen, is_fresh)
                }
                Target::Free(name) => {
                    let died = seen.living.iter().any(|it| !it.lives(vm));
                    if is_fresh || died || heap_moved {
                        seen.living = living(vm, name, &seen.living, before, is_fresh);
                    }
                    died
                }
                _ => false,
            };
            self.list[index].seen = seen;
            self.list[index].home = home;
            if !comes_up || is_fresh {
                continue;
            }
            let target = &self.list[index].target;
            let stop = if target.stops_before() { vm.instant_before() } else { step };
            // Where it stands already it does not stop.
            if stop == self.progress.start && self.progress.direction.is_none_or(Direction::is_forward) {
                continue;
            }
            let is_forward = self.progress.direction.is_none_or(Direction::is_forward);
            if Breakpoints::counts(&mut self.list[index], &mut self.logs, is_forward, vm)
                && !self.progress.only_counts
                && hit.as_ref().is_none_or(|hit| stop < hit.stop)
            {
                let breakpoint = &self.list[index];
                hit = Some(Hit { number: breakpoint.number, stop, value: breakpoint.seen.value.clone() });
            }
        }
        hit
    }

    /// Reads what the machine has written since the last time.
    pub fn read(&mut self, vm: &Vm) {
        let wanted: Vec<(u32, &String)> = (self.list.iter())
            .filter_map(|it| match &it.target {
                Target::Output(text) if it.enabled => Some((it.number, text)),
                _ => None,
            })
            .collect();
        if wanted.is_empty() || vm.output.chunks.is_empty() {
            return;
        }
        let progress = &mut self.progress;
        for chunk in vm.output.chunks.iter().filter(|chunk| chunk.step > progress.read) {
            let old = progress.line.len();
            progress.line += &String::from_utf8_lossy(&chunk.bytes);
            for (number, text) in &wanted {
                let mut from = old.saturating_sub(text.len().saturating_sub(1));
                while !progress.line.is_char_boundary(from) {
                    from -= 1;
                }
                if progress.line[from..].contains(text.as_str()) {
                    progress.read_hits.push(*number);
                }
            }
            if let Some(end) = progress.line.rfind('\n') {
                progress.line.drain(..=end);
            }
        }
        progress.read = vm.steps();
    }
}

/// The object's reference count, after the one that was seen last.
fn count_comes_up(vm: &Vm, of: &Wanted, wanted: Count, seen: &mut Seen, is_fresh: bool) -> bool {
    if seen.object.is_none()
        && let Wanted::Named(question) = of
        && let Some((depth, _)) = vm.top_python_frame()
        && let Ok(object) = question.object(vm, depth)
    {
        // It was written down for a run in which there was no such object yet.
        seen.object = Some(Identity::of(vm, object));
        seen.count = vm.heap.refcount(object);
        seen.value = Some(seen.count.to_string());
        return false;
    }
    let Some(identity) = &seen.object else { return false };
    let now = if identity.lives(vm) { vm.heap.refcount(identity.object) } else { 0 };
    let old = std::mem::replace(&mut seen.count, now);
    seen.value = Some(now.to_string());
    !is_fresh
        && now != old
        && match wanted {
            Count::Changes => true,
            Count::Reaches(count) => count == now,
        }
}

/// Numbers have no birth: they are counted.
fn number_comes_up(vm: &Vm, name: &str, seen: &mut Seen, is_fresh: bool) -> bool {
    if !matches!(name, "int" | "float") {
        return false;
    }
    let living = vm.heap.iter().filter(|(object, slot)| matches!(slot.body, Body::None) && is_type(vm, *object, name));
    let count = living.count() as u32;
    let old = std::mem::replace(&mut seen.count, count);
    !is_fresh && count > old
}

/// The objects of a type that are alive: those that still are, and those born since.
fn living(vm: &Vm, name: &str, old: &[Identity], before: u32, is_fresh: bool) -> Vec<Identity> {
    let is_number = matches!(name, "int" | "float");
    if is_fresh || is_number {
        let all = vm.heap.iter().map(|(object, _)| object).filter(|&object| is_type(vm, object, name));
        return all.map(|object| Identity::of(vm, object)).collect();
    }
    let mut living: Vec<Identity> = old.iter().copied().filter(|it| it.lives(vm)).collect();
    let newborn = vm.heap.born_after(before).into_iter();
    living.extend(newborn.filter(|&object| vm.heap.is_alive(object) && is_type(vm, object, name)).map(|object| Identity::of(vm, object)));
    living
}

fn is_type(vm: &Vm, object: ObjRef, name: &str) -> bool {
    let ty = vm.ty(object);
    vm.heap.is_alive(ty) && matches!(vm.heap.body(ty), Body::Type(_)) && &*vm.heap.type_of_type(ty).name == name
}

/// Whether a class or one of its bases has this name.
fn is_class(vm: &Vm, ty: ObjRef, name: Option<&str>) -> bool {
    name.is_none_or(|name| classes(vm, ty).iter().any(|class| class == name))
}

/// The names of a class and of its bases.
pub fn classes(vm: &Vm, ty: ObjRef) -> Vec<String> {
    let mro = vm.heap.tuple(vm.heap.type_of_type(ty).mro).unwrap_or_default();
    mro.iter().map(|&class| vm.heap.type_of_type(class).name.to_string()).collect()
}
