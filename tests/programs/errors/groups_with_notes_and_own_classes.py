"""subclasses, notes, messages of several lines in groups"""

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
class MyG(ExceptionGroup): pass
p(MyG('mine',[ValueError(1)]))
p(BaseExceptionGroup('b',[KeyboardInterrupt()]))
g=ExceptionGroup('notes',[ValueError(1)]); g.add_note('gnote\nline2'); g.exceptions[0].add_note('inner note'); p(g)
p(ExceptionGroup('multi\nline msg',[ValueError('m\nn')]))
sys.excepthook(ExceptionGroup, ExceptionGroup('notb',[ValueError(1),ValueError(2)]), None)
sys.excepthook(ValueError, ExceptionGroup('sy',[SyntaxError('bad',('f',1,2,'abc',1,3))]), None)
v=ValueError('same')
p(ExceptionGroup('dup',[v,v,ExceptionGroup('d',[v])]))
