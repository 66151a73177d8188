//! Draws the whole screen: header, panes with their rules, narration, footer, and what stands over them.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Modifier, Style},
};

use super::{
    app::{
        App, Message, Mode,
        console::{Console, Kind},
    },
    keymap,
    layout::{self, Arrangement, SMALLEST, Slot},
    panes,
    popups::Popup,
    widgets::{
        edit::Edit,
        line::TextLine,
        text::{count, cut, width, wrap},
    },
};
use crate::{
    debugger::command::{COMMANDS, row_named},
    view::{MicroStep, PaneKind, Status},
};

/// Draws the screen over the whole buffer.
pub fn draw(app: &mut App, buffer: &mut Buffer) {
    let area = buffer.area;
    app.size = (area.width, area.height);
    buffer.set_style(area, app.theme.text);
    let Some(arrangement) = app.arrangement() else {
        return draw_too_small(app, buffer);
    };
    if let Some(mut state) = app.pipeline.take() {
        panes::pipeline::draw(app, &mut state, buffer);
        app.pipeline = Some(state);
    } else {
        draw_header(app, buffer, arrangement.header);
        app.tabs.clear();
        for slot in &arrangement.slots {
            draw_slot(app, buffer, slot);
        }
        draw_columns(app, buffer, &arrangement);
        draw_narration(app, buffer, arrangement.narration);
    }
    draw_footer(app, buffer, arrangement.footer);
    let body = Rect { height: area.height - 1, ..area };
    match &app.mode {
        Mode::Popup(popup) => draw_popup(app, buffer, body, popup),
        Mode::Console(console) => draw_console(app, buffer, body, console),
        Mode::Palette(_) => draw_palette(app, buffer, body),
        Mode::Command(_) => draw_choices(app, buffer, body),
        _ => {}
    }
}

fn draw_too_small(app: &App, buffer: &mut Buffer) {
    let area = buffer.area;
    let (least_width, least_height) = SMALLEST;
    let lines = [
        format!("{} x {} is too small.", area.width, area.height),
        format!("uncoil needs {least_width} x {least_height};"),
        "80 x 24 is comfortable.".to_owned(),
        "Nothing is lost: enlarge it. q quits.".to_owned(),
    ];
    for (y, text) in (area.y..area.bottom()).zip(lines) {
        TextLine::of(text, app.theme.text).draw(buffer, Rect { y, height: 1, ..area }, 0, "");
    }
}

// ---------------------------------------------------------------------------------------------- header

fn draw_header(app: &App, buffer: &mut Buffer, area: Rect) {
    let theme = &app.theme;
    let view = &app.view;
    buffer.set_style(area, theme.header);
    let spinner = app.glyphs.spinner;
    let (badge, style) = match (&app.running, &view.status) {
        (Some(running), _) if running.tick > 0 => {
            (format!(" {} RUNNING ", spinner[if app.play.motion { running.tick % spinner.len() } else { 0 }]), theme.badge_busy)
        }
        (_, Status::Running) => (" RUNNING ".into(), theme.badge_busy),
        (_, Status::Paused { .. }) if app.play.is_on => (" PLAYING ".into(), theme.badge_busy),
        (_, Status::Paused { .. }) => (" PAUSED ".into(), theme.badge),
        (_, Status::AwaitingInput { .. }) => (" INPUT ".into(), theme.badge_busy),
        (_, Status::Finished { exit_status: 0 }) => (" FINISHED ".into(), theme.badge_good),
        (_, Status::Finished { .. }) => (" EXITED ".into(), theme.badge_bad),
        (_, Status::Uncaught { .. }) => (" ERROR ".into(), theme.badge_bad),
    };
    let mut left = TextLine::of(&badge, style);
    if view.is_past && app.running.is_none() {
        left.push(" PAST ", theme.badge_busy);
    }
    let bold = theme.header.add_modifier(Modifier::BOLD);
    if let Some(frame) = view.call_stack.frames.get(view.call_stack.selected) {
        left.push(format!(" {}", frame.name), bold);
        if let Some(line) = frame.line {
            left.push(format!("  line {line}"), theme.header);
        }
    } else {
        left.push(" uncoil", bold);
    }
    let remark = match &view.status {
        Status::Paused { reason } => match reason {
            crate::view::PauseReason::Step => String::new(),
            reason => format!("  {} {reason}", app.glyphs.dash),
        },
        // The frame looked at is not the one that raised it.
        status @ Status::Uncaught { .. } if view.call_stack.selected > 0 => {
            let raised = view.call_stack.frames.first().map_or(String::new(), |frame| format!(" in {}", frame.name));
            format!("  {} looked at; {status}{raised}", app.glyphs.dash)
        }
        status => format!("  {} {status}", app.glyphs.dash),
    };
    left.push(remark, theme.header);

    let (now, last) = match &app.running {
        Some(running) if running.tick > 0 => (running.progress, None),
        _ => (view.step, view.last_step.filter(|last| *last >= view.step)),
    };
    let mut step = format!("step {}", count(now));
    if let Some(last) = last {
        step.push_str(&format!(" of {}", count(last)));
    }
    let mut line = left;
    let is_drawn = app.request().wants(PaneKind::Timeline);
    if let Some(last) = last.filter(|last| *last > 0 && area.width >= 100 && !is_drawn) {
        let room = usize::from(area.width / 6);
        let at = (now as u128 * (room as u128 - 1) / u128::from(last)) as usize;
        let [past, dot, future] = app.glyphs.timeline;
        line = line.right(vec![(past.repeat(at), theme.header), (dot.into(), bold), (future.repeat(room - 1 - at), theme.header)]);
    }
    line = line.right(vec![(step, bold), (" ".into(), theme.header)]);
    line.base(theme.header).draw(buffer, area, 0, app.glyphs.ellipsis);
}

// ---------------------------------------------------------------------------------------------- panes

fn draw_slot(app: &mut App, buffer: &mut Buffer, slot: &Slot) {
    let area = slot.area;
    let focused = app.focus() == slot.active;
    let inner = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let (pane_width, height) = (usize::from(inner.width), usize::from(inner.height));
    let content = app.content(slot.active, pane_width, height);
    let (rows, anchor, gutter, heading) = (content.rows(), content.anchor(), content.gutter(), content.heading());
    drop(content);
    let state = app.scrolled(slot.active, rows, height, anchor);
    let content = app.content(slot.active, pane_width, height);
    let cursor = state.cursor.filter(|_| focused);
    // A line that is too long for the pane moves so far left that its marked piece shows; the others stay.
    let revealed = content.reveal().filter(|(_, cells)| state.left == 0 && state.cursor.is_none() && cells.end > pane_width);
    let revealed = revealed.map(|(row, cells)| (row, (cells.end + 2 - pane_width).min(cells.start.saturating_sub(gutter + 4))));
    for (y, index) in (inner.y..inner.bottom()).zip(state.top..rows) {
        let row = Rect { y, height: 1, ..inner };
        let line = content.row(index);
        let moved = revealed.filter(|(row, _)| *row == index).map_or(0, |(_, cells)| cells);
        let left = state.left.max(moved);
        if left > 0 && gutter > 0 {
            // The gutter stays, the rest moves.
            line.draw(buffer, Rect { width: (gutter as u16).min(row.width), ..row }, 0, "");
            let rest = Rect { x: row.x + (gutter as u16).min(row.width), width: row.width.saturating_sub(gutter as u16), ..row };
            line.draw(buffer, rest, gutter + left, app.glyphs.ellipsis);
            if moved > 0 && rest.width > 0 {
                buffer[(rest.x, rest.y)].set_symbol(app.glyphs.ellipsis).set_style(app.theme.dim);
            }
        } else {
            line.draw(buffer, row, left, app.glyphs.ellipsis);
        }
        if cursor == Some(index) && slot.active != PaneKind::Source {
            select(app, buffer, row);
        }
    }
    let hidden = (rows > height).then(|| format!("{}{}{}/{rows}", state.top + 1, app.glyphs.dash, (state.top + height).min(rows)));
    drop(content);
    let tabs = draw_rule(app, buffer, slot, focused, &heading, hidden.filter(|_| slot.active != PaneKind::Heap));
    app.tabs.extend(tabs);
}

/// `━ 3 Value stack ━━━━ 2 of 4 ━`, or tabs `─ 4 Frames │ 5 Variables ─`. Where the titles are.
fn draw_rule(app: &App, buffer: &mut Buffer, slot: &Slot, focused: bool, heading: &str, hidden: Option<String>) -> Vec<(Rect, PaneKind)> {
    let (theme, glyphs) = (&app.theme, app.glyphs);
    let area = Rect { height: 1, ..slot.area };
    let (rule, rule_style) = if focused { (glyphs.heavy_rule, theme.rule_focused) } else { (glyphs.rule, theme.rule) };
    for x in area.x..area.right() {
        buffer[(x, area.y)].set_symbol(rule).set_style(rule_style);
    }
    let room = usize::from(area.width);
    let title_of = |kind: PaneKind, short: bool| {
        let word = if short { short_title(kind) } else { kind.title() };
        match kind.number() {
            Some(number) => format!("{number} {word}"),
            None => word.to_owned(),
        }
    };
    // Long titles, else short ones, else numbers only for what doesn't show.
    let total = |short: bool| slot.panes.iter().map(|kind| width(&title_of(*kind, short)) + 1).sum::<usize>() + 4;
    let short = slot.panes.len() > 1 && total(false) > room;
    let numbers_only = short && total(true) > room;
    let mut x = area.x + 1;
    let mut titles = Vec::new();
    for kind in &slot.panes {
        let active = *kind == slot.active;
        // Brackets mark the tab that shows.
        let title = match (active, numbers_only) {
            (false, true) => kind.number().map_or_else(|| short_title(*kind).chars().take(2).collect(), |number| number.to_string()),
            (true, _) if slot.panes.len() > 1 => format!("[{}]", title_of(*kind, short)),
            _ => title_of(*kind, short),
        };
        let style = match (active, focused) {
            (true, true) => theme.title_focused,
            (true, false) => theme.title,
            (false, _) => theme.dim,
        };
        let left_room = usize::from(area.right().saturating_sub(x + 1));
        if left_room < 4 {
            break;
        }
        let text = cut(&title, left_room.saturating_sub(2), glyphs.ellipsis);
        let (end, _) = buffer.set_stringn(x, area.y, " ", 1, Style::new());
        let (end, _) = buffer.set_stringn(end, area.y, &text, left_room, style);
        titles.push((Rect { x, width: end - x, ..area }, *kind));
        x = end;
    }
    buffer.set_stringn(x, area.y, " ", usize::from(area.right().saturating_sub(x)), Style::new());
    x += 1;
    let mut right = area.right().saturating_sub(1);
    for (text, style) in [(hidden.unwrap_or_default(), theme.dim), (heading.to_owned(), theme.title)] {
        let text = TextLine::of(&text, style); // cleans it
        let needed = text.width() as u16 + 2;
        if text.width() > 0 && right > x + needed {
            let place = Rect { x: right - needed, width: needed, ..area };
            for x in place.x..place.right() {
                buffer[(x, place.y)].set_symbol(" ");
            }
            text.draw(buffer, Rect { x: place.x + 1, width: needed - 2, ..place }, 0, "");
            right = place.x.saturating_sub(1);
        }
    }
    titles
}

fn short_title(kind: PaneKind) -> &'static str {
    match kind {
        PaneKind::ValueStack => "Stack",
        PaneKind::Variables => "Vars",
        PaneKind::Bytecode => "Code",
        PaneKind::Output => "Out",
        PaneKind::Inspector => "Insp",
        PaneKind::Micro => "Micro",
        PaneKind::Allocator => "Alloc",
        PaneKind::Breakpoints => "Stops",
        PaneKind::Code => "Browse",
        PaneKind::Timeline => "Time",
        _ => kind.title(),
    }
}

/// The lines between columns, joined to the rules that end at them.
fn draw_columns(app: &App, buffer: &mut Buffer, arrangement: &Arrangement) {
    let glyphs = app.glyphs;
    let focused = app.focus();
    for (x, top, bottom) in &arrangement.columns {
        for y in *top..*bottom {
            let rule_at = |x: u16| {
                let slot = arrangement.slots.iter().find(|slot| slot.area.y == y && slot.area.x <= x && x < slot.area.right());
                slot.map(|slot| slot.active == focused)
            };
            let left = if *x > 0 { rule_at(x - 1) } else { None };
            let joint = glyphs.joint(left, rule_at(x + 1), y == *top);
            buffer[(*x, y)].set_symbol(joint).set_style(app.theme.rule);
        }
        // Where another row of panes begins right below, its rule meets this column's end.
        if *bottom < arrangement.narration.y && glyphs.column != "|" {
            let heavy = arrangement.slots.iter().any(|slot| slot.area.y == *bottom && slot.active == focused && slot.area.x <= *x);
            let cell = &mut buffer[(*x, *bottom)];
            if cell.symbol() == glyphs.rule || cell.symbol() == glyphs.heavy_rule {
                cell.set_symbol(if heavy { "┷" } else { "┴" });
            }
        }
    }
}

// ---------------------------------------------------------------------------------------------- narration, footer

fn draw_narration(app: &App, buffer: &mut Buffer, area: Rect) {
    let theme = &app.theme;
    let narration = &app.view.narration;
    let done = (app.glyphs.done, theme.done, &narration.done);
    let next = (app.glyphs.next, theme.next, &narration.next);
    if let Some(step) = app.view.micro.step().filter(|_| app.focus() == PaneKind::Micro) {
        return draw_micro_step(app, buffer, area, step);
    }
    let rows = match area.height {
        1 if narration.next.is_empty() => vec![done],
        1 => vec![next],
        _ => vec![done, next],
    };
    for (y, (mark, style, text)) in (area.y..area.bottom()).zip(rows) {
        if !text.is_empty() {
            let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
            let line = TextLine::of(" ", theme.text).put(mark, style).put(" ", theme.text).put(first, style.add_modifier(Modifier::BOLD));
            let line = line.put(format!(" {rest}"), theme.text);
            line.draw(buffer, Rect { y, height: 1, ..area }, 0, app.glyphs.ellipsis);
        }
    }
}

/// The step inside the instruction in full, over both rows.
fn draw_micro_step(app: &App, buffer: &mut Buffer, area: Rect, step: &MicroStep) {
    let theme = &app.theme;
    let chapter = format!(" {} {} ", app.glyphs.next, step.chapter);
    let indent = width(&chapter);
    let room = usize::from(area.width).saturating_sub(indent + 1).max(10);
    let lines = wrap(&step.text, room);
    for (index, (y, text)) in (area.y..area.bottom()).zip(lines).enumerate() {
        let start = if index == 0 { chapter.clone() } else { " ".repeat(indent) };
        let line = TextLine::of(start, theme.next.add_modifier(Modifier::BOLD)).put(text, theme.text);
        line.draw(buffer, Rect { y, height: 1, ..area }, 0, app.glyphs.ellipsis);
    }
}

fn draw_footer(app: &App, buffer: &mut Buffer, area: Rect) {
    let theme = &app.theme;
    let line = match (&app.mode, &app.running, &app.message) {
        (Mode::Command(line), ..) => edit_line(":", &line.edit, theme.key, theme.text, theme.cursor),
        (Mode::Search(edit), ..) => edit_line("/", edit, theme.key, theme.text, theme.cursor),
        (Mode::Palette(palette), ..) => edit_line("find a command: ", &palette.edit, theme.key, theme.text, theme.cursor),
        (_, Some(running), _) if running.tick > 0 => {
            TextLine::of(format!(" running{} ", app.glyphs.ellipsis), theme.message).put("Esc", theme.key).put(" pauses", theme.label)
        }
        (Mode::Normal, _, message) if is_presented(app) => presented(app, message.as_ref(), usize::from(area.width)),
        (_, _, Some(message)) => TextLine::of(format!(" {}", message.text), if message.is_error { theme.error } else { theme.message }),
        _ if app.play.is_on => playing_line(app),
        (Mode::Typing(_), ..) => TextLine::of(" Enter", theme.key)
            .put(" sends the line   ", theme.label)
            .put("Esc", theme.key)
            .put(" looks around   ", theme.label)
            .put("Ctrl-D", theme.key)
            .put(" ends the input", theme.label),
        (Mode::Console(_), ..) => TextLine::of(" Enter", theme.key)
            .put(" runs it   ", theme.label)
            .put("Up Down", theme.key)
            .put(" history   ", theme.label)
            .put("Esc", theme.key)
            .put(" closes", theme.label),
        (Mode::Question(question), ..) => TextLine::of(format!(" {question}"), theme.message)
            .put("  y", theme.key)
            .put(" yes  ", theme.dim)
            .put("n", theme.key)
            .put(" no", theme.dim),
        (Mode::Popup(_), ..) => {
            TextLine::of(" Up Down PgUp PgDn", theme.key).put(" scroll   ", theme.label).put("Esc", theme.key).put(" closes", theme.label)
        }
        _ if app.pipeline.is_some() => pipeline_keys(app, usize::from(area.width)),
        _ if app.focus() == PaneKind::Micro && app.view.micro.step().is_some() => {
            let keys = [("z", "next step inside"), ("Z", "back"), ("i", "run the instruction"), ("?", "help"), ("q", "quit")];
            let put = |line: TextLine, (key, label): &(&str, &str)| line.put(*key, theme.key).put(format!(" {label}   "), theme.label);
            keys.iter().fold(TextLine::of(" ", theme.text), put)
        }
        _ if app.view.lesson.is_some() => lesson_keys(app, usize::from(area.width)),
        _ => keys_line(app, usize::from(area.width)),
    };
    line.draw(buffer, area, 0, app.glyphs.ellipsis);
}

/// The keys of a lesson, those of its step first.
fn lesson_keys(app: &App, room: usize) -> TextLine {
    let theme = &app.theme;
    let Some(lesson) = &app.view.lesson else { return TextLine::new() };
    let mut keys: Vec<(&str, &str)> = Vec::new();
    match lesson.kind {
        _ if app.focus() == PaneKind::Lesson && app.has_more_lesson() => keys.push(("Space", "more text")),
        "predict" if lesson.is_open && lesson.is_typed => keys.push(("=", "answer")),
        "predict" | "order" if lesson.is_open => keys.push(("a b c", "answer")),
        _ => {}
    }
    if !lesson.is_done {
        keys.extend([("h", "hint"), ("x", "show")]);
    }
    keys.extend([("]", "next"), ("[", "back"), ("i I", "instr"), ("n N", "line"), ("c C", "cont"), ("Tab", "pane"), ("+", "zoom")]);
    let put = |line: &TextLine, key: &str, label: &str| line.clone().put(key, theme.key).put(format!(" {label}  "), theme.label);
    let ends = put(&put(&TextLine::new(), "?", "help"), "q", "quit");
    let mut line = TextLine::of(" ", theme.text);
    for (key, label) in keys {
        let longer = put(&line, key, label);
        if longer.width() + ends.width() > room {
            break;
        }
        line = longer;
    }
    let spare = room.saturating_sub(line.width() + ends.width());
    line.put(" ".repeat(spare), theme.text).append(&ends)
}

/// What is repeated, how fast, and the keys that change it.
fn playing_line(app: &App) -> TextLine {
    let theme = &app.theme;
    let keys = [("+", "faster"), ("-", "slower"), ("Space", "stops")];
    let put = |line: TextLine, (key, label): &(&str, &str)| line.put(*key, theme.key).put(format!(" {label}   "), theme.label);
    keys.iter().fold(TextLine::of(format!(" playing: {}   ", app.play.pace()), theme.message), put)
}

/// The last key is shown in words, for those who watch.
fn is_presented(app: &App) -> bool {
    layout::LAYOUTS[app.layout].0 == layout::PRESENTER && app.pipeline.is_none() && app.last_key.is_some()
}

/// ` n  to the next source line, over calls          ? help  q quit`
fn presented(app: &App, message: Option<&Message>, room: usize) -> TextLine {
    let theme = &app.theme;
    let mut line = TextLine::of(" ", theme.text);
    if let Some((key, help)) = &app.last_key {
        line = line.put(format!(" {key} "), theme.badge).put(" ", theme.text);
        line = match message {
            Some(message) => line.put(&message.text, if message.is_error { theme.error } else { theme.message }),
            None => line.put(*help, theme.message),
        };
    }
    let ends = TextLine::of("? ", theme.key).put("help  ", theme.label).put("q ", theme.key).put("quit  ", theme.label);
    if line.width() + ends.width() + 2 > room {
        return line;
    }
    line.pad_to(room - ends.width()).append(&ends)
}

/// The keys of the Pipeline view, as many as there is room for.
fn pipeline_keys(app: &App, room: usize) -> TextLine {
    let theme = &app.theme;
    let is_broken = app.pipeline.as_ref().and_then(|state| state.pipeline()).is_some_and(|pipeline| pipeline.failure.is_some());
    let keys = [("Left Right 1-9", "stage"), ("Up Down", "row"), ("i I", "step"), ("Enter", "select"), ("/", "find")];
    let put = |line: &TextLine, key: &str, label: &str| line.clone().put(key, theme.key).put(format!(" {label}  "), theme.label);
    let ends = put(&put(&TextLine::new(), "Esc", "back"), "?", "help");
    let mut line = TextLine::of(" ", theme.text);
    for (key, label) in keys.into_iter().filter(|(_, label)| *label != "step" || !is_broken) {
        let longer = put(&line, key, label);
        line = if longer.width() + ends.width() <= room { longer } else { line };
    }
    let spare = room.saturating_sub(line.width() + ends.width());
    line.put(" ".repeat(spare), theme.text).append(&ends)
}

fn edit_line(prompt: &str, edit: &Edit, prompt_style: Style, style: Style, cursor: Style) -> TextLine {
    let (before, after) = edit.parts();
    let mut rest = after.chars();
    let under_cursor = rest.next().unwrap_or(' ').to_string();
    TextLine::of(prompt, prompt_style).put(before, style).put(under_cursor, cursor).put(rest.as_str(), style)
}

/// The labelled commands of the table, as many as there is room for; help and quit always.
fn keys_line(app: &App, room: usize) -> TextLine {
    let theme = &app.theme;
    let ends = ["help", "quit"];
    let entry = |line: TextLine, name: &str| match row_named(name).and_then(|row| Some((*app.keymap.keys_of(row).first()?, row.label))) {
        Some((key, label)) => line.put(keymap::shown(key), theme.key).put(format!(" {label}"), theme.label),
        None => line,
    };
    let mut fixed = Vec::new();
    for name in ends {
        let line = entry(TextLine::new(), name);
        fixed.push((name, line.width() + 2));
    }
    let fixed_width: usize = fixed.iter().map(|(_, width)| width).sum();
    let mut line = TextLine::of(" ", theme.text);
    let labelled = COMMANDS.iter().filter(|row| !row.label.is_empty() && !ends.contains(&row.name));
    for row in labelled {
        let mut longer = entry(line.clone(), row.name);
        if row.name == "continue" {
            longer = longer.put("  Shift", theme.key).put(" back", theme.label);
        }
        if longer.width() + 2 + fixed_width > room {
            break;
        }
        line = longer.put("  ", theme.text);
    }
    let spare = room.saturating_sub(line.width() + fixed_width);
    line.push(" ".repeat(spare), theme.text);
    for (name, _) in fixed {
        line = entry(line, name).put("  ", theme.text);
    }
    line
}

// ---------------------------------------------------------------------------------------------- windows

fn draw_popup(app: &App, buffer: &mut Buffer, body: Rect, popup: &Popup) {
    let inner_width = (popup.width() as u16).min(body.width.saturating_sub(6));
    let inner_height = (popup.lines.len() as u16).min(body.height.saturating_sub(4));
    let place = centred(body, inner_width + 4, inner_height + 2);
    let top = popup.top.min(popup.lines.len().saturating_sub(usize::from(inner_height)));
    let more = (popup.lines.len() > usize::from(inner_height))
        .then(|| format!("{}{}{}/{}", top + 1, app.glyphs.dash, top + usize::from(inner_height), popup.lines.len()));
    draw_window(app, buffer, place, &popup.title, more.as_deref());
    for (y, line) in (place.y + 1..place.bottom() - 1).zip(popup.lines.iter().skip(top)) {
        line.draw(buffer, Rect { x: place.x + 2, y, width: inner_width, height: 1 }, 0, app.glyphs.ellipsis);
    }
}

/// The last lines of the console, and the one that is typed.
fn draw_console(app: &App, buffer: &mut Buffer, body: Rect, console: &Console) {
    let theme = &app.theme;
    let height = (console.lines.len() as u16 + 3).clamp(8, 20).min(body.height);
    let place = Rect { y: body.bottom() - height, ..centred(body, body.width.saturating_sub(2), height) };
    draw_window(app, buffer, place, "Console: on a copy of the program", None);
    let room = usize::from(height.saturating_sub(3));
    let lines = console.lines.iter().skip(console.lines.len().saturating_sub(room)).map(|(kind, text)| {
        let style = match kind {
            Kind::Typed => theme.stdin,
            Kind::Said => theme.text,
            Kind::Failed => theme.error,
        };
        TextLine::of(text, style)
    });
    let typed = edit_line(console.sign(), &console.edit, theme.key, theme.text, theme.cursor);
    for (y, line) in (place.y + 1..place.bottom().saturating_sub(1)).zip(lines.chain([typed])) {
        line.draw(buffer, Rect { x: place.x + 2, y, width: place.width.saturating_sub(4), height: 1 }, 0, app.glyphs.ellipsis);
    }
}

fn draw_palette(app: &App, buffer: &mut Buffer, body: Rect) {
    let Mode::Palette(palette) = &app.mode else { return };
    let theme = &app.theme;
    let rows = palette.rows(&app.keymap);
    let height = (rows.len() as u16 + 2).min(body.height.saturating_sub(4)).max(3);
    let place = Rect { y: body.bottom() - height, ..centred(body, (body.width - 4).min(84), height) };
    draw_window(app, buffer, place, "Commands", None);
    let visible = usize::from(height - 2);
    let top = (palette.selected + 1).saturating_sub(visible);
    if rows.is_empty() {
        let area = Rect { x: place.x + 1, y: place.y + 1, width: place.width - 2, height: 1 };
        TextLine::of(" nothing fits", theme.dim).draw(buffer, area, 0, app.glyphs.ellipsis);
    }
    for (y, (index, row)) in (place.y + 1..place.bottom() - 1).zip(rows.iter().enumerate().skip(top)) {
        let line = TextLine::of(format!(" {:<7}", row.key), theme.key).put(&row.name, theme.message).pad_to(27).put(row.help, theme.text);
        let area = Rect { x: place.x + 1, y, width: place.width - 2, height: 1 };
        line.draw(buffer, area, 0, app.glyphs.ellipsis);
        if index == palette.selected {
            select(app, buffer, area);
        }
    }
}

/// The completions of the `:` line, above it.
fn draw_choices(app: &App, buffer: &mut Buffer, body: Rect) {
    let Mode::Command(line) = &app.mode else { return };
    let (choices, taken) = app.choices(line);
    if choices.is_empty() {
        return;
    }
    let theme = &app.theme;
    let shown = choices.len().min(8).min(usize::from(body.height / 2));
    let top = taken.map_or(0, |taken| (taken + 1).saturating_sub(shown));
    let height = shown as u16 + 2;
    let place = Rect { x: 0, y: body.bottom() - height, width: body.width.min(76), height };
    draw_window(app, buffer, place, "Tab", None);
    for (y, (index, choice)) in (place.y + 1..).zip(choices.iter().enumerate().skip(top).take(shown)) {
        let help = row_named(choice).map_or("", |row| row.help);
        let text = TextLine::of(format!(" {choice}"), theme.message).pad_to(21).put(help, theme.dim);
        let area = Rect { x: 1, y, width: place.width - 2, height: 1 };
        text.draw(buffer, area, 0, app.glyphs.ellipsis);
        if taken == Some(index) {
            select(app, buffer, area);
        }
    }
}

/// The row under the cursor: one style, whatever was there.
fn select(app: &App, buffer: &mut Buffer, row: Rect) {
    buffer.set_style(row, Style::reset().patch(app.theme.text).patch(app.theme.cursor));
}

fn centred(body: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(body.width), height.min(body.height));
    Rect { x: body.x + (body.width - width) / 2, y: body.y + (body.height - height) / 2, width, height }
}

/// A frame over whatever was there.
fn draw_window(app: &App, buffer: &mut Buffer, area: Rect, title: &str, more: Option<&str>) {
    let (theme, glyphs) = (&app.theme, app.glyphs);
    for y in area.y..area.bottom() {
        for x in area.x..area.right() {
            let cell = &mut buffer[(x, y)];
            cell.reset();
            let (top, bottom) = (y == area.y, y + 1 == area.bottom());
            let (left, right) = (x == area.x, x + 1 == area.right());
            let symbol = match (top, bottom, left, right) {
                (true, _, true, _) => glyphs.corners[0],
                (true, _, _, true) => glyphs.corners[1],
                (_, true, true, _) => glyphs.corners[2],
                (_, true, _, true) => glyphs.corners[3],
                (true, ..) | (_, true, ..) => glyphs.rule,
                (_, _, true, _) | (_, _, _, true) => glyphs.column,
                _ => " ",
            };
            cell.set_symbol(symbol).set_style(theme.text.patch(if symbol == " " { Style::new() } else { theme.rule_focused }));
        }
    }
    // A wide character cut in half by the frame would push the row aside.
    if area.x > 0 {
        for y in area.y..area.bottom() {
            let cell = &mut buffer[(area.x - 1, y)];
            if width(cell.symbol()) > 1 {
                cell.set_symbol(" ");
            }
        }
    }
    let room = usize::from(area.width.saturating_sub(6));
    if !title.is_empty() {
        buffer.set_stringn(area.x + 2, area.y, format!(" {title} "), room, theme.title_focused);
    }
    if let Some(more) = more {
        let x = area.right().saturating_sub(width(more) as u16 + 4);
        buffer.set_stringn(x, area.bottom() - 1, format!(" {more} "), room, theme.dim);
    }
}
