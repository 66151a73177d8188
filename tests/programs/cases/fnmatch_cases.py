# fnmatch: names against patterns.
import fnmatch
import re


for text in r'''
fnmatch.fnmatch("a.py", "*.py"), fnmatch.fnmatch("a.pyc", "*.py"), fnmatch.fnmatch("A.PY", "*.py")
fnmatch.fnmatchcase("ab", "a?"), fnmatch.fnmatchcase("a", "a?"), fnmatch.fnmatchcase("A", "a")
fnmatch.fnmatch("a/b", "a*"), fnmatch.fnmatch(".x", "*"), fnmatch.fnmatch("", "*")
fnmatch.filter(["a.py", "b.txt", "c.py"], "*.py"), fnmatch.filter([], "*"), fnmatch.filter(["x"], "[")
[fnmatch.fnmatchcase("b", p) for p in ("[abc]", "[a-c]", "[!a-c]", "[!b]", "[c-a]", "[]b]", "[b")]
fnmatch.fnmatchcase("]", "[]]"), fnmatch.fnmatchcase("-", "[a-]"), fnmatch.fnmatchcase("^", "[^a]")
fnmatch.translate("*.txt"), fnmatch.translate("a?[b]")
fnmatch.translate("a*b*c"), fnmatch.translate("[!x]"), fnmatch.translate("")
bool(re.match(fnmatch.translate("x*y"), "xay\n")), bool(re.match(fnmatch.translate("x*"), "x\ny"))
fnmatch.fnmatch(b"a.py", b"*.py")
fnmatch.fnmatch("a", b"*")
fnmatch.fnmatchcase("a.b", "a.b"), fnmatch.fnmatchcase("axb", "a.b"), fnmatch.fnmatchcase("a$", "a$")
fnmatch.__all__
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
