//! Threads and the GIL: each Python thread has its own frames and value stack; one of them holds the GIL and runs.
//!
//! ```text
//!   holder    thread 1   module ▸ work            its frames and registers are those of the machine
//!   parked    thread 2   module ▸ work            ready: it waits for the GIL
//!             thread 3   module ▸ get ▸ acquire   blocked: it waits for a lock, a moment, a line of input
//! ```
//!
//! Nothing is left to chance: when a thread has waited for the GIL for a switch interval (5 ms are 250,000 instructions) it
//! asks for it, and the holder gives it up at its next check point, see [`switch`]. A thread that must wait parks in a native
//! frame, see [`block`]. A run with one thread pays nothing for all this. Invariant: the state of the thread that runs is in
//! the machine, that of every other one in [`Parked`]. Counterpart in CPython 3.11: `PyThreadState`, `Python/ceval_gil.h`.

pub mod block; // waiting for something
pub mod explain; // who waits for whom
pub mod locks;
pub mod switch; // the GIL changes hands

use std::collections::VecDeque;

use super::{Raised, Vm, async_hooks::AsyncHooks, frames::Frames, host::Request, tracing::Tracing};
use crate::heap::ObjRef;

/// The number of a thread: 1 is the main thread, the others count on in the order of their start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ThreadId(pub u32);

pub const MAIN: ThreadId = ThreadId(1);

/// What `threading.get_ident()` gives in the main thread; the others' stacks lie below.
pub const MAIN_IDENT: i64 = 0x7f3a_ffff_f740;
const STACK_DISTANCE: i64 = 0x80_1000;

/// `sys.getswitchinterval()` at the start, in microseconds.
const SWITCH_INTERVAL: u64 = 5000;
/// So many instructions are a microsecond.
const INSTRUCTIONS_PER_MICROSECOND: u64 = 50;
/// So many nanoseconds is an instruction.
pub const NANOSECONDS: u64 = 1000 / INSTRUCTIONS_PER_MICROSECOND;
/// So many hand-overs are remembered for the timeline.
const REMEMBERED: usize = 512;

/// What a thread is doing. Instants are numbers of instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It holds the GIL.
    Running,
    /// It waits for the GIL since this instant.
    Ready { since: u64 },
    /// It has released the GIL and waits for something else.
    Blocked { on: Awaited, since: u64, deadline: Option<u64> },
    /// Its function has returned.
    Ended,
}

/// What a blocked thread waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// A lock; the waiting native frame keeps it alive.
    Lock(ObjRef),
    /// A moment.
    Sleep,
    /// A line of standard input.
    Input,
}

/// What a thread does when it gets the GIL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Resume {
    /// It goes on where it was interrupted.
    GoOn,
    /// It calls its function.
    Begin,
    /// The native frame on top looks whether what it waited for is there.
    Wake,
    /// KeyboardInterrupt ends the wait.
    Interrupt,
    /// It asks the outside world what it could not ask from within another thread's native code.
    Ask,
    /// Its function has returned: so has the program.
    Finish,
}

/// One thread.
#[derive(Clone)]
pub struct Thread {
    pub id: ThreadId,
    /// `threading.get_ident()`
    pub ident: i64,
    pub state: State,
    resume: Resume,
    /// What it is to ask, and the result of the program, for [`Resume::Ask`] and [`Resume::Finish`].
    question: Option<Request>,
    outcome: Option<Result<ObjRef, Raised>>,
    /// The function that it runs, its arguments as a tuple, and keyword arguments as a dict.
    pub start: Option<[ObjRef; 3]>,
    /// The lock that is released when the thread ends.
    pub sentinel: Option<ObjRef>,
    /// So many instructions it ran while it held the GIL, up to the last hand-over.
    pub ran: u64,
    pub parked: Parked,
}

/// What belongs to a thread and is in the machine while it runs.
#[derive(Clone, Default)]
pub struct Parked {
    pub stack: Vec<Option<ObjRef>>,
    pub frames: Frames,
    pub pc: u32,
    pub sp: usize,
    pub base: usize,
    pub handled: Vec<Option<ObjRef>>,
    thread_dict: Option<ObjRef>,
    repr_list: Option<ObjRef>,
    /// The current context of `contextvars`.
    pub context: Option<ObjRef>,
    tracing: Tracing,
    async_hooks: AsyncHooks,
    failed_at: Option<u32>,
    reraising: bool,
    /// It stands within native code that waits for it in Rust, so many times, the last time for the frames above the floor.
    nested_runs: u32,
    floor: usize,
}

impl Parked {
    fn fresh() -> Parked {
        Parked { stack: vec![None; 1 << 9], handled: vec![None], ..Parked::default() }
    }

    /// Puts what is in the machine here, and what was here into the machine.
    fn exchange(&mut self, vm: &mut Vm) {
        use std::mem::swap;
        swap(&mut self.stack, &mut vm.stack);
        swap(&mut self.frames, &mut vm.frames);
        swap(&mut self.pc, &mut vm.pc);
        swap(&mut self.sp, &mut vm.sp);
        swap(&mut self.base, &mut vm.base);
        swap(&mut self.handled, &mut vm.handled);
        swap(&mut self.thread_dict, &mut vm.thread_dict);
        swap(&mut self.repr_list, &mut vm.repr_list);
        swap(&mut self.context, &mut vm.context);
        swap(&mut self.async_hooks, &mut vm.async_hooks);
        swap(&mut self.failed_at, &mut vm.failed_at);
        swap(&mut self.reraising, &mut vm.reraising);
        swap(&mut self.nested_runs, &mut vm.nested_runs);
        swap(&mut self.floor, &mut vm.floor);
        vm.exchange_tracing(&mut self.tracing);
    }

    /// The references outside its frames.
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.stack.iter().chain(&self.handled).flatten().for_each(|&object| visit(object));
        self.thread_dict.iter().chain(&self.context).for_each(|&object| visit(object));
        self.tracing.trace(visit);
        self.async_hooks.firstiter.iter().chain(&self.async_hooks.finalizer).for_each(|&object| visit(object));
    }
}

/// Why the GIL changed hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody had waited for a switch interval.
    Request,
    /// The holder must wait for something.
    Blocked,
    /// The holder slept for no time at all.
    Yield,
    /// The holder has ended.
    Ended,
    /// The user, or a plan, said so.
    Chosen,
}

/// One change of the GIL's holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// The instant: the new holder runs the next instruction.
    pub step: u64,
    pub from: ThreadId,
    pub to: ThreadId,
    pub why: Why,
}

/// The instruction that runs while somebody asks for the GIL.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Mark {
    step: u64,
    pc: u32,
    depth: usize,
    is_called: bool,
}

/// All threads, and the GIL.
#[derive(Clone)]
pub struct Threads {
    pub list: Vec<Thread>,
    /// Index of the one whose state is in the machine.
    pub current: usize,
    /// So many threads were started, the main thread included.
    started: u32,
    /// `sys.setswitchinterval`, in microseconds.
    pub interval: u64,
    /// The instant at which the holder took the GIL.
    pub since: u64,
    /// Counts the hand-overs.
    pub switch_number: u64,
    /// The last hand-overs, the latest one last.
    pub hand_overs: VecDeque<HandOver>,
    /// Nobody holds the GIL: the thread in the machine has blocked or ended.
    pub released: bool,
    mark: Option<Mark>,
    pub schedule: Schedule,
    /// Who runs at the next check point, whatever the schedule says.
    pub chosen: Option<ThreadId>,
    /// Nobody asks the holder for the GIL, whatever the schedule says: the user steps one thread.
    pub held: bool,
    /// Nanoseconds that passed while all threads slept.
    pub slept: u64,
    /// Every thread waits for another one.
    pub deadlocked: bool,
    /// Parked threads that stand within native code that waits in Rust, the innermost last: only that one can go on, as the
    /// others' native code lies below its own on the Rust stack.
    nest: Vec<ThreadId>,
    /// Why nothing can go on, noted where it was so, if that was within such code.
    explained: Vec<String>,
    /// The line of input that is asked for is wanted by a thread that has been woken to ask: no instruction waits for it.
    pub late_question: bool,
    /// `threading._shutdown` has been called.
    pub shut_down: bool,
    /// Is told of each thread that ends, once somebody wants to know.
    pub at_end: Option<fn(&mut Vm, ThreadId)>,
    /// Signals that came and whose handlers have not run; lowest first.
    pub signals: Vec<i32>,
    /// What the program calls for which signal; owned.
    pub handlers: Vec<(i32, ObjRef)>,
}

/// Who gets the GIL, and when.
#[derive(Clone, Debug, Default)]
pub enum Schedule {
    /// After each interval, who has waited longest.
    #[default]
    Fair,
    /// After a time of chance between nothing and two intervals, somebody.
    Seeded { state: u64, slice: u64 },
    /// Nobody asks for the GIL: it changes hands where the holder blocks, or where it is told to.
    Cooperative,
}

impl Schedule {
    /// The schedule of a seed.
    pub fn seeded(seed: u64) -> Schedule {
        let mut schedule = Schedule::Seeded { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678_9abc_def1, slice: 0 };
        schedule.chance();
        schedule.chance();
        schedule
    }

    /// A number of chance (SplitMix64).
    fn chance(&mut self) -> u64 {
        let Schedule::Seeded { state, .. } = self else { return 0 };
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl Default for Threads {
    fn default() -> Threads {
        let main = Thread {
            id: MAIN,
            ident: MAIN_IDENT,
            state: State::Running,
            resume: Resume::GoOn,
            question: None,
            outcome: None,
            start: None,
            sentinel: None,
            ran: 0,
            parked: Parked::default(),
        };
        Threads {
            list: vec![main],
            current: 0,
            started: 1,
            interval: SWITCH_INTERVAL,
            since: 0,
            switch_number: 0,
            hand_overs: VecDeque::new(),
            released: false,
            mark: None,
            schedule: Schedule::Fair,
            chosen: None,
            held: false,
            slept: 0,
            deadlocked: false,
            nest: Vec::new(),
            explained: Vec::new(),
            late_question: false,
            shut_down: false,
            at_end: None,
            signals: Vec::new(),
            handlers: Vec::new(),
        }
    }
}

impl Threads {
    /// The thread whose state is in the machine.
    pub fn current(&self) -> &Thread {
        &self.list[self.current]
    }

    pub fn current_mut(&mut self) -> &mut Thread {
        &mut self.list[self.current]
    }

    pub fn get(&self, id: ThreadId) -> Option<&Thread> {
        self.list.iter().find(|thread| thread.id == id)
    }

    pub fn is_main(&self) -> bool {
        self.current().id == MAIN
    }

    /// The switch interval in instructions, of the holder's present turn.
    pub fn slice(&self) -> u64 {
        match self.schedule {
            Schedule::Seeded { slice, .. } if slice > 0 => slice,
            _ => self.interval.max(1) * INSTRUCTIONS_PER_MICROSECOND,
        }
    }

    /// Whether it could do something with the GIL: native code on the Rust stack ends from the top downwards.
    fn can_go_on(&self, thread: &Thread) -> bool {
        match thread.resume {
            Resume::Ask | Resume::Finish => self.nest.is_empty(),
            _ => thread.parked.nested_runs == 0 || self.nest.last() == Some(&thread.id),
        }
    }

    /// Who waits for the GIL, the one that has waited longest first.
    pub fn waiters(&self) -> Vec<usize> {
        let mut waiters: Vec<(u64, u32, usize)> = self
            .list
            .iter()
            .enumerate()
            .filter(|(_, thread)| self.can_go_on(thread))
            .filter_map(|(index, thread)| match thread.state {
                State::Ready { since } => Some((since, thread.id.0, index)),
                _ => None,
            })
            .collect();
        waiters.sort_unstable();
        waiters.into_iter().map(|(.., index)| index).collect()
    }

    /// The instant from which on the holder is asked for the GIL; `None`: nobody wants it.
    pub fn request_due(&self) -> Option<u64> {
        if self.held || matches!(self.schedule, Schedule::Cooperative) {
            return None;
        }
        let first = self.list.iter().filter_map(|thread| match thread.state {
            State::Ready { since } if self.can_go_on(thread) => Some(since),
            _ => None,
        });
        Some(first.min()?.max(self.since) + self.slice())
    }

    /// A thread number that the operating system could give: the lowest that is free.
    fn free_ident(&self) -> i64 {
        (0..)
            .map(|place| MAIN_IDENT - place * STACK_DISTANCE)
            .find(|ident| self.list.iter().all(|thread| thread.ident != *ident))
            .expect("numbers do not run out")
    }

    fn remember(&mut self, hand_over: HandOver) {
        if self.hand_overs.len() == REMEMBERED {
            self.hand_overs.pop_front();
        }
        self.hand_overs.push_back(hand_over);
        self.switch_number += 1;
    }

    /// The references that threads own beside the frames of those that are parked; the one in the machine owns no more than its start.
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.handlers.iter().for_each(|&(_, handler)| visit(handler));
        for thread in &self.list {
            thread.start.iter().flatten().chain(&thread.sentinel).for_each(|&object| visit(object));
            if let Some(Ok(object) | Err(Raised(object))) = &thread.outcome {
                visit(*object);
            }
            thread.parked.trace(visit);
        }
    }
}

impl Vm {
    /// Now, in nanoseconds of the machine's own time: what its instructions take, and how long everybody slept.
    pub fn clock(&self) -> u64 {
        self.steps() * NANOSECONDS + self.threads.slept
    }

    /// Starts a thread that calls a function; it waits for the GIL. All three are owned. Returns its ident.
    pub fn start_thread(&mut self, function: ObjRef, args: ObjRef, keywords: ObjRef) -> i64 {
        self.threads.started += 1;
        let ident = self.threads.free_ident();
        let thread = Thread {
            id: ThreadId(self.threads.started),
            ident,
            state: State::Ready { since: self.steps() },
            resume: Resume::Begin,
            question: None,
            outcome: None,
            start: Some([function, args, keywords]),
            sentinel: None,
            ran: 0,
            parked: Parked::fresh(),
        };
        self.threads.list.push(thread);
        self.revoke_grant();
        ident
    }

    /// Whether the running code belongs to the program, and not to something that somebody waits for in Rust: then another
    /// thread runs only if this one must wait, see [`block`].
    pub fn may_switch(&self) -> bool {
        self.nested_runs == 0 && self.floor == 0 && !self.finalizing
    }

    /// The result of the function of the thread that runs, or of its end.
    pub(super) fn end_thread(&mut self, result: Result<ObjRef, Raised>) {
        match result {
            Ok(value) => self.decref(value),
            Err(raised) if self.exception_matches(raised.0, crate::objects::core_types::SYSTEM_EXIT) => self.decref(raised.0),
            Err(raised) => {
                let function = self.threads.current().start.map(|[function, ..]| function);
                (self.unraisable)(self, raised, Some("Exception ignored in thread started by"), function);
            }
        }
        let thread = self.threads.current_mut();
        thread.state = State::Ended;
        let owned: Vec<ObjRef> = thread.start.take().into_iter().flatten().collect();
        let sentinel = thread.sentinel.take();
        let handled = std::mem::replace(&mut self.handled, vec![None]);
        let dicts = [self.thread_dict.take(), self.context.take()];
        self.repr_list = None;
        self.set_tracer(None);
        self.set_profiler(None);
        let hooks = std::mem::take(&mut self.async_hooks);
        self.decref_all(handled.into_iter().flatten().chain(dicts.into_iter().flatten()));
        self.decref_all(hooks.firstiter.into_iter().chain(hooks.finalizer));
        self.decref_all(owned);
        if let Some(tell) = self.threads.at_end {
            tell(self, self.threads.current().id);
        }
        if let Some(sentinel) = sentinel {
            self.free_lock(sentinel);
            self.decref(sentinel);
        }
        self.threads.released = true;
        self.attention = true;
    }
}
