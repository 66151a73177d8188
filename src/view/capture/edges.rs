//! What each reference inside an object is called: `[0]`, `.head`, `key 'a'`, `.co_consts`.
//!
//! Invariant: [`edges`] visits exactly the references that [`Trace`] visits, and the type of an instance of a class made by
//! a program; a test compares them over whole heaps. Counterpart in CPython 3.11: what `gc.get_referents` gives, with names.
//!
//! `b = [a, a]`: the list has two edges to `a`, `[0]` and `[1]`.

use super::Scribe;
use crate::{
    heap::{ObjRef, Trace},
    objects::{
        Body, Objects,
        code::{BYTE_STRINGS, Code},
        core_types::*,
        dict::Dict,
        exception::{Exception, field_names},
        frame::{FrameObject, FrameState},
        function::Function,
        generator::{Generator, Suspended},
        instance::{Attrs, SharedKeys},
        types::Type,
    },
    vm::Vm,
};

/// A place inside an object. Numbers are positions in what holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Link {
    /// the class of an instance
    Type,
    /// of a list or tuple
    Item(usize),
    /// of a dict: the number of its entry
    Key(usize),
    Value(usize),
    /// of a set: the slot of its table
    Element(usize),
    /// of an instance with inline values: the number of its name
    Attribute(usize),
    /// the dict behind `__dict__`
    Dict,
    /// of `__slots__`
    Slot(usize),
    /// what a cell holds
    Content,
    /// a local, cell or free variable, or a place on the value stack, of a suspended or ended frame
    Local(usize),
    Field(&'static str),
    /// one that has no name of its own
    Part(usize),
}

/// Visits the references that an object owns.
pub fn edges(vm: &Vm, object: ObjRef, visit: &mut dyn FnMut(Link, ObjRef)) {
    let slot = vm.heap.slot(object);
    if !is_core_type(slot.ty) {
        visit(Link::Type, slot.ty);
    }
    body_edges(vm, object, &slot.body, visit);
}

fn body_edges(vm: &Vm, object: ObjRef, body: &Body, visit: &mut dyn FnMut(Link, ObjRef)) {
    let mut some = |name: &'static str, part: Option<ObjRef>| part.iter().for_each(|&part| visit(Link::Field(name), part));
    match body {
        Body::Tuple(items) | Body::List(items) => items.iter().enumerate().for_each(|(index, &item)| visit(Link::Item(index), item)),
        Body::Dict(dict) => dict_edges(dict, visit),
        Body::Set(set) => {
            let keys = (0..set.slots()).filter_map(|slot| Some((slot, set.slot(slot)?.key?)));
            keys.for_each(|(slot, key)| visit(Link::Element(slot), key));
        }
        Body::Slice(parts) => ["start", "stop", "step"].iter().zip(parts.iter()).for_each(|(name, &part)| some(name, Some(part))),
        Body::Range(parts) => {
            ["start", "stop", "step", "length"].iter().zip(parts.iter()).for_each(|(name, &part)| some(name, Some(part)));
        }
        Body::Cell(content) => content.iter().for_each(|&content| visit(Link::Content, content)),
        Body::SeqIter(sequence) => some("sequence", *sequence),
        Body::Function(function) => function_edges(function, &mut some),
        Body::Method(parts) => {
            some("__func__", Some(parts[0]));
            some("__self__", Some(parts[1]));
        }
        Body::Native(native) => {
            some("__self__", native.this);
            some("__objclass__", native.owner);
            some("__module__", native.module);
        }
        Body::Code(code) => code_edges(code, visit),
        Body::Type(ty) => type_edges(ty, visit),
        Body::Module(module) => {
            some("__dict__", Some(module.dict));
            some("__name__", Some(module.name));
        }
        Body::Instance(instance) => {
            instance.slots.iter().enumerate().for_each(|(index, slot)| slot.iter().for_each(|&o| visit(Link::Slot(index), o)));
            attr_edges(&instance.attrs, visit);
            body_edges(vm, object, &instance.inner, visit);
        }
        Body::Exception(exception) => exception_edges(vm, object, exception, visit),
        Body::Traceback(traceback) => {
            some("tb_next", traceback.next);
            some("tb_frame", Some(traceback.frame));
        }
        Body::Frame(frame) => frame_edges(frame, visit),
        Body::Generator(generator) => generator_edges(generator, visit),
        Body::Fields(fields) => {
            let names: &[&'static str] = match solid(vm, object) {
                PROPERTY => &["fget", "fset", "fdel", "__doc__"],
                STATICMETHOD | CLASSMETHOD => &["__func__", "__dict__"],
                SUPER => &["__thisclass__", "__self__", "__self_class__"],
                _ => &[],
            };
            for (index, field) in fields.iter().enumerate() {
                let link = names.get(index).map_or(Link::Part(index), |name| Link::Field(name));
                field.iter().for_each(|&field| visit(link, field));
            }
        }
        Body::RangeIter(iter) => {
            let mut names = ["index", "start", "step", "len"].into_iter();
            iter.trace(&mut |part| names.next().into_iter().for_each(|name| some(name, Some(part))));
        }
        Body::DictIter(iter) => {
            some("dict", iter.dict);
            some("result", iter.result);
        }
        Body::WeakRef(weak) => some("__callback__", weak.callback),
        // Those of Rust modules, and what refers to nothing.
        other => {
            let mut index = 0;
            other.trace(&mut |part| {
                visit(Link::Part(index), part);
                index += 1;
            });
        }
    }
}

/// The builtin type that decides the layout.
fn solid(vm: &Vm, object: ObjRef) -> ObjRef {
    vm.heap.type_of_type(vm.ty(object)).solid_base
}

fn dict_edges(dict: &Dict, visit: &mut dyn FnMut(Link, ObjRef)) {
    if let Some(nodes) = &dict.nodes {
        nodes.trace(&mut |key| visit(Link::Field("node in order"), key));
    }
    for index in 0..dict.nentries() {
        if let Some(entry) = dict.entry(index) {
            entry.key.iter().for_each(|&key| visit(Link::Key(index), key));
            visit(Link::Value(index), entry.value);
        }
    }
}

fn attr_edges(attrs: &Attrs, visit: &mut dyn FnMut(Link, ObjRef)) {
    match attrs {
        Attrs::Dict(dict) => visit(Link::Dict, *dict),
        Attrs::Values(values) => values.by_number().for_each(|(number, value)| visit(Link::Attribute(number), value)),
        Attrs::Missing => {}
    }
}

fn function_edges(function: &Function, some: &mut dyn FnMut(&'static str, Option<ObjRef>)) {
    some("__code__", Some(function.code));
    some("__globals__", Some(function.globals));
    some("__module__", function.module);
    some("__defaults__", function.defaults);
    some("__kwdefaults__", function.kwdefaults);
    some("__doc__", Some(function.doc));
    some("__name__", Some(function.name));
    some("__dict__", function.dict);
    some("__closure__", function.closure);
    some("__annotations__", function.annotations);
    some("__qualname__", Some(function.qualname));
    some("__builtins__", Some(function.builtins));
}

fn code_edges(code: &Code, visit: &mut dyn FnMut(Link, ObjRef)) {
    visit(Link::Field("co_consts"), code.consts);
    visit(Link::Field("co_names"), code.names);
    visit(Link::Field("co_localsplusnames"), code.localsplusnames);
    visit(Link::Field("co_name"), code.name);
    visit(Link::Field("co_qualname"), code.qualname);
    visit(Link::Field("co_filename"), code.filename);
    for (name, bytes) in BYTE_STRINGS.iter().zip(code.byte_strings) {
        bytes.iter().for_each(|&bytes| visit(Link::Field(name), bytes));
    }
}

fn type_edges(ty: &Type, visit: &mut dyn FnMut(Link, ObjRef)) {
    visit(Link::Field("__dict__"), ty.dict);
    visit(Link::Field("__bases__"), ty.bases);
    visit(Link::Field("__mro__"), ty.mro);
    visit(Link::Field("__qualname__"), ty.qualname);
    ty.base.iter().for_each(|&base| visit(Link::Field("__base__"), base));
    ty.slots.iter().for_each(|&slots| visit(Link::Field("__slots__"), slots));
    ty.shared_keys.iter().flat_map(SharedKeys::names).for_each(|&name| visit(Link::Field("attribute names"), name));
    ty.subclasses.iter().for_each(|&dict| visit(Link::Field("tp_subclasses"), dict));
}

fn exception_edges(vm: &Vm, object: ObjRef, exception: &Exception, visit: &mut dyn FnMut(Link, ObjRef)) {
    attr_edges(&exception.attrs, visit);
    visit(Link::Field("args"), exception.args);
    exception.traceback.iter().for_each(|&o| visit(Link::Field("__traceback__"), o));
    exception.cause.iter().for_each(|&o| visit(Link::Field("__cause__"), o));
    exception.context.iter().for_each(|&o| visit(Link::Field("__context__"), o));
    let builtin = vm.heap.type_of_type(solid(vm, object));
    let names = field_names(builtin.short_name());
    for (index, field) in exception.fields.iter().enumerate() {
        let link = names.get(index).map_or(Link::Part(index), |name| Link::Field(name));
        field.iter().for_each(|&field| visit(link, field));
    }
}

fn frame_edges(frame: &FrameObject, visit: &mut dyn FnMut(Link, ObjRef)) {
    frame.back.iter().for_each(|&back| visit(Link::Field("f_back"), back));
    frame.trace.function.iter().for_each(|&function| visit(Link::Field("f_trace"), function));
    if let FrameState::Ended { func, locals, slots } = &frame.state {
        visit(Link::Field("f_code"), frame.code);
        match func {
            Some(func) => visit(Link::Field("function"), *func),
            None => {
                visit(Link::Field("f_globals"), frame.globals);
                visit(Link::Field("f_builtins"), frame.builtins);
            }
        }
        locals.iter().for_each(|&locals| visit(Link::Field("f_locals"), locals));
        slots.iter().enumerate().for_each(|(index, slot)| slot.iter().for_each(|&o| visit(Link::Local(index), o)));
    }
}

fn generator_edges(generator: &Generator, visit: &mut dyn FnMut(Link, ObjRef)) {
    visit(Link::Field("gi_code"), generator.code);
    visit(Link::Field("__name__"), generator.name);
    visit(Link::Field("__qualname__"), generator.qualname);
    generator.handled.iter().for_each(|&o| visit(Link::Field("handled exception"), o));
    if let Some(Suspended { frame, slots, .. }) = generator.suspended() {
        visit(Link::Field("f_code"), frame.code);
        frame.func.iter().for_each(|&o| visit(Link::Field("function"), o));
        frame.locals.iter().for_each(|&o| visit(Link::Field("f_locals"), o));
        frame.object.iter().for_each(|&o| visit(Link::Field("gi_frame"), o));
        slots.iter().enumerate().for_each(|(index, slot)| slot.iter().for_each(|&o| visit(Link::Local(index), o)));
    }
}

/// Whether the object still holds `what` at that place; the common places are looked up without going through all.
pub fn holds(vm: &Vm, object: ObjRef, link: Link, what: ObjRef) -> bool {
    let at = |found: Option<ObjRef>| found == Some(what);
    match (&vm.heap.slot(object).body, link) {
        (Body::None, _) => false,
        (_, Link::Type) => vm.ty(object) == what,
        (_, Link::Item(index)) => at(vm.heap.sequence(object).and_then(|items| items.get(index).copied())),
        (_, Link::Key(index)) => at(vm.heap.dict(object).and_then(|dict| dict.entry(index)?.key)),
        (_, Link::Value(index)) => at(vm.heap.dict(object).and_then(|dict| dict.entry(index)).map(|entry| entry.value)),
        (_, Link::Element(slot)) => at(vm.heap.set(object).filter(|set| slot < set.slots()).and_then(|set| set.slot(slot)?.key)),
        (Body::Cell(content), _) => at(*content),
        _ => {
            let mut found = false;
            edges(vm, object, &mut |it, part| found |= it == link && part == what);
            found
        }
    }
}

impl Scribe<'_> {
    /// The link as it reads behind the object: `[0]`, `.head`, `['a']`, `.co_consts`.
    pub fn link(&self, object: ObjRef, link: Link) -> String {
        let vm = self.vm;
        match link {
            Link::Type => " (its type)".into(),
            Link::Item(index) => format!("[{index}]"),
            Link::Key(index) => match vm.heap.dict(object).and_then(|dict| dict.entry(index)) {
                Some(_) => format!(" key {index}"),
                None => " key".into(),
            },
            Link::Value(index) => match vm.heap.dict(object).and_then(|dict| dict.entry(index)?.key) {
                Some(key) => format!("[{}]", self.text(key, 24)),
                None => format!(" value {index}"),
            },
            Link::Element(_) => " element".into(),
            Link::Attribute(index) => match self.attribute_name(object, index) {
                Some(name) => format!(".{name}"),
                None => format!(" attribute {index}"),
            },
            Link::Dict => ".__dict__".into(),
            Link::Slot(index) => {
                let names = &vm.heap.type_of_type(vm.ty(object)).slot_names;
                names.get(index).map_or_else(|| format!(" slot {index}"), |&name| format!(".{}", vm.name_text(name)))
            }
            Link::Content => " content".into(),
            Link::Local(index) => match self.code_behind(object).and_then(|code| code.code.localsplusnames.get(index)) {
                Some(name) => format!(" variable {name}"),
                None => " value stack".into(),
            },
            Link::Field(name) if name.contains(' ') || matches!(name, "function" | "sequence" | "dict" | "result") => format!(" {name}"),
            Link::Field(name) => format!(".{name}"),
            Link::Part(index) => format!(" part {index}"),
        }
    }

    fn attribute_name(&self, object: ObjRef, index: usize) -> Option<String> {
        let name = self.vm.shared_keys(self.vm.ty(object)).get(index)?;
        Some(self.vm.name_text(*name))
    }

    /// The code of a frame object or generator.
    fn code_behind(&self, object: ObjRef) -> Option<&Code> {
        let code = match self.vm.heap.body(object) {
            Body::Frame(frame) => frame.code,
            Body::Generator(generator) => generator.code,
            _ => return None,
        };
        match self.vm.heap.body(code) {
            Body::Code(code) => Some(code),
            _ => None,
        }
    }
}
