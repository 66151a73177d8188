# shutil: files and folders as wholes.
import io
import os
import shutil
import tempfile

home = os.path.realpath(tempfile.mkdtemp()) + "/"
os.makedirs(home + "tree/inner")
for name in "a.txt", "b.py", "inner/c.txt":
    with open(f"{home}tree/{name}", "w") as file:
        file.write(name * 2)


def names(top):
    return sorted(os.path.join(folder, name)[len(home):] for folder, _, files in os.walk(home + top) for name in files)


def read(name):
    with open(home + name) as file:
        return file.read()


def masked(text):
    return str(text).replace(home, "HOME/")


def there(name):
    return os.path.exists(home + name)


def of(name, *args, **kwargs):
    """What a function of shutil gives; texts are names in the folder."""
    args = [home + arg if isinstance(arg, str) else arg for arg in args]
    try:
        return masked(getattr(shutil, name)(*args, **kwargs))
    except (OSError, ValueError) as error:
        return type(error).__name__, masked(error)


for text in r'''
of("copy", "tree/a.txt", "copied.txt"), read("copied.txt")
of("copyfile", "tree/b.py", "copied.txt"), read("copied.txt")
of("copy", "tree/b.py", "tree/inner"), names("tree")
of("copy2", "tree/a.txt", "two.txt"), os.stat(home + "two.txt").st_mtime == os.stat(home + "tree/a.txt").st_mtime
of("copyfile", "tree/a.txt", "tree/a.txt")
of("copyfile", "none.txt", "x")
of("copyfile", "tree/a.txt", "tree")
of("copytree", "tree", "twin"), names("twin")
of("copytree", "tree", "twin")
of("copytree", "tree", "twin", dirs_exist_ok=True)
of("copytree", "tree", "some", ignore=shutil.ignore_patterns("*.txt")), names("some")
of("move", "two.txt", "moved.txt"), there("two.txt")
of("move", "moved.txt", "twin"), there("twin/moved.txt")
of("move", "copied.txt", "twin/moved.txt"), of("move", "twin", "twin/inner")
of("rmtree", "twin"), there("twin")
of("rmtree", "twin"), of("rmtree", "twin", ignore_errors=True)
(lambda told: [of("rmtree", "none", onerror=lambda f, p, e: told.append((p == home + "none", e[0].__name__))), told])([])
(lambda out: [shutil.copyfileobj(io.StringIO("abc" * 5), out, 4), out.getvalue()])(io.StringIO())
[os.chmod(home + "tree/b.py", 0o640), of("copymode", "tree/b.py", "some/b.py"), oct(os.stat(home + "some/b.py").st_mode & 0o777)]
shutil.which("no_such_program"), of("which", "tree/b.py"), len(shutil.get_terminal_size((7, 8)))
len(shutil.get_unpack_formats()) >= 0, of("unpack_archive", "a.odd")
shutil.make_archive("x", "odd")
of("chown", "copied.txt")
[issubclass(e, OSError) for e in (shutil.Error, shutil.SameFileError, shutil.SpecialFileError, shutil.ExecError)]
of("rmtree", ""), there("")
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
