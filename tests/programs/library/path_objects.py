# pathlib: pure paths and real ones.
import os
import pathlib
import shutil
import sys
import tempfile
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath


def t(f, *a, **k):
    try:
        print(repr(f(*a, **k)))
    except Exception as e:
        print(type(e).__name__, e)


for text in ["", "/", "a", "a/b", "/a/b/", "a//b/./c", "../a", "a/..", "/a/b.tar.gz", ".hidden", "a.", "//a/b", "///a", "a/.b.c"]:
    p = PurePosixPath(text)
    print(repr(p), str(p), p.parts, p.name, p.stem, p.suffix, p.suffixes, p.parent, p.root, p.anchor, p.is_absolute(), list(p.parents), bytes(p))
    t(p.with_suffix, ".x"); t(p.with_name, "n"); t(p.with_stem, "s")
for text in ["c:/a/b", "c:a", "\\a", "//srv/share/x", "C:\\A\\b.TXT", "a/b"]:
    p = PureWindowsPath(text)
    print(repr(p), str(p), p.parts, p.drive, p.root, p.anchor, p.is_absolute(), p.as_posix(), p.suffix)
a = PurePosixPath("a")
print(a / "b", "x" / a, a / "/b", a.joinpath("b", "c"), a == PurePosixPath("./a"), a < PurePosixPath("b"), hash(a) == hash(PurePosixPath("a")), a == PureWindowsPath("a"),
      PureWindowsPath("A") == PureWindowsPath("a"), a != "a", sorted([PurePosixPath("b"), a]), PurePath(a, "b"), PurePath("a", PurePath("b")))
t(lambda: a / 3); t(lambda: a < PureWindowsPath("b")); t(PurePath, 3); t(PurePath, b"a"); t(lambda: a < 3)
t(PurePosixPath("/a/b/c").relative_to, "/a"); t(PurePosixPath("/a").relative_to, "/b"); t(PurePosixPath("a").relative_to, "/a"); t(PurePosixPath("/a/b").relative_to, "/a/b")
print(PurePosixPath("/a/b").is_relative_to("/a"), PurePosixPath("/a/b").is_relative_to("b"))
for pat in ["*.py", "b/*.py", "/a/*/c.py", "c.py", "?.py", "*", "a/*.py", "/*.py"]:
    print(pat, PurePosixPath("/a/b/c.py").match(pat))
t(a.match, ""); t(PurePosixPath("/a b/\xe9").as_uri); t(a.as_uri); t(a.with_suffix, "x"); t(a.with_suffix, "."); t(a.with_name, "a/b")
print(a.parents, len(PurePosixPath("/a/b").parents), PurePosixPath("/a/b").parents[0], PurePosixPath("/a/b").parents[-1]); t(lambda: PurePosixPath("/a").parents[5])
root = Path("/tmp/uncoil_test_pathlib")
shutil.rmtree(root, ignore_errors=True)
t((root / "x/y").mkdir); (root / "x/y").mkdir(parents=True); t((root / "x").mkdir); (root / "x").mkdir(exist_ok=True)
f = root / "x" / "f.txt"
print(f.write_text("hello\nworld"), f.read_text(), f.read_bytes(), f.exists(), f.is_file(), f.is_dir(), f.stat().st_size, f.suffix)
print((root / "b.bin").write_bytes(b"\0\1"), (root / "b.bin").read_bytes())
t(f.write_text, b"x"); t((root / "none").read_text); t((root / "none").unlink); (root / "none").unlink(missing_ok=True)
(root / "x/y/g.py").touch(); (root / "x/y/.h").touch(); t((root / "x/y/g.py").touch, exist_ok=False)
with f.open("a") as h:
    h.write("!")
print(f.read_text(), sorted(root.iterdir()), sorted(p.name for p in (root / "x").iterdir()))
for pat in ["*", "**/*", "**", "*/*.txt", "**/*.py", "x/y/*", "x/?.txt", "[xb]*", "nope/*", "x/f.txt", "*/", "x/../b.bin"]:
    print(pat, sorted(str(p) for p in root.glob(pat)))
print(sorted(str(p.relative_to(root)) for p in root.rglob("*.*"))); t(lambda: list(root.glob(""))); t(lambda: list(root.glob("/a"))); t(lambda: list(root.glob("a**")))
(root / "link").symlink_to("x/f.txt")
print((root / "link").is_symlink(), (root / "link").readlink(), (root / "link").resolve(), (root / "link").exists(), (root / "link").samefile(f), (root / "nl").is_symlink())
print((root / "x/../x/./f.txt").resolve(), f.rename(root / "r.txt"), (root / "r.txt").exists(), f.exists(), (root / "r.txt").replace(root / "q.txt"))
t((root / "x").rmdir); t((root / "nn").rmdir); t(Path("a\0b").exists); t(Path("~nobody_xyz").expanduser)
(root / "q.txt").chmod(0o600); print(oct((root / "q.txt").stat().st_mode), Path("rel").absolute().is_absolute(), Path.cwd() == Path(os.getcwd()), Path("~").expanduser() == Path.home())
print(os.fspath(root), os.path.join(root, "z"), open(root / "q.txt").read(), isinstance(root, os.PathLike), type(root).__name__, Path(root) == root)
print(shutil.copy(root / "q.txt", root / "c1"), shutil.copy2(str(root / "q.txt"), str(root / "x")), shutil.copytree(root / "x", root / "x2"), sorted(p.name for p in (root / "x2").rglob("*")))
t(shutil.copyfile, root / "q.txt", root / "q.txt"); t(shutil.copy, root / "no", root / "d"); t(shutil.copytree, root / "x", root / "x2")
print(shutil.move(str(root / "c1"), str(root / "x2")), sorted(os.listdir(root / "x2"))); t(shutil.move, str(root / "x2/c1"), str(root / "x2"))
print(shutil.copytree(root / "x", root / "x3", ignore=shutil.ignore_patterns("*.py", "y"), dirs_exist_ok=True), sorted(os.listdir(root / "x3")))
print(shutil.which("sh") is not None, shutil.which("no_such_program_x"), type(shutil.get_terminal_size()).__name__)
t(shutil.rmtree, root / "nope"); shutil.rmtree(root / "nope", ignore_errors=True); shutil.rmtree(root / "x2"); print((root / "x2").exists())
with tempfile.TemporaryDirectory(dir=root) as d:
    print(os.path.isdir(d), os.path.dirname(d) == str(root)); Path(d, "k").write_text("k")
print(os.path.exists(d))
with tempfile.NamedTemporaryFile("w+", suffix=".txt", dir=root) as tf:
    tf.write("abc"); tf.seek(0); name = tf.name; print(tf.read(), name.endswith(".txt"), os.path.exists(name))
print(os.path.exists(name))
with tempfile.TemporaryFile() as tf:
    tf.write(b"xyz"); tf.seek(1); print(tf.read())
fd, p = tempfile.mkstemp(prefix="pre", dir=root); os.write(fd, b"1"); os.close(fd); print(os.path.basename(p)[:3], Path(p).read_text(), os.path.isdir(tempfile.gettempdir()), tempfile.gettempprefix())
with tempfile.SpooledTemporaryFile(max_size=4, mode="w+") as sp:
    sp.write("ab"); print(sp._rolled, end=" "); sp.write("cdefg"); print(sp._rolled); sp.seek(0); print(sp.read())
shutil.rmtree(root); print(root.exists())
