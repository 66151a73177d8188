"""Files and folders as wholes: copy, move, remove, pack.

    shutil.copy("a.txt", "b.txt")
    shutil.copytree("src", "copy")
    shutil.rmtree("copy")
"""

import collections
import fnmatch
import os
import stat
import sys

__all__ = ["copyfileobj", "copyfile", "copymode", "copystat", "copy", "copy2", "copytree", "move", "rmtree", "Error", "SpecialFileError",
           "ExecError", "make_archive", "get_archive_formats", "register_archive_format", "unregister_archive_format",
           "get_unpack_formats", "register_unpack_format", "unregister_unpack_format", "unpack_archive", "ignore_patterns", "chown",
           "which", "get_terminal_size", "SameFileError", "disk_usage"]

COPY_BUFSIZE = 64 * 1024
_use_fd_functions = False  # folders are known by their paths alone


class _GiveupOnFastCopy(Exception):
    """The quick ways to copy a file, of which there is none here, tell so that the slow one is taken."""


class Error(OSError):
    pass


class SameFileError(Error):
    """Source and target are the same file."""


class SpecialFileError(OSError):
    """Something like a pipe."""


class ExecError(OSError):
    pass


class ReadError(OSError):
    pass


class RegistryError(Exception):
    pass


def copyfileobj(fsrc, fdst, length=0):
    """All that is left in one file into another."""
    while data := fsrc.read(length or COPY_BUFSIZE):
        fdst.write(data)


def _same(src, dst):
    try:
        return os.path.samefile(src, dst)
    except OSError:
        return False


def copyfile(src, dst, *, follow_symlinks=True):
    """The content of a file; returns the target."""
    if _same(src, dst):
        raise SameFileError(f"{src!r} and {dst!r} are the same file")
    for path in src, dst:
        try:
            if stat.S_ISFIFO(os.stat(path).st_mode):
                raise SpecialFileError(f"`{path}` is a named pipe")
        except OSError as error:
            if isinstance(error, SpecialFileError):
                raise
    if not follow_symlinks and os.path.islink(src):
        os.symlink(os.readlink(src), dst)
        return dst
    with open(src, "rb") as source:
        try:
            with open(dst, "wb") as target:
                copyfileobj(source, target)
        except IsADirectoryError as error:
            if not os.path.exists(dst):
                raise FileNotFoundError(f"Directory does not exist: {dst}") from error
            raise
    return dst


def copymode(src, dst, *, follow_symlinks=True):
    """The permissions."""
    if not follow_symlinks and os.path.islink(src) and os.path.islink(dst):
        return
    os.chmod(dst, stat.S_IMODE(os.stat(src).st_mode))


def copystat(src, dst, *, follow_symlinks=True):
    """Permissions and times."""
    if not follow_symlinks and os.path.islink(src) and os.path.islink(dst):
        return
    found = os.stat(src)
    os.utime(dst, ns=(found.st_atime_ns, found.st_mtime_ns))
    os.chmod(dst, stat.S_IMODE(found.st_mode))


def _into(src, dst):
    """A folder as target: the file of the same name in it."""
    return os.path.join(dst, os.path.basename(src)) if os.path.isdir(dst) else dst


def copy(src, dst, *, follow_symlinks=True):
    """Content and permissions."""
    dst = _into(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copymode(src, dst, follow_symlinks=follow_symlinks)
    return dst


def copy2(src, dst, *, follow_symlinks=True):
    """Content, permissions and times."""
    dst = _into(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copystat(src, dst, follow_symlinks=follow_symlinks)
    return dst


def ignore_patterns(*patterns):
    """For copytree(): leave out names that match."""
    def ignored(path, names):
        return {name for pattern in patterns for name in fnmatch.filter(names, pattern)}
    return ignored


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False, dirs_exist_ok=False):
    """A folder with all in it."""
    with os.scandir(src) as found:
        entries = list(found)
    left_out = ignore(os.fspath(src), [entry.name for entry in entries]) if ignore is not None else ()
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    problems = []
    for entry in entries:
        if entry.name in left_out:
            continue
        source, target = os.path.join(src, entry.name), os.path.join(dst, entry.name)
        try:
            if entry.is_symlink() and symlinks:
                os.symlink(os.readlink(source), target)
                copystat(source, target, follow_symlinks=False)
            elif entry.is_symlink() and not os.path.exists(source) and ignore_dangling_symlinks:
                continue
            elif entry.is_dir():
                copytree(source, target, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok)
            else:
                copy_function(source, target)
        except Error as error:
            problems.extend(error.args[0])
        except OSError as error:
            problems.append((source, target, str(error)))
    try:
        copystat(src, dst)
    except OSError as error:
        problems.append((src, dst, str(error)))
    if problems:
        raise Error(problems)
    return dst


def rmtree(path, ignore_errors=False, onerror=None, *, dir_fd=None):
    """Remove a folder with all in it."""
    def failed(function, path):
        if onerror is not None:
            onerror(function, path, sys.exc_info())
        elif not ignore_errors:
            raise

    try:
        if os.path.islink(path):
            raise OSError("Cannot call rmtree on a symbolic link")
    except OSError:
        failed(os.path.islink, path)
        return
    try:
        with os.scandir(path) as found:
            entries = list(found)
    except OSError:
        # Which call it was that failed is told as an installed library does.
        try:
            os.lstat(path)
            failed(os.scandir, path)
        except FileNotFoundError:
            failed(os.lstat, path)
        return
    for entry in entries:
        whole = os.path.join(path, entry.name)
        if entry.is_dir(follow_symlinks=False):
            rmtree(whole, ignore_errors, onerror)
        else:
            try:
                os.unlink(whole)
            except OSError:
                failed(os.unlink, whole)
    try:
        os.rmdir(path)
    except OSError:
        failed(os.rmdir, path)


rmtree.avoids_symlink_attacks = False


def move(src, dst, copy_function=copy2):
    """Move a file or folder; into the target if that is a folder."""
    real = dst
    if os.path.isdir(dst):
        if _same(src, dst):
            os.rename(src, dst)
            return None
        real = os.path.join(dst, os.path.basename(os.fspath(src).rstrip(os.sep)))
        if os.path.exists(real):
            raise Error(f"Destination path '{real}' already exists")
    try:
        os.rename(src, real)
    except OSError:
        if os.path.islink(src):
            os.symlink(os.readlink(src), real)
            os.unlink(src)
        elif os.path.isdir(src):
            inside = os.path.abspath(dst) + os.sep
            if inside.startswith(os.path.abspath(src) + os.sep):
                raise Error(f"Cannot move a directory '{src}' into itself '{dst}'.")
            copytree(src, real, copy_function=copy_function, symlinks=True)
            rmtree(src)
        else:
            copy_function(src, real)
            os.unlink(src)
    return real


_Usage = collections.namedtuple("usage", "total used free")


def disk_usage(path):
    os.stat(path)
    raise OSError(38, "Function not implemented")


def chown(path, user=None, group=None):
    if user is None and group is None:
        raise ValueError("user and/or group must be set")
    os.chown(path, -1 if user is None else user, -1 if group is None else group)


def get_terminal_size(fallback=(80, 24)):
    """Columns and lines: of COLUMNS and LINES, else of the terminal."""
    sizes = []
    for name in "COLUMNS", "LINES":
        try:
            sizes.append(int(os.environ[name]))
        except (KeyError, ValueError):
            sizes.append(0)
    if min(sizes) <= 0:
        try:
            known = os.get_terminal_size(sys.__stdout__.fileno())
        except (AttributeError, ValueError, OSError):
            known = fallback
        sizes = [size if size > 0 else other or default for size, other, default in zip(sizes, known, fallback)]
    return os.terminal_size(sizes)


def which(cmd, mode=os.F_OK | os.X_OK, path=None):
    """Where a program is that would be run."""
    def is_program(name):
        return os.path.exists(name) and os.access(name, mode) and not os.path.isdir(name)

    if os.path.dirname(cmd):
        return cmd if is_program(cmd) else None
    if path is None:
        path = os.environ.get("PATH") or os.defpath
    if not path:
        return None
    for folder in dict.fromkeys(os.fsdecode(path).split(os.pathsep)):
        name = os.path.join(folder, os.fsdecode(cmd))
        if is_program(name):
            return os.fsencode(name) if isinstance(cmd, bytes) else name
    return None


# ── archives: formats that the program registers; none come along ──

_makers, _unpackers = {}, {}


def register_archive_format(name, function, extra_args=None, description=""):
    if not callable(function):
        raise TypeError(f"The {function} object is not callable")
    _makers[name] = function, extra_args or [], description


def unregister_archive_format(name):
    del _makers[name]


def get_archive_formats():
    return sorted((name, row[2]) for name, row in _makers.items())


def make_archive(base_name, format, root_dir=None, base_dir=None, verbose=0, dry_run=0, owner=None, group=None, logger=None):
    try:
        function, extra, _ = _makers[format]
    except KeyError:
        raise ValueError(f"unknown archive format '{format}'") from None
    return function(base_name, base_dir or os.curdir, **dict(extra))


def register_unpack_format(name, extensions, function, extra_args=None, description=""):
    for row in _unpackers.values():
        for extension in extensions:
            if extension in row[0]:
                raise RegistryError(f"{extension} is already registered for \"{name}\"")
    _unpackers[name] = extensions, function, extra_args or [], description


def unregister_unpack_format(name):
    del _unpackers[name]


def get_unpack_formats():
    return sorted((name, row[0], row[3]) for name, row in _unpackers.items())


def unpack_archive(filename, extract_dir=None, format=None, *, filter=None):
    folder = os.getcwd() if extract_dir is None else os.fspath(extract_dir)
    filename = os.fspath(filename)
    if format is not None and format not in _unpackers:
        raise ValueError(f"Unknown unpack format '{format}'")
    for name, (extensions, function, extra, _) in _unpackers.items():
        if name == format or format is None and filename.endswith(tuple(extensions)):
            function(filename, folder, **dict(extra))
            return
    raise ReadError(f"Unknown archive format '{filename}'")
