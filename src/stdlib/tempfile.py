"""Files and folders for a while.

    with tempfile.TemporaryDirectory() as folder: …
    with tempfile.NamedTemporaryFile("w+") as file: …
"""

import io
import os
import random
import shutil
import types
import warnings
import weakref

__all__ = ["NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp", "mktemp",
           "TMP_MAX", "gettempprefix", "tempdir", "gettempdir", "gettempprefixb", "gettempdirb"]

TMP_MAX = 238328
template = "tmp"
tempdir = None
_bin_openflags = _text_openflags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


class _RandomNameSequence:
    """Names that nobody could guess."""

    characters = "abcdefghijklmnopqrstuvwxyz0123456789_"
    _rng, _of = None, None

    @property
    def rng(self):
        if self._of != os.getpid():
            self._rng, self._of = random.Random(int.from_bytes(os.urandom(8), "little")), os.getpid()
        return self._rng

    def __iter__(self):
        return self

    def __next__(self):
        return "".join(self.rng.choices(self.characters, k=8))


_sequence = _RandomNameSequence()


def _get_candidate_names():
    return _sequence


def gettempprefix():
    """How such names begin."""
    return template


def gettempprefixb():
    return os.fsencode(template)


def _candidate_tempdir_list():
    """The folders that may be taken, the first that serves."""
    wanted = [folder for name in ("TMPDIR", "TEMP", "TMP") if (folder := os.getenv(name))]
    try:
        here = os.getcwd()
    except OSError:
        here = os.curdir
    return [*wanted, "/tmp", "/var/tmp", "/usr/tmp", here]


def _get_default_tempdir():
    places = _candidate_tempdir_list()
    for place in map(os.path.abspath, places):
        if os.path.isdir(place) and os.access(place, os.W_OK | os.X_OK):
            return place
    raise FileNotFoundError(2, f"No usable temporary directory found in {places}")


def _gettempdir():
    global tempdir
    if tempdir is None:
        tempdir = _get_default_tempdir()
    return tempdir


def gettempdir():
    """The folder for such files."""
    return os.fsdecode(_gettempdir())


def gettempdirb():
    return os.fsencode(_gettempdir())


def _infer_return_type(*parts):
    """str or bytes: what all parts that are given are made of."""
    kinds = {bytes if isinstance(os.fspath(each), bytes) else str for each in parts if each is not None}
    if len(kinds) > 1:
        raise TypeError("Can't mix bytes and non-bytes in path components.")
    return kinds.pop() if kinds else bytes if isinstance(tempdir, bytes) else str


def _sanitize_params(prefix, suffix, dir):
    """All three, of one type, and which that is."""
    kind = _infer_return_type(prefix, suffix, dir)
    of_kind = os.fsencode if kind is bytes else os.fsdecode
    prefix = of_kind(template) if prefix is None else prefix
    suffix = kind() if suffix is None else suffix
    dir = of_kind(gettempdir()) if dir is None else os.fspath(dir)
    return prefix, suffix, dir, kind


def _made(make, what, prefix, suffix, dir, kind):
    names = _get_candidate_names()
    for _ in range(TMP_MAX):
        name = next(names)
        path = os.path.join(dir, prefix + (os.fsencode(name) if kind is bytes else name) + suffix)
        try:
            return make(path)
        except FileExistsError:
            continue
    raise FileExistsError(17, f"No usable temporary {what} name found")


def _mkstemp_inner(dir, pre, suf, flags, output_type):
    def make(path):
        fd = os.open(path, flags, 0o600)
        os.chmod(path, 0o600)
        return fd, os.path.abspath(path)
    return _made(make, "file", pre, suf, dir, output_type)


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """A new file, open: its number and its path."""
    prefix, suffix, dir, kind = _sanitize_params(prefix, suffix, dir)
    return _mkstemp_inner(dir, prefix, suffix, _text_openflags if text else _bin_openflags, kind)


def mkdtemp(suffix=None, prefix=None, dir=None):
    """A new folder: its path."""
    def make(path):
        os.mkdir(path, 0o700)
        os.chmod(path, 0o700)
        return path
    return _made(make, "directory", *_sanitize_params(prefix, suffix, dir))


def mktemp(suffix="", prefix=template, dir=None):
    """A path where nothing is yet; somebody else may be faster."""
    def look(path):
        if os.path.lexists(path):
            raise FileExistsError
        return os.path.abspath(path)
    return _made(look, "filename", *_sanitize_params(prefix, suffix, dir))


def _remove(path):
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass


class _TemporaryFileWrapper:
    """A file that is removed when it is closed."""

    def __init__(self, file, name, delete=True):
        self.file, self.name, self.delete = file, name, delete
        self._closer = weakref.finalize(self, _close, file, name if delete else None)

    def __getattr__(self, name):
        value = getattr(self.__dict__["file"], name)
        if not isinstance(value, int):
            setattr(self, name, value)
        return value

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, *details):
        result = self.file.__exit__(*details)
        self.close()
        return result

    def close(self):
        self._closer()

    def __iter__(self):
        yield from self.file


def _close(file, name):
    try:
        file.close()
    finally:
        if name is not None:
            _remove(name)


def _opened(mode, buffering, encoding, errors, newline, suffix, prefix, dir):
    fd, path = mkstemp(suffix, prefix, dir)
    try:
        file = io.open(fd, mode, buffering, encoding, errors, newline)
    except:
        os.close(fd)
        _remove(path)
        raise
    return file, path


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *,
                       errors=None):
    """A file with a name, removed when it is closed."""
    file, path = _opened(mode, buffering, encoding, errors, newline, suffix, prefix, dir)
    raw = getattr(file, "buffer", file)
    raw = getattr(raw, "raw", raw)
    raw.name = path
    return _TemporaryFileWrapper(file, path, delete)


def TemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
    """A file without a name."""
    file, path = _opened(mode, buffering, encoding, errors, newline, suffix, prefix, dir)
    _remove(path)
    return file


class SpooledTemporaryFile(io.IOBase):
    """A file in memory until it grows too large."""

    _rolled = False

    def __init__(self, max_size=0, mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *,
                 errors=None):
        if "b" in mode:
            self._file = io.BytesIO()
        else:
            self._file = io.TextIOWrapper(io.BytesIO(), encoding=encoding or "utf-8", errors=errors, newline=newline)
        self._max_size = max_size
        self._TemporaryFileArgs = dict(mode=mode, buffering=buffering, suffix=suffix, prefix=prefix, encoding=encoding,
                                       newline=newline, dir=dir, errors=errors)

    __class_getitem__ = classmethod(types.GenericAlias)

    def _check(self):
        if not self._rolled and self._max_size and self._file.tell() > self._max_size:
            self.rollover()

    def rollover(self):
        """On to a real file."""
        if self._rolled:
            return
        old, new = self._file, TemporaryFile(**self._TemporaryFileArgs)
        place = old.tell()
        if isinstance(old, io.BytesIO):
            new.write(old.getvalue())
        else:
            old.flush()
            new.buffer.write(old.buffer.getvalue())
        new.seek(place)
        self._file, self._rolled = new, True

    def __enter__(self):
        if self._file.closed:
            raise ValueError("Cannot enter context with closed file")
        return self

    def __exit__(self, *details):
        self._file.close()

    def __iter__(self):
        return iter(self._file)

    def __del__(self):
        if not self.closed:
            warnings.warn(f"Unclosed file {self!r}", ResourceWarning, stacklevel=2, source=self)
            self.close()

    def close(self):
        self._file.close()

    closed = property(lambda self: self._file.closed)
    encoding = property(lambda self: self._file.encoding)
    errors = property(lambda self: self._file.errors)
    newlines = property(lambda self: self._file.newlines)
    mode = property(lambda self: getattr(self._file, "mode", self._TemporaryFileArgs["mode"]))
    name = property(lambda self: getattr(self._file, "name", None))

    def fileno(self):
        self.rollover()
        return self._file.fileno()

    def write(self, s):
        count = self._file.write(s)
        self._check()
        return count

    def writelines(self, iterable):
        self._file.writelines(iterable)
        self._check()

    def truncate(self, size=None):
        if size is not None and size > self._max_size:
            self.rollover()
        return self._file.truncate(size)


def _passed_on(name):
    def method(self, *args):
        return getattr(self._file, name)(*args)
    method.__name__ = name
    return method


for _name in "flush isatty read read1 readinto readinto1 readline readlines readable seek seekable tell writable detach".split():
    setattr(SpooledTemporaryFile, _name, _passed_on(_name))
del _name


class TemporaryDirectory:
    """A folder that is removed with all in it when the block ends."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore_cleanup_errors = ignore_cleanup_errors
        self._finalizer = weakref.finalize(self, self._forgotten, self.name, f"Implicitly cleaning up {self!r}", ignore_cleanup_errors)

    @classmethod
    def _forgotten(cls, name, message, ignore_errors):
        shutil.rmtree(name, ignore_errors)
        warnings.warn(message, ResourceWarning)

    def __repr__(self):
        return f"<{type(self).__name__} {self.name!r}>"

    def __enter__(self):
        return self.name

    def __exit__(self, *details):
        self.cleanup()

    def cleanup(self):
        if self._finalizer.detach() or os.path.exists(self.name):
            shutil.rmtree(self.name, self._ignore_cleanup_errors)

    __class_getitem__ = classmethod(types.GenericAlias)
