"""The system's files, folders and environment.

    os.getcwd()                     the folder that relative paths start from
    os.listdir(".")                 the names in a folder
    os.environ["HOME"]              a variable of the environment
    os.path.join("a", "b.txt")      paths as text, see posixpath

The calls themselves are native, in posix. Programs can't be started from here: system() and the like fail.
"""

import abc
import sys

import posix
import posixpath as path
from _collections_abc import Mapping as _Mapping, MutableMapping as _MutableMapping
from posix import *
from posix import _exit, _environ, _getenv
from posixpath import altsep, curdir, defpath, devnull, extsep, pardir, pathsep, sep

name = "posix"
linesep = "\n"
sys.modules[sys.intern("os.path")] = path
GenericAlias = type(list[int])

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
P_WAIT, P_NOWAIT, P_NOWAITO = 0, 1, 1

__all__ = ["altsep", "curdir", "pardir", "sep", "pathsep", "linesep", "defpath", "name", "path", "devnull", "SEEK_SET", "SEEK_CUR",
           "SEEK_END", "fsencode", "fsdecode", "get_exec_path", "fdopen", "extsep", "makedirs", "removedirs", "renames", "walk",
           "fwalk", "environ", "environb", "getenv", "getenvb", "putenv", "unsetenv", "scandir", "DirEntry", "PathLike", "system",
           "popen", "execv", "fork", "kill", "spawnv", "getlogin", "umask", "nice", "getpgid", "sched_getaffinity", "pipe", "dup",
           "supports_bytes_environ", "supports_dir_fd", "supports_effective_ids", "supports_fd", "supports_follow_symlinks"]
__all__ += ["_exit", "execl", "execle", "execlp", "execlpe", "execvp", "execvpe", "popen", "spawnl", "spawnle", "spawnlp", "spawnlpe",
            "spawnv", "spawnve", "spawnvp", "spawnvpe", "P_WAIT", "P_NOWAIT", "P_NOWAITO"]
__all__ += [name for name in dir(posix) if not name.startswith("_")]
name = "posix"

supports_bytes_environ = True
supports_dir_fd = set()
supports_effective_ids = set()
supports_fd = {stat}
supports_follow_symlinks = {stat}


# ── paths ──

def fsencode(filename):
    """The bytes by which the system knows a path."""
    filename = fspath(filename)
    if isinstance(filename, str):
        return filename.encode(sys.getfilesystemencoding(), "surrogateescape")
    return filename


def fsdecode(filename):
    """The text of a path; bytes that are none become lone surrogates."""
    filename = fspath(filename)
    if isinstance(filename, bytes):
        return filename.decode(sys.getfilesystemencoding(), "surrogateescape")
    return filename


class PathLike(abc.ABC):
    """What can tell its path by __fspath__()."""

    __slots__ = ()

    @abc.abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is not PathLike:
            return NotImplemented
        for base in subclass.__mro__:
            if "__fspath__" in base.__dict__:
                return True if base.__dict__["__fspath__"] is not None else NotImplemented
        return NotImplemented

    __class_getitem__ = classmethod(GenericAlias)


# ── the environment ──

class _Environ(_MutableMapping):
    """Names and values; what is not looked up is not asked for.

    A value that the program has set or deleted is in _changed (None: deleted); everything else is the system's.
    """

    def __init__(self, encode, decode, shared=None):
        self._encode, self._decode = encode, decode
        self._changed = {} if shared is None else shared

    def __getitem__(self, key):
        name = self._encode(key)
        value = self._changed[name] if name in self._changed else _getenv(name)
        if value is None:
            raise KeyError(key) from None
        return self._decode(value)

    def __setitem__(self, key, value):
        name, value = self._encode(key), self._encode(value)
        if not name or b"=" in name:
            raise OSError(22, "Invalid argument") if not name else ValueError("illegal environment variable name")
        if b"\0" in name or b"\0" in value:
            raise ValueError("embedded null byte")
        self._changed[name] = value

    def __delitem__(self, key):
        self[key]
        self._changed[self._encode(key)] = None

    def _all(self):
        whole = _environ()
        whole.update(self._changed)
        return {name: value for name, value in whole.items() if value is not None}

    def __iter__(self):
        return iter([self._decode(name) for name in self._all()])

    def __len__(self):
        return len(self._all())

    def __contains__(self, key):
        name = self._encode(key)
        return (self._changed[name] if name in self._changed else _getenv(name)) is not None

    def __repr__(self):
        items = ", ".join(f"{self._decode(name)!r}: {self._decode(value)!r}" for name, value in self._all().items())
        return f"environ({{{items}}})"

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __or__(self, other):
        if not isinstance(other, _Mapping):
            return NotImplemented
        return dict(self) | dict(other)

    def __ror__(self, other):
        if not isinstance(other, _Mapping):
            return NotImplemented
        return dict(other) | dict(self)

    def __ior__(self, other):
        self.update(other)
        return self


def _text_only(value):
    if not isinstance(value, str):
        raise TypeError(f"str expected, not {type(value).__name__}")
    return value.encode(sys.getfilesystemencoding(), "surrogateescape")


def _bytes_only(value):
    if not isinstance(value, bytes):
        raise TypeError(f"bytes expected, not {type(value).__name__}")
    return value


environ = _Environ(_text_only, fsdecode)
environb = _Environ(_bytes_only, bytes, environ._changed)


def getenv(key, default=None):
    """A variable of the environment, or the default."""
    return environ.get(key, default)


def getenvb(key, default=None):
    return environb.get(key, default)


def putenv(name, value, /):
    environb[fsencode(name)] = fsencode(value)


def unsetenv(name, /):
    environb._changed[fsencode(name)] = None


def get_exec_path(env=None):
    """The folders that programs are looked for in."""
    listed = (environ if env is None else env).get("PATH")
    return (defpath if listed is None else listed).split(pathsep)


# ── folders ──

def makedirs(name, mode=0o777, exist_ok=False):
    """Make a folder, and those on the way to it."""
    above, last = path.split(name)
    if not last:
        above, last = path.split(above)
    if above and last and not path.exists(above):
        try:
            makedirs(above, exist_ok=exist_ok)
        except FileExistsError:
            pass  # somebody else made it meanwhile
        if last == (b"." if isinstance(last, bytes) else "."):
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove a folder, and those above it as long as they are empty."""
    rmdir(name)
    above, last = path.split(name)
    if not last:
        above, last = path.split(above)
    while above and last:
        try:
            rmdir(above)
        except OSError:
            return
        above, last = path.split(above)


def renames(old, new):
    """Rename; folders that are missing are made, those left empty removed."""
    above = path.split(new)[0]
    if above and not path.exists(above):
        makedirs(above)
    rename(old, new)
    above, last = path.split(old)
    if above and last:
        try:
            removedirs(above)
        except OSError:
            pass


def walk(top, topdown=True, onerror=None, followlinks=False):
    """For each folder below one: its path, the names of the folders in it, and those of everything else."""
    # (path, None): still to be looked at; (path, listing): its folders are done.
    todo = [(fspath(top), None)]
    while todo:
        here, listing = todo.pop()
        if listing is not None:
            yield listing
            continue
        folders, others, inner = [], [], []
        try:
            with scandir(here) as entries:
                for entry in entries:
                    try:
                        is_folder = entry.is_dir()
                    except OSError:
                        is_folder = False
                    (folders if is_folder else others).append(entry.name)
                    if is_folder and not topdown:
                        if followlinks or not entry.is_symlink():
                            inner.append(entry.path)
        except OSError as error:
            if onerror is not None:
                onerror(error)
            continue
        if topdown:
            yield here, folders, others
            below = [path.join(here, name) for name in folders]
            todo += [(each, None) for each in reversed(below) if followlinks or not path.islink(each)]
        else:
            todo.append((here, (here, folders, others)))
            todo += [(each, None) for each in reversed(inner)]


def fwalk(top=".", topdown=True, onerror=None, *, follow_symlinks=False, dir_fd=None):
    """As walk(), with the number of the open folder."""
    for here, folders, others in walk(top, topdown, onerror, follow_symlinks):
        fd = open(here, O_RDONLY)
        try:
            yield here, folders, others, fd
        finally:
            close(fd)


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """A file object around the number of an open file."""
    if not isinstance(fd, int):
        raise TypeError(f"invalid fd type ({type(fd)}, expected integer)")
    import io
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


# ── the process ──

def getpgid(pid):
    return getpid() if pid == 0 else pid


def nice(increment, /):
    return max(0, increment)


def times():
    import time
    return times_result((time.process_time(), 0.0, 0.0, 0.0, time.monotonic()))


def _not_here(name):
    def function(*args, **kwargs):
        raise OSError(38, f"uncoil does without os.{name}(): no other processes, users or kinds of files")
    function.__name__ = function.__qualname__ = name
    return function


for _name in ("system popen fork forkpty execv execve execl execle execlp execlpe execvp execvpe spawnl spawnle spawnlp spawnlpe "
              "spawnv spawnve spawnvp spawnvpe posix_spawn posix_spawnp wait waitpid wait3 wait4 waitid killpg pipe pipe2 dup "
              "dup2 openpty mkfifo mknod chroot setuid setgid setsid chown lchown fchown fchmod sendfile").split():
    globals()[_name] = _not_here(_name)
del _name


def _get_exports_list(module):
    """The public names of a module."""
    return list(getattr(module, "__all__", None) or [name for name in dir(module) if not name.startswith("_")])
