//! What the run so far tells: its call tree, and how often each line and each opcode ran.
//!
//! The run is followed once, up to the latest instant that one has stood at; as the program goes on, only what is new is
//! followed, and nothing is forgotten when one goes back.
//!
//! `heat` says `line 3   120` and `BINARY_OP   60`.

use rustc_hash::FxHashMap;

use super::*;
use crate::{
    bytecode::opcode::Op,
    debugger::places::Place,
    heap::ObjRef,
    view::{CallRow, CallsView, FormHeat, FormKind, HeatView, capture::forms},
    vm::frame::FrameKind,
};

/// Calls and counts up to an instant.
pub(super) struct Heard {
    machine: Machine,
    epoch: u64,
    listener: Listener,
    calls: CallsView,
}

/// So many calls are kept.
const MOST_CALLS: usize = 100_000;

/// What tells one frame at a depth from another.
type Frame = (u32, ObjRef);

#[derive(Default)]
struct Listener {
    places: Places,
    until: u64,
    /// One a unit.
    counts: Vec<u64>,
    forms: Vec<FormHeat>,
    /// The specialized form that is running: its unit, the form, its counter.
    form: Option<(u32, Op, u16)>,
    rows: Vec<CallRow>,
    omitted: u64,
    /// The frames that run: depth, frame and row.
    open: Vec<(usize, Frame, Option<usize>)>,
    /// The last instruction ended its frame.
    ended: bool,
    /// The rows are not what they were.
    has_news: bool,
}

impl Session {
    /// Follows the run up to now.
    pub(super) fn survey(&self) {
        let target = self.scene().vm.steps();
        let epoch = self.timeline.epoch();
        let mut kept = self.heard.borrow_mut();
        if kept.as_ref().is_none_or(|heard| heard.epoch != epoch) {
            let machine = self.timeline.copy_before(0).clone();
            *kept = Some(Heard { machine, epoch, listener: Listener::default(), calls: CallsView::default() });
        }
        let Some(heard) = kept.as_mut() else { return };
        let known = heard.machine.vm.steps();
        if target <= known && known > 0 {
            return;
        }
        heard.listener.until = target;
        self.timeline.replay(&mut heard.machine, &mut heard.listener);
        let listener = &heard.listener;
        let until = heard.machine.vm.steps();
        let rows = match listener.has_news {
            true => Arc::new(listener.rows.clone()),
            false => heard.calls.rows.clone(),
        };
        heard.calls = CallsView { rows, omitted: listener.omitted, until };
        heard.listener.has_news = false;
    }

    pub(super) fn calls_view(&self) -> CallsView {
        self.survey();
        self.heard.borrow().as_ref().map(|heard| heard.calls.clone()).unwrap_or_default()
    }

    /// How often the lines of a file and the instructions of a function have run.
    pub(super) fn heat_view(&self, file: &str, function: &str) -> HeatView {
        self.survey();
        let heard = self.heard.borrow();
        let Some(heard) = heard.as_ref() else { return HeatView::default() };
        let mut view = HeatView { until: heard.machine.vm.steps(), ..HeatView::default() };
        let places = &heard.listener.places;
        for code in places.codes.iter().filter(|code| *code.file == *file) {
            for unit in code.units.clone() {
                let count = heard.listener.counts.get(unit as usize).copied().unwrap_or(0);
                let Some(place) = places.at(unit) else { continue };
                if place.line > 0 {
                    let line = view.lines.entry(place.line).or_insert(0);
                    *line = count.max(*line);
                }
                if *code.name == *function
                    && let Some(offset) = places.offset_of(unit)
                {
                    view.offsets.insert(offset, count);
                    let form = heard.listener.forms.get(unit as usize).copied().unwrap_or_default();
                    if form != FormHeat::default() {
                        view.forms.insert(offset, form);
                    }
                }
            }
        }
        view
    }

    /// All lines of the program's file and all opcodes that have run, as text.
    pub(super) fn tell_heat(&self) -> Answer {
        let heat = self.heat_view(&self.name, "");
        let heard = self.heard.borrow();
        let Some(heard) = heard.as_ref() else { return Answer::done() };
        let mut ops: FxHashMap<Op, u64> = FxHashMap::default();
        for (unit, &count) in heard.listener.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            if let Some(place) = heard.listener.places.at(unit as u32) {
                *ops.entry(place.op).or_insert(0) += count;
            }
        }
        let total: u64 = ops.values().sum();
        let mut lines = vec![format!("{total} instructions up to step {}", heat.until)];
        lines.extend(heat.lines.iter().filter(|(_, count)| **count > 0).map(|(line, count)| format!("  line {line:<23} {count:>9}")));
        let mut ops: Vec<(Op, u64)> = ops.into_iter().collect();
        ops.sort_by_key(|(op, count)| (std::cmp::Reverse(*count), op.name()));
        lines.extend(ops.iter().map(|(op, count)| format!("  {:<28} {count:>9}", op.name())));
        let mut forms: FxHashMap<Op, FormHeat> = FxHashMap::default();
        for (unit, form) in heard.listener.forms.iter().enumerate().filter(|(_, form)| **form != FormHeat::default()) {
            if let Some(place) = heard.listener.places.at(unit as u32) {
                let sum = forms.entry(place.op).or_default();
                *sum = FormHeat { hits: sum.hits + form.hits, misses: sum.misses + form.misses };
            }
        }
        let mut forms: Vec<(Op, FormHeat)> = forms.into_iter().collect();
        forms.sort_by_key(|(op, form)| (std::cmp::Reverse(form.hits), op.name()));
        if !forms.is_empty() {
            lines.push("specialized forms: hits and misses".into());
        }
        lines.extend(forms.iter().map(|(op, form)| format!("  {:<28} {:>9} {:>9}", op.name(), form.hits, form.misses)));
        Answer::listing(lines)
    }
}

impl Rule for Listener {
    fn look(&mut self, vm: &Vm) -> Option<u32> {
        let step = vm.steps();
        self.count_form(vm);
        if step >= self.until {
            return None;
        }
        let top = vm.frames.len() - 1;
        let place = self.places.of(vm, top);
        let unit = vm.pc;
        if self.counts.len() <= unit as usize {
            self.counts.resize(vm.units.len(), 0);
            self.forms.resize(vm.units.len(), FormHeat::default());
        }
        self.counts[unit as usize] += 1;
        let op = vm.live_op(unit as usize);
        if op != place.op && forms::kind_of(op) == FormKind::Specialized {
            self.form = Some((unit, op, vm.caches[unit as usize].counter));
        }
        let FrameKind::Python(frame) = &vm.frames[top].kind else { return Some(1) };
        let frame = (frame.base, frame.code);
        let starts = self.places.codes.get(place.code as usize).is_some_and(|code| code.units.start == unit);
        let ends = matches!(place.op, Op::RETURN_VALUE | Op::YIELD_VALUE | Op::RETURN_GENERATOR);
        if std::mem::replace(&mut self.ended, ends) {
            self.close(step);
        }
        let is_open = self.open.last().is_some_and(|(depth, it, _)| (*depth, *it) == (top, frame));
        if !is_open || starts {
            self.follow(vm, top, frame, starts, step);
            self.begin(vm, top, frame, place, !starts);
        }
        Some(1)
    }
}

impl Listener {
    /// The specialized form that has just run fitted, or did not.
    fn count_form(&mut self, vm: &Vm) {
        let Some((unit, op, counter)) = self.form.take() else { return };
        let unit = unit as usize;
        let fits = vm.live_op(unit) == op && vm.caches[unit].counter == counter;
        let form = &mut self.forms[unit];
        *if fits { &mut form.hits } else { &mut form.misses } += 1;
    }

    /// The innermost call is over.
    fn close(&mut self, step: u64) {
        let row = self.open.pop().and_then(|(.., row)| row);
        if let Some(row) = row.and_then(|row| self.rows.get_mut(row)) {
            row.end = Some(step);
            self.has_news = true;
        }
    }

    /// Closes the calls that exceptions have ended.
    fn follow(&mut self, vm: &Vm, top: usize, frame: Frame, starts: bool, step: u64) {
        while let Some(&(depth, it, _)) = self.open.last() {
            let lives = depth <= top
                && matches!(&vm.frames[depth].kind, FrameKind::Python(frame) if (frame.base, frame.code) == it)
                && (depth < top || it == frame && !starts);
            if lives {
                return;
            }
            self.close(step);
        }
    }

    fn begin(&mut self, vm: &Vm, top: usize, frame: Frame, place: Place, resumed: bool) {
        if self.open.last().is_some_and(|(depth, ..)| *depth == top) {
            return; // back in it after an exception
        }
        if self.rows.len() >= MOST_CALLS {
            self.omitted += 1;
            return self.open.push((top, frame, None));
        }
        let line = (0..top).rev().find(|&depth| vm.python_frame(depth).is_some()).and_then(|depth| {
            let unit = vm.frame_pc(depth).checked_sub(1)?;
            self.places.at(unit).map(|place| place.line).filter(|&line| line > 0)
        });
        let name = self.places.codes.get(place.code as usize).map_or(String::new(), |code| code.name.to_string());
        self.open.push((top, frame, Some(self.rows.len())));
        self.has_news = true;
        self.rows.push(CallRow { name, depth: self.open.len() - 1, start: vm.steps(), end: None, line, resumed });
    }
}
