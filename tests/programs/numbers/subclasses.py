"""Subclasses of builtin types, special methods of operands, generators in natives."""
class N(int):
    def __add__(self, o): return N(super().__add__(o))
    def __eq__(self, o): return super().__eq__(o)
    def __hash__(self): return super().__hash__()
    def __repr__(self): return 'N(' + super().__repr__() + ')'
n = N(5) + 3
print(n, n == 8, hash(n), type(n).__name__)
class S(str):
    def __new__(cls, x): return super().__new__(cls, x + '!')
    def __len__(self): return super().__len__() * 10
    def upper(self): return S(super().upper())
    def __getitem__(self, i): return super().__getitem__(i) + '?'
    def __iter__(self): return super().__iter__()
    def __repr__(self): return '<' + super().__repr__() + '>'
s = S('abc')
print(s, len(s), s.upper(), s[0], list(s), [s], type(s.strip()).__name__)
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    def __hash__(self): return super().__hash__() + 1
    def __repr__(self): return 'T' + super().__repr__()
    def __getitem__(self, i): return super().__getitem__(i)
t = T(1, 2, 3)
print(t, t[1], t + (4,), hash(t) == hash((1,2,3)) + 1, t == (1,2,3), len(t), t.index(2))
class F(float):
    def __new__(cls, x): return float.__new__(cls, x)
    def __str__(self): return 'F' + float.__repr__(self)
print(F(1.5), F(1.5) + 1, repr(F(2)), F(2.5).real, f'{F(2.5):.2f}')
class I:
    def __int__(self): print('int'); return 7
    def __float__(self): print('float'); return 2.5
    def __index__(self): print('index'); return 3
    def __complex__(self): return 1j
    def __round__(self, n=None): return ('round', n)
    def __trunc__(self): return 9
    def __bool__(self): print('bool'); return False
    def __abs__(self): return 'abs'
    def __divmod__(self, o): return 'dm'
    def __rdivmod__(self, o): return 'rdm'
    def __pow__(self, o, m=None): return ('pow', o, m)
    def __format__(self, spec): return 'fmt:' + spec
    def __bytes__(self): return b'bb'
i = I()
print(int(i), float(i), complex(i), round(i), round(i, 2), bool(i), abs(i), divmod(i, 1), divmod(1, i), pow(i, 2), pow(i, 2, 3), hex(i), bin(i), chr(i), bytes(i))
print('{:abc}'.format(i), '{0:{1}}'.format(i, 'x'), 'abcdef'[i], 'abc' * i, list(range(i)), 'abcabc'.find('c', i), (5).to_bytes(i, 'big'))
class R:
    def __int__(self): return 'x'
    def __float__(self): return 1
    def __index__(self): return 1.5
for f in (int, float, hex):
    try: f(R())
    except TypeError as e: print(e)
class V:
    def __init__(s, x): s.x = x
    def __add__(s, o): return V(s.x + (o.x if isinstance(o, V) else o))
    def __radd__(s, o): return V(s.x + o)
print(sum([V(1), V(2)]).x, sum((V(i) for i in range(4)), V(10)).x)
class P:
    def __init__(s): s.name = 'n'; s.items = [1, {'k': 'v'}]
    def __getattr__(s, n): return 'dyn_' + n
    def __getitem__(s, k): return 'item_' + str(k)
    def __str__(s): return 'P!'
    def __repr__(s): return '<P>'
p = P()
print('{0.name} {0.items[1][k]} {0.foo} {0[7]} {0[x y]} {0} {0!r} {p.name}'.format(p, p=p))
class M:
    def __getitem__(s, k): return k * 2
print('{ab} {c}'.format_map(M()))
class D(dict):
    def __missing__(s, k): return 'miss ' + k
print('{ab} {c}'.format_map(D(c=1)), '%(zz)s' % D())
def g():
    for w in ['a', 'b']:
        yield w
print('-'.join(g()), sum(len(x) for x in g()), tuple(g()), bytes(x for x in [65, 66]))
class E:
    def __eq__(s, o): print('eq', o); return o == 2
print((1, 2, 3).index(E()), (E(), 2).count(2))
class MyInt(int): pass
print(type(int(MyInt(5))).__name__, MyInt(5), MyInt('7') + 1, MyInt.from_bytes(b'\x05', 'big'), type(MyInt.from_bytes(b'\x05', 'big')).__name__, MyInt(), MyInt(3.7))
class B(bytes): pass
class BA(bytearray):
    def __init__(self, *a): super().__init__(*a); self.tag = 1
print(B(b'ab'), B([1, 2]), type(B(b'x') + b'y').__name__, BA(b'q'), BA(b'q').tag, BA([65]))
b = bytearray(b'abc'); b.append(100); b.extend([101, 102]); b.extend(b'g'); b.insert(0, 64); b[1:3] = b'XY'; del b[0]; b += b'!'; b *= 2; b.reverse(); print(b)
