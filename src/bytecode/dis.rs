//! Disassembly: the text that `python3 -m dis` prints, and the rows that it consists of.
//!
//! ```text
//!   1           0 RESUME                   0
//!
//!   2           2 LOAD_CONST               0 (3)
//! ```
//! Counterpart in CPython 3.11: `Lib/dis.py`.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    code::{CodeObject, Constant},
    exctable, instr, linetable,
    opcode::{ArgKind, COMPARISONS, OPERATORS, Op},
    repr,
};

/// Lines from here on make the line column wider.
const WIDE_LINE: u32 = 1000;
/// Offsets from here on make the offset column wider.
const WIDE_OFFSET: usize = 10000;
const NAME_WIDTH: usize = 20;
const ARG_WIDTH: usize = 5;

/// Where a code object lies in memory, for its text.
pub type Address<'a> = &'a dyn Fn(&Arc<CodeObject>) -> u64;

/// One line of a disassembly. `EXTENDED_ARG` has a row of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub offset: u32,
    pub op: Op,
    /// `None` where the opcode takes none.
    pub arg: Option<u32>,
    /// What the argument stands for; empty if it means no more than its number.
    pub text: String,
    /// The line, on the first row of it.
    pub starts_line: Option<u32>,
    pub is_target: bool,
}

/// The bytes of a code object as it runs now: forms instead of opcodes, `dis.dis(code, adaptive=True)`.
pub type Running<'a> = &'a dyn Fn(&CodeObject) -> Option<Vec<u8>>;

/// The disassembly of a code object and of all inside it.
pub fn dis(code: &CodeObject, address: Address<'_>) -> String {
    let mut out = String::new();
    recursive(code, address, &|_| None, &mut out);
    out
}

/// The same as it runs now.
pub fn dis_running(code: &CodeObject, address: Address<'_>, running: Running<'_>) -> String {
    let mut out = String::new();
    recursive(code, address, running, &mut out);
    out
}

fn recursive(code: &CodeObject, address: Address<'_>, running: Running<'_>, out: &mut String) {
    *out += &one_running(code, None, address, running);
    for constant in &code.consts {
        if let Constant::Code(inner) = constant {
            *out += &format!("\nDisassembly of {}:\n", repr::code_object(inner, address(inner)));
            recursive(inner, address, running, out);
        }
    }
}

/// The disassembly of one code object; `-->` marks the instruction at `current`.
pub fn one(code: &CodeObject, current: Option<u32>, address: Address<'_>) -> String {
    one_running(code, current, address, &|_| None)
}

fn one_running(code: &CodeObject, current: Option<u32>, address: Address<'_>, running: Running<'_>) -> String {
    let mut rows = rows(code, address);
    if let Some(bytes) = running(code) {
        // `dis` does not know the forms of jumps for jumps, and marks no targets of theirs.
        let targets = targets(code, |instr| bytes.get(instr.offset as usize) == Some(&(instr.op as u8)));
        for row in &mut rows {
            row.op = bytes.get(row.offset as usize).and_then(|&number| Op::of_running(number)).unwrap_or(row.op);
            row.is_target = targets.contains(&row.offset);
        }
    }
    let last_line = rows.iter().filter_map(|row| row.starts_line).max();
    let line_width = match last_line {
        None => 0,
        Some(line) if line >= WIDE_LINE => line.to_string().len(),
        Some(_) => 3,
    };
    let last_offset = code.code.len().saturating_sub(2);
    let offset_width = if last_offset >= WIDE_OFFSET { last_offset.to_string().len() } else { 4 };
    let mut out = String::new();
    for row in &rows {
        if line_width > 0 && row.starts_line.is_some() && row.offset > 0 {
            out.push('\n');
        }
        let mut line = String::new();
        if line_width > 0 {
            let number = row.starts_line.map(|line| line.to_string()).unwrap_or_default();
            line += &format!("{number:>line_width$} ");
        }
        line += if current == Some(row.offset) { "--> " } else { "    " };
        line += if row.is_target { ">> " } else { "   " };
        line += &format!("{:>offset_width$} {:<NAME_WIDTH$}", row.offset, row.op.name());
        if let Some(arg) = row.arg {
            line += &format!(" {arg:>ARG_WIDTH$}");
            if !row.text.is_empty() {
                line += &format!(" ({})", row.text);
            }
        }
        out += line.trim_end();
        out.push('\n');
    }
    out += &exceptions(code);
    out
}

fn exceptions(code: &CodeObject) -> String {
    let mut out = String::new();
    for entry in exctable::decode(&code.exceptiontable) {
        if out.is_empty() {
            out += "ExceptionTable:\n";
        }
        let lasti = if entry.lasti { " lasti" } else { "" };
        out += &format!("  {} to {} -> {} [{}]{lasti}\n", entry.start, entry.end.saturating_sub(2), entry.target, entry.depth);
    }
    out
}

pub fn rows(code: &CodeObject, address: Address<'_>) -> Vec<Row> {
    let lines = line_starts(code);
    let targets = targets(code, |_| true);
    let row = |offset: u32, op: Op, arg: Option<u32>, text: String| Row {
        offset,
        op,
        arg,
        text,
        starts_line: lines.binary_search_by_key(&offset, |(start, _)| *start).ok().map(|index| lines[index].1),
        is_target: targets.contains(&offset),
    };
    let mut rows = Vec::new();
    for instr in instr::decode(&code.code) {
        let mut extended = 0;
        for offset in (instr.start..instr.offset).step_by(2) {
            extended = extended << 8 | u32::from(code.code[offset as usize + 1]);
            rows.push(row(offset, Op::EXTENDED_ARG, Some(extended), String::new()));
        }
        let arg = instr.op.has_arg().then_some(instr.arg);
        rows.push(row(instr.offset, instr.op, arg, argument_text(code, &instr, address)));
    }
    rows
}

/// Where exceptions and those jumps lead that count.
fn targets(code: &CodeObject, counts: impl Fn(&instr::Instr) -> bool) -> BTreeSet<u32> {
    let mut targets: BTreeSet<u32> = instr::decode(&code.code).filter(counts).filter_map(|instr| instr::target_of(&instr)).collect();
    targets.extend(exctable::decode(&code.exceptiontable).filter(|entry| entry.start < entry.end).map(|entry| entry.target));
    targets
}

/// Where each line starts, as (offset, line).
pub fn line_starts(code: &CodeObject) -> Vec<(u32, u32)> {
    let mut starts = Vec::new();
    let mut last = None;
    for range in linetable::decode(&code.linetable, code.firstlineno) {
        if let Some(line) = range.position.line
            && last != Some(line)
        {
            last = Some(line);
            starts.push((range.start, line));
        }
    }
    starts
}

/// What an instruction's argument stands for.
pub fn argument_text(code: &CodeObject, instr: &instr::Instr, address: Address<'_>) -> String {
    let arg = instr.arg;
    let name = |index: u32| code.names.get(index as usize).map(|name| name.to_string()).unwrap_or_default();
    match (instr.op, instr.op.arg_kind()) {
        (Op::LOAD_CONST, _) => code.consts.get(arg as usize).map(|value| repr::constant_at(value, address)).unwrap_or_default(),
        (Op::FORMAT_VALUE, _) => {
            let conversion = ["", "str", "repr", "ascii"][(arg & 3) as usize];
            let spec = if arg & 4 != 0 { "with format" } else { "" };
            [conversion, spec].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
        (Op::MAKE_FUNCTION, _) => {
            let flags = ["defaults", "kwdefaults", "annotations", "closure"];
            flags.into_iter().enumerate().filter(|(bit, _)| arg >> bit & 1 == 1).map(|(_, flag)| flag).collect::<Vec<_>>().join(", ")
        }
        (_, ArgKind::Name) => name(arg),
        (_, ArgKind::GlobalName) => format!("{}{}", if arg & 1 == 1 { "NULL + " } else { "" }, name(arg >> 1)),
        (_, ArgKind::Local | ArgKind::Free) => code.localsplusnames.get(arg as usize).map(|name| name.to_string()).unwrap_or_default(),
        (_, ArgKind::JumpForward | ArgKind::JumpBackward) => {
            instr::target_of(instr).map(|target| format!("to {target}")).unwrap_or_default()
        }
        (_, ArgKind::Compare) => COMPARISONS.get(arg as usize).copied().unwrap_or_default().into(),
        (_, ArgKind::Operator) => OPERATORS.get(arg as usize).copied().unwrap_or_default().into(),
        _ => String::new(),
    }
}
