//! Text to objects: `make_scanner(decoder)(text, at)` is `(value, end)`.
//!
//! Counterpart in CPython 3.11: `scan_once_unicode` and its helpers in `Modules/_json.c`, which differ from the Python code of
//! `json.scanner` in nothing but speed.

use super::*;
use crate::{
    num::{float_parse, int_text},
    objects::instance::Foreign,
};

/// What the decoder has for options.
#[derive(Clone)]
struct Scanner {
    strict: bool,
    /// `object_hook`, `object_pairs_hook`, `parse_float`, `parse_int`, `parse_constant`
    hooks: [ObjRef; 5],
    /// Keys of one text, so that equal ones are one object.
    memo: ObjRef,
}

const HOOKS: [&str; 5] = ["object_hook", "object_pairs_hook", "parse_float", "parse_int", "parse_constant"];

impl Foreign for Scanner {
    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.hooks.iter().chain([&self.memo]).for_each(|&object| visit(object));
    }

    fn clear(&mut self) -> Vec<ObjRef> {
        // Only None is left, which lives for ever and need not be counted here.
        let mut cleared = std::mem::replace(&mut self.hooks, [NONE; 5]).to_vec();
        cleared.push(std::mem::replace(&mut self.memo, NONE));
        cleared
    }
}

pub fn natives() -> Vec<NativeDef> {
    let mut natives = vec![
        NativeDef::static_method("__new__", Signature::Any, new),
        NativeDef::wrapper("__call__", Signature::Named("string, idx"), call),
        NativeDef::member("strict", |vm, args| {
            let strict = foreign::<Scanner>(vm, args.at(vm, 0)).is_none_or(|scanner| scanner.strict);
            done(vm.new_bool(strict))
        }),
    ];
    natives.push(NativeDef::member(HOOKS[0], hook::<0>));
    natives.push(NativeDef::member(HOOKS[1], hook::<1>));
    natives.push(NativeDef::member(HOOKS[2], hook::<2>));
    natives.push(NativeDef::member(HOOKS[3], hook::<3>));
    natives.push(NativeDef::member(HOOKS[4], hook::<4>));
    natives
}

fn hook<const N: usize>(vm: &mut Vm, args: Args) -> Res {
    let hook = foreign::<Scanner>(vm, args.at(vm, 0)).map_or(NONE, |scanner| scanner.hooks[N]);
    done(vm.own(hook))
}

/// `make_scanner(context)`
fn new(vm: &mut Vm, args: Args) -> Res {
    let named = args.keywords(vm).into_iter().find(|&(name, _)| vm.name_text(name) == "context").map(|(_, value)| value);
    let Some(context) = args.get(vm, 1).or(named) else {
        return Err(vm.type_error("make_scanner() missing required argument 'context' (pos 1)"));
    };
    let strict = attribute(vm, context, "strict")?;
    let is_strict = convert::flag(vm, Some(strict));
    vm.decref(strict);
    let is_strict = is_strict?;
    let mut hooks = [NONE; 5];
    for (place, name) in HOOKS.iter().enumerate() {
        match attribute(vm, context, name) {
            Ok(hook) => hooks[place] = hook,
            Err(raised) => {
                vm.decref_all(hooks[..place].to_vec());
                return Err(raised);
            }
        }
    }
    let (class, memo) = (args.at(vm, 0), vm.new_dict());
    done(vm.new_derived(class, 0, foreign_body(Scanner { strict: is_strict, hooks, memo })))
}

fn attribute(vm: &mut Vm, object: ObjRef, name: &str) -> Result<ObjRef, Raised> {
    let name = vm.new_interned(name);
    let depth = vm.frames.len();
    let found = vm.get_attr(object, name).and_then(|outcome| vm.finish_now(depth, outcome));
    vm.decref(name);
    found
}

fn call(vm: &mut Vm, args: Args) -> Res {
    let (this, object) = (args.at(vm, 0), args.at(vm, 1));
    let Some(text) = vm.text(object) else {
        let name = vm.type_name(object);
        return Err(vm.type_error(format!("first argument must be a string, not {name}")));
    };
    let at = convert::ssize(vm, args.at(vm, 2))?;
    if at < 0 {
        return Err(vm.value_error("idx cannot be negative"));
    }
    let Some(scanner) = foreign_mut::<Scanner>(vm, this).cloned() else { return Err(vm.type_error("a scanner is required")) };
    let mut reader = Reader { scanner, text, object, at: at as usize };
    let memo = reader.scanner.memo;
    let value = reader.value(vm);
    let keys = vm.heap.dict_mut(memo).map(|memo| memo.take_all()).unwrap_or_default();
    vm.decref_all(keys.into_iter().flat_map(|(key, same)| [key, same]));
    let value = value?;
    let pair = [value, vm.new_usize(reader.at)];
    done(vm.new_tuple(pair))
}

/// Goes through a text.
struct Reader {
    /// Its hooks are borrowed from the scanner, which is being called.
    scanner: Scanner,
    text: Arc<PyStr>,
    object: ObjRef,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<u32> {
        (self.at < self.text.len()).then(|| self.text.at(self.at))
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(0x20 | 0x09 | 0x0a | 0x0d)) {
            self.at += 1;
        }
    }

    fn starts_with(&self, word: &str) -> bool {
        self.at + word.len() <= self.text.len() && word.bytes().enumerate().all(|(i, byte)| self.text.at(self.at + i) == u32::from(byte))
    }

    fn error(&self, vm: &mut Vm, message: &str, at: usize) -> Raised {
        decode_error(vm, message, self.object, at as i64)
    }

    /// There is no value here.
    fn nothing(&self, vm: &mut Vm) -> Raised {
        let at = vm.new_usize(self.at);
        vm.raise_object(STOP_ITERATION, at)
    }

    fn value(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        let Some(first) = self.peek() else { return Err(self.nothing(vm)) };
        match char::from_u32(first).unwrap_or(' ') {
            '"' => {
                self.at += 1;
                self.string(vm)
            }
            '{' => {
                vm.enter(" while decoding a JSON object from a unicode string")?;
                self.at += 1;
                let value = self.object(vm);
                vm.leave();
                value
            }
            '[' => {
                vm.enter(" while decoding a JSON array from a unicode string")?;
                self.at += 1;
                let value = self.array(vm);
                vm.leave();
                value
            }
            'n' if self.starts_with("null") => Ok(self.word(vm, 4, NONE)),
            't' if self.starts_with("true") => Ok(self.word(vm, 4, TRUE)),
            'f' if self.starts_with("false") => Ok(self.word(vm, 5, FALSE)),
            'N' if self.starts_with("NaN") => self.constant(vm, "NaN"),
            'I' if self.starts_with("Infinity") => self.constant(vm, "Infinity"),
            '-' if self.starts_with("-Infinity") => self.constant(vm, "-Infinity"),
            _ => self.number(vm),
        }
    }

    fn word(&mut self, vm: &mut Vm, len: usize, object: ObjRef) -> ObjRef {
        self.at += len;
        vm.own(object)
    }

    fn constant(&mut self, vm: &mut Vm, word: &str) -> Result<ObjRef, Raised> {
        self.at += word.len();
        let text = vm.new_str(word);
        let value = vm.call_now(self.scanner.hooks[4], &[text]);
        vm.decref(text);
        value
    }

    fn string(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        match strings::scan(&self.text, self.at, self.scanner.strict) {
            Ok((text, end)) => {
                self.at = end;
                Ok(vm.new_str(text))
            }
            Err((message, at)) => Err(decode_error(vm, message, self.object, at)),
        }
    }

    fn digits(&self, mut at: usize) -> usize {
        while at < self.text.len() && (0x30..=0x39).contains(&self.text.at(at)) {
            at += 1;
        }
        at
    }

    fn number(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        let start = self.at;
        let is = |at: usize, set: &str| at < self.text.len() && char::from_u32(self.text.at(at)).is_some_and(|c| set.contains(c));
        let mut end = if is(start, "-") { start + 1 } else { start };
        if is(end, "0") {
            end += 1;
        } else {
            let stop = self.digits(end);
            if stop == end {
                return Err(self.nothing(vm));
            }
            end = stop;
        }
        let mut is_float = false;
        if is(end, ".") && self.digits(end + 1) > end + 1 {
            end = self.digits(end + 1);
            is_float = true;
        }
        if is(end, "eE") {
            let digits = if is(end + 1, "+-") { end + 2 } else { end + 1 };
            let stop = self.digits(digits);
            if stop > digits {
                end = stop;
                is_float = true;
            }
        }
        self.at = end;
        let text = self.text.slice(start, end);
        let (parse, plain) = if is_float { (self.scanner.hooks[2], FLOAT) } else { (self.scanner.hooks[3], INT) };
        if parse != plain {
            let text = vm.new_str(text);
            let value = vm.call_now(parse, &[text]);
            vm.decref(text);
            return value;
        }
        let depth = vm.frames.len();
        let value = if is_float {
            let number = float_parse::parse_float(&text);
            convert::float_result(vm, number)
        } else {
            let limit = convert::max_str_digits(vm);
            let number = int_text::parse_int(&text, 10, limit);
            convert::int_result(vm, number)
        };
        value.and_then(|outcome| vm.finish_now(depth, outcome))
    }

    fn array(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        let mut items = Vec::new();
        match self.items(vm, &mut items) {
            Ok(()) => Ok(vm.new_list(items)),
            Err(raised) => {
                vm.decref_all(items);
                Err(raised)
            }
        }
    }

    fn items(&mut self, vm: &mut Vm, items: &mut Vec<ObjRef>) -> Result<(), Raised> {
        self.skip_space();
        if self.peek() == Some(0x5d) {
            self.at += 1;
            return Ok(());
        }
        loop {
            items.push(self.value(vm)?);
            self.skip_space();
            match self.peek() {
                Some(0x5d) => {
                    self.at += 1;
                    return Ok(());
                }
                Some(0x2c) => self.at += 1,
                _ => return Err(self.error(vm, "Expecting ',' delimiter", self.at)),
            }
            self.skip_space();
        }
    }

    fn object(&mut self, vm: &mut Vm) -> Result<ObjRef, Raised> {
        let mut pairs = Vec::new();
        if let Err(raised) = self.pairs(vm, &mut pairs) {
            vm.decref_all(pairs.into_iter().flat_map(|(key, value)| [key, value]));
            return Err(raised);
        }
        let [object_hook, pairs_hook, ..] = self.scanner.hooks;
        if pairs_hook != NONE {
            let pairs: Vec<ObjRef> = pairs.into_iter().map(|(key, value)| vm.new_tuple([key, value])).collect();
            let list = vm.new_list(pairs);
            let value = vm.call_now(pairs_hook, &[list]);
            vm.decref(list);
            return value;
        }
        let dict = vm.new_dict();
        for (key, value) in pairs {
            vm.dict_set_str(dict, key, value);
            vm.decref(key);
        }
        if object_hook == NONE {
            return Ok(dict);
        }
        let value = vm.call_now(object_hook, &[dict]);
        vm.decref(dict);
        value
    }

    /// The same key as the last time, if it was there before in this text. Takes the new one, gives an owned one.
    fn known(&mut self, vm: &mut Vm, key: ObjRef) -> ObjRef {
        let memo = self.scanner.memo;
        match vm.dict_get_str(memo, key) {
            Some(known) => {
                let known = vm.own(known);
                vm.decref(key);
                known
            }
            None => {
                vm.incref(key);
                vm.dict_set_str(memo, key, key);
                key
            }
        }
    }

    fn pairs(&mut self, vm: &mut Vm, pairs: &mut Vec<(ObjRef, ObjRef)>) -> Result<(), Raised> {
        self.skip_space();
        if self.peek() == Some(0x7d) {
            self.at += 1;
            return Ok(());
        }
        loop {
            if self.peek() != Some(0x22) {
                return Err(self.error(vm, "Expecting property name enclosed in double quotes", self.at));
            }
            self.at += 1;
            let key = self.string(vm)?;
            let key = self.known(vm, key);
            self.skip_space();
            if self.peek() != Some(0x3a) {
                vm.decref(key);
                return Err(self.error(vm, "Expecting ':' delimiter", self.at));
            }
            self.at += 1;
            self.skip_space();
            match self.value(vm) {
                Ok(value) => pairs.push((key, value)),
                Err(raised) => {
                    vm.decref(key);
                    return Err(raised);
                }
            }
            self.skip_space();
            match self.peek() {
                Some(0x7d) => {
                    self.at += 1;
                    return Ok(());
                }
                Some(0x2c) => self.at += 1,
                _ => return Err(self.error(vm, "Expecting ',' delimiter", self.at)),
            }
            self.skip_space();
        }
    }
}
