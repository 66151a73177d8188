//! `_traceback`: where the operator stands in a failed operation, for the markers that `traceback` puts below a line.
//!
//! `_traceback.anchors("a + b")` is `(2, 3)`, `anchors("f(x)")` is None. Counterpart in CPython 3.11:
//! `_extract_caret_anchors_from_line_segment` in `Lib/traceback.py`.

use crate::{
    builtins::convert,
    heap::ObjRef,
    syntax::{
        self, Mode,
        ast::{ExprKind, Mod, StmtKind},
    },
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
    const OPEN: &str = "(\n";
    let parsed = syntax::parse_str(&format!("{OPEN}{segment}\n)"), Mode::Exec).ok()?;
    let Mod::Module { body } = &parsed.module else { return None };
    let [statement] = &body[..] else { return None };
    let StmtKind::Expr { value } = &statement.kind else { return None };
    match &value.kind {
        ExprKind::BinOp { left, right, .. } => {
            let (from, to) = (left.location.end_col_offset as usize, right.location.col_offset as usize);
            let between = segment.get(from..to)?;
            let at = from + between.find(|c: char| !c.is_whitespace() && c != ')')?;
            let two = at + 1 < to && segment[at..].chars().nth(1).is_some_and(|c| !c.is_whitespace() && c != '(');
            Some((at, at + if two { 2 } else { 1 }))
        }
        ExprKind::Subscript { value: inner, .. } => {
            let from = inner.location.end_col_offset as usize;
            let open = from + segment.get(from..)?.find('[')?;
            Some((open, value.location.end_col_offset as usize))
        }
        _ => None,
    }
}
