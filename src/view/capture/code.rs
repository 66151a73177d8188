//! Finds the code objects that are alive, and takes one apart: its fields, the functions made of it, the frames that run it.
//!
//! Finding them looks at the type of every slot of the heap the first time, and then at those that have been touched.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Level, Listings, Scene, Scribe, layout::layout};
use crate::{
    bytecode::{
        code::{
            CO_ASYNC_GENERATOR, CO_COROUTINE, CO_FAST_CELL, CO_FAST_FREE, CO_FAST_LOCAL, CO_GENERATOR, CO_NEWLOCALS, CO_OPTIMIZED,
            CodeObject,
        },
        exctable, linetable,
        opcode::Op,
    },
    heap::{ObjRef, Watcher},
    objects::{
        Body, Objects,
        code::Code,
        core_types::{CODE, FUNCTION, RESERVED},
        function::Function,
    },
    view::{
        ViewRequest,
        code::{CodeDetail, CodeField, CodeRow, CodeSection, CodeTarget, CodeView, flag_words},
    },
    vm::{Vm, frame::Receive},
};

/// The code objects and functions at one instant, in the order of their slots.
#[derive(Default)]
pub struct CodeIndex {
    watcher: Watcher,
    /// The slots that there were.
    end: u32,
    /// with their birth numbers
    codes: BTreeMap<ObjRef, u32>,
    functions: FxHashMap<ObjRef, BTreeSet<ObjRef>>,
    /// What each function was made of.
    made_of: FxHashMap<ObjRef, ObjRef>,
    /// Those that no other one contains, once somebody wants to know; until there are others.
    roots: OnceCell<Vec<ObjRef>>,
}

/// So many code objects are listed.
const MOST_ROWS: usize = 1000;
/// So many functions and frames of one code object are taken apart.
const MOST: usize = 8;

impl CodeIndex {
    fn look(&mut self, vm: &Vm) {
        match self.watcher.look(&vm.heap) {
            Some(slots) => slots.into_iter().for_each(|slot| self.look_at(vm, slot)),
            None => {
                (self.codes, self.functions, self.made_of, self.roots) = Default::default();
                (0..vm.heap.capacity() as u32).for_each(|slot| self.look_at(vm, slot));
            }
        }
        let end = vm.heap.capacity() as u32;
        if std::mem::replace(&mut self.end, end) > end {
            // The heap of an earlier instant is smaller.
            let gone = ObjRef::new(end);
            drop(self.codes.split_off(&gone));
            self.roots.take();
            let functions: Vec<ObjRef> = self.made_of.keys().copied().filter(|&it| it >= gone).collect();
            functions.into_iter().for_each(|function| self.forget(function));
        }
    }

    fn look_at(&mut self, vm: &Vm, slot: u32) {
        if slot <= RESERVED {
            return;
        }
        let object = ObjRef::new(slot);
        let ty = vm.heap.is_alive(object).then(|| vm.ty(object));
        let birth = (ty == Some(CODE)).then(|| vm.heap.birth(object));
        let known = match birth {
            Some(birth) => self.codes.insert(object, birth),
            None => self.codes.remove(&object),
        };
        if known != birth {
            self.roots.take();
        }
        let code = match ty {
            Some(FUNCTION) => match vm.heap.body(object) {
                Body::Function(function) => Some(function.code),
                _ => None,
            },
            _ => None,
        };
        if self.made_of.get(&object).copied() != code {
            self.forget(object);
            if let Some(code) = code {
                self.made_of.insert(object, code);
                self.functions.entry(code).or_default().insert(object);
            }
        }
    }

    fn forget(&mut self, function: ObjRef) {
        if let Some(code) = self.made_of.remove(&function)
            && let Some(functions) = self.functions.get_mut(&code)
        {
            functions.remove(&function);
        }
    }
}

pub(super) fn capture(
    scene: &Scene<'_>,
    level: Option<&Level<'_>>,
    chosen: Option<ObjRef>,
    index: &mut CodeIndex,
    listings: &mut Listings,
    request: &ViewRequest,
) -> CodeView {
    let width = request.value_width;
    index.look(scene.vm);
    let chosen = chosen.filter(|&object| scene.vm.heap.is_alive(object));
    if let Some((object, code)) = chosen.and_then(|object| Some((object, code_of(scene.vm, object)?))) {
        let detail = Detail { scene, scribe: scene.scribe(), object, code, width };
        let running = level.and_then(|level| level.python).filter(|python| python.frame.code == object);
        let listing = listings.of(&code.code);
        return CodeView {
            chosen: Some(CodeDetail {
                name: code.code.qualname.to_string(),
                forms: super::forms::rows(scene, code, &listing, request.forms),
                listing,
                next: running.map(|python| python.offset()),
                sections: detail.sections(index, level),
                tables: vec![detail.lines(), detail.handlers()],
            }),
            ..CodeView::default()
        };
    }
    let current = level.and_then(|level| level.python).map(|python| python.frame.code);
    let tree = Tree { vm: scene.vm, index, current, main: main_file(scene.vm) };
    tree.view()
}

fn code_of(vm: &Vm, object: ObjRef) -> Option<&Code> {
    match vm.heap.body(object) {
        Body::Code(code) => Some(code),
        _ => None,
    }
}

/// The program's file: that of the outermost frame, or of the first function that `__main__` defines.
fn main_file(vm: &Vm) -> Option<String> {
    let outermost = (0..vm.frames.len()).find_map(|depth| vm.python_frame(depth));
    if let Some(code) = outermost.and_then(|frame| code_of(vm, frame.code)) {
        return Some(code.code.filename.to_string());
    }
    let file = vm.dict_get_text(super::main_globals(vm)?, "__file__")?;
    Some(vm.heap.str(file)?.to_string_lossy())
}

/// `generator`, `class body`, …
fn kind(code: &CodeObject) -> &'static str {
    match (code.flags, &*code.name) {
        (_, "<module>") => "module",
        (_, "<lambda>") => "lambda",
        (_, "<listcomp>" | "<setcomp>" | "<dictcomp>") => "comprehension",
        (_, "<genexpr>") => "generator expression",
        (flags, _) if flags & CO_ASYNC_GENERATOR != 0 => "async generator",
        (flags, _) if flags & CO_COROUTINE != 0 => "coroutine",
        (flags, _) if flags & CO_GENERATOR != 0 => "generator",
        (flags, _) if flags & (CO_OPTIMIZED | CO_NEWLOCALS) == 0 => "class body",
        _ => "function",
    }
}

struct Tree<'a> {
    vm: &'a Vm,
    index: &'a CodeIndex,
    current: Option<ObjRef>,
    main: Option<String>,
}

impl Tree<'_> {
    fn view(&self) -> CodeView {
        let mut view = CodeView::default();
        let roots = self.index.roots.get_or_init(|| {
            let nested: FxHashSet<ObjRef> = self.index.codes.keys().flat_map(|&code| self.children(code)).collect();
            self.index.codes.keys().copied().filter(|code| !nested.contains(code)).collect()
        });
        let mut roots: Vec<(bool, &CodeObject, ObjRef)> = roots
            .iter()
            .filter_map(|&object| Some((object, &*code_of(self.vm, object)?.code)))
            .map(|(object, code)| (self.main.as_deref() != Some(&*code.filename), code, object))
            .collect();
        roots.sort_by_key(|(is_foreign, code, object)| (*is_foreign, code.filename.clone(), code.firstlineno, *object));
        for (is_foreign, _, object) in roots {
            self.add(object, 0, is_foreign, &mut view);
        }
        view
    }

    fn children(&self, code: ObjRef) -> impl Iterator<Item = ObjRef> + '_ {
        let consts = code_of(self.vm, code).and_then(|code| self.vm.heap.tuple(code.consts)).unwrap_or_default();
        consts.iter().copied().filter(|&object| self.vm.ty(object) == CODE)
    }

    /// Of other files only what nothing else contains is listed.
    fn add(&self, object: ObjRef, depth: usize, is_foreign: bool, view: &mut CodeView) {
        let Some(record) = code_of(self.vm, object) else { return };
        let code = &record.code;
        if view.rows.len() >= MOST_ROWS {
            view.omitted += 1;
            return;
        }
        let frames = (0..self.vm.frames.len()).filter(|&it| self.vm.python_frame(it).is_some_and(|frame| frame.code == object));
        view.rows.push(CodeRow {
            depth,
            name: if depth == 0 { code.qualname.to_string() } else { code.name.to_string() },
            kind: kind(code),
            file: code.filename.rsplit('/').next().unwrap_or_default().to_owned(),
            line: code.firstlineno,
            instructions: record.tables.offsets.len(),
            functions: self.index.functions.get(&object).map_or(0, BTreeSet::len),
            frames: frames.count(),
            is_current: self.current == Some(object),
            slot: object.index(),
        });
        for child in self.children(object) {
            match is_foreign || depth > 32 {
                true => view.omitted += 1,
                false => self.add(child, depth + 1, false, view),
            }
        }
    }
}

/// One code object under the magnifying glass.
struct Detail<'a> {
    scene: &'a Scene<'a>,
    scribe: Scribe<'a>,
    object: ObjRef,
    code: &'a Code,
    width: usize,
}

/// A field with an offset.
fn at(offset: i64, name: impl Into<String>, text: impl Into<String>) -> CodeField {
    CodeField { offset: Some(offset), name: name.into(), text: text.into(), target: None }
}

/// One that is computed, or an item of a field.
fn free(name: impl Into<String>, text: impl Into<String>) -> CodeField {
    CodeField { name: name.into(), text: text.into(), ..CodeField::default() }
}

impl Detail<'_> {
    fn sections(&self, index: &CodeIndex, level: Option<&Level<'_>>) -> Vec<CodeSection> {
        let mut sections = vec![self.code_object()];
        let functions = index.functions.get(&self.object);
        sections.extend(functions.into_iter().flatten().take(MOST).filter_map(|&function| self.function(function)));
        if let Some(more) = functions.and_then(|functions| functions.len().checked_sub(MOST)).filter(|&more| more > 0) {
            sections.push(CodeSection { title: format!("{more} more function objects"), fields: Vec::new() });
        }
        let vm = self.scene.vm;
        let mut depths: Vec<usize> =
            (0..vm.frames.len()).rev().filter(|&depth| vm.python_frame(depth).is_some_and(|frame| frame.code == self.object)).collect();
        // The frame that is looked at is the first.
        let selected = level.map(|level| level.depth);
        depths.sort_by_key(|&depth| Some(depth) != selected);
        sections.extend(depths.iter().take(MOST).filter_map(|&depth| self.frame(depth)));
        if depths.len() > MOST {
            sections.push(CodeSection { title: format!("{} more frames run it", depths.len() - MOST), fields: Vec::new() });
        }
        sections
    }

    fn object_field(&self, offset: Option<i64>, name: impl Into<String>, object: Option<ObjRef>) -> CodeField {
        let Some(object) = object else { return CodeField { offset, name: name.into(), text: "NULL".into(), target: None } };
        let mut text = self.scribe.text(object, self.width.min(100));
        if let Some(serial) = self.scribe.serial(object).filter(|_| !text.contains('#')) {
            text += &format!(" #{serial}");
        }
        let target = match self.scene.vm.ty(object) {
            CODE => CodeTarget::Code(object.index()),
            _ => CodeTarget::Object(object.index()),
        };
        CodeField { offset, name: name.into(), text, target: Some(target) }
    }

    fn code_object(&self) -> CodeSection {
        let (code, data) = (self.code, &*self.code.code);
        let vm = self.scene.vm;
        let (cells, frees) = (data.cellvars().count(), data.freevars().count());
        let plain_cells = data.localspluskinds.iter().filter(|&&kind| kind & CO_FAST_CELL != 0 && kind & CO_FAST_LOCAL == 0).count();
        let consts = vm.heap.tuple(code.consts).unwrap_or_default();
        let mut fields = vec![
            at(0, "ob_refcnt", vm.heap.refcount(self.object).to_string()),
            at(16, "ob_size", format!("{} code units of two bytes", data.code.len() / 2)),
            at(24, "co_consts", counted(consts.len(), "constant")),
        ];
        fields.extend(consts.iter().enumerate().map(|(i, &value)| self.object_field(None, format!("[{i}]"), Some(value))));
        fields.push(at(32, "co_names", counted(data.names.len(), "name")));
        fields.extend(data.names.iter().enumerate().map(|(i, name)| free(format!("[{i}]"), &**name)));
        fields.extend([
            at(
                40,
                "co_exceptiontable",
                format!("{} bytes, {} entries", data.exceptiontable.len(), exctable::decode(&data.exceptiontable).count()),
            ),
            at(48, "co_flags", flag_words(data.flags)),
            at(56, "co_argcount", data.argcount.to_string()),
            at(60, "co_posonlyargcount", data.posonlyargcount.to_string()),
            at(64, "co_kwonlyargcount", data.kwonlyargcount.to_string()),
            at(68, "co_stacksize", data.stacksize.to_string()),
            at(72, "co_firstlineno", data.firstlineno.to_string()),
            at(76, "co_nlocalsplus", data.nlocalsplus().to_string()),
            at(80, "co_nlocals", data.nlocals().to_string()),
            at(84, "co_nplaincellvars", plain_cells.to_string()),
            at(88, "co_ncellvars", cells.to_string()),
            at(92, "co_nfreevars", frees.to_string()),
            at(96, "co_localsplusnames", format!("{}, co_localspluskinds at 104", counted(data.nlocalsplus(), "slot"))),
        ]);
        for (i, (name, &kinds)) in data.localsplusnames.iter().zip(&data.localspluskinds).enumerate() {
            let words = [(CO_FAST_LOCAL, "local"), (CO_FAST_CELL, "cell"), (CO_FAST_FREE, "free")];
            let words: Vec<_> = words.iter().filter(|(bit, _)| kinds & bit != 0).map(|(_, word)| *word).collect();
            fields.push(free(format!("[{i}]"), format!("{name}  {}", words.join(", "))));
        }
        fields.extend([
            at(112, "co_filename", &*data.filename),
            at(120, "co_name", &*data.name),
            at(128, "co_qualname", &*data.qualname),
            at(136, "co_linetable", format!("{} bytes", data.linetable.len())),
            at(184, "co_code_adaptive", format!("{} bytes", data.code.len())),
        ]);
        let names = |names: &mut dyn Iterator<Item = &std::sync::Arc<str>>| match names.map(|name| format!("'{name}'")).collect::<Vec<_>>()
        {
            names if names.len() == 1 => format!("({},)", names[0]),
            names => format!("({})", names.join(", ")),
        };
        fields.extend([
            free("co_varnames", names(&mut data.varnames())),
            free("co_cellvars", names(&mut data.cellvars())),
            free("co_freevars", names(&mut data.freevars())),
        ]);
        let serial = self.scribe.serial(self.object).map_or(String::new(), |serial| format!(" #{serial}"));
        let title = format!("PyCodeObject {}{serial}, a {}, at {:#x}", data.qualname, kind(data), vm.address(self.object));
        CodeSection { title, fields }
    }

    fn function(&self, object: ObjRef) -> Option<CodeSection> {
        let vm = self.scene.vm;
        let Body::Function(function) = vm.heap.body(object) else { return None };
        let block = layout(vm, self.scene.base, object).blocks.into_iter().next()?;
        let mut fields = Vec::new();
        for field in block.fields.into_iter().filter(|field| field.offset >= 0) {
            let held = held(function, &field.name);
            fields.push(match field.name.as_str() {
                "vectorcall" => at(field.offset, field.name, "_PyFunction_Vectorcall"),
                "func_version" => continue,
                "func_globals" => {
                    let module = vm.dict_get_text(function.globals, "__name__").map(|name| self.scribe.text(name, 40));
                    let text = module.map_or_else(|| "a dict".into(), |module| format!("the names of module {module}"));
                    CodeField { text, ..self.object_field(Some(field.offset), field.name, Some(function.globals)) }
                }
                _ if held.is_some() => self.object_field(Some(field.offset), field.name, held),
                _ => at(field.offset, field.name, field.text),
            });
            if held.is_some()
                && held == function.closure
                && let Body::Tuple(cells) = vm.heap.body(function.closure?)
            {
                for (&cell, name) in cells.iter().zip(self.code.code.freevars()) {
                    let content = if let Body::Cell(content) = vm.heap.body(cell) { *content } else { None };
                    fields.push(CodeField {
                        text: content.map_or("an empty cell".into(), |it| format!("cell: {}", self.scribe.text(it, 60))),
                        ..self.object_field(None, format!("  {name}"), Some(cell))
                    });
                }
            }
        }
        let serial = self.scribe.serial(object).map_or(String::new(), |serial| format!(" #{serial}"));
        Some(CodeSection {
            title: format!("PyFunctionObject {}{serial}, at {:#x}", vm.name_text(function.qualname), vm.address(object)),
            fields,
        })
    }

    fn frame(&self, depth: usize) -> Option<CodeSection> {
        let vm = self.scene.vm;
        let python = Level::of(vm, depth).python?;
        let frame = python.frame;
        let is_running = depth + 1 == vm.frames.len();
        let locals = self.code.nlocalsplus as usize;
        let height = python.sp - python.stack_start();
        let previous = match depth.checked_sub(1) {
            None => "NULL: the outermost frame".into(),
            Some(below) => match Level::of(vm, below).python {
                Some(below) => below.code.code.qualname.to_string(),
                None => format!("of native code: {}", super::call_stack::native_name(vm, below)),
            },
        };
        let calls = vm.frames.get(depth + 1).is_some_and(|above| above.receive == Receive::Call);
        let prev_instr = match is_running {
            true => format!("what ran last; offset {} is next", python.offset()),
            false => format!("offset {}", python.offset() + if calls { 2 * Op::CALL.caches() as u32 } else { 0 }),
        };
        let stacktop = match is_running {
            true => format!("-1: in a register while it runs; {} slots are in use", locals + height),
            false => (locals + height).to_string(),
        };
        let owner = match frame.generator {
            Some(_) => "1 FRAME_OWNED_BY_GENERATOR",
            None => "0 FRAME_OWNED_BY_THREAD",
        };
        let mut fields = vec![
            match frame.func {
                None => at(0, "f_func", "made for this run of the body"),
                func => self.object_field(Some(0), "f_func", func),
            },
            self.object_field(Some(8), "f_globals", Some(frame.globals)),
            self.object_field(Some(16), "f_builtins", Some(frame.builtins)),
            self.object_field(Some(24), "f_locals", frame.locals),
            self.object_field(Some(32), "f_code", Some(frame.code)),
            self.object_field(Some(40), "frame_obj", frame.object),
            at(48, "previous", previous),
            at(56, "prev_instr", prev_instr),
            at(64, "stacktop", stacktop),
            at(
                68,
                "is_entry",
                if calls_into(vm, depth) { "0: CALL made it in the same loop" } else { "1: native code runs a loop for it" },
            ),
            at(69, "owner", owner),
            at(72, "localsplus", format!("{locals} variables, then the value stack: {height} of {}", self.code.stacksize)),
        ];
        for (i, slot) in vm.stack[frame.base as usize..python.sp].iter().enumerate() {
            let name = match self.code.code.localsplusnames.get(i) {
                Some(name) => format!("[{i}] {name}"),
                None => format!("[{i}] stack {}", i - locals),
            };
            fields.push(self.object_field(Some(72 + 8 * i as i64), name, *slot));
        }
        fields.push(free("f_lineno", python.position().line.map_or("None".into(), |line| line.to_string())));
        fields.push(free("f_lasti", if is_running { "what ran last".to_owned() } else { python.offset().to_string() }));
        if let Some(Body::Frame(object)) = frame.object.map(|object| vm.heap.body(object)) {
            fields.push(self.object_field(None, "f_trace", object.trace.function));
            fields.push(free("f_trace_lines", if object.trace.lines { "True" } else { "False" }));
        }
        let number = vm.frames.len() - 1 - depth;
        Some(CodeSection { title: format!("_PyInterpreterFrame of frame {number}"), fields })
    }

    /// The line table, entry by entry.
    fn lines(&self) -> CodeSection {
        let data = &self.code.code;
        let fields = linetable::decode(&data.linetable, data.firstlineno).map(|range| {
            let place = range.position;
            let text = match (place.line, place.end_line, place.col, place.end_col) {
                (None, ..) => "no line".into(),
                (Some(line), _, None, _) | (Some(line), _, _, None) => format!("line {line}, no columns"),
                (Some(line), Some(end), Some(col), Some(end_col)) if end != line => format!("line {line}:{col} to {end}:{end_col}"),
                (Some(line), _, Some(col), Some(end_col)) => format!("line {line}, columns {col} to {end_col}"),
            };
            free(format!("{} to {}", range.start, range.end.saturating_sub(2)), text)
        });
        CodeSection { title: format!("co_linetable, {} bytes", data.linetable.len()), fields: fields.collect() }
    }

    /// The exception table, entry by entry.
    fn handlers(&self) -> CodeSection {
        let data = &self.code.code;
        let fields = exctable::decode(&data.exceptiontable).map(|entry| {
            let lasti = if entry.lasti { ", the offset of the instruction is pushed first" } else { "" };
            free(
                format!("{} to {}", entry.start, entry.end.saturating_sub(2)),
                format!("handler at {}, stack cut to {}{lasti}", entry.target, entry.depth),
            )
        });
        CodeSection { title: format!("co_exceptiontable, {} bytes", data.exceptiontable.len()), fields: fields.collect() }
    }
}

/// `1 name`, `2 names`
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// CALL pushed the frame at a depth.
fn calls_into(vm: &Vm, depth: usize) -> bool {
    vm.frames[depth].receive == Receive::Call
}

/// What a field of a function refers to.
fn held(function: &Function, name: &str) -> Option<ObjRef> {
    match name {
        "func_globals" => Some(function.globals),
        "func_builtins" => Some(function.builtins),
        "func_name" => Some(function.name),
        "func_qualname" => Some(function.qualname),
        "func_code" => Some(function.code),
        "func_defaults" => function.defaults,
        "func_kwdefaults" => function.kwdefaults,
        "func_closure" => function.closure,
        "func_doc" => Some(function.doc),
        "func_dict" => function.dict,
        "func_module" => function.module,
        "func_annotations" => function.annotations,
        _ => None,
    }
}
