//! What newcomers found out, by their keys: the screens are those of `tests/trials/NAME.screens`.

use std::{fmt::Write as _, fs};

use uncoil::{
    export::text,
    tui::{app::App, driver::Driver, theme::Theme},
};

use crate::stepping::{root, session, without_figures};

#[test]
fn ways_of_newcomers_lead_where_they_led() {
    let folder = root().join("tests/trials");
    for name in ["student", "teacher", "engineer"] {
        let mut screens = String::new();
        for line in fs::read_to_string(folder.join(format!("{name}.keys"))).unwrap().lines() {
            let [program, keys, sees] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{name}: {line}") };
            let source = fs::read_to_string(root().join(program)).unwrap();
            let file = program.rsplit('/').next().unwrap();
            let app = App::new(Theme::named("default").unwrap(), false);
            let mut driver = Driver::new(session(file, &source), app, 120, 36);
            driver.keys(keys).unwrap();
            let screen = without_figures(&text::text(&driver.screen()));
            write!(screens, "## {file}: {keys}\n{sees}\n\n{screen}\n").unwrap();
        }
        let golden = folder.join(format!("{name}.screens"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&golden, &screens).unwrap();
        }
        let recorded = fs::read_to_string(&golden).unwrap_or_default();
        assert!(recorded == screens, "{} (UPDATE_GOLDEN=1 rewrites it):\n{screens}", golden.display());
    }
}
