//! The house is tidy: layers import only what stands below them, every file opens with its purpose, no `mod.rs`.
//!
//! The table is that of `src/lib.rs`, bottom to top.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Layer → the layers it may import.
const LAYERS: &[(&str, &[&str])] = &[
    ("num", &["text"]),
    ("text", &["num"]),
    ("syntax", &["num", "text"]),
    ("bytecode", &["num", "text"]),
    ("compiler", &["num", "text", "syntax", "bytecode"]),
    ("heap", &[]),
    ("objects", &["num", "text", "heap", "bytecode"]),
    ("vm", &["num", "text", "bytecode", "heap", "objects"]),
    ("builtins", &["num", "text", "syntax", "bytecode", "compiler", "heap", "objects", "vm", "interpreter", "stdlib"]),
    ("stdlib", &["num", "text", "syntax", "bytecode", "compiler", "heap", "objects", "vm", "interpreter", "builtins"]),
    ("interpreter", &["num", "text", "syntax", "bytecode", "compiler", "heap", "objects", "vm", "builtins", "stdlib"]),
    ("view", &["num", "text", "syntax", "bytecode", "compiler", "heap", "objects", "vm", "stdlib", "interpreter"]),
    ("debugger", &["num", "text", "syntax", "bytecode", "heap", "objects", "vm", "interpreter", "view"]),
    ("export", &["text", "view", "debugger"]),
    ("dap", &["debugger", "view"]),
    ("lessons", &["text", "syntax", "heap", "objects", "vm", "debugger", "view"]),
    ("tui", &["text", "export", "debugger", "view", "lessons"]),
    (
        "cli",
        &[
            "num",
            "text",
            "syntax",
            "bytecode",
            "compiler",
            "heap",
            "objects",
            "vm",
            "builtins",
            "stdlib",
            "interpreter",
            "view",
            "debugger",
            "export",
            "dap",
            "lessons",
            "tui",
        ],
    ),
];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    rust_files(&root.join("src"), &mut files);
    files
        .into_iter()
        .map(|path| (path.strip_prefix(root).expect("below the root").to_path_buf(), fs::read_to_string(&path).expect("text")))
        .collect()
}

/// The layers that a file imports: first segments of `crate::x` and of `crate::{x, y::z}`.
fn imported(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for part in text.split("crate::").skip(1) {
        if let Some(list) = part.strip_prefix('{') {
            let mut depth = 0;
            let mut name = String::new();
            let mut at_start = true;
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => at_start = true,
                    c if depth == 0 && at_start && (c.is_alphanumeric() || c == '_') => name.push(c),
                    c if depth == 0 && at_start && !name.is_empty() && !c.is_whitespace() => at_start = false,
                    _ => {}
                }
                if (!at_start || c == ',' || c == '\n') && !name.is_empty() {
                    found.insert(std::mem::take(&mut name));
                }
            }
            if !name.is_empty() {
                found.insert(name);
            }
        } else {
            found.insert(part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    found
}

#[test]
fn layers_import_only_what_stands_below_them() {
    let names: Vec<&str> = LAYERS.iter().map(|(name, _)| *name).collect();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let layer = path.iter().nth(1).and_then(|part| part.to_str()).unwrap_or_default().trim_end_matches(".rs").to_string();
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else { continue };
        for import in imported(&text) {
            if names.contains(&&*import) && import != layer && !allowed.contains(&&*import) {
                wrong.push(format!("{}: {layer} must not know {import}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_layer_stands_in_the_table() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("the map");
    for line in map.lines().filter_map(|line| line.strip_prefix("pub mod ")) {
        let name = line.split(';').next().unwrap_or_default();
        assert!(LAYERS.iter().any(|(layer, _)| *layer == name), "{name} is in lib.rs but has no row here");
    }
}

#[test]
fn every_file_opens_with_its_purpose() {
    let missing: Vec<String> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(path, _)| path.display().to_string()).collect();
    assert!(missing.is_empty(), "no //! at the top of {missing:?}");
}

#[test]
fn there_is_no_mod_rs() {
    assert!(!sources().iter().any(|(path, _)| path.ends_with("mod.rs")));
}
