//! Instructions decoded from the bytes of a code object, and jump targets.
//!
//! `EXTENDED_ARG` prefixes are folded into the instruction that they extend, caches are skipped: what `dis` shows as one
//! row. Counterpart in CPython 3.11: `dis._unpack_opargs`.

use super::opcode::{ArgKind, Op};

/// One instruction with its full argument. Offsets are in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instr {
    /// Where the instruction itself stands, after its `EXTENDED_ARG`s.
    pub offset: u32,
    /// Where its first `EXTENDED_ARG` stands; equal to `offset` if it has none.
    pub start: u32,
    pub op: Op,
    /// 0 for opcodes that take no argument.
    pub arg: u32,
    /// Where the next instruction stands, after the caches of this one.
    pub next: u32,
}

/// The instructions of `code`. Bytes that are no opcode end the iteration.
pub fn decode(code: &[u8]) -> impl Iterator<Item = Instr> + '_ {
    let mut offset = 0usize;
    std::iter::from_fn(move || {
        let start = offset;
        let mut extended = 0u32;
        loop {
            let op = Op::from_u8(*code.get(offset)?)?;
            let low = u32::from(*code.get(offset + 1)?);
            let arg = extended | low;
            if op == Op::EXTENDED_ARG {
                extended = arg << 8;
                offset += 2;
                continue;
            }
            let at = offset;
            offset += 2 + 2 * op.caches();
            let arg = if op.has_arg() { arg } else { 0 };
            return Some(Instr { offset: at as u32, start: start as u32, op, arg, next: offset as u32 });
        }
    })
}

/// The instruction at a byte offset, with the `EXTENDED_ARG`s before it.
pub fn at(code: &[u8], offset: u32) -> Option<Instr> {
    let mut start = offset as usize;
    while start >= 2 && *code.get(start - 2)? == Op::EXTENDED_ARG as u8 && offset as usize - start < 6 {
        start -= 2;
    }
    let instr = decode(code.get(start..)?).next()?;
    Some(Instr { offset, start: start as u32, next: instr.next + start as u32, ..instr })
}

/// The byte offset that an instruction may jump to.
pub fn target_of(instr: &Instr) -> Option<u32> {
    match instr.op.arg_kind() {
        ArgKind::JumpForward => instr.next.checked_add(instr.arg.checked_mul(2)?),
        ArgKind::JumpBackward => instr.next.checked_sub(instr.arg.checked_mul(2)?),
        _ => None,
    }
}
