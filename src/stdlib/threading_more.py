
# What tools of an installed library know of threading's inside: all threads that are not gone, and both kinds of RLock.

from _weakrefset import WeakSet as _WeakSet

_dangling = _WeakSet()


class _RLock:
    """An RLock made of a plain lock: who holds it, and how many times."""

    def __init__(self):
        self._block = _allocate_lock()
        self._owner = None
        self._count = 0

    def __repr__(self):
        state = "locked" if self._block.locked() else "unlocked"
        thread = _active.get(self._owner)
        owner = self._owner if thread is None else thread.name
        cls = type(self)
        return f"<{state} {cls.__module__}.{cls.__qualname__} object owner={owner!r} count={self._count} at {hex(id(self))}>"

    def _at_fork_reinit(self):
        self._block._at_fork_reinit()
        self._owner = None
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        if self._is_owned():
            self._count += 1
            return 1
        taken = self._block.acquire(blocking, timeout)
        if taken:
            self._owner, self._count = get_ident(), 1
        return taken

    __enter__ = acquire

    def release(self):
        if not self._is_owned():
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if not self._count:
            self._owner = None
            self._block.release()

    def __exit__(self, *exc_info):
        self.release()

    # What a Condition asks of its lock.

    def _is_owned(self):
        return self._owner == get_ident()

    def _release_save(self):
        if not self._count:
            raise RuntimeError("cannot release un-acquired lock")
        held = self._count, self._owner
        self._count, self._owner = 0, None
        self._block.release()
        return held

    def _acquire_restore(self, held):
        self._block.acquire()
        self._count, self._owner = held


_PyRLock = _RLock


def RLock(*args, **kwargs):
    """A lock that its owner may take again; tests of both kinds take away the native one."""
    return (_CRLock or _PyRLock)(*args, **kwargs)
