//! Modules: a dict with a name. Counterpart in CPython 3.11: `PyModuleObject`.

use crate::heap::ObjRef;

#[derive(Clone)]
pub struct Module {
    pub dict: ObjRef,
    pub name: ObjRef,
}

impl Module {
    pub fn trace(&self, visit: &mut dyn FnMut(ObjRef)) {
        visit(self.dict);
        visit(self.name);
    }
}
