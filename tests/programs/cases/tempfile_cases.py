# tempfile: files for a while.
import os
import tempfile

folder = tempfile.mkdtemp(prefix="cases_")


def used():
    with tempfile.TemporaryDirectory(dir=folder) as inner:
        there = os.path.isdir(inner)
    return there, os.path.exists(inner)


def named(**options):
    with tempfile.NamedTemporaryFile("w+", dir=folder, **options) as file:
        file.write("text")
        file.seek(0)
        told = file.read(), os.path.exists(file.name), os.path.splitext(file.name)[1]
    return told, os.path.exists(file.name)


def spooled(size, data):
    with tempfile.SpooledTemporaryFile(size) as file:
        file.write(data)
        rolled = file._rolled
        file.seek(0)
        return rolled, file.read(), file.name is None


for text in r'''
used()
named(), named(suffix=".txt")
named(delete=False)[1]
spooled(10, b"short"), spooled(3, b"longer")[:2]
[os.close((pair := tempfile.mkstemp(".x", "y_", folder))[0]), os.path.basename(pair[1])[:2], pair[1][-2:], oct(os.stat(pair[1]).st_mode & 0o777)]
(lambda name: (os.path.isdir(name), oct(os.stat(name).st_mode & 0o777)))(tempfile.mkdtemp(dir=folder))
type(tempfile.mkdtemp(dir=os.fsencode(folder))), type(tempfile.mktemp(dir=folder))
tempfile.mkstemp(b".x", "y")
tempfile.gettempprefix(), tempfile.gettempprefixb(), tempfile.TMP_MAX
os.path.isdir(tempfile.gettempdir()), type(tempfile.gettempdirb())
tempfile.NamedTemporaryFile("q")
tempfile.TemporaryFile(dir=folder).read(), tempfile.TemporaryFile("w+", dir=folder).write("ab")
(lambda d: (d.cleanup(), os.path.exists(d.name), d.cleanup()))(tempfile.TemporaryDirectory(dir=folder))
sorted(tempfile.__all__)
[__import__("shutil").rmtree(folder), os.path.exists(folder)]
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
