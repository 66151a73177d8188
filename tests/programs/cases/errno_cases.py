# errno: numbers of errors by name.
import errno
import os


for text in r'''
errno.ENOENT, errno.EACCES, errno.EEXIST, errno.EINVAL, errno.EPIPE
errno.errorcode[2], errno.errorcode[errno.ENOTDIR], errno.errorcode[111]
errno.EAGAIN == errno.EWOULDBLOCK, errno.EDEADLK == errno.EDEADLOCK, errno.EOPNOTSUPP == errno.ENOTSUP
len(errno.errorcode), max(errno.errorcode), min(errno.errorcode)
errno.errorcode[9999]
errno.ENONSENSE
[type(OSError(number, "x")).__name__ for number in (errno.ENOENT, errno.EEXIST, errno.EPERM, errno.EINTR, errno.ETIMEDOUT, errno.EPIPE, errno.ENOSPC)]
[os.strerror(number) for number in (errno.ENOENT, errno.EISDIR, errno.ELOOP, errno.ENOTEMPTY)]
os.strerror(12345)
sorted(name for name in dir(errno) if name.startswith("EN"))
all(getattr(errno, name) == number for number, name in errno.errorcode.items())
open("no/such/file")
os.rmdir("/")
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
