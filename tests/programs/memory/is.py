# Which objects are one: interning, small ints, one-character strings, constants shared within a code object.
import sys
a, b, c, d = 256, int("256"), 257, int("257")
print(a is b, c is d, c is 257, -5 is int("-5"), -6 is int("-6"))
s, t = "spam", "".join(["sp", "am"])
print(s == t, s is t, s is sys.intern(t), sys.intern("".join(["sp", "am"])) is s)
print("a b" is "a b", "ab" is "a" + "b", "é" is chr(233), "Δ" is chr(916), chr(97) is "a", "abc"[0] is "a", "" is str(), "".join([]) is "")
x = "hello world"
def f(): return "hello world"
print(x is f(), f() is f(), f.__code__.co_consts)
def g(): return 1000, 1000, (1, 2), (1, 2), 1.5, 1.5
v = g()
print(v[0] is v[1], v[2] is v[3], v[4] is v[5], g()[2] is g()[2])
def h(): return 1000
print(h() is g()[0], h() is h())
print(() is tuple([]), (1, 2)[:] is (1, 2), [] is [], frozenset() is frozenset(), b"" is bytes(), b"a" is bytes([97]), b"ab" is bytes([97, 98]))
n = "x" * 20
print(n is "xxxxxxxxxxxxxxxxxxxx", "x" * 20 is "x" * 20, "x" * 5000 is "x" * 5000)
print(0.0 is -0.0, 1 is True, 1.0 is 1, (1, 2.0) is (1.0, 2))
t = (1, 2, 3)
print(tuple(t) is t, t[:] is t, t * 1 is t, t + () is t, () + t is t, list(t) is list(t))
s = "some text"
print(str(s) is s, s[:] is s, s * 1 is s, s + "" is s, "" + s is s, s.strip() is s, s.replace("z", "") is s, f"{s}" is s, "%s" % s is s, s.lower() is s)
b = b"some bytes"
print(bytes(b) is b, b[:] is b, b + b"" is b, b * 1 is b, b.strip() is b, b.replace(b"z", b"") is b)
i = 12345
print(int(i) is i, +i is i, i * 1 is i, i + 0 is i, abs(i) is i, float(1.5) is float(1.5), round(i) is i, i // 1 is i)
fl = 2.5
print(float(fl) is fl, +fl is fl, fl * 1.0 is fl, abs(fl) is fl)
fs = frozenset([1])
print(frozenset(fs) is fs, fs.copy() is fs, fs | set() is fs, fs & fs is fs)
class C:
    def m(self): pass
o = C()
print(o.m is o.m, C.m is C.m, C.__dict__ is C.__dict__, o.__dict__ is o.__dict__, len is len, [].append is [].append)
print(type(o) is C, type(1) is int, None is None, ... is Ellipsis, NotImplemented is NotImplemented)
print({"key": 1}.popitem()[0] is "key", list({"abc": 1})[0] is "abc", "abc" in {"abc"}, C.__name__ is "C", C.__qualname__ is "C", f.__name__ is "f", f.__name__ is f.__qualname__)
o.attribute = 1
print(list(o.__dict__)[0] is "attribute", sys.intern("attribute") is list(vars(o))[0])
for k in "name_1", "has space", "é", "1a":
    e = compile(repr(k), "", "eval")
    print(ascii(k), eval(e) is eval(compile(repr(k), "", "eval")), eval(e) is sys.intern(k + ""))
print([x is y for x in (1, 300) for y in (1, 300)], [i is i for i in range(255, 260)])
p = 300; q = 300
print(p is q, (lambda: 300)() is p, eval("300") is p, range(300, 302)[0] is p)
print(min(i, 99999) is i, max((i,)) is i, sorted([i])[0] is i, [i].pop() is i, next(iter([i])) is i, sum([i]) is i, sum([i], 0) is i)
