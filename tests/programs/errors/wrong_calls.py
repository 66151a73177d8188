# Every method of the builtin types called with none, too many and wrong arguments: one line a method with what came of it.
import itertools
import builtins, collections, functools, math, operator, types, weakref, gc
def g():
    yield 1
def f(a=1): return a
class K: pass
def show(v):
    try: r = repr(v)
    except Exception as e: r = 'REPR '+type(e).__name__+' '+str(e)
    i = r.find(' at 0x')
    if i >= 0: r = r[:i]
    return type(v).__name__+' '+r[:60]
MAKERS = {
 'int': lambda: 5, 'bool': lambda: True, 'float': lambda: 2.5, 'complex': lambda: 1+2j, 'str': lambda: 'ab c', 'bytes': lambda: b'ab c', 'bytearray': lambda: bytearray(b'ab c'),
 'list': lambda: [1,2], 'tuple': lambda: (1,2), 'dict': lambda: {'a':1}, 'set': lambda: {1}, 'frozenset': lambda: frozenset([1]), 'range': lambda: range(3), 'slice': lambda: slice(1,2),
 'memoryview': lambda: memoryview(bytearray(b'abc')), 'property': lambda: property(f), 'staticmethod': lambda: staticmethod(f), 'classmethod': lambda: classmethod(f), 'super': lambda: super(K, K()),
 'object': lambda: object(), 'type': lambda: type('N',(),{}), 'function': lambda: (lambda a=1: a), 'method': lambda: types.MethodType(f, 1), 'builtin': lambda: len, 'bm': lambda: [].append, 'mw': lambda: (1).__add__,
 'wd': lambda: int.__add__, 'md': lambda: list.append, 'cmd': lambda: dict.__dict__['fromkeys'], 'gs': lambda: int.__dict__['real'], 'mem': lambda: complex.__dict__['real'],
 'code': lambda: f.__code__, 'generator': lambda: g(), 'cell': lambda: types.CellType(1), 'module': lambda: types.ModuleType('m'), 'mappingproxy': lambda: types.MappingProxyType({'a':1}), 'ns': lambda: types.SimpleNamespace(a=1),
 'ga': lambda: list[int], 'union': lambda: int|str, 'None': lambda: None, 'NI': lambda: NotImplemented, 'Ell': lambda: ..., 'keys': lambda: {'a':1}.keys(), 'values': lambda: {'a':1}.values(), 'items': lambda: {'a':1}.items(),
 'dk': lambda: iter({'a':1}), 'di': lambda: iter({'a':1}.items()), 'rk': lambda: reversed({'a':1}), 'li': lambda: iter([1]), 'lr': lambda: reversed([1]), 'ti': lambda: iter((1,)), 'si': lambda: iter('a'), 'bi': lambda: iter(b'a'), 'ri': lambda: iter(range(2)), 'sei': lambda: iter({1}),
 'ci': lambda: iter(int, 1), 'enumerate': lambda: enumerate([1]), 'zip': lambda: zip([1]), 'map': lambda: map(f,[1]), 'filter': lambda: filter(None,[1]), 'reversed': lambda: reversed('ab'),
 'VE': lambda: ValueError('x'), 'OSE': lambda: OSError(2,'x'), 'SI': lambda: StopIteration(1), 'UDE': lambda: UnicodeDecodeError('a',b'b',0,1,'r'), 'SE': lambda: SyntaxError('m',('f',1,2,'t')), 'EG': lambda: ExceptionGroup('m',[ValueError(1)]), 'KE': lambda: KeyError('k'), 'IE': lambda: ImportError('m',name='n'), 'AE': lambda: AttributeError('m'), 'NE': lambda: NameError('m'),
 'ref': lambda: weakref.ref(K), 'deque': lambda: collections.deque([1,2]), 'dd': lambda: collections.defaultdict(int), 'od': lambda: collections.OrderedDict(a=1), 'partial': lambda: functools.partial(f,1), 'attrgetter': lambda: operator.attrgetter('a'), 'itemgetter': lambda: operator.itemgetter(1), 'methodcaller': lambda: operator.methodcaller('m'),
 'count': lambda: itertools.count(), 'chain': lambda: itertools.chain(), 'repeat': lambda: itertools.repeat(1), 'islice': lambda: itertools.islice([1],1),'cycle': lambda: itertools.cycle([1]),'product': lambda: itertools.product([1]),
}
ARGS = [(), (None,), (1,), ('a',), (1.5,), ([],), (-1, 2), ('a', 'b'), (1,2,3), (1,2,3,4), ('x',)*6]
KW = [{'x': 1}]
CODES = [(repr(a), None) for a in ARGS]
CACHE = {}
def code_for(name, a):
    k = (name, a)
    if k not in CACHE:
        CACHE[k] = eval(f'lambda o: o.{name}' + (a if a != 'x=1' else '(x=1)'))
    return CACHE[k]

SKIP = {'__class__','__doc__','__dict__','__init_subclass__','__subclasshook__','__new__','__del__','__module__','__weakref__','__builtins__','__globals__','__code__','__closure__','__sizeof__','__hash__','__abstractmethods__','__dir__', '__annotations__','cr_origin'}
which = '''int float complex str bytes bytearray list tuple dict set frozenset range slice memoryview property staticmethod
    type function method builtin wd md gs code generator cell mappingproxy ns ga union keys li enumerate zip map VE OSE EG deque dd
    od partial count chain cycle product'''.split()
KNOWN = '''EG.derive attrgetter.__vectorcalloffset__ code._co_code_adaptive code.co_filename code.co_lines code.co_positions deque.__delitem__
    deque.__getitem__ deque.__setitem__ deque.__mul__ deque.__rmul__ deque.__imul__ deque.index deque.insert itemgetter.__vectorcalloffset__ memoryview.__exit__
    method.__getattribute__ od.__ior__ partial.__vectorcalloffset__ property.__set_name__
    range.__reduce__ type.__flags__ bytearray.__init__ union.__getitem__'''.split()
ANSWERS = []

def attempt(label, call):
    try:
        answer = show(call())
    except Exception as e:
        answer = type(e).__name__ + ' ' + str(e).split(' at 0x')[0]
    ANSWERS.append(answer)

def checksum(texts):
    total = 0
    for text in texts:
        for c in text:
            total = (total * 31 + ord(c)) % 1000003
    return total

for key in which:
    mk = MAKERS[key]
    for name in sorted(dir(type(mk()))):
        if name in SKIP or f'{key}.{name}' in KNOWN: continue
        o = mk()
        try: m = getattr(o, name)
        except Exception as e:
            print(key, name, type(e).__name__, e); continue
        if not callable(m): 
            print(key, name, 'attr', show(m)); continue
        for a, code in CODES:
            o = mk()
            attempt(f'{key}.{name}{a}', lambda: code_for(name, a)(o))
        o = mk()
        attempt(f'{key}.{name}(x=1)', lambda: code_for(name, 'x=1')(o))
        # unbound, wrong self
        u = getattr(type(o), name, None)
        if callable(u) and not isinstance(u, type):
            attempt(f'{key}:{name}()', lambda: u(*()))
            attempt(f'{key}:{name}(wrong)', lambda: u(K()))
        errors = {answer for answer in ANSWERS if ' = ' not in answer and 'Error' in answer.split(' ')[0]}
        print(f'{key}.{name}', len(errors), checksum(ANSWERS), min(sorted(errors), key=len, default='')[:60])
        ANSWERS.clear()
