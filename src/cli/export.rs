//! `uncoil export FILE -o run.html`: a run, or a screen of it, in a file, without a terminal.
//!
//! ```text
//!   uncoil export bank.py --from 40 --to 400 -o bank.html      a page with a scrubber
//!   uncoil export bank.py --by line -o bank.cast               a recording of the screen, line by line
//!   uncoil export bank.py --to 200 --answers -o bank.md        a worksheet
//! ```
//!
//! The program runs in a world where the clock stands still, so the same command writes the same file.

use std::process::ExitCode;

use clap::ValueEnum;

use super::{
    debug::{self, Failure, Given, Input, Look},
    python::{self, Options},
};
use crate::{
    debugger::{engine::Engine, session::Session, world::StillWorld},
    export::{
        self, Format,
        cast::Cast,
        html::{self, Ground},
        python_tutor::{self, Tutor},
        svg,
        trace::{self, Trace},
        walk::{End, MOST, Span, USUALLY, Unit, Walked, walk},
        worksheet::{self, Worksheet},
    },
    tui::{app::App, driver::Driver},
};

#[derive(clap::Args)]
pub struct Arguments {
    /// The first instant, counted in instructions
    #[arg(long, value_name = "N", default_value_t = 0)]
    from: u64,
    /// The last instant; otherwise the end of the program, or 1000 instants
    #[arg(long, value_name = "N")]
    to: Option<u64>,
    /// Only every N-th instruction, or line
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    every: u64,
    /// From instruction to instruction, or from line to line
    #[arg(long, value_enum, default_value_t = By::Instruction)]
    by: By,
    /// The file to write; its ending says what: .html .cast .json .md (a run), .svg .txt .ansi (the screen at --from)
    #[arg(short = 'o', long, value_name = "FILE")]
    output: String,
    /// Columns and rows of screens
    #[arg(long, default_value = "120x36", value_parser = debug::parse_size)]
    size: (u16, u16),
    /// How long each screen of a .cast shows, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 0.5, value_parser = seconds)]
    pause: f64,
    /// A .json for what reads traces of Python Tutor
    #[arg(long, value_enum, default_value_t = Form::Uncoil)]
    form: Form,
    /// How many questions a worksheet has
    #[arg(long, value_name = "N", default_value_t = 10)]
    questions: usize,
    /// The answers at the end of a worksheet
    #[arg(long)]
    answers: bool,
    #[command(flatten)]
    look: Look,
    #[command(flatten)]
    given: Given,
    /// The program: a file, or - for standard input
    #[arg(required_unless_present = "code")]
    file: Option<String>,
    /// Arguments of the program
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    Instruction,
    Line,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Uncoil,
    PythonTutor,
}

/// No file becomes larger than about this.
const MOST_BYTES: usize = 48 << 20;

pub fn main(arguments: &Arguments) -> ExitCode {
    match export(arguments) {
        Ok(message) => {
            eprintln!("{message}");
            ExitCode::SUCCESS
        }
        Err(failure) => failure.tell(),
    }
}

fn export(arguments: &Arguments) -> Result<String, Failure> {
    let format = Format::of(&arguments.output).map_err(Failure::Own)?;
    if arguments.form == Form::PythonTutor && format != Format::Json {
        return Err(Failure::Own("--form is for .json".into()));
    }
    if arguments.form == Form::PythonTutor && (arguments.every != 1 || arguments.by == By::Line) {
        return Err(Failure::Own("a trace of Python Tutor has its own steps: no --every, no --by".into()));
    }
    // A page has a theme `dark`, which a screen calls `default`.
    let is_page = format == Format::Html && arguments.look.theme_name() == Some("dark");
    let app = if is_page { Look::default().app() } else { arguments.look.app() }.map_err(Failure::Own)?;
    let mut span = span(arguments);
    if format.is_screen() {
        if arguments.to.is_some_and(|to| to != arguments.from) {
            return Err(Failure::Own(format!("{} holds one screen, that of --from; .cast and .html hold a run", arguments.output)));
        }
        span = Span::instant(arguments.from);
    }
    span.check().map_err(|message| {
        let enough = (span.to.unwrap_or(0) - span.from.min(span.to.unwrap_or(0))) / span.most as u64 + 1;
        Failure::Own(if enough > 1 { format!("{message}, or --every {enough}") } else { message })
    })?;
    let options = Options::of_code(arguments.given.code.clone());
    let (source, args) = options.source(&python::Program { file: arguments.file.clone(), args: arguments.args.clone() });
    let world = Box::new(StillWorld::default());
    let session = debug::open(&source, args, &options, Input::of(arguments.given.stdin.as_deref()), world)?;
    let name = arguments.file.as_deref().unwrap_or("<string>");
    let name = name.rsplit('/').next().unwrap_or(name);
    let (text, walked) = match format {
        Format::Svg | Format::Text | Format::Ansi => screen(session, app, &span, arguments, format, name),
        Format::Cast => cast(session, app, &span, arguments, name),
        Format::Markdown => sheet(session, &span, arguments, name),
        Format::Html => run(session, &span, name).map(|(trace, walked)| (html::html(&trace, name, ground(arguments)), walked)),
        Format::Json if arguments.form == Form::PythonTutor => tutor(session, &span),
        Format::Json => run(session, &span, name).map(|(trace, walked)| (trace.json(), walked)),
    }
    .map_err(Failure::Own)?;
    export::write_text(&arguments.output, &text).map_err(|error| Failure::Own(format!("{}: {error}", arguments.output)))?;
    let mut message = format!("wrote {}: {}, {}", arguments.output, count(walked.instants, "instant"), bytes(text.len()));
    if let Some(remark) = walked.remark(&span).filter(|_| !format.is_screen()) {
        message += &format!("; {remark}");
        if walked.end == End::Limit {
            message += ": --from, --to, --every and --by line choose others";
        }
    }
    Ok(message)
}

fn span(arguments: &Arguments) -> Span {
    Span {
        from: arguments.from,
        to: arguments.to,
        every: arguments.every,
        unit: if arguments.by == By::Line { Unit::Line } else { Unit::Instruction },
        most: if arguments.to.is_some() || arguments.form == Form::PythonTutor { MOST } else { USUALLY },
    }
}

fn run(mut session: Session, span: &Span, name: &str) -> Result<(Trace, Walked), String> {
    let mut trace = Trace::new(name);
    let request = trace::request();
    let walked = walk(&mut session, span, |session, _| {
        trace.add(&session.view(&request));
        trace.bytes < MOST_BYTES
    })?;
    Ok((trace, walked))
}

fn tutor(mut session: Session, span: &Span) -> Result<(String, Walked), String> {
    let mut tutor = Tutor::default();
    let request = python_tutor::request();
    let walked = walk(&mut session, span, |session, _| tutor.add(session.view(&request)))?;
    Ok((tutor.json(), walked))
}

fn sheet(mut session: Session, span: &Span, arguments: &Arguments, name: &str) -> Result<(String, Walked), String> {
    let mut sheet = Worksheet::default();
    let request = trace::request();
    let walked = walk(&mut session, span, |session, _| {
        sheet.add(&session.view(&request));
        true
    })?;
    let options = worksheet::Options { questions: arguments.questions, answers: arguments.answers };
    Ok((sheet.markdown(name, options), walked))
}

fn cast(session: Session, app: App, span: &Span, arguments: &Arguments, name: &str) -> Result<(String, Walked), String> {
    let (width, height) = arguments.size;
    let mut cast = Cast::new(width, height, &format!("uncoil {name}"));
    let Driver { mut engine, mut app, .. } = Driver::new(session, app, width, height);
    let walked = walk(&mut engine, span, |engine, _| {
        cast.show(&app.at(engine), arguments.pause);
        cast.len() < MOST_BYTES
    })?;
    Ok((cast.finish(), walked))
}

fn screen(session: Session, app: App, span: &Span, arguments: &Arguments, format: Format, name: &str) -> Result<(String, Walked), String> {
    let (width, height) = arguments.size;
    let Driver { mut engine, mut app, .. } = Driver::new(session, app, width, height);
    let mut picture = None;
    let walked = walk(&mut engine, span, |engine, _| {
        picture = Some(app.at(engine));
        true
    })?;
    let options = svg::Options { title: format!("uncoil {name}"), light: ground(arguments) == Ground::Light, ..svg::Options::default() };
    let picture = picture.ok_or("there is no such instant")?;
    Ok((export::screen(&picture, format, &options).map_err(|error| error.to_string())?, walked))
}

fn ground(arguments: &Arguments) -> Ground {
    match arguments.look.theme_name() {
        None => Ground::Auto,
        Some("light") => Ground::Light,
        Some(_) => Ground::Dark,
    }
}

/// `0.5`
fn seconds(text: &str) -> Result<f64, String> {
    let seconds: Option<f64> = text.parse().ok();
    seconds.filter(|it| (0.01..=60.0).contains(it)).ok_or_else(|| "a pause is 0.01 to 60 seconds".into())
}

fn count(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn bytes(bytes: usize) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
