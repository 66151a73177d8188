//! `memoryview`: the bytes of another object without a copy, seen as items of a format, in one or more dimensions.
//!
//! ```python
//! m = memoryview(bytearray(b"abcd")); m[0] = 65; m[1:3].tobytes(); m.cast("H").tolist(); m.cast("B", [2, 2])[1, 0]
//! ```
//!
//! A view keeps a managed buffer alive, that the object; while one lives, a bytearray cannot be re-sized.
//! Counterpart in CPython 3.11: `Objects/memoryobject.c`. Items and their formats are in [`items`].

mod items;

use std::cmp::Ordering;

use crate::{
    builtins::{convert, functions::iteration::stop, slots},
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        memoryview::{Format, MemoryView},
    },
    stdlib::{foreign_body, foreign_mut},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use NativeDef as Def;
    use Signature::{Any, Named, None, One, Range};
    vec![
        Def::static_method("__new__", Any, new),
        Def::wrapper("__repr__", None, repr),
        Def::wrapper("__hash__", None, hash),
        Def::wrapper("__eq__", One, compare::<true>),
        Def::wrapper("__ne__", One, compare::<false>),
        Def::wrapper("__lt__", One, unordered),
        Def::wrapper("__le__", One, unordered),
        Def::wrapper("__gt__", One, unordered),
        Def::wrapper("__ge__", One, unordered),
        Def::wrapper("__iter__", None, iter),
        Def::wrapper("__len__", None, length),
        Def::wrapper("__getitem__", One, get_item),
        Def::wrapper("__setitem__", Range(2, 2), |vm, args| set_item(vm, args, args.at(vm, 2))),
        Def::wrapper("__delitem__", One, |vm, args| {
            let view = alive(vm, args)?;
            Err(vm.type_error(if view.readonly { "cannot modify read-only memory" } else { "cannot delete memory" }))
        }),
        Def::method("release", None, release),
        Def::method("tobytes", Named("order='C'"), tobytes),
        Def::method("hex", Named("sep=<unrepresentable>, bytes_per_sep=1"), |vm, args| {
            alive(vm, args)?;
            super::bytes::methods::hex(vm, args)
        }),
        Def::method("tolist", None, tolist),
        Def::method("cast", Named("format, shape=<unrepresentable>"), cast),
        Def::method("toreadonly", None, |vm, args| {
            let mut view = alive(vm, args)?;
            view.readonly = true;
            done(share(vm, view))
        }),
        Def::method("__enter__", None, |vm, args| {
            alive(vm, args)?;
            let this = args.at(vm, 0);
            done(vm.own(this))
        }),
        Def::method("__exit__", Range(0, usize::MAX), release),
        Def::getter("obj", |vm, args| {
            alive(vm, args)?;
            let base = vm.heap.viewed(args.at(vm, 0)).unwrap_or(NONE);
            done(vm.own(base))
        }),
        Def::getter("nbytes", |vm, args| {
            let view = alive(vm, args)?;
            done(vm.new_usize(view.nbytes()))
        }),
        Def::getter("readonly", |vm, args| {
            let view = alive(vm, args)?;
            done(vm.new_bool(view.readonly))
        }),
        Def::getter("itemsize", |vm, args| {
            let view = alive(vm, args)?;
            done(vm.new_usize(view.format.size()))
        }),
        Def::getter("format", |vm, args| {
            let view = alive(vm, args)?;
            done(vm.new_str(format_text(&view)))
        }),
        Def::getter("ndim", |vm, args| {
            let view = alive(vm, args)?;
            done(vm.new_usize(view.shape.len()))
        }),
        Def::getter("shape", |vm, args| {
            let view = alive(vm, args)?;
            done(numbers(vm, view.shape.iter().map(|&len| len as i64)))
        }),
        Def::getter("strides", |vm, args| {
            let view = alive(vm, args)?;
            done(numbers(vm, view.strides.iter().copied()))
        }),
        Def::getter("suboffsets", |vm, args| {
            alive(vm, args)?;
            done(vm.own(EMPTY_TUPLE))
        }),
        Def::getter("c_contiguous", |vm, args| {
            let view = alive(vm, args)?;
            done(vm.new_bool(view.is_c_contiguous()))
        }),
        Def::getter("f_contiguous", |vm, args| {
            let view = alive(vm, args)?;
            done(vm.new_bool(view.is_f_contiguous()))
        }),
        Def::getter("contiguous", |vm, args| {
            let view = alive(vm, args)?;
            done(vm.new_bool(view.is_c_contiguous() || view.is_f_contiguous()))
        }),
    ]
}

pub fn iterator_natives() -> Vec<NativeDef> {
    vec![NativeDef::wrapper("__iter__", Signature::None, slots::itself), NativeDef::wrapper("__next__", Signature::None, next)]
}

fn numbers(vm: &mut Vm, values: impl Iterator<Item = i64>) -> ObjRef {
    let values: Vec<ObjRef> = values.map(|value| vm.new_int(value)).collect();
    vm.new_tuple(values)
}

fn format_text(view: &MemoryView) -> String {
    let letter = char::from(view.format.0);
    if view.native_prefix { format!("@{letter}") } else { letter.to_string() }
}

/// The view, copied; a released one is an error.
fn view_of(vm: &mut Vm, object: ObjRef) -> Result<MemoryView, Raised> {
    match vm.heap.view(object).filter(|view| view.buffer.is_some()) {
        Some(view) => Ok(view.clone()),
        None => Err(vm.value_error("operation forbidden on released memoryview object")),
    }
}

fn alive(vm: &mut Vm, args: Args) -> Result<MemoryView, Raised> {
    view_of(vm, args.at(vm, 0))
}

// ── making ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Holds a bytearray to its size as long as the object (owned) lives; nothing for what cannot change.
pub fn export(vm: &mut Vm, object: ObjRef) -> Option<ObjRef> {
    if !matches!(vm.heap.body(object), Body::ByteArray(_)) {
        return None;
    }
    vm.heap.slot_mut(object).num += 1;
    vm.incref(object);
    Some(vm.new_derived(MANAGED_BUFFER, 0, Body::Fields([Some(object)].into_iter().collect())))
}

/// A new object for a view of the same buffer.
fn share(vm: &mut Vm, view: MemoryView) -> ObjRef {
    vm.xincref(view.buffer);
    vm.new_derived(MEMORYVIEW, 0, foreign_body(MemoryView { hash: None, ..view }))
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let keywords = args.keywords(vm);
    let given = args.n - 1 + keywords.len();
    if given > 1 {
        let what = if args.n == 1 { "keyword " } else { "" };
        return Err(vm.type_error(format!("memoryview() takes at most 1 {what}argument ({given} given)")));
    }
    let named = keywords.iter().find(|(name, _)| vm.name_text(*name) == "object").map(|&(_, value)| value);
    let Some(object) = args.get(vm, 1).or(named) else {
        return Err(vm.type_error("memoryview() missing required argument 'object' (pos 1)"));
    };
    done(of_object(vm, object)?)
}

/// `memoryview(object)`
pub fn of_object(vm: &mut Vm, object: ObjRef) -> Result<ObjRef, Raised> {
    if vm.heap.view(object).is_some() {
        let view = view_of(vm, object)?;
        return Ok(share(vm, view));
    }
    let Some(len) = vm.heap.memory(object).map(<[u8]>::len) else {
        let name = vm.type_name(object);
        return Err(vm.type_error(format!("memoryview: a bytes-like object is required, not '{name}'")));
    };
    let readonly = matches!(vm.heap.body(object), Body::Bytes(_));
    if !readonly {
        vm.heap.slot_mut(object).num += 1;
    }
    vm.incref(object);
    let buffer = vm.new_derived(MANAGED_BUFFER, 0, Body::Fields([Some(object)].into_iter().collect()));
    let format = vm.heap.array(object).map_or(Format(b'B'), |array| Format(array.view_letter()));
    let view = MemoryView {
        buffer: Some(buffer),
        format,
        native_prefix: false,
        shape: vec![len / format.size()],
        strides: vec![format.size() as i64],
        offset: 0,
        readonly,
        hash: None,
    };
    Ok(vm.new_derived(MEMORYVIEW, 0, foreign_body(view)))
}

fn release(vm: &mut Vm, args: Args) -> Res {
    let buffer = foreign_mut::<MemoryView>(vm, args.at(vm, 0)).and_then(|view| view.buffer.take());
    vm.xdecref(buffer);
    done(vm.none())
}

/// `m.cast("H")`, `m.cast("B", [2, 3])`
fn cast(vm: &mut Vm, args: Args) -> Res {
    let view = alive(vm, args)?;
    let format = convert::text(vm, args.at(vm, 1), "cast() argument 'format'")?;
    let shape = match args.get(vm, 2) {
        None => None,
        Some(shape) => match vm.heap.sequence(shape).map(<[ObjRef]>::to_vec) {
            Some(items) => Some(items),
            None => return Err(vm.type_error("shape must be a list or a tuple")),
        },
    };
    if !view.is_c_contiguous() {
        return Err(vm.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    if (shape.is_some() || view.shape.len() != 1) && view.shape.len() != 1 && shape.as_ref().is_some_and(|shape| shape.len() != 1) {
        return Err(vm.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
    }
    super::str::coding::encode(vm, args.at(vm, 1), &format, "ascii", "strict")?;
    let text = format.to_string_lossy();
    let letters = text.strip_prefix('@').unwrap_or(&text).as_bytes();
    let target = match letters {
        [letter] => Format::new(*letter),
        _ => None,
    };
    let Some(target) = target else {
        return Err(vm.value_error("memoryview: destination format must be a native single character format prefixed with an optional '@'"));
    };
    if !target.is_byte() && !view.format.is_byte() {
        return Err(vm.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let nbytes = view.nbytes();
    if nbytes % target.size() != 0 {
        return Err(vm.type_error("memoryview: length is not a multiple of itemsize"));
    }
    let dimensions = match shape {
        None => vec![nbytes / target.size()],
        Some(items) => {
            let mut dimensions = Vec::new();
            for item in items {
                if !vm.is_int(item) {
                    return Err(vm.type_error("memoryview.cast(): elements of shape must be integers"));
                }
                match vm.small_value(item).filter(|&len| len > 0) {
                    Some(len) => dimensions.push(len as usize),
                    None => return Err(vm.value_error("memoryview.cast(): elements of shape must be integers > 0")),
                }
            }
            let count = dimensions.iter().try_fold(target.size(), |total, &len| total.checked_mul(len));
            if count != Some(nbytes) {
                return Err(vm.type_error("memoryview: product(shape) * itemsize != buffer size"));
            }
            dimensions
        }
    };
    let strides = MemoryView::dense_strides(&dimensions, target.size());
    let native_prefix = text.starts_with('@');
    done(share(vm, MemoryView { format: target, native_prefix, shape: dimensions, strides, ..view }))
}

// ── items ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/// What a key of `m[key]` asks for.
enum Key {
    /// one item, by its place
    Item(i64),
    View(MemoryView),
}

fn invalid_key(vm: &mut Vm) -> Raised {
    vm.type_error("memoryview: invalid slice key")
}

/// The place of an item: one index a dimension.
fn place(vm: &mut Vm, view: &MemoryView, indices: &[ObjRef]) -> Result<i64, Raised> {
    let dimensions = view.shape.len();
    if indices.len() > dimensions {
        return Err(vm.type_error(format!("cannot index {dimensions}-dimension view with {}-element tuple", indices.len())));
    }
    let mut at = view.offset;
    for (dimension, &index) in indices.iter().enumerate() {
        let int = convert::index(vm, index)?;
        let value = vm.fit_index(int, INDEX_ERROR);
        vm.decref(int);
        let (value, len) = (value?, view.shape[dimension] as i64);
        let from_start = if value < 0 { value + len } else { value };
        if from_start < 0 || from_start >= len {
            return Err(vm.raise(INDEX_ERROR, format!("index out of bounds on dimension {}", dimension + 1)));
        }
        at += from_start * view.strides[dimension];
    }
    Ok(at)
}

fn key(vm: &mut Vm, view: MemoryView, key: ObjRef, assigning: bool) -> Result<Key, Raised> {
    let tuple = if vm.core_of(key) == TUPLE { vm.heap.tuple(key).map(<[ObjRef]>::to_vec) } else { None };
    if view.shape.is_empty() {
        return match tuple {
            Some(items) if items.is_empty() => Ok(Key::Item(view.offset)),
            _ if key == ELLIPSIS && !assigning => Ok(Key::View(view)),
            _ if key == ELLIPSIS => Ok(Key::Item(view.offset)),
            _ => Err(vm.type_error("invalid indexing of 0-dim memory")),
        };
    }
    if vm.has_index(key) {
        if view.shape.len() > 1 {
            let message = if assigning { "sub-views are not implemented" } else { "multi-dimensional sub-views are not implemented" };
            return Err(vm.raise(NOT_IMPLEMENTED_ERROR, message));
        }
        return place(vm, &view, &[key]).map(Key::Item);
    }
    if vm.ty(key) == SLICE {
        if assigning && view.shape.len() > 1 {
            return Err(vm.raise(NOT_IMPLEMENTED_ERROR, "memoryview slice assignments are currently restricted to ndim = 1"));
        }
        let positions = vm.slice_positions(key, view.shape[0])?;
        let mut part = view;
        part.offset += positions.start * part.strides[0];
        part.shape[0] = positions.len;
        part.strides[0] *= positions.step;
        return Ok(Key::View(part));
    }
    let Some(items) = tuple else { return Err(invalid_key(vm)) };
    if items.iter().all(|&item| vm.ty(item) == SLICE) && !items.is_empty() {
        return Err(vm.raise(NOT_IMPLEMENTED_ERROR, "multi-dimensional slicing is not implemented"));
    }
    if !items.iter().all(|&item| vm.has_index(item)) {
        return Err(invalid_key(vm));
    }
    if items.len() < view.shape.len() {
        return Err(vm.raise(NOT_IMPLEMENTED_ERROR, "sub-views are not implemented"));
    }
    place(vm, &view, &items).map(Key::Item)
}

/// The bytes behind a view.
fn memory(vm: &Vm, object: ObjRef) -> &[u8] {
    vm.heap.viewed(object).and_then(|base| vm.heap.memory(base)).unwrap_or(&[])
}

fn get_item(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let view = alive(vm, args)?;
    let format = view.format;
    match key(vm, view, args.at(vm, 1), false)? {
        Key::Item(at) => item_at(vm, this, format, at),
        Key::View(part) => done(share(vm, part)),
    }
}

fn item_at(vm: &mut Vm, this: ObjRef, format: Format, at: i64) -> Res {
    let item = memory(vm, this).get(at as usize..at as usize + format.size()).map(|bytes| items::read(format, bytes));
    match item {
        Some(item) => done(item.object(vm)),
        None => Err(vm.raise(INDEX_ERROR, "index out of bounds on dimension 1")),
    }
}

fn set_item(vm: &mut Vm, args: Args, value: ObjRef) -> Res {
    let this = args.at(vm, 0);
    let view = alive(vm, args)?;
    if view.readonly {
        return Err(vm.type_error("cannot modify read-only memory"));
    }
    let format = view.format;
    // A slice wants bytes before it looks at itself.
    if vm.ty(args.at(vm, 1)) == SLICE && view.shape.len() == 1 && vm.heap.view(value).is_none() && vm.heap.memory(value).is_none() {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!("a bytes-like object is required, not '{name}'")));
    }
    match key(vm, view, args.at(vm, 1), true)? {
        Key::Item(at) => {
            let bytes = items::write(vm, format, value)?;
            // Converting may have run Python code that released the view.
            alive(vm, args)?;
            store(vm, this, [(at, bytes)]);
        }
        Key::View(part) => {
            let source = match vm.heap.view(value) {
                Some(_) => view_of(vm, value)?,
                None => match vm.heap.bytes(value) {
                    Some(bytes) => MemoryView { shape: vec![bytes.len()], format: Format(b'B'), ..part.clone() },
                    None => {
                        let name = vm.type_name(value);
                        return Err(vm.type_error(format!("a bytes-like object is required, not '{name}'")));
                    }
                },
            };
            if source.format != part.format || source.shape != part.shape {
                return Err(vm.value_error("memoryview assignment: lvalue and rvalue have different structures"));
            }
            let content = vm.heap.buffer(value).unwrap_or_default().into_owned();
            let size = format.size();
            let places = part.positions();
            store(vm, this, places.into_iter().zip(content.chunks(size).map(<[u8]>::to_vec)));
        }
    }
    done(vm.none())
}

fn store(vm: &mut Vm, this: ObjRef, items: impl IntoIterator<Item = (i64, Vec<u8>)>) {
    let Some(base) = vm.heap.viewed(this) else { return };
    let Some(memory) = vm.heap.memory_mut(base) else { return };
    for (at, bytes) in items {
        if let Some(place) = memory.get_mut(at as usize..at as usize + bytes.len()) {
            place.copy_from_slice(&bytes);
        }
    }
}

fn length(vm: &mut Vm, args: Args) -> Res {
    let view = alive(vm, args)?;
    done(vm.new_usize(view.shape.first().copied().unwrap_or(1)))
}

fn tolist(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let view = alive(vm, args)?;
    nested(vm, this, &view, view.offset, 0)
}

fn nested(vm: &mut Vm, this: ObjRef, view: &MemoryView, at: i64, dimension: usize) -> Res {
    let Some(&len) = view.shape.get(dimension) else { return item_at(vm, this, view.format, at) };
    let list = vm.new_list([]);
    for i in 0..len as i64 {
        match nested(vm, this, view, at + i * view.strides[dimension], dimension + 1)? {
            crate::vm::Outcome::Done(item) => vm.list_append(list, item),
            crate::vm::Outcome::Pushed => {}
        }
    }
    done(list)
}

fn tobytes(vm: &mut Vm, args: Args) -> Res {
    let view = alive(vm, args)?;
    let order = match args.given(vm, 1) {
        None => "C".to_string(),
        Some(order) => match vm.text(order) {
            Some(text) => text.to_string_lossy(),
            None => {
                let name = vm.type_name(order);
                return Err(vm.type_error(format!("tobytes() argument 'order' must be str or None, not {name}")));
            }
        },
    };
    if !matches!(&*order, "C" | "F" | "A") {
        return Err(vm.value_error("order must be 'C', 'F' or 'A'"));
    }
    let fortran = order == "F" || order == "A" && view.is_f_contiguous() && !view.is_c_contiguous();
    let mut view = view;
    if fortran {
        view.shape.reverse();
        view.strides.reverse();
    }
    let bytes = view.content(memory(vm, args.at(vm, 0))).unwrap_or_default();
    done(vm.new_bytes(bytes))
}

// ── text, hash, comparison ──────────────────────────────────────────────────────────────────────────────────────────

fn repr(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let released = vm.heap.view(this).is_none_or(|view| view.buffer.is_none());
    let text = format!("<{}memory at {:#x}>", if released { "released " } else { "" }, vm.address(this));
    done(vm.new_str(text))
}

fn hash(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    if let Some(hash) = vm.heap.view(this).and_then(|view| view.hash) {
        return done(vm.new_int(hash));
    }
    let view = alive(vm, args)?;
    if !view.readonly {
        return Err(vm.value_error("cannot hash writable memoryview object"));
    }
    if !view.format.is_byte() {
        return Err(vm.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
    }
    let content = vm.heap.buffer(this).unwrap_or_default().into_owned();
    let hash = crate::num::hash::hash_bytes(&content, vm.hash_key);
    if let Some(view) = foreign_mut::<MemoryView>(vm, this) {
        view.hash = Some(hash);
    }
    done(vm.new_int(hash))
}

fn unordered(vm: &mut Vm, _args: Args) -> Res {
    done(vm.own(NOT_IMPLEMENTED))
}

/// Equal shapes and equal items, whatever the formats.
fn compare<const EQUAL: bool>(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    let gone = |vm: &Vm, object: ObjRef| vm.heap.view(object).is_some_and(|view| view.buffer.is_none());
    if this == other || gone(vm, this) || gone(vm, other) {
        let same = this == other;
        return done(vm.new_bool(same == EQUAL));
    }
    let view = alive(vm, args)?;
    let Some(content) = vm.heap.buffer(other) else { return done(vm.own(NOT_IMPLEMENTED)) };
    let (shape, format) = match vm.heap.view(other) {
        Some(other) => (other.shape.clone(), other.format),
        None => (vec![content.len()], Format(b'B')),
    };
    let own = vm.heap.buffer(this).unwrap_or_default();
    let equal = shape == view.shape && {
        let mine = own.chunks(view.format.size()).map(|bytes| items::read(view.format, bytes));
        let theirs = content.chunks(format.size()).map(|bytes| items::read(format, bytes));
        mine.zip(theirs).all(|(x, y)| x.partial_cmp(&y) == Some(Ordering::Equal))
    };
    done(vm.new_bool(equal == EQUAL))
}

// ── iteration ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// Fields: the view, `None` at the end. The number bits: the next index.
fn iter(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let view = alive(vm, args)?;
    if view.shape.is_empty() {
        return Err(vm.type_error("invalid indexing of 0-dim memory"));
    }
    vm.incref(this);
    done(vm.new_derived(MEMORY_ITERATOR, 0, Body::Fields([Some(this)].into_iter().collect())))
}

fn next(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(object) = vm.field(this, 0) else { return Err(stop(vm)) };
    let index = vm.heap.slot(this).num as usize;
    let view = view_of(vm, object)?;
    if index < view.shape[0] {
        if view.shape.len() > 1 {
            return Err(vm.raise(NOT_IMPLEMENTED_ERROR, "multi-dimensional sub-views are not implemented"));
        }
        vm.heap.slot_mut(this).num += 1;
        return item_at(vm, object, view.format, view.offset + index as i64 * view.strides[0]);
    }
    if let Body::Fields(fields) = vm.heap.body_mut(this) {
        fields[0] = None;
    }
    vm.decref(object);
    Err(stop(vm))
}
