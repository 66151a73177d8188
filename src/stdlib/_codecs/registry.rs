//! What programs have registered: search functions for codecs, error handlers; and conversion by any codec's name.
//!
//! ```text
//!   codecs.encode("abc", "rot13")   _cache["rot13"]? else import encodings, ask each search function; then codec[0]("abc")
//! ```
//!
//! Counterpart in CPython 3.11: `_PyCodec_Lookup` and what is around it in `Python/codecs.c`.

use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Body, Objects, core_types::*},
    stdlib::io::task::{self, Next, Step, Task},
    text::{
        PyStr, codec,
        codec::{CodecError, Encoding, Fault, Handler, Replacement, handler},
    },
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef as Def, Signature},
        native_frame::Input,
        raised::done,
    },
};

/// Names in the module's dict.
const SEARCH: &str = "_search_path";
const CACHE: &str = "_cache";
const HANDLERS: &str = "_error_handlers";

pub fn functions() -> Vec<Def> {
    use Signature::{Named, One, Range};
    vec![
        Def::function("register", One, register),
        Def::function("unregister", One, unregister),
        Def::function("lookup", One, |vm, args| {
            let name = name_of(vm, args.at(vm, 0), "lookup() argument")?;
            start(vm, Goal::Lookup, name, None, None)
        }),
        Def::function("encode", Named("obj, encoding='utf-8', errors='strict'"), |vm, args| convert_by_name(vm, args, Goal::Encode)),
        Def::function("decode", Named("obj, encoding='utf-8', errors='strict'"), |vm, args| convert_by_name(vm, args, Goal::Decode)),
        Def::function("register_error", Range(2, 2), register_error),
        Def::function("lookup_error", One, lookup_error),
        Def::function("_forget_codec", One, |vm, args| {
            let name = name_of(vm, args.at(vm, 0), "_forget_codec() argument")?;
            if let Some(cache) = shelf(vm, CACHE) {
                let key = vm.new_interned(&name);
                vm.dict_del_str(cache, key);
                vm.decref(key);
            }
            done(vm.none())
        }),
    ]
}

/// The error handlers that are always there, by name.
fn builtin_handlers() -> [Def; 8] {
    use Signature::One;
    [
        Def::function("strict_errors", One, |vm, args| handle(vm, args, Handler::Strict)),
        Def::function("ignore_errors", One, |vm, args| handle(vm, args, Handler::Ignore)),
        Def::function("replace_errors", One, |vm, args| handle(vm, args, Handler::Replace)),
        Def::function("xmlcharrefreplace_errors", One, |vm, args| handle(vm, args, Handler::XmlCharRefReplace)),
        Def::function("backslashreplace_errors", One, |vm, args| handle(vm, args, Handler::BackslashReplace)),
        Def::function("namereplace_errors", One, |vm, args| handle(vm, args, Handler::NameReplace)),
        Def::function("surrogatepass", One, |vm, args| handle(vm, args, Handler::SurrogatePass)),
        Def::function("surrogateescape", One, |vm, args| handle(vm, args, Handler::SurrogateEscape)),
    ]
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    let search = vm.new_list([]);
    vm.dict_set_text(dict, SEARCH, search);
    let cache = vm.new_dict();
    vm.dict_set_text(dict, CACHE, cache);
    let handlers = vm.new_dict();
    for def in builtin_handlers() {
        let name = def.name.trim_end_matches("_errors");
        let function = vm.new_native_function(def, None);
        vm.dict_set_text(handlers, name, function);
    }
    vm.dict_set_text(dict, HANDLERS, handlers);
}

/// What the module keeps under a name, borrowed; nothing if the module was not imported yet.
fn shelf(vm: &Vm, name: &str) -> Option<ObjRef> {
    match vm.heap.body(vm.dict_get_text(vm.modules, "_codecs")?) {
        Body::Module(record) => vm.dict_get_text(record.dict, name),
        _ => None,
    }
}

/// An error handler of that name, borrowed.
pub fn error_handler(vm: &Vm, name: &str) -> Option<ObjRef> {
    vm.dict_get_text(shelf(vm, HANDLERS)?, name)
}

fn name_of(vm: &mut Vm, object: ObjRef, what: &str) -> Result<String, Raised> {
    Ok(convert::text(vm, object, what)?.to_string_lossy())
}

fn register(vm: &mut Vm, args: Args) -> Res {
    let function = args.at(vm, 0);
    if !vm.is_callable(function) {
        return Err(vm.type_error("argument must be callable"));
    }
    if let Some(list) = shelf(vm, SEARCH)
        && let Body::List(items) = vm.heap.body_mut(list)
    {
        items.push(function);
        vm.incref(function);
    }
    done(vm.none())
}

fn unregister(vm: &mut Vm, args: Args) -> Res {
    let function = args.at(vm, 0);
    if let Some(list) = shelf(vm, SEARCH)
        && let Body::List(items) = vm.heap.body_mut(list)
        && let Some(at) = items.iter().position(|&item| item == function)
    {
        items.remove(at);
        vm.decref(function);
        if let Some(cache) = shelf(vm, CACHE) {
            let old = vm.heap.dict_mut(cache).map(|dict| dict.take_all()).unwrap_or_default();
            vm.decref_all(old.into_iter().flat_map(|(key, value)| [key, value]));
        }
    }
    done(vm.none())
}

fn register_error(vm: &mut Vm, args: Args) -> Res {
    let (name, function) = (args.at(vm, 0), args.at(vm, 1));
    let name = name_of(vm, name, "register_error() argument 1")?;
    if !vm.is_callable(function) {
        return Err(vm.type_error("handler must be callable"));
    }
    if let Some(handlers) = shelf(vm, HANDLERS) {
        vm.incref(function);
        vm.dict_set_text(handlers, &name, function);
    }
    done(vm.none())
}

fn lookup_error(vm: &mut Vm, args: Args) -> Res {
    let name = name_of(vm, args.at(vm, 0), "lookup_error() argument")?;
    match error_handler(vm, &name) {
        Some(handler) => done(vm.own(handler)),
        None => Err(vm.text_error(handler::unknown_handler(&name))),
    }
}

fn convert_by_name(vm: &mut Vm, args: Args, goal: Goal) -> Res {
    let name = match args.get(vm, 1) {
        Some(name) => {
            name_of(vm, name, if goal == Goal::Encode { "encode() argument 'encoding'" } else { "decode() argument 'encoding'" })?
        }
        None => "utf-8".to_string(),
    };
    let object = args.at(vm, 0);
    let errors = match args.get(vm, 2) {
        Some(errors) => Some(name_of(vm, errors, "argument 'errors'")?),
        None => None,
    };
    // Nobody can have registered others under the names that are built in.
    if let Some(encoding) = Encoding::lookup(&name) {
        let errors_text = errors.clone().unwrap_or_else(|| "strict".to_string());
        if goal == Goal::Encode
            && let Some(text) = vm.text(object)
        {
            let bytes = super::encode(vm, object, &text, encoding, &errors_text)?;
            return done(vm.new_bytes(bytes));
        }
        if goal == Goal::Decode
            && let Some(data) = vm.heap.buffer(object).map(|data| data.into_owned())
        {
            let (text, _) = super::decode(vm, &data, encoding, &errors_text, true)?;
            return done(vm.new_str(text));
        }
    }
    start(vm, goal, name, Some(object), errors)
}

/// What a codec is wanted for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    Lookup,
    /// `codecs.encode`, `codecs.decode`: from anything to anything.
    Encode,
    Decode,
    /// `str.encode`, `bytes.decode`: text encodings alone.
    EncodeText,
    DecodeText,
}

/// Looks a codec up, and converts the object by it. The object is an argument of the native that calls this.
pub fn start(vm: &mut Vm, goal: Goal, name: String, object: Option<ObjRef>, errors: Option<String>) -> Res {
    let errors = errors.filter(|errors| errors != "strict");
    let key: String = name.chars().map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
    task::run(vm, Codec { goal, name, key, object, errors, stage: Stage::Start, codec: None })
}

#[derive(Clone, Copy)]
enum Stage {
    Start,
    /// `_codecs` is being imported.
    Own,
    /// `encodings` is being imported.
    Encodings,
    /// This search function was asked.
    Searching(usize),
    /// The codec's function runs.
    Converting,
}

#[derive(Clone)]
struct Codec {
    goal: Goal,
    name: String,
    key: String,
    object: Option<ObjRef>,
    errors: Option<String>,
    stage: Stage,
    /// Held while it converts.
    codec: Option<ObjRef>,
}

impl Codec {
    fn import(&mut self, vm: &mut Vm, module: &str, stage: Stage) -> Step {
        self.stage = stage;
        let import = vm.dict_get_str(vm.builtins, vm.names.import).unwrap_or(NONE);
        let name = vm.new_str(module);
        let result = vm.call(import, &[name]);
        vm.decref(name);
        Ok(Next::Wait(result))
    }

    fn search(&mut self, vm: &mut Vm, at: usize) -> Step {
        let function = shelf(vm, SEARCH).and_then(|list| vm.heap.sequence(list)?.get(at).copied());
        let Some(function) = function else {
            return Err(vm.text_error(codec::unknown_encoding(&self.name)));
        };
        self.stage = Stage::Searching(at);
        let key = vm.new_str(self.key.as_str());
        let result = vm.call(function, &[key]);
        vm.decref(key);
        Ok(Next::Wait(result))
    }

    /// There it is, owned.
    fn found(&mut self, vm: &mut Vm, codec: ObjRef) -> Step {
        let function = match self.goal {
            Goal::Lookup => return Ok(Next::Done(codec)),
            Goal::Encode | Goal::EncodeText => 0,
            Goal::Decode | Goal::DecodeText => 1,
        };
        if matches!(self.goal, Goal::EncodeText | Goal::DecodeText) && !is_text_encoding(vm, codec) {
            vm.decref(codec);
            let (name, how) = (&self.name, if self.goal == Goal::EncodeText { "encode" } else { "decode" });
            let message = format!("'{name}' is not a text encoding; use codecs.{how}() to handle arbitrary codecs");
            return Err(vm.raise(LOOKUP_ERROR, message));
        }
        let items = vm.heap.sequence(codec).unwrap_or_default();
        let (convert, object) = (items.get(function).copied().unwrap_or(NONE), self.object.unwrap_or(NONE));
        self.codec = Some(codec);
        self.stage = Stage::Converting;
        let result = match &self.errors {
            Some(errors) => {
                let errors = vm.new_str(errors.as_str());
                let result = vm.call(convert, &[object, errors]);
                vm.decref(errors);
                result
            }
            None => vm.call(convert, &[object]),
        };
        Ok(Next::Wait(result))
    }

    fn converted(&mut self, vm: &mut Vm, value: ObjRef) -> Step {
        let first = vm.heap.tuple(value).filter(|items| items.len() == 2).map(|items| items[0]);
        let what = if matches!(self.goal, Goal::Encode | Goal::EncodeText) { "encoder" } else { "decoder" };
        let step = match first {
            None => Err(vm.type_error(format!("{what} must return a tuple (object, integer)"))),
            Some(result) => {
                let given = vm.type_name(result);
                let name = &self.name;
                match self.goal {
                    Goal::EncodeText if vm.heap.bytes(result).is_none() => Err(vm.type_error(format!(
                        "'{name}' encoder returned '{given}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types"
                    ))),
                    Goal::DecodeText if vm.text(result).is_none() => Err(vm.type_error(format!(
                        "'{name}' decoder returned '{given}' instead of 'str'; use codecs.decode() to decode to arbitrary types"
                    ))),
                    _ => Ok(Next::Done(vm.own(result))),
                }
            }
        };
        vm.decref(value);
        vm.xdecref(self.codec.take());
        step
    }
}

impl Task for Codec {
    fn name(&self) -> &'static str {
        "codec"
    }

    fn step(&mut self, vm: &mut Vm, input: Input) -> Step {
        let value = input.value();
        match self.stage {
            Stage::Start => {
                let cached = shelf(vm, CACHE).and_then(|cache| vm.dict_get_text(cache, &self.key));
                match (cached, shelf(vm, SEARCH)) {
                    (Some(codec), _) => {
                        let codec = vm.own(codec);
                        self.found(vm, codec)
                    }
                    (None, None) => self.import(vm, "_codecs", Stage::Own),
                    (None, Some(_)) => self.import(vm, "encodings", Stage::Encodings),
                }
            }
            Stage::Own => {
                vm.xdecref(value);
                self.import(vm, "encodings", Stage::Encodings)
            }
            Stage::Encodings => {
                vm.xdecref(value);
                self.search(vm, 0)
            }
            Stage::Searching(at) => match value {
                None | Some(NONE) => {
                    vm.xdecref(value);
                    self.search(vm, at + 1)
                }
                Some(codec) if vm.heap.sequence(codec).is_some_and(|items| items.len() == 4) && vm.is_instance(codec, TUPLE) => {
                    if let Some(cache) = shelf(vm, CACHE) {
                        vm.incref(codec);
                        vm.dict_set_text(cache, &self.key, codec);
                    }
                    self.found(vm, codec)
                }
                Some(other) => {
                    vm.decref(other);
                    Err(vm.type_error("codec search functions must return 4-tuples"))
                }
            },
            Stage::Converting => match value {
                Some(value) => self.converted(vm, value),
                None => Err(vm.type_error("a codec's function gave nothing")),
            },
        }
    }

    fn raised(&mut self, vm: &mut Vm, raised: Raised) -> Step {
        vm.xdecref(self.codec.take());
        // Without a library there is no `encodings`, only what is registered.
        if matches!(self.stage, Stage::Encodings) && vm.exception_matches(raised.0, MODULE_NOT_FOUND_ERROR) {
            vm.decref(raised.0);
            return self.search(vm, 0);
        }
        Err(raised)
    }

    fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.codec.iter().for_each(|&codec| visit(codec));
    }
}

fn is_text_encoding(vm: &mut Vm, codec: ObjRef) -> bool {
    let name = vm.new_interned("_is_text_encoding");
    let ty = vm.ty(codec);
    let flag = vm.own_attr(codec, name).or_else(|| vm.type_lookup(ty, name));
    vm.decref(name);
    flag != Some(FALSE)
}

// ── the built-in error handlers as functions ────────────────────────────────────────────────────────────────────────

/// The fields of a UnicodeError: object, start, end; within the object's bounds.
fn parts(vm: &Vm, exception: ObjRef) -> Option<(ObjRef, usize, usize)> {
    let fields = &vm.heap.exception(exception)?.fields;
    let field = |index: usize| fields.get(index).copied().flatten();
    // A UnicodeTranslateError has no encoding.
    let shift = usize::from(vm.is_instance(exception, UNICODE_TRANSLATE_ERROR));
    let object = field(1 - shift)?;
    let len = match vm.text(object) {
        Some(text) => text.len(),
        None => vm.heap.bytes(object)?.len(),
    };
    let number = |index: usize| field(index).and_then(|number| vm.small_value(number)).unwrap_or(0).clamp(0, len as i64) as usize;
    let start = number(2 - shift).min(len.saturating_sub(1));
    Some((object, start, number(3 - shift).max(start)))
}

fn handle(vm: &mut Vm, args: Args, named: Handler) -> Res {
    let exception = args.at(vm, 0);
    if vm.heap.exception(exception).is_none() {
        return Err(vm.type_error("codec must pass exception instance"));
    }
    if named == Handler::Strict {
        vm.incref(exception);
        return Err(Raised(exception));
    }
    let wrong = |vm: &mut Vm| {
        let given = vm.type_name(exception);
        Err(vm.type_error(format!("don't know how to handle {given} in error callback")))
    };
    let Some((object, start, end)) = parts(vm, exception) else { return wrong(vm) };
    let fault = Fault { encoding: "", start, end, reason: "" };
    let decoding = vm.is_instance(exception, UNICODE_DECODE_ERROR);
    let encoding = named_encoding(vm, exception);
    let (value, next) = if decoding {
        let data = vm.heap.bytes(object).map(<[u8]>::to_vec).unwrap_or_default();
        match handler::on_decode(named, &data, encoding, fault) {
            Ok((text, next)) => (vm.new_str(text), next),
            Err(CodecError::Other(_)) => return wrong(vm),
            Err(_) => {
                vm.incref(exception);
                return Err(Raised(exception));
            }
        }
    } else {
        let Some(text) = vm.text(object) else { return wrong(vm) };
        if vm.is_instance(exception, UNICODE_TRANSLATE_ERROR) && named == Handler::Replace {
            let marks = vec![0xfffd; end - start];
            (vm.new_str(PyStr::from_code_points(&marks)), end)
        } else {
            match handler::on_encode(named, &text, encoding, fault) {
                Ok((Replacement::Text(text), next)) => (vm.new_str(text), next),
                Ok((Replacement::Bytes(bytes), next)) => (vm.new_bytes(bytes), next),
                Err(CodecError::Other(_)) => return wrong(vm),
                Err(_) => {
                    vm.incref(exception);
                    return Err(Raised(exception));
                }
            }
        }
    };
    done(super::with_count(vm, value, next))
}

fn named_encoding(vm: &Vm, exception: ObjRef) -> Encoding {
    let name = vm.heap.exception(exception).and_then(|record| record.fields.first().copied().flatten());
    let name = name.and_then(|name| vm.text(name)).map(|name| name.to_string_lossy());
    name.and_then(|name| Encoding::lookup(&name)).unwrap_or(Encoding::Utf8)
}
