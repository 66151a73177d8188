"""Constants of characters, `capwords`, `Formatter` and `Template`.

`Template` looks for its placeholders with a scanner of its own, because there is no `re` yet: `delimiter` may be any text, and
`idpattern`/`braceidpattern` may be made of characters, sets like `[_a-z]`, `\\w`, `\\d`, `.` and the repetitions `* + ?`.
A `pattern` of one's own is refused.
"""

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

class _Match:
    """Where a placeholder stands and what it is: one of the four groups holds text."""

    def __init__(self, start, end, text, group, value):
        self._start, self._end, self._text, self._group, self._value = start, end, text, group, value

    lastgroup = property(lambda self: self._group)

    def start(self, group=0):
        if group == 0:
            return self._start
        return self._value[0] if group == self._group else -1

    def end(self, group=0):
        if group == 0:
            return self._end
        return self._value[0] + len(self._value[1]) if group == self._group else -1

    def span(self, group=0):
        return self.start(group), self.end(group)

    def group(self, group=0):
        if group == 0:
            return self._text
        return self._value[1] if group == self._group else None

    def groupdict(self):
        return {name: self.group(name) for name in ("escaped", "named", "braced", "invalid")}


def _character_set(source, at):
    """The set that opens at `at` as a test of one character, and where it ends."""
    at += 1
    negated = source[at:at + 1] == "^"
    at += negated
    tests, first = [], at
    while at < len(source) and (source[at] != "]" or at == first):
        if source[at] == "\\" and at + 1 < len(source):
            tests.append(_escape(source[at + 1]))
            at += 2
        elif source[at + 1:at + 2] == "-" and source[at + 2:at + 3] not in ("", "]"):
            tests.append(lambda c, low=source[at], high=source[at + 2]: low <= c <= high)
            at += 3
        else:
            tests.append(source[at].__eq__)
            at += 1
    return (lambda c: any(test(c) for test in tests) is not negated), at + 1


def _escape(c):
    if c == "w":
        return lambda c: c.isalnum() or c == "_"
    if c == "d":
        return str.isdecimal
    if c == "s":
        return str.isspace
    return c.__eq__


class _Identifier:
    """A small pattern of characters, sets and repetitions; small and capital letters are the same to it."""

    def __init__(self, source):
        self.parts = []
        self.ascii = source.startswith("(?a:") and source.endswith(")")
        if self.ascii:
            source = source[4:-1]
        at = 0
        while at < len(source):
            c = source[at]
            if c == "[":
                test, at = _character_set(source, at)
            elif c == "\\" and at + 1 < len(source):
                test, at = _escape(source[at + 1]), at + 2
            elif c in "(){}|^$*+?":
                raise NotImplementedError(f"an idpattern with {c!r} needs re")
            else:
                test, at = (lambda c: c != "\n") if c == "." else c.__eq__, at + 1
            least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(source[at:at + 1], (1, 1))
            at += (least, most) != (1, 1)
            self.parts.append((test, least, most))

    def _holds(self, test, c):
        if self.ascii and not c.isascii():
            return False
        return test(c) or test(c.lower()) or test(c.upper())

    def match(self, text, start, accept=lambda end: True, part=0):
        """Where the longest match ends that `accept` takes, or None."""
        if part == len(self.parts):
            return start if accept(start) else None
        test, least, most = self.parts[part]
        ends, at = [start], start
        while at < len(text) and len(ends) - 1 != most and self._holds(test, text[at]):
            at += 1
            ends.append(at)
        for at in reversed(ends[least:]):
            end = self.match(text, at, accept, part + 1)
            if end is not None:
                return end
        return None


class _Pattern:
    """Finds the placeholders of a template."""

    def __init__(self, delimiter, idpattern, braceidpattern):
        self.delimiter = delimiter
        self.named, self.braced = _Identifier(idpattern), _Identifier(braceidpattern)

    def _at(self, text, start):
        after = start + len(self.delimiter)
        if text.startswith(self.delimiter, after):
            return after + len(self.delimiter), "escaped", (after, self.delimiter)
        end = self.named.match(text, after)
        if end is not None:
            return end, "named", (after, text[after:end])
        if text.startswith("{", after):
            end = self.braced.match(text, after + 1, lambda end: text.startswith("}", end))
            if end is not None:
                return end + 1, "braced", (after + 1, text[after + 1:end])
        return after, "invalid", (after, "")

    def finditer(self, text):
        at = text.find(self.delimiter)
        while at >= 0:
            end, group, value = self._at(text, at)
            yield _Match(at, end, text[at:end], group, value)
            at = text.find(self.delimiter, end)

    def sub(self, replace, text):
        parts, at = [], 0
        for found in self.finditer(text):
            parts += text[at:found.start()], replace(found)
            at = found.end()
        parts.append(text[at:])
        return "".join(parts)


_not_given = {}


class Template:
    """A text with placeholders: `$name`, `${name}`, and `$$` for a dollar sign."""

    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None
    flags = None

    def __init_subclass__(cls):
        super().__init_subclass__()
        if "pattern" in cls.__dict__:
            raise NotImplementedError("a Template with a pattern of its own needs re")
        braced = cls.idpattern if cls.braceidpattern is None else cls.braceidpattern
        cls.pattern = _Pattern(cls.delimiter, cls.idpattern, braced)

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
        values = self._values(mapping, kws)

        def convert(found):
            name = found.group("named") or found.group("braced")
            if name is not None:
                return str(values[name])
            if found.group("escaped") is not None:
                return self.delimiter
            self._invalid(found)
        return self.pattern.sub(convert, self.template)

    def safe_substitute(self, mapping=_not_given, /, **kws):
        """Like substitute, but what cannot be replaced stays as it is."""
        values = self._values(mapping, kws)

        def convert(found):
            name = found.group("named") or found.group("braced")
            if name is not None:
                try:
                    return str(values[name])
                except KeyError:
                    return found.group()
            return found.group() if found.group("escaped") is None else self.delimiter
        return self.pattern.sub(convert, self.template)

    def is_valid(self):
        """Whether no delimiter stands alone."""
        return all(found.lastgroup != "invalid" for found in self.pattern.finditer(self.template))

    def get_identifiers(self):
        """The names of the placeholders, each once, in the order of the text."""
        names = (found.group("named") or found.group("braced") for found in self.pattern.finditer(self.template))
        return list(dict.fromkeys(name for name in names if name is not None))


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
            if name == "":
                if number is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                name, number = str(number), number + 1
            elif name.isdigit():
                if number:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                number = False
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
