"""Lines of source files, kept once they have been read.

    linecache.getline("prog.py", 3)     the third line with its newline; "" if there is none
"""

import os
import sys

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

# file → (size, time of change or None, lines, full path), or (function that gets the source,)
cache = {}


def clearcache():
    cache.clear()


def getline(filename, lineno, module_globals=None):
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 0 < lineno <= len(lines) else ""


def getlines(filename, module_globals=None):
    known = cache.get(filename, ())
    if len(known) != 1 and known:
        return known[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def checkcache(filename=None):
    """Forget files that have changed."""
    for name in list(cache) if filename is None else [filename] if filename in cache else []:
        known = cache[name]
        if len(known) == 1 or known[1] is None:
            continue
        try:
            found = os.stat(known[3])
        except (OSError, ValueError):
            del cache[name]
            continue
        if (found.st_size, found.st_mtime) != known[:2]:
            del cache[name]


def _of_program(filename):
    """Text that the machine itself has read: the program, even where it came from no file."""
    return sys._source_lines(filename) if hasattr(sys, "_source_lines") else None


def updatecache(filename, module_globals=None):
    """Read a file anew; its lines, none if that cannot be done."""
    lazy = cache.pop(filename, ())
    if not filename or filename.startswith("<") and filename.endswith(">"):
        return []
    path = filename
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        if len(lazy) == 1 or lazycache(filename, module_globals):
            getter = lazy[0] if len(lazy) == 1 else cache.pop(filename)[0]
            try:
                text = getter()
            except (ImportError, OSError):
                text = None
            if text is None:
                return []
            lines = [line + "\n" for line in text.splitlines()]
            cache[filename] = (len(text), None, lines, path)
            return lines
        if os.path.isabs(filename):
            return []
        for folder in sys.path:
            try:
                path = os.path.join(folder, filename)
                found = os.stat(path)
                break
            except (OSError, TypeError, AttributeError, ValueError):
                continue
        else:
            return []
    try:
        lines = _read(path)
    except (OSError, UnicodeDecodeError, SyntaxError):
        return []
    if not lines:
        lines = ["\n"]
    elif not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    cache[filename] = (found.st_size, found.st_mtime, lines, path)
    return lines


def _read(path):
    with open(path, "rb") as file:
        head = file.readline(), file.readline()
    encoding = "utf-8"
    if any(b"coding" in line for line in head):
        import tokenize
        with tokenize.open(path) as file:
            return file.readlines()
    if head[0].startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    with open(path, encoding=encoding) as file:
        return file.readlines()


def lazycache(filename, module_globals):
    """Note how a module's loader tells its source, should it be wanted; whether that can be."""
    if filename in cache:
        return len(cache[filename]) == 1
    if not filename or filename.startswith("<") and filename.endswith(">") or not module_globals:
        return False
    spec = module_globals.get("__spec__")
    loader = getattr(spec, "loader", None) or module_globals.get("__loader__")
    name = getattr(spec, "name", None) or module_globals.get("__name__")
    get_source = getattr(loader, "get_source", None)
    if not name or get_source is None:
        return False
    cache[filename] = (lambda: get_source(name),)
    return True
