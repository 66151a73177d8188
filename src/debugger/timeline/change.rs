//! What the user does to a run between two instructions: a variable set, a jump, an early return.
//!
//! A change takes no time: the instructions that evaluate its expression are not counted, so the instants before and after
//! keep their numbers. It is kept as text and made again whenever the run comes by; so it must come to the same each time,
//! and asks nothing of the outside world.
//!
//! ```text
//!   :set node.next = None      :jump 14      :return -1      :switch 2
//! ```

use std::sync::Arc;

use crate::{
    bytecode::code::CodeObject,
    debugger::evaluate::{Budget, last_line},
    heap::ObjRef,
    interpreter::{self, jump},
    objects::{Body, Objects},
    syntax::{
        Mode,
        ast::{Expr, ExprKind, Mod, StmtKind},
        parse_str,
    },
    vm::Vm,
};

/// One change of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// An assignment in a Python frame, counted outwards from the innermost.
    Assign { text: String, frame: usize },
    /// The innermost frame goes on at a line.
    Jump(u32),
    /// The innermost frame returns the value of an expression.
    Return(String),
    /// This thread gets the GIL at the next check point.
    Switch(u32),
    /// Nobody asks the thread that runs for the GIL any more, or again.
    Hold(bool),
}

impl Change {
    /// Makes the change.
    ///
    /// # Errors
    ///
    /// A sentence; the machine may be half changed then.
    pub fn apply(&self, vm: &mut Vm) -> Result<(), String> {
        vm.revoke_grant();
        let (steps, floor, pause_at, raises) = (vm.steps(), vm.floor, vm.pause_at, (vm.raises, vm.arrivals));
        let kwnames = vm.kwnames.take();
        // An expression that is evaluated leaves the threads as they are.
        let threads = &vm.threads;
        let (schedule, released, deadlocked, state) =
            (threads.schedule.clone(), threads.released, threads.deadlocked, threads.current().state);
        let outcome = match self {
            Change::Assign { text, frame } => assign(vm, text, *frame),
            Change::Jump(line) => innermost(vm).and_then(|depth| jump::jump(vm, depth, *line)),
            Change::Return(text) => leave(vm, text),
            Change::Switch(id) => vm.choose_thread(crate::vm::threads::ThreadId(*id)),
            Change::Hold(held) => {
                vm.threads.held = *held;
                Ok(())
            }
        };
        let threads = &mut vm.threads;
        (threads.schedule, threads.released, threads.deadlocked) = (schedule, released, deadlocked);
        threads.current_mut().state = state;
        // What lies on the stack for a call is gone after a jump.
        vm.kwnames = kwnames.filter(|_| matches!(self, Change::Assign { .. } | Change::Switch(_) | Change::Hold(_)));
        vm.revoke_grant();
        (vm.granted, vm.floor, vm.pause_at, (vm.raises, vm.arrivals)) = (steps, floor, pause_at, raises);
        for chunk in &mut vm.output.chunks {
            chunk.step = chunk.step.min(steps);
        }
        outcome
    }

    /// `x = 5 from here on`
    pub fn told(&self) -> String {
        match self {
            Change::Assign { text, .. } => format!("{text}, from here on"),
            Change::Jump(line) => format!("goes on at line {line}"),
            Change::Return(text) => format!("returns {text} next"),
            Change::Switch(id) => format!("thread {id} takes the GIL at the next check point"),
            Change::Hold(true) => "the other threads stand still from here on, until the one that runs must wait".into(),
            Change::Hold(false) => "the threads take turns again from here on".into(),
        }
    }
}

/// Whether a text is one assignment.
pub fn is_assignment(text: &str) -> bool {
    text.contains('=') && targets(text).is_some()
}

/// The names that an assignment binds; `None`: it is none.
fn targets(text: &str) -> Option<Vec<String>> {
    let Mod::Module { body, .. } = parse_str(text, Mode::Exec).ok()?.module else { return None };
    let [statement] = &body[..] else { return None };
    let mut names = Vec::new();
    match &statement.kind {
        StmtKind::Assign { targets, .. } => targets.iter().for_each(|target| bound(target, &mut names)),
        StmtKind::AugAssign { target, .. } | StmtKind::AnnAssign { target, value: Some(_), .. } => bound(target, &mut names),
        _ => return None,
    }
    Some(names)
}

fn bound(target: &Expr, names: &mut Vec<String>) {
    match &target.kind {
        ExprKind::Name { id, .. } => names.push(id.to_string()),
        ExprKind::Tuple { elts, .. } | ExprKind::List { elts, .. } => elts.iter().for_each(|target| bound(target, names)),
        ExprKind::Starred { value, .. } => bound(value, names),
        _ => {}
    }
}

/// The Python frame that runs the next instruction.
fn innermost(vm: &Vm) -> Result<usize, String> {
    let depth = vm.frames.len().checked_sub(1).filter(|&depth| vm.python_frame(depth).is_some());
    depth.ok_or_else(|| "there is no frame here".into())
}

fn assign(vm: &mut Vm, text: &str, frame: usize) -> Result<(), String> {
    let names = targets(text).ok_or("write `set TARGET = EXPR`")?;
    let depth = (0..vm.frames.len().saturating_sub(frame)).rev().find(|&depth| vm.python_frame(depth).is_some());
    let depth = depth.ok_or("there is no frame to set anything in")?;
    let code = compile(text, Mode::Exec)?;
    let (variables, is_copy) = variables_of(vm, depth);
    let globals = vm.python_frame(depth).expect("found above").globals;
    let outcome = run(vm, &code, globals, variables).and_then(|value| {
        vm.decref(value);
        if !is_copy {
            return Ok(());
        }
        for name in &names {
            let Some(value) = vm.dict_get_text(variables, name) else { continue };
            let value = vm.own(value);
            if vm.set_variable(depth, name, value) {
                continue;
            }
            if vm.dict_get_text(globals, name).is_none() {
                vm.decref(value);
                return Err(format!("`{name}` is neither a variable of this function nor a global"));
            }
            vm.dict_set_text(globals, name, value);
        }
        Ok(())
    });
    if is_copy {
        vm.decref(variables);
    }
    outcome
}

/// The value goes on the stack before the frame's own RETURN_VALUE, which is the next instruction then.
fn leave(vm: &mut Vm, text: &str) -> Result<(), String> {
    let depth = innermost(vm)?;
    let code = compile(text, Mode::Eval)?;
    let (variables, is_copy) = variables_of(vm, depth);
    let globals = vm.python_frame(depth).expect("found above").globals;
    let value = run(vm, &code, globals, variables);
    if is_copy {
        vm.decref(variables);
    }
    let value = value?;
    if let Err(error) = jump::to_return(vm, depth) {
        vm.decref(value);
        return Err(error);
    }
    vm.push(value);
    Ok(())
}

/// The namespace of a frame; of a function a copy in a dict of its own, which is owned, and true.
fn variables_of(vm: &mut Vm, depth: usize) -> (ObjRef, bool) {
    let frame = vm.python_frame(depth).expect("a Python frame");
    let (code, base, locals, globals) = (frame.code, frame.base as usize, frame.locals, frame.globals);
    if !vm.is_optimized(code) {
        return (locals.unwrap_or(globals), false);
    }
    let Body::Code(record) = vm.heap.body(code) else { return (globals, false) };
    let slots: Vec<Option<ObjRef>> = vm.stack[base..base + record.nlocalsplus as usize].to_vec();
    let dict = vm.new_dict();
    vm.fill_locals(dict, code, &slots);
    (dict, true)
}

fn compile(text: &str, mode: Mode) -> Result<Arc<CodeObject>, String> {
    let (_, code) = interpreter::compile_source(text.as_bytes(), "<set>", mode, 0);
    code.map_err(|error| format!("{:?}: {}", error.kind, error.msg))
}

/// Runs code to its end; the value is owned.
fn run(vm: &mut Vm, code: &Arc<CodeObject>, globals: ObjRef, variables: ObjRef) -> Result<ObjRef, String> {
    Budget::default()
        .finish(vm, |vm| {
            let code = vm.new_code(code);
            let outcome = vm.call_code(code, globals, variables, None);
            vm.decref(code);
            outcome
        })
        .map_err(|failure| match failure {
            Ok(raised) => {
                let text = last_line(vm, &raised);
                vm.decref(raised.0);
                text
            }
            Err(text) => text,
        })
}
