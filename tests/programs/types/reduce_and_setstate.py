# __reduce__, __reduce_ex__ and __setstate__: how objects say what they are made of
import collections, functools, operator, itertools, random
def show(x): print(strip(repr(x)))
def strip(s):
    out=''
    while ' at 0x' in s:
        a,b=s.split(' at 0x',1); out+=a; s=b.lstrip('0123456789abcdef')
    return out+s
class A: pass
class S: __slots__=('a','b')
class L(list): pass
class T(tuple): pass
class N(int):
    def __getnewargs__(self): return (5,)
class NE:
    def __getnewargs_ex__(self): return (1,),{'k':2}
class G:
    def __getstate__(self): return {'q':1}
class D(dict): pass
def t(f):
    try: show(f())
    except Exception as e: print(type(e).__name__, e)
a=A(); a.x=1; s=S(); s.a=1
for o in (a,s,L([1]),T((1,)),N(3),NE(),G(),D(a=1),object(),[1],{1:2},{1},(1,),'s',b'b',bytearray(b'x'),5,2.5,1j,None,len,int,ValueError(1),iter([1]),range(3),slice(1),lambda:0,(i for i in []),...,NotImplemented,1 .__add__,int.__add__,property(),type(lambda:0),memoryview(b''), super(A,a), classmethod(len)):
    for p in (0,2,4):
        print(type(o).__name__,p,end=' '); t(lambda: o.__reduce_ex__(p))
    t(lambda:o.__reduce__())
d=collections.deque([1,2],5); show((d.__reduce__(), collections.deque([1]).__reduce__(), d.__sizeof__(), collections.deque(range(65)).__sizeof__()))
it=iter(d); next(it); show((it.__reduce__(), type(it)(d,1).__reduce__()))
dd=collections.defaultdict(int,a=1); show(dd.__reduce__())
p=functools.partial(int,1,base=3); print(p.__reduce__()); p.x=1; print(p.__reduce__())
p.__setstate__((int,('11',),{'base':2},None)); print(p())
print(functools.lru_cache(len).__reduce__(), operator.itemgetter(1,2).__reduce__(), operator.attrgetter('a.b','c').__reduce__(), operator.methodcaller('m',1).__reduce__(), operator.methodcaller('m',1,k=2).__reduce__())
g=itertools.groupby('aab'); k,gr=next(g); show((g.__reduce__(), gr.__reduce__()))
for i in (itertools.accumulate([1,2]), itertools.chain([1],[2]), itertools.combinations('abc',2), itertools.cycle('ab'), itertools.product('ab','cd'), itertools.permutations('abc',2), itertools.islice('abcdef',1,5,2), itertools.count(5,2), itertools.count(3), itertools.repeat(1,3), itertools.repeat(1), itertools.starmap(pow,[(1,2)]), itertools.takewhile(bool,[1]), itertools.zip_longest('ab','c',fillvalue=0), itertools.compress('ab',[1,1]), itertools.combinations_with_replacement('ab',2), itertools.tee([1,2])[0], itertools.dropwhile(bool,[1,0]), itertools.filterfalse(None,[0,0]), itertools.accumulate([1,2],initial=5)):
    show(i.__reduce__()); next(i); print('   ',end=''); show(i.__reduce__())
    made = i.__reduce__()
    again = made[0](*made[1])
    if len(made) > 2 and made[2] is not None: again.__setstate__(made[2])
    for _ in i:
        if type(i).__name__ in('cycle','count','repeat'): break
    print('   ',end=''); show(i.__reduce__())
for f in (lambda: itertools.chain().__setstate__(1), lambda: itertools.chain().__setstate__((1,)), lambda: itertools.product('a').__setstate__(1), lambda: itertools.combinations('ab',1).__setstate__((1,2,3)), lambda: itertools.cycle('a').__setstate__((1,2)),lambda: itertools.cycle('a').__setstate__(([1],'a')), lambda: itertools.groupby('a').__setstate__(1), lambda: itertools.islice('a',1).__setstate__('a'), lambda: itertools.takewhile(bool,[]).__setstate__([1]), lambda: itertools.tee('a')[0].__setstate__(1),lambda: itertools.product('a').__setstate__((1,)),lambda: itertools.product('ab').__setstate__(('x',)), lambda: functools.partial(int).__setstate__(1), lambda: itertools.combinations('ab',1).__setstate__(1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
n=itertools.permutations('abc'); next(n); next(n); f,a,st=n.__reduce__(); m=f(*a); m.__setstate__(st); print(list(n)==list(m))
n=itertools.product('abc',[1,2]); next(n); next(n); f,a,st=n.__reduce__(); m=f(*a); m.__setstate__(st); print(list(n)==list(m))
n=itertools.combinations('abcd',2); next(n); next(n); f,a,st=n.__reduce__(); m=f(*a); m.__setstate__(st); print(list(n)==list(m))
N=collections.namedtuple('N','a b'); show((N.a, N.a.__reduce__(), N.a.__doc__))
print(itertools.combinations('abc',2).__sizeof__(), itertools.product('abc',[1]).__sizeof__(), itertools.permutations('abc',2).__sizeof__())
for x in (list[int], list[int].__reduce__(), next(iter(tuple[int])), iter(tuple[int]), next(iter(tuple[int])).__reduce__(), OSError(2,'a','f').__reduce__(), OSError(2,'a','f',None,'g').__reduce__(), ImportError('m',name='n').__reduce__(), [].append.__reduce__(), list.append.__reduce__(), complex.__dict__['real'].__reduce__()): show(x)
