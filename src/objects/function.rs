//! Function objects: Python functions, and natives written in Rust.
//!
//! `def f(a, b=1): …` makes one code object when compiled and a new function each time the `def` runs.
//! Counterparts in CPython 3.11: `PyFunctionObject`, `PyCFunctionObject`, `PyMethodDescrObject`, `PyWrapperDescrObject`.

use crate::heap::ObjRef;

#[derive(Clone)]
pub struct Function {
    pub globals: ObjRef,
    pub builtins: ObjRef,
    pub name: ObjRef,
    pub qualname: ObjRef,
    pub code: ObjRef,
    /// tuple
    pub defaults: Option<ObjRef>,
    /// dict
    pub kwdefaults: Option<ObjRef>,
    /// tuple of cells
    pub closure: Option<ObjRef>,
    pub doc: ObjRef,
    pub dict: Option<ObjRef>,
    pub module: Option<ObjRef>,
    /// dict, or the tuple of names and values that MAKE_FUNCTION was given
    pub annotations: Option<ObjRef>,
}

impl Function {
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.code);
        visit(self.globals);
        self.module.iter().for_each(|&o| visit(o));
        self.defaults.iter().for_each(|&o| visit(o));
        self.kwdefaults.iter().for_each(|&o| visit(o));
        visit(self.doc);
        visit(self.name);
        self.dict.iter().for_each(|&o| visit(o));
        self.closure.iter().for_each(|&o| visit(o));
        self.annotations.iter().for_each(|&o| visit(o));
        visit(self.qualname);
        visit(self.builtins);
    }
}

/// A row of the machine's table of natives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NativeId(pub u32);

/// A builtin function, a method of a builtin type (bound or not), or a slot wrapper such as `int.__add__`.
#[derive(Clone)]
pub struct NativeFunction {
    pub id: NativeId,
    pub name: &'static str,
    /// `__self__` of a bound method, the module of a function
    pub this: Option<ObjRef>,
    /// the type that an unbound method belongs to
    pub owner: Option<ObjRef>,
    /// name of the module; of a descriptor its qualified name, once somebody has asked for it
    pub module: Option<ObjRef>,
}

impl NativeFunction {
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        self.this.iter().for_each(|&o| visit(o));
        self.owner.iter().for_each(|&o| visit(o));
        self.module.iter().for_each(|&o| visit(o));
    }
}
