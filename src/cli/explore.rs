//! `uncoil explore FILE`: tries many schedules of a program with threads, and tells what they lead to.
//!
//! Exit status 0: all schedules led to the same; 1: they did not, or one of them to a deadlock. `uncoil explore --save S x.py`
//! writes a session that leads to the last outcome, with its switches; `uncoil S` opens it.

use std::{path::Path, process::ExitCode};

use super::python::{Options, Program};
use crate::{
    debugger::{
        explore::{Bounds, Explored, Outcome, explore},
        recording::{Code, Now, Recording, SavedProgram, save},
        timeline::change::Change,
    },
    interpreter,
};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    options: Options,
    /// At most so many times the GIL is taken away from a thread that could go on
    #[arg(long, value_name = "N", default_value_t = 3)]
    preemptions: u32,
    /// At most so many schedules are tried
    #[arg(long, value_name = "N", default_value_t = 5000)]
    schedules: usize,
    /// At most so many instructions of each
    #[arg(long, value_name = "N", default_value_t = 5_000_000)]
    steps: u64,
    /// Save the schedule of the last outcome in a session file
    #[arg(long, value_name = "FILE")]
    save: Option<String>,
    #[command(flatten)]
    program: Program,
}

pub fn main(arguments: &Arguments) -> ExitCode {
    let (source, args) = arguments.options.source(&arguments.program);
    let config = match arguments.options.config(&source, args) {
        Ok(config) => config,
        Err(message) => return super::complain(&message),
    };
    let program = match &source {
        super::python::Source::Code(code) => super::read_program(None, Some(code)),
        super::python::Source::File(file) => super::read_program(Some(file), None),
        super::python::Source::Stdin => super::read_program(Some("-"), None),
        _ => Err("explore wants a file, or -c and a text".to_string()),
    };
    let (bytes, name) = match program {
        Ok(program) => program,
        Err(message) => return super::complain(&message),
    };
    let vm = match interpreter::load(&bytes, &name, config.clone()).1 {
        Ok(vm) => vm,
        Err(error) => {
            eprint!("{}", interpreter::syntax_error_text(&error, &bytes, &name));
            return ExitCode::from(1);
        }
    };
    let bounds = Bounds { preemptions: arguments.preemptions, schedules: arguments.schedules, steps: arguments.steps };
    let explored = explore(vm, bounds);
    super::run::print(&told(&explored, bounds));
    if let (Some(file), Some(outcome)) = (&arguments.save, explored.outcomes.last()) {
        let recording = recording(outcome, SavedProgram { code: Code::Source, bytes, name, config, before: Vec::new() });
        if let Err(message) = save(Path::new(file), &recording.to_text()) {
            return super::complain(&message);
        }
    }
    ExitCode::from(u8::from(explored.outcomes.len() > 1 || explored.outcomes.iter().any(is_deadlock)))
}

fn is_deadlock(outcome: &Outcome) -> bool {
    outcome.ending.starts_with("deadlock")
}

/// The outcomes, the first one being that of the schedule without preemptions.
fn told(explored: &Explored, bounds: Bounds) -> String {
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    if explored.is_alone {
        return "the program has only one thread: there is one schedule\n".into();
    }
    let extent = if explored.is_complete { "all" } else { "not all" };
    let mut text = format!(
        "{}, {extent} with up to {}: {}\n",
        plural(explored.schedules, "schedule"),
        plural(bounds.preemptions as usize, "preemption"),
        plural(explored.outcomes.len(), "outcome")
    );
    for (number, outcome) in explored.outcomes.iter().enumerate() {
        text += &format!("\n{}. in {}\n", number + 1, plural(outcome.schedules, "schedule"));
        for line in outcome.output.lines() {
            text += &format!("   > {line}\n");
        }
        for line in outcome.ending.lines().chain(outcome.lost_updates.iter().map(String::as_str)) {
            text += &format!("   {line}\n");
        }
        let preemptions = outcome.choices.iter().filter(|choice| choice.is_preemption).count();
        text += &format!("   shortest: {}\n", plural(preemptions, "preemption"));
        for choice in &outcome.choices {
            let place = if choice.place.is_empty() { String::new() } else { format!(" in {}", choice.place) };
            let how = if choice.is_preemption { "is interrupted" } else { "lets another go first" };
            text += &format!(
                "     step {}: thread {}{place} {how}, thread {} runs  (:goto {}, :switch {})\n",
                choice.step,
                choice.from.0,
                choice.to.0,
                choice.step - 1,
                choice.to.0
            );
        }
    }
    text
}

/// A session that stands before the first switch of an outcome, and has all of them.
fn recording(outcome: &Outcome, program: SavedProgram) -> Recording {
    let changes: Vec<(u64, Change)> =
        outcome.choices.iter().map(|choice| (choice.step.saturating_sub(1), Change::Switch(choice.to.0))).collect();
    let step = changes.first().map_or(0, |(step, _)| *step);
    Recording {
        program,
        stdin: None,
        answers: outcome.answers.clone(),
        changes,
        breakpoints: Vec::new(),
        marks: Vec::new(),
        states: Vec::new(),
        now: Now { step, waits: false, answers: None, over: false, furthest: step, ended: false },
    }
}
