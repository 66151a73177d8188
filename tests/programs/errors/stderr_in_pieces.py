# What an object in the place of sys.stderr is given to write, piece by piece.
import sys
class W:
    def __init__(self): self.n = []
    def write(self, s): self.n.append(s)
    def flush(self): self.n.append("<flush>")
old = sys.stderr
sys.stderr = w = W()
def f(): raise ValueError("x\ny")
import warnings
warnings.warn("hey")
try: f()
except ValueError:
    sys.excepthook(*sys.exc_info())
try:
    try: f()
    except ValueError as e: raise KeyError("k") from e
except KeyError as e:
    e.add_note("note1")
    sys.excepthook(*sys.exc_info())
class D:
    def __del__(self): 1/0
D()
try: raise ExceptionGroup("eg", [ValueError(1), TypeError("t")])
except ExceptionGroup: sys.excepthook(*sys.exc_info())
try: exec("a b")
except SyntaxError: sys.excepthook(*sys.exc_info())
def r(n):
    if n: r(n-1)
    else: 1/0
try: r(20)
except ZeroDivisionError: sys.excepthook(*sys.exc_info())
sys.unraisablehook
sys.stderr = old

for x in [x.replace(__file__, "FILE") for x in w.n]: print(repr(x) if "0x" not in x else x.split(" at ")[0])
