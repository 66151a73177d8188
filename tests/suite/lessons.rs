//! Lessons: those of the program are right, broken ones are told with file and line, and the Lesson pane is played by keys.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use uncoil::{
    debugger::{
        command::{Command, LessonOrder},
        engine::Engine,
    },
    lessons::{
        Lesson, StepKind,
        catalogue::{self, own_names},
        check::check,
        course::Course,
        export::{Form, Where, handout},
        format::Texts,
    },
    tui::{app::App, driver::Driver, layout::LAYOUTS, plain::Plain, theme::Theme},
    view::{Audience, LessonTone, Status},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_table_has_the_folder() {
    let mut folders: Vec<String> = fs::read_dir(root().join("lessons"))
        .expect("lessons/")
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    assert_eq!(own_names(), folders, "src/lessons/catalogue.rs has another list than lessons/");
}

/// Each is checked as `uncoil lesson check` does it.
#[test]
fn every_lesson_is_right() {
    let mut wrong = Vec::new();
    for name in own_names() {
        match catalogue::read(&root().join("lessons").join(name).display().to_string()) {
            Err(problems) => wrong.extend(problems.iter().map(ToString::to_string)),
            Ok(lesson) => wrong.extend(check(&lesson).iter().map(ToString::to_string)),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Lessons of some length, that ask and let do.
#[test]
fn every_lesson_asks() {
    for lesson in catalogue::own().expect("lessons") {
        let count = |is: fn(&StepKind) -> bool| lesson.steps.iter().filter(|step| is(&step.kind)).count();
        if lesson.number == 0 {
            continue;
        }
        let predictions = count(|kind| matches!(kind, StepKind::Predict { .. }));
        let goals = count(|kind| matches!(kind, StepKind::Reach { .. }));
        assert!((8..=16).contains(&lesson.steps.len()), "{}: {} steps", lesson.name, lesson.steps.len());
        assert!(predictions >= 3 && goals >= 1, "{}: {predictions} predictions, {goals} goals", lesson.name);
    }
}

/// The broken lessons: each folder's `problems.txt` has what the check must say.
#[test]
fn broken_lessons_are_told_with_file_and_line() {
    let folder = root().join("tests/lessons/broken");
    let mut names: Vec<_> = fs::read_dir(&folder).expect("broken lessons").flatten().map(|entry| entry.path()).collect();
    names.sort();
    assert!(!names.is_empty());
    for path in names {
        let text = fs::read_to_string(&path).expect("text");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        // A file holds all of it: what is expected, the lesson, the program.
        let mut parts = text.split("=====\n");
        let (expected, lesson, program) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next());
        let output = parts.next();
        let problems = match Lesson::read(&name, Texts { lesson, program, expected: output }) {
            Err(problems) => problems,
            Ok(lesson) => check(&lesson),
        };
        let said: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            let rest = text.split_once("=====\n").map_or("", |(_, rest)| rest);
            fs::write(&path, format!("{said}=====\n{rest}")).expect("written");
            continue;
        }
        assert!(!said.is_empty(), "{name}: the check finds nothing wrong");
        assert_eq!(said, expected, "{} (UPDATE_GOLDEN=1 rewrites it)", path.display());
    }
}

fn six() -> Course {
    let lessons = catalogue::own().expect("lessons");
    let index = lessons.iter().position(|lesson| lesson.number == 6).expect("lesson 6");
    Course::new(lessons, index).expect("a course")
}

fn driver(course: Course, width: u16, height: u16) -> Driver<Course> {
    let mut app = App::new(Theme::named("default").expect("a theme"), false);
    app.layout = LAYOUTS.iter().position(|(name, _)| *name == "lesson").expect("the layout");
    Driver::new(course, app, width, height)
}

fn text(driver: &mut Driver<Course>) -> String {
    uncoil::export::text::text(&driver.screen())
}

#[test]
fn a_prediction_by_keys() {
    for (width, height) in [(80, 24), (120, 36)] {
        let mut driver = driver(six(), width, height);
        driver.keys("]]").expect("keys");
        assert!(text(&mut driver).contains("What is the reference count"));
        driver.keys("b").expect("keys");
        let screen = text(&mut driver);
        assert!(screen.contains("Not so:") && !driver.engine.is_done(), "{screen}");
        driver.keys("a").expect("keys");
        let screen = text(&mut driver);
        assert!(screen.contains("Right:") && screen.contains("Done."), "{screen}");
        assert!(driver.engine.is_done());
    }
}

/// The keys of learners who do all steps; lines that begin with `#` are remarks.
#[test]
fn lessons_are_played_by_keys() {
    let folder = root().join("tests/lessons/keys");
    let mut paths: Vec<_> = fs::read_dir(&folder).expect("keys").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut wrong = Vec::new();
    for path in paths {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let script = fs::read_to_string(&path).expect("text");
        for (width, height) in [(80, 24), (120, 36)] {
            let lesson = catalogue::read(&root().join("lessons").join(&name).display().to_string()).expect("a lesson");
            let mut driver = driver(Course::new(vec![Arc::new(lesson)], 0).expect("a course"), width, height);
            for (number, line) in script.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
                driver.keys(line).unwrap_or_else(|error| panic!("{name}, line {}: {error}", number + 1));
                if driver.app.message.as_ref().is_some_and(|message| message.is_error) {
                    wrong.push(format!("{}:{}: {:?}", path.display(), number + 1, driver.app.message));
                }
            }
            let undone: Vec<usize> = driver.engine.undone().iter().map(|step| step + 1).collect();
            if !undone.is_empty() {
                wrong.push(format!("{}, {width}x{height}: the steps {undone:?} are not done;\n{}", path.display(), text(&mut driver)));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Whoever wanders off stands where the next step begins when it begins; back-stepping works inside of a step.
#[test]
fn a_step_begins_where_it_begins() {
    let mut driver = driver(six(), 80, 24);
    driver.keys("]").expect("keys");
    let start = driver.engine.session().step();
    driver.keys("nnnI").expect("keys");
    assert_ne!(driver.engine.session().step(), start);
    driver.keys("]").expect("keys");
    assert_eq!(driver.engine.session().step(), start);
}

#[test]
fn only_the_keys_that_a_step_allows() {
    let mut course = six();
    course.execute(&Command::Lesson(LessonOrder::Step(4)));
    let start = course.session().step();
    let refused = course.execute(&Command::of_key("n").expect("n"));
    assert!(refused.error.is_some_and(|error| error.starts_with("in this step only i")));
    assert_eq!(course.session().step(), start);
    for key in ["i", "I", "i", "i"] {
        assert_eq!(course.execute(&Command::of_key(key).expect("a key")).error, None);
    }
    assert!(course.is_done());
}

/// In a quiz nothing shows what is asked for.
#[test]
fn a_quiz_hides_until_it_is_answered() {
    let mut driver = driver(six().with_quiz(true), 80, 24);
    driver.keys("]]").expect("keys");
    assert!(text(&mut driver).contains("hidden until you have answered"));
    driver.keys("a").expect("keys");
    assert!(!text(&mut driver).contains("hidden until you have answered"));
}

fn lesson(lesson: &str, program: &str) -> Course {
    let lesson = Lesson::read("x", Texts { lesson, program: Some(program), expected: None });
    Course::new(vec![Arc::new(lesson.unwrap_or_else(|problems| panic!("{problems:?}")))], 0).expect("a course")
}

/// What an author writes is shown, never sent.
#[test]
fn escape_sequences_are_shown() {
    let text_of =
        |key: char| format!("+++\ntitle = \"a\\u001b[2Jb\"\nnumber = 1\n+++\nc\u{1b}]0;x\u{7}d `e\u{9b}2J`\n\n## h\u{1b}[31m\n\n{key}\n");
    let mut driver = driver(lesson(&text_of('x'), "print('\\x1b[2J')\n"), 80, 24);
    for keys in ["", "]", "c"] {
        driver.keys(keys).expect("keys");
        let screen = driver.screen();
        assert!(screen.content().iter().all(|cell| !cell.symbol().chars().any(char::is_control)));
    }
    assert!(text(&mut driver).contains("\\x1b[2J"));
}

/// A lesson's program reaches no file of this computer.
#[test]
fn programs_write_no_files() {
    let target = Path::new("/tmp").join(format!("uncoil-lesson-{}", std::process::id()));
    let program = format!("open({0:?}, 'w').write('x')\nprint(open({0:?}).read())\nopen('/etc/passwd')\n", target.display().to_string());
    let mut course = lesson("+++\ntitle = \"a\"\nnumber = 1\n+++\nx\n", &program);
    course.execute(&Command::of_key("c").expect("c"));
    assert!(!target.exists());
    assert_eq!(course.session().printed(), "x\n");
    assert!(matches!(course.session().status(), Status::Uncaught { type_name, .. } if type_name == "FileNotFoundError"));
}

#[test]
fn editing_is_judged() {
    let text =
        "+++\ntitle = \"a\"\nnumber = 1\n+++\n## e\n```step\nkind = \"edit\"\ngoal = \"total == 3\"\nreplace = [[\"= 1\", \"= 2\"]]\n```\n";
    let mut course = lesson(text, "x = 1\ntotal = 1 + x\n");
    course.edited("x = \ntotal = 1\n");
    let notes = |course: &Course| course.view(&Default::default()).lesson.expect("a lesson").notes;
    assert!(notes(&course).last().is_some_and(|note| note.tone == LessonTone::Wrong && note.text.starts_with("line 1: ")));
    course.edited("x = 5\ntotal = 1 + x\n");
    assert!(!course.is_done());
    course.edited("x = 2\ntotal = 1 + x\n");
    assert!(course.is_done());
}

#[test]
fn a_handout_has_answers_or_none() {
    let lessons = catalogue::own().expect("lessons");
    let lesson = lessons.iter().find(|lesson| lesson.number == 6).expect("lesson 6");
    let make = |form, answers| {
        let mut pictures = 0;
        let mut draw = |_: usize, place: Where| {
            pictures += 1;
            assert!(answers || place == Where::Start);
            Some(format!("picture {pictures} <"))
        };
        handout(lesson, form, answers, &mut draw).expect("a handout")
    };
    let plain = make(Form::Markdown, false);
    assert!(plain.contains("## 3. Storing is a move") && plain.contains("- **a** 1") && plain.contains("picture 1 <"));
    assert!(!plain.contains("right:") && !plain.contains("](card:"));
    let solved = make(Form::Markdown, true);
    assert!(solved.contains("- **a** right:") && solved.contains("Answer: `4`") && solved.contains("Order: b, d, a, c"), "{solved}");
    let page = make(Form::Html, true);
    assert!(page.starts_with("<!doctype html>") && page.contains("<code>STORE_NAME</code>"));
}

/// The same lesson as a dialogue.
#[test]
fn a_lesson_in_plain_mode() {
    let mut plain = Plain::new(six(), Audience::Student);
    assert!(plain.greeting().iter().any(|line| line.contains("step 1 of 13")));
    plain.line("lesson next");
    let asked = plain.line("lesson next").lines;
    assert!(asked.iter().any(|line| line.contains("What is the reference count")), "{asked:?}");
    let judged = plain.line("lesson answer b").lines;
    assert!(judged.iter().any(|line| line.starts_with("Not so:")), "{judged:?}");
    let judged = plain.line("lesson answer a").lines;
    assert!(judged.iter().any(|line| line.starts_with("Right:")), "{judged:?}");
}

/// The next lesson opens in the same screen, and who listens hears of it.
#[test]
fn lessons_follow_each_other() {
    let lessons = catalogue::own().expect("lessons");
    let heard: Arc<Mutex<Vec<(u32, usize)>>> = Arc::default();
    let ears = Arc::clone(&heard);
    let listener = Box::new(move |lesson: &Lesson, at: usize, _: &_| ears.lock().expect("ears").push((lesson.number, at)));
    let mut course = Course::new(lessons, 0).expect("a course").with_listener(listener);
    let steps = course.lesson().steps.len();
    course.execute(&Command::Lesson(LessonOrder::Step(steps)));
    course.execute(&Command::Lesson(LessonOrder::Next));
    assert_eq!(course.place(), (1, 0));
    let heard = heard.lock().expect("ears");
    assert_eq!(heard.last(), Some(&(course.lesson().number, 0)));
    assert!(heard.contains(&(0, steps - 1)));
}

/// What expressions may say of the machine, where a program has names of its own.
#[test]
fn expressions_know_the_machine() {
    let program = "line = [1, 2, 3]\nother = line\ndel other\ndef f(step):\n    return step + 1\nprint(f(4))\n";
    let step = |index: usize, fields: &str, is: &str| {
        let choice = |is: &str, right: &str| format!("[[choice]]\ntext = \"t\"\nis = '''{is}'''\nwhy = \"w\"\n{right}\n");
        let choices = choice(is, "right = true") + &choice(&format!("not ({is})"), "");
        format!("## {index}\n```step\nkind = \"predict\"\nquestion = \"?\"\n{fields}\n{choices}```\n")
    };
    let cases = [
        ("until = \"after op STORE_NAME line 2\"", "refcount(line) == 2 and line == [1, 2, 3] and vm.line == 3"),
        ("until = \"after op DELETE_NAME\"", "refcount(line) == before('refcount(line)') - 1 and 'other' not in globals()"),
        ("at = \"op BINARY_OP in f\"", "stack == [4, 1] and opcode == adaptive_opcode == 'BINARY_OP' and step == 4 and vm.step > 20"),
        ("at = \"op BINARY_OP in f\"", "frames == ['<module>', 'f'] and depth == 2 and function == 'f' and oparg == 0"),
        ("at = \"op CALL line 6\"", "stack[0] is NULL and stack[-1] == 4 and output == '' and raised == ''"),
        ("at = \"end\"", "output == '5\\n' and capacity(line) == 4 and tracked(line) and not tracked('a') and address(line) == id(line)"),
    ];
    let steps: String = cases.iter().enumerate().map(|(index, (fields, is))| step(index, fields, is)).collect();
    let text = format!("+++\ntitle = \"a\"\nnumber = 1\ngoals = [\"g\"]\n+++\n{steps}");
    let lesson = Lesson::read("x", Texts { lesson: &text, program: Some(program), expected: Some("5\n") }).expect("a lesson");
    let problems: Vec<String> = check(&lesson).iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}
