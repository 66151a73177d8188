"""Values shown over as many lines as they need.

A value whose `repr` fits what is left of a line is shown so; a container that does not fit is opened, an item a line.
Which way of opening serves a type is looked up by the type's `__repr__`, so that a class with a `repr` of its own keeps it.
"""

import collections
import dataclasses
import re
import sys
import types
from io import StringIO

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """Shows a value on a stream, sys.stdout if none is given."""
    settings = dict(compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers)
    PrettyPrinter(indent, width, depth, stream, **settings).pprint(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    """The same with dicts in their own order."""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """What `pprint` would show, as a text."""
    settings = dict(compact=compact, sort_dicts=sort_dicts, underscore_numbers=underscore_numbers)
    return PrettyPrinter(indent, width, depth, **settings).pformat(object)


def saferepr(object):
    """A `repr` that survives containers which hold themselves."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[0]


def isreadable(object):
    """Whether `eval` could make the value of its text."""
    return PrettyPrinter().isreadable(object)


def isrecursive(object):
    """Whether a container holds itself."""
    return PrettyPrinter().isrecursive(object)


class _safe_key:
    """Orders what has no order by type and address."""

    __slots__ = ["obj"]

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            rank = lambda key: (str(type(key.obj)), id(key.obj))
            return rank(self) < rank(other)


def _safe_tuple(pair):
    return tuple(map(_safe_key, pair[:2]))


def _recursion(object):
    return f"<Recursion on {type(object).__name__} with id={id(object)}>"


class PrettyPrinter:
    """Shows values by its settings. `indent`: how much further each level stands; `depth`: levels that are shown."""

    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
        indent, width = int(indent), int(width)
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._indent_per_level, self._width, self._depth = indent, width, depth
        self._stream = sys.stdout if stream is None else stream
        self._compact, self._sort_dicts, self._underscore_numbers = bool(compact), sort_dicts, underscore_numbers

    def pprint(self, object):
        if self._stream is not None:
            self._format(object, self._stream, 0, 0, {}, 0)
            self._stream.write("\n")

    def pformat(self, object):
        text = StringIO()
        self._format(object, text, 0, 0, {}, 0)
        return text.getvalue()

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    # ── one line or many ────────────────────────────────────────────────────────────────────────────────────────────
    #
    # `indent` is the column where the value starts, `allowance` what must fit behind it on its last line, `context` the
    # containers that are open.

    def _format(self, object, stream, indent, allowance, context, level):
        key = id(object)
        if key in context:
            stream.write(_recursion(object))
            self._recursive, self._readable = True, False
            return
        text = self._repr(object, context, level)
        if len(text) > self._width - indent - allowance:
            opened = self._dispatch.get(type(object).__repr__)
            if opened is None and self._is_shown_as_dataclass(object):
                opened = PrettyPrinter._pprint_dataclass
            if opened is not None:
                context[key] = 1
                opened(self, object, stream, indent, allowance, context, level + 1)
                del context[key]
                return
        stream.write(text)

    @staticmethod
    def _is_shown_as_dataclass(object):
        """Is it an instance of a dataclass that has not got a `__repr__` of its own?"""
        if isinstance(object, type) or not dataclasses.is_dataclass(object) or not object.__dataclass_params__.repr:
            return False
        made = getattr(object.__repr__, "__wrapped__", None)
        return made is not None and "__create_fn__" in made.__qualname__

    def _repr(self, object, context, level):
        text, readable, recursive = self.format(object, context.copy(), self._depth, level)
        self._readable = readable and getattr(self, "_readable", True)
        self._recursive = recursive or getattr(self, "_recursive", False)
        return text

    def _pad(self, stream):
        """An indent wider than one starts behind the bracket."""
        if self._indent_per_level > 1:
            stream.write(" " * (self._indent_per_level - 1))

    def _each(self, items, allowance):
        """The items, each with what must fit behind it and whether it is the last."""
        items = list(items)
        for number, item in enumerate(items, 1):
            last = number == len(items)
            yield item, allowance if last else 1, last

    def _format_dict_items(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        for (key, value), behind, last in self._each(items, allowance):
            name = self._repr(key, context, level) + ": "
            stream.write(name)
            self._format(value, stream, indent + len(name), behind, context, level)
            if not last:
                stream.write(",\n" + " " * indent)

    def _format_namespace_items(self, items, stream, indent, allowance, context, level):
        for (key, value), behind, last in self._each(items, allowance):
            stream.write(key + "=")
            if id(value) in context:
                stream.write("...")  # a namespace that holds itself shows itself so
            else:
                self._format(value, stream, indent + len(key) + 1, behind, context, level)
            if not last:
                stream.write(",\n" + " " * indent)

    def _format_items(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        self._pad(stream)
        newline, between = ",\n" + " " * indent, ""
        room = full = self._width - indent + 1
        for item, behind, last in self._each(items, allowance):
            if last:
                full -= allowance
                room -= allowance
            if self._compact:
                text = self._repr(item, context, level)
                needed = len(text) + 2
                if room < needed:
                    room, between = full, between and newline
                if room >= needed:
                    room -= needed
                    stream.write(between + text)
                    between = ", "
                    continue
            stream.write(between)
            between = newline
            self._format(item, stream, indent, behind, context, level)

    # ── ways of opening ─────────────────────────────────────────────────────────────────────────────────────────────

    _dispatch = {}

    def _pprint_dict(self, object, stream, indent, allowance, context, level):
        stream.write("{")
        self._pad(stream)
        items = sorted(object.items(), key=_safe_tuple) if self._sort_dicts else object.items()
        self._format_dict_items(items, stream, indent, allowance + 1, context, level)
        stream.write("}")

    def _pprint_sequence(self, object, stream, indent, allowance, context, level):
        start, end = "[]" if isinstance(object, list) else ("(", ",)" if len(object) == 1 else ")")
        stream.write(start)
        self._format_items(object, stream, indent, allowance + len(end), context, level)
        stream.write(end)

    def _pprint_set(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = type(object).__name__
        start, end = ("{", "}") if type(object) is set else (name + "({", "})")
        stream.write(start)
        items = sorted(object, key=_safe_key)
        self._format_items(items, stream, indent + len(start) - 1, allowance + len(end), context, level)
        stream.write(end)

    def _pprint_str(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        alone = level == 1
        indent, allowance = indent + alone, allowance + alone
        chunks = list(self._lines_of(object, self._width - indent, allowance))
        text = ("\n" + " " * indent).join(chunks)
        stream.write(f"({text})" if alone and len(chunks) > 1 else text)

    @staticmethod
    def _lines_of(text, width, allowance):
        """A text as literals that fit: broken behind its lines, and long lines behind words."""
        lines = text.splitlines(True)
        for number, line in enumerate(lines, 1):
            is_end = number == len(lines)
            if len(repr(line)) <= width - is_end * allowance:
                yield repr(line)
                continue
            words = re.findall(r"\S+\s*|\s+", line)
            gathered = ""
            for place, word in enumerate(words, 1):
                room = width - (is_end and place == len(words)) * allowance
                if len(repr(gathered + word)) > room:
                    if gathered:
                        yield repr(gathered)
                    gathered = word
                else:
                    gathered += word
            if gathered:
                yield repr(gathered)

    def _pprint_bytes(self, object, stream, indent, allowance, context, level):
        if len(object) <= 4:
            stream.write(repr(object))
            return
        alone = level == 1
        indent, allowance = indent + alone, allowance + alone
        text = ("\n" + " " * indent).join(self._quads_of(object, self._width - indent, allowance))
        stream.write(f"({text})" if alone else text)

    @staticmethod
    def _quads_of(data, width, allowance):
        """Bytes as literals that fit, broken between groups of four."""
        gathered = b""
        for at in range(0, len(data), 4):
            group = data[at:at + 4]
            if at == len(data) // 4 * 4:
                width -= allowance
            if len(repr(gathered + group)) <= width:
                gathered += group
                continue
            if gathered:
                yield repr(gathered)
            gathered = group
        if gathered:
            yield repr(gathered)

    def _pprint_bytearray(self, object, stream, indent, allowance, context, level):
        stream.write("bytearray(")
        self._pprint_bytes(bytes(object), stream, indent + 10, allowance + 1, context, level + 1)
        stream.write(")")

    def _pprint_wrapped(self, name, inside, stream, indent, allowance, context, level):
        """`name(value)`"""
        stream.write(name + "(")
        self._format(inside, stream, indent + len(name) + 1, allowance + 1, context, level)
        stream.write(")")

    def _pprint_ordered_dict(self, object, stream, *place):
        if object:
            self._pprint_wrapped(type(object).__name__, list(object.items()), stream, *place)
        else:
            stream.write(repr(object))

    def _pprint_mappingproxy(self, object, stream, *place):
        self._pprint_wrapped("mappingproxy", object.copy(), stream, *place)

    def _pprint_fields(self, name, items, stream, indent, allowance, context, level):
        """`name(key=value, …)`"""
        stream.write(name + "(")
        self._format_namespace_items(items, stream, indent + len(name) + 1, allowance, context, level)
        stream.write(")")

    def _pprint_simplenamespace(self, object, stream, *place):
        plain = type(object) is types.SimpleNamespace
        self._pprint_fields("namespace" if plain else type(object).__name__, object.__dict__.items(), stream, *place)

    def _pprint_dataclass(self, object, stream, *place):
        shown = [field.name for field in dataclasses.fields(object) if field.repr]
        self._pprint_fields(object.__class__.__name__, [(name, getattr(object, name)) for name in shown], stream, *place)

    def _pprint_default_dict(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        factory = self._repr(object.default_factory, context, level)
        name = type(object).__name__
        indent += len(name) + 1
        stream.write(f"{name}({factory},\n{' ' * indent}")
        self._pprint_dict(object, stream, indent, allowance + 1, context, level)
        stream.write(")")

    def _pprint_counter(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        start = type(object).__name__ + "({"
        stream.write(start)
        self._pad(stream)
        self._format_dict_items(object.most_common(), stream, indent + len(start) - 1, allowance + 2, context, level)
        stream.write("})")

    def _pprint_chain_map(self, object, stream, indent, allowance, context, level):
        start = type(object).__name__ + "("
        stream.write(start)
        indent += len(start)
        for mapping, behind, last in self._each(object.maps, allowance + 1):
            self._format(mapping, stream, indent, behind, context, level)
            stream.write(")" if last else ",\n" + " " * indent)

    def _pprint_deque(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        start = type(object).__name__ + "("
        indent += len(start)
        stream.write(start + "[")
        limited = object.maxlen is not None
        self._format_items(object, stream, indent, 2 if limited else allowance + 2, context, level)
        stream.write(f"],\n{' ' * indent}maxlen={self._repr(object.maxlen, context, level)})" if limited else "])")

    def _pprint_user(self, object, stream, indent, allowance, context, level):
        self._format(object.data, stream, indent, allowance, context, level - 1)

    for _type, _way in [
        (dict, _pprint_dict), (list, _pprint_sequence), (tuple, _pprint_sequence), (set, _pprint_set), (frozenset, _pprint_set),
        (str, _pprint_str), (bytes, _pprint_bytes), (bytearray, _pprint_bytearray), (types.MappingProxyType, _pprint_mappingproxy),
        (types.SimpleNamespace, _pprint_simplenamespace), (collections.OrderedDict, _pprint_ordered_dict),
        (collections.defaultdict, _pprint_default_dict), (collections.Counter, _pprint_counter), (collections.ChainMap, _pprint_chain_map),
        (collections.deque, _pprint_deque), (collections.UserDict, _pprint_user), (collections.UserList, _pprint_user),
        (collections.UserString, _pprint_user),
    ]:
        _dispatch[_type.__repr__] = _way
    del _type, _way

    # ── on one line ─────────────────────────────────────────────────────────────────────────────────────────────────

    def format(self, object, context, maxlevels, level):
        """The value on one line, whether `eval` can read it, and whether it holds itself. For subclasses to change."""
        return self._safe_repr(object, context, maxlevels, level)

    def _safe_repr(self, object, context, maxlevels, level):
        kind = type(object)
        own = getattr(kind, "__repr__", None)
        if own is int.__repr__ and issubclass(kind, int) and kind is not bool:
            return (f"{object:_d}" if self._underscore_numbers else repr(object)), True, False
        if own is dict.__repr__ and issubclass(kind, dict):
            brackets = "{", "}"
        elif own is list.__repr__ and issubclass(kind, list):
            brackets = "[", "]"
        elif own is tuple.__repr__ and issubclass(kind, tuple):
            brackets = "(", ",)" if len(object) == 1 else ")"
        else:
            text = repr(object)
            return text, text and not text.startswith("<"), False
        if not object:
            return "".join(brackets), True, False
        key = id(object)
        if maxlevels and level >= maxlevels:
            return "...".join(brackets), False, key in context
        if key in context:
            return _recursion(object), False, True
        context[key] = 1
        readable, recursive = True, False

        def shown(item):
            nonlocal readable, recursive
            text, can_read, holds_itself = self.format(item, context, maxlevels, level + 1)
            readable, recursive = readable and can_read, recursive or holds_itself
            return text

        if brackets[0] == "{":
            items = sorted(object.items(), key=_safe_tuple) if self._sort_dicts else object.items()
            texts = [f"{shown(name)}: {shown(value)}" for name, value in items]
        else:
            texts = [shown(item) for item in object]
        del context[key]
        return ", ".join(texts).join(brackets), readable, recursive
