"""Where ^ stands under names, attributes, calls and wide characters"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

class X:
    def __getattr__(s,n): raise ValueError(n)
x=X()
def p(f):
    try: f()
    except Exception: sys.excepthook(*sys.exc_info())
a,b,d,l=1,0,{},[]
f=print
p(lambda: int('a'))
p(lambda: [1,2,int('b')])
p(lambda: (1 +
   int('c')
   + 2))
p(lambda: undefined)
p(lambda: -'a')
p(lambda: not undefined)
p(lambda: 1 < 'a')
p(lambda: 1 in 5)
p(lambda: f'{1/0}')
p(lambda: f'abc {a/b!r:>{a}} def')
p(lambda: 'ä' + 1)
p(lambda: 'äöü' + 'ß' +	1)
p(lambda: '日本' + 1)
p(lambda: '日本' + d['日本語'])
def two():
    é = 1; return é / 0
p(two)
def semis():
    x = 1; y = 0; x / y; z = 3
p(semis)
def tabs():
	x = 1;	y = 0;	return x	/	y
p(tabs)
