//! Statements, blocks and targets, and the mistakes in them.
//!
//! Counterpart in CPython 3.11: the rules `statements`, `compound_stmt`, `star_targets`, with their `invalid_…` alternatives.

use super::{
    Kept, Reader, Rule, Stop, check, choose, need,
    outline::{Outline, Shape, Targets},
};
use crate::syntax::token::TokenKind::{
    self, As, Assert, Async, At, Break, Class, Colon, Comma, Continue, Dedent, Def, Del, Dot, Elif, Else, Equal, Except, Finally, For,
    From, Global, If, Import, In, Indent, LPar, LSqb, Name, Newline, Nonlocal, Pass, RArrow, RPar, RSqb, Raise, Return, Semi, Star, Try,
    While, With, Yield,
};

impl Reader<'_> {
    /// As many statements as there are.
    pub(super) fn statements(&mut self) -> Result<usize, Stop> {
        self.repeat(Self::statement)
    }

    /// One statement at the prompt.
    pub(super) fn statement_newline(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.compound_stmt());
                need!(r.eat(Newline));
                Ok(Some(()))
            },
            Self::simple_stmts,
            |r: &mut Self| {
                need!(r.eat(Newline));
                Ok(Some(()))
            },
        )
    }

    fn statement(&mut self) -> Rule {
        choose!(self; Self::compound_stmt, Self::simple_stmts)
    }

    fn simple_stmts(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.simple_stmt());
                check!(!r.is(Semi)?);
                need!(r.eat(Newline));
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.simple_stmt());
                r.repeat(|r| {
                    need!(r.eat(Semi));
                    r.simple_stmt()
                })?;
                r.eat(Semi)?;
                need!(r.eat(Newline));
                Ok(Some(()))
            },
        )
    }

    fn simple_stmt(&mut self) -> Rule<Outline> {
        self.keep(Kept::SimpleStatement, |r| {
            let first = r.at as u32;
            need!(r.simple_stmt_once());
            Ok(Some(Outline::new(Shape::Name, first, r.at as u32)))
        })
    }

    fn simple_stmt_once(&mut self) -> Rule {
        if let Some(()) = self.alternative(Self::assignment)? {
            return Ok(Some(()));
        }
        if self.alternative(Self::star_expressions)?.is_some() {
            return Ok(Some(()));
        }
        self.alternative(|r| match r.kind()? {
            Return => {
                r.at += 1;
                r.alternative(Self::star_expressions)?;
                Ok(Some(()))
            }
            Import => {
                r.at += 1;
                need!(r.separated(Self::dotted_as_name));
                Ok(Some(()))
            }
            From => r.import_from(),
            Raise => {
                r.at += 1;
                r.alternative(|r| {
                    need!(r.expression());
                    r.alternative(|r| {
                        need!(r.eat(From));
                        r.expression()
                    })?;
                    Ok(Some(()))
                })?;
                Ok(Some(()))
            }
            Pass | Break | Continue => {
                r.at += 1;
                Ok(Some(()))
            }
            Del => r.del_stmt(),
            Yield => {
                need!(r.yield_expr());
                Ok(Some(()))
            }
            Assert => {
                r.at += 1;
                need!(r.expression());
                r.alternative(|r| {
                    need!(r.eat(Comma));
                    r.expression()
                })?;
                Ok(Some(()))
            }
            Global | Nonlocal => {
                r.at += 1;
                need!(r.separated(|r| r.eat(Name)));
                Ok(Some(()))
            }
            _ => Ok(None),
        })
    }

    fn annotated_rhs(&mut self) -> Rule<Outline> {
        choose!(self; Self::yield_expr, Self::star_expressions)
    }

    fn optional_value(&mut self) -> Rule {
        self.alternative(|r| {
            need!(r.eat(Equal));
            r.annotated_rhs()
        })?;
        Ok(Some(()))
    }

    fn assignment(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.eat(Name));
                need!(r.eat(Colon));
                need!(r.expression());
                r.optional_value()
            },
            |r: &mut Self| {
                need!(r.annotated_target());
                need!(r.eat(Colon));
                need!(r.expression());
                r.optional_value()
            },
            |r: &mut Self| {
                check!(r.repeat(|r| {
                    need!(r.star_targets());
                    r.eat(Equal)
                })? > 0);
                need!(r.annotated_rhs());
                check!(!r.is(Equal)?);
                Ok(Some(()))
            },
            Self::augmented_assignment,
        )
    }

    fn annotated_target(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.eat(LPar));
                need!(r.single_target());
                need!(r.eat(RPar));
                Ok(Some(()))
            },
            Self::single_subscript_attribute_target,
        )
    }

    fn augmented_assignment(&mut self) -> Rule {
        let target = self.alternative(|r| {
            need!(r.single_target());
            check!(r.kind()?.is_augmented_assignment());
            r.at += 1;
            Ok(Some(()))
        })?;
        if target.is_some() {
            // After the operator no other alternative counts.
            need!(self.annotated_rhs());
            return Ok(Some(()));
        }
        check!(self.explaining);
        self.invalid_assignment()
    }

    fn invalid_assignment(&mut self) -> Rule {
        self.alternative(|r| -> Rule {
            let target = need!(r.invalid_ann_assign_target());
            need!(r.eat(Colon));
            need!(r.expression());
            r.raise_on(&format!("only single target (not {}) can be annotated", target.shape.name()), &target)
        })?;
        self.alternative(|r| -> Rule {
            let head = need!(r.star_named_expression());
            need!(r.eat(Comma));
            r.repeat(Self::star_named_expressions)?;
            need!(r.eat(Colon));
            need!(r.expression());
            r.raise_on("only single target (not tuple) can be annotated", &head)
        })?;
        self.alternative(|r| -> Rule {
            let target = need!(r.expression());
            need!(r.eat(Colon));
            need!(r.expression());
            r.raise_on("illegal target for annotation", &target)
        })?;
        self.alternative(|r| -> Rule {
            r.repeat(|r| {
                need!(r.star_targets());
                r.eat(Equal)
            })?;
            let target = need!(r.star_expressions());
            need!(r.eat(Equal));
            r.raise_invalid_target(&target, Targets::Star)
        })?;
        self.alternative(|r| -> Rule {
            r.repeat(|r| {
                need!(r.star_targets());
                r.eat(Equal)
            })?;
            let target = need!(r.yield_expr());
            need!(r.eat(Equal));
            r.raise_on("assignment to yield expression not possible", &target)
        })?;
        self.alternative(|r| -> Rule {
            let target = need!(r.star_expressions());
            check!(r.kind()?.is_augmented_assignment());
            r.at += 1;
            need!(r.annotated_rhs());
            r.raise_on(&format!("'{}' is an illegal expression for augmented assignment", target.shape.name()), &target)
        })
    }

    fn invalid_ann_assign_target(&mut self) -> Rule<Outline> {
        choose!(self;
            |r: &mut Self| r.display(LSqb),
            |r: &mut Self| r.display(LPar),
            |r: &mut Self| {
                need!(r.eat(LPar));
                let inner = need!(r.invalid_ann_assign_target());
                need!(r.eat(RPar));
                Ok(Some(inner))
            },
        )
    }

    /// A list or a tuple.
    fn display(&mut self, open: TokenKind) -> Rule<Outline> {
        check!(self.is(open)?);
        let value = need!(self.list_or_tuple());
        check!(matches!(value.shape, Shape::List | Shape::Tuple));
        Ok(Some(value))
    }

    fn del_stmt(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.eat(Del));
                need!(r.separated(Self::del_target));
                r.eat(Comma)?;
                check!(matches!(r.kind()?, Semi | Newline));
                Ok(Some(()))
            },
            |r: &mut Self| {
                check!(r.explaining);
                need!(r.eat(Del));
                let targets = need!(r.star_expressions());
                r.raise_invalid_target(&targets, Targets::Del)
            },
        )
    }

    fn dotted_name(&mut self) -> Rule {
        need!(self.eat(Name));
        self.repeat(|r| {
            need!(r.eat(Dot));
            r.eat(Name)
        })?;
        Ok(Some(()))
    }

    fn as_name(&mut self) -> Rule {
        self.alternative(|r| {
            need!(r.eat(As));
            r.eat(Name)
        })?;
        Ok(Some(()))
    }

    fn dotted_as_name(&mut self) -> Rule {
        need!(self.dotted_name());
        self.as_name()
    }

    fn import_from_as_name(&mut self) -> Rule {
        need!(self.eat(Name));
        self.as_name()
    }

    fn import_from(&mut self) -> Rule {
        need!(self.eat(From));
        let mut dots = 0;
        while matches!(self.kind()?, Dot | TokenKind::Ellipsis) {
            self.at += 1;
            dots += 1;
        }
        if self.alternative(Self::dotted_name)?.is_none() {
            check!(dots > 0);
        }
        need!(self.eat(Import));
        choose!(self;
            |r: &mut Self| {
                need!(r.eat(LPar));
                need!(r.separated(Self::import_from_as_name));
                r.eat(Comma)?;
                need!(r.eat(RPar));
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.separated(Self::import_from_as_name));
                check!(!r.is(Comma)?);
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.eat(Star));
                Ok(Some(()))
            },
            |r: &mut Self| {
                check!(r.explaining);
                need!(r.separated(Self::import_from_as_name));
                need!(r.eat(Comma));
                need!(r.eat(Newline));
                r.raise_last("trailing comma not allowed without surrounding parentheses")
            },
        )
    }

    // Targets

    pub(super) fn star_targets(&mut self) -> Rule<Outline> {
        let first = self.at as u32;
        let head = need!(self.star_target());
        if !self.is(Comma)? {
            return Ok(Some(head));
        }
        self.repeat(|r| {
            need!(r.eat(Comma));
            r.star_target()
        })?;
        self.eat(Comma)?;
        Ok(Some(Outline::new(Shape::Tuple, first, self.at as u32)))
    }

    fn star_target(&mut self) -> Rule<Outline> {
        self.keep(Kept::StarTarget, |r| {
            choose!(r;
                |r: &mut Self| {
                    let first = need!(r.eat(Star));
                    check!(!r.is(Star)?);
                    need!(r.star_target());
                    Ok(Some(Outline::new(Shape::Starred, first, r.at as u32)))
                },
                Self::target_with_star_atom,
            )
        })
    }

    fn target_with_star_atom(&mut self) -> Rule<Outline> {
        self.keep(Kept::TargetWithStarAtom, |r| choose!(r; Self::subscript_or_attribute, Self::star_atom))
    }

    /// `….name` or `…[…]` with nothing more to follow.
    fn subscript_or_attribute(&mut self) -> Rule<Outline> {
        let first = self.at as u32;
        need!(self.t_primary());
        let shape = match self.kind()? {
            Dot | LSqb => need!(self.trailer()),
            _ => return Ok(None),
        };
        check!(!matches!(self.kind()?, LPar | LSqb | Dot));
        Ok(Some(Outline::new(shape, first, self.at as u32)))
    }

    fn single_subscript_attribute_target(&mut self) -> Rule {
        need!(self.subscript_or_attribute());
        Ok(Some(()))
    }

    /// A primary that another trailer follows.
    fn t_primary(&mut self) -> Rule<Outline> {
        self.keep(Kept::TPrimary, |r| {
            let first = r.at as u32;
            need!(r.atom());
            check!(matches!(r.kind()?, LPar | LSqb | Dot));
            r.repeat(|r| {
                need!(r.trailer());
                check!(matches!(r.kind()?, LPar | LSqb | Dot));
                Ok(Some(()))
            })?;
            Ok(Some(Outline::new(Shape::Name, first, r.at as u32)))
        })
    }

    fn star_atom(&mut self) -> Rule<Outline> {
        let first = self.at as u32;
        match self.kind()? {
            Name => {
                self.at += 1;
                Ok(Some(Outline::new(Shape::Name, first, first + 1)))
            }
            LPar => choose!(self;
                |r: &mut Self| {
                    need!(r.eat(LPar));
                    need!(r.target_with_star_atom());
                    need!(r.eat(RPar));
                    Ok(Some(Outline::new(Shape::Name, first, r.at as u32)))
                },
                |r: &mut Self| {
                    need!(r.eat(LPar));
                    r.alternative(|r| {
                        need!(r.star_target());
                        need!(r.eat(Comma));
                        if r.alternative(|r| r.separated(Self::star_target))?.is_some() {
                            r.eat(Comma)?;
                        }
                        Ok(Some(()))
                    })?;
                    need!(r.eat(RPar));
                    Ok(Some(Outline::new(Shape::Tuple, first, r.at as u32)))
                },
            ),
            LSqb => {
                self.at += 1;
                if self.alternative(|r| r.separated(Self::star_target))?.is_some() {
                    self.eat(Comma)?;
                }
                need!(self.eat(RSqb));
                Ok(Some(Outline::new(Shape::List, first, self.at as u32)))
            }
            _ => Ok(None),
        }
    }

    fn single_target(&mut self) -> Rule {
        choose!(self;
            Self::single_subscript_attribute_target,
            |r: &mut Self| {
                need!(r.eat(Name));
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.eat(LPar));
                need!(r.single_target());
                need!(r.eat(RPar));
                Ok(Some(()))
            },
        )
    }

    fn del_target(&mut self) -> Rule<Outline> {
        self.keep(Kept::DelTarget, |r| choose!(r; Self::subscript_or_attribute, Self::del_t_atom))
    }

    fn del_t_atom(&mut self) -> Rule<Outline> {
        let first = self.at as u32;
        let shape = match self.kind()? {
            Name => {
                self.at += 1;
                Shape::Name
            }
            LPar | LSqb => {
                let close = if self.is(LPar)? { RPar } else { RSqb };
                self.at += 1;
                if self.alternative(|r| r.separated(Self::del_target))?.is_some() {
                    self.eat(Comma)?;
                }
                need!(self.eat(close));
                Shape::Tuple
            }
            _ => return Ok(None),
        };
        Ok(Some(Outline::new(shape, first, self.at as u32)))
    }

    // Compound statements

    fn compound_stmt(&mut self) -> Rule {
        let next = if self.is(Async)? { self.tokens.get(self.at + 1).map(|token| token.kind) } else { None };
        match self.kind()? {
            Def | At => self.decorated_or_class(),
            Class => self.class_def_raw(),
            Async => {
                // All that may begin with it looks one token further.
                if self.at + 1 >= self.tokens.len() {
                    return Err(Stop::Lexical);
                }
                self.fetched = self.fetched.max(self.at + 2);
                match next {
                    Some(Def) => self.function_def_raw(),
                    Some(With) => self.with_stmt(),
                    Some(For) => self.for_stmt(),
                    _ => Ok(None),
                }
            }
            If => self.if_stmt(If),
            With => self.with_stmt(),
            For => self.for_stmt(),
            Try => self.try_stmt(),
            While => self.while_stmt(),
            Name => self.match_stmt(),
            _ => Ok(None),
        }
    }

    fn decorated_or_class(&mut self) -> Rule {
        self.repeat(|r| {
            need!(r.eat(At));
            need!(r.named_expression());
            r.eat(Newline)
        })?;
        if self.is(Class)? { self.class_def_raw() } else { self.function_def_raw() }
    }

    fn block(&mut self) -> Rule<Outline> {
        self.keep(Kept::Block, |r| {
            let first = r.at as u32;
            need!(r.block_once());
            Ok(Some(Outline::new(Shape::Name, first, r.at as u32)))
        })
    }

    fn block_once(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.eat(Newline));
                need!(r.eat(Indent));
                check!(r.statements()? > 0);
                need!(r.eat(Dedent));
                Ok(Some(()))
            },
            Self::simple_stmts,
            |r: &mut Self| {
                check!(r.explaining);
                need!(r.eat(Newline));
                check!(!r.is(Indent)?);
                r.raise_indentation("expected an indented block")
            },
        )
    }

    /// After a header: a line break instead of the colon, or no indent after the colon. `what`: of which statement, begun at `first`.
    fn no_block(&mut self, what: &str, first: u32) -> Rule {
        if self.eat(Newline)?.is_some() {
            return self.raise_last("expected ':'");
        }
        self.no_indent(what, first)
    }

    fn no_indent(&mut self, what: &str, first: u32) -> Rule {
        need!(self.eat(Colon));
        need!(self.eat(Newline));
        check!(!self.is(Indent)?);
        let line = self.tokens[first as usize].line;
        self.raise_indentation(&format!("expected an indented block after {what} on line {line}"))
    }

    fn class_def_raw(&mut self) -> Rule {
        if self.explaining {
            self.alternative(|r| -> Rule {
                let class = need!(r.class_header());
                r.no_block("class definition", class)
            })?;
        }
        need!(self.class_header());
        need!(self.eat(Colon));
        need!(self.block());
        Ok(Some(()))
    }

    fn class_header(&mut self) -> Rule<u32> {
        let class = need!(self.eat(Class));
        need!(self.eat(Name));
        self.alternative(|r| {
            need!(r.eat(LPar));
            r.arguments()?;
            r.eat(RPar)
        })?;
        Ok(Some(class))
    }

    fn function_def_raw(&mut self) -> Rule {
        if self.explaining {
            self.alternative(|r| -> Rule {
                r.eat(Async)?;
                let def = need!(r.eat(Def));
                need!(r.eat(Name));
                need!(r.eat(LPar));
                r.alternative(Self::def_params)?;
                need!(r.eat(RPar));
                r.returns()?;
                r.no_indent("function definition", def)
            })?;
        }
        self.eat(Async)?;
        need!(self.eat(Def));
        need!(self.eat(Name));
        need!(self.force(LPar, "("));
        self.alternative(Self::def_params)?;
        need!(self.eat(RPar));
        self.returns()?;
        need!(self.force(Colon, ":"));
        need!(self.block());
        Ok(Some(()))
    }

    fn returns(&mut self) -> Rule<Outline> {
        self.alternative(|r| {
            need!(r.eat(RArrow));
            r.expression()
        })
    }

    pub(super) fn star_annotation(&mut self) -> Rule {
        need!(self.star_of_annotation());
        Ok(Some(()))
    }

    /// `if` or `elif`, with what follows.
    fn if_stmt(&mut self, keyword: TokenKind) -> Rule {
        let what = if keyword == If { "'if' statement" } else { "'elif' statement" };
        if self.explaining {
            self.alternative(|r| -> Rule {
                let first = need!(r.eat(keyword));
                need!(r.named_expression());
                r.no_block(what, first)
            })?;
        }
        need!(self.eat(keyword));
        need!(self.named_expression());
        need!(self.eat(Colon));
        need!(self.block());
        let elif = self.alternative(|r| {
            check!(r.is(Elif)?);
            r.deeper(|r| r.if_stmt(Elif))
        })?;
        if elif.is_none() {
            self.alternative(Self::else_block)?;
        }
        Ok(Some(()))
    }

    fn else_block(&mut self) -> Rule {
        self.plain_clause(Else, "'else' statement")
    }

    /// `else:` or `finally:` and its block.
    fn plain_clause(&mut self, keyword: TokenKind, what: &str) -> Rule {
        if self.explaining {
            self.alternative(|r| -> Rule {
                let first = need!(r.eat(keyword));
                r.no_indent(what, first)
            })?;
        }
        need!(self.eat(keyword));
        need!(self.force(Colon, ":"));
        need!(self.block());
        Ok(Some(()))
    }

    fn while_stmt(&mut self) -> Rule {
        if self.explaining {
            self.alternative(|r| -> Rule {
                let first = need!(r.eat(While));
                need!(r.named_expression());
                r.no_block("'while' statement", first)
            })?;
        }
        need!(self.eat(While));
        need!(self.named_expression());
        need!(self.eat(Colon));
        need!(self.block());
        self.alternative(Self::else_block)?;
        Ok(Some(()))
    }

    fn for_stmt(&mut self) -> Rule {
        if self.explaining {
            self.alternative(|r| -> Rule {
                r.eat(Async)?;
                let first = need!(r.eat(For));
                need!(r.star_targets());
                need!(r.eat(In));
                need!(r.star_expressions());
                r.no_block("'for' statement", first)
            })?;
        }
        let mark = self.at;
        self.eat(Async)?;
        need!(self.eat(For));
        let header = self.alternative(|r| {
            need!(r.star_targets());
            r.eat(In)
        })?;
        if header.is_none() {
            self.at = mark;
            check!(self.explaining);
            return self.invalid_for_target();
        }
        need!(self.star_expressions());
        need!(self.eat(Colon));
        need!(self.block());
        self.alternative(Self::else_block)?;
        Ok(Some(()))
    }

    fn with_stmt(&mut self) -> Rule {
        if self.explaining {
            self.invalid_with_stmt_indent()?;
        }
        choose!(self;
            |r: &mut Self| {
                r.eat(Async)?;
                need!(r.eat(With));
                need!(r.eat(LPar));
                need!(r.separated(Self::with_item));
                r.eat(Comma)?;
                need!(r.eat(RPar));
                need!(r.eat(Colon));
                need!(r.block());
                Ok(Some(()))
            },
            |r: &mut Self| {
                r.eat(Async)?;
                need!(r.eat(With));
                need!(r.separated(Self::with_item));
                need!(r.eat(Colon));
                need!(r.block());
                Ok(Some(()))
            },
            |r: &mut Self| {
                check!(r.explaining);
                r.eat(Async)?;
                need!(r.eat(With));
                need!(r.separated(|r| r.loose_with_item(Self::expression)));
                need!(r.eat(Newline));
                r.raise_last("expected ':'")
            },
            |r: &mut Self| {
                check!(r.explaining);
                r.eat(Async)?;
                need!(r.eat(With));
                need!(r.eat(LPar));
                need!(r.separated(|r| r.loose_with_item(Self::expressions)));
                r.eat(Comma)?;
                need!(r.eat(RPar));
                need!(r.eat(Newline));
                r.raise_last("expected ':'")
            },
        )
    }

    fn invalid_with_stmt_indent(&mut self) -> Rule {
        self.alternative(|r| -> Rule {
            r.eat(Async)?;
            let first = need!(r.eat(With));
            need!(r.separated(|r| r.loose_with_item(Self::expression)));
            r.no_indent("'with' statement", first)
        })?;
        self.alternative(|r| -> Rule {
            r.eat(Async)?;
            let first = need!(r.eat(With));
            need!(r.eat(LPar));
            need!(r.separated(|r| r.loose_with_item(Self::expressions)));
            r.eat(Comma)?;
            need!(r.eat(RPar));
            r.no_indent("'with' statement", first)
        })
    }

    fn loose_with_item(&mut self, value: fn(&mut Self) -> Rule<Outline>) -> Rule {
        need!(value(self));
        self.alternative(|r| {
            need!(r.eat(As));
            r.star_target()
        })?;
        Ok(Some(()))
    }

    fn with_item(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.expression());
                need!(r.eat(As));
                need!(r.star_target());
                check!(matches!(r.kind()?, Comma | RPar | Colon));
                Ok(Some(()))
            },
            |r: &mut Self| {
                check!(r.explaining);
                need!(r.expression());
                need!(r.eat(As));
                let target = need!(r.expression());
                check!(matches!(r.kind()?, Comma | RPar | Colon));
                r.raise_invalid_target(&target, Targets::Star)
            },
            |r: &mut Self| {
                need!(r.expression());
                Ok(Some(()))
            },
        )
    }

    fn try_stmt(&mut self) -> Rule {
        if self.explaining {
            self.invalid_try_stmt()?;
        }
        need!(self.eat(Try));
        need!(self.force(Colon, ":"));
        need!(self.block());
        choose!(self;
            |r: &mut Self| r.plain_clause(Finally, "'finally' statement"),
            |r: &mut Self| {
                check!(r.repeat(Self::except_block)? > 0);
                r.alternative(Self::else_block)?;
                r.alternative(|r| r.plain_clause(Finally, "'finally' statement"))?;
                Ok(Some(()))
            },
            |r: &mut Self| {
                check!(r.repeat(Self::except_star_block)? > 0);
                r.alternative(Self::else_block)?;
                r.alternative(|r| r.plain_clause(Finally, "'finally' statement"))?;
                Ok(Some(()))
            },
        )
    }

    fn invalid_try_stmt(&mut self) -> Rule {
        self.alternative(|r| -> Rule {
            let first = need!(r.eat(Try));
            r.no_indent("'try' statement", first)
        })?;
        self.alternative(|r| -> Rule {
            need!(r.eat(Try));
            need!(r.eat(Colon));
            need!(r.block());
            check!(!matches!(r.kind()?, Except | Finally));
            r.raise_last("expected 'except' or 'finally' block")
        })?;
        const BOTH: &str = "cannot have both 'except' and 'except*' on the same 'try'";
        self.alternative(|r| -> Rule {
            need!(r.eat(Try));
            need!(r.eat(Colon));
            r.repeat(Self::block)?;
            check!(r.repeat(Self::except_block)? > 0);
            let except = need!(r.eat(Except));
            let star = need!(r.eat(Star));
            need!(r.expression());
            r.except_as()?;
            need!(r.eat(Colon));
            r.raise(BOTH, except, star + 1)
        })?;
        self.alternative(|r| -> Rule {
            need!(r.eat(Try));
            need!(r.eat(Colon));
            r.repeat(Self::block)?;
            check!(r.repeat(Self::except_star_block)? > 0);
            let except = need!(r.eat(Except));
            if r.alternative(Self::expression)?.is_some() {
                r.except_as()?;
            }
            need!(r.eat(Colon));
            r.raise(BOTH, except, except + 1)
        })
    }

    fn except_as(&mut self) -> Rule {
        self.alternative(|r| {
            need!(r.eat(As));
            r.eat(Name)
        })?;
        Ok(Some(()))
    }

    fn except_block(&mut self) -> Rule {
        if self.explaining {
            self.alternative(|r| -> Rule {
                let first = need!(r.eat(Except));
                need!(r.expression());
                r.except_as()?;
                r.no_indent("'except' statement", first)
            })?;
            self.alternative(|r| -> Rule {
                let first = need!(r.eat(Except));
                r.no_indent("'except' statement", first)
            })?;
        }
        choose!(self;
            |r: &mut Self| {
                need!(r.eat(Except));
                need!(r.expression());
                r.except_as()?;
                need!(r.eat(Colon));
                need!(r.block());
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.eat(Except));
                need!(r.eat(Colon));
                need!(r.block());
                Ok(Some(()))
            },
            |r: &mut Self| {
                check!(r.explaining);
                r.invalid_except_stmt()
            },
        )
    }

    fn except_star_block(&mut self) -> Rule {
        if self.explaining {
            self.alternative(|r| -> Rule {
                let first = need!(r.eat(Except));
                need!(r.eat(Star));
                need!(r.expression());
                r.except_as()?;
                r.no_indent("'except*' statement", first)
            })?;
        }
        choose!(self;
            |r: &mut Self| {
                need!(r.eat(Except));
                need!(r.eat(Star));
                need!(r.expression());
                r.except_as()?;
                need!(r.eat(Colon));
                need!(r.block());
                Ok(Some(()))
            },
            |r: &mut Self| {
                check!(r.explaining);
                r.invalid_except_stmt()
            },
        )
    }

    fn invalid_except_stmt(&mut self) -> Rule {
        self.alternative(|r| -> Rule {
            need!(r.eat(Except));
            r.eat(Star)?;
            let first = need!(r.expression());
            need!(r.eat(Comma));
            need!(r.expressions());
            r.except_as()?;
            need!(r.eat(Colon));
            r.raise_from("multiple exception types must be parenthesized", first.first)
        })?;
        self.alternative(|r| -> Rule {
            need!(r.eat(Except));
            r.eat(Star)?;
            need!(r.expression());
            r.except_as()?;
            need!(r.eat(Newline));
            r.raise_last("expected ':'")
        })?;
        self.alternative(|r| -> Rule {
            need!(r.eat(Except));
            need!(r.eat(Newline));
            r.raise_last("expected ':'")
        })?;
        self.alternative(|r| -> Rule {
            need!(r.eat(Except));
            need!(r.eat(Star));
            check!(matches!(r.kind()?, Newline | Colon));
            r.at += 1;
            r.raise_last("expected one or more exception types")
        })
    }

    fn subject_expr(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.star_named_expression());
                need!(r.eat(Comma));
                r.alternative(Self::star_named_expressions)?;
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.named_expression());
                Ok(Some(()))
            },
        )
    }

    fn match_stmt(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.soft("match"));
                need!(r.subject_expr());
                need!(r.eat(Colon));
                need!(r.eat(Newline));
                need!(r.eat(Indent));
                check!(r.repeat(Self::case_block)? > 0);
                need!(r.eat(Dedent));
                Ok(Some(()))
            },
            |r: &mut Self| {
                check!(r.explaining);
                let first = need!(r.soft("match"));
                need!(r.subject_expr());
                r.no_block("'match' statement", first)
            },
        )
    }

    fn case_block(&mut self) -> Rule {
        if self.explaining {
            self.alternative(|r| -> Rule {
                let first = need!(r.soft("case"));
                need!(r.patterns());
                r.alternative(Self::guard)?;
                r.no_block("'case' statement", first)
            })?;
        }
        self.alternative(|r| {
            need!(r.soft("case"));
            need!(r.patterns());
            r.alternative(Self::guard)?;
            need!(r.eat(Colon));
            need!(r.block());
            Ok(Some(()))
        })
    }

    fn guard(&mut self) -> Rule<Outline> {
        need!(self.eat(If));
        self.named_expression()
    }
}
