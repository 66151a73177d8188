//! The code object that the code browser takes apart.
//!
//! `code total` finds it by a function, a method, a generator or a frame, else by its own qualified name.

use super::*;
use crate::{
    debugger::{command::Wanted, ledger::Identity},
    heap::ObjRef,
    objects::{Body, Objects},
};

impl Session {
    /// Chooses a code object; `None`: the tree of all shows again.
    pub(super) fn browse(&mut self, what: Option<&Wanted>, frame: usize) -> Answer {
        let Some(what) = what else {
            self.browsed = None;
            return Answer::done();
        };
        let found = self.find_object(what, frame).map(|(_, object)| object).and_then(|object| {
            code_behind(self.scene().vm, object)
                .ok_or_else(|| "there is no Python code behind this; a function, method, generator or code object has some".to_owned())
        });
        let found = found.or_else(|error| match what {
            Wanted::Named(question) => self.code_named(&question.text).ok_or(error),
            _ => Err(error),
        });
        match found {
            Ok(code) => {
                self.browsed = Some(Identity::of(self.scene().vm, code));
                Answer::done()
            }
            Err(error) => Answer::error(error),
        }
    }

    pub(super) fn tell_code(&mut self, what: Option<&Wanted>, frame: usize) -> Answer {
        let answer = self.browse(what, frame);
        if answer.error.is_some() {
            return answer;
        }
        let view = self.view(&ViewRequest { panes: vec![PaneKind::Code], ..ViewRequest::default() });
        Answer::listing(plain::lines(&view, PaneKind::Code))
    }

    /// The chosen one, if it is alive.
    pub(super) fn browsed(&self, vm: &Vm) -> Option<ObjRef> {
        self.browsed.as_ref().filter(|identity| identity.lives(vm)).map(|identity| identity.object)
    }

    pub(super) fn code_named(&self, name: &str) -> Option<ObjRef> {
        let vm = self.scene().vm;
        let is_it = |object: &ObjRef| matches!(vm.heap.body(*object), Body::Code(code) if *code.code.qualname == *name);
        vm.heap.iter().map(|(object, _)| object).find(is_it)
    }
}

fn code_behind(vm: &Vm, object: ObjRef) -> Option<ObjRef> {
    match vm.heap.body(object) {
        Body::Code(_) => Some(object),
        Body::Function(function) => Some(function.code),
        Body::Method(parts) => code_behind(vm, parts[0]),
        Body::Generator(generator) => Some(generator.code),
        Body::Frame(frame) => Some(frame.code),
        _ => None,
    }
}
