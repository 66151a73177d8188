//! Uuencode: a line is its length, then six bits a character from the space on.

/// One line, at most 45 bytes.
pub fn encode(data: &[u8], backtick: bool) -> Result<Vec<u8>, String> {
    if data.len() > 45 {
        return Err("At most 45 bytes at once".into());
    }
    let digit = |value: u8| if backtick && value == 0 { b'`' } else { value + b' ' };
    let mut line = vec![digit(data.len() as u8)];
    for three in data.chunks(3) {
        let number = three.iter().fold(0u32, |number, &byte| number << 8 | u32::from(byte)) << (8 * (3 - three.len()));
        line.extend((0..4).map(|place| digit((number >> (18 - 6 * place)) as u8 & 63)));
    }
    line.push(b'\n');
    Ok(line)
}

pub fn decode(line: &[u8]) -> Result<Vec<u8>, String> {
    let Some((&first, rest)) = line.split_first() else { return Ok(vec![0; 32]) };
    let len = usize::from(first.wrapping_sub(b' ') & 63);
    let mut data = Vec::with_capacity(len);
    let (mut left, mut bits) = (0u32, 0);
    let mut rest = rest.iter();
    while data.len() < len {
        let digit = match rest.next() {
            // Lines may end early: the blanks at their ends get lost.
            None | Some(b'\n' | b'\r') => 0,
            Some(c @ b' '..=b'`') => u32::from((c - b' ') & 63),
            Some(_) => return Err("Illegal char".into()),
        };
        left = left << 6 | digit;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            data.push((left >> bits) as u8);
            left &= (1 << bits) - 1;
        }
    }
    if rest.any(|c| !matches!(c, b' ' | b'`' | b'\n' | b'\r')) {
        return Err("Trailing garbage".into());
    }
    Ok(data)
}
