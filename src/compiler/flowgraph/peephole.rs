//! What can be seen by looking at a few neighbouring instructions: conditions on constants, tuples of constants, jumps to
//! jumps, stack exchanges that cancel out or can be done by exchanging the stores.

use crate::{
    bytecode::{code::Constant, opcode::Op},
    compiler::{
        cfg::{BlockId, Cfg, Instr, Opcode},
        consts::ConstPool,
    },
};

pub fn optimize_block(cfg: &mut Cfg, id: BlockId, consts: &mut ConstPool) {
    let mut index = 0;
    while index < cfg[id].instrs.len() {
        let instr = cfg[id].instrs[index];
        let next = cfg[id].instrs.get(index + 1).map(|next| next.op);
        let mut again = false;
        match instr.op {
            Opcode::Op(Op::LOAD_CONST) => constant_condition(cfg, id, index, consts),
            Opcode::Op(Op::BUILD_TUPLE) => build_tuple(&mut cfg[id].instrs, index, consts),
            Opcode::Op(Op::SWAP) => {
                let instrs = &mut cfg[id].instrs;
                if instr.arg == 1 {
                    instrs[index].make_nop();
                } else {
                    simplify_swaps(instrs, &mut index);
                    apply_swaps(instrs, index);
                }
            }
            Opcode::Op(Op::PUSH_NULL) if next == Some(Opcode::Op(Op::LOAD_GLOBAL)) => {
                let instrs = &mut cfg[id].instrs;
                instrs[index].make_nop();
                instrs[index + 1].arg |= 1;
            }
            op if op.is_jump() => again = jump_over_jump(cfg, id, index),
            _ => {}
        }
        if !again {
            index += 1;
        }
    }
}

/// `LOAD_CONST` before a conditional jump; `is None` before one.
fn constant_condition(cfg: &mut Cfg, id: BlockId, index: usize, consts: &ConstPool) {
    let Some(constant) = consts.get(cfg[id].instrs[index].arg) else {
        return;
    };
    let block = &mut cfg[id];
    let Some(next) = block.instrs.get(index + 1).copied() else {
        return;
    };
    let (jump_if, keeps_value) = match next.op {
        Opcode::PopJumpIfTrue => (true, false),
        Opcode::PopJumpIfFalse => (false, false),
        Opcode::Op(Op::JUMP_IF_TRUE_OR_POP) => (true, true),
        Opcode::Op(Op::JUMP_IF_FALSE_OR_POP) => (false, true),
        Opcode::Op(Op::IS_OP) if *constant == Constant::None => {
            let Some(jump) = block.instrs.get_mut(index + 2) else {
                return;
            };
            let jump_if_same = match jump.op {
                Opcode::PopJumpIfTrue => next.arg == 0,
                Opcode::PopJumpIfFalse => next.arg == 1,
                _ => return,
            };
            jump.op = if jump_if_same { Opcode::PopJumpIfNone } else { Opcode::PopJumpIfNotNone };
            block.instrs[index].make_nop();
            block.instrs[index + 1].make_nop();
            return;
        }
        _ => return,
    };
    let jumps = truth(constant) == jump_if;
    if !keeps_value || !jumps {
        block.instrs[index].make_nop();
    }
    if jumps {
        block.instrs[index + 1].op = Opcode::Jump;
        block.no_fallthrough = true;
    } else {
        block.instrs[index + 1].make_nop();
        block.instrs[index + 1].target = None;
    }
}

fn truth(constant: &Constant) -> bool {
    match constant {
        Constant::None | Constant::False => false,
        Constant::True | Constant::Ellipsis | Constant::Code(_) => true,
        Constant::Int(value) => *value != 0.into(),
        Constant::Float(value) => *value != 0.0,
        Constant::Complex { real, imag } => *real != 0.0 || *imag != 0.0,
        Constant::Str(text) => !text.is_empty(),
        Constant::Bytes(bytes) => !bytes.is_empty(),
        Constant::Tuple(items) | Constant::FrozenSet(items) => !items.is_empty(),
    }
}

/// A tuple that is taken apart at once need not be built, and one of constants is a constant.
fn build_tuple(instrs: &mut [Instr], index: usize, consts: &mut ConstPool) {
    let count = instrs[index].arg;
    if let Some(next) = instrs.get_mut(index + 1)
        && next.is(Op::UNPACK_SEQUENCE)
        && next.arg == count
        && (1..=3).contains(&count)
    {
        if count == 1 {
            next.make_nop();
        } else {
            next.op = Op::SWAP.into();
        }
        instrs[index].make_nop();
        return;
    }
    let Some(start) = index.checked_sub(count as usize) else {
        return;
    };
    let items: Option<Vec<Constant>> = instrs[start..index]
        .iter()
        .map(|instr| if instr.is(Op::LOAD_CONST) || instr.is(Op::KW_NAMES) { consts.get(instr.arg).cloned() } else { None })
        .collect();
    let Some(items) = items else {
        return;
    };
    instrs[start..index].iter_mut().for_each(Instr::make_nop);
    instrs[index].op = Op::LOAD_CONST.into();
    instrs[index].arg = consts.add(Constant::Tuple(items.into()));
}

/// Goes directly to where a jump's target jumps to. Says whether the jump should be looked at again.
fn jump_over_jump(cfg: &mut Cfg, id: BlockId, index: usize) -> bool {
    let instr = cfg[id].instrs[index];
    let Some(target_id) = instr.target else {
        return false;
    };
    let target_id = cfg.skip_empty(target_id);
    cfg[id].instrs[index].target = Some(target_id);
    let Some(target) = cfg[target_id].instrs.first().copied() else {
        return false;
    };
    const IF_FALSE_OR_POP: Opcode = Opcode::Op(Op::JUMP_IF_FALSE_OR_POP);
    const IF_TRUE_OR_POP: Opcode = Opcode::Op(Op::JUMP_IF_TRUE_OR_POP);
    let new_op = match (instr.op, target.op) {
        (IF_FALSE_OR_POP, Opcode::PopJumpIfFalse) => Opcode::PopJumpIfFalse,
        (IF_TRUE_OR_POP, Opcode::PopJumpIfTrue) => Opcode::PopJumpIfTrue,
        (IF_FALSE_OR_POP, Opcode::Jump | IF_FALSE_OR_POP) | (IF_TRUE_OR_POP, Opcode::Jump | IF_TRUE_OR_POP) => instr.op,
        // The test of the target is known to go the other way: on to the block after it.
        (IF_FALSE_OR_POP, Opcode::PopJumpIfTrue | IF_TRUE_OR_POP) | (IF_TRUE_OR_POP, Opcode::PopJumpIfFalse | IF_FALSE_OR_POP) => {
            if instr.loc.line != target.loc.line {
                return false;
            }
            let Some(after) = cfg[target_id].next else {
                return false;
            };
            let jump = &mut cfg[id].instrs[index];
            jump.op = if instr.op == IF_FALSE_OR_POP { Opcode::PopJumpIfFalse } else { Opcode::PopJumpIfTrue };
            jump.target = Some(after);
            return true;
        }
        (
            Opcode::PopJumpIfFalse | Opcode::PopJumpIfTrue | Opcode::PopJumpIfNone | Opcode::PopJumpIfNotNone | Opcode::Jump,
            Opcode::Jump,
        ) => instr.op,
        _ => return false,
    };
    if instr.loc.line != target.loc.line || target.target == Some(target_id) {
        return false;
    }
    let jump = &mut cfg[id].instrs[index];
    jump.op = new_op;
    jump.target = target.target;
    true
}

/// Replaces a run of `SWAP`s by the shortest one with the same effect, at the end of the run. Leaves `index` at the last
/// instruction of the run.
fn simplify_swaps(instrs: &mut [Instr], index: &mut usize) {
    let start = *index;
    let mut depth = instrs[start].arg as usize;
    let mut end = start + 1;
    let mut more = false;
    while end < instrs.len() {
        if instrs[end].is(Op::SWAP) {
            depth = depth.max(instrs[end].arg as usize);
            more = true;
        } else if !instrs[end].is(Op::NOP) {
            break;
        }
        end += 1;
    }
    if !more {
        return;
    }
    // Which value comes to lie where.
    let mut stack: Vec<usize> = (0..depth).collect();
    for instr in &instrs[start..end] {
        if instr.is(Op::SWAP) {
            stack.swap(0, instr.arg as usize - 1);
        }
    }
    // Walk the cycles of the permutation, writing the exchanges from the end of the run.
    let mut visited = vec![false; depth];
    let mut slots = (start..end).rev();
    for first in 0..depth {
        if visited[first] || stack[first] == first {
            continue;
        }
        let mut item = first;
        loop {
            if item != 0
                && let Some(slot) = slots.next()
            {
                instrs[slot].op = Op::SWAP.into();
                instrs[slot].arg = item as u32 + 1;
            }
            if visited[item] {
                break;
            }
            visited[item] = true;
            item = stack[item];
        }
    }
    for slot in slots {
        instrs[slot].make_nop();
    }
    *index = end - 1;
}

/// `SWAP 2, STORE_FAST a, STORE_FAST b` is `STORE_FAST b, STORE_FAST a`: exchanges the instructions, not the values.
fn apply_swaps(instrs: &mut [Instr], last: usize) {
    for index in (0..=last).rev() {
        let swap = instrs[index];
        if !swap.is(Op::SWAP) {
            if swap.is(Op::NOP) || is_swappable(&swap) {
                continue;
            }
            return;
        }
        let Some(first) = next_swappable(instrs, index, -1) else {
            return;
        };
        let line = instrs[first].loc.line;
        let mut second = first;
        for _ in 1..swap.arg {
            match next_swappable(instrs, second, line) {
                Some(next) => second = next,
                None => return,
            }
        }
        if stores_conflict(&instrs[first..=second]) {
            return;
        }
        instrs[index].make_nop();
        instrs.swap(first, second);
    }
}

/// Pops the top without running any code but a finalizer.
fn is_swappable(instr: &Instr) -> bool {
    instr.is(Op::STORE_FAST) || instr.is(Op::POP_TOP)
}

fn next_swappable(instrs: &[Instr], index: usize, line: i32) -> Option<usize> {
    for (at, instr) in instrs.iter().enumerate().skip(index + 1) {
        if line >= 0 && instr.loc.line != line {
            return None;
        }
        if instr.is(Op::NOP) {
            continue;
        }
        return is_swappable(instr).then_some(at);
    }
    None
}

/// Would exchanging the first and the last change which value a variable gets? (`a, a = x, y`)
fn stores_conflict(instrs: &[Instr]) -> bool {
    let stored = |instr: &Instr| instr.is(Op::STORE_FAST).then_some(instr.arg);
    let (Some(first), Some(last)) = (instrs.first(), instrs.last()) else {
        return false;
    };
    let (first, last) = (stored(first), stored(last));
    if first.is_none() && last.is_none() {
        return false;
    }
    let between = instrs[1..instrs.len() - 1].iter().filter_map(stored);
    first == last || between.map(Some).any(|slot| slot == first || slot == last)
}
