"""Text to values. The work is done by `_json`; here are the options and the exception."""

from json import scanner
from _json import scanstring as c_scanstring

__all__ = ['JSONDecoder', 'JSONDecodeError']

NaN = float('nan')
PosInf = float('inf')
NegInf = float('-inf')
_CONSTANTS = {'-Infinity': NegInf, 'Infinity': PosInf, 'NaN': NaN}
WHITESPACE_STR = ' \t\n\r'


class JSONDecodeError(ValueError):
    """What is wrong with a text, and where: msg, doc, pos, lineno, colno."""

    def __init__(self, msg, doc, pos):
        line = doc.count('\n', 0, pos) + 1
        column = pos - doc.rfind('\n', 0, pos)
        super().__init__(f'{msg}: line {line} column {column} (char {pos})')
        self.msg, self.doc, self.pos, self.lineno, self.colno = msg, doc, pos, line, column

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


scanstring = c_scanstring


def _behind_space(s, at):
    while s[at:at + 1] in WHITESPACE_STR and at < len(s):
        at += 1
    return at


class JSONDecoder:
    """A decoder with its hooks: object → dict, array → list, string → str, number → int or float, and the constants."""

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True, object_pairs_hook=None):
        self.object_hook, self.object_pairs_hook = object_hook, object_pairs_hook
        self.parse_float, self.parse_int = parse_float or float, parse_int or int
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        self.strict = strict
        self.parse_string = scanstring
        self.memo = {}
        self.scan_once = scanner.make_scanner(self)

    def decode(self, s, _w=_behind_space):
        """The value of a text that holds nothing else."""
        value, end = self.raw_decode(s, idx=_w(s, 0))
        end = _w(s, end)
        if end != len(s):
            raise JSONDecodeError('Extra data', s, end)
        return value

    def raw_decode(self, s, idx=0):
        """The value that begins at a place, and where it ends."""
        try:
            return self.scan_once(s, idx)
        except StopIteration as nothing:
            place = nothing.value
        raise JSONDecodeError('Expecting value', s, place) from None
