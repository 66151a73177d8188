//! `open`: checks the mode, opens a `FileIO`, and puts the layers over it that the mode asks for.
//!
//! `open("x.txt", "w")` makes a FileIO, a BufferedWriter around it and a TextIOWrapper around that.
//! Counterpart in CPython 3.11: `Modules/_io/_iomodule.c`.

use super::{
    buffered, call, file,
    task::{self, Next, Step, Task},
    text,
};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::*},
    vm::{
        Raised, Res, Vm,
        native::{
            Args, NativeDef as Def,
            Signature::{Named, Range},
        },
        native_frame::Input,
        raised::done,
    },
};

pub fn functions() -> Vec<Def> {
    vec![
        Def::function("open", Named(SIGNATURE), open),
        Def::function("open_code", Named("path"), |vm, args| {
            if vm.heap.str(args.at(vm, 0)).is_none() {
                let given = convert::none_or_type_name(vm, args.at(vm, 0));
                return Err(vm.type_error(format!("open_code() argument 'path' must be str, not {given}")));
            }
            task::run(
                vm,
                Open::new(args.at(vm, 0), Wish { binary: true, mode: "rb".into(), buffering: -1, closefd: true, ..Wish::default() }),
            )
        }),
        Def::function("text_encoding", Range(1, 2), |vm, args| {
            let encoding = args.at(vm, 0);
            if encoding == NONE { done(vm.new_interned("locale")) } else { done(vm.own(encoding)) }
        }),
    ]
}

const SIGNATURE: &str = "file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None";

/// The arguments, checked. Objects are borrowed.
#[derive(Clone, Default)]
struct Wish {
    mode: String,
    binary: bool,
    reading: bool,
    updating: bool,
    buffering: i64,
    text: text::Wish,
    closefd: bool,
    opener: Option<ObjRef>,
}

/// The text of a str argument that C code takes.
fn without_null(vm: &mut Vm, text: ObjRef) -> Result<String, Raised> {
    let text = vm.name_text(text);
    if text.contains('\0') { Err(vm.value_error("embedded null character")) } else { Ok(text) }
}

/// A str argument that may be None.
fn text_argument(vm: &mut Vm, args: Args, index: usize, name: &str) -> Result<Option<String>, Raised> {
    match args.given(vm, index) {
        None => Ok(None),
        Some(text) if vm.heap.str(text).is_some() => without_null(vm, text).map(Some),
        Some(other) => {
            let given = vm.type_name(other);
            Err(vm.type_error(format!("open() argument '{name}' must be str or None, not {given}")))
        }
    }
}

fn open(vm: &mut Vm, args: Args) -> Res {
    let mode = match args.get(vm, 1) {
        Some(mode) => {
            convert::text(vm, mode, "open() argument 'mode'")?;
            without_null(vm, mode)?
        }
        None => "r".to_string(),
    };
    let buffering = match args.get(vm, 2) {
        Some(buffering) => i64::from(convert::c_int(vm, buffering)?),
        None => -1,
    };
    let encoding = text_argument(vm, args, 3, "encoding")?;
    let errors = text_argument(vm, args, 4, "errors")?;
    let newline = text_argument(vm, args, 5, "newline")?;
    let closefd = match args.get(vm, 6) {
        Some(flag) => convert::flag(vm, Some(flag))?,
        None => true,
    };
    let opener = args.given(vm, 7);
    let name = args.at(vm, 0);
    let text = text::Wish { encoding, errors, newline, line_buffering: false, write_through: false };
    task::run(vm, Open::new(name, Wish { mode, buffering, text, closefd, opener, ..Wish::default() }))
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Start,
    Path,
    Raw,
    Terminal,
    Buffer,
    Text,
    /// Something failed: what was opened is closed.
    Closing,
}

#[derive(Clone)]
struct Open {
    /// borrowed
    name: ObjRef,
    wish: Wish,
    path: Option<ObjRef>,
    /// The outermost layer so far.
    layer: Option<ObjRef>,
    /// The one below, while the outermost is being made.
    below: Option<ObjRef>,
    line_buffering: bool,
    failure: Option<ObjRef>,
    stage: Stage,
}

impl Open {
    fn new(name: ObjRef, wish: Wish) -> Open {
        Open { name, wish, path: None, layer: None, below: None, line_buffering: false, failure: None, stage: Stage::Start }
    }

    fn check(&mut self, vm: &mut Vm) -> Result<(), Raised> {
        let wish = &mut self.wish;
        let mut kinds = 0;
        let mut is_text = false;
        for (i, c) in wish.mode.chars().enumerate() {
            match c {
                'r' | 'w' | 'a' | 'x' => {
                    kinds += 1;
                    wish.reading |= c == 'r';
                }
                '+' => wish.updating = true,
                't' => is_text = true,
                'b' => wish.binary = true,
                _ => return Err(vm.value_error(format!("invalid mode: '{}'", wish.mode))),
            }
            if wish.mode.chars().take(i).any(|other| other == c) {
                return Err(vm.value_error(format!("invalid mode: '{}'", wish.mode)));
            }
        }
        if is_text && wish.binary {
            return Err(vm.value_error("can't have text and binary mode at once"));
        }
        if kinds > 1 {
            return Err(vm.value_error("must have exactly one of create/read/write/append mode"));
        }
        if wish.binary {
            for (given, what) in [(&wish.text.encoding, "an encoding"), (&wish.text.errors, "an errors"), (&wish.text.newline, "a newline")]
            {
                if given.is_some() {
                    return Err(vm.value_error(format!("binary mode doesn't take {what} argument")));
                }
            }
            if wish.buffering == 1 {
                let text = "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used";
                crate::stdlib::_warnings::warn_text(vm, RUNTIME_WARNING, text, None)?;
            }
        }
        Ok(())
    }

    /// Puts a new layer around the one there is; its `__init__` is run by `init`.
    fn wrap(&mut self, vm: &mut Vm, class: ObjRef, init: impl FnOnce(&mut Vm, ObjRef, ObjRef) -> Res) -> Res {
        let inner = self.layer.expect("a layer below");
        let outer = match class {
            TEXT_IO => super::new_object(vm, class, text::State::default()),
            _ => super::new_object(vm, class, buffered::State::default()),
        };
        // The outer layer may hold it only later.
        self.below = Some(inner);
        self.layer = Some(outer);
        init(vm, outer, inner)
    }

    /// The outermost layer is ready, and holds the one below.
    fn wrapped(&mut self, vm: &mut Vm) {
        let below = self.below.take();
        vm.xdecref(below);
    }

    fn buffer_size(&self, vm: &Vm, raw: ObjRef) -> usize {
        match self.wish.buffering {
            size if size > 1 => size as usize,
            _ => file::state(vm, raw).map_or(super::DEFAULT_BUFFER_SIZE, |state| state.block_size as usize),
        }
    }

    fn finish(&mut self) -> Step {
        Ok(Next::Done(self.layer.take().expect("the file")))
    }
}

impl Task for Open {
    fn name(&self) -> &'static str {
        "open"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        match self.stage {
            Stage::Start => {
                if vm.is_int(self.name) {
                    self.stage = Stage::Path;
                    return Ok(Next::Wait(done(vm.own(self.name))));
                }
                self.stage = Stage::Path;
                Ok(Next::Wait(file::path_of(vm, self.name)))
            }
            Stage::Path => {
                let path = value.expect("a path");
                self.path = Some(path);
                self.check(vm)?;
                let raw_mode: String = self.wish.mode.chars().filter(|c| matches!(c, 'r' | 'w' | 'a' | 'x' | '+')).collect();
                let raw = super::new_object(vm, FILE_IO, file::State::default());
                self.layer = Some(raw);
                self.stage = Stage::Raw;
                let open = file::Open::new(vm, raw, path, &raw_mode, self.wish.closefd, self.wish.opener)?;
                Ok(Next::Wait(task::run(vm, open)))
            }
            Stage::Raw => {
                vm.xdecref(value);
                self.stage = Stage::Terminal;
                let raw = self.layer.expect("the raw file");
                let is_terminal = file::state(vm, raw).is_some_and(|state| state.is_terminal);
                Ok(Next::Wait(done(vm.new_bool(is_terminal))))
            }
            Stage::Terminal => {
                let is_terminal = value == Some(TRUE);
                vm.xdecref(value);
                let buffering = self.wish.buffering;
                self.line_buffering = buffering == 1 || buffering < 0 && is_terminal;
                let raw = self.layer.expect("the raw file");
                if buffering == 0 {
                    if !self.wish.binary {
                        return Err(vm.value_error("can't have unbuffered text I/O")).or_else(|raised| self.raised(vm, raised));
                    }
                    return self.finish();
                }
                let size = self.buffer_size(vm, raw);
                let class = match (self.wish.updating, self.wish.reading) {
                    (true, _) => BUFFERED_RANDOM,
                    (false, true) => BUFFERED_READER,
                    (false, false) => BUFFERED_WRITER,
                };
                self.stage = Stage::Buffer;
                Ok(Next::Wait(self.wrap(vm, class, |vm, outer, inner| buffered::init(vm, outer, inner, size))))
            }
            Stage::Buffer => {
                vm.xdecref(value);
                self.wrapped(vm);
                if self.wish.binary {
                    return self.finish();
                }
                self.stage = Stage::Text;
                let wish = text::Wish { line_buffering: self.line_buffering, ..self.wish.text.clone() };
                Ok(Next::Wait(self.wrap(vm, TEXT_IO, |vm, outer, inner| text::init(vm, outer, inner, &wish))))
            }
            Stage::Text => {
                vm.xdecref(value);
                self.wrapped(vm);
                let file = self.layer.expect("the file");
                let (key, mode) = (vm.new_interned("mode"), vm.new_str(&*self.wish.mode));
                vm.set_own_attr(file, key, mode);
                vm.decref_all([key, mode]);
                self.finish()
            }
            Stage::Closing => {
                vm.xdecref(value);
                Err(Raised(self.failure.take().expect("what failed")))
            }
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Step {
        if self.stage == Stage::Closing {
            // Closing failed as well: that comes on top.
            if let Some(first) = self.failure.take() {
                vm.decref(first);
            }
            return Err(raised);
        }
        // What could not be made is of no use.
        if let Some(below) = self.below.take()
            && let Some(unfinished) = self.layer.replace(below)
        {
            vm.decref(unfinished);
        }
        match self.layer.filter(|_| !matches!(self.stage, Stage::Start | Stage::Path | Stage::Raw)) {
            Some(layer) => {
                self.failure = Some(raised.0);
                self.stage = Stage::Closing;
                Ok(Next::Wait(call(vm, layer, "close", &[])))
            }
            None => Err(raised),
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.path.iter().chain(&self.layer).chain(&self.below).chain(&self.failure).for_each(|&object| visit(object));
    }
}
