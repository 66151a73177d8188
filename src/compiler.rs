//! The compiler: a pure function from AST to code object. It knows no heap and runs nothing.
//!
//! ```text
//! ast ─future→ features ─fold→ ast with constants folded ─symtable→ scopes ─codegen→ blocks
//!     ─flowgraph→ blocks ─stackdepth→ depths and handlers ─assemble→ CodeObject
//! ```
//!
//! Every field of the result is what CPython 3.11 gives, bytes included: `x = 1` makes `RESUME 0, LOAD_CONST 0,
//! STORE_NAME 0, LOAD_CONST 1, RETURN_VALUE`. Counterpart: `Python/compile.c`.

use std::sync::Arc;

use crate::{
    bytecode::code::CodeObject,
    syntax::{
        ast,
        error::{SyntaxError, SyntaxErrorType, Warning},
    },
};

pub mod assemble;
pub mod cfg;
pub mod codegen;
pub mod consts;
pub mod flowgraph;
pub mod fold;
pub mod future;
pub mod stackdepth;
pub mod stages;
pub mod symtable;
pub mod unparse;

/// What `compile()` is told beside the source.
#[derive(Clone, Debug)]
pub struct Options {
    /// 0, 1 (`-O`: no assertions) or 2 (`-OO`: no docstrings either).
    pub optimize: u8,
    /// Becomes `co_filename`.
    pub filename: Arc<str>,
    /// `CO_FUTURE_*` bits that the compiling code had in effect.
    pub flags: u32,
}

impl Options {
    pub fn new(filename: impl Into<Arc<str>>) -> Options {
        Options { optimize: 0, filename: filename.into(), flags: 0 }
    }
}

/// What comes out: the code of the module and the warnings to issue, in order.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub code: Arc<CodeObject>,
    pub warnings: Vec<Warning>,
}

/// A failed compilation carries the warnings that had been issued before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    pub error: SyntaxError,
    pub warnings: Vec<Warning>,
}

/// Compiles a tree. Deep trees need a deep stack: run it on a thread with some hundred megabytes.
pub fn compile(module: &ast::Mod, options: &Options) -> Result<Compiled, SyntaxError> {
    compile_with_warnings(module, options).map_err(|failure| failure.error)
}

/// As [`compile`], keeping the warnings of a compilation that fails.
pub fn compile_with_warnings(module: &ast::Mod, options: &Options) -> Result<Compiled, Box<Failure>> {
    let silent = |error: Box<SyntaxError>| Box::new(Failure { error: *error, warnings: Vec::new() });
    let mut module = module.clone();
    let mut future = future::scan(&module).map_err(silent)?;
    future.features |= options.flags & future::MASK;
    fold::fold(&mut module, options.optimize, future.annotations()).map_err(silent)?;
    let table = symtable::build(&module, &future).map_err(silent)?;
    codegen::generate(&module, &table, &future, options)
}

/// Nesting deeper than this is CPython's RecursionError: three for each of the thousand Python frames.
const RECURSION_LIMIT: u32 = 3000;

type Result<T, E = Box<SyntaxError>> = std::result::Result<T, E>;

fn too_deep() -> Box<SyntaxError> {
    Box::new(SyntaxError {
        kind: SyntaxErrorType::RecursionError,
        msg: "maximum recursion depth exceeded during compilation".into(),
        lineno: None,
        offset: None,
        end_lineno: None,
        end_offset: None,
        text: None,
    })
}

/// An error at a place. Offsets count bytes from 1, as CPython's compiler counts them.
fn error_at(loc: cfg::Loc, msg: impl Into<String>) -> Box<SyntaxError> {
    Box::new(SyntaxError {
        kind: SyntaxErrorType::SyntaxError,
        msg: msg.into(),
        lineno: Some(loc.line.into()),
        offset: Some(i64::from(loc.col) + 1),
        end_lineno: Some(loc.end_line.into()),
        end_offset: Some(i64::from(loc.end_col) + 1),
        text: None,
    })
}

/// The text of a docstring: the first statement of a body, if it is nothing but a string.
fn docstring(body: &[ast::Stmt]) -> Option<&Arc<crate::text::PyStr>> {
    match &body.first()?.kind {
        ast::StmtKind::Expr { value } => match &value.kind {
            ast::ExprKind::Constant { value: ast::Constant::Str(text), .. } => Some(text),
            _ => None,
        },
        _ => None,
    }
}
