//! A learner in a course: the engine behind the Lesson pane.
//!
//! It is a session with a lesson beside it. Commands of the machine go to the session; after each the step's goal is looked at.
//! [`LessonOrder`]s go to the lesson: next, hint, answer. When a step begins the machine stands where the step begins,
//! wherever the learner has wandered before.

pub mod judge; // answers, goals, solutions

use std::{collections::BTreeSet, sync::Arc};

use super::{
    format::{Lesson, Step, StepKind, Truth},
    scout::{Scout, session_of},
};
use crate::{
    debugger::{
        command::{Command, Direction, Instant, LessonOrder, Wanted},
        engine::{Answer, Engine, Signals},
        evaluate::Question,
        session::Session,
    },
    view::{LessonChoice, LessonNote, LessonTone, LessonView, View, ViewRequest},
};

/// Some lessons, one of which is open.
pub struct Course {
    lessons: Vec<Arc<Lesson>>,
    index: usize,
    session: Session,
    scout: Scout,
    /// What the learner has made of the program: the session runs it.
    edited: Option<String>,
    at: usize,
    steps: Vec<StepState>,
    quiz: bool,
    visit: u64,
    /// Leaving a step that isn't done was asked for once.
    warned: bool,
    /// Is told when something has been done.
    listener: Option<Listener>,
}

/// Is told of a lesson, the step where the learner is, and the steps that are done.
pub type Listener = Box<dyn FnMut(&Lesson, usize, &BTreeSet<usize>) + Send>;

/// How a learner stands in a step.
#[derive(Clone, Debug, Default)]
struct StepState {
    done: bool,
    /// Answers were given.
    answered: bool,
    hints: usize,
    /// Pieces of the solution that were shown.
    revealed: usize,
    /// Commands that were needed so far.
    moves: u32,
    notes: Vec<LessonNote>,
    /// What became of each choice.
    verdicts: Vec<Option<bool>>,
    /// Items put in order.
    placed: Vec<usize>,
}

impl Course {
    /// Opens a lesson.
    ///
    /// # Errors
    ///
    /// There is none, or its program does not compile.
    pub fn new(lessons: Vec<Arc<Lesson>>, index: usize) -> Result<Course, String> {
        let lesson = lessons.get(index).cloned().ok_or("there is no lesson")?;
        let scout = Scout::new(&lesson).map_err(|(line, error)| compile_error(&lesson, line, &error))?;
        let session = session_of(&lesson, &lesson.program).map_err(|(line, error)| compile_error(&lesson, line, &error))?;
        let steps = vec![StepState::default(); lesson.steps.len()];
        let mut course =
            Course { lessons, index, session, scout, edited: None, at: 0, steps, quiz: false, visit: 0, warned: false, listener: None };
        course.enter(0);
        Ok(course)
    }

    /// Hides what a question is about until it is answered.
    pub fn with_quiz(mut self, quiz: bool) -> Course {
        self.quiz = quiz;
        self
    }

    /// Who is told of progress.
    pub fn with_listener(mut self, listener: Listener) -> Course {
        self.listener = Some(listener);
        self.tell();
        self
    }

    /// Goes on where a learner has been before.
    pub fn resume(&mut self, at: usize, done: &BTreeSet<usize>) {
        for &index in done {
            if let Some(state) = self.steps.get_mut(index) {
                state.done = true;
            }
        }
        if at < self.steps.len() {
            self.enter(at);
        }
    }

    pub fn lesson(&self) -> &Lesson {
        &self.lessons[self.index]
    }

    /// The index of the lesson that is open, and of its step.
    pub fn place(&self) -> (usize, usize) {
        (self.index, self.at)
    }

    /// Whether the step is done.
    pub fn is_done(&self) -> bool {
        self.steps[self.at].done
    }

    /// The steps that are not done, from 0.
    pub fn undone(&self) -> Vec<usize> {
        (0..self.steps.len()).filter(|&index| !self.steps[index].done).collect()
    }

    /// The step asks for a change of the program.
    pub fn wants_edit(&self) -> bool {
        matches!(self.lesson().steps[self.at].kind, StepKind::Edit { .. })
    }

    /// The program as it is now.
    pub fn program(&self) -> &str {
        self.edited.as_deref().unwrap_or(&self.lesson().program)
    }

    pub fn session(&self) -> &Session {
        &self.session
    }

    fn step_of(&self) -> (Arc<Lesson>, usize) {
        (self.lessons[self.index].clone(), self.at)
    }

    /// Begins a step: the machine goes to where it begins.
    fn enter(&mut self, index: usize) -> Answer {
        self.at = index;
        self.visit += 1;
        self.warned = false;
        let (lesson, index) = self.step_of();
        let step = &lesson.steps[index];
        if self.edited.is_some()
            && let Ok(mut session) = session_of(&lesson, &lesson.program)
        {
            session.share_signals(self.session.signals());
            self.session = session;
            self.edited = None;
        }
        let choices = match &step.kind {
            StepKind::Predict { truth: Truth::Choices(choices), .. } => choices.len(),
            _ => 0,
        };
        let state = &mut self.steps[index];
        state.verdicts.resize(choices, None);
        state.placed.clear();
        state.moves = 0;
        let mut answer = match self.scout.places(&lesson, index) {
            Ok((start, _)) => {
                let answer = self.go(start);
                self.session.keep_instant();
                answer
            }
            Err(error) => Answer::error(error),
        };
        if let Some(name) = &step.inspect
            && let Ok(question) = Question::new(name)
        {
            let chosen = self.session.execute(&Command::Choose { what: Wanted::Named(question), frame: 0 });
            answer.error = answer.error.or(chosen.error);
        }
        if matches!(step.kind, StepKind::Read) {
            self.steps[index].done = true;
        }
        self.tell();
        answer
    }

    /// Takes the learner's machine to an instant.
    fn go(&mut self, step: u64) -> Answer {
        if self.session.step() == step && !self.session.status().is_over() {
            return Answer::done();
        }
        self.session.execute(&Command::Goto(Instant::At(step)))
    }

    fn tell(&mut self) {
        let done = self.steps.iter().enumerate().filter(|(_, state)| state.done).map(|(index, _)| index).collect();
        let (lesson, at) = self.step_of();
        if let Some(listener) = &mut self.listener {
            listener(&lesson, at, &done);
        }
    }

    fn order(&mut self, order: &LessonOrder) -> Answer {
        match order {
            LessonOrder::Next => self.next(),
            LessonOrder::Previous if self.at > 0 => self.enter(self.at - 1),
            LessonOrder::Previous => Answer::error("this is the first step; `:lesson open N` opens another lesson"),
            LessonOrder::Step(number) => match number.checked_sub(1).filter(|&index| index < self.steps.len()) {
                Some(index) => self.enter(index),
                None => Answer::error(format!("this lesson has the steps 1 to {}", self.steps.len())),
            },
            LessonOrder::Open(number) => match self.lessons.iter().position(|lesson| lesson.number == *number) {
                Some(index) => self.open(index),
                None => Answer::error(format!("there is no lesson {number} in this course")),
            },
            LessonOrder::Restart => {
                let index = self.at;
                self.steps[index] = StepState::default();
                self.enter(index)
            }
            LessonOrder::Hint => self.hint(),
            LessonOrder::Solve => self.solve(),
            LessonOrder::Answer(text) => self.answer(text),
        }
    }

    fn next(&mut self) -> Answer {
        if !self.steps[self.at].done && !self.warned {
            self.warned = true;
            return Answer::message("this step isn't done yet: h is a hint, x shows it; ] once more leaves it");
        }
        if self.at + 1 < self.steps.len() {
            return self.enter(self.at + 1);
        }
        if self.index + 1 < self.lessons.len() {
            return self.open(self.index + 1);
        }
        Answer::message("this was the last step; q leaves, [ goes back")
    }

    fn open(&mut self, index: usize) -> Answer {
        match Course::new(self.lessons.clone(), index) {
            Ok(course) => {
                let Course { session, scout, steps, .. } = course;
                let signals = self.session.signals();
                (self.session, self.scout, self.steps) = (session, scout, steps);
                self.session.share_signals(signals);
                (self.index, self.edited) = (index, None);
                self.enter(0)
            }
            Err(error) => Answer::error(error),
        }
    }

    fn hint(&mut self) -> Answer {
        let (lesson, index) = self.step_of();
        let state = &mut self.steps[index];
        match lesson.steps[index].hints.get(state.hints) {
            Some(hint) => {
                state.hints += 1;
                state.notes.push(LessonNote { tone: LessonTone::Hint, text: hint.clone() });
                Answer::done()
            }
            None if state.hints > 0 => Answer::message("there are no more hints; x shows how it goes"),
            None => Answer::message("there is no hint here; x shows how it goes"),
        }
    }

    /// What a step does not want is refused.
    fn refusal(&self, step: &Step, command: &Command) -> Option<String> {
        if step.allow.is_empty() || self.steps[self.at].done || !command.moves() || is_back(command) {
            return None;
        }
        let is_allowed = step.allow.iter().any(|(_, allowed)| same_kind(allowed, command));
        let keys: Vec<&str> = step.allow.iter().map(|(key, _)| key.as_str()).collect();
        (!is_allowed).then(|| format!("in this step only {} and back; x shows how it goes", keys.join(" ")))
    }

    fn picture(&self) -> LessonView {
        let (lesson, index) = self.step_of();
        let (step, state) = (&lesson.steps[index], &self.steps[index]);
        let letters = 'a'..='z';
        let choices = match &step.kind {
            StepKind::Predict { truth: Truth::Choices(choices), .. } => letters
                .zip(choices)
                .enumerate()
                .map(|(index, (key, choice))| LessonChoice {
                    key,
                    text: choice.text.clone(),
                    verdict: state.verdicts.get(index).copied().flatten(),
                    place: None,
                })
                .collect(),
            StepKind::Order { items, .. } => letters
                .zip(items)
                .enumerate()
                .map(|(index, (key, item))| LessonChoice {
                    key,
                    text: item.text.clone(),
                    verdict: state.done.then_some(true),
                    place: state.placed.iter().position(|it| *it == index).map(|place| place + 1),
                })
                .collect(),
            _ => Vec::new(),
        };
        let is_open = !state.done && matches!(step.kind, StepKind::Predict { .. } | StepKind::Order { .. });
        let is_typed = matches!(step.kind, StepKind::Predict { truth: Truth::Value { .. }, .. });
        let task = match (&step.kind, state.done) {
            (_, true) if self.at + 1 == self.steps.len() && self.index + 1 == self.lessons.len() => "The end. q leaves, [ goes back",
            (_, true) if self.at + 1 == self.steps.len() => "Done. ] opens the next lesson",
            (StepKind::Read, _) => "] goes on",
            (_, true) => "Done. ] goes on",
            (StepKind::Do | StepKind::Reach { .. }, _) => "Your turn. h is a hint, x shows how it goes",
            (StepKind::Edit { .. }, _) => "Your turn: `:edit` opens the program in your editor. h is a hint, x shows how it goes",
            (StepKind::Order { .. }, _) => "Letters put them in order, - takes one back. h is a hint, x shows it",
            (StepKind::Predict { .. }, _) if is_typed => "= begins to type the answer. h is a hint, x shows it",
            (StepKind::Predict { .. }, _) => "A letter answers. h is a hint, x shows it",
        };
        let hides = self.quiz && is_open && !state.answered;
        LessonView {
            title: format!("{} {}", lesson.number, lesson.title),
            step: index + 1,
            steps: lesson.steps.len(),
            heading: step.heading.clone(),
            kind: step.kind.name(),
            text: step.text.clone(),
            question: step.kind.question().to_owned(),
            choices,
            is_open,
            is_typed,
            task: task.to_owned(),
            notes: state.notes.clone(),
            hints_left: step.hints.len().saturating_sub(state.hints),
            is_done: state.done,
            panes: if step.panes.is_empty() { lesson.panes.clone() } else { step.panes.clone() },
            focus: step.focus,
            hidden: if hides { step.hide.clone() } else { Vec::new() },
            visit: self.visit,
        }
    }
}

impl Engine for Course {
    fn execute(&mut self, command: &Command) -> Answer {
        if let Command::Lesson(order) = command {
            if *order != LessonOrder::Next {
                self.warned = false;
            }
            return self.order(order);
        }
        self.warned = false;
        let (lesson, index) = self.step_of();
        if let Some(refusal) = self.refusal(&lesson.steps[index], command) {
            return Answer::error(refusal);
        }
        if let Command::Save(_) = command {
            return Answer::error("a lesson is not saved as a session; what is done is kept by itself");
        }
        let mut answer = self.session.execute(command);
        self.moved(command, &mut answer);
        answer
    }

    fn view(&self, request: &ViewRequest) -> View {
        let mut view = self.session.view(request);
        let lesson = self.picture();
        if !lesson.hidden.is_empty() {
            view.narration.done.clear();
            view.narration.next = "hidden until you have answered".into();
        }
        view.lesson = Some(Box::new(lesson));
        view
    }

    fn signals(&self) -> Signals {
        self.session.signals()
    }
}

fn compile_error(lesson: &Lesson, line: u32, error: &str) -> String {
    format!("{}/{}:{line}: {error}", lesson.place, lesson.program_file())
}

fn is_back(command: &Command) -> bool {
    matches!(
        command,
        Command::Step { direction: Direction::Back, .. }
            | Command::Until { direction: Direction::Back, .. }
            | Command::Goto(Instant::First | Instant::Earlier(_))
    )
}

/// The same command, whatever its count.
fn same_kind(a: &Command, b: &Command) -> bool {
    match (a, b) {
        (Command::Step { unit: a, direction: to, .. }, Command::Step { unit: b, direction, .. }) => a == b && to == direction,
        (Command::Until { direction: to, .. }, Command::Until { direction, .. }) => to == direction,
        _ => a == b,
    }
}
