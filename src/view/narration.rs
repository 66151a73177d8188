//! Each step in words, with live operands, from one table: an opcode's sentence before it runs and after.
//!
//! ```text
//!   BINARY_OP + will pop 3 and 4 and push 3 + 4        BINARY_OP + popped 3 and 4, pushed a new int 7 (refcount 1)
//! ```
//!
//! Sentences are templates. `{1}` is the top of the stack before the instruction, `{2}` the value below, `{arg}` the
//! argument as `dis` shows it, `{got}` what is on top afterwards, and the other words are in [`Words::fill`].

mod call;

use crate::{
    bytecode::{dis, instr, opcode::Op},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    view::{
        Role,
        capture::{self, Level, Scribe, callable_name, is_same},
    },
    vm::Vm,
};
use call::Call;

/// Opcodes, what they will do, what they have done.
type Row = (&'static [Op], &'static str, &'static str);

#[rustfmt::skip]
const SENTENCES: &[Row] = &[
    (&[Op::RESUME], "will begin {frame}; it does nothing else", "began {frame}"),
    (&[Op::NOP], "will do nothing", "did nothing"),
    (&[Op::POP_TOP], "will drop {1}", "dropped {1}{freed}"),
    (&[Op::PUSH_NULL], "will push NULL: the call has no self", "pushed NULL: the call has no self"),
    (&[Op::COPY], "will push {copied} once more", "pushed {got} once more"),
    (&[Op::SWAP], "will exchange {1} and {copied}", "exchanged {1} and {copied}"),
    (&[Op::LOAD_CONST], "will push {value}", "pushed {got}"),
    (&[Op::LOAD_FAST, Op::LOAD_DEREF, Op::LOAD_CLOSURE, Op::LOAD_CLASSDEREF], "{arg} will push {value}", "{arg} pushed {got}"),
    (&[Op::LOAD_NAME, Op::LOAD_GLOBAL], "{name} will look up {name} and push {value}", "{name} found {name} and pushed {got}"),
    (&[Op::STORE_FAST, Op::STORE_NAME, Op::STORE_GLOBAL, Op::STORE_DEREF], "{arg} will pop {1} into {arg}", "{arg} popped {1} into {arg}{freed}"),
    (&[Op::DELETE_FAST, Op::DELETE_NAME, Op::DELETE_GLOBAL, Op::DELETE_DEREF], "{arg} will unbind {arg}", "{arg} unbound {arg}{freed}"),
    (&[Op::LOAD_ATTR], "{arg} will pop {1} and push its attribute {arg}", "{arg} popped {1}, pushed {got}"),
    (&[Op::LOAD_METHOD], "{arg} will look up the method {arg} of {1}", "{arg} found {method}"),
    (&[Op::STORE_ATTR], "{arg} will pop {1} and {2}: {1}.{arg} = {2}", "{arg} set {1}.{arg} to {2}{freed}"),
    (&[Op::DELETE_ATTR], "{arg} will delete {1}.{arg}", "{arg} deleted {1}.{arg}{freed}"),
    (&[Op::BINARY_OP], "{arg} will pop {2} and {1} and push {2} {operator} {1}", "{arg} popped {2} and {1}, pushed {got}"),
    (&[Op::COMPARE_OP], "{arg} will pop {2} and {1} and push whether {2} {arg} {1}", "{arg}: {2} {arg} {1} is {top}"),
    (&[Op::IS_OP], "will pop {2} and {1} and push whether they {be} the same object", "{2} and {1}: pushed {top}"),
    (&[Op::CONTAINS_OP], "will pop {2} and {1} and push whether {2} {be} in {1}", "{2} in {1}: pushed {top}"),
    (&[Op::UNARY_NOT, Op::UNARY_NEGATIVE, Op::UNARY_POSITIVE, Op::UNARY_INVERT], "will pop {1} and push {operator}{1}", "popped {1}, pushed {got}"),
    (&[Op::BINARY_SUBSCR], "will pop {2} and {1} and push {2}[{1}]", "popped {2} and {1}, pushed {got}"),
    (&[Op::STORE_SUBSCR], "will pop three values: {2}[{1}] = {3}", "set {2}[{1}] to {3}{freed}"),
    (&[Op::DELETE_SUBSCR], "will delete {2}[{1}]", "deleted {2}[{1}]{freed}"),
    (&[Op::BUILD_LIST, Op::BUILD_TUPLE, Op::BUILD_SET, Op::BUILD_MAP, Op::BUILD_STRING, Op::BUILD_CONST_KEY_MAP, Op::BUILD_SLICE],
        "will pop {popped} and push a new {built}", "popped {popped}, pushed {got}"),
    (&[Op::LIST_APPEND], "will pop {1} and append it to the list", "appended {1} to the list"),
    (&[Op::SET_ADD], "will pop {1} and add it to the set", "added {1} to the set"),
    (&[Op::MAP_ADD], "will pop {2} and {1} and store them in the dict", "stored {2}: {1} in the dict"),
    (&[Op::LIST_EXTEND, Op::SET_UPDATE, Op::DICT_UPDATE, Op::DICT_MERGE], "will pop {1} and put all its items in", "put all of {1} in"),
    (&[Op::UNPACK_SEQUENCE, Op::UNPACK_EX], "will pop {1} and push its items", "popped {1} and pushed its items"),
    (&[Op::FORMAT_VALUE], "will pop {1} and push it as text", "popped {1}, pushed {got}"),
    (&[Op::GET_ITER], "will pop {1} and push an iterator over it", "popped {1}, pushed {got}"),
    (&[Op::FOR_ITER], "will ask {1} for its next item; with none left it jumps to {target}", "{item}"),
    (&[Op::SEND], "will send {1} to {2}", "sent {1} to {2}"),
    (&[Op::JUMP_FORWARD, Op::JUMP_BACKWARD, Op::JUMP_BACKWARD_NO_INTERRUPT], "will jump to {target}", "jumped to {target}"),
    (&[Op::POP_JUMP_FORWARD_IF_FALSE, Op::POP_JUMP_BACKWARD_IF_FALSE, Op::POP_JUMP_FORWARD_IF_TRUE, Op::POP_JUMP_BACKWARD_IF_TRUE,
       Op::POP_JUMP_FORWARD_IF_NONE, Op::POP_JUMP_BACKWARD_IF_NONE, Op::POP_JUMP_FORWARD_IF_NOT_NONE, Op::POP_JUMP_BACKWARD_IF_NOT_NONE],
        "will pop {1} and {jump}", "popped {1}, {jumped}"),
    (&[Op::JUMP_IF_FALSE_OR_POP, Op::JUMP_IF_TRUE_OR_POP], "looks at {1}: will {jump}", "looked at {1}, {jumped}"),
    (&[Op::PRECALL], "prepares the call of {callable}", "prepared the call of {callable}"),
    (&[Op::KW_NAMES], "will name the last arguments: {value}", "named the last arguments"),
    (&[Op::CALL, Op::CALL_FUNCTION_EX], "will call {callable}{with}", "{called}"),
    (&[Op::MAKE_FUNCTION], "will make a function of {1}", "pushed {got}"),
    (&[Op::MAKE_CELL], "{arg} will put {arg} into a cell, to share it with inner functions", "{arg} is in a cell now"),
    (&[Op::COPY_FREE_VARS], "will bring the shared cells into the frame", "brought the shared cells into the frame"),
    (&[Op::LOAD_BUILD_CLASS], "will push the function that builds a class", "pushed the function that builds a class"),
    (&[Op::RETURN_VALUE], "will return {1} to {caller}", "returned {1}; the frame of {frame} is gone{freed}"),
    (&[Op::RETURN_GENERATOR], "will turn this frame into a generator and return that", "turned the frame into a generator"),
    (&[Op::YIELD_VALUE], "will yield {1} and wait", "yielded {1}; {frame} waits"),
    (&[Op::RAISE_VARARGS], "will raise {exception}", "raised {exception}"),
    (&[Op::RERAISE], "will raise {1} again", "raised {1} again"),
    (&[Op::PUSH_EXC_INFO], "will make {1} the exception being handled", "{1} is being handled now"),
    (&[Op::POP_EXCEPT], "will end the handling of the exception", "the exception is no longer handled"),
    (&[Op::CHECK_EXC_MATCH], "will push whether {2} is a {1}", "{2} matches {1}: {top}"),
    (&[Op::BEFORE_WITH], "will call {1}.__enter__() and keep its __exit__", "called __enter__ of {1}"),
    (&[Op::IMPORT_NAME], "{arg} will import the module {arg}", "{arg} pushed {got}"),
    (&[Op::IMPORT_FROM], "{arg} will take {arg} out of {1}", "{arg} pushed {got}"),
];

/// What the next instruction will do.
pub fn next(scribe: &Scribe<'_>) -> String {
    let Some(words) = Words::at(scribe) else { return String::new() };
    let template = row_of(words.instr.op).map_or("", |row| row.1);
    if template.is_empty() { format!("{}: {}", words.instr.op.name(), words.instr.op.meaning()) } else { words.sentence(template, None) }
}

/// The next instruction itself: `LOAD_NAME a`.
pub fn instruction(scribe: &Scribe<'_>) -> String {
    Words::at(scribe).map(|words| words.sentence("{arg}", None).trim_end().to_owned()).unwrap_or_default()
}

/// What the instruction between two instants did.
pub fn done(before: &Scribe<'_>, now: &Scribe<'_>) -> String {
    let Some(words) = Words::at(before) else { return String::new() };
    if let Some(raised) = raised(before.vm, now) {
        return format!("{} raised {raised}", words.title());
    }
    if now.vm.frames.is_empty() {
        return format!("{} ended the program", words.title());
    }
    match row_of(words.instr.op) {
        Some((_, _, template)) => words.sentence(template, Some(now)),
        None => format!("{}: {}", words.instr.op.name(), words.instr.op.meaning()),
    }
}

/// What ended the program: the next instruction raised it.
pub fn ended(scribe: &Scribe<'_>, exception: &str) -> String {
    let Some(words) = Words::at(scribe) else { return String::new() };
    format!("{} raised {exception}: nobody caught it", words.title())
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

fn row_of(op: Op) -> Option<&'static Row> {
    SENTENCES.iter().find(|(ops, ..)| ops.contains(&op))
}

/// The instruction raised something: the handler, with the exception on top, or another frame comes next.
fn raised(before: &Vm, now: &Scribe<'_>) -> Option<String> {
    let python = Level::of(now.vm, now.vm.frames.len().checked_sub(1)?).python?;
    let offset = python.offset();
    let is_handler = python.code.tables.exceptions.iter().any(|entry| entry.target == offset);
    let top = now.vm.stack[..now.vm.sp].last().copied().flatten()?;
    if !is_handler || !matches!(now.vm.heap.body(top), Body::Exception(_)) {
        return None;
    }
    let old = Level::of(before, before.frames.len() - 1).python?;
    let went_on = old.frame.base == python.frame.base && python.unit == old.unit + 1;
    let text = format!("{}; its handler is at {offset}", now.text(top, 50));
    (!went_on || old.code.offset_of(old.unit) != offset).then_some(text).filter(|_| !went_on)
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
        let index = (python.unit - python.code.start) as usize;
        let instr = instr::decode(&python.code.code.code).nth(index)?;
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
            Op::LOAD_CONST | Op::KW_NAMES => python.code.consts.get(arg).copied(),
            Op::LOAD_FAST | Op::LOAD_CLOSURE => vm.stack.get(python.frame.base as usize + arg).copied().flatten(),
            Op::LOAD_DEREF | Op::LOAD_CLASSDEREF => {
                match vm.heap.body(vm.stack.get(python.frame.base as usize + arg).copied().flatten()?) {
                    Body::Cell(content) => *content,
                    _ => None,
                }
            }
            Op::LOAD_GLOBAL | Op::LOAD_NAME => {
                let index = if self.instr.op == Op::LOAD_GLOBAL { arg >> 1 } else { arg };
                let name = *python.code.names.get(index)?;
                let locals = python.frame.locals.filter(|_| self.instr.op == Op::LOAD_NAME && python.has_namespace());
                let spaces = locals.into_iter().chain([python.frame.globals, python.frame.builtins]);
                spaces.into_iter().find_map(|space| vm.heap.dict(space).and_then(|_| vm.dict_get_str(space, name)))
            }
            _ => None,
        }
    }

    /// `BINARY_OP`
    fn title(&self) -> &'static str {
        self.instr.op.name()
    }

    fn sentence(&self, template: &str, now: Option<&Scribe<'_>>) -> String {
        let mut out = self.title().to_owned();
        let mut rest = template;
        out.push(' ');
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
            "popped" => match self.instr.op.effect(self.instr.arg).0 {
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
            "exception" => match self.instr.arg {
                0 => "the handled exception again".into(),
                1 => self.at_depth(1),
                _ => format!("{} from {}", self.at_depth(2), self.at_depth(1)),
            },
            _ => now.map(|now| self.fill_afterwards(word, now)).unwrap_or_default(),
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
