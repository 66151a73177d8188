# gather, wait, as_completed.
import asyncio


async def job(n, error=None):
    await asyncio.sleep(n / 100)
    if error:
        raise error
    return n


async def main():
    print(await asyncio.gather())
    print(await asyncio.gather(job(3), job(1), job(2)))
    print(await asyncio.gather(job(1), job(2, KeyError("k")), return_exceptions=True))
    try:
        await asyncio.gather(job(1), job(2, KeyError("k")), job(3))
    except KeyError as error:
        print("raised", error)
    same = job(1)
    print(await asyncio.gather(same, same))
    tasks = [asyncio.create_task(job(n)) for n in (3, 1, 2)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print(sorted(t.result() for t in done), len(pending))
    done, pending = await asyncio.wait(tasks, timeout=0.005)
    print(sorted(t.result() for t in done), len(pending))
    done, pending = await asyncio.wait(tasks)
    print(sorted(t.result() for t in done), len(pending))
    tasks = [asyncio.create_task(job(n, ValueError(n) if n == 2 else None)) for n in (3, 1, 2)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print(len(done), len(pending), sorted(repr(t.exception()) for t in done))
    await asyncio.wait(tasks)
    print([await future for future in asyncio.as_completed([job(3), job(1), job(2)])])
    try:
        for future in asyncio.as_completed([job(1), job(30)], timeout=0.1):
            print(await future)
    except TimeoutError:
        print("as_completed: time is up")
    for bad in ([], 3):
        try:
            await asyncio.wait(bad)
        except (ValueError, TypeError) as error:
            print(type(error).__name__)


asyncio.run(main())
