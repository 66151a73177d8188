//! Targets of assignments, loops and `del`.
//!
//! Counterpart in CPython 3.11: the rules `star_targets`, `single_target`, `del_targets`, `t_primary`. `a, *b[c]` is one.

use super::{
    Kept, Reader, Rule, check, choose, need,
    outline::{Outline, Shape},
};
use crate::syntax::token::TokenKind::{Comma, Dot, LPar, LSqb, Name, RPar, RSqb, Star};

impl Reader<'_> {
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

    pub(super) fn star_target(&mut self) -> Rule<Outline> {
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

    pub(super) fn target_with_star_atom(&mut self) -> Rule<Outline> {
        self.keep(Kept::TargetWithStarAtom, |r| choose!(r; Self::subscript_or_attribute, Self::star_atom))
    }

    /// `….name` or `…[…]` with nothing more to follow.
    pub(super) fn subscript_or_attribute(&mut self) -> Rule<Outline> {
        let first = self.at as u32;
        need!(self.t_primary());
        let shape = match self.kind()? {
            Dot | LSqb => need!(self.trailer()),
            _ => return Ok(None),
        };
        check!(!matches!(self.kind()?, LPar | LSqb | Dot));
        Ok(Some(Outline::new(shape, first, self.at as u32)))
    }

    pub(super) fn single_subscript_attribute_target(&mut self) -> Rule {
        need!(self.subscript_or_attribute());
        Ok(Some(()))
    }

    /// A primary that another trailer follows.
    pub(super) fn t_primary(&mut self) -> Rule<Outline> {
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

    pub(super) fn star_atom(&mut self) -> Rule<Outline> {
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

    pub(super) fn single_target(&mut self) -> Rule {
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

    pub(super) fn del_target(&mut self) -> Rule<Outline> {
        self.keep(Kept::DelTarget, |r| choose!(r; Self::subscript_or_attribute, Self::del_t_atom))
    }

    pub(super) fn del_t_atom(&mut self) -> Rule<Outline> {
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
}
