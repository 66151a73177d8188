//! `re.Pattern`: a compiled pattern and what can be done with it.
//!
//! Counterpart in CPython 3.11: `pattern_…` in `Modules/_sre/sre.c`. `re.compile("a").findall("banana")`.

use std::sync::Arc;

use super::{
    matched::new_match,
    opcodes::flag,
    program::Program,
    scanner::new_scanner,
    search::Mode,
    subject::{Subject, Walk},
    substitute,
};
use crate::{
    builtins::{convert, slots},
    heap::ObjRef,
    objects::{Body, Objects, core_types::*, instance::Foreign, iter::Iter},
    stdlib::{NewClass, add_class, foreign, foreign_body},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

#[derive(Clone)]
pub struct Pattern {
    pub program: Arc<Program>,
    code: Arc<[u32]>,
    flags: i64,
    /// text or bytes of the pattern; None if it was made without
    pub pattern: ObjRef,
    /// a dict, name → number
    pub group_index: ObjRef,
    /// a tuple, number → name or None
    pub index_group: ObjRef,
    /// What it may be matched with; `None`: anything.
    pub is_bytes: Option<bool>,
}

impl Foreign for Pattern {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        [self.group_index, self.index_group, self.pattern].into_iter().filter(|&object| object != NONE).for_each(visit);
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        let parts = [&mut self.group_index, &mut self.index_group, &mut self.pattern];
        parts.into_iter().map(|part| std::mem::replace(part, NONE)).filter(|&object| object != NONE).collect()
    }

    fn inline_size(&self) -> usize {
        4 * self.code.len()
    }
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use {
        NativeDef as Def,
        Signature::{Named, One},
    };
    const SEARCH: Signature = Named("string, pos=0, endpos=sys.maxsize");
    let natives = vec![
        Def::wrapper("__repr__", Signature::None, repr),
        Def::wrapper("__hash__", Signature::None, hash),
        Def::wrapper("__eq__", One, |vm, args| compare(vm, args, true)),
        Def::wrapper("__ne__", One, |vm, args| compare(vm, args, false)),
        Def::method("match", SEARCH, |vm, args| once(vm, args, Mode::Match)),
        Def::method("fullmatch", SEARCH, |vm, args| once(vm, args, Mode::FullMatch)),
        Def::method("search", SEARCH, |vm, args| once(vm, args, Mode::Search)),
        Def::method("sub", Named("repl, string, count=0"), substitute::sub),
        Def::method("subn", Named("repl, string, count=0"), substitute::subn),
        Def::method("findall", SEARCH, find_all),
        Def::method("split", Named("string, maxsplit=0"), split),
        Def::method("finditer", SEARCH, find_iter),
        Def::method("scanner", SEARCH, |vm, args| {
            let walk = walk(vm, args)?;
            let (this, string) = (args.at(vm, 0), args.at(vm, 1));
            done(new_scanner(vm, this, string, walk))
        }),
        Def::method("__copy__", Signature::None, slots::itself),
        Def::method("__deepcopy__", One, slots::itself),
        Def::class_method("__class_getitem__", One, slots::class_getitem),
        Def::member("pattern", |vm, args| part(vm, args, |pattern| pattern.pattern)),
        Def::member("flags", |vm, args| {
            let flags = pattern(vm, args.at(vm, 0)).map_or(0, |pattern| pattern.flags);
            done(vm.new_int(flags))
        }),
        Def::member("groups", |vm, args| {
            let groups = pattern(vm, args.at(vm, 0)).map_or(0, |pattern| pattern.program.groups);
            done(vm.new_usize(groups))
        }),
        Def::getter("groupindex", group_index),
    ];
    add_class(vm, dict, NewClass { module: "re", name: "Pattern", base: OBJECT, natives, slots: Some(&["__weakref__"]) });
}

pub fn pattern(vm: &Vm, object: ObjRef) -> Option<&Pattern> {
    foreign(vm, object)
}

fn part(vm: &mut Vm, args: Args, which: fn(&Pattern) -> ObjRef) -> Res {
    let part = pattern(vm, args.at(vm, 0)).map_or(NONE, which);
    done(vm.own(part))
}

/// Names and numbers of the groups, not to be changed.
fn group_index(vm: &mut Vm, args: Args) -> Res {
    let dict = pattern(vm, args.at(vm, 0)).map_or(NONE, |pattern| pattern.group_index);
    vm.incref(dict);
    done(crate::builtins::types::mappingproxy::new_proxy(vm, dict))
}

/// What a new pattern is made of; the references are taken over.
pub struct Parts {
    pub pattern: ObjRef,
    pub flags: i64,
    pub code: Vec<u32>,
    pub groups: usize,
    pub group_index: ObjRef,
    pub index_group: ObjRef,
}

pub fn new_pattern(vm: &mut Vm, parts: Parts) -> Result<ObjRef, Raised> {
    let Parts { pattern, flags, code, groups, group_index, index_group } = parts;
    let Ok(program) = Program::decode(&code, groups) else {
        vm.decref_all([pattern, group_index, index_group]);
        return Err(vm.raise(RUNTIME_ERROR, "invalid SRE code"));
    };
    let is_bytes = if pattern == NONE { None } else { Some(vm.heap.str(pattern).is_none()) };
    if pattern == NONE {
        vm.decref(pattern); // it is not held, as nothing stands for it
    }
    vm.heap.budget -= 64 * code.len() as i64;
    let body = Pattern { program: Arc::new(program), code: code.into(), flags, pattern, group_index, index_group, is_bytes };
    let class = super::class_named(vm, "Pattern");
    Ok(vm.new_derived(class, 0, foreign_body(body)))
}

/// `compile(pattern, flags, code, groups, groupindex, indexgroup)`
pub fn compile(vm: &mut Vm, args: Args) -> Res {
    let [pattern, flags, code, groups, group_index, index_group] = std::array::from_fn(|i| args.at(vm, i));
    let flags = convert::c_int(vm, flags)?;
    for (object, ty, name) in [(code, LIST, "code"), (group_index, DICT, "groupindex"), (index_group, TUPLE, "indexgroup")] {
        if !vm.is_instance(object, ty) {
            let (given, wanted) = (convert::none_or_type_name(vm, object), vm.heap.type_of_type(ty).name.clone());
            return Err(vm.type_error(format!("compile() argument '{name}' must be {wanted}, not {given}")));
        }
    }
    let groups = convert::ssize(vm, groups)?;
    if pattern != NONE && Subject::of(vm, pattern).is_none() {
        let name = vm.type_name(pattern);
        return Err(vm.type_error(format!("expected string or bytes-like object, got '{name}'")));
    }
    let mut words = Vec::new();
    for item in vm.heap.list(code).map(|items| items.to_vec()).unwrap_or_default() {
        if !vm.is_int(item) {
            return Err(vm.type_error("an integer is required"));
        }
        match vm.small_value(item).map(u32::try_from) {
            Some(Ok(word)) => words.push(word),
            _ => return Err(vm.raise(OVERFLOW_ERROR, "regular expression code size limit exceeded")),
        }
    }
    [pattern, group_index, index_group].into_iter().for_each(|object| vm.incref(object));
    let groups = usize::try_from(groups).unwrap_or(0);
    let parts = Parts { pattern, flags: flags.into(), code: words, groups, group_index, index_group };
    new_pattern(vm, parts).map(crate::vm::Outcome::Done)
}

/// The search that `string, pos, endpos` ask for.
fn walk(vm: &mut Vm, args: Args) -> Result<Walk, Raised> {
    let (this, string) = (args.at(vm, 0), args.at(vm, 1));
    let pos = match args.get(vm, 2) {
        Some(pos) => convert::ssize(vm, pos)?,
        None => 0,
    };
    let endpos = match args.get(vm, 3) {
        Some(endpos) => convert::ssize(vm, endpos)?,
        None => i64::MAX,
    };
    walk_on(vm, this, string, pos, endpos)
}

/// The same with numbers.
pub fn walk_on(vm: &mut Vm, this: ObjRef, string: ObjRef, pos: i64, endpos: i64) -> Result<Walk, Raised> {
    let Some(Pattern { program, is_bytes, .. }) = pattern(vm, this).cloned() else { return Err(vm.type_error("a pattern is required")) };
    let subject = Subject::for_pattern(vm, string, is_bytes)?;
    Ok(Walk::new(program, subject, pos, endpos))
}

fn once(vm: &mut Vm, args: Args, mode: Mode) -> Res {
    let mut walk = walk(vm, args)?;
    let (pos, endpos) = (walk.start, walk.end);
    let (this, string) = (args.at(vm, 0), args.at(vm, 1));
    match walk.next(vm, mode)? {
        Some(found) => done(new_match(vm, this, string, &found, pos, endpos)),
        None => done(vm.none()),
    }
}

/// A group of what was found, owned; empty (or None) if it has not matched.
fn group(vm: &mut Vm, walk: &Walk, string: ObjRef, span: Option<(usize, usize)>, none: bool) -> ObjRef {
    match span {
        Some(span) => walk.subject.slice(vm, span, string),
        None if none => vm.none(),
        None => walk.subject.empty(vm),
    }
}

fn find_all(vm: &mut Vm, args: Args) -> Res {
    let mut walk = walk(vm, args)?;
    let string = args.at(vm, 1);
    let groups = walk.program.groups;
    collect(vm, |vm, list| {
        while let Some(found) = walk.next(vm, Mode::Search)? {
            let item = match groups {
                0 | 1 => group(vm, &walk, string, found.spans[groups], false),
                _ => {
                    let items: Vec<ObjRef> = found.spans[1..].iter().map(|&span| group(vm, &walk, string, span, false)).collect();
                    vm.new_tuple(items)
                }
            };
            push(vm, list, item);
            vm.poll()?;
        }
        Ok(())
    })
}

/// A list of what is put into it; none if that fails.
fn collect(vm: &mut Vm, mut fill: impl FnMut(&mut Vm, ObjRef) -> Result<(), Raised>) -> Res {
    let list = vm.new_list([]);
    match fill(vm, list) {
        Ok(()) => done(list),
        Err(raised) => {
            vm.decref(list);
            Err(raised)
        }
    }
}

/// Appends to a list that is ours; takes over the item.
fn push(vm: &mut Vm, list: ObjRef, item: ObjRef) {
    vm.list_append(list, item);
}

fn split(vm: &mut Vm, args: Args) -> Res {
    let (this, string) = (args.at(vm, 0), args.at(vm, 1));
    let most = match args.get(vm, 2) {
        Some(most) => convert::ssize(vm, most)?,
        None => 0,
    };
    let mut walk = walk_on(vm, this, string, 0, i64::MAX)?;
    collect(vm, |vm, list| {
        let (mut last, mut count) = (0, 0);
        while most == 0 || count < most {
            let Some(found) = walk.next(vm, Mode::Search)? else { break };
            let (start, end) = found.span();
            let item = walk.subject.slice(vm, (last, start), string);
            push(vm, list, item);
            for &span in &found.spans[1..] {
                let item = group(vm, &walk, string, span, true);
                push(vm, list, item);
            }
            last = end;
            count += 1;
            vm.poll()?;
        }
        let item = walk.subject.slice(vm, (last, walk.end), string);
        push(vm, list, item);
        Ok(())
    })
}

/// `iter(scanner.search, None)`
fn find_iter(vm: &mut Vm, args: Args) -> Res {
    let walk = walk(vm, args)?;
    let (this, string) = (args.at(vm, 0), args.at(vm, 1));
    let scanner = new_scanner(vm, this, string, walk);
    let name = vm.new_interned("search");
    let class = super::class_named(vm, "SRE_Scanner");
    let search = vm.type_lookup(class, name);
    vm.decref(name);
    let Some(search) = search else {
        vm.decref(scanner);
        return Err(vm.raise(ATTRIBUTE_ERROR, "search"));
    };
    let search = vm.bind_native(search, scanner);
    vm.decref(scanner);
    let sentinel = vm.none();
    done(vm.alloc_tracked(CALLABLE_ITERATOR, 0, Body::Iter(Box::new(Iter::Callable { func: Some(search), sentinel }))))
}

// ── comparing and showing ───────────────────────────────────────────────────────────────────────────────────────────

fn compare(vm: &mut Vm, args: Args, wanted: bool) -> Res {
    let (a, b) = (args.at(vm, 0), args.at(vm, 1));
    let (Some(left), Some(right)) = (pattern(vm, a).cloned(), pattern(vm, b).cloned()) else {
        return done(vm.own(NOT_IMPLEMENTED));
    };
    let same = left.flags == right.flags && left.is_bytes == right.is_bytes && left.code == right.code;
    let same = a == b || same && vm.equal_now(left.pattern, right.pattern)?;
    done(vm.new_bool(same == wanted))
}

fn hash(vm: &mut Vm, args: Args) -> Res {
    let Some(Pattern { code, flags, pattern, is_bytes, .. }) = pattern(vm, args.at(vm, 0)).cloned() else { return done(vm.new_int(0)) };
    let text = vm.hash_now(pattern)?;
    let bytes: Vec<u8> = code.iter().flat_map(|word| word.to_le_bytes()).collect();
    let words = crate::num::hash::hash_bytes(&bytes, vm.hash_key);
    let is_bytes = is_bytes.map_or(-1, i64::from);
    let hash = text ^ words ^ flags ^ is_bytes ^ code.len() as i64;
    done(vm.new_int(if hash == -1 { -2 } else { hash }))
}

/// Names of flags in the order in which they are shown.
const FLAG_NAMES: [(u32, &str); 9] = [
    (flag::TEMPLATE, "TEMPLATE"),
    (flag::IGNORECASE, "IGNORECASE"),
    (flag::LOCALE, "LOCALE"),
    (flag::MULTILINE, "MULTILINE"),
    (flag::DOTALL, "DOTALL"),
    (flag::UNICODE, "UNICODE"),
    (flag::VERBOSE, "VERBOSE"),
    (flag::DEBUG, "DEBUG"),
    (flag::ASCII, "ASCII"),
];
/// So much of a pattern's text is shown.
const SHOWN: usize = 200;

fn repr(vm: &mut Vm, args: Args) -> Res {
    let Some(Pattern { mut flags, pattern, is_bytes, .. }) = pattern(vm, args.at(vm, 0)).cloned() else { return done(vm.none()) };
    const KINDS: i64 = (flag::LOCALE | flag::UNICODE | flag::ASCII) as i64;
    if is_bytes == Some(false) && flags & KINDS == i64::from(flag::UNICODE) {
        flags &= !i64::from(flag::UNICODE);
    }
    let mut names = Vec::new();
    for (bit, name) in FLAG_NAMES {
        if flags & i64::from(bit) != 0 {
            names.push(format!("re.{name}"));
            flags &= !i64::from(bit);
        }
    }
    if flags != 0 {
        names.push(format!("0x{:x}", flags as u32));
    }
    let text = vm.repr_now(pattern)?;
    let text: String = text.chars().take(SHOWN).collect();
    done(vm.new_str(if names.is_empty() { format!("re.compile({text})") } else { format!("re.compile({text}, {})", names.join("|")) }))
}
