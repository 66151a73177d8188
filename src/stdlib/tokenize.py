"""A text of Python as tokens, comments and ends of lines included.

    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        print(token.type, token.string, token.start, token.end)

untokenize() makes the text again. Each token is found by hand, character by character; a line that is no Python gives ERRORTOKENs.
"""

import sys
from codecs import BOM_UTF8, lookup
from collections import namedtuple
from io import TextIOWrapper

from token import *
from token import EXACT_TOKEN_TYPES, __all__ as _token_names

__all__ = _token_names + ["tokenize", "generate_tokens", "detect_encoding", "untokenize", "TokenInfo", "open", "TokenError"]

_builtin_open = open
tabsize = 8


class TokenInfo(namedtuple("TokenInfo", "type string start end line")):
    """A token: kind, text, where it begins and ends (line from 1, column from 0), and its line."""

    def __repr__(self):
        kind = f"{self.type} ({tok_name[self.type]})"
        return f"TokenInfo(type={kind}, string={self.string!r}, start={self.start!r}, end={self.end!r}, line={self.line!r})"

    @property
    def exact_type(self):
        """Which operator it is, where type is OP."""
        if self.type == OP and self.string in EXACT_TOKEN_TYPES:
            return EXACT_TOKEN_TYPES[self.string]
        return self.type


class TokenError(Exception):
    """The text ends in the middle of something."""


class StopTokenizing(Exception):
    pass


_OPERATORS = sorted(EXACT_TOKEN_TYPES, key=len, reverse=True)
_STARTS = {c: [each for each in _OPERATORS if each[0] == c] for c in {each[0] for each in _OPERATORS}}
_PREFIXES = {first + second for first in ("", "b", "B", "f", "F", "u", "U") for second in ("", "r", "R")} - {"ur", "uR", "Ur", "UR"}
_PREFIXES |= {second + first for first in "bBfF" for second in "rR"}


def _is_word(c):
    return c == "_" or c.isalnum() or c > "\x7f" and ("a" + c).isidentifier()


def _digits(text, at, allowed):
    """After digits, with single underscores between them; the same place if there are none."""
    end = at
    while end < len(text) and (text[end] in allowed or text[end] == "_" and end > at and text[end - 1] != "_"
                               and text[end + 1:end + 2] and text[end + 1] in allowed):
        end += 1
    return end


def _number_end(text, at):
    """Where a number ends that begins here."""
    decimal = "0123456789"
    if text[at] == "0" and text[at + 1:at + 2] and text[at + 1] in "xXbBoO":
        allowed = {"x": "0123456789abcdefABCDEF", "b": "01", "o": "01234567"}[text[at + 1].lower()]
        start = at + 2
        if text[start:start + 1] == "_":
            start += 1
        end = _digits(text, start, allowed)
        if end > start:
            return end
        return at + 1
    whole = _digits(text, at, decimal)
    end = whole
    is_float = False
    if text[end:end + 1] == ".":
        is_float = True
        end = _digits(text, end + 1, decimal)
    if text[end:end + 1] in ("e", "E") and text[end:end + 1]:
        after = end + 1
        if text[after:after + 1] in ("+", "-") and text[after:after + 1]:
            after += 1
        stop = _digits(text, after, decimal)
        if stop > after:
            end, is_float = stop, True
    if text[end:end + 1] in ("j", "J") and text[end:end + 1]:
        return end + 1
    if not is_float and text[at] == "0":
        # No number but zero begins with 0.
        stop = at + 1
        while text.startswith(("0", "_0"), stop):
            stop += 1 if text[stop] == "0" else 2
        return stop
    return end


def _string_end(text, at, quote):
    """Behind the closing quotes; None if they are not in the text."""
    while True:
        if at >= len(text):
            return None
        if text[at] == "\\":
            at += 2
        elif text.startswith(quote, at):
            return at + len(quote)
        elif len(quote) == 1 and text[at] == "\n":
            return None
        else:
            at += 1


def tokenize(readline):
    """The tokens of a text that comes in lines of bytes; the first tells its encoding."""
    encoding, lines = detect_encoding(readline)

    def every():
        yield from lines
        while True:
            yield readline()

    return _tokenize(every().__next__, encoding)


def generate_tokens(readline):
    """The tokens of a text that comes in lines."""
    return _tokenize(readline, None)


def _generate_tokens_from_c_tokenizer(source):
    """The tokens that the parser sees: without comments and line ends between statements."""
    import io
    for token in generate_tokens(io.StringIO(source).readline):
        if token.type not in (COMMENT, NL):
            yield token


def _tokenize(readline, encoding):
    number = depth = 0
    going_on = False
    indents = [0]
    # A string or a line of more than one line: what there is of it.
    open_text, open_line, open_start, open_quote = "", "", None, ""
    if encoding is not None:
        yield TokenInfo(ENCODING, "utf-8" if encoding == "utf-8-sig" else encoding, (0, 0), (0, 0), "")
    last_line = line = ""
    while True:
        last_line = line
        try:
            line = readline()
        except StopIteration:
            line = "" if encoding is None else b""
        if encoding is not None:
            line = line.decode(encoding)
        number += 1
        at, size = 0, len(line)
        if open_quote:
            if not line:
                raise TokenError("EOF in multi-line string", open_start)
            end = _string_end(line, 0, open_quote)
            if end is not None:
                yield TokenInfo(STRING, open_text + line[:end], open_start, (number, end), open_line + line)
                at, open_quote = end, ""
            elif len(open_quote) == 1 and not line.endswith(("\\\n", "\\\r\n")):
                yield TokenInfo(ERRORTOKEN, open_text + line, open_start, (number, size), open_line)
                open_quote = ""
                continue
            else:
                open_text += line
                open_line += line
                continue
        elif depth == 0 and not going_on:
            if not line:
                break
            column = 0
            while at < size and line[at] in " \t\f":
                column = column + 1 if line[at] == " " else (column // tabsize + 1) * tabsize if line[at] == "\t" else 0
                at += 1
            if at == size:
                indents, column = indents, column
                break
            if line[at] in "#\r\n":
                if line[at] == "#":
                    comment = line[at:].rstrip("\r\n")
                    yield TokenInfo(COMMENT, comment, (number, at), (number, at + len(comment)), line)
                    at += len(comment)
                yield TokenInfo(NL, line[at:], (number, at), (number, size), line)
                continue
            if column > indents[-1]:
                indents.append(column)
                yield TokenInfo(INDENT, line[:at], (number, 0), (number, at), line)
            while column < indents[-1]:
                if column not in indents:
                    raise IndentationError("unindent does not match any outer indentation level", ("<tokenize>", number, at, line))
                indents.pop()
                yield TokenInfo(DEDENT, "", (number, at), (number, at), line)
        else:
            if not line:
                raise TokenError("EOF in multi-line statement", (number, 0))
            going_on = False

        while at < size:
            blank = at
            while at < size and line[at] in " \f\t":
                at += 1
            if at >= size:
                break
            c, start = line[at], (number, at)
            if c.isdigit() and c.isascii() or c == "." and line[at + 1:at + 2].isdigit() and line[at + 1].isascii():
                end = _number_end(line, at)
                yield TokenInfo(NUMBER, line[at:end], start, (number, end), line)
            elif c in "\r\n":
                end = at + (2 if line.startswith("\r\n", at) else 1)
                yield TokenInfo(NL if depth else NEWLINE, line[at:end], start, (number, end), line)
            elif c == "#":
                comment = line[at:].rstrip("\r\n")
                end = at + len(comment)
                yield TokenInfo(COMMENT, comment, start, (number, end), line)
            elif c in "'\"" or _is_word(c):
                end = at
                while end < size and _is_word(line[end]):
                    end += 1
                if end < size and line[end] in "'\"" and line[at:end] in _PREFIXES:
                    quote = line[end] * 3 if line.startswith(line[end] * 3, end) else line[end]
                    stop = _string_end(line, end + len(quote), quote)
                    if stop is not None:
                        end = stop
                        yield TokenInfo(STRING, line[at:end], start, (number, end), line)
                    elif len(quote) == 3 or line.endswith(("\\\n", "\\\r\n")):
                        open_text, open_line, open_start, open_quote = line[at:], line, start, quote
                        break
                    elif end > at:
                        yield TokenInfo(NAME, line[at:end], start, (number, end), line)
                    else:
                        end = at + 1
                        yield from _errors(line, number, blank, end)
                else:
                    yield TokenInfo(NAME if line[at:end].isidentifier() else ERRORTOKEN, line[at:end], start, (number, end), line)
            elif c == "\\" and line[at + 1:] in ("\n", "\r\n"):
                going_on = True
                break
            else:
                text = next((each for each in _STARTS.get(c, ()) if line.startswith(each, at)), None)
                if text is None:
                    at += 1
                    yield from _errors(line, number, blank, at)
                    continue
                end = at + len(text)
                if text in "([{":
                    depth += 1
                elif text in ")]}":
                    depth -= 1
                yield TokenInfo(OP, text, start, (number, end), line)
            at = end
    if last_line and last_line[-1] not in "\r\n" and not last_line.strip().startswith("#"):
        yield TokenInfo(NEWLINE, "", (number - 1, len(last_line)), (number - 1, len(last_line) + 1), "")
    for _ in indents[1:]:
        yield TokenInfo(DEDENT, "", (number, 0), (number, 0), "")
    yield TokenInfo(ENDMARKER, "", (number, 0), (number, 0), "")


def _errors(line, number, start, end):
    for at in range(start, end):
        yield TokenInfo(ERRORTOKEN, line[at], (number, at), (number, at + 1), line)


def _cookie(line):
    """The encoding that a comment names: `# -*- coding: latin-1 -*-`."""
    text = line.lstrip(" \t\f")
    if not text.startswith("#"):
        return None
    at = text.find("coding")
    while at >= 0:
        rest = text[at + 6:]
        if rest[:1] in (":", "=") and rest[:1]:
            name = rest[1:].lstrip(" \t")
            end = 0
            while end < len(name) and (name[end].isalnum() or name[end] in "-_."):
                end += 1
            if end:
                return name[:end]
        at = text.find("coding", at + 6)
    return None


def _plain_name(encoding):
    short = encoding[:12].lower().replace("_", "-")
    if short == "utf-8" or short.startswith("utf-8-"):
        return "utf-8"
    if short in ("latin-1", "iso-8859-1", "iso-latin-1") or short.startswith(("latin-1-", "iso-8859-1-", "iso-latin-1-")):
        return "iso-8859-1"
    return encoding


def detect_encoding(readline):
    """The encoding that the first two lines tell, and the lines that were read."""
    filename = getattr(getattr(readline, "__self__", None), "name", None)
    in_file = "" if filename is None else f" for {filename!r}"
    lines, has_bom = [], False

    def read():
        try:
            return readline()
        except StopIteration:
            return b""

    for index in range(2):
        line = read()
        if index == 0 and line.startswith(BOM_UTF8):
            has_bom, line = True, line[3:]
        if not line:
            break
        lines.append(line)
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            raise SyntaxError(f"invalid or missing encoding declaration{in_file}") from None
        name = _cookie(text)
        if name is not None:
            name = _plain_name(name)
            try:
                lookup(name)
            except LookupError:
                raise SyntaxError(f"unknown encoding{in_file or ''}: {name}" if not in_file else
                                  f"unknown encoding{in_file}: {name}") from None
            if has_bom:
                if name != "utf-8":
                    raise SyntaxError(f"encoding problem{in_file}: utf-8")
                name = "utf-8-sig"
            return name, lines
        if index == 0 and text.split("#")[0].strip():
            break
    return "utf-8-sig" if has_bom else "utf-8", lines


def open(filename):
    """A file of Python, to be read as text in the encoding that it tells."""
    file = _builtin_open(filename, "rb")
    try:
        encoding, _ = detect_encoding(file.readline)
        file.seek(0)
        text = TextIOWrapper(file, encoding, line_buffering=True)
        text.mode = "r"
        return text
    except:
        file.close()
        raise


class Untokenizer:
    """Puts tokens where they stood."""

    def __init__(self):
        self.tokens = []
        self.prev_row, self.prev_col = 1, 0
        self.encoding = None

    def add_whitespace(self, start):
        row, column = start
        if (row, column) < (self.prev_row, self.prev_col):
            raise ValueError(f"start ({row},{column}) precedes previous end ({self.prev_row},{self.prev_col})")
        if row > self.prev_row:
            self.tokens.append("\\\n" * (row - self.prev_row))
            self.prev_col = 0
        self.tokens.append(" " * (column - self.prev_col))

    def untokenize(self, iterable):
        indents, at_start = [], False
        iterator = iter(iterable)
        for token in iterator:
            if len(token) == 2:
                self.compat(token, iterator)
                break
            kind, text, start, end, line = token
            if kind == ENCODING:
                self.encoding = text
                continue
            if kind == ENDMARKER:
                break
            if kind == INDENT:
                indents.append(text)
                continue
            if kind == DEDENT:
                indents.pop()
                self.prev_row, self.prev_col = end
                continue
            if kind in (NEWLINE, NL):
                at_start = True
            elif at_start and indents:
                if start[1] >= len(indents[-1]):
                    self.tokens.append(indents[-1])
                    self.prev_col = len(indents[-1])
                at_start = False
            self.add_whitespace(start)
            self.tokens.append(text)
            self.prev_row, self.prev_col = end
            if kind in (NEWLINE, NL):
                self.prev_row, self.prev_col = self.prev_row + 1, 0
        return "".join(self.tokens)

    def compat(self, token, iterable):
        """Tokens without places: words apart, the indentation right."""
        indents, after_string = [], False
        at_start = token[0] in (NEWLINE, NL)

        def every():
            yield token
            yield from iterable

        for kind, text, *_ in every():
            if kind == ENCODING:
                self.encoding = text
                continue
            if kind in (NAME, NUMBER):
                text += " "
            if kind == STRING:
                if after_string:
                    text = " " + text
                after_string = True
            else:
                after_string = False
            if kind == INDENT:
                indents.append(text)
                continue
            if kind == DEDENT:
                indents.pop()
                continue
            if kind in (NEWLINE, NL):
                at_start = True
            elif at_start and indents:
                self.tokens.append(indents[-1])
                at_start = False
            self.tokens.append(text)


def untokenize(iterable):
    """The text of tokens; bytes if they tell an encoding."""
    maker = Untokenizer()
    text = maker.untokenize(iterable)
    return text if maker.encoding is None else text.encode(maker.encoding)


def main():
    import argparse

    parser = argparse.ArgumentParser(prog="python -m tokenize")
    parser.add_argument(dest="filename", nargs="?", metavar="filename.py", help="the file to tokenize; defaults to stdin")
    parser.add_argument("-e", "--exact", dest="exact", action="store_true", help="display token names using the exact type")
    args = parser.parse_args()
    try:
        if args.filename:
            with _builtin_open(args.filename, "rb") as file:
                tokens = list(tokenize(file.readline))
        else:
            tokens = _tokenize(sys.stdin.readline, None)
        for token in tokens:
            place = f"{token.start[0]},{token.start[1]}-{token.end[0]},{token.end[1]}:"
            kind = token.exact_type if args.exact else token.type
            print(f"{place:<20}{tok_name[kind]:<15}{token.string!r:<15}")
    except (SyntaxError, TokenError, OSError) as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
