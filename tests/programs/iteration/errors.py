def show(*functions):
    for f in functions:
        try:
            print("ok", f())
        except Exception as e:
            print(type(e).__name__, e)


show(lambda: enumerate(), lambda: enumerate(1), lambda: enumerate([], 1, 2), lambda: enumerate([], 'a'),
     lambda: list(enumerate(iterable=[1], start=2)), lambda: enumerate(foo=1), lambda: zip(1), lambda: zip([1], 2),
     lambda: zip(foo=1), lambda: map(), lambda: map(1), lambda: map(1, 2), lambda: map(int, [1], x=1),
     lambda: filter(1), lambda: filter(1, 2), lambda: filter(1, 2, 3), lambda: reversed(), lambda: reversed(1),
     lambda: reversed({1}), lambda: reversed([1], 2), lambda: iter(), lambda: iter(1), lambda: iter(1, 2),
     lambda: next(1), lambda: next(), lambda: len(), lambda: len(1), lambda: sorted(), lambda: sorted([1], 2), lambda: sorted([1], foo=1),
     lambda: min(), lambda: min(1), lambda: min(1, 2, foo=3), lambda: min(1, 2, default=3), lambda: max([]))
show(lambda: [].sort(1), lambda: [].sort(foo=1), lambda: list(1), lambda: list(1, 2), lambda: list(a=1),
     lambda: dict(1), lambda: dict([1]), lambda: dict([(1,)]), lambda: dict(1, 2), lambda: {}.update(1, 2),
     lambda: {}.pop(), lambda: {}.pop(1), lambda: {}.popitem(), lambda: set(1, 2), lambda: set(a=1),
     lambda: set().pop(), lambda: set().remove(3), lambda: {1}.add([]), lambda: [].pop(), lambda: [1].pop(5),
     lambda: [].remove(1), lambda: [].insert(1), lambda: {}.fromkeys(), lambda: {}.get(), lambda: print(sep=1),
     lambda: print(foo=1), lambda: any(1), lambda: any(), lambda: [].append(), lambda: [].append(1, 2),
     lambda: exec(1), lambda: eval(1), lambda: compile(), lambda: compile("a"), lambda: compile("x", "f", "zz"),
     lambda: __import__(1), lambda: __import__(""), lambda: input(1, 2), lambda: [1] < 1, lambda: {1} | [1],
     lambda: {} | 1, lambda: [] + (), lambda: [1][5], lambda: {}[1], lambda: list(zip([1], [], strict=True)),
     lambda: list(zip([], [1], strict=True)), lambda: frozenset(a=1), lambda: [].index(1, 2, 3, 4), lambda: sorted([1, "a"]))
