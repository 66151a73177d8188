"""How two sequences differ, and texts line by line.

    SequenceMatcher(None, "abcd", "bcde").ratio()       0.75
    "".join(ndiff(old_lines, new_lines))                lines behind "- ", "+ ", "? " and "  "
    get_close_matches("appel", ["ape", "apple"])        ['apple', 'ape']
"""

import types
from collections import namedtuple

__all__ = ["get_close_matches", "ndiff", "restore", "SequenceMatcher", "Differ", "IS_CHARACTER_JUNK", "IS_LINE_JUNK", "context_diff",
           "unified_diff", "diff_bytes", "HtmlDiff", "Match"]

Match = namedtuple("Match", "a b size")


class SequenceMatcher:
    """Finds the longest common stretches, first the longest of all, then on both sides of it."""

    def __init__(self, isjunk=None, a="", b="", autojunk=True):
        self.isjunk, self.autojunk = isjunk, autojunk
        self.a = self.b = None
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        if a is not self.a:
            self.a = a
            self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        if b is not self.b:
            self.b = b
            self.matching_blocks = self.opcodes = self.fullbcount = None
            self._index()

    def _index(self):
        """Where in b each item stands; junk, and items that are everywhere, count for nothing."""
        where = {}
        for at, item in enumerate(self.b):
            where.setdefault(item, []).append(at)
        self.bjunk, self.bpopular = set(), set()
        if self.isjunk:
            self.bjunk = {item for item in where if self.isjunk(item)}
        size = len(self.b)
        for item in self.bjunk:
            del where[item]
        if self.autojunk and size >= 200:
            self.bpopular = {item for item, places in where.items() if len(places) > size // 100 + 1}
            for item in self.bpopular:
                del where[item]
        self.b2j = where

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        """The longest stretch that a[alo:ahi] and b[blo:bhi] have in common, the first of several."""
        a, b, junk = self.a, self.b, self.bjunk
        ahi = len(a) if ahi is None else ahi
        bhi = len(b) if bhi is None else bhi
        start_a, start_b, size = alo, blo, 0
        # How long a common stretch ends at each place of b, for the item of a before this one.
        lengths = {}
        for i in range(alo, ahi):
            now = {}
            for j in self.b2j.get(a[i], ()):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                length = now[j] = lengths.get(j - 1, 0) + 1
                if length > size:
                    start_a, start_b, size = i - length + 1, j - length + 1, length
            lengths = now
        # What counts for nothing may still make it longer: first all else, then junk.
        for wanted in False, True:
            while start_a > alo and start_b > blo and (b[start_b - 1] in junk) == wanted and a[start_a - 1] == b[start_b - 1]:
                start_a, start_b, size = start_a - 1, start_b - 1, size + 1
            while (start_a + size < ahi and start_b + size < bhi and (b[start_b + size] in junk) == wanted
                   and a[start_a + size] == b[start_b + size]):
                size += 1
        return Match(start_a, start_b, size)

    def get_matching_blocks(self):
        """All common stretches in their order, and an empty one at the end."""
        if self.matching_blocks is None:
            found, todo = [], [(0, len(self.a), 0, len(self.b))]
            while todo:
                alo, ahi, blo, bhi = todo.pop()
                i, j, size = match = self.find_longest_match(alo, ahi, blo, bhi)
                if size:
                    found.append(match)
                    if alo < i and blo < j:
                        todo.append((alo, i, blo, j))
                    if i + size < ahi and j + size < bhi:
                        todo.append((i + size, ahi, j + size, bhi))
            found.sort()
            joined = []
            for i, j, size in found:
                if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
                    joined[-1] = Match(joined[-1][0], joined[-1][1], joined[-1][2] + size)
                else:
                    joined.append(Match(i, j, size))
            joined.append(Match(len(self.a), len(self.b), 0))
            self.matching_blocks = joined
        return self.matching_blocks

    def get_opcodes(self):
        """How to make b of a: ('equal', a from, a to, b from, b to), or 'replace', 'delete', 'insert'."""
        if self.opcodes is None:
            self.opcodes = codes = []
            i = j = 0
            for at_a, at_b, size in self.get_matching_blocks():
                kind = {(True, True): "replace", (True, False): "delete", (False, True): "insert"}.get((i < at_a, j < at_b))
                if kind:
                    codes.append((kind, i, at_a, j, at_b))
                i, j = at_a + size, at_b + size
                if size:
                    codes.append(("equal", at_a, i, at_b, j))
        return self.opcodes

    def get_grouped_opcodes(self, n=3):
        """The changes in groups, with up to n equal items around."""
        codes = self.get_opcodes()[:] or [("equal", 0, 1, 0, 1)]
        if codes[0][0] == "equal":
            _, i1, i2, j1, j2 = codes[0]
            codes[0] = "equal", max(i1, i2 - n), i2, max(j1, j2 - n), j2
        if codes[-1][0] == "equal":
            _, i1, i2, j1, j2 = codes[-1]
            codes[-1] = "equal", i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for kind, i1, i2, j1, j2 in codes:
            if kind == "equal" and i2 - i1 > 2 * n:
                group.append((kind, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((kind, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == "equal"):
            yield group

    def ratio(self):
        """From 0 (nothing in common) to 1 (equal)."""
        return _share(sum(match[2] for match in self.get_matching_blocks()), len(self.a) + len(self.b))

    def quick_ratio(self):
        """At least ratio(): as if the order did not matter."""
        if self.fullbcount is None:
            self.fullbcount = counts = {}
            for item in self.b:
                counts[item] = counts.get(item, 0) + 1
        left, common = {}, 0
        for item in self.a:
            count = left.get(item, self.fullbcount.get(item, 0))
            left[item] = count - 1
            common += count > 0
        return _share(common, len(self.a) + len(self.b))

    def real_quick_ratio(self):
        return _share(min(len(self.a), len(self.b)), len(self.a) + len(self.b))

    __class_getitem__ = classmethod(types.GenericAlias)


def _share(matches, length):
    return 2.0 * matches / length if length else 1.0


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """The best n of the possibilities, the nearest first."""
    if not n > 0:
        raise ValueError(f"n must be > 0: {n!r}")
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError(f"cutoff must be in [0.0, 1.0]: {cutoff!r}")
    found = []
    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    for each in possibilities:
        matcher.set_seq1(each)
        if matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff and matcher.ratio() >= cutoff:
            found.append((matcher.ratio(), each))
    found.sort(reverse=True)
    return [each for _, each in found[:n]]


class Differ:
    """Lines of two texts side by side: `- ` only in the first, `+ ` only in the second, `  ` in both, `? ` where they differ."""

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk, self.charjunk = linejunk, charjunk

    def compare(self, a, b):
        for kind, alo, ahi, blo, bhi in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            if kind == "replace":
                yield from self._replaced(a, alo, ahi, b, blo, bhi)
            elif kind == "delete":
                yield from self._dump("-", a, alo, ahi)
            elif kind == "insert":
                yield from self._dump("+", b, blo, bhi)
            else:
                yield from self._dump(" ", a, alo, ahi)

    def _dump(self, sign, lines, start, end):
        for at in range(start, end):
            yield f"{sign} {lines[at]}"

    def _plainly(self, a, alo, ahi, b, blo, bhi):
        """The shorter side first."""
        sides = [("-", a, alo, ahi), ("+", b, blo, bhi)]
        if bhi - blo < ahi - alo:
            sides.reverse()
        for side in sides:
            yield from self._dump(*side)

    def _replaced(self, a, alo, ahi, b, blo, bhi):
        """Pairs up the two lines that are most alike, then does the same before and behind them."""
        best, cutoff = 0.74, 0.75
        matcher = SequenceMatcher(self.charjunk)
        same = pair = None
        for j in range(blo, bhi):
            matcher.set_seq2(b[j])
            for i in range(alo, ahi):
                if a[i] == b[j]:
                    if same is None:
                        same = i, j
                    continue
                matcher.set_seq1(a[i])
                if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                    best, pair = matcher.ratio(), (i, j)
        if best < cutoff:
            if same is None:
                yield from self._plainly(a, alo, ahi, b, blo, bhi)
                return
            pair = same
        else:
            same = None
        i, j = pair
        yield from self._around(a, alo, i, b, blo, j)
        if same is None:
            marks_a = marks_b = ""
            matcher.set_seqs(a[i], b[j])
            for kind, i1, i2, j1, j2 in matcher.get_opcodes():
                width_a, width_b = i2 - i1, j2 - j1
                marks_a += {"replace": "^", "delete": "-", "insert": "", "equal": " "}[kind] * width_a
                marks_b += {"replace": "^", "insert": "+", "delete": "", "equal": " "}[kind] * width_b
            yield from self._marked(a[i], b[j], marks_a, marks_b)
        else:
            yield "  " + a[i]
        yield from self._around(a, i + 1, ahi, b, j + 1, bhi)

    def _around(self, a, alo, ahi, b, blo, bhi):
        if alo < ahi and blo < bhi:
            yield from self._replaced(a, alo, ahi, b, blo, bhi)
        elif alo < ahi:
            yield from self._dump("-", a, alo, ahi)
        elif blo < bhi:
            yield from self._dump("+", b, blo, bhi)

    def _marked(self, line_a, line_b, marks_a, marks_b):
        for sign, line, marks in ("-", line_a, marks_a), ("+", line_b, marks_b):
            # Tabs stay tabs, so that the marks stand where they should.
            marks = "".join(c if mark == " " and c.isspace() else mark for c, mark in zip(line, marks)).rstrip()
            yield f"{sign} {line}"
            if marks:
                yield f"? {marks}\n"


def IS_LINE_JUNK(line, pat=None):
    """Is it empty, or no more than a `#`?"""
    return line.strip() in ("", "#") if pat is None else pat(line) is not None


def IS_CHARACTER_JUNK(ch, ws=" \t"):
    return ch in ws


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """What Differ makes of two lists of lines."""
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    """The first or second (1, 2) of the lists that ndiff() compared."""
    try:
        sign = {1: "- ", 2: "+ "}[int(which)]
    except KeyError:
        raise ValueError(f"unknown delta choice (must be 1 or 2): {which!r}") from None
    for line in delta:
        if line[:2] in ("  ", sign):
            yield line[2:]


def _check(a, b, *others):
    for lines in a, b:
        if lines and not isinstance(lines[0], str):
            raise TypeError(f"lines to compare must be str, not {type(lines[0]).__name__} ({lines[0]!r})")
    for other in others:
        if not isinstance(other, str):
            raise TypeError(f"all arguments must be str, not: {other!r}")


def _dated(name, date):
    return f"{name}\t{date}" if date else name


def unified_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    """As `diff -u` does."""
    _check(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)

    def place(start, end):
        count = end - start
        return f"{start + 1}" if count == 1 else f"{start + (count > 0)},{count}"

    for index, group in enumerate(SequenceMatcher(None, a, b).get_grouped_opcodes(n)):
        if not index:
            yield f"--- {_dated(fromfile, fromfiledate)}{lineterm}"
            yield f"+++ {_dated(tofile, tofiledate)}{lineterm}"
        yield f"@@ -{place(group[0][1], group[-1][2])} +{place(group[0][3], group[-1][4])} @@{lineterm}"
        for kind, i1, i2, j1, j2 in group:
            if kind == "equal":
                yield from (" " + line for line in a[i1:i2])
                continue
            if kind != "insert":
                yield from ("-" + line for line in a[i1:i2])
            if kind != "delete":
                yield from ("+" + line for line in b[j1:j2])


def context_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    """As `diff -c` does."""
    _check(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)

    def place(start, end):
        count = end - start
        first = start + (count > 0)
        return f"{first}" if count <= 1 else f"{first},{first + count - 1}"

    signs = {"insert": "+ ", "delete": "- ", "replace": "! ", "equal": "  "}
    for index, group in enumerate(SequenceMatcher(None, a, b).get_grouped_opcodes(n)):
        if not index:
            yield f"*** {_dated(fromfile, fromfiledate)}{lineterm}"
            yield f"--- {_dated(tofile, tofiledate)}{lineterm}"
        yield "***************" + lineterm
        for edge, lines, start, end, left_out in (("***", a, 1, 2, "insert"), ("---", b, 3, 4, "delete")):
            yield f"{edge} {place(group[0][start], group[-1][end])} {edge.replace('---', '----') if edge == '---' else '****'}{lineterm}"
            shown = ("replace", "delete") if left_out == "insert" else ("replace", "insert")
            if any(code[0] in shown for code in group):
                for code in group:
                    if code[0] != left_out:
                        yield from (signs[code[0]] + line for line in lines[code[start]:code[end]])


def diff_bytes(dfunc, a, b, fromfile=b"", tofile=b"", fromfiledate=b"", tofiledate=b"", n=3, lineterm=b"\n"):
    """The same of lines of bytes."""
    def text(value):
        try:
            return value.decode("ascii", "surrogateescape")
        except AttributeError as error:
            raise TypeError(f"all arguments must be bytes, not {type(value).__name__} ({value!r})") from error

    lines = dfunc(list(map(text, a)), list(map(text, b)), text(fromfile), text(tofile), text(fromfiledate), text(tofiledate), n,
                  text(lineterm))
    for line in lines:
        yield line.encode("ascii", "surrogateescape")


class HtmlDiff:
    """A table of HTML with two texts side by side; plainer than that of an installed library."""

    def __init__(self, tabsize=8, wrapcolumn=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
        self._tabsize, self._linejunk, self._charjunk = tabsize, linejunk, charjunk

    def make_table(self, fromlines, tolines, fromdesc="", todesc="", context=False, numlines=5):
        def cell(text):
            text = text.expandtabs(self._tabsize).rstrip("\n")
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace(" ", "&nbsp;")

        rows = []
        for line in ndiff(fromlines, tolines, self._linejunk, self._charjunk):
            sign, text = line[:2], cell(line[2:])
            if sign == "  ":
                rows.append(f"<tr><td>{text}</td><td>{text}</td></tr>")
            elif sign == "- ":
                rows.append(f'<tr><td class="diff_sub">{text}</td><td></td></tr>')
            elif sign == "+ ":
                rows.append(f'<tr><td></td><td class="diff_add">{text}</td></tr>')
        head = f"<tr><th>{cell(fromdesc)}</th><th>{cell(todesc)}</th></tr>"
        return f'<table class="diff">\n{head}\n' + "\n".join(rows) + "\n</table>"

    def make_file(self, fromlines, tolines, fromdesc="", todesc="", context=False, numlines=5, *, charset="utf-8"):
        table = self.make_table(fromlines, tolines, fromdesc, todesc, context, numlines)
        return f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"></head>\n<body>\n{table}\n</body></html>\n'
