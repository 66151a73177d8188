"""Exceptions and call stacks as text, as the interpreter prints them.

    try:
        …
    except ValueError:
        traceback.print_exc()

A TracebackException keeps all that the text needs and nothing of the frames.
"""

import _traceback
import collections
import itertools
import linecache
import sys
import types

__all__ = ["extract_stack", "extract_tb", "format_exception", "format_exception_only", "format_list", "format_stack", "format_tb",
           "print_exc", "format_exc", "print_exception", "print_last", "print_stack", "print_tb", "clear_frames", "FrameSummary",
           "StackSummary", "TracebackException", "walk_stack", "walk_tb"]

_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"
_MOST_REPEATED = 3
_NOT_GIVEN = object()


class _Sentinel:
    def __repr__(self):
        return "<implicit>"


_sentinel = _Sentinel()


def _exception_of(exc, value, tb):
    """The exception and traceback of the arguments that so many functions here take."""
    if exc is None and value is _sentinel and tb is _sentinel:
        return None, None
    if (value is _sentinel) != (tb is _sentinel):
        raise ValueError("Both or neither of value and tb must be given")
    if value is _sentinel:
        if exc is None:
            return None, None
        if not isinstance(exc, BaseException):
            raise TypeError(f"Exception expected for value, {type(exc).__name__} found")
        return exc, exc.__traceback__
    return value, tb


# ── the functions ──

def print_list(extracted_list, file=None):
    """Print what format_list() makes."""
    for text in format_list(extracted_list):
        print(text, file=file if file is not None else sys.stderr, end="")


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def print_tb(tb, limit=None, file=None):
    print_list(extract_tb(tb, limit), file)


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def extract_tb(tb, limit=None):
    return StackSummary._of(_places_of(tb), limit)


def _write(file, chunks):
    if file is None:
        file = sys.stderr
    for text in chunks:
        print(text, file=file, end="")


def print_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, file=None, chain=True):
    value, tb = _exception_of(exc, value, tb)
    TracebackException(type(value), value, tb, limit=limit, compact=True).print(file=file, chain=chain)


def format_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, chain=True):
    value, tb = _exception_of(exc, value, tb)
    return list(TracebackException(type(value), value, tb, limit=limit, compact=True).format(chain=chain))


def format_exception_only(exc, /, value=_sentinel):
    if value is _sentinel:
        value = exc
    return list(TracebackException(type(value), value, None, compact=True).format_exception_only())


def print_exc(limit=None, file=None, chain=True):
    """Print the exception that is being handled."""
    print_exception(*sys.exc_info(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    return "".join(format_exception(*sys.exc_info(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    """Print the exception that nothing handled, at the prompt."""
    if not hasattr(sys, "last_type"):
        raise ValueError("no last exception")
    print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)


def _here(frame):
    return sys._getframe(2) if frame is None else frame


def print_stack(f=None, limit=None, file=None):
    print_list(_stack(_here(f), limit), file)


def format_stack(f=None, limit=None):
    return _stack(_here(f), limit).format()


def extract_stack(f=None, limit=None):
    return _stack(_here(f), limit)


def _stack(frame, limit):
    found = StackSummary._of(((f, (line, None, None, None)) for f, line in walk_stack(frame)), limit)
    found.reverse()
    return found


def walk_stack(f):
    """Frames and their lines, from the innermost outwards."""
    if f is None:
        f = sys._getframe(1).f_back.f_back if sys._getframe(1).f_back else sys._getframe(1)
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def walk_tb(tb):
    """Frames and lines of a traceback, towards where it was raised."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def _places_of(tb):
    """The same with columns: (frame, (line, end line, column, end column))."""
    while tb is not None:
        yield tb.tb_frame, _place(tb.tb_frame.f_code, tb.tb_lasti, tb.tb_lineno)
        tb = tb.tb_next


def _place(code, lasti, lineno):
    if lasti < 0:
        return lineno, None, None, None
    place = next(itertools.islice(code.co_positions(), lasti // 2, None), (None,) * 4)
    return (lineno, *place[1:]) if place[0] is None else place


def clear_frames(tb):
    """Drop the local variables of all frames of a traceback."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass  # still running
        tb = tb.tb_next


# ── a place ──

class FrameSummary:
    """A line of a call: file, line, function, text."""

    __slots__ = ("filename", "lineno", "end_lineno", "colno", "end_colno", "name", "_line", "locals")

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None, colno=None,
                 end_colno=None):
        self.filename, self.lineno, self.name = filename, lineno, name
        self.end_lineno, self.colno, self.end_colno = end_lineno, colno, end_colno
        self._line = line
        if lookup_line:
            self.line
        self.locals = None if locals is None else {name: _shown(value, repr) for name, value in locals.items()}

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return (self.filename, self.lineno, self.name, self.locals) == (other.filename, other.lineno, other.name, other.locals)
        if isinstance(other, tuple):
            return tuple(self) == other
        return NotImplemented

    def __getitem__(self, pos):
        return (self.filename, self.lineno, self.name, self.line)[pos]

    def __iter__(self):
        return iter(self[:])

    def __len__(self):
        return 4

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"

    @property
    def _original_line(self):
        self.line
        return self._line

    @property
    def line(self):
        if self._line is None:
            if self.lineno is None:
                return None
            self._line = linecache.getline(self.filename, self.lineno)
        return self._line.strip()


def _shown(value, by):
    try:
        return by(value)
    except Exception:
        return f"<exception {by.__name__}() failed>" if by is repr else "<unprintable object>"


class StackSummary(list):
    """Places, the outermost first."""

    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """From what walk_stack() or walk_tb() gives."""
        places = ((frame, (line, None, None, None)) for frame, line in frame_gen)
        return klass._of(places, limit, lookup_lines, capture_locals)

    @classmethod
    def _of(klass, places, limit=None, lookup_lines=True, capture_locals=False):
        if limit is None:
            limit = getattr(sys, "tracebacklimit", None)
            if limit is not None and limit < 0:
                limit = 0
        if limit is not None:
            places = itertools.islice(places, limit) if limit >= 0 else collections.deque(places, maxlen=-limit)
        summary = klass()
        files = set()
        for frame, (lineno, end_lineno, colno, end_colno) in places:
            code = frame.f_code
            files.add(code.co_filename)
            linecache.lazycache(code.co_filename, frame.f_globals)
            summary.append(FrameSummary(code.co_filename, lineno, code.co_name, lookup_line=False,
                                        locals=frame.f_locals if capture_locals else None, end_lineno=end_lineno, colno=colno,
                                        end_colno=end_colno))
        for name in files:
            linecache.checkcache(name)
        if lookup_lines:
            for place in summary:
                place.line
        return summary

    @classmethod
    def from_list(klass, a_list):
        """From places, or tuples of file, line, function and text."""
        return klass(item if isinstance(item, FrameSummary) else FrameSummary(*item[:3], line=item[3]) for item in a_list)

    def format_frame_summary(self, frame_summary):
        """The two or three lines of a place; None leaves it out."""
        place = frame_summary
        text = f'  File "{place.filename}", line {place.lineno}, in {place.name}\n'
        if place.line:
            text += f"    {place.line}\n" + _marks(place)
        for name, value in sorted((place.locals or {}).items()):
            text += f"    {name} = {value}\n"
        return text

    def format(self):
        """One text for each place; those that repeat are counted."""
        texts = []
        last, count = None, 0

        def repeated():
            more = count - _MOST_REPEATED
            if more > 0:
                texts.append(f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n")

        for place in self:
            text = self.format_frame_summary(place)
            if text is None:
                continue
            key = place.filename, place.lineno, place.name
            if key != last or place.lineno is None:
                repeated()
                last, count = key, 0
            count += 1
            if count <= _MOST_REPEATED:
                texts.append(text)
        repeated()
        return texts


def _marks(place):
    """The line of ^ below a piece of code, if the piece is not the whole line."""
    whole = place._original_line
    text = whole.rstrip()
    if place.colno is None or place.end_colno is None or place.end_lineno is None:
        return ""
    encoded = whole.encode()
    start = len(encoded[:place.colno].decode(errors="replace"))
    if place.lineno == place.end_lineno:
        end = len(encoded[:place.end_colno].decode(errors="replace"))
    else:
        end = len(text)
    indent = len(text) - len(text.lstrip())
    if end <= start:
        return ""
    left = right = None
    if place.lineno == place.end_lineno:
        anchors = _traceback.anchors(text[start:end])
        if anchors:
            left, right = anchors
    if left is None and start <= indent and end >= len(text):
        return ""
    line = " " * (start - indent)
    if left is None:
        line += "^" * (end - start)
    else:
        line += "~" * left + "^" * (right - left) + "~" * (end - start - right)
    return f"    {line}\n"


# ── an exception ──

class _Indent:
    """How deep in groups of exceptions the text is."""

    def __init__(self):
        self.seen = set()
        self.depth = 0
        self.need_close = False

    def line(self, text, bar=None):
        """The lines of a text behind a margin; outside of groups the text as it is."""
        if not self.depth:
            yield text
            return
        margin = "  " * self.depth
        margin += (bar if bar is not None else "|") + " "
        for line in text.splitlines(keepends=True):
            yield margin + line


class TracebackException:
    """All that is needed to print an exception, kept as text."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False, compact=False,
                 max_group_width=15, max_group_depth=10, _seen=None):
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        self.max_group_width, self.max_group_depth = max_group_width, max_group_depth
        self.stack = StackSummary._of(_places_of(exc_traceback), limit, lookup_lines, capture_locals)
        self.exc_type = exc_type
        self._str = _shown_text(exc_value)
        self.__notes__ = getattr(exc_value, "__notes__", None)
        if exc_type and issubclass(exc_type, SyntaxError):
            self.filename, self.text, self.msg = exc_value.filename, exc_value.text, exc_value.msg
            self.lineno = None if exc_value.lineno is None else str(exc_value.lineno)
            self.end_lineno = None if exc_value.end_lineno is None else str(exc_value.end_lineno)
            self.offset, self.end_offset = exc_value.offset, exc_value.end_offset
        self.__suppress_context__ = exc_value is not None and exc_value.__suppress_context__
        self.__cause__ = self.__context__ = self.exceptions = None

        def other(exception):
            return TracebackException(type(exception), exception, exception.__traceback__, limit=limit, lookup_lines=lookup_lines,
                                      capture_locals=capture_locals, max_group_width=max_group_width,
                                      max_group_depth=max_group_depth, _seen=seen)

        if exc_value is not None:
            cause, context = exc_value.__cause__, exc_value.__context__
            if cause is not None and id(cause) not in seen:
                self.__cause__ = other(cause)
            wanted = not compact or cause is None and not exc_value.__suppress_context__
            if wanted and context is not None and id(context) not in seen:
                self.__context__ = other(context)
            if isinstance(exc_value, BaseExceptionGroup):
                self.exceptions = [other(each) for each in exc_value.exceptions]

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def __eq__(self, other):
        if isinstance(other, TracebackException):
            return self.__dict__ == other.__dict__
        return NotImplemented

    __hash__ = None

    def __str__(self):
        return self._str

    def _title(self):
        if self.exc_type is None:
            return "None"
        module, name = self.exc_type.__module__, self.exc_type.__qualname__
        if module in ("__main__", "builtins"):
            return name
        return f"{module if isinstance(module, str) else '<unknown>'}.{name}"

    def format_exception_only(self):
        """The last lines: what happened."""
        if self.exc_type is None:
            yield "NoneType: None\n" if self._str in ("", "None") else f"NoneType: {self._str}\n"
            return
        if issubclass(self.exc_type, SyntaxError):
            yield from self._syntax_error()
        else:
            yield f"{self._title()}: {self._str}\n" if self._str else f"{self._title()}\n"
        notes = self.__notes__
        if isinstance(notes, collections.abc.Sequence) and not isinstance(notes, (str, bytes)):
            for note in notes:
                for line in _shown_text(note).split("\n"):
                    yield line + "\n"
        elif notes is not None:
            yield f"{_shown(notes, repr)}\n"

    def _syntax_error(self):
        if self.lineno is not None:
            yield f'  File "{self.filename or "<string>"}", line {self.lineno}\n'
        if self.text is not None:
            whole = self.text.rstrip("\n")
            line = whole.lstrip(" \n\f")
            cut = len(whole) - len(line)
            yield f"    {line}\n"
            if self.offset is not None and self.offset >= 1:
                start = self.offset
                end = self.end_offset if self.end_offset not in (None, 0) and self.end_lineno == self.lineno else start
                if self.end_lineno is not None and self.end_lineno != self.lineno and self.end_offset not in (None, 0):
                    end = len(whole) + 1
                if end == start or end == -1:
                    end = start + 1
                column, width = start - 1 - cut, end - start
                if column >= 0:
                    before = "".join(c if c.isspace() else " " for c in line[:column])
                    yield f"    {before}{' ' * (column - len(before))}{'^' * width}\n"
        message = self.msg or "<no detail available>"
        in_file = f" ({self.filename})" if self.lineno is None and self.filename is not None else ""
        yield f"{self._title()}: {message}{in_file}\n"

    def format(self, *, chain=True, _ctx=None):
        """All the text, in pieces that end with newlines."""
        ctx = _Indent() if _ctx is None else _ctx
        told = [(None, self)]
        exc = self
        while chain:
            if exc.__cause__ is not None:
                told.append((_CAUSE, exc.__cause__))
                exc = exc.__cause__
            elif exc.__context__ is not None and not exc.__suppress_context__:
                told.append((_CONTEXT, exc.__context__))
                exc = exc.__context__
            else:
                break
        for index in range(len(told) - 1, -1, -1):
            yield from told[index][1]._format_one(ctx)
            if index:
                yield from ctx.line(told[index][0])

    def _format_one(self, ctx):
        if self.exceptions is None:
            if self.stack:
                yield from ctx.line("Traceback (most recent call last):\n")
                for text in self.stack.format():
                    yield from ctx.line(text)
            for text in self.format_exception_only():
                yield from ctx.line(text)
            return
        if ctx.depth > self.max_group_depth:
            yield from ctx.line(f"... (max_group_depth is {self.max_group_depth})\n")
            return
        top = ctx.depth == 0
        if top:
            ctx.depth = 1
        if self.stack:
            yield from ctx.line("Exception Group Traceback (most recent call last):\n", "+" if top else None)
            for text in self.stack.format():
                yield from ctx.line(text)
        for text in self.format_exception_only():
            yield from ctx.line(text)
        count = len(self.exceptions)
        shown = min(count, self.max_group_width)
        cut = count > shown
        ctx.need_close = False
        for number in range(shown + cut):
            is_last = number == shown + cut - 1
            if is_last:
                ctx.need_close = True
            title = f"{number + 1}" if number < shown else "..."
            margin = "  " * ctx.depth
            yield f"{margin}{'+-' if number == 0 else '  '}+---------------- {title} ----------------\n"
            ctx.depth += 1
            if number < shown:
                yield from self.exceptions[number].format(_ctx=ctx)
            else:
                more = count - shown
                yield from ctx.line(f"and {more} more exception{'s' if more > 1 else ''}\n")
            if is_last and ctx.need_close:
                yield f"{'  ' * ctx.depth}+------------------------------------\n"
                ctx.need_close = False
            ctx.depth -= 1
        if top:
            ctx.depth = 0

    def print(self, *, file=None, chain=True):
        _write(file, self.format(chain=chain))


def _shown_text(value):
    try:
        return str(value)
    except Exception:
        return "<exception str() failed>"
