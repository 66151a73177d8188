# wait_for, timeout, timeout_at.
import asyncio


async def slow(n):
    try:
        await asyncio.sleep(n)
        return n
    except asyncio.CancelledError:
        print("slow is cancelled")
        raise


async def main():
    print(await asyncio.wait_for(slow(0.01), 1), await asyncio.wait_for(slow(0.01), None))
    for limit in (0.01, 0, -1):
        try:
            await asyncio.wait_for(slow(1), limit)
        except asyncio.TimeoutError as error:
            print("wait_for", limit, repr(error), type(error.__cause__).__name__)
    try:
        async with asyncio.timeout(0.01) as scope:
            await slow(1)
    except TimeoutError as error:
        print("timeout", repr(error), scope.expired(), type(error.__cause__).__name__)
    async with asyncio.timeout(1) as scope:
        await slow(0.01)
    print(scope.expired())
    async with asyncio.timeout(None) as scope:
        print(scope.when())
        scope.reschedule(asyncio.get_running_loop().time() + 0.01)
        try:
            await slow(1)
        except asyncio.CancelledError:
            print("inside it is CancelledError")
    try:
        async with asyncio.timeout_at(asyncio.get_running_loop().time() - 1):
            await slow(1)
    except TimeoutError:
        print("in the past")
    try:
        async with asyncio.timeout(1):
            async with asyncio.timeout(0.01):
                await slow(1)
    except TimeoutError:
        print("the inner one")
    try:
        async with asyncio.timeout(0.01):
            raise KeyError("other")
    except KeyError as error:
        print(repr(error))
    try:
        scope.reschedule(1)
    except RuntimeError as error:
        print(error)


try:
    asyncio.run(main())
except TimeoutError:
    print("main timed out")
