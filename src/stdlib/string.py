"""Constants of characters, `capwords`, `Formatter` and `Template`."""

import re as _re
import _string
from collections import ChainMap as _ChainMap

__all__ = ["ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits",
           "printable", "punctuation", "whitespace", "Formatter", "Template"]

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdefABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """The words of a text, each with one capital in front and the rest small, joined by `sep` or a space."""
    join = (sep or " ").join
    return join(map(str.capitalize, s.split(sep)))


# ── Template ────────────────────────────────────────────────────────────────────────────────────────────────────────

_not_given = object()


class Template:
    """A text with placeholders: `$name`, `${name}`, and `$$` for a dollar sign."""

    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None
    flags = _re.IGNORECASE

    def __init_subclass__(cls):
        super().__init_subclass__()
        own = cls.__dict__.get("pattern")
        if own is None:
            sign = _re.escape(cls.delimiter)
            braced = cls.idpattern if cls.braceidpattern is None else cls.braceidpattern
            kinds = [f"(?P<escaped>{sign})", f"(?P<named>{cls.idpattern})", f"{{(?P<braced>{braced})}}", "(?P<invalid>)"]
            own = f"{sign}(?:{'|'.join(kinds)})"
        cls.pattern = _re.compile(own, cls.flags | _re.VERBOSE)

    def __init__(self, template):
        self.template = template

    def _invalid(self, found):
        at = found.start("invalid")
        before = self.template[:at].splitlines(keepends=True)
        line, column = 1, 1
        if before:
            line, column = len(before), at - sum(map(len, before[:-1]))
        raise ValueError(f"Invalid placeholder in string: line {line}, col {column}")

    def _values(self, mapping, kws):
        if mapping is _not_given:
            return kws
        return _ChainMap(kws, mapping) if kws else mapping

    def substitute(self, mapping=_not_given, /, **kws):
        """The text with every placeholder replaced. KeyError: a name without a value; ValueError: a lone delimiter."""
        return self._replaced(self._values(mapping, kws), self._invalid)

    def safe_substitute(self, mapping=_not_given, /, **kws):
        """Like substitute, but what cannot be replaced stays as it is."""
        return self._replaced(self._values(mapping, kws), lambda found: found.group(), KeyError)

    def _replaced(self, values, lone, *missing):
        """The text with values for placeholders; what `lone` says for lone delimiters; what is missing so stays as it is."""
        def replace(found):
            name = self._check(found)
            if name is not None:
                try:
                    return str(values[name])
                except missing:
                    return found.group()
            return lone(found) if found.group("escaped") is None else self.delimiter
        return self.pattern.sub(replace, self.template)

    def is_valid(self):
        """Whether no delimiter stands alone."""
        for found in self.pattern.finditer(self.template):
            self._check(found)
            if found.group("invalid") is not None:
                return False
        return True

    def _check(self, found):
        """The name of a placeholder. A pattern of one's own must have matched one of the four groups."""
        name = found.group("named") or found.group("braced")
        if name is None and found.group("escaped") is None and found.group("invalid") is None:
            raise ValueError("Unrecognized named group in pattern", self.pattern)
        return name

    def get_identifiers(self):
        """The names of the placeholders, each once, in the order of the text."""
        names = {}
        for found in self.pattern.finditer(self.template):
            name = self._check(found)
            if name is not None:
                names[name] = True
        return list(names)


Template.__init_subclass__()


# ── Formatter ───────────────────────────────────────────────────────────────────────────────────────────────────────

class _formatteriterator:
    """Hands out parts one by one, then raises what is wrong with the rest."""

    def __init__(self, parts, error):
        self._parts, self._error = iter(parts), error

    def __iter__(self):
        return self

    def __next__(self):
        for part in self._parts:
            return part
        if self._error is not None:
            error, self._error = self._error, None
            raise ValueError(error)
        raise StopIteration


class Formatter:
    """`str.format` as a class whose steps may be overridden."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used_args = set()
        result, _ = self._vformat(format_string, args, kwargs, used_args, 2)
        self.check_unused_args(used_args, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used_args, depth, number=0):
        """The text, and the number that the next field without a name gets; False once fields are numbered by hand."""
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        out = []
        for literal, name, spec, conversion in self.parse(format_string):
            if literal:
                out.append(literal)
            if name is None:
                continue
            by_hand = name.isdigit()
            if name == "" and number is False or by_hand and number:
                raise ValueError("cannot switch from manual field specification to automatic field numbering")
            if by_hand:
                number = False
            elif name == "":
                name, number = str(number), number + 1
            value, used = self.get_field(name, args, kwargs)
            used_args.add(used)
            value = self.convert_field(value, conversion)
            spec, number = self._vformat(spec, args, kwargs, used_args, depth - 1, number)
            out.append(self.format_field(value, spec))
        return "".join(out), number

    def get_value(self, key, args, kwargs):
        return (args if isinstance(key, int) else kwargs)[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        for name, function in ("s", str), ("r", repr), ("a", ascii):
            if conversion == name:
                return function(value)
        raise ValueError(f"Unknown conversion specifier {conversion!s}")

    def parse(self, format_string):
        """What the text is made of: (literal text, field name, specification, conversion), the last three None without a field."""
        return _formatteriterator(*_string.split_template(format_string))

    def get_field(self, field_name, args, kwargs):
        """The object that a field's name leads to, and the name's first part."""
        first, steps, error = _string.split_name(field_name)
        value = self.get_value(first, args, kwargs)
        for is_attribute, key in _formatteriterator(steps, error):
            value = getattr(value, key) if is_attribute else value[key]
        return value, first
