"""module names of classes, __str__ that fails"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

def p(e):
    try: raise e
    except BaseException: sys.excepthook(*sys.exc_info())
class A(Exception):
    def __str__(s): raise ValueError
p(A(1))
class B(Exception):
    def __str__(s): return 5
p(B(1))
class C(Exception):
    def __str__(s): return ''
p(C(1))
class D(Exception):
    __module__='foo.bar'
p(D('x'))
class D(Exception):
    __module__=5
p(D('x'))
class D(Exception): pass
D.__module__='builtins'; p(D(1))
D.__qualname__='a.b.c'; p(D(1))
D.__module__='__main__'; p(D())
def f():
    class L(Exception): pass
    return L
p(f()('loc'))
