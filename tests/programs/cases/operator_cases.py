# operator: the operators as functions.
import operator
from types import SimpleNamespace

person = SimpleNamespace(name="Ann", home=SimpleNamespace(city="Bern"))
items = [1, 2]


for text in r'''
operator.add(2, 3), operator.sub(2, 3), operator.truediv(1, 4), operator.floordiv(-7, 2), operator.mod(-7, 3), operator.pow(2, 10)
operator.lt(1, 2), operator.eq("a", "a"), operator.ge(1, 2), operator.is_(None, None), operator.is_not(1, None), operator.not_([])
operator.and_(6, 3), operator.or_(6, 3), operator.xor(6, 3), operator.invert(5), operator.lshift(1, 4), operator.neg(3), operator.pos(-3)
operator.contains([1, 2], 2), operator.countOf("banana", "a"), operator.indexOf("abc", "c"), operator.concat("a", "b")
operator.indexOf("abc", "z")
operator.concat(1, 2)
operator.getitem("abc", 1), operator.getitem({1: 2}, 1), operator.setitem(items, 0, 9), operator.delitem(items, 1), items
operator.itemgetter(1)("abc"), operator.itemgetter(2, 0)("abc"), operator.itemgetter(slice(1, 3))("abcd")
operator.itemgetter()
operator.attrgetter("name")(person), operator.attrgetter("home.city", "name")(person)
operator.attrgetter("home.zip")(person)
operator.methodcaller("upper")("a"), operator.methodcaller("split", ",", maxsplit=1)("a,b,c")
operator.methodcaller(5)
repr(operator.itemgetter(1, 2)), repr(operator.attrgetter("a.b")), repr(operator.methodcaller("f", 1, k=2))
operator.iadd([1], [2]), operator.imul([1], 2), operator.ior({1}, {2}), operator.isub(5, 1)
operator.index(True), operator.length_hint(iter([1, 2])), operator.length_hint(object(), 7), operator.truth([0])
operator.index(1.5)
operator.length_hint([], "x")
operator.matmul(1, 2)
operator.call(max, 1, 5), operator.abs(-3), operator.__add__ is operator.add
sorted([("b", 2), ("a", 3)], key=operator.itemgetter(1))
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
