//! A long list that stays in its order while single entries come and go: pieces of some hundred entries, one after the other.
//!
//! Invariant: each piece is in order, none is empty, and the last entry of a piece is smaller than the first of the next.
//! To put one in or take one out moves the entries of one piece; to find the place of one, or the one at a place, looks at the
//! lengths of the pieces.

use crate::heap::ObjRef;

/// An object that is listed: 16 bytes, as there are as many as objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub key: u32,
    pub age: u32,
    pub object: ObjRef,
    pub is_dead: bool,
}

#[derive(Default)]
pub(super) struct Ordered {
    pieces: Vec<Vec<Entry>>,
    len: usize,
}

/// A piece that has become so long is split in two.
const LONG: usize = 1024;

impl Ordered {
    pub fn of(mut entries: Vec<Entry>) -> Ordered {
        // Slots are mostly in the order of their birth.
        entries.sort();
        entries.dedup();
        Ordered { len: entries.len(), pieces: entries.chunks(LONG / 2).map(<[Entry]>::to_vec).collect() }
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn insert(&mut self, entry: Entry) {
        let at = self.piece_of(&entry);
        let Some(piece) = self.pieces.get_mut(at) else {
            self.pieces.push(vec![entry]);
            self.len += 1;
            return;
        };
        let Err(place) = piece.binary_search(&entry) else { return };
        piece.insert(place, entry);
        self.len += 1;
        if piece.len() >= LONG {
            let second = piece.split_off(LONG / 2);
            self.pieces.insert(at + 1, second);
        }
    }

    pub fn remove(&mut self, entry: &Entry) {
        let at = self.piece_of(entry);
        let Some(piece) = self.pieces.get_mut(at) else { return };
        if let Ok(place) = piece.binary_search(entry) {
            piece.remove(place);
            self.len -= 1;
            if piece.is_empty() {
                self.pieces.remove(at);
            }
        }
    }

    /// How many are smaller.
    pub fn rank(&self, entry: &Entry) -> usize {
        let at = self.piece_of(entry);
        let before: usize = self.pieces[..at.min(self.pieces.len())].iter().map(Vec::len).sum();
        before + self.pieces.get(at).map_or(0, |piece| piece.partition_point(|it| it < entry))
    }

    /// At most so many, from a place on.
    pub fn from(&self, mut at: usize, count: usize) -> Vec<Entry> {
        let mut found = Vec::with_capacity(count.min(self.len));
        for piece in &self.pieces {
            if at >= piece.len() {
                at -= piece.len();
                continue;
            }
            let end = (at + count - found.len()).min(piece.len());
            found.extend_from_slice(&piece[at..end]);
            at = 0;
            if found.len() == count {
                break;
            }
        }
        found
    }

    /// The piece that an entry is in, or would be.
    fn piece_of(&self, entry: &Entry) -> usize {
        let after = self.pieces.partition_point(|piece| piece[0] <= *entry);
        after.saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(number: u32) -> Entry {
        Entry { key: number % 7, age: number, object: ObjRef::new(number + 1), is_dead: false }
    }

    #[test]
    fn it_is_as_a_list_that_is_sorted_anew() {
        let mut plain: Vec<Entry> = (0..3000).map(|number| entry(number * 7919 % 5003)).collect();
        let mut ordered = Ordered::of(plain.clone());
        let mut state = 1_u32;
        for _ in 0..6000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let one = entry(state >> 8 & 0x1fff);
            match plain.iter().position(|it| *it == one) {
                Some(at) if state & 1 == 0 => {
                    plain.remove(at);
                    ordered.remove(&one);
                }
                None if state & 2 == 0 => {
                    plain.push(one);
                    ordered.insert(one);
                }
                _ => {}
            }
        }
        plain.sort();
        assert_eq!(ordered.len(), plain.len());
        assert_eq!(ordered.from(0, usize::MAX >> 1), plain);
        assert_eq!(ordered.from(1500, 40), plain[1500..1540]);
        for (at, one) in plain.iter().enumerate().step_by(97) {
            assert_eq!(ordered.rank(one), at);
        }
    }
}
