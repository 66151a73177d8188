//! How the program was started: arguments, paths and flags, as `sys` shows them.
//!
//! The default is what the tests and the debugger use: no bytecode is written, hashes are those of `PYTHONHASHSEED=0`.
//! Counterpart in CPython 3.11: `PyConfig`. Example: `uncoil run -O -W error x.py a` has `optimize: 1`.

/// What the command line and the environment say.
#[derive(Clone, Debug)]
pub struct Config {
    /// `sys.argv`
    pub argv: Vec<String>,
    /// `sys.orig_argv`; empty: the same as `argv`.
    pub orig_argv: Vec<String>,
    /// `sys.executable`: this program's file.
    pub executable: String,
    /// `sys.path[0]`
    pub script_dir: Option<String>,
    /// The entries of `sys.path` after it: PYTHONPATH.
    pub path: Vec<String>,
    /// The folder of an installed CPython 3.11's library, behind them.
    pub stdlib: Option<String>,
    /// Folders of packages, last.
    pub site: Vec<String>,
    /// The folder that relative names start from.
    pub current_dir: String,
    /// `-O` level
    pub optimize: u8,
    /// The seed of string hashes.
    pub hash_seed: HashSeed,
    /// `sys.warnoptions`: PYTHONWARNINGS, then `-W`
    pub warn_options: Vec<String>,
    /// `-X name[=value]`
    pub x_options: Vec<(String, Option<String>)>,
    /// `-i`: a prompt follows the program.
    pub inspect: bool,
    /// The program is a prompt, or one follows.
    pub interactive: bool,
    pub dont_write_bytecode: bool,
    pub ignore_environment: bool,
    /// `-b` twice makes errors of them.
    pub bytes_warning: u8,
    pub quiet: bool,
    pub isolated: bool,
    pub no_site: bool,
    pub no_user_site: bool,
    pub utf8_mode: bool,
    pub dev_mode: bool,
    pub safe_path: bool,
    /// What the program may hold in modelled bytes: see `vm/memory`.
    pub memory_limit: u64,
    /// The seed of the threads' schedule; `None`: each switch interval, who has waited longest.
    pub schedule: Option<u64>,
    /// Code that runs often rewrites itself (PEP 659).
    pub specialize: bool,
    /// `-u`
    pub unbuffered: bool,
    /// Standard input is a terminal, and so are the other two.
    pub terminals: [bool; 3],
}

/// What the hashes of strings depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashSeed {
    /// `PYTHONHASHSEED=N`; 0 turns randomization off.
    Fixed(u32),
    /// `PYTHONHASHSEED=random`: so many random bits.
    Random([u64; 2]),
}

impl Default for Config {
    fn default() -> Config {
        Config {
            argv: Vec::new(),
            orig_argv: Vec::new(),
            executable: "uncoil".to_string(),
            script_dir: None,
            path: Vec::new(),
            stdlib: None,
            site: Vec::new(),
            current_dir: "/".to_string(),
            optimize: 0,
            hash_seed: HashSeed::Fixed(0),
            warn_options: Vec::new(),
            x_options: Vec::new(),
            inspect: false,
            interactive: false,
            dont_write_bytecode: true,
            ignore_environment: false,
            bytes_warning: 0,
            quiet: false,
            isolated: false,
            no_site: false,
            no_user_site: false,
            utf8_mode: false,
            dev_mode: false,
            safe_path: false,
            memory_limit: super::memory::DEFAULT_LIMIT,
            schedule: None,
            specialize: true,
            unbuffered: false,
            terminals: [false; 3],
        }
    }
}
