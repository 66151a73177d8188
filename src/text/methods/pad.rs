//! Making wider: `center`, `ljust`, `rjust`, `zfill`, `expandtabs`.
//!
//! `None` means that the text is wide enough; the error is a MemoryError. `'-7'.zfill(4)` is `'-007'`.

use crate::text::{PyStr, TextError, check_len, pystr::PyStrBuilder};

/// `left` and `right` fill characters around the text.
fn padded(text: &PyStr, fill: u32, left: usize, right: usize) -> PyStr {
    if let (Some(text), Some(fill)) = (text.as_ascii(), char::from_u32(fill).filter(char::is_ascii)) {
        let mut out = String::with_capacity(text.len() + left + right);
        out.extend(std::iter::repeat_n(fill, left));
        out.push_str(text);
        out.extend(std::iter::repeat_n(fill, right));
        return out.into();
    }
    let mut points = vec![fill; left];
    points.extend(text.iter());
    points.extend(std::iter::repeat_n(fill, right));
    PyStr::from_code_points(&points)
}

fn missing(text: &PyStr, width: i64) -> Result<Option<usize>, TextError> {
    let missing = usize::try_from(width).ok().and_then(|width| width.checked_sub(text.len())).filter(|&missing| missing > 0);
    missing.map_or(Ok(()), check_len)?;
    Ok(missing)
}

/// `text.ljust(width, fill)`
pub fn ljust(text: &PyStr, width: i64, fill: u32) -> Result<Option<PyStr>, TextError> {
    Ok(missing(text, width)?.map(|missing| padded(text, fill, 0, missing)))
}

/// `text.rjust(width, fill)`
pub fn rjust(text: &PyStr, width: i64, fill: u32) -> Result<Option<PyStr>, TextError> {
    Ok(missing(text, width)?.map(|missing| padded(text, fill, missing, 0)))
}

/// `text.center(width, fill)`
pub fn center(text: &PyStr, width: i64, fill: u32) -> Result<Option<PyStr>, TextError> {
    Ok(missing(text, width)?.map(|missing| {
        let left = center_left(missing, width as usize);
        padded(text, fill, left, missing - left)
    }))
}

/// How many of `missing` fill characters stand on the left: the odd one does if the width is odd too.
pub fn center_left(missing: usize, width: usize) -> usize {
    missing / 2 + (missing & width & 1)
}

/// `text.zfill(width)`: zeros after a sign.
pub fn zfill(text: &PyStr, width: i64) -> Result<Option<PyStr>, TextError> {
    let Some(missing) = missing(text, width)? else { return Ok(None) };
    let signed = !text.is_empty() && matches!(text.at(0), 0x2b | 0x2d);
    if !signed {
        return Ok(Some(padded(text, '0'.into(), missing, 0)));
    }
    let rest = padded(&text.slice(1, text.len()), '0'.into(), missing, 0);
    Ok(Some(text.slice(0, 1).concat(&rest)))
}

/// `text.expandtabs(size)`; columns start anew after `\n` and `\r`.
pub fn expand_tabs(text: &PyStr, size: i64) -> Result<PyStr, TextError> {
    let mut out = PyStrBuilder::with_capacity(text.len());
    let mut column = 0;
    for c in text.iter() {
        match c {
            0x09 => {
                if let Some(size) = usize::try_from(size).ok().filter(|&size| size > 0) {
                    let spaces = size - column % size;
                    check_len(out.len().saturating_add(spaces))?;
                    (0..spaces).for_each(|_| out.push(0x20));
                    column += spaces;
                }
            }
            0x0a | 0x0d => {
                column = 0;
                out.push(c);
            }
            _ => {
                column += 1;
                out.push(c);
            }
        }
    }
    Ok(out.finish())
}
