"""suggestions for attributes"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

def t(o,n):
    try: getattr(o,n)
    except Exception: sys.excepthook(*sys.exc_info())
class A:
    blech=1; _private=2; __mangled=3
    def method(s): pass
    def __init__(s): s.inst_attr=1
a=A()
for n in ('blach','bluch','BLECH','lech','_blech','blechh','bleach','somethingelse','instattr','inst_atr','private','mangled','__mangled','methd','__init_','_A__mangle','','b','Method','x'*60): t(a,n)
for o,n in ((1,'rael'),(1,'bit_lenght'),('','uper'),('','joni'),([],'apend'),([],'push'),([],'add'),({},'key'),({},'has_key'),((),'indx'),(None,'foo'),(None,'__clas__'),(A,'metod'),(sys,'pth'),(sys,'maxsiz'),(print,'__nam__'),(type,'mor'),(int,'from_byte'),(lambda:1,'__cod__'),(a,'method1')): t(o,n)
def p(f):
    try: f()
    except Exception: sys.excepthook(*sys.exc_info())
def s1(): a.blach
def s2(): a.blach=1; a.bluch()
def s3(): a.instt
def s4(): del a.blach2
def s5(): [].apend(1)
def s6(): a.foo
def s7(): a.x.y
class S: __slots__=('alpha','beta')
def s8(): S().alpah
def s9(): S().alpah=1
def s10(): S().alpha
class P:
    @property
    def prop(s): return s.missin
    missing=1
def s11(): P().prop
def s12(): P().prp
class G:
    def __getattr__(s,n): raise AttributeError(n)
    foo=1
def s13(): G().fo
class G2:
    def __getattr__(s,n): raise AttributeError('x',name=n,obj=s)
    foo=1
def s14(): G2().fo
class G3:
    def __dir__(s): raise ValueError
def s15(): G3().fo
class G4:
    def __dir__(s): return ['foo',5,None]
def s16(): G4().fo
class G5:
    def __dir__(s): return ['fox','foo','fo0']
def s17(): G5().fo
class G6:
    def __dir__(s): return 5
def s18(): G6().fo
class G7:
    def __getattribute__(s,n): raise AttributeError(n)
def s19(): G7().fo
def s20(): int.froom_bytes
def s21(): (1).__ad__
def s22(): super(A,a).methd
def s23(): a.__class__.__nme__
def s24(): setattr(5,'real',1)
def s25(): object().foo
def s26(): object().foo=1
def s27(): 'x'.formt('a')
import math, collections
def s28(): math.sqr(1)
def s29(): collections.orderedDict
def s30(): collections.namedtuple('P','xx yy')(1,2).x
def s31(): raise AttributeError('foo',name='blach',obj=a)
def s32(): raise AttributeError('foo',name='blach')
def s33(): raise AttributeError('foo',obj=a)
def s34(): raise AttributeError(name='blach',obj=a)
def s35(): raise AttributeError('foo',name=5,obj=a)
class G8:
    def __dir__(s): return ['attr%d'%i for i in range(750)]
def s36(): G8().attr
class G9:
    def __dir__(s): return ['attr%d'%i for i in range(749)]
def s37(): G9().attr
for k in range(1,38): print(k,file=sys.stderr); p(globals()['s%d'%k])
