"""Where memory was allocated: whether that is asked for is known; the panes of the debugger show more."""

_tracing = False
_limit = 1


def start(nframe=1, /):
    """Ask for traces of so many frames."""
    global _tracing, _limit
    if not 1 <= nframe <= 65535:
        raise ValueError("the number of frames must be in range [1; 65535]")
    if not _tracing:
        _tracing, _limit = True, nframe


def stop():
    """The counterpart of start."""
    global _tracing
    _tracing = False


def is_tracing():
    """Whether start was called."""
    return _tracing


def clear_traces():
    """Forget what was traced."""


def reset_peak():
    """Forget the highest use so far."""


def get_traceback_limit():
    """How many frames a trace has."""
    return _limit


def get_traced_memory():
    """Use now and at most, in bytes."""
    return (0, 0)


def get_tracemalloc_memory():
    """What traces take themselves, in bytes."""
    return 0


def _get_traces():
    return []


def _get_object_traceback(obj, /):
    return None
