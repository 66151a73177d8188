//! The compiler with every intermediate result kept: the folded tree, the symbol tables, the blocks, the code.
//!
//! It runs the same passes as [`super::compile`], in the same order; only that nothing is thrown away. Blocks are told as text, an
//! instruction a line: `if x: y` has a block that ends with `POP_JUMP_IF_FALSE -> B2`.
//! Counterpart: none in CPython 3.11, whose compiler shows only its end.

use std::fmt::Write;

use super::{
    Compiled, Options,
    cfg::{Block, Cfg, Opcode},
    codegen::{self, UnitBlocks},
    fold, future,
    symtable::{self, SymbolTable},
};
use crate::syntax::{ast::Mod, error::SyntaxError};

/// What lies between a tree and its code.
pub struct Stages {
    pub folded: Mod,
    pub table: SymbolTable,
    /// Inner code objects come before the outer ones.
    pub units: Vec<UnitBlocks>,
    pub compiled: Compiled,
}

/// Compiles a tree, keeping everything.
///
/// # Errors
///
/// Those of [`super::compile`].
pub fn run(module: &Mod, options: &Options) -> Result<Stages, SyntaxError> {
    let mut folded = module.clone();
    let mut features = future::scan(&folded).map_err(|error| *error)?;
    features.features |= options.flags & future::MASK;
    fold::fold(&mut folded, options.optimize, features.annotations()).map_err(|error| *error)?;
    let table = symtable::build(&folded, &features).map_err(|error| *error)?;
    let mut units = Vec::new();
    let compiled = codegen::generate_keeping(&folded, &table, &features, options, Some(&mut units)).map_err(|failure| failure.error)?;
    Ok(Stages { folded, table, units, compiled })
}

/// The blocks of a graph, in the order of memory.
pub fn blocks_text(cfg: &Cfg) -> String {
    let mut out = String::new();
    for id in cfg.order() {
        let block = &cfg[id];
        let depth = if block.start_depth >= 0 { format!("  stack {}", block.start_depth) } else { String::new() };
        // Writing to a String cannot fail.
        let _ = writeln!(out, "  B{}{depth}{}", id.0, ending(block));
        for instr in &block.instrs {
            let place = if instr.loc.has_line() { format!("{}:{}", instr.loc.line, instr.loc.col.max(0)) } else { String::new() };
            let arg = match instr.target {
                Some(target) => format!("-> B{}", target.0),
                None if takes_argument(instr.op) => instr.arg.to_string(),
                None => String::new(),
            };
            let handler = instr.handler.map(|handler| format!("  (handler B{})", handler.0)).unwrap_or_default();
            let line = format!("    {place:>8}  {:<28} {arg}{handler}", name(instr.op));
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
    out
}

/// Where control goes at the end of a block, if no jump says it.
fn ending(block: &Block) -> String {
    let jumps = block.last().is_some_and(|last| last.op.is_exit() || last.op.is_unconditional_jump() || ends(last.op));
    match block.next {
        Some(next) if !jumps => format!("  then B{}", next.0),
        _ => String::new(),
    }
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
