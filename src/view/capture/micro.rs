//! Makes the steps inside an instruction from two sources: what a recorder wrote down in a copy of the machine that ran it
//! (collections, deallocation, unwinding), and the machine before it, where lookups and guards follow from what is there.
//!
//! `d['k']` before it runs: hash, slot, entry, compare; nothing of it is recorded, all of it is known.

mod collection;
mod growth;
mod lookup;
mod specializing;
mod unwinding;

use super::{Scene, Scribe, holders::Owners};
use crate::{
    heap::ObjRef,
    objects::Body,
    view::{MicroStep, MicroTable, Recording, narration},
    vm::{
        Vm,
        micro::{MicroEvent, Recorder, Seen},
    },
};

/// So many rows has a table at most.
const MOST_ROWS: usize = 400;

/// The recording in the making.
struct Maker<'a> {
    before: Scribe<'a>,
    after: Scribe<'a>,
    owners: Owners,
    made: Recording,
}

/// The steps of the instruction between two machines. `scratch` is another copy of the first.
pub fn capture(scene: &Scene<'_>, after: &Vm, recorder: &Recorder, scratch: &mut Vm) -> Recording {
    let before = scene.scribe();
    let mut maker = Maker { before, after: Scribe { vm: after, base: scene.base }, owners: Owners::default(), made: Recording::default() };
    maker.made.title = match narration::operands(&before, 50) {
        Some(operands) => format!("{}  {operands}", narration::instruction(&before)),
        None => narration::instruction(&before),
    };
    if !specializing::specializing(&mut maker) {
        lookup::lookups(&mut maker, scratch);
    }
    maker.recorded(&recorder.events);
    growth::growths(&mut maker);
    maker.made.note = match (recorder.lost, recorder.others) {
        (0, 0) => None,
        (0, others) => Some(format!("{others} more steps concern objects of the interpreter")),
        (lost, _) => Some(format!("{lost} more steps are left out")),
    };
    maker.made
}

impl Maker<'_> {
    /// A table; its index.
    fn table(&mut self, columns: &[&'static str], rows: Vec<Vec<String>>) -> usize {
        let rows = rows.into_iter().take(MOST_ROWS).collect();
        self.made.tables.push(MicroTable { columns: columns.to_vec(), rows });
        self.made.tables.len() - 1
    }

    fn step(&mut self, chapter: &'static str, text: impl Into<String>) -> &mut MicroStep {
        let step = MicroStep { chapter, text: text.into(), ..MicroStep::default() };
        self.made.steps.push(step);
        self.made.steps.last_mut().unwrap_or_else(|| unreachable!("one was pushed"))
    }

    /// An object that may be dead.
    fn name(&mut self, seen: Seen) -> String {
        for scribe in [self.before, self.after] {
            if scribe.vm.heap.is_alive(seen.object) && scribe.vm.heap.birth(seen.object) == seen.birth {
                let is_dict = matches!(scribe.vm.heap.slot(seen.object).body, Body::Dict(_));
                let behind = if is_dict { self.owners.dict_name(&scribe, seen.object) } else { None };
                return behind.unwrap_or_else(|| scribe.name(seen.object));
            }
        }
        "an object made by this instruction".into()
    }

    fn recorded(&mut self, events: &[MicroEvent]) {
        let mut rest = events;
        while let Some(event) = rest.first() {
            let taken = match event {
                MicroEvent::Unwind { .. } => {
                    unwinding::unwind(self, event);
                    // What the cut of the stack frees dies before the exception is pushed.
                    let deaths = rest[1..].iter().take_while(|event| matches!(event, MicroEvent::Dealloc { .. })).count();
                    if deaths > 0 {
                        collection::cascade(self, &rest[1..]);
                    }
                    unwinding::land(self, event);
                    1 + deaths
                }
                MicroEvent::Traceback(exception) => {
                    let name = self.name(*exception);
                    self.step("traceback", format!("{name}: its traceback gets an entry for this frame"));
                    1
                }
                MicroEvent::Dealloc { .. } => collection::cascade(self, rest),
                _ => collection::collection(self, rest),
            };
            rest = &rest[taken.max(1)..];
        }
    }
}

impl MicroStep {
    fn on(&mut self, table: usize, row: Option<usize>) -> &mut MicroStep {
        self.table = Some(table);
        self.row = row;
        self
    }

    fn write(&mut self, row: usize, column: usize, text: impl Into<String>) -> &mut MicroStep {
        self.writes.push((row, column, text.into()));
        self
    }
}

/// `1 entry`, `2 entries`
fn plural(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// What an operand of the next instruction is: from the top of the value stack, 1 is the top.
fn operand(vm: &Vm, depth: usize) -> Option<ObjRef> {
    vm.stack.get(vm.sp.checked_sub(depth)?).copied().flatten()
}
