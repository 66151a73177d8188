"""Signals with plain numbers: what `signal` is made of, and what needs no more than that."""

import _thread
import sys as _sys

_NAMES = (
    "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU "
    "XFSZ VTALRM PROF WINCH IO PWR SYS"
).split()
for _number, _name in enumerate(_NAMES, 1):
    globals()["SIG" + _name] = _number
SIGCLD, SIGIOT, SIGPOLL = SIGCHLD, SIGABRT, SIGIO
SIGRTMIN, SIGRTMAX = 34, 64
NSIG = 65
SIG_DFL, SIG_IGN = 0, 1
SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK = 0, 1, 2
ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF = 0, 1, 2
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
    if signalnum in _blocked:
        _pending.add(int(signalnum))
        return
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


# Signals that have to wait, and those of them that have come. What comes from outside does not wait.
_blocked, _pending = set(), set()


def pthread_sigmask(how, mask, /):
    """Add signals to those that wait (SIG_BLOCK), take them away (SIG_UNBLOCK), or name them all; those that waited before."""
    old, wanted = set(_blocked), {_checked(each) for each in mask} - {SIGKILL, SIGSTOP}
    if how == SIG_BLOCK:
        _blocked.update(wanted)
    elif how == SIG_UNBLOCK:
        _blocked.difference_update(wanted)
    elif how == SIG_SETMASK:
        _blocked.intersection_update(wanted)
        _blocked.update(wanted)
    else:
        raise OSError(22, "Invalid argument")
    for signalnum in sorted(_pending - _blocked):
        _pending.discard(signalnum)
        raise_signal(signalnum)
    return old


def sigpending():
    """The signals that have come and wait."""
    return set(_pending)


def pthread_kill(thread_id, signalnum, /):
    """Send a signal to a thread: handlers run in the main one in any case."""
    if thread_id not in _sys._current_frames():
        raise ProcessLookupError(3, "No such process")
    if signalnum:
        raise_signal(signalnum)


def siginterrupt(signalnum, flag, /):
    """Whether a signal interrupts what waits: that goes on in any case."""
    _checked(signalnum)


class itimer_error(OSError):
    """A timer is not there, or its time is none."""


ItimerError = itimer_error
ItimerError.__module__ = "signal"

# What waits for the time of SIGALRM, when that is, and after how many seconds it comes again.
_timer = None, 0.0, 0.0


def getitimer(which, /):
    """The seconds until the signal comes, and those from then on between one and the next."""
    if which not in (ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF):
        raise ItimerError(22, "Invalid argument")
    timer, when, interval = _timer
    if which != ITIMER_REAL or timer is None:
        return 0.0, 0.0
    return max(0.0, when - _thread._clock()), interval


def setitimer(which, seconds, interval=0.0, /):
    """Have SIGALRM come in so many seconds, and again after each interval; what getitimer() told before."""
    old = getitimer(which)
    if seconds < 0 or interval < 0:
        raise ItimerError(22, "Invalid argument")
    if which != ITIMER_REAL:
        raise ItimerError(22, "uncoil has no timers that count the processor's time")
    if _timer[0] is not None:
        _timer[0].cancel()
    _start(seconds, interval)
    return old


def _start(seconds, interval):
    global _timer
    if not seconds:
        _timer = None, 0.0, 0.0
        return
    import threading

    timer = threading.Timer(seconds, _time_is_up)
    timer.daemon = True
    _timer = timer, _thread._clock() + seconds, float(interval)
    timer.start()


def _time_is_up():
    interval = _timer[2]
    _start(interval, interval)
    raise_signal(SIGALRM)


def alarm(seconds, /):
    """Have SIGALRM come in so many seconds; how many were left of the last one."""
    return round(setitimer(ITIMER_REAL, int(seconds))[0])


def strsignal(signalnum, /):
    return _TEXTS.get(_checked(signalnum))


_TEXTS = {1: "Hangup", 2: "Interrupt", 3: "Quit", 9: "Killed", 11: "Segmentation fault", 14: "Alarm clock", 15: "Terminated"}


def valid_signals():
    return {number for number in range(1, NSIG) if number not in (32, 33)}
