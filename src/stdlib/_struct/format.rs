//! The text of a format: `"@bh"` is an item of one byte, one byte of padding, and an item of two.
//!
//! Counterpart in CPython 3.11: `prepare_s` in `Modules/_struct.c`.

/// Where the bytes of a number begin, and whether sizes and gaps are those of the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// `@`: with gaps, so that each item starts at a multiple of its size
    #[default]
    Native,
    /// `<` and `=`
    Little,
    /// `>` and `!`
    Big,
}

/// Items of one kind that follow one another.
#[derive(Clone, Debug)]
pub struct Part {
    pub letter: u8,
    pub count: usize,
    /// Bytes of one item.
    pub size: usize,
    pub offset: usize,
}

impl Part {
    /// A text takes all its bytes for one value.
    pub fn is_text(&self) -> bool {
        matches!(self.letter, b's' | b'p')
    }

    /// How many objects it stands for.
    pub fn values(&self) -> usize {
        match self.letter {
            b's' | b'p' => 1,
            b'x' => 0,
            _ => self.count,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub order: Order,
    pub parts: Vec<Part>,
    /// Bytes in all.
    pub size: usize,
}

impl Plan {
    pub fn values(&self) -> usize {
        self.parts.iter().map(Part::values).sum()
    }
}

fn size_of(letter: u8, order: Order) -> Option<usize> {
    let native = order == Order::Native;
    Some(match letter {
        b'x' | b'c' | b'b' | b'B' | b'?' | b's' | b'p' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' if !native => 4,
        b'l' | b'L' | b'q' | b'Q' | b'd' => 8,
        b'n' | b'N' | b'P' if native => 8,
        _ => return None,
    })
}

/// The plan of a format, or what is wrong with it.
pub fn parse(text: &[u8]) -> Result<Plan, &'static str> {
    const TOO_LONG: &str = "total struct size too long";
    let (order, rest) = match text.first() {
        Some(b'@') => (Order::Native, &text[1..]),
        Some(b'<' | b'=') => (Order::Little, &text[1..]),
        Some(b'>' | b'!') => (Order::Big, &text[1..]),
        _ => (Order::Native, text),
    };
    if rest.contains(&0) {
        return Err("embedded null character");
    }
    let mut plan = Plan { order, ..Plan::default() };
    let mut letters = rest.iter().copied().peekable();
    while let Some(mut letter) = letters.next() {
        if letter.is_ascii_whitespace() || letter == 0x0b {
            continue;
        }
        let mut count = 1;
        if letter.is_ascii_digit() {
            count = usize::from(letter - b'0');
            loop {
                letter = letters.next().ok_or("repeat count given without format specifier")?;
                if !letter.is_ascii_digit() {
                    break;
                }
                count = count.checked_mul(10).and_then(|count| count.checked_add(usize::from(letter - b'0'))).ok_or(TOO_LONG)?;
            }
        }
        let size = size_of(letter, order).ok_or("bad char in struct format")?;
        if order == Order::Native {
            plan.size = plan.size.checked_next_multiple_of(size).ok_or(TOO_LONG)?;
        }
        let all = count.checked_mul(size).filter(|&all| all <= isize::MAX as usize - plan.size).ok_or(TOO_LONG)?;
        let part = Part { letter, count, size, offset: plan.size };
        if letter != b'x' && (part.is_text() || count > 0) {
            plan.parts.push(part);
        }
        plan.size += all;
    }
    Ok(plan)
}
