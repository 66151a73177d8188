"""Waiting for files to become ready: plain files always are, and nothing else is here to wait for."""

error = OSError
POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL = 1, 2, 4, 8, 16, 32
POLLRDNORM, POLLRDBAND, POLLWRNORM, POLLWRBAND, POLLMSG, POLLRDHUP = 64, 128, 256, 512, 1024, 8192
PIPE_BUF = 4096


def _number(file):
    number = file if isinstance(file, int) else file.fileno()
    if number < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({number})")
    return number


def select(rlist, wlist, xlist, timeout=None, /):
    """The files that can be read, written, and those in which something is wrong."""
    if timeout is not None and timeout < 0:
        raise ValueError("timeout must be non-negative")
    lists = list(rlist), list(wlist), list(xlist)
    for files in lists:
        for file in files:
            _number(file)
    if not any(lists) and timeout:
        import time
        time.sleep(timeout)
    return lists[0], lists[1], []


class _Poll:
    """Files to be asked about together."""

    def __init__(self):
        self._files = {}

    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT, /):
        """Ask about this file too."""
        self._files[_number(fd)] = eventmask

    def modify(self, fd, eventmask, /):
        """Ask something else."""
        number = _number(fd)
        if number not in self._files:
            raise FileNotFoundError(2, "No such file or directory")
        self._files[number] = eventmask

    def unregister(self, fd, /):
        """Do not ask about it any more."""
        del self._files[_number(fd)]

    def poll(self, timeout=None, /):
        """What is ready: all of them."""
        return [(number, mask & (POLLIN | POLLOUT)) for number, mask in self._files.items() if mask & (POLLIN | POLLOUT)]


def poll():
    """A new set of files to ask about."""
    return _Poll()
