//! The outside world of a lesson's program: clocks that stand still, no chance, and a disk with nothing but the program on it.
//!
//! A lesson may come from anybody, so nothing of this computer is in reach. What the program writes stays in the session's overlay, see
//! [`crate::debugger::overlay`]: `open("notes.txt", "w")` makes `/notes.txt`, and it is gone with the lesson. There are the folders
//! `/` and `/tmp`, and the program itself, which can be read.

use std::collections::BTreeMap;

use super::format::PROGRAM;
use crate::{
    debugger::world::StillWorld,
    vm::host::{
        Answer, Facts, FileFacts, FileRequest, Host, Request, Stream,
        errno::{EACCES, EBADF, EINVAL, EISDIR, ENOENT, ENOTDIR, EPERM, Errno},
    },
};

pub struct BareWorld {
    still: StillWorld,
    program: Vec<u8>,
    /// The program, opened so many times, and where each stands.
    open: BTreeMap<u32, usize>,
}

/// The environment of every lesson.
const VARIABLES: [(&str, &str); 4] = [("HOME", "/"), ("LANG", "C.UTF-8"), ("PATH", "/usr/bin:/bin"), ("USER", "learner")];

const LEARNER: i64 = 1000;
const TIME: i64 = 1_700_000_000;

/// What is at a path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Temporary,
    Program,
}

impl BareWorld {
    pub fn new(program: &str) -> BareWorld {
        BareWorld { still: StillWorld::default(), program: program.as_bytes().to_vec(), open: BTreeMap::new() }
    }

    fn file(&mut self, request: &FileRequest) -> Result<Answer, Errno> {
        Ok(match request {
            FileRequest::Open { handle, path, .. } => match place(path)? {
                Place::Program => {
                    self.open.insert(*handle, 0);
                    Answer::Opened(FileFacts { is_folder: false, is_terminal: false, seekable: true, block_size: 4096 })
                }
                _ => return Err(EPERM),
            },
            FileRequest::Read { handle, limit } => {
                let at = self.open.get_mut(handle).ok_or(EBADF)?;
                let start = (*at).min(self.program.len());
                *at = limit.map_or(self.program.len(), |limit| start.saturating_add(limit).min(self.program.len()));
                Answer::Bytes(self.program[start..*at].to_vec())
            }
            FileRequest::Seek { handle, offset, whence } => {
                let at = self.open.get_mut(handle).ok_or(EBADF)?;
                let from = match whence {
                    0 => 0,
                    1 => *at as i64,
                    _ => self.program.len() as i64,
                };
                *at = from.checked_add(*offset).and_then(|to| usize::try_from(to).ok()).ok_or(EINVAL)?;
                Answer::Count(*at as i64)
            }
            FileRequest::Close { handle } => self.open.remove(handle).map(|_| Answer::Done).ok_or(EBADF)?,
            FileRequest::FactsOf { .. } => Answer::Facts(Box::new(self.facts(Place::Program))),
            FileRequest::Facts { path, .. } => Answer::Facts(Box::new(self.facts(place(path)?))),
            FileRequest::Access { path, mode } => match place(path)? {
                Place::Program if mode & 1 != 0 => return Err(EACCES),
                _ => Answer::Done,
            },
            FileRequest::List(path) => match place(path)? {
                Place::Root => Answer::Names(vec![PROGRAM.into(), b"tmp".to_vec()]),
                Place::Temporary => Answer::Names(Vec::new()),
                Place::Program => return Err(ENOTDIR),
            },
            FileRequest::ReadLink(path) => return Err(place(path).err().unwrap_or(EINVAL)),
            FileRequest::CurrentFolder => Answer::Bytes(b"/".to_vec()),
            FileRequest::Variable(name) => match VARIABLES.iter().find(|(known, _)| known.as_bytes() == name) {
                Some((_, value)) => Answer::Bytes(value.as_bytes().to_vec()),
                None => return Err(ENOENT),
            },
            FileRequest::Variables => {
                Answer::Names(VARIABLES.iter().flat_map(|(name, value)| [name.as_bytes().to_vec(), value.as_bytes().to_vec()]).collect())
            }
            FileRequest::SystemName => Answer::Names(["Linux", "lesson", "6.0", "#1", "x86_64"].map(|name| name.into()).into()),
            FileRequest::Process => Answer::Numbers(vec![100, 1, LEARNER, LEARNER, 1, 0o022]),
            FileRequest::TerminalSize => Answer::Numbers(vec![80, 24]),
            _ => return Err(EPERM),
        })
    }

    fn facts(&self, place: Place) -> Facts {
        let (mode, ino, size, nlink) = match place {
            Place::Root => (0o040_755, 2, 4096, 3),
            Place::Temporary => (0o040_755, 3, 4096, 2),
            Place::Program => (0o100_644, 4, self.program.len() as i64, 1),
        };
        let time = TIME * 1_000_000_000;
        Facts {
            mode,
            ino,
            dev: 1,
            nlink,
            uid: LEARNER,
            gid: LEARNER,
            size,
            atime: time,
            mtime: time,
            ctime: time,
            blksize: 4096,
            blocks: (size + 4095) / 4096 * 8,
            rdev: 0,
        }
    }
}

/// What is at a path: from the root or from the current folder, which is the root.
fn place(path: &[u8]) -> Result<Place, Errno> {
    let parts: Vec<&[u8]> = path.split(|&byte| byte == b'/').filter(|part| !part.is_empty() && *part != b".").collect();
    match parts[..] {
        [] => Ok(Place::Root),
        [b"tmp"] => Ok(Place::Temporary),
        [name] if name == PROGRAM.as_bytes() => Ok(Place::Program),
        [name, ..] if name == PROGRAM.as_bytes() => Err(ENOTDIR),
        _ => Err(ENOENT),
    }
}

impl Host for BareWorld {
    fn write(&mut self, _stream: Stream, _bytes: &[u8]) {}

    fn answer(&mut self, request: &Request) -> Answer {
        let answer = match request {
            Request::ReadFile(path) => match place(path.as_bytes()) {
                Ok(Place::Program) => Ok(Answer::Bytes(self.program.clone())),
                Ok(_) => Err(EISDIR),
                Err(error) => Err(error),
            },
            Request::Stat(path) => place(path.as_bytes()).map(|place| {
                let facts = self.facts(place);
                Answer::Stat { is_folder: place != Place::Program, mtime: TIME, size: facts.size as u64 }
            }),
            Request::WriteFile(..) => Err(EPERM),
            Request::File(request) => self.file(request),
            request => Ok(self.still.answer(request)),
        };
        answer.unwrap_or_else(Errno::answer)
    }
}
