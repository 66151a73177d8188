//! Calls about open files by their numbers: `os.open`, `read`, `write`, `lseek`, `close`.
//!
//! A number is one that the machine gave ([`Vm::free_handle`]); 0 to 2 are its standard streams.
//! `os.write(1, b"hi")` prints. Counterpart in CPython 3.11: `os_read_impl` and its neighbours in `Modules/posixmodule.c`.

use super::{constants::*, facts, system_error};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::core_types::NONE,
    stdlib::io::{
        bytes_argument,
        file::{path_bytes, path_of},
        os_error,
        task::{self, Next, Step, Task},
    },
    vm::{
        Raised, Res, Vm,
        host::{Answer, FileRequest, OpenHow, Request, Stream, errno::Errno},
        native::{Args, NativeDef as Def, Signature},
        native_frame::Input,
        raised::done,
    },
};

pub(super) fn functions() -> Vec<Def> {
    use Signature::Named;
    vec![
        Def::function("open", Named("path, flags, mode=511, *, dir_fd=None"), open),
        Def::function("close", Named("fd"), |vm, args| {
            let handle = open_handle(vm, args.at(vm, 0))?;
            if handle <= 2 {
                return done(vm.none());
            }
            vm.open_files.remove(&handle);
            vm.ask(Request::File(FileRequest::Close { handle }), |vm, answer| match answer {
                Answer::Done => Ok(vm.none()),
                other => Err(os_error(vm, other, None)),
            })
        }),
        Def::function("read", Named("fd, length, /"), |vm, args| {
            let handle = open_handle(vm, args.at(vm, 0))?;
            let limit = convert::ssize(vm, args.at(vm, 1))?;
            let Ok(limit) = usize::try_from(limit) else { return Err(failed(vm, 22)) };
            let request = match handle {
                0 => Request::ReadLine,
                1 | 2 => return done(vm.new_bytes(Vec::new())),
                _ => Request::File(FileRequest::Read { handle, limit: Some(limit) }),
            };
            vm.ask(request, |vm, answer| match answer {
                Answer::Bytes(bytes) => Ok(vm.new_bytes(bytes)),
                Answer::Line(line) => Ok(vm.new_bytes(line.into_bytes())),
                other => Err(os_error(vm, other, None)),
            })
        }),
        Def::function("write", Named("fd, data, /"), |vm, args| {
            let handle = open_handle(vm, args.at(vm, 0))?;
            let bytes = bytes_argument(vm, args.at(vm, 1))?;
            match handle {
                0 => Err(failed(vm, 9)),
                1 | 2 => {
                    let stream = if handle == 1 { Stream::Stdout } else { Stream::Stderr };
                    vm.write(stream, &bytes);
                    done(vm.new_usize(bytes.len()))
                }
                _ => vm.ask(Request::File(FileRequest::Write { handle, bytes }), count),
            }
        }),
        Def::function("lseek", Named("fd, position, whence, /"), |vm, args| {
            let handle = open_handle(vm, args.at(vm, 0))?;
            let offset = convert::ssize(vm, args.at(vm, 1))?;
            let whence = convert::c_int(vm, args.at(vm, 2))?;
            match (handle, u8::try_from(whence)) {
                (0..=2, _) => Err(failed(vm, 29)),
                (_, Ok(whence @ 0..=2)) => vm.ask(Request::File(FileRequest::Seek { handle, offset, whence }), count),
                _ => Err(failed(vm, 22)),
            }
        }),
        Def::function("ftruncate", Named("fd, length, /"), |vm, args| {
            let handle = open_handle(vm, args.at(vm, 0))?;
            let size = convert::ssize(vm, args.at(vm, 1))?;
            match u64::try_from(size) {
                Ok(size) if handle > 2 => vm.ask(Request::File(FileRequest::Truncate { handle, size }), count),
                _ => Err(failed(vm, 22)),
            }
        }),
        Def::function("fsync", Named("fd"), |vm, args| {
            open_handle(vm, args.at(vm, 0))?;
            done(vm.none())
        }),
        Def::function("isatty", Named("fd, /"), |vm, args| {
            let answer = match open_handle(vm, args.at(vm, 0)) {
                Ok(handle) => vm.config.terminals.get(handle as usize).copied().unwrap_or(false),
                Err(raised) => {
                    vm.decref(raised.0);
                    false
                }
            };
            done(vm.new_bool(answer))
        }),
        Def::function("get_terminal_size", Named("fd=1, /"), |vm, args| {
            let handle = match args.get(vm, 0) {
                Some(fd) => open_handle(vm, fd)?,
                None => 1,
            };
            if !vm.config.terminals.get(handle as usize).copied().unwrap_or(false) {
                return Err(failed(vm, 25));
            }
            vm.ask(Request::File(FileRequest::TerminalSize), |vm, answer| match answer {
                Answer::Numbers(sizes) => {
                    let items: Vec<ObjRef> = sizes.iter().map(|&size| vm.new_int(size)).collect();
                    let class = facts::class(vm, "terminal_size");
                    Ok(crate::stdlib::struct_sequence::new(vm, class, items))
                }
                other => Err(os_error(vm, other, None)),
            })
        }),
    ]
}

/// The number of a file that is open.
pub(super) fn open_handle(vm: &mut Vm, fd: ObjRef) -> Result<u32, Raised> {
    let fd = convert::c_int(vm, fd)?;
    match u32::try_from(fd) {
        Ok(handle) if handle <= 2 || vm.open_files.contains(&handle) => Ok(handle),
        _ => Err(failed(vm, 9)),
    }
}

/// An OSError by its number.
pub(super) fn failed(vm: &mut Vm, errno: i32) -> Raised {
    os_error(vm, Errno(errno).answer(), None)
}

fn count(vm: &mut Vm, answer: Answer) -> Result<ObjRef, Raised> {
    match answer {
        Answer::Count(count) => Ok(vm.new_int(count)),
        Answer::Done => Ok(vm.none()),
        other => Err(os_error(vm, other, None)),
    }
}

fn open(vm: &mut Vm, args: Args) -> Res {
    let flags = i64::from(convert::c_int(vm, args.at(vm, 1))?);
    let has = |flag: i64| flags & flag != 0;
    let how = OpenHow {
        read: flags & 3 != O_WRONLY,
        write: flags & 3 == O_WRONLY || flags & 3 == O_RDWR,
        append: has(O_APPEND),
        create: has(O_CREAT),
        exclusive: has(O_CREAT) && has(O_EXCL),
        truncate: has(O_TRUNC),
    };
    task::run(vm, Open { path: args.at(vm, 0), name: None, how, handle: 0, stage: 0 })
}

#[derive(Clone)]
struct Open {
    /// borrowed
    path: ObjRef,
    /// What `os.fspath` makes of it, owned.
    name: Option<ObjRef>,
    how: OpenHow,
    handle: u32,
    stage: u8,
}

impl Task for Open {
    fn name(&self) -> &'static str {
        "open"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        self.stage += 1;
        match self.stage {
            1 => Ok(Next::Wait(path_of(vm, self.path))),
            2 => {
                let path = value.unwrap_or(NONE);
                let bytes = path_bytes(vm, path);
                self.name = Some(path);
                self.handle = vm.free_handle();
                let request = FileRequest::Open { handle: self.handle, path: bytes?, how: self.how };
                Ok(Next::Wait(vm.ask_for(Request::File(request))))
            }
            _ => {
                vm.xdecref(value);
                match vm.take_answer() {
                    Answer::Opened(_) => {
                        vm.open_files.insert(self.handle);
                        Ok(Next::Done(vm.new_int(i64::from(self.handle))))
                    }
                    Answer::Failed(errno, text) => Err(system_error(vm, errno, &text, &[self.name.unwrap_or(self.path)])),
                    other => Err(os_error(vm, other, None)),
                }
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.name.iter().for_each(|&name| visit(name));
    }
}
