//! The object that the Inspector takes apart and whose ledger is kept, through all instants of the run.

use super::*;
use crate::{
    debugger::{
        command::Wanted,
        ledger::{Book, Identity},
    },
    heap::ObjRef,
    view::{InspectorView, LedgerView, Subject},
};

/// What the user asked for, and the object that it was.
pub(super) struct Chosen {
    asked: String,
    identity: Identity,
    book: RefCell<Option<Book>>,
}

impl Session {
    pub(super) fn choose(&mut self, what: &Wanted, frame: usize) -> Answer {
        let (asked, object) = match self.find_object(what, frame) {
            Ok(found) => found,
            Err(error) => return Answer::error(error),
        };
        let identity = Identity::of(self.scene().vm, object);
        match &mut self.chosen {
            Some(chosen) if chosen.identity == identity => chosen.asked = asked,
            chosen => *chosen = Some(Chosen { asked, identity, book: RefCell::default() }),
        }
        Answer::done()
    }

    /// The Graph pane shows what is around an object, or what the names lead to.
    pub(super) fn choose_graphed(&mut self, what: Option<&Wanted>, frame: usize) -> Answer {
        self.graphed = match what.map(|what| self.find_object(what, frame)) {
            None => None,
            Some(Ok((_, object))) => Some(Identity::of(self.scene().vm, object)),
            Some(Err(error)) => return Answer::error(error),
        };
        Answer::done()
    }

    /// Chooses an object, and a pane about it as lines.
    pub(super) fn tell_chosen(&mut self, what: Option<&Wanted>, frame: usize, pane: PaneKind) -> Answer {
        if let Some(what) = what {
            let answer = self.choose(what, frame);
            if answer.error.is_some() {
                return answer;
            }
        }
        let view = self.view(&ViewRequest { panes: vec![pane], ..ViewRequest::default() });
        Answer::listing(plain::lines(&view, pane))
    }

    /// The object with how it is called.
    pub(super) fn find_object(&self, what: &Wanted, frame: usize) -> Result<(String, ObjRef), String> {
        let scene = self.scene();
        let vm = scene.vm;
        match what {
            Wanted::Named(question) => {
                let depth = (0..vm.frames.len().saturating_sub(frame)).rev().find(|&depth| vm.python_frame(depth).is_some());
                let found = match depth {
                    Some(depth) => question.object(vm, depth)?,
                    // The program has ended; its globals may be there.
                    None => {
                        let globals = capture::main_globals(vm).ok_or("there is no frame to look in")?;
                        vm.dict_get_text(globals, &question.text).ok_or_else(|| format!("there is no global `{}`", question.text))?
                    }
                };
                Ok((question.text.clone(), found))
            }
            Wanted::Code(name) => {
                let found = self.code_named(name).ok_or_else(|| format!("no code object `{name}` is alive"))?;
                Ok((name.clone(), found))
            }
            Wanted::Serial(serial) => {
                let scribe = scene.scribe();
                let found = vm.heap.iter().map(|(object, _)| object).find(|&object| scribe.serial(object) == Some(*serial));
                Ok((format!("#{serial}"), found.ok_or_else(|| format!("no object #{serial} is alive"))?))
            }
            Wanted::Slot(slot) => {
                let found = (*slot > 0).then(|| ObjRef::new(*slot)).filter(|&object| vm.heap.is_alive(object));
                let object = found.ok_or("the object is dead")?;
                let scribe = scene.scribe();
                Ok((scribe.serial(object).map_or_else(|| scribe.name(object), |serial| format!("#{serial}")), object))
            }
        }
    }

    /// Fills the panes about the chosen object.
    pub(super) fn show_chosen(&self, view: &mut View, request: &ViewRequest) {
        let scene = self.scene();
        let living = |chosen: &Chosen| Some(chosen.identity.object).filter(|_| chosen.identity.lives(scene.vm));
        if request.wants(PaneKind::Allocator) {
            view.allocator = capture::allocator::capture(&scene, request.pool, self.chosen.as_ref().and_then(living));
        }
        if let Some(graphed) = self.graphed.as_ref().filter(|it| request.wants(PaneKind::Graph) && it.lives(scene.vm)) {
            view.graph = capture::graph::around(&scene, graphed.object);
        }
        let Some(chosen) = &self.chosen else { return };
        let object = living(chosen);
        if request.wants(PaneKind::Inspector) {
            view.inspector = self.inspector(chosen, object, request.value_width);
        }
        if request.wants(PaneKind::Ledger) {
            view.ledger = self.ledger(chosen, object, request.value_width);
        }
    }

    fn inspector(&self, chosen: &Chosen, object: Option<ObjRef>, width: usize) -> InspectorView {
        capture::inspector::capture(&self.scene(), &chosen.asked, object, width)
    }

    fn ledger(&self, chosen: &Chosen, object: Option<ObjRef>, width: usize) -> LedgerView {
        let scene = self.scene();
        let scribe = scene.scribe();
        let mut book = chosen.book.borrow_mut();
        let until = scene.vm.steps();
        if book.as_ref().is_none_or(|book| !book.is_current(&self.timeline)) {
            *book = Some(Book::open(&self.timeline, chosen.identity, self.born, until));
        }
        let Some(book) = book.as_mut() else { return LedgerView::default() };
        book.carry_on(&self.timeline, until);
        LedgerView {
            subject: Some(match object {
                Some(object) => capture::inspector::subject(&scribe, &chosen.asked, object, width),
                None => Subject { asked: chosen.asked.clone(), ..Subject::default() },
            }),
            rows: book.rows(),
            omitted: book.omitted(),
            until: book.until(),
            holders: object.map(|object| scribe.holders(object)).unwrap_or_default(),
            note: match book.until() {
                written if written < until => Some(format!("interrupted: the book is written up to step {written} only")),
                _ => book.note(),
            },
        }
    }
}
