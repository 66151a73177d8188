//! The order in which a constant frozenset shows its items: that of its hash table, with string hashes of seed 0.
//!
//! ```text
//!   x in {"a", "b", "c"}   →   frozenset({'c', 'a', 'b'})
//! ```
//!
//! Sets of the running machine are in `objects/set`; here only the places of distinct items matter.
//! Counterpart in CPython 3.11: `set_add_entry` and `set_insert_clean` in `Objects/setobject.c`.

use super::code::Constant;
use crate::num::hash::{self, HashKey};

const LINEAR_PROBES: usize = 9;

/// The items in the order of iteration.
pub fn iterated(items: &[Constant]) -> Vec<&Constant> {
    let key = HashKey::from_seed(0);
    let mut table: Vec<Option<(usize, i64)>> = vec![None; 8];
    let mut used = 0;
    for (index, item) in items.iter().enumerate().filter(|(index, item)| !items[..*index].contains(item)) {
        insert(&mut table, index, hash_of(item, key));
        used += 1;
        if used * 5 >= (table.len() - 1) * 3 {
            let wanted = if used > 50_000 { used * 2 } else { used * 4 };
            let mut larger = vec![None; (wanted + 1).next_power_of_two().max(8)];
            for (index, hash) in table.into_iter().flatten() {
                insert(&mut larger, index, hash);
            }
            table = larger;
        }
    }
    table.into_iter().flatten().map(|(index, _)| &items[index]).collect()
}

/// Puts an item into the first free slot of its probe sequence.
fn insert(table: &mut [Option<(usize, i64)>], index: usize, hash: i64) {
    let mask = table.len() - 1;
    let (mut perturb, mut start) = (hash as u64, hash as usize & mask);
    loop {
        let last = if start + LINEAR_PROBES <= mask { start + LINEAR_PROBES } else { start };
        if let Some(free) = table[start..=last].iter().position(Option::is_none) {
            table[start + free] = Some((index, hash));
            return;
        }
        perturb >>= 5;
        start = start.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
    }
}

fn hash_of(item: &Constant, key: HashKey) -> i64 {
    match item {
        Constant::True => 1,
        Constant::False => 0,
        Constant::Int(number) => hash::hash_int(number),
        Constant::Float(number) => hash::hash_float(*number).unwrap_or(0),
        Constant::Complex { real, imag } => hash::hash_complex(hash::hash_float(*real).unwrap_or(0), hash::hash_float(*imag).unwrap_or(0)),
        Constant::Str(text) => hash::hash_str(text, key),
        Constant::Bytes(bytes) => hash::hash_bytes(bytes, key),
        Constant::Tuple(items) => hash::hash_tuple(items.iter().map(|item| hash_of(item, key))),
        Constant::FrozenSet(items) => hash::hash_frozenset(items.iter().map(|item| hash_of(item, key))),
        // By address, which differs from run to run in CPython too.
        Constant::None | Constant::Ellipsis | Constant::Code(_) => 0,
    }
}
