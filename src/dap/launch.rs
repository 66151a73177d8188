//! From `initialize` to the first instruction: what this adapter can do, how the editor counts, which program runs.
//!
//! `initialize` → `launch` → (event `initialized`) → breakpoints → `configurationDone`. The program is loaded by whoever
//! started the adapter, through a [`Launcher`]: this layer reads no command line.

use serde_json::{Value, json};

use super::{
    adapter::Adapter,
    message::Args,
    requests::{Outcome, Then},
};
use crate::debugger::session::Session;

/// What the editor wants to run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Launch {
    /// A file, or else one of the next two.
    pub program: Option<String>,
    pub module: Option<String>,
    pub code: Option<String>,
    pub args: Vec<String>,
    /// Options of `uncoil FILE`: `-O`, `--memory-limit 1G`.
    pub options: Vec<String>,
    pub cwd: Option<String>,
    /// A file with the lines of standard input.
    pub stdin: Option<String>,
    pub stop_on_entry: bool,
    /// The program's end is a stop too, from which one can go back.
    pub stop_at_end: bool,
    pub no_debug: bool,
}

/// Why there is no session.
#[derive(Clone, Debug)]
pub struct LaunchError {
    /// One line.
    pub message: String,
    /// The traceback of a program that doesn't compile.
    pub traceback: String,
}

/// Makes a session of a program.
pub type Launcher = dyn FnMut(&Launch) -> Result<Session, LaunchError>;

/// How the editor counts and writes.
#[derive(Clone, Debug, Default)]
pub struct Client {
    lines_from_0: bool,
    columns_from_0: bool,
    paths_are_uris: bool,
}

impl Client {
    pub fn first_line(&self) -> usize {
        usize::from(!self.lines_from_0)
    }

    /// A line as the editor counts them.
    pub fn line(&self, line: u32) -> u32 {
        if self.lines_from_0 { line.saturating_sub(1) } else { line }
    }

    /// A column of a line's text as the editor counts: in units of UTF-16.
    pub fn column(&self, text: &str, bytes: u32) -> u32 {
        let before = text.get(..bytes as usize).unwrap_or(text);
        before.encode_utf16().count() as u32 + u32::from(!self.columns_from_0)
    }

    /// A path as the editor writes it.
    pub fn path(&self, path: &str) -> String {
        if !self.paths_are_uris {
            return path.to_owned();
        }
        let mut uri = String::from("file://");
        for byte in path.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(byte.into()),
                _ => uri += &format!("%{byte:02X}"),
            }
        }
        uri
    }

    /// A path that the editor wrote.
    pub fn read_path(&self, written: &str) -> String {
        let Some(path) = written.strip_prefix("file://") else { return written.to_owned() };
        let mut bytes = Vec::new();
        let mut rest = path.as_bytes();
        while let [first, tail @ ..] = rest {
            let escaped = match rest {
                [b'%', a, b, ..] => std::str::from_utf8(&[*a, *b]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok()),
                _ => None,
            };
            bytes.push(escaped.unwrap_or(*first));
            rest = if escaped.is_some() { &rest[3..] } else { tail };
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

pub fn initialize(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let from_0 = |name| Ok::<_, String>(args.0.get(name).is_some() && !args.flag(name)?);
    adapter.client = Client {
        lines_from_0: from_0("linesStartAt1")?,
        columns_from_0: from_0("columnsStartAt1")?,
        paths_are_uris: args.text("pathFormat")? == Some("uri"),
    };
    Ok((capabilities(), Then::Nothing))
}

/// What this adapter can do, and nothing else.
fn capabilities() -> Value {
    json!({
        "supportsConfigurationDoneRequest": true,
        "supportsFunctionBreakpoints": true,
        "supportsConditionalBreakpoints": true,
        "supportsHitConditionalBreakpoints": true,
        "supportsLogPoints": true,
        "supportsInstructionBreakpoints": true,
        "supportsDataBreakpoints": true,
        "supportsBreakpointLocationsRequest": true,
        "supportsExceptionFilterOptions": true,
        "supportsExceptionInfoRequest": true,
        "exceptionBreakpointFilters": [
            {
                "filter": "raised", "label": "Raised exceptions", "default": false, "supportsCondition": true,
                "description": "Stop before the instruction that raises", "conditionDescription": "Classes: KeyError, OSError",
            },
            {
                "filter": "uncaught", "label": "Uncaught exceptions", "default": true,
                "description": "Stop at the end of a program that dies of an exception; one can step back from there",
            },
        ],
        "supportsSetVariable": true,
        "supportsSetExpression": true,
        "supportsGotoTargetsRequest": true,
        "supportsEvaluateForHovers": true,
        "supportsStepBack": true,
        "supportsSteppingGranularity": true,
        "supportsDisassembleRequest": true,
        "supportsDelayedStackTraceLoading": true,
        "supportsLoadedSourcesRequest": true,
        "supportsRestartRequest": true,
        "supportsTerminateRequest": true,
    })
}

pub fn launch(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    if adapter.session.is_some() {
        return Err("a program is launched already; restart starts it again".into());
    }
    load(adapter, launch_of(args)?)?;
    Ok((Value::Null, Then::Initialized))
}

/// The same program from its start, with the same breakpoints.
pub fn restart(adapter: &mut Adapter, args: Args<'_>) -> Outcome {
    let again = match args.object("arguments")? {
        Some(arguments) => launch_of(arguments)?,
        None => adapter.launch.clone().ok_or("no program is launched")?,
    };
    load(adapter, again)?;
    adapter.set_again();
    adapter.has_begun = false;
    adapter.cease();
    Ok((Value::Null, Then::Begin))
}

fn load(adapter: &mut Adapter, launch: Launch) -> Result<(), String> {
    match (adapter.launcher)(&launch) {
        Ok(session) => {
            adapter.put_session(session);
            adapter.launch = Some(launch);
            Ok(())
        }
        Err(error) => {
            adapter.wire.output("stderr", &error.traceback);
            Err(error.message)
        }
    }
}

fn launch_of(args: Args<'_>) -> Result<Launch, String> {
    let texts = |name| Ok::<_, String>(args.texts(name)?.into_iter().map(str::to_owned).collect::<Vec<_>>());
    let text = |name| Ok::<_, String>(args.full_text(name)?.map(str::to_owned));
    let launch = Launch {
        program: text("program")?,
        module: text("module")?,
        code: text("code")?,
        args: texts("args")?,
        options: texts("options")?,
        cwd: text("cwd")?,
        stdin: text("stdin")?,
        stop_on_entry: args.flag("stopOnEntry")?,
        stop_at_end: args.flag("stopAtEnd")?,
        no_debug: args.flag("noDebug")?,
    };
    if launch.program.is_none() && launch.module.is_none() && launch.code.is_none() {
        return Err("program is missing: the file to run".into());
    }
    Ok(launch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_columns() {
        let uris = Client { paths_are_uris: true, ..Client::default() };
        assert_eq!(uris.path("/a b/ü.py"), "file:///a%20b/%C3%BC.py");
        assert_eq!(uris.read_path("file:///a%20b/%C3%BC.py%"), "/a b/ü.py%");
        assert_eq!(Client::default().path("/a b"), "/a b");
        assert_eq!(Client::default().column("ü𝒳x", 6), 4);
        assert_eq!(Client::default().column("ü", 1), 2, "within a character: as far as the line goes");
    }
}
