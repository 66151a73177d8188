//! Plain mode: the debugger as a dialogue, a line in and a few sentences out, for a screen reader, a pipe or `expect`.
//!
//! It knows the commands of the `:` line, by the same table, and says what happened in the words of the narration. No escape sequence, no
//! colour, no drawing. It knows no terminal either: whoever has one gives it lines and prints what it answers.
//!
//! ```text
//!   (uncoil) i
//!   Step 4: LOAD_NAME x pushed the int 5 (refcount 8).
//! ```

mod help;

use super::widgets::text::clean;
use crate::{
    debugger::{
        command::{self, Command, Direction, Focus, Place, StepUnit, WantedTarget},
        engine::{Answer, Engine},
        options,
        timeline::change::Change,
    },
    view::{Audience, FormsWanted, PaneKind, PauseReason, Status, Stream, View, ViewRequest, cards, plain},
};

/// The prompt for commands.
pub const PROMPT: &str = "(uncoil) ";
/// The prompt while the program waits for a line.
pub const INPUT_PROMPT: &str = "(input) ";
/// The columns of cards and help.
const WIDTH: usize = 78;

/// A dialogue about a program.
pub struct Plain<E> {
    engine: E,
    /// The frame that is looked at; 0 is the innermost.
    frame: usize,
    audience: Audience,
    builtins: bool,
    /// Which forms `show bytecode` tells.
    forms: FormsWanted,
    /// What Enter does once more.
    last: Option<Command>,
    /// Where it stands, without panes.
    view: View,
    /// The function and line that were told last.
    told: Option<(String, u32)>,
    /// So many bytes of output have been told.
    heard: u64,
}

/// What a line led to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// Sentences, one a line.
    pub lines: Vec<String>,
    /// It couldn't be done.
    pub failed: bool,
    /// The dialogue is over.
    pub quit: bool,
}

impl Reply {
    fn say(text: impl Into<String>) -> Reply {
        Reply { lines: vec![text.into()], ..Reply::default() }
    }

    fn of(lines: Vec<String>) -> Reply {
        Reply { lines, ..Reply::default() }
    }

    fn refuse(text: impl Into<String>) -> Reply {
        Reply { failed: true, ..Reply::say(text) }
    }
}

impl<E: Engine> Plain<E> {
    pub fn new(engine: E, audience: Audience) -> Self {
        let mut plain = Plain {
            engine,
            frame: 0,
            audience,
            builtins: false,
            forms: FormsWanted::Forms,
            last: None,
            view: View::default(),
            told: None,
            heard: 0,
        };
        plain.view = plain.look();
        plain
    }

    /// The first lines.
    pub fn greeting(&mut self) -> Vec<String> {
        let mut lines = vec!["`help` lists the commands, Enter repeats the last one, `quit` leaves.".to_owned()];
        lines.extend(self.arrived(None));
        lines.extend(self.lesson_news(&View::default()));
        lines
    }

    /// What the lesson says that it didn't say before.
    fn lesson_news(&self, was: &View) -> Vec<String> {
        let Some(lesson) = &self.view.lesson else { return Vec::new() };
        let old = was.lesson.as_ref().filter(|old| old.visit == lesson.visit).map_or(Vec::new(), |old| old.lines());
        // There are no keys here, but lines.
        const WORDS: [(&str, &str); 7] = [
            ("] goes on", "`lesson next` goes on"),
            ("] opens", "`lesson next` opens"),
            ("[ goes back", "`lesson previous` goes back"),
            ("A letter answers.", "`lesson answer a` answers."),
            ("= begins to type the answer.", "`lesson answer VALUE` answers."),
            ("Letters put them in order, - takes one back.", "`lesson answer cab` puts them in order."),
            ("h is a hint, x shows", "`lesson hint` is a hint, `lesson solve` shows"),
        ];
        let said = |line: String| WORDS.iter().fold(line, |line, (key, text)| line.replace(key, text));
        lesson.lines().into_iter().filter(|line| !old.contains(line)).map(said).collect()
    }

    pub fn prompt(&self) -> &'static str {
        if self.waits() { INPUT_PROMPT } else { PROMPT }
    }

    /// The session, for what comes after the dialogue.
    pub fn engine(&mut self) -> &mut E {
        &mut self.engine
    }

    /// Takes a line. While the program waits for input it is the program's, unless it begins with a colon.
    pub fn line(&mut self, line: &str) -> Reply {
        let mut reply = self.take(line);
        reply.lines = reply.lines.iter().flat_map(|text| text.split('\n')).map(|text| clean(text).into_owned()).collect();
        reply
    }

    fn take(&mut self, line: &str) -> Reply {
        if self.waits() && !line.trim_start().starts_with(':') {
            return self.execute(Command::Input(Some(line.to_owned())));
        }
        let text = line.trim();
        if text.starts_with('#') {
            return Reply::default();
        }
        if text.is_empty() {
            return match self.last.clone() {
                Some(command) => self.command(command),
                None => Reply::refuse("nothing to repeat yet; `i` executes one instruction"),
            };
        }
        match command::parse(text).or_else(|error| Command::of_key(text).ok_or(error)) {
            Ok(command) => self.command(command),
            Err(error) => Reply::refuse(error.replace("`?`", "`help`")),
        }
    }

    fn waits(&self) -> bool {
        matches!(self.view.status, Status::AwaitingInput { .. })
    }

    fn look(&self) -> View {
        self.engine.view(&self.request(Vec::new()))
    }

    fn request(&self, panes: Vec<PaneKind>) -> ViewRequest {
        ViewRequest {
            panes,
            frame: self.frame,
            audience: self.audience,
            builtins: self.builtins,
            forms: self.forms,
            ..ViewRequest::default()
        }
    }

    fn command(&mut self, command: Command) -> Reply {
        if is_repeatable(&command) {
            self.last = Some(command.clone());
        }
        match command {
            Command::Quit => Reply { quit: true, ..Reply::default() },
            Command::Repeat => match self.last.clone() {
                Some(last) => self.command(last),
                None => Reply::refuse("nothing to repeat yet"),
            },
            Command::Help(topic) => help::lines(topic.as_deref()).map_or_else(Reply::refuse, Reply::of),
            Command::Card(name) => {
                let name = name.unwrap_or_else(|| self.view.next_opname.to_owned());
                match cards::of_name(&name) {
                    Some(card) => {
                        let lines = card.lines(Some(self.audience), WIDTH).into_iter().map(|line| line.text);
                        let about = cards::about_form(&name);
                        Reply::of([name].into_iter().chain(about).chain(lines).collect())
                    }
                    None => Reply::refuse("there is no next instruction; `card OPCODE` shows any card"),
                }
            }
            Command::Adaptive(wanted) => {
                self.forms = wanted.unwrap_or(self.forms.following());
                self.show(PaneKind::Bytecode)
            }
            Command::Say => {
                let narration = &self.view.narration;
                let labelled = [("Done: ", &narration.done), ("Next: ", &narration.next), ("In words: ", &self.view.explanation)];
                Reply::of(labelled.iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| format!("{label}{text}")).collect())
            }
            Command::FrameMove(by) => self.choose_frame(self.frame as i64 + by),
            Command::FrameSelect(number) => self.choose_frame(number as i64),
            Command::Show { pane, .. } | Command::Focus(Focus::Pane(pane)) => self.show(pane),
            Command::Panes => Reply::of(PaneKind::ALL.iter().map(|pane| format!("show {}: {}", pane.name(), pane.about())).collect()),
            Command::Set { ref name, .. } if options::row(name).is_some_and(|row| row.is_session) => self.execute(command),
            Command::Set { name, value } => self.set(&name, &value),
            Command::Until { place: None, direction } => self.at_this_line(|place| Command::Until { place, direction }),
            Command::ToggleBreak { place: None } => self.at_this_line(|place| Command::ToggleBreak { place }),
            Command::Break { target: WantedTarget::Cursor, condition, temporary, log } => self.at_this_line(|place| {
                let target = place.map_or(WantedTarget::Cursor, WantedTarget::Line);
                Command::Break { target, condition: condition.clone(), temporary, log: log.clone() }
            }),
            Command::Print { expression, .. } => self.execute(Command::Print { expression, frame: self.frame }),
            Command::Console { source: Some(source), .. } => self.execute(Command::Console { source: Some(source), frame: self.frame }),
            Command::Born { what, freed, .. } => self.execute(Command::Born { what, frame: self.frame, freed }),
            Command::Holders { what, .. } => self.execute(Command::Holders { what, frame: self.frame }),
            Command::Break { target: WantedTarget::Watch { question, of, .. }, condition, temporary, log } => {
                let target = WantedTarget::Watch { question, frame: self.frame, of };
                self.execute(Command::Break { target, condition, temporary, log })
            }
            Command::Graph { what, .. } => {
                let reply = self.execute(Command::Graph { what, frame: self.frame });
                if reply.failed { reply } else { self.show(PaneKind::Graph) }
            }
            Command::Choose { what, .. } => self.execute(Command::Choose { what, frame: self.frame }),
            Command::Code { what, .. } => self.execute(Command::Code { what, frame: self.frame }),
            Command::Inspect { what, .. } => self.execute(Command::Inspect { what, frame: self.frame }),
            Command::Ledger { what, .. } => self.execute(Command::Ledger { what, frame: self.frame }),
            Command::Change(Change::Assign { text, .. }) => self.execute(Command::Change(Change::Assign { text, frame: self.frame })),
            command if command.is_for_screen() => Reply::refuse("that is a command for the screen; `help` lists those for here"),
            command => self.execute(command),
        }
    }

    /// Sends a command to the engine and says what came of it.
    fn execute(&mut self, command: Command) -> Reply {
        let steps_one = matches!(&command, Command::Step { unit: StepUnit::Instruction, direction: Direction::Forward, count: 1 });
        match command {
            Command::Thread(_) => self.frame = ViewRequest::OWN_FRAME,
            _ if command.moves() => self.frame = 0,
            _ => {}
        }
        let Answer { message, error, question, listing, round: _, log: _ } = self.engine.execute(&command);
        let now = self.look();
        self.frame = now.call_stack.selected;
        let was = std::mem::replace(&mut self.view, now);
        let mut reply = Reply { failed: error.is_some(), ..Reply::default() };
        // A log-point's text is among the output.
        reply.lines.extend(error);
        reply.lines.extend(question.map(|question| format!("{question} Answer `yes` or `no`.")));
        let has_moved = self.view.step != was.step || self.view.status != was.status;
        if has_moved {
            reply.lines.extend(self.arrived(Some((&was, steps_one))));
        }
        reply.lines.extend(message);
        reply.lines.extend(listing);
        reply.lines.extend(self.lesson_news(&was));
        if reply.lines.is_empty() && command.moves() {
            reply.lines.push("Still at the same step.".into());
        }
        reply
    }

    /// Where it stands now; after a step from somewhere else, and whether that was to be one instruction.
    fn arrived(&mut self, from: Option<(&View, bool)>) -> Vec<String> {
        let mut lines = self.new_output();
        let view = &self.view;
        let step = view.step;
        match &view.status {
            Status::Finished { exit_status } => {
                lines.push(format!("Step {step}: the program has ended, exit status {exit_status}."));
                return lines;
            }
            Status::Uncaught { .. } => {
                lines.push(format!("Step {step}: the program has ended: {}.", view.status));
                if !view.explanation.is_empty() {
                    lines.push(format!("In words: {}", view.explanation));
                }
                return lines;
            }
            Status::AwaitingInput { .. } => {
                lines.push(format!("Step {step}: the program waits for a line of input. Type it; a line that begins with : is a command."));
                return lines;
            }
            Status::Paused { reason: PauseReason::Step | PauseReason::Arrived | PauseReason::Start } | Status::Running => {}
            Status::Paused { reason } => lines.push(format!("Stopped: {reason}.")),
        }
        let place = place(view);
        let here = place.as_ref().map(|(function, line, text)| format!("line {line} of {function}: {text}"));
        let is_new = place.as_ref().map(|(function, line, _)| (function.clone(), *line)) != self.told;
        match from {
            Some((was, true)) if was.step + 1 == step => {
                lines.push(format!("Step {step}: {}", sentence(&view.narration.done)));
                if is_new && let Some(here) = here {
                    lines.push(format!("Now {here}"));
                }
            }
            Some((was, _)) if step < was.step => {
                lines.push(format!("Back at step {step}{}", here.map_or(".".into(), |here| format!(", {here}"))));
                lines.push(format!("Next: {}", sentence(&view.narration.next)));
            }
            _ if step == 0 && here.is_none() => lines.push(format!("Step 0, the start of {}.", view.source.text.file)),
            _ => lines.push(format!("Step {step}{}", here.map_or(".".into(), |here| format!(", {here}")))),
        }
        self.told = place.map(|(function, line, _)| (function, line));
        lines
    }

    /// What the program has written since it was told last.
    fn new_output(&mut self) -> Vec<String> {
        let output = &self.view.output;
        let total = output.omitted + output.chunks.iter().map(|chunk| chunk.text.len() as u64).sum::<u64>();
        let mut skip = usize::try_from(self.heard.saturating_sub(output.omitted)).unwrap_or(usize::MAX);
        let mut lines = Vec::new();
        if self.heard < output.omitted {
            lines.push(format!("({} bytes of output are left out)", output.omitted - self.heard));
        }
        let mut open: Option<(Stream, String)> = None;
        for chunk in &output.chunks {
            let text = chunk.text.get(skip..).unwrap_or_default();
            skip = skip.saturating_sub(chunk.text.len());
            if text.is_empty() || chunk.stream == Stream::Stdin {
                continue;
            }
            match &mut open {
                Some((stream, so_far)) if *stream == chunk.stream => so_far.push_str(text),
                _ => {
                    lines.extend(open.take().map(labelled).unwrap_or_default());
                    open = Some((chunk.stream, text.to_owned()));
                }
            }
        }
        lines.extend(open.map(labelled).unwrap_or_default());
        self.heard = total;
        lines
    }

    fn choose_frame(&mut self, to: i64) -> Reply {
        let count = self.view.call_stack.frames.len();
        let Some(frame) = usize::try_from(to).ok().filter(|frame| *frame < count) else {
            return Reply::refuse(if to < 0 { "this is the innermost frame" } else { "there is no frame further out" });
        };
        self.frame = frame;
        self.view = self.look();
        let name = self.view.call_stack.frames.get(frame).map_or("", |frame| &frame.name);
        let here = match place(&self.view) {
            Some((function, line, text)) => format!(": line {line} of {function}: {text}"),
            None => format!(": {name}"),
        };
        Reply::say(format!("Frame {frame} of {count}, 0 is the innermost{here}"))
    }

    fn show(&self, pane: PaneKind) -> Reply {
        let view = self.engine.view(&self.request(vec![pane]));
        let lines = plain::lines(&view, pane);
        if lines.is_empty() { Reply::say(format!("{}: nothing is there", pane.title())) } else { Reply::of(lines) }
    }

    fn set(&mut self, name: &str, value: &str) -> Reply {
        match (name, value, Audience::named(value)) {
            ("level", _, Some(audience)) => {
                self.audience = audience;
                self.view = self.look();
                Reply::say(format!("level {value}"))
            }
            ("level", ..) => Reply::refuse("`level` is novice, student or internals"),
            ("builtins", "on" | "off", _) => {
                self.builtins = value == "on";
                Reply::say(format!("builtins {value}"))
            }
            _ if options::row(name).is_some() => Reply::refuse(format!("`{name}` is an option of the screen")),
            _ => Reply::refuse(format!("no option `{name}`; there are {}", options::syntax())),
        }
    }

    /// What the screen does at the line under the cursor.
    fn at_this_line(&mut self, command: impl Fn(Option<Place>) -> Command) -> Reply {
        let file = self.view.source.text.file.clone();
        match self.view.source.current_line {
            Some(line) if !file.is_empty() => self.execute(command(Some(Place { file: Some(file), line }))),
            _ => Reply::refuse("there is no current line: name one"),
        }
    }
}

/// Enter may do it once more.
fn is_repeatable(command: &Command) -> bool {
    command.is_step()
        || matches!(command, Command::FrameMove(_) | Command::Print { .. } | Command::Show { .. } | Command::Say | Command::Micro(_))
}

/// Function, line and its text.
fn place(view: &View) -> Option<(String, u32, String)> {
    let frame = view.call_stack.frames.get(view.call_stack.selected)?;
    let line = view.source.current_line.or(frame.line)?;
    let text = view.source.text.lines.get(line as usize - 1).map_or("", |text| text.trim());
    Some((frame.name.to_string(), line, text.to_owned()))
}

/// `Output: hello`, line by line.
fn labelled((stream, text): (Stream, String)) -> Vec<String> {
    let label = match stream {
        Stream::Stdout => "Output",
        Stream::Stderr => "Error output",
        Stream::Log => "Log",
        Stream::Stdin => "Input",
    };
    text.lines().map(|line| format!("{label}: {line}")).collect()
}

/// With a full stop.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) || text.is_empty() { text.to_owned() } else { format!("{text}.") }
}
