"""Where ^ and ~ stand under binary operations and subscripts"""

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
p(lambda: a/b)
p(lambda: (a+1)  /  (b))
p(lambda: a//b)
p(lambda: a%b)
p(lambda: a ** 'x')
p(lambda: (a) @ (b))
p(lambda: a << -1)
p(lambda: a    <<-1)
p(lambda: a/(
   b))
p(lambda: d['k'])
p(lambda: d ['k'] [1])
p(lambda: l[0][1])
p(lambda: (l)[
   0])
p(lambda: l[(0)])
p(lambda: x.foo)
p(lambda: x.foo.bar)
p(lambda: print(x.foo, 1))
