//! Trees and syntax errors against CPython's recorded answers: `tests/ast`, written by `tests/ast/record.py`.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};
use uncoil::syntax::{self, Mode, dump};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/ast")
}

fn dump_of(source: &str) -> String {
    match syntax::parse_str(source, Mode::Exec) {
        Ok(parsed) => dump::dump(&parsed.module),
        Err(error) => format!("{error:?}"),
    }
}

#[test]
fn trees_of_files() {
    let mut count = 0;
    for entry in fs::read_dir(folder()).expect("the folder") {
        let path = entry.expect("an entry").path();
        let Ok(wanted) = fs::read_to_string(path.with_extension("ast")) else { continue };
        if path.extension().is_none_or(|extension| extension != "py") {
            continue;
        }
        let bytes = fs::read(&path).expect("a source");
        let parsed = syntax::parse_bytes(&bytes, Mode::Exec).unwrap_or_else(|error| panic!("{}: {error:?}", path.display()));
        // Lone surrogates are written escaped, in both.
        let found = dump::dump(&parsed.module);
        let wanted = wanted.trim_end_matches('\n');
        // Only the first difference is worth a look.
        let at = wanted.bytes().zip(found.bytes()).position(|(a, b)| a != b).unwrap_or(wanted.len().min(found.len()));
        let near = |text: &str| {
            String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(200).min(text.len())..(at + 60).min(text.len())]).into_owned()
        };
        assert!(found == wanted, "{}\nwanted …{}\nfound  …{}", path.display(), near(wanted), near(&found));
        count += 1;
    }
    assert!(count >= 10, "{count} files");
}

#[test]
fn errors() {
    // Some of the texts nest as deep as CPython allows.
    super::on_big_stack(compare_errors);
}

fn compare_errors() {
    let lines = fs::read_to_string(folder().join("errors.jsonl")).expect("the errors");
    let mut wrong = Vec::new();
    for line in lines.lines() {
        let wanted: Vec<Value> = serde_json::from_str(line).expect("JSON");
        let mode = match wanted[0].as_str() {
            Some("single") => Mode::Single,
            Some("eval") => Mode::Eval,
            _ => Mode::Exec,
        };
        let source = wanted[1].as_str().expect("a source");
        let found = match syntax::parse_str(source, mode) {
            Ok(parsed) => json!([dump::dump(&parsed.module)]),
            Err(e) => json!([format!("{:?}", e.kind), e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset]),
        };
        if found != Value::from(&wanted[2..]) {
            wrong.push(format!("{source:?}\n  wanted {}\n  found  {found}", Value::from(&wanted[2..])));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), lines.lines().count(), wrong.join("\n"));
}

/// What tree-sitter's own grammar would read otherwise, and what the canonical copy must not disturb.
#[test]
fn traps() {
    let same = [
        ("a & b ^ c", "(a & b) ^ c"),
        ("a ^ b & c", "a ^ (b & c)"),
        ("await x ** 2", "(await x) ** 2"),
        ("(y := a if b else c)", "(y := (a if b else c))"),
        ("[*f(x)]", "[*(f(x))]"),
        ("x = *a + b, c", "x = *(a + b), c"),
        ("a,\nb = c", "(a,)\n(b) = c"),
        ("if x: a,\nb = c", "if x: (a,)\n(b) = c"),
        ("with (a, b): c", "with a, b: c"),
    ];
    let shape = |source: &str| {
        let dump = dump_of(source);
        let mut kept = String::new();
        let mut rest = dump.as_str();
        // Positions differ by the parentheses.
        while let Some(at) = rest.find("lineno=") {
            kept.push_str(rest[..at].trim_end_matches("end_"));
            let end = rest[at..].find([',', ')']).map_or(rest.len(), |end| at + end);
            rest = &rest[end..];
            if let Some(columns) = rest.find("col_offset=").filter(|&columns| columns < 8) {
                let end = rest[columns..].find([',', ')']).map_or(rest.len(), |end| columns + end);
                rest = &rest[end..];
            }
        }
        kept + rest
    };
    for (source, plain) in same {
        assert_eq!(shape(source), shape(plain), "{source}");
    }
}

#[test]
fn warnings() {
    let of = |source: &str| {
        let parsed = syntax::parse_str(source, Mode::Exec).expect("a program");
        parsed.warnings.into_iter().map(|w| format!("{}:{}:{}", w.lineno, w.category, w.msg)).collect::<Vec<_>>()
    };
    assert_eq!(
        of("x = 1if y else '\\d'"),
        ["1:SyntaxWarning:invalid decimal literal", r"1:DeprecationWarning:invalid escape sequence '\d'"]
    );
    assert_eq!(of("\nf'\\{a}{1or 2}'"), [r"2:DeprecationWarning:invalid escape sequence '\{'", "2:SyntaxWarning:invalid decimal literal"]);
    assert_eq!(of(r"b'\400'"), [r"1:DeprecationWarning:invalid octal escape sequence '\400'"]);
}

/// Depth is an error of its own, never a crash.
#[test]
fn depth() {
    let kind = |source: String| syntax::parse_str(&source, Mode::Exec).err().map(|error| format!("{:?}: {}", error.kind, error.msg));
    let run = move || {
        assert_eq!(kind("a".to_owned() + &"+a".repeat(20_000)), None);
        assert_eq!(kind("-".repeat(5_000) + "a"), None);
        assert_eq!(kind("-".repeat(6_000) + "a"), Some("MemoryError: ".to_owned()));
        assert_eq!(kind("(".repeat(201)), Some("SyntaxError: too many nested parentheses".to_owned()));
        assert_eq!(kind("not ".repeat(50_000) + "a b"), Some("MemoryError: ".to_owned()));
    };
    super::on_big_stack(run);
}
