//! The stages of the file that a frame's code comes from, compiled once a file, and the instruction that comes next.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Level, Scene, source::statement_of};
use crate::view::{
    PipelineView,
    pipeline::{self, Pipeline},
};

/// Pipelines by file name.
#[derive(Default)]
pub struct Pipelines {
    pipelines: FxHashMap<Arc<str>, Arc<Pipeline>>,
}

impl Pipelines {
    /// The stages of a file whose source is known, or of the last statement typed.
    pub fn of(&mut self, scene: &Scene<'_>, file: &Arc<str>) -> Option<Arc<Pipeline>> {
        self.of_code(scene, file, u32::MAX)
    }

    /// The stages of what code beginning at a unit comes from.
    fn of_code(&mut self, scene: &Scene<'_>, file: &Arc<str>, start: u32) -> Option<Arc<Pipeline>> {
        if let Some((index, source)) = statement_of(scene.vm, file, start) {
            let make = || Arc::new(pipeline::of_statement(file, source.clone(), scene.vm.config.optimize));
            return Some(self.pipelines.entry(format!("{file}#{index}").into()).or_insert_with(make).clone());
        }
        if let Some(pipeline) = self.pipelines.get(file) {
            return Some(pipeline.clone());
        }
        let source = scene.vm.sources.get(file)?;
        let pipeline = Arc::new(pipeline::of_source(file, source.clone(), scene.vm.config.optimize));
        self.pipelines.insert(file.clone(), pipeline.clone());
        Some(pipeline)
    }
}

pub(super) fn capture(scene: &Scene<'_>, level: Option<&Level<'_>>, pipelines: &mut Pipelines) -> Option<PipelineView> {
    let python = level?.python?;
    let pipeline = pipelines.of_code(scene, &python.code.code.filename, python.code.start)?;
    let now = pipeline.find_code(&python.code.code, python.offset()).filter(|_| scene.ended.is_none());
    Some(PipelineView { pipeline, now })
}
