//! A world in which nothing happens by chance: for pictures and tests. Clocks stand still, entropy is zero.

use crate::{
    interpreter::files::{self, Files},
    vm::host::{Answer, Host, Request, Stream},
};

/// Sleeping moves the clock; nothing else does.
#[derive(Default)]
pub struct StillWorld {
    seconds: f64,
    files: Files,
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
            Request::Wait(nanoseconds) => {
                self.seconds += *nanoseconds as f64 * 1e-9;
                Answer::Done
            }
            Request::File(request) => self.files.answer(request),
            request => look(request),
        }
    }
}

/// Answers questions about files; nothing is written.
pub fn look(request: &Request) -> Answer {
    let answer = match request {
        Request::ReadFile(path) => return files::read_whole(path),
        Request::Stat(path) => std::fs::metadata(path).map(|found| Answer::Stat {
            is_folder: found.is_dir(),
            mtime: found
                .modified()
                .ok()
                .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
                .map_or(0, |since| since.as_secs() as i64),
            size: found.len(),
        }),
        _ => Ok(Answer::Done),
    };
    answer.unwrap_or_else(|error| files::failed(&error))
}
