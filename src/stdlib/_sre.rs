mod machine;
pub mod opcodes;
mod program;
mod search;
mod set;
