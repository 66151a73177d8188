//! Reads the model of the allocator: how full each pool is, and the blocks of the one that is looked at.

use rustc_hash::FxHashMap;

use super::{Scene, is_same};
use crate::{
    heap::{
        Kept, ObjRef,
        pymalloc::{BlockState, PoolPicture},
    },
    view::allocator::{AllocatorView, Arena, Block, FreeListRow, PoolCell, PoolView, SizeClass},
};

/// `wanted`: the address of the pool to look into; otherwise that of the chosen object, or one that the last step touched.
pub fn capture(scene: &Scene<'_>, wanted: Option<u64>, chosen: Option<ObjRef>) -> AllocatorView {
    let heap = &scene.vm.heap;
    let old: FxHashMap<u64, usize> = match scene.before {
        Some(before) => before.heap.arenas().into_iter().flat_map(|(_, pools)| pools).map(|pool| (pool.address, pool.used)).collect(),
        None => FxHashMap::default(),
    };
    let cell = |pool: &PoolPicture| PoolCell {
        address: pool.address,
        block_size: pool.block_size.map(|size| size as u64),
        used: pool.used,
        total: pool.total,
        delta: match scene.before {
            Some(_) => pool.used as i64 - old.get(&pool.address).copied().unwrap_or(0) as i64,
            None => 0,
        },
    };
    let arenas: Vec<Arena> =
        heap.arenas().iter().map(|(address, pools)| Arena { address: *address, pools: pools.iter().map(cell).collect() }).collect();
    let pools = || arenas.iter().flat_map(|arena| &arena.pools);
    let block = chosen.map(|object| heap.block_address(object));
    let is_in = |pool: &&PoolCell, address: u64| (pool.address..pool.address + crate::heap::pymalloc::POOL_SIZE).contains(&address);
    let shown = wanted
        .and_then(|wanted| pools().find(|pool| pool.address == wanted))
        .or_else(|| block.and_then(|address| pools().find(|pool| is_in(pool, address))))
        .or_else(|| pools().find(|pool| pool.delta != 0))
        .or_else(|| pools().find(|pool| pool.used < pool.total));
    let pool = shown.map(|pool| pool_view(scene, *pool, chosen));
    AllocatorView { classes: classes(pools()), pool, free_lists: free_lists(scene), arenas }
}

fn classes<'a>(pools: impl Iterator<Item = &'a PoolCell>) -> Vec<SizeClass> {
    let mut classes: Vec<SizeClass> = Vec::new();
    for pool in pools {
        let Some(block_size) = pool.block_size else { continue };
        let index = match classes.binary_search_by_key(&block_size, |class| class.block_size) {
            Ok(index) => index,
            Err(index) => {
                classes.insert(index, SizeClass { block_size, ..SizeClass::default() });
                index
            }
        };
        let class = &mut classes[index];
        class.pools += 1;
        class.used += pool.used;
        class.total += pool.total;
        class.delta += pool.delta;
        if class.pool == 0 || pool.used < pool.total {
            class.pool = pool.address;
        }
    }
    classes
}

fn free_lists(scene: &Scene<'_>) -> Vec<FreeListRow> {
    let tuples = (1..=20).filter_map(|len| Some((Kept::tuple(len)?, format!("tuple of {len}"))));
    let kinds = [
        (Kept::Float, "float"),
        (Kept::List, "list"),
        (Kept::Dict, "dict"),
        (Kept::Keys, "dict keys"),
        (Kept::Slice, "slice"),
        (Kept::AsyncSend, "asend"),
        (Kept::AsyncValue, "yielded"),
        (Kept::Context, "context"),
    ]
    .into_iter()
    .map(|(kept, name)| (kept, name.to_owned()))
    .chain(tuples);
    let rows = kinds.map(|(kept, name)| {
        let (count, limit) = scene.vm.heap.free_lists.count(kept);
        FreeListRow { name, count, limit }
    });
    rows.filter(|row| row.count > 0).collect()
}

fn pool_view(scene: &Scene<'_>, cell: PoolCell, chosen: Option<ObjRef>) -> PoolView {
    let states = scene.vm.heap.blocks(cell.address);
    let chosen = states.iter().position(|state| matches!(state, BlockState::Object(object) if Some(*object) == chosen));
    let blocks = states
        .iter()
        .map(|state| match state {
            BlockState::Object(object) if scene.before.is_some_and(|before| !is_same(before, scene.vm, *object)) => Block::New,
            BlockState::Object(_) => Block::Object,
            BlockState::Kept => Block::Kept,
            BlockState::Free => Block::Free,
            BlockState::Untouched => Block::Untouched,
        })
        .collect();
    PoolView { cell, blocks, chosen }
}
