import sys
a, b, c, d = 256, int("256"), 257, int("257")
s, t = "spam", "".join(["sp", "am"])
print(a is b, c is d, s == t, s is t, s is sys.intern(t))
print([sys.getsizeof(v) for v in (0, 2**30, "", "é", "Δ", (), [], {})])
x = (a, c, s); old = id(x); del x
y = (s, c, a)
print(id(y) == old)
