# The loop and other threads: to_thread, run_in_executor, call_soon_threadsafe, run_coroutine_threadsafe, a loop of its own.
import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def blocking(n):
    time.sleep(n / 100)
    return n, threading.current_thread() is threading.main_thread()


def failing():
    raise KeyError("from a thread")


async def main():
    print(await asyncio.to_thread(blocking, 1))
    print(await asyncio.gather(*[asyncio.to_thread(blocking, n) for n in (3, 1, 2)]))
    try:
        await asyncio.to_thread(failing)
    except KeyError as error:
        print(repr(error))
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as pool:
        print(await loop.run_in_executor(pool, blocking, 2))
    future = loop.create_future()
    threading.Timer(0.01, loop.call_soon_threadsafe, (future.set_result, "from a timer")).start()
    print(await future)

    async def answer(n):
        await asyncio.sleep(0.01)
        return n * 2

    def ask():
        return asyncio.run_coroutine_threadsafe(answer(21), loop).result()

    print(await asyncio.to_thread(ask))
    ticks = []

    async def tick():
        while True:
            ticks.append(1)
            await asyncio.sleep(0.001)

    ticking = asyncio.create_task(tick())
    await asyncio.to_thread(time.sleep, 0.05)
    ticking.cancel()
    print(len(ticks) > 10)


asyncio.run(main())
results = []


def own_loop(n):
    async def inner():
        await asyncio.sleep(0.01 * n)
        return n

    results.append(asyncio.run(inner()))


threads = [threading.Thread(target=own_loop, args=(n,)) for n in (3, 1, 2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(results)


def no_loop():
    try:
        asyncio.get_event_loop()
    except RuntimeError as error:
        print(error)


thread = threading.Thread(target=no_loop, name="other")
thread.start()
thread.join()
