# Files and folders by os: every call and what it says when it fails.
import os
import stat

ROOT = "/tmp/uncoil_test_os"


def t(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, e)


for here, folders, files in os.walk(ROOT, topdown=False):
    for name in files:
        os.remove(os.path.join(here, name))
    for name in folders:
        path = os.path.join(here, name)
        (os.remove if os.path.islink(path) else os.rmdir)(path)
t(os.makedirs, ROOT + "/a/b/c", exist_ok=True)
t(os.makedirs, ROOT + "/a/b")
t(os.makedirs, ROOT + "/a/b", exist_ok=True)
t(os.mkdir, ROOT + "/a")
t(os.mkdir, ROOT + "/no/such")
for name in "x.txt", "a/y.txt", "a/b/z.txt":
    with open(os.path.join(ROOT, name), "w") as f:
        f.write(name * 3)
print(sorted(os.listdir(ROOT)), sorted(os.listdir(ROOT.encode())))
t(os.listdir, ROOT + "/none")
t(os.listdir, ROOT + "/x.txt")
found = os.stat(ROOT + "/x.txt")
print(found.st_size, found[6], stat.S_ISREG(found.st_mode), stat.filemode(found.st_mode), len(found), found.st_nlink)
print(type(found), isinstance(found.st_mtime, float), isinstance(found.st_mtime_ns, int), int(found.st_mtime) == found[8])
t(os.stat, ROOT + "/none")
os.utime(ROOT + "/x.txt", (1000, 2000.5))
print(os.stat(ROOT + "/x.txt").st_mtime, os.path.getmtime(ROOT + "/x.txt"), os.path.getatime(ROOT + "/x.txt"))
os.utime(ROOT + "/x.txt", ns=(5, 7))
print(os.stat(ROOT + "/x.txt").st_mtime_ns)
t(os.utime, ROOT + "/x.txt", (1,))
os.chmod(ROOT + "/x.txt", 0o600)
print(oct(os.stat(ROOT + "/x.txt").st_mode))
os.symlink("x.txt", ROOT + "/link")
print(os.readlink(ROOT + "/link"), os.path.islink(ROOT + "/link"), os.path.realpath(ROOT + "/link"))
t(os.readlink, ROOT + "/x.txt")
t(os.symlink, "x", ROOT + "/link")
print(os.lstat(ROOT + "/link").st_size, os.stat(ROOT + "/link").st_size)
os.link(ROOT + "/x.txt", ROOT + "/hard")
print(os.stat(ROOT + "/hard").st_nlink, os.path.samefile(ROOT + "/hard", ROOT + "/link"))
for here, folders, files in os.walk(ROOT):
    folders.sort()
    print(here, folders, sorted(files))
print([here for here, _, _ in os.walk(ROOT, topdown=False)])
print(list(os.walk(ROOT + "/none")))
errors = []
list(os.walk(ROOT + "/none", onerror=errors.append))
print(errors)
with os.scandir(ROOT) as entries:
    for entry in sorted(entries, key=lambda entry: entry.name):
        print(entry, entry.path, entry.is_dir(), entry.is_file(), entry.is_symlink(), entry.is_file(follow_symlinks=False),
              entry.is_dir() or entry.stat().st_size, os.fspath(entry))
t(os.rename, ROOT + "/x.txt", ROOT + "/w.txt")
t(os.rename, ROOT + "/x.txt", ROOT + "/v.txt")
t(os.replace, ROOT + "/w.txt", ROOT + "/hard")
t(os.renames, ROOT + "/a/b/z.txt", ROOT + "/d/e/z.txt")
print(os.path.exists(ROOT + "/a/b"), os.listdir(ROOT + "/d/e"), os.path.lexists(ROOT + "/link"), os.path.exists(ROOT + "/link"))
t(os.rmdir, ROOT + "/d")
t(os.remove, ROOT + "/none")
t(os.removedirs, ROOT + "/a/b/c")
fd = os.open(ROOT + "/fd.bin", os.O_RDWR | os.O_CREAT, 0o644)
print(os.write(fd, b"hello world"), os.lseek(fd, 0, os.SEEK_SET), os.read(fd, 5), os.fstat(fd).st_size, os.isatty(fd))
os.ftruncate(fd, 8)
print(os.lseek(fd, 0, os.SEEK_END))
with os.fdopen(fd, "r+b") as f:
    f.seek(0)
    print(f.read())
t(os.close, fd)
t(os.read, 99, 1)
t(os.open, ROOT + "/none", os.O_RDONLY)
t(os.open, ROOT + "/fd.bin", os.O_CREAT | os.O_EXCL)
os.truncate(ROOT + "/fd.bin", 2)
print(os.path.getsize(ROOT + "/fd.bin"), os.access(ROOT + "/fd.bin", os.R_OK), os.access(ROOT + "/none", os.F_OK))


class P:
    def __fspath__(self):
        return ROOT + "/fd.bin"


print(os.stat(P()).st_size, os.fspath(P()), os.path.basename(P()), isinstance(P(), os.PathLike), isinstance("", os.PathLike))
t(os.fspath, 3)
t(os.stat, 3.5)
os.remove(P())
os.environ["UNCOIL_X"] = "1"
print(os.environ["UNCOIL_X"], os.getenv("UNCOIL_X"), os.getenv("UNCOIL_NONE", "d"), "UNCOIL_X" in os.environ)
print(os.environb[b"UNCOIL_X"], dict(os.environ)["UNCOIL_X"], len(os.environ) == len(list(os.environ)))
del os.environ["UNCOIL_X"]
t(lambda: os.environ["UNCOIL_X"])
t(lambda: os.environ.__setitem__("A", 1))
t(lambda: os.environ[3])
print(os.environ.pop("UNCOIL_X", None), os.environ.setdefault("UNCOIL_Y", "y"), os.path.expandvars("$UNCOIL_Y/${UNCOIL_Y}x/$NO"))
print(os.name, os.sep, os.linesep == "\n", os.curdir, os.pardir, os.extsep, os.pathsep, os.devnull, os.altsep)
print(isinstance(os.getpid(), int), os.getcwd() == os.path.abspath("."), os.fsencode("\xe9"), os.fsdecode(b"\xff") == "\udcff")
print(os.strerror(2), os.path is __import__("os.path").path, os.cpu_count() > 0, len(os.urandom(4)), os.error is OSError)
