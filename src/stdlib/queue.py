"""Queues through which threads hand things to each other."""

import threading
import types
from collections import deque
from heapq import heappop, heappush
from threading import _time as time

__all__ = ["Empty", "Full", "Queue", "PriorityQueue", "LifoQueue", "SimpleQueue"]


class Empty(Exception):
    "Exception raised by Queue.get(block=0)/get_nowait()."


Empty.__module__ = "_queue"


class Full(Exception):
    "Exception raised by Queue.put(block=0)/put_nowait()."


class Queue:
    """First in, first out; put waits while it is full, get while it is empty."""

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._init(maxsize)
        self.mutex = lock = threading.Lock()
        self.not_empty, self.not_full, self.all_tasks_done = (threading.Condition(lock) for _ in range(3))
        self.unfinished_tasks = 0

    def task_done(self):
        """One of the things that were put has been dealt with."""
        with self.all_tasks_done:
            if self.unfinished_tasks < 1:
                raise ValueError("task_done() called too many times")
            self.unfinished_tasks -= 1
            if not self.unfinished_tasks:
                self.all_tasks_done.notify_all()

    def join(self):
        """Wait until all that was put has been dealt with."""
        finished = self.all_tasks_done
        with finished:
            while self.unfinished_tasks:
                finished.wait()

    def qsize(self):
        with self.mutex:
            return self._qsize()

    def empty(self):
        with self.mutex:
            return not self._qsize()

    def full(self):
        with self.mutex:
            return self.maxsize > 0 and self._qsize() >= self.maxsize

    def put(self, item, block=True, timeout=None):
        with self.not_full:
            if self.maxsize > 0:
                _await(self.not_full, lambda: self._qsize() < self.maxsize, Full, block, timeout)
            self._put(item)
            self.unfinished_tasks += 1
            self.not_empty.notify()

    def get(self, block=True, timeout=None):
        with self.not_empty:
            _await(self.not_empty, self._qsize, Empty, block, timeout)
            item = self._get()
            self.not_full.notify()
            return item

    def put_nowait(self, item):
        return self.put(item, block=False)

    def get_nowait(self):
        return self.get(block=False)

    # What subclasses keep their things in.

    def _init(self, maxsize):
        self.queue = deque()

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.popleft()

    __class_getitem__ = classmethod(types.GenericAlias)


def _await(condition, is_met, error, block, timeout):
    """Wait until is_met() is true; the condition's lock is held."""
    if not block:
        if not is_met():
            raise error
    elif timeout is None:
        while not is_met():
            condition.wait()
    else:
        _check_timeout(timeout)
        end = time() + timeout
        while not is_met():
            left = end - time()
            if left <= 0:
                raise error
            condition.wait(left)


def _check_timeout(seconds):
    if seconds < 0:
        raise ValueError("'timeout' must be a non-negative number")


class PriorityQueue(Queue):
    """The smallest first."""

    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        heappush(self.queue, item)

    def _get(self):
        return heappop(self.queue)


class LifoQueue(Queue):
    """Last in, first out."""

    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.pop()


class SimpleQueue:
    """First in, first out, without bound and without tasks."""

    def __init__(self):
        self._queue, self._count = deque(), threading.Semaphore(0)

    def put(self, item, block=True, timeout=None):
        self._queue.append(item)
        self._count.release()

    def get(self, block=True, timeout=None):
        if timeout is not None:
            _check_timeout(timeout)
        if not (self._count.acquire(True, timeout) if block else self._count.acquire(False)):
            raise Empty
        return self._queue.popleft()

    def put_nowait(self, item):
        return self.put(item, block=False)

    def get_nowait(self):
        return self.get(block=False)

    def empty(self):
        return len(self._queue) == 0

    def qsize(self):
        return len(self._queue)

    __class_getitem__ = classmethod(types.GenericAlias)


SimpleQueue.__module__ = "_queue"
