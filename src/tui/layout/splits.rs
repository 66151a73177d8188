//! Splits that the user has moved, by keys or with the mouse: for each layout and shape of the screen they stay where they
//! were put, in proportion to the screen. One that would leave a pane without room is as it was made.
//!
//! ```text
//!   split bytecode/wide 60 40          of the whole screen
//!   split bytecode/wide.0 14 21        of its first part
//! ```

use std::collections::BTreeMap;

use ratatui::layout::Rect;

use super::Arrangement;
use crate::view::PaneKind;

/// Which way the parts of a split lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Beside each other, with a line between.
    Columns,
    /// Over each other; the lower one's rule is between.
    Rows,
}

/// A split of an arrangement.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// The layout, the shape of the screen, and the way to it from the whole.
    pub path: String,
    pub side: Side,
    /// Its parts.
    pub areas: Vec<Rect>,
    /// What each part needs, in cells.
    pub least: Vec<u16>,
}

/// A line that can be dragged: a split, and the part before it.
pub type Handle = (Split, usize);

/// The sizes of the parts of the splits that were moved, by their paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Splits(BTreeMap<String, Vec<u16>>);

impl Splits {
    /// Cells for each part, if the user has said so and there is room for it.
    pub(super) fn sizes(&self, path: &str, room: u16, least: &[u16]) -> Option<Vec<u16>> {
        let wanted = self.0.get(path).filter(|wanted| wanted.len() == least.len())?;
        let whole: u32 = wanted.iter().map(|size| u32::from(*size)).sum();
        let mut left = room;
        let mut sizes = Vec::new();
        for (index, size) in wanted.iter().enumerate() {
            let size = if index + 1 == wanted.len() { left } else { (u32::from(room) * u32::from(*size) / whole.max(1)) as u16 };
            sizes.push(size);
            left = left.saturating_sub(size);
        }
        sizes.iter().zip(least).all(|(size, least)| size >= least).then_some(sizes)
    }

    /// Moves the line behind a part by some cells, as far as there is room; whether it moved.
    pub fn shift(&mut self, (split, before): &Handle, by: i32) -> bool {
        let mut sizes: Vec<i32> =
            split.areas.iter().map(|area| i32::from(if split.side == Side::Columns { area.width } else { area.height })).collect();
        let (Some(&grows), Some(&shrinks)) = (sizes.get(*before), sizes.get(before + 1)) else { return false };
        let least = |index: usize| i32::from(split.least[index]);
        let by = by.min(shrinks - least(before + 1)).max(least(*before) - grows);
        if by == 0 {
            return false;
        }
        sizes[*before] += by;
        sizes[before + 1] -= by;
        self.0.insert(split.path.clone(), sizes.into_iter().map(|size| size.max(0) as u16).collect());
        true
    }

    /// All splits of a layout are as they were made.
    pub fn forget(&mut self, layout: &str) {
        self.0.retain(|path, _| path.split('/').next() != Some(layout));
    }

    /// A line for each.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(path, sizes)| {
            let sizes: Vec<String> = sizes.iter().map(u16::to_string).collect();
            format!("{path} {}", sizes.join(" "))
        })
    }

    /// Takes such a line; nothing, if it isn't one.
    pub fn take_line(&mut self, line: &str) {
        let mut words = line.split_whitespace();
        let Some(path) = words.next() else { return };
        let sizes: Result<Vec<u16>, _> = words.map(str::parse).collect();
        if let Ok(sizes) = sizes
            && (2..10).contains(&sizes.len())
            && sizes.iter().all(|size| (1..=1000).contains(size))
        {
            self.0.insert(path.to_owned(), sizes);
        }
    }
}

impl Arrangement {
    /// The line that a pointer is on.
    pub fn handle_at(&self, x: u16, y: u16) -> Option<Handle> {
        self.splits.iter().find_map(|split| {
            let before = split.areas.windows(2).position(|two| match split.side {
                Side::Columns => x == two[0].right() && (two[0].y..two[0].bottom()).contains(&y),
                Side::Rows => y == two[1].y && (two[1].x..two[1].right()).contains(&x),
            })?;
            Some((split.clone(), before))
        })
    }

    /// The line to be moved so that a pane becomes wider or higher, and which way it moves then.
    pub fn handle_of(&self, kind: PaneKind, side: Side) -> Option<(Handle, i32)> {
        let slot = self.slots.iter().find(|slot| slot.active == kind)?;
        let split = self.splits.iter().rev().find(|split| split.side == side && holds(split, slot.area))?;
        let part = split.areas.iter().position(|area| area.intersects(slot.area))?;
        Some(if part + 1 < split.areas.len() { ((split.clone(), part), 1) } else { ((split.clone(), part - 1), -1) })
    }
}

fn holds(split: &Split, area: Rect) -> bool {
    split.areas.len() > 1 && split.areas.iter().any(|part| part.intersection(area) == area)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::layout::arrange;

    #[test]
    fn a_moved_split_stays_in_proportion() {
        let recent = [PaneKind::Source];
        let mut moved = Splits::default();
        let before = arrange("standard", 0, &recent, &moved, 120, 36);
        let (handle, way) = before.handle_of(PaneKind::Source, Side::Columns).unwrap();
        assert!(moved.shift(&handle, 10 * way));
        let after = arrange("standard", 0, &recent, &moved, 120, 36);
        assert_eq!(after.slots[0].area.width, before.slots[0].area.width + 10);
        let larger = arrange("standard", 0, &recent, &moved, 140, 40);
        assert!(larger.slots[0].area.width > after.slots[0].area.width);
        let mut read = Splits::default();
        moved.lines().for_each(|line| read.take_line(&line));
        assert_eq!(read, moved);
        // No pane gets less than it needs, however far it is dragged.
        for by in [-500, 500] {
            let handle = after.handle_of(PaneKind::Source, Side::Columns).unwrap().0;
            moved.shift(&handle, by);
            let all = arrange("standard", 0, &recent, &moved, 120, 36);
            assert!(all.slots.iter().all(|slot| slot.area.width >= 12 && slot.area.height >= 3));
        }
        moved.forget("standard");
        assert_eq!(arrange("standard", 0, &recent, &moved, 120, 36).slots[0].area, before.slots[0].area);
    }
}
