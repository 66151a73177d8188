"""Tasks: coroutines that the loop drives, and ways to wait for several of them."""

import contextvars
import types
import weakref

from . import events, exceptions, futures
from .coroutines import iscoroutine
from .futures import Future

__all__ = (
    "Task",
    "create_task",
    "FIRST_COMPLETED",
    "FIRST_EXCEPTION",
    "ALL_COMPLETED",
    "wait",
    "wait_for",
    "as_completed",
    "sleep",
    "gather",
    "shield",
    "ensure_future",
    "run_coroutine_threadsafe",
    "current_task",
    "all_tasks",
    "_register_task",
    "_unregister_task",
    "_enter_task",
    "_leave_task",
    "to_thread",
)

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"

_count = 0
_current = {}  # loop -> task
_all = []  # weak references


def current_task(loop=None):
    return _current.get(events.get_running_loop() if loop is None else loop)


def all_tasks(loop=None):
    loop = events.get_running_loop() if loop is None else loop
    alive = [task for ref in _all if (task := ref()) is not None]
    return {task for task in alive if task._loop is loop and not task.done()}


def _register_task(task):
    _all.append(weakref.ref(task, _all.remove))


def _unregister_task(task):
    _all[:] = [ref for ref in _all if ref() is not task]


class Task(Future):
    """A future that drives a coroutine: each step runs to the next await of something that is not done."""

    __module__ = "_asyncio"
    _log_destroy_pending = True

    def __init__(self, coro, *, loop=None, name=None, context=None):
        global _count
        super().__init__(loop=loop)
        if not iscoroutine(coro):
            self._log_destroy_pending = False
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        if name is None:
            _count += 1
            name = f"Task-{_count}"
        self._name = str(name)
        self._coro = coro
        self._fut_waiter = None
        self._must_cancel = False
        self._num_cancels_requested = 0
        self._context = contextvars.copy_context() if context is None else context
        self._loop.call_soon(self.__step, context=self._context)
        _register_task(self)

    def __del__(self):
        if self._state == futures._PENDING and self._log_destroy_pending:
            self._loop.call_exception_handler({"task": self, "message": "Task was destroyed but it is pending!"})
        super().__del__()

    def _told(self):
        parts = super()._told()
        if self._must_cancel or (self._num_cancels_requested and not self.done()):
            parts[0] = "cancelling"
        parts.insert(1, f"name={self._name!r}")
        code, frame = getattr(self._coro, "cr_code", None), getattr(self._coro, "cr_frame", None)
        if code is None:
            parts.insert(2, f"coro=<{type(self._coro).__name__}>")
            return parts
        name = f"{self._coro.__qualname__}()"
        if frame is None:
            coro = f"{name} done, defined at {code.co_filename}:{code.co_firstlineno}"
        else:
            coro = f"{name} running at {code.co_filename}:{frame.f_lineno}"
        parts.insert(2, f"coro=<{coro}>")
        if self._fut_waiter is not None:
            parts.insert(3, f"wait_for={self._fut_waiter!r}")
        return parts

    def get_coro(self):
        return self._coro

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def set_result(self, result):
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        raise RuntimeError("Task does not support set_exception operation")

    def cancel(self, msg=None):
        """Have CancelledError raised in the coroutine, where it waits."""
        self._log_traceback = False
        if self.done():
            return False
        self._num_cancels_requested += 1
        if self._fut_waiter is not None and self._fut_waiter.cancel(msg=msg):
            return True
        self._must_cancel = True
        self._cancel_message = msg
        return True

    def cancelling(self):
        return self._num_cancels_requested

    def uncancel(self):
        if self._num_cancels_requested > 0:
            self._num_cancels_requested -= 1
        return self._num_cancels_requested

    def get_stack(self, *, limit=None):
        """The frames of the coroutine: where it waits, or the way to where it failed."""
        error = self._exception
        if error is not None:
            import traceback

            return [frame for frame, _ in traceback.walk_tb(error.__traceback__)][:limit]
        # What an async generator's aclose() gives has no frame.
        frame, frames = getattr(self._coro, "cr_frame", None), []
        while frame is not None and (limit is None or len(frames) < limit):
            frames.append(frame)
            frame = frame.f_back
        return frames[::-1]

    def print_stack(self, *, limit=None, file=None):
        """Print them as a traceback."""
        import traceback

        places = [(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name) for frame in self.get_stack(limit=limit)]
        what = "No stack" if not places else "Stack" if self._exception is None else "Traceback"
        print(f"{what} for {self!r}{' (most recent call last):' if places else ''}", file=file)
        told = traceback.format_list([traceback.FrameSummary(*place) for place in places])
        if self._exception is not None:
            told += traceback.format_exception_only(self._exception)
        print(*told, sep="", end="", file=file)

    def __step(self, error=None):
        if self.done():
            raise exceptions.InvalidStateError(f"_step(): already done: {self!r}, {error!r}")
        if self._must_cancel:
            if not isinstance(error, exceptions.CancelledError):
                error = self._make_cancelled_error()
            self._must_cancel = False
        self._fut_waiter = None
        _enter_task(self._loop, self)
        try:
            awaited = self._coro.send(None) if error is None else self._coro.throw(error)
        except StopIteration as end:
            if self._must_cancel:
                # Asked for while it ran its last step.
                self._must_cancel = False
                super().cancel(msg=self._cancel_message)
            else:
                super().set_result(end.value)
        except exceptions.CancelledError as cancelled:
            self._cancelled_exc = _bare(cancelled)
            super().cancel()
        except (KeyboardInterrupt, SystemExit) as leave:
            super().set_exception(_bare(leave))
            raise
        except BaseException as failure:
            super().set_exception(_bare(failure))
        else:
            self.__wait(awaited)
        finally:
            _leave_task(self._loop, self)
            self = error = None

    def __wait(self, awaited):
        """The coroutine waits for a future, or only lets the others run."""
        blocking = getattr(awaited, "_asyncio_future_blocking", None)
        problem = None
        if blocking is None:
            if awaited is None:
                self._loop.call_soon(self.__step, context=self._context)
                return
            problem = f"Task got bad yield: {awaited!r}"
        elif awaited._loop is not self._loop:
            problem = f"Task {self!r} got Future {awaited!r} attached to a different loop"
        elif not blocking:
            problem = f"yield was used instead of yield from in task {self!r} with {awaited!r}"
        elif awaited is self:
            problem = f"Task cannot await on itself: {self!r}"
        if problem is not None:
            self._loop.call_soon(self.__step, RuntimeError(problem), context=self._context)
            return
        awaited._asyncio_future_blocking = False
        awaited.add_done_callback(self.task_wakeup, context=self._context)
        self._fut_waiter = awaited
        if self._must_cancel and self._fut_waiter.cancel(msg=self._cancel_message):
            self._must_cancel = False

    def task_wakeup(self, future):
        try:
            future.result()
        except BaseException as error:
            self.__step(error)
        else:
            self.__step()
        self = None

    task_wakeup.__qualname__ = "Task.task_wakeup"


def _bare(error):
    """Without the task's own frame, which would keep all that called it."""
    return error.with_traceback(error.__traceback__.tb_next)


def _enter_task(loop, task):
    running = _current.get(loop)
    if running is not None:
        raise RuntimeError(f"Cannot enter into task {task!r} while another task {running!r} is being executed.")
    _current[loop] = task


def _leave_task(loop, task):
    running = _current.get(loop)
    if running is not task:
        raise RuntimeError(f"Leaving task {task!r} does not match the current task {running!r}.")
    del _current[loop]


def create_task(coro, *, name=None, context=None):
    """Have the running loop drive a coroutine."""
    return events.get_running_loop().create_task(coro, name=name, context=context)


async def _await(awaitable):
    return await awaitable


def ensure_future(coro_or_future, *, loop=None):
    """A future as it is, or a task of a coroutine."""
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not coro_or_future._loop:
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return coro_or_future
    if not iscoroutine(coro_or_future):
        if not hasattr(type(coro_or_future), "__await__"):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
        coro_or_future = _await(coro_or_future)
    loop = events.get_event_loop() if loop is None else loop
    return loop.create_task(coro_or_future)


@types.coroutine
def _yield():
    yield


async def sleep(delay, result=None):
    """Wait so many seconds; 0 lets the others run once."""
    if delay <= 0:
        await _yield()
        return result
    loop = events.get_running_loop()
    future = loop.create_future()
    timer = loop.call_later(delay, _set_unless_done, future, result)
    try:
        return await future
    finally:
        timer.cancel()


def _set_unless_done(future, result):
    if not future.done():
        future.set_result(result)


class _GatheringFuture(Future):
    """What gather gives: to cancel it cancels the children."""

    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        cancelled = [child.cancel(msg=msg) for child in self._children]
        if any(cancelled):
            self._cancel_requested = True
        return any(cancelled)


def gather(*coros_or_futures, return_exceptions=False):
    """The results of all, in their order."""
    if not coros_or_futures:
        outer = events.get_event_loop().create_future()
        outer.set_result([])
        return outer
    known = {}
    children = []
    loop = None
    finished = 0

    def over(future):
        nonlocal finished
        finished += 1
        if outer is None or outer.done():
            if not future.cancelled():
                future.exception()  # it has been seen
            return
        if not return_exceptions:
            if future.cancelled():
                outer.set_exception(future._make_cancelled_error())
                return
            if future.exception() is not None:
                outer.set_exception(future.exception())
                return
        if finished < len(known):
            return
        results = []
        for child in children:
            if child.cancelled():
                results.append(exceptions.CancelledError("" if child._cancel_message is None else child._cancel_message))
            else:
                results.append(child.exception() or child.result())
        if outer._cancel_requested:
            outer.set_exception(future._make_cancelled_error())
        else:
            outer.set_result(results)

    outer = None
    for item in coros_or_futures:
        if item not in known:
            future = ensure_future(item, loop=loop)
            loop = future.get_loop() if loop is None else loop
            if future is not item:
                future._log_destroy_pending = False
            known[item] = future
            future.add_done_callback(over)
        children.append(known[item])
    outer = _GatheringFuture(children, loop=loop)
    return outer


def shield(arg):
    """Wait for something that is not cancelled together with who waits."""
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = inner.get_loop().create_future()

    def inner_over(_):
        if outer.cancelled():
            if not inner.cancelled():
                inner.exception()
        elif inner.cancelled():
            outer.cancel()
        elif inner.exception() is not None:
            outer.set_exception(inner.exception())
        else:
            outer.set_result(inner.result())

    def outer_over(_):
        if not inner.done():
            inner.remove_done_callback(inner_over)

    inner.add_done_callback(inner_over)
    outer.add_done_callback(outer_over)
    return outer


async def _cancel_and_wait(future):
    """Cancel it, and wait until it is over."""
    waiter = events.get_running_loop().create_future()
    wake = lambda _: _set_unless_done(waiter, None)
    future.add_done_callback(wake)
    try:
        future.cancel()
        await waiter
    finally:
        future.remove_done_callback(wake)


async def wait_for(fut, timeout):
    """The result, or TimeoutError after so many seconds; then it is cancelled."""
    loop = events.get_running_loop()
    if timeout is None:
        return await fut
    if timeout <= 0:
        fut = ensure_future(fut, loop=loop)
        if fut.done():
            return fut.result()
        await _cancel_and_wait(fut)
        return _result_in_time(fut)
    waiter = loop.create_future()
    timer = loop.call_later(timeout, _set_unless_done, waiter, None)
    wake = lambda _: _set_unless_done(waiter, None)
    fut = ensure_future(fut, loop=loop)
    fut.add_done_callback(wake)
    try:
        try:
            await waiter
        except exceptions.CancelledError:
            if fut.done():
                return fut.result()
            fut.remove_done_callback(wake)
            await _cancel_and_wait(fut)
            raise
        if fut.done():
            return fut.result()
        fut.remove_done_callback(wake)
        await _cancel_and_wait(fut)
        return _result_in_time(fut)
    finally:
        timer.cancel()


def _result_in_time(future):
    try:
        return future.result()
    except exceptions.CancelledError as error:
        raise exceptions.TimeoutError() from error


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Wait for tasks; the set of those that are done, and of those that are not."""
    if futures.isfuture(fs) or iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    fs = set(fs)
    if any(iscoroutine(future) for future in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    loop = events.get_running_loop()
    waiter = loop.create_future()
    timer = None if timeout is None else loop.call_later(timeout, _set_unless_done, waiter, None)

    def is_over():
        done = [future for future in fs if future.done()]
        if len(done) == len(fs) or (done and return_when == FIRST_COMPLETED):
            return True
        return return_when == FIRST_EXCEPTION and any(not f.cancelled() and f.exception() is not None for f in done)

    def over(_):
        if is_over():
            _set_unless_done(waiter, None)

    for future in fs:
        future.add_done_callback(over)
    try:
        if not is_over():
            await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for future in fs:
            future.remove_done_callback(over)
    done = {future for future in fs if future.done()}
    return done, fs - done


def as_completed(fs, *, timeout=None):
    """Awaitables, of which the first gives the first result."""
    if futures.isfuture(fs) or iscoroutine(fs):
        raise TypeError(f"expect an iterable of futures, not {type(fs).__name__}")
    from .queues import Queue

    done = Queue()
    loop = events.get_event_loop()
    todo = {ensure_future(future, loop=loop) for future in set(fs)}
    timer = None

    def time_is_up():
        for future in todo:
            future.remove_done_callback(over)
            done.put_nowait(None)
        todo.clear()

    def over(future):
        if todo:
            todo.remove(future)
            done.put_nowait(future)
            if not todo and timer is not None:
                timer.cancel()

    async def next_one():
        future = await done.get()
        if future is None:
            raise exceptions.TimeoutError
        return future.result()

    for future in todo:
        future.add_done_callback(over)
    if todo and timeout is not None:
        timer = loop.call_later(timeout, time_is_up)
    for _ in range(len(todo)):
        yield next_one()


def run_coroutine_threadsafe(coro, loop):
    """Have another thread's loop drive a coroutine; a future of concurrent.futures."""
    if not iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    from concurrent.futures import Future as ThreadFuture

    result = ThreadFuture()

    def over(task):
        if task.cancelled():
            result.cancel()
        elif task.exception() is not None:
            result.set_exception(task.exception())
        else:
            result.set_result(task.result())

    loop.call_soon_threadsafe(lambda: ensure_future(coro, loop=loop).add_done_callback(over))
    return result


async def to_thread(func, /, *args, **kwargs):
    """Call a function in another thread, and wait for it."""
    context = contextvars.copy_context()
    return await events.get_running_loop().run_in_executor(None, lambda: context.run(func, *args, **kwargs))
