//! `_struct`: numbers and texts as bytes by a format, such as `"<hI4s"`.
//!
//! ```text
//!   struct/format.rs   a format's text → a plan: which item lies where
//!   struct/item.rs     one item to bytes and back, with CPython's messages about ranges
//! ```
//!
//! `struct.pack("<hI", 1, 2)` is `b'\x01\x00\x02\x00\x00\x00'`. Counterpart in CPython 3.11: `Modules/_struct.c`.

mod format;
pub mod item;

use std::sync::Arc;

use self::format::Plan;
use super::{NewClass, add_class, add_exception, add_functions, class_of_module, foreign, foreign_body, foreign_mut};
use crate::{
    builtins::{convert, functions::iteration::stop, slots},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, instance::Foreign},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

const MODULE: &str = "_struct";

/// A compiled format.
#[derive(Clone, Default)]
struct Compiled {
    format: String,
    plan: Arc<Plan>,
    /// The blocks of the format as bytes and of the codes; 0: there is none.
    blocks: [u32; 2],
}

/// A code: how to handle it, offset, size, number.
const CODE_SIZE: usize = 32;

/// What `iter_unpack` has still to give.
#[derive(Clone)]
struct Iter {
    plan: Arc<Plan>,
    data: Vec<u8>,
    at: usize,
}

impl Compiled {
    /// The bytes of its codes and the one that ends them.
    fn codes_size(&self) -> usize {
        let codes = self.plan.parts.iter().filter(|part| part.is_text() || part.values() > 0).count();
        CODE_SIZE * (codes + 1)
    }
}

impl Foreign for Compiled {
    fn outside_size(&self) -> usize {
        self.codes_size()
    }

    fn more_blocks(&self) -> Vec<u32> {
        self.blocks.into_iter().filter(|&block| block != 0).collect()
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}

    fn clear(&mut self) -> Vec<ObjRef> {
        Vec::new()
    }
}

impl Foreign for Iter {
    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}

    fn clear(&mut self) -> Vec<ObjRef> {
        Vec::new()
    }
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use NativeDef as Def;
    use Signature::{Any, Named, None, One};
    add_exception(vm, dict, "struct", "error", EXCEPTION);
    let natives = vec![
        Def::static_method("__new__", Any, new),
        Def::wrapper("__init__", Named("format"), init),
        Def::method("__sizeof__", None, crate::builtins::types::object::measured),
        Def::method("pack", Any, |vm, args| {
            let plan = own_plan(vm, args)?;
            let values = args.from(vm, 1);
            pack_values(vm, &plan, &values, "pack").and_then(|bytes| done(vm.new_bytes(bytes)))
        }),
        Def::method("pack_into", Any, |vm, args| {
            let plan = own_plan(vm, args)?;
            let values = args.from(vm, 1);
            pack_into(vm, &plan, &values)
        }),
        Def::method("unpack", One, |vm, args| {
            let plan = own_plan(vm, args)?;
            unpack(vm, &plan, args.at(vm, 1))
        }),
        Def::method("unpack_from", Named("buffer, offset=0"), |vm, args| {
            let plan = own_plan(vm, args)?;
            unpack_from(vm, &plan, args.at(vm, 1), args.get(vm, 2))
        }),
        Def::method("iter_unpack", One, |vm, args| {
            let plan = own_plan(vm, args)?;
            iter_unpack(vm, &plan, args.at(vm, 1))
        }),
        Def::getter("format", |vm, args| {
            let text = foreign::<Compiled>(vm, args.at(vm, 0)).map(|compiled| compiled.format.clone()).unwrap_or_default();
            done(vm.new_str(text))
        }),
        Def::getter("size", |vm, args| {
            let plan = own_plan(vm, args)?;
            done(vm.new_usize(plan.size))
        }),
    ];
    add_class(vm, dict, NewClass { module: MODULE, name: "Struct", base: OBJECT, natives, slots: Some(&["__weakref__"]) });
    let natives = vec![
        Def::wrapper("__iter__", None, slots::itself),
        Def::wrapper("__next__", None, next),
        Def::method("__length_hint__", None, |vm, args| {
            let left = foreign::<Iter>(vm, args.at(vm, 0)).map_or(0, |iter| (iter.data.len() - iter.at) / iter.plan.size.max(1));
            done(vm.new_usize(left))
        }),
    ];
    add_class(vm, dict, NewClass { module: MODULE, name: "unpack_iterator", base: OBJECT, natives, slots: Some(&[]) });
    let natives = vec![
        Def::function("calcsize", One, |vm, args| {
            let plan = plan_of(vm, args.at(vm, 0))?;
            done(vm.new_usize(plan.size))
        }),
        Def::function("pack", Any, |vm, args| {
            let (plan, values) = plan_and_values(vm, args)?;
            pack_values(vm, &plan, &values, "pack").and_then(|bytes| done(vm.new_bytes(bytes)))
        }),
        Def::function("pack_into", Any, |vm, args| {
            let (plan, values) = plan_and_values(vm, args)?;
            pack_into(vm, &plan, &values)
        }),
        Def::function("unpack", Signature::Range(2, 2), |vm, args| {
            let plan = plan_of(vm, args.at(vm, 0))?;
            unpack(vm, &plan, args.at(vm, 1))
        }),
        Def::function("unpack_from", Named("format, /, buffer, offset=0"), |vm, args| {
            let plan = plan_of(vm, args.at(vm, 0))?;
            unpack_from(vm, &plan, args.at(vm, 1), args.get(vm, 2))
        }),
        Def::function("iter_unpack", Signature::Range(2, 2), |vm, args| {
            let plan = plan_of(vm, args.at(vm, 0))?;
            iter_unpack(vm, &plan, args.at(vm, 1))
        }),
        Def::function("_clearcache", None, |vm, _| done(vm.none())),
    ];
    add_functions(vm, dict, MODULE, natives);
}

/// `struct.error`
pub fn error(vm: &mut Vm, message: impl Into<String>) -> Raised {
    let class = class_of_module(vm, MODULE, "error");
    vm.raise(class, message.into())
}

// ── formats ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The text of a format: ASCII in a str, or bytes.
fn format_text(vm: &mut Vm, object: ObjRef) -> Result<Vec<u8>, Raised> {
    match vm.heap.body(object) {
        Body::Str(text) => {
            let text = Arc::clone(text);
            let encoded = crate::builtins::types::str::coding::encode(vm, object, &text, "ascii", "strict")?;
            Ok(encoded)
        }
        Body::Bytes(bytes) => Ok(bytes.to_vec()),
        _ => {
            let name = vm.type_name(object);
            Err(vm.type_error(format!("Struct() argument 1 must be a str or bytes object, not {name}")))
        }
    }
}

fn plan_of(vm: &mut Vm, object: ObjRef) -> Result<Arc<Plan>, Raised> {
    let text = format_text(vm, object)?;
    match format::parse(&text) {
        Ok(plan) => Ok(Arc::new(plan)),
        Err(message) => Err(error(vm, message)),
    }
}

fn plan_and_values(vm: &mut Vm, args: Args) -> Result<(Arc<Plan>, Vec<ObjRef>), Raised> {
    let Some(format) = args.get(vm, 0) else { return Err(vm.type_error("missing format argument")) };
    Ok((plan_of(vm, format)?, args.from(vm, 1)))
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    done(vm.new_derived(class, 0, foreign_body(Compiled::default())))
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let text = format_text(vm, args.at(vm, 1))?;
    let plan = plan_of(vm, args.at(vm, 1))?;
    let old = foreign::<Compiled>(vm, args.at(vm, 0)).map(Foreign::more_blocks).unwrap_or_default();
    old.into_iter().for_each(|block| vm.heap.free_memory(block));
    let is_given = matches!(vm.heap.body(args.at(vm, 1)), Body::Bytes(_));
    let format = if text.len() > 1 && !is_given { vm.heap.alloc_memory(33 + text.len()) } else { 0 };
    let mut new = Compiled { format: text.into_iter().map(char::from).collect(), plan, blocks: [format, 0] };
    new.blocks[1] = vm.heap.alloc_memory(new.codes_size());
    if let Some(compiled) = foreign_mut::<Compiled>(vm, args.at(vm, 0)) {
        *compiled = new;
    }
    done(vm.none())
}

fn own_plan(vm: &mut Vm, args: Args) -> Result<Arc<Plan>, Raised> {
    match foreign::<Compiled>(vm, args.at(vm, 0)) {
        Some(compiled) => Ok(Arc::clone(&compiled.plan)),
        None => Err(vm.type_error("a Struct object is required")),
    }
}

// ── packing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

fn pack_values(vm: &mut Vm, plan: &Plan, values: &[ObjRef], function: &str) -> Result<Vec<u8>, Raised> {
    let expected = plan.values();
    if values.len() != expected {
        return Err(error(vm, format!("{function} expected {expected} items for packing (got {})", values.len())));
    }
    let mut bytes = vec![0; plan.size];
    let mut values = values.iter();
    for part in &plan.parts {
        for i in 0..part.values() {
            let Some(&value) = values.next() else { break };
            let at = part.offset + i * part.size;
            let place = at..at + if part.is_text() { part.count } else { part.size };
            item::pack(vm, part, plan.order, value, &mut bytes[place])?;
        }
    }
    Ok(bytes)
}

/// How the two that work at an offset speak of a place that does not fit.
struct Words {
    nothing: &'static str,
    function: &'static str,
    doing: &'static str,
}

const PACKING: Words = Words { nothing: "no space to pack", function: "pack_into", doing: "packing" };
const UNPACKING: Words = Words { nothing: "not enough data to unpack", function: "unpack_from", doing: "unpacking" };

/// Where in a buffer of `len` bytes the first of `size` bytes is; an offset below 0 counts from the end.
fn place_of(vm: &mut Vm, size: usize, offset: Option<ObjRef>, len: usize, words: &Words) -> Result<usize, Raised> {
    let (size, len) = (size as i64, len as i64);
    let mut at = match offset {
        Some(offset) => convert::ssize(vm, offset)?,
        None => 0,
    };
    if at < 0 {
        if at.saturating_add(size) > 0 {
            return Err(error(vm, format!("{} {size} bytes at offset {at}", words.nothing)));
        }
        if at.saturating_add(len) < 0 {
            return Err(error(vm, format!("offset {at} out of range for {len}-byte buffer")));
        }
        at += len;
    }
    if len - at < size {
        let Words { function, doing, .. } = words;
        let least = i128::from(size) + i128::from(at);
        let needed = format!("{function} requires a buffer of at least {least} bytes for {doing} {size} bytes at offset {at}");
        return Err(error(vm, format!("{needed} (actual buffer size is {len})")));
    }
    Ok(at as usize)
}

fn pack_into(vm: &mut Vm, plan: &Plan, values: &[ObjRef]) -> Res {
    let Some(&buffer) = values.first() else { return Err(error(vm, "pack_into expected buffer argument")) };
    let Some(&offset) = values.get(1) else { return Err(error(vm, "pack_into expected offset argument")) };
    let (expected, given) = (plan.values(), values.len() - 2);
    if given != expected {
        return Err(error(vm, format!("pack_into expected {expected} items for packing (got {given})")));
    }
    if !vm.heap.is_writable_buffer(buffer) {
        let name = vm.type_name(buffer);
        return Err(vm.type_error(format!("argument must be read-write bytes-like object, not {name}")));
    }
    let len = vm.heap.buffer(buffer).map_or(0, |bytes| bytes.len());
    let at = place_of(vm, plan.size, Some(offset), len, &PACKING)?;
    let bytes = pack_values(vm, plan, &values[2..], "pack_into")?;
    vm.heap.write_buffer(buffer, at, &bytes);
    done(vm.none())
}

// ── unpacking ───────────────────────────────────────────────────────────────────────────────────────────────────────

fn unpack_bytes(vm: &mut Vm, plan: &Plan, data: &[u8]) -> ObjRef {
    let mut items = Vec::with_capacity(plan.values());
    for part in &plan.parts {
        for i in 0..part.values() {
            let at = part.offset + i * part.size;
            let place = at..at + if part.is_text() { part.count } else { part.size };
            items.push(item::unpack(vm, part, plan.order, &data[place]));
        }
    }
    vm.new_tuple(items)
}

fn unpack(vm: &mut Vm, plan: &Plan, buffer: ObjRef) -> Res {
    let data = convert::buffer(vm, buffer)?;
    if data.len() != plan.size {
        return Err(error(vm, format!("unpack requires a buffer of {} bytes", plan.size)));
    }
    done(unpack_bytes(vm, plan, &data))
}

fn unpack_from(vm: &mut Vm, plan: &Plan, buffer: ObjRef, offset: Option<ObjRef>) -> Res {
    let data = convert::buffer(vm, buffer)?;
    let at = place_of(vm, plan.size, offset, data.len(), &UNPACKING)?;
    done(unpack_bytes(vm, plan, &data[at..]))
}

fn iter_unpack(vm: &mut Vm, plan: &Arc<Plan>, buffer: ObjRef) -> Res {
    let data = convert::buffer(vm, buffer)?;
    if plan.size == 0 {
        return Err(error(vm, "cannot iteratively unpack with a struct of length 0"));
    }
    if data.len() % plan.size != 0 {
        return Err(error(vm, format!("iterative unpacking requires a buffer of a multiple of {} bytes", plan.size)));
    }
    let class = class_of_module(vm, MODULE, "unpack_iterator");
    done(vm.new_derived(class, 0, foreign_body(Iter { plan: Arc::clone(plan), data, at: 0 })))
}

fn next(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(iter) = foreign_mut::<Iter>(vm, this).filter(|iter| iter.at < iter.data.len()) else { return Err(stop(vm)) };
    let start = iter.at;
    iter.at += iter.plan.size;
    let (plan, data) = (Arc::clone(&iter.plan), iter.data[start..start + iter.plan.size].to_vec());
    done(unpack_bytes(vm, &plan, &data))
}
