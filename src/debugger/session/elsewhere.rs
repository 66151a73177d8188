//! The threads that do not run: their frames, sources and variables are looked at as those of the one that does.
//!
//! Invariant: what is looked at is a copy of the machine with that thread's frames in it; nothing runs there but what the user
//! asks on a copy of the copy, and whatever moves the program leads back to the thread that runs.
//!
//! `thread 2` shows `get ▸ acquire` of a thread that waits for a queue. Counterpart in CPython: `sys._current_frames()`.

use super::*;
use crate::{debugger::timeline::change::Change, vm::threads::ThreadId};

/// A thread that does not run, at this instant and at the one before.
pub(super) struct Elsewhere {
    id: ThreadId,
    vm: Box<Vm>,
    before: Option<Box<Vm>>,
}

impl Elsewhere {
    pub(super) fn id(&self) -> u32 {
        self.id.0
    }

    pub(super) fn scene<'a>(&'a self, run: Scene<'a>) -> Scene<'a> {
        Scene { vm: &self.vm, before: self.before.as_deref(), ended: None, ..run }
    }
}

impl Session {
    /// Looks at a thread from now on until the program moves; `None`: at the one that runs.
    pub(super) fn look_at_thread(&mut self, id: Option<u32>) -> Answer {
        match self.turn_to_thread(id) {
            Err(error) => Answer::error(error),
            Ok(()) if self.now.vm.threads.list.len() < 2 => Answer::message("this is the only thread"),
            Ok(()) => {
                let view = self.view(&ViewRequest { panes: vec![PaneKind::CallStack, PaneKind::Threads], ..ViewRequest::default() });
                let looked_at = id.unwrap_or(self.now.vm.threads.current().id.0);
                Answer { message: view.threads.rows.iter().find(|row| row.id == looked_at).map(|row| row.line()), ..Answer::default() }
            }
        }
    }

    /// The same without a word.
    ///
    /// # Errors
    ///
    /// There is no such thread.
    pub fn turn_to_thread(&mut self, id: Option<u32>) -> Result<(), String> {
        self.scratch = None;
        self.elsewhere = None;
        let scene = self.scene_of_run();
        let Some(id) = id.map(ThreadId).filter(|id| *id != scene.vm.threads.current().id) else { return Ok(()) };
        let vm = scene.vm.seen_from(id).ok_or_else(|| format!("there is no thread {}", id.0))?;
        let before = scene.before.and_then(|before| before.seen_from(id)).map(Box::new);
        self.elsewhere = Some(Elsewhere { id, vm: Box::new(vm), before });
        Ok(())
    }

    /// Before a command that is for the thread that runs: that one is looked at again. Or why the command can't be done.
    pub(super) fn come_back(&mut self, command: &Command) -> Option<Answer> {
        let id = self.elsewhere.as_ref()?.id.0;
        let is_change = |command: &Command| match command {
            Command::Change(change) => !matches!(change, Change::Switch(_) | Change::Hold(_)),
            _ => false,
        };
        if is_change(command) || matches!(command, Command::Yes(Some(inner)) if is_change(inner)) {
            return Some(Answer::error(format!("thread {id} does not run: only what runs can be changed; `switch {id}` lets it run")));
        }
        if command.moves() {
            self.elsewhere = None;
            self.scratch = None;
        }
        None
    }
}
