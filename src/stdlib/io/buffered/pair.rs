//! `BufferedRWPair`: a reader and a writer over two raw files, as one object.
//!
//! `io.BufferedRWPair(r, w).write(b"x")` writes to `w`. Counterpart in CPython 3.11: the end of `Modules/_io/bufferedio.c`.

use super::*;

#[derive(Clone, Default)]
pub struct State {
    reader: Option<ObjRef>,
    writer: Option<ObjRef>,
}

io_state!(State, [reader, writer], |state| state.writer.is_some());

pub fn natives() -> Vec<Def> {
    vec![
        Def::static_method("__new__", Any, base::new),
        Def::wrapper("__init__", Range(2, 3), init),
        Def::method("read", Range(0, 1), |vm, args| pass_on(vm, args, true, "read")),
        Def::method("peek", Range(0, 1), |vm, args| pass_on(vm, args, true, "peek")),
        Def::method("read1", Range(0, 1), |vm, args| pass_on(vm, args, true, "read1")),
        Def::method("readinto", One, |vm, args| pass_on(vm, args, true, "readinto")),
        Def::method("readinto1", One, |vm, args| pass_on(vm, args, true, "readinto1")),
        Def::method("write", One, |vm, args| pass_on(vm, args, false, "write")),
        Def::method("flush", NoArgs, |vm, args| pass_on(vm, args, false, "flush")),
        Def::method("readable", NoArgs, |vm, args| pass_on(vm, args, true, "readable")),
        Def::method("writable", NoArgs, |vm, args| pass_on(vm, args, false, "writable")),
        Def::method("isatty", NoArgs, |vm, args| pass_on(vm, args, false, "isatty")),
        Def::method("close", NoArgs, close),
        Def::getter("closed", |vm, args| {
            let writer = part(vm, args.at(vm, 0), false)?;
            attribute(vm, writer, "closed")
        }),
    ]
}

fn part(vm: &mut Vm, pair: ObjRef, reader: bool) -> Result<ObjRef, Raised> {
    let state = foreign::<State>(vm, pair);
    match state.and_then(|state| if reader { state.reader } else { state.writer }) {
        Some(part) => Ok(part),
        None => Err(vm.value_error("I/O operation on uninitialized object")),
    }
}

fn pass_on(vm: &mut Vm, args: Args, reader: bool, method: &str) -> Res {
    let part = part(vm, args.at(vm, 0), reader)?;
    call(vm, part, method, &args.from(vm, 1))
}

fn init(vm: &mut Vm, args: Args) -> Res {
    let pair = args.at(vm, 0);
    let size = match args.get(vm, 3) {
        Some(size) => convert::ssize(vm, size)?,
        None => super::super::DEFAULT_BUFFER_SIZE as i64,
    };
    let (reader, writer) = (args.at(vm, 1), args.at(vm, 2));
    task::run(vm, Init { pair, reader, writer, size, stage: 0 })
}

#[derive(Clone)]
struct Init {
    pair: ObjRef,
    reader: ObjRef,
    writer: ObjRef,
    size: i64,
    stage: u8,
}

impl Task for Init {
    fn name(&self) -> &'static str {
        "__init__"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        vm.xdecref(input.value());
        self.stage += 1;
        match self.stage {
            1 => Ok(Next::Wait(task::run(vm, Check { file: self.reader, wanted: vec![Able::Readable], asked: false }))),
            2 => Ok(Next::Wait(task::run(vm, Check { file: self.writer, wanted: vec![Able::Writable], asked: false }))),
            _ if self.size <= 0 => Err(vm.value_error("buffer size must be strictly positive")),
            _ => {
                let parts = [(BUFFERED_READER, self.reader), (BUFFERED_WRITER, self.writer)].map(|(class, raw)| {
                    let part = super::super::new_object(vm, class, super::State::default());
                    set_up(vm, part, raw, self.size as usize);
                    part
                });
                let new = State { reader: Some(parts[0]), writer: Some(parts[1]) };
                let old = foreign_mut::<State>(vm, self.pair).map(|state| std::mem::replace(state, new));
                for part in old.into_iter().flat_map(|old| [old.reader, old.writer]).flatten() {
                    vm.decref(part);
                }
                Ok(Next::Done(vm.none()))
            }
        }
    }
}

/// Closes the writer, then the reader.
fn close(vm: &mut Vm, args: Args) -> Res {
    let pair = args.at(vm, 0);
    part(vm, pair, false)?;
    vm.call_then(
        "close",
        &[pair],
        |vm, refs| {
            let writer = part(vm, refs[0], false)?;
            call(vm, writer, "close", &[])
        },
        |vm, refs, none| {
            vm.decref(none);
            let reader = part(vm, refs[0], true)?;
            call(vm, reader, "close", &[])
        },
    )
}
