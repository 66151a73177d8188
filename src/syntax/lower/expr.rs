//! Expressions.
//!
//! Invariant: what the grammar of Python 3.11 allows at a place is what is lowered there: `expression` takes no bare `:=`, `yield` or
//! star, `disjunction` no bare `lambda` or `if`, and so on. Left-deep chains (`a + a + …`, `a.b.c…`) cost no recursion.
//! Counterpart in CPython 3.11: the rules `expression` and below. `await x ** 2` is `BinOp(Await(x), Pow, 2)`.

use super::{Id, Kind, Lower, Result, boxed};
use crate::syntax::{
    ast::{BoolOp, CmpOp, Comprehension, Constant, Expr, ExprContext, ExprKind, Operator, UnaryOp},
    cst::Field,
    literal,
    token::TokenKind,
};

impl Lower<'_> {
    /// Expressions separated by commas, stars allowed: what `return` takes.
    pub(super) fn star_expressions(&self, id: Id) -> Result<Expr> {
        if matches!(self.kind(id), Kind::ExpressionList | Kind::PatternList) {
            return self.star_tuple(id);
        }
        let expr = self.star_expression(id)?;
        match self.past_comma(id) {
            Some(last) => {
                let location = self.span(self.star_before(id).unwrap_or(self.first(id)), last);
                Ok(Expr { kind: ExprKind::Tuple { elts: vec![expr], ctx: ExprContext::Load }, location })
            }
            None => Ok(expr),
        }
    }

    /// The children as a tuple without parentheses.
    pub(super) fn star_tuple(&self, id: Id) -> Result<Expr> {
        let elts = self.named(id).map(|child| self.star_expression(child)).collect::<Result<_>>()?;
        let location = self.span(self.star_before(id).unwrap_or(self.first(id)), self.past_comma(id).unwrap_or(self.last(id)));
        Ok(Expr { kind: ExprKind::Tuple { elts, ctx: ExprContext::Load }, location })
    }

    /// `expression` or `*bitwise_or`
    pub(super) fn star_expression(&self, id: Id) -> Result<Expr> {
        match self.take_star(id) {
            Some(star) => {
                let value = self.bitwise_or(id)?;
                Ok(self.starred(star, id, value))
            }
            None => self.expression(id),
        }
    }

    /// `name := value`, `expression` or `*bitwise_or`: an element of a display.
    pub(super) fn star_named_expression(&self, id: Id) -> Result<Expr> {
        match self.take_star(id) {
            Some(star) => {
                let value = self.bitwise_or(id)?;
                Ok(self.starred(star, id, value))
            }
            None => self.named_expression(id),
        }
    }

    pub(super) fn starred(&self, star: u32, id: Id, value: Expr) -> Expr {
        Expr { kind: ExprKind::Starred { value: Box::new(value), ctx: ExprContext::Load }, location: self.span(star, self.last(id)) }
    }

    /// `name := value` or `expression`
    pub(super) fn named_expression(&self, id: Id) -> Result<Expr> {
        if self.is_walrus(id) { self.any(id) } else { self.expression(id) }
    }

    /// Any expression but a bare `:=`, `yield` or starred one.
    pub(super) fn expression(&self, id: Id) -> Result<Expr> {
        match self.kind(id) {
            Kind::Yield | Kind::AsPattern => self.reject(self.first(id)),
            _ if self.is_walrus(id) => self.reject(self.first(id)),
            _ => self.any(id),
        }
    }

    /// Not a bare conditional or lambda either.
    fn disjunction(&self, id: Id) -> Result<Expr> {
        match self.kind(id) {
            Kind::ConditionalExpression | Kind::Lambda => self.reject(self.first(id)),
            _ => self.expression(id),
        }
    }

    /// Arithmetic at most.
    fn bitwise_or(&self, id: Id) -> Result<Expr> {
        match self.kind(id) {
            Kind::BooleanOperator | Kind::NotOperator | Kind::ComparisonOperator => self.reject(self.first(id)),
            _ => self.disjunction(id),
        }
    }

    /// `y := a if c else b` comes as `(y := a) if c else b`.
    fn is_walrus(&self, id: Id) -> bool {
        match self.kind(id) {
            Kind::NamedExpression => true,
            Kind::ConditionalExpression => self.kind(id + 1) == Kind::NamedExpression,
            _ => false,
        }
    }

    /// An expression node of whatever kind.
    pub(super) fn any(&self, id: Id) -> Result<Expr> {
        // Down the left spine first, then up again.
        let mut spine = Vec::new();
        let mut at = id;
        while matches!(
            self.kind(at),
            Kind::BinaryOperator | Kind::BooleanOperator | Kind::Attribute | Kind::Subscript | Kind::Call | Kind::MemberType
        ) {
            spine.push(at);
            at += 1;
        }
        let mut expr = self.deeper(self.cost(at), || self.operand(at))?;
        if spine.last().is_some_and(|&parent| self.kind(parent) == Kind::BooleanOperator) {
            self.check_disjunction(at)?;
        }
        while let Some(parent) = spine.pop() {
            expr = self.grow(parent, at, expr)?;
            at = parent;
        }
        Ok(expr)
    }

    /// The levels of rules that CPython's parser descends into such an operand.
    fn cost(&self, id: Id) -> u32 {
        match self.kind(id) {
            Kind::UnaryOperator | Kind::NotOperator | Kind::ConditionalExpression => 1,
            Kind::Lambda => 2,
            Kind::ParenthesizedExpression
            | Kind::Tuple
            | Kind::TuplePattern
            | Kind::List
            | Kind::ListPattern
            | Kind::Set
            | Kind::Dictionary => 28,
            Kind::ListComprehension | Kind::SetComprehension | Kind::DictionaryComprehension | Kind::GeneratorExpression => 28,
            _ => 0,
        }
    }

    fn check_disjunction(&self, id: Id) -> Result<()> {
        match self.kind(id) {
            Kind::ConditionalExpression | Kind::Lambda | Kind::NamedExpression | Kind::Yield | Kind::AsPattern => {
                self.reject(self.first(id))
            }
            _ => Ok(()),
        }
    }

    /// A node whose left child `left` is lowered already.
    fn grow(&self, id: Id, left: Id, expr: Expr) -> Result<Expr> {
        let location = self.location(id);
        let ctx = ExprContext::Load;
        let left_end = self.last(left);
        let kind = match self.kind(id) {
            Kind::BinaryOperator => {
                let Some(op) = binary(self.token(left_end)) else { return self.reject(left_end) };
                let cost = if op == Operator::Pow { 2 } else { 0 };
                let right = self.part(id, Field::Right)?;
                let right = boxed(self.deeper(cost, || self.any(right)))?;
                ExprKind::BinOp { left: Box::new(expr), op, right }
            }
            Kind::BooleanOperator => {
                let operator = self.token(left_end);
                let right = self.disjunction(self.part(id, Field::Right)?)?;
                let op = if operator == TokenKind::And { BoolOp::And } else { BoolOp::Or };
                let chained =
                    self.kind(left) == Kind::BooleanOperator && matches!(expr.kind, ExprKind::BoolOp { op: inner, .. } if inner == op);
                match expr.kind {
                    ExprKind::BoolOp { op, mut values } if chained => {
                        values.push(right);
                        ExprKind::BoolOp { op, values }
                    }
                    kind => ExprKind::BoolOp { op, values: vec![Expr { kind, location: expr.location }, right] },
                }
            }
            Kind::Attribute | Kind::MemberType => {
                let Some(name) = self.named(id).nth(1) else { return self.reject(left_end) };
                ExprKind::Attribute { value: Box::new(expr), attr: self.identifier(name)?, ctx }
            }
            Kind::Subscript => ExprKind::Subscript { value: Box::new(expr), slice: boxed(self.deeper(24, || self.subscript(id)))?, ctx },
            _ => {
                let arguments = self.part(id, Field::Arguments)?;
                let (args, keywords) = if self.kind(arguments) == Kind::GeneratorExpression {
                    (vec![self.any(arguments)?], Vec::new())
                } else {
                    self.deeper(24, || self.arguments(arguments))?
                };
                ExprKind::Call { func: Box::new(expr), args, keywords }
            }
        };
        Ok(Expr { kind, location })
    }

    /// Everything that has no operand on its left.
    fn operand(&self, id: Id) -> Result<Expr> {
        let ctx = ExprContext::Load;
        let constant = |value| ExprKind::Constant { value, kind: false };
        let kind = match self.kind(id) {
            Kind::Identifier => ExprKind::Name { id: self.identifier(id)?, ctx },
            // Digits may stand for a name in front of a bracket.
            Kind::Integer | Kind::Float => match self.token(self.first(id)) {
                TokenKind::Number => self.number(id)?,
                _ => ExprKind::Name { id: self.identifier(id)?, ctx },
            },
            Kind::True => constant(Constant::True),
            Kind::False => constant(Constant::False),
            Kind::None => constant(Constant::None),
            Kind::Ellipsis => constant(Constant::Ellipsis),
            Kind::String | Kind::ConcatenatedString => return self.strings(self.first(id), self.last(id)),
            Kind::ParenthesizedExpression => return self.group(id),
            Kind::TuplePattern if self.children(id).count() == 3 => return self.group(id),
            Kind::Tuple | Kind::TuplePattern => ExprKind::Tuple { elts: self.elements(id)?, ctx },
            Kind::List | Kind::ListPattern => ExprKind::List { elts: self.elements(id)?, ctx },
            Kind::Set => ExprKind::Set { elts: self.elements(id)? },
            Kind::Dictionary => self.dictionary(id)?,
            Kind::ListComprehension => ExprKind::ListComp { elt: self.comprehension_element(id)?, generators: self.generators(id)? },
            Kind::SetComprehension => ExprKind::SetComp { elt: self.comprehension_element(id)?, generators: self.generators(id)? },
            Kind::GeneratorExpression => ExprKind::GeneratorExp { elt: self.comprehension_element(id)?, generators: self.generators(id)? },
            Kind::DictionaryComprehension => {
                let pair = self.part(id, Field::Body)?;
                let key = boxed(self.expression(self.part(pair, Field::Key)?))?;
                let value = boxed(self.expression(self.part(pair, Field::Value)?))?;
                ExprKind::DictComp { key, value, generators: self.generators(id)? }
            }
            Kind::UnaryOperator => {
                let op = match self.token(self.first(id)) {
                    TokenKind::Plus => UnaryOp::UAdd,
                    TokenKind::Minus => UnaryOp::USub,
                    _ => UnaryOp::Invert,
                };
                ExprKind::UnaryOp { op, operand: boxed(self.any(self.only(id)?))? }
            }
            Kind::NotOperator => ExprKind::UnaryOp { op: UnaryOp::Not, operand: boxed(self.disjunction(self.only(id)?))? },
            Kind::ComparisonOperator => self.comparison(id)?,
            Kind::Lambda => {
                let args = boxed(self.parameters(self.field(id, Field::Parameters)))?;
                ExprKind::Lambda { args, body: boxed(self.expression(self.part(id, Field::Body)?))? }
            }
            Kind::ConditionalExpression => return self.conditional(id),
            Kind::NamedExpression => {
                let name = self.part(id, Field::Name)?;
                let target =
                    Expr { kind: ExprKind::Name { id: self.identifier(name)?, ctx: ExprContext::Store }, location: self.location(name) };
                ExprKind::NamedExpr { target: Box::new(target), value: boxed(self.expression(self.part(id, Field::Value)?))? }
            }
            Kind::Await => return self.await_expression(id),
            Kind::Slice => self.slice(id)?,
            Kind::Type => return self.annotation(self.only(id)?),
            Kind::UnionType => return self.annotation(id),
            _ => return self.reject(self.first(id)),
        };
        Ok(Expr { kind, location: self.location(id) })
    }

    /// An expression between parentheses; its location leaves them out.
    fn group(&self, id: Id) -> Result<Expr> {
        let inner = self.only(id)?;
        if self.star_before(inner).is_some() {
            return self.reject(self.first(inner));
        }
        match self.kind(inner) {
            Kind::Yield => self.yield_expression(inner),
            _ => self.named_expression(inner),
        }
    }

    fn elements(&self, id: Id) -> Result<Vec<Expr>> {
        self.named(id).map(|child| self.star_named_expression(child)).collect()
    }

    fn dictionary(&self, id: Id) -> Result<ExprKind> {
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        if self.token(self.first(id) + 1) == TokenKind::Comma {
            return self.reject(self.first(id) + 1);
        }
        for part in self.named(id) {
            if self.kind(part) == Kind::Pair {
                keys.push(Some(self.expression(self.part(part, Field::Key)?)?));
                values.push(self.expression(self.part(part, Field::Value)?)?);
            } else {
                keys.push(None);
                values.push(self.bitwise_or(self.only(part)?)?);
            }
        }
        Ok(ExprKind::Dict { keys, values })
    }

    fn comprehension_element(&self, id: Id) -> Result<Box<Expr>> {
        let body = self.part(id, Field::Body)?;
        if self.star_before(body).is_some() { self.reject(self.first(body)) } else { boxed(self.named_expression(body)) }
    }

    fn generators(&self, id: Id) -> Result<Vec<Comprehension>> {
        let mut generators: Vec<Comprehension> = Vec::new();
        for part in self.named(id) {
            match self.kind(part) {
                Kind::ForInClause => {
                    let target = self.star_targets(self.part(part, Field::Left)?)?;
                    let mut sources = self.named(part).filter(|&child| self.unit.cst.node(child).field == Field::Right);
                    let source = sources.next().filter(|_| self.token(self.last(part) - 1) != TokenKind::Comma);
                    let (Some(source), None) = (source, sources.next()) else { return self.reject(self.first(part)) };
                    let iter = self.disjunction(source)?;
                    generators.push(Comprehension { target, iter, ifs: Vec::new(), is_async: self.is_async(part) });
                }
                Kind::IfClause => {
                    let test = self.disjunction(self.only(part)?)?;
                    if let Some(generator) = generators.last_mut() {
                        generator.ifs.push(test);
                    }
                }
                _ => {}
            }
        }
        Ok(generators)
    }

    fn comparison(&self, id: Id) -> Result<ExprKind> {
        let children: Vec<Id> = self.children(id).collect();
        let left = boxed(self.any(children[0]))?;
        let (mut ops, mut comparators) = (Vec::new(), Vec::new());
        for pair in children[1..].chunks(2) {
            let &[operator, right] = pair else { return self.reject(self.first(id)) };
            ops.push(match self.token(self.first(operator)) {
                TokenKind::Less => CmpOp::Lt,
                TokenKind::LessEqual => CmpOp::LtE,
                TokenKind::Greater => CmpOp::Gt,
                TokenKind::GreaterEqual => CmpOp::GtE,
                TokenKind::EqEqual => CmpOp::Eq,
                TokenKind::NotEqual => CmpOp::NotEq,
                TokenKind::In => CmpOp::In,
                TokenKind::Not => CmpOp::NotIn,
                TokenKind::Is if self.last(operator) - self.first(operator) == 2 => CmpOp::IsNot,
                TokenKind::Is => CmpOp::Is,
                _ => return self.reject(self.first(operator)),
            });
            comparators.push(self.any(right)?);
        }
        Ok(ExprKind::Compare { left, ops, comparators })
    }

    fn conditional(&self, id: Id) -> Result<Expr> {
        let parts: Vec<Id> = self.named(id).collect();
        let &[body, test, orelse] = &parts[..] else { return self.reject(self.first(id)) };
        let test = boxed(self.disjunction(test))?;
        let orelse_expr = boxed(self.expression(orelse))?;
        let (name, value) = match self.kind(body) {
            Kind::NamedExpression => (Some(self.part(body, Field::Name)?), self.part(body, Field::Value)?),
            _ => (None, body),
        };
        let kind = ExprKind::IfExp { test, body: boxed(self.disjunction(value))?, orelse: orelse_expr };
        let expr = Expr { kind, location: self.span(self.first(value), self.last(id)) };
        let Some(name) = name else { return Ok(expr) };
        let target = Expr { kind: ExprKind::Name { id: self.identifier(name)?, ctx: ExprContext::Store }, location: self.location(name) };
        Ok(Expr { kind: ExprKind::NamedExpr { target: Box::new(target), value: Box::new(expr) }, location: self.location(id) })
    }

    /// `expression as target`: the expression. The `as` may sit in the last operand of conditionals and lambdas.
    pub(super) fn expression_before_as(&self, id: Id) -> Result<Expr> {
        let location_to = |last: u32| self.span(self.first(id), last);
        match self.kind(id) {
            Kind::AsPattern => self.expression(self.only(id)?),
            Kind::ConditionalExpression => {
                let parts: Vec<Id> = self.named(id).collect();
                let &[body, test, orelse] = &parts[..] else { return self.reject(self.first(id)) };
                let kind = ExprKind::IfExp {
                    test: boxed(self.disjunction(test))?,
                    body: boxed(self.disjunction(body))?,
                    orelse: boxed(self.expression_before_as(orelse))?,
                };
                Ok(Expr { kind, location: location_to(self.end_before_as(orelse)?) })
            }
            Kind::Lambda => {
                let body = self.part(id, Field::Body)?;
                let args = boxed(self.parameters(self.field(id, Field::Parameters)))?;
                let kind = ExprKind::Lambda { args, body: boxed(self.expression_before_as(body))? };
                Ok(Expr { kind, location: location_to(self.end_before_as(body)?) })
            }
            _ => self.expression(id),
        }
    }

    fn end_before_as(&self, id: Id) -> Result<u32> {
        match self.kind(id) {
            Kind::AsPattern => Ok(self.last(self.only(id)?)),
            Kind::ConditionalExpression | Kind::Lambda => match self.named(id).last() {
                Some(last) => self.end_before_as(last),
                None => self.reject(self.first(id)),
            },
            _ => Ok(self.last(id)),
        }
    }

    /// `await x ** 2` comes as `await (x ** 2)`.
    fn await_expression(&self, id: Id) -> Result<Expr> {
        let operand = self.only(id)?;
        let power = self.kind(operand) == Kind::BinaryOperator;
        let awaited = if power { operand + 1 } else { operand };
        if matches!(self.kind(awaited), Kind::UnaryOperator | Kind::Await | Kind::ListSplat | Kind::BinaryOperator) {
            return self.reject(self.first(awaited));
        }
        let value = boxed(self.any(awaited))?;
        let expr = Expr { kind: ExprKind::Await { value }, location: self.span(self.first(id), self.last(awaited)) };
        if !power {
            return Ok(expr);
        }
        if self.token(self.last(awaited)) != TokenKind::DoubleStar {
            return self.reject(self.last(awaited));
        }
        let right = boxed(self.any(self.part(operand, Field::Right)?))?;
        Ok(Expr { kind: ExprKind::BinOp { left: Box::new(expr), op: Operator::Pow, right }, location: self.location(id) })
    }

    pub(super) fn yield_expression(&self, id: Id) -> Result<Expr> {
        let value = self.named(id).next();
        let from = self.last(id) - self.first(id) > 1 && self.token(self.first(id) + 1) == TokenKind::From;
        let kind = match value {
            Some(value) if from => ExprKind::YieldFrom { value: boxed(self.expression(value))? },
            Some(value) => ExprKind::Yield { value: Some(boxed(self.star_expressions(value))?) },
            None => ExprKind::Yield { value: None },
        };
        let last = self.past_comma(id).filter(|_| value.is_some() && !from).unwrap_or(self.last(id));
        Ok(Expr { kind, location: self.span(self.first(id), last) })
    }

    /// What stands between the brackets of `a[…]`.
    fn subscript(&self, id: Id) -> Result<Expr> {
        let children: Vec<Id> = self.children(id).collect();
        let Some(open) =
            children.iter().position(|&child| self.kind(child) == Kind::Token && self.token(self.first(child)) == TokenKind::LSqb)
        else {
            return self.reject(self.first(id));
        };
        self.slices(&children[open + 1..children.len() - 1])
    }

    /// Indices, slices and starred expressions, with commas between them.
    fn slices(&self, parts: &[Id]) -> Result<Expr> {
        let (Some(&first), Some(&last)) = (parts.first(), parts.last()) else { return self.reject(0) };
        let starred = self.star_before(first);
        if parts.len() == 1 && starred.is_none() {
            return self.slice_or_expression(first);
        }
        let named = parts.iter().filter(|&&part| self.kind(part) != Kind::Token);
        let elts = named.map(|&part| self.slice_or_expression(part)).collect::<Result<_>>()?;
        let location = self.span(starred.unwrap_or(self.first(first)), self.last(last));
        Ok(Expr { kind: ExprKind::Tuple { elts, ctx: ExprContext::Load }, location })
    }

    fn slice_or_expression(&self, id: Id) -> Result<Expr> {
        match self.kind(id) {
            Kind::Slice => self.any(id),
            _ => self.argument(id),
        }
    }

    fn slice(&self, id: Id) -> Result<ExprKind> {
        let mut parts = [None, None, None];
        let mut index = 0;
        for child in self.children(id) {
            if self.kind(child) == Kind::Token {
                index += 1;
            } else {
                parts[index] = Some(boxed(self.expression(child))?);
            }
        }
        let [lower, upper, step] = parts;
        Ok(ExprKind::Slice { lower, upper, step })
    }

    /// tree-sitter has its own nodes for types; to Python an annotation is an expression.
    fn annotation(&self, id: Id) -> Result<Expr> {
        if self.kind(id) != Kind::UnionType {
            return self.expression(id);
        }
        let parts: Vec<Id> = self.named(id).collect();
        let &[left, right] = &parts[..] else { return self.reject(self.first(id)) };
        let kind = ExprKind::BinOp { left: boxed(self.any(left))?, op: Operator::BitOr, right: boxed(self.any(right))? };
        Ok(Expr { kind, location: self.location(id) })
    }

    fn number(&self, id: Id) -> Result<ExprKind> {
        match literal::number::value(self.token_text(self.first(id))) {
            Ok(value) => Ok(ExprKind::Constant { value, kind: false }),
            Err(msg) => self.reject_with(self.first(id), &msg),
        }
    }
}

fn binary(kind: TokenKind) -> Option<Operator> {
    Some(match kind {
        TokenKind::Plus => Operator::Add,
        TokenKind::Minus => Operator::Sub,
        TokenKind::Star => Operator::Mult,
        TokenKind::At => Operator::MatMult,
        TokenKind::Slash => Operator::Div,
        TokenKind::Percent => Operator::Mod,
        TokenKind::DoubleStar => Operator::Pow,
        TokenKind::LeftShift => Operator::LShift,
        TokenKind::RightShift => Operator::RShift,
        TokenKind::VBar => Operator::BitOr,
        TokenKind::Circumflex => Operator::BitXor,
        TokenKind::Amper => Operator::BitAnd,
        TokenKind::DoubleSlash => Operator::FloorDiv,
        _ => return None,
    })
}
