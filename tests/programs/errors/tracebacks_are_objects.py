"""types.TracebackType, with_traceback, what may be assigned"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

def f(): 1/0
try: f()
except Exception as e:
    tb=e.__traceback__
    print(tb.tb_lineno,tb.tb_next.tb_lineno,tb.tb_lasti>=0)
    e2=ValueError('moved').with_traceback(tb.tb_next)
    sys.excepthook(ValueError,e2,tb)
    tb.tb_next.tb_next=None
    try: tb.tb_next.tb_next=tb
    except ValueError as x: print(x)
    import types
    t=types.TracebackType(None,tb.tb_frame,tb.tb_lasti,1)
    sys.excepthook(ValueError,ValueError('tt').with_traceback(t),None)
    try: e.__traceback__=5
    except TypeError as x: print(x)
    try: e.__cause__=5
    except TypeError as x: print(x)
    try: e.__context__=5
    except TypeError as x: print(x)
    try: raise e from 5
    except TypeError as x: print(x)
    try: raise 5
    except TypeError as x: print(x)
    try: raise int
    except TypeError as x: print(x)
    class B(Exception):
        def __new__(c): return 5
    try: raise B
    except TypeError as x: print(x)
