//! Runs the compiler over a file and keeps every stage as rows. Nothing is computed for the show: each stage is what the compiler
//! itself hands on to the next.

use std::{collections::HashSet, sync::Arc, thread};

use super::{Failure, Mark, Pipeline, Row, Stage, StageKind, code, scopes, tree};
use crate::{
    compiler::{Options, stages as back},
    interpreter,
    syntax::{self, Mode, dump, error::SyntaxError, stages as front, token::Token},
    text::SourceFile,
    view::{SourceRange, SourceText, highlighted},
};

/// Trees can be as deep as the compiler's limits allow.
const STACK: usize = 512 << 20;

/// The stages of a file, as far as the program gets.
pub fn of_bytes(file: &str, bytes: &[u8], optimize: u8) -> Pipeline {
    deep(|| build(file, optimize, bytes, syntax::parse_bytes(bytes, Mode::Exec), SourceFile::from_bytes(bytes).ok().map(Arc::new)))
}

/// The same of a file that has been read before.
pub fn of_source(file: &str, source: Arc<SourceFile>, optimize: u8) -> Pipeline {
    deep(|| build(file, optimize, source.text().as_bytes(), syntax::parse_str(source.text(), Mode::Exec), Some(source.clone())))
}

/// The same of a statement typed at a prompt.
pub fn of_statement(file: &str, source: Arc<SourceFile>, optimize: u8) -> Pipeline {
    deep(|| build(file, optimize, source.text().as_bytes(), syntax::parse_str(source.text(), Mode::Single), Some(source.clone())))
}

fn deep(work: impl FnOnce() -> Pipeline + Send) -> Pipeline {
    thread::scope(|scope| {
        let builder = thread::Builder::new().name("pipeline".into()).stack_size(STACK);
        let thread = builder.spawn_scoped(scope, work);
        thread.ok().and_then(|thread| thread.join().ok()).unwrap_or_else(nothing)
    })
}

fn nothing() -> Pipeline {
    Pipeline { stages: StageKind::ALL.iter().map(|_| Stage::default()).collect(), ..Pipeline::default() }
}

type Outcome = Result<syntax::Parsed, SyntaxError>;

fn build(file: &str, optimize: u8, bytes: &[u8], parsed: Outcome, source: Option<Arc<SourceFile>>) -> Pipeline {
    let mut pipeline = Pipeline { text: SourceText::new(file, ""), ..nothing() };
    let outcome = fill(&mut pipeline, file, optimize, parsed, source);
    if let Err((stage, error)) = outcome {
        let place = place_of(&error, &pipeline.text);
        pipeline.failure = Some(Failure {
            stage,
            kind: format!("{:?}", error.kind),
            message: error.msg.clone(),
            place,
            traceback: interpreter::syntax_error_text(&error, bytes, file),
        });
    }
    pipeline
}

fn fill(
    pipeline: &mut Pipeline,
    file: &str,
    optimize: u8,
    parsed: Outcome,
    source: Option<Arc<SourceFile>>,
) -> Result<(), (StageKind, SyntaxError)> {
    let Some(source) = source else {
        return parsed.map(drop).map_err(|error| (StageKind::Source, error));
    };
    pipeline.text = highlighted(file, &source);
    let mut put = |kind: StageKind, rows: Vec<Row>| pipeline.stages[kind as usize].rows = rows;
    let whole = whole(&source);
    put(StageKind::Source, lines(&source));
    let (words, early_end) = front::tokens(&source);
    put(StageKind::Tokens, tokens(&source, &words));
    if let (Err(error), Some(_)) = (&parsed, early_end) {
        return Err((StageKind::Tokens, error.clone()));
    }
    let concrete = front::tree(&source);
    let has_tree = concrete.is_some();
    put(StageKind::Cst, concrete.unwrap_or_default().into_iter().map(concrete_row).collect());
    let parsed = parsed.map_err(|error| (if has_tree { StageKind::Ast } else { StageKind::Cst }, error))?;
    let before = tree::rows(&tree::read(&dump::dump(&parsed.module)), whole);
    let stages = back::run(&parsed.module, &Options { optimize, ..Options::new(file) });
    if let Some(folded) = &stages.folded {
        let text = dump::dump(folded);
        let folded = tree::read(&text);
        let (rows, repeats) = compare(&before, tree::rows(&folded, whole));
        put(StageKind::Folded, rows);
        pipeline.stages[StageKind::Folded as usize].repeats = repeats;
        if let Some(table) = &stages.table {
            let scopes = scopes::find(&folded, table, &source, &words, whole);
            pipeline.stages[StageKind::Symbols as usize].rows = scopes::rows(&scopes, table);
            pipeline.bodies = scopes.iter().filter_map(|scope| Some((scope.place, scope.body?))).collect();
            pipeline.codes = stages.code.as_ref().map(|code| code::codes(code, &scopes, table)).unwrap_or_default();
        }
    }
    let codes = &pipeline.codes;
    let made = [
        (StageKind::Ast, before),
        (StageKind::Blocks, code::blocks(&stages.units, codes, false)),
        (StageKind::Optimized, code::blocks(&stages.units, codes, true)),
        (StageKind::Instructions, code::instructions(codes)),
        (StageKind::Bytes, code::bytes(codes)),
        (StageKind::Lines, code::line_table(codes)),
        (StageKind::Exceptions, code::exception_table(codes)),
    ];
    for (kind, rows) in made {
        pipeline.stages[kind as usize].rows = rows;
    }
    let missing = match (&stages.folded, &stages.table) {
        (None, _) => StageKind::Folded,
        (_, None) => StageKind::Symbols,
        _ => StageKind::Blocks,
    };
    stages.error.map_or(Ok(()), |error| Err((missing, error)))
}

/// The file from its first to its last byte.
fn whole(source: &SourceFile) -> SourceRange {
    let (end_line, end_col) = source.position(source.text().len());
    SourceRange { line: 1, col: 0, end_line: end_line + 1, end_col: if end_line == 0 { 0 } else { end_col } }
}

fn lines(source: &SourceFile) -> Vec<Row> {
    (1..=source.line_count())
        .map(|number| {
            let text = source.line(number).unwrap_or_default();
            let trimmed = text.trim();
            let start = text.len() - text.trim_start().len();
            let (line, col) = (number as u32, start as u32);
            let place = SourceRange { line, col, end_line: line, end_col: col + trimmed.len() as u32 };
            Row { label: format!("{number:>5}  "), text: text.to_owned(), places: vec![place], ..Row::default() }
        })
        .collect()
}

fn tokens(source: &SourceFile, tokens: &[Token]) -> Vec<Row> {
    let row = |token: &Token| Row {
        text: format!("{:?}", token.kind),
        detail: format!("{:?}", source.text().get(token.start as usize..token.end as usize).unwrap_or_default()),
        tells_place: true,
        places: vec![scopes::place(token)],
        ..Row::default()
    };
    tokens.iter().map(row).collect()
}

fn concrete_row(line: front::Line) -> Row {
    Row {
        depth: line.depth,
        mark: if line.repair.is_some() { Mark::Repaired } else { Mark::None },
        label: line.field.map(|field| format!("{}: ", field.to_lowercase())).unwrap_or_default(),
        text: line.kind,
        detail: line.text.map(|text| format!("{text:?}")).unwrap_or_default(),
        note: line.repair.unwrap_or_default(),
        tells_place: true,
        places: vec![SourceRange { line: line.start.0, col: line.start.1, end_line: line.end.0, end_col: line.end.1 }],
        ..Row::default()
    }
}

/// Marks the rows that were not in the stage before.
fn compare(before: &[Row], mut after: Vec<Row>) -> (Vec<Row>, bool) {
    let repeats = before == after;
    if !repeats {
        let known: HashSet<_> = before.iter().map(|row| (row.depth, &row.label, &row.text, &row.detail, row.places.first())).collect();
        let is_new: Vec<bool> =
            after.iter().map(|row| !known.contains(&(row.depth, &row.label, &row.text, &row.detail, row.places.first()))).collect();
        for (row, _) in after.iter_mut().zip(is_new).filter(|(_, is_new)| *is_new) {
            row.mark = Mark::Differs;
        }
    }
    (after, repeats)
}

/// Where an error points to. Its columns are in characters, or in bytes.
fn place_of(error: &SyntaxError, text: &SourceText) -> Option<SourceRange> {
    let line = u32::try_from(error.lineno?).ok()?;
    let end_line = error.end_lineno.and_then(|line| u32::try_from(line).ok()).filter(|end| *end >= line).unwrap_or(line);
    let column = |line: u32, offset: Option<i64>| -> Option<u32> {
        let text = text.lines.get(line.checked_sub(1)? as usize)?;
        let characters = usize::try_from(offset?.checked_sub(1)?).ok()?;
        Some(text.char_indices().nth(characters).map_or(text.len(), |(index, _)| index) as u32)
    };
    let col = column(line, error.offset).unwrap_or(0);
    let end_col = column(end_line, error.end_offset).unwrap_or(col + 1).max(if line == end_line { col + 1 } else { 0 });
    Some(SourceRange { line, col, end_line, end_col })
}
