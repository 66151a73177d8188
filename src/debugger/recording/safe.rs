//! Writing a file as a whole or not at all: into a file beside it, which then takes its name.
//!
//! A full disk, a name that can't be written, a process killed in the middle: what was saved before is still there.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use super::is_session;
use crate::vm::host::errno;

/// Writes a session's text to a file; over a session, but over nothing else.
///
/// # Errors
///
/// A sentence that says what became of the file.
pub fn save(path: &Path, text: &str) -> Result<(), String> {
    if fs::metadata(path).is_ok_and(|facts| facts.is_file() && facts.len() > 0) && !fs::read(path).is_ok_and(|bytes| is_session(&bytes)) {
        return Err(format!("{}: not saved: there is a file of another kind", path.display()));
    }
    replace(path, |out| put(out, text))
}

/// Replaces a file by what `write` writes, as a whole or not at all.
fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), String> {
    // A device or a pipe can't be replaced.
    if fs::metadata(path).is_ok_and(|facts| !facts.is_file()) {
        let written = fs::OpenOptions::new().write(true).open(path).and_then(|mut file| write(&mut file));
        return written.map_err(|error| format!("{}: not saved: {}", path.display(), errno::words(&error)));
    }
    let name = path.file_name().ok_or_else(|| format!("{}: not saved: this is no name of a file", path.display()))?;
    let beside = path.with_file_name(format!(".{}.{}", name.to_string_lossy(), std::process::id()));
    let written = fs::File::create(&beside).and_then(|mut file| {
        write(&mut file)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&beside, path)).map_err(|error| {
        let _ = fs::remove_file(&beside); // it may not even be there
        let kept = if path.exists() { "; what was saved there before is unchanged" } else { "" };
        format!("{}: not saved: {}{kept}", path.display(), errno::words(&error))
    })
}

fn put(out: &mut dyn Write, text: &str) -> io::Result<()> {
    out.write_all(text.as_bytes())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("uncoil-safe-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn a_disk_that_fills_up_leaves_what_was_saved() {
        let folder = folder("full");
        let path = folder.join("x.uncoil");
        let text = "{\"uncoil\":{\"file\":\"session\"}}";
        save(&path, text).unwrap();
        let error = replace(&path, |out| {
            out.write_all(b"half of it")?;
            Err(io::Error::from_raw_os_error(28))
        });
        assert!(
            error
                .as_ref()
                .is_err_and(|error| error.ends_with("not saved: No space left on device; what was saved there before is unchanged")),
            "{error:?}"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing else is left behind");
        save(&path, &format!("{text}2")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), format!("{text}2"));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn other_files_are_not_written_over() {
        let folder = folder("other");
        let path = folder.join("program.py");
        fs::write(&path, "print(1)").unwrap();
        assert!(save(&path, "x").unwrap_err().ends_with("there is a file of another kind"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "print(1)");
        assert!(save(&folder.join("no/such/x.uncoil"), "x").unwrap_err().ends_with("No such file or directory"));
        if Path::new("/dev/full").exists() {
            assert!(save(Path::new("/dev/full"), "x").unwrap_err().ends_with("No space left on device"));
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
