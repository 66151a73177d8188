//! A collection phase by phase with a `gc_refs` column, and the cascade of objects that die one because of another.

use rustc_hash::FxHashMap;

use super::{Maker, plural};
use crate::{
    heap::{ObjRef, gc::Trial},
    vm::micro::{Fate, MicroEvent, Seen},
};

const REFCOUNT: usize = 1;
const GC_REFS: usize = 2;
const STATE: usize = 3;

/// Deaths in a row; how many events that were.
pub(super) fn cascade(maker: &mut Maker<'_>, events: &[MicroEvent]) -> usize {
    let deaths: Vec<(Seen, usize, Fate)> = events
        .iter()
        .map_while(|event| match event {
            MicroEvent::Dealloc { object, level, fate } => Some((*object, *level, *fate)),
            _ => None,
        })
        .collect();
    let names: Vec<String> = deaths.iter().map(|(object, ..)| maker.name(*object)).collect();
    let rows =
        deaths.iter().zip(&names).map(|((_, level, _), name)| vec![format!("{}{name}", "  ".repeat(*level)), String::new()]).collect();
    let table = maker.table(&["object", "fate"], rows);
    for (row, ((_, level, fate), name)) in deaths.iter().zip(&names).enumerate() {
        let (what, state) = fate_text(*fate);
        let why = match level {
            0 => "its last reference is gone".to_owned(),
            _ => match deaths[..row].iter().rposition(|(_, above, _)| above < level) {
                Some(parent) => format!("{} held its last reference", names[parent]),
                None => "its last reference is gone".to_owned(),
            },
        };
        maker.step("dealloc", format!("{name}: {why}; {what}")).on(table, Some(row)).write(row, 1, state);
    }
    deaths.len()
}

fn fate_text(fate: Fate) -> (&'static str, &'static str) {
    match fate {
        Fate::Freed => ("its memory is free", "freed"),
        Fate::Kept => ("a free list keeps its memory for the next one of its type", "kept in a free list"),
        Fate::Finalizer => ("__del__ must run first", "__del__ is due"),
    }
}

/// One collection, or what is left of one; how many events that were.
pub(super) fn collection(maker: &mut Maker<'_>, events: &[MicroEvent]) -> usize {
    let end = events.iter().position(|event| matches!(event, MicroEvent::Collected { .. })).map_or(events.len(), |end| end + 1);
    let events = &events[..end];
    // The table has the objects that are examined, in the order of the list; of a second part, those that are named.
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut places: FxHashMap<ObjRef, usize> = FxHashMap::default();
    for event in events {
        let seen = match event {
            MicroEvent::Trial { to: Some(seen), step: Trial::Copied { .. }, .. } => *seen,
            MicroEvent::Finalize(seen) | MicroEvent::Clear(seen) | MicroEvent::WeakRefs { object: seen, .. } => *seen,
            MicroEvent::Dealloc { object, .. } => *object,
            _ => continue,
        };
        if !places.contains_key(&seen.object) && rows.len() < super::MOST_ROWS {
            places.insert(seen.object, rows.len());
            let vm = if maker.before.vm.heap.is_alive(seen.object) { maker.before.vm } else { maker.after.vm };
            rows.push(vec![maker.name(seen), vm.heap.refcount(seen.object).to_string(), String::new(), String::new()]);
        }
    }
    let table = maker.table(&["object", "refcount", "gc_refs", "state"], rows);
    let mut rest = events;
    while let Some(event) = rest.first() {
        let taken = phase(maker, rest, table, &places);
        if taken == 0 {
            one(maker, event, table, &places);
        }
        rest = &rest[taken.max(1)..];
    }
    let is_over = matches!(events.last(), Some(MicroEvent::Collected { .. }));
    if !is_over && events.iter().any(|event| matches!(event, MicroEvent::Collect { .. } | MicroEvent::Finalize(_))) {
        maker.step("collect", "Python code runs now, a callback or a finalizer; the collector goes on when it returns").on(table, None);
    }
    end
}

/// Steps of trial deletion that belong together: the copies of all refcounts, what one object refers to. How many they were.
fn phase(maker: &mut Maker<'_>, events: &[MicroEvent], table: usize, places: &FxHashMap<ObjRef, usize>) -> usize {
    let Some(MicroEvent::Trial { step: first, from, .. }) = events.first() else { return 0 };
    let belongs = |step: &Trial| match (first, step) {
        (Trial::Copied { .. }, Trial::Copied { .. }) => true,
        (Trial::Subtracted { from: a, .. }, Trial::Subtracted { from: b, .. }) => a == b,
        (Trial::Reached { from: a, moved_back: x, .. }, Trial::Reached { from: b, moved_back: y, .. }) => a == b && x == y,
        _ => false,
    };
    let steps: Vec<(Trial, Seen)> = events
        .iter()
        .map_while(|event| match event {
            MicroEvent::Trial { step, to: Some(to), .. } if belongs(step) => Some((*step, *to)),
            _ => None,
        })
        .collect();
    if steps.len() < 2 && !matches!(first, Trial::Copied { .. }) {
        return 0;
    }
    let mut names: Vec<String> = steps.iter().take(4).map(|(_, to)| maker.name(*to)).collect();
    if steps.len() > names.len() {
        names.push(format!("{} more", steps.len() - names.len()));
    }
    let (names, from) = (names.join(", "), from.map(|from| maker.name(from)).unwrap_or_default());
    let (chapter, text) = match first {
        Trial::Copied { .. } => ("update_refs", "gc_refs of every object is a copy of its refcount".to_owned()),
        Trial::Subtracted { .. } => ("subtract_refs", format!("{from} refers to {names}: one less for each")),
        Trial::Reached { moved_back: true, .. } => ("move_unreachable", format!("put aside, but {from} refers to them: {names} go back")),
        _ => ("move_unreachable", format!("{from}, which stays, refers to {names}: so they stay too")),
    };
    let made = maker.step(chapter, text).on(table, None);
    for (step, to) in &steps {
        let Some(&row) = places.get(&to.object) else { continue };
        match step {
            Trial::Copied { refs, .. } | Trial::Subtracted { refs, .. } => {
                made.write(row, GC_REFS, refs.to_string());
            }
            _ => {
                made.write(row, GC_REFS, "1").write(row, STATE, "reached");
            }
        }
    }
    steps.len()
}

fn one(maker: &mut Maker<'_>, event: &MicroEvent, table: usize, places: &FxHashMap<ObjRef, usize>) {
    let row = |seen: &Seen| places.get(&seen.object).copied();
    match event {
        MicroEvent::Collect { generation, examined, counts } => {
            let [young, middle, old] = counts;
            let text = format!(
                "generation {generation} and younger ones: {} to look at, {} of the program; the counts were ({young}, {middle}, {old})",
                plural(*examined, "object", "objects"),
                maker.made.tables[table].rows.len()
            );
            maker.step("collect", text).on(table, None);
        }
        MicroEvent::Trial { step, from, to: Some(to) } => {
            let name = maker.name(*to);
            let from = from.map(|from| maker.name(from)).unwrap_or_default();
            let (chapter, text, refs, state) = match step {
                Trial::Copied { refs, .. } => ("update_refs", format!("{name}: gc_refs is its refcount, {refs}"), Some(*refs), ""),
                Trial::Subtracted { refs, .. } => {
                    ("subtract_refs", format!("{from} refers to {name}: gc_refs {} → {refs}", refs + 1), Some(*refs), "")
                }
                Trial::Reachable { .. } => {
                    ("move_unreachable", format!("{name}: gc_refs is above 0, something outside holds it; it stays"), None, "reachable")
                }
                Trial::Tentative { .. } => (
                    "move_unreachable",
                    format!("{name}: gc_refs is 0, nothing outside is known to hold it; put aside"),
                    Some(0),
                    "unreachable?",
                ),
                Trial::Reached { moved_back: true, .. } => {
                    ("move_unreachable", format!("{name} was put aside, but {from} refers to it: back it goes"), Some(1), "reached")
                }
                Trial::Reached { .. } => {
                    ("move_unreachable", format!("{from}, which stays, refers to {name}: so it stays too"), Some(1), "reached")
                }
            };
            let place = row(to);
            let step = maker.step(chapter, text).on(table, place);
            if let Some(row) = place {
                if let Some(refs) = refs {
                    step.write(row, GC_REFS, refs.to_string());
                }
                if !state.is_empty() {
                    step.write(row, STATE, state);
                }
            }
        }
        MicroEvent::Trial { .. } => {}
        MicroEvent::Untracked(seen) => {
            let name = maker.name(*seen);
            let step =
                maker.step("untrack", format!("{name} holds nothing that can be in a cycle: no longer tracked")).on(table, row(seen));
            if let Some(row) = row(seen) {
                step.write(row, STATE, "untracked");
            }
        }
        MicroEvent::WeakRefs { object, callback } => {
            let name = maker.name(*object);
            let more = if *callback { "; its callback is called" } else { "" };
            let text = format!("{name}: weak references to it are cleared{more}");
            let step = maker.step("handle_weakrefs", text).on(table, row(object));
            if let Some(row) = row(object) {
                step.write(row, STATE, "garbage");
            }
        }
        MicroEvent::Finalize(seen) => {
            let text = format!("{}: its finalizer is called, once in its life", maker.name(*seen));
            let step = maker.step("finalize_garbage", text).on(table, row(seen));
            if let Some(row) = row(seen) {
                step.write(row, STATE, "finalized");
            }
        }
        MicroEvent::Resurrected { examined, still } => {
            let text = match examined - still {
                0 => format!("the finalizers made nothing reachable again: {} to delete", plural(*still, "object", "objects")),
                back => {
                    format!("the finalizers made {} reachable again: {still} of {examined} to delete", plural(back, "object", "objects"))
                }
            };
            maker.step("handle_resurrected", text).on(table, None);
        }
        MicroEvent::Clear(seen) => {
            let text = format!("{}: tp_clear takes out what it refers to, which breaks the cycle", maker.name(*seen));
            let step = maker.step("delete_garbage", text).on(table, row(seen));
            if let Some(row) = row(seen) {
                step.write(row, STATE, "cleared");
            }
        }
        MicroEvent::Dealloc { object, fate, .. } => {
            let (what, short) = fate_text(*fate);
            let text = format!("{}: its last reference is gone; {what}", maker.name(*object));
            let step = maker.step("delete_garbage", text).on(table, row(object));
            if let Some(row) = row(object) {
                step.write(row, STATE, short).write(row, REFCOUNT, "0");
            }
        }
        MicroEvent::Collected { generation, collected, survivors } => {
            let left = if *survivors > 0 { format!(", {} survived", plural(*survivors, "object", "objects")) } else { String::new() };
            let text = format!("the collection of generation {generation} is over: {collected} unreachable{left}");
            maker.step("collect", text).on(table, None);
        }
        MicroEvent::Unwind { .. } | MicroEvent::Traceback(_) => {}
    }
}
