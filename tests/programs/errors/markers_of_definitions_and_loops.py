"""Where ^ stands in loops, imports, decorators, comprehensions"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

class X:
    def __getattr__(s,n): raise ValueError(n)
x=X()
def p(f):
    try: f()
    except Exception: sys.excepthook(*sys.exc_info())
a,b,d,l=1,0,{},[]
f=print
def gen():
    return list(1/i for i in [1, 0])
p(gen)
def lam():
    return (lambda: (yield))().throw(KeyError)
p(lam)
def kw():
    f(**1)
f=print
p(kw)
def kw2():
    f(*1, a=1)
p(kw2)
def walrus():
    if (y := 1/0): pass
p(walrus)
def chain():
    return a < b < 'x' or a < 'x' < b
p(chain)
def meth():
    return 'a'.join([1]).upper(
    ).lower()
p(meth)
def longl():
    return a.foo.bar.baz(
        1, 2, 3,
        4)
p(longl)
def ternary():
    return 1 if a else 2 + None if b/0 else 3
p(ternary)
def wh():
    while a/b: pass
p(wh)
def mt():
    match a/b:
        case 1: pass
p(mt)
def nested_sub():
    return d[d['x']][0]
p(nested_sub)
def opp():
    return (a)+(b)+(None)
p(opp)
def opc():
    return a  # c
p(opc)
def opd():
    return a + None  # comment + x
p(opd)
def bs():
    return a + \
       None
p(bs)
def st3():
    x = y = z = a/b
p(st3)
