//! `uncoil FILE`: the debugger's screen; `uncoil shot FILE`: a picture of it without a terminal.
//!
//! Keys come from the terminal even where the program's standard input is a file. Without a file the screen begins with a
//! list of programs to choose from.

pub(super) mod desk;
pub(super) mod edit;
pub(super) mod recent;
mod settings;

pub use self::settings::config;

use std::{
    io::{BufRead, IsTerminal, Read},
    process::ExitCode,
};

use clap::ValueEnum;
use ratatui::buffer::Buffer;

use self::desk::Desk;
use super::{
    host::Clocks,
    python::{self, Options, Source},
};
use crate::{
    bytecode::pyc,
    debugger::{
        broken::Broken,
        engine::Engine,
        recording::{Recorder, Recording, is_session},
        session::{Module, Program, Session},
        world::StillWorld,
    },
    export::{ansi, svg, text},
    interpreter,
    tui::{
        action::Again,
        app::App,
        driver::Driver,
        glyphs,
        layout::LAYOUTS,
        terminal::{self, How, Left},
        theme::{THEMES, Theme},
    },
    view::{Audience, ViewRequest, capture},
    vm::{Config, host::Host},
};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    options: Options,
    /// Take the program's standard input from a file
    #[arg(long, value_name = "FILE")]
    stdin: Option<String>,
    /// Save the session in a file when it is left; `uncoil FILE` opens it there again, on any machine
    #[arg(long, value_name = "FILE")]
    record: Option<String>,
    /// Run the program anew, to the same line, whenever its file is saved
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    look: Look,
    /// A dialogue in lines of text instead of a screen: for a screen reader, a pipe, `expect`
    #[arg(long)]
    plain: bool,
    /// For whom narration and opcode cards speak: novice, student, internals
    #[arg(long, value_name = "LEVEL", value_parser = super::opcode::level)]
    level: Option<Audience>,
    #[command(flatten)]
    history: History,
    #[command(flatten)]
    program: python::Program,
}

/// What the way back in time may cost.
#[derive(clap::Args)]
pub struct History {
    /// What the copies may take that lead back in time: 100M, 2G; going back takes longer with less
    #[arg(long, value_name = "SIZE", default_value = "300M", value_parser = python::parse_size)]
    history_memory: u64,
}

impl History {
    pub(super) fn bound(&self, mut session: Session) -> Session {
        session.set_history_memory(usize::try_from(self.history_memory).unwrap_or(usize::MAX));
        session
    }
}

/// A program and its input, for what shows or writes a run without a terminal.
#[derive(clap::Args)]
pub struct Given {
    /// Take the program's standard input from a file
    #[arg(long, value_name = "FILE")]
    pub stdin: Option<String>,
    /// The program as text
    #[arg(short = 'c', value_name = "CODE")]
    pub code: Option<String>,
}

/// How the screen looks.
#[derive(clap::Args, Default)]
pub struct Look {
    /// The colours: default, light, high-contrast, cb-safe, mono
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// No characters outside ASCII
    #[arg(long)]
    ascii: bool,
    /// Nothing moves by itself faster than once a second
    #[arg(long)]
    reduced_motion: bool,
    /// The layout: standard, beginner, bytecode, memory, gc, presenter, lesson
    #[arg(long, value_name = "NAME")]
    layout: Option<String>,
}

#[derive(clap::Args)]
pub struct ShotArguments {
    /// Keys to press before the picture is taken: `iiin<ret>:break 12<ret>c`
    #[arg(short, long, default_value = "")]
    keys: String,
    /// Columns and rows
    #[arg(long, default_value = "120x36", value_parser = parse_size)]
    size: (u16, u16),
    /// For a light terminal
    #[arg(long)]
    light: bool,
    /// The file to write, .svg, .txt or .ansi; otherwise standard output
    #[arg(short = 'o', long, value_name = "FILE")]
    output: Option<String>,
    /// The format, where no file name says it
    #[arg(long, value_enum, default_value_t = Format::Txt)]
    format: Format,
    /// The line over the picture; otherwise the command
    #[arg(long)]
    title: Option<String>,
    #[command(flatten)]
    look: Look,
    #[command(flatten)]
    given: Given,
    /// A prompt instead of a program
    #[arg(short = 'i', conflicts_with = "code")]
    prompt: bool,
    /// A lesson instead of a program: its number or its folder
    #[arg(long, value_name = "LESSON", conflicts_with_all = ["code", "prompt"])]
    learn: Option<String>,
    /// The program: a file, or - for standard input
    #[arg(required_unless_present_any = ["code", "prompt", "learn"])]
    file: Option<String>,
    /// Arguments of the program
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Svg,
    Txt,
    Ansi,
}

/// Why there is no session.
pub(super) enum Failure {
    /// The learner's program has an error.
    Program(Box<Broken>),
    /// Ours.
    Own(String),
}

impl Failure {
    /// With the error explained.
    pub(super) fn tell_in_words(self) -> ExitCode {
        let words = match &self {
            Failure::Program(broken) => broken.view(&ViewRequest::default()).explanation,
            Failure::Own(_) => String::new(),
        };
        let status = self.tell();
        if !words.is_empty() {
            eprintln!("In words: {}", super::script::visible(&words));
        }
        status
    }

    pub(super) fn tell(self) -> ExitCode {
        match self {
            Failure::Program(broken) => {
                eprint!("{}", broken.traceback());
                ExitCode::from(1)
            }
            Failure::Own(message) => super::complain(&message),
        }
    }
}

pub fn main(arguments: &Arguments) -> ExitCode {
    let (mut source, mut args) = arguments.options.source(&arguments.program);
    // A terminal that can't move its cursor has no screen.
    let is_dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    if arguments.plain || is_dumb && source != Source::None && std::io::stdout().is_terminal() {
        return dialogue(arguments, &source, args);
    }
    let mut desk = match Desk::new(&arguments.look, arguments.level) {
        Ok(desk) => desk,
        Err(message) => return super::complain(&message),
    };
    if source == Source::None && arguments.options.wants_prompt() {
        return match typed(&arguments.options, arguments.stdin.as_deref()) {
            Ok(session) => {
                let how = How { first: None, watch: None, colors: desk.colors };
                let left = terminal::run(arguments.history.bound(session), &mut desk.app, how);
                desk.leave(left)
            }
            Err(message) => super::complain(&message),
        };
    }
    if source == Source::None {
        match recent::choose(&mut desk.app, desk.colors) {
            Ok(Some(chosen)) => match chosen.strip_prefix(recent::LESSON_PREFIX) {
                Some(lesson) => return super::learn::of_start_screen(lesson),
                None => source = Source::File(chosen),
            },
            Ok(None) => return ExitCode::SUCCESS,
            Err(message) => return super::complain(&message),
        }
    }
    let mut place: Option<(u32, u64)> = None;
    loop {
        let again = match desk.debug(arguments, &source, args.clone(), place) {
            Ok(Left::Again(again)) => again,
            Ok(left) => return desk.leave(Ok(left)),
            Err(status) => return status,
        };
        place = match again {
            Again::Rerun { line, round } => line.map(|line| (line, round)).or(place), // a program with an error has none
            Again::Edit { line, round } => {
                let place = line.map(|line| (line, round)).or(place);
                if let Source::File(file) = &source
                    && let Err(message) = edit::edit(file, place.map(|(line, _)| line))
                {
                    desk.app.complain(message);
                }
                place
            }
            Again::Open(file) => {
                if let Err(error) = std::fs::File::open(&file) {
                    desk.app.complain(format!("can't open '{file}': {error}"));
                } else {
                    (source, args) = (Source::File(file), Vec::new());
                }
                None
            }
        };
    }
}

/// `--plain`: no screen, and the standard input brings commands.
fn dialogue(arguments: &Arguments, source: &Source, args: Vec<String>) -> ExitCode {
    let opened = match source {
        Source::None if arguments.options.wants_prompt() => typed(&arguments.options, arguments.stdin.as_deref()).map_err(Failure::Own),
        Source::None => Err(Failure::Own("--plain needs a program: `uncoil --plain FILE`".into())),
        _ => {
            let stdin = arguments.stdin.as_deref().map_or(Input::Typed, Input::File);
            open(source, args, &arguments.options, stdin, Box::new(Clocks::default()))
        }
    };
    match opened {
        Ok(session) => {
            let mut session = arguments.history.bound(session);
            session.record_to(arguments.record.clone());
            super::plain::talk(session, arguments.level, &[])
        }
        Err(failure) => failure.tell_in_words(),
    }
}

/// A prompt instead of a program. Its lines are typed, if they are not in a file.
pub(super) fn typed(options: &Options, stdin: Option<&str>) -> Result<Session, String> {
    let told = |failure: Failure| match failure {
        Failure::Own(message) => message,
        Failure::Program(broken) => broken.traceback().to_owned(),
    };
    let mut config = config_of(&Source::None, Vec::new(), options).map_err(told)?;
    config.inspect = false; // SystemExit ends it
    let lines = match stdin {
        Some(path) => Some(read_lines(std::fs::File::open(path), path).map_err(told)?),
        None => None,
    };
    Ok(Session::typed(config, lines, Box::new(Clocks::default())))
}

pub fn shot(arguments: &ShotArguments) -> ExitCode {
    match picture(arguments) {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(text)) => {
            super::run::print(&text);
            ExitCode::SUCCESS
        }
        Err(failure) => failure.tell(),
    }
}

/// Plays the keys; the picture, or nothing if it went to a file.
fn picture(arguments: &ShotArguments) -> Result<Option<String>, Failure> {
    let app = arguments.look.app().map_err(Failure::Own)?;
    let format = match arguments.output.as_deref().map(|file| file.rsplit_once('.').map_or("", |(_, ending)| ending)) {
        None => arguments.format,
        Some("svg") => Format::Svg,
        Some("txt") => Format::Txt,
        Some("ansi") => Format::Ansi,
        Some(_) => return Err(Failure::Own("the output's name must end in .svg, .txt or .ansi".into())),
    };
    let options = Options::of_code(arguments.given.code.clone());
    if let Some(lesson) = &arguments.learn {
        let course = super::learn::course(lesson).map_err(Failure::Own)?;
        let screen = played(course, super::learn::prepared(app), arguments)?;
        return finished(&screen, format, &format!("lesson {lesson}"), arguments);
    }
    let (source, args) = options.source(&python::Program { file: arguments.file.clone(), args: arguments.args.clone() });
    let world = Box::new(StillWorld::default());
    let opened = match arguments.prompt {
        true => typed(&options, arguments.given.stdin.as_deref()).map_err(Failure::Own),
        false => open(&source, args, &options, Input::of(arguments.given.stdin.as_deref()), world),
    };
    let screen = match opened {
        Ok(session) => played(session, app, arguments)?,
        Err(Failure::Program(broken)) => played(*broken, app.with_pipeline(), arguments)?,
        Err(failure) => return Err(failure),
    };
    let file = arguments.file.as_deref().unwrap_or("<string>");
    finished(&screen, format, file.rsplit('/').next().unwrap_or_default(), arguments)
}

/// The picture in its format, or in its file.
fn finished(screen: &Buffer, format: Format, name: &str, arguments: &ShotArguments) -> Result<Option<String>, Failure> {
    let picture = match format {
        Format::Svg => {
            let title = arguments.title.clone().unwrap_or_else(|| format!("uncoil {name}"));
            svg::svg(screen, &svg::Options { title, light: arguments.light, ..svg::Options::default() })
        }
        Format::Txt => text::text(screen),
        Format::Ansi => ansi::ansi(screen),
    };
    match &arguments.output {
        None => Ok(Some(picture)),
        Some(file) => std::fs::write(file, picture).map(|()| None).map_err(|error| Failure::Own(format!("{file}: {error}"))),
    }
}

/// The screen after the keys.
fn played<E: Engine>(engine: E, app: App, arguments: &ShotArguments) -> Result<Buffer, Failure> {
    let mut driver = Driver::new(engine, app, arguments.size.0, arguments.size.1);
    driver.keys(&arguments.keys).map_err(|error| Failure::Own(format!("--keys: {error}")))?;
    Ok(driver.screen())
}

/// Where the program's standard input comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Input<'a> {
    File(&'a str),
    /// What our own is redirected from, else the user.
    Ours,
    /// The user types it.
    Typed,
}

impl<'a> Input<'a> {
    /// Of an option `--stdin FILE`.
    pub(super) fn of(file: Option<&'a str>) -> Input<'a> {
        file.map_or(Input::Ours, Input::File)
    }
}

/// The session of a program, or of a session file: that stands where it was left.
pub(super) fn open(
    source: &Source,
    args: Vec<String>,
    options: &Options,
    stdin: Input<'_>,
    world: Box<dyn Host + Send>,
) -> Result<Session, Failure> {
    if let Source::File(file) = source
        && let Some(bytes) = session_file(file)
    {
        let failed = |problem| Failure::Own(format!("{file}: {problem}"));
        let recording = Recording::read(&bytes).map_err(failed)?;
        return Session::reopen(&recording, world).map_err(failed);
    }
    load(source, args, options, stdin).map(|program| Session::new(program, world))
}

/// The content of a file that is a session, or is called one.
fn session_file(file: &str) -> Option<Vec<u8>> {
    let bytes = std::fs::read(file).ok()?;
    (is_session(&bytes) || file.ends_with(".uncoil")).then_some(bytes)
}

/// Reads and compiles a program, before any screen is opened.
pub(super) fn load(source: &Source, args: Vec<String>, options: &Options, stdin: Input<'_>) -> Result<Program, Failure> {
    let read = match source {
        Source::File(folder) if std::path::Path::new(folder).is_dir() => super::read_program(Some(&format!("{folder}/__main__.py")), None),
        Source::File(file) => super::read_program(Some(file), None),
        Source::Code(code) => super::read_program(None, Some(code)),
        Source::Stdin => super::read_program(Some("-"), None),
        Source::Module(name) => return load_module(name, args, options, source, stdin),
        Source::None => Err("no program given".to_string()),
    };
    let (bytes, name) = read.map_err(Failure::Own)?;
    let config = config_of(source, args, options)?;
    let stdin = stdin_of(stdin, &name)?;
    if pyc::is_pyc(&name, &bytes) {
        let (code, _) = pyc::read_verified(&bytes).map_err(|error| Failure::Own(format!("{name}: {error}")))?;
        // The source that it was made from is shown, if it still lies there.
        let source = std::fs::read(&*code.filename).unwrap_or_default();
        return Ok(Program {
            bytes: source,
            name: code.filename.to_string(),
            pyc: Some(python::absolute(&name)),
            code,
            config,
            stdin,
            machine: None,
        });
    }
    let optimize = config.optimize;
    Program::compile(bytes.clone(), name.clone(), config, stdin).map_err(|error| match Broken::new(&name, &bytes, optimize) {
        Some(broken) => Failure::Program(Box::new(broken)),
        None => Failure::Own(interpreter::syntax_error_text(&error, &bytes, &name)),
    })
}

/// A module is found and begun as `-m` does it; the session starts at its first instruction.
fn load_module(name: &str, args: Vec<String>, options: &Options, source: &Source, stdin: Input<'_>) -> Result<Program, Failure> {
    let config = config_of(source, args, options)?;
    let stdin = stdin_of(stdin, name)?;
    let mut world = Recorder::new(StillWorld::default());
    let vm = interpreter::load_module_to_start(name, config.clone(), &mut world).map_err(Failure::Own)?;
    let module = Module { name: name.to_owned(), answers: world.answers };
    let Some(record) = capture::running_code(&vm) else { return Err(Failure::Own(format!("{name}: there is no code"))) };
    let (code, name) = (record.code.clone(), record.code.filename.to_string());
    let bytes = std::fs::read(&name).unwrap_or_default();
    Ok(Program { bytes, name, pyc: None, code, config, stdin, machine: Some((Box::new(vm), module)) })
}

/// How the machine is set up for a session: its checkpoints are copies of the whole machine.
fn config_of(source: &Source, args: Vec<String>, options: &Options) -> Result<Config, Failure> {
    let mut config = options.config(source, args).map_err(Failure::Own)?;
    if !options.has_memory_limit() {
        config.memory_limit = 1 << 30;
    }
    Ok(config)
}

/// The program's standard input: of a file, or what is left of a redirected one.
fn stdin_of(stdin: Input<'_>, name: &str) -> Result<Option<Vec<String>>, Failure> {
    match stdin {
        Input::File(path) => Ok(Some(read_lines(std::fs::File::open(path), path)?)),
        Input::Ours if !std::io::stdin().is_terminal() && name != "<stdin>" => Ok(piped_lines()),
        Input::Ours | Input::Typed => Ok(None),
    }
}

fn read_lines(file: std::io::Result<std::fs::File>, path: &str) -> Result<Vec<String>, Failure> {
    let mut bytes = Vec::new();
    let read = file.and_then(|mut file| file.read_to_end(&mut bytes));
    read.map_err(|error| Failure::Own(format!("can't read '{path}': {error}")))?;
    Ok(String::from_utf8_lossy(&bytes).split_inclusive('\n').map(str::to_owned).collect())
}

/// The lines of standard input, if it is a file or a pipe; nothing where it is closed or `/dev/null`.
fn piped_lines() -> Option<Vec<String>> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    let mut input = std::io::stdin().lock();
    while input.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
        lines.push(String::from_utf8_lossy(&line).into_owned());
        line.clear();
    }
    (!lines.is_empty()).then_some(lines)
}

impl Look {
    /// The screen without anybody's settings, for pictures.
    pub(super) fn app(&self) -> Result<App, String> {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let mut app = App::new(Theme::of_environment(no_color), false);
        self.apply(&mut app)?;
        Ok(app)
    }

    fn apply(&self, app: &mut App) -> Result<(), String> {
        if let Some(name) = &self.theme {
            app.theme = Theme::named(name).ok_or_else(|| format!("there is no theme '{name}'; there are {}", THEMES.join(", ")))?;
        }
        if let Some(name) = &self.layout {
            let names: Vec<&str> = LAYOUTS.iter().map(|(name, _)| *name).collect();
            let index = names.iter().position(|it| it == name);
            app.layout = index.ok_or_else(|| format!("there is no layout '{name}'; there are {}", names.join(", ")))?;
        }
        if self.ascii {
            app.glyphs = &glyphs::ASCII;
        }
        if self.reduced_motion {
            app.play.motion = false;
        }
        Ok(())
    }

    /// As it was given.
    pub(super) fn layout_name(&self) -> Option<&str> {
        self.layout.as_deref()
    }

    /// As it was given.
    pub(super) fn theme_name(&self) -> Option<&str> {
        self.theme.as_deref()
    }
}

/// `120x36`
pub(super) fn parse_size(text: &str) -> Result<(u16, u16), String> {
    let size = text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    size.filter(|&(width, height)| (1..=1000).contains(&width) && (1..=1000).contains(&height))
        .ok_or_else(|| "a size is COLUMNSxROWS, for example 120x36".into())
}
