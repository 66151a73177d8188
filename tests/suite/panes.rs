//! Panes in use: Frames with generators that wait, Output with lines that are struck over, marks in every pane without styles.

use super::stepping::session;
use uncoil::{
    debugger::{engine::Engine, session::Session, world::StillWorld},
    export::text,
    tui::{app::App, driver::Driver, theme::Theme},
    view::{
        PaneKind, Status,
        capture::{Scribe, forms},
    },
    vm::Config,
};

fn driver(source: &str, theme: &str, (width, height): (u16, u16)) -> Driver<Session> {
    Driver::new(session("program.py", source), App::new(Theme::named(theme).unwrap(), false), width, height)
}

#[test]
fn generators_that_wait_are_among_the_frames() {
    let source = "def words(n):\n    for i in range(n):\n        yield i\nasync def wait():\n    pass\ng = words(3)\nnext(g)\nheld = [words(2)]\nw = wait()\nprint(1)\nw.close()\n";
    let mut driver = driver(source, "default", (100, 30));
    driver.keys(":break 10<ret>c:frames<ret>+").unwrap();
    let stack = &driver.app.view.call_stack;
    let waiting: Vec<_> = stack.suspended.iter().map(|it| (&*it.name, it.line, it.offset.is_some())).collect();
    assert_eq!(waiting, [("words", Some(3), true), ("wait", Some(4), false), ("words", Some(1), false)]);
    let screen = text::text(&driver.screen());
    assert!(screen.contains("suspended") && screen.contains("coroutine, not begun"), "{screen}");
    // A frame that has ended stays for one step.
    driver.keys("g:break 3<ret>c:delete<ret>").unwrap();
    while driver.app.view.next_opname != "YIELD_VALUE" {
        driver.keys("i").unwrap();
    }
    driver.keys("i").unwrap();
    assert_eq!(&*driver.app.view.call_stack.finished[0].name, "words");
    assert!(text::text(&driver.screen()).contains("has returned"));
    driver.keys("i").unwrap();
    assert!(driver.app.view.call_stack.finished.is_empty());
}

#[test]
fn a_line_that_is_written_over_shows_what_stands_there() {
    let source = "for i in range(3):\n    print('\\rprogress', i, end='')\nprint()\nprint('abc\\b\\bX\\x1b[31mred')\nprint('a\\r\\nb')\nprint('one', end='')\n";
    let mut driver = driver(source, "default", (100, 30));
    driver.keys("G:output<ret>+").unwrap();
    let screen = text::text(&driver.screen());
    let lines: Vec<&str> = screen.lines().map(|line| line.split('│').next().unwrap().trim()).collect();
    assert!(lines.contains(&"progress 2"), "{screen}");
    assert!(!screen.contains("progress 0"), "{screen}");
    assert!(lines.contains(&"aX\\x1b[31mred"), "{screen}");
    assert!(lines.contains(&"a") && lines.contains(&"b"), "{screen}");
    // Enter leads to the step that printed the row.
    driver.keys("<home><down><ret>").unwrap();
    let narration = &driver.app.view.narration.next;
    assert!(narration.contains("print"), "{narration}");
    assert_eq!(driver.app.view.source.current_line, Some(4));
}

/// Every pane as large as it gets, at the sizes that have arrangements and without colours, draws and keeps its title.
#[test]
fn every_pane_at_every_size_in_mono() {
    let source = include_str!("../programs/examples/lru_cache.py");
    for size in [(80, 24), (100, 30), (120, 36), (160, 48), (200, 60)] {
        let mut driver = driver(source, "mono", size);
        driver.keys(":goto 700<ret>:inspect cache<ret>").unwrap();
        for kind in PaneKind::ALL {
            driver.keys(&format!(":focus {}<ret>++i", kind.name())).unwrap();
            let screen = driver.screen();
            assert!(text::text(&screen).contains(kind.title()), "{} at {size:?}", kind.title());
            let plain = |style: ratatui::style::Style| {
                style.fg == Some(ratatui::style::Color::Reset) && style.bg == Some(ratatui::style::Color::Reset)
            };
            assert!(screen.content.iter().all(|cell| plain(cell.style())), "{} has colours", kind.title());
            driver.keys("__").unwrap();
        }
    }
}

/// One golden a size: every pane of the standard layout opened in turn, large, on the real program.
#[test]
fn panes_of_a_real_program() {
    let source = include_str!("../programs/examples/lru_cache.py");
    let mut all = String::new();
    for size in [(80, 24), (120, 36)] {
        for kind in [PaneKind::CallStack, PaneKind::Variables, PaneKind::Output, PaneKind::Breakpoints, PaneKind::Calls, PaneKind::Code] {
            let mut driver = driver(source, "default", size);
            driver.keys(&format!(":goto 700<ret>:break 41 if size > 2<ret>:focus {}<ret>+", kind.name())).unwrap();
            all += &format!("==== {}, {} x {}\n{}", kind.title(), size.0, size.1, text::text(&driver.screen()));
        }
    }
    super::screens::golden("panes_of_lru", &all);
}

/// Lines that are pasted answer one `input()` after the other, and are no commands.
#[test]
fn what_is_pasted_is_no_command() {
    let source = "a = input('name? ')\nprint('hi', a)\nb = input()\nprint(b)\nc = input()\n";
    let mut driver = driver(source, "default", (100, 30));
    driver.paste("qqq\n");
    assert!(driver.app.message.as_ref().is_some_and(|message| message.is_error) && driver.app.view.step == 0);
    driver.keys("c").unwrap();
    driver.paste("Ada <3\nsecond, which is quite a long line\nthe re");
    let screen = text::text(&driver.screen());
    assert!(screen.contains("hi Ada <3") && screen.contains("the re"), "{screen}");
    let written: String = driver.app.view.output.chunks.iter().map(|chunk| chunk.text.as_str()).collect();
    assert!(written.contains("second, which is quite a long line\nsecond, which is quite a long line\n"), "{written}");
    driver.keys("<esc>:").unwrap();
    driver.paste("break 4\nquit\n");
    driver.keys("<ret>").unwrap();
    assert!(!driver.has_quit);
    assert_eq!(driver.app.view.source.breakpoints, [4], "{:?}", driver.app.message);
}

/// A function that warms up, finds forms, and gives one up.
const ADAPTS: &str = "class Node:
    def __init__(self, value):
        self.value = value

    def get(self):
        return self.value


def total(items):
    result = 0
    for item in items:
        result = result + item.value
        len(items)
        item.get()
    return result


nodes = [Node(n) for n in range(12)]
for _ in range(6):
    total(nodes)
nodes[3].value = 2.5
for _ in range(8):
    total(nodes)
";

#[test]
fn the_first_line_at_the_prompt_is_typed_at_once() {
    let session = Session::typed(Config::default(), None, Box::new(StillWorld::default()));
    let mut driver = Driver::new(session, App::new(Theme::named("mono").unwrap(), false), 100, 30);
    driver.keys("6*7<ret>").unwrap();
    assert!(matches!(driver.app.view.status, Status::Paused { .. }), "it stands before its first instruction");
    driver.keys("c").unwrap();
    assert!(text::text(&driver.screen()).contains("42"), "{}", text::text(&driver.screen()));
}

/// The live forms beside the instructions and in their place, with caches, hits and misses.
#[test]
fn forms_of_running_code() {
    let mut all = String::new();
    let cases = [
        ((120, 36), "a", "in their place"),
        ((120, 36), "a2++", "beside"),
        ((80, 24), "aa2+", "with caches"),
        ((200, 60), "aa2+:set heat on<ret>", "with hits and misses"),
        ((120, 36), "az", "inside the instruction that gives its form up"),
        ((120, 36), "aKx", "the card of a form"),
    ];
    for ((width, height), keys, about) in cases {
        let mut driver = driver(ADAPTS, "default", (width, height));
        driver.keys(":layout bytecode<ret>:break deopt BINARY_OP<ret>cI").unwrap();
        let keys = keys.strip_suffix("Kx").map(|keys| format!("{keys}:card BINARY_OP_ADD_INT<ret>")).unwrap_or(keys.to_owned());
        driver.keys(&keys).unwrap();
        all += &format!("==== {about}, {width} x {height}\n{}", masked(&text::text(&driver.screen())));
    }
    super::screens::golden("forms", &all);
}

/// Without the numbers of versions, which depend on what the interpreter has done before.
fn masked(screen: &str) -> String {
    let mut out = String::new();
    let mut rest = screen;
    while let Some(at) = ["version ", "keys ", "type ", "func "].iter().filter_map(|word| Some(rest.find(word)? + word.len())).min() {
        out += &rest[..at];
        rest = &rest[at..];
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        out += &"#".repeat(digits);
        rest = &rest[digits..];
    }
    out + rest
}

/// What the narration says where a form is found, does not fit, is given up, and why, at the three levels.
#[test]
fn narration_tells_of_forms() {
    let mut driver = driver(ADAPTS, "default", (120, 36));
    let mut said = |keys: &str| {
        driver.keys(keys).unwrap();
        driver.app.view.narration.done.clone()
    };
    assert!(said(":break specialize BINARY_OP<ret>c").ends_with("; specialized to BINARY_OP_ADD_INT: int + int"));
    assert!(
        said(":set level novice<ret>").ends_with("; Python takes a shortcut here from now on: it remembers what kind of values come here")
    );
    let missed = said(":delete<ret>:set level student<ret>:break deopt<ret>c");
    let end = "; BINARY_OP_ADD_INT is given up: the left operand is float, not int";
    assert!(missed.ends_with(end), "{missed}");
    assert!(said(":set level novice<ret>").ends_with("; the shortcut has failed too often: Python gives it up"));
    let missed = said(":delete<ret>:set level internals<ret>:goto -66<ret>i");
    assert!(!missed.is_empty());
    let source = "def f(a, b):\n    return a % b\nfor i in range(9):\n    f(i, 3)\n";
    let mut driver = self::driver(source, "default", (120, 36));
    driver.keys(":break op BINARY_OP in f<ret>").unwrap();
    driver.keys(":8c<ret>i").unwrap();
    let done = &driver.app.view.narration.done;
    assert!(done.ends_with("; no form, now and ever: `%` has none, only + - * have"), "{done}");
}

/// A deep recursion: frames are walked, scrolled and stepped in, and both ends of the chain are in the graph.
#[test]
fn ten_thousand_frames() {
    let source = "import sys\nsys.setrecursionlimit(20000)\ndef down(n):\n    if n == 0:\n        return 0\n    return down(n - 1) + 1\ndown(10000)\n";
    for size in [(80, 24), (200, 60)] {
        let mut driver = driver(source, "default", size);
        driver.keys(":break 5<ret>c:frames<ret>").unwrap();
        assert_eq!(driver.app.view.call_stack.frames.len(), 10_002);
        let before = std::time::Instant::now();
        driver.keys("uuuuuuuuuudddi:frame 9999<ret>").unwrap();
        let took = before.elapsed();
        let screen = text::text(&driver.screen());
        assert!(screen.contains("› 9999 down") && screen.contains("10001 <module>"), "{screen}");
        // In a build without optimization; with it a key takes a few milliseconds.
        assert!(took.as_secs() < 15, "{took:?}");
        driver.keys("iii:graph<ret>+").unwrap();
        let screen = text::text(&driver.screen());
        assert!(screen.contains("… 9977 frames"), "{screen}");
    }
}

/// The reasons that are told for hits, misses and refusals agree with what the machine does.
#[test]
fn reasons_agree_with_the_machine() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/adaptive");
    let mut doubts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    let mut told = 0;
    for name in ["operators.py", "calls.py", "attributes.py"] {
        // No file is in reach of the session.
        let is_import = |line: &&str| line.starts_with("from show import") || line.starts_with("import show as");
        let program = std::fs::read_to_string(folder.join(name)).unwrap();
        let program: Vec<&str> = program.lines().filter(|line| !is_import(line)).collect();
        let show = "import sys as module\nmodule.family, module.OWN, module.CACHES, module.show = len, 1, 2, 3\ndef warm(f, *a, n=8):\n    for _ in range(n): f(*a)\ndef show(*a, **k): pass\n";
        let source = format!("{show}{}\n", program.join("\n"));
        let mut session = session(name, &source);
        let command = |line: &str| uncoil::debugger::command::parse(line).unwrap();
        let step = command("i");
        for _ in 0..6000 {
            let vm = session.vm();
            let op = vm.live_op(vm.pc as usize);
            let before = (op != op.base()).then(|| vm.clone());
            session.execute(&step);
            if session.end().is_some() {
                break;
            }
            let Some(before) = before else { continue };
            let scribe = Scribe { vm: &before, base: 0 };
            told += usize::from(forms::between(&scribe, session.vm()).is_some());
            if let Some(doubt) = forms::doubt(&scribe, session.vm()) {
                *doubts.entry(format!("{name} {doubt}")).or_default() += 1;
            }
        }
    }
    assert!(doubts.is_empty(), "{told} told, doubts: {doubts:#?}");
    assert!(told > 500, "{told}");
}
