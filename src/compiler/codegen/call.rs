//! Calls: plain, of methods, and with `*` and `**`.
//!
//! A plain call lies on the stack as `[NULL, callable, arguments…]`, a method call as `[method, self, arguments…]`.

use super::{Codegen, STACK_USE_GUIDELINE, expr, string, strings};
use crate::{
    bytecode::opcode::Op,
    compiler::{
        Result,
        symtable::{SymbolTable, def},
    },
    syntax::ast::{Expr, ExprContext, ExprKind, Keyword},
};

impl<'a> Codegen<'a> {
    pub(super) fn call(&mut self, call: &'a Expr, func: &'a Expr, args: &'a [Expr], keywords: &'a [Keyword]) -> Result<()> {
        self.validate_keywords(keywords)?;
        if is_method_call(func, args, keywords) && !self.is_imported(func) {
            return self.method_call(call, func, args, keywords);
        }
        self.warn_caller(func);
        self.set_loc(func.location);
        self.op(Op::PUSH_NULL);
        self.set_loc(call.location);
        self.expr(func)?;
        self.call_arguments(0, args, keywords)
    }

    /// Functions of imported modules are no methods: `math.sqrt(x)` is a plain attribute and a plain call.
    fn is_imported(&self, func: &Expr) -> bool {
        match &func.kind {
            ExprKind::Attribute { value, .. } => match &value.kind {
                ExprKind::Name { id, .. } => {
                    self.table[SymbolTable::TOP].symbols.get(id).is_some_and(|symbol| symbol.flags & def::IMPORT != 0)
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn method_call(&mut self, call: &'a Expr, func: &'a Expr, args: &'a [Expr], keywords: &'a [Keyword]) -> Result<()> {
        let ExprKind::Attribute { value, attr, .. } = &func.kind else {
            return Ok(());
        };
        self.expr(value)?;
        self.set_loc(func.location);
        self.loc_of_attribute(func);
        self.op_name(Op::LOAD_METHOD, attr);
        self.exprs(args)?;
        if !keywords.is_empty() {
            self.keyword_values(keywords)?;
        }
        self.set_loc(call.location);
        self.loc_of_attribute(func);
        self.call_op(args.len() + keywords.len());
        Ok(())
    }

    /// The arguments of a call and the call itself; `pushed` arguments lie on the stack already.
    pub(super) fn call_arguments(&mut self, pushed: usize, args: &'a [Expr], keywords: &'a [Keyword]) -> Result<()> {
        self.validate_keywords(keywords)?;
        let spread = args.iter().any(is_starred) || keywords.iter().any(|keyword| keyword.arg.is_none());
        if !spread && args.len() + keywords.len() * 2 <= STACK_USE_GUIDELINE {
            self.exprs(args)?;
            if !keywords.is_empty() {
                self.keyword_values(keywords)?;
            }
            self.call_op(pushed + args.len() + keywords.len());
            return Ok(());
        }
        match args {
            [Expr { kind: ExprKind::Starred { value, .. }, .. }] if pushed == 0 => self.expr(value)?,
            _ => self.display(args, pushed, expr::TUPLE)?,
        }
        if !keywords.is_empty() {
            self.keyword_dict(keywords)?;
        }
        self.op_arg(Op::CALL_FUNCTION_EX, u32::from(!keywords.is_empty()));
        Ok(())
    }

    fn call_op(&mut self, count: usize) {
        self.op_arg(Op::PRECALL, count as u32);
        self.op_arg(Op::CALL, count as u32);
    }

    fn keyword_values(&mut self, keywords: &'a [Keyword]) -> Result<()> {
        for keyword in keywords {
            self.expr(&keyword.value)?;
        }
        let names = self.add_const(strings(keywords.iter().filter_map(|keyword| keyword.arg.as_ref())));
        self.op_arg(Op::KW_NAMES, names);
        Ok(())
    }

    /// The dict for a call with `**`.
    fn keyword_dict(&mut self, keywords: &'a [Keyword]) -> Result<()> {
        let mut have_dict = false;
        let mut pending = 0;
        for (index, keyword) in keywords.iter().enumerate() {
            if keyword.arg.is_some() {
                pending += 1;
                continue;
            }
            if pending > 0 {
                self.keyword_piece(&keywords[index - pending..index], &mut have_dict)?;
                pending = 0;
            }
            if !have_dict {
                self.op_arg(Op::BUILD_MAP, 0);
                have_dict = true;
            }
            self.expr(&keyword.value)?;
            self.op_arg(Op::DICT_MERGE, 1);
        }
        if pending > 0 {
            self.keyword_piece(&keywords[keywords.len() - pending..], &mut have_dict)?;
        }
        Ok(())
    }

    fn keyword_piece(&mut self, keywords: &'a [Keyword], have_dict: &mut bool) -> Result<()> {
        let count = keywords.len();
        let big = count * 2 > STACK_USE_GUIDELINE;
        if count > 1 && !big {
            for keyword in keywords {
                self.expr(&keyword.value)?;
            }
            self.load_const(strings(keywords.iter().filter_map(|keyword| keyword.arg.as_ref())));
            self.op_arg(Op::BUILD_CONST_KEY_MAP, count as u32);
        } else {
            if big {
                self.op_noline(Op::BUILD_MAP);
            }
            for keyword in keywords {
                if let Some(name) = &keyword.arg {
                    self.load_const(string(name));
                }
                self.expr(&keyword.value)?;
                if big {
                    self.push(crate::compiler::cfg::Instr::new(Op::MAP_ADD, 1, crate::compiler::cfg::Loc::NONE));
                }
            }
            if !big {
                self.op_arg(Op::BUILD_MAP, count as u32);
            }
        }
        if *have_dict {
            self.op_arg(Op::DICT_MERGE, 1);
        }
        *have_dict = true;
        Ok(())
    }

    fn validate_keywords(&mut self, keywords: &'a [Keyword]) -> Result<()> {
        for (index, keyword) in keywords.iter().enumerate() {
            let Some(name) = &keyword.arg else {
                continue;
            };
            self.check_forbidden(name, ExprContext::Store)?;
            if let Some(other) = keywords[index + 1..].iter().find(|other| other.arg.as_ref() == Some(name)) {
                self.set_loc(other.location);
                return self.error(format!("keyword argument repeated: {name}"));
            }
        }
        Ok(())
    }

    /// In a chain of attributes over many lines, an access is at the line of its name.
    pub(super) fn loc_of_attribute(&mut self, attribute: &Expr) {
        let ExprKind::Attribute { attr, .. } = &attribute.kind else {
            return;
        };
        let (line, end_col) = (attribute.location.end_lineno as i32, attribute.location.end_col_offset as i32);
        let loc = &mut self.unit().loc;
        if loc.line == line {
            return;
        }
        loc.line = line;
        let len = attr.chars().count() as i32;
        if len <= end_col {
            loc.col = end_col - len;
        } else {
            loc.col = -1;
            loc.end_col = -1;
        }
        loc.end_line = loc.end_line.max(loc.line);
    }
}

fn is_starred(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Starred { .. })
}

/// Can the attribute be loaded as a method, without making a bound method object?
fn is_method_call(func: &Expr, args: &[Expr], keywords: &[Keyword]) -> bool {
    matches!(func.kind, ExprKind::Attribute { ctx: ExprContext::Load, .. })
        && args.len() + keywords.len() + usize::from(!keywords.is_empty()) < STACK_USE_GUIDELINE
        && !args.iter().any(is_starred)
        && keywords.iter().all(|keyword| keyword.arg.is_some())
}
