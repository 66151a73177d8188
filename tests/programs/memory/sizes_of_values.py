# sys.getsizeof of about 900 values: ints and strings by length, containers by how they were made, instances by class, natives.
import sys, array, collections, itertools, functools, types, weakref, operator, io, re, struct
S=sys.getsizeof
def p(*xs):
    out=[]
    for x in xs:
        try: out.append(S(x))
        except Exception as e: out.append(type(e).__name__)
    print(*out)
p(*[2**k for k in range(0,200,7)]); p(*[-(2**k)-1 for k in range(0,200,7)]); p(True,False,0,-1)
p(*["a"*n for n in range(0,40,3)]); p(*["é"*n for n in range(0,40,3)]); p(*["Δ"*n for n in range(0,40,3)]); p(*["😀"*n for n in range(0,40,3)])
p(*[b"a"*n for n in range(0,40,3)]); p(*[bytearray(n) for n in range(0,60,3)]); p(*[(0,)*n for n in range(30)]); p(*[[0]*n for n in range(30)]); p(*[list(range(n)) for n in range(40)]); p(*[[x for x in range(n)] for n in range(40)]); p(*[list(x for x in range(n)) for n in range(40)]);p(*[list(str(10**n)) for n in range(40)])
p(*[{i:i for i in range(n)} for n in range(0,200,7)]); p(*[{str(i):i for i in range(n)} for n in range(0,200,7)]); p(*[dict.fromkeys(range(n)) for n in range(0,60,3)]); p(*[dict.fromkeys(map(str,range(n))) for n in range(0,60,3)]); p(*[dict(zip(range(n),range(n))) for n in range(0,60,3)]); p(*[dict([(str(i),i) for i in range(n)]) for n in range(0,60,3)])
p(*[set(range(n)) for n in range(0,200,7)]); p(*[frozenset(range(n)) for n in range(0,200,7)]); p(*[{*range(n)} for n in range(0,60,3)]); p(*[set(map(str,range(n))) for n in range(0,60,3)])
p(*[collections.deque(range(n)) for n in range(0,300,17)]); p(*[collections.OrderedDict.fromkeys(range(n)) for n in range(0,60,3)]); p(*[collections.Counter("abcabc"*n) for n in range(3)]); p(*[collections.defaultdict(int,{i:i for i in range(n)}) for n in range(0,30,4)])
p(*[array.array("i",range(n)) for n in range(0,60,3)]); p(*[array.array("d",range(n)) for n in range(0,60,3)])
p(1.5,1j,None,...,NotImplemented,range(3),range(10**30),slice(1,2),object(),int,str,type,collections.OrderedDict,len,[].append,int.__add__,(1).__add__,dict.fromkeys,property(),staticmethod(len),classmethod(len),super(int,1),sys,memoryview(b"abc"),memoryview(array.array("i",[1,2])).cast("b"))
def f(a,b=1,*c,d=2,**e): return lambda: (a,b)
def g(n):
    x=y=z=n
    yield x
    yield y
async def co(a,b): return a
async def ag(a): yield a
c=co(1,2); p(f,f.__code__,g,g.__code__,g(1),c,ag(1),ag(1).asend(1),f(1),f(1).__closure__,f(1).__closure__[0],f(1).__code__,sys._getframe()); c.close()
p(iter([]),iter(()),iter(""),iter("é"),iter(b""),iter(bytearray()),iter(set()),iter({}),iter({}.values()),iter({}.items()),reversed([]),reversed({}),iter(range(3)),iter(range(10**30)),iter(int,1),{}.keys(),{}.values(),{}.items(),enumerate([]),zip(),map(str,[]),filter(None,[]),iter(memoryview(b"")),reversed("ab"))
for e in ValueError,OSError,KeyError,StopIteration,SystemExit,SyntaxError,UnicodeError,ImportError,NameError,AttributeError,ExceptionGroup("a",[ValueError()]).__class__,Exception,KeyboardInterrupt,IndentationError: p(e, *( [e()] if e.__name__!="ExceptionGroup" else []))
p(UnicodeDecodeError("a",b"b",0,1,"r"),UnicodeEncodeError("a","b",0,1,"r"),UnicodeTranslateError("a",0,1,"r"),ExceptionGroup("a",[ValueError()]),OSError(1,"a"),FileNotFoundError(2,"x","y"))
class A: pass
class B: __slots__=("a","b")
class C(A): __slots__=("x",)
class D(dict): pass
class L(list): pass
class T(tuple): pass
class I(int): pass
class St(str): pass
class By(bytes): pass
class Fl(float): pass
class Se(set): pass
class X(Exception): pass
class W: __slots__=("__weakref__",)
class Di: __slots__=("__dict__",)
class Ta(tuple): __slots__=()
class M(type): pass
class N(metaclass=M): a=1
p(A,B,C,D,L,T,I,St,By,Fl,Se,X,W,Di,Ta,M,N); p(A(),B(),C(),D(),D(a=1),L(),L([1,2,3]),T(),T((1,2)),I(),I(5),I(2**70),St(),St("abc"),St("é"),By(),By(b"abc"),Fl(),Se(),Se([1,2,3]),Se(range(50)),X(),W(),Di(),Ta((1,)),N())
a=A(); a.x=1; p(a.__dict__); [setattr(a,"k%d"%i,i) for i in range(40)]; p(a,a.__dict__); b=A(); b.x=2; p(b,b.__dict__,vars(b)); del b.x; p(b.__dict__)
P=collections.namedtuple("P","a b"); p(P,P(1,2),P.a); p(functools.partial(int),functools.lru_cache(f),functools.cmp_to_key(f),functools.cmp_to_key(f)(1),operator.itemgetter(1),operator.attrgetter("a"),operator.methodcaller("a"),types.SimpleNamespace(a=1),list[int],int|str,weakref.ref(A),weakref.proxy(a),types.MappingProxyType({}),types.MethodType(f,1),types.ModuleType("x"),re.compile("a(b)*"),re.compile("[a-z]+(?P<x>\\d)?$"),re.match("a","a"),re.match("(a)(b)?","a"),io.StringIO("abc"),io.BytesIO(b"abc"),struct.Struct("ihh"),sys.flags,sys.version_info,itertools.count(),itertools.cycle("a"),itertools.repeat(1),itertools.chain(),itertools.islice([],1),itertools.tee([])[0],itertools.groupby([]),itertools.accumulate([]),itertools.product("ab","cd"),itertools.permutations("abc"),itertools.zip_longest("a"),itertools.pairwise("a"),itertools.starmap(f,[]),itertools.compress([],[]),itertools.dropwhile(f,[]),itertools.takewhile(f,[]),itertools.filterfalse(f,[]),itertools.chain.from_iterable([]),collections.ChainMap(),collections.UserList(),collections.UserDict())
d={}; out=[]
for i in range(400):
    d[i]=1
    if i%3==0: del d[i//2 if i//2 in d else i]
    out.append(S(d))
print(sum(out),out[::37])
l=[]; out=[]
for i in range(300): l.append(i); out.append(S(l))
for i in range(250): l.pop(); out.append(S(l))
print(sum(out)); l[3:5]=range(20); p(l); l*=2; p(l); l+=[1]; p(l); l.insert(0,1); p(l); del l[:10]; p(l); l.clear(); p(l); l.extend(range(7)); p(l); l.sort(); p(l); p(l.copy(), l[:], l+l, l*3, sorted(l), list(l), [*l], [*l,1], list(reversed(l)))
s="x"
for i in range(3): s+="é"*i; p(s, s.encode(), s.encode("utf-16"), s.upper(), s*3, s[1:])
p("abc".encode(), int.from_bytes(b"\x01"*20,"big"), (5).to_bytes(3,"big"), 10**18, 10**19, 3**200, ~(2**60), 2**30-1, 2**60-1, -2**30, 1<<90)
