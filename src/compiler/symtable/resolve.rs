//! Resolution: from "assigned here, used there" to local, global, cell and free.
//!
//! A name is looked for in the functions around a block, never in the classes. What a child leaves free becomes a cell of
//! the function that binds it, and is passed on by the blocks between. Counterpart in CPython 3.11: `analyze_block`.

use std::{collections::HashSet, hash::BuildHasherDefault};

use rustc_hash::FxHasher;

use super::{BlockType, NameMap, Scope, ScopeId, Symbol, SymbolTable, def};
use crate::{
    compiler::{Result, cfg::Loc, error_at},
    syntax::ast::Identifier,
};

type Names = HashSet<Identifier, BuildHasherDefault<FxHasher>>;

pub fn resolve(table: &mut SymbolTable) -> Result<()> {
    let (mut free, mut global) = (Names::default(), Names::default());
    block(table, SymbolTable::TOP, None, &mut free, &mut global)
}

/// Resolves one block and those in it. `bound`: names of the functions around; `free`: receives what stays open.
fn block(table: &mut SymbolTable, id: ScopeId, mut bound: Option<Names>, free: &mut Names, global: &mut Names) -> Result<()> {
    let kind = table[id].block;
    let mut local = Names::default();
    let mut scopes: NameMap<Scope> = NameMap::default();
    let (mut inner_bound, mut inner_global, mut inner_free) = (Names::default(), Names::default(), Names::default());
    // A class body's own names don't reach its methods, so the sets are filled before they are looked at.
    if kind == BlockType::Class {
        inner_global.extend(global.iter().cloned());
        inner_bound.extend(bound.iter().flatten().cloned());
    }
    for name in table[id].order.clone() {
        let flags = table[id].symbols[&name].flags;
        let scope = one_name(table, id, &name, flags, &mut bound, &mut local, free, global)?;
        scopes.insert(name, scope);
    }
    if kind == BlockType::Class {
        inner_bound.insert("__class__".into());
    } else {
        if kind == BlockType::Function {
            inner_bound.extend(local.iter().cloned());
        }
        inner_bound.extend(bound.iter().flatten().cloned());
        inner_global.extend(global.iter().cloned());
    }
    for child in table[id].children.clone() {
        block(table, child, Some(inner_bound.clone()), &mut inner_free, &mut inner_global.clone())?;
    }
    match kind {
        BlockType::Function => {
            for (name, scope) in &mut scopes {
                if *scope == Scope::Local && inner_free.remove(name) {
                    *scope = Scope::Cell;
                }
            }
        }
        BlockType::Class => table[id].needs_class_closure = inner_free.remove("__class__"),
        BlockType::Module | BlockType::Annotation => {}
    }
    record(table, id, &scopes, bound.as_ref(), &inner_free);
    free.extend(inner_free);
    Ok(())
}

#[allow(clippy::too_many_arguments)]
fn one_name(
    table: &SymbolTable,
    id: ScopeId,
    name: &Identifier,
    flags: u16,
    bound: &mut Option<Names>,
    local: &mut Names,
    free: &mut Names,
    global: &mut Names,
) -> Result<Scope> {
    let error = |msg: String| Err(error_at(directive(table, id, name), msg));
    if flags & def::GLOBAL != 0 {
        if flags & def::NONLOCAL != 0 {
            return error(format!("name '{name}' is nonlocal and global"));
        }
        global.insert(name.clone());
        if let Some(bound) = bound {
            bound.remove(name);
        }
        return Ok(Scope::GlobalExplicit);
    }
    if flags & def::NONLOCAL != 0 {
        match bound {
            None => return error("nonlocal declaration not allowed at module level".into()),
            Some(bound) if !bound.contains(name) => return error(format!("no binding for nonlocal '{name}' found")),
            Some(_) => {}
        }
        free.insert(name.clone());
        return Ok(Scope::Free);
    }
    if flags & def::BOUND != 0 {
        local.insert(name.clone());
        global.remove(name);
        return Ok(Scope::Local);
    }
    if bound.as_ref().is_some_and(|bound| bound.contains(name)) {
        free.insert(name.clone());
        return Ok(Scope::Free);
    }
    Ok(Scope::GlobalImplicit)
}

/// Writes the scopes down, and passes free names of the children through this block.
fn record(table: &mut SymbolTable, id: ScopeId, scopes: &NameMap<Scope>, bound: Option<&Names>, free: &Names) {
    let entry = &mut table[id];
    for (name, scope) in scopes {
        if let Some(symbol) = entry.symbols.get_mut(name) {
            symbol.scope = *scope;
        }
    }
    for name in free {
        if let Some(symbol) = entry.symbols.get_mut(name) {
            if entry.block == BlockType::Class && symbol.flags & (def::BOUND | def::GLOBAL) != 0 {
                symbol.flags |= def::FREE_CLASS;
            }
        } else if bound.is_none_or(|bound| bound.contains(name)) {
            entry.symbols.insert(name.clone(), Symbol { flags: 0, scope: Scope::Free });
            entry.order.push(name.clone());
        }
    }
}

fn directive(table: &SymbolTable, id: ScopeId, name: &Identifier) -> Loc {
    table[id].directives.iter().find(|(n, _)| n == name).map_or(Loc::NONE, |(_, loc)| *loc)
}
