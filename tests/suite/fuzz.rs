//! No text makes the compiler panic or hang: the programs of this repository, mutated, and a few shapes that once were too deep.
//!
//! A mutation deletes, doubles, swaps or inserts tokens or bytes; it depends on the seed alone. `UNCOIL_FUZZ_CASES`,
//! `UNCOIL_FUZZ_SEED` and `UNCOIL_FUZZ_CORPUS` make the run longer and another; see tests/fuzz/README.md.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    time::{Duration, Instant},
};

use uncoil::{
    bytecode::pyc,
    interpreter,
    syntax::{self, Mode},
    text::SourceFile,
};

/// Longer than any text of this size may take, on a slow machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// xorshift64*
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % limit.max(1) as u64) as usize
    }

    fn range(&mut self, len: usize, most: usize) -> std::ops::Range<usize> {
        let start = self.below(len + 1);
        start..(start + self.below(most) + 1).min(len)
    }
}

const PIECES: [&[u8]; 40] = [
    b"(",
    b")",
    b"[",
    b"]",
    b"{",
    b"}",
    b":",
    b",",
    b"*",
    b"**",
    b"=",
    b":=",
    b"->",
    b"\\\n",
    b"\n",
    b"\n    ",
    b"\t",
    b"\r",
    b"\x0c",
    b"'",
    b"\"\"\"",
    b"f'{",
    b"}'",
    b"b'",
    b"\\N{",
    b"0x",
    b"1_",
    b"lambda ",
    b"async ",
    b"await ",
    b"yield ",
    b"match ",
    b"case _:",
    b"if ",
    b"else ",
    b"not ",
    b"except* ",
    b"\xff",
    b"\xc3\xa9",
    b"nonlocal x",
];

fn programs() -> Vec<Vec<u8>> {
    fn collect(folder: &Path, found: &mut Vec<Vec<u8>>) {
        let mut paths: Vec<_> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "py") {
                found.push(fs::read(&path).expect("a file"));
            }
        }
    }
    let mut found = Vec::new();
    match std::env::var_os("UNCOIL_FUZZ_CORPUS") {
        Some(folder) => collect(Path::new(&folder), &mut found),
        None => collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"), &mut found),
    }
    found
}

/// The spans of a program's tokens.
fn tokens(source: &[u8]) -> Vec<std::ops::Range<usize>> {
    let Ok(text) = std::str::from_utf8(source) else { return Vec::new() };
    let spans = syntax::tokens(&SourceFile::from_text(text)).into_iter().map(|token| token.start as usize..token.end as usize);
    spans.filter(|span| !span.is_empty() && span.end <= source.len()).collect()
}

fn mutate(source: &[u8], random: &mut Random) -> Vec<u8> {
    // A window keeps cases small, and cuts the text somewhere.
    let window = random.range(source.len(), 3000);
    let mut text = source[window].to_vec();
    for _ in 0..1 + random.below(4) {
        let spans = tokens(&text);
        let (one, other) = if spans.is_empty() || random.below(3) == 0 {
            (random.range(text.len(), 8), random.range(text.len(), 8))
        } else {
            (spans[random.below(spans.len())].clone(), spans[random.below(spans.len())].clone())
        };
        match random.below(6) {
            0 => drop(text.splice(one, [])),
            1 => {
                let piece = text[one.clone()].to_vec();
                text.splice(one.start..one.start, piece);
            }
            2 if one.end <= other.start => {
                let (first, second) = (text[one.clone()].to_vec(), text[other.clone()].to_vec());
                text.splice(other, first);
                text.splice(one, second);
            }
            3 => {
                let piece = text[other].to_vec();
                text.splice(one, piece);
            }
            4 if !text.is_empty() => {
                let at = random.below(text.len());
                text[at] = random.below(256) as u8;
            }
            _ => drop(text.splice(one.start..one.start, PIECES[random.below(PIECES.len())].iter().copied())),
        }
    }
    text
}

/// Compiles one text; what went wrong, if anything did.
fn wrong(text: &[u8], mode: Mode) -> Option<String> {
    let start = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        if let (_, Ok(code)) = interpreter::compile_source(text, "fuzz.py", mode, 0) {
            // What the compiler makes, the verifier accepts and marshal keeps.
            let file = pyc::write(&code, pyc::Validation::Timestamp { mtime: 0, size: 0 });
            return pyc::read_verified(&file).err().map(|error| error.to_string());
        }
        None
    }));
    match outcome {
        Err(_) => Some("a panic".into()),
        Ok(Some(error)) => Some(error),
        Ok(None) if start.elapsed() > PATIENCE => Some(format!("{:?}", start.elapsed())),
        Ok(None) => None,
    }
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

#[test]
fn mutated_programs() {
    super::on_big_stack(|| {
        let programs = programs();
        let (cases, seed) = (setting("UNCOIL_FUZZ_CASES", 400), setting("UNCOIL_FUZZ_SEED", 1));
        let mut failures = 0;
        for case in 0..cases {
            let mut random = Random((seed << 32 | case) * 2 + 1);
            // The first numbers of a small state are small themselves.
            for _ in 0..4 {
                random.below(2);
            }
            let text = mutate(&programs[random.below(programs.len())], &mut random);
            let mode = [Mode::Exec, Mode::Exec, Mode::Exec, Mode::Single, Mode::Eval][random.below(5)];
            if let Some(what) = wrong(&text, mode) {
                failures += 1;
                let path = std::env::temp_dir().join(format!("uncoil-fuzz-{seed}-{case}.py"));
                fs::write(&path, &text).expect("a temporary folder");
                eprintln!("seed {seed}, case {case}, {mode:?}: {what}; the text is {}", path.display());
            }
        }
        assert_eq!(failures, 0, "of {cases} cases");
    });
}

#[test]
fn regressions() {
    super::on_big_stack(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/regressions");
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let text = fs::read(&path).expect("a file");
            for mode in [Mode::Exec, Mode::Single, Mode::Eval] {
                assert_eq!(wrong(&text, mode), None, "{}", path.display());
            }
        }
    });
}

#[test]
fn deep_nesting() {
    super::on_big_stack(|| {
        let deep = |piece: &str, count: usize| piece.repeat(count).into_bytes();
        for bracket in ["(", "[", "{", "f(", "a[", "(["] {
            let (_, outcome) = interpreter::compile_source(&deep(bracket, 100_000), "deep.py", Mode::Exec, 0);
            assert_eq!(outcome.expect_err("it is too deep").msg, "too many nested parentheses", "{bracket}");
        }
        for piece in ["-", "not ", "lambda: ", "x.", "x = ", "a if b else ", "await ", "*", "if x: ", "'a' ", "f'{", "1+", "x**", "@"] {
            assert_eq!(wrong(&deep(piece, 20_000), Mode::Exec), None, "{piece}");
            let mut whole = deep(piece, 20_000);
            whole.extend(b"x\n");
            assert_eq!(wrong(&whole, Mode::Exec), None, "{piece}… x");
        }
        let blocks: String = (0..150).map(|depth| format!("{}if x:\n", " ".repeat(depth))).collect();
        assert_eq!(wrong(blocks.as_bytes(), Mode::Exec), None);
    });
}
