# linecache: lines of files.
import linecache
import os
import tempfile

path = tempfile.mkdtemp() + "/lines.txt"
with open(path, "w") as file:
    file.write("one\ntwo\nthree")


class Loader:
    def get_source(self, name):
        return f"# {name}\nx = 1\n"


names = {"__name__": "made", "__loader__": Loader()}


for text in r'''
linecache.getline(path, 1), linecache.getline(path, 3)
linecache.getline(path, 0), linecache.getline(path, 4), linecache.getline(path, -1)
linecache.getlines(path)
linecache.getlines("no_such_file.txt"), linecache.getline("no_such_file.txt", 1)
path in linecache.cache, "no_such_file.txt" in linecache.cache
linecache.cache[path][0], linecache.cache[path][2][1]
[open(path, "a").write("\nfour\n")]
linecache.getline(path, 4)
linecache.checkcache(path), linecache.getline(path, 4)
linecache.updatecache(path)
linecache.clearcache(), linecache.cache
linecache.lazycache("<made>", names), linecache.lazycache("made.py", names), linecache.lazycache("made.py", {})
linecache.getlines("made.py"), linecache.getline("made.py", 2)
linecache.getlines("<string>"), linecache.getlines("")
os.remove(path), os.rmdir(os.path.dirname(path)), linecache.checkcache(), list(linecache.cache)
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
