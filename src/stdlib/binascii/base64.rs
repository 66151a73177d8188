//! Base64: three bytes are four digits of six bits.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub fn encode(data: &[u8], newline: bool) -> Vec<u8> {
    let mut text = Vec::with_capacity(data.len().div_ceil(3) * 4 + 1);
    for three in data.chunks(3) {
        let number = three.iter().fold(0u32, |number, &byte| number << 8 | u32::from(byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            text.push(if place <= three.len() { DIGITS[(number >> (18 - 6 * place)) as usize & 63] } else { b'=' });
        }
    }
    if newline {
        text.push(b'\n');
    }
    text
}

fn value(digit: u8) -> Option<u32> {
    Some(u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// Skips what is no digit, unless it is to be strict.
pub fn decode(text: &[u8], strict: bool) -> Result<Vec<u8>, String> {
    if strict && text.first() == Some(&b'=') {
        return Err("Leading padding not allowed".into());
    }
    let mut data = Vec::with_capacity(text.len() / 4 * 3);
    let (mut left, mut bits) = (0u32, 0);
    let (mut in_group, mut padding, mut padding_started) = (0, 0, false);
    for (at, &c) in text.iter().enumerate() {
        if c == b'=' {
            padding_started = true;
            padding += 1;
            if in_group >= 2 && in_group + padding >= 4 {
                if strict && at + 1 < text.len() {
                    return Err("Excess data after padding".into());
                }
                return Ok(data);
            }
            continue;
        }
        let Some(digit) = value(c) else {
            if strict {
                return Err("Only base64 data is allowed".into());
            }
            continue;
        };
        if strict && padding_started {
            return Err("Discontinuous padding not allowed".into());
        }
        padding = 0;
        left = left << 6 | digit;
        bits += 6;
        in_group = (in_group + 1) % 4;
        if bits >= 8 {
            bits -= 8;
            data.push((left >> bits) as u8);
            left &= (1 << bits) - 1;
        }
    }
    match in_group {
        0 => Ok(data),
        1 => {
            let digits = data.len() / 3 * 4 + 1;
            Err(format!("Invalid base64-encoded string: number of data characters ({digits}) cannot be 1 more than a multiple of 4"))
        }
        _ => Err("Incorrect padding".into()),
    }
}
