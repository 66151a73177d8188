//! Panes as plain lines of text: for scripts, and for who cannot see the screen.
//!
//! ```text
//!   stack      1  list  refcount 2  [1, 2]  ◂ container
//!              0  int   refcount 7  3  ◂ lhs
//! ```

use super::{
    AllocatorView, CallRow, CallsView, CodeView, GcView, GraphView, Holder, InspectorView, LedgerView, MicroView, PaneKind, Recording,
    Scope, Status, Subject, ValueView, View,
    timeline::{EventKind, TimelineView},
};

/// What a pane shows, line by line.
pub fn lines(view: &View, pane: PaneKind) -> Vec<String> {
    match pane {
        PaneKind::Source => source(view),
        PaneKind::Bytecode => bytecode(view),
        PaneKind::ValueStack => view
            .value_stack
            .rows
            .iter()
            .map(|row| {
                let role = row.role.as_ref().map_or(String::new(), |role| format!("  ◂ {}", role.label()));
                format!("{:>3}  {}{role}", row.slot, value(&row.value))
            })
            .collect(),
        PaneKind::CallStack => {
            let stack = &view.call_stack;
            let row = |mark: String, frame: &super::FrameRow, end: &str| {
                let line = frame.line.map_or(String::new(), |line| format!(", line {line}"));
                format!("{mark:>3}  {}{line}{end}", frame.name)
            };
            let frames = stack.frames.iter().enumerate().map(|(level, frame)| row(level.to_string(), frame, ""));
            let finished = stack.finished.iter().map(|frame| row("-".into(), frame, ", has returned"));
            let suspended = stack.suspended.iter().map(|frame| row(String::new(), frame, waits(frame)));
            let thread = stack.thread.iter().map(|thread| format!("thread {thread}, which does not run"));
            thread.chain(frames).chain(finished).chain(suspended).collect()
        }
        PaneKind::Variables => {
            let mut lines = Vec::new();
            for section in view.variables.sections.iter().filter(|section| section.scope != Scope::Builtins && !section.rows.is_empty()) {
                lines.push(section.scope.title().to_owned());
                lines.extend(section.rows.iter().map(|row| match &row.value {
                    Some(held) => format!("  {} = {}", row.name, value(held)),
                    None => format!("  {} is not bound", row.name),
                }));
            }
            lines
        }
        PaneKind::Heap => {
            let rows = view.heap.rows.iter();
            rows.map(|row| format!("#{:<4} {}  refcount {}  {} bytes  {}", row.serial, row.type_name, row.refcount, row.size, row.text))
                .collect()
        }
        PaneKind::Inspector => inspector(&view.inspector),
        PaneKind::Ledger => ledger(&view.ledger, view.step),
        PaneKind::Micro => micro(&view.micro),
        PaneKind::Gc => gc(&view.gc),
        PaneKind::Graph => graph(&view.graph),
        PaneKind::Allocator => allocator(&view.allocator),
        PaneKind::Breakpoints => {
            let rows = view.breakpoints.iter();
            rows.map(|row| format!("{:>3} {} {}", row.number, if row.enabled { "on " } else { "off" }, row.command)).collect()
        }
        PaneKind::Calls => calls(&view.calls),
        PaneKind::Timeline => timeline(&view.timeline),
        PaneKind::Threads => view.threads.lines(),
        PaneKind::Lesson => view.lesson.as_ref().map_or(Vec::new(), |lesson| lesson.lines()),
        PaneKind::Code => code(&view.code),
        PaneKind::Output => {
            let text: String = view.output.chunks.iter().map(|chunk| chunk.text.as_str()).collect();
            text.lines().map(str::to_owned).collect()
        }
    }
}

/// The tree of code objects, or the one that is chosen.
fn code(view: &CodeView) -> Vec<String> {
    let Some(detail) = &view.chosen else {
        let row = |row: &super::code::CodeRow| {
            let place = format!("{}{}  {}, {}:{}", "  ".repeat(row.depth), row.name, row.kind, row.file, row.line);
            format!("{place}, instructions {}, functions {}, frames {}", row.instructions, row.functions, row.frames)
        };
        return view.rows.iter().map(row).collect();
    };
    let mut lines = Vec::new();
    for (index, section) in detail.sections.iter().chain(&detail.tables).enumerate() {
        if index == detail.sections.len() {
            lines.push(format!("{} instructions", detail.listing.rows.len()));
            lines.extend(detail.listing.rows.iter().map(|row| {
                let argument = row.arg.map_or(String::new(), |arg| format!(" {arg} ({})", row.argtext));
                format!("  {:>4} {}{}", row.offset, row.opname, argument.trim_end_matches(" ()"))
            }));
        }
        lines.push(section.title.clone());
        for field in &section.fields {
            let offset = field.offset.map_or(String::new(), |offset| offset.to_string());
            lines.push(format!("  {offset:>4} {} {}", field.name, field.text));
        }
    }
    lines
}

/// How far the run is known, and where something happened in it.
fn timeline(view: &TimelineView) -> Vec<String> {
    let end = if view.is_finished { "the end of the program" } else { "the end is not known yet" };
    let mut lines = vec![format!("step {} of {}, {end}; up to {} frames", view.here, view.furthest, view.deepest())];
    let mut events: Vec<(u64, &str, &str)> = Vec::new();
    for stretch in &view.stretches {
        let found = [(stretch.raised, EventKind::Raised), (stretch.collected, EventKind::Collected), (stretch.wrote, EventKind::Wrote)];
        events.extend(found.into_iter().filter_map(|(step, kind)| Some((step?, kind.word(), ""))));
    }
    events.extend(view.marks.iter().map(|(step, name)| (*step, EventKind::Mark.word(), name.as_str())));
    events.extend(view.stops.iter().map(|step| (*step, EventKind::Stop.word(), "")));
    events.sort_unstable();
    let more = events.len().saturating_sub(40);
    lines.extend(events.iter().take(40).map(|(step, word, name)| format!("  step {step:>8}  {word} {name}").trim_end().to_owned()));
    if more > 0 {
        lines.push(format!("  and {more} more"));
    }
    lines
}

/// What a generator that does not run waits for.
fn waits(frame: &super::FrameRow) -> &'static str {
    if frame.offset.is_some() { ", suspended" } else { ", not begun" }
}

/// `step 12  f, line 3: y = x * x`
pub fn position(view: &View) -> String {
    let mut line = format!("step {}", view.step);
    if let Some(frame) = view.call_stack.frames.first() {
        line += &format!("  {}", frame.name);
    }
    let number = view.source.current_line.filter(|_| !view.status.is_over());
    if let Some(number) = number {
        let text = view.source.text.lines.get(number as usize - 1).map_or("", |text| text.trim());
        line += &format!(", line {number}: {text}");
    }
    if !matches!(&view.status, Status::Paused { reason: super::PauseReason::Step }) {
        line += &format!("  ({})", view.status);
    }
    line
}

/// `int  refcount 7  3`
fn value(value: &ValueView) -> String {
    match value.refcount {
        Some(refcount) => format!("{}  refcount {refcount}  {}", value.type_name, value.text),
        None => value.text.clone(),
    }
}

/// `x: list #5  refcount 2  [1, 2]`
fn subject(subject: &Subject) -> String {
    let serial = subject.serial.map_or(String::new(), |serial| format!(" #{serial}"));
    match subject.refcount {
        Some(refcount) => format!("{}: {}{serial}  refcount {refcount}  {}", subject.asked, subject.type_name, subject.text),
        None => format!("{} is not alive at this step", subject.asked),
    }
}

fn holders(holders: &[Holder]) -> Vec<String> {
    holders.iter().map(|holder| format!("  {:<8}{}", holder.kind.word(), holder.text)).collect()
}

fn inspector(view: &InspectorView) -> Vec<String> {
    let Some(object) = &view.subject else { return vec!["no object is chosen; `inspect NAME` chooses one".into()] };
    let mut lines = vec![subject(object)];
    if object.refcount.is_none() {
        return lines;
    }
    let gc = view.generation.map_or("not tracked".into(), |generation| format!("generation {generation}"));
    lines.push(format!("at {:#x}, {} bytes, {gc}", view.address, view.size));
    for block in &view.memory {
        let address = block.address.map_or(String::new(), |address| format!(" at {address:#x}"));
        lines.push(format!("{}{address}, {} bytes", block.name, block.size));
        for field in &block.fields {
            lines.push(format!("  {:>4} {:>3}  {:<18} {}", field.offset, field.size, field.name, field.text).trim_end().to_owned());
        }
        if block.more > 0 {
            lines.push(format!("  {} more", block.more));
        }
    }
    for part in &view.parts {
        lines.push(if part.text.is_empty() { part.name.clone() } else { format!("  {:<10} {}", part.name, part.text) });
    }
    lines.push(format!("held by {}", view.holders.len()));
    lines.extend(holders(&view.holders));
    lines
}

fn ledger(view: &LedgerView, now: u64) -> Vec<String> {
    let Some(object) = &view.subject else { return vec!["no object is chosen; `ledger NAME` chooses one".into()] };
    let mut lines = vec![subject(object)];
    lines.extend(view.note.clone());
    if view.omitted > 0 {
        lines.push(format!("{} earlier rows are not kept", view.omitted));
    }
    let ahead = view.rows.partition_point(|row| row.step <= now);
    for (index, row) in view.rows.iter().enumerate() {
        if index == ahead {
            lines.push(format!("after this step, {now}:"));
        }
        let line = row.line.map_or(String::new(), |line| line.to_string());
        let text = format!(
            "{:>6} {:<10} {line:>4}  {:<28} {:>2} {:>4}  {}",
            row.step,
            row.function,
            row.instruction,
            row.change.sign(),
            row.count,
            row.change.who("→")
        );
        lines.push(text);
    }
    if object.refcount.is_some() {
        lines.push(format!("held by {}", view.holders.len()));
        lines.extend(holders(&view.holders));
    }
    lines
}

fn gc(view: &GcView) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, row) in view.generations.iter().enumerate() {
        lines.push(format!(
            "generation {index}: count {} of {}, {} objects, {} collections, {} collected, {} uncollectable",
            row.count, row.threshold, row.objects, row.collections, row.collected, row.uncollectable
        ));
    }
    lines.push(view.outlook());
    lines.push(format!("25 % rule: {} new old objects to {}", view.long_lived_pending, view.long_lived_total));
    if view.frozen > 0 {
        lines.push(format!("{} objects are frozen", view.frozen));
    }
    let collections = view.collections.iter();
    lines.extend(collections.map(|row| {
        format!("step {}: generation {}, {} examined, {} unreachable", row.step, row.generation, row.examined, row.unreachable)
    }));
    lines
}

/// `    12     40    total, line 9`
fn calls(view: &CallsView) -> Vec<String> {
    let row = |row: &CallRow| {
        let end = row.end.map_or(String::new(), |end| end.to_string());
        let line = row.line.map_or(String::new(), |line| format!(", line {line}"));
        let resumed = if row.resumed { ", goes on" } else { "" };
        format!("{:>7} {end:>7}  {}{}{line}{resumed}", row.start, "  ".repeat(row.depth), row.name)
    };
    view.rows.iter().map(row).chain((view.omitted > 0).then(|| format!("{} more", view.omitted))).collect()
}

fn allocator(view: &AllocatorView) -> Vec<String> {
    let mut lines = vec![format!("{} arenas", view.arenas.len())];
    lines.extend(view.classes.iter().map(|it| format!("{} bytes: {} pools, {} of {} blocks", it.block_size, it.pools, it.used, it.total)));
    lines.extend(view.free_lists.iter().map(|it| format!("free list {}: {} of {}", it.name, it.count, it.limit)));
    if let Some(pool) = &view.pool {
        lines.push(format!("pool at {:#x}: {} of {} blocks in use", pool.cell.address, pool.cell.used, pool.cell.total));
    }
    lines
}

/// A line a name or reference: `a → list #4`.
fn graph(view: &GraphView) -> Vec<String> {
    let mut lines = Vec::new();
    for it in view.columns.iter().flatten() {
        let count = it.refcount.map_or(String::new(), |count| format!("  refcount {count}"));
        lines.push(format!("{}{count}", it.title));
        for row in &it.rows {
            let to = row.target.and_then(|target| view.at(target));
            lines.push(match to {
                Some(to) => format!("  {} → {}", row.label, to.title),
                None => format!("  {} {}", row.label, row.text).trim_end().to_owned(),
            });
        }
    }
    lines
}

/// The step that is shown, and the table after it.
fn micro(view: &MicroView) -> Vec<String> {
    let Some(step) = view.step() else { return Vec::new() };
    let mut lines = vec![format!("{}  {} of {}", view.recording.title, view.at + 1, view.recording.steps.len())];
    lines.push(format!("{}: {}", step.chapter, step.text));
    let cells = |cells: Vec<&str>| cells.join(" | ").trim_end().to_owned();
    lines.push(format!("  {}", cells(view.table.columns.clone())));
    for (index, row) in view.table.rows.iter().enumerate() {
        let mark = if view.written.contains(&index) { "~" } else { " " };
        lines.push(format!("{mark} {}", cells(row.iter().map(String::as_str).collect())));
    }
    lines
}

/// All steps, chapter by chapter.
pub fn recording(recording: &Recording) -> Vec<String> {
    let mut lines = vec![recording.title.clone()];
    let width = recording.steps.iter().map(|step| step.chapter.len()).max().unwrap_or(0);
    lines.extend(recording.steps.iter().map(|step| format!("  {:<width$}  {}", step.chapter, step.text)));
    lines.extend(recording.note.clone());
    lines
}

fn source(view: &View) -> Vec<String> {
    let rows = view.source.text.lines.iter().zip(1..);
    rows.map(|(text, number)| {
        let arrow = if view.source.current_line == Some(number) { "▶" } else { " " };
        let dot = if view.source.breakpoints.contains(&number) { "●" } else { " " };
        format!("{dot}{arrow}{number:>4}  {text}").trim_end().to_owned()
    })
    .collect()
}

fn bytecode(view: &View) -> Vec<String> {
    let rows = view.bytecode.listing.rows.iter().enumerate();
    rows.map(|(index, row)| {
        let arrow = if view.bytecode.next == Some(row.offset) { "▶" } else { " " };
        let line = row.line_start.map_or(String::new(), |line| line.to_string());
        let argument = row.arg.map_or(String::new(), |arg| format!("{arg:>4} "));
        let text = if row.argtext.is_empty() { String::new() } else { format!("({})", row.argtext) };
        let form = view.bytecode.forms.get(index).filter(|form| form.opname != row.opname).map_or(String::new(), |form| {
            let cache = form.cache.iter().map(|cell| format!(", {} {}", cell.name, cell.text)).collect::<String>();
            format!("  now {}{cache}", form.opname)
        });
        format!("{arrow}{line:>4} {:>4} {:<28}{argument}{text}{form}", row.offset, row.opname).trim_end().to_owned()
    })
    .collect()
}
