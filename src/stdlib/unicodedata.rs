//! `unicodedata`: names and properties of characters, of Unicode 14.0.
//!
//! The tables are those of `text::unicode`. `unicodedata.name("é")` is `'LATIN SMALL LETTER E WITH ACUTE'`.
//! Counterpart in CPython 3.11: `Modules/unicodedata.c`; `ucd_3_2_0`, the database of 2002, is left out.

use super::add_functions;
use crate::{
    heap::ObjRef,
    objects::core_types::*,
    text::{
        normalize::{Form, is_normalized, normalize},
        unicode,
    },
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use NativeDef as Def;
    use Signature::{One, Range};
    let natives = vec![
        Def::function("decimal", Range(1, 2), |vm, args| {
            let value = unicode::decimal(character(vm, args, "decimal")?);
            or_default(vm, args, value.map(i64::from), "not a decimal")
        }),
        Def::function("digit", Range(1, 2), |vm, args| {
            let value = unicode::digit(character(vm, args, "digit")?);
            or_default(vm, args, value.map(i64::from), "not a digit")
        }),
        Def::function("numeric", Range(1, 2), |vm, args| match unicode::numeric(character(vm, args, "numeric")?) {
            Some((top, bottom)) => done(vm.new_float(top as f64 / bottom as f64)),
            None => or_default(vm, args, None, "not a numeric character"),
        }),
        Def::function("category", One, |vm, args| {
            let text = unicode::category(character(vm, args, "category")?);
            done(vm.new_str(text))
        }),
        Def::function("bidirectional", One, |vm, args| {
            let text = unicode::bidirectional(character(vm, args, "bidirectional")?);
            done(vm.new_str(text))
        }),
        Def::function("combining", One, |vm, args| {
            let class = unicode::combining(character(vm, args, "combining")?);
            done(vm.new_int(class.into()))
        }),
        Def::function("mirrored", One, |vm, args| {
            let mirrored = unicode::is_mirrored(character(vm, args, "mirrored")?);
            done(vm.new_int(mirrored.into()))
        }),
        Def::function("east_asian_width", One, |vm, args| {
            let text = unicode::east_asian_width(character(vm, args, "east_asian_width")?);
            done(vm.new_str(text))
        }),
        Def::function("decomposition", One, |vm, args| {
            let point = character(vm, args, "decomposition")?;
            let text = decomposition(point);
            done(vm.new_str(text))
        }),
        Def::function("name", Range(1, 2), name),
        Def::function("lookup", One, lookup),
        Def::function("normalize", Range(2, 2), |vm, args| {
            let (form, text) = form_and_text(vm, args, "normalize")?;
            done(vm.new_str(normalize(form, &text)))
        }),
        Def::function("is_normalized", Range(2, 2), |vm, args| {
            let (form, text) = form_and_text(vm, args, "is_normalized")?;
            done(vm.new_bool(is_normalized(form, &text)))
        }),
    ];
    add_functions(vm, dict, "unicodedata", natives);
    let version = vm.new_str("14.0.0");
    vm.dict_set_text(dict, "unidata_version", version);
}

/// The character that the first argument is.
fn character(vm: &mut Vm, args: Args, function: &str) -> Result<u32, Raised> {
    let object = args.at(vm, 0);
    let argument = if args.n > 1 || matches!(function, "decimal" | "digit" | "numeric" | "name") { "argument 1" } else { "argument" };
    match vm.text(object) {
        Some(text) if text.len() == 1 => Ok(text.at(0)),
        _ => {
            let name = vm.type_name(object);
            Err(vm.type_error(format!("{function}() {argument} must be a unicode character, not {name}")))
        }
    }
}

/// A number, or the second argument, or a ValueError.
fn or_default(vm: &mut Vm, args: Args, value: Option<i64>, message: &str) -> Res {
    match (value, args.get(vm, 1)) {
        (Some(value), _) => done(vm.new_int(value)),
        (None, Some(default)) => done(vm.own(default)),
        (None, None) => Err(vm.value_error(message)),
    }
}

fn name(vm: &mut Vm, args: Args) -> Res {
    let point = character(vm, args, "name")?;
    match unicode::name(point).filter(|_| unicode::is_assigned(point)) {
        Some(name) => done(vm.new_str(name)),
        None => or_default(vm, args, None, "no such name"),
    }
}

fn lookup(vm: &mut Vm, args: Args) -> Res {
    let object = args.at(vm, 0);
    let Some(name) = vm.text(object).map(|text| text.to_string_lossy()) else {
        let given = vm.type_name(object);
        return Err(vm.type_error(format!("lookup() argument must be str, not {given}")));
    };
    match unicode::lookup_name(&name) {
        Some(point) => done(vm.new_str(crate::text::PyStr::from_point(point))),
        None => {
            let message = vm.new_str(format!("undefined character name '{name}'"));
            Err(vm.raise_object(KEY_ERROR, message))
        }
    }
}

fn form_and_text(vm: &mut Vm, args: Args, function: &str) -> Result<(Form, std::sync::Arc<crate::text::PyStr>), Raised> {
    let mut texts = Vec::new();
    for index in 0..2 {
        let object = args.at(vm, index);
        match vm.text(object) {
            Some(text) => texts.push(text),
            None => {
                let given = vm.type_name(object);
                return Err(vm.type_error(format!("{function}() argument {} must be str, not {given}", index + 1)));
            }
        }
    }
    match Form::named(&texts[0].to_string_lossy()) {
        Some(form) => Ok((form, texts.swap_remove(1))),
        None => Err(vm.value_error("invalid normalization form")),
    }
}

/// `0065 0301`, or `<compat> …` where the parts only look alike.
fn decomposition(point: u32) -> String {
    use unicode_normalization::char::{decompose_canonical, decompose_compatible};
    // Hangul syllables are taken apart by rule, and have no entry.
    if (0xac00..0xd7a4).contains(&point) {
        return String::new();
    }
    let Some(c) = char::from_u32(point).filter(|_| unicode::is_assigned(point)) else { return String::new() };
    let (mut canonical, mut compatible) = (Vec::new(), Vec::new());
    decompose_canonical(c, |part| canonical.push(part));
    decompose_compatible(c, |part| compatible.push(part));
    let shown = |parts: &[char]| parts.iter().map(|&part| format!("{:04X}", u32::from(part))).collect::<Vec<_>>().join(" ");
    if canonical != [c] {
        // One step only: what the first parts were made of is put together again.
        if let [first @ .., last] = &canonical[..]
            && first.len() > 1
        {
            let base = first.iter().copied().reduce(|a, b| unicode_normalization::char::compose(a, b).unwrap_or(a)).unwrap_or(*last);
            return shown(&[base, *last]);
        }
        return shown(&canonical);
    }
    if compatible == [c] {
        return String::new();
    }
    let tag = match point {
        0x00a0 | 0x2007 | 0x202f | 0x2011 | 0x0f0c => "<noBreak>",
        0x00aa | 0x00ba | 0x00b2 | 0x00b3 | 0x00b9 | 0x02b0..=0x02b8 | 0x02e0..=0x02e4 | 0x2070..=0x207f | 0x2120 | 0x2122 => "<super>",
        0x1d2c..=0x1d6a if point < 0x1d62 => "<super>",
        0x2080..=0x209c | 0x1d62..=0x1d6a => "<sub>",
        0x00bc..=0x00be | 0x2150..=0x215f | 0x2189 => "<fraction>",
        0x2460..=0x24ff | 0x3244..=0x3247 | 0x3251..=0x327e | 0x3280..=0x32bf | 0x32d0..=0x32fe => "<circle>",
        0xff01..=0xff60 | 0xffe0..=0xffe6 | 0x3000 => "<wide>",
        0xff61..=0xffdc | 0xffe8..=0xffee => "<narrow>",
        0x2102..=0x2138 | 0x213c..=0x2149 | 0x1d400..=0x1d7ff => "<font>",
        0x3300..=0x3357 | 0x3371..=0x33df | 0x33ff | 0x1f130..=0x1f14f => "<square>",
        _ => "<compat>",
    };
    format!("{tag} {}", shown(&compatible))
}
