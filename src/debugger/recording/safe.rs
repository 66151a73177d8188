//! Writing a file as a whole or not at all: into a file beside it, which then takes its name.
//!
//! A full disk, a name that can't be written, a process killed in the middle: what was saved before is still there.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

/// Writes a text to a file.
///
/// # Errors
///
/// A sentence that says what became of the file.
pub fn save(path: &Path, text: &str) -> Result<(), String> {
    // A device or a pipe can't be replaced.
    if fs::metadata(path).is_ok_and(|facts| !facts.is_file()) {
        let written = fs::OpenOptions::new().write(true).open(path).and_then(|mut file| put(&mut file, text));
        return written.map_err(|error| format!("{}: not saved: {}", path.display(), why(&error)));
    }
    let name = path.file_name().ok_or_else(|| format!("{}: not saved: this is no name of a file", path.display()))?;
    let beside = path.with_file_name(format!(".{}.{}", name.to_string_lossy(), std::process::id()));
    let written = fs::File::create(&beside).and_then(|mut file| {
        put(&mut file, text)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&beside, path)).map_err(|error| {
        let _ = fs::remove_file(&beside); // it may not even be there
        let kept = if path.exists() { "; what was saved there before is unchanged" } else { "" };
        format!("{}: not saved: {}{kept}", path.display(), why(&error))
    })
}

fn put(out: &mut impl Write, text: &str) -> io::Result<()> {
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn why(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}
