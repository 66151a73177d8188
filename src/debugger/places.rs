//! Where each instruction of the machine's table comes from: its line, its piece of source, its code object.
//!
//! Stepping asks this for every instruction that runs, so it is decoded once and then an array access. Units of the table
//! never change their meaning: the machine only adds code at the end, in the same order on every run.

use std::{ops::Range, sync::Arc};

use crate::{
    bytecode::{linetable, linetable::Position, opcode::Op},
    objects::{
        Body, Objects,
        code::{Code, Tables},
    },
    vm::Vm,
};

/// The origin of one instruction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// 0: none, or not known yet.
    pub line: u32,
    pub position: Position,
    /// An index of [`Places::codes`].
    pub code: u32,
    pub op: Op,
    /// The low bits of the argument.
    pub arg: u32,
}

/// A code object's stretch of the table.
#[derive(Clone, Debug)]
pub struct CodePlace {
    pub file: Arc<str>,
    pub name: Arc<str>,
    pub units: Range<u32>,
    pub is_library: bool,
    /// Of the exception table: the units that are covered, and where the handler begins.
    pub handlers: Vec<(Range<u32>, u32)>,
    /// The byte offset of each unit.
    pub offsets: Arc<Tables>,
}

const UNKNOWN: u32 = u32::MAX;

/// The origins of all instructions met so far.
#[derive(Default)]
pub struct Places {
    units: Vec<Place>,
    pub codes: Vec<CodePlace>,
}

impl Places {
    /// The origin of the instruction that the innermost Python frame, at `depth`, runs next.
    #[inline]
    pub fn of(&mut self, vm: &Vm, depth: usize) -> Place {
        let pc = vm.frame_pc(depth);
        match self.units.get(pc as usize) {
            Some(place) if place.code != UNKNOWN => *place,
            _ => self.learn(vm, depth, pc),
        }
    }

    /// The origin of an instruction, if its code has been met.
    #[inline]
    pub fn at(&self, unit: u32) -> Option<Place> {
        self.units.get(unit as usize).copied().filter(|place| place.code != UNKNOWN)
    }

    #[cold]
    fn learn(&mut self, vm: &Vm, depth: usize, pc: u32) -> Place {
        let nowhere = Place { line: 0, position: Position::default(), code: UNKNOWN, op: Op::NOP, arg: 0 };
        let Some(Body::Code(code)) = vm.python_frame(depth).map(|frame| vm.heap.body(frame.code)) else { return nowhere };
        self.add(vm, code);
        self.at(pc).unwrap_or(nowhere)
    }

    /// Takes in a code object and those among its constants, so that breakpoints find functions that have not run yet.
    pub fn add(&mut self, vm: &Vm, code: &Code) {
        let nowhere = Place { line: 0, position: Position::default(), code: UNKNOWN, op: Op::NOP, arg: 0 };
        let end = code.start as usize + code.tables.offsets.len();
        if self.units.len() < end + 1 {
            self.units.resize(end + 1, nowhere);
        }
        if self.units[code.start as usize].code != UNKNOWN {
            return;
        }
        let index = self.codes.len() as u32;
        let units = code.start..end as u32;
        let unit_of = |offset: u32| code.start + code.tables.offsets.partition_point(|&it| it < offset) as u32;
        let handlers = code.tables.exceptions.iter().map(|entry| (unit_of(entry.start)..unit_of(entry.end), unit_of(entry.target)));
        self.codes.push(CodePlace {
            file: code.code.filename.clone(),
            is_library: vm.is_library_code(code),
            name: code.code.qualname.clone(),
            units,
            handlers: handlers.collect(),
            offsets: code.tables.clone(),
        });
        let mut ranges = linetable::decode(&code.code.linetable, code.code.firstlineno).peekable();
        for (unit, &offset) in (code.start as usize..).zip(&code.tables.offsets) {
            while ranges.peek().is_some_and(|range| range.end <= offset) {
                ranges.next();
            }
            let position = ranges.peek().map_or(Position::default(), |range| range.position);
            let decoded = vm.unit_at(unit);
            self.units[unit] = Place { line: position.line.unwrap_or(0), position, code: index, op: decoded.op, arg: decoded.short.into() };
        }
        for &constant in vm.heap.tuple(code.consts).unwrap_or_default() {
            if let Body::Code(inner) = vm.heap.body(constant) {
                self.add(vm, inner);
            }
        }
    }

    /// Whether it is code that came with the interpreter, not with the program.
    pub fn is_library(&self, place: Place) -> bool {
        self.codes.get(place.code as usize).is_some_and(|code| code.is_library)
    }

    /// Takes in all code objects that the machine has made up to now.
    pub fn add_all(&mut self, vm: &Vm) {
        for (_, slot) in vm.heap.iter() {
            if let Body::Code(code) = &slot.body {
                self.add(vm, code);
            }
        }
    }

    /// The byte offset of a unit in its code.
    pub fn offset_of(&self, unit: u32) -> Option<u32> {
        let code = self.codes.get(self.at(unit)?.code as usize)?;
        code.offsets.offsets.get((unit - code.units.start) as usize).copied()
    }

    /// The lines of a file that have instructions, of all code met so far.
    pub fn lines_of(&self, is_file: impl Fn(&str) -> bool) -> Vec<u32> {
        let mut lines: Vec<u32> = self
            .codes
            .iter()
            .filter(|code| is_file(&code.file))
            .flat_map(|code| code.units.clone())
            .filter_map(|unit| self.at(unit))
            .map(|place| place.line)
            .filter(|&line| line > 0)
            .collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }
}
