"""Values to text.

At once, by `_json`, where no indentation is asked for; otherwise piece by piece, with a generator for each list and dict.
"""

from _json import encode_basestring as c_encode_basestring, encode_basestring_ascii as c_encode_basestring_ascii
from _json import make_encoder as c_make_encoder

INFINITY = float('inf')
encode_basestring, encode_basestring_ascii = c_encode_basestring, c_encode_basestring_ascii


def _float_text(number, allow_nan, _repr=float.__repr__):
    if number - number == 0:
        return _repr(number)
    if not allow_nan:
        raise ValueError(f'Out of range float values are not JSON compliant: {number!r}')
    return 'NaN' if number != number else 'Infinity' if number > 0 else '-Infinity'


class JSONEncoder:
    """An encoder with its options; `default` of a class that inherits from it replaces what JSON does not know."""

    item_separator = ', '
    key_separator = ': '

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None,
                 separators=None, default=None):
        self.skipkeys, self.ensure_ascii, self.check_circular = skipkeys, ensure_ascii, check_circular
        self.allow_nan, self.sort_keys, self.indent = allow_nan, sort_keys, indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ','
        if default is not None:
            self.default = default

    def default(self, o):
        """Something that can be encoded, for what cannot."""
        raise TypeError(f'Object of type {o.__class__.__name__} is not JSON serializable')

    def encode(self, o):
        """The text of a value."""
        if isinstance(o, str):
            return (encode_basestring_ascii if self.ensure_ascii else encode_basestring)(o)
        return ''.join(self.iterencode(o, _one_shot=True))

    def iterencode(self, o, _one_shot=False):
        """The text of a value in pieces."""
        markers = {} if self.check_circular else None
        quote = encode_basestring_ascii if self.ensure_ascii else encode_basestring
        if _one_shot and self.indent is None:
            encoder = c_make_encoder(markers, self.default, quote, self.indent, self.key_separator, self.item_separator,
                                     self.sort_keys, self.skipkeys, self.allow_nan)
            return encoder(o, 0)
        indent = self.indent
        if indent is not None and not isinstance(indent, str):
            indent = ' ' * indent
        return _Pieces(self, markers, quote, indent).value(o, 0)


class _Pieces:
    """The generators of one `iterencode`."""

    def __init__(self, encoder, markers, quote, indent):
        self.encoder, self.markers, self.quote, self.indent = encoder, markers, quote, indent

    def scalar(self, o):
        "The text of what has no parts; None for other things."
        if isinstance(o, str):
            return self.quote(o)
        for constant, text in ((None, 'null'), (True, 'true'), (False, 'false')):
            if o is constant:
                return text
        if isinstance(o, int):
            return int.__repr__(o)
        if isinstance(o, float):
            return _float_text(o, self.encoder.allow_nan)
        return None

    def key(self, key):
        if isinstance(key, str):
            return key
        if key is None or isinstance(key, (int, float)):
            return self.scalar(key)
        if self.encoder.skipkeys:
            return None
        raise TypeError(f'keys must be str, int, float, bool or None, not {key.__class__.__name__}')

    def value(self, o, level):
        text = self.scalar(o)
        if text is not None:
            yield text
        elif isinstance(o, (list, tuple)):
            yield from self.list(o, level)
        elif isinstance(o, dict):
            yield from self.dict(o, level)
        else:
            key = self.enter(o)
            yield from self.value(self.encoder.default(o), level)
            self.leave(key)

    def enter(self, o):
        if self.markers is None:
            return None
        if id(o) in self.markers:
            raise ValueError('Circular reference detected')
        self.markers[id(o)] = o
        return id(o)

    def leave(self, key):
        if self.markers is not None:
            del self.markers[key]

    def line(self, level):
        return '' if self.indent is None else '\n' + self.indent * level

    def list(self, items, level):
        if not items:
            yield '[]'
            return
        key = self.enter(items)
        level += 1
        before, between = '[' + self.line(level), self.encoder.item_separator + self.line(level)
        for item in items:
            text = self.scalar(item)
            if text is not None:
                yield before + text
            else:
                yield before
                yield from self.value(item, level)
            before = between
        if self.indent is not None:
            yield self.line(level - 1)
        yield ']'
        self.leave(key)

    def dict(self, mapping, level):
        if not mapping:
            yield '{}'
            return
        marker = self.enter(mapping)
        yield '{'
        level += 1
        is_first = True
        if self.indent is not None:
            yield self.line(level)
        between = self.encoder.item_separator + self.line(level)
        for key, value in sorted(mapping.items()) if self.encoder.sort_keys else mapping.items():
            name = self.key(key)
            if name is None:
                continue
            if not is_first:
                yield between
            is_first = False
            yield self.quote(name)
            yield self.encoder.key_separator
            yield from self.value(value, level)
        if self.indent is not None:
            yield self.line(level - 1)
        yield '}'
        self.leave(marker)
