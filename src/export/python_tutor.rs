//! A run in the form of Python Tutor's traces (`{"code": …, "trace": […]}`), for tools that read those.
//!
//! An entry stands where CPython's `sys.settrace` would report: before a line (`step_line`), when a function begins (`call`) and when it
//! is about to return (`return`, with `__return__`); at the end of a run by an exception `uncaught_exception`. Names and the heap are those of
//! [`crate::view::objects`]. What the form cannot say is left out: instructions, the value stack, reference counts.
//!
//! `x = [1]` gives `"globals": {"x": ["REF", 7]}` and `"heap": {"7": ["LIST", 1]}`.

use serde_json::{Map, Value, json};

use crate::view::{
    FrameKind, PaneKind, Status, Stream, View, ViewRequest,
    objects::{Held, ObjectsView, Thing, ThingKind},
};

/// More entries are not made; Python Tutor has this limit too.
pub const MOST: usize = 1000;

/// A trace in the making.
#[derive(Default)]
pub struct Tutor {
    code: String,
    entries: Vec<Value>,
    /// Of each frame, outermost first: its number, and the line and offset of the instruction before.
    frames: Vec<Seen>,
    last_number: u64,
    /// The instant before, and whether its instruction has been told as a return.
    last: Option<(View, bool)>,
    /// The instant of the last entry.
    told: u64,
    stdout: String,
}

#[derive(Clone, Copy)]
struct Seen {
    number: u64,
    line: Option<u32>,
    offset: u32,
}

/// What an instant must show for it.
pub fn request() -> ViewRequest {
    let panes = vec![PaneKind::Source, PaneKind::Bytecode, PaneKind::CallStack];
    ViewRequest { panes, objects: true, output_bytes: 1 << 20, ..ViewRequest::default() }
}

impl Tutor {
    /// Adds an instant, one instruction after the one before; `false` when there are enough entries.
    pub fn add(&mut self, view: View) -> bool {
        let goes_on = self.look(&view);
        let returns = self.entries.last().is_some_and(|entry| entry["event"] == "return") && self.told == view.step;
        self.last = Some((view, returns));
        goes_on && self.entries.len() < MOST
    }

    fn look(&mut self, view: &View) -> bool {
        if self.code.is_empty() {
            self.code = view.source.text.lines.iter().map(|line| format!("{line}\n")).collect();
        }
        let written = view.output.chunks.iter().filter(|chunk| matches!(chunk.stream, Stream::Stdout));
        self.stdout = written.map(|chunk| chunk.text.as_str()).collect();
        if let Status::Uncaught { type_name, message, .. } = &view.status {
            let text = if message.is_empty() { type_name.clone() } else { format!("{type_name}: {message}") };
            let mut entry = self.entry(view, "uncaught_exception", None);
            entry["exception_msg"] = text.into();
            self.entries.push(entry);
            return true;
        }
        let Some((offset, op, argument)) = view.bytecode.next.and_then(|offset| {
            let row = &view.bytecode.listing.rows[view.bytecode.listing.row_at(offset)?];
            Some((offset, row.opname.as_str(), row.arg))
        }) else {
            return true;
        };
        let depth = view.call_stack.frames.len();
        self.leave(depth);
        while self.frames.len() < depth {
            self.last_number += 1;
            self.frames.push(Seen { number: self.last_number, line: None, offset: 0 });
        }
        let is_module = view.call_stack.frames.first().is_some_and(|frame| &*frame.name == "<module>");
        let line = view.source.current_line;
        let before = self.frames[depth - 1];
        if op == "RESUME" {
            if !is_module && before.line.is_none() {
                self.push(view, "call", None);
            }
        } else if line.is_some() && before.line.is_some() && (line != before.line || offset < before.offset) {
            self.push(view, "step_line", None);
        }
        if matches!(op, "RETURN_VALUE" | "YIELD_VALUE") {
            self.push(view, "return", view.objects.as_ref().and_then(|objects| objects.top.clone()));
        }
        // The line of `def` counts as left when the body begins, that of a `yield` not; before a RESUME there are no lines.
        let line = match op {
            "RESUME" if before.line.is_none() => Some(line.filter(|_| argument != Some(0)).unwrap_or(0)),
            "RETURN_VALUE" | "YIELD_VALUE" => None,
            _ if before.line.is_none() => None,
            _ => line.or(before.line),
        };
        self.frames[depth - 1] = Seen { line, offset, ..before };
        true
    }

    /// Frames that an exception has left return too.
    fn leave(&mut self, depth: usize) {
        let Some((mut last, mut is_told)) = self.last.take() else { return };
        while self.frames.len() > depth {
            if let Some(frame) = last.call_stack.frames.first().filter(|frame| frame.kind != FrameKind::Native) {
                let is_module = &*frame.name == "<module>";
                if !is_told && self.frames.last().is_some_and(|seen| seen.line.is_some()) {
                    last.source.current_line = frame.line;
                    let entry = self.entry(&last, "return", Some(Held::None));
                    self.entries.push(entry);
                }
                if let Some(objects) = last.objects.as_mut().filter(|_| !is_module) {
                    objects.frames.pop();
                }
            }
            if !last.call_stack.frames.is_empty() {
                last.call_stack.frames.remove(0);
            }
            self.frames.pop();
            is_told = false;
        }
    }

    fn push(&mut self, view: &View, event: &str, result: Option<Held>) {
        let entry = self.entry(view, event, result);
        self.entries.push(entry);
        self.told = view.step;
    }

    fn entry(&self, view: &View, event: &str, result: Option<Held>) -> Value {
        let nothing = ObjectsView::default();
        let objects = view.objects.as_ref().unwrap_or(&nothing);
        let encode = |held: &Held| encode(held, &objects.things);
        let named =
            |names: &[(String, Held)]| -> Map<String, Value> { names.iter().map(|(name, held)| (name.clone(), encode(held))).collect() };
        let ordered = |names: &[(String, Held)]| -> Vec<String> { names.iter().map(|(name, _)| name.clone()).collect() };
        // Python's frames only, and of those not the module's.
        let numbers: Vec<u64> = view
            .call_stack
            .frames
            .iter()
            .rev()
            .zip(&self.frames)
            .filter(|(frame, _)| frame.kind != FrameKind::Native && &*frame.name != "<module>")
            .map(|(_, seen)| seen.number)
            .collect();
        let last = objects.frames.len().saturating_sub(1);
        let stack: Vec<Value> = objects
            .frames
            .iter()
            .enumerate()
            .map(|(index, frame)| {
                let number = numbers.get(index).copied().unwrap_or(index as u64 + 1);
                let (mut locals, mut order) = (named(&frame.names), ordered(&frame.names));
                if let Some(result) = result.as_ref().filter(|_| index == last) {
                    locals.insert("__return__".into(), encode(result));
                    order.push("__return__".into());
                }
                json!({
                    "func_name": frame.name,
                    "frame_id": number,
                    "unique_hash": format!("{}_f{number}", frame.name),
                    "is_highlighted": index == last,
                    "is_parent": false,
                    "is_zombie": false,
                    "parent_frame_id_list": [],
                    "encoded_locals": locals,
                    "ordered_varnames": order,
                })
            })
            .collect();
        let heap: Map<String, Value> =
            objects.things.iter().map(|thing| (thing.id.to_string(), encode_thing(thing, &objects.things))).collect();
        let name = objects.frames.last().map_or("<module>", |frame| &frame.name);
        json!({
            "event": event,
            "line": view.source.current_line.or(view.source.executed_line).unwrap_or(1),
            "func_name": name,
            "globals": named(&objects.globals),
            "ordered_globals": ordered(&objects.globals),
            "stack_to_render": stack,
            "heap": heap,
            "stdout": self.stdout,
        })
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The whole trace.
    pub fn json(&self) -> String {
        let entries: Vec<String> = self.entries.iter().map(Value::to_string).collect();
        super::trace::escaped(&format!("{{\"code\":{},\"trace\":[\n{}\n]}}\n", json!(self.code), entries.join(",\n")))
    }
}

fn encode(held: &Held, things: &[Thing]) -> Value {
    match held {
        Held::None => Value::Null,
        Held::Bool(value) => json!(value),
        // JavaScript would round the others.
        Held::Int(digits) => match digits.parse::<i64>() {
            Ok(value) if value.unsigned_abs() < 1 << 53 => json!(value),
            _ => json!(["SPECIAL_FLOAT", digits]),
        },
        Held::Float(value) if value.is_finite() && value.fract() != 0.0 => json!(value),
        Held::Float(value) if value.is_nan() => json!(["SPECIAL_FLOAT", "NaN"]),
        Held::Float(value) if value.is_infinite() => json!(["SPECIAL_FLOAT", if *value > 0.0 { "Infinity" } else { "-Infinity" }]),
        Held::Float(value) => json!(["SPECIAL_FLOAT", format!("{value:.1}")]),
        Held::Str(text) => json!(text),
        Held::Object(index) => json!(["REF", things.get(*index).map_or(0, |thing| thing.id)]),
        Held::Cut => json!("…"),
    }
}

fn encode_thing(thing: &Thing, things: &[Thing]) -> Value {
    let seconds = || thing.parts.iter().map(|(_, part)| encode(part, things));
    let pairs = || thing.parts.iter().map(|(key, part)| json!([encode(key, things), encode(part, things)]));
    let tagged = |head: Vec<Value>, rest: Vec<Value>| Value::Array(head.into_iter().chain(rest).collect());
    match thing.kind {
        ThingKind::List => tagged(vec!["LIST".into()], seconds().collect()),
        ThingKind::Tuple => tagged(vec!["TUPLE".into()], seconds().collect()),
        ThingKind::Set => tagged(vec!["SET".into()], seconds().collect()),
        ThingKind::Dict => tagged(vec!["DICT".into()], pairs().collect()),
        ThingKind::Instance => tagged(vec!["INSTANCE".into(), json!(thing.name)], pairs().collect()),
        ThingKind::Class => json!(["CLASS", thing.name, []]),
        ThingKind::Function => json!(["FUNCTION", thing.name, null]),
        ThingKind::Other => json!([thing.name, thing.text]),
    }
}
