"""Generators used wrongly."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

def g():
    yield 1
    return 2
def early():
    x = g()
    x.send(5)
def running():
    def gen():
        yield next(me)
    me = gen()
    return next(me)
def after():
    x = g()
    list(x)
    return next(x)
def stop_inside():
    def gen():
        yield 1
        raise StopIteration
    return list(gen())
def ignore_exit():
    def gen():
        try:
            yield
        except GeneratorExit:
            yield
    x = gen(); next(x); x.close()
attempt(early, running, after, stop_inside, ignore_exit, lambda: g().throw(ValueError("in")), lambda: g().throw(5), lambda: g().throw(), lambda: g().send(), lambda: g().close(1), lambda: g()[0], lambda: len(g()), lambda: g() + 1)
def delegate():
    yield from 5
attempt(lambda: list(delegate()))
async def co(): return 1
c = co()
attempt(lambda: c.send(3), lambda: list(c), lambda: c.send(None))
def outer():
    yield from inner()
def inner():
    yield 1
    raise RuntimeError("inside")
for x in outer():
    print(x)
