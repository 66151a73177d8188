"""Warnings as a program sees them: filters, the text that is shown, and a way to catch them.

What fits which filter is decided in _warnings.
"""

import sys
from _warnings import _defaultaction as defaultaction, _filters_mutated, _onceregistry as onceregistry, _source_line
from _warnings import filters, warn, warn_explicit

__all__ = ["warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter", "resetwarnings",
           "catch_warnings"]

_ACTIONS = ("error", "ignore", "always", "default", "module", "once")


class WarningMessage:
    """A warning with its place."""

    _WARNING_DETAILS = ("message", "category", "filename", "lineno", "file", "line", "source")

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        for name, value in zip(self._WARNING_DETAILS, (message, category, filename, lineno, file, line, source)):
            setattr(self, name, value)
        self._category_name = None if not category else category.__name__

    def __str__(self):
        shown = f"message : {self.message!r}, category : {self._category_name!r}, filename : {self.filename!r}"
        return f"{{{shown}, lineno : {self.lineno}, line : {self.line!r}}}"


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Write a warning on a file, by default sys.stderr; may be replaced."""
    _showwarnmsg_impl(WarningMessage(message, category, filename, lineno, file, line))


def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning; may be replaced."""
    return _formatwarnmsg_impl(WarningMessage(message, category, filename, lineno, None, line))


_showwarning_orig = showwarning
_formatwarning_orig = formatwarning


def _showwarnmsg(msg):
    """Show a warning, by showwarning if a program has replaced that."""
    show = showwarning
    if show is _showwarning_orig:
        _showwarnmsg_impl(msg)
    elif callable(show):
        show(msg.message, msg.category, msg.filename, msg.lineno, msg.file, msg.line)
    else:
        raise TypeError("warnings.showwarning() must be set to a function or method")


def _showwarnmsg_impl(msg):
    file = sys.stderr if msg.file is None else msg.file
    if file is not None:
        text = _formatwarnmsg(msg)
        try:
            file.write(text)
        except OSError:
            pass  # nobody can be told


def _formatwarnmsg(msg):
    own = formatwarning
    if own is _formatwarning_orig:
        return _formatwarnmsg_impl(msg)
    return own(msg.message, msg.category, msg.filename, msg.lineno, msg.line)


def _formatwarnmsg_impl(msg):
    filename, category = msg.filename, msg.category.__name__
    text = f"{filename}:{msg.lineno}: {category}: {msg.message}\n"
    line = _source_line(msg.filename, msg.lineno) if msg.line is None else msg.line
    if line:
        text += "  %s\n" % line.strip()
    if msg.source is not None:
        text += f"{category}: Enable tracemalloc to get the object allocation traceback\n"
    return text


def _compiled(pattern, flags):
    """A pattern for messages or modules; plain words need no regular expressions."""
    if not pattern:
        return None
    if pattern.replace(" ", "").replace("_", "").isalnum() and flags:
        return pattern
    import re
    return re.compile(pattern, re.I if flags else 0)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    """Add a filter in front of the others, or after them."""
    _check_action(action)
    _check_kind(message, str, "message must be a string")
    _check_kind(category, type, "category must be a class")
    assert issubclass(category, Warning), "category must be a Warning subclass"
    _check_kind(module, str, "module must be a string")
    _check_line(lineno)
    _add_filter(action, _compiled(message, True), category, _compiled(module, False), lineno, append=append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Add a filter for a class of warnings, whatever their text and place."""
    _check_action(action)
    _check_line(lineno)
    anything = None
    _add_filter(action, anything, category, anything, lineno, append=append)


def _check_kind(value, kind, what):
    assert isinstance(value, kind), what


def _check_action(action):
    assert action in _ACTIONS, f"invalid action: {action!r}"


def _check_line(lineno):
    assert isinstance(lineno, int) and not lineno < 0, "lineno must be an int >= 0"


def _add_filter(*item, append):
    if append:
        if item not in filters:
            filters.append(item)
    else:
        try:
            filters.remove(item)
        except ValueError:
            pass
        filters.insert(0, item)
    _filters_mutated()


def resetwarnings():
    """Take all filters away."""
    filters.clear()
    _filters_mutated()


_DEPRECATED_MSG = "{name!r} is deprecated and slated for removal in Python {remove}"


def _deprecated(name, message=_DEPRECATED_MSG, *, remove, _version=sys.version_info):
    """Warn of something that goes away with a version; RuntimeError if that is here."""
    is_alpha = _version[:2] == remove and _version[3] == "alpha"
    if _version[:2] >= remove and not is_alpha:
        raise RuntimeError(f"{name!r} was slated for removal after Python {remove[0]}.{remove[1]} alpha")
    warn(message.format(name=name, remove="%d.%d" % remove), DeprecationWarning, stacklevel=3)


class catch_warnings:
    """Filters and showwarning as they were are put back at the end of a with statement."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record, self._module, self._entered = record, module or sys.modules["warnings"], False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        told = ["record=True"] * bool(self._record)
        if self._module is not sys.modules["warnings"]:
            told.append(f"module={self._module!r}")
        return f"{type(self).__name__}({', '.join(told)})"

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        names, log = vars(self._module), []
        self._entered, self._before = True, {name: names[name] for name in self._KEPT}
        self._change(filters=list(names["filters"]))
        if self._filter is not None:
            simplefilter(*self._filter)
        if self._record:
            self._change(_showwarnmsg_impl=log.append, showwarning=names["_showwarning_orig"])
            return log
        return None

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        self._change(**self._before)

    # What is put back.
    _KEPT = "filters", "showwarning", "_showwarnmsg_impl"

    def _change(self, **names):
        for name, value in names.items():
            setattr(self._module, name, value)
        self._module._filters_mutated()
