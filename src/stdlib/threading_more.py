
# What tools of an installed library know of threading's inside: all threads that are not gone, and both kinds of RLock.

from _weakrefset import WeakSet as _WeakSet

_dangling = _WeakSet()
_PyRLock = _CRLock = RLock
