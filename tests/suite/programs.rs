//! Programs run to their end print what CPython 3.11 prints, and afterwards every refcount is right.
//!
//! `tests/programs/<topic>/<what_it_shows>.py` with its `.out`, recorded by `tests/programs/record.sh` from CPython. A line
//! `# status N` at the end of an `.out` gives the exit status where it is not 0; an `.err` is standard error, with addresses
//! masked; a `.in` is standard input.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::bytecode::mask_addresses;
use uncoil::{
    debugger::world,
    interpreter::{self, files::Files},
    vm::{
        Config,
        hooks::NoHooks,
        host::{Answer, Host, Request, Stream},
    },
};

/// Keeps what is written, answers from a text.
struct Captured {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    input: Vec<String>,
    files: Files,
}

impl Host for Captured {
    fn write(&mut self, stream: Stream, bytes: &[u8]) {
        match stream {
            Stream::Stdout => self.stdout.extend_from_slice(bytes),
            Stream::Stderr => self.stderr.extend_from_slice(bytes),
            uncoil::vm::host::Stream::Stdin => {}
        }
    }

    fn answer(&mut self, request: &Request) -> Answer {
        match request {
            Request::ReadLine if self.input.is_empty() => Answer::Line(String::new()),
            Request::ReadLine => Answer::Line(self.input.remove(0)),
            Request::Time | Request::Monotonic => Answer::Seconds(1.0),
            Request::Entropy(n) => Answer::Bytes(vec![7; *n]),
            Request::Sleep(_) => Answer::Done,
            Request::File(request) => self.files.answer(request),
            request => world::look(request),
        }
    }
}

/// What a program's run came to.
pub(crate) struct Ran {
    /// Standard output, and the status if it is not 0.
    pub printed: String,
    pub errors: String,
    /// The audit's complaints.
    pub audit: Vec<String>,
}

pub(crate) fn run(path: &Path) -> Ran {
    let bytes = fs::read(path).expect("a program");
    let name = path.file_name().expect("a file").to_string_lossy().into_owned();
    let script_dir = path.parent().map(|dir| dir.display().to_string());
    let config = Config { argv: vec![name.clone()], script_dir, ..Config::default() };
    let input = fs::read_to_string(path.with_extension("in")).unwrap_or_default();
    let input = input.split_inclusive('\n').map(str::to_string).collect();
    let mut host = Captured { stdout: Vec::new(), stderr: Vec::new(), input, files: Files::default() };
    let mut vm = interpreter::load_source(&bytes, &name, config);
    let result = interpreter::drive(&mut vm, &mut host, &mut NoHooks).expect("no hook stops it");
    let exit = interpreter::conclude(&mut vm, result);
    interpreter::shutdown(&mut vm, &mut host);
    let mut printed = String::from_utf8_lossy(&host.stdout).into_owned();
    if exit.status != 0 {
        printed.push_str(&format!("# status {}\n", exit.status));
    }
    let errors = mask_addresses(&String::from_utf8_lossy(&host.stderr));
    Ran { printed, errors, audit: vm.audit().iter().map(ToString::to_string).collect() }
}

fn programs(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            programs(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "py") && path.with_extension("out").exists() {
            found.push(path);
        }
    }
}

#[test]
fn print_what_cpython_prints_and_leave_every_count_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let mut paths = Vec::new();
    programs(&root, &mut paths);
    assert!(paths.len() >= 33, "only {} programs were found", paths.len());
    let work = move || {
        let mut wrong = Vec::new();
        for path in paths {
            let name = path.strip_prefix(&root).expect("below the root").display().to_string();
            let want = fs::read_to_string(path.with_extension("out")).expect("a recorded output");
            let ran = run(&path);
            let errors = fs::read_to_string(path.with_extension("err")).unwrap_or_default();
            for (what, want, have) in [("output", &want, &ran.printed), ("standard error", &errors, &ran.errors)] {
                if have != want {
                    let line = want.lines().zip(have.lines()).position(|(a, b)| a != b);
                    let line = line.map_or_else(|| "the end".into(), |n| (n + 1).to_string());
                    wrong.push(format!("{name}: {what} differs at line {line}"));
                }
            }
            wrong.extend(ran.audit.into_iter().take(3).map(|mismatch| format!("{name}: {mismatch}")));
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    };
    // Trees and representations nest as deep as the programs make them.
    super::on_big_stack(work);
}
