//! The frames of the machine, innermost first, natives included.

use super::{Scene, text::short_name};
use crate::{
    bytecode::{
        code::{CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR},
        linetable::Position,
    },
    heap::ObjRef,
    objects::{Body, Objects, code::Code, frame::PyFrame, generator::Suspended},
    view::{CallStackView, FrameKind as Kind, FrameRow},
    vm::{
        Vm,
        frame::{FrameKind, NativeState},
        host::Request,
    },
};

/// One level of the call stack, with what the panes need of it.
#[derive(Clone, Copy)]
pub struct Level<'a> {
    /// Its index in [`Vm::frames`].
    pub depth: usize,
    /// What runs in it; `None` for native code.
    pub python: Option<Python<'a>>,
}

/// A Python frame at an instant.
#[derive(Clone, Copy)]
pub struct Python<'a> {
    pub frame: &'a PyFrame,
    pub code: &'a Code,
    /// The instruction that comes next, or that waits for a callee: an absolute unit.
    pub unit: u32,
    /// Whether it waits for a callee.
    pub waits: bool,
    /// Top of its value stack.
    pub sp: usize,
}

impl<'a> Level<'a> {
    /// The Python frame at `depth`, or the native one.
    pub fn of(vm: &'a Vm, depth: usize) -> Level<'a> {
        let python = vm.python_frame(depth).and_then(|frame| {
            let Body::Code(code) = vm.heap.body(frame.code) else { return None };
            let waits = depth + 1 < vm.frames.len();
            let pc = vm.frame_pc(depth);
            let unit = if waits && pc > code.start { pc - 1 } else { pc };
            Some(Python { frame, code, unit, waits, sp: vm.frame_sp(depth) })
        });
        Level { depth, python }
    }
}

impl Python<'_> {
    /// The byte offset of the instruction.
    pub fn offset(&self) -> u32 {
        self.code.offset_of(self.unit)
    }

    pub fn position(&self) -> Position {
        position_of(self.code, self.unit)
    }

    /// The line of that, from a table: there may be thousands of frames.
    pub fn line(&self) -> Option<u32> {
        // The RESUME of a module is on line 0.
        self.code.own_line_at(self.offset()).and_then(|line| u32::try_from(line).ok()).filter(|&line| line > 0)
    }

    /// The first slot of its value stack.
    pub fn stack_start(&self) -> usize {
        self.frame.base as usize + self.code.nlocalsplus as usize
    }

    pub fn is_module(&self) -> bool {
        &*self.code.code.qualname == "<module>"
    }

    /// The body of a `class` statement, or code run by `exec` in a namespace of its own.
    pub fn has_namespace(&self) -> bool {
        self.frame.locals.is_some_and(|locals| locals != self.frame.globals)
    }
}

/// The place of an instruction in the source.
pub fn position_of(code: &Code, unit: u32) -> Position {
    let mut position = code.position_at(code.offset_of(unit));
    // The RESUME of a module is on line 0.
    position.line = position.line.filter(|&line| line > 0);
    position
}

/// The levels, innermost first.
pub fn levels(vm: &Vm) -> Vec<Level<'_>> {
    (0..vm.frames.len()).rev().map(|depth| Level::of(vm, depth)).collect()
}

pub(super) fn capture(scene: &Scene<'_>, levels: &[Level<'_>], selected: usize) -> CallStackView {
    CallStackView { frames: levels.iter().map(|level| row(scene, level)).collect(), selected, ..CallStackView::default() }
}

/// What is shown below the frames: those that have just ended, and those that wait in generators.
pub(super) fn aside(scene: &Scene<'_>, view: &mut CallStackView) {
    if let Some(before) = scene.before.filter(|before| scene.is_single_step() && before.frames.len() > scene.vm.frames.len()) {
        let ended = (scene.vm.frames.len()..before.frames.len()).rev().take(MOST_ASIDE);
        let scene = Scene { vm: before, before: None, ended: None, ..*scene };
        view.finished = ended.map(|depth| row(&scene, &Level::of(before, depth))).collect();
    }
    view.suspended = suspended(scene.vm);
}

/// So many rows of each kind; so many objects are looked at for them, and so many parts of each.
const MOST_ASIDE: usize = 20;
const MOST_SEEN: usize = 1000;
const MOST_PARTS: usize = 100;

/// Suspended generators and coroutines that the variables of frames and module lead to, nearest first.
fn suspended(vm: &Vm) -> Vec<FrameRow> {
    let mut found = Vec::new();
    let mut waiting: Vec<ObjRef> = Vec::new();
    for depth in (0..vm.frames.len()).rev().take(MOST_PARTS) {
        let Some(frame) = vm.python_frame(depth) else { continue };
        let slots = vm.stack.get(frame.base as usize..vm.frame_sp(depth)).unwrap_or_default();
        waiting.extend(slots.iter().flatten().take(MOST_PARTS));
        waiting.extend(frame.locals);
    }
    waiting.extend(super::main_globals(vm));
    let mut seen: rustc_hash::FxHashSet<ObjRef> = waiting.iter().copied().collect();
    let mut next = 0;
    while let Some(&object) = waiting.get(next) {
        next += 1;
        if next > MOST_SEEN || found.len() >= MOST_ASIDE {
            break;
        }
        let mut parts: Vec<ObjRef> = Vec::new();
        match vm.heap.body(object) {
            Body::Generator(generator) => {
                if let Some(Suspended { frame, slots, started }) = generator.suspended()
                    && let Body::Code(code) = vm.heap.body(generator.code)
                {
                    let unit = frame.pc.saturating_sub(1).max(code.start);
                    let is_coroutine = code.code.flags & (CO_COROUTINE | CO_ASYNC_GENERATOR) != 0;
                    found.push(FrameRow {
                        name: code.code.qualname.clone(),
                        file: code.code.filename.clone(),
                        line: if started { position_of(code, unit).line } else { u32::try_from(code.code.firstlineno).ok() },
                        kind: if is_coroutine { Kind::Coroutine } else { Kind::Generator },
                        offset: started.then(|| code.offset_of(unit)),
                        is_new: false,
                        is_library: vm.is_library_code(code),
                    });
                    parts.extend(slots.iter().flatten().take(MOST_PARTS));
                }
            }
            Body::List(items) | Body::Tuple(items) => parts.extend(items.iter().take(MOST_PARTS)),
            Body::Dict(dict) => parts.extend(dict.iter().take(MOST_PARTS).map(|(_, value)| value)),
            Body::Cell(content) => parts.extend(content),
            _ if matches!(vm.heap.slot(object).body, Body::Instance(_)) => {
                super::edges::edges(vm, object, &mut |_, part| parts.push(part));
            }
            _ => {}
        }
        waiting.extend(parts.into_iter().filter(|&part| seen.insert(part)));
    }
    found
}

fn row(scene: &Scene<'_>, level: &Level<'_>) -> FrameRow {
    let is_new = scene.before.is_some() && !existed(scene, level);
    let Some(python) = &level.python else {
        return FrameRow { name: native_name(scene.vm, level.depth).into(), kind: Kind::Native, is_new, ..FrameRow::default() };
    };
    let code = &python.code.code;
    let kind = match code.flags {
        flags if flags & (CO_COROUTINE | CO_ASYNC_GENERATOR) != 0 => Kind::Coroutine,
        flags if flags & CO_GENERATOR != 0 => Kind::Generator,
        _ if python.has_namespace() && python.frame.func.is_none() => Kind::ClassBody,
        _ => Kind::Python,
    };
    FrameRow {
        name: code.qualname.clone(),
        file: code.filename.clone(),
        line: python.line(),
        kind,
        offset: Some(python.offset()),
        is_new,
        is_library: scene.vm.is_library_code(python.code),
    }
}

/// The same frame was there before the last step.
pub(super) fn existed(scene: &Scene<'_>, level: &Level<'_>) -> bool {
    let Some(before) = scene.before.filter(|before| level.depth < before.frames.len()) else { return false };
    match (&level.python, &before.frames[level.depth].kind) {
        (Some(python), FrameKind::Python(old)) => {
            old.base == python.frame.base && old.code == python.frame.code && old.func == python.frame.func
        }
        (None, FrameKind::Native(_)) => true,
        _ => false,
    }
}

pub(super) fn native_name(vm: &Vm, depth: usize) -> String {
    match &vm.frames[depth].kind {
        FrameKind::Native(NativeState::Init { instance, .. }) => {
            format!("{}(…)", short_name(&vm.type_name(*instance)))
        }
        FrameKind::Native(state) => match (state.waiting(), &vm.request) {
            (Some(_), Some(Request::ReadLine)) if depth + 1 == vm.frames.len() => "input".into(),
            (Some(_), Some(Request::Sleep(_) | Request::Wait(_))) if depth + 1 == vm.frames.len() => "sleep".into(),
            (Some(native), _) => native.name().into(),
            (None, _) => "native".into(),
        },
        FrameKind::Python(_) => "native".into(),
    }
}

/// The name that a callable is called by in a sentence.
pub fn callable_name(vm: &Vm, callable: ObjRef) -> String {
    match vm.heap.body(callable) {
        Body::Function(function) => vm.name_text(function.qualname),
        Body::Method(parts) => callable_name(vm, parts[0]),
        Body::Native(native) => native.name.to_owned(),
        Body::Type(ty) => short_name(&ty.name),
        _ => vm.type_name(callable).to_string(),
    }
}
