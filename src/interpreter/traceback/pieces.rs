//! A text in the pieces in which CPython writes it: who replaces `sys.stderr` by an object with a `write` sees each.
//!
//! ```text
//!   "Traceback (most recent call last):\n"   ""   "  File …, line 1, in f\n"   ""   "    "   "1/0"   "\n"   " "   "~"   "^" …
//! ```
//!
//! Counterpart in CPython 3.11: the calls of `PyFile_WriteString` in `Python/pythonrun.c` and `Python/traceback.c`.

/// The text, and where its pieces end.
#[derive(Clone, Default)]
pub struct Pieces {
    pub text: String,
    ends: Vec<usize>,
}

impl Pieces {
    /// One piece more, which may be empty.
    pub fn push(&mut self, piece: &str) {
        self.text.push_str(piece);
        self.ends.push(self.text.len());
    }

    /// So many columns, ten at a time.
    pub fn indent(&mut self, columns: usize) {
        for start in (0..columns).step_by(10) {
            self.push(&" ".repeat((columns - start).min(10)));
        }
    }

    /// Each character is a piece.
    pub fn characters(&mut self, text: &str) {
        text.char_indices().for_each(|(at, c)| self.push(&text[at..at + c.len_utf8()]));
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.text[start..end])
    }

    /// The entries of a traceback: each with its source line and the markers under it. `margin` begins a line.
    pub fn entries(&mut self, entries: &str, mut margin: impl FnMut(&mut Pieces)) {
        let mut lines = entries.split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            // That lines were left out has no margin, whatever is around.
            if line.starts_with("  [") {
                self.push(line);
                continue;
            }
            margin(self);
            self.push(line);
            if let Some(source) = lines.next_if(|line| line.starts_with("    ")) {
                margin(self);
                self.push(&source[..4]);
                self.push(source[4..].trim_end_matches('\n'));
                self.push("\n");
            }
            if let Some(markers) = lines.next_if(|line| line.starts_with("    ")) {
                margin(self);
                self.characters(markers);
            }
        }
    }

    /// The place of a syntax error: file, source line, markers.
    pub fn place(&mut self, place: &str) {
        for (index, line) in place.split_inclusive('\n').enumerate() {
            let (indent, rest) = if index > 0 && line.starts_with("    ") { line.split_at(4) } else { ("", line) };
            if !indent.is_empty() {
                self.push(indent);
            }
            if index == 2 { self.characters(rest) } else { self.push(rest) }
        }
    }
}
