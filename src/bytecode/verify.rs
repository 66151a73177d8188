//! The verifier: code that was not made by our compiler is checked before it runs.
//!
//! Accepted code never leaves its value stack, jumps only to instructions, indexes only what is there, and reaches its end only
//! through `RETURN_VALUE` and the like; at every instruction the stack has one depth, however it was reached. What kind of values
//! lie on the stack is not proved. CPython 3.11 has no counterpart: it crashes on such code.
//!
//! `RESUME 0, POP_TOP, RETURN_VALUE` is rejected: "`POP_TOP` at 2 takes 1 from a stack of 0".

use std::{collections::HashSet, fmt, sync::Arc};

use super::{
    code::{
        CO_ASYNC_GENERATOR, CO_COROUTINE, CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL, CO_GENERATOR, CO_VARARGS, CO_VARKEYWORDS, CodeObject,
        Constant,
    },
    exctable,
    instr::{self, Instr},
    linetable,
    opcode::{ArgKind, COMPARISONS, OPERATORS, Op},
};

/// Stacks deeper than this are no program's; counted in values.
const MAX_STACK: u32 = 1 << 20;

/// Why code is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The qualified name of the code object.
    pub code: Arc<str>,
    pub reason: String,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid bytecode in {}: {}", self.code, self.reason)
    }
}

impl std::error::Error for Rejected {}

/// Checks the code of a module and all code in it.
///
/// # Errors
///
/// The first thing found wrong.
pub fn module(code: &CodeObject) -> Result<(), Rejected> {
    let rejected = |reason: &str| Err(Rejected { code: code.qualname.clone(), reason: reason.into() });
    if code.argcount + code.kwonlyargcount > 0 || code.flags & (CO_VARARGS | CO_VARKEYWORDS) != 0 {
        return rejected("a module takes no arguments");
    }
    if code.localspluskinds.iter().any(|kind| kind & CO_FAST_FREE != 0) {
        return rejected("a module has no free variables");
    }
    if code.flags & GENERATORS != 0 {
        return rejected("a module is no generator");
    }
    // A marshalled file can name one code object many times.
    let mut seen = HashSet::new();
    let mut todo = vec![code];
    while let Some(code) = todo.pop() {
        if !seen.insert(std::ptr::from_ref(code)) {
            continue;
        }
        one(code).map_err(|reason| Rejected { code: code.qualname.clone(), reason })?;
        for constant in &code.consts {
            if let Constant::Code(inner) = constant {
                todo.push(inner);
            }
        }
    }
    Ok(())
}

/// Checks one code object without those among its constants.
///
/// # Errors
///
/// The first thing found wrong.
pub fn alone(code: &CodeObject) -> Result<(), Rejected> {
    one(code).map_err(|reason| Rejected { code: code.qualname.clone(), reason })
}

const GENERATORS: u32 = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;

type Check<T = ()> = Result<T, String>;

fn require(condition: bool, reason: impl FnOnce() -> String) -> Check {
    if condition { Ok(()) } else { Err(reason()) }
}

fn one(code: &CodeObject) -> Check {
    slots(code)?;
    let instrs = instructions(code)?;
    for (index, instr) in instrs.iter().enumerate() {
        argument(code, instr)?;
        if instr.op == Op::MAKE_FUNCTION {
            function(code, &instrs[..index], instr)?;
        }
    }
    cells(code, &instrs)?;
    require(2 * linetable::units(&code.linetable) == code.code.len(), || "the location table does not cover the code".into())?;
    Depths::new(code, &instrs)?.follow()
}

/// The frame's slots fit the arguments.
fn slots(code: &CodeObject) -> Check {
    let kinds = &code.localspluskinds;
    require(kinds.len() == code.localsplusnames.len(), || "a frame slot without a kind".into())?;
    require(kinds.iter().all(|kind| kind & (CO_FAST_LOCAL | CO_FAST_CELL | CO_FAST_FREE) != 0), || "a frame slot of no kind".into())?;
    let extra = u64::from(code.flags & CO_VARARGS != 0) + u64::from(code.flags & CO_VARKEYWORDS != 0);
    let arguments = u64::from(code.argcount) + u64::from(code.kwonlyargcount) + extra;
    let locals = kinds.iter().take_while(|kind| **kind & CO_FAST_LOCAL != 0).count() as u64;
    require(code.posonlyargcount <= code.argcount && arguments <= locals, || "more arguments than local variables".into())?;
    require(code.stacksize <= MAX_STACK, || format!("a stack of {} values", code.stacksize))
}

/// The instructions, each whole and with its caches.
fn instructions(code: &CodeObject) -> Check<Vec<Instr>> {
    let bytes = &code.code;
    require(!bytes.is_empty() && bytes.len().is_multiple_of(2), || format!("{} bytes of code", bytes.len()))?;
    require(u32::try_from(bytes.len()).is_ok_and(|len| len < 1 << 30), || "too much code".into())?;
    let instrs: Vec<Instr> = instr::decode(bytes).collect();
    let end = instrs.last().map_or(0, |instr| instr.next as usize);
    require(end <= bytes.len(), || "the last instruction's caches are missing".into())?;
    require(end == bytes.len(), || match bytes.get(end).and_then(|byte| Op::from_u8(*byte)) {
        Some(_) => format!("EXTENDED_ARG at {end} extends nothing"),
        None => format!("unknown opcode {} at {end}", bytes[end]),
    })?;
    match instrs.iter().find(|instr| instr.op == Op::CACHE) {
        Some(cache) => Err(format!("a cache at {} belongs to no instruction", cache.offset)),
        None => Ok(instrs),
    }
}

/// The argument names something that is there.
fn argument(code: &CodeObject, instr: &Instr) -> Check {
    let arg = instr.arg as usize;
    let below = |limit: usize, what: &str| require(arg < limit, || format!("{} at {}: no {what} {arg}", instr.op.name(), instr.offset));
    match instr.op.arg_kind() {
        ArgKind::Const => {
            below(code.consts.len(), "constant")?;
            let names = |value: &Constant| matches!(value, Constant::Tuple(names) if names.iter().all(|n| matches!(n, Constant::Str(_))));
            require(instr.op != Op::KW_NAMES || names(&code.consts[arg]), || format!("KW_NAMES at {}: no tuple of names", instr.offset))
        }
        ArgKind::Name => below(code.names.len(), "name"),
        ArgKind::GlobalName => below(code.names.len() * 2, "name"),
        ArgKind::Local => below(code.localsplusnames.len(), "local variable"),
        ArgKind::Free => {
            below(code.localsplusnames.len(), "cell")?;
            require(code.localspluskinds[arg] & (CO_FAST_CELL | CO_FAST_FREE) != 0, || {
                format!("{} at {}: slot {arg} holds no cell", instr.op.name(), instr.offset)
            })
        }
        ArgKind::Compare => below(COMPARISONS.len(), "comparison"),
        ArgKind::Operator => below(OPERATORS.len(), "operator"),
        ArgKind::Depth if matches!(instr.op, Op::COPY | Op::SWAP) => {
            require(arg > 0, || format!("{} at {}: there is no position 0", instr.op.name(), instr.offset))
        }
        _ => match instr.op {
            Op::RAISE_VARARGS => below(3, "form"),
            Op::BUILD_SLICE => require(arg == 2 || arg == 3, || format!("BUILD_SLICE at {}: {arg} bounds", instr.offset)),
            Op::YIELD_VALUE | Op::RETURN_GENERATOR | Op::ASYNC_GEN_WRAP => {
                require(code.flags & GENERATORS != 0, || format!("{} at {}: this is no generator", instr.op.name(), instr.offset))
            }
            _ => Ok(()),
        },
    }
}

/// A function is made of code, with as many cells as the code has free variables.
fn function(code: &CodeObject, before: &[Instr], instr: &Instr) -> Check {
    let wrong = |what: &str| Err(format!("MAKE_FUNCTION at {}: {what}", instr.offset));
    let Some((load, rest)) = before.split_last() else { return wrong("no code object") };
    let (Op::LOAD_CONST, Some(Constant::Code(inner))) = (load.op, code.consts.get(load.arg as usize)) else {
        return wrong("no code object");
    };
    let free = inner.freevars().count() as u32;
    let cells = match rest.last() {
        Some(tuple) if instr.arg & 8 != 0 && tuple.op == Op::BUILD_TUPLE => tuple.arg,
        _ if instr.arg & 8 != 0 => return wrong("no tuple of cells"),
        _ => 0,
    };
    if cells == free { Ok(()) } else { wrong(&format!("{cells} cells for {free} free variables")) }
}

/// Before anything else the cells are made and the closure is copied.
fn cells(code: &CodeObject, instrs: &[Instr]) -> Check {
    let mut made = HashSet::new();
    let mut copied = 0;
    for instr in instrs {
        match instr.op {
            Op::MAKE_CELL => require(made.insert(instr.arg), || format!("MAKE_CELL at {}: made before", instr.offset))?,
            Op::COPY_FREE_VARS if instr.offset == instr.start && copied == 0 && made.is_empty() => copied = instr.arg,
            Op::COPY_FREE_VARS => return Err(format!("COPY_FREE_VARS at {} is not the first instruction", instr.offset)),
            _ => break,
        }
    }
    let prefix = made.len() + usize::from(copied > 0);
    let late = instrs.iter().skip(prefix).find(|instr| matches!(instr.op, Op::MAKE_CELL | Op::COPY_FREE_VARS));
    require(late.is_none(), || "a cell is made after the start".into())?;
    let free = code.freevars().count() as u32;
    require(copied == free, || format!("{copied} of {free} free variables are filled"))?;
    let kinds = code.localspluskinds.iter().enumerate();
    let mut cells = kinds.filter(|(_, kind)| **kind & CO_FAST_CELL != 0 && **kind & CO_FAST_FREE == 0);
    require(cells.all(|(slot, _)| made.contains(&(slot as u32))), || "a cell is never made".into())
}

/// The depth of the stack at each instruction that can be reached.
struct Depths<'a> {
    code: &'a CodeObject,
    instrs: &'a [Instr],
    /// The number of the instruction that starts at a code unit.
    at_unit: Vec<Option<u32>>,
    handlers: Vec<exctable::Entry>,
    depths: Vec<Option<u32>>,
    todo: Vec<u32>,
}

impl<'a> Depths<'a> {
    fn new(code: &'a CodeObject, instrs: &'a [Instr]) -> Check<Depths<'a>> {
        let mut at_unit = vec![None; code.code.len() / 2];
        for (index, instr) in instrs.iter().enumerate() {
            at_unit[instr.start as usize / 2] = Some(index as u32);
        }
        let handlers: Vec<exctable::Entry> = exctable::decode(&code.exceptiontable).collect();
        require(exctable::encode(handlers.iter().copied()) == code.exceptiontable, || "a broken exception table".into())?;
        let mut last = 0;
        for entry in &handlers {
            let inside = last <= entry.start && entry.start < entry.end && entry.end as usize <= code.code.len();
            require(inside, || format!("the handler range {} to {} is outside of the code", entry.start, entry.end))?;
            last = entry.end;
        }
        Ok(Depths { code, instrs, at_unit, handlers, depths: vec![None; instrs.len()], todo: Vec::new() })
    }

    fn follow(mut self) -> Check {
        self.reach(0, 0, "the start")?;
        while let Some(index) = self.todo.pop() {
            let instr = self.instrs[index as usize];
            let depth = self.depths[index as usize].unwrap_or(0);
            self.step(instr, depth)?;
        }
        Ok(())
    }

    fn step(&mut self, instr: Instr, depth: u32) -> Check {
        let name = instr.op.name();
        let needed = needs(&instr);
        require(needed <= u64::from(depth), || format!("{name} at {} takes {needed} from a stack of {depth}", instr.offset))?;
        // The handlers' ranges are in order and apart.
        let number = self.handlers.partition_point(|entry| entry.end <= instr.offset);
        if let Some(entry) = self.handlers.get(number).copied().filter(|entry| entry.start <= instr.offset) {
            require(entry.depth <= depth, || format!("the handler of {name} at {} wants a stack of {}", instr.offset, entry.depth))?;
            self.reach(entry.target, u64::from(entry.depth) + 1 + u64::from(entry.lasti), name)?;
        }
        let after = |(pops, pushes): (u32, u32)| u64::from(depth) + u64::from(pushes) - u64::from(pops);
        if instr.op.is_jump() {
            let target = instr::target_of(&instr).ok_or_else(|| format!("{name} at {} jumps outside", instr.offset))?;
            self.reach(target, after(instr.op.jump_effect(instr.arg)), name)?;
        }
        if instr.op.ends_block() {
            return Ok(());
        }
        // A generator starts with what it is sent.
        let sent = u64::from(instr.op == Op::RETURN_GENERATOR);
        require((instr.next as usize) < self.code.code.len(), || format!("control runs over the end after {name}"))?;
        self.reach(instr.next, after(instr.op.effect(instr.arg)) + sent, name)
    }

    fn reach(&mut self, offset: u32, depth: u64, from: &str) -> Check {
        let index = self.at_unit.get(offset as usize / 2).copied().flatten().filter(|_| offset.is_multiple_of(2));
        let index = index.ok_or_else(|| format!("{from} jumps to {offset}, where no instruction is"))?;
        let size = self.code.stacksize;
        let fitting = u32::try_from(depth).ok().filter(|depth| *depth <= size);
        let depth = fitting.ok_or_else(|| format!("a stack of {depth} at {offset}, where {size} is the greatest"))?;
        match self.depths[index as usize] {
            None => {
                self.depths[index as usize] = Some(depth);
                self.todo.push(index);
                Ok(())
            }
            Some(known) => require(known == depth, || format!("the stack at {offset} has a depth of {known} or of {depth}")),
        }
    }
}

/// How many values an instruction looks at, popped or not.
fn needs(instr: &Instr) -> u64 {
    let arg = u64::from(instr.arg);
    let pops = u64::from(instr.op.effect(instr.arg).0.max(instr.op.jump_effect(instr.arg).0));
    match instr.op {
        Op::UNPACK_EX | Op::UNPACK_SEQUENCE => 1,
        Op::COPY | Op::SWAP => arg,
        Op::LIST_APPEND | Op::SET_ADD | Op::LIST_EXTEND | Op::SET_UPDATE | Op::DICT_UPDATE => pops + arg,
        // The function that is called lies below, for the message.
        Op::DICT_MERGE => pops + arg + 2,
        Op::MAP_ADD => pops + arg,
        Op::RERAISE => pops + arg,
        Op::GET_LEN | Op::MATCH_MAPPING | Op::MATCH_SEQUENCE | Op::GET_ANEXT | Op::FOR_ITER => 1,
        Op::JUMP_IF_FALSE_OR_POP | Op::JUMP_IF_TRUE_OR_POP => 1,
        Op::CHECK_EXC_MATCH | Op::MATCH_KEYS | Op::SEND => 2,
        Op::IMPORT_FROM => 1,
        Op::WITH_EXCEPT_START => 4,
        _ => pops,
    }
}
