//! Compound statements and blocks, and the mistakes in them.
//!
//! Counterpart in CPython 3.11: the rules `compound_stmt` and `block`, with their `invalid_…` alternatives. `if a⏎` is "expected ':'".

use super::{
    Kept, Reader, Rule, Stop, check, choose, need,
    outline::{Outline, Shape, Targets},
};
use crate::syntax::token::TokenKind::{
    self, As, Async, At, Class, Colon, Comma, Dedent, Def, Elif, Else, Except, Finally, For, If, In, Indent, LPar, Name, Newline, RArrow,
    RPar, Star, Try, While, With,
};

impl Reader<'_> {
    pub(super) fn compound_stmt(&mut self) -> Rule {
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

    pub(super) fn decorated_or_class(&mut self) -> Rule {
        self.repeat(|r| {
            need!(r.eat(At));
            need!(r.named_expression());
            r.eat(Newline)
        })?;
        if self.is(Class)? { self.class_def_raw() } else { self.function_def_raw() }
    }

    pub(super) fn block(&mut self) -> Rule<Outline> {
        self.keep(Kept::Block, |r| {
            let first = r.at as u32;
            need!(r.block_once());
            Ok(Some(Outline::new(Shape::Name, first, r.at as u32)))
        })
    }

    pub(super) fn block_once(&mut self) -> Rule {
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
    pub(super) fn no_block(&mut self, what: &str, first: u32) -> Rule {
        if self.eat(Newline)?.is_some() {
            return self.raise_last("expected ':'");
        }
        self.no_indent(what, first)
    }

    pub(super) fn no_indent(&mut self, what: &str, first: u32) -> Rule {
        need!(self.eat(Colon));
        need!(self.eat(Newline));
        check!(!self.is(Indent)?);
        let line = self.tokens[first as usize].line;
        self.raise_indentation(&format!("expected an indented block after {what} on line {line}"))
    }

    pub(super) fn class_def_raw(&mut self) -> Rule {
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

    pub(super) fn class_header(&mut self) -> Rule<u32> {
        let class = need!(self.eat(Class));
        need!(self.eat(Name));
        self.alternative(|r| {
            need!(r.eat(LPar));
            r.arguments()?;
            r.eat(RPar)
        })?;
        Ok(Some(class))
    }

    pub(super) fn function_def_raw(&mut self) -> Rule {
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

    pub(super) fn returns(&mut self) -> Rule<Outline> {
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
    pub(super) fn if_stmt(&mut self, keyword: TokenKind) -> Rule {
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

    pub(super) fn else_block(&mut self) -> Rule {
        self.plain_clause(Else, "'else' statement")
    }

    /// `else:` or `finally:` and its block.
    pub(super) fn plain_clause(&mut self, keyword: TokenKind, what: &str) -> Rule {
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

    pub(super) fn while_stmt(&mut self) -> Rule {
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

    pub(super) fn for_stmt(&mut self) -> Rule {
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

    pub(super) fn with_stmt(&mut self) -> Rule {
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

    pub(super) fn invalid_with_stmt_indent(&mut self) -> Rule {
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

    pub(super) fn loose_with_item(&mut self, value: fn(&mut Self) -> Rule<Outline>) -> Rule {
        need!(value(self));
        self.alternative(|r| {
            need!(r.eat(As));
            r.star_target()
        })?;
        Ok(Some(()))
    }

    pub(super) fn with_item(&mut self) -> Rule {
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

    pub(super) fn try_stmt(&mut self) -> Rule {
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

    pub(super) fn invalid_try_stmt(&mut self) -> Rule {
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

    pub(super) fn except_as(&mut self) -> Rule {
        self.alternative(|r| {
            need!(r.eat(As));
            r.eat(Name)
        })?;
        Ok(Some(()))
    }

    pub(super) fn except_block(&mut self) -> Rule {
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

    pub(super) fn except_star_block(&mut self) -> Rule {
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

    pub(super) fn invalid_except_stmt(&mut self) -> Rule {
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

    pub(super) fn subject_expr(&mut self) -> Rule {
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

    pub(super) fn match_stmt(&mut self) -> Rule {
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

    pub(super) fn case_block(&mut self) -> Rule {
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

    pub(super) fn guard(&mut self) -> Rule<Outline> {
        need!(self.eat(If));
        self.named_expression()
    }
}
