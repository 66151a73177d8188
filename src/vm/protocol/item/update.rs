//! `dict.update`, `{**mapping}`: taking over all keys of another mapping.

use crate::{
    heap::ObjRef,
    objects::Objects,
    vm::{Raised, Vm},
};

impl Vm {
    /// Sets all keys of a mapping (borrowed) in a dict. Python code of the mapping runs to its end.
    pub fn dict_update_now(&mut self, dict: ObjRef, mapping: ObjRef) -> Result<(), Raised> {
        if let Some(table) = self.heap.dict(mapping) {
            let pairs: Vec<(ObjRef, i64, ObjRef)> = (0..table.nentries())
                .filter_map(|i| table.entry(i))
                .map(|entry| (entry.key.expect("a live entry"), entry.hash, entry.value))
                .collect();
            for (key, _, value) in pairs {
                self.dict_set_now(dict, key, value)?;
            }
            return Ok(());
        }
        let depth = self.frames.len();
        let keys = match self.call_attribute(mapping, self.names.keys, &[]) {
            Some(result) => {
                let outcome = result?;
                self.finish_now(depth, outcome)?
            }
            None => return Err(self.no_attribute(mapping, self.names.keys)),
        };
        let items = self.collect_now(keys);
        self.decref(keys);
        let items = items?;
        for (i, &key) in items.iter().enumerate() {
            let depth = self.frames.len();
            let value = match self.get_item(mapping, key) {
                Ok(outcome) => self.finish_now(depth, outcome),
                Err(raised) => Err(raised),
            };
            let result = match value {
                Ok(value) => {
                    let result = self.dict_set_now(dict, key, value);
                    self.decref(value);
                    result
                }
                Err(raised) => Err(raised),
            };
            if let Err(raised) = result {
                self.decref_all(items[i..].iter().copied());
                return Err(raised);
            }
            self.decref(key);
        }
        Ok(())
    }
}
