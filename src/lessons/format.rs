//! `lesson.md`: a lesson as its author writes it.
//!
//! ```text
//!   +++                          TOML: title, number, goals, minutes, panes …
//!   title = "The value stack"
//!   +++
//!   Markdown before the first heading is the first step.
//!
//!   ## A heading begins a step   its text is Markdown
//!   ```step                      its kind and data are TOML
//!   kind = "do"
//!   until = "op BINARY_OP"
//!   ```
//! ```
//!
//! Errors name the file and the line, say what is wrong and what to do. `lessons/README.md` explains all of it by example.

mod fields; // tables with lines

use std::{fmt, sync::Arc};

use self::fields::Fields;
use super::moment::Moment;
use crate::{
    debugger::command::{self, Command},
    view::{Audience, PaneKind, lesson::plain_of},
};

/// A lesson.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// `06_reference_counting`: the folder's name.
    pub name: String,
    /// Where it came from, for errors: `lessons/06_reference_counting`.
    pub place: String,
    pub number: u32,
    pub title: String,
    pub goals: Vec<String>,
    /// For whom the narration speaks.
    pub level: Audience,
    /// What the screen shows beside the lesson, the most important first.
    pub panes: Vec<PaneKind>,
    pub minutes: u32,
    /// Keys that it teaches.
    pub keys: Vec<String>,
    /// The program's text, and the lines of its standard input.
    pub program: Arc<str>,
    pub input: Vec<String>,
    /// What CPython 3.11 printed, if it was recorded.
    pub expected: Option<String>,
    pub steps: Vec<Step>,
}

/// One step of it.
#[derive(Clone, Debug)]
pub struct Step {
    /// The line of its heading, and of its block.
    pub line: usize,
    pub heading: String,
    /// Markdown.
    pub text: Arc<str>,
    /// The line where the text begins.
    pub text_line: usize,
    pub kind: StepKind,
    /// Where the machine stands when it begins; otherwise where the step before ended.
    pub at: Option<Moment>,
    /// Where it ends.
    pub until: Option<Moment>,
    pub hints: Vec<String>,
    /// Said when it is done.
    pub why: String,
    /// The panes to show, if not those of the lesson.
    pub panes: Vec<PaneKind>,
    pub focus: Option<PaneKind>,
    /// Panes whose values are hidden in a quiz until the question is answered.
    pub hide: Vec<PaneKind>,
    /// The object for the Inspector and the Ledger.
    pub inspect: Option<String>,
    /// The keys that may move the machine; empty: all.
    pub allow: Vec<(String, Command)>,
    /// Keys and `:` lines that do it.
    pub solution: Vec<Command>,
    /// The same as written.
    pub solution_text: Vec<String>,
    /// The lines of its fields.
    pub lines: Vec<(String, usize)>,
}

/// What a learner does in a step.
#[derive(Clone, Debug)]
pub enum StepKind {
    Read,
    /// Go to a moment.
    Do,
    /// Say what will be, before it is.
    Predict {
        question: String,
        truth: Truth,
    },
    /// Bring the machine to where an expression is true.
    Reach {
        goal: String,
        /// So many commands are enough.
        par: Option<u32>,
    },
    /// Change the program so that an expression is true where it ends, or at `until`.
    Edit {
        goal: String,
        /// Old and new pieces of the program: a solution.
        replace: Vec<(String, String)>,
    },
    /// Put things in the order in which the machine comes to them.
    Order {
        question: String,
        items: Vec<Item>,
    },
}

/// How a prediction is judged.
#[derive(Clone, Debug)]
pub enum Truth {
    /// One of several.
    Choices(Vec<Choice>),
    /// A value that is typed: an expression says what is right; and what to say about known wrong values.
    Value { answer: String, wrong: Vec<(String, String)> },
}

/// One answer to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    pub line: usize,
    pub text: String,
    /// True at the step's end if this is the answer.
    pub is: String,
    pub right: bool,
    pub why: String,
}

/// One thing to put in order.
#[derive(Clone, Debug)]
pub struct Item {
    pub line: usize,
    pub text: String,
    pub at: Moment,
}

/// What is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub file: String,
    /// 0: the file as a whole.
    pub line: usize,
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.what),
            line => write!(f, "{}:{line}: {}", self.file, self.what),
        }
    }
}

/// The kinds of steps, as they are written.
pub const KINDS: &[(&str, &str)] = &[
    ("read", "text beside the machine"),
    ("do", "go to a moment"),
    ("predict", "say what will be, then see it"),
    ("reach", "bring the machine to a goal"),
    ("edit", "change the program until something is true"),
    ("order", "put things in the order of the machine"),
];

/// At most so many choices or items.
const MOST_CHOICES: usize = 6;

impl StepKind {
    pub fn name(&self) -> &'static str {
        match self {
            StepKind::Read => "read",
            StepKind::Do => "do",
            StepKind::Predict { .. } => "predict",
            StepKind::Reach { .. } => "reach",
            StepKind::Edit { .. } => "edit",
            StepKind::Order { .. } => "order",
        }
    }

    pub fn question(&self) -> &str {
        match self {
            StepKind::Predict { question, .. } | StepKind::Order { question, .. } => question,
            _ => "",
        }
    }
}

/// The texts of a lesson's folder.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a> {
    pub lesson: &'a str,
    pub program: Option<&'a str>,
    pub expected: Option<&'a str>,
}

impl Lesson {
    /// Reads a lesson. `place` is its folder as the user knows it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text.
    pub fn read(place: &str, texts: Texts<'_>) -> Result<Lesson, Vec<Problem>> {
        let mut reader = Reader { file: format!("{place}/lesson.md"), problems: Vec::new() };
        let lesson = reader.lesson(place, texts);
        match (lesson, reader.problems) {
            (Some(lesson), problems) if problems.is_empty() => Ok(lesson),
            (_, mut problems) => {
                problems.sort_by_key(|problem| problem.line);
                Err(problems)
            }
        }
    }

    /// `lessons/06_x/lesson.md`
    pub fn file(&self) -> String {
        format!("{}/lesson.md", self.place)
    }

    /// The name that tracebacks show.
    pub fn program_file(&self) -> &'static str {
        PROGRAM
    }
}

/// The program's file in the folder.
pub const PROGRAM: &str = "program.py";

struct Reader {
    file: String,
    problems: Vec<Problem>,
}

/// A step as it stands in the file.
struct Rough {
    line: usize,
    heading: String,
    text: String,
    text_line: usize,
    block: Option<(usize, String)>,
}

impl Reader {
    fn complain(&mut self, line: usize, what: impl Into<String>) {
        self.problems.push(Problem { file: self.file.clone(), line, what: what.into() });
    }

    fn lesson(&mut self, place: &str, texts: Texts<'_>) -> Option<Lesson> {
        let lines: Vec<&str> = texts.lesson.lines().map(|line| line.trim_end()).collect();
        let (head, body_from) = self.front_matter(&lines)?;
        let program = match texts.program {
            Some(text) => text,
            None => {
                self.complain(0, format!("there is no {PROGRAM} beside it; put the lesson's program there"));
                ""
            }
        };
        let mut fields = Fields::read(&head, 1, &self.file, &mut self.problems)?;
        let name = place.trim_end_matches('/').rsplit('/').next().unwrap_or(place).to_owned();
        let (of_name, _) = name.split_once('_').unwrap_or((&name, ""));
        let number = fields.number("number").or(of_name.parse().ok()).unwrap_or(0);
        let title = fields.needed("title", "title = \"The value stack\"");
        let goals = fields.texts("goals");
        let level = fields.one_of("level", &Audience::ALL.map(Audience::name)).and_then(|name| Audience::named(&name)).unwrap_or_default();
        let mut panes = fields.panes("panes");
        if panes.is_empty() {
            panes = vec![PaneKind::Source, PaneKind::Bytecode, PaneKind::ValueStack, PaneKind::Variables];
        }
        let minutes = fields.number("minutes").unwrap_or(10);
        let keys = fields.texts("keys");
        let input = fields.texts("input").into_iter().map(|line| format!("{line}\n")).collect();
        fields.finish("the front matter");
        let mut steps = Vec::new();
        for rough in self.steps(&lines, body_from, &title) {
            steps.extend(self.step(rough));
        }
        if steps.is_empty() && self.problems.is_empty() {
            self.complain(body_from, "the lesson has no steps; a heading `## First look` begins one");
        }
        Some(Lesson {
            name,
            place: place.trim_end_matches('/').to_owned(),
            number,
            title,
            goals,
            level,
            panes,
            minutes,
            keys,
            program: program.into(),
            input,
            expected: texts.expected.map(str::to_owned),
            steps,
        })
    }

    /// The text between the `+++` lines, and the line after it.
    fn front_matter(&mut self, lines: &[&str]) -> Option<(String, usize)> {
        if lines.first() != Some(&"+++") {
            self.complain(1, "the file must begin with a line `+++`; TOML with the title follows, and another `+++`");
            return None;
        }
        match lines.iter().skip(1).position(|line| *line == "+++") {
            Some(length) => Some((lines[1..=length].join("\n"), length + 2)),
            None => {
                self.complain(1, "the front matter has no end; put a line `+++` after it");
                None
            }
        }
    }

    /// The file in pieces, one a heading.
    fn steps(&mut self, lines: &[&str], from: usize, title: &str) -> Vec<Rough> {
        let begin = |line: usize, heading: &str| Rough {
            line,
            heading: heading.trim().to_owned(),
            text: String::new(),
            text_line: line + 1,
            block: None,
        };
        let mut steps = vec![Rough { text_line: from + 1, ..begin(from + 1, title) }];
        let mut fence: Option<(usize, bool)> = None;
        for (index, line) in lines.iter().enumerate().skip(from) {
            let number = index + 1;
            let Some(step) = steps.last_mut() else { break };
            match fence {
                Some((_, is_step)) if line.trim() == "```" => {
                    fence = None;
                    if !is_step {
                        step.text += "```\n";
                    }
                }
                Some((_, true)) => {
                    if let Some((_, block)) = &mut step.block {
                        *block += line;
                        *block += "\n";
                    }
                }
                None if *line == "```step" => {
                    fence = Some((number, true));
                    if step.block.is_some() {
                        self.problems.push(Problem {
                            file: self.file.clone(),
                            line: number,
                            what: "this step has a block already; a new heading `## …` begins another step".into(),
                        });
                    }
                    step.block = Some((number, String::new()));
                }
                None if line.starts_with("## ") => steps.push(begin(number, &line[3..])),
                _ => {
                    if fence.is_none() && line.starts_with("```") {
                        fence = Some((number, false));
                    }
                    step.text += line;
                    step.text += "\n";
                }
            }
        }
        if let Some((line, _)) = fence {
            self.complain(line, "this block has no end; put a line ``` after it");
        }
        for step in &mut steps {
            let blank = step.text.len() - step.text.trim_start_matches('\n').len();
            step.text_line += blank;
            step.text = step.text.trim_matches('\n').to_owned();
        }
        steps.retain(|step| step.line != from + 1 || !step.text.is_empty() || step.block.is_some());
        steps
    }

    fn step(&mut self, rough: Rough) -> Option<Step> {
        let Rough { line, heading, text, text_line, block } = rough;
        let (block_line, block) = block.unwrap_or((line, String::new()));
        if heading.is_empty() {
            self.complain(line, "this step has no heading; write it after the `##`");
        }
        let mut fields = Fields::read(&block, block_line + 1, &self.file, &mut self.problems)?;
        let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        let kind = fields.one_of("kind", &names).unwrap_or_else(|| "read".into());
        let at = fields.moment("at");
        let until = fields.moment("until");
        let question = fields.text("question").unwrap_or_default();
        let kind = match kind.as_str() {
            "do" => {
                if !fields.has("until") {
                    fields.wrong("kind", "a `do` step needs `until`: where it ends, for example until = \"op BINARY_OP\"");
                }
                StepKind::Do
            }
            "predict" => {
                if question.is_empty() {
                    fields.wrong("kind", "a `predict` step needs a `question`");
                }
                let truth = predicted(&mut fields);
                StepKind::Predict { question, truth }
            }
            "reach" => {
                let goal = fields.needed("goal", "goal = \"refcount(a) == 2\"");
                fields.expression("goal", &goal);
                StepKind::Reach { goal, par: fields.number("par") }
            }
            "edit" => {
                let goal = fields.needed("goal", "goal = \"output == 'freed\\\\n'\"");
                fields.expression("goal", &goal);
                StepKind::Edit { goal, replace: fields.pairs("replace") }
            }
            "order" => {
                if question.is_empty() {
                    fields.wrong("kind", "an `order` step needs a `question`");
                }
                let mut items = Vec::new();
                for mut item in fields.tables("item") {
                    let line = item.line;
                    let text = item.needed("text", "text = \"LOAD_NAME a\"");
                    if let Some(at) = item.needed_moment("at", "at = \"op LOAD_NAME line 3\"") {
                        items.push(Item { line, text, at });
                    }
                    item.finish("an item");
                    fields.take(item);
                }
                if !(2..=MOST_CHOICES).contains(&items.len()) {
                    fields.wrong("kind", &format!("an `order` step needs 2 to {MOST_CHOICES} tables [[item]]"));
                }
                StepKind::Order { question, items }
            }
            _ => StepKind::Read,
        };
        let hints = fields.texts("hints");
        let why = fields.text("why").unwrap_or_default();
        let panes = fields.panes("panes");
        let focus = fields.panes("focus").first().copied();
        let hide = fields.panes("hide");
        let inspect = fields.text("inspect");
        let mut allow = Vec::new();
        for (at, key) in fields.lined_texts("allow") {
            match Command::of_key(&key) {
                Some(command) if command.moves() => allow.push((key, command)),
                _ => fields.complain(at, format!("`{key}` is no key that moves the machine; `?` lists them")),
            }
        }
        let mut solution = Vec::new();
        let written = fields.lined_texts("solution");
        for (at, text) in &written {
            match commands(text) {
                Ok(commands) => solution.extend(commands),
                Err(error) => fields.complain(*at, error),
            }
        }
        match &kind {
            StepKind::Reach { .. } if !fields.has("solution") => {
                fields.wrong(
                    "kind",
                    "a `reach` step needs a `solution`: keys and commands that lead to its goal, for example [\"nn\", \":break 9\", \"c\"]",
                );
            }
            StepKind::Edit { replace, .. } if replace.is_empty() => {
                fields.wrong("kind", "an `edit` step needs `replace`: pairs of an old and a new piece of the program that solve it");
            }
            _ => {}
        }
        fields.finish(&format!("a `{}` step", kind.name()));
        Some(Step {
            line,
            heading,
            text: text.into(),
            text_line,
            kind,
            at,
            until,
            hints,
            why,
            panes,
            focus,
            hide,
            inspect,
            allow,
            solution,
            solution_text: written.into_iter().map(|(_, text)| text).collect(),
            lines: fields.lines(),
        })
    }
}

/// How a prediction is judged: `[[choice]]` tables, or an `answer` to type.
fn predicted(fields: &mut Fields<'_>) -> Truth {
    let answer = fields.text("answer");
    if let Some(answer) = &answer {
        fields.expression("answer", answer);
    }
    let mut choices = Vec::new();
    for mut table in fields.tables("choice") {
        let line = table.line;
        let (text, is, value) = (table.text("text"), table.text("is"), table.text("value"));
        let right = table.flag("right");
        let why = table.text("why").unwrap_or_default();
        let is = match (&is, &value, &answer) {
            (Some(is), None, _) => is.clone(),
            (None, Some(value), Some(answer)) => format!("({answer}) == ({value})"),
            (None, Some(_), None) => {
                table.wrong("value", "a `value` is compared with the step's `answer`, which is missing; write answer = \"refcount(a)\", or `is` in the choice");
                String::new()
            }
            _ => {
                table.complain(
                    line,
                    "a choice has either `value`, compared with the step's `answer`, or `is`, an expression that is true if it is right",
                );
                String::new()
            }
        };
        if !is.is_empty() {
            table.expression(if value.is_some() { "value" } else { "is" }, &is);
        }
        let text = text.or(value).unwrap_or_default();
        if text.is_empty() {
            table.complain(line, "this choice has no `text`");
        }
        if why.is_empty() {
            table.complain(line, "this choice has no `why`: say why it is right or wrong");
        }
        choices.push(Choice { line, text, is, right, why });
        table.finish("a choice");
        fields.take(table);
    }
    let mut wrong = Vec::new();
    for mut table in fields.tables("wrong") {
        let value = table.needed("value", "value = \"3\"");
        table.expression("value", &value);
        wrong.push((value, table.needed("why", "why = \"the argument counts too\"")));
        table.finish("a known wrong answer");
        fields.take(table);
    }
    match (answer, choices.is_empty()) {
        (Some(answer), true) => Truth::Value { answer, wrong },
        (None, true) => {
            fields.wrong("kind", "a `predict` step needs tables [[choice]], or an `answer` to be typed");
            Truth::Choices(Vec::new())
        }
        _ => {
            let right = choices.iter().filter(|choice| choice.right).count();
            if !(2..=MOST_CHOICES).contains(&choices.len()) {
                fields.wrong("kind", &format!("a question has 2 to {MOST_CHOICES} choices"));
            }
            if right != 1 {
                fields.wrong("kind", &format!("{right} choices have `right = true`; exactly one must"));
            }
            if !wrong.is_empty() {
                fields.wrong("wrong", "where there are choices, each has its `why`; [[wrong]] is for typed answers");
            }
            Truth::Choices(choices)
        }
    }
}

/// `nni`, `<left>`, `:break 9`: what a solution is made of.
///
/// # Errors
///
/// A key or a command that isn't one of the machine's.
pub fn commands(text: &str) -> Result<Vec<Command>, String> {
    if let Some(line) = text.strip_prefix(':') {
        let command = command::parse(line)?;
        return if command.is_for_screen() {
            Err(format!("`:{line}` is a command for the screen; a solution moves the machine"))
        } else {
            Ok(vec![command])
        };
    }
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if c == '<' { rest.find('>').map_or(rest.len(), |end| end + 1) } else { c.len_utf8() };
        let key = &rest[..length];
        rest = &rest[length..];
        match Command::of_key(key) {
            Some(command)
                if !command.is_for_screen()
                    && !matches!(command, Command::Until { place: None, .. } | Command::ToggleBreak { place: None }) =>
            {
                found.push(command);
            }
            Some(_) => {
                return Err(format!("`{key}` depends on the screen; write a `:` command in a string of its own, for example \":until 9\""));
            }
            None => return Err(format!("`{key}` is no key; a command begins with `:`")),
        }
    }
    Ok(found)
}

impl Step {
    /// The line of a field, or of the heading.
    pub fn line_of(&self, field: &str) -> usize {
        self.lines.iter().find(|(name, _)| name == field).map_or(self.line, |(_, line)| *line)
    }

    /// Its heading without Markdown.
    pub fn title(&self) -> String {
        plain_of(&self.heading)
    }
}
