//! The options and variables of `python3` that programs are started with: `-c -m -i -O -W -X …`, PYTHONPATH, PYTHONHASHSEED.
//!
//! They are taken by `uncoil run`, `uncoil trace` and the debugger alike. As in CPython 3.11, what follows `-c CODE`, `-m MODULE` or
//! the file is the program's. Unlike CPython's, string hashes are not random unless PYTHONHASHSEED says so, so that every run is the
//! same. Counterpart: `Python/initconfig.c`. Example: `uncoil run -O -W error x.py -v` has `sys.argv == ['x.py', '-v']`.

use std::{
    ffi::OsString,
    io::IsTerminal,
    path::{Path, PathBuf},
};

use clap::ArgAction;

use super::library;
use crate::vm::{Config, config::HashSeed, memory::DEFAULT_LIMIT};

/// Options of `python3`.
#[derive(clap::Args, Clone, Debug, Default)]
#[command(next_help_heading = "Options of python3")]
pub struct Options {
    /// The program as text
    #[arg(short = 'c', value_name = "CODE", conflicts_with = "module", allow_hyphen_values = true)]
    pub code: Option<String>,
    /// Run a module, or a package's __main__, as the program
    #[arg(short = 'm', value_name = "MODULE")]
    pub module: Option<String>,
    /// Show a prompt after the program (PYTHONINSPECT)
    #[arg(short = 'i')]
    inspect: bool,
    /// Leave assertions out; twice: docstrings too (PYTHONOPTIMIZE)
    #[arg(short = 'O', action = ArgAction::Count)]
    optimize: u8,
    /// What to do with warnings: ACTION:MESSAGE:CATEGORY:MODULE:LINE (PYTHONWARNINGS)
    #[arg(short = 'W', value_name = "FILTER", allow_hyphen_values = true)]
    warnings: Vec<String>,
    /// Options of the implementation: utf8, dev, int_max_str_digits=N
    #[arg(short = 'X', value_name = "NAME[=VALUE]")]
    x_options: Vec<String>,
    /// What the program may hold before MemoryError, in modelled bytes (of sys.getsizeof): 512M, 2G; none: no limit.
    /// 4G when running, 1G in the debugger, which keeps copies
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    memory_limit: Option<u64>,
    /// Write no .pyc files (PYTHONDONTWRITEBYTECODE)
    #[arg(short = 'B')]
    dont_write_bytecode: bool,
    /// Ignore variables whose names begin with PYTHON
    #[arg(short = 'E')]
    ignore_environment: bool,
    /// The same as -E -P -s
    #[arg(short = 'I')]
    isolated: bool,
    /// Do not look for modules beside the program (PYTHONSAFEPATH)
    #[arg(short = 'P')]
    safe_path: bool,
    /// Taken and shown in sys.flags: there are no user's packages
    #[arg(short = 's')]
    no_user_site: bool,
    /// Taken and shown in sys.flags: there is no site module
    #[arg(short = 'S')]
    no_site: bool,
    /// Warn of comparing bytes with str; twice: an error
    #[arg(short = 'b', action = ArgAction::Count)]
    bytes_warning: u8,
    /// Do not buffer standard output (PYTHONUNBUFFERED)
    #[arg(short = 'u')]
    unbuffered: bool,
    /// Never put specialized forms into code (PEP 659): slower, and nothing else may differ
    #[arg(long)]
    no_specialize: bool,
    /// Threads take turns by chance, the same with the same number: seed=7
    #[arg(long, value_name = "seed=N", value_parser = seed)]
    schedule: Option<u64>,
    /// No greeting at the prompt
    #[arg(short = 'q')]
    quiet: bool,
    #[command(flatten)]
    folders: library::Folders,
}

/// The rest of what a program is started with.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Program {
    /// The program: a file, a folder with a __main__.py, or - for standard input
    pub file: Option<String>,
    /// Arguments of the program
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub args: Vec<String>,
}

/// `seed=7`, or the number alone.
fn seed(text: &str) -> Result<u64, String> {
    text.strip_prefix("seed=").unwrap_or(text).parse().map_err(|_| "write seed=N".to_string())
}

/// Which program is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Code(String),
    Module(String),
    File(String),
    /// `-`
    Stdin,
    /// None: standard input is asked, with a prompt if it is a terminal.
    None,
}

/// Long options of `uncoil run` that take the next argument as their value.
const WITH_VALUE: [&str; 6] = ["--audit-every", "--memory-limit", "--record", "--schedule", "--site", "--stdlib"];

/// Sets the program's own arguments off with a `--` for `uncoil run`, which is used as python3 is, so that none of them is taken for
/// ours. The debugger's options may stand after the file.
pub fn separate(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.collect();
    if arguments.get(1).is_none_or(|command| command != "run") {
        return arguments;
    }
    let mut at = 2;
    while let Some(argument) = arguments.get(at).and_then(|argument| argument.to_str()) {
        if argument == "--" {
            break;
        }
        if argument == "-" || !argument.starts_with('-') {
            arguments.insert(at, "--".into());
            break;
        }
        at += 1;
        if argument.starts_with("--") {
            at += usize::from(WITH_VALUE.contains(&argument));
            continue;
        }
        let mut letters = argument[1..].char_indices();
        let valued = letters.find(|&(_, letter)| matches!(letter, 'c' | 'm' | 'W' | 'X'));
        if let Some((place, letter)) = valued {
            at += usize::from(place + 2 == argument.len());
            if matches!(letter, 'c' | 'm') && at <= arguments.len() {
                arguments.insert(at, "--".into());
                break;
            }
        }
    }
    arguments
}

impl Options {
    /// No options but perhaps `-c`.
    pub fn of_code(code: Option<String>) -> Options {
        Options { code, ..Options::default() }
    }

    /// The program, and its arguments without `sys.argv[0]`.
    pub fn source(&self, program: &Program) -> (Source, Vec<String>) {
        let source = match (&self.code, &self.module, program.file.as_deref()) {
            (Some(code), ..) => Source::Code(code.clone()),
            (None, Some(module), _) => Source::Module(module.clone()),
            (None, None, Some("-")) => Source::Stdin,
            (None, None, Some(file)) => Source::File(file.to_string()),
            (None, None, None) => Source::None,
        };
        let mut args = program.args.clone();
        if let (Source::Code(_) | Source::Module(_), Some(first)) = (&source, &program.file) {
            args.insert(0, first.clone());
        }
        (source, args)
    }

    /// How the machine is set up.
    ///
    /// # Errors
    ///
    /// Tells what is wrong with an option or a variable.
    pub fn wants_prompt(&self) -> bool {
        self.inspect
    }

    pub fn has_memory_limit(&self) -> bool {
        self.memory_limit.is_some()
    }

    pub fn config(&self, source: &Source, args: Vec<String>) -> Result<Config, String> {
        let isolated = self.isolated;
        let ignore_environment = self.ignore_environment || isolated;
        let variable = |name: &str| {
            let value = if ignore_environment { None } else { std::env::var(name).ok() };
            value.filter(|value| !value.is_empty())
        };
        let count = |name: &str| variable(name).map_or(0, |value| value.parse::<u8>().unwrap_or(1));
        let is_set = |name: &str| variable(name).is_some();
        let current_dir = std::env::current_dir().map_or_else(|_| "/".to_string(), |path| path.display().to_string());
        let mut x_options = Vec::new();
        for option in &self.x_options {
            let (name, value) = match option.split_once('=') {
                Some((name, value)) => (name.to_string(), Some(value.to_string())),
                None => (option.clone(), None),
            };
            match &*name {
                "utf8" | "dev" | "int_max_str_digits" | "no_debug_ranges" | "frozen_modules" => {}
                "faulthandler" | "showrefcount" | "tracemalloc" | "importtime" | "pycache_prefix" | "warn_default_encoding" => {
                    return Err(format!("option -X {name} is not supported"));
                }
                _ => {} // CPython keeps any name in sys._xoptions
            }
            x_options.push((name, value));
        }
        let x_option = |name: &str| x_options.iter().rev().find(|option| option.0 == name).map(|option| option.1.as_deref());
        let utf8_mode = match x_option("utf8") {
            Some(None | Some("1")) => true,
            Some(Some("0")) => false,
            Some(Some(_)) => return Err("invalid -X utf8 option value".to_string()),
            None => variable("PYTHONUTF8").is_some_and(|value| value == "1"),
        };
        let dev_mode = x_option("dev").is_some() || is_set("PYTHONDEVMODE");
        let safe_path = self.safe_path || isolated || is_set("PYTHONSAFEPATH");
        let mut warn_options = Vec::new();
        if dev_mode {
            warn_options.push("default".to_string());
        }
        if let Some(list) = variable("PYTHONWARNINGS") {
            warn_options.extend(list.split(',').map(|option| option.trim().to_string()));
        }
        warn_options.extend(self.warnings.iter().cloned());
        match self.bytes_warning {
            0 => {}
            1 => warn_options.push("default::BytesWarning".to_string()),
            _ => warn_options.push("error::BytesWarning".to_string()),
        }
        let argv0 = match source {
            Source::Code(_) => "-c",
            Source::Module(_) => "-m",
            Source::File(file) => file,
            Source::Stdin => "-",
            Source::None => "",
        };
        let script_dir = match source {
            _ if safe_path && !matches!(source, Source::File(file) if Path::new(file).is_dir()) => None,
            Source::Module(_) => Some(current_dir.clone()),
            Source::File(file) if Path::new(file).is_dir() => Some(absolute(file)),
            Source::File(file) => {
                // The folder of the file itself, not of a link to it.
                let file = std::fs::read_link(file).map_or_else(
                    |_| PathBuf::from(file),
                    |target| Path::new(file).parent().map_or_else(|| target.clone(), |folder| folder.join(&target)),
                );
                std::path::absolute(file).ok().and_then(|path| path.parent().map(|folder| folder.display().to_string()))
            }
            Source::Code(_) | Source::Stdin | Source::None => Some(String::new()),
        };
        let mut path: Vec<String> = Vec::new();
        for entry in variable("PYTHONPATH").iter().flat_map(|list| list.split(':')) {
            let entry = if entry.is_empty() { current_dir.clone() } else { absolute(entry) };
            if !path.contains(&entry) {
                path.push(entry);
            }
        }
        let inspect = self.inspect || is_set("PYTHONINSPECT");
        let terminals = [std::io::stdin().is_terminal(), std::io::stdout().is_terminal(), std::io::stderr().is_terminal()];
        Ok(Config {
            memory_limit: self.memory_limit.unwrap_or(DEFAULT_LIMIT),
            schedule: self.schedule,
            argv: std::iter::once(argv0.to_string()).chain(args).collect(),
            orig_argv: std::env::args().collect(),
            executable: std::env::current_exe().map_or_else(|_| "uncoil".to_string(), |file| file.display().to_string()),
            script_dir,
            path,
            stdlib: self.folders.library()?,
            site: self.folders.packages()?,
            current_dir,
            optimize: self.optimize.max(count("PYTHONOPTIMIZE")).min(2),
            hash_seed: hash_seed(variable("PYTHONHASHSEED").as_deref())?,
            warn_options,
            x_options: x_options.clone(),
            inspect,
            interactive: self.inspect || *source == Source::None && terminals[0],
            dont_write_bytecode: self.dont_write_bytecode || is_set("PYTHONDONTWRITEBYTECODE"),
            ignore_environment,
            bytes_warning: self.bytes_warning,
            quiet: self.quiet,
            isolated,
            no_site: self.no_site,
            no_user_site: self.no_user_site || isolated || is_set("PYTHONNOUSERSITE"),
            utf8_mode,
            dev_mode,
            safe_path,
            specialize: !self.no_specialize,
            unbuffered: self.unbuffered || is_set("PYTHONUNBUFFERED"),
            terminals,
        })
    }
}

/// The name under which a program runs: of a file its absolute path, as in CPython's tracebacks.
pub fn absolute(file: &str) -> String {
    std::path::absolute(file).map_or_else(|_| file.to_string(), |path| path.display().to_string())
}

fn hash_seed(variable: Option<&str>) -> Result<HashSeed, String> {
    match variable {
        None => Ok(HashSeed::Fixed(0)),
        Some("random") => {
            let mut bytes = [0; 16];
            std::fs::File::open("/dev/urandom")
                .and_then(|mut file| std::io::Read::read_exact(&mut file, &mut bytes))
                .map_err(|error| format!("no entropy for PYTHONHASHSEED=random: {error}"))?;
            let [low, high] = [0, 8].map(|at| u64::from_le_bytes(std::array::from_fn(|i| bytes[at + i])));
            Ok(HashSeed::Random([low, high]))
        }
        Some(number) => number
            .parse()
            .map(HashSeed::Fixed)
            .map_err(|_| "PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]".to_string()),
    }
}

/// A number of bytes: `4096`, `512K`, `512M`, `2G`, `none`.
pub(super) fn parse_size(text: &str) -> Result<u64, String> {
    if text == "none" {
        return Ok(u64::MAX);
    }
    let text = text.trim_end_matches(['b', 'B']);
    let (digits, unit) = match text.char_indices().last() {
        Some((at, 'k' | 'K')) => (&text[..at], 1 << 10),
        Some((at, 'm' | 'M')) => (&text[..at], 1 << 20),
        Some((at, 'g' | 'G')) => (&text[..at], 1 << 30),
        _ => (text, 1),
    };
    let number: u64 = digits.parse().map_err(|_| "a number of bytes such as 512M".to_string())?;
    number.checked_mul(unit).filter(|&bytes| bytes > 0).ok_or_else(|| "a number of bytes such as 512M".to_string())
}
