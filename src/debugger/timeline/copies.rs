//! The machines that a timeline keeps, each at its instant, within a budget of bytes.
//!
//! ```text
//!   |──────────────|──────────────|──────────────|───────|───|─|┃here
//!   far: evenly, as the stretch between two counts           near: ever closer
//! ```
//!
//! The first one is kept for ever. Where all together take too much, that one goes whose loss costs least: the stretch that
//! its absence leaves, weighted by how near it is to where the user stands. So far copies end up evenly spaced, near ones
//! at distances that halve, and old dense ones vanish when the user has gone elsewhere.

use super::Machine;
use crate::{
    objects::{Body, size},
    vm::Vm,
};

/// What all copies together may take if nobody says otherwise.
pub const DEFAULT_LIMIT: usize = 300 << 20;
/// More copies than this would cost more to look after than they save.
const MOST: usize = 192;
/// A copy at this distance from the user counts twice as much as one far away.
const NEAR: u64 = 1 << 20;
/// The closest distance that is told apart.
const CLOSEST: u64 = 1 << 8;

/// Machines in the order of their instants.
pub struct Copies {
    kept: Vec<Copy>,
    limit: usize,
    bytes: usize,
}

struct Copy {
    machine: Machine,
    bytes: usize,
}

impl Copies {
    pub fn new(first: Machine) -> Copies {
        let bytes = footprint(&first.vm);
        Copies { kept: vec![Copy { machine: first, bytes }], limit: DEFAULT_LIMIT, bytes }
    }

    /// Bytes that the copies may take; the first one stays whatever it takes.
    pub fn set_limit(&mut self, bytes: usize, here: u64) {
        self.limit = bytes;
        self.thin_out(here);
    }

    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Bytes that the copies take, as far as they are known.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// All of them, in order.
    pub fn machines(&self) -> impl ExactSizeIterator<Item = &Machine> {
        self.kept.iter().map(|copy| &copy.machine)
    }

    /// The last copy at or before an instant.
    pub fn before(&self, step: u64) -> &Machine {
        &self.kept[self.place(step)].machine
    }

    pub fn before_mut(&mut self, step: u64) -> &mut Machine {
        let place = self.place(step);
        &mut self.kept[place].machine
    }

    /// The last copy at or before an instant that is as wished; otherwise the first of all.
    pub fn last(&self, step: u64, is_wished: impl Fn(&Vm) -> bool) -> &Machine {
        let found = self.kept[..=self.place(step)].iter().rev().find(|copy| is_wished(&copy.machine.vm));
        &found.unwrap_or(&self.kept[0]).machine
    }

    /// The instant of the first copy after this one.
    pub fn next_after(&self, step: u64) -> Option<u64> {
        self.kept.get(self.place(step) + 1).map(|copy| copy.machine.vm.steps())
    }

    /// Keeps a copy, unless there is one of this instant.
    pub fn keep(&mut self, machine: &mut Machine) {
        let step = machine.vm.steps();
        let index = self.place(step);
        if self.kept[index].machine.vm.steps() == step {
            return;
        }
        let bytes = footprint(&machine.vm);
        // Room is made first, so that the budget holds at any time.
        while self.bytes + bytes > self.limit {
            if self.kept.len() == 1 {
                return; // it would take more than there is
            }
            self.drop_cheapest(step);
        }
        let index = self.place(step) + 1;
        self.bytes += bytes;
        // What goes on from here knows how it differs from the copy.
        machine.vm.heap.begin_journal();
        self.kept.insert(index, Copy { machine: machine.clone(), bytes });
        self.thin_out(step);
    }

    /// Forgets all from an instant on, but for the first copy.
    pub fn forget_from(&mut self, step: u64) {
        let from = self.kept.partition_point(|copy| copy.machine.vm.steps() < step).max(1);
        self.bytes -= self.kept.drain(from..).map(|copy| copy.bytes).sum::<usize>();
    }

    fn thin_out(&mut self, here: u64) {
        while self.kept.len() > 1 && (self.bytes > self.limit || self.kept.len() > MOST) {
            self.drop_cheapest(here);
        }
    }

    /// Drops the copy whose loss costs least for somebody who stands at `here`.
    fn drop_cheapest(&mut self, here: u64) {
        let step = |index: usize| self.kept.get(index).map(|copy| copy.machine.vm.steps());
        let cost = |index: usize| {
            let at = step(index).unwrap_or(0);
            let gap = step(index + 1).unwrap_or(here.max(at)) - step(index - 1).unwrap_or(0);
            u128::from(gap) * u128::from(1 + NEAR / (at.abs_diff(here) + CLOSEST))
        };
        if let Some(index) = (1..self.kept.len()).min_by_key(|&index| cost(index)) {
            self.bytes -= self.kept.remove(index).bytes;
        }
    }

    fn place(&self, step: u64) -> usize {
        self.kept.partition_point(|copy| copy.machine.vm.steps() <= step).max(1) - 1
    }
}

/// About how many bytes a copy of the machine takes.
pub fn footprint(vm: &Vm) -> usize {
    /// A slot with its birth, its links for the collector and its place in the allocator's model.
    const SLOT: usize = 60;
    /// What an allocation of its own costs beside its content.
    const BOX: usize = 24;
    let tables = vm.units.len() * 8 + vm.caches.len() * 16 + vm.stack.len() * 4 + (256 << 10);
    let bodies = vm.heap.iter().map(|(object, slot)| match &slot.body {
        // Shared between copies, or in the slot.
        Body::None | Body::Str(_) | Body::Bytes(_) | Body::Cell(_) | Body::SeqIter(_) => 0,
        Body::Tuple(items) | Body::List(items) => BOX + 4 * items.len(),
        Body::BigInt(_) | Body::ByteArray(_) => BOX + size::size_of(&vm.heap, object),
        Body::Instance(_) => BOX + 64,
        Body::Function(_) | Body::Type(_) | Body::Code(_) => 256,
        _ => BOX + size::size_of(&vm.heap, object) * 3 / 4,
    });
    tables + vm.heap.capacity() * SLOT + bodies.sum::<usize>()
}
