//! How programs start and end: options, `-m`, imports, the prompt, warnings, exit functions, finalizers, exit status.
//!
//! The program itself is run on the commands of `tests/startup/commands.jsonl`; `tests/startup/record.py` wrote what CPython 3.11
//! prints on both streams, and its status, into `expected.jsonl`.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

/// Addresses and the name of the folder differ from machine to machine.
fn masked(bytes: &[u8], folder: &str) -> String {
    let text = String::from_utf8_lossy(bytes).replace(folder, "HERE").replace(env!("CARGO_BIN_EXE_uncoil"), "uncoil");
    let mut out = String::new();
    let mut rest = &*text;
    while let Some(at) = rest.find("0x") {
        let digits = rest[at + 2..].bytes().take_while(u8::is_ascii_hexdigit).count();
        out.push_str(&rest[..at]);
        out.push_str(if digits >= 6 { "0x…" } else { &rest[at..at + 2 + digits] });
        rest = &rest[at + 2 + digits..];
    }
    out + rest
}

fn rows(folder: &Path, name: &str) -> Vec<Value> {
    let text = fs::read_to_string(folder.join(name)).expect("a file");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn as_cpython_starts_and_ends() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/startup");
    let (commands, expected) = (rows(&folder, "commands.jsonl"), rows(&folder, "expected.jsonl"));
    assert_eq!(commands.len(), expected.len(), "record.py brings them together");
    let mut wrong = Vec::new();
    for (command, want) in commands.iter().zip(&expected) {
        let args: Vec<&str> = command["args"].as_array().expect("arguments").iter().map(|arg| arg.as_str().expect("text")).collect();
        let mut process = Command::new(env!("CARGO_BIN_EXE_uncoil"));
        process.arg("run").args(&args).current_dir(&folder);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("PYTHON")) {
            process.env_remove(name);
        }
        process.env("PYTHONDONTWRITEBYTECODE", "1");
        for (name, value) in command["env"].as_object().into_iter().flatten() {
            process.env(name, value.as_str().expect("text"));
        }
        let child = process.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.expect("the program starts");
        let mut input = child.stdin.take().expect("a pipe");
        let _ = input.write_all(command["stdin"].as_str().unwrap_or("").as_bytes()); // the program need not read it
        drop(input);
        let done = child.wait_with_output().expect("the program ends");
        let here = folder.display().to_string();
        for (what, have) in [("stdout", &done.stdout), ("stderr", &done.stderr)] {
            let have = masked(have, &here);
            if have != want[what] {
                wrong.push(format!("{args:?}: {what} differs:\n{have}\n--- CPython:\n{}", want[what].as_str().unwrap_or("")));
            }
        }
        // A signal is a negative status, as Python's subprocess has it.
        #[cfg(unix)]
        let signal = std::os::unix::process::ExitStatusExt::signal(&done.status).map(|signal| -signal);
        #[cfg(not(unix))]
        let signal = None;
        let status = done.status.code().or(signal);
        if status.map(i64::from) != want["status"].as_i64() {
            wrong.push(format!("{args:?}: status {status:?}, CPython's is {}", want["status"]));
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}
