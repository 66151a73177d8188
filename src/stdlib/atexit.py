"""Functions to be called when the program ends, the last one registered first."""

# (function, arguments, keywords), taken from the end by the interpreter.
_callbacks = []


def register(*args, **kwargs):
    """Have the first argument called with the others at the end; returns it."""
    if not args:
        raise TypeError("register() takes at least 1 argument (0 given)")
    func, args = args[0], args[1:]
    if not callable(func):
        raise TypeError("the first argument must be callable")
    _callbacks.append((func, args, kwargs))
    return func


def unregister(func, /):
    """Forget every registration of a function."""
    _callbacks[:] = [row for row in _callbacks if not row[0] == func]


def _clear():
    _callbacks.clear()


def _ncallbacks():
    return len(_callbacks)


def _run_exitfuncs():
    while _callbacks:
        func, args, kwargs = _callbacks.pop()
        func(*args, **kwargs)
