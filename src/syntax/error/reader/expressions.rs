//! Expressions and the mistakes in them.
//!
//! Counterpart in CPython 3.11: the rules `star_expressions` and below, with their `invalid_…` alternatives.

use super::{
    Kept, Reader, Rule, Stop, check, choose, need,
    outline::{Outline, Shape, Targets},
};
use crate::syntax::{
    literal,
    token::TokenKind::{
        self, Amper, And, Async, At, Await, Circumflex, Colon, ColonEqual, Comma, Dot, DoubleSlash, DoubleStar, Ellipsis, Else, EqEqual,
        Equal, For, From, Greater, GreaterEqual, If, In, Is, LBrace, LPar, LSqb, Lambda, LeftShift, Less, LessEqual, Minus, Name, Not,
        NotEqual, Or, Percent, Plus, RBrace, RPar, RSqb, RightShift, Slash, Star, Tilde, VBar, Yield,
    },
};

/// What the arguments of a call are, as far as messages tell.
#[derive(Clone)]
pub(super) struct Arguments {
    /// Positional ones, starred ones included.
    positional: Vec<Outline>,
    /// Are there keyword arguments or starred ones among them?
    keywords: bool,
    /// Is the last keyword argument `**value`?
    unpacked_last: bool,
}

/// The clauses of a comprehension: the last one's target, and its last expression.
#[derive(Clone)]
pub(super) struct Clauses {
    target: Outline,
    end: Outline,
}

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

    fn tuple_or_one(&self, first: u32, mut parts: Vec<Outline>, comma: bool) -> Outline {
        if parts.len() == 1 && !comma { parts.remove(0) } else { Outline::with(Shape::Tuple, first, self.at as u32, parts) }
    }

    fn star_expression(&mut self) -> Rule<Outline> {
        self.keep(Kept::StarExpression, |r| choose!(r; |r: &mut Self| r.star_of(Self::bitwise_or), |r: &mut Self| r.expression()))
    }

    /// `*Ts` in the annotation of `*args`.
    pub(super) fn star_of_annotation(&mut self) -> Rule<Outline> {
        choose!(self; |r: &mut Self| r.star_of(Self::bitwise_or), Self::expression)
    }

    /// A display in brackets or parentheses.
    pub(super) fn list_or_tuple(&mut self) -> Rule<Outline> {
        choose!(self; Self::list, Self::tuple)
    }

    fn star_of(&mut self, value: fn(&mut Self) -> Rule<Outline>) -> Rule<Outline> {
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

    fn assignment_expression(&mut self) -> Rule<Outline> {
        let first = self.at as u32;
        need!(self.eat(Name));
        need!(self.eat(ColonEqual));
        need!(self.expression());
        Ok(Some(Outline::new(Shape::NamedExpr, first, self.at as u32)))
    }

    /// True if `name :=` stands here: then no other alternative is tried.
    fn at_walrus(&mut self) -> Result<bool, Stop> {
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

    fn invalid_named_expression(&mut self) -> Rule<Outline> {
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
    fn constant_name(&mut self) -> Rule<Outline> {
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

    fn plain_expression(&mut self) -> Rule<Outline> {
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

    fn lambda(&mut self) -> Rule<Outline> {
        let first = need!(self.eat(Lambda));
        self.lambda_params()?;
        need!(self.eat(Colon));
        need!(self.deeper(Self::expression));
        Ok(Some(Outline::new(Shape::Lambda, first, self.at as u32)))
    }

    fn invalid_expression(&mut self) -> Rule {
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
    fn string_prefix_or_soft_keyword(&mut self) -> Rule {
        let name = need!(self.eat(Name));
        let word = self.word(name);
        if self.is(TokenKind::String)? || ["_", "case", "match"].iter().any(|keyword| keyword.starts_with(word)) {
            Ok(Some(()))
        } else {
            Ok(None)
        }
    }

    fn is_legacy(&self, outline: &Outline) -> bool {
        outline.shape == Shape::Name && matches!(self.word(outline.first), "print" | "exec")
    }

    fn invalid_legacy_expression(&mut self) -> Rule {
        let name = need!(self.eat(Name));
        check!(!self.is(LPar)?);
        let value = need!(self.star_expressions());
        let word = self.word(name);
        check!(matches!(word, "print" | "exec"));
        self.raise(&format!("Missing parentheses in call to '{word}'. Did you mean {word}(...)?"), name, value.last)
    }

    fn disjunction(&mut self) -> Rule<Outline> {
        self.keep(Kept::Disjunction, |r| r.chain(Self::conjunction, &[Or]))
    }

    fn conjunction(&mut self) -> Rule<Outline> {
        self.keep(Kept::Conjunction, |r| r.chain(Self::inversion, &[And]))
    }

    /// Operands with one of the operators between them.
    fn chain(&mut self, operand: fn(&mut Self) -> Rule<Outline>, operators: &[TokenKind]) -> Rule<Outline> {
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

    fn inversion(&mut self) -> Rule<Outline> {
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

    fn comparison(&mut self) -> Rule<Outline> {
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

    fn bitwise_xor(&mut self) -> Rule<Outline> {
        self.keep(Kept::BitwiseXor, |r| r.chain(Self::bitwise_and, &[Circumflex]))
    }

    fn bitwise_and(&mut self) -> Rule<Outline> {
        self.keep(Kept::BitwiseAnd, |r| r.chain(Self::shift, &[Amper]))
    }

    fn shift(&mut self) -> Rule<Outline> {
        self.keep(Kept::Shift, |r| r.chain(Self::sum, &[LeftShift, RightShift]))
    }

    fn sum(&mut self) -> Rule<Outline> {
        self.keep(Kept::Sum, |r| r.chain(Self::term, &[Plus, Minus]))
    }

    fn term(&mut self) -> Rule<Outline> {
        self.keep(Kept::Term, |r| r.chain(Self::factor, &[Star, Slash, DoubleSlash, Percent, At]))
    }

    fn factor(&mut self) -> Rule<Outline> {
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

    fn await_primary(&mut self) -> Rule<Outline> {
        self.keep(Kept::AwaitPrimary, |r| {
            if let Some(first) = r.eat(Await)? {
                need!(r.primary());
                return Ok(Some(Outline::new(Shape::Await, first, r.at as u32)));
            }
            r.primary()
        })
    }

    fn primary(&mut self) -> Rule<Outline> {
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
            LSqb => {
                self.at += 1;
                need!(self.slices());
                need!(self.eat(RSqb));
                Ok(Some(Shape::Subscript))
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

    fn slice(&mut self) -> Rule {
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

    fn tuple(&mut self) -> Rule<Outline> {
        let first = need!(self.eat(LPar));
        let mut parts = Vec::new();
        self.alternative(|r| {
            let head = need!(r.star_named_expression());
            need!(r.eat(Comma));
            parts.push(head);
            if let Some(rest) = r.alternative(Self::star_named_expressions)? {
                parts.extend(rest);
            }
            Ok(Some(()))
        })?;
        need!(self.eat(RPar));
        Ok(Some(Outline::with(Shape::Tuple, first, self.at as u32, parts)))
    }

    fn group(&mut self) -> Rule<Outline> {
        choose!(self;
            |r: &mut Self| {
                need!(r.eat(LPar));
                let inner = need!(r.yield_or_named());
                need!(r.eat(RPar));
                Ok(Some(inner))
            },
            |r: &mut Self| {
                check!(r.explaining);
                need!(r.eat(LPar));
                let starred = need!(r.starred_expression());
                need!(r.eat(RPar));
                r.raise_on("cannot use starred expression here", &starred)
            },
            |r: &mut Self| {
                check!(r.explaining);
                need!(r.eat(LPar));
                let stars = need!(r.eat(DoubleStar));
                need!(r.expression());
                need!(r.eat(RPar));
                r.raise("cannot use double starred expression here", stars, stars + 1)
            },
        )
    }

    fn yield_or_named(&mut self) -> Rule<Outline> {
        choose!(self; Self::yield_expr, Self::named_expression)
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

    fn list(&mut self) -> Rule<Outline> {
        let first = need!(self.eat(LSqb));
        let parts = self.alternative(Self::star_named_expressions)?.unwrap_or_default();
        need!(self.eat(RSqb));
        Ok(Some(Outline::with(Shape::List, first, self.at as u32, parts)))
    }

    fn set(&mut self) -> Rule<Outline> {
        let first = need!(self.eat(LBrace));
        need!(self.star_named_expressions());
        need!(self.eat(RBrace));
        Ok(Some(Outline::new(Shape::Set, first, self.at as u32)))
    }

    /// A comprehension between brackets, and what may be wrong with it.
    fn comprehension(&mut self, open: TokenKind, close: TokenKind, shape: Shape) -> Rule<Outline> {
        choose!(self;
            |r: &mut Self| {
                let first = need!(r.eat(open));
                need!(if open == LPar { r.genexp_element() } else { r.named_expression() });
                need!(r.for_if_clauses());
                need!(r.eat(close));
                Ok(Some(Outline::new(shape, first, r.at as u32)))
            },
            Self::invalid_comprehension,
        )
    }

    fn listcomp(&mut self) -> Rule<Outline> {
        self.comprehension(LSqb, RSqb, Shape::ListComp)
    }

    fn setcomp(&mut self) -> Rule<Outline> {
        self.comprehension(LBrace, RBrace, Shape::SetComp)
    }

    fn genexp(&mut self) -> Rule<Outline> {
        self.comprehension(LPar, RPar, Shape::GeneratorExp)
    }

    /// `name := value`, or an expression with no `:=` behind it.
    fn genexp_element(&mut self) -> Rule<Outline> {
        if self.at_walrus()? {
            return self.assignment_expression();
        }
        let value = need!(self.expression());
        check!(!self.is(ColonEqual)?);
        Ok(Some(value))
    }

    fn invalid_comprehension(&mut self) -> Rule<Outline> {
        check!(self.explaining);
        self.alternative(|r| -> Rule {
            check!(matches!(r.kind()?, LSqb | LPar | LBrace));
            r.at += 1;
            let starred = need!(r.starred_expression());
            need!(r.for_if_clauses());
            r.raise_on("iterable unpacking cannot be used in comprehension", &starred)
        })?;
        const FORGOT: &str = "did you forget parentheses around the comprehension target?";
        self.alternative(|r| -> Rule {
            check!(matches!(r.kind()?, LSqb | LBrace));
            r.at += 1;
            let head = need!(r.star_named_expression());
            need!(r.eat(Comma));
            let rest = need!(r.star_named_expressions());
            need!(r.for_if_clauses());
            let last = rest.last().map_or(head.last, |last| last.last);
            r.raise(FORGOT, head.first, last)
        })?;
        self.alternative(|r| -> Rule<Outline> {
            check!(matches!(r.kind()?, LSqb | LBrace));
            r.at += 1;
            let head = need!(r.star_named_expression());
            let comma = need!(r.eat(Comma));
            need!(r.for_if_clauses());
            r.raise(FORGOT, head.first, comma + 1)
        })
    }

    pub(super) fn for_if_clauses(&mut self) -> Rule<Clauses> {
        let Some(mut clauses) = self.alternative(Self::for_if_clause)? else { return Ok(None) };
        while let Some(next) = self.alternative(Self::for_if_clause)? {
            clauses = next;
        }
        Ok(Some(clauses))
    }

    fn for_if_clause(&mut self) -> Rule<Clauses> {
        let mark = self.at;
        for is_async in [true, false] {
            self.at = mark;
            if is_async && self.eat(Async)?.is_none() {
                continue;
            }
            if self.eat(For)?.is_none() {
                continue;
            }
            let Some(target) = self.alternative(Self::star_targets)? else { continue };
            if self.eat(In)?.is_none() {
                continue;
            }
            // After `in` no other alternative counts.
            let mut end = need!(self.disjunction());
            while let Some(test) = self.alternative(|r| {
                need!(r.eat(If));
                r.disjunction()
            })? {
                end = test;
            }
            return Ok(Some(Clauses { target, end }));
        }
        self.at = mark;
        check!(self.explaining);
        self.invalid_for_target()?;
        Ok(None)
    }

    pub(super) fn invalid_for_target(&mut self) -> Rule {
        self.alternative(|r| {
            r.eat(Async)?;
            need!(r.eat(For));
            let targets = need!(r.star_expressions());
            r.raise_invalid_target(&targets, Targets::For)
        })
    }

    fn dict(&mut self) -> Rule<Outline> {
        choose!(self;
            |r: &mut Self| {
                let first = need!(r.eat(LBrace));
                if r.alternative(|r| r.separated(Self::double_starred_kvpair))?.is_some() {
                    r.eat(Comma)?;
                }
                need!(r.eat(RBrace));
                Ok(Some(Outline::new(Shape::Dict, first, r.at as u32)))
            },
            // On in the first reading too, where it comes before what the other extra rules would say.
            |r: &mut Self| {
                need!(r.eat(LBrace));
                r.invalid_double_starred_kvpairs()?;
                Ok(None)
            },
        )
    }

    fn double_starred_kvpair(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.eat(DoubleStar));
                need!(r.bitwise_or());
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.expression());
                need!(r.eat(Colon));
                need!(r.expression());
                Ok(Some(()))
            },
        )
    }

    fn invalid_double_starred_kvpairs(&mut self) -> Rule {
        self.alternative(|r| -> Rule {
            need!(r.separated(Self::double_starred_kvpair));
            need!(r.eat(Comma));
            r.alternative(|r| -> Rule {
                let key = need!(r.expression());
                check!(!r.is(Colon)?);
                let (start, end) = (r.tokens[key.first as usize], r.tokens[key.last as usize - 1]);
                r.raise_place("':' expected after dictionary key", start.line, Some(end.end_col - 2 + 1), end.end_line)
            })?;
            r.invalid_dict_value()
        })?;
        self.invalid_dict_value()
    }

    fn invalid_dict_value(&mut self) -> Rule {
        self.alternative(|r| -> Rule {
            need!(r.expression());
            need!(r.eat(Colon));
            let star = need!(r.eat(Star));
            need!(r.bitwise_or());
            r.raise_from("cannot use a starred expression in a dictionary value", star)
        })?;
        self.alternative(|r| -> Rule {
            need!(r.expression());
            let colon = need!(r.eat(Colon));
            check!(matches!(r.kind()?, RBrace | Comma));
            r.raise("expression expected after dictionary key and ':'", colon, colon + 1)
        })
    }

    fn dictcomp(&mut self) -> Rule<Outline> {
        choose!(self;
            |r: &mut Self| {
                let first = need!(r.eat(LBrace));
                need!(r.expression());
                need!(r.eat(Colon));
                need!(r.expression());
                need!(r.for_if_clauses());
                need!(r.eat(RBrace));
                Ok(Some(Outline::new(Shape::DictComp, first, r.at as u32)))
            },
            |r: &mut Self| {
                check!(r.explaining);
                need!(r.eat(LBrace));
                let stars = need!(r.eat(DoubleStar));
                let value = need!(r.bitwise_or());
                need!(r.for_if_clauses());
                need!(r.eat(RBrace));
                let _ = value;
                r.raise("dict unpacking cannot be used in dict comprehension", stars, stars + 1)
            },
        )
    }

    pub(super) fn starred_expression(&mut self) -> Rule<Outline> {
        self.star_of(Self::expression)
    }

    /// The arguments of a call, with a closing parenthesis behind them.
    pub(super) fn arguments(&mut self) -> Rule {
        let kept = self.keep(Kept::Arguments, |r| {
            let first = r.at as u32;
            choose!(r;
                |r: &mut Self| {
                    need!(r.args());
                    r.eat(Comma)?;
                    check!(r.is(RPar)?);
                    Ok(Some(Outline::new(Shape::Call, first, r.at as u32)))
                },
                |r: &mut Self| {
                    check!(r.explaining);
                    r.invalid_arguments()?;
                    Ok(None)
                },
            )
        })?;
        Ok(kept.map(|_| ()))
    }

    fn args(&mut self) -> Rule<Arguments> {
        choose!(self;
            |r: &mut Self| {
                let positional = need!(r.separated(|r| {
                    let value = need!(r.positional());
                    check!(!r.is(Equal)?);
                    Ok(Some(value))
                }));
                let keywords = r.alternative(|r| {
                    need!(r.eat(Comma));
                    r.kwargs()
                })?;
                let mut arguments = keywords.unwrap_or(Arguments { positional: Vec::new(), keywords: false, unpacked_last: false });
                arguments.positional.splice(0..0, positional);
                Ok(Some(arguments))
            },
            Self::kwargs,
        )
    }

    fn positional(&mut self) -> Rule<Outline> {
        choose!(self; Self::starred_expression, Self::genexp_element)
    }

    fn kwargs(&mut self) -> Rule<Arguments> {
        let stars = |values: &[Option<Outline>]| values.iter().flatten().cloned().collect::<Vec<_>>();
        choose!(self;
            |r: &mut Self| {
                let first = need!(r.separated(Self::kwarg_or_starred));
                need!(r.eat(Comma));
                let second = need!(r.separated(Self::kwarg_or_double_starred));
                Ok(Some(Arguments { positional: stars(&first), keywords: true, unpacked_last: second.last() == Some(&true) }))
            },
            |r: &mut Self| {
                let first = need!(r.separated(Self::kwarg_or_starred));
                let keywords = first.iter().any(Option::is_none);
                Ok(Some(Arguments { positional: stars(&first), keywords, unpacked_last: false }))
            },
            |r: &mut Self| {
                let second = need!(r.separated(Self::kwarg_or_double_starred));
                Ok(Some(Arguments { positional: Vec::new(), keywords: true, unpacked_last: second.last() == Some(&true) }))
            },
        )
    }

    /// `name=value` (no outline) or `*value`
    fn kwarg_or_starred(&mut self) -> Rule<Option<Outline>> {
        if self.explaining {
            self.invalid_kwarg()?;
        }
        choose!(self;
            |r: &mut Self| {
                need!(r.keyword());
                Ok(Some(None))
            },
            |r: &mut Self| Ok(Some(Some(need!(r.starred_expression())))),
        )
    }

    /// `name=value` or `**value`; true for the latter.
    fn kwarg_or_double_starred(&mut self) -> Rule<bool> {
        if self.explaining {
            self.invalid_kwarg()?;
        }
        choose!(self;
            |r: &mut Self| {
                need!(r.keyword());
                Ok(Some(false))
            },
            |r: &mut Self| {
                need!(r.eat(DoubleStar));
                need!(r.expression());
                Ok(Some(true))
            },
        )
    }

    fn keyword(&mut self) -> Rule {
        need!(self.eat(Name));
        need!(self.eat(Equal));
        need!(self.expression());
        Ok(Some(()))
    }

    fn invalid_kwarg(&mut self) -> Rule {
        self.alternative(|r| -> Rule {
            let name = need!(r.constant_name());
            let equal = need!(r.eat(Equal));
            r.raise(&format!("cannot assign to {}", name.shape.name()), name.first, equal + 1)
        })?;
        self.alternative(Self::comprehension_keyword)?;
        self.alternative(|r| -> Rule {
            check!(!r.ahead(|r| {
                need!(r.eat(Name));
                r.eat(Equal)
            })?);
            let target = need!(r.expression());
            let equal = need!(r.eat(Equal));
            r.raise("expression cannot contain assignment, perhaps you meant \"==\"?", target.first, equal + 1)
        })
    }

    /// `name=value for …`
    fn comprehension_keyword(&mut self) -> Rule {
        let name = need!(self.eat(Name));
        let equal = need!(self.eat(Equal));
        need!(self.expression());
        need!(self.for_if_clauses());
        self.raise("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", name, equal + 1)
    }

    fn invalid_arguments(&mut self) -> Rule {
        const GENERATOR: &str = "Generator expression must be parenthesized";
        self.alternative(|r| -> Rule {
            let arguments = need!(r.args());
            need!(r.eat(Comma));
            let star = need!(r.eat(Star));
            check!(arguments.keywords);
            r.raise("iterable argument unpacking follows keyword argument unpacking", star, star + 1)
        })?;
        self.alternative(|r| -> Rule {
            let element = need!(r.expression());
            let clauses = need!(r.for_if_clauses());
            need!(r.eat(Comma));
            r.alternative(|r| {
                choose!(r;
                    |r: &mut Self| {
                        need!(r.args());
                        Ok(Some(()))
                    },
                    |r: &mut Self| {
                        need!(r.expression());
                        need!(r.for_if_clauses());
                        Ok(Some(()))
                    },
                )
            })?;
            r.raise(GENERATOR, element.first, clauses.end.last)
        })?;
        self.alternative(Self::comprehension_keyword)?;
        self.alternative(|r| -> Rule {
            let arguments = need!(r.args());
            let clauses = need!(r.for_if_clauses());
            check!(arguments.positional.len() > 1);
            let element = &arguments.positional[arguments.positional.len() - 1];
            r.raise(GENERATOR, element.first, clauses.end.last)
        })?;
        self.alternative(|r| -> Rule {
            need!(r.args());
            need!(r.eat(Comma));
            let element = need!(r.expression());
            let clauses = need!(r.for_if_clauses());
            r.raise(GENERATOR, element.first, clauses.target.last)
        })?;
        self.alternative(|r| -> Rule {
            let arguments = need!(r.args());
            need!(r.eat(Comma));
            need!(r.args());
            r.raise_last(if arguments.unpacked_last {
                "positional argument follows keyword argument unpacking"
            } else {
                "positional argument follows keyword argument"
            })
        })
    }
}
