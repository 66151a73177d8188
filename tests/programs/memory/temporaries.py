# What a call leaves in the free lists: the tuples, lists and dicts that CPython makes for its time. Blocks, count of the collector.
import gc,sys,collections,functools,itertools,operator,types
from sys import getallocatedblocks as blocks
gc.disable()
T=type
class M(type): pass
class M2(type):
    def __new__(m,n,b,d): return super().__new__(m,n,b,d)
class M3(type):
    def __call__(c,*a): return super().__call__(*a)
class M4(type):
    def __prepare__(n,b): return {}
    def __init__(c,n,b,d,**k): super().__init__(n,b,d)
class C: pass
class C3(metaclass=M3): pass
class D:
    def __new__(cls,*a): return super().__new__(cls)
    def __init__(self,*a): super().__init__()
class E2:
    def __new__(cls,*a): return object.__new__(cls)
class I(int):
    def __new__(cls,x): return super().__new__(cls,x)
class I2(int):
    def __new__(cls,x): return int.__new__(cls,x)
class L(list):
    def __init__(self,*a): super().__init__(*a)
class TT(tuple):
    def __new__(cls,*a): return super().__new__(cls,a)
class K:
    def __init__(self,a,b=2): self.a=a
    def m(self,*a,**k): return None
    @staticmethod
    def s(x): pass
    @classmethod
    def c(cls,x): pass
    @property
    def p(self): return 1
    def __call__(self,*a): pass
    def __getattr__(self,n): return 1
    def __eq__(self,o): return True
    def __lt__(self,o): return True
    def __add__(self,o): return 1
    def __getitem__(self,i):
        if i>2: raise IndexError
        return i
    def __len__(self): return 3
    def __contains__(self,x): return True
    def __iter__(self): return iter(())
    def __enter__(self): return self
    def __exit__(self,*a): pass
    def __hash__(self): return 1
    def __repr__(self): return "k"
    def __setitem__(self,i,v): pass
    def __delitem__(self,i): pass
    def __bool__(self): return True
class Sub(K):
    def __init_subclass__(cls,**k): super().__init_subclass__(**k)
class Desc:
    def __get__(self,o,t): return 1
    def __set__(self,o,v): pass
    def __set_name__(self,o,n): pass
class UD: d=Desc()
k=K(1)
def f0(): pass
def f1(a): pass
def fk(*a,**k): pass
def gen():
    yield 1
def cm(d,**kw):
    class Z(Sub,**kw): x=1
def cls0():
    class Z: pass
def cls1():
    class Z(C): 
        def f(self): return super().f()
def cls2():
    class Z(metaclass=M4): pass
def cls3():
    class Z: d=Desc()
def with_():
    with k: pass
def exc():
    try: raise ValueError(1)
    except ValueError: pass
def exc2():
    try: {}["x"]
    except KeyError: pass
def exc3():
    try: int("x")
    except ValueError: pass
def exc4():
    try: [].foo
    except AttributeError: pass
def imp():
    import sys
def imp2():
    from sys import path
def cmpr(): return [x for x in [1,2]]
def star(): a,*b=[1,2,3]
def fmt(): return "%s %s"%(1,2)
def match_():
    match {"a":1}:
        case {"a":x,**r}: return x
def deff():
    def g(a=1,*,b=2): return a
    return 0
def clos():
    x=1
    def g(): return x
    return g()

class W:
    def __init__(self,a): super().__init__()
class W2(W):
    def __init__(self,*a): super().__init__(a)
class X1(Exception):
    def __init__(self,a): super().__init__(a)
CASES = '''
T("A",(),{})
T("A",(),{"__slots__":()})
T("A",(),{"__slots__":("a","b")})
M("A",(),{})
M2("A",(),{})
object.__new__(C)
int.__new__(int,5)
str.__new__(str,"abc")
list.__new__(list)
tuple.__new__(tuple,[1])
dict.__new__(dict)
C()
C3()
D()
D(1,2)
E2(1)
I(5)
I2(1000)
L()
L([1,2])
TT(1,2)
K(1)
K(1,b=3)
K(a=1)
k.m()
k.m(1)
k.m(1,x=2)
K.s(1)
k.s(1)
K.c(1)
k.p
k(1)
k(1,2,3)
k.zzz
k==k
k<k
k+1
k[1]
len(k)
1 in k
list(k)
hash(k)
repr(k)
str(k)
bool(k)
f0()
f1(1)
f1(a=1)
fk()
fk(1)
fk(1,2,x=3)
fk(*[1,2],**{"x":3})
f0(*())
f1(*[1])
UD().d
list(gen())
sum(gen())
cm(1)
cls0()
cls1()
cls3()
with_()
exc()
exc2()
exc4()
cmpr()
star()
fmt()
match_()
deff()
clos()
print(end="")
len([])
abs(-5)
max(1,2)
max([1,2])
min([1,2],key=str)
sorted([2,1])
sorted([2,1],key=lambda x:x)
sorted([2,1],reverse=True)
isinstance(1,(int,str))
issubclass(int,object)
getattr(k,"a")
getattr(k,"nope",None)
setattr(k,"a",1)
hasattr(k,"a")
vars(k)
divmod(7,2)
pow(2,3,5)
round(1.5)
int("5")
int("5",10)
int()
float("1.5")
str(5)
str(b"a","ascii")
bytes(3)
bytes("a","ascii")
bytearray(3)
list((1,2))
tuple([1,2])
set([1])
frozenset([1])
dict(a=1)
dict([(1,2)])
dict({1:2})
range(3)
slice(1,2)
enumerate([1])
zip([1],[2])
map(str,[1])
filter(None,[1])
reversed([1])
iter([1])
next(iter([1]))
complex(1,2)
bool([])
object()
type(1)
property(f0)
staticmethod(f0)
classmethod(f0)
super(K,k)
memoryview(b"a")
"a b".split()
"a,b".split(",")
"a".join(["b","c"])
"ab".replace("a","b")
"ab".upper()
"ab".startswith("a")
"ab".find("b")
"ab".encode()
"{} {}".format(1,2)
"{a}".format(a=1)
"%d"%5
"a".center(5)
"ab".partition("b")
"a b".title()
"ab".strip()
b"ab".decode()
b"ab".hex()
[1,2].index(2)
[1,2].count(2)
[1].append(2)
[1].extend([2])
[1].extend((2,))
[2,1].sort()
[2,1].sort(key=lambda x:x)
[1].pop()
[1].copy()
[1].insert(0,1)
[1].remove(1)
[1].reverse()
{1:2}.get(1)
{1:2}.pop(1)
{1:2}.setdefault(3,4)
{1:2}.update({3:4})
{1:2}.update(a=1)
{1:2}.update([(1,2)])
{1:2}.items()
list({1:2}.items())
{1:2}.popitem()
{1:2}.copy()
dict.fromkeys([1])
{1}.add(2)
{1}|{2}
{1}.union([2])
{1}.update([2])
{1}.discard(1)
{1}.pop()
(1,2).index(2)
(1,2)+(3,)
[1]+[2]
[1]*2
[1,2][0:1]
(1,2)[0:1]
"ab"[0:1]
(5).bit_length()
(5).to_bytes(2,"big")
int.from_bytes(b"a","big")
(1.5).is_integer()
(1.5).as_integer_ratio()
functools.partial(f1,1)()
functools.reduce(operator.add,[1,2])
operator.itemgetter(0)([1])
operator.attrgetter("a")(k)
list(itertools.chain([1],[2]))
list(itertools.islice([1,2],1))
list(itertools.groupby([1]))
collections.deque([1]).append(2)
collections.defaultdict(list)[1]
eval("1+1")
compile("1","f","eval")
globals()
locals()
open
type("X",(),{})()
print
(lambda *a:a)(1,2)
(lambda **k:k)(a=1)
[*range(3)]
{**{1:2}}
{*[1]}
(*[1],)
f"{1}{2!r:>5}"
(5).__add__(3)
[].__len__()
[1].__getitem__(0)
int.__add__(5,3)
"a".__eq__("b")
object.__init__(k)
object.__eq__(k,k)
k.__init__(1)
W(1)
W2(1,2,3)
(lambda f: f(3))((5).__add__)
(lambda f: f("b"))("a".__eq__)
(lambda f: f(1))([1].append)
(lambda f: f(1))({}.get)
type.__call__(C)
object.__setattr__(k,"a",1)
object.__getattribute__(k,"a")
object.__repr__(k)
object.__hash__(k)
list.__init__([],[1])
dict.__setitem__({},1,2)
type.__init__(C,"C",(),{})
ValueError(1)
{}.__contains__(1)
[].__iter__()
iter([1]).__next__()
(1).__bool__()
(1).__eq__(1)
"a".__len__()
"a".__contains__("a")
"a".__add__("b")
(1.5).__mul__(2.0)
k.__class__
k.__dict__
k.__eq__(1)
len.__call__([])
(lambda:0).__call__()
f0.__get__(1)
K.m.__get__(k)
K.__dict__["p"].__get__(k)
str.__mod__("%d",5)
str.__format__("a","")
[].__class__
[3].__contains__(3)
(1,).__getitem__(0)
(1,2).__eq__((1,2))
{1}.__and__({1})
object().__init__()
object().__str__()
k.__str__()
k.__hash__()
map(abs,[1]).__next__()
sum([1],[]) if 0 else 0
pow(2,3)
int.__pow__(2,3)
(2).__pow__(3,5)
'''.strip().splitlines()

for text in CASES:
    names = dict(globals())
    exec(compile("run = lambda: " + text, "case", "exec"), names)
    run = names["run"]
    for _ in range(12):
        run()
        gc.collect()
    gc.collect()
    count = gc.get_count()[0]
    before = blocks()
    run()
    after = blocks()
    print(f"{after - before:3} {gc.get_count()[0] - count:3}  {text}")
