//! What the whole run looks like from afar, gathered while it runs for the first time.
//!
//! Depths are sampled, a few times in each stretch; exceptions, collections and output are noted where they are. The room is
//! bounded: the longer the run, the longer the stretches. Invariant: looking never changes the run, and what is known of an
//! instant is the same whether it was reached in one go or step by step.

use std::collections::BTreeMap;

use crate::{
    view::timeline::{MOST, Stretch},
    vm::Vm,
};

/// So many stops at breakpoints are remembered.
const MOST_STOPS: usize = 4096;
/// Looks at the depth in a stretch.
const LOOKS: u64 = 4;
/// From this instant on so many instructions lie between two looks at least: between near ones the loop goes step by step.
const CLOSE: u64 = 1 << 16;
const APART: u64 = 1 << 10;

/// The run up to its furthest instant.
#[derive(Debug)]
pub struct Summary {
    stretches: Vec<Stretch>,
    /// Instants in a stretch, a power of two.
    length: u64,
    /// The next instant that nobody has looked at.
    next: u64,
    /// The exceptions raised up to there, and the last collection.
    raises: u64,
    collected: Option<u64>,
    /// Where breakpoints stopped it, with their numbers.
    stops: BTreeMap<u64, u32>,
}

impl Default for Summary {
    fn default() -> Self {
        Summary { stretches: Vec::new(), length: 1, next: 0, raises: 0, collected: None, stops: BTreeMap::new() }
    }
}

impl Summary {
    pub fn stretches(&self) -> (&[Stretch], u64) {
        (&self.stretches, self.length)
    }

    /// The next instant that should be looked at.
    pub fn due(&self) -> u64 {
        self.next
    }

    /// A machine stands at an instant; it may be one that is known.
    #[inline]
    pub fn look(&mut self, vm: &Vm) {
        if vm.steps() >= self.next || vm.raises > self.raises {
            self.note(vm);
        }
    }

    #[inline(never)]
    fn note(&mut self, vm: &Vm) {
        let step = vm.steps();
        let stretch = self.at(step);
        stretch.depth = stretch.depth.max(vm.frames.len() as u32);
        if vm.raises > self.raises {
            self.raises = vm.raises;
            let stretch = self.at(step);
            stretch.raised = stretch.raised.or(Some(step));
        }
        let known = self.collected;
        for collection in vm.collections.iter().rev().take_while(|it| known.is_none_or(|known| it.step > known)) {
            let stretch = self.at(collection.step);
            stretch.collected = Some(stretch.collected.map_or(collection.step, |step| step.min(collection.step)));
            self.collected = self.collected.max(Some(collection.step));
        }
        let apart = if step < CLOSE { 1 } else { APART };
        self.next = self.next.max(step + (self.length / LOOKS).max(apart));
    }

    /// Something is written by the instruction after an instant.
    pub fn wrote(&mut self, step: u64) {
        let stretch = self.at(step);
        stretch.wrote = stretch.wrote.or(Some(step));
    }

    /// A breakpoint stopped the program at an instant.
    pub fn stopped(&mut self, step: u64, number: u32) {
        if self.stops.len() < MOST_STOPS {
            self.stops.insert(step, number);
        }
    }

    /// Where breakpoints stopped it, with their numbers.
    pub fn stops(&self) -> impl Iterator<Item = (u64, u32)> {
        self.stops.iter().map(|(step, number)| (*step, *number))
    }

    /// What lies after a machine has never been.
    pub fn forget_after(&mut self, vm: &Vm) {
        let step = vm.steps();
        self.stretches.truncate((step / self.length) as usize + 1);
        if let Some(last) = self.stretches.last_mut() {
            for event in [&mut last.raised, &mut last.collected, &mut last.wrote] {
                *event = event.filter(|it| *it < step);
            }
        }
        self.next = self.next.min(step);
        self.stops.split_off(&(step + 1));
        self.raises = vm.raises;
        self.collected = vm.collections.back().map(|it| it.step);
    }

    fn at(&mut self, step: u64) -> &mut Stretch {
        while step / self.length >= MOST as u64 {
            self.stretches = self.stretches.chunks(2).map(|two| two.iter().copied().reduce(Stretch::with).unwrap_or_default()).collect();
            self.length *= 2;
        }
        let index = (step / self.length) as usize;
        if self.stretches.len() <= index {
            // A stretch where nobody looked is as deep as the one before.
            let depth = self.stretches.last().map_or(0, |it| it.depth);
            self.stretches.resize(index + 1, Stretch { depth, ..Stretch::default() });
            self.stretches[index].depth = 0;
        }
        &mut self.stretches[index]
    }
}
