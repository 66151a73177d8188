# linecache: lines of files.
import linecache
import os

with open("lines_of.txt", "w") as file:
    file.write("one\ntwo\nthree")


class Loader:
    def get_source(self, name):
        return f"# {name}\nx = 1\n"


names = {"__name__": "made", "__loader__": Loader()}


for text in r'''
linecache.getline("lines_of.txt", 1), linecache.getline("lines_of.txt", 3)
linecache.getline("lines_of.txt", 0), linecache.getline("lines_of.txt", 4), linecache.getline("lines_of.txt", -1)
linecache.getlines("lines_of.txt")
linecache.getlines("no_such_file.txt"), linecache.getline("no_such_file.txt", 1)
"lines_of.txt" in linecache.cache, "no_such_file.txt" in linecache.cache
linecache.cache["lines_of.txt"][0], linecache.cache["lines_of.txt"][2][1]
[open("lines_of.txt", "a").write("\nfour\n")]
linecache.getline("lines_of.txt", 4)
linecache.checkcache("lines_of.txt"), linecache.getline("lines_of.txt", 4)
linecache.updatecache("lines_of.txt")
linecache.clearcache(), linecache.cache
linecache.lazycache("<made>", names), linecache.lazycache("made.py", names), linecache.lazycache("made.py", {})
linecache.getlines("made.py"), linecache.getline("made.py", 2)
linecache.getlines("<string>"), linecache.getlines("")
os.remove("lines_of.txt"), linecache.checkcache(), linecache.cache
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
