//! From a path to what is there: what the program has made or removed, else what the disk has.
//!
//! Paths are bytes from the root, without `.`, `..`, links on the way and double slashes, once [`Overlay::resolve`] is through with
//! them: `sub/../notes.txt` in `/home/me` is `/home/me/notes.txt`.

use super::{Content, EACCES, EEXIST, EINVAL, EISDIR, ELOOP, ENOENT, ENOTDIR, ENOTEMPTY, EPERM, File, Node, Open, Overlay, Res};
use crate::vm::host::{Answer, Facts, FileRequest};

/// The bits of `st_mode` that say what it is.
pub(super) const KIND: i64 = 0o170_000;
pub(super) const FOLDER: i64 = 0o040_000;
pub(super) const FILE: i64 = 0o100_000;
pub(super) const LINK: i64 = 0o120_000;
const CHARACTER_DEVICE: i64 = 0o020_000;

/// What is at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Missing,
    Folder,
    /// `None`: it is the disk's.
    File(Option<u64>),
    Link(Vec<u8>),
    /// A terminal, `/dev/null`: it is passed on.
    Device,
    /// A pipe, a socket, a disk: it is left alone.
    Other,
}

impl Overlay {
    /// The folder that relative paths begin at.
    pub(super) fn folder(&mut self) -> Res<Vec<u8>> {
        if let Some(folder) = &self.state.folder {
            return Ok(folder.clone());
        }
        match self.disk.pass(&FileRequest::CurrentFolder)? {
            Answer::Bytes(folder) => Ok(folder),
            _ => Err(EINVAL),
        }
    }

    /// From the root, links followed nowhere: for what need not be there.
    pub(super) fn absolute(&mut self, path: &[u8]) -> Res<Vec<u8>> {
        let mut at = if path.starts_with(b"/") { Vec::new() } else { self.folder()? };
        for part in path.split(|&byte| byte == b'/') {
            match part {
                b"" | b"." => {}
                b".." => at = parent(&at).to_vec(),
                part => at = join(&at, part),
            }
        }
        Ok(if at.is_empty() { b"/".to_vec() } else { at })
    }

    /// The path without links. Its last part may be missing; `follow`: or may not be a link.
    pub(super) fn resolve(&mut self, path: &[u8], follow: bool) -> Res<Vec<u8>> {
        if path.is_empty() {
            return Err(ENOENT);
        }
        let parts = |path: &[u8]| -> Vec<Vec<u8>> {
            path.split(|&byte| byte == b'/').filter(|part| !part.is_empty() && *part != b".").rev().map(<[u8]>::to_vec).collect()
        };
        let wants_folder = path.ends_with(b"/") || path.ends_with(b"/.");
        let mut at = if path.starts_with(b"/") { b"/".to_vec() } else { self.folder()? };
        let mut todo = parts(path);
        let mut links = 0;
        while let Some(part) = todo.pop() {
            if part == b".." {
                at = parent(&at).to_vec();
                continue;
            }
            let next = join(&at, &part);
            let is_last = todo.is_empty();
            // The system's own folders hold links that lead nowhere.
            if next.starts_with(b"/proc/") {
                at = next;
                continue;
            }
            match self.found(&next)? {
                Found::Link(to) if !is_last || follow || wants_folder => {
                    links += 1;
                    if links > 40 {
                        return Err(ELOOP);
                    }
                    if to.starts_with(b"/") {
                        at = b"/".to_vec();
                    }
                    todo.extend(parts(&to));
                    continue;
                }
                Found::Missing if !is_last => return Err(ENOENT),
                Found::Folder | Found::Missing => {}
                _ if !is_last || wants_folder => return Err(ENOTDIR),
                _ => {}
            }
            at = next;
        }
        Ok(at)
    }

    /// What is at a path without links on the way.
    pub(super) fn found(&mut self, path: &[u8]) -> Res<Found> {
        if let Some(node) = self.state.nodes.get(path) {
            return Ok(match node {
                Node::Gone => Found::Missing,
                Node::Folder { .. } => Found::Folder,
                Node::File(file) => Found::File(Some(*file)),
                Node::Link { to, .. } => Found::Link(to.clone()),
            });
        }
        if !self.shows_disk(path) {
            return Ok(Found::Missing);
        }
        match self.disk.facts(path) {
            Ok(facts) => Ok(match facts.mode & KIND {
                FOLDER => Found::Folder,
                FILE => Found::File(None),
                LINK => Found::Link(self.disk.link(path)?),
                CHARACTER_DEVICE => Found::Device,
                _ => Found::Other,
            }),
            Err(ENOENT | ENOTDIR) => Ok(Found::Missing),
            // What a session file tells of is not on this computer.
            Err(EACCES) if self.is_replaying => Ok(Found::Missing),
            Err(error) => Err(error),
        }
    }

    /// Whether the disk's content is seen at a path that has no node.
    fn shows_disk(&self, path: &[u8]) -> bool {
        let nodes = &self.state.nodes;
        nodes.is_empty() || ancestors(path).all(|above| matches!(nodes.get(above), None | Some(Node::Folder { own: false, .. })))
    }

    /// All that is told of what is at a path; of a link, the link itself.
    pub(super) fn facts(&mut self, path: &[u8]) -> Res<Facts> {
        match self.state.nodes.get(path) {
            Some(Node::Gone) => Err(ENOENT),
            Some(Node::Folder { facts, .. } | Node::Link { facts, .. }) => Ok(*facts),
            Some(Node::File(file)) => {
                let file = *file;
                self.facts_of_file(file)
            }
            None if self.shows_disk(path) => self.disk.facts(path),
            None => Err(ENOENT),
        }
    }

    pub(super) fn facts_of_file(&mut self, file: u64) -> Res<Facts> {
        let links = self.state.nodes.values().filter(|node| matches!(node, Node::File(it) if *it == file)).count();
        let File { content, facts } = self.state.files.get(&file).ok_or(ENOENT)?;
        let mut facts = Facts { nlink: links as i64, ..*facts };
        if let Content::Bytes(bytes) = content {
            facts.size = bytes.len() as i64;
            facts.blocks = (facts.size + 4095) / 4096 * 8;
        }
        Ok(facts)
    }

    pub(super) fn need_folder(&mut self, path: &[u8]) -> Res<()> {
        match self.found(path)? {
            Found::Folder => Ok(()),
            Found::Missing => Err(ENOENT),
            _ => Err(ENOTDIR),
        }
    }

    /// The names in a folder: those of the disk that are still there, then the new ones.
    pub(super) fn names(&mut self, folder: &[u8]) -> Res<Vec<Vec<u8>>> {
        let is_own = matches!(self.state.nodes.get(folder), Some(Node::Folder { own: true, .. }));
        let mut names = if is_own || !self.shows_disk(folder) { Vec::new() } else { self.disk.names(folder)? };
        let prefix = join(folder, b"");
        for (path, node) in self.state.nodes.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix)) {
            let name = &path[prefix.len()..];
            if name.is_empty() || name.contains(&b'/') {
                continue;
            }
            match node {
                Node::Gone => names.retain(|it| it != name),
                _ if names.iter().any(|it| it == name) => {}
                _ => names.push(name.to_vec()),
            }
        }
        Ok(names)
    }

    /// May these things be done with it (1 run, 2 write, 4 read, 0 is it there)?
    pub(super) fn may(&mut self, path: &[u8], mode: u32) -> Res<()> {
        let is_node = self.state.nodes.contains_key(path);
        if !is_node && self.shows_disk(path) {
            return self.disk.access(path, mode);
        }
        let facts = self.facts(path)?;
        let [_, _, user, ..] = self.disk.process();
        let bits = match user {
            0 if facts.mode & KIND == FOLDER || facts.mode & 0o111 != 0 => 7,
            0 => 6,
            user if user == facts.uid => facts.mode >> 6 & 7,
            _ => facts.mode & 7,
        };
        if i64::from(mode) & !bits != 0 { Err(EACCES) } else { Ok(()) }
    }

    /// Something may be made or removed in the folder of this path.
    pub(super) fn may_change_folder_of(&mut self, path: &[u8]) -> Res<()> {
        let folder = parent(path).to_vec();
        if folder.starts_with(b"/proc") || folder.starts_with(b"/sys") {
            return Err(EACCES);
        }
        match self.found(&folder)? {
            Found::Folder if self.is_replaying => Ok(()),
            Found::Folder => self.may(&folder, 3),
            // A folder of another computer, where it was made.
            Found::Missing if self.is_replaying => Ok(()),
            Found::Missing => Err(ENOENT),
            _ => Err(ENOTDIR),
        }
    }

    /// The facts of something made now.
    fn fresh(&mut self, kind: i64, mode: i64) -> Facts {
        let time = self.stamp();
        let [_, _, uid, gid, _, umask] = self.disk.process();
        self.state.last_file += 1;
        let ino = (1 << 40) + self.state.last_file as i64;
        let size = if kind == FOLDER { 4096 } else { 0 };
        let nlink = if kind == FOLDER { 2 } else { 1 };
        Facts {
            mode: kind | mode & !umask,
            ino,
            dev: 1,
            nlink,
            uid,
            gid,
            size,
            atime: time,
            mtime: time,
            ctime: time,
            blksize: 4096,
            blocks: size / 512,
            rdev: 0,
        }
    }

    /// An empty file, where nothing is.
    pub(super) fn new_file(&mut self, path: &[u8]) -> Res<u64> {
        self.may_change_folder_of(path)?;
        let facts = self.fresh(FILE, 0o666);
        let file = self.state.last_file;
        self.state.files.insert(file, File { content: Content::Bytes(Default::default()), facts });
        self.state.nodes.insert(path.to_vec(), Node::File(file));
        Ok(file)
    }

    /// The file at a path, as one that can be changed.
    pub(super) fn own_file(&mut self, path: &[u8]) -> Res<u64> {
        match self.found(path)? {
            Found::File(Some(file)) => Ok(file),
            Found::File(None) => {
                if !self.is_replaying && !self.disk.has_changed(path) {
                    self.disk.access(path, 2)?;
                }
                self.adopt(path)
            }
            Found::Missing => Err(ENOENT),
            Found::Folder => Err(EISDIR),
            Found::Link(_) | Found::Device | Found::Other => Err(EACCES),
        }
    }

    /// A file of the disk that will be somewhere else, or something else.
    fn adopt(&mut self, path: &[u8]) -> Res<u64> {
        let facts = self.disk.facts(path)?;
        self.state.last_file += 1;
        let file = self.state.last_file;
        self.state.files.insert(file, File { content: Content::OfDisk(path.to_vec()), facts });
        self.state.nodes.insert(path.to_vec(), Node::File(file));
        for open in self.state.open.values_mut() {
            if let Open::OfDisk { path: it, file: of @ None } = open
                && it == path
            {
                *of = Some(file);
            }
        }
        Ok(file)
    }

    pub(super) fn change_facts(&mut self, path: &[u8], change: impl FnOnce(&mut Facts)) -> Res<Answer> {
        let file = match self.found(path)? {
            Found::File(Some(file)) => file,
            Found::File(None) => self.own_file(path)?,
            Found::Folder => {
                let mut facts = self.facts(path)?;
                change(&mut facts);
                let own = matches!(self.state.nodes.get(path), Some(Node::Folder { own: true, .. }));
                self.state.nodes.insert(path.to_vec(), Node::Folder { facts, own });
                return Ok(Answer::Done);
            }
            Found::Missing => return Err(ENOENT),
            _ => return Err(EACCES),
        };
        change(&mut self.state.files.get_mut(&file).ok_or(ENOENT)?.facts);
        Ok(Answer::Done)
    }

    pub(super) fn remove(&mut self, path: &[u8]) -> Res<Answer> {
        let path = self.resolve(path, false)?;
        match self.found(&path)? {
            Found::Missing => return Err(ENOENT),
            Found::Folder => return Err(EISDIR),
            _ => self.may_change_folder_of(&path)?,
        }
        self.take_away(&path);
        Ok(Answer::Done)
    }

    pub(super) fn remove_folder(&mut self, path: &[u8]) -> Res<Answer> {
        let path = self.resolve(path, false)?;
        self.need_folder(&path)?;
        self.may_change_folder_of(&path)?;
        if !self.names(&path)?.is_empty() {
            return Err(ENOTEMPTY);
        }
        self.take_away(&path);
        Ok(Answer::Done)
    }

    /// Nothing is at a path any more.
    fn take_away(&mut self, path: &[u8]) {
        self.state.nodes.insert(path.to_vec(), Node::Gone);
        self.sweep();
    }

    pub(super) fn make_folder(&mut self, path: &[u8]) -> Res<Answer> {
        let path = self.resolve(path, false)?;
        if self.found(&path)? != Found::Missing {
            return Err(EEXIST);
        }
        self.may_change_folder_of(&path)?;
        let facts = self.fresh(FOLDER, 0o777);
        self.state.nodes.insert(path, Node::Folder { facts, own: true });
        Ok(Answer::Done)
    }

    pub(super) fn make_link(&mut self, to: &[u8], path: &[u8], symbolic: bool) -> Res<Answer> {
        let path = self.resolve(path, false)?;
        if self.found(&path)? != Found::Missing {
            return Err(EEXIST);
        }
        self.may_change_folder_of(&path)?;
        let node = if symbolic {
            let facts = Facts { size: to.len() as i64, ..self.fresh(LINK, 0o777) };
            Node::Link { to: to.to_vec(), facts: Facts { mode: LINK | 0o777, ..facts } }
        } else {
            let to = self.resolve(to, false)?;
            match self.found(&to)? {
                Found::File(None) => Node::File(self.adopt(&to)?),
                Found::File(Some(file)) => Node::File(file),
                Found::Missing => return Err(ENOENT),
                _ => return Err(EPERM),
            }
        };
        self.state.nodes.insert(path, node);
        Ok(Answer::Done)
    }

    pub(super) fn rename(&mut self, from: &[u8], to: &[u8]) -> Res<Answer> {
        let (from, to) = (self.resolve(from, false)?, self.resolve(to, false)?);
        let (what, there) = (self.found(&from)?, self.found(&to)?);
        match (&what, &there) {
            (Found::Missing, _) => return Err(ENOENT),
            _ if from == to => return Ok(Answer::Done),
            (Found::Device | Found::Other, _) => return Err(EACCES),
            (Found::Folder, _) if to.starts_with(&join(&from, b"")) => return Err(EINVAL),
            (Found::Folder, Found::Folder) if !self.names(&to)?.is_empty() => return Err(ENOTEMPTY),
            (Found::Folder, Found::Folder | Found::Missing) => {}
            (Found::Folder, _) => return Err(ENOTDIR),
            (_, Found::Folder) => return Err(EISDIR),
            _ => {}
        }
        self.may_change_folder_of(&from)?;
        self.may_change_folder_of(&to)?;
        self.carry(&from, &to, what)?;
        self.state.nodes.insert(from, Node::Gone);
        self.sweep();
        Ok(Answer::Done)
    }

    /// Puts what is at a path, with all that is in it, at another one; it is left where it was, too.
    fn carry(&mut self, from: &[u8], to: &[u8], what: Found) -> Res<()> {
        let node = match what {
            Found::File(Some(file)) => Node::File(file),
            Found::File(None) => Node::File(self.adopt(from)?),
            Found::Folder => Node::Folder { facts: self.facts(from)?, own: true },
            Found::Link(link) => Node::Link { to: link, facts: self.facts(from)? },
            Found::Missing | Found::Device | Found::Other => return Err(EACCES),
        };
        let is_folder = matches!(node, Node::Folder { .. });
        let names = if is_folder { self.names(from)? } else { Vec::new() };
        self.state.nodes.insert(to.to_vec(), node);
        for name in names {
            let (from, to) = (join(from, &name), join(to, &name));
            let what = self.found(&from)?;
            self.carry(&from, &to, what)?;
            self.state.nodes.insert(from, Node::Gone);
        }
        Ok(())
    }

    /// Forgets the files that no path and no open file leads to.
    pub(super) fn sweep(&mut self) {
        let state = &mut self.state;
        let (nodes, open, used) = (&state.nodes, &state.open, &mut state.used);
        state.files.retain(|file, content| {
            let is_held = nodes.values().any(|node| matches!(node, Node::File(it) if it == file))
                || open.values().any(|open| match open {
                    Open::File { file: it, .. } => it == file,
                    Open::OfDisk { file: it, .. } => *it == Some(*file),
                    Open::Folder(_) => false,
                });
            if let (false, Content::Bytes(bytes)) = (is_held, &content.content) {
                *used = used.saturating_sub(bytes.len());
            }
            is_held
        });
    }
}

/// `/home/me` and `notes.txt`; an empty name leaves a slash at the end.
pub(super) fn join(folder: &[u8], name: &[u8]) -> Vec<u8> {
    let mut path = folder.to_vec();
    if !path.ends_with(b"/") {
        path.push(b'/');
    }
    path.extend_from_slice(name);
    path
}

/// The folder that a path is in; of the root, the root.
pub(super) fn parent(path: &[u8]) -> &[u8] {
    match path.iter().rposition(|&byte| byte == b'/') {
        None | Some(0) => b"/",
        Some(at) => &path[..at],
    }
}

/// The last part of a path.
pub(super) fn name(path: &[u8]) -> &[u8] {
    path.rsplit(|&byte| byte == b'/').next().unwrap_or_default()
}

/// The folders that a path is in, from the inside out.
pub(super) fn ancestors(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::successors((path != b"/").then(|| parent(path)), |path| (*path != b"/").then(|| parent(path)))
}
