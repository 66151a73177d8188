# The asynchronous half of contextlib, and the stacks of managers.
import contextlib, sys
from contextlib import *; from contextlib import AsyncContextDecorator
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
class Tick:
    def __await__(self): yield 'tick'; return 1
@asynccontextmanager
async def cm(n, swallow=False, bad=None):
    "doc of cm"
    print('enter',n); await Tick()
    if bad=='noyield': return
    try: yield n
    except ValueError as e:
        print('caught',e,n)
        if not swallow: raise
        if bad=='again': yield 5
    finally: await Tick(); print('exit',n)
    if bad=='two': yield 2
async def main():
    async with cm(1) as x: print('body',x)
    async with cm(2,True) as x: raise ValueError('a')
    try:
        async with cm(3): raise ValueError('b')
    except ValueError as e: print('out',e, e.__context__)
    for bad in ('noyield','two'):
        try:
            async with cm(4,bad=bad): print('in')
        except RuntimeError as e: print(type(e),e,e.__cause__,e.__suppress_context__)
    try:
        async with cm(5,True,'again'): raise ValueError('c')
    except RuntimeError as e: print(e)
    for E in (StopIteration,StopAsyncIteration,KeyboardInterrupt,RuntimeError):
        try:
            async with cm(6): raise E('q')
        except BaseException as e: print(type(e),e)
    @cm(7)
    async def f(a): print('f',a); return a
    print(await f(1), await f(2), f.__name__, cm.__doc__)
    async with nullcontext(5) as y, nullcontext() as z: print(y,z)
    async def ag():
        try: yield 1; yield 2
        finally: print('closed')
    async with aclosing(ag()) as g:
        async for v in g: print(v); break
    try:
        async with AsyncExitStack() as s:
            print(await s.enter_async_context(cm(8)), s.enter_context(nullcontext(9)))
            s.callback(print,'cb',end='!\n')
            async def acb(*a,**k): await Tick(); print('acb',a,k)
            s.push_async_callback(acb,1,k=2)
            async def aex(t,v,tb): print('aex',t,v); return v is not None and str(v)=='x'
            s.push_async_exit(aex); s.push_async_exit(cm(10)) if 0 else None
            def ex(t,v,tb): print('ex',t); raise KeyError('k')
            s.push(ex)
            raise ValueError('x')
    except KeyError as e: print('K',e,repr(e.__context__))
    async with AsyncExitStack() as s:
        s.push_async_exit(aex); raise ValueError('x')
    print('after')
    s2=None
    async with AsyncExitStack() as s:
        await s.enter_async_context(cm(11)); s2=s.pop_all()
    print('popped'); await s2.aclose()
    for o in (5,nullcontext):
        try: await s.enter_async_context(o)
        except TypeError as e: print(e)
        try: s.enter_context(o)
        except TypeError as e: print(e)
run(main())
class D(AsyncContextDecorator):
    async def __aenter__(self): print('D in'); return self
    async def __aexit__(self,*a): print('D out',a[0]); return True
@D()
async def g(): raise ValueError
print(run(g()))
class H(ContextDecorator):
    def __enter__(self): print('H'); return self
    def __exit__(self,*a): print('h'); return False
@H()
def k(x): "dk"; return x
print(k(1),k.__doc__)
class Duck:
    def __enter__(self): pass
    def __exit__(self,*a): pass
print(issubclass(Duck,AbstractContextManager),issubclass(D,AbstractAsyncContextManager),issubclass(D,AbstractContextManager),issubclass(int,AbstractContextManager))
try: AbstractAsyncContextManager()
except TypeError as e: print(e)
print(AbstractContextManager[int], nullcontext.__mro__, ExitStack.__mro__)
print(contextlib.__all__)
def chain(e):
    out=[]
    while e: out.append(repr(e)); e=e.__context__
    return out
def raiser(e): raise e
try:
    try: raise IndexError('outer')
    except IndexError:
        with ExitStack() as s:
            s.callback(raiser,KeyError(1)); s.callback(raiser,KeyError(2)); s.push(lambda *a: True)
            s.callback(raiser,KeyError(3))
            raise ValueError('v')
except KeyError as e: print(chain(e))
try:
    with ExitStack() as s:
        s.callback(raiser,KeyError(1)); s.callback(raiser,KeyError(2))
        1/0
except KeyError as e: print(chain(e))
with ExitStack() as s:
    s.push(lambda *a: print(a[0]) or True); s.callback(raiser,KeyError(2))
print(s.close())
@contextmanager
def two(again=False):
    try: yield 1
    except ValueError:
        if again:
            try: yield 3
            finally: print('again closed')
    try: yield 2
    finally: print('closed')
for a in (0,1):
    try:
        with two(a): 
            if a: raise ValueError
    except RuntimeError as e: print(e, 'handler')
@asynccontextmanager
async def atwo():
    yield 1
    try: yield 2
    finally: print('aclosed')
async def am():
    try:
        async with atwo(): pass
    except RuntimeError as e: print(e, 'handler')
run(am())
