//! `marshal`: values as bytes, the form of `.pyc` files (version 4).
//!
//! What is written holds no back references, so a value that occurs twice is written twice; what is read may hold them.
//! Counterpart in CPython 3.11: `Python/marshal.c`. `marshal.dumps([1, "a"])` is `b'[\x02\x00\x00\x00i\x01\x00\x00\x00z\x01a'`.

use num_bigint::BigInt;

use super::{
    add_functions,
    io::task::{self, Next, Step, Task},
};
use crate::{
    bytecode::{
        code::Constant,
        marshal::{self, MarshalError},
    },
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, int::to_big_int},
    text::{
        PyStr,
        codec::{self, Encoding, Handler},
    },
    vm::{
        Raised, Vm,
        native::{NativeDef as Def, Signature},
        native_frame::Input,
        raised::done,
    },
};

/// `marshal.version`
const VERSION: i64 = 4;
/// Values inside of values.
const MAX_DEPTH: usize = 2000;

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use Signature::{One, Range};
    let functions = vec![
        Def::function("dumps", Range(1, 2), |vm, args| {
            let bytes = dumped(vm, args.at(vm, 0))?;
            done(vm.new_bytes(bytes))
        }),
        Def::function("loads", One, |vm, args| {
            let bytes = crate::builtins::convert::buffer(vm, args.at(vm, 0))?;
            done(Reader { vm, bytes: &bytes, at: 0, refs: Vec::new(), depth: 0 }.whole()?)
        }),
        Def::function("dump", Range(2, 3), |vm, args| {
            let bytes = dumped(vm, args.at(vm, 0))?;
            let bytes = vm.new_bytes(bytes);
            let file = args.at(vm, 1);
            let result = vm.call_method(file, "write", &[bytes]);
            vm.decref(bytes);
            result
        }),
        Def::function("load", One, |vm, args| {
            let file = args.at(vm, 0);
            task::run(vm, Load { file, asked: false })
        }),
    ];
    add_functions(vm, dict, "marshal", functions);
    let version = vm.new_int(VERSION);
    vm.dict_set_text(dict, "version", version);
}

/// Reads a whole file, makes the value, and goes back to behind it.
#[derive(Clone)]
struct Load {
    /// An argument, borrowed.
    file: ObjRef,
    asked: bool,
}

impl Task for Load {
    fn name(&self) -> &'static str {
        "load"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let Some(data) = input.value() else {
            self.asked = true;
            return Ok(Next::Wait(vm.call_method(self.file, "read", &[])));
        };
        let bytes = vm.heap.bytes(data).map(<[u8]>::to_vec);
        vm.decref(data);
        let Some(bytes) = bytes else { return Err(vm.type_error("file.read() returned not bytes")) };
        let mut reader = Reader { vm, bytes: &bytes, at: 0, refs: Vec::new(), depth: 0 };
        let value = reader.whole()?;
        let left = (bytes.len() - reader.at) as i64;
        if left > 0 {
            let (offset, whence) = (vm.new_int(-left), vm.new_int(1));
            let depth = vm.frames.len();
            let moved = vm.call_method(self.file, "seek", &[offset, whence]);
            let moved = moved.and_then(|outcome| vm.finish_now(depth, outcome));
            vm.decref_all([offset, whence]);
            match moved {
                Ok(position) => vm.decref(position),
                Err(raised) => {
                    vm.decref(value);
                    return Err(raised);
                }
            }
        }
        Ok(Next::Done(value))
    }
}

fn dumped(vm: &mut Vm, value: ObjRef) -> Result<Vec<u8>, Raised> {
    let mut out = Vec::new();
    match write(vm, value, &mut out, 0) {
        Ok(()) => Ok(out),
        Err(message) => Err(vm.value_error(message)),
    }
}

fn write(vm: &Vm, value: ObjRef, out: &mut Vec<u8>, depth: usize) -> Result<(), &'static str> {
    if depth > MAX_DEPTH {
        return Err("object too deeply nested to marshal");
    }
    let plain = match value {
        NONE => Some(Constant::None),
        TRUE => Some(Constant::True),
        FALSE => Some(Constant::False),
        ELLIPSIS => Some(Constant::Ellipsis),
        _ => None,
    };
    if let Some(plain) = plain {
        out.extend(marshal::dump(&plain));
        return Ok(());
    }
    let sized = |out: &mut Vec<u8>, kind: u8, len: usize| {
        out.push(kind);
        out.extend((len as u32).to_le_bytes());
    };
    let many = |out: &mut Vec<u8>, items: &[ObjRef]| items.iter().try_for_each(|&item| write(vm, item, out, depth + 1));
    match (vm.ty(value), vm.heap.body(value)) {
        (INT, _) => out.extend(marshal::dump(&Constant::Int(to_big_int(&vm.heap, value)))),
        (FLOAT, _) => out.extend(marshal::dump(&Constant::Float(f64::from_bits(vm.heap.slot(value).num)))),
        (COMPLEX, Body::Complex(parts)) => out.extend(marshal::dump(&Constant::Complex { real: parts.0, imag: parts.1 })),
        (STR, Body::Str(text)) => out.extend(marshal::dump(&Constant::Str(text.clone()))),
        (CODE, Body::Code(code)) => out.extend(marshal::dump(&Constant::Code(code.code.clone()))),
        (TUPLE, Body::Tuple(items)) => {
            match u8::try_from(items.len()) {
                Ok(len) => out.extend([b')', len]),
                Err(_) => sized(out, b'(', items.len()),
            }
            many(out, items)?;
        }
        (LIST, Body::List(items)) => {
            sized(out, b'[', items.len());
            many(out, items)?;
        }
        (DICT, Body::Dict(dict)) => {
            out.push(b'{');
            for (key, value) in dict.iter() {
                write(vm, key, out, depth + 1)?;
                write(vm, value, out, depth + 1)?;
            }
            out.push(b'0');
        }
        (ty @ (SET | FROZENSET), Body::Set(set)) => {
            let items: Vec<ObjRef> = set.iter().map(|(item, _)| item).collect();
            sized(out, if ty == SET { b'<' } else { b'>' }, items.len());
            many(out, &items)?;
        }
        _ => match vm.heap.buffer(value) {
            Some(bytes) => {
                sized(out, b's', bytes.len());
                out.extend(bytes.iter());
            }
            None => return Err("unmarshallable object"),
        },
    }
    Ok(())
}

/// Reads objects; those that can be referred to are kept (and owned) until the end.
struct Reader<'a> {
    vm: &'a mut Vm,
    bytes: &'a [u8],
    at: usize,
    refs: Vec<Option<ObjRef>>,
    depth: usize,
}

/// A value, or the end of a dict.
enum Item {
    Value(ObjRef),
    End,
}

impl Reader<'_> {
    /// One value, owned.
    fn whole(&mut self) -> Result<ObjRef, Raised> {
        let result = self.value();
        let refs = std::mem::take(&mut self.refs);
        self.vm.decref_all(refs.into_iter().flatten());
        result
    }

    fn bad(&mut self, what: &str) -> Raised {
        self.vm.value_error(format!("bad marshal data ({what})"))
    }

    fn take(&mut self, len: usize) -> Result<&[u8], Raised> {
        match self.bytes.get(self.at..).and_then(|rest| rest.get(..len)) {
            Some(taken) => {
                self.at += len;
                Ok(taken)
            }
            None => Err(self.vm.raise(EOF_ERROR, "marshal data too short")),
        }
    }

    fn long(&mut self) -> Result<i32, Raised> {
        Ok(self.take(4)?.iter().rev().fold(0i32, |number, &byte| number << 8 | i32::from(byte)))
    }

    fn size(&mut self, what: &str) -> Result<usize, Raised> {
        let size = self.long()?;
        usize::try_from(size).map_err(|_| self.bad(&format!("{what} size out of range")))
    }

    fn value(&mut self) -> Result<ObjRef, Raised> {
        match self.item()? {
            Item::Value(value) => Ok(value),
            Item::End => Err(self.vm.type_error("NULL object in marshal data for object")),
        }
    }

    fn item(&mut self) -> Result<Item, Raised> {
        let Some(&first) = self.bytes.get(self.at) else {
            return Err(self.vm.raise(EOF_ERROR, "EOF read where object expected"));
        };
        let start = self.at;
        self.at += 1;
        let kind = first & 0x7f;
        if kind == b'0' {
            return Ok(Item::End);
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.bad("recursion limit exceeded"));
        }
        let slot = (first & 0x80 != 0).then(|| {
            self.refs.push(None);
            self.refs.len() - 1
        });
        let value = self.value_of(kind, start, slot)?;
        if let Some(slot) = slot
            && self.refs[slot].is_none()
        {
            self.vm.incref(value);
            self.refs[slot] = Some(value);
        }
        self.depth -= 1;
        Ok(Item::Value(value))
    }

    /// A container is known to what it holds from the start.
    fn known(&mut self, slot: Option<usize>, value: ObjRef) {
        if let Some(slot) = slot {
            self.vm.incref(value);
            self.refs[slot] = Some(value);
        }
    }

    fn items(&mut self, len: usize) -> Result<Vec<ObjRef>, Raised> {
        let mut items = Vec::new();
        for _ in 0..len {
            match self.value() {
                Ok(item) => items.push(item),
                Err(raised) => {
                    self.vm.decref_all(items);
                    return Err(raised);
                }
            }
        }
        Ok(items)
    }

    fn value_of(&mut self, kind: u8, start: usize, slot: Option<usize>) -> Result<ObjRef, Raised> {
        Ok(match kind {
            b'N' => self.vm.none(),
            b'T' => self.vm.new_bool(true),
            b'F' => self.vm.new_bool(false),
            b'.' => self.vm.own(ELLIPSIS),
            b'S' => {
                let class = self.vm.dict_get_text(self.vm.builtins, "StopIteration").unwrap_or(NONE);
                self.vm.own(class)
            }
            b'i' => {
                let value = self.long()?;
                self.vm.new_int(value.into())
            }
            b'l' => {
                let count = self.long()?;
                let digits = self.take(count.unsigned_abs() as usize * 2)?.to_vec();
                let digits: Vec<u32> = digits.chunks(2).map(|pair| u32::from(pair[0]) | u32::from(pair[1]) << 8).collect();
                if digits.iter().any(|&digit| digit >= 1 << 15) {
                    return Err(self.bad("digit out of range in long"));
                }
                if digits.last() == Some(&0) {
                    return Err(self.bad("unnormalized long data"));
                }
                let value = digits.iter().rev().fold(BigInt::ZERO, |value, &digit| (value << 15u32) + digit);
                self.vm.new_big_int(if count < 0 { -value } else { value })
            }
            b'g' => {
                let value = self.double()?;
                self.vm.new_float(value)
            }
            b'y' => {
                let parts = (self.double()?, self.double()?);
                self.vm.alloc_generic(COMPLEX, 0, Body::Complex(Box::new(parts)))
            }
            b'f' => {
                let value = self.text_float()?;
                self.vm.new_float(value)
            }
            b'x' => {
                let parts = (self.text_float()?, self.text_float()?);
                self.vm.alloc_generic(COMPLEX, 0, Body::Complex(Box::new(parts)))
            }
            b'z' | b'Z' => {
                let len = self.take(1)?[0].into();
                let text = PyStr::from_latin1(self.take(len)?);
                self.text(text, kind == b'Z')
            }
            b'a' | b'A' => {
                let len = self.size("string")?;
                let text = PyStr::from_latin1(self.take(len)?);
                self.text(text, kind == b'A')
            }
            b'u' | b't' => {
                let len = self.size("string")?;
                let text = codec::decode(self.take(len)?, Encoding::Utf8, Handler::SurrogatePass).unwrap_or_default();
                self.text(text, kind == b't')
            }
            b's' => {
                let len = self.size("bytes object")?;
                let bytes = self.take(len)?.to_vec();
                self.vm.new_bytes(bytes)
            }
            b')' => {
                let len = self.take(1)?[0].into();
                let items = self.items(len)?;
                self.vm.new_tuple(items)
            }
            b'(' => {
                let len = self.size("tuple")?;
                let items = self.items(len)?;
                self.vm.new_tuple(items)
            }
            b'[' => {
                let len = self.size("list")?;
                let list = self.vm.new_list([]);
                self.known(slot, list);
                for _ in 0..len {
                    let item = self.value();
                    let item = self.or_drop(list, item)?;
                    if let Body::List(items) = self.vm.heap.body_mut(list) {
                        items.push(item);
                    }
                }
                list
            }
            b'{' => {
                let dict = self.vm.new_dict();
                self.known(slot, dict);
                loop {
                    let key = self.item();
                    let key = match self.or_drop(dict, key)? {
                        Item::End => break,
                        Item::Value(key) => key,
                    };
                    let value = self.value();
                    let value = self.or_drop(dict, value)?;
                    let stored = self.vm.dict_set_now(dict, key, value);
                    self.vm.decref_all([key, value]);
                    self.or_drop(dict, stored)?;
                }
                dict
            }
            b'<' | b'>' => {
                let len = self.size("set")?;
                let items = self.items(len)?;
                let list = self.vm.new_list(items);
                let class = if kind == b'<' { SET } else { FROZENSET };
                let set = self.vm.call_now(class, &[list]);
                self.vm.decref(list);
                set?
            }
            b'r' => {
                let index = self.long()?;
                match usize::try_from(index).ok().and_then(|index| self.refs.get(index).copied().flatten()) {
                    Some(value) => self.vm.own(value),
                    None => return Err(self.bad("invalid reference")),
                }
            }
            b'c' => match marshal::load_prefix(&self.bytes[start..]) {
                Ok((Constant::Code(code), length)) => {
                    self.at = start + length;
                    self.vm.new_code(&code)
                }
                Err(MarshalError::EndOfData) => return Err(self.vm.raise(EOF_ERROR, "marshal data too short")),
                _ => return Err(self.bad("unknown type code")),
            },
            _ => return Err(self.bad("unknown type code")),
        })
    }

    /// A part of a container could not be read: the container goes.
    fn or_drop<T>(&mut self, container: ObjRef, result: Result<T, Raised>) -> Result<T, Raised> {
        if result.is_err() {
            self.vm.decref(container);
        }
        result
    }

    fn text(&mut self, text: PyStr, interned: bool) -> ObjRef {
        let object = self.vm.new_str(text);
        if interned { self.vm.intern(object) } else { object }
    }

    fn double(&mut self) -> Result<f64, Raised> {
        let bytes: [u8; 8] = self.take(8)?.try_into().unwrap_or_default();
        Ok(f64::from_le_bytes(bytes))
    }

    /// A number as its text, in old versions.
    fn text_float(&mut self) -> Result<f64, Raised> {
        let len = self.take(1)?[0].into();
        let text = String::from_utf8_lossy(self.take(len)?).into_owned();
        text.parse().map_err(|_| self.bad("unknown type code"))
    }
}
