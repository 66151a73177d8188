# patterns and matches as objects: attributes, comparing, copying, sizes, limits
import copy
import gc
import re
import sys

p = re.compile("(?P<a>x)(y)?(?P<b>z)")
print(p.pattern, p.groups, p.groupindex, p.flags, type(p), type(p.groupindex).__name__, re.Pattern is type(p))
print(p == re.compile("(?P<a>x)(y)?(?P<b>z)"), p == re.compile("x"), p != re.compile("x"), p == 1, hash(p) == hash(copy.copy(p)), copy.deepcopy(p) is p)
print(re.compile(p) is p, re.compile("x") is re.compile("x"), {re.compile("a"): 1}[re.compile("a")])
m = p.match("xz")
print(m, type(m), re.Match is type(m), copy.copy(m) is m, m.re is p, m.lastindex, m.lastgroup, m.regs is m.regs)
print(sys.getsizeof(re.compile("a")), sys.getsizeof(re.compile("(a)(b)c")), sys.getsizeof(m), sys.getsizeof(re.compile("[aeiou]", re.I)))
print(gc.is_tracked(p), gc.is_tracked(m), re.Pattern.__basicsize__, re.Match.__basicsize__, re.Pattern[str], re.Match[bytes])
for f in [lambda: re.Pattern(), lambda: re.Match(), lambda: type("P", (re.Pattern,), {}), lambda: setattr(p, "flags", 1), lambda: setattr(p, "x", 1), lambda: setattr(m, "string", 1), lambda: p < p,
          lambda: p.match(), lambda: p.match(1), lambda: p.match(b"x"), lambda: re.compile(b"a").match("a"), lambda: p.match("a", "b"), lambda: m.groups(1, 2), lambda: m["c"], lambda: m[9], lambda: p.groupindex.update(),
          lambda: p.split("x", None), lambda: p.findall(None), lambda: m.start(5), lambda: p.sub("x")]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print([n for n in dir(p) if n[0] != "_"], [n for n in dir(m) if n[0] != "_"])
print(p.match(string="xz", pos=0).span(), p.sub(repl="-", string="xz", count=1), sys.getrefcount(m.string) >= 2)
import weakref
print(weakref.ref(p)() is p, re.purge(), re.compile("x").match("x").string, re.match("a", "abc").endpos)
print(re.match(re.compile("a"), "a"), re.match("ab", memoryview(b"ab")[:0].tobytes().decode() + "ab"), re.match(b"ab", memoryview(b"abc")), re.match(b"b", bytearray(b"bc")).group())
print([re.__all__.count(n) for n in ("match", "error", "RegexFlag")], re.T if hasattr(re, "T") else None, sorted(f.name for f in re.RegexFlag))
