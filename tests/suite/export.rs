//! Exports: the page in a real browser, the recording replayed, the data against its schema, the worksheet's answers.
//!
//! The page is opened in headless Chromium. Where there is none the test fails and says so; `UNCOIL_SKIP_BROWSER=1` leaves it out.

mod browser;
mod replay;
mod schema;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};
use uncoil::{
    debugger::{session::Session, world::StillWorld},
    export::{cast::Cast, text},
    tui::{app::App, driver::Driver, theme::Theme},
};

const BANK: &str = "tests/programs/examples/bank.py";
const HOSTILE: &str = "tests/export/hostile.py";

/// A file of this test run.
fn file(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("export");
    fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

fn uncoil(arguments: &[&str]) -> Output {
    let root = env!("CARGO_MANIFEST_DIR");
    Command::new(env!("CARGO_BIN_EXE_uncoil")).args(arguments).current_dir(root).stdin(Stdio::null()).output().unwrap()
}

/// Exports a program; the file's text.
#[track_caller]
fn export(program: &str, name: &str, options: &[&str]) -> String {
    let path = file(name);
    let _ = fs::remove_file(&path); // of an earlier test run
    let output = uncoil(&[&["export", program, "-o", path.to_str().unwrap()], options].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read_to_string(path).unwrap()
}

#[track_caller]
fn refused(options: &[&str]) -> String {
    let output = uncoil(&[&["export", BANK], options].concat());
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stderr).unwrap()
}

/// A screen on a program.
fn driver(program: &str) -> Driver<Session> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(program);
    let program = uncoil::debugger::session::Program::compile(fs::read(path).unwrap(), program.into(), uncoil::vm::Config::default(), None);
    let session = Session::new(program.unwrap(), Box::new(StillWorld::default()));
    Driver::new(session, App::new(Theme::named("default").unwrap(), false), 100, 30)
}

fn last_line(driver: &mut Driver<Session>) -> String {
    text::text(&driver.screen()).lines().last().unwrap().to_owned()
}

#[test]
fn a_thousand_steps_are_small() {
    let page = export(BANK, "size.html", &["--from", "0", "--to", "999"]);
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
}

#[test]
fn what_cannot_be_exported_is_said() {
    assert!(refused(&["-o", "x.doc"]).contains(".svg, .txt, .ansi, .html, .cast, .json, .md"));
    assert!(refused(&["-o", "x.html", "--to", "90000"]).contains("--every 10"));
    assert!(refused(&["-o", "x.html", "--from", "9", "--to", "3"]).contains("instant 3 comes before 9"));
    assert!(refused(&["-o", "x.svg", "--to", "3"]).contains("one screen"));
    let output = uncoil(&["export", "-c", "while True: pass", "-o", file("endless.json").to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("the run goes on after instant 999"));
    let output = uncoil(&["export", "-c", "x = input('name? ')", "-o", file("input.json").to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("waits for input"), "{output:?}");
}

#[test]
fn data_follows_its_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../src/export/schema.json")).unwrap();
    for (program, name, options) in [
        (BANK, "bank.json", ["--to", "1500", "--every", "1"]),
        (HOSTILE, "hostile.json", ["--from", "0", "--every", "1"]),
        ("tests/programs/examples/uncaught.py", "uncaught.json", ["--by", "line", "--every", "1"]),
    ] {
        let text = export(program, name, &options);
        assert!(!text.contains('\x1b'));
        let run: Value = serde_json::from_str(&text).unwrap();
        schema::check(&schema, &run);
        for step in run["steps"].as_array().unwrap() {
            for (field, table) in [("source", "sources"), ("code", "codes")] {
                assert!(step.get(field).is_none_or(|index| run[table].get(index.as_u64().unwrap() as usize).is_some()), "{step}");
            }
        }
    }
}

#[test]
fn data_tells_the_run() {
    let run: Value = serde_json::from_str(&export("tests/programs/examples/uncaught.py", "tells.json", &[])).unwrap();
    let steps = run["steps"].as_array().unwrap();
    let last = steps.last().unwrap();
    assert_eq!(last["status"]["kind"], "uncaught");
    assert_eq!(steps.len() as u64, run["last"].as_u64().unwrap() + 1);
    let written: String = run["output"].as_array().unwrap().iter().map(|chunk| chunk["text"].as_str().unwrap()).collect();
    assert_eq!(written.len() as u64, last["output"].as_u64().unwrap());
    assert!(written.contains("Traceback (most recent call last):"));
    let stdout = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/examples/uncaught.out")).unwrap();
    let chunks = run["output"].as_array().unwrap().iter().filter(|chunk| chunk["stream"] == "stdout");
    let shown: String = chunks.map(|chunk| chunk["text"].as_str().unwrap()).collect();
    assert_eq!(shown, stdout.trim_end_matches("# status 1\n"));
}

#[test]
fn a_recording_replays_to_the_screens() {
    for program in [BANK, HOSTILE] {
        let mut driver = driver(program);
        let mut cast = Cast::new(100, 30, program);
        let mut screens = Vec::new();
        for _ in 0..60 {
            driver.keys("i").unwrap();
            let screen = driver.screen();
            cast.show(&screen, 0.25);
            screens.push(text::text(&screen));
        }
        assert_eq!(replay::replay(&cast.finish()), screens);
    }
    let recorded = replay::replay(&export(BANK, "replay.cast", &["--from", "20", "--to", "60", "--size", "100x30"]));
    assert_eq!(recorded.len(), 41);
    assert_eq!(recorded[0], export(BANK, "replay.txt", &["--from", "20", "--size", "100x30"]));
}

#[test]
fn nothing_of_the_program_reaches_the_terminal() {
    for name in ["hostile.ansi", "hostile.cast", "hostile.svg", "hostile.txt", "hostile.html", "hostile.md"] {
        let written = export(HOSTILE, name, &["--from", "44"]);
        let text = written.replace("\x1b[0m\x1b[2J", "").replace("\\u001b[0m\\u001b[2J", ""); // the recording's own
        for sequence in ["\x1b[2J", "\\u001b[2J", "\x1b]", "\\u001b]", "\u{9b}", "\u{202e}", "<img", "<script>document"] {
            let is_data = name.ends_with("html") && sequence.starts_with("\\u");
            let is_code = name.ends_with("md") || name.ends_with("ansi") || name.ends_with("txt") || name.ends_with("cast");
            let is_allowed = is_data || is_code && sequence.starts_with('<');
            assert!(is_allowed || !text.contains(sequence), "{name} has {sequence:?}");
        }
        assert!(name.ends_with("html") || text.contains("x1b[2J"), "{name} shows it");
    }
}

/// A worksheet about a program, with its answers; its heads and its answers.
#[track_caller]
fn sheet(name: &str, program: &str) -> (String, Vec<(u64, String)>, Vec<String>) {
    let path = file(&format!("{name}.py"));
    fs::write(&path, program).unwrap();
    let sheet = export(path.to_str().unwrap(), &format!("{name}.md"), &["--answers"]);
    let is_numbered = |line: &&str| line.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok());
    let (questions, answers) = sheet.split_once("## Answers").unwrap();
    let heads = questions.lines().filter(is_numbered).map(|line| {
        let step = line.split_once("Step ").and_then(|(_, rest)| rest.split_once(',')).unwrap().0;
        (step.parse().unwrap(), line.to_owned())
    });
    let answers = answers.lines().filter(is_numbered).map(|line| line.split_once(". ").unwrap().1.to_owned());
    (sheet.clone(), heads.collect(), answers.collect())
}

const LOOP: &str = "total = 0\nfor price in [3, 5, 9]:\n    total = total + price\n    print(price, total)\nprint('sum:', total)\n";

#[test]
fn a_worksheet_has_blanks_and_answers_that_are_right() {
    let sheet_of_bank = export(BANK, "bank.md", &["--questions", "12"]);
    assert_eq!(sheet_of_bank.matches("______________________________\n").count(), 12, "{sheet_of_bank}");
    assert!(!sheet_of_bank.contains("## Answers"));
    let (sheet, _, answers) = sheet("small", "a = 6\nb = a * 7\nif b > 40:\n    print('big', b)\n");
    assert!(answers.len() > 2, "{sheet}");
    for answer in &answers {
        let right = ["`6`", "`42`", "`True`", "It does not jump; the next line is 4", "`big 42`"];
        assert!(right.contains(&answer.as_str()), "{answer} in\n{sheet}");
    }
    assert!(sheet.ends_with(" -->\n") && sheet.contains("```text\nbig 42\n```"), "{sheet}");
}

#[test]
fn no_question_of_a_worksheet_tells_the_answer_of_another() {
    let bank = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(BANK)).unwrap();
    for (name, program) in [("loop", LOOP), ("leaks", bank.as_str())] {
        let (sheet, heads, answers) = sheet(name, program);
        assert!(heads.len() > 5 && heads.len() == answers.len(), "{sheet}");
        for (at, answer) in answers.iter().enumerate() {
            for (other, (step, head)) in heads.iter().enumerate().filter(|(other, _)| *other != at) {
                let stack = head.split_once("Stack, bottom to top: ").map_or("", |(_, stack)| stack).trim_end_matches('.');
                let is_told = !matches!(answer.as_str(), "`True`" | "`False`" | "`None`") && stack.split(", ").any(|it| it == answer);
                assert!(!is_told, "{answer} in {head}\n{sheet}");
                assert!(step.abs_diff(heads[at].0) > 2, "questions {at} and {other}\n{sheet}");
            }
        }
    }
    let (sheet, heads, answers) = sheet("spread", LOOP);
    assert!(answers.iter().any(|it| it.contains("the loop ends")), "{sheet}");
    let round = |from, to| heads.iter().any(|(step, _)| (from..to).contains(step));
    assert!(round(0, 20) && round(20, 34) && round(34, 60), "{sheet}");
    assert!(heads.iter().any(|(_, head)| head.contains("Stack, bottom to top: `<tuple_iterator #")), "the whole stack: {sheet}");
}

#[test]
fn a_worksheet_that_was_changed_stays() {
    let path = file("mine.md");
    export(BANK, "mine.md", &["--to", "50"]);
    let path = path.to_str().unwrap();
    assert!(uncoil(&["export", BANK, "-o", path]).status.success(), "its own may be replaced");
    let mine = fs::read_to_string(path).unwrap().replace("Name:", "Class 9b, name:");
    fs::write(path, &mine).unwrap();
    assert!(refused(&["-o", path]).contains("changed by hand; take another name"));
    assert_eq!(fs::read_to_string(path).unwrap(), mine);
}

#[test]
fn exporting_from_the_screen_comes_back() {
    let mut driver = driver(BANK);
    driver.keys("iiiii").unwrap();
    for name in ["screen.svg", "screen.txt", "screen.ansi", "screen.html", "screen.cast", "screen.json", "screen.md"] {
        let path = file(name);
        let _ = fs::remove_file(&path);
        let range = if matches!(name, "screen.svg" | "screen.txt" | "screen.ansi" | "screen.html") { "" } else { " 10-30" };
        driver.keys(&format!(":export {}{range}<ret>", path.display()).replace(' ', "<space>")).unwrap();
        assert!(last_line(&mut driver).contains("wrote"), "{}", last_line(&mut driver));
        assert_eq!(driver.app.view.step, 5);
        assert!(fs::metadata(path).unwrap().len() > 500, "{name}");
    }
    assert_eq!(replay::replay(&fs::read_to_string(file("screen.cast")).unwrap()).len(), 21);
    assert!(!fs::read_to_string(file("screen.md")).unwrap().contains("## Answers"));
    let mut sheet = |rest: &str| {
        let path = file("whole.md");
        let _ = fs::remove_file(&path);
        driver.keys(&format!(":export {}{rest}<ret>", path.display()).replace(' ', "<space>")).unwrap();
        fs::read_to_string(path).unwrap()
    };
    assert!(sheet("").contains("about steps 0 to 999 of"), "the run from its start");
    assert!(sheet(" 0-57 answers").contains("## Answers"));
    driver.keys(":export x.html answers<ret>").unwrap();
    assert!(last_line(&mut driver).contains("answers are for a worksheet"));
    driver.keys(":export x.doc<ret>").unwrap();
    assert!(last_line(&mut driver).contains("must end in .svg"));
    driver.keys(":export x.svg 1-2<ret>").unwrap();
    assert!(last_line(&mut driver).contains("one screen"));
}

#[test]
fn playing() {
    let mut driver = driver(BANK);
    driver.keys("p<tick><tick>").unwrap();
    assert_eq!(driver.app.view.step, 2);
    assert!(last_line(&mut driver).contains("playing: 2 steps a second   + faster   - slower   Space stops"));
    driver.keys("++<tick>").unwrap();
    assert!(last_line(&mut driver).contains("10 steps a second"));
    driver.keys("-----<tick>").unwrap();
    assert!(last_line(&mut driver).contains("a step every 2 seconds"));
    assert_eq!(driver.app.play.every().as_millis(), 2000);
    driver.keys("<space><tick><tick>").unwrap();
    assert_eq!(driver.app.view.step, 4, "Space stops");
    // What was done last is repeated; another key stops and does what it always does.
    driver.keys("np<tick>I").unwrap();
    assert!(!driver.app.play.is_on);
    driver.keys(":set motion off<ret>++++p").unwrap();
    assert!(driver.app.zoom > 0, "without playing + is zoom");
    driver.keys("++++").unwrap();
    assert_eq!(driver.app.play.every().as_millis(), 1000);
    // A breakpoint is worth a look.
    driver.keys("<space>:break 12<ret>cp<tick>").unwrap();
    driver.keys("g:break op RAISE_VARARGS<ret>np").unwrap();
    for _ in 0..400 {
        driver.keys("<tick>").unwrap();
    }
    assert!(!driver.app.play.is_on);
    assert!(!driver.app.view.status.is_over());
}

#[test]
fn playing_ends_with_the_program() {
    let mut driver = driver("tests/programs/examples/uncaught.py");
    driver.keys("sp").unwrap();
    for _ in 0..300 {
        driver.keys("<tick>").unwrap();
    }
    assert!(driver.app.view.status.is_over() && !driver.app.play.is_on);
    driver.keys("p").unwrap();
    assert!(last_line(&mut driver).contains("the program has ended"));
}

/// The events are those that CPython told its trace function (`tests/export/record.py`); names and heap are Python Tutor's.
#[test]
fn traces_for_python_tutor() {
    let run: Value = serde_json::from_str(&export("tests/export/tutor.py", "tutor.json", &["--form", "python-tutor"])).unwrap();
    let entries = run["trace"].as_array().unwrap();
    let events: String = entries
        .iter()
        .map(|entry| {
            let event = entry["event"].as_str().unwrap().trim_start_matches("step_");
            format!("{event} {} {}\n", entry["line"], entry["func_name"].as_str().unwrap())
        })
        .collect();
    assert_eq!(events, include_str!("../export/tutor.events"));
    let last = entries.last().unwrap();
    let thing = |name: &str| &last["heap"][last["globals"][name][1].to_string()];
    assert_eq!(thing("a"), &json!(["INSTANCE", "Node", ["value", 1], ["next", null]]));
    assert_eq!(thing("b")[3], json!(["next", last["globals"]["a"]]));
    assert_eq!(thing("total"), &json!(["FUNCTION", "total(node)", null]));
    assert_eq!(last["globals"]["big"], json!(["SPECIAL_FLOAT", "1208925819614629174706176"]));
    assert_eq!(last["stdout"], "3\n[9, 4, 2] 7\ntoo small 1\n");
    for entry in entries {
        let names = entry["stack_to_render"].as_array().unwrap().iter().flat_map(|frame| frame["encoded_locals"].as_object().unwrap());
        for (name, value) in names.chain(entry["globals"].as_object().unwrap()) {
            let is_there = value[0] != "REF" || entry["heap"].get(value[1].to_string()).is_some();
            assert!(is_there, "{name} in {entry}");
        }
        if entry["event"] == "return" && entry["func_name"] != "<module>" {
            assert!(entry["stack_to_render"].as_array().unwrap().last().unwrap()["encoded_locals"].get("__return__").is_some());
        }
    }
    assert!(refused(&["-o", "x.json", "--form", "python-tutor", "--every", "2"]).contains("no --every"));
}
