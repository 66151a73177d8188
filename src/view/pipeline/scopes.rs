//! Symbol tables in rows, tied to the source: a block to its `def`, a symbol to every place where its name stands in that block.
//!
//! A symbol table has no places; they are found by walking the tree with the rules of the symbol table: the defaults, decorators and
//! annotations of `def f(x=y): return x` belong outside, `x` inside.

use rustc_hash::FxHashMap;

use super::{Mark, Row, tree::Node, tree::Part};
use crate::{
    compiler::symtable::{ScopeId, SymbolTable, report},
    syntax::token::{Token, TokenKind},
    text::SourceFile,
    view::SourceRange,
};

/// A block of the program.
pub struct Scope {
    id: ScopeId,
    pub place: SourceRange,
    /// Where its body begins, for those that have a body of their own.
    pub body: Option<(u32, u32)>,
    /// The line of its first decorator, or its own.
    pub first_line: u32,
    pub children: Vec<usize>,
    names: FxHashMap<String, Vec<SourceRange>>,
    /// The next child of the table that no node was found for.
    taken: Vec<bool>,
}

/// Finds the blocks of a tree; the module's is the first.
pub fn find(tree: &Part<'_>, table: &SymbolTable, source: &SourceFile, tokens: &[Token], file: SourceRange) -> Vec<Scope> {
    let mut finder = Finder { table, source, tokens, scopes: Vec::new() };
    finder.open(SymbolTable::TOP, file, None, 1);
    finder.visit(tree, 0);
    finder.scopes
}

pub fn name<'a>(scope: &Scope, table: &'a SymbolTable) -> &'a str {
    &table[scope.id].name
}

pub fn rows(scopes: &[Scope], table: &SymbolTable) -> Vec<Row> {
    let by_id: FxHashMap<ScopeId, &Scope> = scopes.iter().map(|scope| (scope.id, scope)).collect();
    let mut rows = Vec::new();
    block(table, SymbolTable::TOP, 0, &by_id, &mut rows);
    rows
}

fn block(table: &SymbolTable, id: ScopeId, depth: usize, scopes: &FxHashMap<ScopeId, &Scope>, rows: &mut Vec<Row>) {
    let entry = &table[id];
    let scope = scopes.get(&id);
    let places = scope.map(|scope| scope.place).into_iter().collect();
    rows.push(Row { depth: 2 * depth, mark: Mark::Heading, text: report::heading(entry), places, ..Row::default() });
    for (name, properties) in report::symbols(table, id) {
        let places = scope.and_then(|scope| scope.names.get(name)).cloned().unwrap_or_default();
        rows.push(Row { depth: 2 * depth + 1, text: name.to_owned(), detail: properties, places, ..Row::default() });
    }
    entry.children.iter().for_each(|child| block(table, *child, depth + 1, scopes, rows));
}

struct Finder<'a> {
    table: &'a SymbolTable,
    source: &'a SourceFile,
    tokens: &'a [Token],
    scopes: Vec<Scope>,
}

impl Finder<'_> {
    fn open(&mut self, id: ScopeId, place: SourceRange, body: Option<(u32, u32)>, first_line: u32) -> usize {
        let taken = vec![false; self.table[id].children.len()];
        self.scopes.push(Scope { id, place, body, first_line, children: Vec::new(), names: FxHashMap::default(), taken });
        self.scopes.len() - 1
    }

    /// The block that a node opens: the first child of that name and line that is still free.
    fn enter(&mut self, outer: usize, name: &str, node: &Node<'_>, body: Option<SourceRange>) -> usize {
        let Some(place) = node.place else { return outer };
        let children = &self.table[self.scopes[outer].id].children;
        let found = children.iter().enumerate().find(|(index, child)| {
            let entry = &self.table[**child];
            !self.scopes[outer].taken[*index] && &*entry.name == name && entry.lineno == place.line
        });
        let Some((index, child)) = found.map(|(index, child)| (index, *child)) else { return outer };
        self.scopes[outer].taken[index] = true;
        let decorators = node.field("decorator_list").and_then(Part::hull);
        let first_line = decorators.map_or(place.line, |decorators| decorators.line.min(place.line));
        let scope = self.open(child, place, body.map(|body| body.start()), first_line);
        self.scopes[outer].children.push(scope);
        scope
    }

    fn note(&mut self, scope: usize, name: &str, place: SourceRange) {
        let entry = &self.table[self.scopes[scope].id];
        let name = match entry.symbols.contains_key(name) {
            true => name,
            // In a class `__x` is `_C__x`.
            false => match entry.order.iter().find(|it| it.starts_with('_') && it.ends_with(name) && name.starts_with("__")) {
                Some(mangled) => mangled,
                None => return,
            },
        };
        self.scopes[scope].names.entry(name.to_owned()).or_default().push(place);
    }

    /// Notes the name that follows a word at or after a place: `def NAME`, `as NAME`.
    fn note_after(&mut self, scope: usize, word: TokenKind, name: &str, from: (u32, u32)) {
        let first = self.tokens.partition_point(|token| (token.line, token.col) < from);
        let mut after = self.tokens[first..].iter().skip_while(|token| token.kind != word).skip(1);
        if let Some(token) = after.next().filter(|token| self.source.text().get(token.start as usize..token.end as usize) == Some(name)) {
            self.note(scope, name, place(token));
        }
    }

    fn visit_field(&mut self, node: &Node<'_>, field: &str, scope: usize) {
        if let Some(part) = node.field(field) {
            self.visit(part, scope);
        }
    }

    fn visit(&mut self, part: &Part<'_>, scope: usize) {
        match part {
            Part::Atom(_) => {}
            Part::List(items) => items.iter().for_each(|item| self.visit(item, scope)),
            Part::Node(node) => self.node(node, scope),
        }
    }

    fn node(&mut self, node: &Node<'_>, scope: usize) {
        let body = || node.field("body").and_then(Part::hull);
        match (node.name, node.place) {
            ("FunctionDef" | "AsyncFunctionDef", Some(place)) => {
                let name = node.word("name").unwrap_or_default();
                self.note_after(scope, TokenKind::Def, name, place.start());
                self.arguments(node, scope, false);
                self.visit_field(node, "decorator_list", scope);
                self.visit_field(node, "returns", scope);
                let inner = self.enter(scope, name, node, body());
                self.arguments(node, inner, true);
                self.visit_field(node, "body", inner);
            }
            ("Lambda", _) => {
                self.arguments(node, scope, false);
                let inner = self.enter(scope, "lambda", node, body());
                self.arguments(node, inner, true);
                self.visit_field(node, "body", inner);
            }
            ("ClassDef", Some(place)) => {
                let name = node.word("name").unwrap_or_default();
                self.note_after(scope, TokenKind::Class, name, place.start());
                for field in ["bases", "keywords", "decorator_list"] {
                    self.visit_field(node, field, scope);
                }
                let inner = self.enter(scope, name, node, body());
                self.visit_field(node, "body", inner);
            }
            ("ListComp" | "SetComp" | "DictComp" | "GeneratorExp", _) => self.comprehension(node, scope),
            (kind, place) => {
                if let Some(place) = place {
                    self.names(kind, node, place, scope);
                }
                node.fields.iter().for_each(|(_, value)| self.visit(value, scope));
            }
        }
    }

    /// Names that a node itself says.
    fn names(&mut self, kind: &str, node: &Node<'_>, place: SourceRange, scope: usize) {
        match kind {
            "Name" => self.note(scope, node.word("id").unwrap_or_default(), place),
            "alias" => {
                let name = node.word("asname").or(node.word("name")).unwrap_or_default();
                self.note(scope, name.split('.').next().unwrap_or_default(), place);
            }
            "Global" | "Nonlocal" => {
                if let Some(Part::List(names)) = node.field("names") {
                    names.iter().filter_map(Part::word).for_each(|name| self.note(scope, name, place));
                }
            }
            "ExceptHandler" => {
                if let Some(name) = node.word("name") {
                    let from = node.field("type").and_then(Part::hull).map_or(place.start(), |hull| hull.end());
                    self.note_after(scope, TokenKind::As, name, from);
                }
            }
            "MatchAs" | "MatchStar" | "MatchMapping" => {
                if let Some(name) = node.word("name").or(node.word("rest")) {
                    self.note(scope, name, place);
                }
            }
            _ => {}
        }
    }

    /// Outside: defaults and annotations. Inside: the names.
    fn arguments(&mut self, node: &Node<'_>, scope: usize, inside: bool) {
        let Some(Part::Node(arguments)) = node.field("args") else { return };
        for (field, value) in &arguments.fields {
            if matches!(*field, "defaults" | "kw_defaults") {
                if !inside {
                    self.visit(value, scope);
                }
                continue;
            }
            let args = if let Part::List(items) = value { items.as_slice() } else { std::slice::from_ref(value) };
            for arg in args {
                let Part::Node(arg) = arg else { continue };
                match (inside, arg.word("arg"), arg.place) {
                    (true, Some(name), Some(place)) => {
                        let place = SourceRange { end_line: place.line, end_col: place.col + name.len() as u32, ..place };
                        self.note(scope, name, place);
                    }
                    (false, ..) => self.visit_field(arg, "annotation", scope),
                    _ => {}
                }
            }
        }
    }

    /// The first thing iterated over belongs outside.
    fn comprehension(&mut self, node: &Node<'_>, scope: usize) {
        let Some(Part::List(generators)) = node.field("generators") else { return };
        let Some((Part::Node(first), others)) = generators.split_first() else { return };
        self.visit_field(first, "iter", scope);
        let name = match node.name {
            "ListComp" => "listcomp",
            "SetComp" => "setcomp",
            "DictComp" => "dictcomp",
            _ => "genexpr",
        };
        let inner = self.enter(scope, name, node, None);
        self.visit_field(first, "target", inner);
        self.visit_field(first, "ifs", inner);
        others.iter().for_each(|generator| self.visit(generator, inner));
        for field in ["elt", "key", "value"] {
            self.visit_field(node, field, inner);
        }
    }
}

pub fn place(token: &Token) -> SourceRange {
    SourceRange { line: token.line, col: token.col, end_line: token.end_line, end_col: token.end_col }
}
