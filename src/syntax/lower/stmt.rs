//! Statements and blocks.
//!
//! Invariants: no line break inside a simple statement or a header, no empty block; a compound statement ends with its last token, a
//! trailing `;` included. Counterpart in CPython 3.11: the rules `simple_stmt` and `compound_stmt`.
//! `elif` is an `If` in the `orelse` of the one before.

use super::{Id, Kind, Lower, Result, boxed};
use crate::syntax::{
    ast::{
        Alias, ClassDef, ExceptHandler, Expr, ExprContext, ExprKind, For, FunctionDef, Identifier, Operator, Stmt, StmtKind, Try, WithItem,
    },
    cst::Field,
    token::TokenKind,
};

impl Lower<'_> {
    /// The statements directly below a node.
    pub(super) fn statements(&self, id: Id) -> Result<Vec<Stmt>> {
        self.named(id).map(|child| self.statement(child)).collect()
    }

    pub(super) fn block(&self, id: Id) -> Result<Vec<Stmt>> {
        let body = self.deeper(6, || self.statements(id))?;
        if body.is_empty() { self.reject(self.first(id)) } else { Ok(body) }
    }

    /// The header of a compound statement or clause, up to its colon, stands on one line.
    pub(super) fn check_header(&self, id: Id) -> Result<()> {
        let colon = self.children(id).find(|&child| self.kind(child) == Kind::Token && self.token(self.first(child)) == TokenKind::Colon);
        self.check_one_line(self.first(id), colon.map_or(self.last(id), |colon| self.first(colon)))
    }

    fn statement(&self, id: Id) -> Result<Stmt> {
        let kind = match self.kind(id) {
            Kind::IfStatement => self.if_statement(id),
            Kind::WhileStatement => self.while_statement(id),
            Kind::ForStatement => self.for_statement(id),
            Kind::TryStatement => self.try_statement(id),
            Kind::WithStatement => self.with_statement(id),
            Kind::FunctionDefinition | Kind::ClassDefinition => return self.definition(id, Vec::new()),
            Kind::DecoratedDefinition => return self.decorated(id),
            Kind::MatchStatement => self.match_statement(id),
            _ => return self.simple_statement(id),
        }?;
        Ok(Stmt { kind, location: self.statement_location(id) })
    }

    fn simple_statement(&self, id: Id) -> Result<Stmt> {
        let first = self.star_before(id).unwrap_or(self.first(id));
        let last = self.past_comma(id).unwrap_or(self.last(id));
        self.check_one_line(first, last)?;
        let kind = match self.kind(id) {
            Kind::ExpressionStatement => self.expression_statement(id)?,
            Kind::ReturnStatement => {
                let value = self.named(id).next();
                StmtKind::Return { value: value.map(|value| boxed(self.star_expressions(value))).transpose()? }
            }
            Kind::DeleteStatement => self.delete_statement(id)?,
            Kind::RaiseStatement => {
                let cause = self.field(id, Field::Cause);
                let exc = self.named(id).find(|&child| Some(child) != cause);
                if exc.is_none() && cause.is_some() {
                    return self.reject(first + 1);
                }
                StmtKind::Raise {
                    exc: exc.map(|exc| boxed(self.expression(exc))).transpose()?,
                    cause: cause.map(|cause| boxed(self.expression(cause))).transpose()?,
                }
            }
            Kind::AssertStatement => {
                let parts: Vec<Id> = self.named(id).collect();
                let (test, msg) = match parts[..] {
                    [test] => (test, None),
                    [test, msg] => (test, Some(msg)),
                    _ => return self.reject(first),
                };
                StmtKind::Assert { test: boxed(self.expression(test))?, msg: msg.map(|msg| boxed(self.expression(msg))).transpose()? }
            }
            Kind::PassStatement => StmtKind::Pass,
            Kind::BreakStatement => StmtKind::Break,
            Kind::ContinueStatement => StmtKind::Continue,
            Kind::GlobalStatement => StmtKind::Global { names: self.names(id)? },
            Kind::NonlocalStatement => StmtKind::Nonlocal { names: self.names(id)? },
            Kind::ImportStatement => {
                if self.token(self.last(id) - 1) == TokenKind::Comma {
                    return self.reject(self.last(id) - 1);
                }
                StmtKind::Import { names: self.aliases(id)? }
            }
            Kind::ImportFromStatement => self.import_from(id)?,
            _ => return self.reject(first),
        };
        // Only a statement that ends with expressions can have had a comma.
        if last != self.last(id) && !self.takes_comma(&kind) {
            return self.reject(last - 1);
        }
        Ok(Stmt { kind, location: self.span(first, last) })
    }

    fn takes_comma(&self, kind: &StmtKind) -> bool {
        match kind {
            StmtKind::Expr { .. }
            | StmtKind::Return { .. }
            | StmtKind::Delete { .. }
            | StmtKind::Assign { .. }
            | StmtKind::AugAssign { .. } => true,
            StmtKind::AnnAssign { value, .. } => value.is_some(),
            _ => false,
        }
    }

    fn names(&self, id: Id) -> Result<Vec<Identifier>> {
        self.named(id).map(|name| self.identifier(name)).collect()
    }

    fn expression_statement(&self, id: Id) -> Result<StmtKind> {
        let mut children = self.children(id);
        let Some(first) = children.next() else { return self.reject(self.first(id)) };
        if children.next().is_some() {
            // Several expressions, or one and a comma.
            return Ok(StmtKind::Expr { value: boxed(self.star_tuple(id))? });
        }
        match self.kind(first) {
            Kind::Assignment => self.assignment(first),
            Kind::AugmentedAssignment => {
                let target = boxed(self.single_target(self.part(first, Field::Left)?))?;
                if self.kind(self.part(first, Field::Left)?) == Kind::PatternList {
                    return self.reject(self.first(first));
                }
                let operator = self.children(first).nth(1).map_or(TokenKind::Other, |child| self.token(self.first(child)));
                let Some(op) = augmented(operator) else { return self.reject(self.first(first)) };
                let value = boxed(self.right_side(self.part(first, Field::Right)?))?;
                Ok(StmtKind::AugAssign { target, op, value })
            }
            _ => Ok(StmtKind::Expr { value: boxed(self.right_side(first))? }),
        }
    }

    /// What may follow `=`: expressions, starred ones too, or a yield.
    fn right_side(&self, id: Id) -> Result<Expr> {
        match self.kind(id) {
            Kind::Yield => self.yield_expression(id),
            _ => self.star_expressions(id),
        }
    }

    fn assignment(&self, id: Id) -> Result<StmtKind> {
        let left = self.part(id, Field::Left)?;
        if let Some(annotation) = self.field(id, Field::Type) {
            let simple = self.is_simple(left);
            if self.star_before(left).is_some() {
                return self.reject(self.first(left));
            }
            let target = boxed(self.single_target(left))?;
            let annotation = boxed(self.expression(annotation))?;
            let value = self.field(id, Field::Right).map(|value| boxed(self.right_side(value))).transpose()?;
            return Ok(StmtKind::AnnAssign { target, annotation, value, simple });
        }
        let mut targets = vec![self.star_targets(left)?];
        let mut right = self.part(id, Field::Right)?;
        while self.kind(right) == Kind::Assignment {
            if self.has_field(right, Field::Type) {
                return self.reject(self.first(right));
            }
            targets.push(self.star_targets(self.part(right, Field::Left)?)?);
            right = self.part(right, Field::Right)?;
        }
        Ok(StmtKind::Assign { targets, value: boxed(self.right_side(right))? })
    }

    fn delete_statement(&self, id: Id) -> Result<StmtKind> {
        let list = self.only(id)?;
        let parts = match self.kind(list) {
            Kind::ExpressionList => self.named(list).collect(),
            _ => vec![list],
        };
        let mut targets = Vec::with_capacity(parts.len());
        for part in parts {
            let mut target = self.any(part)?;
            self.delete(&mut target, part)?;
            targets.push(target);
        }
        Ok(StmtKind::Delete { targets })
    }

    fn import_from(&self, id: Id) -> Result<StmtKind> {
        let source = self.part(id, Field::ModuleName)?;
        let (mut level, mut module) = (0, None);
        if self.kind(source) == Kind::RelativeImport {
            for child in self.named(source) {
                match self.kind(child) {
                    Kind::ImportPrefix => {
                        let dots =
                            (self.first(child)..self.last(child)).map(|token| if self.token(token) == TokenKind::Ellipsis { 3 } else { 1 });
                        level = dots.sum();
                    }
                    _ => module = Some(self.dotted_name(child)?),
                }
            }
        } else {
            module = Some(self.dotted_name(source)?);
        }
        if self.token(self.last(id) - 1) == TokenKind::Comma {
            return self.reject(self.last(id) - 1);
        }
        let mut names = self.aliases(id)?;
        if let Some(star) = self.named(id).find(|&child| self.kind(child) == Kind::WildcardImport) {
            names.push(Alias { name: self.intern("*"), asname: None, location: self.location(star) });
        }
        // `from a import b.c`
        if names.iter().any(|alias| alias.name.contains('.')) {
            return self.reject(self.first(id));
        }
        Ok(StmtKind::ImportFrom { module, names, level })
    }

    fn aliases(&self, id: Id) -> Result<Vec<Alias>> {
        let names = self.named(id).filter(|&child| self.unit.cst.node(child).field == Field::Name);
        names
            .map(|child| {
                let location = self.location(child);
                Ok(match self.kind(child) {
                    Kind::AliasedImport => Alias {
                        name: self.dotted_name(self.part(child, Field::Name)?)?,
                        asname: Some(self.identifier(self.part(child, Field::Alias)?)?),
                        location,
                    },
                    _ => Alias { name: self.dotted_name(child)?, asname: None, location },
                })
            })
            .collect()
    }

    fn dotted_name(&self, id: Id) -> Result<Identifier> {
        if self.last(id) - self.first(id) == 1 {
            return self.identifier(id);
        }
        let parts = self.named(id).map(|name| self.identifier(name)).collect::<Result<Vec<_>>>()?;
        Ok(self.intern(&parts.join(".")))
    }

    fn if_statement(&self, id: Id) -> Result<StmtKind> {
        self.check_header(id)?;
        let test = boxed(self.named_expression(self.part(id, Field::Condition)?))?;
        let body = self.block(self.part(id, Field::Consequence)?)?;
        let end = self.past_comma(id).unwrap_or(self.last(id));
        let mut orelse = Vec::new();
        let mut clauses = Vec::new();
        for clause in self.named(id).filter(|&child| matches!(self.kind(child), Kind::ElifClause | Kind::ElseClause)) {
            self.check_header(clause)?;
            if self.kind(clause) == Kind::ElseClause {
                orelse = self.block(self.part(clause, Field::Body)?)?;
            } else {
                let test = boxed(self.named_expression(self.part(clause, Field::Condition)?))?;
                clauses.push((self.first(clause), test, self.block(self.part(clause, Field::Consequence)?)?));
            }
        }
        self.deeper(clauses.len() as u32, || Ok(()))?;
        // From the last clause up, without recursion: there may be thousands.
        for (first, test, body) in clauses.into_iter().rev() {
            orelse = vec![Stmt { kind: StmtKind::If { test, body, orelse }, location: self.span(first, end) }];
        }
        Ok(StmtKind::If { test, body, orelse })
    }

    fn orelse(&self, id: Id) -> Result<Vec<Stmt>> {
        match self.named(id).find(|&child| self.kind(child) == Kind::ElseClause) {
            None => Ok(Vec::new()),
            Some(clause) => {
                self.check_header(clause)?;
                self.block(self.part(clause, Field::Body)?)
            }
        }
    }

    fn while_statement(&self, id: Id) -> Result<StmtKind> {
        self.check_header(id)?;
        let test = boxed(self.named_expression(self.part(id, Field::Condition)?))?;
        Ok(StmtKind::While { test, body: self.block(self.part(id, Field::Body)?)?, orelse: self.orelse(id)? })
    }

    pub(super) fn is_async(&self, id: Id) -> bool {
        self.token(self.first(id)) == TokenKind::Async
    }

    fn for_statement(&self, id: Id) -> Result<StmtKind> {
        self.check_header(id)?;
        let target = self.star_targets(self.part(id, Field::Left)?)?;
        let iter = self.star_expressions(self.part(id, Field::Right)?)?;
        let parts = Box::new(For { target, iter, body: self.block(self.part(id, Field::Body)?)?, orelse: self.orelse(id)? });
        Ok(if self.is_async(id) { StmtKind::AsyncFor(parts) } else { StmtKind::For(parts) })
    }

    fn try_statement(&self, id: Id) -> Result<StmtKind> {
        self.check_header(id)?;
        let body = self.block(self.part(id, Field::Body)?)?;
        let orelse = self.orelse(id)?;
        let (mut handlers, mut finalbody) = (Vec::new(), Vec::new());
        let (mut star, mut plain) = (false, false);
        for clause in self.named(id) {
            match self.kind(clause) {
                Kind::ExceptClause => {
                    let starred = self.token(self.first(clause) + 1) == TokenKind::Star;
                    star |= starred;
                    plain |= !starred;
                    let handler = self.except_handler(clause)?;
                    if (star && plain) || (starred && handler.typ.is_none()) {
                        return self.reject(self.first(clause));
                    }
                    handlers.push(handler);
                }
                Kind::FinallyClause => {
                    self.check_header(clause)?;
                    finalbody = self.block(self.only(clause)?)?;
                }
                _ => {}
            }
        }
        if (handlers.is_empty() && finalbody.is_empty()) || (handlers.is_empty() && !orelse.is_empty()) {
            return self.reject(self.last(id));
        }
        let parts = Box::new(Try { body, handlers, orelse, finalbody });
        Ok(if star { StmtKind::TryStar(parts) } else { StmtKind::Try(parts) })
    }

    fn except_handler(&self, id: Id) -> Result<ExceptHandler> {
        self.check_header(id)?;
        let mut values = self.named(id).filter(|&child| self.unit.cst.node(child).field == Field::Value);
        let (value, second) = (values.next(), values.next());
        if second.is_some() {
            return self.reject(self.first(id));
        }
        let (mut typ, mut name) = (None, None);
        if let Some(value) = value {
            let alias = self.field(id, Field::Alias);
            let (expr, target) = self.with_alias(value)?;
            typ = Some(Box::new(expr));
            if let Some(target) = target.or(alias) {
                if self.last(target) - self.first(target) != 1 {
                    return self.reject(self.first(target));
                }
                name = Some(self.identifier(target)?);
            }
        }
        let Some(block) = self.named(id).find(|&child| self.kind(child) == Kind::Block) else { return self.reject(self.first(id)) };
        Ok(ExceptHandler { typ, name, body: self.block(block)?, location: self.statement_location(id) })
    }

    fn with_statement(&self, id: Id) -> Result<StmtKind> {
        self.check_header(id)?;
        let Some(clause) = self.named(id).find(|&child| self.kind(child) == Kind::WithClause) else { return self.reject(self.first(id)) };
        let items = self.with_items(clause)?;
        let body = self.block(self.part(id, Field::Body)?)?;
        Ok(if self.is_async(id) { StmtKind::AsyncWith { items, body } } else { StmtKind::With { items, body } })
    }

    fn with_items(&self, clause: Id) -> Result<Vec<WithItem>> {
        let values = self.named(clause).map(|item| self.part(item, Field::Value)).collect::<Result<Vec<Id>>>()?;
        let children = self.children(clause).count();
        // What no item may be makes the parentheses a tuple's, or a group's.
        let expression_only =
            |value: Id| matches!(self.kind(value), Kind::NamedExpression | Kind::Yield) || self.star_before(value).is_some();
        let parenthesised = self.kind(clause + 1) == Kind::Token && self.token(self.first(clause)) == TokenKind::LPar;
        if parenthesised && values.iter().any(|&value| expression_only(value)) {
            let context_expr = if values.len() == 1 && children == 3 {
                if self.star_before(values[0]).is_some() {
                    return self.reject(self.first(values[0]));
                }
                match self.kind(values[0]) {
                    Kind::Yield => self.yield_expression(values[0])?,
                    _ => self.named_expression(values[0])?,
                }
            } else {
                let elts = values.iter().map(|&value| self.star_named_expression(value)).collect::<Result<_>>()?;
                Expr { kind: ExprKind::Tuple { elts, ctx: ExprContext::Load }, location: self.location(clause) }
            };
            return Ok(vec![WithItem { context_expr, optional_vars: None }]);
        }
        if children == 1 && matches!(self.kind(values[0]), Kind::Tuple | Kind::ParenthesizedExpression) {
            // `with (a, b):` is two items, not a tuple.
            let inner: Vec<Id> = self.named(values[0]).collect();
            if !inner.is_empty() && !inner.iter().any(|&value| expression_only(value)) {
                return inner.into_iter().map(|value| self.with_item(value)).collect();
            }
        }
        values.into_iter().map(|value| self.with_item(value)).collect()
    }

    fn with_item(&self, value: Id) -> Result<WithItem> {
        let (context_expr, target) = self.with_alias(value)?;
        let optional_vars = target.map(|target| boxed(self.with_target(target))).transpose()?;
        Ok(WithItem { context_expr, optional_vars })
    }

    /// Splits `expression as target`; tree-sitter binds `as` inside the last operand of `a if b else c` and of a lambda.
    fn with_alias(&self, value: Id) -> Result<(Expr, Option<Id>)> {
        let mut inner = value;
        while matches!(self.kind(inner), Kind::ConditionalExpression | Kind::Lambda) {
            let Some(operand) = self.named(inner).last() else { break };
            inner = operand;
        }
        if self.kind(inner) != Kind::AsPattern {
            return Ok((self.expression(value)?, None));
        }
        let parts: Vec<Id> = self.named(inner).collect();
        let [_, target] = parts[..] else { return self.reject(self.first(inner)) };
        let target = if self.kind(target) == Kind::AsPatternTarget { self.only(target)? } else { target };
        Ok((self.expression_before_as(value)?, Some(target)))
    }

    fn decorated(&self, id: Id) -> Result<Stmt> {
        let mut decorators = Vec::new();
        for decorator in self.named(id).filter(|&child| self.kind(child) == Kind::Decorator) {
            self.check_one_line(self.first(decorator), self.last(decorator))?;
            decorators.push(self.named_expression(self.only(decorator)?)?);
        }
        self.definition(self.part(id, Field::Definition)?, decorators)
    }

    fn definition(&self, id: Id, decorator_list: Vec<Expr>) -> Result<Stmt> {
        self.check_header(id)?;
        if self.has_field(id, Field::TypeParameters) {
            return self.reject(self.first(id));
        }
        let name = self.identifier(self.part(id, Field::Name)?)?;
        let kind = if self.kind(id) == Kind::ClassDefinition {
            let (bases, keywords) = match self.field(id, Field::Superclasses) {
                Some(arguments) => self.arguments(arguments)?,
                None => (Vec::new(), Vec::new()),
            };
            let body = self.block(self.part(id, Field::Body)?)?;
            StmtKind::ClassDef(Box::new(ClassDef { name, bases, keywords, body, decorator_list }))
        } else {
            let args = self.parameters(self.field(id, Field::Parameters))?;
            let returns = self.field(id, Field::ReturnType).map(|returns| boxed(self.expression(returns))).transpose()?;
            let body = self.block(self.part(id, Field::Body)?)?;
            let parts = Box::new(FunctionDef { name, args, body, decorator_list, returns });
            if self.is_async(id) { StmtKind::AsyncFunctionDef(parts) } else { StmtKind::FunctionDef(parts) }
        };
        Ok(Stmt { kind, location: self.statement_location(id) })
    }

    fn match_statement(&self, id: Id) -> Result<StmtKind> {
        self.check_header(id)?;
        let subjects: Vec<Id> = self.named(id).filter(|&child| self.unit.cst.node(child).field == Field::Subject).collect();
        let (Some(&first), Some(&last)) = (subjects.first(), subjects.last()) else { return self.reject(self.first(id)) };
        let comma = self.token(self.last(last)) == TokenKind::Comma;
        let subject = if subjects.len() == 1 && !comma {
            if self.star_before(first).is_some() {
                return self.reject(self.first(first));
            }
            self.named_expression(first)?
        } else {
            let start = self.star_before(first).unwrap_or(self.first(first));
            let elts = subjects.iter().map(|&subject| self.star_named_expression(subject)).collect::<Result<_>>()?;
            let location = self.span(start, self.last(last) + u32::from(comma));
            Expr { kind: ExprKind::Tuple { elts, ctx: ExprContext::Load }, location }
        };
        let body = self.part(id, Field::Body)?;
        let cases = self.named(body).map(|case| self.match_case(case)).collect::<Result<Vec<_>>>()?;
        if cases.is_empty() {
            return self.reject(self.first(body));
        }
        Ok(StmtKind::Match { subject: Box::new(subject), cases })
    }
}

fn augmented(kind: TokenKind) -> Option<Operator> {
    Some(match kind {
        TokenKind::PlusEqual => Operator::Add,
        TokenKind::MinEqual => Operator::Sub,
        TokenKind::StarEqual => Operator::Mult,
        TokenKind::AtEqual => Operator::MatMult,
        TokenKind::SlashEqual => Operator::Div,
        TokenKind::PercentEqual => Operator::Mod,
        TokenKind::DoubleStarEqual => Operator::Pow,
        TokenKind::LeftShiftEqual => Operator::LShift,
        TokenKind::RightShiftEqual => Operator::RShift,
        TokenKind::VBarEqual => Operator::BitOr,
        TokenKind::CircumflexEqual => Operator::BitXor,
        TokenKind::AmperEqual => Operator::BitAnd,
        TokenKind::DoubleSlashEqual => Operator::FloorDiv,
        _ => return None,
    })
}
