//! `string`: the constants, and `capwords`.
//!
//! Counterpart in CPython 3.11: `Lib/string.py`. `string.ascii_lowercase` is `'abcdefghijklmnopqrstuvwxyz'`.

use crate::{
    builtins::convert,
    heap::ObjRef,
    text::{
        PyStr,
        methods::{case, split, translate},
    },
    vm::{
        Res, Vm,
        native::{Args, NativeDef, Signature},
    },
};

/// Characters by their names.
const CONSTANTS: [(&str, &str); 9] = [
    ("whitespace", " \t\n\r\x0b\x0c"),
    ("ascii_lowercase", "abcdefghijklmnopqrstuvwxyz"),
    ("ascii_uppercase", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("ascii_letters", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("digits", "0123456789"),
    ("hexdigits", "0123456789abcdefABCDEF"),
    ("octdigits", "01234567"),
    ("punctuation", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
    ("printable", "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\x0b\x0c"),
];

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    for (name, text) in CONSTANTS {
        let text = vm.new_str(text);
        vm.dict_set_text(dict, name, text);
    }
    super::add_functions(vm, dict, "string", vec![NativeDef::function("capwords", Signature::Named("s, sep=None"), capwords)]);
}

fn capwords(vm: &mut Vm, args: Args) -> Res {
    let text = convert::text(vm, args.at(vm, 0), "capwords() argument 's'")?;
    let separator = match args.given(vm, 1) {
        Some(separator) => Some(convert::text(vm, separator, "capwords() argument 'sep'")?),
        None => None,
    };
    let words = split::split(&text, separator.as_deref(), -1);
    let words: Vec<PyStr> = convert::check(vm, words)?.iter().map(case::capitalize).collect();
    let space = PyStr::from(" ");
    let separator = separator.as_deref().filter(|separator| !separator.is_empty()).unwrap_or(&space);
    convert::str_result(vm, translate::join(separator, &words))
}
