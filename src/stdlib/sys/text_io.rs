//! `sys.stdin`, `sys.stdout`, `sys.stderr`: objects of type `_io.TextIOWrapper` that stand for the machine's streams.
//!
//! The number bits of the slot are the file descriptor. Reading asks the outside world for a line: the program waits.

use crate::{
    builtins::{
        functions::{
            io::{input_line, own_stream},
            iteration::stop,
        },
        slots,
    },
    heap::ObjRef,
    objects::{Body, core_types::*},
    text::PyStr,
    vm::{
        Outcome, Raised, Res, Vm,
        host::{Answer, Request, Stream},
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        raised::done,
    },
};

/// The object of a file descriptor, 0 to 2; owned.
pub fn new(vm: &mut Vm, descriptor: u64) -> ObjRef {
    vm.heap.alloc(TEXT_IO, descriptor, Body::None)
}

pub fn natives() -> Vec<NativeDef> {
    use NativeDef as Def;
    vec![
        Def::wrapper("__repr__", Signature::None, repr),
        Def::wrapper("__iter__", Signature::None, slots::itself),
        Def::wrapper("__next__", Signature::None, next),
        Def::method("__enter__", Signature::None, slots::itself),
        Def::method("__exit__", Signature::Any, nothing),
        Def::method("write", Signature::One, write),
        Def::method("writelines", Signature::One, write_lines),
        Def::method("flush", Signature::None, nothing),
        Def::method("isatty", Signature::None, is_tty),
        Def::method("fileno", Signature::None, fileno),
        Def::method("readable", Signature::None, readable),
        Def::method("writable", Signature::None, writable),
        Def::method("seekable", Signature::None, is_tty),
        Def::method("readline", Signature::Range(0, 1), read_line),
        Def::method("readlines", Signature::Range(0, 1), read_lines),
        Def::method("read", Signature::Range(0, 1), read),
        Def::method("reconfigure", Signature::Any, nothing),
        Def::getter("encoding", |vm, _| done(vm.new_str("utf-8"))),
        Def::getter("errors", errors),
        Def::getter("name", name),
        Def::getter("mode", mode),
        Def::getter("closed", is_tty),
        Def::getter("newlines", nothing),
        Def::getter("line_buffering", line_buffering),
    ]
}

fn descriptor(vm: &Vm, args: Args) -> u64 {
    vm.heap.slot(args.at(vm, 0)).num
}

fn name_of(vm: &Vm, args: Args) -> &'static str {
    match descriptor(vm, args) {
        0 => "<stdin>",
        1 => "<stdout>",
        _ => "<stderr>",
    }
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let mode = if descriptor(vm, args) == 0 { 'r' } else { 'w' };
    let text = format!("<_io.TextIOWrapper name='{}' mode='{mode}' encoding='utf-8'>", name_of(vm, args));
    done(vm.new_str(text))
}

fn nothing(vm: &mut Vm, _args: Args) -> Res {
    done(vm.none())
}

fn is_tty(vm: &mut Vm, _args: Args) -> Res {
    done(vm.new_bool(false))
}

fn fileno(vm: &mut Vm, args: Args) -> Res {
    let number = descriptor(vm, args) as i64;
    done(vm.new_int(number))
}

fn readable(vm: &mut Vm, args: Args) -> Res {
    let readable = descriptor(vm, args) == 0;
    done(vm.new_bool(readable))
}

fn writable(vm: &mut Vm, args: Args) -> Res {
    let writable = descriptor(vm, args) != 0;
    done(vm.new_bool(writable))
}

fn line_buffering(vm: &mut Vm, args: Args) -> Res {
    let buffered = descriptor(vm, args) == 2;
    done(vm.new_bool(buffered))
}

fn errors(vm: &mut Vm, args: Args) -> Res {
    let errors = if descriptor(vm, args) == 2 { "backslashreplace" } else { "strict" };
    done(vm.new_str(errors))
}

fn name(vm: &mut Vm, args: Args) -> Res {
    let name = name_of(vm, args);
    done(vm.new_str(name))
}

fn mode(vm: &mut Vm, args: Args) -> Res {
    let mode = if descriptor(vm, args) == 0 { "r" } else { "w" };
    done(vm.new_str(mode))
}

// ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

fn stream_of(vm: &mut Vm, file: ObjRef) -> Result<Stream, Raised> {
    match own_stream(vm, file) {
        Some(stream) => Ok(stream),
        None => Err(unsupported(vm, "not writable")),
    }
}

/// `io.UnsupportedOperation`, which is an OSError and a ValueError.
fn unsupported(vm: &mut Vm, what: &str) -> Raised {
    vm.raise(OS_ERROR, what)
}

fn write(vm: &mut Vm, args: Args) -> Res {
    let (file, text) = (args.at(vm, 0), args.at(vm, 1));
    let len = write_text(vm, file, text)?;
    done(vm.new_usize(len))
}

fn write_text(vm: &mut Vm, file: ObjRef, text: ObjRef) -> Result<usize, Raised> {
    let Some(content) = vm.text(text) else {
        let given = vm.type_name(text);
        return Err(vm.type_error(format!("write() argument must be str, not {given}")));
    };
    let stream = stream_of(vm, file)?;
    vm.write_text(stream, &content)?;
    Ok(content.len())
}

fn write_lines(vm: &mut Vm, args: Args) -> Res {
    let (file, lines) = (args.at(vm, 0), args.at(vm, 1));
    vm.incref(file);
    vm.consume(lines, WriteLines { file })
}

#[derive(Clone)]
struct WriteLines {
    file: ObjRef,
}

impl crate::vm::protocol::consume::Sink for WriteLines {
    fn name(&self) -> &'static str {
        "writelines"
    }

    fn item(&mut self, vm: &mut Vm, item: ObjRef) -> Result<Option<ObjRef>, Raised> {
        let result = write_text(vm, self.file, item);
        vm.decref(item);
        result.map(|_| None)
    }

    fn finish(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        Ok(vm.none())
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.file);
    }
}

// ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────

fn check_readable(vm: &mut Vm, args: Args) -> Result<(), Raised> {
    if descriptor(vm, args) == 0 { Ok(()) } else { Err(unsupported(vm, "not readable")) }
}

fn read_line(vm: &mut Vm, args: Args) -> Res {
    check_readable(vm, args)?;
    vm.ask(Request::ReadLine, input_line)
}

fn next(vm: &mut Vm, args: Args) -> Res {
    check_readable(vm, args)?;
    vm.ask(Request::ReadLine, |vm, answer| match answer {
        Answer::Line(line) if line.is_empty() => Err(stop(vm)),
        answer => input_line(vm, answer),
    })
}

fn read_lines(vm: &mut Vm, args: Args) -> Res {
    check_readable(vm, args)?;
    vm.start_native(ReadAll { lines: Vec::new(), as_list: true })
}

fn read(vm: &mut Vm, args: Args) -> Res {
    check_readable(vm, args)?;
    vm.start_native(ReadAll { lines: Vec::new(), as_list: false })
}

/// Reads lines up to the end of input.
#[derive(Clone)]
struct ReadAll {
    lines: Vec<ObjRef>,
    as_list: bool,
}

impl Native for ReadAll {
    fn name(&self) -> &'static str {
        if self.as_list { "readlines" } else { "read" }
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            match input.take() {
                Some(EMPTY_STR) => {
                    vm.decref(EMPTY_STR);
                    return self.finish(vm);
                }
                Some(line) => self.lines.push(line),
                None => {}
            }
            match vm.ask(Request::ReadLine, input_line)? {
                Outcome::Done(line) => input = Some(line),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.lines.iter().for_each(|&line| visit(line));
    }
}

impl ReadAll {
    fn finish(&mut self, vm: &mut Vm) -> Res {
        let lines = std::mem::take(&mut self.lines);
        if self.as_list {
            return done(vm.new_list(lines));
        }
        let mut all = PyStr::empty();
        for &line in &lines {
            if let Some(text) = vm.text(line) {
                all = all.concat(&text);
            }
        }
        vm.decref_all(lines);
        done(vm.new_str(all))
    }
}
