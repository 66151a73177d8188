//! `time`: clocks and sleeping. The outside world answers each question; a replay answers the same again.
//!
//! Counterpart in CPython 3.11: `Modules/timemodule.c`. `time.sleep(0.1)` asks the host to wait.

use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::core_types::*,
    vm::{
        Raised, Res, Vm,
        host::{Answer, Request, failed},
        native::{Args, NativeDef, Signature},
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use Signature::{None, One};
    let natives = vec![
        NativeDef::function("time", None, |vm, _| vm.ask(Request::Time, seconds)),
        NativeDef::function("time_ns", None, |vm, _| vm.ask(Request::Time, nanoseconds)),
        NativeDef::function("monotonic", None, |vm, _| vm.ask(Request::Monotonic, seconds)),
        NativeDef::function("monotonic_ns", None, |vm, _| vm.ask(Request::Monotonic, nanoseconds)),
        NativeDef::function("perf_counter", None, |vm, _| vm.ask(Request::Monotonic, seconds)),
        NativeDef::function("perf_counter_ns", None, |vm, _| vm.ask(Request::Monotonic, nanoseconds)),
        NativeDef::function("process_time", None, |vm, _| vm.ask(Request::Monotonic, seconds)),
        NativeDef::function("process_time_ns", None, |vm, _| vm.ask(Request::Monotonic, nanoseconds)),
        NativeDef::function("thread_time", None, |vm, _| vm.ask(Request::Monotonic, seconds)),
        NativeDef::function("thread_time_ns", None, |vm, _| vm.ask(Request::Monotonic, nanoseconds)),
        NativeDef::function("sleep", One, sleep),
    ];
    super::add_functions(vm, dict, "time", natives);
    for name in ["timezone", "altzone", "daylight"] {
        let zero = vm.new_int(0);
        vm.dict_set_text(dict, name, zero);
    }
    let names = [vm.new_str("UTC"), vm.new_str("UTC")];
    let names = vm.new_tuple(names);
    vm.dict_set_text(dict, "tzname", names);
}

fn seconds(vm: &mut Vm, answer: Answer) -> Result<ObjRef, Raised> {
    match answer {
        Answer::Seconds(seconds) => Ok(vm.new_float(seconds)),
        other => Err(failed(vm, other)),
    }
}

fn nanoseconds(vm: &mut Vm, answer: Answer) -> Result<ObjRef, Raised> {
    match answer {
        Answer::Seconds(seconds) => Ok(vm.new_int((seconds * 1e9) as i64)),
        other => Err(failed(vm, other)),
    }
}

fn sleep(vm: &mut Vm, args: Args) -> Res {
    let duration = args.at(vm, 0);
    let seconds = if convert::plain_float(vm, duration).is_some() {
        convert::real(vm, duration)?
    } else {
        let int = convert::big(vm, duration)?;
        let value = crate::num::int_float::int_to_float(&int);
        convert::check(vm, value)?
    };
    if seconds.is_nan() {
        return Err(vm.value_error("Invalid value NaN (not a number)"));
    }
    if seconds < 0.0 {
        return Err(vm.value_error("sleep length must be non-negative"));
    }
    if seconds > 9.2e9 {
        return Err(vm.raise(OVERFLOW_ERROR, "timestamp too large to convert to C _PyTime_t"));
    }
    vm.ask(Request::Sleep(seconds), |vm, answer| match answer {
        Answer::Done => Ok(vm.none()),
        other => Err(failed(vm, other)),
    })
}
