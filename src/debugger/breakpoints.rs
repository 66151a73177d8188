//! Breakpoints: what stops a run, and the list of them.
//!
//! | kind | stops | looked for |
//! |---|---|---|
//! | line, function, opcode, offset | before the instruction | at those instructions alone |
//! | raise, gc | before the instruction that does it | when the machine says so |
//! | output, specialize, deopt | after the instruction | when the machine says so |
//! | watch, refcount, alloc, free | after the instruction | after every instruction |
//! | step, uncaught | there | at that instant alone |
//!
//! Each has a condition, counts its hits, may be passed over some times, switched off, be gone after one stop, or print a
//! text and go on. Whether it stops at an instant does not depend on the direction from which one comes: hits are counted
//! once, however often the run is gone through.
//!
//! `break op CALL* in total if x > 3`

mod armed; // which units may hit
mod hits;
mod home; // the frame that a watch is about
mod kinds; // THE kinds: as the user writes them
mod look; // one look at an instant

pub use self::{
    hits::HitCondition,
    home::{At, Home, Unknown},
    kinds::{Count, KINDS, Target, is_like, is_named},
    look::{Hit, classes},
};

use std::convert::Infallible;

use super::{
    command::{Direction, Place as Wanted},
    evaluate::{Question, Sighting},
    ledger::Identity,
    places::Places,
};
use crate::{
    bytecode::opcode::Op,
    view::{BreakpointRow, PauseReason},
};

#[derive(Clone, Debug, PartialEq)]
pub struct Breakpoint {
    pub number: u32,
    pub target: Target,
    /// It hits only where this is true.
    pub condition: Option<Question>,
    pub enabled: bool,
    /// It goes away once it has hit.
    pub temporary: bool,
    /// What it prints instead of stopping.
    pub log: Option<Template>,
    /// How often it has hit, and how many hits more are passed over.
    pub hits: u64,
    pub ignore: u64,
    /// The call that a watched variable belongs to.
    pub home: Option<Home>,
    numbered: hits::Hits,
    /// The exception that the condition raised when it was asked last.
    failed: Option<String>,
    /// Hits up to this instant are counted.
    counted_to: u64,
    /// Hits after the first and up to the second instant have been passed over.
    silent: (u64, u64),
    seen: Seen,
}

/// What an expression, an object or a type was when it was looked at last.
#[derive(Clone, Debug, Default, PartialEq)]
struct Seen {
    value: Option<String>,
    sighting: Option<Sighting>,
    object: Option<Identity>,
    count: u32,
    living: Vec<Identity>,
    is_fresh: bool,
}

/// A text with expressions in braces: `x is {x}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    pub text: String,
    /// A text before each expression; the last one has none.
    pieces: Vec<(String, Option<Question>)>,
}

/// What a log-point printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Logged {
    pub step: u64,
    pub number: u32,
    pub text: String,
}

/// What log-points have printed.
#[derive(Default)]
struct Logs {
    /// In the order of instants.
    all: Vec<Logged>,
    /// Those that nobody has been told of.
    new: Vec<Logged>,
    listener: Option<Listener>,
}

type Listener = Box<dyn FnMut(&Logged) + Send>;

impl Logs {
    /// Adds one, unless it was printed when the run came by the last time.
    fn add(&mut self, logged: Logged) {
        if let Err(index) = self.all.binary_search(&logged) {
            if let Some(listener) = &mut self.listener {
                listener(&logged);
            }
            self.new.push(logged.clone());
            self.all.insert(index, logged);
        }
    }
}

/// The number of `breakpoint()` in the program.
pub const BY_PROGRAM: u32 = 0;

/// Where the exception that ends the program is raised.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncaught {
    pub step: u64,
    /// Its class and the bases of that.
    pub classes: Vec<String>,
}

/// All breakpoints, and where they may hit.
#[derive(Default)]
pub struct Breakpoints {
    list: Vec<Breakpoint>,
    last_number: u32,
    pub uncaught: Option<Uncaught>,
    logs: Logs,
    map: armed::Map,
    progress: look::Progress,
    /// Exceptions that library code catches itself are meant, too.
    pub library: bool,
}

impl Breakpoint {
    /// A line of the list.
    pub fn row(&self) -> String {
        let mut row = format!("{:>3}  {}", self.number, self.target.place());
        if let Some(condition) = &self.condition {
            row += &format!("  if {}", condition.text);
        }
        if let Some(home) = &self.home {
            row += &format!("  in {}", home.function);
        }
        if let Some(error) = &self.failed {
            row += &format!("  raised {error}");
        }
        if let Some(log) = &self.log {
            row += &format!("  log \"{}\"", log.text);
        }
        if let Some(wanted) = self.numbered.wanted {
            row += &format!("  at hits {wanted}");
        }
        if self.temporary {
            row += "  (once)";
        }
        match self.hits {
            0 => {}
            1 => row += "  1 hit",
            hits => row += &format!("  {hits} hits"),
        }
        if self.ignore > 0 {
            row += &format!("  {} to ignore", self.ignore);
        }
        if !self.enabled {
            row += "  (disabled)";
        }
        row
    }

    /// The row of the pane.
    pub fn view(&self) -> BreakpointRow {
        BreakpointRow {
            number: self.number,
            kind: self.target.kind().to_owned(),
            place: self.target.argument(),
            condition: self.condition.as_ref().map(|condition| condition.text.clone()),
            log: self.log.as_ref().map(|log| log.text.clone()),
            hits: self.hits,
            ignore: self.ignore,
            enabled: self.enabled,
            temporary: self.temporary,
            command: self.command(),
        }
    }

    /// The command that makes it.
    pub fn command(&self) -> String {
        let mut command = match (&self.log, self.temporary) {
            (Some(_), _) => "log ",
            (None, true) => "tbreak ",
            (None, false) => "break ",
        }
        .to_owned();
        command += &self.target.written();
        if let (Target::Watch(_), Some(home)) = (&self.target, &self.home) {
            command += &format!(" of {}", home.function);
        }
        if let Some(log) = &self.log {
            command += &format!(" \"{}\"", log.text);
        }
        if let Some(condition) = &self.condition {
            command += &format!(" if {}", condition.text);
        }
        command
    }
}

impl Template {
    /// # Errors
    ///
    /// What stands in braces is no expression.
    pub fn new(text: &str) -> Result<Template, String> {
        Template::parse(text, Err)
    }

    /// The same for a text from elsewhere: braces that hold no expression are text.
    pub fn lenient(text: &str) -> Template {
        let Ok(template) = Template::parse(text, |_| Ok::<(), Infallible>(()));
        template
    }

    /// `refuse` is told what is wrong with a brace, which is text if it does not mind.
    fn parse<E>(text: &str, refuse: impl Fn(String) -> Result<(), E>) -> Result<Template, E> {
        let mut pieces = Vec::new();
        let (mut plain, mut rest) = (String::new(), text);
        while let Some(at) = rest.find(['{', '}']) {
            let brace = &rest[at..=at];
            plain += &rest[..at];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                plain += brace;
                rest = after;
                continue;
            }
            let lone = || format!("`{text}`: a brace without its other; a brace itself is written twice");
            let held = rest.split_once('}').filter(|_| brace == "{").ok_or_else(lone);
            match held.and_then(|(expression, after)| Ok((Question::new(expression.trim())?, after))) {
                Ok((question, after)) => {
                    pieces.push((std::mem::take(&mut plain), Some(question)));
                    rest = after;
                }
                Err(wrong) => {
                    refuse(wrong)?;
                    plain += brace;
                }
            }
        }
        pieces.push((plain + rest, None));
        Ok(Template { text: text.to_owned(), pieces })
    }

    fn filled(&self, vm: &crate::vm::Vm) -> String {
        let value = |question: &Question| question.text_of(vm);
        self.pieces.iter().map(|(text, question)| text.clone() + &question.as_ref().map_or(String::new(), value)).collect()
    }
}

impl Breakpoints {
    pub fn list(&self) -> &[Breakpoint] {
        &self.list
    }

    /// Nothing can stop a run.
    pub fn is_empty(&self) -> bool {
        !self.list.iter().any(|breakpoint| breakpoint.enabled)
    }

    /// Adds one; the number of the one that is there already.
    pub fn add(&mut self, target: Target, condition: Option<Question>, temporary: bool) -> Result<u32, u32> {
        if let Some(same) = self.list.iter_mut().find(|breakpoint| breakpoint.target == target) {
            same.condition = condition;
            same.enabled = true;
            let number = same.number;
            self.changed();
            return Err(number);
        }
        self.last_number += 1;
        self.list.push(Breakpoint {
            number: self.last_number,
            target,
            condition,
            enabled: true,
            temporary,
            log: None,
            hits: 0,
            ignore: 0,
            home: None,
            numbered: hits::Hits::default(),
            failed: None,
            counted_to: 0,
            silent: (0, 0),
            seen: Seen::default(),
        });
        self.changed();
        Ok(self.last_number)
    }

    /// The object whose count is looked at.
    pub fn bind(&mut self, number: u32, object: Identity) {
        self.change(Some(number), |breakpoint| breakpoint.seen = Seen { object: Some(object), ..Seen::default() });
    }

    /// The next hits after this instant are passed over.
    pub fn ignore(&mut self, number: u32, count: u64, now: u64) -> usize {
        self.change(Some(number), |breakpoint| {
            breakpoint.ignore = count;
            breakpoint.silent = (now, now);
            breakpoint.counted_to = now;
        })
    }

    /// It stops at certain hits alone, counted from here on; `None`: at all of them.
    pub fn stop_at_hits(&mut self, number: u32, wanted: Option<HitCondition>, now: u64) -> usize {
        self.change(Some(number), |breakpoint| breakpoint.numbered = hits::Hits::new(wanted, now))
    }

    /// The instant up to which all hits are known whose numbers matter; `None`: none matters.
    pub fn known_to(&self) -> Option<u64> {
        self.enabled().filter_map(|breakpoint| breakpoint.numbered.known_to()).min()
    }

    /// A run forward has gone from an instant to another.
    pub fn came_to(&mut self, from: u64, to: u64) {
        self.list.iter_mut().for_each(|breakpoint| breakpoint.numbered.came_to(from, to));
    }

    /// A watch whose call has to be known better before a run that begins at an instant, and what of it.
    pub fn unknown_home(&self, from: u64) -> Option<(u32, Unknown)> {
        self.enabled().find_map(|breakpoint| Some((breakpoint.number, breakpoint.home.as_ref()?.unknown(from)?)))
    }

    /// The call that a watch is about.
    pub fn home_mut(&mut self, number: u32) -> Option<&mut Home> {
        self.list.iter_mut().find(|breakpoint| breakpoint.number == number)?.home.as_mut()
    }

    /// Only hits whose numbers matter are looked at, and nothing else comes of them.
    pub fn only_count(&mut self, only: bool) {
        self.progress.only_counts = only;
    }

    /// Is told of each text of a log-point when it is printed.
    pub fn listen(&mut self, listener: impl FnMut(&Logged) + Send + 'static) {
        self.logs.listener = Some(Box::new(listener));
    }

    /// A log-point prints this; `None`: it stops.
    pub fn set_log(&mut self, number: u32, log: Option<Template>) {
        self.change(Some(number), |breakpoint| breakpoint.log.clone_from(&log));
    }

    fn changed(&mut self) {
        self.map = armed::Map::default();
    }

    /// The run has another future, in which other code may lie where some lay.
    pub fn forget_places(&mut self) {
        self.changed();
    }

    /// Removes one, or all; how many there were.
    pub fn delete(&mut self, number: Option<u32>) -> usize {
        let count = self.list.len();
        self.list.retain(|breakpoint| number.is_some_and(|number| breakpoint.number != number));
        self.changed();
        count - self.list.len()
    }

    /// Removes one that was for one run only: its number is free again.
    pub fn retire(&mut self, number: u32) {
        self.delete(Some(number));
        if number == self.last_number {
            self.last_number -= 1;
        }
    }

    /// Changes one, or all of them; how many there were.
    pub fn change(&mut self, number: Option<u32>, mut change: impl FnMut(&mut Breakpoint)) -> usize {
        let chosen = self.list.iter_mut().filter(|breakpoint| number.is_none_or(|number| breakpoint.number == number));
        let count = chosen.map(&mut change).count();
        self.changed();
        count
    }

    pub fn find(&self, target: &Target) -> Option<u32> {
        self.list.iter().find(|breakpoint| breakpoint.target == *target).map(|breakpoint| breakpoint.number)
    }

    /// The lines of a file with a breakpoint.
    pub fn lines_of(&self, file: &str) -> Vec<u32> {
        let line = |breakpoint: &Breakpoint| match &breakpoint.target {
            Target::Line { file: it, line } if breakpoint.enabled && same_file(it, file) => Some(*line),
            _ => None,
        };
        self.list.iter().filter_map(line).collect()
    }

    /// Whether an instruction of a function's listing has one.
    pub fn has(&self, opname: &str, offset: u32, function: &str) -> bool {
        let op = Op::ALL.iter().find(|op| op.name() == opname);
        op.is_some_and(|op| self.list.iter().any(|breakpoint| breakpoint.enabled && breakpoint.target.matches(*op, offset, function)))
    }

    /// What log-points printed up to an instant.
    pub fn logged(&self, until: u64) -> &[Logged] {
        &self.logs.all[..self.logs.all.partition_point(|logged| logged.step <= until)]
    }

    /// What log-points have printed since it was asked last.
    pub fn take_new_logs(&mut self) -> Vec<Logged> {
        std::mem::take(&mut self.logs.new)
    }

    /// Forgets what was printed after an instant: the run has another future.
    pub fn forget_after(&mut self, step: u64) {
        let kept = self.logged(step).len();
        self.logs.all.truncate(kept);
        for breakpoint in &mut self.list {
            breakpoint.counted_to = breakpoint.counted_to.min(step);
            breakpoint.home.iter_mut().for_each(|home| home.forget_after(step));
            breakpoint.numbered.forget_after(step);
        }
        self.uncaught = None;
    }

    /// The machine stops for one, at that instant, and why. A temporary breakpoint has done its work with that.
    pub fn reason(&mut self, hit: &Hit) -> PauseReason {
        let number = hit.number;
        if number == BY_PROGRAM {
            return PauseReason::Other("breakpoint()".into());
        }
        let Some(index) = self.list.iter().position(|breakpoint| breakpoint.number == number) else {
            return PauseReason::Breakpoint { number, place: String::new() };
        };
        let breakpoint = &self.list[index];
        let mut place = breakpoint.target.place();
        if let Some(value) = &hit.value {
            place += &format!(" is now {value}");
        }
        if let Some(error) = &breakpoint.failed {
            place += &format!(", whose condition raised {error}");
        }
        if breakpoint.temporary {
            self.retire(number);
        }
        PauseReason::Breakpoint { number, place }
    }

    /// A line of a module that had not been imported may have no code: the next one is meant.
    fn settle(&mut self, places: &Places) {
        for breakpoint in &mut self.list {
            if let Target::Line { file, line } = &mut breakpoint.target {
                let lines = places.lines_of(|it| same_file(file, it));
                if let Some(&next) = lines.iter().find(|&&it| it >= *line) {
                    *line = next;
                }
            }
        }
    }
}

/// A file as written by the user is that file, or the end of its path.
pub fn same_file(written: &str, file: &str) -> bool {
    written == file || file.strip_suffix(written).is_some_and(|rest| rest.ends_with('/')) || written.ends_with(&format!("/{file}"))
}

impl Wanted {
    /// The file meant, where none is written.
    pub fn file_or<'a>(&'a self, current: &'a str) -> &'a str {
        self.file.as_deref().unwrap_or(current)
    }
}

impl Direction {
    fn is_forward(self) -> bool {
        self == Direction::Forward
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_messages_have_expressions_in_braces() {
        let pieces = |text: &str| -> Vec<(String, Option<String>)> {
            Template::lenient(text).pieces.into_iter().map(|(text, question)| (text, question.map(|question| question.text))).collect()
        };
        let piece = |text: &str, question: Option<&str>| (text.to_owned(), question.map(str::to_owned));
        assert_eq!(pieces("x is {x}!"), [piece("x is ", Some("x")), piece("!", None)]);
        assert_eq!(pieces("{{x}} {a[1]}"), [piece("{x} ", Some("a[1]")), piece("", None)]);
        assert_eq!(pieces("open { and } shut {"), [piece("open { and } shut {", None)]);
        assert_eq!(Template::new("{{x}} {a[1]}"), Ok(Template::lenient("{{x}} {a[1]}")));
        assert!(Template::new("open {").is_err());
    }
}
