//! Looking for the first place where a pattern matches.
//!
//! A literal at the pattern's start is looked for by itself (`memchr`), a set by its bit map; the matcher runs only where
//! a match can start. Counterpart in CPython 3.11: `SRE(search)`.

use super::{
    machine::{Machine, NOWHERE, Poll},
    program::{Program, Start},
};
use crate::text::search::Searched;

/// How a text is to be matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Match,
    FullMatch,
    Search,
}

/// What was found: the whole span, then the groups'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// start and end of the match and of each group; none where a group has not matched
    pub spans: Vec<Option<(usize, usize)>>,
    /// The group closed last, from 1; 0: none.
    pub last_group: usize,
}

impl Found {
    pub fn span(&self) -> (usize, usize) {
        self.spans[0].unwrap_or((0, 0))
    }
}

/// Looks from `start` on. `must_advance`: an empty match at `start` is none.
pub fn find<T: Searched, P: Poll>(
    program: &Program,
    text: &[T],
    start: usize,
    mode: Mode,
    must_advance: bool,
    poll: &mut P,
) -> Result<Option<Found>, P::Stop> {
    if start > text.len() {
        return Ok(None);
    }
    let mut machine = Machine::new(program, text);
    machine.match_all = mode == Mode::FullMatch;
    machine.must_advance = if must_advance { start } else { NOWHERE };
    let mut at = start;
    if mode != Mode::Search {
        let end = machine.run(at, poll)?;
        return Ok(end.map(|end| found(&machine, at, end)));
    }
    let Some(last) = text.len().checked_sub(program.min_width) else { return Ok(None) };
    let prefix: Option<Vec<T>> = match &program.start {
        Start::Prefix(points) => in_units(points),
        _ => None,
    };
    while at <= last {
        match candidate(program, prefix.as_deref(), text, at) {
            Some(next) if next <= last => at = next,
            _ => return Ok(None),
        }
        if let Some(end) = machine.run(at, poll)? {
            return Ok(Some(found(&machine, at, end)));
        }
        machine.must_advance = NOWHERE;
        if matches!(program.start, Start::Beginning) {
            return Ok(None);
        }
        at += 1;
    }
    Ok(None)
}

/// The first place from `at` on where a match may start.
fn candidate<T: Searched>(program: &Program, prefix: Option<&[T]>, text: &[T], at: usize) -> Option<usize> {
    match &program.start {
        Start::Anything => Some(at),
        Start::Beginning => (at == 0).then_some(0),
        Start::First(single) => single.find(&text[at..]).map(|found| found + at),
        Start::Prefix(_) => T::find(&text[at..], prefix?).map(|found| found + at),
    }
}

/// A prefix in the text's own units; `None` if it has a character that such a text cannot have.
fn in_units<T: Searched>(points: &[u32]) -> Option<Vec<T>> {
    points.iter().map(|&c| T::try_from(c).ok()).collect()
}

fn found<T: Searched>(machine: &Machine<'_, T>, start: usize, end: usize) -> Found {
    let groups = machine.marks.len() / 2;
    let spans = std::iter::once(Some((start, end))).chain((0..groups).map(|group| machine.group(group))).collect();
    Found { spans, last_group: machine.last_group }
}
