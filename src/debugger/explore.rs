//! Many schedules of one program: which outputs, lost updates and deadlocks they lead to, and the shortest way to each.
//!
//! The search is bounded by preemptions, as in systematic concurrency testing: first all schedules in which the GIL changes hands
//! only where its holder blocks or ends, then those in which it is taken away once at some check point, then twice. Each schedule
//! is a run from the moment before the second thread starts; so an outcome is first found by a schedule with fewest preemptions.
//!
//! ```text
//!   balance = read() + amount        20 | 30   one preemption after read() has returned
//! ```
//!
//! CPython has no counterpart.

mod lost;

use std::collections::{BTreeMap, HashMap, VecDeque};

use self::lost::Watch;
use crate::{
    debugger::world::StillWorld,
    interpreter,
    objects::{Body, Objects},
    vm::{
        Vm,
        exec::RunEnd,
        frame::{FrameKind, Receive},
        hooks::{Due, Hooks},
        host::{Answer, Host, Request},
        threads::{Schedule, State, ThreadId, Why},
    },
};

/// How far to search.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub preemptions: u32,
    pub schedules: usize,
    /// Instructions of one schedule.
    pub steps: u64,
}

/// At an instant another thread than the schedule's own gets the GIL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub step: u64,
    pub from: ThreadId,
    pub to: ThreadId,
    /// The holder could have gone on.
    pub is_preemption: bool,
    /// `work, line 7`: where the holder stood.
    pub place: String,
}

/// What schedules led to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Standard output, then how the program ended.
    pub output: String,
    pub ending: String,
    pub lost_updates: Vec<String>,
    /// So many schedules ended like this.
    pub schedules: usize,
    /// The first of them.
    pub choices: Vec<Choice>,
    /// What the outside world had answered.
    pub answers: Vec<(Request, Answer)>,
}

/// What a search came to.
#[derive(Clone, Debug)]
pub struct Explored {
    pub outcomes: Vec<Outcome>,
    pub schedules: usize,
    /// All schedules within the bound of preemptions were tried.
    pub is_complete: bool,
    /// The program never had two threads.
    pub is_alone: bool,
}

/// So often a place of the code is tried in one schedule, for each thread.
const TRIES_OF_A_PLACE: usize = 4;

/// Searches the schedules of a machine that stands before its program's first instruction.
pub fn explore(mut vm: Vm, bounds: Bounds) -> Explored {
    vm.threads.schedule = Schedule::Cooperative;
    let mut begin = Beginning { world: StillWorld::default(), answers: Vec::new(), output: Vec::new() };
    let alone = !begin.run_to_second_thread(&mut vm, bounds.steps);
    let mut found: Vec<Outcome> = Vec::new();
    let mut by_text: HashMap<(String, String, Vec<String>), usize> = HashMap::new();
    let mut levels: BTreeMap<u32, VecDeque<Vec<Choice>>> = BTreeMap::from([(0, VecDeque::from([Vec::new()]))]);
    let (mut schedules, mut is_complete) = (0, true);
    while let Some((&level, queue)) = levels.iter_mut().find(|(_, queue)| !queue.is_empty()) {
        if schedules == bounds.schedules {
            is_complete = false;
            break;
        }
        let Some(choices) = queue.pop_front() else { continue };
        schedules += 1;
        let ran = run(vm.clone(), &begin, &choices, bounds.steps);
        let after = choices.last().map_or(0, |choice| choice.step);
        let mut tried: HashMap<(ThreadId, ThreadId, u32), usize> = HashMap::new();
        for decision in ran.decisions.into_iter().filter(|decision| decision.step > after || choices.is_empty()) {
            let cost = level + u32::from(decision.is_preemption);
            if cost > bounds.preemptions {
                continue;
            }
            for &to in &decision.others {
                let tries = tried.entry((decision.from, to, decision.pc)).or_default();
                *tries += 1;
                if *tries > TRIES_OF_A_PLACE {
                    is_complete = false;
                    continue;
                }
                let choice = Choice {
                    step: decision.step,
                    from: decision.from,
                    to,
                    is_preemption: decision.is_preemption,
                    place: decision.place.clone(),
                };
                let mut next = choices.clone();
                next.push(choice);
                levels.entry(cost).or_default().push_back(next);
            }
        }
        let key = (ran.output.clone(), ran.ending.clone(), ran.lost_updates.clone());
        match by_text.get(&key) {
            Some(&index) => found[index].schedules += 1,
            None => {
                by_text.insert(key, found.len());
                let Ran { output, ending, lost_updates, answers, .. } = ran;
                found.push(Outcome { output, ending, lost_updates, schedules: 1, choices, answers });
            }
        }
    }
    Explored { outcomes: found, schedules, is_complete, is_alone: alone }
}

/// What happened before there was a second thread.
struct Beginning {
    world: StillWorld,
    answers: Vec<(Request, Answer)>,
    output: Vec<u8>,
}

/// Stops before the first instruction of a run with two threads.
struct UntilSecond {
    limit: u64,
}

impl Hooks for UntilSecond {
    fn due(&mut self, vm: &mut Vm) -> Due {
        if vm.threads.list.len() > 1 || vm.steps() >= self.limit { Due::Stop } else { Due::Go(1 << 16) }
    }
}

impl Beginning {
    fn run_to_second_thread(&mut self, vm: &mut Vm, limit: u64) -> bool {
        loop {
            let end = vm.run(&mut UntilSecond { limit });
            for chunk in vm.take_output() {
                self.output.extend_from_slice(&chunk.bytes);
            }
            match end {
                RunEnd::Request => answer(vm, &mut self.world, &mut self.answers),
                RunEnd::Stopped => return vm.threads.list.len() > 1,
                RunEnd::Finished(result) => {
                    // It is looked at again by the one schedule that there is.
                    vm.result = Some(result);
                    vm.attention = true;
                    return false;
                }
                RunEnd::Deadlocked => return false,
            }
        }
    }
}

fn answer(vm: &mut Vm, world: &mut StillWorld, answers: &mut Vec<(Request, Answer)>) {
    let Some(request) = vm.request.clone() else { return };
    let given = world.answer(&request);
    answers.push((request, given.clone()));
    vm.revoke_grant();
    vm.answer(given);
}

/// An instant at which another thread could have gone on.
struct Decision {
    step: u64,
    from: ThreadId,
    others: Vec<ThreadId>,
    is_preemption: bool,
    pc: u32,
    place: String,
}

/// One schedule.
struct Ran {
    output: String,
    ending: String,
    lost_updates: Vec<String>,
    decisions: Vec<Decision>,
    answers: Vec<(Request, Answer)>,
}

fn run(mut vm: Vm, begin: &Beginning, choices: &[Choice], limit: u64) -> Ran {
    let mut follower = Follower {
        choices: choices.iter().map(|choice| (choice.step, choice.to)).collect(),
        decisions: Vec::new(),
        mark: None,
        hand_overs: vm.threads.switch_number,
        looked: None,
        limit,
        watch: Watch::default(),
    };
    let mut world = StillWorld::default();
    let (mut answers, mut output) = (begin.answers.clone(), begin.output.clone());
    let ending = loop {
        let end = vm.run(&mut follower);
        for chunk in vm.take_output() {
            output.extend_from_slice(&chunk.bytes);
        }
        match end {
            RunEnd::Request => answer(&mut vm, &mut world, &mut answers),
            RunEnd::Stopped => break format!("still running after {limit} instructions"),
            RunEnd::Deadlocked => break vm.explain_deadlock().join("\n"),
            RunEnd::Finished(Ok(value)) => {
                vm.decref(value);
                break String::new();
            }
            RunEnd::Finished(Err(raised)) => {
                let exit = interpreter::conclude(&mut vm, Err(raised));
                let text = exit.exception.map(|it| format!("{}: {}", it.type_name, it.message)).unwrap_or_default();
                for chunk in vm.take_output() {
                    output.extend_from_slice(&chunk.bytes);
                }
                break text;
            }
        }
    };
    let mut lost_updates = follower.watch.lost;
    lost_updates.sort();
    lost_updates.dedup();
    Ran { output: String::from_utf8_lossy(&output).into_owned(), ending, lost_updates, decisions: follower.decisions, answers }
}

/// Makes the choices of a schedule, and notes where there would have been others.
struct Follower {
    choices: VecDeque<(u64, ThreadId)>,
    decisions: Vec<Decision>,
    /// The instruction that runs: instant, unit, depth, and whether CALL called its frame.
    mark: Option<(u64, u32, usize, bool)>,
    hand_overs: u64,
    looked: Option<u64>,
    limit: u64,
    watch: Watch,
}

impl Hooks for Follower {
    fn due(&mut self, vm: &mut Vm) -> Due {
        let step = vm.steps();
        if step >= self.limit {
            return Due::Stop;
        }
        if self.looked != Some(step) {
            self.looked = Some(step);
            self.look(vm, step);
            self.watch.look(vm, step);
        }
        let is_called = vm.frames.last().is_some_and(|frame| frame.receive == Receive::Call);
        self.mark = Some((step, vm.pc, vm.frames.len(), is_called));
        Due::Go(1)
    }
}

impl Follower {
    fn look(&mut self, vm: &mut Vm, step: u64) {
        let changed = vm.threads.switch_number != self.hand_overs;
        self.hand_overs = vm.threads.switch_number;
        if let Some(&(at, to)) = self.choices.front()
            && at <= step
        {
            self.choices.pop_front();
            if vm.switch_now(to).is_ok() {
                self.hand_overs = vm.threads.switch_number;
            }
            return;
        }
        if !vm.may_switch() {
            return;
        }
        let is_preemption = match (changed, self.mark) {
            (true, _) => vm.threads.hand_overs.back().is_none_or(|last| !matches!(last.why, Why::Blocked | Why::Ended | Why::Yield)),
            (false, Some((at, pc, depth, is_called))) if at + 1 == step && vm.ends_at_check_point(at, pc, depth, is_called) => true,
            _ => return,
        };
        let others: Vec<ThreadId> =
            vm.threads.list.iter().filter(|thread| matches!(thread.state, State::Ready { .. })).map(|thread| thread.id).collect();
        if others.is_empty() {
            return;
        }
        // Between two instructions of the library nothing is gained: its locks make it one.
        let Some(place) = own_place(vm) else {
            if is_preemption {
                return;
            }
            self.decisions.push(self.decision(vm, step, others, is_preemption, String::new()));
            return;
        };
        self.decisions.push(self.decision(vm, step, others, is_preemption, place));
    }

    fn decision(&self, vm: &Vm, step: u64, others: Vec<ThreadId>, is_preemption: bool, place: String) -> Decision {
        Decision { step, from: vm.threads.current().id, others, is_preemption, pc: vm.pc, place }
    }
}

/// `work, line 7`, if the running frame is of the program itself.
fn own_place(vm: &Vm) -> Option<String> {
    let FrameKind::Python(frame) = &vm.frames.last()?.kind else { return None };
    let Body::Code(code) = vm.heap.body(frame.code) else { return None };
    if code.code.filename.starts_with("<frozen") {
        return None;
    }
    let line = code.line_at(code.offset_of(vm.pc));
    Some(format!("{}, line {line}", code.code.name))
}
