//! Objects whose repr is under way, so that a list that contains itself ends as `[[...]]`.
//!
//! They are held by a list in the dict of the thread, as in CPython: `sys.getrefcount` in a `__repr__` sees it, and the
//! first repr of a container allocates that list and dict. Counterpart: `Py_ReprEnter`, `Py_ReprLeave`.

use super::*;
use crate::objects::list;

impl Vm {
    /// Is a repr of this object under way?
    pub fn is_shown(&self, object: ObjRef) -> bool {
        self.repr_list.is_some_and(|list| self.heap.list(list).is_some_and(|shown| shown.contains(&object)))
    }

    pub fn repr_enter(&mut self, object: ObjRef) {
        let list = match self.repr_list {
            Some(list) => list,
            None => {
                let dict = self.new_dict();
                let list = self.new_list([]);
                self.dict_set_text(dict, "Py_Repr", list);
                self.thread_dict = Some(dict);
                self.repr_list = Some(list);
                list
            }
        };
        let object = self.own(object);
        self.list_append(list, object);
    }

    pub fn repr_leave(&mut self, object: ObjRef) {
        let Some(list) = self.repr_list else { return };
        if let Some(place) = self.heap.list(list).and_then(|shown| shown.iter().rposition(|&shown| shown == object)) {
            let shown = self.heap.list_mut(list).expect("a list");
            shown.remove(place);
            let old_len = shown.len() + 1;
            list::resized(&mut self.heap, list, old_len);
            self.decref(object);
        }
    }
}
