//! The screen as the learner sees it: keys in, text out, at four sizes and more.
//!
//! `UPDATE_GOLDEN=1 cargo test` rewrites `tests/screens/*.txt`; `SCREENS_SVG=DIR` also writes every screen as a picture.

mod fixture;
mod layouts;

use std::{env, fs, path::Path};

use fixture::Recorded;
use uncoil::{
    export::{ansi, svg, text},
    tui::{app::App, driver::Driver, theme::Theme},
};

const SIZES: [(u16, u16); 4] = [(80, 24), (100, 30), (120, 36), (200, 60)];

fn driver(theme: &str, ascii: bool, instant: usize, (width, height): (u16, u16)) -> Driver<Recorded> {
    Driver::new(Recorded::at(instant), App::new(Theme::named(theme).unwrap(), ascii), width, height)
}

/// Plays the keys at a size and compares the screen with its golden.
#[track_caller]
fn check(name: &str, keys: &str, instant: usize, size: (u16, u16)) {
    let mut driver = driver("default", name.ends_with("ascii"), instant, size);
    driver.keys(keys).unwrap();
    let screen = driver.screen();
    let name = format!("{name}_{}x{}", size.0, size.1);
    if let Some(folder) = env::var_os("SCREENS_SVG") {
        let options = svg::Options { title: "uncoil lru.py".into(), ..svg::Options::default() };
        fs::write(Path::new(&folder).join(format!("{name}.svg")), svg::svg(&screen, &options)).unwrap();
    }
    golden(&name, &text::text(&screen));
}

#[track_caller]
pub fn golden(name: &str, screen: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens").join(format!("{name}.txt"));
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, screen).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(screen == expected, "{} differs (UPDATE_GOLDEN=1 rewrites it); the screen is\n{screen}", path.display());
}

#[test]
fn standard_layout_before_an_addition() {
    for size in SIZES {
        check("add", "", 0, size);
    }
}

#[test]
fn after_the_addition() {
    check("added", "i", 0, (80, 24));
    check("added", "i", 0, (120, 36));
}

#[test]
fn zoom() {
    check("zoom_half", "2+", 0, (100, 30));
    check("zoom_full", "6++", 0, (100, 30));
}

#[test]
fn input_is_typed_in_the_output_pane() {
    check("input", "iAda", 1, (80, 24));
    check("input", "iAda", 1, (120, 36));
    check("input_sent", "iAda<ret>", 1, (80, 24));
}

#[test]
fn uncaught_exception() {
    check("uncaught", "7", 4, (100, 30));
}

#[test]
fn popups() {
    check("help", "?", 0, (80, 24));
    check("help", "?", 0, (120, 36));
    check("command_line", ":fin<tab>", 0, (80, 24));
    check("command_error", ":finsh<ret>", 0, (80, 24));
    check("palette", "<C-p>break", 0, (80, 24));
    check("card", ":card BINARY_OP<ret>", 0, (80, 24));
    check("card_internals", ":set level internals<ret>:card for_iter<ret><pgdn>", 0, (120, 36));
    check("card_ascii", ":set ascii on<ret>:card build_list<ret>", 0, (80, 24));
    check("say", ":say<ret>", 0, (80, 24));
    check("panes", "0", 0, (80, 24));
    check("breakpoints", "b:breakpoints<ret>", 0, (80, 24));
}

#[test]
fn small_and_smaller() {
    check("small", "", 0, (60, 20));
    check("small", "", 0, (40, 10));
    check("small", "", 0, (30, 5));
}

#[test]
fn ascii() {
    check("ascii", "", 0, (80, 24));
    assert!(
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens/ascii_80x24.txt"))
            .unwrap()
            .replace("名前", "")
            .is_ascii()
    );
}

#[test]
fn the_callers_frame() {
    check("caller", "u", 0, (100, 30));
}

#[test]
fn every_size_draws_and_resizing_loses_nothing() {
    let mut driver = driver("default", false, 0, (80, 24));
    driver.keys("1<down><down>3").unwrap();
    let before = text::text(&driver.screen());
    for width in (1..240).step_by(7) {
        for height in (1..70).step_by(3) {
            driver.resize(width, height);
            driver.screen();
        }
    }
    driver.resize(80, 24);
    // The window may have moved, the cursor has not.
    driver.keys("1").unwrap();
    assert!(text::text(&driver.screen()).contains("23"));
    assert!(before.contains("PAUSED"));
}

#[test]
fn search_scroll_and_quit() {
    check("search", "1/drop<ret>.", 0, (80, 24));
    check("scrolled", "2<pgdn><down>", 0, (80, 24));
    let mut driver = driver("default", false, 0, (80, 24));
    driver.keys("?").unwrap();
    driver.keys("q").unwrap(); // closes the help
    assert!(!driver.has_quit);
    driver.keys("q").unwrap();
    assert!(driver.has_quit);
}

#[test]
fn exports_say_the_same() {
    let screen = driver("default", false, 0, (120, 36)).screen();
    let ansi = ansi::ansi(&screen);
    let mut plain = String::new();
    let mut rest = ansi.as_str();
    while let Some((before, after)) = rest.split_once("\x1b[") {
        plain.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    plain.push_str(rest);
    let trimmed: String = plain.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    assert_eq!(trimmed, text::text(&screen));
    let svg = svg::svg(&screen, &svg::Options::default());
    for part in ["self.size + 1", ">名</text>", "&lt;LRU #21&gt;"] {
        assert!(svg.contains(part), "{part}");
    }
}

/// Pictures to look at: `SCREENS_SVG=DIR` writes every theme on a dark and a light terminal.
#[test]
fn themes() {
    for theme in uncoil::tui::theme::THEMES {
        for light in [false, true] {
            let screen = driver(theme, false, 1, (120, 36)).screen();
            let drawn = svg::svg(&screen, &svg::Options { light, ..svg::Options::default() });
            assert!(drawn.ends_with("</svg>\n"));
            if let Some(folder) = env::var_os("SCREENS_SVG") {
                fs::write(Path::new(&folder).join(format!("theme_{theme}_{light}.svg")), drawn).unwrap();
            }
        }
    }
}

/// Colour never carries information alone: without it the marks still tell everything.
#[test]
fn all_themes_show_the_same_text() {
    let mut screens = uncoil::tui::theme::THEMES.map(|theme| text::text(&driver(theme, false, 1, (120, 36)).screen()));
    screens.sort();
    assert_eq!(screens[0], screens[4]);
}
