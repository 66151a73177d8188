//! Bytecode as data: the opcode table, instructions, code objects and the text of `dis`. Nothing here runs.

pub mod opcode;

pub mod code;
pub mod dis;
pub mod exctable;
pub mod instr;
pub mod json;
pub mod linetable;
pub mod marshal;
pub mod pyc;
pub mod repr;
mod set_order;
pub mod verify;
