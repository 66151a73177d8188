# copy: what is copied, what is shared, and how classes take part.
import copy


class Node:
    def __init__(self, value, after=None):
        self.value, self.after = value, after


class Slotted:
    __slots__ = "a", "b"


class Own:
    def __copy__(self):
        return "a copy of its own"

    def __deepcopy__(self, memo):
        return f"a deep one, memo has {len(memo)}"


class Reduced:
    def __reduce__(self):
        return (complex, (1, 2))


ring = Node(1)
ring.after = ring
inner = [1, 2]
pair = [inner, inner]
slotted = Slotted()
slotted.a = inner


for text in r'''
copy.copy(pair)[0] is inner
copy.deepcopy(pair)[0] is inner
(lambda c: c[0] is c[1])(copy.deepcopy(pair))
(lambda c: c.after is c and c is not ring)(copy.deepcopy(ring))
copy.copy(ring).after is ring
(lambda t: copy.copy(t) is t)((1, 2)), (lambda t: copy.copy(t) is t)(())
(lambda t: copy.deepcopy(t) is t)((1, "a", (2.5, None)))
(lambda t: copy.deepcopy(t) is t)((1, []))
copy.copy(slotted).a is inner, hasattr(copy.copy(slotted), "b")
copy.deepcopy(slotted).a, copy.deepcopy(slotted).a is inner
copy.copy(Own())
copy.deepcopy(Own())
copy.copy(Reduced()), copy.deepcopy(Reduced())
[copy.copy(f) is f for f in (len, print, int, type, ..., None, 5, range(3), b"x")]
copy.deepcopy({1: {2: [3]}, "k": {4, 5}})
copy.copy(bytearray(b"ab")), copy.copy({1, 2}), copy.copy(frozenset("a"))
copy.deepcopy([1, 2], {id(1): "never asked"})
copy.copy(iter([1, 2])).__next__()
copy.copy(x for x in [])
copy.deepcopy(copy)
copy.Error is copy.error, copy.Error.__mro__[1]
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
