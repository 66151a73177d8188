# reprlib: representations with an end.
import reprlib

short = reprlib.Repr()
short.maxlist, short.maxstring, short.maxlevel = 2, 12, 2


class Own(reprlib.Repr):
    def repr_int(self, value, level):
        return f"<{value}>"


class Loop:
    @reprlib.recursive_repr("(again)")
    def __repr__(self):
        return f"Loop({self!r})"


class Broken:
    def __repr__(self):
        raise ValueError


for text in r'''
reprlib.repr(list(range(20)))
reprlib.repr(tuple(range(9))), reprlib.repr((1,)), reprlib.repr(())
reprlib.repr(set(range(9))), reprlib.repr(set()), reprlib.repr(frozenset({1}))
reprlib.repr({n: n for n in range(9)}), reprlib.repr({})
reprlib.repr("x" * 100)
reprlib.repr(10 ** 60)
short.repr([1, [2, [3, [4]]], 5])
short.repr("a long string with words")
short.repr([[1, 2, 3], [4]])
Own().repr([1, 2])
reprlib.repr(Loop())
reprlib.repr(__import__("collections").deque(range(9))), reprlib.repr(__import__("array").array("i", range(9)))
reprlib.repr(Broken())[:8]
reprlib.repr([[[[[[[[1]]]]]]]])
reprlib.aRepr.maxlevel, reprlib.aRepr.maxdict, reprlib.aRepr.maxother, reprlib.aRepr.fillvalue
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
