//! Simple statements and the mistakes in them.
//!
//! Counterpart in CPython 3.11: the rules `statements`, `simple_stmt`, `assignment`, with their `invalid_…` alternatives.
//! `f() = 1` is "cannot assign to function call here. Maybe you meant '==' instead of '='?".

use super::{
    Kept, Reader, Rule, Stop, check, choose, need,
    outline::{Outline, Shape, Targets},
};
use crate::syntax::token::TokenKind::{
    self, As, Assert, Break, Colon, Comma, Continue, Del, Dot, Equal, From, Global, Import, LPar, LSqb, Name, Newline, Nonlocal, Pass,
    RPar, Raise, Return, Semi, Star, Yield,
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

    pub(super) fn statement(&mut self) -> Rule {
        choose!(self; Self::compound_stmt, Self::simple_stmts)
    }

    pub(super) fn simple_stmts(&mut self) -> Rule {
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

    pub(super) fn simple_stmt(&mut self) -> Rule<Outline> {
        self.keep(Kept::SimpleStatement, |r| {
            let first = r.at as u32;
            need!(r.simple_stmt_once());
            Ok(Some(Outline::new(Shape::Name, first, r.at as u32)))
        })
    }

    pub(super) fn simple_stmt_once(&mut self) -> Rule {
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

    pub(super) fn annotated_rhs(&mut self) -> Rule<Outline> {
        choose!(self; Self::yield_expr, Self::star_expressions)
    }

    pub(super) fn optional_value(&mut self) -> Rule {
        self.alternative(|r| {
            need!(r.eat(Equal));
            r.annotated_rhs()
        })?;
        Ok(Some(()))
    }

    pub(super) fn assignment(&mut self) -> Rule {
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

    pub(super) fn annotated_target(&mut self) -> Rule {
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

    pub(super) fn augmented_assignment(&mut self) -> Rule {
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

    pub(super) fn invalid_assignment(&mut self) -> Rule {
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

    pub(super) fn invalid_ann_assign_target(&mut self) -> Rule<Outline> {
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
    pub(super) fn display(&mut self, open: TokenKind) -> Rule<Outline> {
        check!(self.is(open)?);
        let value = need!(self.list_or_tuple());
        check!(matches!(value.shape, Shape::List | Shape::Tuple));
        Ok(Some(value))
    }

    pub(super) fn del_stmt(&mut self) -> Rule {
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

    pub(super) fn dotted_name(&mut self) -> Rule {
        need!(self.eat(Name));
        self.repeat(|r| {
            need!(r.eat(Dot));
            r.eat(Name)
        })?;
        Ok(Some(()))
    }

    pub(super) fn as_name(&mut self) -> Rule {
        self.alternative(|r| {
            need!(r.eat(As));
            r.eat(Name)
        })?;
        Ok(Some(()))
    }

    pub(super) fn dotted_as_name(&mut self) -> Rule {
        need!(self.dotted_name());
        self.as_name()
    }

    pub(super) fn import_from_as_name(&mut self) -> Rule {
        need!(self.eat(Name));
        self.as_name()
    }

    pub(super) fn import_from(&mut self) -> Rule {
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
}
