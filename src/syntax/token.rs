//! The vocabulary of tokens: one table of keywords and operators, and the token itself.
//!
//! Counterpart in CPython 3.11: `Grammar/Tokens` and `Token` in `Parser/pegen.h`. `x += 1` is `Name PlusEqual Number Newline`.

/// One token. Offsets are bytes into the text that was read; line and column are what the AST shows, which differs from the
/// offsets inside f-strings, where a field is read apart from its file.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub kind: TokenKind,
    pub start: u32,
    pub end: u32,
    pub line: u32,
    pub col: u32,
    pub end_line: u32,
    pub end_col: u32,
}

macro_rules! tokens {
    (keywords { $($keyword:ident $keyword_text:literal)* } operators { $($operator:ident $operator_text:literal)* }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum TokenKind {
            /// An identifier, soft keywords included.
            Name,
            Number,
            String,
            Newline,
            Indent,
            Dedent,
            EndMarker,
            /// A character that no Python token has: `$ ? !` and the backquote.
            Other,
            $($keyword,)*
            $($operator,)*
        }

        impl TokenKind {
            /// The keyword that `text` is, if any.
            pub fn keyword(text: &[u8]) -> Option<TokenKind> {
                // No keyword is shorter than two letters or longer than eight.
                if text.len() < 2 || text.len() > 8 {
                    return None;
                }
                $(if text == $keyword_text.as_bytes() { return Some(TokenKind::$keyword); })*
                None
            }

            /// The longest operator that `text` begins with, and its length.
            #[inline]
            fn operator_of(text: &[u8]) -> Option<TokenKind> {
                $(if text == $operator_text.as_bytes() { return Some(TokenKind::$operator); })*
                None
            }

            pub fn is_keyword(self) -> bool {
                matches!(self, $(TokenKind::$keyword)|*)
            }
        }
    };
}

tokens! {
    keywords {
        False "False" None "None" True "True" And "and" As "as" Assert "assert" Async "async" Await "await" Break "break" Class "class"
        Continue "continue" Def "def" Del "del" Elif "elif" Else "else" Except "except" Finally "finally" For "for" From "from"
        Global "global" If "if" Import "import" In "in" Is "is" Lambda "lambda" Nonlocal "nonlocal" Not "not" Or "or" Pass "pass"
        Raise "raise" Return "return" Try "try" While "while" With "with" Yield "yield"
    }
    operators {
        LPar "(" RPar ")" LSqb "[" RSqb "]" Colon ":" Comma "," Semi ";" Plus "+" Minus "-" Star "*" Slash "/" VBar "|" Amper "&"
        Less "<" Greater ">" Equal "=" Dot "." Percent "%" LBrace "{" RBrace "}" EqEqual "==" NotEqual "!=" LessEqual "<="
        GreaterEqual ">=" Tilde "~" Circumflex "^" LeftShift "<<" RightShift ">>" DoubleStar "**" PlusEqual "+=" MinEqual "-="
        StarEqual "*=" SlashEqual "/=" PercentEqual "%=" AmperEqual "&=" VBarEqual "|=" CircumflexEqual "^=" LeftShiftEqual "<<="
        RightShiftEqual ">>=" DoubleStarEqual "**=" DoubleSlash "//" DoubleSlashEqual "//=" At "@" AtEqual "@=" RArrow "->"
        Ellipsis "..." ColonEqual ":=" LessGreater "<>"
    }
}

impl TokenKind {
    /// The longest operator that `text` begins with, and its length in bytes.
    pub fn operator(text: &[u8]) -> Option<(TokenKind, usize)> {
        // Most operators are one byte with nothing after them that could lengthen them.
        let first = *text.first()?;
        let simple = match first {
            b'(' => Some(TokenKind::LPar),
            b')' => Some(TokenKind::RPar),
            b'[' => Some(TokenKind::LSqb),
            b']' => Some(TokenKind::RSqb),
            b'{' => Some(TokenKind::LBrace),
            b'}' => Some(TokenKind::RBrace),
            b',' => Some(TokenKind::Comma),
            b';' => Some(TokenKind::Semi),
            b'~' => Some(TokenKind::Tilde),
            _ => None,
        };
        if let Some(kind) = simple {
            return Some((kind, 1));
        }
        (1..=3.min(text.len())).rev().find_map(|length| Some((TokenKind::operator_of(&text[..length])?, length)))
    }

    pub fn is_augmented_assignment(self) -> bool {
        use TokenKind::*;
        matches!(
            self,
            PlusEqual
                | MinEqual
                | StarEqual
                | SlashEqual
                | PercentEqual
                | AmperEqual
                | VBarEqual
                | CircumflexEqual
                | LeftShiftEqual
                | RightShiftEqual
                | DoubleStarEqual
                | DoubleSlashEqual
                | AtEqual
        )
    }
}
