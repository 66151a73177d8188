//! `uncoil pyc FILE.pyc`: the header in words, the fields of every code object, and the disassembly.
//!
//! The sixteen bytes of the header are shown as they stand in the file, with their meaning. What the verifier has against the code
//! is told too. Counterpart: none; CPython has only `python3 -m dis` for sources.

use std::{process::ExitCode, sync::Arc};

use super::inspect;
use crate::bytecode::{
    code::{CodeObject, Constant},
    dis,
    pyc::{self, Validation},
    repr, verify,
};

#[derive(clap::Args)]
pub struct Arguments {
    #[arg(required = true)]
    files: Vec<String>,
}

pub fn main(arguments: &Arguments) -> ExitCode {
    inspect::each_file(&arguments.files, |file, bytes| match pyc::read(bytes) {
        Ok((code, validation)) => {
            let mut out = format!("{file}: {} bytes\n\n", bytes.len());
            header(bytes, validation, &mut out);
            let mut seen = Vec::new();
            fields(&code, &mut seen, &mut out);
            let verdict = verify::module(&code);
            if verdict.is_ok() {
                out += "\n";
                out += &dis::dis(&code, &inspect::fake_address);
            }
            let printed = super::run::print(&out);
            if let Err(rejected) = &verdict {
                eprintln!("uncoil: {file}: {rejected}");
            }
            printed && verdict.is_ok()
        }
        Err(error) => {
            eprintln!("uncoil: {file}: {error}");
            false
        }
    })
}

fn header(bytes: &[u8], validation: Validation, out: &mut String) {
    let mut row = |at: usize, len: usize, meaning: String| {
        let hex: Vec<String> = bytes[at..at + len].iter().map(|byte| format!("{byte:02x}")).collect();
        *out += &format!("  {at:>2}  {:<23}  {meaning}\n", hex.join(" "));
    };
    row(0, 4, "magic number 3495 and a line end: CPython 3.11".into());
    match validation {
        Validation::Timestamp { mtime, size } => {
            row(4, 4, "flags: tied to its source by time and size".into());
            row(8, 4, format!("the source was modified at {} UTC", utc(mtime)));
            row(12, 4, format!("the source has {size} bytes"));
        }
        Validation::Hash { checked, .. } => {
            let how = if checked { "compared at import" } else { "taken for granted" };
            row(4, 4, format!("flags: tied to its source by a hash, {how}"));
            row(8, 8, "SipHash of the source".into());
        }
    }
}

/// The fields of a code object and of those in it, each once.
fn fields(code: &Arc<CodeObject>, seen: &mut Vec<usize>, out: &mut String) {
    let address = Arc::as_ptr(code).addr();
    if seen.contains(&address) {
        return;
    }
    seen.push(address);
    let names = |names: &mut dyn Iterator<Item = &Arc<str>>| names.map(|name| name.to_string()).collect::<Vec<_>>().join(", ");
    *out += &format!("\n{}\n", repr::code_object(code, inspect::fake_address(code)));
    let mut row = |name: &str, value: String| *out += &format!("  {name:<18} {value}\n");
    row("co_qualname", code.qualname.to_string());
    row("co_flags", format!("{:#x}", code.flags));
    row("co_argcount", format!("{} ({} positional-only, {} keyword-only)", code.argcount, code.posonlyargcount, code.kwonlyargcount));
    row("co_stacksize", code.stacksize.to_string());
    row("co_varnames", names(&mut code.varnames()));
    row("co_cellvars", names(&mut code.cellvars()));
    row("co_freevars", names(&mut code.freevars()));
    row("co_names", names(&mut code.names.iter()));
    row("co_code", format!("{} bytes", code.code.len()));
    row("co_linetable", format!("{} bytes", code.linetable.len()));
    row("co_exceptiontable", format!("{} bytes", code.exceptiontable.len()));
    for (index, constant) in code.consts.iter().enumerate() {
        row(&format!("co_consts[{index}]"), repr::constant_at(constant, &inspect::fake_address));
    }
    for constant in &code.consts {
        if let Constant::Code(inner) = constant {
            fields(inner, seen, out);
        }
    }
}

/// Seconds since 1970 as a date, by the calendar's cycle of 400 years.
fn utc(seconds: u32) -> String {
    let (days, rest) = (i64::from(seconds / 86400), seconds % 86400);
    // Years that begin in March: the leap day is the last of a year.
    let shifted = days + 719_468;
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = year_of_era + era * 400 + carry;
    format!("{year:04}-{month:02}-{day_of_month:02} {:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60)
}
