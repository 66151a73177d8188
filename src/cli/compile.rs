//! `uncoil compile FILE…` writes `.pyc` files that CPython 3.11 runs; `uncoil check FILE…` only looks for errors.
//!
//! Of a folder all `.py` files in it are taken, in order of their names. One file at a time is in memory. A `.pyc` file is written
//! beside its name and then renamed, so that nobody ever reads half of one. Counterparts: `py_compile`, `compileall`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::UNIX_EPOCH,
};

use crate::{
    bytecode::pyc::{self, Validation},
    interpreter,
    syntax::Mode,
};

#[derive(clap::Args)]
pub struct CheckArguments {
    /// Print warnings too
    #[arg(short, long)]
    warnings: bool,
    /// Programs, and folders of programs
    #[arg(required = true)]
    files: Vec<String>,
}

#[derive(clap::Args)]
pub struct Arguments {
    /// 0, 1 (no assertions) or 2 (no docstrings)
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=2))]
    optimize: u8,
    /// Tie the file to its source by a hash that imports compare
    #[arg(long, conflicts_with = "unchecked_hash")]
    checked_hash: bool,
    /// Tie the file to its source by a hash that imports take for granted
    #[arg(long)]
    unchecked_hash: bool,
    /// Programs, and folders of programs
    #[arg(required = true)]
    files: Vec<String>,
}

/// Compiles each file and prints what is wrong.
pub fn check(arguments: &CheckArguments) -> ExitCode {
    each(&arguments.files, |file, bytes| {
        let (warnings, outcome) = interpreter::compile_source(bytes, file, Mode::Exec, 0);
        if arguments.warnings {
            for warning in &warnings {
                eprintln!("{file}:{}: {}: {}", warning.lineno, warning.category, warning.msg);
            }
        }
        outcome.map(drop).map_err(|error| interpreter::syntax_error_text(&error, bytes, file))
    })
}

/// Compiles each file and writes its `.pyc`.
pub fn main(arguments: &Arguments) -> ExitCode {
    each(&arguments.files, |file, bytes| {
        let (_, outcome) = interpreter::compile_source(bytes, file, Mode::Exec, arguments.optimize);
        let code = outcome.map_err(|error| interpreter::syntax_error_text(&error, bytes, file))?;
        let validation = if arguments.checked_hash || arguments.unchecked_hash {
            Validation::Hash { hash: pyc::source_hash(bytes), checked: arguments.checked_hash }
        } else {
            timestamp(file, bytes).map_err(|error| format!("uncoil: {file}: {error}\n"))?
        };
        let path = pyc::cache_path(Path::new(file), arguments.optimize);
        write(&path, &pyc::write(&code, validation)).map_err(|error| format!("uncoil: {}: {error}\n", path.display()))
    })
}

/// The header keeps the lower 32 bits of both.
fn timestamp(file: &str, bytes: &[u8]) -> std::io::Result<Validation> {
    let modified = fs::metadata(file)?.modified()?;
    let seconds = match modified.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_secs() as i64,
        Err(before) => -(before.duration().as_secs() as i64),
    };
    Ok(Validation::Timestamp { mtime: seconds as u32, size: bytes.len() as u32 })
}

/// Writes all of a file or nothing.
pub fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut half = path.as_os_str().to_owned();
    half.push(format!(".{}", std::process::id()));
    fs::write(&half, bytes)?;
    fs::rename(&half, path).inspect_err(|_| {
        let _ = fs::remove_file(&half); // the rename's error is the one to tell
    })
}

/// Does something with each program. What it says against one is printed, and the status tells.
fn each(files: &[String], mut work: impl FnMut(&str, &[u8]) -> Result<(), String>) -> ExitCode {
    let mut status = ExitCode::SUCCESS;
    let mut one = |file: &str| match super::read_program(Some(file), None) {
        Ok((bytes, name)) => {
            if let Err(message) = work(&name, &bytes) {
                eprint!("{message}");
                status = ExitCode::FAILURE;
            }
        }
        Err(message) => status = super::complain(&message),
    };
    for file in files {
        if Path::new(file).is_dir() {
            programs(Path::new(file), &mut |path| one(&path.display().to_string()));
        } else {
            one(file);
        }
    }
    status
}

/// The programs in a folder and in those in it. What cannot be listed has none.
fn programs(folder: &Path, work: &mut dyn FnMut(&Path)) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let link = path.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
        if path.is_dir() && !link {
            programs(&path, work);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            work(&path);
        }
    }
}
