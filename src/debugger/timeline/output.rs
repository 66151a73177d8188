//! What the program has written, with the instant of each piece, once and for all: who comes by again writes nothing new.

use super::{Machine, OutputChunk, Stream, Timeline, host};
use crate::vm::host::{Answer, Request};

impl Timeline {
    /// Output up to where a machine stands, or to the question that it waits with.
    pub fn output_of(&self, machine: &Machine) -> &[OutputChunk] {
        &self.output[..self.place_of(machine)]
    }

    /// Output that was written after a machine's instant.
    pub fn output_after(&self, machine: &Machine) -> &[OutputChunk] {
        &self.output[self.place_of(machine)..]
    }

    fn place_of(&self, machine: &Machine) -> usize {
        let chunks = machine.question.map_or(machine.chunks, |question| question.chunks);
        chunks.saturating_sub(self.output_gone).min(self.output.len())
    }

    /// The lines of standard input that have been read, and those that are left.
    pub fn all_lines(&self) -> Vec<String> {
        let desk = self.desk();
        let read = desk.answers.iter().filter_map(|(request, answer)| match (request, answer) {
            (Request::ReadLine, Answer::Line(line)) => Some(line.clone()),
            _ => None,
        });
        read.chain(desk.stdin.iter().flat_map(|lines| lines.iter().skip(desk.lines_read).cloned())).collect()
    }

    /// All output, that of the shutdown included.
    pub fn whole_output(&self) -> &[OutputChunk] {
        &self.output
    }

    /// Whether early output was dropped, as it took too much room.
    pub fn has_dropped_output(&self) -> bool {
        self.output_gone > 0
    }

    pub(super) fn take_output(&mut self, machine: &mut Machine) {
        for chunk in machine.vm.take_output() {
            let text = String::from_utf8_lossy(&chunk.bytes).into_owned();
            self.write(machine, OutputChunk { stream: shown(chunk.stream), text, step: chunk.step.saturating_sub(1) });
        }
    }

    pub(super) fn write(&mut self, machine: &mut Machine, chunk: OutputChunk) {
        if machine.chunks == self.output_gone + self.output.len() {
            if let Some(listener) = &mut self.listener {
                listener(&chunk);
            }
            self.summary.wrote(chunk.step);
            self.output_bytes += chunk.text.len() + size_of::<OutputChunk>();
            self.output.push(chunk);
            if self.output_bytes > self.copies.limit() / 4 {
                let half = self.output.len() / 2;
                self.output.drain(..half);
                self.output_gone += half;
                self.output_bytes = self.output.iter().map(|chunk| chunk.text.len() + size_of::<OutputChunk>()).sum();
            }
        }
        machine.chunks += 1;
    }
}

/// A stream of the program as views have it.
pub(super) fn shown(stream: host::Stream) -> Stream {
    match stream {
        host::Stream::Stdout => Stream::Stdout,
        host::Stream::Stderr => Stream::Stderr,
        host::Stream::Stdin => Stream::Stdin,
    }
}
