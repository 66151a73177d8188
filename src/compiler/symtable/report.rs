//! Symbol tables as CPython's `symtable` module tells them, as JSON and as text.
//!
//! The answers are those of the module's methods, quirks included: a function called `top` counts as a module, and the tables are
//! those of the tree before constants are folded. Names are sorted, parameters stand in the order of the frame.
//!
//! `def f(x): return y` has in the block `f` the symbols `x` (parameter, assigned nowhere, local) and `y` (referenced, global).
//! Counterpart in CPython 3.11: `Lib/symtable.py`.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::{BlockType, Entry, Scope, ScopeId, Symbol, SymbolTable, build, def};
use crate::{compiler::future, syntax::ast::Mod, syntax::error::SyntaxError};

/// The tables of a tree that has just been parsed.
pub fn tables(module: &Mod) -> Result<SymbolTable, SyntaxError> {
    let table = future::scan(module).and_then(|future| build(module, &future));
    table.map_err(|error| *error)
}

/// The table of one block and of all in it.
pub fn document(table: &SymbolTable, id: ScopeId) -> Value {
    let entry = &table[id];
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.into(), value);
    put("type", json!(type_of(entry)));
    put("name", json!(&*entry.name));
    put("lineno", json!(entry.lineno));
    put("optimized", json!(entry.block == BlockType::Function));
    put("nested", json!(entry.nested));
    match entry.block {
        BlockType::Function => {
            put("parameters", entry.varnames.iter().map(|name| json!(&**name)).collect());
            put("locals", matching(entry, is_local));
            put("globals", matching(entry, is_global));
            put("nonlocals", matching(entry, |symbol| symbol.flags & def::NONLOCAL != 0));
            put("frees", matching(entry, |symbol| symbol.scope == Scope::Free));
        }
        BlockType::Class => {
            put("methods", methods(table, entry));
        }
        BlockType::Module | BlockType::Annotation => {}
    }
    let symbols: Map<String, Value> =
        sorted(entry).into_iter().map(|(name, symbol)| (name.into(), json!(properties(table, entry, name, symbol)))).collect();
    put("symbols", Value::Object(symbols));
    put("children", entry.children.iter().map(|child| document(table, *child)).collect());
    Value::Object(out)
}

/// The same for people: an indented line a block and a symbol.
pub fn text(table: &SymbolTable) -> String {
    let mut out = String::new();
    block_text(table, SymbolTable::TOP, 0, &mut out);
    out
}

fn block_text(table: &SymbolTable, id: ScopeId, depth: usize, out: &mut String) {
    let entry = &table[id];
    let indent = "    ".repeat(depth);
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{indent}{}", heading(entry));
    let width = entry.symbols.keys().map(|name| name.chars().count()).max().unwrap_or(0);
    for (name, properties) in symbols(table, id) {
        let _ = writeln!(out, "{indent}  {name:<width$}  {properties}");
    }
    entry.children.iter().for_each(|child| block_text(table, *child, depth + 1, out));
}

/// `function f (line 3, nested)`
pub fn heading(entry: &Entry) -> String {
    let nested = if entry.nested { ", nested" } else { "" };
    format!("{} {} (line {}{nested})", type_of(entry), entry.name, entry.lineno)
}

/// The names of a block in alphabetical order, each with what is true of it: `referenced, local`.
pub fn symbols(table: &SymbolTable, id: ScopeId) -> Vec<(&str, String)> {
    let entry = &table[id];
    sorted(entry).into_iter().map(|(name, symbol)| (name, properties(table, entry, name, symbol).join(", "))).collect()
}

fn type_of(entry: &Entry) -> &'static str {
    match entry.block {
        BlockType::Function | BlockType::Annotation => "function",
        BlockType::Class => "class",
        BlockType::Module => "module",
    }
}

fn sorted(entry: &Entry) -> Vec<(&str, Symbol)> {
    let mut symbols: Vec<(&str, Symbol)> = entry.symbols.iter().map(|(name, symbol)| (&**name, *symbol)).collect();
    symbols.sort_by_key(|(name, _)| *name);
    symbols
}

fn matching(entry: &Entry, test: impl Fn(Symbol) -> bool) -> Value {
    sorted(entry).into_iter().filter(|(_, symbol)| test(*symbol)).map(|(name, _)| json!(name)).collect()
}

fn methods(table: &SymbolTable, entry: &Entry) -> Value {
    let mut names: Vec<&str> = Vec::new();
    for child in &entry.children {
        let name = &*table[*child].name;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    json!(names)
}

fn is_local(symbol: Symbol) -> bool {
    matches!(symbol.scope, Scope::Local | Scope::Cell)
}

fn is_global(symbol: Symbol) -> bool {
    matches!(symbol.scope, Scope::GlobalExplicit | Scope::GlobalImplicit)
}

/// The `is_*()` methods that answer True, without their `is_`.
fn properties(table: &SymbolTable, entry: &Entry, name: &str, symbol: Symbol) -> Vec<&'static str> {
    let bound_in_module = &*entry.name == "top" && symbol.flags & def::BOUND != 0;
    let flag = |bits: u16| symbol.flags & bits != 0;
    let answers = [
        ("referenced", flag(def::USE)),
        ("parameter", flag(def::PARAM)),
        ("global", is_global(symbol) || bound_in_module),
        ("nonlocal", flag(def::NONLOCAL)),
        ("declared_global", symbol.scope == Scope::GlobalExplicit),
        ("local", is_local(symbol) || bound_in_module),
        ("annotated", flag(def::ANNOT)),
        ("free", symbol.scope == Scope::Free),
        ("imported", flag(def::IMPORT)),
        ("assigned", flag(def::LOCAL)),
        ("namespace", entry.children.iter().any(|child| &*table[*child].name == name)),
    ];
    answers.into_iter().filter(|(_, answer)| *answer).map(|(method, _)| method).collect()
}
