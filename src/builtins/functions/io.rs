//! `print` and `input`.
//!
//! `print` asks each argument for its text, which may be a `__str__` written in Python: a native frame that a debugger can
//! step into. As long as `sys.stdout` is the machine's own stream the text goes straight out; else to its `write`.
//! Counterpart in CPython 3.11: `builtin_print`, `builtin_input` in `Python/bltinmodule.c`.

use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    stdlib::io::standard::is_plain_stdin,
    text::PyStr,
    vm::{
        Outcome, Raised, Res, Vm,
        host::{Answer, Stream, failed},
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        raised::done,
    },
};

pub fn natives() -> Vec<NativeDef> {
    vec![NativeDef::function("print", Signature::Any, print), NativeDef::function("input", Signature::Range(0, 1), input)]
}

/// The stream of one of the machine's own files.
pub fn own_stream(vm: &Vm, file: ObjRef) -> Option<Stream> {
    if vm.ty(file) != TEXT_IO {
        return None;
    }
    match vm.heap.slot(file).num {
        1 => Some(Stream::Stdout),
        2 => Some(Stream::Stderr),
        _ => None,
    }
}

/// Writes on `sys.stderr`, whatever that is; nothing if there is none.
pub fn write_stderr(vm: &mut Vm, text: &str) {
    let Some(file) = vm.dict_get_text(vm.sys_dict, "stderr").filter(|&file| file != NONE) else { return };
    if let Some(stream) = own_stream(vm, file) {
        vm.write(stream, text.as_bytes());
        return;
    }
    let text = vm.new_str(text);
    let depth = vm.frames.len();
    let result = write_to(vm, file, text).and_then(|outcome| vm.finish_now(depth, outcome));
    vm.decref(text);
    // An error in writing of an error has nowhere to go.
    let (Ok(object) | Err(Raised(object))) = result;
    vm.decref(object);
}

fn print(vm: &mut Vm, args: Args) -> Res {
    let (mut texts, mut file, mut flush) = ([None, None], None, None);
    for (keyword, value) in args.keywords(vm) {
        let name = vm.name_text(keyword);
        match &*name {
            "sep" | "end" => {
                if value != NONE && vm.heap.str(value).is_none() {
                    let given = vm.type_name(value);
                    return Err(vm.type_error(format!("{name} must be None or a string, not {given}")));
                }
                texts[usize::from(name == "end")] = Some(value).filter(|&value| value != NONE);
            }
            "file" => file = Some(value).filter(|&value| value != NONE),
            "flush" => flush = Some(value),
            other => return Err(vm.type_error(format!("'{other}' is an invalid keyword argument for print()"))),
        }
    }
    let file = match file {
        Some(file) => file,
        None => match vm.dict_get_str(vm.sys_dict, vm.names.stdout) {
            None => return Err(vm.raise(RUNTIME_ERROR, "lost sys.stdout")),
            Some(NONE) => return done(vm.none()),
            Some(file) => file,
        },
    };
    let flush = match flush {
        None | Some(FALSE) => false,
        Some(flag) => {
            let depth = vm.frames.len();
            match vm.truth(flag)? {
                Outcome::Done(truth) => truth,
                Outcome::Pushed => {
                    let truth = vm.finish_now(depth, Outcome::Pushed)?;
                    vm.decref(truth);
                    truth == TRUE
                }
            }
        }
    };
    vm.incref(file);
    vm.prepare_parser(u32::MAX, ["sep", "end", "file", "flush"]);
    let values = args.packed(vm, 0);
    vm.start_native(Print { values, sep: texts[0], end: texts[1], file, flush, next: 0, stage: Stage::Separator, text: None })
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// Before argument `next`: a separator if it is not the first.
    Separator,
    /// The argument's text.
    Value,
    /// Its text is there and goes out.
    Write,
    End,
    Flush,
    Done,
}

#[derive(Clone)]
struct Print {
    /// a tuple
    values: ObjRef,
    /// borrowed
    sep: Option<ObjRef>,
    /// borrowed
    end: Option<ObjRef>,
    file: ObjRef,
    flush: bool,
    next: usize,
    stage: Stage,
    text: Option<ObjRef>,
}

impl Native for Print {
    fn name(&self) -> &'static str {
        "print"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        let count = vm.heap.tuple(self.values).map_or(0, <[ObjRef]>::len);
        loop {
            if self.stage == Stage::Write
                && let Some(text) = input.take()
            {
                self.text = Some(text);
            } else if let Some(value) = input.take() {
                // What a `write` method returned.
                vm.decref(value);
            }
            let outcome = match self.stage {
                Stage::Separator if self.next >= count => {
                    self.stage = Stage::End;
                    continue;
                }
                Stage::Separator => {
                    self.stage = Stage::Value;
                    if self.next == 0 {
                        continue;
                    }
                    match self.sep {
                        Some(sep) => self.write(vm, sep)?,
                        None => self.write(vm, latin1_character(b' '))?,
                    }
                }
                Stage::Value => {
                    self.stage = Stage::Write;
                    let value = vm.heap.tuple(self.values).expect("a tuple")[self.next];
                    vm.str(value)?
                }
                Stage::Write => {
                    self.stage = Stage::Separator;
                    self.next += 1;
                    let text = self.text.take().expect("the argument's text");
                    let result = self.write(vm, text);
                    vm.decref(text);
                    result?
                }
                Stage::End => {
                    self.stage = if self.flush { Stage::Flush } else { Stage::Done };
                    match self.end {
                        Some(end) => self.write(vm, end)?,
                        None => self.write(vm, latin1_character(b'\n'))?,
                    }
                }
                Stage::Flush => {
                    self.stage = Stage::Done;
                    if let Some(stream) = own_stream(vm, self.file) {
                        vm.flush_text(stream);
                        continue;
                    }
                    let name = vm.names.flush;
                    call_method(vm, self.file, name, &[])?
                }
                Stage::Done => return done(vm.none()),
            };
            match outcome {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.values);
        visit(self.file);
        self.text.iter().for_each(|&text| visit(text));
    }
}

impl Print {
    fn write(&self, vm: &mut Vm, text: ObjRef) -> Res {
        write_to(vm, self.file, text)
    }
}

/// Writes a str to a file object; the result is whatever `write` returns.
pub fn write_to(vm: &mut Vm, file: ObjRef, text: ObjRef) -> Res {
    if let Some(stream) = own_stream(vm, file)
        && let Some(text) = vm.text(text)
    {
        vm.write_text(stream, &text)?;
        return done(vm.none());
    }
    let name = vm.names.write;
    call_method(vm, file, name, &[text])
}

/// Calls a method that must be there.
pub fn call_method(vm: &mut Vm, object: ObjRef, name: ObjRef, args: &[ObjRef]) -> Res {
    match vm.call_attribute(object, name, args) {
        Some(result) => result,
        None => Err(vm.no_attribute(object, name)),
    }
}

fn input(vm: &mut Vm, args: Args) -> Res {
    let prompt = args.get(vm, 0);
    for name in [vm.names.stdin, vm.names.stdout] {
        if vm.dict_get_str(vm.sys_dict, name).is_none_or(|file| file == NONE) {
            let name = vm.name_text(name);
            return Err(vm.raise(RUNTIME_ERROR, format!("input(): lost sys.{name}")));
        }
    }
    vm.start_native(ReadLine { prompt, stage: 0 })
}

/// `input(prompt)`: writes the prompt, then reads a line from `sys.stdin`.
#[derive(Clone)]
struct ReadLine {
    /// borrowed
    prompt: Option<ObjRef>,
    stage: u8,
}

impl Native for ReadLine {
    fn name(&self) -> &'static str {
        "input"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            let outcome = match (self.stage, input.take()) {
                (0, _) => {
                    self.stage = 1;
                    match self.prompt {
                        Some(prompt) => vm.str(prompt)?,
                        None => {
                            self.stage = 3;
                            continue;
                        }
                    }
                }
                (1, text) => {
                    self.stage = 2;
                    let text = text.expect("the prompt's text");
                    let result = match vm.dict_get_str(vm.sys_dict, vm.names.stdout) {
                        Some(stdout) => write_to(vm, stdout, text),
                        None => done(vm.none()),
                    };
                    vm.decref(text);
                    result?
                }
                (2, value) => {
                    vm.xdecref(value);
                    self.stage = 3;
                    continue;
                }
                (3, _) => {
                    self.stage = 4;
                    let stdin = vm.dict_get_str(vm.sys_dict, vm.names.stdin).unwrap_or(NONE);
                    if is_plain_stdin(vm, stdin) {
                        vm.ask_for_line(input_line)?
                    } else {
                        let name = vm.new_interned("readline");
                        let result = call_method(vm, stdin, name, &[]);
                        vm.decref(name);
                        result?
                    }
                }
                (_, line) => {
                    let line = line.expect("a line");
                    let Some(text) = vm.text(line) else {
                        vm.decref(line);
                        return Err(vm.type_error("object.readline() returned non-string"));
                    };
                    vm.decref(line);
                    if text.is_empty() {
                        return Err(vm.raise(EOF_ERROR, "EOF when reading a line"));
                    }
                    let end = if text.at(text.len() - 1) == u32::from('\n') { text.len() - 1 } else { text.len() };
                    return done(vm.new_str(text.slice(0, end)));
                }
            };
            match outcome {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}
}

/// The str of a line that was read.
pub fn input_line(vm: &mut Vm, answer: Answer) -> Result<ObjRef, Raised> {
    match answer {
        Answer::Line(line) => Ok(vm.new_str(PyStr::from(&*line.replace("\r\n", "\n")))),
        other => Err(failed(vm, other)),
    }
}
