//! What stays from one run of a program to the next: the screen with its layout and history, the colours of the terminal.
//!
//! A run ends when the screen is left; it may be left for another run, of the program as it has been edited meanwhile.

use std::{io::IsTerminal, path::PathBuf, process::ExitCode};

use super::{
    super::{host::Clocks, python::Source},
    Arguments, Failure, Input, Look, open, recent, session_file, settings,
};
use crate::{
    debugger::{
        command::{Command, Place},
        session::saved,
    },
    tui::{
        app::App,
        config::Config,
        glyphs, kept,
        terminal::{self, How, Left},
        theme::{Theme, depth::Depth},
    },
    view::Audience,
};

/// What stays from one run of a program to the next.
pub struct Desk {
    pub app: App,
    pub colors: Depth,
    /// Where the screen keeps what it remembers.
    pub folder: Option<PathBuf>,
}

impl Desk {
    pub fn new(look: &Look, level: Option<Audience>) -> Result<Desk, String> {
        let (config, wrong) = match settings::read() {
            Ok(config) => (config, None),
            Err(message) => (Config::default(), Some(message)),
        };
        let depth = Depth::of_environment(|name| std::env::var(name).ok());
        let colors = if depth == Depth::None { depth } else { config.colors.unwrap_or(depth) };
        let mut app = App::new(Theme::of_environment(colors == Depth::None), false);
        config.apply(&mut app);
        if !glyphs::takes_utf8(|name| std::env::var(name).ok()) {
            app.glyphs = &glyphs::ASCII;
            app.is_narrow = true;
        }
        if colors == Depth::None {
            app.theme = Theme::of_environment(true);
        }
        let folder = recent::state_folder();
        if let Some(folder) = &folder {
            // Without colours there is but one theme.
            let theme = config.theme.is_none() && colors != Depth::None;
            kept::restore(&mut app, folder, kept::Wanted { layout: config.layout.is_none(), theme });
        }
        app.complete_path = recent::complete;
        look.apply(&mut app)?;
        app.audience = level.unwrap_or_default();
        if let Some(message) = wrong {
            app.complain(message);
        }
        Ok(Desk { app, colors, folder })
    }

    /// Shows a program until it is left.
    ///
    /// # Errors
    ///
    /// What went wrong has been told; the exit status.
    pub fn debug(
        &mut self,
        arguments: &Arguments,
        source: &Source,
        args: Vec<String>,
        place: Option<(u32, u64)>,
    ) -> Result<Left, ExitCode> {
        let file = match source {
            Source::File(file) if file != "-" => Some(file.clone()),
            _ => None,
        };
        let session_bytes = file.as_deref().and_then(session_file);
        self.app.can_rerun = session_bytes.is_none() && (file.is_some() || matches!(source, Source::Code(_)));
        let watch = file.clone().filter(|_| arguments.watch).map(PathBuf::from);
        let world = Box::new(Clocks::default());
        let session = match open(source, args, &arguments.options, Input::of(arguments.stdin.as_deref()), world) {
            Ok(session) => session,
            // There is nothing to run, but the way to the error can be looked at.
            Err(Failure::Program(broken)) if std::io::stdout().is_terminal() => {
                let traceback = broken.traceback().to_owned();
                self.app.open_pipeline_at_start();
                let left = terminal::run(*broken, &mut self.app, How { first: None, watch, colors: self.colors });
                self.app.pipeline = None;
                return match left {
                    Ok(again @ Left::Again(_)) => Ok(again),
                    left => {
                        eprint!("{traceback}");
                        Err(match left {
                            Ok(_) => ExitCode::from(1),
                            Err(error) => super::super::complain(&format!("{error:#}")),
                        })
                    }
                };
            }
            Err(failure) => return Err(failure.tell()),
        };
        let mut session = arguments.history.bound(session);
        if let Some(file) = &file {
            recent::remember(file);
            // A session file has its own.
            if session_bytes.is_none()
                && let (Some(folder), Ok(path)) = (&self.folder, std::fs::canonicalize(file))
            {
                match session.keep_breakpoints(saved::file_for(folder, &path)) {
                    Err(message) => self.app.complain(message),
                    Ok(0) => {}
                    Ok(count) if place.is_none() && self.app.message.is_none() => {
                        let breakpoints = if count == 1 { "1 breakpoint".into() } else { format!("{count} breakpoints") };
                        self.app.say(format!("{breakpoints} of the last time: `:breakpoints` lists, `:delete` removes"));
                    }
                    Ok(_) => {}
                }
            }
        }
        session.record_to(arguments.record.clone());
        let first = place.map(|(line, round)| Command::Round { place: Place { file, line }, to: Some(round) });
        let how = How { first, watch, colors: self.colors };
        terminal::run(session, &mut self.app, how).map_err(|error| super::super::complain(&format!("{error:#}")))
    }

    /// The exit status for how the screen was left. What it should remember is put down.
    pub fn leave(&mut self, left: anyhow::Result<Left>) -> ExitCode {
        if let Some(folder) = &self.folder {
            let _ = kept::save(&mut self.app, folder); // conveniences
        }
        if let Some(last) = self.app.farewell.take() {
            eprintln!("{}", super::super::script::visible(&last));
        }
        match left {
            Ok(Left::Quit | Left::Again(_)) => ExitCode::SUCCESS,
            Ok(Left::Signal(number)) => ExitCode::from(128u8.wrapping_add(number as u8)),
            Err(error) => super::super::complain(&format!("{error:#}")),
        }
    }
}
