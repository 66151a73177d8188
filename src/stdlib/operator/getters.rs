//! `itemgetter(1)`, `attrgetter("a.b")`, `methodcaller("m", 1)`: objects that are called with the object to look into.
//!
//! What they look up may run Python code: an operand at a time, in a native frame.

use thin_vec::ThinVec;

use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*, instance::Foreign},
    stdlib::{NewClass, add_class, foreign, foreign_body},
    vm::{
        Outcome, Raised, Res, Vm,
        native::{Args, NativeDef, NativeFn, Signature},
        native_frame::{Input, Native},
        protocol::after::After,
        raised::done,
    },
};

/// What an instance keeps.
#[derive(Clone)]
struct Getter {
    kind: Kind,
    /// Items: the keys. Attributes: for each a tuple of interned names. Method: its name, then the arguments.
    parts: Vec<ObjRef>,
    /// Method: names and values.
    keywords: Vec<(ObjRef, ObjRef)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Item,
    Attribute,
    Method,
}

impl Foreign for Getter {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.parts.iter().for_each(|&part| visit(part));
        for &(name, value) in &self.keywords {
            visit(name);
            visit(value);
        }
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        let mut held = std::mem::take(&mut self.parts);
        held.extend(self.keywords.drain(..).flat_map(|(name, value)| [name, value]));
        held
    }
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use Signature::{Any, None};
    let classes: [(&'static str, NativeFn); 3] =
        [("itemgetter", new_itemgetter), ("attrgetter", new_attrgetter), ("methodcaller", new_methodcaller)];
    for (name, new) in classes {
        let mut natives = vec![
            NativeDef::static_method("__new__", Any, new),
            NativeDef::wrapper("__call__", Any, call),
            NativeDef::wrapper("__repr__", None, repr),
            NativeDef::method("__reduce__", None, reduce),
        ];
        if name != "methodcaller" {
            natives.push(NativeDef::member("__vectorcalloffset__", |vm, _| done(vm.new_int(32))));
        }
        add_class(vm, dict, NewClass { module: "operator", name, base: OBJECT, natives, slots: Some(&[]) });
    }
}

fn make(vm: &mut Vm, class: ObjRef, getter: Getter) -> Res {
    done(vm.new_derived(class, 0, foreign_body(getter)))
}

fn no_keywords(vm: &mut Vm, args: Args, name: &str) -> Result<(), Raised> {
    match args.kwnames {
        Some(_) => Err(vm.type_error(format!("{name}() takes no keyword arguments"))),
        None => Ok(()),
    }
}

fn new_itemgetter(vm: &mut Vm, args: Args) -> Res {
    no_keywords(vm, args, "itemgetter")?;
    let parts = args.from(vm, 1);
    if parts.is_empty() {
        return Err(vm.type_error("itemgetter expected 1 argument, got 0"));
    }
    parts.iter().for_each(|&part| vm.incref(part));
    make(vm, args.at(vm, 0), Getter { kind: Kind::Item, parts, keywords: Vec::new() })
}

fn new_attrgetter(vm: &mut Vm, args: Args) -> Res {
    no_keywords(vm, args, "attrgetter")?;
    let names = args.from(vm, 1);
    if names.is_empty() {
        return Err(vm.type_error("attrgetter expected 1 argument, got 0"));
    }
    if names.iter().any(|&name| vm.heap.str(name).is_none()) {
        return Err(vm.type_error("attribute name must be a string"));
    }
    let mut parts = Vec::new();
    for name in names {
        let text = vm.name_text(name);
        let steps: Vec<ObjRef> = text.split('.').map(|step| vm.new_interned(step)).collect();
        parts.push(vm.new_tuple(steps));
    }
    make(vm, args.at(vm, 0), Getter { kind: Kind::Attribute, parts, keywords: Vec::new() })
}

fn new_methodcaller(vm: &mut Vm, args: Args) -> Res {
    let Some(name) = args.get(vm, 1) else {
        return Err(vm.type_error("methodcaller needs at least one argument, the method name"));
    };
    if vm.heap.str(name).is_none() {
        return Err(vm.type_error("method name must be a string"));
    }
    let parts = args.from(vm, 1);
    let keywords = args.keywords(vm);
    parts.iter().for_each(|&part| vm.incref(part));
    for &(name, value) in &keywords {
        vm.incref(name);
        vm.incref(value);
    }
    make(vm, args.at(vm, 0), Getter { kind: Kind::Method, parts, keywords })
}

fn call(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(getter) = foreign::<Getter>(vm, this).cloned() else { return done(vm.none()) };
    let title = vm.short_type_name(this);
    no_keywords(vm, args, &title)?;
    if args.n != 2 {
        let given = args.n - 1;
        return Err(vm.type_error(format!("{title} expected 1 argument, got {given}")));
    }
    let object = args.at(vm, 1);
    match getter.kind {
        Kind::Item if getter.parts.len() == 1 => vm.get_item(object, getter.parts[0]),
        Kind::Method => {
            let depth = vm.frames.len();
            let method = vm.get_attr(object, getter.parts[0]);
            vm.after(
                depth,
                method,
                After::new("methodcaller", &[this], 0, |vm, state, method| {
                    let getter = foreign::<Getter>(vm, state.refs[0]).cloned().expect("a methodcaller");
                    state.owned.push(method);
                    vm.call_keywords(method, &getter.parts[1..], &getter.keywords)
                }),
            )
        }
        _ => vm.drive(Looking { getter, object, next: 0, step: 0, value: None, results: ThinVec::new() }),
    }
}

/// Looks up one thing after the other; the getter's parts and the object are borrowed from the call.
#[derive(Clone)]
struct Looking {
    getter: Getter,
    object: ObjRef,
    next: usize,
    /// Attributes: the step in a dotted name.
    step: usize,
    /// Attributes: the value so far; held.
    value: Option<ObjRef>,
    results: ThinVec<ObjRef>,
}

impl Native for Looking {
    fn name(&self) -> &'static str {
        if self.getter.kind == Kind::Item { "itemgetter" } else { "attrgetter" }
    }

    fn resume(&mut self, vm: &mut Vm, input: Input) -> Res {
        let mut input = input.value();
        loop {
            if let Some(value) = input.take() {
                self.take(vm, value);
            }
            let Some(&part) = self.getter.parts.get(self.next) else {
                let mut results = std::mem::take(&mut self.results);
                return match results.len() {
                    1 => done(results.remove(0)),
                    _ => done(vm.new_tuple(results)),
                };
            };
            let outcome = match self.getter.kind {
                Kind::Item => vm.get_item(self.object, part)?,
                _ => {
                    let name = vm.heap.tuple(part).expect("names")[self.step];
                    vm.get_attr(self.value.unwrap_or(self.object), name)?
                }
            };
            match outcome {
                Outcome::Done(value) => input = Some(value),
                Outcome::Pushed => return Ok(Outcome::Pushed),
            }
        }
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.value.iter().chain(&self.results).for_each(|&object| visit(object));
    }
}

impl Looking {
    /// What was looked up (owned): a result, or the object of the next step.
    fn take(&mut self, vm: &mut Vm, value: ObjRef) {
        let steps = match self.getter.kind {
            Kind::Item => 1,
            _ => vm.heap.tuple(self.getter.parts[self.next]).map_or(1, <[ObjRef]>::len),
        };
        let old = self.value.take();
        vm.xdecref(old);
        self.step += 1;
        if self.step < steps {
            self.value = Some(value);
        } else {
            self.results.push(value);
            self.step = 0;
            self.next += 1;
        }
    }
}

/// `(class, arguments)`; a method caller with keywords is a partial of its class.
fn reduce(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(getter) = foreign::<Getter>(vm, this).cloned() else { return done(vm.none()) };
    let class = vm.ty(this);
    let mut parts = Vec::new();
    for &part in &getter.parts {
        let names = vm.heap.tuple(part).filter(|_| getter.kind == Kind::Attribute).map(<[ObjRef]>::to_vec);
        parts.push(match names {
            Some(names) => {
                let dotted: Vec<String> = names.iter().map(|&name| vm.name_text(name)).collect();
                vm.new_str(dotted.join("."))
            }
            Option::None => vm.own(part),
        });
    }
    if getter.keywords.is_empty() {
        vm.incref(class);
        let parts = vm.new_tuple(parts);
        return done(vm.new_tuple([class, parts]));
    }
    let partial = crate::builtins::types::object::import_from(vm, "functools", "partial")?;
    let depth = vm.frames.len();
    let maker = vm.call_keywords(partial, &[class, parts[0]], &getter.keywords).and_then(|outcome| vm.finish_now(depth, outcome));
    vm.decref(partial);
    let maker = maker?;
    let name = parts.remove(0);
    vm.decref(name);
    let parts = vm.new_tuple(parts);
    done(vm.new_tuple([maker, parts]))
}

/// `operator.itemgetter(1, 2)`; the parts' texts are made on the Rust stack.
fn repr(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(getter) = foreign::<Getter>(vm, this).cloned() else { return done(vm.none()) };
    let mut texts = Vec::new();
    for part in getter.parts {
        let names = vm.heap.tuple(part).filter(|_| getter.kind == Kind::Attribute).map(<[ObjRef]>::to_vec);
        texts.push(match names {
            Some(names) => {
                let dotted: Vec<String> = names.iter().map(|&name| vm.name_text(name)).collect();
                format!("'{}'", dotted.join("."))
            }
            None => vm.repr_now(part)?,
        });
    }
    for (name, value) in getter.keywords {
        let name = vm.name_text(name);
        texts.push(format!("{name}={}", vm.repr_now(value)?));
    }
    let class = vm.ty(this);
    let title = vm.full_type_name(class);
    done(vm.new_str(format!("{title}({})", texts.join(", "))))
}
