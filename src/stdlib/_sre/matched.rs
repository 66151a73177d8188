//! `re.Match`: what a pattern has found, and where.
//!
//! Counterpart in CPython 3.11: `match_…` in `Modules/_sre/sre.c`. `re.match("(a)(b)?", "a").groups()` is `('a', None)`.

use super::{pattern::pattern, search::Found, subject::Subject};
use crate::{
    builtins::{convert, slots},
    heap::ObjRef,
    objects::{Objects, core_types::*, instance::Foreign},
    stdlib::{NewClass, add_class, foreign, foreign_body, foreign_mut},
    vm::{
        Outcome, Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

#[derive(Clone)]
pub struct Match {
    pub pattern: ObjRef,
    string: ObjRef,
    /// a tuple, once somebody asked for it
    regs: Option<ObjRef>,
    pos: usize,
    endpos: usize,
    last_group: usize,
    /// the whole match and the groups
    spans: Vec<Option<(usize, usize)>>,
}

impl Foreign for Match {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        let parts = [Some(self.string), self.regs, Some(self.pattern)];
        parts.into_iter().flatten().filter(|&object| object != NONE).for_each(visit);
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        let parts = [Some(std::mem::replace(&mut self.string, NONE)), self.regs.take(), Some(std::mem::replace(&mut self.pattern, NONE))];
        parts.into_iter().flatten().filter(|&object| object != NONE).collect()
    }

    fn inline_size(&self) -> usize {
        16 * self.spans.len()
    }
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use {
        NativeDef as Def,
        Signature::{Any, Named, One, Range},
    };
    let natives = vec![
        Def::wrapper("__repr__", Signature::None, repr),
        Def::wrapper("__getitem__", One, |vm, args| {
            let (this, key) = (args.at(vm, 0), args.at(vm, 1));
            group(vm, this, key)
        }),
        Def::method("group", Any, groups_asked),
        Def::method("start", Range(0, 1), |vm, args| edge(vm, args, |(start, _)| start)),
        Def::method("end", Range(0, 1), |vm, args| edge(vm, args, |(_, end)| end)),
        Def::method("span", Range(0, 1), span),
        Def::method("groups", Named("default=None"), all_groups),
        Def::method("groupdict", Named("default=None"), group_dict),
        Def::method("expand", Named("template"), expand),
        Def::method("__copy__", Signature::None, slots::itself),
        Def::method("__deepcopy__", One, slots::itself),
        Def::class_method("__class_getitem__", One, slots::class_getitem),
        Def::member("string", |vm, args| field(vm, args, |found| found.string)),
        Def::member("re", |vm, args| field(vm, args, |found| found.pattern)),
        Def::member("pos", |vm, args| number(vm, args, |found| found.pos)),
        Def::member("endpos", |vm, args| number(vm, args, |found| found.endpos)),
        Def::getter("lastindex", |vm, args| match matched(vm, args.at(vm, 0)).map_or(0, |found| found.last_group) {
            0 => done(vm.none()),
            index => done(vm.new_usize(index)),
        }),
        Def::getter("lastgroup", last_group_name),
        Def::getter("regs", regs),
    ];
    add_class(vm, dict, NewClass { module: "re", name: "Match", base: OBJECT, natives, slots: Some(&[]) });
}

/// A match object, owned. Pattern and string are borrowed.
pub fn new_match(vm: &mut Vm, pattern: ObjRef, string: ObjRef, found: &Found, pos: usize, endpos: usize) -> ObjRef {
    vm.incref(pattern);
    vm.incref(string);
    let body = Match { pattern, string, regs: None, pos, endpos, last_group: found.last_group, spans: found.spans.clone() };
    let class = super::class_named(vm, "Match");
    vm.new_derived(class, 0, foreign_body(body))
}

fn matched(vm: &Vm, object: ObjRef) -> Option<&Match> {
    foreign(vm, object)
}

fn field(vm: &mut Vm, args: Args, which: fn(&Match) -> ObjRef) -> Res {
    let field = matched(vm, args.at(vm, 0)).map_or(NONE, which);
    done(vm.own(field))
}

fn number(vm: &mut Vm, args: Args, which: fn(&Match) -> usize) -> Res {
    let number = matched(vm, args.at(vm, 0)).map_or(0, which);
    done(vm.new_usize(number))
}

/// The number of the group that an argument names.
fn group_number(vm: &mut Vm, this: ObjRef, key: ObjRef) -> Result<usize, Raised> {
    let (index_of, count) = match matched(vm, this) {
        Some(found) => (pattern(vm, found.pattern).map_or(NONE, |pattern| pattern.group_index), found.spans.len()),
        None => (NONE, 0),
    };
    let number = if vm.has_index(key) {
        convert::cut(vm, key)?
    } else {
        let found = match vm.heap.dict(index_of) {
            Some(_) => vm.dict_lookup_now(index_of, key)?,
            None => None,
        };
        found.and_then(|number| vm.small_value(number)).unwrap_or(-1)
    };
    match usize::try_from(number) {
        Ok(number) if number < count => Ok(number),
        _ => Err(vm.raise(INDEX_ERROR, "no such group")),
    }
}

/// A group's text, owned; `default` (borrowed) if it has not matched.
fn text_of(vm: &mut Vm, this: ObjRef, number: usize, default: ObjRef) -> ObjRef {
    let Some((string, span)) = matched(vm, this).map(|found| (found.string, found.spans[number])) else { return vm.own(default) };
    match (span, Subject::of(vm, string)) {
        (Some((start, end)), Some(subject)) => {
            // A bytearray may have shrunk meanwhile.
            let end = end.min(subject.size());
            subject.slice(vm, (start.min(end), end), string)
        }
        _ => vm.own(default),
    }
}

fn group(vm: &mut Vm, this: ObjRef, key: ObjRef) -> Res {
    let number = group_number(vm, this, key)?;
    done(text_of(vm, this, number, NONE))
}

fn groups_asked(vm: &mut Vm, args: Args) -> Res {
    if args.kwnames.is_some() {
        return Err(vm.type_error("Match.group() takes no keyword arguments"));
    }
    let (this, keys) = (args.at(vm, 0), args.from(vm, 1));
    match keys[..] {
        [] => done(text_of(vm, this, 0, NONE)),
        [key] => group(vm, this, key),
        _ => {
            let mut items = Vec::new();
            for key in keys {
                match group_number(vm, this, key) {
                    Ok(number) => items.push(text_of(vm, this, number, NONE)),
                    Err(raised) => {
                        vm.decref_all(items);
                        return Err(raised);
                    }
                }
            }
            done(vm.new_tuple(items))
        }
    }
}

/// Start and end of the group that the only argument names, −1 if it has not matched.
fn span_of(vm: &mut Vm, args: Args) -> Result<(i64, i64), Raised> {
    let this = args.at(vm, 0);
    let number = match args.get(vm, 1) {
        Some(key) => group_number(vm, this, key)?,
        None => 0,
    };
    let span = matched(vm, this).and_then(|found| found.spans[number]);
    Ok(span.map_or((-1, -1), |(start, end)| (start as i64, end as i64)))
}

fn edge(vm: &mut Vm, args: Args, which: fn((i64, i64)) -> i64) -> Res {
    let span = span_of(vm, args)?;
    done(vm.new_int(which(span)))
}

fn pair(vm: &mut Vm, (start, end): (i64, i64)) -> ObjRef {
    let items = [vm.new_int(start), vm.new_int(end)];
    vm.new_tuple(items)
}

fn span(vm: &mut Vm, args: Args) -> Res {
    let span = span_of(vm, args)?;
    done(pair(vm, span))
}

fn all_groups(vm: &mut Vm, args: Args) -> Res {
    let (this, default) = (args.at(vm, 0), args.get(vm, 1).unwrap_or(NONE));
    let count = matched(vm, this).map_or(0, |found| found.spans.len());
    let items: Vec<ObjRef> = (1..count).map(|number| text_of(vm, this, number, default)).collect();
    done(vm.new_tuple(items))
}

fn group_dict(vm: &mut Vm, args: Args) -> Res {
    let (this, default) = (args.at(vm, 0), args.get(vm, 1).unwrap_or(NONE));
    let dict = vm.new_dict();
    let index = matched(vm, this).and_then(|found| pattern(vm, found.pattern)).map(|pattern| pattern.group_index);
    let names: Vec<(ObjRef, ObjRef)> = index.and_then(|index| vm.heap.dict(index)).map(|dict| dict.iter().collect()).unwrap_or_default();
    for (name, number) in names {
        let value = match group_number(vm, this, number) {
            Ok(number) => text_of(vm, this, number, default),
            Err(raised) => {
                vm.decref(dict);
                return Err(raised);
            }
        };
        let set = vm.dict_set_now(dict, name, value);
        vm.decref(value);
        if let Err(raised) = set {
            vm.decref(dict);
            return Err(raised);
        }
    }
    done(dict)
}

/// `re._expand(pattern, match, template)`
fn expand(vm: &mut Vm, args: Args) -> Res {
    let (this, template) = (args.at(vm, 0), args.at(vm, 1));
    let pattern = matched(vm, this).map_or(NONE, |found| found.pattern);
    let expand = super::function_of_re(vm, "_expand")?;
    vm.call(expand, &[pattern, this, template])
}

fn last_group_name(vm: &mut Vm, args: Args) -> Res {
    let found = matched(vm, args.at(vm, 0));
    let name = found.filter(|found| found.last_group > 0).and_then(|found| {
        let names = vm.heap.tuple(pattern(vm, found.pattern)?.index_group)?;
        names.get(found.last_group).copied()
    });
    done(vm.own(name.unwrap_or(NONE)))
}

fn regs(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    if let Some(regs) = matched(vm, this).and_then(|found| found.regs) {
        return done(vm.own(regs));
    }
    let spans = matched(vm, this).map(|found| found.spans.clone()).unwrap_or_default();
    let spans: Vec<ObjRef> =
        spans.into_iter().map(|span| pair(vm, span.map_or((-1, -1), |(start, end)| (start as i64, end as i64)))).collect();
    let regs = vm.new_tuple(spans);
    if let Some(found) = foreign_mut::<Match>(vm, this) {
        found.regs = Some(regs);
        vm.incref(regs);
    }
    done(regs)
}

fn repr(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let (start, end) = matched(vm, this).and_then(|found| found.spans[0]).unwrap_or((0, 0));
    let text = text_of(vm, this, 0, NONE);
    let shown = vm.repr_now(text);
    vm.decref(text);
    let shown = shown?;
    Ok(Outcome::Done(vm.new_str(format!("<re.Match object; span=({start}, {end}), match={shown}>"))))
}
