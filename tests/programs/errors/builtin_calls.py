"""Builtin functions called with the wrong arguments."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

attempt(lambda: len(), lambda: len(1, 2), lambda: len(5), lambda: len(x=1), lambda: abs(), lambda: ord(), lambda: chr(), lambda: isinstance(1), lambda: isinstance(1, 2), lambda: isinstance(1, (int, 2)), lambda: issubclass(1, int), lambda: issubclass(int, 1),
        lambda: iter(5), lambda: iter(5, 6), lambda: next(5), lambda: next(iter([])), lambda: next(iter([]), 0), lambda: reversed(5), lambda: reversed({1}), lambda: enumerate(5), lambda: enumerate(), lambda: enumerate([], "a"), lambda: zip(5), lambda: list(zip([1], [1, 2], strict=True)),
        lambda: map(), lambda: map(5), lambda: list(map(5, [1])), lambda: filter(5), lambda: list(filter(5, [1])), lambda: print(sep=1), lambda: print(end=1), lambda: print(x=1), lambda: hash([]), lambda: hash({}), lambda: id(), lambda: bin("a"), lambda: hex(1.5), lambda: oct(None),
        lambda: round(1.5, "a"), lambda: round(), lambda: getattr(1), lambda: getattr(1, 2), lambda: getattr(1, "x"), lambda: setattr(1, "x", 2), lambda: delattr(1, "x"), lambda: vars(1), lambda: dir(1, 2), lambda: callable(), lambda: type(), lambda: type(1, 2), lambda: type("X", 1, {}), lambda: all(5), lambda: any(5),
        lambda: input(1, 2), lambda: eval(5), lambda: exec(5), lambda: compile("1"), lambda: __import__(5), lambda: sum(5), lambda: sum([1], "a"), lambda: pow(2), lambda: divmod(1), lambda: sorted(), lambda: slice(), lambda: super(), lambda: property(1, 2, 3, 4, 5), lambda: object(1), lambda: bool(1, 2), lambda: memoryview("a"))
len(3)
