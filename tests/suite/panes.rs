//! Panes in use: Frames with generators that wait, Output with lines that are struck over, marks in every pane without styles.

use super::stepping::session;
use uncoil::{
    debugger::session::Session,
    export::text,
    tui::{app::App, driver::Driver, theme::Theme},
    view::PaneKind,
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
    let waiting: Vec<_> = stack.suspended.iter().map(|it| (it.name.as_str(), it.line, it.offset.is_some())).collect();
    assert_eq!(waiting, [("words", Some(3), true), ("wait", Some(4), false), ("words", Some(1), false)]);
    let screen = text::text(&driver.screen());
    assert!(screen.contains("suspended") && screen.contains("coroutine, not begun"), "{screen}");
    // A frame that has ended stays for one step.
    driver.keys("g:break 3<ret>c:delete<ret>").unwrap();
    while driver.app.view.next_opname != "YIELD_VALUE" {
        driver.keys("i").unwrap();
    }
    driver.keys("i").unwrap();
    assert_eq!(driver.app.view.call_stack.finished[0].name, "words");
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
