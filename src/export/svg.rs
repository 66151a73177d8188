//! A drawn screen as SVG: a window with rounded corners, its text selectable, on a dark or a light ground.
//!
//! Every run of one style is a `<text>` with `textLength`, so the columns stand whatever monospace font the viewer
//! has; wide characters get a run of their own. Lines and corners of boxes are drawn as paths and meet exactly.

use std::fmt::Write;

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};

use super::{ansi::ansi_index, cells};

/// How the picture looks.
#[derive(Clone, Debug)]
pub struct Options {
    pub title: String,
    /// A light terminal instead of a dark one.
    pub light: bool,
    /// The window around it, with its title bar.
    pub window: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { title: "uncoil".into(), light: false, window: true }
    }
}

const CELL_WIDTH: f32 = 8.4;
const CELL_HEIGHT: f32 = 18.0;
const FONT_SIZE: f32 = 14.0;
/// From the top of a cell to the base line.
const ASCENT: f32 = 13.6;
const MARGIN: f32 = 12.0;
const BAR: f32 = 30.0;

/// The ground, the text, and the 16 colours.
struct Palette {
    ground: &'static str,
    text: &'static str,
    bar: &'static str,
    edge: &'static str,
    colors: [&'static str; 16],
}

#[rustfmt::skip]
const DARK: Palette = Palette {
    ground: "#1b1e28", text: "#d8dee9", bar: "#262a36", edge: "#3a4050",
    colors: [
        "#15171f", "#ef6b73", "#8fcf7a", "#f2c45f", "#7fb0f5", "#d18ee6", "#5fcbd0", "#c3c9d6",
        "#737d92", "#ff8890", "#a9e296", "#ffd77e", "#9cc4ff", "#e2a8f3", "#82e0e4", "#f3f5f9",
    ],
};

#[rustfmt::skip]
const LIGHT: Palette = Palette {
    ground: "#fbfbfa", text: "#24292f", bar: "#ececea", edge: "#c9c9c6",
    colors: [
        "#24292f", "#c62f3b", "#23803b", "#9a6700", "#1f5fc4", "#8a3fb0", "#0b7285", "#6e7781",
        "#7b848e", "#a40e26", "#1a7f37", "#7d5200", "#0550ae", "#8250df", "#08637a", "#ffffff",
    ],
};

/// The screen as an SVG document.
pub fn svg(buffer: &Buffer, options: &Options) -> String {
    let palette = if options.light { &LIGHT } else { &DARK };
    let area = buffer.area;
    // The theme may bring its own ground: the one that the corner cell has.
    let ground = match buffer.content.last().map(|cell| cell.bg) {
        Some(color) if color != Color::Reset && area.height > 0 => rgb(color, palette, palette.ground),
        _ => palette.ground.to_owned(),
    };
    let bar = if options.window { BAR } else { 0.0 };
    let width = f32::from(area.width) * CELL_WIDTH + 2.0 * MARGIN;
    let height = f32::from(area.height) * CELL_HEIGHT + 2.0 * MARGIN + bar;
    let mut svg = String::new();
    let out = &mut svg;
    push(
        out,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.1} {height:.1}\" \
             font-family=\"'JetBrains Mono','Cascadia Mono','SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace\" \
             font-size=\"{FONT_SIZE}\" xml:space=\"preserve\">\n<title>{}</title>\n",
            escape(&options.title)
        ),
    );
    push(
        out,
        format_args!(
            "<rect x=\"0.5\" y=\"0.5\" width=\"{:.1}\" height=\"{:.1}\" rx=\"9\" fill=\"{ground}\" stroke=\"{}\"/>\n",
            width - 1.0,
            height - 1.0,
            palette.edge
        ),
    );
    if options.window {
        let right = width - 0.5;
        push(
            out,
            format_args!(
                "<path d=\"M0.5 {BAR}V9.5a9 9 0 0 1 9-9H{:.1}a9 9 0 0 1 9 9V{BAR}z\" fill=\"{}\" stroke=\"{}\"/>\n",
                right - 9.0,
                palette.bar,
                palette.edge
            ),
        );
        for (index, color) in ["#ff5f57", "#febc2e", "#28c840"].iter().enumerate() {
            push(out, format_args!("<circle cx=\"{}\" cy=\"15\" r=\"5.5\" fill=\"{color}\"/>\n", 20 + 19 * index));
        }
        push(
            out,
            format_args!(
                "<text x=\"{:.1}\" y=\"20\" text-anchor=\"middle\" font-size=\"13\" fill=\"{}\">{}</text>\n",
                width / 2.0,
                palette.colors[8],
                escape(&options.title)
            ),
        );
    }
    push(out, format_args!("<g transform=\"translate({MARGIN} {:.1})\">\n", MARGIN + bar));
    for y in area.y..area.bottom() {
        let runs = runs(buffer, y, palette, &ground);
        backgrounds(out, &runs, y - area.y, &ground);
        bars(out, &runs, y - area.y);
        for run in runs.iter().filter(|run| eighths(&run.text).is_none()) {
            foreground(out, run, y - area.y);
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// Cells of one style side by side.
struct Run {
    x: u16,
    width: u16,
    text: String,
    fg: String,
    bg: String,
    modifier: Modifier,
    /// Not to be joined with neighbours: a wide character, a line to draw.
    alone: bool,
}

fn runs(buffer: &Buffer, y: u16, palette: &Palette, ground: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (x, width, cell) in cells(buffer, y) {
        let x = x - buffer.area.x;
        let (fg, bg) = colors(cell, palette, ground);
        let alone = width > 1 || lines(cell.symbol()).is_some() || !cell.symbol().is_ascii();
        match runs.last_mut() {
            Some(run) if !alone && !run.alone && run.fg == fg && run.bg == bg && run.modifier == cell.modifier => {
                run.text.push_str(cell.symbol());
                run.width += width;
            }
            _ => runs.push(Run { x, width, text: cell.symbol().into(), fg, bg, modifier: cell.modifier, alone }),
        }
    }
    runs
}

fn colors(cell: &Cell, palette: &Palette, ground: &str) -> (String, String) {
    let mut fg = rgb(cell.fg, palette, palette.text);
    let mut bg = rgb(cell.bg, palette, ground);
    if cell.modifier.contains(Modifier::REVERSED) {
        std::mem::swap(&mut fg, &mut bg);
    }
    if cell.modifier.contains(Modifier::DIM) {
        fg = mix(&fg, &bg);
    }
    (fg, bg)
}

/// One rectangle for neighbours of one colour: seams between rectangles would show.
fn backgrounds(out: &mut String, runs: &[Run], row: u16, ground: &str) {
    for same in runs.chunk_by(|a, b| a.bg == b.bg).filter(|same| same[0].bg != ground) {
        let cells: u16 = same.iter().map(|run| run.width).sum();
        push(
            out,
            format_args!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{CELL_HEIGHT}\" fill=\"{}\"/>\n",
                f32::from(same[0].x) * CELL_WIDTH,
                f32::from(row) * CELL_HEIGHT,
                f32::from(cells) * CELL_WIDTH,
                same[0].bg
            ),
        );
    }
}

/// How much of a cell a bar such as `▃` fills, from below.
fn eighths(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    let c = chars.next()?;
    (chars.next().is_none() && ('▁'..='█').contains(&c)).then(|| c as u32 - '▁' as u32 + 1)
}

/// Bars as rectangles, which no font leaves gaps between; neighbours of one height and colour as one.
fn bars(out: &mut String, runs: &[Run], row: u16) {
    let is_same = |a: &Run, b: &Run| eighths(&a.text) == eighths(&b.text) && a.fg == b.fg && a.x + a.width == b.x;
    for same in runs.chunk_by(is_same) {
        let Some(part) = eighths(&same[0].text) else { continue };
        let cells: u16 = same.iter().map(|run| run.width).sum();
        let height = CELL_HEIGHT * part as f32 / 8.0;
        // A hair more, so that no seam shows between rows.
        push(
            out,
            format_args!(
                "<rect x=\"{:.1}\" y=\"{:.2}\" width=\"{:.1}\" height=\"{:.2}\" fill=\"{}\"/>\n",
                f32::from(same[0].x) * CELL_WIDTH,
                f32::from(row) * CELL_HEIGHT + CELL_HEIGHT - height,
                f32::from(cells) * CELL_WIDTH,
                if part == 8 { height + 0.3 } else { height },
                same[0].fg
            ),
        );
    }
}

fn foreground(out: &mut String, run: &Run, row: u16) {
    let (x, y) = (f32::from(run.x) * CELL_WIDTH, f32::from(row) * CELL_HEIGHT);
    if let Some(path) = lines(&run.text) {
        let (cx, cy) = (CELL_WIDTH / 2.0, CELL_HEIGHT / 2.0);
        for (present, heavy, dx, dy) in [
            (path.left, path.left_heavy, -cx, 0.0),
            (path.right, path.right_heavy, cx, 0.0),
            (path.up, false, 0.0, -cy),
            (path.down, false, 0.0, cy),
        ] {
            if present {
                let stroke = if heavy { 2.2 } else { 1.0 };
                push(
                    out,
                    format_args!(
                        "<path d=\"M{:.1} {:.1}l{dx:.1} {dy:.1}\" stroke=\"{}\" stroke-width=\"{stroke}\" fill=\"none\"/>\n",
                        x + cx,
                        y + cy,
                        run.fg
                    ),
                );
            }
        }
        return;
    }
    let trimmed = run.text.trim_end();
    let underlined = run.modifier.contains(Modifier::UNDERLINED);
    if trimmed.is_empty() && !underlined {
        return;
    }
    let lead = trimmed.len() - trimmed.trim_start().len();
    let mut attributes = String::new();
    if run.modifier.contains(Modifier::BOLD) {
        attributes.push_str(" font-weight=\"bold\"");
    }
    if run.modifier.contains(Modifier::ITALIC) {
        attributes.push_str(" font-style=\"italic\"");
    }
    if underlined {
        attributes.push_str(" text-decoration=\"underline\"");
    }
    if run.modifier.contains(Modifier::CROSSED_OUT) {
        attributes.push_str(" text-decoration=\"line-through\"");
    }
    let text = if underlined { run.text.as_str() } else { trimmed.trim_start() };
    let lead = if underlined { 0 } else { lead };
    let cells = if run.alone { usize::from(run.width) } else { text.len() };
    push(
        out,
        format_args!(
            "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{}\"{attributes} textLength=\"{:.1}\" lengthAdjust=\"spacingAndGlyphs\">{}</text>\n",
            x + lead as f32 * CELL_WIDTH,
            y + ASCENT,
            run.fg,
            cells as f32 * CELL_WIDTH,
            escape(text)
        ),
    );
}

/// Which arms a box-drawing character has.
#[derive(Default)]
struct Lines {
    left: bool,
    right: bool,
    up: bool,
    down: bool,
    left_heavy: bool,
    right_heavy: bool,
}

fn lines(symbol: &str) -> Option<Lines> {
    let mut chars = symbol.chars();
    let (c, None) = (chars.next()?, chars.next()) else { return None };
    // left, right, up, down: `-` none, `l` light, `h` heavy
    let arms = match c {
        '─' => "ll--",
        '━' => "hh--",
        '│' => "--ll",
        '┌' | '╭' => "-l-l",
        '┐' | '╮' => "l--l",
        '└' | '╰' => "-ll-",
        '┘' | '╯' => "l-l-",
        '┍' => "-h-l",
        '┑' => "h--l",
        '┤' => "l-ll",
        '┥' => "h-ll",
        '├' => "-lll",
        '┝' => "-hll",
        '┬' => "ll-l",
        '┭' => "hl-l",
        '┮' => "lh-l",
        '┯' => "hh-l",
        '┴' => "lll-",
        '┷' => "hhl-",
        '┼' => "llll",
        '┽' => "hlll",
        '┾' => "lhll",
        '┿' => "hhll",
        _ => return None,
    };
    let arm = |index: usize| arms.as_bytes()[index];
    Some(Lines {
        left: arm(0) != b'-',
        right: arm(1) != b'-',
        up: arm(2) != b'-',
        down: arm(3) != b'-',
        left_heavy: arm(0) == b'h',
        right_heavy: arm(1) == b'h',
    })
}

/// A colour as `#rrggbb`; `reset` is what the terminal's own would be.
fn rgb(color: Color, palette: &Palette, reset: &str) -> String {
    match color {
        Color::Reset => reset.to_owned(),
        Color::Rgb(r, g, b) => hex(r, g, b),
        Color::Indexed(index @ 0..16) => palette.colors[usize::from(index)].to_owned(),
        Color::Indexed(index @ 16..232) => {
            let level = |value: u8| if value == 0 { 0 } else { 55 + value * 40 };
            let index = index - 16;
            hex(level(index / 36), level(index / 6 % 6), level(index % 6))
        }
        Color::Indexed(index) => {
            let gray = 8 + (index - 232) * 10;
            hex(gray, gray, gray)
        }
        color => palette.colors[usize::from(ansi_index(color))].to_owned(),
    }
}

fn hex(r: u8, g: u8, b: u8) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// The colour in the middle of two.
fn mix(a: &str, b: &str) -> String {
    let part = |text: &str, at: usize| text.get(at..at + 2).and_then(|it| u16::from_str_radix(it, 16).ok()).unwrap_or(0);
    let middle = |at: usize| ((part(a, at) * 11 + part(b, at) * 9) / 20) as u8;
    hex(middle(1), middle(3), middle(5))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn push(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(arguments); // writing to a string cannot fail
}
