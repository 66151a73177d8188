//! Looking: frames, scopes, variables and their parts, expressions.
//!
//! Invariant: a `variablesReference` is good until the program moves; after that it is refused. Values are written without
//! running Python; what the editor evaluates runs on a copy of the machine.

use serde_json::{Value, json};

use super::{
    adapter::{Adapter, THREAD},
    message::{Args, address},
    requests::{Outcome, Then},
};
use crate::{
    debugger::{
        command,
        engine::Engine,
        session::editor::{Asked, FramePlace, Handle, NamedValue, PartCount},
    },
    view::{Change, PaneKind, Scope, Status, ValueView, ViewRequest, plain},
};

/// A list of variables. A frame is known by the number that the editor knows it by.
#[derive(Clone, Debug)]
pub enum Container {
    Scope {
        frame: usize,
        scope: Scope,
    },
    Stack {
        frame: usize,
    },
    /// The parts of an object; the expression that leads to it.
    Object {
        handle: Handle,
        /// Where that is to be evaluated.
        frame: usize,
        expression: Option<String>,
    },
}

/// Values are cut to so many characters in lists, and where they are asked for.
const WIDTH: usize = 200;
const LONG: usize = 4000;
/// Without a page at most so many parts.
const PAGE: usize = 2000;

/// Numbers of frames are counted within a thread: those of the one that runs from 1 on, those of thread `n` from `n` times this on.
const FRAMES_OF_THREAD: usize = 1 << 20;

impl Adapter {
    /// The frame that is meant; its thread is looked at from now on.
    pub fn frame_of(&mut self, args: Args<'_>) -> Result<usize, String> {
        match args.count("frameId")? {
            Some(id) => self.turn_to_frame(id),
            None => self.session_mut()?.turn_to_thread(None).map(|()| 0),
        }
    }

    /// The index of a frame within its thread, which is looked at from now on.
    pub fn turn_to_frame(&mut self, id: usize) -> Result<usize, String> {
        let (thread, number) = (id / FRAMES_OF_THREAD, id % FRAMES_OF_THREAD);
        let session = self.session_mut()?;
        session.turn_to_thread(u32::try_from(thread).ok().filter(|thread| *thread > 0))?;
        match number {
            0 => Err(format!("there is no frame {id}")),
            _ if number <= session.frame_count() || number == 1 => Ok(number - 1),
            _ => Err(format!("there is no frame {id}")),
        }
    }

    fn container(&mut self, container: Container) -> usize {
        self.containers.push(container);
        self.containers.len()
    }

    pub fn container_of(&self, reference: usize) -> Result<&Container, String> {
        let found = reference.checked_sub(1).and_then(|index| self.containers.get(index));
        found.ok_or_else(|| format!("variablesReference {reference} is not known at this stop"))
    }

    /// The expression for a part of a container.
    pub fn expression_of(&self, reference: usize, name: &str) -> Result<Option<String>, String> {
        match self.container_of(reference)? {
            Container::Scope { .. } => Ok(Some(name.to_owned())),
            Container::Stack { .. } => Ok(None),
            Container::Object { handle, expression, .. } => {
                let session = self.session()?;
                let named = session.named_parts(*handle, 0, PAGE, WIDTH);
                let mut parts = named.into_iter().chain(session.indexed_parts(*handle, 0, PAGE, WIDTH));
                let suffix = parts.find(|part| part.name == name).and_then(|part| part.suffix);
                Ok(expression.as_ref().zip(suffix).map(|(expression, suffix)| format!("{expression}{suffix}")))
            }
        }
    }

    /// A variable as the editor shows it.
    fn variable(&mut self, name: &str, value: &ValueView, parts: PartCount, frame: usize, expression: Option<String>) -> Value {
        let mut said = json!({"name": name, "value": value.text, "type": type_of(value), "variablesReference": 0});
        if let Some(expression) = &expression {
            said["evaluateName"] = expression.as_str().into();
        }
        self.add_parts(&mut said, value, parts, frame, expression);
        said
    }

    pub fn add_parts(&mut self, said: &mut Value, value: &ValueView, parts: PartCount, frame: usize, expression: Option<String>) {
        let handle = self.session.as_ref().filter(|_| !parts.is_empty()).and_then(|session| session.handle(value));
        if let Some(handle) = handle {
            said["variablesReference"] = self.container(Container::Object { handle, frame, expression }).into();
            said["namedVariables"] = parts.named.into();
            said["indexedVariables"] = parts.indexed.into();
        }
    }

    /// A frame as the editor shows it.
    fn frame(&mut self, id: usize, place: &FramePlace) -> Value {
        let mut said = json!({"id": id, "name": place.name, "line": 0, "column": 0});
        if let Some(unit) = place.address {
            said["instructionPointerReference"] = address(unit).into();
        }
        if place.file.is_empty() {
            said["presentationHint"] = "subtle".into();
            return said;
        }
        if place.is_library {
            said["presentationHint"] = "subtle".into();
        }
        self.add_place(&mut said, place);
        said
    }

    /// Line and columns, and the file.
    pub fn add_place(&mut self, said: &mut Value, place: &FramePlace) {
        let text = self.session.as_ref().and_then(|session| session.source(&place.file));
        let column = |line: Option<u32>, bytes: u32| {
            let line = line.and_then(|line| text.as_ref()?.lines.get((line as usize).checked_sub(1)?).map(String::as_str));
            self.client.column(line.unwrap_or_default(), bytes)
        };
        // The RESUME of a module is on no line.
        said["line"] = self.client.line(place.line.unwrap_or(1)).into();
        said["column"] = column(place.line, place.col.unwrap_or(0)).into();
        if let (Some(line), Some(col)) = (place.end_line, place.end_col) {
            said["endLine"] = self.client.line(line).into();
            said["endColumn"] = column(Some(line), col).into();
        }
        said["source"] = self.source_of(&place.file);
    }
}

/// `int, 3 references`
pub fn type_of(value: &ValueView) -> String {
    match value.refcount {
        Some(1) => format!("{}, 1 reference", value.type_name),
        Some(count) => format!("{}, {count} references", value.type_name),
        None => value.type_name.clone(),
    }
}

/// All threads; an editor asks for them before the program runs, too.
pub fn threads(adapter: &mut Adapter, _: Args<'_>) -> Outcome {
    let rows = adapter.session().map(|session| session.view(&threads_only()).threads.rows).unwrap_or_default();
    let mut threads: Vec<Value> = rows.iter().map(|row| json!({"id": row.id, "name": row.name})).collect();
    if threads.is_empty() {
        threads.push(json!({"id": THREAD, "name": "MainThread"}));
    }
    Ok((json!({"threads": threads}), Then::Nothing))
}

pub fn threads_only() -> ViewRequest {
    ViewRequest { panes: vec![PaneKind::Threads], ..ViewRequest::default() }
}

pub fn stack_trace(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let from = args.count("startFrame")?.unwrap_or(0);
    let levels = args.count("levels")?.filter(|&levels| levels > 0).unwrap_or(usize::MAX);
    let running = adapter.session()?.vm().threads.current().id.0 as usize;
    let other = args.count("threadId")?.filter(|&thread| thread != running);
    let session = adapter.session_mut()?;
    session.turn_to_thread(other.map(|thread| u32::try_from(thread).unwrap_or(u32::MAX)))?;
    let first = other.unwrap_or(0) * FRAMES_OF_THREAD + 1;
    let (total, places) = (session.frame_count(), session.frames(from, levels));
    let frames: Vec<Value> = places.iter().enumerate().map(|(index, place)| adapter.frame(first + from + index, place)).collect();
    Ok((json!({"stackFrames": frames, "totalFrames": total}), Then::Nothing))
}

pub fn scopes(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let id = args.count("frameId")?.unwrap_or(1);
    let frame = adapter.frame_of(args)?;
    let request = ViewRequest { panes: vec![PaneKind::Variables, PaneKind::ValueStack], frame, builtins: true, ..ViewRequest::default() };
    let view = adapter.session()?.view(&request);
    let mut scopes = Vec::new();
    for section in view.variables.sections.iter().filter(|section| !section.rows.is_empty()) {
        let scope = section.scope;
        let mut said = json!({
            "name": scope.title(),
            "variablesReference": adapter.container(Container::Scope { frame: id, scope }),
            "namedVariables": section.rows.len(),
            "expensive": matches!(scope, Scope::Builtins),
        });
        if scope == Scope::Locals {
            said["presentationHint"] = "locals".into();
        }
        scopes.push(said);
    }
    if view.value_stack.depth > 0 {
        scopes.push(json!({
            "name": "Value stack",
            "presentationHint": "registers",
            "variablesReference": adapter.container(Container::Stack { frame: id }),
            "namedVariables": view.value_stack.depth,
            "expensive": false,
        }));
    }
    Ok((json!({"scopes": scopes}), Then::Nothing))
}

pub fn variables(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let container = adapter.container_of(args.wanted_count("variablesReference")?)?.clone();
    let start = args.count("start")?.unwrap_or(0);
    let count = args.count("count")?.filter(|&count| count > 0).unwrap_or(PAGE);
    let filter = args.text("filter")?;
    if !matches!(filter, None | Some("indexed" | "named")) {
        return Err("filter must be `indexed` or `named`".into());
    }
    let mut said = Vec::new();
    match container {
        Container::Scope { frame: id, scope } => {
            let panes = vec![PaneKind::Variables];
            let frame = adapter.turn_to_frame(id)?;
            let request = ViewRequest { panes, frame, builtins: scope == Scope::Builtins, value_width: WIDTH, ..ViewRequest::default() };
            let view = adapter.session()?.view(&request);
            let rows = view.variables.sections.into_iter().filter(|section| section.scope == scope).flat_map(|section| section.rows);
            for row in rows.skip(start).take(count) {
                match row.value.filter(|value| value.change != Change::Removed) {
                    Some(value) => {
                        let session = adapter.session()?;
                        let parts = session.handle(&value).map(|handle| session.part_count(handle)).unwrap_or_default();
                        said.push(adapter.variable(&row.name, &value, parts, id, Some(row.name.clone())));
                    }
                    None => said.push(json!({"name": row.name, "value": "not bound", "variablesReference": 0})),
                }
            }
        }
        Container::Stack { frame: id } => {
            let frame = adapter.turn_to_frame(id)?;
            let request = ViewRequest { panes: vec![PaneKind::ValueStack], frame, value_width: WIDTH, ..ViewRequest::default() };
            let rows = adapter.session()?.view(&request).value_stack.rows;
            let rows = rows.into_iter().filter(|row| row.value.change != Change::Removed);
            for row in rows.skip(start).take(count) {
                let name = match &row.role {
                    Some(role) => format!("[{}] {}", row.slot, role.label()),
                    None => format!("[{}]", row.slot),
                };
                let session = adapter.session()?;
                let parts = session.handle(&row.value).map(|handle| session.part_count(handle)).unwrap_or_default();
                said.push(adapter.variable(&name, &row.value, parts, id, None));
            }
        }
        Container::Object { handle, frame, expression } => {
            let session = adapter.session()?;
            // A page begins in the named ones, unless only one kind is wanted.
            let named = if filter == Some("indexed") { Vec::new() } else { session.named_parts(handle, start, count, WIDTH) };
            let skipped = if filter.is_none() { session.part_count(handle).named } else { 0 };
            let indexed = match filter {
                Some("named") => Vec::new(),
                _ => session.indexed_parts(handle, start.saturating_sub(skipped), count - named.len(), WIDTH),
            };
            for NamedValue { name, value, suffix, parts } in named.into_iter().chain(indexed) {
                let expression = expression.as_ref().zip(suffix).map(|(expression, suffix)| format!("{expression}{suffix}"));
                said.push(adapter.variable(&name, &value, parts, frame, expression));
            }
        }
    }
    Ok((json!({"variables": said}), Then::Nothing))
}

/// An expression; in the console also a command of the `:` line, or a line for a program that waits for one.
pub fn evaluate(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let text = args.wanted_text("expression")?;
    let is_console = args.text("context")? == Some("repl");
    if is_console && matches!(adapter.session()?.status(), Status::AwaitingInput { .. }) {
        let said = json!({"result": "", "variablesReference": 0});
        return Ok((said, Then::Run(command::Command::Input(Some(text.to_owned())))));
    }
    if let Some(line) = text.strip_prefix(':').filter(|_| is_console) {
        return tell(adapter, line);
    }
    let id = args.count("frameId")?.unwrap_or(1);
    let frame = adapter.frame_of(args)?;
    let width = if args.text("context")? == Some("hover") { WIDTH } else { LONG };
    let asked = adapter.session()?.ask(text, frame, width)?;
    let mut said = json!({"variablesReference": 0});
    match asked {
        Asked::Object(value, parts) => {
            said["result"] = value.text.as_str().into();
            said["type"] = type_of(&value).into();
            adapter.add_parts(&mut said, &value, parts, id, Some(text.to_owned()));
        }
        Asked::Text { text, output } => {
            adapter.wire.output("console", &output);
            said["result"] = text.into();
        }
    }
    Ok((said, Then::Nothing))
}

/// A command of the `:` line.
fn tell(adapter: &mut Adapter, line: &str) -> Outcome {
    let command = command::parse(line)?;
    if command.is_for_screen() {
        return Err("this is a command for the screen".into());
    }
    if command.moves() && !adapter.may_move() {
        return Err("the program is running".into());
    }
    if let command::Command::Step { .. } = command {
        return Ok((json!({"result": "", "variablesReference": 0}), Then::Run(command)));
    }
    let session = adapter.session_mut()?;
    let answer = session.execute(&command);
    if let Some(error) = answer.error {
        return Err(error);
    }
    let mut lines: Vec<String> = answer.question.into_iter().chain(answer.message).chain(answer.listing).chain(answer.log).collect();
    if command.moves() {
        lines.push(plain::position(&session.view(&ViewRequest::default())));
        adapter.stopped("goto", None);
    }
    Ok((json!({"result": lines.join("\n"), "variablesReference": 0}), Then::Nothing))
}

pub fn exception_info(adapter: &mut Adapter, _: Args<'_>) -> Outcome {
    let session = adapter.session()?;
    let body = match session.status() {
        Status::Uncaught { type_name, message, traceback } => json!({
            "exceptionId": type_name,
            "description": message,
            "breakMode": "unhandled",
            "details": {"typeName": type_name, "message": message, "stackTrace": traceback},
        }),
        _ => match session.next_exception() {
            Some(class) => json!({
                "exceptionId": class,
                "description": format!("the next instruction raises {class}"),
                "breakMode": "always",
            }),
            None => return Err("no exception is raised here".into()),
        },
    };
    Ok((body, Then::Nothing))
}
