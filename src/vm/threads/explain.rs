//! Who waits for whom, in words: what the Threads pane shows, and why nothing goes on.
//!
//! ```text
//!   thread 2 (Thread-1) waits in work() at line 9 for the lock b, which thread 3 (Thread-2) holds
//! ```
//!
//! Nothing here changes the machine. Names of locks are those by which the program's own variables know them.

use super::{Awaited, MAIN, State, Thread, ThreadId};
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Vm,
        frame::{Frame, FrameKind},
    },
};

/// Where a thread stands: in its innermost frame of the program's own code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub function: String,
    pub file: String,
    pub line: u32,
    /// What of the library it is in, seen from there: `Thread.join`.
    pub library: Option<String>,
}

impl Vm {
    /// The frames of a thread, the outermost first.
    pub fn frames_of<'a>(&'a self, thread: &'a Thread) -> &'a [Frame] {
        if thread.id == self.threads.current().id { &self.frames } else { &thread.parked.frames }
    }

    /// The next instruction of the frame at `depth` of a thread: an absolute unit.
    pub fn pc_of(&self, thread: &Thread, depth: usize) -> u32 {
        let frames = self.frames_of(thread);
        if depth + 1 == frames.len() {
            return if thread.id == self.threads.current().id { self.pc } else { thread.parked.pc };
        }
        match frames.get(depth).map(|frame| &frame.kind) {
            Some(FrameKind::Python(frame)) => frame.pc,
            _ => 0,
        }
    }

    /// The name of a thread as `threading` knows it.
    pub fn thread_name(&self, thread: &Thread) -> String {
        let named = || {
            let module = self.dict_get_text(self.modules, "threading")?;
            let Body::Module(record) = self.heap.body(module) else { return None };
            let active = self.heap.dict(self.dict_get_text(record.dict, "_alive")?)?;
            let (_, object) = active.iter().find(|&(ident, _)| self.small_value(ident) == Some(thread.ident))?;
            let name = self.own_attrs(object).into_iter().find(|&(name, _)| self.name_text(name) == "_name")?.1;
            self.heap.str(name).map(|name| name.to_string_lossy())
        };
        named().unwrap_or_else(|| if thread.id == MAIN { "MainThread".into() } else { format!("thread {}", thread.id.0) })
    }

    /// Where a thread stands.
    pub fn standing(&self, thread: &Thread) -> Standing {
        let mut library = None;
        let frames = self.frames_of(thread);
        for depth in (0..frames.len()).rev() {
            let FrameKind::Python(frame) = &frames[depth].kind else { continue };
            let Body::Code(code) = self.heap.body(frame.code) else { continue };
            if code.code.filename.starts_with("<frozen") {
                library = Some(code.code.qualname.to_string());
                continue;
            }
            // One that is about to go on stands at its next instruction; one that has called something, at the call.
            let pc = self.pc_of(thread, depth);
            let goes_on = depth + 1 == frames.len();
            let offset = if goes_on { code.offset_of(pc) } else { self.lasti_of(frame.code, pc).max(0) as u32 };
            let line = self.line_at(frame.code, offset).max(0) as u32;
            return Standing { function: code.code.name.to_string(), file: code.code.filename.to_string(), line, library };
        }
        Standing { library, ..Standing::default() }
    }

    /// Who holds what a thread waits for.
    pub fn holder_of(&self, thread: &Thread) -> Option<ThreadId> {
        let State::Blocked { on: Awaited::Lock(object), .. } = thread.state else { return None };
        self.lock(object)?.owner
    }

    /// What a blocked thread waits for: `the lock b`, `Thread.join`.
    pub fn awaited(&self, thread: &Thread) -> Option<String> {
        let State::Blocked { on, .. } = thread.state else { return None };
        let standing = self.standing(thread);
        let inside = standing.library.map(|name| format!("{name}()"));
        Some(match on {
            Awaited::Sleep => "sleep".into(),
            Awaited::Input => "a line of input".into(),
            Awaited::Lock(_) if self.awaits_end(thread) => "the end of a thread".into(),
            Awaited::Lock(object) => match (self.name_of(object), inside) {
                (Some(name), None) => format!("the lock {name}"),
                (Some(name), Some(inside)) => format!("{inside} of {name}"),
                (None, Some(inside)) => inside,
                (None, None) => "a lock".into(),
            },
        })
    }

    /// Whether a thread waits for another one to end.
    pub fn awaits_end(&self, thread: &Thread) -> bool {
        let State::Blocked { on: Awaited::Lock(object), .. } = thread.state else { return false };
        self.threads.list.iter().any(|other| other.sentinel == Some(object))
    }

    /// A name by which the program knows an object: a variable of any thread, an item or an attribute of one.
    pub fn name_of(&self, object: ObjRef) -> Option<String> {
        let mut spaces: Vec<(String, ObjRef)> = Vec::new();
        let mut locals: Vec<(String, ObjRef)> = Vec::new();
        let mut seen = Vec::new();
        for thread in &self.threads.list {
            let stack = if thread.id == self.threads.current().id { &self.stack } else { &thread.parked.stack };
            for frame in self.frames_of(thread).iter().rev() {
                let FrameKind::Python(frame) = &frame.kind else { continue };
                let Body::Code(code) = self.heap.body(frame.code) else { continue };
                if code.code.filename.starts_with("<frozen") {
                    continue;
                }
                for (index, name) in code.code.localsplusnames.iter().enumerate() {
                    if let Some(value) = stack.get(frame.base as usize + index).copied().flatten() {
                        locals.push((name.to_string(), value));
                    }
                }
                for namespace in [Some(frame.globals), frame.locals].into_iter().flatten() {
                    if !seen.contains(&namespace) {
                        seen.push(namespace);
                        let entries = self.heap.dict(namespace).into_iter().flat_map(|dict| dict.iter());
                        spaces.extend(entries.map(|(name, value)| (self.name_text(name), value)));
                    }
                }
            }
        }
        // Globals are known to everybody.
        let direct = spaces.iter().find(|(_, value)| *value == object).map(|(name, _)| name.clone());
        let path = |spaces: &[(String, ObjRef)]| {
            spaces.iter().find_map(|(name, value)| self.path_to(*value, object, 2).map(|path| format!("{name}{path}")))
        };
        direct.or_else(|| path(&spaces)).or_else(|| path(&locals))
    }

    /// `[2]`, `.lock`: how one gets from an object to another one in so many steps.
    fn path_to(&self, from: ObjRef, to: ObjRef, steps: u32) -> Option<String> {
        if from == to {
            return Some(String::new());
        }
        if steps == 0 {
            return None;
        }
        match self.heap.body(from) {
            Body::List(items) | Body::Tuple(items) => {
                let found = items.iter().take(64).enumerate();
                found.into_iter().find_map(|(index, &item)| self.path_to(item, to, steps - 1).map(|path| format!("[{index}]{path}")))
            }
            Body::Cell(Some(inside)) => self.path_to(*inside, to, steps),
            Body::Instance(_) => self.own_attrs(from).into_iter().find_map(|(name, value)| {
                let path = self.path_to(value, to, steps - 1)?;
                let name = self.name_text(name);
                // Inside of a condition, a queue, a thread: it is known by the object itself.
                Some(
                    if name.starts_with('_') || self.ty(value) == FUNCTION || name == "mutex" || name == "not_empty" || name == "not_full" {
                        String::new()
                    } else {
                        format!(".{name}{path}")
                    },
                )
            }),
            _ => None,
        }
    }

    /// Threads of which each waits for what the next one holds, the last one for what the first holds.
    pub fn cycle(&self) -> Vec<ThreadId> {
        for thread in &self.threads.list {
            let mut path = vec![thread.id];
            let mut at = thread;
            while let Some(holder) = self.holder_of(at)
                && let Some(next) = self.threads.get(holder)
            {
                if holder == thread.id {
                    return path;
                }
                if path.contains(&holder) {
                    break;
                }
                path.push(holder);
                at = next;
            }
        }
        Vec::new()
    }

    /// Why nothing can go on, in sentences.
    pub fn explain_deadlock(&self) -> Vec<String> {
        if !self.threads.explained.is_empty() {
            return self.threads.explained.clone();
        }
        let mut lines = vec![match self.threads.list.len() {
            1 => "deadlock: the only thread waits for ever".to_string(),
            count => format!("deadlock: all {count} threads wait for ever"),
        }];
        let called = |id: ThreadId| {
            self.threads.get(id).map_or_else(String::new, |thread| format!("thread {} ({})", id.0, self.thread_name(thread)))
        };
        for thread in &self.threads.list {
            let standing = self.standing(thread);
            let place = if standing.line > 0 { format!(" in {} at line {}", standing.function, standing.line) } else { String::new() };
            let what = self.awaited(thread).unwrap_or_else(|| "nothing".into());
            let holder = match self.holder_of(thread) {
                Some(holder) if self.awaits_end(thread) => format!(": {}", called(holder)),
                Some(holder) if holder == thread.id => ", which it holds itself".to_string(),
                Some(holder) => format!(", which {} holds", called(holder)),
                None => String::new(),
            };
            lines.push(format!("  {}{place} waits for {what}{holder}", called(thread.id)));
        }
        let cycle = self.cycle();
        if cycle.len() > 1 {
            let mut names: Vec<String> = cycle.iter().map(|&id| called(id)).collect();
            names.push(names[0].clone());
            lines.push(format!("  the cycle: {}", names.join(" → ")));
        }
        lines
    }
}
