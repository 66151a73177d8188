//! The compiler's other doors against CPython's answers, recorded by tests/compiler/record.py: symbol tables, -O1 and -O2, the modes
//! `single` and `eval`, warnings; and `.pyc` files that are cut, foreign or broken.

use std::{fs, path::Path, sync::Arc};

use serde_json::{Value, json};
use uncoil::{
    bytecode::{
        code::{CodeObject, Constant},
        dis,
        opcode::Op,
        pyc::{self, PycError, Validation},
        repr, verify,
    },
    compiler::symtable::{SymbolTable, report},
    interpreter,
    syntax::{self, Mode},
};

fn read(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file")
}

fn lines(name: &str) -> Vec<Value> {
    let text = String::from_utf8(read(&format!("tests/compiler/{name}"))).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn compile(source: &[u8], mode: Mode, optimize: u8) -> Arc<CodeObject> {
    interpreter::compile_source(source, "x.py", mode, optimize).1.expect("a valid program")
}

fn constant(value: &Constant) -> String {
    match value {
        Constant::Code(code) => format!("<{}>", code.qualname),
        Constant::FrozenSet(items) => {
            let mut items: Vec<String> = items.iter().map(constant).collect();
            items.sort();
            format!("{{{}}}", items.join(","))
        }
        Constant::Tuple(items) => format!("({})", items.iter().map(constant).collect::<Vec<_>>().join(",")),
        _ => repr::constant(value),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All fields of a code object and of those in it, as record.py writes them.
fn describe(code: &CodeObject, out: &mut String) {
    let names = |names: &mut dyn Iterator<Item = &Arc<str>>| names.map(|name| name.to_string()).collect::<Vec<_>>().join(",");
    *out += &format!(
        "{} {} {},{},{},{},{},{} {}|{}|{}|{} {} {} {} {}\n",
        code.name,
        code.qualname,
        code.argcount,
        code.posonlyargcount,
        code.kwonlyargcount,
        code.stacksize,
        code.flags,
        code.firstlineno,
        names(&mut code.names.iter()),
        names(&mut code.varnames()),
        names(&mut code.cellvars()),
        names(&mut code.freevars()),
        hex(&code.code),
        hex(&code.linetable),
        hex(&code.exceptiontable),
        code.consts.iter().map(constant).collect::<Vec<_>>().join(";"),
    );
    for value in &code.consts {
        if let Constant::Code(inner) = value {
            describe(inner, out);
        }
    }
}

fn digest(codes: impl IntoIterator<Item = Arc<CodeObject>>) -> String {
    let mut text = String::new();
    codes.into_iter().for_each(|code| describe(&code, &mut text));
    text_digest(&text)
}

/// FNV-1a.
fn text_digest(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

#[test]
fn symbol_tables() {
    let documents = lines("symtables.jsonl");
    assert!(documents.len() >= 40);
    for document in documents {
        let file = document["file"].as_str().expect("a name");
        let module = syntax::parse_bytes(&read(file), Mode::Exec).expect("a valid program").module;
        let table = report::tables(&module).expect("valid names");
        assert_eq!(report::document(&table, SymbolTable::TOP), document["table"], "{file}");
    }
}

#[test]
fn optimized_code_and_the_other_modes() {
    for row in lines("digests.jsonl") {
        let file = row["file"].as_str().expect("a name");
        let source = read(file);
        assert_eq!(digest([compile(&source, Mode::Exec, 1)]), row["O1"], "{file} -O1");
        assert_eq!(digest([compile(&source, Mode::Exec, 2)]), row["O2"], "{file} -O2");
        for (name, mode) in [("single", Mode::Single), ("eval", Mode::Eval)] {
            let places = row[name].as_array().expect("places");
            let at = |place: &Value, end: usize| place[end].as_u64().expect("an offset") as usize;
            let codes = places.iter().map(|place| compile(&source[at(place, 0)..at(place, 1).min(source.len())], mode, 0));
            assert_eq!(digest(codes), row[format!("{name}_digest")], "{file} {name}");
        }
    }
}

#[test]
fn disassembly_of_all_programs() {
    for row in lines("digests.jsonl") {
        let file = row["file"].as_str().expect("a name");
        let text = dis::dis(&compile(&read(file), Mode::Exec, 0), &|_| 0);
        assert_eq!(text_digest(&crate::bytecode::mask_addresses(&text)), row["dis"], "{file}");
    }
}

#[test]
fn warnings() {
    let recorded = |source: &[u8]| -> (Value, Value) {
        let (warnings, outcome) = interpreter::compile_source(source, "<x>", Mode::Exec, 0);
        let warnings = warnings.iter().map(|warning| json!([warning.category, warning.msg, warning.lineno])).collect();
        let error = outcome.err().map(|error| json!([error.msg, error.lineno, error.offset, error.text.as_deref()]));
        (warnings, error.unwrap_or(Value::Null))
    };
    for row in lines("digests.jsonl") {
        let file = row["file"].as_str().expect("a name");
        assert_eq!(recorded(&read(file)).0, row["warnings"], "{file}");
    }
    for row in lines("warnings.jsonl") {
        let source = row["source"].as_str().expect("a text");
        let (warnings, error) = recorded(source.as_bytes());
        assert_eq!((&warnings, &error), (&row["warnings"], &row["error"]), "{source}");
    }
}

/// The programs as `.pyc` files.
fn files() -> Vec<Vec<u8>> {
    let rows = lines("digests.jsonl");
    let timestamp = Validation::Timestamp { mtime: 1, size: 2 };
    rows.iter().map(|row| pyc::write(&compile(&read(row["file"].as_str().expect("a name")), Mode::Exec, 0), timestamp)).collect()
}

#[test]
fn what_the_compiler_makes_passes_the_verifier() {
    for file in files() {
        assert_eq!(pyc::read_verified(&file).map(drop), Ok(()));
    }
}

#[test]
fn truncated_and_foreign_files_are_refused() {
    let file = &files()[5];
    for len in 0..file.len() {
        assert!(pyc::read_verified(&file[..len]).is_err(), "{len} bytes");
    }
    let mut foreign = file.clone();
    foreign[..2].copy_from_slice(&3531u16.to_le_bytes());
    assert_eq!(pyc::read(&foreign).map(drop), Err(PycError::BadMagic(3531)));
    assert!(PycError::BadMagic(3531).to_string().starts_with("made by CPython 3.12"));
    assert_eq!(pyc::read(b"x = 1\n").map(drop), Err(PycError::NotPyc));
}

#[test]
fn broken_files_never_make_it_panic() {
    let mut random = super::random(1);
    let mut random = move |below: usize| random(below as u64) as usize;
    for file in files() {
        for _ in 0..50 {
            let mut broken = file.clone();
            for _ in 0..1 + random(3) {
                let at = 16 + random(broken.len() - 16);
                broken[at] = random(256) as u8;
            }
            let _ = pyc::read_verified(&broken).map(drop); // accepted or refused: both are fine
        }
    }
}

#[test]
fn the_verifier_refuses() {
    let code = |units: &[(Op, u8)]| CodeObject {
        code: units.iter().flat_map(|(op, arg)| [*op as u8, *arg]).collect(),
        consts: vec![Constant::None],
        stacksize: 1,
        linetable: vec![0x80 | 15 << 3 | (units.len() as u8 - 1)],
        ..CodeObject::default()
    };
    let refused = |units: &[(Op, u8)]| verify::module(&code(units)).err().map(|rejected| rejected.reason).unwrap_or_default();
    assert_eq!(refused(&[(Op::LOAD_CONST, 0), (Op::RETURN_VALUE, 0)]), "");
    assert_eq!(refused(&[(Op::RESUME, 0), (Op::POP_TOP, 0), (Op::RETURN_VALUE, 0)]), "POP_TOP at 2 takes 1 from a stack of 0");
    assert_eq!(refused(&[(Op::LOAD_CONST, 1), (Op::RETURN_VALUE, 0)]), "LOAD_CONST at 0: no constant 1");
    assert_eq!(refused(&[(Op::JUMP_FORWARD, 9), (Op::NOP, 0)]), "JUMP_FORWARD jumps to 20, where no instruction is");
    assert_eq!(refused(&[(Op::LOAD_CONST, 0), (Op::NOP, 0)]), "control runs over the end after NOP");
    assert_eq!(refused(&[(Op::LOAD_CONST, 0), (Op::LOAD_CONST, 0), (Op::RETURN_VALUE, 0)]), "a stack of 2 at 4, where 1 is the greatest");
    assert_eq!(refused(&[(Op::LOAD_CONST, 0), (Op::JUMP_BACKWARD, 2)]), "the stack at 0 has a depth of 0 or of 1");
}

fn uncoil(arguments: &[&str]) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_uncoil")).args(arguments).current_dir(root).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// The pipeline of one program, as recorded: `UNCOIL_RECORD=1` writes it anew.
#[test]
fn stages() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compiler/stages.txt");
    let text = uncoil(&["stages", "tests/compiler/stages.py"]);
    if std::env::var_os("UNCOIL_RECORD").is_some() {
        fs::write(path, text).expect("a writable folder");
    } else {
        assert_eq!(text, fs::read_to_string(path).expect("a recorded text"));
    }
}
