//! What the last instruction did, as a list: the write set of one step.
//!
//! `STORE_FAST x` over an old value: the stack lost 7, `x` changed from 3 to 7, object #41 (3) lost a reference.

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EffectsView {
    pub effects: Vec<Effect>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Pushed {
        value: String,
    },
    Popped {
        value: String,
    },
    /// A name, attribute or item got a value: `x`, `self.head`, `d['a']`.
    Stored {
        place: String,
        value: String,
        old: Option<String>,
    },
    Deleted {
        place: String,
        old: String,
    },
    /// A reference count moved.
    Refcount {
        serial: u32,
        object: String,
        from: u64,
        to: u64,
    },
    Created {
        serial: u32,
        object: String,
    },
    Freed {
        serial: u32,
        object: String,
    },
    Called {
        name: String,
    },
    Returned {
        name: String,
        value: String,
    },
    Raised {
        exception: String,
    },
    Jumped {
        to: u32,
    },
    Wrote {
        text: String,
    },
}
