//! Methods that give a changed text: case, padding, stripping, replacing.
//!
//! `"abc".center(7, "*")` is `'**abc**'`, `"a-b".replace("-", "+")` is `'a+b'`.

use std::sync::Arc;

use super::{changed, fresh, this};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::NONE},
    text::{
        PyStr, TextError,
        methods::{case, pad, search, split},
    },
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
    },
};

pub fn natives() -> Vec<NativeDef> {
    use Signature::{Named, None, One, Range};
    vec![
        NativeDef::method("capitalize", None, |vm, args| case_of(vm, args, case::capitalize)),
        NativeDef::method("casefold", None, |vm, args| case_of(vm, args, case::casefold)),
        NativeDef::method("lower", None, |vm, args| case_of(vm, args, case::lower)),
        NativeDef::method("swapcase", None, |vm, args| case_of(vm, args, case::swapcase)),
        NativeDef::method("title", None, |vm, args| case_of(vm, args, case::title)),
        NativeDef::method("upper", None, |vm, args| case_of(vm, args, case::upper)),
        NativeDef::method("center", Range(1, 2), |vm, args| padded(vm, args, pad::center)),
        NativeDef::method("ljust", Range(1, 2), |vm, args| padded(vm, args, pad::ljust)),
        NativeDef::method("rjust", Range(1, 2), |vm, args| padded(vm, args, pad::rjust)),
        NativeDef::method("zfill", One, zfill),
        NativeDef::method("expandtabs", Named("tabsize=8"), expandtabs),
        NativeDef::method("strip", Range(0, 1), |vm, args| strip(vm, args, "strip", true, true)),
        NativeDef::method("lstrip", Range(0, 1), |vm, args| strip(vm, args, "lstrip", true, false)),
        NativeDef::method("rstrip", Range(0, 1), |vm, args| strip(vm, args, "rstrip", false, true)),
        NativeDef::method("removeprefix", One, |vm, args| removed(vm, args, "removeprefix", search::remove_prefix)),
        NativeDef::method("removesuffix", One, |vm, args| removed(vm, args, "removesuffix", search::remove_suffix)),
        NativeDef::method("replace", Range(2, 3), replace),
    ]
}

fn case_of(vm: &mut Vm, args: Args, change: fn(&PyStr) -> PyStr) -> Res {
    let text = change(this(vm, args));
    fresh(vm, text)
}

type Pad = fn(&PyStr, i64, u32) -> Result<Option<PyStr>, TextError>;

fn padded(vm: &mut Vm, args: Args, pad: Pad) -> Res {
    let width = convert::ssize(vm, args.at(vm, 1))?;
    let fill = match args.get(vm, 2) {
        None => u32::from(' '),
        Some(fill) => fill_character(vm, fill)?,
    };
    let text = pad(this(vm, args), width, fill);
    let text = convert::check(vm, text)?;
    changed(vm, args, text)
}

fn fill_character(vm: &mut Vm, object: ObjRef) -> Result<u32, Raised> {
    match vm.text(object) {
        None => {
            let name = vm.type_name(object);
            Err(vm.type_error(format!("The fill character must be a unicode character, not {name}")))
        }
        Some(text) if text.len() != 1 => Err(vm.type_error("The fill character must be exactly one character long")),
        Some(text) => Ok(text.at(0)),
    }
}

fn zfill(vm: &mut Vm, args: Args) -> Res {
    let width = convert::ssize(vm, args.at(vm, 1))?;
    let text = pad::zfill(this(vm, args), width);
    let text = convert::check(vm, text)?;
    changed(vm, args, text)
}

fn expandtabs(vm: &mut Vm, args: Args) -> Res {
    let size = match args.get(vm, 1) {
        Some(size) => i64::from(convert::c_int(vm, size)?),
        None => 8,
    };
    let text = this(vm, args);
    if text.find_point(9, 0).is_none() {
        return changed(vm, args, None);
    }
    convert::str_result(vm, pad::expand_tabs(text, size))
}

fn strip(vm: &mut Vm, args: Args, name: &str, left: bool, right: bool) -> Res {
    let chars: Option<Arc<PyStr>> = match args.get(vm, 1) {
        None | Some(NONE) => None,
        Some(chars) => match vm.text(chars) {
            Some(chars) => Some(chars),
            None => return Err(vm.type_error(format!("{name} arg must be None or str"))),
        },
    };
    let text = this(vm, args);
    let (start, end) = split::strip_span(text, chars.as_deref(), left, right);
    let part = (start > 0 || end < text.len()).then(|| text.slice(start, end));
    changed(vm, args, part)
}

fn removed(vm: &mut Vm, args: Args, name: &str, remove: fn(&PyStr, &PyStr) -> Option<PyStr>) -> Res {
    let part = convert::text(vm, args.at(vm, 1), &format!("{name}() argument"))?;
    let text = remove(this(vm, args), &part);
    changed(vm, args, text)
}

fn replace(vm: &mut Vm, args: Args) -> Res {
    let (old, new) = (args.at(vm, 1), args.at(vm, 2));
    convert::expect_text(vm, old, "replace() argument 1")?;
    convert::expect_text(vm, new, "replace() argument 2")?;
    let count = match args.get(vm, 3) {
        Some(count) => convert::ssize(vm, count)?,
        None => -1,
    };
    let (old, new) = (vm.heap.str(old).expect("a str"), vm.heap.str(new).expect("a str"));
    let text = search::replace(this(vm, args), old, new, count);
    let text = convert::check(vm, text)?;
    changed(vm, args, text)
}
