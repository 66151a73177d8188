"""Digests with a key: who does not have it can make none that fits."""

import hashlib

__all__ = ['HMAC', 'compare_digest', 'digest', 'new']

digest_size = None
_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))
trans_36, trans_5C = _INNER, _OUTER


class HMAC:
    """RFC 2104: the digest of the key, mixed with a constant, and of the digest of the message after such a key."""

    blocksize = 64
    __slots__ = '_inner', '_outer', 'block_size', 'digest_size'

    def __init__(self, key, msg=None, digestmod=''):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError(f'key: expected bytes or bytearray, but got {type(key).__name__!r}')
        if not digestmod:
            raise TypeError("Missing required parameter 'digestmod'.")
        self._init_old(key, msg, digestmod)

    def _init_old(self, key, msg, digestmod):
        """Where another one would ask OpenSSL first."""
        if isinstance(digestmod, str):
            make = lambda data=b'': hashlib.new(digestmod, data)
        else:
            make = digestmod if callable(digestmod) else digestmod.new
        self._inner, self._outer = make(), make()
        self.digest_size = self._inner.digest_size
        self.block_size = getattr(self._inner, 'block_size', None)
        if self.block_size is None or self.block_size < 16:
            import warnings
            told = 'No block_size attribute on given digest object; Assuming' if self.block_size is None else \
                f'block_size of {self.block_size} seems too small; using our default of'
            self.block_size = self.blocksize
            warnings.warn(f'{told} {self.block_size}.', RuntimeWarning, 2)
        if len(key) > self.block_size:
            key = make(key).digest()
        padded = bytes(key).ljust(self.block_size, b'\0')
        self._outer.update(padded.translate(_OUTER))
        self._inner.update(padded.translate(_INNER))
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        return f'hmac-{self._inner.name}'

    def update(self, msg):
        self._inner.update(msg)

    def copy(self):
        twin = self.__class__.__new__(self.__class__)
        twin.digest_size, twin.block_size = self.digest_size, self.block_size
        twin._inner, twin._outer = self._inner.copy(), self._outer.copy()
        return twin

    def _finished(self):
        outer = self._outer.copy()
        outer.update(self._inner.digest())
        return outer

    def digest(self):
        return self._finished().digest()

    def hexdigest(self):
        return self._finished().hexdigest()


def new(key, msg=None, digestmod=''):
    """A new digest with a key; the message may come later."""
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """The digest of one message at once."""
    return HMAC(key, msg, digest).digest()


def compare_digest(a, b):
    """Whether two texts or bytes are equal, in a time that does not tell where they differ."""
    if isinstance(a, str) and isinstance(b, str):
        if not (a.isascii() and b.isascii()):
            raise TypeError('comparing strings with non-ASCII characters is not supported')
        a, b = a.encode(), b.encode()
    elif isinstance(a, str) or isinstance(b, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    a, b = bytes(memoryview(a)), bytes(memoryview(b))
    return len(a) == len(b) and not any(x ^ y for x, y in zip(a, b))
