//! The outside world of a lesson's program: clocks that stand still, no chance, and files in memory.
//!
//! A lesson may come from anybody, so nothing of this computer is in reach: what the program writes is there for it alone, and gone
//! with it. `open("notes.txt", "w")` makes `/notes.txt`; there are the folders `/` and `/tmp`, and the program itself.

use std::collections::BTreeMap;

use super::format::PROGRAM;
use crate::{
    debugger::world::StillWorld,
    vm::host::{Answer, Facts, FileFacts, FileRequest, Host, OpenHow, Request, Stream},
};

/// All files together may have so many bytes.
const MOST: usize = 16 << 20;

pub struct MemoryWorld {
    still: StillWorld,
    nodes: BTreeMap<Vec<u8>, Node>,
    open: BTreeMap<u32, Open>,
}

#[derive(Clone, Debug)]
enum Node {
    Folder,
    File { bytes: Vec<u8>, mtime: i64 },
}

struct Open {
    path: Vec<u8>,
    at: usize,
    how: OpenHow,
    /// What it holds once its name is gone.
    orphan: Option<Vec<u8>>,
}

/// The environment of every lesson.
const VARIABLES: [(&str, &str); 4] = [("HOME", "/"), ("LANG", "C.UTF-8"), ("PATH", "/usr/bin:/bin"), ("USER", "learner")];

/// An `errno`.
struct Errno(i32);

type Res<T> = Result<T, Errno>;

const EPERM: Errno = Errno(1);
const ENOENT: Errno = Errno(2);
const EBADF: Errno = Errno(9);
const EEXIST: Errno = Errno(17);
const ENOTDIR: Errno = Errno(20);
const EISDIR: Errno = Errno(21);
const EINVAL: Errno = Errno(22);
const ENOSPC: Errno = Errno(28);
const ENOTEMPTY: Errno = Errno(39);

impl MemoryWorld {
    /// With the program in it.
    pub fn new(program: &str) -> MemoryWorld {
        let mut world = MemoryWorld { still: StillWorld::default(), nodes: BTreeMap::new(), open: BTreeMap::new() };
        world.nodes.insert(b"/".to_vec(), Node::Folder);
        world.nodes.insert(b"/tmp".to_vec(), Node::Folder);
        let mtime = world.now();
        world.nodes.insert(normal(PROGRAM.as_bytes()), Node::File { bytes: program.as_bytes().to_vec(), mtime });
        world
    }

    fn now(&mut self) -> i64 {
        match self.still.answer(&Request::Time) {
            Answer::Seconds(seconds) => seconds as i64,
            _ => 0,
        }
    }

    fn room(&self, more: usize) -> Res<()> {
        let used: usize = self.nodes.values().map(|node| if let Node::File { bytes, .. } = node { bytes.len() } else { 0 }).sum();
        if used + more > MOST { Err(ENOSPC) } else { Ok(()) }
    }

    /// The folder that a path is in must be there.
    fn in_folder(&self, path: &[u8]) -> Res<()> {
        match self.nodes.get(&parent(path)) {
            Some(Node::Folder) => Ok(()),
            Some(Node::File { .. }) => Err(ENOTDIR),
            None => Err(ENOENT),
        }
    }

    fn whole(&self, path: &[u8]) -> Res<Answer> {
        match self.nodes.get(&normal(path)) {
            Some(Node::File { bytes, .. }) => Ok(Answer::Bytes(bytes.clone())),
            Some(Node::Folder) => Err(EISDIR),
            None => Err(ENOENT),
        }
    }

    fn stat(&self, path: &[u8]) -> Res<Answer> {
        match self.nodes.get(&normal(path)) {
            Some(Node::File { bytes, mtime }) => Ok(Answer::Stat { is_folder: false, mtime: *mtime, size: bytes.len() as u64 }),
            Some(Node::Folder) => Ok(Answer::Stat { is_folder: true, mtime: 1_700_000_000, size: 4096 }),
            None => Err(ENOENT),
        }
    }

    fn write_whole(&mut self, path: &[u8], bytes: &[u8]) -> Res<Answer> {
        self.room(bytes.len())?;
        let path = normal(path);
        // The folders on the way are made.
        let mut folder = parent(&path);
        while !self.nodes.contains_key(&folder) {
            self.nodes.insert(folder.clone(), Node::Folder);
            folder = parent(&folder);
        }
        let mtime = self.now();
        self.nodes.insert(path, Node::File { bytes: bytes.to_vec(), mtime });
        Ok(Answer::Done)
    }

    fn opened(&mut self, handle: u32, path: &[u8], how: OpenHow) -> Res<Answer> {
        let path = normal(path);
        let is_folder = match self.nodes.get(&path) {
            Some(Node::Folder) if how.write || how.append => return Err(EISDIR),
            Some(_) if how.exclusive => return Err(EEXIST),
            Some(node) => matches!(node, Node::Folder),
            None if how.create || how.exclusive => {
                self.in_folder(&path)?;
                let mtime = self.now();
                self.nodes.insert(path.clone(), Node::File { bytes: Vec::new(), mtime });
                false
            }
            None => return Err(ENOENT),
        };
        let mut at = 0;
        if let Some(Node::File { bytes, .. }) = self.nodes.get_mut(&path) {
            if how.truncate {
                bytes.clear();
            }
            at = if how.append { bytes.len() } else { 0 };
        }
        self.open.insert(handle, Open { path, at, how, orphan: None });
        Ok(Answer::Opened(FileFacts { is_folder, is_terminal: false, seekable: true, block_size: 4096 }))
    }

    /// The content of an open file.
    fn content(&mut self, handle: u32) -> Res<(&mut usize, OpenHow, &mut Vec<u8>)> {
        let open = self.open.get_mut(&handle).ok_or(EBADF)?;
        let bytes = match (&mut open.orphan, self.nodes.get_mut(&open.path)) {
            (Some(bytes), _) => bytes,
            (None, Some(Node::File { bytes, .. })) => bytes,
            (None, Some(Node::Folder)) => return Err(EISDIR),
            (None, None) => return Err(EBADF),
        };
        Ok((&mut open.at, open.how, bytes))
    }

    fn file(&mut self, request: &FileRequest) -> Res<Answer> {
        Ok(match request {
            FileRequest::Open { handle, path, how } => self.opened(*handle, path, *how)?,
            FileRequest::Read { handle, limit } => {
                let (at, how, bytes) = self.content(*handle)?;
                if !how.read {
                    return Err(EBADF);
                }
                let start = (*at).min(bytes.len());
                let end = limit.map_or(bytes.len(), |limit| start.saturating_add(limit).min(bytes.len()));
                *at = end;
                Answer::Bytes(bytes[start..end].to_vec())
            }
            FileRequest::Write { handle, bytes: new } => {
                self.room(new.len())?;
                let mtime = self.now();
                let (at, how, bytes) = self.content(*handle)?;
                if !how.write && !how.append {
                    return Err(EBADF);
                }
                if how.append {
                    *at = bytes.len();
                }
                let end = *at + new.len();
                if end > MOST {
                    return Err(ENOSPC);
                }
                if bytes.len() < end {
                    bytes.resize(end, 0);
                }
                bytes[*at..end].copy_from_slice(new);
                *at = end;
                let path = self.open.get(handle).map(|open| open.path.clone()).unwrap_or_default();
                if let Some(Node::File { mtime: old, .. }) = self.nodes.get_mut(&path) {
                    *old = mtime;
                }
                Answer::Count(new.len() as i64)
            }
            FileRequest::Seek { handle, offset, whence } => {
                let (at, _, bytes) = self.content(*handle)?;
                let from = match whence {
                    0 => 0,
                    1 => *at as i64,
                    _ => bytes.len() as i64,
                };
                *at = from.checked_add(*offset).and_then(|to| usize::try_from(to).ok()).ok_or(EINVAL)?;
                Answer::Count(*at as i64)
            }
            FileRequest::Truncate { handle, size } => {
                let size = usize::try_from(*size).ok().filter(|&size| size <= MOST).ok_or(ENOSPC)?;
                self.content(*handle)?.2.resize(size, 0);
                Answer::Done
            }
            FileRequest::Close { handle } => self.open.remove(handle).map(|_| Answer::Done).ok_or(EBADF)?,
            FileRequest::Remove(path) => {
                let path = normal(path);
                match self.nodes.get(&path) {
                    Some(Node::Folder) => return Err(EISDIR),
                    None => return Err(ENOENT),
                    Some(Node::File { bytes, .. }) => {
                        for open in self.open.values_mut().filter(|open| open.path == path) {
                            open.orphan = Some(bytes.clone());
                        }
                        self.nodes.remove(&path);
                    }
                }
                Answer::Done
            }
            FileRequest::Rename(from, to) => {
                let (from, to) = (normal(from), normal(to));
                self.in_folder(&to)?;
                match self.nodes.remove(&from) {
                    None => return Err(ENOENT),
                    Some(node) => self.nodes.insert(to, node),
                };
                Answer::Done
            }
            FileRequest::MakeFolder(path) => {
                let path = normal(path);
                if self.nodes.contains_key(&path) {
                    return Err(EEXIST);
                }
                self.in_folder(&path)?;
                self.nodes.insert(path, Node::Folder);
                Answer::Done
            }
            FileRequest::RemoveFolder(path) => {
                let path = normal(path);
                match self.nodes.get(&path) {
                    None => return Err(ENOENT),
                    Some(Node::File { .. }) => return Err(ENOTDIR),
                    Some(Node::Folder) if self.names(&path).next().is_some() => return Err(ENOTEMPTY),
                    Some(Node::Folder) => self.nodes.remove(&path),
                };
                Answer::Done
            }
            FileRequest::List(path) => {
                let path = normal(path);
                match self.nodes.get(&path) {
                    None => return Err(ENOENT),
                    Some(Node::File { .. }) => return Err(ENOTDIR),
                    Some(Node::Folder) => Answer::Names(self.names(&path).collect()),
                }
            }
            FileRequest::CurrentFolder => Answer::Bytes(b"/".to_vec()),
            FileRequest::ChangeFolder(path) => match self.nodes.get(&normal(path)) {
                Some(Node::Folder) => Answer::Bytes(b"/".to_vec()),
                Some(Node::File { .. }) => return Err(ENOTDIR),
                None => return Err(ENOENT),
            },
            FileRequest::Facts { path, .. } => Answer::Facts(Box::new(self.facts(&normal(path))?)),
            FileRequest::FactsOf { handle } => {
                let path = self.open.get(handle).ok_or(EBADF)?.path.clone();
                Answer::Facts(Box::new(self.facts(&path)?))
            }
            FileRequest::Access { path, .. } => self.facts(&normal(path)).map(|_| Answer::Done)?,
            FileRequest::ReadLink(path) => return Err(self.facts(&normal(path)).err().unwrap_or(EINVAL)),
            FileRequest::MakeLink { .. } => return Err(EPERM),
            FileRequest::ChangeMode { path, .. } => self.facts(&normal(path)).map(|_| Answer::Done)?,
            FileRequest::ChangeTimes { path, times } => {
                let now = self.now();
                match self.nodes.get_mut(&normal(path)) {
                    Some(Node::File { mtime, .. }) => *mtime = times.map_or(now, |(_, modified)| modified / 1_000_000_000),
                    Some(Node::Folder) => {}
                    None => return Err(ENOENT),
                }
                Answer::Done
            }
            FileRequest::TruncatePath { path, size } => {
                let size = usize::try_from(*size).ok().filter(|&size| size <= MOST).ok_or(ENOSPC)?;
                match self.nodes.get_mut(&normal(path)) {
                    Some(Node::File { bytes, .. }) => bytes.resize(size, 0),
                    Some(Node::Folder) => return Err(EISDIR),
                    None => return Err(ENOENT),
                }
                Answer::Done
            }
            FileRequest::Variable(name) => match VARIABLES.iter().find(|(known, _)| known.as_bytes() == name) {
                Some((_, value)) => Answer::Bytes(value.as_bytes().to_vec()),
                None => return Err(ENOENT),
            },
            FileRequest::Variables => {
                Answer::Names(VARIABLES.iter().flat_map(|(name, value)| [name.as_bytes().to_vec(), value.as_bytes().to_vec()]).collect())
            }
            FileRequest::SystemName => Answer::Names(["Linux", "lesson", "6.0", "#1", "x86_64"].map(|name| name.into()).into()),
            FileRequest::Process => Answer::Numbers(vec![100, 1, 1000, 1000, 1, 0o022]),
            FileRequest::TerminalSize => Answer::Numbers(vec![80, 24]),
        })
    }

    fn facts(&self, path: &[u8]) -> Res<Facts> {
        let (mode, size, mtime) = match self.nodes.get(path) {
            Some(Node::File { bytes, mtime }) => (0o100644, bytes.len() as i64, *mtime),
            Some(Node::Folder) => (0o040755, 4096, 1_700_000_000),
            None => return Err(ENOENT),
        };
        let ino = self.nodes.keys().take_while(|known| known.as_slice() < path).count() as i64 + 2;
        let time = mtime.saturating_mul(1_000_000_000);
        let blocks = (size + 511) / 512;
        Ok(Facts {
            mode,
            ino,
            dev: 1,
            nlink: 1,
            uid: 1000,
            gid: 1000,
            size,
            atime: time,
            mtime: time,
            ctime: time,
            blksize: 4096,
            blocks,
            rdev: 0,
        })
    }

    /// The names in a folder.
    fn names(&self, folder: &[u8]) -> impl Iterator<Item = Vec<u8>> {
        let folder = folder.to_vec();
        self.nodes.keys().filter(move |path| path.len() > 1 && parent(path) == folder).map(|path| {
            let start = path.iter().rposition(|&byte| byte == b'/').map_or(0, |at| at + 1);
            path[start..].to_vec()
        })
    }
}

impl Host for MemoryWorld {
    fn write(&mut self, _stream: Stream, _bytes: &[u8]) {}

    fn answer(&mut self, request: &Request) -> Answer {
        let answer = match request {
            Request::ReadFile(path) => self.whole(path.as_bytes()),
            Request::Stat(path) => self.stat(path.as_bytes()),
            Request::WriteFile(path, bytes) => self.write_whole(path.as_bytes(), bytes),
            Request::File(request) => self.file(request),
            request => Ok(self.still.answer(request)),
        };
        answer.unwrap_or_else(|Errno(number)| {
            let text = std::io::Error::from_raw_os_error(number).to_string();
            Answer::Failed(number, text.split(" (os error").next().unwrap_or_default().to_owned())
        })
    }
}

/// A path from the root, without `.` and `..`.
fn normal(path: &[u8]) -> Vec<u8> {
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in path.split(|&byte| byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut whole = Vec::new();
    for part in parts {
        whole.push(b'/');
        whole.extend_from_slice(part);
    }
    if whole.is_empty() { b"/".to_vec() } else { whole }
}

fn parent(path: &[u8]) -> Vec<u8> {
    match path.iter().rposition(|&byte| byte == b'/') {
        None | Some(0) => b"/".to_vec(),
        Some(at) => path[..at].to_vec(),
    }
}
