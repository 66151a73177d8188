//! `_array`: the class behind `array`: numbers of one kind, side by side as in memory.
//!
//! ```text
//!   array/items.rs     one item: object to bytes and back
//!   array/change.rs    assigning, growing, shrinking
//! ```
//!
//! `array("i", [1, 2])[0]`. While a memory view looks at the items their number stays. Comparing, searching and repeating
//! are those of a list of the items. Counterpart in CPython 3.11: `Modules/arraymodule.c`.

mod change;
mod items;

use super::{NewClass, add_class, add_functions, class_of_module, foreign, foreign_body, foreign_mut};
use crate::{
    builtins::{convert, functions::iteration::stop, slots, types::list::cut_index_argument},
    heap::ObjRef,
    num::float_text,
    objects::{
        Body, Objects,
        array::{Array, settle, size_of},
        core_types::*,
        instance::Foreign,
    },
    text::{PyStr, repr},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        protocol::{after::After, consume::Sink},
        raised::done,
    },
};

const MODULE: &str = "_array";

#[derive(Clone)]
struct Iter {
    array: Option<ObjRef>,
    at: usize,
}

impl Foreign for Iter {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.array.iter().for_each(|&array| visit(array));
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        self.array.take().into_iter().collect()
    }
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use NativeDef as Def;
    use Signature::{Any, None, One, Range};
    let mut natives = vec![
        Def::static_method("__new__", Any, new),
        Def::wrapper("__repr__", None, repr),
        Def::wrapper("__len__", None, |vm, args| {
            let len = array(vm, args.at(vm, 0)).len();
            done(vm.new_usize(len))
        }),
        Def::wrapper("__iter__", None, iter),
        Def::wrapper("__getitem__", One, get_item),
        Def::wrapper("__contains__", One, |vm, args| {
            let (list, value) = (as_list(vm, args.at(vm, 0)), args.at(vm, 1));
            let depth = vm.frames.len();
            let found = vm.contains_builtin(list, value);
            let found = vm.bool_result(found);
            vm.after(depth, found, After::new("array.__contains__", &[], 0, |_, _, found| done(found)).owning([list]))
        }),
        Def::wrapper("__add__", One, add),
        Def::wrapper("__mul__", One, multiply),
        Def::wrapper("__rmul__", One, multiply),
        Def::wrapper("__lt__", One, compare::<0>),
        Def::wrapper("__le__", One, compare::<1>),
        Def::wrapper("__eq__", One, compare::<2>),
        Def::wrapper("__ne__", One, compare::<3>),
        Def::wrapper("__gt__", One, compare::<4>),
        Def::wrapper("__ge__", One, compare::<5>),
        Def::method("__copy__", None, copy),
        Def::method("__deepcopy__", One, copy),
        Def::method("__reduce_ex__", One, reduce),
        Def::method("__sizeof__", None, |vm, args| {
            let size = 64 + array(vm, args.at(vm, 0)).outside_size();
            done(vm.new_usize(size))
        }),
        Def::method("buffer_info", None, |vm, args| {
            let this = args.at(vm, 0);
            let (address, len) = (vm.address(this) + 64, array(vm, this).len());
            let pair = [vm.new_int(address as i64), vm.new_usize(len)];
            done(vm.new_tuple(pair))
        }),
        Def::method("count", One, |vm, args| {
            let (value, mut found) = (args.at(vm, 1), 0);
            for item in objects(vm, args.at(vm, 0)) {
                let equal = vm.equal_now(item, value);
                vm.decref(item);
                found += usize::from(equal?);
            }
            done(vm.new_usize(found))
        }),
        Def::method("index", Range(1, 3), |vm, args| match find(vm, args)? {
            Some(at) => done(vm.new_usize(at)),
            Option::None => Err(vm.value_error("array.index(x): x not in array")),
        }),
        Def::method("tobytes", None, |vm, args| {
            let bytes = array(vm, args.at(vm, 0)).bytes.clone();
            done(vm.new_bytes(bytes))
        }),
        Def::method("tofile", One, |vm, args| {
            let bytes = array(vm, args.at(vm, 0)).bytes.clone();
            let bytes = vm.new_bytes(bytes);
            let depth = vm.frames.len();
            let written = vm.call_method(args.at(vm, 1), "write", &[bytes]);
            let end = After::new("tofile", &[], 0, |vm, _, written| {
                vm.decref(written);
                done(vm.none())
            });
            vm.after(depth, written, end.owning([bytes]))
        }),
        Def::method("tolist", None, |vm, args| {
            let list = as_list(vm, args.at(vm, 0));
            done(list)
        }),
        Def::method("tounicode", None, |vm, args| {
            let this = args.at(vm, 0);
            if array(vm, this).letter != b'u' {
                return Err(vm.value_error("tounicode() may only be called on unicode type arrays"));
            }
            let text = text_of(array(vm, this));
            done(vm.new_str(text))
        }),
        Def::getter("typecode", |vm, args| {
            let letter = char::from(array(vm, args.at(vm, 0)).letter);
            done(vm.new_str(letter.to_string()))
        }),
        Def::getter("itemsize", |vm, args| {
            let size = array(vm, args.at(vm, 0)).item_size();
            done(vm.new_usize(size))
        }),
    ];
    natives.extend(change::natives());
    add_class(vm, dict, NewClass { module: "array", name: "array", base: OBJECT, natives, slots: Some(&["__weakref__"]) });
    let natives = vec![
        Def::wrapper("__iter__", None, slots::itself),
        Def::wrapper("__next__", None, next),
        Def::method("__reduce__", None, reduce_iter),
        Def::method("__setstate__", One, place_iter),
    ];
    add_class(vm, dict, NewClass { module: "array", name: "arrayiterator", base: OBJECT, natives, slots: Some(&[]) });
    add_functions(vm, dict, "array", vec![Def::function("_array_reconstructor", Range(4, 4), reconstruct)]);
    let codes = vm.new_str("bBuhHiIlLqQfd");
    vm.dict_set_text(dict, "typecodes", codes);
}

/// The array that a method was called with: its class makes sure that it is one.
fn array(vm: &Vm, object: ObjRef) -> &Array {
    static EMPTY: Array = Array { letter: b'b', bytes: Vec::new(), allocated: 0, block: 0 };
    vm.heap.array(object).unwrap_or(&EMPTY)
}

/// A new array of the class `array` itself.
fn new_array(vm: &mut Vm, letter: u8, bytes: Vec<u8>) -> ObjRef {
    let class = class_of_module(vm, MODULE, "array");
    exactly(vm, class, letter, bytes)
}

/// An array with room for its items only.
fn exactly(vm: &mut Vm, class: ObjRef, letter: u8, bytes: Vec<u8>) -> ObjRef {
    let allocated = bytes.len() / size_of(letter);
    let array = vm.new_derived(class, 0, foreign_body(Array { letter, bytes, allocated, block: 0 }));
    settle(&mut vm.heap, array);
    array
}

/// All items as objects, owned.
fn objects(vm: &mut Vm, this: ObjRef) -> Vec<ObjRef> {
    let (letter, bytes) = (array(vm, this).letter, array(vm, this).bytes.clone());
    bytes.chunks(size_of(letter)).map(|item| items::object(vm, letter, item)).collect()
}

fn as_list(vm: &mut Vm, this: ObjRef) -> ObjRef {
    let items = objects(vm, this);
    vm.new_list(items)
}

fn text_of(array: &Array) -> PyStr {
    let points: Vec<u32> =
        array.bytes.chunks(4).map(|four| four.iter().rev().fold(0, |point, &byte| point << 8 | u32::from(byte))).collect();
    PyStr::from_code_points(&points)
}

// ── making ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/// `array(typecode, initializer=())`
fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    if args.kwnames.is_some() && class == class_of_module(vm, MODULE, "array") {
        return Err(vm.type_error("array.array() takes no keyword arguments"));
    }
    let Some(code) = args.get(vm, 1) else { return Err(vm.type_error("array() takes at least 1 argument (0 given)")) };
    if args.n > 3 {
        return Err(vm.type_error(format!("array() takes at most 2 arguments ({} given)", args.n - 1)));
    }
    let Some(point) = vm.heap.str(code).filter(|text| text.len() == 1).map(|text| text.at(0)) else {
        let name = vm.type_name(code);
        return Err(vm.type_error(format!("array() argument 1 must be a unicode character, not {name}")));
    };
    let letter = u8::try_from(point).unwrap_or(0);
    let initial = args.get(vm, 2);
    if let Some(initial) = initial
        && letter != b'u'
    {
        if vm.core_of(initial) == STR {
            let code = char::from_u32(point).unwrap_or('?');
            return Err(vm.type_error(format!("cannot use a str to initialize an array with typecode '{code}'")));
        }
        if vm.heap.array(initial).is_some_and(|other| other.letter == b'u') {
            let code = char::from_u32(point).unwrap_or('?');
            return Err(vm.type_error(format!("cannot use a unicode array to initialize an array with typecode '{code}'")));
        }
    }
    if size_of(letter) == 0 {
        return Err(vm.value_error("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)"));
    }
    let made = vm.new_derived(class, 0, foreign_body(Array { letter, bytes: Vec::new(), allocated: 0, block: 0 }));
    let Some(initial) = initial else { return done(made) };
    let filled = start(vm, made, letter, initial);
    match filled {
        Ok(true) => {
            if let Some(array) = foreign_mut::<Array>(vm, made) {
                array.allocated = array.len();
            }
            settle(&mut vm.heap, made);
            done(made)
        }
        Ok(false) => vm.consume(initial, Fill { array: made, finished: Some(made) }),
        Err(raised) => {
            vm.decref(made);
            Err(raised)
        }
    }
}

/// Fills a new array from what needs no iteration; false: it must be iterated over.
fn start(vm: &mut Vm, made: ObjRef, letter: u8, initial: ObjRef) -> Result<bool, Raised> {
    let bytes = match vm.heap.body(initial) {
        Body::Str(text) => text.iter().flat_map(u32::to_le_bytes).collect(),
        Body::Bytes(bytes) => bytes.to_vec(),
        Body::ByteArray(bytes) => bytes.to_vec(),
        Body::List(_) | Body::Tuple(_) => {
            let given = vm.heap.sequence(initial).map(<[ObjRef]>::to_vec).unwrap_or_default();
            let mut bytes = Vec::new();
            for item in given {
                bytes.extend(items::bytes(vm, letter, item)?);
            }
            bytes
        }
        _ => match vm.heap.array(initial).filter(|other| other.letter == letter) {
            Some(other) => other.bytes.clone(),
            None => return Ok(false),
        },
    };
    if bytes.len() % size_of(letter) != 0 {
        return Err(vm.value_error("bytes length not a multiple of item size"));
    }
    if let Some(array) = foreign_mut::<Array>(vm, made) {
        array.bytes = bytes;
    }
    Ok(true)
}

/// Appends all items of an iterable.
#[derive(Clone)]
struct Fill {
    /// Counted.
    array: ObjRef,
    /// What to give at the end instead of None: the array, whose reference goes there.
    finished: Option<ObjRef>,
}

impl Sink for Fill {
    fn name(&self) -> &'static str {
        "array"
    }

    fn item(&mut self, vm: &mut Vm, item: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let letter = array(vm, self.array).letter;
        let bytes = items::bytes(vm, letter, item);
        vm.decref(item);
        change::append(vm, self.array, &bytes?)?;
        Ok(None)
    }

    fn finish(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        match self.finished {
            Some(array) => Ok(vm.own(array)),
            None => Ok(vm.none()),
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.array);
    }
}

fn copy(vm: &mut Vm, args: Args) -> Res {
    let this = array(vm, args.at(vm, 0)).clone();
    done(new_array(vm, this.letter, this.bytes))
}

/// `_array_reconstructor(class, typecode, machine format, bytes)`: what a pickle holds.
fn reconstruct(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let base = class_of_module(vm, MODULE, "array");
    if vm.heap.as_type(class).is_none() || !vm.is_subtype(class, base) {
        let name = vm.type_name(class);
        return Err(vm.type_error(format!("first argument must be a type object, not {name}")));
    }
    let code = vm.heap.str(args.at(vm, 1)).filter(|text| text.len() == 1).map_or(0, |text| text.at(0));
    let letter = u8::try_from(code).unwrap_or(0);
    if size_of(letter) == 0 {
        return Err(vm.value_error("second argument must be a valid type code"));
    }
    let format = convert::c_int(vm, args.at(vm, 2))?;
    let mut bytes = convert::buffer(vm, args.at(vm, 3))?;
    let (size, big) = match format {
        0 | 1 => (1, false),
        2..=13 => ([2, 4, 8][(format - 2) as usize / 4], format % 2 == 1),
        14..=17 => ([4, 8][(format - 14) as usize / 2], format % 2 == 1),
        18..=21 => ([2, 4][(format - 18) as usize / 2], format % 2 == 1),
        _ => return Err(vm.value_error("third argument must be a valid machine format code.")),
    };
    if bytes.len() % size != 0 {
        return Err(vm.value_error("bytes length not a multiple of item size"));
    }
    if big {
        bytes.chunks_mut(size).for_each(<[u8]>::reverse);
    }
    if size != size_of(letter) {
        let signed = matches!(format, 1 | 4 | 5 | 8 | 9 | 12 | 13);
        bytes = match resized(&bytes, size, letter, signed, format >= 18) {
            Some(bytes) => bytes,
            Option::None => return Err(vm.raise(OVERFLOW_ERROR, "an item does not fit the typecode")),
        };
    }
    done(exactly(vm, class, letter, bytes))
}

/// Items of so many bytes each, the least first, as those of a typecode; `None` if one does not fit.
fn resized(bytes: &[u8], size: usize, letter: u8, signed: bool, is_text: bool) -> Option<Vec<u8>> {
    if is_text {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
        let points = char::decode_utf16(units).map(|point| point.map_or_else(|lone| u32::from(lone.unpaired_surrogate()), u32::from));
        return Some(points.flat_map(u32::to_le_bytes).collect());
    }
    let mut new = Vec::new();
    for item in bytes.chunks_exact(size) {
        match letter {
            b'd' => new.extend(f64::from(f32::from_le_bytes(item.try_into().ok()?)).to_le_bytes()),
            b'f' => new.extend((f64::from_le_bytes(item.try_into().ok()?) as f32).to_le_bytes()),
            _ => {
                let fill = if signed && item.last()? & 0x80 != 0 { 0xff } else { 0 };
                let mut wide = [fill; 16];
                wide[..size].copy_from_slice(item);
                let value = i128::from_le_bytes(wide);
                let bits = 8 * size_of(letter) as u32;
                let range = if letter.is_ascii_lowercase() { -(1i128 << (bits - 1))..1i128 << (bits - 1) } else { 0..1i128 << bits };
                if !range.contains(&value) {
                    return Option::None;
                }
                new.extend(&value.to_le_bytes()[..size_of(letter)]);
            }
        }
    }
    Some(new)
}

/// The number of an item's format in a pickle.
fn machine_format(letter: u8) -> i64 {
    match letter {
        b'B' => 0,
        b'b' => 1,
        b'H' => 2,
        b'h' => 4,
        b'I' => 6,
        b'i' => 8,
        b'L' | b'Q' => 10,
        b'l' | b'q' => 12,
        b'f' => 14,
        b'd' => 16,
        _ => 20,
    }
}

fn reduce(vm: &mut Vm, args: Args) -> Res {
    let (this, protocol) = (args.at(vm, 0), convert::limited(vm, args.at(vm, 1))?.unwrap_or(0));
    let (letter, bytes) = (array(vm, this).letter, array(vm, this).bytes.clone());
    let class = vm.ty(this);
    vm.incref(class);
    let state = super::collections::state_of(vm, this)?;
    let code = vm.new_str(char::from(letter).to_string());
    if protocol < 3 {
        let list = as_list(vm, this);
        let arguments = vm.new_tuple([code, list]);
        return done(vm.new_tuple([class, arguments, state]));
    }
    let module = vm.dict_get_text(vm.modules, MODULE);
    let function = module.and_then(|module| match vm.heap.body(module) {
        Body::Module(record) => vm.dict_get_text(record.dict, "_array_reconstructor"),
        _ => None,
    });
    let function = vm.own(function.unwrap_or(NONE));
    let parts = [class, code, vm.new_int(machine_format(letter)), vm.new_bytes(bytes)];
    let arguments = vm.new_tuple(parts);
    done(vm.new_tuple([function, arguments, state]))
}

// ── looking ─────────────────────────────────────────────────────────────────────────────────────────────────────────

fn repr(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let class = vm.short_type_name(this);
    let content = array(vm, this);
    let code = char::from(content.letter);
    if content.is_empty() {
        return done(vm.new_str(format!("{class}('{code}')")));
    }
    if content.letter == b'u' {
        let shown = repr::str_repr(&text_of(content)).to_string_lossy();
        return done(vm.new_str(format!("{class}('u', {shown})")));
    }
    let size = content.item_size();
    let shown: Vec<String> = content.bytes.chunks(size).map(|item| items::shown(content.letter, item)).collect();
    done(vm.new_str(format!("{class}('{code}', [{}])", shown.join(", "))))
}

fn iter(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    vm.incref(this);
    let class = class_of_module(vm, MODULE, "arrayiterator");
    done(vm.new_derived(class, 0, foreign_body(Iter { array: Some(this), at: 0 })))
}

fn next(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some((source, at)) = foreign::<Iter>(vm, this).and_then(|iter| Some((iter.array?, iter.at))) else { return Err(stop(vm)) };
    let (letter, size) = (array(vm, source).letter, array(vm, source).item_size());
    let item = array(vm, source).bytes.get(at * size..(at + 1) * size).map(<[u8]>::to_vec);
    let Some(iter) = foreign_mut::<Iter>(vm, this) else { return Err(stop(vm)) };
    match item {
        Some(item) => {
            iter.at += 1;
            done(items::object(vm, letter, &item))
        }
        None => {
            iter.array = None;
            vm.decref(source);
            Err(stop(vm))
        }
    }
}

/// `(iter, (array,), place)`; an iterator that has ended is one over nothing.
fn reduce_iter(vm: &mut Vm, args: Args) -> Res {
    let (source, at) = foreign::<Iter>(vm, args.at(vm, 0)).map_or((Option::None, 0), |iter| (iter.array, iter.at));
    let function = vm.dict_get_text(vm.builtins, "iter").unwrap_or(NONE);
    let (function, content) = (vm.own(function), vm.own(source.unwrap_or(EMPTY_TUPLE)));
    let mut parts = vec![function, vm.new_tuple([content])];
    if source.is_some() {
        parts.push(vm.new_usize(at));
    }
    done(vm.new_tuple(parts))
}

/// The iterator goes on at a place within its array.
fn place_iter(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let place = convert::limited(vm, args.at(vm, 1))?.unwrap_or(i64::MAX);
    let source = foreign::<Iter>(vm, this).and_then(|iter| iter.array);
    if let Some(source) = source {
        let len = array(vm, source).bytes.len() / array(vm, source).item_size();
        if let Some(iter) = foreign_mut::<Iter>(vm, this) {
            iter.at = usize::try_from(place).unwrap_or(0).min(len);
        }
    }
    done(vm.none())
}

/// The place of an item.
fn position(vm: &mut Vm, this: ObjRef, key: ObjRef, complaint: &str) -> Result<usize, Raised> {
    if !vm.has_index(key) {
        return Err(vm.type_error("array indices must be integers"));
    }
    let int = convert::index(vm, key)?;
    let value = vm.fit_index(int, INDEX_ERROR);
    vm.decref(int);
    let (value, len) = (value?, array(vm, this).len() as i64);
    let at = if value < 0 { value + len } else { value };
    if (0..len).contains(&at) { Ok(at as usize) } else { Err(vm.raise(INDEX_ERROR, complaint)) }
}

fn get_item(vm: &mut Vm, args: Args) -> Res {
    let (this, key) = (args.at(vm, 0), args.at(vm, 1));
    let (letter, size) = (array(vm, this).letter, array(vm, this).item_size());
    if vm.ty(key) == SLICE {
        let len = array(vm, this).len();
        let positions = vm.slice_positions(key, len)?;
        let bytes = positions.iter().flat_map(|at| array(vm, this).bytes[at * size..(at + 1) * size].to_vec()).collect();
        return done(new_array(vm, letter, bytes));
    }
    let at = position(vm, this, key, "array index out of range")?;
    let item = array(vm, this).bytes[at * size..(at + 1) * size].to_vec();
    done(items::object(vm, letter, &item))
}

/// The place of the first item equal to the first argument.
fn find(vm: &mut Vm, args: Args) -> Result<Option<usize>, Raised> {
    let (this, value) = (args.at(vm, 0), args.at(vm, 1));
    let len = array(vm, this).len() as i64;
    let mut bounds = [0, i64::MAX];
    for (i, bound) in bounds.iter_mut().enumerate() {
        if let Some(given) = args.get(vm, i + 2) {
            *bound = cut_index_argument(vm, given)?;
        }
    }
    let [start, stop] = bounds.map(|bound| if bound < 0 { bound.saturating_add(len).max(0) } else { bound });
    let mut found = None;
    for (at, item) in objects(vm, this).into_iter().enumerate() {
        let equal = if found.is_none() && (start..stop).contains(&(at as i64)) { vm.equal_now(item, value) } else { Ok(false) };
        vm.decref(item);
        if equal? {
            found = found.or(Some(at));
        }
    }
    Ok(found)
}

fn compare<const OP: u32>(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    if vm.heap.array(this).is_none() || vm.heap.array(other).is_none() {
        return done(vm.own(NOT_IMPLEMENTED));
    }
    let lists = [as_list(vm, this), as_list(vm, other)];
    let depth = vm.frames.len();
    let result = vm.rich_compare(lists[0], lists[1], OP);
    vm.after(depth, result, After::new("array", &[], 0, |_, _, result| done(result)).owning(lists))
}

fn add(vm: &mut Vm, args: Args) -> Res {
    let (this, other) = (args.at(vm, 0), args.at(vm, 1));
    let Some(second) = vm.heap.array(other) else {
        let name = vm.type_name(other);
        return Err(vm.type_error(format!("can only append array (not \"{name}\") to array")));
    };
    let (letter, more) = (second.letter, second.bytes.clone());
    if letter != array(vm, this).letter {
        return Err(vm.type_error("bad argument type for built-in operation"));
    }
    let mut bytes = array(vm, this).bytes.clone();
    bytes.extend(more);
    done(new_array(vm, letter, bytes))
}

fn multiply(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let count = change::repetitions(vm, this, args.at(vm, 1))?;
    let (letter, bytes) = (array(vm, this).letter, array(vm, this).bytes.repeat(count));
    done(new_array(vm, letter, bytes))
}
