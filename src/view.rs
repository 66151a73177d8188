//! What a pane can show, as plain data: strings, numbers and enums, no object of the machine.
//!
//! A [`View`] is a picture of one instant, the boundary before instruction number [`View::step`]. It is captured on
//! demand for what a [`ViewRequest`] names, so its cost doesn't grow with the heap; whoever draws or exports it needs
//! no interpreter. Lines are counted from 1, columns in UTF-8 bytes from 0, as in PEP 657.
//!
//! For `a + b` about to run, [`value_stack`] marks the two top rows `lhs` and `rhs`, [`bytecode`] marks the row of
//! `BINARY_OP`, and [`source`] gives the range of `a + b` in its line.

pub mod allocator;
pub mod breakpoints;
pub mod bytecode;
pub mod call_stack;
pub mod calls;
pub mod capture; // fills all these from a machine
pub mod cards; // what every opcode does, told at three levels
pub mod code;
pub mod effects;
pub mod explain; // THE table of Python errors in words
pub mod forms;
pub mod gc;
pub mod graph;
pub mod heap;
pub mod heat;
pub mod highlight;
pub mod holders;
pub mod inspector;
pub mod layout; // one object in memory
pub mod ledger;
pub mod lesson; // the text beside the machine
pub mod micro; // steps inside one instruction
pub mod narration; // THE table of sentences, one an opcode
pub mod objects; // what all names lead to, for exports
pub mod output;
pub mod pipeline; // the stages of the compiler, tied together
pub mod plain;
pub mod source;
pub mod threads;
pub mod timeline;
pub mod value_stack;
pub mod variables;

use std::fmt;

pub use self::{
    allocator::AllocatorView,
    breakpoints::BreakpointRow,
    bytecode::{BytecodeRow, BytecodeView, ExceptionRow, Extent, Listing},
    call_stack::{CallStackView, FrameKind, FrameRow},
    calls::{CallRow, CallsView},
    code::CodeView,
    effects::{Effect, EffectsView},
    forms::{CacheCell, FormKind, FormRow, FormsWanted},
    gc::{CollectionRow, GcView, GenerationRow},
    graph::{GraphBox, GraphRow, GraphView},
    heap::{HeapFilter, HeapFind, HeapFound, HeapOrder, HeapRequest, HeapRow, HeapView, TypeRow},
    heat::{FormHeat, HeatView},
    highlight::highlighted,
    holders::{Holder, HolderKind},
    inspector::{InspectorView, Part},
    layout::Layout,
    ledger::{LedgerChange, LedgerRow, LedgerView, Subject},
    lesson::{LessonChoice, LessonNote, LessonTone, LessonView},
    micro::{MicroStep, MicroTable, MicroView, Recording},
    output::{OutputChunk, OutputView, Stream},
    pipeline::PipelineView,
    source::{Highlight, SourceRange, SourceText, SourceView, TokenKind},
    threads::ThreadsView,
    timeline::TimelineView,
    value_stack::{Role, StackRow, ValueStackView},
    variables::{Scope, VariableRow, VariableSection, VariablesView},
};

/// One instant of the program, as far as a [`ViewRequest`] asked for it. Panes not asked for are empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// How many instructions have run: the number of the next one.
    pub step: u64,
    /// The number of the last instant known so far (the end of the program once it has been there).
    pub last_step: Option<u64>,
    /// The run has been farther than this instant.
    pub is_past: bool,
    pub status: Status,
    pub source: SourceView,
    pub bytecode: BytecodeView,
    pub value_stack: ValueStackView,
    pub call_stack: CallStackView,
    pub variables: VariablesView,
    pub heap: HeapView,
    pub output: OutputView,
    pub inspector: InspectorView,
    pub ledger: LedgerView,
    pub gc: GcView,
    pub allocator: AllocatorView,
    pub graph: GraphView,
    pub micro: MicroView,
    pub breakpoints: Vec<BreakpointRow>,
    pub calls: CallsView,
    pub heat: HeatView,
    pub timeline: TimelineView,
    pub code: CodeView,
    pub threads: ThreadsView,
    pub effects: EffectsView,
    pub narration: Narration,
    /// The name of the next instruction; empty where there is none.
    pub next_opname: &'static str,
    /// The error that ended the program, in words; empty if there is none or nothing to say.
    pub explanation: String,
    /// These two only where they are asked for.
    pub objects: Option<objects::ObjectsView>,
    pub pipeline: Option<PipelineView>,
    /// The lesson, where there is one.
    pub lesson: Option<Box<LessonView>>,
}

/// What happened and what will happen, one sentence each; empty where there is nothing to say.
///
/// `BINARY_OP + popped 3 and 4, pushed a new int 7 (refcount 1)`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Narration {
    /// The instruction just executed.
    pub done: String,
    /// The next instruction.
    pub next: String,
}

/// Whom a text is for: how much of the machine it speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Plain words about the program.
    Novice,
    /// Instructions, the stack, reference counts of results.
    #[default]
    Student,
    /// Every reference count that moved, bytes and caches.
    Internals,
}

/// How the program stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Status {
    /// Between two instructions, nothing decided yet.
    #[default]
    Running,
    Paused {
        reason: PauseReason,
    },
    /// `input()` or `sys.stdin` waits for a line; answered with the command `input TEXT`.
    AwaitingInput {
        prompt: String,
    },
    Finished {
        exit_status: i32,
    },
    /// The program ended with an exception nobody caught.
    Uncaught {
        type_name: String,
        message: String,
        /// The text on stderr, `Traceback (most recent call last):` included.
        traceback: String,
    },
}

/// Why the program stands still.
#[derive(Clone, Debug, PartialEq)]
pub enum PauseReason {
    /// Every thread waits for another one.
    Deadlock,
    Start,
    Step,
    /// A breakpoint, with its number and its place as the user wrote it.
    Breakpoint {
        number: u32,
        place: String,
    },
    /// Esc or Ctrl-C while it ran.
    Interrupted,
    /// The line or the instruction that was asked for has been reached.
    Arrived,
    /// Going back ended at the first instant.
    FirstInstant,
    /// Anything else that deserves a word.
    Other(String),
}

/// A value at some place: on the stack, in a variable, in the heap list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueView {
    /// The value as `repr` would show it (structurally, no Python code runs), cut to a reasonable length.
    pub text: String,
    pub type_name: String,
    /// The reference count at this instant; `None` for what isn't an object (`NULL`, an unbound name).
    pub refcount: Option<u64>,
    /// How far the last step moved the count.
    pub refcount_delta: i64,
    /// The birth number of the heap object, `#12`.
    pub serial: Option<u32>,
    /// The object's slot in the heap at this instant, for commands that name it.
    pub slot: Option<u32>,
    pub change: Change,
}

/// What the last step did to a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Change {
    #[default]
    None,
    /// `+`: it wasn't there before.
    New,
    /// `~`: it held something else.
    Changed { old: String },
    /// `−`: popped, deleted or freed. The row stays for one step.
    Removed,
}

/// The panes of the screen, in the order of their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PaneKind {
    Source,
    Bytecode,
    ValueStack,
    CallStack,
    Variables,
    Heap,
    Output,
    Inspector,
    Ledger,
    Micro,
    Gc,
    Graph,
    Allocator,
    Breakpoints,
    Calls,
    Timeline,
    Lesson,
    Code,
    Threads,
}

/// What to capture.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewRequest {
    /// The visible panes. Source and call stack are captured even if hidden: the header and the cursor need them.
    pub panes: Vec<PaneKind>,
    /// The frame whose source, bytecode, stack and variables are shown; 0 is the innermost.
    pub frame: usize,
    pub heap: HeapRequest,
    /// The address of the pool whose blocks are shown.
    pub pool: Option<u64>,
    /// The section `Builtins` of the variables is wanted.
    pub builtins: bool,
    /// At most so many bytes of output, the newest.
    pub output_bytes: usize,
    /// Values are cut to about so many characters.
    pub value_width: usize,
    /// The stages of the compiler for the file that is looked at.
    pub pipeline: bool,
    /// What the names of all frames lead to, see [`objects`].
    pub objects: bool,
    /// How often lines and instructions have run.
    pub heat: bool,
    /// The live forms of the instructions.
    pub forms: FormsWanted,
    /// For whom the narration speaks.
    pub audience: Audience,
}

impl ViewRequest {
    /// As [`ViewRequest::frame`]: the innermost frame of the program's own code.
    pub const OWN_FRAME: usize = usize::MAX;
}

impl Default for ViewRequest {
    fn default() -> Self {
        ViewRequest {
            // The call tree takes a run of its own.
            panes: PaneKind::ALL.into_iter().filter(|pane| *pane != PaneKind::Calls).collect(),
            frame: 0,
            heap: HeapRequest::default(),
            pool: None,
            builtins: false,
            output_bytes: 64 * 1024,
            value_width: 120,
            pipeline: false,
            objects: false,
            heat: false,
            forms: FormsWanted::default(),
            audience: Audience::default(),
        }
    }
}

impl ViewRequest {
    pub fn wants(&self, pane: PaneKind) -> bool {
        self.panes.contains(&pane)
    }
}

impl PaneKind {
    pub const ALL: [PaneKind; 19] = [
        PaneKind::Source,
        PaneKind::Bytecode,
        PaneKind::ValueStack,
        PaneKind::CallStack,
        PaneKind::Variables,
        PaneKind::Heap,
        PaneKind::Output,
        PaneKind::Inspector,
        PaneKind::Ledger,
        PaneKind::Micro,
        PaneKind::Gc,
        PaneKind::Graph,
        PaneKind::Allocator,
        PaneKind::Breakpoints,
        PaneKind::Calls,
        PaneKind::Timeline,
        PaneKind::Lesson,
        PaneKind::Code,
        PaneKind::Threads,
    ];

    /// The heading of the pane.
    pub fn title(self) -> &'static str {
        match self {
            PaneKind::Source => "Source",
            PaneKind::Bytecode => "Bytecode",
            PaneKind::ValueStack => "Value stack",
            PaneKind::CallStack => "Frames",
            PaneKind::Variables => "Variables",
            PaneKind::Heap => "Heap",
            PaneKind::Output => "Output",
            PaneKind::Inspector => "Inspector",
            PaneKind::Ledger => "Ledger",
            PaneKind::Micro => "Micro-steps",
            PaneKind::Gc => "GC",
            PaneKind::Graph => "Graph",
            PaneKind::Allocator => "Allocator",
            PaneKind::Breakpoints => "Breakpoints",
            PaneKind::Calls => "Calls",
            PaneKind::Timeline => "Timeline",
            PaneKind::Lesson => "Lesson",
            PaneKind::Code => "Code browser",
            PaneKind::Threads => "Threads",
        }
    }

    /// What it shows, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            PaneKind::Source => "the program, and the piece computed next",
            PaneKind::Bytecode => "the instructions of this frame",
            PaneKind::ValueStack => "what the next instructions work on",
            PaneKind::CallStack => "who called whom",
            PaneKind::Variables => "the names that this frame can see",
            PaneKind::Heap => "objects, reference counts, sizes",
            PaneKind::Output => "what the program printed and asked",
            PaneKind::Inspector => "one object: memory, content, who holds it",
            PaneKind::Allocator => "arenas, pools, blocks, free lists",
            PaneKind::Breakpoints => "what stops the run: Enter edits, Space on or off, Del removes",
            PaneKind::Calls => "who called whom, and when: Enter goes there",
            PaneKind::Code => "code, function and frame objects, field by field",
            PaneKind::Timeline => "the whole run: arrows choose, Enter or a click goes there",
            PaneKind::Lesson => "the text of the lesson: Enter goes on, h is a hint, x the answer",
            PaneKind::Threads => "threads, the GIL, tasks: Enter on a hand-over goes there",
            PaneKind::Graph => "what the names lead to: boxes and arrows",
            PaneKind::Gc => "the collector: generations, thresholds, collections",
            PaneKind::Micro => "what happens inside the next instruction",
            PaneKind::Ledger => "every change of one object's reference count",
        }
    }

    /// The word for it on the `:` line.
    pub fn name(self) -> &'static str {
        match self {
            PaneKind::Source => "source",
            PaneKind::Bytecode => "bytecode",
            PaneKind::ValueStack => "stack",
            PaneKind::CallStack => "frames",
            PaneKind::Variables => "variables",
            PaneKind::Heap => "heap",
            PaneKind::Output => "output",
            PaneKind::Inspector => "inspector",
            PaneKind::Ledger => "ledger",
            PaneKind::Micro => "micro",
            PaneKind::Gc => "gc",
            PaneKind::Graph => "graph",
            PaneKind::Allocator => "allocator",
            PaneKind::Breakpoints => "stops",
            PaneKind::Calls => "calls",
            PaneKind::Timeline => "timeline",
            PaneKind::Lesson => "lesson",
            PaneKind::Code => "code",
            PaneKind::Threads => "threads",
        }
    }

    /// The key that focuses it, 1 to 9; panes after the ninth have none.
    pub fn number(self) -> Option<usize> {
        Some(self as usize + 1).filter(|&number| number <= 9)
    }
}

impl Audience {
    pub const ALL: [Audience; 3] = [Audience::Novice, Audience::Student, Audience::Internals];

    /// The word for it: `novice`.
    pub fn name(self) -> &'static str {
        match self {
            Audience::Novice => "novice",
            Audience::Student => "student",
            Audience::Internals => "internals",
        }
    }

    /// As a label: `Novice`.
    pub fn title(self) -> &'static str {
        match self {
            Audience::Novice => "Novice",
            Audience::Student => "Student",
            Audience::Internals => "Internals",
        }
    }

    /// The one of a name.
    pub fn named(name: &str) -> Option<Audience> {
        Audience::ALL.into_iter().find(|audience| audience.name() == name)
    }
}

impl ValueView {
    pub fn new(text: impl Into<String>, type_name: impl Into<String>) -> Self {
        ValueView { text: text.into(), type_name: type_name.into(), ..ValueView::default() }
    }
}

impl Status {
    /// Nothing more can run forward.
    pub fn is_over(&self) -> bool {
        matches!(self, Status::Finished { .. } | Status::Uncaught { .. })
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Status::Running => f.write_str("running"),
            Status::Paused { reason } => reason.fmt(f),
            Status::AwaitingInput { .. } => f.write_str("waits for input"),
            Status::Finished { exit_status } => write!(f, "finished, exit status {exit_status}"),
            Status::Uncaught { type_name, message, .. } if message.is_empty() => write!(f, "uncaught {type_name}"),
            Status::Uncaught { type_name, message, .. } => write!(f, "uncaught {type_name}: {message}"),
        }
    }
}

impl fmt::Display for PauseReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PauseReason::Deadlock => f.write_str("deadlock"),
            PauseReason::Start => f.write_str("at the start"),
            PauseReason::Step => f.write_str("paused"),
            PauseReason::Breakpoint { number, place } => write!(f, "breakpoint {number}, {place}"),
            PauseReason::Interrupted => f.write_str("interrupted"),
            PauseReason::Arrived => f.write_str("arrived"),
            PauseReason::FirstInstant => f.write_str("back at the start"),
            PauseReason::Other(text) => f.write_str(text),
        }
    }
}
