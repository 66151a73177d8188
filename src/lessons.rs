//! Guided lessons: a program, a text, and steps that are judged by the machine.
//!
//! The way of a lesson: `lesson.md` ─format→ [`Lesson`] ─course→ a [`course::Course`], an engine that a screen drives as any
//! other ─view→ [`crate::view::LessonView`]. Every answer is an expression that is evaluated on the machine (see [`goal`]), so
//! a lesson cannot be wrong about it; [`check`] plays all solutions through a real session.
//!
//! Nothing here knows a terminal.

pub mod catalogue; // the lessons in the program, and those in a folder
pub mod check; // whether a lesson is right: every moment, answer, solution, text
pub mod course; // a learner in a course: the engine behind the Lesson pane

pub mod export; // a handout
pub mod format; // `lesson.md` to a lesson, with errors that name the line
pub mod goal; // expressions about the machine
pub mod moment; // instants by what happens there: `after op STORE_NAME line 6`
pub mod progress; // what was done, in a file
pub mod scout; // a second machine that goes ahead: where steps begin and end, what is true there
pub mod world; // clocks that stand still, files in memory

pub use self::format::{Lesson, Problem, Step, StepKind};
