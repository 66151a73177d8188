//! Python's hash values, as CPython computes them: numbers modulo 2**61 - 1, text by SipHash-1-3, tuples and frozensets.
//!
//! -1 is never a hash. Equal numbers of different types have equal hashes: `hash(1) == hash(1.0) == hash(True)`.
//! Counterpart in CPython 3.11: `Python/pyhash.c`, `tuplehash`, `frozenset_hash`, `long_hash`.

use std::hash::Hasher;

use num_bigint::{BigInt, Sign};
use siphasher::sip::SipHasher13;

use crate::text::PyStr;

/// `sys.hash_info.modulus`
pub const MODULUS: u64 = (1 << 61) - 1;
/// `sys.hash_info.inf`
pub const INFINITY: i64 = 314_159;

/// The two halves of the key of text hashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HashKey(pub u64, pub u64);

impl HashKey {
    /// The key that `PYTHONHASHSEED=seed` gives; 0 turns randomization off.
    pub fn from_seed(seed: u32) -> HashKey {
        if seed == 0 {
            return HashKey::default();
        }
        let mut state = seed;
        let mut word = || {
            (0..8).fold(0u64, |word, byte| {
                state = state.wrapping_mul(214_013).wrapping_add(2_531_011);
                word | u64::from(state >> 16 & 0xff) << (8 * byte)
            })
        };
        HashKey(word(), word())
    }
}

fn not_minus_one(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

#[inline]
pub fn hash_i64(n: i64) -> i64 {
    let hash = (n.unsigned_abs() % MODULUS) as i64;
    not_minus_one(if n < 0 { -hash } else { hash })
}

pub fn hash_int(n: &BigInt) -> i64 {
    // 2**61 is 1: a 64-bit digit d moves what is above it by 2**64 = 2**3.
    let hash = n.magnitude().iter_u64_digits().rev().fold(0u64, |hash, digit| {
        let moved = (u128::from(hash) << 64 | u128::from(digit)) % u128::from(MODULUS);
        moved as u64
    }) as i64;
    not_minus_one(if n.sign() == Sign::Minus { -hash } else { hash })
}

/// `None` for nan, whose hash is that of its object's address.
pub fn hash_float(x: f64) -> Option<i64> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 { INFINITY } else { -INFINITY });
    }
    let (mantissa, exponent) = super::int_float::float_parts(x.abs());
    let turn = exponent.rem_euclid(61) as u32;
    let hash = ((u128::from(mantissa) << turn) % u128::from(MODULUS)) as i64;
    Some(not_minus_one(if x < 0.0 { -hash } else { hash }))
}

/// From the hashes of the parts (an object's address hash where a part is nan).
pub fn hash_complex(real: i64, imag: i64) -> i64 {
    // sys.hash_info.imag
    not_minus_one((real as u64).wrapping_add(1_000_003u64.wrapping_mul(imag as u64)) as i64)
}

pub fn hash_bytes(data: &[u8], key: HashKey) -> i64 {
    if data.is_empty() {
        return 0;
    }
    let mut hasher = SipHasher13::new_with_keys(key.0, key.1);
    hasher.write(data);
    not_minus_one(hasher.finish() as i64)
}

pub fn hash_str(text: &PyStr, key: HashKey) -> i64 {
    hash_bytes(&text.memory(), key)
}

/// An address as a hash: what `object.__hash__`, functions, types and nan use.
pub fn hash_address(address: u64) -> i64 {
    not_minus_one(address.rotate_right(4) as i64)
}

/// From the hashes of the items, in order.
pub fn hash_tuple(items: impl IntoIterator<Item = i64>) -> i64 {
    let mut tuple = TupleHash::default();
    for item in items {
        tuple.push(item);
    }
    tuple.finish()
}

/// A tuple's hash in the making: for a caller who must stop between the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TupleHash {
    state: u64,
    len: u64,
}

const PRIME_1: u64 = 11_400_714_785_074_694_791;
const PRIME_2: u64 = 14_029_467_366_897_019_727;
const PRIME_5: u64 = 2_870_177_450_012_600_261;

impl Default for TupleHash {
    fn default() -> TupleHash {
        TupleHash { state: PRIME_5, len: 0 }
    }
}

impl TupleHash {
    #[inline]
    pub fn push(&mut self, item: i64) {
        let mixed = self.state.wrapping_add((item as u64).wrapping_mul(PRIME_2));
        self.state = mixed.rotate_left(31).wrapping_mul(PRIME_1);
        self.len += 1;
    }

    pub fn finish(&self) -> i64 {
        let hash = self.state.wrapping_add(self.len ^ (PRIME_5 ^ 3_527_539));
        if hash == u64::MAX { 1_546_275_796 } else { hash as i64 }
    }
}

/// From the hashes of the items, in any order.
pub fn hash_frozenset(items: impl IntoIterator<Item = i64>) -> i64 {
    let mut hash = 0u64;
    let mut len = 0u64;
    for item in items {
        let item = item as u64;
        hash ^= ((item ^ 89_869_747) ^ (item << 16)).wrapping_mul(3_644_798_167);
        len += 1;
    }
    hash ^= (len + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923);
    if hash == u64::MAX { 590_923_713 } else { hash as i64 }
}
