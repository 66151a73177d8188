"""Bytes as text: Base16, Base32, Base64, Base85 and Ascii85.

Each coding takes a fixed number of bytes for a number and writes that with the digits of an alphabet. Base64 is done by `binascii`.
"""

import binascii
import struct

__all__ = ['encode', 'decode', 'encodebytes', 'decodebytes', 'b64encode', 'b64decode', 'b32encode', 'b32decode', 'b32hexencode',
           'b32hexdecode', 'b16encode', 'b16decode', 'b85encode', 'b85decode', 'a85encode', 'a85decode', 'standard_b64encode',
           'standard_b64decode', 'urlsafe_b64encode', 'urlsafe_b64decode']

bytes_types = (bytes, bytearray)

MAXLINESIZE = 76
MAXBINSIZE = MAXLINESIZE // 4 * 3

_TO_URLSAFE = bytes.maketrans(b'+/', b'-_')
_FROM_URLSAFE = bytes.maketrans(b'-_', b'+/')
_B32 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
_B32_HEX = b'0123456789ABCDEFGHIJKLMNOPQRSTUV'
_B85 = b'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'
_A85_START, _A85_END = b'<~', b'~>'


def _given_bytes(s):
    if isinstance(s, str):
        if s.isascii():
            return s.encode()
        raise ValueError("string argument should contain only ASCII characters")
    if isinstance(s, bytes_types):
        return s
    try:
        view = memoryview(s)
    except TypeError:
        raise TypeError(f'argument should be a bytes-like object or ASCII string, not {s.__class__.__name__!r}') from None
    return bytes(view)


def _checked(digits, count):
    """Digits that take the place of so many others."""
    assert len(digits) == count, repr(digits)
    return digits


# ── Base64 ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

def b64encode(s, altchars=None):
    """Base64; `altchars` are two bytes instead of `+/`."""
    text = binascii.b2a_base64(s, newline=False)
    return text if altchars is None else text.translate(bytes.maketrans(b'+/', _checked(altchars, 2)))


def b64decode(s, altchars=None, validate=False):
    """What Base64 stands for. Other characters are skipped unless they are to be validated."""
    text = _given_bytes(s)
    if altchars is not None:
        text = text.translate(bytes.maketrans(_checked(_given_bytes(altchars), 2), b'+/'))
    return binascii.a2b_base64(text, strict_mode=validate)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    """Base64 with `-_`, for addresses and file names."""
    return b64encode(s).translate(_TO_URLSAFE)


def urlsafe_b64decode(s):
    text = _given_bytes(s).translate(_FROM_URLSAFE)
    return b64decode(text)


def encode(input, output):
    """Base64 in lines from one binary file to another."""
    while chunk := input.read(MAXBINSIZE):
        while len(chunk) < MAXBINSIZE and (more := input.read(MAXBINSIZE - len(chunk))):
            chunk += more
        output.write(binascii.b2a_base64(chunk))


def decode(input, output):
    for line in iter(input.readline, b''):
        output.write(binascii.a2b_base64(line))


def _check_view(s):
    try:
        view = memoryview(s)
    except TypeError as err:
        raise TypeError(f'expected bytes-like object, not {s.__class__.__name__}') from err
    if view.format not in ('c', 'b', 'B'):
        raise TypeError(f'expected single byte elements, not {view.format!r} from {s.__class__.__name__}')
    if view.ndim != 1:
        raise TypeError(f'expected 1-D data, not {view.ndim}-D data from {s.__class__.__name__}')


def encodebytes(s):
    """Base64 in lines of 76 characters."""
    _check_view(s)
    return b''.join(binascii.b2a_base64(s[i:i + MAXBINSIZE]) for i in range(0, len(s), MAXBINSIZE))


def decodebytes(s):
    _check_view(s)
    return binascii.a2b_base64(s)


# ── Base32 and Base16 ───────────────────────────────────────────────────────────────────────────────────────────────────

_badly = binascii.Error


def _to_base32(alphabet, s):
    if not isinstance(s, bytes_types):
        s = memoryview(s).tobytes()
    missing = -len(s) % 5
    padded = s + bytes(missing)
    digits = bytearray()
    for at in range(0, len(padded), 5):
        number = int.from_bytes(padded[at:at + 5])
        digits += bytes(alphabet[number >> shift & 31] for shift in range(35, -1, -5))
    unused = missing * 8 // 5
    if unused:
        digits[-unused:] = b'=' * unused
    return bytes(digits)


def _from_base32(alphabet, s, casefold=False, map01=None):
    s = _given_bytes(s)
    if len(s) % 8:
        raise _badly('Incorrect padding')
    if map01 is not None:
        s = s.translate(bytes.maketrans(b'01', b'O' + _checked(_given_bytes(map01), 1)))
    if casefold:
        s = s.upper()
    digits = s.rstrip(b'=')
    padding = len(s) - len(digits)
    values = {digit: value for value, digit in enumerate(alphabet)}
    result, number = bytearray(), 0
    for at in range(0, len(digits), 8):
        group, number = digits[at:at + 8], 0
        for digit in group:
            if digit not in values:
                raise _badly('Non-base32 digit found')
            number = number << 5 | values[digit]
        number <<= 5 * (8 - len(group))
        result += number.to_bytes(5)
    if padding not in (0, 1, 3, 4, 6):
        raise _badly('Incorrect padding')
    if padding and result:
        del result[-((5 * padding + 4) // 8):]
    return bytes(result)


def b32encode(s):
    """Base32: letters and the digits 2 to 7."""
    return _to_base32(_B32, s)


def b32decode(s, casefold=False, map01=None):
    return _from_base32(_B32, s, casefold, map01)


def b32hexencode(s):
    """Base32 with the digits 0 to 9 and A to V."""
    return _to_base32(_B32_HEX, s)


def b32hexdecode(s, casefold=False):
    return _from_base32(_B32_HEX, s, casefold)


def b16encode(s):
    """Hexadecimal, in upper case."""
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    text = _given_bytes(s)
    if casefold:
        text = text.upper()
    if not set(text) <= set(b'0123456789ABCDEF'):
        raise _badly('Non-base16 digit found')
    return binascii.unhexlify(text)


# ── Base85 ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

def _to_base85(b, digits, pad=False, short=None):
    "Groups of four bytes as five digits; `short` maps numbers to one character."
    if not isinstance(b, bytes_types):
        b = memoryview(b).tobytes()
    missing = -len(b) % 4
    result = bytearray()
    groups = struct.unpack(f'!{(len(b) + missing) // 4}I', b + bytes(missing))
    for position, number in enumerate(groups):
        is_last = position == len(groups) - 1
        if short and number in short and not (is_last and missing and not pad):
            result += short[number]
            continue
        five = bytearray()
        for _ in range(5):
            number, digit = divmod(number, 85)
            five.insert(0, digits[digit])
        if is_last and missing and not pad:
            del five[-missing:]
        result += five
    return bytes(result)


def b85encode(b, pad=False):
    """Base85 as git writes it."""
    return _to_base85(b, _B85, pad)


def b85decode(b):
    b = _given_bytes(b)
    values = {digit: value for value, digit in enumerate(_B85)}
    missing = -len(b) % 5
    b = b + b'~' * missing
    result = bytearray()
    for at in range(0, len(b), 5):
        number = 0
        for i, digit in enumerate(b[at:at + 5]):
            if digit not in values:
                raise ValueError(f'bad base85 character at position {at + i}') from None
            number = number * 85 + values[digit]
        if number >> 32:
            raise ValueError(f'base85 overflow in hunk starting at byte {at}')
        result += number.to_bytes(4)
    return bytes(result[:len(result) - missing])


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    """Ascii85: four zero bytes become `z`, four spaces perhaps `y`; `adobe` frames it with `<~` and `~>`."""
    short = {0: b'z'}
    if foldspaces:
        short[0x20202020] = b'y'
    text = _to_base85(b, bytes(range(33, 118)), pad, short)
    if adobe:
        text = _A85_START + text
    if wrapcol:
        width = max(2 if adobe else 1, wrapcol)
        lines = [text[at:at + width] for at in range(0, len(text), width)]
        if adobe and len(lines[-1]) + 2 > width:
            lines.append(b'')
        text = b'\n'.join(lines)
    return text + _A85_END if adobe else text


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b' \t\n\r\v'):
    b = _given_bytes(b)
    if adobe:
        if not b.endswith(_A85_END):
            raise ValueError("Ascii85 encoded byte sequences must end with {!r}".format(_A85_END))
        b = b[2:-2] if b.startswith(_A85_START) else b[:-2]
    result, group = bytearray(), []
    missing = 4

    def finish():
        number = 0
        for digit in group:
            number = number * 85 + digit
        if number >> 32:
            raise ValueError('Ascii85 overflow') from None
        result.extend(number.to_bytes(4))
        group.clear()

    for c in b:
        if 33 <= c <= 117:
            group.append(c - 33)
            if len(group) == 5:
                finish()
        elif c == 122 or foldspaces and c == 121:
            if group:
                raise ValueError(f"{chr(c)} inside Ascii85 5-tuple")
            result += bytes(4) if c == 122 else b'    '
        elif c not in ignorechars:
            raise ValueError('Non-Ascii85 digit found: %c' % c)
    if group:
        missing = 5 - len(group)
        group.extend([84] * missing)
        finish()
        del result[len(result) - missing:]
    return bytes(result)
