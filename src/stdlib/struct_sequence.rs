//! Tuples with named fields, such as `sys.version_info` and `time.struct_time`.
//!
//! Each kind is a class of its own that inherits from `tuple`; its fields are attributes by position.
//! Counterpart in CPython 3.11: `Objects/structseq.c`.

use crate::{
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    vm::{
        Res, Vm,
        class::ClassParts,
        native::{Args, NativeDef, NativeFn, Signature},
        raised::done,
    },
};

/// A new class of such tuples, owned: `new_class(vm, "sys", "flags", &["debug", …])`.
pub fn new_class(vm: &mut Vm, module: &str, name: &str, fields: &[&'static str]) -> ObjRef {
    new_class_showing(vm, module, name, fields, fields.len())
}

/// One of whose fields only the first so many are items, the others attributes only.
pub fn new_class_showing(vm: &mut Vm, module: &str, name: &str, fields: &[&'static str], shown: usize) -> ObjRef {
    let namespace = vm.new_dict();
    let module = vm.new_interned(module);
    vm.dict_set_text(namespace, "__module__", module);
    let slots = vm.new_tuple([]);
    vm.dict_set_text(namespace, "__slots__", slots);
    let name = vm.new_interned(name);
    let bases = vm.bases_of_one(TUPLE);
    let parts = ClassParts { metaclass: TYPE, name, bases, namespace };
    let class = vm.new_class(&parts).unwrap_or_else(|raised| {
        vm.decref(raised.0);
        vm.own(TUPLE)
    });
    let full_name = match vm.name_text(module) {
        module if module == "builtins" => vm.name_text(name),
        module => format!("{module}.{}", vm.name_text(name)),
    };
    vm.decref_all([name, bases, namespace]);
    if let Body::Type(record) = vm.heap.body_mut(class) {
        record.is_heap = false;
        record.is_base = false;
        record.name = full_name.into();
    }
    vm.measure_type(class);
    let dict = vm.heap.type_of_type(class).dict;
    let old = vm.heap.dict_mut(dict).expect("a dict").take_all();
    vm.decref_all(old.into_iter().flat_map(|(key, value)| [key, value]));
    let mut natives = Vec::new();
    // The interpreter alone makes these two.
    if !matches!(&*vm.full_type_name(class), "sys.version_info" | "sys.flags") {
        natives.push(NativeDef::static_method("__new__", Signature::Any, make));
    }
    natives.push(NativeDef::wrapper("__repr__", Signature::None, repr));
    natives.push(NativeDef::method("__reduce__", Signature::None, reduce));
    natives.extend(fields.iter().enumerate().take(GETTERS.len()).map(|(i, field)| NativeDef::member(field, GETTERS[i])));
    for def in natives {
        let key = def.name;
        let descriptor = vm.new_native_descriptor(def, class);
        vm.dict_set_text(dict, key, descriptor);
    }
    crate::builtins::types::add_doc(vm, dict, "");
    for (key, value) in [("n_sequence_fields", shown), ("n_fields", fields.len()), ("n_unnamed_fields", 0)] {
        let value = vm.new_usize(value);
        vm.dict_set_text(dict, key, value);
    }
    let names: Vec<ObjRef> = fields.iter().take(shown).map(|field| vm.new_interned(field)).collect();
    let names = vm.new_tuple(names);
    vm.dict_set_text(dict, "__match_args__", names);
    vm.type_modified(class);
    class
}

/// A tuple of such a class; takes over the references to the items. The collector does not know it (`PyStructSequence_New`).
pub fn new(vm: &mut Vm, class: ObjRef, items: impl IntoIterator<Item = ObjRef>) -> ObjRef {
    let mut items: Vec<ObjRef> = items.into_iter().collect();
    let hidden = items.split_off(number(vm, class, "n_sequence_fields").min(items.len()));
    let object = vm.new_derived(class, 0, Body::Tuple(items.into_iter().collect()));
    if let Body::Instance(instance) = &mut vm.heap.slot_mut(object).body {
        instance.slots = hidden.into_iter().map(Some).collect();
    }
    vm.heap.collector.untrack(object);
    object
}

/// The fields that are no items, in order; borrowed.
pub fn hidden(vm: &Vm, object: ObjRef) -> Vec<ObjRef> {
    match &vm.heap.slot(object).body {
        Body::Instance(instance) => instance.slots.iter().flatten().copied().collect(),
        _ => Vec::new(),
    }
}

/// A number among the class's own: `n_fields`.
fn number(vm: &Vm, class: ObjRef, key: &str) -> usize {
    let value = vm.dict_get_text(vm.heap.type_of_type(class).dict, key);
    value.and_then(|value| vm.small_value(value)).unwrap_or(0) as usize
}

/// `struct_time(sequence, dict={})`
fn make(vm: &mut Vm, args: Args) -> Res {
    let class = args.at(vm, 0);
    let (mut sequence, mut extra) = (args.get(vm, 1), args.get(vm, 2));
    let given = args.n - 1 + args.keywords(vm).len();
    if given > 2 {
        return Err(vm.type_error(format!("structseq() takes at most 2 arguments ({given} given)")));
    }
    for (key, value) in args.keywords(vm) {
        match &*vm.name_text(key) {
            "sequence" => sequence = Some(value),
            "dict" => extra = Some(value),
            _ if sequence.is_none() => {}
            other => return Err(vm.type_error(format!("'{other}' is an invalid keyword argument for structseq()"))),
        }
    }
    let Some(sequence) = sequence else { return Err(vm.type_error("structseq() missing required argument 'sequence' (pos 1)")) };
    if !vm.check_iterable(sequence) {
        return Err(vm.type_error("constructor requires a sequence"));
    }
    if extra.is_some_and(|extra| vm.heap.dict(extra).is_none()) {
        return Err(vm.type_error(format!("{}() takes a dict as second arg, if any", vm.full_type_name(class))));
    }
    let mut items = vm.collect_now(sequence)?;
    let (shown, all) = (number(vm, class, "n_sequence_fields"), number(vm, class, "n_fields"));
    if items.len() < shown || items.len() > all {
        let (bound, wanted) = match (shown == all, items.len() < shown) {
            (true, _) => ("a ", shown),
            (_, true) => ("an at least ", shown),
            (_, false) => ("an at most ", all),
        };
        let given = items.len();
        vm.decref_all(items);
        let name = vm.full_type_name(class);
        return Err(vm.type_error(format!("{name}() takes {bound}{wanted}-sequence ({given}-sequence given)")));
    }
    for name in fields(vm, class).iter().skip(items.len()) {
        let value = extra.and_then(|extra| vm.dict_get_text(extra, name)).unwrap_or(NONE);
        items.push(vm.own(value));
    }
    let made = new(vm, class, items);
    vm.heap.collector.track(made);
    done(made)
}

/// The names of all fields.
fn fields(vm: &Vm, class: ObjRef) -> Vec<String> {
    let dict = vm.heap.dict(vm.heap.type_of_type(class).dict);
    let members = dict.map(|dict| dict.iter().filter(|(_, value)| vm.ty(*value) == MEMBER_DESCRIPTOR).collect::<Vec<_>>());
    members.unwrap_or_default().into_iter().map(|(key, _)| vm.name_text(key)).collect()
}

/// `(class, (items, {other fields}))`
fn reduce(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let class = vm.ty(this);
    let items = vm.heap.tuple(this).map(<[ObjRef]>::to_vec).unwrap_or_default();
    items.iter().for_each(|&item| vm.incref(item));
    let tuple = vm.new_tuple(items);
    let dict = vm.new_dict();
    let shown = number(vm, class, "n_sequence_fields");
    for (name, value) in fields(vm, class).iter().skip(shown).zip(hidden(vm, this)) {
        vm.incref(value);
        vm.dict_set_text(dict, name, value);
    }
    let pair = vm.new_tuple([tuple, dict]);
    vm.incref(class);
    done(vm.new_tuple([class, pair]))
}

fn field<const INDEX: usize>(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let items = vm.heap.tuple(this).unwrap_or_default();
    let value = items.get(INDEX).copied().or_else(|| hidden(vm, this).get(INDEX - items.len()).copied()).unwrap_or(NONE);
    done(vm.own(value))
}

const GETTERS: [NativeFn; 20] = [
    field::<0>,
    field::<1>,
    field::<2>,
    field::<3>,
    field::<4>,
    field::<5>,
    field::<6>,
    field::<7>,
    field::<8>,
    field::<9>,
    field::<10>,
    field::<11>,
    field::<12>,
    field::<13>,
    field::<14>,
    field::<15>,
    field::<16>,
    field::<17>,
    field::<18>,
    field::<19>,
];

fn repr(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let class = vm.ty(this);
    let title = vm.full_type_name(class);
    let names = vm.dict_get_text(vm.heap.type_of_type(class).dict, "__match_args__");
    let names: Vec<ObjRef> = names.and_then(|names| vm.heap.tuple(names)).map(<[ObjRef]>::to_vec).unwrap_or_default();
    let items: Vec<ObjRef> = vm.heap.tuple(this).map(<[ObjRef]>::to_vec).unwrap_or_default();
    let mut parts = Vec::new();
    for (&name, &item) in names.iter().zip(&items) {
        let value = vm.repr_now(item)?;
        parts.push(format!("{}={value}", vm.name_text(name)));
    }
    done(vm.new_str(format!("{title}({})", parts.join(", "))))
}
