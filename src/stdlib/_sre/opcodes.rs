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

/// A vocabulary: a constant for each word, and their names in the order of the numbers.
macro_rules! numbered {
    ($(#[$doc:meta])* $module:ident { $($name:ident = $number:literal,)* }) => {
        $(#[$doc])*
        pub mod $module {
            $(pub const $name: u32 = $number;)*
            const NAMES: &[(u32, &str)] = &[$(($number, stringify!($name))),*];

            /// What the number means; empty if it means nothing.
            pub fn name(number: u32) -> &'static str {
                NAMES.iter().find(|row| row.0 == number).map_or("", |row| row.1)
            }
        }
    };
}

numbered! {
    /// Operations.
    op {
        FAILURE = 0,
        SUCCESS = 1,
        ANY = 2,
        ANY_ALL = 3,
        ASSERT = 4,
        ASSERT_NOT = 5,
        AT = 6,
        BRANCH = 7,
        CATEGORY = 8,
        CHARSET = 9,
        BIGCHARSET = 10,
        GROUPREF = 11,
        GROUPREF_EXISTS = 12,
        IN = 13,
        INFO = 14,
        JUMP = 15,
        LITERAL = 16,
        MARK = 17,
        MAX_UNTIL = 18,
        MIN_UNTIL = 19,
        NOT_LITERAL = 20,
        NEGATE = 21,
        RANGE = 22,
        REPEAT = 23,
        REPEAT_ONE = 24,
        MIN_REPEAT_ONE = 26,
        ATOMIC_GROUP = 27,
        POSSESSIVE_REPEAT = 28,
        POSSESSIVE_REPEAT_ONE = 29,
        GROUPREF_IGNORE = 30,
        IN_IGNORE = 31,
        LITERAL_IGNORE = 32,
        NOT_LITERAL_IGNORE = 33,
        GROUPREF_LOC_IGNORE = 34,
        IN_LOC_IGNORE = 35,
        LITERAL_LOC_IGNORE = 36,
        NOT_LITERAL_LOC_IGNORE = 37,
        GROUPREF_UNI_IGNORE = 38,
        IN_UNI_IGNORE = 39,
        LITERAL_UNI_IGNORE = 40,
        NOT_LITERAL_UNI_IGNORE = 41,
        RANGE_UNI_IGNORE = 42,
    }
}

numbered! {
    /// Places, behind `AT`.
    at {
        BEGINNING = 0,
        BEGINNING_LINE = 1,
        BEGINNING_STRING = 2,
        BOUNDARY = 3,
        NON_BOUNDARY = 4,
        END = 5,
        END_LINE = 6,
        END_STRING = 7,
        LOC_BOUNDARY = 8,
        LOC_NON_BOUNDARY = 9,
        UNI_BOUNDARY = 10,
        UNI_NON_BOUNDARY = 11,
    }
}

numbered! {
    /// Classes of characters, behind `CATEGORY`: each is followed by its opposite.
    category {
        DIGIT = 0,
        NOT_DIGIT = 1,
        SPACE = 2,
        NOT_SPACE = 3,
        WORD = 4,
        NOT_WORD = 5,
        LINEBREAK = 6,
        NOT_LINEBREAK = 7,
        LOC_WORD = 8,
        LOC_NOT_WORD = 9,
        UNI_DIGIT = 10,
        UNI_NOT_DIGIT = 11,
        UNI_SPACE = 12,
        UNI_NOT_SPACE = 13,
        UNI_WORD = 14,
        UNI_NOT_WORD = 15,
        UNI_LINEBREAK = 16,
        UNI_NOT_LINEBREAK = 17,
    }
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
