//! How one object lies in memory, as plain data: its block with the headers in front, field by field, and the blocks it owns.
//!
//! ```text
//!   [3, 4]   at 0x7f…40   -16 _gc_next   -8 _gc_prev   0 ob_refcnt 1   8 ob_type list   16 ob_size 2   24 ob_item   32 allocated 2
//!                         block ob_item: 0 → 3   8 → 4
//! ```
//!
//! Offsets count from the object's address, which is what `id()` gives; what stands in front has negative ones. The
//! offsets, sizes and names are those of CPython 3.11's structs on a 64-bit machine.

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    pub type_name: String,
    /// The value as text, short.
    pub text: String,
    pub serial: Option<u32>,
    /// `id(x)`
    pub address: u64,
    /// `sys.getsizeof(x)`
    pub size: u64,
    /// The object's own block first, then those it owns: items, keys, values, table.
    pub blocks: Vec<Block>,
}

/// A piece of memory that the allocator gave at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// `PyListObject`, `ob_item`, `ma_keys`
    pub name: String,
    /// The address of offset 0; `None` where the allocator's model does not follow this kind of block.
    pub address: Option<u64>,
    /// The bytes asked for, those at negative offsets included.
    pub size: u64,
    pub fields: Vec<Field>,
    /// Fields left out at the end, because there are too many.
    pub more: usize,
}

/// Some bytes with a meaning.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    pub offset: i64,
    pub size: u32,
    /// CPython's name of the field.
    pub name: String,
    /// What is in it, in words: a number, a value, `NULL`.
    pub text: String,
    /// The field points to an object with this address.
    pub pointer: Option<u64>,
    /// The number of that object, as in `#12`.
    pub serial: Option<u32>,
    pub part: Part,
}

/// What a field is there for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// In front of the object: the pointers to its values and dict.
    Managed,
    /// In front of the object: the links of its generation.
    Collector,
    /// Refcount and type, and the number of items.
    Head,
    #[default]
    Field,
    /// One of many: an item, an entry, a digit, characters.
    Item,
    /// Allocated, but not in use.
    Spare,
}
