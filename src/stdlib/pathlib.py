"""Paths as objects.

    folder = pathlib.Path("data")
    for file in sorted(folder.glob("*.txt")):
        print(file.name, file.read_text())
    (folder / "new.txt").write_text("hello")

Pure paths are texts alone; a Path also asks the system.
"""

import errno
import fnmatch
import functools
import io
import os
import stat
import sys
import warnings
from _collections_abc import Sequence

__all__ = ["PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]


class _Kind:
    """How paths of a kind of system are read."""

    def __init__(self, sep, altsep, splitroot, fold):
        self.sep, self.altsep, self.splitroot, self.fold = sep, altsep, splitroot, fold

    def parse_parts(self, texts):
        """Drive, root and all parts of some texts one after the other."""
        drv = root = ""
        names = []
        for text in texts:
            if self.altsep:
                text = text.replace(self.altsep, self.sep)
            new_drv, new_root, rest = self.splitroot(text)
            if new_root:
                drv, root, names = new_drv or drv, new_root, []
            elif new_drv:
                if self.fold(new_drv) != self.fold(drv):
                    root, names = "", []
                drv = new_drv
            names += [sys.intern(name) for name in rest.split(self.sep) if name and name != "."]
        if drv or root:
            names.insert(0, drv + root)
        return drv, root, names


def _posix_root(text):
    if not text.startswith("/"):
        return "", "", text
    rest = text.lstrip("/")
    return "", "//" if len(text) - len(rest) == 2 else "/", rest


def _windows_root(text):
    drive, rest, root = "", text, ""
    if text[1:2] == ":":
        drive, rest = text[:2], text[2:]
    elif text.startswith("\\\\") and text[2:3] != "\\":
        # A folder of another computer.
        pieces = text[2:].split("\\", 2)
        if len(pieces) > 1 and pieces[1]:
            drive = "\\\\" + "\\".join(pieces[:2])
            rest = text[len(drive):]
    if rest.startswith("\\"):
        root, rest = "\\", rest.lstrip("\\")
    elif drive.startswith("\\\\"):
        root = "\\"
    return drive, root, rest


_posix_flavour = _Kind("/", "", _posix_root, lambda text: text)
_windows_flavour = _Kind("\\", "/", _windows_root, str.lower)


class _Parents(Sequence):
    """The folders above a path, the nearest first."""

    def __init__(self, path):
        self._class, self._drv, self._root, self._parts = type(path), path._drv, path._root, path._parts

    def __len__(self):
        return len(self._parts) - bool(self._drv or self._root)

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return tuple(self[i] for i in range(*idx.indices(len(self))))
        if idx >= len(self) or idx < -len(self):
            raise IndexError(idx)
        if idx < 0:
            idx += len(self)
        return self._class._made(self._drv, self._root, self._parts[:-idx - 1])

    def __repr__(self):
        return f"<{self._class.__name__}.parents>"


@functools.total_ordering
class PurePath:
    """A path as text: what can be said of it without looking."""

    __slots__ = ("_drv", "_root", "_parts", "_text", "_hash_value")
    _flavour = _posix_flavour

    def __new__(cls, *args):
        if cls is PurePath:
            cls = PurePosixPath
        return cls._from(args)

    @classmethod
    def _from(cls, args):
        return cls._made(*cls._read(args))

    @classmethod
    def _made(cls, drv, root, parts):
        self = object.__new__(cls)
        self._drv, self._root, self._parts = drv, root, parts
        return self

    @classmethod
    def _read(cls, args):
        """Drive, root and all parts of some paths one after the other."""
        texts = []
        for arg in args:
            text = (str(arg) if arg._parts else "") if isinstance(arg, PurePath) else os.fspath(arg)
            if not isinstance(text, str):
                raise TypeError(f"argument should be a str object or an os.PathLike object returning str, not {type(arg)!r}")
            texts.append(text)
        return cls._flavour.parse_parts(texts)

    def __reduce__(self):
        return type(self), tuple(self._parts)

    def __str__(self):
        try:
            return self._text
        except AttributeError:
            head = self._drv + self._root
            if head:
                self._text = head + self._flavour.sep.join(self._parts[1:])
            else:
                self._text = self._flavour.sep.join(self._parts) or "."
            return self._text

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        return str(self).replace(self._flavour.sep, "/")

    def __bytes__(self):
        return os.fsencode(self)

    def __repr__(self):
        return f"{type(self).__name__}({self.as_posix()!r})"

    def as_uri(self):
        """`file:///…`"""
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        safe = "/-_.~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        text = "".join(chr(byte) if chr(byte) in safe else f"%{byte:02X}" for byte in os.fsencode(self.as_posix()))
        return "file://" + text

    def _key(self):
        return [self._flavour.fold(part) for part in self._parts]

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._key() == other._key() and self._flavour is other._flavour

    def __hash__(self):
        return hash(tuple(self._key()))

    def __lt__(self, other):
        if not isinstance(other, PurePath) or self._flavour is not other._flavour:
            return NotImplemented
        return self._key() < other._key()

    drive = property(lambda self: self._drv, doc="The drive of a Windows path.")
    root = property(lambda self: self._root, doc="The root, if any.")
    anchor = property(lambda self: self._drv + self._root, doc="Drive and root.")
    parts = property(lambda self: tuple(self._parts), doc="All parts.")

    @property
    def name(self):
        """The last part."""
        parts = self._parts
        return "" if len(parts) == bool(self._drv or self._root) else parts[-1]

    @property
    def suffix(self):
        """The extension with its dot."""
        name = self.name
        at = name.rfind(".")
        return name[at:] if 0 < at < len(name) - 1 else ""

    @property
    def suffixes(self):
        name = self.name
        return [] if name.endswith(".") else ["." + piece for piece in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        """The last part without its extension."""
        suffix = self.suffix
        return self.name[:-len(suffix)] if suffix else self.name

    def with_name(self, name):
        """The same with another last part."""
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        kind = self._flavour
        if not name or name == "." or kind.sep in name or kind.altsep and kind.altsep in name or kind.splitroot(name)[0]:
            raise ValueError(f"Invalid name {name!r}")
        return self._made(self._drv, self._root, self._parts[:-1] + [name])

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        kind = self._flavour
        if kind.sep in suffix or kind.altsep and kind.altsep in suffix or suffix and not suffix.startswith(".") or suffix == ".":
            raise ValueError(f"Invalid suffix {suffix!r}")
        name = self.name
        if not name:
            raise ValueError(f"{self!r} has an empty name")
        old = self.suffix
        return self._made(self._drv, self._root, self._parts[:-1] + [(name[:-len(old)] if old else name) + suffix])

    def relative_to(self, *other):
        """The way from another path that this one begins with."""
        if not other:
            raise TypeError("need at least one argument")
        base = self._from(other)
        mine, its = self._key(), base._key()
        if its == mine[:len(its)] and not (bool(base._root) != bool(self._root) and its[:1] != mine[:1]):
            if its or not (self._drv or self._root):
                rest = self._parts[len(its):]
                return self._made("", "", rest)
        raise ValueError(f"{str(self)!r} is not in the subpath of {str(base)!r} OR one path is relative and the other is absolute.")

    def is_relative_to(self, *other):
        try:
            self.relative_to(*other)
        except ValueError:
            return False
        return True

    def joinpath(self, *args):
        return self._from((self, *args))

    def __truediv__(self, key):
        try:
            return self._from((self, key))
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self._from((key, self))
        except TypeError:
            return NotImplemented

    @property
    def parent(self):
        """The folder that it is in."""
        count = len(self._parts) - bool(self._drv or self._root)
        return self if not count else self._made(self._drv, self._root, self._parts[:-1])

    @property
    def parents(self):
        return _Parents(self)

    def is_absolute(self):
        return bool(self._root) and (self._flavour is _posix_flavour or bool(self._drv))

    def is_reserved(self):
        if self._flavour is _posix_flavour or not self._parts or self._parts[0].startswith("\\\\"):
            return False
        name = self._parts[-1].partition(".")[0].partition(":")[0].rstrip(" ").upper()
        return name in {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} or name[:3] in ("COM", "LPT") and name[3:] in tuple("123456789")

    def match(self, path_pattern):
        """Does it match a pattern with `*`, from the right?"""
        pattern = self._from((path_pattern,))
        wanted = pattern._key()
        if not wanted:
            raise ValueError("empty pattern")
        mine = self._key()
        if pattern._drv or pattern._root:
            if len(wanted) != len(mine):
                return False
        elif len(wanted) > len(mine):
            return False
        return all(fnmatch.fnmatchcase(part, each) for part, each in zip(reversed(mine), reversed(wanted)))


os.PathLike.register(PurePath)


class PurePosixPath(PurePath):
    """A pure path of systems like Linux."""

    __slots__ = ()
    _flavour = _posix_flavour


class PureWindowsPath(PurePath):
    """A pure path of Windows."""

    __slots__ = ()
    _flavour = _windows_flavour


_MISSING = {errno.ENOENT, errno.ENOTDIR, errno.EBADF, errno.ELOOP}


class Path(PurePath):
    """A path that can ask the system."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = PosixPath
        if cls._flavour is not _posix_flavour:
            raise NotImplementedError(f"cannot instantiate {cls.__name__!r} on your system")
        return cls._from(args)

    def __enter__(self):
        return self

    def __exit__(self, *details):
        pass

    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        return cls("~").expanduser()

    def samefile(self, other_path):
        other = other_path.stat() if hasattr(other_path, "stat") else os.stat(other_path)
        return os.path.samestat(self.stat(), other)

    def _child(self, name):
        return self._made(self._drv, self._root, self._parts + [name])

    def iterdir(self):
        """The paths in a folder."""
        for name in os.listdir(self):
            yield self._child(name)

    def _pattern(self, pattern):
        if not pattern:
            raise ValueError(f"Unacceptable pattern: {pattern!r}")
        drv, root, parts = self._read((pattern,))
        if drv or root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        if pattern[-1] == "/":
            parts.append("")
        return parts

    def glob(self, pattern):
        """The paths below that match: `*.txt`, `**/*.py`."""
        yield from _select(self, self._pattern(pattern))

    def rglob(self, pattern):
        """The same at any depth."""
        yield from _select(self, ["**", *self._pattern(pattern)])

    def absolute(self):
        return self if self.is_absolute() else self._from([os.getcwd(), self])

    def resolve(self, strict=False):
        """From the root, without symbolic links."""
        try:
            path = self._from((os.path.realpath(self, strict=strict),))
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise RuntimeError(f"Symlink loop from {error.filename!r}") from None
            raise
        return path

    def readlink(self):
        return self._from((os.readlink(self),))

    def stat(self, *, follow_symlinks=True):
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        return self.stat(follow_symlinks=False)

    def owner(self):
        import pwd
        return pwd.getpwuid(self.stat().st_uid).pw_name

    def group(self):
        import grp
        return grp.getgrgid(self.stat().st_gid).gr_name

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        if "b" not in mode:
            encoding = io.text_encoding(encoding)
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        with self.open("rb") as file:
            return file.read()

    def read_text(self, encoding=None, errors=None):
        with self.open(encoding=encoding, errors=errors) as file:
            return file.read()

    def write_bytes(self, data):
        view = memoryview(data)
        with self.open("wb") as file:
            return file.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError(f"data must be str, not {type(data).__name__}")
        with self.open("w", encoding=encoding, errors=errors, newline=newline) as file:
            return file.write(data)

    def touch(self, mode=0o666, exist_ok=True):
        """Make an empty file, or change its time."""
        if exist_ok:
            try:
                os.utime(self, None)
            except OSError:
                pass
            else:
                return
        os.close(os.open(self, os.O_CREAT | os.O_WRONLY | (0 if exist_ok else os.O_EXCL), mode))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def chmod(self, mode, *, follow_symlinks=True):
        os.chmod(self, mode)

    def lchmod(self, mode):
        self.chmod(mode, follow_symlinks=False)

    def unlink(self, missing_ok=False):
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        os.rmdir(self)

    def rename(self, target):
        os.rename(self, target)
        return type(self)(target)

    def replace(self, target):
        os.replace(self, target)
        return type(self)(target)

    def symlink_to(self, target, target_is_directory=False):
        os.symlink(target, self, target_is_directory)

    def hardlink_to(self, target):
        os.link(target, self)

    def link_to(self, target):
        warnings.warn("pathlib.Path.link_to() is deprecated and is scheduled for removal in Python 3.12. Use "
                      "pathlib.Path.hardlink_to() instead.", DeprecationWarning, stacklevel=2)
        os.link(self, target)

    def _mode(self, follow=True):
        try:
            return self.stat(follow_symlinks=follow).st_mode
        except OSError as error:
            if error.errno not in _MISSING:
                raise
            return 0
        except ValueError:
            return 0

    def exists(self):
        return bool(self._mode())

    def is_dir(self):
        return stat.S_ISDIR(self._mode())

    def is_file(self):
        return stat.S_ISREG(self._mode())

    def is_mount(self):
        return self.is_dir() and os.path.ismount(self)

    def is_symlink(self):
        return stat.S_ISLNK(self._mode(follow=False))

    def is_block_device(self):
        return stat.S_ISBLK(self._mode())

    def is_char_device(self):
        return stat.S_ISCHR(self._mode())

    def is_fifo(self):
        return stat.S_ISFIFO(self._mode())

    def is_socket(self):
        return stat.S_ISSOCK(self._mode())

    def expanduser(self):
        """`~` as the home folder."""
        if not (self._drv or self._root) and self._parts and self._parts[0].startswith("~"):
            home = os.path.expanduser(self._parts[0])
            if home.startswith("~"):
                raise RuntimeError("Could not determine home directory.")
            return self._from([home, *self._parts[1:]])
        return self


class PosixPath(Path, PurePosixPath):
    """A Path of systems like Linux."""

    __slots__ = ()


class WindowsPath(Path, PureWindowsPath):
    """A Path of Windows, which this is not."""

    __slots__ = ()
    _flavour = _windows_flavour

    def is_mount(self):
        raise NotImplementedError("Path.is_mount() is unsupported on this system")


def _entries(path):
    try:
        with os.scandir(path) as found:
            return list(found)
    except OSError:
        return []


def _is_folder(entry):
    try:
        return entry.is_dir()
    except OSError as error:
        if error.errno not in _MISSING:
            raise
        return False


def _select(path, parts):
    """The paths below one that match a list of parts."""
    if not parts:
        yield path
        return
    part, rest = parts[0], parts[1:]
    if part == "**":
        if not path.is_dir():
            return
        seen = set()
        for folder in _folders(path):
            for found in _select(folder, rest):
                if found not in seen:
                    seen.add(found)
                    yield found
        return
    if "**" in part:
        raise ValueError("Invalid pattern: '**' can only be an entire path component")
    if part == "..":
        if path.is_dir():
            yield from _select(path._child(part), rest)
    elif not any(c in part for c in "*?["):
        if path.is_dir():
            found = path._child(part) if part else path
            if found.is_dir() if rest or not part else found.exists():
                yield from _select(found, rest)
    else:
        if not path.is_dir():
            return
        for entry in _entries(path):
            if fnmatch.fnmatchcase(entry.name, part) and (not rest or _is_folder(entry)):
                yield from _select(path._child(entry.name), rest)


def _folders(path):
    """A folder and all below it, links not followed."""
    yield path
    for entry in _entries(path):
        if _is_folder(entry) and not entry.is_symlink():
            yield from _folders(path._child(entry.name))
