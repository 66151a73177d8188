"""depth limit of exception groups"""

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
def nest(n):
    e=ValueError('deep')
    for i in range(n): e=ExceptionGroup('n%d'%i,[e])
    return e
for n in (1,2,9,10,11,12,20): p(nest(n))
def nest2(n):
    e=ValueError('deep')
    for i in range(n): e=ExceptionGroup('n%d'%i,[TypeError(i),e,KeyError(i)])
    return e
for n in (1,2,9,10,11,12): p(nest2(n))
