"""how the attributes of a SyntaxError are shown"""

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
class H(SyntaxError): pass
p(H('only msg')); p(SyntaxError()); p(SyntaxError('m',('file.py',3,4,'  foo bar\n'))); p(SyntaxError('m',('file.py',3,4,'foo bar',3,6)));p(SyntaxError('m',(None,3,4,'foo bar',3,6)));p(SyntaxError('m',('f',None,4,'foo bar',3,6)))
p(SyntaxError('m',('f',1,None,'foo bar'))); p(SyntaxError('m',('f',1,0,'foo bar'))); p(SyntaxError('m',('f',1,-3,'foo bar'))); p(SyntaxError('m',('f',1,100,'foo bar'))); p(SyntaxError('m',('f',1,3,'foo bar',1,2))); p(SyntaxError('m',('f',1,3,'foo bar',2,1))); p(SyntaxError('m',('f',1,3,None))); p(SyntaxError('m',('f',1,3,'\tfoo\tbar\t\n',1,5)));p(SyntaxError('m',('f',1,3,'   \n',1,5)));p(SyntaxError('m',('f',1,1,'日本 x',1,3)))
p(IndentationError('ind',('f',1,3,'  x'))); p(SyntaxError('m',('f',1,1,'a\nb\nc',3,1)))
e=SyntaxError('m',('f',1,1,'abc',1,3)); e.msg=None; p(e)
e=SyntaxError('m',('f',1,1,'abc',1,3)); e.lineno='x'; p(e)
e=SyntaxError('m',('f',1,1,'abc',1,3)); e.filename=None; p(e)
e=SyntaxError('m',('f',1,1,'abc',1,3)); e.offset='z'; p(e)
e=SyntaxError('m',('f',1,1,'abc',1,3)); e.print_file_and_line=None; p(e)
