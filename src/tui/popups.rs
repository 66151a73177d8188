//! Windows over the screen: help and listings. Any key that doesn't scroll closes them.

use super::{
    app::App,
    glyphs::Glyphs,
    keymap::{self, Keymap},
    layout::LAYOUTS,
    theme::{THEMES, Theme},
    widgets::{
        line::TextLine,
        text::{clean, width, wrap},
    },
};
use crate::{
    debugger::{
        breakpoints::KINDS,
        command::{COMMANDS, Category, CommandRow, row_named},
        options::OPTIONS,
    },
    view::{
        Audience, PaneKind, View,
        cards::{self, Card, CardLineKind},
    },
};

/// Lines to read.
#[derive(Clone, Debug, Default)]
pub struct Popup {
    pub title: String,
    pub lines: Vec<TextLine>,
    /// The first line that shows.
    pub top: usize,
}

impl Popup {
    /// What the engine listed.
    pub fn listing(title: &str, lines: &[String], theme: &Theme) -> Self {
        Popup { title: title.into(), lines: lines.iter().map(|line| TextLine::of(line, theme.text)).collect(), top: 0 }
    }

    /// The cells that its widest line needs.
    pub fn width(&self) -> usize {
        self.lines.iter().map(TextLine::width).max().unwrap_or(0).max(width(&self.title) + 4)
    }
}

/// The help: everything, that of the Pipeline view first if it is open; or one command by name or key.
///
/// # Errors
///
/// The topic is no command.
pub fn help(topic: Option<&str>, app: &App) -> Result<Popup, String> {
    let theme = &app.theme;
    match topic {
        None => Ok(Popup { title: "Keys and commands".into(), lines: all(app), top: 0 }),
        Some(topic) => {
            let row = row_named(topic).or(app.keymap.row_of(topic));
            let row = row.ok_or_else(|| format!("no command `{topic}`; `?` lists them"))?;
            Ok(Popup { title: row.name.into(), lines: one(row, theme, &app.keymap), top: 0 })
        }
    }
}

/// The card of an opcode, under its name or that of one of its forms.
pub fn card(card: &Card, name: &str, audience: Audience, theme: &Theme, glyphs: &Glyphs, room: usize) -> Popup {
    let lines = card.lines(Some(audience), room).into_iter().map(|line| {
        let style = match line.kind {
            CardLineKind::Heading => theme.message,
            CardLineKind::Text | CardLineKind::Row => theme.text,
            CardLineKind::Code => theme.key,
            CardLineKind::This => theme.next,
        };
        TextLine::of(glyphs.plain(&line.text), style)
    });
    let about = cards::about_form(name).map_or(Vec::new(), |about| wrap(&about, room));
    let mut about: Vec<_> = about.into_iter().map(|line| TextLine::of(line, theme.specialized)).collect();
    if !about.is_empty() {
        about.push(TextLine::new());
    }
    Popup { title: card.op.name().into(), lines: about.into_iter().chain(lines).collect(), top: 0 }
}

/// The narration in full.
pub fn said(view: &View, theme: &Theme, glyphs: &Glyphs, room: usize) -> Popup {
    let parts = [
        (glyphs.done, theme.done, &view.narration.done),
        (glyphs.next, theme.next, &view.narration.next),
        ("!", theme.error, &view.explanation),
    ];
    let mut lines = Vec::new();
    for (mark, style, text) in parts.into_iter().filter(|(.., text)| !text.is_empty()) {
        for (index, line) in wrap(&clean(text), room.saturating_sub(2)).into_iter().enumerate() {
            lines.push(TextLine::of(if index == 0 { mark } else { " " }, style).put(format!(" {line}"), theme.text));
        }
    }
    Popup { title: "In words".into(), lines, top: 0 }
}

/// The panes with their keys, and the layouts.
pub fn panes(theme: &Theme) -> Popup {
    let mut lines: Vec<_> = PaneKind::ALL
        .iter()
        .map(|kind| {
            let line = TextLine::of(kind.number().map_or(" ".into(), |number| number.to_string()), theme.key)
                .put(format!("  {}", kind.title()), theme.message);
            let line = line.pad_to(17).put(kind.about(), theme.text);
            if kind.number().is_none() { line.put(format!("  :{}", kind.name()), theme.key) } else { line }
        })
        .collect();
    lines.push(TextLine::new());
    let layouts =
        LAYOUTS.map(|(name, about)| TextLine::of("L", theme.key).put(format!("  {name}"), theme.message).pad_to(17).put(about, theme.text));
    lines.extend(layouts);
    Popup { title: "Panes and layouts".into(), lines, top: 0 }
}

fn one(row: &CommandRow, theme: &Theme, keymap: &Keymap) -> Vec<TextLine> {
    let mut lines = vec![TextLine::of(row.help, theme.text), TextLine::new()];
    lines.push(TextLine::of(format!(":{} {}", row.name, row.syntax), theme.message));
    if !row.aliases.is_empty() {
        lines.push(TextLine::of(format!("short: {}", row.aliases.join(", ")), theme.text));
    }
    if !keymap.keys_of(row).is_empty() {
        lines.push(TextLine::of("keys:  ", theme.text).put(keys_text(row, keymap), theme.key));
    }
    let details: Vec<(String, &str)> = match row.name {
        "break" | "tbreak" | "log" => KINDS.iter().map(|(written, meaning)| ((*written).to_owned(), *meaning)).collect(),
        "theme" => THEMES.iter().map(|name| ((*name).to_owned(), about_theme(name))).collect(),
        "layout" => LAYOUTS.iter().map(|(name, about)| ((*name).to_owned(), *about)).collect(),
        "set" => OPTIONS.iter().map(|row| (format!("{} {}", row.name, row.values.join(" | ")), row.help)).collect(),
        _ => Vec::new(),
    };
    if !details.is_empty() {
        let widest = details.iter().map(|(text, _)| text.len()).max().unwrap_or(0).min(26);
        lines.push(TextLine::new());
        for (text, meaning) in &details {
            let line = TextLine::of("  ", theme.text).put(text, theme.key);
            if text.len() > widest {
                lines.push(line);
                lines.push(TextLine::new().pad_to(widest + 4).put(*meaning, theme.text));
            } else {
                lines.push(line.pad_to(widest + 4).put(*meaning, theme.text));
            }
        }
    }
    lines
}

fn about_theme(name: &str) -> &'static str {
    match name {
        "default" => "the terminal's own colours, on dark and on light",
        "light" => "dark on white, also on a dark terminal",
        "high-contrast" => "bright on black, for projectors",
        "cb-safe" => "blue and orange, for who sees red and green alike",
        _ => "no colours",
    }
}

fn all(app: &App) -> Vec<TextLine> {
    let (theme, glyphs, screen_width) = (&app.theme, app.glyphs, usize::from(app.size.0));
    let in_pipeline = app.pipeline.is_some();
    let mut blocks: Vec<Vec<TextLine>> = Vec::new();
    for category in Category::ALL {
        let mut block = vec![TextLine::of(category.title(), theme.message)];
        for row in COMMANDS.iter().filter(|row| row.category == category && !row.name.ends_with("-back")) {
            let keys = keys_text(row, &app.keymap);
            let has_keys = !keys.is_empty();
            let keys = if has_keys { keys } else { format!(":{}", row.name) };
            let line = TextLine::of("  ", theme.text).put(keys, theme.key).pad_to(KEYS_WIDTH).put(row.help, theme.text);
            block.push(if has_keys { line.put(format!("  :{}", row.name), theme.dim) } else { line });
        }
        blocks.push(block);
    }
    blocks.push(marks(theme, glyphs));
    blocks.insert(if in_pipeline { 0 } else { blocks.len() }, pipeline(theme, glyphs));
    if !in_pipeline {
        blocks.insert(0, here(app));
    }
    let widest = blocks.iter().flatten().map(TextLine::width).max().unwrap_or(0);
    if screen_width < 2 * widest + 8 {
        return blocks.join(&TextLine::new());
    }
    // Two columns: blocks go left until half of the lines are there.
    let total: usize = blocks.iter().map(|block| block.len() + 1).sum();
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for block in blocks {
        let column = if left.len() * 2 < total { &mut left } else { &mut right };
        column.extend(block);
        column.push(TextLine::new());
    }
    let rows = left.len().max(right.len());
    left.resize(rows, TextLine::new());
    right.resize(rows, TextLine::new());
    left.into_iter().zip(&right).map(|(left, right)| left.pad_to(widest + 3).append(right)).collect()
}

/// What keys mean in the focused pane alone.
fn here(app: &App) -> Vec<TextLine> {
    let kind = app.focus();
    let mut rows: Vec<(&str, &str)> = match kind {
        PaneKind::Source => vec![("Left Right", "one instruction back, forward"), ("Up Down", "a line: b breaks there, t runs there")],
        PaneKind::Bytecode => vec![("Left Right", "one instruction back, forward"), ("Up Down", "an instruction: t runs to its line")],
        PaneKind::CallStack => vec![("Up Down", "another frame: all panes show it")],
        PaneKind::Heap => vec![("Up Down", "another object"), ("Enter", "into the Inspector"), ("/", "finds a type or a text")],
        PaneKind::Output => vec![("Enter", "to the step that printed the row; answers input()")],
        PaneKind::Ledger | PaneKind::Calls => vec![("Enter", "to the instant of the row")],
        PaneKind::Threads => vec![("Enter", "to the frames of the thread, to the instant of the row")],
        PaneKind::Code => {
            vec![("Enter", "into a code object, or a value"), ("Esc", "to all code objects"), (":code NAME", "that of a function")]
        }
        PaneKind::Timeline => {
            vec![("Left Right", "a column earlier, later"), ("Up Down", "to the event before, after"), ("Enter, click", "goes there")]
        }
        PaneKind::Breakpoints => vec![("Space", "on or off"), ("Enter", "edit"), ("Del", "remove")],
        PaneKind::Lesson => vec![
            ("Enter", "more of the text, then the next step; Backspace the one before"),
            ("a b c", "answer a question; = begins to type an answer"),
        ],
        PaneKind::Micro => vec![("z Z", "a step inside the instruction, and back")],
        _ => vec![("Up Down", "another row"), ("Enter", "takes the row's value apart, in the Inspector")],
    };
    rows.push(("+ _", "larger, as before"));
    let mut lines = vec![TextLine::of(format!("In {}: {}", kind.title(), kind.about()), app.theme.message)];
    let put =
        |(key, text): (&str, &str)| TextLine::of("  ", app.theme.text).put(key, app.theme.key).pad_to(KEYS_WIDTH).put(text, app.theme.text);
    lines.extend(rows.into_iter().map(put));
    lines
}

/// The keys and marks of the Pipeline view.
fn pipeline(theme: &Theme, glyphs: &Glyphs) -> Vec<TextLine> {
    let rows = [
        ("Left Right Tab", theme.key, "another stage; the selected piece stays"),
        ("1-9", theme.key, "the stage of that number"),
        ("Up Down PgUp", theme.key, "another row; its piece lights up in all stages"),
        ("Enter", theme.key, "select the row that is shown"),
        ("Esc q", theme.key, "back to the panes"),
        (glyphs.same, theme.next, "the same piece of the source, or the same bytes"),
        (glyphs.part, theme.part, "a part of it"),
        (glyphs.around, theme.part, "no such row: the smallest around it"),
    ];
    let mut lines = vec![TextLine::of("In the Pipeline view (P)", theme.message)];
    lines.extend(rows.map(|(mark, style, text)| TextLine::of("  ", theme.text).put(mark, style).pad_to(KEYS_WIDTH).put(text, theme.text)));
    lines
}

/// The keys of all commands, as a table of Markdown.
pub fn keys_table() -> String {
    let keymap = Keymap::default();
    let mut table = String::from("| keys | command | |\n|---|---|---|\n");
    for category in Category::ALL {
        for row in COMMANDS.iter().filter(|row| row.category == category && !row.name.ends_with("-back")) {
            let keys = keys_text(row, &keymap);
            if !keys.is_empty() {
                let keys: Vec<_> = keys.split(' ').map(|key| format!("`{key}`")).collect();
                table += &format!("| {} | `:{}` | {} |\n", keys.join(" "), row.name, row.help.replace('|', "\\|"));
            }
        }
    }
    table
}

fn marks(theme: &Theme, glyphs: &Glyphs) -> Vec<TextLine> {
    let rows = [
        (glyphs.next, theme.next, "the next line, instruction, frame"),
        (glyphs.done, theme.done, "the one just executed"),
        (glyphs.new, theme.new, "new since the last step"),
        (glyphs.changed, theme.changed, "changed; the old value stands before the arrow"),
        (glyphs.removed, theme.removed, "popped, deleted or freed; the row stays for one step"),
        (glyphs.up, theme.up, "the reference count went up"),
        (glyphs.down, theme.down, "the reference count went down"),
        (glyphs.operand, theme.role, "what the next instruction takes this value for, or which values it takes"),
        (glyphs.arrow, theme.live, "the value that it loads; between two values: the old one and the new one"),
        (glyphs.breakpoint, theme.breakpoint, "a breakpoint"),
        (glyphs.jump_target, theme.done, "a jump arrives here"),
        (glyphs.adaptive, theme.adaptive, "an instruction that looks for a specialized form (a shows them)"),
        (glyphs.specialized, theme.specialized, "one that has found it"),
        (glyphs.fused, theme.opname, "this instruction and the next one, done in one"),
        ("9/1", theme.up, "with `:set heat on`: how often a form has fitted, and has not"),
    ];
    let mut lines = vec![TextLine::of("Marks", theme.message)];
    lines.extend(rows.map(|(mark, style, text)| TextLine::of("  ", theme.text).put(mark, style).pad_to(KEYS_WIDTH).put(text, theme.text)));
    lines
}

const KEYS_WIDTH: usize = 16;

/// The keys of a command and of its reverse: `i I`; a row of digits as `1-7`.
pub fn keys_text(row: &CommandRow, keymap: &Keymap) -> String {
    let back = COMMANDS.iter().find(|it| it.name.strip_suffix("-back") == Some(row.name));
    let keys: Vec<_> = keymap.keys_of(row).into_iter().chain(back.map_or(Vec::new(), |row| keymap.keys_of(row))).collect();
    let is_digit = |key: &&&str| key.len() == 1 && key.as_bytes()[0].is_ascii_digit();
    let digits: Vec<_> = keys.iter().filter(is_digit).collect();
    let mut words = Vec::new();
    if let [first, .., last] = digits.as_slice() {
        words.push(format!("{first}-{last}"));
    }
    let arrows = ["<up>", "<down>", "<left>", "<right>"];
    let all_arrows = arrows.iter().all(|arrow| keys.contains(arrow));
    if all_arrows {
        words.push("arrows".into());
    }
    let named = |key: &&&str| (digits.len() < 2 || !is_digit(key)) && !(all_arrows && arrows.contains(key));
    words.extend(keys.iter().filter(named).map(|key| keymap::shown(key)));
    let mut text = String::new();
    for word in words {
        if width(&text) + width(&word) + 1 > KEYS_WIDTH - 3 && !text.is_empty() {
            break; // the others are synonyms
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word);
    }
    text
}
