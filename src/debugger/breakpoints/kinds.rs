//! THE kinds of breakpoints: how each is written, and which instructions it means.
//!
//! What [`Target::written`] says, `break` understands: so a list of breakpoints is a script that makes them.
//!
//! `refcount head 0`, `op *JUMP* in total`, `gc 2`

use crate::{
    bytecode::opcode::Op,
    debugger::{command::Wanted, evaluate::Question},
    vm::specialize::Change,
};

/// What `break` understands, and what it means.
pub const KINDS: &[(&str, &str)] = &[
    ("LINE, FILE:LINE", "where the line begins; of a file that may not be imported yet"),
    ("FUNCTION", "where it begins: its name or qualified name"),
    ("op OPNAME [in FUNCTION]", "an instruction; * stands for anything: CALL*, *JUMP*"),
    ("offset N [in FUNCTION]", "the instruction at a byte offset, as the Bytecode pane has it"),
    ("raise [CLASS]", "before an instruction that raises an exception, or through which one leaves library code"),
    ("uncaught [CLASS]", "the same, if nothing catches it"),
    ("watch EXPR", "the value has changed: of a name, an attribute, an item"),
    ("refcount NAME [N]", "an object's reference count has changed, or is now N; at 0 it dies"),
    ("alloc TYPE, free TYPE", "an object of that type was made, or freed"),
    ("gc [GENERATION]", "before an instruction in which a collection runs"),
    ("specialize [NAME]", "an instruction has found a form: of that opcode, or in that function"),
    ("deopt [NAME]", "one has given its form up"),
    ("switch", "another thread has taken the GIL"),
    ("output TEXT", "a line with this text was written"),
    ("step N", "an instant of the run"),
];

#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    Line {
        file: String,
        line: u32,
    },
    /// The first instruction of a function, by its name or qualified name.
    Function(String),
    /// A name, in which `*` stands for anything; in one function or in all.
    Opcode {
        name: String,
        function: Option<String>,
    },
    /// The instruction at a byte offset of a function's code, as `dis` shows it.
    Offset {
        offset: u32,
        function: String,
    },
    /// One instruction, by its place in the machine's table.
    Unit(u32),
    /// An exception of this class is raised; of any class.
    Raised(Option<String>),
    /// The same, if nothing catches it.
    Uncaught(Option<String>),
    /// The value of an expression has changed.
    Watch(Question),
    /// The reference count of an object.
    Refcount {
        of: Wanted,
        count: Count,
    },
    /// An object of a type has come to be; of that very type.
    Alloc(String),
    /// One has been freed.
    Free(String),
    /// A collection begins, of this generation or of any.
    Collect(Option<usize>),
    /// An instruction has taken a specialized form: of an opcode or form (a pattern), or in a function.
    Specialize(Option<String>),
    /// One has lost it, after too many misses.
    Deopt(Option<String>),
    /// The GIL has changed hands.
    Switch,
    /// A line of the output contains a text.
    Output(String),
    /// An instant of the run.
    Step(u64),
}

/// What about a reference count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    Changes,
    /// At 0 the object dies.
    Reaches(u32),
}

impl Target {
    /// As the user would write it, a file without its folder.
    pub fn place(&self) -> String {
        match self {
            Target::Line { file, line } => format!("{}:{line}", file.rsplit('/').next().unwrap_or(file)),
            other => other.written(),
        }
    }

    /// As `break` understands it.
    pub fn written(&self) -> String {
        match self.kind() {
            "line" | "function" => self.argument(),
            kind => format!("{kind} {}", self.argument()).trim_end().to_owned(),
        }
    }

    /// The first word of it.
    pub fn kind(&self) -> &'static str {
        match self {
            Target::Line { .. } => "line",
            Target::Function(_) => "function",
            Target::Opcode { .. } => "op",
            Target::Offset { .. } => "offset",
            Target::Unit(_) => "instruction",
            Target::Raised(_) => "raise",
            Target::Uncaught(_) => "uncaught",
            Target::Watch(_) => "watch",
            Target::Refcount { .. } => "refcount",
            Target::Alloc(_) => "alloc",
            Target::Free(_) => "free",
            Target::Collect(_) => "gc",
            Target::Specialize(_) => "specialize",
            Target::Deopt(_) => "deopt",
            Target::Switch => "switch",
            Target::Output(_) => "output",
            Target::Step(_) => "step",
        }
    }

    /// What comes after that word.
    pub fn argument(&self) -> String {
        match self {
            Target::Line { file, line } => format!("{file}:{line}"),
            Target::Function(name) | Target::Alloc(name) | Target::Free(name) => name.clone(),
            Target::Opcode { name, function: None } => name.clone(),
            Target::Opcode { name, function: Some(function) } => format!("{name} in {function}"),
            Target::Offset { offset, function } => format!("{offset} in {function}"),
            Target::Unit(unit) => format!("{unit:#x}"),
            Target::Raised(name) | Target::Uncaught(name) | Target::Specialize(name) | Target::Deopt(name) => {
                name.clone().unwrap_or_default()
            }
            Target::Watch(question) => question.text.clone(),
            Target::Refcount { of, count: Count::Changes } => named(of),
            Target::Refcount { of, count: Count::Reaches(count) } => format!("{} {count}", named(of)),
            Target::Collect(generation) => generation.map_or(String::new(), |generation| generation.to_string()),
            Target::Switch => String::new(),
            Target::Output(text) => format!("\"{text}\""),
            Target::Step(step) => step.to_string(),
        }
    }

    /// The stop is one instant before the event, where its instruction can be looked into.
    pub fn stops_before(&self) -> bool {
        matches!(self, Target::Raised(_) | Target::Collect(_))
    }

    /// The machine tells when it comes up.
    pub(super) fn is_told(&self) -> bool {
        matches!(
            self,
            Target::Raised(_) | Target::Collect(_) | Target::Output(_) | Target::Switch | Target::Specialize(_) | Target::Deopt(_)
        )
    }

    /// It is at instructions that can be named before the run.
    pub(super) fn is_placed(&self) -> bool {
        matches!(self, Target::Line { .. } | Target::Function(_) | Target::Opcode { .. } | Target::Offset { .. } | Target::Unit(_))
    }

    /// It must be looked for after each instruction.
    pub(super) fn is_everywhere(&self) -> bool {
        matches!(self, Target::Watch(_) | Target::Refcount { .. } | Target::Alloc(_) | Target::Free(_))
    }

    /// Whether what became of an instruction of a function is meant.
    pub(super) fn is_change(&self, change: &Change, function: &str) -> bool {
        let is_form = |op: Op| op != op.base() && op.base().adaptive() != Some(op);
        let (name, is_it) = match self {
            Target::Specialize(name) => (name, is_form(change.to)),
            Target::Deopt(name) => (name, is_form(change.from) && !is_form(change.to)),
            _ => return false,
        };
        let (from, to) = (change.from.name(), change.to.name());
        let is_named = |name: &str| is_named(name, function) || [from, to, change.to.base().name()].iter().any(|it| is_like(name, it));
        is_it && name.as_deref().is_none_or(is_named)
    }

    /// Whether an instruction of a function is one of those meant.
    pub(super) fn matches(&self, op: Op, offset: u32, function: &str) -> bool {
        match self {
            Target::Function(name) => op == Op::RESUME && is_named(name, function),
            Target::Opcode { name, function: only } => {
                is_like(name, op.name()) && only.as_ref().is_none_or(|only| is_named(only, function))
            }
            Target::Offset { offset: it, function: only } => *it == offset && is_named(only, function),
            _ => false,
        }
    }
}

impl Target {
    /// Whether it comes up in one function only, whose names are known to who sets it.
    pub fn is_in_one_place(&self) -> bool {
        match self {
            Target::Line { .. } | Target::Function(_) | Target::Offset { .. } | Target::Unit(_) => true,
            Target::Opcode { function, .. } => function.is_some(),
            _ => false,
        }
    }
}

fn named(of: &Wanted) -> String {
    match of {
        Wanted::Named(question) => question.text.clone(),
        Wanted::Code(name) => name.clone(),
        Wanted::Serial(serial) => format!("#{serial}"),
        Wanted::Slot(slot) => format!("slot {slot}"),
    }
}

/// A function as the user writes it: its qualified name, or the end of that.
pub fn is_named(written: &str, qualname: &str) -> bool {
    written == qualname || qualname.strip_suffix(written).is_some_and(|rest| rest.ends_with('.'))
}

/// A pattern in which `*` stands for anything.
pub fn is_like(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut name) = name.strip_prefix(start) else { return false };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let last = pieces.pop().unwrap_or_default();
    for piece in pieces {
        match name.find(piece) {
            Some(at) => name = &name[at + piece.len()..],
            None => return false,
        }
    }
    name.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn patterns() {
        assert!(is_like("CALL", "CALL") && !is_like("CALL", "CALL_FUNCTION_EX"));
        assert!(is_like("CALL*", "CALL") && is_like("CALL*", "CALL_FUNCTION_EX") && !is_like("CALL*", "PRECALL"));
        assert!(is_like("*JUMP*", "POP_JUMP_FORWARD_IF_TRUE") && is_like("*JUMP*", "JUMP_FORWARD") && is_like("*", "NOP"));
        assert!(is_like("*_IF_*NONE", "POP_JUMP_FORWARD_IF_NOT_NONE") && !is_like("*_IF_*NONE", "RETURN_VALUE"));
    }
}
