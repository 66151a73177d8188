//! Where the objects lie that are data of the interpreter's own file: builtin types, singletons, the tables of small objects.
//!
//! ```text
//!   id(None) % 2**20     # the same in every run of one build, since only whole pages of the file are moved
//! ```
//!
//! The distances are those of a build of CPython 3.11.7 for x86-64 Linux with a shared library (read there with `id`), because
//! what has no hash of its own is hashed by its address: they decide the order of `{None, 'a'}`.

use std::sync::LazyLock;

use crate::{heap::ObjRef, objects::core_types::*};

/// Where the file's data lies; a multiple of 2 MiB.
const START: u64 = 0x7f3a_c400_0000;

/// The tables of `_PyRuntime`: small integers are 32 bytes apart, one-byte `bytes` 40, ASCII characters 56, others 80.
const SMALL_INTS_AT: u64 = START + 0x14_e7e8;
const BYTES_AT: u64 = SMALL_INTS_AT + 0x20e8;
const ASCII_AT: u64 = SMALL_INTS_AT + 0x9f60;
const LATIN1_AT: u64 = SMALL_INTS_AT + 0xbb60;

/// How many [`names`] there are.
pub const NAME_COUNT: usize = 1635;
/// Each with its distance from the small integers, in the order in which they lie there.
const NAMES_TEXT: &str = include_str!("static_names.txt");
static NAMES: LazyLock<Vec<(i64, &str)>> = LazyLock::new(|| {
    let rows = NAMES_TEXT.lines().filter_map(|line| line.split_once(' '));
    rows.filter_map(|(distance, name)| Some((distance.parse().ok()?, name))).collect()
});

/// The strings of CPython's file that are interned when a program begins: names that the interpreter itself uses, and those in
/// the modules that are frozen into it. A letter among them is another object than `chr` and indexing give.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(_, name)| *name)
}

/// The distance of the object in each of the first slots; 0 is what CPython makes on its heap, or what no file lists.
const DISTANCES: [u32; 210] = [
    0x0, 0x57ce0, 0x55200, 0x46f40, 0x5bc00, 0x61860, 0x5e380, 0x57340, 0x58ea0, 0x56240, 0x492c0, 0x5b000, 0x4b900, 0x4b280, 0x4afe0,
    0x4b420, 0x4b5c0, 0x4b760, 0x4aca0, 0x55e00, 0x56020, 0x5e6c0, 0x5e860, 0x5ea00, 0x4a260, 0x48640, 0x47780, 0x5d380, 0x5d040, 0x5dcc0,
    0x5c920, 0x49b00, 0x557c0, 0x66a00, 0x5b480, 0x48f20, 0x5ba40, 0x5de80, 0x545e0, 0x54440, 0x54020, 0x571a0, 0x57000, 0x5e1e0, 0x616c0,
    0x484a0, 0x475e0, 0x5c780, 0x5c5e0, 0x5d7e0, 0x58d00, 0x58b60, 0x589c0, 0x58820, 0x584e0, 0x58680, 0x58220, 0x57ee0, 0x58080, 0x569c0,
    0x56b60, 0x4bd00, 0x63780, 0x63920, 0x63ac0, 0x4bb60, 0x4ae40, 0x0, 0x53460, 0x61da0, 0x62480, 0x0, 0x5b7c0, 0x542a0, 0x53e60, 0x53b00,
    0x53cc0, 0x61520, 0x0, 0x1b7fe0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x531c0, 0x52e80, 0x4de40, 0x4dfe0, 0x4f5e0,
    0x518e0, 0x51400, 0x4d2e0, 0x4c2a0, 0x515a0, 0x51260, 0x51740, 0x510c0, 0x50f20, 0x4ce00, 0x50080, 0x4c100, 0x50d80, 0x50be0, 0x4dca0,
    0x4c780, 0x527a0, 0x51f40, 0x4c5e0, 0x4f120, 0x4ec40, 0x50700, 0x50a40, 0x4eaa0, 0x521e0, 0x4ede0, 0x4d480, 0x51da0, 0x4f9a0, 0x508a0,
    0x4fba0, 0x51a80, 0x4db00, 0x4cc60, 0x50560, 0x503c0, 0x4fd40, 0x4d620, 0x4bf60, 0x4fee0, 0x4c920, 0x52b40, 0x52940, 0x4f2c0, 0x4cac0,
    0x4d7c0, 0x525a0, 0x4ef80, 0x50220, 0x52ce0, 0x4f800, 0x4e320, 0x4e4c0, 0x4e760, 0x4e180, 0x4c440, 0x4cfa0, 0x4e900, 0x4d140, 0x4d960,
    0x52380, 0x0, 0x0, 0x0, 0x0, 0x6d6c0, 0x6d200, 0x6f8a0, 0x704c0, 0x6dc20, 0x6e2e0, 0x706a0, 0x6f700, 0x6f560, 0x6f220, 0x6f3c0,
    0x70180, 0x70320, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x5a980, 0x5ab20, 0x53600, 0x56800, 0x622e0, 0x62140, 0x59f80, 0x59c40, 0x59de0,
    0x5a120, 0x5acc0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x5bbe0, 0x46f00, 0x46f20, 0x5ba30, 0x5de60, 0x15cb58, 0x153c60,
    0x1508a8, 0x153e70, 0x153dc0,
];

/// The address of an object in a reserved slot.
pub fn static_address(object: ObjRef) -> u64 {
    let (table, number) = reserved(object);
    match table {
        Reserved::SmallInt => SMALL_INTS_AT + 32 * number,
        Reserved::Character if number < 128 => ASCII_AT + 56 * number,
        Reserved::Character => LATIN1_AT + 80 * (number - 128),
        Reserved::Byte => BYTES_AT + 40 * number,
        Reserved::Name => NAMES.get(number as usize).map_or(0, |(distance, _)| SMALL_INTS_AT.wrapping_add_signed(*distance)),
        Reserved::Single => match DISTANCES[number as usize] {
            0 => START + 416 * number,
            distance => START + u64::from(distance),
        },
    }
}
