//! What a value *is*: the layouts of all objects. Nothing here can run Python code.
//!
//! A slot of the heap holds refcount, type and number bits; everything else an object owns is its [`Body`]. Which body an
//! object has follows from its type's layout, and an instance of a class that inherits from, say, `list` wraps the list's
//! body in an [`instance::Instance`]: [`Objects::body`] looks through that.

pub mod array;
pub mod bytearray;
pub mod code;
pub mod core_types;
pub mod dict;
pub mod equality;
pub mod exception;
pub mod frame;
pub mod function;
pub mod generator;
pub mod instance;
pub mod int;
pub mod iter;
pub mod layout;
pub mod list;
pub mod memoryview;
pub mod module;
pub mod ordered;
pub mod set;
pub mod size;
pub mod static_data;
pub mod str;
pub mod types;

use std::{borrow::Cow, sync::Arc};

use thin_vec::ThinVec;

use crate::{
    heap::{self, ObjRef, Trace},
    num::BigInt,
    text::PyStr,
};

/// The heap of Python objects.
pub type Heap = heap::Heap<Body>;

/// What an object owns beside its number. One word and a tag, so that a slot stays at 32 bytes.
///
/// References in a body are counted, unless the field says otherwise.
#[derive(Clone, Default)]
pub enum Body {
    /// `int` within 64 bits, `float`, `bool`, `None` and the other singletons: all is in the number bits
    #[default]
    None,
    /// `int` beyond 64 bits
    BigInt(Box<BigInt>),
    Complex(Box<(f64, f64)>),
    /// number bits: the hash, 0 when not computed yet
    Str(Arc<PyStr>),
    /// number bits: the hash, 0 when not computed yet
    Bytes(Arc<Vec<u8>>),
    ByteArray(Box<bytearray::ByteArray>),
    Tuple(ThinVec<ObjRef>),
    /// number bits: `allocated`, the slots that CPython's list would have
    List(ThinVec<ObjRef>),
    Dict(Box<dict::Dict>),
    /// `set` and `frozenset` (number bits: its hash, 0 when not computed yet)
    Set(Box<set::Set>),
    /// start, stop, step
    Slice([ObjRef; 3]),
    /// start, stop, step and length, all of them `int` objects
    Range(Box<[ObjRef; 4]>),
    Cell(Option<ObjRef>),
    Function(Box<function::Function>),
    /// function and `__self__`
    Method(Box<[ObjRef; 2]>),
    Native(Box<function::NativeFunction>),
    Code(Box<code::Code>),
    Type(Box<types::Type>),
    Module(Box<module::Module>),
    Instance(Box<instance::Instance>),
    Exception(Box<exception::Exception>),
    Traceback(Box<exception::Traceback>),
    Frame(Box<frame::FrameObject>),
    Generator(Box<generator::Generator>),
    /// property, staticmethod, classmethod, super, getset and member descriptors, mappingproxy, views: a few references
    Fields(ThinVec<Option<ObjRef>>),
    /// iterators over builtin containers (number bits: the position)
    SeqIter(Option<ObjRef>),
    RangeIter(Box<iter::RangeIter>),
    DictIter(Box<iter::DictIter>),
    /// map, filter, zip, enumerate, reversed, callable iterators and those of `itertools`
    Iter(Box<iter::Iter>),
    /// weak reference: the referent is not counted
    WeakRef(Box<instance::WeakRef>),
    /// objects of Rust modules (deque, partial, …) defined where their methods are
    Foreign(Box<Box<dyn instance::Foreign>>),
}

const _: () = assert!(std::mem::size_of::<Body>() == 16 && std::mem::size_of::<heap::Slot<Body>>() == 32);

impl Trace for Body {
    const KEPT_NUMBER: ObjRef = core_types::FLOAT;

    #[inline]
    fn block_size(&self, heap: &Heap, ty: ObjRef, num: u64) -> usize {
        use core_types::*;
        match self {
            Body::Tuple(items) if ty == TUPLE => 40 + 8 * items.len(),
            Body::List(_) if ty == LIST => 56,
            Body::Dict(_) if ty == DICT => 64,
            Body::Str(text) if ty == STR => size::str_size(text),
            _ => size::block_size(heap, heap.type_of_type(ty), self, num),
        }
    }

    fn is_traversed_backwards(&self) -> bool {
        matches!(self, Body::List(_) | Body::Tuple(_))
    }

    #[inline]
    fn traverse(&self, visit: &mut dyn FnMut(ObjRef)) {
        match self {
            Body::Type(ty) => ty.traverse(visit),
            Body::Instance(instance) => instance.traverse(visit),
            Body::Foreign(foreign) => foreign.traverse(visit),
            _ => self.trace(visit),
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        match self {
            Body::None | Body::BigInt(_) | Body::Complex(_) | Body::Str(_) | Body::Bytes(_) | Body::ByteArray(_) => {}
            Body::Tuple(items) | Body::List(items) => items.iter().for_each(|&item| visit(item)),
            Body::Dict(dict) => dict.trace(visit),
            Body::Set(set) => set.trace(visit),
            Body::Slice(parts) => parts.iter().for_each(|&part| visit(part)),
            Body::Range(parts) => parts.iter().for_each(|&part| visit(part)),
            Body::Cell(content) | Body::SeqIter(content) => content.iter().for_each(|&object| visit(object)),
            Body::Function(function) => function.trace(visit),
            Body::Method(parts) => parts.iter().for_each(|&part| visit(part)),
            Body::Native(native) => native.trace(visit),
            Body::Code(code) => code.trace(visit),
            Body::Type(ty) => ty.trace(visit),
            Body::Module(module) => module.trace(visit),
            Body::Instance(instance) => instance.trace(visit),
            Body::Exception(exception) => exception.trace(visit),
            Body::Traceback(traceback) => traceback.trace(visit),
            Body::Frame(frame) => frame.trace(visit),
            Body::Generator(generator) => generator.trace(visit),
            Body::Fields(fields) => fields.iter().flatten().for_each(|&field| visit(field)),
            Body::RangeIter(iter) => iter.trace(visit),
            Body::DictIter(iter) => iter.trace(visit),
            Body::Iter(iter) => iter.trace(visit),
            Body::WeakRef(weak) => weak.trace(visit),
            Body::Foreign(foreign) => foreign.trace(visit),
        }
    }
}

/// Typed access to objects, looking through instances of classes that inherit from a builtin type.
pub trait Objects {
    fn body(&self, object: ObjRef) -> &Body;
    fn body_mut(&mut self, object: ObjRef) -> &mut Body;
    /// The items of a tuple that its iterator alone holds, to be replaced by the next ones: its hash is no longer known.
    fn refilled_tuple(&mut self, tuple: ObjRef) -> &mut ThinVec<ObjRef>;

    fn str(&self, object: ObjRef) -> Option<&Arc<PyStr>> {
        match self.body(object) {
            Body::Str(text) => Some(text),
            _ => None,
        }
    }

    fn bytes(&self, object: ObjRef) -> Option<&[u8]> {
        match self.body(object) {
            Body::Bytes(bytes) => Some(bytes),
            Body::ByteArray(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The content of a bytes-like object: `bytes`, `bytearray`, `memoryview`.
    fn buffer(&self, object: ObjRef) -> Option<Cow<'_, [u8]>> {
        match self.body(object) {
            Body::Foreign(_) => match self.view(object) {
                Some(view) => view.content(self.memory(self.viewed(object)?)?).map(Cow::Owned),
                None => self.memory(object).map(Cow::Borrowed),
            },
            _ => self.bytes(object).map(Cow::Borrowed),
        }
    }

    /// The bytes that a memory view can show: those of `bytes`, `bytearray`, `array`.
    fn memory(&self, object: ObjRef) -> Option<&[u8]> {
        match self.array(object) {
            Some(array) => Some(&array.bytes),
            None => self.bytes(object),
        }
    }

    /// The same, to be changed.
    fn memory_mut(&mut self, object: ObjRef) -> Option<&mut [u8]> {
        match self.body_mut(object) {
            Body::ByteArray(bytes) => Some(bytes),
            Body::Foreign(foreign) => foreign.as_any_mut().downcast_mut::<array::Array>().map(|array| &mut array.bytes[..]),
            _ => None,
        }
    }

    fn array(&self, object: ObjRef) -> Option<&array::Array> {
        match self.body(object) {
            Body::Foreign(foreign) => foreign.as_any().downcast_ref(),
            _ => None,
        }
    }

    /// Whether bytes can be written into it.
    fn is_writable_buffer(&self, object: ObjRef) -> bool {
        match self.view(object) {
            Some(view) => view.buffer.is_some() && !view.readonly && view.is_c_contiguous(),
            None => matches!(self.body(object), Body::ByteArray(_)) || self.array(object).is_some(),
        }
    }

    /// Writes bytes at a place of a writable buffer, as many as fit.
    fn write_buffer(&mut self, object: ObjRef, at: usize, bytes: &[u8]) {
        let (target, start) = match self.view(object) {
            Some(view) => (self.viewed(object).unwrap_or(object), view.offset as usize + at),
            None => (object, at),
        };
        if let Some(place) = self.memory_mut(target).and_then(|memory| memory.get_mut(start..)) {
            let len = bytes.len().min(place.len());
            place[..len].copy_from_slice(&bytes[..len]);
        }
    }

    fn view(&self, object: ObjRef) -> Option<&memoryview::MemoryView> {
        match self.body(object) {
            Body::Foreign(foreign) => foreign.as_any().downcast_ref(),
            _ => None,
        }
    }

    /// The object whose bytes a memory view shows.
    fn viewed(&self, object: ObjRef) -> Option<ObjRef> {
        match self.body(self.view(object)?.buffer?) {
            Body::Fields(fields) => fields.first().copied().flatten(),
            _ => None,
        }
    }

    fn tuple(&self, object: ObjRef) -> Option<&[ObjRef]> {
        match self.body(object) {
            Body::Tuple(items) => Some(items),
            _ => None,
        }
    }

    fn list(&self, object: ObjRef) -> Option<&ThinVec<ObjRef>> {
        match self.body(object) {
            Body::List(items) => Some(items),
            _ => None,
        }
    }

    fn list_mut(&mut self, object: ObjRef) -> Option<&mut ThinVec<ObjRef>> {
        match self.body_mut(object) {
            Body::List(items) => Some(items),
            _ => None,
        }
    }

    /// The items of a list or tuple.
    fn sequence(&self, object: ObjRef) -> Option<&[ObjRef]> {
        match self.body(object) {
            Body::Tuple(items) | Body::List(items) => Some(items),
            _ => None,
        }
    }

    fn dict(&self, object: ObjRef) -> Option<&dict::Dict> {
        match self.body(object) {
            Body::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    fn dict_mut(&mut self, object: ObjRef) -> Option<&mut dict::Dict> {
        match self.body_mut(object) {
            Body::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    fn set(&self, object: ObjRef) -> Option<&set::Set> {
        match self.body(object) {
            Body::Set(set) => Some(set),
            _ => None,
        }
    }

    fn set_mut(&mut self, object: ObjRef) -> Option<&mut set::Set> {
        match self.body_mut(object) {
            Body::Set(set) => Some(set),
            _ => None,
        }
    }

    /// The type's own record. The object must be a type.
    fn type_of_type(&self, ty: ObjRef) -> &types::Type {
        match self.body(ty) {
            Body::Type(ty) => ty,
            _ => panic!("{ty:?} is not a type"),
        }
    }

    fn as_type(&self, object: ObjRef) -> Option<&types::Type> {
        match self.body(object) {
            Body::Type(ty) => Some(ty),
            _ => None,
        }
    }

    fn exception(&self, object: ObjRef) -> Option<&exception::Exception> {
        match self.body(object) {
            Body::Exception(exception) => Some(exception),
            _ => None,
        }
    }

    fn exception_mut(&mut self, object: ObjRef) -> Option<&mut exception::Exception> {
        match self.body_mut(object) {
            Body::Exception(exception) => Some(exception),
            _ => None,
        }
    }
}

impl Objects for Heap {
    #[inline(always)]
    fn body(&self, object: ObjRef) -> &Body {
        match &self.slot(object).body {
            Body::Instance(instance) => &instance.inner,
            body => body,
        }
    }

    #[inline(always)]
    fn body_mut(&mut self, object: ObjRef) -> &mut Body {
        match &mut self.slot_mut(object).body {
            Body::Instance(instance) => &mut instance.inner,
            body => body,
        }
    }

    fn refilled_tuple(&mut self, tuple: ObjRef) -> &mut ThinVec<ObjRef> {
        let slot = self.slot_mut(tuple);
        slot.num = 0;
        match &mut slot.body {
            Body::Tuple(items) => items,
            _ => panic!("a tuple"),
        }
    }
}
