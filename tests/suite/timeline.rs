//! The Timeline: what it gathers of a run, what it paints of it, and how keys and mouse go through it.

use super::stepping::session;
use uncoil::{
    debugger::{
        command::{Command, Place, parse},
        engine::Engine,
        session::Session,
    },
    export::text,
    tui::{
        app::App,
        driver::Driver,
        glyphs::{ASCII, UNICODE},
        panes::{self, Ink},
        theme::Theme,
    },
    view::{PaneKind, View, ViewRequest},
};

const PROGRAM: &str = "import gc
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
for i in range(7):
    print(fib(i))
    try:
        {}['x']
    except KeyError:
        pass
gc.collect()
def deep(n):
    return deep(n - 1) if n else 0
deep(30)
print('end')
";

fn view(session: &Session) -> View {
    session.view(&ViewRequest { panes: vec![PaneKind::Timeline], ..ViewRequest::default() })
}

fn execute(session: &mut Session, lines: &[&str]) {
    for line in lines {
        let answer = session.execute(&parse(line).unwrap());
        assert_eq!(answer.error, None, "{line}");
    }
}

#[test]
fn it_is_the_same_in_one_go_and_step_by_step() {
    let mut at_once = session("program.py", PROGRAM);
    execute(&mut at_once, &["last"]);
    let mut slowly = session("program.py", PROGRAM);
    while !slowly.status().is_over() {
        execute(&mut slowly, &["7i"]);
        if slowly.step().is_multiple_of(5) {
            execute(&mut slowly, &["-3", "+1"]);
        }
    }
    let (a, b) = (view(&at_once).timeline, view(&slowly).timeline);
    assert!(a.is_finished && a.furthest > 1024 && a.length > 1);
    assert_eq!(a, b);
    assert_eq!(a.deepest(), 32);
}

#[test]
fn a_new_future_forgets_what_was_after_it() {
    let mut session = session("program.py", PROGRAM);
    execute(&mut session, &["break 14", "continue", "last", "goto 100", "yes set i = 6"]);
    let timeline = view(&session).timeline;
    assert!(!timeline.is_finished);
    assert_eq!((timeline.furthest, timeline.stops.len()), (100, 0));
    assert!(timeline.stretches.iter().all(|it| it.raised.is_none_or(|step| step <= 100) && it.collected.is_none()));
    execute(&mut session, &["last"]);
    assert!(view(&session).timeline.furthest > 100);
}

/// At 80 columns, on one to five rows: finished with all events, and in the middle of the first run.
#[test]
fn it_fits_into_any_height() {
    let mut session = session("program.py", PROGRAM);
    execute(&mut session, &["break 9", "continue", "continue", "mark k", "goto 10"]);
    let begun = view(&session);
    execute(&mut session, &["delete", "last", "goto 400"]);
    let whole = view(&session);
    let mut all = String::new();
    for (view, what) in [(&begun, "begun"), (&whole, "whole")] {
        for (glyphs, height) in [(&UNICODE, 1), (&UNICODE, 2), (&UNICODE, 3), (&UNICODE, 6), (&ASCII, 1), (&ASCII, 4)] {
            for theme in ["default", "mono"] {
                let theme = Theme::named(theme).unwrap();
                let ink =
                    Ink { theme: &theme, glyphs, width: 80, height, typing: None, cursor: None, instant: (height == 3).then_some(63) };
                let content = panes::content(PaneKind::Timeline, view, ink);
                let rows: String = (0..content.rows())
                    .map(|row| content.row(row).spans().iter().map(|(text, _)| text.as_str()).collect::<String>() + "\n")
                    .collect();
                if theme.name == "default" {
                    all += &format!("==== {what}, {height} rows: {}\n", content.heading());
                    all += &rows;
                } else {
                    assert!(all.ends_with(&rows), "colour carries nothing alone");
                }
            }
        }
    }
    super::screens::golden("timeline", &all);
}

#[test]
fn keys_and_mouse_go_through_it() {
    let app = App::new(Theme::named("default").unwrap(), false);
    let mut driver = Driver::new(session("program.py", PROGRAM), app, 120, 36);
    driver.keys("Gg:timeline<ret>").unwrap();
    let area = driver.app.arrangement().unwrap().slots.iter().find(|slot| slot.active == PaneKind::Timeline).unwrap().area;
    assert_eq!((area.width, area.height), (120, 3));
    // To the third event, which is an exception.
    driver.keys("<down><down><right><left><ret>").unwrap();
    let step = driver.app.view.step;
    assert!(driver.app.view.timeline.stretches.iter().any(|it| it.raised == Some(step) || it.wrote == Some(step)), "{step}");
    // A click, then dragged to the end and back.
    let at = |driver: &Driver<Session>| driver.app.view.step;
    driver.mouse(&[(60, area.y + 1)]);
    let half = at(&driver);
    assert!(half > 500 && half < 1500, "{half}");
    driver.mouse(&[(60, area.y + 1), (90, area.y + 1), (119, area.y)]);
    assert!(at(&driver) > half + 400);
    driver.mouse(&[(119, area.y + 1), (30, 2), (0, 2)]);
    assert_eq!(at(&driver), 0);
    driver.keys("<end><ret>").unwrap();
    assert!(driver.app.view.status.is_over());
    assert!(text::text(&driver.screen()).contains("instructions, up to 32 frames"));
}

/// A program is run anew: the same line in the same round, though a breakpoint lies on the way.
#[test]
fn the_same_line_in_the_same_round() {
    let mut before = session("program.py", PROGRAM);
    execute(&mut before, &["break 7", "continue", "4continue", "3i"]);
    let place = Place { file: None, line: 7 };
    let round = before.execute(&Command::Round { place: place.clone(), to: None }).round;
    assert_eq!(round, 5);
    // Two lines more before the loop.
    let mut after = session("program.py", &PROGRAM.replacen("import gc\n", "import gc\nx = 1\ny = 2\n", 1));
    execute(&mut after, &["break 8"]);
    let answer = after.execute(&Command::Round { place: Place { line: 9, ..place.clone() }, to: Some(round) });
    assert_eq!((answer.error, answer.message), (None, None));
    let view = view(&after);
    assert_eq!(view.source.current_line, Some(9));
    execute(&mut after, &["print i"]);
    assert!(after.execute(&parse("print i").unwrap()).message.is_some_and(|text| text.contains('4')));
    // It is not reached so often.
    let mut short = session("program.py", &PROGRAM.replace("range(7)", "range(3)"));
    let answer = short.execute(&Command::Round { place, to: Some(5) });
    assert_eq!(answer.message.as_deref(), Some("line 7 was reached 3 times, not 5"));
    assert_eq!(short.view(&ViewRequest::default()).source.current_line, Some(7));
}

/// `:open`, `:save` and the like complete paths.
#[test]
fn paths_are_completed() {
    let mut app = App::new(Theme::named("default").unwrap(), false);
    app.complete_path = |path, programs| {
        let files: &[&str] = if programs { &["lib/a.py"] } else { &["lib/a.py", "lib/b.svg"] };
        files.iter().filter(|file| file.starts_with(path)).map(|file| (*file).to_owned()).collect()
    };
    let mut driver = Driver::new(session("program.py", PROGRAM), app, 80, 24);
    driver.keys(":open lib/<tab>").unwrap();
    assert!(text::text(&driver.screen()).contains(":open lib/a.py"));
    driver.keys("<esc>:export l<tab><tab>").unwrap();
    assert!(text::text(&driver.screen()).contains(":export lib/b.svg"));
}
