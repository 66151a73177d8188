//! A lesson's step as a pane can show it: Markdown, a question, what has been said so far.
//!
//! What stands here was written by the lesson's author, who may be anybody: whoever draws it writes out control characters.

use std::sync::Arc;

use super::PaneKind;

/// A step of a lesson, and how the learner stands in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LessonView {
    /// `6 Reference counting`
    pub title: String,
    /// Counted from 1.
    pub step: usize,
    pub steps: usize,
    pub heading: String,
    /// `read`, `do`, `predict`, `reach`, `edit`, `order`.
    pub kind: &'static str,
    /// Markdown.
    pub text: Arc<str>,
    pub question: String,
    /// What can be chosen with letters.
    pub choices: Vec<LessonChoice>,
    /// A question is open: letters choose, or an answer is typed.
    pub is_open: bool,
    /// The answer is typed.
    pub is_typed: bool,
    /// What the learner does next, in a few words; empty: nothing.
    pub task: String,
    /// Hints that were asked for, verdicts, the why.
    pub notes: Vec<LessonNote>,
    pub hints_left: usize,
    /// The step is done.
    pub is_done: bool,
    /// The panes that belong to it, and the one to look at.
    pub panes: Vec<PaneKind>,
    pub focus: Option<PaneKind>,
    /// Panes that say nothing yet.
    pub hidden: Vec<PaneKind>,
    /// Changes when another step begins.
    pub visit: u64,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LessonChoice {
    pub key: char,
    /// Markdown.
    pub text: String,
    /// What became of it, once it was chosen.
    pub verdict: Option<bool>,
    /// Its place among the items put in order so far, from 1.
    pub place: Option<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct LessonNote {
    pub tone: LessonTone,
    /// Markdown.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessonTone {
    Hint,
    Right,
    Wrong,
    Why,
}

impl LessonTone {
    /// The word before the note.
    pub fn title(self) -> &'static str {
        match self {
            LessonTone::Hint => "Hint",
            LessonTone::Right => "Right",
            LessonTone::Wrong => "Not so",
            LessonTone::Why => "Why",
        }
    }
}

impl LessonView {
    /// All of it as plain text.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{} \u{b7} step {} of {}: {}", self.title, self.step, self.steps, plain_of(&self.heading))];
        lines.extend(self.text.lines().map(plain_of));
        lines.extend((!self.question.is_empty()).then(|| plain_of(&self.question)));
        for choice in &self.choices {
            let mark = match (choice.verdict, choice.place) {
                (Some(true), _) => "  (right)".to_owned(),
                (Some(false), _) => "  (not so)".to_owned(),
                (None, Some(place)) => format!("  ({place})"),
                _ => String::new(),
            };
            lines.push(format!("  {}  {}{mark}", choice.key, plain_of(&choice.text)));
        }
        lines.extend(self.notes.iter().map(|note| format!("{}: {}", note.tone.title(), plain_of(&note.text))));
        lines.extend((!self.task.is_empty()).then(|| self.task.clone()));
        lines
    }
}

/// Text without the marks of Markdown for emphasis, code and links.
pub fn plain_of(text: &str) -> String {
    spans(text).into_iter().map(|(_, text)| text).collect()
}

/// How a piece of text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accent {
    Plain,
    Strong,
    Emphasis,
    Code,
    Link,
}

/// A line of Markdown in pieces: `**strong**`, `*emphasis*`, `` `code` ``, `[link](target)`. A mark without its other is text.
pub fn spans(text: &str) -> Vec<(Accent, String)> {
    let mut pieces: Vec<(Accent, String)> = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let found = match c {
            '\\' if rest.len() > 1 && rest[1..].starts_with(['*', '`', '[', '_', '\\', '|', '#']) => {
                plain.push_str(&rest[1..2]);
                rest = &rest[2..];
                continue;
            }
            '`' => closed(rest, "`", "`").map(|(inside, after)| (Accent::Code, inside.to_owned(), after)),
            '*' if rest.starts_with("**") => closed(rest, "**", "**").map(|(inside, after)| (Accent::Strong, plain_of(inside), after)),
            '*' => closed(rest, "*", "*")
                .filter(|(inside, _)| !inside.starts_with(' ') && !inside.ends_with(' '))
                .map(|(inside, after)| (Accent::Emphasis, plain_of(inside), after)),
            '[' => closed(rest, "[", "](").and_then(|(inside, after)| {
                let (_, after) = after.split_once(')')?;
                Some((Accent::Link, plain_of(inside), after))
            }),
            _ => None,
        };
        match found {
            Some((accent, inside, after)) => {
                if !plain.is_empty() {
                    pieces.push((Accent::Plain, std::mem::take(&mut plain)));
                }
                pieces.push((accent, inside));
                rest = after;
            }
            None => {
                plain.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    if !plain.is_empty() {
        pieces.push((Accent::Plain, plain));
    }
    pieces
}

fn closed<'a>(text: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str)> {
    let inside = text.strip_prefix(open)?;
    inside.split_once(close).filter(|(inside, _)| !inside.is_empty())
}

/// The targets of the links in a text, with the line of each, counted from 0.
pub fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, text) in text.lines().enumerate() {
        let mut rest = text;
        while let Some((_, after)) = rest.split_once("](") {
            if let Some((target, after)) = after.split_once(')') {
                found.push((line, target.to_owned()));
                rest = after;
            } else {
                break;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces() {
        let found = spans("a *b* **c** `d*` [e](card:POP_TOP) 2 * 3");
        let kinds: Vec<_> = found.iter().map(|(accent, text)| (*accent, text.as_str())).collect();
        let expected = [
            (Accent::Plain, "a "),
            (Accent::Emphasis, "b"),
            (Accent::Plain, " "),
            (Accent::Strong, "c"),
            (Accent::Plain, " "),
            (Accent::Code, "d*"),
            (Accent::Plain, " "),
            (Accent::Link, "e"),
            (Accent::Plain, " 2 * 3"),
        ];
        assert_eq!(kinds, expected);
        assert_eq!(links("x\n[e](card:POP_TOP)"), [(1, "card:POP_TOP".to_owned())]);
    }
}
