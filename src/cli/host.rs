//! The real outside world: standard streams, clock, entropy and files of this process.

use std::{
    io::{self, BufRead, Write},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use crate::{
    debugger::world,
    interpreter::files::{self, Files},
    vm::host::{Answer, Host, Request, Stream},
};

/// This process's streams, clocks and files.
pub struct Process {
    start: Instant,
    /// Why standard output can no longer be written: nobody reads on, or the disk is full.
    pub failure: Option<io::Error>,
    pub interrupted: Arc<AtomicBool>,
    files: Files,
    /// Waits where all threads sleep, too.
    pub real_time: bool,
    /// Seconds that were not waited.
    skipped: f64,
}

impl Process {
    pub fn new(interrupted: Arc<AtomicBool>) -> Process {
        Process { start: Instant::now(), failure: None, interrupted, files: Files::default(), real_time: false, skipped: 0.0 }
    }
}

impl Host for Process {
    fn write(&mut self, stream: Stream, bytes: &[u8]) {
        let result = match stream {
            Stream::Stdout => {
                let mut out = io::stdout().lock();
                out.write_all(bytes).and_then(|()| out.flush())
            }
            Stream::Stderr => io::stderr().write_all(bytes),
            Stream::Stdin => Ok(()),
        };
        if stream == Stream::Stdout
            && let Err(error) = result
        {
            self.failure.get_or_insert(error);
        }
    }

    fn answer(&mut self, request: &Request) -> Answer {
        match request {
            Request::ReadLine => {
                let mut line = Vec::new();
                match io::stdin().lock().read_until(b'\n', &mut line) {
                    Ok(_) => Answer::Line(String::from_utf8_lossy(&line).into_owned()),
                    Err(error) => files::failed(&error),
                }
            }
            Request::Time => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64());
                Answer::Seconds(now + self.skipped)
            }
            Request::Monotonic => Answer::Seconds(self.start.elapsed().as_secs_f64() + self.skipped),
            Request::Wait(nanoseconds) if self.real_time => self.answer(&Request::Sleep(*nanoseconds as f64 * 1e-9)),
            Request::Wait(nanoseconds) => {
                self.skipped += *nanoseconds as f64 * 1e-9;
                Answer::Done
            }
            Request::Entropy(n) => {
                let mut bytes = vec![0; *n];
                match std::fs::File::open("/dev/urandom").and_then(|mut file| io::Read::read_exact(&mut file, &mut bytes)) {
                    Ok(()) => Answer::Bytes(bytes),
                    Err(error) => files::failed(&error),
                }
            }
            Request::Sleep(seconds) => {
                let end = Instant::now() + std::time::Duration::from_secs_f64(seconds.clamp(0.0, 1e9));
                // In short naps, so that Ctrl-C ends it.
                while Instant::now() < end && !self.interrupted.load(Ordering::Relaxed) {
                    let left = end.saturating_duration_since(Instant::now());
                    std::thread::sleep(left.min(std::time::Duration::from_millis(20)));
                }
                Answer::Done
            }
            Request::WriteFile(path, bytes) => match super::compile::write(std::path::Path::new(path), bytes) {
                Ok(()) => Answer::Done,
                Err(error) => files::failed(&error),
            },
            Request::File(request) => self.files.answer(request),
            request => world::look(request),
        }
    }
}

/// The world of the debugger: real clocks, entropy and files, but nobody waits. `sleep` puts the clocks forward instead, so
/// that a stepped program feels no time but its own.
pub struct Clocks {
    process: Process,
    slept: f64,
}

impl Default for Clocks {
    fn default() -> Clocks {
        Clocks { process: Process::new(Arc::default()), slept: 0.0 }
    }
}

impl Host for Clocks {
    /// Output is kept by who drives the machine.
    fn write(&mut self, _stream: Stream, _bytes: &[u8]) {}

    fn answer(&mut self, request: &Request) -> Answer {
        match request {
            Request::ReadLine => Answer::Line(String::new()), // the screen asks the user
            Request::Sleep(seconds) => {
                self.slept += seconds.max(0.0);
                Answer::Done
            }
            Request::Wait(nanoseconds) => {
                self.slept += *nanoseconds as f64 * 1e-9;
                Answer::Done
            }
            request => match self.process.answer(request) {
                Answer::Seconds(seconds) => Answer::Seconds(seconds + self.slept),
                answer => answer,
            },
        }
    }
}
