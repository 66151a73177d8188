//! Who holds an object, who holds those, and so on, up to a name or to nobody: why it is still alive.
//!
//! ```text
//! #90: refcount 2, held by 2
//!   object  list #95[0]
//!     object  <Node #93>.children
//!       object  list #99[1], which it holds itself: a cycle
//!   …
//! no name leads here: a cycle, until the collector finds it
//! ```

use rustc_hash::FxHashSet;

use super::Scribe;
use crate::{
    heap::ObjRef,
    view::{Holder, HolderKind},
};

/// So many objects are asked for their holders, and so many holders of each are told.
const MOST_ASKED: usize = 40;
const MOST_TOLD: usize = 12;

/// An object in the tree, with its holders.
struct Held {
    object: ObjRef,
    holders: Vec<Holder>,
    /// The holder of another one that it is, and whose.
    parent: Option<(usize, usize)>,
}

impl Scribe<'_> {
    /// All that holds an object, as lines; `asked` is what the user calls it.
    pub fn roots(&self, asked: &str, object: ObjRef) -> Vec<String> {
        let count = self.vm.heap.refcount(object);
        let mut tree = vec![Held { object, holders: self.holders(object), parent: None }];
        let mut lines = vec![format!("{asked}: refcount {count}, held by {}", tree[0].holders.len())];
        let is_named = tree[0].holders.iter().any(|holder| holder.kind != HolderKind::Object);
        let mut way = None;
        let mut is_whole = true;
        if !is_named && !tree[0].holders.is_empty() {
            let mut seen: FxHashSet<ObjRef> = [object].into_iter().collect();
            let mut next = 0;
            while way.is_none()
                && let Some(held) = tree.get(next)
            {
                let owners: Vec<(usize, ObjRef)> = held.holders.iter().enumerate().filter_map(|(at, it)| Some((at, owner(it)?))).collect();
                for (at, owner) in owners {
                    if !seen.insert(owner) {
                        continue;
                    }
                    if tree.len() >= MOST_ASKED {
                        is_whole = false;
                        break;
                    }
                    tree.push(Held { object: owner, holders: self.holders(owner), parent: Some((next, at)) });
                    let last = tree.len() - 1;
                    if let Some(root) = tree[last].holders.iter().position(|holder| holder.kind != HolderKind::Object) {
                        way = Some((last, root));
                        break;
                    }
                }
                next += 1;
            }
        }
        tell(&tree, 0, 1, &mut Vec::new(), &mut lines);
        match way {
            Some((held, root)) => {
                let mut steps = vec![tree[held].holders[root].text.clone()];
                let mut at = held;
                while let Some((parent, holder)) = tree[at].parent {
                    steps.push(tree[parent].holders[holder].text.clone());
                    at = parent;
                }
                lines.push(format!("the way here: {}", steps.join(" → ")));
            }
            None if is_named || tree[0].holders.is_empty() => {}
            None if is_whole => lines.push("no name leads here: a cycle, until the collector finds it".into()),
            None => lines.push(format!("no name among the nearest {MOST_ASKED} objects leads here")),
        }
        lines
    }
}

/// The object that holds, where it is one that somebody else must hold.
fn owner(holder: &Holder) -> Option<ObjRef> {
    holder.owner.filter(|_| holder.kind == HolderKind::Object).map(ObjRef::new)
}

/// The holders of an object, each with its own below it.
fn tell(tree: &[Held], index: usize, depth: usize, open: &mut Vec<ObjRef>, lines: &mut Vec<String>) {
    let held = &tree[index];
    open.push(held.object);
    for (at, holder) in held.holders.iter().enumerate().take(MOST_TOLD) {
        let owner = owner(holder);
        let note = if owner.is_some_and(|owner| open.contains(&owner)) { ", which is held by this: a cycle" } else { "" };
        lines.push(format!("{}{:<8}{}{note}", "  ".repeat(depth), holder.kind.word(), holder.text));
        if let Some(below) = tree.iter().position(|it| it.parent == Some((index, at))) {
            tell(tree, below, depth + 1, open, lines);
        }
    }
    if held.holders.len() > MOST_TOLD {
        lines.push(format!("{}and {} more", "  ".repeat(depth), held.holders.len() - MOST_TOLD));
    }
    open.pop();
}
