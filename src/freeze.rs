//! The build script: compiles the modules in Python that come along, so that importing them has only to read their code.
//!
//! A crate of its own on the layers at the bottom, which know nothing of those above: it compiles them once more, for the machine
//! that builds. Writes for each module its marshalled code, and `frozen.rs`, the table that `stdlib::frozen` includes.
//! Counterpart in CPython 3.11: `Programs/_freeze_module.py`.

// Much of the layers serves the program alone; as parts of the library they are checked in full.
#![allow(dead_code, unused_imports, clippy::all)]

mod bytecode;
mod compiler;
mod num;
#[path = "stdlib/sources.rs"]
mod sources;
mod syntax;
mod text;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    thread,
};

use bytecode::code::{CodeObject, Constant};
use syntax::Input;

/// Trees nest as deep as their source, and so do the functions that walk them.
const STACK_SIZE: usize = 256 << 20;

fn main() -> ExitCode {
    let outcome = thread::Builder::new().stack_size(STACK_SIZE).spawn(freeze).map(|running| running.join());
    let error = match outcome {
        Ok(Ok(Ok(()))) => return ExitCode::SUCCESS,
        Ok(Ok(Err(error))) => error,
        Ok(Err(_)) => "the compiler panicked".to_string(),
        Err(error) => error.to_string(),
    };
    eprintln!("freezing the library: {error}");
    ExitCode::FAILURE
}

fn freeze() -> Result<(), String> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).ok_or_else(|| format!("{name} is not set"));
    let (root, out) = (folder("CARGO_MANIFEST_DIR")?, folder("OUT_DIR")?);
    let library = root.join("src/stdlib");
    let mut tables = [String::new(), String::new()];
    let sources = sources::SOURCES.iter().map(|(name, file)| (*name, vec![*file]));
    let more = sources::MORE.iter().map(|(name, files)| (*name, files.to_vec()));
    for (table, rows) in tables.iter_mut().zip([sources.collect::<Vec<_>>(), more.collect()]) {
        for (name, files) in rows {
            let code = compile(name, &files, &library)?;
            let marshalled = format!("{}.marshalled", files.join("+").replace('/', "."));
            let marshalled = if files.len() == 1 { format!("{name}-{marshalled}") } else { marshalled };
            write(&out.join(&marshalled), &bytecode::marshal::dump(&Constant::Code(code)))?;
            let texts = files.iter().map(|file| format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/src/stdlib/{file}\"))"));
            let source = texts.collect::<Vec<_>>().join(", ");
            let code = format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{marshalled}\"))");
            *table += &format!("    Frozen {{ name: \"{name}\", source: concat!({source}), marshalled: {code} }},\n");
        }
    }
    let [sources, more] = tables;
    let table = format!(
        "/// Modules that come along in Python.\npub static SOURCES: &[Frozen] = &[\n{sources}];\n\n\
         /// What completes a module in Rust, or takes the place of one in Python where there is an installed library.\n\
         pub static MORE: &[Frozen] = &[\n{more}];\n"
    );
    write(&out.join("frozen.rs"), table.as_bytes())
}

/// The code of a module whose text is that of the files, one after another.
fn compile(name: &str, files: &[&str], library: &Path) -> Result<Arc<CodeObject>, String> {
    let mut text = String::new();
    for file in files {
        let path = library.join(file);
        println!("cargo::rerun-if-changed={}", path.display());
        text += &fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let filename = format!("<frozen {name}>");
    let told = |error: syntax::error::SyntaxError| format!("{}: line {:?}: {}", files.join(", "), error.lineno, error.msg);
    let input = Input::of_program(text.as_bytes(), &filename);
    let parsed = syntax::parse(input, syntax::Mode::Exec, &mut Vec::new()).map_err(told)?;
    let compiled = compiler::compile(&parsed.module, &compiler::Options::new(filename)).map_err(told)?;
    match parsed.warnings.iter().chain(&compiled.warnings).next() {
        Some(warning) => Err(format!("{}: {warning:?}", files.join(", "))),
        None => Ok(compiled.code),
    }
}

/// Leaves a file alone that has this content already: what includes it is then not compiled again.
fn write(path: &Path, content: &[u8]) -> Result<(), String> {
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    fs::write(path, content).map_err(|error| format!("{}: {error}", path.display()))
}
