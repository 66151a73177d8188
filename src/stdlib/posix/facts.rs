//! What `os.stat` tells of a file: `os.stat_result`, and the times that `os.utime` sets.
//!
//! The first ten items are whole numbers; three times are there again as floats and in nanoseconds, as attributes only.
//! `os.stat("x").st_size` is item 6. Counterpart in CPython 3.11: `_pystat_fromstructstat` in `Modules/posixmodule.c`.

use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Body, Objects},
    stdlib::{io::os_error, struct_sequence},
    vm::{
        Raised, Res, Vm,
        host::{Answer, Facts, FileRequest, Request},
        native::Args,
    },
};

/// Items, then the attributes that are none. The three floats get the names of the three times.
const FIELDS: [&str; 19] = [
    "st_mode",
    "st_ino",
    "st_dev",
    "st_nlink",
    "st_uid",
    "st_gid",
    "st_size",
    "st_atime",
    "st_mtime",
    "st_ctime",
    "_atime",
    "_mtime",
    "_ctime",
    "st_atime_ns",
    "st_mtime_ns",
    "st_ctime_ns",
    "st_blksize",
    "st_blocks",
    "st_rdev",
];

pub(super) fn add_classes(vm: &mut Vm, dict: ObjRef) {
    let class = struct_sequence::new_class_showing(vm, "os", "stat_result", &FIELDS, 10);
    let members = vm.heap.type_of_type(class).dict;
    for (hidden, name) in [("_atime", "st_atime"), ("_mtime", "st_mtime"), ("_ctime", "st_ctime")] {
        if let Some(getter) = vm.dict_get_text(members, hidden) {
            vm.incref(getter);
            vm.dict_set_text(members, name, getter);
            let key = vm.new_interned(hidden);
            vm.dict_del_str(members, key);
            vm.decref(key);
        }
    }
    vm.type_modified(class);
    vm.dict_set_text(dict, "stat_result", class);
    let class = struct_sequence::new_class(vm, "os", "terminal_size", &["columns", "lines"]);
    vm.dict_set_text(dict, "terminal_size", class);
    let class = struct_sequence::new_class(vm, "posix", "uname_result", &["sysname", "nodename", "release", "version", "machine"]);
    vm.dict_set_text(dict, "uname_result", class);
    let times = ["user", "system", "children_user", "children_system", "elapsed"];
    let class = struct_sequence::new_class(vm, "posix", "times_result", &times);
    vm.dict_set_text(dict, "times_result", class);
}

/// A class of the module `posix`, borrowed.
pub(super) fn class(vm: &Vm, name: &str) -> ObjRef {
    crate::stdlib::class_of_module(vm, "posix", name)
}

/// An `os.stat_result`, owned.
pub(super) fn new(vm: &mut Vm, facts: &Facts) -> ObjRef {
    let Facts { mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime, blksize, blocks, rdev } = *facts;
    const SECOND: i64 = 1_000_000_000;
    let mut items: Vec<ObjRef> = [mode, ino, dev, nlink, uid, gid, size].into_iter().map(|value| vm.new_int(value)).collect();
    let times = [atime, mtime, ctime];
    items.extend(times.map(|time| vm.new_int(time.div_euclid(SECOND))));
    items.extend(times.map(|time| vm.new_float(time.div_euclid(SECOND) as f64 + 1e-9 * time.rem_euclid(SECOND) as f64)));
    items.extend(times.map(|time| vm.new_int(time)));
    items.extend([blksize, blocks, rdev].map(|value| vm.new_int(value)));
    let class = class(vm, "stat_result");
    struct_sequence::new(vm, class, items)
}

/// `os.fstat(fd)`
pub(super) fn of_descriptor(vm: &mut Vm, args: Args) -> Res {
    let handle = super::descriptor::open_handle(vm, args.at(vm, 0))?;
    vm.ask(Request::File(FileRequest::FactsOf { handle }), |vm, answer| match answer {
        Answer::Facts(facts) => Ok(new(vm, &facts)),
        other => Err(os_error(vm, other, None)),
    })
}

/// The two times that `os.utime` gets, in nanoseconds; `None`: now.
pub(super) fn times(vm: &mut Vm, args: Args) -> Result<Option<(i64, i64)>, Raised> {
    let (times, ns) = (args.given(vm, 1), args.given(vm, 2));
    let pair = match (times, ns) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => return Err(vm.value_error("utime: you may specify either 'times' or 'ns' but not both")),
        (Some(pair), None) | (None, Some(pair)) => pair,
    };
    let items = match vm.heap.body(pair) {
        Body::Tuple(_) => vm.heap.tuple(pair).map(<[ObjRef]>::to_vec).unwrap_or_default(),
        _ => Vec::new(),
    };
    let [first, second] = items[..] else {
        let what = if ns.is_some() {
            "utime: 'ns' must be a tuple of two ints"
        } else {
            "utime: 'times' must be either a tuple of two ints or None"
        };
        return Err(vm.type_error(what));
    };
    let mut nanoseconds = |value: ObjRef| -> Result<i64, Raised> {
        if ns.is_some() || vm.is_int(value) {
            let whole = convert::ssize(vm, value)?;
            return Ok(if ns.is_some() { whole } else { whole.saturating_mul(1_000_000_000) });
        }
        let seconds = convert::real(vm, value)?;
        let whole = seconds.floor();
        Ok((whole as i64).saturating_mul(1_000_000_000) + ((seconds - whole) * 1e9).floor() as i64)
    };
    Ok(Some((nanoseconds(first)?, nanoseconds(second)?)))
}
