//! What may be assigned to, deleted or bound, and its context.
//!
//! Invariant: after `store` or `delete` every node of the target has that context, the objects and indices in it keep `Load`.
//! Counterpart in CPython 3.11: the rules `star_targets`, `del_targets`, and `_PyPegen_set_expr_context`.
//! `a, b[i] = x` stores to `a` and `b[i]`, loads `b` and `i`.

use super::{Id, Kind, Lower, Result};
use crate::syntax::{
    ast::{Expr, ExprContext, ExprKind},
    cst::Field,
    token::TokenKind,
};

impl Lower<'_> {
    /// The left side of `=`, or what `for … in` binds.
    pub(super) fn star_targets(&self, id: Id) -> Result<Expr> {
        let mut target = self.star_expressions(id)?;
        self.store(&mut target, id)?;
        Ok(target)
    }

    pub(super) fn store(&self, target: &mut Expr, id: Id) -> Result<()> {
        if set_context(target, ExprContext::Store) { Ok(()) } else { self.reject(self.first(id)) }
    }

    pub(super) fn delete(&self, target: &mut Expr, id: Id) -> Result<()> {
        if set_context(target, ExprContext::Del) { Ok(()) } else { self.reject(self.first(id)) }
    }

    /// `name`, `a.b` or `a[b]`, which annotations and `+=` take; parentheses may surround it in an annotation.
    pub(super) fn single_target(&self, id: Id) -> Result<Expr> {
        let mut target = self.any(id)?;
        if !matches!(target.kind, ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript { .. }) {
            return self.reject(self.first(id));
        }
        self.store(&mut target, id)?;
        Ok(target)
    }

    /// The target of `with … as`.
    pub(super) fn with_target(&self, id: Id) -> Result<Expr> {
        // Only what can be a target may stand there: `as f()` and `as (yield)` are no targets.
        let mut target = match self.kind(id) {
            Kind::AsPatternTarget => self.any(self.only(id)?)?,
            _ => self.any(id)?,
        };
        self.store(&mut target, id)?;
        Ok(target)
    }

    /// Is the target of an annotation a bare name?
    pub(super) fn is_simple(&self, id: Id) -> bool {
        // Masked as digits in front of `[`, which no annotation's name is.
        self.kind(id) == Kind::Identifier && self.token(self.first(id)) == TokenKind::Name
    }

    pub(super) fn has_field(&self, id: Id, field: Field) -> bool {
        self.field(id, field).is_some()
    }
}

/// Sets the context; false if it is no target.
fn set_context(target: &mut Expr, context: ExprContext) -> bool {
    match &mut target.kind {
        ExprKind::Name { ctx, .. } | ExprKind::Attribute { ctx, .. } | ExprKind::Subscript { ctx, .. } => *ctx = context,
        ExprKind::Starred { value, ctx } if context == ExprContext::Store => {
            *ctx = context;
            return !matches!(value.kind, ExprKind::Starred { .. }) && set_context(value, context);
        }
        ExprKind::Tuple { elts, ctx } | ExprKind::List { elts, ctx } => {
            *ctx = context;
            return elts.iter_mut().all(|element| set_context(element, context));
        }
        _ => return false,
    }
    true
}
