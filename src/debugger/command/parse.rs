//! A `:` line to a [`Command`]: `10i`, `break lru.py:14`, `+50`. Errors are sentences for the learner.

use super::{
    COMMANDS, Command, CommandRow, Direction, Focus, Instant, LessonOrder, Place, Resize, Scroll, StepUnit, Wanted, WantedTarget, Zoom,
    row_named,
};
use crate::debugger::{
    breakpoints::{Count, HitCondition, Target, Template, is_like},
    evaluate::Question,
    timeline::change::{Change, is_assignment},
};
use crate::{
    bytecode::opcode::Op,
    text::distance::distance,
    view::{FormsWanted, PaneKind, cards},
};

/// What stands beside the command's name.
pub(super) struct Args<'a> {
    row: &'static CommandRow,
    /// The number before the name.
    count: Option<u64>,
    /// The rest of the line, without blanks around it.
    pub text: &'a str,
    /// The same with its blanks, but for the one after the name: a line of Python may be indented.
    pub raw: &'a str,
}

/// Reads a `:` line. Names may be shortened as long as they are unambiguous; a bare number is a `goto`.
pub fn parse(line: &str) -> Result<Command, String> {
    let line = line.trim_start().trim_end_matches(['\n', '\r']);
    let line = line.strip_prefix(':').unwrap_or(line).trim_start();
    if line.is_empty() {
        return Err("no command; `?` lists them".into());
    }
    if line.starts_with(['+', '-']) {
        return Ok(Command::Goto(instant(line.trim_end())?));
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (count, line) = line.split_at(digits);
    let count = if count.is_empty() { None } else { Some(number(count)?) };
    let line = line.trim_start();
    if line.trim().is_empty() {
        return Ok(Command::Goto(Instant::At(count.unwrap_or(0))));
    }
    let name_end = if line.starts_with(['/', '\'']) { 1 } else { line.find(char::is_whitespace).unwrap_or(line.len()) };
    let (name, text) = line.split_at(name_end);
    // The name of a pane alone chooses it.
    if let (None, "", None, Ok(pane)) = (count, text.trim(), row_named(name), pane(name)) {
        return Ok(Command::Focus(Focus::Pane(pane)));
    }
    let row = find_row(name)?;
    let args = Args { row, count, text: text.trim(), raw: text.strip_prefix(char::is_whitespace).unwrap_or(text) };
    if count.is_some() && !row.syntax.contains("COUNT") {
        return Err(format!("`{}` takes no count", row.name));
    }
    (row.parse)(&args)
}

impl Args<'_> {
    /// At most one word.
    pub fn optional_word(&self) -> Result<Option<&str>, String> {
        let mut words = self.text.split_whitespace();
        let word = words.next();
        match words.next() {
            None => Ok(word),
            Some(extra) => Err(format!("`{extra}` is too much; {}", self.usage())),
        }
    }

    fn word(&self) -> Result<&str, String> {
        self.optional_word()?.ok_or_else(|| self.usage())
    }

    /// The count, before the name or after it: `10i` and `i 10` are the same.
    fn count(&self) -> Result<u64, String> {
        match (self.count, self.optional_word()?) {
            (None, None) => Ok(1),
            (Some(count), None) => Ok(count),
            (None, Some(word)) => number(word),
            (Some(_), Some(_)) => Err(format!("two counts; {}", self.usage())),
        }
    }

    fn usage(&self) -> String {
        format!("write `{} {}`", self.row.name, self.row.syntax)
    }
}

/// The row of a name, an alias, or an unambiguous beginning of a name.
fn find_row(name: &str) -> Result<&'static CommandRow, String> {
    if let Some(row) = row_named(name) {
        return Ok(row);
    }
    let found: Vec<_> = COMMANDS.iter().filter(|row| row.name.starts_with(name)).collect();
    match found.as_slice() {
        [row] => Ok(row),
        [first, rest @ ..] if rest.iter().all(|row| row.name.strip_suffix("-back") == Some(first.name)) => Ok(first),
        [] => {
            let near = COMMANDS.iter().map(|row| (distance(name, row.name), row.name)).min();
            Err(match near {
                Some((far, near)) if far <= 2 && far < name.chars().count() => {
                    format!("no command `{name}`; did you mean `{near}`?")
                }
                _ => format!("no command `{name}`; `?` lists them"),
            })
        }
        several => {
            let names: Vec<_> = several.iter().map(|row| row.name).collect();
            Err(format!("`{name}` may be {}", names.join(" or ")))
        }
    }
}

pub(super) fn plain(args: &Args<'_>, command: Command) -> Result<Command, String> {
    if args.text.is_empty() { Ok(command) } else { Err(format!("`{}` takes no argument", args.row.name)) }
}

pub(super) fn step(args: &Args<'_>, unit: StepUnit, direction: Direction) -> Result<Command, String> {
    Ok(Command::Step { unit, direction, count: args.count()? })
}

pub(super) fn frame_move(args: &Args<'_>, sign: i64) -> Result<Command, String> {
    Ok(Command::FrameMove(sign * i64::try_from(args.count()?).unwrap_or(i64::MAX)))
}

pub(super) fn thread(args: &Args<'_>) -> Result<Command, String> {
    Ok(Command::Thread(match args.optional_word()? {
        None => None,
        Some(word) => Some(u32::try_from(number(word)?).unwrap_or(u32::MAX)),
    }))
}

pub(super) fn frame(args: &Args<'_>) -> Result<Command, String> {
    Ok(Command::FrameSelect(number(args.word()?)? as usize))
}

pub(super) fn until(args: &Args<'_>, direction: Direction) -> Result<Command, String> {
    Ok(Command::Until { place: optional_place(args)?, direction })
}

pub(super) fn goto(args: &Args<'_>) -> Result<Command, String> {
    let word = args.word()?;
    if let Some(mark) = word.strip_prefix('\'') {
        return Ok(Command::ToMark(Some(mark.to_owned())));
    }
    Ok(Command::Goto(match word {
        "first" => Instant::First,
        "last" => Instant::Last,
        word => instant(word)?,
    }))
}

/// `next`, `answer 3`, `4`
pub(super) fn lesson(args: &Args<'_>) -> Result<Command, String> {
    let (word, rest) = args.text.split_once(char::is_whitespace).map_or((args.text, ""), |(word, rest)| (word, rest.trim()));
    Ok(Command::Lesson(match (word, rest) {
        ("next", "") => LessonOrder::Next,
        ("previous", "") => LessonOrder::Previous,
        ("hint", "") => LessonOrder::Hint,
        ("solve", "") => LessonOrder::Solve,
        ("restart", "") => LessonOrder::Restart,
        ("answer", text) if !text.is_empty() => LessonOrder::Answer(text.to_owned()),
        ("open", text) => LessonOrder::Open(text.parse().map_err(|_| args.usage())?),
        (step, "") if !step.is_empty() => LessonOrder::Step(step.parse().map_err(|_| args.usage())?),
        _ => return Err(args.usage()),
    }))
}

/// A place with `if EXPR` behind.
pub(super) fn break_at(args: &Args<'_>, temporary: bool) -> Result<Command, String> {
    let (text, condition) = conditional(args.text)?;
    Ok(Command::Break { target: target(text, args)?, condition, temporary, log: None })
}

/// `14 "x is {x}" if x > 3`
pub(super) fn log(args: &Args<'_>) -> Result<Command, String> {
    let Some((from, to)) = args.text.find('"').zip(args.text.rfind('"')).filter(|(from, to)| from < to) else {
        return Err(args.usage());
    };
    // An output's place has quotes of its own.
    let from = match args.text[..from].trim_end() {
        "output" => args.text[from + 1..to].find(" \"").map(|at| from + 2 + at).ok_or_else(|| args.usage())?,
        _ => from,
    };
    let template = Template::new(&args.text[from + 1..to])?;
    let condition = match args.text[to + 1..].trim() {
        "" => None,
        rest => Some(Question::new(rest.strip_prefix("if ").ok_or_else(|| args.usage())?.trim())?),
    };
    Ok(Command::Break { target: target(args.text[..from].trim(), args)?, condition, temporary: false, log: Some(template) })
}

fn conditional(text: &str) -> Result<(&str, Option<Question>), String> {
    Ok(match text.strip_prefix("if ").map(|condition| ("", condition)).or(text.split_once(" if ")) {
        Some((text, condition)) => (text.trim(), Some(Question::new(condition.trim())?)),
        None => (text, None),
    })
}

/// `14`, `lru.py:14`, `Stack.push`, `op CALL in f`, `raise KeyError`, `refcount x 0`: what a breakpoint may be at.
fn target(text: &str, args: &Args<'_>) -> Result<WantedTarget, String> {
    let (kind, rest) = text.split_once(char::is_whitespace).map_or((text, ""), |(kind, rest)| (kind, rest.trim()));
    let words: Vec<&str> = rest.split_whitespace().collect();
    let optional = || match words[..] {
        [] => Ok(None),
        [word] => Ok(Some(word.to_owned())),
        _ => Err(format!("`{rest}` is too much after `{kind}`")),
    };
    let needed = |example: &str| optional()?.ok_or_else(|| format!("which one? for example `break {kind} {example}`"));
    Ok(WantedTarget::Target(match kind {
        "" => return Ok(WantedTarget::Cursor),
        "op" => match words[..] {
            [] => return Err("which instruction? for example `break op BINARY_OP`".into()),
            [name] => Target::Opcode { name: opcode(name)?, function: None },
            [name, "in", function] => Target::Opcode { name: opcode(name)?, function: Some(function.to_owned()) },
            _ => return Err("write `break op OPNAME [in FUNCTION]`".into()),
        },
        "offset" => match words[..] {
            [offset] => return Ok(WantedTarget::Offset(number(offset)? as u32)),
            [offset, "in", function] => Target::Offset { offset: number(offset)? as u32, function: function.to_owned() },
            _ => return Err("write `break offset N [in FUNCTION]`, as the Bytecode pane shows it".into()),
        },
        "raise" => Target::Raised(optional()?),
        "uncaught" => Target::Uncaught(optional()?),
        "specialize" => Target::Specialize(optional()?),
        "deopt" => Target::Deopt(optional()?),
        "watch" if !rest.is_empty() => match watched(rest)? {
            WantedTarget::Watch { question, of: None, .. } => Target::Watch(question),
            of_a_call => return Ok(of_a_call),
        },
        "refcount" if !rest.is_empty() => refcount(rest)?,
        "alloc" if !rest.is_empty() => Target::Alloc(needed("list")?),
        "free" if !rest.is_empty() => Target::Free(needed("list")?),
        "gc" => Target::Collect(match optional()? {
            None => None,
            Some(word) => Some(word.parse().ok().filter(|&it| it < 3).ok_or("generations are 0, 1 and 2")?),
        }),
        "switch" if rest.is_empty() => Target::Switch,
        "output" if !rest.is_empty() => {
            let text = rest.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(rest);
            Target::Output(text.to_owned())
        }
        "step" if !rest.is_empty() => Target::Step(number(&needed("1200")?)?),
        // `break step` may mean a function of that name.
        name if rest.is_empty() && is_name(name) => Target::Function(name.to_owned()),
        _ => return place(text).map(WantedTarget::Line).ok_or_else(|| format!("`{text}` is no line and no function; {}", args.usage())),
    }))
}

/// `x`, `x 3`, `x == 0`
fn refcount(text: &str) -> Result<Target, String> {
    let (name, last) = text.rsplit_once(char::is_whitespace).unwrap_or((text, ""));
    let (name, count) = match last.parse() {
        Ok(count) => (name.trim_end().trim_end_matches("==").trim_end(), Count::Reaches(count)),
        Err(_) => (text, Count::Changes),
    };
    Ok(Target::Refcount { of: wanted(name)?, count })
}

/// A name with dots, as functions have them.
fn is_name(text: &str) -> bool {
    text.split('.').all(|part| part.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '<')) && !text.contains(':')
}

/// `CALL*` stands for all instructions whose names begin so.
fn opcode(written: &str) -> Result<String, String> {
    let opname = written.to_ascii_uppercase();
    let known = Op::ALL.iter().any(|op| is_like(&opname, op.name()));
    if known {
        return Ok(opname);
    }
    let near = Op::ALL.iter().map(|op| (distance(&opname, op.name()), op.name())).min();
    Err(match near {
        Some((far, near)) if far <= 3 => format!("no instruction `{opname}` in 3.11; did you mean `{near}`?"),
        _ => format!("no instruction `{opname}` in 3.11"),
    })
}

/// `LOAD_FAST`, or nothing.
pub(super) fn card(args: &Args<'_>) -> Result<Command, String> {
    Ok(Command::Card(args.optional_word()?.map(|name| cards::full_name(name).map(str::to_owned)).transpose()?))
}

pub(super) fn adaptive(args: &Args<'_>) -> Result<Command, String> {
    let word = args.optional_word()?;
    Ok(Command::Adaptive(word.map(|word| FormsWanted::named(word).ok_or_else(|| args.usage())).transpose()?))
}

pub(super) fn question(args: &Args<'_>) -> Result<Question, String> {
    if args.text.is_empty() { Err(args.usage()) } else { Question::new(args.text) }
}

/// `total`, or `total of Account.deposit`: `of` stands in no expression.
fn watched(text: &str) -> Result<WantedTarget, String> {
    let parts = text.rsplit_once(" of ").map(|(text, function)| (text.trim(), function.trim()));
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '<' | '>'));
    Ok(match parts.filter(|(_, function)| is_name(function)) {
        Some((text, function)) => WantedTarget::Watch { question: Question::new(text)?, frame: 0, of: Some(function.to_owned()) },
        None => WantedTarget::Watch { question: Question::new(text)?, frame: 0, of: None },
    })
}

pub(super) fn watch(args: &Args<'_>) -> Result<Command, String> {
    Ok(Command::Break { target: watched(args.text)?, condition: None, temporary: false, log: None })
}

pub(super) fn condition(args: &Args<'_>) -> Result<Command, String> {
    let (number, text) = args.text.split_once(char::is_whitespace).unwrap_or((args.text, ""));
    let number = number.parse().map_err(|_| args.usage())?;
    let condition = if text.trim().is_empty() { None } else { Some(Question::new(text.trim())?) };
    Ok(Command::Condition { number, condition })
}

pub(super) fn ignore(args: &Args<'_>) -> Result<Command, String> {
    let words: Vec<&str> = args.text.split_whitespace().collect();
    let [breakpoint, count] = words[..] else { return Err(args.usage()) };
    Ok(Command::Ignore { number: breakpoint.parse().map_err(|_| args.usage())?, count: number(count)? })
}

pub(super) fn hits(args: &Args<'_>) -> Result<Command, String> {
    let (word, condition) = args.text.split_once(char::is_whitespace).unwrap_or((args.text, ""));
    let number = word.parse().map_err(|_| args.usage())?;
    let wanted = if condition.trim().is_empty() { None } else { Some(HitCondition::parse(condition)?) };
    Ok(Command::Hits { number, wanted })
}

pub(super) fn change(args: &Args<'_>, direction: Direction) -> Result<Command, String> {
    let question = if args.text.is_empty() { None } else { Some(Question::new(args.text)?) };
    Ok(Command::NextChange { question, direction, count: 1 })
}

pub(super) fn born(args: &Args<'_>, freed: bool) -> Result<Command, String> {
    Ok(Command::Born { what: wanted_of(args)?, frame: 0, freed })
}

pub(super) fn holders(args: &Args<'_>) -> Result<Command, String> {
    Ok(Command::Holders { what: wanted_of(args)?, frame: 0 })
}

pub(super) fn wrote(args: &Args<'_>) -> Result<Command, String> {
    number(args.word()?).map(Command::Wrote)
}

pub(super) fn diff(args: &Args<'_>) -> Result<Command, String> {
    match args.text.strip_prefix("input ") {
        Some(file) => Ok(Command::Diff { file: file.trim().to_owned(), is_input: true }),
        None if args.text.is_empty() => Err(args.usage()),
        None => Ok(Command::Diff { file: args.text.to_owned(), is_input: false }),
    }
}

fn wanted_of(args: &Args<'_>) -> Result<Wanted, String> {
    if args.text.is_empty() { Err(args.usage()) } else { wanted(args.text) }
}

pub(super) fn enable(args: &Args<'_>, enabled: bool) -> Result<Command, String> {
    Ok(Command::Enable { number: breakpoint_number(args)?, enabled })
}

pub(super) fn print(args: &Args<'_>) -> Result<Command, String> {
    if args.text.is_empty() {
        return Err(args.usage());
    }
    Ok(Command::Print { expression: args.text.to_owned(), frame: 0 })
}

/// `14` or `lru.py:14`.
pub(super) fn optional_place(args: &Args<'_>) -> Result<Option<Place>, String> {
    if args.text.is_empty() {
        return Ok(None);
    }
    place(args.text).map(Some).ok_or_else(|| format!("`{}` is no line; {}", args.text, args.usage()))
}

fn place(text: &str) -> Option<Place> {
    let (file, line) = match text.rsplit_once(':') {
        Some((file, line)) => (Some(file.to_owned()), line),
        None => (None, text),
    };
    let line = line.parse().ok().filter(|&line| line > 0)?;
    (file.as_deref() != Some("")).then_some(Place { file, line })
}

pub(super) fn delete(args: &Args<'_>) -> Result<Command, String> {
    Ok(Command::Delete { number: breakpoint_number(args)? })
}

/// `None`: all of them.
fn breakpoint_number(args: &Args<'_>) -> Result<Option<u32>, String> {
    match args.optional_word()? {
        None | Some("all") => Ok(None),
        Some(word) => match word.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(format!("`{word}` is no number of a breakpoint; `breakpoints` lists them")),
        },
    }
}

/// `x.head`, `#12`: an object to look at.
fn wanted(text: &str) -> Result<Wanted, String> {
    if let Some(serial) = text.strip_prefix('#') {
        return number(serial).map(|serial| Wanted::Serial(u32::try_from(serial).unwrap_or(u32::MAX)));
    }
    Question::new(text).map(Wanted::Named)
}

pub(super) fn inspect(args: &Args<'_>) -> Result<Command, String> {
    let what = if args.text.is_empty() { None } else { Some(wanted(args.text)?) };
    Ok(Command::Inspect { what, frame: 0 })
}

pub(super) fn graph(args: &Args<'_>) -> Result<Command, String> {
    let what = if args.text.is_empty() { None } else { Some(wanted(args.text)?) };
    Ok(Command::Graph { what, frame: 0 })
}

pub(super) fn code(args: &Args<'_>) -> Result<Command, String> {
    // `make.<locals>.add` is a name of code and no expression.
    let what = (!args.text.is_empty()).then(|| wanted(args.text).unwrap_or_else(|_| Wanted::Code(args.text.to_owned())));
    Ok(Command::Code { what, frame: 0 })
}

pub(super) fn ledger(args: &Args<'_>) -> Result<Command, String> {
    let what = if args.text.is_empty() { None } else { Some(wanted(args.text)?) };
    Ok(Command::Ledger { what, frame: 0 })
}

pub(super) fn show(args: &Args<'_>) -> Result<Command, String> {
    // The words of other debuggers.
    let word = match args.word()? {
        "locals" | "args" => "variables",
        "frame" | "backtrace" => "frames",
        "b" | "break" => "breakpoints",
        word => word,
    };
    Ok(Command::Show { pane: pane(word)?, frame: 0 })
}

fn pane(word: &str) -> Result<PaneKind, String> {
    PaneKind::ALL.into_iter().find(|pane| pane.name() == word || pane.number().is_some_and(|number| number.to_string() == word)).ok_or_else(
        || {
            let names: Vec<_> = PaneKind::ALL.iter().map(|pane| pane.name()).collect();
            format!("no pane `{word}`; there are {}", names.join(", "))
        },
    )
}

pub(super) fn focus(args: &Args<'_>) -> Result<Command, String> {
    let word = args.word()?;
    let focus = match word {
        "next" => Focus::Next,
        "previous" => Focus::Previous,
        _ => Focus::Pane(pane(word)?),
    };
    Ok(Command::Focus(focus))
}

pub(super) fn zoom(args: &Args<'_>) -> Result<Command, String> {
    match args.word()? {
        "in" => Ok(Command::Zoom(Zoom::In)),
        "out" => Ok(Command::Zoom(Zoom::Out)),
        _ => Err(args.usage()),
    }
}

pub(super) fn resize(args: &Args<'_>) -> Result<Command, String> {
    Ok(Command::Resize(match args.word()? {
        "narrower" => Resize::Narrower,
        "wider" => Resize::Wider,
        "lower" => Resize::Lower,
        "higher" => Resize::Higher,
        "reset" => Resize::Reset,
        _ => return Err(args.usage()),
    }))
}

pub(super) fn open(args: &Args<'_>) -> Result<Command, String> {
    if args.text.is_empty() { Err(args.usage()) } else { Ok(Command::Open(args.text.to_owned())) }
}

pub(super) fn scroll(args: &Args<'_>) -> Result<Command, String> {
    Ok(Command::Scroll(match args.word()? {
        "up" => Scroll::Up,
        "down" => Scroll::Down,
        "left" => Scroll::Left,
        "right" => Scroll::Right,
        "page-up" => Scroll::PageUp,
        "page-down" => Scroll::PageDown,
        "top" => Scroll::Top,
        "bottom" => Scroll::Bottom,
        _ => return Err(args.usage()),
    }))
}

pub(super) fn display(args: &Args<'_>) -> Result<Command, String> {
    if args.text.is_empty() {
        return Ok(Command::Display(None));
    }
    question(args).map(|question| Command::Display(Some(question)))
}

pub(super) fn undisplay(args: &Args<'_>) -> Result<Command, String> {
    match args.optional_word()? {
        None => Ok(Command::Undisplay(None)),
        Some(word) => Ok(Command::Undisplay(Some(u32::try_from(number(word)?).unwrap_or(u32::MAX)))),
    }
}

pub(super) fn jump(args: &Args<'_>) -> Result<Command, String> {
    let line = number(args.word()?)?;
    Ok(Command::Change(Change::Jump(u32::try_from(line).unwrap_or(u32::MAX))))
}

pub(super) fn switch(args: &Args<'_>) -> Result<Command, String> {
    let id = number(args.word()?)?;
    Ok(Command::Change(Change::Switch(u32::try_from(id).unwrap_or(u32::MAX))))
}

pub(super) fn hold(args: &Args<'_>) -> Result<Command, String> {
    match args.optional_word()? {
        None | Some("on") => Ok(Command::Change(Change::Hold(true))),
        Some("off") => Ok(Command::Change(Change::Hold(false))),
        Some(_) => Err(args.usage()),
    }
}

pub(super) fn return_value(args: &Args<'_>) -> Result<Command, String> {
    let value = question(args)?;
    Ok(Command::Change(Change::Return(value.text)))
}

pub(super) fn yes(args: &Args<'_>) -> Result<Command, String> {
    let command = if args.text.is_empty() { None } else { Some(Box::new(parse(args.text)?)) };
    Ok(Command::Yes(command))
}

/// An assignment to something of the program, or a setting.
pub(super) fn set(args: &Args<'_>) -> Result<Command, String> {
    match args.text {
        "confirm on" => return Ok(Command::Confirm(true)),
        "confirm off" => return Ok(Command::Confirm(false)),
        text if is_assignment(text) => return Ok(Command::Change(Change::Assign { text: text.to_owned(), frame: 0 })),
        _ => {}
    }
    let (name, value) = args.text.split_once(char::is_whitespace).ok_or_else(|| args.usage())?;
    Ok(Command::Set { name: name.to_owned(), value: value.trim().to_owned() })
}

pub(super) fn save(args: &Args<'_>) -> Result<Command, String> {
    if args.text.is_empty() { Err(args.usage()) } else { Ok(Command::Save(args.text.to_owned())) }
}

/// `page.html`, `page.html 0-57`, `sheet.md 0-57 answers`; blanks may stand in the name.
pub(super) fn export(args: &Args<'_>) -> Result<Command, String> {
    let last = |text| str::rsplit_once(text, char::is_whitespace).map(|(rest, word): (&str, &str)| (rest.trim_end(), word));
    let (text, answers) = match last(args.text) {
        Some((text, "answers")) => (text, true),
        _ => (args.text, false),
    };
    let (file, range) = match last(text).map(|(file, word)| (file, instants(word))) {
        Some((file, Some(range))) => (file, Some(range)),
        _ => (text, None),
    };
    if file.is_empty() {
        let endings = "its ending says what: .svg .txt .ansi, or .html .cast .json .md, which take a range, as 0-500";
        return Err(format!("write `export FILE`; {endings}; a worksheet, .md, also takes `answers`"));
    }
    Ok(Command::Export { file: file.to_owned(), range, answers })
}

/// `12-40` or `12..40`
fn instants(word: &str) -> Option<(u64, u64)> {
    let (from, to) = word.split_once("..").or_else(|| word.split_once('-'))?;
    Some((from.parse().ok()?, to.parse().ok()?))
}

/// `120`, `+50`, `-50`.
fn instant(word: &str) -> Result<Instant, String> {
    if let Some(rest) = word.strip_prefix('+') {
        Ok(Instant::Later(number(rest)?))
    } else if let Some(rest) = word.strip_prefix('-') {
        Ok(Instant::Earlier(number(rest)?))
    } else {
        Ok(Instant::At(number(word)?))
    }
}

/// A number, with `_` or `,` between digits as one likes.
fn number(word: &str) -> Result<u64, String> {
    let digits: String = word.chars().filter(|c| !matches!(c, '_' | ',')).collect();
    digits.trim().parse().map_err(|_| format!("`{word}` is no number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        use Direction::*;
        let step = |unit, direction, count| Ok(Command::Step { unit, direction, count });
        assert_eq!(parse("i"), step(StepUnit::Instruction, Forward, 1));
        assert_eq!(parse(":10i"), step(StepUnit::Instruction, Forward, 10));
        assert_eq!(parse("10 I"), step(StepUnit::Instruction, Back, 10));
        assert_eq!(parse("n 3"), step(StepUnit::LineOver, Forward, 3));
        assert_eq!(parse("goto last"), Ok(Command::Goto(Instant::Last)));
        assert_eq!(parse("inst 1_000"), step(StepUnit::Instruction, Forward, 1000));
        assert_eq!(parse("goto 120"), Ok(Command::Goto(Instant::At(120))));
        assert_eq!(parse("120"), Ok(Command::Goto(Instant::At(120))));
        assert_eq!(parse("+50"), Ok(Command::Goto(Instant::Later(50))));
        assert_eq!(parse("goto -50"), Ok(Command::Goto(Instant::Earlier(50))));
        let at = |target| Ok(Command::Break { target, condition: None, temporary: false, log: None });
        let opcode = |function: Option<&str>| Target::Opcode { name: "BINARY_OP".into(), function: function.map(str::to_owned) };
        assert_eq!(parse("break op binary_op"), at(WantedTarget::Target(opcode(None))));
        assert_eq!(parse("break op binary_op in f"), at(WantedTarget::Target(opcode(Some("f")))));
        assert_eq!(parse("break a b.py:7"), at(WantedTarget::Line(Place { file: Some("a b.py".into()), line: 7 })));
        assert_eq!(parse("break Stack.push"), at(WantedTarget::Target(Target::Function("Stack.push".into()))));
        assert_eq!(parse("break raise KeyError"), at(WantedTarget::Target(Target::Raised(Some("KeyError".into())))));
        assert_eq!(parse("b"), at(WantedTarget::Cursor));
        let condition = Some(Question::new("x > 3").expect("an expression"));
        let conditional = Command::Break { target: WantedTarget::Line(Place::line(7)), condition, temporary: true, log: None };
        assert_eq!(parse("tb 7 if x > 3"), Ok(conditional));
        assert_eq!(parse("delete"), Ok(Command::Delete { number: None }));
        assert_eq!(parse("input 3 4"), Ok(Command::Input(Some("3 4".into()))));
        assert_eq!(parse("/self.head"), Ok(Command::Search("self.head".into())));
        assert_eq!(parse("focus heap"), Ok(Command::Focus(Focus::Pane(PaneKind::Heap))));
        assert_eq!(parse("threads"), Ok(Command::Focus(Focus::Pane(PaneKind::Threads))));
        assert_eq!(parse("graph"), Ok(Command::Graph { what: None, frame: 0 }));
        let export = |file: &str, range, answers| Ok(Command::Export { file: file.into(), range, answers });
        assert_eq!(parse("export a sheet.md"), export("a sheet.md", None, false));
        assert_eq!(parse("export a sheet.md 0-57"), export("a sheet.md", Some((0, 57)), false));
        assert_eq!(parse("export a sheet.md 0..57 answers"), export("a sheet.md", Some((0, 57)), true));
        assert_eq!(parse("export sheet.md answers"), export("sheet.md", None, true));
    }

    #[test]
    fn errors_help() {
        let error = |line| parse(line).unwrap_err();
        assert_eq!(error("finsh"), "no command `finsh`; did you mean `finish`?");
        assert_eq!(error("xyzzy"), "no command `xyzzy`; `?` lists them");
        assert_eq!(error("10quit"), "`quit` takes no count");
        assert_eq!(error("break 7 x"), "`7 x` is no line and no function; write `break [PLACE] [if EXPR]`");
        assert_eq!(error("break 7 if x >"), "`x >`: invalid syntax");
        assert_eq!(error("break op binary_add"), "no instruction `BINARY_ADD` in 3.11; did you mean `BINARY_OP`?");
        assert_eq!(error("break op"), "which instruction? for example `break op BINARY_OP`");
        assert_eq!(error("se x"), "`se` may be search or search-next or search-previous or set");
        assert_eq!(error("goto there"), "`there` is no number");
        assert_eq!(error(""), "no command; `?` lists them");
    }
}
