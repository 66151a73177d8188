//! Follows the names of all Python frames to the objects that they reach, breadth first.

use rustc_hash::FxHashMap;

use super::{
    Level, Scene, Scribe,
    edges::{Link, edges},
    holders,
    text::short_name,
};
use crate::{
    bytecode::code::CO_OPTIMIZED,
    heap::ObjRef,
    objects::{Body, Objects, instance::Attrs},
    view::{GraphBox, GraphRow, GraphView},
    vm::Vm,
};

/// So many frames, the outermost of them first.
const MOST_FRAMES: usize = 24;
const OUTERMOST: usize = 3;
/// So many boxes, and so many rows in each.
const MOST_BOXES: usize = 80;
const MOST_ROWS: usize = 10;
const MOST_COLUMNS: usize = 8;
const WIDTH: usize = 24;

pub(super) fn capture(scene: &Scene<'_>) -> GraphView {
    let scribe = scene.scribe();
    let mut view = GraphView { columns: vec![Vec::new()], more: 0 };
    // Names to objects, frame by frame.
    let mut pending: Vec<Waiting> = Vec::new();
    frames(scene, &mut view.columns[0], &mut pending);
    if scene.vm.frames.is_empty()
        && let Some(globals) = super::main_globals(scene.vm)
    {
        let mut made = GraphBox { title: "<module>, ended".into(), ..GraphBox::default() };
        for (name, object) in data_names(scene.vm, globals) {
            row(&scribe, &mut made, name, object, (0, 0), &mut pending);
        }
        view.columns[0].push(made);
    }
    let mut places: FxHashMap<ObjRef, (usize, usize)> = FxHashMap::default();
    for column in 1..MOST_COLUMNS {
        pending = next_column(scene, &mut view, &mut places, pending, |_| true, true);
        if view.columns.len() == column {
            break;
        }
    }
    view.more += pending.len();
    view
}

/// So many steps are gone back from an object to what leads to it, and so many on from it; so many boxes back.
const STEPS_BACK: usize = 3;
const STEPS_ON: usize = 3;
const MOST_BACK: usize = 12;

/// The graph around one object: what leads to it on the left, what it leads to on the right.
pub fn around(scene: &Scene<'_>, object: ObjRef) -> GraphView {
    let vm = scene.vm;
    let likely = holders::likely(vm);
    let mut back: Vec<Vec<ObjRef>> = vec![vec![object]];
    let mut known: Vec<ObjRef> = vec![object];
    for _ in 0..STEPS_BACK {
        let mut found = Vec::new();
        for &held in back.last().into_iter().flatten() {
            for container in holders::places(vm, held, &likely).iter().filter_map(holders::Place::container) {
                // A namespace is shown as its frame.
                let is_namespace = super::main_globals(vm) == Some(container) || frames_hold(vm, container);
                if has_box(vm, container) && !is_namespace && !known.contains(&container) && known.len() < MOST_BACK {
                    known.push(container);
                    found.push(container);
                }
            }
        }
        if found.is_empty() {
            break;
        }
        back.push(found);
    }
    back.reverse();
    let centre = back.len();
    let mut places: FxHashMap<ObjRef, (usize, usize)> = FxHashMap::default();
    for (column, objects) in (1..).zip(&back) {
        places.extend(objects.iter().enumerate().map(|(index, &object)| (object, (column, index))));
    }
    let mut view = GraphView { columns: vec![Vec::new()], more: 0 };
    let mut pending: Vec<Waiting> = Vec::new();
    frames(scene, &mut view.columns[0], &mut pending);
    for objects in &back {
        let column = view.columns.len();
        let boxes = objects.iter().enumerate().map(|(index, &object)| object_box(scene, object, (column, index), &mut pending));
        let boxes: Vec<GraphBox> = boxes.collect();
        view.columns.push(boxes);
    }
    let mut step = 0;
    while !pending.is_empty() {
        // What else the names and the holders lead to is not asked for.
        pending = next_column(scene, &mut view, &mut places, pending, |from| from >= centre, step < STEPS_ON);
        step += 1;
    }
    view.columns[0].iter_mut().for_each(|made| made.rows.retain(|row| row.target.is_some()));
    view.columns[0].retain(|made| !made.rows.is_empty());
    if view.columns[0].is_empty() {
        view.columns[0].push(GraphBox { title: "no name leads here".into(), ..GraphBox::default() });
    }
    view
}

/// The namespace of a running frame.
fn frames_hold(vm: &Vm, dict: ObjRef) -> bool {
    (0..vm.frames.len()).filter_map(|depth| vm.python_frame(depth)).any(|frame| frame.globals == dict || frame.locals == Some(dict))
}

/// A row that leads to an object.
struct Waiting {
    from: (usize, usize),
    row: usize,
    object: ObjRef,
}

/// Boxes for what waits, in a column of their own, and the arrows to them; what waits then. Without room, or where the column that
/// an arrow comes from is not wanted, there are arrows to boxes that are there already, and no new boxes.
fn next_column(
    scene: &Scene<'_>,
    view: &mut GraphView,
    places: &mut FxHashMap<ObjRef, (usize, usize)>,
    pending: Vec<Waiting>,
    is_wanted: impl Fn(usize) -> bool,
    has_room: bool,
) -> Vec<Waiting> {
    let column = view.columns.len();
    let (mut boxes, mut next) = (Vec::new(), Vec::new());
    for Waiting { from, row, object } in pending {
        let place = match places.get(&object) {
            Some(place) => *place,
            None if !is_wanted(from.0) => continue,
            None if !has_room || places.len() >= MOST_BOXES => {
                view.more += 1;
                continue;
            }
            None => {
                let place = (column, boxes.len());
                places.insert(object, place);
                boxes.push(object_box(scene, object, place, &mut next));
                place
            }
        };
        if let Some(source) = view.columns.get_mut(from.0).and_then(|column| column.get_mut(from.1)) {
            source.rows[row].target = Some(place);
        }
    }
    if !boxes.is_empty() {
        view.columns.push(boxes);
    }
    next
}

/// Whether the object has a box of its own.
fn has_box(vm: &Vm, object: ObjRef) -> bool {
    match vm.heap.body(object) {
        Body::List(_) | Body::Dict(_) | Body::Set(_) | Body::Cell(_) | Body::Generator(_) => true,
        Body::Tuple(items) => !items.is_empty(),
        _ => matches!(vm.heap.slot(object).body, Body::Instance(_) | Body::Exception(_) | Body::Method(_)),
    }
}

/// The frames, outermost first; of a deep recursion both ends.
fn frames(scene: &Scene<'_>, boxes: &mut Vec<GraphBox>, pending: &mut Vec<Waiting>) {
    let scribe = scene.scribe();
    let count = scene.vm.frames.len();
    let left_out = count.saturating_sub(MOST_FRAMES);
    for depth in 0..count {
        match depth.checked_sub(OUTERMOST) {
            Some(0) if left_out > 0 => boxes.push(GraphBox { title: format!("… {left_out} frames"), ..GraphBox::default() }),
            Some(it) if it < left_out => {}
            _ => frame(&scribe, &Level::of(scene.vm, depth), boxes, pending),
        }
    }
}

fn frame(scribe: &Scribe<'_>, level: &Level<'_>, frames: &mut Vec<GraphBox>, pending: &mut Vec<Waiting>) {
    let vm = scribe.vm;
    let Some(python) = &level.python else { return };
    let code = &python.code.code;
    let names: Vec<(String, ObjRef)> = if code.flags & CO_OPTIMIZED != 0 {
        let slots = code.localsplusnames.iter().enumerate();
        slots.filter_map(|(index, name)| Some((name.to_string(), vm.stack.get(python.frame.base as usize + index).copied()??))).collect()
    } else {
        data_names(vm, python.frame.locals.unwrap_or(python.frame.globals))
    };
    let place = (0, frames.len());
    let mut made = GraphBox { title: code.qualname.to_string(), ..GraphBox::default() };
    for (name, object) in names {
        row(scribe, &mut made, name, object, place, pending);
    }
    frames.push(made);
}

/// The names of a namespace that lead to data.
fn data_names(vm: &Vm, namespace: ObjRef) -> Vec<(String, ObjRef)> {
    let pairs = vm.heap.dict(namespace).into_iter().flat_map(|dict| dict.iter());
    let data = pairs.filter(|(_, value)| is_data(vm, *value)).map(|(key, value)| (vm.name_text(key), value));
    data.filter(|(name, _)| !name.starts_with("__")).collect()
}

/// Modules, classes and functions would hide the rest.
fn is_data(vm: &Vm, object: ObjRef) -> bool {
    !matches!(vm.heap.body(object), Body::Module(_) | Body::Type(_) | Body::Function(_) | Body::Native(_))
}

fn row(scribe: &Scribe<'_>, made: &mut GraphBox, label: String, object: ObjRef, place: (usize, usize), pending: &mut Vec<Waiting>) {
    let mut row = GraphRow { label, ..GraphRow::default() };
    if has_box(scribe.vm, object) {
        row.text = scribe.name(object);
        pending.push(Waiting { from: place, row: made.rows.len(), object });
    } else {
        row.text = scribe.text(object, WIDTH);
    }
    made.rows.push(row);
}

fn object_box(scene: &Scene<'_>, object: ObjRef, place: (usize, usize), pending: &mut Vec<Waiting>) -> GraphBox {
    let (vm, scribe) = (scene.vm, scene.scribe());
    let kind = short_name(&vm.type_name(object));
    let mut made = GraphBox {
        title: scribe.serial(object).map_or_else(|| kind.clone(), |serial| format!("{kind} #{serial}")),
        slot: Some(object.index()),
        refcount: Some(vm.heap.refcount(object).into()),
        refcount_delta: scene.refcount_delta(object),
        is_new: scene.before.is_some() && !scene.lived_before(object),
        rows: Vec::new(),
    };
    let mut parts: Vec<(Link, ObjRef)> = Vec::new();
    let mut more = 0;
    match &vm.heap.slot(object).body {
        // Of a long one only the front is looked at.
        Body::List(items) | Body::Tuple(items) => {
            more = items.len().saturating_sub(MOST_ROWS);
            parts.extend(items.iter().take(MOST_ROWS).enumerate().map(|(index, &item)| (Link::Item(index), item)));
        }
        _ => edges(vm, object, &mut |link, part| parts.push((link, part))),
    }
    let is_shown = |link: &Link| {
        matches!(
            link,
            Link::Item(_) | Link::Value(_) | Link::Element(_) | Link::Attribute(_) | Link::Slot(_) | Link::Content | Link::Local(_)
        ) || matches!(link, Link::Field("args" | "__self__" | "__func__" | "__context__" | "__cause__"))
    };
    // A dict made of the attributes shows them as they are.
    let attributes = match &vm.heap.slot(object).body {
        Body::Instance(instance) => match instance.attrs {
            Attrs::Dict(dict) => Some(dict),
            _ => None,
        },
        _ => None,
    };
    if let Some(dict) = attributes {
        let pairs: Vec<(ObjRef, ObjRef)> = vm.heap.dict(dict).map(|dict| dict.iter().collect()).unwrap_or_default();
        for (name, value) in pairs {
            row(&scribe, &mut made, format!(".{}", vm.name_text(name)), value, place, pending);
        }
    }
    let shown: Vec<(Link, ObjRef)> = parts.into_iter().filter(|(link, _)| is_shown(link)).collect();
    for &(link, part) in shown.iter().take(MOST_ROWS) {
        let label = match link {
            Link::Element(_) => String::new(),
            _ => scribe.link(object, link).trim_start().to_owned(),
        };
        row(&scribe, &mut made, label, part, place, pending);
    }
    more += shown.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        made.rows.push(GraphRow { label: format!("… {more} more"), ..GraphRow::default() });
    }
    made
}
