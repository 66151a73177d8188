"""Queues between tasks."""

import heapq
from collections import deque
from types import GenericAlias

from . import locks

__all__ = ("Queue", "PriorityQueue", "LifoQueue", "QueueFull", "QueueEmpty")


class QueueEmpty(Exception):
    """Raised when Queue.get_nowait() is called on an empty Queue."""


class QueueFull(Exception):
    """Raised when the Queue.put_nowait() method is called on a full Queue."""


class Queue(locks._WithLoop):
    """First in, first out; put waits while it is full, get while it is empty."""

    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        self._getters = deque()
        self._putters = deque()
        self._unfinished_tasks = 0
        self._finished = locks.Event()
        self._finished.set()
        self._init(maxsize)

    def _init(self, maxsize):
        self._queue = deque()

    def _get(self):
        return self._queue.popleft()

    def _put(self, item):
        self._queue.append(item)

    def __repr__(self):
        return f"<{type(self).__name__} at {id(self):#x} {self._told()}>"

    def __str__(self):
        return f"<{type(self).__name__} {self._told()}>"

    def _told(self):
        told = f"maxsize={self._maxsize!r}"
        if self._queue:
            told += f" _queue={list(self._queue)!r}"
        if self._getters:
            told += f" _getters[{len(self._getters)}]"
        if self._putters:
            told += f" _putters[{len(self._putters)}]"
        if self._unfinished_tasks:
            told += f" tasks={self._unfinished_tasks}"
        return told

    __class_getitem__ = classmethod(GenericAlias)

    def qsize(self):
        return len(self._queue)

    @property
    def maxsize(self):
        return self._maxsize

    def empty(self):
        return not self._queue

    def full(self):
        return 0 < self._maxsize <= self.qsize()

    async def put(self, item):
        await self._await(self._putters, self.full)
        return self.put_nowait(item)

    def put_nowait(self, item):
        if self.full():
            raise QueueFull
        self._put(item)
        self._unfinished_tasks += 1
        self._finished.clear()
        _wake(self._getters)

    async def get(self):
        await self._await(self._getters, self.empty)
        return self.get_nowait()

    def get_nowait(self):
        if self.empty():
            raise QueueEmpty
        item = self._get()
        _wake(self._putters)
        return item

    async def _await(self, waiters, is_stuck):
        """Wait in one of the two lines until it goes on."""
        while is_stuck():
            waiter = self._get_loop().create_future()
            waiters.append(waiter)
            try:
                await waiter
            except:
                waiter.cancel()
                if waiter in waiters:
                    waiters.remove(waiter)
                if not is_stuck() and not waiter.cancelled():
                    _wake(waiters)  # somebody else goes on in its place
                raise

    def task_done(self):
        if self._unfinished_tasks <= 0:
            raise ValueError("task_done() called too many times")
        self._unfinished_tasks -= 1
        if self._unfinished_tasks == 0:
            self._finished.set()

    async def join(self):
        if self._unfinished_tasks > 0:
            await self._finished.wait()


def _wake(waiters):
    while waiters:
        waiter = waiters.popleft()
        if not waiter.done():
            waiter.set_result(None)
            break


class PriorityQueue(Queue):
    """The smallest first."""

    def _init(self, maxsize):
        self._queue = []

    def _put(self, item):
        heapq.heappush(self._queue, item)

    def _get(self):
        return heapq.heappop(self._queue)


class LifoQueue(Queue):
    """Last in, first out."""

    def _init(self, maxsize):
        self._queue = []

    def _get(self):
        return self._queue.pop()
