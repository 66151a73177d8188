//! Breakpoints as editors set them: each request brings the whole list of its kind, which replaces the one before.
//!
//! Invariant: the session has exactly the breakpoints of these lists. Conditions and counts of hits are the session's;
//! what a log-point writes is told when it is written. `hitCondition` is `5`, `== 5`, `> 5`, `>= 5`, `< 5`, `<= 5`
//! or `% 5`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    adapter::Adapter,
    message::{Args, address},
    requests::{Outcome, Then},
};
use crate::debugger::{
    breakpoints::{HitCondition, Target, Template},
    command::Command,
    engine::Engine,
    evaluate::Question,
    session::Session,
};

/// What was asked for, by kind.
#[derive(Default)]
pub struct Rows {
    by_list: BTreeMap<List, Vec<Row>>,
    uncaught: bool,
}

/// A list that is replaced as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    Lines(String),
    Functions,
    Exceptions,
    Instructions,
    Data,
}

/// A breakpoint of an editor.
#[derive(Clone, Debug)]
struct Row {
    target: Target,
    condition: Option<Question>,
    hits: Option<HitCondition>,
    /// It writes this and goes on.
    log: Option<Template>,
    /// What the session made of it.
    number: Option<u32>,
    verified: bool,
}

impl Rows {
    fn all(&self) -> impl Iterator<Item = (&List, &Row)> {
        self.by_list.iter().flat_map(|(list, rows)| rows.iter().map(move |row| (list, row)))
    }

    pub fn stops_at_uncaught(&self) -> bool {
        self.uncaught
    }

    /// The word for a stop there.
    pub fn reason(&self, number: u32) -> &'static str {
        match self.all().find(|(_, row)| row.number == Some(number)) {
            Some((List::Functions, _)) => "function breakpoint",
            Some((List::Exceptions, _)) => "exception",
            Some((List::Instructions, _)) => "instruction breakpoint",
            Some((List::Data, _)) => "data breakpoint",
            Some((List::Lines(_), _)) | None => "breakpoint",
        }
    }
}

impl Adapter {
    /// Sets the breakpoints of a new session as those of the last one were.
    pub fn set_again(&mut self) {
        for list in self.rows.by_list.keys().cloned().collect::<Vec<_>>() {
            let rows = self.rows.by_list.remove(&list).unwrap_or_default();
            self.place(list, rows);
        }
    }

    /// Puts rows where another list was; as the editor hears of it.
    fn replace(&mut self, list: List, wanted: Vec<Result<Row, String>>) -> Result<Value, String> {
        let session = self.session_mut()?;
        let _ = session;
        for old in self.rows.by_list.remove(&list).unwrap_or_default() {
            if let Some(number) = old.number
                && !self.rows.all().any(|(_, row)| row.number == Some(number))
            {
                self.session_mut()?.execute(&Command::Delete { number: Some(number) });
            }
        }
        let (mut good, mut order) = (Vec::new(), Vec::new());
        for row in wanted {
            match row {
                Ok(row) => {
                    order.push(Ok(good.len()));
                    good.push(row);
                }
                Err(why) => order.push(Err(why)),
            }
        }
        let placed = self.place(list, good);
        let said: Vec<Value> = order
            .into_iter()
            .map(|at| match at.and_then(|at| placed[at].clone()) {
                Ok(said) => said,
                Err(why) => json!({"verified": false, "message": why, "reason": "failed"}),
            })
            .collect();
        Ok(json!({"breakpoints": said}))
    }

    fn place(&mut self, list: List, mut rows: Vec<Row>) -> Vec<Result<Value, String>> {
        let Some(session) = &mut self.session else { return Vec::new() };
        let mut said = Vec::new();
        for row in &mut rows {
            if self.launch.as_ref().is_some_and(|launch| launch.no_debug) {
                said.push(Err("the program runs without debugging".into()));
                continue;
            }
            match session.set_breakpoint(row.target.clone(), row.condition.clone(), row.hits, row.log.clone()) {
                Ok((number, target)) => {
                    row.number = Some(number);
                    row.verified = is_placed(session, &target);
                    said.push(Ok(tell(&self.client, session, number, &target, row.verified)));
                }
                Err(why) => said.push(Err(why)),
            }
        }
        self.rows.by_list.insert(list, rows);
        said
    }

    /// Breakpoints in files that have been imported since have their place now.
    pub fn tell_breakpoints(&mut self) {
        let Some(session) = &mut self.session else { return };
        for (list, rows) in &mut self.rows.by_list {
            for row in rows.iter_mut().filter(|row| !row.verified && matches!(list, List::Lines(_))) {
                let Some(old) = row.number else { continue };
                if !is_placed(session, &row.target) {
                    continue;
                }
                session.execute(&Command::Delete { number: Some(old) });
                if let Ok((number, target)) = session.set_breakpoint(row.target.clone(), row.condition.clone(), row.hits, row.log.clone()) {
                    let mut breakpoint = tell(&self.client, session, number, &target, true);
                    breakpoint["id"] = old.into();
                    row.verified = true;
                    row.number = Some(number);
                    self.wire.event("breakpoint", json!({"reason": "changed", "breakpoint": breakpoint}));
                }
            }
        }
    }
}

/// Whether its place is known by now.
fn is_placed(session: &Session, target: &Target) -> bool {
    match target {
        Target::Line { file, .. } => !session.code_lines(file).is_empty(),
        _ => true,
    }
}

fn tell(client: &super::launch::Client, session: &Session, number: u32, target: &Target, verified: bool) -> Value {
    let mut said = json!({"id": number, "verified": verified});
    match target {
        Target::Line { file, line } => {
            said["line"] = client.line(*line).into();
            said["source"] = json!({"path": file});
            if !verified {
                said["message"] = "no code of this file has been met yet".into();
                said["reason"] = "pending".into();
            }
        }
        Target::Unit(unit) => {
            said["instructionReference"] = address(*unit).into();
            if let Some(Some(found)) = session.disassemble((*unit).into(), 1).into_iter().next() {
                said["line"] = found.place.line.map(|line| client.line(line)).into();
            }
        }
        _ => {}
    }
    said
}

fn row(args: Args<'_>, target: Target) -> Result<Row, String> {
    let hits = args.full_text("hitCondition")?.map(HitCondition::parse).transpose()?;
    let log = args.full_text("logMessage")?.map(Template::lenient);
    Ok(Row { target, condition: args.question("condition")?, hits, log, number: None, verified: true })
}

/// What each element of a list asks for.
fn each(args: Args<'_>, name: &str, make: impl Fn(Args<'_>) -> Result<Row, String>) -> Result<Vec<Result<Row, String>>, String> {
    Ok(args.list(name)?.iter().map(|element| make(Args(element))).collect())
}

pub fn lines(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let file = adapter.file_of(args)?;
    let first = adapter.client.first_line();
    let wanted = match args.0.get("breakpoints") {
        Some(_) => each(args, "breakpoints", |element| {
            let line = element.wanted_count("line")? + 1 - first;
            row(element, Target::Line { file: file.clone(), line: u32::try_from(line).map_err(|_| "line is too large")? })
        })?,
        // The way of old editors.
        None => each(args, "lines", |element| {
            let line = element.0.as_u64().and_then(|line| u32::try_from(line).ok()).ok_or("lines must be a list of numbers")?;
            row(Args(&Value::Null), Target::Line { file: file.clone(), line: line + 1 - first as u32 })
        })?,
    };
    Ok((adapter.replace(List::Lines(file.clone()), wanted)?, Then::Nothing))
}

pub fn functions(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let wanted = each(args, "breakpoints", |element| row(element, Target::Function(element.wanted_text("name")?.trim().to_owned())))?;
    Ok((adapter.replace(List::Functions, wanted)?, Then::Nothing))
}

pub fn instructions(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let session = adapter.session()?;
    let wanted = each(args, "breakpoints", |element| {
        let at = element.address("instructionReference")? + element.integer("offset")?.unwrap_or(0);
        match u32::try_from(at).ok().filter(|&unit| session.is_address(unit)) {
            Some(unit) => row(element, Target::Unit(unit)),
            None => Err(format!("there is no instruction at {at:#x}")),
        }
    })?;
    Ok((adapter.replace(List::Instructions, wanted)?, Then::Nothing))
}

pub fn exceptions(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let filters = args.texts("filters")?;
    let mut wanted = Vec::new();
    let mut uncaught = false;
    let options = args.list("filterOptions")?.iter().map(|option| {
        let option = Args(option);
        Ok((option.wanted_text("filterId")?, option.full_text("condition")?))
    });
    let options: Vec<(&str, Option<&str>)> =
        filters.into_iter().map(|filter| Ok((filter, None))).chain(options).collect::<Result<_, String>>()?;
    for (filter, classes) in options {
        match (filter, classes) {
            ("raised", None) => wanted.push(row(Args(&Value::Null), Target::Raised(None))),
            ("raised", Some(classes)) => {
                wanted.extend(classes.split(',').map(|class| row(Args(&Value::Null), Target::Raised(Some(class.trim().to_owned())))))
            }
            ("uncaught", _) => {
                uncaught = true;
                wanted.push(Err(String::new())); // stands for itself: it needs no breakpoint
            }
            (other, _) => return Err(format!("there is no exception filter `{other}`")),
        }
    }
    let mut said = adapter.replace(List::Exceptions, wanted)?;
    adapter.rows.uncaught = uncaught;
    for breakpoint in said["breakpoints"].as_array_mut().into_iter().flatten() {
        if breakpoint["message"] == "" {
            *breakpoint = json!({"verified": true});
        }
    }
    Ok((said, Then::Nothing))
}

/// Names and what names lead to can be watched.
pub fn data_info(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let name = args.wanted_text("name")?;
    let expression = match args.count("variablesReference")? {
        Some(reference) if reference > 0 => adapter.expression_of(reference, name)?,
        _ => Some(name.to_owned()),
    };
    let body = match expression.filter(|expression| Question::new(expression).is_ok()) {
        Some(expression) => json!({"dataId": expression, "description": expression, "accessTypes": ["write"], "canPersist": true}),
        None => json!({"dataId": null, "description": format!("no expression leads to {name}")}),
    };
    Ok((body, Then::Nothing))
}

pub fn data(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let wanted = each(args, "breakpoints", |element| row(element, Target::Watch(Question::new(element.wanted_text("dataId")?)?)))?;
    Ok((adapter.replace(List::Data, wanted)?, Then::Nothing))
}

/// Lines that have instructions.
pub fn locations(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let file = adapter.file_of(args)?;
    let first = adapter.client.first_line();
    let from = args.wanted_count("line")? + 1 - first;
    let to = args.count("endLine")?.map_or(from, |line| line + 1 - first);
    let lines = adapter.session()?.code_lines(&file);
    let lines = lines.into_iter().filter(|&line| (from..=to).contains(&(line as usize)));
    let found: Vec<Value> = lines.map(|line| json!({"line": adapter.client.line(line)})).collect();
    Ok((json!({"breakpoints": found}), Then::Nothing))
}
