"""Calendars of months and years, as text and as HTML.

A calendar goes through the days of a month in whole weeks: `itermonthdays3(2024, 2)` begins with the last days of January. Texts put the weeks
under one another, and the months of a year side by side.
"""

import datetime
import sys
from itertools import repeat

__all__ = ['IllegalMonthError', 'IllegalWeekdayError', 'setfirstweekday', 'firstweekday', 'isleap', 'leapdays', 'weekday', 'monthrange',
           'monthcalendar', 'prmonth', 'month', 'prcal', 'calendar', 'timegm', 'month_name', 'month_abbr', 'day_name', 'day_abbr',
           'Calendar', 'TextCalendar', 'HTMLCalendar', 'LocaleTextCalendar', 'LocaleHTMLCalendar', 'weekheader', 'MONDAY', 'TUESDAY',
           'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']

error = ValueError
January, February = 1, 2
mdays = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


class IllegalMonthError(ValueError):
    def __init__(self, month):
        self.month = month

    def __str__(self):
        return f'bad month number {self.month!r}; must be 1-12'


class IllegalWeekdayError(ValueError):
    def __init__(self, weekday):
        self.weekday = weekday

    def __str__(self):
        return f'bad weekday number {self.weekday!r}; must be 0 (Monday) to 6 (Sunday)'


class _Names:
    """Names of months or weekdays, as `strftime` writes them."""

    def __init__(self, format, samples):
        self.format, self._samples = format, samples

    def __getitem__(self, i):
        found = self._samples[i]
        if isinstance(i, slice):
            return [sample and sample.strftime(self.format) for sample in found]
        return found and found.strftime(self.format)

    def __len__(self):
        return len(self._samples)


_DAYS = [datetime.date(2001, 1, day) for day in range(1, 8)]
_MONTHS = ['', *(datetime.date(2001, month, 1) for month in range(1, 13))]
day_name, day_abbr = _Names('%A', _DAYS), _Names('%a', _DAYS)
month_name, month_abbr = _Names('%B', _MONTHS), _Names('%b', _MONTHS)


def isleap(year):
    """Whether the year has a 29th of February."""
    return year % (400 if year % 100 == 0 else 4) == 0


def leapdays(y1, y2):
    """How many leap years there are from y1 up to, and without, y2."""
    def before(year):
        past = year - 1
        return past // 4 - past // 100 + past // 400
    return before(y2) - before(y1)


def weekday(year, month, day):
    """The day of the week, 0 to 6; years far away count like one of the same kind."""
    in_reach = datetime.MINYEAR <= year <= datetime.MAXYEAR
    return datetime.date(year if in_reach else 2000 + year % 400, month, day).weekday()


def _month_length(year, month):
    return mdays[month] + (month == February and isleap(year))


def monthrange(year, month):
    """The weekday of the 1st, and how many days there are."""
    if not 1 <= month <= 12:
        raise IllegalMonthError(month)
    return weekday(year, month, 1), _month_length(year, month)


def _moved(year, month, by):
    "The month before or after."
    year_more, month = divmod(month - 1 + by, 12)
    return year + year_more, month + 1


class Calendar:
    """Days in weeks; the first of a week is `firstweekday`."""

    def __init__(self, firstweekday=0):
        self.firstweekday = firstweekday

    firstweekday = property(lambda self: self._firstweekday % 7, lambda self, day: setattr(self, '_firstweekday', day))

    def getfirstweekday(self):
        return self._firstweekday % 7

    def setfirstweekday(self, firstweekday):
        self._firstweekday = firstweekday

    def iterweekdays(self):
        """The numbers of the weekdays, from the first of a week on."""
        for i in range(7):
            yield (self.firstweekday + i) % 7

    def itermonthdates(self, year, month):
        """The dates of all weeks of a month, those of its neighbours too."""
        for y, m, d in self.itermonthdays3(year, month):
            yield datetime.date(y, m, d)

    def itermonthdays(self, year, month):
        """The days of the month in whole weeks; 0 for those of its neighbours."""
        first, count = monthrange(year, month)
        ahead = (first - self.firstweekday) % 7
        yield from repeat(0, ahead)
        yield from range(1, count + 1)
        yield from repeat(0, -(ahead + count) % 7)

    def itermonthdays2(self, year, month):
        """The same with the weekdays."""
        for place, day in enumerate(self.itermonthdays(year, month), self.firstweekday):
            yield day, place % 7

    def itermonthdays3(self, year, month):
        """Year, month and day."""
        first, count = monthrange(year, month)
        ahead = (first - self.firstweekday) % 7
        if ahead:
            y, m = _moved(year, month, -1)
            end = _month_length(y, m) + 1
            for d in range(end - ahead, end):
                yield y, m, d
        for d in range(1, count + 1):
            yield year, month, d
        y, m = _moved(year, month, 1)
        for d in range(1, -(ahead + count) % 7 + 1):
            yield y, m, d

    def itermonthdays4(self, year, month):
        """Year, month, day and weekday."""
        for place, (y, m, d) in enumerate(self.itermonthdays3(year, month)):
            yield y, m, d, (self.firstweekday + place) % 7

    @staticmethod
    def _weeks(days):
        days = list(days)
        return [days[at:at + 7] for at in range(0, len(days), 7)]

    def monthdatescalendar(self, year, month):
        return self._weeks(self.itermonthdates(year, month))

    def monthdays2calendar(self, year, month):
        return self._weeks(self.itermonthdays2(year, month))

    def monthdayscalendar(self, year, month):
        return self._weeks(self.itermonthdays(year, month))

    @staticmethod
    def _rows(months, width):
        months = list(months)
        return [months[at:at + width] for at in range(0, len(months), width)]

    def yeardatescalendar(self, year, width=3):
        return self._rows((self.monthdatescalendar(year, m) for m in range(1, 13)), width)

    def yeardays2calendar(self, year, width=3):
        return self._rows((self.monthdays2calendar(year, m) for m in range(1, 13)), width)

    def yeardayscalendar(self, year, width=3):
        return self._rows((self.monthdayscalendar(year, m) for m in range(1, 13)), width)


class TextCalendar(Calendar):
    """Months and years as text."""

    def prweek(self, theweek, width):
        print(self.formatweek(theweek, width), end='')

    def formatday(self, day, weekday, width):
        return (f'{day:2d}' if day else '').center(width)

    def formatweek(self, theweek, width):
        return ' '.join(self.formatday(day, which, width) for day, which in theweek)

    def formatweekday(self, day, width):
        return (day_name if width >= 9 else day_abbr)[day][:width].center(width)

    def formatweekheader(self, width):
        return ' '.join(self.formatweekday(day, width) for day in self.iterweekdays())

    def formatmonthname(self, theyear, themonth, width, withyear=True):
        name = month_name[themonth]
        return (f'{name} {theyear!r}' if withyear else name).center(width)

    def prmonth(self, theyear, themonth, w=0, l=0):
        print(self.formatmonth(theyear, themonth, w, l), end='')

    def formatmonth(self, theyear, themonth, w=0, l=0):
        """A month; w is the width of a day, l the lines of a week."""
        w, end = max(2, w), '\n' * max(1, l)
        lines = [self.formatmonthname(theyear, themonth, 7 * (w + 1) - 1), self.formatweekheader(w)]
        lines += [self.formatweek(week, w) for week in self.monthdays2calendar(theyear, themonth)]
        return ''.join(line.rstrip() + end for line in lines)

    def formatyear(self, theyear, w=2, l=1, c=6, m=3):
        """A year; c is the space between months, m how many stand in a row."""
        w, end, c = max(2, w), '\n' * max(1, l), max(2, c)
        column = (w + 1) * 7 - 1
        out = [repr(theyear).center(column * m + c * (m - 1)).rstrip(), end]
        header = self.formatweekheader(w)
        for i, row in enumerate(self.yeardays2calendar(theyear, m)):
            months = range(m * i + 1, min(m * (i + 1) + 1, 13))
            out.append(end)
            names = (self.formatmonthname(theyear, k, column, False) for k in months)
            for line in (formatstring(names, column, c), formatstring((header for _ in months), column, c)):
                out += [line.rstrip(), end]
            for j in range(max(len(weeks) for weeks in row)):
                weeks = ('' if j >= len(weeks) else self.formatweek(weeks[j], w) for weeks in row)
                out += [formatstring(weeks, column, c).rstrip(), end]
        return ''.join(out)

    def pryear(self, theyear, w=0, l=0, c=6, m=3):
        print(self.formatyear(theyear, w, l, c, m), end='')


_PAGE = '''<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset={encoding}" />
{style}<title>Calendar for {year}</title>
</head>
<body>
{table}</body>
</html>
'''


class HTMLCalendar(Calendar):
    """Months and years as HTML tables, whose classes a style sheet can use."""

    cssclasses = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    cssclasses_weekday_head = cssclasses
    cssclass_noday = 'noday'
    cssclass_month_head = cssclass_month = 'month'
    cssclass_year_head = cssclass_year = 'year'

    def formatday(self, day, weekday):
        if not day:
            return f'<td class="{self.cssclass_noday}">&nbsp;</td>'
        return f'<td class="{self.cssclasses[weekday]}">{day:d}</td>'

    def formatweek(self, theweek):
        cells = ''.join(self.formatday(day, which) for day, which in theweek)
        return f'<tr>{cells}</tr>'

    def formatweekday(self, day):
        return f'<th class="{self.cssclasses_weekday_head[day]}">{day_abbr[day]}</th>'

    def formatweekheader(self):
        cells = ''.join(self.formatweekday(day) for day in self.iterweekdays())
        return f'<tr>{cells}</tr>'

    def formatmonthname(self, theyear, themonth, withyear=True):
        name = f'{month_name[themonth]} {theyear}' if withyear else str(month_name[themonth])
        return f'<tr><th colspan="7" class="{self.cssclass_month_head}">{name}</th></tr>'

    def formatmonth(self, theyear, themonth, withyear=True):
        rows = [f'<table border="0" cellpadding="0" cellspacing="0" class="{self.cssclass_month}">',
                self.formatmonthname(theyear, themonth, withyear=withyear), self.formatweekheader()]
        rows += map(self.formatweek, self.monthdays2calendar(theyear, themonth))
        return '\n'.join([*rows, '</table>']) + '\n'

    def formatyear(self, theyear, width=3):
        width = max(width, 1)
        out = [f'<table border="0" cellpadding="0" cellspacing="0" class="{self.cssclass_year}">\n',
               f'<tr><th colspan="{width}" class="{self.cssclass_year_head}">{theyear}</th></tr>']
        for start in range(January, January + 12, width):
            cells = (f'<td>{self.formatmonth(theyear, m, withyear=False)}</td>' for m in range(start, min(start + width, 13)))
            out.append(f"<tr>{''.join(cells)}</tr>")
        return ''.join(out) + '</table>'

    def formatyearpage(self, theyear, width=3, css='calendar.css', encoding=None):
        encoding = encoding or sys.getdefaultencoding()
        style = '' if css is None else f'<link rel="stylesheet" type="text/css" href="{css}" />\n'
        page = _PAGE.format(encoding=encoding, style=style, year=theyear, table=self.formatyear(theyear, width))
        return page.encode(encoding, 'xmlcharrefreplace')


class different_locale:
    """For `with`: another locale until the end of the block."""

    def __init__(self, locale):
        self.locale, self.oldlocale = locale, None

    def __enter__(self):
        import locale
        self.oldlocale = locale.setlocale(locale.LC_TIME, None)
        locale.setlocale(locale.LC_TIME, self.locale)

    def __exit__(self, *args):
        import locale
        if self.oldlocale is not None:
            locale.setlocale(locale.LC_TIME, self.oldlocale)


class _Localized:
    def __init__(self, firstweekday=0, locale=None):
        super().__init__(firstweekday)
        self.locale = locale

    def _named(self, method, *args):
        if self.locale in (None, '', 'C', 'POSIX'):
            return method(*args)
        with different_locale(self.locale):
            return method(*args)


class LocaleTextCalendar(_Localized, TextCalendar):
    """Text with the names of a locale."""

    def formatweekday(self, day, width):
        return self._named(super().formatweekday, day, width)

    def formatmonthname(self, theyear, themonth, width, withyear=True):
        return self._named(super().formatmonthname, theyear, themonth, width, withyear)


class LocaleHTMLCalendar(_Localized, HTMLCalendar):
    """HTML with the names of a locale."""

    def formatweekday(self, day):
        return self._named(super().formatweekday, day)

    def formatmonthname(self, theyear, themonth, withyear=True):
        return self._named(super().formatmonthname, theyear, themonth, withyear)


c = TextCalendar()
firstweekday, monthcalendar, prweek, week, weekheader = \
    c.getfirstweekday, c.monthdayscalendar, c.prweek, c.formatweek, c.formatweekheader
prmonth, month, calendar, prcal = c.prmonth, c.formatmonth, c.formatyear, c.pryear


def setfirstweekday(firstweekday):
    """Which day the weeks of this module's functions begin with."""
    if not MONDAY <= firstweekday <= SUNDAY:
        raise IllegalWeekdayError(firstweekday)
    c.firstweekday = firstweekday


def format(cols, colwidth=7 * 3 - 1, spacing=6):
    """Print columns of text."""
    print(formatstring(cols, colwidth, spacing))


def formatstring(cols, colwidth=7 * 3 - 1, spacing=6):
    """Columns of text, each centred."""
    return (' ' * spacing).join(column.center(colwidth) for column in cols)


EPOCH = 1970
_EPOCH_ORD = datetime.date(EPOCH, 1, 1).toordinal()


def timegm(tuple):
    """Seconds since 1970 of a time of Greenwich."""
    year, month, day, hour, minute, second = tuple[:6]
    days = datetime.date(year, month, 1).toordinal() - _EPOCH_ORD + day - 1
    return ((days * 24 + hour) * 60 + minute) * 60 + second


def main(args):
    """`python -m calendar [year [month]]`"""
    numbers = [int(arg) for arg in args[1:] if not arg.startswith('-')]
    if not numbers:
        numbers = [datetime.date.today().year]
    sys.stdout.write(calendar(numbers[0]) if len(numbers) == 1 else month(*numbers[:2]))


if __name__ == '__main__':
    main(sys.argv)
