# Objects that lie in CPython's own file: their counts begin at 999,999,999, lest they die; what is on top counts as ever.
import sys
refs = sys.getrefcount
STATIC = 999_000_000


def is_static(value):
    return refs(value) > STATIC


def many(name, values):
    static = [value for value in values if is_static(value)]
    print(name, len(static), static[:1], static[-1:])


many("ints", range(-300, 1000))
many("characters", map(chr, range(0x300)))
many("bytes", (bytes([n]) for n in range(256)))
print([is_static(value) for value in ((), b"", "", None, True, False, ..., NotImplemented, int, type, print, 1.0, 257, -6, frozenset())])
print([is_static(value) for value in (str(True), repr(False), repr(None), "a" + "b"[:0], chr(97), chr(300))])
# Names that the interpreter uses itself are among them if they are interned …
words = "self name append print __init__ __name__ keys x y g spam total node __abs__ __add__ <module> <lambda> utf-8 strict".split()
print([word for word in words if is_static(sys.intern(word))])
# … while text that is made later is an object of its own.
print([word for word in words if is_static("".join(word))], is_static("".join("x")))
# Differences count as everywhere.
for value in (7, "x", (), b"", b"q", "", "append", chr(200)):
    before = refs(value)
    held = [value] * 50
    inner = {value: held, "other": value}
    between = refs(value)
    del held, inner
    print(repr(value), between - before, refs(value) - before)


def g(number, text=""):
    copy = number
    return refs(number) - start


n = 200
start = refs(n)
print(g(n), g(n, "x"), refs(n) - start, refs(100 + 100) - start)
