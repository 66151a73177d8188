//! `:export`: what is seen goes into a file, here for the real terminal and for scripts alike.
//!
//! A screen is written as it stands. A run is walked over by the engine on its own thread ([`look`]), which comes back to where it
//! was, and written from the views that it brought ([`finish`]).
//!
//! `:export bank.html 10-500` writes a page with these instants; `:export bank.html` one with the whole run, or its first 1000.
//! `:export bank.md 10-500 answers` writes a worksheet that ends with its answers.

use std::{fs, io};

use super::{action::Walk, app::App, render};
use crate::{
    debugger::{
        command::{Command, Instant},
        engine::Engine,
    },
    export::{
        self, Format,
        cast::Cast,
        svg, trace,
        walk::{Span, Walked, walk},
        worksheet,
    },
    tui::action::Action,
    view::View,
};

/// A walk from the screen keeps every view until it is written.
const MOST: usize = 2000;
/// How long a screen of a recording shows, in seconds.
const PAUSE: f64 = 0.5;

/// What the walk saw, and how it ended.
pub type Seen = Result<(Vec<View>, Walked), String>;

impl App {
    /// What is to be done for `:export`.
    pub(super) fn export(&mut self, file: String, range: Option<(u64, u64)>, answers: bool) -> Vec<Action> {
        let format = match Format::of(&file) {
            Ok(format) => format,
            Err(message) => return self.refuse(&message),
        };
        if answers && format != Format::Markdown {
            return self.refuse("answers are for a worksheet, .md");
        }
        if format.is_screen() {
            return match range {
                None => vec![Action::Export { file, format }],
                Some(_) => self.refuse("this format holds one screen; .html, .cast, .json and .md hold a run"),
            };
        }
        let span = range.map_or(Span::between(0, None), |(from, to)| Span { most: MOST, ..Span::between(from, Some(to)) });
        if let Err(message) = span.check() {
            return self.refuse(&message);
        }
        let request = if format == Format::Cast { self.request() } else { trace::request() };
        self.running = Some(super::app::Running::default());
        vec![Action::Walk(Walk { file, format, span, answers, request })]
    }
}

/// Looks at each instant, on the engine's thread.
pub fn look<E: Engine>(engine: &mut E, wanted: &Walk) -> Seen {
    let home = engine.view(&wanted.request).step;
    let mut views = Vec::new();
    let walked = walk(engine, &wanted.span, |engine, _| {
        views.push(engine.view(&wanted.request));
        true
    });
    let back = engine.execute(&Command::Goto(Instant::At(home)));
    match (walked, back.error) {
        (Err(message), _) => Err(message),
        (Ok(_), Some(message)) if engine.view(&wanted.request).step != home => Err(message),
        (Ok(walked), _) => Ok((views, walked)),
    }
}

/// Writes what was seen, and shows the present instant again.
pub fn finish(app: &mut App, wanted: &Walk, seen: Seen, now: View) {
    app.running = None;
    let written = seen.and_then(|(views, walked)| {
        match wanted.format {
            Format::Cast => cast(app, &wanted.file, &views),
            _ => export::write_run(&views, &wanted.file, worksheet::Options { answers: wanted.answers, ..worksheet::Options::default() }),
        }
        .map_err(|error| error.to_string())?;
        let remark = walked.remark(&wanted.span).map_or(String::new(), |remark| format!("; {remark}"));
        Ok(format!("wrote {}: {} instant{}{remark}", wanted.file, views.len(), if views.len() == 1 { "" } else { "s" }))
    });
    app.show(now);
    match written {
        Ok(message) => app.say(message),
        Err(message) => app.complain(format!("{}: {message}", wanted.file)),
    }
}

/// Writes the screen as it is.
pub fn screen(app: &mut App, file: &str, format: Format) {
    let (width, height) = app.size;
    let drawn = render(app, width, height);
    match export::screen(&drawn, format, &svg::Options::default()).and_then(|text| fs::write(file, text)) {
        Ok(()) => app.say(format!("wrote {file}")),
        Err(error) => app.complain(format!("{file}: {error}")),
    }
}

fn cast(app: &mut App, file: &str, views: &[View]) -> io::Result<()> {
    let (width, height) = app.size;
    let mut cast = Cast::new(width, height, "uncoil");
    for view in views {
        app.show(view.clone());
        cast.show(&render(app, width, height), PAUSE);
    }
    fs::write(file, cast.finish())
}
