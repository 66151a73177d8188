"""Tables as text, a row a line: `reader` and `writer` for lists, `DictReader` and `DictWriter` for dicts.

The first line of a `DictReader` names the fields, unless they are given.
"""

import re
import types
from _csv import (Error, QUOTE_ALL, QUOTE_MINIMAL, QUOTE_NONE, QUOTE_NONNUMERIC, __version__, field_size_limit, get_dialect,
                  list_dialects, reader, register_dialect, unregister_dialect, writer)
from _csv import Dialect as _Dialect
from io import StringIO

__doc__ = __doc__
__all__ = ['QUOTE_MINIMAL', 'QUOTE_ALL', 'QUOTE_NONNUMERIC', 'QUOTE_NONE', 'Error', 'Dialect', 'excel', 'excel_tab',
           'field_size_limit', 'reader', 'writer', 'register_dialect', 'get_dialect', 'list_dialects', 'Sniffer', 'unregister_dialect',
           'DictReader', 'DictWriter', 'unix_dialect', '__version__', '__doc__']


class Dialect:
    """A dialect as a class: classes that inherit from it set its attributes."""

    _name = ''
    _valid = False
    delimiter = quotechar = escapechar = doublequote = skipinitialspace = lineterminator = quoting = None

    def __init__(self):
        if self.__class__ is not Dialect:
            self._valid = True
        self._validate()

    def _validate(self):
        try:
            _Dialect(self)
        except TypeError as error:
            raise Error(str(error))


class excel(Dialect):
    """What Excel writes."""

    delimiter, quotechar, doublequote, skipinitialspace = ',', '"', True, False
    lineterminator, quoting = '\r\n', QUOTE_MINIMAL


class excel_tab(excel):
    """What Excel writes with tabs."""

    delimiter = '\t'


class unix_dialect(Dialect):
    """What is usual on Unix: all quoted, lines end with a newline."""

    delimiter, quotechar, doublequote, skipinitialspace = ',', '"', True, False
    lineterminator, quoting = '\n', QUOTE_ALL


for _dialect_name, _dialect_class in (('excel', excel), ('excel-tab', excel_tab), ('unix', unix_dialect)):
    register_dialect(_dialect_name, _dialect_class)
del _dialect_name, _dialect_class


class DictReader:
    """Rows as dicts. Fields without a name come under `restkey`, names without a field get `restval`."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect='excel', *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self._fieldnames, self.restkey, self.restval = fieldnames, restkey, restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect, self.line_num = dialect, 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        """The names, read from the first line if need be."""
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if self.line_num == 0:
            self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while row == []:
            row = next(self.reader)
        names = self.fieldnames
        result = dict(zip(names, row))
        if len(row) > len(names):
            result[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            result[name] = self.restval
        return result

    __class_getitem__ = classmethod(types.GenericAlias)


class DictWriter:
    """Writes dicts, in the order of the names."""

    def __init__(self, f, fieldnames, restval='', extrasaction='raise', dialect='excel', *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        extrasaction = extrasaction.lower()
        if extrasaction not in ('raise', 'ignore'):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.fieldnames, self.restval, self.extrasaction = fieldnames, restval, extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        """Write the names."""
        return self.writerow({name: name for name in self.fieldnames})

    def _values(self, row):
        if self.extrasaction == 'raise':
            unknown = row.keys() - self.fieldnames
            if unknown:
                listed = ', '.join(repr(name) for name in unknown)
                raise ValueError('dict contains fields not in fieldnames: ' + listed)
        return (row.get(name, self.restval) for name in self.fieldnames)

    def writerow(self, rowdict):
        """Write one dict."""
        return self.writer.writerow(self._values(rowdict))

    def writerows(self, rowdicts):
        """Write several dicts."""
        return self.writer.writerows(map(self._values, rowdicts))

    __class_getitem__ = classmethod(types.GenericAlias)


class Sniffer:
    """Guesses the dialect of a sample, and whether it begins with names."""

    def __init__(self):
        self.preferred = [',', '\t', ';', ' ', ':']

    def sniff(self, sample, delimiters=None):
        """The dialect that a sample seems to be written in."""
        quote, doubled, delimiter, skip = self._by_quotes(sample, delimiters)
        if not delimiter:
            delimiter, skip = self._by_counts(sample, delimiters)
        if not delimiter:
            raise Error('Could not determine delimiter')

        class dialect(Dialect):
            _name = 'sniffed'
            lineterminator = '\r\n'
            quoting = QUOTE_MINIMAL
        dialect.doublequote, dialect.delimiter = doubled, delimiter
        dialect.quotechar, dialect.skipinitialspace = quote or '"', skip
        return dialect

    def _by_quotes(self, data, delimiters):
        "Quote, whether it is doubled, delimiter and space behind that, from what stands around quoted texts."
        for pattern in (r'(?P<delim>[^\w\n"\'])(?P<space> ?)(?P<quote>["\']).*?(?P=quote)(?P=delim)',
                        r'(?:^|\n)(?P<quote>["\']).*?(?P=quote)(?P<delim>[^\w\n"\'])(?P<space> ?)',
                        r'(?P<delim>[^\w\n"\'])(?P<space> ?)(?P<quote>["\']).*?(?P=quote)(?:$|\n)',
                        r'(?:^|\n)(?P<quote>["\']).*?(?P=quote)(?:$|\n)'):
            found = list(re.finditer(pattern, data, re.DOTALL | re.MULTILINE))
            if found:
                break
        else:
            return '', False, None, 0
        quotes, delims, spaces = {}, {}, 0
        for match in found:
            groups = match.groupdict()
            quotes[groups['quote']] = quotes.get(groups['quote'], 0) + 1
            delim = groups.get('delim')
            if delim and (delimiters is None or delim in delimiters):
                delims[delim] = delims.get(delim, 0) + 1
            spaces += bool(groups.get('space'))
        quote = max(quotes, key=quotes.get)
        if delims:
            delim = max(delims, key=delims.get)
            skip = delims[delim] == spaces
            delim = '' if delim == '\n' else delim
        else:
            delim, skip = '', 0
        doubled = re.search(r'((%(d)s)|^)\W*%(q)s[^%(d)s\n]*%(q)s[^%(d)s\n]*%(q)s\W*((%(d)s)|$)'
                            % {'d': re.escape(delim), 'q': quote}, data, re.MULTILINE)
        return quote, bool(doubled), delim, skip

    def _by_counts(self, data, delimiters):
        "A character that comes as often in nearly every line."
        lines = list(filter(None, data.split('\n')))
        often = {}
        for chunk_end in range(min(10, len(lines)), len(lines) + 10, 10):
            part = lines[:chunk_end]
            steady = {}
            for code in range(127):
                counts = {}
                for line in part:
                    n = line.count(chr(code))
                    counts[n] = counts.get(n, 0) + 1
                usual = max(counts, key=counts.get)
                score = counts[usual] - sum(count for n, count in counts.items() if n != usual)
                if usual > 0 and score > 0:
                    steady[chr(code)] = usual, score
            consistency = 1.0
            while consistency >= 0.9 and not often:
                often = {c: pair for c, pair in steady.items()
                         if pair[1] / len(part) >= consistency and (delimiters is None or c in delimiters)}
                consistency -= 0.01
            if len(often) == 1:
                delim, = often
                return delim, lines[0].count(delim) == lines[0].count(f'{delim} ')
            if chunk_end >= len(lines):
                break
        if not often:
            return '', 0
        for delim in self.preferred:
            if delim in often:
                return delim, lines[0].count(delim) == lines[0].count(f'{delim} ')
        delim = max(often, key=lambda c: (often[c], c))
        return delim, lines[0].count(delim) == lines[0].count(f'{delim} ')

    def has_header(self, sample):
        """Whether the first row looks like names: other types or lengths than below it."""
        rows = reader(StringIO(sample), self.sniff(sample))
        header = next(rows)
        kinds = dict.fromkeys(range(len(header)))
        for number, row in enumerate(rows):
            if number > 20:
                break
            if len(row) != len(header):
                continue
            for column in list(kinds):
                kind = complex
                try:
                    complex(row[column])
                except (ValueError, OverflowError):
                    kind = len(row[column])
                if kinds[column] is None:
                    kinds[column] = kind
                elif kinds[column] != kind:
                    del kinds[column]
        votes = 0
        for column, kind in kinds.items():
            if isinstance(kind, int):
                votes += 1 if len(header[column]) != kind else -1
            else:
                try:
                    kind(header[column])
                except (ValueError, TypeError):
                    votes += 1
                else:
                    votes -= 1
        return votes > 0
