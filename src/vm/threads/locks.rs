//! What a lock is: how often it is held, and by whom. What a program does with it is in `stdlib/_thread/lock`.
//!
//! Invariant: who waits for a lock is not noted in it, but in the waiting threads.
//!
//! `lock.acquire()` makes `count` 1 and the running thread its owner. Counterpart in CPython 3.11: `PyThread_type_lock`.

use super::ThreadId;
use crate::{
    heap::ObjRef,
    objects::{Body, Objects, instance::Foreign},
    vm::Vm,
};

/// A lock of either kind.
#[derive(Clone)]
pub struct Lock {
    /// So many times it is held: at most once if it is no RLock.
    pub count: u64,
    /// Who took it. An RLock belongs to that thread; a lock may be released by anyone.
    pub owner: Option<ThreadId>,
    pub is_reentrant: bool,
}

impl Foreign for Lock {
    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}

    fn clear(&mut self) -> Vec<ObjRef> {
        Vec::new()
    }
}

impl Vm {
    /// The state of a lock, if the object is one.
    pub fn lock(&self, object: ObjRef) -> Option<&Lock> {
        match self.heap.body(object) {
            Body::Foreign(body) => body.as_any().downcast_ref(),
            _ => None,
        }
    }

    pub fn lock_mut(&mut self, object: ObjRef) -> Option<&mut Lock> {
        match self.heap.body_mut(object) {
            Body::Foreign(body) => body.as_any_mut().downcast_mut(),
            _ => None,
        }
    }

    /// Takes a lock for the running thread, if it can be had.
    pub fn take_lock(&mut self, object: ObjRef, times: u64) -> bool {
        let id = self.threads.current().id;
        let Some(lock) = self.lock_mut(object) else { return true };
        if lock.count > 0 && !(lock.is_reentrant && lock.owner == Some(id)) {
            return false;
        }
        lock.count += times;
        lock.owner = Some(id);
        true
    }

    /// Frees a lock, whoever holds it.
    pub fn free_lock(&mut self, object: ObjRef) {
        if let Some(lock) = self.lock_mut(object) {
            (lock.count, lock.owner) = (0, None);
            self.wake_one(object);
        }
    }
}
