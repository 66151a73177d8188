def f():
    x = yield
    y = yield x
    yield from z
    return (yield)
g = lambda: (yield)
h = lambda: (yield 1) if x else (yield 2)
