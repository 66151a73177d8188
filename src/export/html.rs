//! A run as one HTML page that opens in any browser without a network: a scrubber, the panes, the narration.
//!
//! The page is `html/page.html` with the style, the script and the run put in; nothing in it leads outside, and its own policy
//! forbids the browser to ask anybody for anything. What the program printed or named stands in it as data, and the script only
//! ever makes text of it. `run.html#step=12` opens at instant 12.

use super::trace::Trace;

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Which colours the page begins with; its reader may change them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// As the reader's system has it.
    #[default]
    Auto,
    Light,
    Dark,
}

/// The page of a run.
pub fn html(trace: &Trace, title: &str, ground: Ground) -> String {
    let theme = match ground {
        Ground::Auto => "auto",
        Ground::Light => "light",
        Ground::Dark => "dark",
    };
    let data = in_script(&trace.packed());
    // One pass: a mark that stands in the program's own text is no mark.
    let mut page = String::with_capacity(PAGE.len() + STYLE.len() + SCRIPT.len() + data.len());
    let mut rest = PAGE;
    while let Some((before, after)) = rest.split_once("{{") {
        page.push_str(before);
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        match name {
            "title" => page.push_str(&escape(title)),
            "theme" => page.push_str(theme),
            "style" => page.push_str(STYLE),
            "script" => page.push_str(SCRIPT),
            "run" => page.push_str(&data),
            _ => {}
        }
        rest = after;
    }
    page.push_str(rest);
    page
}

/// JSON inside of `<script>`: neither its end nor a comment may be read in it.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

fn escape(text: &str) -> String {
    let clean = crate::text::visible::clean(text);
    clean.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
