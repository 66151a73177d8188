"""What posix has besides what Rust gives it."""

import sys as _sys

if _sys._stdlib_dir is not None:
    environ = _environ()        # the os module of an installed library builds on it; ours asks for what is looked up


def putenv(name, value, /):
    """A variable of the environment of programs started later: there are none."""
    if b"=" in _bytes(name):
        raise ValueError("illegal environment variable name")


def unsetenv(name, /):
    """The counterpart of putenv."""
    if not name or b"=" in _bytes(name):
        raise OSError(22, strerror(22))


def _bytes(text):
    return text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text


def umask(mask, /):
    """Set which permissions new files do not get; tells what was so before."""
    global _mask
    old = _umask() if _mask is None else _mask
    _mask = mask & 0o777
    return old


_mask = None


class DirEntry:
    """A name in a folder, and what is known of it without asking again."""

    __slots__ = ("name", "path", "_known", "_beyond")

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 'posix.DirEntry' instances")

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"

    def __fspath__(self):
        return self.path

    def stat(self, *, follow_symlinks=True):
        """What is known of it, or of what it leads to."""
        if self._known is None:
            self._known = lstat(self.path)
        if not follow_symlinks or self._known.st_mode & 0o170000 != 0o120000:
            return self._known
        if self._beyond is None:
            self._beyond = stat(self.path)
        return self._beyond

    def _kind(self, follow):
        try:
            return self.stat(follow_symlinks=follow).st_mode & 0o170000
        except FileNotFoundError:
            return 0

    def is_dir(self, *, follow_symlinks=True):
        """Whether it is a folder."""
        return self._kind(follow_symlinks) == 0o040000

    def is_file(self, *, follow_symlinks=True):
        """Whether it is a plain file."""
        return self._kind(follow_symlinks) == 0o100000

    def is_symlink(self):
        """Whether it is a symbolic link."""
        return self._kind(False) == 0o120000

    def inode(self):
        """Its number."""
        return self.stat(follow_symlinks=False).st_ino

    def __class_getitem__(cls, item):
        return _alias(cls, item)


_alias = type(list[int])
DirEntry.__module__ = "posix"


class ScandirIterator:
    """The entries of a folder; with statements close it."""

    def __init__(self, folder, names):
        self._folder, self._names = folder, iter(names)

    def __iter__(self):
        return self

    def __next__(self):
        name = next(self._names)
        entry = object.__new__(DirEntry)
        slash = b"/" if isinstance(name, bytes) else "/"
        folder = self._folder
        entry.name, entry.path = name, folder + name if folder.endswith(slash) else folder + slash + name
        entry._known = entry._beyond = None
        return entry

    def close(self):
        """It gives no more entries."""
        self._names = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def scandir(path=None):
    """The entries of a folder, as an iterator."""
    if isinstance(path, int):
        raise NotImplementedError("scandir: fd is not supported")
    folder = "." if path is None else fspath(path)
    return ScandirIterator(folder, listdir(folder))


# ── how a process ended ──


def WIFEXITED(status):
    return status & 0x7F == 0


def WEXITSTATUS(status):
    return status >> 8 & 0xFF


def WIFSIGNALED(status):
    return 0 < status & 0x7F < 0x7F


def WTERMSIG(status):
    return status & 0x7F


def WIFSTOPPED(status):
    return status & 0xFF == 0x7F


def WSTOPSIG(status):
    return status >> 8 & 0xFF


def WIFCONTINUED(status):
    return status == 0xFFFF


def WCOREDUMP(status):
    return status & 0x80 != 0


def waitstatus_to_exitcode(status):
    """The status that exit was given, or minus the signal."""
    if WIFEXITED(status):
        return WEXITSTATUS(status)
    if WIFSIGNALED(status):
        return -WTERMSIG(status)
    raise ValueError(f"process stopped by delivery of signal {WSTOPSIG(status)}")


# ── the process ──


def get_inheritable(fd, /):
    """Whether programs started later have the file too."""
    fstat(fd)
    return fd <= 2


def set_inheritable(fd, inheritable, /):
    """There are no programs started later."""
    fstat(fd)


def get_blocking(fd, /):
    """Whether reading waits."""
    fstat(fd)
    return True


def set_blocking(fd, blocking, /):
    """Reading always waits."""
    fstat(fd)


def getlogin():
    """The name of the user."""
    name = _getenv(b"LOGNAME") or _getenv(b"USER")
    if name is None:
        raise OSError(6, strerror(6))
    return name.decode()


def getgroups():
    """The groups of the user."""
    return [getgid()]


def getloadavg():
    """How busy the computer is."""
    try:
        with _open_text("/proc/loadavg") as file:
            return tuple(float(number) for number in file.read().split()[:3])
    except OSError:
        raise OSError("Load averages are unobtainable") from None


def _open_text(path):
    from _io import open
    return open(path, encoding="utf-8")


def sched_getaffinity(pid, /):
    """The processors that the process may run on."""
    return set(range(cpu_count()))


def getrandom(size, flags=0):
    """Random bytes."""
    return urandom(size)


def closerange(low, high, /):
    """Close all files from low to high, those that are open."""
    for fd in range(low, high):
        try:
            close(fd)
        except OSError:
            pass


def ctermid():
    """The file of the terminal."""
    return "/dev/tty"


def abort():
    """End the process, by a signal."""
    raise SystemExit(134)


def register_at_fork(*, before=None, after_in_child=None, after_in_parent=None):
    """Functions to call around fork, which there is not."""
    if before is after_in_child is after_in_parent is None:
        raise TypeError("At least one argument is required.")


sysconf_names = {"SC_ARG_MAX": 0, "SC_CLK_TCK": 2, "SC_OPEN_MAX": 4, "SC_PAGESIZE": 30, "SC_PAGE_SIZE": 30,
                 "SC_NPROCESSORS_CONF": 83, "SC_NPROCESSORS_ONLN": 84, "SC_SEM_NSEMS_MAX": 32}
_LIMITS = {0: 2097152, 2: 100, 4: 1024, 30: 4096, 32: -1}


def sysconf(name, /):
    """A limit of the system."""
    number = sysconf_names.get(name, name)
    if not isinstance(number, int):
        raise ValueError("unrecognized configuration name")
    if number in (83, 84):
        return cpu_count()
    try:
        return _LIMITS[number]
    except KeyError:
        raise OSError(22, strerror(22)) from None



def _no_child(*args, **keywords):
    raise ChildProcessError(10, strerror(10))


def _no_process(*args, **keywords):
    raise PermissionError(1, "uncoil starts no processes")


wait = wait3 = wait4 = waitid = waitpid = _no_child
execv = execve = pipe = pipe2 = dup = dup2 = killpg = posix_spawn = posix_spawnp = _no_process


def kill(pid, signal, /):
    """Send a signal to this process: there are no others to send one to."""
    if pid != getpid():
        raise ProcessLookupError(3, strerror(3))
    if signal:
        import _signal
        _signal.raise_signal(signal)


def system(command):
    """Run a command: there are none."""
    return 127 << 8


# ── files by number, from or to a place ──


def pread(fd, length, offset, /):
    """Bytes from a place; where the next read begins stays."""
    return _elsewhere(fd, offset, lambda: read(fd, length))


def pwrite(fd, buffer, offset, /):
    """Bytes to a place; where the next write begins stays."""
    return _elsewhere(fd, offset, lambda: write(fd, buffer))


def preadv(fd, buffers, offset, flags=0, /):
    """Bytes from a place into several buffers."""
    return _elsewhere(fd, offset, lambda: readv(fd, buffers))


def pwritev(fd, buffers, offset, flags=0, /):
    """Several buffers to a place."""
    return _elsewhere(fd, offset, lambda: writev(fd, buffers))


def _elsewhere(fd, offset, act):
    here = lseek(fd, 0, 1)
    lseek(fd, offset, 0)
    try:
        return act()
    finally:
        lseek(fd, here, 0)


def readv(fd, buffers, /):
    """Fill several buffers, one after the other; how many bytes there were."""
    total = 0
    for buffer in buffers:
        view = memoryview(buffer).cast("B")
        data = read(fd, len(view))
        view[:len(data)] = data
        total += len(data)
        if len(data) < len(view):
            break
    return total


def writev(fd, buffers, /):
    """Write several buffers; how many bytes they had."""
    return write(fd, b"".join(buffers))


def copy_file_range(src, dst, count, offset_src=None, offset_dst=None):
    """Bytes of one open file into another; how many there were."""
    data = read(src, count) if offset_src is None else pread(src, count, offset_src)
    return write(dst, data) if offset_dst is None else pwrite(dst, data, offset_dst)


def fdatasync(fd):
    """What was written is on the disk when this is done."""
    fsync(fd)


def sync():
    """The same of all files; no one waits for it."""


def makedev(major, minor, /):
    """The number of a device."""
    return (minor & 0xFF) | (major & 0xFFF) << 8 | (minor & ~0xFF) << 12 | (major & ~0xFFF) << 32


def major(device, /):
    return (device >> 8 & 0xFFF) | (device >> 32 & ~0xFFF)


def minor(device, /):
    return (device & 0xFF) | (device >> 12 & ~0xFF)


pathconf_names = {f"PC_{_name}": _number for _number, _name in enumerate(
    "LINK_MAX MAX_CANON MAX_INPUT NAME_MAX PATH_MAX PIPE_BUF CHOWN_RESTRICTED NO_TRUNC VDISABLE SYNC_IO ASYNC_IO PRIO_IO SOCK_MAXBUF "
    "FILESIZEBITS REC_INCR_XFER_SIZE REC_MAX_XFER_SIZE REC_MIN_XFER_SIZE REC_XFER_ALIGN ALLOC_SIZE_MIN SYMLINK_MAX".split())}
_PATH_LIMITS = {1: 255, 2: 255, 3: 255, 4: 4096, 5: 4096, 6: 1, 7: 1, 8: 0, 13: 64}


def pathconf(path, name):
    """A limit that holds for a file or folder."""
    stat(path)
    number = pathconf_names.get(name, name)
    if not isinstance(number, int):
        raise ValueError("unrecognized configuration name")
    return _PATH_LIMITS.get(number, -1)


fpathconf = pathconf


def getresuid():
    """The user, three times: nobody becomes another one here."""
    return getuid(), geteuid(), geteuid()


def getresgid():
    """The group, three times."""
    return getgid(), getegid(), getegid()


def sched_yield():
    """Let others have the processor: the system does so when it wants."""


def sched_get_priority_max(policy):
    """The highest priority that a policy has."""
    return _priorities(policy)[1]


def sched_get_priority_min(policy):
    """The lowest."""
    return _priorities(policy)[0]


def _priorities(policy):
    if policy not in (0, 1, 2, 3, 5):
        raise OSError(22, strerror(22))
    return (1, 99) if policy in (1, 2) else (0, 0)


P_PID, P_PGID, P_ALL, P_PIDFD = 1, 2, 0, 3
WEXITED, WSTOPPED, WNOWAIT = 4, 2, 0x1000000
SEEK_DATA, SEEK_HOLE = 3, 4
F_ULOCK, F_LOCK, F_TLOCK, F_TEST = range(4)
PRIO_PROCESS, PRIO_PGRP, PRIO_USER = range(3)
O_LARGEFILE, O_ASYNC, O_FSYNC, O_DIRECT, O_NOATIME, O_PATH, O_TMPFILE = 0, 8192, 1052672, 16384, 262144, 2097152, 4259840
RTLD_LAZY, RTLD_NOW, RTLD_GLOBAL, RTLD_LOCAL, RTLD_NODELETE, RTLD_NOLOAD = 1, 2, 256, 0, 4096, 4
CLD_EXITED, CLD_KILLED, CLD_DUMPED, CLD_TRAPPED, CLD_STOPPED, CLD_CONTINUED = range(1, 7)

# Numbers that only programs which look closely at the system use.
_NUMBERS = """
EFD_CLOEXEC=524288 EFD_NONBLOCK=2048 EFD_SEMAPHORE=1 GRND_NONBLOCK=1 GRND_RANDOM=2 MFD_ALLOW_SEALING=2 MFD_CLOEXEC=1
MFD_HUGETLB=4 MFD_HUGE_16GB=2281701376 MFD_HUGE_16MB=1610612736 MFD_HUGE_1GB=2013265920 MFD_HUGE_1MB=1342177280
MFD_HUGE_256MB=1879048192 MFD_HUGE_2GB=2080374784 MFD_HUGE_2MB=1409286144 MFD_HUGE_32MB=1677721600
MFD_HUGE_512KB=1275068416 MFD_HUGE_512MB=1946157056 MFD_HUGE_64KB=1073741824 MFD_HUGE_8MB=1543503872 MFD_HUGE_MASK=63
MFD_HUGE_SHIFT=26 POSIX_FADV_DONTNEED=4 POSIX_FADV_NOREUSE=5 POSIX_FADV_NORMAL=0 POSIX_FADV_RANDOM=1
POSIX_FADV_SEQUENTIAL=2 POSIX_FADV_WILLNEED=3 POSIX_SPAWN_CLOSE=1 POSIX_SPAWN_DUP2=2 POSIX_SPAWN_OPEN=0
RTLD_DEEPBIND=8 RWF_APPEND=16 RWF_DSYNC=2 RWF_HIPRI=1 RWF_NOWAIT=8 RWF_SYNC=4 SCHED_BATCH=3 SCHED_FIFO=1 SCHED_IDLE=5
SCHED_OTHER=0 SCHED_RESET_ON_FORK=1073741824 SCHED_RR=2 SPLICE_F_MORE=4 SPLICE_F_MOVE=1 SPLICE_F_NONBLOCK=2
ST_APPEND=256 ST_MANDLOCK=64 ST_NOATIME=1024 ST_NODEV=4 ST_NODIRATIME=2048 ST_NOEXEC=8 ST_NOSUID=2 ST_RDONLY=1
ST_RELATIME=4096 ST_SYNCHRONOUS=16 ST_WRITE=128 XATTR_CREATE=1 XATTR_REPLACE=2 XATTR_SIZE_MAX=65536
"""
globals().update((_name, int(_value)) for _name, _, _value in (_row.partition("=") for _row in _NUMBERS.split()))
