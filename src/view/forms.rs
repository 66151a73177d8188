//! The forms that instructions have in running code, and what their inline caches say (PEP 659).
//!
//! The listing of a code object has its instructions as they were compiled; a [`FormRow`] says what stands in the place of
//! one of them now. Counterpart in CPython 3.11: `dis.dis(f, adaptive=True, show_caches=True)`.
//!
//! `BINARY_OP` of code that has run often: `BINARY_OP_ADD_INT`, specialized, `counter 53: 53 misses until it is given up`.

/// How the live form of an instruction came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FormKind {
    /// It stands there as it was compiled.
    #[default]
    Plain,
    /// Of code that is warm: two instructions in one, or one that need not count any more.
    Quick,
    /// It counts down to the next try to find a form.
    Adaptive,
    /// It has found one.
    Specialized,
}

/// What stands in the place of an instruction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormRow {
    pub opname: &'static str,
    pub kind: FormKind,
    /// The numbers of its inline cache, where they are asked for.
    pub cache: Vec<CacheCell>,
    /// It had another form before the last step.
    pub is_changed: bool,
}

/// A number of an inline cache.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CacheCell {
    /// `counter`, `type_version`
    pub name: &'static str,
    /// With what it means, where that can be said in a few words: `27 misses left`.
    pub text: String,
}

/// How much of the forms is to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FormsWanted {
    /// The instructions as they were compiled.
    #[default]
    None,
    /// The live forms beside them.
    Forms,
    /// And their caches.
    Caches,
}

impl FormsWanted {
    pub const NAMES: [(&'static str, FormsWanted); 3] =
        [("off", FormsWanted::None), ("on", FormsWanted::Forms), ("caches", FormsWanted::Caches)];

    /// The one of a name.
    pub fn named(name: &str) -> Option<FormsWanted> {
        FormsWanted::NAMES.iter().find(|(it, _)| *it == name).map(|(_, wanted)| *wanted)
    }

    /// The one after this.
    pub fn following(self) -> FormsWanted {
        match self {
            FormsWanted::None => FormsWanted::Forms,
            FormsWanted::Forms => FormsWanted::Caches,
            FormsWanted::Caches => FormsWanted::None,
        }
    }
}
