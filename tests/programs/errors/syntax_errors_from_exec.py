"""exec, eval and compile of wrong programs"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

def p(s,fn='<string>',m='exec'):
    try: exec(compile(s,fn,m) if fn!='<string>' else s)
    except BaseException: sys.excepthook(*sys.exc_info())
p('1/0')
p('x = = 1')
p('def f():\n  1/0\nf()')
p('1/0','nofile.py')
p('\n\n   x','ff')
p('if 1:\nx')
p('print "a"')
p('f(a b)')
p('"abc')
p('(1,\n2')
p('x = $')
p('日本 = = 1')
p('\tx = 1\n  y')
p('eval("1+")')
p('compile("a b","q","eval")')
try: eval('1 +')
except SyntaxError: sys.excepthook(*sys.exc_info())
try: eval('a b c', {}, {})
except SyntaxError: sys.excepthook(*sys.exc_info())
try: exec('import nosuchmod_q')
except ImportError: sys.excepthook(*sys.exc_info())
