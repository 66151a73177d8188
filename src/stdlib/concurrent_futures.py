"""Calls that are made elsewhere, and what becomes of them."""

import threading
from collections import namedtuple
from queue import SimpleQueue
from threading import _time as _now

__all__ = (
    "FIRST_COMPLETED",
    "FIRST_EXCEPTION",
    "ALL_COMPLETED",
    "CancelledError",
    "TimeoutError",
    "BrokenExecutor",
    "Future",
    "Executor",
    "wait",
    "as_completed",
    "ProcessPoolExecutor",
    "ThreadPoolExecutor",
)

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"

TimeoutError = TimeoutError  # the builtin one, since 3.11


class Error(Exception):
    """Base class for all future-related exceptions."""


class CancelledError(Error):
    """The Future was cancelled."""


class InvalidStateError(Error):
    """The operation is not allowed in this state."""


class BrokenExecutor(RuntimeError):
    """Raised when a executor has become non-functional after a severe failure."""


for _class in Error, CancelledError, InvalidStateError, BrokenExecutor:
    _class.__module__ = "concurrent.futures._base"

PENDING = "PENDING"
RUNNING = "RUNNING"
CANCELLED = "CANCELLED"
CANCELLED_AND_NOTIFIED = "CANCELLED_AND_NOTIFIED"
FINISHED = "FINISHED"
_DONE = CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED


class Future:
    """What a call will have come to."""

    def __init__(self):
        self._condition = threading.Condition()
        self._state = PENDING
        self._result = None
        self._exception = None
        self._waiters = []
        self._done_callbacks = []

    def __repr__(self):
        with self._condition:
            state, told = self._state.lower().replace("cancelled_and_notified", "cancelled"), ""
            if self._state == FINISHED:
                kind = "raised" if self._exception else "returned"
                told = f" {kind} {(self._exception or self._result).__class__.__name__}"
                if not self._exception:
                    told = f" returned {self._result.__class__.__name__}"
            return f"<{self.__class__.__name__} at {id(self):#x} state={state}{told}>"

    def _end(self):
        """It is done: who waits is told. The condition is held by nobody any more."""
        for callback in self._done_callbacks:
            self._call(callback)

    def _call(self, callback):
        try:
            callback(self)
        except Exception:
            import sys

            print(f"exception calling callback for {self!r}", file=sys.stderr)
            sys.excepthook(*sys.exc_info())

    def cancel(self):
        """Give the call up if it has not begun; whether it is given up."""
        with self._condition:
            if self._state in (RUNNING, FINISHED):
                return False
            if self._state != PENDING:
                return True
            self._state = CANCELLED
            self._condition.notify_all()
        self._end()
        return True

    def cancelled(self):
        with self._condition:
            return self._state in (CANCELLED, CANCELLED_AND_NOTIFIED)

    def running(self):
        with self._condition:
            return self._state == RUNNING

    def done(self):
        with self._condition:
            return self._state in _DONE

    def add_done_callback(self, fn):
        """Have fn(future) called when it is done, or now."""
        with self._condition:
            if self._state not in _DONE:
                self._done_callbacks.append(fn)
                return
        self._call(fn)

    def _wait(self, timeout):
        with self._condition:
            if self._state not in _DONE:
                self._condition.wait(timeout)
            if self._state in (CANCELLED, CANCELLED_AND_NOTIFIED):
                raise CancelledError()
            if self._state != FINISHED:
                raise TimeoutError()

    def result(self, timeout=None):
        """What the call returned; what it raised is raised."""
        self._wait(timeout)
        try:
            if self._exception:
                raise self._exception
            return self._result
        finally:
            self = None  # a traceback must not keep the future

    def exception(self, timeout=None):
        """What the call raised, or None."""
        self._wait(timeout)
        return self._exception

    # For executors.

    def set_running_or_notify_cancel(self):
        with self._condition:
            if self._state == CANCELLED:
                self._state = CANCELLED_AND_NOTIFIED
                for waiter in self._waiters:
                    waiter.add(self)
                return False
            if self._state != PENDING:
                raise RuntimeError("Future in unexpected state")
            self._state = RUNNING
            return True

    def _finish(self, result, exception):
        with self._condition:
            if self._state in _DONE:
                raise InvalidStateError("{}: {!r}".format(self._state, self))
            self._result, self._exception = result, exception
            self._state = FINISHED
            for waiter in self._waiters:
                waiter.add(self)
            self._condition.notify_all()
        self._end()

    def set_result(self, result):
        self._finish(result, None)

    def set_exception(self, exception):
        self._finish(None, exception)


class _Waiter:
    """Waits for several futures at once."""

    def __init__(self, futures, when):
        self.condition = threading.Condition()
        self.done = []
        self.when = when
        self.left = len(futures)
        self.futures = futures
        for future in futures:
            with future._condition:
                if future._state in (CANCELLED_AND_NOTIFIED, FINISHED):
                    self.add(future)
                else:
                    future._waiters.append(self)

    def add(self, future):
        with self.condition:
            self.done.append(future)
            self.left -= 1
            self.condition.notify_all()

    def is_over(self):
        if not self.left:
            return True
        if self.when == FIRST_COMPLETED:
            return bool(self.done)
        return self.when == FIRST_EXCEPTION and any(f._state == FINISHED and f._exception for f in self.done)

    def leave(self):
        for future in self.futures:
            with future._condition:
                if self in future._waiters:
                    future._waiters.remove(self)


DoneAndNotDoneFutures = namedtuple("DoneAndNotDoneFutures", "done not_done")


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """Wait for futures; the set of those that are done, and of those that are not."""
    fs = set(fs)
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        if all(future._state in _DONE for future in fs):
            return DoneAndNotDoneFutures(fs, set())
        raise ValueError("Invalid return condition: %r" % return_when)
    waiter = _Waiter(fs, return_when)
    with waiter.condition:
        waiter.condition.wait_for(waiter.is_over, timeout)
        done = set(waiter.done)
    waiter.leave()
    return DoneAndNotDoneFutures(done, fs - done)


def as_completed(fs, timeout=None):
    """The futures in the order in which they are done."""
    end = None if timeout is None else _now() + timeout
    fs = list(dict.fromkeys(fs))
    waiter = _Waiter(fs, FIRST_COMPLETED)
    try:
        for given in range(len(fs)):
            with waiter.condition:
                left = None if end is None else max(0, end - _now())
                if not waiter.condition.wait_for(lambda: len(waiter.done) > given, left):
                    raise TimeoutError("%d (of %d) futures unfinished" % (len(fs) - given, len(fs)))
                future = waiter.done[given]
            yield future
    finally:
        waiter.leave()


class Executor:
    """Makes calls elsewhere."""

    def submit(self, fn, /, *args, **kwargs):
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """Like map(fn, *iterables), all calls begun at once."""
        end = None if timeout is None else _now() + timeout
        futures = [self.submit(fn, *args) for args in zip(*iterables)]

        def results():
            try:
                futures.reverse()
                while futures:
                    future = futures.pop()
                    try:
                        yield future.result() if end is None else future.result(end - _now())
                    finally:
                        future.cancel()
            finally:
                for future in futures:
                    future.cancel()

        return results()

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown(wait=True)
        return False


class BrokenThreadPool(BrokenExecutor):
    """Raised when a worker thread in a ThreadPoolExecutor failed initializing."""


BrokenThreadPool.__module__ = "concurrent.futures.thread"

_pools = []  # those that are open: they are closed before threads are waited for at the end
_pool_count = 0


def _close_all():
    for pool in list(_pools):
        pool.shutdown()


threading._register_atexit(_close_all)


class ThreadPoolExecutor(Executor):
    """Makes calls in a number of threads that wait for work."""

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        global _pool_count
        if max_workers is None:
            max_workers = 5
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._max_workers = max_workers
        self._thread_name_prefix = thread_name_prefix or f"ThreadPoolExecutor-{_pool_count}"
        if not thread_name_prefix:
            _pool_count += 1
        self._initializer, self._initargs = initializer, initargs
        self._work_queue = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._threads = []
        self._broken = self._shutdown = False
        self._shutdown_lock = threading.Lock()
        _pools.append(self)

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock:
            if self._broken:
                raise BrokenThreadPool(self._broken)
            if self._shutdown:
                raise RuntimeError("cannot schedule new futures after shutdown")
            future = Future()
            self._work_queue.put((future, fn, args, kwargs))
            if not self._idle.acquire(False) and len(self._threads) < self._max_workers:
                name = f"{self._thread_name_prefix}_{len(self._threads)}"
                thread = threading.Thread(name=name, target=self._work)
                self._threads.append(thread)
                thread._daemonic = True  # _close_all waits for it
                thread.start()
            return future

    def _work(self):
        if self._initializer is not None:
            try:
                self._initializer(*self._initargs)
            except BaseException:
                self._give_up()
                return
        while True:
            work = self._work_queue.get()
            if work is None:
                return
            future, fn, args, kwargs = work
            if future.set_running_or_notify_cancel():
                try:
                    result = fn(*args, **kwargs)
                except BaseException as error:
                    future.set_exception(error)
                else:
                    future.set_result(result)
            # Nothing of it is kept while the thread waits.
            result = work = future = fn = args = kwargs = None
            if self._work_queue.empty():
                self._idle.release()

    def _give_up(self):
        with self._shutdown_lock:
            self._broken = "A thread initializer failed, the thread pool is not usable anymore"
            while not self._work_queue.empty():
                work = self._work_queue.get()
                if work is not None:
                    work[0].set_exception(BrokenThreadPool(self._broken))

    def shutdown(self, wait=True, *, cancel_futures=False):
        """No more calls; wait for those that were begun."""
        with self._shutdown_lock:
            if self in _pools:
                _pools.remove(self)
            first = not self._shutdown
            self._shutdown = True
            if cancel_futures:
                while not self._work_queue.empty():
                    work = self._work_queue.get()
                    if work is not None:
                        work[0].cancel()
            if first or cancel_futures:
                for _ in self._threads:
                    self._work_queue.put(None)
        if wait:
            for thread in self._threads:
                thread.join()


for _class in Future, Executor, ThreadPoolExecutor:
    _class.__module__ = "concurrent.futures.thread" if _class is ThreadPoolExecutor else "concurrent.futures._base"
del _class


class ProcessPoolExecutor(Executor):
    """Other processes, which are not started from here."""

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        raise NotImplementedError("uncoil starts no processes")


ProcessPoolExecutor.__module__ = "concurrent.futures.process"
