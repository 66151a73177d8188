//! Reads the collector's counters and lists.

use super::Scene;
use crate::view::{CollectionRow, GcView, GenerationRow};

/// So many of the youngest objects are shown.
const MOST: usize = 100;

pub(super) fn capture(scene: &Scene<'_>, width: usize) -> GcView {
    let collector = &scene.vm.heap.collector;
    let before = scene.before.map(|before| &before.heap.collector);
    let generations = (0..3)
        .map(|index| {
            let generation = &collector.generations[index];
            let old = before.map_or(generation.count, |before| before.generations[index].count);
            GenerationRow {
                count: generation.count.into(),
                threshold: generation.threshold.into(),
                delta: i64::from(generation.count) - i64::from(old),
                objects: collector.size_of(index),
                collections: generation.collections,
                collected: generation.collected,
                uncollectable: generation.uncollectable,
            }
        })
        .collect();
    let since = scene.before.map(|before| before.steps());
    let collections = scene.vm.collections.iter().rev();
    GcView {
        enabled: collector.enabled,
        generations,
        long_lived_pending: collector.long_lived_pending,
        long_lived_total: collector.long_lived_total,
        frozen: collector.size_of(crate::heap::gc::FROZEN),
        collections: collections
            .map(|it| CollectionRow {
                step: it.step,
                generation: it.generation,
                examined: it.examined,
                unreachable: it.unreachable,
                is_new: since.is_some_and(|since| it.step >= since),
            })
            .collect(),
        youngest: collector.newest(MOST).into_iter().map(|object| scene.value(object, None, width)).collect(),
    }
}
