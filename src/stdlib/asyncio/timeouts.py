"""async with timeout(seconds)."""

from . import events, exceptions, tasks

__all__ = ("Timeout", "timeout", "timeout_at")


class Timeout:
    """What is inside is cancelled at a time, and that becomes a TimeoutError."""

    def __init__(self, when):
        self._when = when
        self._state = "created"
        self._handler = self._task = None

    def __repr__(self):
        told = [self._state]
        if self._state == "active":
            told.append(f"when={self._when if self._when is None else round(self._when, 3)}")
        return f"<Timeout [{self._state}] {' '.join(told[1:])}>".replace(" >", ">")

    def when(self):
        return self._when

    def reschedule(self, when):
        if self._state != "active":
            if self._state == "created":
                raise RuntimeError("Timeout has not been entered")
            raise RuntimeError(f"Cannot change state of {self._state} Timeout")
        self._when = when
        if self._handler is not None:
            self._handler.cancel()
        if when is None:
            self._handler = None
            return
        loop = events.get_running_loop()
        if when <= loop.time():
            self._handler = loop.call_soon(self._on_timeout)
        else:
            self._handler = loop.call_at(when, self._on_timeout)

    def expired(self):
        return self._state in ("expiring", "expired")

    async def __aenter__(self):
        if self._state != "created":
            raise RuntimeError("Timeout has already been entered")
        task = tasks.current_task()
        if task is None:
            raise RuntimeError("Timeout should be used inside a task")
        self._state = "active"
        self._task = task
        self._cancelling = task.cancelling()
        self.reschedule(self._when)
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        if self._handler is not None:
            self._handler.cancel()
            self._handler = None
        if self._state == "expiring":
            self._state = "expired"
            if self._task.uncancel() <= self._cancelling and exc_type is exceptions.CancelledError:
                raise TimeoutError from exc_val
        elif self._state == "active":
            self._state = "exited"

    def _on_timeout(self):
        self._task.cancel()
        self._state = "expiring"
        self._handler = None


def timeout(delay):
    """So many seconds from now, or never."""
    return Timeout(None if delay is None else events.get_running_loop().time() + delay)


def timeout_at(when):
    return Timeout(when)
