//! Exceptions and tracebacks. Counterparts in CPython 3.11: `PyBaseExceptionObject`, `PyTracebackObject`.

use thin_vec::ThinVec;

use super::instance::Attrs;
use crate::heap::ObjRef;

#[derive(Clone)]
pub struct Exception {
    /// a tuple
    pub args: ObjRef,
    pub traceback: Option<ObjRef>,
    pub context: Option<ObjRef>,
    pub cause: Option<ObjRef>,
    pub suppress_context: bool,
    pub attrs: Attrs,
    /// The fields of its builtin type, named by [`field_names`].
    pub fields: ThinVec<Option<ObjRef>>,
    /// Values of `__slots__`, as many as the class has names.
    pub slots: ThinVec<Option<ObjRef>>,
}

impl Exception {
    /// Whether it has no attributes, fields or slots of its own.
    #[inline]
    pub fn is_plain(&self) -> bool {
        matches!(self.attrs, Attrs::Missing) && self.fields.is_empty() && self.slots.is_empty()
    }

    /// The objects that every exception may hold, in the order in which they are given up.
    #[inline]
    pub fn held(&self) -> impl Iterator<Item = ObjRef> + use<> {
        [Some(self.args), self.traceback, self.cause, self.context].into_iter().flatten()
    }

    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.slots.iter().flatten().for_each(|&o| visit(o));
        self.attrs.trace(visit);
        self.held().for_each(&mut *visit);
        self.fields.iter().flatten().for_each(|&o| visit(o));
    }
}

/// The attributes that a builtin exception type (by its name) has beside `args`, in the order of the fields.
pub fn field_names(builtin: &str) -> &'static [&'static str] {
    match builtin {
        "StopIteration" => &["value"],
        "SystemExit" => &["code"],
        "NameError" | "UnboundLocalError" => &["name"],
        "AttributeError" => &["obj", "name"],
        "ImportError" | "ModuleNotFoundError" => &["msg", "name", "path"],
        "SyntaxError" | "IndentationError" | "TabError" => {
            &["msg", "filename", "lineno", "offset", "text", "end_lineno", "end_offset", "print_file_and_line"]
        }
        "UnicodeDecodeError" | "UnicodeEncodeError" => &["encoding", "object", "start", "end", "reason"],
        "UnicodeTranslateError" => &["object", "start", "end", "reason"],
        "BaseExceptionGroup" | "ExceptionGroup" => &["message", "exceptions"],
        "OSError"
        | "BlockingIOError"
        | "BrokenPipeError"
        | "ChildProcessError"
        | "ConnectionAbortedError"
        | "ConnectionError"
        | "ConnectionRefusedError"
        | "ConnectionResetError"
        | "FileExistsError"
        | "FileNotFoundError"
        | "InterruptedError"
        | "IsADirectoryError"
        | "NotADirectoryError"
        | "PermissionError"
        | "ProcessLookupError"
        | "TimeoutError"
        | "UnsupportedOperation" => &["errno", "strerror", "filename", "filename2"],
        _ => &[],
    }
}

/// One level of a traceback.
#[derive(Clone)]
pub struct Traceback {
    pub next: Option<ObjRef>,
    pub frame: ObjRef,
    /// Byte offset of the instruction that raised or called.
    pub lasti: u32,
    pub lineno: i32,
}

impl Traceback {
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.next.iter().for_each(|&o| visit(o));
        visit(self.frame);
    }
}
