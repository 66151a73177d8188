"""`yield from` and `await` through many levels: the plain way up and down, and all that leaves it."""
import gc
import sys


class Tree:
    def __init__(self, left, value, right):
        self.left, self.value, self.right = left, value, right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


def tree(numbers):
    if not numbers:
        return None
    middle = len(numbers) // 2
    return Tree(tree(numbers[:middle]), numbers[middle], tree(numbers[middle + 1 :]))


print(list(tree(range(20))), sum(tree(range(50))), max(tree(range(9))))
gc.collect()
gc.disable()
base = gc.get_count()[0]
none = sys.getrefcount(None)
print([(item, gc.get_count()[0] - base, sys.getrefcount(None) - none) for item in tree(range(15))])


def down(n, told):
    told.append(n)
    got = yield n
    if n:
        got = yield from down(n - 1, told)
    told.append(-n)
    if got == "raise":
        raise KeyError(n)
    return got if got is None else f"{got}{n}"


# Values sent in on the way, and what the levels return.
for sent in None, "s", "raise":
    told, generator = [], down(4, [])
    generator = down(4, told)
    seen = []
    try:
        value = next(generator)
        while True:
            seen.append(value)
            value = generator.send(sent)
    except StopIteration as end:
        print(seen, told, end.value)
    except KeyError as error:
        lines, tb = [], error.__traceback__
        while tb:
            lines.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
            tb = tb.tb_next
        print(seen, told, error, lines)


def forward(n, inner):
    if n:
        return (yield from forward(n - 1, inner))
    return (yield from inner)


# What the levels say of themselves while they wait and while they run.
def looking(outer):
    for _ in range(2):
        running = []
        at = outer[0]
        while at is not None:
            running.append((at.gi_running, at.gi_yieldfrom is None, at.gi_frame.f_lineno - at.gi_code.co_firstlineno))
            at = at.gi_yieldfrom
        yield running
    try:
        next(outer[0])
    except ValueError as error:
        yield str(error)


outer = []
outer.append(forward(3, looking(outer)))
for seen in outer[0]:
    print(seen)
    at = outer[0]
    while at is not None:
        print(at.gi_running, at.gi_suspended, at.gi_frame.f_lasti, sys.getrefcount(at), end="; ")
        at = at.gi_yieldfrom
    print()

# An inner one that somebody else goes on with, or ends.
inner = iter(range(5))
shared = (item for item in inner)
generator = forward(2, shared)
print(next(generator), next(shared), next(generator))
shared.close()
print(next(generator, "end"))
taken = (item for item in "abc")
print([*taken], next(forward(1, taken), "end"))

# Iterators that are no generators below.
for inner in [1, 2], "ab", range(2), {3: 4}, iter([5]), map(str, [6]):
    print(list(forward(2, inner)), end=" ")
print()


# Throwing and closing in the middle.
def careful(name):
    try:
        while True:
            try:
                yield name
            except KeyError as error:
                yield f"caught {error}"
    finally:
        print("leaving", name)


generator = forward(3, careful("c"))
print(next(generator), generator.throw(KeyError("k")), next(generator))
try:
    generator.throw(IndexError("i"))
except IndexError as error:
    print(repr(error))
generator = forward(3, careful("d"))
next(generator)
generator.close()
generator = forward(3, careful("e"))
next(generator)
del generator


# Levels of recursion.
def levels(n):
    if n:
        yield from levels(n - 1)
    yield n


print(sum(levels(300)))
try:
    print(len(list(levels(1200))))
except RecursionError as error:
    print(error)
made = levels(0)
for _ in range(400):
    made = forward(0, made)
limit = sys.getrecursionlimit()
print(next(made))
sys.setrecursionlimit(300)
try:
    next(made, None)
except RecursionError as error:
    print(error)
sys.setrecursionlimit(limit)


# Coroutines: values, exceptions, awaited twice.
async def add(n):
    if n <= 1:
        return n
    return await add(n - 1) + await add(n - 2)


def drive(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as end:
        return end.value


print(drive(add(10)))
base, none = gc.get_count()[0], sys.getrefcount(None)


async def watched(n):
    if not n:
        return gc.get_count()[0] - base, sys.getrefcount(None) - none
    return await watched(n - 1)


print(drive(watched(6)))


async def twice():
    coroutine = add(3)
    print(await coroutine)
    await coroutine


try:
    drive(twice())
except RuntimeError as error:
    print(error)


class Told:
    def __del__(self):
        print("dead")


async def losing():
    told = Told()
    return "lost"


async def lose():
    print(await losing())


drive(lose())


# Under a trace function.
def trace(frame, event, argument):
    if frame.f_code.co_name in ("levels", "add"):
        print(frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno, argument if event == "return" else "")
    return trace


sys.settrace(trace)
list(levels(2))
drive(add(2))
sys.settrace(None)


# What __iter__ may give, and which instances are true.
class Gives:
    def __init__(self, given):
        self.given = given

    def __iter__(self):
        return self.given


for given in iter("xy"), [1], None, Gives(1):
    try:
        print(list(forward(1, Gives(given))))
    except TypeError as error:
        print(error)


class Plain:
    pass


class Sized:
    size = 0

    def __len__(self):
        return self.size


class Lengthy(Plain, Sized):
    size = 2


class Never(Lengthy):
    def __bool__(self):
        return False


class Slotted:
    __slots__ = "a"


kinds = Plain, Sized, Lengthy, Never, Slotted
print([bool(kind()) for kind in kinds], ["yes" if kind() else "no" for kind in kinds])
plain = Plain()
print(bool(plain), not plain)
Plain.__len__ = lambda self: 0
print(bool(plain), not plain, 1 if plain else 2)
del Plain.__len__
Plain.__bool__ = lambda self: False
print(bool(plain), not plain, 1 if plain else 2)

# Slices of ranges.
differences = 0
bounds = None, -7, -3, -1, 0, 1, 2, 5, 9
for numbers in range(0), range(5), range(3, 20, 4), range(10, -5, -3), range(-2, 3), range(True, 5):
    for start in bounds:
        for stop in bounds:
            for step in None, -3, -1, 1, 2, 8:
                part = numbers[start:stop:step]
                differences += list(part) != list(numbers)[start:stop:step]
print(differences)
big = 2**62
for part in (
    range(5)[1:3], range(3, 20, 4)[::-2], range(10)[7:2], range(0)[5:], range(-big, big)[big:], range(-big, big, big - 1)[::3],
    range(2**63 - 3, 2**63 + 3)[1:5], range(2**64)[2**63:], range(10)[-(2**63):2**63:2**62], range(10)[::-(2**63)], range(9)[True:],
    range(2**63 - 1)[::-1], range(-(2**63), 2**63 - 1)[1:],
):
    print(part, part.start, part.stop, part.step)
try:
    range(5)[::0]
except ValueError as error:
    print(error)
