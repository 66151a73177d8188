//! THE table of settings, and the file that has them: `~/.config/uncoil/config.toml`.
//!
//! ```toml
//! theme = "light"
//! preset = "vim"
//! [keys]
//! "<f5>" = "continue"
//! ```
//!
//! [`defaults`] prints all of it, with every key. A file with a mistake is not used at all: the message names its line.

use std::fmt::Write;

use toml::de::{DeTable, DeValue};

use super::{
    app::App,
    keymap::{Keymap, PRESETS},
    layout::LAYOUTS,
    theme::{THEMES, Theme, depth::Depth},
};
use crate::debugger::command::{COMMANDS, Category};

/// What the user has chosen once and for all.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// `None`: `default`, or `mono` where there are no colours.
    pub theme: Option<Theme>,
    /// An index of [`LAYOUTS`]; `None`: the one that was left.
    pub layout: Option<usize>,
    pub ascii: bool,
    pub mouse: bool,
    pub motion: bool,
    /// `None`: what the terminal says.
    pub colors: Option<Depth>,
    pub keymap: Keymap,
}

impl Default for Config {
    fn default() -> Self {
        Config { theme: None, layout: None, ascii: false, mouse: true, motion: true, colors: None, keymap: Keymap::default() }
    }
}

/// A row of the table: name, default, values, help.
type Setting = (&'static str, &'static str, fn() -> Vec<&'static str>, &'static str);

const SETTINGS: [Setting; 7] = [
    ("theme", "\"default\"", || THEMES.to_vec(), "the colours; without this line they follow NO_COLOR"),
    (
        "layout",
        "\"last\"",
        || ["last"].into_iter().chain(LAYOUTS.iter().map(|(name, _)| *name)).collect(),
        "the panes; last: as they were left",
    ),
    ("preset", "\"default\"", || PRESETS.iter().map(|(name, ..)| *name).collect(), "keys for hands that know another program"),
    ("colors", "\"auto\"", || vec!["auto", "none", "16", "256", "true"], "how many colours the terminal has"),
    ("ascii", "false", || vec!["true", "false"], "no characters outside ASCII"),
    ("mouse", "true", || vec!["true", "false"], "off: the terminal selects text itself"),
    ("motion", "true", || vec!["true", "false"], "off: nothing moves by itself"),
];

impl Config {
    /// Reads a file's text.
    ///
    /// # Errors
    ///
    /// The line and what is wrong there.
    pub fn read(text: &str) -> Result<Config, (usize, String)> {
        let line_of = |at: usize| text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        let table = DeTable::parse(text).map_err(|error| {
            (error.span().map_or(1, |span| line_of(span.start)), error.message().lines().collect::<Vec<_>>().join(", "))
        })?;
        let mut config = Config::default();
        let mut keys = Vec::new();
        for (name, value) in table.get_ref() {
            let at = line_of(name.span().start);
            if name.get_ref() == "keys" {
                let DeValue::Table(table) = value.get_ref() else { return Err((at, "`keys` is a table: [keys]".into())) };
                for (key, line) in table {
                    let at = line_of(key.span().start);
                    let DeValue::String(line) = line.get_ref() else {
                        return Err((at, format!("`{}` needs a command in quotation marks", key.get_ref())));
                    };
                    keys.push((at, key.get_ref().to_string(), line.to_string()));
                }
                continue;
            }
            let Some((name, _, values, _)) = SETTINGS.iter().find(|(it, ..)| it == name.get_ref()) else {
                let names: Vec<_> = SETTINGS.iter().map(|(name, ..)| *name).collect();
                return Err((at, format!("there is no setting `{}`; there are {} and [keys]", name.get_ref(), names.join(", "))));
            };
            let value = match value.get_ref() {
                DeValue::String(value) => value.to_string(),
                DeValue::Boolean(value) => value.to_string(),
                DeValue::Integer(value) => value.as_str().to_owned(),
                _ => String::new(),
            };
            if !values().contains(&value.as_str()) {
                return Err((at, format!("`{name}` is one of {}", values().join(", "))));
            }
            match *name {
                "theme" => config.theme = Theme::named(&value),
                "layout" => config.layout = LAYOUTS.iter().position(|(it, _)| *it == value),
                "preset" => config.keymap = Keymap::preset(&value).unwrap_or_default(),
                "colors" => config.colors = Depth::named(&value),
                "ascii" => config.ascii = value == "true",
                "mouse" => config.mouse = value == "true",
                _ => config.motion = value == "true",
            }
        }
        for (at, key, line) in keys {
            config.keymap.bind(&key, &line).map_err(|error| (at, error))?;
        }
        Ok(config)
    }

    /// Gives a screen what it says.
    pub fn apply(&self, app: &mut App) {
        if let Some(theme) = &self.theme {
            app.theme = theme.clone();
        }
        if let Some(layout) = self.layout {
            app.layout = layout;
        }
        if self.ascii {
            app.glyphs = &super::glyphs::ASCII;
        }
        app.mouse = self.mouse;
        app.play.motion = self.motion;
        app.keymap = self.keymap.clone();
    }
}

/// A file with all settings and keys as they are without a file, each in a comment.
pub fn defaults() -> String {
    let mut text = String::from(
        "# uncoil: settings. This file belongs at $XDG_CONFIG_HOME/uncoil/config.toml, which is ~/.config/uncoil/config.toml.\n\
         # A line that begins with # says what holds without it.\n\n",
    );
    for (name, default, values, help) in SETTINGS {
        let _ = write!(text, "# {help}: {}\n# {name} = {default}\n\n", values().join(", "));
    }
    text += "# The presets:\n";
    for (name, about, _) in PRESETS {
        let _ = writeln!(text, "#   {name:<8} {about}");
    }
    text += "\n# Keys, and the : line that each is short for. An empty line takes a key away.\n[keys]\n";
    for category in Category::ALL {
        let _ = writeln!(text, "\n# {}", category.title());
        for row in COMMANDS.iter().filter(|row| row.category == category) {
            for (key, arguments) in row.keys {
                let _ = writeln!(text, "# {:<10} = \"{}\"", format!("\"{key}\""), format!("{} {arguments}", row.name).trim_end());
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::debugger::command::row_named;

    #[test]
    fn the_defaults_can_be_loaded() {
        assert_eq!(Config::read(&defaults()), Ok(Config::default()));
        // And all that stands in the comments: the same again.
        let text = defaults();
        let all = text.lines().map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.contains(" = ") && !rest.ends_with('?') => format!("{rest}\n"),
            _ => format!("{line}\n"),
        });
        let config = Config::read(&all.collect::<String>()).unwrap();
        assert_eq!(config.theme.as_ref().map(|theme| theme.name), Some("default"));
        for row in COMMANDS {
            let mut keys = config.keymap.keys_of(row);
            let mut expected: Vec<_> = row.keys.iter().map(|(key, _)| *key).collect();
            keys.sort_unstable();
            expected.sort_unstable();
            assert_eq!(keys, expected);
        }
    }

    #[test]
    fn keys_come_after_the_preset() {
        let config = Config::read("[keys]\nn = \"step\"\n\"<f5>\" = \"continue\"\n").unwrap();
        assert_eq!(config.keymap.row_of("n").unwrap().name, "step");
        let config = Config::read("preset = \"arrows\"\nlayout = \"gc\"\ncolors = \"16\"\n[keys]\n\"<down>\" = \"scroll down\"").unwrap();
        assert_eq!(config.keymap.row_of("<down>").unwrap().name, "scroll");
        assert_eq!(config.keymap.keys_of(row_named("step").unwrap()), ["s", "<right>"]);
        assert_eq!((config.layout, config.colors), (Some(4), Some(Depth::Sixteen)));
    }

    #[test]
    fn mistakes_have_a_line() {
        let wrong = |text: &str| Config::read(text).unwrap_err();
        assert_eq!(wrong("theme = \"light\"\n\ncolour = 3\n").0, 3);
        assert_eq!(wrong("\ntheme = \"pink\""), (2, format!("`theme` is one of {}", THEMES.join(", "))));
        assert_eq!(wrong("[keys]\n\"<f5>\" = \"contnue\""), (2, "no command `contnue`".into()));
        assert_eq!(wrong("[keys]\nx = 3").0, 2);
        assert_eq!(wrong("mouse = true\ntheme = light\n").0, 2);
        assert_eq!(wrong("keys = 4").0, 1);
    }
}
