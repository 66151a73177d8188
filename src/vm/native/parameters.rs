//! The named parameters of natives, and which argument goes to which.
//!
//! ```text
//!   sorted([2, 1], reverse=True)      "iterable, /, *, key=None, reverse=False"      [[2, 1], NULL, True]
//! ```
//!
//! Counterpart in CPython 3.11: Argument Clinic's parsers, `Python/getargs.c`.

use std::ops::RangeInclusive;

use super::{Args, NEVER, plural};
use crate::{
    heap::ObjRef,
    objects::{Objects, core_types::*, dict::Dict, function::NativeId},
    vm::{Raised, Vm},
};

#[derive(Clone, Debug)]
pub(super) struct Param {
    name: &'static str,
    kind: ParamKind,
    required: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ParamKind {
    PositionalOnly,
    Both,
    VarArgs,
    KeywordOnly,
    VarKeywords,
}

/// How many arguments by position, with the receiver, may be left as they are: each in the place of its parameter.
pub(super) fn places(params: &[Param], receiver: usize) -> RangeInclusive<usize> {
    let is_positional = |param: &&Param| matches!(param.kind, ParamKind::PositionalOnly | ParamKind::Both);
    let gathers = |param: &Param| matches!(param.kind, ParamKind::VarArgs | ParamKind::VarKeywords);
    let required = params.iter().filter(|param| param.required);
    if !required.clone().all(|param| is_positional(&param)) || params.iter().any(gathers) {
        return NEVER;
    }
    receiver + required.count()..=receiver + params.iter().filter(is_positional).count()
}

/// The parameters of a signature as CPython writes it.
pub(super) fn parse_signature(text: &'static str) -> Vec<Param> {
    let mut params: Vec<Param> = Vec::new();
    let mut kind = ParamKind::Both;
    for part in text.split(", ") {
        let (name, required) = part.split_once('=').map_or((part, true), |(name, _)| (name, false));
        match name {
            "/" => params.iter_mut().for_each(|param| param.kind = ParamKind::PositionalOnly),
            "*" => kind = ParamKind::KeywordOnly,
            _ if name.starts_with("**") => params.push(Param { name: &name[2..], kind: ParamKind::VarKeywords, required: false }),
            _ if name.starts_with('*') => {
                params.push(Param { name: &name[1..], kind: ParamKind::VarArgs, required: false });
                kind = ParamKind::KeywordOnly;
            }
            _ => params.push(Param { name, kind, required }),
        }
    }
    params
}

impl Vm {
    /// CPython's argument parser of a function makes a tuple of the names when it first needs them, and keeps it.
    /// Counterpart: `parser_init` in `Python/getargs.c`.
    pub fn prepare_parser(&mut self, key: u32, names: impl IntoIterator<Item = &'static str>) {
        if !self.parsers.iter().any(|&(known, _)| known == key) {
            let names: Vec<ObjRef> = names.into_iter().map(|name| self.new_interned(name)).collect();
            let tuple = self.new_tuple(names);
            self.parsers.push((key, tuple));
        }
    }

    /// How messages call a constructor: by its type.
    fn constructor_title(&self, name: &'static str, start: usize) -> String {
        let ty = match (name, self.stack[start]) {
            ("__new__", Some(class)) if self.heap.as_type(class).is_some() => class,
            ("__init__", Some(this)) => self.heap.type_of_type(self.ty(this)).solid_base,
            _ => return name.to_string(),
        };
        match ty {
            TRACEBACK => "TracebackType".to_string(),
            ty => self.heap.type_of_type(ty).short_name().to_string(),
        }
    }

    /// Puts the arguments into the order of the parameters, one slot each. Returns how many slots.
    pub(super) fn bind_native_arguments(&mut self, id: NativeId, start: usize, n: usize, kwnames: Option<ObjRef>) -> Result<usize, Raised> {
        let def = &self.natives[id.0 as usize];
        let (name, params, shift) = (def.name, def.params.clone(), usize::from(def.has_self()));
        let mut values: Vec<Option<ObjRef>> = vec![None; params.len()];
        let mut extra: Vec<ObjRef> = Vec::new();
        let positional: Vec<usize> =
            (0..params.len()).filter(|&i| matches!(params[i].kind, ParamKind::PositionalOnly | ParamKind::Both)).collect();
        let has_varargs = params.iter().any(|param| param.kind == ParamKind::VarArgs);
        for index in shift..n {
            let value = self.stack[start + index].expect("a positional argument");
            match positional.get(index - shift) {
                Some(&place) => values[place] = Some(value),
                None => extra.push(value),
            }
        }
        // The class that `__new__` is given is not told in messages.
        let hidden = usize::from(name == "__new__");
        let given = n - shift - hidden.min(n - shift);
        let with_keywords = kwnames.map_or(0, |names| self.heap.tuple(names).map_or(0, <[ObjRef]>::len));
        let title = self.constructor_title(name, start);
        let (most, count) = (positional.len() - hidden, params.len() - hidden);
        let least = positional.iter().filter(|&&i| params[i].required).count() - hidden;
        let takes_keywords = params.iter().any(|param| param.kind != ParamKind::PositionalOnly);
        if takes_keywords && with_keywords > 0 {
            let named = params.iter().filter(|param| matches!(param.kind, ParamKind::Both | ParamKind::KeywordOnly));
            self.prepare_parser(id.0, named.map(|param| param.name));
        }
        let has_var_keywords = params.iter().any(|param| param.kind == ParamKind::VarKeywords);
        if !takes_keywords {
            let exact = least == most;
            let message = if given > most {
                format!("{name} expected {}{most} argument{}, got {given}", if exact { "" } else { "at most " }, plural(most))
            } else if given < least {
                format!("{name} expected {}{least} argument{}, got {given}", if exact { "" } else { "at least " }, plural(least))
            } else {
                String::new()
            };
            if !message.is_empty() {
                return Err(self.type_error(message));
            }
        } else if !has_varargs && !has_var_keywords {
            let total = given + with_keywords;
            let positional_only = positional.iter().filter(|&&i| params[i].required && params[i].kind == ParamKind::PositionalOnly).count();
            let message = if total > count {
                let what = if given == 0 { "keyword " } else { "" };
                format!("{title}() takes at most {count} {what}argument{} ({total} given)", plural(count))
            } else if given > most && most == 0 {
                format!("{title}() takes no positional arguments")
            } else if given > most {
                let bound = if least < most { "at most" } else { "exactly" };
                format!("{title}() takes {bound} {most} positional argument{} ({given} given)", plural(most))
            } else if given < positional_only {
                let bound = if positional_only < most { "at least" } else { "exactly" };
                format!("{title}() takes {bound} {positional_only} positional argument{} ({given} given)", plural(positional_only))
            } else {
                String::new()
            };
            if !message.is_empty() {
                return Err(self.type_error(message));
            }
        }
        let mut keywords: Vec<(ObjRef, ObjRef)> = Vec::new();
        let (mut unknown, mut twice) = (None, None);
        for (key, value) in (Args { start, n, kwnames }).keywords(self) {
            let text = self.name_text(key);
            let place = params.iter().position(|p| p.name == text && matches!(p.kind, ParamKind::Both | ParamKind::KeywordOnly));
            match place {
                Some(place) if values[place].is_some() => twice = twice.or(Some((place, text))),
                Some(place) => values[place] = Some(value),
                None if has_var_keywords => keywords.push((key, value)),
                None => unknown = unknown.or(Some(text)),
            }
        }
        if let Some(missing) = (0..params.len()).find(|&i| params[i].required && values[i].is_none()) {
            let position = missing + 1 - hidden;
            let message = if params[missing].kind == ParamKind::PositionalOnly {
                let exact = least == positional.len();
                format!("{name} expected {}{least} argument{}, got {given}", if exact { "" } else { "at least " }, plural(least))
            } else {
                format!("{title}() missing required argument '{}' (pos {position})", params[missing].name)
            };
            return Err(self.type_error(message));
        }
        if let Some((place, text)) = twice {
            let position = positional.iter().position(|&i| i == place).map_or(0, |i| i + 1 - hidden);
            return Err(self.type_error(format!("argument for {title}() given by name ('{text}') and position ({position})")));
        }
        if let Some(text) = unknown {
            return Err(self.type_error(format!("'{text}' is an invalid keyword argument for {title}()")));
        }
        // All is well: take the arguments off the stack and put them back in order.
        for value in values.iter().flatten().chain(&extra) {
            self.incref(*value);
        }
        let mut rest = Vec::new();
        for (key, value) in keywords {
            self.incref(value);
            rest.push((key, value));
        }
        let kwargs = params.iter().any(|param| param.kind == ParamKind::VarKeywords).then(|| {
            let dict = self.new_dict_from(Dict::with_capacity(rest.len()));
            for (key, value) in rest {
                self.dict_set_str(dict, key, value);
            }
            dict
        });
        let varargs = has_varargs.then(|| self.new_tuple(extra));
        for (i, param) in params.iter().enumerate() {
            match param.kind {
                ParamKind::VarArgs => values[i] = varargs,
                ParamKind::VarKeywords => values[i] = kwargs,
                _ => {}
            }
        }
        let end = self.sp;
        self.drop_stack(start + shift, end);
        self.reserve_stack(values.len());
        for (i, value) in values.iter().enumerate() {
            self.stack[start + shift + i] = *value;
        }
        self.sp = start + shift + values.len();
        Ok(shift + values.len())
    }
}
