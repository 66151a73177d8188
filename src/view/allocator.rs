//! The allocator: arenas of 64 pools, pools of blocks of one size, and the free lists of types beside it.
//!
//! Addresses and numbers are those of the model in `heap/pymalloc`. Counterpart in CPython 3.11: `sys._debugmallocstats()`.
//!
//! `x = object()`: one more block of 16 bytes is in use; after `del x` it is the first that is used again.

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AllocatorView {
    /// By address, each with its 64 pools.
    pub arenas: Vec<Arena>,
    /// The size classes that have pools, the smallest first.
    pub classes: Vec<SizeClass>,
    /// Dead objects that wait for the next one of their type.
    pub free_lists: Vec<FreeListRow>,
    /// The blocks of one pool.
    pub pool: Option<PoolView>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arena {
    pub address: u64,
    pub pools: Vec<PoolCell>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PoolCell {
    pub address: u64,
    /// `None`: free for any class.
    pub block_size: Option<u64>,
    pub used: usize,
    pub total: usize,
    /// How many more blocks are in use than before the last step.
    pub delta: i64,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SizeClass {
    /// in bytes
    pub block_size: u64,
    pub pools: usize,
    pub used: usize,
    pub total: usize,
    pub delta: i64,
    /// The address of its first pool that is not full.
    pub pool: u64,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FreeListRow {
    pub name: String,
    pub count: u32,
    pub limit: u32,
}

/// One pool, block by block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PoolView {
    pub cell: PoolCell,
    pub blocks: Vec<Block>,
    /// The chosen object's block.
    pub chosen: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Block {
    Object,
    /// Made by the last step.
    New,
    /// A dead object in a free list, or memory that belongs to an object.
    Kept,
    #[default]
    Free,
    /// Never used since the pool got its size.
    Untouched,
}
