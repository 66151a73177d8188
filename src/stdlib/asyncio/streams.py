"""Streams: bytes that are read with await and written without. There is no network that they could come from; feed_data() gives a
reader something to read.

    reader = asyncio.StreamReader(); reader.feed_data(b"one\\ntwo"); reader.feed_eof()
    await reader.readline()         b"one\\n"
"""

from . import events, exceptions
from .protocols import Protocol

__all__ = (
    "StreamReader",
    "StreamWriter",
    "StreamReaderProtocol",
    "open_connection",
    "start_server",
    "open_unix_connection",
    "start_unix_server",
)

_LIMIT = 0x10000


async def open_connection(host=None, port=None, *, limit=_LIMIT, **kwds):
    """A reader and a writer for a connection to somewhere."""
    return await _opened(limit, lambda loop, factory: loop.create_connection(factory, host, port, **kwds))


async def open_unix_connection(path=None, *, limit=_LIMIT, **kwds):
    """The same for a socket in the file system."""
    return await _opened(limit, lambda loop, factory: loop.create_unix_connection(factory, path, **kwds))


async def _opened(limit, connect):
    loop = events.get_running_loop()
    reader = StreamReader(limit=limit, loop=loop)
    protocol = StreamReaderProtocol(reader, loop=loop)
    transport, _ = await connect(loop, lambda: protocol)
    return reader, StreamWriter(transport, protocol, reader, loop)


async def start_server(client_connected_cb, host=None, port=None, *, limit=_LIMIT, **kwds):
    """Have client_connected_cb(reader, writer) called for each who connects."""
    loop = events.get_running_loop()
    return await loop.create_server(_for_each(client_connected_cb, limit, loop), host, port, **kwds)


async def start_unix_server(client_connected_cb, path=None, *, limit=_LIMIT, **kwds):
    """The same for a socket in the file system."""
    loop = events.get_running_loop()
    return await loop.create_unix_server(_for_each(client_connected_cb, limit, loop), path, **kwds)


def _for_each(callback, limit, loop):
    return lambda: StreamReaderProtocol(StreamReader(limit=limit, loop=loop), callback, loop=loop)


class StreamReaderProtocol(Protocol):
    """Between a transport and a reader."""

    def __init__(self, stream_reader, client_connected_cb=None, loop=None):
        self._loop = events.get_event_loop() if loop is None else loop
        self._reader, self._connected, self._writer = stream_reader, client_connected_cb, None
        self._paused = self._lost = False
        self._waiting = []
        self._closed = self._loop.create_future()

    def connection_made(self, transport):
        self._reader.set_transport(transport)
        if self._connected is None:
            return
        self._writer = StreamWriter(transport, self, self._reader, self._loop)
        called = self._connected(self._reader, self._writer)
        if hasattr(called, "__await__"):
            self._task = self._loop.create_task(called)

    def connection_lost(self, exc):
        self._lost = True
        if exc is None:
            self._reader.feed_eof()
        else:
            self._reader.set_exception(exc)
        self.resume_writing()
        if not self._closed.done():
            self._closed.set_result(None) if exc is None else self._closed.set_exception(exc)

    def data_received(self, data):
        self._reader.feed_data(data)

    def eof_received(self):
        self._reader.feed_eof()
        return True

    def pause_writing(self):
        self._paused = True

    def resume_writing(self):
        self._paused = False
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    async def _drained(self):
        if self._lost:
            raise ConnectionResetError("Connection lost")
        if self._paused:
            waiter = self._loop.create_future()
            self._waiting.append(waiter)
            await waiter


class StreamWriter:
    """The way out."""

    def __init__(self, transport, protocol, reader, loop):
        self._transport, self._protocol, self._reader, self._loop = transport, protocol, reader, loop

    def __repr__(self):
        parts = [type(self).__name__, f"transport={self._transport!r}"]
        if self._reader is not None:
            parts.append(f"reader={self._reader!r}")
        return f"<{' '.join(parts)}>"

    transport = property(lambda self: self._transport)

    def write(self, data):
        self._transport.write(data)

    def writelines(self, data):
        self._transport.writelines(data)

    def write_eof(self):
        return self._transport.write_eof()

    def can_write_eof(self):
        return self._transport.can_write_eof()

    def close(self):
        return self._transport.close()

    def is_closing(self):
        return self._transport.is_closing()

    def get_extra_info(self, name, default=None):
        return self._transport.get_extra_info(name, default)

    async def wait_closed(self):
        await self._protocol._closed

    async def drain(self):
        """Wait until not too much is left to be sent."""
        if self._reader is not None and self._reader.exception() is not None:
            raise self._reader.exception()
        await self._protocol._drained()

    async def start_tls(self, sslcontext, *, server_hostname=None, ssl_handshake_timeout=None):
        raise NotImplementedError("uncoil has no network")


class StreamReader:
    """The way in: what has come and was not read yet."""

    def __init__(self, limit=_LIMIT, loop=None):
        if limit <= 0:
            raise ValueError("Limit cannot be <= 0")
        self._limit, self._loop = limit, events.get_event_loop() if loop is None else loop
        self._buffer = bytearray()
        self._eof = self._held = False
        self._waiter = self._exception = self._transport = None

    def __repr__(self):
        parts = ["StreamReader"]
        if self._buffer:
            parts.append(f"{len(self._buffer)} bytes")
        if self._eof:
            parts.append("eof")
        if self._limit != _LIMIT:
            parts.append(f"limit={self._limit}")
        for name in "waiter", "exception", "transport":
            if (value := getattr(self, "_" + name)) is not None:
                parts.append(f"{name}={value!r}")
        if self._held:
            parts.append("paused")
        return f"<{' '.join(parts)}>"

    # Who writes into it.

    def set_transport(self, transport):
        assert self._transport is None, "Transport already set"
        self._transport = transport

    def set_exception(self, exc):
        self._exception = exc
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            waiter.set_exception(exc)

    def feed_eof(self):
        self._eof = True
        self._wake()

    def feed_data(self, data):
        assert not self._eof, "feed_data after feed_eof"
        if not data:
            return
        self._buffer += data
        self._wake()
        if self._transport is not None and not self._held and len(self._buffer) > 2 * self._limit:
            try:
                self._transport.pause_reading()
                self._held = True
            except NotImplementedError:
                self._transport = None  # it cannot be asked to wait

    def _wake(self):
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            waiter.set_result(None)

    # Who reads.

    def exception(self):
        return self._exception

    def at_eof(self):
        return self._eof and not self._buffer

    async def readline(self):
        """Up to the next newline, with it."""
        try:
            return await self.readuntil(b"\n")
        except exceptions.IncompleteReadError as short:
            return short.partial
        except exceptions.LimitOverrunError as over:
            end = over.consumed + 1 if self._buffer.startswith(b"\n", over.consumed) else len(self._buffer)
            self._taken(end)
            raise ValueError(over.args[0])

    async def readuntil(self, separator=b"\n"):
        """Up to the next separator, with it; IncompleteReadError where the end comes first."""
        if not separator:
            raise ValueError("Separator should be at least one-byte string")
        self._check()
        start = 0
        while (found := self._buffer.find(separator, start)) < 0:
            start = max(0, len(self._buffer) + 1 - len(separator))
            if start > self._limit:
                raise exceptions.LimitOverrunError("Separator is not found, and chunk exceed the limit", start)
            if self._eof:
                raise exceptions.IncompleteReadError(self._taken(len(self._buffer)), None)
            await self._more("readuntil")
        if found > self._limit:
            raise exceptions.LimitOverrunError("Separator is found, but chunk is longer than limit", found)
        return self._taken(found + len(separator))

    async def read(self, n=-1):
        """At most n bytes, those that are there; with -1 all up to the end."""
        self._check()
        if n < 0:
            pieces = []
            while piece := await self.read(self._limit):
                pieces.append(piece)
            return b"".join(pieces)
        if n and not self._buffer and not self._eof:
            await self._more("read")
        return self._taken(n)

    async def readexactly(self, n):
        """n bytes; IncompleteReadError where the end comes first."""
        if n < 0:
            raise ValueError("readexactly size can not be less than zero")
        self._check()
        while len(self._buffer) < n:
            if self._eof:
                raise exceptions.IncompleteReadError(self._taken(n), n)
            await self._more("readexactly")
        return self._taken(n)

    def __aiter__(self):
        return self

    async def __anext__(self):
        if line := await self.readline():
            return line
        raise StopAsyncIteration

    def _check(self):
        if self._exception is not None:
            raise self._exception

    def _taken(self, n):
        data = bytes(self._buffer[:n])
        del self._buffer[:n]
        if self._held and len(self._buffer) <= self._limit:
            self._held = False
            self._transport.resume_reading()
        return data

    async def _more(self, reader):
        if self._waiter is not None:
            raise RuntimeError(f"{reader}() called while another coroutine is already waiting for incoming data")
        if self._held:
            self._held = False
            self._transport.resume_reading()
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None
