//! Hand-made views of `tests/screens/lru/lru.py`, as an engine would give them at four instants.
//!
//! Bytecode and positions are CPython's; values and counts are what it has at these steps.

use std::sync::Arc;

use uncoil::{
    debugger::{
        command::{Command, Direction, Instant, Place},
        engine::{Answer, Engine},
    },
    text::SourceFile,
    view::*,
};

/// Goes forward and back between prepared views.
pub struct Recorded {
    views: Vec<View>,
    now: usize,
    breakpoints: Vec<u32>,
}

impl Recorded {
    pub fn at(now: usize) -> Self {
        Recorded { views: vec![before_add(), after_add(), waiting(), finished(), uncaught()], now, breakpoints: vec![26] }
    }
}

impl Engine for Recorded {
    fn execute(&mut self, command: &Command) -> Answer {
        match command {
            Command::Step { direction: Direction::Forward, .. } if self.now + 1 >= self.views.len() => {
                return Answer::error("the program has ended");
            }
            Command::Step { direction: Direction::Forward, .. } | Command::Input(_) => self.now += 1,
            Command::Step { direction: Direction::Back, .. } => self.now = self.now.saturating_sub(1),
            Command::Goto(Instant::First) => self.now = 0,
            Command::ToggleBreak { place: Some(Place { line, .. }) } => {
                self.breakpoints.push(*line);
                return Answer::message(format!("breakpoint {} at lru.py:{line}", self.breakpoints.len()));
            }
            Command::Breakpoints => {
                return Answer::listing(self.breakpoints.iter().enumerate().map(|(n, line)| format!("{}  lru.py:{line}", n + 1)).collect());
            }
            other => return Answer::error(format!("not here: {other:?}")),
        }
        Answer::done()
    }

    fn view(&self, request: &ViewRequest) -> View {
        let mut view = self.views[self.now].clone();
        view.source.breakpoints.clone_from(&self.breakpoints);
        view.timeline = timeline(&view);
        view.call_stack.selected = request.frame;
        if request.frame == 1 {
            view.source.current_line = Some(43);
            view.source.range = Some(range(43, 4, 32));
            view.bytecode = bytecode("<module>", include_str!("../../screens/lru/module.dis"), Some(158), None);
            view.bytecode.live_operand = None;
            view.value_stack = ValueStackView {
                rows: vec![StackRow { slot: 0, value: object("<enumerate #41>", "enumerate", 1, 41), role: None }],
                depth: 1,
                limit: 9,
            };
        }
        view
    }
}

fn timeline(view: &View) -> TimelineView {
    let depth = |at: u64| if (120..200).contains(&at) || (220..330).contains(&at) { 2 } else { 1 };
    let mut stretches: Vec<_> = (0..422).map(|at| timeline::Stretch { depth: depth(at), ..Default::default() }).collect();
    for chunk in &view.output.chunks {
        stretches[chunk.step as usize].wrote = Some(chunk.step);
    }
    let marks = vec![(130, "a".to_owned())];
    TimelineView { stretches, length: 1, furthest: 421, is_finished: true, here: view.step, marks, stops: vec![304] }
}

/// `self.size + 1` is about to be computed.
fn before_add() -> View {
    let mut view = in_put();
    view.step = 304;
    view.last_step = Some(421);
    view.is_past = view.step < 421;
    view.status = Status::Paused { reason: PauseReason::Step };
    view.source.range = Some(range(21, 11, 24));
    view.bytecode.next = Some(16);
    view.bytecode.executed = Some(14);
    view.bytecode.live_operand = Some("2, 1".into());
    view.value_stack.rows = vec![
        StackRow { slot: 1, value: ValueView { change: Change::New, refcount_delta: 1, ..int("1", 1057) }, role: Some(Role::Rhs) },
        StackRow { slot: 0, value: int("2", 387), role: Some(Role::Lhs) },
    ];
    view.value_stack.depth = 2;
    view.narration = Narration {
        done: "LOAD_CONST pushed the int 1 (refcount 1057)".into(),
        next: "BINARY_OP + will pop 2 and 1 and push their sum".into(),
    };
    view
}

/// It has been computed.
fn after_add() -> View {
    let mut view = in_put();
    view.step = 305;
    view.last_step = Some(421);
    view.is_past = view.step < 421;
    view.status = Status::Paused { reason: PauseReason::Step };
    view.source.range = Some(range(21, 27, 31));
    view.bytecode.next = Some(20);
    view.bytecode.executed = Some(16);
    view.bytecode.live_operand = Some("<LRU #21>".into());
    view.value_stack.rows = vec![
        StackRow { slot: 1, value: ValueView { change: Change::Removed, refcount_delta: -1, ..int("1", 1056) }, role: None },
        StackRow {
            slot: 0,
            value: ValueView { change: Change::Changed { old: "2".into() }, refcount_delta: 1, ..int("3", 205) },
            role: None,
        },
    ];
    view.value_stack.depth = 1;
    view.narration = Narration {
        done: "BINARY_OP + popped 2 and 1, pushed the int 3 (refcount 205)".into(),
        next: "LOAD_FAST self will push <LRU #21>".into(),
    };
    view
}

fn waiting() -> View {
    let mut view = in_module(244);
    view.step = 404;
    view.status = Status::AwaitingInput { prompt: "whose number? ".into() };
    view.source.range = Some(range(46, 9, 32));
    view.source.current_line = Some(46);
    view.output.chunks.push(chunk(Stream::Stdout, "whose number? ", 403));
    view.narration = Narration { done: String::new(), next: "CALL input: the program waits for a line".into() };
    view
}

fn finished() -> View {
    let mut view = in_module(324);
    view.step = 421;
    view.last_step = Some(421);
    view.is_past = view.step < 421;
    view.status = Status::Finished { exit_status: 0 };
    view.bytecode = BytecodeView::default();
    view.value_stack = ValueStackView::default();
    view.call_stack = CallStackView::default();
    view.variables = VariablesView::default();
    view.source.current_line = None;
    view.source.executed_line = Some(47);
    view.output.chunks.push(chunk(Stream::Stdout, "whose number? ", 403));
    view.output.chunks.push(chunk(Stream::Stdin, "Ada\n", 404));
    view.output.chunks.push(chunk(Stream::Stdout, "Ada -> forgotten\n", 418));
    view.narration = Narration { done: "RETURN_VALUE returned None from <module>".into(), next: String::new() };
    view
}

fn uncaught() -> View {
    let mut view = finished();
    let traceback = "Traceback (most recent call last):\n  File \"lru.py\", line 46, in <module>\n    wanted = input(\"whose number? \")\n             \
                     ^^^^^^^^^^^^^^^^^^^^^^^\nEOFError: EOF when reading a line\n";
    view.status = Status::Uncaught { type_name: "EOFError".into(), message: "EOF when reading a line".into(), traceback: traceback.into() };
    view.output.chunks.truncate(3);
    view.output.chunks.push(chunk(Stream::Stderr, traceback, 405));
    view
}

fn in_put() -> View {
    let mut view = View { source: source(), output: output(), heap: heap(), ..View::default() };
    view.source.current_line = Some(21);
    view.bytecode = bytecode("LRU.put", include_str!("../../screens/lru/put.dis"), None, None);
    view.value_stack.limit = 4;
    view.call_stack.frames = vec![
        FrameRow { name: "LRU.put".into(), file: "lru.py".into(), line: Some(21), offset: Some(16), ..FrameRow::default() },
        FrameRow { name: "<module>".into(), file: "lru.py".into(), line: Some(43), offset: Some(158), ..FrameRow::default() },
    ];
    view.variables.sections = vec![
        VariableSection {
            scope: Scope::Locals,
            rows: vec![
                row("self", object("<LRU #21>", "LRU", 3, 21)),
                row("key", object("'名前'", "str", 4, 12)),
                row("value", int("30", 9)),
                VariableRow { name: "node".into(), value: None },
            ],
        },
        globals(),
    ];
    view
}

fn in_module(offset: u32) -> View {
    let mut view = View { source: source(), output: output(), heap: heap(), ..View::default() };
    view.bytecode = bytecode("<module>", include_str!("../../screens/lru/module.dis"), Some(offset), Some(offset - 4));
    view.value_stack = ValueStackView {
        rows: vec![
            StackRow { slot: 2, value: object("'whose number? '", "str", 3, 14), role: Some(Role::Argument(1)) },
            StackRow {
                slot: 1,
                value: object("<built-in function input>", "builtin_function_or_method", 4, 3),
                role: Some(Role::Callable),
            },
            StackRow { slot: 0, value: ValueView::new("NULL", ""), role: Some(Role::SelfOrNull) },
        ],
        depth: 3,
        limit: 9,
    };
    view.call_stack.frames =
        vec![FrameRow { name: "<module>".into(), file: "lru.py".into(), line: Some(46), offset: Some(offset), ..FrameRow::default() }];
    view.variables.sections = vec![VariableSection { scope: Scope::Globals, rows: globals().rows }];
    view
}

fn globals() -> VariableSection {
    VariableSection {
        scope: Scope::Globals,
        rows: vec![
            row("__name__", object("'__main__'", "str", 22, 1)),
            row("__doc__", object("'A cache that forgets what nobody used for the longest time.'", "str", 3, 2)),
            row("__file__", object("'lru.py'", "str", 12, 4)),
            row("Node", object("<class 'Node'>", "type", 6, 9)),
            row("LRU", object("<class 'LRU'>", "type", 6, 19)),
            row("cache", object("<LRU #21>", "LRU", 3, 21)),
            row("number", int("3", 204)),
            row("name", object("'名前'", "str", 4, 12)),
        ],
    }
}

fn source() -> SourceView {
    let text = highlighted("lru.py", &SourceFile::from_text(include_str!("../../screens/lru/lru.py")));
    SourceView { text: Arc::new(text), ..SourceView::default() }
}

fn bytecode(name: &str, dis: &str, next: Option<u32>, executed: Option<u32>) -> BytecodeView {
    let mut listing = Listing { code_name: name.into(), ..Listing::default() };
    for line in dis.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<_> = line.split('\t').collect();
        let number = |index: usize| fields[index].parse::<u32>().ok();
        if fields[0] == "exception" {
            let at = |index: usize| number(index).unwrap();
            listing.exception_table.push(ExceptionRow { start: at(1), end: at(2), target: at(3), depth: at(4), lasti: fields[5] == "1" });
            continue;
        }
        listing.rows.push(BytecodeRow {
            offset: number(0).unwrap(),
            line_start: number(1),
            line: number(2),
            opname: fields[3].into(),
            arg: number(4),
            argtext: fields[5].into(),
            is_jump_target: fields[6] == "1",
            jump_target: fields[5].strip_prefix("to ").and_then(|target| target.parse().ok()),
        });
    }
    BytecodeView { listing: Arc::new(listing), next, executed, breakpoints: vec![268], ..BytecodeView::default() }
}

fn heap() -> HeapView {
    let row = |serial: u32, type_name: &str, text: &str, refcount: u64, size: u64, gc_tracked: bool| HeapRow {
        serial,
        type_name: type_name.into(),
        text: text.into(),
        refcount,
        size,
        generation: gc_tracked.then_some(2),
        address: 0x7f3a_5c00_0000 + u64::from(serial) * 0x40,
        ..HeapRow::default()
    };
    let mut rows = vec![
        row(9, "type", "<class 'Node'>", 6, 1064, true),
        row(12, "str", "'名前'", 4, 78, false),
        row(14, "str", "'whose number? '", 3, 63, false),
        row(19, "type", "<class 'LRU'>", 6, 1064, true),
        row(20, "list", "['Ada', 'Grace', '名前']", 1, 88, true),
        row(21, "LRU", "<LRU #21>", 3, 56, true),
        row(22, "dict", "{'Ada': <Node #27>, 'Grace': <Node #34>}", 1, 232, true),
        row(23, "Node", "<Node #23>", 6, 56, true),
        row(27, "Node", "<Node #27>", 3, 56, true),
        row(30, "str", "\"put 'Ada': 1 of 2\"", 1, 67, false),
        row(34, "Node", "<Node #34>", 3, 56, true),
        row(41, "enumerate", "<enumerate #41>", 1, 72, true),
        row(44, "tuple", "(3, '名前')", 1, 56, true),
    ];
    rows[5].refcount_delta = 1;
    rows[9].change = Change::Removed;
    rows[9].refcount = 0;
    rows[9].refcount_delta = -1;
    rows[12].change = Change::New;
    rows[12].refcount_delta = 1;
    HeapView { rows, first: 0, matching: 13, objects: 6214, bytes: 1_234_000, ..HeapView::default() }
}

fn output() -> OutputView {
    OutputView {
        chunks: vec![chunk(Stream::Stdout, "put 'Ada': 1 of 2\n", 198), chunk(Stream::Stdout, "put 'Grace': 2 of 2\n", 291)],
        omitted: 0,
        later: Vec::new(),
    }
}

fn chunk(stream: Stream, text: &str, step: u64) -> OutputChunk {
    OutputChunk { stream, text: text.into(), step }
}

fn range(line: u32, col: u32, end_col: u32) -> SourceRange {
    SourceRange { line, end_line: line, col, end_col }
}

fn row(name: &str, value: ValueView) -> VariableRow {
    VariableRow { name: name.into(), value: Some(value) }
}

fn int(text: &str, refcount: u64) -> ValueView {
    ValueView { refcount: Some(refcount), ..ValueView::new(text, "int") }
}

fn object(text: &str, type_name: &str, refcount: u64, serial: u32) -> ValueView {
    let serial = (!text.starts_with('\'')).then_some(serial);
    ValueView { refcount: Some(refcount), serial, ..ValueView::new(text, type_name) }
}
