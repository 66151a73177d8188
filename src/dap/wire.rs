//! Messages on a stream: a header with the length, an empty line, JSON.
//!
//! ```text
//!   Content-Length: 57\r\n
//!   \r\n
//!   {"seq":1,"type":"request","command":"threads"}
//! ```
//!
//! Invariant: after a bad message reading goes on behind it; a length beyond any sense is refused before memory is taken.

use std::{
    io::{self, BufRead, Read, Write},
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::{Value, json};

/// No message of an editor is longer.
const MOST_BYTES: usize = 64 << 20;
/// No line of a header is longer.
const MOST_HEADER: u64 = 4096;

/// The next message: `None` at the end of the input, a sentence where it is no message.
pub fn read_message(input: &mut impl BufRead) -> Option<Result<Value, String>> {
    let mut length = None;
    let mut wrong = None;
    let mut is_first = true;
    loop {
        let mut line = Vec::new();
        match input.by_ref().take(MOST_HEADER).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return wrong.map(Err),
            Ok(_) => {}
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            match (length, is_first) {
                (None, true) => continue, // between messages
                (None, false) => return Some(Err(wrong.unwrap_or_else(|| "a header without Content-Length".into()))),
                (Some(length), _) => return body(input, length).map(|body| body.and_then(|body| wrong.map_or(Ok(body), Err))),
            }
        }
        is_first = false;
        match text.split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => match value.trim().parse::<usize>() {
                Ok(bytes) if bytes <= MOST_BYTES => length = Some(bytes),
                Ok(bytes) => wrong = Some(format!("Content-Length {bytes} is too long")),
                Err(_) => wrong = Some(format!("`{}` is no Content-Length", shown(value.trim()))),
            },
            Some(_) => {} // Content-Type
            None => wrong = Some(format!("`{}` is no header", shown(text))),
        }
    }
}

fn body(input: &mut impl BufRead, length: usize) -> Option<Result<Value, String>> {
    let mut bytes = Vec::new();
    match input.take(length as u64).read_to_end(&mut bytes) {
        Ok(count) if count == length => {}
        _ => return Some(Err("the input ends in the middle of a message".into())),
    }
    Some(serde_json::from_slice(&bytes).map_err(|error| format!("the message is no JSON: {error}")))
}

/// The beginning of a text from outside, without what moves a terminal.
fn shown(text: &str) -> String {
    text.chars().take(60).map(|c| if c.is_control() { '?' } else { c }).collect()
}

/// Where messages go out; shared by all who have something to say.
#[derive(Clone)]
pub struct Wire(Arc<Mutex<Out>>);

struct Out {
    stream: Box<dyn Write + Send>,
    seq: u64,
    failed: bool,
}

impl Wire {
    pub fn new(stream: impl Write + Send + 'static) -> Wire {
        Wire(Arc::new(Mutex::new(Out { stream: Box::new(stream), seq: 0, failed: false })))
    }

    /// Sends a message; its number is given here. Nobody reads on: then there is nothing to be done but to end.
    fn send(&self, mut message: Value) {
        let mut out = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        out.seq += 1;
        message["seq"] = out.seq.into();
        let text = message.to_string();
        let sent = write!(out.stream, "Content-Length: {}\r\n\r\n{text}", text.len()).and_then(|()| out.stream.flush());
        out.failed |= sent.is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
    }

    pub fn has_failed(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).failed
    }

    pub fn event(&self, event: &str, body: Value) {
        self.send(json!({"seq": 0, "type": "event", "event": event, "body": body}));
    }

    pub fn output(&self, category: &str, text: &str) {
        if !text.is_empty() {
            self.event("output", json!({"category": category, "output": text}));
        }
    }

    pub fn answer(&self, request: u64, command: &str, body: Value) {
        self.send(json!({"seq": 0, "type": "response", "request_seq": request, "success": true, "command": command, "body": body}));
    }

    /// Tells why a request can't be done. Braces in the text are no variables.
    pub fn refuse(&self, request: u64, command: &str, why: &str) {
        self.send(json!({
            "seq": 0, "type": "response", "request_seq": request, "success": false, "command": command, "message": why,
            "body": {"error": {"id": 1, "format": "{why}", "variables": {"why": why}, "showUser": false}},
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<Value, String>> {
        let mut input = text.as_bytes();
        std::iter::from_fn(|| read_message(&mut input)).collect()
    }

    #[test]
    fn reading_goes_on_behind_bad_messages() {
        let good = "Content-Length: 2\r\n\r\n{}";
        let is_error = |text: &str, part: &str| {
            let read = read(&format!("{text}{good}"));
            assert!(matches!(&read[..], [Err(error), Ok(_)] if error.contains(part)), "{text}: {read:?}");
        };
        assert_eq!(read(&format!("{good}{good}")), [Ok(json!({})), Ok(json!({}))]);
        assert_eq!(read(&format!("Content-Type: x\r\n{good}")), [Ok(json!({}))]);
        is_error("Content-Length: x\r\n\r\n", "no Content-Length");
        is_error("Content-Length: 99999999999\r\n\r\n", "too long");
        is_error("nonsense\r\n\r\n", "is no header");
        is_error("Content-Length: 3\r\n\r\n{]}", "no JSON");
        is_error("Content-Type: x\r\n\r\n", "without Content-Length");
        assert!(matches!(&read("Content-Length: 9\r\n\r\n{}")[..], [Err(error)] if error.contains("middle")));
    }
}
