"""The queue of CPython's C code: unbounded, without tasks to be counted."""

from _collections import deque as _deque
from _thread import _clock, allocate_lock as _allocate_lock
from types import GenericAlias as _GenericAlias


class Empty(Exception):
    """There was nothing to get."""


class SimpleQueue:
    """First in, first out."""

    # The lock is free when somebody who waits should look whether there are items.
    __slots__ = ("_items", "_news", "__weakref__")

    def __new__(cls):
        self = super().__new__(cls)
        self._items = _deque()
        self._news = _allocate_lock()
        self._news.acquire()
        return self

    def _tell(self):
        try:
            self._news.release()
        except RuntimeError:
            pass  # it is free already

    def put(self, item, block=True, timeout=None):
        """Add an item; this never waits."""
        self._items.append(item)
        self._tell()

    def put_nowait(self, item):
        """Add an item."""
        self.put(item)

    def get(self, block=True, timeout=None):
        """Take the first item, or wait for one: for ever, or so many seconds."""
        until = None
        if block and timeout is not None:
            if timeout < 0:
                raise ValueError("'timeout' must be a non-negative number")
            until = _clock() + timeout
        while True:
            try:
                item = self._items.popleft()
            except IndexError:
                left = -1 if until is None else max(until - _clock(), 0)
                if not (self._news.acquire(True, left) if block else self._news.acquire(False)):
                    raise Empty from None
            else:
                if self._items:
                    self._tell()  # whoever waits for the next one
                return item

    def get_nowait(self):
        """Take the first item, if there is one."""
        return self.get(False)

    def empty(self):
        """Whether there are no items at this moment."""
        return not self._items

    def qsize(self):
        """How many items there are at this moment."""
        return len(self._items)

    __class_getitem__ = classmethod(_GenericAlias)
