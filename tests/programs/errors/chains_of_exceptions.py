"""causes, contexts, cycles in chains"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

def p(f):
    try: f()
    except BaseException: sys.excepthook(*sys.exc_info())
def a():
    try: 1/0
    except Exception as e: raise KeyError('x') from e
def b():
    try: 1/0
    except Exception as e: raise KeyError('x')
def c():
    try: 1/0
    except Exception as e: raise KeyError('x') from None
def d():
    try:
        try: 1/0
        except Exception as e: raise KeyError('x') from e
    except Exception:
        raise TypeError
def e():
    x=ValueError(1); y=ValueError(2); x.__cause__=y; y.__context__=x; raise x
def f():
    x=ValueError(1); x.__cause__=x; raise x
def g():
    x=ValueError(1); y=ValueError(2); z=ValueError(3); x.__context__=y; y.__context__=z; z.__context__=x; raise x
def h():
    x=ValueError(1); y=ValueError(2); x.__cause__=y; x.__context__=ValueError(5); raise x
def i():
    x=ValueError(1); x.__context__=ValueError(5); x.__suppress_context__=True; raise x
def j():
    try: raise ValueError(1)
    finally:
        try: raise KeyError(2)
        finally: raise TypeError(3)
def k():
    x=ValueError(1); y=KeyError(2); x.__cause__=y; y.__cause__=x; raise x from y
for q in (a,b,c,d,e,f,g,h,i,j,k): print(q.__name__); p(q)
