//! Which rows of all stages belong to a selected one.
//!
//! Rows are tied by the bytes of code where both have them, else by their places in the source: the same piece, a part of it, or,
//! where a stage has neither, the smallest piece around it. A stage with nothing says why. In `x = 1 + 2` the token `1` is tied to
//! the node `Constant(value=1)`; in the folded tree only `Constant(value=3)` is around it.

use std::collections::HashSet;

use super::{CodePlace, Mark, Pipeline, Row, StageKind};
use crate::view::SourceRange;

/// How a row belongs to the selected piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// It stands for the same source, or the same bytes.
    Same,
    /// It lies within.
    Part,
    /// Nothing is the same or within; this is the smallest around it.
    Around,
}

/// What is selected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    pub places: Vec<SourceRange>,
    pub code: Option<CodePlace>,
}

/// The rows of one stage that belong to the selected piece.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linked {
    /// In the order of the rows.
    pub ties: Vec<(usize, Tie)>,
    /// Why there are none.
    pub why_not: Option<&'static str>,
}

impl Linked {
    pub fn tie(&self, row: usize) -> Option<Tie> {
        self.ties.binary_search_by_key(&row, |(row, _)| *row).ok().map(|index| self.ties[index].1)
    }

    /// The row to look at first.
    pub fn anchor(&self) -> Option<usize> {
        let first = |wanted: Tie| self.ties.iter().find(|(_, tie)| *tie == wanted).map(|(row, _)| *row);
        first(Tie::Same).or_else(|| first(Tie::Around)).or_else(|| first(Tie::Part))
    }

    fn of(ties: Vec<(usize, Tie)>, why_not: &'static str) -> Linked {
        Linked { why_not: ties.is_empty().then_some(why_not), ties }
    }
}

impl Pipeline {
    /// The piece that a row stands for. A field without a place stands for its node.
    pub fn piece(&self, kind: StageKind, index: usize) -> Piece {
        let rows = &self.stage(kind).rows;
        let Some(row) = rows.get(index) else { return Piece::default() };
        let mut places = row.places.clone();
        if places.is_empty() && matches!(kind, StageKind::Ast | StageKind::Folded) {
            let parents = rows[..index].iter().rev().filter(|it| it.depth < row.depth);
            places = parents.map(|it| it.places.clone()).find(|places| !places.is_empty()).unwrap_or_default();
        }
        let code = row.code.filter(|_| row.mark != Mark::Heading);
        // RESUME stands at the start of its code without a width: it is where the whole begins.
        if let (Some(code), [place]) = (code, places.as_slice())
            && place.is_empty()
            && let Some(whole) = self.codes[code.code].place.filter(|whole| whole.contains(*place))
        {
            places = vec![whole];
        }
        Piece { places, code }
    }

    /// What belongs to a piece, stage by stage.
    pub fn links(&self, piece: &Piece) -> Vec<Linked> {
        let mut links: Vec<Linked> = StageKind::ALL.iter().map(|kind| self.link(*kind, piece)).collect();
        links[StageKind::Exceptions as usize] = self.handlers(piece, &links[StageKind::Instructions as usize]);
        if links[StageKind::Optimized as usize].ties.is_empty() && !links[StageKind::Blocks as usize].ties.is_empty() {
            for kind in [StageKind::Optimized, StageKind::Instructions, StageKind::Bytes, StageKind::Lines] {
                if self.reaches(kind) && links[kind as usize].ties.is_empty() {
                    links[kind as usize].why_not = Some("optimised away");
                }
            }
        }
        links
    }

    fn link(&self, kind: StageKind, piece: &Piece) -> Linked {
        let rows = &self.stage(kind).rows;
        if rows.is_empty() {
            return Linked::of(Vec::new(), if self.reaches(kind) { "empty" } else { "not reached" });
        }
        if let Some(code) = piece.code
            && rows.iter().any(|row| row.code.is_some() && row.mark != Mark::Heading)
        {
            return self.by_bytes(rows, piece, code);
        }
        if piece.places.is_empty() {
            let why_not = if piece.code.is_some() { "made up: it has no place in the source" } else { "not in the source" };
            return Linked::of(Vec::new(), why_not);
        }
        let ties = self.by_place(kind, rows, piece);
        let why_not = match kind {
            StageKind::Tokens => "no token there",
            StageKind::Source => "no line",
            _ if kind >= StageKind::Blocks => "no instruction",
            _ => "nothing there",
        };
        Linked::of(ties, why_not)
    }

    /// The same bytes; and what computes its parts.
    fn by_bytes(&self, rows: &[Row], piece: &Piece, code: CodePlace) -> Linked {
        let pieces = Pieces::new(&piece.places);
        let tie = |row: &Row| match row.code.filter(|_| row.mark != Mark::Heading) {
            Some(here) if here.overlaps(code) => Some(Tie::Same),
            Some(here) if here.code == code.code && row.places.iter().any(|place| pieces.has(*place)) => Some(Tie::Part),
            _ => None,
        };
        let ties = rows.iter().enumerate().filter_map(|(index, row)| Some((index, tie(row)?))).collect();
        Linked::of(ties, "no such bytes")
    }

    fn by_place(&self, kind: StageKind, rows: &[Row], piece: &Piece) -> Vec<(usize, Tie)> {
        let pieces = Pieces::new(&piece.places);
        let tie = |row: &Row| {
            if row.places.iter().any(|place| pieces.same.contains(place)) {
                return Some(Tie::Same);
            }
            row.places.iter().any(|place| pieces.has(*place)).then_some(Tie::Part)
        };
        let ties: Vec<_> = rows.iter().enumerate().filter_map(|(index, row)| Some((index, tie(row)?))).collect();
        if !ties.is_empty() {
            return ties;
        }
        let Some(&first) = pieces.sorted.first() else { return ties };
        if kind == StageKind::Source {
            // What has no width still stands in a line.
            return (first.line as usize)
                .checked_sub(1)
                .filter(|row| *row < rows.len())
                .map(|row| (row, Tie::Around))
                .into_iter()
                .collect();
        }
        let is_code = kind >= StageKind::Blocks;
        let is_candidate = |place: SourceRange| surrounds(&place, first) && !(is_code && self.is_body(place, first));
        let candidates = rows.iter().filter(|row| !(is_code && row.mark == Mark::Heading));
        let smallest = candidates.flat_map(|row| &row.places).copied().filter(|place| is_candidate(*place));
        let Some(smallest) = smallest.reduce(|a, b| if a.contains(b) { b } else { a }) else { return ties };
        let is_smallest = |row: &Row| row.places.contains(&smallest) && !(is_code && row.mark == Mark::Heading);
        rows.iter().enumerate().filter(|(_, row)| is_smallest(row)).map(|(index, _)| (index, Tie::Around)).collect()
    }

    /// Whether a piece stands in the body of the `def` or `class` at a place: the code that makes the function doesn't run that.
    fn is_body(&self, place: SourceRange, piece: SourceRange) -> bool {
        self.bodies.iter().any(|(whole, body)| *whole == place && piece.start() >= *body)
    }

    /// The entries of the exception table that guard the instructions of a piece.
    fn handlers(&self, piece: &Piece, instructions: &Linked) -> Linked {
        let rows = &self.stage(StageKind::Exceptions).rows;
        if !self.reaches(StageKind::Exceptions) {
            return Linked::of(Vec::new(), "not reached");
        }
        if rows.is_empty() {
            return Linked::of(Vec::new(), "empty: no try, no with");
        }
        let code = &self.stage(StageKind::Instructions).rows;
        let has_same = instructions.ties.iter().any(|(_, tie)| *tie == Tie::Same);
        let guarded: Vec<CodePlace> = match piece.code {
            Some(place) => vec![place],
            None => {
                let wanted = instructions.ties.iter().filter(|(_, tie)| !has_same || *tie == Tie::Same);
                wanted.filter_map(|(row, _)| code[*row].code).collect()
            }
        };
        let entry = |row: &Row| row.code.filter(|_| row.mark != Mark::Heading);
        let tied = |row: &Row| entry(row).is_some_and(|here| guarded.iter().any(|place| place.overlaps(here)));
        let ties: Vec<_> = rows.iter().enumerate().filter(|(_, row)| tied(row)).map(|(index, _)| (index, Tie::Same)).collect();
        Linked::of(ties, if guarded.is_empty() { "no instruction" } else { "no handler guards it" })
    }
}

/// Several places, to ask quickly what lies in them. Those of a name don't overlap.
struct Pieces {
    sorted: Vec<SourceRange>,
    same: HashSet<SourceRange>,
}

impl Pieces {
    fn new(places: &[SourceRange]) -> Pieces {
        let mut sorted = places.to_vec();
        sorted.sort_by_key(|place| place.start());
        Pieces { same: sorted.iter().copied().collect(), sorted }
    }

    /// Whether a place lies in one of them.
    fn has(&self, place: SourceRange) -> bool {
        let before = self.sorted.partition_point(|it| it.start() <= place.start());
        before.checked_sub(1).is_some_and(|index| surrounds(&self.sorted[index], place))
    }
}

/// Whether a place lies in another; what is empty not in what it merely touches.
fn surrounds(outer: &SourceRange, place: SourceRange) -> bool {
    outer.contains(place) && (!place.is_empty() || outer.start() < place.start() && place.end() < outer.end())
}
