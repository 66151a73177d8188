//! Quoted-printable: what is not plain ASCII becomes `=` and two hexadecimal digits; lines have at most 76 characters.

#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Blanks within lines are quoted too.
    pub quote_tabs: bool,
    /// Line ends are line ends.
    pub is_text: bool,
    /// As in mail headers: `_` is a blank.
    pub header: bool,
}

const LONGEST_LINE: usize = 76;

pub fn encode(data: &[u8], options: Options) -> Vec<u8> {
    let crlf = data.iter().position(|&byte| byte == b'\n').is_some_and(|at| at > 0 && data[at - 1] == b'\r');
    let mut out: Vec<u8> = Vec::with_capacity(data.len());
    let (mut width, mut at) = (0, 0);
    let line_end = |out: &mut Vec<u8>| out.extend_from_slice(if crlf { b"\r\n" } else { b"\n" });
    while at < data.len() {
        let byte = data[at];
        let next = data.get(at + 1).copied();
        let ends_line = byte == b'\n' || byte == b'\r' && next == Some(b'\n');
        if options.is_text && ends_line {
            if let Some(&last @ (b' ' | b'\t')) = out.last() {
                out.pop();
                out.extend(format!("={last:02X}").bytes());
            }
            line_end(&mut out);
            at += if byte == b'\r' { 2 } else { 1 };
            width = 0;
            continue;
        }
        let is_blank = matches!(byte, b' ' | b'\t');
        let quoted = byte > 126
            || byte == b'='
            || options.header && byte == b'_'
            || byte == b'.' && width == 0 && matches!(next, None | Some(b'\n' | b'\r' | 0))
            || !options.is_text && matches!(byte, b'\r' | b'\n')
            || is_blank && next.is_none()
            || byte < 33 && !matches!(byte, b'\r' | b'\n' | b' ' | b'\t')
            || is_blank && options.quote_tabs;
        let cost = if quoted { 3 } else { 1 };
        if next != Some(b'\n') && width + cost >= LONGEST_LINE {
            out.push(b'=');
            line_end(&mut out);
            width = 0;
        }
        if quoted {
            out.extend(format!("={byte:02X}").bytes());
        } else {
            out.push(if options.header && byte == b' ' { b'_' } else { byte });
        }
        width += cost;
        at += 1;
    }
    out
}

pub fn decode(data: &[u8], header: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut at = 0;
    let digit = |at: usize| data.get(at).and_then(|&byte| char::from(byte).to_digit(16));
    while at < data.len() {
        let byte = data[at];
        at += 1;
        match byte {
            b'=' if at >= data.len() => break,
            b'=' if matches!(data[at], b'\n' | b'\r') => {
                // A soft line end: nothing stands for it.
                at = data[at..].iter().position(|&byte| byte == b'\n').map_or(data.len(), |more| at + more + 1);
            }
            b'=' if data[at] == b'=' => {
                out.push(b'=');
                at += 1;
            }
            b'=' => match (digit(at), digit(at + 1)) {
                (Some(high), Some(low)) => {
                    out.push((high * 16 + low) as u8);
                    at += 2;
                }
                _ => out.push(b'='),
            },
            b'_' if header => out.push(b' '),
            _ => out.push(byte),
        }
    }
    out
}
