//! Where steps stop: which instants are the start of a line, of a sub-expression, of a frame.
//!
//! A step of any kind stops at *events*. Whether an instant is an event depends on what ran before it, never on where the
//! step began, so forward and back meet at the same instants:
//!
//! * a **line event** is the first instruction of a frame after its RESUME, one whose line differs from the line that the
//!   frame executed last, or one that a jump backwards leads to. Coming back to a caller in the middle of a line is none.
//!   (CPython 3.11's `sys.settrace` has the same events.)
//! * an **expression event** is an instruction whose source range (PEP 657) differs from that of the one before.
//!
//! "Into" stops at every event. "Over" forward stops at the next line event in a frame that was there when the step began;
//! back, at the last line event of this frame before now, or else of the frame that called it: the stop that precedes in
//! the forward sequence at this depth. "Finish" stops when the frame is gone; back, at the call that made it. A generator's
//! frame is gone when it yields, and a new one when it is resumed. Frames that natives call, such as the key function of
//! `sorted`, are frames as any other. Where there are threads, "over" and "finish" stop in the thread where the step began,
//! while the others run on; "into" stops in whichever comes next.

use std::collections::BTreeMap;

use super::places::{Place, Places};
use crate::{
    bytecode::{linetable::Position, opcode::Op},
    heap::ObjRef,
    vm::{Vm, frame::FrameKind, threads::ThreadId},
};

/// What is known of one level of the call stack.
#[derive(Clone, Debug)]
struct Level {
    /// What tells the frame from another at the same level; `None` for native code.
    identity: Option<(u32, ObjRef)>,
    /// It was there when the tracking began.
    is_old: bool,
    /// The unit that it executed last, and its line, 0 for not known.
    unit: Option<u32>,
    line: u32,
    position: Option<Position>,
    /// The first instruction since the tracking began is judged by nothing.
    unknown: bool,
    /// The last two line events, the later one first.
    line_events: [Option<u64>; 2],
    /// The instant of its last instruction.
    last_step: Option<u64>,
}

/// An instant with all that decides whether a step ends there.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub step: u64,
    /// The instant before.
    pub before: Option<u64>,
    pub place: Place,
    /// The opcode of the instruction before.
    pub last_op: Option<Op>,
    pub line_event: bool,
    pub expression_event: bool,
    /// A Python function begins.
    pub call_event: bool,
    /// A generator is about to yield.
    pub yield_event: bool,
    /// The last instruction raised an exception.
    pub raise_event: bool,
    /// It did so in the program's own code, or an exception of library code has come there.
    pub own_raise_event: bool,
    /// The frame was there when the tracking began.
    pub is_old_frame: bool,
    /// The frame where the tracking began is gone.
    pub origin_gone: bool,
}

/// It lies before the tracking began.
#[derive(Clone, Copy, Debug)]
pub struct Unknown;

/// Follows a run, instruction by instruction: each thread for itself, so that what is an event in one does not depend on the others.
#[derive(Default)]
pub struct Tracker {
    strands: BTreeMap<ThreadId, Strand>,
    /// The thread in which the tracking began, and the one that ran last.
    origin: Option<ThreadId>,
    current: Option<ThreadId>,
    last_step: Option<u64>,
}

impl Tracker {
    /// Takes in the instant before the next instruction. Every instant must be shown, in order.
    pub fn look(&mut self, vm: &Vm, places: &mut Places) -> Moment {
        let thread = vm.threads.current().id;
        let origin = *self.origin.get_or_insert(thread);
        let is_origin = thread == origin;
        let is_late = self.current.is_some() && !self.strands.contains_key(&thread);
        self.current = Some(thread);
        let strand = self.strands.entry(thread).or_default();
        let mut moment = strand.look(vm, places, is_late && vm.frames.len() == 1);
        let gone = |strand: &Strand| !strand.origin_lives();
        moment.before = self.last_step.replace(moment.step);
        if !is_origin {
            moment.is_old_frame = false;
            let ended = vm.threads.get(origin).is_none();
            moment.origin_gone = ended || self.strands.get(&origin).is_some_and(gone);
        }
        moment
    }

    /// The last line event of the running frame before `now`, or of the nearest caller that has one.
    ///
    /// # Errors
    ///
    /// It lies before the tracking began.
    pub fn last_event_outwards(&self, now: u64, is_from_start: bool) -> Result<Option<u64>, Unknown> {
        self.strand().map_or(Ok(None), |strand| strand.last_event_outwards(now, is_from_start))
    }

    /// The instant of the call that made the running frame: the last instruction of the Python frame below it.
    /// `None`: there is no frame below.
    ///
    /// # Errors
    ///
    /// It lies before the tracking began.
    pub fn called_from(&self) -> Result<Option<u64>, Unknown> {
        self.strand().map_or(Ok(None), Strand::called_from)
    }

    fn strand(&self) -> Option<&Strand> {
        self.strands.get(&self.current?)
    }
}

/// Follows one thread.
#[derive(Default)]
struct Strand {
    levels: Vec<Level>,
    /// The level and opcode of the instruction executed last, and its instant.
    last: Option<(usize, Op, u64)>,
    origin: usize,
    started: bool,
    /// How many exceptions had been raised at the last look, and how many had come from library code.
    raises: Option<(u64, u64)>,
}

impl Strand {
    /// `is_new`: the thread has begun since the tracking did.
    fn look(&mut self, vm: &Vm, places: &mut Places, is_new: bool) -> Moment {
        let step = vm.steps();
        let before = self.last.map(|(.., step)| step);
        let top = vm.frames.len() - 1;
        if self.started {
            self.follow(vm, top);
        } else {
            self.start(vm, places, top, is_new);
        }
        let place = places.of(vm, top);
        let unit = vm.pc;
        let last = self.last;
        let level = &mut self.levels[top];

        // A generator starts after the instructions that made it one.
        let starts_generator =
            place.op == Op::POP_TOP && places.at(unit.wrapping_sub(1)).is_some_and(|place| place.op == Op::RETURN_GENERATOR);
        let is_prologue = is_prologue(place.op) || starts_generator;
        let last_place = level.unit.and_then(|unit| places.at(unit));
        let last_op = last_place.map(|place| place.op);
        let went_back = last.is_some_and(|(depth, op, _)| depth == top && is_backward(op)) && level.unit.is_some_and(|last| unit <= last);
        let line_event = place.line > 0
            && !level.unknown
            && match last_op {
                // The frame's first instruction: resumed to raise in it, unless the prologue runs.
                None => !is_prologue && !level.is_old,
                Some(Op::RESUME) => last_place.is_none_or(|resume| resume.arg & 3 < 2),
                Some(_) => place.line != level.line || went_back,
            };
        let is_silent = is_prologue || matches!(place.op, Op::PUSH_NULL | Op::PRECALL | Op::KW_NAMES | Op::NOP);
        let expression_event = !is_silent
            && !level.unknown
            && place.line > 0
            && (level.position != Some(place.position) || last.is_some_and(|(depth, ..)| depth != top) || went_back);
        if line_event {
            level.line_events = [Some(step), level.line_events[0]];
        }
        if place.line > 0 {
            level.line = place.line;
        }
        if !is_silent {
            level.position = Some(place.position);
        }
        level.unit = Some(unit);
        level.unknown = false;
        level.last_step = Some(step);
        let is_old_frame = level.is_old;
        self.last = Some((top, place.op, step));
        let (raises, arrivals) = self.raises.replace((vm.raises, vm.arrivals)).unwrap_or((vm.raises, vm.arrivals));
        Moment {
            step,
            before,
            place,
            last_op: last.map(|(_, op, _)| op),
            line_event,
            expression_event,
            call_event: place.op == Op::RESUME && place.arg & 3 == 0,
            yield_event: place.op == Op::YIELD_VALUE,
            raise_event: raises != vm.raises,
            own_raise_event: arrivals != vm.arrivals || raises != vm.raises && !vm.is_raised_in_library(),
            is_old_frame,
            origin_gone: !self.origin_lives(),
        }
    }

    fn origin_lives(&self) -> bool {
        self.levels.get(self.origin).is_some_and(|level| level.is_old)
    }

    fn last_event_outwards(&self, now: u64, is_from_start: bool) -> Result<Option<u64>, Unknown> {
        for level in self.levels.iter().rev().filter(|level| level.identity.is_some()) {
            let last = level.line_events.into_iter().flatten().find(|&step| step < now);
            if last.is_some() {
                return Ok(last);
            }
            if level.is_old && !is_from_start {
                return Err(Unknown);
            }
        }
        Ok(None)
    }

    fn called_from(&self) -> Result<Option<u64>, Unknown> {
        let mut callers = self.levels.iter().rev().filter(|level| level.identity.is_some()).skip(1);
        callers.next().map(|level| level.last_step.ok_or(Unknown)).transpose()
    }

    fn start(&mut self, vm: &Vm, places: &mut Places, top: usize, is_new: bool) {
        self.started = true;
        self.origin = top;
        for depth in 0..=top {
            let mut level = Level { is_old: !is_new, ..fresh(vm, depth) };
            if depth < top && level.identity.is_some() {
                // It waits for a callee: the instruction before the one that comes next.
                places.of(vm, depth);
                let unit = vm.frame_pc(depth).saturating_sub(1);
                let place = places.at(unit);
                level.unit = Some(unit);
                level.line = place.map_or(0, |place| place.line);
                level.position = place.map(|place| place.position);
            } else if !is_new {
                level.unknown = true;
            }
            self.levels.push(level);
        }
    }

    /// Brings the levels up to date after one instruction.
    fn follow(&mut self, vm: &Vm, top: usize) {
        let (last_level, last_op, _) = self.last.unwrap_or((0, Op::NOP, 0));
        let ends_frame = matches!(last_op, Op::RETURN_VALUE | Op::YIELD_VALUE | Op::RETURN_GENERATOR);
        if ends_frame {
            self.levels.truncate(last_level);
        }
        self.levels.truncate(top + 1);
        // Natives may have unwound and called again: compare from the level that ran outwards.
        let mut same = self.levels.len();
        while same > 0 && self.levels[same - 1].identity != identity(vm, same - 1) {
            same -= 1;
        }
        self.levels.truncate(same);
        while self.levels.len() <= top {
            let depth = self.levels.len();
            self.levels.push(fresh(vm, depth));
        }
    }
}

fn fresh(vm: &Vm, depth: usize) -> Level {
    Level {
        identity: identity(vm, depth),
        is_old: false,
        unit: None,
        line: 0,
        position: None,
        unknown: false,
        line_events: [None; 2],
        last_step: None,
    }
}

fn identity(vm: &Vm, depth: usize) -> Option<(u32, ObjRef)> {
    match &vm.frames[depth].kind {
        FrameKind::Python(frame) => Some((frame.base, frame.code)),
        FrameKind::Native(_) => None,
    }
}

/// Instructions that only set up a frame.
fn is_prologue(op: Op) -> bool {
    matches!(op, Op::RESUME | Op::MAKE_CELL | Op::COPY_FREE_VARS | Op::RETURN_GENERATOR | Op::CACHE)
}

/// Jumps that lead back.
pub fn is_backward(op: Op) -> bool {
    matches!(
        op,
        Op::JUMP_BACKWARD
            | Op::JUMP_BACKWARD_NO_INTERRUPT
            | Op::POP_JUMP_BACKWARD_IF_FALSE
            | Op::POP_JUMP_BACKWARD_IF_TRUE
            | Op::POP_JUMP_BACKWARD_IF_NONE
            | Op::POP_JUMP_BACKWARD_IF_NOT_NONE
    )
}
