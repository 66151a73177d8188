//! Code generation: the tree becomes blocks of instructions, one graph a code object.
//!
//! The place that instructions are given (`loc`) is state of the unit, as in CPython: a statement sets it and leaves it, an
//! expression sets it and puts it back. Counterpart in CPython 3.11: the `compiler_visit_*` functions of
//! `Python/compile.c`.

use std::{collections::HashMap, hash::BuildHasherDefault, sync::Arc};

use rustc_hash::FxHasher;

use super::{
    Compiled, Failure, Options, RECURSION_LIMIT, Result, assemble,
    cfg::{BlockId, Cfg, Instr, Loc, Opcode},
    consts::ConstPool,
    docstring, error_at,
    future::Future,
    symtable::{BlockType, Scope, ScopeId, SymbolTable, mangle},
    too_deep,
};
use crate::{
    bytecode::{
        code::{CodeObject, Constant},
        opcode::Op,
    },
    syntax::{
        ast::{self, ExprContext, Identifier, Mod, Stmt, StmtKind},
        error::Warning,
    },
    text::PyStr,
};

mod assign;
mod call;
mod class;
mod comprehension;
mod expr;
mod function;
mod pattern;
mod stmt;
mod unwind;
mod warn;

/// A display or call with more items than this is built piece by piece, to keep the stack small.
const STACK_USE_GUIDELINE: usize = 30;

pub fn generate(module: &Mod, table: &SymbolTable, future: &Future, options: &Options) -> Result<Compiled, Box<Failure>> {
    generate_keeping(module, table, future, options, None)
}

/// As [`generate`]; `kept` receives the blocks of each code object, in the order in which these are finished.
pub fn generate_keeping(
    module: &Mod,
    table: &SymbolTable,
    future: &Future,
    options: &Options,
    kept: Option<&mut Vec<UnitBlocks>>,
) -> Result<Compiled, Box<Failure>> {
    let mut codegen = Codegen {
        table,
        future: *future,
        optimize: options.optimize,
        filename: options.filename.clone(),
        units: Vec::new(),
        interactive: false,
        warnings: Vec::new(),
        depth: 0,
        kept,
    };
    match codegen.module(module) {
        Ok(code) => Ok(Compiled { code, warnings: codegen.warnings }),
        Err(error) => Err(Box::new(Failure { error: *error, warnings: codegen.warnings })),
    }
}

struct Codegen<'a> {
    table: &'a SymbolTable,
    future: Future,
    optimize: u8,
    filename: Arc<str>,
    /// The code objects under construction, the innermost last.
    units: Vec<Unit<'a>>,
    /// At the prompt: expression statements are printed.
    interactive: bool,
    warnings: Vec<Warning>,
    depth: u32,
    /// Where blocks are kept to be shown, if they are.
    kept: Option<&'a mut Vec<UnitBlocks>>,
}

/// The blocks of a code object, before and after they were optimised.
#[derive(Clone, Debug)]
pub struct UnitBlocks {
    pub qualname: Arc<str>,
    pub generated: Cfg,
    pub optimized: Cfg,
    /// What became of them.
    pub code: Option<Arc<CodeObject>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UnitKind {
    Module,
    Class,
    Function,
    AsyncFunction,
    Lambda,
    Comprehension,
}

/// A code object under construction.
pub(super) struct Unit<'a> {
    pub scope: ScopeId,
    kind: UnitKind,
    pub name: Identifier,
    pub qualname: Arc<str>,
    /// The class whose body this is in: its name mangles others.
    private: Option<Identifier>,
    pub cfg: Cfg,
    current: BlockId,
    loc: Loc,
    pub consts: ConstPool,
    pub names: NameTable,
    pub varnames: NameTable,
    pub cellvars: NameTable,
    pub freevars: NameTable,
    pub argcount: u32,
    pub posonlyargcount: u32,
    pub kwonlyargcount: u32,
    pub firstlineno: i32,
    frames: Vec<FrameBlock<'a>>,
}

/// Names with numbers, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(super) struct NameTable {
    pub list: Vec<Identifier>,
    index: HashMap<Identifier, u32, BuildHasherDefault<FxHasher>>,
}

impl NameTable {
    fn add(&mut self, name: &Identifier) -> u32 {
        if let Some(index) = self.index.get(name) {
            return *index;
        }
        let index = self.list.len() as u32;
        self.list.push(name.clone());
        self.index.insert(name.clone(), index);
        index
    }

    pub fn find(&self, name: &str) -> Option<u32> {
        self.index.get(name).copied()
    }

    pub fn len(&self) -> u32 {
        self.list.len() as u32
    }
}

impl FromIterator<Identifier> for NameTable {
    fn from_iter<I: IntoIterator<Item = Identifier>>(names: I) -> NameTable {
        let mut table = NameTable::default();
        for name in names {
            table.add(&name);
        }
        table
    }
}

/// What `break`, `continue` and `return` must undo on their way out.
#[derive(Clone, Copy)]
struct FrameBlock<'a> {
    kind: FrameKind<'a>,
    /// Where `continue` goes.
    block: BlockId,
    /// Where `break` goes.
    exit: BlockId,
}

#[derive(Clone, Copy)]
enum FrameKind<'a> {
    WhileLoop,
    ForLoop,
    TryExcept,
    /// The body of `try`, with the statements of its `finally`.
    FinallyTry(&'a [Stmt]),
    /// The `finally` itself, run for an exception.
    FinallyEnd,
    With(&'a Stmt),
    AsyncWith(&'a Stmt),
    /// An `except` body, with the name it must delete.
    HandlerCleanup(Option<&'a Identifier>),
    /// A return value waits on the stack.
    PopValue,
    ExceptionHandler,
    ExceptionGroupHandler,
    AsyncComprehension,
}

impl<'a> Codegen<'a> {
    fn module(&mut self, module: &'a Mod) -> Result<Arc<CodeObject>> {
        self.enter("<module>".into(), UnitKind::Module, SymbolTable::TOP, 1);
        match module {
            Mod::Module { body } => self.body(body)?,
            Mod::Interactive { body } => {
                self.interactive = true;
                if find_annotation(body) {
                    // Unlike a file's, it has a place of its own: the start of the line.
                    self.unit().loc.line = 1;
                    self.op(Op::SETUP_ANNOTATIONS);
                }
                self.stmts(body)?;
            }
            Mod::Expression { body } => {
                self.expr(body)?;
                return self.finish(false);
            }
        }
        self.finish(true)
    }

    /// The body of a module or class.
    fn body(&mut self, body: &'a [Stmt]) -> Result<()> {
        if self.unit().kind == UnitKind::Module
            && let Some(first) = body.first()
        {
            self.set_loc(first.location);
        }
        if find_annotation(body) {
            self.op(Op::SETUP_ANNOTATIONS);
        }
        let mut rest = body;
        if self.optimize < 2
            && docstring(body).is_some()
            && let Some((Stmt { kind: StmtKind::Expr { value }, .. }, after)) = body.split_first()
        {
            self.expr(value)?;
            self.unset_loc();
            self.name(&"__doc__".into(), ExprContext::Store)?;
            rest = after;
        }
        self.stmts(rest)
    }

    // Units.

    fn enter(&mut self, name: Identifier, kind: UnitKind, scope: ScopeId, firstlineno: i32) {
        let entry = &self.table[scope];
        // Cells and free variables are numbered by name, so that the result is always the same.
        let sorted = |wanted: Scope, flag: u16| -> NameTable {
            let mut names: Vec<Identifier> =
                entry.symbols.iter().filter(|(_, s)| s.scope == wanted || s.flags & flag != 0).map(|(name, _)| name.clone()).collect();
            names.sort_unstable();
            names.into_iter().collect()
        };
        let mut cellvars = sorted(Scope::Cell, 0);
        if entry.needs_class_closure {
            cellvars.add(&"__class__".into());
        }
        let mut unit = Unit {
            scope,
            kind,
            qualname: name.clone(),
            name,
            private: self.units.last().and_then(|outer| outer.private.clone()),
            cfg: Cfg::default(),
            current: Cfg::ENTRY,
            loc: Loc { line: firstlineno, end_line: firstlineno, col: 0, end_col: 0 },
            consts: ConstPool::default(),
            names: NameTable::default(),
            varnames: entry.varnames.iter().cloned().collect(),
            cellvars,
            freevars: sorted(Scope::Free, super::symtable::def::FREE_CLASS),
            argcount: 0,
            posonlyargcount: 0,
            kwonlyargcount: 0,
            firstlineno,
            frames: Vec::new(),
        };
        unit.current = unit.cfg.new_block();
        if kind == UnitKind::Module {
            unit.loc.line = 0;
        } else {
            unit.qualname = self.qualname(&unit);
        }
        self.units.push(unit);
        self.op_arg(Op::RESUME, 0);
        if kind == UnitKind::Module {
            self.unit().loc.line = -1;
        }
    }

    fn qualname(&self, unit: &Unit<'_>) -> Arc<str> {
        if self.units.len() < 2 {
            return unit.name.clone();
        }
        let Some(outer) = self.units.last() else {
            return unit.name.clone();
        };
        if matches!(unit.kind, UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Class) {
            let name = mangle(outer.private.as_ref(), &unit.name);
            if self.table[outer.scope].scope_of(&name) == Scope::GlobalExplicit {
                return unit.name.clone();
            }
        }
        let locals = if matches!(outer.kind, UnitKind::Function | UnitKind::AsyncFunction | UnitKind::Lambda) { ".<locals>" } else { "" };
        format!("{}{locals}.{}", outer.qualname, unit.name).into()
    }

    /// Ends the innermost unit: its blocks become a code object.
    fn finish(&mut self, add_none: bool) -> Result<Arc<CodeObject>> {
        if !self.current_block_returns() {
            self.unset_loc();
            if add_none {
                self.load_const(Constant::None);
            }
            self.op(Op::RETURN_VALUE);
        }
        let Some(unit) = self.units.pop() else {
            return Err(error_at(Loc::NONE, "no code object is open"));
        };
        let entry = &self.table[unit.scope];
        let code = Arc::new(assemble::assemble(unit, entry, self.future.features, &self.filename, self.kept.as_deref_mut()));
        if let Some(unit) = self.kept.as_deref_mut().and_then(|kept| kept.last_mut()) {
            unit.code = Some(code.clone());
        }
        Ok(code)
    }

    fn current_block_returns(&mut self) -> bool {
        let unit = self.unit();
        unit.cfg[unit.current].last().is_some_and(|last| last.is(Op::RETURN_VALUE))
    }

    /// The innermost code object. There is always one while the tree is walked.
    fn unit(&mut self) -> &mut Unit<'a> {
        let last = self.units.len() - 1;
        &mut self.units[last]
    }

    fn block_type(&mut self) -> BlockType {
        let scope = self.unit().scope;
        self.table[scope].block
    }

    fn mangled(&mut self, name: &Identifier) -> Identifier {
        mangle(self.unit().private.as_ref(), name)
    }

    // Places.

    fn set_loc(&mut self, loc: impl Into<Loc>) {
        self.unit().loc = loc.into();
    }

    /// What follows is artificial.
    fn unset_loc(&mut self) {
        self.unit().loc = Loc::NONE;
    }

    fn loc(&mut self) -> Loc {
        self.unit().loc
    }

    fn error<T>(&mut self, msg: impl Into<String>) -> Result<T> {
        Err(error_at(self.loc(), msg))
    }

    fn deeper(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > RECURSION_LIMIT { Err(too_deep()) } else { Ok(()) }
    }

    // Blocks and instructions.

    fn new_block(&mut self) -> BlockId {
        self.unit().cfg.new_block()
    }

    /// What follows goes into `block`, which stands after the current one.
    fn use_block(&mut self, block: BlockId) {
        let unit = self.unit();
        let current = unit.current;
        unit.cfg[current].next = Some(block);
        unit.current = block;
    }

    fn push(&mut self, instr: Instr) {
        let unit = self.unit();
        if unit.cfg[unit.current].last().is_some_and(|last| last.op.is_jump() || last.op.is_exit()) {
            let block = self.new_block();
            self.use_block(block);
        }
        let unit = self.unit();
        let current = unit.current;
        unit.cfg[current].instrs.push(instr);
    }

    fn op(&mut self, op: impl Into<Opcode>) {
        self.op_arg(op, 0);
    }

    fn op_arg(&mut self, op: impl Into<Opcode>, arg: u32) {
        let loc = self.loc();
        self.push(Instr::new(op, arg, loc));
    }

    fn op_noline(&mut self, op: impl Into<Opcode>) {
        self.push(Instr::new(op, 0, Loc::NONE));
    }

    fn jump(&mut self, op: impl Into<Opcode>, target: BlockId) {
        let loc = self.loc();
        self.push(Instr { target: Some(target), ..Instr::new(op, 0, loc) });
    }

    fn jump_noline(&mut self, op: impl Into<Opcode>, target: BlockId) {
        self.push(Instr { target: Some(target), ..Instr::new(op, 0, Loc::NONE) });
    }

    fn add_const(&mut self, constant: Constant) -> u32 {
        self.unit().consts.add(constant)
    }

    fn load_const(&mut self, constant: Constant) {
        let index = self.add_const(constant);
        self.op_arg(Op::LOAD_CONST, index);
    }

    fn load_int(&mut self, value: usize) {
        self.load_const(Constant::Int(value.into()));
    }

    /// An instruction with a name that may have to be mangled.
    fn op_name(&mut self, op: Op, name: &Identifier) {
        let name = self.mangled(name);
        self.op_exact_name(op, &name);
    }

    fn op_exact_name(&mut self, op: Op, name: &Identifier) {
        let index = self.unit().names.add(name);
        self.op_arg(op, index);
    }

    // Names.

    /// Loads, stores or deletes a variable, wherever it lives.
    fn name(&mut self, name: &Identifier, ctx: ExprContext) -> Result<()> {
        self.check_forbidden(name, ctx)?;
        let name = self.mangled(name);
        let table = self.table;
        let unit = self.unit();
        let entry = &table[unit.scope];
        let in_function = entry.block == BlockType::Function;
        let by_context = |load, store, delete| match ctx {
            ExprContext::Load => load,
            ExprContext::Store => store,
            ExprContext::Del => delete,
        };
        match entry.scope_of(&name) {
            scope @ (Scope::Free | Scope::Cell) => {
                let load = if entry.block == BlockType::Class { Op::LOAD_CLASSDEREF } else { Op::LOAD_DEREF };
                let op = by_context(load, Op::STORE_DEREF, Op::DELETE_DEREF);
                let slot = unit.deref_slot(&name, scope);
                self.op_arg(op, slot);
            }
            Scope::Local if in_function => {
                let op = by_context(Op::LOAD_FAST, Op::STORE_FAST, Op::DELETE_FAST);
                let slot = unit.varnames.add(&name);
                self.op_arg(op, slot);
            }
            scope if scope == Scope::GlobalExplicit || (scope == Scope::GlobalImplicit && in_function) => {
                let op = by_context(Op::LOAD_GLOBAL, Op::STORE_GLOBAL, Op::DELETE_GLOBAL);
                let index = unit.names.add(&name);
                self.op_arg(op, if op == Op::LOAD_GLOBAL { index << 1 } else { index });
            }
            _ => self.op_exact_name(by_context(Op::LOAD_NAME, Op::STORE_NAME, Op::DELETE_NAME), &name),
        }
        Ok(())
    }

    fn check_forbidden(&mut self, name: &str, ctx: ExprContext) -> Result<()> {
        match ctx {
            ExprContext::Store if name == "__debug__" => self.error("cannot assign to __debug__"),
            ExprContext::Del if name == "__debug__" => self.error("cannot delete __debug__"),
            _ => Ok(()),
        }
    }
}

impl Unit<'_> {
    /// The number of a cell or free variable: cells first. [`assemble`] turns it into a frame slot.
    fn deref_slot(&mut self, name: &Identifier, scope: Scope) -> u32 {
        if scope == Scope::Cell { self.cellvars.add(name) } else { self.cellvars.len() + self.freevars.add(name) }
    }
}

/// A constant of the tree as one of a code object.
fn constant(value: &ast::Constant) -> Constant {
    match value {
        ast::Constant::None => Constant::None,
        ast::Constant::True => Constant::True,
        ast::Constant::False => Constant::False,
        ast::Constant::Ellipsis => Constant::Ellipsis,
        ast::Constant::Int(value) => Constant::Int(value.clone()),
        ast::Constant::Float(value) => Constant::Float(*value),
        ast::Constant::Complex { real, imag } => Constant::Complex { real: *real, imag: *imag },
        ast::Constant::Str(text) => Constant::Str(text.clone()),
        ast::Constant::Bytes(bytes) => Constant::Bytes(bytes.clone()),
        ast::Constant::Tuple(items) => Constant::Tuple(items.iter().map(constant).collect()),
        ast::Constant::FrozenSet(items) => Constant::FrozenSet(items.iter().map(constant).collect()),
    }
}

fn string(text: &str) -> Constant {
    Constant::Str(Arc::new(PyStr::from(text)))
}

fn strings<'n>(names: impl IntoIterator<Item = &'n Identifier>) -> Constant {
    Constant::Tuple(names.into_iter().map(|name| string(name)).collect())
}

/// Is there an annotated assignment in this body or in the statements inside it?
fn find_annotation(body: &[Stmt]) -> bool {
    body.iter().any(|stmt| match &stmt.kind {
        StmtKind::AnnAssign { .. } => true,
        StmtKind::For(node) | StmtKind::AsyncFor(node) => find_annotation(&node.body) || find_annotation(&node.orelse),
        StmtKind::While { body, orelse, .. } | StmtKind::If { body, orelse, .. } => find_annotation(body) || find_annotation(orelse),
        StmtKind::With { body, .. } | StmtKind::AsyncWith { body, .. } => find_annotation(body),
        StmtKind::Match { cases, .. } => cases.iter().any(|case| find_annotation(&case.body)),
        StmtKind::Try(node) | StmtKind::TryStar(node) => {
            node.handlers.iter().any(|handler| find_annotation(&handler.body))
                || find_annotation(&node.body)
                || find_annotation(&node.finalbody)
                || find_annotation(&node.orelse)
        }
        _ => false,
    })
}
