//! Fills the Threads pane: threads from the machine, tasks from what `asyncio` keeps of them.
//!
//! Nothing runs: a task's await chain is that of its coroutine's suspended frames.
//! `await fetch()` in `main` that sleeps gives `main ▸ fetch ▸ sleep → Future`.

use super::Scene;
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::NONE, generator::GeneratorState},
    view::threads::{HandOverRow, TaskRow, ThreadRow, ThreadState, ThreadsView},
    vm::{Vm, threads::State},
};

/// So many hand-overs are shown.
const MOST: usize = 64;

pub fn capture(scene: &Scene<'_>) -> ThreadsView {
    let vm = scene.vm;
    let threads = &vm.threads;
    let rows: Vec<ThreadRow> = threads
        .list
        .iter()
        .map(|thread| {
            let standing = vm.standing(thread);
            let is_here = thread.id == threads.current().id;
            ThreadRow {
                id: thread.id.0,
                name: vm.thread_name(thread),
                state: match thread.state {
                    State::Running => ThreadState::Running,
                    State::Ready { .. } => ThreadState::Ready,
                    State::Blocked { .. } => ThreadState::Blocked,
                    State::Ended => ThreadState::Ended,
                },
                function: standing.function,
                line: standing.line,
                waits_for: vm.awaited(thread).unwrap_or_default(),
                holder: vm.holder_of(thread).map(|id| id.0),
                ran: thread.ran + if is_here { vm.steps() - threads.since } else { 0 },
            }
        })
        .collect();
    let hand_overs = threads.hand_overs.iter().rev().take(MOST);
    ThreadsView {
        rows,
        looked_at: None,
        held: vm.steps() - threads.since,
        interval: threads.slice(),
        switch_number: threads.switch_number,
        drop_request: threads.chosen.is_some() || threads.request_due().is_some_and(|due| due <= vm.steps()),
        is_kept: threads.held,
        hand_overs: hand_overs.map(|it| HandOverRow { step: it.step, from: it.from.0, to: it.to.0, why: it.why.told() }).collect(),
        tasks: tasks(scene),
        deadlock: if threads.deadlocked { vm.explain_deadlock() } else { Vec::new() },
    }
}

/// The tasks that live, in the order in which they were made.
fn tasks(scene: &Scene<'_>) -> Vec<TaskRow> {
    let vm = scene.vm;
    let Some(dict) = namespace(vm, "asyncio.tasks") else { return Vec::new() };
    let Some(all) = vm.dict_get_text(dict, "_all").and_then(|list| vm.heap.sequence(list)) else { return Vec::new() };
    let running: Vec<ObjRef> = vm
        .dict_get_text(dict, "_current")
        .and_then(|current| vm.heap.dict(current))
        .map(|current| current.iter().map(|(_, task)| task).collect())
        .unwrap_or_default();
    let alive = all.iter().filter_map(|&weak| match vm.heap.body(weak) {
        Body::WeakRef(record) => record.referent,
        _ => None,
    });
    alive.map(|task| row(scene, task, running.contains(&task))).collect()
}

fn namespace(vm: &Vm, module: &str) -> Option<ObjRef> {
    match vm.heap.body(vm.dict_get_text(vm.modules, module)?) {
        Body::Module(record) => Some(record.dict),
        _ => None,
    }
}

fn row(scene: &Scene<'_>, task: ObjRef, is_running: bool) -> TaskRow {
    let vm = scene.vm;
    let attributes = vm.own_attrs(task);
    let attribute = |name: &str| attributes.iter().find(|(key, _)| vm.name_text(*key) == name).map(|(_, value)| *value);
    let text = |name: &str| attribute(name).map(|value| vm.name_text(value)).unwrap_or_default();
    let waiter = attribute("_fut_waiter").filter(|&waiter| waiter != NONE);
    let state = match text("_state").as_str() {
        "CANCELLED" => "cancelled",
        "FINISHED" => "done",
        _ if is_running => "running",
        _ if waiter.is_some() => "waiting",
        _ => "ready",
    };
    let mut chain = Vec::new();
    let mut at = attribute("_coro");
    while let Some(object) = at.filter(|_| chain.len() < 16) {
        let Body::Generator(record) = vm.heap.body(object) else { break };
        chain.push(vm.name_text(record.name));
        at = match record.state {
            GeneratorState::Suspended { .. } => vm.delegate(object),
            _ => None,
        };
    }
    let waits_for = waiter.map(|waiter| scene.scribe().text(waiter, 40)).unwrap_or_default();
    TaskRow { name: text("_name"), state, chain, waits_for }
}
