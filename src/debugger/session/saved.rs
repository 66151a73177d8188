//! Breakpoints that outlive the session: a file for each program, written when they have changed.
//!
//! The file is a script of the commands that make them, so that it can be read and mended by hand. A file that is damaged is
//! kept beside the new one, with `.damaged` behind its name. It is written whole and then renamed: a full disk loses nothing.
//!
//! ```text
//! # uncoil: breakpoints of /home/ada/bank.py
//! break /home/ada/bank.py:12 if amount > 50
//! disable 1
//! ```

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::*;
use crate::debugger::{
    breakpoints::Target,
    command::{self, Wanted},
};

/// Where they are kept, and what was written there last.
pub(super) struct Kept {
    file: PathBuf,
    text: String,
}

impl Session {
    /// Takes the breakpoints over that the file has, and keeps them there from now on. How many there are.
    ///
    /// # Errors
    ///
    /// A sentence for the user; the breakpoints that could be read are there.
    pub fn keep_breakpoints(&mut self, file: PathBuf) -> Result<usize, String> {
        let read = match fs::read(&file) {
            Ok(bytes) => self.read_breakpoints(&file, &bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            // It is not overwritten either.
            Err(error) => return Err(format!("breakpoints are not kept: {}: {error}", file.display())),
        };
        self.kept = Some(Kept { text: self.script(), file });
        read.map(|()| self.breakpoints.list().len())
    }

    fn read_breakpoints(&mut self, file: &Path, bytes: &[u8]) -> Result<(), String> {
        let damaged = |line: usize, error: &str| {
            let name = format!("{}.damaged", file.display());
            let saved = match fs::copy(file, &name) {
                Ok(_) => format!("the file as it was is {name}"),
                Err(error) => format!("it can't be saved as {name}: {error}"),
            };
            Err(format!("{}, line {line}: {error}; {saved}", file.display()))
        };
        let Ok(text) = std::str::from_utf8(bytes) else { return damaged(1, "no UTF-8 text") };
        let mut result = Ok(());
        for (line, number) in text.lines().zip(1..) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let error = match command::parse(line) {
                Ok(command @ (Command::Break { .. } | Command::Enable { .. } | Command::Ignore { .. })) => self.command(&command).error,
                Ok(_) => Some("no breakpoint".into()),
                Err(error) => Some(error),
            };
            if let Some(error) = error.filter(|_| result.is_ok()) {
                result = damaged(number, &error);
            }
        }
        result
    }

    /// Writes them, if they have changed; says why they could not be.
    pub(super) fn save_breakpoints(&mut self) -> Option<String> {
        let text = self.script();
        let kept = self.kept.as_mut().filter(|kept| kept.text != text)?;
        let file = kept.file.clone();
        match write(&file, &text) {
            Ok(()) => {
                kept.text = text;
                None
            }
            Err(error) => Some(format!("the breakpoints are not saved: {}: {error}", file.display())),
        }
    }

    /// The commands that make the breakpoints as they are.
    pub(super) fn script(&self) -> String {
        let mut text = format!("# uncoil: breakpoints of {}\n", self.name);
        let is_lasting = |breakpoint: &&Breakpoint| {
            let target = &breakpoint.target;
            let of_this_run = matches!(target, Target::Unit(_) | Target::Refcount { of: Wanted::Serial(_) | Wanted::Slot(_), .. });
            !of_this_run && !breakpoint.command().contains('\n')
        };
        for (breakpoint, number) in self.breakpoints.list().iter().filter(is_lasting).zip(1..) {
            text += &format!("{}\n", breakpoint.command());
            if breakpoint.ignore > 0 {
                text += &format!("ignore {number} {}\n", breakpoint.ignore);
            }
            if !breakpoint.enabled {
                text += &format!("disable {number}\n");
            }
        }
        text
    }
}

/// A file of a folder of state for the breakpoints of a program.
pub fn file_for(folder: &Path, program: &Path) -> PathBuf {
    let mut name: String = program.display().to_string().replace('/', "%");
    if name.len() > 180 {
        // Its end, and a number for all of it.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let end: String = name.chars().rev().take(40).collect();
        name = format!("{hash:016x}{}", end.chars().rev().collect::<String>());
    }
    folder.join("breakpoints").join(name)
}

fn write(file: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = file.with_file_name(format!("{}.new", file.file_name().unwrap_or_default().to_string_lossy()));
    let written = fs::write(&new, text).and_then(|()| fs::rename(&new, file));
    if written.is_err() {
        let _ = fs::remove_file(&new); // half of it, if anything
    }
    written
}
