//! Plain mode: dialogues, and the program that holds them over pipes; the cards and the narration that it speaks with.
//!
//! A case in `tests/plain` is a program, a line `----`, then a dialogue: lines that begin with a prompt are typed, the others are answers.
//! `UPDATE_GOLDEN=1 cargo test` rewrites the answers.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

use super::stepping::{programs, session};
use uncoil::{
    debugger::{command, engine::Engine},
    tui::plain::{INPUT_PROMPT, PROMPT, Plain},
    view::{Audience, Status, ViewRequest, explain},
};

#[test]
fn dialogues() {
    let mut failures = String::new();
    for path in programs("tests/plain", "txt") {
        let text = fs::read_to_string(&path).unwrap();
        let (program, dialogue) = text.split_once("----\n").unwrap_or_else(|| panic!("{}: no line ----", path.display()));
        let mut plain = Plain::new(session("case.py", program), Audience::default());
        let mut held = format!("{program}----\n");
        let mut put = |lines: &[String]| lines.iter().for_each(|line| held += &format!("{line}\n"));
        put(&plain.greeting());
        for line in dialogue.lines().filter_map(|line| line.strip_prefix(PROMPT.trim_end()).or(line.strip_prefix(INPUT_PROMPT.trim_end())))
        {
            let line = line.trim_start();
            put(&[format!("{}{line}", plain.prompt()).trim_end().to_owned()]);
            put(&plain.line(line).lines);
        }
        if held != text {
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                fs::write(&path, &held).unwrap();
            } else {
                failures += &format!("{}\n--- now\n{held}\n", path.display());
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// Runs the program with lines on its standard input.
fn piped(arguments: &[&str], input: &str) -> (String, String, Option<i32>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_uncoil"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn over_a_pipe() {
    let code = "name = input('name? ')\nprint('hi', name)";
    let (out, errors, status) = piped(&["--plain", "-c", code], "n\nc\nAda\nquit\n");
    assert_eq!(errors, "");
    assert!(out.contains("(uncoil) n\n"), "echoed: {out}");
    assert!(out.contains("(input) Ada\nOutput: hi Ada\n"), "{out}");
    assert!(out.ends_with("(uncoil) quit\n"), "{out}");
    assert!(!out.contains('\x1b'), "{out}");
    assert_eq!(status, Some(0));
    // The end of the input is an end too; what couldn't be done shows in the exit status.
    let (out, _, status) = piped(&["debug", "--plain", "-c", "x = 1", "-e", "next"], "bogus\n");
    assert!(out.contains("(uncoil) next\nStep 1, line 1 of <module>: x = 1\n"), "{out}");
    assert!(out.ends_with("(uncoil) \n"), "{out}");
    assert_eq!(status, Some(1));
    let (_, errors, status) = piped(&["--plain", "-c", "if x = 1:\n  pass"], "");
    assert!(errors.contains("\nIn words: One `=` assigns"), "{errors}");
    assert_eq!(status, Some(1));
}

#[test]
fn cards_are_printed() {
    let (out, _, status) = piped(&["opcode", "get_iter", "--level", "novice"], "");
    assert!(out.starts_with("GET_ITER\n") && out.contains("\nNovice ") && !out.contains("\nStudent "), "{out}");
    assert_eq!(status, Some(0));
    let (out, _, _) = piped(&["opcode", "FOR_ITER"], "");
    assert!(out.contains("▶") && out.contains("Internals") && out.lines().all(|line| line.chars().count() <= 80), "{out}");
    let (_, errors, status) = piped(&["opcode", "FOR_ITTER"], "");
    assert_eq!((&*errors, status), ("uncoil: no instruction `FOR_ITTER` in 3.11; did you mean FOR_ITER?\n", Some(2)));
    let (out, ..) = piped(&["opcode"], "");
    assert!(out.lines().count() > 110, "{out}");
}

/// Every step of the test programs has a sentence before and after, at each level.
#[test]
fn every_step_has_its_sentences() {
    const STEPS: usize = 150;
    for path in programs("tests/stepping/programs", "py").into_iter().take(6) {
        let source = fs::read_to_string(&path).unwrap();
        let mut session = session("case.py", &source);
        let step = command::parse("instruction").unwrap();
        for _ in 0..STEPS {
            let was_native = session.view(&ViewRequest { panes: Vec::new(), ..ViewRequest::default() }).next_opname.is_empty();
            session.execute(&step);
            if !matches!(session.status(), Status::Paused { .. }) {
                break;
            }
            for audience in Audience::ALL {
                let view = session.view(&ViewRequest { panes: Vec::new(), audience, ..ViewRequest::default() });
                let told = [(&view.narration.done, was_native), (&view.narration.next, view.next_opname.is_empty())];
                for (text, is_native) in told {
                    assert!(
                        !text.trim().is_empty() || is_native,
                        "{}: step {}, {}: nothing told",
                        path.display(),
                        view.step,
                        audience.name()
                    );
                    assert!(!text.contains(['{', '}']) || source.contains('{'), "{}: step {}: {text}", path.display(), view.step);
                }
            }
        }
    }
}

/// The errors of the test programs, in words.
#[test]
fn errors_are_explained() {
    let cases = [
        ("print(totl)", "Nothing is called `totl`"),
        ("def f():\n    x += 1\nf()", "`x` is assigned somewhere in this function"),
        ("def f(a, b): pass\nf(1)", "Missing: 'b'"),
        ("def f(a): pass\nf(1, 2)", "takes 1 argument by position"),
        ("len(1, 2)", "`len` wants exactly"),
        ("None.x", "What stands before `.x` is None"),
        ("[].x", "An object of the type list"),
        ("[1][3]", "The list has no item with that number"),
        ("{}['a']", "The key 'a' is not there"),
        ("1 / 0", "divided by zero"),
        ("1 + 'a'", "`+` is not defined between a int and a str"),
        ("'a' + 1", "Turn the int into one"),
        ("int('x')", "doesn't spell a whole number"),
        ("a, b = 1, 2, 3", "more values on the right"),
        ("a, b = 1,", "more names on the left"),
        ("for i in 5: pass", "use `range(n)`"),
        ("{[]: 1}", "cannot be a key of a dict"),
        ("f = 3\nf()", "only functions, classes"),
        ("import nosuch", "no module called `nosuch`"),
        ("def f(): return f()\nf()", "called itself"),
        ("next(iter([]))", "nothing left"),
        ("assert 1 > 2", "An `assert` found false"),
        ("'abc'.index('z')", "did not find the text"),
        ("d = {1: 2}\nfor k in d: d[k + 1] = 0", "list(d)"),
        ("class A:\n    def f(): pass\nA().f()", "A method's `self` counts too"),
    ];
    for (program, words) in cases {
        let mut session = session("case.py", program);
        session.execute(&command::parse("last").unwrap());
        let text = explain::of_status(session.status());
        assert!(text.contains(words), "{program}: {text:?} of {:?}", session.status());
    }
    let words = |name: &str, message: &str| explain::explain(name, message).unwrap_or_default();
    assert!(words("SyntaxError", "'(' was never closed").contains("no partner"));
}
