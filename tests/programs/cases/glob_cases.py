# glob: files by pattern.
import glob
import os
import shutil
import tempfile

home = tempfile.mkdtemp() + "/"
for name in "a.py b.py c.txt .hidden sub/d.py sub/deep/e.py sub/.h.py [x].py".split():
    os.makedirs(os.path.dirname(home + name), exist_ok=True)
    open(home + name, "w").close()


def found(pattern, **options):
    return sorted(glob.glob(pattern, root_dir=home, **options))


for text in r'''
found("*.py")
found("*"), found(".*")
found("**/*.py", recursive=True)
found("**/*.py")
found("sub/**", recursive=True)
found("?.*"), found("[ab].py"), found("[!a].py")
found("none*"), found("none"), found("a.py"), found("")
glob.escape("[x].py"), found(glob.escape("[x].py")), glob.escape("a?*"), glob.escape(b"[b]")
sorted(glob.glob("*", root_dir=home + "sub")), found("*/", recursive=False)
found("**", recursive=True, include_hidden=True)
sorted(glob.glob(b"*.txt", root_dir=os.fsencode(home))), next(glob.iglob("c.*", root_dir=home)), list(glob.iglob("sub/*/", root_dir=home))
glob.has_magic("a*"), glob.has_magic("a"), glob.has_magic(b"[")
sorted(name[len(home):] for name in glob.glob(home + "s*/*")), glob.glob(home + "none")
[shutil.rmtree(home), glob.glob(home)]
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
