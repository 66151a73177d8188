//! The arguments of calls and the mistakes in them.
//!
//! Counterpart in CPython 3.11: the rules `arguments` and `invalid_arguments`. `f(a=1, b)` is "positional argument follows keyword
//! argument".

use super::{
    Kept, Reader, Rule, check, choose, need,
    outline::{Outline, Shape},
};
use crate::syntax::token::TokenKind::{Comma, DoubleStar, Equal, Name, RPar, Star};

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

impl Reader<'_> {
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

    pub(super) fn args(&mut self) -> Rule<Arguments> {
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

    pub(super) fn positional(&mut self) -> Rule<Outline> {
        choose!(self; Self::starred_expression, Self::genexp_element)
    }

    pub(super) fn kwargs(&mut self) -> Rule<Arguments> {
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
    pub(super) fn kwarg_or_starred(&mut self) -> Rule<Option<Outline>> {
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
    pub(super) fn kwarg_or_double_starred(&mut self) -> Rule<bool> {
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

    pub(super) fn keyword(&mut self) -> Rule {
        need!(self.eat(Name));
        need!(self.eat(Equal));
        need!(self.expression());
        Ok(Some(()))
    }

    pub(super) fn invalid_kwarg(&mut self) -> Rule {
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
    pub(super) fn comprehension_keyword(&mut self) -> Rule {
        let name = need!(self.eat(Name));
        let equal = need!(self.eat(Equal));
        need!(self.expression());
        need!(self.for_if_clauses());
        self.raise("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", name, equal + 1)
    }

    pub(super) fn invalid_arguments(&mut self) -> Rule {
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
