//! Expressions about the machine: what lessons ask, and how goals and answers are judged.
//!
//! ```text
//!   refcount(x) == 1 and opcode == "DELETE_NAME"        stack == [NULL, print, 3]
//! ```
//!
//! An expression is Python, run in the frame that would run next on a copy of the machine, so the program never sees it. The names
//! of [`NAMES`] are added below the builtins: a variable of the program hides them, `vm.line` is never hidden. What they say
//! was taken from the machine before anything was evaluated; so reference counts are the program's own.

use std::fmt::Write;

use crate::{debugger::evaluate, heap::ObjRef, objects::Objects, view::capture::Level, vm::Vm};

/// What there is beyond Python's names.
pub const NAMES: &[(&str, &str)] = &[
    ("opcode", "the instruction about to run: 'BINARY_OP'"),
    ("adaptive_opcode", "the same as it stands in the code that rewrites itself: 'BINARY_OP_ADD_INT'"),
    ("oparg", "the argument of the instruction about to run"),
    ("offset", "its byte offset, as `dis` shows it"),
    ("line", "its line"),
    ("function", "the qualified name of the code that runs: '<module>'"),
    ("frames", "the names of all Python frames, the innermost last"),
    ("depth", "how many Python frames there are"),
    ("step", "how many instructions have run"),
    ("stack", "the value stack of the frame, the top last; NULL where there is none"),
    ("NULL", "what stack has for an empty place"),
    ("output", "what was printed to standard output so far"),
    ("raised", "the class of the exception that was raised last; '' if none was"),
    ("gc_count", "the counts of the three generations"),
    ("collections", "how many collections have run since the program began, at most the last few"),
    ("refcount(x)", "the reference count of an object; 0 for one that is made in the expression"),
    ("address(x)", "where it lies: what id() says"),
    ("capacity(x)", "how many items a list has room for"),
    ("tracked(x)", "whether the collector knows it"),
    ("before(\"EXPR\")", "what an expression was where the step began"),
];

/// A machine at an instant, with what it has printed and what was before.
pub struct Facts<'a> {
    pub vm: &'a Vm,
    pub output: &'a str,
    /// The value of an expression where the step began, as `repr` has it.
    pub before: Option<&'a Before<'a>>,
}

/// The value of an expression where a step began, as `repr` has it.
pub type Before<'a> = dyn Fn(&str) -> Result<String, String> + 'a;

impl Facts<'_> {
    /// The value of an expression, as `repr` has it.
    ///
    /// # Errors
    ///
    /// The exception, as the last line of a traceback says it.
    pub fn value(&self, expression: &str) -> Result<String, String> {
        let Some((depth, _)) = self.vm.top_python_frame() else { return Err("no frame is left to ask in".into()) };
        let mut copy = self.vm.clone();
        copy.request = None;
        copy.take_output();
        copy.heap.collector.enabled = false;
        self.add_names(&mut copy, depth, expression)?;
        evaluate::evaluate_on(&mut copy, depth, expression).map(|value| value.text)
    }

    /// Whether an expression is true.
    ///
    /// # Errors
    ///
    /// As of [`Facts::value`].
    pub fn holds(&self, expression: &str) -> Result<bool, String> {
        self.value(&format!("bool({expression}\n)")).map(|value| value == "True")
    }

    fn add_names(&self, copy: &mut Vm, depth: usize, expression: &str) -> Result<(), String> {
        let vm = self.vm;
        // Only what the expression may mean: the rest takes time and does nothing.
        let wants = |name: &str| expression.contains(name);
        if !NAMES.iter().any(|(name, _)| wants(name.split('(').next().unwrap_or(name))) {
            return Ok(());
        }
        let namespace = copy.new_dict();
        let builtins = copy.builtins;
        copy.incref(builtins);
        copy.dict_set_text(namespace, "__builtins__", builtins);
        let mut source = String::new();
        let mut put = |name: &str, value: &str| {
            if wants(name) {
                let _ = writeln!(source, "{name} = {value}");
            }
        };
        put("NULL", "'NULL'");
        let level = Level::of(vm, depth);
        if let Some(python) = &level.python {
            let unit = vm.unit_at(python.unit as usize);
            let live = vm.units[python.unit as usize].op;
            put("opcode", &quoted(unit.op.name()));
            put("adaptive_opcode", &quoted(live.name()));
            put("oparg", &unit.short.to_string());
            put("offset", &python.offset().to_string());
            put("line", &python.position().line.unwrap_or(0).to_string());
            let start = python.stack_start();
            let items: Vec<ObjRef> = vm.stack[start..python.sp.max(start)]
                .iter()
                .map(|item| match item {
                    Some(object) => {
                        copy.incref(*object);
                        *object
                    }
                    None => copy.new_interned("NULL"),
                })
                .collect();
            let stack = copy.new_list(items);
            copy.dict_set_text(namespace, "stack", stack);
        }
        let frames: Vec<&str> =
            (0..vm.frames.len()).filter_map(|depth| Level::of(vm, depth).python.map(|python| &*python.code.code.qualname)).collect();
        put("frames", &list_of(&frames));
        put("function", &quoted(frames.last().copied().unwrap_or_default()));
        put("depth", &frames.len().to_string());
        put("step", &vm.steps().to_string());
        let raised =
            vm.last_raised.filter(|&ty| vm.heap.is_alive(ty)).map_or(String::new(), |ty| vm.heap.type_of_type(ty).name.to_string());
        put("raised", &quoted(&raised));
        put("output", &quoted(self.output));
        let counts = [0, 1, 2].map(|generation| vm.heap.collector.generations[generation].count);
        put("gc_count", &format!("{counts:?}"));
        put("collections", &vm.collections.len().to_string());
        put("address", "id");
        if wants("capacity") {
            source.push_str("def capacity(x):\n  if type(x) is not list: raise TypeError('capacity() is for lists')\n");
            source.push_str("  return (x.__sizeof__() - 40) // 8\n");
        }
        if wants("refcount") {
            source.push_str("def refcount(x): return counts.get(id(x), 0)\n");
            let counts = copy.new_dict();
            for (object, slot) in vm.heap.iter() {
                let (address, count) = (vm.address(object), slot.refcount());
                self.put(copy, counts, address, count.into());
            }
            copy.dict_set_text(namespace, "counts", counts);
        }
        if wants("tracked") {
            source.push_str("def tracked(x): return id(x) in tracked_addresses\n");
            let addresses = copy.new_dict();
            for (object, _) in vm.heap.iter().filter(|(object, _)| vm.heap.collector.is_tracked(*object)) {
                self.put(copy, addresses, vm.address(object), 1);
            }
            copy.dict_set_text(namespace, "tracked_addresses", addresses);
        }
        self.add_before(&mut source, expression)?;
        evaluate::define_on(copy, namespace, &source)?;
        let mut names = Vec::new();
        for name in NAMES.iter().map(|(name, _)| name.split('(').next().unwrap_or(name)) {
            if let Some(value) = copy.dict_get_text(namespace, name) {
                copy.incref(value);
                copy.dict_set_text(builtins, name, value);
                names.push(name);
            }
        }
        // `vm.line`, whatever the program calls a line.
        if wants("vm.") {
            let pairs: Vec<String> = names.iter().map(|name| format!("{name}={name}")).collect();
            let source = format!("class vm:\n  pass\nfor name, value in dict({}).items(): setattr(vm, name, value)\n", pairs.join(", "));
            evaluate::define_on(copy, namespace, &source)?;
            if let Some(value) = copy.dict_get_text(namespace, "vm") {
                copy.incref(value);
                copy.dict_set_text(builtins, "vm", value);
            }
        }
        Ok(())
    }

    /// `before("EXPR")`: the values are looked up beforehand.
    fn add_before(&self, source: &mut String, expression: &str) -> Result<(), String> {
        let mut known = Vec::new();
        let mut rest = expression;
        while let Some((_, after)) = rest.split_once("before(") {
            rest = after;
            let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
            let Some((text, _)) = after[1..].split_once(quote) else { continue };
            let Some(before) = self.before else { return Err(format!("there is no moment before for before({text:?})")) };
            known.push(format!("{}: ({})", quoted(text), before(text)?));
        }
        if known.is_empty() {
            return Ok(());
        }
        let _ = writeln!(source, "befores = {{{}}}\ndef before(text): return befores[text]", known.join(", "));
        Ok(())
    }

    fn put(&self, copy: &mut Vm, dict: ObjRef, key: u64, value: u64) {
        let (key, value) = (copy.new_int(key as i64), copy.new_int(value as i64));
        // On a copy that is thrown away nobody minds a reference too many.
        let _ = copy.dict_set_now(dict, key, value);
    }
}

/// A text as a Python literal.
pub fn quoted(text: &str) -> String {
    crate::text::repr::str_repr(&text.into()).to_string_lossy()
}

fn list_of(texts: &[&str]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}
