//! Symbol tables: one a block (module, class, function, lambda, comprehension), telling for each name what is done with it
//! and, after resolution, whether it is local, global, a cell or free.
//!
//! ```python
//! def f(x):           # x: parameter, and a cell because g uses it
//!     def g(): return x   # x: free
//! ```
//! Counterpart in CPython 3.11: `Python/symtable.c`.

use std::{collections::HashMap, hash::BuildHasherDefault, sync::Arc};

use rustc_hash::FxHasher;

use super::{Result, cfg::Loc, future::Future};
use crate::syntax::ast::{self, Identifier};

mod build;
pub mod report;
mod resolve;

/// What happens to a name in a block, as bits.
pub mod def {
    pub const GLOBAL: u16 = 1;
    pub const LOCAL: u16 = 2;
    pub const PARAM: u16 = 4;
    pub const NONLOCAL: u16 = 8;
    pub const USE: u16 = 16;
    /// Free in a method and also bound in the class body around it.
    pub const FREE_CLASS: u16 = 64;
    pub const IMPORT: u16 = 128;
    pub const ANNOT: u16 = 256;
    pub const COMP_ITER: u16 = 512;
    /// Gets a value here.
    pub const BOUND: u16 = LOCAL | PARAM | IMPORT;
}

/// Where a name lives, seen from one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Not resolved, or not a symbol of this block.
    Unknown,
    Local,
    GlobalExplicit,
    GlobalImplicit,
    Free,
    Cell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockType {
    Function,
    Class,
    Module,
    /// An annotation under `from __future__ import annotations`: it leaves no trace.
    Annotation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comprehension {
    No,
    List,
    Set,
    Dict,
    Generator,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ScopeId(pub u32);

#[derive(Clone, Copy, Debug)]
pub struct Symbol {
    pub flags: u16,
    pub scope: Scope,
}

pub type NameMap<V> = HashMap<Identifier, V, BuildHasherDefault<FxHasher>>;

/// The table of one block.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: Identifier,
    pub block: BlockType,
    /// Where the block begins: the line of its `def`, `class` or expression; 0 for a module.
    pub lineno: u32,
    pub symbols: NameMap<Symbol>,
    /// Names in the order in which they were first met.
    pub order: Vec<Identifier>,
    /// Parameters, in the order of the frame.
    pub varnames: Vec<Identifier>,
    pub children: Vec<ScopeId>,
    /// `global` and `nonlocal` statements, for error messages.
    directives: Vec<(Identifier, Loc)>,
    /// Inside a function, directly or not.
    pub nested: bool,
    pub generator: bool,
    pub coroutine: bool,
    pub comprehension: Comprehension,
    pub varargs: bool,
    pub varkeywords: bool,
    /// A method uses `__class__` or `super`.
    pub needs_class_closure: bool,
    comp_iter_target: bool,
    comp_iter_expr: u32,
}

impl Entry {
    /// Where `name` (already mangled) lives.
    pub fn scope_of(&self, name: &str) -> Scope {
        self.symbols.get(name).map_or(Scope::Unknown, |symbol| symbol.scope)
    }
}

/// The tables of a module; blocks are found by the address of their node.
#[derive(Clone, Debug)]
pub struct SymbolTable {
    pub entries: Vec<Entry>,
    by_node: HashMap<usize, ScopeId, BuildHasherDefault<FxHasher>>,
}

impl SymbolTable {
    pub const TOP: ScopeId = ScopeId(0);

    /// The block that a node opens. The tree must be the one that the table was built from.
    pub fn scope_for<T>(&self, node: &T) -> ScopeId {
        self.by_node.get(&address(node)).copied().unwrap_or(SymbolTable::TOP)
    }
}

impl std::ops::Index<ScopeId> for SymbolTable {
    type Output = Entry;

    fn index(&self, id: ScopeId) -> &Entry {
        &self.entries[id.0 as usize]
    }
}

impl std::ops::IndexMut<ScopeId> for SymbolTable {
    fn index_mut(&mut self, id: ScopeId) -> &mut Entry {
        &mut self.entries[id.0 as usize]
    }
}

/// Builds and resolves the tables of a module.
pub fn build(module: &ast::Mod, future: &Future) -> Result<SymbolTable> {
    let mut table = build::build(module, future)?;
    resolve::resolve(&mut table)?;
    Ok(table)
}

/// `__name` inside of `class C` is `_C__name`.
pub fn mangle(private: Option<&Identifier>, name: &Identifier) -> Identifier {
    let Some(class) = private else {
        return name.clone();
    };
    if !name.starts_with("__") || name.ends_with("__") || name.contains('.') {
        return name.clone();
    }
    let class = class.trim_start_matches('_');
    if class.is_empty() {
        return name.clone();
    }
    Arc::from(format!("_{class}{name}"))
}

fn address<T>(node: &T) -> usize {
    std::ptr::from_ref(node).addr()
}
