# flags, as arguments and in patterns; how they and patterns are shown
import re

print(repr(re.I), repr(re.A | re.M), repr(re.NOFLAG), re.X, re.compile("a").flags, re.compile(b"a").flags, re.compile("a", re.A).flags)
print(re.compile("a", re.I | re.S), re.compile("(?x) a # b"), re.compile(b"x", re.L), re.compile("a", re.U), re.compile("a" * 300))
print(int(re.compile("(?im)a").flags), re.RegexFlag(18), re.RegexFlag.I is re.IGNORECASE, re.I in (re.I | re.M), type(re.I | 2).__name__)
for pattern, flags, text in [
    ("a.b", 0, "a\nb"), ("a.b", re.S, "a\nb"), ("^b", re.M, "a\nb"), ("a$", re.M, "a\nb"), ("a$", 0, "a\n"), (" a b # c", re.X, "ab"),
    ("[a #]b", re.X, "#b"), (r"a\ b", re.X, "a b"), ("(?x: a b )c d", 0, "abc d"), ("(?i:a)b", 0, "Ab"), ("(?i:a)b", 0, "AB"), ("(?-i:a)b", re.I, "AB"),
    ("(?s-i:.)B", re.I, "\nb"), ("é", re.I, "É"), ("É", re.I, "é"), ("ß", re.I, "ẞ"), ("ſ", re.I, "S"), ("s", re.I, "ſ"), ("k", re.I, "\u212a"),
    ("k", re.I | re.A, "\u212a"), ("[a-z]", re.I, "ſ"), ("[k]", re.I, "\u212a"), ("[^k]", re.I, "\u212a"), ("µ", re.I, "μ"), ("İ", re.I, "i"), ("i", re.I, "İ"),
    ("ı", re.I, "I"), ("ﬅ", re.I, "ﬆ"), ("[σ]", re.I, "ς"), ("Σ", re.I, "ς"), (r"\w", 0, "é"), (r"\w", re.A, "é"), (r"\d", 0, "٣"), (r"\d", re.A, "٣"),
    (r"\s", 0, "\u2003"), (r"\s", re.A, "\u2003"), (r"\W", re.A, "é"), (r"\bé", 0, "é"), (r"\bé", re.A, "é"), (r"(?a:\w)\w", 0, "aé"), ("[\U00010400-\U0001040f]", re.I, "\U00010428"),
    ("\U00010400", re.I, "\U00010428"), ("[\U00010400]", re.I, "\U00010428"), ("(é)\\1", re.I, "éÉ"), ("[à-þ]", re.I, "Ö"), ("[^\\W\\d_]+", 0, "aé9"), ("[\\S\\s]", 0, "\n"),
]:
    print(ascii(pattern), int(flags), ascii(re.match(pattern, text, flags)))
for pattern, flags, text in [(b"\xe9", re.I, b"\xc9"), (b"a", re.I, b"A"), (b"\\w", 0, b"\xe9"), (b"\\w", re.L, b"a"), (b"A", re.L | re.I, b"a"), (b"[^a]", re.L | re.I, b"A"),
                             (b"(a)\\1", re.L | re.I, b"aA"), (b"(?L)\\b.", 0, b"x"), (b"[\x00-\xff]+", 0, b"\x00\xff")]:
    print(pattern, int(flags), re.match(pattern, text, flags))
for args in [("a", re.L), ("a", re.A | re.U), (b"a", re.U), (b"a", re.A | re.L), ("(?L)a",), (b"(?u)a",), ("(?a)(?u)x",), ("x(?i)",), ("(?i-i:a)",), ("(?-L:a)",), ("(?z)",), (re.compile("a"), re.I), (1,), (None,), (["a"],)]:
    try:
        print(re.compile(*args))
    except Exception as e:
        print(type(e).__name__, e)
print(re.escape("a.b*[c]-d e\n_é#&~"), re.escape(b"a.b\xff"), re.match(re.escape("a.b*"), "a.b*"))
