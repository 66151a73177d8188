//! `posix`: the system's calls about files and folders, as far as they are here. `os` will stand on it.
//!
//! `posix.unlink("x.txt")` removes a file. Counterpart in CPython 3.11: `Modules/posixmodule.c`.

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
        Res, Vm,
        host::{Answer, FileRequest, Request},
        native::{Args, NativeDef as Def, Signature},
        native_frame::Input,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use Signature::Named;
    let functions = vec![
        Def::function("unlink", Named("path"), |vm, args| start(vm, args, 1, Kind::Remove)),
        Def::function("remove", Named("path"), |vm, args| start(vm, args, 1, Kind::Remove)),
        Def::function("rmdir", Named("path"), |vm, args| start(vm, args, 1, Kind::RemoveFolder)),
        Def::function("mkdir", Named("path, mode=511"), |vm, args| start(vm, args, 1, Kind::MakeFolder)),
        Def::function("rename", Named("src, dst"), |vm, args| start(vm, args, 2, Kind::Rename)),
        Def::function("replace", Named("src, dst"), |vm, args| start(vm, args, 2, Kind::Rename)),
        Def::function("listdir", Named("path=None"), |vm, args| start(vm, args, 1, Kind::List)),
        Def::function("getcwd", Signature::None, |vm, _| {
            vm.ask(Request::File(FileRequest::CurrentFolder), |vm, answer| match answer {
                Answer::Bytes(path) => Ok(decoded(vm, &path)),
                other => Err(os_error(vm, other, None)),
            })
        }),
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
    add_functions(vm, dict, "posix", functions);
    vm.incref(OS_ERROR);
    vm.dict_set_text(dict, "error", OS_ERROR);
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
}

fn start(vm: &mut Vm, args: Args, count: usize, kind: Kind) -> Res {
    let given = (0..count).filter_map(|index| args.given(vm, index)).collect();
    task::run(vm, Call { kind, given, paths: Vec::new(), asked: false })
}

/// Takes the paths, asks, and makes an object or an exception of the answer.
#[derive(Clone)]
struct Call {
    kind: Kind,
    /// The arguments, borrowed.
    given: Vec<ObjRef>,
    paths: Vec<Vec<u8>>,
    asked: bool,
}

impl Call {
    fn request(&mut self) -> FileRequest {
        let mut paths = std::mem::take(&mut self.paths).into_iter();
        let first = paths.next().unwrap_or_else(|| b".".to_vec());
        match self.kind {
            Kind::Remove => FileRequest::Remove(first),
            Kind::RemoveFolder => FileRequest::RemoveFolder(first),
            Kind::MakeFolder => FileRequest::MakeFolder(first),
            Kind::Rename => FileRequest::Rename(first, paths.next().unwrap_or_default()),
            Kind::List => FileRequest::List(first),
        }
    }

    fn finish(&self, vm: &mut Vm, answer: Answer) -> Step {
        match answer {
            Answer::Done => Ok(Next::Done(vm.none())),
            Answer::Names(names) => {
                let as_bytes = self.given.first().is_some_and(|&path| vm.heap.bytes(path).is_some());
                let names: Vec<ObjRef> =
                    names.into_iter().map(|name| if as_bytes { vm.new_bytes(name) } else { decoded(vm, &name) }).collect();
                Ok(Next::Done(vm.new_list(names)))
            }
            Answer::Failed(errno, text) => {
                let errno = i64::from(errno);
                let mut args = vec![vm.new_int(errno), vm.new_str(text)];
                for (index, &path) in self.given.iter().enumerate() {
                    if index == 1 {
                        args.push(vm.none());
                    }
                    args.push(vm.own(path));
                }
                let args = vm.new_tuple(args);
                Err(vm.raise_args(class_for_errno(errno), args))
            }
            other => Err(os_error(vm, other, None)),
        }
    }

    fn next_path(&self, vm: &mut Vm) -> Option<Res> {
        self.given.get(self.paths.len()).map(|&path| path_of(vm, path))
    }
}

impl Task for Call {
    fn name(&self) -> &'static str {
        match self.kind {
            Kind::Remove => "unlink",
            Kind::RemoveFolder => "rmdir",
            Kind::MakeFolder => "mkdir",
            Kind::Rename => "rename",
            Kind::List => "listdir",
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
            let bytes = path_bytes(vm, path);
            vm.decref(path);
            self.paths.push(bytes?);
        }
        if let Some(result) = self.next_path(vm) {
            return Ok(Next::Wait(result));
        }
        self.asked = true;
        let request = self.request();
        Ok(Next::Wait(vm.ask_for(Request::File(request))))
    }
}
