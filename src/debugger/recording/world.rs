//! Questions to the outside world and its answers, in a session file; who records them, and who stands for the world when a
//! file is open.

use serde_json::{Value, json};

use super::{read_bytes, tell_bytes};
use crate::vm::host::{Answer, Facts, FileFacts, FileRequest, Host, OpenHow, Request, Stream};

/// Hands questions on to a world, and keeps what it answers.
pub struct Recorder<H> {
    pub world: H,
    pub answers: Vec<(Request, Answer)>,
    /// Nothing is kept.
    is_off: bool,
}

impl<H: Host> Recorder<H> {
    pub fn new(world: H) -> Recorder<H> {
        Recorder { world, answers: Vec::new(), is_off: false }
    }

    pub fn only_if(is_on: bool, world: H) -> Recorder<H> {
        Recorder { is_off: !is_on, ..Recorder::new(world) }
    }
}

impl<H: Host> Host for Recorder<H> {
    fn write(&mut self, stream: Stream, bytes: &[u8]) {
        self.world.write(stream, bytes);
    }

    fn answer(&mut self, request: &Request) -> Answer {
        let mut answer = self.world.answer(request);
        if !self.is_off {
            if let (Request::File(FileRequest::Variables), Answer::Names(names)) = (request, &mut answer) {
                *names = told_variables(names);
            }
            self.answers.push((request.clone(), answer.clone()));
        }
        answer
    }
}

/// A session may go to others, and the environment holds secrets: a program that asks for all of it sees only these in a session.
const TOLD_VARIABLES: [&[u8]; 8] = [b"HOME", b"LANG", b"LOGNAME", b"PATH", b"PWD", b"SHELL", b"TERM", b"USER"];

fn told_variables(names: &[Vec<u8>]) -> Vec<Vec<u8>> {
    names.chunks_exact(2).filter(|pair| TOLD_VARIABLES.contains(&&*pair[0])).flatten().cloned().collect()
}

/// The world behind a session file, for questions that were not recorded: it has clocks and entropy, but the files of this
/// computer are out of reach, for what is in the file may come from anybody.
pub struct Guard {
    world: Box<dyn Host + Send>,
}

impl Guard {
    pub fn new(world: Box<dyn Host + Send>) -> Guard {
        Guard { world }
    }
}

impl Host for Guard {
    fn write(&mut self, stream: Stream, bytes: &[u8]) {
        self.world.write(stream, bytes);
    }

    fn answer(&mut self, request: &Request) -> Answer {
        match request {
            Request::ReadFile(_) | Request::Stat(_) => Answer::Failed(2, "No such file or directory".into()),
            Request::File(FileRequest::Close { .. }) => Answer::Done,
            Request::File(FileRequest::Variable(_)) => Answer::Failed(2, "No such file or directory".into()),
            Request::File(FileRequest::Variables) => Answer::Names(Vec::new()),
            Request::File(FileRequest::SystemName) => {
                Answer::Names([b"Linux".as_slice(), b"host", b"", b"", b"x86_64"].map(<[u8]>::to_vec).into())
            }
            Request::File(FileRequest::Process) => Answer::Numbers(vec![1, 0, 1000, 1000, 1, 0o022]),
            Request::File(FileRequest::TerminalSize) => Answer::Numbers(vec![80, 24]),
            Request::WriteFile(..) | Request::File(_) => Answer::Failed(13, "Permission denied".into()),
            Request::ReadLine | Request::Time | Request::Monotonic | Request::Entropy(_) | Request::Sleep(_) | Request::Wait(_) => {
                self.world.answer(request)
            }
        }
    }
}

/// Gives recorded answers again.
pub struct Replayer<'a> {
    pub answers: std::slice::Iter<'a, (Request, Answer)>,
    /// A question was none of those recorded.
    pub is_lost: bool,
}

impl Host for Replayer<'_> {
    fn write(&mut self, _stream: Stream, _bytes: &[u8]) {}

    fn answer(&mut self, request: &Request) -> Answer {
        match self.answers.next() {
            Some((asked, answer)) if asked == request => answer.clone(),
            _ => {
                self.is_lost = true;
                Answer::Failed(5, "Input/output error".into())
            }
        }
    }
}

pub fn tell_request(request: &Request) -> Value {
    match request {
        Request::ReadLine => json!({"ask": "line"}),
        Request::Time => json!({"ask": "time"}),
        Request::Monotonic => json!({"ask": "monotonic"}),
        Request::Entropy(count) => json!({"ask": "entropy", "count": count}),
        Request::Wait(nanoseconds) => json!({"ask": "wait", "nanoseconds": nanoseconds}),
        Request::Sleep(seconds) => json!({"ask": "sleep", "bits": seconds.to_bits(), "seconds": seconds}),
        Request::ReadFile(path) => json!({"ask": "read file", "path": path}),
        Request::Stat(path) => json!({"ask": "stat", "path": path}),
        Request::WriteFile(path, bytes) => json!({"ask": "write file", "path": path, "bytes": tell_bytes(bytes)}),
        Request::File(request) => tell_file_request(request),
    }
}

pub fn read_request(value: &Value) -> Option<Request> {
    let path = || value["path"].as_str().map(str::to_owned);
    Some(match value["ask"].as_str()? {
        "line" => Request::ReadLine,
        "time" => Request::Time,
        "monotonic" => Request::Monotonic,
        "entropy" => Request::Entropy(usize::try_from(value["count"].as_u64()?).ok()?),
        "wait" => Request::Wait(value["nanoseconds"].as_u64()?),
        "sleep" => Request::Sleep(f64::from_bits(value["bits"].as_u64()?)),
        "read file" => Request::ReadFile(path()?),
        "stat" => Request::Stat(path()?),
        "write file" => Request::WriteFile(path()?, read_bytes(&value["bytes"])?),
        other => Request::File(read_file_request(other, value)?),
    })
}

fn tell_file_request(request: &FileRequest) -> Value {
    match request {
        FileRequest::Open { handle, path, how } => json!({
            "ask": "open", "handle": handle, "path": tell_bytes(path),
            "how": [how.read, how.write, how.append, how.create, how.exclusive, how.truncate],
        }),
        FileRequest::Read { handle, limit } => json!({"ask": "read", "handle": handle, "limit": limit}),
        FileRequest::Write { handle, bytes } => json!({"ask": "write", "handle": handle, "bytes": tell_bytes(bytes)}),
        FileRequest::Seek { handle, offset, whence } => json!({"ask": "seek", "handle": handle, "offset": offset, "whence": whence}),
        FileRequest::Truncate { handle, size } => json!({"ask": "truncate", "handle": handle, "size": size}),
        FileRequest::Close { handle } => json!({"ask": "close", "handle": handle}),
        FileRequest::Remove(path) => json!({"ask": "remove", "path": tell_bytes(path)}),
        FileRequest::Rename(from, to) => json!({"ask": "rename", "path": tell_bytes(from), "to": tell_bytes(to)}),
        FileRequest::MakeFolder(path) => json!({"ask": "make folder", "path": tell_bytes(path)}),
        FileRequest::RemoveFolder(path) => json!({"ask": "remove folder", "path": tell_bytes(path)}),
        FileRequest::List(path) => json!({"ask": "list", "path": tell_bytes(path)}),
        FileRequest::CurrentFolder => json!({"ask": "current folder"}),
        FileRequest::ChangeFolder(path) => json!({"ask": "change folder", "path": tell_bytes(path)}),
        FileRequest::Facts { path, follow } => json!({"ask": "facts", "path": tell_bytes(path), "follow": follow}),
        FileRequest::FactsOf { handle } => json!({"ask": "facts of", "handle": handle}),
        FileRequest::Access { path, mode } => json!({"ask": "access", "path": tell_bytes(path), "mode": mode}),
        FileRequest::ReadLink(path) => json!({"ask": "read link", "path": tell_bytes(path)}),
        FileRequest::MakeLink { to, path, symbolic } => {
            json!({"ask": "make link", "path": tell_bytes(path), "to": tell_bytes(to), "symbolic": symbolic})
        }
        FileRequest::ChangeMode { path, mode } => json!({"ask": "change mode", "path": tell_bytes(path), "mode": mode}),
        FileRequest::ChangeTimes { path, times } => {
            json!({"ask": "change times", "path": tell_bytes(path), "times": times.map(|(accessed, modified)| [accessed, modified])})
        }
        FileRequest::TruncatePath { path, size } => json!({"ask": "truncate path", "path": tell_bytes(path), "size": size}),
        FileRequest::Variable(name) => json!({"ask": "variable", "name": tell_bytes(name)}),
        FileRequest::Variables => json!({"ask": "variables"}),
        FileRequest::SystemName => json!({"ask": "system name"}),
        FileRequest::Process => json!({"ask": "process"}),
        FileRequest::TerminalSize => json!({"ask": "terminal size"}),
    }
}

fn read_file_request(ask: &str, value: &Value) -> Option<FileRequest> {
    let handle = || u32::try_from(value["handle"].as_u64()?).ok();
    let path = || read_bytes(&value["path"]);
    Some(match ask {
        "open" => {
            let how: Vec<bool> = value["how"].as_array()?.iter().map(Value::as_bool).collect::<Option<_>>()?;
            let [read, write, append, create, exclusive, truncate] = how[..] else { return None };
            FileRequest::Open { handle: handle()?, path: path()?, how: OpenHow { read, write, append, create, exclusive, truncate } }
        }
        "read" => {
            let limit = match &value["limit"] {
                Value::Null => None,
                limit => Some(usize::try_from(limit.as_u64()?).ok()?),
            };
            FileRequest::Read { handle: handle()?, limit }
        }
        "write" => FileRequest::Write { handle: handle()?, bytes: read_bytes(&value["bytes"])? },
        "seek" => FileRequest::Seek {
            handle: handle()?,
            offset: value["offset"].as_i64()?,
            whence: u8::try_from(value["whence"].as_u64()?).ok()?,
        },
        "truncate" => FileRequest::Truncate { handle: handle()?, size: value["size"].as_u64()? },
        "close" => FileRequest::Close { handle: handle()? },
        "remove" => FileRequest::Remove(path()?),
        "rename" => FileRequest::Rename(path()?, read_bytes(&value["to"])?),
        "make folder" => FileRequest::MakeFolder(path()?),
        "remove folder" => FileRequest::RemoveFolder(path()?),
        "list" => FileRequest::List(path()?),
        "current folder" => FileRequest::CurrentFolder,
        "change folder" => FileRequest::ChangeFolder(path()?),
        "facts" => FileRequest::Facts { path: path()?, follow: value["follow"].as_bool()? },
        "facts of" => FileRequest::FactsOf { handle: handle()? },
        "access" => FileRequest::Access { path: path()?, mode: u32::try_from(value["mode"].as_u64()?).ok()? },
        "read link" => FileRequest::ReadLink(path()?),
        "make link" => FileRequest::MakeLink { to: read_bytes(&value["to"])?, path: path()?, symbolic: value["symbolic"].as_bool()? },
        "change mode" => FileRequest::ChangeMode { path: path()?, mode: u32::try_from(value["mode"].as_u64()?).ok()? },
        "change times" => {
            let times = match &value["times"] {
                Value::Null => None,
                pair => Some((pair[0].as_i64()?, pair[1].as_i64()?)),
            };
            FileRequest::ChangeTimes { path: path()?, times }
        }
        "truncate path" => FileRequest::TruncatePath { path: path()?, size: value["size"].as_u64()? },
        "variable" => FileRequest::Variable(read_bytes(&value["name"])?),
        "variables" => FileRequest::Variables,
        "system name" => FileRequest::SystemName,
        "process" => FileRequest::Process,
        "terminal size" => FileRequest::TerminalSize,
        _ => return None,
    })
}

pub fn tell_answer(answer: &Answer) -> Value {
    match answer {
        Answer::Line(line) => json!({"line": line}),
        Answer::Seconds(seconds) => json!({"seconds": seconds, "bits": seconds.to_bits()}),
        Answer::Bytes(bytes) => json!({"bytes": tell_bytes(bytes)}),
        Answer::Stat { is_folder, mtime, size } => json!({"stat": {"folder": is_folder, "mtime": mtime, "size": size}}),
        Answer::Done => json!({"done": true}),
        Answer::Opened(facts) => json!({"opened": {
            "folder": facts.is_folder, "terminal": facts.is_terminal, "seekable": facts.seekable, "block": facts.block_size,
        }}),
        Answer::Count(count) => json!({"count": count}),
        Answer::Names(names) => json!({"names": names.iter().map(|name| tell_bytes(name)).collect::<Vec<_>>()}),
        Answer::Numbers(numbers) => json!({"numbers": numbers}),
        Answer::Facts(facts) => json!({"facts": facts.numbers()}),
        Answer::Failed(errno, text) => json!({"errno": errno, "text": text}),
    }
}

pub fn read_answer(value: &Value) -> Option<Answer> {
    let (kind, content) = value.as_object()?.iter().next()?;
    Some(match kind.as_str() {
        "line" => Answer::Line(content.as_str()?.to_owned()),
        // Decimal digits of a float come back as they were, but NaN would not.
        "seconds" => Answer::Seconds(f64::from_bits(value["bits"].as_u64()?)),
        "bytes" => Answer::Bytes(read_bytes(content)?),
        "stat" => {
            Answer::Stat { is_folder: content["folder"].as_bool()?, mtime: content["mtime"].as_i64()?, size: content["size"].as_u64()? }
        }
        "done" => Answer::Done,
        "opened" => Answer::Opened(FileFacts {
            is_folder: content["folder"].as_bool()?,
            is_terminal: content["terminal"].as_bool()?,
            seekable: content["seekable"].as_bool()?,
            block_size: content["block"].as_u64()?,
        }),
        "count" => Answer::Count(content.as_i64()?),
        "names" => Answer::Names(content.as_array()?.iter().map(read_bytes).collect::<Option<_>>()?),
        "numbers" => Answer::Numbers(content.as_array()?.iter().map(Value::as_i64).collect::<Option<_>>()?),
        "facts" => {
            let numbers: Vec<i64> = content.as_array()?.iter().map(Value::as_i64).collect::<Option<_>>()?;
            Answer::Facts(Box::new(Facts::of_numbers(numbers.try_into().ok()?)))
        }
        "errno" => Answer::Failed(i32::try_from(content.as_i64()?).ok()?, value["text"].as_str()?.to_owned()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_and_answer_comes_back_as_it_was() {
        let path = || b"a\xff\x1b[2Jb".to_vec();
        let how = OpenHow { write: true, exclusive: true, ..OpenHow::default() };
        let files = [
            FileRequest::Open { handle: 3, path: path(), how },
            FileRequest::Read { handle: 3, limit: None },
            FileRequest::Read { handle: 3, limit: Some(7) },
            FileRequest::Write { handle: 3, bytes: path() },
            FileRequest::Seek { handle: 3, offset: -4, whence: 2 },
            FileRequest::Truncate { handle: 3, size: 1 << 40 },
            FileRequest::Close { handle: 3 },
            FileRequest::Remove(path()),
            FileRequest::Rename(path(), b"c".to_vec()),
            FileRequest::MakeFolder(path()),
            FileRequest::RemoveFolder(path()),
            FileRequest::List(path()),
            FileRequest::CurrentFolder,
            FileRequest::ChangeFolder(path()),
            FileRequest::Facts { path: path(), follow: false },
            FileRequest::FactsOf { handle: 4 },
            FileRequest::Access { path: path(), mode: 4 },
            FileRequest::ReadLink(path()),
            FileRequest::MakeLink { to: path(), path: b"c".to_vec(), symbolic: true },
            FileRequest::ChangeMode { path: path(), mode: 0o644 },
            FileRequest::ChangeTimes { path: path(), times: Some((-1, 2)) },
            FileRequest::ChangeTimes { path: path(), times: None },
            FileRequest::TruncatePath { path: path(), size: 3 },
            FileRequest::Variable(path()),
            FileRequest::Variables,
            FileRequest::SystemName,
            FileRequest::Process,
            FileRequest::TerminalSize,
        ];
        let others = [
            Request::ReadLine,
            Request::Time,
            Request::Monotonic,
            Request::Entropy(8),
            Request::Sleep(0.1),
            Request::ReadFile("x.py".into()),
            Request::Stat("x".into()),
            Request::WriteFile("x".into(), path()),
        ];
        for request in others.into_iter().chain(files.map(Request::File)) {
            let text = tell_request(&request).to_string();
            assert!(!text.contains('\u{1b}'), "no escape sequence is written: {text}");
            assert_eq!(read_request(&serde_json::from_str(&text).unwrap()), Some(request));
        }
        let answers = [
            Answer::Line("a\n".into()),
            Answer::Seconds(1.0e300),
            Answer::Seconds(f64::INFINITY),
            Answer::Bytes(path()),
            Answer::Stat { is_folder: true, mtime: -1, size: 9 },
            Answer::Done,
            Answer::Opened(FileFacts { is_folder: false, is_terminal: true, seekable: true, block_size: 4096 }),
            Answer::Count(-1),
            Answer::Names(vec![path(), b"b".to_vec()]),
            Answer::Numbers(vec![-1, 2]),
            Answer::Facts(Box::new(Facts { mode: 0o100644, size: 7, mtime: -5, ..Facts::default() })),
            Answer::Failed(2, "No such file or directory".into()),
        ];
        for answer in answers {
            let text = tell_answer(&answer).to_string();
            assert_eq!(read_answer(&serde_json::from_str(&text).unwrap()), Some(answer), "{text}");
        }
    }
}
