//! The screen without a terminal: keys in, drawn screens out. For tests, `shot --keys`, and lessons that check
//! themselves.
//!
//! `Driver::new(engine, app, 80, 24)?.keys("iiin<ret>")?.screen()`

use ratatui::buffer::Buffer;

use super::{
    action::{Action, Again},
    app::App,
    exporting, keymap, render,
};
use crate::debugger::engine::Engine;

/// An engine and a screen, joined without threads: a key has its whole effect before the next one.
pub struct Driver<E> {
    pub engine: E,
    pub app: App,
    pub has_quit: bool,
    /// What it was left for.
    pub again: Option<Again>,
}

impl App {
    /// The screen at the instant where an engine stands.
    pub fn at<E: Engine>(&mut self, engine: &E) -> Buffer {
        let view = engine.view(&self.request());
        self.show(view);
        let (width, height) = self.size;
        render(self, width, height)
    }
}

impl<E: Engine> Driver<E> {
    pub fn new(engine: E, mut app: App, width: u16, height: u16) -> Self {
        app.size = (width, height);
        let view = engine.view(&app.request());
        let actions = app.refreshed(view);
        let mut driver = Driver { engine, app, has_quit: false, again: None };
        driver.perform(actions);
        driver
    }

    /// Plays a key script; stops after `quit`.
    ///
    /// # Errors
    ///
    /// The script names a key that doesn't exist.
    pub fn keys(&mut self, script: &str) -> Result<(), String> {
        for key in keymap::script(script)? {
            if self.has_quit {
                break;
            }
            let actions = if key == "<tick>" { self.app.play_on() } else { self.app.key(&key) };
            self.perform(actions);
        }
        Ok(())
    }

    /// Presses the mouse at a place, moves it to others, and lets go.
    pub fn mouse(&mut self, places: &[(u16, u16)]) {
        self.screen(); // the titles have their places
        for (index, (x, y)) in places.iter().enumerate() {
            let actions = if index == 0 { self.app.press(*x, *y) } else { self.app.drag(*x, *y) };
            self.perform(actions);
        }
        self.app.release();
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) {
        let actions = self.app.paste(text);
        self.perform(actions);
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        let actions = self.app.resize(width, height);
        self.perform(actions);
    }

    pub fn screen(&mut self) -> Buffer {
        let (width, height) = self.app.size;
        render(&mut self.app, width, height)
    }

    fn perform(&mut self, actions: Vec<Action>) {
        for action in actions {
            match action {
                Action::Execute(command) => {
                    let answer = self.engine.execute(&command);
                    let view = self.engine.view(&self.app.request());
                    let more = self.app.answered(answer, view);
                    self.perform(more);
                }
                Action::Refresh => {
                    let view = self.engine.view(&self.app.request());
                    let more = self.app.refreshed(view);
                    self.perform(more);
                }
                Action::Export { file, format } => exporting::screen(&mut self.app, &file, format),
                Action::Walk(walk) => {
                    let seen = exporting::look(&mut self.engine, &walk);
                    let view = self.engine.view(&self.app.request());
                    exporting::finish(&mut self.app, &walk, seen, view);
                }
                Action::Interrupt | Action::Mouse(_) | Action::Suspend => {} // nothing runs between two keys; there is no terminal
                Action::Again(again) => {
                    self.again = Some(again);
                    self.has_quit = true;
                }
                Action::Quit => self.has_quit = true,
            }
        }
    }
}
