"""Protocols: what is told of a connection. A subclass overrides what it wants to hear of."""

__all__ = ("BaseProtocol", "Protocol", "DatagramProtocol", "SubprocessProtocol", "BufferedProtocol")


class BaseProtocol:
    """What all protocols are told."""

    __slots__ = ()

    def connection_made(self, transport):
        """The connection stands."""

    def connection_lost(self, exc):
        """It is over; exc is None where that was meant to be."""

    def pause_writing(self):
        """Too much waits to be sent."""

    def resume_writing(self):
        """Little enough waits again."""


class Protocol(BaseProtocol):
    """For streams of bytes."""

    __slots__ = ()

    def data_received(self, data):
        """Bytes have come."""

    def eof_received(self):
        """Nothing more will come; something true keeps the way out open."""


class BufferedProtocol(BaseProtocol):
    """For streams of bytes that go into a place of one's own."""

    __slots__ = ()

    def get_buffer(self, sizehint):
        """Where the next bytes shall go."""

    def buffer_updated(self, nbytes):
        """So many bytes have been put there."""

    def eof_received(self):
        """Nothing more will come; something true keeps the way out open."""


class DatagramProtocol(BaseProtocol):
    """For messages, each by itself."""

    __slots__ = ()

    def datagram_received(self, data, addr):
        """A message has come."""

    def error_received(self, exc):
        """One could not be sent."""


class SubprocessProtocol(BaseProtocol):
    """For another process."""

    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """It has written bytes."""

    def pipe_connection_lost(self, fd, exc):
        """One of its pipes is closed."""

    def process_exited(self):
        """It has ended."""
