//! Small buffers of dead objects, kept for the next ones of their kind: the way through `malloc` and back is longer than
//! everything else about a pair or an instance with two attributes.
//!
//! Nothing can be seen of it: what Python sees of CPython's free lists is in `heap/free_lists`. What a kept buffer still holds
//! means nothing.

use std::sync::Arc;

use thin_vec::ThinVec;

use crate::{
    heap::ObjRef,
    objects::{
        Body,
        core_types::NONE,
        exception::{Exception, Traceback},
        generator::Generator,
        instance::{Attrs, Instance, SharedKeys},
    },
    text::PyStr,
};

/// Buffers for more items than this are not kept.
const LONGEST: usize = 20;
/// So many of each kind are kept.
const MOST: usize = 64;
/// So many instances: as many as a collection may find in cycles.
const MOST_INSTANCES: usize = 1024;

/// The buffers. A copy of the machine starts without any.
#[derive(Default)]
pub struct Spare {
    /// by capacity, all of them full
    items: [Vec<ThinVec<ObjRef>>; LONGEST + 1],
    #[allow(clippy::vec_box)] // the boxes are what is kept
    instances: Vec<Box<Instance>>,
    /// with the room for their variables
    #[allow(clippy::vec_box)]
    generators: Vec<Box<Generator>>,
    #[allow(clippy::vec_box)]
    exceptions: Vec<Box<Exception>>,
    #[allow(clippy::vec_box)]
    tracebacks: Vec<Box<Traceback>>,
    /// of what `__anext__()` gives: its generator and what is sent
    pairs: Vec<ThinVec<Option<ObjRef>>>,
    /// Room for references that are about to be given back; empty between.
    pub refs: Vec<ObjRef>,
    /// Room for a text in the making; empty between.
    pub text: String,
    /// short ones
    texts: Vec<Arc<PyStr>>,
}

impl Clone for Spare {
    fn clone(&self) -> Spare {
        Spare::default()
    }
}

impl Spare {
    /// An empty buffer with room for `n` items.
    #[inline]
    pub fn items(&mut self, n: usize) -> ThinVec<ObjRef> {
        match self.items.get_mut(n).and_then(Vec::pop) {
            Some(mut items) => {
                items.clear();
                items
            }
            None => ThinVec::with_capacity(n),
        }
    }

    /// A buffer with these `n` items: in one that is full already they only have to be put in their places.
    #[inline]
    pub fn filled(&mut self, n: usize, values: impl Iterator<Item = ObjRef>) -> ThinVec<ObjRef> {
        match self.items.get_mut(n).and_then(Vec::pop) {
            Some(mut items) => {
                items.iter_mut().zip(values).for_each(|(place, value)| *place = value);
                items
            }
            None => {
                let mut items = ThinVec::with_capacity(n);
                items.extend(values);
                items
            }
        }
    }

    /// A plain instance of a class with these names, and the bytes of the block that its values have.
    #[inline]
    pub fn instance(&mut self, keys: &mut SharedKeys) -> (Box<Instance>, usize) {
        if let Some(mut instance) = self.instances.pop()
            && let Attrs::Values(values) = &mut instance.attrs
        {
            keys.renew(values);
            let size = values.block_size();
            return (instance, size);
        }
        let values = keys.new_values();
        let size = values.block_size();
        (Box::new(Instance { inner: Body::None, attrs: Attrs::Values(values), slots: ThinVec::new() }), size)
    }

    /// A generator in a box, with empty slots.
    #[inline]
    pub fn generator(&mut self, new: Generator) -> Box<Generator> {
        match self.generators.pop() {
            Some(mut kept) => {
                // A field at a time: the whole would be copied twice.
                let Generator { code, name, qualname, state, frame, slots: _, room, handled, origin_or_finalizer } = new;
                (kept.code, kept.name, kept.qualname) = (code, name, qualname);
                (kept.state, kept.frame, kept.room) = (state, frame, room);
                (kept.handled, kept.origin_or_finalizer) = (handled, origin_or_finalizer);
                kept
            }
            None => Box::new(new),
        }
    }

    /// A text in a box.
    #[inline]
    pub fn boxed(&mut self, text: PyStr) -> Arc<PyStr> {
        let Some(mut kept) = self.texts.pop() else { return Arc::new(text) };
        match Arc::get_mut(&mut kept) {
            Some(place) => {
                *place = text;
                kept
            }
            // A copy of the machine has it still.
            None => Arc::new(text),
        }
    }

    /// An exception in a box.
    #[inline]
    pub fn exception(&mut self, new: Exception) -> Box<Exception> {
        reused(&mut self.exceptions, new)
    }

    /// Takes the box of a dead exception that had nothing but what all exceptions have.
    #[inline]
    pub fn keep_exception(&mut self, exception: Box<Exception>) {
        if self.exceptions.len() < MOST {
            self.exceptions.push(exception);
        }
    }

    /// An entry of a traceback in a box.
    #[inline]
    pub fn traceback(&mut self, new: Traceback) -> Box<Traceback> {
        reused(&mut self.tracebacks, new)
    }

    /// Takes the box of a dead one.
    #[inline]
    pub fn keep_traceback(&mut self, traceback: Box<Traceback>) {
        if self.tracebacks.len() < MOST {
            self.tracebacks.push(traceback);
        }
    }

    /// Takes the box of a dead string, if its text holds no memory of its own.
    #[inline]
    pub fn keep_text(&mut self, text: Arc<PyStr>) {
        if self.texts.len() < MOST && text.is_short() {
            self.texts.push(text);
        }
    }

    /// A buffer of two fields.
    #[inline]
    pub fn pair(&mut self, fields: [Option<ObjRef>; 2]) -> ThinVec<Option<ObjRef>> {
        match self.pairs.pop() {
            Some(mut pair) => {
                pair.copy_from_slice(&fields);
                pair
            }
            None => fields.into_iter().collect(),
        }
    }

    /// Takes the two fields of a dead object.
    #[inline]
    pub fn keep_pair(&mut self, pair: ThinVec<Option<ObjRef>>) {
        if self.pairs.len() < MOST {
            self.pairs.push(pair);
        }
    }

    /// Takes what is left of a dead object, whose references have been given back.
    #[inline]
    pub fn keep(&mut self, body: Body) {
        match body {
            Body::Tuple(mut items) | Body::List(mut items) => {
                let kept = match self.items.get_mut(items.capacity()) {
                    Some(kept) if items.capacity() > 0 && kept.len() < MOST => kept,
                    _ => return,
                };
                if items.len() < items.capacity() {
                    items.resize(items.capacity(), NONE);
                }
                kept.push(items);
            }
            Body::Instance(instance) => self.keep_instance(instance),
            Body::Generator(generator) => self.keep_generator(generator),
            _ => {}
        }
    }

    /// Takes the box of a dead generator, with its room.
    #[inline]
    pub fn keep_generator(&mut self, mut generator: Box<Generator>) {
        if self.generators.len() < MOST {
            generator.slots.clear();
            self.generators.push(generator);
        }
    }

    /// Takes the box of a dead instance, if it was a plain one.
    #[inline]
    pub fn keep_instance(&mut self, mut instance: Box<Instance>) {
        if self.instances.len() < MOST_INSTANCES
            && instance.is_plain()
            && let Attrs::Values(values) = &mut instance.attrs
            && values.clear()
        {
            self.instances.push(instance);
        }
    }
}

/// A value in a box that was kept, or in a new one.
#[inline]
fn reused<T>(kept: &mut Vec<Box<T>>, new: T) -> Box<T> {
    match kept.pop() {
        Some(mut place) => {
            *place = new;
            place
        }
        None => Box::new(new),
    }
}
