//! A world in which nothing happens by chance: for pictures and tests. Clocks stand still, entropy is zero.

use crate::vm::host::{Answer, Host, Request, Stream};

/// Sleeping moves the clock; nothing else does.
#[derive(Default)]
pub struct StillWorld {
    seconds: f64,
}

impl Host for StillWorld {
    fn write(&mut self, _stream: Stream, _bytes: &[u8]) {}

    fn answer(&mut self, request: &Request) -> Answer {
        match request {
            Request::ReadLine => Answer::Line(String::new()),
            Request::Time => Answer::Seconds(1_700_000_000.0 + self.seconds),
            Request::Monotonic => Answer::Seconds(1000.0 + self.seconds),
            Request::Entropy(count) => Answer::Bytes(vec![0; *count]),
            Request::Sleep(seconds) => {
                self.seconds += seconds.max(0.0);
                Answer::Done
            }
            Request::ReadFile(path) => match std::fs::read(path) {
                Ok(bytes) => Answer::Bytes(bytes),
                Err(error) => Answer::Failed(error.raw_os_error().unwrap_or(5), error.to_string()),
            },
        }
    }
}
