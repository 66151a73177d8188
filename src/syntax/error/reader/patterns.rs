//! The patterns of `case` and the mistakes in them.
//!
//! Counterpart in CPython 3.11: the rule `patterns` and below.

use super::{
    Kept, Reader, Rule, check, choose, need,
    outline::{Outline, Shape},
};
use crate::syntax::token::TokenKind::{
    self, As, Colon, Comma, Dot, DoubleStar, Equal, LBrace, LPar, LSqb, Minus, Name, Number, Plus, RBrace, RPar, RSqb, Star, VBar,
};

impl Reader<'_> {
    pub(super) fn patterns(&mut self) -> Rule {
        choose!(self; Self::open_sequence_pattern, Self::pattern)
    }

    fn pattern(&mut self) -> Rule {
        choose!(self; Self::as_pattern, Self::or_pattern)
    }

    fn as_pattern(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.or_pattern());
                need!(r.eat(As));
                r.capture_target()
            },
            |r: &mut Self| {
                check!(r.explaining);
                need!(r.or_pattern());
                need!(r.eat(As));
                let wildcard = need!(r.soft("_"));
                r.raise("cannot use '_' as a target", wildcard, wildcard + 1)
            },
            |r: &mut Self| {
                check!(r.explaining);
                need!(r.or_pattern());
                need!(r.eat(As));
                check!(!r.is(Name)?);
                let target = need!(r.expression());
                r.raise_on("invalid pattern target", &target)
            },
        )
    }

    fn or_pattern(&mut self) -> Rule {
        need!(self.closed_pattern());
        self.repeat(|r| {
            need!(r.eat(VBar));
            r.closed_pattern()
        })?;
        Ok(Some(()))
    }

    /// A name that is no `_` and goes no further.
    fn capture_target(&mut self) -> Rule {
        check!(!(self.is(Name)? && self.word(self.at as u32) == "_"));
        need!(self.eat(Name));
        check!(!matches!(self.kind()?, Dot | LPar | Equal));
        Ok(Some(()))
    }

    fn closed_pattern(&mut self) -> Rule {
        let kept = self.keep(Kept::ClosedPattern, |r| {
            let first = r.at as u32;
            let matched = r.closed_pattern_once()?;
            Ok(matched.map(|()| Outline::new(Shape::Name, first, r.at as u32)))
        })?;
        Ok(kept.map(|_| ()))
    }

    fn closed_pattern_once(&mut self) -> Rule {
        choose!(self;
            Self::literal_pattern,
            Self::capture_target,
            |r: &mut Self| {
                need!(r.soft("_"));
                Ok(Some(()))
            },
            |r: &mut Self| {
                check!(need!(r.name_or_attr()) > 1);
                check!(!matches!(r.kind()?, Dot | LPar | Equal));
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.eat(LPar));
                need!(r.pattern());
                need!(r.eat(RPar));
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.eat(LSqb));
                r.alternative(Self::maybe_sequence_pattern)?;
                need!(r.eat(RSqb));
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.eat(LPar));
                r.alternative(Self::open_sequence_pattern)?;
                need!(r.eat(RPar));
                Ok(Some(()))
            },
            Self::mapping_pattern,
            Self::class_pattern,
        )
    }

    fn signed_number(&mut self) -> Rule {
        self.eat(Minus)?;
        need!(self.eat(Number));
        Ok(Some(()))
    }

    /// A number, a complex number, strings or a constant.
    fn literal_pattern(&mut self) -> Rule {
        match self.kind()? {
            TokenKind::String => {
                need!(self.strings());
                Ok(Some(()))
            }
            TokenKind::None | TokenKind::True | TokenKind::False => {
                self.at += 1;
                Ok(Some(()))
            }
            _ => {
                need!(self.signed_number());
                if matches!(self.kind()?, Plus | Minus) {
                    self.at += 1;
                    let real = self.at as u32 - 2;
                    if self.word(real).ends_with(['j', 'J']) {
                        return self.raise("real number required in complex literal", real, real + 1);
                    }
                    let number = need!(self.eat(Number));
                    if !self.word(number).ends_with(['j', 'J']) {
                        return self.raise("imaginary number required in complex literal", number, number + 1);
                    }
                }
                Ok(Some(()))
            }
        }
    }

    /// `a.b.c`: how many names.
    fn name_or_attr(&mut self) -> Rule<usize> {
        need!(self.eat(Name));
        let more = self.repeat(|r| {
            need!(r.eat(Dot));
            r.eat(Name)
        })?;
        Ok(Some(1 + more))
    }

    fn open_sequence_pattern(&mut self) -> Rule {
        need!(self.maybe_star_pattern());
        need!(self.eat(Comma));
        self.alternative(Self::maybe_sequence_pattern)?;
        Ok(Some(()))
    }

    fn maybe_sequence_pattern(&mut self) -> Rule {
        need!(self.separated(Self::maybe_star_pattern));
        self.eat(Comma)?;
        Ok(Some(()))
    }

    fn maybe_star_pattern(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.eat(Star));
                if r.soft("_")?.is_some() {
                    return Ok(Some(()));
                }
                r.capture_target()
            },
            Self::pattern,
        )
    }

    fn mapping_pattern(&mut self) -> Rule {
        need!(self.eat(LBrace));
        if self.eat(RBrace)?.is_some() {
            return Ok(Some(()));
        }
        let items = self.alternative(|r| r.separated(Self::key_value_pattern))?;
        let more = items.is_none() || self.eat(Comma)?.is_some();
        if more {
            let rest = self.alternative(|r| {
                need!(r.eat(DoubleStar));
                r.capture_target()
            })?;
            if rest.is_some() {
                self.eat(Comma)?;
            }
        }
        need!(self.eat(RBrace));
        Ok(Some(()))
    }

    fn key_value_pattern(&mut self) -> Rule {
        let literal = self.alternative(Self::literal_pattern)?;
        if literal.is_none() {
            check!(need!(self.name_or_attr()) > 1);
        }
        need!(self.eat(Colon));
        self.pattern()
    }

    fn keyword_pattern(&mut self) -> Rule {
        need!(self.eat(Name));
        need!(self.eat(Equal));
        self.pattern()
    }

    fn class_pattern(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.name_or_attr());
                need!(r.eat(LPar));
                if r.eat(RPar)?.is_some() {
                    return Ok(Some(()));
                }
                let positional = r.alternative(|r| r.separated(Self::pattern))?.is_some();
                if !positional || r.eat(Comma)?.is_some() {
                    let keywords = r.alternative(|r| r.separated(Self::keyword_pattern))?.is_some();
                    if keywords {
                        r.eat(Comma)?;
                    }
                }
                need!(r.eat(RPar));
                Ok(Some(()))
            },
            |r: &mut Self| {
                check!(r.explaining);
                need!(r.name_or_attr());
                need!(r.eat(LPar));
                r.alternative(|r| {
                    need!(r.separated(Self::pattern));
                    r.eat(Comma)
                })?;
                need!(r.separated(Self::keyword_pattern));
                need!(r.eat(Comma));
                let first = r.at as u32;
                need!(r.separated(Self::pattern));
                let last = r.at as u32;
                r.raise("positional patterns follow keyword patterns", first, last)
            },
        )
    }
}
