//! `itertools`: iterators made of iterators.
//!
//! Each class is an instance around a [`Tool`]; what its `next` does is a program of small steps in [`step`], which waits in
//! a native frame wherever an item, a function or a truth value may come from Python code.
//! Counterpart in CPython 3.11: `Modules/itertoolsmodule.c`.

mod combine;
mod state;
mod step;
mod tee;

use super::{NewClass, add_class, add_functions, foreign, foreign_body};
use crate::{
    builtins::{
        convert, slots,
        types::{iterators, list::index_argument},
    },
    heap::ObjRef,
    objects::{Body, Heap, core_types::*, instance::Foreign},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, NativeFn, Signature, plural},
        raised::done,
    },
};
use step::Kind;

/// The state of an iterator. What the references and numbers mean is said with the steps of each kind.
#[derive(Clone)]
pub struct Tool {
    pub kind: Kind,
    pub refs: Vec<Option<ObjRef>>,
    /// Items of `product`, `permutations` and `combinations`, which belong to the tuples in `refs[1]`.
    pub pools: Vec<Vec<ObjRef>>,
    pub numbers: Vec<i64>,
    pub flag: bool,
    /// Blocks of memory with the indices of `product`, `permutations` and `combinations`, and their bytes.
    pub tables: Vec<(u32, usize)>,
}

impl Tool {
    pub fn new(kind: Kind, refs: impl IntoIterator<Item = Option<ObjRef>>) -> Tool {
        Tool { kind, refs: refs.into_iter().collect(), pools: Vec::new(), numbers: Vec::new(), flag: false, tables: Vec::new() }
    }

    /// Makes a table of so many indices.
    fn add_table(&mut self, heap: &mut Heap, indices: usize) {
        let bytes = indices.min(LONGEST_TABLE) * 8;
        self.tables.push((heap.alloc_memory(bytes), bytes));
    }

    pub fn body(self) -> Body {
        foreign_body(self)
    }
}

/// Indices of a table; no iterator comes to the end of more.
const LONGEST_TABLE: usize = 1 << 32;

impl Foreign for Tool {
    fn outside_size(&self) -> usize {
        self.tables.iter().map(|table| table.1).sum()
    }

    fn more_blocks(&self) -> Vec<u32> {
        self.tables.iter().map(|table| table.0).collect()
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.refs.iter().flatten().for_each(|&object| visit(object));
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        let held = self.refs.iter_mut().filter_map(Option::take).collect();
        self.pools.clear();
        self.kind = Kind::Ended;
        held
    }
}

/// The classes: name and constructor.
const CLASSES: [(&str, NativeFn); 18] = [
    ("accumulate", accumulate),
    ("chain", chain),
    ("combinations", combine::combinations),
    ("combinations_with_replacement", combine::combinations_with_replacement),
    ("compress", compress),
    ("count", count),
    ("cycle", cycle),
    ("dropwhile", dropwhile),
    ("filterfalse", filterfalse),
    ("groupby", groupby),
    ("islice", islice),
    ("pairwise", pairwise),
    ("permutations", combine::permutations),
    ("product", combine::product),
    ("repeat", repeat),
    ("starmap", starmap),
    ("takewhile", takewhile),
    ("zip_longest", zip_longest),
];

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use NativeDef as Def;
    for (name, new) in CLASSES {
        let mut natives = iterator_natives();
        natives.push(Def::static_method("__new__", Signature::Any, new));
        natives.extend(state::natives(name));
        match name {
            "chain" => {
                natives.push(Def::class_method("from_iterable", Signature::One, chain_from_iterable));
                natives.push(Def::class_method("__class_getitem__", Signature::One, slots::class_getitem));
            }
            "count" => natives.push(Def::wrapper("__repr__", Signature::None, count_repr)),
            "repeat" => {
                natives.push(Def::wrapper("__repr__", Signature::None, repeat_repr));
                natives.push(Def::method("__length_hint__", Signature::None, repeat_length_hint));
            }
            _ => {}
        }
        add_class(vm, dict, NewClass { module: "itertools", name, base: OBJECT, natives, slots: Some(&[]) });
    }
    let mut natives = iterator_natives();
    natives.push(Def::static_method("__new__", Signature::Any, new_grouper));
    natives.extend(state::natives("_grouper"));
    add_class(vm, dict, NewClass { module: "itertools", name: "_grouper", base: OBJECT, natives, slots: Some(&[]) });
    tee::fill(vm, dict);
    add_functions(vm, dict, "itertools", vec![Def::function("tee", Signature::Range(1, 2), tee::tee)]);
}

/// `_grouper(groupby, key)`: the group that the `groupby` is at.
fn new_grouper(vm: &mut Vm, args: Args) -> Res {
    let [parent, key] = exactly(vm, args, "_grouper")?;
    let Some(group) = foreign::<Tool>(vm, parent).filter(|tool| tool.kind == Kind::GroupBy).map(|tool| tool.numbers[0]) else {
        let given = vm.type_name(parent);
        return Err(vm.type_error(format!("_grouper() argument 1 must be itertools.groupby, not {given}")));
    };
    vm.incref(parent);
    vm.incref(key);
    let mut tool = Tool::new(Kind::Grouper, [Some(parent), Some(key)]);
    tool.numbers = vec![group];
    finish(vm, class(vm, args), tool)
}

fn iterator_natives() -> Vec<NativeDef> {
    vec![NativeDef::wrapper("__iter__", Signature::None, slots::itself), NativeDef::wrapper("__next__", Signature::None, step::next)]
}

// ── arguments ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// The arguments of a constructor (the class not counted) by the names of its parameters, of which `least` are required.
fn bind<const N: usize>(vm: &mut Vm, args: Args, function: &str, names: [&str; N], least: usize) -> Result<[Option<ObjRef>; N], Raised> {
    let mut values = [None; N];
    let given = args.n - 1;
    let keywords = args.keywords(vm);
    let total = given + keywords.len();
    if total > N {
        return Err(vm.type_error(format!("{function}() takes at most {N} argument{} ({total} given)", plural(N))));
    }
    for (i, value) in values.iter_mut().enumerate() {
        *value = args.get(vm, i + 1);
    }
    let mut unknown = None;
    for (keyword, value) in keywords {
        let text = vm.name_text(keyword);
        match names.iter().position(|name| *name == text) {
            Some(place) if values[place].is_none() => values[place] = Some(value),
            Some(place) => {
                let message = format!("argument for {function}() given by name ('{text}') and position ({})", place + 1);
                return Err(vm.type_error(message));
            }
            None => unknown = unknown.or(Some(text)),
        }
    }
    for (i, name) in names.iter().enumerate().take(least) {
        if values[i].is_none() {
            return Err(vm.type_error(format!("{function}() missing required argument '{name}' (pos {})", i + 1)));
        }
    }
    if let Some(text) = unknown {
        return Err(vm.type_error(format!("'{text}' is an invalid keyword argument for {function}()")));
    }
    Ok(values)
}

/// The arguments of a constructor that takes exactly so many, by position.
fn exactly<const N: usize>(vm: &mut Vm, args: Args, function: &str) -> Result<[ObjRef; N], Raised> {
    if args.kwnames.is_some() {
        return Err(vm.type_error(format!("{function}() takes no keyword arguments")));
    }
    let given = args.n - 1;
    if given != N {
        return Err(vm.type_error(format!("{function} expected {N} argument{}, got {given}", plural(N))));
    }
    Ok(std::array::from_fn(|i| args.at(vm, i + 1)))
}

fn class(vm: &Vm, args: Args) -> ObjRef {
    args.at(vm, 0)
}

/// A new iterator, owned.
fn finish(vm: &mut Vm, class: ObjRef, tool: Tool) -> Res {
    done(vm.new_derived(class, 0, tool.body()))
}

// ── constructors ────────────────────────────────────────────────────────────────────────────────────────────────────

/// A function and an iterator over the iterable: `refs` are function, iterator.
fn with_function(vm: &mut Vm, args: Args, name: &'static str, build: fn(&mut Vm, &mut iterators::Make) -> Body) -> Res {
    let [func, iterable] = exactly(vm, args, name)?;
    iterators::make(vm, name, class(vm, args), vec![iterable], vec![func], build)
}

fn function_tool(vm: &mut Vm, made: &mut iterators::Make, kind: Kind) -> Body {
    let func = vm.own(made.held[0]);
    Tool::new(kind, [Some(func), Some(made.iters.remove(0))]).body()
}

fn takewhile(vm: &mut Vm, args: Args) -> Res {
    with_function(vm, args, "takewhile", |vm, made| function_tool(vm, made, Kind::TakeWhile))
}

fn dropwhile(vm: &mut Vm, args: Args) -> Res {
    with_function(vm, args, "dropwhile", |vm, made| function_tool(vm, made, Kind::DropWhile))
}

fn filterfalse(vm: &mut Vm, args: Args) -> Res {
    with_function(vm, args, "filterfalse", |vm, made| function_tool(vm, made, Kind::FilterFalse))
}

fn starmap(vm: &mut Vm, args: Args) -> Res {
    with_function(vm, args, "starmap", |vm, made| function_tool(vm, made, Kind::StarMap))
}

fn cycle(vm: &mut Vm, args: Args) -> Res {
    let [iterable] = exactly(vm, args, "cycle")?;
    iterators::make(vm, "cycle", class(vm, args), vec![iterable], Vec::new(), |vm, made| {
        let saved = vm.new_list([]);
        let mut tool = Tool::new(Kind::Cycle, [Some(made.iters.remove(0)), Some(saved)]);
        tool.numbers = vec![0];
        tool.body()
    })
}

fn pairwise(vm: &mut Vm, args: Args) -> Res {
    let [iterable] = exactly(vm, args, "pairwise")?;
    iterators::make(vm, "pairwise", class(vm, args), vec![iterable], Vec::new(), |_, made| {
        Tool::new(Kind::Pairwise, [Some(made.iters.remove(0)), None]).body()
    })
}

fn compress(vm: &mut Vm, args: Args) -> Res {
    let [data, selectors] = bind(vm, args, "compress", ["data", "selectors"], 2)?;
    let iterables = data.into_iter().chain(selectors).collect();
    iterators::make(vm, "compress", class(vm, args), iterables, Vec::new(), |_, made| {
        let data = made.iters.remove(0);
        Tool::new(Kind::Compress, [Some(data), Some(made.iters.remove(0))]).body()
    })
}

fn chain(vm: &mut Vm, args: Args) -> Res {
    if args.kwnames.is_some() {
        return Err(vm.type_error("chain() takes no keyword arguments"));
    }
    let tuple = crate::builtins::types::exception::argument_tuple(vm, args);
    let source = vm.new_seq_iter(TUPLE_ITERATOR, tuple);
    vm.decref(tuple);
    finish(vm, class(vm, args), Tool::new(Kind::Chain, [Some(source), None]))
}

fn chain_from_iterable(vm: &mut Vm, args: Args) -> Res {
    let iterable = args.at(vm, 1);
    iterators::make(vm, "chain.from_iterable", class(vm, args), vec![iterable], Vec::new(), |_, made| {
        Tool::new(Kind::Chain, [Some(made.iters.remove(0)), None]).body()
    })
}

fn is_number(vm: &mut Vm, object: ObjRef) -> bool {
    vm.is_int(object) || matches!(vm.core_of(object), FLOAT | COMPLEX) || {
        let ty = vm.ty(object);
        let (index, float) = (vm.names.index, vm.names.float);
        vm.type_lookup(ty, index).is_some() || vm.type_lookup(ty, float).is_some()
    }
}

/// `count(start=0, step=1)`: counts in machine integers as long as that is possible.
fn count(vm: &mut Vm, args: Args) -> Res {
    let [start, step] = bind(vm, args, "count", ["start", "step"], 0)?;
    for number in start.into_iter().chain(step) {
        if !is_number(vm, number) {
            return Err(vm.type_error("a number is required"));
        }
    }
    let first = match start {
        None => Some(0),
        Some(start) if vm.ty(start) == INT => vm.small_value(start),
        Some(_) => None,
    };
    let by_one = step.is_none_or(|step| vm.ty(step) == INT && vm.small_value(step) == Some(1));
    let mut tool = Tool::new(Kind::Count, [None, None]);
    match first {
        Some(first) if by_one => tool.numbers = vec![first],
        _ => {
            let start = match start {
                Some(start) => vm.own(start),
                None => vm.new_int(0),
            };
            let step = match step {
                Some(step) => vm.own(step),
                None => vm.new_int(1),
            };
            tool.refs = vec![Some(start), Some(step)];
        }
    }
    finish(vm, class(vm, args), tool)
}

fn count_repr(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let name = vm.short_type_name(this);
    let Some(tool) = foreign::<Tool>(vm, this) else { return done(vm.none()) };
    let text = match (tool.numbers.first(), tool.refs[0], tool.refs[1]) {
        (Some(next), _, _) => format!("{name}({next})"),
        (None, Some(next), Some(step)) => {
            let text = vm.repr_now(next)?;
            match vm.ty(step) == INT && vm.small_value(step) == Some(1) {
                true => format!("{name}({text})"),
                false => format!("{name}({text}, {})", vm.repr_now(step)?),
            }
        }
        _ => name.to_string(),
    };
    done(vm.new_str(text))
}

/// `repeat(object, times)`; the number is how many are left, -1 for ever.
fn repeat(vm: &mut Vm, args: Args) -> Res {
    let [object, times] = bind(vm, args, "repeat", ["object", "times"], 1)?;
    let left = match times {
        Some(times) => index_argument(vm, times)?.max(0),
        None => -1,
    };
    let object = object.map(|object| vm.own(object));
    let mut tool = Tool::new(Kind::Repeat, [object]);
    tool.numbers = vec![left];
    finish(vm, class(vm, args), tool)
}

fn repeat_repr(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let name = vm.short_type_name(this);
    let Some((Some(object), left)) = foreign::<Tool>(vm, this).map(|tool| (tool.refs[0], tool.numbers[0])) else { return done(vm.none()) };
    let object = vm.repr_now(object)?;
    done(vm.new_str(if left < 0 { format!("{name}({object})") } else { format!("{name}({object}, {left})") }))
}

fn repeat_length_hint(vm: &mut Vm, args: Args) -> Res {
    match foreign::<Tool>(vm, args.at(vm, 0)).map_or(-1, |tool| tool.numbers[0]) {
        left if left < 0 => Err(vm.type_error("len() of unsized object")),
        left => done(vm.new_int(left)),
    }
}

/// An argument of `islice`, which may be missing; `None` if it is no index or too large.
fn whole(vm: &mut Vm, args: Args, index: usize, absent: i64) -> Option<i64> {
    let Some(object) = args.given(vm, index) else { return Some(absent) };
    match convert::limited(vm, object) {
        // -1 is how the C function tells of an error.
        Ok(value) => value.ok().filter(|&value| value != -1),
        Err(raised) => {
            vm.decref(raised.0);
            None
        }
    }
}

/// `islice(iterable, [start,] stop[, step])`; the numbers: next position wanted, stop (-1: none), step, position.
fn islice(vm: &mut Vm, args: Args) -> Res {
    if args.kwnames.is_some() {
        return Err(vm.type_error("islice() takes no keyword arguments"));
    }
    let given = args.n - 1;
    if given < 2 {
        return Err(vm.type_error(format!("islice expected at least 2 arguments, got {given}")));
    }
    if given > 4 {
        return Err(vm.type_error(format!("islice expected at most 4 arguments, got {given}")));
    }
    let (start, stop) = if given == 2 { (Some(0), whole(vm, args, 2, -1)) } else { (whole(vm, args, 2, 0), whole(vm, args, 3, -1)) };
    let Some(stop) = stop else {
        return Err(vm.value_error("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."));
    };
    if start.is_none_or(|start| start < 0) || stop < -1 {
        return Err(vm.value_error("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."));
    }
    let Some(step) = whole(vm, args, 4, 1).filter(|&step| step > 0) else {
        return Err(vm.value_error("Step for islice() must be a positive integer or None."));
    };
    let numbers = [start.unwrap_or(0), stop, step].map(|number| vm.new_int(number));
    let iterable = args.at(vm, 1);
    let result = iterators::make(vm, "islice", class(vm, args), vec![iterable], numbers.to_vec(), |vm, made| {
        let mut tool = Tool::new(Kind::ISlice, [Some(made.iters.remove(0))]);
        tool.numbers = made.held.iter().map(|&number| vm.small_value(number).unwrap_or(0)).chain([0]).collect();
        tool.body()
    });
    vm.decref_all(numbers);
    result
}

/// `accumulate(iterable, func=None, *, initial=None)`; `refs` are iterator, function, total, initial value.
fn accumulate(vm: &mut Vm, args: Args) -> Res {
    if args.n > 3 {
        let given = args.n - 1 + args.keywords(vm).len();
        let (most, what) = if given > 3 { (3, "") } else { (2, "positional ") };
        return Err(vm.type_error(format!("accumulate() takes at most {most} {what}arguments ({given} given)")));
    }
    let [iterable, func, initial] = bind(vm, args, "accumulate", ["iterable", "func", "initial"], 1)?;
    let held = vec![func.unwrap_or(NONE), initial.unwrap_or(NONE)];
    let iterables = iterable.into_iter().collect();
    iterators::make(vm, "accumulate", class(vm, args), iterables, held, |vm, made| {
        let [func, initial] = [0, 1].map(|i| Some(made.held[i]).filter(|&object| object != NONE));
        vm.xincref(func);
        vm.xincref(initial);
        Tool::new(Kind::Accumulate, [Some(made.iters.remove(0)), func, None, initial]).body()
    })
}

/// `zip_longest(*iterables, fillvalue=None)`; the last of `refs` is the fill value; the number: iterators not at their end.
fn zip_longest(vm: &mut Vm, args: Args) -> Res {
    let mut fill = NONE;
    for (keyword, value) in args.keywords(vm) {
        if vm.name_text(keyword) != "fillvalue" {
            return Err(vm.type_error("zip_longest() got an unexpected keyword argument"));
        }
        fill = value;
    }
    let iterables = args.from(vm, 1);
    iterators::make(vm, "zip_longest", class(vm, args), iterables, vec![fill], |vm, made| {
        let fill = vm.own(made.held[0]);
        let iters = std::mem::take(&mut made.iters);
        let count = iters.len();
        let iters = vm.new_tuple(iters);
        (0..count).for_each(|_| vm.incref(NONE));
        let result = vm.new_tuple(std::iter::repeat_n(NONE, count));
        let mut tool = Tool::new(Kind::ZipLongest, [iters, result, fill].map(Some));
        tool.numbers = vec![count as i64];
        tool.body()
    })
}

/// `groupby(iterable, key=None)`; `refs` are iterator, key function, key of the group, key and value of the item at hand.
/// The number names the group that is being read.
fn groupby(vm: &mut Vm, args: Args) -> Res {
    let [iterable, key] = bind(vm, args, "groupby", ["iterable", "key"], 1)?;
    let iterables = iterable.into_iter().collect();
    iterators::make(vm, "groupby", class(vm, args), iterables, vec![key.unwrap_or(NONE)], |vm, made| {
        let key = Some(made.held[0]).filter(|&key| key != NONE);
        vm.xincref(key);
        let mut tool = Tool::new(Kind::GroupBy, [Some(made.iters.remove(0)), key, None, None, None]);
        tool.numbers = vec![0];
        tool.body()
    })
}
