"""Identifiers of 128 bits that are unlike all others: by time and machine, by name, or at random.

`uuid5(NAMESPACE_DNS, 'python.org')` is always `886313e1-3b8a-5372-9b90-0c9aee199e5d`.
"""

import os
import time as _time
from enum import Enum, _simple_enum


RESERVED_NCS, RFC_4122 = 'reserved for NCS compatibility', 'specified in RFC 4122'
RESERVED_MICROSOFT, RESERVED_FUTURE = 'reserved for Microsoft compatibility', 'reserved for future definition'

int_, bytes_ = int, bytes


@_simple_enum(Enum)
class SafeUUID:
    safe = 0
    unsafe = -1
    unknown = None


# name, first bit from the right, bits
_FIELDS = (('time_low', 96, 32), ('time_mid', 80, 16), ('time_hi_version', 64, 16), ('clock_seq_hi_variant', 56, 8),
           ('clock_seq_low', 48, 8), ('node', 0, 48))


def _sized(value, size, wrong):
    if len(value) != size:
        raise ValueError(wrong)
    return value


def _turned(b):
    """The first three fields with their bytes the other way round."""
    return b[3::-1] + b[5:3:-1] + b[7:5:-1] + b[8:]


class UUID:
    """An identifier: of a text of 32 hexadecimal digits, of 16 bytes, of six fields, or of an integer."""

    __slots__ = ('int', 'is_safe', '__weakref__')

    def __init__(self, hex=None, bytes=None, bytes_le=None, fields=None, int=None, version=None, *, is_safe=SafeUUID.unknown):
        if [hex, bytes, bytes_le, fields, int].count(None) != 4:
            raise TypeError('one of the hex, bytes, bytes_le, fields, or int arguments must be given')
        if hex is not None:
            digits = _sized(hex.replace('urn:', '').replace('uuid:', '').strip('{}').replace('-', ''), 32,
                            'badly formed hexadecimal UUID string')
            int = int_(digits, 16)
        if bytes_le is not None:
            bytes = _turned(_sized(bytes_le, 16, 'bytes_le is not a 16-char string'))
        if bytes is not None:
            assert isinstance(_sized(bytes, 16, 'bytes is not a 16-char string'), bytes_), repr(bytes)
            int = int_.from_bytes(bytes)
        if fields is not None:
            fields, int = _sized(fields, 6, 'fields is not a 6-tuple'), 0
            for number, (value, (_, _, bits)) in enumerate(zip(fields, _FIELDS), 1):
                if not 0 <= value < 1 << bits:
                    raise ValueError(f'field {number} out of range (need a{"n" if bits == 8 else ""} {bits}-bit value)')
                int = int << bits | value
        if not 0 <= int < 1 << 128:
            raise ValueError('int is out of range (need a 128-bit value)')
        if version is not None:
            if not 1 <= version <= 5:
                raise ValueError('illegal version number')
            int = int & ~(0xc000 << 48) | 0x8000 << 48
            int = int & ~(0xf000 << 64) | version << 76
        self._set(int, is_safe)

    def _set(self, *values):
        for name, value in zip(UUID.__slots__, values):
            object.__setattr__(self, name, value)

    def __getstate__(self):
        state = {'int': self.int}
        if self.is_safe != SafeUUID.unknown:
            state['is_safe'] = self.is_safe.value
        return state

    def __setstate__(self, state):
        self._set(state['int'], SafeUUID(state.get('is_safe')))

    def __eq__(self, other):
        return self.int == other.int if isinstance(other, UUID) else NotImplemented

    def __lt__(self, other):
        return self.int < other.int if isinstance(other, UUID) else NotImplemented

    def __gt__(self, other):
        return self.int > other.int if isinstance(other, UUID) else NotImplemented

    def __le__(self, other):
        return self.int <= other.int if isinstance(other, UUID) else NotImplemented

    def __ge__(self, other):
        return self.int >= other.int if isinstance(other, UUID) else NotImplemented

    def __hash__(self):
        return hash(self.int)

    def __int__(self):
        return self.int

    def __repr__(self):
        return f'{self.__class__.__name__}({str(self)!r})'

    def __setattr__(self, name, value):
        raise TypeError('UUID objects are immutable')

    def __str__(self):
        h = self.hex
        return '-'.join((h[:8], h[8:12], h[12:16], h[16:20], h[20:]))

    @property
    def bytes(self):
        return self.int.to_bytes(16)

    @property
    def bytes_le(self):
        return _turned(self.bytes)

    @property
    def fields(self):
        return tuple(getattr(self, name) for name, _, _ in _FIELDS)

    @property
    def time(self):
        high = self.time_hi_version & 0x0fff
        return (high << 16 | self.time_mid) << 32 | self.time_low

    @property
    def clock_seq(self):
        return self.clock_seq_hi_variant % 0x40 * 0x100 + self.clock_seq_low

    @property
    def hex(self):
        return f'{self.int:032x}'

    @property
    def urn(self):
        return f'urn:uuid:{self}'

    @property
    def variant(self):
        bits = self.int >> 61 & 7
        if not bits & 4:
            return RESERVED_NCS
        if not bits & 2:
            return RFC_4122
        return RESERVED_FUTURE if bits & 1 else RESERVED_MICROSOFT

    @property
    def version(self):
        return int(self.int >> 76 & 15) if self.variant == RFC_4122 else None


for _name, _shift, _bits in _FIELDS:
    setattr(UUID, _name, property(lambda self, _shift=_shift, _mask=(1 << _bits) - 1: self.int >> _shift & _mask))
del _name, _shift, _bits

_node = _last_timestamp = None


def getnode():
    """A number for this machine: a random one, as the network is not asked."""
    global _node
    if _node is None:
        _node = int.from_bytes(os.urandom(6)) | 1 << 40
    return _node


def uuid1(node=None, clock_seq=None):
    """By the time and the machine."""
    global _last_timestamp
    now = _time.time_ns() // 100 + 0x01b21dd213814000
    # Each is later than the one before.
    _last_timestamp = timestamp = now if _last_timestamp is None else max(now, 1 + _last_timestamp)
    if clock_seq is None:
        clock_seq = int.from_bytes(os.urandom(2)) & 0x3fff
    fields = (timestamp & 0xffffffff, timestamp >> 32 & 0xffff, timestamp >> 48 & 0x0fff, clock_seq >> 8 & 0x3f, clock_seq & 0xff,
              getnode() if node is None else node)
    return UUID(fields=fields, version=1)


def uuid3(namespace, name):
    """By a name in a namespace, with MD5."""
    from hashlib import md5
    return UUID(bytes=md5(namespace.bytes + bytes(name, 'utf-8'), usedforsecurity=False).digest(), version=3)


def uuid4():
    """At random."""
    return UUID(bytes=os.urandom(16), version=4)


def uuid5(namespace, name):
    """By a name in a namespace, with SHA-1."""
    from hashlib import sha1
    return UUID(bytes=sha1(namespace.bytes + bytes(name, 'utf-8')).digest()[:16], version=5)


NAMESPACE_DNS, NAMESPACE_URL, NAMESPACE_OID, NAMESPACE_X500 = \
    (UUID(f'6ba7b81{i}-9dad-11d1-80b4-00c04fd430c8') for i in (0, 1, 2, 4))


def _asks_nobody():
    """CPython asks the network's tools for the address of the computer."""


_ifconfig_getnode = _ip_getnode = _arp_getnode = _lanscan_getnode = _netstat_getnode = _unix_getnode = _asks_nobody
_ipconfig_getnode = _windll_getnode = _asks_nobody
_GETTERS = []
