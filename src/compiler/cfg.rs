//! The control flow graph: blocks of instructions with jump targets that are blocks, not yet offsets.
//!
//! Invariant after code generation: an instruction that jumps or leaves the code is the last of its block. Blocks are
//! numbered as they are made; `next` gives the order in which they will stand in memory. Counterpart in CPython 3.11:
//! `basicblock` and `struct instr` in `Python/compile.c`.

use crate::{bytecode::opcode::Op, syntax::ast::Location};

/// Index of a block of its graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BlockId(pub u32);

/// Where an instruction comes from; -1 where it is not known. Columns are in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loc {
    pub line: i32,
    pub end_line: i32,
    pub col: i32,
    pub end_col: i32,
}

impl Loc {
    /// Artificial code: takes the place of what runs before it.
    pub const NONE: Loc = Loc { line: -1, end_line: -1, col: -1, end_col: -1 };

    pub fn has_line(&self) -> bool {
        self.line >= 0
    }
}

impl From<Location> for Loc {
    /// The folder makes nodes without a place; their line is 0.
    fn from(location: Location) -> Loc {
        if location.lineno == 0 {
            return Loc::NONE;
        }
        Loc {
            line: location.lineno as i32,
            end_line: location.end_lineno as i32,
            col: location.col_offset as i32,
            end_col: location.end_col_offset as i32,
        }
    }
}

/// An opcode, or one of those that exist only in the compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opcode {
    Op(Op),
    /// From here on exceptions go to the target.
    SetupFinally,
    /// The same, and the offset of the raising instruction is kept.
    SetupCleanup,
    /// As `SetupCleanup`, for the body of `with`: drops what `__enter__` gave.
    SetupWith,
    /// Ends the innermost of the three above.
    PopBlock,
    Jump,
    JumpNoInterrupt,
    PopJumpIfFalse,
    PopJumpIfTrue,
    PopJumpIfNone,
    PopJumpIfNotNone,
}

impl From<Op> for Opcode {
    fn from(op: Op) -> Opcode {
        Opcode::Op(op)
    }
}

impl Opcode {
    pub fn is_jump(self) -> bool {
        match self {
            Opcode::Op(op) => op.is_jump(),
            _ => !self.is_block_push() && self != Opcode::PopBlock,
        }
    }

    pub fn is_block_push(self) -> bool {
        matches!(self, Opcode::SetupFinally | Opcode::SetupCleanup | Opcode::SetupWith)
    }

    /// Leaves the code object.
    pub fn is_exit(self) -> bool {
        matches!(self, Opcode::Op(Op::RETURN_VALUE | Op::RAISE_VARARGS | Op::RERAISE))
    }

    pub fn is_unconditional_jump(self) -> bool {
        matches!(self, Opcode::Jump | Opcode::JumpNoInterrupt)
    }

    /// Change of the stack's depth.
    pub fn stack_effect(self, arg: u32, jump: bool) -> i32 {
        match self {
            Opcode::Op(op) if jump => op.jump_stack_effect(arg),
            Opcode::Op(op) => op.stack_effect(arg),
            Opcode::SetupFinally | Opcode::SetupWith => i32::from(jump),
            Opcode::SetupCleanup => 2 * i32::from(jump),
            Opcode::PopBlock | Opcode::Jump | Opcode::JumpNoInterrupt => 0,
            Opcode::PopJumpIfFalse | Opcode::PopJumpIfTrue | Opcode::PopJumpIfNone | Opcode::PopJumpIfNotNone => -1,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Instr {
    pub op: Opcode,
    pub arg: u32,
    pub target: Option<BlockId>,
    pub loc: Loc,
    /// The handler's block, once exception targets are labelled.
    pub handler: Option<BlockId>,
}

impl Instr {
    pub fn new(op: impl Into<Opcode>, arg: u32, loc: Loc) -> Instr {
        Instr { op: op.into(), arg, target: None, loc, handler: None }
    }

    pub fn is(&self, op: Op) -> bool {
        self.op == Opcode::Op(op)
    }

    pub fn make_nop(&mut self) {
        self.op = Opcode::Op(Op::NOP);
        self.arg = 0;
    }
}

#[derive(Clone, Debug)]
pub struct Block {
    pub instrs: Vec<Instr>,
    pub next: Option<BlockId>,
    /// Ends by leaving the code.
    pub exit: bool,
    /// Control does not go on to `next`.
    pub no_fallthrough: bool,
    pub predecessors: u32,
    /// Depth of the stack at the start, -1 before it is known.
    pub start_depth: i32,
    /// A handler that wants the offset of the raising instruction.
    pub preserve_lasti: bool,
    /// Offset of the first instruction in code units.
    pub offset: u32,
}

impl Block {
    pub fn last(&self) -> Option<&Instr> {
        self.instrs.last()
    }
}

#[derive(Clone, Debug, Default)]
pub struct Cfg {
    pub blocks: Vec<Block>,
}

impl Cfg {
    /// The first block made is where execution starts.
    pub const ENTRY: BlockId = BlockId(0);

    pub fn new_block(&mut self) -> BlockId {
        self.blocks.push(Block {
            instrs: Vec::new(),
            next: None,
            exit: false,
            no_fallthrough: false,
            predecessors: 0,
            start_depth: -1,
            preserve_lasti: false,
            offset: 0,
        });
        BlockId(self.blocks.len() as u32 - 1)
    }

    /// Blocks in memory order, as ids.
    pub fn order(&self) -> Vec<BlockId> {
        std::iter::successors(Some(Cfg::ENTRY), |id| self[*id].next).collect()
    }

    /// All blocks, the last made first: the order in which CPython's passes over "all blocks" go.
    pub fn newest_first(&self) -> impl Iterator<Item = BlockId> + use<> {
        (0..self.blocks.len() as u32).rev().map(BlockId)
    }

    /// The first block from `id` on that has instructions.
    pub fn skip_empty(&self, mut id: BlockId) -> BlockId {
        while self[id].instrs.is_empty() {
            match self[id].next {
                Some(next) => id = next,
                None => break,
            }
        }
        id
    }
}

impl std::ops::Index<BlockId> for Cfg {
    type Output = Block;

    fn index(&self, id: BlockId) -> &Block {
        &self.blocks[id.0 as usize]
    }
}

impl std::ops::IndexMut<BlockId> for Cfg {
    fn index_mut(&mut self, id: BlockId) -> &mut Block {
        &mut self.blocks[id.0 as usize]
    }
}
