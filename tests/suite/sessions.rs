//! Session files: what is opened is what was saved; what is wrong with a file is told; nothing in it does harm.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command as Process, Output},
};

use uncoil::{
    debugger::{
        command,
        engine::Engine,
        recording::{Problem, Recording, digest},
        session::{Program, Session},
        world::StillWorld,
    },
    view::{PaneKind, View, ViewRequest},
    vm::Config,
};

fn world() -> Box<StillWorld> {
    Box::new(StillWorld::default())
}

fn session(name: &str, source: &str, stdin: Option<Vec<String>>) -> Session {
    let program = Program::compile(source.into(), name.into(), Config::default(), stdin);
    Session::new(program.unwrap_or_else(|error| panic!("{name}: {error:?}")), world())
}

fn play(session: &mut Session, commands: &[&str]) {
    for line in commands {
        let answer = session.execute(&command::parse(line).unwrap());
        assert_eq!(answer.error, None, "{line}");
    }
}

fn saved(session: &Session) -> String {
    session.recording().expect("it has a program").to_text()
}

fn opened(text: &str) -> Result<Session, Problem> {
    Session::reopen(&Recording::read(text.as_bytes())?, world())
}

/// What one sees, without marks of the last step and the reason of the stop.
fn seen(session: &Session) -> (View, u64) {
    let panes = vec![PaneKind::Bytecode, PaneKind::ValueStack, PaneKind::Output];
    let mut view = session.view(&ViewRequest { panes, ..ViewRequest::default() });
    let status = std::mem::take(&mut view.status);
    let view = View { step: view.step, output: view.output, call_stack: view.call_stack, ..View::default() };
    let frames = view.call_stack.frames.into_iter().map(|row| uncoil::view::FrameRow { is_new: false, ..row }).collect();
    let call_stack = uncoil::view::CallStackView { frames, ..Default::default() };
    let status = if status.is_over() || matches!(status, uncoil::view::Status::AwaitingInput { .. }) { status } else { Default::default() };
    (View { status, call_stack, ..view }, digest(session.vm()))
}

const CLOCK: &str = "
import time, random
def f(n):
    return [random.random() for _ in range(n)]
start = time.time()
values = f(20)
time.sleep(0.5)
name = input('name? ')
print(name, len(values), time.time() - start)
";

#[test]
fn a_session_opens_where_it_was_left() {
    let cases: &[(&str, &[&str])] = &[
        (CLOCK, &[]),
        (CLOCK, &["break f", "continue", "3i"]),
        (CLOCK, &["mark early", "goto 200", "mark a"]),
        (CLOCK, &["continue"]),
        (CLOCK, &["continue", "input Ada"]),
        (CLOCK, &["continue", "input Ada", "watch values", "break 9 if name", "disable 1", "C"]),
        ("def f(x):\n    return 1 / x\nprint(f(2))\nf(0)\n", &["continue"]),
        ("def f(x):\n    return 1 / x\nprint(f(2))\nf(0)\n", &["continue", "I", "I"]),
        (
            "def f(x):\n    y = x\n    return y\nfor i in range(3):\n    print(f(i))\n",
            &["break 3 if x == 1", "c", "set y = 50", "c", "I", "I"],
        ),
        ("def f(x):\n    y = x\n    return y\nfor i in range(3):\n    print(f(i))\n", &["break 3", "c", "set y = 50"]),
        (
            "def f(x):\n    y = x\n    return y\nfor i in range(3):\n    print(f(i))\n",
            &["break 3", "c", "c", "return 9", "2n", "delete", "c"],
        ),
        ("import sys\nprint('bye')\nsys.exit(3)\n", &["continue"]),
        ("for i in range(40000):\n    x = [i]\n", &["goto 300_000", "I"]),
    ];
    for (source, commands) in cases {
        let mut session = session("case.py", source, None);
        play(&mut session, commands);
        let text = saved(&session);
        let mut again = opened(&text).unwrap_or_else(|problem| panic!("{commands:?}: {problem}"));
        assert_eq!(seen(&again), seen(&session), "{commands:?}");
        // It is the same run from there on, and before.
        for line in ["goto 100", "goto 40", "last"] {
            let both = [&mut session, &mut again].map(|it| {
                it.execute(&command::parse(line).unwrap());
                seen(it)
            });
            assert_eq!(both[0], both[1], "{commands:?}, {line}");
        }
        let listing = |session: &mut Session, what| session.execute(&command::parse(what).unwrap());
        assert_eq!(listing(&mut session, "marks"), listing(&mut again, "marks"));
        let places =
            |session: &Session| saved(session).lines().filter(|line| line.starts_with("{\"break\"")).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(places(&session), places(&again));
    }
}

/// What was typed at a prompt is typed again: it opens within a statement, between two, and where one waits for input.
#[test]
fn a_prompt_opens_where_it_was_left() {
    let typed =
        ["input x = 3", "continue", "input def f(n):", "input     return n * 2", "input ", "continue", "input y = f(x)", "continue"];
    let ways: [&[&str]; 8] = [
        &["input z = [n for n in range(x)]", "n"],
        &["input z = [n for n in range(x)]", "i", "i", "i", "mark here"],
        &["input if x:"],
        &["input name = input('who? ')", "continue"],
        &["input name = input('who? ')", "continue", "input Ann"],
        &["input 1 / 0", "continue", "input 7", "continue", "goto 31"],
        &["input while True: pass", "input ", "i", "i", "i", "i", "i", "i"],
        &["input raise SystemExit", "continue"],
    ];
    for way in ways {
        let mut session = Session::typed(Config::default(), None, world());
        assert_eq!(seen(&opened(&saved(&session)).unwrap()), seen(&session), "nothing typed");
        play(&mut session, &typed);
        play(&mut session, way);
        let mut again = opened(&saved(&session)).unwrap_or_else(|problem| panic!("{way:?}: {problem}"));
        assert_eq!(seen(&again), seen(&session), "{way:?}");
        for session in [&mut session, &mut again] {
            play(session, &["first"]);
            session.execute(&command::parse("goto 20").unwrap());
        }
        assert_eq!(seen(&again), seen(&session), "{way:?}");
    }
}

#[test]
fn redirected_input_goes_on_where_it_was() {
    let lines = ["a\n", "b\n", "c\n"].map(str::to_owned).to_vec();
    let mut session = session("case.py", "print(input())\nprint(input())\nprint(input())\n", Some(lines));
    play(&mut session, &["next", "next", "next"]);
    let mut again = opened(&saved(&session)).unwrap();
    play(&mut again, &["last"]);
    let view = again.view(&ViewRequest::default());
    let text: String = view.output.chunks.iter().map(|chunk| chunk.text.as_str()).collect();
    assert_eq!(text, "a\na\nb\nb\nc\nc\n");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let mut session = session("case.py", CLOCK, None);
    play(&mut session, &["break f", "continue"]);
    let text = saved(&session);
    let problem = |text: &str| Recording::read(text.as_bytes()).map(|_| ()).unwrap_err().to_string();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(problem("print(1)\n"), "it is no session file");
    assert_eq!(problem(""), "it is no session file");
    assert_eq!(problem(&text.replace("case.py", "cake.py")), "it is damaged in line 2: its checksum does not match");
    assert_eq!(problem(&text[..text.len() / 2]), format!("it was cut off after line {}", text[..text.len() / 2].lines().count() - 1));
    assert_eq!(problem(&lines[..4].join("\n")), "it was cut off after line 3");
    let without = [&lines[..5], &lines[6..]].concat().join("\n") + "\n";
    assert_eq!(problem(&without), format!("it is damaged in line {}: lines before it are missing", lines.len() - 1));
    assert_eq!(problem(&format!("{text}more\n")), format!("it is damaged in line {}: something stands behind the end", lines.len() + 1));
    assert_eq!(problem(&format!("{text}\u{1b}[2J")), format!("it is damaged in line {}: something stands behind the end", lines.len() + 1));
    // What somebody wrote with good checksums.
    let version = forged(&text, |line| line.replace("\"version\":\"", "\"version\":\"\\u001b[2J9."));
    assert!(problem(&version).starts_with("uncoil ?[2J9."), "{}", problem(&version));
    assert!(problem(&forged(&text, |line| line.replace("\"format\":1", "\"format\":7"))).starts_with("it has format 7"));
    assert_eq!(
        problem(&forged(&text, |line| line.replace("{\"break\"", "{\"brake\""))),
        "it is damaged in line {}: `brake` is not known"
            .replace("{}", &(1 + lines.iter().position(|line| line.starts_with("{\"break\"")).unwrap()).to_string())
    );
    let opened = |text: &str| opened(text).map_or_else(|problem| problem.to_string(), |_| "it opens".into());
    assert_eq!(
        opened(&forged(&text, |line| line.replace("break f", "save /tmp/x"))),
        "its program can't be run: its breakpoint `save /tmp/x`: no breakpoint"
    );
    let step = session.step();
    let hash = forged(&text, |line| match line.split_once(&format!("\"step\":{step},\"hash\":")) {
        Some((before, _)) => format!("{before}\"step\":{step},\"hash\":\"1\"}}"),
        None => line.into(),
    });
    assert_eq!(opened(&hash), format!("the run differs from the recorded one at step {step}: the state hash is another"));
    let other = forged(&text, |line| line.replace("range(n)", "range(m)"));
    assert!(opened(&other).starts_with("the run differs from the recorded one at step 0:"), "{}", opened(&other));
    play(&mut session, &["delete", "continue", "I"]);
    let text = saved(&session);
    let answer = forged(&text, |line| line.replacen("\"bytes\":{\"text\":\"\\u0000", "\"bytes\":{\"text\":\"\\u0001", 1));
    assert!(answer != text && opened(&answer).contains("differs"), "{}", opened(&answer));
}

/// The file with other lines, and checksums that fit.
fn forged(text: &str, change: impl Fn(&str) -> String) -> String {
    let entries = text.lines().map(|line| line.rsplit_once(",\"sum\"").unwrap().0).filter(|line| !line.starts_with("{\"end\""));
    let mut entries: Vec<String> = entries.map(change).filter(|line| !line.is_empty()).collect();
    entries.push(format!("{{\"end\":{{\"lines\":{}}}", entries.len() + 1));
    let sum = |entry: &str| entry.bytes().fold(0x811c_9dc5u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    entries.iter().map(|entry| format!("{entry},\"sum\":\"{:08x}\"}}\n", sum(entry))).collect()
}

/// Whichever byte is another, the file is refused.
#[test]
fn no_damage_goes_unseen() {
    let mut session = session("case.py", "import random\nx = random.random()\nprint(x)\n", None);
    play(&mut session, &["last"]);
    let text = saved(&session).into_bytes();
    for at in (0..text.len()).step_by(7) {
        for bit in [0, 5] {
            let mut damaged = text.clone();
            damaged[at] ^= 1 << bit;
            assert!(Recording::read(&damaged).is_err(), "byte {at}");
        }
        assert!(Recording::read(&text[..at]).is_err(), "cut off at {at}");
    }
}

// ── the program itself ──────────────────────────────────────────────────────────────────────────────────────────────────

/// A folder of its own, gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("uncoil-sessions-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn uncoil(&self, arguments: &[&str]) -> (String, String, i32) {
        let mut process = Process::new(env!("CARGO_BIN_EXE_uncoil"));
        let Output { stdout, stderr, status } =
            process.args(arguments).current_dir(&self.0).stdin(std::process::Stdio::null()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        (text(stdout), text(stderr), status.code().unwrap_or(-1))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0); // the system's folder for such things
    }
}

#[test]
fn sources_and_files_need_not_be_there_any_more() {
    let folder = Folder::new("sources");
    fs::write(folder.file("helper.py"), "def double(x):\n    return x + x\n").unwrap();
    fs::write(folder.file("data.txt"), "content").unwrap();
    let program = "import helper, time\nwith open('data.txt') as f:\n    text = f.read()\nnow = time.time()\nprint(helper.double(text))\n";
    fs::write(folder.file("program.py"), program).unwrap();
    let (out, err, status) = folder.uncoil(&["debug", "program.py", "--record", "d.uncoil", "-e", "break 5", "-e", "c", "-e", "print now"]);
    assert_eq!((err.as_str(), status), ("", 0), "{out}");
    let (_, err, status) = folder.uncoil(&["run", "--record", "r.uncoil", "program.py"]);
    assert_eq!((err.as_str(), status), ("", 0));
    for gone in ["helper.py", "data.txt", "program.py"] {
        fs::remove_file(folder.file(gone)).unwrap();
    }
    let now = out.lines().last().unwrap().to_owned();
    let show = [
        "debug",
        "d.uncoil",
        "-e",
        "print now",
        "-e",
        "break helper.py:2",
        "-e",
        "c",
        "-e",
        "show source",
        "-e",
        "last",
        "-e",
        "show output",
    ];
    let (out, err, status) = folder.uncoil(&show);
    assert_eq!((err.as_str(), status), ("", 0), "{out}");
    assert!(out.contains(&now), "the clock says what it said then: {out}");
    assert!(out.contains("2      return x + x"), "{out}");
    assert!(out.ends_with("contentcontent\n"), "{out}");
    let (out, err, status) = folder.uncoil(&["debug", "r.uncoil", "-e", "show output", "-e", "n-back 2", "-e", "N"]);
    assert_eq!((err.as_str(), out.contains("contentcontent")), ("", true), "{out} {status}");
}

#[test]
fn a_session_writes_nothing_to_this_computer() {
    let folder = Folder::new("writes");
    let write = "open('caught.txt', 'w').write('hello')\n";
    fs::write(folder.file("program.py"), format!("x = 1\n{write}")).unwrap();
    assert_eq!(folder.uncoil(&["debug", "program.py", "--record", "x.uncoil", "-e", "3i"]).2, 0);
    let (out, _, _) = folder.uncoil(&["debug", "x.uncoil", "-e", "last"]);
    assert!(out.contains("PermissionError"), "{out}");
    assert!(!folder.file("caught.txt").exists());
    // What was recorded is given again, not done again.
    assert_eq!(folder.uncoil(&["run", "--record", "y.uncoil", "program.py"]).2, 0);
    fs::remove_file(folder.file("caught.txt")).unwrap();
    let (out, err, _) = folder.uncoil(&["debug", "y.uncoil", "-e", "first", "-e", "last"]);
    assert!(out.contains("finished, exit status 0") && err.is_empty(), "{out}{err}");
    assert!(!folder.file("caught.txt").exists());
}

#[test]
fn escape_sequences_are_shown_and_not_sent() {
    let folder = Folder::new("escapes");
    let program = "x = '\u{1b}[2J\u{7}'  # \u{1b}]0;title\u{7}\nprint(x)\nraise ValueError(x)\n";
    fs::write(folder.file("a.py"), program).unwrap();
    folder.uncoil(&["debug", "a.py", "--record", "x.uncoil", "-e", "last"]);
    let text = fs::read_to_string(folder.file("x.uncoil")).unwrap();
    assert!(!text.contains('\u{1b}'), "not even the file has them");
    let forged = forged(&text, |line| line.replace("a.py", "a\\u001b[31m.py"));
    fs::write(folder.file("y.uncoil"), forged).unwrap();
    let version = forged_version(&text);
    fs::write(folder.file("z.uncoil"), version).unwrap();
    let show: Vec<&str> = ["source", "output", "variables", "frames", "heap"].iter().flat_map(|pane| ["--print", pane]).collect();
    for file in ["x.uncoil", "y.uncoil", "z.uncoil"] {
        for arguments in [[&["debug", file, "-e", "I"], &show[..]].concat(), vec!["shot", file, "--keys", "I"]] {
            let (out, err, _) = folder.uncoil(&arguments);
            let bad = |c: char| c.is_control() && c != '\n' && c != '\t';
            assert!(!out.contains(bad) && !err.contains(bad), "{arguments:?}: {out:?} {err:?}");
        }
    }
}

fn forged_version(text: &str) -> String {
    forged(text, |line| line.replace("\"version\":\"", "\"version\":\"\\u001b[2J"))
}

#[test]
fn a_disk_that_is_full_is_told() {
    let folder = Folder::new("full");
    fs::write(folder.file("program.py"), "x = 1\n").unwrap();
    if !Path::new("/dev/full").exists() {
        return; // another system
    }
    for arguments in [&["debug", "program.py", "-e", "i", "--record", "/dev/full"][..], &["run", "--record", "/dev/full", "program.py"]] {
        let (_, err, status) = folder.uncoil(arguments);
        assert_eq!((err.as_str(), status), ("uncoil: /dev/full: not saved: No space left on device\n", 2));
    }
    let (out, err, status) =
        folder.uncoil(&["debug", "program.py", "-e", "save /dev/full", "-e", "i", "-e", "save program.py", "-e", "save a.uncoil"]);
    assert_eq!((err.as_str(), status), ("", 1));
    assert!(out.contains("/dev/full: not saved: No space left on device"), "{out}");
    assert!(out.contains("program.py: not saved: there is a file of another kind"), "{out}");
    assert!(out.contains("saved in a.uncoil"), "{out}");
    fs::write(folder.file("a.uncoil"), &fs::read(folder.file("a.uncoil")).unwrap()[..300]).unwrap();
    let (_, err, status) = folder.uncoil(&["debug", "a.uncoil", "-e", "i"]);
    assert_eq!((err.as_str(), status), ("uncoil: a.uncoil: it was cut off after line 2\n", 2));
}
