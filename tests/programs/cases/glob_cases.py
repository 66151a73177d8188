# glob: files by pattern.
import glob
import os
import shutil
import tempfile

home = tempfile.mkdtemp()
os.chdir(home)
for name in "a.py b.py c.txt .hidden sub/d.py sub/deep/e.py sub/.h.py [x].py".split():
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    open(name, "w").close()


for text in r'''
sorted(glob.glob("*.py"))
sorted(glob.glob("*")), glob.glob(".*")
sorted(glob.glob("**/*.py", recursive=True))
sorted(glob.glob("**/*.py"))
sorted(glob.glob("sub/**", recursive=True))
sorted(glob.glob("?.*")), sorted(glob.glob("[ab].py")), sorted(glob.glob("[!a].py"))
glob.glob("none*"), glob.glob("none"), glob.glob("a.py"), glob.glob("")
glob.escape("[x].py"), glob.glob(glob.escape("[x].py")), glob.escape("a?*"), glob.escape(b"[b]")
sorted(glob.glob("*", root_dir="sub")), sorted(glob.glob("*/", recursive=False))
sorted(glob.glob("**", recursive=True, include_hidden=True))
sorted(glob.glob(b"*.txt")), next(glob.iglob("c.*")), list(glob.iglob("sub/*/"))
glob.has_magic("a*"), glob.has_magic("a"), glob.has_magic(b"[")
[os.chdir("/"), shutil.rmtree(home)]
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
