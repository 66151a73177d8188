//! The text of `ast.dump`, laid out over lines: a node a line, its position behind an `@`, what is short stays on one line.
//!
//! Invariant: no field is left out but the four of the position. `x` becomes `Expr @1:0-1:1` with `value: Name(id='x', …)` below.

/// The longest node that stays on one line.
const SHORT: usize = 60;

/// A part of a dump.
enum Part<'a> {
    /// A constant's text, or a name.
    Atom(&'a str),
    Node {
        name: &'a str,
        fields: Vec<(&'a str, Part<'a>)>,
        position: String,
    },
    List(Vec<Part<'a>>),
}

pub fn layout(dump: &str) -> String {
    let mut reader = Reader { text: dump, at: 0 };
    let part = reader.part();
    let mut out = String::new();
    write(&part, "", 1, &mut out);
    out
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
            return self.fields(name);
        }
        Part::Atom(self.atom())
    }

    fn fields(&mut self, name: &'a str) -> Part<'a> {
        let mut fields = Vec::new();
        let mut position: [&str; 4] = [""; 4];
        while !self.rest().is_empty() && !self.skip(")") {
            let Some(equal) = self.rest().find('=') else { break };
            let field = &self.rest()[..equal];
            self.at += equal + 1;
            let value = self.part();
            match (["lineno", "col_offset", "end_lineno", "end_col_offset"].iter().position(|name| *name == field), &value) {
                (Some(index), Part::Atom(number)) => position[index] = number,
                _ => fields.push((field, value)),
            }
            self.skip(", ");
        }
        let position = match position {
            ["", ..] => String::new(),
            [line, col, end_line, end_col] => format!(" @{line}:{col}-{end_line}:{end_col}"),
        };
        Part::Node { name, fields, position }
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

fn inline(part: &Part<'_>) -> String {
    match part {
        Part::Atom(text) => (*text).to_string(),
        Part::List(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Part::Node { name, fields, position } => {
            let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", inline(value))).collect();
            let fields = if fields.is_empty() { String::new() } else { format!("({})", fields.join(", ")) };
            format!("{name}{fields}{position}")
        }
    }
}

fn write(part: &Part<'_>, label: &str, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let line = inline(part);
    let flat = match part {
        Part::Node { fields, .. } => line.len() <= SHORT && fields.iter().all(|(_, value)| !matches!(value, Part::List(_))),
        Part::List(items) => items.is_empty(),
        Part::Atom(_) => true,
    };
    match part {
        _ if flat => *out += &format!("{indent}{label}{line}\n"),
        Part::Node { name, fields, position } => {
            *out += &format!("{indent}{label}{name}{position}\n");
            for (field, value) in fields {
                write(value, &format!("{field}: "), depth + 1, out);
            }
        }
        Part::List(items) => {
            *out += &format!("{indent}{label}\n");
            items.iter().for_each(|item| write(item, "- ", depth + 1, out));
        }
        Part::Atom(_) => {}
    }
    while out.ends_with(" \n") {
        out.truncate(out.len() - 2);
        out.push('\n');
    }
}
