//! The depth of the value stack at every block, and which handler covers which instruction.
//!
//! Both walk the graph from the entry. Counterpart in CPython 3.11: `stackdepth` and `label_exception_targets`.

use super::cfg::{BlockId, Cfg, Opcode};
use crate::bytecode::opcode::Op;

/// Sets `start_depth` of every block; returns the greatest depth.
pub fn stack_depth(cfg: &mut Cfg, is_generator: bool) -> u32 {
    let mut todo = vec![Cfg::ENTRY];
    // What a generator is first sent lies on its stack when it starts.
    cfg[Cfg::ENTRY].start_depth = i32::from(is_generator);
    let mut greatest = 0;
    let reach = |cfg: &mut Cfg, todo: &mut Vec<BlockId>, id: BlockId, depth: i32| {
        if cfg[id].start_depth < depth && cfg[id].start_depth < 0 {
            cfg[id].start_depth = depth;
            todo.push(id);
        }
    };
    while let Some(id) = todo.pop() {
        let mut depth = cfg[id].start_depth;
        let mut next = cfg[id].next;
        for index in 0..cfg[id].instrs.len() {
            let instr = cfg[id].instrs[index];
            let after = depth + instr.op.stack_effect(instr.arg, false);
            greatest = greatest.max(after);
            if let Some(target) = instr.target {
                let there = depth + instr.op.stack_effect(instr.arg, true);
                greatest = greatest.max(there);
                reach(cfg, &mut todo, target, there);
            }
            depth = after;
            if instr.op.is_exit() || instr.op.is_unconditional_jump() {
                next = None;
                break;
            }
        }
        if let Some(next) = next {
            reach(cfg, &mut todo, next, depth);
        }
    }
    greatest.max(0) as u32
}

/// Gives every instruction its handler; afterwards `SETUP_*` and `POP_BLOCK` are `NOP`s.
pub fn label_handlers(cfg: &mut Cfg) {
    let mut visited = vec![false; cfg.blocks.len()];
    visited[0] = true;
    let mut todo: Vec<(BlockId, Vec<BlockId>)> = vec![(Cfg::ENTRY, Vec::new())];
    while let Some((id, mut handlers)) = todo.pop() {
        for index in 0..cfg[id].instrs.len() {
            let mut instr = cfg[id].instrs[index];
            instr.handler = handlers.last().copied();
            if let Some(target) = instr.target {
                if !visited[target.0 as usize] {
                    visited[target.0 as usize] = true;
                    todo.push((target, handlers.clone()));
                }
                if instr.op.is_block_push() {
                    handlers.push(target);
                    if instr.op != Opcode::SetupFinally {
                        cfg[target].preserve_lasti = true;
                    }
                    instr.target = None;
                    instr.handler = None;
                    instr.op = Op::NOP.into();
                }
            } else if instr.op == Opcode::PopBlock {
                handlers.pop();
                instr.handler = None;
                instr.op = Op::NOP.into();
            }
            cfg[id].instrs[index] = instr;
        }
        if let (Some(next), false) = (cfg[id].next, cfg[id].no_fallthrough)
            && !visited[next.0 as usize]
        {
            visited[next.0 as usize] = true;
            todo.push((next, handlers));
        }
    }
}
