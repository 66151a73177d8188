# Cancelling: where it arrives, what may stop it, what it leaves behind.
import asyncio


async def patient(name):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        print(name, "cancelled", error.args)
        raise
    finally:
        print(name, "cleans up")


async def stubborn():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("goes on")
    await asyncio.sleep(0.01)
    return "anyway"


async def outer(inner):
    return await inner


async def main():
    task = asyncio.create_task(patient("one"))
    await asyncio.sleep(0)
    print(task.cancel("why"), task.cancelling(), task.cancelled())
    try:
        await task
    except asyncio.CancelledError as error:
        print("caught", error.args, task.cancelled(), task.cancel())
    never = asyncio.create_task(patient("never begun"))
    never.cancel()
    try:
        await never
    except asyncio.CancelledError:
        print("never begun", never.cancelled())
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    task.cancel()
    print(await task, task.cancelled(), task.cancelling(), task.uncancel())
    inner = asyncio.create_task(patient("inner"))
    task = asyncio.create_task(outer(inner))
    await asyncio.sleep(0.01)
    task.cancel()
    print(await asyncio.gather(task, inner, return_exceptions=True))
    inner = asyncio.create_task(stubborn())
    task = asyncio.create_task(outer(asyncio.shield(inner)))
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.sleep(0)
    print(task.cancelled(), inner.done())
    inner.cancel()
    print(await inner)
    both = asyncio.gather(patient("g1"), patient("g2"))
    await asyncio.sleep(0)
    both.cancel()
    try:
        await both
    except asyncio.CancelledError:
        print("gather cancelled")
    asyncio.create_task(patient("left over"))
    await asyncio.sleep(0)
    print("end of main")


asyncio.run(main())


async def cancels_itself():
    asyncio.current_task().cancel()
    await asyncio.sleep(0)


try:
    asyncio.run(cancels_itself())
except asyncio.CancelledError as error:
    print("run raises", type(error), type(error).__mro__[1])
