//! Blocks, instructions, bytes and tables in rows; each row with its bytes, so that they can be tied exactly.
//!
//! An instruction is a row, its `EXTENDED_ARG`s and caches belong to it. The code objects stand one below the other, the outer first.

use std::sync::Arc;

use super::{Code, CodePlace, Mark, Row, scopes, scopes::Scope};
use crate::{
    bytecode::{
        code::{CodeObject, Constant},
        dis, exctable, instr, linetable,
        linetable::Position,
    },
    compiler::{
        cfg::{Cfg, Loc},
        codegen::UnitBlocks,
        stages::{BlockLine, block_lines},
        symtable::SymbolTable,
    },
    view::SourceRange,
};

/// A code object and all in it, each with the block of the source that it was made of.
pub(super) fn codes(code: &Arc<CodeObject>, scopes: &[Scope], table: &SymbolTable) -> Vec<Code> {
    let mut codes = Vec::new();
    collect(code, scopes.first(), scopes, table, &mut codes);
    codes
}

fn collect(code: &Arc<CodeObject>, scope: Option<&Scope>, scopes: &[Scope], table: &SymbolTable, codes: &mut Vec<Code>) {
    codes.push(Code { code: code.clone(), place: scope.map(|scope| scope.place) });
    let mut children = scope.map(|scope| scope.children.clone()).unwrap_or_default();
    for constant in &code.consts {
        let Constant::Code(inner) = constant else { continue };
        let name = inner.name.trim_start_matches('<').trim_end_matches('>');
        let found = children.iter().position(|&child| {
            let scope = &scopes[child];
            scopes::name(scope, table) == name && i64::from(scope.first_line) == i64::from(inner.firstlineno)
        });
        let scope = found.map(|index| &scopes[children.remove(index)]);
        collect(inner, scope, scopes, table, codes);
    }
}

/// The heading of a code object.
fn heading(index: usize, code: &Code) -> Row {
    Row {
        mark: Mark::Heading,
        text: code.code.qualname.to_string(),
        note: format!("code object, line {}", code.code.firstlineno),
        places: code.place.into_iter().collect(),
        code: Some(CodePlace { code: index, start: 0, end: code.code.code.len() as u32 }),
        ..Row::default()
    }
}

/// The blocks of all units in the order of their code objects; of units without one, where the program doesn't compile, as they come.
pub(super) fn blocks(units: &[UnitBlocks], codes: &[Code], optimized: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    if codes.is_empty() {
        for unit in units {
            rows.push(Row { mark: Mark::Heading, text: unit.qualname.to_string(), ..Row::default() });
            graph(if optimized { &unit.optimized } else { &unit.generated }, None, &mut rows);
        }
    }
    for (index, code) in codes.iter().enumerate() {
        let made = |unit: &&UnitBlocks| unit.code.as_ref().is_some_and(|it| Arc::ptr_eq(it, &code.code));
        let equal =
            |unit: &&UnitBlocks| unit.code.as_ref().is_some_and(|it| it.qualname == code.code.qualname && it.code == code.code.code);
        let Some(unit) = units.iter().find(made).or_else(|| units.iter().find(equal)) else { continue };
        rows.push(heading(index, code));
        match optimized {
            true => graph(&unit.optimized, Some((index, &code.code)), &mut rows),
            false => graph(&unit.generated, None, &mut rows),
        }
    }
    rows
}

/// With the code object that it became, the rows get its bytes.
fn graph(cfg: &Cfg, code: Option<(usize, &CodeObject)>, rows: &mut Vec<Row>) {
    let lines = block_lines(cfg);
    let count = lines.iter().filter(|line| matches!(line, BlockLine::Instr { .. })).count();
    let decoded: Vec<instr::Instr> = code.map(|(_, code)| instr::decode(&code.code).collect()).unwrap_or_default();
    let mut bytes = decoded.iter().filter(|_| decoded.len() == count);
    for line in lines {
        rows.push(match line {
            BlockLine::Block { id, depth, then } => {
                let depth = depth.map(|depth| format!("stack {depth}"));
                let then = then.map(|then| format!("then B{}", then.0));
                let note = depth.into_iter().chain(then).collect::<Vec<_>>().join(", ");
                Row { depth: 1, mark: Mark::Heading, text: format!("B{}", id.0), note, ..Row::default() }
            }
            BlockLine::Instr { loc, name, argument, handler } => Row {
                depth: 2,
                text: name.to_owned(),
                detail: argument,
                note: handler.map(|handler| format!("handler B{}", handler.0)).unwrap_or_default(),
                tells_place: true,
                places: place_of(loc).into_iter().collect(),
                code: bytes.next().zip(code).map(|(instr, (code, _))| CodePlace { code, start: instr.start, end: instr.next }),
                ..Row::default()
            },
        });
    }
}

fn place_of(loc: Loc) -> Option<SourceRange> {
    let known = loc.line > 0 && loc.end_line >= loc.line && loc.col >= 0 && loc.end_col >= 0;
    known.then_some(SourceRange { line: loc.line as u32, end_line: loc.end_line as u32, col: loc.col as u32, end_col: loc.end_col as u32 })
}

fn range_of(position: Position) -> Option<SourceRange> {
    let line = position.line.filter(|line| *line > 0)?;
    Some(SourceRange { line, end_line: position.end_line?, col: position.col?, end_col: position.end_col? })
}

/// The places of a code object's instructions, asked for in order.
struct Places<'a> {
    ranges: std::iter::Peekable<Box<dyn Iterator<Item = linetable::Range> + 'a>>,
}

impl<'a> Places<'a> {
    fn new(code: &'a CodeObject) -> Places<'a> {
        let ranges: Box<dyn Iterator<Item = linetable::Range>> = Box::new(linetable::decode(&code.linetable, code.firstlineno));
        Places { ranges: ranges.peekable() }
    }

    fn at(&mut self, offset: u32) -> Option<SourceRange> {
        while self.ranges.next_if(|range| range.end <= offset).is_some() {}
        range_of(self.ranges.peek()?.position)
    }
}

pub(super) fn instructions(codes: &[Code]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, code) in codes.iter().enumerate() {
        rows.push(heading(index, code));
        let mut places = Places::new(&code.code);
        let whole: Vec<instr::Instr> = instr::decode(&code.code.code).collect();
        for row in dis::rows(&code.code, &|_| 0) {
            let instr = whole.get(whole.partition_point(|instr| instr.next <= row.offset));
            let line = row.starts_line.map(|line| line.to_string()).unwrap_or_default();
            let target = if row.is_target { ">>" } else { "  " };
            let argument = row.arg.map(|arg| if row.text.is_empty() { arg.to_string() } else { format!("{arg} ({})", short(&row.text)) });
            rows.push(Row {
                label: format!("{line:>4} {target} {:>4} ", row.offset),
                text: row.op.name().to_owned(),
                detail: argument.unwrap_or_default(),
                short: (!row.text.is_empty()).then(|| format!("({})", short(&row.text))),
                tells_place: true,
                places: places.at(row.offset).into_iter().collect(),
                code: instr.map(|instr| CodePlace { code: index, start: row.offset.max(instr.start), end: instr.next }),
                ..Row::default()
            });
        }
    }
    rows
}

/// Where a code object lies says nothing here.
fn short(argument: &str) -> String {
    match argument.split_once(" at 0x") {
        Some((name, _)) if name.starts_with("<code object") => format!("{name}>"),
        _ => argument.to_owned(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

pub(super) fn bytes(codes: &[Code]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, code) in codes.iter().enumerate() {
        rows.push(heading(index, code));
        let mut places = Places::new(&code.code);
        for instr in instr::decode(&code.code.code) {
            let piece = |start: u32, end: u32| hex(&code.code.code[start as usize..end as usize]);
            rows.push(Row {
                label: format!("{:>5}  ", instr.start),
                text: piece(instr.start, instr.offset + 2),
                detail: instr.op.name().to_owned(),
                note: piece(instr.offset + 2, instr.next),
                tells_place: true,
                places: places.at(instr.offset).into_iter().collect(),
                code: Some(CodePlace { code: index, start: instr.start, end: instr.next }),
                ..Row::default()
            });
        }
    }
    rows
}

/// The pieces of a table whose entries begin with a byte that has its highest bit set.
fn entries(table: &[u8]) -> impl Iterator<Item = String> + '_ {
    let mut rest = table;
    std::iter::from_fn(move || {
        let end = rest.iter().skip(1).position(|byte| byte & 0x80 != 0).map_or(rest.len(), |end| end + 1);
        let (entry, after) = rest.split_at(end);
        rest = after;
        (!entry.is_empty()).then(|| hex(entry))
    })
}

pub(super) fn line_table(codes: &[Code]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, code) in codes.iter().enumerate() {
        rows.push(heading(index, code));
        let ranges = linetable::decode(&code.code.linetable, code.code.firstlineno);
        for (range, raw) in ranges.zip(entries(&code.code.linetable)) {
            let position = range.position;
            let text = match (position.line, position.col, position.end_line, position.end_col) {
                (Some(line), Some(col), Some(end_line), Some(end_col)) => format!("{line}:{col}-{end_line}:{end_col}"),
                (Some(line), ..) => format!("line {line}"),
                _ => "no place".into(),
            };
            rows.push(Row {
                label: format!("{:>5} to {:<5} ", range.start, range.end.saturating_sub(2)),
                text,
                detail: raw,
                places: range_of(position).into_iter().collect(),
                code: Some(CodePlace { code: index, start: range.start, end: range.end }),
                ..Row::default()
            });
        }
    }
    rows
}

pub(super) fn exception_table(codes: &[Code]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (index, code) in codes.iter().enumerate() {
        if code.code.exceptiontable.is_empty() {
            continue;
        }
        rows.push(heading(index, code));
        for (entry, raw) in exctable::decode(&code.code.exceptiontable).zip(entries(&code.code.exceptiontable)) {
            let lasti = if entry.lasti { ", lasti" } else { "" };
            rows.push(Row {
                label: format!("{:>5} to {:<5} ", entry.start, entry.end.saturating_sub(2)),
                text: format!("handler {} [{}]{lasti}", entry.target, entry.depth),
                detail: raw,
                code: Some(CodePlace { code: index, start: entry.start, end: entry.end }),
                ..Row::default()
            });
        }
    }
    rows
}
