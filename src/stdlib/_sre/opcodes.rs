//! The vocabulary of compiled patterns: what a word of code means, as `re` and `_sre` agree upon it.
//!
//! ```text
//!   a+b     INFO 4 0 2 MAXREPEAT │ REPEAT_ONE 6 1 MAXREPEAT  LITERAL 97 SUCCESS │ LITERAL 98 │ SUCCESS
//! ```
//!
//! A skip is counted from the word that holds it. Counterpart in CPython 3.11: `re._constants`.

/// What `re` must have been written for.
pub const MAGIC: u32 = 2022_0615;
/// Bytes of a word of code.
pub const CODE_SIZE: u32 = 4;
/// No upper limit of repetition.
pub const MAX_REPEAT: u32 = u32::MAX;
pub const MAX_GROUPS: u32 = 1_073_741_823;

/// Operations.
pub mod op {
    pub const FAILURE: u32 = 0;
    pub const SUCCESS: u32 = 1;
    pub const ANY: u32 = 2;
    pub const ANY_ALL: u32 = 3;
    pub const ASSERT: u32 = 4;
    pub const ASSERT_NOT: u32 = 5;
    pub const AT: u32 = 6;
    pub const BRANCH: u32 = 7;
    pub const CATEGORY: u32 = 8;
    pub const CHARSET: u32 = 9;
    pub const BIGCHARSET: u32 = 10;
    pub const GROUPREF: u32 = 11;
    pub const GROUPREF_EXISTS: u32 = 12;
    pub const IN: u32 = 13;
    pub const INFO: u32 = 14;
    pub const JUMP: u32 = 15;
    pub const LITERAL: u32 = 16;
    pub const MARK: u32 = 17;
    pub const MAX_UNTIL: u32 = 18;
    pub const MIN_UNTIL: u32 = 19;
    pub const NOT_LITERAL: u32 = 20;
    pub const NEGATE: u32 = 21;
    pub const RANGE: u32 = 22;
    pub const REPEAT: u32 = 23;
    pub const REPEAT_ONE: u32 = 24;
    pub const MIN_REPEAT_ONE: u32 = 26;
    pub const ATOMIC_GROUP: u32 = 27;
    pub const POSSESSIVE_REPEAT: u32 = 28;
    pub const POSSESSIVE_REPEAT_ONE: u32 = 29;
    pub const GROUPREF_IGNORE: u32 = 30;
    pub const IN_IGNORE: u32 = 31;
    pub const LITERAL_IGNORE: u32 = 32;
    pub const NOT_LITERAL_IGNORE: u32 = 33;
    pub const GROUPREF_LOC_IGNORE: u32 = 34;
    pub const IN_LOC_IGNORE: u32 = 35;
    pub const LITERAL_LOC_IGNORE: u32 = 36;
    pub const NOT_LITERAL_LOC_IGNORE: u32 = 37;
    pub const GROUPREF_UNI_IGNORE: u32 = 38;
    pub const IN_UNI_IGNORE: u32 = 39;
    pub const LITERAL_UNI_IGNORE: u32 = 40;
    pub const NOT_LITERAL_UNI_IGNORE: u32 = 41;
    pub const RANGE_UNI_IGNORE: u32 = 42;
}

/// Places, behind `AT`.
pub mod at {
    pub const BEGINNING: u32 = 0;
    pub const BEGINNING_LINE: u32 = 1;
    pub const BEGINNING_STRING: u32 = 2;
    pub const BOUNDARY: u32 = 3;
    pub const NON_BOUNDARY: u32 = 4;
    pub const END: u32 = 5;
    pub const END_LINE: u32 = 6;
    pub const END_STRING: u32 = 7;
    pub const LOC_BOUNDARY: u32 = 8;
    pub const LOC_NON_BOUNDARY: u32 = 9;
    pub const UNI_BOUNDARY: u32 = 10;
    pub const UNI_NON_BOUNDARY: u32 = 11;
}

/// Classes of characters, behind `CATEGORY`: each is followed by its opposite.
pub mod category {
    pub const DIGIT: u32 = 0;
    pub const SPACE: u32 = 2;
    pub const WORD: u32 = 4;
    pub const LINEBREAK: u32 = 6;
    pub const LOC_WORD: u32 = 8;
    pub const UNI_DIGIT: u32 = 10;
    pub const UNI_SPACE: u32 = 12;
    pub const UNI_WORD: u32 = 14;
    pub const UNI_LINEBREAK: u32 = 16;
    /// One more than the last.
    pub const END: u32 = 18;
}

/// What `INFO` tells of the whole pattern.
pub mod info {
    /// It starts with a literal that comes along.
    pub const PREFIX: u32 = 1;
    /// It is nothing but that literal.
    pub const LITERAL: u32 = 2;
    /// It starts with a character of a set that comes along.
    pub const CHARSET: u32 = 4;
}

/// `re.I` and its kind, as numbers.
pub mod flag {
    pub const TEMPLATE: u32 = 1;
    pub const IGNORECASE: u32 = 2;
    pub const LOCALE: u32 = 4;
    pub const MULTILINE: u32 = 8;
    pub const DOTALL: u32 = 16;
    pub const UNICODE: u32 = 32;
    pub const VERBOSE: u32 = 64;
    pub const DEBUG: u32 = 128;
    pub const ASCII: u32 = 256;
}
