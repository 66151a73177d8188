# Every constructor and module function called with none, too many and wrong arguments: one line a call. Left out is what
# differs by platform or asks the outside world.
import sys, time
import builtins, collections, functools, itertools, math, operator, random, string, types, weakref
class K: pass
def f(a=1): return a
BAD = {'input','breakpoint','exit','quit','help','copyright','credits','license','open','__build_class__','__import__','print','exec','eval','vars','dir','globals','locals','id','hash','object','memoryview'}
def show(v):
    try: r = repr(v)
    except Exception as e: r = 'REPR '+type(e).__name__+' '+str(e)
    i = r.find(' at 0x')
    if i >= 0: r = r[:i]
    return type(v).__name__+' '+r[:70]
class Sub(int): pass
ARGS = [(), (None,), (1,), ('a',), (1.5,), ([],), (b'a',), (f,), (K,), (-1, 2), ('a', 'b'), (1,None), (None,1), ([1],f), (f,[1]), ({},1), (1,2,3), ('a','b','c'), (f,(1,),{}), (1,2,3,4), ('x',)*6, (1j,), ((1,2),), ({1:2},), ('5','x',7,8,9)]
KWS = [((), {'x': 1}), ((1,), {'x': 1}), (('a',), {'key': 1}), (([],), {'default': 1}), ((f,), {'iterable': 1}), ((1,2), {'x': 1, 'y': 2}), ((), {'iterable': 1}), ((),{'object':1}),((),{'a':1,'b':2})]
SKIP = {('time','sleep'),('time','clock_settime'),('time','clock_settime_ns'),('time','pthread_getcpuclockid'),('random','seed'),('random','SystemRandom'),('functools','RLock'),('functools','recursive_repr'),('functools','namedtuple'),('functools','get_cache_token'),('functools','GenericAlias'),('types','GenericAlias'),('functools','partialmethod'),('types','coroutine'),('math','cbrt'),('itertools','combinations'),('itertools','combinations_with_replacement'),('itertools','permutations'),('collections','deque'),('operator','concat'),('operator','iconcat'),('random','triangular'),('random','randrange'),('builtins','UnicodeDecodeError'),('types','FunctionType'),('types','LambdaType'),('types','TracebackType'),('weakref','finalize'),('weakref','getweakrefcount'),('weakref','getweakrefs')}
def fine(mod, name, obj):
    if name.startswith('_') or not callable(obj) or (mod,name) in SKIP or name in BAD and mod=='builtins': return False
    return True
def mods():
    want = ['builtins', 'math', 'itertools', 'functools', 'collections', 'operator', 'random', 'types', 'string', 'time', 'weakref']
    for m in (builtins, math, itertools, functools, collections, operator, random, weakref, types, string, time):
        if m.__name__.lstrip('_') not in want: continue
        for name in sorted(vars(m)):
            if fine(m.__name__, name, vars(m)[name]): yield m.__name__, name, vars(m)[name]
TIMEY={'time','time_ns','monotonic','monotonic_ns','perf_counter','perf_counter_ns','process_time','process_time_ns','thread_time','thread_time_ns','localtime','gmtime','ctime','asctime','strftime','clock_gettime','clock_gettime_ns','random','uniform','getrandbits','randbytes','choice','choices','getstate'}
for m, name, obj in mods():
    if isinstance(obj,type) and issubclass(obj, BaseException) and name not in ('BaseException','OSError','UnicodeDecodeError','UnicodeEncodeError','UnicodeTranslateError','ImportError','StopIteration','SystemExit','AttributeError','NameError','SyntaxError','BaseExceptionGroup','ExceptionGroup','KeyError','ValueError'): continue
    for args, kw in [(a, {}) for a in ARGS] + KWS:
        random.seed(5)
        try: r = show(obj(*args, **kw))
        except BaseException as e: r = type(e).__name__+': '+str(e)
        else:
            if name in TIMEY or m == 'random': r='ok'
        i = r.find(' at 0x')
        if i >= 0: r = r[:i]
        print(m, name, str(args).split(' at 0x')[0], kw, '->', r)
