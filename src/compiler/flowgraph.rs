//! Passes over the finished graph: dead code goes, jumps to jumps are shortened, short exits are copied to where they are
//! jumped to, and every instruction gets a line.
//!
//! A `NOP` stays where it is the only trace of a line, so that a debugger can stop on every line that runs. Counterpart in
//! CPython 3.11: `optimize_cfg` and its neighbours in `Python/compile.c`.

use super::{
    cfg::{BlockId, Cfg, Instr, Loc, Opcode},
    consts::ConstPool,
};
use crate::bytecode::opcode::Op;

mod peephole;

/// An exit block of at most so many instructions is copied instead of jumped to.
const MAX_COPY_SIZE: usize = 4;

/// Marks how blocks end. Jumps to empty blocks go to what follows them.
pub fn normalize(cfg: &mut Cfg) {
    for id in cfg.newest_first() {
        let Some(last) = cfg[id].last() else {
            continue;
        };
        let op = last.op;
        if op.is_exit() {
            cfg[id].exit = true;
            cfg[id].no_fallthrough = true;
        } else if op.is_unconditional_jump() {
            cfg[id].no_fallthrough = true;
        }
        skip_empty_targets(cfg, id);
    }
    extend_all(cfg);
}

/// The main passes, in CPython's order.
pub fn optimize(cfg: &mut Cfg, consts: &mut ConstPool) {
    for id in cfg.order() {
        skip_empty_targets(cfg, id);
        peephole::optimize_block(cfg, id, consts);
        remove_nops(cfg, id);
    }
    extend_all(cfg);
    // What the jumps were must not lend its place to the copies.
    for id in cfg.order() {
        remove_nops(cfg, id);
    }
    mark_reachable(cfg);
    for id in cfg.order() {
        if cfg[id].predecessors == 0 {
            cfg[id].instrs.clear();
            cfg[id].no_fallthrough = false;
        }
    }
    unlink_empty(cfg);
    remove_redundant_jumps(cfg);
    duplicate_exits(cfg);
    trim_consts(cfg, consts);
}

/// Gives instructions without a place that of what runs before them; the last resort for exits is the line before.
pub fn assign_lines(cfg: &mut Cfg, firstlineno: i32) {
    propagate_lines(cfg);
    let mut line = firstlineno;
    for id in cfg.order() {
        let Some(last) = cfg[id].last() else {
            continue;
        };
        if last.loc.has_line() {
            line = last.loc.line;
        } else if last.is(Op::RETURN_VALUE) {
            for instr in &mut cfg[id].instrs {
                instr.loc.line = line;
            }
        }
    }
}

/// Removes the `NOP`s that no line needs. The instruction after a removed one takes its place in the source.
pub fn remove_nops(cfg: &mut Cfg, id: BlockId) {
    let next_line = cfg[id].next.map(|next| cfg.skip_empty(next)).and_then(|next| cfg[next].instrs.first()).map(|instr| instr.loc.line);
    let mut instrs = std::mem::take(&mut cfg[id].instrs);
    let mut kept: Vec<Instr> = Vec::with_capacity(instrs.len());
    let mut previous_line = -1;
    for index in 0..instrs.len() {
        let instr = instrs[index];
        let line = instr.loc.line;
        if instr.is(Op::NOP) {
            if line < 0 || line == previous_line {
                continue;
            }
            if let Some(after) = instrs.get_mut(index + 1) {
                if after.loc.line == line {
                    continue;
                }
                if after.loc.line < 0 {
                    after.loc = instr.loc;
                    continue;
                }
            } else if next_line == Some(line) {
                continue;
            }
        }
        kept.push(instr);
        previous_line = line;
    }
    cfg[id].instrs = kept;
}

fn skip_empty_targets(cfg: &mut Cfg, id: BlockId) {
    for index in 0..cfg[id].instrs.len() {
        if let Some(target) = cfg[id].instrs[index].target {
            cfg[id].instrs[index].target = Some(cfg.skip_empty(target));
        }
    }
}

/// A block that ends with a jump to a short exit gets a copy of it.
fn extend_all(cfg: &mut Cfg) {
    for id in cfg.newest_first() {
        let Some(Instr { op: Opcode::Jump, target: Some(target), .. }) = cfg[id].last().copied() else {
            continue;
        };
        if !is_exit_without_line(cfg, target) || cfg[target].instrs.len() > MAX_COPY_SIZE {
            continue;
        }
        let copied = cfg[target].instrs.clone();
        let block = &mut cfg[id];
        if let Some(last) = block.instrs.last_mut() {
            last.make_nop();
            last.target = None;
        }
        block.instrs.extend(copied);
        block.exit = true;
    }
}

/// Counts for every block from how many places it is reached.
fn mark_reachable(cfg: &mut Cfg) {
    for block in &mut cfg.blocks {
        block.predecessors = 0;
    }
    let mut todo = vec![Cfg::ENTRY];
    cfg[Cfg::ENTRY].predecessors = 1;
    let reach = |cfg: &mut Cfg, todo: &mut Vec<BlockId>, id: BlockId| {
        if cfg[id].predecessors == 0 {
            todo.push(id);
        }
        cfg[id].predecessors += 1;
    };
    while let Some(id) = todo.pop() {
        if let (Some(next), false) = (cfg[id].next, cfg[id].no_fallthrough) {
            reach(cfg, &mut todo, next);
        }
        for index in 0..cfg[id].instrs.len() {
            if let Some(target) = cfg[id].instrs[index].target {
                reach(cfg, &mut todo, target);
            }
        }
    }
}

fn unlink_empty(cfg: &mut Cfg) {
    let mut id = Some(Cfg::ENTRY);
    while let Some(current) = id {
        if let Some(next) = cfg[current].next {
            cfg[current].next = Some(cfg.skip_empty(next));
        }
        id = cfg[current].next;
    }
    for id in cfg.order() {
        skip_empty_targets(cfg, id);
    }
}

/// A jump to the next block is none.
fn remove_redundant_jumps(cfg: &mut Cfg) {
    let mut changed = false;
    for id in cfg.order() {
        let next = cfg[id].next;
        let Some(last) = cfg[id].instrs.last_mut() else {
            continue;
        };
        if last.op.is_unconditional_jump() && last.target == next {
            last.make_nop();
            last.target = None;
            cfg[id].no_fallthrough = false;
            changed = true;
        }
    }
    if changed {
        unlink_empty(cfg);
    }
}

/// An exit that has no line and is reached from several places is copied for each jump, which lends it its line.
fn duplicate_exits(cfg: &mut Cfg) {
    for id in cfg.newest_first() {
        let Some(Instr { op, target: Some(target), loc, .. }) = cfg[id].last().copied() else {
            continue;
        };
        if !op.is_jump() || cfg[target].predecessors <= 1 || !is_exit_without_line(cfg, target) {
            continue;
        }
        let copy = cfg.new_block();
        let mut block = cfg[target].clone();
        block.predecessors = 1;
        block.no_fallthrough = true;
        if let Some(first) = block.instrs.first_mut() {
            first.loc = loc;
        }
        cfg[copy] = block;
        cfg[target].predecessors -= 1;
        cfg[target].next = Some(copy);
        if let Some(last) = cfg[id].instrs.last_mut() {
            last.target = Some(copy);
        }
    }
    for id in cfg.order() {
        let (Some(next), Some(last)) = (cfg[id].next, cfg[id].last().copied()) else {
            continue;
        };
        if !cfg[id].no_fallthrough
            && is_exit_without_line(cfg, next)
            && let Some(first) = cfg[next].instrs.first_mut()
        {
            first.loc = last.loc;
        }
    }
}

fn is_exit_without_line(cfg: &Cfg, id: BlockId) -> bool {
    cfg[id].exit && cfg[id].instrs.iter().all(|instr| !instr.loc.has_line())
}

/// Forgets constants at the end of the list that nothing loads; the first is kept, it may be a docstring.
fn trim_consts(cfg: &Cfg, consts: &mut ConstPool) {
    let mut last = 0;
    for id in cfg.order() {
        for instr in &cfg[id].instrs {
            if instr.is(Op::LOAD_CONST) || instr.is(Op::KW_NAMES) {
                last = last.max(instr.arg as usize);
            }
        }
    }
    consts.truncate(last + 1);
}

fn propagate_lines(cfg: &mut Cfg) {
    for id in cfg.order() {
        let mut previous = Loc::NONE;
        for instr in &mut cfg[id].instrs {
            if instr.loc.has_line() {
                previous = instr.loc;
            } else {
                instr.loc = previous;
            }
        }
        let Some(last) = cfg[id].last().copied() else {
            continue;
        };
        let next = cfg[id].next.filter(|_| !cfg[id].no_fallthrough);
        let target = last.target.filter(|_| last.op.is_jump());
        for successor in [next, target].into_iter().flatten() {
            if cfg[successor].predecessors == 1
                && let Some(first) = cfg[successor].instrs.first_mut()
                && !first.loc.has_line()
            {
                first.loc = previous;
            }
        }
    }
}
