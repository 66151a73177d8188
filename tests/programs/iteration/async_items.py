"""Items of async generators: the plain way from `yield` to `async for`, and all that leaves it."""
import collections
import gc
import sys
import types


class Tree:
    def __init__(self, left, value, right):
        self.left, self.value, self.right = left, value, right

    async def __aiter__(self):
        if self.left:
            async for item in self.left:
                yield item
        yield self.value
        if self.right:
            async for item in self.right:
                yield item


def tree(numbers):
    if not numbers:
        return None
    middle = len(numbers) // 2
    return Tree(tree(numbers[:middle]), numbers[middle], tree(numbers[middle + 1 :]))


def drive(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as end:
        return end.value


async def counted(items):
    seen = []
    async for item in items:
        seen.append((item, gc.get_count()[0], len(gc.get_objects())))
    return seen


gc.collect()
gc.disable()
first, *rest = drive(counted(tree(range(12))))
print(first[0], [(item, count - first[1], tracked - first[2]) for item, count, tracked in rest])

# Values that would not stay as they are in a StopIteration, and some that look like them.
Pair = collections.namedtuple("Pair", "a b")


class Text(str):
    pass


async def values():
    for value in (), (1, 2), Pair(1, 2), ValueError("x"), StopIteration(3), Text("t"), [1], None, 2**70, ValueError, Pair:
        yield value


async def show(items, base):
    async for item in items:
        print(repr(item), type(item).__name__, gc.get_count()[0] - base)


drive(show(values(), gc.get_count()[0]))


# While an exception is handled, outside or inside.
async def handling(items, base):
    try:
        1 / 0
    except ZeroDivisionError as error:
        async for item in items:
            print(repr(item), sys.exc_info()[1] is error, gc.get_count()[0] - base)


async def yields_handling():
    try:
        [][0]
    except IndexError:
        yield 1
        yield (2,)
        print(type(sys.exc_info()[1]).__name__)
    yield 3


drive(handling(values(), gc.get_count()[0]))
drive(handling(yields_handling(), gc.get_count()[0]))
drive(show(yields_handling(), gc.get_count()[0]))


# What is awaited on the way, and what is sent.
@types.coroutine
def pause(value):
    return (yield value)


async def slow():
    got = yield 1
    print("sent in", got)
    print("awaited", await pause("p"))
    got = yield 2
    print("sent in", got)
    try:
        yield 3
    finally:
        print("closing", await pause("q"))


async def by_hand(items):
    print(await items.asend(None))
    print(await items.asend("a"))
    print(await items.__anext__())
    print(await anext(items, "default"))
    try:
        await items.__anext__()
    except StopAsyncIteration as end:
        print("end", end.args)
    print(await anext(items, "default"))


coroutine, answer = by_hand(slow()), None
try:
    while True:
        answer = coroutine.send(answer and answer * 2)
        print("yielded", answer)
except StopIteration:
    print("done")


async def loop_over(items):
    async for item in items:
        print("item", item)
        if item == 3:
            await items.aclose()


coroutine, answer = loop_over(slow()), None
try:
    while True:
        answer = coroutine.send(answer)
        print("yielded", answer)
except StopIteration:
    print("done")

# Two at once, an awaitable twice, and one that is stopped in the middle.
items = slow()
one, two = loop_over(items), loop_over(items)
print(one.send(None))
try:
    two.send(None)
except RuntimeError as error:
    print(error)
try:
    one.throw(KeyError("in"))
except KeyError as error:
    print("out", error)
try:
    one.send(None)
except RuntimeError as error:
    print(error)

items = values()
awaitable = items.__anext__()
for _ in range(2):
    try:
        awaitable.send(None)
    except (StopIteration, RuntimeError) as end:
        print(repr(end))


async def kept(items):
    awaitables = []
    for _ in range(3):
        awaitable = items.__anext__()
        awaitables.append(awaitable)
        print(repr(await awaitable), sys.getrefcount(awaitable), sys.getrefcount(items))
    for awaitable in awaitables:
        try:
            await awaitable
        except RuntimeError as error:
            print(error)


drive(kept(values()))


# Exceptions out of the body, with their tracebacks, and the end of the levels.
async def failing(n):
    if n:
        async for item in failing(n - 1):
            yield item
        raise AssertionError("not reached")
    yield "before"
    raise KeyError("deep")


async def lines(items):
    try:
        async for item in items:
            print(item)
    except KeyError as error:
        tb, found = error.__traceback__, []
        while tb:
            found.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
            tb = tb.tb_next
        print(found, error.__context__)


drive(lines(failing(4)))


async def levels(n):
    if n:
        async for item in levels(n - 1):
            yield item
    yield n


async def count(items):
    n = 0
    async for _ in items:
        n += 1
    return n


print(drive(count(levels(100))))
try:
    drive(count(levels(1200)))
except RecursionError as error:
    print(error)


# Finalizers between two items.
class Told:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dead", self.name)


async def losing():
    for n in range(3):
        yield Told(n)
        print("after", n)


async def lose():
    async for told in losing():
        print("got", told.name)
    print("all")


drive(lose())


# Under a trace function.
def trace(frame, event, argument):
    if event in ("return", "exception"):
        argument = argument[0] if event == "exception" else argument
        print(frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno, type(argument).__name__)
    return trace


async def few():
    yield 1
    yield (2,)


sys.settrace(trace)
drive(count(few()))
sys.settrace(None)
print(drive(count(few())))


# Not async iterators.
class Bad:
    def __aiter__(self):
        return 1


for bad in Bad(), 1, [1]:
    try:
        drive(count(bad))
    except TypeError as error:
        print(error)
