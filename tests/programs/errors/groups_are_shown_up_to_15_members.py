"""width limit of exception groups"""

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
p(ExceptionGroup('one',[ValueError(1)]))
p(ExceptionGroup('two',[ValueError(1),KeyError('x\ny')]))
p(ExceptionGroup('many',[ValueError(i) for i in range(15)]))
p(ExceptionGroup('many',[ValueError(i) for i in range(16)]))
p(ExceptionGroup('many',[ValueError(i) for i in range(40)]))
