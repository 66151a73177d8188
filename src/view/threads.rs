//! The threads of the program, who holds the GIL and who waits for it, the last hand-overs, and the tasks of event loops.
//!
//! ```text
//!   1 MainThread     blocked   x.py:14 <module>   waits for the end of a thread: 2
//!   2 Thread-1 (w)   GIL       x.py:7 w           1,200 of 250,000 instructions
//! ```
//!
//! Counterpart in CPython 3.11: `sys._current_frames()`, `struct _gil_runtime_state`, `asyncio.all_tasks()`.

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThreadsView {
    pub rows: Vec<ThreadRow>,
    /// The thread whose frames are shown, if it is not the one that runs.
    pub looked_at: Option<u32>,
    /// Instructions that the holder has run since it took the GIL, and those of a switch interval.
    pub held: u64,
    pub interval: u64,
    /// How often the GIL changed hands.
    pub switch_number: u64,
    /// Somebody has waited for a whole interval: the holder gives the GIL up at its next check point.
    pub drop_request: bool,
    /// Nobody may: the user steps one thread.
    pub is_kept: bool,
    /// The latest first.
    pub hand_overs: Vec<HandOverRow>,
    pub tasks: Vec<TaskRow>,
    /// Why nothing can go on, where that is so.
    pub deadlock: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThreadRow {
    pub id: u32,
    pub name: String,
    pub state: ThreadState,
    /// Its innermost frame in the program's own code.
    pub function: String,
    pub line: u32,
    /// What it waits for, in words; empty where it does not.
    pub waits_for: String,
    /// The thread that holds that.
    pub holder: Option<u32>,
    /// Instructions that it has run.
    pub ran: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThreadState {
    /// It holds the GIL.
    #[default]
    Running,
    /// It waits for the GIL.
    Ready,
    Blocked,
    Ended,
}

impl ThreadState {
    pub fn told(self) -> &'static str {
        match self {
            ThreadState::Running => "GIL",
            ThreadState::Ready => "ready",
            ThreadState::Blocked => "blocked",
            ThreadState::Ended => "ended",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HandOverRow {
    pub step: u64,
    pub from: u32,
    pub to: u32,
    pub why: &'static str,
}

/// A task of asyncio.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskRow {
    pub name: String,
    /// `running`, `ready`, `waiting`, `done`, `cancelled`
    pub state: &'static str,
    /// The coroutines that await each other, the outermost first: `main ▸ fetch ▸ sleep`.
    pub chain: Vec<String>,
    /// What the innermost one waits for.
    pub waits_for: String,
}

impl ThreadsView {
    /// As plain text, a row a line.
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.deadlock.clone();
        if self.rows.len() > 1 || self.switch_number > 0 {
            lines.push(self.gil());
        }
        lines.extend(self.rows.iter().map(ThreadRow::line));
        lines.extend(self.tasks.iter().map(|task| format!("task {}", task.told())));
        lines.extend(self.hand_overs.iter().map(HandOverRow::told));
        lines
    }

    /// The GIL in one line.
    pub fn gil(&self) -> String {
        let waiters = self.rows.iter().filter(|row| row.state == ThreadState::Ready).count();
        let request = match (self.drop_request, self.is_kept) {
            (true, _) => ", drop requested",
            (false, true) => ", the others stand still",
            (false, false) => "",
        };
        let holder = match self.rows.iter().find(|row| row.state == ThreadState::Running) {
            Some(row) => format!("GIL: thread {}, {} of {} instructions", row.id, self.held, self.interval),
            None => "GIL: nobody".to_string(),
        };
        format!("{holder}, {waiters} waiting{request}, switch {}", self.switch_number)
    }
}

impl ThreadRow {
    /// `2 Thread-1 (work)  blocked  work line 7  waits for the lock b: 3`
    pub fn line(&self) -> String {
        let waits = self.told();
        let waits = if waits.is_empty() { waits } else { format!("  {waits}") };
        format!("{} {}  {}  {} line {}{waits}", self.id, self.name, self.state.told(), self.function, self.line)
    }

    /// What it waits for, and who has it.
    pub fn told(&self) -> String {
        match self.holder {
            _ if self.waits_for.is_empty() => String::new(),
            _ if self.waits_for == "sleep" => "sleeps".into(),
            Some(holder) => format!("waits for {}: {holder}", self.waits_for),
            None => format!("waits for {}", self.waits_for),
        }
    }
}

impl TaskRow {
    pub fn told(&self) -> String {
        let waits = if self.waits_for.is_empty() { String::new() } else { format!(" → {}", self.waits_for) };
        format!("{} {}  {}{waits}", self.name, self.state, self.chain.join(" ▸ "))
    }
}

impl HandOverRow {
    pub fn told(&self) -> String {
        format!("{}  {} → {}  {}", self.step, self.from, self.to, self.why)
    }
}
