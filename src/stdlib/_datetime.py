"""Dates, times of day, both together, differences between them, and zones.

A date is counted from the 1st of January of the year 1, which is day 1; a difference is a number of microseconds. An aware datetime asks its
`tzinfo` how far from Greenwich it is. `date(2024, 2, 28) + timedelta(days=2)` is `date(2024, 3, 1)`.
"""

import time as _time
import math as _math
from operator import index as _index
from _datetime_text import strptime as _parse_by_format
from _like_builtin import builtin_class as _builtin_class

__name__ = 'datetime'  # where the classes are at home
__all__ = ('date', 'datetime', 'time', 'timedelta', 'timezone', 'tzinfo', 'MINYEAR', 'MAXYEAR', 'UTC')

MINYEAR, MAXYEAR = 1, 9999
_LAST_ORDINAL = 3652059
_DAYS_BEFORE = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_MONTHS = ('', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec')
_WEEKDAYS = ('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')
_DAY_US = 86_400_000_000
_absent = object()


# ── the calendar ────────────────────────────────────────────────────────────────────────────────────────────────────────

def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month_length(year, month):
    if month == 2:
        return 29 if _is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _day_of_year(year, month, day):
    return _DAYS_BEFORE[month] + (month > 2 and _is_leap(year)) + day


def _ordinal(year, month, day):
    past = year - 1
    return past * 365 + past // 4 - past // 100 + past // 400 + _day_of_year(year, month, day)


def _from_ordinal(n):
    "Year, month and day: 400 years have 146097 days, 100 have 36524, 4 have 1461."
    n -= 1
    centuries4, n = divmod(n, 146097)
    centuries, n = divmod(n, 36524)
    fours, n = divmod(n, 1461)
    years, n = divmod(n, 365)
    year = 400 * centuries4 + 100 * centuries + 4 * fours + years + 1
    if years == 4 or centuries == 4:
        return year - 1, 12, 31
    month = (n + 50) >> 5
    start = _DAYS_BEFORE[month] + (month > 2 and _is_leap(year))
    if start > n:
        month -= 1
        start -= _month_length(year, month)
    return year, month, n - start + 1


def _first_iso_monday(year):
    "The ordinal of the Monday of the week with the year's 4th of January."
    first = _ordinal(year, 1, 1)
    weekday = (first + 6) % 7
    monday = first - weekday
    return monday + 7 if weekday > 3 else monday


def _from_iso_week(year, week, day):
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f'Year is out of range: {year}')
    if not 0 < week < 53 and not (week == 53 and _first_iso_monday(year + 1) - _first_iso_monday(year) == 53 * 7):
        raise ValueError(f'Invalid week: {week}')
    if not 0 < day < 8:
        raise ValueError(f'Invalid day: {day} (range is [1, 7])')
    return _from_ordinal(_first_iso_monday(year) + 7 * (week - 1) + day - 1)


def _checked_date(year, month, day):
    year, month, day = _index(year), _index(month), _index(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f'year {year} is out of range')
    if not 1 <= month <= 12:
        raise ValueError('month must be in 1..12')
    if not 1 <= day <= _month_length(year, month):
        raise ValueError('day is out of range for month')
    return year, month, day


def _checked_time(hour, minute, second, microsecond, fold):
    values = [_index(value) for value in (hour, minute, second, microsecond)]
    for value, (name, last) in zip(values, (('hour', 23), ('minute', 59), ('second', 59), ('microsecond', 999999))):
        if not 0 <= value <= last:
            raise ValueError(f'{name} must be in 0..{last}')
    if fold not in (0, 1):
        raise ValueError('fold must be either 0 or 1')
    return values


def _checked_zone(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(tz).__name__}'")
    return tz


def _checked_offset(name, offset):
    if offset is None:
        return None
    if not isinstance(offset, timedelta):
        raise TypeError(f"tzinfo.{name}() must return None or a timedelta, not '{type(offset).__name__}'")
    if not -_one_day < offset < _one_day:
        raise ValueError(f'offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).')
    return offset


# ── text ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

def _time_text(hour, minute, second, microsecond, timespec='auto'):
    if not isinstance(timespec, str):
        raise TypeError(f"isoformat() argument 1 must be str, not {type(timespec).__name__}")
    if timespec == 'auto':
        timespec = 'microseconds' if microsecond else 'seconds'
    parts = {'hours': 1, 'minutes': 2, 'seconds': 3, 'milliseconds': 3, 'microseconds': 3}.get(timespec)
    if parts is None:
        raise ValueError('Unknown timespec value')
    text = ':'.join(f'{value:02d}' for value in (hour, minute, second)[:parts])
    if timespec == 'milliseconds':
        return f'{text}.{microsecond // 1000:03d}'
    return f'{text}.{microsecond:06d}' if timespec == 'microseconds' else text


def _offset_text(offset, colon=':'):
    if offset is None:
        return ''
    us = offset._us()
    sign, us = ('-', -us) if us < 0 else ('+', us)
    seconds, us = divmod(us, 1_000_000)
    text = f'{sign}{seconds // 3600:02d}{colon}{seconds // 60 % 60:02d}'
    if seconds % 60 or us:
        text += f'{colon}{seconds % 60:02d}'
    return f'{text}.{us:06d}' if us else text


def _formatted(value, format, moment):
    "`strftime` for what the system does not know of: `%f`, `%z` and `%Z`."
    if not isinstance(format, str):
        raise TypeError(f'strftime() argument 1 must be str, not {type(format).__name__}')
    pieces, at = [], 0
    while (found := format.find('%', at)) >= 0:
        pieces.append(format[at:found])
        code = format[found + 1:found + 2]
        at = found + 2
        if code == 'f':
            pieces.append(f"{getattr(value, 'microsecond', 0):06d}")
        elif code == 'z':
            pieces.append(_offset_text(value.utcoffset(), '') if hasattr(value, 'utcoffset') else '')
        elif code == 'Z':
            name = value.tzname() if hasattr(value, 'tzname') else None
            pieces.append((name or '').replace('%', '%%'))
        else:
            pieces.append('%' + code)
    pieces.append(format[at:])
    return _time.strftime(''.join(pieces), moment)


def _bad_iso(text):
    return ValueError(f'Invalid isoformat string: {text!r}')


def _number(text, length=None):
    if not text or not text.isascii() or not text.isdigit() or length is not None and len(text) != length:
        raise ValueError('digits expected')
    return int(text)


def _iso_date(text):
    "Year, month and day of `2024-02-03`, `20240203`, `2024-W05-6`, `2024W056`, `2024-W05`."
    if len(text) not in (7, 8, 10):
        raise ValueError('length')
    year, rest = _number(text[:4], 4), text[4:]
    dashed = rest[:1] == '-'
    if dashed:
        rest = rest[1:]
    if rest[:1] == 'W':
        week, rest = _number(rest[1:3], 2), rest[3:]
        day = 1
        if rest:
            if (rest[0] == '-') != dashed:
                raise ValueError('separators')
            day = _number(rest[1:] if dashed else rest, 1)
        return _from_iso_week(year, week, day)
    month, rest = _number(rest[:2], 2), rest[2:]
    if dashed:
        if rest[:1] != '-':
            raise ValueError('separators')
        rest = rest[1:]
    return year, month, _number(rest, 2)


def _iso_clock(text):
    "Hour, minute, second and microsecond of `10:11:12.123456` or `101112`."
    values, colon, position = [], None, 0
    while True:
        values.append(_number(text[position:position + 2], 2))
        position += 2
        if position == len(text):
            break
        if text[position] in '.,' and len(values) == 3:
            break
        if len(values) == 3:
            raise ValueError('too long')
        if colon is None:
            colon = text[position] == ':'
        if colon:
            if text[position] != ':':
                raise ValueError('separators')
            position += 1
    fraction = 0
    if position < len(text):
        digits = text[position + 1:]
        _number(digits)
        fraction = int(digits[:6].ljust(6, '0'))
    return (values + [0, 0])[:3] + [fraction]


def _iso_time(text):
    "The clock and the zone of a time."
    at = next((i for i, c in enumerate(text) if c in '+-Z'), None)
    if at is None:
        return _iso_clock(text), None
    clock, zone = _iso_clock(text[:at]), text[at + 1:]
    if text[at] == 'Z':
        if zone:
            raise ValueError('text behind Z')
        return clock, timezone.utc
    hour, minute, second, us = _iso_clock(zone)
    if (hour, minute, second, us) == (0, 0, 0, 0):
        return clock, timezone.utc
    offset = timedelta(hours=hour, minutes=minute, seconds=second, microseconds=us)
    return clock, (offset if text[at] == '+' else -offset)


def _zone_of(parsed):
    return timezone(parsed) if isinstance(parsed, timedelta) else parsed


# ── timedelta ───────────────────────────────────────────────────────────────────────────────────────────────────────────

def _divided_evenly(a, b):
    "a / b to the nearest integer, halves to the even one."
    quotient, rest = divmod(a, b)
    rest *= 2
    return quotient + ((rest > b if b > 0 else rest < b) or rest == b and quotient % 2 == 1)


class timedelta:
    """A difference between two moments: timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)."""

    __slots__ = '_days', '_seconds', '_microseconds', '_hash'

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total, left = 0, 0.0
        for name, value, unit in (('microseconds', microseconds, 1), ('milliseconds', milliseconds, 1000), ('seconds', seconds, 1_000_000),
                                  ('minutes', minutes, 60_000_000), ('hours', hours, 3_600_000_000), ('days', days, _DAY_US),
                                  ('weeks', weeks, 7 * _DAY_US)):
            if isinstance(value, int):
                total += value * unit
            elif isinstance(value, float):
                part, whole = _math.modf(value)
                total += int(whole) * unit
                part, whole = _math.modf(part * unit)
                total += int(whole)
                left += part
            else:
                raise TypeError(f'unsupported type for timedelta {name} component: {type(value).__name__}')
        if left:
            whole = _math.floor(abs(left) + 0.5) * (1 if left > 0 else -1)
            if abs(whole - left) == 0.5:
                odd = total & 1
                whole = 2 * round((left + odd) * 0.5) - odd
            total += whole
        return cls._of(total)

    @classmethod
    def _of(cls, us):
        days, us = divmod(us, _DAY_US)
        if not -999999999 <= days <= 999999999:
            if not -2**31 <= days < 2**31:
                raise OverflowError('Python int too large to convert to C int')
            raise OverflowError(f'days={days}; must have magnitude <= 999999999')
        self = object.__new__(cls)
        self._days = days
        self._seconds, self._microseconds = divmod(us, 1_000_000)
        self._hash = -1
        return self

    def _us(self):
        return (self._days * 86400 + self._seconds) * 1_000_000 + self._microseconds

    days = property(lambda self: self._days, doc='Number of days.')
    seconds = property(lambda self: self._seconds, doc='Number of seconds (>= 0 and less than 1 day).')
    microseconds = property(lambda self: self._microseconds, doc='Number of microseconds (>= 0 and less than 1 second).')

    def total_seconds(self):
        """All of it in seconds."""
        return self._us() / 10**6

    def __repr__(self):
        parts = [f'{name}={value}' for name, value in (('days', self._days), ('seconds', self._seconds),
                                                       ('microseconds', self._microseconds)) if value]
        cls = type(self)
        name = f'datetime.{cls.__qualname__}' if cls is timedelta else cls.__qualname__ if cls.__module__ == 'builtins' \
            else f'{cls.__module__}.{cls.__qualname__}'
        return f"{name}({', '.join(parts) or '0'})"

    def __str__(self):
        clock = f'{self._seconds // 3600}:{self._seconds // 60 % 60:02d}:{self._seconds % 60:02d}'
        if self._days:
            clock = f"{self._days} day{'' if abs(self._days) == 1 else 's'}, {clock}"
        return f'{clock}.{self._microseconds:06d}' if self._microseconds else clock

    def __add__(self, other):
        return timedelta._of(self._us() + other._us()) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        return timedelta._of(self._us() - other._us()) if isinstance(other, timedelta) else NotImplemented

    def __rsub__(self, other):
        return timedelta._of(other._us() - self._us()) if isinstance(other, timedelta) else NotImplemented

    def __neg__(self):
        return timedelta._of(-self._us())

    def __pos__(self):
        return timedelta._of(self._us())

    def __abs__(self):
        return timedelta._of(abs(self._us()))

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._of(self._us() * other)
        if isinstance(other, float):
            top, bottom = other.as_integer_ratio()
            return timedelta._of(_divided_evenly(self._us() * top, bottom))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._us() // _nonzero(other._us())
        return timedelta._of(self._us() // _nonzero(other)) if isinstance(other, int) else NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._us() / (other._us() or _nonzero(0, 'division by zero'))
        if isinstance(other, int):
            return timedelta._of(_divided_evenly(self._us(), _nonzero(other)))
        if isinstance(other, float):
            top, bottom = other.as_integer_ratio()
            return timedelta._of(_divided_evenly(bottom * self._us(), top or _nonzero(0, 'division by zero')))
        return NotImplemented

    def __mod__(self, other):
        return timedelta._of(self._us() % _nonzero(other._us())) if isinstance(other, timedelta) else NotImplemented

    def __divmod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        quotient, rest = divmod(self._us(), _nonzero(other._us()))
        return quotient, timedelta._of(rest)

    def __eq__(self, other):
        return self._us() == other._us() if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._us() < other._us() if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._us() <= other._us() if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._us() > other._us() if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._us() >= other._us() if isinstance(other, timedelta) else NotImplemented

    def __hash__(self):
        if self._hash == -1:
            self._hash = hash((self._days, self._seconds, self._microseconds))
        return self._hash

    def __bool__(self):
        return bool(self._days or self._seconds or self._microseconds)

    def __reduce__(self):
        return type(self), (self._days, self._seconds, self._microseconds)


def _nonzero(number, message='integer division or modulo by zero'):
    if not number:
        raise ZeroDivisionError(message)
    return number


_one_day = timedelta(1)
timedelta.min, timedelta.max = timedelta(-999999999), timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)


# ── date ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

def _missing_argument(names, values):
    for position, (name, value) in enumerate(zip(names, values), 1):
        if value is _absent:
            raise TypeError(f'function missing required argument {name!r} (pos {position})')


def _class_name(self):
    cls = type(self)
    return f'datetime.{cls.__qualname__}' if cls.__module__ == 'datetime' else f'{cls.__module__}.{cls.__qualname__}'


class date:
    """A day: date(year, month, day)."""

    __slots__ = '_year', '_month', '_day', '_hash'

    def __new__(cls, year=_absent, month=_absent, day=_absent, *more):
        if more:
            raise TypeError(f'function takes at most 3 arguments ({3 + len(more)} given)')
        if month is _absent and isinstance(year, (bytes, str)) and len(year) == 4:
            if isinstance(year, str):
                year = year.encode('latin1')
            if 1 <= year[2] <= 12:
                return cls._made(int.from_bytes(year[:2]), year[2], year[3])
        _missing_argument(('year', 'month', 'day'), (year, month, day))
        return cls._made(*_checked_date(year, month, day))

    @classmethod
    def _made(cls, year, month, day):
        self = object.__new__(cls)
        self._year, self._month, self._day, self._hash = year, month, day, -1
        return self

    @classmethod
    def fromtimestamp(cls, timestamp, /):
        """The local day of so many seconds since 1970."""
        moment = _time.localtime(timestamp)
        return cls(moment.tm_year, moment.tm_mon, moment.tm_mday)

    @classmethod
    def today(cls):
        """The current local day."""
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromordinal(cls, ordinal, /):
        """The day with this number; 1 is the 1st of January of the year 1."""
        ordinal = _index(ordinal)
        if ordinal < 1:
            raise ValueError('ordinal must be >= 1')
        return cls(*_from_ordinal(ordinal))

    @classmethod
    def fromisoformat(cls, string, /):
        """The day of an ISO 8601 text."""
        if not isinstance(string, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            parts = _iso_date(string)
        except ValueError:
            raise _bad_iso(string) from None
        return cls(*parts)

    @classmethod
    def fromisocalendar(cls, year, week, day):
        """The day of an ISO year, week and day of the week."""
        return cls(*_from_iso_week(_index(year), _index(week), _index(day)))

    year = property(lambda self: self._year)
    month = property(lambda self: self._month)
    day = property(lambda self: self._day)

    def __repr__(self):
        return f'{_class_name(self)}({self._year}, {self._month}, {self._day})'

    def isoformat(self):
        """`2024-02-03`"""
        return f'{self._year:04d}-{self._month:02d}-{self._day:02d}'

    def __str__(self):
        return self.isoformat()

    def ctime(self):
        """`Sat Feb  3 00:00:00 2024`"""
        return f'{_WEEKDAYS[self.weekday()]} {_MONTHS[self._month]} {self._day:2d} 00:00:00 {self._year:04d}'

    def strftime(self, format):
        """Text by a format such as `%d.%m.%Y`."""
        return _formatted(self, format, self.timetuple())

    def __format__(self, format):
        if not isinstance(format, str):
            raise TypeError(f'__format__() argument 1 must be str, not {type(format).__name__}')
        return self.strftime(format) if format else str(self)

    def timetuple(self):
        return _time.struct_time((self._year, self._month, self._day, 0, 0, 0, self.weekday(),
                                  _day_of_year(self._year, self._month, self._day), -1))

    def toordinal(self):
        """The number of the day; 1 is the 1st of January of the year 1."""
        return _ordinal(self._year, self._month, self._day)

    def weekday(self):
        """0 is Monday."""
        return (_ordinal(self._year, self._month, self._day) + 6) % 7

    def isoweekday(self):
        """1 is Monday."""
        return self.weekday() + 1

    def isocalendar(self):
        """The ISO year, week and day of the week."""
        year, here = self._year, _ordinal(self._year, self._month, self._day)
        if here < _first_iso_monday(year):
            year -= 1
        elif here >= _first_iso_monday(year + 1):
            year += 1
        week, day = divmod(here - _first_iso_monday(year), 7)
        return IsoCalendarDate(year, week + 1, day + 1)

    def replace(self, year=None, month=None, day=None):
        """The same with some parts changed."""
        return type(self)(self._year if year is None else year, self._month if month is None else month,
                          self._day if day is None else day)

    def _moved(self, days):
        ordinal = self.toordinal() + days
        if not 1 <= ordinal <= _LAST_ORDINAL:
            raise OverflowError('date value out of range')
        return type(self)(*_from_ordinal(ordinal))

    def __add__(self, other):
        return self._moved(other._days) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self._moved(-other._days)
        return timedelta(self.toordinal() - other.toordinal()) if isinstance(other, date) else NotImplemented

    def _compared(self, other):
        "Both as tuples; None: they cannot be compared."
        if isinstance(other, date) and not isinstance(other, datetime):
            return (self._year, self._month, self._day), (other._year, other._month, other._day)

    def __eq__(self, other):
        pair = self._compared(other)
        return NotImplemented if pair is None else pair[0] == pair[1]

    def __lt__(self, other):
        pair = self._compared(other)
        return NotImplemented if pair is None else pair[0] < pair[1]

    def __le__(self, other):
        pair = self._compared(other)
        return NotImplemented if pair is None else pair[0] <= pair[1]

    def __gt__(self, other):
        pair = self._compared(other)
        return NotImplemented if pair is None else pair[0] > pair[1]

    def __ge__(self, other):
        pair = self._compared(other)
        return NotImplemented if pair is None else pair[0] >= pair[1]

    def _state(self):
        return self._year.to_bytes(2) + bytes((self._month, self._day))

    def __hash__(self):
        if self._hash == -1:
            self._hash = hash(self._state())
        return self._hash

    def __reduce__(self):
        return type(self), (self._state(),)


date.min, date.max, date.resolution = date(1, 1, 1), date(9999, 12, 31), timedelta(days=1)


class IsoCalendarDate(tuple):
    """What `isocalendar` gives: year, week, weekday."""

    __slots__ = ()

    def __new__(cls, year, week, weekday, /):
        return super().__new__(cls, (year, week, weekday))

    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __reduce__(self):
        return tuple, (tuple(self),)

    def __repr__(self):
        return f'datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})'


# ── zones ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

class tzinfo:
    """How local time differs from that of Greenwich: classes that inherit from it say."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        return object.__new__(cls)

    def tzname(self, dt):
        raise NotImplementedError('a tzinfo subclass must implement tzname()')

    def utcoffset(self, dt):
        raise NotImplementedError('a tzinfo subclass must implement utcoffset()')

    def dst(self, dt):
        raise NotImplementedError('a tzinfo subclass must implement dst()')

    def fromutc(self, dt):
        """Local time of a moment given as that of Greenwich."""
        if not isinstance(dt, datetime):
            raise TypeError('fromutc: argument must be a datetime')
        if dt.tzinfo is not self:
            raise ValueError('fromutc: dt.tzinfo is not self')
        offset = dt.utcoffset()
        if offset is None:
            raise ValueError('fromutc: non-None utcoffset() result required')
        saving = dt.dst()
        if saving is None:
            raise ValueError('fromutc: non-None dst() result required')
        standard = offset - saving
        if standard:
            dt += standard
            saving = dt.dst()
            if saving is None:
                raise ValueError('fromutc: tz.dst() gave inconsistent results; cannot convert')
        return dt + saving

    def __reduce__(self):
        arguments = getattr(self, '__getinitargs__', tuple)()
        return type(self), arguments, self.__getstate__()


class timezone(tzinfo):
    """A fixed distance from Greenwich: timezone(offset, name)."""

    __slots__ = '_offset', '_name'

    def __new__(cls, offset, name=_absent):
        if not isinstance(offset, timedelta):
            raise TypeError(f'timezone() argument 1 must be datetime.timedelta, not {type(offset).__name__}')
        if name is _absent:
            if not offset and hasattr(cls, 'utc'):
                return cls.utc
            name = None
        elif not isinstance(name, str):
            raise TypeError(f'timezone() argument 2 must be str, not {type(name).__name__}')
        if not -_one_day < offset < _one_day:
            raise ValueError('offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), '
                             f'not {offset!r}.')
        self = tzinfo.__new__(cls)
        self._offset, self._name = offset, name
        return self

    def __init_subclass__(cls):
        raise TypeError("type 'datetime.timezone' is not an acceptable base type")

    def __getinitargs__(self):
        return (self._offset,) if self._name is None else (self._offset, self._name)

    def __reduce__(self):
        return type(self), self.__getinitargs__(), None

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is timezone.utc:
            return 'datetime.timezone.utc'
        return f"datetime.timezone({', '.join(map(repr, self.__getinitargs__()))})"

    def __str__(self):
        return self.tzname(None)

    @staticmethod
    def _check(dt, method):
        if dt is not None and not isinstance(dt, datetime):
            raise TypeError(f'{method}(dt) argument must be a datetime instance or None, not {type(dt).__name__}')

    def utcoffset(self, dt, /):
        self._check(dt, 'utcoffset')
        return self._offset

    def tzname(self, dt, /):
        self._check(dt, 'tzname')
        if self._name is not None:
            return self._name
        return f'UTC{_offset_text(self._offset)}' if self._offset else 'UTC'

    def dst(self, dt, /):
        self._check(dt, 'dst')
        return None

    def fromutc(self, dt, /):
        if not isinstance(dt, datetime):
            raise TypeError('fromutc: argument must be a datetime instance')
        if dt.tzinfo is not self:
            raise ValueError('fromutc: dt.tzinfo is not self')
        return dt + self._offset


UTC = timezone.utc = timezone(timedelta(0))
timezone.min, timezone.max = timezone(-timedelta(hours=23, minutes=59)), timezone(timedelta(hours=23, minutes=59))


# ── time ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

class time:
    """A time of day: time(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)."""

    __slots__ = '_hour', '_minute', '_second', '_microsecond', '_tzinfo', '_fold', '_hash'

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if isinstance(hour, (bytes, str)) and len(hour) == 6:
            if isinstance(hour, str):
                hour = hour.encode('latin1')
            return cls._made([hour[0] & 127, hour[1], hour[2], int.from_bytes(hour[3:])], minute or None, hour[0] >> 7)
        values = _checked_time(hour, minute, second, microsecond, fold)
        return cls._made(values, _checked_zone(tzinfo), fold)

    @classmethod
    def _made(cls, values, tz, fold):
        self = object.__new__(cls)
        self._hour, self._minute, self._second, self._microsecond = values
        self._tzinfo, self._fold, self._hash = tz, fold, -1
        return self

    @classmethod
    def fromisoformat(cls, string, /):
        """The time of an ISO 8601 text, with or without a `T` in front."""
        if not isinstance(string, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            clock, zone = _iso_time(string.removeprefix('T'))
        except ValueError:
            raise _bad_iso(string) from None
        return cls(*clock, _zone_of(zone))

    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._microsecond)
    tzinfo = property(lambda self: self._tzinfo)
    fold = property(lambda self: self._fold)

    def _clock(self):
        return self._hour, self._minute, self._second, self._microsecond

    def __repr__(self):
        shown = [self._hour, self._minute]
        if self._second or self._microsecond:
            shown.append(self._second)
        if self._microsecond:
            shown.append(self._microsecond)
        return f"{_class_name(self)}({', '.join(map(str, shown))}{_zone_arguments(self)})"

    def isoformat(self, timespec='auto'):
        """`10:11:12.000013+01:00`"""
        return _time_text(*self._clock(), timespec) + _offset_text(self.utcoffset())

    def __str__(self):
        return self.isoformat()

    def strftime(self, format):
        """Text by a format such as `%H:%M`."""
        return _formatted(self, format, (1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1))

    __format__ = date.__format__

    def utcoffset(self):
        """How far east of Greenwich, as a timedelta; None for a naive time."""
        return None if self._tzinfo is None else _checked_offset('utcoffset', self._tzinfo.utcoffset(None))

    def tzname(self):
        return None if self._tzinfo is None else _checked_name(self._tzinfo.tzname(None))

    def dst(self):
        return None if self._tzinfo is None else _checked_offset('dst', self._tzinfo.dst(None))

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=_absent, *, fold=None):
        """The same with some parts changed."""
        new = [old if given is None else given for given, old in zip((hour, minute, second, microsecond), self._clock())]
        return type(self)(*new, self._tzinfo if tzinfo is _absent else tzinfo, fold=self._fold if fold is None else fold)

    def _compared(self, other, equality=False):
        if not isinstance(other, time):
            return None
        here, there = self.utcoffset(), other.utcoffset()
        if here == there:
            return self._clock(), other._clock()
        if here is None or there is None:
            if equality:
                return 1, 2
            raise TypeError("can't compare offset-naive and offset-aware times")
        return self._since_midnight() - here._us(), other._since_midnight() - there._us()

    def _since_midnight(self):
        return ((self._hour * 60 + self._minute) * 60 + self._second) * 1_000_000 + self._microsecond

    def __eq__(self, other):
        pair = self._compared(other, True)
        return NotImplemented if pair is None else pair[0] == pair[1]

    __lt__, __le__, __gt__, __ge__ = date.__lt__, date.__le__, date.__gt__, date.__ge__

    def _state(self, with_fold=False):
        first = self._hour | (self._fold and with_fold) << 7
        return bytes((first, self._minute, self._second)) + self._microsecond.to_bytes(3)

    def __hash__(self):
        if self._hash == -1:
            offset = (self.replace(fold=0) if self._fold else self).utcoffset()
            self._hash = hash(self._state()) if offset is None else hash(timedelta._of(self._since_midnight() - offset._us()))
        return self._hash

    def __reduce_ex__(self, protocol):
        state = self._state(protocol > 3)
        return type(self), (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce__(self):
        return self.__reduce_ex__(2)


def _checked_name(name):
    if name is not None and not isinstance(name, str):
        raise TypeError(f"tzinfo.tzname() must return None or a string, not '{type(name).__name__}'")
    return name


def _zone_arguments(self):
    text = f', fold={self._fold}' if self._fold else ''
    return text if self._tzinfo is None else f'{text}, tzinfo={self._tzinfo!r}' if self._fold else f', tzinfo={self._tzinfo!r}'


time.min, time.max, time.resolution = time(0, 0), time(23, 59, 59, 999999), timedelta(microseconds=1)
_zone_class, _time_class = tzinfo, time


# ── datetime ────────────────────────────────────────────────────────────────────────────────────────────────────────────

class datetime(date):
    """A day and a time: datetime(year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)."""

    __slots__ = '_hour', '_minute', '_second', '_microsecond', '_tzinfo', '_fold'

    def __new__(cls, year=_absent, month=_absent, day=_absent, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if isinstance(year, (bytes, str)) and len(year) == 10:
            state = year.encode('latin1') if isinstance(year, str) else year
            if 1 <= state[2] & 127 <= 12:
                tz = None if month is _absent else _checked_zone(month)
                return cls._made_at((int.from_bytes(state[:2]), state[2] & 127, state[3]),
                                    (state[4], state[5], state[6], int.from_bytes(state[7:])), tz, state[2] >> 7)
        _missing_argument(('year', 'month', 'day'), (year, month, day))
        day_parts = _checked_date(year, month, day)
        return cls._made_at(day_parts, _checked_time(hour, minute, second, microsecond, fold), _checked_zone(tzinfo), fold)

    @classmethod
    def _made_at(cls, day_parts, clock, tz, fold):
        self = object.__new__(cls)
        self._year, self._month, self._day = day_parts
        self._hour, self._minute, self._second, self._microsecond = clock
        self._tzinfo, self._fold, self._hash = tz, fold, -1
        return self

    hour = property(lambda self: self._hour)
    minute = property(lambda self: self._minute)
    second = property(lambda self: self._second)
    microsecond = property(lambda self: self._microsecond)
    tzinfo = property(lambda self: self._tzinfo)
    fold = property(lambda self: self._fold)

    @classmethod
    def _of_seconds(cls, seconds, us, tz, clock):
        moment = clock(seconds)
        made = cls(moment.tm_year, moment.tm_mon, moment.tm_mday, moment.tm_hour, moment.tm_min, min(moment.tm_sec, 59), us,
                   tz)
        return tz.fromutc(made) if tz is not None else made

    @classmethod
    def _of_timestamp(cls, timestamp, tz, clock):
        if isinstance(timestamp, float):
            if timestamp != timestamp:
                raise ValueError('Invalid value NaN (not a number)')
            part, seconds = _math.modf(timestamp)
            us = round(part * 1e6)
            if us >= 1_000_000:
                seconds, us = seconds + 1, us - 1_000_000
            elif us < 0:
                seconds, us = seconds - 1, us + 1_000_000
        else:
            seconds, us = _index(timestamp), 0
        if abs(seconds) >= 2**63:
            raise OverflowError('timestamp out of range for platform time_t')
        if not -62135596800 - 86400 <= seconds < 253402300800 + 86400:
            year = _time.gmtime(seconds).tm_year if abs(seconds) < 2**55 else None
            if year is None:
                raise ValueError('year is out of range')
            raise ValueError(f'year {year} is out of range')
        return cls._of_seconds(int(seconds), us, tz, clock)

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        """The moment so many seconds after 1970, in a zone or in local time."""
        _checked_zone(tz)
        return cls._of_timestamp(timestamp, tz, _time.localtime if tz is None else _time.gmtime)

    @classmethod
    def utcfromtimestamp(cls, timestamp, /):
        """The same as the time of Greenwich, but naive."""
        return cls._of_timestamp(timestamp, None, _time.gmtime)

    @classmethod
    def now(cls, tz=None):
        """The current moment."""
        _checked_zone(tz)
        seconds, ns = divmod(_time.time_ns(), 1_000_000_000)
        return cls._of_seconds(seconds, ns // 1000, tz, _time.localtime if tz is None else _time.gmtime)

    @classmethod
    def today(cls):
        return cls.now()

    @classmethod
    def utcnow(cls):
        """The current time of Greenwich, naive."""
        seconds, ns = divmod(_time.time_ns(), 1_000_000_000)
        return cls._of_seconds(seconds, ns // 1000, None, _time.gmtime)

    @classmethod
    def combine(cls, date, time, tzinfo=_absent):
        """A day and a time of day together."""
        for position, (value, kind) in enumerate(((date, _date_class), (time, _time_class)), 1):
            if not isinstance(value, kind):
                raise TypeError(f'combine() argument {position} must be datetime.{kind.__name__}, not {type(value).__name__}')
        return cls(date.year, date.month, date.day, *time._clock(), time.tzinfo if tzinfo is _absent else tzinfo, fold=time.fold)

    @classmethod
    def fromisoformat(cls, string, /):
        """The moment of an ISO 8601 text."""
        if not isinstance(string, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            at = _date_end(string)
            day = _iso_date(string[:at])
            clock, zone = [], None
            if len(string) > at:
                clock, zone = _iso_time(string[at + 1:])
        except ValueError:
            raise _bad_iso(string) from None
        return cls(*day, *clock, *([0] * (4 - len(clock))), _zone_of(zone))

    @classmethod
    def strptime(cls, date_string, format, /):
        """The moment of a text that follows a format."""
        for position, text in enumerate((date_string, format), 1):
            if not isinstance(text, str):
                raise TypeError(f'strptime() argument {position} must be str, not {type(text).__name__}')
        *parts, offset, name = _parse_by_format(date_string, format)
        if offset is None:
            return cls(*parts)
        offset = timedelta(microseconds=offset)
        return cls(*parts, timezone(offset, name) if name else timezone(offset))

    def date(self):
        """The day."""
        return _date_class(self._year, self._month, self._day)

    def time(self):
        """The time of day, naive."""
        return _time_class(*self._clock(), fold=self._fold)

    def timetz(self):
        """The time of day with the zone."""
        return _time_class(*self._clock(), self._tzinfo, fold=self._fold)

    def _clock(self):
        return self._hour, self._minute, self._second, self._microsecond

    def timetuple(self):
        saving = self.dst()
        return self._tuple(-1 if saving is None else int(bool(saving)))

    def utctimetuple(self):
        offset = self.utcoffset()
        return (self - offset if offset else self)._tuple(0)

    def _tuple(self, is_dst):
        return _time.struct_time((self._year, self._month, self._day, self._hour, self._minute, self._second, self.weekday(),
                                  _day_of_year(self._year, self._month, self._day), is_dst))

    def timestamp(self):
        """Seconds since 1970; a naive moment is in local time."""
        if self._tzinfo is not None:
            return (self - _epoch).total_seconds()
        if self.toordinal() < 2:
            raise ValueError('year 0 is out of range')
        seconds = (self.toordinal() - 719163) * 86400 + (self._hour * 60 + self._minute) * 60 + self._second
        return seconds - (_time.localtime(seconds).tm_gmtoff or 0) + self._microsecond / 1e6

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=_absent, *,
                fold=None):
        """The same with some parts changed."""
        old = (self._year, self._month, self._day, *self._clock())
        given = (year, month, day, hour, minute, second, microsecond)
        new = [before if value is None else value for value, before in zip(given, old)]
        return type(self)(*new, self._tzinfo if tzinfo is _absent else tzinfo, fold=self._fold if fold is None else fold)

    def astimezone(self, tz=None):
        """The same moment in another zone."""
        if tz is None:
            local = _time.localtime(int(_math.floor(self.timestamp())))
            tz = timezone(timedelta(seconds=local.tm_gmtoff), local.tm_zone)
        elif not isinstance(tz, _zone_class):
            raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(tz).__name__}'")
        if tz is self._tzinfo:
            return self
        offset = self.utcoffset()
        if offset is None:
            offset = timedelta(seconds=_time.localtime(int(_math.floor(self.replace(tzinfo=None).timestamp()))).tm_gmtoff or 0)
        return tz.fromutc((self - offset).replace(tzinfo=tz))

    def ctime(self):
        return f'{_WEEKDAYS[self.weekday()]} {_MONTHS[self._month]} {self._day:2d} ' \
               f'{self._hour:02d}:{self._minute:02d}:{self._second:02d} {self._year:04d}'

    def isoformat(self, sep='T', timespec='auto'):
        """`2024-02-03T10:11:12.000013+01:00`"""
        if not isinstance(sep, str) or len(sep) != 1:
            given = 'a unicode character, not ' + ('str' if isinstance(sep, str) else type(sep).__name__)
            raise TypeError(f'isoformat() argument 1 must be {given}')
        return f'{date.isoformat(self)}{sep}{_time_text(*self._clock(), timespec)}{_offset_text(self.utcoffset())}'

    def __repr__(self):
        shown = [self._year, self._month, self._day, self._hour, self._minute]
        if self._second or self._microsecond:
            shown.append(self._second)
        if self._microsecond:
            shown.append(self._microsecond)
        return f"{_class_name(self)}({', '.join(map(str, shown))}{_zone_arguments(self)})"

    def __str__(self):
        return self.isoformat(sep=' ')

    def utcoffset(self):
        """How far east of Greenwich, as a timedelta; None for a naive moment."""
        return None if self._tzinfo is None else _checked_offset('utcoffset', self._tzinfo.utcoffset(self))

    def tzname(self):
        return None if self._tzinfo is None else _checked_name(self._tzinfo.tzname(self))

    def dst(self):
        return None if self._tzinfo is None else _checked_offset('dst', self._tzinfo.dst(self))

    def _us(self):
        seconds = ((self.toordinal() * 24 + self._hour) * 60 + self._minute) * 60 + self._second
        return seconds * 1_000_000 + self._microsecond

    def _compared(self, other, equality=False):
        if not isinstance(other, datetime):
            if isinstance(other, _date_class):
                if equality:
                    return 1, 2
                raise TypeError(f"can't compare {_kind(self)} to {_kind(other)}")
            return None
        if self._tzinfo is other._tzinfo:
            return self._us(), other._us()
        here, there = self.utcoffset(), other.utcoffset()
        if equality and (here != self.replace(fold=not self._fold).utcoffset() or there != other.replace(fold=not other._fold).utcoffset()):
            return 1, 2
        if here == there:
            return self._us(), other._us()
        if here is None or there is None:
            if equality:
                return 1, 2
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return self._us() - here._us(), other._us() - there._us()

    def __eq__(self, other):
        pair = self._compared(other, True)
        return NotImplemented if pair is None else pair[0] == pair[1]

    def _at(self, us):
        ordinal, us = divmod(us, _DAY_US)
        if not 1 <= ordinal <= _LAST_ORDINAL:
            raise OverflowError('date value out of range')
        seconds, us = divmod(us, 1_000_000)
        return type(self)(*_from_ordinal(ordinal), seconds // 3600, seconds // 60 % 60, seconds % 60, us, self._tzinfo)

    def __add__(self, other):
        return self._at(self._us() + other._us()) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self._at(self._us() - other._us())
        if not isinstance(other, datetime):
            return NotImplemented
        difference = self._us() - other._us()
        if self._tzinfo is not other._tzinfo:
            here, there = self.utcoffset(), other.utcoffset()
            if (here is None) != (there is None):
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            if here is not None:
                difference += there._us() - here._us()
        return timedelta._of(difference)

    def _state(self, with_fold=False):
        month = self._month | (self._fold and with_fold) << 7
        return self._year.to_bytes(2) + bytes((month, self._day, self._hour, self._minute, self._second)) + self._microsecond.to_bytes(3)

    def __hash__(self):
        if self._hash == -1:
            offset = (self.replace(fold=0) if self._fold else self).utcoffset()
            self._hash = hash(self._state()) if offset is None else hash(timedelta._of(self._us() - offset._us()))
        return self._hash

    def __reduce_ex__(self, protocol):
        state = self._state(protocol > 3)
        return type(self), (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce__(self):
        return self.__reduce_ex__(2)


def _kind(value):
    return f'datetime.{type(value).__name__}' if type(value).__module__ == 'datetime' else type(value).__name__


def _date_end(text):
    "Where the day ends in the text of a moment."
    if len(text) < 7:
        raise ValueError('too short')
    if len(text) == 7:
        return 7
    if text[4] == '-':
        if text[5] != 'W':
            return 10
        if len(text) > 8 and text[8] == '-':
            if len(text) == 9:
                raise ValueError('nothing behind the week')
            return 8 if len(text) > 10 and text[10].isdigit() else 10
        return 8
    if text[4] != 'W':
        return 8
    at = 7
    while at < len(text) and text[at].isdigit():
        at += 1
    return at if at < 9 else 7 if at % 2 == 0 else 8


_date_class = date
datetime.min, datetime.max = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
_epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)

for _class in (timedelta, date, IsoCalendarDate, tzinfo, timezone, time, datetime):
    _builtin_class(_class, f'datetime.{_class.__name__}')
del _class
