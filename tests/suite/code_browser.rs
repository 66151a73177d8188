//! The code browser: the tree of code objects, and one of them field by field with its functions and frames.
//!
//! Names and offsets were compared with CPython 3.11's own memory (`ctypes` at `id(code) + offset`).

use super::stepping::session;
use uncoil::{
    debugger::{command::parse, engine::Engine, session::Session},
    export::text,
    tui::{app::App, driver::Driver, theme::Theme},
    view::PaneKind,
};

const PROGRAM: &str = "class Account:
    def __init__(self, owner, *, limit=5):
        self.owner = owner
def make(n):
    def add(x, /, y=[1]) -> int:
        try:
            return x + n
        except TypeError:
            return [i for i in y]
    return add
add3 = make(3)
add5 = make(5)
def gen():
    yield add3(4)
for x in gen():
    print(x)
";

fn tell(session: &mut Session, line: &str) -> String {
    let answer = session.execute(&parse(line).unwrap());
    assert_eq!(answer.error, None, "{line}");
    answer.listing.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn one_code_object_with_all_that_is_made_of_it() {
    let mut session = session("program.py", PROGRAM);
    tell(&mut session, "break 7");
    tell(&mut session, "continue");
    let mut all = tell(&mut session, "code");
    for name in ["add3", "gen", "Account.__init__", "<module>"] {
        all += &format!("==== {name}\n{}", tell(&mut session, &format!("code {name}")));
    }
    super::screens::golden("code_browser", &all);
    let answer = session.execute(&parse("code x").unwrap());
    assert!(answer.error.unwrap().contains("no Python code"));
}

#[test]
fn keys_lead_into_code_and_values_and_back() {
    let app = App::new(Theme::named("default").unwrap(), false);
    let mut driver = Driver::new(session("program.py", PROGRAM), app, 120, 36);
    driver.keys(":break 7<ret>c:code<ret>").unwrap();
    let screen = |driver: &mut Driver<Session>| text::text(&driver.screen());
    assert!(screen(&mut driver).contains("code objects"));
    assert_eq!(driver.app.focus(), PaneKind::Code);
    // The one that runs is under the cursor.
    driver.keys("<ret>").unwrap();
    assert_eq!(driver.app.view.code.chosen.as_ref().unwrap().name, "make.<locals>.add");
    // Its constant with the code of the comprehension, and from there back to all.
    driver.keys("/<lt>code object<ret><ret>").unwrap();
    assert_eq!(driver.app.view.code.chosen.as_ref().unwrap().name, "make.<locals>.add.<locals>.<listcomp>");
    driver.keys("<esc>").unwrap();
    assert!(driver.app.view.code.chosen.is_none());
    // It stays chosen while the program moves; a value leads into the Inspector.
    driver.keys(":code add3<ret>iI/func_defaults<ret><ret>").unwrap();
    assert_eq!(driver.app.focus(), PaneKind::Inspector);
    assert!(screen(&mut driver).contains("([1],)"));
}
