from __future__ import annotations
x: a.b[c](d, *e, f=g, **h)
y: a if b else c
z: lambda: 1
w: -a ** -b ** (c ** d)
v: (a or b) and not c
u: a < b <= c is not d
t: 1e1000 + 2j + b'x' + u'y' + "it's" + ...
s: (x for x in y)
r: f(x for x in y)
q: 1 .real
p: (a, b)
o: (a,)
n: ()
m: {a for b in c}
l: {a: b for c in d}
k: x[a, b]
k2: x[(a, b):c]
j: a @ b // c % d << e >> f & g ^ h | i
i: ~a
h: lambda a, /, b=1, *c, d, e=2, **f: 0
g: lambda *, a: 0
f: [*a, *b]
