//! Values as text: structural, short, without running Python. `<Node #12>`, `[1, 2, <Node #3>]`, `<function f>`.
//!
//! The text of a container stops as soon as it is long enough, so a list of a million items costs no more than one of ten.

use crate::{
    heap::ObjRef,
    num::{complex, float_text, int_text},
    objects::{Body, Objects, core_types::*, equality::Number},
    text::repr,
    view::ValueView,
    vm::Vm,
};

/// Integers with more bits are described, as their digits take long to compute.
const MAX_BITS: u64 = 2000;
const MAX_DEPTH: usize = 6;

/// Writes values of one instant.
#[derive(Clone, Copy)]
pub struct Scribe<'a> {
    pub vm: &'a Vm,
    /// Objects born up to here have no number.
    pub base: u32,
}

/// A text in the making.
struct Draft {
    out: String,
    limit: usize,
    /// The containers that are being written, outermost first.
    open: Vec<ObjRef>,
}

impl Scribe<'_> {
    /// The object's number, as in `#12`. Small numbers, and what the interpreter made for itself, have none.
    pub fn serial(&self, object: ObjRef) -> Option<u32> {
        let is_number = matches!(self.vm.heap.slot(object).body, Body::None);
        if is_number || object.index() <= RESERVED {
            return None;
        }
        self.vm.heap.birth(object).checked_sub(self.base).filter(|&serial| serial > 0)
    }

    /// The value as text, cut after about `width` characters.
    pub fn text(&self, object: ObjRef, width: usize) -> String {
        let mut draft = Draft { out: String::new(), limit: width.max(8), open: Vec::new() };
        self.write(&mut draft, object);
        if draft.out.chars().count() > draft.limit {
            draft.out = draft.out.chars().take(draft.limit - 1).collect();
            draft.out.push('…');
        }
        draft.out
    }

    /// A value with type, refcount and number; `NULL` for no object.
    pub fn value(&self, slot: Option<ObjRef>, width: usize) -> ValueView {
        let Some(object) = slot else { return ValueView::new("NULL", "") };
        ValueView {
            text: self.text(object, width),
            type_name: short_name(&self.vm.type_name(object)),
            refcount: Some(self.vm.heap.refcount(object).into()),
            serial: self.serial(object),
            slot: Some(object.index()),
            ..ValueView::default()
        }
    }

    /// `the int 7`, `<Node #12>`: a value in a sentence.
    pub fn noun(&self, object: ObjRef) -> String {
        let text = self.text(object, 40);
        match self.vm.ty(object) {
            INT | FLOAT | STR | BYTES | TUPLE | LIST | DICT | SET | FROZENSET => {
                format!("the {} {text}", self.vm.type_name(object))
            }
            _ => text,
        }
    }

    fn write(&self, draft: &mut Draft, object: ObjRef) {
        let vm = self.vm;
        if let Some(number) = Number::of(&vm.heap, object)
            && vm.ty(object) != BOOL
        {
            draft.push(&number_text(&number));
            return;
        }
        let room = draft.limit.saturating_sub(draft.out.len()) + 1;
        let name = || short_name(&vm.type_name(object));
        match vm.heap.body(object) {
            Body::None if matches!(vm.heap.slot(object).body, Body::None) => draft.push(&vm.repr_lossy(object)),
            Body::Str(text) => {
                let shown = repr::str_repr(&text.slice(0, text.len().min(room)));
                draft.push(&shown.to_string_lossy());
            }
            Body::Bytes(bytes) => draft.push(&repr::bytes_repr(&bytes[..bytes.len().min(room)])),
            Body::ByteArray(bytes) => draft.push(&repr::bytearray_repr(&bytes[..bytes.len().min(room)], &name())),
            Body::Tuple(items) if items.len() == 1 => self.items(draft, object, "(", items.iter().copied(), ",)"),
            Body::Tuple(items) => self.items(draft, object, "(", items.iter().copied(), ")"),
            Body::List(items) => self.items(draft, object, "[", items.iter().copied(), "]"),
            Body::Set(set) if set.is_empty() => draft.push(&format!("{}()", name())),
            Body::Set(set) if vm.ty(object) == SET => self.items(draft, object, "{", set.iter().map(|(key, _)| key), "}"),
            Body::Set(set) => {
                draft.push(&name());
                self.items(draft, object, "({", set.iter().map(|(key, _)| key), "})");
            }
            Body::Dict(dict) => self.pairs(draft, object, dict.iter()),
            Body::Cell(Some(content)) => {
                draft.push("<cell: ");
                self.inner(draft, object, *content);
                draft.push(">");
            }
            Body::Cell(None) => draft.push("<empty cell>"),
            Body::Slice(parts) => self.items(draft, object, "slice(", parts.iter().copied(), ")"),
            Body::Range(parts) => {
                let shown = if vm.small_value(parts[2]) == Some(1) { 2 } else { 3 };
                self.items(draft, object, "range(", parts[..shown].iter().copied(), ")");
            }
            Body::Exception(exception) => {
                draft.push(&name());
                let args = vm.heap.tuple(exception.args).unwrap_or(&[]);
                self.items(draft, object, "(", args.iter().copied(), ")");
            }
            Body::Function(function) => draft.push(&format!("<function {}>", vm.name_text(function.qualname))),
            Body::Method(parts) => {
                let [function, this] = **parts;
                let of = match vm.heap.body(function) {
                    Body::Function(function) => vm.name_text(function.qualname),
                    Body::Native(native) => native.name.to_owned(),
                    _ => short_name(&vm.type_name(function)),
                };
                draft.push(&format!("<bound method {of} of "));
                self.inner(draft, object, this);
                draft.push(">");
            }
            Body::Native(native) => {
                let bound = native.this.filter(|&this| !matches!(vm.heap.body(this), Body::Module(_)));
                match (bound, native.owner) {
                    (Some(this), _) => {
                        draft.push(&format!("<method {} of ", native.name));
                        self.inner(draft, object, this);
                        draft.push(">");
                    }
                    (None, Some(owner)) => {
                        let owner = vm.heap.as_type(owner).map(|owner| short_name(&owner.name)).unwrap_or_default();
                        draft.push(&format!("<method {owner}.{}>", native.name));
                    }
                    (None, None) => draft.push(&format!("<built-in function {}>", native.name)),
                }
            }
            Body::Code(code) => draft.push(&format!("<code object {}>", code.code.qualname)),
            Body::Type(ty) => draft.push(&format!("<class '{}'>", short_name(&ty.name))),
            Body::Module(module) => draft.push(&format!("<module '{}'>", vm.name_text(module.name))),
            Body::Generator(generator) => {
                let text = format!("<{} {}", name(), vm.name_text(generator.qualname));
                draft.push(&text);
                self.number(draft, object);
            }
            Body::Frame(frame) => {
                let of = match vm.heap.body(frame.code) {
                    Body::Code(code) => code.code.qualname.to_string(),
                    _ => String::new(),
                };
                draft.push(&format!("<frame of {of}"));
                self.number(draft, object);
            }
            _ => {
                draft.push(&format!("<{}", name()));
                self.number(draft, object);
            }
        }
    }

    /// ` #12>`
    fn number(&self, draft: &mut Draft, object: ObjRef) {
        match self.serial(object) {
            Some(serial) => draft.push(&format!(" #{serial}>")),
            None => draft.push(">"),
        }
    }

    fn items(&self, draft: &mut Draft, object: ObjRef, open: &str, items: impl Iterator<Item = ObjRef>, close: &str) {
        draft.push(open);
        for (index, item) in items.enumerate() {
            if index > 0 {
                draft.push(", ");
            }
            if draft.is_full() {
                draft.push("…");
                break;
            }
            self.inner(draft, object, item);
        }
        draft.push(close);
    }

    fn pairs(&self, draft: &mut Draft, object: ObjRef, pairs: impl Iterator<Item = (ObjRef, ObjRef)>) {
        draft.push("{");
        for (index, (key, value)) in pairs.enumerate() {
            if index > 0 {
                draft.push(", ");
            }
            if draft.is_full() {
                draft.push("…");
                break;
            }
            self.inner(draft, object, key);
            draft.push(": ");
            self.inner(draft, object, value);
        }
        draft.push("}");
    }

    /// A part of a container; `...` where it would go round in circles.
    fn inner(&self, draft: &mut Draft, container: ObjRef, part: ObjRef) {
        if part == container || draft.open.contains(&part) || draft.open.len() >= MAX_DEPTH {
            draft.push("...");
            return;
        }
        draft.open.push(container);
        self.write(draft, part);
        draft.open.pop();
    }
}

impl Draft {
    fn push(&mut self, text: &str) {
        if !self.is_full() || text.len() <= 2 {
            self.out.push_str(text);
        }
    }

    fn is_full(&self) -> bool {
        self.out.len() > self.limit * 4 || self.out.len() > self.limit && self.out.chars().count() > self.limit
    }
}

/// The name of a type without its module.
pub fn short_name(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).to_owned()
}

fn number_text(number: &Number<'_>) -> String {
    match number {
        Number::Int(value) => value.to_string(),
        Number::BigInt(value) if value.bits() <= MAX_BITS => int_text::unlimited_decimal(value),
        Number::BigInt(value) => format!("<int of {} bits>", value.bits()),
        Number::Float(value) => float_text::repr(*value),
        Number::Complex(real, imag) => complex::complex_repr((*real, *imag)),
    }
}

/// The hash in a str's own memory, 0 if nobody has asked for it: whoever interned it has.
pub fn known_hash(vm: &Vm, object: ObjRef) -> u64 {
    match vm.heap.slot(object).num {
        0 if vm.interned.is_interned(object) => vm.str_hash(object) as u64,
        hash => hash,
    }
}
