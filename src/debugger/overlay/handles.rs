//! Open files: those that are only read are the disk's, under the same number; the others are here.
//!
//! A file that is written while somebody else reads it is taken over together with where that reader stands:
//! `r = open("a"); open("a", "a").write("x")` and then `r.read()` sees the `x`.

use std::sync::Arc;

use super::{Content, EACCES, EBADF, EEXIST, EINVAL, EISDIR, ENOENT, ENOSPC, Open, Overlay, ROOM, Res, tree::Found};
use crate::vm::host::{Answer, FileFacts, FileRequest, OpenHow};

/// The size of the blocks that suit a file here.
const BLOCK: u64 = 4096;

impl Overlay {
    pub(super) fn open(&mut self, handle: u32, path: &[u8], how: OpenHow) -> Res<Answer> {
        let changes = how.write || how.append || how.truncate;
        let exclusive = self.resolve(path, false).ok().filter(|_| how.exclusive);
        if let Some(path) = exclusive
            && self.found(&path)? != Found::Missing
            && !self.is_replaying
        {
            return Err(EEXIST);
        }
        let path = self.resolve(path, true)?;
        let file = match self.found(&path)? {
            Found::Missing if how.create || how.exclusive || self.is_replaying && changes => self.new_file(&path)?,
            Found::Missing => return Err(ENOENT),
            Found::Folder if changes => return Err(EISDIR),
            Found::Folder => {
                self.state.open.insert(handle, Open::Folder(path));
                return Ok(Answer::Opened(FileFacts { is_folder: true, is_terminal: false, seekable: true, block_size: BLOCK }));
            }
            Found::File(Some(file)) => {
                let wanted = if how.read { 4 } else { 0 } | if changes { 2 } else { 0 };
                if !self.is_replaying {
                    self.may(&path, wanted)?;
                }
                file
            }
            Found::File(None) if changes && (path.starts_with(b"/proc/") || path.starts_with(b"/sys/")) => return Err(EACCES),
            Found::File(None) if changes || self.disk.has_changed(&path) => self.own_file(&path)?,
            Found::File(None) | Found::Device => {
                let facts = match self.is_looking {
                    true => Answer::Done,
                    false => self.disk.pass(&FileRequest::Open { handle, path: path.clone(), how })?,
                };
                self.state.open.insert(handle, Open::OfDisk { path, file: None });
                return Ok(facts);
            }
            Found::Other if changes => return Err(EACCES),
            Found::Other | Found::Link(_) => {
                let facts = self.disk.pass(&FileRequest::Open { handle, path: path.clone(), how })?;
                self.state.open.insert(handle, Open::OfDisk { path, file: None });
                return Ok(facts);
            }
        };
        if how.truncate {
            self.resize(file, 0)?;
        }
        let at = if how.append { self.size(file)? } else { 0 };
        self.state.open.insert(handle, Open::File { file, at, how });
        Ok(Answer::Opened(FileFacts { is_folder: false, is_terminal: false, seekable: true, block_size: BLOCK }))
    }

    pub(super) fn read(&mut self, handle: u32, limit: Option<usize>, request: &FileRequest) -> Res<Answer> {
        let (file, at) = match self.state.open.get(&handle) {
            Some(Open::File { how, .. }) if !how.read => return Err(EBADF),
            Some(Open::File { file, at, .. }) => (*file, *at),
            Some(Open::Folder(_)) => return Err(EISDIR),
            Some(Open::OfDisk { .. }) | None => return self.disk.pass(request),
        };
        let bytes = self.bytes(file)?;
        let start = usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
        let end = limit.map_or(bytes.len(), |limit| start.saturating_add(limit).min(bytes.len()));
        self.stand(handle, at.max(end as u64));
        Ok(Answer::Bytes(bytes[start..end].to_vec()))
    }

    /// So many bytes were read when this was asked the first time.
    pub(super) fn skip(&mut self, handle: u32, count: usize) {
        match self.state.open.get(&handle) {
            Some(Open::File { at, .. }) => {
                let at = at + count as u64;
                self.stand(handle, at);
            }
            Some(Open::OfDisk { .. }) if !self.is_looking => {
                let _ = self.disk.pass(&FileRequest::Seek { handle, offset: count as i64, whence: 1 });
            }
            _ => {}
        }
    }

    pub(super) fn write_open(&mut self, handle: u32, new: &[u8], request: &FileRequest) -> Res<Answer> {
        let (file, at, how) = match self.state.open.get(&handle) {
            Some(Open::File { file, at, how }) => (*file, *at, *how),
            Some(Open::Folder(_)) => return Err(EBADF),
            Some(Open::OfDisk { .. }) | None if self.is_looking => return Ok(Answer::Done),
            Some(Open::OfDisk { .. }) | None => return self.disk.pass(request),
        };
        if !how.write && !how.append {
            return Err(EBADF);
        }
        let at = if how.append { self.size(file)? } else { at };
        self.put(file, at, new)?;
        self.stand(handle, at + new.len() as u64);
        Ok(Answer::Count(new.len() as i64))
    }

    pub(super) fn seek(&mut self, handle: u32, offset: i64, whence: u8, request: &FileRequest) -> Res<Answer> {
        let (file, at) = match self.state.open.get(&handle) {
            Some(Open::File { file, at, .. }) => (*file, *at),
            Some(Open::Folder(_)) => return Ok(Answer::Count(0)),
            Some(Open::OfDisk { .. }) | None if self.is_looking => return Ok(Answer::Done),
            Some(Open::OfDisk { .. }) | None => return self.disk.pass(request),
        };
        let from = match whence {
            0 => 0,
            1 => at as i64,
            _ => self.size(file)? as i64,
        };
        let to = from.checked_add(offset).and_then(|to| u64::try_from(to).ok()).ok_or(EINVAL)?;
        self.stand(handle, to);
        Ok(Answer::Count(to as i64))
    }

    pub(super) fn truncate_open(&mut self, handle: u32, size: u64) -> Res<Answer> {
        match self.state.open.get(&handle) {
            Some(Open::File { file, how, .. }) if how.write || how.append => {
                let file = *file;
                self.resize(file, size)?;
                Ok(Answer::Done)
            }
            Some(_) => Err(EINVAL),
            None => Err(EBADF),
        }
    }

    pub(super) fn close(&mut self, handle: u32, request: &FileRequest) -> Res<Answer> {
        match self.state.open.remove(&handle) {
            Some(Open::File { .. } | Open::Folder(_)) => {
                self.sweep();
                Ok(Answer::Done)
            }
            Some(Open::OfDisk { .. }) | None if self.is_looking => Ok(Answer::Done),
            Some(Open::OfDisk { .. }) | None => self.disk.pass(request),
        }
    }

    pub(super) fn facts_of(&mut self, handle: u32, request: &FileRequest) -> Res<Answer> {
        let facts = match self.state.open.get(&handle) {
            Some(Open::File { file, .. } | Open::OfDisk { file: Some(file), .. }) => {
                let file = *file;
                self.facts_of_file(file)?
            }
            Some(Open::Folder(path)) => {
                let path = path.clone();
                self.facts(&path)?
            }
            Some(Open::OfDisk { .. }) | None => return self.disk.pass(request),
        };
        Ok(Answer::Facts(Box::new(facts)))
    }

    /// The open files of the disk are closed there.
    pub(super) fn close_all(&mut self) {
        for (handle, open) in std::mem::take(&mut self.state.open) {
            if let Open::OfDisk { .. } = open {
                let _ = self.disk.pass(&FileRequest::Close { handle });
            }
        }
    }

    /// From now on an open file stands there.
    fn stand(&mut self, handle: u32, to: u64) {
        if let Some(Open::File { at, .. }) = self.state.open.get_mut(&handle) {
            *at = to;
        }
    }

    pub(super) fn size(&mut self, file: u64) -> Res<u64> {
        Ok(self.facts_of_file(file)?.size.max(0) as u64)
    }

    /// The content of a file that has a node.
    pub(super) fn bytes(&mut self, file: u64) -> Res<Arc<Vec<u8>>> {
        match &self.state.files.get(&file).ok_or(EBADF)?.content {
            Content::Bytes(bytes) => Ok(bytes.clone()),
            Content::OfDisk(path) => {
                let path = path.clone();
                self.disk.read(&path)
            }
        }
    }

    /// Sets the size; new bytes are zero.
    pub(super) fn resize(&mut self, file: u64, size: u64) -> Res<()> {
        let size = usize::try_from(size).ok().filter(|&size| size <= ROOM).ok_or(ENOSPC)?;
        let old = if size == 0 { Arc::default() } else { self.bytes(file)? };
        self.change(file, old, |bytes| bytes.resize(size, 0))
    }

    /// Writes bytes at a place.
    pub(super) fn put(&mut self, file: u64, at: u64, new: &[u8]) -> Res<()> {
        let at = usize::try_from(at).ok().filter(|at| at.checked_add(new.len()).is_some_and(|end| end <= ROOM)).ok_or(ENOSPC)?;
        if self.state.used + new.len() > ROOM {
            return Err(ENOSPC);
        }
        let old = self.bytes(file)?;
        self.change(file, old, |bytes| {
            let end = at + new.len();
            if bytes.len() < end {
                bytes.resize(end, 0);
            }
            bytes[at..end].copy_from_slice(new);
        })
    }

    fn change(&mut self, file: u64, old: Arc<Vec<u8>>, change: impl FnOnce(&mut Vec<u8>)) -> Res<()> {
        let time = self.stamp();
        self.take_over_readers(file);
        let state = &mut self.state;
        let known = state.files.get_mut(&file).ok_or(EBADF)?;
        if let Content::Bytes(bytes) = &known.content {
            state.used = state.used.saturating_sub(bytes.len());
        }
        // The only one, so that nothing is copied.
        known.content = Content::Bytes(Arc::default());
        let mut bytes = old;
        change(Arc::make_mut(&mut bytes));
        state.used += bytes.len();
        known.content = Content::Bytes(bytes);
        (known.facts.mtime, known.facts.ctime) = (time, time);
        Ok(())
    }

    /// Those who read this file of the disk read it here from now on.
    fn take_over_readers(&mut self, file: u64) {
        if !matches!(self.state.files.get(&file).map(|file| &file.content), Some(Content::OfDisk(_))) {
            return;
        }
        let readers = self.state.open.iter().filter(|(_, open)| matches!(open, Open::OfDisk { file: Some(it), .. } if *it == file));
        let readers: Vec<u32> = readers.map(|(handle, _)| *handle).collect();
        for handle in readers {
            let at = match self.is_looking {
                true => 0,
                false => match self.disk.pass(&FileRequest::Seek { handle, offset: 0, whence: 1 }) {
                    Ok(Answer::Count(at)) => at.max(0) as u64,
                    _ => 0,
                },
            };
            if !self.is_looking {
                let _ = self.disk.pass(&FileRequest::Close { handle });
            }
            let how = OpenHow { read: true, ..OpenHow::default() };
            self.state.open.insert(handle, Open::File { file, at, how });
        }
    }
}
