"""Paths by shell patterns: `*.py`, `data/[0-9]*`, `**/x` through all folders.

A pattern is taken apart from its end: the folders that its first part means are found first, then, in each, the names.
"""

import contextlib
import fnmatch
import itertools
import os
import re
import stat
import sys

__all__ = ["escape", "glob", "iglob"]

magic_check = re.compile("([*?[])")
magic_check_bytes = re.compile(b"([*?[])")


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """The paths that match, as a list."""
    return list(iglob(pathname, root_dir=root_dir, dir_fd=dir_fd, recursive=recursive, include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """The paths that match, one after the other."""
    sys.audit("glob.glob", pathname, recursive)
    sys.audit("glob.glob/2", pathname, recursive, root_dir, dir_fd)
    root = pathname[:0] if root_dir is None else os.fspath(root_dir)
    paths = _paths(pathname, root, dir_fd, recursive, include_hidden, False)
    if not pathname or recursive and _is_recursive(pathname[:2]):
        with contextlib.suppress(StopIteration):
            first = next(paths)  # `**` also means the folder itself, which is no path
            if first:
                paths = itertools.chain((first,), paths)
    return paths


def _paths(pathname, root, dir_fd, recursive, hidden, only_folders):
    folder, name = os.path.split(pathname)
    if not has_magic(pathname):
        # A path that ends in a slash is that of a folder.
        there = _exists(_join(root, pathname), dir_fd) if name else _is_folder(_join(root, folder), dir_fd)
        if there:
            yield pathname
        return
    through = recursive and _is_recursive(name)
    if not folder:
        names = _through(root, dir_fd, hidden, only_folders) if through else _matching(root, name, dir_fd, hidden, only_folders)
        yield from names
        return
    if folder != pathname and has_magic(folder):
        folders = _paths(folder, root, dir_fd, recursive, hidden, True)
    else:
        folders = [folder]
    for folder in folders:
        where = _join(root, folder)
        if not has_magic(name):
            names = _one(where, name, dir_fd)
        elif through:
            names = _through(where, dir_fd, hidden, only_folders)
        else:
            names = _matching(where, name, dir_fd, hidden, only_folders)
        for found in names:
            yield os.path.join(folder, found)


def _matching(folder, pattern, dir_fd, hidden, only_folders):
    """Names in a folder that match."""
    names = [name for name in _names(folder, dir_fd, only_folders) if hidden or _is_hidden(pattern) or not _is_hidden(name)]
    return fnmatch.filter(names, pattern)


def _one(folder, name, dir_fd):
    """A name without signs, if it is there."""
    there = _exists(_join(folder, name), dir_fd) if name else _is_folder(folder, dir_fd)
    return [name] if there else []


def _through(folder, dir_fd, hidden, only_folders):
    """Everything below a folder, after the folder itself (whether it is there or not)."""
    yield folder[:0]
    yield from _below(folder, dir_fd, hidden, only_folders)


def _below(folder, dir_fd, hidden, only_folders):
    for name in _names(folder, dir_fd, only_folders):
        if hidden or not _is_hidden(name):
            yield name
            path = _join(folder, name) if folder else name
            for deeper in _below(path, dir_fd, hidden, only_folders):
                yield _join(name, deeper)


def _names(folder, dir_fd, only_folders):
    """All names in a folder; none if it cannot be read."""
    is_bytes = isinstance(folder, bytes)
    place = folder or (os.curdir.encode("ASCII") if is_bytes else os.curdir)
    opened = None
    try:
        if dir_fd is not None:
            place = opened = os.open(place, os.O_RDONLY | os.O_DIRECTORY, dir_fd=dir_fd)
        names = []
        with os.scandir(place) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    if not only_folders or entry.is_dir():
                        names.append(os.fsencode(entry.name) if is_bytes else entry.name)
        return names
    except OSError:
        return []
    finally:
        if opened is not None:
            os.close(opened)


def glob0(dirname, pattern):
    """A name in a folder, in a list, if it is there. Undocumented."""
    return _one(dirname, pattern, None)


def glob1(dirname, pattern):
    """Names in a folder that match. Undocumented."""
    return _matching(dirname, pattern, None, False, False)


def _exists(path, dir_fd):
    if dir_fd is None:
        return os.path.lexists(path)
    try:
        os.lstat(path, dir_fd=dir_fd)
    except (OSError, ValueError):
        return False
    return True


def _is_folder(path, dir_fd):
    if dir_fd is None:
        return os.path.isdir(path)
    try:
        return stat.S_ISDIR(os.stat(path, dir_fd=dir_fd).st_mode)
    except (OSError, ValueError):
        return False


def _join(folder, name):
    return os.path.join(folder, name) if folder and name else folder or name


def has_magic(s):
    """Whether signs of patterns are in a text."""
    check = magic_check_bytes if isinstance(s, bytes) else magic_check
    return check.search(s) is not None


def _is_hidden(name):
    return name[:1] in (".", b".")


def _is_recursive(pattern):
    return pattern in ("**", b"**")


def escape(pathname):
    """The path as a pattern that means nothing but itself."""
    drive, rest = os.path.splitdrive(pathname)
    check, quoted = (magic_check_bytes, rb"[\1]") if isinstance(rest, bytes) else (magic_check, r"[\1]")
    return drive + check.sub(quoted, rest)
