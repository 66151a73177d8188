# TaskGroup: all end together, errors are gathered.
import asyncio


async def job(n, error=None):
    try:
        await asyncio.sleep(n / 100)
    except asyncio.CancelledError:
        print("job", n, "cancelled")
        raise
    if error:
        raise error
    print("job", n)
    return n


async def main():
    async with asyncio.TaskGroup() as group:
        a, b = group.create_task(job(2)), group.create_task(job(1), name="bee")
    print(a.result(), b.result(), b.get_name())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(job(1, ValueError("v")))
            group.create_task(job(2))
            await asyncio.sleep(1)
            print("not reached")
    except* ValueError as errors:
        print(repr(errors))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(job(5))
            await asyncio.sleep(0)
            raise KeyError("body")
    except* KeyError as errors:
        print(repr(errors))

    async def clean(n):
        try:
            await asyncio.sleep(1)
        finally:
            raise OSError(n)

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(clean(1))
            group.create_task(clean(2))
            await asyncio.sleep(0)
            1 / 0
    except* OSError as errors:
        print(sorted(str(error) for error in errors.exceptions))
    except* ZeroDivisionError as errors:
        print(repr(errors))
    try:
        group.create_task(job(1))
    except RuntimeError as error:
        print("finished" in str(error))

    async def whole():
        async with asyncio.TaskGroup() as group:
            group.create_task(job(7))
            group.create_task(job(7))

    task = asyncio.create_task(whole())
    await asyncio.sleep(0.01)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("the group was cancelled")
    async with asyncio.TaskGroup() as group:

        async def more(n):
            if n:
                group.create_task(more(n - 1))
            print("more", n)

        group.create_task(more(3))


import warnings

warnings.simplefilter("ignore")
asyncio.run(main())
