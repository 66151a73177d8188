//! Code objects as JSON documents, one a file: the form in which they are compared with CPython's.
//!
//! Constants carry their type, so `1`, `True` and `1.0` differ; bytes are hexadecimal; lone surrogates are `\udXXX`.

use serde_json::{Map, Value, json};

use super::{
    code::{CodeObject, Constant},
    repr,
};
use crate::{
    num::{float_hex, int_text},
    text::PyStr,
};

/// Stands for a lone surrogate until the text is written: serde_json knows only whole characters. The four hexadecimal
/// digits of the code point follow.
const SURROGATE_MARK: char = '\u{f8ff}';

/// A code object and all inside it.
pub fn code_object(code: &CodeObject) -> Value {
    let names = |names: &mut dyn Iterator<Item = &std::sync::Arc<str>>| -> Value { names.map(|name| json!(&**name)).collect() };
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.into(), value);
    put("co_name", json!(&*code.name));
    put("co_qualname", json!(&*code.qualname));
    put("co_firstlineno", json!(code.firstlineno));
    put("co_argcount", json!(code.argcount));
    put("co_posonlyargcount", json!(code.posonlyargcount));
    put("co_kwonlyargcount", json!(code.kwonlyargcount));
    put("co_flags", json!(code.flags));
    put("co_stacksize", json!(code.stacksize));
    put("co_nlocals", json!(code.nlocals()));
    put("co_varnames", names(&mut code.varnames()));
    put("co_cellvars", names(&mut code.cellvars()));
    put("co_freevars", names(&mut code.freevars()));
    put("co_names", names(&mut code.names.iter()));
    put("co_filename", json!(code.filename.rsplit('/').next().unwrap_or_default()));
    put("co_consts", code.consts.iter().map(constant).collect());
    put("co_code", json!(hex(&code.code)));
    put("co_exceptiontable", json!(hex(&code.exceptiontable)));
    put("co_linetable", json!(hex(&code.linetable)));
    Value::Object(out)
}

fn constant(value: &Constant) -> Value {
    match value {
        Constant::None => json!({"t": "None"}),
        Constant::Ellipsis => json!({"t": "Ellipsis"}),
        Constant::True => json!({"t": "bool", "v": true}),
        Constant::False => json!({"t": "bool", "v": false}),
        Constant::Int(int) => json!({"t": "int", "v": int_text::unlimited_decimal(int)}),
        Constant::Float(float) => json!({"t": "float", "v": float_hex::hex(*float), "repr": repr::constant(value)}),
        Constant::Complex { real, imag } => {
            json!({"t": "complex", "re": float_hex::hex(*real), "im": float_hex::hex(*imag), "repr": repr::constant(value)})
        }
        Constant::Str(text) => json!({"t": "str", "v": marked(text)}),
        Constant::Bytes(bytes) => json!({"t": "bytes", "v": hex(bytes)}),
        Constant::Tuple(items) => json!({"t": "tuple", "v": items.iter().map(constant).collect::<Value>()}),
        Constant::FrozenSet(items) => {
            let mut items: Vec<(String, Value)> = items.iter().map(constant).map(|item| (sort_key(&item), item)).collect();
            items.sort_by(|a, b| a.0.cmp(&b.0));
            json!({"t": "frozenset", "v": items.into_iter().map(|(_, item)| item).collect::<Value>()})
        }
        Constant::Code(code) => json!({"t": "code", "v": code_object(code)}),
    }
}

/// The text of an item with sorted keys and `", "` and `": "` between: the order of set items.
fn sort_key(item: &Value) -> String {
    match item {
        Value::Object(map) => {
            let mut pairs: Vec<_> = map.iter().collect();
            pairs.sort_by_key(|(key, _)| *key);
            let pairs: Vec<String> = pairs.into_iter().map(|(key, value)| format!("\"{key}\": {}", sort_key(value))).collect();
            format!("{{{}}}", pairs.join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(sort_key).collect::<Vec<_>>().join(", ")),
        other => ascii(&other.to_string()),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn marked(text: &PyStr) -> String {
    if let Some(plain) = text.as_ascii() {
        return plain.into();
    }
    let mut out = String::new();
    for c in text.iter() {
        match char::from_u32(c) {
            Some(c) if c != SURROGATE_MARK => out.push(c),
            _ => {
                out.push(SURROGATE_MARK);
                out += &format!("{c:04x}");
            }
        }
    }
    out
}

/// A document as one line of ASCII.
pub fn to_line(document: &Value) -> String {
    ascii(&document.to_string())
}

/// JSON text with everything beyond ASCII escaped, marks included.
fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c.is_ascii() && c != '\x7f' {
            out.push(c);
        } else if c == SURROGATE_MARK {
            out += "\\u";
            out.extend(chars.by_ref().take(4));
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out += &format!("\\u{unit:04x}");
            }
        }
    }
    out
}
