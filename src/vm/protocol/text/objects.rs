//! What each builtin type's repr looks like.

use super::{
    compose::{Part, Source},
    *,
};

impl Vm {
    /// The repr of objects that contain others, and of all the rest.
    pub(super) fn compose_repr(&mut self, object: ObjRef) -> Res {
        let exact = is_core_type(self.ty(object));
        match self.heap.body(object) {
            Body::List(items) => {
                if items.is_empty() {
                    return self.short("[]");
                }
                if self.is_shown(object) {
                    return self.short("[...]");
                }
                self.compose(object, "[", Source::List { next: 0 }, "]", Vec::new())
            }
            Body::Tuple(items) => {
                let items = items.to_vec();
                if items.is_empty() {
                    return self.short("()");
                }
                if self.is_shown(object) {
                    return self.short("(...)");
                }
                let close = if items.len() == 1 { ",)" } else { ")" };
                self.compose(object, "(", listed(&items), close, Vec::new())
            }
            Body::Dict(dict) => {
                if dict.is_empty() {
                    return self.short("{}");
                }
                if self.is_shown(object) {
                    return self.short("{...}");
                }
                self.compose(object, "{", Source::Dict { entry: 0, first: true, value: None }, "}", Vec::new())
            }
            Body::Set(set) => {
                let items: Vec<ObjRef> = set.iter().map(|(key, _)| key).collect();
                if !exact && !items.is_empty() && !self.is_shown(object) && self.iterates_itself(object) {
                    return self.repr_of_iterated_set(object);
                }
                let name = self.type_name(object);
                if items.is_empty() {
                    return self.short(&format!("{name}()"));
                }
                if self.is_shown(object) {
                    return self.short(&format!("{name}(...)"));
                }
                items.iter().for_each(|&item| self.incref(item));
                let (open, close) = if self.ty(object) == SET { ("{".to_string(), "}") } else { (format!("{name}({{"), "})") };
                self.compose(object, &open, listed(&items), close, items)
            }
            Body::Slice(parts) => {
                let parts = *parts;
                self.compose(object, "slice(", listed(&parts), ")", Vec::new())
            }
            Body::Range(parts) => {
                let parts = **parts;
                let shown = if self.small_value(parts[2]) == Some(1) { 2 } else { 3 };
                self.compose(object, "range(", listed(&parts[..shown]), ")", Vec::new())
            }
            Body::Exception(exception) => {
                let args = self.heap.tuple(exception.args).map(<[ObjRef]>::to_vec).unwrap_or_default();
                let tuple = exception.args;
                let name = self.type_name(object);
                let name = name.rsplit('.').next().unwrap_or(&name).to_string();
                let parts = match args[..] {
                    [single] => vec![Part::Text(format!("{name}(")), Part::Repr(single), Part::Text(")".into())],
                    _ => vec![Part::Text(name), Part::Repr(tuple)],
                };
                self.compose_parts(object, parts, Vec::new())
            }
            Body::Method(parts) => {
                let [function, this] = **parts;
                let name = self.callable_name(function);
                let parts = vec![Part::Text(format!("<bound method {name} of ")), Part::Repr(this), Part::Text(">".into())];
                self.compose_parts(object, parts, Vec::new())
            }
            Body::Fields(_) if exact || self.core_of(object) != OBJECT => self.repr_of_fields(object),
            Body::Instance(_) | Body::None if self.core_of(object) == SIMPLE_NAMESPACE => self.repr_of_namespace(object),
            _ => {
                let text = self.opaque_repr(object);
                self.short(&text)
            }
        }
    }

    fn short(&mut self, text: &str) -> Res {
        done(self.new_str(text))
    }

    /// Views, aliases, unions, static and class methods.
    fn repr_of_fields(&mut self, object: ObjRef) -> Res {
        let first = self.field(object, 0);
        match (self.core_of(object), first) {
            (DICT_KEYS | DICT_VALUES | DICT_ITEMS, Some(_)) => {
                if self.is_shown(object) {
                    return self.short("...");
                }
                let mut items = Vec::new();
                let mut position = 0;
                while let Some(item) = self.element_at(object, &mut position) {
                    items.push(item);
                }
                let open = format!("{}([", self.type_name(object));
                self.compose(object, &open, listed(&items), "])", items)
            }
            (MAPPINGPROXY, Some(mapping)) => {
                let parts = vec![Part::Text("mappingproxy(".into()), Part::Repr(mapping), Part::Text(")".into())];
                self.compose_parts(object, parts, Vec::new())
            }
            (STATICMETHOD, Some(function)) => {
                let parts = vec![Part::Text("<staticmethod(".into()), Part::Repr(function), Part::Text(")>".into())];
                self.compose_parts(object, parts, Vec::new())
            }
            (CLASSMETHOD, Some(function)) => {
                let parts = vec![Part::Text("<classmethod(".into()), Part::Repr(function), Part::Text(")>".into())];
                self.compose_parts(object, parts, Vec::new())
            }
            (GENERIC_ALIAS, Some(origin)) => {
                let args = self.field(object, 1).and_then(|args| self.heap.tuple(args)).map(<[ObjRef]>::to_vec).unwrap_or_default();
                let star = if self.heap.slot(object).num == 1 { "*" } else { "" };
                let mut parts = vec![Part::Text(star.into()), self.annotation_part(origin), Part::Text("[".into())];
                if args.is_empty() {
                    parts.push(Part::Text("()".into()));
                }
                for (i, &arg) in args.iter().enumerate() {
                    if i > 0 {
                        parts.push(Part::Text(", ".into()));
                    }
                    parts.extend(self.argument_parts(arg));
                }
                parts.push(Part::Text("]".into()));
                self.compose_parts(object, parts, Vec::new())
            }
            (UNION_TYPE, Some(args)) => {
                let args = self.heap.tuple(args).map(<[ObjRef]>::to_vec).unwrap_or_default();
                let mut parts = Vec::new();
                for (i, &arg) in args.iter().enumerate() {
                    if i > 0 {
                        parts.push(Part::Text(" | ".into()));
                    }
                    parts.push(if arg == NONE_TYPE { Part::Text("None".into()) } else { self.annotation_part(arg) });
                }
                self.compose_parts(object, parts, Vec::new())
            }
            (SUPER, Some(class)) => {
                let class = self.heap.as_type(class).map(|class| class.name.to_string()).unwrap_or_else(|| "NULL".into());
                let text = match self.field(object, 1) {
                    Some(this) if this != NONE => format!("<super: <class '{class}'>, <{} object>>", self.super_type_name(object, this)),
                    _ => format!("<super: <class '{class}'>, NULL>"),
                };
                self.short(&text)
            }
            _ => {
                let text = self.opaque_repr(object);
                self.short(&text)
            }
        }
    }

    fn super_type_name(&self, object: ObjRef, this: ObjRef) -> Arc<str> {
        match self.field(object, 2).and_then(|ty| self.heap.as_type(ty)) {
            Some(ty) => ty.name.clone(),
            None => self.type_name(this),
        }
    }

    /// How a type is written in an annotation: `int`, `m.C`, `...`.
    fn annotation_part(&mut self, object: ObjRef) -> Part {
        if object == ELLIPSIS {
            return Part::Text("...".into());
        }
        match self.heap.as_type(object) {
            Some(ty) if self.core_of(object) == TYPE => {
                let name = if ty.is_heap { self.full_type_name(object) } else { ty.name.to_string() };
                Part::Text(name)
            }
            _ => self.qualified_name(object).map_or(Part::Repr(object), Part::Text),
        }
    }

    /// `m.f` for a function or method, `len` for what is in builtins.
    fn qualified_name(&mut self, object: ObjRef) -> Option<String> {
        if !matches!(self.heap.body(object), Body::Function(_) | Body::Method(_) | Body::Native(_)) {
            return None;
        }
        let [qualname, module] = [self.names.qualname, self.names.module].map(|name| {
            let found = self.lookup_attribute_now(object, name).ok().flatten()?;
            let text = self.heap.str(found).is_some().then(|| self.name_text(found));
            self.decref(found);
            text
        });
        let (qualname, module) = (qualname?, module?);
        Some(if module == "builtins" { qualname } else { format!("{module}.{qualname}") })
    }

    /// An argument of an alias; a list of them (`Callable[[int], str]`) in brackets.
    fn argument_parts(&mut self, arg: ObjRef) -> Vec<Part> {
        let Some(items) = self.heap.list(arg).map(|items| items.to_vec()) else { return vec![self.annotation_part(arg)] };
        let mut parts = vec![Part::Text("[".into())];
        for (i, item) in items.into_iter().enumerate() {
            if i > 0 {
                parts.push(Part::Text(", ".into()));
            }
            parts.push(self.annotation_part(item));
        }
        parts.push(Part::Text("]".into()));
        parts
    }

    /// `namespace(a=1)`
    fn repr_of_namespace(&mut self, object: ObjRef) -> Res {
        let name = if self.ty(object) == SIMPLE_NAMESPACE { "namespace".to_string() } else { self.type_name(object).to_string() };
        if self.is_shown(object) {
            return self.short(&format!("{name}(...)"));
        }
        let attrs = self.own_attrs(object);
        let mut parts = Vec::new();
        let mut owned = Vec::new();
        for (i, (key, value)) in attrs.into_iter().enumerate() {
            let comma = if i > 0 { ", " } else { "" };
            parts.push(Part::Text(format!("{comma}{}=", self.name_text(key))));
            parts.push(Part::Repr(value));
            owned.push(self.own(value));
        }
        self.compose(object, &format!("{name}("), Source::Parts { parts, next: 0 }, ")", owned)
    }

    /// `__qualname__` of a function, for a bound method.
    fn callable_name(&self, function: ObjRef) -> String {
        match self.heap.body(function) {
            Body::Function(function) => self.name_text(function.qualname),
            Body::Native(native) => native.name.to_string(),
            Body::Type(record) => self.name_text(record.qualname),
            _ => "?".to_string(),
        }
    }

    fn hex_address(&self, object: ObjRef) -> String {
        format!("0x{:x}", self.address(object))
    }

    /// The repr of objects that show nothing of other objects but names and addresses.
    pub(super) fn opaque_repr(&self, object: ObjRef) -> String {
        let at = self.hex_address(object);
        let name_of = |object: ObjRef| self.name_text(object);
        match self.heap.body(object) {
            Body::Function(function) => format!("<function {} at {at}>", name_of(function.qualname)),
            Body::Native(native) => {
                let owner = native.owner.and_then(|owner| self.heap.as_type(owner)).map(|owner| owner.name.to_string()).unwrap_or_default();
                match (self.ty(object), native.this) {
                    (METHOD_DESCRIPTOR | CLASSMETHOD_DESCRIPTOR, _) => format!("<method '{}' of '{owner}' objects>", native.name),
                    (WRAPPER_DESCRIPTOR, _) => format!("<slot wrapper '{}' of '{owner}' objects>", native.name),
                    (GETSET_DESCRIPTOR, _) => format!("<attribute '{}' of '{owner}' objects>", native.name),
                    (MEMBER_DESCRIPTOR, _) => format!("<member '{}' of '{owner}' objects>", native.name),
                    (METHOD_WRAPPER, Some(this)) => {
                        format!("<method-wrapper '{}' of {} object at {}>", native.name, self.type_name(this), self.hex_address(this))
                    }
                    (_, Some(this)) if !matches!(self.heap.body(this), Body::Module(_)) => {
                        format!("<built-in method {} of {} object at {}>", native.name, self.type_name(this), self.hex_address(this))
                    }
                    _ => format!("<built-in function {}>", native.name),
                }
            }
            Body::Type(_) => format!("<class '{}'>", self.class_name(object)),
            Body::Module(module) => self.module_repr(module.dict),
            Body::Code(code) => {
                format!("<code object {} at {at}, file \"{}\", line {}>", code.code.name, code.code.filename, code.code.firstlineno)
            }
            Body::Frame(frame) => {
                let Body::Code(code) = self.heap.body(frame.code) else { return String::new() };
                let file = repr::str_repr(&(&*code.code.filename).into()).to_string_lossy();
                let line = code.code.firstlineno;
                format!("<frame at {at}, file {file}, line {line}, code {}>", code.code.name)
            }
            Body::Generator(generator) => format!("<{} object {} at {at}>", self.type_name(object), name_of(generator.qualname)),
            Body::Cell(_) if self.ty(object) != CELL => format!("<{} object at {at}>", self.type_name(object)),
            Body::Cell(Some(content)) => {
                format!("<cell at {at}: {} object at {}>", self.type_name(*content), self.hex_address(*content))
            }
            Body::Cell(None) => format!("<cell at {at}: empty>"),
            Body::WeakRef(weak) => {
                let kind = if matches!(self.ty(object), WEAKPROXY | CALLABLE_WEAKPROXY) { "weakproxy" } else { "weakref" };
                match weak.referent {
                    Some(referent) if kind == "weakproxy" => {
                        format!("<weakproxy at {at} to {} at {}>", self.type_name(referent), self.hex_address(referent))
                    }
                    Some(referent) => {
                        let name = self.own_attr(referent, self.names.name).and_then(|name| self.text(name));
                        let name = name.map(|name| format!(" ({})", name.to_string_lossy())).unwrap_or_default();
                        format!("<weakref at {at}; to '{}' at {}{name}>", self.type_name(referent), self.hex_address(referent))
                    }
                    None => format!("<{kind} at {at}; dead>"),
                }
            }
            Body::Fields(_) if self.ty(object) == MEMBER_DESCRIPTOR => {
                let owner = self.field(object, 0).and_then(|owner| self.heap.as_type(owner)).map(|owner| owner.name.to_string());
                let name = self.field(object, 1).map(name_of).unwrap_or_default();
                format!("<member '{name}' of '{}' objects>", owner.unwrap_or_default())
            }
            _ if self.ty(object) == MEMORYVIEW => format!("<memory at {at}>"),
            _ => format!("<{} object at {at}>", self.class_name(self.ty(object))),
        }
    }

    /// A class as reprs write it: with its module, unless that is `builtins`.
    fn class_name(&self, class: ObjRef) -> String {
        self.full_type_name(class)
    }
}

/// Objects with commas between them.
fn listed(items: &[ObjRef]) -> Source {
    let mut parts = Vec::with_capacity(items.len() * 2);
    for (i, &item) in items.iter().enumerate() {
        if i > 0 {
            parts.push(Part::Text(", ".into()));
        }
        parts.push(Part::Repr(item));
    }
    Source::Parts { parts, next: 0 }
}

impl Vm {
    /// Has a class that inherits from set or frozenset a way of its own to be iterated, or to be asked how many there are?
    fn iterates_itself(&mut self, set: ObjRef) -> bool {
        let ty = self.ty(set);
        [self.names.iter, self.names.len, self.names.length_hint].into_iter().any(|name| self.own_method(ty, name).is_some())
    }

    /// The repr of such a set shows what iterating gives (`PySequence_List`).
    fn repr_of_iterated_set(&mut self, set: ObjRef) -> Res {
        let depth = self.frames.len();
        let list = self.collect_into(set, false);
        let then = After::new("repr", &[set], 0, |vm, state, list| {
            let items = vm.heap.list(list).map(|items| items.to_vec()).unwrap_or_default();
            let open = format!("{}({{", vm.type_name(state.refs[0]));
            vm.compose(state.refs[0], &open, listed(&items), "})", vec![list])
        });
        self.after(depth, list, then)
    }

    /// `<module 'm' from '/home/me/m.py'>`: what its spec says, or else its attributes.
    fn module_repr(&self, dict: ObjRef) -> String {
        let attribute = |name: &str| self.dict_get_text(dict, name).filter(|&value| value != NONE);
        let loader_text = |loader: ObjRef| match self.heap.body(loader) {
            Body::Type(class) if &*class.name == "BuiltinImporter" => "built-in".to_string(),
            _ => self.repr_lossy(loader),
        };
        let Some(spec) = attribute("__spec__") else {
            let name = self.dict_get_text(dict, "__name__").map_or("'?'".to_string(), |name| self.repr_lossy(name));
            return match (self.dict_get_text(dict, "__file__"), attribute("__loader__")) {
                (Some(file), _) => format!("<module {name} from {}>", self.repr_lossy(file)),
                (None, Some(loader)) => format!("<module {name} ({})>", loader_text(loader)),
                (None, None) => format!("<module {name}>"),
            };
        };
        let own = self.own_attrs(spec);
        let part = |name: &str| own.iter().find(|row| self.name_text(row.0) == name).map(|row| row.1).filter(|&value| value != NONE);
        let name = part("name").map_or("'?'".to_string(), |name| self.repr_lossy(name));
        match (part("origin"), part("loader")) {
            (None, None) => format!("<module {name}>"),
            (None, Some(loader)) => format!("<module {name} ({})>", loader_text(loader)),
            (Some(origin), _) if part("_set_fileattr") == Some(TRUE) => format!("<module {name} from {}>", self.repr_lossy(origin)),
            (Some(origin), _) => format!("<module {name} ({})>", self.name_text(origin)),
        }
    }
}
