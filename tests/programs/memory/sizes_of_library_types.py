# The bytes of objects of library types, as `sys.getsizeof` and `__sizeof__` tell them, and the layout of their types.
# Setup, then expressions.
import sys

CASES = {
    'import datetime as d': r'''
d.date(1,2,3)
d.time(1)
d.time(1, tzinfo=d.timezone.utc)
d.datetime(1,2,3)
d.datetime(1,2,3,tzinfo=d.timezone.utc)
d.datetime.now()
d.timedelta(5)
d.timezone.utc
d.timezone(d.timedelta(hours=1))
d.timezone(d.timedelta(hours=1), 'x')
d.tzinfo()
d.date(2020,1,1).isocalendar()
type('D',(d.date,),{})(1,2,3)
type('D',(d.datetime,),{})(1,2,3)
type('D',(d.time,),{})(1,2,3)
type('D',(d.timedelta,),{})(1,2,3)
type('D',(d.tzinfo,),{})()
d.date
d.time
d.datetime
d.timedelta
d.timezone
d.tzinfo
type(d.date(2020,1,1).isocalendar())
d.date.min
''',
    'import decimal as d; from decimal import *': r'''
d.Decimal()
d.Decimal('1.5')
d.Decimal(10**40)
d.Decimal(10**200)
d.Decimal('NaN')
d.Decimal(1)/3
d.getcontext()
d.Context()
d.Decimal
d.Context
d.DefaultContext
d.Decimal(5).as_tuple()
type('D',(d.Context,),{})()
d.Decimal(10**77)
d.Decimal(10**76)
d.Decimal(10**80)
d.Decimal(2)**500
d.Decimal('1e500')
d.Decimal('1'*78)
d.Decimal('1'*150)
d.Decimal(2).sqrt()
d.DivisionByZero
d.DivisionByZero()
d.Decimal(7)+1
d.DecimalTuple(1,(),2)
''',
    'import csv,io,_csv': r'''
csv.reader([])
csv.writer(io.StringIO())
csv.reader([]).dialect
csv.get_dialect('excel')
_csv.Dialect()
csv.excel()
csv.DictReader([])
csv.Sniffer()
_csv.Dialect
_csv.Error
csv.excel
type(csv.reader([]))
type(csv.writer(io.StringIO()))
csv.reader(['a'])
(lambda r: (next(r), r)[1])(csv.reader(['abc']))
(lambda r: (r.writerow([1,2]), r)[1])(csv.writer(io.StringIO()))
''',
    'import threading, _thread': r'''
threading.local()
threading.Lock()
threading.RLock()
threading.Condition()
threading.Event()
threading.Semaphore()
threading.Barrier(1)
threading.Thread()
threading.Timer(1,len)
threading.local
_thread.LockType
_thread.RLock
type('L',(threading.local,),{})()
threading.Lock
threading.get_ident
threading.Lock().acquire
threading.local().__dict__
threading._DummyThread
threading.ExceptHookArgs((ValueError,None,None,None))
''',
    "import contextvars as c; v=c.ContextVar('v'); t=v.set(1); ctx=c.copy_context()": r'''
v
t
ctx
c.Context()
c.Token.MISSING
c.Context
c.ContextVar
c.Token
type(ctx.keys())
type(iter(ctx))
type(c.Token.MISSING)
''',
    'import collections as c': r'''
c.deque()
c.deque([1])
c.deque(range(64))
c.deque(range(65))
c.deque(range(1000))
c.deque(maxlen=5)
iter(c.deque())
reversed(c.deque())
type('D',(c.deque,),{})()
c.OrderedDict()
c.OrderedDict(a=1)
c.OrderedDict.fromkeys(range(5))
c.OrderedDict.fromkeys(range(6))
c.OrderedDict.fromkeys(range(100))
c.OrderedDict(a=1).keys()
c.OrderedDict(a=1).values()
c.OrderedDict(a=1).items()
iter(c.OrderedDict(a=1))
iter(c.OrderedDict(a=1).items())
iter(c.OrderedDict(a=1).values())
reversed(c.OrderedDict(a=1))
type('O',(c.OrderedDict,),{})()
type('O',(c.OrderedDict,),{})(a=1)
c.defaultdict()
c.defaultdict(int)
c.defaultdict(int,a=1)
c.defaultdict(int,{i:i for i in range(10)})
type('O',(c.defaultdict,),{})(int)
c.Counter()
c.Counter('abc')
c.Counter(range(10))
c.ChainMap()
c.UserDict()
c.UserList()
c.UserString('x')
c.namedtuple('N','a b')(1,2)
c.namedtuple('N','a b')
c.namedtuple('N','a b').a
c.deque
c.OrderedDict
c.defaultdict
c.Counter
c.ChainMap
c.UserDict
c.ChainMap().maps
c.deque().append
c.OrderedDict.move_to_end
c.abc.Mapping
c.abc.Iterable
''',
    'import functools as f': r'''
f.partial(int)
f.partial(int,1)
f.partial(int,base=2)
f.partial
f.lru_cache(4)(lambda x:x)
f.lru_cache(None)(lambda x:x)
f.cache(lambda x:x)
f.lru_cache(None)(lambda x:x).cache_info()
f.cmp_to_key(int)
f.cmp_to_key(int)(1)
f.cached_property(int)
f.partialmethod(int)
f.singledispatch(lambda x:x)
f.singledispatchmethod(lambda x:x)
f.reduce
f.wraps(int)
f.total_ordering
f.lru_cache
type(f.lru_cache(int))
type('P',(f.partial,),{})(int)
f.partial(f.partial(int,1),2)
type(f.cmp_to_key(int))
(lambda c: (c(1),c(2),c)[2])(f.lru_cache(4)(lambda x:x))
''',
    'import itertools as i': r'''
i.accumulate([1])
i.chain()
i.chain([1],[2])
i.chain.from_iterable([])
i.combinations([1,2],2)
i.combinations('abc',0)
i.combinations_with_replacement([1,2],2)
i.compress([],[])
i.count()
i.count(1.5)
i.count(10**30)
i.cycle([1])
i.dropwhile(int,[])
i.filterfalse(int,[])
i.groupby([1])
next(i.groupby([1]))[1]
i.islice([],1)
i.pairwise([])
i.permutations([1,2])
i.permutations([1,2],1)
i.permutations('abc',5)
i.product([1],[2])
i.product()
i.product('ab',repeat=3)
i.repeat(1)
i.repeat(1,2)
i.starmap(int,[])
i.takewhile(int,[])
i.tee([])[0]
i.zip_longest([])
i.zip_longest([],[])
i.accumulate
i.chain
i.combinations
i.combinations_with_replacement
i.compress
i.count
i.cycle
i.dropwhile
i.filterfalse
i.groupby
i.islice
i.pairwise
i.permutations
i.product
i.repeat
i.starmap
i.takewhile
i.zip_longest
type(i.tee([])[0])
i.tee([])[0].__reduce__
i.tee
i.tee([1])[0].__reduce__()[2][0]
''',
    'import struct,array,re': r'''
struct.Struct('i')
struct.Struct('ihh')
struct.Struct('4s')
struct.Struct('')
struct.Struct
struct.iter_unpack('i',b'1234')
struct.error()
struct.error
array.array('i')
array.array('i',[1])
array.array('d',range(10))
array.array('u','abc')
iter(array.array('i'))
array.array
type(iter(array.array('i')))
(lambda a: (a.append(1),a)[1])(array.array('i'))
(lambda a: (a.extend(range(20)),a)[1])(array.array('i'))
array.array('i',[1])*5
array.array('i',(1,2,3))[1:]
type('A',(array.array,),{})('i')
memoryview(array.array('i',[1,2]))
re.compile('a')
re.compile('')
re.compile('a(b)*')
re.compile('[a-z]+(?P<x>\\d)?$')
re.compile('(a)|(b)')
re.compile('^\\s*$')
re.compile('(?i)abc')
re.compile('[abc]')
re.compile('[^abc]')
re.compile('a{2,3}')
re.compile('(?:ab){5}')
re.compile('(?<=a)b')
re.compile('\\w+@\\w+\\.com')
re.compile('é+')
re.compile('(?P<y>\\d{4})-(?P<m>\\d\\d)')
re.compile('[\\u0100-\\u0200]')
re.compile('(?x) a b')
re.compile('a|b|c')
re.compile('abc|abd')
re.compile('(a*)*b')
re.compile('(?>a+)b')
re.compile('a++')
re.compile(b'a')
re.match('a','a')
re.match('(a)(b)?','a')
re.match('(?P<x>a)','a')
re.compile('a').scanner('a')
re.finditer('a','b')
type(re.compile('a'))
type(re.match('a','a'))
re.error('x')
re.A
re.A|re.I
''',
    'import io,sys,tempfile': r'''
io.StringIO()
io.StringIO('abc')
io.BytesIO()
io.BytesIO(b'abc')
io.BytesIO(b'abc').getbuffer()
io.TextIOWrapper(io.BytesIO())
io.BufferedReader(io.BytesIO())
io.BufferedWriter(io.BytesIO())
io.BufferedRandom(io.BytesIO())
io.BufferedRWPair(io.BytesIO(),io.BytesIO())
io.BufferedReader(io.BytesIO(),100)
io.FileIO(0,closefd=False)
io.IncrementalNewlineDecoder(None,True)
io.IOBase()
io.RawIOBase()
io.BufferedIOBase()
io.TextIOBase()
io.UnsupportedOperation()
io.StringIO
io.BytesIO
io.TextIOWrapper
io.FileIO
io.IOBase
io.BlockingIOError
io.StringIO().write
type('S',(io.StringIO,),{})()
type('S',(io.BytesIO,),{})()
type('S',(io.RawIOBase,),{})()
open('/dev/null')
open('/dev/null','rb')
open('/dev/null','wb')
open('/dev/null','rb',0)
open('/dev/null','r+b')
io.open_code('/dev/null')
(lambda s: (s.write('a'*100), s)[1])(io.StringIO())
(lambda s: (s.write(b'a'*100), s)[1])(io.BytesIO())
io.BufferedReader
io.BufferedRandom
io.IncrementalNewlineDecoder
''',
    'import types,sys,weakref': r'''
memoryview(b'abc')
memoryview(b'abc')[1:]
memoryview(b'abcd').cast('i')
memoryview(b'abcd').cast('b',(2,2))
types.MappingProxyType({})
types.SimpleNamespace()
types.SimpleNamespace(a=1)
types.MethodType(len,1)
types.ModuleType('m')
types.CellType(1)
int|str
types.DynamicClassAttribute()
types.new_class('x')
sys.implementation
sys.flags
sys.version_info
sys.float_info
sys.hash_info
sys.int_info
sys.thread_info
sys.get_asyncgen_hooks()
sys
types
weakref.ref(int)
weakref.proxy(sys)
weakref.proxy(len)
weakref.WeakKeyDictionary()
weakref.WeakValueDictionary()
weakref.WeakSet()
weakref.KeyedRef(sys,None,1)
types.coroutine
types.FunctionType
types.TracebackType
types.MappingProxyType
types.SimpleNamespace
types.ModuleType
types.MethodType
types.GenericAlias
types.UnionType
types.CellType
weakref.ref
weakref.ProxyType
weakref.CallableProxyType
sys.version_info.__class__
type('S',(types.SimpleNamespace,),{})()
type('M',(types.ModuleType,),{})('a')
sys.exc_info
types.BuiltinFunctionType
types.CodeType
types.FrameType
types.GetSetDescriptorType
types.MemberDescriptorType
iter(memoryview(b'a'))
sys.getwindowsversion if 0 else 0
sys.thread_info
sys.exit
''',
    'import operator,random,hashlib,zlib,pickle,json,io': r'''
operator.itemgetter(1)
operator.itemgetter(1,2)
operator.attrgetter('a')
operator.attrgetter('a','b')
operator.methodcaller('a')
operator.itemgetter
random.Random()
random.SystemRandom()
random.Random
hashlib.blake2b()
hashlib.blake2s()
zlib.compressobj()
zlib.decompressobj()
zlib.error()
pickle.Pickler
pickle.Unpickler
json.JSONEncoder()
json.JSONDecoder()
json.JSONDecoder().scan_once
json.decoder.scanner.c_make_scanner
json.encoder.c_make_encoder
pickle.PicklingError()
json.JSONDecodeError('a','b',0)
random.Random().random
''',
    'import asyncio\nasync def m():\n  global T,F,L,G\n  L=asyncio.get_running_loop(); T=asyncio.current_task(); F=L.create_future(); G=asyncio.gather()\nasyncio.run(m())': r'''
L
asyncio.Event()
asyncio.Lock()
asyncio.Queue()
asyncio.CancelledError()
asyncio.Semaphore()
''',
    'import sys\nasync def a(): yield 1\nasync def co(): pass\ndef g(): yield 1\nG=g(); A=a(); C=co()': r'''
G
A
C
A.asend(None)
A.athrow(ValueError)
A.aclose()
A.__anext__()
anext(A,1)
C.__await__()
G.gi_code
G.gi_frame
sys._getframe()
A.ag_code
type(A.asend(None))
type(G)
type(C)
C.close()
''',
}

for setup, texts in CASES.items():
    names = {}
    exec(setup, names)
    for text in texts.split("\n")[1:-1]:
        held = eval(text, names)
        kind = type(held)
        own = "" if isinstance(held, type) else held.__sizeof__()
        print(text, sys.getsizeof(held), own, kind.__basicsize__, kind.__itemsize__, kind.__dictoffset__, kind.__weakrefoffset__)
