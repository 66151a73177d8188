//! The text of `ast.dump` read back, and laid out in rows: a row a node, so that each can be selected.
//!
//! Invariant: no field is left out but the four of the position, which become the row's place. What has no node of its own inside
//! stands in brackets, the other fields are rows below: `1 + x` is `BinOp(op=Add())` with `left:` and `right:` below it.

use super::{Mark, Row};
use crate::view::SourceRange;

/// A part of a dump.
pub enum Part<'a> {
    /// A constant's text, or a name.
    Atom(&'a str),
    Node(Node<'a>),
    List(Vec<Part<'a>>),
}

pub struct Node<'a> {
    pub name: &'a str,
    pub fields: Vec<(&'a str, Part<'a>)>,
    /// `None` for nodes without a position, such as `arguments`.
    pub place: Option<SourceRange>,
}

pub fn read(dump: &str) -> Part<'_> {
    Reader { text: dump, at: 0 }.part()
}

/// The rows of a tree; its root stands for the whole file.
pub fn rows(tree: &Part<'_>, file: SourceRange) -> Vec<Row> {
    let mut rows = Vec::new();
    write(tree, String::new(), 0, &mut rows);
    if let Some(root) = rows.first_mut() {
        root.places = vec![file];
    }
    rows
}

impl<'a> Node<'a> {
    pub fn field(&self, name: &str) -> Option<&Part<'a>> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    /// A field that is a name: `'x'` without its quotes.
    pub fn word(&self, name: &str) -> Option<&'a str> {
        self.field(name).and_then(Part::word)
    }
}

impl<'a> Part<'a> {
    pub fn word(&self) -> Option<&'a str> {
        let Part::Atom(text) = self else { return None };
        text.strip_prefix('\'')?.strip_suffix('\'')
    }

    /// The least piece of source that has all its nodes in it.
    pub fn hull(&self) -> Option<SourceRange> {
        match self {
            Part::Atom(_) => None,
            Part::Node(Node { place: Some(place), .. }) => Some(*place),
            Part::Node(node) => node.fields.iter().filter_map(|(_, value)| value.hull()).reduce(SourceRange::hull),
            Part::List(items) => items.iter().filter_map(Part::hull).reduce(SourceRange::hull),
        }
    }

    fn has_places(&self) -> bool {
        match self {
            Part::Atom(_) => false,
            Part::Node(node) => node.place.is_some() || node.fields.iter().any(|(_, value)| value.has_places()),
            Part::List(items) => items.iter().any(Part::has_places),
        }
    }

    /// Without the names of fields, and without what is empty: `'x', Load`. The value of a constant may be None.
    fn short(&self, may_be_none: bool) -> Option<String> {
        let short = |items: &mut dyn Iterator<Item = &Part<'_>>| items.filter_map(|item| item.short(false)).collect::<Vec<_>>().join(", ");
        match self {
            Part::Atom("None") if !may_be_none => None,
            Part::Atom(text) => Some((*text).to_owned()),
            Part::List(items) if items.is_empty() => None,
            Part::List(items) => Some(format!("[{}]", short(&mut items.iter()))),
            Part::Node(node) => match short(&mut node.fields.iter().map(|(_, value)| value)) {
                fields if fields.is_empty() => Some(node.name.to_owned()),
                fields => Some(format!("{}({fields})", node.name)),
            },
        }
    }

    fn inline(&self, out: &mut String) {
        match self {
            Part::Atom(text) => out.push_str(text),
            Part::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    item.inline(out);
                }
                out.push(']');
            }
            Part::Node(node) => {
                out.push_str(node.name);
                out.push('(');
                inline_fields(node.fields.iter(), out);
                out.push(')');
            }
        }
    }
}

fn inline_fields<'a: 'b, 'b>(fields: impl Iterator<Item = &'b (&'a str, Part<'a>)>, out: &mut String) {
    for (index, (name, value)) in fields.enumerate() {
        out.push_str(if index > 0 { ", " } else { "" });
        out.push_str(name);
        out.push('=');
        value.inline(out);
    }
}

fn write(part: &Part<'_>, label: String, depth: usize, rows: &mut Vec<Row>) {
    match part {
        Part::Atom(text) => rows.push(Row { depth, label, text: (*text).to_owned(), ..Row::default() }),
        Part::List(items) => {
            for (index, item) in items.iter().enumerate() {
                write(item, format!("{label}[{index}]: "), depth, rows);
            }
        }
        Part::Node(node) => {
            let (mut detail, mut short) = (String::new(), None);
            let (below, here): (Vec<_>, Vec<_>) = node.fields.iter().partition(|(_, value)| value.has_places());
            if !here.is_empty() {
                let words = here.iter().filter_map(|(name, value)| value.short(*name == "value"));
                let words = words.collect::<Vec<_>>().join(", ");
                short = Some(if words.is_empty() { words } else { format!("({words})") });
                detail.push('(');
                inline_fields(here.into_iter(), &mut detail);
                detail.push(')');
            }
            let places = part.hull().into_iter().collect();
            rows.push(Row {
                depth,
                label,
                text: node.name.to_owned(),
                detail,
                short,
                tells_place: node.place.is_some(),
                places,
                mark: Mark::None,
                ..Row::default()
            });
            for (name, value) in below {
                let label = if matches!(value, Part::List(_)) { (*name).to_owned() } else { format!("{name}: ") };
                write(value, label, depth + 1, rows);
            }
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip(&mut self, text: &str) -> bool {
        let there = self.rest().starts_with(text);
        self.at += if there { text.len() } else { 0 };
        there
    }

    fn part(&mut self) -> Part<'a> {
        if self.skip("[") {
            let mut items = Vec::new();
            while !self.rest().is_empty() && !self.skip("]") {
                items.push(self.part());
                self.skip(", ");
            }
            return Part::List(items);
        }
        let word = self.rest().len() - self.rest().trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len();
        // `frozenset({…})` is no node.
        let is_node = word > 0 && !self.rest().starts_with("frozenset");
        if is_node && self.rest()[word..].starts_with('(') {
            let name = &self.rest()[..word];
            self.at += word + 1;
            return Part::Node(self.node(name));
        }
        Part::Atom(self.atom())
    }

    fn node(&mut self, name: &'a str) -> Node<'a> {
        let mut fields = Vec::new();
        let mut position = [None; 4];
        while !self.rest().is_empty() && !self.skip(")") {
            let Some(equal) = self.rest().find('=') else { break };
            let field = &self.rest()[..equal];
            self.at += equal + 1;
            let value = self.part();
            match (["lineno", "col_offset", "end_lineno", "end_col_offset"].iter().position(|name| *name == field), &value) {
                (Some(index), Part::Atom(number)) => position[index] = number.parse().ok(),
                _ => fields.push((field, value)),
            }
            self.skip(", ");
        }
        let place = match position {
            [Some(line), Some(col), Some(end_line), Some(end_col)] => Some(SourceRange { line, end_line, col, end_col }),
            _ => None,
        };
        Node { name, fields, place }
    }

    /// Up to the comma or bracket that ends it, over strings and brackets of its own.
    fn atom(&mut self) -> &'a str {
        let (start, mut depth, mut quote) = (self.at, 0, None);
        let mut escaped = false;
        for (index, c) in self.rest().char_indices() {
            match (quote, c) {
                (Some(_), _) if escaped => escaped = false,
                (Some(_), '\\') => escaped = true,
                (Some(open), _) if c == open => quote = None,
                (Some(_), _) => {}
                (None, '\'' | '"') => quote = Some(c),
                (None, '(' | '[' | '{') => depth += 1,
                (None, ')' | ']' | '}' | ',') if depth == 0 => {
                    self.at = start + index;
                    return &self.text[start..self.at];
                }
                (None, ')' | ']' | '}') => depth -= 1,
                (None, _) => {}
            }
        }
        self.at = self.text.len();
        &self.text[start..]
    }
}
