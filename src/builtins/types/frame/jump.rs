//! `frame.f_lineno = n` in a trace function: the frame goes on at another line.
//!
//! The stack at the new place must be what lies on it now, except that values may be dropped: a loop can be left but not
//! entered. What lies where is found by following the code without running it.
//! Counterpart in CPython 3.11: `frame_setlineno`, `mark_stacks` in `Objects/frameobject.c`.

use super::{depth_of, record};
use crate::{
    bytecode::{
        code::{CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR, CodeObject},
        exctable,
        instr::{self, Instr},
        linetable,
        opcode::Op,
    },
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{Raised, Res, Vm, frame::FrameKind, native::Args, raised::done, tracing::What},
};

/// What lies in a place of the value stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Iterator,
    Except,
    Object,
    Null,
    Lasti,
}

type Stack = Vec<Kind>;

/// Setter of `f_lineno`.
pub(super) fn set_lineno(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let Some(value) = args.get(vm, 1) else { return Err(vm.raise(ATTRIBUTE_ERROR, "cannot delete attribute")) };
    if !vm.is_int(value) {
        return Err(vm.value_error("lineno must be an integer"));
    }
    let depth = depth_of(vm, object);
    let leaves_by_yield = vm.tracing.telling() == Some(What::Return) && depth.is_some_and(|depth| at_yield(vm, depth));
    match vm.tracing.telling() {
        Some(What::Line) => {}
        Some(What::Return) if leaves_by_yield => {}
        None | Some(What::Call) => return Err(vm.value_error("can't jump from the 'call' trace event of a new frame")),
        Some(_) => return Err(vm.value_error("can only jump from a 'line' trace event")),
    }
    let (Some(depth), Some(_)) = (depth, record(vm, object).trace.function) else {
        return Err(vm.value_error("f_lineno can only be set by a trace function"));
    };
    let Some(line) = vm.small_value(value).and_then(|line| i32::try_from(line).ok()) else {
        return Err(vm.value_error("lineno out of range"));
    };
    let Body::Code(code) = vm.heap.body(record(vm, object).code) else { panic!("a code object") };
    let (code, first_unit) = (code.code.clone(), code.start);
    let now = (vm.frame_pc(depth) - 1 - first_unit) as usize;
    match plan(&code, now, line, leaves_by_yield) {
        Err(text) => Err(vm.value_error(text)),
        Ok((place, drop)) => {
            go_to(vm, depth, first_unit + place as u32, &drop);
            done(vm.none())
        }
    }
}

/// The paused frame on top goes on at a line, as a debugger wants it.
///
/// # Errors
///
/// CPython's words for why it can't.
pub fn jump(vm: &mut Vm, depth: usize, line: u32) -> Result<(), String> {
    let (code, first_unit, now) = paused(vm, depth)?;
    let (place, drop) = plan(&code, now, i32::try_from(line).unwrap_or(i32::MAX), false)?;
    go_to(vm, depth, first_unit + place as u32, &drop);
    vm.pc -= 1; // a paused frame has not begun the instruction
    Ok(())
}

/// The paused frame on top stands before one of its RETURN_VALUE instructions, with nothing on its stack.
///
/// # Errors
///
/// It has none, or cannot leave where it is.
pub fn to_return(vm: &mut Vm, depth: usize) -> Result<(), String> {
    let (code, first_unit, now) = paused(vm, depth)?;
    let instrs: Vec<Instr> = instr::decode(&code.code).collect();
    let returns = |index: &usize| instrs[*index].op == Op::RETURN_VALUE;
    let place = (now..instrs.len()).find(returns).or_else(|| (0..now).rev().find(returns));
    let place = place.ok_or("this code has no RETURN_VALUE to return by")?;
    let stacks = stacks_of(&code, &instrs);
    let mut drop = stacks.get(now).cloned().flatten().ok_or("can't return from unreachable code")?;
    drop.reverse();
    go_to(vm, depth, first_unit + place as u32, &drop);
    vm.pc -= 1;
    Ok(())
}

/// The code of the paused frame on top, its first unit, and which of its instructions is next.
fn paused(vm: &Vm, depth: usize) -> Result<(std::sync::Arc<CodeObject>, u32, usize), String> {
    let frame = vm.python_frame(depth).ok_or("there is no frame here")?;
    let Body::Code(code) = vm.heap.body(frame.code) else { return Err("there is no code here".into()) };
    let (code, first_unit) = (code.code.clone(), code.start);
    let now = (vm.frame_pc(depth) - first_unit) as usize;
    let resume = instr::decode(&code.code).position(|instr| instr.op == Op::RESUME);
    if resume.is_some_and(|resume| now <= resume) {
        return Err("can't jump from the 'call' trace event of a new frame".into());
    }
    Ok((code, first_unit, now))
}

/// Where a jump to a line leads, and what is dropped from the stack for it, top first; or why it can't be.
fn plan(code: &CodeObject, now: usize, line: i32, leaves_by_yield: bool) -> Result<(usize, Vec<Kind>), String> {
    if line < code.firstlineno {
        return Err(format!("line {line} comes before the current code block"));
    }
    let starts = line_starts(code);
    let Some(wanted) = starts.iter().map(|&(_, start)| start).filter(|&start| start >= line).min() else {
        return Err(format!("line {line} comes after the current code block"));
    };
    let instrs: Vec<Instr> = instr::decode(&code.code).collect();
    let stacks = stacks_of(code, &instrs);
    let mut start = stacks.get(now).cloned().flatten();
    if leaves_by_yield && let Some(stack) = &mut start {
        stack.pop();
    }
    let targets = starts.iter().filter(|&&(_, start)| start == wanted);
    let places: Vec<usize> = targets.map(|&(offset, _)| instrs.partition_point(|instr| instr.start < offset)).collect();
    let best = places
        .iter()
        .filter_map(|&place| Some((place, stacks.get(place)?.as_ref()?)))
        .filter(|(_, stack)| start.as_ref().is_some_and(|start| fits(start, stack)))
        .reduce(|best, other| if deeper(other.1, best.1) { other } else { best });
    match (best, &start) {
        (Some((place, stack)), Some(start)) => Ok((place, popped(start, stack))),
        (_, start) => Err(match (start, places.first().map(|&place| stacks.get(place).cloned().flatten())) {
            (None, _) => "can't jump from unreachable code",
            (_, Some(target)) => why_not(target),
            (_, None) => "cannot find bytecode for specified line",
        }
        .into()),
    }
}

/// Whether the frame stands at a `yield`.
fn at_yield(vm: &Vm, depth: usize) -> bool {
    let pc = vm.frame_pc(depth) as usize;
    pc > 0 && vm.unit_at(pc - 1).op == Op::YIELD_VALUE
}

/// Byte offsets at which another line begins.
fn line_starts(code: &CodeObject) -> Vec<(u32, i32)> {
    let mut last = None;
    let mut starts = Vec::new();
    for range in linetable::decode(&code.linetable, code.firstlineno) {
        let line = range.position.line.map(|line| line as i32);
        if line.is_some() && line != last {
            starts.extend(line.map(|line| (range.start, line)));
            last = line;
        }
    }
    starts
}

/// The deeper stack, and of two equally deep ones the one with the later kinds, counts as more.
fn deeper(one: &Stack, other: &Stack) -> bool {
    (one.len(), one) > (other.len(), other)
}

/// What is dropped from one stack to make it another, top first.
fn popped(from: &Stack, to: &Stack) -> Vec<Kind> {
    let mut from = from.clone();
    let mut dropped = Vec::new();
    while deeper(&from, to) {
        dropped.extend(from.pop());
    }
    dropped
}

fn fits(from: &Stack, to: &Stack) -> bool {
    let left = from.len() - popped(from, to).len();
    left == to.len()
        && from.iter().zip(to).all(|(&from, &to)| match to {
            Kind::Object => from != Kind::Null,
            Kind::Null => true,
            to => from == to,
        })
}

fn why_not(target: Option<Stack>) -> &'static str {
    match target.map(|stack| stack.last().copied()) {
        None => "can't jump into an exception handler, or code may be unreachable",
        Some(Some(Kind::Except)) => "can't jump into an 'except' block as there's no exception",
        Some(Some(Kind::Lasti)) => "can't jump into a re-raising block as there's no location",
        Some(Some(Kind::Iterator)) => "can't jump into the body of a for loop",
        Some(_) => "incompatible stacks",
    }
}

/// What lies on the stack before each instruction that can be reached.
fn stacks_of(code: &CodeObject, instrs: &[Instr]) -> Vec<Option<Stack>> {
    let place = |offset: u32| instrs.partition_point(|instr| instr.start < offset);
    let entries: Vec<exctable::Entry> = exctable::decode(&code.exceptiontable).collect();
    let mut stacks: Vec<Option<Stack>> = vec![None; instrs.len()];
    // A generator is sent None to start.
    let sent = code.flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR) != 0;
    let mut todo: Vec<(usize, Stack)> = vec![(0, if sent { vec![Kind::Object] } else { Vec::new() })];
    while let Some((index, stack)) = todo.pop() {
        if index >= instrs.len() || stacks[index].is_some() {
            continue;
        }
        let instr = instrs[index];
        stacks[index] = Some(stack.clone());
        if let Some(entry) = entries.iter().find(|entry| (entry.start..entry.end).contains(&instr.start)) {
            let mut handler = stack.clone();
            handler.truncate(entry.depth as usize);
            handler.extend(entry.lasti.then_some(Kind::Lasti));
            handler.push(Kind::Except);
            todo.insert(0, (place(entry.target), handler));
        }
        let after = |(pops, pushes): (u32, u32)| {
            let mut after = stack.clone();
            after.truncate(after.len().saturating_sub(pops as usize));
            after.extend((0..pushes).map(|_| Kind::Object));
            after
        };
        if let Some(target) = instr::target_of(&instr).filter(|_| instr.op.is_jump()) {
            let jumped = match instr.op {
                Op::JUMP_IF_FALSE_OR_POP | Op::JUMP_IF_TRUE_OR_POP => stack.clone(),
                op => after(op.jump_effect(instr.arg)),
            };
            todo.push((place(target), jumped));
        }
        if instr.op.ends_block() {
            continue;
        }
        let mut next = match instr.op {
            // Values stay, one is put on top.
            Op::FOR_ITER | Op::LOAD_GLOBAL | Op::COPY | Op::SWAP => stack.clone(),
            op => after(op.effect(instr.arg)),
        };
        let top = next.len().saturating_sub(1);
        match instr.op {
            Op::GET_ITER | Op::GET_AITER => next[top] = Kind::Iterator,
            Op::FOR_ITER | Op::COPY => next.push(Kind::Object),
            Op::LOAD_GLOBAL => {
                next.extend((instr.arg & 1 != 0).then_some(Kind::Null));
                next.push(Kind::Object);
            }
            Op::PUSH_NULL => next[top] = Kind::Null,
            Op::LOAD_METHOD => next[top - 1] = Kind::Null,
            Op::PUSH_EXC_INFO => {
                next = stack.clone();
                next.push(Kind::Except);
            }
            Op::SEND => next = stack.clone(),
            _ => {}
        }
        todo.push((index + 1, next));
    }
    stacks
}

/// The frame goes on at the unit, without the values on top of its stack.
fn go_to(vm: &mut Vm, depth: usize, unit: u32, drop: &[Kind]) {
    let running = depth + 1 == vm.frames.len();
    let mut sp = if running { vm.sp } else { vm.frames[depth + 1].return_sp as usize };
    let mut dropped: Vec<ObjRef> = Vec::new();
    for kind in drop {
        sp -= 1;
        let value = vm.stack[sp].take();
        match kind {
            Kind::Except => {
                let handled = value.filter(|&value| vm.heap.exception(value).is_some());
                dropped.extend(value.filter(|_| handled.is_none()));
                if let Some(place) = vm.handled.last_mut() {
                    dropped.extend(std::mem::replace(place, handled));
                }
            }
            _ => dropped.extend(value),
        }
    }
    if running {
        (vm.pc, vm.sp) = (unit + 1, sp);
    } else {
        if let FrameKind::Python(frame) = &mut vm.frames[depth].kind {
            (frame.pc, frame.sp) = (unit + 1, sp as u32);
        }
        // The native frame above puts the stack back to where the frame was.
        let above = &mut vm.frames[depth + 1];
        (above.return_sp, above.top) = (sp as u32, sp as u32);
    }
    vm.decref_all(dropped);
}

/// Setter of `f_trace_lines` and `f_trace_opcodes`.
pub(super) fn flag(vm: &mut Vm, args: Args) -> Result<bool, Raised> {
    match args.get(vm, 1) {
        None => Err(vm.type_error("can't delete numeric/char attribute")),
        Some(value) if vm.ty(value) == BOOL => Ok(value == TRUE),
        Some(_) => Err(vm.type_error("attribute value type must be bool")),
    }
}
