"""Where ^ stands in expressions over several lines and nested ones"""

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
def glo():
    global undefinedx
    del undefinedx
p(glo)
def aw():
    import nothing.foo as bar
p(aw)
def tup():
    return (a, b, a/b, 1)
p(tup)
def strp():
    return ("abc"
     "def" % (1, 2))
p(strp)
p(lambda: a and (b or a.foo))
p(lambda: a . foo)
p(lambda: x . foo (1))
p(lambda: print(1, *5))
p(lambda: {**5})
p(lambda: {[]: 1})
p(lambda: {1, []})
p(lambda: d[1:2])
p(lambda: d[1:2,3])
p(lambda: l[a:'x'])
p(lambda: (yield)(1))
