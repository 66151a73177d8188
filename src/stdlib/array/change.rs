//! What changes an array: assigning items and slices, growing, shrinking, swapping bytes.
//!
//! `a[1:3] = array("i", [7])`. Its room grows as a list's does, so that `sys.getsizeof` tells the same as in CPython.

use super::*;

pub fn natives() -> Vec<NativeDef> {
    use NativeDef as Def;
    use Signature::{None, One, Range};
    vec![
        Def::wrapper("__setitem__", Range(2, 2), set_item),
        Def::wrapper("__delitem__", One, del_item),
        Def::wrapper("__iadd__", One, |vm, args| {
            let (this, other) = (args.at(vm, 0), args.at(vm, 1));
            if vm.heap.array(other).is_none() {
                let name = vm.type_name(other);
                return Err(vm.type_error(format!("can only extend array with array (not \"{name}\")")));
            }
            extend_by_array(vm, this, other)?;
            done(vm.own(this))
        }),
        Def::wrapper("__imul__", One, |vm, args| {
            let this = args.at(vm, 0);
            let count = repetitions(vm, this, args.at(vm, 1))?;
            let bytes = array(vm, this).bytes.repeat(count);
            replace(vm, this, bytes)?;
            done(vm.own(this))
        }),
        Def::method("append", One, |vm, args| {
            let this = args.at(vm, 0);
            let bytes = items::bytes(vm, array(vm, this).letter, args.at(vm, 1))?;
            append(vm, this, &bytes)?;
            done(vm.none())
        }),
        Def::method("extend", One, |vm, args| {
            let (this, other) = (args.at(vm, 0), args.at(vm, 1));
            if vm.heap.array(other).is_some() {
                extend_by_array(vm, this, other)?;
                return done(vm.none());
            }
            vm.incref(this);
            vm.consume(other, Fill { array: this, finished: Option::None })
        }),
        Def::method("insert", Range(2, 2), |vm, args| {
            let this = args.at(vm, 0);
            let (at, len) = (convert::ssize(vm, args.at(vm, 1))?, array(vm, this).len() as i64);
            let item = items::bytes(vm, array(vm, this).letter, args.at(vm, 2))?;
            let at = if at < 0 { (at + len).max(0) } else { at.min(len) } as usize * item.len();
            let mut bytes = array(vm, this).bytes.clone();
            bytes.splice(at..at, item);
            replace(vm, this, bytes)?;
            done(vm.none())
        }),
        Def::method("pop", Range(0, 1), pop),
        Def::method("remove", One, |vm, args| match find(vm, args)? {
            Some(at) => {
                let this = args.at(vm, 0);
                cut(vm, this, at)?;
                done(vm.none())
            }
            Option::None => Err(vm.value_error("array.remove(x): x not in array")),
        }),
        Def::method("reverse", None, |vm, args| {
            let this = args.at(vm, 0);
            let size = array(vm, this).item_size();
            let bytes: Vec<u8> = array(vm, this).bytes.chunks(size).rev().flatten().copied().collect();
            vm.heap.write_buffer(this, 0, &bytes);
            done(vm.none())
        }),
        Def::method("byteswap", None, |vm, args| {
            let this = args.at(vm, 0);
            let (size, mut bytes) = (array(vm, this).item_size(), array(vm, this).bytes.clone());
            bytes.chunks_mut(size).for_each(<[u8]>::reverse);
            vm.heap.write_buffer(this, 0, &bytes);
            done(vm.none())
        }),
        Def::method("frombytes", One, |vm, args| {
            let bytes = convert::buffer(vm, args.at(vm, 1))?;
            append_bytes(vm, args.at(vm, 0), &bytes)?;
            done(vm.none())
        }),
        Def::method("fromfile", Range(2, 2), from_file),
        Def::method("fromlist", One, |vm, args| {
            let (this, list) = (args.at(vm, 0), args.at(vm, 1));
            if vm.core_of(list) != LIST {
                return Err(vm.type_error("arg must be list"));
            }
            let mut bytes = Vec::new();
            for item in vm.heap.sequence(list).map(<[ObjRef]>::to_vec).unwrap_or_default() {
                bytes.extend(items::bytes(vm, array(vm, this).letter, item)?);
            }
            append(vm, this, &bytes)?;
            done(vm.none())
        }),
        Def::method("fromunicode", One, |vm, args| {
            let (this, text) = (args.at(vm, 0), convert::text(vm, args.at(vm, 1), "fromunicode() argument")?);
            if array(vm, this).letter != b'u' {
                return Err(vm.value_error("fromunicode() may only be called on unicode type arrays"));
            }
            let bytes: Vec<u8> = text.iter().flat_map(u32::to_le_bytes).collect();
            append(vm, this, &bytes)?;
            done(vm.none())
        }),
    ]
}

/// New content, unless a memory view looks at the old and the length would change.
fn replace(vm: &mut Vm, this: ObjRef, bytes: Vec<u8>) -> Result<(), Raised> {
    let is_looked_at = vm.heap.slot(this).num > 0;
    let Some(array) = foreign_mut::<Array>(vm, this) else { return Ok(()) };
    if is_looked_at && bytes.len() != array.bytes.len() {
        return Err(vm.raise(BUFFER_ERROR, "cannot resize an array that is exporting buffers"));
    }
    array.replace(bytes);
    settle(&mut vm.heap, this);
    Ok(())
}

/// Items behind the last.
pub fn append(vm: &mut Vm, this: ObjRef, more: &[u8]) -> Result<(), Raised> {
    if more.is_empty() {
        return Ok(());
    }
    if vm.heap.slot(this).num > 0 {
        return Err(vm.raise(BUFFER_ERROR, "cannot resize an array that is exporting buffers"));
    }
    if let Some(array) = foreign_mut::<Array>(vm, this) {
        array.extend(more);
    }
    settle(&mut vm.heap, this);
    Ok(())
}

fn append_bytes(vm: &mut Vm, this: ObjRef, bytes: &[u8]) -> Result<(), Raised> {
    if !bytes.len().is_multiple_of(array(vm, this).item_size()) {
        return Err(vm.value_error("bytes length not a multiple of item size"));
    }
    append(vm, this, bytes)
}

fn extend_by_array(vm: &mut Vm, this: ObjRef, other: ObjRef) -> Result<(), Raised> {
    if array(vm, this).letter != array(vm, other).letter {
        return Err(vm.type_error("can only extend with array of same kind"));
    }
    let more = array(vm, other).bytes.clone();
    append(vm, this, &more)
}

/// How often to repeat, not more than memory allows.
pub fn repetitions(vm: &mut Vm, this: ObjRef, count: ObjRef) -> Result<usize, Raised> {
    if !vm.has_index(count) {
        let name = vm.type_name(count);
        return Err(vm.type_error(format!("can't multiply sequence by non-int of type '{name}'")));
    }
    let count = convert::ssize(vm, count)?.max(0) as usize;
    let len = array(vm, this).bytes.len();
    match count.checked_mul(len) {
        Some(total) if total < 1 << 32 => Ok(count),
        _ => Err(vm.raise(MEMORY_ERROR, "")),
    }
}

fn set_item(vm: &mut Vm, args: Args) -> Res {
    let (this, key, value) = (args.at(vm, 0), args.at(vm, 1), args.at(vm, 2));
    let (letter, size) = (array(vm, this).letter, array(vm, this).item_size());
    if vm.ty(key) != SLICE {
        let at = position(vm, this, key, "array assignment index out of range")?;
        let item = items::bytes(vm, letter, value)?;
        vm.heap.write_buffer(this, at * size, &item);
        return done(vm.none());
    }
    let Some(other) = vm.heap.array(value) else {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!("can only assign array (not \"{name}\") to array slice")));
    };
    let (other_letter, source) = (other.letter, other.bytes.clone());
    if other_letter != letter {
        return Err(vm.type_error("bad argument type for built-in operation"));
    }
    let positions = vm.slice_positions(key, array(vm, this).len())?;
    let mut bytes = array(vm, this).bytes.clone();
    if positions.step == 1 {
        let start = positions.start as usize * size;
        bytes.splice(start..start + positions.len * size, source);
        replace(vm, this, bytes)?;
        return done(vm.none());
    }
    let given = source.len() / size;
    if given != positions.len {
        let wanted = positions.len;
        return Err(vm.value_error(format!("attempt to assign array of size {given} to extended slice of size {wanted}")));
    }
    for (at, item) in positions.iter().zip(source.chunks(size)) {
        bytes[at * size..(at + 1) * size].copy_from_slice(item);
    }
    vm.heap.write_buffer(this, 0, &bytes);
    done(vm.none())
}

fn del_item(vm: &mut Vm, args: Args) -> Res {
    let (this, key) = (args.at(vm, 0), args.at(vm, 1));
    if vm.ty(key) != SLICE {
        let at = position(vm, this, key, "array assignment index out of range")?;
        cut(vm, this, at)?;
        return done(vm.none());
    }
    let positions = vm.slice_positions(key, array(vm, this).len())?;
    let gone: Vec<usize> = positions.iter().collect();
    let size = array(vm, this).item_size();
    let chunks = array(vm, this).bytes.chunks(size).enumerate();
    let bytes = chunks.filter(|(at, _)| !gone.contains(at)).flat_map(|(_, item)| item.to_vec()).collect();
    replace(vm, this, bytes)?;
    done(vm.none())
}

/// Takes one item out.
fn cut(vm: &mut Vm, this: ObjRef, at: usize) -> Result<Vec<u8>, Raised> {
    let size = array(vm, this).item_size();
    let mut bytes = array(vm, this).bytes.clone();
    let item = bytes.splice(at * size..(at + 1) * size, []).collect();
    replace(vm, this, bytes)?;
    Ok(item)
}

fn pop(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let len = array(vm, this).len() as i64;
    let at = match args.get(vm, 1) {
        Some(at) => convert::ssize(vm, at)?,
        None => -1,
    };
    if len == 0 {
        return Err(vm.raise(INDEX_ERROR, "pop from empty array"));
    }
    let at = if at < 0 { at + len } else { at };
    if !(0..len).contains(&at) {
        return Err(vm.raise(INDEX_ERROR, "pop index out of range"));
    }
    let item = cut(vm, this, at as usize)?;
    let letter = array(vm, this).letter;
    done(items::object(vm, letter, &item))
}

/// `a.fromfile(file, n)`: reads n items; what is there stays, even if it is too little.
fn from_file(vm: &mut Vm, args: Args) -> Res {
    let (this, file) = (args.at(vm, 0), args.at(vm, 1));
    let count = convert::ssize(vm, args.at(vm, 2))?;
    if count < 0 {
        return Err(vm.value_error("negative count"));
    }
    let wanted = count * array(vm, this).item_size() as i64;
    let size = vm.new_int(wanted);
    let depth = vm.frames.len();
    let read = vm.call_method(file, "read", &[size]);
    let then = After::new("fromfile", &[this], wanted, |vm, state, read| {
        let bytes = match vm.heap.body(read) {
            Body::Bytes(bytes) => Some(bytes.to_vec()),
            _ => None,
        };
        vm.decref(read);
        let Some(bytes) = bytes else { return Err(vm.type_error("read() didn't return bytes")) };
        append_bytes(vm, state.refs[0], &bytes)?;
        if (bytes.len() as i64) < state.number {
            return Err(vm.raise(EOF_ERROR, "read() didn't return enough bytes"));
        }
        done(vm.none())
    });
    vm.after(depth, read, then.owning([size]))
}
