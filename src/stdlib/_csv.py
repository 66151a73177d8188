"""Rows of a text whose fields stand between delimiters: the reader and writer behind `csv`.

The reader is a machine that goes from character to character: at the start of a record, of a field, within one, within a quoted one, behind
a quote. `list(reader(['a,"b,c"']))` is `[['a', 'b,c']]`.
"""

from _like_builtin import builtin_class as _builtin_class

__name__ = '_csv'
__version__ = '1.0'

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


_dialects = {}
_limit = 131072
_absent = object()


class Dialect:
    """How a text is written: delimiter, quotes, escapes, ends of lines."""

    __slots__ = '_delimiter', '_doublequote', '_escapechar', '_lineterminator', '_quotechar', '_quoting', '_skipinitialspace', '_strict'
    _NAMES = ('delimiter', 'doublequote', 'escapechar', 'lineterminator', 'quotechar', 'quoting', 'skipinitialspace', 'strict')
    _DEFAULTS = dict(delimiter=',', doublequote=True, escapechar=None, lineterminator='\r\n', quotechar='"', quoting=QUOTE_MINIMAL,
                     skipinitialspace=False, strict=False)

    def __new__(cls, dialect=None, **options):
        for name in options:
            if name not in cls._NAMES:
                raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        if isinstance(dialect, Dialect) and not options:
            return dialect
        chosen = {}
        for name in cls._NAMES:
            value = options.get(name, _absent)
            if value is _absent and dialect is not None:
                value = getattr(dialect, name, _absent)
            chosen[name] = value
        self = object.__new__(cls)
        if options.get('quotechar', _absent) is None and 'quoting' not in options:
            chosen['quoting'] = QUOTE_NONE
        for name in cls._NAMES:
            value = chosen[name]
            value = cls._DEFAULTS[name] if value is _absent else cls._checked(name, value)
            setattr(self, '_' + name, value)
        if self._quoting != QUOTE_NONE and self._quotechar is None:
            raise TypeError('quotechar must be set if quoting enabled')
        return self

    @staticmethod
    def _checked(name, value):
        if name in ('delimiter', 'escapechar', 'quotechar'):
            if value is None and name != 'delimiter':
                return None
            if not isinstance(value, str):
                or_none = '' if name == 'delimiter' else ' or None'
                raise TypeError(f'"{name}" must be string{or_none}, not {type(value).__name__}')
            if len(value) != 1:
                raise TypeError(f'"{name}" must be a 1-character string')
            return value
        if name == 'lineterminator':
            if not isinstance(value, str):
                raise TypeError(f'"{name}" must be a string')
            return value
        if name == 'quoting':
            if type(value) is not int:
                raise TypeError(f'"{name}" must be an integer')
            if not 0 <= value <= 3:
                raise TypeError('bad "quoting" value')
            return value
        return bool(value)

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle 'Dialect' instances")


for _name in Dialect._NAMES:
    setattr(Dialect, _name, property(lambda self, _name='_' + _name: getattr(self, _name)))
del _name


def register_dialect(name, dialect=None, **options):
    """Give a dialect a name."""
    if not isinstance(name, str):
        raise TypeError('dialect name must be a string')
    _dialects[name] = Dialect(dialect, **options)


def unregister_dialect(name):
    if _dialects.pop(name, None) is None:
        raise Error('unknown dialect')


def get_dialect(name):
    """The dialect of a name."""
    try:
        return _dialects[name]
    except KeyError:
        raise Error('unknown dialect') from None


def list_dialects():
    """The names of all dialects."""
    return list(_dialects)


def field_size_limit(new_limit=_absent, /):
    """How long a field may be; sets it, too."""
    global _limit
    old = _limit
    if new_limit is not _absent:
        if not isinstance(new_limit, int):
            raise TypeError('limit must be an integer')
        _limit = new_limit
    return old


class reader:
    """The rows of lines, as lists of fields."""

    __slots__ = '_lines', '_dialect', '_fields', '_field', '_is_number', 'line_num'

    def __new__(cls, *args, **kwargs):
        return object.__new__(cls)

    def __init__(self, iterable, /, dialect=None, **options):
        if not hasattr(iterable, '__iter__') and not hasattr(iterable, '__getitem__'):
            raise TypeError(f'{type(iterable).__name__!r} object is not iterable')
        self._lines = iter(iterable)
        self._dialect = Dialect(dialect, **options)
        self._fields = []
        self.line_num = 0

    dialect = property(lambda self: self._dialect)

    def __iter__(self):
        return self

    def _add(self, c):
        if len(self._field) >= _limit:
            raise Error(f'field larger than field limit ({_limit})')
        self._field.append(c)

    def _save(self):
        text = ''.join(self._field)
        self._field = []
        if self._is_number:
            self._is_number = False
            text = float(text)
        self._fields.append(text)

    def __next__(self):
        self._fields, self._field, self._is_number = [], [], False
        state = 'record'
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if self._field or state == 'quoted':
                    if self._dialect._strict:
                        raise Error('unexpected end of data') from None
                    self._save()
                    return self._fields
                raise
            if not isinstance(line, str):
                raise Error(f'iterator should return strings, not {type(line).__name__} (the file should be opened in text mode)')
            self.line_num += 1
            for c in line:
                state = self._step(state, c)
            state = self._step(state, None)
            if state == 'record':
                return self._fields

    def _step(self, state, c):
        "Takes one character; None is the end of a line."
        d = self._dialect
        end = c is None or c == '\n' or c == '\r'
        if state == 'record':
            if c is None:
                return 'record'
            if end:
                return 'eaten'
            state = 'field'
        if state == 'field':
            if end:
                self._save()
                return 'record' if c is None else 'eaten'
            if c == d._quotechar and d._quoting != QUOTE_NONE:
                return 'quoted'
            if c == d._escapechar:
                return 'escaped'
            if c == ' ' and d._skipinitialspace:
                return 'field'
            if c == d._delimiter:
                self._save()
                return 'field'
            if d._quoting == QUOTE_NONNUMERIC:
                self._is_number = True
            self._add(c)
            return 'in'
        if state == 'escaped':
            if c is None:
                c = '\n'
            self._add(c)
            return 'in' if c not in '\n\r' else 'after escape'
        if state == 'in' or state == 'after escape':
            if state == 'after escape' and c is None:
                return 'after escape'
            if end:
                self._save()
                return 'record' if c is None else 'eaten'
            if c == d._escapechar:
                return 'escaped'
            if c == d._delimiter:
                self._save()
                return 'field'
            self._add(c)
            return 'in'
        if state == 'quoted':
            if c is None:
                return 'quoted'
            if c == d._escapechar:
                return 'escaped in quotes'
            if c == d._quotechar and d._quoting != QUOTE_NONE:
                return 'quote in quotes' if d._doublequote else 'in'
            self._add(c)
            return 'quoted'
        if state == 'escaped in quotes':
            self._add('\n' if c is None else c)
            return 'quoted'
        if state == 'quote in quotes':
            if d._quoting != QUOTE_NONE and c == d._quotechar and c is not None:
                self._add(c)
                return 'quoted'
            if c == d._delimiter:
                self._save()
                return 'field'
            if end:
                self._save()
                return 'record' if c is None else 'eaten'
            if d._strict:
                raise Error(f"'{d._delimiter}' expected after '{d._quotechar}'")
            self._add(c)
            return 'in'
        # behind the end of a line
        if c is None:
            return 'record'
        if end:
            return 'eaten'
        raise Error('new-line character seen in unquoted field - do you need to open the file in universal-newline mode?')


class writer:
    """Writes rows into anything that has a method write."""

    __slots__ = '_write', '_dialect'

    def __new__(cls, *args, **kwargs):
        return object.__new__(cls)

    def __init__(self, fileobj, /, dialect=None, **options):
        write = getattr(fileobj, 'write', None)
        if not callable(write):
            raise TypeError('argument 1 must have a "write" method')
        self._write = write
        self._dialect = Dialect(dialect, **options)

    dialect = property(lambda self: self._dialect)

    def writerow(self, row, /):
        """Write one row."""
        d = self._dialect
        try:
            values = iter(row)
        except TypeError:
            raise Error(f'iterable expected, not {type(row).__name__}') from None
        fields, last = [], None
        for value in values:
            fields.append(self._field(value))
            last = value
        if len(fields) == 1 and not fields[0] and d._quoting != QUOTE_NONE:
            fields = [d._quotechar * 2]
        elif len(fields) == 1 and not fields[0]:
            raise Error('single empty field record must be quoted')
        return self._write(d._delimiter.join(fields) + d._lineterminator)

    def writerows(self, rows, /):
        """Write several rows."""
        for row in rows:
            self.writerow(row)

    def _field(self, value):
        d = self._dialect
        is_number = isinstance(value, (int, float)) or hasattr(type(value), '__float__')
        if value is None:
            text = ''
        else:
            text = value if isinstance(value, str) else str(value)
        quoted = d._quoting == QUOTE_ALL or d._quoting == QUOTE_NONNUMERIC and not is_number
        out = []
        for c in text:
            special = c in (d._delimiter, d._escapechar, d._quotechar) or c in '\n\r' or c in d._lineterminator
            if special:
                wants_escape = d._quoting == QUOTE_NONE
                if not wants_escape:
                    if c == d._quotechar:
                        if d._doublequote:
                            out.append(c)
                        else:
                            wants_escape = True
                    elif c == d._escapechar:
                        wants_escape = True
                    if not wants_escape:
                        quoted = True
                if wants_escape:
                    if d._escapechar is None:
                        raise Error('need to escape, but no escapechar set')
                    out.append(d._escapechar)
            out.append(c)
        text = ''.join(out)
        return f'{d._quotechar}{text}{d._quotechar}' if quoted else text


for _class in (Dialect, reader, writer):
    _builtin_class(_class, f'_csv.{_class.__name__}')
del _class
