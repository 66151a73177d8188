//! A moment as text: `strftime` and `asctime`.
//!
//! The C locale's names; flags and widths (`%-d`, `%_5m`, `%^a`) as the GNU C library reads them.
//! Counterpart in CPython 3.11: `time_strftime` and the C library's `strftime`. `strftime("%d.%m.", &Moment::at(0))` is `01.01.`.

use super::calendar::{MONTHS, Moment, WEEKDAYS};

/// `Thu Jan  1 00:00:00 1970`
pub fn asctime(moment: &Moment) -> String {
    format!(
        "{} {}{:3} {:02}:{:02}:{:02} {}",
        short(&WEEKDAYS, moment.weekday),
        short(&MONTHS, moment.month - 1),
        moment.day,
        moment.hour,
        moment.minute,
        moment.second,
        moment.year
    )
}

fn name<'a>(names: &[&'a str], index: i64) -> &'a str {
    usize::try_from(index).ok().and_then(|index| names.get(index).copied()).unwrap_or("?")
}

fn short<'a>(names: &[&'a str], index: i64) -> &'a str {
    let name = name(names, index);
    &name[..name.len().min(3)]
}

/// What a directive stands for.
enum Part {
    /// Width it is filled up to, and with what.
    Number(i64, usize, char),
    Text(String),
    /// Text that `#` makes small rather than capital.
    Caps(String),
}

/// The format with its directives replaced; a code point that belongs to none is kept.
pub fn strftime(format: &[u32], moment: &Moment, local_zone: &str) -> Vec<u32> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < format.len() {
        let start = at;
        at += 1;
        if format[start] != u32::from('%') {
            out.push(format[start]);
            continue;
        }
        let (mut flag, mut upper, mut swap) = (None, false, false);
        let peek = |at: &mut usize, wanted: &str| {
            let c = format.get(*at).copied().and_then(char::from_u32).filter(|&c| wanted.contains(c))?;
            *at += 1;
            Some(c)
        };
        while let Some(c) = peek(&mut at, "_-0^#") {
            match c {
                '^' => upper = true,
                '#' => swap = true,
                c => flag = Some(c),
            }
        }
        let mut width = 0;
        while let Some(c) = peek(&mut at, "0123456789") {
            width = (width * 10 + c as usize - '0' as usize).min(1000);
        }
        peek(&mut at, "EO");
        let code = format.get(at).copied().and_then(char::from_u32);
        let Some(part) = code.and_then(|code| directive(code, moment, local_zone)) else {
            let end = (at + 1).min(format.len());
            out.extend(&format[start..end]);
            at = end;
            continue;
        };
        at += 1;
        let text = match part {
            Part::Number(number, digits, fill) => number_text(number, digits.max(width), fill, flag, width),
            Part::Text(text) | Part::Caps(text) if upper => padded(text.to_uppercase(), width, flag),
            Part::Caps(text) if swap => padded(text.to_lowercase(), width, flag),
            Part::Text(text) if swap => padded(text.to_uppercase(), width, flag),
            Part::Text(text) | Part::Caps(text) => padded(text, width, flag),
        };
        out.extend(text.chars().map(u32::from));
    }
    out
}

fn number_text(number: i64, digits: usize, fill: char, flag: Option<char>, width: usize) -> String {
    let fill = match flag {
        Some('_') => ' ',
        Some('0') => '0',
        Some('-') => return format!("{number:width$}"),
        _ => fill,
    };
    match fill {
        '0' if number < 0 => format!("-{:0>1$}", -number, digits.saturating_sub(1)),
        '0' => format!("{number:0>digits$}"),
        _ => format!("{number:>digits$}"),
    }
}

fn padded(text: String, width: usize, flag: Option<char>) -> String {
    if flag == Some('0') { format!("{text:0>width$}") } else { format!("{text:>width$}") }
}

fn directive(code: char, moment: &Moment, local_zone: &str) -> Option<Part> {
    use Part::{Caps, Number, Text};
    let hour = if moment.hour % 12 == 0 { 12 } else { moment.hour % 12 };
    let half = if moment.hour < 12 { "AM" } else { "PM" };
    let sunday_first = (moment.weekday + 1) % 7;
    let again = |format: &str| {
        let format: Vec<u32> = format.chars().map(u32::from).collect();
        strftime(&format, moment, local_zone).into_iter().filter_map(char::from_u32).collect::<String>()
    };
    Some(match code {
        'a' => Text(short(&WEEKDAYS, moment.weekday).into()),
        'A' => Text(name(&WEEKDAYS, moment.weekday).into()),
        'b' | 'h' => Text(short(&MONTHS, moment.month - 1).into()),
        'B' => Text(name(&MONTHS, moment.month - 1).into()),
        'c' => Text(again("%a %b %e %H:%M:%S %Y")),
        'C' => Number(moment.year.div_euclid(100), 1, '0'),
        'd' => Number(moment.day, 2, '0'),
        'D' | 'x' => Text(again("%m/%d/%y")),
        'e' => Number(moment.day, 2, ' '),
        'F' => Text(again("%Y-%m-%d")),
        'g' => Number(moment.iso_week().0.rem_euclid(100), 2, '0'),
        'G' => Number(moment.iso_week().0, 1, '0'),
        'H' => Number(moment.hour, 2, '0'),
        'I' => Number(hour, 2, '0'),
        'j' => Number(moment.year_day, 3, '0'),
        'k' => Number(moment.hour, 2, ' '),
        'l' => Number(hour, 2, ' '),
        'm' => Number(moment.month, 2, '0'),
        'M' => Number(moment.minute, 2, '0'),
        'n' => Text("\n".into()),
        'p' => Caps(half.into()),
        'P' => Text(half.to_lowercase()),
        'r' => Text(again("%I:%M:%S %p")),
        'R' => Text(again("%H:%M")),
        's' => Number(moment.seconds(), 1, '0'),
        'S' => Number(moment.second, 2, '0'),
        't' => Text("\t".into()),
        'T' | 'X' => Text(again("%H:%M:%S")),
        'u' => Number(moment.weekday + 1, 1, '0'),
        'U' => Number((moment.year_day - 1 + 7 - sunday_first) / 7, 2, '0'),
        'V' => Number(moment.iso_week().1, 2, '0'),
        'w' => Number(sunday_first, 1, '0'),
        'W' => Number((moment.year_day - 1 + 7 - moment.weekday) / 7, 2, '0'),
        'y' => Number(moment.year.rem_euclid(100), 2, '0'),
        'Y' => Number(moment.year, 1, '0'),
        'z' if moment.is_dst < 0 => Text(String::new()),
        'z' => {
            let offset = moment.offset.unwrap_or(0);
            let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs() / 60);
            Text(format!("{sign}{:02}{:02}", minutes / 60, minutes % 60))
        }
        'Z' => Caps(moment.zone.clone().unwrap_or_else(|| if moment.is_dst < 0 { String::new() } else { local_zone.to_string() })),
        '%' => Text("%".into()),
        _ => return None,
    })
}
