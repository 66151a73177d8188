//! The state of one digest, whichever algorithm it is.

use sha2::digest::{DynDigest, ExtendableOutput as _, Update as _, XofReader as _};

/// A digest with a length of its own, that can be copied.
trait Fixed: DynDigest + Send + Sync {
    fn copied(&self) -> Box<dyn Fixed>;
}

impl<T: DynDigest + Clone + Send + Sync + 'static> Fixed for T {
    fn copied(&self) -> Box<dyn Fixed> {
        Box::new(self.clone())
    }
}

pub enum State {
    Fixed(Box<dyn FixedState>),
    Shake128(sha3::Shake128),
    Shake256(sha3::Shake256),
}

/// What [`State`] needs of a digest of fixed length.
pub trait FixedState: Send + Sync {
    fn update(&mut self, data: &[u8]);
    fn finish(&self) -> Vec<u8>;
    fn digest_size(&self) -> usize;
    fn block_size(&self) -> usize;
    fn copied(&self) -> Box<dyn FixedState>;
}

/// A digest with the size of its blocks.
struct Sized {
    digest: Box<dyn Fixed>,
    block_size: usize,
}

impl FixedState for Sized {
    fn update(&mut self, data: &[u8]) {
        self.digest.update(data);
    }

    fn finish(&self) -> Vec<u8> {
        let mut out = vec![0; self.digest.output_size()];
        // The length is right: the buffer was made for it.
        let _ = self.digest.copied().finalize_into_reset(&mut out);
        out
    }

    fn digest_size(&self) -> usize {
        self.digest.output_size()
    }

    fn block_size(&self) -> usize {
        self.block_size
    }

    fn copied(&self) -> Box<dyn FixedState> {
        Box::new(Sized { digest: self.digest.copied(), block_size: self.block_size })
    }
}

impl Clone for State {
    fn clone(&self) -> State {
        match self {
            State::Fixed(state) => State::Fixed(state.copied()),
            State::Shake128(state) => State::Shake128(state.clone()),
            State::Shake256(state) => State::Shake256(state.clone()),
        }
    }
}

impl State {
    /// The start of a digest by its name; SHA-512 for a name that is not known.
    pub fn named(name: &str) -> State {
        let (digest, block_size): (Box<dyn Fixed>, usize) = match name {
            "md5" => (Box::<md5::Md5>::default(), 64),
            "sha1" => (Box::<sha1::Sha1>::default(), 64),
            "sha224" => (Box::<sha2::Sha224>::default(), 64),
            "sha256" => (Box::<sha2::Sha256>::default(), 64),
            "sha384" => (Box::<sha2::Sha384>::default(), 128),
            "sha3_224" => (Box::<sha3::Sha3_224>::default(), 144),
            "sha3_256" => (Box::<sha3::Sha3_256>::default(), 136),
            "sha3_384" => (Box::<sha3::Sha3_384>::default(), 104),
            "sha3_512" => (Box::<sha3::Sha3_512>::default(), 72),
            "shake_128" => return State::Shake128(sha3::Shake128::default()),
            "shake_256" => return State::Shake256(sha3::Shake256::default()),
            _ => (Box::<sha2::Sha512>::default(), 128),
        };
        State::Fixed(Box::new(Sized { digest, block_size }))
    }

    /// Whether it gives as many bytes as one asks for.
    pub fn is_extendable(&self) -> bool {
        !matches!(self, State::Fixed(_))
    }

    pub fn update(&mut self, data: &[u8]) {
        match self {
            State::Fixed(state) => state.update(data),
            State::Shake128(state) => state.update(data),
            State::Shake256(state) => state.update(data),
        }
    }

    /// The digest of what came so far. `length` is for those without one of their own.
    pub fn finish(&self, length: usize) -> Vec<u8> {
        let mut out = vec![0; length];
        match self {
            State::Fixed(state) => return state.finish(),
            State::Shake128(state) => state.clone().finalize_xof().read(&mut out),
            State::Shake256(state) => state.clone().finalize_xof().read(&mut out),
        }
        out
    }

    pub fn digest_size(&self) -> usize {
        match self {
            State::Fixed(state) => state.digest_size(),
            _ => 0,
        }
    }

    pub fn block_size(&self) -> usize {
        match self {
            State::Fixed(state) => state.block_size(),
            State::Shake128(_) => 168,
            State::Shake256(_) => 136,
        }
    }
}
