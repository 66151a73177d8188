//! Breakpoints: at a line, a function, an opcode, a raised exception, a change of a value.
//!
//! A bitmap over the machine's table of instructions says where one may hit, so that a run pays one look for each
//! instruction; only there the rest is asked. A line's breakpoint hits where the line begins: once each time the line is
//! executed, on each round of a loop, and not again when a call in the line comes back. Exceptions and watched values can
//! come up anywhere, so they are looked at after each instruction.

use super::{
    command::Place as Wanted,
    evaluate::Question,
    places::{Place, Places},
    step::is_backward,
};
use crate::{bytecode::opcode::Op, heap::ObjRef, objects::Objects, view::PauseReason, vm::Vm};

#[derive(Clone, Debug, PartialEq)]
pub struct Breakpoint {
    pub number: u32,
    pub target: Target,
    /// It hits only where this is true.
    pub condition: Option<Question>,
    pub enabled: bool,
    /// It goes away once it has hit.
    pub temporary: bool,
    /// A watch: the value when it was looked at last.
    seen: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    Line {
        file: String,
        line: u32,
    },
    /// The first instruction of a function, by its name or qualified name.
    Function(String),
    /// A name, or the beginning of names before a `*`; in one function or in all.
    Opcode {
        name: String,
        function: Option<String>,
    },
    /// An exception of this class has been raised; of any class.
    Raised(Option<String>),
    /// The value of an expression has changed.
    Watch(Question),
    /// One instruction, by its place in the machine's table.
    Unit(u32),
}

/// The number of `breakpoint()` in the program.
pub const BY_PROGRAM: u32 = 0;

/// All breakpoints, and where they may hit.
#[derive(Default)]
pub struct Breakpoints {
    list: Vec<Breakpoint>,
    last_number: u32,
    /// One a unit of the machine's table.
    may_hit: Vec<bool>,
    /// Some can hit anywhere.
    everywhere: bool,
    /// The instant of the last look, and how many exceptions had been raised.
    looked: (u64, u64),
    /// The machine stands before the instruction that raises, which must not stop it again.
    about_to_raise: Option<u64>,
}

impl Target {
    /// As the user would write it.
    pub fn place(&self) -> String {
        match self {
            Target::Line { file, line } => format!("{}:{line}", file.rsplit('/').next().unwrap_or(file)),
            Target::Function(name) => name.clone(),
            Target::Opcode { name, function: None } => format!("op {name}"),
            Target::Opcode { name, function: Some(function) } => format!("op {name} in {function}"),
            Target::Raised(None) => "raise".into(),
            Target::Raised(Some(class)) => format!("raise {class}"),
            Target::Watch(question) => format!("watch {}", question.text),
            Target::Unit(unit) => format!("instruction {unit:#x}"),
        }
    }

    /// Whether an instruction of a function is one of those meant.
    fn matches(&self, op: Op, function: &str) -> bool {
        match self {
            Target::Function(name) => op == Op::RESUME && is_named(name, function),
            Target::Opcode { name, function: only } => {
                let same_op = match name.strip_suffix('*') {
                    Some(start) => op.name().starts_with(start),
                    None => op.name() == name,
                };
                same_op && only.as_ref().is_none_or(|only| is_named(only, function))
            }
            Target::Line { .. } | Target::Raised(_) | Target::Watch(_) | Target::Unit(_) => false,
        }
    }

    fn is_everywhere(&self) -> bool {
        matches!(self, Target::Raised(_) | Target::Watch(_))
    }
}

/// A function as the user writes it: its qualified name, or the end of that.
fn is_named(written: &str, qualname: &str) -> bool {
    written == qualname || qualname.strip_suffix(written).is_some_and(|rest| rest.ends_with('.'))
}

impl Breakpoint {
    /// A line of the list.
    pub fn row(&self) -> String {
        let mut row = format!("{:>3}  {}", self.number, self.target.place());
        if let Some(condition) = &self.condition {
            row += &format!("  if {}", condition.text);
        }
        if self.temporary {
            row += "  (once)";
        }
        if !self.enabled {
            row += "  (disabled)";
        }
        row
    }
}

impl Breakpoints {
    pub fn list(&self) -> &[Breakpoint] {
        &self.list
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Adds one; the number of the one that is there already.
    pub fn add(&mut self, target: Target, condition: Option<Question>, temporary: bool) -> Result<u32, u32> {
        if let Some(same) = self.list.iter_mut().find(|breakpoint| breakpoint.target == target) {
            same.condition = condition;
            same.enabled = true;
            let number = same.number;
            self.changed();
            return Err(number);
        }
        self.last_number += 1;
        self.list.push(Breakpoint { number: self.last_number, target, condition, enabled: true, temporary, seen: None });
        self.changed();
        Ok(self.last_number)
    }

    fn changed(&mut self) {
        self.may_hit.clear();
        self.everywhere = self.list.iter().any(|breakpoint| breakpoint.enabled && breakpoint.target.is_everywhere());
        self.looked = (u64::MAX, 0);
    }

    /// The run has another future, in which other code may lie where some lay.
    pub fn forget_places(&mut self) {
        self.changed();
    }

    /// Removes one, or all; how many there were.
    pub fn delete(&mut self, number: Option<u32>) -> usize {
        let count = self.list.len();
        self.list.retain(|breakpoint| number.is_some_and(|number| breakpoint.number != number));
        self.changed();
        count - self.list.len()
    }

    /// Changes one, or all of them; how many there were.
    pub fn change(&mut self, number: Option<u32>, mut change: impl FnMut(&mut Breakpoint)) -> usize {
        let chosen = self.list.iter_mut().filter(|breakpoint| number.is_none_or(|number| breakpoint.number == number));
        let count = chosen.map(&mut change).count();
        self.changed();
        count
    }

    pub fn find(&self, target: &Target) -> Option<u32> {
        self.list.iter().find(|breakpoint| breakpoint.target == *target).map(|breakpoint| breakpoint.number)
    }

    /// The lines of a file with a breakpoint.
    pub fn lines_of(&self, file: &str) -> Vec<u32> {
        let line = |breakpoint: &Breakpoint| match &breakpoint.target {
            Target::Line { file: it, line } if breakpoint.enabled && same_file(it, file) => Some(*line),
            _ => None,
        };
        self.list.iter().filter_map(line).collect()
    }

    /// Whether an instruction of a function's listing has one.
    pub fn has(&self, opname: &str, function: &str) -> bool {
        let op = Op::ALL.iter().find(|op| op.name() == opname);
        op.is_some_and(|op| self.list.iter().any(|breakpoint| breakpoint.enabled && breakpoint.target.matches(*op, function)))
    }

    /// The breakpoint that stops the machine before its next instruction. `last` is the unit executed just before.
    #[inline]
    pub fn hit(&mut self, vm: &Vm, places: &mut Places, last: Option<u32>) -> Option<u32> {
        if vm.pause_at == Some(vm.steps()) {
            return Some(BY_PROGRAM);
        }
        let found = if self.everywhere { self.look_everywhere(vm) } else { None };
        let unit = vm.pc;
        let here = match self.may_hit.get(unit as usize) {
            Some(false) => None,
            Some(true) => self.ask(vm, places, last),
            None => {
                self.learn(vm, places);
                self.may_hit[unit as usize].then(|| self.ask(vm, places, last)).flatten()
            }
        };
        here.or(found)
    }

    /// Exceptions and watched values. After a leap in time there is nothing to compare with: that look only remembers.
    #[cold]
    fn look_everywhere(&mut self, vm: &Vm) -> Option<u32> {
        let (step, raises) = (vm.steps(), vm.raises);
        let (last_step, last_raises) = std::mem::replace(&mut self.looked, (step, raises));
        let can_compare = step == last_step.wrapping_add(1);
        let mut hit = None;
        for breakpoint in self.list.iter_mut().filter(|breakpoint| breakpoint.enabled) {
            let hits = match &breakpoint.target {
                Target::Raised(class) => {
                    raises != last_raises
                        && self.about_to_raise != Some(step - 1)
                        && vm.last_raised.is_some_and(|ty| is_class(vm, ty, class.as_deref()))
                }
                Target::Watch(question) => {
                    let value = question.value(vm);
                    let changed = breakpoint.seen.as_ref().is_some_and(|seen| *seen != value);
                    breakpoint.seen = Some(value);
                    changed
                }
                _ => false,
            };
            if hits && can_compare && breakpoint.condition.as_ref().is_none_or(|condition| condition.holds(vm)) {
                hit = hit.or(Some(breakpoint.number));
            }
        }
        hit
    }

    /// Marks all instructions that have come to be known since the last time.
    #[cold]
    fn learn(&mut self, vm: &Vm, places: &mut Places) {
        places.of(vm, vm.frames.len() - 1);
        let from = self.may_hit.len();
        self.may_hit.extend((from..vm.units.len()).map(|unit| match places.at(unit as u32) {
            // Code that has not been met is looked at when it runs.
            None => true,
            Some(place) => {
                let code = &places.codes[place.code as usize];
                self.list.iter().filter(|breakpoint| breakpoint.enabled).any(|breakpoint| match &breakpoint.target {
                    Target::Line { file: it, line } => *line == place.line && same_file(it, &code.file),
                    Target::Unit(it) => *it == unit as u32,
                    target => target.matches(place.op, &code.name),
                })
            }
        }));
    }

    #[cold]
    fn ask(&self, vm: &Vm, places: &mut Places, last: Option<u32>) -> Option<u32> {
        let unit = vm.pc;
        let place = places.of(vm, vm.frames.len() - 1);
        let begins = begins_line(places, place, unit, last);
        let code = places.codes.get(place.code as usize)?;
        let hits = |breakpoint: &&Breakpoint| {
            let is_here = match &breakpoint.target {
                Target::Line { file: it, line } => begins && *line == place.line && same_file(it, &code.file),
                Target::Unit(it) => *it == unit,
                target => target.matches(place.op, &code.name),
            };
            is_here && breakpoint.enabled && breakpoint.condition.as_ref().is_none_or(|condition| condition.holds(vm))
        };
        self.list.iter().find(hits).map(|breakpoint| breakpoint.number)
    }

    /// A raised exception is noticed after the instruction, when the frame may be gone: the stop is one instant earlier.
    pub fn stop_of(&mut self, number: u32, step: u64) -> u64 {
        let is_raise = |breakpoint: &Breakpoint| breakpoint.number == number && matches!(breakpoint.target, Target::Raised(_));
        if !self.list.iter().any(is_raise) {
            return step;
        }
        self.about_to_raise = Some(step - 1);
        step - 1
    }

    /// Why it stops there. A temporary breakpoint has done its work with that.
    pub fn reason(&mut self, number: u32) -> PauseReason {
        if number == BY_PROGRAM {
            return PauseReason::Other("breakpoint()".into());
        }
        let Some(index) = self.list.iter().position(|breakpoint| breakpoint.number == number) else {
            return PauseReason::Breakpoint { number, place: String::new() };
        };
        let breakpoint = &self.list[index];
        let mut place = breakpoint.target.place();
        if let Some(value) = &breakpoint.seen {
            place += &format!(" is now {value}");
        }
        if breakpoint.temporary {
            self.list.remove(index);
            self.changed();
        }
        PauseReason::Breakpoint { number, place }
    }
}

/// Whether a class or one of its bases has this name.
fn is_class(vm: &Vm, ty: ObjRef, name: Option<&str>) -> bool {
    let Some(name) = name else { return true };
    let mro = vm.heap.tuple(vm.heap.type_of_type(ty).mro).unwrap_or_default();
    mro.iter().any(|&class| &*vm.heap.type_of_type(class).name == name)
}

/// Whether a line begins at a unit, after the unit executed just before.
fn begins_line(places: &Places, place: Place, unit: u32, last: Option<u32>) -> bool {
    let in_same_code = |other: &u32| places.at(*other).filter(|it| it.code == place.code);
    match last.and_then(|last| in_same_code(&last).map(|it| (last, it))) {
        Some((_, it)) if it.op == Op::RESUME => it.arg & 3 < 2,
        Some((last, it)) if !matches!(it.op, Op::RETURN_VALUE | Op::YIELD_VALUE | Op::RETURN_GENERATOR) => {
            it.line != place.line || is_backward(it.op) && unit <= last
        }
        // Out of a call or into one: where the listing has the line's start.
        _ => match unit.checked_sub(1).and_then(|before| in_same_code(&before)) {
            Some(before) => before.line != place.line,
            None => true,
        },
    }
}

/// A file as written by the user is that file, or the end of its path.
pub fn same_file(written: &str, file: &str) -> bool {
    written == file || file.strip_suffix(written).is_some_and(|rest| rest.ends_with('/')) || written.ends_with(&format!("/{file}"))
}

impl Wanted {
    /// The file meant, where none is written.
    pub fn file_or<'a>(&'a self, current: &'a str) -> &'a str {
        self.file.as_deref().unwrap_or(current)
    }
}
