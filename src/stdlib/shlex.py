"""Texts taken apart as a Unix shell does: words, quotes, comments.

A word is read character by character in one of a few states: between words, in a word, in quotes, behind an escape, in
punctuation. `shlex.split('a "b c"')` is `['a', 'b c']`.
"""

import os
import re
import sys
from collections import deque
from io import StringIO

__all__ = ["shlex", "split", "quote", "join"]

_LETTERS = "abcdfeghijklmnopqrstuvwxyz"  # in the order that CPython shows
_LATIN = "ßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ"
_BETWEEN, _WORD, _PUNCTUATION = " ", "a", "c"  # states; a quote or an escape sign is the state of being behind it


class shlex:
    """A reader of words; what counts as what are its attributes."""

    def __init__(self, instream=None, infile=None, posix=False, punctuation_chars=False):
        self.instream = StringIO(instream) if isinstance(instream, str) else sys.stdin if instream is None else instream
        self.infile = None if instream is None else infile
        self.posix, self.eof = posix, None if posix else ""
        self.commenters, self.quotes, self.escape, self.escapedquotes = "#", "'\"", "\\", '"'
        self.whitespace, self.whitespace_split = " \t\r\n", False
        self.wordchars = _LETTERS + _LETTERS.upper() + "0123456789_" + (_LATIN if posix else "")
        self.state, self.lineno, self.debug, self.token, self.source = _BETWEEN, 1, 0, "", None
        self.pushback, self.filestack = deque(), deque()
        marks = "" if not punctuation_chars else "();<>|&" if punctuation_chars is True else punctuation_chars
        self._punctuation_chars = marks
        if marks:
            self._pushback_chars = deque()  # read too early
            extra = (sign for sign in "~-./*?=" if sign not in marks)
            self.wordchars = "".join(sign for sign in self.wordchars if sign not in marks) + "".join(extra)

    @property
    def punctuation_chars(self):
        return self._punctuation_chars

    # ── words and where they come from ──────────────────────────────────────────────────────────────────────────────

    def push_token(self, tok):
        """The word comes next, once more."""
        self._say(f"pushing token {tok!r}")
        self.pushback.appendleft(tok)

    def push_source(self, newstream, newfile=None):
        """Reads from another stream, until that ends."""
        self.filestack.appendleft((self.infile, self.instream, self.lineno))
        self.infile, self.lineno = newfile, 1
        self.instream = StringIO(newstream) if isinstance(newstream, str) else newstream
        self._say(f"pushing to file {newfile}" if newfile is not None else f"pushing to stream {self.instream}")

    def _say(self, what, level=1):
        """What debug=1, or more, wants to hear."""
        if self.debug >= level:
            print("shlex:", what)

    def pop_source(self):
        """Back to the stream before."""
        self.instream.close()
        self.infile, self.instream, self.lineno = self.filestack.popleft()
        self._say(f"popping to {self.instream}, line {self.lineno}")
        self.state = _BETWEEN

    def get_token(self):
        """The next word; `eof` at the end."""
        if self.pushback:
            tok = self.pushback.popleft()
            self._say(f"popping token {tok!r}")
            return tok
        word = self.read_token()
        while self.source is not None and word == self.source:  # a word that names another file to read from
            included = self.sourcehook(self.read_token())
            if included:
                file, stream = included
                self.push_source(stream, file)
            word = self.get_token()
        while word == self.eof:
            if not self.filestack:
                break
            self.pop_source()
            word = self.get_token()
        self._say(f"token={word!r}" if word != self.eof else "token=EOF")
        return word

    def sourcehook(self, newfile):
        """Name and stream of a file that is to be read."""
        if newfile[:1] == '"':
            newfile = newfile[1:-1]
        if isinstance(self.infile, str) and not os.path.isabs(newfile):
            newfile = os.path.join(os.path.dirname(self.infile), newfile)
        return newfile, open(newfile, "r")

    def error_leader(self, infile=None, lineno=None):
        """What compilers put in front of their messages."""
        return f'"{self.infile if infile is None else infile}", line {self.lineno if lineno is None else lineno}: '

    def __iter__(self):
        return self

    def __next__(self):
        word = self.get_token()
        if word == self.eof:
            raise StopIteration
        return word

    # ── one word ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _next_char(self):
        if self.punctuation_chars and self._pushback_chars:
            return self._pushback_chars.pop()
        return self.instream.read(1)

    def _is_part(self, sign):
        return sign in self.wordchars or sign in self.quotes or self.whitespace_split and sign not in self.punctuation_chars

    def _skip_comment(self):
        self.instream.readline()
        self.lineno += 1

    def read_token(self):
        """The next word of the stream, without regard to words pushed back or other files."""
        quoted, escaped_in = False, _BETWEEN
        while True:
            sign = self._next_char()
            if sign == "\n":
                self.lineno += 1
            if self.debug >= 3:
                print(f"shlex: in state {self.state!r} I see character: {sign!r}")
            state = self.state
            if state is None:  # past the end
                self.token = ""
                break
            elif state == _BETWEEN:
                if self._begin(sign, quoted):
                    break
                if self.posix and sign and self.state == sign and sign in self.escape:
                    escaped_in = _WORD
            elif state in self.quotes:
                quoted = True
                if not sign:
                    self._say("I see EOF in quotes state", 2)
                    raise ValueError("No closing quotation")
                if sign == state:
                    if not self.posix:
                        self.token += sign
                        self.state = _BETWEEN
                        break
                    self.state = _WORD
                elif self.posix and sign in self.escape and state in self.escapedquotes:
                    escaped_in, self.state = state, sign
                else:
                    self.token += sign
            elif state in self.escape:
                if not sign:
                    self._say("I see EOF in escape state", 2)
                    raise ValueError("No escaped character")
                # In quotes only the quote and the escape sign itself lose their meaning.
                if escaped_in in self.quotes and sign != state and sign != escaped_in:
                    self.token += state
                self.token += sign
                self.state = escaped_in
            else:
                ends, escaped = self._continue(sign, quoted)
                if ends:
                    break
                if escaped:
                    escaped_in = _WORD
        word, self.token = self.token, ""
        if self.posix and not quoted and word == "":
            word = None
        if self.debug > 1:
            print("shlex: raw token=" + repr(word) if word else "shlex: raw token=EOF")
        return word

    def _begin(self, sign, quoted):
        """Between words: what does a character start? True: the word is complete."""
        if not sign:
            self.state = None
            return True
        if sign in self.whitespace:
            self._say("I see whitespace in whitespace state", 2)
            return bool(self.token or self.posix and quoted)
        if sign in self.commenters:
            self._skip_comment()
        elif self.posix and sign in self.escape:
            self.state = sign
        elif sign in self.wordchars:
            self.token, self.state = sign, _WORD
        elif sign in self.punctuation_chars:
            self.token, self.state = sign, _PUNCTUATION
        elif sign in self.quotes:
            if not self.posix:
                self.token = sign
            self.state = sign
        elif self.whitespace_split:
            self.token, self.state = sign, _WORD
        else:
            self.token = sign
            return bool(self.token or self.posix and quoted)
        return False

    def _continue(self, sign, quoted):
        """In a word or punctuation: does it end here, and did an escape begin?"""
        some = bool(self.token or self.posix and quoted)
        if not sign:
            self.state = None
            return True, False
        if sign in self.whitespace:
            self._say("I see whitespace in word state", 2)
            self.state = _BETWEEN
            return some, False
        if sign in self.commenters:
            self._skip_comment()
            if self.posix:
                self.state = _BETWEEN
                return some, False
            return False, False
        if self.state == _PUNCTUATION:
            if sign in self.punctuation_chars:
                self.token += sign
                return False, False
            if sign not in self.whitespace:
                self._pushback_chars.append(sign)
            self.state = _BETWEEN
            return True, False
        if self.posix and sign in self.quotes:
            self.state = sign
        elif self.posix and sign in self.escape:
            self.state = sign
            return False, True
        elif self._is_part(sign):
            self.token += sign
        else:
            if self.punctuation_chars:
                self._pushback_chars.append(sign)
            else:
                self.pushback.appendleft(sign)
            self._say("I see punctuation in word state", 2)
            self.state = _BETWEEN
            return some, False
        return False, False


def split(s, comments=False, posix=True):
    """The words of a command line."""
    if s is None:
        import warnings
        warnings.warn("Passing None for 's' to shlex.split() is deprecated.", DeprecationWarning, stacklevel=2)
    reader = shlex(s, posix=posix)
    reader.whitespace_split = True
    if not comments:
        reader.commenters = ""
    return list(reader)


_find_unsafe = re.compile(r"[^\w@%+=:,./-]", re.ASCII).search


def quote(s):
    """A text as one word of a command line."""
    if s and not _find_unsafe(s):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command):
    """Words as a command line."""
    return " ".join(map(quote, split_command))
