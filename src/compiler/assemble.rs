//! The end of the compiler: a unit's graph becomes bytes and tables.
//!
//! Here the order of the passes is fixed, cells get their frame slots, jumps their direction and distance.
//! Counterpart in CPython 3.11: `assemble` and `makecode` in `Python/compile.c`.

use std::sync::Arc;

use super::{
    cfg::{BlockId, Cfg, Instr, Loc, Opcode},
    codegen::{Unit, UnitBlocks},
    flowgraph, stackdepth,
    symtable::{BlockType, Entry},
};
use crate::bytecode::{
    code::{
        CO_ASYNC_GENERATOR, CO_COROUTINE, CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL, CO_GENERATOR, CO_NESTED, CO_NEWLOCALS, CO_OPTIMIZED,
        CO_VARARGS, CO_VARKEYWORDS, CodeObject,
    },
    exctable, linetable,
    opcode::Op,
};

pub(super) fn assemble(
    mut unit: Unit<'_>,
    entry: &Entry,
    features: u32,
    filename: &Arc<str>,
    kept: Option<&mut Vec<UnitBlocks>>,
) -> CodeObject {
    let flags = code_flags(entry) | features;
    let is_generator = flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR) != 0;
    let slots = Slots::new(&unit);
    let mut cfg = std::mem::take(&mut unit.cfg);
    let generated = kept.is_some().then(|| cfg.clone());
    let mut consts = std::mem::take(&mut unit.consts);
    flowgraph::normalize(&mut cfg);
    insert_prefix(&mut cfg, &unit, &slots, is_generator);
    use_slots(&mut cfg, &slots);
    flowgraph::optimize(&mut cfg, &mut consts);
    flowgraph::assign_lines(&mut cfg, unit.firstlineno);
    let stacksize = stackdepth::stack_depth(&mut cfg, entry.generator || entry.coroutine);
    stackdepth::label_handlers(&mut cfg);
    let order = cfg.order();
    for id in &order {
        flowgraph::remove_nops(&mut cfg, *id);
    }
    let order = cfg.order();
    direct_jumps(&mut cfg, &order);
    if let (Some(kept), Some(generated)) = (kept, generated) {
        kept.push(UnitBlocks { qualname: unit.qualname.clone(), generated, optimized: cfg.clone(), code: None });
    }
    resolve_jumps(&mut cfg, &order);
    CodeObject {
        argcount: unit.argcount,
        posonlyargcount: unit.posonlyargcount,
        kwonlyargcount: unit.kwonlyargcount,
        stacksize,
        flags,
        firstlineno: unit.firstlineno,
        code: emit(&cfg, &order),
        consts: consts.into_list(),
        names: unit.names.list,
        localsplusnames: slots.names,
        localspluskinds: slots.kinds,
        filename: filename.clone(),
        name: unit.name,
        qualname: unit.qualname,
        linetable: emit_locations(&cfg, &order, unit.firstlineno),
        exceptiontable: emit_exceptions(&cfg, &order),
    }
}

fn code_flags(entry: &Entry) -> u32 {
    if entry.block != BlockType::Function {
        return 0;
    }
    let kind = match (entry.generator, entry.coroutine) {
        (true, false) => CO_GENERATOR,
        (false, true) => CO_COROUTINE,
        (true, true) => CO_ASYNC_GENERATOR,
        (false, false) => 0,
    };
    let when = |condition: bool, flag: u32| if condition { flag } else { 0 };
    CO_NEWLOCALS
        | CO_OPTIMIZED
        | kind
        | when(entry.nested, CO_NESTED)
        | when(entry.varargs, CO_VARARGS)
        | when(entry.varkeywords, CO_VARKEYWORDS)
}

/// The frame slots: locals, then cells that are no parameters, then free variables.
struct Slots {
    names: Vec<Arc<str>>,
    kinds: Vec<u8>,
    /// The slot of each cell and free variable, by its number in the compiler.
    derefs: Vec<u32>,
}

impl Slots {
    fn new(unit: &Unit<'_>) -> Slots {
        let mut names = unit.varnames.list.clone();
        let mut kinds = vec![CO_FAST_LOCAL; names.len()];
        let mut derefs = Vec::new();
        for name in &unit.cellvars.list {
            if let Some(parameter) = unit.varnames.find(name) {
                kinds[parameter as usize] |= CO_FAST_CELL;
                derefs.push(parameter);
            } else {
                derefs.push(names.len() as u32);
                names.push(name.clone());
                kinds.push(CO_FAST_CELL);
            }
        }
        for name in &unit.freevars.list {
            derefs.push(names.len() as u32);
            names.push(name.clone());
            kinds.push(CO_FAST_FREE);
        }
        Slots { names, kinds, derefs }
    }
}

/// What comes before the first `RESUME`: cells are made and filled, a generator is returned.
fn insert_prefix(cfg: &mut Cfg, unit: &Unit<'_>, slots: &Slots, is_generator: bool) {
    let mut prefix = Vec::new();
    if unit.freevars.len() > 0 {
        prefix.push(Instr::new(Op::COPY_FREE_VARS, unit.freevars.len(), Loc::NONE));
    }
    let mut cells: Vec<u32> = (0..unit.cellvars.len()).collect();
    cells.sort_by_key(|cell| slots.derefs[*cell as usize]);
    prefix.extend(cells.into_iter().map(|cell| Instr::new(Op::MAKE_CELL, cell, Loc::NONE)));
    if is_generator {
        let loc = Loc { line: unit.firstlineno, end_line: unit.firstlineno, col: -1, end_col: -1 };
        prefix.push(Instr::new(Op::RETURN_GENERATOR, 0, loc));
        prefix.push(Instr::new(Op::POP_TOP, 0, Loc::NONE));
    }
    cfg[Cfg::ENTRY].instrs.splice(0..0, prefix);
}

fn use_slots(cfg: &mut Cfg, slots: &Slots) {
    for instr in cfg.blocks.iter_mut().flat_map(|block| &mut block.instrs) {
        if let Opcode::Op(Op::MAKE_CELL | Op::LOAD_CLOSURE | Op::LOAD_DEREF | Op::STORE_DEREF | Op::DELETE_DEREF | Op::LOAD_CLASSDEREF) =
            instr.op
        {
            instr.arg = slots.derefs.get(instr.arg as usize).copied().unwrap_or(instr.arg);
        }
    }
}

/// Chooses the forward or the backward form of every jump.
fn direct_jumps(cfg: &mut Cfg, order: &[BlockId]) {
    let mut seen = vec![false; cfg.blocks.len()];
    for id in order {
        seen[id.0 as usize] = true;
        let Some(last) = cfg[*id].instrs.last_mut() else {
            continue;
        };
        let Some(target) = last.target else {
            continue;
        };
        let backward = seen[target.0 as usize];
        let (ahead, back) = match last.op {
            Opcode::Jump => (Op::JUMP_FORWARD, Op::JUMP_BACKWARD),
            Opcode::JumpNoInterrupt => (Op::JUMP_FORWARD, Op::JUMP_BACKWARD_NO_INTERRUPT),
            Opcode::PopJumpIfFalse => (Op::POP_JUMP_FORWARD_IF_FALSE, Op::POP_JUMP_BACKWARD_IF_FALSE),
            Opcode::PopJumpIfTrue => (Op::POP_JUMP_FORWARD_IF_TRUE, Op::POP_JUMP_BACKWARD_IF_TRUE),
            Opcode::PopJumpIfNone => (Op::POP_JUMP_FORWARD_IF_NONE, Op::POP_JUMP_BACKWARD_IF_NONE),
            Opcode::PopJumpIfNotNone => (Op::POP_JUMP_FORWARD_IF_NOT_NONE, Op::POP_JUMP_BACKWARD_IF_NOT_NONE),
            _ => continue,
        };
        last.op = if backward { back } else { ahead }.into();
    }
}

/// Computes jump distances. A long one needs `EXTENDED_ARG`, which moves what comes after: repeat until nothing moves.
fn resolve_jumps(cfg: &mut Cfg, order: &[BlockId]) {
    let mut long_jumps = usize::MAX;
    loop {
        let mut offset = 0;
        for id in order {
            cfg[*id].offset = offset;
            offset += cfg[*id].instrs.iter().map(size).sum::<u32>();
        }
        let mut count = 0;
        for id in order {
            let mut offset = cfg[*id].offset;
            for index in 0..cfg[*id].instrs.len() {
                let instr = cfg[*id].instrs[index];
                offset += size(&instr);
                if let Some(target) = instr.target {
                    let distance = cfg[target].offset.abs_diff(offset);
                    cfg[*id].instrs[index].arg = distance;
                    count += usize::from(distance > 0xff);
                }
            }
        }
        if count == std::mem::replace(&mut long_jumps, count) {
            return;
        }
    }
}

fn real(op: Opcode) -> Op {
    match op {
        Opcode::Op(op) => op,
        _ => Op::NOP,
    }
}

/// Code units of an instruction with its prefixes and caches.
fn size(instr: &Instr) -> u32 {
    prefixes(instr.arg) + 1 + real(instr.op).caches() as u32
}

fn prefixes(arg: u32) -> u32 {
    u32::from(arg > 0xff) + u32::from(arg > 0xffff) + u32::from(arg > 0xff_ffff)
}

fn emit(cfg: &Cfg, order: &[BlockId]) -> Vec<u8> {
    let mut code = Vec::new();
    for instr in order.iter().flat_map(|id| &cfg[*id].instrs) {
        let op = real(instr.op);
        for prefix in (1..=prefixes(instr.arg)).rev() {
            code.extend([Op::EXTENDED_ARG as u8, (instr.arg >> (8 * prefix)) as u8]);
        }
        code.extend([op as u8, instr.arg as u8]);
        code.resize(code.len() + 2 * op.caches(), 0);
    }
    code
}

fn emit_locations(cfg: &Cfg, order: &[BlockId], firstlineno: i32) -> Vec<u8> {
    let mut encoder = linetable::Encoder::new(firstlineno);
    let known = |number: i32| u32::try_from(number).ok();
    for instr in order.iter().flat_map(|id| &cfg[*id].instrs) {
        let Loc { line, end_line, col, end_col } = instr.loc;
        let position = linetable::Position { line: known(line), end_line: known(end_line), col: known(col), end_col: known(end_col) };
        encoder.push(position, size(instr));
    }
    encoder.finish()
}

fn emit_exceptions(cfg: &Cfg, order: &[BlockId]) -> Vec<u8> {
    let mut entries = Vec::new();
    let mut close = |start: u32, end: u32, handler: Option<BlockId>| {
        if let Some(handler) = handler.map(|id| &cfg[id]) {
            // The exception itself and, if kept, the offset are pushed on top of the depth.
            let depth = handler.start_depth - 1 - i32::from(handler.preserve_lasti);
            entries.push(exctable::Entry {
                start: 2 * start,
                end: 2 * end,
                target: 2 * handler.offset,
                depth: depth.max(0) as u32,
                lasti: handler.preserve_lasti,
            });
        }
    };
    let (mut offset, mut start, mut handler) = (0, 0, None);
    for instr in order.iter().flat_map(|id| &cfg[*id].instrs) {
        if instr.handler != handler {
            close(start, offset, handler);
            start = offset;
            handler = instr.handler;
        }
        offset += size(instr);
    }
    close(start, offset, handler);
    exctable::encode(entries)
}
