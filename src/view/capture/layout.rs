//! Lays out one object as CPython 3.11 has it in memory: headers, fields with their offsets, and the blocks it owns.
//!
//! Sizes agree with `sys.getsizeof`; numbers of items are cut at [`MOST_ITEMS`]. Which fields a type has is in
//! [`fields`], how containers keep their items in [`tables`]. Counterparts: the structs of `Include/cpython`.

mod fields;
mod tables;

use super::text::{Scribe, short_name};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, instance::Attrs, size, types::Type},
    view::layout::{Block, Field, Layout, Part},
    vm::Vm,
};

/// More items than this are counted, not shown.
pub const MOST_ITEMS: usize = 512;
/// The longest text of a value, in characters.
const WIDTH: usize = 60;

/// The memory picture of an object. `base`: objects born up to there have no number.
pub fn layout(vm: &Vm, base: u32, object: ObjRef) -> Layout {
    let scribe = Scribe { vm, base };
    let mut sheet = Sheet { vm, scribe, block: Block::default(), done: Vec::new() };
    sheet.object_block(object);
    let mut blocks = vec![std::mem::take(&mut sheet.block)];
    sheet.owned_blocks(object);
    blocks.append(&mut sheet.done);
    Layout {
        type_name: short_name(&vm.type_name(object)),
        text: scribe.text(object, WIDTH),
        serial: scribe.serial(object),
        address: vm.address(object),
        size: size::size_of(&vm.heap, object) as u64,
        blocks,
    }
}

/// A layout in the making: fields go to the present block.
struct Sheet<'a> {
    vm: &'a Vm,
    scribe: Scribe<'a>,
    block: Block,
    done: Vec<Block>,
}

impl Sheet<'_> {
    /// A field that holds no reference.
    fn plain(&mut self, part: Part, offset: i64, size: u32, name: &str, text: impl Into<String>) {
        self.block.fields.push(Field { offset, size, name: name.to_owned(), text: text.into(), part, ..Field::default() });
    }

    fn number(&mut self, offset: i64, name: &str, value: impl std::fmt::Display) {
        self.plain(Part::Field, offset, 8, name, value.to_string());
    }

    /// A pointer to an object, or NULL.
    fn refers(&mut self, part: Part, offset: i64, name: &str, object: Option<ObjRef>) {
        let text = object.map_or_else(|| "NULL".to_owned(), |object| self.scribe.text(object, WIDTH));
        self.block.fields.push(Field {
            offset,
            size: 8,
            name: name.to_owned(),
            text,
            pointer: object.map(|object| self.vm.address(object)),
            serial: object.and_then(|object| self.scribe.serial(object)),
            part,
        });
    }

    /// Pointers one after another, the first at `offset`.
    fn refer_to(&mut self, offset: i64, names: &[&str], objects: impl IntoIterator<Item = Option<ObjRef>>) {
        let offsets = (0..).map(|i| offset + 8 * i);
        for ((name, object), offset) in names.iter().zip(objects).zip(offsets) {
            self.refers(Part::Field, offset, name, object);
        }
    }

    /// Items one after another: `ob_item[0]`, `ob_item[1]`, …
    fn items(&mut self, offset: i64, name: &str, objects: &[ObjRef]) {
        for (i, &object) in objects.iter().take(MOST_ITEMS).enumerate() {
            self.refers(Part::Item, offset + 8 * i as i64, &format!("{name}[{i}]"), Some(object));
        }
        self.block.more += objects.len().saturating_sub(MOST_ITEMS);
    }

    /// The address of a block of memory; 0 is none.
    fn memory(&self, block: u32) -> Option<u64> {
        (block != 0).then(|| self.vm.heap.block_address(ObjRef::new(block)))
    }

    /// Finishes the present block and begins another.
    fn begin(&mut self, name: &str, address: Option<u64>, size: usize) {
        self.end();
        self.block = Block { name: name.to_owned(), address, size: size as u64, fields: Vec::new(), more: 0 };
    }

    fn end(&mut self) {
        let block = std::mem::take(&mut self.block);
        if !block.name.is_empty() {
            self.done.push(block);
        }
    }

    /// The block of the object itself.
    fn object_block(&mut self, object: ObjRef) {
        let vm = self.vm;
        let slot = vm.heap.slot(object);
        let ty = vm.heap.type_of_type(slot.ty);
        let is_static_type = vm.heap.as_type(object).is_some_and(|record| !record.is_heap);
        self.block = Block {
            name: struct_name(ty, vm.heap.body(object), is_static_type),
            address: Some(vm.address(object)),
            size: if is_static_type { size::body_size(&vm.heap, object) } else { size::block_size(&vm.heap, ty, &slot.body, slot.num) }
                as u64,
            ..Block::default()
        };
        if !is_static_type {
            self.front(object, ty);
        }
        self.plain(Part::Head, 0, 8, "ob_refcnt", vm.heap.refcount(object).to_string());
        self.refers(Part::Head, 8, "ob_type", Some(slot.ty));
        self.fields(object, ty);
        self.class_parts(object, ty);
        self.block.fields.sort_by_key(|field| field.offset);
    }

    /// What stands in front of the object.
    fn front(&mut self, object: ObjRef, ty: &Type) {
        let vm = self.vm;
        if ty.managed_dict {
            let attrs = match &vm.heap.slot(object).body {
                Body::Instance(instance) => Some(&instance.attrs),
                _ => None,
            };
            let (values, dict) = match attrs {
                Some(Attrs::Dict(dict)) => ("NULL".to_owned(), Some(*dict)),
                Some(Attrs::Values(values)) => (format!("{} values", values.by_number().count()), None),
                Some(Attrs::Missing) | None => ("NULL".to_owned(), None),
            };
            self.plain(Part::Managed, -32, 8, "values", values);
            self.refers(Part::Managed, -24, "dict", dict);
        }
        if ty.is_gc {
            let state = if vm.heap.collector.is_tracked(object) { "tracked" } else { "not tracked" };
            self.plain(Part::Collector, -16, 8, "_gc_next", state);
            self.plain(Part::Collector, -8, 8, "_gc_prev", if vm.is_finalized(object) { "finalized" } else { "" });
        }
    }

    /// What a class adds to its base: slots, a list of weak references, a dict behind the items.
    fn class_parts(&mut self, object: ObjRef, ty: &Type) {
        let vm = self.vm;
        let class = vm.ty(object);
        let Body::Instance(instance) = &vm.heap.slot(object).body else { return };
        let measures = crate::vm::class::measures::measures(vm, class);
        let base = vm.heap.type_of_type(ty.solid_base).basic_size as i64;
        for (i, (&name, &value)) in ty.slot_names.iter().zip(&instance.slots).enumerate() {
            self.refers(Part::Field, base + 8 * i as i64, &vm.name_text(name), value);
        }
        if measures.weakrefs as i64 >= base {
            let referrers = vm.weakrefs.of(object).len();
            self.plain(
                Part::Field,
                measures.weakrefs as i64,
                8,
                "weakreflist",
                if referrers == 0 { "NULL".into() } else { format!("{referrers}") },
            );
        }
    }
}

/// CPython's name for the struct of an object.
fn struct_name(ty: &Type, body: &Body, is_static_type: bool) -> String {
    let name = match body {
        Body::Type(_) if is_static_type => "PyTypeObject",
        Body::Type(_) => "PyHeapTypeObject",
        Body::Str(_) if ty.is_heap => "PyUnicodeObject",
        Body::Str(text) if text.is_ascii() => "PyASCIIObject",
        Body::Str(_) => "PyCompactUnicodeObject",
        Body::Bytes(_) => "PyBytesObject",
        Body::ByteArray(_) => "PyByteArrayObject",
        Body::Tuple(_) => "PyTupleObject",
        Body::List(_) => "PyListObject",
        Body::Dict(_) => "PyDictObject",
        Body::Set(_) => "PySetObject",
        Body::BigInt(_) => "PyLongObject",
        Body::Complex(_) => "PyComplexObject",
        Body::Slice(_) => "PySliceObject",
        Body::Cell(_) => "PyCellObject",
        Body::Function(_) => "PyFunctionObject",
        Body::Method(_) => "PyMethodObject",
        Body::Code(_) => "PyCodeObject",
        Body::Module(_) => "PyModuleObject",
        Body::Exception(_) => "PyBaseExceptionObject",
        Body::Traceback(_) => "PyTracebackObject",
        Body::Frame(_) => "PyFrameObject",
        Body::Generator(_) => "PyGenObject",
        Body::WeakRef(_) => "PyWeakReference",
        _ => match ty.solid_base {
            INT | BOOL => "PyLongObject",
            FLOAT => "PyFloatObject",
            _ => "PyObject",
        },
    };
    name.to_owned()
}
