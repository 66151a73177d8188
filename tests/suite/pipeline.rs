//! The stages of the compiler: every selected row finds its relatives in every other stage, or hears why there are none.

use std::{fs, path::Path, time::Instant};

use uncoil::{
    debugger::{
        broken::Broken,
        session::{Program, Session},
        world::StillWorld,
    },
    export::text,
    tui::{app::App, driver::Driver, theme::Theme},
    view::{
        SourceRange,
        pipeline::{self, Mark, Piece, Pipeline, Row, StageKind, Tie},
    },
    vm::Config,
};

fn read(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a program")
}

fn of(path: &str) -> Pipeline {
    pipeline::of_bytes(path, &read(path), 0)
}

fn of_text(text: &str) -> Pipeline {
    pipeline::of_bytes("x.py", text.as_bytes(), 0)
}

/// The rows tied to the first row of a stage that shows `text`, as `stage: mark text detail`.
fn relatives(pipeline: &Pipeline, kind: StageKind, text: &str) -> Vec<String> {
    let rows = &pipeline.stage(kind).rows;
    let shown = |row: &Row| match row.detail.starts_with('(') || row.detail.is_empty() {
        true => format!("{}{}", row.text, row.detail),
        false => format!("{} {}", row.text, row.detail),
    };
    let index = rows.iter().position(|row| shown(row).contains(text)).unwrap_or_else(|| panic!("no row {text}"));
    let links = pipeline.links(&pipeline.piece(kind, index));
    let mut told = Vec::new();
    for (kind, linked) in StageKind::ALL.into_iter().zip(links) {
        for (row, tie) in linked.ties {
            let row = &pipeline.stage(kind).rows[row];
            told.push(format!("{}: {tie:?} {}", kind.name(), shown(row)));
        }
        if let Some(why_not) = linked.why_not {
            told.push(format!("{}: {why_not}", kind.name()));
        }
    }
    told
}

/// Whether every part of `inner` lies in one of `outer`.
fn covers(outer: &[SourceRange], inner: &[SourceRange]) -> bool {
    inner.iter().all(|place| outer.iter().any(|it| it.contains(*place)))
}

#[test]
fn every_row_of_every_stage_is_tied_to_all_others() {
    // Every row of short programs, every so manieth of long ones.
    for (path, step) in [
        ("tests/compiler/stages.py", 1),
        ("tests/compiler/linked.py", 1),
        ("tests/programs/examples/uncaught.py", 1),
        ("tests/programs/examples/lru_cache.py", 17),
        ("tests/programs/examples/tokenizer.py", 13),
    ] {
        let pipeline = of(path);
        assert!(pipeline.failure.is_none());
        for kind in StageKind::ALL {
            for (index, row) in pipeline.stage(kind).rows.iter().enumerate().step_by(step) {
                let place = format!("{path} {} row {index} {row:?}", kind.name());
                let piece = pipeline.piece(kind, index);
                assert!(covers(&piece.places, &row.places), "{place}: its source isn't lit up");
                let links = pipeline.links(&piece);
                for (other, linked) in StageKind::ALL.into_iter().zip(&links) {
                    assert!(linked.ties.is_empty() != linked.why_not.is_none(), "{place}: {} says nothing", other.name());
                    assert!(linked.ties.is_sorted_by_key(|(row, _)| *row));
                    for (row, tie) in &linked.ties {
                        let row = &pipeline.stage(other).rows[*row];
                        if other == StageKind::Source {
                            continue;
                        }
                        let by_code = row.code.is_some() && piece.code.is_some() || other == StageKind::Exceptions;
                        match tie {
                            Tie::Around => {
                                assert!(row.places.iter().any(|it| covers(&[*it], &piece.places[..1])), "{place} around {row:?}")
                            }
                            Tie::Part => assert!(row.places.iter().any(|it| covers(&piece.places, &[*it])), "{place} part {row:?}"),
                            Tie::Same => assert!(by_code || row.places.iter().any(|it| piece.places.contains(it)), "{place} same {row:?}"),
                        }
                    }
                }
                // A piece of the program is in the trees at least as what is around it.
                if !row.places.is_empty() {
                    for tree in [StageKind::Ast, StageKind::Folded, StageKind::Symbols] {
                        assert!(!links[tree as usize].ties.is_empty(), "{place}: nothing in {}", tree.name());
                    }
                }
                let is_itself =
                    piece == Piece::default() || links[kind as usize].tie(index) == Some(Tie::Same) || row.mark == Mark::Heading;
                assert!(is_itself || row.places.is_empty() && row.code.is_none(), "{place}: not the same as itself");
            }
        }
    }
}

#[test]
fn an_instruction_is_tied_to_its_bytes_and_tables() {
    let pipeline = of("tests/compiler/stages.py");
    let (code, rows) = (StageKind::Instructions, &pipeline.stage(StageKind::Instructions).rows);
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.mark != Mark::Heading) {
        let links = pipeline.links(&pipeline.piece(code, index));
        let bytes = row.code.unwrap();
        for kind in [StageKind::Optimized, StageKind::Bytes, StageKind::Lines] {
            let same: Vec<_> = links[kind as usize].ties.iter().filter(|(_, tie)| *tie == Tie::Same).collect();
            assert_eq!(same.len(), 1, "{row:?} in {}", kind.name());
            let other = &pipeline.stage(kind).rows[same[0].0];
            assert!(other.code.unwrap().overlaps(bytes));
            if kind == StageKind::Optimized {
                assert_eq!(other.text, row.text);
            }
        }
    }
}

#[test]
fn what_becomes_of_a_sum() {
    let pipeline = of_text("def f(a):\n    return a * (1 + 2)\n");
    let told = relatives(&pipeline, StageKind::Tokens, "Number \"1\"");
    for expected in [
        "cst: Same Integer \"1\"",
        "ast: Same Constant(value=1)",
        "folded: Around Constant(value=3)",
        "symbols: Around function f (line 1)",
        "instructions: Around LOAD_CONST 1 (3)",
        "exceptions: empty: no try, no with",
    ] {
        assert!(told.iter().any(|it| it == expected), "{expected} is not in {told:#?}");
    }
    let told = relatives(&pipeline, StageKind::Ast, "Name(id='a'");
    for expected in ["tokens: Same Name \"a\"", "symbols: Same a referenced, parameter, local", "instructions: Same LOAD_FAST 0 (a)"] {
        assert!(told.iter().any(|it| it == expected), "{expected} is not in {told:#?}");
    }
    // The parameter and its use.
    let told = relatives(&pipeline, StageKind::Symbols, "a referenced");
    assert_eq!(told.iter().filter(|it| *it == "tokens: Same Name \"a\"").count(), 2, "{told:#?}");
}

#[test]
fn what_has_no_instruction_says_so() {
    let pipeline = of_text("def f():\n    pass\n    global g\n    g = 1\nwhile 0:\n    f()\n");
    let told = relatives(&pipeline, StageKind::Ast, "Global");
    assert!(told.contains(&"instructions: no instruction".to_owned()), "{told:#?}");
    let told = relatives(&pipeline, StageKind::Tokens, "Name \"g\"");
    assert!(told.iter().any(|it| it.starts_with("symbols: ")), "{told:#?}");
    // The handler of the exception table.
    let pipeline = of_text("try:\n    f()\nexcept E:\n    pass\n");
    let told = relatives(&pipeline, StageKind::Instructions, "CALL ");
    assert!(told.iter().any(|it| it.starts_with("exceptions: Same handler")), "{told:#?}");
    let told = relatives(&pipeline, StageKind::Instructions, "COPY");
    assert!(told.contains(&"ast: made up: it has no place in the source".to_owned()), "{told:#?}");
}

#[test]
fn a_symbol_is_tied_to_where_its_name_stands_in_its_block() {
    let pipeline = of_text("x = 1\nclass C:\n    def f(self, y=x, *x): return [x for x in x]\nlambda x: x\n");
    let symbols = &pipeline.stage(StageKind::Symbols).rows;
    let of_x: Vec<_> =
        symbols.iter().filter(|row| row.text == "x").map(|row| row.places.iter().map(|it| (it.line, it.col)).collect::<Vec<_>>()).collect();
    assert_eq!(of_x, [vec![(1, 0)], vec![(3, 18)], vec![(3, 22), (3, 45)], vec![(3, 40), (3, 34)], vec![(4, 7), (4, 10)]]);
    assert!(symbols.iter().filter(|row| row.mark == Mark::Heading).all(|row| row.places.len() == 1));
}

#[test]
fn errors_stop_it_at_their_stage() {
    for (program, stage) in [
        ("x = (1\n", StageKind::Tokens),
        ("x = 1 +\n", StageKind::Cst),
        ("f() = 1\n", StageKind::Ast),
        ("def f():\n    nonlocal x\n", StageKind::Symbols),
        ("return 1\n", StageKind::Blocks),
    ] {
        let pipeline = of_text(program);
        let failure = pipeline.failure.as_ref().unwrap_or_else(|| panic!("{program} is wrong"));
        assert!(failure.stage <= stage, "{program}: {:?}", failure.stage);
        assert!(failure.place.is_some() && failure.traceback.contains("SyntaxError"), "{failure:?}");
        assert!(!pipeline.stage(StageKind::Tokens).rows.is_empty());
        for kind in StageKind::ALL {
            if kind >= failure.stage && kind > StageKind::Tokens && kind != StageKind::Blocks && kind != StageKind::Optimized {
                assert!(pipeline.stage(kind).rows.is_empty(), "{program}: {}", kind.name());
            }
        }
    }
    assert!(of_text("").failure.is_none());
    assert_eq!(pipeline::of_bytes("x.py", b"\xff", 0).failure.map(|it| it.stage), Some(StageKind::Source));
}

/// A thousand lines: made in a moment, and a selection in an instant.
#[test]
fn a_long_program_is_no_trouble() {
    let text = String::from_utf8(read("tests/programs/examples/lru_cache.py")).unwrap().repeat(8);
    let started = Instant::now();
    let pipeline = of_text(&text);
    let made = started.elapsed();
    let count: usize = StageKind::ALL.into_iter().map(|kind| pipeline.stage(kind).rows.len()).sum();
    let started = Instant::now();
    let rows = pipeline.stage(StageKind::Ast).rows.len();
    for index in (0..rows).step_by(rows / 20) {
        pipeline.links(&pipeline.piece(StageKind::Ast, index));
    }
    let selected = started.elapsed() / 20;
    println!("{} lines, {count} rows: {made:?}, a selection {selected:?}", text.lines().count());
    assert!(made.as_secs() < 20 && selected.as_millis() < 500);
}

#[test]
fn deep_trees() {
    let pipeline = of_text(&format!("x = {}1\n", "1 + ".repeat(900)));
    assert!(pipeline.failure.is_none_or(|failure| failure.kind != "SyntaxError"));
    let pipeline = of_text(&format!("x = a{}\n", ".b".repeat(900)));
    assert!(pipeline.stage(StageKind::Tokens).rows.len() > 1800);
}

// ── the screen ──────────────────────────────────────────────────────────────────────────────────────────────────────

fn session(path: &str) -> Session {
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    let config = Config { argv: vec![name.clone()], ..Config::default() };
    let program = Program::compile(read(path), name, config, None).expect("it compiles");
    Session::new(program, Box::new(StillWorld::default()))
}

fn app() -> App {
    App::new(Theme::named("default").unwrap(), false)
}

#[track_caller]
fn golden(name: &str, screen: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens").join(format!("pipeline_{name}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, screen).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(screen == expected, "{} differs (UPDATE_GOLDEN=1 rewrites it); the screen is\n{screen}", path.display());
}

#[test]
fn screens() {
    let keys = [
        ("opened", ":until 69<ret>iiiP"),
        ("ast", ":until 69<ret>iiiP3<up><up>"),
        ("tokens", ":until 69<ret>iiiP1<pgdn><down>5"),
        ("bytes", ":until 69<ret>iiiP9<end><up>"),
        ("source", ":until 69<ret>iiiP<tab><tab><tab><tab><home><down>"),
        ("found", ":pipeline tokens<ret>/capacity<ret>.<right>"),
        ("stepped", ":until 69<ret>Piii"),
    ];
    for (name, keys) in keys {
        for (width, height) in [(80, 24), (120, 36)] {
            let mut driver = Driver::new(session("tests/programs/examples/lru_cache.py"), app(), width, height);
            driver.keys(keys).unwrap();
            golden(&format!("{name}_{width}x{height}"), &text::text(&driver.screen()));
        }
    }
    for (width, height) in [(60, 20), (200, 60)] {
        let mut driver = Driver::new(session("tests/programs/examples/lru_cache.py"), app(), width, height);
        driver.keys(":until 69<ret>iiiP").unwrap();
        golden(&format!("opened_{width}x{height}"), &text::text(&driver.screen()));
    }
}

#[test]
fn the_screen_of_a_broken_program() {
    for (width, height) in [(80, 24), (120, 36)] {
        let broken = Broken::new("broken.py", b"def f(a):\n    return (a +\n\nprint(f(1))\n", 0).expect("it is broken");
        let mut driver = Driver::new(broken, app().with_pipeline(), width, height);
        golden(&format!("broken_{width}x{height}"), &text::text(&driver.screen()));
        driver.keys("<esc>i").unwrap();
        assert!(text::text(&driver.screen()).contains("mended"));
    }
    assert!(Broken::new("fine.py", b"x = 1\n", 0).is_none());
}

#[test]
fn keys_that_leave_and_commands() {
    let mut driver = Driver::new(session("tests/programs/examples/bank.py"), app(), 120, 36);
    let mut after = |keys: &str| {
        driver.keys(keys).unwrap();
        assert!(!driver.has_quit);
        text::text(&driver.screen())
    };
    assert!(after("P").contains("PIPELINE"));
    assert!(!after("q").contains("PIPELINE"));
    assert!(after(":stages bytes<ret>").contains("━ 9 Bytes"));
    assert!(after("<right>").contains("━ 10 Line table"));
    assert!(after(":pipeline nonsense<ret>").contains("no stage `nonsense`"));
    assert!(after("?").contains("Keys and commands"));
    assert!(after("<esc>").contains("PIPELINE"));
    assert!(!after("<esc>").contains("PIPELINE"));
    assert!(!after("P:focus 1<ret>").contains("PIPELINE"));
}

#[test]
fn a_click_selects_what_is_under_it() {
    let mut driver = Driver::new(session("tests/programs/examples/lru_cache.py"), app(), 120, 36);
    driver.keys(":until 69<ret>P").unwrap();
    let find = |driver: &mut Driver<Session>, text: &str| -> (u16, u16) {
        let screen = text::text(&driver.screen());
        let found = screen.lines().enumerate().find_map(|(y, line)| Some((y, line.split_once(text)?.0.chars().count())));
        let (y, x) = found.unwrap_or_else(|| panic!("no {text} on\n{screen}"));
        (x as u16, y as u16)
    };
    let selected = |driver: &mut Driver<Session>| text::text(&driver.screen()).lines().next().unwrap_or_default().to_owned();
    // A word of the source, a row of a stage, the name of a stage.
    let (x, y) = find(&mut driver, "front.newer");
    driver.app.click(x, y);
    assert!(selected(&mut driver).contains(" front  "), "{}", selected(&mut driver));
    let (x, y) = find(&mut driver, "body[0]: Assign");
    driver.app.click(x, y);
    assert!(selected(&mut driver).contains(" = "), "{}", selected(&mut driver));
    let (x, y) = find(&mut driver, "Bytes");
    driver.app.click(x, y);
    assert!(text::text(&driver.screen()).contains("━ 9 Bytes"));
}

#[test]
fn ascii_and_themes() {
    let screen = |theme: &str, ascii: bool| {
        let app = App::new(Theme::named(theme).unwrap(), ascii);
        let mut driver = Driver::new(session("tests/programs/examples/lru_cache.py"), app, 120, 36);
        driver.keys(":until 69<ret>iiiP3<up>").unwrap();
        text::text(&driver.screen())
    };
    assert!(screen("default", true).is_ascii());
    // Colour never carries information alone.
    for theme in uncoil::tui::theme::THEMES {
        assert_eq!(screen(theme, false), screen("mono", false));
    }
}

#[test]
fn every_size_draws() {
    let mut driver = Driver::new(session("tests/programs/examples/bank.py"), app(), 80, 24);
    driver.keys("P<left><down>").unwrap();
    for width in (1..240).step_by(23) {
        for height in (1..70).step_by(7) {
            driver.resize(width, height);
            driver.screen();
            driver.app.click(width / 3, height / 3);
            driver.app.wheel(width / 2, height / 2, uncoil::debugger::command::Scroll::Down);
            driver.keys("<right>").unwrap();
        }
    }
    driver.resize(80, 24);
    assert!(text::text(&driver.screen()).contains("PIPELINE"));
}
