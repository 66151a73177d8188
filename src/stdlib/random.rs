//! `_random`: the Mersenne Twister MT19937 behind `random`, whose distributions are in `random.py`.
//!
//! The same seed gives the same numbers as in CPython. The algorithm is M. Matsumoto's and T. Nishimura's, with their
//! initialisation by an array. Counterpart in CPython 3.11: `Modules/_randommodule.c`. `random.seed(1); random.random()` is
//! 0.13436424411240122.

use num_bigint::{BigInt, BigUint};

use super::{NewClass, add_class, add_functions, foreign, foreign_body, foreign_mut};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::*, equality::Number, instance::Foreign, int::to_big_int},
    vm::{
        Outcome, Raised, Res, Vm,
        host::{Answer, Request, failed},
        native::{Args, NativeDef, Signature},
        protocol::after::After,
        raised::done,
    },
};

/// Words of the state.
const N: usize = 624;
/// The distance of the words that are combined.
const M: usize = 397;

/// The generator's state.
#[derive(Clone)]
struct Twister {
    words: Vec<u32>,
    /// The next word to give out; all are used up at [`N`].
    index: usize,
}

impl Foreign for Twister {
    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}

    fn clear(&mut self) -> Vec<ObjRef> {
        Vec::new()
    }
}

impl Twister {
    fn from_number(seed: u32) -> Twister {
        let mut words = vec![seed];
        for i in 1..N as u32 {
            let last = words[i as usize - 1];
            words.push(1_812_433_253u32.wrapping_mul(last ^ last >> 30).wrapping_add(i));
        }
        Twister { words, index: N }
    }

    fn from_array(key: &[u32]) -> Twister {
        let mut twister = Twister::from_number(19_650_218);
        let words = &mut twister.words;
        let (mut i, mut j) = (1, 0);
        let advance = |words: &mut Vec<u32>, i: &mut usize| {
            *i += 1;
            if *i >= N {
                words[0] = words[N - 1];
                *i = 1;
            }
        };
        for _ in 0..N.max(key.len()) {
            let last = words[i - 1];
            words[i] = (words[i] ^ (last ^ last >> 30).wrapping_mul(1_664_525)).wrapping_add(key[j]).wrapping_add(j as u32);
            advance(words, &mut i);
            j = (j + 1) % key.len();
        }
        for _ in 0..N - 1 {
            let last = words[i - 1];
            words[i] = (words[i] ^ (last ^ last >> 30).wrapping_mul(1_566_083_941)).wrapping_sub(i as u32);
            advance(words, &mut i);
        }
        words[0] = 0x8000_0000;
        twister
    }

    fn next(&mut self) -> u32 {
        if self.index >= N {
            for i in 0..N {
                let mixed = self.words[i] & 0x8000_0000 | self.words[(i + 1) % N] & 0x7fff_ffff;
                let odd = if mixed & 1 == 1 { 0x9908_b0df } else { 0 };
                self.words[i] = self.words[(i + M) % N] ^ mixed >> 1 ^ odd;
            }
            self.index = 0;
        }
        let mut y = self.words[self.index];
        self.index += 1;
        y ^= y >> 11;
        y ^= y << 7 & 0x9d2c_5680;
        y ^= y << 15 & 0xefc6_0000;
        y ^ y >> 18
    }
}

pub fn fill(vm: &mut Vm, dict: ObjRef) {
    use Signature::{Any, None, One, Range};
    let natives = vec![
        NativeDef::static_method("__new__", Any, new),
        NativeDef::wrapper("__init__", Any, |vm, args| {
            if args.kwnames.is_some() || args.n > 2 {
                return Err(vm.type_error(format!("Random() requires 0 or 1 argument, got {}", args.n - 1)));
            }
            seed(vm, args)
        }),
        NativeDef::method("random", None, random),
        NativeDef::method("getrandbits", One, getrandbits),
        NativeDef::method("seed", Range(0, 1), seed),
        NativeDef::method("getstate", None, getstate),
        NativeDef::method("setstate", One, setstate),
    ];
    add_class(vm, dict, NewClass { module: "_random", name: "Random", base: OBJECT, natives, slots: Some(&[]) });
    add_functions(
        vm,
        dict,
        "_random",
        vec![NativeDef::function("_sha512", One, |vm, args| {
            let data = convert::buffer(vm, args.at(vm, 0))?;
            let digest = sha512(&data);
            done(vm.new_bytes(digest))
        })],
    );
}

/// A generator with a fixed start, which `__init__` replaces.
fn new(vm: &mut Vm, args: Args) -> Res {
    let Some(class) = args.get(vm, 0).filter(|&class| vm.heap.as_type(class).is_some()) else {
        return Err(vm.type_error("Random.__new__(): not enough arguments"));
    };
    done(vm.new_derived(class, 0, foreign_body(Twister::from_number(5489))))
}

fn twister(vm: &mut Vm, args: Args) -> Result<&mut Twister, Raised> {
    let this = args.at(vm, 0);
    if foreign::<Twister>(vm, this).is_none() {
        return Err(vm.type_error("a generator that __new__ has made is required"));
    }
    Ok(foreign_mut::<Twister>(vm, this).expect("just seen"))
}

fn random(vm: &mut Vm, args: Args) -> Res {
    let twister = twister(vm, args)?;
    let (high, low) = (twister.next() >> 5, twister.next() >> 6);
    let value = (f64::from(high) * 67_108_864.0 + f64::from(low)) * (1.0 / 9_007_199_254_740_992.0);
    done(vm.new_float(value))
}

fn getrandbits(vm: &mut Vm, args: Args) -> Res {
    let bits = i64::from(convert::c_int(vm, args.at(vm, 1))?);
    if bits < 0 {
        return Err(vm.value_error("number of bits must be non-negative"));
    }
    let twister = twister(vm, args)?;
    let mut words = Vec::new();
    let mut left = bits;
    while left > 0 {
        let word = twister.next();
        words.push(if left < 32 { word >> (32 - left) } else { word });
        left -= 32;
    }
    match words[..] {
        [] => done(vm.new_int(0)),
        [word] => done(vm.new_int(i64::from(word))),
        _ => done(vm.new_big_int(BigInt::from(BigUint::new(words)))),
    }
}

/// `seed(n=None)`: the magnitude of an int, the hash of anything else, or entropy.
fn seed(vm: &mut Vm, args: Args) -> Res {
    let this = args.at(vm, 0);
    let Some(value) = args.given(vm, 1) else {
        let depth = vm.frames.len();
        let bytes = vm.ask(Request::Entropy(4 * N), |vm, answer| match answer {
            Answer::Bytes(bytes) => Ok(vm.new_bytes(bytes)),
            other => Err(failed(vm, other)),
        });
        return vm.after(
            depth,
            bytes,
            After::new("seed", &[this], 0, |vm, state, bytes| {
                let data = vm.heap.bytes(bytes).unwrap_or(&[]).to_vec();
                vm.decref(bytes);
                let key: Vec<u32> =
                    data.chunks(4).map(|four| four.iter().rev().fold(0, |word, &byte| word << 8 | u32::from(byte))).collect();
                start(vm, state.refs[0], &key);
                done(vm.none())
            }),
        );
    };
    let magnitude = match Number::of(&vm.heap, value) {
        Some(Number::Int(_) | Number::BigInt(_)) => to_big_int(&vm.heap, value).into_parts().1,
        _ => {
            let depth = vm.frames.len();
            let hash = vm.hash(value);
            let int = match vm.int_result(hash)? {
                Outcome::Done(int) => int,
                Outcome::Pushed => vm.finish_now(depth, Outcome::Pushed)?,
            };
            let hash = vm.small_value(int).unwrap_or(0);
            vm.decref(int);
            BigUint::from(hash as u64)
        }
    };
    start(vm, this, &magnitude.to_u32_digits());
    done(vm.none())
}

fn start(vm: &mut Vm, object: ObjRef, key: &[u32]) {
    let key = if key.is_empty() { &[0] } else { key };
    if let Some(twister) = foreign_mut::<Twister>(vm, object) {
        *twister = Twister::from_array(key);
    }
}

fn getstate(vm: &mut Vm, args: Args) -> Res {
    let state = twister(vm, args)?.clone();
    let mut items: Vec<ObjRef> = state.words.iter().map(|&word| vm.new_int(i64::from(word))).collect();
    items.push(vm.new_usize(state.index));
    done(vm.new_tuple(items))
}

fn setstate(vm: &mut Vm, args: Args) -> Res {
    let Some(items) = vm.heap.tuple(args.at(vm, 1)).map(<[ObjRef]>::to_vec) else {
        return Err(vm.type_error("state vector must be a tuple"));
    };
    if items.len() != N + 1 {
        return Err(vm.value_error("state vector is the wrong size"));
    }
    let mut words = Vec::with_capacity(N + 1);
    for item in items {
        words.push(convert::cut(vm, item)?);
    }
    let index = words.pop().unwrap_or(-1);
    let Some(index) = usize::try_from(index).ok().filter(|&index| index <= N) else {
        return Err(vm.value_error("invalid state"));
    };
    *twister(vm, args)? = Twister { words: words.into_iter().map(|word| word as u32).collect(), index };
    done(vm.none())
}

// ── SHA-512, which makes numbers of textual seeds ───────────────────────────────────────────────────────────────────

/// The first 64 bits behind the point of the square or cube roots of the first primes.
fn root_bits(count: usize, root: u32) -> Vec<u64> {
    let primes = (2u32..).filter(|&n| (2..n).take_while(|d| d * d <= n).all(|d| n % d != 0));
    primes
        .take(count)
        .map(|prime| {
            let scaled = BigUint::from(prime) << (64 * root);
            scaled.nth_root(root).to_u64_digits().first().copied().unwrap_or(0)
        })
        .collect()
}

fn sha512(data: &[u8]) -> Vec<u8> {
    let constants = root_bits(80, 3);
    let mut hash = root_bits(8, 2);
    let mut padded = data.to_vec();
    padded.push(0x80);
    while padded.len() % 128 != 112 {
        padded.push(0);
    }
    padded.extend((data.len() as u128 * 8).to_be_bytes());
    for block in padded.chunks(128) {
        let mut w: Vec<u64> = block.chunks(8).map(|eight| eight.iter().fold(0, |word, &byte| word << 8 | u64::from(byte))).collect();
        for i in 16..80 {
            let (a, b) = (w[i - 15], w[i - 2]);
            let small = a.rotate_right(1) ^ a.rotate_right(8) ^ a >> 7;
            let large = b.rotate_right(19) ^ b.rotate_right(61) ^ b >> 6;
            w.push(w[i - 16].wrapping_add(small).wrapping_add(w[i - 7]).wrapping_add(large));
        }
        let mut s: [u64; 8] = hash.clone().try_into().unwrap_or_default();
        for i in 0..80 {
            let [a, b, c, d, e, f, g, h] = s;
            let choice = e & f ^ !e & g;
            let majority = a & b ^ a & c ^ b & c;
            let one = (e.rotate_right(14) ^ e.rotate_right(18) ^ e.rotate_right(41))
                .wrapping_add(h)
                .wrapping_add(choice)
                .wrapping_add(constants[i])
                .wrapping_add(w[i]);
            let two = (a.rotate_right(28) ^ a.rotate_right(34) ^ a.rotate_right(39)).wrapping_add(majority);
            s = [one.wrapping_add(two), a, b, c, d.wrapping_add(one), e, f, g];
        }
        hash.iter_mut().zip(s).for_each(|(total, word)| *total = total.wrapping_add(word));
    }
    hash.into_iter().flat_map(u64::to_be_bytes).collect()
}
