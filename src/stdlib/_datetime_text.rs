//! `_datetime_text`: what `_datetime.py` leaves to Rust: moments from text by a format.
//!
//! `strptime("3 Feb", "%d %b")` is `(1900, 2, 3, 0, 0, 0, 0, None, None)`: the parts, the offset in microseconds, the zone's
//! name. CPython 3.11 has no such module: there `datetime` is C.

use super::{add_functions, time::read};
use crate::{
    heap::ObjRef,
    text::{PyStr, repr},
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    add_functions(vm, dict, "_datetime_text", vec![NativeDef::function("strptime", Signature::Range(2, 2), strptime)]);
}

fn strptime(vm: &mut Vm, args: Args) -> Res {
    let mut texts = Vec::new();
    for index in 0..2 {
        match vm.text(args.at(vm, index)) {
            Some(text) => texts.push(text),
            None => return Err(vm.type_error("texts are wanted")),
        }
    }
    let shown = |text: &PyStr| repr::str_repr(text).to_string_lossy();
    let chars = |text: &PyStr| text.iter().map(|c| char::from_u32(c).unwrap_or('\u{fffd}')).collect::<Vec<char>>();
    let (data, format) = (&texts[0], &texts[1]);
    let (moment, fraction) = match read::strptime_exact(&chars(data), &chars(format), (&shown(data), &shown(format))) {
        Ok(found) => found,
        Err(text) => return Err(vm.value_error(text)),
    };
    let parts = [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, fraction.microsecond];
    let mut items: Vec<ObjRef> = parts.into_iter().map(|part| vm.new_int(part)).collect();
    items.push(match moment.offset {
        Some(seconds) => vm.new_int(seconds * 1_000_000 + fraction.offset),
        None => vm.none(),
    });
    items.push(match moment.zone {
        Some(zone) => vm.new_str(zone),
        None => vm.none(),
    });
    done(vm.new_tuple(items))
}
