//! Markdown to a page that needs nothing else: the Markdown that lessons have, everything in it escaped.

use crate::{
    text::visible::clean,
    view::lesson::{Accent, spans},
};

/// A whole page around a body.
pub fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

const STYLE: &str = "\
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.55 Georgia, serif; color: #222; background: #fff }
h1, h2 { font-family: system-ui, sans-serif; line-height: 1.2; margin-top: 2.2rem }
h2 { border-top: 1px solid #ccc; padding-top: 1.2rem }
code, pre { font: 0.92em/1.4 ui-monospace, monospace }
pre { background: #f4f4f1; padding: 0.8rem 1rem; overflow-x: auto }
table { border-collapse: collapse } td, th { padding: 0.15rem 0.9rem 0.15rem 0; text-align: left; border-bottom: 1px solid #ddd }
blockquote { margin: 1rem 0; padding: 0.1rem 1rem; border-left: 4px solid #b8860b; background: #fbf8ef }
figure { margin: 1.2rem 0 } figure svg { max-width: 100%; height: auto }
@media print { body { margin: 0; max-width: none } figure, pre { break-inside: avoid } }
";

/// The blocks of a text.
pub fn of(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() {
            continue;
        }
        if line.starts_with("```") {
            let code: Vec<String> = lines.by_ref().take_while(|line| !line.starts_with("```")).map(escaped).collect();
            out += &format!("<pre><code>{}</code></pre>\n", code.join("\n"));
        } else if let Some((level, heading)) = heading(line) {
            out += &format!("<h{level}>{}</h{level}>\n", inline(heading));
        } else if line.starts_with('|') {
            let mut rows = vec![line];
            while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
                rows.push(row);
            }
            out += &table(&rows);
        } else if let Some(item) = line.strip_prefix("- ") {
            let mut items = vec![item.to_owned()];
            while let Some(more) = lines.next_if(|line| line.starts_with("- ") || line.starts_with("  ") && !line.trim().is_empty()) {
                match (more.strip_prefix("- "), items.last_mut()) {
                    (Some(item), _) => items.push(item.to_owned()),
                    (None, Some(last)) => *last += &format!(" {}", more.trim()),
                    _ => {}
                }
            }
            let items: String = items.iter().map(|item| format!("<li>{}</li>\n", inline(item))).collect();
            out += &format!("<ul>\n{items}</ul>\n");
        } else if let Some(quoted) = line.strip_prefix("> ") {
            out += &format!("<blockquote><p>{}</p></blockquote>\n", inline(quoted));
        } else {
            let mut paragraph = line.to_owned();
            while let Some(more) =
                lines.next_if(|line| !line.trim().is_empty() && !["```", "|", "- ", "> ", "#"].iter().any(|it| line.starts_with(it)))
            {
                paragraph += &format!(" {}", more.trim());
            }
            out += &format!("<p>{}</p>\n", inline(&paragraph));
        }
    }
    out
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.len() - line.trim_start_matches('#').len();
    let text = line[level..].strip_prefix(' ')?;
    (1..=4).contains(&level).then_some((level, text))
}

fn table(rows: &[&str]) -> String {
    let cells = |row: &str| row.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let is_border = |row: &str| row.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    let has_head = rows.get(1).is_some_and(|row| is_border(row));
    let mut out = String::from("<table>\n");
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| !is_border(row)) {
        let tag = if index == 0 && has_head { "th" } else { "td" };
        let cells: String = cells(row).iter().map(|cell| format!("<{tag}>{}</{tag}>", inline(cell))).collect();
        out += &format!("<tr>{cells}</tr>\n");
    }
    out + "</table>\n"
}

/// A line with its accents. Links lead to pages of the web only.
fn inline(text: &str) -> String {
    let piece = |(accent, text): (Accent, String)| {
        let text = escaped(&text);
        match accent {
            Accent::Plain => text,
            Accent::Strong => format!("<strong>{text}</strong>"),
            Accent::Emphasis => format!("<em>{text}</em>"),
            Accent::Code => format!("<code>{text}</code>"),
            Accent::Link => format!("<u>{text}</u>"),
        }
    };
    spans(text).into_iter().map(piece).collect()
}

fn escaped(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_escaped() {
        let made = of("# a <b>\n\n- x `<script>`\n  y\n\n| a | b |\n|---|---|\n| 1 | & |\n\ntext \x1b[2J\nmore\n\n```\n<i>\n```\n");
        let expected = "<h1>a &lt;b&gt;</h1>\n<ul>\n<li>x <code>&lt;script&gt;</code> y</li>\n</ul>\n<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>1</td><td>&amp;</td></tr>\n</table>\n<p>text \\x1b[2J more</p>\n<pre><code>&lt;i&gt;</code></pre>\n";
        assert_eq!(made, expected);
    }
}
