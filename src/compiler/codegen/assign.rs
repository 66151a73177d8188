//! Assignment: plain, augmented, annotated, and the unpacking of sequences.

use super::{Codegen, UnitKind, string};
use crate::{
    bytecode::opcode::Op,
    compiler::{Result, unparse::unparse},
    syntax::ast::{Expr, ExprContext, ExprKind, Operator},
};

impl<'a> Codegen<'a> {
    pub(super) fn assign(&mut self, targets: &'a [Expr], value: &'a Expr) -> Result<()> {
        self.expr(value)?;
        for (index, target) in targets.iter().enumerate() {
            if index + 1 < targets.len() {
                self.op_arg(Op::COPY, 1);
            }
            self.expr(target)?;
        }
        Ok(())
    }

    /// `a, *b, c = …`
    pub(super) fn unpack(&mut self, elts: &'a [Expr]) -> Result<()> {
        let mut star = None;
        for (index, elt) in elts.iter().enumerate() {
            if let ExprKind::Starred { .. } = elt.kind {
                if star.is_some() {
                    return self.error("multiple starred expressions in assignment");
                }
                let after = elts.len() - index - 1;
                if index >= 1 << 8 || after >= 1 << 23 {
                    return self.error("too many expressions in star-unpacking assignment");
                }
                star = Some(index);
                self.op_arg(Op::UNPACK_EX, (index | after << 8) as u32);
            }
        }
        if star.is_none() {
            self.op_arg(Op::UNPACK_SEQUENCE, elts.len() as u32);
        }
        for elt in elts {
            match &elt.kind {
                ExprKind::Starred { value, .. } => self.expr(value)?,
                _ => self.expr(elt)?,
            }
        }
        Ok(())
    }

    /// `target op= value`: the target's parts are evaluated once.
    pub(super) fn aug_assign(&mut self, target: &'a Expr, op: Operator, value: &'a Expr) -> Result<()> {
        let outer = self.loc();
        self.set_loc(target.location);
        match &target.kind {
            ExprKind::Attribute { value, attr, .. } => {
                self.expr(value)?;
                self.op_arg(Op::COPY, 1);
                self.loc_of_attribute(target);
                self.op_name(Op::LOAD_ATTR, attr);
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value)?;
                self.expr(slice)?;
                self.op_arg(Op::COPY, 2);
                self.op_arg(Op::COPY, 2);
                self.op(Op::BINARY_SUBSCR);
            }
            ExprKind::Name { id, .. } => self.name(id, ExprContext::Load)?,
            _ => return self.error("invalid node type for augmented assignment"),
        }
        self.set_loc(outer);
        self.expr(value)?;
        self.in_place_op(op);
        self.set_loc(target.location);
        match &target.kind {
            ExprKind::Attribute { attr, .. } => {
                self.loc_of_attribute(target);
                self.op_arg(Op::SWAP, 2);
                self.op_name(Op::STORE_ATTR, attr);
            }
            ExprKind::Subscript { .. } => {
                self.op_arg(Op::SWAP, 3);
                self.op_arg(Op::SWAP, 2);
                self.op(Op::STORE_SUBSCR);
            }
            ExprKind::Name { id, .. } => self.name(id, ExprContext::Store)?,
            _ => {}
        }
        Ok(())
    }

    pub(super) fn ann_assign(&mut self, target: &'a Expr, annotation: &'a Expr, value: Option<&'a Expr>, simple: bool) -> Result<()> {
        if let Some(value) = value {
            self.expr(value)?;
            self.expr(target)?;
        }
        let in_namespace = matches!(self.unit().kind, UnitKind::Module | UnitKind::Class);
        match &target.kind {
            ExprKind::Name { id, .. } => {
                self.check_forbidden(id, ExprContext::Store)?;
                if simple && in_namespace {
                    self.annotation(annotation)?;
                    self.op_name(Op::LOAD_NAME, &"__annotations__".into());
                    let name = self.mangled(id);
                    self.load_const(string(&name));
                    self.op(Op::STORE_SUBSCR);
                }
            }
            ExprKind::Attribute { value: object, attr, .. } => {
                self.check_forbidden(attr, ExprContext::Store)?;
                if value.is_none() {
                    self.evaluate(object)?;
                }
            }
            ExprKind::Subscript { value: object, slice, .. } => {
                if value.is_none() {
                    self.evaluate(object)?;
                    self.evaluate_index(slice)?;
                }
            }
            _ => return self.error("invalid node type for annotated assignment"),
        }
        // Annotations of anything but a plain name are evaluated and forgotten, outside of functions.
        if !simple && in_namespace && !self.future.annotations() {
            self.evaluate(annotation)?;
        }
        Ok(())
    }

    /// An annotation's value, or its text under `from __future__ import annotations`.
    pub(super) fn annotation(&mut self, annotation: &'a Expr) -> Result<()> {
        if self.future.annotations() {
            let text = unparse(annotation);
            self.load_const(crate::bytecode::code::Constant::Str(text.into()));
            Ok(())
        } else {
            self.expr(annotation)
        }
    }

    fn evaluate(&mut self, expr: &'a Expr) -> Result<()> {
        self.expr(expr)?;
        self.op(Op::POP_TOP);
        Ok(())
    }

    fn evaluate_index(&mut self, slice: &'a Expr) -> Result<()> {
        match &slice.kind {
            ExprKind::Slice { lower, upper, step } => [lower, upper, step].into_iter().flatten().try_for_each(|part| self.evaluate(part)),
            ExprKind::Tuple { elts, .. } => elts.iter().try_for_each(|elt| self.evaluate_index(elt)),
            _ => self.evaluate(slice),
        }
    }
}
