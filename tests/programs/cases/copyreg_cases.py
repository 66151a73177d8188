# copyreg: how classes are taken apart and put together.
import copy
import copyreg
import pickle


class Pair:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def __repr__(self):
        return f"Pair({self.a}, {self.b})"


class Slotted:
    __slots__ = "x", "_y", "__z"


class Child(Slotted):
    __slots__ = "w"


def reduce_pair(pair):
    return Pair, (pair.a, pair.b + 1)


for text in r'''
copyreg.pickle(Pair, reduce_pair), copyreg.dispatch_table[Pair] is reduce_pair
copy.copy(Pair(1, 2)), copy.deepcopy(Pair(1, 2)), pickle.loads(pickle.dumps(Pair(1, 2)))
copyreg.pickle(Pair, 5)
copyreg.constructor(5)
copyreg.constructor(Pair)
copyreg._slotnames(Slotted), copyreg._slotnames(Child), copyreg._slotnames(Pair)
copyreg.__newobj__(list, [1]), copyreg.__newobj_ex__(int, ("7",), {"base": 8})
complex in copyreg.dispatch_table, copyreg.dispatch_table[complex](1 + 2j)
type(int | str) in copyreg.dispatch_table, copyreg.dispatch_table[type(int | str)](int | str)[1]
object.__reduce_ex__(Pair(1, 2), 2)[0] is copyreg.__newobj__, object.__reduce_ex__(Pair(1, 2), 0)[0] is copyreg._reconstructor
copyreg._reconstructor(Pair, object, None).__class__, copyreg._reconstructor(int, int, 5)
copyreg.add_extension("a", "b", 77), copyreg.add_extension("a", "b", 77)
copyreg.add_extension("a", "b", 78)
copyreg.add_extension("c", "d", 77)
copyreg.add_extension("c", "d", 0)
copyreg.remove_extension("a", "b", 77), copyreg.clear_extension_cache()
copyreg.remove_extension("a", "b", 77)
object.__reduce_ex__(Slotted(), 1)
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
