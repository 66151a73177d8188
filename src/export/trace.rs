//! A run as data: `uncoil-run`, version 1. What a view shows at each instant, with what they share (sources, bytecode, output)
//! written once.
//!
//! [`Trace::json`] is the public form, an object whose `steps` stand on lines of their own; [`Trace::packed`] is the same with
//! every repeated part replaced by its number in `pool`, which is what the HTML page holds. The schema is
//! `src/export/schema.json`; a number that doesn't change its meaning may be added without a new version.
//!
//! `x = 3` just stored is `{"scope": "Globals", "names": [{"name": "x", "value": {"text": "3", "type": "int", …, "change": "new"}}]}`.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

use crate::{
    text::visible::is_safe,
    view::{
        Change, FormsWanted, FrameKind, OutputChunk, PaneKind, Scope, SourceRange, Status, Stream, ValueView, View, ViewRequest,
        bytecode::Listing,
        objects::{Held, ThingKind},
        source::SourceText,
    },
};

pub const FORMAT: &str = "uncoil-run";
pub const VERSION: u64 = 1;

/// So many instances are shown with their attributes.
const MOST_OBJECTS: usize = 60;
/// More of the program's output is not kept.
const MOST_OUTPUT: usize = 1 << 20;
/// The source files and code objects of all instants may have so many bytes of text; beyond, the later ones are empty.
const MOST_SHARED: usize = 8 << 20;

/// A run in the making: instants are added in their order.
#[derive(Default)]
pub struct Trace {
    program: String,
    sources: Vec<(Arc<SourceText>, Value)>,
    codes: Vec<(Arc<Listing>, Value)>,
    shared_bytes: usize,
    steps: Vec<Value>,
    output: Vec<OutputChunk>,
    /// Bytes of output up to the last instant; what is kept of it is in `output`.
    written: u64,
    /// A rough count of what has been added, in bytes.
    pub bytes: usize,
}

/// The form of the next instruction, where the running code has another one than the listing.
fn live_form(view: &View) -> Option<&'static str> {
    let row = view.bytecode.listing.row_at(view.bytecode.next?)?;
    let form = view.bytecode.forms.get(row)?.opname;
    (form != view.bytecode.listing.rows.get(row)?.opname).then_some(form)
}

/// What a trace wants to know of an instant.
pub fn request() -> ViewRequest {
    let panes =
        vec![PaneKind::Source, PaneKind::Bytecode, PaneKind::ValueStack, PaneKind::CallStack, PaneKind::Variables, PaneKind::Output];
    ViewRequest { panes, value_width: 160, output_bytes: MOST_OUTPUT, objects: true, forms: FormsWanted::Forms, ..ViewRequest::default() }
}

impl Trace {
    /// The name of the program, as its user knows it.
    pub fn new(program: impl Into<String>) -> Trace {
        Trace { program: program.into(), ..Trace::default() }
    }

    pub fn len(&self) -> usize {
        self.steps.len()
    }

    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Adds an instant; its number is greater than that of the one before.
    pub fn add(&mut self, view: &View) {
        self.take_output(view);
        let mut step = Map::new();
        let mut put = |name: &str, value: Value| {
            if !value.is_null() {
                step.insert(name.into(), value);
            }
        };
        put("step", json!(view.step));
        put("status", status(&view.status));
        put("done", text(&view.narration.done));
        put("next", text(&view.narration.next));
        put("source", json!(self.source(&view.source.text)));
        put("line", json!(view.source.current_line));
        put("range", view.source.range.map_or(Value::Null, range));
        put("executed_line", json!(view.source.executed_line));
        put("code", json!(self.code(&view.bytecode.listing)));
        put("offset", json!(view.bytecode.next));
        put("executed_offset", json!(view.bytecode.executed));
        put("form", live_form(view).map_or(Value::Null, Value::from));
        put("operand", json!(view.bytecode.live_operand));
        put("frames", frames(view));
        put("stack", stack(view));
        put("variables", variables(view));
        put("objects", objects(view));
        put("explanation", text(&view.explanation));
        put("output", json!(self.written));
        let step = Value::Object(step);
        self.bytes += size(&step);
        self.steps.push(step);
    }

    fn take_output(&mut self, view: &View) {
        let mut at = view.output.omitted;
        for chunk in &view.output.chunks {
            let end = at + chunk.text.len() as u64;
            if end > self.written {
                let from = (self.written.max(at) - at) as usize;
                if at as usize <= MOST_OUTPUT
                    && let Some(new) = chunk.text.get(from..)
                {
                    self.output.push(OutputChunk { text: new.to_owned(), ..chunk.clone() });
                    self.bytes += new.len();
                }
                self.written = end;
            }
            at = end;
        }
    }

    fn source(&mut self, text: &Arc<SourceText>) -> Option<usize> {
        if text.file.is_empty() && text.lines.is_empty() {
            return None;
        }
        if let Some(index) = self.sources.iter().position(|(known, _)| Arc::ptr_eq(known, text) || **known == **text) {
            return Some(index);
        }
        let highlights: Vec<Value> =
            text.highlights.iter().map(|it| json!([it.line, it.start, it.end, format!("{:?}", it.kind).to_lowercase()])).collect();
        let mut value = json!({"file": text.file, "lines": text.lines, "highlights": highlights});
        if !self.has_room(&value) {
            value = json!({"file": text.file, "lines": [], "highlights": []});
        }
        self.sources.push((Arc::clone(text), value));
        Some(self.sources.len() - 1)
    }

    fn code(&mut self, listing: &Arc<Listing>) -> Option<usize> {
        if listing.rows.is_empty() {
            return None;
        }
        if let Some(index) = self.codes.iter().position(|(known, _)| Arc::ptr_eq(known, listing) || **known == **listing) {
            return Some(index);
        }
        let rows: Vec<Value> = listing
            .rows
            .iter()
            .map(|row| {
                let mut value = json!({"offset": row.offset, "op": row.opname});
                let mut put = |name: &str, part: Value| {
                    if !part.is_null() {
                        value[name] = part;
                    }
                };
                put("arg", json!(row.arg));
                put("text", text(&row.argtext));
                put("line", json!(row.line));
                put("starts_line", if row.line_start.is_some() { json!(true) } else { Value::Null });
                put("jump_target", json!(row.jump_target));
                put("is_jump_target", if row.is_jump_target { json!(true) } else { Value::Null });
                value
            })
            .collect();
        let entries: Vec<Value> = listing
            .exception_table
            .iter()
            .map(|row| json!({"start": row.start, "end": row.end, "target": row.target, "depth": row.depth, "lasti": row.lasti}))
            .collect();
        let mut value = json!({"name": listing.code_name, "rows": rows, "exception_table": entries});
        if !self.has_room(&value) {
            value = json!({"name": listing.code_name, "rows": [], "exception_table": []});
        }
        self.codes.push((Arc::clone(listing), value));
        Some(self.codes.len() - 1)
    }

    fn has_room(&mut self, value: &Value) -> bool {
        let bytes = size(value);
        let fits = self.shared_bytes + bytes <= MOST_SHARED;
        if fits {
            self.shared_bytes += bytes;
            self.bytes += bytes;
        }
        fits
    }

    fn head(&self) -> Map<String, Value> {
        let number = |step: Option<&Value>| step.map_or(Value::Null, |step| step["step"].clone());
        let output: Vec<Value> = self
            .output
            .iter()
            .map(|chunk| {
                let stream = match chunk.stream {
                    Stream::Stdout => "stdout",
                    Stream::Stderr => "stderr",
                    Stream::Stdin => "stdin",
                    Stream::Log => "log",
                };
                json!({"stream": stream, "step": chunk.step, "bytes": chunk.text.len(), "text": chunk.text})
            })
            .collect();
        let head = json!({
            "format": FORMAT,
            "version": VERSION,
            "python": "3.11",
            "uncoil": env!("CARGO_PKG_VERSION"),
            "program": self.program,
            "first": number(self.steps.first()),
            "last": number(self.steps.last()),
            "sources": self.sources.iter().map(|(_, value)| value).collect::<Vec<_>>(),
            "codes": self.codes.iter().map(|(_, value)| value).collect::<Vec<_>>(),
            "output": output,
        });
        match head {
            Value::Object(head) => head,
            _ => Map::new(),
        }
    }

    /// The public form.
    pub fn json(&self) -> String {
        let head = Value::Object(self.head()).to_string();
        let mut text = String::with_capacity(self.bytes + 1024);
        text.push_str(head.strip_suffix('}').unwrap_or(&head));
        text.push_str(",\n\"steps\":[\n");
        for (index, step) in self.steps.iter().enumerate() {
            text.push_str(if index == 0 { "" } else { ",\n" });
            text.push_str(&step.to_string());
        }
        text.push_str("\n]}\n");
        escaped(&text)
    }

    /// The small form: a step is a list of numbers, in the order of `fields`; all but those named in `plain` stand in the pool.
    /// So do the rows of stack, frames and variables, one by one.
    pub fn packed(&self) -> String {
        let mut pool = Pool::default();
        let steps: Vec<Value> = self
            .steps
            .iter()
            .map(|step| {
                let mut row: Vec<Value> = FIELDS
                    .iter()
                    .map(|&(field, is_plain)| match &step[field] {
                        Value::Null => Value::Null,
                        value if is_plain => value.clone(),
                        value => pool.deep(value, if matches!(field, "variables" | "objects") { 2 } else { 1 }),
                    })
                    .collect();
                while row.last().is_some_and(Value::is_null) {
                    row.pop();
                }
                Value::Array(row)
            })
            .collect();
        let mut head = self.head();
        head.insert("fields".into(), FIELDS.iter().map(|(field, _)| *field).collect());
        head.insert("plain".into(), FIELDS.iter().filter(|(_, is_plain)| *is_plain).map(|(field, _)| *field).collect());
        head.insert("pool".into(), Value::Array(pool.values));
        head.insert("steps".into(), Value::Array(steps));
        escaped(&Value::Object(head).to_string())
    }
}

/// JSON without characters that a terminal or an editor would act on, or not show: they can only stand in strings of it.
pub(super) fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if is_safe(c) || c == '\n' {
            text.push(c);
        } else {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| text += &format!("\\u{unit:04x}"));
        }
    }
    text
}

/// The fields of a step, and whether they are written as they are.
const FIELDS: [(&str, bool); 18] = [
    ("step", true),
    ("source", true),
    ("line", true),
    ("executed_line", true),
    ("code", true),
    ("offset", true),
    ("executed_offset", true),
    ("output", true),
    ("status", false),
    ("done", false),
    ("next", false),
    ("operand", false),
    ("range", false),
    ("frames", false),
    ("stack", false),
    ("variables", false),
    ("objects", false),
    ("explanation", false),
];

/// Every value once.
#[derive(Default)]
struct Pool {
    values: Vec<Value>,
    numbers: FxHashMap<String, usize>,
}

impl Pool {
    fn number(&mut self, value: Value) -> Value {
        let key = value.to_string();
        let next = self.values.len();
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.values.push(value);
        }
        json!(number)
    }

    /// The items of lists are in the pool too, `depth` lists down.
    fn deep(&mut self, value: &Value, depth: usize) -> Value {
        let packed = match value {
            Value::Array(items) if depth > 0 && items.iter().all(Value::is_object) => {
                Value::Array(items.iter().map(|item| self.deep(item, depth - 1)).collect())
            }
            Value::Object(fields) if depth > 0 => {
                let names = fields.iter().map(|(name, part)| match part {
                    Value::Array(_) => (name.clone(), self.deep_list(part)),
                    _ => (name.clone(), part.clone()),
                });
                Value::Object(names.collect())
            }
            _ => value.clone(),
        };
        self.number(packed)
    }

    /// A list inside an object stays there; its items are numbers.
    fn deep_list(&mut self, list: &Value) -> Value {
        match list {
            Value::Array(items) => Value::Array(items.iter().map(|item| self.number(item.clone())).collect()),
            other => other.clone(),
        }
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() + 3,
        Value::Array(items) => items.iter().map(size).sum::<usize>() + 2,
        Value::Object(fields) => fields.iter().map(|(name, value)| name.len() + 4 + size(value)).sum::<usize>() + 2,
        _ => 5,
    }
}

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}

fn range(range: SourceRange) -> Value {
    json!([range.line, range.col, range.end_line, range.end_col])
}

fn status(status: &Status) -> Value {
    let text = status.to_string();
    match status {
        Status::Running | Status::Paused { .. } => json!({"kind": "paused"}),
        Status::AwaitingInput { prompt } => json!({"kind": "input", "text": text, "prompt": prompt}),
        Status::Finished { exit_status } => json!({"kind": "finished", "text": text, "exit_status": exit_status}),
        Status::Uncaught { type_name, message, .. } => {
            json!({"kind": "uncaught", "text": text, "type": type_name, "message": message})
        }
    }
}

fn frames(view: &View) -> Value {
    let rows = view.call_stack.frames.iter().map(|frame| {
        let kind = match frame.kind {
            FrameKind::Python => "python",
            FrameKind::Generator => "generator",
            FrameKind::Coroutine => "coroutine",
            FrameKind::ClassBody => "class body",
            FrameKind::Native => "native",
        };
        let mut value = json!({"name": &*frame.name, "kind": kind});
        if let Some(line) = frame.line {
            value["line"] = line.into();
        }
        if frame.is_new {
            value["is_new"] = true.into();
        }
        value
    });
    Value::Array(rows.collect())
}

fn stack(view: &View) -> Value {
    let rows = view.value_stack.rows.iter().map(|row| {
        let mut value = json!({"slot": row.slot, "value": self::value(&row.value)});
        if let Some(role) = &row.role {
            value["role"] = role.label().into();
        }
        value
    });
    Value::Array(rows.collect())
}

fn variables(view: &View) -> Value {
    let sections = view.variables.sections.iter().filter(|section| section.scope != Scope::Builtins && !section.rows.is_empty());
    let sections = sections.map(|section| {
        let names = section.rows.iter().map(|row| match &row.value {
            Some(held) => json!({"name": row.name, "value": value(held)}),
            None => json!({"name": row.name}),
        });
        json!({"scope": section.scope.title(), "names": names.collect::<Vec<_>>()})
    });
    Value::Array(sections.collect())
}

/// The instances that names lead to, each with its attributes.
fn objects(view: &View) -> Value {
    let Some(found) = &view.objects else { return Value::Null };
    let instances = found.things.iter().filter(|thing| thing.kind == ThingKind::Instance && !thing.parts.is_empty());
    let rows: Vec<Value> = instances
        .take(MOST_OBJECTS)
        .map(|thing| {
            let named = thing.parts.iter().filter_map(|(name, held)| match name {
                Held::Str(name) => Some(json!({"name": name, "text": cut(&found.text(held))})),
                _ => None,
            });
            json!({"id": thing.id, "type": thing.name, "attributes": named.collect::<Vec<_>>()})
        })
        .collect();
    if rows.is_empty() { Value::Null } else { Value::Array(rows) }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(160) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn value(value: &ValueView) -> Value {
    let mut made = json!({"text": value.text});
    if !value.type_name.is_empty() {
        made["type"] = value.type_name.as_str().into();
    }
    if let Some(refcount) = value.refcount {
        made["refcount"] = refcount.into();
    }
    if value.refcount_delta != 0 {
        made["refcount_change"] = value.refcount_delta.into();
    }
    if let Some(serial) = value.serial {
        made["id"] = serial.into();
    }
    match &value.change {
        Change::None => {}
        Change::New => made["change"] = "new".into(),
        Change::Changed { old } => {
            made["change"] = "changed".into();
            made["old"] = old.as_str().into();
        }
        Change::Removed => made["change"] = "removed".into(),
    }
    made
}
