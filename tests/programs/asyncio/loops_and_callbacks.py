# The loop itself: order of callbacks and timers, errors in them, closing.
import asyncio

loop = asyncio.new_event_loop()
order = []
loop.call_later(0.02, order.append, "later 2")
loop.call_later(0.01, order.append, "later 1")
loop.call_soon(order.append, "soon 1")
gone = loop.call_soon(order.append, "cancelled")
gone.cancel()
gone_timer = loop.call_later(0.01, order.append, "cancelled too")
gone_timer.cancel()
loop.call_soon(lambda: (order.append("soon 2"), loop.call_soon(order.append, "soon 3")))
loop.call_later(0.03, loop.stop)
loop.run_forever()
print(order, gone.cancelled(), loop.is_running(), loop.is_closed())


async def value(n):
    await asyncio.sleep(0)
    return n


print(loop.run_until_complete(value(3)))
errors = []
loop.set_exception_handler(lambda loop, context: errors.append((context["message"].split(" <")[0], repr(context["exception"]))))
loop.call_soon(lambda: 1 / 0)
loop.run_until_complete(value(4))
print(errors[0][1])


async def fails():
    raise KeyError("unseen")


async def forget():
    asyncio.create_task(fails())
    await asyncio.sleep(0)
    await asyncio.sleep(0)


loop.run_until_complete(forget())
print(errors[1:])


async def nested():
    inner = value(1)
    for call in lambda: asyncio.run(inner), lambda: loop.run_until_complete(inner), lambda: loop.run_forever():
        try:
            call()
        except RuntimeError as error:
            print(error)
    inner.close()


loop.run_until_complete(nested())


async def endless():
    loop.stop()
    await asyncio.sleep(1)


try:
    loop.run_until_complete(endless())
except RuntimeError as error:
    print(error)
loop.close()
print(loop.is_closed())
try:
    loop.call_soon(print)
except RuntimeError as error:
    print(error)
with asyncio.Runner() as runner:
    print(runner.run(value(5)), runner.run(value(6)), runner.get_loop().is_running())
coro = fails()
try:
    runner.run(coro)
except RuntimeError as error:
    print(error)
coro.close()
