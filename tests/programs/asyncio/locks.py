# Lock, Event, Condition, Semaphore, Barrier of asyncio.
import asyncio


def told(thing):
    return repr(thing).split("[")[1]


async def main():
    lock = asyncio.Lock()
    print(lock.locked(), told(lock))

    async def critical(name):
        async with lock:
            print(name, "in", lock.locked(), told(lock))
            await asyncio.sleep(0)
            print(name, "out")

    await asyncio.gather(*map(critical, "abc"))
    try:
        lock.release()
    except RuntimeError as error:
        print(error)
    event = asyncio.Event()

    async def waits(n):
        print(n, await event.wait())

    tasks = [asyncio.create_task(waits(n)) for n in range(2)]
    await asyncio.sleep(0)
    print(told(event), event.is_set())
    event.set()
    await asyncio.gather(*tasks)
    event.clear()
    print(event.is_set())
    condition, items = asyncio.Condition(), []

    async def consumer(n):
        async with condition:
            await condition.wait_for(lambda: items)
            print("consumer", n, items.pop())

    tasks = [asyncio.create_task(consumer(n)) for n in range(3)]
    for n in range(3):
        await asyncio.sleep(0)
        async with condition:
            items.append(n)
            condition.notify()
    await asyncio.gather(*tasks)
    for call in condition.notify, condition.notify_all:
        try:
            call()
        except RuntimeError as error:
            print(error)
    semaphore = asyncio.Semaphore(2)
    inside = most = 0

    async def visit():
        nonlocal inside, most
        async with semaphore:
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(*[visit() for _ in range(5)])
    print(most, told(semaphore), semaphore.locked())
    bounded = asyncio.BoundedSemaphore()
    try:
        bounded.release()
    except ValueError as error:
        print(error)
    barrier = asyncio.Barrier(3)

    async def meet():
        return await barrier.wait()

    print(sorted(await asyncio.gather(meet(), meet(), meet())), barrier.broken, barrier.n_waiting)
    alone = asyncio.create_task(meet())
    await asyncio.sleep(0)
    await barrier.abort()
    try:
        await alone
    except asyncio.BrokenBarrierError as error:
        print("broken", barrier.broken)
    waiting = asyncio.create_task(lock.acquire())
    await lock.acquire()
    await asyncio.sleep(0)
    print(waiting.done(), told(lock))
    waiting.cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(waiting.cancelled(), told(lock))


asyncio.run(main())
