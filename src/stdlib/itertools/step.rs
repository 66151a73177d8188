//! What `next` does for each kind of iterator, as a program of steps.
//!
//! A step looks at what came (an item, a result, the end) and says what it needs next. The runner gets it, at once where
//! builtin types are involved, through a frame where Python code must run.

use super::{Tool, combine};
use crate::{
    builtins::functions::iteration::stop,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    stdlib::{class_of_module, foreign, foreign_mut},
    vm::{
        Outcome, Raised, Res, Vm,
        native::Args,
        native_frame::{Input, Native},
        protocol::arith::ADD,
        raised::done,
    },
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Accumulate,
    Chain,
    Combinations,
    CombinationsWithReplacement,
    Compress,
    Count,
    Cycle,
    DropWhile,
    FilterFalse,
    GroupBy,
    Grouper,
    ISlice,
    Pairwise,
    Permutations,
    Product,
    Repeat,
    StarMap,
    TakeWhile,
    ZipLongest,
    /// The collector took it apart.
    Ended,
}

/// What came.
enum Feed {
    Start,
    /// owned
    Value(ObjRef),
    /// The iterator has no more items.
    End,
}

/// What is needed next; operands are borrowed.
enum Need {
    Next(ObjRef),
    Iter(ObjRef),
    Call(ObjRef, Vec<ObjRef>),
    Add(ObjRef, ObjRef),
    Equal(ObjRef, ObjRef),
    /// The truth of an object, as a bool.
    Truth(ObjRef),
    Tuple(ObjRef),
    /// The step's result; owned.
    Give(ObjRef),
    Stop,
}

/// `__next__` of all these iterators.
pub fn next(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(tool) = foreign::<Tool>(vm, this) else { return Err(stop(vm)) };
    let kind = tool.kind;
    let simple = match kind {
        Kind::Product | Kind::Permutations | Kind::Combinations | Kind::CombinationsWithReplacement => Some(combine::next(vm, this)),
        Kind::Repeat => Some(repeat(vm, this)),
        Kind::Count if !tool.numbers.is_empty() => count(vm, this),
        Kind::Ended => Some(None),
        _ => None,
    };
    match simple {
        Some(Some(item)) => done(item),
        Some(None) => Err(stop(vm)),
        None => vm.start_native(Step { tool: this, kind, stage: 0, held: Vec::new() }),
    }
}

fn repeat(vm: &mut Vm, this: ObjRef) -> Option<ObjRef> {
    let tool = foreign_mut::<Tool>(vm, this)?;
    if tool.numbers[0] == 0 {
        return None;
    }
    if tool.numbers[0] > 0 {
        tool.numbers[0] -= 1;
    }
    let object = tool.refs[0]?;
    Some(vm.own(object))
}

/// Counting in machine integers; `None`: in objects from now on.
fn count(vm: &mut Vm, this: ObjRef) -> Option<Option<ObjRef>> {
    let tool = foreign_mut::<Tool>(vm, this)?;
    let next = tool.numbers[0];
    match next.checked_add(1) {
        Some(after) => {
            tool.numbers[0] = after;
            Some(Some(vm.new_int(next)))
        }
        None => {
            tool.numbers.clear();
            let (next, one) = (vm.new_int(next), vm.new_int(1));
            foreign_mut::<Tool>(vm, this)?.refs = vec![Some(next), Some(one)];
            None
        }
    }
}

/// One `next` under way.
#[derive(Clone)]
struct Step {
    /// borrowed
    tool: ObjRef,
    kind: Kind,
    stage: u8,
    /// Items held between steps.
    held: Vec<ObjRef>,
}

impl Native for Step {
    fn name(&self) -> &'static str {
        "next"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        self.go_on(vm, input).or_else(|raised| self.raised(vm, raised))
    }

    /// A chain whose source fails, or gives what is no iterable, is at its end.
    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Res {
        if self.kind == Kind::Chain && matches!(self.stage, 1 | 2) {
            let held = std::mem::take(&mut self.held);
            vm.decref_all(held);
            self.set(vm, 0, None);
        }
        Err(raised)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.held.iter().for_each(|&object| visit(object));
    }
}

impl Step {
    fn go_on(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut feed = match input {
            Input::Start => Feed::Start,
            Input::Value(value) => Feed::Value(value),
            Input::Exhausted => Feed::End,
        };
        loop {
            let outcome = match self.step(vm, feed)? {
                Need::Give(item) => return done(item),
                Need::Stop => return Err(stop(vm)),
                Need::Next(iterator) => match vm.iter_next_native(iterator)? {
                    Outcome::Done(Some(item)) => Outcome::Done(item),
                    Outcome::Done(None) => {
                        feed = Feed::End;
                        continue;
                    }
                    Outcome::Pushed => Outcome::Pushed,
                },
                Need::Iter(object) => vm.get_iter(object)?,
                Need::Call(func, args) => vm.call(func, &args)?,
                Need::Add(a, b) => vm.binary_op(ADD, a, b)?,
                Need::Equal(a, b) => {
                    let equal = vm.equal(a, b);
                    vm.bool_result(equal)?
                }
                Need::Truth(object) => {
                    let truth = vm.truth(object);
                    vm.bool_result(truth)?
                }
                Need::Tuple(object) => vm.collect_into(object, true)?,
            };
            match outcome {
                Outcome::Done(value) => feed = Feed::Value(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn tool<'a>(&self, vm: &'a mut Vm) -> &'a mut Tool {
        foreign_mut(vm, self.tool).expect("an iterator of itertools")
    }

    fn reference(&self, vm: &mut Vm, index: usize) -> Option<ObjRef> {
        self.tool(vm).refs.get(index).copied().flatten()
    }

    /// Puts a reference (owned) into the state; the old one is given up.
    fn set(&self, vm: &mut Vm, index: usize, object: Option<ObjRef>) {
        let old = std::mem::replace(&mut self.tool(vm).refs[index], object);
        vm.xdecref(old);
    }

    fn number(&self, vm: &mut Vm, index: usize) -> i64 {
        self.tool(vm).numbers[index]
    }

    /// Goes to another stage, asking for something.
    fn wait(&mut self, stage: u8, need: Need) -> Result<Need, Raised> {
        self.stage = stage;
        Ok(need)
    }

    /// Asks an iterator of the state for an item; if it is gone, that is the end.
    fn ask(&mut self, vm: &mut Vm, stage: u8, index: usize) -> Result<Need, Raised> {
        match self.reference(vm, index) {
            Some(iterator) => self.wait(stage, Need::Next(iterator)),
            None => Ok(Need::Stop),
        }
    }

    fn step(&mut self, vm: &mut Vm, feed: Feed) -> Result<Need, Raised> {
        match self.kind {
            Kind::Accumulate => self.accumulate(vm, feed),
            Kind::Chain => self.chain(vm, feed),
            Kind::Compress => self.compress(vm, feed),
            Kind::Count => self.count(vm, feed),
            Kind::Cycle => self.cycle(vm, feed),
            Kind::DropWhile | Kind::TakeWhile | Kind::FilterFalse => self.while_or_filter(vm, feed),
            Kind::GroupBy => self.groupby(vm, feed),
            Kind::Grouper => self.grouper(vm, feed),
            Kind::ISlice => self.islice(vm, feed),
            Kind::Pairwise => self.pairwise(vm, feed),
            Kind::StarMap => self.starmap(vm, feed),
            Kind::ZipLongest => self.zip_longest(vm, feed),
            _ => Ok(Need::Stop),
        }
    }

    /// refs: next number, step
    fn count(&mut self, vm: &mut Vm, feed: Feed) -> Result<Need, Raised> {
        match (feed, self.reference(vm, 0), self.reference(vm, 1)) {
            (Feed::Value(after), _, _) => {
                let next = self.tool(vm).refs[0].replace(after).expect("a number");
                Ok(Need::Give(next))
            }
            (_, Some(next), Some(step)) => Ok(Need::Add(next, step)),
            _ => Ok(Need::Stop),
        }
    }

    /// refs: iterator, list of the items seen; number: the next of them to give again
    fn cycle(&mut self, vm: &mut Vm, feed: Feed) -> Result<Need, Raised> {
        match feed {
            Feed::Start if self.reference(vm, 0).is_some() => self.ask(vm, 0, 0),
            Feed::Value(item) => {
                if let Some(saved) = self.reference(vm, 1) {
                    let item = vm.own(item);
                    vm.list_append(saved, item);
                }
                Ok(Need::Give(item))
            }
            _ => {
                self.set(vm, 0, None);
                let at = self.number(vm, 0) as usize;
                let saved = self.reference(vm, 1).and_then(|saved| vm.heap.list(saved)).map(|saved| (saved.get(at).copied(), saved.len()));
                let Some((Some(item), len)) = saved else { return Ok(Need::Stop) };
                self.tool(vm).numbers[0] = ((at + 1) % len) as i64;
                Ok(Need::Give(vm.own(item)))
            }
        }
    }

    /// refs: iterator of iterables, iterator at work
    fn chain(&mut self, vm: &mut Vm, feed: Feed) -> Result<Need, Raised> {
        match (self.stage, feed) {
            // an item of the iterator at work
            (3, Feed::Value(item)) => Ok(Need::Give(item)),
            // its end: the next iterable
            (3, _) => {
                self.set(vm, 1, None);
                self.ask(vm, 1, 0)
            }
            (1, Feed::Value(iterable)) => {
                self.held.push(iterable);
                self.wait(2, Need::Iter(iterable))
            }
            (2, Feed::Value(iterator)) => {
                let held = std::mem::take(&mut self.held);
                vm.decref_all(held);
                self.set(vm, 1, Some(iterator));
                self.wait(3, Need::Next(iterator))
            }
            (_, Feed::Start) if self.reference(vm, 1).is_some() => self.ask(vm, 3, 1),
            (_, Feed::Start) => self.ask(vm, 1, 0),
            _ => {
                self.set(vm, 0, None);
                Ok(Need::Stop)
            }
        }
    }

    /// refs: iterator; numbers: next position wanted, stop, step, position
    fn islice(&mut self, vm: &mut Vm, feed: Feed) -> Result<Need, Raised> {
        let wanted = self.number(vm, 0);
        match feed {
            Feed::End => {
                self.set(vm, 0, None);
                return Ok(Need::Stop);
            }
            Feed::Value(item) => {
                let tool = self.tool(vm);
                tool.numbers[3] += 1;
                if tool.numbers[3] > wanted {
                    let [stop, step] = [tool.numbers[1], tool.numbers[2]];
                    tool.numbers[0] = match wanted.checked_add(step) {
                        Some(next) if stop < 0 || next <= stop => next,
                        _ => stop,
                    };
                    return Ok(Need::Give(item));
                }
                vm.decref(item);
            }
            Feed::Start => {}
        }
        let (stop, position) = (self.number(vm, 1), self.number(vm, 3));
        if position >= wanted && stop >= 0 && position >= stop {
            self.set(vm, 0, None);
            return Ok(Need::Stop);
        }
        self.ask(vm, 0, 0)
    }

    /// refs: iterator, function, total, initial value
    fn accumulate(&mut self, vm: &mut Vm, feed: Feed) -> Result<Need, Raised> {
        match (self.stage, feed) {
            (0, _) => {
                if let Some(initial) = self.tool(vm).refs[3].take() {
                    vm.incref(initial);
                    self.set(vm, 2, Some(initial));
                    return Ok(Need::Give(initial));
                }
                self.ask(vm, 1, 0)
            }
            (1, Feed::Value(item)) => match (self.reference(vm, 2), self.reference(vm, 1)) {
                (None, _) => {
                    vm.incref(item);
                    self.set(vm, 2, Some(item));
                    Ok(Need::Give(item))
                }
                (Some(total), func) => {
                    self.held.push(item);
                    match func {
                        Some(func) => self.wait(2, Need::Call(func, vec![total, item])),
                        None => self.wait(2, Need::Add(total, item)),
                    }
                }
            },
            (2, Feed::Value(total)) => {
                let held = std::mem::take(&mut self.held);
                vm.decref_all(held);
                vm.incref(total);
                self.set(vm, 2, Some(total));
                Ok(Need::Give(total))
            }
            _ => Ok(Need::Stop),
        }
    }

    /// refs: data, selectors
    fn compress(&mut self, vm: &mut Vm, feed: Feed) -> Result<Need, Raised> {
        match (self.stage, feed) {
            (0, _) => self.ask(vm, 1, 0),
            (1, Feed::Value(item)) => {
                self.held.push(item);
                self.ask(vm, 2, 1)
            }
            (2, Feed::Value(selector)) => {
                self.held.push(selector);
                self.wait(3, Need::Truth(selector))
            }
            (3, Feed::Value(truth)) => {
                vm.decref(truth);
                let selector = self.held.pop();
                vm.xdecref(selector);
                let item = self.held.pop().expect("an item");
                if truth == TRUE {
                    return Ok(Need::Give(item));
                }
                vm.decref(item);
                self.ask(vm, 1, 0)
            }
            _ => Ok(Need::Stop),
        }
    }

    /// refs: function, iterator; flag: takewhile has ended, dropwhile has begun
    fn while_or_filter(&mut self, vm: &mut Vm, feed: Feed) -> Result<Need, Raised> {
        let flag = self.tool(vm).flag;
        match (self.stage, feed) {
            (0, _) if self.kind == Kind::TakeWhile && flag => Ok(Need::Stop),
            (0, _) => self.ask(vm, 1, 1),
            (1, Feed::Value(item)) if self.kind == Kind::DropWhile && flag => Ok(Need::Give(item)),
            (1, Feed::Value(item)) => {
                self.held.push(item);
                match self.reference(vm, 0) {
                    Some(NONE | BOOL) if self.kind == Kind::FilterFalse => self.wait(3, Need::Truth(item)),
                    Some(func) => self.wait(2, Need::Call(func, vec![item])),
                    None => Ok(Need::Stop),
                }
            }
            (2, Feed::Value(result)) => {
                self.held.push(result);
                self.wait(3, Need::Truth(result))
            }
            (3, Feed::Value(truth)) => {
                vm.decref(truth);
                if self.held.len() > 1 {
                    let result = self.held.pop();
                    vm.xdecref(result);
                }
                let item = self.held.pop().expect("an item");
                let holds = truth == TRUE;
                match self.kind {
                    Kind::TakeWhile if holds => return Ok(Need::Give(item)),
                    Kind::TakeWhile => {
                        vm.decref(item);
                        self.tool(vm).flag = true;
                        return Ok(Need::Stop);
                    }
                    _ if !holds => {
                        self.tool(vm).flag = true;
                        return Ok(Need::Give(item));
                    }
                    _ => vm.decref(item),
                }
                self.ask(vm, 1, 1)
            }
            _ => Ok(Need::Stop),
        }
    }

    /// refs: function, iterator
    fn starmap(&mut self, vm: &mut Vm, feed: Feed) -> Result<Need, Raised> {
        match (self.stage, feed) {
            (0, _) => self.ask(vm, 1, 1),
            (1, Feed::Value(item)) => {
                self.held.push(item);
                self.wait(2, Need::Tuple(item))
            }
            (2, Feed::Value(tuple)) => {
                let held = std::mem::replace(&mut self.held, vec![tuple]);
                vm.decref_all(held);
                let args = vm.heap.tuple(tuple).map(<[ObjRef]>::to_vec).unwrap_or_default();
                match self.reference(vm, 0) {
                    Some(func) => self.wait(3, Need::Call(func, args)),
                    None => Ok(Need::Stop),
                }
            }
            (3, Feed::Value(result)) => Ok(Need::Give(result)),
            _ => Ok(Need::Stop),
        }
    }

    /// refs: iterator, the item before
    fn pairwise(&mut self, vm: &mut Vm, feed: Feed) -> Result<Need, Raised> {
        match (self.stage, feed) {
            (0, _) if self.reference(vm, 1).is_none() => self.ask(vm, 1, 0),
            (0, _) => self.ask(vm, 2, 0),
            (1, Feed::Value(first)) => {
                self.set(vm, 1, Some(first));
                self.ask(vm, 2, 0)
            }
            (2, Feed::Value(second)) => {
                vm.incref(second);
                let first = self.tool(vm).refs[1].replace(second);
                match first {
                    Some(first) => Ok(Need::Give(vm.new_tuple([first, second]))),
                    None => {
                        vm.decref(second);
                        Ok(Need::Stop)
                    }
                }
            }
            _ => {
                self.set(vm, 0, None);
                self.set(vm, 1, None);
                Ok(Need::Stop)
            }
        }
    }

    /// refs: tuple of the iterators (None for those at their end), the last tuple given, fill value; number: iterators not at
    /// their end
    fn zip_longest(&mut self, vm: &mut Vm, feed: Feed) -> Result<Need, Raised> {
        let Some(iters) = self.reference(vm, 0) else { return Ok(Need::Stop) };
        match feed {
            Feed::Start if self.number(vm, 0) == 0 => return Ok(Need::Stop),
            Feed::Start => {}
            Feed::Value(item) => self.held.push(item),
            Feed::End => {
                let at = self.held.len();
                let tool = self.tool(vm);
                tool.numbers[0] -= 1;
                if tool.numbers[0] == 0 {
                    return Ok(Need::Stop);
                }
                let none = vm.none();
                if let Body::Tuple(iters) = vm.heap.body_mut(iters) {
                    let ended = std::mem::replace(&mut iters[at], none);
                    vm.decref(ended);
                }
            }
        }
        let fill = self.reference(vm, 2).unwrap_or(NONE);
        while let Some(&iterator) = vm.heap.tuple(iters).and_then(|iters| iters.get(self.held.len())) {
            if iterator != NONE {
                return Ok(Need::Next(iterator));
            }
            self.held.push(vm.own(fill));
        }
        let items = std::mem::take(&mut self.held);
        // The last tuple is given again if nobody else has it.
        match self.reference(vm, 1) {
            Some(last) if vm.heap.refcount(last) == 1 && last != EMPTY_TUPLE => {
                vm.incref(last);
                let old = std::mem::replace(vm.heap.refilled_tuple(last), items.into_iter().collect());
                vm.decref_all(old);
                vm.heap.collector.track(last);
                Ok(Need::Give(last))
            }
            _ => Ok(Need::Give(vm.new_tuple(items))),
        }
    }

    // ── groupby ─────────────────────────────────────────────────────────────────────────────────────────────────────

    /// The next item and its key come into the state: stages 10 to 11, then on with `after`.
    fn advance(&mut self, vm: &mut Vm, groups: ObjRef, feed: Feed) -> Result<Option<Need>, Raised> {
        let reference = |vm: &mut Vm, index: usize| foreign::<Tool>(vm, groups).and_then(|tool| tool.refs.get(index).copied().flatten());
        match (self.stage, feed) {
            (10, Feed::Value(value)) => {
                self.held.push(value);
                match reference(vm, 1) {
                    Some(key) => self.wait(11, Need::Call(key, vec![value])).map(Some),
                    None => {
                        let key = vm.own(value);
                        self.take_item(vm, groups, key);
                        Ok(None)
                    }
                }
            }
            (11, Feed::Value(key)) => {
                self.take_item(vm, groups, key);
                Ok(None)
            }
            (10 | 11, _) => Ok(Some(Need::Stop)),
            _ => match reference(vm, 0) {
                Some(iterator) => self.wait(10, Need::Next(iterator)).map(Some),
                None => Ok(Some(Need::Stop)),
            },
        }
    }

    fn take_item(&mut self, vm: &mut Vm, groups: ObjRef, key: ObjRef) {
        let value = self.held.pop();
        let Some(tool) = foreign_mut::<Tool>(vm, groups) else { return };
        let old_value = std::mem::replace(&mut tool.refs[4], value);
        let old_key = tool.refs[3].replace(key);
        vm.xdecref(old_value);
        vm.xdecref(old_key);
    }

    /// refs: iterator, key function, key of the group, key and value of the item at hand
    fn groupby(&mut self, vm: &mut Vm, feed: Feed) -> Result<Need, Raised> {
        let this = self.tool;
        let feed = match (self.stage, feed) {
            (0, _) => {
                self.tool(vm).numbers[0] += 1;
                Feed::Start
            }
            (1, Feed::Value(equal)) => {
                vm.decref(equal);
                if equal != TRUE {
                    return self.new_group(vm);
                }
                self.stage = 9;
                if let Some(need) = self.advance(vm, this, Feed::Start)? {
                    return Ok(need);
                }
                Feed::Start
            }
            (_, feed) => {
                if let Some(need) = self.advance(vm, this, feed)? {
                    return Ok(need);
                }
                Feed::Start
            }
        };
        let _ = feed;
        match (self.reference(vm, 2), self.reference(vm, 3)) {
            (_, None) => {
                self.stage = 9;
                Ok(self.advance(vm, this, Feed::Start)?.unwrap_or(Need::Stop))
            }
            (None, Some(_)) => self.new_group(vm),
            (Some(target), Some(current)) => self.wait(1, Need::Equal(target, current)),
        }
    }

    /// The item at hand starts a group: its key, and an iterator over the group.
    fn new_group(&mut self, vm: &mut Vm) -> Result<Need, Raised> {
        let Some(key) = self.reference(vm, 3) else { return Ok(Need::Stop) };
        vm.incref(key);
        self.set(vm, 2, Some(key));
        let group = self.number(vm, 0);
        let class = class_of_module(vm, "itertools", "_grouper");
        vm.incref(self.tool);
        vm.incref(key);
        let mut tool = Tool::new(Kind::Grouper, [Some(self.tool), Some(key)]);
        tool.numbers = vec![group];
        let grouper = vm.new_derived(class, 0, tool.body());
        vm.incref(key);
        Ok(Need::Give(vm.new_tuple([key, grouper])))
    }

    /// refs: the `groupby`, key of the group; number: the group
    fn grouper(&mut self, vm: &mut Vm, feed: Feed) -> Result<Need, Raised> {
        let (Some(groups), Some(target)) = (self.reference(vm, 0), self.reference(vm, 1)) else { return Ok(Need::Stop) };
        let group = self.number(vm, 0);
        let state = foreign::<Tool>(vm, groups).map(|tool| (tool.numbers.first().copied(), tool.refs.get(4).copied().flatten()));
        if state.and_then(|state| state.0) != Some(group) {
            if let Feed::Value(value) = feed {
                vm.decref(value);
            }
            return Ok(Need::Stop);
        }
        match (self.stage, feed) {
            (1, Feed::Value(equal)) => {
                vm.decref(equal);
                if equal != TRUE {
                    return Ok(Need::Stop);
                }
                let value = foreign_mut::<Tool>(vm, groups).and_then(|tool| tool.refs[4].take());
                return Ok(value.map_or(Need::Stop, Need::Give));
            }
            (0, _) if state.is_some_and(|state| state.1.is_some()) => {}
            (0, _) => {
                self.stage = 9;
                if let Some(need) = self.advance(vm, groups, Feed::Start)? {
                    return Ok(need);
                }
            }
            (_, feed) => {
                if let Some(need) = self.advance(vm, groups, feed)? {
                    return Ok(need);
                }
            }
        }
        let current = foreign::<Tool>(vm, groups).and_then(|tool| tool.refs[3]);
        match current {
            Some(current) => self.wait(1, Need::Equal(target, current)),
            None => Ok(Need::Stop),
        }
    }
}
