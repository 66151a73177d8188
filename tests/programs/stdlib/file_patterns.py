# fnmatch and glob: patterns of names
import fnmatch
import glob

for pattern in ["*", "*.py", "a?c", "[abc]", "[!abc]", "[a-c]x", "[]a]", "[!]a]", "[a", "**", "a*b*c", "[c-a]", "[!c-a]", "[a-c-e]", "x[0-9][!0-9]", "", "[\\]", "[&&~]", "*[*]*", "a.b"]:
    print(pattern, fnmatch.translate(pattern), [name for name in ["", "a", "abc", "a.py", "b.PY", "bx", "]", "[a", "a*b", "a.b", "axb", "x1y", "\\", "aXbXc", ".hid"] if fnmatch.fnmatchcase(name, pattern)])
print(fnmatch.filter(["a.py", "b.txt", "c.py"], "*.py"), fnmatch.fnmatch("A.py", "a.*"), fnmatch.filter([b"a", b"b"], b"[a]"), fnmatch.fnmatch("a\nb", "a*b"))
try:
    fnmatch.filter(["a"], b"*")
except TypeError as e:
    print(e)
print(glob.escape("a[b]*?.txt"), glob.escape(b"[x]"), glob.has_magic("a*"), glob.has_magic("a"))
print(glob.glob("no such name*"), glob.glob("no such name"), list(glob.iglob("nowhere/*")))
