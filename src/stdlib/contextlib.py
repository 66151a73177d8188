"""Tools for the with statement: managers made from generators, and a few that are used often.

Each comes in two kinds, for `with` and for `async with`.
"""

import sys
from _collections import deque
from abc import ABC, abstractmethod
from functools import wraps
from types import GenericAlias, MethodType

__all__ = ["asynccontextmanager", "contextmanager", "closing", "nullcontext", "AbstractContextManager",
           "AbstractAsyncContextManager", "AsyncExitStack", "ContextDecorator", "ExitStack", "redirect_stdout",
           "redirect_stderr", "suppress", "aclosing", "chdir"]


def _has_methods(cls, *names):
    """Whether a class has methods of these names, and has not set them to None."""
    for name in names:
        for base in cls.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


class AbstractContextManager(ABC):
    """What `with` takes. A class with both methods counts as one."""

    __class_getitem__ = classmethod(GenericAlias)

    def __enter__(self):
        return self

    @abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, "__enter__", "__exit__") if cls is AbstractContextManager else NotImplemented


class AbstractAsyncContextManager(ABC):
    """What `async with` takes. A class with both methods counts as one."""

    __class_getitem__ = classmethod(GenericAlias)

    async def __aenter__(self):
        return self

    @abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, "__aenter__", "__aexit__") if cls is AbstractAsyncContextManager else NotImplemented


class ContextDecorator:
    """Lets a manager be used as a decorator: the function runs inside it."""

    def _recreate_cm(self):
        return self

    def __call__(self, func):
        def inside(*args, **kwds):
            manager = self._recreate_cm()
            with manager:
                return func(*args, **kwds)
        return wraps(func)(inside)


class AsyncContextDecorator:
    """The same for coroutine functions."""

    def _recreate_cm(self):
        return self

    def __call__(self, func):
        async def inside(*args, **kwds):
            manager = self._recreate_cm()
            async with manager:
                return await func(*args, **kwds)
        return wraps(func)(inside)


# ── managers made from generators ───────────────────────────────────────────────────────────────────────────────────────

class _GeneratorContextManagerBase:
    """A generator that has not begun. Until it does, the call that made it is kept, so that a decorator can make another."""

    def __init__(self, func, args, kwds):
        generator = func(*args, **kwds)
        vars(self).update(gen=generator, func=func, args=args, kwds=kwds)
        text = getattr(func, "__doc__", None)
        self.__doc__ = type(self).__doc__ if text is None else text

    def _recreate_cm(self):
        return type(self)(self.func, self.args, self.kwds)

    def _begin(self):
        for name in ("args", "kwds", "func"):
            delattr(self, name)
        return self.gen

    def _passes(self, error, thrown, traceback, wrapped):
        """Whether an error that left the generator is only the one thrown into it, which goes on by itself. Python makes a
        RuntimeError of those in `wrapped`, with the thrown one as its cause."""
        if error is not thrown:
            if not (isinstance(error, RuntimeError) and isinstance(thrown, wrapped) and error.__cause__ is thrown):
                return False
        thrown.__traceback__ = traceback
        return True


class _GeneratorContextManager(_GeneratorContextManagerBase, AbstractContextManager, ContextDecorator):
    def __enter__(self):
        try:
            return next(self._begin())
        except StopIteration:
            raise _odd("yield") from None

    def __exit__(self, typ, value, traceback):
        if value is None and typ is not None:
            value = typ()
        try:
            if typ is None:
                next(self.gen)
            else:
                self.gen.throw(typ, value, traceback)
        except StopIteration as stop:
            # The body's own StopIteration goes on; one that ends the generator means: handled.
            return typ is not None and stop is not value
        except BaseException as error:
            if typ is None or not self._passes(error, value, traceback, StopIteration):
                raise
            return False
        try:
            raise _odd("stop" if typ is None else "stop after throw()")
        finally:
            self.gen.close()


class _AsyncGeneratorContextManager(_GeneratorContextManagerBase, AbstractAsyncContextManager, AsyncContextDecorator):
    async def __aenter__(self):
        try:
            return await anext(self._begin())
        except StopAsyncIteration:
            raise _odd("yield") from None

    async def __aexit__(self, typ, value, traceback):
        if value is None and typ is not None:
            value = typ()
        try:
            if typ is None:
                await anext(self.gen)
            else:
                await self.gen.athrow(typ, value, traceback)
        except StopAsyncIteration as stop:
            return typ is not None and stop is not value
        except BaseException as error:
            # What ends iterations may not leave a generator: it comes out as the cause of another.
            if typ is None or not self._passes(error, value, traceback, (StopIteration, StopAsyncIteration)):
                raise
            return False
        try:
            raise _odd("stop" if typ is None else "stop after athrow()")
        finally:
            await self.gen.aclose()


def _odd(missing):
    return RuntimeError(f"generator didn't {missing}")


def _maker_of(manager):
    """A decorator whose functions give managers of one kind."""
    def decorate(func):
        def make(*args, **kwds):
            return manager(func, args, kwds)
        return wraps(func)(make)
    return decorate


def contextmanager(func):
    """Makes a manager of a generator function: what stands before its yield is entering, what follows is leaving."""
    return _maker_of(_GeneratorContextManager)(func)


def asynccontextmanager(func):
    """Makes a manager for `async with` of an asynchronous generator function."""
    return _maker_of(_AsyncGeneratorContextManager)(func)


# ── small managers ──────────────────────────────────────────────────────────────────────────────────────────────────────

class closing(AbstractContextManager):
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class aclosing(AbstractAsyncContextManager):
    """Closes an asynchronous generator, or what else has `aclose`, in the end."""

    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()


class _Exchange(AbstractContextManager):
    """Puts something in the place of another for a while; entered again, it remembers all that it took away."""

    def __init__(self):
        self._taken = []

    def _exchange(self, get, put, new):
        self._taken.append(get())
        put(new)

    def __exit__(self, *excinfo):
        self._put(self._taken.pop())


class _RedirectStream(_Exchange):
    _stream = None

    def __init__(self, new_target):
        super().__init__()
        self._new = new_target

    def _put(self, file):
        setattr(sys, self._stream, file)

    def __enter__(self):
        self._exchange(lambda: getattr(sys, self._stream), self._put, self._new)
        return self._new


class redirect_stdout(_RedirectStream):
    _stream = "stdout"


class redirect_stderr(_RedirectStream):
    _stream = "stderr"


class chdir(_Exchange):
    """Another current folder for a while."""

    def __init__(self, path):
        super().__init__()
        self.path = path

    def _put(self, folder):
        import os
        os.chdir(folder)

    def __enter__(self):
        import os
        self._exchange(os.getcwd, self._put, self.path)


class suppress(AbstractContextManager):
    def __init__(self, *exceptions):
        self._kinds = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exctype, excinst, exctb):
        return False if exctype is None else issubclass(exctype, self._kinds)


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    """Does nothing, in both kinds."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        pass

    async def __aenter__(self):
        return self.enter_result

    async def __aexit__(self, *excinfo):
        pass


# ── stacks ──────────────────────────────────────────────────────────────────────────────────────────────────────────

def _unsupported(cls, kind):
    return TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the {kind} protocol")


def _relink(error, received, outer):
    """Hangs what was on its way before behind a new exception, in place of the one that the caller was handling."""
    earlier = error.__context__
    while not (earlier is None or earlier is received or earlier is outer):
        error, earlier = earlier, earlier.__context__
    if outer is not None and earlier is outer:
        error.__context__ = received


class _Leaving:
    """What has become of an exception on its way out through a stack."""

    def __init__(self, details):
        self.details, self.received = details, details[0] is not None
        self.outer = sys.exc_info()[1]
        self.raised = self.suppressed = False

    def suppress(self):
        self.raised, self.suppressed, self.details = False, True, (None, None, None)

    def replace(self, error):
        _relink(error, self.details[1], self.outer)
        self.raised, self.details, self.context = True, (type(error), error, error.__traceback__), error.__context__

    def done(self):
        """Whether the exception that came in is dealt with."""
        return self.received and self.suppressed


class _BaseExitStack:
    """What is left in the end: pairs of whether it is synchronous and a function of the three."""

    def __init__(self):
        self._exit_callbacks = deque([])

    def pop_all(self):
        new = type(self)()
        new._exit_callbacks, self._exit_callbacks = self._exit_callbacks, new._exit_callbacks
        return new

    def _leave_by(self, leave, is_sync=True):
        self._exit_callbacks.append((is_sync, leave))

    def _push_object(self, exit, method, is_sync):
        leave = getattr(type(exit), method, None)
        self._leave_by(exit if leave is None else MethodType(leave, exit), is_sync)
        return exit

    def _methods_of(self, cm, enter, leave, kind):
        """Both methods of a manager, as its class has them."""
        cls = type(cm)
        try:
            return MethodType(getattr(cls, enter), cm), MethodType(getattr(cls, leave), cm)
        except AttributeError:
            raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the {kind} protocol") from None

    def push(self, exit):
        return self._push_object(exit, "__exit__", True)

    def enter_context(self, cm):
        enter, leave = self._methods_of(cm, "__enter__", "__exit__", "context manager")
        result = enter()
        self._leave_by(leave)
        return result

    def callback(self, callback, /, *args, **kwds):
        def leave(exc_type, exc, tb):
            callback(*args, **kwds)
        leave.__wrapped__ = callback
        self._leave_by(leave)
        return callback


class ExitStack(_BaseExitStack, AbstractContextManager):
    """Managers and callbacks entered one by one, left in the opposite order."""

    def __enter__(self):
        return self

    def __exit__(self, *exc_details):
        leaving = _Leaving(exc_details)
        while self._exit_callbacks:
            _, leave = self._exit_callbacks.pop()
            try:
                if leave(*leaving.details):
                    leaving.suppress()
            except BaseException as error:
                leaving.replace(error)
        if not leaving.raised:
            return leaving.done()
        try:
            raise leaving.details[1]
        except BaseException as error:
            error.__context__ = leaving.context  # raising it here has changed nothing
            raise

    def close(self):
        nothing = (None, None, None)
        self.__exit__(*nothing)


class AsyncExitStack(_BaseExitStack, AbstractAsyncContextManager):
    """The same for both kinds of managers."""

    def push_async_exit(self, exit):
        return self._push_object(exit, "__aexit__", False)

    async def enter_async_context(self, cm):
        enter, leave = self._methods_of(cm, "__aenter__", "__aexit__", "asynchronous context manager")
        result = await enter()
        self._leave_by(leave, False)
        return result

    def push_async_callback(self, callback, /, *args, **kwds):
        async def leave(exc_type, exc, tb):
            waiting = callback(*args, **kwds)
            await waiting
        leave.__wrapped__ = callback
        self._leave_by(leave, False)
        return callback

    async def aclose(self):
        nothing = (None, None, None)
        await self.__aexit__(*nothing)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_details):
        leaving = _Leaving(exc_details)
        while self._exit_callbacks:
            is_sync, leave = self._exit_callbacks.pop()
            try:
                handled = leave(*leaving.details)
                if not is_sync:
                    handled = await handled
                if handled:
                    leaving.suppress()
            except BaseException as error:
                leaving.replace(error)
        if not leaving.raised:
            return leaving.done()
        try:
            raise leaving.details[1]
        except BaseException as error:
            error.__context__ = leaving.context  # raising it here has changed nothing
            raise
