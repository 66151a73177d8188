//! The outside world: a program's questions come out of the machine as data, and answers go in.
//!
//! That keeps the machine deterministic: the same answers make the same run, so a recording of the answers is a recording
//! of the run. Output is queued with the number of the instruction that wrote it.

pub mod errno;

use std::sync::{Arc, Mutex, MutexGuard};

use super::{Outcome, Raised, Res, Vm, native_frame::Input, native_frame::Native};
use crate::{
    heap::ObjRef,
    objects::{Body, core_types::*},
};

/// A question to the outside world.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// A line of standard input, after everything printed so far is visible.
    ReadLine,
    /// Seconds since the epoch.
    Time,
    /// Seconds on a clock that never goes back.
    Monotonic,
    /// So many bytes of entropy.
    Entropy(usize),
    /// Wait so many seconds.
    Sleep(f64),
    /// All threads sleep: let so many nanoseconds pass.
    Wait(u64),
    /// Read a whole file.
    ReadFile(String),
    /// Is it there, and what is it?
    Stat(String),
    /// Write a whole file, in a folder that is made if need be; either all of it or nothing.
    WriteFile(String, Vec<u8>),
    /// Something about an open file, or the folders that files are in.
    File(FileRequest),
}

/// What is asked of the file system. An open file is known by a number that the machine gave it, see [`Vm::free_handle`];
/// paths are bytes, as the system has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileRequest {
    /// Answered with [`Answer::Opened`]. A folder is opened too, if only for reading: who asked refuses it.
    Open {
        handle: u32,
        path: Vec<u8>,
        how: OpenHow,
    },
    /// At most so many bytes from where the file stands, all that are left without a limit: [`Answer::Bytes`].
    Read {
        handle: u32,
        limit: Option<usize>,
    },
    /// Answered with the number of bytes written.
    Write {
        handle: u32,
        bytes: Vec<u8>,
    },
    /// As `lseek`: from the start, from here or from the end (0, 1, 2). Answered with the new position.
    Seek {
        handle: u32,
        offset: i64,
        whence: u8,
    },
    Truncate {
        handle: u32,
        size: u64,
    },
    Close {
        handle: u32,
    },
    Remove(Vec<u8>),
    Rename(Vec<u8>, Vec<u8>),
    MakeFolder(Vec<u8>),
    RemoveFolder(Vec<u8>),
    /// The names in a folder: [`Answer::Names`].
    List(Vec<u8>),
    /// Answered with its path.
    CurrentFolder,
    /// Answered with the path of the new current folder.
    ChangeFolder(Vec<u8>),
    /// All that `stat` tells of a path, or of the symbolic link itself: [`Answer::Facts`].
    Facts {
        path: Vec<u8>,
        follow: bool,
    },
    /// The same of an open file.
    FactsOf {
        handle: u32,
    },
    /// May these things be done with it (1 run, 2 write, 4 read, 0 is it there)?
    Access {
        path: Vec<u8>,
        mode: u32,
    },
    /// Answered with where a symbolic link leads.
    ReadLink(Vec<u8>),
    /// A new name `path` for, or a symbolic link to, what is at `to`.
    MakeLink {
        to: Vec<u8>,
        path: Vec<u8>,
        symbolic: bool,
    },
    ChangeMode {
        path: Vec<u8>,
        mode: u32,
    },
    /// When it was last read and changed, in nanoseconds since the epoch; `None`: now.
    ChangeTimes {
        path: Vec<u8>,
        times: Option<(i64, i64)>,
    },
    TruncatePath {
        path: Vec<u8>,
        size: u64,
    },
    /// A variable of the environment: [`Answer::Bytes`], or a failure if there is none.
    Variable(Vec<u8>),
    /// All variables, name, value, name, value…: [`Answer::Names`].
    Variables,
    /// System, host, release, version, machine: [`Answer::Names`].
    SystemName,
    /// [`Answer::Numbers`]: process, its parent, user, group, number of processors, umask.
    Process,
    /// [`Answer::Numbers`]: columns and lines.
    TerminalSize,
}

/// What `stat` tells: numbers as the system has them, times in nanoseconds since the epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub mode: i64,
    pub ino: i64,
    pub dev: i64,
    pub nlink: i64,
    pub uid: i64,
    pub gid: i64,
    pub size: i64,
    pub atime: i64,
    pub mtime: i64,
    pub ctime: i64,
    pub blksize: i64,
    pub blocks: i64,
    pub rdev: i64,
}

impl Facts {
    /// All in the order of the fields.
    pub fn numbers(&self) -> [i64; 13] {
        let Facts { mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime, blksize, blocks, rdev } = *self;
        [mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime, blksize, blocks, rdev]
    }

    pub fn of_numbers(numbers: [i64; 13]) -> Facts {
        let [mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime, blksize, blocks, rdev] = numbers;
        Facts { mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime, blksize, blocks, rdev }
    }
}

/// What a file is opened for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenHow {
    pub read: bool,
    pub write: bool,
    /// Each write goes to the end.
    pub append: bool,
    pub create: bool,
    /// It must not be there yet.
    pub exclusive: bool,
    pub truncate: bool,
}

/// What is told of a file that was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFacts {
    pub is_folder: bool,
    pub is_terminal: bool,
    /// One can move about in it.
    pub seekable: bool,
    /// The size of the blocks that suit it, in bytes; 0 or 1: not known.
    pub block_size: u64,
}

/// The outside world's answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A line with its newline; empty at the end of input.
    Line(String),
    Seconds(f64),
    Bytes(Vec<u8>),
    /// What a path leads to; the time of its last change in seconds since the epoch, and its size.
    Stat {
        is_folder: bool,
        mtime: i64,
        size: u64,
    },
    Done,
    Opened(FileFacts),
    /// A number of bytes or a position in a file.
    Count(i64),
    Names(Vec<Vec<u8>>),
    Numbers(Vec<i64>),
    Facts(Box<Facts>),
    /// `errno` and its text.
    Failed(i32, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Stdout,
    Stderr,
    /// A line that was typed is shown between what the program writes.
    Stdin,
}

/// What was written: which stream, by which instruction, which bytes.
#[derive(Clone, Debug)]
pub struct Chunk {
    pub stream: Stream,
    pub step: u64,
    pub bytes: Vec<u8>,
}

/// Output not yet taken by who runs the machine.
#[derive(Clone, Debug, Default)]
pub struct Output {
    pub chunks: Vec<Chunk>,
}

/// What CPython's `sys.stdout` has encoded but not handed on: one text as it is, several in a list, which the collector counts.
#[derive(Clone, Debug, Default)]
pub struct PendingText {
    texts: u32,
    bytes: usize,
    pub list: Option<ObjRef>,
}

impl PendingText {
    /// Bytes that are handed on at the latest (`_CHUNK_SIZE`).
    const CHUNK: usize = 8192;
}

impl Vm {
    /// A text of so many bytes goes to a standard stream. Counterpart: `_io_TextIOWrapper_write`, where no terminal is written to.
    pub(super) fn note_text(&mut self, stream: Stream, bytes: usize) {
        if stream == Stream::Stderr || self.config.unbuffered {
            return;
        }
        if self.pending_text.texts > 0 && self.pending_text.bytes + bytes > PendingText::CHUNK {
            self.flush_text(stream);
        }
        self.pending_text.texts += 1;
        self.pending_text.bytes += bytes;
        if self.pending_text.texts == 2 {
            let list = self.alloc_tracked(LIST, 2, Body::List(thin_vec::ThinVec::with_capacity(2)));
            self.pending_text.list = Some(list);
        }
        if self.pending_text.bytes >= PendingText::CHUNK {
            self.flush_text(stream);
        }
    }

    /// The texts of a standard stream are handed on.
    pub fn flush_text(&mut self, stream: Stream) {
        if stream == Stream::Stdout {
            let PendingText { list, .. } = std::mem::take(&mut self.pending_text);
            self.xdecref(list);
        }
    }

    pub fn write(&mut self, stream: Stream, bytes: &[u8]) {
        let step = self.steps();
        match self.output.chunks.last_mut() {
            Some(chunk) if chunk.stream == stream && chunk.step == step => chunk.bytes.extend_from_slice(bytes),
            _ => self.output.chunks.push(Chunk { stream, step, bytes: bytes.to_vec() }),
        }
        self.alert();
    }

    /// Takes the output written so far.
    pub fn take_output(&mut self) -> Vec<Chunk> {
        std::mem::take(&mut self.output.chunks)
    }

    /// Asks the outside world; the run loop returns until [`Vm::answer`] is called. `then` makes an object of the answer.
    pub fn ask(&mut self, request: Request, then: fn(&mut Vm, Answer) -> Result<ObjRef, Raised>) -> Res {
        self.request = Some(request);
        self.attention = true;
        self.start_native(Asking { then })
    }

    /// The same for a waiting [`Native`] that takes the answer as it is, with [`Vm::take_answer`], when it is resumed.
    pub fn ask_for(&mut self, request: Request) -> Res {
        self.ask(request, |vm, answer| {
            vm.answered = Some(answer);
            Ok(vm.none())
        })
    }

    /// The same for a line of standard input: other threads run meanwhile.
    pub fn ask_for_input(&mut self) -> Res {
        self.ask_for_line(|vm, answer| {
            vm.answered = Some(answer);
            Ok(vm.none())
        })
    }

    /// The answer to the last [`Vm::ask_for`].
    pub fn take_answer(&mut self) -> Answer {
        self.answered.take().unwrap_or(Answer::Failed(5, "Input/output error".into()))
    }

    /// The number that the next file to be opened gets: the lowest one that is free, as on every Unix.
    pub fn free_handle(&self) -> u32 {
        (3..).find(|handle| !self.open_files.contains(handle)).expect("numbers do not run out")
    }

    /// Answers the request that the machine waits for. Run it on afterwards.
    pub fn answer(&mut self, answer: Answer) {
        self.threads.late_question = false;
        match self.request.take() {
            Some(Request::Wait(nanoseconds)) => return self.time_passed(nanoseconds),
            Some(Request::Sleep(seconds)) => self.threads.slept += (seconds.max(0.0) * 1e9) as u64,
            _ => {}
        }
        let depth = self.frames.len() - 1;
        let then = match &self.frames[depth].kind {
            super::frame::FrameKind::Native(super::frame::NativeState::Waiting(native)) => native.answer_with(),
            _ => None,
        };
        let frame = self.frames.pop().expect("the frame that asked");
        self.drop_stack(frame.return_sp as usize, frame.top as usize);
        let then = then.expect("only the frame that asked is answered");
        self.reload_registers();
        let signal = match then(self, answer) {
            Ok(value) => super::frame::Signal::Value(value),
            Err(raised) => super::frame::Signal::Raised(raised),
        };
        self.deliver(frame.receive, signal);
    }
}

/// What makes an object of an answer.
pub type Then = fn(&mut Vm, Answer) -> Result<ObjRef, Raised>;

/// The native frame that waits for the outside world.
#[derive(Clone)]
struct Asking {
    then: Then,
}

impl Native for Asking {
    fn name(&self) -> &'static str {
        "waiting"
    }

    fn resume(&mut self, _vm: &mut Vm, _input: Input) -> Res {
        Ok(Outcome::Pushed)
    }

    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}

    fn answer_with(&self) -> Option<Then> {
        Some(self.then)
    }
}

/// An answer that was not asked for, or a failure: the OSError it is.
pub fn failed(vm: &mut Vm, answer: Answer) -> Raised {
    let (errno, text) = match answer {
        Answer::Failed(errno, text) => (errno, text),
        other => (5, format!("unexpected answer {other:?}")),
    };
    let errno = vm.new_int(i64::from(errno));
    let text = vm.new_str(text);
    let args = vm.new_tuple([errno, text]);
    vm.raise_args(OS_ERROR, args)
}

/// Who answers what is asked below native code, where the loop cannot be left to ask. A copy of the machine has nobody: what is
/// tried on it reaches no world.
#[derive(Default)]
pub struct Aside(Option<Arc<Mutex<dyn Host + Send>>>);

impl Clone for Aside {
    fn clone(&self) -> Aside {
        Aside(None)
    }
}

impl Aside {
    pub fn new(host: Arc<Mutex<dyn Host + Send>>) -> Aside {
        Aside(Some(host))
    }

    pub fn is_there(&self) -> bool {
        self.0.is_some()
    }

    /// As [`Host::answer_below`]. `None` also if there is nobody.
    pub fn ask(&self, output: &mut Output, request: &Request) -> Option<Answer> {
        match self.0.as_ref()?.try_lock() {
            Ok(mut host) => host.answer_below(output, request),
            Err(_) => Some(Answer::Failed(5, "Input/output error".into())),
        }
    }

    /// As [`Host::wants_pause`].
    pub fn wants_pause(&self, step: u64) -> bool {
        self.0.as_ref().and_then(|host| host.try_lock().ok()).is_some_and(|mut host| host.wants_pause(step))
    }
}

/// What ran below native code could not go on: the machine is of no use any more, see [`Vm::give_up`].
#[derive(Clone, Debug)]
pub struct GivenUp {
    /// The instant before the outermost instruction.
    pub before: u64,
    /// What was written until then.
    pub output: Vec<Chunk>,
    /// It waits for the user; otherwise the user wants a pause.
    pub asks: bool,
}

/// Who answers a machine's requests and takes its output: a terminal, a recording, a test.
pub trait Host {
    fn write(&mut self, stream: Stream, bytes: &[u8]);
    fn answer(&mut self, request: &Request) -> Answer;

    /// An answer below native code, where the output has not been taken yet. `None`: it is the user's, who is not asked there.
    fn answer_below(&mut self, output: &mut Output, request: &Request) -> Option<Answer> {
        output.chunks.drain(..).for_each(|chunk| self.write(chunk.stream, &chunk.bytes));
        Some(self.answer(request))
    }

    /// Whether what runs below native code is to stop; told of now and then.
    fn wants_pause(&mut self, _step: u64) -> bool {
        false
    }
}

/// One world for two who ask: the loop, and native code below which a program runs.
pub struct Shared<H>(Arc<Mutex<H>>);

impl<H: Host + Send + 'static> Shared<H> {
    pub fn new(host: H) -> Shared<H> {
        Shared(Arc::new(Mutex::new(host)))
    }

    pub fn lock(&self) -> MutexGuard<'_, H> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub fn aside(&self) -> Aside {
        Aside::new(self.0.clone())
    }
}

impl<H: Host + Send + 'static> Host for Shared<H> {
    fn write(&mut self, stream: Stream, bytes: &[u8]) {
        self.lock().write(stream, bytes);
    }

    fn answer(&mut self, request: &Request) -> Answer {
        self.lock().answer(request)
    }
}
