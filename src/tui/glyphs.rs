//! Every sign that the screen uses beside letters, in Unicode and in ASCII.
//!
//! The marks carry the information; colour only repeats it.

use crate::view::timeline::EventKind;

/// One set of signs.
#[derive(Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// The next instruction, the next line.
    pub next: &'static str,
    /// The one just executed.
    pub done: &'static str,
    pub new: &'static str,
    pub changed: &'static str,
    pub removed: &'static str,
    pub up: &'static str,
    pub down: &'static str,
    /// Before the role of a stack value: `◂ lhs`.
    pub operand: &'static str,
    pub breakpoint: &'static str,
    /// A jump arrives here.
    pub jump_target: &'static str,
    /// A form that looks for a better one, one that has found it, two instructions in one.
    pub adaptive: &'static str,
    pub specialized: &'static str,
    pub fused: &'static str,
    /// A frame that is looked at, a line the cursor is on.
    pub selected: &'static str,
    pub empty_slot: &'static str,
    /// In the Pipeline view: the same piece, a part of it, the smallest around it.
    pub same: &'static str,
    pub part: &'static str,
    pub around: &'static str,
    /// Old value to new value, operand to live value.
    pub arrow: &'static str,
    pub ellipsis: &'static str,
    pub dash: &'static str,
    pub rule: &'static str,
    /// The rule of the focused pane.
    pub heavy_rule: &'static str,
    pub column: &'static str,
    /// Corners of a popup: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    pub spinner: &'static [&'static str],
    /// The timeline: past, now, future.
    pub timeline: [&'static str; 3],
    /// How high something is, in eighths of a row.
    pub heights: [&'static str; 8],
    /// In the Timeline: where the program stands, what is chosen, what has not run yet.
    pub here: &'static str,
    pub chosen: &'static str,
    pub unknown: &'static str,
    /// Its events, in the order of [`EventKind::ALL`].
    pub events: [&'static str; 5],
    /// How full something is, from not at all to wholly.
    pub levels: [&'static str; 5],
    /// It leads to a box that is drawn elsewhere.
    pub back: &'static str,
    /// A bar: full and empty cells.
    pub bar: (&'static str, &'static str),
}

pub static UNICODE: Glyphs = Glyphs {
    next: "▶",
    done: "▷",
    new: "+",
    changed: "~",
    removed: "−",
    up: "↑",
    down: "↓",
    operand: "◂",
    breakpoint: "●",
    jump_target: "»",
    adaptive: "◇",
    specialized: "◆",
    fused: "&",
    selected: "›",
    empty_slot: "·",
    same: "●",
    part: "·",
    around: "○",
    arrow: "→",
    ellipsis: "…",
    dash: "–",
    rule: "─",
    heavy_rule: "━",
    column: "│",
    corners: ["╭", "╮", "╰", "╯"],
    spinner: &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
    timeline: ["━", "●", "─"],
    heights: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    here: "┃",
    chosen: "▲",
    unknown: "┄",
    events: ["'", "●", "✗", "◇", "·"],
    levels: ["·", "░", "▒", "▓", "█"],
    back: "↩",
    bar: ("█", "·"),
};

pub static ASCII: Glyphs = Glyphs {
    next: ">",
    done: ":",
    new: "+",
    changed: "~",
    removed: "-",
    up: "^",
    down: "v",
    operand: "<",
    breakpoint: "*",
    jump_target: "}",
    adaptive: "?",
    specialized: "!",
    fused: "&",
    selected: "@",
    empty_slot: ".",
    same: "*",
    part: ".",
    around: "o",
    arrow: "->",
    ellipsis: "...",
    dash: "-",
    rule: "-",
    heavy_rule: "=",
    column: "|",
    corners: ["+", "+", "+", "+"],
    spinner: &["|", "/", "-", "\\"],
    timeline: ["=", "O", "-"],
    heights: [".", ":", "-", "=", "+", "*", "%", "#"],
    here: "|",
    chosen: "^",
    unknown: "?",
    events: ["'", "*", "x", "g", "o"],
    levels: [".", "-", "=", "%", "#"],
    back: "^",
    bar: ("#", "."),
};

/// Whether the terminal takes UTF-8: not, if the locale says something else. Without any locale it is believed to.
pub fn takes_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| variable(name).filter(|value| !value.is_empty()));
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

impl Glyphs {
    /// The sign of something that happened.
    pub fn event(&self, kind: EventKind) -> &'static str {
        self.events[kind as usize]
    }

    pub fn is_ascii(&self) -> bool {
        self.column == "|"
    }

    /// A text in the letters of this set.
    pub fn plain(&self, text: &str) -> String {
        if !self.is_ascii() {
            return text.to_owned();
        }
        let of = |c: char| match c {
            '…' => "...".into(),
            '→' => "->".into(),
            '▶' => ">".into(),
            '₁' => "1".into(),
            'ₙ' => "n".into(),
            '–' => "-".into(),
            c => c.to_string(),
        };
        text.chars().map(of).collect()
    }

    /// Where a column line meets rules: on its left and right (`None`, light, heavy), at its top end or inside.
    pub fn joint(&self, left: Option<bool>, right: Option<bool>, at_top: bool) -> &'static str {
        if self.is_ascii() {
            return if left.is_none() && right.is_none() { "|" } else { "+" };
        }
        match (at_top, left, right) {
            (_, None, None) => "│",
            (false, Some(false), None) => "┤",
            (false, Some(true), None) => "┥",
            (false, None, Some(false)) => "├",
            (false, None, Some(true)) => "┝",
            (false, Some(false), Some(false)) => "┼",
            (false, Some(true), Some(false)) => "┽",
            (false, Some(false), Some(true)) => "┾",
            (false, Some(true), Some(true)) => "┿",
            (true, None, Some(false)) => "┌",
            (true, None, Some(true)) => "┍",
            (true, Some(false), None) => "┐",
            (true, Some(true), None) => "┑",
            (true, Some(false), Some(false)) => "┬",
            (true, Some(true), Some(false)) => "┭",
            (true, Some(false), Some(true)) => "┮",
            (true, Some(true), Some(true)) => "┯",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::takes_utf8;

    #[test]
    fn locales() {
        let of = |pairs: &[(&str, &str)]| takes_utf8(|name| pairs.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned()));
        assert!(of(&[]));
        assert!(of(&[("LANG", "de_DE.UTF-8")]));
        assert!(of(&[("LC_ALL", "C.utf8"), ("LANG", "C")]));
        assert!(!of(&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]));
        assert!(!of(&[("LC_ALL", ""), ("LANG", "de_DE.ISO-8859-1")]));
    }
}
