//! The way of a program from text to bytes: every stage of the compiler as rows, and which rows belong together.
//!
//! A row knows the pieces of source that it stands for, rows of code also their bytes; [`Pipeline::links`] follows a selected row
//! through all stages. It is made once a file and then only read; `uncoil stages` prints the same rows that the screen shows.
//!
//! In `print(1 + 2)` the token `+` has around it the node `BinOp` of the AST; after folding that is `Constant(value=3)`, and of the
//! piece `1 + 2` comes the one instruction `LOAD_CONST 3`. Counterpart in CPython 3.11: none, its compiler shows only its end.

mod build;
mod code;
mod link;
mod scopes;
mod tree;

use std::sync::Arc;

pub use self::{
    build::{of_bytes, of_source, of_statement},
    link::{Linked, Piece, Tie},
};

use super::{SourceRange, SourceText};
use crate::bytecode::code::CodeObject;

macro_rules! stages {
    ($( $kind:ident $name:literal $title:literal $short:literal $meaning:literal; )*) => {
        /// The stages, in the order in which a program passes them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum StageKind {
            $( $kind, )*
        }

        impl StageKind {
            pub const ALL: [StageKind; [$( $name ),*].len()] = [$( StageKind::$kind ),*];

            /// The word for it on the `:` line.
            pub fn name(self) -> &'static str {
                match self { $( StageKind::$kind => $name, )* }
            }

            /// The heading of its rows.
            pub fn title(self) -> &'static str {
                match self { $( StageKind::$kind => $title, )* }
            }

            /// The heading where there is little room.
            pub fn short(self) -> &'static str {
                match self { $( StageKind::$kind => $short, )* }
            }

            /// What it is, in half a line.
            pub fn meaning(self) -> &'static str {
                match self { $( StageKind::$kind => $meaning, )* }
            }
        }
    };
}

// THE table of stages.
stages! {
    // kind      name           title               short      what it is
    Source       "source"       "Source"            "Source"   "the text, decoded, with line ends made \\n";
    Tokens       "tokens"       "Tokens"            "Tokens"   "the words of the text; indentation is a token too";
    Cst          "cst"          "CST"               "CST"      "tree-sitter's tree; ! marks what the front end repaired. CPython's own PEG parser keeps no such tree";
    Ast          "ast"          "AST"               "AST"      "what it means, as ast.parse gives it: no brackets, no blanks";
    Folded       "folded"       "Folded AST"        "Folded"   "constants computed ahead; + marks what differs from the AST";
    Symbols      "symbols"      "Symbol tables"     "Symbols"  "where each name lives, a table a block: local, global, free";
    Blocks       "blocks"       "Blocks"            "Blocks"   "straight pieces of code, as generated; jumps go to blocks";
    Optimized    "optimized"    "Optimised blocks"  "Optim."   "what is left of the blocks when the optimiser is done";
    Instructions "instructions" "Instructions"      "Instr."   "what runs, as dis shows it: jumps are offsets now";
    Bytes        "bytes"        "Bytes"             "Bytes"    "co_code: opcode and argument, two bytes, then the empty caches";
    Lines        "lines"        "Line table"        "Lines"    "co_linetable: which bytes come from which piece of source";
    Exceptions   "exceptions"   "Exception table"   "Except."  "co_exceptiontable: who takes over when one of these bytes raises";
}

/// All stages of one file.
#[derive(Debug, Default)]
pub struct Pipeline {
    /// The text with its colouring.
    pub text: SourceText,
    /// One each, in the order of [`StageKind::ALL`].
    pub stages: Vec<Stage>,
    /// Why the stages from some one on are empty.
    pub failure: Option<Failure>,
    /// The code objects, the outer ones first; [`CodePlace::code`] is an index of it.
    codes: Vec<Code>,
    /// The places of all `def`, `class`, `lambda`, each with where its body begins.
    bodies: Vec<(SourceRange, (u32, u32))>,
}

#[derive(Debug, Default)]
pub struct Stage {
    pub rows: Vec<Row>,
    /// The stage changed nothing.
    pub repeats: bool,
}

/// A token, a node, a name, an instruction, an entry of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// How far it is indented.
    pub depth: usize,
    pub mark: Mark,
    /// What stands before it: the field of the parent, the offset.
    pub label: String,
    /// What it is.
    pub text: String,
    /// What it says: the words of a token, the argument of an instruction.
    pub detail: String,
    /// The detail in fewer letters.
    pub short: Option<String>,
    /// A remark.
    pub note: String,
    /// Whether the stage itself has the place; else it is only known here.
    pub tells_place: bool,
    /// The pieces of source that it stands for; a name of a symbol table has many.
    pub places: Vec<SourceRange>,
    pub code: Option<CodePlace>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    #[default]
    None,
    /// A code object begins here, or a block.
    Heading,
    /// tree-sitter was told something else than the program says.
    Repaired,
    /// Not so in the stage before.
    Differs,
}

/// Bytes of a code object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodePlace {
    pub code: usize,
    pub start: u32,
    pub end: u32,
}

/// Where and why a program gets no further.
#[derive(Clone, Debug)]
pub struct Failure {
    pub stage: StageKind,
    /// `SyntaxError`
    pub kind: String,
    pub message: String,
    pub place: Option<SourceRange>,
    /// As CPython prints it.
    pub traceback: String,
}

#[derive(Debug)]
struct Code {
    code: Arc<CodeObject>,
    /// The `def` or whatever made it.
    place: Option<SourceRange>,
}

/// The pipeline of the file that is looked at, and where the program stands in it.
#[derive(Clone, Debug, Default)]
pub struct PipelineView {
    pub pipeline: Arc<Pipeline>,
    /// The next instruction.
    pub now: Option<CodePlace>,
}

impl PartialEq for PipelineView {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.pipeline, &other.pipeline) && self.now == other.now
    }
}

impl Pipeline {
    pub fn stage(&self, kind: StageKind) -> &Stage {
        &self.stages[kind as usize]
    }

    /// The place of a byte offset of a code object, if it is one of this file's.
    pub fn find_code(&self, code: &CodeObject, offset: u32) -> Option<CodePlace> {
        let same = |it: &&Code| it.code.qualname == code.qualname && it.code.code == code.code && it.code.linetable == code.linetable;
        let index = self.codes.iter().position(|it| same(&it))?;
        Some(CodePlace { code: index, start: offset, end: offset + 2 })
    }

    /// The row of an instruction.
    pub fn row_of(&self, kind: StageKind, place: CodePlace) -> Option<usize> {
        self.stage(kind).rows.iter().position(|row| row.mark != Mark::Heading && row.code.is_some_and(|code| code.overlaps(place)))
    }

    /// Whether the program gets as far as to this stage.
    pub fn reaches(&self, kind: StageKind) -> bool {
        self.failure.as_ref().is_none_or(|failure| kind < failure.stage)
    }
}

impl CodePlace {
    pub fn overlaps(self, other: CodePlace) -> bool {
        self.code == other.code && self.start < other.end && other.start < self.end
    }
}

impl Row {
    /// `3:4-3:9`, if the stage knows it.
    pub fn place_text(&self) -> Option<String> {
        let place = self.places.first().filter(|_| self.tells_place)?;
        Some(format!("{}:{}-{}:{}", place.line, place.col, place.end_line, place.end_col))
    }
}
