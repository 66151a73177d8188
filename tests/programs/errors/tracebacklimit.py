"""sys.tracebacklimit with all kinds of values"""

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
def a(): b()
def b(): c()
def c(): 1/0
for l in (0,1,2,3,10,-1,-5,None,True,10**20,-10**20,'x',1.5):
    sys.tracebacklimit=l; print('limit',l); p(a)
def r(n):
    if n: r(n-1)
    else: 1/0
sys.tracebacklimit=3; p(lambda:r(10))
sys.tracebacklimit=9; p(lambda:r(10))
sys.tracebacklimit=1
def ch():
    try: a()
    except Exception: b()
p(ch)
p(lambda:exec('x = ='))
