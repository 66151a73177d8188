//! Judging: whether a step's goal is reached, whether an answer is right, and how it goes if the learner wants to see it.
//!
//! Right is what the machine says: every verdict is an expression evaluated where the step ends.

use super::{
    super::{
        format::{Lesson, Step, StepKind, Truth},
        goal::{Facts, quoted},
        scout::{Scout, session_of},
    },
    Course,
};
use crate::{
    debugger::{
        command::Command,
        engine::{Answer, Engine},
        evaluate::evaluate,
    },
    view::{LessonNote, LessonTone},
};

impl Course {
    fn note(&mut self, tone: LessonTone, text: impl Into<String>) {
        let note = LessonNote { tone, text: text.into() };
        let notes = &mut self.steps[self.at].notes;
        if notes.last() != Some(&note) {
            notes.push(note);
        }
    }

    /// The step is done.
    fn finish(&mut self, step: &Step, praise: &str) {
        if self.steps[self.at].done {
            return;
        }
        self.steps[self.at].done = true;
        if !praise.is_empty() {
            self.note(LessonTone::Right, praise);
        }
        if !step.why.is_empty() {
            self.note(LessonTone::Why, step.why.clone());
        }
        self.tell();
    }

    /// The machine has done a command: perhaps the step is done.
    pub(super) fn moved(&mut self, command: &Command, answer: &mut Answer) {
        let (lesson, index) = self.step_of();
        let step = &lesson.steps[index];
        if self.steps[index].done || self.edited.is_some() {
            return;
        }
        if command.moves() || matches!(command, Command::Break { .. } | Command::ToggleBreak { .. }) {
            self.steps[index].moves += 1;
        }
        if !command.moves() || answer.error.is_some() {
            return;
        }
        match &step.kind {
            StepKind::Do => {
                let Ok((start, end)) = self.scout.places(&lesson, index) else { return };
                let here = self.session.step();
                if here == end {
                    self.finish(step, "There.");
                } else if here > end && start <= end && answer.message.is_none() {
                    answer.message = Some("that was too far; I goes back by an instruction, x goes there".into());
                }
            }
            StepKind::Reach { goal, par } if self.reached(&lesson, index, goal) => {
                let moves = self.steps[index].moves;
                let praise = match par {
                    Some(par) if moves <= *par => format!("Reached, in {moves} (par {par})."),
                    Some(par) => format!("Reached, in {moves}; {par} are enough."),
                    None => "Reached.".into(),
                };
                self.finish(step, &praise);
            }
            _ => {}
        }
    }

    /// Whether a goal is true where the learner's machine stands.
    fn reached(&mut self, lesson: &Lesson, index: usize, goal: &str) -> bool {
        let Ok((start, _)) = self.scout.places(lesson, index) else { return false };
        let here = self.session.step();
        if goal.contains("before(") || self.session.status().is_over() {
            // The scout looks, before the last instruction where there is no frame any more.
            let at = if self.session.status().is_over() { here.saturating_sub(1) } else { here };
            return self.scout.holds(start, at, goal).unwrap_or(false);
        }
        let output = self.session.printed();
        Facts { vm: self.session.vm(), output: &output, before: None }.holds(goal).unwrap_or(false)
    }

    /// The learner answers.
    pub(super) fn answer(&mut self, text: &str) -> Answer {
        let (lesson, index) = self.step_of();
        let step = &lesson.steps[index];
        if self.steps[index].done {
            return Answer::message("this step is done; ] goes on");
        }
        let (start, end) = match self.scout.places(&lesson, index) {
            Ok(places) => places,
            Err(error) => return Answer::error(error),
        };
        match &step.kind {
            StepKind::Predict { truth: Truth::Choices(choices), .. } => {
                let chosen = one_letter(text).and_then(|letter| Some((letter, choices.get(letter)?)));
                let Some((letter, choice)) = chosen else {
                    return Answer::error(format!("the answers are a to {}", letter_of(choices.len().saturating_sub(1))));
                };
                let verdict = match self.scout.holds(start, end, &choice.is) {
                    Ok(verdict) => verdict,
                    Err(error) => return Answer::error(error),
                };
                self.steps[index].verdicts[letter] = Some(verdict);
                self.judged(step, end, verdict, &choice.why)
            }
            StepKind::Predict { truth: Truth::Value { answer, wrong }, .. } => {
                // What is typed is evaluated where the step begins, without the names of the machine: the answer itself is no answer.
                if let Err(error) = self.scout.go(start) {
                    return Answer::error(error);
                }
                let vm = self.scout.session.vm();
                let typed = vm.top_python_frame().and_then(|(depth, _)| evaluate(vm, depth, text).ok()).map(|value| value.text);
                let typed = typed.filter(|typed| !typed.is_empty() && !typed.starts_with('<')).unwrap_or_else(|| quoted(text));
                let verdict = match self.scout.holds(start, end, &format!("({answer}) == ({typed})")) {
                    Ok(verdict) => verdict,
                    Err(error) => return Answer::error(error),
                };
                let mut why = String::new();
                for (value, reason) in wrong.iter().filter(|_| !verdict) {
                    if self.scout.holds(start, end, &format!("({value}) == ({typed})")).unwrap_or(false) {
                        why.clone_from(reason);
                    }
                }
                let said = match (verdict, why.is_empty()) {
                    (true, _) => format!("`{typed}` it is."),
                    (false, true) => format!("not `{typed}`. The machine has run: look, and try again."),
                    (false, false) => format!("not `{typed}`. {why}"),
                };
                self.judged(step, end, verdict, &said)
            }
            StepKind::Order { items, .. } => {
                for c in text.chars() {
                    if c == '-' {
                        self.steps[index].placed.pop();
                        continue;
                    }
                    let placed = &mut self.steps[index].placed;
                    match one_letter(&c.to_string()).filter(|&letter| letter < items.len()) {
                        Some(letter) if !placed.contains(&letter) => placed.push(letter),
                        Some(_) => {}
                        None => return Answer::error(format!("the letters are a to {}", letter_of(items.len() - 1))),
                    }
                }
                if self.steps[index].placed.len() < items.len() {
                    return Answer::done();
                }
                let order = match self.true_order(start, step) {
                    Ok(order) => order,
                    Err(error) => return Answer::error(error),
                };
                let placed = std::mem::take(&mut self.steps[index].placed);
                self.steps[index].answered = true;
                if placed == order {
                    self.steps[index].placed = placed;
                    let answer = self.go(end);
                    self.finish(step, "That is the order.");
                    return answer;
                }
                let right = placed.iter().zip(&order).take_while(|(a, b)| a == b).count();
                self.note(LessonTone::Wrong, format!("the first {right} are right; step through it with `i` and try again."));
                Answer::done()
            }
            _ => Answer::error("there is no question here"),
        }
    }

    /// Runs the machine to the truth and says the verdict.
    fn judged(&mut self, step: &Step, end: u64, verdict: bool, why: &str) -> Answer {
        self.steps[self.at].answered = true;
        let answer = self.go(end);
        if verdict {
            self.steps[self.at].notes.retain(|note| note.tone != LessonTone::Wrong);
            self.finish(step, why);
        } else {
            self.note(LessonTone::Wrong, why);
        }
        answer
    }

    /// The order in which the machine comes to the items.
    fn true_order(&mut self, start: u64, step: &Step) -> Result<Vec<usize>, String> {
        let StepKind::Order { items, .. } = &step.kind else { return Ok(Vec::new()) };
        let mut places = Vec::new();
        for (index, item) in items.iter().enumerate() {
            places.push((self.scout.find_here(start, &item.at)?, index));
        }
        places.sort_unstable();
        Ok(places.into_iter().map(|(_, index)| index).collect())
    }

    /// Shows how it goes, piece by piece where there are several.
    pub(super) fn solve(&mut self) -> Answer {
        let (lesson, index) = self.step_of();
        let step = &lesson.steps[index];
        let (start, end) = match self.scout.places(&lesson, index) {
            Ok(places) => places,
            Err(error) => return Answer::error(error),
        };
        if self.steps[index].done {
            return if matches!(step.kind, StepKind::Read | StepKind::Edit { .. }) { Answer::message("] goes on") } else { self.go(end) };
        }
        match &step.kind {
            StepKind::Read => Answer::message("] goes on"),
            StepKind::Do => {
                let answer = self.go(end);
                self.finish(step, "There.");
                answer
            }
            StepKind::Predict { truth: Truth::Choices(choices), .. } => {
                for (letter, choice) in choices.iter().enumerate() {
                    let verdict = self.scout.holds(start, end, &choice.is).unwrap_or(false);
                    if verdict {
                        self.steps[index].verdicts[letter] = Some(true);
                        return self.judged(step, end, true, &choice.why);
                    }
                }
                Answer::error("no choice is right: the lesson is wrong")
            }
            StepKind::Predict { truth: Truth::Value { answer, .. }, .. } => match self.scout.value(start, end, answer) {
                Ok(value) => self.judged(step, end, true, &format!("`{value}` it is.")),
                Err(error) => Answer::error(error),
            },
            StepKind::Reach { .. } => self.reveal(step, start),
            StepKind::Edit { replace, .. } => match (self.steps[index].revealed, replaced(&lesson.program, replace)) {
                (_, Err(error)) => Answer::error(error),
                (0, Ok(_)) => {
                    self.steps[index].revealed = 1;
                    for (old, new) in replace {
                        self.note(LessonTone::Hint, format!("`{old}` becomes `{new}`; x again does it"));
                    }
                    Answer::done()
                }
                (_, Ok(program)) => self.edited(&program),
            },
            StepKind::Order { .. } => match self.true_order(start, step) {
                Ok(order) => {
                    self.steps[index].placed = order;
                    let answer = self.go(end);
                    self.finish(step, "That is the order.");
                    answer
                }
                Err(error) => Answer::error(error),
            },
        }
    }

    /// The next piece of a solution is shown and done.
    fn reveal(&mut self, step: &Step, start: u64) -> Answer {
        let index = self.at;
        let piece = self.steps[index].revealed;
        if piece == 0 {
            self.go(start);
            self.session.execute(&Command::Delete { number: None });
        }
        let Some(written) = step.solution_text.get(piece) else {
            self.steps[index].revealed = 0;
            return Answer::message("this was all of it, but the goal isn't reached from here; x begins anew");
        };
        self.steps[index].revealed += 1;
        self.note(LessonTone::Hint, format!("`{written}`"));
        let mut last = Answer::done();
        for command in super::super::format::commands(written).unwrap_or_default() {
            last = self.session.execute(&command);
            self.moved(&command, &mut last);
        }
        if step.solution_text.len() == self.steps[index].revealed {
            self.session.execute(&Command::Delete { number: None });
        }
        last.message = None;
        last
    }

    /// The learner has edited the program: it is run and judged.
    pub fn edited(&mut self, program: &str) -> Answer {
        let (lesson, index) = self.step_of();
        let step = &lesson.steps[index];
        let StepKind::Edit { goal, .. } = &step.kind else {
            return Answer::error("in this step the program stays as it is; other steps ask to edit it");
        };
        let mut session = match session_of(&lesson, program) {
            Ok(session) => session,
            Err((line, error)) => {
                self.note(LessonTone::Wrong, format!("line {line}: {error}"));
                return Answer::done();
            }
        };
        session.share_signals(self.session.signals());
        self.session = session;
        self.edited = Some(program.to_owned());
        match judge_edit(&lesson, step, goal, program) {
            Ok(true) => self.finish(step, "That does it."),
            Ok(false) => self.note(LessonTone::Wrong, "the program runs, but it isn't so yet."),
            Err(error) => self.note(LessonTone::Wrong, error),
        }
        Answer::done()
    }
}

/// Whether the goal of an edit is true for a program.
pub fn judge_edit(lesson: &Lesson, step: &Step, goal: &str, program: &str) -> Result<bool, String> {
    let lesson = Lesson { program: program.into(), ..lesson.clone() };
    let mut scout = Scout::new(&lesson).map_err(|(line, error)| format!("line {line}: {error}"))?;
    let at = match &step.until {
        Some(moment) => scout.find(0, moment)?,
        None => {
            scout.run_to_end(0)?;
            scout.session.end().unwrap_or(1).saturating_sub(1)
        }
    };
    scout.holds(0, at, goal)
}

/// A program with pieces of it replaced.
pub fn replaced(program: &str, pairs: &[(String, String)]) -> Result<String, String> {
    let mut text = program.to_owned();
    for (old, new) in pairs {
        match text.matches(old.as_str()).count() {
            1 => text = text.replacen(old.as_str(), new, 1),
            0 => return Err(format!("`{old}` is not in the program")),
            count => return Err(format!("`{old}` is {count} times in the program; write more of what is around it")),
        }
    }
    Ok(text)
}

fn one_letter(text: &str) -> Option<usize> {
    let mut letters = text.trim().chars();
    let letter = letters.next().filter(char::is_ascii_lowercase)?;
    letters.next().is_none().then_some(letter as usize - 'a' as usize)
}

fn letter_of(index: usize) -> char {
    (b'a' + index.min(25) as u8) as char
}
