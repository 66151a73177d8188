//! What lies below the overlay: files that are looked at through a world, and what was there before a commit wrote over it.
//!
//! Invariant: [`Disk::facts`], [`Disk::read`] and their like tell of the disk as it was before any commit, so that a past
//! instant is the same after a commit as before; [`Disk::facts_now`] tells what is there.

use std::{collections::BTreeMap, sync::Arc};

use super::{EINVAL, ENOENT, Errno, Res, tree};
use crate::vm::host::{Answer, Facts, FileRequest, Host, OpenHow, Request};

pub(super) struct Disk {
    pub(super) below: Box<dyn Host + Send>,
    /// Contents that were read: they may have been written over since.
    read: BTreeMap<Vec<u8>, Arc<Vec<u8>>>,
    /// What was at each path that a commit has changed.
    before: BTreeMap<Vec<u8>, Before>,
    /// Process, parent, user, group, processors, umask.
    process: Option<Vec<i64>>,
}

/// What was at a path.
#[derive(Clone, Debug)]
enum Before {
    Nothing,
    Something { facts: Facts, link: Option<Vec<u8>> },
}

/// A number that no open file of the program has.
const OWN_HANDLE: u32 = u32::MAX;

impl Disk {
    pub(super) fn new(below: Box<dyn Host + Send>) -> Disk {
        Disk { below, read: BTreeMap::new(), before: BTreeMap::new(), process: None }
    }

    pub(super) fn leave(&mut self, instead: Box<dyn Host + Send>) -> Box<dyn Host + Send> {
        let new = Disk::new(instead);
        std::mem::replace(self, new).below
    }

    /// Asks below as it is.
    pub(super) fn pass(&mut self, request: &FileRequest) -> Res<Answer> {
        match self.below.answer(&Request::File(request.clone())) {
            Answer::Failed(number, _) => Err(Errno(number)),
            answer => Ok(answer),
        }
    }

    /// Whether a commit has written anything.
    pub(super) fn is_as_it_was(&self) -> bool {
        self.before.is_empty()
    }

    /// Whether a commit has written there.
    pub(super) fn has_changed(&self, path: &[u8]) -> bool {
        self.before.contains_key(path)
    }

    /// The facts of a path itself, not of what a link leads to.
    pub(super) fn facts(&mut self, path: &[u8]) -> Res<Facts> {
        match self.before.get(path) {
            Some(Before::Nothing) => Err(ENOENT),
            Some(Before::Something { facts, .. }) => Ok(*facts),
            None if self.was_nothing_above(path) => Err(ENOENT),
            None => self.facts_now(path),
        }
    }

    pub(super) fn facts_now(&mut self, path: &[u8]) -> Res<Facts> {
        match self.pass(&FileRequest::Facts { path: path.to_vec(), follow: false })? {
            Answer::Facts(facts) => Ok(*facts),
            _ => Err(EINVAL),
        }
    }

    fn was_nothing_above(&self, path: &[u8]) -> bool {
        !self.before.is_empty() && tree::ancestors(path).any(|above| matches!(self.before.get(above), Some(Before::Nothing)))
    }

    pub(super) fn link(&mut self, path: &[u8]) -> Res<Vec<u8>> {
        if let Some(Before::Something { link: Some(link), .. }) = self.before.get(path) {
            return Ok(link.clone());
        }
        match self.pass(&FileRequest::ReadLink(path.to_vec()))? {
            Answer::Bytes(to) => Ok(to),
            _ => Err(EINVAL),
        }
    }

    /// The names in a folder.
    pub(super) fn names(&mut self, folder: &[u8]) -> Res<Vec<Vec<u8>>> {
        let mut names = match self.pass(&FileRequest::List(folder.to_vec())) {
            Ok(Answer::Names(names)) => names,
            Err(ENOENT) if self.before.contains_key(folder) => Vec::new(),
            Ok(_) => return Err(EINVAL),
            Err(error) => return Err(error),
        };
        for (path, before) in self.before.iter().filter(|(path, _)| path.len() > 1 && tree::parent(path) == folder) {
            let name = tree::name(path);
            names.retain(|it| it != name);
            if matches!(before, Before::Something { .. }) {
                names.push(name.to_vec());
            }
        }
        Ok(names)
    }

    /// The content of a file.
    pub(super) fn read(&mut self, path: &[u8]) -> Res<Arc<Vec<u8>>> {
        if let Some(bytes) = self.read.get(path) {
            return Ok(bytes.clone());
        }
        let bytes = Arc::new(self.read_now(path)?);
        self.read.insert(path.to_vec(), bytes.clone());
        Ok(bytes)
    }

    pub(super) fn read_now(&mut self, path: &[u8]) -> Res<Vec<u8>> {
        let how = OpenHow { read: true, ..OpenHow::default() };
        self.pass(&FileRequest::Open { handle: OWN_HANDLE, path: path.to_vec(), how })?;
        let content = self.pass(&FileRequest::Read { handle: OWN_HANDLE, limit: None });
        let _ = self.pass(&FileRequest::Close { handle: OWN_HANDLE });
        match content? {
            Answer::Bytes(bytes) => Ok(bytes),
            _ => Err(EINVAL),
        }
    }

    /// May these things be done with what is there (1 run, 2 write, 4 read)?
    pub(super) fn access(&mut self, path: &[u8], mode: u32) -> Res<()> {
        if self.before.contains_key(path) {
            return Ok(());
        }
        self.pass(&FileRequest::Access { path: path.to_vec(), mode }).map(drop)
    }

    /// Process, parent, user, group, processors, umask.
    pub(super) fn process(&mut self) -> [i64; 6] {
        if self.process.is_none() {
            self.process = match self.pass(&FileRequest::Process) {
                Ok(Answer::Numbers(numbers)) => Some(numbers),
                _ => Some(Vec::new()),
            };
        }
        let numbers = self.process.as_deref().unwrap_or_default();
        std::array::from_fn(|index| numbers.get(index).copied().unwrap_or(if index == 5 { 0o022 } else { 0 }))
    }

    /// Nanoseconds since the epoch.
    pub(super) fn now(&mut self) -> i64 {
        match self.below.answer(&Request::Time) {
            Answer::Seconds(seconds) => (seconds * 1e9) as i64,
            _ => 0,
        }
    }

    // ── for commits ─────────────────────────────────────────────────────────────────────────────────────────────────

    /// A path is about to be changed: what is there now is what was there, for every instant of the run.
    pub(super) fn remember(&mut self, path: &[u8]) -> Res<()> {
        if self.before.contains_key(path) {
            return Ok(());
        }
        let before = match self.facts(path) {
            Err(ENOENT) => Before::Nothing,
            Err(error) => return Err(error),
            Ok(facts) => {
                let kind = facts.mode & tree::KIND;
                if kind == tree::FILE {
                    self.read(path)?;
                }
                let link = if kind == tree::LINK { Some(self.link(path)?) } else { None };
                Before::Something { facts, link }
            }
        };
        self.before.insert(path.to_vec(), before);
        Ok(())
    }

    /// Writes a whole file.
    pub(super) fn write(&mut self, path: &[u8], bytes: &[u8]) -> Res<()> {
        let how = OpenHow { write: true, create: true, truncate: true, ..OpenHow::default() };
        self.pass(&FileRequest::Open { handle: OWN_HANDLE, path: path.to_vec(), how })?;
        let mut rest = bytes;
        let mut outcome = Ok(());
        while !rest.is_empty() && outcome.is_ok() {
            let part = rest[..rest.len().min(1 << 20)].to_vec();
            outcome = match self.pass(&FileRequest::Write { handle: OWN_HANDLE, bytes: part }) {
                Ok(Answer::Count(count)) if count > 0 => {
                    rest = &rest[(count as usize).min(rest.len())..];
                    Ok(())
                }
                Ok(_) => Err(EINVAL),
                Err(error) => Err(error),
            };
        }
        let _ = self.pass(&FileRequest::Close { handle: OWN_HANDLE });
        outcome
    }
}
