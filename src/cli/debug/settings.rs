//! Where the settings are: `$XDG_CONFIG_HOME/uncoil/config.toml`. What they are is in `tui/config.rs`.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::tui::config::{self, Config};

/// The settings of the file, or those without one.
///
/// # Errors
///
/// The file and line, and what is wrong there.
pub fn read() -> Result<Config, String> {
    let Some(file) = file() else { return Ok(Config::default()) };
    let told = |line: usize, error: &str| format!("{}, line {line}: {error}; the defaults are used", file.display());
    match fs::read(&file) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Config::read(&text).map_err(|(line, error)| told(line, &error)),
            Err(error) => {
                let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                Err(told(valid.iter().filter(|byte| **byte == b'\n').count() + 1, "no UTF-8 text"))
            }
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Config::default()),
        Err(error) => Err(format!("{}: {error}; the defaults are used", file.display())),
    }
}

/// `uncoil config`
pub fn config() -> ExitCode {
    super::super::run::print(&config::defaults());
    match read() {
        Ok(_) => ExitCode::SUCCESS,
        Err(message) => super::super::complain(&message),
    }
}

fn file() -> Option<PathBuf> {
    let of = |name: &str| std::env::var_os(name).filter(|it| Path::new(it).is_absolute()).map(PathBuf::from);
    let folder = of("XDG_CONFIG_HOME").or_else(|| Some(of("HOME")?.join(".config")))?;
    Some(folder.join("uncoil/config.toml"))
}
