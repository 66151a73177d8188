//! `bytes`, and what it shares with `bytearray`: making them, searching, changing, taking apart.
//!
//! ```text
//!   bytes/methods.rs   the methods of both types: find, replace, split, …
//!   bytearray.rs       what changes a bytearray in place
//! ```
//!
//! `bytes([1, 2])`, `bytes(3)`, `bytes("é", "utf-8")`. A method of bytes gives bytes, one of bytearray a bytearray.
//! Counterpart in CPython 3.11: `Objects/bytesobject.c`, `Objects/bytes_methods.c`.

pub mod methods;

use super::{
    new::{self, of_class, plain},
    sequence,
    str::coding,
};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Body, Objects, bytearray, core_types::*, equality::Number},
    vm::{
        Outcome, Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        protocol::{after::After, consume::Sink},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Any, None};
    let mut rows = sequence::natives();
    rows.extend(sequence::joining_natives());
    rows.extend(methods::natives());
    rows.extend([
        sequence::hash_native(),
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__str__", None, super::str_builtin),
        NativeDef::method("__bytes__", None, |vm, args| done(plain(vm, args.at(vm, 0)))),
        NativeDef::method("__getnewargs__", None, |vm, args| {
            let value = plain(vm, args.at(vm, 0));
            done(vm.new_tuple([value]))
        }),
    ]);
    rows
}

fn new(vm: &mut Vm, args: Args) -> Res {
    let new = new::named(vm, args, BYTES, &["source", "encoding", "errors"])?;
    let class = new.class;
    let source = new.values[0];
    if let Some(source) = source
        && new.values[1].is_none()
        && new.values[2].is_none()
    {
        let ty = vm.ty(source);
        if let Some(method) = vm.own_method(ty, vm.names.bytes) {
            let depth = vm.frames.len();
            let result = vm.call_method_object(method, source, &[]);
            return vm.after(
                depth,
                result,
                After::new("__bytes__", &[class], 0, |vm, state, value| {
                    if !matches!(vm.heap.body(value), Body::Bytes(_)) {
                        let name = vm.type_name(value);
                        vm.decref(value);
                        return Err(vm.type_error(format!("__bytes__ returned non-bytes (type {name})")));
                    }
                    done(of_class(vm, state.refs[0], value))
                }),
            );
        }
        if ty == BYTES && class == BYTES {
            return done(vm.own(source));
        }
    }
    let depth = vm.frames.len();
    let result = match bytes_of(vm, source, new.values[1], new.values[2], "bytes")? {
        Source::Bytes(bytes) => done(vm.new_bytes(bytes)),
        Source::Iterable(iterable) => vm.consume(
            iterable,
            Collect { bytes: Vec::new(), target: None, guess: Some(64), refusal: "cannot convert '{}' object to bytes" },
        ),
    };
    if class == BYTES {
        return result;
    }
    vm.after(depth, result, After::new("bytes.__new__", &[class], 0, |vm, state, value| done(of_class(vm, state.refs[0], value))))
}

/// May a bytes object be as long? Its header and the 0 at its end count too.
pub fn fits(vm: &mut Vm, length: i64) -> Result<(), Raised> {
    const BESIDE_CONTENT: i64 = 33;
    if length > i64::MAX - BESIDE_CONTENT { Err(vm.raise(OVERFLOW_ERROR, "byte string is too large")) } else { Ok(()) }
}

/// What bytes are made of.
pub enum Source {
    Bytes(Vec<u8>),
    /// Its items are to be taken one by one.
    Iterable(ObjRef),
}

/// The arguments of `bytes(source, encoding, errors)` and `bytearray(…)`.
pub fn bytes_of(
    vm: &mut Vm,
    source: Option<ObjRef>,
    encoding: Option<ObjRef>,
    errors: Option<ObjRef>,
    function: &str,
) -> Result<Source, Raised> {
    let coding = coding::names(vm, function, encoding, errors)?;
    let Some(source) = source else {
        if encoding.is_some() || errors.is_some() {
            let what = if encoding.is_some() { "encoding" } else { "errors" };
            return Err(vm.type_error(format!("{what} without a string argument")));
        }
        return Ok(Source::Bytes(Vec::new()));
    };
    if let Some(text) = vm.text(source) {
        if encoding.is_none() {
            return Err(vm.type_error("string argument without an encoding"));
        }
        return coding::encode(vm, source, &text, &coding.0, &coding.1).map(Source::Bytes);
    }
    if encoding.is_some() || errors.is_some() {
        let what = if encoding.is_some() { "encoding" } else { "errors" };
        return Err(vm.type_error(format!("{what} without a string argument")));
    }
    if vm.heap.buffer(source).is_none() && vm.has_index(source) {
        match convert::limited(vm, source) {
            Ok(Ok(count)) if count < 0 => return Err(vm.value_error("negative count")),
            Ok(Ok(count)) => {
                if function == "bytes" {
                    fits(vm, count)?;
                }
                let checked = crate::text::check_len(count as usize);
                convert::check(vm, checked)?;
                return Ok(Source::Bytes(vec![0; count as usize]));
            }
            Ok(Err(_)) => {
                let name = vm.type_name(source);
                return Err(vm.raise(OVERFLOW_ERROR, format!("cannot fit '{name}' into an index-sized integer")));
            }
            // What fails to be an index may still be iterable.
            Err(raised) if vm.exception_matches(raised.0, TYPE_ERROR) => vm.decref(raised.0),
            Err(raised) => return Err(raised),
        }
    }
    if let Some(bytes) = vm.heap.buffer(source) {
        return Ok(Source::Bytes(bytes.into_owned()));
    }
    Ok(Source::Iterable(source))
}

/// `bytes(iterable)` on the Rust stack.
pub fn bytes_from_iterable(vm: &mut Vm, iterable: ObjRef) -> Result<Vec<u8>, Raised> {
    let depth = vm.frames.len();
    let outcome =
        vm.consume(iterable, Collect { bytes: Vec::new(), target: None, guess: Some(64), refusal: "cannot convert '{}' object to bytes" })?;
    let object = vm.finish_now(depth, outcome)?;
    let bytes = vm.heap.bytes(object).unwrap_or(&[]).to_vec();
    vm.decref(object);
    Ok(bytes)
}

/// Takes ints from 0 to 255: into new bytes, or to the end of a bytearray (counted).
#[derive(Clone)]
pub struct Collect {
    pub bytes: Vec<u8>,
    pub target: Option<ObjRef>,
    /// See [`Sink::guess`].
    pub guess: Option<i64>,
    /// The message for what is not iterable, with `{}` for its type.
    pub refusal: &'static str,
}

impl Sink for Collect {
    fn name(&self) -> &'static str {
        if self.target.is_some() { "bytearray.extend" } else { "bytes" }
    }

    fn guess(&self) -> Option<i64> {
        self.guess
    }

    fn refusal(&self, vm: &Vm, iterable: ObjRef) -> Option<String> {
        Some(self.refusal.replace("{}", &vm.type_name(iterable)))
    }

    fn item(&mut self, vm: &mut Vm, item: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let value = match Number::of(&vm.heap, item) {
            Some(Number::Int(value)) => Ok(Ok(value)),
            _ => convert::limited(vm, item),
        };
        vm.decref(item);
        match value?.ok().and_then(|value| u8::try_from(value).ok()) {
            Some(byte) => {
                self.bytes.push(byte);
                if self.bytes.len().is_power_of_two() {
                    vm.room_for(self.bytes.len() as u64)?;
                }
                Ok(None)
            }
            None if self.target.is_some() => Err(vm.value_error("byte must be in range(0, 256)")),
            None => Err(vm.value_error("bytes must be in range(0, 256)")),
        }
    }

    fn finish(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        let bytes = std::mem::take(&mut self.bytes);
        match self.target {
            None => Ok(vm.new_bytes(bytes)),
            Some(target) => {
                if let Body::ByteArray(content) = vm.heap.body_mut(target) {
                    content.extend(bytes);
                    match self.guess {
                        Some(_) => bytearray::resized(&mut vm.heap, target),
                        None => bytearray::filled(&mut vm.heap, target),
                    }
                }
                Ok(vm.none())
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.target.iter().for_each(|&target| visit(target));
    }
}

/// The value of a bytes-like object made by the same type as `this`: bytes or a bytearray.
pub fn like(vm: &mut Vm, this: ObjRef, bytes: Vec<u8>) -> ObjRef {
    match vm.heap.body(this) {
        Body::ByteArray(_) => vm.new_bytearray(bytes),
        _ => vm.new_bytes(bytes),
    }
}

/// Joins the items of a list or tuple of bytes-like objects.
pub fn join_sequence(vm: &mut Vm, separator: ObjRef, sequence: ObjRef) -> Res {
    let items = vm.heap.sequence(sequence).expect("a list or tuple").to_vec();
    if let [only] = items[..]
        && vm.ty(only) == BYTES
        && matches!(vm.heap.body(separator), Body::Bytes(_))
    {
        return Ok(Outcome::Done(vm.own(only)));
    }
    let between = vm.heap.bytes(separator).unwrap_or(&[]).to_vec();
    let mut joined = Vec::new();
    for (i, &item) in items.iter().enumerate() {
        if i > 0 {
            joined.extend_from_slice(&between);
        }
        match vm.heap.buffer(item) {
            Some(bytes) => joined.extend_from_slice(&bytes),
            None => {
                let name = vm.type_name(item);
                return Err(vm.type_error(format!("sequence item {i}: expected a bytes-like object, {name} found")));
            }
        }
    }
    done(like(vm, separator, joined))
}
