//! Parameter lists of `def` and `lambda` and the mistakes in them.
//!
//! Counterpart in CPython 3.11: the rules `params` and `lambda_params`, which differ in annotations and in the token that ends them.

use super::{Reader, Rule, check, choose, need};
use crate::syntax::token::TokenKind::{Colon, Comma, DoubleStar, Equal, LPar, Name, RPar, Slash, Star};

/// Whose parameters.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Def,
    Lambda,
}

impl Reader<'_> {
    pub(super) fn def_params(&mut self) -> Rule {
        self.params(Of::Def)
    }

    pub(super) fn lambda_params(&mut self) -> Rule {
        self.alternative(|r| r.params(Of::Lambda))
    }

    fn params(&mut self, of: Of) -> Rule {
        if self.explaining {
            self.invalid_parameters(of)?;
        }
        self.alternative(|r| r.parameters(of))
    }

    fn parameters(&mut self, of: Of) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.slash_no_default(of));
                r.repeat(|r| r.param_no_default(of))?;
                r.repeat(|r| r.param_with_default(of))?;
                r.alternative(|r| r.star_etc(of))?;
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.slash_with_default(of));
                r.repeat(|r| r.param_with_default(of))?;
                r.alternative(|r| r.star_etc(of))?;
                Ok(Some(()))
            },
            |r: &mut Self| {
                check!(r.repeat(|r| r.param_no_default(of))? > 0);
                r.repeat(|r| r.param_with_default(of))?;
                r.alternative(|r| r.star_etc(of))?;
                Ok(Some(()))
            },
            |r: &mut Self| {
                check!(r.repeat(|r| r.param_with_default(of))? > 0);
                r.alternative(|r| r.star_etc(of))?;
                Ok(Some(()))
            },
            |r: &mut Self| r.star_etc(of),
        )
    }

    /// What follows a parameter: a comma, or the end of the list (left there).
    fn ends(&mut self, of: Of) -> Rule {
        if self.eat(Comma)?.is_some() || self.is(if of == Of::Def { RPar } else { Colon })? { Ok(Some(())) } else { Ok(None) }
    }

    fn slash(&mut self, of: Of) -> Rule {
        need!(self.eat(Slash));
        self.ends(of)
    }

    fn slash_no_default(&mut self, of: Of) -> Rule {
        check!(self.repeat(|r| r.param_no_default(of))? > 0);
        self.slash(of)
    }

    fn slash_with_default(&mut self, of: Of) -> Rule {
        self.repeat(|r| r.param_no_default(of))?;
        check!(self.repeat(|r| r.param_with_default(of))? > 0);
        self.slash(of)
    }

    fn param(&mut self, of: Of) -> Rule<u32> {
        let name = need!(self.eat(Name));
        if of == Of::Def {
            self.alternative(|r| {
                need!(r.eat(Colon));
                r.expression()
            })?;
        }
        Ok(Some(name))
    }

    fn param_no_default(&mut self, of: Of) -> Rule<(u32, u32)> {
        let name = need!(self.param(of));
        let end = self.at as u32;
        need!(self.ends(of));
        Ok(Some((name, end)))
    }

    fn param_with_default(&mut self, of: Of) -> Rule {
        need!(self.param(of));
        need!(self.default());
        self.ends(of)
    }

    fn param_maybe_default(&mut self, of: Of) -> Rule {
        need!(self.param(of));
        self.alternative(Self::default)?;
        self.ends(of)
    }

    fn default(&mut self) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.eat(Equal));
                need!(r.expression());
                Ok(Some(()))
            },
            |r: &mut Self| {
                check!(r.explaining);
                let equal = need!(r.eat(Equal));
                check!(matches!(r.kind()?, RPar | Comma));
                r.raise("expected default value expression", equal, equal + 1)
            },
        )
    }

    fn star_etc(&mut self, of: Of) -> Rule {
        if self.explaining {
            self.invalid_star_etc(of)?;
        }
        choose!(self;
            |r: &mut Self| {
                need!(r.eat(Star));
                need!(r.param_no_default(of));
                r.repeat(|r| r.param_maybe_default(of))?;
                r.alternative(|r| r.kwds(of))?;
                Ok(Some(()))
            },
            |r: &mut Self| {
                check!(of == Of::Def);
                need!(r.eat(Star));
                need!(r.eat(Name));
                need!(r.eat(Colon));
                need!(r.star_annotation());
                need!(r.ends(of));
                r.repeat(|r| r.param_maybe_default(of))?;
                r.alternative(|r| r.kwds(of))?;
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.eat(Star));
                need!(r.eat(Comma));
                check!(r.repeat(|r| r.param_maybe_default(of))? > 0);
                r.alternative(|r| r.kwds(of))?;
                Ok(Some(()))
            },
            |r: &mut Self| r.kwds(of),
        )
    }

    fn kwds(&mut self, of: Of) -> Rule {
        if self.explaining {
            self.invalid_kwds(of)?;
        }
        self.alternative(|r| {
            need!(r.eat(DoubleStar));
            need!(r.param_no_default(of));
            Ok(Some(()))
        })
    }

    fn invalid_kwds(&mut self, of: Of) -> Rule {
        self.alternative(|r| -> Rule {
            need!(r.eat(DoubleStar));
            need!(r.param(of));
            let equal = need!(r.eat(Equal));
            r.raise("var-keyword argument cannot have default value", equal, equal + 1)
        })?;
        self.alternative(|r| -> Rule {
            need!(r.eat(DoubleStar));
            need!(r.param(of));
            need!(r.eat(Comma));
            let first = r.at as u32;
            if !matches!(r.kind()?, Star | DoubleStar | Slash) {
                need!(r.param(of));
            }
            let last = (r.at as u32).max(first + 1);
            r.raise("arguments cannot follow var-keyword argument", first, last)
        })
    }

    fn invalid_star_etc(&mut self, of: Of) -> Rule {
        let end = if of == Of::Def { RPar } else { Colon };
        self.alternative(|r| -> Rule {
            let star = need!(r.eat(Star));
            if r.eat(end)?.is_none() {
                need!(r.eat(Comma));
                check!(r.eat(end)?.is_some() || r.eat(DoubleStar)?.is_some());
            }
            const BARE: &str = "named arguments must follow bare *";
            if of == Of::Def { r.raise(BARE, star, star + 1) } else { r.raise_last(BARE) }
        })?;
        self.alternative(|r| -> Rule {
            need!(r.eat(Star));
            need!(r.param(of));
            let equal = need!(r.eat(Equal));
            r.raise("var-positional argument cannot have default value", equal, equal + 1)
        })?;
        self.alternative(|r| -> Rule {
            need!(r.eat(Star));
            need!(r.param_or_comma(of));
            r.repeat(|r| r.param_maybe_default(of))?;
            let star = need!(r.eat(Star));
            need!(r.param_or_comma(of));
            r.raise("* argument may appear only once", star, star + 1)
        })
    }

    fn param_or_comma(&mut self, of: Of) -> Rule {
        choose!(self;
            |r: &mut Self| {
                need!(r.param_no_default(of));
                Ok(Some(()))
            },
            |r: &mut Self| {
                need!(r.eat(Comma));
                Ok(Some(()))
            },
        )
    }

    fn slash_any(&mut self, of: Of) -> Rule {
        choose!(self; |r: &mut Self| r.slash_no_default(of), |r: &mut Self| r.slash_with_default(of))
    }

    fn invalid_parameters(&mut self, of: Of) -> Rule {
        self.alternative(|r| -> Rule {
            r.repeat(|r| r.param_no_default(of))?;
            let with_default = r.alternative(|r| r.slash_with_default(of))?.is_some();
            if !with_default {
                check!(r.repeat(|r| r.param_with_default(of))? > 0);
            }
            let (name, end) = need!(r.param_no_default(of));
            r.raise("non-default argument follows default argument", name, end)
        })?;
        self.alternative(|r| -> Rule {
            r.repeat(|r| r.param_no_default(of))?;
            let open = need!(r.eat(LPar));
            if of == Of::Def {
                check!(r.repeat(|r| r.param_no_default(of))? > 0);
                r.eat(Comma)?;
            } else {
                need!(r.separated(|r| r.param(of)));
                r.eat(Comma)?;
            }
            let close = need!(r.eat(RPar));
            let whose = if of == Of::Def { "Function" } else { "Lambda expression" };
            r.raise(&format!("{whose} parameters cannot be parenthesized"), open, close + 1)
        })?;
        self.alternative(|r| -> Rule {
            let slash = need!(r.eat(Slash));
            need!(r.eat(Comma));
            r.raise("at least one argument must precede /", slash, slash + 1)
        })?;
        self.alternative(|r| -> Rule {
            need!(r.slash_any(of));
            r.repeat(|r| r.param_maybe_default(of))?;
            let slash = need!(r.eat(Slash));
            r.raise("/ may appear only once", slash, slash + 1)
        })?;
        self.alternative(|r| -> Rule {
            r.alternative(|r| r.slash_any(of))?;
            r.repeat(|r| r.param_maybe_default(of))?;
            need!(r.eat(Star));
            let comma = r.alternative(|r| r.eat(Comma))?;
            if comma.is_none() {
                need!(r.param_no_default(of));
            }
            r.repeat(|r| r.param_maybe_default(of))?;
            let slash = need!(r.eat(Slash));
            r.raise("/ must be ahead of *", slash, slash + 1)
        })?;
        self.alternative(|r| -> Rule {
            check!(r.repeat(|r| r.param_maybe_default(of))? > 0);
            need!(r.eat(Slash));
            let star = need!(r.eat(Star));
            r.raise("expected comma between / and *", star, star + 1)
        })
    }
}
