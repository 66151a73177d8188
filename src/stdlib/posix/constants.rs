//! The numbers that `posix` names: flags of `open`, modes of `access`, exit codes. They are those of Linux.
//!
//! `posix.O_RDWR | posix.O_CREAT` is 66. Counterpart in CPython 3.11: `all_ins` in `Modules/posixmodule.c`.

use crate::{heap::ObjRef, vm::Vm};

pub(super) const O_WRONLY: i64 = 1;
pub(super) const O_RDWR: i64 = 2;
pub(super) const O_CREAT: i64 = 0o100;
pub(super) const O_EXCL: i64 = 0o200;
pub(super) const O_TRUNC: i64 = 0o1000;
pub(super) const O_APPEND: i64 = 0o2000;

const ALL: &[(&str, i64)] = &[
    ("F_OK", 0),
    ("R_OK", 4),
    ("W_OK", 2),
    ("X_OK", 1),
    ("O_RDONLY", 0),
    ("O_WRONLY", O_WRONLY),
    ("O_RDWR", O_RDWR),
    ("O_CREAT", O_CREAT),
    ("O_EXCL", O_EXCL),
    ("O_TRUNC", O_TRUNC),
    ("O_APPEND", O_APPEND),
    ("O_NONBLOCK", 0o4000),
    ("O_NDELAY", 0o4000),
    ("O_DSYNC", 0o10000),
    ("O_SYNC", 0o4010000),
    ("O_RSYNC", 0o4010000),
    ("O_NOCTTY", 0o400),
    ("O_DIRECTORY", 0o200000),
    ("O_NOFOLLOW", 0o400000),
    ("O_CLOEXEC", 0o2000000),
    ("O_ACCMODE", 3),
    ("EX_OK", 0),
    ("EX_USAGE", 64),
    ("EX_DATAERR", 65),
    ("EX_NOINPUT", 66),
    ("EX_NOUSER", 67),
    ("EX_NOHOST", 68),
    ("EX_UNAVAILABLE", 69),
    ("EX_SOFTWARE", 70),
    ("EX_OSERR", 71),
    ("EX_OSFILE", 72),
    ("EX_CANTCREAT", 73),
    ("EX_IOERR", 74),
    ("EX_TEMPFAIL", 75),
    ("EX_PROTOCOL", 76),
    ("EX_NOPERM", 77),
    ("EX_CONFIG", 78),
    ("NGROUPS_MAX", 65536),
    ("TMP_MAX", 238328),
    ("WNOHANG", 1),
    ("WUNTRACED", 2),
    ("WCONTINUED", 8),
];

pub(super) fn add(vm: &mut Vm, dict: ObjRef) {
    for &(name, value) in ALL {
        let value = vm.new_int(value);
        vm.dict_set_text(dict, name, value);
    }
}
