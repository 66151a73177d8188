"""Statements, one of each."""
import a, b.c as d
from . import e
from ..f.g import (h, i as j,)
from .... import k
from l import *
global_name = other = 1; second = 2;
a.b[c] += 1
x: int
y: dict[str, int] = {}
(z): int = 3
a.b: int
del a, b.c, (d, [e[0]]),
assert x, "message"
pass
if a: b
elif c:
    d
elif e: f;
else:
    g
while a < b: break
else: continue
for i, *j in k, l: pass
for (m) in n:
    o
else:
    p
raise
raise a from b
try: a
except: b
try:
    a
except b as c:
    d
except (e, f): g
else:
    h
finally:
    i
try:
    a
except* b as c: d
with a, b as c, d as (e, f): g
with (a as b, c as d,):
    e
with (a, b): c
with (a): b
with (a, b) as c: d
with a if b else c as d: e
with (lambda: a) as b: c
a,
b = c
*a, b = c
if a: b,
c = d
