# Coroutines without a loop: send, throw, close, await chains, awaitables of one's own.
import types


class Ask:
    def __init__(self, question):
        self.question = question

    def __await__(self):
        answer = yield self.question
        return answer


async def inner():
    first = await Ask("name?")
    try:
        second = await Ask("age?")
    except ValueError as error:
        second = f"no age ({error})"
    return first, second


async def outer():
    print("outer begins")
    result = await inner()
    print("outer has", result)
    return "end"


def drive(coro, answers):
    asked = []
    send = None
    try:
        while True:
            asked.append(coro.send(send))
            send = answers.pop(0)
    except StopIteration as stop:
        return asked, stop.value


print(drive(outer(), ["Anna", 7]))
coro = outer()
print(coro.send(None), coro.cr_running, coro.cr_await.__qualname__, coro.cr_frame.f_lineno)
print(coro.send("Bob"), coro.cr_await.cr_await is not None)
try:
    coro.throw(ValueError("unknown"))
except StopIteration as stop:
    print(stop.value, coro.cr_frame)
try:
    coro.send(None)
except RuntimeError as error:
    print(error)
coro = outer()
coro.send(None)
print(coro.close(), coro.close())


async def guarded():
    try:
        await Ask("q")
    finally:
        print("guarded closes")


coro = guarded()
coro.send(None)
coro.close()


@types.coroutine
def old_style():
    got = yield "old"
    return got


async def uses_old():
    return await old_style()


print(drive(uses_old(), ["new"]))


async def bad_await():
    await object()


for make in (bad_await,):
    try:
        make().send(None)
    except TypeError as error:
        print(error)


class Liar:
    def __await__(self):
        return 3


async def lied():
    await Liar()


try:
    lied().send(None)
except TypeError as error:
    print(error)
coro = inner()
try:
    coro.send("too early")
except TypeError as error:
    print(error)
coro.close()
