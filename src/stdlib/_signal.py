"""Signals with plain numbers: what `signal` is made of, and what needs no more than that."""

import _thread
import sys as _sys

_NAMES = (
    "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU "
    "XFSZ VTALRM PROF WINCH IO PWR SYS"
).split()
for _number, _name in enumerate(_NAMES, 1):
    globals()["SIG" + _name] = _number
SIGCLD, SIGPOLL = SIGCHLD, SIGIO
SIGRTMIN, SIGRTMAX = 34, 64
NSIG = 65
SIG_DFL, SIG_IGN = 0, 1
SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK = 0, 1, 2
del _number, _name


def default_int_handler(signalnum, frame, /):
    """Raise KeyboardInterrupt."""
    raise KeyboardInterrupt


_handlers = {SIGINT: default_int_handler, SIGPIPE: SIG_IGN, SIGXFSZ: SIG_IGN}


def _checked(signalnum):
    if not isinstance(signalnum, int):
        raise TypeError(f"'{type(signalnum).__name__}' object cannot be interpreted as an integer")
    if not 1 <= signalnum < NSIG:
        raise ValueError("signal number out of range")
    return int(signalnum)


def signal(signalnum, handler, /):
    """Have handler(signalnum, frame) called for a signal; the old handler."""
    signalnum = _checked(signalnum)
    if _thread.get_ident() != _thread._main_ident():
        raise ValueError("signal only works in main thread of the main interpreter")
    if not callable(handler) and handler not in (SIG_DFL, SIG_IGN):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    if signalnum in (SIGKILL, SIGSTOP):
        raise OSError(22, "Invalid argument")
    old = getsignal(signalnum)
    if not callable(handler):
        handler = int(handler)
    _handlers[signalnum] = handler
    if handler is default_int_handler or handler is SIG_DFL:
        _thread._set_handler(signalnum, None)
    elif handler is SIG_IGN:
        _thread._set_handler(signalnum, _ignore)
    else:
        _thread._set_handler(signalnum, handler)
    return old


def _ignore(signalnum, frame):
    pass


def getsignal(signalnum, /):
    return _handlers.get(_checked(signalnum), SIG_DFL)


def raise_signal(signalnum, /):
    """Send this program a signal."""
    handler = getsignal(signalnum)
    if handler is SIG_IGN:
        return
    if handler is SIG_DFL:
        if signalnum not in (SIGCHLD, SIGCONT, SIGURG, SIGWINCH):
            _sys.exit(128 + signalnum)
        return
    if _thread.get_ident() == _thread._main_ident():
        handler(int(signalnum), _sys._getframe(1))
    else:
        _thread.interrupt_main(int(signalnum))


_alarm = None


def alarm(seconds, /):
    """Have SIGALRM come in so many seconds; how many were left of the last one."""
    global _alarm
    import threading

    left = 0
    if _alarm is not None and _alarm[0].is_alive():
        left = max(0, round(_alarm[1] - threading._time()))
        _alarm[0].cancel()
    _alarm = None
    if seconds > 0:
        timer = threading.Timer(seconds, _thread.interrupt_main, (int(SIGALRM),))
        timer.daemon = True
        _alarm = timer, threading._time() + seconds
        timer.start()
    return left


def strsignal(signalnum, /):
    return _TEXTS.get(_checked(signalnum))


_TEXTS = {1: "Hangup", 2: "Interrupt", 3: "Quit", 9: "Killed", 11: "Segmentation fault", 14: "Alarm clock", 15: "Terminated"}


def valid_signals():
    return {number for number in range(1, NSIG) if number not in (32, 33)}
