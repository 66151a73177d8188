//! A terminal as small as can be: it knows the sequences that a recording may have, and refuses all others.

use serde_json::Value;
use unicode_width::UnicodeWidthChar;

/// The text of the screen after each event but the last, which only resets the style.
pub fn replay(cast: &str) -> Vec<String> {
    let mut lines = cast.lines();
    let header: Value = serde_json::from_str(lines.next().unwrap()).unwrap();
    assert_eq!(header["version"], 2);
    let size = |name: &str| header[name].as_u64().unwrap() as usize;
    let mut screen = vec![vec![' '; size("width")]; size("height")];
    let mut texts = Vec::new();
    let mut last = 0.0;
    for line in lines {
        let event: Value = serde_json::from_str(line).unwrap();
        let time = event[0].as_f64().unwrap();
        assert!(time >= last, "time goes on");
        last = time;
        assert_eq!(event[1], "o");
        play(&mut screen, event[2].as_str().unwrap());
        texts.push(screen.iter().map(|row| format!("{}\n", row.iter().filter(|c| **c != '\0').collect::<String>().trim_end())).collect());
    }
    texts.pop();
    texts
}

fn play(screen: &mut [Vec<char>], text: &str) {
    let (mut x, mut y) = (0, 0);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\x1b' {
            assert!(!c.is_control(), "{c:?} in {text:?}");
            let width = c.width().unwrap_or(1);
            if width > 0 {
                screen[y][x] = c;
                if width == 2 {
                    screen[y][x + 1] = '\0'; // covered
                }
                x += width;
            }
            continue;
        }
        assert_eq!(chars.next(), Some('['));
        let mut parameters = String::new();
        let end = loop {
            match chars.next().unwrap() {
                c if c.is_ascii_alphabetic() => break c,
                c => parameters.push(c),
            }
        };
        match (end, parameters.as_str()) {
            ('m', _) | ('l', "?25") => {}
            ('J', "2") => screen.iter_mut().for_each(|row| row.fill(' ')),
            ('H', place) => {
                let (row, column) = place.split_once(';').unwrap();
                (y, x) = (row.parse::<usize>().unwrap() - 1, column.parse::<usize>().unwrap() - 1);
            }
            other => panic!("{other:?}"),
        }
    }
}
