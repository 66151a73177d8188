//! The allocator as a map: a cell a pool, the darker the fuller; the size classes; one pool with a cell a block. Enter on an
//! arena or a class looks into one of its pools.
//!
//! ```text
//! 2 arenas, 97 pools, 41 203 of 45 120 blocks
//! 0x7f3abff00000 █████▓█▒··········
//! 48 bytes   12 pools   3 990 of 4 080
//! ```

use super::{Content, Ink, Target};
use crate::{
    tui::widgets::{line::TextLine, text::count},
    view::{
        View,
        allocator::{AllocatorView, Arena, Block, PoolCell, PoolView, SizeClass},
    },
};

pub struct Allocator<'a> {
    view: &'a AllocatorView,
    ink: Ink<'a>,
    rows: Vec<Row<'a>>,
    /// Pools, or blocks, in a row.
    cells: usize,
}

enum Row<'a> {
    Nothing,
    Summary,
    Heading(String),
    Arena(&'a Arena, std::ops::Range<usize>),
    Class(&'a SizeClass),
    Text(String),
    Blocks(&'a PoolView, std::ops::Range<usize>),
    Legend,
}

/// The column where the maps begin.
const MAP: usize = 16;

impl<'a> Allocator<'a> {
    pub fn new(view: &'a View, ink: Ink<'a>) -> Self {
        let view = &view.allocator;
        let cells = match ink.width.saturating_sub(MAP + 1) {
            64.. => 64,
            32..=63 => 32,
            _ => 16,
        };
        let mut rows = Vec::new();
        if view.arenas.is_empty() {
            rows.push(Row::Nothing);
            return Allocator { view, ink, rows, cells };
        }
        rows.push(Row::Summary);
        if let Some(pool) = &view.pool {
            let PoolCell { address, block_size, used, total, .. } = pool.cell;
            let size = block_size.map_or("no size yet".into(), |size| format!("blocks of {size} bytes"));
            rows.push(Row::Heading(format!("Pool at {address:#x}: {size}, {used} of {total} in use")));
            let step = cells.max(ink.width.saturating_sub(MAP + 1) / 16 * 16);
            rows.extend((0..pool.blocks.len()).step_by(step).map(|from| Row::Blocks(pool, from..(from + step).min(pool.blocks.len()))));
            rows.push(Row::Legend);
        }
        rows.push(Row::Heading("Size classes".into()));
        rows.extend(view.classes.iter().map(Row::Class));
        rows.push(Row::Heading("Arenas of 1 MiB, a cell a pool of 16 KiB".into()));
        for arena in &view.arenas {
            rows.extend((0..arena.pools.len()).step_by(cells).map(|from| Row::Arena(arena, from..(from + cells).min(arena.pools.len()))));
        }
        rows.push(Row::Heading("Free lists of types".into()));
        let lists: Vec<String> = view.free_lists.iter().map(|it| format!("{}: {} of {}", it.name, it.count, it.limit)).collect();
        match lists.is_empty() {
            true => rows.push(Row::Text("empty".into())),
            false => rows.extend(lists.chunks((ink.width / 24).max(1)).map(|some| Row::Text(some.join(", ")))),
        }
        Allocator { view, ink, rows, cells }
    }

    /// How full, in five steps.
    fn level(&self, pool: &PoolCell) -> &'static str {
        let levels = self.ink.glyphs.levels;
        match pool.total {
            0 => levels[0],
            total => levels[(1 + pool.used * 3 / total).min(4)],
        }
    }

    fn summary(&self) -> TextLine {
        let pools = || self.view.arenas.iter().flat_map(|arena| &arena.pools).filter(|pool| pool.block_size.is_some());
        let (used, total) = (pools().map(|pool| pool.used).sum::<usize>(), pools().map(|pool| pool.total).sum::<usize>());
        let arenas = self.view.arenas.len();
        let text = format!(
            " {arenas} arena{}, {} pools in use, {} of {} blocks",
            if arenas == 1 { "" } else { "s" },
            pools().count(),
            count(used as u64),
            count(total as u64)
        );
        TextLine::of(text, self.ink.theme.text)
    }

    fn blocks(&self, pool: &PoolView, range: std::ops::Range<usize>) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let size = pool.cell.block_size.unwrap_or(0);
        let offset = 48 + size * range.start as u64;
        let mut line = TextLine::of(format!(" {offset:>width$} ", width = MAP - 2), theme.dim);
        for index in range {
            let (sign, style) = match pool.blocks[index] {
                _ if pool.chosen == Some(index) => (glyphs.selected, theme.next),
                Block::New => (glyphs.new, theme.new),
                Block::Object => (glyphs.levels[4], theme.done),
                Block::Kept => (glyphs.levels[2], theme.dim),
                Block::Free => (glyphs.removed, theme.removed),
                Block::Untouched => (glyphs.levels[0], theme.dim),
            };
            line.push(sign, style);
        }
        line
    }

    fn legend(&self) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        let mut line = TextLine::of(" ".repeat(MAP), theme.text);
        for (sign, style, word) in [
            (glyphs.levels[4], theme.done, "object"),
            (glyphs.new, theme.new, "new"),
            (glyphs.selected, theme.next, "chosen"),
            (glyphs.levels[2], theme.dim, "kept, or a part"),
            (glyphs.removed, theme.removed, "free"),
            (glyphs.levels[0], theme.dim, "never used"),
        ] {
            line = line.put(sign, style).put(format!(" {word}  "), theme.dim);
        }
        line
    }
}

impl Content for Allocator<'_> {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn target(&self, index: usize) -> Option<Target> {
        match self.rows.get(index)? {
            Row::Class(class) => Some(Target::Pool(class.pool)),
            Row::Arena(arena, range) => arena.pools.get(range.start).map(|pool| Target::Pool(pool.address)),
            _ => None,
        }
    }

    fn row(&self, index: usize) -> TextLine {
        let Ink { theme, glyphs, .. } = self.ink;
        match &self.rows[index] {
            Row::Nothing => self.ink.nothing("no pools"),
            Row::Summary => self.summary(),
            Row::Heading(text) => TextLine::of(text, theme.title),
            Row::Text(text) => TextLine::of(format!("  {text}"), theme.text),
            Row::Legend => self.legend(),
            Row::Blocks(pool, range) => self.blocks(pool, range.clone()),
            Row::Class(class) => {
                let (arrow, style) = match class.delta {
                    0 => (" ".to_owned(), theme.refcount),
                    delta @ 1.. => (format!("{}{delta}", glyphs.up), theme.up),
                    delta => (format!("{}{}", glyphs.down, -delta), theme.down),
                };
                TextLine::of(
                    format!("  {:>4} bytes {:>6} pool{}", class.block_size, class.pools, if class.pools == 1 { " " } else { "s" }),
                    theme.text,
                )
                .put(format!("{:>9}", count(class.used as u64)), style)
                .put(format!(" of {:<9}", count(class.total as u64)), theme.dim)
                .put(arrow, style)
            }
            Row::Arena(arena, range) => {
                let start = if range.start == 0 { format!("{:#x}", arena.address) } else { String::new() };
                let mut line = TextLine::of(format!(" {start:<width$} ", width = MAP - 2), theme.dim);
                for pool in &arena.pools[range.clone()] {
                    let is_shown = self.view.pool.as_ref().is_some_and(|shown| shown.cell.address == pool.address);
                    let style = match (is_shown, pool.delta) {
                        (true, _) => theme.next,
                        (_, 0) if pool.block_size.is_none() => theme.dim,
                        (_, 0) => theme.done,
                        _ => theme.changed,
                    };
                    line.push(self.level(pool), style);
                }
                debug_assert!(self.cells >= range.len());
                line
            }
        }
    }
}
