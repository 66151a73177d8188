//! Fills the views from a machine: looks at one instant of it, and at the instant before for the marks of what changed.
//!
//! Nothing here runs Python or changes the machine, and what it costs depends on what is shown, not on the heap. An object
//! is named `#12` by its birth number, counted from the program's start, which is the same on every run.
//!
//! `self.size + 1` about to run: the stack pane gets `1 ◂ rhs` over `2 ◂ lhs`, the source pane the columns of `self.size + 1`.

pub mod allocator;
mod bytecode;
mod call_stack;
mod code;
pub mod edges;
pub mod forms;
mod gc;
pub mod graph;
mod heap;
pub mod holders;
pub mod inspector;
mod layout;
pub mod micro;
mod objects;
mod pipeline;
mod source;
pub mod text;
mod threads;
mod value_stack;
mod variables;

pub use self::{
    bytecode::Listings,
    call_stack::{Level, callable_name, levels, position_of},
    code::CodeIndex,
    heap::HeapIndex,
    layout::layout,
    pipeline::Pipelines,
    source::Sources,
    text::Scribe,
};

use super::{Audience, Change, CodeView, Narration, PaneKind, View, ViewRequest, narration};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects},
    vm::{Vm, frame::FrameKind},
};

/// An instant, and what to compare it with.
pub struct Scene<'a> {
    pub vm: &'a Vm,
    /// The machine before the last step, for the marks.
    pub before: Option<&'a Vm>,
    /// The program has ended with this exception, as `ValueError: text`; `vm` is the machine before its last instruction.
    pub ended: Option<&'a str>,
    /// Objects born up to here are the interpreter's own, and the program's code and constants.
    pub base: u32,
    /// The numbers that there were when the program started, one bit a slot: they are constants.
    pub numbers: &'a [u64],
}

/// What views share from step to step.
#[derive(Default)]
pub struct Caches {
    pub sources: Sources,
    pub listings: Listings,
    pub pipelines: Pipelines,
    pub heap: HeapIndex,
    pub codes: CodeIndex,
}

impl<'a> Scene<'a> {
    pub fn scribe(&self) -> Scribe<'a> {
        Scribe { vm: self.vm, base: self.base }
    }

    pub fn scribe_before(&self) -> Option<Scribe<'a>> {
        self.before.map(|vm| Scribe { vm, base: self.base })
    }

    /// Whether the last step was exactly one instruction.
    pub fn is_single_step(&self) -> bool {
        self.before.is_some_and(|before| before.steps() + 1 == self.vm.steps() && self.ended.is_none())
    }

    /// The same object at both instants.
    pub fn lived_before(&self, object: ObjRef) -> bool {
        self.before.is_some_and(|before| is_same(before, self.vm, object))
    }

    /// How far the last step moved an object's reference count.
    pub fn refcount_delta(&self, object: ObjRef) -> i64 {
        match self.before {
            Some(before) if is_same(before, self.vm, object) => {
                i64::from(self.vm.heap.refcount(object)) - i64::from(before.heap.refcount(object))
            }
            _ => 0,
        }
    }

    /// A value with its refcount, and how both differ from what stood in its place.
    pub fn value(&self, now: ObjRef, old: Option<Option<ObjRef>>, width: usize) -> super::ValueView {
        let mut value = self.scribe().value(Some(now), width);
        value.refcount_delta = self.refcount_delta(now);
        if let Some(old) = old {
            value.change = self.change(now, old, &value.text, width);
        }
        value
    }

    fn change(&self, now: ObjRef, old: Option<ObjRef>, text: &str, width: usize) -> Change {
        let Some((scribe, old)) = self.scribe_before().zip(old) else { return Change::New };
        let old_text = scribe.text(old, width);
        if old_text == text && (old == now || !self.is_visibly_other(now, old)) {
            return Change::None;
        }
        Change::Changed { old: old_text }
    }

    /// Two objects with the same text that the learner can tell apart by their numbers.
    fn is_visibly_other(&self, now: ObjRef, old: ObjRef) -> bool {
        let old_serial = self.scribe_before().and_then(|scribe| scribe.serial(old));
        self.scribe().serial(now) != old_serial
    }
}

/// Whether a slot holds the same object in two machines.
pub fn is_same(before: &Vm, now: &Vm, object: ObjRef) -> bool {
    if !before.heap.is_alive(object) || !now.heap.is_alive(object) {
        return false;
    }
    let (a, b) = (before.heap.slot(object), now.heap.slot(object));
    match (&a.body, &b.body) {
        (Body::None, Body::None) => a.ty == b.ty && a.num == b.num,
        (Body::None, _) | (_, Body::None) => false,
        _ => before.heap.birth(object) == now.heap.birth(object),
    }
}

/// The index of the frame that is asked for.
fn selected(vm: &Vm, levels: &[Level<'_>], frame: usize) -> usize {
    let is_own = |level: &Level<'_>| level.python.is_some_and(|python| !vm.is_library_code(python.code));
    match frame {
        ViewRequest::OWN_FRAME => levels.iter().position(is_own).unwrap_or(0),
        frame => frame.min(levels.len().saturating_sub(1)),
    }
}

/// The code browser; what is chosen lives at this instant.
pub fn code(scene: &Scene<'_>, request: &ViewRequest, chosen: Option<ObjRef>, caches: &mut Caches) -> CodeView {
    let levels = levels(scene.vm);
    let level = levels.get(selected(scene.vm, &levels, request.frame));
    code::capture(scene, level, chosen, &mut caches.codes, &mut caches.listings, request)
}

/// Captures what the request names, but for the status, the output and the steps, which the machine doesn't know.
pub fn capture(scene: &Scene<'_>, request: &ViewRequest, caches: &mut Caches) -> View {
    let levels = levels(scene.vm);
    let selected = selected(scene.vm, &levels, request.frame);
    // Native code has no source and no bytecode: its caller's are shown.
    let level = levels.iter().skip(selected).find(|level| level.python.is_some()).or(levels.get(selected));
    let mut view = View { call_stack: call_stack::capture(scene, &levels, selected), ..View::default() };
    if request.wants(PaneKind::CallStack) {
        call_stack::aside(scene, &mut view.call_stack);
    }
    view.source = source::capture(scene, level, &mut caches.sources);
    if request.wants(PaneKind::Bytecode) {
        view.bytecode = bytecode::capture(scene, level, &mut caches.listings, request);
    }
    if request.wants(PaneKind::ValueStack) {
        view.value_stack = value_stack::capture(scene, level, request.value_width);
    }
    if request.wants(PaneKind::Variables) {
        view.variables = variables::capture(scene, level, request);
    }
    if request.wants(PaneKind::Heap) {
        view.heap = heap::capture(scene, &request.heap, &mut caches.heap, request.value_width);
    }
    if request.wants(PaneKind::Gc) {
        view.gc = gc::capture(scene, request.value_width);
    }
    if request.wants(PaneKind::Threads) {
        view.threads = threads::capture(scene);
    }
    if request.wants(PaneKind::Graph) {
        view.graph = graph::capture(scene);
    }
    if request.objects {
        view.objects = Some(objects::capture(scene));
    }
    if request.pipeline {
        view.pipeline = pipeline::capture(scene, level, &mut caches.pipelines);
    }
    view.narration = narrate(scene, request.audience);
    view.next_opname = narration::opname(&scene.scribe());
    view
}

/// What is of the run, whichever of its threads is looked at: who runs, and what that one does next.
pub fn of_run(scene: &Scene<'_>, looked_at: u32, request: &ViewRequest, view: &mut View) {
    let thread = scene.vm.threads.list.iter().find(|thread| thread.id.0 == looked_at);
    view.call_stack.thread = thread.map(|thread| format!("{looked_at} {}", scene.vm.thread_name(thread)));
    if request.wants(PaneKind::Threads) {
        view.threads = super::ThreadsView { looked_at: Some(looked_at), ..threads::capture(scene) };
    }
    view.narration = narrate(scene, request.audience);
    view.next_opname = narration::opname(&scene.scribe());
}

fn narrate(scene: &Scene<'_>, audience: Audience) -> Narration {
    let next = if scene.ended.is_some() { String::new() } else { narration::next(&scene.scribe(), audience) };
    if let Some(exception) = scene.ended {
        return Narration { done: narration::ended(&scene.scribe(), exception, audience), next };
    }
    let done = match scene.scribe_before() {
        Some(before) if scene.is_single_step() => narration::done(&before, &scene.scribe(), audience),
        Some(before) if before.vm.steps() < scene.vm.steps() => {
            let count = scene.vm.steps() - before.vm.steps();
            format!("ran {count} instructions")
        }
        _ => String::new(),
    };
    Narration { done, next }
}

/// The namespace of the program's module, which outlives its frame.
pub fn main_globals(vm: &Vm) -> Option<ObjRef> {
    let module = vm.dict_get_text(vm.modules, "__main__")?;
    match vm.heap.body(module) {
        Body::Module(module) => Some(module.dict),
        _ => None,
    }
}

/// The code object that the running Python frame executes.
pub fn running_code(vm: &Vm) -> Option<&crate::objects::code::Code> {
    let FrameKind::Python(frame) = &vm.frames.last()?.kind else { return None };
    match vm.heap.body(frame.code) {
        Body::Code(code) => Some(code),
        _ => None,
    }
}
