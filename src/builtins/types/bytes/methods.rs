//! The methods that bytes and bytearray share.
//!
//! Each takes bytes-like arguments and gives an object of its own type: `bytearray(b"a").upper()` is a bytearray.

use super::like;
use crate::{
    builtins::{
        convert,
        types::{new::plain, str::coding, str::count_arguments},
    },
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    text::{TextError, bytes_methods as algorithms},
    vm::{
        Outcome, Raised, Res, Vm,
        native::{Args, NativeDef, NativeFn, Signature},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Any, Named, None, One, Range};
    let checks: [(&'static str, NativeFn); 8] = [
        ("isalnum", |vm, args| is(vm, args, algorithms::is_alnum)),
        ("isalpha", |vm, args| is(vm, args, algorithms::is_alpha)),
        ("isascii", |vm, args| is(vm, args, <[u8]>::is_ascii)),
        ("isdigit", |vm, args| is(vm, args, algorithms::is_digit)),
        ("islower", |vm, args| is(vm, args, algorithms::is_lower)),
        ("isspace", |vm, args| is(vm, args, algorithms::is_space)),
        ("istitle", |vm, args| is(vm, args, algorithms::is_title)),
        ("isupper", |vm, args| is(vm, args, algorithms::is_upper)),
    ];
    let cases: [(&'static str, NativeFn); 5] = [
        ("capitalize", |vm, args| case_of(vm, args, algorithms::capitalize)),
        ("lower", |vm, args| case_of(vm, args, <[u8]>::to_ascii_lowercase)),
        ("swapcase", |vm, args| case_of(vm, args, algorithms::swapcase)),
        ("title", |vm, args| case_of(vm, args, algorithms::title)),
        ("upper", |vm, args| case_of(vm, args, <[u8]>::to_ascii_uppercase)),
    ];
    let mut rows: Vec<NativeDef> = checks.into_iter().chain(cases).map(|(name, func)| NativeDef::method(name, None, func)).collect();
    rows.extend([
        NativeDef::method("center", Range(1, 2), |vm, args| padded(vm, args, "center", algorithms::center)),
        NativeDef::method("ljust", Range(1, 2), |vm, args| padded(vm, args, "ljust", algorithms::ljust)),
        NativeDef::method("rjust", Range(1, 2), |vm, args| padded(vm, args, "rjust", algorithms::rjust)),
        NativeDef::method("zfill", One, zfill),
        NativeDef::method("expandtabs", Named("tabsize=8"), expandtabs),
        NativeDef::method("strip", Range(0, 1), |vm, args| strip(vm, args, true, true)),
        NativeDef::method("lstrip", Range(0, 1), |vm, args| strip(vm, args, true, false)),
        NativeDef::method("rstrip", Range(0, 1), |vm, args| strip(vm, args, false, true)),
        NativeDef::method("removeprefix", One, |vm, args| removed(vm, args, true)),
        NativeDef::method("removesuffix", One, |vm, args| removed(vm, args, false)),
        NativeDef::method("replace", Range(2, 3), replace),
        NativeDef::method("count", Any, count).packing(),
        NativeDef::method("find", Any, |vm, args| find(vm, args, "find", algorithms::find, false)).packing(),
        NativeDef::method("rfind", Any, |vm, args| find(vm, args, "rfind", algorithms::rfind, false)).packing(),
        NativeDef::method("index", Any, |vm, args| find(vm, args, "index", algorithms::find, true)).packing(),
        NativeDef::method("rindex", Any, |vm, args| find(vm, args, "rindex", algorithms::rfind, true)).packing(),
        NativeDef::method("startswith", Any, |vm, args| at_edge(vm, args, "startswith", algorithms::starts_with)).packing(),
        NativeDef::method("endswith", Any, |vm, args| at_edge(vm, args, "endswith", algorithms::ends_with)).packing(),
        NativeDef::method("split", Named("sep=None, maxsplit=-1"), |vm, args| split(vm, args, algorithms::split)),
        NativeDef::method("rsplit", Named("sep=None, maxsplit=-1"), |vm, args| split(vm, args, algorithms::rsplit)),
        NativeDef::method("splitlines", Named("keepends=False"), splitlines),
        NativeDef::method("partition", One, |vm, args| partition(vm, args, algorithms::partition, false)),
        NativeDef::method("rpartition", One, |vm, args| partition(vm, args, algorithms::rpartition, true)),
        NativeDef::method("join", One, crate::builtins::types::sequence::join::<false>),
        NativeDef::method("translate", Named("table, /, delete=b''"), translate),
        NativeDef::static_method("maketrans", Range(2, 2), maketrans),
        NativeDef::method("hex", Named("sep=None, bytes_per_sep=1"), hex),
        NativeDef::class_method("fromhex", One, fromhex),
        NativeDef::method("decode", Named("encoding='utf-8', errors='strict'"), decode),
        NativeDef::wrapper("__mod__", One, |vm, args| {
            let (this, values) = (args.at(vm, 0), args.at(vm, 1));
            vm.percent(this, values)
        }),
        NativeDef::wrapper("__rmod__", One, |vm, args| {
            let (this, format) = (args.at(vm, 0), args.at(vm, 1));
            if vm.core_of(format) != vm.core_of(this) {
                return done(vm.own(NOT_IMPLEMENTED));
            }
            vm.percent(format, this)
        }),
    ]);
    rows
}

/// The bytes of `self`.
fn this(vm: &Vm, args: Args) -> Vec<u8> {
    vm.heap.buffer(args.at(vm, 0)).unwrap_or_default().into_owned()
}

fn give(vm: &mut Vm, args: Args, bytes: Vec<u8>) -> Res {
    done(like(vm, args.at(vm, 0), bytes))
}

/// Bytes that may be unchanged: immutable ones are then the object itself.
fn changed(vm: &mut Vm, args: Args, bytes: Option<Vec<u8>>) -> Res {
    match bytes {
        Some(bytes) => give(vm, args, bytes),
        None if matches!(vm.heap.body(args.at(vm, 0)), Body::Bytes(_)) => done(plain(vm, args.at(vm, 0))),
        None => {
            let bytes = this(vm, args);
            give(vm, args, bytes)
        }
    }
}

fn is(vm: &mut Vm, args: Args, check: fn(&[u8]) -> bool) -> Res {
    let holds = check(&this(vm, args));
    done(vm.new_bool(holds))
}

fn case_of(vm: &mut Vm, args: Args, change: fn(&[u8]) -> Vec<u8>) -> Res {
    let bytes = change(&this(vm, args));
    give(vm, args, bytes)
}

type Pad = fn(&[u8], i64, u8) -> Result<Option<Vec<u8>>, TextError>;

fn padded(vm: &mut Vm, args: Args, name: &str, pad: Pad) -> Res {
    let width = convert::ssize(vm, args.at(vm, 1))?;
    let fill = match args.get(vm, 2) {
        None => b' ',
        Some(fill) => match vm.heap.bytes(fill) {
            Some(&[byte]) => byte,
            _ => {
                let given = convert::none_or_type_name(vm, fill);
                return Err(vm.type_error(format!("{name}() argument 2 must be a byte string of length 1, not {given}")));
            }
        },
    };
    if vm.core_of(args.at(vm, 0)) == BYTES {
        super::fits(vm, width)?;
    }
    let bytes = pad(&this(vm, args), width, fill);
    let bytes = convert::check(vm, bytes)?;
    changed(vm, args, bytes)
}

fn zfill(vm: &mut Vm, args: Args) -> Res {
    let width = convert::ssize(vm, args.at(vm, 1))?;
    if vm.core_of(args.at(vm, 0)) == BYTES {
        super::fits(vm, width)?;
    }
    let bytes = algorithms::zfill(&this(vm, args), width);
    let bytes = convert::check(vm, bytes)?;
    changed(vm, args, bytes)
}

fn expandtabs(vm: &mut Vm, args: Args) -> Res {
    let size = match args.get(vm, 1) {
        Some(size) => i64::from(convert::c_int(vm, size)?),
        None => 8,
    };
    let bytes = algorithms::expand_tabs(&this(vm, args), size);
    let bytes = convert::check(vm, bytes)?;
    give(vm, args, bytes)
}

fn strip(vm: &mut Vm, args: Args, left: bool, right: bool) -> Res {
    let chars = match args.given(vm, 1) {
        Some(chars) => Some(convert::buffer(vm, chars)?),
        None => None,
    };
    let bytes = this(vm, args);
    let (start, end) = algorithms::strip_span(&bytes, chars.as_deref(), left, right);
    let part = (start > 0 || end < bytes.len()).then(|| bytes[start..end].to_vec());
    changed(vm, args, part)
}

fn removed(vm: &mut Vm, args: Args, prefix: bool) -> Res {
    let part = convert::buffer(vm, args.at(vm, 1))?;
    let bytes = this(vm, args);
    let rest = if prefix { bytes.strip_prefix(&part[..]) } else { bytes.strip_suffix(&part[..]) };
    let rest = rest.filter(|_| !part.is_empty()).map(<[u8]>::to_vec);
    changed(vm, args, rest)
}

fn replace(vm: &mut Vm, args: Args) -> Res {
    let old = convert::buffer(vm, args.at(vm, 1))?;
    let new = convert::buffer(vm, args.at(vm, 2))?;
    let count = match args.get(vm, 3) {
        Some(count) => convert::ssize(vm, count)?,
        None => -1,
    };
    let bytes = algorithms::replace(&this(vm, args), &old, &new, count);
    let bytes = convert::check(vm, bytes)?;
    changed(vm, args, bytes)
}

/// What a search looks for: bytes, or one byte as an int.
fn part(vm: &mut Vm, object: ObjRef) -> Result<Vec<u8>, Raised> {
    if let Some(bytes) = vm.heap.buffer(object) {
        return Ok(bytes.into_owned());
    }
    if vm.has_index(object) {
        return vm.byte_value(object).map(|byte| vec![byte]);
    }
    let name = vm.type_name(object);
    Err(vm.type_error(format!("argument should be integer or bytes-like object, not '{name}'")))
}

fn search_arguments(vm: &mut Vm, args: Args, name: &str) -> Result<(Vec<u8>, i64, i64), Raised> {
    count_arguments(vm, args, name, 1, 3)?;
    let start = convert::bound(vm, args.get(vm, 2), 0)?;
    let end = convert::bound(vm, args.get(vm, 3), i64::MAX)?;
    let part = part(vm, args.at(vm, 1))?;
    Ok((part, start, end))
}

fn count(vm: &mut Vm, args: Args) -> Res {
    let (part, start, end) = search_arguments(vm, args, "count")?;
    let count = algorithms::count(&this(vm, args), &part, start, end);
    done(vm.new_usize(count))
}

type Find = fn(&[u8], &[u8], i64, i64) -> Option<usize>;

fn find(vm: &mut Vm, args: Args, name: &str, find: Find, must: bool) -> Res {
    let (part, start, end) = search_arguments(vm, args, name)?;
    match find(&this(vm, args), &part, start, end) {
        Some(at) => done(vm.new_usize(at)),
        None if must => Err(vm.value_error("subsection not found")),
        None => done(vm.new_int(-1)),
    }
}

fn at_edge(vm: &mut Vm, args: Args, name: &str, check: fn(&[u8], &[u8], i64, i64) -> bool) -> Res {
    count_arguments(vm, args, name, 1, 3)?;
    let start = convert::bound(vm, args.get(vm, 2), 0)?;
    let end = convert::bound(vm, args.get(vm, 3), i64::MAX)?;
    let (bytes, wanted) = (this(vm, args), args.at(vm, 1));
    if let Some(part) = vm.heap.buffer(wanted) {
        let holds = check(&bytes, &part, start, end);
        return done(vm.new_bool(holds));
    }
    let Some(parts) = vm.heap.tuple(wanted).map(<[ObjRef]>::to_vec) else {
        let given = vm.type_name(wanted);
        return Err(vm.type_error(format!("{name} first arg must be bytes or a tuple of bytes, not {given}")));
    };
    for part in parts {
        let part = convert::buffer(vm, part)?;
        if check(&bytes, &part, start, end) {
            return done(vm.new_bool(true));
        }
    }
    done(vm.new_bool(false))
}

type Split = fn(&[u8], Option<&[u8]>, i64) -> Result<Vec<Vec<u8>>, TextError>;

fn split(vm: &mut Vm, args: Args, split: Split) -> Res {
    let limit = match args.get(vm, 2) {
        Some(limit) => convert::ssize(vm, limit)?,
        None => -1,
    };
    let separator = match args.given(vm, 1) {
        Some(separator) => Some(convert::buffer(vm, separator)?),
        None => None,
    };
    let parts = split(&this(vm, args), separator.as_deref(), limit);
    let parts = convert::check(vm, parts)?;
    list_of(vm, args, parts)
}

fn list_of(vm: &mut Vm, args: Args, parts: Vec<Vec<u8>>) -> Res {
    let object = args.at(vm, 0);
    if parts.len() == 1 && parts[0].len() == this(vm, args).len() && vm.ty(object) == BYTES {
        vm.incref(object);
        return done(vm.new_list([object]));
    }
    let items: Vec<ObjRef> = parts.into_iter().map(|part| like(vm, object, part)).collect();
    done(vm.new_list(items))
}

fn splitlines(vm: &mut Vm, args: Args) -> Res {
    let keep = match args.get(vm, 1) {
        Some(keep) => convert::c_int(vm, keep)? != 0,
        None => false,
    };
    let lines = algorithms::split_lines(&this(vm, args), keep);
    list_of(vm, args, lines)
}

type Partition = fn(&[u8], &[u8]) -> Result<Option<usize>, TextError>;

fn partition(vm: &mut Vm, args: Args, partition: Partition, from_right: bool) -> Res {
    let (object, separator) = (args.at(vm, 0), args.at(vm, 1));
    let part = convert::buffer(vm, separator)?;
    let bytes = this(vm, args);
    let at = partition(&bytes, &part);
    let at = convert::check(vm, at)?;
    let parts = match at {
        Some(at) => [bytes[..at].to_vec(), part.clone(), bytes[at + part.len()..].to_vec()],
        None if from_right => [Vec::new(), Vec::new(), bytes],
        None => [bytes, Vec::new(), Vec::new()],
    };
    let found = at.is_some() && matches!(vm.heap.body(object), Body::Bytes(_));
    let mut items = parts.map(|part| like(vm, object, part));
    if found {
        // The separator itself comes back.
        vm.decref(items[1]);
        items[1] = vm.own(separator);
    }
    done(vm.new_tuple(items))
}

fn translate(vm: &mut Vm, args: Args) -> Res {
    let table: Option<[u8; 256]> = match args.given(vm, 1) {
        None => None,
        Some(table) => match <[u8; 256]>::try_from(convert::buffer(vm, table)?) {
            Ok(table) => Some(table),
            Err(_) => return Err(vm.value_error("translation table must be 256 characters long")),
        },
    };
    let delete = match args.get(vm, 2) {
        Some(delete) => convert::buffer(vm, delete)?,
        None => Vec::new(),
    };
    let before = this(vm, args);
    let bytes = algorithms::translate(&before, table.as_ref(), &delete);
    changed(vm, args, (bytes != before).then_some(bytes))
}

fn maketrans(vm: &mut Vm, args: Args) -> Res {
    let from = convert::buffer(vm, args.at(vm, 0))?;
    let to = convert::buffer(vm, args.at(vm, 1))?;
    if from.len() != to.len() {
        return Err(vm.value_error("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (from, to) in from.into_iter().zip(to) {
        table[usize::from(from)] = to;
    }
    done(vm.new_bytes(table))
}

pub fn hex(vm: &mut Vm, args: Args) -> Res {
    let group = match args.get(vm, 2) {
        Some(group) => i64::from(convert::c_int(vm, group)?),
        None => 1,
    };
    let separator = match args.get(vm, 1) {
        None => None,
        Some(separator) => {
            let length = match vm.length(separator)? {
                Outcome::Done(length) => length,
                Outcome::Pushed => return Err(vm.type_error("sep must be str or bytes.")),
            };
            if length != 1 {
                return Err(vm.value_error("sep must be length 1."));
            }
            let point = match (vm.heap.str(separator), vm.heap.bytes(separator)) {
                (Some(text), _) => text.at(0),
                (_, Some(bytes)) if matches!(vm.heap.body(separator), Body::Bytes(_)) => u32::from(bytes[0]),
                _ => return Err(vm.type_error("sep must be str or bytes.")),
            };
            match char::from_u32(point).filter(char::is_ascii) {
                Some(c) => Some(c),
                None => return Err(vm.value_error("sep must be ASCII.")),
            }
        }
    };
    let text = algorithms::hex(&this(vm, args), separator, group);
    done(vm.new_str(text))
}

fn fromhex(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let text = convert::text(vm, args.at(vm, 1), "fromhex() argument")?;
    let bytes = algorithms::from_hex(&text);
    let bytes = convert::check(vm, bytes)?;
    let base = vm.heap.type_of_type(class).solid_base;
    let value = match base {
        BYTEARRAY => vm.new_bytearray(bytes),
        _ => vm.new_bytes(bytes),
    };
    if class == base {
        return done(value);
    }
    let depth = vm.frames.len();
    let result = vm.call(class, &[value]);
    let state = crate::vm::protocol::after::After::new("fromhex", &[], 0, |_, _, value| done(value)).owning([value]);
    vm.after(depth, result, state)
}

fn decode(vm: &mut Vm, args: Args) -> Res {
    let (encoding, errors) = coding::names(vm, "decode", args.get(vm, 1), args.get(vm, 2))?;
    coding::decode(vm, args.at(vm, 0), &encoding, &errors)
}
