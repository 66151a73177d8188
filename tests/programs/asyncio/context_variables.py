# contextvars, alone, in tasks and in threads.
import asyncio
import contextvars
import threading

var = contextvars.ContextVar("var", default="default")
bare = contextvars.ContextVar("bare")
print(var.get(), var.get("other"), var.name)
try:
    bare.get()
except LookupError as error:
    print(type(error).__name__, error.args == (bare,))
token = var.set("one")
print(var.get(), token.old_value, token.var is var)
second = var.set("two")
print(second.old_value)
var.reset(second)
print(var.get())
try:
    var.reset(second)
except RuntimeError as error:
    print("once only")
var.reset(token)
print(var.get())
var.set("main")
context = contextvars.copy_context()


def change():
    var.set("changed")
    bare.set(1)
    return var.get(), sorted(v.name for v in contextvars.copy_context())


print(context.run(change), var.get(), context[var], bare in context, len(context))
print(sorted((v.name, value) for v, value in context.items()))
try:
    context.run(context.run, print)
except RuntimeError:
    print("entered already")
try:
    contextvars.Token()
except RuntimeError as error:
    print(error)


async def task(n):
    seen = var.get()
    var.set(n)
    await asyncio.sleep(0)
    return seen, var.get()


async def main():
    print(await asyncio.gather(task(1), task(2)))
    var.set("in main")
    print(await asyncio.create_task(task(3)), var.get())
    print(await task(4), var.get())
    print(await asyncio.to_thread(var.get))
    other = contextvars.copy_context()
    await asyncio.create_task(task(5), context=other)
    print(other[var])
    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: print("callback sees", var.get()))
    var.set("later")
    await asyncio.sleep(0)


asyncio.run(main())
print(var.get())
thread = threading.Thread(target=lambda: print("thread sees", var.get()))
thread.start()
thread.join()
