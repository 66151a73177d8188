//! THE table of requests: the word on the wire and who does it.
//!
//! A handler gives the body of the answer and what is to happen once the answer is out: to run, to say that configuration
//! may begin, to end.

use serde_json::Value;

use super::{adapter::Adapter, breakpoints, change, code, inspect, launch, message::Args};
use crate::debugger::command::{Command, Direction, StepUnit};

/// What follows the answer.
#[derive(Debug)]
pub enum Then {
    Nothing,
    /// The program is loaded: breakpoints may come.
    Initialized,
    /// Configuration is done: go.
    Begin,
    /// Run by a command.
    Run(Command),
    /// It stands elsewhere, for this reason.
    Stopped(&'static str),
    /// A stop of a run that was told to.
    Pause,
    /// The debugged program is over.
    Terminate,
    /// The adapter is over.
    Quit,
}

pub type Outcome = Result<(Value, Then), String>;
type Handler = fn(&mut Adapter, Args<'_>) -> Outcome;

#[rustfmt::skip]
pub static REQUESTS: &[(&str, Handler)] = &[
    ("initialize",               launch::initialize),
    ("launch",                   launch::launch),
    ("configurationDone",        |_, _| Ok((Value::Null, Then::Begin))),
    ("restart",                  launch::restart),
    ("terminate",                |_, _| Ok((Value::Null, Then::Terminate))),
    ("disconnect",               |_, _| Ok((Value::Null, Then::Quit))),

    ("setBreakpoints",           breakpoints::lines),
    ("setFunctionBreakpoints",   breakpoints::functions),
    ("setExceptionBreakpoints",  breakpoints::exceptions),
    ("setInstructionBreakpoints", breakpoints::instructions),
    ("dataBreakpointInfo",       breakpoints::data_info),
    ("setDataBreakpoints",       breakpoints::data),
    ("breakpointLocations",      breakpoints::locations),

    ("continue",                 |adapter, _| adapter.step(StepUnit::Continue, Direction::Forward, serde_json::json!({"allThreadsContinued": true}))),
    ("reverseContinue",          |adapter, _| adapter.step(StepUnit::Continue, Direction::Back, Value::Null)),
    ("next",                     |adapter, args| adapter.granular(StepUnit::LineOver, Direction::Forward, args)),
    ("stepIn",                   |adapter, args| adapter.granular(StepUnit::LineInto, Direction::Forward, args)),
    ("stepBack",                 |adapter, args| adapter.granular(StepUnit::LineOver, Direction::Back, args)),
    ("stepOut",                  |adapter, _| adapter.step(StepUnit::Finish, Direction::Forward, Value::Null)),
    ("pause",                    |_, _| Ok((Value::Null, Then::Pause))),

    ("threads",                  inspect::threads),
    ("stackTrace",               inspect::stack_trace),
    ("scopes",                   inspect::scopes),
    ("variables",                inspect::variables),
    ("evaluate",                 inspect::evaluate),
    ("exceptionInfo",            inspect::exception_info),

    ("setVariable",              change::set_variable),
    ("setExpression",            change::set_expression),
    ("gotoTargets",              change::goto_targets),
    ("goto",                     change::goto),

    ("source",                   code::source),
    ("loadedSources",            code::loaded_sources),
    ("disassemble",              code::disassemble),
];
