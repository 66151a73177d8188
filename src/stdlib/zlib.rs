//! `zlib`: compression, and checksums.
//!
//! Data that CPython compressed can be decompressed here and the other way round; the compressed bytes themselves may differ,
//! as another implementation finds other repetitions. `zlib.crc32(b"abc")` is 891568578.
//! Counterpart in CPython 3.11: `Modules/zlibmodule.c`.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::{NewClass, add_class, add_exception, add_functions, binascii, class_of_module, foreign_body, foreign_mut};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{core_types::*, instance::Foreign},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

const MODULE: &str = "zlib";

const CONSTANTS: [(&str, i64); 24] = [
    ("MAX_WBITS", 15),
    ("DEFLATED", 8),
    ("DEF_MEM_LEVEL", 8),
    ("DEF_BUF_SIZE", 16384),
    ("Z_BEST_COMPRESSION", 9),
    ("Z_BEST_SPEED", 1),
    ("Z_BLOCK", 5),
    ("Z_DEFAULT_COMPRESSION", -1),
    ("Z_DEFAULT_STRATEGY", 0),
    ("Z_FILTERED", 1),
    ("Z_FINISH", 4),
    ("Z_FIXED", 4),
    ("Z_FULL_FLUSH", 3),
    ("Z_HUFFMAN_ONLY", 2),
    ("Z_NO_COMPRESSION", 0),
    ("Z_NO_FLUSH", 0),
    ("Z_PARTIAL_FLUSH", 1),
    ("Z_RLE", 3),
    ("Z_SYNC_FLUSH", 2),
    ("Z_TREES", 6),
    ("Z_OK", 0),
    ("Z_STREAM_END", 1),
    ("Z_BUF_ERROR", -5),
    ("Z_DATA_ERROR", -3),
];

/// What came so far: a stream is made anew of it whenever its state is asked for, so that it can be copied.
#[derive(Clone)]
struct Compressor {
    level: Compression,
    wrapped: bool,
    gzip: bool,
    input: Vec<u8>,
    finished: bool,
}

#[derive(Clone)]
struct Decompressor {
    wbits: i64,
    input: Vec<u8>,
    /// Bytes given out.
    given: usize,
    eof: bool,
    unused: Vec<u8>,
    unconsumed: Vec<u8>,
}

impl Foreign for Compressor {
    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}

    fn clear(&mut self) -> Vec<ObjRef> {
        Vec::new()
    }
}

impl Foreign for Decompressor {
    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}

    fn clear(&mut self) -> Vec<ObjRef> {
        Vec::new()
    }
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use NativeDef as Def;
    use Signature::{Named, None, One, Range};
    add_exception(vm, dict, MODULE, "error", EXCEPTION);
    let natives = vec![
        Def::function("adler32", Range(1, 2), |vm, args| {
            let data = convert::buffer(vm, args.at(vm, 0))?;
            let start = match args.get(vm, 1) {
                Some(start) => binascii::masked(vm, start)? as u32,
                Option::None => 1,
            };
            let (mut a, mut b) = (start & 0xffff, start >> 16);
            for byte in data {
                a = (a + u32::from(byte)) % 65521;
                b = (b + a) % 65521;
            }
            done(vm.new_int((b << 16 | a).into()))
        }),
        Def::function("crc32", Range(1, 2), binascii::crc32),
        Def::function("compress", Named("data, /, level=-1, wbits=15"), |vm, args| {
            let data = convert::buffer(vm, args.at(vm, 0))?;
            let (level, wbits) = (number(vm, args, 1, -1)?, number(vm, args, 2, 15)?);
            let Some(level) = compression(level) else { return Err(error(vm, "Bad compression level")) };
            done(vm.new_bytes(compressed(&data, level, wbits)))
        }),
        Def::function("decompress", Named("data, /, wbits=15, bufsize=16384"), |vm, args| {
            let data = convert::buffer(vm, args.at(vm, 0))?;
            let wbits = number(vm, args, 1, 15)?;
            match inflate(&data, wbits) {
                Ok(found) if found.ended => done(vm.new_bytes(found.out)),
                Ok(_) => Err(error(vm, "Error -5 while decompressing data: incomplete or truncated stream")),
                Err(message) => Err(error(vm, format!("Error -3 while decompressing data: {message}"))),
            }
        }),
        Def::function("compressobj", Named("level=-1, method=8, wbits=15, memLevel=8, strategy=0, zdict=None"), |vm, args| {
            let (level, wbits) = (number(vm, args, 0, -1)?, number(vm, args, 2, 15)?);
            let Some(level) = compression(level) else { return Err(vm.value_error("Invalid initialization option")) };
            let class = class_of_module(vm, MODULE, "Compress");
            let state = Compressor { level, wrapped: wbits > 0, gzip: wbits > 15, input: Vec::new(), finished: false };
            done(vm.new_derived(class, 0, foreign_body(state)))
        }),
        Def::function("decompressobj", Named("wbits=15, zdict=b''"), |vm, args| {
            let wbits = number(vm, args, 0, 15)?;
            let class = class_of_module(vm, MODULE, "Decompress");
            let state = Decompressor { wbits, input: Vec::new(), given: 0, eof: false, unused: Vec::new(), unconsumed: Vec::new() };
            done(vm.new_derived(class, 0, foreign_body(state)))
        }),
    ];
    add_functions(vm, dict, MODULE, natives);
    let natives = vec![
        Def::method("compress", One, |vm, args| {
            let data = convert::buffer(vm, args.at(vm, 1))?;
            if let Some(state) = foreign_mut::<Compressor>(vm, args.at(vm, 0)) {
                state.input.extend(data);
            }
            done(vm.new_bytes(Vec::new()))
        }),
        Def::method("flush", Range(0, 1), |vm, args| {
            let mut out = Vec::new();
            if let Some(state) = foreign_mut::<Compressor>(vm, args.at(vm, 0))
                && !state.finished
            {
                state.finished = true;
                let wbits = if state.gzip {
                    31
                } else if state.wrapped {
                    15
                } else {
                    -15
                };
                out = compressed(&state.input, state.level, wbits);
            }
            done(vm.new_bytes(out))
        }),
        Def::method("copy", None, |vm, args| {
            let this = args.at(vm, 0);
            let (state, class) = (foreign_mut::<Compressor>(vm, this).cloned(), vm.ty(this));
            match state {
                Some(state) => done(vm.new_derived(class, 0, foreign_body(state))),
                Option::None => Err(vm.type_error("a compressor is required")),
            }
        }),
    ];
    add_class(vm, dict, NewClass { module: MODULE, name: "Compress", base: OBJECT, natives, slots: Some(&[]) });
    let natives = vec![
        Def::method("decompress", Named("data, /, max_length=0"), decompress),
        Def::method("flush", Range(0, 1), |vm, args| {
            let rest = foreign_mut::<Decompressor>(vm, args.at(vm, 0)).map(|state| std::mem::take(&mut state.unconsumed));
            let out = feed(vm, args.at(vm, 0), &rest.unwrap_or_default(), usize::MAX)?;
            done(vm.new_bytes(out))
        }),
        Def::getter("eof", |vm, args| {
            let eof = foreign_mut::<Decompressor>(vm, args.at(vm, 0)).is_some_and(|state| state.eof);
            done(vm.new_bool(eof))
        }),
        Def::getter("unused_data", |vm, args| {
            let unused = foreign_mut::<Decompressor>(vm, args.at(vm, 0)).map(|state| state.unused.clone()).unwrap_or_default();
            done(vm.new_bytes(unused))
        }),
        Def::getter("unconsumed_tail", |vm, args| {
            let tail = foreign_mut::<Decompressor>(vm, args.at(vm, 0)).map(|state| state.unconsumed.clone()).unwrap_or_default();
            done(vm.new_bytes(tail))
        }),
    ];
    add_class(vm, dict, NewClass { module: MODULE, name: "Decompress", base: OBJECT, natives, slots: Some(&[]) });
    for (name, value) in CONSTANTS {
        let value = vm.new_int(value);
        vm.dict_set_text(dict, name, value);
    }
    for name in ["ZLIB_VERSION", "ZLIB_RUNTIME_VERSION"] {
        let version = vm.new_str("1.2.11");
        vm.dict_set_text(dict, name, version);
    }
}

fn error(vm: &mut Vm, message: impl Into<String>) -> Raised {
    let class = class_of_module(vm, MODULE, "error");
    vm.raise(class, message.into())
}

fn number(vm: &mut Vm, args: Args, index: usize, default: i64) -> Result<i64, Raised> {
    match args.get(vm, index) {
        Some(object) => convert::c_int(vm, object).map(i64::from),
        None => Ok(default),
    }
}

fn compression(level: i64) -> Option<Compression> {
    match level {
        -1 => Some(Compression::default()),
        0..=9 => Some(Compression::new(level as u32)),
        _ => None,
    }
}

fn compressed(data: &[u8], level: Compression, wbits: i64) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() / 2 + 64);
    if wbits > 15 {
        out.extend([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
    }
    let mut stream = Compress::new(level, (0..=15).contains(&wbits));
    let mut at = 0;
    loop {
        out.reserve(data.len() - at + 256);
        let status = stream.compress_vec(&data[at..], &mut out, FlushCompress::Finish);
        at = stream.total_in() as usize;
        if !matches!(status, Ok(Status::Ok | Status::BufError)) {
            break;
        }
    }
    if wbits > 15 {
        let mut crc = flate2::Crc::new();
        crc.update(data);
        out.extend(crc.sum().to_le_bytes());
        out.extend((data.len() as u32).to_le_bytes());
    }
    out
}

/// What decompressing came to.
struct Inflated {
    out: Vec<u8>,
    /// Bytes of the data that belong to the stream.
    used: usize,
    ended: bool,
}

/// Decompresses as far as the data go.
fn inflate(data: &[u8], wbits: i64) -> Result<Inflated, &'static str> {
    let is_gzip = wbits > 31 && data.starts_with(&[0x1f, 0x8b]) || (16..=31).contains(&wbits);
    let start = if is_gzip { gzip_header(data)? } else { 0 };
    let Some(start) = start.checked_sub(0).filter(|&start| start <= data.len()) else {
        return Ok(Inflated { out: Vec::new(), used: data.len(), ended: false });
    };
    let wrapped = !is_gzip && wbits >= 0;
    if wrapped && data.len() >= 2 && (data[0] & 15 != 8 || !(u16::from(data[0]) << 8 | u16::from(data[1])).is_multiple_of(31)) {
        return Err("incorrect header check");
    }
    let mut stream = Decompress::new(wrapped);
    let mut out = Vec::new();
    loop {
        out.reserve(data.len().max(1024));
        let (at, before) = (start + stream.total_in() as usize, out.len());
        let status = stream.decompress_vec(&data[at..], &mut out, FlushDecompress::None);
        let used = start + stream.total_in() as usize;
        match status {
            Ok(Status::StreamEnd) => {
                let end = if is_gzip { used + 8 } else { used };
                return Ok(Inflated { out, used: end.min(data.len()), ended: end <= data.len() });
            }
            Ok(_) if used == data.len() && out.len() < out.capacity() || used == at && out.len() == before => {
                return Ok(Inflated { out, used, ended: false });
            }
            Ok(_) => {}
            Err(_) => return Err(if wrapped && used + 4 >= data.len() { "incorrect data check" } else { "invalid block type" }),
        }
    }
}

/// Where the compressed data begin; beyond the end if the header is not complete.
fn gzip_header(data: &[u8]) -> Result<usize, &'static str> {
    if data.len() < 10 {
        return Ok(usize::MAX);
    }
    if !data.starts_with(&[0x1f, 0x8b, 8]) {
        return Err("incorrect header check");
    }
    let flags = data[3];
    let mut at = 10;
    if flags & 4 != 0 {
        let Some(len) = data.get(at..at + 2) else { return Ok(usize::MAX) };
        at += 2 + usize::from(u16::from_le_bytes([len[0], len[1]]));
    }
    for bit in [8, 16] {
        if flags & bit != 0 {
            match data.get(at..).and_then(|rest| rest.iter().position(|&byte| byte == 0)) {
                Some(len) => at += len + 1,
                None => return Ok(usize::MAX),
            }
        }
    }
    Ok(if flags & 2 != 0 { at + 2 } else { at })
}

fn decompress(vm: &mut Vm, args: Args) -> Res {
    let data = convert::buffer(vm, args.at(vm, 1))?;
    let most = number(vm, args, 2, 0)?;
    if most < 0 {
        return Err(vm.value_error("max_length must be non-negative"));
    }
    let out = feed(vm, args.at(vm, 0), &data, if most == 0 { usize::MAX } else { most as usize })?;
    done(vm.new_bytes(out))
}

/// Gives more data to a decompressor, and takes out what there is now, up to a length.
fn feed(vm: &mut Vm, this: ObjRef, data: &[u8], most: usize) -> Result<Vec<u8>, Raised> {
    let Some(state) = foreign_mut::<Decompressor>(vm, this) else { return Err(vm.type_error("a decompressor is required")) };
    if state.eof {
        state.unused.extend(data);
        return Ok(Vec::new());
    }
    let before = state.input.len();
    state.input.extend(data);
    let found = match inflate(&state.input, state.wbits) {
        Ok(found) => found,
        Err(message) => return Err(error(vm, format!("Error -3 while decompressing data: {message}"))),
    };
    let fresh = &found.out[state.given.min(found.out.len())..];
    let out = fresh[..fresh.len().min(most)].to_vec();
    if out.len() < fresh.len() {
        // What is too much now comes out when the same data are given again.
        state.unconsumed = state.input.split_off(before);
        if state.unconsumed.is_empty() {
            state.unconsumed = state.input.split_off(before.saturating_sub(1));
        }
        state.given += out.len();
        return Ok(out);
    }
    state.unconsumed.clear();
    state.given += out.len();
    if found.ended {
        state.eof = true;
        state.unused = state.input[found.used..].to_vec();
    }
    Ok(out)
}
