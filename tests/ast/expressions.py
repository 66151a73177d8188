a & b ^ c | d
a ^ b & c << d >> e
-a ** -b ** ~c
a + b - c * d / e // f % g @ h
not a in b or not c == d and e
a < b <= c != d is e is not f not in g
a if b else c if d else e
(a := b if c else d)
[a := 1, *b | c]
(a, *b), *c, (yield)
lambda: 0
lambda a, /, b=1, *c, d, e=2, **f: (a, b)
lambda *, a: lambda: a,
a.b(c)(d, *e, f=g, **h)[i][j:k, l::m, ...][*n][o,]
f(x for x in y)
f(*a or b, *c, d=e, *g)
print(*a, sep="")
[], [a], (a,), (), {}, {a}, {a: b, **c}
[a for b in c if d if e for f in g]
{a: b for c, d in e}, {a for a, in b}
(a async for b in c)
None, True, False, ..., 0
type(x)[0], match[x], print[y], exec.z
(a)
((a).b)
(
    a
 +
b)
a.b[(c)] = (d) = e, f = g
