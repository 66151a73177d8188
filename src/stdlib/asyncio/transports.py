"""Transports: what carries bytes, as protocols see it. None comes along that carries any; programs and tests may write their own."""

__all__ = ("BaseTransport", "ReadTransport", "WriteTransport", "Transport", "DatagramTransport", "SubprocessTransport")


def _left_open(cls):
    """The names in _calls become methods that a subclass has to write."""
    for row in cls._calls.splitlines():
        name, _, told = row.strip().partition(": ")
        if name:
            setattr(cls, name, _unwritten(cls, name, told))
    del cls._calls
    return cls


def _unwritten(cls, name, told):
    def method(self, *args):
        raise NotImplementedError

    method.__name__, method.__qualname__, method.__doc__ = name, f"{cls.__qualname__}.{name}", told
    method.__module__ = cls.__module__
    return method


@_left_open
class BaseTransport:
    """What all transports are."""

    __slots__ = ("_extra",)
    _calls = """
        is_closing: Whether it is closed, or about to be.
        close: Send what is left, then close.
        set_protocol: Who is told from now on.
        get_protocol: Who is told.
    """

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        """What else is known, by name."""
        return self._extra.get(name, default)


@_left_open
class ReadTransport(BaseTransport):
    """Bytes come from there."""

    __slots__ = ()
    _calls = """
        is_reading: Whether what comes is passed on.
        pause_reading: Pass nothing on for a while.
        resume_reading: Pass on again what comes.
    """


@_left_open
class WriteTransport(BaseTransport):
    """Bytes go there."""

    __slots__ = ()
    _calls = """
        set_write_buffer_limits: How much may wait before writers are asked to pause, and how little when they may go on.
        get_write_buffer_size: How much waits to be sent.
        get_write_buffer_limits: The limits, the low one first.
        write: Send bytes, as soon as that can be done.
        write_eof: Tell that nothing more comes.
        can_write_eof: Whether write_eof can be used.
        abort: Close at once; what waits is lost.
    """

    def writelines(self, list_of_data):
        """Send several pieces, as one."""
        self.write(b"".join(list_of_data))


class Transport(ReadTransport, WriteTransport):
    """A stream of bytes in both directions."""

    __slots__ = ()


@_left_open
class DatagramTransport(BaseTransport):
    """Messages, each by itself."""

    __slots__ = ()
    _calls = """
        sendto: Send a message to an address.
        abort: Close at once; what waits is lost.
    """


@_left_open
class SubprocessTransport(BaseTransport):
    """Another process and its pipes."""

    __slots__ = ()
    _calls = """
        get_pid: The number of the process.
        get_returncode: How it ended; None while it runs.
        get_pipe_transport: The transport of one of its pipes.
        send_signal: Send it a signal.
        terminate: Ask it to end.
        kill: End it.
    """
