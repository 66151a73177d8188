"""The locale of the machine: C.UTF-8, the same wherever a program runs."""


class Error(Exception):
    """There is no such locale."""


Error.__module__ = "locale"

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127
CODESET = 14
RADIXCHAR, THOUSEP = 65536, 65537
_WORDS = 131072
_ITEMS = {CODESET: "UTF-8", RADIXCHAR: ".", THOUSEP: ""}


def _number(names, texts, first):
    for number, (name, text) in enumerate(zip(names, texts), first):
        globals()[name] = number
        _ITEMS[number] = text


_DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_number([f"ABDAY_{n}" for n in range(1, 8)], [day[:3] for day in _DAYS], _WORDS)
_number([f"DAY_{n}" for n in range(1, 8)], _DAYS, _WORDS + 7)
_number([f"ABMON_{n}" for n in range(1, 13)], [month[:3] for month in _MONTHS], _WORDS + 14)
_number([f"MON_{n}" for n in range(1, 13)], _MONTHS, _WORDS + 26)
_number("AM_STR PM_STR D_T_FMT D_FMT T_FMT T_FMT_AMPM ERA".split(),
        ["AM", "PM", "%a %b %e %H:%M:%S %Y", "%m/%d/%y", "%H:%M:%S", "%I:%M:%S %p", ""], _WORDS + 38)
_number("ERA_D_FMT ALT_DIGITS ERA_D_T_FMT ERA_T_FMT".split(), [""] * 4, _WORDS + 46)
CRNCYSTR = 262159
YESEXPR, NOEXPR = 327680, 327681
_ITEMS.update({CRNCYSTR: "-", YESEXPR: "^[yY]", NOEXPR: "^[nN]"})

_current = dict.fromkeys(range(6), "C")
_current[LC_CTYPE] = "C.UTF-8"
_KNOWN = {"C": "C", "POSIX": "C", "C.UTF-8": "C.UTF-8", "C.utf8": "C.UTF-8", "": "C.UTF-8"}


def setlocale(category, locale=None):
    """Choose a locale, or tell which one it is. There are C, POSIX and C.UTF-8."""
    if category not in range(7):
        raise Error("invalid locale category")
    if locale is not None:
        if locale not in _KNOWN:
            raise Error("unsupported locale setting")
        for each in range(6) if category == LC_ALL else [category]:
            _current[each] = _KNOWN[locale]
    if category != LC_ALL:
        return _current[category]
    if len(set(_current.values())) == 1:
        return _current[LC_CTYPE]
    names = "LC_CTYPE LC_NUMERIC LC_TIME LC_COLLATE LC_MONETARY LC_MESSAGES".split()
    rest = [f"{name}=C" for name in "LC_PAPER LC_NAME LC_ADDRESS LC_TELEPHONE LC_MEASUREMENT LC_IDENTIFICATION".split()]
    return ";".join([f"{name}={_current[number]}" for number, name in enumerate(names)] + rest)


def localeconv():
    """How numbers and money are written."""
    texts = "int_curr_symbol currency_symbol mon_decimal_point mon_thousands_sep positive_sign negative_sign thousands_sep"
    numbers = ("int_frac_digits frac_digits p_cs_precedes p_sep_by_space n_cs_precedes n_sep_by_space p_sign_posn n_sign_posn")
    found = dict.fromkeys(texts.split(), "") | dict.fromkeys(numbers.split(), CHAR_MAX)
    return found | {"decimal_point": ".", "grouping": [], "mon_grouping": []}


def nl_langinfo(key):
    """A word or form of the locale."""
    try:
        return _ITEMS[key]
    except KeyError:
        raise ValueError("unsupported langinfo constant") from None


def getencoding():
    """The encoding of texts that say nothing of theirs."""
    return "UTF-8"


def strcoll(os1, os2, /):
    """Compare two texts: by code points, as in C."""
    return (os1 > os2) - (os1 < os2)


def strxfrm(string, /):
    """A text that sorts as this one."""
    return string


def textdomain(domain, /):
    """The domain of messages: there are no translations."""
    return domain or "messages"


def gettext(msg, /):
    """The translation of a message: itself."""
    return msg


def dgettext(domain, msg, /):
    """The translation of a message: itself."""
    return msg


def dcgettext(domain, msg, category, /):
    """The translation of a message: itself."""
    return msg


def bindtextdomain(domain, dir, /):
    """Where translations lie: nowhere."""
    return dir


def bind_textdomain_codeset(domain, codeset, /):
    """How translations are encoded."""
    return codeset
