//! A TOML table whose fields are taken one by one, each with its line: what is left over at the end is a mistake.

use toml::de::{DeTable, DeValue};

use super::{super::moment::Moment, Problem};
use crate::{
    syntax::{Mode, parse_str},
    text::distance::distance,
    view::PaneKind,
};

/// The fields of a table that have not been taken yet.
pub struct Fields<'a> {
    file: &'a str,
    /// The line where it begins.
    pub line: usize,
    entries: Vec<Entry>,
    /// Names that were asked for: what may be written.
    asked: Vec<&'static str>,
    /// Lines of what was taken, for errors found later.
    taken: Vec<(String, usize)>,
    problems: Problems<'a>,
}

/// Where problems go: of the file, or kept until a table inside is given back.
enum Problems<'a> {
    File(&'a mut Vec<Problem>),
    Own(Vec<Problem>),
}

struct Entry {
    name: String,
    line: usize,
    value: Value,
}

/// A value with the lines of its parts.
enum Value {
    Text(String),
    Number(String),
    Flag(bool),
    List(Vec<(usize, Value)>),
    Table(Vec<Entry>),
    Other,
}

impl<'a> Fields<'a> {
    /// Reads TOML that begins at a line of a file.
    pub fn read(text: &str, first_line: usize, file: &'a str, problems: &'a mut Vec<Problem>) -> Option<Fields<'a>> {
        let line_of = |at: usize| first_line + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
        match DeTable::parse(text) {
            Ok(table) => {
                let entries = entries(table.get_ref(), &line_of);
                Some(Fields { file, line: first_line, entries, asked: Vec::new(), taken: Vec::new(), problems: Problems::File(problems) })
            }
            Err(error) => {
                let line = error.span().map_or(first_line, |span| line_of(span.start));
                let what = error.message().lines().collect::<Vec<_>>().join(", ");
                problems.push(Problem {
                    file: file.to_owned(),
                    line,
                    what: format!("this is no TOML: {what}; values are \"text\", numbers, true, false, lists [ ]"),
                });
                None
            }
        }
    }

    pub fn complain(&mut self, line: usize, what: impl Into<String>) {
        let problem = Problem { file: self.file.to_owned(), line, what: what.into() };
        match &mut self.problems {
            Problems::File(problems) => problems.push(problem),
            Problems::Own(problems) => problems.push(problem),
        }
    }

    /// A problem at the line of a field, or of the whole.
    pub fn wrong(&mut self, name: &str, what: &str) {
        let line = self.taken.iter().find(|(it, _)| it == name).map_or(self.line, |(_, line)| *line);
        self.complain(line, what);
    }

    /// The lines of what was there.
    pub fn lines(&self) -> Vec<(String, usize)> {
        self.taken.clone()
    }

    /// Takes back a table inside, with what was wrong in it.
    pub fn take(&mut self, inner: Fields<'a>) {
        if let Problems::Own(problems) = inner.problems {
            for problem in problems {
                self.complain(problem.line, problem.what);
            }
        }
    }

    fn entry(&mut self, name: &'static str) -> Option<(usize, Value)> {
        self.asked.push(name);
        let index = self.entries.iter().position(|entry| entry.name == name)?;
        let entry = self.entries.remove(index);
        self.taken.push((entry.name, entry.line));
        Some((entry.line, entry.value))
    }

    pub fn text(&mut self, name: &'static str) -> Option<String> {
        let (line, value) = self.entry(name)?;
        match value {
            Value::Text(text) => Some(text.trim().to_owned()),
            Value::Number(text) => Some(text),
            Value::Flag(flag) => Some(if flag { "True" } else { "False" }.into()),
            _ => {
                self.complain(line, format!("`{name}` must be a text; put it in quotation marks"));
                None
            }
        }
    }

    pub fn needed(&mut self, name: &'static str, example: &str) -> String {
        let is_there = self.entries.iter().any(|entry| entry.name == name);
        match self.text(name) {
            Some(text) if !text.is_empty() => text,
            _ if is_there => String::new(),
            _ => {
                self.complain(self.line, format!("`{name}` is missing; write for example {example}"));
                String::new()
            }
        }
    }

    pub fn number(&mut self, name: &'static str) -> Option<u32> {
        let (line, value) = self.entry(name)?;
        let number = match value {
            Value::Number(text) => text.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.complain(line, format!("`{name}` must be a whole number, without quotation marks"));
        }
        number
    }

    pub fn flag(&mut self, name: &'static str) -> bool {
        match self.entry(name) {
            None => false,
            Some((_, Value::Flag(flag))) => flag,
            Some((line, _)) => {
                self.complain(line, format!("`{name}` is true or false, without quotation marks"));
                false
            }
        }
    }

    pub fn one_of(&mut self, name: &'static str, words: &[&str]) -> Option<String> {
        let line = self.entries.iter().find(|entry| entry.name == name).map(|entry| entry.line)?;
        let text = self.text(name)?;
        if words.contains(&text.as_str()) {
            return Some(text);
        }
        self.complain(line, format!("`{text}` is no {name}; there are {}", words.join(", ")));
        None
    }

    /// A text or a list of texts, with their lines.
    pub fn lined_texts(&mut self, name: &'static str) -> Vec<(usize, String)> {
        let (line, value) = match self.entry(name) {
            None => return Vec::new(),
            Some(entry) => entry,
        };
        let list = match value {
            Value::List(list) => list,
            one => vec![(line, one)],
        };
        let mut texts = Vec::new();
        for (line, value) in list {
            match value {
                Value::Text(text) => texts.push((line, text.trim().to_owned())),
                _ => self.complain(line, format!("`{name}` is a list of texts, each in quotation marks")),
            }
        }
        texts
    }

    pub fn texts(&mut self, name: &'static str) -> Vec<String> {
        self.lined_texts(name).into_iter().map(|(_, text)| text).collect()
    }

    pub fn panes(&mut self, name: &'static str) -> Vec<PaneKind> {
        let mut panes = Vec::new();
        for (line, word) in self.lined_texts(name) {
            match PaneKind::ALL.into_iter().find(|pane| pane.name() == word) {
                Some(pane) => panes.push(pane),
                None => {
                    let names: Vec<_> = PaneKind::ALL.into_iter().filter(|pane| *pane != PaneKind::Lesson).map(PaneKind::name).collect();
                    let advice = match names.iter().map(|name| (distance(&word, name), *name)).min() {
                        Some((far, near)) if far <= 2 => format!("did you mean `{near}`?"),
                        _ => format!("there are {}", names.join(", ")),
                    };
                    self.complain(line, format!("there is no pane `{word}`; {advice}"));
                }
            }
        }
        panes
    }

    /// It is written there, rightly or wrongly.
    pub fn has(&self, name: &str) -> bool {
        self.taken.iter().any(|(it, _)| it == name)
    }

    pub fn moment(&mut self, name: &'static str) -> Option<Moment> {
        self.asked.push(name);
        let line = self.entries.iter().find(|entry| entry.name == name).map(|entry| entry.line)?;
        let text = self.text(name)?;
        match Moment::read(&text) {
            Ok(moment) => Some(moment),
            Err(error) => {
                self.complain(line, format!("`{name}`: {error}"));
                None
            }
        }
    }

    pub fn needed_moment(&mut self, name: &'static str, example: &str) -> Option<Moment> {
        if !self.entries.iter().any(|entry| entry.name == name) {
            self.complain(self.line, format!("`{name}` is missing; write for example {example}"));
        }
        self.moment(name)
    }

    /// A list of pairs of texts.
    pub fn pairs(&mut self, name: &'static str) -> Vec<(String, String)> {
        let Some((line, value)) = self.entry(name) else { return Vec::new() };
        let Value::List(list) = value else {
            self.complain(line, format!("`{name}` is a list of pairs: [[\"old\", \"new\"]]"));
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for (line, value) in list {
            let texts = match value {
                Value::List(list) => {
                    list.into_iter().filter_map(|(_, value)| if let Value::Text(text) = value { Some(text) } else { None }).collect()
                }
                _ => Vec::new(),
            };
            match <[String; 2]>::try_from(texts) {
                Ok([old, new]) => pairs.push((old, new)),
                Err(_) => self.complain(line, format!("`{name}` is a list of pairs: [[\"old\", \"new\"]]")),
            }
        }
        pairs
    }

    /// Tables that are written `[[name]]`.
    pub fn tables(&mut self, name: &'static str) -> Vec<Fields<'a>> {
        let Some((line, value)) = self.entry(name) else { return Vec::new() };
        let Value::List(list) = value else {
            self.complain(line, format!("`{name}` is written as tables: [[{name}]]"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (line, value) in list {
            match value {
                Value::Table(entries) => {
                    let line = entries.first().map_or(line, |entry| entry.line.saturating_sub(1).max(line.min(entry.line)));
                    tables.push(Fields {
                        file: self.file,
                        line,
                        entries,
                        asked: Vec::new(),
                        taken: Vec::new(),
                        problems: Problems::Own(Vec::new()),
                    });
                }
                _ => self.complain(line, format!("`{name}` is written as tables: [[{name}]]")),
            }
        }
        tables
    }

    /// The text of a field must be an expression.
    pub fn expression(&mut self, name: &str, text: &str) {
        if !text.is_empty()
            && let Err(error) = parse_str(text, Mode::Eval)
        {
            self.wrong(name, &format!("`{text}` is no Python expression: {}", error.msg));
        }
    }

    /// What nobody asked for is a mistake.
    pub fn finish(&mut self, what: &str) {
        for entry in std::mem::take(&mut self.entries) {
            let near = self.asked.iter().map(|name| (distance(&entry.name, name), *name)).min();
            let advice = match near {
                Some((far, near)) if far <= 2 => format!("did you mean `{near}`?"),
                _ => format!("{what} has {}", self.asked.join(", ")),
            };
            self.complain(entry.line, format!("`{}` means nothing here; {advice}", entry.name));
        }
    }
}

fn entries(table: &DeTable<'_>, line_of: &dyn Fn(usize) -> usize) -> Vec<Entry> {
    table
        .iter()
        .map(|(name, value)| Entry {
            name: name.get_ref().to_string(),
            line: line_of(name.span().start),
            value: value_of(value.get_ref(), line_of),
        })
        .collect()
}

fn value_of(value: &DeValue<'_>, line_of: &dyn Fn(usize) -> usize) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => Value::Number(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Array(list) => {
            Value::List(list.iter().map(|value| (line_of(value.span().start), value_of(value.get_ref(), line_of))).collect())
        }
        DeValue::Table(table) => {
            let mut entries = entries(table, line_of);
            entries.sort_by_key(|entry| entry.line);
            Value::Table(entries)
        }
        _ => Value::Other,
    }
}
