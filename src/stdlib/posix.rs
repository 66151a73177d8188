//! `posix`: the system's calls about files and folders. `os` stands on it.
//!
//! Each call is a question to the outside world; which world answers (this computer, a recording, a lesson's files in memory) is
//! not known here. Open files are numbers, the same that `io.FileIO` uses. `posix.unlink("x.txt")` removes a file.
//! Counterpart in CPython 3.11: `Modules/posixmodule.c`.

mod constants;
mod descriptor;
mod facts;
mod system;

use super::{
    add_functions,
    io::{
        file::{path_bytes, path_of},
        os_error,
        task::{self, Next, Step, Task},
    },
};
use crate::{
    builtins::{convert, types::exception::fields::class_for_errno},
    heap::ObjRef,
    objects::{Objects, core_types::*},
    text::codec::{self, Encoding, Handler},
    vm::{
        Raised, Res, Vm,
        host::{Answer, FileRequest, Request},
        native::{Args, NativeDef as Def, Signature},
        native_frame::Input,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use Signature::Named;
    let mut functions = vec![
        Def::function("unlink", Named("path, *, dir_fd=None"), |vm, args| start(vm, args, 1, Kind::Remove)),
        Def::function("remove", Named("path, *, dir_fd=None"), |vm, args| start(vm, args, 1, Kind::Remove)),
        Def::function("rmdir", Named("path, *, dir_fd=None"), |vm, args| start(vm, args, 1, Kind::RemoveFolder)),
        Def::function("mkdir", Named("path, mode=511, *, dir_fd=None"), |vm, args| start(vm, args, 1, Kind::MakeFolder)),
        Def::function("rename", Named("src, dst, *, src_dir_fd=None, dst_dir_fd=None"), |vm, args| start(vm, args, 2, Kind::Rename)),
        Def::function("replace", Named("src, dst, *, src_dir_fd=None, dst_dir_fd=None"), |vm, args| start(vm, args, 2, Kind::Rename)),
        Def::function("listdir", Named("path=None"), |vm, args| start(vm, args, 1, Kind::List)),
        Def::function("chdir", Named("path"), |vm, args| start(vm, args, 1, Kind::ChangeFolder)),
        Def::function("readlink", Named("path, *, dir_fd=None"), |vm, args| start(vm, args, 1, Kind::ReadLink)),
        Def::function("symlink", Named("src, dst, target_is_directory=False, *, dir_fd=None"), |vm, args| {
            start(vm, args, 2, Kind::Link { symbolic: true })
        }),
        Def::function("link", Named("src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True"), |vm, args| {
            start(vm, args, 2, Kind::Link { symbolic: false })
        }),
        Def::function("stat", Named("path, *, dir_fd=None, follow_symlinks=True"), |vm, args| {
            let follow = args.get(vm, 2).is_none() || convert::flag(vm, args.get(vm, 2))?;
            if vm.is_int(args.at(vm, 0)) {
                return facts::of_descriptor(vm, args);
            }
            start(vm, args, 1, Kind::Facts { follow })
        }),
        Def::function("lstat", Named("path, *, dir_fd=None"), |vm, args| start(vm, args, 1, Kind::Facts { follow: false })),
        Def::function("fstat", Named("fd"), facts::of_descriptor),
        Def::function("access", Named("path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True"), |vm, args| {
            let mode = convert::c_int(vm, args.at(vm, 1))?;
            start(vm, args, 1, Kind::Access { mode: mode as u32 & 7 })
        }),
        Def::function("chmod", Named("path, mode, *, dir_fd=None, follow_symlinks=True"), |vm, args| {
            let mode = convert::c_int(vm, args.at(vm, 1))?;
            start(vm, args, 1, Kind::ChangeMode { mode: mode as u32 & 0o7777 })
        }),
        Def::function("truncate", Named("path, length"), |vm, args| {
            let size = convert::ssize(vm, args.at(vm, 1))?;
            start(vm, args, 1, Kind::Truncate { size })
        }),
        Def::function("utime", Named("path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True"), |vm, args| {
            let times = facts::times(vm, args)?;
            start(vm, args, 1, Kind::ChangeTimes(times))
        }),
        Def::function("getcwd", Signature::None, |vm, _| current_folder(vm, false)),
        Def::function("getcwdb", Signature::None, |vm, _| current_folder(vm, true)),
        Def::function("urandom", Signature::One, |vm, args| {
            let size = convert::limited(vm, args.at(vm, 0))?;
            match size.map(usize::try_from) {
                Ok(Ok(size)) => vm.ask(Request::Entropy(size), |vm, answer| match answer {
                    Answer::Bytes(bytes) => Ok(vm.new_bytes(bytes)),
                    other => Err(os_error(vm, other, None)),
                }),
                Ok(Err(_)) => Err(vm.value_error("negative argument not allowed")),
                Err(_) => Err(vm.raise(OVERFLOW_ERROR, "Python int too large to convert to C ssize_t")),
            }
        }),
        Def::function("fspath", Named("path"), |vm, args| path_of(vm, args.at(vm, 0))),
    ];
    functions.extend(descriptor::functions());
    functions.extend(system::functions());
    // Of what systems may lack, for `os.supports_follow_symlinks` and its like.
    let can = vm.new_str("HAVE_LSTAT");
    let can = vm.new_list([can]);
    vm.dict_set_text(dict, "_have_functions", can);
    add_functions(vm, dict, "posix", functions);
    facts::add_classes(vm, dict);
    constants::add(vm, dict);
    vm.incref(OS_ERROR);
    vm.dict_set_text(dict, "error", OS_ERROR);
}

fn current_folder(vm: &mut Vm, as_bytes: bool) -> Res {
    if as_bytes {
        return vm.ask(Request::File(FileRequest::CurrentFolder), |vm, answer| match answer {
            Answer::Bytes(path) => Ok(vm.new_bytes(path)),
            other => Err(os_error(vm, other, None)),
        });
    }
    vm.ask(Request::File(FileRequest::CurrentFolder), |vm, answer| match answer {
        Answer::Bytes(path) => Ok(decoded(vm, &path)),
        other => Err(os_error(vm, other, None)),
    })
}

/// The str of a path, bytes that are not UTF-8 as lone surrogates; owned.
fn decoded(vm: &mut Vm, path: &[u8]) -> ObjRef {
    let text = codec::decode(path, Encoding::Utf8, Handler::SurrogateEscape).unwrap_or_default();
    vm.new_str(text)
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Remove,
    RemoveFolder,
    MakeFolder,
    Rename,
    List,
    ChangeFolder,
    ReadLink,
    Link {
        symbolic: bool,
    },
    Facts {
        follow: bool,
    },
    /// May the bits of `mode` be done with it? Answered with a bool, never an error.
    Access {
        mode: u32,
    },
    ChangeMode {
        mode: u32,
    },
    ChangeTimes(Option<(i64, i64)>),
    Truncate {
        size: i64,
    },
}

fn start(vm: &mut Vm, args: Args, count: usize, kind: Kind) -> Res {
    let given = (0..count).filter_map(|index| args.given(vm, index)).collect();
    task::run(vm, Call { kind, given, names: Vec::new(), paths: Vec::new(), asked: false })
}

/// Takes the paths, asks, and makes an object or an exception of the answer.
#[derive(Clone)]
struct Call {
    kind: Kind,
    /// The arguments, borrowed.
    given: Vec<ObjRef>,
    /// What `os.fspath` makes of them, owned: messages name these.
    names: Vec<ObjRef>,
    paths: Vec<Vec<u8>>,
    asked: bool,
}

impl Call {
    fn request(&mut self) -> FileRequest {
        let mut paths = std::mem::take(&mut self.paths).into_iter();
        let path = paths.next().unwrap_or_else(|| b".".to_vec());
        match self.kind {
            Kind::Remove => FileRequest::Remove(path),
            Kind::RemoveFolder => FileRequest::RemoveFolder(path),
            Kind::MakeFolder => FileRequest::MakeFolder(path),
            Kind::Rename => FileRequest::Rename(path, paths.next().unwrap_or_default()),
            Kind::List => FileRequest::List(path),
            Kind::ChangeFolder => FileRequest::ChangeFolder(path),
            Kind::ReadLink => FileRequest::ReadLink(path),
            Kind::Link { symbolic } => FileRequest::MakeLink { to: path, path: paths.next().unwrap_or_default(), symbolic },
            Kind::Facts { follow } => FileRequest::Facts { path, follow },
            Kind::Access { mode } => FileRequest::Access { path, mode },
            Kind::ChangeMode { mode } => FileRequest::ChangeMode { path, mode },
            Kind::ChangeTimes(times) => FileRequest::ChangeTimes { path, times },
            Kind::Truncate { size } => FileRequest::TruncatePath { path, size: size.max(0) as u64 },
        }
    }

    fn finish(&self, vm: &mut Vm, answer: Answer) -> Step {
        let as_bytes = self.names.first().is_some_and(|&path| vm.heap.bytes(path).is_some());
        match answer {
            Answer::Done if matches!(self.kind, Kind::Access { .. }) => Ok(Next::Done(vm.new_bool(true))),
            Answer::Failed(..) if matches!(self.kind, Kind::Access { .. }) => Ok(Next::Done(vm.new_bool(false))),
            Answer::Done => Ok(Next::Done(vm.none())),
            Answer::Names(names) => {
                let names: Vec<ObjRef> =
                    names.into_iter().map(|name| if as_bytes { vm.new_bytes(name) } else { decoded(vm, &name) }).collect();
                Ok(Next::Done(vm.new_list(names)))
            }
            Answer::Bytes(path) if self.kind == Kind::ChangeFolder => {
                std::sync::Arc::make_mut(&mut vm.config).current_dir = String::from_utf8_lossy(&path).into_owned();
                Ok(Next::Done(vm.none()))
            }
            Answer::Bytes(path) => Ok(Next::Done(if as_bytes { vm.new_bytes(path) } else { decoded(vm, &path) })),
            Answer::Facts(found) => Ok(Next::Done(facts::new(vm, &found))),
            Answer::Failed(errno, text) => {
                let names = self.names.clone();
                Err(system_error(vm, errno, &text, &names))
            }
            other => Err(os_error(vm, other, None)),
        }
    }

    fn next_path(&self, vm: &mut Vm) -> Option<Res> {
        let path = *self.given.get(self.paths.len())?;
        if vm.heap.str(path).is_none() && vm.heap.bytes(path).is_none() {
            let name = vm.new_interned("__fspath__");
            let ty = vm.ty(path);
            let has_method = vm.type_lookup(ty, name).is_some();
            vm.decref(name);
            if !has_method {
                let what = match (self.kind, self.paths.len()) {
                    (Kind::Rename | Kind::Link { .. }, 0) => "src",
                    (Kind::Rename | Kind::Link { .. }, _) => "dst",
                    _ => "path",
                };
                let kinds = match self.kind {
                    Kind::Facts { follow: true } | Kind::ChangeFolder | Kind::ChangeMode { .. } => "string, bytes, os.PathLike or integer",
                    Kind::ChangeTimes(_) | Kind::Truncate { .. } => "string, bytes, os.PathLike or integer",
                    Kind::List => "string, bytes, os.PathLike, integer or None",
                    _ => "string, bytes or os.PathLike",
                };
                let (function, given) = (self.name(), vm.type_name(path));
                let function = if function == "unlink" { "remove" } else { function };
                return Some(Err(vm.type_error(format!("{function}: {what} should be {kinds}, not {given}"))));
            }
        }
        Some(path_of(vm, path))
    }
}

/// The OSError of a failed call about up to two files, which are borrowed.
fn system_error(vm: &mut Vm, errno: i32, text: &str, files: &[ObjRef]) -> Raised {
    let errno = i64::from(errno);
    let mut args = vec![vm.new_int(errno), vm.new_str(text)];
    for (index, &path) in files.iter().enumerate() {
        if index == 1 {
            args.push(vm.none());
        }
        args.push(vm.own(path));
    }
    let args = vm.new_tuple(args);
    vm.raise_args(class_for_errno(errno), args)
}

impl Task for Call {
    fn name(&self) -> &'static str {
        match self.kind {
            Kind::Remove => "unlink",
            Kind::RemoveFolder => "rmdir",
            Kind::MakeFolder => "mkdir",
            Kind::Rename => "rename",
            Kind::List => "listdir",
            Kind::ChangeFolder => "chdir",
            Kind::ReadLink => "readlink",
            Kind::Link { symbolic: true } => "symlink",
            Kind::Link { symbolic: false } => "link",
            Kind::Facts { .. } => "stat",
            Kind::Access { .. } => "access",
            Kind::ChangeMode { .. } => "chmod",
            Kind::ChangeTimes(_) => "utime",
            Kind::Truncate { .. } => "truncate",
        }
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        if self.asked {
            vm.xdecref(value);
            let answer = vm.take_answer();
            return self.finish(vm, answer);
        }
        if let Some(path) = value {
            self.names.push(path);
            let bytes = path_bytes(vm, path)?;
            self.paths.push(bytes);
        }
        if let Some(result) = self.next_path(vm) {
            return Ok(Next::Wait(result));
        }
        self.asked = true;
        let request = self.request();
        Ok(Next::Wait(vm.ask_for(Request::File(request))))
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.names.iter().for_each(|&name| visit(name));
    }
}
