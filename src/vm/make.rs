//! Making objects: the result is always owned by the caller.
//!
//! Small integers, one-character strings and the empty containers are shared; whatever may be in a cycle is tracked.

use super::*;

impl Vm {
    #[inline(always)]
    pub fn new_int(&mut self, value: i64) -> ObjRef {
        int::new_int(&mut self.heap, value)
    }

    pub fn new_usize(&mut self, value: usize) -> ObjRef {
        int::new_int(&mut self.heap, value as i64)
    }

    pub fn new_big_int(&mut self, value: BigInt) -> ObjRef {
        int::new_big_int(&mut self.heap, value)
    }

    #[inline(always)]
    pub fn new_float(&mut self, value: f64) -> ObjRef {
        int::new_float(&mut self.heap, value)
    }

    pub fn new_bool(&mut self, value: bool) -> ObjRef {
        self.own(bool_object(value))
    }

    pub fn none(&mut self) -> ObjRef {
        self.own(NONE)
    }

    pub fn new_str(&mut self, text: impl Into<PyStr>) -> ObjRef {
        self.str_of(text.into())
    }

    #[inline(never)]
    fn str_of(&mut self, text: PyStr) -> ObjRef {
        match str::shared(&text) {
            Some(shared) => self.own(shared),
            None => {
                str::spend(&mut self.heap, &text);
                self.new_own_str(text)
            }
        }
    }

    /// A new string even where it is so short that there is one for all.
    #[inline]
    pub fn new_own_str(&mut self, text: PyStr) -> ObjRef {
        let bytes = size::str_size(&text);
        let text = self.spare.boxed(text);
        self.heap.alloc_sized(bytes, STR, 0, Body::Str(text))
    }

    pub fn new_interned(&mut self, text: &str) -> ObjRef {
        self.interned.get(&mut self.heap, text)
    }

    /// The interned form of a string object; takes over the reference.
    pub fn intern(&mut self, object: ObjRef) -> ObjRef {
        self.interned.intern(&mut self.heap, object)
    }

    pub fn new_bytes(&mut self, bytes: Vec<u8>) -> ObjRef {
        match *bytes {
            [] => self.own(EMPTY_BYTES),
            [c] => self.own(one_byte(c)),
            _ => {
                self.heap.budget -= bytes.len() as i64;
                self.heap.alloc(BYTES, 0, Body::Bytes(Arc::new(bytes)))
            }
        }
    }

    pub fn new_bytearray(&mut self, bytes: Vec<u8>) -> ObjRef {
        let object = self.heap.alloc(BYTEARRAY, 0, Body::ByteArray(Box::new(bytes.into())));
        crate::objects::bytearray::resized(&mut self.heap, object);
        object
    }

    /// A tuple that takes over the references to its items.
    pub fn new_tuple(&mut self, items: impl IntoIterator<Item = ObjRef>) -> ObjRef {
        let items = self.collected(items);
        self.tuple_of(items)
    }

    /// The same of items that are collected already.
    #[inline]
    pub fn tuple_of(&mut self, items: ThinVec<ObjRef>) -> ObjRef {
        if items.is_empty() {
            return self.own(EMPTY_TUPLE);
        }
        match Kept::tuple(items.len()).and_then(|kept| self.heap.take_kept(kept)) {
            Some(slot) => {
                let tuple = self.heap.fill(slot, TUPLE, 0, || Body::Tuple(items));
                self.heap.collector.track_new(tuple);
                tuple
            }
            None => self.alloc_tracked(TUPLE, 0, Body::Tuple(items)),
        }
    }

    /// A tuple with room for so many items, to be filled when they are there; not for 0.
    pub fn reserve_tuple(&mut self, n: usize) -> ObjRef {
        let empty = Body::Tuple(ThinVec::new());
        let made = self.heap.alloc_kept_sized(Kept::tuple(n), tuple_bytes(n), TUPLE, empty);
        self.track_made(made)
    }

    /// A reserved tuple with room for so many items and with these items, whose references it takes over; its block is the same
    /// or a new one (`_PyTuple_Resize`).
    pub fn resize_tuple(&mut self, reserved: ObjRef, n: usize, items: impl IntoIterator<Item = ObjRef>) -> ObjRef {
        let items = self.collected(items);
        self.heap.resize(reserved, tuple_bytes(n), Body::Tuple(items))
    }

    #[inline]
    fn collected(&mut self, items: impl IntoIterator<Item = ObjRef>) -> ThinVec<ObjRef> {
        let items = items.into_iter();
        match items.size_hint() {
            (n, Some(most)) if n == most => self.spare.filled(n, items),
            (n, _) => {
                let mut list = self.spare.items(n);
                list.extend(items);
                list
            }
        }
    }

    /// CPython makes a tuple of `n` items, and perhaps a dict, for the time of a call: what that does to the free lists and to the
    /// collector's count. Nothing, if dead ones serve.
    pub fn pass_packed(&mut self, n: usize, with_dict: bool) {
        if let Some(kept) = Kept::tuple(n)
            && !self.heap.free_lists.has(kept)
        {
            self.heap.incref_by(NONE, n as u32);
            let tuple = self.new_tuple(std::iter::repeat_n(NONE, n));
            self.decref(tuple);
        }
        if with_dict && !(self.heap.free_lists.has(Kept::Dict) && self.heap.free_lists.has(Kept::Keys)) {
            let (dict, name, none) = (self.new_dict(), self.names.name, self.none());
            self.dict_set_str(dict, name, none);
            self.decref(dict);
        }
    }

    /// The same for a list that CPython makes and drops.
    pub fn pass_list(&mut self) {
        if !self.heap.free_lists.has(Kept::List) {
            let list = self.new_list([]);
            self.decref(list);
        }
    }

    /// A list that takes over the references to its items; allocated exactly.
    pub fn new_list(&mut self, items: impl IntoIterator<Item = ObjRef>) -> ObjRef {
        let items = self.collected(items);
        self.list_of(items)
    }

    /// The same of items that are collected already.
    #[inline]
    pub fn list_of(&mut self, items: ThinVec<ObjRef>) -> ObjRef {
        let len = items.len();
        match self.heap.take_kept(Kept::List) {
            Some(slot) => {
                let list = self.heap.fill(slot, LIST, len as u64, || Body::List(items));
                if len != 0 {
                    crate::objects::list::set_allocated(&mut self.heap, list, len);
                }
                self.heap.collector.track_new(list);
                list
            }
            None => self.alloc_tracked(LIST, len as u64, Body::List(items)),
        }
    }

    pub fn new_dict(&mut self) -> ObjRef {
        self.new_dict_from(Dict::default())
    }

    /// A dict object around a table, whose references it takes over. Not tracked until it holds something trackable.
    pub fn new_dict_from(&mut self, mut dict: Dict) -> ObjRef {
        crate::objects::dict::settle_new(&mut self.heap, &mut dict);
        self.alloc_container(DICT, 0, Body::Dict(Box::new(dict)))
    }

    pub fn new_cell(&mut self, content: Option<ObjRef>) -> ObjRef {
        self.alloc_tracked(CELL, 0, Body::Cell(content))
    }

    /// A container, counted towards the next collection and tracked.
    #[inline(always)]
    pub fn alloc_tracked(&mut self, ty: ObjRef, num: u64, body: Body) -> ObjRef {
        let object = self.alloc_container(ty, num, body);
        self.heap.collector.track(object);
        object
    }

    /// The same past the free lists: what `list(…)` and `dict(…)` make (`PyType_GenericAlloc`).
    pub fn alloc_generic(&mut self, ty: ObjRef, num: u64, body: Body) -> ObjRef {
        let due = self.heap.collector.note_allocation();
        let object = self.heap.alloc(ty, num, body);
        if due {
            self.collect_if_due();
        }
        self.heap.collector.track(object);
        object
    }

    /// A tracked container from a free list, if a dead one is there.
    pub fn alloc_from(&mut self, kept: Kept, ty: ObjRef, body: Body) -> ObjRef {
        let made = self.heap.alloc_kept(kept, ty, 0, body);
        self.track_made(made)
    }

    /// Tracks what was made just now; it counts as an allocation, if no dead object served.
    fn track_made(&mut self, (object, is_new): (ObjRef, bool)) -> ObjRef {
        if is_new && self.heap.collector.note_allocation() {
            self.collect_if_due();
        }
        self.heap.collector.track(object);
        object
    }

    /// A container, counted towards the next collection but not tracked yet.
    #[inline(always)]
    pub fn alloc_container(&mut self, ty: ObjRef, num: u64, body: Body) -> ObjRef {
        let (object, is_new) = match kept_when_dead(ty, &body) {
            Some(kept) => self.heap.alloc_kept(kept, ty, num, body),
            None => (self.heap.alloc(ty, num, body), true),
        };
        let due = is_new && self.heap.collector.note_allocation();
        if ty == LIST && num != 0 {
            crate::objects::list::set_allocated(&mut self.heap, object, num as usize);
        }
        if due {
            self.collect_if_due();
        }
        object
    }
}

/// The block of a tuple with so many items.
fn tuple_bytes(n: usize) -> usize {
    40 + 8 * n
}

/// The free list that keeps an object of this type when it dies.
#[inline]
pub(crate) fn kept_when_dead(ty: ObjRef, body: &Body) -> Option<Kept> {
    match body {
        Body::Tuple(items) if ty == TUPLE => Kept::tuple(items.len()),
        Body::List(_) if ty == LIST => Some(Kept::List),
        Body::Dict(_) if ty == DICT => Some(Kept::Dict),
        Body::Slice(_) => Some(Kept::Slice),
        Body::Fields(_) if ty == ASYNC_GENERATOR_ASEND => Some(Kept::AsyncSend),
        Body::Cell(_) if ty == ASYNC_GENERATOR_WRAPPED_VALUE => Some(Kept::AsyncValue),
        _ => None,
    }
}
