//! What each command does to the screen; those for the engine are sent on, with what the cursor says filled in.

use super::{
    super::action::{Action, Again},
    App, CommandLine, Mode, Palette, Running,
};
use crate::{
    debugger::{
        command::{Command, Direction, Focus, Instant, Place, Scroll, StepUnit, Wanted, WantedTarget, Zoom},
        options,
        timeline::change::Change,
    },
    tui::{glyphs, layout, panes::Target, popups, theme::Theme, widgets::edit::Edit},
    view::{Audience, FormsWanted, PaneKind, Status, ViewRequest, cards},
};

impl App {
    /// Does a command, or says what is to be done for it.
    pub fn command(&mut self, command: Command) -> Vec<Action> {
        if self.pipeline.is_some() && App::leaves_pipeline(&command) {
            self.pipeline = None;
        }
        match command {
            Command::Pipeline(stage) => self.open_pipeline(stage.as_deref()),
            Command::Repeat => match self.last_step.clone() {
                Some(step) => self.command(step),
                None => self.refuse("nothing to repeat yet; i executes one instruction"),
            },
            Command::Play => self.start_playing(),
            Command::Pause => self.refuse("nothing is running"),
            Command::FrameMove(by) => {
                let to = self.frame as i64 + by;
                self.select_frame(to, if by > 0 { "this is the outermost frame" } else { "this is the innermost frame" })
            }
            Command::FrameSelect(number) => self.select_frame(number as i64, "there is no such frame"),
            Command::Focus(focus) => self.focus_pane(focus),
            Command::Zoom(zoom) => {
                self.zoom = match zoom {
                    Zoom::In => (self.zoom + 1).min(2),
                    Zoom::Out => self.zoom.saturating_sub(1),
                };
                vec![Action::Refresh]
            }
            Command::Layout(name) => self.choose_layout(name.as_deref()),
            Command::Resize(resize) => self.resize_pane(resize),
            Command::Edit | Command::Rerun if !self.can_rerun => self.refuse("this program is in no file that could be read again"),
            Command::Edit | Command::Rerun => self.leave_for(command == Command::Edit),
            Command::Open(file) => vec![Action::Again(Again::Open(file))],
            Command::Scroll(scroll) => self.scroll(scroll),
            Command::Search(text) if text.is_empty() => {
                self.mode = Mode::Search(Edit::default());
                Vec::new()
            }
            Command::Search(text) => {
                self.search = text;
                self.find(Direction::Forward)
            }
            Command::SearchAgain(direction) => self.find(direction),
            Command::Theme(name) => self.choose_theme(name.as_deref()),
            Command::Mark(None) => self.ask_for("mark "),
            Command::ToMark(None) => self.ask_for("to-mark "),
            Command::Set { ref name, .. } if options::row(name).is_some_and(|row| row.is_session) => self.send(command),
            Command::Set { name, value } => self.set(&name, &value),
            Command::Export { file, range, answers } => self.export(file, range, answers),
            Command::Panes => {
                self.mode = Mode::Popup(popups::panes(&self.theme));
                Vec::new()
            }
            Command::Mouse => {
                self.mouse = !self.mouse;
                self.say(if self.mouse { "mouse on" } else { "mouse off: the terminal selects text" });
                vec![Action::Mouse(self.mouse)]
            }
            Command::CommandLine => {
                self.mode = Mode::Command(CommandLine::default());
                Vec::new()
            }
            Command::Palette => {
                self.mode = Mode::Palette(Palette::default());
                Vec::new()
            }
            Command::Card(name) => self.open_card(name),
            Command::Say => {
                self.mode = Mode::Popup(popups::said(&self.view, &self.theme, self.glyphs, self.popup_room()));
                Vec::new()
            }
            Command::Help(topic) => self.help(topic.as_deref()),
            Command::Quit => vec![Action::Quit],
            Command::Thread(_) => {
                self.frame = ViewRequest::OWN_FRAME;
                let others = self.panes.iter_mut().enumerate().filter(|(index, _)| *index != PaneKind::Threads as usize);
                others.for_each(|(_, pane)| (pane.follow, pane.cursor) = (true, None));
                let focus = self.focus();
                self.bring_forward(PaneKind::CallStack);
                self.bring_forward(focus);
                self.send(command)
            }
            Command::Until { place: None, .. } if self.chosen_line().is_none() => {
                self.refuse("move the cursor to a line first, or write one: `:until 12`")
            }
            Command::Until { place: None, direction } => self.at_cursor(|place| Command::Until { place, direction }),
            Command::Break { target: WantedTarget::Cursor, condition, temporary, log } => self.at_cursor(|place| {
                let target = place.map_or(WantedTarget::Cursor, WantedTarget::Line);
                Command::Break { target, condition: condition.clone(), temporary, log: log.clone() }
            }),
            Command::Micro(_) => {
                if self.focus() != PaneKind::Micro {
                    self.outside = Some((self.zoom, self.focus()));
                    self.zoom = self.zoom.max(1);
                    self.bring_forward(PaneKind::Micro);
                }
                self.send(command)
            }
            Command::Adaptive(wanted) => {
                self.forms = wanted.unwrap_or(self.forms.following());
                self.say(match self.forms {
                    FormsWanted::None => "the instructions as they were compiled",
                    FormsWanted::Forms => "the forms that run now, where they are others; a again: with their caches",
                    FormsWanted::Caches => "the forms that run now, and their inline caches; a again: as compiled",
                });
                vec![Action::Refresh]
            }
            Command::Heap(text) => {
                self.bring_forward(PaneKind::Heap);
                self.choose_heap(&text)
            }
            Command::Born { what, freed, .. } => self.send(Command::Born { what, frame: self.frame, freed }),
            Command::Holders { what, .. } => self.send(Command::Holders { what, frame: self.frame }),
            Command::Break { target: WantedTarget::Watch { question, of, .. }, condition, temporary, log } => {
                let target = WantedTarget::Watch { question, frame: self.frame, of };
                self.send(Command::Break { target, condition, temporary, log })
            }
            Command::Graph { what, .. } => {
                self.bring_forward(PaneKind::Graph);
                let state = &mut self.panes[PaneKind::Graph as usize];
                (state.cursor, state.follow, state.top, state.left) = (None, true, 0, 0);
                self.send(Command::Graph { what, frame: self.frame })
            }
            Command::Choose { what, .. } => self.send(Command::Choose { what, frame: self.frame }),
            Command::Code { what, .. } => self.browse(what),
            Command::Inspect { what, .. } => self.look_at(what, PaneKind::Inspector),
            Command::Ledger { what, .. } => self.look_at(what, PaneKind::Ledger),
            Command::Show { pane, .. } => self.send(Command::Show { pane, frame: self.frame }),
            Command::Print { expression, .. } => self.send(Command::Print { expression, frame: self.frame }),
            Command::Console { source: None, .. } => self.open_console(),
            Command::Console { source, .. } => self.send(Command::Console { source, frame: self.frame }),
            Command::Change(Change::Assign { text, .. }) => self.send(Command::Change(Change::Assign { text, frame: self.frame })),
            Command::ToggleBreak { place: None } => self.at_cursor(|place| Command::ToggleBreak { place }),
            _ => self.send(command),
        }
    }

    /// The look inside an instruction is over: the panes are as before. Whether there was one.
    pub(super) fn leave_micro(&mut self) -> bool {
        let outside = self.outside.take();
        if let Some((zoom, focus)) = outside {
            self.zoom = zoom;
            if self.focus() == PaneKind::Micro {
                self.bring_forward(focus);
            }
            self.recent.retain(|it| *it != PaneKind::Micro);
        }
        outside.is_some()
    }

    /// A pane about the chosen object; first chooses one, if one is named.
    fn look_at(&mut self, what: Option<Wanted>, pane: PaneKind) -> Vec<Action> {
        self.bring_forward(pane);
        let state = &mut self.panes[pane as usize];
        (state.cursor, state.follow, state.top) = (None, true, 0);
        match what {
            Some(what) => self.send(Command::Choose { what, frame: self.frame }),
            None => vec![Action::Refresh],
        }
    }

    /// The screen is left for another run of the program, once it is known in which round of its line it stands.
    fn leave_for(&mut self, edits: bool) -> Vec<Action> {
        let line = self.view.source.current_line;
        let again = if edits { Again::Edit { line, round: 1 } } else { Again::Rerun { line, round: 1 } };
        let Some(line) = line else { return vec![Action::Again(again)] };
        self.leaving = Some(again);
        let place = Place { file: Some(self.view.source.text.file.clone()).filter(|file| !file.is_empty()), line };
        self.send(Command::Round { place, to: None })
    }

    /// It has been counted.
    pub(super) fn leave_now(&mut self, round: u64) -> Option<Action> {
        let again = match self.leaving.take()? {
            Again::Rerun { line, .. } => Again::Rerun { line, round: round.max(1) },
            Again::Edit { line, .. } => Again::Edit { line, round: round.max(1) },
            again => again,
        };
        Some(Action::Again(again))
    }

    /// Opens the code browser with a code object, or with all of them.
    pub(super) fn browse(&mut self, what: Option<Wanted>) -> Vec<Action> {
        self.bring_forward(PaneKind::Code);
        let state = &mut self.panes[PaneKind::Code as usize];
        (state.cursor, state.follow, state.top, state.left) = (None, true, 0, 0);
        self.send(Command::Browse { what, frame: self.frame })
    }

    /// Enter: where the row under the cursor leads.
    pub(super) fn follow_target(&mut self) -> Vec<Action> {
        let kind = self.focus();
        let height = self.pane(kind).height;
        if kind == PaneKind::Timeline {
            return self.follow_timeline();
        }
        let target = {
            let content = self.content(kind, usize::from(self.size.0), height);
            self.pane(kind).cursor.or_else(|| content.anchor()).and_then(|row| content.target(row))
        };
        match target {
            Some(Target::Object(slot)) => {
                self.pool = None;
                let pane = if kind == PaneKind::Ledger { PaneKind::Ledger } else { PaneKind::Inspector };
                self.look_at(Some(Wanted::Slot(slot)), pane)
            }
            Some(Target::Code(slot)) => self.browse(Some(Wanted::Slot(slot))),
            Some(Target::Codes) => self.browse(None),
            Some(Target::HeapType(row)) => self.choose_heap_type(row),
            Some(Target::Pool(address)) => {
                self.pool = Some(address);
                vec![Action::Refresh]
            }
            Some(Target::Thread(id)) => self.command(Command::Thread(Some(id))),
            Some(Target::Step(step)) => self.command(Command::Goto(Instant::At(step))),
            None => self.refuse("Enter leads nowhere from here: choose a value with Up and Down"),
        }
    }

    fn send(&mut self, command: Command) -> Vec<Action> {
        if command.is_step() {
            if matches!(self.view.status, Status::AwaitingInput { .. })
                && matches!(command, Command::Step { direction: Direction::Forward, .. })
            {
                return self.refuse("the program waits for a line: press Enter and type it");
            }
            self.last_step = Some(command.clone());
            // An exception that comes out of the library is looked at from where the program called it.
            self.frame = match command {
                Command::Step { unit: StepUnit::Raise, .. } => ViewRequest::OWN_FRAME,
                _ => 0,
            };
        } else if command.moves() && !matches!(command, Command::Change(Change::Assign { .. })) {
            self.frame = 0;
        }
        self.running = Some(Running::default());
        vec![Action::Execute(command)]
    }

    /// The `:` line, with the beginning of a command that wants a word.
    fn ask_for(&mut self, beginning: &str) -> Vec<Action> {
        self.mode = Mode::Command(CommandLine::of(beginning));
        Vec::new()
    }

    /// Keys of the pane of breakpoints; `None`: none of them.
    pub(super) fn breakpoint_key(&mut self, key: &str) -> Option<Vec<Action>> {
        if self.focus() != PaneKind::Breakpoints || !matches!(key, "<space>" | "<del>" | "<bs>" | "<ret>") {
            return None;
        }
        let row = self.view.breakpoints.get(self.pane(PaneKind::Breakpoints).cursor.unwrap_or(0))?;
        let (number, enabled, command) = (row.number, row.enabled, row.command.clone());
        Some(match key {
            "<space>" => self.send(Command::Enable { number: Some(number), enabled: !enabled }),
            "<ret>" => self.ask_for(&command),
            _ => self.send(Command::Delete { number: Some(number) }),
        })
    }

    pub(in crate::tui) fn refuse(&mut self, text: &str) -> Vec<Action> {
        self.complain(text);
        Vec::new()
    }

    /// The line under the cursor of the source, or of the instruction under the cursor of the bytecode.
    fn at_cursor(&mut self, command: impl Fn(Option<Place>) -> Command) -> Vec<Action> {
        let line = self.chosen_line().or(self.view.source.current_line);
        let file = &self.view.source.text.file;
        match line {
            Some(line) if !file.is_empty() => {
                let place = Place { file: Some(file.clone()), line };
                self.send(command(Some(place)))
            }
            _ => self.refuse("no line is chosen: move the cursor in the source"),
        }
    }

    /// The line of the cursor in Source or Bytecode, once it has been moved.
    fn chosen_line(&self) -> Option<u32> {
        let bytecode_line = || {
            let row = self.pane(PaneKind::Bytecode).cursor.filter(|_| self.focus() == PaneKind::Bytecode)?;
            self.view.bytecode.listing.rows.get(self.view.bytecode.instruction_at(row)?)?.line
        };
        bytecode_line().or_else(|| self.pane(PaneKind::Source).cursor.map(|row| row as u32 + 1))
    }

    pub(super) fn select_frame(&mut self, to: i64, refusal: &str) -> Vec<Action> {
        match usize::try_from(to) {
            Ok(frame) if frame < self.view.call_stack.frames.len() => {
                self.frame = frame;
                for pane in &mut self.panes {
                    pane.follow = true;
                    pane.cursor = None;
                }
                vec![Action::Refresh]
            }
            _ => self.refuse(refusal),
        }
    }

    pub(super) fn focus_pane(&mut self, focus: Focus) -> Vec<Action> {
        let all = PaneKind::ALL;
        let here = self.focus() as usize;
        let kind = match focus {
            Focus::Pane(kind) => kind,
            Focus::Next => all[(here + 1) % all.len()],
            Focus::Previous => all[(here + all.len() - 1) % all.len()],
        };
        self.bring_forward(kind);
        vec![Action::Refresh]
    }

    fn choose_layout(&mut self, name: Option<&str>) -> Vec<Action> {
        self.layout = match name {
            None => {
                // That of lessons only where there is one.
                let next = (self.layout + 1) % layout::LAYOUTS.len();
                let is_idle = layout::LAYOUTS[next].0 == layout::LESSON && self.view.lesson.is_none();
                if is_idle { (next + 1) % layout::LAYOUTS.len() } else { next }
            }
            Some(name) => match layout::LAYOUTS.iter().position(|(it, _)| *it == name) {
                Some(index) => index,
                None => {
                    let names: Vec<_> = layout::LAYOUTS.iter().map(|(it, _)| *it).collect();
                    return self.refuse(&format!("no layout `{name}`; there are {}", names.join(", ")));
                }
            },
        };
        self.zoom = 0;
        let (name, about) = layout::LAYOUTS[self.layout];
        self.say(format!("layout {name}: {about}"));
        vec![Action::Refresh]
    }

    fn choose_theme(&mut self, name: Option<&str>) -> Vec<Action> {
        let chosen = match name {
            None => Some(self.theme.following()),
            Some(name) => Theme::named(name),
        };
        match chosen {
            Some(theme) => {
                self.say(format!("theme {}", theme.name));
                self.theme = theme;
                self.keeps_theme = true;
                Vec::new()
            }
            None => self.refuse(&format!("no such theme; there are {}", crate::tui::theme::THEMES.join(", "))),
        }
    }

    fn set(&mut self, name: &str, value: &str) -> Vec<Action> {
        let on = match value {
            "on" => Some(true),
            "off" => Some(false),
            _ => None,
        };
        match (name, on) {
            ("ascii", Some(on)) => self.glyphs = if on { &glyphs::ASCII } else { &glyphs::UNICODE },
            ("builtins", Some(on)) => self.builtins = on,
            ("heat", Some(on)) => self.heat = on,
            ("motion", Some(on)) => self.play.motion = on,
            ("ascii" | "builtins" | "heat" | "motion", None) => return self.refuse(&format!("`{name}` is on or off")),
            ("level", _) => match Audience::named(value) {
                Some(audience) => self.audience = audience,
                None => return self.refuse("`level` is novice, student or internals"),
            },
            ("heap", _) => return self.choose_heap(value),
            _ => return self.refuse(&format!("no setting `{name}`; there are {}", options::syntax())),
        }
        vec![Action::Refresh]
    }

    fn scroll(&mut self, scroll: Scroll) -> Vec<Action> {
        if self.pipeline.is_some() {
            return self.scroll_pipeline(scroll);
        }
        match self.focus() {
            PaneKind::CallStack if matches!(scroll, Scroll::Up | Scroll::Down) => {
                self.command(Command::FrameMove(if scroll == Scroll::Down { 1 } else { -1 }))
            }
            PaneKind::Heap => self.scroll_heap(scroll),
            PaneKind::Timeline => self.scrub(scroll),
            focus => {
                self.scroll_pane(focus, scroll);
                Vec::new()
            }
        }
    }

    /// The card of an opcode, of the instruction under the cursor of the Bytecode pane, or of the next one.
    fn open_card(&mut self, name: Option<String>) -> Vec<Action> {
        let cursor = self.pane(PaneKind::Bytecode).cursor.filter(|_| self.focus() == PaneKind::Bytecode);
        let under = cursor.and_then(|row| self.view.bytecode.instruction_at(row)).map(|index| self.opname_shown(index));
        let name = name.or(under).unwrap_or_else(|| self.view.next_opname.to_owned());
        match cards::of_name(&name) {
            Some(card) => {
                self.mode = Mode::Popup(popups::card(card, &name, self.audience, &self.theme, self.glyphs, self.popup_room()));
                Vec::new()
            }
            None => self.refuse("there is no next instruction; `:card OPCODE` shows any card"),
        }
    }

    /// The name of an instruction as the pane shows it.
    fn opname_shown(&self, index: usize) -> String {
        match self.view.bytecode.forms.get(index) {
            Some(form) => form.opname.to_owned(),
            None => self.view.bytecode.listing.rows[index].opname.clone(),
        }
    }

    /// The columns that a popup has for its text.
    fn popup_room(&self) -> usize {
        usize::from(self.size.0).saturating_sub(10).clamp(30, 88)
    }

    /// Where a row can be chosen there is a cursor; the others just move.
    pub(super) fn scroll_pane(&mut self, kind: PaneKind, scroll: Scroll) {
        let height = self.pane(kind).height;
        let (rows, anchor) = {
            let width = if kind == PaneKind::Lesson { self.lesson_width() } else { usize::from(self.size.0) };
            let content = self.content(kind, width, height);
            (content.rows(), content.anchor())
        };
        let state = &mut self.panes[kind as usize];
        let with_cursor = !matches!(kind, PaneKind::CallStack | PaneKind::Heap | PaneKind::Lesson);
        let from = if with_cursor { state.cursor.or(anchor).unwrap_or(state.top) } else { state.top };
        let last = if with_cursor { rows.saturating_sub(1) } else { rows.saturating_sub(height) };
        let to = match scroll {
            Scroll::Up => from.saturating_sub(1),
            Scroll::Down => from + 1,
            Scroll::PageUp => from.saturating_sub(height),
            Scroll::PageDown => from + height,
            Scroll::Top => 0,
            Scroll::Bottom => last,
            Scroll::Left => {
                state.left = state.left.saturating_sub(8);
                return;
            }
            Scroll::Right => {
                state.left += 8;
                return;
            }
        };
        let to = to.min(last);
        state.follow = false;
        if with_cursor {
            state.cursor = Some(to);
        } else {
            state.top = to;
        }
    }

    /// Looks for the searched text in the focused pane, from the cursor on.
    fn find(&mut self, direction: Direction) -> Vec<Action> {
        if self.search.is_empty() {
            return self.refuse("nothing to search for; / asks");
        }
        if self.pipeline.is_some() {
            return self.find_in_pipeline(direction);
        }
        let kind = self.focus();
        if kind == PaneKind::Heap {
            return self.find_in_heap(direction);
        }
        let state = self.pane(kind);
        let needle = self.search.to_lowercase();
        let found = {
            let content = self.content(kind, usize::from(self.size.0), state.height);
            let rows = content.rows();
            let from = state.cursor.or(content.anchor()).unwrap_or(state.top);
            (1..=rows)
                .map(|by| match direction {
                    Direction::Forward => (from + by) % rows,
                    Direction::Back => (from + rows - by) % rows,
                })
                .find(|row| content.row(*row).plain().to_lowercase().contains(&needle))
        };
        match found {
            Some(row) => {
                let state = &mut self.panes[kind as usize];
                state.follow = false;
                state.cursor = Some(row);
                self.say(format!("/{}   . next   , previous", self.search));
                Vec::new()
            }
            None => self.refuse(&format!("`{}` isn't in this pane", self.search)),
        }
    }

    fn help(&mut self, topic: Option<&str>) -> Vec<Action> {
        match popups::help(topic, self) {
            Ok(popup) => {
                self.mode = Mode::Popup(popup);
                Vec::new()
            }
            Err(error) => self.refuse(&error),
        }
    }
}
