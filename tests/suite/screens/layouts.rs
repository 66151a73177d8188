//! Every layout at every size, splits moved by keys and mouse, keys and commands that the user has changed.

use uncoil::{
    tui::{
        action::Again,
        config::Config,
        glyphs::{ASCII, UNICODE},
        layout::LAYOUTS,
        theme::THEMES,
    },
    view::PaneKind,
};

use super::*;

/// One golden a layout: all sizes under each other, one on its side at the end.
#[test]
fn layouts_at_all_sizes() {
    // Without a lesson that of lessons is the standard one.
    for (name, _) in LAYOUTS.iter().filter(|(name, _)| *name != "lesson") {
        let mut all = String::new();
        for size in [(80, 24), (100, 30), (120, 36), (160, 48), (200, 60), (60, 80)] {
            let mut driver = driver("default", false, 0, size);
            driver.keys(&format!(":layout {name}<ret>i")).unwrap();
            let screen = driver.screen();
            if let Some(folder) = env::var_os("SCREENS_SVG") {
                let file = Path::new(&folder).join(format!("layout_{name}_{}x{}.svg", size.0, size.1));
                fs::write(file, svg::svg(&screen, &svg::Options::default())).unwrap();
            }
            all += &format!("==== {} x {}\n{}", size.0, size.1, text::text(&screen));
        }
        golden(&format!("layout_{name}"), &all);
    }
}

/// Without any style the marks are there: next, just executed, new, changed, freed, a breakpoint; counts that rise and fall.
#[test]
fn marks_tell_without_styles() {
    for ascii in [false, true] {
        let glyphs = if ascii { &ASCII } else { &UNICODE };
        let marks = [glyphs.next, glyphs.done, glyphs.new, glyphs.changed, glyphs.removed, glyphs.breakpoint, glyphs.up, glyphs.down];
        for (index, mark) in marks.iter().enumerate() {
            assert!(!marks[..index].contains(mark), "{mark} means two things");
        }
        for theme in THEMES {
            let mut driver = driver(theme, ascii, 0, (200, 60));
            let before = text::text(&driver.screen());
            let line = |screen: &str, part: &str| screen.lines().find(|line| line.contains(part)).unwrap_or_default().to_owned();
            driver.keys("i").unwrap();
            let after = text::text(&driver.screen());
            assert!(line(&after, "BINARY_OP").contains(glyphs.done), "just executed\n{after}");
            assert!(line(&before, "BINARY_OP").contains(glyphs.next), "next");
            assert!(after.contains(&format!("{} 0", glyphs.changed)), "changed\n{after}");
            assert!(after.contains(&format!("{} 1", glyphs.removed)), "freed");
            assert!(before.contains(&format!("{} 1", glyphs.new)), "new");
            let shown: String = after.lines().filter(|line| line.contains("26")).collect();
            assert!(shown.contains(glyphs.breakpoint), "breakpoint\n{after}");
        }
    }
}

fn width_of(driver: &Driver<Recorded>, kind: PaneKind) -> u16 {
    driver.app.arrangement().unwrap().slots.iter().find(|slot| slot.active == kind).unwrap().area.width
}

#[test]
fn splits_are_moved_by_keys_and_mouse() {
    let mut driver = driver("default", false, 0, (120, 36));
    let before = width_of(&driver, PaneKind::Source);
    driver.keys("1>>").unwrap();
    assert_eq!(width_of(&driver, PaneKind::Source), before + 8);
    driver.keys("<lt>").unwrap();
    assert_eq!(width_of(&driver, PaneKind::Source), before + 4);
    // The line between the columns, dragged to the left.
    let x = before + 4;
    driver.mouse(&[(x, 6), (x - 3, 7), (x - 10, 9)]);
    assert_eq!(width_of(&driver, PaneKind::Source), before + 4 - 10);
    // Another size and back: it is where it was put.
    let areas = |driver: &Driver<Recorded>| driver.app.arrangement().unwrap().slots.iter().map(|slot| slot.area).collect::<Vec<_>>();
    let put = areas(&driver);
    driver.resize(200, 60);
    driver.screen();
    driver.resize(120, 36);
    assert_eq!(areas(&driver), put);
    // The rule between source and bytecode.
    let source = driver.app.arrangement().unwrap().slots[0].area;
    driver.mouse(&[(source.right() - 2, source.bottom()), (source.right() - 2, source.bottom() + 4)]);
    assert_eq!(driver.app.arrangement().unwrap().slots[0].area.height, source.height + 4);
    driver.keys(":resize reset<ret>").unwrap();
    assert_eq!(width_of(&driver, PaneKind::Source), before);
    driver.keys("7}").unwrap();
    driver.keys("++>").unwrap();
    assert!(driver.app.message.as_ref().unwrap().is_error, "nothing beside it");
}

#[test]
fn a_click_on_a_title_shows_that_tab() {
    let mut driver = driver("default", false, 0, (80, 24));
    let screen = text::text(&driver.screen());
    let (y, line) = screen.lines().enumerate().find(|(_, line)| line.contains("Vars")).unwrap();
    let x = line[..line.find("5 Vars").unwrap()].chars().count() + 2;
    driver.mouse(&[(x as u16, y as u16)]);
    assert_eq!(driver.app.focus(), PaneKind::Variables);
    // The margin of the source: a breakpoint.
    driver.keys("1").unwrap();
    driver.mouse(&[(0, 4)]);
    assert!(driver.app.message.as_ref().unwrap().text.starts_with("breakpoint"));
}

#[test]
fn keys_can_be_changed() {
    let config =
        Config::read("theme = \"mono\"\npreset = \"arrows\"\nlayout = \"beginner\"\n[keys]\n\"<f5>\" = \"palette\"\nq = \"\"").unwrap();
    let mut driver = driver("default", false, 0, (80, 24));
    config.apply(&mut driver.app);
    driver.keys("<f5>brkpt").unwrap();
    let screen = text::text(&driver.screen());
    assert!(screen.contains("breakpoints"), "{screen}");
    driver.keys("<esc>q").unwrap();
    assert!(!driver.has_quit);
    driver.keys("<right>").unwrap();
    assert_eq!(driver.app.view.step, 305);
    driver.keys("?").unwrap();
    assert!(text::text(&driver.screen()).contains("Right"));
}

/// `UPDATE_GOLDEN=1` writes the table into the README.
#[test]
fn the_keys_of_the_readme_are_those_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once("<!-- keys -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end of keys -->").unwrap();
    let wanted = format!("{before}<!-- keys -->\n{}<!-- end of keys -->{after}", uncoil::tui::popups::keys_table());
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    assert!(readme == wanted || env::var_os("UPDATE_GOLDEN").is_some(), "UPDATE_GOLDEN=1 writes the keys into the README");
}

/// The single keys that hands know from elsewhere.
#[test]
fn presets_mean_what_they_do_elsewhere() {
    let rows: [(&str, &[(&str, &str)]); 4] = [
        (
            "gdb",
            &[
                ("n", "next"),
                ("s", "step"),
                ("c", "continue"),
                ("f", "finish"),
                ("i", "instruction"),
                ("u", "up"),
                ("d", "down"),
                ("q", "quit"),
                ("v", "focus"),
                ("w", "focus"),
                ("r", "first"),
            ],
        ),
        (
            "pudb",
            &[
                ("n", "next"),
                ("s", "step"),
                ("c", "continue"),
                ("r", "finish"),
                ("t", "until"),
                ("b", "toggle"),
                ("u", "up"),
                ("d", "down"),
                ("q", "quit"),
                ("!", "console"),
                ("o", "focus"),
            ],
        ),
        (
            "vim",
            &[
                ("j", "scroll"),
                ("k", "scroll"),
                ("h", "scroll"),
                ("l", "scroll"),
                ("n", "search-next"),
                ("/", "search"),
                (":", "command"),
                ("u", "up"),
                ("g", "first"),
                ("G", "last"),
            ],
        ),
        ("arrows", &[("<right>", "step"), ("<left>", "step-back"), ("<down>", "next"), ("<up>", "next-back"), ("<pgdn>", "finish")]),
    ];
    for (preset, keys) in rows {
        let keymap = uncoil::tui::keymap::Keymap::preset(preset).unwrap();
        for (key, name) in keys {
            assert_eq!(keymap.row_of(key).map(|row| row.name), Some(*name), "{preset}: {key}");
        }
    }
}

#[test]
fn a_program_is_left_for_another_run() {
    let mut first = driver("default", false, 0, (80, 24));
    first.keys(":rerun<ret>").unwrap();
    assert!(!first.has_quit, "it is in no file");
    first.app.can_rerun = true;
    first.keys(":edit<ret>").unwrap();
    assert_eq!(first.again, Some(Again::Edit { line: Some(21), round: 1 }));
    let mut second = driver("default", false, 0, (80, 24));
    second.keys(":open other.py<ret>").unwrap();
    assert_eq!(second.again, Some(Again::Open("other.py".into())));
}
