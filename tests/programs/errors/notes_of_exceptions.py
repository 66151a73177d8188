"""__notes__, also odd ones"""

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
def n(*ns,e=None):
    e=e or ValueError('v')
    for x in ns: e.add_note(x)
    p(e)
n('a','b\nc','')
n('multi\n\nline\n')
e=ValueError('x'); e.__notes__=5; p(e)
e=ValueError('x'); e.__notes__='abc'; p(e)
e=ValueError('x'); e.__notes__=('a','b'); p(e)
e=ValueError('x'); e.__notes__=[1,None,['x']]; p(e)
class B:
    def __str__(s): raise KeyError
    def __repr__(s): raise KeyError
e=ValueError('x'); e.__notes__=[B()]; p(e)
e=ValueError('x'); e.__notes__=B(); p(e)
e=ValueError('x'); e.__notes__={1:2}; p(e)
e=ValueError('x'); e.__notes__=[]; p(e)
e=ValueError('x'); e.__notes__=None; p(e)
class E(Exception):
    __notes__=['class note']
p(E('q'))
try: ValueError().add_note(5)
except TypeError as x: print(x)
e=ValueError(); e.__notes__=7
try: e.add_note('k')
except TypeError as x: print(x)
n('sn', e=SyntaxError('bad',('f',1,2,'abc',1,3)))
n('gn\nh', e=ExceptionGroup('g',[ValueError(1)]))
