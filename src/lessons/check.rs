//! Whether a lesson is right: all that its author states, the machine must say too.
//!
//! Every moment is gone to, every answer evaluated, every solution played through a real session, every text measured. Each
//! problem says where it is and what to do: `lessons/06_x/lesson.md:41: …`.

use std::sync::Arc;

use super::{
    course::{Course, judge},
    format::{Choice, Lesson, Problem, Step, StepKind, Truth},
    scout::Scout,
};
use crate::{
    debugger::{
        command::{Command, LessonOrder},
        engine::Engine,
    },
    text::visible::is_safe,
    view::{
        cards,
        lesson::{links, plain_of},
    },
};

/// The columns that a line has which is not wrapped: code, a table, a diagram.
pub const ROOM: usize = 48;
/// A step's text may have so many characters: about two pages on 80×24.
const MOST_TEXT: usize = 1400;
const MOST_HEADING: usize = 44;
const MOST_CHOICE: usize = 140;
const MOST_QUESTION: usize = 320;

/// All that is wrong with a lesson.
pub fn check(lesson: &Lesson) -> Vec<Problem> {
    let mut checker = Checker { lesson, problems: Vec::new() };
    checker.texts();
    match Scout::new(lesson) {
        Err((line, error)) => {
            let file = format!("{}/{}", lesson.place, lesson.program_file());
            checker.problems.push(Problem { file, line: line as usize, what: format!("the program does not compile: {error}") });
        }
        Ok(mut scout) => {
            for (index, step) in lesson.steps.iter().enumerate() {
                checker.step(&mut scout, index, step);
            }
            checker.output(&mut scout);
            if checker.problems.is_empty() {
                checker.play();
            }
        }
    }
    checker.problems.sort_by_key(|problem| problem.line);
    checker.problems
}

struct Checker<'a> {
    lesson: &'a Lesson,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn complain(&mut self, line: usize, what: impl Into<String>) {
        self.problems.push(Problem { file: self.lesson.file(), line, what: what.into() });
    }

    fn output(&mut self, scout: &mut Scout) {
        let problem = |what: String| Problem { file: format!("{}/{}", self.lesson.place, self.lesson.program_file()), line: 0, what };
        if let Err(error) = scout.run_to_end(0) {
            return self.problems.push(problem(error));
        }
        let end = scout.session.end().unwrap_or(0);
        if let Err(error) = scout.go(end) {
            return self.problems.push(problem(error));
        }
        let printed = scout.session.printed();
        let Some(expected) = &self.lesson.expected else {
            let what =
                "there is no expected.txt beside the program; record it with `PYTHONHASHSEED=0 python3.11 program.py > expected.txt`";
            return self.problems.push(problem(what.into()));
        };
        if printed != *expected {
            let line = printed.lines().zip(expected.lines()).take_while(|(a, b)| a == b).count();
            let said = |text: &str| text.lines().nth(line).unwrap_or("nothing more").to_owned();
            self.problems.push(problem(format!(
                "line {} of the output is `{}`, but expected.txt, from CPython, has `{}`; record it again with `PYTHONHASHSEED=0 python3.11 program.py > expected.txt`",
                line + 1,
                said(&printed),
                said(expected)
            )));
        }
    }

    fn step(&mut self, scout: &mut Scout, index: usize, step: &Step) {
        let (start, end) = match scout.places(self.lesson, index) {
            Ok(places) => places,
            Err(error) => {
                let field =
                    if step.at.as_ref().is_some_and(|moment| error.contains(&format!("`{}`", moment.text))) { "at" } else { "until" };
                return self.complain(step.line_of(field), error);
            }
        };
        if let Some(name) = &step.inspect
            && let Err(error) = scout.value(start, start, name)
        {
            self.complain(step.line_of("inspect"), format!("`{name}` cannot be inspected where the step begins: {error}"));
        }
        match &step.kind {
            StepKind::Read => {}
            StepKind::Do => {
                if start == end {
                    self.complain(step.line_of("until"), "the machine stands there already when the step begins");
                }
                self.solution(scout, step, start, Some(end));
            }
            StepKind::Predict { truth: Truth::Choices(choices), .. } => {
                for choice in choices {
                    self.choice(scout, start, end, choice);
                }
            }
            StepKind::Predict { truth: Truth::Value { answer, wrong }, .. } => {
                match scout.value(start, end, answer) {
                    Err(error) => self.complain(step.line_of("answer"), format!("`{answer}` where the step ends: {error}")),
                    Ok(value) if value.starts_with('<') => {
                        self.complain(
                            step.line_of("answer"),
                            format!("the answer is `{value}`, which nobody can type; ask for a number or a text"),
                        );
                    }
                    Ok(_) => {}
                }
                for (value, _) in wrong {
                    match scout.holds(start, end, &format!("({answer}) == ({value})")) {
                        Ok(true) => {
                            self.complain(step.line_of("wrong"), format!("`{value}` is called wrong, but the machine says it is right"))
                        }
                        Ok(false) => {}
                        Err(error) => self.complain(step.line_of("wrong"), format!("`{value}`: {error}")),
                    }
                }
            }
            StepKind::Reach { goal, par } => {
                match scout.holds(start, start, goal) {
                    Ok(true) => self.complain(step.line_of("goal"), format!("`{goal}` is true already when the step begins")),
                    Ok(false) => {}
                    Err(error) if error.starts_with("NameError") => {} // it may come to be on the way
                    Err(error) => self.complain(step.line_of("goal"), format!("`{goal}` where the step begins: {error}")),
                }
                if self.solution(scout, step, start, None) {
                    let here = scout.session.step();
                    let at = if scout.session.status().is_over() { here.saturating_sub(1) } else { here };
                    match scout.holds(start, at, goal) {
                        Ok(true) => {}
                        Ok(false) => {
                            self.complain(step.line_of("solution"), format!("the solution ends at step {here}, where `{goal}` is not true"))
                        }
                        Err(error) => self
                            .complain(step.line_of("solution"), format!("the solution ends at step {here}, where `{goal}` raises {error}")),
                    }
                }
                let count = step.solution.len();
                if let Some(par) = par.filter(|par| count > *par as usize) {
                    self.complain(step.line_of("par"), format!("par is {par}, but the solution needs {count} commands"));
                }
            }
            StepKind::Edit { goal, replace } => {
                let original = judge::judge_edit(self.lesson, step, goal, &self.lesson.program);
                if original == Ok(true) {
                    self.complain(step.line_of("goal"), format!("`{goal}` is true for the program as it is"));
                }
                let edited = judge::replaced(&self.lesson.program, replace);
                match edited.and_then(|program| judge::judge_edit(self.lesson, step, goal, &program)) {
                    Ok(true) => {}
                    Ok(false) => self.complain(step.line_of("replace"), format!("with this `replace` the goal `{goal}` is not true")),
                    Err(error) => self.complain(step.line_of("replace"), error),
                }
            }
            StepKind::Order { items, .. } => {
                let mut seen = Vec::new();
                for item in items {
                    match scout.find_here(start, &item.at) {
                        Ok(at) if seen.contains(&at) => self.complain(item.line, "two items are at the same instant; they have no order"),
                        Ok(at) => seen.push(at),
                        Err(error) => self.complain(item.line, error),
                    }
                }
                if seen.is_sorted() && seen.len() == items.len() {
                    self.complain(step.line_of("item"), "the items stand in the right order already; mix them");
                }
            }
        }
    }

    fn choice(&mut self, scout: &mut Scout, start: u64, end: u64, choice: &Choice) {
        match scout.holds(start, end, &choice.is) {
            Ok(verdict) if verdict == choice.right => {}
            Ok(true) => {
                self.complain(choice.line, format!("the choice \"{}\" is not marked, but the machine says it is right", choice.text))
            }
            Ok(false) => {
                let expression = choice.is.split_once(") == (").map_or("", |(answer, _)| answer.trim_start_matches('('));
                let is = if expression.is_empty() { None } else { scout.value(start, end, expression).ok() };
                let is = is.map_or(String::new(), |value| format!(": `{expression}` is {value}"));
                self.complain(
                    choice.line,
                    format!("the choice \"{}\" has `right = true`, but the machine says it is not{is}", choice.text),
                );
            }
            Err(error) => self.complain(choice.line, format!("`{}` where the step ends: {error}", choice.is)),
        }
    }

    /// Plays a solution; whether that could be done.
    fn solution(&mut self, scout: &mut Scout, step: &Step, start: u64, end: Option<u64>) -> bool {
        if step.solution.is_empty() {
            return false;
        }
        if let Err(error) = scout.play(start, step) {
            self.complain(step.line_of("solution"), error);
            return false;
        }
        if let Some(end) = end.filter(|&end| end != scout.session.step()) {
            let here = scout.session.step();
            self.complain(step.line_of("solution"), format!("the solution ends at step {here}, but `until` is at step {end}"));
        }
        true
    }

    /// The whole lesson as a learner who asks for every solution goes through it.
    fn play(&mut self) {
        let mut course = match Course::new(vec![Arc::new(self.lesson.clone())], 0) {
            Ok(course) => course,
            Err(error) => return self.complain(0, error),
        };
        for step in &self.lesson.steps {
            let mut presses = 0;
            while !course.is_done() && presses <= step.solution_text.len() + 2 {
                let answer = course.execute(&Command::Lesson(LessonOrder::Solve));
                if let Some(error) = answer.error {
                    return self.complain(step.line, format!("showing the solution: {error}"));
                }
                presses += 1;
            }
            if !course.is_done() {
                return self.complain(step.line, "the step isn't done after its solution was shown");
            }
            course.execute(&Command::Lesson(LessonOrder::Next));
        }
    }

    // ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────────

    fn texts(&mut self) {
        let lesson = self.lesson;
        if lesson.goals.is_empty() {
            self.complain(1, "`goals` is missing; say what the learner will be able to do: goals = [\"…\"]");
        }
        for step in &lesson.steps {
            self.measure(step.line, "the heading", &step.heading, MOST_HEADING);
            if plain_of(&step.text).chars().count() > MOST_TEXT {
                self.complain(step.line, format!("the text has more than {MOST_TEXT} characters; make two steps of it"));
            }
            self.lines(step);
            self.measure(step.line_of("question"), "the question", step.kind.question(), MOST_QUESTION);
            let mut texts: Vec<(usize, &str)> = vec![(step.line_of("question"), step.kind.question()), (step.line_of("why"), &step.why)];
            texts.extend(step.hints.iter().map(|hint| (step.line_of("hints"), hint.as_str())));
            match &step.kind {
                StepKind::Predict { truth: Truth::Choices(choices), .. } => {
                    for choice in choices {
                        self.measure(choice.line, "the choice", &choice.text, MOST_CHOICE);
                        texts.push((choice.line, &choice.why));
                    }
                }
                StepKind::Order { items, .. } => {
                    for item in items {
                        self.measure(item.line, "the item", &item.text, ROOM);
                    }
                }
                _ => {}
            }
            for (line, text) in texts {
                self.links(line, text, false);
                if plain_of(text).chars().count() > MOST_TEXT / 2 {
                    self.complain(line, format!("this text has more than {} characters; say it shorter", MOST_TEXT / 2));
                }
            }
            self.links(step.text_line, &step.text, true);
        }
    }

    fn measure(&mut self, line: usize, what: &str, text: &str, most: usize) {
        let length = plain_of(text).chars().count();
        if length > most {
            self.complain(line, format!("{what} has {length} characters; {most} fit on 80×24"));
        }
        if let Some(c) = text.chars().find(|&c| !is_safe(c) && c != '\n') {
            self.complain(line, format!("{what} has a control character, U+{:04X}; take it out", c as u32));
        }
    }

    /// Lines that are not wrapped must fit; nothing may act on a terminal.
    fn lines(&mut self, step: &Step) {
        let mut in_code = false;
        for (index, line) in step.text.lines().enumerate() {
            let number = step.text_line + index;
            if line.starts_with("```") {
                in_code = !in_code;
                continue;
            }
            let width = if in_code { line.chars().count() } else { plain_of(line).chars().count() };
            let is_table = line.trim_start().starts_with('|');
            if (in_code || is_table) && width > ROOM + if is_table { 4 } else { 0 } {
                self.complain(number, format!("this line has {width} columns; code, tables and diagrams have {ROOM}"));
            }
            if let Some(c) = line.chars().find(|&c| !is_safe(c)) {
                let what = if c == '\t' {
                    "a tab; write blanks".to_owned()
                } else {
                    format!("a control character, U+{:04X}; take it out", c as u32)
                };
                self.complain(number, format!("this line has {what}"));
            }
        }
    }

    /// Links lead to cards, lessons or pages.
    fn links(&mut self, line: usize, text: &str, counts_lines: bool) {
        for (index, target) in links(text) {
            let line = line + if counts_lines { index } else { 0 };
            match target.split_once(':') {
                Some(("card", name)) => {
                    if cards::of_name(name).is_none() {
                        self.complain(line, format!("there is no card of `{name}`; `uncoil opcode` lists the instructions"));
                    }
                }
                Some(("https", _)) => {
                    if target.starts_with("https://docs.python.org/") && !target.starts_with("https://docs.python.org/3.11/") {
                        self.complain(line, format!("`{target}`: link to the documentation of 3.11: https://docs.python.org/3.11/…"));
                    }
                }
                Some(("lesson", number)) if number.parse::<u32>().is_ok() => {}
                _ => self.complain(line, format!("`{target}` is no link; there are card:BINARY_OP, lesson:6 and https://…")),
            }
        }
    }
}
