"""[Previous line repeated N more times]"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

def f(n):
    if n: f(n-1)
    else: 1/0
def g(n): return h(n)
def h(n):
    if n==0: raise KeyError('x')
    return g(n-1)
for n in (1,2,3,4,5,10):
    try: f(n)
    except ZeroDivisionError as e: sys.excepthook(*sys.exc_info())
try: g(5)
except KeyError: sys.excepthook(*sys.exc_info())
