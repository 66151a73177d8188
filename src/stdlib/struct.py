"""Numbers and texts as bytes by a format: `struct.pack('<hI', 1, 2)`."""

from _struct import (Struct, calcsize, error, iter_unpack, pack, pack_into, unpack, unpack_from, _clearcache)

__all__ = ['calcsize', 'pack', 'pack_into', 'unpack', 'unpack_from', 'iter_unpack', 'Struct', 'error']
