# Queues of asyncio: order, bounds, join.
import asyncio


async def main():
    queue = asyncio.Queue(2)
    print(queue, queue.maxsize, queue.empty(), queue.full())

    async def produce():
        for n in range(5):
            await queue.put(n)
            print("put", n, queue.qsize())
        await queue.put(None)

    task = asyncio.create_task(produce())
    while (item := await queue.get()) is not None:
        print("got", item)
    await task
    for call in queue.get_nowait, lambda: [queue.put_nowait(n) for n in range(3)]:
        try:
            call()
        except (asyncio.QueueEmpty, asyncio.QueueFull) as error:
            print(type(error).__name__)
    print(queue)
    priority, last = asyncio.PriorityQueue(), asyncio.LifoQueue()
    for item in (3, 1, 2):
        priority.put_nowait(item)
        last.put_nowait(item)
    print([priority.get_nowait() for _ in range(3)], [last.get_nowait() for _ in range(3)])
    work, done = asyncio.Queue(), []

    async def worker(name):
        while True:
            item = await work.get()
            await asyncio.sleep(0.01 * item)
            done.append((name, item))
            work.task_done()

    workers = [asyncio.create_task(worker(name)) for name in "ab"]
    for item in (3, 1, 1, 2):
        work.put_nowait(item)
    await work.join()
    print(done)
    for each in workers:
        each.cancel()
    print(await asyncio.gather(*workers, return_exceptions=True))
    try:
        work.task_done()
    except ValueError as error:
        print(error)
    getter = asyncio.create_task(work.get())
    await asyncio.sleep(0)
    print(work)
    getter.cancel()
    await asyncio.sleep(0)
    print(work)


asyncio.run(main())
