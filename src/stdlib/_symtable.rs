//! `_symtable`: the compiler's symbol tables as objects, which `symtable` puts questions to.
//!
//! A table is an object with `name`, `type`, `lineno`, `nested`, `symbols` (name → flags and scope), `varnames`, `children`.
//! `_symtable.symtable("x = 1", "f", "exec").symbols` is `{'x': 2050}`.
//! Counterpart in CPython 3.11: `Modules/symtablemodule.c`.

use crate::{
    builtins::{convert, functions::code},
    compiler::symtable::{BlockType, Scope, ScopeId, SymbolTable, def, report},
    heap::ObjRef,
    objects::core_types::*,
    syntax::Mode,
    vm::{
        Res, Vm,
        native::{Args, NativeDef as Def, Signature},
        raised::done,
    },
};

/// The scope stands above the flags.
const SCOPE_OFFSET: i64 = 11;

/// The class of a table, whose name no program can write.
const ENTRY: &str = "symtable entry";

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    super::add_class(
        vm,
        dict,
        super::NewClass {
            module: "_symtable",
            name: ENTRY,
            base: OBJECT,
            natives: vec![Def::wrapper("__repr__", Signature::None, repr)],
            slots: None,
        },
    );
    super::add_functions(vm, dict, "_symtable", vec![Def::function("symtable", Signature::Range(3, 3), symtable)]);
    let numbers = [
        ("USE", i64::from(def::USE)),
        ("DEF_GLOBAL", i64::from(def::GLOBAL)),
        ("DEF_NONLOCAL", i64::from(def::NONLOCAL)),
        ("DEF_LOCAL", i64::from(def::LOCAL)),
        ("DEF_PARAM", i64::from(def::PARAM)),
        ("DEF_IMPORT", i64::from(def::IMPORT)),
        ("DEF_BOUND", i64::from(def::BOUND)),
        ("DEF_ANNOT", i64::from(def::ANNOT)),
        ("TYPE_FUNCTION", 0),
        ("TYPE_CLASS", 1),
        ("TYPE_MODULE", 2),
        ("LOCAL", 1),
        ("GLOBAL_EXPLICIT", 2),
        ("GLOBAL_IMPLICIT", 3),
        ("FREE", 4),
        ("CELL", 5),
        ("SCOPE_OFF", SCOPE_OFFSET),
        ("SCOPE_MASK", 15),
    ];
    for (name, value) in numbers {
        let value = vm.new_int(value);
        vm.dict_set_text(dict, name, value);
    }
}

/// `<symtable entry f(2), line 1>`
fn repr(vm: &mut Vm, args: Args) -> Res {
    let entry = args.at(vm, 0);
    let mut shown = Vec::new();
    for field in ["name", "id", "lineno"] {
        let key = vm.new_interned(field);
        let found = vm.lookup_attribute_now(entry, key);
        vm.decref(key);
        let Some(value) = found? else { return Err(vm.type_error("a symbol table without its fields")) };
        let text = vm.str_now(value);
        vm.decref(value);
        shown.push(text?);
    }
    let [name, id, line] = [0, 1, 2].map(|i: usize| shown[i].to_string_lossy());
    let text = format!("<symtable entry {name}({id}), line {line}>");
    done(vm.new_str(text.as_str()))
}

fn symtable(vm: &mut Vm, args: Args) -> Res {
    let filename = code::filename_of(vm, args.at(vm, 1))?;
    let mode = match &*convert::text(vm, args.at(vm, 2), "symtable() argument 3")?.to_string_lossy() {
        "exec" => Mode::Exec,
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => return Err(vm.value_error("symtable() arg 3 must be 'exec' or 'eval' or 'single'")),
    };
    let tree = code::tree_of(vm, args.at(vm, 0), &filename, mode, "symtable")?;
    match report::tables(&tree) {
        Ok(table) => {
            let class = super::class_of_module(vm, "_symtable", ENTRY);
            let top = entry(vm, class, &table, SymbolTable::TOP);
            done(top)
        }
        Err(error) => Err(code::syntax_error(vm, &error, &filename)),
    }
}

fn entry(vm: &mut Vm, class: ObjRef, table: &SymbolTable, id: ScopeId) -> ObjRef {
    let block = &table[id];
    let symbols = vm.new_dict();
    for name in &block.order {
        let Some(symbol) = block.symbols.get(name) else { continue };
        let scope = match symbol.scope {
            Scope::Unknown => 0,
            Scope::Local => 1,
            Scope::GlobalExplicit => 2,
            Scope::GlobalImplicit => 3,
            Scope::Free => 4,
            Scope::Cell => 5,
        };
        let flags = vm.new_int(i64::from(symbol.flags) | scope << SCOPE_OFFSET);
        vm.dict_set_text(symbols, name, flags);
    }
    let names: Vec<ObjRef> = block.varnames.iter().map(|name| vm.new_interned(name)).collect();
    let children: Vec<ObjRef> = block.children.iter().map(|&child| entry(vm, class, table, child)).collect();
    let kind = match block.block {
        BlockType::Function | BlockType::Annotation => 0,
        BlockType::Class => 1,
        BlockType::Module => 2,
    };
    let fields = [
        ("name", vm.new_interned(&block.name)),
        ("type", vm.new_int(kind)),
        ("lineno", vm.new_int(i64::from(block.lineno))),
        ("nested", vm.new_int(i64::from(block.nested))),
        ("symbols", symbols),
        ("varnames", vm.new_list(names)),
        ("children", vm.new_list(children)),
    ];
    let made = vm.new_instance(class);
    let id = vm.address(made);
    let id = ("id", vm.new_int(id as i64));
    for (name, value) in [id].into_iter().chain(fields) {
        let key = vm.new_interned(name);
        vm.set_own_attr(made, key, value);
        vm.decref_all([key, value]);
    }
    made
}
