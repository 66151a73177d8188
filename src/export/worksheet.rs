//! A worksheet in Markdown: the program, questions about chosen instants of its run with blanks to fill in, and the answers.
//!
//! Every answer is what the machine did, so none can be wrong, and no question tells the answer of another: two questions of which
//! one shows a value that the other asks for never stand on one sheet. They stand where something is to be understood: an
//! operation, a comparison, a jump, a call, a name that gets a value, a line of output, the end of a loop; spread over the run.
//!
//! `BINARY_OP +` about to run with 3 and 4 on the stack: "Which value is on top of the value stack after this step? ____"

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    text::visible::clean,
    view::{Change, FrameKind, Scope, Stream, VariableRow, View, bytecode::BytecodeRow},
};

/// What the sheet has.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    pub questions: usize,
    /// The answers follow on a page of their own.
    pub answers: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { questions: 10, answers: false }
    }
}

/// A run being read; instants come in their order.
#[derive(Default)]
pub struct Worksheet {
    last: Option<View>,
    questions: Vec<Question>,
    /// The sources that questions are about, with all lines that ran.
    sources: Vec<(String, Vec<String>)>,
    output: String,
    steps: (u64, u64),
}

#[derive(Clone)]
struct Question {
    step: u64,
    file: usize,
    line: u32,
    /// The instruction, as `f 12`: the same one is asked about again only where there is nothing better.
    place: String,
    /// The next instruction.
    next: String,
    /// The whole value stack, bottom first; `None` where it would be the answer.
    stack: Option<Vec<String>>,
    ask: String,
    answer: String,
    /// The values that are asked for: no other question may show one of them.
    secrets: BTreeSet<String>,
    /// It asks which way the run goes, which a question a little later would tell, and longer one about the line that is next.
    is_way: bool,
    next_line: Option<u32>,
    /// How much worth asking, beside others: 0 is usual.
    worth: f64,
}

/// More are not collected.
const MOST: usize = 10_000;
/// Questions have more instructions than this between them: the next instant is the answer.
const APART: u64 = 2;
/// Behind a question for the way that the run goes.
const APART_WAY: u64 = 6;
const APART_LINE: u64 = 60;
/// With few questions to choose from, those come first that forbid few others.
const FEW: usize = 300;

impl Worksheet {
    /// Adds the next instant; it should be one instruction later.
    pub fn add(&mut self, view: &View) {
        if let Some(last) = self.last.take() {
            if self.questions.len() < MOST && view.step == last.step + 1 {
                let file = self.source(&last);
                self.questions.extend(questions(&last, view, file));
            }
        } else {
            self.steps.0 = view.step;
        }
        self.source(view);
        self.steps.1 = view.step;
        self.output = written(view);
        self.last = Some(view.clone());
    }

    fn source(&mut self, view: &View) -> usize {
        let text = &view.source.text;
        if let Some(index) = self.sources.iter().position(|(file, _)| *file == text.file) {
            return index;
        }
        self.sources.push((text.file.clone(), text.lines.clone()));
        self.sources.len() - 1
    }

    /// The sheet.
    pub fn markdown(&self, title: &str, options: Options) -> String {
        let chosen = self.chosen(options.questions);
        let mut out = format!("# Worksheet: {}\n\n", plain(title));
        out += &format!(
            "What does Python 3.11 do, instruction by instruction? The questions are about steps {} to {} of a run of this program. \
             `uncoil` shows each of them: type `:goto N`. A stack is written whole, from its bottom to its top.\n\n\
             Name: ______________________  Date: ____________\n\n",
            self.steps.0, self.steps.1
        );
        let mut asked: Vec<usize> = chosen.iter().map(|it| it.file).collect();
        asked.sort_unstable();
        asked.dedup();
        if asked.is_empty() {
            asked.extend((!self.sources.is_empty()).then_some(0));
        }
        for (file, lines) in asked.iter().filter_map(|index| self.sources.get(*index)) {
            let text: Vec<String> = lines.iter().zip(1..).map(|(text, number)| format!("{number:>3}  {}", clean_line(text))).collect();
            out += &format!("## {}\n\n{}\n", plain(file.rsplit('/').next().unwrap_or(file)), fenced("python", &text.join("\n")));
        }
        out += "## Questions\n\n";
        if chosen.is_empty() {
            out += "In these steps there is nothing to ask.\n";
        }
        for (question, number) in chosen.iter().zip(1..) {
            out += &format!("{number}. Step {}, line {}. {}\n\n", question.step, question.line, question.situation());
            out += &format!("   {}\n\n   ______________________________\n\n", question.ask);
        }
        if options.answers {
            out += "---\n\n## Answers\n\n";
            for (question, number) in chosen.iter().zip(1..) {
                out += &format!("{number}. {}\n", question.answer);
            }
            out += "\n";
            if !self.output.is_empty() {
                let text: Vec<String> = self.output.lines().map(clean_line).collect();
                out += &format!("What the program has printed by step {}:\n\n{}\n", self.steps.1, fenced("text", &text.join("\n")));
            }
        }
        seal(&mut out);
        out
    }

    /// At most so many questions, none of which tells another's answer: one after the other the best of those that are left, by how
    /// far it is from the others and how often its instruction is asked about already.
    fn chosen(&self, wanted: usize) -> Vec<&Question> {
        let reach = ((self.steps.1 - self.steps.0) as f64 / wanted.max(1) as f64).max(1.0);
        let mut asked: BTreeMap<&str, u32> = BTreeMap::new();
        let all = &self.questions;
        let forbids = |it: &Question| all.iter().filter(|other| it.tells(other) || other.tells(it)).count() as f64 / all.len() as f64;
        let cost: BTreeMap<(u64, bool), f64> = match all.len() {
            ..=FEW => all.iter().map(|it| ((it.step, it.stack.is_some()), forbids(it))).collect(),
            _ => BTreeMap::new(),
        };
        // With the distance from the nearest that is chosen, where there is one.
        let mut left: Vec<(&Question, Option<u64>)> = self.questions.iter().map(|question| (question, None)).collect();
        let mut chosen: Vec<&Question> = Vec::new();
        while chosen.len() < wanted {
            let score = |(question, distance): &(&Question, Option<u64>)| {
                let times = asked.get(question.place.as_str()).copied().unwrap_or_default();
                let room = distance.map_or(1.0, |distance| (distance as f64 / reach).min(1.0));
                let cost = cost.get(&(question.step, question.stack.is_some())).copied().unwrap_or_default();
                question.worth + room + 1.0 / f64::from(1 + times) - cost
            };
            // The first of equals.
            let Some(&(best, _)) = left.iter().rev().max_by(|a, b| score(a).total_cmp(&score(b))) else { break };
            *asked.entry(&best.place).or_default() += 1;
            left.retain(|(question, _)| !question.tells(best) && !best.tells(question));
            for (question, distance) in &mut left {
                let new = question.step.abs_diff(best.step);
                *distance = Some(distance.map_or(new, |old| old.min(new)));
            }
            chosen.push(best);
        }
        chosen.sort_by_key(|question| question.step);
        chosen
    }
}

impl Question {
    /// Who reads this question knows the answer of the other.
    fn tells(&self, other: &Question) -> bool {
        let is_near = self.step.abs_diff(other.step) <= APART;
        let later = self.step.saturating_sub(other.step);
        let is_there = later <= APART_LINE && self.file == other.file && other.next_line == Some(self.line);
        let is_behind = other.is_way && later > 0 && (later <= APART_WAY || is_there);
        is_near || is_behind || self.stack.as_ref().is_some_and(|stack| stack.iter().any(|value| other.secrets.contains(value)))
    }

    /// What is known before the step.
    fn situation(&self) -> String {
        let stack = match &self.stack {
            None => String::new(),
            Some(stack) if stack.is_empty() => " The stack is empty.".into(),
            Some(stack) => {
                let values: Vec<String> = stack.iter().map(|text| code(text)).collect();
                format!(" Stack, bottom to top: {}.", values.join(", "))
            }
        };
        format!("Next: {}.{stack}", code(&self.next))
    }
}

/// A sheet ends with a comment that no reader sees and that tells its text.
fn seal(sheet: &mut String) {
    let sum = checksum(sheet);
    *sheet += &format!("{SEAL}{sum:016x} -->\n");
}

const SEAL: &str = "<!-- uncoil worksheet ";

/// The text of a file is a sheet as it was written here: nobody has worked on it since.
pub fn is_untouched(text: &str) -> bool {
    text.rfind(SEAL).is_some_and(|at| {
        let (sheet, seal) = text.split_at(at);
        seal == format!("{SEAL}{:016x} -->\n", checksum(sheet))
    })
}

/// FNV-1a.
fn checksum(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What is asked about an instruction, before it is known where.
struct Asked {
    ask: String,
    answer: String,
    secrets: Vec<String>,
    /// Whether the stack may be shown, and whether it may be left out.
    shown: bool,
    hidden: bool,
    is_way: bool,
    worth: f64,
}

impl Asked {
    /// Which value something has then.
    fn value(ask: impl Into<String>, value: &str) -> Asked {
        let secrets = vec![value.to_owned()];
        Asked { ask: ask.into(), answer: code(value), secrets, shown: true, hidden: false, is_way: false, worth: 0.0 }
    }

    /// Which way the run goes.
    fn way(ask: &str, answer: String) -> Asked {
        Asked { ask: ask.into(), answer, secrets: Vec::new(), shown: true, hidden: false, is_way: true, worth: 0.0 }
    }

    /// The stack holds the answer.
    fn without_stack(self) -> Asked {
        Asked { shown: false, hidden: true, ..self }
    }
}

/// The question about one instruction, if it is worth one: with the stack, without it, or either of them.
fn questions(before: &View, after: &View, file: usize) -> Vec<Question> {
    let Some(offset) = before.bytecode.next else { return Vec::new() };
    let rows = &before.bytecode.listing.rows;
    let Some(row) = before.bytecode.listing.row_at(offset).map(|index| &rows[index]) else { return Vec::new() };
    let Some(line) = row.line else { return Vec::new() };
    let mut stack = stack(before);
    let Some(asked) = asked(before, after, row, &stack) else { return Vec::new() };
    stack.reverse();
    let argument = if row.argtext.is_empty() { String::new() } else { format!(" {}", row.argtext) };
    // The end of a loop is a thing of its own, and one of them is enough.
    let is_end = row.opname == "FOR_ITER" && asked.is_way;
    let place = if is_end { "end of a loop".into() } else { format!("{} {offset}", before.bytecode.listing.code_name) };
    let question = |is_shown: bool| Question {
        step: before.step,
        file,
        line,
        place: place.clone(),
        next: format!("{}{argument}", row.opname),
        stack: is_shown.then(|| stack.clone()),
        ask: asked.ask.clone(),
        answer: asked.answer.clone(),
        // Every other stack has one of these, and tells nothing by it.
        secrets: asked.secrets.iter().filter(|it| !matches!(it.as_str(), "True" | "False" | "None")).cloned().collect(),
        is_way: asked.is_way,
        next_line: after.source.current_line.filter(|_| asked.is_way),
        worth: if is_shown || !asked.shown { asked.worth } else { asked.worth - 0.25 },
    };
    [asked.shown.then(|| question(true)), asked.hidden.then(|| question(false))].into_iter().flatten().collect()
}

/// What to ask about one instruction; the stack stands top first.
fn asked(before: &View, after: &View, row: &BytecodeRow, stack: &[String]) -> Option<Asked> {
    let op = row.opname.as_str();
    let frames = (before.call_stack.frames.len(), after.call_stack.frames.len());
    let new_output = written(after).get(written(before).len()..).unwrap_or_default().to_owned();
    if frames.1 > frames.0 {
        let called = after.call_stack.frames.first().filter(|frame| frame.kind != FrameKind::ClassBody)?;
        let name = called.name.rsplit('.').next().unwrap_or(&called.name);
        if !stack.iter().any(|value| value.contains(name)) {
            return Some(Asked::way("Which function begins now?", code(&called.name)));
        }
        // Its name is on the stack; what it begins with is worth a thought.
        let bound: Vec<(&str, &str)> = after
            .variables
            .sections
            .iter()
            .filter(|section| section.scope == Scope::Locals)
            .flat_map(|section| &section.rows)
            .filter_map(|row| Some((row.name.as_str(), row.value.as_ref()?.text.as_str())))
            .filter(|(name, _)| !name.starts_with('.'))
            .collect();
        if bound.is_empty() {
            return None;
        }
        let answer: Vec<String> = bound.iter().map(|(name, value)| format!("{} is {}", code(name), code(value))).collect();
        let secrets = bound.iter().map(|(_, value)| (*value).to_owned()).filter(|value| !stack.contains(value)).collect();
        let ask = "A function begins. Which parameters has it, and with which values?";
        return Some(Asked { secrets, is_way: false, ..Asked::way(ask, answer.join(", ")) });
    }
    if frames.1 < frames.0 && !op.starts_with("YIELD") && frames.1 > 0 && op.starts_with("RETURN") {
        let value = stack.first().filter(|value| !matches!(value.as_str(), "None" | "<empty cell>") && !value.starts_with("<cell"))?;
        return Some(Asked::value("Which value does the function return?", value).without_stack());
    }
    if !new_output.is_empty() {
        let printed = new_output.trim_end_matches('\n');
        let is_there = stack.iter().any(|value| value == printed || value.trim_matches(['\'', '"']) == printed);
        let asked = Asked { hidden: true, ..Asked::value("What does the program print in this step?", printed) };
        return Some(if is_there { asked.without_stack() } else { asked });
    }
    if matches!(op, "STORE_FAST" | "STORE_NAME" | "STORE_GLOBAL" | "STORE_DEREF") {
        return stored(before, after, row);
    }
    if op.contains("JUMP") && op.contains("IF") {
        let jumps = after.bytecode.next == row.jump_target;
        let to = after.source.current_line.map_or(String::new(), |line| format!("; the next line is {line}"));
        let answer = format!("{}{to}", if jumps { "It jumps" } else { "It does not jump" });
        return Some(Asked::way("Does it jump? Which line is next?", answer));
    }
    let result = after.value_stack.rows.iter().find(|row| row.value.change != Change::Removed).map(|row| row.value.text.clone());
    if op == "FOR_ITER" {
        let ask = "Which value does the loop get next, if any?";
        if after.bytecode.next == row.jump_target {
            return Some(Asked { worth: 0.3, ..Asked::way(ask, "There is none: the loop ends".to_owned()) });
        }
        return Some(Asked::value(ask, &result?));
    }
    let is_operation = matches!(op, "BINARY_OP" | "COMPARE_OP" | "IS_OP" | "CONTAINS_OP" | "BINARY_SUBSCR" | "CALL");
    if (is_operation || op.starts_with("UNARY_") || op.starts_with("BUILD_")) && frames.0 == frames.1 {
        let is_inner = |it: &str| it == "NULL" || it.starts_with("<class") || it.starts_with("<function") || it.contains("cell>");
        let result = result.filter(|it| !is_inner(it) && !it.contains("<cell"))?;
        let asked = Asked::value("Which value is on top of the value stack after this step?", &result);
        return Some(Asked { worth: if op.starts_with("BUILD_") { -0.5 } else { 0.0 }, ..asked });
    }
    None
}

/// What to ask where a name gets a value.
fn stored(before: &View, after: &View, row: &BytecodeRow) -> Option<Asked> {
    let name = row.argtext.as_str();
    let value = find(after, name)?.value.as_ref()?.text.clone();
    let is_dull = name.starts_with("__") || ["<function", "<class", "<module"].iter().any(|start| value.starts_with(start));
    // At the end of `except … as error` the compiler itself stores None.
    if is_dull || (value == "None" && before.source.executed_line == before.source.current_line && row.line_start.is_none()) {
        return None;
    }
    let was = find(before, name).and_then(|row| row.value.as_ref()).map(|value| value.text.clone());
    let asked = match was {
        Some(was) if was != value => Asked {
            answer: format!("{} (before: {})", code(&value), code(&was)),
            secrets: vec![value.clone(), was],
            ..Asked::value(format!("Which value does {} have after this step, and which had it before?", code(name)), &value)
        },
        _ => Asked::value(format!("Which value does {} have after this step?", code(name)), &value),
    };
    // What stands in the program as it is needs no thought.
    let last = before.bytecode.executed.and_then(|offset| before.bytecode.listing.row_at(offset));
    let is_constant = last.is_some_and(|index| before.bytecode.listing.rows[index].opname == "LOAD_CONST");
    Some(Asked { worth: if is_constant { -0.5 } else { 0.0 }, ..asked.without_stack() })
}

/// The value stack, top first.
fn stack(view: &View) -> Vec<String> {
    view.value_stack.rows.iter().filter(|row| row.value.change != Change::Removed).map(|row| row.value.text.clone()).collect()
}

fn find<'a>(view: &'a View, name: &str) -> Option<&'a VariableRow> {
    view.variables.sections.iter().flat_map(|section| &section.rows).find(|row| row.name == name)
}

fn written(view: &View) -> String {
    view.output.chunks.iter().filter(|chunk| chunk.stream == Stream::Stdout).map(|chunk| chunk.text.as_str()).collect()
}

fn clean_line(text: &str) -> String {
    text.split('\t').map(clean).collect::<Vec<_>>().join("    ")
}

/// A text as Markdown code, whatever is in it: the fence is longer than any row of backticks inside.
fn code(text: &str) -> String {
    let text = clean(text);
    let ticks = "`".repeat(longest_run(&text) + 1);
    let space = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

fn fenced(language: &str, text: &str) -> String {
    let ticks = "`".repeat(longest_run(text).max(2) + 1);
    format!("{ticks}{language}\n{text}\n{ticks}\n")
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A text in which Markdown finds nothing to do.
fn plain(text: &str) -> String {
    let is_active = |c: char| matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '|' | '~');
    clean(text).chars().flat_map(|c| is_active(c).then_some('\\').into_iter().chain([c])).collect()
}
