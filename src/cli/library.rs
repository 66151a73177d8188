//! Where the library is: that of the python3.11 on PATH if there is one, besides the modules that come along.
//!
//! `--stdlib DIR` or `UNCOIL_STDLIB=DIR` names another, `--no-stdlib` or `UNCOIL_STDLIB=` does without: so programs behave the same
//! on every machine. Lessons, pictures and tests never look for it. It is looked for by a few questions about files; no program
//! is run. The rule which of two modules of one name wins, from first to last:
//!
//! ```text
//!   1  modules written in Rust, as CPython's built-in ones do         math, _collections, _io
//!   2  those in Python that the machine has a part in                 threading, asyncio, importlib, …: stdlib::OURS
//!   3  files on sys.path: beside the program, PYTHONPATH, the installed library, --site
//!   4  modules that come along in Python
//! ```
//!
//! Counterpart in CPython 3.11: `Modules/getpath.py`. `uncoil modules` prints what there is.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::ExitCode,
};

use super::python::absolute;
use crate::stdlib::{self, Embedded};

/// For the library of the python3.11 that is found on PATH.
const AUTO: &str = "auto";

/// Names the library, or nothing: a variable.
const VARIABLE: &str = "UNCOIL_STDLIB";

/// The folder of the library: the one named, else one that is found; none if none is wanted or there.
///
/// # Errors
///
/// A folder was named that holds no library.
pub fn find(option: Option<&str>, none: bool) -> Result<Option<String>, String> {
    if none {
        return Ok(None);
    }
    let variable = std::env::var(VARIABLE).ok();
    let named = option.map(|folder| ("--stdlib", folder)).or(variable.as_deref().map(|folder| (VARIABLE, folder)));
    match named {
        Some((VARIABLE, "")) => Ok(None),
        Some((by, AUTO)) => on_path().map(Some).ok_or_else(|| format!("{by} auto: there is no python3.11 on PATH")),
        Some((_, folder)) if is_library(Path::new(folder)) => Ok(Some(absolute(folder))),
        Some((by, folder)) => Err(format!("{by} {folder}: no library of Python is there (no os.py)")),
        None => Ok(on_path()),
    }
}

/// The library of the first python3.11 on PATH.
fn on_path() -> Option<String> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).find_map(|folder| library_of(&folder)).map(|folder| folder.display().to_string())
}

/// A folder of packages.
///
/// # Errors
///
/// There is no such folder.
pub fn site(folder: &str) -> Result<String, String> {
    if Path::new(folder).is_dir() { Ok(absolute(folder)) } else { Err(format!("--site {folder}: there is no such folder")) }
}

fn is_library(folder: &Path) -> bool {
    folder.join("os.py").is_file()
}

/// The library of the python3.11 in a folder of programs. No program is run to find out.
fn library_of(folder: &Path) -> Option<PathBuf> {
    let program = folder.join("python3.11");
    if !program.is_file() {
        return None;
    }
    let real = std::fs::canonicalize(&program).unwrap_or(program);
    let beside = |program: &Path| Some(program.parent()?.parent()?.join("lib/python3.11"));
    if let Some(library) = beside(&real).filter(|library| is_library(library)) {
        return Some(library);
    }
    // pyenv's programs are scripts that choose among versions: the newest one is taken.
    let versions = std::fs::read_dir(folder.parent()?.join("versions")).ok()?;
    let number = |folder: &Path| folder.file_name()?.to_str()?.strip_prefix("3.11.")?.parse::<u32>().ok();
    let mut versions: Vec<PathBuf> = versions.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| number(path).is_some()).collect();
    versions.sort_by_key(|path| number(path));
    versions.into_iter().rev().map(|version| version.join("lib/python3.11")).find(|library| is_library(library))
}

/// Where modules are looked for.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Folders {
    /// The library of an installed CPython 3.11, a folder with os.py in it; else UNCOIL_STDLIB, else that of the python3.11 on PATH
    #[arg(long, value_name = "DIR", conflicts_with = "no_stdlib")]
    stdlib: Option<String>,
    /// No library but the modules that come along
    #[arg(long)]
    no_stdlib: bool,
    /// A folder of packages; several may be given
    #[arg(long, value_name = "DIR")]
    site: Vec<String>,
}

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    folders: Folders,
}

impl Folders {
    /// The folder of the library.
    ///
    /// # Errors
    ///
    /// As of [`find`].
    pub fn library(&self) -> Result<Option<String>, String> {
        find(self.stdlib.as_deref(), self.no_stdlib)
    }

    /// The folders of packages.
    ///
    /// # Errors
    ///
    /// As of [`site`].
    pub fn packages(&self) -> Result<Vec<String>, String> {
        self.site.iter().map(|folder| site(folder)).collect()
    }
}

/// `uncoil modules`
pub fn main(arguments: &Arguments) -> ExitCode {
    let library = arguments.folders.library();
    let site = arguments.folders.packages();
    match (library, site) {
        (Ok(library), Ok(site)) => {
            super::run::print(&list(library.as_deref(), &site));
            ExitCode::SUCCESS
        }
        (Err(message), _) | (_, Err(message)) => super::complain(&message),
    }
}

/// A line for each module: its name, where the one that wins comes from, and who else has it.
fn list(library: Option<&str>, site: &[String]) -> String {
    let mut modules: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |name: &str, origin: String| modules.entry(name.to_string()).or_default().push(origin);
    add("builtins", "Rust".to_string());
    for (name, _) in stdlib::MODULES.iter().filter(|row| !["_pickle_buffer", "_tables"].contains(&row.0)) {
        add(name, "Rust".to_string());
    }
    let is_ours = |name: &str| {
        let package = name.split('.').next().unwrap_or_default();
        stdlib::OURS.contains(&package) && (package != "importlib" || name == package || library.is_none())
    };
    for module in stdlib::SOURCES.iter().filter(|module| is_ours(module.name)) {
        add(module.name, "uncoil, in Python".to_string());
    }
    for folder in library.into_iter().chain(site.iter().map(String::as_str)) {
        for (name, file) in files(Path::new(folder)) {
            add(&name, file.display().to_string());
        }
    }
    let in_python = |name: &str| matches!(stdlib::embedded(name), Some(Embedded::Python(_)));
    for module in stdlib::SOURCES.iter().filter(|module| !is_ours(module.name) && in_python(module.name)) {
        add(module.name, "uncoil, in Python".to_string());
    }
    let mut text = match library {
        Some(folder) => format!("library: {folder}\n\n"),
        None => "library: only the modules that come along\n\n".to_string(),
    };
    for (name, origins) in &modules {
        text += &format!("{name:28} {}", origins[0]);
        if origins.len() > 1 {
            text += &format!("   (rather than {})", origins[1..].join(", "));
        }
        text.push('\n');
    }
    for (name, reason) in stdlib::MISSING {
        if !modules.contains_key(name) {
            text += &format!("{name:28} missing: {reason}\n");
        }
    }
    text
}

/// The modules and packages in a folder, with their files.
fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let (Some(name), Some(stem)) = (path.file_name().and_then(|name| name.to_str()), path.file_stem().and_then(|name| name.to_str()))
        else {
            continue;
        };
        if path.is_dir() && path.join("__init__.py").is_file() {
            found.push((name.to_string(), path.join("__init__.py")));
        } else if name.ends_with(".py") {
            found.push((stem.to_string(), path));
        }
    }
    found.sort();
    found
}
