"""The network, which programs here do not have: the names that libraries are made of, and an OSError for who uses them."""

error = OSError
timeout = TimeoutError
has_ipv6 = False
CAPI = None


class herror(OSError):
    """An address could not be found."""


class gaierror(OSError):
    """An address could not be found."""


for _class in (herror, gaierror):
    _class.__module__ = "socket"
del _class

AF_UNSPEC, AF_INET, AF_INET6 = 0, 2, 10
SOCK_STREAM, SOCK_DGRAM, SOCK_RAW = 1, 2, 3
SOCK_NONBLOCK, SOCK_CLOEXEC = 0o4000, 0o2000000
SOL_SOCKET, SO_REUSEADDR, SO_TYPE, SO_ERROR, SO_BROADCAST, SO_KEEPALIVE, SO_REUSEPORT = 1, 2, 3, 4, 6, 9, 15
SOMAXCONN = 4096
IPPROTO_IP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IPV6 = 0, 6, 17, 41
TCP_NODELAY, IPV6_V6ONLY = 1, 26
MSG_OOB, MSG_PEEK, MSG_DONTWAIT, MSG_WAITALL, MSG_NOSIGNAL = 1, 2, 64, 256, 16384
AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST, AI_ADDRCONFIG, AI_NUMERICSERV = 1, 2, 4, 32, 1024
EAI_NONAME, EAI_FAMILY, EAI_SERVICE = -2, -6, -8
NI_NUMERICHOST, NI_NUMERICSERV, NI_MAXHOST, NI_MAXSERV = 1, 2, 1025, 32
SHUT_RD, SHUT_WR, SHUT_RDWR = 0, 1, 2
INADDR_ANY, INADDR_LOOPBACK, INADDR_BROADCAST = 0, 0x7F000001, 0xFFFFFFFF


def _missing(*args, **keywords):
    raise OSError(101, "uncoil has no network")


class socket:
    """An end of a connection; none can be made."""

    __slots__ = ()

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        _missing()

    accept = bind = close = connect = connect_ex = detach = fileno = getpeername = getsockname = getsockopt = listen = _missing
    recv = recv_into = recvfrom = recvfrom_into = send = sendall = sendto = setblocking = setsockopt = settimeout = _missing
    gettimeout = getblocking = shutdown = _missing


SocketType = socket
close = dup = getaddrinfo = gethostbyaddr = gethostbyname = gethostbyname_ex = getnameinfo = _missing
getprotobyname = getservbyname = getservbyport = sethostname = socketpair = if_nameindex = _missing
_default = None


def getdefaulttimeout():
    """How long new sockets wait."""
    return _default


def setdefaulttimeout(timeout, /):
    """How long new sockets would wait."""
    global _default
    _default = None if timeout is None else float(timeout)


def gethostname():
    """The name of the computer."""
    import posix
    return posix.uname()[1]


def _swap(number, size):
    if number < 0 or number >> 8 * size:
        raise OverflowError(f"int larger than {8 * size} bits")
    return int.from_bytes(number.to_bytes(size, "big"), "little")


def htons(x, /):
    """A number of 16 bits in the order of the network."""
    return _swap(x, 2)


def htonl(x, /):
    """A number of 32 bits in the order of the network."""
    return _swap(x, 4)


ntohs, ntohl = htons, htonl


def inet_aton(ip_addr, /):
    """The four bytes of an address."""
    parts = ip_addr.split(".")
    if len(parts) != 4 or not all(part.isdecimal() and int(part) < 256 for part in parts):
        raise OSError("illegal IP address string passed to inet_aton")
    return bytes(map(int, parts))


def inet_ntoa(packed_ip, /):
    """The text of an address of four bytes."""
    if len(packed_ip) != 4:
        raise OSError("packed IP wrong length")
    return ".".join(map(str, packed_ip))
