"""Regular expressions: search, match and replace by patterns.

The patterns are read and compiled in Rust, by `_sre`; here are the functions, the flags and the error.
"""

import copyreg
import enum
import functools

import _sre

__all__ = [
    "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile", "purge", "template", "escape",
    "error", "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U", "ASCII", "IGNORECASE", "LOCALE", "MULTILINE", "DOTALL",
    "VERBOSE", "UNICODE", "NOFLAG", "RegexFlag",
]

__version__ = "2.2.1"


@enum.global_enum
class RegexFlag(enum.IntFlag, boundary=enum.KEEP):
    NOFLAG = 0
    ASCII = A = 256
    IGNORECASE = I = 2
    LOCALE = L = 4
    UNICODE = U = 32
    MULTILINE = M = 8
    DOTALL = S = 16
    VERBOSE = X = 64
    TEMPLATE = T = 1
    DEBUG = 128
    __str__ = object.__str__
    _numeric_repr_ = hex


class error(Exception):
    """A pattern (or a template) that is none: what is wrong, and where."""

    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = 1 + pattern.count(newline, 0, pos)
            self.colno = pos - pattern.rfind(newline, 0, pos)
            where = f" at position {pos}"
            if newline in pattern:
                where += f" (line {self.lineno}, column {self.colno})"
            msg += where
        super().__init__(msg)


# ── searching ───────────────────────────────────────────────────────────────────────────────────────────────────────

def match(pattern, string, flags=0):
    """A match at the start of the string, or None."""
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """A match of all of the string, or None."""
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """The first match anywhere in the string, or None."""
    return _compile(pattern, flags).search(string)


def sub(pattern, repl, string, count=0, flags=0):
    """The string with its matches replaced, by a template or by what a function gives for each."""
    return _compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    """The same, and how many matches were replaced."""
    return _compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    """The pieces between matches; groups of the pattern are pieces too."""
    return _compile(pattern, flags).split(string, maxsplit)


def findall(pattern, string, flags=0):
    """All matches as texts, or as the groups of the pattern if it has some."""
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """All matches, one after the other."""
    return _compile(pattern, flags).finditer(string)


def compile(pattern, flags=0):
    """The pattern as an object."""
    return _compile(pattern, flags)


def template(pattern, flags=0):
    """A pattern without repetition; deprecated."""
    import warnings
    text = "The re.template() function is deprecated as it is an undocumented function without an obvious purpose. Use re.compile() instead."
    warnings.warn(text, DeprecationWarning)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # one warning is enough
        return _compile(pattern, flags | RegexFlag.TEMPLATE)


def purge():
    """Forgets the patterns compiled so far."""
    _cache.clear()
    _pieces.cache_clear()


_SPECIAL = "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"
_ESCAPES = str.maketrans({sign: "\\" + sign for sign in _SPECIAL})


def escape(pattern):
    """The text as a pattern that matches nothing but itself."""
    if isinstance(pattern, str):
        return pattern.translate(_ESCAPES)
    return str(pattern, "latin1").translate(_ESCAPES).encode("latin1")


# ── compiling ───────────────────────────────────────────────────────────────────────────────────────────────────────

_MAXCACHE = 512
_cache = {}  # (type, pattern, flags) → compiled, the oldest first


def _check(pattern, outcome, depth=4):
    """Gives the warnings out and raises the error that compiling has brought. `depth`: how far up the user's code is."""
    result, problems, failure, *shown = outcome
    if shown and shown[0]:
        print(shown[0], end="")  # DEBUG
    if problems:
        import warnings
        for category, text in problems:
            warnings.warn(text, category, stacklevel=depth)
    if failure is not None and len(failure) == 1:
        raise IndexError(failure[0])
    if failure is not None:
        raise error(failure[0], None if failure[1] is None else pattern, failure[1]) from None
    return result


def _compile(pattern, flags):
    if isinstance(flags, RegexFlag):
        flags = flags.value
    key = type(pattern), pattern, flags
    try:
        return _cache[key]
    except KeyError:
        pass
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if not isinstance(pattern, (str, bytes, bytearray, memoryview)):
        raise TypeError("first argument must be string or compiled pattern")
    if flags & RegexFlag.TEMPLATE.value:
        import warnings
        text = "The re.TEMPLATE/re.T flag is deprecated as it is an undocumented flag without an obvious purpose. Don't use it."
        warnings.warn(text, DeprecationWarning)
    compiled = _check(pattern, _sre._compile_text(pattern, flags))
    if not flags & RegexFlag.DEBUG.value:
        if len(_cache) >= _MAXCACHE:
            _cache.pop(next(iter(_cache)), None)
        _cache[key] = compiled
    return compiled


Pattern = type(_sre._compile_text("", 0)[0])
Match = type(_sre._compile_text("", 0)[0].match(""))


def _pickle(pattern):
    return _compile, (pattern.pattern, pattern.flags)


copyreg.pickle(Pattern, _pickle, _compile)


# ── templates: what `Pattern.sub` and `Match.expand` ask for ────────────────────────────────────────────────────────

@functools.lru_cache(_MAXCACHE)
def _pieces(template, pattern):
    if not isinstance(template, str):
        str(template, "latin1")  # a TypeError for what is no text at all
    return _check(template, _sre._parse_template(template, pattern), 5)


def _filled(pieces, match):
    empty = match.string[:0]
    return empty.join([match.group(piece) or empty if type(piece) is int else piece for piece in pieces])


def _expand(pattern, match, template):
    return _filled(_pieces(template, pattern), match)


def _subx(pattern, template):
    pieces = _pieces(template, pattern)
    if len(pieces) == 1 and type(pieces[0]) is not int:
        return pieces[0]

    def filter(match):
        return _filled(pieces, match)

    return filter


# ── a scanner of tokens ─────────────────────────────────────────────────────────────────────────────────────────────

class Scanner:
    """Takes a text apart by a list of (pattern, action) pairs; the first pattern that matches decides."""

    def __init__(self, lexicon, flags=0):
        if isinstance(flags, RegexFlag):
            flags = flags.value
        self.lexicon = lexicon
        self.scanner = _check(None, _sre._compile_all([phrase for phrase, action in lexicon], flags))

    def scan(self, string):
        """The results of the actions, and the rest that no pattern matches."""
        results, done = [], 0
        step = self.scanner.scanner(string).match
        while (match := step()) and match.end() != done:
            action = self.lexicon[match.lastindex - 1][1]
            if callable(action):
                self.match = match
                action = action(self, match.group())
            if action is not None:
                results.append(action)
            done = match.end()
        return results, string[done:]
