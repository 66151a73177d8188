"""suggestions for names"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

def t(src,g=None):
    try: exec(src,{} if g is None else g)
    except Exception as e:
        sys.excepthook(*sys.exc_info())
abcdef=1
t('prnt(1)'); t('Print'); t('lenn'); t('lne'); t('x'); t('itn'); t('in_t'); t('strr'); t('fooo',{'foo':1}); t('foo',{'Foo':1}); t('FOO',{'foo':1}); t('blech',{'bleach':1}); t('sys'); t('math.x'); t('os'); t('re'); t('json'); t('_io'); t('antigravity'); t('this'); t('collections.abc'); t('a'*50,{'a'*49:1}); t('a'*41,{'a'*40:1}); t('a'*40,{'a'*39:1}); t('a'*39,{'a'*40:1})
def f():
    local_var=1
    return loca_var
def g():
    return abcdeg
def h():
    x1=1
    if 0: y1=2
    return y1
def i():
    outer_name=1
    def inner():
        outer_name
        return outer_nam
    return inner()
class C:
    def m(self):
        self.attr=1
        return attr
    def attr2(self): return attr2
    def attr(self): pass
def cm():
    return [abcde_f for i in [1]]
def classy():
    class Q:
        zipper=1
        zippe
def unb():
    print(unbx)
    unbx=1
def dele():
    dd=1
    del dd
    dd
def free():
    def k(): return fv
    k()
    fv=1
for q in (f,g,h,i,C().m,C().attr2,cm,classy,unb,dele,free):
    try: q()
    except Exception: sys.excepthook(*sys.exc_info())
try: raise NameError("name 'prnt' is not defined")
except Exception: sys.excepthook(*sys.exc_info())
try: raise NameError("xx",name='prnt')
except Exception: sys.excepthook(*sys.exc_info())
try: raise NameError("xx",name=5)
except Exception: sys.excepthook(*sys.exc_info())
sys.excepthook(NameError,NameError("xx",name='prnt'),None)
class N(NameError): pass
try: raise N("xx",name='prnt')
except Exception: sys.excepthook(*sys.exc_info())
class N(NameError):
    def __str__(s): return 'own'
try: raise N("xx",name='prnt')
except Exception: sys.excepthook(*sys.exc_info())
try: raise NameError(name='prnt')
except Exception: sys.excepthook(*sys.exc_info())
t('prin', dict.fromkeys(['k%d'%i for i in range(749)]+['__builtins__'],1)|{'__builtins__':__builtins__})
t('k1x', {**{'k%d'%i:1 for i in range(749)},'zz':1})
t('k1x', {**{'k%d'%i:1 for i in range(750)},'zz':1})
t('k1x', {**{'k%d'%i:1 for i in range(751)},'zz':1})
