//! What stands in brackets: groups, tuples, lists, sets, dicts and comprehensions, and the mistakes in them.
//!
//! Counterpart in CPython 3.11: the rules `group`, `tuple`, `list`, `dict`, `listcomp`, … `{a: b, c}` is "':' expected after dictionary
//! key".

use super::{
    Reader, Rule, check, choose, need,
    outline::{Outline, Shape, Targets},
};
use crate::syntax::token::TokenKind::{
    self, Async, Colon, ColonEqual, Comma, DoubleStar, For, If, In, LBrace, LPar, LSqb, RBrace, RPar, RSqb, Star,
};

/// The clauses of a comprehension: the last one's target, and its last expression.
#[derive(Clone)]
pub(super) struct Clauses {
    pub target: Outline,
    pub end: Outline,
}

impl Reader<'_> {
    pub(super) fn list(&mut self) -> Rule<Outline> {
        let first = need!(self.eat(LSqb));
        let parts = self.alternative(Self::star_named_expressions)?.unwrap_or_default();
        need!(self.eat(RSqb));
        Ok(Some(Outline::with(Shape::List, first, self.at as u32, parts)))
    }

    pub(super) fn set(&mut self) -> Rule<Outline> {
        let first = need!(self.eat(LBrace));
        need!(self.star_named_expressions());
        need!(self.eat(RBrace));
        Ok(Some(Outline::new(Shape::Set, first, self.at as u32)))
    }

    pub(super) fn tuple(&mut self) -> Rule<Outline> {
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

    pub(super) fn group(&mut self) -> Rule<Outline> {
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

    pub(super) fn yield_or_named(&mut self) -> Rule<Outline> {
        choose!(self; Self::yield_expr, Self::named_expression)
    }

    /// A comprehension between brackets, and what may be wrong with it.
    pub(super) fn comprehension(&mut self, open: TokenKind, close: TokenKind, shape: Shape) -> Rule<Outline> {
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

    pub(super) fn listcomp(&mut self) -> Rule<Outline> {
        self.comprehension(LSqb, RSqb, Shape::ListComp)
    }

    pub(super) fn setcomp(&mut self) -> Rule<Outline> {
        self.comprehension(LBrace, RBrace, Shape::SetComp)
    }

    pub(super) fn genexp(&mut self) -> Rule<Outline> {
        self.comprehension(LPar, RPar, Shape::GeneratorExp)
    }

    /// `name := value`, or an expression with no `:=` behind it.
    pub(super) fn genexp_element(&mut self) -> Rule<Outline> {
        if self.at_walrus()? {
            return self.assignment_expression();
        }
        let value = need!(self.expression());
        check!(!self.is(ColonEqual)?);
        Ok(Some(value))
    }

    pub(super) fn invalid_comprehension(&mut self) -> Rule<Outline> {
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

    pub(super) fn for_if_clause(&mut self) -> Rule<Clauses> {
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

    pub(super) fn dict(&mut self) -> Rule<Outline> {
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

    pub(super) fn double_starred_kvpair(&mut self) -> Rule {
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

    pub(super) fn invalid_double_starred_kvpairs(&mut self) -> Rule {
        self.alternative(|r| -> Rule {
            need!(r.separated(Self::double_starred_kvpair));
            need!(r.eat(Comma));
            r.alternative(|r| -> Rule {
                let key = need!(r.expression());
                check!(!r.is(Colon)?);
                let (start, end) = (r.tokens[key.first as usize], r.tokens[key.last as usize - 1]);
                r.raise_place("':' expected after dictionary key", start.line, Some(end.end_col.saturating_sub(1)), end.end_line)
            })?;
            r.invalid_dict_value()
        })?;
        self.invalid_dict_value()
    }

    pub(super) fn invalid_dict_value(&mut self) -> Rule {
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

    pub(super) fn dictcomp(&mut self) -> Rule<Outline> {
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

    /// A display in brackets or parentheses.
    pub(super) fn list_or_tuple(&mut self) -> Rule<Outline> {
        choose!(self; Self::list, Self::tuple)
    }
}
