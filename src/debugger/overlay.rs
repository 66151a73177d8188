//! The files of a session: what the program writes stays in memory, over the files of the disk, until it is committed.
//!
//! ```text
//!   open("new.txt", "w")      the overlay:   /home/me/new.txt → 12 bytes        /home/me/old.txt → gone
//!   os.remove("old.txt")      the disk:      as it was
//! ```
//!
//! Invariant: but for [`Overlay::commit`] nothing below is changed, and what is here is a function of the disk and of the
//! questions answered so far; so when a new future begins, [`Overlay::rewind`] goes through the recorded ones again.
//! The program notices nothing: paths, links, open files and their facts are as they would be on the disk.

pub mod changes; // what is not as on the disk, and bringing it there
mod disk; // what lies below
mod handles; // open files
mod tree; // from a path to what is there

use std::{collections::BTreeMap, sync::Arc};

pub use self::changes::{FileChange, FileKind, Kind};
use self::disk::Disk;
use crate::vm::host::{Answer, Facts, FileRequest, Host, OpenHow, Request, Stream, errno::*};

/// All that the program wrote may take so many bytes; then the disk is full, as far as it can see.
const ROOM: usize = 256 << 20;

type Res<T> = Result<T, Errno>;

/// A world whose files are only looked at.
pub struct Overlay {
    disk: Disk,
    state: State,
    /// When each change was made, in nanoseconds since the epoch: one that is made again has the same time.
    times: Vec<i64>,
    /// Answers are gone through again: what was done then can be done.
    is_replaying: bool,
    /// The open files of the disk are left alone: somebody only wants to see what was written up to an instant.
    is_looking: bool,
    /// Why nothing may be committed.
    refusal: Option<&'static str>,
}

/// What the program has done to files.
#[derive(Clone, Default)]
struct State {
    /// What is not as on the disk, by its path from the root, without links.
    nodes: BTreeMap<Vec<u8>, Node>,
    files: BTreeMap<u64, File>,
    last_file: u64,
    open: BTreeMap<u32, Open>,
    /// The current folder, once it was asked for.
    folder: Option<Vec<u8>>,
    used: usize,
    /// How many changes were made.
    changes: usize,
}

/// What is at a path instead of what the disk has.
#[derive(Clone, Debug)]
enum Node {
    /// Removed.
    Gone,
    /// `own`: made here, so that nothing of the disk is in it.
    Folder {
        facts: Facts,
        own: bool,
    },
    /// Several paths may lead to one file.
    File(u64),
    Link {
        to: Vec<u8>,
        facts: Facts,
    },
}

#[derive(Clone)]
struct File {
    content: Content,
    facts: Facts,
}

#[derive(Clone)]
enum Content {
    Bytes(Arc<Vec<u8>>),
    /// As the disk has it, under this path.
    OfDisk(Vec<u8>),
}

#[derive(Clone, Debug)]
enum Open {
    /// The world below knows it by the same number.
    OfDisk {
        path: Vec<u8>,
        file: Option<u64>,
    },
    File {
        file: u64,
        at: u64,
        how: OpenHow,
    },
    Folder(Vec<u8>),
}

impl Overlay {
    pub fn new(below: Box<dyn Host + Send>) -> Overlay {
        Overlay {
            disk: Disk::new(below),
            state: State::default(),
            times: Vec::new(),
            is_replaying: false,
            is_looking: false,
            refusal: None,
        }
    }

    /// Nothing may be committed, for this reason.
    pub fn refuse(&mut self, why: &'static str) {
        self.refusal = Some(why);
    }

    /// Gives up the world below; what was written is lost.
    pub fn leave(&mut self, instead: Box<dyn Host + Send>) -> Box<dyn Host + Send> {
        self.close_all();
        self.state = State::default();
        self.times.clear();
        self.disk.leave(instead)
    }

    /// The program has asked these questions and no others.
    pub fn rewind(&mut self, answers: &[(Request, Answer)]) {
        self.close_all();
        self.state = State::default();
        self.replay(answers);
        self.times.truncate(self.state.changes);
    }

    /// Does something where the program has asked these questions alone; then all is as before.
    fn look_at<T>(&mut self, answers: &[(Request, Answer)], look: impl FnOnce(&mut Overlay) -> T) -> T {
        let state = std::mem::take(&mut self.state);
        self.is_looking = true;
        self.replay(answers);
        let seen = look(self);
        self.is_looking = false;
        self.state = state;
        seen
    }

    fn replay(&mut self, answers: &[(Request, Answer)]) {
        self.is_replaying = true;
        for (request, answer) in answers {
            match (request, answer) {
                (_, Answer::Failed(..)) => {}
                (Request::File(FileRequest::Read { handle, .. }), Answer::Bytes(bytes)) => self.skip(*handle, bytes.len()),
                (Request::File(request), _) if concerns_state(request) => drop(self.tried(request)),
                (Request::WriteFile(path, bytes), _) => drop(self.write_whole(path.as_bytes(), bytes)),
                _ => {}
            }
        }
        self.is_replaying = false;
    }

    /// The time of the change that is made now.
    fn stamp(&mut self) -> i64 {
        let index = self.state.changes;
        self.state.changes += 1;
        if let Some(&time) = self.times.get(index) {
            return time;
        }
        let time = self.disk.now();
        self.times.push(time);
        time
    }

    /// A change that failed was none.
    fn tried(&mut self, request: &FileRequest) -> Res<Answer> {
        let changes = self.state.changes;
        let answer = self.file(request);
        if answer.is_err() {
            self.state.changes = changes;
            if !self.is_replaying {
                self.times.truncate(changes);
            }
        }
        answer
    }

    /// Whether all is as on the disk, and the current folder where the process has it.
    fn is_clean(&self) -> bool {
        self.state.nodes.is_empty() && self.state.folder.is_none() && self.disk.is_as_it_was()
    }

    fn file(&mut self, request: &FileRequest) -> Res<Answer> {
        Ok(match request {
            FileRequest::Open { handle, path, how } => self.open(*handle, path, *how)?,
            FileRequest::Read { handle, limit } => self.read(*handle, *limit, request)?,
            FileRequest::Write { handle, bytes } => self.write_open(*handle, bytes, request)?,
            FileRequest::Seek { handle, offset, whence } => self.seek(*handle, *offset, *whence, request)?,
            FileRequest::Truncate { handle, size } => self.truncate_open(*handle, *size)?,
            FileRequest::Close { handle } => self.close(*handle, request)?,
            FileRequest::FactsOf { handle } => self.facts_of(*handle, request)?,
            FileRequest::Remove(path) => self.remove(path)?,
            FileRequest::Rename(from, to) => self.rename(from, to)?,
            FileRequest::MakeFolder(path) => self.make_folder(path)?,
            FileRequest::RemoveFolder(path) => self.remove_folder(path)?,
            FileRequest::MakeLink { to, path, symbolic } => self.make_link(to, path, *symbolic)?,
            FileRequest::ChangeMode { path, mode } => {
                let path = self.resolve(path, true)?;
                self.change_facts(&path, |facts| facts.mode = facts.mode & !0o7777 | i64::from(*mode))?
            }
            FileRequest::ChangeTimes { path, times } => {
                let path = self.resolve(path, true)?;
                let now = self.stamp();
                let (accessed, modified) = times.unwrap_or((now, now));
                self.change_facts(&path, |facts| (facts.atime, facts.mtime) = (accessed, modified))?
            }
            FileRequest::TruncatePath { path, size } => {
                let path = self.resolve(path, true)?;
                let file = self.own_file(&path)?;
                self.resize(file, *size)?;
                Answer::Done
            }
            FileRequest::CurrentFolder => Answer::Bytes(self.folder()?),
            FileRequest::ChangeFolder(path) => {
                let path = self.resolve(path, true)?;
                self.need_folder(&path)?;
                self.state.folder = Some(path.clone());
                Answer::Bytes(path)
            }
            request if self.is_clean() => return self.disk.pass(request),
            FileRequest::List(path) => {
                let path = self.resolve(path, true)?;
                self.need_folder(&path)?;
                Answer::Names(self.names(&path)?)
            }
            FileRequest::Facts { path, follow } => {
                let path = self.resolve(path, *follow)?;
                Answer::Facts(Box::new(self.facts(&path)?))
            }
            FileRequest::Access { path, mode } => {
                let path = self.resolve(path, true)?;
                self.may(&path, *mode)?;
                Answer::Done
            }
            FileRequest::ReadLink(path) => {
                let path = self.resolve(path, false)?;
                match self.found(&path)? {
                    tree::Found::Link(to) => Answer::Bytes(to),
                    tree::Found::Missing => return Err(ENOENT),
                    _ => return Err(EINVAL),
                }
            }
            request => return self.disk.pass(request),
        })
    }

    /// A whole file, with the folders that it is in.
    fn write_whole(&mut self, path: &[u8], bytes: &[u8]) -> Res<Answer> {
        let path = self.absolute(path)?;
        let mut missing = Vec::new();
        let mut folder = tree::parent(&path).to_vec();
        while self.found(&folder)? == tree::Found::Missing {
            missing.push(folder.clone());
            folder = tree::parent(&folder).to_vec();
        }
        for folder in missing.iter().rev() {
            self.make_folder(folder)?;
        }
        let file = match self.found(&path)? {
            tree::Found::Missing => self.new_file(&path)?,
            _ => self.own_file(&path)?,
        };
        self.resize(file, 0)?;
        self.put(file, 0, bytes)?;
        Ok(Answer::Done)
    }

    fn read_whole(&mut self, path: &str) -> Res<Answer> {
        let path = self.resolve(path.as_bytes(), true)?;
        match self.found(&path)? {
            tree::Found::Missing => Err(ENOENT),
            tree::Found::Folder => Err(EISDIR),
            tree::Found::File(Some(file)) => Ok(Answer::Bytes(self.bytes(file)?.to_vec())),
            _ => self.disk.read(&path).map(|bytes| Answer::Bytes(bytes.to_vec())),
        }
    }

    fn stat(&mut self, path: &str) -> Res<Answer> {
        let path = self.resolve(path.as_bytes(), true)?;
        let facts = self.facts(&path)?;
        let is_folder = facts.mode & tree::KIND == tree::FOLDER;
        Ok(Answer::Stat { is_folder, mtime: facts.mtime.div_euclid(1_000_000_000), size: facts.size.max(0) as u64 })
    }
}

impl Host for Overlay {
    fn write(&mut self, stream: Stream, bytes: &[u8]) {
        self.disk.below.write(stream, bytes);
    }

    fn answer(&mut self, request: &Request) -> Answer {
        let answer = match request {
            Request::File(request) => self.tried(request),
            Request::WriteFile(path, bytes) => self.write_whole(path.as_bytes(), bytes),
            Request::ReadFile(path) if !self.is_clean() => self.read_whole(path),
            Request::Stat(path) if !self.is_clean() => self.stat(path),
            request => return self.disk.below.answer(request),
        };
        answer.unwrap_or_else(Errno::answer)
    }
}

/// Whether the answers to later questions depend on this one.
fn concerns_state(request: &FileRequest) -> bool {
    !matches!(
        request,
        FileRequest::List(_)
            | FileRequest::CurrentFolder
            | FileRequest::Facts { .. }
            | FileRequest::FactsOf { .. }
            | FileRequest::Access { .. }
            | FileRequest::ReadLink(_)
            | FileRequest::Variable(_)
            | FileRequest::Variables
            | FileRequest::SystemName
            | FileRequest::Process
            | FileRequest::TerminalSize
    )
}
