"""Paths as text: `os.path` on this kind of system. Nothing here looks at files, but for what asks whether one is there."""

import os
import stat
import sys

from genericpath import (commonprefix, exists, getatime, getctime, getmtime, getsize, isdir, isfile, samefile, sameopenfile,
                         samestat)

__all__ = ["normcase", "isabs", "join", "splitdrive", "split", "splitext", "basename", "dirname", "commonprefix", "getsize",
           "getmtime", "getatime", "getctime", "islink", "exists", "lexists", "isdir", "isfile", "ismount", "expanduser",
           "expandvars", "normpath", "abspath", "samefile", "sameopenfile", "samestat", "curdir", "pardir", "sep", "pathsep",
           "defpath", "altsep", "extsep", "devnull", "realpath", "supports_unicode_filenames", "relpath", "commonpath"]

curdir, pardir, extsep, sep, pathsep = ".", "..", ".", "/", ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"
supports_unicode_filenames = sys.platform == "darwin"


def _words(path):
    """Separator, dot, two dots and nothing, of the path's own type."""
    if isinstance(path, bytes):
        return b"/", b".", b"..", b""
    return "/", ".", "..", ""


def _check_kinds(function, paths):
    """The reason why paths cannot go together."""
    kinds = [type(path) for path in paths]
    for path in paths:
        if not isinstance(path, (str, bytes)):
            raise TypeError(f"{function}() argument must be str, bytes, or os.PathLike object, not "
                            f"{type(path).__name__!r}") from None
    if any(issubclass(kind, str) for kind in kinds) and any(issubclass(kind, bytes) for kind in kinds):
        raise TypeError("Can't mix strings and bytes in path components") from None


def normcase(s):
    """Capital letters matter here: the path itself."""
    return os.fspath(s)


def isabs(s):
    s = os.fspath(s)
    return s.startswith(_words(s)[0])


def join(a, *p):
    """One path of several; one that begins at the root makes those before it void."""
    a = os.fspath(a)
    slash = _words(a)[0]
    whole = a
    try:
        for part in p:
            part = os.fspath(part)
            if part.startswith(slash):
                whole = part
            elif whole and not whole.endswith(slash):
                whole = whole + slash + part
            else:
                whole = whole + part
    except (TypeError, AttributeError, BytesWarning):
        _check_kinds("join", (a, *p))
        raise
    return whole


def split(p):
    """What stands before the last slash, and what after it."""
    p = os.fspath(p)
    slash = _words(p)[0]
    cut = p.rfind(slash) + 1
    head, tail = p[:cut], p[cut:]
    return head.rstrip(slash) or head, tail


def splitext(p):
    """The path without its extension, and the extension with its dot; dots at the start of a name begin none."""
    p = os.fspath(p)
    slash, dot, _, nothing = _words(p)
    name = p[p.rfind(slash) + 1:]
    stem = name.lstrip(dot)
    at = stem.rfind(dot)
    if at <= 0:
        return p, nothing
    cut = len(p) - len(stem) + at
    return p[:cut], p[cut:]


def splitdrive(p):
    """There are no drives here."""
    p = os.fspath(p)
    return p[:0], p


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def islink(path):
    """Is the path itself a symbolic link?"""
    try:
        return stat.S_ISLNK(os.lstat(path).st_mode)
    except (OSError, ValueError, AttributeError):
        return False


def lexists(path):
    """Is there something of that name, even a link that leads nowhere?"""
    try:
        os.lstat(path)
    except (OSError, ValueError):
        return False
    return True


def ismount(path):
    try:
        here = os.lstat(path)
        if stat.S_ISLNK(here.st_mode):
            return False
        path = os.fspath(path)
        above = os.lstat(realpath(join(path, _words(path)[2])))
    except (OSError, ValueError):
        return False
    return here.st_dev != above.st_dev or here.st_ino == above.st_ino


def expanduser(path):
    """`~` at the start becomes the home folder."""
    path = os.fspath(path)
    slash = _words(path)[0]
    tilde = b"~" if isinstance(path, bytes) else "~"
    if not path.startswith(tilde):
        return path
    end = path.find(slash)
    end = len(path) if end < 0 else end
    if end == 1:
        home = os.environ.get("HOME")
        if home is None:
            home = _home_of(None)
    else:
        name = path[1:end]
        home = _home_of(os.fsdecode(name))
    if home is None:
        return path
    if isinstance(path, bytes):
        home = os.fsencode(home)
    return home.rstrip(slash) + path[end:] or slash


def _home_of(name):
    """From the list of users."""
    try:
        with open("/etc/passwd", encoding="utf-8", errors="surrogateescape") as users:
            for line in users:
                fields = line.rstrip("\n").split(":")
                if len(fields) > 5 and (fields[0] == name if name is not None else fields[2] == str(os.getuid())):
                    return fields[5]
    except OSError:
        pass
    return None


def expandvars(path):
    """`$NAME` and `${NAME}` become what the environment says; unknown ones stay."""
    path = os.fspath(path)
    as_bytes = isinstance(path, bytes)
    text = os.fsdecode(path) if as_bytes else path
    if "$" not in text:
        return path
    done, rest = "", text
    while rest:
        before, dollar, rest = rest.partition("$")
        done += before
        if not dollar:
            break
        if rest.startswith("{"):
            end = rest.find("}")
            name, taken = (rest[1:end], end + 1) if end > 0 else ("", 0)
        else:
            taken = 0
            while taken < len(rest) and (rest[taken].isalnum() and rest[taken].isascii() or rest[taken] == "_"):
                taken += 1
            name = rest[:taken]
        value = os.environ.get(name) if name else None
        done += "$" + rest[:taken] if value is None else value
        rest = rest[taken:]
    return os.fsencode(done) if as_bytes else done


def normpath(path):
    """Without double slashes, `.` and `..`."""
    path = os.fspath(path)
    slash, dot, dots, nothing = _words(path)
    if not path:
        return dot
    # Two slashes at the start, no more and no less, may mean something else than one.
    root = nothing
    if path.startswith(slash):
        root = slash * 2 if path.startswith(slash * 2) and not path.startswith(slash * 3) else slash
    kept = []
    for part in path.split(slash):
        if not part or part == dot:
            continue
        if part != dots or not root and not kept or kept and kept[-1] == dots:
            kept.append(part)
        elif kept:
            kept.pop()
    return root + slash.join(kept) or dot


def abspath(path):
    """From the root."""
    path = os.fspath(path)
    if not isabs(path):
        path = join(os.getcwdb() if isinstance(path, bytes) else os.getcwd(), path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """From the root, and no part of it a symbolic link."""
    filename = os.fspath(filename)
    slash, dot, dots, nothing = _words(filename)
    whole = slash if isabs(filename) else (os.getcwdb() if isinstance(filename, bytes) else os.getcwd())
    todo = filename.split(slash)[::-1]
    followed = 0
    while todo:
        part = todo.pop()
        if not part or part == dot:
            continue
        if part == dots:
            whole = dirname(whole)
            continue
        step = join(whole, part)
        try:
            is_link = stat.S_ISLNK(os.lstat(step).st_mode)
        except OSError:
            if strict:
                raise
            is_link = False
        if not is_link:
            whole = step
            continue
        followed += 1
        if followed > 40:
            if strict:
                os.stat(step)
            whole = step
            continue
        target = os.readlink(step)
        if isabs(target):
            whole = slash
        todo.extend(target.split(slash)[::-1])
    return whole


def relpath(path, start=None):
    """The way to a path from another."""
    if not path:
        raise ValueError("no path specified")
    path = os.fspath(path)
    slash, dot, dots, nothing = _words(path)
    start = dot if start is None else os.fspath(start)
    try:
        origin = [part for part in abspath(start).split(slash) if part]
        target = [part for part in abspath(path).split(slash) if part]
    except (TypeError, AttributeError, BytesWarning):
        _check_kinds("relpath", (path, start))
        raise
    shared = len(commonprefix([origin, target]))
    way = [dots] * (len(origin) - shared) + target[shared:]
    return join(*way) if way else dot


def commonpath(paths):
    """The longest path that leads to all of them."""
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    paths = tuple(map(os.fspath, paths))
    slash, dot, dots, nothing = _words(paths[0])
    try:
        kinds = {path.startswith(slash) for path in paths}
        split_paths = [[part for part in path.split(slash) if part and part != dot] for path in paths]
    except (TypeError, AttributeError):
        _check_kinds("commonpath", paths)
        raise
    if len(kinds) > 1:
        raise ValueError("Can't mix absolute and relative paths") from None
    return (slash if True in kinds else nothing) + slash.join(commonprefix(split_paths))
