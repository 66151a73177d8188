//! The disassembly of a frame's code, made once a code object, and the live operands of the next instruction.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::{Level, Scene, call_stack::existed, forms};
use crate::{
    bytecode::{
        code::CodeObject,
        dis, exctable, instr, linetable,
        opcode::{ArgKind, Op},
    },
    view::{BytecodeRow, BytecodeView, ExceptionRow, FormsWanted, Listing, ViewRequest, narration},
};

/// Disassemblies by code object.
#[derive(Default)]
pub struct Listings {
    listings: FxHashMap<usize, (Arc<CodeObject>, Arc<Listing>)>,
}

impl Listings {
    pub fn of(&mut self, code: &Arc<CodeObject>) -> Arc<Listing> {
        let (_, listing) = self.listings.entry(Arc::as_ptr(code) as usize).or_insert_with(|| (code.clone(), Arc::new(listing(code))));
        listing.clone()
    }
}

pub(super) fn capture(scene: &Scene<'_>, level: Option<&Level<'_>>, listings: &mut Listings, request: &ViewRequest) -> BytecodeView {
    let Some((level, python)) = level.and_then(|level| Some((level, level.python?))) else { return BytecodeView::default() };
    let mut view = BytecodeView { listing: listings.of(&python.code.code), ..BytecodeView::default() };
    view.forms = forms::rows(scene, python.code, &view.listing, request.forms);
    let is_cold = request.forms != FormsWanted::None && !python.code.is_quick && scene.vm.config.specialize;
    view.warm_up = is_cold.then_some(python.code.warmup);
    if scene.ended.is_some() {
        view.executed = Some(python.offset());
        return view;
    }
    view.next = Some(python.offset());
    if let Some(before) = scene.before.filter(|before| before.steps() < scene.vm.steps() && existed(scene, level))
        && let Some(old) = Level::of(before, level.depth).python
    {
        view.executed = Some(old.offset()).filter(|&offset| view.next != Some(offset) || scene.is_single_step());
    }
    if !python.waits {
        view.live_operand = narration::operands(&scene.scribe(), (request.value_width / 2).clamp(20, 60));
        let op = scene.vm.unit_at(scene.vm.pc as usize).op;
        view.is_loaded = op.name().starts_with("LOAD_") && !matches!(op, Op::LOAD_ATTR | Op::LOAD_METHOD | Op::LOAD_BUILD_CLASS);
    }
    view
}

fn listing(code: &CodeObject) -> Listing {
    let address = |_: &Arc<CodeObject>| 0x7f3a_0000_0000;
    let targets: FxHashMap<u32, u32> = instr::decode(&code.code)
        .filter(|instr| matches!(instr.op.arg_kind(), ArgKind::JumpForward | ArgKind::JumpBackward))
        .filter_map(|instr| Some((instr.offset, instr::target_of(&instr)?)))
        .collect();
    let mut positions = linetable::decode(&code.linetable, code.firstlineno).peekable();
    let mut rows = Vec::new();
    for row in dis::rows(code, &address) {
        while positions.peek().is_some_and(|range| range.end <= row.offset) {
            positions.next();
        }
        let text = match row.text.split_once(" at 0x") {
            // Where a code object lies says nothing here.
            Some((name, _)) if row.op == Op::LOAD_CONST && name.starts_with("<code object") => format!("{name}>"),
            _ => row.text,
        };
        rows.push(BytecodeRow {
            offset: row.offset,
            line_start: row.starts_line,
            line: positions.peek().and_then(|range| range.position.line),
            opname: row.op.name().to_owned(),
            arg: row.arg,
            argtext: text,
            is_jump_target: row.is_target,
            jump_target: targets.get(&row.offset).copied(),
        });
    }
    let exception_table = exctable::decode(&code.exceptiontable)
        .map(|entry| ExceptionRow {
            start: entry.start,
            end: entry.end.saturating_sub(2),
            target: entry.target,
            depth: entry.depth,
            lasti: entry.lasti,
        })
        .collect();
    Listing { code_name: code.qualname.to_string(), rows, exception_table, extent: OnceLock::new() }
}
