//! BLAKE2b and BLAKE2s with all their parameters: key, salt, personalization, and a place in a tree of hashes.
//!
//! RFC 7693, with the parameter block of the BLAKE2 paper. Both variants are one piece of code over words of 64 or 32 bits.
//! `hashlib.blake2b(b"", digest_size=16, key=b"k")`. Counterpart in CPython 3.11: `Modules/_blake2/`.

use super::{
    Digest, data,
    state::{FixedState, State},
};
use crate::{
    builtins::convert,
    heap::ObjRef,
    stdlib::foreign_body,
    vm::{Raised, Res, Vm, native::Args, raised::done},
};

const IV: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// Which words are mixed with one another: columns, then diagonals.
const MIXES: [[usize; 4]; 8] =
    [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15], [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]];

#[derive(Clone)]
struct Blake {
    /// Bytes of a word: 8 for BLAKE2b, 4 for BLAKE2s.
    word: usize,
    chain: [u64; 8],
    /// Bytes that are still to be compressed: never empty once a byte came, as the last block is compressed otherwise.
    pending: Vec<u8>,
    count: u128,
    digest_size: usize,
    last_node: bool,
}

impl Blake {
    fn block(&self) -> usize {
        16 * self.word
    }

    fn cut(&self, value: u64) -> u64 {
        if self.word == 8 { value } else { value & 0xffff_ffff }
    }

    fn rotate(&self, value: u64, by: u32) -> u64 {
        if self.word == 8 { value.rotate_right(by) } else { u64::from((value as u32).rotate_right(by)) }
    }

    fn iv(&self, i: usize) -> u64 {
        if self.word == 8 { IV[i] } else { IV[i] >> 32 }
    }

    fn compress(&mut self, block: &[u8], is_last: bool) {
        let message: Vec<u64> =
            block.chunks(self.word).map(|bytes| bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte))).collect();
        let bits = 8 * self.word as u32;
        let mut v = [0; 16];
        v[..8].copy_from_slice(&self.chain);
        (0..8).for_each(|i| v[8 + i] = self.iv(i));
        v[12] ^= self.cut(self.count as u64);
        v[13] ^= self.cut((self.count >> bits) as u64);
        if is_last {
            v[14] = self.cut(!v[14]);
            if self.last_node {
                v[15] = self.cut(!v[15]);
            }
        }
        let (rounds, turns) = if self.word == 8 { (12, [32, 24, 16, 63]) } else { (10, [16, 12, 8, 7]) };
        for round in 0..rounds {
            for (mix, &[a, b, c, d]) in MIXES.iter().enumerate() {
                for half in 0..2 {
                    let word = message[SIGMA[round % 10][2 * mix + half]];
                    v[a] = self.cut(v[a].wrapping_add(v[b]).wrapping_add(word));
                    v[d] = self.rotate(v[d] ^ v[a], turns[2 * half]);
                    v[c] = self.cut(v[c].wrapping_add(v[d]));
                    v[b] = self.rotate(v[b] ^ v[c], turns[2 * half + 1]);
                }
            }
        }
        for i in 0..8 {
            self.chain[i] ^= v[i] ^ v[i + 8];
        }
    }
}

impl FixedState for Blake {
    fn update(&mut self, data: &[u8]) {
        self.pending.extend_from_slice(data);
        let block = self.block();
        while self.pending.len() > block {
            let first: Vec<u8> = self.pending.drain(..block).collect();
            self.count += block as u128;
            self.compress(&first, false);
        }
    }

    fn finish(&self) -> Vec<u8> {
        let mut end = self.clone();
        end.count += end.pending.len() as u128;
        let mut last = std::mem::take(&mut end.pending);
        last.resize(end.block(), 0);
        end.compress(&last, true);
        let word = end.word;
        end.chain.iter().flat_map(|value| value.to_le_bytes()[..word].to_vec()).take(end.digest_size).collect()
    }

    fn digest_size(&self) -> usize {
        self.digest_size
    }

    fn block_size(&self) -> usize {
        self.block()
    }

    fn copied(&self) -> Box<dyn FixedState> {
        Box::new(self.clone())
    }
}

/// The names of the parameters that only keywords give.
const KEYWORDS: [&str; 13] = [
    "digest_size",
    "key",
    "salt",
    "person",
    "fanout",
    "depth",
    "leaf_size",
    "node_offset",
    "node_depth",
    "inner_size",
    "last_node",
    "usedforsecurity",
    "data",
];

/// `blake2b(data=b'', /, *, digest_size=64, key=b'', salt=b'', person=b'', fanout=1, depth=1, …)`
pub fn new<const B: bool>(vm: &mut Vm, args: Args) -> Res {
    let (name, word) = if B { ("blake2b", 8) } else { ("blake2s", 4) };
    let mut given: [Option<ObjRef>; 13] = [None; 13];
    if args.n > 2 {
        return Err(vm.type_error(format!("{name}() takes at most 1 positional argument ({} given)", args.n - 1)));
    }
    for (key, value) in args.keywords(vm) {
        let key = vm.name_text(key);
        match KEYWORDS.iter().position(|name| *name == key).filter(|&at| at < 12) {
            Some(at) => given[at] = Some(value),
            None => return Err(vm.type_error(format!("'{key}' is an invalid keyword argument for {name}()"))),
        }
    }
    let most = 8 * word;
    let digest_size = number(vm, given[0], most as i64)?;
    if !(1..=most as i64).contains(&digest_size) {
        return Err(vm.value_error(format!("digest_size must be between 1 and {most} bytes")));
    }
    let key = text(vm, given[1], "key", most)?;
    let salt = text(vm, given[2], "salt", 2 * word)?;
    let person = text(vm, given[3], "person", 2 * word)?;
    let fanout = ranged(vm, given[4], 1, "fanout", 0, 255)?;
    let depth = ranged(vm, given[5], 1, "depth", 1, 255)?;
    let leaf_size = number(vm, given[6], 0)?;
    if u32::try_from(leaf_size).is_err() {
        return Err(vm.raise(crate::objects::core_types::OVERFLOW_ERROR, "leaf_size is too large"));
    }
    let node_offset = number(vm, given[7], 0)?;
    if node_offset < 0 || !B && node_offset >= 1 << 48 {
        return Err(vm.raise(crate::objects::core_types::OVERFLOW_ERROR, "node_offset is too large"));
    }
    let node_depth = ranged(vm, given[8], 0, "node_depth", 0, 255)?;
    let inner_size = ranged(vm, given[9], 0, "inner_size", 0, most as i64).map_err(|raised| {
        vm.decref(raised.0);
        vm.value_error(format!("inner_size must be between 0 and is {most}"))
    })?;
    let last_node = convert::flag(vm, given[10])?;
    let mut block = vec![digest_size as u8, key.len() as u8, fanout as u8, depth as u8];
    block.extend((leaf_size as u32).to_le_bytes());
    block.extend(&node_offset.to_le_bytes()[..if B { 8 } else { 6 }]);
    block.extend([node_depth as u8, inner_size as u8]);
    block.resize(4 * word, 0);
    for part in [&salt, &person] {
        let start = block.len();
        block.extend(part);
        block.resize(start + 2 * word, 0);
    }
    let mut blake = Blake { word, chain: [0; 8], pending: Vec::new(), count: 0, digest_size: digest_size as usize, last_node };
    for (i, bytes) in block.chunks(word).enumerate() {
        blake.chain[i] = blake.iv(i) ^ bytes.iter().rev().fold(0, |value, &byte| value << 8 | u64::from(byte));
    }
    if !key.is_empty() {
        let mut padded = key;
        padded.resize(blake.block(), 0);
        blake.update(&padded);
    }
    if let Some(object) = args.get(vm, 1) {
        let bytes = data(vm, object)?;
        blake.update(&bytes);
    }
    let class = args.at(vm, 0);
    done(vm.new_derived(class, 0, foreign_body(Digest { name, state: State::Fixed(Box::new(blake)) })))
}

fn number(vm: &mut Vm, given: Option<ObjRef>, default: i64) -> Result<i64, Raised> {
    match given {
        Some(object) => convert::ssize(vm, object),
        None => Ok(default),
    }
}

fn ranged(vm: &mut Vm, given: Option<ObjRef>, default: i64, name: &str, low: i64, high: i64) -> Result<i64, Raised> {
    let value = number(vm, given, default)?;
    if (low..=high).contains(&value) {
        return Ok(value);
    }
    Err(vm.value_error(format!("{name} must be between {low} and {high}")))
}

fn text(vm: &mut Vm, given: Option<ObjRef>, name: &str, most: usize) -> Result<Vec<u8>, Raised> {
    let Some(object) = given else { return Ok(Vec::new()) };
    let bytes = convert::buffer(vm, object)?;
    if bytes.len() > most {
        return Err(vm.value_error(format!("maximum {name} length is {most} bytes")));
    }
    Ok(bytes)
}
