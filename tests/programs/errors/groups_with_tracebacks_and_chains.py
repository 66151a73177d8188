"""tracebacks in groups, chained groups, except*"""

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
def w(e):
    try: raise e
    except BaseException as x: return x
p(ExceptionGroup('tb',[w(ValueError(1)),w(KeyError(2))]))
p(ExceptionGroup('tb',[w(ExceptionGroup('in',[w(ValueError(1)),w(KeyError(2))])),w(KeyError(2))]))
def c():
    try: raise ExceptionGroup('ctx',[ValueError(1)])
    except ExceptionGroup as e: raise ExceptionGroup('outer',[e, w(TypeError())]) from e
try: c()
except BaseException as e: sys.excepthook(*sys.exc_info())
def c():
    try: 1/0
    except Exception as e:
        f=ValueError('inner'); f.__cause__=e
        raise ExceptionGroup('outer',[f,ExceptionGroup('z',[f])])
try: c()
except BaseException as e: sys.excepthook(*sys.exc_info())
try:
    try: raise ExceptionGroup('eg',[ValueError(1),TypeError(2),OSError(3)])
    except* ValueError as e: raise KeyError('new')
    except* TypeError as e: 1/0
except BaseException as e: sys.excepthook(*sys.exc_info())
