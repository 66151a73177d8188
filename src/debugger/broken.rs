//! A program that doesn't compile: there is nothing to run, but something to look at, the error and the stages before it.
//!
//! `print(` is tokens, and then a SyntaxError.

use std::sync::Arc;

use super::{
    command::Command,
    engine::{Answer, Engine},
};
use crate::view::{
    OutputChunk, OutputView, PipelineView, SourceView, Status, Stream, View, ViewRequest, explain,
    pipeline::{self, Pipeline},
};

/// The engine of a program without code: it shows, and refuses to run.
pub struct Broken {
    view: View,
    pipeline: Arc<Pipeline>,
}

impl Broken {
    /// `None` if nothing is wrong with the program.
    pub fn new(file: &str, bytes: &[u8], optimize: u8) -> Option<Broken> {
        let pipeline = pipeline::of_bytes(file, bytes, optimize);
        let failure = pipeline.failure.as_ref()?;
        let line = failure.place.map(|place| place.line);
        let view = View {
            status: Status::Uncaught {
                type_name: failure.kind.clone(),
                message: failure.message.clone(),
                traceback: failure.traceback.clone(),
            },
            source: SourceView {
                text: Arc::new(pipeline.text.clone()),
                range: failure.place,
                executed_line: line,
                ..SourceView::default()
            },
            output: OutputView {
                chunks: vec![OutputChunk { stream: Stream::Stderr, text: failure.traceback.clone(), step: 0 }],
                ..OutputView::default()
            },
            explanation: explain::explain(&failure.kind, &failure.message).unwrap_or_default(),
            ..View::default()
        };
        Some(Broken { view, pipeline: Arc::new(pipeline) })
    }

    /// As CPython prints the error.
    pub fn traceback(&self) -> &str {
        self.pipeline.failure.as_ref().map_or("", |failure| &failure.traceback)
    }
}

impl Engine for Broken {
    fn execute(&mut self, _: &Command) -> Answer {
        Answer::error("this program can't run before its error is mended; P shows how far it gets")
    }

    fn view(&self, request: &ViewRequest) -> View {
        let pipeline = request.pipeline.then(|| PipelineView { pipeline: self.pipeline.clone(), now: None });
        View { pipeline, ..self.view.clone() }
    }
}
