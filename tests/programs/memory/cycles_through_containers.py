import gc, types
gc.collect(); gc.disable()
def show(what): print(what, gc.collect())
l=[]; l.append(l); del l; show('list')
d={}; d[1]=d; del d; show('dict')
t=([],); t[0].append(t); del t; show('tuple')
class A: pass
A.a=A; del A; show('class')
class A: pass
a=A(); del A; show('class2'); del a; show('newclass')
class A:
    def __init__(self): self.init=self.__init__
a=A(); del a; show('method')
class A: pass
a=A(); a.a=a; del a; show('instance')
d={}; exec("def f(): pass\n", d); del d; show('function')
def f():
    raise NameError
class C: pass
def g():
    try: f()
    except NameError as e: x=e
g(); show('frame')
def gen():
    yield x
def h():
    def inner(): return inner
h(); show('cell')
def gg():
    g = (yield g2)
def mk():
    def gen(): 
        me = yield
        yield
    g=gen(); next(g); g.send(g)
mk(); show('generator')
s=set(); class_=type('S',(set,),{}); s=class_(); s.add(1); s.me=s; del s; show('set subclass'); del class_; show('its class')
import itertools
it=[]; c=itertools.chain([1],it); it.append(c); next(c); del it,c; show('chain')
from collections import deque, OrderedDict, defaultdict
q=deque(); q.append(q); del q; show('deque')
o=OrderedDict(); o['x']=o; del o; show('odict')
dd=defaultdict(list); dd[1].append(dd); del dd; show('defaultdict')
class P:
    @property
    def x(self): pass
p=property(lambda: p2); 
def pr():
    f=lambda: p
    p=property(f)
pr(); show('property')
def zp():
    l=[]; z=zip(l,[1]); l.append(z)
zp(); show('zip')
def mp():
    l=[]; m=map(print,l); l.append(m)
mp(); show('map')
def en():
    l=[]; m=enumerate(l); l.append(m)
en(); show('enumerate')
def rv():
    l=[]; m=reversed(l); l.append(m)
rv(); show('reversed')
def sl():
    l=[]; m=slice(l); l.append(m)
sl(); show('slice')
def mv():
    class B(bytearray): pass
    b=B(3); b.v=memoryview(b)
mv(); show('memoryview')
def ex():
    e=ValueError(); e.me=e
ex(); show('exception')
def ctx():
    e=ValueError(); e.__context__=KeyError(e)
ctx(); show('context')
def su():
    class A: 
        def f(self): return super()
    a=A(); a.s=super(A,a)
su(); show('super')
def ga():
    l=[]; g=list[l,]; 
    class L(list): pass
    m=L(); m.append(list[int,m] if False else 0)
ga(); show('alias')
def co():
    async def c(x):
        await x
    class X:
        def __await__(s): yield
    x=X(); k=c(x); x.k=k; k.send(None)
co(); show('coroutine')

def mpx():
    d={}; m=types.MappingProxyType(d); d['m']=m
mpx(); show('mappingproxy')
def ns():
    n=types.SimpleNamespace(); n.n=n
ns(); show('namespace')
def mod():
    m=types.ModuleType('m'); m.m=m
mod(); show('module')
def cm():
    def f(): pass
    c=classmethod(f); f.c=c
    s=staticmethod(f); f.s=s
cm(); show('classmethod')
def ce():
    c=types.CellType(); c.cell_contents=c
ce(); show('celltype')
def di():
    d={}; i=iter(d); d[1]=i; k=d.keys(); d[2]=k
di(); show('dictiter')
def te():
    l=[]; t=itertools.tee(l); l.extend(t)
te(); show('tee')
def gb():
    l=[]; t=itertools.groupby(l); l.append(t)
gb(); show('groupby')
for name, make in [('islice',lambda l: itertools.islice(l,3)),('takewhile',lambda l: itertools.takewhile(bool,l)),('dropwhile',lambda l: itertools.dropwhile(bool,l)),('starmap',lambda l: itertools.starmap(print,l)),('filterfalse',lambda l: itertools.filterfalse(None,l)),('accumulate',itertools.accumulate),('compress',lambda l: itertools.compress(l,l)),('repeat',lambda l: itertools.repeat(l,3)),('count',lambda l: itertools.count(1)),('pairwise',itertools.pairwise),('filter',lambda l: filter(None,l)),('callable_iterator',lambda l: iter(lambda: l, 3)),('list_iterator',iter)]:
    def one():
        l=[]; l.append(make(l))
    one(); show(name)
