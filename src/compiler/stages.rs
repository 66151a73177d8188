//! The compiler with every intermediate result kept: the folded tree, the symbol tables, the blocks, the code.
//!
//! It runs the same passes as [`super::compile`], in the same order; only that nothing is thrown away. A listing of
//! blocks has an instruction a line: `if x: y` has a block that ends with `POP_JUMP_IF_FALSE -> B2`.
//! Counterpart: none in CPython 3.11, whose compiler shows only its end.

use std::sync::Arc;

use super::{
    Options,
    cfg::{Block, BlockId, Cfg, Loc, Opcode},
    codegen::{self, UnitBlocks},
    fold, future,
    symtable::{self, SymbolTable},
};
use crate::{
    bytecode::code::CodeObject,
    syntax::{ast::Mod, error::SyntaxError},
};

/// What lies between a tree and its code, as far as the program gets.
#[derive(Default)]
pub struct Stages {
    pub folded: Option<Mod>,
    pub table: Option<SymbolTable>,
    /// Inner code objects come before the outer ones.
    pub units: Vec<UnitBlocks>,
    pub code: Option<Arc<CodeObject>>,
    /// Why the first stage that is missing is missing.
    pub error: Option<SyntaxError>,
}

/// Compiles a tree, keeping everything; an error is one of [`super::compile`].
pub fn run(module: &Mod, options: &Options) -> Stages {
    let mut stages = Stages::default();
    stages.error = stages.fill(module, options).err();
    stages
}

impl Stages {
    fn fill(&mut self, module: &Mod, options: &Options) -> Result<(), SyntaxError> {
        let mut folded = module.clone();
        let mut features = future::scan(&folded).map_err(|error| *error)?;
        features.features |= options.flags & future::MASK;
        fold::fold(&mut folded, options.optimize, features.annotations()).map_err(|error| *error)?;
        let folded = self.folded.insert(folded);
        let table = self.table.insert(symtable::build(folded, &features).map_err(|error| *error)?);
        let compiled = codegen::generate_keeping(folded, table, &features, options, Some(&mut self.units));
        self.code = Some(compiled.map_err(|failure| failure.error)?.code);
        Ok(())
    }
}

/// A line of a listing of blocks.
pub enum BlockLine {
    /// A block begins: its stack depth, if it is known, and the block that control falls into at its end.
    Block {
        id: BlockId,
        depth: Option<i32>,
        then: Option<BlockId>,
    },
    Instr {
        loc: Loc,
        name: &'static str,
        argument: String,
        handler: Option<BlockId>,
    },
}

/// The blocks of a graph, in the order of memory.
pub fn block_lines(cfg: &Cfg) -> Vec<BlockLine> {
    let mut lines = Vec::new();
    for id in cfg.order() {
        let block = &cfg[id];
        lines.push(BlockLine::Block { id, depth: (block.start_depth >= 0).then_some(block.start_depth), then: falls_into(block) });
        lines.extend(block.instrs.iter().map(|instr| {
            let argument = match instr.target {
                Some(target) => format!("-> B{}", target.0),
                None if takes_argument(instr.op) => instr.arg.to_string(),
                None => String::new(),
            };
            BlockLine::Instr { loc: instr.loc, name: name(instr.op), argument, handler: instr.handler }
        }));
    }
    lines
}

/// Where control goes at the end of a block, if no jump says it.
fn falls_into(block: &Block) -> Option<BlockId> {
    let jumps = block.last().is_some_and(|last| last.op.is_exit() || last.op.is_unconditional_jump() || ends(last.op));
    block.next.filter(|_| !jumps)
}

fn ends(op: Opcode) -> bool {
    matches!(op, Opcode::Op(op) if op.ends_block())
}

fn takes_argument(op: Opcode) -> bool {
    matches!(op, Opcode::Op(op) if op.has_arg())
}

/// CPython's names, for those that exist only in the compiler too.
fn name(op: Opcode) -> &'static str {
    match op {
        Opcode::Op(op) => op.name(),
        Opcode::SetupFinally => "SETUP_FINALLY",
        Opcode::SetupCleanup => "SETUP_CLEANUP",
        Opcode::SetupWith => "SETUP_WITH",
        Opcode::PopBlock => "POP_BLOCK",
        Opcode::Jump => "JUMP",
        Opcode::JumpNoInterrupt => "JUMP_NO_INTERRUPT",
        Opcode::PopJumpIfFalse => "POP_JUMP_IF_FALSE",
        Opcode::PopJumpIfTrue => "POP_JUMP_IF_TRUE",
        Opcode::PopJumpIfNone => "POP_JUMP_IF_NONE",
        Opcode::PopJumpIfNotNone => "POP_JUMP_IF_NOT_NONE",
    }
}
