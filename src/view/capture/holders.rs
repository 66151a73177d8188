//! Finds all references to an object: in the value stacks and variables of the frames, in other objects, in the machine.
//!
//! Invariant: as many are found as the refcount says. What is cheap is looked at first, the stack, the roots and a few
//! containers that are likely; as refcounts are exact, the whole heap need only be gone through where these do not sum up.
//!
//! `f(a)` about to run, `a` global: `global a` and `stack 2 of <module>`.

mod roots; // up to a name, or to nobody

use rustc_hash::FxHashMap;

use super::{
    Scribe,
    edges::{self, Link},
    text::short_name,
};
use crate::{
    bytecode::code::{CO_FAST_CELL, CO_FAST_FREE},
    heap::{ObjRef, Trace},
    objects::{Body, Objects, core_types::*, instance::Attrs},
    view::{Holder, HolderKind},
    vm::{Vm, audit::Root},
};

/// Where a reference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A value on the stack of the Python frame at `depth`.
    Stack {
        depth: u32,
        index: u32,
    },
    /// A local, cell or free variable of that frame.
    Variable {
        depth: u32,
        index: u32,
    },
    Inside {
        container: ObjRef,
        birth: u32,
        link: Link,
    },
    Root(Root),
    /// Objects at fixed places hold themselves, some of them often.
    Static(u32),
}

/// All places that hold the object, in no particular order: as many as its refcount.
pub fn places(vm: &Vm, object: ObjRef, likely: &[ObjRef]) -> Vec<Place> {
    let count = vm.heap.refcount(object) as usize;
    let mut found = Vec::new();
    stack_places(vm, object, &mut found);
    vm.each_root(&mut |root, held| {
        if held == object {
            found.push(Place::Root(root));
        }
    });
    if object.index() <= RESERVED {
        found.push(Place::Static(static_references(object)));
    }
    let outside = found.len();
    let sum = |found: &[Place]| found.iter().map(|place| place.references()).sum::<usize>();
    if sum(&found) == count {
        return found;
    }
    let mut seen = Vec::new();
    for &container in likely {
        if vm.heap.is_alive(container) && !seen.contains(&container) {
            seen.push(container);
            inside(vm, container, object, &mut found);
            if sum(&found) == count {
                return found;
            }
        }
    }
    found.truncate(outside);
    for (container, slot) in vm.heap.iter() {
        let mut holds = slot.ty == object;
        if !holds {
            slot.body.trace(&mut |part| holds |= part == object);
        }
        if holds {
            inside(vm, container, object, &mut found);
        }
    }
    found
}

fn inside(vm: &Vm, container: ObjRef, object: ObjRef, found: &mut Vec<Place>) {
    let birth = vm.heap.birth(container);
    edges::edges(vm, container, &mut |link, part| {
        if part == object {
            found.push(Place::Inside { container, birth, link });
        }
    });
}

fn stack_places(vm: &Vm, object: ObjRef, found: &mut Vec<Place>) {
    let frames: Vec<(u32, usize, usize)> = (0..)
        .zip(&vm.frames)
        .filter_map(|(depth, _)| {
            let frame = vm.python_frame(depth as usize)?;
            let Body::Code(code) = vm.heap.body(frame.code) else { return None };
            Some((depth, frame.base as usize, frame.base as usize + code.nlocalsplus as usize))
        })
        .collect();
    let mut at = 0;
    for (slot, held) in vm.stack[..vm.sp.min(vm.stack.len())].iter().enumerate() {
        while at + 1 < frames.len() && frames[at + 1].1 <= slot {
            at += 1;
        }
        if *held != Some(object) {
            continue;
        }
        let Some(&(depth, base, start)) = frames.get(at) else { continue };
        found.push(match slot < start {
            true => Place::Variable { depth, index: (slot - base) as u32 },
            false => Place::Stack { depth, index: (slot - start) as u32 },
        });
    }
}

/// Objects that are likely to hold what the running instruction works with.
pub fn likely(vm: &Vm) -> Vec<ObjRef> {
    const FEW: usize = 24;
    let mut likely = Vec::new();
    let Some((_, frame)) = vm.top_python_frame() else { return likely };
    likely.push(frame.globals);
    likely.extend(frame.locals);
    let end = vm.sp.min(vm.stack.len());
    likely.extend(vm.stack[end.saturating_sub(FEW)..end].iter().flatten());
    likely.retain(|&object| match vm.heap.body(object) {
        Body::List(items) | Body::Tuple(items) => items.len() < 1000,
        Body::Dict(dict) => dict.nentries() < 1000,
        Body::Set(set) => set.slots() < 4096,
        _ => true,
    });
    likely
}

impl Place {
    /// How many references it stands for.
    pub fn references(&self) -> usize {
        match self {
            Place::Static(count) => *count as usize,
            _ => 1,
        }
    }

    pub fn container(&self) -> Option<ObjRef> {
        match self {
            Place::Inside { container, .. } => Some(*container),
            _ => None,
        }
    }

    /// Whether the object is still held there.
    pub fn still_holds(&self, vm: &Vm, object: ObjRef) -> bool {
        let slot = |slot: usize| slot < vm.sp && vm.stack.get(slot).copied().flatten() == Some(object);
        match *self {
            Place::Stack { depth, index } | Place::Variable { depth, index } => {
                let Some(frame) = vm.python_frame(depth as usize) else { return false };
                let Body::Code(code) = vm.heap.body(frame.code) else { return false };
                let base = frame.base as usize;
                match self {
                    Place::Stack { .. } => {
                        let at = base + code.nlocalsplus as usize + index as usize;
                        // Where a callee's frame begins, the caller's value stack ends.
                        let next = (depth as usize + 1..vm.frames.len()).find_map(|depth| vm.python_frame(depth));
                        slot(at) && next.is_none_or(|next| at < next.base as usize)
                    }
                    _ => index < code.nlocalsplus && slot(base + index as usize),
                }
            }
            Place::Inside { container, birth, link } => {
                vm.heap.is_alive(container) && vm.heap.birth(container) == birth && edges::holds(vm, container, link, object)
            }
            Place::Static(_) => true,
            Place::Root(root) => vm.root_holds(root, object),
        }
    }

    fn kind(&self) -> HolderKind {
        match self {
            Place::Stack { .. } => HolderKind::Stack,
            Place::Variable { .. } => HolderKind::Name,
            Place::Inside { .. } => HolderKind::Object,
            Place::Root(_) | Place::Static(_) => HolderKind::Machine,
        }
    }
}

/// What the dicts that stand behind something are to a reader: `global`, `module math`, `class Node`.
#[derive(Clone, Debug, Default)]
pub struct Owners {
    /// by dict and its birth
    of: FxHashMap<(ObjRef, u32), Option<Owner>>,
    /// The tuples of code objects, once somebody has asked: `co_consts of f`.
    parts_of_code: Option<FxHashMap<(ObjRef, u32), String>>,
}

#[derive(Clone, Debug)]
enum Owner {
    Module { name: String, is_main: bool },
    Class(String),
    Builtins,
    Object(String),
}

impl Owners {
    /// Whose dict it is, if it is somebody's.
    fn of(&mut self, scribe: &Scribe<'_>, dict: ObjRef) -> Option<Owner> {
        let key = |dict: ObjRef| (dict, scribe.vm.heap.birth(dict));
        if !self.of.contains_key(&key(dict)) {
            self.learn(scribe);
        }
        self.of.entry(key(dict)).or_insert(None).clone()
    }

    /// What a dict is called, if it stands behind something: `globals`, `dict of class Node`.
    pub fn dict_name(&mut self, scribe: &Scribe<'_>, dict: ObjRef) -> Option<String> {
        Some(match self.of(scribe, dict)? {
            Owner::Module { is_main: true, .. } => "globals".into(),
            Owner::Module { name, .. } => format!("dict of module {name}"),
            Owner::Builtins => "builtins".into(),
            Owner::Class(name) => format!("dict of class {name}"),
            Owner::Object(of) => format!("dict of {of}"),
        })
    }

    /// What a tuple is called, if it is one of those that a code object keeps.
    fn tuple_name(&mut self, vm: &Vm, tuple: ObjRef) -> Option<&str> {
        let parts = self.parts_of_code.get_or_insert_with(|| {
            let codes = vm.heap.iter().filter_map(|(_, slot)| match &slot.body {
                Body::Code(code) => Some(code),
                _ => None,
            });
            let parts = codes.flat_map(|code| {
                let name = |part: &str| format!("{part} of {}", code.code.qualname);
                let parts = [("co_consts", code.consts), ("co_names", code.names), ("co_localsplusnames", code.localsplusnames)];
                parts.map(|(part, tuple)| ((tuple, vm.heap.birth(tuple)), name(part)))
            });
            parts.filter(|((tuple, _), _)| *tuple != EMPTY_TUPLE).collect()
        });
        parts.get(&(tuple, vm.heap.birth(tuple))).map(String::as_str)
    }

    /// Goes through the heap for everything that has a dict.
    fn learn(&mut self, scribe: &Scribe<'_>) {
        let vm = scribe.vm;
        let mut add = |dict: ObjRef, owner: Owner| {
            self.of.insert((dict, vm.heap.birth(dict)), Some(owner));
        };
        for (object, slot) in vm.heap.iter() {
            match &slot.body {
                Body::Module(module) => {
                    let name = vm.name_text(module.name);
                    add(module.dict, Owner::Module { is_main: name == "__main__", name });
                }
                Body::Type(ty) => add(ty.dict, Owner::Class(short_name(&ty.name))),
                Body::Instance(instance) => {
                    if let Attrs::Dict(dict) = instance.attrs {
                        add(dict, Owner::Object(scribe.name(object)));
                    }
                }
                Body::Function(function) => function.dict.iter().for_each(|&dict| add(dict, Owner::Object(scribe.name(object)))),
                _ => {}
            }
        }
        add(vm.builtins, Owner::Builtins);
        for frame in (0..vm.frames.len()).filter_map(|depth| vm.python_frame(depth)) {
            if let Some(locals) = frame.locals.filter(|&locals| locals != frame.globals)
                && let Body::Code(code) = vm.heap.body(frame.code)
            {
                add(locals, Owner::Class(code.code.qualname.to_string()));
            }
        }
    }
}

impl Scribe<'_> {
    /// A short name for an object in a sentence: `list #4`, `<Node #3>`, `function f`, `class Node`.
    pub fn name(&self, object: ObjRef) -> String {
        let vm = self.vm;
        let kind = match vm.heap.slot(object).body {
            Body::Function(ref function) => return format!("function {}", vm.name_text(function.qualname)),
            Body::Code(ref code) => return format!("code of {}", code.code.qualname),
            Body::Type(ref ty) => return format!("class {}", short_name(&ty.name)),
            Body::Module(ref module) => return format!("module {}", vm.name_text(module.name)),
            Body::None | Body::Str(_) | Body::Bytes(_) | Body::BigInt(_) => return self.text(object, 24),
            Body::Instance(ref instance) if matches!(instance.inner, Body::None) => return self.text(object, 32),
            _ => short_name(&vm.type_name(object)),
        };
        match self.serial(object) {
            Some(serial) => format!("{kind} #{serial}"),
            None => kind,
        }
    }

    /// The place in words.
    pub fn holder(&self, place: &Place, owners: &mut Owners) -> Holder {
        let vm = self.vm;
        let frame = |depth: u32| match vm.python_frame(depth as usize).map(|frame| vm.heap.body(frame.code)) {
            Some(Body::Code(code)) => code.code.qualname.to_string(),
            _ => "native code".into(),
        };
        let mut kind = place.kind();
        let mut owner = None;
        let text = match *place {
            Place::Stack { depth, index } => format!("stack {index} of {}", frame(depth)),
            Place::Variable { depth, index } => {
                let code = vm.python_frame(depth as usize).map(|frame| vm.heap.body(frame.code));
                let Some(Body::Code(code)) = code else { return Holder::default() };
                let name = code.code.localsplusnames.get(index as usize).map_or("?", |name| name);
                let word = match code.code.localspluskinds.get(index as usize).copied().unwrap_or(0) {
                    kinds if kinds & CO_FAST_FREE != 0 => "free variable",
                    kinds if kinds & CO_FAST_CELL != 0 => "cell variable",
                    _ => "local",
                };
                format!("{word} {name} of {}", code.code.qualname)
            }
            Place::Inside { container, link, .. } => {
                owner = Some(container.index());
                let text = self.inside(container, link, owners);
                if matches!(link, Link::Value(_))
                    && let Body::Dict(_) = vm.heap.body(container)
                    && let Some(Owner::Module { .. } | Owner::Builtins | Owner::Class(_)) = owners.of(self, container)
                {
                    kind = HolderKind::Name;
                }
                text
            }
            Place::Root(root) => match root {
                Root::FrameCode(depth) => format!("frame of {}: its code", frame(depth)),
                Root::FrameFunction(depth) => format!("frame of {}: its function", frame(depth)),
                Root::FrameGlobals(depth) => format!("frame of {}: its globals", frame(depth)),
                Root::FrameBuiltins(depth) => format!("frame of {}: its builtins", frame(depth)),
                Root::FrameLocals(depth) => format!("frame of {}: its locals", frame(depth)),
                Root::FrameObject(depth) => format!("frame of {}: its frame object", frame(depth)),
                Root::Native(depth) => format!("{}, which waits", super::call_stack::native_name(vm, depth as usize)),
                Root::Names => "the interpreter's own names".into(),
                Root::TypeCache => "the cache of attribute lookups".into(),
                Root::Tracing => "sys.settrace or sys.setprofile".into(),
                Root::UnraisableArgs => "sys.unraisablehook".into(),
                Root::PendingText => "sys.stdout".into(),
                Root::Parsers => "an argument parser".into(),
                Root::SyntaxTree => "the program's syntax tree".into(),
                Root::Lost => "nobody: a reference that CPython 3.11 loses".into(),
                Root::GcModule => "the collector".into(),
                Root::AsyncHooks => "sys.set_asyncgen_hooks".into(),
                Root::ThreadDict => "the thread".into(),
                Root::Thread => "another thread".into(),
                Root::Handled => "the exception being handled".into(),
                Root::Modules => "sys.modules".into(),
                Root::Builtins => "the interpreter: builtins".into(),
                Root::SysDict => "the interpreter: sys".into(),
                Root::Finalizer => "__del__ is due".into(),
                Root::WeakCallback => "a weak reference's callback is due".into(),
                Root::Collector => "the collector".into(),
                Root::Result => "the result".into(),
            },
            Place::Static(1) => "the interpreter: it exists once and for all".into(),
            Place::Static(count) => format!("the interpreter's own file: {count}, lest it die"),
        };
        Holder { text, kind, owner }
    }

    fn inside(&self, container: ObjRef, link: Link, owners: &mut Owners) -> String {
        let vm = self.vm;
        if let Body::Dict(dict) = vm.heap.body(container)
            && let Link::Key(index) | Link::Value(index) = link
            && let Some(owner) = owners.of(self, container)
        {
            let key = dict.entry(index).and_then(|entry| entry.key);
            let name = key.map_or_else(|| "?".into(), |key| if vm.ty(key) == STR { vm.name_text(key) } else { self.text(key, 24) });
            let is_key = matches!(link, Link::Key(_));
            return match owner {
                Owner::Module { is_main: true, .. } if is_key => format!("name of global {name}"),
                Owner::Module { is_main: true, .. } => format!("global {name}"),
                Owner::Module { name: module, .. } if is_key => format!("name of {name} in module {module}"),
                Owner::Module { name: module, .. } => format!("{name} in module {module}"),
                Owner::Builtins if is_key => format!("name of the builtin {name}"),
                Owner::Builtins => format!("builtin {name}"),
                Owner::Class(class) if is_key => format!("name of {name} in class {class}"),
                Owner::Class(class) => format!("{name} in class {class}"),
                Owner::Object(of) if is_key => format!("{of} name of .{name}"),
                Owner::Object(of) => format!("{of}.{name}"),
            };
        }
        if let Link::Item(index) = link
            && vm.ty(container) == TUPLE
            && let Some(name) = owners.tuple_name(vm, container)
        {
            return format!("{name} [{index}]");
        }
        match (link, vm.heap.body(container)) {
            (Link::Type, _) => format!("type of {}", self.name(container)),
            (Link::Content, _) => match self.cell_name(container) {
                Some(name) => format!("cell {name}"),
                None => format!("{} content", self.name(container)),
            },
            _ => format!("{}{}", self.name(container), self.link(container, link)),
        }
    }

    /// The variable that a cell stands for, if a running frame or a function has it.
    fn cell_name(&self, cell: ObjRef) -> Option<String> {
        let vm = self.vm;
        let in_frames = (0..vm.frames.len()).rev().find_map(|depth| {
            let frame = vm.python_frame(depth)?;
            let Body::Code(code) = vm.heap.body(frame.code) else { return None };
            let base = frame.base as usize;
            let index = (0..code.nlocalsplus as usize).find(|index| vm.stack.get(base + index).copied().flatten() == Some(cell))?;
            Some(format!("{} of {}", code.code.localsplusnames.get(index)?, code.code.qualname))
        });
        in_frames.or_else(|| {
            vm.heap.iter().find_map(|(_, slot)| {
                let Body::Function(function) = &slot.body else { return None };
                let index = vm.heap.tuple(function.closure?)?.iter().position(|&it| it == cell)?;
                let Body::Code(code) = vm.heap.body(function.code) else { return None };
                let name = code.code.freevars().nth(index)?;
                Some(format!("{name} of {}", code.code.qualname))
            })
        })
    }

    /// All holders of an object, those a reader knows best first.
    pub fn holders(&self, object: ObjRef) -> Vec<Holder> {
        let mut owners = Owners::default();
        let mut places = places(self.vm, object, &likely(self.vm));
        places.sort_by_key(|place| (place.kind(), *place));
        let mut holders: Vec<Holder> = places.iter().map(|place| self.holder(place, &mut owners)).collect();
        holders.sort_by_key(|holder| match holder.kind {
            HolderKind::Name => 0,
            HolderKind::Stack => 1,
            HolderKind::Object => 2,
            HolderKind::Machine => 3,
        });
        holders
    }
}
