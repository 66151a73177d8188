//! Binding arguments to the parameters of a Python function: defaults, `*args`, `**kwargs`, and the messages of wrong calls.
//!
//! Counterpart in CPython 3.11: `initialize_locals` in `Python/ceval.c`.

use crate::{
    bytecode::code::{CO_VARARGS, CO_VARKEYWORDS},
    heap::ObjRef,
    objects::{Body, Objects, code::Code, core_types::*, dict::Dict},
    vm::{Raised, Vm, native::plural},
};

/// What binding needs of a function, copied out of the heap.
struct Shape {
    argcount: usize,
    posonly: usize,
    kwonly: usize,
    varargs: bool,
    varkeywords: bool,
    nlocalsplus: usize,
    names: Vec<ObjRef>,
    defaults: Vec<ObjRef>,
    kwdefaults: Option<ObjRef>,
}

impl Vm {
    /// Brings the arguments at `stack[start..]` into the order of the function's locals.
    pub(super) fn bind_arguments(&mut self, func: ObjRef, start: usize, n: usize, kwnames: Option<ObjRef>) -> Result<(), Raised> {
        if self.bind_in_place(func, start, n, kwnames) {
            return Ok(());
        }
        let shape = self.shape_of(func);
        let Shape { argcount, kwonly, .. } = shape;
        let total = argcount + kwonly;
        let mut locals: Vec<Option<ObjRef>> = vec![None; total];
        let keywords = crate::vm::native::Args { start, n, kwnames }.keywords(self);
        let positional: Vec<ObjRef> = (0..n).map(|i| self.stack[start + i].expect("an argument")).collect();
        for (i, &value) in positional.iter().enumerate().take(argcount) {
            locals[i] = Some(value);
        }
        let mut rest: Vec<(ObjRef, ObjRef)> = Vec::new();
        for &(name, value) in &keywords {
            if self.ty(name) != STR && !self.is_instance(name, STR) {
                return Err(self.type_error("keywords must be strings"));
            }
            let place = shape.names[..total].iter().position(|&param| param == name || self.heap.str(param) == self.heap.str(name));
            match place.filter(|&place| place >= shape.posonly) {
                Some(place) if locals[place].is_some() => {
                    let (title, name) = (self.function_title(func), self.name_text(name));
                    return Err(self.type_error(format!("{title}() got multiple values for argument '{name}'")));
                }
                Some(place) => locals[place] = Some(value),
                None if shape.varkeywords => rest.push((name, value)),
                None => {
                    return Err(self.unexpected_keyword(func, &shape, &keywords, name));
                }
            }
        }
        if n > argcount && !shape.varargs {
            return Err(self.too_many_positional(func, &shape, n, &locals));
        }
        if n < argcount {
            let required = argcount - shape.defaults.len().min(argcount);
            let missing: Vec<ObjRef> = (n..required).filter(|&i| locals[i].is_none()).map(|i| shape.names[i]).collect();
            if !missing.is_empty() {
                return Err(self.missing_arguments(func, &missing, "positional"));
            }
            for (i, local) in locals.iter_mut().enumerate().take(argcount).skip(n.max(required)) {
                *local = local.or(Some(shape.defaults[i - required]));
            }
        }
        if kwonly > 0 {
            let mut missing = Vec::new();
            for (local, &name) in locals.iter_mut().zip(&shape.names).skip(argcount) {
                if local.is_none() {
                    match shape.kwdefaults.and_then(|dict| self.dict_get_str(dict, name)) {
                        Some(value) => *local = Some(value),
                        None => missing.push(name),
                    }
                }
            }
            if !missing.is_empty() {
                return Err(self.missing_arguments(func, &missing, "keyword-only"));
            }
        }
        locals.iter().flatten().for_each(|&value| self.incref(value));
        let extra: Vec<ObjRef> = positional.iter().skip(argcount).copied().collect();
        if shape.varargs {
            extra.iter().for_each(|&value| self.incref(value));
            let tuple = self.new_tuple(extra);
            locals.push(Some(tuple));
        }
        if shape.varkeywords {
            let dict = self.new_dict_from(Dict::default());
            for (name, value) in rest {
                self.incref(value);
                self.dict_set_str(dict, name, value);
            }
            locals.push(Some(dict));
        }
        let end = self.sp;
        self.drop_stack(start, end);
        let count = locals.len();
        for (i, value) in locals.into_iter().enumerate() {
            self.stack[start + i] = value;
        }
        self.clear_slots(start + count, start + shape.nlocalsplus);
        self.sp = start + shape.nlocalsplus;
        Ok(())
    }

    /// The usual calls, without allocating: no `*args` or `**kwargs` in the function, every name known, nothing missing.
    /// Answers false, with the stack as it was, for all others.
    fn bind_in_place(&mut self, func: ObjRef, start: usize, n: usize, kwnames: Option<ObjRef>) -> bool {
        let Body::Function(function) = &self.heap.slot(func).body else { return false };
        let (code_object, defaults, kwdefaults) = (function.code, function.defaults, function.kwdefaults);
        let Body::Code(code) = &self.heap.slot(code_object).body else { return false };
        let (argcount, posonly) = (code.argcount as usize, code.code.posonlyargcount as usize);
        let total = argcount + code.code.kwonlyargcount as usize;
        if code.flags & (CO_VARARGS | CO_VARKEYWORDS) != 0 || n > argcount || total > 32 {
            return false;
        }
        let defaults = defaults.and_then(|tuple| self.heap.tuple(tuple)).unwrap_or_default();
        let params = self.heap.tuple(code.localsplusnames).unwrap_or_default();
        let names = kwnames.and_then(|names| self.heap.tuple(names)).unwrap_or_default();
        if names.is_empty() {
            if n + defaults.len() < argcount {
                return false;
            }
            for place in n..argcount {
                self.stack[start + place] = Some(defaults[place + defaults.len() - argcount]);
            }
            for (place, &param) in (argcount..).zip(&params[argcount..total]) {
                let Some(value) = kwdefaults.and_then(|dict| self.dict_get_str(dict, param)) else {
                    self.clear_slots(start + n, start + place);
                    return false;
                };
                self.stack[start + place] = Some(value);
            }
            for index in start + n..start + total {
                self.xincref(self.stack[index]);
            }
            return true;
        }
        // First only look: which parameter each value belongs to, and where defaults come in.
        let mut values: [Option<ObjRef>; 32] = [None; 32];
        for (i, name) in names.iter().enumerate() {
            let place = params[..total].iter().position(|param| param == name);
            match place {
                Some(place) if place >= posonly && place >= n && values[place].is_none() => values[place] = self.stack[start + n + i],
                _ => return false,
            }
        }
        let mut borrowed = 0u32;
        for (place, value) in (n..).zip(&mut values[n..total]) {
            if value.is_some() {
                continue;
            }
            let default = if place < argcount {
                (place + defaults.len()).checked_sub(argcount).map(|index| defaults[index])
            } else {
                kwdefaults.and_then(|dict| self.dict_get_str(dict, params[place]))
            };
            if default.is_none() {
                return false;
            }
            *value = default;
            borrowed |= 1 << place;
        }
        let keywords = names.len();
        for (place, &value) in (n..).zip(&values[n..total]) {
            if borrowed & 1 << place != 0 {
                self.heap.incref(value.expect("a default"));
            }
            self.stack[start + place] = value;
        }
        // Keyword values that lay beyond the last parameter's place cannot be: each went to a place of its own.
        self.clear_slots(start + total, start + n + keywords);
        true
    }

    fn clear_slots(&mut self, from: usize, to: usize) {
        for index in from..to {
            self.stack[index] = None;
        }
    }

    fn shape_of(&self, func: ObjRef) -> Shape {
        let Body::Function(function) = self.heap.body(func) else { panic!("a function") };
        let Body::Code(code) = self.heap.body(function.code) else { panic!("a code object") };
        let Code { code, nlocalsplus, localsplusnames, .. } = &**code;
        Shape {
            argcount: code.argcount as usize,
            posonly: code.posonlyargcount as usize,
            kwonly: code.kwonlyargcount as usize,
            varargs: code.flags & CO_VARARGS != 0,
            varkeywords: code.flags & CO_VARKEYWORDS != 0,
            nlocalsplus: *nlocalsplus as usize,
            names: self.heap.tuple(*localsplusnames).unwrap_or_default().to_vec(),
            defaults: function.defaults.and_then(|tuple| self.heap.tuple(tuple)).map(<[ObjRef]>::to_vec).unwrap_or_default(),
            kwdefaults: function.kwdefaults,
        }
    }

    fn function_title(&self, func: ObjRef) -> String {
        let Body::Function(function) = self.heap.body(func) else { panic!("a function") };
        self.name_text(function.qualname)
    }

    #[cold]
    fn unexpected_keyword(&mut self, func: ObjRef, shape: &Shape, keywords: &[(ObjRef, ObjRef)], name: ObjRef) -> Raised {
        let title = self.function_title(func);
        let wrong: Vec<String> = shape.names[..shape.posonly]
            .iter()
            .filter(|&&param| keywords.iter().any(|&(name, _)| name == param || self.heap.str(name) == self.heap.str(param)))
            .map(|&param| self.name_text(param))
            .collect();
        if !wrong.is_empty() {
            let wrong = wrong.join(", ");
            return self.type_error(format!("{title}() got some positional-only arguments passed as keyword arguments: '{wrong}'"));
        }
        let name = self.name_text(name);
        self.type_error(format!("{title}() got an unexpected keyword argument '{name}'"))
    }

    #[cold]
    fn missing_arguments(&mut self, func: ObjRef, missing: &[ObjRef], kind: &str) -> Raised {
        let title = self.function_title(func);
        let names: Vec<String> = missing.iter().map(|&name| format!("'{}'", self.name_text(name))).collect();
        let list = match &names[..] {
            [one] => one.clone(),
            [first, second] => format!("{first} and {second}"),
            [init @ .., last] => format!("{}, and {last}", init.join(", ")),
            [] => String::new(),
        };
        self.type_error(format!("{title}() missing {} required {kind} argument{}: {list}", names.len(), plural(names.len())))
    }

    #[cold]
    fn too_many_positional(&mut self, func: ObjRef, shape: &Shape, given: usize, locals: &[Option<ObjRef>]) -> Raised {
        let title = self.function_title(func);
        let (argcount, defaults) = (shape.argcount, shape.defaults.len());
        let (count, is_plural) = if defaults > 0 {
            (format!("from {} to {argcount}", argcount - defaults), true)
        } else {
            (argcount.to_string(), argcount != 1)
        };
        let kwonly_given = locals[argcount..].iter().flatten().count();
        let kwonly = if kwonly_given > 0 {
            format!(" positional argument{} (and {kwonly_given} keyword-only argument{})", plural(given), plural(kwonly_given))
        } else {
            String::new()
        };
        let verb = if given == 1 && kwonly_given == 0 { "was" } else { "were" };
        self.type_error(format!(
            "{title}() takes {count} positional argument{} but {given}{kwonly} {verb} given",
            if is_plural { "s" } else { "" }
        ))
    }
}
