//! THE command table: every command with its names, keys, arguments and help.
//!
//! A key is short for a `:` line (`I` is `instruction-back`, `3` is `focus 3`), so one table and one parser drive the
//! keys, the footer, the `?` help, the `:` line and its completion. Step letters follow gdb; the same letter with
//! Shift is the exact reverse.

mod complete;
mod parse;

pub use self::{
    complete::{complete, file_argument},
    parse::parse,
};

use super::{
    breakpoints::{HitCondition, Target, Template},
    evaluate::Question,
    options,
    timeline::change::Change,
};
use crate::view::{FormsWanted, PaneKind};

/// A command with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Run forward or back by a number of units.
    Step {
        unit: StepUnit,
        direction: Direction,
        count: u64,
    },
    /// Run to a line, or back to it; `None` is the line under the cursor, which the screen fills in.
    Until {
        place: Option<Place>,
        direction: Direction,
    },
    /// Count how often a line has begun up to now, or run on until it begins for the N-th time.
    Round {
        place: Place,
        to: Option<u64>,
    },
    /// Go to an instant of the timeline.
    Goto(Instant),
    /// Run to where the value of an expression changes; `None`: of the last one.
    NextChange {
        question: Option<Question>,
        direction: Direction,
        count: u64,
    },
    /// Name this instant, or go to one that has a name; without one the screen asks.
    Mark(Option<String>),
    ToMark(Option<String>),
    Marks,
    /// Look at another frame; positive is outwards (`up`).
    FrameMove(i64),
    FrameSelect(usize),
    /// Set a breakpoint.
    Break {
        target: WantedTarget,
        condition: Option<Question>,
        temporary: bool,
        /// It prints this and goes on.
        log: Option<Template>,
    },
    /// Pass over the next hits of a breakpoint.
    Ignore {
        number: u32,
        count: u64,
    },
    /// Stop at certain hits of a breakpoint alone, or at all of them.
    Hits {
        number: u32,
        wanted: Option<HitCondition>,
    },
    /// Give a breakpoint a condition, or take it away.
    Condition {
        number: u32,
        condition: Option<Question>,
    },
    /// One breakpoint, or all of them, on or off.
    Enable {
        number: Option<u32>,
        enabled: bool,
    },
    /// Evaluate in a frame, counted outwards from the innermost.
    Print {
        expression: String,
        frame: usize,
    },
    /// Set or remove the breakpoint of a line.
    ToggleBreak {
        place: Option<Place>,
    },
    /// `None`: all of them.
    Delete {
        number: Option<u32>,
    },
    Breakpoints,
    /// To where an expression becomes true.
    Where(Question),
    /// To where the value of an expression got what it is now.
    Changed(Question),
    /// To where an object was made, or freed.
    Born {
        what: Wanted,
        frame: usize,
        freed: bool,
    },
    /// Who refers to an object.
    Holders {
        what: Wanted,
        frame: usize,
    },
    /// To where a line of the output was written.
    Wrote(u64),
    /// The card of an opcode; `None`: of the instruction under the cursor, or of the next one.
    Card(Option<String>),
    /// The narration in full, and the error in words.
    Say,
    /// How often each line and each opcode has run.
    Heat,
    /// Which forms the Bytecode pane shows; `None`: the next choice.
    Adaptive(Option<FormsWanted>),
    /// Where two runs part.
    Diff {
        file: String,
        is_input: bool,
    },
    /// Which objects the Heap pane lists, and in which order.
    Heap(String),
    /// Look at the frames of a thread; `None`: of the one that runs.
    Thread(Option<u32>),
    /// A pane as plain text.
    Show {
        pane: PaneKind,
        frame: usize,
    },
    /// A step inside the next instruction; all of them as plain text.
    Micro(Direction),
    Inside,
    /// Choose an object for the Inspector and the Ledger.
    Choose {
        what: Wanted,
        frame: usize,
    },
    /// The object in the middle of the Graph pane; `None`: the names.
    Graph {
        what: Option<Wanted>,
        frame: usize,
    },
    /// Choose a code object for the code browser; `None`: all of them.
    Browse {
        what: Option<Wanted>,
        frame: usize,
    },
    /// It as plain text.
    Code {
        what: Option<Wanted>,
        frame: usize,
    },
    /// The chosen object as plain text, or another one, which is chosen.
    Inspect {
        what: Option<Wanted>,
        frame: usize,
    },
    /// Its ledger as plain text.
    Ledger {
        what: Option<Wanted>,
        frame: usize,
    },
    /// The session, in a file.
    Save(String),
    /// What the program wrote, which the disk does not have.
    Files,
    /// Bring it to the disk, or what is at a path.
    Commit(Option<String>),
    /// A line for `input()`, without its newline; `None` is the end of the input.
    Input(Option<String>),
    /// Change the run: a new future.
    Change(Change),
    /// A statement on a copy; without one the screen opens the console.
    Console {
        source: Option<String>,
        frame: usize,
    },
    /// Show a value at every stop; `None`: list them.
    Display(Option<Question>),
    Undisplay(Option<u32>),
    /// Begin anew with a prompt.
    Repl,
    /// What was asked is wanted; or do a command without asking.
    Yes(Option<Box<Command>>),
    No,
    /// Whether to ask before a recorded future is lost.
    Confirm(bool),
    /// For the lesson, where there is one.
    Lesson(LessonOrder),

    // For the screen:
    Repeat,
    Pause,
    Play,
    Focus(Focus),
    Zoom(Zoom),
    /// `None`: the next one.
    Layout(Option<String>),
    /// Move a split of the layout.
    Resize(Resize),
    /// Edit the program, then run it anew to the same line.
    Edit,
    Rerun,
    /// Look at another program.
    Open(String),
    Scroll(Scroll),
    /// An empty text asks for one.
    Search(String),
    SearchAgain(Direction),
    /// The stages of the compiler; with the name of one of them.
    Pipeline(Option<String>),
    Theme(Option<String>),
    Set {
        name: String,
        value: String,
    },
    /// The screen, or a run: the whole, or the instants from the first to the second number.
    Export {
        file: String,
        range: Option<(u64, u64)>,
        /// A worksheet ends with its answers.
        answers: bool,
    },
    /// Lists them.
    Panes,
    Mouse,
    CommandLine,
    Palette,
    Help(Option<String>),
    Quit,
}

/// What a learner says to a lesson.
#[derive(Clone, Debug, PartialEq)]
pub enum LessonOrder {
    /// The next step of the lesson, or the next lesson.
    Next,
    Previous,
    /// To a step by its number, from 1.
    Step(usize),
    /// To a lesson by its number.
    Open(u32),
    /// The next hint.
    Hint,
    /// Run to where the step ends; show the answer.
    Solve,
    /// The step anew, where it begins.
    Restart,
    /// An answer: a letter, letters in their order, or a value.
    Answer(String),
}

/// How far one step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepUnit {
    /// One bytecode instruction.
    Instruction,
    /// To where the next sub-expression of the source has its value.
    Expression,
    /// To another source line, into calls.
    LineInto,
    /// To another source line of this frame or its caller.
    LineOver,
    /// Until this frame returns; back: to where it was called.
    Finish,
    /// To where the next Python function begins.
    Call,
    /// To where a generator is about to yield.
    Yield,
    /// To where an exception has been raised.
    Raise,
    /// To where the value of an expression has changed, see [`Command::NextChange`].
    Change,
    /// To a breakpoint or the end.
    Continue,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Forward,
    Back,
}

/// A point of the timeline, counted in instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instant {
    At(u64),
    Later(u64),
    Earlier(u64),
    First,
    Last,
}

/// Where a breakpoint is wanted.
#[derive(Clone, Debug, PartialEq)]
pub enum WantedTarget {
    /// The line under the cursor, which the screen fills in.
    Cursor,
    /// The value of an expression, in a frame, counted outwards from the innermost.
    Watch {
        question: Question,
        frame: usize,
        /// The function whose next call is meant; else the one that is looked at.
        of: Option<String>,
    },
    Line(Place),
    /// A byte offset in the function where the program stands.
    Offset(u32),
    Target(Target),
}

/// An object to look at.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// `x`, `self.head`, `xs[0]`: found without running code.
    Named(Question),
    /// A code object by its qualified name.
    Code(String),
    /// `#12`
    Serial(u32),
    /// The object in a slot of the heap, as [`crate::view::ValueView::slot`] has it.
    Slot(u32),
}

/// A line of a file; `None` is the file being looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub file: Option<String>,
    pub line: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Pane(PaneKind),
    Next,
    Previous,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zoom {
    In,
    Out,
}

/// What becomes of the focused pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resize {
    Narrower,
    Wider,
    Lower,
    Higher,
    /// All panes of the layout are as they were made.
    Reset,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scroll {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Top,
    Bottom,
}

/// What a command is about: the headings of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    Step,
    Time,
    Look,
    Breakpoints,
    Program,
    Lesson,
    Screen,
}

/// A row of the table.
#[derive(Debug)]
pub struct CommandRow {
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    /// Default keys, each with the arguments it stands for: `("3", "3")` of `focus`.
    pub keys: &'static [(&'static str, &'static str)],
    /// The arguments, as the help shows them; a count before the command (`:10i`) is named `COUNT`.
    pub syntax: &'static str,
    /// One line, no full stop.
    pub help: &'static str,
    /// A word for the footer; empty: not in the footer.
    pub label: &'static str,
    pub category: Category,
    parse: fn(&parse::Args<'_>) -> Result<Command, String>,
}

macro_rules! commands {
    ($( $category:ident: $name:literal [$($alias:literal)*] keys [$($key:tt)*] args $syntax:literal $label:literal => $parse:expr; $help:literal )*) => {
        &[$( CommandRow {
            name: $name,
            aliases: &[$($alias),*],
            keys: &[$($key),*],
            syntax: $syntax,
            help: $help,
            label: $label,
            category: Category::$category,
            parse: $parse,
        } ),*]
    };
}

use self::parse::*;

/// Every command, in the order of the help and of the footer.
#[rustfmt::skip]
pub static COMMANDS: &[CommandRow] = commands! {
    // category, name        aliases                   keys                 arguments       footer      parsed by
    Step: "instruction"      ["i" "stepi" "si"]        keys [("i", "")]     args "[COUNT]"  "instr"     => |a| step(a, StepUnit::Instruction, Direction::Forward);
        "one bytecode instruction"
    Step: "instruction-back" ["I" "reverse-stepi" "rsi"]     keys [("I", "")]     args "[COUNT]"  ""          => |a| step(a, StepUnit::Instruction, Direction::Back);
        "one instruction back"
    Step: "expression"       ["e"]                     keys [("e", "")]     args "[COUNT]"  "expr"      => |a| step(a, StepUnit::Expression, Direction::Forward);
        "to the value of the next sub-expression"
    Step: "expression-back"  ["E"]                     keys [("E", "")]     args "[COUNT]"  ""          => |a| step(a, StepUnit::Expression, Direction::Back);
        "one sub-expression back"
    Step: "step"             ["s"]                     keys [("s", "")]     args "[COUNT]"  "into"      => |a| step(a, StepUnit::LineInto, Direction::Forward);
        "to the next source line, into calls"
    Step: "step-back"        ["S" "reverse-step" "rs"]     keys [("S", "")]     args "[COUNT]"  ""          => |a| step(a, StepUnit::LineInto, Direction::Back);
        "one line back, into calls"
    Step: "next"             ["n"]                     keys [("n", "")]     args "[COUNT]"  "over"      => |a| step(a, StepUnit::LineOver, Direction::Forward);
        "to the next source line, over calls"
    Step: "next-back"        ["N" "reverse-next" "rn"]     keys [("N", "")]     args "[COUNT]"  ""          => |a| step(a, StepUnit::LineOver, Direction::Back);
        "one line back, over calls"
    Step: "finish"           ["f"]                     keys [("f", "")]     args "[COUNT]"  "finish"    => |a| step(a, StepUnit::Finish, Direction::Forward);
        "until the innermost frame has returned"
    Step: "finish-back"      ["F" "reverse-finish"]    keys [("F", "")]     args "[COUNT]"  ""          => |a| step(a, StepUnit::Finish, Direction::Back);
        "back to where this frame was called"
    Step: "continue"         ["c" "cont"]              keys [("c", "")]     args "[COUNT]"  "cont"      => |a| step(a, StepUnit::Continue, Direction::Forward);
        "to the next breakpoint or the end"
    Step: "continue-back"    ["C" "reverse-continue" "rc"] keys [("C", "")]     args "[COUNT]"  ""          => |a| step(a, StepUnit::Continue, Direction::Back);
        "back to the last breakpoint or the start"
    Step: "call"             []                        keys []              args "[COUNT]"  ""          => |a| step(a, StepUnit::Call, Direction::Forward);
        "to the start of the next Python function"
    Step: "call-back"        []                        keys []              args "[COUNT]"  ""          => |a| step(a, StepUnit::Call, Direction::Back);
        "back to the start of the last function called"
    Step: "yield"            []                        keys []              args "[COUNT]"  ""          => |a| step(a, StepUnit::Yield, Direction::Forward);
        "to the next yield of a generator"
    Step: "yield-back"       []                        keys []              args "[COUNT]"  ""          => |a| step(a, StepUnit::Yield, Direction::Back);
        "back to the last yield"
    Step: "raise"            []                        keys []              args "[COUNT]"  ""          => |a| step(a, StepUnit::Raise, Direction::Forward);
        "to the next exception, just raised"
    Step: "raise-back"       []                        keys []              args "[COUNT]"  ""          => |a| step(a, StepUnit::Raise, Direction::Back);
        "back to the last exception"
    Step: "change"           []                        keys []              args "[EXPR]"   ""          => |a| change(a, Direction::Forward);
        "to where the value of EXPR has changed; without EXPR the last one"
    Step: "change-back"      []                        keys []              args "[EXPR]"   ""          => |a| change(a, Direction::Back);
        "back to where it last changed"
    Step: "until"            ["t" "unt"]               keys [("t", "")]     args "[LINE]"   "to cursor" => |a| until(a, Direction::Forward);
        "run to a line; without LINE to the cursor"
    Step: "until-back"       ["T"]                     keys [("T", "")]     args "[LINE]"   ""          => |a| until(a, Direction::Back);
        "back to a line; without LINE to the cursor"
    Step: "repeat"           []                        keys [("<space>", "")] args ""       "repeat"    => |a| plain(a, Command::Repeat);
        "the last step once more"
    Step: "play"             []                        keys [("p", "")]     args ""         ""          => |a| plain(a, Command::Play);
        "repeat the last step by itself; + - change the speed"
    Step: "pause"            []                        keys []              args ""         ""          => |a| plain(a, Command::Pause);
        "stop a running program; so do Esc, p and Ctrl-C"

    Step: "micro"            ["z"]                     keys [("z", "")]     args ""         "micro"     => |a| plain(a, Command::Micro(Direction::Forward));
        "one step inside the next instruction: collection, lookup, growth, unwinding"
    Step: "micro-back"       ["Z"]                     keys [("Z", "")]     args ""         ""          => |a| plain(a, Command::Micro(Direction::Back));
        "one step back inside it"
    Step: "inside"           []                        keys []              args ""         ""          => |a| plain(a, Command::Inside);
        "all steps inside the next instruction, as text"

    Time: "goto"             []                        keys []              args "N | +N | -N | first | last | 'MARK" ""   => goto;
        "go to instruction N of the run, or N later or earlier, or to a mark"
    Time: "first"            ["g" "start"]                keys [("g", "")]     args ""         ""          => |a| plain(a, Command::Goto(Instant::First));
        "to the start of the program"
    Time: "last"             ["G"]                     keys [("G", "")]     args ""         ""          => |a| plain(a, Command::Goto(Instant::Last));
        "to the end of the program"

    Time: "mark"             []                        keys [("m", "")]     args "[NAME]"   ""          => |a| Ok(Command::Mark(a.optional_word()?.map(str::to_owned)));
        "name this instant"
    Time: "to-mark"          ["'"]                      keys [("'", "")]     args "[NAME]"   ""          => |a| Ok(Command::ToMark(a.optional_word()?.map(str::to_owned)));
        "go to a mark"
    Time: "marks"            []                        keys []              args ""         ""          => |a| plain(a, Command::Marks);
        "list the marks"
    Time: "changed"          []                        keys []              args "EXPR"     ""          => |a| Ok(Command::Changed(question(a)?));
        "back to where EXPR got the value that it has"
    Time: "created"          []                        keys []              args "NAME | #N" ""         => |a| born(a, false);
        "to where an object was made"
    Time: "freed"            []                        keys []              args "NAME | #N" ""         => |a| born(a, true);
        "to where an object is freed"
    Time: "wrote"            []                        keys []              args "LINE"     ""          => wrote;
        "to where a line of the output was written; so does Enter in Output"
    Time: "diff"             []                        keys []              args "FILE | input FILE" "" => diff;
        "run FILE, or this program with other input, beside it: where they part"
    Time: "where"            []                        keys []              args "EXPR"     ""          => |a| Ok(Command::Where(question(a)?));
        "to the first line at whose start EXPR has become true; lists all"

    Look: "up"               ["u"]                     keys [("u", "")]     args "[COUNT]"  ""          => |a| frame_move(a, 1);
        "look at the caller's frame"
    Look: "down"             ["d"]                     keys [("d", "")]     args "[COUNT]"  ""          => |a| frame_move(a, -1);
        "look at the called frame"
    Look: "frame"            []                        keys []              args "N"        ""          => frame;
        "look at frame N; 0 is the innermost"
    Look: "thread"           []                        keys []              args "[N]"      ""          => thread;
        "look at the frames of thread N, until the next step; without N of the one that runs"
    Look: "print"            ["p"]                     keys []              args "EXPR"     ""          => |a| print(a);
        "evaluate in the frame looked at, on a copy of the program"
    Look: "console"          []                        keys []              args "[STATEMENT]" ""       => |a| Ok(Command::Console { source: (!a.text.is_empty()).then(|| a.text.to_owned()), frame: 0 });
        "try statements on a copy of the program, which is kept while it stands still"
    Look: "display"          []                        keys []              args "[EXPR]"   ""          => display;
        "show the value of an expression at every stop; without EXPR list them"
    Look: "undisplay"        []                        keys []              args "[NUMBER]" ""          => undisplay;
        "show a value no more, or none of them"
    Look: "show"             ["info"]                  keys []              args "PANE"     ""          => show;
        "a pane as plain text"
    Look: "backtrace"        ["bt"]                    keys []              args ""         ""          => |a| plain(a, Command::Show { pane: PaneKind::CallStack, frame: 0 });
        "the frames as plain text, the innermost first"
    Look: "inspect"          ["examine"]               keys []              args "[NAME | #N]" ""       => inspect;
        "one object: memory, content, who holds it; Enter on a value does it"
    Look: "code"             []                        keys []              args "[NAME | #N]" ""       => code;
        "a function's code, function and frame objects, field by field; all code objects"
    Look: "ledger"           []                        keys []              args "[NAME | #N]" ""       => ledger;
        "every change of one object's reference count, and by whom"
    Look: "graph"            []                        keys []              args "[NAME | #N]" ""       => graph;
        "what the names lead to, as boxes; with NAME or #N what is around one object"
    Look: "holders"          []                        keys []              args "NAME | #N" ""         => holders;
        "who refers to an object, up to a name: why it is alive"
    Look: "card"             ["opcode"]                keys [("K", "")]     args "[OPCODE]" ""          => card;
        "what an instruction does; without OPCODE the one under the cursor, or the next"
    Look: "say"              []                        keys []              args ""         ""          => |a| plain(a, Command::Say);
        "the last step, the next one and the error in words; `:set level` for whom"
    Look: "heat"             []                        keys []              args ""         ""          => |a| plain(a, Command::Heat);
        "how often each line and opcode ran; `:set heat on` shows it in the panes"
    Look: "adaptive"         ["forms"]                 keys [("a", "")]     args "[off | on | caches]" "" => adaptive;
        "the specialized forms of the instructions, then their caches, beside the bytecode"
    Look: "heap"             []                        keys []              args "[program | touched | all | types | TYPE] [by age | size | refcount | type | generation]" "" => |a| Ok(Command::Heap(a.text.to_owned()));
        "which objects the Heap pane lists, and in which order"
    Look: "pipeline"         ["stages"]                keys [("P", "")]     args "[STAGE]"  "pipeline"  => |a| Ok(Command::Pipeline(a.optional_word()?.map(str::to_owned)));
        "from source to bytes: a piece in every stage of the compiler"
    Look: "search"           ["/"]                     keys [("/", "")]     args "[TEXT]"   ""          => |a| Ok(Command::Search(a.text.to_owned()));
        "find a text in the focused pane"
    Look: "search-next"      []                        keys [(".", "")]     args ""         ""          => |a| plain(a, Command::SearchAgain(Direction::Forward));
        "the next place found"
    Look: "search-previous"  []                        keys [(",", "")]     args ""         ""          => |a| plain(a, Command::SearchAgain(Direction::Back));
        "the previous place found"

    Breakpoints: "toggle"    []                        keys [("b", "")]     args "[LINE]"   "break"     => |a| Ok(Command::ToggleBreak { place: optional_place(a)? });
        "breakpoint on or off; without LINE at the cursor"
    Breakpoints: "break"     ["b" "breakpoint"]        keys []              args "[PLACE] [if EXPR]" "" => |a| break_at(a, false);
        "pause at a place or an event; `:help break` lists them"
    Breakpoints: "tbreak"    ["tb"]                    keys []              args "as break" "" => |a| break_at(a, true);
        "the same, once"
    Breakpoints: "log"       []                        keys []              args "PLACE \"TEXT {EXPR}\" [if EXPR]" "" => log;
        "print a text there and go on"
    Breakpoints: "ignore"    []                        keys []              args "NUMBER COUNT" ""      => ignore;
        "pass over the next COUNT hits of a breakpoint"
    Breakpoints: "hits"      []                        keys []              args "NUMBER [N | > N | < N | % N]" "" => hits;
        "pause at certain hits of a breakpoint alone, counted from here on, or at all"
    Breakpoints: "watch"     ["w"]                     keys []              args "EXPR"     ""          => watch;
        "pause when the value of an expression has changed; `of FUNCTION`: in its next call"
    Breakpoints: "condition" ["cond"]                  keys []              args "NUMBER [EXPR]" ""     => condition;
        "pause at a breakpoint only if EXPR is true"
    Breakpoints: "enable"    []                        keys []              args "[NUMBER]" ""          => |a| enable(a, true);
        "switch a breakpoint on, or all of them"
    Breakpoints: "disable"   []                        keys []              args "[NUMBER]" ""          => |a| enable(a, false);
        "switch a breakpoint off, or all of them"
    Breakpoints: "delete"    ["clear"]                 keys []              args "[NUMBER]" ""          => delete;
        "remove a breakpoint, or all of them"
    Breakpoints: "breakpoints" ["bl"]                  keys []              args ""         ""          => |a| plain(a, Command::Breakpoints);
        "list the breakpoints; `:stops` shows the pane"

    Program: "input"         []                        keys []              args "TEXT"     ""          => |a| Ok(Command::Input(Some(a.raw.to_owned())));
        "answer input() with a line; in the past: the next one anew"
    Program: "eof"           []                        keys []              args ""         ""          => |a| plain(a, Command::Input(None));
        "end the program's input"
    Program: "jump"          ["j"]                     keys []              args "LINE"     ""          => jump;
        "go on at another line of this function, as CPython allows it; a new future"
    Program: "return"        []                        keys []              args "EXPR"     ""          => return_value;
        "this function returns EXPR instead of going on; a new future"
    Program: "switch"        []                        keys []              args "THREAD"   ""          => switch;
        "a thread takes the GIL at the next check point; a new future"
    Program: "hold"          []                        keys []              args "[on | off]" ""         => hold;
        "the other threads stand still, until the one that runs must wait; a new future"
    Program: "repl"          []                        keys []              args ""         ""          => |a| plain(a, Command::Repl);
        "leave the program for a prompt: statements are compiled and run as they are typed"
    Program: "yes"           []                        keys []              args "[COMMAND]" ""         => yes;
        "yes to what was asked; before a COMMAND: do not ask"
    Program: "no"            []                        keys []              args ""         ""          => |a| plain(a, Command::No);
        "no to what was asked: all is left as it was"
    Program: "save"          []                        keys []              args "FILE"     ""          => save;
        "write this session to FILE; `uncoil FILE` opens it here again, on any machine"
    Program: "files"        []                        keys []              args ""         ""          => |a| plain(a, Command::Files);
        "what the program has written so far; the disk stays as it was"
    Program: "commit"        []                        keys []              args "[PATH]"   ""          => |a| Ok(Command::Commit((!a.text.is_empty()).then(|| a.text.to_owned())));
        "write to the disk what the program wrote: all, or a file or folder"
    Program: "edit"          []                        keys []              args ""         ""          => |a| plain(a, Command::Edit);
        "edit the program with $EDITOR, then run it anew to this line"
    Program: "rerun"         []                        keys []              args ""         ""          => |a| plain(a, Command::Rerun);
        "read the program again and run it to this line"
    Program: "open"          []                        keys []              args "FILE"     ""          => open;
        "look at another program, or at a session"

    Lesson: "lesson"         []                        keys [("]", "next") ("[", "previous") ("h", "hint") ("x", "solve")]
                                                                            args "next | previous | hint | solve | restart | answer TEXT | open N | N" "" => lesson;
        "in a lesson: the next step, the one before, a hint, the answer"

    Screen: "focus"          []                        keys [("1", "1") ("2", "2") ("3", "3") ("4", "4") ("5", "5") ("6", "6") ("7", "7") ("8", "8") ("9", "9") ("<tab>", "next") ("<S-tab>", "previous")]
                                                                            args "PANE | next | previous" "" => focus;
        "choose the pane that the arrow keys move; its name alone does it too"
    Screen: "panes"          []                        keys [("0", "")]     args ""         ""          => |a| plain(a, Command::Panes);
        "list the panes and layouts"
    Screen: "zoom"           []                        keys [("+", "in") ("=", "in") ("_", "out") ("-", "out")] args "in | out" "" => zoom;
        "make the focused pane larger or smaller"
    Screen: "layout"         ["L"]                     keys [("L", "")]     args "[NAME]"   ""          => |a| Ok(Command::Layout(a.optional_word()?.map(str::to_owned)));
        "choose a layout; without NAME the next one"
    Screen: "resize"         []                        keys [("<lt>", "narrower") (">", "wider") ("{", "lower") ("}", "higher")]
                                                                            args "narrower | wider | lower | higher | reset" "" => resize;
        "move the edge of the focused pane; reset: as the layout was made"
    Screen: "scroll"         []                        keys [("<up>", "up") ("<down>", "down") ("<left>", "left") ("<right>", "right") ("k", "up") ("j", "down") ("<pgup>", "page-up") ("<pgdn>", "page-down") ("<home>", "top") ("<end>", "bottom")]
                                                                            args "up | down | left | right | page-up | page-down | top | bottom" "" => scroll;
        "move in a pane; Left, Right step in Source and Bytecode"
    Screen: "theme"          []                        keys []              args "[NAME]"   ""          => |a| Ok(Command::Theme(a.optional_word()?.map(str::to_owned)));
        "choose the colours; without NAME the next ones"
    Screen: "set"            []                        keys []              args "TARGET = EXPR | NAME VALUE" "" => set;
        "change the program, a new future; or an option: `:help set` lists them"
    Screen: "export"         []                        keys []              args "FILE [FROM-TO] [answers]" "" => export;
        "a screen: .svg .txt .ansi; or a run, up to 2000 steps: .html .cast .json .md"
    Screen: "mouse"          ["M"]                     keys [("M", "")]     args ""         ""          => |a| plain(a, Command::Mouse);
        "mouse on or off; off, the terminal selects text itself"
    Screen: "palette"        []                        keys [("<C-p>", "")] args ""         ""          => |a| plain(a, Command::Palette);
        "find a command by a part of its name or help"
    Screen: "command"        []                        keys [(":", "")]     args ""         "command"   => |a| plain(a, Command::CommandLine);
        "type a command"
    Screen: "help"           ["h"]                     keys [("?", "")]     args "[COMMAND]" "help"     => |a| Ok(Command::Help(a.optional_word()?.map(str::to_owned)));
        "all keys and commands, or one of them"
    Screen: "quit"           ["q" "exit"]              keys [("q", "")]     args ""         "quit"        => |a| plain(a, Command::Quit);
        "leave"
};

impl Command {
    /// The screen itself does it; an engine has no part in it.
    pub fn is_for_screen(&self) -> bool {
        if let Command::Set { name, .. } = self {
            return options::row(name).is_none_or(|row| !row.is_session);
        }
        !matches!(
            self,
            Command::Step { .. }
                | Command::Until { .. }
                | Command::Round { .. }
                | Command::Goto(_)
                | Command::NextChange { .. }
                | Command::Mark(Some(_))
                | Command::ToMark(Some(_))
                | Command::Marks
                | Command::Changed(_)
                | Command::Born { .. }
                | Command::Holders { .. }
                | Command::Wrote(_)
                | Command::Heat
                | Command::Diff { .. }
                | Command::Ignore { .. }
                | Command::Hits { .. }
                | Command::Break { .. }
                | Command::Condition { .. }
                | Command::Enable { .. }
                | Command::Print { .. }
                | Command::ToggleBreak { .. }
                | Command::Delete { .. }
                | Command::Breakpoints
                | Command::Where(_)
                | Command::Thread(_)
                | Command::Show { .. }
                | Command::Micro(_)
                | Command::Inside
                | Command::Choose { .. }
                | Command::Graph { .. }
                | Command::Inspect { .. }
                | Command::Browse { .. }
                | Command::Code { .. }
                | Command::Ledger { .. }
                | Command::Input(_)
                | Command::Change(_)
                | Command::Console { source: Some(_), .. }
                | Command::Display(_)
                | Command::Undisplay(_)
                | Command::Repl
                | Command::Yes(_)
                | Command::No
                | Command::Confirm(_)
                | Command::Lesson(_)
                | Command::Save(_)
                | Command::Files
                | Command::Commit(_)
        )
    }

    /// The program may stand elsewhere after it.
    pub fn moves(&self) -> bool {
        matches!(
            self,
            Command::Step { .. }
                | Command::Until { .. }
                | Command::Round { .. }
                | Command::Goto(_)
                | Command::NextChange { .. }
                | Command::ToMark(_)
                | Command::Changed(_)
                | Command::Born { .. }
                | Command::Wrote(_)
                | Command::Diff { .. }
                | Command::Where(_)
                | Command::Input(_)
                | Command::Change(_)
                | Command::Repl
                | Command::Lesson(_)
                | Command::Yes(_)
        )
    }

    /// The same, asked in the frame that is looked at.
    #[must_use]
    pub fn in_frame(mut self, at: usize) -> Command {
        match &mut self {
            Command::Print { frame, .. }
            | Command::Born { frame, .. }
            | Command::Holders { frame, .. }
            | Command::Show { frame, .. }
            | Command::Choose { frame, .. }
            | Command::Browse { frame, .. }
            | Command::Code { frame, .. }
            | Command::Inspect { frame, .. }
            | Command::Ledger { frame, .. }
            | Command::Console { frame, .. }
            | Command::Change(Change::Assign { frame, .. }) => *frame = at,
            _ => {}
        }
        self
    }

    /// It moves the program in time, so that `Space` may repeat it.
    pub fn is_step(&self) -> bool {
        matches!(self, Command::Step { .. } | Command::NextChange { .. })
    }

    /// The command that a default key stands for, in the notation of [`CommandRow::keys`].
    pub fn of_key(key: &str) -> Option<Command> {
        let (row, arguments) = row_of_key(key)?;
        parse(&format!("{} {arguments}", row.name)).ok()
    }
}

/// The row of a default key, with the arguments it stands for.
pub fn row_of_key(key: &str) -> Option<(&'static CommandRow, &'static str)> {
    COMMANDS.iter().find_map(|row| row.keys.iter().find(|(it, _)| *it == key).map(|(_, arguments)| (row, *arguments)))
}

/// The row of a name or an alias.
pub fn row_named(name: &str) -> Option<&'static CommandRow> {
    COMMANDS.iter().find(|row| row.name == name || row.aliases.contains(&name))
}

impl Category {
    pub const ALL: [Category; 7] =
        [Category::Step, Category::Time, Category::Look, Category::Breakpoints, Category::Program, Category::Lesson, Category::Screen];

    pub fn title(self) -> &'static str {
        match self {
            Category::Step => "Stepping (Shift: the same backwards)",
            Category::Time => "Time",
            Category::Look => "Looking",
            Category::Breakpoints => "Breakpoints",
            Category::Program => "The program",
            Category::Lesson => "Lessons",
            Category::Screen => "Screen",
        }
    }
}

impl Place {
    pub fn line(line: u32) -> Self {
        Place { file: None, line }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_parses_and_no_key_or_name_is_there_twice() {
        let mut keys = Vec::new();
        let mut names = Vec::new();
        for row in COMMANDS {
            for (key, arguments) in row.keys {
                parse(&format!("{} {arguments}", row.name)).unwrap_or_else(|error| panic!("{key}: {error}"));
                keys.push(*key);
            }
            names.push(row.name);
            names.extend(row.aliases);
        }
        for mut words in [keys, names] {
            let count = words.len();
            words.sort_unstable();
            words.dedup();
            assert_eq!(count, words.len());
        }
    }
}
