//! An exception in one frame: the search through the exception table, the cut of the value stack, the jump.

use super::{Maker, plural};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects},
    vm::micro::{MicroEvent, Seen},
};

pub(super) fn unwind(maker: &mut Maker<'_>, event: &MicroEvent) {
    let MicroEvent::Unwind { exception, code, offset, handler, dropped, .. } = event else { return };
    let vm = if maker.before.vm.heap.is_alive(*code) { maker.before.vm } else { maker.after.vm };
    let Body::Code(record) = vm.heap.body(*code) else { return };
    let Some((frame, name)) = names(maker, *code, *exception) else { return };
    let entries = record.tables.exceptions.clone();
    let line = record.line_at(*offset);
    let rows = entries
        .iter()
        .map(|entry| {
            let lasti = if entry.lasti { "lasti" } else { "" };
            let range = format!("{} to {}", entry.start, entry.end.saturating_sub(2));
            vec![range, entry.target.to_string(), entry.depth.to_string(), lasti.into(), String::new()]
        })
        .collect();
    let table = maker.table(&["offsets", "handler", "depth", "", "search"], rows);
    const SEARCH: usize = 4;
    maker.step("unwind", format!("{name} in {frame}, line {line}, at offset {offset}")).on(table, None);
    if entries.is_empty() {
        maker.step("exception table", format!("{frame} has no exception table")).on(table, None);
    }
    for (row, entry) in entries.iter().enumerate() {
        let range = format!("{} to {}", entry.start, entry.end.saturating_sub(2));
        let is_hit = Some(entry) == handler.as_ref();
        let text = match is_hit {
            true => format!("{range} covers {offset}: the handler is at {}", entry.target),
            false => format!("{range} does not cover {offset}"),
        };
        let found = if is_hit { "covers it" } else { "no" };
        maker.step("exception table", text).on(table, Some(row)).write(row, SEARCH, found);
        if is_hit {
            break;
        }
    }
    if let Some(entry) = handler {
        let row = entries.iter().position(|it| it == entry);
        let values = plural(*dropped, "value is", "values are");
        maker.step("unwind", format!("the value stack is cut to depth {}: {values} dropped", entry.depth)).on(table, row);
    }
}

/// Where the exception goes then.
pub(super) fn land(maker: &mut Maker<'_>, event: &MicroEvent) {
    let MicroEvent::Unwind { exception, code, offset, handler, dropped, .. } = event else { return };
    let Some((frame, name)) = names(maker, *code, *exception) else { return };
    match handler {
        Some(entry) => {
            if entry.lasti {
                maker.step("unwind", format!("the number of the instruction that raised is pushed, {}", offset / 2));
            }
            maker.step("unwind", format!("{name} is pushed; {frame} goes on at offset {}", entry.target));
        }
        None => {
            let values = plural(*dropped, "value", "values");
            maker.step(
                "unwind",
                format!("no entry covers {offset}: the frame of {frame} ends with {values} on its stack; the exception goes to its caller"),
            );
        }
    }
}

/// The frame's function and the exception.
fn names(maker: &mut Maker<'_>, code: ObjRef, exception: Seen) -> Option<(String, String)> {
    let vm = if maker.before.vm.heap.is_alive(code) { maker.before.vm } else { maker.after.vm };
    let Body::Code(record) = vm.heap.body(code) else { return None };
    let name = match maker.after.vm.heap.is_alive(exception.object) {
        true => maker.after.text(exception.object, 60),
        false => maker.name(exception),
    };
    Some((record.code.qualname.to_string(), name))
}
