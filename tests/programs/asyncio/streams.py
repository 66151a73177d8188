# Streams that are fed by hand, protocols and transports of one's own, and what needs a network or another process.
import asyncio


def reader_of(*pieces, limit=2**16, end=True):
    reader = asyncio.StreamReader(limit=limit)
    for piece in pieces:
        reader.feed_data(piece)
    if end:
        reader.feed_eof()
    return reader


async def attempt(what, awaitable):
    try:
        print(what, "->", await awaitable)
    except Exception as error:
        told = [f"{name}={getattr(error, name)!r}" for name in ("partial", "expected", "consumed") if hasattr(error, name)]
        print(what, "->", type(error).__name__, error, *told)


class Pipe(asyncio.Transport):
    """Takes down what is written, and who is asked to wait."""

    def __init__(self):
        super().__init__({"peername": "nobody"})
        self.told = []
        self.closed = False

    def write(self, data):
        self.told.append(bytes(data))

    def pause_reading(self):
        self.told.append("pause")

    def resume_reading(self):
        self.told.append("resume")

    def is_closing(self):
        return self.closed

    def close(self):
        self.closed = True

    def write_eof(self):
        self.told.append("eof")

    def can_write_eof(self):
        return True


async def reading():
    reader = reader_of(b"one\ntwo\n", b"three")
    await attempt("readline", reader.readline())
    await attempt("readline", reader.readline())
    print(reader.at_eof(), reader)
    await attempt("readline", reader.readline())
    await attempt("readline", reader.readline())
    print(reader.at_eof(), [line async for line in reader_of(b"a\nb\n\nc")])
    await attempt("read 3", reader_of(b"abcdef").read(3))
    await attempt("read all", reader_of(b"abc", b"def").read())
    await attempt("read 0", reader_of(b"abc").read(0))
    await attempt("readexactly 4", reader_of(b"abcdef").readexactly(4))
    await attempt("readexactly 9", reader_of(b"abcdef").readexactly(9))
    await attempt("readexactly -1", reader_of(b"abcdef").readexactly(-1))
    await attempt("readuntil ;", reader_of(b"a;b;").readuntil(b";"))
    await attempt("readuntil end", reader_of(b"a--en", b"d--b").readuntil(b"end"))
    await attempt("readuntil ;", reader_of(b"ab").readuntil(b";"))
    await attempt("readuntil nothing", reader_of(b"ab").readuntil(b""))
    await attempt("too long", reader_of(b"0123456789;", limit=4).readuntil(b";"))
    await attempt("too long, no end", reader_of(b"0123456789", limit=4).readuntil(b";"))
    await attempt("line too long", reader_of(b"0123456789\nrest", limit=4).readline())
    try:
        asyncio.StreamReader(limit=0)
    except ValueError as error:
        print(error)


async def waiting():
    reader = reader_of(end=False)
    task = asyncio.create_task(reader.readline())
    await asyncio.sleep(0)
    reader.feed_data(b"half")
    await asyncio.sleep(0)
    print(task.done())
    await attempt("what is there", reader.read(1))
    await attempt("a second reader", reader.readline())
    reader.feed_data(b" and half\n")
    print(await task)
    reader.set_exception(ConnectionError("gone"))
    print(repr(reader.exception()))
    await attempt("after an error", reader.read())


async def writing():
    reader, pipe, told = asyncio.StreamReader(limit=4), Pipe(), []

    async def connected(reader, writer):
        told.append(writer.get_extra_info("peername"))
        writer.write(b"hello ")
        writer.writelines([b"to ", b"you"])
        await writer.drain()
        writer.write_eof()
        writer.close()
        told.append(writer.is_closing())

    protocol = asyncio.StreamReaderProtocol(reader, connected)
    protocol.connection_made(pipe)
    await asyncio.sleep(0)
    protocol.data_received(b"0123456789")
    print(told, pipe.told, await reader.read(8))
    protocol.eof_received()
    print(await reader.read(), pipe.told)
    protocol.connection_lost(None)
    writer = asyncio.StreamWriter(pipe, protocol, reader, asyncio.get_running_loop())
    print(await writer.wait_closed(), writer.transport is pipe, writer.can_write_eof())
    await attempt("drain", writer.drain())


async def main():
    await reading()
    await waiting()
    await writing()
    for cls in asyncio.BaseTransport, asyncio.ReadTransport, asyncio.WriteTransport, asyncio.Transport, asyncio.DatagramTransport:
        print(cls.__name__, [base.__name__ for base in cls.__mro__], sorted(name for name in vars(cls) if name[0] != "_"))
    for cls in asyncio.Protocol, asyncio.BufferedProtocol, asyncio.DatagramProtocol, asyncio.SubprocessProtocol:
        print(cls.__name__, sorted(name for name in vars(cls) if name[0] != "_"), cls.__slots__)
    for call in asyncio.Transport().write, asyncio.AbstractEventLoop().call_soon:
        try:
            call(b"")
        except NotImplementedError as error:
            print("not implemented", error)
        except TypeError as error:
            print("type error")
    transport = asyncio.Transport({"k": 1})
    print(transport.get_extra_info("k"), transport.get_extra_info("x", "none"))
    print(asyncio.Protocol().eof_received(), asyncio.Protocol().data_received(b"x"))
    error = asyncio.IncompleteReadError(b"abc", 10)
    print(error, error.partial, error.expected, isinstance(error, EOFError), asyncio.IncompleteReadError(b"", None))
    error = asyncio.LimitOverrunError("too much", 7)
    print(error, error.consumed, error.__reduce__()[1])
    loop = asyncio.get_running_loop()
    print(isinstance(loop, asyncio.SelectorEventLoop), isinstance(loop, asyncio.BaseEventLoop), isinstance(loop, asyncio.AbstractEventLoop))
    task = asyncio.current_task()
    print(task.get_stack()[-1].f_code.co_name, len(task.get_stack(limit=1)), asyncio.coroutines.iscoroutinefunction(main), asyncio.Future.__module__, asyncio.Task.__module__)


asyncio.run(main())
