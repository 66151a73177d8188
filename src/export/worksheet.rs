//! A worksheet in Markdown: the program, questions about chosen instants of its run with blanks to fill in, and the answers.
//!
//! Every answer is what the machine did, so none can be wrong. Questions stand where something is to be understood: an operation, a
//! comparison, a jump, a call, a name that gets a value, a line of output; they are spread over the run, and no instruction of the
//! program is asked about twice before all others have been.
//!
//! `BINARY_OP +` about to run with 3 and 4 on the stack: "Which value is on top of the value stack after this step? ____"

use std::collections::BTreeMap;

use crate::{
    text::visible::clean,
    view::{Change, FrameKind, Stream, VariableRow, View},
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
    /// The instruction, as `f 12`: what is not asked twice.
    place: String,
    situation: String,
    ask: String,
    answer: String,
}

/// More are not collected.
const MOST: usize = 5000;

impl Worksheet {
    /// Adds the next instant; it should be one instruction later.
    pub fn add(&mut self, view: &View) {
        if let Some(last) = self.last.take() {
            if self.questions.len() < MOST && view.step == last.step + 1 {
                let file = self.source(&last);
                self.questions.extend(question(&last, view, file));
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
             `uncoil` shows each of them: type `:goto N`.\n\nName: ______________________  Date: ____________\n\n",
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
            out += &format!("## {}\n\n{}\n", plain(file.rsplit('/').next().unwrap_or(file)), fenced(&text.join("\n")));
        }
        out += "## Questions\n\n";
        if chosen.is_empty() {
            out += "In these steps there is nothing to ask.\n";
        }
        for (question, number) in chosen.iter().zip(1..) {
            out += &format!("{number}. Step {}, line {}. {}\n\n", question.step, question.line, question.situation);
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
                out += &format!("What the program has printed by step {}:\n\n{}\n", self.steps.1, fenced(&text.join("\n")));
            }
        }
        out
    }

    /// So many questions, spread over the run: first those about instructions not yet asked about.
    fn chosen(&self, wanted: usize) -> Vec<&Question> {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut rounds: Vec<Vec<&Question>> = Vec::new();
        for question in &self.questions {
            let times = seen.entry(&question.place).or_default();
            if rounds.len() == *times {
                rounds.push(Vec::new());
            }
            rounds[*times].push(question);
            *times += 1;
        }
        let mut chosen: Vec<&Question> = Vec::new();
        for round in rounds {
            let room = wanted - chosen.len();
            if round.len() <= room {
                chosen.extend(round);
            } else {
                chosen.extend((0..room).map(|index| round[index * round.len() / room]));
            }
            if chosen.len() == wanted {
                break;
            }
        }
        chosen.sort_by_key(|question| question.step);
        chosen
    }
}

/// The question about one instruction, if it is worth one.
fn question(before: &View, after: &View, file: usize) -> Option<Question> {
    let offset = before.bytecode.next?;
    let row = &before.bytecode.listing.rows[before.bytecode.listing.row_at(offset)?];
    let line = row.line?;
    let op = row.opname.as_str();
    let argument = if row.argtext.is_empty() { String::new() } else { format!(" {}", row.argtext) };
    let stack: Vec<&str> =
        before.value_stack.rows.iter().filter(|row| row.value.change != Change::Removed).map(|row| row.value.text.as_str()).collect();
    let top = |view: &View| view.value_stack.rows.iter().find(|row| row.value.change != Change::Removed).map(|row| row.value.text.clone());
    let operands = match before.value_stack.rows.iter().filter(|row| row.role.is_some()).count() {
        0 => String::new(),
        count => {
            let mut texts: Vec<String> = stack.iter().take(count).filter(|text| **text != "NULL").map(|text| code(text)).collect();
            texts.reverse();
            format!(" On the stack: {}.", texts.join(", "))
        }
    };
    let frames = (before.call_stack.frames.len(), after.call_stack.frames.len());
    let new_output = written(after).get(written(before).len()..).unwrap_or_default().to_owned();
    let (ask, answer) = if frames.1 > frames.0 {
        let called = after.call_stack.frames.first().filter(|frame| frame.kind != FrameKind::ClassBody)?;
        ("Which function begins now?".to_owned(), code(&called.name))
    } else if frames.1 < frames.0 && !op.starts_with("YIELD") && frames.1 > 0 && op.starts_with("RETURN") {
        let value = stack.first().filter(|value| !matches!(**value, "None" | "<empty cell>") && !value.starts_with("<cell"))?;
        ("Which value does the function return?".to_owned(), code(value))
    } else if !new_output.is_empty() {
        ("What does the program print in this step?".to_owned(), code(new_output.trim_end_matches('\n')))
    } else if op.starts_with("STORE_") && matches!(op, "STORE_FAST" | "STORE_NAME" | "STORE_GLOBAL" | "STORE_DEREF") {
        let name = row.argtext.as_str();
        let value = find(after, name)?.value.as_ref()?.text.clone();
        let is_dull = name.starts_with("__") || ["<function", "<class", "<module"].iter().any(|start| value.starts_with(start));
        // At the end of `except … as error` the compiler itself stores None.
        if is_dull || (value == "None" && before.source.executed_line == before.source.current_line && row.line_start.is_none()) {
            return None;
        }
        let was = find(before, name).and_then(|row| row.value.as_ref()).map(|value| value.text.clone());
        match was {
            Some(was) if was != value => (
                format!("Which value does {} have after this step, and which had it before?", code(name)),
                format!("{} (before: {})", code(&value), code(&was)),
            ),
            _ => (format!("Which value does {} have after this step?", code(name)), code(&value)),
        }
    } else if op.contains("JUMP") && op.contains("IF") {
        let jumps = after.bytecode.next == row.jump_target;
        let to = after.source.current_line.map_or(String::new(), |line| format!("; the next line is {line}"));
        ("Does it jump? Which line is next?".to_owned(), format!("{}{to}", if jumps { "It jumps" } else { "It does not jump" }))
    } else if op == "FOR_ITER" {
        let ended = after.bytecode.next == row.jump_target;
        let value = top(after).unwrap_or_default();
        let answer = if ended { "There is none: the loop ends".to_owned() } else { code(&value) };
        ("Which value does the loop get next?".to_owned(), answer)
    } else if matches!(op, "BINARY_OP" | "COMPARE_OP" | "IS_OP" | "CONTAINS_OP" | "BINARY_SUBSCR" | "CALL")
        || op.starts_with("UNARY_")
        || op.starts_with("BUILD_")
    {
        if frames.0 != frames.1 {
            return None;
        }
        let result = top(after)?;
        if matches!(result.as_str(), "NULL") || result.starts_with("<class") || result.starts_with("<function") {
            return None;
        }
        ("Which value is on top of the value stack after this step?".to_owned(), code(&result))
    } else {
        return None;
    };
    Some(Question {
        step: before.step,
        file,
        line,
        place: format!("{} {offset}", before.bytecode.listing.code_name),
        situation: format!("Next: {}.{operands}", code(&format!("{op}{argument}"))),
        ask,
        answer,
    })
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

fn fenced(text: &str) -> String {
    let ticks = "`".repeat(longest_run(text).max(2) + 1);
    format!("{ticks}python\n{text}\n{ticks}\n")
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A text in which Markdown finds nothing to do.
fn plain(text: &str) -> String {
    let is_active = |c: char| matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '|' | '~');
    clean(text).chars().flat_map(|c| is_active(c).then_some('\\').into_iter().chain([c])).collect()
}
