//! THE table of colours: what each kind of thing on the screen looks like, a column a theme.
//!
//! `default` uses the terminal's own 16 colours on its own background, so it fits dark and light terminals; `light` and
//! `high-contrast` bring a background; `cb-safe` keeps to blue and orange; `mono` has only bold, dim, underline and
//! reverse. Meanings are fixed: the next thing is yellow, the thing just done cyan, new green, changed magenta,
//! removed red.

pub mod depth; // how many colours the terminal has

use ratatui::style::{Color, Modifier, Style};

use crate::view::TokenKind;

/// The names for `:theme`.
pub const THEMES: [&str; 5] = ["default", "light", "high-contrast", "cb-safe", "mono"];

macro_rules! theme {
    ($( $(#[$doc:meta])* $field:ident: $default:expr, $light:expr, $contrast:expr, $safe:expr, $mono:expr; )*) => {
        /// A style for everything.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Theme {
            pub name: &'static str,
            $( $(#[$doc])* pub $field: Style, )*
        }

        impl Theme {
            /// The theme of a name in [`THEMES`].
            pub fn named(name: &str) -> Option<Theme> {
                let index = THEMES.iter().position(|it| *it == name)?;
                Some(Theme { name: THEMES[index], $( $field: [$default, $light, $contrast, $safe, $mono][index], )* })
            }

            /// Every style with its name.
            pub fn styles(&self) -> Vec<(&'static str, Style)> {
                vec![$( (stringify!($field), self.$field), )*]
            }
        }
    };
}

const fn plain() -> Style {
    Style::new()
}
const fn fg(color: Color) -> Style {
    Style::new().fg(color)
}
/// A colour of the 256.
const fn ix(color: u8) -> Style {
    Style::new().fg(Color::Indexed(color))
}
const fn on(text: u8, background: u8) -> Style {
    unrev().fg(Color::Indexed(text)).bg(Color::Indexed(background))
}
const fn bold(style: Style) -> Style {
    style.add_modifier(Modifier::BOLD)
}
const fn dim(style: Style) -> Style {
    style.add_modifier(Modifier::DIM)
}
const fn under(style: Style) -> Style {
    style.add_modifier(Modifier::UNDERLINED)
}
const fn rev(style: Style) -> Style {
    style.add_modifier(Modifier::REVERSED)
}
/// On a bar that is reversed: not so.
const fn unrev() -> Style {
    Style::new().remove_modifier(Modifier::REVERSED)
}
const fn ital(style: Style) -> Style {
    style.add_modifier(Modifier::ITALIC)
}

use Color::{Blue, Cyan, DarkGray, Green, Magenta, Red, Yellow};

#[rustfmt::skip]
theme! {
    // field         default                      light                     high-contrast             cb-safe                   mono
    /// Everything that has no other style; its background is the screen's.
    text:            plain(),                     on(235, 231),             on(231, 16),              plain(),                  plain();
    dim:             fg(DarkGray),                ix(242),                  ix(250),                  fg(DarkGray),             dim(plain());
    rule:            fg(DarkGray),                ix(250),                  ix(250),                  fg(DarkGray),             dim(plain());
    rule_focused:    bold(plain()),               bold(ix(25)),             bold(ix(226)),            bold(ix(33)),             bold(plain());
    title:           plain(),                     ix(238),                  ix(231),                  plain(),                  plain();
    title_focused:   bold(plain()),               bold(ix(25)),             bold(ix(226)),            bold(ix(33)),             bold(plain());
    header:          rev(plain()),                on(231, 24),              on(16, 231),              rev(plain()),             rev(plain());
    badge:           bold(rev(fg(Yellow))),       bold(on(16, 221)),        bold(on(16, 226)),        bold(on(16, 172)),        bold(unrev());
    badge_good:      bold(rev(fg(Green))),        bold(on(231, 28)),        bold(on(16, 46)),         bold(on(231, 25)),        bold(unrev());
    badge_bad:       bold(rev(fg(Red))),          bold(on(231, 160)),       bold(on(231, 160)),       bold(on(16, 208)),        bold(unrev());
    badge_busy:      bold(rev(fg(Cyan))),         bold(on(231, 24)),        bold(on(16, 51)),         bold(on(16, 74)),         bold(unrev());
    key:             bold(fg(Yellow)),            bold(ix(25)),             bold(ix(226)),            bold(ix(166)),            bold(plain());
    label:           plain(),                     ix(238),                  ix(231),                  plain(),                  plain();
    error:           bold(fg(Red)),               bold(ix(160)),            bold(ix(217)),            bold(ix(167)),            bold(plain());
    message:         bold(plain()),               bold(ix(235)),            bold(ix(231)),            bold(plain()),            bold(plain());
    cursor:          rev(plain()),                on(235, 153),             on(16, 226),              rev(plain()),             rev(plain());
    /// The piece of source that the next instruction computes.
    range:           bold(rev(fg(Yellow))),       bold(on(16, 222)),        bold(on(16, 226)),        bold(on(16, 214)),        bold(rev(plain()));
    /// A part of the piece that is selected in the Pipeline view, and the smallest thing around it.
    part:            fg(Yellow),                  ix(130),                  ix(226),                  ix(166),                  bold(plain());
    around:          under(fg(Yellow)),           under(ix(130)),           under(ix(226)),           under(ix(166)),           under(plain());
    current_line:    bold(plain()),               bold(plain()),            bold(plain()),            bold(plain()),            bold(plain());
    next:            bold(fg(Yellow)),            bold(ix(130)),            bold(ix(226)),            bold(ix(166)),            bold(plain());
    done:            fg(Cyan),                    ix(24),                   ix(51),                   ix(32),                   plain();
    new:             bold(fg(Green)),             bold(ix(28)),             bold(ix(46)),             bold(ix(33)),             bold(plain());
    changed:         bold(fg(Magenta)),           bold(ix(127)),            bold(ix(213)),            bold(ix(133)),            bold(plain());
    removed:         fg(Red),                     ix(160),                  ix(217),                  ix(167),                  dim(plain());
    up:              bold(fg(Green)),             bold(ix(28)),             bold(ix(46)),             bold(ix(33)),             bold(plain());
    down:            bold(fg(Red)),               bold(ix(160)),            bold(ix(217)),            bold(ix(167)),            bold(plain());
    role:            bold(fg(Yellow)),            bold(ix(130)),            bold(ix(226)),            bold(ix(166)),            bold(plain());
    breakpoint:      bold(fg(Red)),               bold(ix(160)),            bold(ix(217)),            bold(ix(167)),            bold(plain());
    refcount:        fg(Blue),                    ix(25),                   ix(117),                  ix(32),                   plain();
    type_name:       fg(Cyan),                    ix(23),                   ix(123),                  ix(30),                   plain();
    serial:          fg(DarkGray),                ix(242),                  ix(250),                  fg(DarkGray),             dim(plain());
    variable:        plain(),                     plain(),                  plain(),                  plain(),                  plain();
    opname:          plain(),                     plain(),                  plain(),                  plain(),                  plain();
    /// A form that looks for a better one; one that has found it.
    adaptive:        fg(Yellow),                  ix(130),                  ix(226),                  ix(166),                  plain();
    specialized:     bold(fg(Green)),             bold(ix(28)),             bold(ix(46)),             bold(ix(33)),             bold(plain());
    live:            fg(Cyan),                    ix(24),                   ix(51),                   ix(32),                   plain();
    stderr:          fg(Red),                     ix(160),                  ix(217),                  ix(167),                  plain();
    stdin:           fg(Cyan),                    ix(24),                   ix(51),                   ix(32),                   under(plain());
    keyword:         fg(Blue),                    bold(ix(25)),             bold(ix(117)),            bold(ix(33)),             bold(plain());
    constant:        fg(Magenta),                 ix(127),                  ix(213),                  ix(133),                  plain();
    string:          fg(Green),                   ix(28),                   ix(120),                  ix(30),                   plain();
    comment:         ital(fg(DarkGray)),          ital(ix(242)),            ital(ix(250)),            ital(fg(DarkGray)),       dim(plain());
    definition:      bold(fg(Cyan)),              bold(ix(23)),             bold(ix(123)),            bold(ix(32)),             bold(plain());
    builtin:         fg(Cyan),                    ix(23),                   ix(123),                  ix(32),                   plain();
    decorator:       fg(Magenta),                 ix(127),                  ix(213),                  ix(133),                  plain();
}

impl Theme {
    /// The theme to begin with: `default`, or `mono` where the environment asks for no colour.
    pub fn of_environment(no_color: bool) -> Theme {
        Theme::named(if no_color { "mono" } else { "default" }).unwrap_or_else(|| unreachable!("both are in THEMES"))
    }

    /// The one after this in [`THEMES`].
    pub fn following(&self) -> Theme {
        let index = THEMES.iter().position(|it| *it == self.name).map_or(0, |index| (index + 1) % THEMES.len());
        Theme::named(THEMES[index]).unwrap_or_else(|| unreachable!("it is in THEMES"))
    }

    pub fn token(&self, kind: TokenKind) -> Style {
        match kind {
            TokenKind::Keyword => self.keyword,
            TokenKind::Constant | TokenKind::Number => self.constant,
            TokenKind::String => self.string,
            TokenKind::Comment => self.comment,
            TokenKind::Function | TokenKind::Class => self.definition,
            TokenKind::Decorator => self.decorator,
            TokenKind::Builtin => self.builtin,
            TokenKind::Operator => self.variable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a colour of the 256.
    fn luminance(color: Color) -> f64 {
        let Color::Indexed(index @ 16..) = color else { panic!("{color:?} depends on the terminal") };
        let [r, g, b] = depth::rgb(index)
            .map(f64::from)
            .map(|it| if it <= 10.0 { it / 255.0 / 12.92 } else { ((it / 255.0 + 0.055) / 1.055).powf(2.4) });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    #[test]
    fn themes_with_a_ground_have_contrast() {
        for name in ["light", "high-contrast"] {
            let theme = Theme::named(name).unwrap();
            for (field, style) in theme.styles() {
                let fg = luminance(style.fg.or(theme.text.fg).unwrap());
                let bg = luminance(style.bg.or(theme.text.bg).unwrap());
                let contrast = (fg.max(bg) + 0.05) / (fg.min(bg) + 0.05);
                assert!(contrast >= 4.5 || field == "rule", "{name} {field}: {contrast:.1}");
            }
        }
    }

    #[test]
    fn mono_has_no_colour() {
        let mono = format!("{:?}", Theme::named("mono").unwrap());
        assert!(!mono.contains("fg(") && !mono.contains("bg("), "{mono}");
    }
}
