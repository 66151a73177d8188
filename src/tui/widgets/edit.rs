//! A line being typed: the `:` line, the search, the answer to `input()`. The keys are those of a shell.

/// Text with a cursor between its characters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edit {
    text: String,
    /// In bytes, on a character boundary.
    cursor: usize,
}

impl Edit {
    pub fn of(text: impl Into<String>) -> Self {
        let text = text.into();
        Edit { cursor: text.len(), text }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before and after the cursor.
    pub fn parts(&self) -> (&str, &str) {
        self.text.split_at(self.cursor)
    }

    pub fn insert(&mut self, text: &str) {
        self.text.insert_str(self.cursor, text);
        self.cursor += text.len();
    }

    /// Takes a key in script notation; `false` if it means nothing here.
    pub fn key(&mut self, key: &str) -> bool {
        let before = self.text[..self.cursor].char_indices().next_back().map(|(index, _)| index);
        let after = self.text[self.cursor..].chars().next().map(|c| self.cursor + c.len_utf8());
        match key {
            "<bs>" | "<C-h>" => {
                if let Some(start) = before {
                    self.text.replace_range(start..self.cursor, "");
                    self.cursor = start;
                }
            }
            "<del>" => {
                if let Some(end) = after {
                    self.text.replace_range(self.cursor..end, "");
                }
            }
            "<left>" | "<C-b>" => self.cursor = before.unwrap_or(0),
            "<right>" | "<C-f>" => self.cursor = after.unwrap_or(self.text.len()),
            "<home>" | "<C-a>" => self.cursor = 0,
            "<end>" | "<C-e>" => self.cursor = self.text.len(),
            "<C-u>" => {
                self.text.replace_range(..self.cursor, "");
                self.cursor = 0;
            }
            "<C-k>" => self.text.truncate(self.cursor),
            "<C-w>" => {
                let kept = self.text[..self.cursor].trim_end();
                let start = kept.rfind(' ').map_or(0, |index| index + 1);
                self.text.replace_range(start..self.cursor, "");
                self.cursor = start;
            }
            "<space>" => self.insert(" "),
            "<lt>" => self.insert("<"),
            key if key.chars().count() == 1 => self.insert(key),
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Edit;

    #[test]
    fn keys() {
        let mut edit = Edit::of("goto 12");
        for key in ["<left>", "<bs>", "語", "<home>", "<del>", "<end>", "<lt>"] {
            assert!(edit.key(key));
        }
        assert_eq!(edit.text(), "oto 語2<");
        assert!(edit.key("<C-w>"));
        assert_eq!(edit.text(), "oto ");
        assert!(!edit.key("<f1>"));
    }
}
