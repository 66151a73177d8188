"""Trains a build: calls, closures, generators, exceptions, coroutines, recursion, context managers, matching."""

import asyncio
import contextlib
import functools


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def counter(step=1, *, start=0):
    count = start

    def more(by=None, *rest, **named):
        nonlocal count
        count += (step if by is None else by) + len(rest) + len(named)
        return count

    return more


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


def checked(n):
    caught = finished = 0
    for i in range(n):
        try:
            if i % 3 == 0:
                raise ValueError(i)
            if i % 3 == 1:
                {}[i]
        except ValueError as error:
            caught += error.args[0] % 2
        except (KeyError, IndexError):
            caught += 2
        else:
            caught += 3
        finally:
            finished += 1
        with guarded(i):
            if i % 5 == 0:
                raise LookupError
    return caught, finished


@contextlib.contextmanager
def guarded(i):
    try:
        yield i
    except LookupError:
        pass


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        return kind is OSError


def managed(n):
    for i in range(n):
        with Manager() as manager:
            if i % 4 == 0:
                raise OSError(manager)
    return n


def shape(value):
    match value:
        case int() | float():
            return 1
        case [x, y]:
            return shape(x) + shape(y)
        case {"kind": kind, **rest}:
            return len(kind) + len(rest)
        case str(text) if text:
            return 2
        case _:
            return 0


@functools.lru_cache(maxsize=None)
def ways(n):
    return 1 if n < 2 else ways(n - 1) + ways(n - 2)


async def passed_on(n):
    if n == 0:
        await asyncio.sleep(0)
        return 1
    return await passed_on(n - 1) + 1


async def numbers(n):
    for i in range(n):
        yield i


async def main():
    total = 0
    async for i in numbers(3000):
        total += i
    found = await asyncio.gather(*(passed_on(n % 20) for n in range(150)))
    return total + sum(found) + sum([i async for i in numbers(500)])


print(fib(18), ackermann(2, 40), ways(80))
more = counter(2, start=5)
for i in range(8000):
    more()
    more(i)
    more(1, 2, 3, a=4)
print(more(), sum(tree(12)), sum(1 for _ in tree(10)))
print(checked(6000), managed(4000))
print(sum(shape(v) for v in [1, 2.5, [1, "a"], {"kind": "x", "y": 1}, "", None] * 800))
print(asyncio.run(main()))
add = functools.reduce(lambda f, g: lambda x: g(f(x)), [lambda x: x + 1] * 30)
print(sum(add(i) for i in range(400)), sum(map(lambda x: x * 2, filter(None, range(8000)))))
