//! `str(e)` of builtin exceptions: the arguments, with the forms of OSError, KeyError, SyntaxError and others.
//!
//! Counterpart in CPython 3.11: `BaseException_str` and its siblings. `str(KeyError("a"))` is `"'a'"`.

use super::{compose::Part, *};

impl Vm {
    /// `BaseException.__str__` of the exception's builtin type.
    pub fn exception_str(&mut self, object: ObjRef) -> Res {
        let core = self.core_of(object);
        let exception = self.heap.exception(object).expect("an exception");
        let tuple = exception.args;
        let args = self.heap.tuple(tuple).map(<[ObjRef]>::to_vec).unwrap_or_default();
        let fields: Vec<Option<ObjRef>> = exception.fields.iter().map(|field| field.filter(|&field| field != NONE)).collect();
        let field = |index: usize| fields.get(index).copied().flatten();
        let text = |text: &str| Part::Text(text.to_string());
        match core {
            KEY_ERROR if args.len() == 1 => return self.repr(args[0]),
            IMPORT_ERROR | MODULE_NOT_FOUND_ERROR if field(0).is_some_and(|message| self.ty(message) == STR) => {
                return self.str(field(0).expect("a message"));
            }
            SYNTAX_ERROR | INDENTATION_ERROR | TAB_ERROR => return self.syntax_error_str(object, [field(0), field(1), field(2)]),
            BASE_EXCEPTION_GROUP | EXCEPTION_GROUP if field(0).is_some() => {
                let count = field(1).and_then(|group| self.heap.tuple(group)).map_or(0, <[ObjRef]>::len);
                let plural = if count == 1 { "" } else { "s" };
                let parts = vec![Part::Str(field(0).expect("a message")), Part::Text(format!(" ({count} sub-exception{plural})"))];
                return self.compose_parts(object, parts, Vec::new());
            }
            UNICODE_DECODE_ERROR | UNICODE_ENCODE_ERROR if field(4).is_some() => {
                let text = self.unicode_error_text(core == UNICODE_DECODE_ERROR, &fields);
                return done(self.new_str(text));
            }
            UNICODE_DECODE_ERROR | UNICODE_ENCODE_ERROR | UNICODE_TRANSLATE_ERROR if fields.iter().all(Option::is_none) => {
                return done(self.own(EMPTY_STR)); // `__init__` was not called
            }
            UNICODE_TRANSLATE_ERROR if field(3).is_some() => {
                let with_encoding: Vec<Option<ObjRef>> = [None].into_iter().chain(fields.iter().copied()).collect();
                let text = self.unicode_error_text(false, &with_encoding);
                return done(self.new_str(text));
            }
            _ => {}
        }
        if self.is_subtype(core, OS_ERROR)
            && let (Some(errno), Some(strerror)) = (field(0), field(1))
        {
            let mut parts = vec![text("[Errno "), Part::Str(errno), text("] "), Part::Str(strerror)];
            if let Some(filename) = field(2) {
                parts.extend([text(": "), Part::Repr(filename)]);
                if let Some(second) = field(3) {
                    parts.extend([text(" -> "), Part::Repr(second)]);
                }
            }
            return self.compose_parts(object, parts, Vec::new());
        }
        match args[..] {
            [] => done(self.own(EMPTY_STR)),
            [single] => self.str(single),
            _ => self.repr(tuple),
        }
    }

    /// `message (file.py, line 3)`
    fn syntax_error_str(&mut self, object: ObjRef, [message, filename, lineno]: [Option<ObjRef>; 3]) -> Res {
        let file = filename.and_then(|file| self.text(file)).map(|file| {
            let file = file.to_string_lossy();
            file.rsplit('/').next().unwrap_or(&file).to_string()
        });
        let line = lineno.and_then(|line| self.small_value(line));
        let place = match (file, line) {
            (Some(file), Some(line)) => format!(" ({file}, line {line})"),
            (Some(file), None) => format!(" ({file})"),
            (None, Some(line)) => format!(" (line {line})"),
            (None, None) => String::new(),
        };
        self.compose_parts(object, vec![Part::Str(message.unwrap_or(NONE)), Part::Text(place)], Vec::new())
    }

    /// Fields: encoding, object, start, end, reason.
    fn unicode_error_text(&self, decoding: bool, fields: &[Option<ObjRef>]) -> String {
        let text = |index: usize| fields.get(index).copied().flatten().map(|object| self.name_text(object)).unwrap_or_default();
        let number = |index: usize| fields.get(index).copied().flatten().and_then(|object| self.small_value(object)).unwrap_or(0);
        let (encoding, reason, start, end) = (text(0), text(4), number(2), number(3));
        let subject = if fields[0].is_some() {
            format!("'{encoding}' codec can't {}", if decoding { "decode" } else { "encode" })
        } else {
            "can't translate".into()
        };
        let one = end == start + 1;
        let object = fields.get(1).copied().flatten().unwrap_or(NONE);
        if decoding {
            if one && let Some(&byte) = self.heap.bytes(object).and_then(|bytes| bytes.get(start as usize)) {
                return format!("{subject} byte 0x{byte:02x} in position {start}: {reason}");
            }
            return format!("{subject} bytes in position {start}-{}: {reason}", end - 1);
        }
        if one && let Some(text) = self.heap.str(object).filter(|text| (start as usize) < text.len()) {
            let mut shown = String::new();
            repr::push_escape(&mut shown, text.at(start as usize));
            return format!("{subject} character '{shown}' in position {start}: {reason}");
        }
        format!("{subject} characters in position {start}-{}: {reason}", end - 1)
    }
}
