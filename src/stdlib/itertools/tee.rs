//! `tee`: several iterators over the items of one.
//!
//! ```text
//!   tee ─▶ [ 57 items ] ─▶ [ 57 items ] ─▶ [ 12 items, the source ]     a link is freed when no tee points at it any more
//! ```

use crate::{
    builtins::{functions::iteration::stop, slots, types::list::index_argument},
    heap::ObjRef,
    objects::{Objects, core_types::*, instance::Foreign},
    stdlib::{NewClass, add_class, class_of_module, foreign, foreign_body, foreign_mut},
    vm::{
        Outcome, Res, Vm,
        native::{Args, NativeDef, Signature},
        native_frame::{Input, Native},
        protocol::after::After,
        raised::done,
    },
};

/// Items of one link.
const LINK: usize = 57;

/// A link of the chain that several tees share.
#[derive(Clone)]
struct Link {
    source: Option<ObjRef>,
    items: Vec<ObjRef>,
    next: Option<ObjRef>,
}

/// A place in the chain.
#[derive(Clone)]
struct Tee {
    link: Option<ObjRef>,
    index: usize,
}

macro_rules! foreign {
    ($type:ty, $self:ident, $clear:expr) => {
        impl Foreign for $type {
            fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
                self.each().for_each(|object| visit(object));
            }

            fn clear(&mut self) -> Vec<ObjRef> {
                let held = self.each().collect();
                let $self = self;
                $clear;
                held
            }
        }
    };
}

impl Link {
    fn each(&self) -> impl Iterator<Item = ObjRef> {
        self.source.into_iter().chain(self.items.clone()).chain(self.next)
    }
}

impl Tee {
    fn each(&self) -> impl Iterator<Item = ObjRef> {
        self.link.into_iter()
    }
}

foreign!(Link, link, {
    link.source = None;
    link.items.clear();
    link.next = None;
});
foreign!(Tee, tee, tee.link = None);

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    let natives = vec![
        NativeDef::wrapper("__iter__", Signature::None, slots::itself),
        NativeDef::wrapper("__next__", Signature::None, next),
        NativeDef::static_method("__new__", Signature::Any, new_tee),
        NativeDef::method("__copy__", Signature::None, copy),
        NativeDef::method("__reduce__", Signature::None, reduce),
        NativeDef::method("__setstate__", Signature::One, set_state),
    ];
    add_class(vm, dict, NewClass { module: "itertools", name: "_tee", base: OBJECT, natives, slots: Some(&[]) });
    add_class(vm, dict, NewClass { module: "itertools", name: "_tee_dataobject", base: OBJECT, natives: Vec::new(), slots: Some(&[]) });
}

/// `_tee(iterable)`: one of its own.
fn new_tee(vm: &mut Vm, args: Args) -> Res {
    if args.n != 2 {
        let given = args.n - 1;
        return Err(vm.type_error(format!("_tee expected 1 argument, got {given}")));
    }
    let depth = vm.frames.len();
    let iterator = vm.get_iter(args.at(vm, 1))?;
    let iterator = vm.finish_now(depth, iterator)?;
    let link = new_link(vm, Some(iterator));
    let class = args.at(vm, 0);
    done(vm.new_derived(class, 0, foreign_body(Tee { link: Some(link), index: 0 })))
}

/// `(_tee, ((),), (link, index))`
fn reduce(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(tee) = foreign::<Tee>(vm, this).cloned() else { return done(vm.none()) };
    let class = vm.ty(this);
    let link = vm.own(tee.link.unwrap_or(NONE));
    vm.incref(class);
    vm.incref(EMPTY_TUPLE);
    let args = vm.new_tuple([EMPTY_TUPLE]);
    let index = vm.new_usize(tee.index);
    let state = vm.new_tuple([link, index]);
    done(vm.new_tuple([class, args, state]))
}

fn set_state(vm: &mut Vm, args: Args) -> Res {
    let (this, state) = (args.at(vm, 0), args.at(vm, 1));
    let Some(parts) = vm.heap.tuple(state).map(<[ObjRef]>::to_vec) else { return Err(vm.type_error("state is not a tuple")) };
    let [link, index] = parts[..] else {
        return Err(vm.type_error(format!("function takes exactly 2 arguments ({} given)", parts.len())));
    };
    let index = index_argument(vm, index)?;
    let Some(len) = foreign::<Link>(vm, link).map(|link| link.items.len()) else {
        let given = vm.type_name(link);
        return Err(vm.type_error(format!("argument 1 must be itertools._tee_dataobject, not {given}")));
    };
    if index < 0 || index as usize > len.max(LINK) {
        return Err(vm.value_error("Index out of range"));
    }
    move_to(vm, this, link, index as usize);
    done(vm.none())
}

fn class_named(vm: &Vm, name: &str) -> ObjRef {
    class_of_module(vm, "itertools", name)
}

/// `tee(iterable, n=2)`: a tuple of iterators.
pub fn tee(vm: &mut Vm, args: Args) -> Res {
    let (iterable, count) = (args.at(vm, 0), args.get(vm, 1));
    let count = match count {
        Some(count) => index_argument(vm, count)?,
        None => 2,
    };
    if count < 0 {
        return Err(vm.value_error("n must be >= 0"));
    }
    if count == 0 {
        return done(vm.own(EMPTY_TUPLE));
    }
    let depth = vm.frames.len();
    let iterator = vm.get_iter(iterable);
    vm.after(
        depth,
        iterator,
        After::new("tee", &[], count, |vm, state, iterator| {
            let count = state.number;
            let (link, index) = match foreign::<Tee>(vm, iterator).and_then(|tee| tee.link.map(|link| (link, tee.index))) {
                Some((link, index)) => {
                    vm.incref(link);
                    vm.decref(iterator);
                    (link, index)
                }
                None => (new_link(vm, Some(iterator)), 0),
            };
            let class = class_named(vm, "_tee");
            let tees: Vec<ObjRef> = (0..count)
                .map(|_| {
                    vm.incref(link);
                    vm.new_derived(class, 0, foreign_body(Tee { link: Some(link), index }))
                })
                .collect();
            vm.decref(link);
            done(vm.new_tuple(tees))
        }),
    )
}

/// A link that takes over the source.
fn new_link(vm: &mut Vm, source: Option<ObjRef>) -> ObjRef {
    let class = class_named(vm, "_tee_dataobject");
    vm.new_derived(class, 0, foreign_body(Link { source, items: Vec::new(), next: None }))
}

fn copy(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(tee) = foreign::<Tee>(vm, this).cloned() else { return done(vm.none()) };
    vm.xincref(tee.link);
    let class = vm.ty(this);
    done(vm.new_derived(class, 0, foreign_body(tee)))
}

fn next(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(Tee { link: Some(link), index }) = foreign::<Tee>(vm, this).cloned() else { return Err(stop(vm)) };
    let (link, index) = if index < LINK { (link, index) } else { (next_link(vm, link), 0) };
    if index == 0 {
        move_to(vm, this, link, 0);
    }
    let Some(record) = foreign::<Link>(vm, link) else { return Err(stop(vm)) };
    if let Some(&item) = record.items.get(index) {
        vm.incref(item);
        move_to(vm, this, link, index + 1);
        return done(item);
    }
    vm.incref(link);
    vm.start_native(Fetch { tee: this, link })
}

/// The link after a full one, borrowed.
fn next_link(vm: &mut Vm, link: ObjRef) -> ObjRef {
    let Some(record) = foreign::<Link>(vm, link) else { return link };
    if let Some(next) = record.next {
        return next;
    }
    let source = record.source;
    vm.xincref(source);
    let next = new_link(vm, source);
    if let Some(record) = foreign_mut::<Link>(vm, link) {
        record.next = Some(next);
    }
    next
}

fn move_to(vm: &mut Vm, tee: ObjRef, link: ObjRef, index: usize) {
    vm.incref(link);
    let old = foreign_mut::<Tee>(vm, tee).and_then(|tee| {
        tee.index = index;
        tee.link.replace(link)
    });
    vm.xdecref(old);
}

/// Asks the source for an item and puts it into the link.
#[derive(Clone)]
struct Fetch {
    /// borrowed
    tee: ObjRef,
    link: ObjRef,
}

impl Native for Fetch {
    fn name(&self) -> &'static str {
        "next"
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let item = match input {
            Input::Value(item) => item,
            Input::Exhausted => return Err(stop(vm)),
            Input::Start => {
                let Some(source) = foreign::<Link>(vm, self.link).and_then(|link| link.source) else { return Err(stop(vm)) };
                match vm.iter_next_native(source)? {
                    Outcome::Done(Some(item)) => item,
                    Outcome::Done(None) => return Err(stop(vm)),
                    Outcome::Pushed => return Ok(Outcome::Pushed),
                }
            }
        };
        vm.incref(item);
        let index = match foreign_mut::<Link>(vm, self.link) {
            Some(link) => {
                link.items.push(item);
                link.items.len()
            }
            None => 0,
        };
        move_to(vm, self.tee, self.link, index);
        done(item)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.link);
    }
}
