//! Follows the names of the module and of all Python frames, breadth first, to every object they reach.

use rustc_hash::FxHashMap;

use super::{
    Scene, Scribe,
    edges::{Link, edges},
    levels, main_globals,
    text::short_name,
    variables::names,
};
use crate::{
    bytecode::code::CO_OPTIMIZED,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, equality::Number, instance::Attrs},
    view::objects::{Held, ObjectsFrame, ObjectsView, Thing, ThingKind},
    vm::Vm,
};

/// So many things, and so many parts of each; a text has so many characters.
const MOST_THINGS: usize = 400;
const MOST_PARTS: usize = 100;
const MOST_TEXT: usize = 1000;

pub(super) fn capture(scene: &Scene<'_>) -> ObjectsView {
    let vm = scene.vm;
    let mut found = Found { scribe: scene.scribe(), things: Vec::new(), places: FxHashMap::default(), waiting: Vec::new() };
    let mut view = ObjectsView::default();
    if let Some(globals) = main_globals(vm) {
        view.globals = names(vm, globals).take(MOST_PARTS).map(|(name, object)| (name, found.held(object))).collect();
    }
    for (index, level) in levels(vm).iter().enumerate() {
        let Some(python) = level.python else { continue };
        if index == 0 && python.sp > python.stack_start() {
            view.top = vm.stack.get(python.sp - 1).copied().flatten().map(|object| found.held(object));
        }
        if python.is_module() {
            continue;
        }
        let code = &python.code.code;
        let bound: Vec<(String, ObjRef)> = if code.flags & CO_OPTIMIZED != 0 {
            let slots = code.localsplusnames.iter().enumerate();
            slots
                .filter_map(|(slot, name)| {
                    Some((name.to_string(), content(vm, vm.stack.get(python.frame.base as usize + slot).copied()??)?))
                })
                .collect()
        } else {
            python.frame.locals.map(|locals| names(vm, locals).take(MOST_PARTS).collect()).unwrap_or_default()
        };
        let bound = bound.into_iter().map(|(name, object)| (name, found.held(object))).collect();
        view.frames.push(ObjectsFrame { name: code.name.to_string(), names: bound });
    }
    view.frames.reverse();
    let mut next = 0;
    while let Some(&object) = found.waiting.get(next) {
        let parts = found.parts(object);
        found.things[next].parts = parts;
        next += 1;
    }
    view.things = found.things;
    view
}

/// Names that inner functions share show what their cell holds.
fn content(vm: &Vm, object: ObjRef) -> Option<ObjRef> {
    match vm.heap.body(object) {
        Body::Cell(content) => *content,
        _ => Some(object),
    }
}

struct Found<'a> {
    scribe: Scribe<'a>,
    things: Vec<Thing>,
    places: FxHashMap<ObjRef, usize>,
    /// The object of each thing.
    waiting: Vec<ObjRef>,
}

impl Found<'_> {
    fn held(&mut self, object: ObjRef) -> Held {
        let vm = self.scribe.vm;
        match vm.ty(object) {
            BOOL => return Held::Bool(vm.repr_lossy(object) == "True"),
            INT | FLOAT => match Number::of(&vm.heap, object) {
                Some(Number::Float(value)) => return Held::Float(value),
                Some(Number::Int(value)) => return Held::Int(value.to_string()),
                _ => return Held::Int(self.scribe.text(object, MOST_TEXT)),
            },
            STR => {
                if let Some(text) = vm.heap.str(object) {
                    let cut = text.len() > MOST_TEXT;
                    let text = if cut { text.slice(0, MOST_TEXT).to_string_lossy() + "…" } else { text.to_string_lossy() };
                    return Held::Str(text);
                }
            }
            NONE_TYPE => return Held::None,
            _ => {}
        }
        if let Some(&place) = self.places.get(&object) {
            return Held::Object(place);
        }
        if self.things.len() == MOST_THINGS {
            return Held::Cut;
        }
        let place = self.things.len();
        self.places.insert(object, place);
        self.waiting.push(object);
        let thing = self.thing(object);
        self.things.push(thing);
        Held::Object(place)
    }

    /// Without its parts.
    fn thing(&self, object: ObjRef) -> Thing {
        let vm = self.scribe.vm;
        let type_name = || short_name(&vm.type_name(object));
        let (kind, name) = match vm.heap.body(object) {
            Body::List(_) => (ThingKind::List, type_name()),
            Body::Tuple(_) => (ThingKind::Tuple, type_name()),
            Body::Set(_) => (ThingKind::Set, type_name()),
            Body::Dict(_) => (ThingKind::Dict, type_name()),
            Body::Function(function) => (ThingKind::Function, signature(vm, function.code, function.name)),
            Body::Type(ty) => (ThingKind::Class, short_name(&ty.name)),
            _ if matches!(vm.heap.slot(object).body, Body::Instance(_) | Body::Exception(_)) => (ThingKind::Instance, type_name()),
            _ => (ThingKind::Other, type_name()),
        };
        // The interpreter's own objects have no number: their slots stand above all numbers.
        let id = self.scribe.serial(object).map_or(u64::from(object.index()) + (1 << 32), u64::from);
        Thing { id, kind, name, text: self.scribe.text(object, 160), parts: Vec::new() }
    }

    fn parts(&mut self, object: ObjRef) -> Vec<(Held, Held)> {
        let vm = self.scribe.vm;
        let mut parts: Vec<(Option<ObjRef>, String, ObjRef)> = Vec::new();
        match vm.heap.body(object) {
            Body::List(items) | Body::Tuple(items) => parts.extend(items.iter().take(MOST_PARTS).map(|&item| (None, String::new(), item))),
            Body::Set(set) => parts.extend(set.iter().take(MOST_PARTS).map(|(key, _)| (None, String::new(), key))),
            Body::Dict(dict) => parts.extend(dict.iter().take(MOST_PARTS).map(|(key, value)| (Some(key), String::new(), value))),
            _ => match &vm.heap.slot(object).body {
                Body::Instance(instance) => {
                    if let Attrs::Dict(dict) = instance.attrs {
                        parts.extend(names(vm, dict).take(MOST_PARTS).map(|(name, value)| (None, name, value)));
                    }
                    edges(vm, object, &mut |link, part| {
                        if matches!(link, Link::Attribute(_) | Link::Slot(_)) && parts.len() < MOST_PARTS {
                            parts.push((None, self.scribe.link(object, link).trim_start_matches('.').to_owned(), part));
                        }
                    });
                }
                Body::Exception(exception) => parts.push((None, "args".into(), exception.args)),
                _ => {}
            },
        }
        parts.into_iter().map(|(key, name, value)| (key.map_or(Held::Str(name), |key| self.held(key)), self.held(value))).collect()
    }
}

/// `f(x, y)`
fn signature(vm: &Vm, code: ObjRef, name: ObjRef) -> String {
    let name = vm.name_text(name);
    let Body::Code(code) = vm.heap.body(code) else { return format!("{name}()") };
    let count = (code.code.argcount + code.code.kwonlyargcount) as usize;
    let arguments: Vec<&str> = code.code.localsplusnames.iter().take(count).map(|name| &**name).collect();
    format!("{name}({})", arguments.join(", "))
}
