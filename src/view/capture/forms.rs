//! The live forms of instructions, and what one step did to a form: found, hit, missed, given up, and why.
//!
//! That something happened is read off the tables of two machines, before and after; the reasons follow from the operands
//! and the inline cache, as the conditions of `specialize.c` have them. A reason that the machine's own verdict contradicts
//! is left out.
//!
//! `a + b` for the ninth time: `BINARY_OP_ADAPTIVE` has its counter at 0, both operands are int: `BINARY_OP_ADD_INT`.

mod guards; // what a form asks before it does its work
mod refusals; // why none was found

use super::{Level, Scene, Scribe, call_stack::Python};
use crate::{
    bytecode::opcode::Op,
    heap::ObjRef,
    objects::{Body, Objects, code::Code},
    view::{Audience, CacheCell, FormKind, FormRow, FormsWanted, Listing},
    vm::{Vm, specialize::CacheWord},
};

/// The low bits of an adaptive counter are the exponent of its next delay.
const BACKOFF_BITS: u16 = 4;

/// How a version that is none is told.
const NO_VERSION: [&str; 3] = ["0", "none yet", "none, they have changed"];

/// What one step did to the form of its instruction.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// As it stood there before.
    pub op: Op,
    pub fate: Fate,
    /// What the form asks of the operands, in its order.
    pub checks: Vec<Check>,
    /// Why there is no form, or why it did not fit; may be empty.
    pub why: String,
    /// The words of the cache that are others now, with the old ones.
    pub writes: Vec<(CacheWord, u64)>,
}

/// What became of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Code begins or jumps back; so many times more, and it is quickened.
    WarmUp {
        left: u8,
    },
    /// The code is warm: so many instructions look for forms now, so many pairs are one.
    Quickened {
        adaptive: usize,
        fused: usize,
    },
    /// An adaptive form is not to look yet.
    Waits {
        left: u16,
    },
    Found(Op),
    /// None fits; the next try after so many executions.
    NotFound {
        delay: u16,
    },
    /// There will never be one.
    Never,
    Hit,
    Miss {
        left: u16,
    },
    /// One miss too many: adaptive again.
    GivenUp {
        delay: u16,
    },
}

/// One condition of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// `type of the left operand`
    pub what: String,
    pub wanted: String,
    pub found: String,
    pub holds: bool,
}

/// How the form of an opcode came about.
pub fn kind_of(op: Op) -> FormKind {
    match op.base() {
        base if base == op => FormKind::Plain,
        base if base.adaptive() == Some(op) => FormKind::Adaptive,
        base if base.has_forms() => FormKind::Specialized,
        _ => FormKind::Quick,
    }
}

/// The forms of a code object, one for each row of its listing.
pub(super) fn rows(scene: &Scene<'_>, code: &Code, listing: &Listing, wanted: FormsWanted) -> Vec<FormRow> {
    let vm = scene.vm;
    if wanted == FormsWanted::None {
        return Vec::new();
    }
    let mut unit = code.start;
    let row = |offset: u32| {
        // Both are in order.
        while code.offset_of(unit) < offset {
            unit += 1;
        }
        let pc = unit;
        if code.offset_of(pc) != offset {
            return FormRow { opname: "EXTENDED_ARG", ..FormRow::default() };
        }
        let pc = pc as usize;
        let op = vm.live_op(pc);
        let is_changed = scene.before.is_some_and(|before| pc < before.units.len() && before.live_op(pc) != op);
        let has_cache = wanted == FormsWanted::Caches && code.is_quick;
        let words = if has_cache { vm.cache_words(pc) } else { Vec::new() };
        FormRow { opname: op.name(), kind: kind_of(op), cache: words.iter().map(|word| cell(op, word)).collect(), is_changed }
    };
    listing.rows.iter().map(|it| it.offset).map(row).collect()
}

/// A number of a cache in words.
fn cell(op: Op, word: &CacheWord) -> CacheCell {
    let text = match (word.name, kind_of(op)) {
        ("counter", FormKind::Adaptive) => match word.value >> BACKOFF_BITS {
            0 => format!("{}: looks at once", word.value),
            left => format!("{}: looks after {left} more", word.value),
        },
        ("counter", FormKind::Specialized) => format!("{} misses left", word.value),
        ("descr", _) => format!("{:#x}", word.value),
        ("mask", _) => mask(word.value),
        _ => word.value.to_string(),
    };
    CacheCell { name: word.name, text }
}

/// For which orders of its operands a comparison jumps: a bit each for less, equal, greater, three higher for a jump back.
fn mask(value: u64) -> String {
    let bits = if value > 7 { value >> 3 } else { value };
    let words: Vec<&str> = ["<", "=", ">"].into_iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, word)| word).collect();
    format!("{value}: jumps for {}", words.join(" "))
}

/// What the step between two machines did to the form of its instruction, if anything.
pub fn between(before: &Scribe<'_>, now: &Vm) -> Option<Told> {
    let mut told = reasoned(before, now)?;
    match told.fate {
        Fate::Found(_) | Fate::Hit => told.checks.retain(|check| check.holds),
        Fate::Miss { .. } | Fate::GivenUp { .. } => {
            if let Some(failed) = told.checks.iter().position(|check| !check.holds) {
                told.checks.truncate(failed + 1);
            }
        }
        _ => {}
    }
    Some(told)
}

/// What the machine did otherwise than the reasons have it, for tests: a sentence, if there is something.
pub fn doubt(before: &Scribe<'_>, now: &Vm) -> Option<String> {
    let told = reasoned(before, now)?;
    let is_doubtful = match told.fate {
        Fate::Found(_) | Fate::Hit => told.checks.is_empty() || told.checks.iter().any(|check| !check.holds),
        Fate::Miss { .. } | Fate::GivenUp { .. } | Fate::NotFound { .. } | Fate::Never => told.why.is_empty(),
        Fate::WarmUp { .. } | Fate::Quickened { .. } | Fate::Waits { .. } => false,
    };
    is_doubtful.then(|| format!("{} {:?} {:?}", told.op.name(), told.fate, told.checks))
}

fn reasoned(before: &Scribe<'_>, now: &Vm) -> Option<Told> {
    let vm = before.vm;
    let python = Level::of(vm, vm.frames.len().checked_sub(1)?).python?;
    let pc = python.unit as usize;
    let (op, new) = (vm.live_op(pc), now.live_op(pc));
    let (old_cache, new_cache) = (vm.caches[pc], now.caches[pc]);
    let fate = match kind_of(op) {
        FormKind::Plain | FormKind::Quick => warming(&python, now)?,
        FormKind::Adaptive if new == op => match old_cache.counter >> BACKOFF_BITS {
            _ if old_cache.counter == new_cache.counter => return None,
            0 => Fate::NotFound { delay: new_cache.counter >> BACKOFF_BITS },
            _ => Fate::Waits { left: new_cache.counter >> BACKOFF_BITS },
        },
        FormKind::Adaptive if new == op.base() => Fate::Never,
        FormKind::Adaptive => Fate::Found(new),
        FormKind::Specialized if new != op => Fate::GivenUp { delay: new_cache.counter >> BACKOFF_BITS },
        FormKind::Specialized if old_cache.counter != new_cache.counter => Fate::Miss { left: new_cache.counter },
        FormKind::Specialized => Fate::Hit,
    };
    let site = Site { scribe: before, pc, python };
    let mut told = Told { op, fate, checks: Vec::new(), why: String::new(), writes: Vec::new() };
    match fate {
        Fate::Found(form) => {
            told.checks = site.guards(form, new_cache);
            // A hint is noted for a dict with shared keys too, where it will miss.
            told.checks.retain(|check| check.what != guards::KIND_OF_DICT);
            // What had no version has been given the one that the cache has.
            for check in told.checks.iter_mut().filter(|check| NO_VERSION.contains(&&*check.found)) {
                check.found = format!("{}, new", check.wanted);
                check.holds = true;
            }
        }
        Fate::Hit => {
            told.checks = site.guards(op, old_cache);
        }
        Fate::Miss { .. } | Fate::GivenUp { .. } => {
            told.checks = site.guards(op, old_cache);
            told.why = told.checks.iter().find(|check| !check.holds).map_or(String::new(), Check::told);
        }
        Fate::NotFound { .. } | Fate::Never => told.why = site.refusal(),
        Fate::WarmUp { .. } | Fate::Quickened { .. } | Fate::Waits { .. } => {}
    }
    if !matches!(fate, Fate::WarmUp { .. } | Fate::Quickened { .. }) {
        let old = vm.cache_words(pc);
        let changed = now.cache_words(pc).into_iter().zip(old).filter(|(new, old)| new.value != old.value);
        told.writes = changed.map(|(new, old)| (new, old.value)).collect();
    }
    Some(told)
}

/// RESUME and JUMP_BACKWARD count until their code is warm.
fn warming(python: &Python<'_>, now: &Vm) -> Option<Fate> {
    let code = now.heap.is_alive(python.frame.code).then(|| now.heap.body(python.frame.code));
    let Some(Body::Code(after)) = code else { return None };
    if after.start != python.code.start || after.warmup == python.code.warmup {
        return None;
    }
    if !after.is_quick || python.code.is_quick {
        return Some(Fate::WarmUp { left: after.warmup });
    }
    let units = after.start as usize..after.start as usize + after.tables.offsets.len();
    let forms = |wanted: fn(Op) -> bool| units.clone().filter(|&pc| wanted(now.live_op(pc))).count();
    Some(Fate::Quickened { adaptive: forms(|op| kind_of(op) == FormKind::Adaptive), fused: forms(|op| op.name().contains("__")) })
}

/// An instruction about to run, with its operands.
struct Site<'a> {
    scribe: &'a Scribe<'a>,
    pc: usize,
    python: Python<'a>,
}

impl Site<'_> {
    fn vm(&self) -> &Vm {
        self.scribe.vm
    }

    /// From the top of the value stack, 1 is the top.
    fn operand(&self, depth: usize) -> Option<ObjRef> {
        let vm = self.vm();
        vm.stack.get(vm.sp.checked_sub(depth)?).copied().flatten()
    }

    fn type_name(&self, object: ObjRef) -> String {
        super::text::short_name(&self.vm().type_name(object))
    }

    /// `Node`, of the class itself.
    fn class_name(&self, class: ObjRef) -> String {
        self.vm().heap.as_type(class).map_or_else(|| "?".to_owned(), |ty| super::text::short_name(&ty.name))
    }

    /// What a class and its bases have under a name.
    fn found_on_type(&self, ty: ObjRef, name: ObjRef) -> Option<ObjRef> {
        let vm = self.vm();
        let hash = vm.str_hash(name);
        let mro = vm.heap.tuple(vm.heap.as_type(ty)?.mro)?;
        mro.iter().find_map(|&class| {
            let dict = vm.heap.dict(vm.heap.as_type(class)?.dict)?;
            dict.find_str(&vm.heap, name, hash).map(|entry| dict.value_at(entry))
        })
    }

    /// The callable of a PRECALL or CALL, and how many arguments follow it, self included.
    fn call(&self, arg: u32) -> Option<(ObjRef, usize)> {
        let n = arg as usize;
        match self.operand(n + 2) {
            Some(callable) => Some((callable, n + 1)),
            None => Some((self.operand(n + 1)?, n)),
        }
    }
}

impl Check {
    /// Why it does not hold: `the left operand is float, not int`.
    pub(super) fn told(&self) -> String {
        let what = self.what.strip_prefix("type of ").unwrap_or(&self.what);
        format!("{what} is {}, not {}", self.found, self.wanted)
    }
}

impl Told {
    /// What is said of it after the sentence about the step; empty where that is nothing for this audience.
    pub fn said(&self, audience: Audience) -> String {
        match audience {
            Audience::Novice => self.said_plainly(),
            _ => self.said_exactly(audience == Audience::Internals),
        }
    }

    fn said_plainly(&self) -> String {
        let remembers = match self.op.base() {
            Op::LOAD_GLOBAL => "where this name is found",
            Op::LOAD_ATTR | Op::STORE_ATTR => "where this attribute lies",
            Op::LOAD_METHOD => "where this method is found",
            Op::PRECALL | Op::CALL => "what is called here",
            Op::BINARY_SUBSCR | Op::STORE_SUBSCR => "what kind of container this is",
            Op::UNPACK_SEQUENCE => "how many items come",
            _ => "what kind of values come here",
        };
        match self.fate {
            Fate::Quickened { .. } => "; this has run so often now that Python looks for shortcuts".into(),
            Fate::Found(_) => format!("; Python takes a shortcut here from now on: it remembers {remembers}"),
            Fate::NotFound { .. } => "; Python looked for a shortcut here and found none".into(),
            Fate::Never => "; there is no shortcut for this, Python looks no more".into(),
            Fate::Miss { .. } => "; the shortcut does not fit this time: Python took the long way".into(),
            Fate::GivenUp { .. } => "; the shortcut has failed too often: Python gives it up".into(),
            Fate::WarmUp { .. } | Fate::Waits { .. } | Fate::Hit => String::new(),
        }
    }

    fn said_exactly(&self, everything: bool) -> String {
        let op = self.op.name();
        let because = if self.why.is_empty() { String::new() } else { format!(": {}", self.why) };
        let later = |delay: u16| if everything { format!("; it tries again after {delay} more") } else { String::new() };
        match self.fate {
            Fate::Quickened { adaptive, fused } => {
                let fused = match fused {
                    0 => String::new(),
                    1 => ", one pair is one instruction now".into(),
                    fused => format!(", {fused} pairs are one instruction each"),
                };
                let adaptive = if adaptive == 1 { "one instruction looks".into() } else { format!("{adaptive} instructions look") };
                format!("; the code is warm and quickened: {adaptive} for a form{fused}")
            }
            Fate::Found(form) => format!("; specialized to {}: {}", form.name(), form.meaning()),
            Fate::NotFound { delay } => format!("; no form found{because}{}", later(delay)),
            Fate::Never => format!("; no form, now and ever{because}"),
            Fate::Miss { left } => format!("; a miss of {op}{because}, {left} are left"),
            Fate::GivenUp { delay } => format!("; {op} is given up{because}{}", later(delay)),
            Fate::WarmUp { left } if everything => format!("; warm-up: {left} more and the code is quickened"),
            Fate::Waits { left } if everything => format!("; {op} waits: {left} more and it looks for a form"),
            Fate::Hit if everything => format!("; {op}: a hit"),
            Fate::WarmUp { .. } | Fate::Waits { .. } | Fate::Hit => String::new(),
        }
    }
}
