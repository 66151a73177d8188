import itertools, operator
class E:
    def __init__(s,h): s.h=h
    def __iter__(s): print('iter'); return iter([1,2])
    def __length_hint__(s):
        print('hint')
        if isinstance(s.h,Exception): raise s.h
        return s.h
for h in None, TypeError('x'), ValueError('y'), -1, 3, NotImplemented, 2**70, 2**62, True:
    for f in bytes, bytearray, list, tuple, set, lambda e: [].extend(e), lambda e: bytearray().extend(e), lambda e:[*e], lambda e: (lambda *a:a)(*e), sorted, lambda e: b''.join(e), lambda e: operator.length_hint(e), dict.fromkeys, frozenset:
        try: print(f(E(h)))
        except Exception as e: print(type(e), e)
class I:
    def __index__(s): return 1
    def __repr__(s): return "I()"
class NI:
    def __index__(s): raise KeyError(3)
    def __repr__(s): return "NI()"
for a in [I()],[I(),I()],[I(),None],[NI()],[1,2,NI()],[0,2**70],[2**70],[-1],[0,-1],[0,1,-1],['a'],[0,'a'],['a',1],[1,2,'a'],[None,None,None],[0,3,I()],[1,2,0]:
    try: print(a, list(itertools.islice('abc',*a)))
    except Exception as e: print(type(e), e)
