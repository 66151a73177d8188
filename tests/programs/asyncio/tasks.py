# Tasks: names, order of steps, results, states.
import asyncio


async def step(name, n):
    for i in range(n):
        print(name, i)
        await asyncio.sleep(0)
    return name * n


async def main():
    a, b = asyncio.create_task(step("a", 3)), asyncio.create_task(step("b", 2), name="Bea")
    print(a.get_name(), b.get_name(), a.done())
    print(len(asyncio.all_tasks()), asyncio.current_task().get_name())
    print(await a, await b, a.done(), a.cancelled(), a.exception())
    print(repr(a).replace(__file__, "FILE"))
    print(await asyncio.sleep(0.01, "slept"))
    try:
        a.set_result(1)
    except RuntimeError as error:
        print(error)
    c = asyncio.create_task(step("c", 1))
    try:
        c.result()
    except asyncio.InvalidStateError as error:
        print(error)
    c.add_done_callback(lambda task: print("done:", task.result()))
    await c
    await asyncio.sleep(0)
    c.add_done_callback(lambda task: print("late"))
    await asyncio.sleep(0)
    future = asyncio.get_running_loop().create_future()
    print(future)
    asyncio.get_running_loop().call_later(0.01, future.set_result, 7)
    print(await future, future)
    try:
        future.set_result(8)
    except asyncio.InvalidStateError as error:
        print(error)
    try:
        await 3
    except TypeError as error:
        print(error)
    for bad in (3, step):
        try:
            asyncio.create_task(bad)
        except TypeError as error:
            print(str(error).split(" at ")[0])
    return "result"


print(asyncio.run(main()))
for bad in (3, main):
    try:
        asyncio.run(bad)
    except ValueError as error:
        print(str(error).split(" at ")[0])
try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print(error)
