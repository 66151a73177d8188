"""the last line of a traceback for many exceptions"""

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
p(ValueError('a\nb'))
p(ValueError('ä \x00 \x1b'))
p(ValueError(None)); p(ValueError('')); p(ValueError()); p(ValueError(1,2)); p(KeyError('a\nb')); p(KeyError())
p(OSError(2,'No such','f')); p(OSError(5)); p(StopIteration(3)); p(SystemExit(3)); p(KeyboardInterrupt()); p(GeneratorExit())
p(UnicodeDecodeError('utf8',b'abc',0,1,'r')); p(ImportError('x',name='n',path='p'))
p(MemoryError()); p(AssertionError()); p(AssertionError(()))
class E(BaseException): pass
p(E('base'))
import collections
class F(collections.UserDict if 0 else Exception):
    def __repr__(s): return 'R'
p(F('f'))
class G(KeyError):
    def __str__(s): return 'g str'
p(G('f'))
