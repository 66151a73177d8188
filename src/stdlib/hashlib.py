"""Digests of bytes: `hashlib.sha256(b'abc').hexdigest()`."""

from _blake2 import blake2b, blake2s
from _md5 import md5
from _sha1 import sha1
from _sha256 import sha224, sha256
from _sha3 import sha3_224, sha3_256, sha3_384, sha3_512, shake_128, shake_256
from _sha512 import sha384, sha512

_NAMES = ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'blake2b', 'blake2s', 'sha3_224', 'sha3_256', 'sha3_384', 'sha3_512',
          'shake_128', 'shake_256')
_MAKERS = {name: globals()[name] for name in _NAMES}

algorithms_guaranteed = set(_NAMES)
algorithms_available = set(_NAMES)

__all__ = _NAMES + ('new', 'algorithms_guaranteed', 'algorithms_available', 'pbkdf2_hmac', 'file_digest')


def new(name, data=b'', **kwargs):
    """A digest by its name: `hashlib.new('md5', b'abc')`."""
    if not isinstance(name, str):
        raise TypeError('name must be a string')
    return __get_builtin_constructor(name)(data, **kwargs)


def __get_builtin_constructor(name):
    """What makes digests of a name, which may be spelled in several ways."""
    spelled = name, name.lower().replace('-', '_'), name.lower().replace('-', '')
    for maker in filter(None, map(_MAKERS.get, spelled)):
        return maker
    raise ValueError(f'unsupported hash type {name}')


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """A key made of a password, slowly."""
    import hmac
    if not isinstance(hash_name, str):
        raise TypeError(f"pbkdf2_hmac() argument 'hash_name' must be str, not {type(hash_name).__name__}")
    if isinstance(password, str) or isinstance(salt, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    password, salt = bytes(memoryview(password)), bytes(memoryview(salt))
    if iterations < 1:
        raise ValueError('iteration value must be greater than 0.')
    size = new(hash_name).digest_size
    wanted = size if dklen is None else dklen
    if wanted < 1:
        raise ValueError('key length must be greater than 0.')
    keyed, key = hmac.new(password, digestmod=hash_name), b''
    for block in range(1, -(-wanted // size) + 1):
        last, mixed = salt + block.to_bytes(4), 0
        for _ in range(iterations):
            step = keyed.copy()
            step.update(last)
            last = step.digest()
            mixed ^= int.from_bytes(last)
        key += mixed.to_bytes(size)
    return key[:wanted]


def file_digest(fileobj, digest, /, *, _bufsize=2**18):
    """The digest object of all that a binary file still holds."""
    made = new(digest) if isinstance(digest, str) else digest()
    if hasattr(fileobj, 'getbuffer'):
        made.update(fileobj.getbuffer())
        return made
    readable = hasattr(fileobj, 'readinto') and hasattr(fileobj, 'readable') and fileobj.readable()
    if not readable:
        raise ValueError(f'{fileobj!r} is not a file-like object in binary reading mode.')
    buffer = bytearray(_bufsize)
    view = memoryview(buffer)
    while size := fileobj.readinto(buffer):
        made.update(view[:size])
    return made
