//! Two runs side by side: the first instant where they part.
//!
//! Both start at their first instruction. They are together as long as they run equal instructions of equal functions and
//! write the same text; lines and files may differ. The values that brought them apart are looked at there.
//!
//! `diff input other.txt` runs the same program with other lines on its standard input.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::*;
use crate::{
    bytecode::opcode::Op,
    debugger::world::StillWorld,
    objects::{Body, Objects, core_types::*},
};

/// Both runs are compared in pieces of so many instructions.
const PIECE: u64 = 50_000;

/// What one instruction shows of itself.
#[derive(Clone, Debug, PartialEq)]
struct Sign {
    step: u64,
    code: u32,
    offset: u32,
    op: Op,
    /// The topmost value, where it is a number or a text.
    top: Option<u64>,
}

#[derive(Default)]
struct Signs {
    places: Places,
    until: u64,
    signs: Vec<Sign>,
}

impl Rule for Signs {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        if vm.steps() >= self.until {
            return None;
        }
        let place = self.places.of(vm, vm.frames.len() - 1);
        let offset = self.places.offset_of(vm.pc).unwrap_or(u32::MAX);
        self.signs.push(Sign { step: vm.steps(), code: place.code, offset, op: place.op, top: top_value(vm) });
        Some(1)
    }
}

/// A number for the topmost value of the stack, equal for equal numbers and texts.
fn top_value(vm: &Vm) -> Option<u64> {
    let object = vm.sp.checked_sub(1).and_then(|at| vm.stack[at])?;
    let slot = vm.heap.slot(object);
    let mut hasher = DefaultHasher::new();
    match &slot.body {
        Body::None if matches!(slot.ty, INT | FLOAT) => (slot.ty, slot.num).hash(&mut hasher),
        _ => vm.heap.str(object)?.to_string_lossy().hash(&mut hasher),
    }
    Some(hasher.finish())
}

/// One of the two runs.
struct Side {
    timeline: Timeline,
    machine: Machine,
    signs: Signs,
    halt: Halt,
}

impl Side {
    fn new(vm: Vm, stdin: Option<Vec<String>>) -> Side {
        let (timeline, machine) = Timeline::new(vm, stdin, Box::new(StillWorld::default()));
        Side { timeline, machine, signs: Signs::default(), halt: Halt::Stopped }
    }

    fn go_on(&mut self) {
        self.signs.signs.clear();
        self.signs.until = self.machine.vm.steps() + PIECE;
        self.halt = self.timeline.run(&mut self.machine, &mut self.signs);
    }

    /// What runs below native code has no signs.
    fn step_of(&self, index: usize) -> u64 {
        self.signs.signs.get(index).map_or(self.machine.vm.steps(), |sign| sign.step)
    }

    fn name_of(&self, sign: &Sign) -> &str {
        self.signs.places.codes.get(sign.code as usize).map_or("", |code| &code.name)
    }

    /// `step 12  total, line 3: BINARY_OP`
    fn place(&self, index: usize) -> String {
        let step = self.step_of(index);
        match self.signs.signs.get(index) {
            None => match self.halt {
                Halt::Waiting => format!("step {step}  waits for input"),
                _ => format!("step {step}  has ended"),
            },
            Some(sign) => {
                let places = &self.signs.places;
                let unit = places.codes.get(sign.code as usize).and_then(|code| {
                    let index = code.offsets.offsets.iter().position(|&offset| offset == sign.offset)?;
                    Some(code.units.start + index as u32)
                });
                let line = unit.and_then(|unit| places.at(unit)).map_or(0, |place| place.line);
                format!("step {step}  {}, line {line}: {}", self.name_of(sign), sign.op.name())
            }
        }
    }
}

impl Session {
    pub(super) fn diff(&mut self, file: &str, is_input: bool) -> Answer {
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(error) => return Answer::error(format!("{file}: {error}")),
        };
        if self.timeline.copy_before(0).is_idle() {
            return Answer::error("what is typed at a prompt is compared with nothing");
        }
        let start = self.timeline.copy_before(0).vm.clone();
        let stdin = self.timeline.all_lines();
        let mut one = Side::new(start.clone(), Some(stdin.clone()));
        // As long as they run side by side they ask the same, and get the same answers.
        let answers = self.timeline.answers();
        one.timeline.preset(answers.clone(), self.timeline.changes().to_vec());
        let mut other = if is_input {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
            let mut typed = lines.iter();
            let answers = answers.into_iter().map(|(request, answer)| match request {
                Request::ReadLine => (request, host::Answer::Line(typed.next().cloned().unwrap_or_default())),
                request => (request, answer),
            });
            let answers = answers.collect();
            let mut side = Side::new(start, Some(lines));
            side.timeline.preset(answers, self.timeline.changes().to_vec());
            side
        } else {
            let config = (*start.config).clone();
            match Program::compile(bytes, file.to_owned(), config, None) {
                Err(error) => return Answer::error(format!("{file}: {}", error.msg)),
                Ok(program) => {
                    let mut side = Side::new(Session::new(program, Box::new(StillWorld::default())).now.vm, Some(stdin));
                    side.timeline.preset(answers, Vec::new());
                    side
                }
            }
        };
        self.compare(&mut one, &mut other, if is_input { "with the other input" } else { file })
    }

    fn compare(&mut self, one: &mut Side, other: &mut Side, name: &str) -> Answer {
        loop {
            one.go_on();
            other.go_on();
            if one.halt == Halt::Interrupted || other.halt == Halt::Interrupted || self.timeline.signals.take_interrupt() {
                return Answer::error("interrupted; still where it was");
            }
            self.timeline.signals.set_progress(one.machine.vm.steps());
            let equal = |index: usize| {
                let (a, b) = (&one.signs.signs[index], &other.signs.signs[index]);
                (a.op, a.offset, a.top) == (b.op, b.offset, b.top) && (a.code == b.code || one.name_of(a) == other.name_of(b))
            };
            let both = one.signs.signs.len().min(other.signs.signs.len());
            let parted = (0..both).find(|&index| !equal(index)).or((one.signs.signs.len() != other.signs.signs.len()).then_some(both));
            let written = first_difference(one, other);
            let parted_at = parted.map(|index| one.step_of(index));
            let at = match (parted_at, written) {
                (None, None) if one.halt == Halt::Stopped => continue,
                (None, None) => {
                    let steps = one.machine.vm.steps();
                    return Answer::message(format!("no difference in {steps} instructions and all output"));
                }
                (Some(parted), Some(step)) => parted.min(step),
                (Some(step), None) | (None, Some(step)) => step,
            };
            let is_text = written == Some(at) && parted_at.is_none_or(|step| step > at);
            let index = match parted {
                Some(index) if !is_text => index,
                _ => one.signs.signs.partition_point(|sign| sign.step <= at).saturating_sub(1),
            };
            let (here, there) = (one.signs.signs.get(index), other.signs.signs.get(index));
            let is_value = here.zip(there).is_some_and(|(a, b)| (a.op, a.offset) == (b.op, b.offset));
            let what = match (is_text, is_value) {
                (true, _) => "they write different text",
                (_, true) => "another value is on the stack",
                _ => "they run different instructions",
            };
            let lines = vec![
                format!("at step {at} {what}"),
                format!("  here  {}", one.place(index)),
                format!("  there {}   {name}", other.place(index)),
            ];
            let answer = self.go_back_or_on(at);
            return if answer.error.is_some() { answer } else { Answer::listing(lines) };
        }
    }
}

/// The instruction with which the output of two runs begins to differ.
fn first_difference(one: &Side, other: &Side) -> Option<u64> {
    // What is typed is no output: what the program makes of it will differ.
    let written = |side: &'_ Side| -> Vec<OutputChunk> {
        side.timeline.whole_output().iter().filter(|chunk| chunk.stream != Stream::Stdin).cloned().collect()
    };
    let (a, b) = (written(one), written(other));
    let differs = a.iter().zip(&b).find(|(a, b)| (a.stream, &a.text) != (b.stream, &b.text));
    differs.map(|(a, b)| a.step.min(b.step)).filter(|&step| step < one.machine.vm.steps().min(other.machine.vm.steps()))
}
