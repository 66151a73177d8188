"""Tracebacks for a program that has gone wrong in C: here the machine tells of its own errors, and only asking is left."""

import sys as _sys

_enabled = False


def _name(text):
    shown = ascii(text)[1:-1] if isinstance(text, str) else "???"
    return shown if len(shown) <= 500 else shown[:500] + "..."


def dump_traceback(file=None, all_threads=True):
    """Write where every thread is, the running one last; its newest call first."""
    import _thread
    frames = _sys._current_frames()
    here = _thread.get_ident()
    parts = []
    for ident, frame in frames.items():
        if ident != here:
            if all_threads:
                parts.append(_thread_text("Thread", ident, frame))
    parts.append(_thread_text("Current thread" if all_threads else "Stack", here, _sys._getframe(1), all_threads))
    text = "\n".join(parts)
    if file is None:
        file = _sys.stderr
    if isinstance(file, int):
        import posix
        posix.write(file, text.encode())
    else:
        file.write(text)
        file.flush()


def _thread_text(title, ident, frame, numbered=True):
    lines = [f"{title} 0x{ident:016x} (most recent call first):" if numbered else f"{title} (most recent call first):"]
    while frame is not None and len(lines) <= 100:
        code = frame.f_code
        lines.append(f'  File "{_name(code.co_filename)}", line {frame.f_lineno} in {_name(code.co_name)}')
        frame = frame.f_back
    if frame is not None:
        lines.append("  ...")
    return "\n".join(lines) + "\n"


def enable(file=None, all_threads=True):
    """From now on errors in C are told: there are none."""
    global _enabled
    _enabled = True


def disable():
    """The counterpart of enable; tells whether it was on."""
    global _enabled
    was, _enabled = _enabled, False
    return was


def is_enabled():
    """Whether enable was called."""
    return _enabled


def dump_traceback_later(timeout, repeat=False, file=None, exit=False):
    """Nothing runs beside the machine that could look at the clock."""
    if timeout <= 0:
        raise ValueError("timeout must be greater than 0")


def cancel_dump_traceback_later():
    """The counterpart of dump_traceback_later."""


def register(signum, file=None, all_threads=True, chain=False):
    """Dump a traceback when a signal comes."""
    import signal
    signal.signal(signum, lambda number, frame: dump_traceback(file, all_threads))


def unregister(signum):
    """The counterpart of register."""
    import signal
    return signal.signal(signum, signal.SIG_DFL) is not signal.SIG_DFL
