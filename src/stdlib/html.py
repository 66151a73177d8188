"""Text as HTML writes it: signs that mean something there are written by name or number."""

import re as _re
from html.entities import html5 as _html5

__all__ = ["escape", "unescape"]

_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = str.maketrans(_SIGNS)
_MARKUP_AND_QUOTES = str.maketrans({**_SIGNS, '"': "&quot;", "'": "&#x27;"})


def escape(s, quote=True):
    """The text with its markup signs (and quotes, unless they are not wanted) by name."""
    return s.translate(_MARKUP_AND_QUOTES if quote else _MARKUP)


def _by_number(number):
    """What browsers make of a number, which may be that of a byte in Windows' code page."""
    if 0x80 <= number < 0xA0:
        return bytes([number]).decode("cp1252", "surrogateescape").replace(chr(0xDC00 + number), chr(number))
    if number == 0 or 0xD800 <= number < 0xE000 or number > 0x10FFFF:
        return "\ufffd"
    is_control = number < 0x20 and number not in (9, 10, 12, 13) or number == 0x7F
    is_no_character = 0xFDD0 <= number < 0xFDF0 or number & 0xFFFE == 0xFFFE
    return "" if is_control or is_no_character else chr(number)


def _meaning(found):
    reference = found[1]
    if reference[0] == "#":
        digits = reference[1:].rstrip(";")
        return _by_number(int(digits[1:], 16) if digits[0] in "xX" else int(digits))
    # The longest name that the text begins with.
    for end in range(len(reference), 1, -1):
        meant = _html5.get(reference[:end])
        if meant is not None:
            return meant + reference[end:]
    return found[0]


_reference = _re.compile(r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")


def unescape(s):
    """The text with its references replaced by what they mean."""
    return _reference.sub(_meaning, s) if "&" in s else s
