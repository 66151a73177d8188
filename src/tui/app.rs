//! The state of the screen, and what keys do to it.
//!
//! Keys go in, [`Action`]s come out; whoever carries them out gives back an answer and a view. The state knows no
//! terminal and no clock, so a script drives it exactly as a person does. It outlives every change of size.

mod commands;
pub mod console;
mod heap;
mod lesson;
mod modes;
mod pipeline;
mod pointer;
mod scrubbing;

pub use self::{
    console::Console,
    modes::{CommandLine, Mode, Palette},
    pipeline::PipelineState,
};

use std::collections::VecDeque;

use ratatui::layout::Rect;

use super::{
    action::{Action, Again},
    glyphs::{self, Glyphs},
    keymap::{self, Keymap},
    layout::{
        self, Arrangement,
        splits::{Handle, Splits},
    },
    panes::{self, Content, Ink},
    play::Play,
    popups::Popup,
    theme::Theme,
    widgets::edit::Edit,
};
use crate::{
    debugger::{command::Command, engine::Answer},
    view::{Audience, FormsWanted, HeapFilter, HeapFind, HeapOrder, HeapRequest, PaneKind, PauseReason, Status, View, ViewRequest},
};

/// Everything that the screen remembers.
#[derive(Debug)]
pub struct App {
    pub view: View,
    pub theme: Theme,
    /// It is there again the next time; if not, the one that was kept then stays.
    pub keeps_theme: bool,
    pub theme_kept: Option<String>,
    pub glyphs: &'static Glyphs,
    /// The terminal takes nothing but ASCII: other letters of the program are shown as `?`.
    pub is_narrow: bool,
    /// An index of [`layout::LAYOUTS`].
    pub layout: usize,
    /// Those that were moved.
    pub splits: Splits,
    /// 0 to 2.
    pub zoom: u8,
    pub keymap: Keymap,
    /// The last key that did something, and its help, for the layout that shows it.
    pub last_key: Option<(String, &'static str)>,
    /// Where the titles of panes are, as last drawn.
    pub tabs: Vec<(Rect, PaneKind)>,
    /// The line between panes that the mouse holds.
    dragged: Option<Handle>,
    /// It was pressed on the Timeline, and holds it.
    scrubs: bool,
    /// Where it went while the program was on its way.
    wanted_instant: Option<u64>,
    /// What is chosen in the Timeline.
    instant: Option<u64>,
    /// What the screen is left for as soon as the engine has counted.
    leaving: Option<Again>,
    /// How a path on the `:` line may go on; true: programs and sessions only.
    pub complete_path: fn(&str, bool) -> Vec<String>,
    /// The program can be run anew.
    pub can_rerun: bool,
    /// What is to be said to who has left.
    pub farewell: Option<String>,
    /// The panes that had the focus, the latest first.
    recent: Vec<PaneKind>,
    panes: [PaneState; PaneKind::ALL.len()],
    /// The frame that is looked at; 0 is the innermost.
    frame: usize,
    heap_first: Option<usize>,
    heap_filter: HeapFilter,
    heap_order: HeapOrder,
    heap_by_type: bool,
    /// The pool whose blocks are shown.
    pool: Option<u64>,
    /// A search in the heap, until the next picture answers it.
    heap_find: Option<HeapFind>,
    builtins: bool,
    /// How often lines and instructions ran is shown beside them.
    heat: bool,
    /// The live forms of the instructions are shown beside them.
    forms: FormsWanted,
    pub mouse: bool,
    pub mode: Mode,
    /// What was typed in the console, while it is closed.
    console: Console,
    /// Lines for the program that were pasted and that it has not asked for yet.
    typed_ahead: VecDeque<String>,
    /// A line for the program is on its way.
    has_typed: bool,
    /// The Pipeline view, while it is in place of the panes.
    pub pipeline: Option<Box<PipelineState>>,
    /// For whom narration and cards speak.
    pub audience: Audience,
    pub message: Option<Message>,
    /// A command is with the engine.
    pub running: Option<Running>,
    /// The last step is repeated by itself.
    pub play: Play,
    pub(super) last_step: Option<Command>,
    /// Zoom and focus to go back to when the look inside an instruction ends.
    outside: Option<(u8, PaneKind)>,
    search: String,
    pub history: Vec<String>,
    /// How many lines of it are kept in a file.
    pub history_kept: usize,
    /// Keys typed while the engine was busy.
    pending: VecDeque<String>,
    pub size: (u16, u16),
}

/// A line for the user in place of the footer.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub text: String,
    pub is_error: bool,
}

/// How a running command looks.
#[derive(Clone, Debug, Default)]
pub struct Running {
    /// Counts up while it runs; 0 is too early to say anything.
    pub tick: usize,
    /// Instructions run so far.
    pub progress: u64,
}

/// Where a pane is scrolled to.
#[derive(Clone, Debug)]
pub struct PaneState {
    pub top: usize,
    pub left: usize,
    pub cursor: Option<usize>,
    /// Keeps the pane's anchor in sight.
    follow: bool,
    /// As last drawn.
    pub height: usize,
}

impl App {
    pub fn new(theme: Theme, ascii: bool) -> Self {
        App {
            view: View::default(),
            theme,
            keeps_theme: true,
            theme_kept: None,
            glyphs: if ascii { &glyphs::ASCII } else { &glyphs::UNICODE },
            is_narrow: false,
            layout: 0,
            splits: Splits::default(),
            zoom: 0,
            keymap: Keymap::default(),
            last_key: None,
            tabs: Vec::new(),
            dragged: None,
            scrubs: false,
            wanted_instant: None,
            instant: None,
            leaving: None,
            complete_path: |_, _| Vec::new(),
            can_rerun: false,
            farewell: None,
            recent: vec![PaneKind::Source],
            panes: std::array::from_fn(|_| PaneState { top: 0, left: 0, cursor: None, follow: true, height: 8 }),
            frame: 0,
            heap_first: None,
            heap_filter: HeapFilter::default(),
            heap_order: HeapOrder::default(),
            heap_by_type: false,
            pool: None,
            heap_find: None,
            builtins: false,
            heat: false,
            forms: FormsWanted::default(),
            mouse: true,
            mode: Mode::Normal,
            audience: Audience::default(),
            console: Console::default(),
            typed_ahead: VecDeque::new(),
            has_typed: false,
            pipeline: None,
            message: None,
            running: None,
            play: Play::default(),
            last_step: None,
            outside: None,
            search: String::new(),
            history: Vec::new(),
            history_kept: 0,
            pending: VecDeque::new(),
            size: (80, 24),
        }
    }

    pub fn focus(&self) -> PaneKind {
        self.recent[0]
    }

    /// Where everything is now; `None` if the screen is too small.
    pub fn arrangement(&self) -> Option<Arrangement> {
        let (width, height) = self.size;
        let (least_width, least_height) = layout::SMALLEST;
        let name = layout::LAYOUTS[self.layout].0;
        let lesson = self.view.lesson.as_ref().map(|lesson| lesson.panes.as_slice());
        let mut recent = self.recent.clone();
        if name == layout::LESSON {
            recent.extend(lesson.unwrap_or_default().iter().filter(|kind| !self.recent.contains(kind)));
        }
        let recent = layout::in_order(name, &recent);
        (width >= least_width && height >= least_height)
            .then(|| layout::arrange_with(name, lesson, self.zoom, &recent, &self.splits, width, height))
    }

    /// What to capture for the screen as it is.
    pub fn request(&self) -> ViewRequest {
        let slots = self.arrangement().map(|it| it.slots).unwrap_or_default();
        let heap_rows = slots.iter().find(|slot| slot.active == PaneKind::Heap).map_or(0, |slot| slot.area.height);
        // Which panes a lesson asks for is not known before its first picture.
        let is_blind = layout::LAYOUTS[self.layout].0 == layout::LESSON && self.view.lesson.is_none();
        ViewRequest {
            panes: if is_blind { ViewRequest::default().panes } else { slots.iter().map(|slot| slot.active).collect() },
            frame: self.frame,
            heap: HeapRequest {
                first: self.heap_first,
                rows: usize::from(heap_rows.saturating_sub(2)),
                filter: self.heap_filter.clone(),
                order: self.heap_order,
                by_type: self.heap_by_type,
                find: self.heap_find.clone(),
            },
            pool: self.pool,
            builtins: self.builtins,
            value_width: usize::from(self.size.0),
            pipeline: self.pipeline.is_some(),
            heat: self.heat,
            forms: self.forms,
            audience: self.audience,
            ..ViewRequest::default()
        }
    }

    /// Takes a key in script notation.
    pub fn key(&mut self, key: &str) -> Vec<Action> {
        if self.running.is_some() {
            return self.key_while_running(key);
        }
        let quit_asked = self.message.take().is_some_and(|message| message.text == QUIT_HINT);
        if let Some(actions) = self.play_key(key) {
            return actions;
        }
        if key == "<C-c>" {
            self.mode = Mode::Normal;
            if quit_asked {
                return vec![Action::Quit];
            }
            self.say(QUIT_HINT);
            return Vec::new();
        }
        if !matches!(self.mode, Mode::Normal) {
            return self.mode_key(key);
        }
        self.typed_ahead.clear();
        if let Some(actions) = self.breakpoint_key(key).or_else(|| self.lesson_key(key)) {
            return actions;
        }
        if let Some(actions) = self.pipeline_key(key) {
            return actions;
        }
        if key == "<ret>" && self.waits_for_line() {
            self.begin_typing();
            return Vec::new();
        }
        if key == "<ret>" {
            return self.follow_target();
        }
        self.last_key = self.keymap.row_of(key).map(|row| (keymap::shown(key), row.help));
        match self.keymap.command(key, self.focus()) {
            Some(command) => self.command(command),
            None if key == "<C-z>" => vec![Action::Suspend],
            None if matches!(key, "<esc>" | "<bs>") && self.focus() == PaneKind::Code && self.view.code.chosen.is_some() => {
                self.browse(None)
            }
            None if key == "<esc>" => {
                self.instant = None;
                Vec::new()
            }
            None => {
                self.complain(format!("{} means nothing here; ? shows the keys", keymap::shown(key)));
                Vec::new()
            }
        }
    }

    fn key_while_running(&mut self, key: &str) -> Vec<Action> {
        match key {
            "<space>" if self.play.is_on => {
                self.play.is_on = false;
                Vec::new()
            }
            "<esc>" | "p" | "<C-c>" => {
                self.play.is_on = false;
                self.pending.clear();
                vec![Action::Interrupt]
            }
            "q" => vec![Action::Quit],
            _ => {
                if self.pending.len() < 32 {
                    self.pending.push_back(key.to_owned());
                }
                Vec::new()
            }
        }
    }

    /// The engine has done a command.
    pub fn answered(&mut self, answer: Answer, view: View) -> Vec<Action> {
        let moved = view.step != self.view.step || view.status != self.view.status;
        let visit = view.lesson.as_ref().map(|lesson| lesson.visit);
        let visits = visit != self.view.lesson.as_ref().map(|lesson| lesson.visit);
        self.running = None;
        if let Some(action) = self.leave_now(answer.round) {
            return vec![action];
        }
        if moved {
            self.pipeline_moved(&view);
        }
        let comes_out = (moved || view.micro.recording.steps.is_empty()) && self.leave_micro();
        self.show(view);
        if moved {
            for pane in &mut self.panes {
                pane.follow = true;
                pane.cursor = None;
            }
            self.instant = None;
        }
        if let Mode::Console(console) = &mut self.mode {
            console.answered(answer);
            return self.press_pending();
        }
        if let Some(text) = answer.log.last() {
            self.say(text);
        }
        if let Some(text) = answer.message {
            self.say(text);
        }
        if let Some(text) = answer.error {
            self.play.is_on = false;
            self.complain(text);
        }
        if let Some(question) = answer.question {
            self.mode = Mode::Question(question);
        }
        if !answer.listing.is_empty() {
            self.mode = Mode::Popup(Popup::listing("", &answer.listing, &self.theme));
        }
        // Playing goes on from step to step, not over what deserves a look.
        if !matches!(self.view.status, Status::Paused { reason: PauseReason::Step | PauseReason::Start }) {
            self.play.is_on = false;
        }
        if moved && self.view.status.is_over() && self.focus() != PaneKind::Output {
            // What it printed last, or the traceback, shows first among tabs.
            self.recent.retain(|it| *it != PaneKind::Output);
            self.recent.insert(1, PaneKind::Output);
        }
        let has_typed = std::mem::take(&mut self.has_typed);
        if (moved || has_typed) && self.waits_for_line() {
            self.begin_typing();
        }
        // A pane may have come to the front that the view was not captured for.
        let shows_more = visits || comes_out || moved && (self.view.status.is_over() || matches!(self.mode, Mode::Typing(_)));
        let mut actions = if shows_more { vec![Action::Refresh] } else { Vec::new() };
        actions.extend(self.type_ahead());
        actions.extend(self.scrub_on());
        actions.extend(self.press_pending());
        actions
    }

    /// Keys that were pressed while the engine worked.
    fn press_pending(&mut self) -> Vec<Action> {
        let mut actions = Vec::new();
        while self.running.is_none()
            && let Some(key) = self.pending.pop_front()
        {
            actions.extend(self.key(&key));
        }
        actions
    }

    /// Takes a new picture of the present instant.
    pub fn show(&mut self, view: View) {
        self.frame = view.call_stack.selected;
        let visit = self.lesson_visit();
        self.view = view;
        self.visit_lesson(visit);
        self.take_heap_found();
        self.take_pipeline();
    }

    /// The engine has given the picture that was asked for. Who opens a program that waits for a line types at once.
    pub fn refreshed(&mut self, view: View) -> Vec<Action> {
        let waited = self.waits_for_line();
        self.show(view);
        if waited || !self.waits_for_line() || !matches!(self.mode, Mode::Normal) {
            return Vec::new();
        }
        self.begin_typing();
        vec![Action::Refresh]
    }

    /// Whether the program waits for a line of input.
    pub(super) fn waits_for_line(&self) -> bool {
        matches!(self.view.status, Status::AwaitingInput { .. })
    }

    /// The terminal has another size now.
    pub fn resize(&mut self, width: u16, height: u16) -> Vec<Action> {
        self.size = (width, height);
        if self.running.is_some() { Vec::new() } else { vec![Action::Refresh] }
    }

    pub fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), is_error: false });
    }

    pub fn complain(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), is_error: true });
    }

    pub fn pane(&self, kind: PaneKind) -> &PaneState {
        &self.panes[kind as usize]
    }

    /// The window of a pane of so many rows: scrolls as far as its cursor or its anchor demands.
    pub fn scrolled(&mut self, kind: PaneKind, rows: usize, height: usize, anchor: Option<usize>) -> PaneState {
        let state = &mut self.panes[kind as usize];
        state.height = height.max(1);
        let target = state.cursor.or(anchor.filter(|_| state.follow));
        if let Some(target) = target {
            let margin = (state.height / 4).min(3);
            if target + state.height < state.top || target > state.top + 2 * state.height {
                state.top = target.saturating_sub(state.height / 3); // far away: show what is around it
            } else if target < state.top + margin {
                state.top = target.saturating_sub(margin);
            } else if target + margin >= state.top + state.height {
                state.top = target + margin + 1 - state.height;
            }
        }
        state.top = state.top.min(rows.saturating_sub(state.height));
        state.clone()
    }

    /// The content of a pane as it would be drawn in an area of this size.
    pub fn content(&self, kind: PaneKind, width: usize, height: usize) -> Box<dyn Content + '_> {
        let typing = match &self.mode {
            Mode::Typing(edit) if kind == PaneKind::Output => Some(edit),
            _ => None,
        };
        let cursor = self.pane(kind).cursor.filter(|_| kind == self.focus());
        panes::content(
            kind,
            &self.view,
            Ink {
                theme: &self.theme,
                glyphs: self.glyphs,
                width,
                height,
                typing,
                cursor,
                instant: self.instant.filter(|_| kind == self.focus()),
            },
        )
    }

    fn begin_typing(&mut self) {
        self.bring_forward(PaneKind::Output);
        self.mode = Mode::Typing(Edit::default());
    }

    fn bring_forward(&mut self, kind: PaneKind) {
        self.recent.retain(|it| *it != kind);
        self.recent.insert(0, kind);
    }
}

const QUIT_HINT: &str = "press q to quit, or Ctrl-C once more";
