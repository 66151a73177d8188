//! The model of CPython's small-object allocator: which address each object has, and which address the next one gets.
//!
//! ```text
//!   arena 1 MiB ─▶ 64 pools of 16 KiB ─▶ blocks of one size class, 16, 32, … 512 bytes
//!   │pool│pool│…      │48 header│block│block│block│…      free blocks: a list, last freed first
//! ```
//!
//! Each block is a slot of the heap: a pool owns a *run* of neighbouring slots, so an address follows from the slot by
//! counting, and taking a free slot is taking a free block. A pool's free blocks are linked through the number bits of their
//! slots; blocks never used come last in that list, in order, which is where carving on demand would find them. Pools
//! with free blocks are linked by class, and the front one serves. A full pool that gets a block back goes to the front; one
//! that is empty goes back to its arena. Arenas with few free pools serve first, so that the others may become empty.
//! Requests of more than 512 bytes have slots too, but addresses from [`Chunks`].
//!
//! Counterpart in CPython 3.11: `Objects/obmalloc.c`.
//!
//! ```python
//! id(object()) == id(object())      # True: the second has the block of the first
//! ```

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Heap, ObjRef, Slot, Trace};

/// The bytes that a block's size and address are multiples of.
pub const ALIGNMENT: usize = 16;
/// What asks for more goes to the system.
pub const SMALL_REQUEST: usize = 512;
const CLASSES: usize = SMALL_REQUEST / ALIGNMENT;
/// The class of everything larger.
const LARGE: usize = CLASSES;
pub const POOL_SIZE: u64 = 16 << 10;
pub const POOL_HEADER: u64 = 48;
pub const ARENA_SIZE: u64 = 1 << 20;
const POOLS_PER_ARENA: usize = (ARENA_SIZE / POOL_SIZE) as usize;
/// Arenas come from the system one below the other, the first one below this.
const ARENAS_END: u64 = 0x7f3a_c000_0000;
/// Where large requests are served from.
const CHUNKS_START: u64 = 0x55d2_6000_0010;

/// A run of slots starts at a multiple of this.
pub(super) const RUN_ALIGNMENT: usize = 32;
/// The slots of a run for large requests.
const LARGE_RUN: u32 = 32;
/// The owner of the slots that are never freed.
const STATIC_OWNER: u32 = u32::MAX;

/// Who owns a run: the number of a pool and, in the low bits, its class.
const CLASS_BITS: u32 = 6;
const CLASS_MASK: u32 = (1 << CLASS_BITS) - 1;

const fn owner(pool: u32, class: usize) -> u32 {
    pool << CLASS_BITS | class as u32
}

/// The type of a slot that is an object's memory.
const MEMORY: ObjRef = ObjRef::new(u32::MAX - 2);
/// The type of a slot that no object has had yet.
pub(super) const NEVER_USED: ObjRef = ObjRef::new(u32::MAX - 1);

/// The number of the class that serves a request.
#[inline(always)]
pub const fn class_of(bytes: usize) -> usize {
    if bytes > SMALL_REQUEST {
        LARGE
    } else if bytes == 0 {
        0
    } else {
        (bytes - 1) / ALIGNMENT
    }
}

/// The pool that serves a class at present: what is read and written all the time lies here, not in its [`Pool`].
#[derive(Clone, Copy, Default)]
pub(super) struct Front {
    /// Its [`owner`] number; 0: there is none.
    owner: u32,
    /// The first free block, as a slot; 0: the pool is full.
    free: u32,
    /// Blocks in use; always 1 for large requests.
    count: u32,
}

/// One pool, or a run of slots for large requests.
#[derive(Clone, Debug)]
struct Pool {
    /// The first free block and the blocks in use, unless the pool is a [`Front`].
    free: u32,
    count: u32,
    /// The first slot.
    first: u32,
    class: u32,
    /// The neighbours in the list of the class's pools with free blocks, which the front begins; 0: none.
    next: u32,
    prev: u32,
    arena: u32,
    address: u64,
}

impl Pool {
    fn new(arena: u32, address: u64) -> Pool {
        Pool { free: 0, count: 0, first: 0, class: 0, next: 0, prev: 0, arena, address }
    }
}

/// A mebibyte that the system gave.
#[derive(Clone, Debug)]
struct Arena {
    /// 0: given back
    address: u64,
    /// Empty pools, last emptied last.
    free: Vec<u32>,
    /// All pools there have been made, in order of address.
    pools: Vec<u32>,
    /// Pools that are empty or were never made.
    nfree: usize,
}

/// The state of the allocator.
#[derive(Clone)]
pub(super) struct Pymalloc {
    fronts: [Front; CLASSES + 1],
    /// 0 is no pool.
    pools: Vec<Pool>,
    /// The owner of each [`RUN_ALIGNMENT`] slots.
    owners: Vec<u32>,
    /// Runs of slots that no pool owns at present, by class.
    runs: Vec<Vec<u32>>,
    arenas: Vec<Arena>,
    /// The arenas with free pools, those with the fewest first.
    usable: Vec<u32>,
    /// Addresses that arenas have had before, highest last.
    vacant: Vec<u64>,
    /// Address and size of large blocks, by slot.
    large: FxHashMap<u32, (u64, usize)>,
    chunks: Chunks,
}

/// A simple model of `malloc`: the last chunk freed of the same size, or else new memory behind all others.
#[derive(Clone)]
struct Chunks {
    free: BTreeMap<usize, Vec<u64>>,
    end: u64,
}

impl Chunks {
    /// The size of the chunk for a request: a word in front, and a multiple of 16.
    fn size(bytes: usize) -> usize {
        (bytes + 8).next_multiple_of(ALIGNMENT)
    }

    fn take(&mut self, bytes: usize) -> u64 {
        let size = Chunks::size(bytes);
        if let Some(address) = self.free.get_mut(&size).and_then(Vec::pop) {
            return address;
        }
        let address = self.end;
        self.end += size as u64;
        address
    }

    /// A chunk that shrinks stays, and so does the last one when it grows.
    fn resize(&mut self, address: u64, old: usize, bytes: usize) -> u64 {
        let (old_size, size) = (Chunks::size(old), Chunks::size(bytes));
        if size <= old_size {
            return address;
        }
        if address + old_size as u64 == self.end {
            self.end = address + size as u64;
            return address;
        }
        let moved = self.take(bytes);
        self.give_back(address, old);
        moved
    }

    fn give_back(&mut self, address: u64, bytes: usize) {
        self.free.entry(Chunks::size(bytes)).or_default().push(address);
    }
}

/// What the picture of the allocator shows of a pool.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolPicture {
    pub address: u64,
    /// `None`: it was never used, or is empty and free for any class.
    pub block_size: Option<usize>,
    pub used: usize,
    pub total: usize,
}

/// A block of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockState {
    /// The slot of an object.
    Object(ObjRef),
    /// A dead object that a free list of its type keeps, or memory that belongs to an object: items, keys.
    Kept,
    Free,
    /// Never used since the pool got its class.
    Untouched,
}

impl Pymalloc {
    pub(super) fn new() -> Pymalloc {
        Pymalloc {
            fronts: [Front::default(); CLASSES + 1],
            pools: vec![Pool::new(0, 0)],
            owners: Vec::new(),
            runs: vec![Vec::new(); CLASSES + 1],
            arenas: Vec::new(),
            usable: Vec::new(),
            vacant: Vec::new(),
            large: FxHashMap::default(),
            chunks: Chunks { free: BTreeMap::new(), end: CHUNKS_START },
        }
    }

    /// The slots up to this one belong to the interpreter's own objects.
    pub(super) fn reserve(&mut self, slots: usize) {
        self.owners.resize(slots.div_ceil(RUN_ALIGNMENT), STATIC_OWNER);
    }

    #[inline(always)]
    fn owner_of(&self, slot: u32) -> u32 {
        self.owners[slot as usize / RUN_ALIGNMENT]
    }

    /// Takes a pool out of the list of its class. If it was the front, the next one is.
    fn unlink(&mut self, pool: u32) {
        let Pool { class, next, prev, .. } = self.pools[pool as usize];
        if next != 0 {
            self.pools[next as usize].prev = prev;
        }
        if prev != 0 {
            self.pools[prev as usize].next = next;
        } else {
            self.store_front(class as usize);
            self.load_front(class as usize, next);
        }
    }

    fn link_in_front(&mut self, pool: u32) {
        let class = self.pools[pool as usize].class as usize;
        let old = self.fronts[class];
        if old.owner != 0 && old.free == 0 {
            // It is full: only now does it matter.
            self.unlink(old.owner >> CLASS_BITS);
        }
        self.store_front(class);
        let next = self.fronts[class].owner >> CLASS_BITS;
        if next != 0 {
            self.pools[next as usize].prev = pool;
        }
        let record = &mut self.pools[pool as usize];
        (record.next, record.prev) = (next, 0);
        self.load_front(class, pool);
    }

    /// Writes back what the front of a class has of its pool's record.
    fn store_front(&mut self, class: usize) {
        let Front { owner, free, count } = self.fronts[class];
        if owner != 0 {
            let record = &mut self.pools[(owner >> CLASS_BITS) as usize];
            (record.free, record.count) = (free, count);
        }
    }

    /// Makes a pool (0: none) the front of its class.
    fn load_front(&mut self, class: usize, pool: u32) {
        let Pool { free, count, .. } = self.pools[pool as usize];
        self.fronts[class] = if pool == 0 { Front::default() } else { Front { owner: owner(pool, class), free, count } };
    }

    /// The free list and number of used blocks of a pool.
    fn state(&self, pool: u32) -> (u32, u32) {
        let record = &self.pools[pool as usize];
        let front = &self.fronts[record.class as usize];
        if front.owner >> CLASS_BITS == pool { (front.free, front.count) } else { (record.free, record.count) }
    }

    /// A pool from the arena with the fewest free ones: the last emptied there, or one never made. True: it is new.
    fn take_pool(&mut self) -> (u32, bool) {
        if self.usable.is_empty() {
            let address = self.vacant.pop().unwrap_or(ARENAS_END - ARENA_SIZE * (1 + self.arenas.len() as u64));
            let arena = Arena { address, free: Vec::new(), pools: Vec::new(), nfree: POOLS_PER_ARENA };
            let place = match self.arenas.iter().position(|arena| arena.address == 0) {
                Some(place) => {
                    self.arenas[place] = arena;
                    place
                }
                None => {
                    self.arenas.push(arena);
                    self.arenas.len() - 1
                }
            };
            self.usable.push(place as u32);
        }
        let number = self.usable[0];
        let arena = &mut self.arenas[number as usize];
        arena.nfree -= 1;
        if arena.nfree == 0 {
            self.usable.remove(0);
        }
        if let Some(pool) = arena.free.pop() {
            return (pool, false);
        }
        let address = arena.address + POOL_SIZE * arena.pools.len() as u64;
        let pool = self.pools.len() as u32;
        arena.pools.push(pool);
        self.pools.push(Pool::new(number, address));
        (pool, true)
    }

    /// An empty pool goes back to its arena, and an empty arena to the system unless it is the last usable one.
    fn give_pool_back(&mut self, pool: u32) {
        let number = self.pools[pool as usize].arena;
        let arena = &mut self.arenas[number as usize];
        arena.free.push(pool);
        let before = arena.nfree;
        arena.nfree += 1;
        if before == 0 {
            self.usable.insert(0, number);
            return;
        }
        let at = self.usable.iter().position(|&other| other == number).expect("an arena with free pools is listed");
        if arena.nfree == POOLS_PER_ARENA && at + 1 < self.usable.len() {
            return self.give_arena_back(at);
        }
        // It moves behind the last arena that has as many free pools as it had.
        let alike = self.usable[at + 1..].iter().take_while(|&&other| self.arenas[other as usize].nfree <= before).count();
        if alike > 0 {
            self.usable.remove(at);
            self.usable.insert(at + alike, number);
        }
    }

    fn give_arena_back(&mut self, at: usize) {
        let number = self.usable.remove(at) as usize;
        let arena = &mut self.arenas[number];
        self.vacant.push(arena.address);
        self.vacant.sort_unstable();
        arena.address = 0;
        arena.free.clear();
        for pool in std::mem::take(&mut arena.pools) {
            let Pool { first, class, .. } = self.pools[pool as usize];
            self.runs[class as usize].push(first);
            // Its number is not given again.
            self.pools[pool as usize].first = 0;
        }
    }
}

/// The blocks of a pool.
const fn blocks_of(class: usize) -> u32 {
    if class == LARGE { LARGE_RUN } else { ((POOL_SIZE - POOL_HEADER) / block_size(class)) as u32 }
}

const fn block_size(class: usize) -> u64 {
    ((class + 1) * ALIGNMENT) as u64
}

impl<B: Trace + Default> Heap<B> {
    /// A slot whose block serves a request of a class. Its links are taken, nothing is written to it.
    #[inline(always)]
    pub(super) fn take_block(&mut self, class: usize) -> u32 {
        let front = &mut self.pymalloc.fronts[class];
        let slot = front.free;
        if slot == 0 {
            return self.take_block_elsewhere(class);
        }
        front.count += 1;
        front.free = self.slots[slot as usize].num as u32;
        slot
    }

    /// The front pool is full or there is none.
    #[cold]
    #[inline(never)]
    fn take_block_elsewhere(&mut self, class: usize) -> u32 {
        let memory = &mut self.pymalloc;
        let full = memory.fronts[class].owner >> CLASS_BITS;
        if full != 0 {
            memory.unlink(full);
        }
        if memory.fronts[class].owner == 0 {
            let (pool, is_new) = memory.take_pool();
            let (old_class, old_run) = (memory.pools[pool as usize].class as usize, memory.pools[pool as usize].first);
            // A pool that had this class last has its list of free blocks still.
            if is_new || old_class != class {
                if !is_new {
                    memory.runs[old_class].push(old_run);
                }
                self.start_run(pool, class);
            }
            self.pymalloc.link_in_front(pool);
        }
        let front = &mut self.pymalloc.fronts[class];
        let slot = front.free;
        front.count += 1;
        front.free = self.slots[slot as usize].num as u32;
        slot
    }

    /// Gives a pool its slots, all free and linked in order.
    fn start_run(&mut self, pool: u32, class: usize) {
        let blocks = blocks_of(class);
        let first = match self.pymalloc.runs[class].pop() {
            Some(first) => first,
            None => {
                let first = u32::try_from(self.slots.len()).expect("the heap has fewer than 2^32 objects");
                let end = self.slots.len() + (blocks as usize).next_multiple_of(RUN_ALIGNMENT);
                self.budget -= super::SLOT_SIZE * i64::from(blocks);
                let refcount = self.journal.mark();
                self.slots.resize_with(end, || Slot { refcount, ty: NEVER_USED, num: 0, body: B::default() });
                self.births.resize(end, 0);
                self.journal.grow_to(end);
                self.collector.grow_to(end);
                first
            }
        };
        for slot in first..first + blocks {
            let next = if slot + 1 == first + blocks { 0 } else { slot + 1 };
            self.touch(slot);
            let slot = &mut self.slots[slot as usize];
            slot.ty = NEVER_USED;
            slot.num = u64::from(next);
        }
        let memory = &mut self.pymalloc;
        let places = first as usize / RUN_ALIGNMENT..(first + blocks).div_ceil(RUN_ALIGNMENT as u32) as usize;
        memory.owners.resize(memory.owners.len().max(places.end), 0);
        memory.owners[places].fill(owner(pool, class));
        let record = &mut memory.pools[pool as usize];
        (record.first, record.class, record.free) = (first, class as u32, first);
    }

    /// A slot for a request of more than 512 bytes.
    #[cold]
    #[inline(never)]
    pub(super) fn take_large(&mut self, bytes: usize) -> u32 {
        if self.pymalloc.fronts[LARGE].free == 0 {
            let full = self.pymalloc.fronts[LARGE].owner >> CLASS_BITS;
            if full != 0 {
                self.pymalloc.unlink(full);
            }
            if self.pymalloc.fronts[LARGE].owner == 0 {
                let pool = self.pymalloc.pools.len() as u32;
                self.pymalloc.pools.push(Pool { count: 1, ..Pool::new(0, 0) });
                self.start_run(pool, LARGE);
                self.pymalloc.link_in_front(pool);
            }
        }
        let slot = self.pymalloc.fronts[LARGE].free;
        self.pymalloc.fronts[LARGE].free = self.slots[slot as usize].num as u32;
        let address = self.pymalloc.chunks.take(bytes);
        self.pymalloc.large.insert(slot, (address, bytes));
        slot
    }

    /// A slot for a request of any size.
    #[inline(always)]
    pub(super) fn take_bytes(&mut self, bytes: usize) -> u32 {
        if bytes <= SMALL_REQUEST { self.take_block(class_of(bytes)) } else { self.take_large(bytes) }
    }

    /// Gives a block back: the next request for its class gets it.
    #[inline(always)]
    pub(super) fn give_block_back(&mut self, slot: u32) {
        let owner = self.pymalloc.owner_of(slot);
        let front = &mut self.pymalloc.fronts[(owner & CLASS_MASK) as usize];
        if front.owner == owner {
            self.slots[slot as usize].num = u64::from(front.free);
            front.free = slot;
            front.count -= 1;
            if front.count == 0 {
                self.note_emptied(owner, slot);
            }
        } else {
            self.give_block_back_elsewhere(owner, slot);
        }
    }

    /// The block belongs to a pool that is not the front of its class.
    #[inline(never)]
    fn give_block_back_elsewhere(&mut self, owner: u32, slot: u32) {
        let number = owner >> CLASS_BITS;
        let pool = &mut self.pymalloc.pools[number as usize];
        let next = pool.free;
        pool.free = slot;
        pool.count -= 1;
        let is_empty = pool.count == 0;
        self.slots[slot as usize].num = u64::from(next);
        if next == 0 {
            // It was full, and so in no list.
            self.pymalloc.link_in_front(number);
        }
        if is_empty {
            self.note_emptied(owner, slot);
        }
    }

    /// The last block of a pool was given back, or a large one.
    #[cold]
    #[inline(never)]
    fn note_emptied(&mut self, owner: u32, slot: u32) {
        let memory = &mut self.pymalloc;
        let pool = owner >> CLASS_BITS;
        if (owner & CLASS_MASK) as usize == LARGE {
            if memory.fronts[LARGE].owner == owner {
                memory.fronts[LARGE].count = 1;
            } else {
                memory.pools[pool as usize].count = 1;
            }
            if let Some((address, bytes)) = memory.large.remove(&slot) {
                memory.chunks.give_back(address, bytes);
            }
            return;
        }
        memory.unlink(pool);
        memory.give_pool_back(pool);
    }

    /// Memory that belongs to an object beside its own block: the items of a list, the keys of a dict. Named by its slot.
    #[inline]
    pub fn alloc_memory(&mut self, bytes: usize) -> u32 {
        let slot = self.take_bytes(bytes);
        self.touch(slot);
        self.slots[slot as usize].ty = MEMORY;
        self.memory_blocks += 1;
        slot
    }

    #[inline]
    pub fn free_memory(&mut self, block: u32) {
        self.memory_blocks -= 1;
        self.touch(block);
        self.give_block_back(block);
    }

    /// Another size for such memory: it moves unless the new size has the same class, or is a little smaller. 0: there is none yet.
    pub fn realloc_memory(&mut self, block: u32, bytes: usize) -> u32 {
        if block == 0 {
            return self.alloc_memory(bytes);
        }
        if self.realloc_stays(ObjRef::new(block), bytes) {
            return block;
        }
        let moved = self.alloc_memory(bytes);
        self.free_memory(block);
        moved
    }

    /// Whether a block of another size is the same slot. What the system gave once stays with it, at an address that may change.
    pub(super) fn realloc_stays(&mut self, object: ObjRef, bytes: usize) -> bool {
        let block = object.index();
        if (self.pymalloc.owner_of(block) & CLASS_MASK) as usize != LARGE {
            return self.stays(object, bytes);
        }
        let (address, old) = self.pymalloc.large.get(&block).copied().unwrap_or_default();
        let address = self.pymalloc.chunks.resize(address, old, bytes);
        self.pymalloc.large.insert(block, (address, bytes));
        true
    }

    /// Whether another size leaves an object where it is.
    pub fn stays(&self, object: ObjRef, bytes: usize) -> bool {
        let class = (self.pymalloc.owner_of(object.index()) & CLASS_MASK) as usize;
        class != LARGE && bytes <= block_size(class) as usize && 4 * bytes > 3 * block_size(class) as usize
    }

    /// The address of an object's block, or of a block of memory; 0: it is in a reserved slot.
    pub fn block_address(&self, object: ObjRef) -> u64 {
        let slot = object.index();
        let owner = self.pymalloc.owner_of(slot);
        match (owner & CLASS_MASK) as usize {
            LARGE => self.pymalloc.large.get(&slot).map_or(0, |&(address, _)| address),
            _ if owner == STATIC_OWNER => 0,
            class => {
                let pool = &self.pymalloc.pools[(owner >> CLASS_BITS) as usize];
                pool.address + POOL_HEADER + block_size(class) * u64::from(slot - pool.first)
            }
        }
    }

    /// Whether the object is data of the interpreter's own file.
    pub fn is_static(&self, object: ObjRef) -> bool {
        self.pymalloc.owner_of(object.index()) == STATIC_OWNER
    }

    /// The blocks that are in use, those of dead objects in free lists included (`sys.getallocatedblocks`).
    pub fn allocated_blocks(&self) -> usize {
        let memory = &self.pymalloc;
        let small = (1..memory.pools.len() as u32).filter(|&pool| memory.pools[pool as usize].class as usize != LARGE);
        small.map(|pool| memory.state(pool).1 as usize).sum::<usize>() + memory.large.len()
    }

    /// The arenas by address, each with its pools.
    pub fn arenas(&self) -> Vec<(u64, Vec<PoolPicture>)> {
        let mut arenas: Vec<(u64, Vec<PoolPicture>)> = Vec::new();
        for arena in self.pymalloc.arenas.iter().filter(|arena| arena.address != 0) {
            let mut pools: Vec<PoolPicture> = arena.pools.iter().map(|&pool| self.pool_picture(pool)).collect();
            for place in pools.len()..POOLS_PER_ARENA {
                let address = arena.address + POOL_SIZE * place as u64;
                pools.push(PoolPicture { address, block_size: None, used: 0, total: 0 });
            }
            arenas.push((arena.address, pools));
        }
        arenas.sort_by_key(|(address, _)| *address);
        arenas
    }

    fn pool_picture(&self, pool: u32) -> PoolPicture {
        let (_, count) = self.pymalloc.state(pool);
        let pool = &self.pymalloc.pools[pool as usize];
        let class = pool.class as usize;
        let in_use = count > 0;
        PoolPicture {
            address: pool.address,
            block_size: in_use.then(|| block_size(class) as usize),
            used: count as usize,
            total: if in_use { blocks_of(class) as usize } else { 0 },
        }
    }

    /// The blocks of the pool at an address, in order.
    pub fn blocks(&self, address: u64) -> Vec<BlockState> {
        let pools = &self.pymalloc.pools;
        let Some(number) = pools.iter().skip(1).position(|pool| pool.address == address && pool.first != 0) else { return Vec::new() };
        let pool = &pools[number + 1];
        let slots = pool.first..pool.first + blocks_of(pool.class as usize);
        let mut states: Vec<BlockState> = slots
            .map(|slot| match &self.slots[slot as usize] {
                slot_now if slot_now.refcount() > 0 => BlockState::Object(ObjRef::new(slot)),
                _ => BlockState::Kept,
            })
            .collect();
        let mut at = self.pymalloc.state(number as u32 + 1).0;
        while at != 0 {
            let slot = &self.slots[at as usize];
            states[(at - pool.first) as usize] = if slot.ty == NEVER_USED { BlockState::Untouched } else { BlockState::Free };
            at = slot.num as u32;
        }
        states
    }
}
