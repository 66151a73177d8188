//! Objects to text: `make_encoder(…)(value, 0)` is a tuple of pieces of text.
//!
//! Counterpart in CPython 3.11: `encoder_listencode_obj` and its helpers in `Modules/_json.c`. Only without indentation.

use super::*;
use crate::{
    num::{float_text, int_text},
    objects::{equality::Number, instance::Foreign},
    text::pystr::PyStrBuilder,
};

/// `markers`, `default`, `encoder`, `indent`, `key_separator`, `item_separator`: objects; then flags.
#[derive(Clone)]
struct Encoder {
    objects: [ObjRef; 6],
    sort_keys: bool,
    skip_keys: bool,
    allow_nan: bool,
}

impl Foreign for Encoder {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.objects.iter().for_each(|&object| visit(object));
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        // Only None is left, which lives for ever and need not be counted here.
        std::mem::replace(&mut self.objects, [NONE; 6]).to_vec()
    }
}

pub fn natives() -> Vec<NativeDef> {
    vec![
        NativeDef::static_method("__new__", Signature::Any, new),
        NativeDef::wrapper("__call__", Signature::Named("obj, _current_indent_level"), call),
        NativeDef::member("markers", object::<0>),
        NativeDef::member("default", object::<1>),
        NativeDef::member("encoder", object::<2>),
        NativeDef::member("indent", object::<3>),
        NativeDef::member("key_separator", object::<4>),
        NativeDef::member("item_separator", object::<5>),
        NativeDef::member("sort_keys", |vm, args| flag(vm, args, |encoder| encoder.sort_keys)),
        NativeDef::member("skipkeys", |vm, args| flag(vm, args, |encoder| encoder.skip_keys)),
    ]
}

fn object<const N: usize>(vm: &mut Vm, args: Args) -> Res {
    let object = foreign::<Encoder>(vm, args.at(vm, 0)).map_or(NONE, |encoder| encoder.objects[N]);
    done(vm.own(object))
}

fn flag(vm: &mut Vm, args: Args, get: fn(&Encoder) -> bool) -> Res {
    let value = foreign::<Encoder>(vm, args.at(vm, 0)).is_some_and(get);
    done(vm.new_bool(value))
}

const NAMES: [&str; 9] =
    ["markers", "default", "encoder", "indent", "key_separator", "item_separator", "sort_keys", "skipkeys", "allow_nan"];

/// `make_encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)`
fn new(vm: &mut Vm, args: Args) -> Res {
    let mut given = [None; 9];
    for (i, place) in given.iter_mut().enumerate() {
        *place = args.get(vm, i + 1);
    }
    for (name, value) in args.keywords(vm) {
        let name = vm.name_text(name);
        if let Some(at) = NAMES.iter().position(|known| *known == name) {
            given[at] = Some(value);
        }
    }
    if let Some(missing) = given.iter().position(Option::is_none) {
        let name = NAMES[missing];
        return Err(vm.type_error(format!("make_encoder() missing required argument '{name}' (pos {})", missing + 1)));
    }
    let markers = given[0].unwrap_or(NONE);
    if markers != NONE && vm.core_of(markers) != DICT {
        let name = vm.type_name(markers);
        return Err(vm.type_error(format!("make_encoder() argument 1 must be dict or None, not {name}")));
    }
    for at in [4, 5] {
        let given = given[at].unwrap_or(NONE);
        if vm.text(given).is_none() {
            let name = vm.type_name(given);
            return Err(vm.type_error(format!("make_encoder() argument {} must be str, not {name}", at + 1)));
        }
    }
    let mut flags = [false; 3];
    for (place, object) in flags.iter_mut().zip(&given[6..]) {
        *place = convert::flag(vm, *object)?;
    }
    let mut objects = [NONE; 6];
    for (place, object) in objects.iter_mut().zip(given) {
        *place = vm.own(object.unwrap_or(NONE));
    }
    let [sort_keys, skip_keys, allow_nan] = flags;
    let class = args.at(vm, 0);
    done(vm.new_derived(class, 0, foreign_body(Encoder { objects, sort_keys, skip_keys, allow_nan })))
}

fn call(vm: &mut Vm, args: Args) -> Res {
    let Some(encoder) = foreign_mut::<Encoder>(vm, args.at(vm, 0)).cloned() else {
        return Err(vm.type_error("an encoder is required"));
    };
    let [markers, _, function, _, key_separator, item_separator] = encoder.objects;
    let ascii = match vm.native_of(function).map(|native| native.name) {
        Some("encode_basestring_ascii") => Some(true),
        Some("encode_basestring") => Some(false),
        _ => None,
    };
    let separators = [key_separator, item_separator].map(|object| vm.text(object).unwrap_or_default());
    let [key_separator, item_separator] = separators;
    let mut writer =
        Writer { encoder, ascii, key_separator, item_separator, out: PyStrBuilder::new(), open: (markers != NONE).then(Vec::new) };
    writer.value(vm, args.at(vm, 1))?;
    let text = vm.new_str(writer.out.finish());
    done(vm.new_tuple([text]))
}

struct Writer {
    /// Its objects are borrowed from the encoder, which is being called.
    encoder: Encoder,
    /// How strings are written; `None`: by a function of the program.
    ascii: Option<bool>,
    key_separator: Arc<PyStr>,
    item_separator: Arc<PyStr>,
    out: PyStrBuilder,
    /// The containers that are being written, if circles are to be found.
    open: Option<Vec<ObjRef>>,
}

/// The text of a number as `int.__repr__` and `float.__repr__` write it.
enum Written {
    Text(String),
    NotFinite,
}

impl Writer {
    fn value(&mut self, vm: &mut Vm, object: ObjRef) -> Result<(), Raised> {
        match object {
            NONE => self.out.push_chars("null"),
            TRUE => self.out.push_chars("true"),
            FALSE => self.out.push_chars("false"),
            _ => match vm.core_of(object) {
                STR => self.string(vm, object)?,
                INT | FLOAT => {
                    let text = self.number(vm, object)?;
                    self.out.push_chars(&text);
                }
                LIST | TUPLE => self.nested(vm, object, Writer::list)?,
                DICT => self.nested(vm, object, Writer::dict)?,
                _ => self.nested(vm, object, Writer::other)?,
            },
        }
        Ok(())
    }

    fn string(&mut self, vm: &mut Vm, object: ObjRef) -> Result<(), Raised> {
        match self.ascii {
            Some(ascii) => {
                let text = vm.text(object).unwrap_or_default();
                self.out.push_str(&strings::quoted(&text, ascii));
                Ok(())
            }
            None => {
                let made = vm.call_now(self.encoder.objects[2], &[object])?;
                let text = vm.text(made);
                let name = vm.type_name(made);
                vm.decref(made);
                match text {
                    Some(text) => self.out.push_str(&text),
                    None => return Err(vm.type_error(format!("encoder() must return a string, not {name}"))),
                }
                Ok(())
            }
        }
    }

    fn number(&self, vm: &mut Vm, object: ObjRef) -> Result<String, Raised> {
        let written = match Number::of(&vm.heap, object) {
            Some(Number::Int(value)) => Ok(Written::Text(value.to_string())),
            Some(Number::BigInt(value)) => int_text::to_decimal(value, vm.int_max_str_digits).map(Written::Text),
            Some(Number::Float(value)) if !value.is_finite() && !self.encoder.allow_nan => Ok(Written::NotFinite),
            Some(Number::Float(value)) => Ok(Written::Text(match value {
                f64::INFINITY => "Infinity".into(),
                f64::NEG_INFINITY => "-Infinity".into(),
                _ if value.is_nan() => "NaN".into(),
                _ => float_text::repr(value),
            })),
            _ => Ok(Written::Text(String::new())),
        };
        match written {
            Ok(Written::Text(text)) => Ok(text),
            Ok(Written::NotFinite) => Err(vm.value_error("Out of range float values are not JSON compliant")),
            Err(error) => Err(vm.text_error(error)),
        }
    }

    /// Something with contents, or that `default` must replace.
    fn nested(&mut self, vm: &mut Vm, object: ObjRef, write: fn(&mut Writer, &mut Vm, ObjRef) -> Result<(), Raised>) -> Result<(), Raised> {
        vm.enter(" while encoding a JSON object")?;
        if let Some(open) = &mut self.open {
            if open.contains(&object) {
                vm.leave();
                return Err(vm.value_error("Circular reference detected"));
            }
            open.push(object);
        }
        let result = write(self, vm, object);
        if let Some(open) = &mut self.open {
            open.pop();
        }
        vm.leave();
        result
    }

    fn list(&mut self, vm: &mut Vm, object: ObjRef) -> Result<(), Raised> {
        self.out.push_chars("[");
        // What a default function takes out of the list is not written.
        let mut i = 0;
        while let Some(&item) = vm.heap.sequence(object).and_then(|items| items.get(i)) {
            i += 1;
            if i > 1 {
                let separator = Arc::clone(&self.item_separator);
                self.out.push_str(&separator);
            }
            vm.incref(item);
            let written = self.value(vm, item);
            vm.decref(item);
            written?;
        }
        self.out.push_chars("]");
        Ok(())
    }

    fn dict(&mut self, vm: &mut Vm, object: ObjRef) -> Result<(), Raised> {
        let mut pairs: Vec<(ObjRef, ObjRef)>;
        let is_plain = vm.ty(object) == DICT;
        let mut kept = None;
        if is_plain && !self.encoder.sort_keys {
            pairs = vm.heap.dict(object).map(|dict| dict.iter().collect()).unwrap_or_default();
        } else {
            let depth = vm.frames.len();
            let items = vm.call_method(object, "items", &[]).and_then(|outcome| vm.finish_now(depth, outcome))?;
            let list = vm.call_now(LIST, &[items]);
            vm.decref(items);
            let list = list?;
            if self.encoder.sort_keys {
                let sorted = vm.call_method(list, "sort", &[]).and_then(|outcome| vm.finish_now(depth, outcome));
                match sorted {
                    Ok(none) => vm.decref(none),
                    Err(raised) => {
                        vm.decref(list);
                        return Err(raised);
                    }
                }
            }
            let items = vm.heap.sequence(list).map(<[ObjRef]>::to_vec).unwrap_or_default();
            pairs = Vec::new();
            for item in items {
                match vm.heap.tuple(item) {
                    Some(&[key, value]) => pairs.push((key, value)),
                    _ => {
                        vm.decref(list);
                        return Err(vm.value_error("items must return 2-tuples"));
                    }
                }
            }
            kept = Some(list);
        }
        for &(key, value) in &pairs {
            vm.incref(key);
            vm.incref(value);
        }
        let written = self.pairs(vm, &pairs);
        vm.decref_all(pairs.into_iter().flat_map(|(key, value)| [key, value]).chain(kept));
        written
    }

    fn pairs(&mut self, vm: &mut Vm, pairs: &[(ObjRef, ObjRef)]) -> Result<(), Raised> {
        self.out.push_chars("{");
        let mut is_first = true;
        for &(key, value) in pairs {
            let key_text = match key {
                NONE => Some("null".to_string()),
                TRUE => Some("true".to_string()),
                FALSE => Some("false".to_string()),
                _ => match vm.core_of(key) {
                    STR => None,
                    INT | FLOAT => Some(self.number(vm, key)?),
                    _ if self.encoder.skip_keys => continue,
                    _ => {
                        let name = vm.type_name(key);
                        return Err(vm.type_error(format!("keys must be str, int, float, bool or None, not {name}")));
                    }
                },
            };
            if !is_first {
                let separator = Arc::clone(&self.item_separator);
                self.out.push_str(&separator);
            }
            is_first = false;
            match key_text {
                Some(text) => self.out.push_chars(&format!("\"{text}\"")),
                None => self.string(vm, key)?,
            }
            let separator = Arc::clone(&self.key_separator);
            self.out.push_str(&separator);
            self.value(vm, value)?;
        }
        self.out.push_chars("}");
        Ok(())
    }

    fn other(&mut self, vm: &mut Vm, object: ObjRef) -> Result<(), Raised> {
        let replaced = vm.call_now(self.encoder.objects[1], &[object])?;
        let written = self.value(vm, replaced);
        vm.decref(replaced);
        written
    }
}
