"""Names of files by shell patterns: `*`, `?`, `[a-z]`, `[!a-z]`; no other sign means anything special.

A pattern becomes a regular expression. All stars but the last are atomic groups that stop at the first place where what
follows matches: more places need not be tried.
"""

import functools
import os
import posixpath
import re

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


def fnmatch(name, pat):
    """Whether a name matches, in the system's own way of comparing names."""
    return fnmatchcase(os.path.normcase(name), os.path.normcase(pat))


def fnmatchcase(name, pat):
    """Whether a name matches; capitals count."""
    return _matcher(pat)(name) is not None


def filter(names, pat):
    """The names that match."""
    matches = _matcher(os.path.normcase(pat))
    if os.path is posixpath:  # names are compared as they are
        return [name for name in names if matches(name)]
    return [name for name in names if matches(os.path.normcase(name))]


@functools.lru_cache(maxsize=256, typed=True)
def _matcher(pat):
    if isinstance(pat, bytes):
        expression = translate(str(pat, "ISO-8859-1")).encode("ISO-8859-1")
    else:
        expression = translate(pat)
    return re.compile(expression).match


def translate(pat):
    """The regular expression of a shell pattern."""
    stretches = [""]  # what stands between stars
    at = 0
    while at < len(pat):
        sign = pat[at]
        at += 1
        if sign == "*":
            if stretches[-1] or len(stretches) == 1:
                stretches.append("")
            continue
        if sign == "?":
            piece = "."
        elif sign == "[":
            piece, at = _set(pat, at)
        else:
            piece = re.escape(sign)
        stretches[-1] += piece
    first, *others = stretches
    expression = first
    if others:
        *middle, last = others
        expression += "".join(f"(?>.*?{stretch})" for stretch in middle) + ".*" + last
    return rf"(?s:{expression})\Z"


def _set(pat, start):
    """A set that starts behind its bracket, as a regular expression, and where the pattern goes on."""
    negated = pat[start:start + 1] == "!"
    end = pat.find("]", start + negated + 1)  # a bracket in the first place belongs to the set
    if end < 0:
        return r"\[", start
    content = _ranges(pat[start:end], 1 + negated)
    # What is left may begin with an exclamation mark that stood behind an empty range: that counts too.
    match content[:1]:
        case "":
            return "(?!)", end + 1
        case "!" if len(content) == 1:
            return ".", end + 1
        case "!":
            content = "^" + content[1:]
        case "^" | "[":
            content = "\\" + content
    return f"[{content}]", end + 1


def _ranges(text, first):
    """The inside of a set: empty ranges left out, all signs that sets know escaped. A hyphen before `first` is only a hyphen."""
    ends = []  # positions of the hyphens that make ranges
    at = text.find("-", first)
    while 0 < at < len(text) - 1:
        ends.append(at)
        at = text.find("-", at + 3)
    chunks, begin = [], 0
    for hyphen in ends:
        chunks.append(text[begin:hyphen])
        begin = hyphen + 1
    chunks.append(text[begin:])
    for i in range(len(chunks) - 1, 0, -1):
        low, high = chunks[i - 1], chunks[i]
        if low[-1] > high[0]:
            chunks[i - 1:i + 1] = [low[:-1] + high[1:]]
    quoted = "-".join(re.sub(r"[-\\]", r"\\\g<0>", chunk) for chunk in chunks)
    return re.sub("[&~|]", r"\\\g<0>", quoted)
