//! The Pipeline view's state, and what keys, clicks and the wheel do to it.
//!
//! One row of one stage is selected; what belongs to it in the other stages is worked out when the selection changes, never while
//! drawing. Going to another stage keeps the piece, moving up or down there selects another.

use std::sync::Arc;

use super::{super::action::Action, App, Mode};
use crate::{
    debugger::command::{Command, Direction, Scroll},
    tui::panes::pipeline::{self as pane, Spot},
    view::{
        PipelineView, SourceRange, Status, View,
        pipeline::{Linked, Piece, Pipeline, StageKind},
    },
};

const STAGES: usize = StageKind::ALL.len();
/// Which stages show first, where not all can.
const FIRST_COLUMNS: [StageKind; 5] = [StageKind::Ast, StageKind::Instructions, StageKind::Tokens, StageKind::Bytes, StageKind::Cst];

/// What the Pipeline view remembers.
#[derive(Debug)]
pub struct PipelineState {
    /// `None` until the engine has made it.
    pub view: Option<PipelineView>,
    /// The stage that the arrow keys move in.
    pub active: StageKind,
    /// Somebody has chosen it.
    is_chosen: bool,
    pub selected: Option<(StageKind, usize)>,
    pub piece: Piece,
    /// One each stage.
    pub links: Vec<Linked>,
    pub windows: [Window; STAGES],
    /// The stages that have a column, in their order; the source always shows.
    pub columns: Vec<StageKind>,
    /// The active stage when it was last drawn.
    last_active: Option<StageKind>,
    /// It shall show where the program stands.
    follows: bool,
}

/// Which rows of a stage show.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub top: usize,
    /// As last drawn.
    pub height: usize,
    /// The row that belongs to the selection stays in sight.
    follow: bool,
}

impl PipelineState {
    fn new(active: Option<StageKind>) -> Self {
        PipelineState {
            view: None,
            active: active.unwrap_or(StageKind::Instructions),
            is_chosen: active.is_some(),
            selected: None,
            piece: Piece::default(),
            links: vec![Linked::default(); STAGES],
            windows: [Window { top: 0, height: 8, follow: true }; STAGES],
            columns: Vec::new(),
            last_active: None,
            follows: true,
        }
    }

    pub fn pipeline(&self) -> Option<&Arc<Pipeline>> {
        self.view.as_ref().map(|view| &view.pipeline)
    }

    fn rows(&self, kind: StageKind) -> usize {
        self.pipeline().map_or(0, |pipeline| pipeline.stage(kind).rows.len())
    }

    /// The selected row, or the first that belongs to it.
    pub fn cursor(&self, kind: StageKind) -> Option<usize> {
        match self.selected {
            Some((stage, row)) if stage == kind => Some(row),
            _ => self.links[kind as usize].anchor(),
        }
    }

    pub fn select(&mut self, kind: StageKind, row: usize) {
        let Some(pipeline) = self.pipeline() else { return };
        let row = row.min(pipeline.stage(kind).rows.len().saturating_sub(1));
        let piece = pipeline.piece(kind, row);
        self.selected = Some((kind, row));
        self.take_piece(piece);
    }

    fn take_piece(&mut self, piece: Piece) {
        let Some(pipeline) = self.pipeline() else { return };
        self.links = pipeline.links(&piece);
        self.piece = piece;
        self.windows.iter_mut().for_each(|window| window.follow = true);
    }

    /// A new picture from the engine.
    fn take(&mut self, view: PipelineView) {
        let is_other = self.pipeline().is_none_or(|pipeline| !Arc::ptr_eq(pipeline, &view.pipeline));
        let now = view.now.filter(|_| self.follows);
        let pipeline = view.pipeline.clone();
        self.view = Some(view);
        self.follows = false;
        if let Some(row) = now.and_then(|now| pipeline.row_of(StageKind::Instructions, now)) {
            return self.select(StageKind::Instructions, row);
        }
        if !is_other {
            return;
        }
        self.selected = None;
        match &pipeline.failure {
            // The words where it went wrong, and the stage before the one that was not reached.
            Some(failure) => {
                let last = StageKind::ALL.into_iter().rev().find(|kind| !pipeline.stage(*kind).rows.is_empty());
                self.active = last.unwrap_or(StageKind::Source);
                self.columns = vec![self.active.max(StageKind::Tokens), failure.stage];
                self.columns.dedup();
                let at = failure.place.and_then(|place| {
                    let tokens = &pipeline.stage(StageKind::Tokens).rows;
                    tokens.iter().rposition(|row| row.places.iter().any(|token| token.start() <= place.start()))
                });
                match at {
                    Some(row) => self.select(StageKind::Tokens, row),
                    None => self.select(self.active, 0),
                }
            }
            None => {
                self.active = if self.is_chosen { self.active } else { StageKind::Ast };
                self.select(StageKind::Ast, 0);
            }
        }
    }

    /// Gives so many stages a column: the active one always, in place of the one that was active before it.
    pub fn arrange(&mut self, count: usize) {
        if self.active != StageKind::Source && !self.columns.contains(&self.active) {
            match self.columns.iter().position(|kind| Some(*kind) == self.last_active) {
                Some(index) => self.columns[index] = self.active,
                None => self.columns.insert(0, self.active),
            }
        }
        let active = self.active;
        while self.columns.len() > count {
            let index = self.columns.iter().rposition(|kind| *kind != active).unwrap_or(0);
            self.columns.remove(index);
        }
        let more = FIRST_COLUMNS.into_iter().chain(StageKind::ALL);
        for kind in more {
            if self.columns.len() < count && kind != StageKind::Source && !self.columns.contains(&kind) {
                self.columns.push(kind);
            }
        }
        self.columns.sort();
        self.last_active = Some(active);
    }

    /// Another stage; the piece stays.
    fn turn(&mut self, by: isize) {
        let count = STAGES as isize;
        self.go_to(StageKind::ALL[((self.active as isize + by + count) % count) as usize]);
    }

    fn go_to(&mut self, kind: StageKind) {
        self.active = kind;
        self.is_chosen = true;
        self.windows[kind as usize].follow = true;
    }

    fn scroll(&mut self, scroll: Scroll) {
        let kind = self.active;
        let rows = self.rows(kind);
        if rows == 0 {
            return;
        }
        let Window { top, height, .. } = self.windows[kind as usize];
        let page = height.saturating_sub(1).max(1);
        let cursor = self.cursor(kind);
        let from = cursor.unwrap_or(top);
        let to = match scroll {
            Scroll::Up => from.saturating_sub(1),
            Scroll::Down if cursor.is_none() => from,
            Scroll::Down => from + 1,
            Scroll::PageUp => from.saturating_sub(page),
            Scroll::PageDown => from + page,
            Scroll::Top => 0,
            Scroll::Bottom => rows - 1,
            Scroll::Left => return self.turn(-1),
            Scroll::Right => return self.turn(1),
        };
        self.select(kind, to);
    }

    /// The first row of a stage's window of so many rows: scrolls as far as the cursor demands.
    pub fn window(&mut self, kind: StageKind, height: usize) -> usize {
        let target = self.cursor(kind);
        let rows = self.rows(kind);
        let window = &mut self.windows[kind as usize];
        window.height = height.max(1);
        if let Some(target) = target.filter(|_| window.follow) {
            let margin = (window.height / 4).min(3);
            if target + window.height < window.top || target > window.top + 2 * window.height {
                window.top = target.saturating_sub(window.height / 3);
            } else if target < window.top + margin {
                window.top = target.saturating_sub(margin);
            } else if target + margin >= window.top + window.height {
                window.top = target + margin + 1 - window.height;
            }
        }
        window.top = window.top.min(rows.saturating_sub(window.height));
        window.top
    }

    fn click(&mut self, spot: Spot) {
        match spot {
            Spot::Stage(kind) => self.go_to(kind),
            Spot::Row(kind, row) if row < self.rows(kind) => {
                self.go_to(kind);
                self.select(kind, row);
            }
            Spot::Row(kind, _) => self.go_to(kind),
            Spot::Source(line, column) => {
                self.go_to(StageKind::Source);
                let place = SourceRange { line: line as u32, end_line: line as u32, col: column as u32, end_col: column as u32 + 1 };
                let token = self.pipeline().and_then(|pipeline| {
                    let tokens = &pipeline.stage(StageKind::Tokens).rows;
                    tokens.iter().position(|row| row.places.iter().any(|token| token.contains(place)))
                });
                match token {
                    Some(row) => self.select(StageKind::Tokens, row),
                    None => self.select(StageKind::Source, line.saturating_sub(1)),
                }
            }
        }
    }

    fn wheel(&mut self, kind: StageKind, scroll: Scroll) {
        let rows = self.rows(kind);
        let window = &mut self.windows[kind as usize];
        window.follow = false;
        window.top = match scroll {
            Scroll::Up => window.top.saturating_sub(3),
            _ => (window.top + 3).min(rows.saturating_sub(window.height)),
        };
    }
}

impl App {
    /// Opens the Pipeline view, or goes to a stage in it.
    pub(super) fn open_pipeline(&mut self, stage: Option<&str>) -> Vec<Action> {
        let wanted = match stage {
            None => None,
            Some(name) => match StageKind::ALL.into_iter().find(|kind| kind.name().starts_with(&name.to_lowercase())) {
                Some(kind) => Some(kind),
                None => {
                    let names: Vec<_> = StageKind::ALL.iter().map(|kind| kind.name()).collect();
                    return self.refuse(&format!("no stage `{name}`; there are {}", names.join(", ")));
                }
            },
        };
        match &mut self.pipeline {
            Some(state) => {
                state.go_to(wanted.unwrap_or(state.active));
                Vec::new()
            }
            None => {
                self.pipeline = Some(Box::new(PipelineState::new(wanted)));
                vec![Action::Refresh]
            }
        }
    }

    /// Begins with the Pipeline view.
    pub fn with_pipeline(mut self) -> App {
        self.open_pipeline_at_start();
        self
    }

    /// The same.
    pub fn open_pipeline_at_start(&mut self) {
        self.pipeline = Some(Box::new(PipelineState::new(None)));
    }

    pub(super) fn close_pipeline(&mut self) -> Vec<Action> {
        self.pipeline = None;
        vec![Action::Refresh]
    }

    /// A key in the Pipeline view; `None`: it means what it means elsewhere.
    pub(super) fn pipeline_key(&mut self, key: &str) -> Option<Vec<Action>> {
        let state = self.pipeline.as_mut()?;
        match key {
            "<esc>" | "q" => return Some(self.close_pipeline()),
            "<left>" | "<S-tab>" | "h" => state.turn(-1),
            "<right>" | "<tab>" | "l" => state.turn(1),
            "<ret>" => {
                if let Some(row) = state.cursor(state.active) {
                    state.select(state.active, row);
                }
            }
            _ => match key.parse::<usize>().ok().and_then(|number| StageKind::ALL.get(number)) {
                Some(kind) => state.go_to(*kind),
                None => return None,
            },
        }
        Some(Vec::new())
    }

    pub(super) fn scroll_pipeline(&mut self, scroll: Scroll) -> Vec<Action> {
        if let Some(state) = &mut self.pipeline {
            state.scroll(scroll);
        }
        Vec::new()
    }

    /// The engine's picture, if it has one.
    pub(super) fn take_pipeline(&mut self) {
        if let (Some(state), Some(view)) = (&mut self.pipeline, self.view.pipeline.take()) {
            state.take(view);
        }
    }

    /// The program has moved: the view shows where it stands; and makes room where it asks for a line.
    pub(super) fn pipeline_moved(&mut self, to: &View) {
        if matches!(to.status, Status::AwaitingInput { .. }) {
            self.pipeline = None;
        }
        if let Some(state) = &mut self.pipeline {
            state.follows = true;
            if to.status.is_over() {
                self.say(format!("the program: {}; Esc shows what it printed", to.status));
            }
        }
    }

    pub(super) fn click_pipeline(&mut self, x: u16, y: u16) {
        let (width, height) = self.size;
        if let (Some(state), Mode::Normal) = (&mut self.pipeline, &self.mode)
            && let Some(spot) = pane::spot(state, width, height, x, y)
        {
            state.click(spot);
        }
    }

    pub(super) fn wheel_pipeline(&mut self, x: u16, y: u16, scroll: Scroll) {
        let (width, height) = self.size;
        let Some(state) = &mut self.pipeline else { return };
        match pane::spot(state, width, height, x, y) {
            Some(Spot::Row(kind, _)) => state.wheel(kind, scroll),
            Some(Spot::Source(..)) => state.wheel(StageKind::Source, scroll),
            _ => {}
        }
    }

    /// Looks for the searched text in the active stage, from the cursor on.
    pub(super) fn find_in_pipeline(&mut self, direction: Direction) -> Vec<Action> {
        let needle = self.search.to_lowercase();
        let Some(state) = &mut self.pipeline else { return Vec::new() };
        let Some(pipeline) = state.pipeline() else { return Vec::new() };
        let rows = &pipeline.stage(state.active).rows;
        let from = state.cursor(state.active).unwrap_or(0);
        let has = |index: &usize| {
            let row = &rows[*index];
            [&row.label, &row.text, &row.detail, &row.note].iter().any(|text| text.to_lowercase().contains(&needle))
        };
        let found = (1..=rows.len())
            .map(|by| match direction {
                Direction::Forward => (from + by) % rows.len(),
                Direction::Back => (from + rows.len() - by) % rows.len(),
            })
            .find(has);
        match found {
            Some(row) => {
                state.select(state.active, row);
                self.say(format!("/{}   . next   , previous", self.search));
                Vec::new()
            }
            None => self.refuse(&format!("`{}` isn't in this stage", self.search)),
        }
    }

    /// Commands that belong to the panes lead back to them.
    pub(super) fn leaves_pipeline(command: &Command) -> bool {
        matches!(command, Command::Focus(_) | Command::Layout(_) | Command::Zoom(_) | Command::Panes)
    }
}
