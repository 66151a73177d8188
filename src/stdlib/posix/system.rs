//! Calls about the process and the computer: the environment, `uname`, numbers of processes and users.
//!
//! A variable is asked for when it is looked up, so that a recording keeps only those that the program has read.
//! `posix._getenv(b"HOME")` is `b"/home/me"` or None. Counterpart in CPython 3.11: `convertenviron`, `os_uname_impl`,
//! `os_strerror_impl` in `Modules/posixmodule.c`.

use super::{decoded, facts};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::core_types::SYSTEM_EXIT,
    stdlib::io::{bytes_argument, os_error},
    vm::{
        Raised, Res, Vm,
        host::{Answer, FileRequest, Request, errno::Errno},
        native::{NativeDef as Def, Signature},
        raised::done,
    },
};

pub(super) fn functions() -> Vec<Def> {
    use Signature::{Named, None as NoArgs, One};
    vec![
        Def::function("_getenv", One, |vm, args| {
            let name = bytes_argument(vm, args.at(vm, 0))?;
            vm.ask(Request::File(FileRequest::Variable(name)), |vm, answer| match answer {
                Answer::Bytes(value) => Ok(vm.new_bytes(value)),
                Answer::Failed(..) => Ok(vm.none()),
                other => Err(os_error(vm, other, None)),
            })
        }),
        Def::function("_environ", NoArgs, |vm, _| {
            vm.ask(Request::File(FileRequest::Variables), |vm, answer| match answer {
                Answer::Names(names) => {
                    let dict = vm.new_dict();
                    for pair in names.chunks_exact(2) {
                        let (key, value) = (vm.new_bytes(pair[0].clone()), vm.new_bytes(pair[1].clone()));
                        let set = vm.dict_set_now(dict, key, value);
                        vm.decref_all([key, value]);
                        set?;
                    }
                    Ok(dict)
                }
                other => Err(os_error(vm, other, None)),
            })
        }),
        Def::function("uname", NoArgs, |vm, _| {
            vm.ask(Request::File(FileRequest::SystemName), |vm, answer| match answer {
                Answer::Names(names) => {
                    let items: Vec<ObjRef> = names.iter().map(|name| decoded(vm, name)).collect();
                    let class = facts::class(vm, "uname_result");
                    Ok(crate::stdlib::struct_sequence::new(vm, class, items))
                }
                other => Err(os_error(vm, other, None)),
            })
        }),
        Def::function("times", NoArgs, |vm, _| {
            vm.ask(Request::Monotonic, |vm, answer| match answer {
                Answer::Seconds(now) => {
                    // The world has one clock, and no children.
                    let items = [now, 0.0, 0.0, 0.0, now].map(|seconds| vm.new_float(seconds));
                    let class = facts::class(vm, "times_result");
                    Ok(crate::stdlib::struct_sequence::new(vm, class, items.to_vec()))
                }
                other => Err(os_error(vm, other, None)),
            })
        }),
        Def::function("getpid", NoArgs, |vm, _| process_number(vm, number::<0>)),
        Def::function("getppid", NoArgs, |vm, _| process_number(vm, number::<1>)),
        Def::function("getuid", NoArgs, |vm, _| process_number(vm, number::<2>)),
        Def::function("geteuid", NoArgs, |vm, _| process_number(vm, number::<2>)),
        Def::function("getgid", NoArgs, |vm, _| process_number(vm, number::<3>)),
        Def::function("getegid", NoArgs, |vm, _| process_number(vm, number::<3>)),
        Def::function("cpu_count", NoArgs, |vm, _| process_number(vm, number::<4>)),
        Def::function("_umask", NoArgs, |vm, _| process_number(vm, number::<5>)),
        Def::function("strerror", Named("code, /"), |vm, args| {
            let code = convert::c_int(vm, args.at(vm, 0))?;
            done(vm.new_str(Errno(code).words()))
        }),
        Def::function("_exit", Named("status"), |vm, args| {
            // The world knows no end but the program's own.
            let status = vm.own(args.at(vm, 0));
            let args = vm.new_tuple([status]);
            Err(vm.raise_args(SYSTEM_EXIT, args))
        }),
        Def::function("device_encoding", Named("fd"), |vm, args| {
            let fd = convert::c_int(vm, args.at(vm, 0))?;
            let is_terminal = usize::try_from(fd).ok().and_then(|fd| vm.config.terminals.get(fd).copied()).unwrap_or(false);
            done(if is_terminal { vm.new_str("utf-8") } else { vm.none() })
        }),
    ]
}

fn process_number(vm: &mut Vm, then: fn(&mut Vm, Answer) -> Result<ObjRef, Raised>) -> Res {
    vm.ask(Request::File(FileRequest::Process), then)
}

/// One of the numbers of [`FileRequest::Process`].
fn number<const INDEX: usize>(vm: &mut Vm, answer: Answer) -> Result<ObjRef, Raised> {
    match answer {
        Answer::Numbers(numbers) => Ok(vm.new_int(numbers.get(INDEX).copied().unwrap_or(0))),
        other => Err(os_error(vm, other, None)),
    }
}
