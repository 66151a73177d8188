//! What a learner has done, in a text file of the state folder: a lesson a line.
//!
//! ```text
//!   06_reference_counting 4 12 0,1,2,3        at step 4 of 12 (from 0), and which are done
//! ```
//!
//! A line that can't be read is passed over.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    rows: BTreeMap<String, Row>,
}

/// How far a learner is in a lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The step where it was left, from 0.
    pub at: usize,
    pub steps: usize,
    pub done: BTreeSet<usize>,
}

impl Row {
    pub fn is_complete(&self) -> bool {
        self.steps > 0 && self.done.len() >= self.steps
    }
}

/// Where it is kept.
pub fn file_in(folder: &Path) -> PathBuf {
    folder.join("lessons")
}

impl Progress {
    /// What is in a file; nothing if it isn't there.
    pub fn load(file: &Path) -> Progress {
        Progress::read(&fs::read_to_string(file).unwrap_or_default())
    }

    pub fn read(text: &str) -> Progress {
        let row = |line: &str| {
            let mut words = line.split(' ');
            let (name, at, steps) = (words.next()?, words.next()?.parse().ok()?, words.next()?.parse().ok()?);
            let done = words.next()?.split(',').filter_map(|word| word.parse().ok()).filter(|&step| step < steps).collect();
            Some((name.to_owned(), Row { at, steps, done }))
        };
        Progress { rows: text.lines().filter_map(row).collect() }
    }

    pub fn written(&self) -> String {
        let row = |(name, row): (&String, &Row)| {
            let done: Vec<String> = row.done.iter().map(usize::to_string).collect();
            format!("{name} {} {} {}\n", row.at, row.steps, done.join(","))
        };
        self.rows.iter().map(row).collect()
    }

    pub fn of(&self, lesson: &str) -> Row {
        self.rows.get(lesson).cloned().unwrap_or_default()
    }

    pub fn set(&mut self, lesson: &str, row: Row) {
        self.rows.insert(lesson.to_owned(), row);
    }

    /// Forgets one lesson, or all.
    pub fn reset(&mut self, lesson: Option<&str>) {
        self.rows.retain(|name, _| lesson.is_some_and(|lesson| lesson != name));
    }

    /// Whole or not at all.
    ///
    /// # Errors
    ///
    /// The folder can't be written.
    pub fn save(&self, file: &Path) -> io::Result<()> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let new = file.with_extension("new");
        fs::write(&new, self.written()).and_then(|()| fs::rename(&new, file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let mut progress = Progress::default();
        progress.set("06_x", Row { at: 2, steps: 4, done: [0, 1].into() });
        progress.set("07_y", Row { at: 0, steps: 3, done: BTreeSet::new() });
        assert_eq!(Progress::read(&progress.written()), progress);
        progress.reset(Some("06_x"));
        assert_eq!(progress.of("06_x"), Row::default());
        assert_eq!(Progress::read("nonsense\n06_x 1 2 0,9"), Progress::read("06_x 1 2 0"));
    }
}
