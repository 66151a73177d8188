# OrderedDict: views, iterators, subclasses, messages
from collections import OrderedDict
import sys
o=OrderedDict(a=1,b=2,c=3)
print(o.keys(), o.values(), o.items(), iter(o).__class__, reversed(o).__class__)
print(list(reversed(o.items())), list(o.values()), list(reversed(o)), 'a' in o.keys(), ('a',1) in o.items(), 1 in o.values(), len(o.keys()), o.keys() & {'a','z'}, o.keys() == {'a','b','c'}, isinstance(o.keys(), type({}.keys())))
try:
    for k in o: o['z']=1
except RuntimeError as e: print(e)
print(o.pop('z'), o.pop('q', 5), o.setdefault('d'), o.setdefault('e', 7))
for f in (lambda: o.pop('nope'), lambda: o.pop(), lambda: o.pop('a', 1, 2), lambda: OrderedDict(1, 2), lambda: o.update(1, 2), lambda: o.setdefault(), lambda: OrderedDict.fromkeys(), lambda: o.popitem(1, 2), lambda: o.move_to_end('nope'), lambda: OrderedDict([1])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(OrderedDict.fromkeys('ab', 1), o.popitem(), o.popitem(last=False), o)
o |= {'x': 9}; print(o, o.__reduce__()[:4], list(o.__reduce__()[4]))
del o['x']; o.clear(); print(o, sys.getrefcount(o))
class OD(OrderedDict):
    def __setitem__(self, k, v): super().__setitem__(k, v*2)
    def __missing__(self, k): return 'missing '+k
x=OD(a=1); x['b']=2; print(x, x['q'], x.copy(), type(x.copy()))
x.attr=1; print(x.__dict__, vars(x), x.__reduce__()[2])
it=iter(x.items()); print(next(it), it.__reduce__())
print(eval('OrderedDict(a=1) == {"a":1}, OrderedDict(a=1,b=2)==OrderedDict(b=2,a=1)'))
