//! Concrete tree → AST with CPython's nodes and positions.
//!
//! Invariants: a node's location is the span of its tokens; whatever tree-sitter accepts beyond Python 3.11 is rejected here, so that a
//! lowered tree is one that CPython would give. Counterpart in CPython 3.11: the actions of `Grammar/python.gram`.
//! Example: `a if b else c` is `IfExp(test=b, body=a, orelse=c)`.

mod args;
mod expr;
mod pattern;
mod stmt;
mod strings;
mod target;

use std::{
    cell::{Cell, RefCell},
    sync::Arc,
};

use rustc_hash::FxHashMap;

use super::{
    ast::{Expr, ExprKind, Identifier, Location, Mod, Stmt},
    cst::{Cst, Field, Id, Kind},
    error::Warning,
    literal::fstring::Format,
    token::{Token, TokenKind},
};
use crate::text::{
    PyStr, SourceFile,
    normalize::{self, Form},
};

/// All that was read of one text: a file, or the fields of all its f-strings (which may hold f-strings again).
pub struct Unit {
    pub source: Arc<SourceFile>,
    pub tokens: Vec<Token>,
    pub cst: Cst,
    pub hidden: Vec<bool>,
    /// For each f-string token, by its index: its parts.
    pub formats: FxHashMap<u32, Format>,
    /// The fields of those f-strings, one expression statement each.
    pub fields: Option<Box<Unit>>,
}

/// No tree: the token at which it became clear.
#[derive(Clone, Debug)]
pub struct Reject {
    pub token: u32,
    pub msg: String,
    /// The tree is deeper than CPython's parser can read: a MemoryError.
    pub too_deep: bool,
}

impl Reject {
    pub fn new(token: u32, msg: &str) -> Box<Reject> {
        Box::new(Reject { token, msg: msg.to_owned(), too_deep: false })
    }
}

/// How deep the rules of CPython's parser may call each other, less what any expression costs it.
const MAX_DEPTH: u32 = 6000 - 31;

pub type Result<T> = std::result::Result<T, Box<Reject>>;

/// A token of the file, and a byte in it.
pub type Spot = (u32, u32);

/// What the lowering of a file shares with that of its f-string fields.
#[derive(Default)]
pub struct Shared {
    names: RefCell<FxHashMap<Box<str>, Identifier>>,
    /// With the place they concern, for their order.
    pub warnings: RefCell<Vec<(Spot, Warning)>>,
}

/// Lowers a whole unit as a module.
pub fn module(unit: &Unit, shared: &Shared) -> Result<Mod> {
    let lower = Lower::new(unit, shared, None);
    let body = lower.statements(0)?;
    lower.check_stars()?;
    Ok(Mod::Module { body })
}

pub(super) struct Lower<'a> {
    unit: &'a Unit,
    shared: &'a Shared,
    /// Which hidden stars became starred expressions.
    stars: RefCell<Vec<bool>>,
    /// Indices of the `Newline` tokens.
    newlines: Vec<u32>,
    /// The nodes of the fields' expressions and their lowering.
    fields: Option<(Box<Lower<'a>>, Vec<Id>)>,
    /// In a field: where in the file's f-string it stands.
    outer: Cell<Option<Spot>>,
    /// Levels of CPython's rules around what is being lowered.
    depth: Cell<u32>,
}

impl<'a> Lower<'a> {
    fn new(unit: &'a Unit, shared: &'a Shared, outer: Option<Spot>) -> Lower<'a> {
        let newlines =
            unit.tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Newline).map(|(index, _)| index as u32).collect();
        let fields = unit.fields.as_deref().map(|fields| {
            let statements = fields.cst.named(0).collect();
            (Box::new(Lower::new(fields, shared, Some((0, 0)))), statements)
        });
        Lower {
            unit,
            shared,
            stars: RefCell::new(vec![false; unit.tokens.len()]),
            newlines,
            fields,
            outer: Cell::new(outer),
            depth: Cell::new(0),
        }
    }

    fn check_stars(&self) -> Result<()> {
        let stars = self.stars.borrow();
        let lost =
            (0..stars.len()).find(|&index| self.unit.hidden[index] && !stars[index] && self.unit.tokens[index].kind == TokenKind::Star);
        match lost {
            Some(index) => self.reject(index as u32),
            None => self.fields.as_ref().map_or(Ok(()), |(fields, _)| fields.check_stars()),
        }
    }

    fn reject<T>(&self, token: u32) -> Result<T> {
        self.reject_with(token, "invalid syntax")
    }

    fn reject_with<T>(&self, token: u32, msg: &str) -> Result<T> {
        Err(Reject::new(self.outer.get().map_or(token, |(token, _)| token), msg))
    }

    /// Lowers something that costs CPython's parser `cost` more levels of rules.
    fn deeper<T>(&self, cost: u32, lower: impl FnOnce() -> Result<T>) -> Result<T> {
        let depth = self.depth.get() + cost;
        if depth > MAX_DEPTH {
            return Err(Box::new(Reject { token: 0, msg: String::new(), too_deep: true }));
        }
        self.depth.set(depth);
        let value = lower();
        self.depth.set(depth - cost);
        value
    }

    fn kind(&self, id: Id) -> Kind {
        self.unit.cst.kind(id)
    }

    fn first(&self, id: Id) -> u32 {
        self.unit.cst.node(id).first
    }

    fn last(&self, id: Id) -> u32 {
        self.unit.cst.node(id).last
    }

    fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        self.unit.cst.children(id)
    }

    fn named(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        self.unit.cst.named(id)
    }

    fn field(&self, id: Id, field: Field) -> Option<Id> {
        self.unit.cst.field(id, field)
    }

    /// A part that the grammar always gives.
    fn part(&self, id: Id, field: Field) -> Result<Id> {
        match self.field(id, field) {
            Some(part) => Ok(part),
            None => self.reject(self.first(id)),
        }
    }

    /// The only, or first, named child.
    fn only(&self, id: Id) -> Result<Id> {
        match self.named(id).next() {
            Some(child) => Ok(child),
            None => self.reject(self.first(id)),
        }
    }

    fn token(&self, index: u32) -> TokenKind {
        self.unit.tokens[index as usize].kind
    }

    fn token_text(&self, index: u32) -> &'a str {
        let token = &self.unit.tokens[index as usize];
        &self.unit.source.text()[token.start as usize..token.end as usize]
    }

    /// The location of the tokens `first..last`.
    fn span(&self, first: u32, last: u32) -> Location {
        let (start, end) = (&self.unit.tokens[first as usize], &self.unit.tokens[last as usize - 1]);
        Location { lineno: start.line, col_offset: start.col, end_lineno: end.end_line, end_col_offset: end.end_col }
    }

    fn location(&self, id: Id) -> Location {
        let node = self.unit.cst.node(id);
        self.span(node.first, node.last)
    }

    /// The name that a `Name` token stands for; keywords are refused.
    fn identifier_at(&self, index: u32) -> Result<Identifier> {
        if self.token(index) != TokenKind::Name {
            return self.reject(index);
        }
        Ok(self.intern(self.token_text(index)))
    }

    fn identifier(&self, id: Id) -> Result<Identifier> {
        self.identifier_at(self.first(id))
    }

    fn intern(&self, text: &str) -> Identifier {
        if !text.is_ascii() {
            let normal = normalize::normalize(Form::Nfkc, &PyStr::from(text)).to_string_lossy();
            return self.intern_normal(&normal);
        }
        self.intern_normal(text)
    }

    fn intern_normal(&self, text: &str) -> Identifier {
        let mut names = self.shared.names.borrow_mut();
        if let Some(name) = names.get(text) {
            return name.clone();
        }
        let name: Identifier = Arc::from(text);
        names.insert(text.into(), name.clone());
        name
    }

    /// The hidden star directly in front of a node, now used.
    fn take_star(&self, id: Id) -> Option<u32> {
        let star = self.star_before(id)?;
        self.stars.borrow_mut()[star as usize] = true;
        Some(star)
    }

    fn star_before(&self, id: Id) -> Option<u32> {
        let star = self.first(id).checked_sub(1)?;
        (self.unit.hidden[star as usize] && self.token(star) == TokenKind::Star).then_some(star)
    }

    /// Where a node ends if a trailing comma was hidden behind it: past that comma.
    fn past_comma(&self, id: Id) -> Option<u32> {
        let last = self.last(id);
        (self.unit.hidden[last as usize] && self.token(last) == TokenKind::Comma).then_some(last + 1)
    }

    /// Where a statement ends, with a trailing comma that was hidden.
    fn statement_location(&self, id: Id) -> Location {
        self.span(self.first(id), self.past_comma(id).unwrap_or(self.last(id)))
    }

    /// No line break among the tokens `first..last`.
    fn check_one_line(&self, first: u32, last: u32) -> Result<()> {
        let at = self.newlines.partition_point(|&index| index < first);
        match self.newlines.get(at) {
            Some(&index) if index < last => self.reject(index),
            _ => Ok(()),
        }
    }
}

fn boxed<T>(value: Result<T>) -> Result<Box<T>> {
    value.map(Box::new)
}

/// The only statement of an `eval`.
pub fn only_expression(body: &mut Vec<Stmt>) -> Option<Expr> {
    use super::ast::StmtKind;
    if body.len() != 1 {
        return None;
    }
    match body.pop()?.kind {
        StmtKind::Expr { value } => match value.kind {
            ExprKind::Starred { .. } => None,
            _ => Some(*value),
        },
        _ => None,
    }
}
