"""Threads, and what they wait for: built on _thread's locks."""

import sys as _sys
import _thread
from _thread import (
    RLock as _CRLock,
    TIMEOUT_MAX,
    _local as local,
    _set_sentinel,
    allocate_lock as _allocate_lock,
    get_ident,
    get_native_id,
    stack_size,
    start_new_thread as _start_new_thread,
)
from _thread import _ExceptHookArgs as ExceptHookArgs
from _collections import deque as _deque
from time import monotonic as _monotonic
from _weakref import ref as _ref

__all__ = [
    "get_ident",
    "active_count",
    "Condition",
    "current_thread",
    "enumerate",
    "main_thread",
    "TIMEOUT_MAX",
    "Event",
    "Lock",
    "RLock",
    "Semaphore",
    "BoundedSemaphore",
    "Thread",
    "Barrier",
    "BrokenBarrierError",
    "Timer",
    "ThreadError",
    "setprofile",
    "settrace",
    "local",
    "stack_size",
    "excepthook",
    "ExceptHookArgs",
    "getprofile",
    "gettrace",
    "get_native_id",
]

ThreadError = _thread.error
Lock = _allocate_lock
_time = _thread._clock  # the machine's own time: nobody is made to wait for another's clock

_trace_hook = None
_profile_hook = None


def settrace(func):
    """Have sys.settrace(func) called in each thread that starts from now on."""
    global _trace_hook
    _trace_hook = func


def gettrace():
    return _trace_hook


def setprofile(func):
    """Have sys.setprofile(func) called in each thread that starts from now on."""
    global _profile_hook
    _profile_hook = func


def getprofile():
    return _profile_hook


def RLock(*args, **kwargs):
    """A lock that its owner may take again, and must release as often."""
    return _CRLock(*args, **kwargs)


def _old_name(name, advice, call):
    """A name of former times: whoever uses it is told the one of today."""

    def old(*args):
        import warnings

        warnings.warn(f"{name}() is deprecated, {advice} instead", DeprecationWarning, stacklevel=2)
        return call(*args)

    old.__name__ = old.__qualname__ = name
    return old


def _name_of(thing):
    cls = type(thing)
    return f"{cls.__module__}.{cls.__qualname__} at {id(thing):#x}"


class Condition:
    """Threads wait until another one tells them that something has changed."""

    def __init__(self, lock=None):
        self._lock = lock = RLock() if lock is None else lock
        self.acquire = lock.acquire
        self.release = lock.release
        # An RLock knows better than the plain ways below.
        for name in "_release_save", "_acquire_restore", "_is_owned":
            if hasattr(lock, name):
                setattr(self, name, getattr(lock, name))
        self._waiters = _deque()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        return f"<Condition({self._lock}, {len(self._waiters)})>"

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, state):
        self._lock.acquire()

    def _is_owned(self):
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True

    def wait(self, timeout=None):
        """Release the lock, wait to be notified, take the lock again. False: the time was up."""
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        # Each waiter has a lock of its own, taken twice: notify releases it.
        waiter = _allocate_lock()
        waiter.acquire()
        self._waiters.append(waiter)
        state = self._release_save()
        notified = False
        try:
            if timeout is None:
                waiter.acquire()
                notified = True
            else:
                notified = waiter.acquire(True, timeout) if timeout > 0 else waiter.acquire(False)
            return notified
        finally:
            self._acquire_restore(state)
            if not notified:
                try:
                    self._waiters.remove(waiter)
                except ValueError:
                    pass

    def wait_for(self, predicate, timeout=None):
        """Wait until predicate() is true, or the time is up; its last result."""
        end = None
        left = timeout
        result = predicate()
        while not result:
            if timeout is not None:
                if end is None:
                    end = _time() + timeout
                else:
                    left = end - _time()
                    if left <= 0:
                        break
            self.wait(left)
            result = predicate()
        return result

    def notify(self, n=1):
        """Wake up to n waiting threads."""
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        while self._waiters and n > 0:
            waiter = self._waiters.popleft()
            try:
                waiter.release()
            except RuntimeError:
                continue  # its time was up at the same moment
            n -= 1

    def notify_all(self):
        """Wake all waiting threads."""
        self.notify(len(self._waiters))

    notifyAll = _old_name("notifyAll", "use notify_all()", lambda self: self.notify_all())


class Semaphore:
    """A counter that never goes below zero: acquire waits until it is above."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._cond = Condition(Lock())
        self._value = value

    def __repr__(self):
        return f"<{_name_of(self)}: value={self._value}>"

    def acquire(self, blocking=True, timeout=None):
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        end = None
        with self._cond:
            while self._value == 0:
                if not blocking:
                    return False
                if timeout is not None:
                    if end is None:
                        end = _time() + timeout
                    else:
                        timeout = end - _time()
                        if timeout <= 0:
                            return False
                self._cond.wait(timeout)
            self._value -= 1
            return True

    __enter__ = acquire

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        with self._cond:
            self._value += n
            self._cond.notify(n)

    def __exit__(self, t, v, tb):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore that may not be released more often than it was acquired."""

    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def __repr__(self):
        return f"<{_name_of(self)}: value={self._value}/{self._initial_value}>"

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        with self._cond:
            if self._value + n > self._initial_value:
                raise ValueError("Semaphore released too many times")
            self._value += n
            self._cond.notify(n)


class Event:
    """A flag; threads wait until it is set."""

    def __init__(self):
        self._is_set = False
        self._changed = Condition(Lock())

    def __repr__(self):
        return f"<{_name_of(self)}: {'set' if self._is_set else 'unset'}>"

    def is_set(self):
        return self._is_set

    isSet = _old_name("isSet", "use is_set()", lambda self: self.is_set())

    def set(self):
        with self._changed:
            self._is_set = True
            self._changed.notify_all()

    def clear(self):
        with self._changed:
            self._is_set = False

    def wait(self, timeout=None):
        """Wait until the flag is set, or the time is up; whether it is set."""
        with self._changed:
            return self._is_set or self._changed.wait(timeout)


class BrokenBarrierError(RuntimeError):
    pass


class _Round:
    """One filling of a barrier."""

    def __init__(self):
        self.arrived = 0
        self.is_open = False
        self.is_broken = False


class Barrier:
    """A gate for a fixed number of threads, which opens when all of them are there."""

    def __init__(self, parties, action=None, timeout=None):
        self._parties, self._action, self._timeout = parties, action, timeout
        self._changed = Condition(Lock())
        self._round = _Round()

    def __repr__(self):
        state = "broken" if self.broken else f"waiters={self.n_waiting}/{self.parties}"
        return f"<{_name_of(self)}: {state}>"

    def wait(self, timeout=None):
        """Wait for the others; each thread gets another number, from 0 on."""
        with self._changed:
            round = self._round
            if round.is_broken:
                raise BrokenBarrierError
            number = round.arrived
            round.arrived += 1
            try:
                if round.arrived == self._parties:
                    self._finish(round)
                elif not self._changed.wait_for(
                    lambda: round.is_open or round.is_broken, self._timeout if timeout is None else timeout
                ):
                    self._spoil(round)
            except BaseException:
                round.arrived -= 1
                raise
            if round.is_broken:
                raise BrokenBarrierError
            return number

    def _finish(self, round):
        """All are there: who comes now belongs to the next round."""
        try:
            if self._action:
                self._action()
        except BaseException:
            self._spoil(round)
            raise
        round.is_open = True
        self._round = _Round()
        self._changed.notify_all()

    def _spoil(self, round):
        round.is_broken = True
        self._changed.notify_all()

    def reset(self):
        """Empty again; who waits gets a BrokenBarrierError."""
        with self._changed:
            self._spoil(self._round)
            self._round = _Round()

    def abort(self):
        """Break it: who waits, and who comes, gets a BrokenBarrierError."""
        with self._changed:
            self._spoil(self._round)

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        return 0 if self.broken else self._round.arrived

    @property
    def broken(self):
        return self._round.is_broken


_named = 0
# All threads that are alive, by what get_ident() says in them; one that is about to start stands under -id(thread).
_alive = {}


def _newname(template):
    global _named
    _named += 1
    return template % _named


class Thread:
    """An activity of its own: target(*args, **kwargs), or run() of a subclass."""

    _initialized = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, "group argument must be None for now"
        if name:
            name = str(name)
        else:
            name = _newname("Thread-%d")
            if target is not None:
                try:
                    name += f" ({target.__name__})"
                except AttributeError:
                    pass
        self._target = target
        self._name = name
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._ident = None
        self._native_id = None
        self._tstate_lock = None
        self._started = Event()
        self._is_stopped = False
        self._initialized = True
        self._stderr = _sys.stderr
        self._invoke_excepthook = _excepthook_caller()

    def __repr__(self):
        assert self._initialized, "Thread.__init__() was not called"
        status = "initial"
        if self._started.is_set():
            status = "started"
        self.is_alive()  # notes that it has ended
        if self._is_stopped:
            status = "stopped"
        if self._daemonic:
            status += " daemon"
        if self._ident is not None:
            status += f" {self._ident}"
        return f"<{self.__class__.__name__}({self._name}, {status})>"

    def start(self):
        """Let it run; once."""
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("threads can only be started once")
        _alive[-id(self)] = self
        try:
            _start_new_thread(self._bootstrap, ())
        except BaseException:
            del _alive[-id(self)]
            raise
        self._started.wait()

    def run(self):
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            for name in "_target", "_args", "_kwargs":
                delattr(self, name)  # a thread that has ended keeps nothing alive

    def _bootstrap(self):
        self._ident = get_ident()
        self._native_id = get_native_id()
        self._tstate_lock = _set_sentinel()
        self._tstate_lock.acquire()
        place = -id(self)
        _alive[self._ident] = self  # no switch of threads until it has left its first place
        del _alive[place]
        self._started.set()
        try:
            if _trace_hook:
                _sys.settrace(_trace_hook)
            if _profile_hook:
                _sys.setprofile(_profile_hook)
            try:
                self.run()
            except:
                self._invoke_excepthook(self)
        finally:
            _alive.pop(self._ident, None)

    def _wait_for_end(self, blocking=True, timeout=-1):
        lock = self._tstate_lock
        if lock is None:
            return
        if lock.acquire(blocking, timeout):
            lock.release()
            self._is_stopped = True
            self._tstate_lock = None

    def join(self, timeout=None):
        """Wait until it has ended."""
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if not self._started.is_set():
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        if timeout is None:
            self._wait_for_end()
        else:
            self._wait_for_end(timeout=max(timeout, 0))

    @property
    def name(self):
        assert self._initialized, "Thread.__init__() not called"
        return self._name

    @name.setter
    def name(self, name):
        assert self._initialized, "Thread.__init__() not called"
        self._name = str(name)

    @property
    def ident(self):
        assert self._initialized, "Thread.__init__() not called"
        return self._ident

    @property
    def native_id(self):
        assert self._initialized, "Thread.__init__() not called"
        return self._native_id

    def is_alive(self):
        assert self._initialized, "Thread.__init__() not called"
        if self._is_stopped or not self._started.is_set():
            return False
        self._wait_for_end(False)
        return not self._is_stopped

    @property
    def daemon(self):
        assert self._initialized, "Thread.__init__() not called"
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    isDaemon = _old_name("isDaemon", "get the daemon attribute", lambda self: self.daemon)
    setDaemon = _old_name("setDaemon", "set the daemon attribute", lambda self, daemonic: setattr(self, "daemon", daemonic))
    getName = _old_name("getName", "get the name attribute", lambda self: self.name)
    setName = _old_name("setName", "set the name attribute", lambda self, name: setattr(self, "name", name))


def excepthook(args, /):
    """Tell on standard error of an exception that ended a thread."""
    if args.exc_type is SystemExit:
        return
    stderr = _sys.stderr
    if stderr is None:
        stderr = args.thread._stderr if args.thread is not None else None
        if stderr is None:
            return
    name = args.thread.name if args.thread is not None else get_ident()
    print(f"Exception in thread {name}:", file=stderr, flush=True)
    _sys.__excepthook__(args.exc_type, args.exc_value, args.exc_traceback)
    stderr.flush()


__excepthook__ = excepthook


def _excepthook_caller():
    """What tells threading.excepthook of the exception that is being handled."""
    own = excepthook

    def call(thread):
        hook = excepthook
        args = None
        try:
            args = ExceptHookArgs([*_sys.exc_info(), thread])
            (own if hook is None else hook)(args)
        except Exception as error:
            error.__suppress_context__ = True
            print("Exception in threading.excepthook:", file=_sys.stderr, flush=True)
            _sys.excepthook(*_sys.exc_info())
        finally:
            args = None

    return call


class Timer(Thread):
    """Calls function(*args, **kwargs) after so many seconds, unless it is cancelled before."""

    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval = interval
        self.function = function
        self.args = [] if args is None else args
        self.kwargs = {} if kwargs is None else kwargs
        self.finished = Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        is_cancelled = self.finished.wait(self.interval)
        if not is_cancelled:
            self.function(*self.args, **self.kwargs)
            self.finished.set()


class _MainThread(Thread):
    def __init__(self):
        super().__init__(name="MainThread", daemon=False)
        self._started.set()
        self._ident = get_ident()
        self._native_id = get_native_id()
        _alive[self._ident] = self


class _DummyThread(Thread):
    """Stands for a thread that was started without this module."""

    def __init__(self):
        super().__init__(name=_newname("Dummy-%d"), daemon=True)
        self._started.set()
        self._ident = get_ident()
        self._native_id = get_native_id()
        _alive[self._ident] = self

    def is_alive(self):
        return True

    def join(self, timeout=None):
        raise RuntimeError("cannot join a dummy thread")


def current_thread():
    thread = _alive.get(get_ident())
    return _DummyThread() if thread is None else thread


def active_count():
    return len(_alive)


def enumerate():
    """All threads that are alive."""
    return list(_alive.values())


currentThread = _old_name("currentThread", "use current_thread()", current_thread)
activeCount = _old_name("activeCount", "use active_count()", active_count)


def main_thread():
    return _main_thread


_at_exit = []


def _register_atexit(func, *arg, **kwargs):
    """Have func(*arg, **kwargs) called before threads are waited for at the end."""
    if _main_thread._is_stopped:
        raise RuntimeError("can't register atexit after shutdown")
    _at_exit.append((func, arg, kwargs))


def _shutdown():
    """The main thread has come to its end: wait for all others that are no daemons."""
    if _main_thread._is_stopped:
        return
    _main_thread._is_stopped = True
    while _at_exit:
        func, arg, kwargs = _at_exit.pop()
        func(*arg, **kwargs)
    me = current_thread()
    while True:
        others = [thread for thread in enumerate() if thread is not me and not thread._daemonic]
        if not others:
            break
        for thread in others:
            thread._started.wait()
            thread._wait_for_end()


# Another thread may have started without this module; the main thread is told by its number.
_main_thread = _MainThread()


_PyRLock = _CRLock      # CPython has one in Python as well
_dangling = set()       # of threads that tools have not seen end: none is kept
