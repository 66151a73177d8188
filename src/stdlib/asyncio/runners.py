"""asyncio.run: a loop for one coroutine, from start to end."""

import _signal
import contextvars
import threading

from . import events, exceptions, tasks

__all__ = ("Runner", "run")


class Runner:
    """Runs several coroutines in the same loop and the same context."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._state = "created"
        self._debug = debug
        self._loop_factory = loop_factory
        self._loop = self._context = None
        self._interrupts = 0

    def __enter__(self):
        self._begin()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.close()

    def _begin(self):
        if self._state == "closed":
            raise RuntimeError("Runner is closed")
        if self._state == "open":
            return
        self._loop = (self._loop_factory or events.new_event_loop)()
        if self._loop_factory is None:
            events.set_event_loop(self._loop)
        if self._debug is not None:
            self._loop.set_debug(self._debug)
        self._context = contextvars.copy_context()
        self._state = "open"

    def get_loop(self):
        self._begin()
        return self._loop

    def run(self, coro, *, context=None):
        if not hasattr(coro, "send") or not hasattr(coro, "throw"):
            raise ValueError("a coroutine was expected, got {!r}".format(coro))
        if events._get_running_loop() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        self._begin()
        task = self._loop.create_task(coro, context=self._context if context is None else context)
        handles = (
            threading.current_thread() is threading.main_thread()
            and _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler
        )
        if handles:
            _signal.signal(_signal.SIGINT, lambda number, frame: self._interrupt(task))
        self._interrupts = 0
        try:
            return self._loop.run_until_complete(task)
        except exceptions.CancelledError:
            if self._interrupts > 0 and task.uncancel() == 0:
                raise KeyboardInterrupt() from None
            raise
        finally:
            if handles:
                _signal.signal(_signal.SIGINT, _signal.default_int_handler)

    def _interrupt(self, task):
        """Ctrl-C cancels the main task first, and is an exception only the second time."""
        self._interrupts += 1
        if self._interrupts == 1 and not task.done():
            task.cancel()
            self._loop.call_soon_threadsafe(lambda: None)
            return
        raise KeyboardInterrupt()

    def close(self):
        if self._state != "open":
            return
        loop = self._loop
        try:
            _cancel_all(loop)
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
        finally:
            events.set_event_loop(None)
            loop.close()
            self._loop = None
            self._state = "closed"


def run(main, *, debug=None):
    """Run a coroutine in a new loop; its result."""
    if events._get_running_loop() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug) as runner:
        return runner.run(main)


def _cancel_all(loop):
    left = tasks.all_tasks(loop)
    if not left:
        return
    for task in left:
        task.cancel()
    loop.run_until_complete(tasks.gather(*left, return_exceptions=True))
    for task in left:
        if not task.cancelled() and task.exception() is not None:
            message = "unhandled exception during asyncio.run() shutdown"
            loop.call_exception_handler({"message": message, "exception": task.exception(), "task": task})
