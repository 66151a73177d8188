//! What an instruction does about its own form: counting, looking for one, asking its guards, giving it up.
//!
//! `BINARY_OP_ADAPTIVE` with its counter at 0: both operands are looked at, a form is found, the cache is written.

use super::{Maker, plural};
use crate::{
    bytecode::opcode::Op,
    view::{
        FormKind,
        capture::{
            Level,
            forms::{self, Check, Fate, Told},
        },
    },
};

/// True: the form did it all, and nothing is looked up.
pub(super) fn specializing(maker: &mut Maker<'_>) -> bool {
    let Some(told) = forms::between(&maker.before, maker.after.vm) else { return false };
    let op = told.op.name();
    let base = told.op.base();
    match told.fate {
        Fate::WarmUp { left } => {
            let text = format!("this code has begun or jumped back: {left} times more, and it is quickened");
            maker.step("warm-up", text);
        }
        Fate::Quickened { .. } => quickened(maker),
        Fate::Waits { left } => {
            let times = if left == 1 { "once more".to_owned() } else { format!("{left} times more") };
            maker.step(
                "counter",
                format!("{op} counts down: {times}, then it looks for a form; it does what {base} does", base = base.name()),
            );
        }
        Fate::Found(form) => {
            maker.step("counter", format!("{op} has counted down: it looks for a form that fits these operands"));
            asked(maker, &told.checks, true);
            maker.step("specialize", format!("{} fits: {}; it stands here from now on", form.name(), form.meaning()));
            written(maker, &told);
        }
        Fate::NotFound { delay } => {
            maker.step("counter", format!("{op} has counted down: it looks for a form that fits these operands"));
            let why = if told.why.is_empty() { "nothing fits".to_owned() } else { told.why.clone() };
            maker.step("specialize", format!("no form: {why}"));
            let text =
                format!("it waits twice as long as before, {}, until it looks again", plural(delay.into(), "execution", "executions"));
            maker.step("backoff", text);
        }
        Fate::Never => {
            let why = if told.why.is_empty() { "nothing could ever fit".to_owned() } else { told.why.clone() };
            maker.step("specialize", format!("no form: {why}"));
            maker.step("specialize", format!("plain {} stands here again, for good: it looks no more", base.name()));
        }
        Fate::Hit => {
            asked(maker, &told.checks, false);
            let skips = match base {
                Op::LOAD_ATTR | Op::STORE_ATTR | Op::LOAD_METHOD => "; the walk along the MRO is saved",
                Op::LOAD_GLOBAL => "; no dict is searched",
                _ => "",
            };
            maker.step("hit", format!("{op}: {}{skips}", told.op.meaning()));
        }
        Fate::Miss { left } => {
            asked(maker, &told.checks, false);
            maker.step("miss", format!("the instruction is done as plain {}", base.name()));
            maker.step("counter", format!("{left} misses more, and {op} is given up"));
        }
        Fate::GivenUp { delay } => {
            asked(maker, &told.checks, false);
            maker.step("miss", format!("the instruction is done as plain {}; that was one miss too many", base.name()));
            let adaptive = base.adaptive().unwrap_or(base).name();
            maker.step("deopt", format!("{adaptive} stands here again, and looks for a form after {delay} executions"));
        }
    }
    let is_lookup = matches!(base, Op::LOAD_ATTR | Op::STORE_ATTR | Op::LOAD_METHOD | Op::LOAD_GLOBAL);
    told.fate == Fate::Hit && (is_lookup || told.op == Op::BINARY_SUBSCR_GETITEM)
}

/// The conditions one by one.
fn asked(maker: &mut Maker<'_>, checks: &[Check], is_new: bool) {
    if checks.is_empty() {
        return;
    }
    let rows = checks.iter().map(|check| vec![check.what.clone(), check.wanted.clone(), String::new(), String::new()]).collect();
    let table = maker.table(&["asked", "wanted", "found", ""], rows);
    for (row, check) in checks.iter().enumerate() {
        let text = match (check.holds, is_new) {
            (true, true) => format!("{}: {}", check.what, check.found),
            (true, false) => format!("{}: {}, as it must be", check.what, check.found),
            (false, _) => check.told(),
        };
        let verdict = if check.holds { "yes" } else { "no" };
        let step = maker.step("guard", text).on(table, Some(row));
        step.write(row, 2, check.found.clone()).write(row, 3, verdict);
    }
}

/// The words of the cache that the decision has changed.
fn written(maker: &mut Maker<'_>, told: &Told) {
    let rows = told.writes.iter().map(|(word, old)| vec![word.name.to_owned(), old.to_string(), String::new()]).collect();
    let table = maker.table(&["cache", "before", "now"], rows);
    for (row, (word, _)) in told.writes.iter().enumerate() {
        let text = match word.name {
            "counter" => format!("counter: {} misses are forgiven", word.value),
            name => format!("{name}: {} is remembered", word.value),
        };
        maker.step("cache", text).on(table, Some(row)).write(row, 2, word.value.to_string());
    }
}

fn quickened(maker: &mut Maker<'_>) {
    let (before, after) = (maker.before.vm, maker.after.vm);
    let Some(python) = before.frames.len().checked_sub(1).and_then(|top| Level::of(before, top).python) else { return };
    let code = python.code;
    let mut rows = Vec::new();
    let mut counts = [0_usize; 3];
    for (pc, offset) in (code.start as usize..).zip(&code.tables.offsets) {
        let (old, new) = (before.live_op(pc), after.live_op(pc));
        if old == new {
            continue;
        }
        let index = match forms::kind_of(new) {
            FormKind::Adaptive => 0,
            _ if new.name().contains("__") => 1,
            _ => 2,
        };
        counts[index] += 1;
        rows.push(vec![offset.to_string(), old.name().to_owned(), new.name().to_owned()]);
    }
    let table = maker.table(&["offset", "compiled", "from now on"], rows);
    maker.step("warm-up", "the counter is 0: the code is quickened").on(table, None);
    let [adaptive, fused, quick] = counts;
    let text = format!(
        "{} an adaptive form, which looks for a better one the next time it runs",
        plural(adaptive, "instruction gets", "instructions get")
    );
    maker.step("quicken", text).on(table, None);
    if fused > 0 {
        maker.step("quicken", format!("{} in one instruction", plural(fused, "pair is done", "pairs are done"))).on(table, None);
    }
    if quick > 0 {
        maker.step("quicken", format!("{} no more", plural(quick, "instruction counts", "instructions count"))).on(table, None);
    }
}
