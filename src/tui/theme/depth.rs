//! How many colours the terminal has, and the nearest of them to those of a theme.
//!
//! Themes are written with the colours of the 256 that every terminal means alike. Where there are more the exact colour is
//! sent, since some users have changed the 256; where there are 16, the nearest.

use ratatui::{
    buffer::Buffer,
    style::{Color, Modifier},
};

/// From few to many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Bold, dim, underline and reverse only.
    None,
    Sixteen,
    Indexed,
    True,
}

impl Depth {
    /// What `NO_COLOR`, `COLORTERM` and `TERM` say.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Depth {
        let term = variable("TERM").unwrap_or_default();
        let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        if is_set("NO_COLOR") || term == "dumb" || term.starts_with("vt1") || term.starts_with("vt2") {
            return Depth::None;
        }
        let more = variable("COLORTERM").unwrap_or_default();
        let knows = ["kitty", "ghostty", "alacritty", "wezterm", "foot", "direct"];
        if matches!(more.as_str(), "truecolor" | "24bit") || knows.iter().any(|name| term.contains(name)) {
            return Depth::True;
        }
        if term.contains("256") || !more.is_empty() { Depth::Indexed } else { Depth::Sixteen }
    }

    /// The name for the configuration.
    pub fn named(name: &str) -> Option<Depth> {
        match name {
            "none" => Some(Depth::None),
            "16" => Some(Depth::Sixteen),
            "256" => Some(Depth::Indexed),
            "true" => Some(Depth::True),
            _ => None,
        }
    }

    /// Puts a drawn screen into the colours that there are.
    pub fn fit(self, buffer: &mut Buffer) {
        if self == Depth::Indexed {
            return;
        }
        for cell in &mut buffer.content {
            let same = cell.fg == cell.bg;
            (cell.fg, cell.bg) = (self.nearest(cell.fg), self.nearest(cell.bg));
            if self == Depth::Sixteen && cell.fg == cell.bg && !same {
                // They have become one: light on dark, dark on light.
                cell.fg = if matches!(cell.bg, Color::Black | Color::DarkGray | Color::Blue) { Color::White } else { Color::Black };
            }
        }
        if self == Depth::None {
            // A ground of another colour was all that some had.
            let ground = Color::Reset;
            for cell in buffer.content.iter_mut().filter(|cell| cell.bg != ground) {
                cell.bg = ground;
                cell.modifier |= Modifier::REVERSED;
            }
        }
    }

    fn nearest(self, color: Color) -> Color {
        let Color::Indexed(index @ 16..) = color else {
            return if self == Depth::None { Color::Reset } else { color };
        };
        let [r, g, b] = rgb(index);
        match self {
            Depth::None => Color::Reset,
            Depth::True => Color::Rgb(r, g, b),
            Depth::Indexed => color,
            Depth::Sixteen => {
                let far = |[x, y, z]: [u8; 3]| [(r, x), (g, y), (b, z)].iter().map(|(a, b)| i32::from(a.abs_diff(*b)).pow(2)).sum::<i32>();
                SIXTEEN.iter().min_by_key(|(_, it)| far(*it)).map_or(color, |(color, _)| *color)
            }
        }
    }
}

/// Red, green and blue of one of the 240 fixed colours.
pub fn rgb(index: u8) -> [u8; 3] {
    match index {
        ..16 => SIXTEEN[usize::from(index)].1,
        16..232 => {
            let level = |it: u8| if it == 0 { 0 } else { 55 + it * 40 };
            [level((index - 16) / 36), level((index - 16) / 6 % 6), level((index - 16) % 6)]
        }
        232.. => [8 + (index - 232) * 10; 3],
    }
}

/// As xterm has them.
const SIXTEEN: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn environments() {
        let of = |pairs: &[(&str, &str)]| {
            Depth::of_environment(|name| pairs.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(of(&[("TERM", "xterm-256color")]), Depth::Indexed);
        assert_eq!(of(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), Depth::True);
        assert_eq!(of(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1")]), Depth::None);
        assert_eq!(of(&[("TERM", "xterm-256color"), ("NO_COLOR", "")]), Depth::Indexed);
        assert_eq!(of(&[("TERM", "linux")]), Depth::Sixteen);
        assert_eq!(of(&[("TERM", "dumb")]), Depth::None);
        assert_eq!(of(&[("TERM", "xterm-kitty")]), Depth::True);
        assert_eq!(of(&[]), Depth::Sixteen);
    }

    #[test]
    fn nearest_colours() {
        assert_eq!(Depth::True.nearest(Color::Indexed(226)), Color::Rgb(255, 255, 0));
        assert_eq!(Depth::Sixteen.nearest(Color::Indexed(226)), Color::LightYellow);
        assert_eq!(Depth::Sixteen.nearest(Color::Indexed(160)), Color::Red);
        assert_eq!(Depth::True.nearest(Color::Yellow), Color::Yellow); // the terminal's own
        assert_eq!(Depth::None.nearest(Color::Yellow), Color::Reset);
    }
}
