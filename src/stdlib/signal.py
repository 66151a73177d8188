"""Signals by name: functions that the main thread calls when something comes from outside."""

import _signal
from _signal import *
from enum import IntEnum as _IntEnum


def _named(kind, wanted):
    members = {name: number for name, number in vars(_signal).items() if name.startswith("SIG") and wanted(name)}
    return _IntEnum(kind, members, module=__name__)


Signals = _named("Signals", lambda name: "_" not in name)
Handlers = _named("Handlers", lambda name: name in ("SIG_DFL", "SIG_IGN"))
Sigmasks = _named("Sigmasks", lambda name: name in ("SIG_BLOCK", "SIG_UNBLOCK", "SIG_SETMASK"))
for _kind in Signals, Handlers, Sigmasks:
    globals().update(_kind.__members__)
del _kind


def _as(kind, value):
    """A number of this kind by its name; anything else as it is."""
    return kind(value) if isinstance(value, int) and value in kind._value2member_map_ else value


def signal(signalnum, handler):
    """Have handler(signalnum, frame) called for a signal; the old handler."""
    return _as(Handlers, _signal.signal(signalnum, handler))


def getsignal(signalnum):
    return _as(Handlers, _signal.getsignal(signalnum))


def pthread_sigmask(how, mask):
    return {_as(Signals, number) for number in _signal.pthread_sigmask(how, mask)}


def sigpending():
    return {_as(Signals, number) for number in _signal.sigpending()}


def valid_signals():
    return {_as(Signals, number) for number in _signal.valid_signals()}
