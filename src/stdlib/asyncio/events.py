"""The event loop: callbacks that are ready, and callbacks whose time will come.

Time is the machine's own: while nothing is ready it goes on without making anybody wait.
"""

import contextvars
import heapq
import sys
import _thread
import weakref
from collections import deque

__all__ = (
    "BaseEventLoop",
    "Server",
    "SelectorEventLoop",
    "AbstractEventLoop",
    "AbstractServer",
    "Handle",
    "TimerHandle",
    "get_event_loop",
    "set_event_loop",
    "new_event_loop",
    "get_running_loop",
    "_get_running_loop",
    "_set_running_loop",
    "AbstractEventLoopPolicy",
    "DefaultEventLoopPolicy",
    "get_event_loop_policy",
    "set_event_loop_policy",
    "get_child_watcher",
    "set_child_watcher",
)

_RESOLUTION = 1e-6


class Handle:
    """A callback that will be called, unless it is cancelled before."""

    def __init__(self, callback, args, loop, context=None):
        self._callback, self._args, self._loop = callback, args, loop
        self._context = contextvars.copy_context() if context is None else context
        self._cancelled = False

    def __repr__(self):
        told = " cancelled" if self._cancelled else f" {getattr(self._callback, '__qualname__', self._callback)}()"
        return f"<{self.__class__.__name__}{told}>"

    def cancel(self):
        self._cancelled = True
        self._callback = self._args = None

    def cancelled(self):
        return self._cancelled

    def _run(self):
        try:
            self._context.run(self._callback, *self._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            name = getattr(self._callback, "__qualname__", repr(self._callback))
            context = {"message": f"Exception in callback {name}", "exception": error, "handle": self}
            self._loop.call_exception_handler(context)


class TimerHandle(Handle):
    """The same at a time."""

    def __init__(self, when, callback, args, loop, context=None):
        super().__init__(callback, args, loop, context)
        self._when = when

    def when(self):
        return self._when

    def __lt__(self, other):
        return self._when < other._when


class AbstractEventLoop:
    """What all loops are: calls that a subclass has to write."""


class AbstractServer:
    """Who waits for connections."""

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


_LOOP_CALLS = """run_forever run_until_complete stop is_running is_closed close _timer_handle_cancelled call_soon call_later call_at
    time create_future create_task call_soon_threadsafe run_in_executor set_default_executor add_reader remove_reader add_writer
    remove_writer add_signal_handler remove_signal_handler set_task_factory get_task_factory get_exception_handler
    set_exception_handler default_exception_handler call_exception_handler get_debug set_debug""".split()
_LOOP_COROUTINES = ["shutdown_asyncgens", "shutdown_default_executor"]
# What there would have to be a network, or other processes, for.
_BEYOND = """getaddrinfo getnameinfo create_connection create_server sendfile start_tls create_unix_connection create_unix_server
    connect_accepted_socket create_datagram_endpoint connect_read_pipe connect_write_pipe sock_recv sock_recv_into sock_recvfrom
    sock_recvfrom_into sock_sendall sock_sendto sock_connect sock_accept sock_sendfile""".split()
_PROCESSES = ["subprocess_shell", "subprocess_exec"]


def _refuse(cls, names, error, *told, asynchronous=False):
    """Give a class methods that raise an error."""
    def refusing(name):
        def method(self, *args, **options):
            raise error(*told)

        async def coroutine(self, *args, **options):
            raise error(*told)

        made = coroutine if asynchronous else method
        made.__name__, made.__qualname__ = name, f"{cls.__qualname__}.{name}"
        return made

    for name in names:
        setattr(cls, name, refusing(name))


_refuse(AbstractEventLoop, _LOOP_CALLS, NotImplementedError)
_refuse(AbstractEventLoop, _LOOP_COROUTINES + _BEYOND + _PROCESSES, NotImplementedError, asynchronous=True)
_refuse(AbstractServer, ["close", "get_loop", "is_serving"], NotImplementedError)
_refuse(AbstractServer, ["start_serving", "serve_forever", "wait_closed"], NotImplementedError, asynchronous=True)


class Server(AbstractServer):
    """What create_server() would give."""

    sockets = ()


class BaseEventLoop(AbstractEventLoop):
    """One thread's loop."""

    def __init__(self):
        self._ready = deque()
        self._scheduled = []
        self._stopping = self._closed = False
        self._thread_id = None
        self._debug = False
        self._exception_handler = None
        self._task_factory = None
        self._asyncgens = {}
        self._default_executor = None
        # Held while the loop waits; another thread that has something for it lets it go.
        self._alarm = _thread.allocate_lock()
        self._alarm.acquire()

    def __repr__(self):
        return f"<{type(self).__name__} running={self.is_running()} closed={self._closed} debug={self._debug}>"

    # Callbacks.

    def time(self):
        return _thread._clock()

    def call_soon(self, callback, *args, context=None):
        self._check_closed()
        handle = Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    def call_soon_threadsafe(self, callback, *args, context=None):
        handle = self.call_soon(callback, *args, context=context)
        if self._alarm.locked():
            self._alarm.release()
        return handle

    def call_later(self, delay, callback, *args, context=None):
        if delay is None:
            raise TypeError("delay must not be None")
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        if when is None:
            raise TypeError("when cannot be None")
        self._check_closed()
        handle = TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._scheduled, handle)
        return handle

    # Running.

    def run_forever(self):
        self._check_closed()
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        if _get_running_loop() is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")
        old_hooks = sys.get_asyncgen_hooks()
        self._thread_id = _thread.get_ident()
        sys.set_asyncgen_hooks(firstiter=self._agen_begins, finalizer=self._agen_dies)
        _set_running_loop(self)
        try:
            while not self._stopping:
                self._run_once()
            # What stop() found ready is done in one more round.
        finally:
            self._stopping = False
            self._thread_id = None
            _set_running_loop(None)
            sys.set_asyncgen_hooks(*old_hooks)

    def _run_once(self):
        while self._scheduled and self._scheduled[0]._cancelled:
            heapq.heappop(self._scheduled)
        if not self._ready and not self._stopping:
            if self._scheduled:
                left = self._scheduled[0]._when - self.time()
                if left > 0:
                    self._alarm.acquire(True, left)
            else:
                self._alarm.acquire()
        due = self.time() + _RESOLUTION
        while self._scheduled and self._scheduled[0]._when < due:
            self._ready.append(heapq.heappop(self._scheduled))
        for _ in range(len(self._ready)):
            handle = self._ready.popleft()
            if not handle._cancelled:
                handle._run()
        handle = None

    def run_until_complete(self, future):
        from . import futures, tasks

        self._check_closed()
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        is_new = not futures.isfuture(future)
        future = tasks.ensure_future(future, loop=self)
        if is_new:
            future._log_destroy_pending = False
        future.add_done_callback(_stop_loop)
        try:
            self.run_forever()
        except:
            if is_new and future.done() and not future.cancelled():
                future.exception()
            raise
        finally:
            future.remove_done_callback(_stop_loop)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def stop(self):
        self._stopping = True

    def is_running(self):
        return self._thread_id is not None

    def is_closed(self):
        return self._closed

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        self._closed = True
        self._ready.clear()
        self._scheduled.clear()
        executor, self._default_executor = self._default_executor, None
        if executor is not None:
            executor.shutdown(wait=False)

    def _check_closed(self):
        if self._closed:
            raise RuntimeError("Event loop is closed")

    # Futures and tasks.

    def create_future(self):
        from .futures import Future

        return Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        from .tasks import Task

        self._check_closed()
        if self._task_factory is not None:
            return self._task_factory(self, coro)
        return Task(coro, loop=self, name=name, context=context)

    def set_task_factory(self, factory):
        self._task_factory = factory

    def get_task_factory(self):
        return self._task_factory

    # Other threads.

    def run_in_executor(self, executor, func, *args):
        from . import futures

        self._check_closed()
        if executor is None:
            if self._default_executor is None:
                from concurrent.futures import ThreadPoolExecutor

                self._default_executor = ThreadPoolExecutor(thread_name_prefix="asyncio")
            executor = self._default_executor
        return futures.wrap_future(executor.submit(func, *args), loop=self)

    def set_default_executor(self, executor):
        self._default_executor = executor

    async def shutdown_default_executor(self):
        executor, self._default_executor = self._default_executor, None
        if executor is not None:
            executor.shutdown(wait=True)

    # Async generators.

    def _agen_begins(self, agen):
        self._asyncgens[id(agen)] = weakref.ref(agen)

    def _agen_dies(self, agen):
        self._asyncgens.pop(id(agen), None)
        if not self._closed:
            self.call_soon_threadsafe(self.create_task, agen.aclose())

    async def shutdown_asyncgens(self):
        from .tasks import gather

        alive = [agen for ref in self._asyncgens.values() if (agen := ref()) is not None]
        self._asyncgens.clear()
        if not alive:
            return
        ends = await gather(*[agen.aclose() for agen in alive], return_exceptions=True)
        for agen, end in zip(alive, ends):
            if isinstance(end, Exception):
                message = f"an error occurred during closing of asynchronous generator {agen!r}"
                self.call_exception_handler({"message": message, "exception": end, "asyncgen": agen})

    # Errors.

    def get_exception_handler(self):
        return self._exception_handler

    def set_exception_handler(self, handler):
        self._exception_handler = handler

    def default_exception_handler(self, context):
        lines = [context.get("message") or "Unhandled exception in event loop"]
        for key in sorted(context):
            if key not in ("message", "exception"):
                lines.append(f"{key}: {context[key]!r}")
        print("\n".join(lines), file=sys.stderr)
        error = context.get("exception")
        if error is not None:
            sys.__excepthook__(type(error), error, error.__traceback__)

    def call_exception_handler(self, context):
        if self._exception_handler is None:
            self.default_exception_handler(context)
        else:
            self._exception_handler(self, context)

    def get_debug(self):
        return self._debug

    def set_debug(self, enabled):
        self._debug = enabled

    # Signals.

    def add_signal_handler(self, sig, callback, *args):
        import _signal

        _signal.signal(sig, lambda number, frame: self.call_soon_threadsafe(callback, *args))

    def remove_signal_handler(self, sig):
        import _signal

        _signal.signal(sig, _signal.default_int_handler if sig == _signal.SIGINT else _signal.SIG_DFL)
        return True


_refuse(BaseEventLoop, _BEYOND, OSError, 101, "uncoil has no network", asynchronous=True)
_refuse(BaseEventLoop, _PROCESSES, PermissionError, 1, "uncoil starts no processes", asynchronous=True)


class _UnixSelectorEventLoop(BaseEventLoop):
    """The loop that programs get."""


SelectorEventLoop = _UnixSelectorEventLoop


def _stop_loop(future):
    if not future.cancelled() and isinstance(future.exception(), (SystemExit, KeyboardInterrupt)):
        return
    future.get_loop().stop()


# Which loop runs in which thread.
_running = {}


def _get_running_loop():
    return _running.get(_thread.get_ident())


def _set_running_loop(loop):
    if loop is None:
        _running.pop(_thread.get_ident(), None)
    else:
        _running[_thread.get_ident()] = loop


def get_running_loop():
    loop = _get_running_loop()
    if loop is None:
        raise RuntimeError("no running event loop")
    return loop


class AbstractEventLoopPolicy:
    """Which loop a thread has, and how new ones are made."""


_POLICY_CALLS = ["get_event_loop", "set_event_loop", "new_event_loop", "get_child_watcher", "set_child_watcher"]
_refuse(AbstractEventLoopPolicy, _POLICY_CALLS, NotImplementedError)


class DefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """One loop a thread; the main thread gets its own when it first asks."""

    def __init__(self):
        self._here = _thread._local()

    def new_event_loop(self):
        return SelectorEventLoop()

    def set_event_loop(self, loop):
        if loop is not None and not isinstance(loop, AbstractEventLoop):
            raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not '{type(loop).__name__}'")
        self._here.loop = loop

    def get_event_loop(self):
        import threading

        thread = threading.current_thread()
        if thread is threading.main_thread() and not hasattr(self._here, "loop"):
            self.set_event_loop(self.new_event_loop())
        loop = getattr(self._here, "loop", None)
        if loop is None:
            raise RuntimeError(f"There is no current event loop in thread {thread.name!r}.")
        return loop


_event_loop_policy = None


def get_event_loop_policy():
    global _event_loop_policy
    if _event_loop_policy is None:
        _event_loop_policy = DefaultEventLoopPolicy()
    return _event_loop_policy


def set_event_loop_policy(policy):
    """With None the next one who asks gets a new policy, whose threads have no loop yet."""
    global _event_loop_policy
    if policy is not None and not isinstance(policy, AbstractEventLoopPolicy):
        raise TypeError(f"policy must be an instance of AbstractEventLoopPolicy or None, not '{type(policy).__name__}'")
    _event_loop_policy = policy


def new_event_loop():
    return get_event_loop_policy().new_event_loop()


def set_event_loop(loop):
    get_event_loop_policy().set_event_loop(loop)


def get_event_loop():
    return _get_running_loop() or get_event_loop_policy().get_event_loop()


def get_child_watcher():
    """Who waits for other processes."""
    return get_event_loop_policy().get_child_watcher()


def set_child_watcher(watcher):
    return get_event_loop_policy().set_child_watcher(watcher)
