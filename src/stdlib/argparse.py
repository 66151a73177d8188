"""Command lines: which arguments a program takes, with its help text and its errors.

    parser = argparse.ArgumentParser(description="Add numbers.")
    parser.add_argument("numbers", nargs="+", type=int)
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
"""

import os
import sys

__all__ = ["ArgumentParser", "ArgumentError", "ArgumentTypeError", "BooleanOptionalAction", "FileType", "HelpFormatter",
           "ArgumentDefaultsHelpFormatter", "RawDescriptionHelpFormatter", "RawTextHelpFormatter", "MetavarTypeHelpFormatter",
           "Namespace", "Action", "ONE_OR_MORE", "OPTIONAL", "PARSER", "REMAINDER", "SUPPRESS", "ZERO_OR_MORE"]

SUPPRESS = "==SUPPRESS=="
OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE, PARSER, REMAINDER = "?", "*", "+", "A...", "..."
_UNRECOGNIZED_ARGS_ATTR = "_unrecognized_args"


class _Shown:
    """An object that shows how it was made."""

    def __repr__(self):
        shown = [repr(value) for value in self._get_args()] + [f"{name}={value!r}" for name, value in self._get_kwargs()]
        return f"{type(self).__name__}({', '.join(shown)})"

    def _get_kwargs(self):
        return vars(self).items()

    def _get_args(self):
        return []


_AttributeHolder = _Shown


class Namespace(_Shown):
    """What parse_args() gives: an attribute for each argument."""

    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __eq__(self, other):
        return vars(self) == vars(other) if isinstance(other, Namespace) else NotImplemented

    def __contains__(self, key):
        return key in self.__dict__

    def __repr__(self):
        plain, odd = [], {}
        for name, value in self.__dict__.items():
            if name.isidentifier():
                plain.append(f"{name}={value!r}")
            else:
                odd[name] = value
        if odd:
            plain.append(f"**{odd!r}")
        return f"{type(self).__name__}({', '.join(plain)})"


# ── help ──

def _wrapped(text, width):
    """Words in lines of so many columns."""
    import textwrap
    return textwrap.wrap(" ".join(text.split()), width)


class HelpFormatter:
    """Writes the help text."""

    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        if width is None:
            width = _terminal_width() - 2
        self._prog, self._indent_increment, self._width = prog, indent_increment, width
        # Where helps begin, at the most; a narrow terminal gives them at least 20 columns.
        latest = max(width - 20, 2 * indent_increment)
        self._max_help_position = min(latest, max_help_position)
        self._current_indent = 0
        self._action_max_length = 0
        self._root = self._section = _Section(None, None)

    def _indent(self, steps=1):
        self._current_indent += steps * self._indent_increment

    def _dedent(self):
        self._indent(-1)

    def start_section(self, heading):
        self._indent()
        section = _Section(self._section, heading)
        self._section.items.append(section)
        self._section = section

    def end_section(self):
        self._section = self._section.parent
        self._dedent()

    def add_text(self, text):
        if text is not SUPPRESS and text is not None:
            self._section.items.append((self._format_text, (text,)))

    def add_usage(self, usage, actions, groups, prefix=None):
        if usage is not SUPPRESS:
            self._section.items.append((self._format_usage, (usage, actions, groups, prefix)))

    def add_argument(self, action):
        if action.help is SUPPRESS:
            return
        lengths = [len(self._format_action_invocation(action)) + self._current_indent]
        for inner in self._iter_indented_subactions(action):
            lengths.append(len(self._format_action_invocation(inner)) + self._current_indent)
        self._action_max_length = max(self._action_max_length, *lengths)
        self._section.items.append((self._format_action, (action,)))

    def add_arguments(self, actions):
        for action in actions:
            self.add_argument(action)

    def format_help(self):
        text = self._format_section(self._root)
        if text:
            while "\n\n\n" in text:
                text = text.replace("\n\n\n", "\n\n")
            text = text.strip("\n") + "\n"
        return text

    def _format_section(self, section):
        if section.parent is not None:
            self._indent()
        text = "".join(self._format_section(item) if isinstance(item, _Section) else item[0](*item[1]) for item in section.items)
        if section.parent is not None:
            self._dedent()
        if not text:
            return ""
        heading = ""
        if section.heading is not SUPPRESS and section.heading is not None:
            heading = f"{' ' * self._current_indent}{section.heading}:\n"
        return f"\n{heading}{text}\n"

    def _format_usage(self, usage, actions, groups, prefix):
        lead = "usage: " if prefix is None else prefix
        if usage is not None:
            usage = self._with_prog(usage)
        else:
            usage = self._own_usage(lead, f"{self._prog}", *_by_kind(actions), groups)
        return f"{lead}{usage}\n\n"

    def _own_usage(self, lead, prog, optionals, positionals, groups):
        """The program and its arguments: in one line, or in as few as there is room for, options first."""
        whole = " ".join(filter(None, [prog, *self._usage_parts(optionals + positionals, groups)]))
        room = self._width - self._current_indent
        if len(lead) + len(whole) <= room:
            return whole
        first, rest = self._usage_parts(optionals, groups), self._usage_parts(positionals, groups)
        margin = len(lead)
        if margin + len(prog) > 0.75 * room:
            # A long name stands alone.
            lines = _filled(first + rest, room, margin)
            if len(lines) > 1:
                lines = _filled(first, room, margin) + _filled(rest, room, margin)
            return "\n".join([prog, *lines])
        if not first:
            first, rest = rest, []
        after = margin + len(prog) + 1
        start, *more = _filled([prog, *first], room, after, taken=margin)
        return "\n".join([start[after:], *more, *_filled(rest, room, after)])

    def _with_prog(self, text):
        return text % {"prog": self._prog}

    def _usage_parts(self, actions, groups):
        """A piece for each argument; those that exclude each other stand in one bracket with bars between them."""
        parts = {}
        opening, closing, between, hidden = {}, {}, set(), set()
        for group in groups:
            if not (members := group._group_actions):
                raise ValueError("empty group %s" % group)
            if members[0] not in actions:
                continue
            start = actions.index(members[0])
            end = start + len(members)
            if actions[start:end] != members:
                continue
            shown = [index for index in range(start, end) if actions[index].help is not SUPPRESS]
            if not shown or all(action.help is SUPPRESS for action in members):
                continue
            brackets = ("(", ")") if group.required else ("[", "]")
            for index in shown:
                hidden.add(index)
                if index != shown[-1]:
                    between.add(index)
            if len(shown) > 1 or not group.required:
                opening[shown[0]], closing[shown[-1]] = brackets
        pieces = []
        for index, action in enumerate(actions):
            if action.help is SUPPRESS:
                continue
            if not action.option_strings:
                text = self._format_args(action, self._get_default_metavar_for_positional(action))
                if index in hidden and text[:1] == "[" and text[-1:] == "]":
                    text = text[1:-1]
            else:
                option = action.option_strings[0]
                if action.nargs == 0:
                    text = action.format_usage()
                else:
                    text = f"{option} {self._format_args(action, self._get_default_metavar_for_optional(action))}"
                if not action.required and index not in hidden:
                    text = f"[{text}]"
            text = opening.get(index, "") + text + closing.get(index, "")
            pieces.append(text)
            if index in between:
                pieces.append("|")
        return _regrouped(pieces)

    def _format_text(self, text):
        if "%(prog)" in text:
            text = self._with_prog(text)
        width = max(self._width - self._current_indent, 11)
        return self._fill_text(text, width, " " * self._current_indent) + "\n\n"

    def _format_action(self, action):
        position = min(self._action_max_length + 2, self._max_help_position)
        width = max(self._width - position, 11)
        room = position - self._current_indent - 2
        margin = " " * self._current_indent
        head = self._format_action_invocation(action)
        first = 0
        if not action.help:
            text = f"{margin}{head}\n"
        elif len(head) <= room:
            text = f"{margin}{head:<{room}}  "
        else:
            text = f"{margin}{head}\n"
            first = position
        parts = [text]
        if action.help and action.help.strip():
            if told := self._expand_help(action):
                margins = [first]
                for line in self._split_lines(told, width):
                    parts.append(f"{' ' * margins.pop()}{line}\n")
                    margins.append(position)
        elif not text.endswith("\n"):
            parts.append("\n")
        for inner in self._iter_indented_subactions(action):
            parts.append(self._format_action(inner))
        return "".join(parts)

    def _format_action_invocation(self, action):
        if not action.option_strings:
            return " ".join(self._metavar_formatter(action, self._get_default_metavar_for_positional(action))(1))
        if action.nargs == 0:
            return ", ".join(action.option_strings)
        args = self._format_args(action, self._get_default_metavar_for_optional(action))
        return ", ".join(f"{option} {args}" for option in action.option_strings)

    def _metavar_formatter(self, action, default_metavar):
        if action.metavar is not None:
            result = action.metavar
        elif action.choices is not None:
            result = "{%s}" % ",".join(map(str, action.choices))
        else:
            result = default_metavar
        return lambda size: result if isinstance(result, tuple) else (result,) * size

    def _format_args(self, action, default_metavar):
        names, nargs = self._metavar_formatter(action, default_metavar), action.nargs
        if nargs == ZERO_OR_MORE and len(names(1)) == 2:
            return "[%s [%s ...]]" % names(1)
        if isinstance(nargs, str | None) and nargs in _SHAPES:
            shape, count = _SHAPES[nargs]
        elif isinstance(nargs, int):
            shape, count = " ".join(["%s"] * nargs), nargs
        else:
            raise ValueError("invalid nargs value")
        return shape % names(count) if count else shape

    def _expand_help(self, action):
        values = {**vars(action), "prog": self._prog}
        for name, value in list(values.items()):
            if value is SUPPRESS:
                del values[name]
            elif hasattr(value, "__name__"):
                values[name] = value.__name__
        if values.get("choices") is not None:
            values["choices"] = ", ".join(map(str, values["choices"]))
        return self._get_help_string(action) % values

    def _iter_indented_subactions(self, action):
        get = getattr(action, "_get_subactions", None)
        if get is not None:
            self._indent()
            yield from get()
            self._dedent()

    def _split_lines(self, text, width):
        return _wrapped(text, width)

    def _fill_text(self, text, width, indent):
        import textwrap
        return textwrap.fill(" ".join(text.split()), width, initial_indent=indent, subsequent_indent=indent)

    def _get_help_string(self, action):
        return action.help

    def _get_default_metavar_for_optional(self, action):
        return action.dest.upper()

    def _get_default_metavar_for_positional(self, action):
        return action.dest


def _terminal_width():
    import shutil
    return shutil.get_terminal_size().columns


# How values are shown: the shape, and how many names it has.
_SHAPES = {None: ("%s", 1), OPTIONAL: ("[%s]", 1), ZERO_OR_MORE: ("[%s ...]", 1), ONE_OR_MORE: ("%s [%s ...]", 2), REMAINDER: ("...", 0),
           PARSER: ("%s ...", 1), SUPPRESS: ("", 0)}


def _by_kind(actions):
    """The options among them, and the others."""
    kinds = [], []
    for action in actions:
        kinds[not action.option_strings].append(action)
    return kinds


def _filled(parts, room, margin, taken=None):
    """Parts in lines behind a margin; of the first line so much is taken already."""
    lines = []
    length = room + 1
    for number, part in enumerate(parts):
        length += 1 + len(part)
        if length > room:
            lines.append(" " * margin + part)
            length = len(part) + (taken if number == 0 and taken is not None else margin)
        else:
            lines[-1] += " " + part
    return lines


def _regrouped(pieces):
    """`[-a`, `|`, `-b]` is one piece."""
    whole, waiting = [], None
    for piece in pieces:
        if piece == "|":
            waiting = whole.pop()
        elif waiting is not None:
            whole.append(f"{waiting} | {piece}")
            waiting = None
        else:
            whole.append(piece)
    return whole


class _Section:
    def __init__(self, parent, heading):
        self.parent, self.heading, self.items = parent, heading, []


class RawDescriptionHelpFormatter(HelpFormatter):
    """Leaves the description as it is."""

    def _fill_text(self, text, width, indent):
        import textwrap
        return textwrap.indent(text, indent, lambda line: True)


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    """Leaves all texts as they are."""

    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    """Adds the defaults."""

    def _get_help_string(self, action):
        text = action.help if action.help is not None else ""
        if "%(default)" not in text and action.default is not SUPPRESS:
            if action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE):
                text += " (default: %(default)s)"
        return text


class MetavarTypeHelpFormatter(HelpFormatter):
    """Names values by their types."""

    def _get_default_metavar_for_optional(self, action):
        return action.type.__name__

    _get_default_metavar_for_positional = _get_default_metavar_for_optional


# ── errors ──

def _get_action_name(argument):
    """What it is called in a message: its options, or the first of its names that is meant to be seen."""
    if argument is None or argument.option_strings:
        return argument and "/".join(argument.option_strings)
    for name in argument.metavar, argument.dest:
        if name not in (None, SUPPRESS):
            return name
    return f"{{{','.join(argument.choices)}}}" if argument.choices else None


class ArgumentError(Exception):
    """Something is wrong with an argument."""

    def __init__(self, argument, message):
        self.argument_name, self.message = _get_action_name(argument), message

    def __str__(self):
        return f"argument {self.argument_name}: {self.message}" if self.argument_name is not None else f"{self.message}"


class ArgumentTypeError(Exception):
    """Raised by a type function that cannot take a text."""


# ── actions ──

class Action(_Shown):
    """What is done with an argument."""

    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None,
                 metavar=None):
        self.option_strings, self.dest, self.nargs, self.const, self.default = option_strings, dest, nargs, const, default
        self.type, self.choices, self.required, self.help, self.metavar = type, choices, required, help, metavar

    def _get_kwargs(self):
        return _attributes(self, "option_strings dest nargs const default type choices required help metavar")

    def format_usage(self):
        """How it stands in the usage, where it takes no values."""
        return self.option_strings[0]

    def _put(self, namespace, value):
        setattr(namespace, self.dest, value)

    def __call__(self, parser, namespace, values, option_string=None):
        raise NotImplementedError(".__call__() not defined")


def _attributes(owner, names):
    return [(name, getattr(owner, name)) for name in names.split()]


class BooleanOptionalAction(Action):
    """--name and --no-name."""

    def __init__(self, option_strings, dest, default=None, type=None, choices=None, required=False, help=None, metavar=None):
        both = []
        for option in option_strings:
            both.append(option)
            if option.startswith("--"):
                both.append("--no-" + option[2:])
        super().__init__(both, dest, nargs=0, default=default, type=type, choices=choices, required=required, help=help,
                         metavar=metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        if option_string in self.option_strings:
            self._put(namespace, option_string[:5] != "--no-")

    def format_usage(self):
        return " | ".join(self.option_strings)


def _check_nargs(nargs, const, name):
    if nargs == 0:
        raise ValueError(f"nargs for {name} actions must be != 0; if arg strings are not supplying the value to {name}, the append "
                         "const action may be more appropriate" if name == "append" else
                         "nargs for store actions must be != 0; if you have nothing to store, actions such as store true or store "
                         "const may be more appropriate")
    if const is not None and nargs != OPTIONAL:
        raise ValueError(f"nargs must be {OPTIONAL!r} to supply const")


class _StoreAction(Action):
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None,
                 metavar=None):
        _check_nargs(nargs, const, "store")
        super().__init__(option_strings, dest, nargs, const, default, type, choices, required, help, metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        self._put(namespace, values)


class _StoreConstAction(Action):
    def __init__(self, option_strings, dest, const=None, default=None, required=False, help=None, metavar=None):
        super().__init__(option_strings, dest, 0, const, default, required=required, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        self._put(namespace, self.const)


class _StoreTrueAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=False, required=False, help=None):
        super().__init__(option_strings, dest, True, default, required, help)


class _StoreFalseAction(_StoreConstAction):
    def __init__(self, option_strings, dest, default=True, required=False, help=None):
        super().__init__(option_strings, dest, False, default, required, help)


def _longer(namespace, dest, more):
    """A copy of the list so far, with more items."""
    items = getattr(namespace, dest, None)
    setattr(namespace, dest, [*(items or []), *more])


class _AppendAction(Action):
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None,
                 metavar=None):
        _check_nargs(nargs, const, "append")
        super().__init__(option_strings, dest, nargs, const, default, type, choices, required, help, metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        _longer(namespace, self.dest, [values])


class _ExtendAction(_AppendAction):
    def __call__(self, parser, namespace, values, option_string=None):
        _longer(namespace, self.dest, values)


class _AppendConstAction(Action):
    def __init__(self, option_strings, dest, const=None, default=None, required=False, help=None, metavar=None):
        super().__init__(option_strings, dest, 0, const, default, required=required, help=help, metavar=metavar)

    def __call__(self, parser, namespace, values, option_string=None):
        _longer(namespace, self.dest, [self.const])


class _CountAction(Action):
    def __init__(self, option_strings, dest, default=None, required=False, help=None):
        super().__init__(option_strings, dest, 0, default=default, required=required, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        self._put(namespace, 1 + (getattr(namespace, self.dest, None) or 0))


class _HelpAction(Action):
    def __init__(self, option_strings, dest=SUPPRESS, default=SUPPRESS, help=None):
        super().__init__(option_strings, dest, 0, default=default, help=help)

    def __call__(self, parser, namespace, values, option_string=None):
        parser.print_help()
        parser.exit()


class _VersionAction(Action):
    def __init__(self, option_strings, version=None, dest=SUPPRESS, default=SUPPRESS, help="show program's version number and exit"):
        super().__init__(option_strings, dest, 0, default=default, help=help)
        self.version = version

    def __call__(self, parser, namespace, values, option_string=None):
        version = parser.version if self.version is None else self.version
        parser._print_message(parser._written([("add_text", version)]), sys.stdout)
        parser.exit()


class _SubParsersAction(Action):
    """The first argument chooses another parser."""

    class _Choice(Action):
        def __init__(self, name, aliases, help):
            metavar = f"{name} ({', '.join(aliases)})" if aliases else name
            super().__init__([], name, help=help, metavar=metavar)

    def __init__(self, option_strings, prog, parser_class, dest=SUPPRESS, required=False, help=None, metavar=None):
        self._prog_prefix, self._parser_class = prog, parser_class
        self._name_parser_map, self._choices_actions = {}, []
        super().__init__(option_strings, dest, PARSER, choices=self._name_parser_map, required=required, help=help, metavar=metavar)

    def add_parser(self, name, **kwargs):
        """The parser of a command."""
        return self._added(name, **kwargs)

    def _added(self, name, *, prog=None, aliases=(), **options):
        names = [name, *aliases]
        for each in names:
            if each in self._name_parser_map:
                what = "subparser" if each == name else "subparser alias"
                raise ArgumentError(self, f"conflicting {what}: {each}")
        if "help" in options:
            self._choices_actions.append(self._Choice(name, aliases, options.pop("help")))
        made = self._parser_class(prog=f"{self._prog_prefix} {name}" if prog is None else prog, **options)
        self._name_parser_map.update(dict.fromkeys(names, made))
        return made

    def _get_subactions(self):
        return self._choices_actions

    def __call__(self, parser, namespace, values, option_string=None):
        name, *rest = values
        if self.dest is not SUPPRESS:
            setattr(namespace, self.dest, name)
        try:
            chosen = self._name_parser_map[name]
        except KeyError:
            raise ArgumentError(self, f"unknown parser {name!r} (choices: {', '.join(self._name_parser_map)})") from None
        inner, unknown = chosen.parse_known_args(rest, None)
        for item in vars(inner).items():
            setattr(namespace, *item)
        if unknown:
            before = getattr(namespace, _UNRECOGNIZED_ARGS_ATTR, [])
            setattr(namespace, _UNRECOGNIZED_ARGS_ATTR, before + unknown)


class FileType:
    """A type that opens files; `-` is a standard stream."""

    def __init__(self, mode="r", bufsize=-1, encoding=None, errors=None):
        self._mode, self._bufsize, self._encoding, self._errors = mode, bufsize, encoding, errors
        self._how = mode, bufsize, encoding, errors

    def __call__(self, string):
        if string == "-":
            if "r" in self._mode:
                return sys.stdin.buffer if "b" in self._mode else sys.stdin
            if any(c in self._mode for c in "wax"):
                return sys.stdout.buffer if "b" in self._mode else sys.stdout
            raise ValueError(f'argument "-" with mode {self._mode!r}')
        try:
            return open(string, *self._how)
        except OSError as error:
            raise ArgumentTypeError(f"can't open '{string}': {error}") from None

    def __repr__(self):
        shown = [repr(value) for value in (self._mode, self._bufsize) if value != -1]
        shown += [f"{name}={value!r}" for name, value in (("encoding", self._encoding), ("errors", self._errors)) if value is not None]
        return f"{type(self).__name__}({', '.join(shown)})"


# ── parsers ──

class _ActionsContainer:
    """What arguments can be added to: a parser or a group of one."""

    def __init__(self, description, prefix_chars, argument_default, conflict_handler):
        self.description, self.argument_default = description, argument_default
        self.prefix_chars, self.conflict_handler = prefix_chars, conflict_handler
        self._registries = {"action": {None: _StoreAction, "store": _StoreAction, "store_const": _StoreConstAction,
                                       "store_true": _StoreTrueAction, "store_false": _StoreFalseAction, "append": _AppendAction,
                                       "append_const": _AppendConstAction, "count": _CountAction, "help": _HelpAction,
                                       "version": _VersionAction, "parsers": _SubParsersAction, "extend": _ExtendAction}}
        self._get_handler()
        self._actions, self._action_groups, self._mutually_exclusive_groups, self._has_negative_number_optionals = [], [], [], []
        self._option_string_actions, self._defaults = {}, {}

    def register(self, registry_name, value, object):
        self._registries.setdefault(registry_name, {})[value] = object

    def _registry_get(self, registry_name, value, default_value=None):
        try:
            return self._registries.get(registry_name, {}).get(value, default_value)
        except TypeError:
            return default_value

    def set_defaults(self, **kwargs):
        """Values of attributes that no argument sets."""
        self._defaults |= kwargs
        for action in self._actions:
            action.default = kwargs.get(action.dest, action.default)

    def get_default(self, dest):
        for action in self._actions:
            if action.dest == dest and action.default is not None:
                return action.default
        return self._defaults.get(dest)

    def add_argument(self, *args, **kwargs):
        """Add an argument: a name for one by its place, `-x`, `--long` for options."""
        is_option = len(args) > 1 or bool(args) and args[0][0] in self.prefix_chars
        if args and not is_option and "dest" in kwargs:
            raise ValueError("dest supplied twice for positional argument")
        given = (self._get_optional_kwargs if is_option else self._get_positional_kwargs)(*args, **kwargs)
        if given["dest"] in self._defaults:
            given.setdefault("default", self._defaults[given["dest"]])
        elif self.argument_default is not None:
            given.setdefault("default", self.argument_default)
        kind = self._pop_action_class(given)
        if not callable(kind):
            raise ValueError(f'unknown action "{kind}"')
        action = kind(**given)
        self._check_type(self._registry_get("type", action.type, action.type))
        if isinstance(self, ArgumentParser):
            try:
                self._get_formatter()._format_args(action, default_metavar=None)
            except TypeError:
                raise ValueError("length of metavar tuple does not match nargs") from None
        return self._add_action(action)

    def _check_type(self, convert):
        if convert is not None and not callable(convert):
            raise ValueError(f"{convert!r} is not callable")
        if convert is FileType:
            raise ValueError(f"{convert!r} is a FileType class object, instance of it must be passed")

    def add_argument_group(self, *args, **kwargs):
        """A heading of its own in the help text."""
        return _into(self._action_groups, _ArgumentGroup(self, *args, **kwargs))

    def add_mutually_exclusive_group(self, **kwargs):
        """Arguments of which only one may be given."""
        return _into(self._mutually_exclusive_groups, _MutuallyExclusiveGroup(self, **kwargs))

    def _add_action(self, action):
        self._check_conflict(action)
        self._actions.append(action)
        action.container = self
        for option in action.option_strings:
            self._option_string_actions[option] = action
            if _is_negative_number(option):
                self._has_negative_number_optionals[:] = [True]
        return action

    def _remove_action(self, action):
        self._actions.remove(action)

    def _add_container_actions(self, container):
        groups = {group.title: group for group in self._action_groups}
        homes = {}
        for group in container._action_groups:
            if group.title not in groups:
                groups[group.title] = self.add_argument_group(title=group.title, description=group.description,
                                                              conflict_handler=group.conflict_handler)
            for action in group._group_actions:
                homes[action] = groups[group.title]
        for group in container._mutually_exclusive_groups:
            made = self.add_mutually_exclusive_group(required=group.required)
            for action in group._group_actions:
                homes[action] = made
        for action in container._actions:
            homes.get(action, self)._add_action(action)

    def _get_positional_kwargs(self, dest, **kwargs):
        if "required" in kwargs:
            raise TypeError("'required' is an invalid argument for positionals")
        nargs = kwargs.get("nargs")
        if nargs != OPTIONAL and not (nargs == ZERO_OR_MORE and "default" in kwargs):
            kwargs["required"] = True
        return {**kwargs, "dest": dest, "option_strings": []}

    def _get_optional_kwargs(self, *args, **kwargs):
        short, long = [], []
        for option in args:
            if option[0] not in self.prefix_chars:
                raise ValueError(f"invalid option string {option!r}: must start with a character {self.prefix_chars!r}")
            (long if len(option) > 1 and option[1] in self.prefix_chars else short).append(option)
        if kwargs.get("dest") is None:
            name = (long + short)[0].lstrip(self.prefix_chars)
            if not name:
                raise ValueError(f"dest= is required for options like {args[0]!r}")
            kwargs["dest"] = "_".join(name.split("-"))
        return {**kwargs, "option_strings": list(args)}

    def _pop_action_class(self, kwargs, default=None):
        wanted = kwargs.pop("action", default)
        return self._registry_get("action", wanted, wanted)

    def _get_handler(self):
        try:
            return getattr(self, f"_handle_conflict_{self.conflict_handler}")
        except AttributeError:
            raise ValueError(f"invalid conflict_resolution value: {self.conflict_handler!r}") from None

    def _check_conflict(self, action):
        conflicts = [(option, self._option_string_actions[option]) for option in action.option_strings
                     if option in self._option_string_actions]
        if conflicts:
            self._get_handler()(action, conflicts)

    def _handle_conflict_error(self, action, conflicts):
        plural = "s" if len(conflicts) > 1 else ""
        raise ArgumentError(action, f"conflicting option string{plural}: {', '.join(option for option, _ in conflicts)}")

    def _handle_conflict_resolve(self, action, conflicts):
        for option, other in conflicts:
            other.option_strings.remove(option)
            self._option_string_actions.pop(option, None)
            if not other.option_strings:
                other.container._remove_action(other)


class _ArgumentGroup(_ActionsContainer):
    def __init__(self, container, title=None, description=None, **kwargs):
        kwargs.setdefault("conflict_handler", container.conflict_handler)
        kwargs.setdefault("prefix_chars", container.prefix_chars)
        kwargs.setdefault("argument_default", container.argument_default)
        super().__init__(description=description, **kwargs)
        self.title, self._group_actions = title, []
        for name in ("_registries", "_actions", "_option_string_actions", "_defaults", "_has_negative_number_optionals",
                     "_mutually_exclusive_groups"):
            setattr(self, name, getattr(container, name))

    def _add_action(self, action):
        return _into(self._group_actions, self._home()._add_action(action))

    def _remove_action(self, action):
        self._home()._remove_action(action)
        self._group_actions[:] = [each for each in self._group_actions if each is not action]

    def _home(self):
        """Where actions of the group are kept."""
        return super()


class _MutuallyExclusiveGroup(_ArgumentGroup):
    def __init__(self, container, required=False):
        super().__init__(container)
        self.required, self._container = required, container

    def _add_action(self, action):
        if action.required:
            raise ValueError("mutually exclusive arguments must be optional")
        return super()._add_action(action)

    def _home(self):
        return self._container


def _into(items, item):
    """Put an item into a list; the item."""
    items.append(item)
    return item


def _is_negative_number(text):
    """`-5`, `-.5`, `-1.5`?"""
    body = text[1:]
    if not text.startswith("-") or not body:
        return False
    whole, dot, part = body.partition(".")
    return (whole.isdigit() if not dot else (whole.isdigit() or not whole) and part.isdigit())


class ArgumentParser(_Shown, _ActionsContainer):
    """Takes a command line apart."""

    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[], formatter_class=HelpFormatter,
                 prefix_chars="-", fromfile_prefix_chars=None, argument_default=None, conflict_handler="error", add_help=True,
                 allow_abbrev=True, exit_on_error=True):
        _ActionsContainer.__init__(self, description, prefix_chars, argument_default, conflict_handler)
        self.prog = os.path.basename(sys.argv[0]) if prog is None else prog
        self.usage, self.epilog, self.formatter_class = usage, epilog, formatter_class
        self.fromfile_prefix_chars, self.add_help = fromfile_prefix_chars, add_help
        self.allow_abbrev, self.exit_on_error = allow_abbrev, exit_on_error
        self._positionals = self.add_argument_group("positional arguments")
        self._optionals = self.add_argument_group("options")
        self._subparsers = None
        self.register("type", None, _same)
        dash = "-" if "-" in prefix_chars else prefix_chars[0]
        if add_help:
            self.add_argument(dash + "h", dash * 2 + "help", action="help", default=SUPPRESS, help="show this help message and exit")
        for parent in parents:
            _ActionsContainer._add_container_actions(self, parent)
            self._defaults |= parent._defaults

    def _get_kwargs(self):
        return _attributes(self, "prog usage description formatter_class conflict_handler add_help")

    def add_subparsers(self, **kwargs):
        """Commands, each with a parser of its own."""
        if self._subparsers is not None:
            self.error("cannot have multiple subparser arguments")
        home, heading = self._positionals, {name: kwargs.pop(name) for name in ("title", "description") if name in kwargs}
        if heading:
            home = self.add_argument_group(**{"title": "subcommands", **heading})
        self._subparsers = home
        given = {"parser_class": type(self), **kwargs}
        if given.get("prog") is None:
            usage = self.usage, self._get_positional_actions(), self._mutually_exclusive_groups, ""
            given["prog"] = self._written([("add_usage", *usage)]).strip()
        return home._add_action(self._pop_action_class(given, "parsers")(option_strings=[], **given))

    def _add_action(self, action):
        (self._optionals if action.option_strings else self._positionals)._add_action(action)
        return action

    def _get_optional_actions(self):
        return _by_kind(self._actions)[0]

    def _get_positional_actions(self):
        return _by_kind(self._actions)[1]

    def parse_args(self, args=None, namespace=None):
        """The arguments as a namespace; what is wrong is told on stderr, and the program ends."""
        found, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found

    def parse_known_args(self, args=None, namespace=None):
        """The same, with what is not known as a list."""
        args = sys.argv[1:] if args is None else list(args)
        namespace = Namespace() if namespace is None else namespace
        defaults = [(action.dest, action.default) for action in self._actions
                    if action.dest is not SUPPRESS and action.default is not SUPPRESS]
        for dest, value in defaults + list(self._defaults.items()):
            if not hasattr(namespace, dest):
                setattr(namespace, dest, value)
        if self.exit_on_error:
            try:
                namespace, unknown = self._parse_known_args(args, namespace)
            except ArgumentError as error:
                self.error(str(error))
        else:
            namespace, unknown = self._parse_known_args(args, namespace)
        # What the parsers of commands did not know.
        if more := getattr(namespace, _UNRECOGNIZED_ARGS_ATTR, []):
            delattr(namespace, _UNRECOGNIZED_ARGS_ATTR)
        return namespace, unknown + more

    def _parse_known_args(self, words, namespace):
        if self.fromfile_prefix_chars is not None:
            words = self._read_args_from_files(words)
        conflicts = {}
        for group in self._mutually_exclusive_groups:
            for index, action in enumerate(group._group_actions):
                others = group._group_actions[:index] + group._group_actions[index + 1:]
                conflicts.setdefault(action, []).extend(others)
        # What each word is: `O` an option, `A` a value, `-` the mark after which all are values.
        options, kinds, only_values = {}, "", False
        for index, word in enumerate(words):
            if only_values:
                kinds += "A"
            elif word == "--":
                kinds += "-"
                only_values = True
            else:
                option = self._parse_optional(word)
                if option is not None:
                    options[index] = option
                kinds += "A" if option is None else "O"
        extras, seen, seen_values = [], set(), set()

        def take(action, values, option=None):
            seen.add(action)
            value = self._get_values(action, values)
            if value is not action.default:
                seen_values.add(action)
                for other in conflicts.get(action, ()):
                    if other in seen_values:
                        raise ArgumentError(action, f"not allowed with argument {_get_action_name(other)}")
            if value is not SUPPRESS:
                action(self, namespace, value, option)

        def take_option(start):
            action, option, explicit = options[start]
            todo = []
            while True:
                if action is None:
                    extras.append(words[start])
                    return start + 1
                if explicit is not None:
                    count = self._match_argument(action, "A")
                    if count == 0 and option[1] not in self.prefix_chars and explicit != "":
                        # -abc may be -a -b -c.
                        todo.append((action, [], option))
                        char = option[0]
                        option = char + explicit[0]
                        rest = explicit[1:] or None
                        if option in self._option_string_actions:
                            action, explicit = self._option_string_actions[option], rest
                            if rest is None:
                                continue
                            if rest[0] == "=":
                                explicit = rest[1:]
                        else:
                            raise ArgumentError(action, f"ignored explicit argument {explicit!r}")
                    elif count == 1:
                        todo.append((action, [explicit], option))
                        stop = start + 1
                        break
                    else:
                        raise ArgumentError(action, f"ignored explicit argument {explicit!r}")
                else:
                    first = start + 1
                    count = self._match_argument(action, kinds[first:])
                    stop = first + count
                    todo.append((action, words[first:stop], option))
                    break
            for action, values, option in todo:
                take(action, values, option)
            return stop

        positionals = self._get_positional_actions()

        def take_positionals(start):
            counts = self._match_arguments_partial(positionals, kinds[start:])
            for action, count in zip(positionals, counts):
                values = words[start:start + count]
                start += count
                take(action, values)
            positionals[:] = positionals[len(counts):]
            return start

        at, last_option = 0, max(options, default=-1)
        while at <= last_option:
            next_option = min(index for index in options if index >= at)
            if at != next_option:
                stop = take_positionals(at)
                if stop > at:
                    at = stop
                    continue
                at = stop
            if at not in options:
                extras.extend(words[at:next_option])
                at = next_option
            at = take_option(at)
        at = take_positionals(at)
        extras.extend(words[at:])
        missing = []
        for action in self._actions:
            if action in seen:
                continue
            if action.required:
                missing.append(_get_action_name(action))
            elif isinstance(action.default, str) and getattr(namespace, action.dest, None) is action.default:
                # A default in words is what could have been typed.
                action._put(namespace, self._get_value(action, action.default))
        if missing:
            self.error(f"the following arguments are required: {', '.join(missing)}")
        for group in self._mutually_exclusive_groups:
            if group.required and seen_values.isdisjoint(group._group_actions):
                told = filter(lambda action: action.help is not SUPPRESS, group._group_actions)
                self.error(f"one of the arguments {' '.join(map(_get_action_name, told))} is required")
        return namespace, extras

    def _read_args_from_files(self, words):
        found = []
        for word in words:
            if not word or word[0] not in self.fromfile_prefix_chars:
                found.append(word)
                continue
            try:
                with open(word[1:], encoding=sys.getfilesystemencoding(), errors=sys.getfilesystemencodeerrors()) as file:
                    inner = [arg for line in file.read().splitlines() for arg in self.convert_arg_line_to_args(line)]
                    found.extend(self._read_args_from_files(inner))
            except OSError as error:
                self.error(str(error))
        return found

    def convert_arg_line_to_args(self, arg_line):
        return [arg_line]

    def _range(self, action):
        """How many words it takes: at least, at most (None: any number); which words."""
        nargs = action.nargs
        if nargs is None:
            limits = 1, 1, "A"
        elif nargs == OPTIONAL:
            limits = 0, 1, "A"
        elif nargs == ZERO_OR_MORE:
            limits = 0, None, "A"
        elif nargs == ONE_OR_MORE:
            limits = 1, None, "A"
        elif nargs == REMAINDER:
            limits = 0, None, "AO"
        elif nargs == PARSER:
            limits = 1, None, "AO"
        elif nargs == SUPPRESS:
            limits = 0, 0, "A"
        else:
            limits = nargs, nargs, "A"
        return limits

    def _fits(self, actions, kinds):
        """How many words each of the actions takes, as many as can be, the first ones first; None if they don't fit."""
        if not actions:
            return []
        action, *rest = actions
        least, most, allowed = self._range(action)
        for_option = bool(action.option_strings)
        # Where after 0, 1, 2… words the next one begins; the mark `--` goes along with what follows it.
        ends, count, at = [], 0, 0
        size = len(kinds)

        def skip_marks(at):
            while not for_option and at < size and kinds[at] == "-":
                at += 1
            return at

        ends.append((0, skip_marks(0)))
        at = skip_marks(0)
        while at < size and (most is None or count < most):
            if kinds[at] not in allowed and not (kinds[at] == "-" and allowed == "AO"):
                break
            if action.nargs == PARSER and count == 0 and kinds[at] != "A":
                break
            count += 1
            at = skip_marks(at + 1)
            ends.append((count, at))
        for count, end in reversed(ends):
            if count < least:
                return None
            following = self._fits(rest, kinds[end:])
            if following is not None:
                return [end] + following
        return None

    def _match_argument(self, action, kinds):
        found = self._fits([action], kinds)
        if found is None:
            nargs = action.nargs
            message = {None: "expected one argument", OPTIONAL: "expected at most one argument",
                       ONE_OR_MORE: "expected at least one argument"}.get(nargs)
            if message is None:
                message = f"expected {nargs} argument{'' if nargs == 1 else 's'}"
            raise ArgumentError(action, message)
        return found[0]

    def _match_arguments_partial(self, actions, kinds):
        for count in range(len(actions), 0, -1):
            found = self._fits(actions[:count], kinds)
            if found is not None:
                return found
        return []

    def _parse_optional(self, word):
        """(action, option, value after `=`) if the word is an option; the action may be unknown."""
        if not word or word[0] not in self.prefix_chars:
            return None
        if word in self._option_string_actions:
            return self._option_string_actions[word], word, None
        if len(word) == 1:
            return None
        if "=" in word:
            option, value = word.split("=", 1)
            if option in self._option_string_actions:
                return self._option_string_actions[option], option, value
        matches = self._get_option_tuples(word)
        if len(matches) > 1:
            self.error(f"ambiguous option: {word} could match {', '.join(option for _, option, _ in matches)}")
        if matches:
            return matches[0]
        if _is_negative_number(word) and not self._has_negative_number_optionals:
            return None
        if " " in word:
            return None
        return None, word, None

    def _get_option_tuples(self, word):
        """The options that a word may be short for."""
        found, chars = [], self.prefix_chars
        if word[0] in chars and word[1] in chars:
            if self.allow_abbrev:
                start, equals, value = word.partition("=")
                for option, action in self._option_string_actions.items():
                    if option.startswith(start):
                        found.append((action, option, value if equals else None))
        elif word[0] in chars:
            short, rest = word[:2], word[2:]
            for option, action in self._option_string_actions.items():
                if option == short:
                    found.append((action, option, rest))
                elif option.startswith(word):
                    found.append((action, option, None))
        return found

    def _get_values(self, action, words):
        """What its words come to: one value, or a list."""
        nargs, is_option = action.nargs, bool(action.option_strings)
        if nargs == SUPPRESS:
            return SUPPRESS
        words = list(words)
        if "--" in words and nargs not in (PARSER, REMAINDER):
            words.remove("--")
        if words or nargs not in (OPTIONAL, ZERO_OR_MORE):
            values = [self._get_value(action, word) for word in words]
            # A remainder is not looked at; of a command and its words only the command is.
            checked = {REMAINDER: 0, PARSER: 1}.get(nargs, len(values))
            for value in values[:checked]:
                self._check_value(action, value)
            return values[0] if len(values) == 1 and nargs in (None, OPTIONAL) else values
        if nargs == OPTIONAL:
            given = action.const if is_option else action.default
            if not isinstance(given, str):
                return given
            given = self._get_value(action, given)
        elif is_option or action.default is None:
            return words
        else:
            given = action.default
        self._check_value(action, given)
        return given

    def _get_value(self, action, text):
        convert = self._registry_get("type", action.type, action.type)
        if not callable(convert):
            raise ArgumentError(action, f"{convert!r} is not callable")
        try:
            return convert(text)
        except ArgumentTypeError as error:
            raise ArgumentError(action, str(error)) from None
        except (TypeError, ValueError):
            kind = getattr(action.type, "__name__", None) or repr(action.type)
            raise ArgumentError(action, f"invalid {kind} value: {text!r}") from None

    def _check_value(self, action, value):
        if action.choices is not None and value not in action.choices:
            raise ArgumentError(action, f"invalid choice: {value!r} (choose from {', '.join(map(repr, action.choices))})")

    # texts

    def format_usage(self):
        return self._written(self._usage_calls())

    def format_help(self):
        return self._written(self._help_calls())

    def _usage_calls(self):
        """What a formatter is asked for: a method and its arguments."""
        return [("add_usage", self.usage, self._actions, self._mutually_exclusive_groups)]

    def _help_calls(self):
        yield from self._usage_calls()
        yield "add_text", self.description
        for group in self._action_groups:
            yield "start_section", group.title
            yield "add_text", group.description
            yield "add_arguments", group._group_actions
            yield "end_section",
        yield "add_text", self.epilog

    def _written(self, calls):
        formatter = self._get_formatter()
        for method, *args in calls:
            getattr(formatter, method)(*args)
        return formatter.format_help()

    def _get_formatter(self):
        return self.formatter_class(prog=self.prog)

    def print_usage(self, file=None):
        self._print_message(self.format_usage(), sys.stdout if file is None else file)

    def print_help(self, file=None):
        self._print_message(self.format_help(), sys.stdout if file is None else file)

    def _print_message(self, message, file=None):
        if message:
            try:
                (sys.stderr if file is None else file).write(message)
            except (AttributeError, OSError):
                pass

    def exit(self, status=0, message=None):
        if message:
            self._print_message(message, sys.stderr)
        sys.exit(status)

    def error(self, message):
        """Tell on stderr what is wrong, and end the program."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: error: {message}\n")

    def parse_intermixed_args(self, args=None, namespace=None):
        found, unknown = self.parse_known_intermixed_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found

    def parse_known_intermixed_args(self, args=None, namespace=None):
        """Options and values in any order: first all options, then the values that are left."""
        optionals, positionals = _by_kind(self._actions)
        for action in positionals:
            if action.nargs in (PARSER, REMAINDER):
                raise TypeError(f"parse_intermixed_args: positional arg with nargs={action.nargs}")
        kept = [(action, action.nargs, action.default, action.required) for action in positionals]
        for action in positionals:
            action.nargs, action.default, action.required = SUPPRESS, SUPPRESS, False
        try:
            namespace, rest = self.parse_known_args(args, namespace)
        finally:
            for action, action.nargs, action.default, action.required in kept:
                pass
        kept = [(action, action.required) for action in optionals]
        for action in optionals:
            action.required = False
        try:
            return self.parse_known_args(rest, namespace)
        finally:
            for action, action.required in kept:
                pass


def _same(text):
    return text
