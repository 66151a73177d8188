"""Text in lines of a given width; indentation taken away and put in front."""

import re

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_whitespace = "\t\n\x0b\x0c\r "
_SPACE = f"[{_whitespace}]"


def _word_ends():
    """Where text may be broken: spaces, dashes between words, words up to a hyphen or their end."""
    letter, sign = r"[^\W\d]", r"[\w!\"'&.,?]"
    dash = r"-{2,}(?=\w)"
    behind_letters = rf"(?:(?<={letter}{letter}-)|(?<={letter}-{letter}-))"
    hyphen = rf"-{behind_letters}(?={letter}-?{letter})"
    stop = rf"(?:{hyphen}|(?={_SPACE}|\Z)|(?<={sign})(?={dash}))"
    return re.compile(rf"({_SPACE}+|(?<={sign}){dash}|[^{_whitespace}]+?{stop})")


class TextWrapper:
    """Breaks text into lines; what it does in detail are its attributes."""

    unicode_whitespace_trans = dict.fromkeys(map(ord, _whitespace), ord(" "))
    wordsep_re = _word_ends()
    wordsep_simple_re = re.compile(f"({_SPACE}+)")
    sentence_end_re = re.compile("[a-z][.!?][\"']?\\Z")

    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8, *,
                 max_lines=None, placeholder=" [...]"):
        settings = dict(locals())
        del settings["self"]
        self.__dict__.update(settings)

    # ── text to pieces ──────────────────────────────────────────────────────────────────────────────────────────────

    def _munge_whitespace(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        return text.translate(self.unicode_whitespace_trans) if self.replace_whitespace else text

    def _split(self, text):
        """Words, parts of words, and the spaces between."""
        separator = self.wordsep_re if self.break_on_hyphens is True else self.wordsep_simple_re
        return list(filter(None, separator.split(text)))

    def _fix_sentence_endings(self, chunks):
        """Two spaces behind a sentence, in place."""
        ends = False
        for at, chunk in enumerate(chunks):
            if ends and chunk == " ":
                chunks[at], ends = "  ", False
            else:
                ends = self.sentence_end_re.search(chunk) is not None

    def _split_chunks(self, text):
        return self._split(self._munge_whitespace(text))

    # ── pieces to lines ─────────────────────────────────────────────────────────────────────────────────────────────

    def _handle_long_word(self, reversed_chunks, cur_line, cur_len, width):
        """A word that fits no line: as much of it as there is room for, or all of it on a line of its own."""
        if not self.break_long_words:
            if not cur_line:
                cur_line.append(reversed_chunks.pop())
            return
        word, room = reversed_chunks[-1], max(width, 1) - cur_len if width >= 1 else 1
        cut = room
        if self.break_on_hyphens and len(word) > room:
            hyphen = word.rfind("-", 0, room)
            if hyphen > 0 and word[:hyphen].strip("-"):
                cut = hyphen + 1
        cur_line.append(word[:cut])
        reversed_chunks[-1] = word[cut:]

    def _indent_of(self, lines):
        return self.subsequent_indent if lines else self.initial_indent

    def _wrap_chunks(self, chunks):
        if self.width <= 0:
            raise ValueError(f"invalid width {self.width!r} (must be > 0)")
        if self.max_lines is not None:
            shown = self._indent_of(self.max_lines > 1) + self.placeholder.lstrip()
            if len(shown) > self.width:
                raise ValueError("placeholder too large for max width")
        lines, rest = [], chunks[::-1]
        while rest:
            indent = self._indent_of(lines)
            room = self.width - len(indent)
            if self.drop_whitespace and lines and not rest[-1].strip():
                rest.pop()
            line = self._take_line(rest, room)
            if self.drop_whitespace and line and not line[-1].strip():
                line.pop()
            if not line:
                continue
            if self._is_last(lines, rest, sum(map(len, line)), room):
                lines.append(indent + "".join(line))
                continue
            self._shorten(lines, line, indent, room)
            break
        return lines

    def _take_line(self, rest, room):
        """As many pieces as there is room for."""
        line, used = [], 0
        while rest and used + len(rest[-1]) <= room:
            used += len(rest[-1])
            line.append(rest.pop())
        if rest and len(rest[-1]) > room:
            self._handle_long_word(rest, line, used, room)
        return line

    def _is_last(self, lines, rest, used, room):
        """Whether a line may be added as it is, with regard to `max_lines`."""
        if self.max_lines is None or len(lines) + 1 < self.max_lines:
            return True
        nothing_left = not rest or self.drop_whitespace and len(rest) == 1 and not rest[0].strip()
        return nothing_left and used <= room

    def _shorten(self, lines, line, indent, room):
        """The last line that is allowed, with the placeholder."""
        while line:
            if line[-1].strip() and sum(map(len, line)) + len(self.placeholder) <= room:
                lines.append(indent + "".join(line) + self.placeholder)
                return
            line.pop()
        if lines:
            before = lines[-1].rstrip()
            if len(before) + len(self.placeholder) <= self.width:
                lines[-1] = before + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())

    # ── for users ───────────────────────────────────────────────────────────────────────────────────────────────────

    def wrap(self, text):
        """The lines, without ends."""
        chunks = self._split_chunks(text)
        if self.fix_sentence_endings:
            self._fix_sentence_endings(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        """The lines as one text."""
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **kwargs):
    """The text as a list of lines."""
    return TextWrapper(width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """The text in lines."""
    return TextWrapper(width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """The text on one line, its end replaced by a placeholder if it is too long."""
    return TextWrapper(width, max_lines=1, **kwargs).fill(" ".join(text.split()))


def dedent(text):
    """The text without the indentation that all its lines have; lines of blanks become empty."""
    text = re.sub("(?m)^[ \t]+$", "", text)
    indents = [found[1] for found in re.finditer("(?m)(^[ \t]*)[^ \t\n]", text)]
    if not indents:
        return text
    low, high = min(indents), max(indents)
    common = next((at for at, sign in enumerate(low) if high[at] != sign), len(low))
    return re.sub(f"(?m)^{low[:common]}", "", text) if common else text


def indent(text, prefix, predicate=None):
    """The text with a prefix before each line that is not blank, or of which the predicate is true."""
    wanted = str.strip if predicate is None else predicate
    return "".join([prefix + line if wanted(line) else line for line in text.splitlines(True)])
