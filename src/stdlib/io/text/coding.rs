//! Encoding and decoding piece by piece.
//!
//! A character may lie across two pieces: its first bytes wait for the rest. UTF-16 and UTF-32 remember their byte order, and
//! a mark is written only at the start of a file. Counterpart in CPython 3.11: the incremental codecs of `encodings`.

use super::Newlines;
use crate::{
    builtins::types::str::coding as whole,
    heap::ObjRef,
    objects::core_types::*,
    text::{
        PyStr, TextError,
        codec::{self, ByteOrder, CodecError, Encoding, Fault, Handler},
    },
    vm::{Raised, Vm},
};

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

#[derive(Clone, Debug)]
pub struct Decoder {
    encoding: Encoding,
    /// The name of the error handler.
    errors: String,
    /// The byte order, once the mark was read. utf-8-sig: plain UTF-8 from then on.
    found: Option<Encoding>,
    /// The first bytes of a character.
    waiting: Vec<u8>,
    pub newlines: Option<Newlines>,
}

impl Decoder {
    pub fn new(encoding: Encoding, errors: &str, newlines: Option<Newlines>) -> Decoder {
        Decoder { encoding, errors: errors.to_string(), found: None, waiting: Vec::new(), newlines }
    }

    /// The text of the next piece; `last`: nothing comes after it.
    pub fn decode(&mut self, vm: &mut Vm, input: &[u8], last: bool) -> Result<PyStr, Raised> {
        let joined;
        let mut data = input;
        if !self.waiting.is_empty() {
            joined = [&self.waiting[..], input].concat();
            data = &joined;
        }
        let Some(start) = self.start(data, last) else {
            self.waiting = data.to_vec();
            return Ok(self.end_lines(PyStr::empty(), last));
        };
        let body = &data[start.at..];
        let mut end = if last { body.len() } else { complete(body, start.encoding) };
        let text = loop {
            match self.try_decode(&body[..end], start.encoding, last) {
                Ok(text) => break text,
                Err(Stop::Incomplete(at)) => end = at,
                Err(Stop::Other(error)) => return Err(vm.text_error(error)),
                Err(Stop::Fault(fault)) => {
                    let object = vm.new_bytes(body.to_vec());
                    let raised = whole::unicode_error(vm, UNICODE_DECODE_ERROR, object, fault);
                    vm.decref(object);
                    return Err(raised);
                }
            }
        };
        if start.lacks_mark {
            let name = if matches!(start.encoding, Encoding::Utf16(_)) { "UTF-16" } else { "UTF-32" };
            return Err(vm.raise(UNICODE_ERROR, format!("{name} stream does not start with BOM")));
        }
        self.waiting = body[end..].to_vec();
        if self.found.is_none() && !data.is_empty() {
            self.found = Some(start.encoding);
        }
        Ok(self.end_lines(text, last))
    }

    fn try_decode(&self, data: &[u8], encoding: Encoding, last: bool) -> Result<PyStr, Stop> {
        codec::decode_with(data, encoding, |fault| {
            if !last && fault.end == data.len() && matches!(fault.reason, "truncated data" | "unexpected end of data") {
                return Err(Stop::Incomplete(fault.start));
            }
            let Some(handler) = Handler::named(&self.errors) else {
                return Err(Stop::Other(codec::handler::unknown_handler(&self.errors)));
            };
            codec::handler::on_decode(handler, data, encoding, fault).map_err(|error| match error {
                CodecError::Other(error) => Stop::Other(error),
                CodecError::Decode(fault) | CodecError::Encode(fault) => Stop::Fault(fault),
            })
        })
    }

    fn end_lines(&mut self, text: PyStr, last: bool) -> PyStr {
        match &mut self.newlines {
            Some(newlines) => newlines.decode(text, last),
            None => text,
        }
    }

    /// Where the text begins, and its encoding without a mark; `None`: the mark is not complete yet.
    fn start(&self, data: &[u8], last: bool) -> Option<Start> {
        let plain = |encoding, at| Some(Start { encoding, at, lacks_mark: false });
        if let Some(found) = self.found {
            return plain(found, 0);
        }
        let marks: [(&[u8], Encoding); 2] = match self.encoding {
            Encoding::Utf8Sig if data.len() < 3 && UTF8_MARK.starts_with(data) && !last => return None,
            Encoding::Utf8Sig => return plain(Encoding::Utf8, if data.starts_with(UTF8_MARK) { 3 } else { 0 }),
            Encoding::Utf16(ByteOrder::Marked) => {
                [(b"\xff\xfe", Encoding::Utf16(ByteOrder::Little)), (b"\xfe\xff", Encoding::Utf16(ByteOrder::Big))]
            }
            Encoding::Utf32(ByteOrder::Marked) => {
                [(b"\xff\xfe\0\0", Encoding::Utf32(ByteOrder::Little)), (b"\0\0\xfe\xff", Encoding::Utf32(ByteOrder::Big))]
            }
            encoding => return plain(encoding, 0),
        };
        match marks.iter().find(|(mark, _)| data.starts_with(mark)) {
            Some((mark, encoding)) => plain(*encoding, mark.len()),
            None if data.len() >= marks[0].0.len() => Some(Start { encoding: marks[0].1, at: 0, lacks_mark: true }),
            None if last => plain(marks[0].1, 0),
            None => None,
        }
    }

    /// The bytes that wait, and the flags: what a position in a file remembers.
    pub fn state(&self) -> (Vec<u8>, i64) {
        let flag = match (self.encoding, self.found) {
            (Encoding::Utf8Sig, None) => 1,
            (Encoding::Utf16(ByteOrder::Marked) | Encoding::Utf32(ByteOrder::Marked), None) => 2,
            (
                Encoding::Utf16(ByteOrder::Marked) | Encoding::Utf32(ByteOrder::Marked),
                Some(Encoding::Utf16(ByteOrder::Big) | Encoding::Utf32(ByteOrder::Big)),
            ) => 1,
            _ => 0,
        };
        let flag = match self.newlines {
            Some(newlines) => flag << 1 | i64::from(newlines.pending),
            None => flag,
        };
        (self.waiting.clone(), flag)
    }

    pub fn set_state(&mut self, waiting: Vec<u8>, flag: i64) {
        self.waiting = waiting;
        let mut flag = flag;
        if let Some(newlines) = &mut self.newlines {
            newlines.pending = flag & 1 != 0;
            flag >>= 1;
        }
        self.found = match (self.encoding, flag) {
            (Encoding::Utf8Sig, 0) => Some(Encoding::Utf8),
            (Encoding::Utf16(ByteOrder::Marked), 0) => Some(Encoding::Utf16(ByteOrder::Little)),
            (Encoding::Utf16(ByteOrder::Marked), 1) => Some(Encoding::Utf16(ByteOrder::Big)),
            (Encoding::Utf32(ByteOrder::Marked), 0) => Some(Encoding::Utf32(ByteOrder::Little)),
            (Encoding::Utf32(ByteOrder::Marked), 1) => Some(Encoding::Utf32(ByteOrder::Big)),
            _ => None,
        };
    }

    pub fn reset(&mut self) {
        self.waiting.clear();
        self.found = None;
        if let Some(newlines) = &mut self.newlines {
            *newlines = Newlines::new(newlines.translate);
        }
    }
}

/// How the text of a file begins.
struct Start {
    encoding: Encoding,
    at: usize,
    /// There should be a mark.
    lacks_mark: bool,
}

/// Why decoding ended early.
enum Stop {
    /// The last character is not complete; it begins here.
    Incomplete(usize),
    Fault(Fault),
    Other(TextError),
}

/// How many bytes are whole characters, as far as one can tell without what follows.
fn complete(data: &[u8], encoding: Encoding) -> usize {
    let len = data.len();
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Sig => {
            for back in 1..=len.min(3) {
                let tail = &data[len - back..];
                if tail[0] & 0xc0 != 0x80 {
                    let is_cut = std::str::from_utf8(tail).is_err_and(|error| error.error_len().is_none() && error.valid_up_to() == 0);
                    return if is_cut { len - back } else { len };
                }
            }
            len
        }
        Encoding::Utf16(order) => {
            let even = len & !1;
            let high = match (order, even) {
                (_, 0) => 0,
                (ByteOrder::Big, _) => data[even - 2],
                _ => data[even - 1],
            };
            if high & 0xfc == 0xd8 { even - 2 } else { even }
        }
        Encoding::Utf32(_) => len & !3,
        _ => len,
    }
}

#[derive(Clone, Debug)]
pub struct Encoder {
    encoding: Encoding,
    name: String,
    errors: String,
    /// The next text begins a file: a mark comes first, where the encoding has one.
    pub at_start: bool,
}

impl Encoder {
    pub fn new(encoding: Encoding, name: &str, errors: &str) -> Encoder {
        Encoder { encoding, name: name.to_string(), errors: errors.to_string(), at_start: true }
    }

    /// Whether it matters where in the file the text goes.
    pub fn has_mark(&self) -> bool {
        matches!(self.encoding, Encoding::Utf8Sig | Encoding::Utf16(ByteOrder::Marked) | Encoding::Utf32(ByteOrder::Marked))
    }

    /// The bytes of a text; `object` is its str, for the exception.
    pub fn encode(&mut self, vm: &mut Vm, object: ObjRef, text: &std::sync::Arc<PyStr>) -> Result<Vec<u8>, Raised> {
        let name = match self.encoding {
            _ if self.at_start => &*self.name,
            Encoding::Utf8Sig => "utf-8",
            Encoding::Utf16(ByteOrder::Marked) => "utf-16-le",
            Encoding::Utf32(ByteOrder::Marked) => "utf-32-le",
            _ => &*self.name,
        };
        let bytes = whole::encode(vm, object, text, name, &self.errors)?;
        self.at_start = false;
        Ok(bytes)
    }
}
