//! A page of the heap: objects with their reference counts, sizes and addresses; or the types, with how many there are.
//!
//! Only the page asked for is captured. An object is named by its birth number `#12`, never by a slot that may be
//! used again. Counterpart in CPython 3.11: `gc.get_objects()`, `sys.getrefcount`, `sys.getsizeof`, `id`.

use super::Change;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeapView {
    /// The page, in the order asked for.
    pub rows: Vec<HeapRow>,
    /// The page, where types are asked for instead of objects.
    pub types: Vec<TypeRow>,
    /// The index of the first row among all that pass the filter.
    pub first: usize,
    /// How many objects (or types) pass the filter.
    pub matching: usize,
    /// All live objects and the bytes of those that pass the filter, as far as they are known.
    pub objects: usize,
    pub bytes: u64,
    pub order: HeapOrder,
    /// What the search came to, if one was asked for.
    pub found: Option<HeapFound>,
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
    /// The generation of the cyclic collector that it is in; `None`: it is not tracked.
    pub generation: Option<u8>,
    /// `id(x)`
    pub address: u64,
    /// `sys.getsizeof(x)`, in bytes.
    pub size: u64,
    pub change: Change,
}

/// All objects of one type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TypeRow {
    pub name: String,
    pub count: u64,
    pub bytes: u64,
    /// How many more there are than before the last step.
    pub delta: i64,
}

/// Which part of the heap to capture.
#[derive(Clone, Debug, PartialEq)]
pub struct HeapRequest {
    /// The first row of the page. `None`: the page with the objects that the last step touched, or else the last page.
    pub first: Option<usize>,
    pub rows: usize,
    pub filter: HeapFilter,
    pub order: HeapOrder,
    /// Types, with how many objects each has, instead of the objects.
    pub by_type: bool,
    /// Look for a text and show the page where it is.
    pub find: Option<HeapFind>,
}

/// Which objects to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
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

/// By what the rows are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HeapOrder {
    /// The oldest first: by birth number.
    #[default]
    Age,
    /// The largest first.
    Size,
    /// The highest first.
    Refcount,
    /// By name.
    Type,
    /// The youngest generation of the collector first; what is not tracked last.
    Generation,
}

impl HeapOrder {
    pub const ALL: [(HeapOrder, &str); 5] = [
        (HeapOrder::Age, "age"),
        (HeapOrder::Size, "size"),
        (HeapOrder::Refcount, "refcount"),
        (HeapOrder::Type, "type"),
        (HeapOrder::Generation, "generation"),
    ];

    pub fn name(self) -> &'static str {
        HeapOrder::ALL.iter().find(|(order, _)| *order == self).map_or("", |(_, name)| name)
    }
}

/// A search in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct HeapFind {
    /// In small letters.
    pub text: String,
    /// The row before the first one to look at.
    pub from: usize,
    pub is_backward: bool,
}

/// What a search came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeapFound {
    At(usize),
    /// It is in none of the rows up to this one; the search may go on from there.
    NotUntil(usize),
    Nowhere,
}

impl Default for HeapRequest {
    fn default() -> Self {
        HeapRequest { first: None, rows: 64, filter: HeapFilter::Program, order: HeapOrder::Age, by_type: false, find: None }
    }
}
