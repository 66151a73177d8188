//! The object graph: what the names of the frames lead to, box by box. An object that two arrows reach is one box: aliasing.
//!
//! Boxes stand in columns by their distance from the names. Small values (numbers, texts, functions) stand in the rows
//! themselves. Counterpart: the pictures of Python Tutor and memory_graph.
//!
//! `a = [1]; b = [a, a]`: `a` and both items of `b` lead to the same box.

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphView {
    /// The frames with their names, outermost first; then the objects, column by column.
    pub columns: Vec<Vec<GraphBox>>,
    /// Objects that there was no room for.
    pub more: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphBox {
    /// `list #4`, `Node #7`, or a frame: `area`
    pub title: String,
    /// As [`super::ValueView::slot`]; `None`: a frame.
    pub slot: Option<u32>,
    pub refcount: Option<u64>,
    pub refcount_delta: i64,
    /// It was not there before the last step.
    pub is_new: bool,
    pub rows: Vec<GraphRow>,
}

/// A name, item or attribute.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GraphRow {
    pub label: String,
    /// The value, where it has no box of its own.
    pub text: String,
    /// The box that it leads to: column and index.
    pub target: Option<(usize, usize)>,
}

impl GraphView {
    pub fn at(&self, (column, index): (usize, usize)) -> Option<&GraphBox> {
        self.columns.get(column)?.get(index)
    }
}
