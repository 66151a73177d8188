//! What the program wrote and the disk does not have; and bringing it there, when the user wants it.
//!
//! `:files` lists it, `:commit` writes it. Modules that `import` compiled into `__pycache__` are not worth a word.

use super::{ENOENT, Errno, Node, Overlay, Res, tree};
use crate::vm::host::{Answer, Facts, FileRequest, Request};

/// Something that is not as on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    pub path: Vec<u8>,
    pub kind: Kind,
    pub what: FileKind,
    /// In bytes; of a folder 0.
    pub size: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    New,
    Changed,
    Removed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    File,
    Folder,
    Link,
}

impl FileChange {
    /// `changed      1,204 bytes  /home/me/notes.txt`; paths below `folder` are told from there.
    pub fn row(&self, folder: &[u8]) -> String {
        let kind = match self.kind {
            Kind::New => "new",
            Kind::Changed => "changed",
            Kind::Removed => "removed",
        };
        let size = match (self.kind, self.what) {
            (Kind::Removed, _) => String::new(),
            (_, FileKind::Folder) => "folder".into(),
            (_, FileKind::Link) => "link".into(),
            (_, FileKind::File) => format!("{} byte{}", self.size, if self.size == 1 { "" } else { "s" }),
        };
        format!("{kind:<8} {size:>14}  {}", self.told(folder))
    }

    /// The path, from a folder if it is below it.
    pub fn told(&self, folder: &[u8]) -> String {
        let path = self.path.strip_prefix(&*tree::join(folder, b"")).unwrap_or(&self.path);
        String::from_utf8_lossy(path).chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
    }
}

impl Overlay {
    /// What the disk does not have, of a run that has asked these questions; `None`: of the run as far as it has come. With the
    /// folder that the program began in.
    pub fn changes(&mut self, answers: Option<&[(Request, Answer)]>) -> (Vec<FileChange>, Vec<u8>) {
        let folder = match self.disk.pass(&FileRequest::CurrentFolder) {
            Ok(Answer::Bytes(folder)) => folder,
            _ => b"/".to_vec(),
        };
        let changes = match answers {
            Some(answers) => self.look_at(answers, Overlay::different),
            None => self.different(),
        };
        (changes, folder)
    }

    fn different(&mut self) -> Vec<FileChange> {
        let paths: Vec<Vec<u8>> = self.state.nodes.keys().filter(|path| !is_cache(path)).cloned().collect();
        paths.into_iter().filter_map(|path| self.change_of(path)).collect()
    }

    fn change_of(&mut self, path: Vec<u8>) -> Option<FileChange> {
        let node = self.state.nodes.get(&path)?.clone();
        let there = self.disk.facts_now(&path).ok();
        let is = |kind: i64| there.is_some_and(|facts| facts.mode & tree::KIND == kind);
        let mode = |facts: Facts| facts.mode & 0o7777;
        let (what, size, is_same) = match node {
            Node::Gone => {
                let facts = there?;
                let what = match facts.mode & tree::KIND {
                    tree::FOLDER => FileKind::Folder,
                    tree::LINK => FileKind::Link,
                    _ => FileKind::File,
                };
                return Some(FileChange { path, kind: Kind::Removed, what, size: 0 });
            }
            Node::Folder { facts, .. } => (FileKind::Folder, 0, is(tree::FOLDER) && there.is_some_and(|it| mode(it) == mode(facts))),
            Node::Link { to, .. } => {
                let is_same =
                    is(tree::LINK) && matches!(self.disk.pass(&FileRequest::ReadLink(path.clone())), Ok(Answer::Bytes(it)) if it == to);
                (FileKind::Link, 0, is_same)
            }
            Node::File(file) => {
                let facts = self.facts_of_file(file).ok()?;
                let is_like = is(tree::FILE) && there.is_some_and(|it| it.size == facts.size && mode(it) == mode(facts));
                let is_same = is_like && self.bytes(file).ok()?[..] == self.disk.read_now(&path).unwrap_or_default();
                (FileKind::File, facts.size.max(0) as u64, is_same)
            }
        };
        let kind = if there.is_some() { Kind::Changed } else { Kind::New };
        (!is_same).then_some(FileChange { path, kind, what, size })
    }

    /// Brings to the disk what is at and below a path, or all; of a run that has asked these questions, or as far as it has come.
    ///
    /// # Errors
    ///
    /// A sentence; what was written until then stays written.
    pub fn commit(&mut self, answers: Option<&[(Request, Answer)]>, wanted: Option<&str>) -> Result<Vec<FileChange>, String> {
        if let Some(why) = self.refusal {
            return Err(why.to_owned());
        }
        match answers {
            Some(answers) => self.look_at(answers, |overlay| overlay.bring(wanted)),
            None => self.bring(wanted),
        }
    }

    /// Whether leaving loses something that could have been written.
    pub fn is_worth_a_word(&self) -> bool {
        self.refusal.is_none()
    }

    fn bring(&mut self, wanted: Option<&str>) -> Result<Vec<FileChange>, String> {
        let mut changes = self.different();
        if let Some(wanted) = wanted {
            let path = self.absolute(wanted.as_bytes()).map_err(|error| format!("{wanted}: {}", error.words()))?;
            changes.retain(|change| {
                let is_below = change.path.starts_with(&tree::join(&path, b""));
                // The folders that it is in come along.
                let is_way =
                    change.kind == Kind::New && change.what == FileKind::Folder && path.starts_with(&tree::join(&change.path, b""));
                change.path == path || is_below || is_way
            });
            if !changes.iter().any(|change| change.path.starts_with(&path)) {
                return Err(format!(
                    "the program has written nothing at {wanted} that the disk does not have; `:files` lists what it wrote"
                ));
            }
        }
        // First the past is made safe, then old things go, the innermost first, then new ones come, the outermost first.
        let failed = |change: &FileChange, error: Errno| format!("{}: {}", change.told(b"/"), error.words());
        for change in &changes {
            self.secure(change).map_err(|error| failed(change, error))?;
        }
        for change in changes.iter().rev() {
            self.clear(change).map_err(|error| failed(change, error))?;
        }
        for change in &changes {
            self.place(change).map_err(|error| failed(change, error))?;
        }
        Ok(changes)
    }

    /// What is on the disk now is kept, and what is wanted is read, before anything is written over.
    fn secure(&mut self, change: &FileChange) -> Res<()> {
        if let Some(Node::File(file)) = self.state.nodes.get(&change.path) {
            let file = *file;
            self.bytes(file)?;
        }
        self.disk.remember(&change.path)
    }

    fn clear(&mut self, change: &FileChange) -> Res<()> {
        let Ok(there) = self.disk.facts_now(&change.path) else { return Ok(()) };
        let path = change.path.clone();
        let is_folder = there.mode & tree::KIND == tree::FOLDER;
        let stays = match change.what {
            FileKind::Folder => is_folder,
            FileKind::File => there.mode & tree::KIND == tree::FILE,
            FileKind::Link => false,
        };
        if stays && change.kind != Kind::Removed {
            return Ok(());
        }
        self.disk.pass(&if is_folder { FileRequest::RemoveFolder(path) } else { FileRequest::Remove(path) }).map(drop)
    }

    fn place(&mut self, change: &FileChange) -> Res<()> {
        let path = change.path.clone();
        let facts = match self.state.nodes.get(&path).cloned() {
            None | Some(Node::Gone) => return Ok(()),
            Some(Node::Link { to, .. }) => {
                return self.disk.pass(&FileRequest::MakeLink { to, path, symbolic: true }).map(drop);
            }
            Some(Node::Folder { facts, .. }) => {
                if self.disk.facts_now(&path) == Err(ENOENT) {
                    self.disk.pass(&FileRequest::MakeFolder(path.clone()))?;
                }
                facts
            }
            Some(Node::File(file)) => {
                let bytes = self.bytes(file)?;
                self.disk.write(&path, &bytes)?;
                self.facts_of_file(file)?
            }
        };
        let there = self.disk.facts_now(&path)?;
        if (there.mode ^ facts.mode) & 0o7777 != 0 {
            self.disk.pass(&FileRequest::ChangeMode { path, mode: (facts.mode & 0o7777) as u32 })?;
        }
        Ok(())
    }
}

fn is_cache(path: &[u8]) -> bool {
    path.split(|&byte| byte == b'/').any(|part| part == b"__pycache__")
}
