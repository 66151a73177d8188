//! The files that the program wrote: they are in memory, over those of the disk, until the user wants them there.
//!
//! ```text
//!   :files      changed     1204 bytes  notes.txt        :commit notes.txt      writes it, after a question
//! ```

use super::*;
use crate::debugger::overlay::{FileChange, Kind};

impl Session {
    /// What the disk does not have, at this instant.
    pub(super) fn tell_files(&mut self) -> Answer {
        let (changes, folder) = self.timeline.files(&self.now);
        match changes.is_empty() {
            true => Answer::message("the program has written no file that the disk does not have"),
            false => Answer::listing(changes.iter().map(|change| change.row(&folder)).collect()),
        }
    }

    /// Brings it to the disk.
    pub(super) fn commit(&mut self, path: Option<&str>) -> Answer {
        let (changes, folder) = self.timeline.files(&self.now);
        if changes.is_empty() {
            return Answer::error("the program has written no file that the disk does not have");
        }
        if !self.sure {
            let what = match (path, &changes[..]) {
                (Some(path), _) => format!("what the program did at {path}"),
                (None, [change]) => change.told(&folder),
                (None, changes) => sum(changes),
            };
            if let Some(question) =
                self.ask_first(Command::Commit(path.map(str::to_owned)), format!("write {what} to the disk: yes or no?"))
            {
                return question;
            }
        }
        match self.timeline.commit(&self.now, path) {
            Err(error) => Answer::error(error),
            Ok(done) => match &done[..] {
                [change] => Answer::message(format!("on the disk now: {}", change.told(&folder))),
                changes => Answer::message(format!("on the disk now: {}", sum(changes))),
            },
        }
    }

    /// Nothing may be written to the disk, for this reason.
    pub fn refuse_files(&mut self, why: &'static str) {
        self.timeline.refuse_files(why);
    }

    /// For who leaves.
    pub(super) fn unwritten(&mut self) -> Option<String> {
        let files = match self.timeline.unwritten() {
            0 => return None,
            1 => "one file".to_owned(),
            count => format!("{count} files and folders"),
        };
        Some(format!("the program changed {files} in the debugger alone, the disk is as it was; `:commit` would have written it"))
    }
}

/// `2 new, 1 changed, 1 removed`
fn sum(changes: &[FileChange]) -> String {
    let count = |kind| changes.iter().filter(|change| change.kind == kind).count();
    let parts = [(count(Kind::New), "new"), (count(Kind::Changed), "changed"), (count(Kind::Removed), "removed")];
    let parts: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    parts.join(", ")
}
