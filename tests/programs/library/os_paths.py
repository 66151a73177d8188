# os.path on texts alone.
import os.path
import posixpath
import stat

PATHS = ["", "/", "//", "///", "a", "a/", "/a", "a/b", "a//b", "a/./b", "a/../b", "../a", "/../a", "./a", "a/b/../../..", "//a/b",
         "///a", ".", "..", "a.b", ".a", ".a.b", "a.b.c", "a/.b", "a.b/c", "...", "..a", "a.", "/a/b.tar.gz", "~", "a b/c d"]
for path in PATHS:
    print(repr(path), os.path.split(path), os.path.splitext(path), os.path.normpath(path), os.path.isabs(path), os.path.basename(path),
          os.path.dirname(path), os.path.splitdrive(path))
    assert os.path.split(path.encode()) == tuple(map(os.fsencode, os.path.split(path)))
    assert os.path.normpath(path.encode()) == os.path.normpath(path).encode()
for parts in [("a",), ("a", "b"), ("a/", "b"), ("a", "/b"), ("", "b"), ("a", ""), ("a", "b", "..", "/c", "d"), (b"a", b"b"), ("/", "a")]:
    print(parts, os.path.join(*parts))


def t(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


t(os.path.join, "a", b"b")
t(os.path.join, "a", 3)
t(os.path.join)
t(os.path.split, 3)
for a, b in [("/a/b/c", "/a"), ("/a", "/a/b/c"), ("/a/b", "/c/d"), ("/a", "/a"), ("/a/../b", "/")]:
    print(os.path.relpath(a, b))
t(os.path.relpath, "")
t(os.path.commonpath, ["/a/b/c", "/a/b/d", "/a/b"])
t(os.path.commonpath, ["a/b", "a/c/d"])
t(os.path.commonpath, ["/a", "b"])
t(os.path.commonpath, [])
t(os.path.commonpath, ["/a", b"b"])
t(os.path.commonprefix, ["/usr/lib", "/usr/local"])
t(os.path.commonprefix, [])
t(os.path.commonprefix, [[1, 2], [1, 3]])
t(os.path.exists, "/tmp")
t(os.path.isdir, "/tmp")
t(os.path.isfile, "/tmp")
t(os.path.exists, "a\0b")
t(os.path.getsize, "/no/such")
t(os.path.expanduser, "a/~")
t(os.path.normcase, "A/b")
t(os.path.ismount, "/")
for mode in 0o100644, 0o040755, 0o120777, 0o104755, 0o102644, 0o041777, 0o100000, 0o020666, 0:
    print(stat.filemode(mode), oct(stat.S_IFMT(mode)), oct(stat.S_IMODE(mode)), stat.S_ISDIR(mode), stat.S_ISREG(mode))
print(posixpath is os.path, posixpath.__name__, os.path.sep)
