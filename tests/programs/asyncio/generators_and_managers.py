# Async generators, comprehensions and context managers under a loop.
import asyncio
import contextlib


async def count(n):
    try:
        for i in range(n):
            yield i
            await asyncio.sleep(0.001)
    finally:
        print("count", n, "closed")


@contextlib.asynccontextmanager
async def room(name):
    print("enter", name)
    await asyncio.sleep(0)
    try:
        yield name.upper()
    finally:
        await asyncio.sleep(0)
        print("leave", name)


class Manager:
    async def __aenter__(self):
        await asyncio.sleep(0)
        return "inside"

    async def __aexit__(self, kind, error, tb):
        await asyncio.sleep(0)
        print("exit with", kind and kind.__name__)
        return kind is KeyError


class Countdown:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        await asyncio.sleep(0)
        if not self.n:
            raise StopAsyncIteration
        self.n -= 1
        return self.n


async def main():
    print([x async for x in count(3)], {x: x async for x in count(2) if x})
    async for x in count(9):
        if x == 1:
            break
    agen = count(5)
    print(await agen.__anext__(), await anext(agen), await anext(agen, "default"))
    await agen.aclose()
    print(await anext(agen, "default"))
    try:
        await anext(agen)
    except StopAsyncIteration:
        print("exhausted")
    print([x async for x in Countdown(3)])
    async with room("one") as one, room("two") as two:
        print(one, two)
    async with Manager() as m:
        print(m)
        raise KeyError
    try:
        async with Manager():
            raise ValueError("out")
    except ValueError as error:
        print(repr(error))
    async with contextlib.AsyncExitStack() as stack:
        print([await stack.enter_async_context(room(name)) for name in "ab"])
    async def echo():
        got = None
        while True:
            try:
                got = yield got
            except KeyError as error:
                got = repr(error)
    e = echo()
    print(await e.asend(None), await e.asend("hi"), await e.athrow(KeyError("thrown")))
    await e.aclose()
    left = count(7)
    print(await anext(left))


asyncio.run(main())
