//! Code objects, disassembly and compile errors against what CPython 3.11 gave (`tests/bytecode/record.py` records it).

use std::{fs, path::PathBuf};

use serde_json::Value;
use uncoil::{
    bytecode::{code::CodeObject, dis, exctable, instr, json, linetable, opcode::Op, pyc},
    compiler,
    syntax::{self, Mode, error::SyntaxError},
};

fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/bytecode").join(name)
}

fn lines(name: &str) -> Vec<Value> {
    let text = fs::read_to_string(data(name)).expect("recorded data");
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON document")).collect()
}

fn compile(source: &[u8], filename: &str) -> Result<CodeObject, SyntaxError> {
    let parsed = syntax::parse_bytes(source, Mode::Exec)?;
    let compiled = compiler::compile(&parsed.module, &compiler::Options::new(filename))?;
    Ok((*compiled.code).clone())
}

/// The recorded programs, compiled.
fn programs() -> Vec<(Value, CodeObject)> {
    let compiled = |document: Value| {
        let file = document["file"].as_str().expect("a file name").to_owned();
        let code = compile(&fs::read(data(&file)).expect("a program"), &file).expect("a valid program");
        (document, code)
    };
    lines("codes.jsonl").into_iter().map(compiled).collect()
}

pub(crate) fn mask_addresses(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("0x") {
        out += before;
        out += "0x…";
        rest = after.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    }
    out + rest
}

#[test]
fn every_field_of_every_code_object() {
    for (document, code) in programs() {
        assert_eq!(json::code_object(&code), document["code"], "{}", document["file"]);
    }
}

#[test]
fn disassembly() {
    for (document, code) in programs() {
        let file = document["file"].as_str().expect("a file name");
        let expected = fs::read_to_string(data(file).with_extension("dis")).expect("a recorded disassembly");
        assert_eq!(mask_addresses(&dis::dis(&code, &|_| 0)), expected, "{file}");
    }
}

#[test]
fn errors_of_the_compiler() {
    for case in lines("errors.jsonl") {
        let source = case["source"].as_str().expect("a source");
        let error = compile(source.as_bytes(), "errors.txt").expect_err(source);
        assert_eq!(error.msg, case["msg"], "{source}");
        let place = serde_json::json!([error.lineno, error.offset, error.end_lineno, error.end_offset]);
        assert_eq!(place, case["place"], "{source}");
    }
}

#[test]
fn tables_survive_being_read_and_written() {
    fn check(code: &CodeObject) {
        let mut encoder = linetable::Encoder::new(code.firstlineno);
        for range in linetable::decode(&code.linetable, code.firstlineno) {
            encoder.push(range.position, (range.end - range.start) / 2);
        }
        assert_eq!(encoder.finish(), code.linetable, "{}", code.qualname);
        assert_eq!(exctable::encode(exctable::decode(&code.exceptiontable)), code.exceptiontable, "{}", code.qualname);
        for constant in &code.consts {
            if let uncoil::bytecode::code::Constant::Code(inner) = constant {
                check(inner);
            }
        }
    }
    programs().iter().for_each(|(_, code)| check(code));
}

#[test]
fn opcode_table_is_in_order() {
    assert!(Op::ALL.is_sorted());
    for op in Op::ALL {
        assert_eq!(Op::from_u8(*op as u8), Some(*op));
    }
}

#[test]
fn jump_targets() {
    let code = compile(b"for x in y: pass\n", "x").expect("a valid program");
    let instrs: Vec<_> = instr::decode(&code.code).collect();
    let targets: Vec<_> = instrs.iter().filter_map(|i| Some((i.op, instr::target_of(i)?))).collect();
    assert_eq!(targets, [(Op::FOR_ITER, 12), (Op::JUMP_BACKWARD, 6)]);
}

#[test]
fn pyc_files_survive_being_written_and_read() {
    for (_, code) in programs() {
        let code = std::sync::Arc::new(code);
        let validation = pyc::Validation::Timestamp { mtime: 1, size: 2 };
        let (read, how) = pyc::read(&pyc::write(&code, validation)).expect("what was written");
        assert_eq!((json::code_object(&read), how), (json::code_object(&code), validation));
    }
}
