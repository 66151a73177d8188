//! Taking an exception group apart: the part whose exceptions match a condition, and the rest.
//!
//! ```python
//! match, rest = group.split(lambda e: isinstance(e, OSError))   # group.subgroup(OSError): the first of them only
//! ```
//!
//! The condition may be Python code, and so may be `derive`, which makes the parts: hence a native frame, that walks the
//! tree of groups with a list of levels. A group that matches as a whole is not walked through.
//! Counterpart in CPython 3.11: `exceptiongroup_split_recursive` in `Objects/exceptions.c`.

use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*},
    vm::{
        Outcome, Raised, Res, Vm,
        native_frame::{Input, Native},
    },
};

/// What decides whether an exception belongs to the part asked for. Borrows its objects.
#[derive(Clone)]
pub enum Condition {
    /// an instance of one of these classes
    Types(Vec<ObjRef>),
    /// the function says so
    Function(ObjRef),
    /// one of these exceptions, which are no groups
    Leaves(Vec<ObjRef>),
}

/// The part that matches and the rest, owned; None where there is nothing.
pub type Parts = (Option<ObjRef>, Option<ObjRef>);

/// A group on its way to be taken apart; itself borrowed.
#[derive(Clone)]
struct Level {
    group: ObjRef,
    members: std::vec::IntoIter<ObjRef>,
    yes: Vec<ObjRef>,
    no: Vec<ObjRef>,
    /// The list that `derive` has been given.
    given: Option<ObjRef>,
    matched: Option<ObjRef>,
}

/// What the value that comes next is, or what is to do.
#[derive(Clone, Copy)]
enum Step {
    Test(ObjRef),
    Answer(ObjRef),
    Truth(ObjRef),
    NextMember,
    Matched,
    Rest,
}

#[derive(Clone)]
struct Split {
    condition: Condition,
    both: bool,
    finish: fn(&mut Vm, Parts) -> Res,
    levels: Vec<Level>,
    step: Step,
}

impl Vm {
    /// Splits an exception; the rest only if `both` are wanted. `finish` makes the result of the parts.
    pub fn split(&mut self, exception: ObjRef, condition: Condition, both: bool, finish: fn(&mut Vm, Parts) -> Res) -> Res {
        self.drive(Split { condition, both, finish, levels: Vec::new(), step: Step::Test(exception) })
    }

    /// The exceptions of a group, borrowed.
    pub fn group_members(&self, group: ObjRef) -> Vec<ObjRef> {
        let tuple = self.heap.exception(group).and_then(|group| group.fields.get(1).copied().flatten());
        tuple.and_then(|tuple| self.heap.tuple(tuple)).map(<[ObjRef]>::to_vec).unwrap_or_default()
    }

    pub fn is_group(&self, exception: ObjRef) -> bool {
        self.exception_matches(exception, BASE_EXCEPTION_GROUP)
    }

    /// What `derive` returned gets the group's traceback, cause, context and notes. Takes it over.
    fn complete_derived(&mut self, group: ObjRef, derived: ObjRef) -> Result<ObjRef, Raised> {
        if self.heap.exception(derived).is_none() || !self.is_group(derived) {
            self.decref(derived);
            return Err(self.type_error("derive must return an instance of BaseExceptionGroup"));
        }
        let record = self.heap.exception(group).expect("a group");
        let (traceback, cause, context, suppress) = (record.traceback, record.cause, record.context, record.suppress_context);
        for object in [traceback, cause, context] {
            self.xincref(object);
        }
        let record = self.heap.exception_mut(derived).expect("a group");
        let old = [
            std::mem::replace(&mut record.traceback, traceback),
            std::mem::replace(&mut record.cause, cause),
            std::mem::replace(&mut record.context, context),
        ];
        record.suppress_context = suppress;
        self.decref_all(old.into_iter().flatten());
        if let Some(notes) = self.own_attr(group, self.names.notes) {
            let items = self.heap.sequence(notes).map(<[ObjRef]>::to_vec).unwrap_or_default();
            items.iter().for_each(|&item| self.incref(item));
            let copy = self.new_list(items);
            let name = self.names.notes;
            self.set_own_attr(derived, name, copy);
            self.decref(copy);
        }
        Ok(derived)
    }
}

impl Native for Split {
    fn name(&self) -> &'static str {
        "split"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut value = input.value();
        loop {
            let parts = match self.step {
                Step::Test(exception) => match &self.condition {
                    Condition::Function(function) => {
                        self.step = Step::Answer(exception);
                        let (function, levels) = (*function, self.levels.len());
                        let asked = below(vm, levels, |vm| vm.call(function, &[exception]));
                        let Outcome::Done(answer) = asked? else { return Ok(Outcome::Pushed) };
                        value = Some(answer);
                        continue;
                    }
                    Condition::Types(types) => {
                        let matches = types.iter().any(|&ty| vm.exception_matches(exception, ty));
                        self.decide(vm, exception, matches)
                    }
                    Condition::Leaves(leaves) => {
                        let matches = leaves.contains(&exception) && !vm.is_group(exception);
                        self.decide(vm, exception, matches)
                    }
                },
                Step::Answer(exception) => {
                    self.step = Step::Truth(exception);
                    let answer = value.take().expect("the function's answer");
                    let Outcome::Done(truth) = vm.truth_object(answer)? else { return Ok(Outcome::Pushed) };
                    value = Some(truth);
                    continue;
                }
                Step::Truth(exception) => {
                    let truth = value.take().expect("a bool");
                    vm.decref(truth);
                    self.decide(vm, exception, truth == TRUE)
                }
                Step::NextMember => {
                    let level = self.levels.last_mut().expect("a group is taken apart");
                    match level.members.next() {
                        Some(member) => {
                            // A level of recursion for each group around.
                            if vm.level() as usize + self.levels.len() > vm.recursion_limit as usize {
                                let text = "maximum recursion depth exceeded in exceptiongroup_split_recursive";
                                return Err(vm.raise(RECURSION_ERROR, text));
                            }
                            self.step = Step::Test(member);
                        }
                        None => {
                            self.step = Step::Matched;
                            let yes = std::mem::take(&mut level.yes);
                            match self.derive(vm, yes)? {
                                Outcome::Pushed => return Ok(Outcome::Pushed),
                                Outcome::Done(derived) => value = Some(derived),
                            }
                        }
                    }
                    continue;
                }
                Step::Matched => {
                    let matched = self.derived(vm, value.take())?;
                    let level = self.levels.last_mut().expect("a group is taken apart");
                    level.matched = matched;
                    self.step = Step::Rest;
                    let no = std::mem::take(&mut level.no);
                    match self.derive(vm, no)? {
                        Outcome::Pushed => return Ok(Outcome::Pushed),
                        Outcome::Done(derived) => value = Some(derived),
                    }
                    continue;
                }
                Step::Rest => {
                    let rest = self.derived(vm, value.take())?;
                    let level = self.levels.pop().expect("a group is taken apart");
                    Some((level.matched, rest))
                }
            };
            let Some((matched, rest)) = parts else { continue };
            let Some(parent) = self.levels.last_mut() else { return (self.finish)(vm, (matched, rest)) };
            parent.yes.extend(matched);
            parent.no.extend(rest);
            self.step = Step::NextMember;
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        for level in &self.levels {
            level.yes.iter().chain(&level.no).chain(&level.given).chain(&level.matched).for_each(|&object| visit(object));
        }
    }
}

/// Calls something from so many levels further down.
fn below(vm: &mut Vm, levels: usize, call: impl FnOnce(&mut Vm) -> Res) -> Res {
    vm.native_depth += levels as u32;
    let result = call(vm);
    vm.native_depth -= levels as u32;
    result
}

impl Split {
    /// The parts of an exception once it is known whether it matches; `None`: it is a group that must be looked into.
    fn decide(&mut self, vm: &mut Vm, exception: ObjRef, matches: bool) -> Option<Parts> {
        if matches {
            return Some((Some(vm.own(exception)), None));
        }
        if !vm.is_group(exception) {
            return Some((None, self.both.then(|| vm.own(exception))));
        }
        let members = vm.group_members(exception).into_iter();
        self.levels.push(Level { group: exception, members, yes: Vec::new(), no: Vec::new(), given: None, matched: None });
        self.step = Step::NextMember;
        None
    }

    /// Asks for `group.derive(members)` of the innermost group; None if there are no members. Takes them over.
    fn derive(&mut self, vm: &mut Vm, members: Vec<ObjRef>) -> Res {
        if members.is_empty() {
            return Ok(Outcome::Done(vm.none()));
        }
        let level = self.levels.last_mut().expect("a group is taken apart");
        let list = vm.new_list(members);
        level.given = Some(list);
        let (group, levels) = (level.group, self.levels.len());
        // `PyObject_CallMethod` holds the argument while it calls.
        below(vm, levels - 1, |vm| {
            // The builtin one calls the class in turn.
            vm.enter(" while calling a Python object")?;
            let room = vm.check_level(" while calling a Python object");
            vm.leave();
            room?;
            vm.holding(list, |vm| vm.call_method(group, "derive", &[list]))
        })
    }

    /// What `derive` gave, made complete; `None` for an empty part.
    fn derived(&mut self, vm: &mut Vm, value: Option<ObjRef>) -> Result<Option<ObjRef>, Raised> {
        let level = self.levels.last_mut().expect("a group is taken apart");
        let value = value.expect("what derive gave");
        match level.given.take() {
            None => {
                vm.decref(value);
                Ok(None)
            }
            Some(list) => {
                vm.decref(list);
                vm.complete_derived(level.group, value).map(Some)
            }
        }
    }
}
