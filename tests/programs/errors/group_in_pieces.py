# Folded lines and notes of exceptions in groups, on stderr and in pieces.
import sys
class W:
    def __init__(self): self.n = []
    def write(self, s): self.n.append(s)
    def flush(self): self.n.append("<flush>")
def r(n):
    if n: r(n-1)
    else: 1/0
def eg():
    try: r(20)
    except Exception as e: return ExceptionGroup("a\nb", [e])
e = eg()
try: raise e
except ExceptionGroup as x: x.add_note("n1\nn2"); x.add_note(""); sys.excepthook(*sys.exc_info())
old = sys.stderr
sys.stderr = w = W()
try: raise ExceptionGroup("o", [e])
except ExceptionGroup as x: sys.excepthook(*sys.exc_info())

class X(Exception):
    class Y(Exception): pass
    def __str__(self): return ""
sys.excepthook(X, X(), None); sys.excepthook(X.Y, X.Y("a"), None)
try: [].appendd
except AttributeError: sys.excepthook(*sys.exc_info())
try: import nono
except ImportError: sys.excepthook(*sys.exc_info())
sys.stderr = old
print([x.replace(__file__, "FILE") for x in w.n])
