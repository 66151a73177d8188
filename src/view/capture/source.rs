//! The source of a frame's code, and the piece of it that the next instruction came from.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Level, Scene, call_stack::existed};
use crate::{
    text::SourceFile,
    view::{SourceRange, SourceText, SourceView, highlighted},
    vm::Vm,
};

/// Coloured texts by file name; each file is cut into tokens once.
#[derive(Default)]
pub struct Sources {
    texts: FxHashMap<Arc<str>, Arc<SourceText>>,
}

impl Sources {
    /// The text that code beginning at a unit comes from.
    fn of_code(&mut self, scene: &Scene<'_>, file: &Arc<str>, start: u32) -> Arc<SourceText> {
        let Some((index, source)) = statement_of(scene.vm, file, start) else { return self.text(scene, file) };
        let name: Arc<str> = format!("{file}#{index}").into();
        self.texts.entry(name).or_insert_with(|| Arc::new(highlighted(&**file, source))).clone()
    }

    fn text(&mut self, scene: &Scene<'_>, file: &Arc<str>) -> Arc<SourceText> {
        if let Some(text) = self.texts.get(file) {
            return text.clone();
        }
        let Some(source) = scene.vm.sources.get(file) else {
            return Arc::new(SourceText { file: file.to_string(), ..SourceText::default() });
        };
        let text = Arc::new(highlighted(&**file, source));
        self.texts.insert(file.clone(), text.clone());
        text
    }

    /// The program's main file, for when nothing runs.
    pub fn main(&mut self, scene: &Scene<'_>, file: &Arc<str>) -> Arc<SourceText> {
        self.of_code(scene, file, u32::MAX)
    }
}

/// The statement typed at the prompt that code beginning at a unit belongs to, with its number.
pub fn statement_of<'a>(vm: &'a Vm, file: &str, start: u32) -> Option<(usize, &'a Arc<SourceFile>)> {
    let index = vm.typed.partition_point(|(first, _)| *first <= start).checked_sub(1)?;
    (file == "<stdin>").then(|| (index, &vm.typed[index].1))
}

pub(super) fn capture(scene: &Scene<'_>, level: Option<&Level<'_>>, sources: &mut Sources) -> SourceView {
    let Some(python) = level.and_then(|level| level.python) else { return SourceView::default() };
    let file = &python.code.code.filename;
    let mut view = SourceView { text: sources.of_code(scene, file, python.code.start), ..SourceView::default() };
    let position = python.position();
    let range = position.line.map(|line| SourceRange {
        line,
        end_line: position.end_line.unwrap_or(line),
        col: position.col.unwrap_or(0),
        end_col: position.end_col.unwrap_or(0),
    });
    view.range = range.filter(|range| position.col.is_some() && (range.end_line > range.line || range.end_col > range.col));
    if scene.ended.is_some() {
        // The exception has left: nothing comes next, this was the last.
        view.executed_line = position.line;
        return view;
    }
    view.current_line = position.line;
    view.executed_line = executed(scene, level, file);
    view
}

/// The line of the instruction where the last step began, if it was in this file.
fn executed(scene: &Scene<'_>, level: Option<&Level<'_>>, file: &str) -> Option<u32> {
    let before = scene.before?;
    if before.steps() >= scene.vm.steps() {
        return None;
    }
    let level = level?;
    // In the same frame where it was there already, else where the innermost frame was.
    let depth = if existed(scene, level) { level.depth } else { before.frames.len().checked_sub(1)? };
    let python = Level::of(before, depth).python?;
    (*python.code.code.filename == *file).then(|| python.position().line)?
}
