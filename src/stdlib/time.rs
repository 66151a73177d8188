//! `time`: clocks, sleeping and the calendar. The outside world answers what the clocks show; a replay answers the same again.
//!
//! The local zone is UTC. Counterpart in CPython 3.11: `Modules/timemodule.c`. `time.sleep(0.1)` asks the host to wait,
//! `time.strftime("%H:%M")` asks for the time of day first.

pub mod calendar;
pub mod read;
pub mod write;

use self::calendar::Moment;
use super::struct_sequence;
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::*},
    text::{PyStr, repr},
    vm::{
        Raised, Res, Vm,
        host::{Answer, Request, failed},
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

/// The name of the local zone.
const ZONE: &str = "UTC";

/// The fields of `struct_time`; the last two are no items.
const FIELDS: [&str; 11] =
    ["tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst", "tm_zone", "tm_gmtoff"];

/// The clocks of the operating system by their numbers.
const CLOCKS: [(&str, i64); 7] = [
    ("CLOCK_REALTIME", 0),
    ("CLOCK_MONOTONIC", 1),
    ("CLOCK_MONOTONIC_RAW", 4),
    ("CLOCK_PROCESS_CPUTIME_ID", 2),
    ("CLOCK_THREAD_CPUTIME_ID", 3),
    ("CLOCK_BOOTTIME", 7),
    ("CLOCK_TAI", 11),
];

/// The clock of the only thread's CPU time, as `pthread_getcpuclockid` gives it.
const THREAD_CLOCK: i64 = -10;

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use {NativeDef as Def, Signature::*};
    let natives = vec![
        Def::function("time", None, |vm, _| vm.ask(Request::Time, seconds)),
        Def::function("time_ns", None, |vm, _| vm.ask(Request::Time, nanoseconds)),
        Def::function("clock_gettime", Any, |vm, args| {
            convert::parsed_arity(vm, args, ("clock_gettime", "clock_gettime"), 1..=1)?;
            let request = clock(vm, args)?;
            vm.ask(request, seconds)
        }),
        Def::function("clock_gettime_ns", Any, |vm, args| {
            convert::parsed_arity(vm, args, ("clock_gettime_ns", "clock_gettime"), 1..=1)?;
            let request = clock(vm, args)?;
            vm.ask(request, nanoseconds)
        }),
        Def::function("clock_settime", Any, |vm, args| clock_settime(vm, args, "clock_settime")),
        Def::function("clock_settime_ns", Any, |vm, args| clock_settime(vm, args, "clock_settime_ns")),
        Def::function("clock_getres", Any, |vm, args| {
            convert::parsed_arity(vm, args, ("clock_getres", "clock_getres"), 1..=1)?;
            clock(vm, args)?;
            done(vm.new_float(1e-9))
        }),
        Def::function("sleep", One, sleep),
        Def::function("gmtime", Any, |vm, args| broken_down(vm, args, "gmtime", "GMT")),
        Def::function("localtime", Any, |vm, args| broken_down(vm, args, "localtime", ZONE)),
        Def::function("asctime", Any, asctime),
        Def::function("ctime", Any, ctime),
        Def::function("mktime", One, mktime),
        Def::function("strftime", Any, strftime),
        Def::function("strptime", Any, strptime),
        Def::function("tzset", None, |vm, _| done(vm.none())),
        Def::function("monotonic", None, |vm, _| vm.ask(Request::Monotonic, seconds)),
        Def::function("monotonic_ns", None, |vm, _| vm.ask(Request::Monotonic, nanoseconds)),
        Def::function("process_time", None, |vm, _| vm.ask(Request::Monotonic, seconds)),
        Def::function("process_time_ns", None, |vm, _| vm.ask(Request::Monotonic, nanoseconds)),
        Def::function("thread_time", None, |vm, _| vm.ask(Request::Monotonic, seconds)),
        Def::function("thread_time_ns", None, |vm, _| vm.ask(Request::Monotonic, nanoseconds)),
        Def::function("perf_counter", None, |vm, _| vm.ask(Request::Monotonic, seconds)),
        Def::function("perf_counter_ns", None, |vm, _| vm.ask(Request::Monotonic, nanoseconds)),
        Def::function("pthread_getcpuclockid", Any, |vm, args| {
            convert::parsed_arity(vm, args, ("pthread_getcpuclockid", "pthread_getcpuclockid"), 1..=1)?;
            let thread = args.at(vm, 0);
            if !vm.is_int(thread) {
                let given = vm.type_name(thread);
                return Err(vm.type_error(format!("pthread_getcpuclockid() argument 1 must be int, not {given}")));
            }
            done(vm.new_int(THREAD_CLOCK))
        }),
        Def::function("get_clock_info", Any, get_clock_info),
    ];
    super::add_functions(vm, dict, "time", natives);
    for name in ["timezone", "altzone", "daylight"] {
        let zero = vm.new_int(0);
        vm.dict_set_text(dict, name, zero);
    }
    let names = [vm.new_str(ZONE), vm.new_str(ZONE)];
    let names = vm.new_tuple(names);
    let fields = vm.new_int(11);
    vm.dict_set_text(dict, "_STRUCT_TM_ITEMS", fields);
    vm.dict_set_text(dict, "tzname", names);
    for (name, number) in CLOCKS {
        let number = vm.new_int(number);
        vm.dict_set_text(dict, name, number);
    }
    let class = struct_sequence::new_class_showing(vm, "time", "struct_time", &FIELDS, 9);
    let members = vm.heap.type_of_type(class).dict;
    let module = vm.new_interned("time");
    vm.dict_set_text(members, "__module__", module);
    vm.dict_set_text(dict, "struct_time", class);
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
        convert::limited(vm, duration)?.map_or(1e12, |seconds: i64| seconds as f64)
    };
    if seconds.is_nan() {
        return Err(vm.value_error("Invalid value NaN (not a number)"));
    }
    if seconds < 0.0 {
        return Err(vm.value_error("sleep length must be non-negative"));
    }
    if seconds > 9.2e9 {
        let far = vm.ty(duration) == FLOAT && seconds > 9.2e18;
        let text = if far { "timestamp out of range for platform time_t" } else { "timestamp too large to convert to C _PyTime_t" };
        return Err(vm.raise(OVERFLOW_ERROR, text));
    }
    if vm.threads.list.len() > 1 && vm.may_wait() {
        return vm.sleep(seconds);
    }
    vm.ask(Request::Sleep(seconds), |vm, answer| match answer {
        Answer::Done => Ok(vm.none()),
        other => Err(failed(vm, other)),
    })
}

// ── clocks ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/// What to ask for a clock by its number.
fn clock(vm: &mut Vm, args: Args) -> Result<Request, Raised> {
    let number = match convert::limited(vm, args.at(vm, 0))? {
        Ok(number) if i32::try_from(number).is_ok() => number,
        Ok(number) if number < 0 => return Err(vm.raise(OVERFLOW_ERROR, "signed integer is less than minimum")),
        Ok(_) => return Err(vm.raise(OVERFLOW_ERROR, "signed integer is greater than maximum")),
        Err(_) => return Err(vm.raise(OVERFLOW_ERROR, "Python int too large to convert to C long")),
    };
    match number {
        0 | 5 | 11 => Ok(Request::Time),
        1..=4 | 6 | 7 | THREAD_CLOCK => Ok(Request::Monotonic),
        _ => Err(failed(vm, Answer::Failed(22, "Invalid argument".into()))),
    }
}

/// Nobody may set the clock.
fn clock_settime(vm: &mut Vm, args: Args, name: &str) -> Res {
    convert::parsed_arity(vm, args, (name, name), 2..=2)?;
    clock(vm, args)?;
    Err(failed(vm, Answer::Failed(1, "Operation not permitted".into())))
}

fn get_clock_info(vm: &mut Vm, args: Args) -> Res {
    convert::parsed_arity(vm, args, ("get_clock_info", "get_clock_info"), 1..=1)?;
    let name = convert::text(vm, args.at(vm, 0), "get_clock_info() argument 1")?;
    let (id, monotonic) = match &*name.to_string_lossy() {
        "time" => ("CLOCK_REALTIME", false),
        "monotonic" | "perf_counter" => ("CLOCK_MONOTONIC", true),
        "process_time" => ("CLOCK_PROCESS_CPUTIME_ID", true),
        "thread_time" => ("CLOCK_THREAD_CPUTIME_ID", true),
        _ => return Err(vm.value_error("unknown clock")),
    };
    let info = vm.new_instance(SIMPLE_NAMESPACE);
    let fields = [
        ("implementation", vm.new_str(format!("clock_gettime({id})"))),
        ("monotonic", vm.new_bool(monotonic)),
        ("adjustable", vm.new_bool(!monotonic)),
        ("resolution", vm.new_float(1e-9)),
    ];
    for (field, value) in fields {
        let field = vm.new_interned(field);
        vm.set_own_attr(info, field, value);
        vm.decref_all([field, value]);
    }
    done(info)
}

// ── moments ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The argument at an index, unless it is left out or None.
fn not_none(vm: &Vm, args: Args, index: usize) -> Option<ObjRef> {
    args.get(vm, index).filter(|&object| object != NONE)
}

/// Whole seconds, rounded down.
fn timestamp(vm: &mut Vm, object: ObjRef) -> Result<i64, Raised> {
    let too_large = "timestamp out of range for platform time_t";
    if vm.is_subtype(vm.ty(object), FLOAT) {
        let seconds = convert::real(vm, object)?.floor();
        if seconds.is_nan() {
            return Err(vm.value_error("Invalid value NaN (not a number)"));
        }
        return if seconds.abs() < 9.2e18 { Ok(seconds as i64) } else { Err(vm.raise(OVERFLOW_ERROR, too_large)) };
    }
    match convert::limited(vm, object)? {
        Ok(seconds) => Ok(seconds),
        Err(_) => Err(vm.raise(OVERFLOW_ERROR, too_large)),
    }
}

/// The moment of a number of seconds. Error: OSError for a year beyond what the C library holds.
fn moment_at(vm: &mut Vm, seconds: i64) -> Result<Moment, Raised> {
    let years = seconds.unsigned_abs() / 31_556_952;
    if years > i32::MAX as u64 - 1970 {
        return Err(failed(vm, Answer::Failed(75, "Value too large for defined data type".into())));
    }
    Ok(Moment::at(seconds))
}

fn new_struct(vm: &mut Vm, moment: &Moment) -> ObjRef {
    let m = moment;
    let mut items: Vec<ObjRef> = Vec::new();
    for number in [m.year, m.month, m.day, m.hour, m.minute, m.second, m.weekday, m.year_day, m.is_dst] {
        items.push(vm.new_int(number));
    }
    items.push(match &m.zone {
        Some(zone) => vm.new_str(zone.as_str()),
        Option::None => vm.none(),
    });
    items.push(match m.offset {
        Some(offset) => vm.new_int(offset),
        Option::None => vm.none(),
    });
    let class = super::class_of_module(vm, "time", "struct_time");
    struct_sequence::new(vm, class, items)
}

/// The moment that a tuple or a `struct_time` tells, its numbers as they are.
fn moment_of(vm: &mut Vm, object: ObjRef, function: &str) -> Result<Moment, Raised> {
    let Some(items) = vm.heap.tuple(object).map(<[ObjRef]>::to_vec) else {
        return Err(vm.type_error("Tuple or struct_time argument required"));
    };
    if items.len() != 9 {
        return Err(vm.type_error(format!("{function}(): illegal time tuple argument")));
    }
    let mut numbers = [0; 9];
    for (number, &item) in numbers.iter_mut().zip(&items) {
        *number = match convert::limited(vm, item)? {
            Ok(value) if i32::try_from(value).is_ok() => value,
            Ok(value) => {
                let bound = if value < 0 { "less than minimum" } else { "greater than maximum" };
                return Err(vm.raise(OVERFLOW_ERROR, format!("signed integer is {bound}").as_str()));
            }
            Err(_) => return Err(vm.raise(OVERFLOW_ERROR, "Python int too large to convert to C long")),
        };
    }
    let [year, month, day, hour, minute, second, weekday, year_day, is_dst] = numbers;
    let mut moment = Moment { year, month, day, hour, minute, second, weekday, year_day, is_dst, zone: None, offset: Some(0) };
    if vm.ty(object) == super::class_of_module(vm, "time", "struct_time") {
        let zone = struct_sequence::hidden(vm, object).first().copied().and_then(|zone| vm.text(zone));
        let offset = struct_sequence::hidden(vm, object).get(1).copied().and_then(|offset| vm.small_value(offset));
        moment.zone = Some(zone.map_or(String::new(), |zone| zone.to_string_lossy()));
        moment.offset = Some(offset.unwrap_or(0));
    }
    Ok(moment)
}

/// What may be written: every field in its range; month, day and day of the year may be 0 for 1.
fn checked(vm: &mut Vm, mut moment: Moment) -> Result<Moment, Raised> {
    for unit in [&mut moment.month, &mut moment.day, &mut moment.year_day] {
        *unit = if *unit == 0 { 1 } else { *unit };
    }
    let ranges = [
        (moment.month, 1, 12, "month"),
        (moment.day, 1, 31, "day of month"),
        (moment.hour, 0, 23, "hour"),
        (moment.minute, 0, 59, "minute"),
        (moment.second, 0, 61, "seconds"),
        (moment.weekday, -1, i64::MAX, "day of week"),
        (moment.year_day, 1, 366, "day of year"),
    ];
    for (value, low, high, name) in ranges {
        if value < low || value > high {
            return Err(vm.value_error(format!("{name} out of range")));
        }
    }
    moment.weekday = moment.weekday.rem_euclid(7);
    moment.is_dst = moment.is_dst.clamp(-1, 1);
    Ok(moment)
}

// ── functions of moments ────────────────────────────────────────────────────────────────────────────────────────────

/// `gmtime` and `localtime`
fn broken_down(vm: &mut Vm, args: Args, name: &str, zone: &'static str) -> Res {
    convert::parsed_arity(vm, args, (name, name), 0..=1)?;
    let Some(object) = not_none(vm, args, 0) else {
        let then = if zone == ZONE { now_local } else { now_utc };
        return vm.ask(Request::Time, then);
    };
    let seconds = timestamp(vm, object)?;
    let moment = moment_at(vm, seconds)?;
    done(new_struct(vm, &Moment { zone: Some(zone.into()), offset: Some(0), ..moment }))
}

fn now(vm: &mut Vm, answer: Answer) -> Result<Moment, Raised> {
    match answer {
        Answer::Seconds(seconds) => moment_at(vm, seconds.floor() as i64),
        other => Err(failed(vm, other)),
    }
}

fn now_local(vm: &mut Vm, answer: Answer) -> Result<ObjRef, Raised> {
    let moment = now(vm, answer)?;
    Ok(new_struct(vm, &Moment { zone: Some(ZONE.into()), offset: Some(0), ..moment }))
}

fn now_utc(vm: &mut Vm, answer: Answer) -> Result<ObjRef, Raised> {
    let moment = now(vm, answer)?;
    Ok(new_struct(vm, &Moment { zone: Some("GMT".into()), offset: Some(0), ..moment }))
}

fn now_text(vm: &mut Vm, answer: Answer) -> Result<ObjRef, Raised> {
    let moment = now(vm, answer)?;
    Ok(vm.new_str(write::asctime(&moment)))
}

fn asctime(vm: &mut Vm, args: Args) -> Res {
    if args.kwnames.is_some() {
        return Err(vm.type_error("asctime() takes no keyword arguments"));
    }
    if args.n > 1 {
        return Err(vm.type_error(format!("asctime expected at most 1 argument, got {}", args.n)));
    }
    let Some(object) = args.get(vm, 0) else { return vm.ask(Request::Time, now_text) };
    let moment = moment_of(vm, object, "asctime")?;
    let moment = checked(vm, moment)?;
    done(vm.new_str(write::asctime(&moment)))
}

fn ctime(vm: &mut Vm, args: Args) -> Res {
    convert::parsed_arity(vm, args, ("ctime", "ctime"), 0..=1)?;
    let Some(object) = not_none(vm, args, 0) else { return vm.ask(Request::Time, now_text) };
    let seconds = timestamp(vm, object)?;
    let moment = moment_at(vm, seconds)?;
    done(vm.new_str(write::asctime(&moment)))
}

fn mktime(vm: &mut Vm, args: Args) -> Res {
    let moment = moment_of(vm, args.at(vm, 0), "mktime")?;
    done(vm.new_float(moment.seconds() as f64))
}

fn strftime(vm: &mut Vm, args: Args) -> Res {
    convert::parsed_arity(vm, args, ("strftime", "strftime"), 1..=2)?;
    let format = args.at(vm, 0);
    convert::text(vm, format, "strftime() argument 1")?;
    let Some(object) = args.get(vm, 1) else {
        let first = |vm: &mut Vm, _: &[ObjRef]| vm.ask(Request::Time, now_local);
        return vm.call_then("strftime", &[format], first, |vm, refs, now| {
            let result = moment_of(vm, now, "strftime").and_then(|moment| written(vm, refs[0], moment));
            vm.decref(now);
            result
        });
    };
    let moment = moment_of(vm, object, "strftime")?;
    written(vm, format, moment)
}

fn written(vm: &mut Vm, format: ObjRef, moment: Moment) -> Res {
    let moment = checked(vm, moment)?;
    let format = convert::text(vm, format, "strftime() argument 1")?;
    if format.find_point(0, 0).is_some() {
        return Err(vm.value_error("embedded null character"));
    }
    let text = write::strftime(&format.to_code_points(), &moment, ZONE);
    done(vm.new_str(PyStr::from_code_points(&text)))
}

fn strptime(vm: &mut Vm, args: Args) -> Res {
    let given = args.n;
    if !args.keywords(vm).is_empty() {
        return Err(vm.type_error("strptime() takes no keyword arguments"));
    }
    match given {
        0 => return Err(vm.type_error("_strptime_time() missing 1 required positional argument: 'data_string'")),
        1 | 2 => {}
        _ => {
            let text = format!("_strptime_time() takes from 1 to 2 positional arguments but {given} were given");
            return Err(vm.type_error(text));
        }
    }
    let mut texts = Vec::new();
    for index in 0..given {
        let object = args.at(vm, index);
        match vm.text(object) {
            Some(text) => texts.push(text.as_ref().clone()),
            Option::None => {
                let ty = vm.ty(object);
                let shown = vm.repr_now(ty)?;
                return Err(vm.type_error(format!("strptime() argument {index} must be str, not {shown}")));
            }
        }
    }
    if given == 1 {
        texts.push(PyStr::from("%a %b %d %H:%M:%S %Y"));
    }
    let shown = |text: &PyStr| repr::str_repr(text).to_string_lossy();
    let chars = |text: &PyStr| text.iter().map(|c| char::from_u32(c).unwrap_or('\u{fffd}')).collect::<Vec<char>>();
    let (data, format) = (&texts[0], &texts[1]);
    match read::strptime(&chars(data), &chars(format), (&shown(data), &shown(format))) {
        Ok(moment) => done(new_struct(vm, &moment)),
        Err(text) => Err(vm.value_error(text)),
    }
}
