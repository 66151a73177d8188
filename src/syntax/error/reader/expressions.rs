//! Expressions and the mistakes in them.
//!
//! Counterpart in CPython 3.11: the rules `star_expressions` and below, with their `invalid_…` alternatives.

use super::{
    Kept, Reader, Rule, Stop, check, choose, need,
    outline::{Outline, Shape},
};
use crate::syntax::{
    literal,
    token::TokenKind::{
        self, Amper, And, At, Await, Circumflex, Colon, ColonEqual, Comma, Dot, DoubleSlash, DoubleStar, Ellipsis, Else, EqEqual, Equal,
        From, Greater, GreaterEqual, If, In, Is, LBrace, LPar, LSqb, Lambda, LeftShift, Less, LessEqual, Minus, Name, Not, NotEqual, Or,
        Percent, Plus, RPar, RSqb, RightShift, Slash, Star, Tilde, VBar, Yield,
    },
};

impl Reader<'_> {
    pub(super) fn star_expressions(&mut self) -> Rule<Outline> {
        let first = self.at as u32;
        let Some(head) = self.star_expression()? else { return Ok(None) };
        let mut parts = vec![head];
        while let Some(part) = self.alternative(|r| {
            need!(r.eat(Comma));
            r.star_expression()
        })? {
            parts.push(part);
        }
        let comma = self.eat(Comma)?.is_some();
        Ok(Some(self.tuple_or_one(first, parts, comma)))
    }

    pub(super) fn tuple_or_one(&self, first: u32, mut parts: Vec<Outline>, comma: bool) -> Outline {
        if parts.len() == 1 && !comma { parts.remove(0) } else { Outline::with(Shape::Tuple, first, self.at as u32, parts) }
    }

    pub(super) fn star_expression(&mut self) -> Rule<Outline> {
        self.keep(Kept::StarExpression, |r| choose!(r; |r: &mut Self| r.star_of(Self::bitwise_or), |r: &mut Self| r.expression()))
    }

    /// `*Ts` in the annotation of `*args`.
    pub(super) fn star_of_annotation(&mut self) -> Rule<Outline> {
        choose!(self; |r: &mut Self| r.star_of(Self::bitwise_or), Self::expression)
    }

    pub(super) fn star_of(&mut self, value: fn(&mut Self) -> Rule<Outline>) -> Rule<Outline> {
        let star = need!(self.eat(Star));
        let value = need!(value(self));
        Ok(Some(Outline::with(Shape::Starred, star, self.at as u32, vec![value])))
    }

    pub(super) fn star_named_expressions(&mut self) -> Rule<Vec<Outline>> {
        let items = need!(self.separated(Self::star_named_expression));
        self.eat(Comma)?;
        Ok(Some(items))
    }

    pub(super) fn star_named_expression(&mut self) -> Rule<Outline> {
        choose!(self; |r: &mut Self| r.star_of(Self::bitwise_or), |r: &mut Self| r.named_expression())
    }

    pub(super) fn assignment_expression(&mut self) -> Rule<Outline> {
        let first = self.at as u32;
        need!(self.eat(Name));
        need!(self.eat(ColonEqual));
        need!(self.expression());
        Ok(Some(Outline::new(Shape::NamedExpr, first, self.at as u32)))
    }

    /// True if `name :=` stands here: then no other alternative is tried.
    pub(super) fn at_walrus(&mut self) -> Result<bool, Stop> {
        self.ahead(|r| {
            need!(r.eat(Name));
            r.eat(ColonEqual)
        })
    }

    pub(super) fn named_expression(&mut self) -> Rule<Outline> {
        if self.at_walrus()? {
            return self.alternative(Self::assignment_expression);
        }
        if self.explaining {
            self.alternative(Self::invalid_named_expression)?;
        }
        self.alternative(|r| {
            let value = need!(r.expression());
            check!(!r.is(ColonEqual)?);
            Ok(Some(value))
        })
    }

    pub(super) fn invalid_named_expression(&mut self) -> Rule<Outline> {
        self.keep(Kept::InvalidNamedExpression, |r| {
            r.alternative(|r| -> Rule {
                let target = need!(r.expression());
                need!(r.eat(ColonEqual));
                need!(r.expression());
                r.raise_on(&format!("cannot use assignment expressions with {}", target.shape.name()), &target)
            })?;
            r.alternative(|r| -> Rule {
                let first = need!(r.eat(Name));
                need!(r.eat(Equal));
                let value = need!(r.bitwise_or());
                check!(!matches!(r.kind()?, Equal | ColonEqual));
                r.raise("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", first, value.last)
            })?;
            r.alternative(|r| -> Rule {
                check!(!r.ahead(|r| choose!(r; Self::list, Self::tuple, Self::genexp, Self::constant_name))?);
                let target = need!(r.bitwise_or());
                need!(r.eat(Equal));
                need!(r.bitwise_or());
                check!(!matches!(r.kind()?, Equal | ColonEqual));
                let name = target.shape.name();
                r.raise_on(&format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?"), &target)
            })?;
            Ok(None)
        })
    }

    /// `True`, `None` or `False`
    pub(super) fn constant_name(&mut self) -> Rule<Outline> {
        let shape = match self.kind()? {
            TokenKind::True => Shape::True,
            TokenKind::False => Shape::False,
            TokenKind::None => Shape::None,
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(Outline::new(shape, self.at as u32 - 1, self.at as u32)))
    }

    pub(super) fn expressions(&mut self) -> Rule<Outline> {
        let first = self.at as u32;
        let items = need!(self.separated(Self::expression));
        let comma = self.eat(Comma)?.is_some();
        Ok(Some(self.tuple_or_one(first, items, comma)))
    }

    pub(super) fn expression(&mut self) -> Rule<Outline> {
        self.keep(Kept::Expression, |r| {
            if r.explaining {
                r.alternative(Self::invalid_expression)?;
                r.alternative(Self::invalid_legacy_expression)?;
            }
            r.plain_expression()
        })
    }

    pub(super) fn plain_expression(&mut self) -> Rule<Outline> {
        choose!(self;
            |r: &mut Self| {
                let first = r.at as u32;
                need!(r.disjunction());
                need!(r.eat(If));
                need!(r.disjunction());
                need!(r.eat(Else));
                need!(r.expression());
                Ok(Some(Outline::new(Shape::IfExp, first, r.at as u32)))
            },
            Self::disjunction,
            Self::lambda,
        )
    }

    pub(super) fn lambda(&mut self) -> Rule<Outline> {
        let first = need!(self.eat(Lambda));
        self.lambda_params()?;
        need!(self.eat(Colon));
        need!(self.deeper(Self::expression));
        Ok(Some(Outline::new(Shape::Lambda, first, self.at as u32)))
    }

    pub(super) fn invalid_expression(&mut self) -> Rule {
        self.alternative(|r| -> Rule {
            check!(!r.ahead(Self::string_prefix_or_soft_keyword)?);
            let left = need!(r.disjunction());
            let explaining = std::mem::replace(&mut r.explaining, false);
            let right = r.alternative(Self::plain_expression);
            r.explaining = explaining;
            let right = need!(right);
            // Outside of brackets a comma would seldom help, and `print x` has a message of its own.
            check!(!r.is_legacy(&left) && r.levels[r.at - 1] != 0);
            r.raise("invalid syntax. Perhaps you forgot a comma?", left.first, right.last)
        })?;
        self.alternative(|r| -> Rule {
            let body = need!(r.disjunction());
            need!(r.eat(If));
            let test = need!(r.disjunction());
            check!(!matches!(r.kind()?, Else | Colon));
            r.raise("expected 'else' after 'if' expression", body.first, test.last)
        })
    }

    /// A name and a string, or what CPython takes for a soft keyword: any beginning of one.
    pub(super) fn string_prefix_or_soft_keyword(&mut self) -> Rule {
        let name = need!(self.eat(Name));
        let word = self.word(name);
        if self.is(TokenKind::String)? || ["_", "case", "match"].iter().any(|keyword| keyword.starts_with(word)) {
            Ok(Some(()))
        } else {
            Ok(None)
        }
    }

    pub(super) fn is_legacy(&self, outline: &Outline) -> bool {
        outline.shape == Shape::Name && matches!(self.word(outline.first), "print" | "exec")
    }

    pub(super) fn invalid_legacy_expression(&mut self) -> Rule {
        let name = need!(self.eat(Name));
        check!(!self.is(LPar)?);
        let value = need!(self.star_expressions());
        let word = self.word(name);
        check!(matches!(word, "print" | "exec"));
        self.raise(&format!("Missing parentheses in call to '{word}'. Did you mean {word}(...)?"), name, value.last)
    }

    pub(super) fn disjunction(&mut self) -> Rule<Outline> {
        self.keep(Kept::Disjunction, |r| r.chain(Self::conjunction, &[Or]))
    }

    pub(super) fn conjunction(&mut self) -> Rule<Outline> {
        self.keep(Kept::Conjunction, |r| r.chain(Self::inversion, &[And]))
    }

    /// Operands with one of the operators between them.
    pub(super) fn chain(&mut self, operand: fn(&mut Self) -> Rule<Outline>, operators: &[TokenKind]) -> Rule<Outline> {
        let first = self.at as u32;
        let mut left = need!(operand(self));
        loop {
            let right = self.alternative(|r| {
                check!(operators.contains(&r.kind()?));
                r.at += 1;
                operand(r)
            })?;
            let Some(_) = right else { return Ok(Some(left)) };
            left = Outline::new(Shape::Operation, first, self.at as u32);
        }
    }

    pub(super) fn inversion(&mut self) -> Rule<Outline> {
        self.keep(Kept::Inversion, |r| {
            choose!(r;
                |r: &mut Self| {
                    let first = need!(r.eat(Not));
                    need!(r.inversion());
                    Ok(Some(Outline::new(Shape::Operation, first, r.at as u32)))
                },
                Self::comparison,
            )
        })
    }

    pub(super) fn comparison(&mut self) -> Rule<Outline> {
        let first = self.at as u32;
        let left = need!(self.bitwise_or());
        let is_in = self.is(In)?;
        let count = self.repeat(|r| {
            let kind = r.kind()?;
            let operators: &[TokenKind] = match kind {
                EqEqual | NotEqual | LessEqual | Less | GreaterEqual | Greater | In => &[],
                Not => &[In],
                Is => {
                    r.at += 1;
                    return choose!(r;
                        |r: &mut Self| {
                            need!(r.eat(Not));
                            r.bitwise_or()
                        },
                        Self::bitwise_or,
                    );
                }
                _ => return Ok(None),
            };
            r.at += 1;
            for &operator in operators {
                need!(r.eat(operator));
            }
            r.bitwise_or()
        })?;
        if count == 0 {
            return Ok(Some(left));
        }
        let (last, parts) = (self.at as u32, vec![left]);
        Ok(Some(Outline::with(if is_in { Shape::CompareIn } else { Shape::Compare }, first, last, parts)))
    }

    pub(super) fn bitwise_or(&mut self) -> Rule<Outline> {
        self.keep(Kept::BitwiseOr, |r| r.chain(Self::bitwise_xor, &[VBar]))
    }

    pub(super) fn bitwise_xor(&mut self) -> Rule<Outline> {
        self.keep(Kept::BitwiseXor, |r| r.chain(Self::bitwise_and, &[Circumflex]))
    }

    pub(super) fn bitwise_and(&mut self) -> Rule<Outline> {
        self.keep(Kept::BitwiseAnd, |r| r.chain(Self::shift, &[Amper]))
    }

    pub(super) fn shift(&mut self) -> Rule<Outline> {
        self.keep(Kept::Shift, |r| r.chain(Self::sum, &[LeftShift, RightShift]))
    }

    pub(super) fn sum(&mut self) -> Rule<Outline> {
        self.keep(Kept::Sum, |r| r.chain(Self::term, &[Plus, Minus]))
    }

    pub(super) fn term(&mut self) -> Rule<Outline> {
        self.keep(Kept::Term, |r| r.chain(Self::factor, &[Star, Slash, DoubleSlash, Percent, At]))
    }

    pub(super) fn factor(&mut self) -> Rule<Outline> {
        self.keep(Kept::Factor, |r| {
            let first = r.at as u32;
            if matches!(r.kind()?, Plus | Minus | Tilde) {
                r.at += 1;
                need!(r.factor());
                return Ok(Some(Outline::new(Shape::Operation, first, r.at as u32)));
            }
            let base = need!(r.await_primary());
            let power = r.alternative(|r| {
                need!(r.eat(DoubleStar));
                r.deeper(Self::factor)
            })?;
            Ok(Some(if power.is_some() { Outline::new(Shape::Operation, first, r.at as u32) } else { base }))
        })
    }

    pub(super) fn await_primary(&mut self) -> Rule<Outline> {
        self.keep(Kept::AwaitPrimary, |r| {
            if let Some(first) = r.eat(Await)? {
                need!(r.primary());
                return Ok(Some(Outline::new(Shape::Await, first, r.at as u32)));
            }
            r.primary()
        })
    }

    pub(super) fn primary(&mut self) -> Rule<Outline> {
        self.keep(Kept::Primary, |r| {
            let first = r.at as u32;
            let mut value = need!(r.atom());
            while let Some(shape) = r.alternative(Self::trailer)? {
                value = Outline::new(shape, first, r.at as u32);
            }
            Ok(Some(value))
        })
    }

    /// `.name`, `(…)` or `[…]` after a primary.
    pub(super) fn trailer(&mut self) -> Rule<Shape> {
        match self.kind()? {
            Dot => {
                self.at += 1;
                need!(self.eat(Name));
                Ok(Some(Shape::Attribute))
            }
            LPar => choose!(self;
                |r: &mut Self| {
                    need!(r.genexp());
                    Ok(Some(Shape::Call))
                },
                |r: &mut Self| {
                    need!(r.eat(LPar));
                    r.arguments()?;
                    need!(r.eat(RPar));
                    Ok(Some(Shape::Call))
                },
            ),
            // The mistakes of generator expressions are those of all comprehensions, and looked for behind any operand.
            LSqb => choose!(self;
                |r: &mut Self| {
                    need!(r.invalid_comprehension());
                    Ok(None)
                },
                |r: &mut Self| {
                    need!(r.eat(LSqb));
                    need!(r.slices());
                    need!(r.eat(RSqb));
                    Ok(Some(Shape::Subscript))
                },
            ),
            LBrace => {
                self.invalid_comprehension()?;
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    pub(super) fn slices(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.slice());
                check!(!r.is(Comma)?);
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.separated(|r| choose!(r; Self::slice, |r: &mut Self| {
                    need!(r.starred_expression());
                    Ok(Some(()))
                })));
                r.eat(Comma)?;
                Ok(Some(()))
            },
        )
    }

    pub(super) fn slice(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                r.alternative(Self::expression)?;
                need!(r.eat(Colon));
                r.alternative(Self::expression)?;
                if r.eat(Colon)?.is_some() {
                    r.alternative(Self::expression)?;
                }
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.named_expression());
                Ok(Some(()))
            },
        )
    }

    pub(super) fn atom(&mut self) -> Rule<Outline> {
        let first = self.at as u32;
        let shape = match self.kind()? {
            Name => Shape::Name,
            TokenKind::True | TokenKind::False | TokenKind::None => return self.constant_name(),
            TokenKind::String => return self.strings(),
            TokenKind::Number => {
                if let Err(msg) = literal::number::value(self.word(first)) {
                    let token = self.tokens[first as usize];
                    return self.raise_place(&msg, token.line, None, token.end_line);
                }
                Shape::Literal
            }
            Ellipsis => Shape::Ellipsis,
            LPar => return choose!(self; Self::tuple, Self::group, Self::genexp),
            LSqb => return choose!(self; Self::list, Self::listcomp),
            LBrace => return choose!(self; Self::dict, Self::set, Self::dictcomp, Self::setcomp),
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(Outline::new(shape, first, self.at as u32)))
    }

    pub(super) fn yield_expr(&mut self) -> Rule<Outline> {
        let first = need!(self.eat(Yield));
        if self.is(From)? {
            let from = self.alternative(|r| {
                need!(r.eat(From));
                r.expression()
            })?;
            if from.is_some() {
                return Ok(Some(Outline::new(Shape::Yield, first, self.at as u32)));
            }
        }
        self.alternative(Self::star_expressions)?;
        Ok(Some(Outline::new(Shape::Yield, first, self.at as u32)))
    }

    pub(super) fn starred_expression(&mut self) -> Rule<Outline> {
        self.star_of(Self::expression)
    }
}
