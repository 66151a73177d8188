//! Each step in words, with live operands, from one table: an opcode's sentence before it runs and after.
//!
//! ```text
//!   BINARY_OP + will pop 3 and 4 and push 3 + 4        BINARY_OP + popped 3 and 4, pushed a new int 7 (refcount 1)
//! ```
//!
//! The sentences are templates, in [`sentences`]. `{1}` is the top of the stack before the instruction, `{2}` the value below, `{arg}` the
//! argument as `dis` shows it, `{got}` what is on top afterwards, and the other words are in [`Words::fill`]. Who wants the internals
//! hears the student's sentence, then the bytes, or the reference counts that moved.

mod call;
mod internals;
mod novice;
mod sentences;

use crate::{
    bytecode::{dis, instr, opcode::Op},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    view::{
        Audience, Role,
        capture::{self, Level, Scribe, callable_name, is_same},
    },
    vm::Vm,
};
use call::Call;

/// What the next instruction will do.
pub fn next(scribe: &Scribe<'_>, audience: Audience) -> String {
    let Some(words) = Words::at(scribe) else { return String::new() };
    let Some(row) = sentences::row(words.instr.op) else { return String::new() };
    match audience {
        Audience::Novice => words.novice(row.novice_next, None),
        Audience::Student => words.sentence(row.next, None),
        Audience::Internals => words.sentence(row.next, None) + &words.bytes(),
    }
}

/// The next instruction itself: `LOAD_NAME a`.
pub fn instruction(scribe: &Scribe<'_>) -> String {
    Words::at(scribe).map(|words| words.sentence("{arg}", None).trim_end().to_owned()).unwrap_or_default()
}

/// The name of the next instruction.
pub fn opname(scribe: &Scribe<'_>) -> &'static str {
    Words::at(scribe).map_or("", |words| words.title())
}

/// What the instruction between two instants did, and what became of its form.
pub fn done(before: &Scribe<'_>, now: &Scribe<'_>, audience: Audience) -> String {
    let text = sentence_done(before, now, audience);
    match capture::forms::between(before, now.vm) {
        Some(told) if !text.is_empty() => text + &told.said(audience),
        _ => text,
    }
}

fn sentence_done(before: &Scribe<'_>, now: &Scribe<'_>, audience: Audience) -> String {
    let Some(words) = Words::at(before) else { return String::new() };
    let Some(row) = sentences::row(words.instr.op) else { return String::new() };
    if let Some((raised, offset)) = raised(before.vm, now) {
        return match audience {
            Audience::Novice => format!("an error came up: {raised}; what is to be done about it comes next"),
            _ => format!("{} raised {raised}; its handler is at {offset}", words.title()),
        };
    }
    if now.vm.frames.is_empty() {
        return match audience {
            Audience::Novice => "the program has ended".into(),
            _ => format!("{} ended the program", words.title()),
        };
    }
    if let Some(runs) = words.runs(now) {
        return match audience {
            Audience::Novice => format!("for this Python runs {runs} now"),
            _ => words.sentence(&format!("{{arg}} asked {runs}, which runs in a new frame"), None),
        };
    }
    match audience {
        Audience::Novice => words.novice(row.novice_done, Some(now)),
        Audience::Student => words.sentence(row.done, Some(now)),
        Audience::Internals => words.sentence(row.done, Some(now)) + &words.moved(now, row.done.contains("{freed}")),
    }
}

/// What ended the program: the next instruction raised it.
pub fn ended(scribe: &Scribe<'_>, exception: &str, audience: Audience) -> String {
    let Some(words) = Words::at(scribe) else { return String::new() };
    match audience {
        Audience::Novice => format!("an error ended the program: {exception}"),
        _ => format!("{} raised {exception}: nobody caught it", words.title()),
    }
}

/// The values that the next instruction works on, beside its listing: `3, 1` or `<LRU #21>`.
pub fn operands(scribe: &Scribe<'_>, width: usize) -> Option<String> {
    let words = Words::at(scribe)?;
    let text = |object: ObjRef| scribe.text(object, width);
    Some(match words.instr.op {
        Op::LOAD_CONST | Op::RESUME | Op::PUSH_NULL => return None,
        Op::CALL | Op::PRECALL => {
            let call = Call::of(scribe.vm, &words.instr)?;
            let args: Vec<String> = call.arguments.iter().map(|&argument| scribe.text(argument, 20)).collect();
            let mut text = format!("{}({})", callable_name(scribe.vm, call.callable), args.join(", "));
            if text.chars().count() > width {
                text = text.chars().take(width - 1).collect::<String>() + "…";
            }
            text
        }
        _ => match words.loaded() {
            Some(value) => text(value),
            None => {
                let count = words.instr.op.effect(words.instr.arg).0.min(3) as usize;
                let values: Vec<String> = (1..=count).rev().filter_map(|depth| words.slot(depth)?).map(text).collect();
                if values.is_empty() {
                    return None;
                }
                values.join(", ")
            }
        },
    })
}

/// What the next instruction takes the values on the stack for, the top first.
pub fn roles(scribe: &Scribe<'_>) -> Vec<Option<Role>> {
    let Some(words) = Words::at(scribe) else { return Vec::new() };
    let other = |text: &str| Role::Other(text.to_owned());
    let arg = words.instr.arg;
    let roles = match words.instr.op {
        Op::BINARY_OP | Op::COMPARE_OP | Op::IS_OP => vec![Role::Rhs, Role::Lhs],
        Op::CONTAINS_OP => vec![Role::Container, Role::Key],
        Op::UNARY_NOT | Op::UNARY_NEGATIVE | Op::UNARY_POSITIVE | Op::UNARY_INVERT | Op::GET_ITER | Op::FORMAT_VALUE => vec![Role::Operand],
        Op::BINARY_SUBSCR | Op::DELETE_SUBSCR => vec![Role::Key, Role::Container],
        Op::STORE_SUBSCR => vec![Role::Key, Role::Container, Role::Value],
        Op::LOAD_ATTR | Op::LOAD_METHOD | Op::DELETE_ATTR => vec![Role::Object],
        Op::STORE_ATTR => vec![Role::Object, Role::Value],
        Op::STORE_FAST | Op::STORE_NAME | Op::STORE_GLOBAL | Op::STORE_DEREF => vec![Role::Value],
        Op::POP_TOP => vec![other("dropped")],
        Op::FOR_ITER => vec![Role::Iterator],
        Op::SEND => vec![Role::Value, Role::Iterator],
        Op::RETURN_VALUE | Op::YIELD_VALUE => vec![Role::Result],
        Op::RAISE_VARARGS if arg == 1 => vec![Role::Exception],
        Op::RERAISE | Op::PUSH_EXC_INFO => vec![Role::Exception],
        Op::CHECK_EXC_MATCH => vec![other("class"), Role::Exception],
        Op::UNPACK_SEQUENCE | Op::UNPACK_EX | Op::LIST_EXTEND | Op::SET_UPDATE | Op::DICT_UPDATE | Op::DICT_MERGE => vec![other("items")],
        Op::LIST_APPEND | Op::SET_ADD => vec![Role::Item(1)],
        Op::MAP_ADD => vec![Role::Value, Role::Key],
        Op::MAKE_FUNCTION => vec![other("code")],
        Op::BUILD_LIST | Op::BUILD_TUPLE | Op::BUILD_SET | Op::BUILD_STRING => (1..=arg).rev().map(Role::Item).collect(),
        Op::BUILD_MAP => (0..arg).flat_map(|_| [Role::Value, Role::Key]).collect(),
        op if op.is_jump() && op.effect(arg).0 == 1 => vec![Role::Condition],
        Op::CALL | Op::PRECALL => Call::of(scribe.vm, &words.instr).map(|call| call.roles(scribe.vm)).unwrap_or_default(),
        _ => Vec::new(),
    };
    roles.into_iter().map(Some).collect()
}

/// The instruction raised something: its handler, with the exception on top, comes next.
fn raised(before: &Vm, now: &Scribe<'_>) -> Option<(String, u32)> {
    let python = Level::of(now.vm, now.vm.frames.len().checked_sub(1)?).python?;
    let offset = python.offset();
    let is_handler = python.code.tables.exceptions.iter().any(|entry| entry.target == offset);
    let top = now.vm.stack[..now.vm.sp].last().copied().flatten()?;
    if !is_handler || !matches!(now.vm.heap.body(top), Body::Exception(_)) {
        return None;
    }
    let old = Level::of(before, before.frames.len() - 1).python?;
    let went_on = old.frame.base == python.frame.base && python.unit == old.unit + 1;
    (!went_on).then(|| (now.text(top, 50), offset))
}

/// The words that a sentence about one instruction may need.
struct Words<'a> {
    scribe: Scribe<'a>,
    level: Level<'a>,
    instr: instr::Instr,
}

impl<'a> Words<'a> {
    /// The next instruction of the running frame.
    fn at(scribe: &Scribe<'a>) -> Option<Words<'a>> {
        let vm = scribe.vm;
        let level = Level::of(vm, vm.frames.len().checked_sub(1)?);
        let python = level.python?;
        let instr = instr::at(&python.code.code.code, python.offset())?;
        Some(Words { scribe: *scribe, level, instr })
    }

    fn vm(&self) -> &'a Vm {
        self.scribe.vm
    }

    /// The slot so deep in the stack, 1 being the top; `None` below its start.
    fn slot(&self, depth: usize) -> Option<Option<ObjRef>> {
        let vm = self.vm();
        let start = self.level.python?.stack_start();
        let at = vm.sp.checked_sub(depth).filter(|&at| at >= start)?;
        Some(vm.stack[at])
    }

    fn at_depth(&self, depth: usize) -> String {
        match self.slot(depth) {
            Some(Some(object)) => self.scribe.text(object, 32),
            _ => "NULL".into(),
        }
    }

    /// The argument as the listing shows it, without the decoration of LOAD_GLOBAL.
    fn arg(&self) -> String {
        let code = self.level.python.map(|python| &python.code.code);
        let text = code.map(|code| dis::argument_text(code, &self.instr, &|_| 0)).unwrap_or_default();
        text.strip_prefix("NULL + ").map(str::to_owned).unwrap_or(text)
    }

    /// The value that a load will push.
    fn loaded(&self) -> Option<ObjRef> {
        let vm = self.vm();
        let python = self.level.python?;
        let arg = self.instr.arg as usize;
        match self.instr.op {
            Op::LOAD_CONST | Op::KW_NAMES => vm.heap.tuple(python.code.consts)?.get(arg).copied(),
            Op::LOAD_FAST | Op::LOAD_CLOSURE => vm.stack.get(python.frame.base as usize + arg).copied().flatten(),
            Op::LOAD_DEREF | Op::LOAD_CLASSDEREF => {
                match vm.heap.body(vm.stack.get(python.frame.base as usize + arg).copied().flatten()?) {
                    Body::Cell(content) => *content,
                    _ => None,
                }
            }
            Op::LOAD_GLOBAL | Op::LOAD_NAME => {
                let index = if self.instr.op == Op::LOAD_GLOBAL { arg >> 1 } else { arg };
                let name = *vm.heap.tuple(python.code.names)?.get(index)?;
                let locals = python.frame.locals.filter(|_| self.instr.op == Op::LOAD_NAME && python.has_namespace());
                let spaces = locals.into_iter().chain([python.frame.globals, python.frame.builtins]);
                spaces.into_iter().find_map(|space| vm.heap.dict(space).and_then(|_| vm.dict_get_str(space, name)))
            }
            _ => None,
        }
    }

    /// The Python function that the instruction has begun, where its sentence speaks of a result: `Vector.__add__`.
    fn runs(&self, now: &Scribe<'_>) -> Option<String> {
        let speaks_of_calls =
            matches!(self.instr.op, Op::CALL | Op::CALL_FUNCTION_EX | Op::PRECALL | Op::FOR_ITER | Op::SEND | Op::IMPORT_NAME);
        if speaks_of_calls || now.vm.frames.len() <= self.vm().frames.len() {
            return None;
        }
        let python = Level::of(now.vm, now.vm.frames.len() - 1).python?;
        Some(python.code.code.qualname.to_string())
    }

    /// `BINARY_OP`
    fn title(&self) -> &'static str {
        self.instr.op.name()
    }

    fn sentence(&self, template: &str, now: Option<&Scribe<'_>>) -> String {
        format!("{} {}", self.title(), self.filled(template, now))
    }

    fn filled(&self, template: &str, now: Option<&Scribe<'_>>) -> String {
        let mut out = String::new();
        let mut rest = template;
        while let Some((text, after)) = rest.split_once('{') {
            out.push_str(text);
            let Some((word, after)) = after.split_once('}') else { break };
            out.push_str(&self.fill(word, now));
            rest = after;
        }
        out + rest
    }

    fn fill(&self, word: &str, now: Option<&Scribe<'_>>) -> String {
        let vm = self.vm();
        if let Ok(depth) = word.parse() {
            return self.at_depth(depth);
        }
        match word {
            "arg" | "name" => self.arg(),
            "operator" => match self.instr.op {
                Op::UNARY_NOT => "not ".into(),
                Op::UNARY_NEGATIVE => "-".into(),
                Op::UNARY_POSITIVE => "+".into(),
                Op::UNARY_INVERT => "~".into(),
                _ => self.arg().trim_end_matches('=').to_owned(),
            },
            "value" => self.loaded().map_or("what it finds".into(), |object| self.scribe.noun(object)),
            "copied" => self.at_depth(self.instr.arg as usize),
            "be" => {
                if self.instr.arg == 1 { "are not" } else { "are" }.replace("are", if self.instr.op == Op::IS_OP { "are" } else { "is" })
            }
            "popped" | "parts" => match self.instr.op.effect(self.instr.arg).0 {
                0 => "nothing".into(),
                1 => self.at_depth(1),
                2 => format!("{} and {}", self.at_depth(2), self.at_depth(1)),
                count => format!("{count} values"),
            },
            "built" => {
                self.title().trim_start_matches("BUILD_CONST_KEY_").trim_start_matches("BUILD_").replace("MAP", "DICT").to_lowercase()
            }
            "target" => self.target(),
            "jump" => self.jump(),
            "jumped" => match now {
                Some(now) if now.vm.pc == vm.pc + 1 => "went on".into(),
                _ => format!("jumped to {}", self.target()),
            },
            "frame" => self.level.python.map(|python| python.code.code.qualname.to_string()).unwrap_or_default(),
            "caller" => capture::levels(vm)
                .into_iter()
                .skip(1)
                .find_map(|level| level.python)
                .map_or("the shell".into(), |python| python.code.code.qualname.to_string()),
            "callable" => Call::of(vm, &self.instr).map_or("it".into(), |call| callable_name(vm, call.callable)),
            "with" => Call::of(vm, &self.instr).map(|call| call.with(&self.scribe)).unwrap_or_default(),
            "begin" => if self.instr.arg & 3 == 0 { "begin" } else { "go on with" }.into(),
            "began" => if self.instr.arg & 3 == 0 { "began" } else { "went on with" }.into(),
            "formatted" => self.at_depth(if self.instr.arg & 4 == 0 { 1 } else { 2 }),
            "exception" => match self.instr.arg {
                0 => "the handled exception again".into(),
                1 => self.at_depth(1),
                _ => format!("{} from {}", self.at_depth(2), self.at_depth(1)),
            },
            _ => match (self.fill_novice(word, now), now) {
                (Some(text), _) => text,
                (None, Some(now)) => self.fill_afterwards(word, now),
                (None, None) => String::new(),
            },
        }
    }

    fn fill_afterwards(&self, word: &str, now: &Scribe<'_>) -> String {
        let top = now.vm.stack[..now.vm.sp].last().copied().flatten();
        match (word, top) {
            ("got", Some(top)) => self.got(now, top),
            ("top", Some(top)) => now.text(top, 32),
            ("method", Some(top)) => {
                let callable = now.vm.stack[..now.vm.sp].iter().rev().nth(1).copied().flatten();
                match callable {
                    Some(callable) => format!("{}; self is {}", now.text(callable, 40), now.text(top, 32)),
                    None => now.text(top, 40),
                }
            }
            ("item", Some(top)) if now.vm.sp == self.vm().sp + 1 && now.vm.frames.len() == self.vm().frames.len() => {
                format!("got {} from {}", now.text(top, 32), self.at_depth(1))
            }
            ("item", _) if now.vm.frames.len() > self.vm().frames.len() => format!("asked {}: its frame runs", self.at_depth(1)),
            ("item", _) => format!("found nothing left in {}, jumped to {}", self.at_depth(1), self.target()),
            ("called", top) => self.called(now, top),
            ("freed", _) => self.freed(now),
            _ => String::new(),
        }
    }

    /// `a new int 7 (refcount 1)`, `3 (refcount 205)`
    fn got(&self, now: &Scribe<'_>, object: ObjRef) -> String {
        let refcount = now.vm.heap.refcount(object);
        let is_new = !is_same(self.vm(), now.vm, object);
        let noun = if is_new { now.noun(object).replacen("the ", "a new ", 1) } else { now.noun(object) };
        let noun = if is_new && !noun.starts_with("a new ") { format!("a new {noun}") } else { noun };
        format!("{noun} (refcount {refcount})")
    }

    fn called(&self, now: &Scribe<'_>, top: Option<ObjRef>) -> String {
        let Some(call) = Call::of(self.vm(), &self.instr) else { return "called it".into() };
        let name = callable_name(self.vm(), call.callable);
        if now.vm.frames.len() > self.vm().frames.len() {
            let frame = Level::of(now.vm, now.vm.frames.len() - 1).python.map(|python| python.code.code.qualname.to_string());
            return match frame {
                Some(frame) if frame == name => format!("called {name}: a new frame"),
                Some(frame) => format!("called {name}, which runs {frame} in a new frame"),
                None => format!("called {name}, which waits"),
            };
        }
        match top {
            Some(top) => format!("called {name}, pushed {}{}", self.got(now, top), self.freed(now)),
            None => format!("called {name}"),
        }
    }

    /// `; <Node #12> is freed`: what the popped and overwritten values came to.
    fn freed(&self, now: &Scribe<'_>) -> String {
        const FEW: usize = 200_000;
        let vm = self.vm();
        if vm.heap.capacity() > FEW {
            return String::new();
        }
        let dead: Vec<ObjRef> = vm
            .heap
            .iter()
            .filter(|(object, slot)| object.index() > RESERVED && !matches!(slot.body, Body::None) && !is_same(vm, now.vm, *object))
            .filter(|(object, _)| !matches!(vm.ty(*object), FRAME | METHOD))
            .map(|(object, _)| object)
            .collect();
        match dead.as_slice() {
            [] => String::new(),
            [one] => format!("; {} is freed", self.scribe.text(*one, 32)),
            several => format!("; {} objects are freed", several.len()),
        }
    }

    fn target(&self) -> String {
        let Some(offset) = instr::target_of(&self.instr) else { return String::new() };
        let line = self.level.python.and_then(|python| capture::position_of(python.code, python.code.unit_at(offset)).line);
        match line {
            Some(line) => format!("{offset} (line {line})"),
            None => offset.to_string(),
        }
    }

    /// Whether a conditional jump will be taken, if that can be told without running Python.
    fn jump(&self) -> String {
        let name = self.title();
        let value = self.slot(1).flatten();
        let jumps = match value.map(|value| (value, plain_truth(self.vm(), value))) {
            Some((value, _)) if name.ends_with("NOT_NONE") => Some(value != NONE),
            Some((value, _)) if name.ends_with("NONE") => Some(value == NONE),
            Some((_, Some(truth))) => Some(truth == name.contains("TRUE")),
            _ => None,
        };
        match jumps {
            Some(true) => format!("jump to {}", self.target()),
            Some(false) => "go on".into(),
            None => format!("jump to {} or go on", self.target()),
        }
    }
}

/// The truth of a value of a builtin type.
fn plain_truth(vm: &Vm, object: ObjRef) -> Option<bool> {
    Some(match (object, vm.heap.body(object)) {
        (NONE | FALSE, _) => false,
        (TRUE, _) => true,
        (_, Body::Str(text)) => !text.is_empty(),
        (_, Body::List(items) | Body::Tuple(items)) => !items.is_empty(),
        (_, Body::Dict(dict)) => !dict.is_empty(),
        (_, Body::Set(set)) => !set.is_empty(),
        _ => vm.small_value(object)? != 0,
    })
}
