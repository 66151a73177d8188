//! A page of the heap: objects with their reference counts, sizes and addresses.
//!
//! Only the page asked for is captured. An object is named by its birth number `#12`, never by a slot that may be
//! used again. Counterpart in CPython 3.11: `gc.get_objects()`, `sys.getrefcount`, `sys.getsizeof`, `id`.

use super::Change;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeapView {
    /// The page, in birth order.
    pub rows: Vec<HeapRow>,
    /// The index of the first row among all that pass the filter.
    pub first: usize,
    /// How many objects pass the filter.
    pub matching: usize,
    /// All live objects and their bytes.
    pub objects: usize,
    pub bytes: u64,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeapRow {
    pub serial: u32,
    /// As [`super::ValueView::slot`].
    pub slot: u32,
    pub type_name: String,
    pub text: String,
    pub refcount: u64,
    pub refcount_delta: i64,
    /// In a generation of the cyclic collector.
    pub gc_tracked: bool,
    /// `id(x)`
    pub address: u64,
    /// `sys.getsizeof(x)`, in bytes.
    pub size: u64,
    pub change: Change,
}

/// Which part of the heap to capture.
#[derive(Clone, Debug, PartialEq)]
pub struct HeapRequest {
    /// The first row of the page. `None`: the page with the objects that the last step touched, or else the last page.
    pub first: Option<usize>,
    pub rows: usize,
    pub filter: HeapFilter,
}

/// Which objects to list.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum HeapFilter {
    /// Those born since the program began: not the interpreter's own types and modules.
    #[default]
    Program,
    /// Those that the last step touched.
    Touched,
    /// Those of a type.
    Type(String),
    All,
}

impl Default for HeapRequest {
    fn default() -> Self {
        HeapRequest { first: None, rows: 64, filter: HeapFilter::Program }
    }
}
