//! Errors of the operating system: their numbers, and its words for them.
//!
//! Whoever answers for the outside world says by them what went wrong. Counterpart in CPython 3.11: `errno`, `os.strerror`.

use std::io;

use super::Answer;

/// An `errno`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Errno(pub i32);

pub const EPERM: Errno = Errno(1);
pub const ENOENT: Errno = Errno(2);
pub const EBADF: Errno = Errno(9);
pub const EACCES: Errno = Errno(13);
pub const EEXIST: Errno = Errno(17);
pub const ENOTDIR: Errno = Errno(20);
pub const EISDIR: Errno = Errno(21);
pub const EINVAL: Errno = Errno(22);
pub const ENOSPC: Errno = Errno(28);
pub const ENOTEMPTY: Errno = Errno(39);
pub const ELOOP: Errno = Errno(40);

impl Errno {
    /// "No such file or directory"
    pub fn words(self) -> String {
        words(&io::Error::from_raw_os_error(self.0))
    }

    pub fn answer(self) -> Answer {
        Answer::Failed(self.0, self.words())
    }
}

/// What the system says of an error, without the number that Rust adds.
pub fn words(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}
