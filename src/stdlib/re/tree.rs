//! A pattern as a tree, and how long its matches are.
//!
//! Counterpart in CPython 3.11: `re._parser.SubPattern`. `a|bc` matches one or two characters.

pub type Sequence = Vec<Node>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeating {
    Greedy,
    Lazy,
    Possessive,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    Negate,
    Literal(u32),
    Range(u32, u32),
    Category(u32),
}

#[derive(Clone, Debug)]
pub enum Node {
    Literal(u32),
    NotLiteral(u32),
    Any,
    Set(Vec<Item>),
    At(u32),
    Branch(Vec<Sequence>),
    /// With a number it captures; flags that it adds and takes away.
    Group {
        number: Option<u32>,
        add: u32,
        remove: u32,
        body: Sequence,
    },
    Repeat {
        kind: Repeating,
        min: u32,
        max: u32,
        body: Sequence,
    },
    Atomic(Sequence),
    Assert {
        behind: bool,
        negative: bool,
        body: Sequence,
    },
    GroupRef(u32),
    Conditional {
        group: u32,
        yes: Sequence,
        no: Sequence,
    },
}

impl Node {
    /// Equal as far as alternatives look for what they have in common: nodes with others inside never are.
    pub fn same(&self, other: &Node) -> bool {
        match (self, other) {
            (Node::Literal(a), Node::Literal(b)) | (Node::NotLiteral(a), Node::NotLiteral(b)) => a == b,
            (Node::Any, Node::Any) => true,
            (Node::Set(a), Node::Set(b)) => a == b,
            (Node::At(a), Node::At(b)) | (Node::GroupRef(a), Node::GroupRef(b)) => a == b,
            _ => false,
        }
    }

    /// Matches exactly one character, whatever repetition is asked of it.
    pub fn is_simple(&self) -> bool {
        match self {
            Node::Literal(_) | Node::NotLiteral(_) | Node::Any | Node::Set(_) => true,
            Node::Group { number: None, body, .. } => is_simple(body),
            _ => false,
        }
    }
}

pub fn is_simple(sequence: &[Node]) -> bool {
    matches!(sequence, [node] if node.is_simple())
}

/// The least and the greatest length of a match, no more than fits into 64 bits. `groups`: those of the groups closed so far, by number.
pub fn width(sequence: &[Node], groups: &[Option<(u64, u64)>]) -> (u64, u64) {
    let (mut least, mut most) = (0u64, 0u64);
    for node in sequence {
        let (low, high) = match node {
            Node::Literal(_) | Node::NotLiteral(_) | Node::Any | Node::Set(_) => (1, 1),
            Node::At(_) | Node::Assert { .. } => (0, 0),
            Node::Branch(branches) => {
                let widths = branches.iter().map(|branch| width(branch, groups));
                widths.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((0, 0))
            }
            Node::Group { body, .. } | Node::Atomic(body) => width(body, groups),
            Node::Repeat { min, max, body, .. } => {
                let (low, high) = width(body, groups);
                (low.saturating_mul(u64::from(*min)), high.saturating_mul(u64::from(*max)))
            }
            Node::GroupRef(group) => groups.get(*group as usize).copied().flatten().unwrap_or((0, 0)),
            Node::Conditional { yes, no, .. } => {
                let (a, b) = (width(yes, groups), width(no, groups));
                (a.0.min(b.0), a.1.max(b.1))
            }
        };
        least = least.saturating_add(low);
        most = most.saturating_add(high);
    }
    (least, most)
}
