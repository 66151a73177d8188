"""What can be asked of any path, whatever its separators: is it there, how big, how old."""

import os
import stat

__all__ = ["commonprefix", "exists", "getatime", "getctime", "getmtime", "getsize", "isdir", "isfile", "samefile", "sameopenfile",
           "samestat"]


def _mode(path):
    try:
        return os.stat(path).st_mode
    except (OSError, ValueError):
        return 0


def exists(path):
    """Does the path lead to something?"""
    return _mode(path) != 0


def isfile(path):
    return stat.S_ISREG(_mode(path))


def isdir(s):
    return stat.S_ISDIR(_mode(s))


def getsize(filename):
    """In bytes."""
    return os.stat(filename).st_size


def getmtime(filename):
    """When it was last changed, in seconds since the epoch."""
    return os.stat(filename).st_mtime


def getatime(filename):
    return os.stat(filename).st_atime


def getctime(filename):
    return os.stat(filename).st_ctime


def commonprefix(m):
    """The longest start that all the sequences have, character by character."""
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = [os.fspath(path) for path in m]
    first, last = min(m), max(m)
    for count, item in enumerate(first):
        if item != last[count]:
            return first[:count]
    return first


def samestat(s1, s2):
    return (s1.st_ino, s1.st_dev) == (s2.st_ino, s2.st_dev)


def samefile(f1, f2):
    """Do both paths lead to the same file?"""
    return samestat(os.stat(f1), os.stat(f2))


def sameopenfile(fp1, fp2):
    return samestat(os.fstat(fp1), os.fstat(fp2))

