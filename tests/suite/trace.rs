//! `uncoil trace` with filters and limits, and `uncoil debug --at N --print PANE`.

use std::process::Command;

const PROGRAM: &str = "def f(x):\n    return x + 1\n\nclass C:\n    def f(self):\n        return len([f(1)])\n\nC().f()\nf(2)\n";

fn uncoil(arguments: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_uncoil")).args(arguments).stdin(std::process::Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap_or(-1))
}

/// Number, function, opcode and line of each row, and how many instructions there were.
fn rows(filters: &[&str]) -> (Vec<(u64, String, String, u64)>, u64) {
    let (out, err, status) = uncoil(&[&["trace"], filters, &["-c", PROGRAM]].concat());
    assert_eq!((err.as_str(), status), ("", 0), "{filters:?}");
    let mut rows: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let end = rows.pop().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let row =
        |row: &serde_json::Value| (row["n"].as_u64().unwrap(), text(&row["code"]), text(&row["op"]), row["line"].as_u64().unwrap_or(0));
    (rows.iter().map(row).collect(), end["n"].as_u64().unwrap())
}

#[test]
fn filters_choose_among_all_the_instructions() {
    let (all, count) = rows(&[]);
    assert_eq!(all.len() as u64, count);
    type Row = (u64, String, String, u64);
    let check = |filters: &[&str], wanted: &dyn Fn(&Row) -> bool| {
        let chosen: Vec<Row> = all.iter().filter(|row| wanted(row)).cloned().collect();
        assert!(!chosen.is_empty() && chosen.len() < all.len(), "{filters:?}");
        assert_eq!(rows(filters).0, chosen, "{filters:?}");
    };
    check(&["--opcode", "call*"], &|row| row.2.starts_with("CALL"));
    check(&["--opcode", "RESUME", "--opcode", "*_GLOBAL"], &|row| row.2 == "RESUME" || row.2.ends_with("_GLOBAL"));
    check(&["--function", "C.f"], &|row| row.1 == "C.f");
    check(&["--function", "f"], &|row| row.1 == "C.f" || row.1 == "f");
    check(&["--line", "2", "--line", "8-9"], &|row| row.3 == 2 || row.3 >= 8);
    check(&["--from", "5", "--to", "12"], &|row| (5..=12).contains(&row.0));
    check(&["--function", "f", "--opcode", "LOAD_*", "--line", "6"], &|row| row.1 == "C.f" && row.2.starts_with("LOAD_") && row.3 == 6);
    let (first, ran) = rows(&["--opcode", "RESUME", "--limit", "2"]);
    assert_eq!(first.len(), 2);
    assert!(ran < count, "it stops there");
}

#[test]
fn what_makes_no_sense_is_told() {
    let wrong = |filters: &[&str]| {
        let (_, err, status) = uncoil(&[&["trace"], filters, &["-c", PROGRAM]].concat());
        assert_eq!(status, 2, "{filters:?}: {err}");
        err
    };
    assert!(wrong(&["--opcode", "JUMPER"]).contains("no instruction is called `JUMPER`"));
    assert!(wrong(&["--line", "9-3"]).contains("9 comes after 3"));
    assert!(wrong(&["--line", "x"]).contains("lines are written 7 or 3-9"));
    assert!(wrong(&["--limit", "few"]).contains("--limit"));
}

#[test]
fn an_instant_is_printed() {
    let (out, err, status) = uncoil(&["debug", "-c", PROGRAM, "--at", "9", "--print", "stack", "--print", "frames"]);
    assert_eq!((err.as_str(), status), ("", 0));
    assert!(out.starts_with("> goto 9\nstep 9 ") && out.contains("> show stack\n") && out.contains("> show frames\n  0  "), "{out}");
    let (_, err, status) = uncoil(&["debug", "-c", PROGRAM, "--print", "stacks"]);
    assert_eq!((err.as_str(), status), ("uncoil: --print: no pane `stacks`\n", 2));
}
