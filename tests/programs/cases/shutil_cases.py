# shutil: files and folders as wholes.
import io
import os
import shutil
import tempfile

home = os.path.realpath(tempfile.mkdtemp())
os.chdir(home)
os.makedirs("tree/inner")
for name in "a.txt", "b.py", "inner/c.txt":
    with open(f"tree/{name}", "w") as file:
        file.write(name * 2)


def names(top):
    return sorted(os.path.join(folder, name) for folder, _, files in os.walk(top) for name in files)


def read(name):
    with open(name) as file:
        return file.read()


def masked(text):
    return str(text).replace(home, "HOME")


def failing(function, *args, **kwargs):
    try:
        return masked(function(*args, **kwargs))
    except OSError as error:
        return type(error).__name__, masked(error)


for text in r'''
shutil.copy("tree/a.txt", "copied.txt"), read("copied.txt")
shutil.copyfile("tree/b.py", "copied.txt"), read("copied.txt")
shutil.copy("tree/b.py", "tree/inner"), names("tree")
shutil.copy2("tree/a.txt", "two.txt"), os.stat("two.txt").st_mtime == os.stat("tree/a.txt").st_mtime
failing(shutil.copyfile, "tree/a.txt", "tree/a.txt")
failing(shutil.copyfile, "none.txt", "x")
failing(shutil.copyfile, "tree/a.txt", "tree")
shutil.copytree("tree", "twin"), names("twin")
failing(shutil.copytree, "tree", "twin")
shutil.copytree("tree", "twin", dirs_exist_ok=True)
shutil.copytree("tree", "some", ignore=shutil.ignore_patterns("*.txt")), names("some")
shutil.move("two.txt", "moved.txt"), os.path.exists("two.txt")
shutil.move("moved.txt", "twin"), os.path.exists("twin/moved.txt")
failing(shutil.move, "copied.txt", "twin/moved.txt"), failing(shutil.move, "twin", "twin/inner")
shutil.rmtree("twin"), os.path.exists("twin")
failing(shutil.rmtree, "twin"), shutil.rmtree("twin", ignore_errors=True)
(lambda told: [shutil.rmtree("none", onerror=lambda f, p, e: told.append((p, e[0].__name__))), told])([])
(lambda out: [shutil.copyfileobj(io.StringIO("abc" * 5), out, 4), out.getvalue()])(io.StringIO())
[os.chmod("tree/b.py", 0o640), shutil.copymode("tree/b.py", "copied.txt"), oct(os.stat("copied.txt").st_mode & 0o777)]
shutil.which("no_such_program"), shutil.which("tree/b.py"), shutil.get_terminal_size((7, 8)) is not None
shutil.get_unpack_formats() is not None, failing(shutil.unpack_archive, "a.odd")
shutil.make_archive("x", "odd")
shutil.chown("copied.txt")
[issubclass(e, OSError) for e in (shutil.Error, shutil.SameFileError, shutil.SpecialFileError, shutil.ExecError)]
[os.chdir("/"), shutil.rmtree(home)]
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
