//! Protocols: what an operation means for objects of any type. Opcodes and natives ask here; the rows of a builtin type's
//! own methods are in `builtins/types`.

pub mod after;
pub mod arith;
pub mod attribute;
pub mod compare;
pub mod consume;
pub mod hash;
pub mod item;
pub mod iterate;
pub mod length_hint;
pub mod split;
pub mod text;
pub mod truth;
