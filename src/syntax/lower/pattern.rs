//! The patterns of `case`.
//!
//! Counterpart in CPython 3.11: the rule `patterns` and below. `case Point(x=0, y=[a, *_]) as p` is a `MatchAs` of a `MatchClass`.

use super::{Id, Kind, Lower, Result, boxed};
use crate::syntax::{
    ast::{Constant, Expr, ExprContext, ExprKind, Identifier, MatchCase, Operator, Pattern, PatternKind, UnaryOp},
    cst::Field,
    token::TokenKind,
};

impl Lower<'_> {
    pub(super) fn match_case(&self, id: Id) -> Result<MatchCase> {
        if self.kind(id) != Kind::CaseClause {
            return self.reject(self.first(id));
        }
        self.check_header(id)?;
        let patterns: Vec<Id> = self.named(id).filter(|&child| self.kind(child) == Kind::CasePattern).collect();
        let (Some(&first), Some(&last)) = (patterns.first(), patterns.last()) else { return self.reject(self.first(id)) };
        let comma = self.token(self.last(last)) == TokenKind::Comma;
        let pattern = if patterns.len() == 1 && !comma {
            self.closed_pattern(first)?
        } else {
            let location = self.span(self.first(first), self.last(last) + u32::from(comma));
            Pattern { kind: PatternKind::MatchSequence { patterns: self.sequence(patterns.iter().copied())? }, location }
        };
        let guard = match self.field(id, Field::Guard) {
            Some(guard) => Some(boxed(self.named_expression(self.only(guard)?))?),
            None => None,
        };
        let body = self.block(self.part(id, Field::Consequence)?)?;
        Ok(MatchCase { pattern, guard, body })
    }

    /// At most one star among them.
    fn sequence(&self, ids: impl Iterator<Item = Id>) -> Result<Vec<Pattern>> {
        ids.map(|id| self.pattern(id)).collect()
    }

    /// A pattern that must not be starred.
    fn closed_pattern(&self, id: Id) -> Result<Pattern> {
        let pattern = self.pattern(id)?;
        if matches!(pattern.kind, PatternKind::MatchStar { .. }) { self.reject(self.first(id)) } else { Ok(pattern) }
    }

    fn pattern(&self, id: Id) -> Result<Pattern> {
        match self.kind(id) {
            Kind::CasePattern => self.pattern_parts(&self.children(id).collect::<Vec<_>>()),
            _ => self.pattern_parts(&[id]),
        }
    }

    /// A pattern made of one node, or of a minus and a number.
    fn pattern_parts(&self, parts: &[Id]) -> Result<Pattern> {
        let (Some(&part), Some(&end)) = (parts.first(), parts.last()) else { return self.reject(0) };
        let location = self.span(self.first(part), self.last(end));
        if parts.len() > 1 {
            let value = boxed(self.signed_number(parts))?;
            return Ok(Pattern { kind: PatternKind::MatchValue { value }, location });
        }
        let kind = match self.kind(part) {
            Kind::CasePattern => return self.pattern(part),
            Kind::AsPattern => {
                let children: Vec<Id> = self.named(part).collect();
                let [inner, name] = children[..] else { return self.reject(self.first(part)) };
                let name = self.binding(self.first(name))?;
                if name.is_none() {
                    return self.reject(self.last(inner));
                }
                PatternKind::MatchAs { pattern: Some(boxed(self.closed_pattern(inner))?), name }
            }
            Kind::Integer | Kind::Float | Kind::String | Kind::ConcatenatedString => {
                let value = boxed(self.any(part))?;
                match value.kind {
                    ExprKind::Constant { .. } | ExprKind::JoinedStr { .. } => PatternKind::MatchValue { value },
                    // Digits stand for a name in front of a bracket, which no pattern has.
                    _ => return self.reject(self.first(part)),
                }
            }
            Kind::True => PatternKind::MatchSingleton { value: Constant::True },
            Kind::False => PatternKind::MatchSingleton { value: Constant::False },
            Kind::None => PatternKind::MatchSingleton { value: Constant::None },
            Kind::Token | Kind::DottedName if self.last(part) - self.first(part) == 1 => {
                PatternKind::MatchAs { pattern: None, name: self.binding(self.first(part))? }
            }
            Kind::DottedName => PatternKind::MatchValue { value: boxed(self.dotted_expression(part))? },
            Kind::ComplexPattern => PatternKind::MatchValue { value: boxed(self.complex_number(part))? },
            Kind::UnionPattern => PatternKind::MatchOr { patterns: self.alternatives(part)? },
            Kind::ListPattern => PatternKind::MatchSequence { patterns: self.sequence(self.named(part))? },
            Kind::TuplePattern => {
                let children: Vec<Id> = self.children(part).collect();
                // One pattern without a comma is only a pattern in parentheses.
                if let [_, inner, _] = children[..] {
                    if !self.is_splat(inner) {
                        return self.closed_pattern(inner);
                    }
                    return self.reject(self.first(part));
                }
                PatternKind::MatchSequence { patterns: self.sequence(self.named(part))? }
            }
            Kind::SplatPattern => {
                if self.token(self.first(part)) != TokenKind::Star {
                    return self.reject(self.first(part));
                }
                PatternKind::MatchStar { name: self.binding(self.last(part) - 1)? }
            }
            Kind::DictPattern => self.mapping(part)?,
            Kind::ClassPattern => self.class(part)?,
            _ => return self.reject(self.first(part)),
        };
        Ok(Pattern { kind, location })
    }

    fn is_splat(&self, id: Id) -> bool {
        match self.kind(id) {
            Kind::CasePattern => self.children(id).next().is_some_and(|child| self.kind(child) == Kind::SplatPattern),
            kind => kind == Kind::SplatPattern,
        }
    }

    /// The name that a pattern binds; `_` binds none.
    fn binding(&self, token: u32) -> Result<Option<Identifier>> {
        let name = self.identifier_at(token)?;
        Ok((&*name != "_").then_some(name))
    }

    /// A number, or a minus and a number.
    fn signed_number(&self, parts: &[Id]) -> Result<Expr> {
        match parts {
            [number] => self.number_only(*number),
            [minus, number] if self.token(self.first(*minus)) == TokenKind::Minus => {
                let operand = boxed(self.number_only(*number))?;
                let location = self.span(self.first(*minus), self.last(*number));
                Ok(Expr { kind: ExprKind::UnaryOp { op: UnaryOp::USub, operand }, location })
            }
            _ => self.reject(parts.first().map_or(0, |&part| self.first(part))),
        }
    }

    fn number_only(&self, id: Id) -> Result<Expr> {
        if self.token(self.first(id)) != TokenKind::Number {
            return self.reject(self.first(id));
        }
        self.any(id)
    }

    /// `[-]real ± imaginary j`
    fn complex_number(&self, id: Id) -> Result<Expr> {
        let parts: Vec<Id> = self.children(id).collect();
        let at = parts.len() - 2;
        let op = match self.token(self.first(parts[at])) {
            TokenKind::Plus => Operator::Add,
            _ => Operator::Sub,
        };
        let left = self.signed_number(&parts[..at])?;
        let right = self.number_only(parts[at + 1])?;
        let imaginary = |expr: &Expr| matches!(expr.kind, ExprKind::Constant { value: Constant::Complex { .. }, .. });
        let real = match &left.kind {
            ExprKind::UnaryOp { operand, .. } => !imaginary(operand),
            _ => !imaginary(&left),
        };
        if !real || !imaginary(&right) {
            return self.reject(self.first(id));
        }
        Ok(Expr { kind: ExprKind::BinOp { left: Box::new(left), op, right: Box::new(right) }, location: self.location(id) })
    }

    fn alternatives(&self, id: Id) -> Result<Vec<Pattern>> {
        let children: Vec<Id> = self.children(id).collect();
        let mut patterns = Vec::new();
        for part in children.split(|&child| self.kind(child) == Kind::Token && self.token(self.first(child)) == TokenKind::VBar) {
            match part {
                [inner] if self.kind(*inner) == Kind::UnionPattern => patterns.extend(self.alternatives(*inner)?),
                _ => {
                    let pattern = self.pattern_parts(part)?;
                    if matches!(pattern.kind, PatternKind::MatchStar { .. }) {
                        return self.reject(self.first(id));
                    }
                    patterns.push(pattern);
                }
            }
        }
        Ok(patterns)
    }

    fn mapping(&self, id: Id) -> Result<PatternKind> {
        let (mut keys, mut patterns, mut rest) = (Vec::new(), Vec::new(), None);
        let children: Vec<Id> = self.children(id).collect();
        let is = |child: Id, kind: TokenKind| self.kind(child) == Kind::Token && self.token(self.first(child)) == kind;
        for part in children[1..children.len() - 1].split(|&child| is(child, TokenKind::Comma)) {
            let Some(&first) = part.first() else { continue };
            if rest.is_some() {
                return self.reject(self.first(first));
            }
            if self.kind(first) == Kind::SplatPattern {
                rest = self.binding(self.last(first) - 1)?;
                if rest.is_none() || self.token(self.first(first)) != TokenKind::DoubleStar {
                    return self.reject(self.first(first));
                }
                continue;
            }
            let Some(colon) = part.iter().position(|&child| is(child, TokenKind::Colon)) else { return self.reject(self.first(first)) };
            let key = self.pattern_parts(&part[..colon])?;
            keys.push(match key.kind {
                PatternKind::MatchValue { value } => *value,
                PatternKind::MatchSingleton { value } => Expr { kind: ExprKind::Constant { value, kind: false }, location: key.location },
                _ => return self.reject(self.first(first)),
            });
            let Some(&value) = part.get(colon + 1) else { return self.reject(self.first(first)) };
            patterns.push(self.closed_pattern(value)?);
        }
        Ok(PatternKind::MatchMapping { keys, patterns, rest })
    }

    fn class(&self, id: Id) -> Result<PatternKind> {
        let (mut patterns, mut kwd_attrs, mut kwd_patterns) = (Vec::new(), Vec::new(), Vec::new());
        let children: Vec<Id> = self.named(id).collect();
        let cls = boxed(self.dotted_expression(children[0]))?;
        if self.token(self.last(children[0]) + 1) == TokenKind::Comma {
            return self.reject(self.last(children[0]) + 1);
        }
        for &child in &children[1..] {
            let inner = match self.children(child).next() {
                Some(inner) if self.kind(child) == Kind::CasePattern => inner,
                _ => child,
            };
            // `k=v as n` comes as `(k=v) as n`.
            let (keyword, alias) = match self.kind(inner) {
                Kind::KeywordPattern => (Some(inner), None),
                Kind::AsPattern => {
                    let parts: Vec<Id> = self.named(inner).collect();
                    let pattern = self.children(parts[0]).next().filter(|&pattern| self.kind(pattern) == Kind::KeywordPattern);
                    (pattern, parts.last().copied())
                }
                _ => (None, None),
            };
            let Some(keyword) = keyword else {
                if !kwd_attrs.is_empty() {
                    return self.reject(self.first(child));
                }
                patterns.push(self.closed_pattern(child)?);
                continue;
            };
            let parts: Vec<Id> = self.children(keyword).collect();
            kwd_attrs.push(self.identifier(parts[0])?);
            let mut pattern = self.pattern_parts(&parts[2..])?;
            if matches!(pattern.kind, PatternKind::MatchStar { .. }) {
                return self.reject(self.first(child));
            }
            if let Some(alias) = alias {
                let name = self.binding(self.first(alias))?;
                if name.is_none() {
                    return self.reject(self.first(alias));
                }
                let location = self.span(self.first(parts[2]), self.last(inner));
                pattern = Pattern { kind: PatternKind::MatchAs { pattern: Some(Box::new(pattern)), name }, location };
            }
            kwd_patterns.push(pattern);
        }
        Ok(PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns })
    }

    /// `a.b.c` as loads.
    fn dotted_expression(&self, id: Id) -> Result<Expr> {
        let ctx = ExprContext::Load;
        let first = self.first(id);
        let mut value = Expr { kind: ExprKind::Name { id: self.identifier_at(first)?, ctx }, location: self.span(first, first + 1) };
        for name in self.named(id).skip(1) {
            let attr = self.identifier(name)?;
            let location = self.span(first, self.last(name));
            value = Expr { kind: ExprKind::Attribute { value: Box::new(value), attr, ctx }, location };
        }
        Ok(value)
    }
}
