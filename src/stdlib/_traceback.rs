//! `_traceback`: where the operator stands in a failed operation, for the markers that `traceback` puts below a line.
//!
//! `_traceback.anchors("a + b")` is `(2, 3)`, `anchors("f(x)")` is None. Counterpart in CPython 3.11:
//! `_extract_caret_anchors_from_line_segment` in `Lib/traceback.py`.

use crate::{
    builtins::convert,
    heap::ObjRef,
    interpreter::traceback::anchors_in,
    syntax::{self, Mode},
    vm::{
        Res, Vm,
        native::{Args, NativeDef as Def, Signature},
        raised::done,
    },
};

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    super::add_functions(vm, dict, "_traceback", vec![Def::function("anchors", Signature::One, anchors)]);
}

fn anchors(vm: &mut Vm, args: Args) -> Res {
    let segment = convert::text(vm, args.at(vm, 0), "anchors() argument")?.to_string_lossy();
    match anchors_of(&segment) {
        Some((left, right)) => {
            let columns = [left, right].map(|at| segment[..at].chars().count());
            let items = columns.map(|column| vm.new_usize(column));
            done(vm.new_tuple(items))
        }
        None => done(vm.none()),
    }
}

/// Bytes from the start of the piece.
fn anchors_of(segment: &str) -> Option<(usize, usize)> {
    let parsed = syntax::parse_str(&format!("(\n{segment}\n)"), Mode::Exec).ok()?;
    anchors_in(&parsed.module, segment, |c| !c.is_whitespace() && c != '(')
}
