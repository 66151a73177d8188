//! The Debug Adapter Protocol, by a client that isn't ours: the one that debug adapters of VS Code are tested with.
//!
//! `tests/dap/adapter.test.js` drives the built program. It needs node (18 or later) and npm, which fetches the client once
//! into `target/dap`. Where they are missing the test fails and says so; `UNCOIL_SKIP_DAP=1` leaves it out.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn run(command: &mut Command, what: &str) -> Output {
    command
        .output()
        .unwrap_or_else(|error| panic!("{what} cannot be run: {error}. This test needs node 18 and npm; UNCOIL_SKIP_DAP=1 skips it"))
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn an_independent_client_drives_the_adapter() {
    if std::env::var_os("UNCOIL_SKIP_DAP").is_some() {
        println!("left out, as UNCOIL_SKIP_DAP says");
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tests = root.join("tests/dap");
    let program = Path::new(env!("CARGO_BIN_EXE_uncoil"));
    let folder = program.ancestors().nth(2).unwrap_or(root).join("dap");
    let lock = fs::read(tests.join("package-lock.json")).unwrap();
    // npm writes its own copy of the lock last.
    if !folder.join("node_modules/.package-lock.json").exists() || fs::read(folder.join("package-lock.json")).ok() != Some(lock.clone()) {
        fs::create_dir_all(&folder).unwrap();
        fs::copy(tests.join("package.json"), folder.join("package.json")).unwrap();
        fs::write(folder.join("package-lock.json"), lock).unwrap();
        let output = run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder), "npm");
        assert!(output.status.success(), "npm ci in {}:\n{}", folder.display(), text(&output));
    }
    let mut node = Command::new("node");
    node.arg("--test").arg(tests.join("adapter.test.js")).env("UNCOIL", program).env("NODE_PATH", folder.join("node_modules"));
    let output = run(&mut node, "node");
    assert!(output.status.success(), "{}", text(&output));
    let passed = text(&output).lines().find_map(|line| line.split_once("pass ")?.1.trim().parse::<u32>().ok());
    assert!(passed.is_some_and(|passed| passed >= 20), "too few tests ran:\n{}", text(&output));
}
