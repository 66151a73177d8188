//! Text as a moment: `strptime`.
//!
//! A directive may match in several ways, the longest first; when the rest of the format then doesn't match, the next is tried.
//! Names and letters match in either case. Counterpart in CPython 3.11: `Lib/_strptime.py`.
//! `strptime("2024111", "%Y%m%d")` is the 1st of November.

use super::calendar::{MONTHS, Moment, WEEKDAYS, date_of, days_before, days_in_month, days_in_year, weekday_of};

/// A piece of the format.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    /// itself, in either case
    Char(char),
    /// one or more
    Whitespace,
    Directive(char),
}

/// What the directives matched.
type Found = Vec<(char, String)>;

/// What is finer than a second.
#[derive(Clone, Copy, Debug)]
pub struct Fraction {
    pub microsecond: i64,
    /// Microseconds of the offset, beside its seconds.
    pub offset: i64,
}

/// Both as characters. Error: the text of the ValueError; `shown` are the `repr` of both, for it.
pub fn strptime(data: &[char], format: &[char], shown: (&str, &str)) -> Result<Moment, String> {
    strptime_exact(data, format, shown).map(|(moment, _)| moment)
}

/// The same, to the microsecond.
pub fn strptime_exact(data: &[char], format: &[char], shown: (&str, &str)) -> Result<(Moment, Fraction), String> {
    let parts = parts(format, shown.1)?;
    let mut found = Found::new();
    let Some(end) = matches(&parts, data, 0, &mut found) else {
        return Err(format!("time data {} does not match format {}", shown.0, shown.1));
    };
    if end < data.len() {
        let rest: String = data[end..].iter().collect();
        return Err(format!("unconverted data remains: {rest}"));
    }
    let text = |code: char| found.iter().find(|(other, _)| *other == code).map_or("", |(_, text)| text);
    let micro = |digits: &str| format!("{digits:0<6}").parse().unwrap_or(0);
    let offset = text('z').split_once('.').map_or(0, |(_, digits)| micro(digits));
    let fraction = Fraction { microsecond: micro(text('f')), offset: if text('z').starts_with('-') { -offset } else { offset } };
    Ok((moment(&found)?, fraction))
}

fn parts(format: &[char], shown: &str) -> Result<Vec<Part>, String> {
    let mut parts: Vec<Part> = Vec::new();
    let mut chars = format.iter().copied();
    while let Some(c) = chars.next() {
        match c {
            '%' => {
                let expanded = match chars.next() {
                    None => return Err(format!("stray % in format {shown}")),
                    Some('%') => {
                        parts.push(Part::Char('%'));
                        continue;
                    }
                    Some('c') => "a b d H:M:S Y",
                    Some('x') => "m/d/y",
                    Some('X') => "H:M:S",
                    Some(code) if "aAbBdfGHIjmMpSuUVwWyYzZ".contains(code) => {
                        if parts.contains(&Part::Directive(code)) {
                            return Err(format!("redefinition of group name '{code}'"));
                        }
                        parts.push(Part::Directive(code));
                        continue;
                    }
                    Some(code) => return Err(format!("'{code}' is a bad directive in format {shown}")),
                };
                parts.extend(expanded.chars().map(|c| match c {
                    ' ' => Part::Whitespace,
                    ':' | '/' => Part::Char(c),
                    code => Part::Directive(code),
                }));
            }
            c if c.is_whitespace() => {
                if parts.last() != Some(&Part::Whitespace) {
                    parts.push(Part::Whitespace);
                }
            }
            c => parts.push(Part::Char(c)),
        }
    }
    Ok(parts)
}

/// Where a match of all parts ends.
fn matches(parts: &[Part], data: &[char], at: usize, found: &mut Found) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(at) };
    match part {
        Part::Char(c) => {
            let same = data.get(at).is_some_and(|other| other == c || other.to_lowercase().eq(c.to_lowercase()));
            if same { matches(rest, data, at + 1, found) } else { None }
        }
        Part::Whitespace => {
            let count = data[at..].iter().take_while(|c| c.is_whitespace()).count();
            (1..=count).rev().find_map(|count| matches(rest, data, at + count, found))
        }
        Part::Directive(code) => candidates(*code, &data[at..]).into_iter().find_map(|length| {
            found.push((*code, data[at..at + length].iter().collect()));
            let end = matches(rest, data, at + length, found);
            if end.is_none() {
                found.pop();
            }
            end
        }),
    }
}

/// The lengths that a directive may match at the front of the text, in the order they are tried.
fn candidates(code: char, data: &[char]) -> Vec<usize> {
    let numbers = |widths: std::ops::RangeInclusive<usize>, range: std::ops::RangeInclusive<u64>| {
        let fits = |width: &usize| digits(data, *width).is_some_and(|number| range.contains(&number));
        widths.rev().filter(fits).collect::<Vec<usize>>()
    };
    match code {
        'd' => {
            let mut lengths = numbers(1..=2, 1..=31);
            if data.first() == Some(&' ') && digits(&data[1..], 1).is_some_and(|digit| digit > 0) {
                lengths.push(2);
            }
            lengths
        }
        'f' => numbers(1..=6, 0..=999_999),
        'H' => numbers(1..=2, 0..=23),
        'I' | 'm' => numbers(1..=2, 1..=12),
        'G' | 'Y' => numbers(4..=4, 0..=9999),
        'j' => numbers(1..=3, 1..=366),
        'M' => numbers(1..=2, 0..=59),
        'S' => numbers(1..=2, 0..=61),
        'U' | 'W' | 'V' => {
            numbers(1..=2, 0..=53).into_iter().filter(|&width| code != 'V' || width == 1 || digits(data, 2) != Some(0)).collect()
        }
        'w' => numbers(1..=1, 0..=6),
        'u' => numbers(1..=1, 1..=7),
        'y' => numbers(2..=2, 0..=99),
        'a' => names(data, WEEKDAYS.iter().map(|name| &name[..3])),
        'A' => names(data, WEEKDAYS.iter().copied()),
        'b' => names(data, MONTHS.iter().map(|name| &name[..3])),
        'B' => names(data, MONTHS.iter().copied()),
        'p' => names(data, ["am", "pm"].into_iter()),
        'Z' => names(data, ["utc", "gmt"].into_iter()),
        'z' => zone(data),
        _ => Vec::new(),
    }
}

/// The number that so many digits make.
fn digits(data: &[char], count: usize) -> Option<u64> {
    data.get(..count)?.iter().try_fold(0, |number, c| Some(number * 10 + u64::from(c.to_digit(10)?)))
}

/// The names that the text starts with, longest first.
fn names<'a>(data: &[char], names: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let fits = |name: &&str| data.len() >= name.len() && name.chars().zip(data).all(|(c, other)| c.eq_ignore_ascii_case(other));
    let mut lengths: Vec<usize> = names.filter(fits).map(str::len).collect();
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    lengths
}

/// `+05:30`, `-0330`, with seconds and a fraction if need be, or `Z`.
fn zone(data: &[char]) -> Vec<usize> {
    if data.first() == Some(&'Z') {
        return vec![1];
    }
    let sixty = |at: usize| {
        let at = if data.get(at) == Some(&':') { at + 1 } else { at };
        digits(data.get(at..)?, 2).filter(|&number| number < 60).map(|_| at + 2)
    };
    let signed = matches!(data.first(), Some('+' | '-')) && digits(&data[1..], 2).is_some();
    let Some(minutes) = sixty(3).filter(|_| signed) else { return Vec::new() };
    let mut lengths = vec![minutes];
    if let Some(seconds) = sixty(minutes) {
        lengths.insert(0, seconds);
        if data.get(seconds) == Some(&'.') {
            let count = data[seconds + 1..].iter().take(6).take_while(|c| c.is_ascii_digit()).count();
            (1..=count).for_each(|count| lengths.insert(0, seconds + 1 + count));
        }
    }
    lengths
}

/// Seconds east of Greenwich.
fn offset(text: &str) -> Result<i64, String> {
    if text == "Z" {
        return Ok(0);
    }
    let mut digits = text[1..].to_string();
    if digits.as_bytes()[2] == b':' {
        digits.remove(2);
        if digits.len() > 4 {
            if digits.as_bytes()[4] != b':' {
                return Err(format!("Inconsistent use of : in {text}"));
            }
            digits.remove(4);
        }
    }
    let number = |from: usize| digits.get(from..from + 2).and_then(|digits| digits.parse::<i64>().ok()).unwrap_or(0);
    let seconds = number(0) * 3600 + number(2) * 60 + number(4);
    Ok(if text.starts_with('-') { -seconds } else { seconds })
}

fn moment(found: &Found) -> Result<Moment, String> {
    let text = |code: char| found.iter().find(|(other, _)| *other == code).map(|(_, text)| text.to_lowercase());
    let number = |code: char| text(code).and_then(|text| text.trim().parse::<i64>().ok());
    let index = |names: &[&str], code: char| {
        let text = text(code)?;
        names.iter().position(|name| name.to_lowercase().starts_with(&text)).map(|index| index as i64)
    };
    let short_year = number('y').map(|year| if year <= 68 { year + 2000 } else { year + 1900 });
    let year = number('Y').or(short_year);
    let month = index(&MONTHS, 'b').or_else(|| index(&MONTHS, 'B')).map(|month| month + 1).or(number('m')).unwrap_or(1);
    let day = number('d').unwrap_or(1);
    let hour = match (number('H'), number('I'), text('p').as_deref()) {
        (_, Some(hour), Some("pm")) => hour % 12 + 12,
        (_, Some(hour), _) => hour % 12,
        (hour, None, _) => hour.unwrap_or(0),
    };
    let weekday = index(&WEEKDAYS, 'a').or_else(|| index(&WEEKDAYS, 'A'));
    let weekday = weekday.or(number('w').map(|day| (day + 6) % 7)).or(number('u').map(|day| day - 1));
    let (iso_year, iso_week) = (number('G'), number('V'));
    let mut year_day = number('j');
    check_weeks(year, iso_year, iso_week, weekday, year_day)?;
    // A leap day without a year: counted in one that has it.
    let borrowed = year.is_none() && (month, day) == (2, 29);
    let mut year = year.unwrap_or(if borrowed { 1904 } else { 1900 });
    if let (None, Some(weekday)) = (year_day, weekday) {
        let monday_first = number('U').is_none();
        if let Some(week) = number('U').or(number('W')) {
            year_day = Some(day_of_week(year, week, weekday, monday_first));
        } else if let (Some(iso_year), Some(week)) = (iso_year, iso_week) {
            let first = weekday_of(days_before(iso_year, 1, 4)) + 4;
            let day = week * 7 + weekday + 1 - first;
            (year, year_day) = (iso_year, Some(day));
        }
        if let Some(day) = year_day.filter(|&day| day <= 0) {
            year -= 1;
            year_day = Some(day + days_in_year(year));
        }
    }
    if year == 0 {
        return Err("year 0 is out of range".into());
    }
    let days = match year_day {
        None if day > days_in_month(year, month) => return Err("day is out of range for month".into()),
        None => days_before(year, month, day),
        Some(year_day) => days_before(year, 1, 1) + year_day - 1,
    };
    let year_day = year_day.unwrap_or_else(|| days - days_before(year, 1, 1) + 1);
    let (year, month, day) = date_of(days);
    let zone = found.iter().find(|(code, _)| *code == 'Z').map(|(_, text)| text.clone());
    Ok(Moment {
        year: if borrowed { 1900 } else { year },
        month,
        day,
        hour,
        minute: number('M').unwrap_or(0),
        second: number('S').unwrap_or(0),
        weekday: weekday.unwrap_or_else(|| weekday_of(days)),
        year_day,
        is_dst: if zone.is_some() { 0 } else { -1 },
        zone,
        offset: text('z').map(|text| offset(&text.to_uppercase())).transpose()?,
    })
}

/// The ISO year and week only make sense together, and with a day of the week.
fn check_weeks(
    year: Option<i64>,
    iso_year: Option<i64>,
    iso_week: Option<i64>,
    weekday: Option<i64>,
    year_day: Option<i64>,
) -> Result<(), String> {
    const DAYS: &str = "a weekday directive ('%A', '%a', '%w', or '%u').";
    if year.is_none() && iso_year.is_some() {
        if iso_week.is_none() || weekday.is_none() {
            return Err(format!("ISO year directive '%G' must be used with the ISO week directive '%V' and {DAYS}"));
        }
        if year_day.is_some() {
            return Err("Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.".into());
        }
    } else if iso_week.is_some() {
        return Err(match weekday {
            None => format!("ISO week directive '%V' must be used with the ISO year directive '%G' and {DAYS}"),
            Some(_) => "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.".into(),
        });
    }
    Ok(())
}

/// The day of the year of a day in a week that is counted from the year's first Monday or Sunday.
fn day_of_week(year: i64, week: i64, weekday: i64, monday_first: bool) -> i64 {
    let shift = i64::from(!monday_first);
    let first = (weekday_of(days_before(year, 1, 1)) + shift) % 7;
    let weekday = (weekday + shift) % 7;
    if week == 0 { 1 + weekday - first } else { 1 + (7 - first) % 7 + 7 * (week - 1) + weekday }
}
