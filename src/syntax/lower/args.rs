//! Parameters of `def` and `lambda`, arguments of calls.
//!
//! Counterpart in CPython 3.11: the rules `params` and `args`. `def f(a, /, b=1, *c, d, **e)` fills every list of `arguments`.

use super::{Id, Kind, Lower, Result, boxed};
use crate::syntax::{
    ast::{Arg, Arguments, Expr, Keyword},
    cst::Field,
    token::TokenKind,
};

impl Lower<'_> {
    pub(super) fn parameters(&self, id: Option<Id>) -> Result<Arguments> {
        let mut out = Arguments::default();
        let Some(id) = id else { return Ok(out) };
        let (mut star, mut slash) = (false, false);
        let parts: Vec<Id> = self.named(id).collect();
        for (index, &part) in parts.iter().enumerate() {
            if out.kwarg.is_some() {
                return self.reject(self.first(part));
            }
            match self.kind(part) {
                Kind::Identifier => {
                    let arg = self.parameter(part, None, part)?;
                    if star {
                        out.kwonlyargs.push(arg);
                        out.kw_defaults.push(None);
                    } else if !out.defaults.is_empty() {
                        return self.reject(self.first(part));
                    } else {
                        out.args.push(arg);
                    }
                }
                Kind::DefaultParameter | Kind::TypedDefaultParameter => {
                    let name = self.part(part, Field::Name)?;
                    let annotation = self.field(part, Field::Type);
                    let arg = self.parameter(name, annotation, annotation.unwrap_or(name))?;
                    let default = self.expression(self.part(part, Field::Value)?)?;
                    if star {
                        out.kwonlyargs.push(arg);
                        out.kw_defaults.push(Some(default));
                    } else {
                        out.args.push(arg);
                        out.defaults.push(default);
                    }
                }
                Kind::TypedParameter => {
                    let name = self.only(part)?;
                    let annotation = self.part(part, Field::Type)?;
                    match self.kind(name) {
                        Kind::Identifier => {
                            let arg = self.parameter(name, Some(annotation), annotation)?;
                            if star {
                                out.kwonlyargs.push(arg);
                                out.kw_defaults.push(None);
                            } else if !out.defaults.is_empty() {
                                return self.reject(self.first(part));
                            } else {
                                out.args.push(arg);
                            }
                        }
                        Kind::ListSplatPattern if !star => {
                            star = true;
                            out.vararg = Some(Box::new(self.star_parameter(self.only(name)?, annotation)?));
                        }
                        Kind::DictionarySplatPattern => {
                            out.kwarg = Some(boxed(self.parameter(self.only(name)?, Some(annotation), annotation))?);
                        }
                        _ => return self.reject(self.first(part)),
                    }
                }
                Kind::ListSplatPattern if !star => {
                    star = true;
                    let name = self.only(part)?;
                    out.vararg = Some(boxed(self.parameter(name, None, name))?);
                }
                Kind::DictionarySplatPattern => {
                    let name = self.only(part)?;
                    out.kwarg = Some(boxed(self.parameter(name, None, name))?);
                }
                Kind::KeywordSeparator if !star => {
                    star = true;
                    if parts.get(index + 1).is_none_or(|&next| self.is_kwarg(next)) {
                        return self.reject(self.first(part));
                    }
                }
                Kind::PositionalSeparator if !star && !slash && index > 0 => {
                    slash = true;
                    out.posonlyargs = std::mem::take(&mut out.args);
                }
                _ => return self.reject(self.first(part)),
            }
        }
        // A comma may follow anything but `**kwargs` … which it may as well, but not a bare star.
        Ok(out)
    }

    fn is_kwarg(&self, id: Id) -> bool {
        match self.kind(id) {
            Kind::DictionarySplatPattern => true,
            Kind::TypedParameter => self.named(id).next().is_some_and(|name| self.kind(name) == Kind::DictionarySplatPattern),
            _ => false,
        }
    }

    fn parameter(&self, name: Id, annotation: Option<Id>, end: Id) -> Result<Arg> {
        if self.kind(name) != Kind::Identifier {
            return self.reject(self.first(name));
        }
        let location = self.span(self.first(name), self.last(end));
        let annotation = match annotation {
            Some(annotation) => Some(boxed(self.expression(annotation))?),
            None => None,
        };
        Ok(Arg { arg: self.identifier(name)?, annotation, location })
    }

    /// `*args: *Ts`: the only annotation that may be starred.
    fn star_parameter(&self, name: Id, annotation: Id) -> Result<Arg> {
        let mut arg = self.parameter(name, None, annotation)?;
        arg.annotation = Some(boxed(self.star_expression(self.only(annotation)?))?);
        Ok(arg)
    }

    /// The arguments between the parentheses of a call or a class.
    pub(super) fn arguments(&self, id: Id) -> Result<(Vec<Expr>, Vec<Keyword>)> {
        let (mut args, mut keywords): (Vec<Expr>, Vec<Keyword>) = (Vec::new(), Vec::new());
        if self.token(self.first(id) + 1) == TokenKind::Comma {
            return self.reject(self.first(id) + 1);
        }
        let mut unpacked = false;
        for part in self.named(id) {
            let location = self.location(part);
            match self.kind(part) {
                Kind::KeywordArgument => {
                    let arg = Some(self.identifier(self.part(part, Field::Name)?)?);
                    let value = self.expression(self.part(part, Field::Value)?)?;
                    keywords.push(Keyword { arg, value, location });
                }
                Kind::DictionarySplat => {
                    unpacked = true;
                    let value = self.expression(self.only(part)?)?;
                    keywords.push(Keyword { arg: None, value, location });
                }
                _ => {
                    let star = self.star_before(part).is_some();
                    if unpacked || (!star && !keywords.is_empty()) {
                        return self.reject(self.first(part));
                    }
                    args.push(self.argument(part)?);
                }
            }
        }
        Ok((args, keywords))
    }

    /// `value`, `name := value` or `*value` (any expression may follow that star).
    pub(super) fn argument(&self, id: Id) -> Result<Expr> {
        match self.take_star(id) {
            Some(star) => {
                let value = self.expression(id)?;
                Ok(self.starred(star, id, value))
            }
            None => self.named_expression(id),
        }
    }
}
