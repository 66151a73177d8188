"""Where ^ stands under statements that fail"""

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
def rz():
    raise ValueError(
        'multi'
    )
p(rz)
def rz2():
    raise ValueError('whole')
p(rz2)
def asr():
    assert a == 5, 'msg'
p(asr)
def asr2():
    assert (a == 5 and
       b == 1)
p(asr2)
def dl():
    del d['zz']
p(dl)
def st():
    (1)[0] = 5
p(st)
def aug():
    q = 'a'
    q += 1
p(aug)
def unpack():
    m, n = 1, 2, 3
p(unpack)
def forr():
    for i in 5: pass
p(forr)
def wth():
    with 5 as f: pass
p(wth)
def imp():
    import nothere_xyz
p(imp)
def imp2():
    from sys import nothere_xyz
p(imp2)
@p
def deco(): pass
def dd():
    @undefined_deco
    def f(): pass
p(dd)
def dd2():
    class A(undefined_base): x = 1
p(dd2)
def dd3():
    def f(x=1/0): pass
p(dd3)
def comp():
    return [1/i for i in [1, 0]]
p(comp)
