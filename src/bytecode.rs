//! Bytecode as data: the opcode table, instructions, code objects and the text of `dis`. Nothing here runs.

pub mod code;
