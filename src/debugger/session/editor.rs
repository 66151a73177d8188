//! What editors ask of a session: frames with their addresses, the parts of values a page at a time, disassembly by address.
//!
//! Invariant: nothing here moves the program. An address is the number of a unit in the machine's table, the same on every
//! run; parts are read from the objects, no Python runs. Counterpart in CPython: what `debugpy` gets from `sys._getframe`.
//!
//! `d = {'a': [1, 2]}`: the dict has one part, `'a'`, which has two, `[0]` and `[1]`.

use super::*;
use crate::{
    bytecode::instr,
    debugger::evaluate::{Question, evaluate},
    heap::ObjRef,
    objects::{Body, Objects, code::Code},
    view::{
        SourceText, ValueView,
        capture::edges::{Link, edges},
    },
};

/// A frame, with where it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FramePlace {
    pub name: String,
    /// Empty: native code.
    pub file: String,
    pub line: Option<u32>,
    pub end_line: Option<u32>,
    /// In bytes of UTF-8, from 0.
    pub col: Option<u32>,
    pub end_col: Option<u32>,
    /// The address of the next instruction.
    pub address: Option<u32>,
    /// It is none of the program's.
    pub is_library: bool,
}

/// A value by the name that it has in what holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedValue {
    pub name: String,
    pub value: ValueView,
    /// An expression that leads to it, to be put behind that of its holder: `[0]`, `.head`.
    pub suffix: Option<String>,
    pub parts: PartCount,
}

/// How many parts a value has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartCount {
    /// Attributes and fields.
    pub named: usize,
    /// Items.
    pub indexed: usize,
}

/// An instruction of the machine's table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Instruction {
    pub address: u32,
    /// As `dis` prints it, without the line: `   4 LOAD_FAST                0 (x)`
    pub text: String,
    /// `7c 00`
    pub bytes: String,
    /// `code.co_qualname`; on the first instruction of a code object.
    pub symbol: Option<String>,
    pub place: FramePlace,
}

/// An object at this instant: its slot in the heap, and its birth, which tells it from a later one in the same slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Handle {
    object: ObjRef,
    birth: u32,
}

/// What an expression came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// An object of the program.
    Object(ValueView, PartCount),
    /// A new value, and what was printed on the way.
    Text { text: String, output: String },
}

/// Parts are not counted further.
const MOST_NAMED: usize = 1000;

impl PartCount {
    pub fn is_empty(self) -> bool {
        self.named + self.indexed == 0
    }
}

impl Session {
    /// Calls `listener` with each piece of output when it is written for the first time.
    pub fn listen(&mut self, listener: impl FnMut(&OutputChunk) + Send + 'static) {
        self.timeline.listener = Some(Box::new(listener));
    }

    /// Calls `listener` with each text of a log-point when it is printed.
    pub fn listen_to_logs(&mut self, mut listener: impl FnMut(&str) + Send + 'static) {
        self.breakpoints.listen(move |logged| listener(&logged.text));
    }

    /// The number of frames, natives included.
    pub fn frame_count(&self) -> usize {
        self.scene().vm.frames.len()
    }

    /// Frames, innermost first.
    pub fn frames(&self, from: usize, count: usize) -> Vec<FramePlace> {
        let scene = self.scene();
        let rows = self.view(&ViewRequest { panes: Vec::new(), ..ViewRequest::default() }).call_stack.frames;
        let levels = capture::levels(scene.vm);
        let place = |(row, level): (crate::view::FrameRow, &capture::Level<'_>)| match level.python {
            None => FramePlace { name: row.name.to_string(), ..FramePlace::default() },
            Some(python) => {
                let position = python.position();
                FramePlace {
                    name: row.name.to_string(),
                    file: row.file.to_string(),
                    line: position.line,
                    end_line: position.end_line,
                    col: position.col,
                    end_col: position.end_col,
                    address: Some(python.unit),
                    is_library: row.is_library,
                }
            }
        };
        rows.into_iter().zip(&levels).skip(from).take(count).map(place).collect()
    }

    /// The object that a value of a view was, if it still lives.
    pub fn handle(&self, value: &ValueView) -> Option<Handle> {
        let vm = self.scene().vm;
        let object = value.slot.filter(|&slot| slot > 0).map(ObjRef::new).filter(|&object| vm.heap.is_alive(object))?;
        Some(Handle { object, birth: vm.heap.birth(object) })
    }

    fn living(&self, handle: Handle) -> Option<ObjRef> {
        let vm = self.scene().vm;
        Some(handle.object).filter(|&object| vm.heap.is_alive(object) && vm.heap.birth(object) == handle.birth)
    }

    /// How many parts an object has.
    pub fn part_count(&self, handle: Handle) -> PartCount {
        self.living(handle).map(|object| part_count(self.scene().vm, object)).unwrap_or_default()
    }

    /// Attributes and fields.
    pub fn named_parts(&self, handle: Handle, from: usize, count: usize, width: usize) -> Vec<NamedValue> {
        let Some(object) = self.living(handle) else { return Vec::new() };
        let scene = self.scene();
        let scribe = scene.scribe();
        let found = named(scene.vm, object);
        let part = |&(link, part): &(Link, ObjRef)| {
            let name = scribe.link(object, link).trim_start().to_owned();
            let suffix = matches!(link, Link::Attribute(_) | Link::Slot(_)).then(|| format!(".{}", name.trim_start_matches('.')));
            self.named_value(name, part, suffix, width)
        };
        found.iter().skip(from).take(count).map(part).collect()
    }

    /// Items of a list, tuple, set or dict.
    pub fn indexed_parts(&self, handle: Handle, from: usize, count: usize, width: usize) -> Vec<NamedValue> {
        let Some(object) = self.living(handle) else { return Vec::new() };
        let scene = self.scene();
        let scribe = scene.scribe();
        let item = |(index, object): (usize, ObjRef)| self.named_value(index.to_string(), object, Some(format!("[{index}]")), width);
        match scene.vm.heap.body(object) {
            Body::List(items) => items.iter().copied().enumerate().skip(from).take(count).map(item).collect(),
            Body::Tuple(items) => items.iter().copied().enumerate().skip(from).take(count).map(item).collect(),
            Body::Dict(dict) => {
                let entry = |(key, value): (ObjRef, ObjRef)| {
                    let name = scribe.text(key, width);
                    let is_literal = scene.vm.heap.str(key).is_some() || scene.vm.is_int(key);
                    let suffix = (is_literal && !name.ends_with('…')).then(|| format!("[{name}]"));
                    self.named_value(name, value, suffix, width)
                };
                dict.iter().skip(from).take(count).map(entry).collect()
            }
            Body::Set(set) => {
                let element = |(index, (key, _)): (usize, _)| self.named_value(index.to_string(), key, None, width);
                set.iter().enumerate().skip(from).take(count).map(element).collect()
            }
            _ => Vec::new(),
        }
    }

    fn named_value(&self, name: String, object: ObjRef, suffix: Option<String>, width: usize) -> NamedValue {
        let scene = self.scene();
        NamedValue { name, value: scene.value(object, None, width), suffix, parts: part_count(scene.vm, object) }
    }

    /// Evaluates in a frame: an object of the program where names alone lead to it, otherwise on a copy.
    ///
    /// # Errors
    ///
    /// The exception as its last line in a traceback would say it.
    pub fn ask(&self, expression: &str, frame: usize, width: usize) -> Result<Asked, String> {
        let scene = self.scene();
        let vm = scene.vm;
        let depth = (0..vm.frames.len().saturating_sub(frame)).rev().find(|&depth| vm.python_frame(depth).is_some());
        let Some(depth) = depth else { return Err("there is no frame to ask in".into()) };
        if let Ok(question) = Question::new(expression)
            && let Ok(object) = question.object(vm, depth)
        {
            let value = scene.scribe().value(Some(object), width);
            return Ok(Asked::Object(value, part_count(vm, object)));
        }
        let value = evaluate(vm, depth, expression)?;
        Ok(Asked::Text { text: value.text, output: value.output })
    }

    /// Instructions of the machine's table from an address on; `None` where there are none.
    pub fn disassemble(&self, from: i64, count: usize) -> Vec<Option<Instruction>> {
        let scene = self.scene();
        let vm = scene.vm;
        let mut codes: Vec<&Code> = vm
            .heap
            .iter()
            .filter_map(|(object, _)| match vm.heap.body(object) {
                Body::Code(code) => Some(&**code),
                _ => None,
            })
            .collect();
        codes.sort_unstable_by_key(|code| code.start);
        let mut caches = self.caches.borrow_mut();
        let mut row = |address: i64| {
            let address = u32::try_from(address).ok()?;
            let code = codes[..codes.partition_point(|code| code.start <= address)].last()?;
            let offset = *code.tables.offsets.get((address - code.start) as usize)?;
            let listing = caches.listings.of(&code.code);
            let row = listing.rows.get(listing.row_at(offset)?)?;
            let position = capture::position_of(code, address);
            let arg = row.arg.map_or_else(String::new, |arg| format!("{arg:>9}"));
            let text = if row.argtext.is_empty() { String::new() } else { format!(" ({})", row.argtext) };
            let live = vm.live_op(address as usize).name();
            let live = if live == row.opname { String::new() } else { format!("  → {live}") };
            let bytes = instr::at(&code.code.code, offset).map_or(offset..offset + 2, |it| it.start..it.offset + 2);
            let bytes = code.code.code.get(bytes.start as usize..bytes.end as usize).unwrap_or_default();
            Some(Instruction {
                address,
                text: format!("{offset:>4} {:<20}{arg}{text}{live}", row.opname).trim_end().to_owned(),
                bytes: bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" "),
                symbol: (address == code.start).then(|| code.code.qualname.to_string()),
                place: FramePlace {
                    name: code.code.qualname.to_string(),
                    file: code.code.filename.to_string(),
                    line: position.line,
                    end_line: position.end_line,
                    col: position.col,
                    end_col: position.end_col,
                    address: Some(address),
                    is_library: false,
                },
            })
        };
        (from..).take(count).map(&mut row).collect()
    }

    /// Whether an instruction of the program lies there.
    pub fn is_address(&self, address: u32) -> bool {
        self.disassemble(address.into(), 1).first().is_some_and(Option::is_some)
    }

    /// The files whose text the machine has.
    pub fn sources(&self) -> Vec<String> {
        let mut files: Vec<String> = self.scene().vm.sources.keys().map(ToString::to_string).collect();
        files.sort();
        files
    }

    /// The text of a file, as the machine has it.
    pub fn source(&self, file: &str) -> Option<Arc<SourceText>> {
        let scene = self.scene();
        scene.vm.sources.get(file)?;
        Some(self.caches.borrow_mut().sources.main(&scene, &file.into()))
    }

    /// The lines of a file that have instructions, and whether any code of it is known.
    pub fn code_lines(&self, file: &str) -> Vec<u32> {
        self.places.lines_of(|it| it == file)
    }

    /// The breakpoint that has been set last.
    pub fn breakpoint_at(&self, target: &crate::debugger::breakpoints::Target) -> Option<u32> {
        self.breakpoints.find(target)
    }

    /// Sets a breakpoint: its number, and where it came to be.
    ///
    /// # Errors
    ///
    /// Why there can be none.
    pub fn set_breakpoint(
        &mut self,
        target: crate::debugger::breakpoints::Target,
        condition: Option<Question>,
        hits: Option<crate::debugger::breakpoints::HitCondition>,
        log: Option<crate::debugger::breakpoints::Template>,
    ) -> Result<(u32, crate::debugger::breakpoints::Target), String> {
        use crate::debugger::breakpoints::Target;
        let target = match target {
            Target::Line { file, line } => {
                let (file, line) = self.real_place(&crate::debugger::command::Place { file: Some(file), line })?;
                Target::Line { file, line }
            }
            target => target,
        };
        let (Ok(number) | Err(number)) = self.breakpoints.add(target.clone(), condition, false);
        let now = self.now.vm.steps();
        self.breakpoints.stop_at_hits(number, hits, now);
        self.breakpoints.set_log(number, log);
        Ok((number, target))
    }

    /// The class of the exception that the next instruction raises.
    pub fn next_exception(&self) -> Option<String> {
        let mut copy = self.now.clone();
        let raises = copy.vm.raises;
        self.timeline.replay(&mut copy, &mut Until(self.step() + 1));
        let class = copy.vm.last_raised.filter(|_| copy.vm.raises > raises)?;
        Some(copy.vm.heap.type_of_type(class).name.to_string())
    }

    /// The text of the exception that nobody caught.
    pub fn traceback(&self) -> Option<&str> {
        match &self.status {
            Status::Uncaught { traceback, .. } => Some(traceback),
            _ => None,
        }
    }
}

fn named(vm: &Vm, object: ObjRef) -> Vec<(Link, ObjRef)> {
    let mut found = Vec::new();
    // The characters of a text, the digits of a number have no parts.
    edges(vm, object, &mut |link, part| {
        let is_item = matches!(link, Link::Item(_) | Link::Key(_) | Link::Value(_) | Link::Element(_));
        if link != Link::Type && !is_item && found.len() < MOST_NAMED {
            found.push((link, part));
        }
    });
    found
}

fn part_count(vm: &Vm, object: ObjRef) -> PartCount {
    let indexed = match vm.heap.body(object) {
        Body::List(items) => items.len(),
        Body::Tuple(items) => items.len(),
        Body::Dict(dict) => dict.len(),
        Body::Set(set) => set.len(),
        _ => 0,
    };
    PartCount { named: named(vm, object).len(), indexed }
}
