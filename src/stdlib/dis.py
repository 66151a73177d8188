"""Bytecode as text.

    dis.dis(f)                          the instructions of a function, class, module, code or text
    for i in dis.get_instructions(f):   the same as rows: i.opname, i.argval, i.offset, i.is_jump_target
"""

import collections
import io
import sys
import types

from opcode import *
from opcode import __all__ as _opcode_names, _cache_format, _inline_cache_entries, _nb_ops, _specializations

__all__ = ["code_info", "dis", "disassemble", "distb", "disco", "findlinestarts", "findlabels", "show_code", "get_instructions",
           "Instruction", "Bytecode", "Positions"] + _opcode_names
del _opcode_names

_CODE_HOLDERS = types.MethodType, types.FunctionType, types.CodeType, classmethod, staticmethod, type
FORMAT_VALUE_CONVERTERS = (None, ""), (str, "str"), (repr, "repr"), (ascii, "ascii")
MAKE_FUNCTION_FLAGS = "defaults", "kwdefaults", "annotations", "closure"
COMPILER_FLAG_NAMES = {1: "OPTIMIZED", 2: "NEWLOCALS", 4: "VARARGS", 8: "VARKEYWORDS", 16: "NESTED", 32: "GENERATOR", 64: "NOFREE",
                       128: "COROUTINE", 256: "ITERABLE_COROUTINE", 512: "ASYNC_GENERATOR"}
_UNKNOWN = type("_Unknown", (), {"__repr__": lambda self: "<unknown>"})()
UNKNOWN = _UNKNOWN
_WIDTH_OF_NAME, _WIDTH_OF_ARG = 20, 5

Positions = collections.namedtuple("Positions", "lineno end_lineno col_offset end_col_offset", defaults=(None,) * 4)
_Instruction = collections.namedtuple("_Instruction", "opname opcode arg argval argrepr offset starts_line is_jump_target positions",
                                      defaults=(None,))
_Handler = collections.namedtuple("_ExceptionTableEntry", "start end target depth lasti")


class Instruction(_Instruction):
    """One instruction: name, number, argument and what the argument stands for, offset, line."""

    def _disassemble(self, lineno_width=3, mark_as_current=False, offset_width=4):
        columns = []
        if lineno_width:
            columns.append(f"{self.starts_line:>{lineno_width}}" if self.starts_line is not None else " " * lineno_width)
        columns.append("-->" if mark_as_current else "   ")
        columns.append(">>" if self.is_jump_target else "  ")
        columns.append(f"{self.offset:>{offset_width}}")
        columns.append(self.opname.ljust(_WIDTH_OF_NAME))
        if self.arg is not None:
            columns.append(f"{self.arg:>{_WIDTH_OF_ARG}}")
            if self.argrepr:
                columns.append(f"({self.argrepr})")
        return " ".join(columns).rstrip()


# ── code from other things ──

def _code_of(x):
    """The code object of anything that has one; a text is compiled."""
    x = getattr(x, "__func__", x)
    for name in "__code__", "gi_code", "ag_code", "cr_code":
        if hasattr(x, name):
            x = getattr(x, name)
            break
    if isinstance(x, str):
        try:
            x = compile(x, "<disassembly>", "eval")
        except SyntaxError:
            x = compile(x, "<disassembly>", "exec")
    if hasattr(x, "co_code"):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


def _say(text="", file=None):
    print(text, file=file)


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False):
    """Print the instructions of a class, function, generator, module, code or text; without x those of the last traceback."""
    if x is None:
        distb(file=file, show_caches=show_caches, adaptive=adaptive)
        return
    x = getattr(x, "__func__", x)
    for name in "__code__", "gi_code", "ag_code", "cr_code":
        if hasattr(x, name):
            x = getattr(x, name)
            break
    options = dict(file=file, show_caches=show_caches, adaptive=adaptive)
    if hasattr(x, "__dict__"):
        for name, member in sorted(x.__dict__.items()):
            if isinstance(member, _CODE_HOLDERS):
                _say(f"Disassembly of {name}:", file)
                try:
                    dis(member, depth=depth, **options)
                except TypeError as error:
                    _say(f"Sorry: {error}", file)
                _say(file=file)
    elif hasattr(x, "co_code"):
        _all_levels(x, depth, options)
    elif isinstance(x, (bytes, bytearray)):
        _print_rows(_rows(x), bool(list(findlinestarts(x))) if hasattr(x, "co_code") else False, -1, file, len(x), show_caches)
    elif isinstance(x, str):
        _all_levels(_code_of(x), depth, options)
    else:
        raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


def distb(tb=None, *, file=None, show_caches=False, adaptive=False):
    """The frame where a traceback ends."""
    if tb is None:
        try:
            tb = sys.last_traceback
        except AttributeError:
            raise RuntimeError("no last traceback to disassemble") from None
        while tb.tb_next:
            tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file, show_caches=show_caches, adaptive=adaptive)


def _all_levels(code, depth, options):
    disassemble(code, **options)
    if depth is None or depth > 0:
        for constant in code.co_consts:
            if hasattr(constant, "co_code"):
                _say(file=options["file"])
                _say(f"Disassembly of {constant!r}:", options["file"])
                _all_levels(constant, None if depth is None else depth - 1, options)


def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False):
    """Print the instructions of a code object, an arrow at the last one run."""
    rows = _whole(co, show_caches=show_caches, adaptive=adaptive)
    _print_rows(rows, any(True for _ in findlinestarts(co)), lasti, file, len(co.co_code), show_caches,
                max((line for _, line in findlinestarts(co)), default=0))
    _print_handlers(_handlers(co), file)


disco = disassemble


def _print_rows(rows, has_lines, lasti, file, size, show_caches, last_line=0):
    width = 0
    if has_lines:
        width = 3 if last_line < 1000 else len(str(last_line))
    offset_width = max(4, len(str(size - 2)))
    for row in rows:
        if has_lines and row.starts_line is not None and row.offset > 0:
            _say(file=file)
        _say(row._disassemble(width, row.offset == lasti, offset_width), file)


def _print_handlers(handlers, file):
    if handlers:
        _say("ExceptionTable:", file)
        for start, end, target, depth, lasti in handlers:
            _say(f"  {start} to {end - 2} -> {target} [{depth}]{' lasti' if lasti else ''}", file)


# ── rows ──

def _units(code):
    """(offset, opcode, argument or None) for each instruction, caches included, whatever is in them."""
    extended = left = 0
    for at in range(0, len(code), 2):
        if left:
            left -= 1
            yield at, 0, None
            continue
        op = code[at]
        base = _base_of(op)
        left = _inline_cache_entries[base]
        if base >= HAVE_ARGUMENT:
            arg = code[at + 1] | extended
            extended = arg << 8 if base == EXTENDED_ARG else 0
            if extended >= 1 << 31:
                extended -= 1 << 32
        else:
            arg, extended = None, 0
        yield at, op, arg


_base_numbers = {}


def _base_of(op):
    """What was compiled where this number stands now."""
    if not _base_numbers:
        from _opcode import specialized
        _base_numbers.update({row[0]: opmap[row[4]] for row in specialized()})
    return op if not opname[op].startswith("<") else _base_numbers.get(op, op)


def _name_of(op):
    if not opname[op].startswith("<"):
        return opname[op]
    from _opcode import specialized
    return next((row[1] for row in specialized() if row[0] == op), opname[op])


def _argument(code, op, arg, offset, names):
    """What an argument stands for, and its text."""
    consts, plain, frame = names
    name = opname[op]
    if op in hasconst:
        if consts is None or name != "LOAD_CONST":
            return _UNKNOWN, ""
        return consts[arg], repr(consts[arg])
    if op in hasname:
        index = arg >> 1 if name == "LOAD_GLOBAL" else arg
        if plain is None:
            return index, ""
        text = plain[index]
        return text, f"NULL + {text}" if name == "LOAD_GLOBAL" and arg & 1 else text
    if op in hasjrel:
        jump = -arg if "BACKWARD" in name else arg
        target = offset + 2 + jump * 2 + 2 * _inline_cache_entries[op]
        return target, f"to {target}"
    if op in haslocal or op in hasfree:
        if frame is None:
            return arg, ""
        return frame[arg], frame[arg]
    if op in hascompare:
        return cmp_op[arg], cmp_op[arg]
    if name == "FORMAT_VALUE":
        convert, text = FORMAT_VALUE_CONVERTERS[arg & 3]
        if arg & 4:
            text += ", with format" if text else "with format"
        return (convert, bool(arg & 4)), text
    if name == "MAKE_FUNCTION":
        return arg, ", ".join(flag for bit, flag in enumerate(MAKE_FUNCTION_FLAGS) if arg >> bit & 1)
    if name == "BINARY_OP":
        return arg, _nb_ops[arg][1]
    return arg, ""


def _frame_names(co):
    """The names of a frame's slots: variables, cells, free ones."""
    return co.co_varnames + tuple(name for name in co.co_cellvars if name not in co.co_varnames) + co.co_freevars


def _cache_fields(code, op, base, offset):
    """(offset, text) for each value in the caches behind a specialized instruction."""
    fields, at = [], offset + 2
    if op != base:
        for field, units in _cache_format.get(opname[base], {}).items():
            value = int.from_bytes(code[at:at + 2 * units], "little")
            fields.append((at, f"{field}: {value}"))
            at += 2 * units
    return fields


def _rows(code, names=(None, None, None), lines=None, line_offset=0, handlers=(), positions=(), show_caches=False):
    """The instructions of some bytes."""
    positions = iter(positions)
    fields = ()
    labels = set(findlabels(code)) | {handler.target for handler in handlers}
    starts = lines or {}
    for offset, op, arg in _units(code):
        place = Positions(*next(positions, ()))
        base = _base_of(op)
        line = starts.get(offset)
        if line is not None:
            line += line_offset
        if base == opmap["CACHE"]:
            if show_caches:
                text = next((text for at, text in fields if at == offset), "")
                yield Instruction("CACHE", op, 0, None, text, offset, None, False, place)
            continue
        fields = _cache_fields(code, op, base, offset) if show_caches else ()
        value, text = (None, "") if arg is None else _argument(code, base, arg, offset, names)
        if arg is not None and base in hasconst and names[0] is None:
            value, text = arg, ""
        yield Instruction(_name_of(op), op, arg, value, text, offset, line, offset in labels, place)


def get_instructions(x, *, first_line=None, show_caches=False, adaptive=False):
    """The instructions as rows, one after the other."""
    co = _code_of(x)
    starts = dict(findlinestarts(co))
    shift = first_line - co.co_firstlineno if first_line is not None else 0
    code = getattr(co, "_co_code_adaptive", co.co_code) if adaptive else co.co_code
    return _rows(code, (co.co_consts, co.co_names, _frame_names(co)), starts, shift, (), co.co_positions(), show_caches)


def _whole(co, first_line=None, show_caches=False, adaptive=False):
    """The same, where handlers of exceptions begin marked as well."""
    handlers = {handler.target for handler in _handlers(co)}
    for row in get_instructions(co, first_line=first_line, show_caches=show_caches, adaptive=adaptive):
        yield row._replace(is_jump_target=True) if row.offset in handlers else row


def findlabels(code):
    """The offsets that are jumped to."""
    labels = []
    for offset, op, arg in _units(code):
        # A specialized backward jump has no label in CPython.
        if arg is not None and op in hasjrel:
            target = _argument(code, op, arg, offset, (None, None, None))[0]
            if target not in labels:
                labels.append(target)
    return labels


def findlinestarts(code):
    """(offset, line) where a new line begins."""
    last = None
    for start, end, line in code.co_lines():
        if line is not None and line != last:
            last = line
            yield start, line


def _handlers(code):
    """The exception table decoded."""
    rows, table = [], iter(code.co_exceptiontable)

    def number(first):
        value = first & 63
        while first & 64:
            first = next(table)
            value = value << 6 | first & 63
        return value

    for first in table:
        start = number(first) * 2
        length = number(next(table)) * 2
        target = number(next(table)) * 2
        last = number(next(table))
        rows.append(_Handler(start, start + length, target, last >> 1, bool(last & 1)))
    return rows


# ── information ──

def pretty_flags(flags):
    names = []
    for bit in range(32):
        flag = 1 << bit
        if flags & flag:
            names.append(COMPILER_FLAG_NAMES.get(flag, hex(flag)))
            flags ^= flag
            if not flags:
                break
    else:
        names.append(hex(flags))
    return ", ".join(names)


def code_info(x):
    """What a code object knows of itself, as text."""
    return _info(_code_of(x))


def _info(co):
    lines = [f"Name:              {co.co_name}", f"Filename:          {co.co_filename}", f"Argument count:    {co.co_argcount}",
             f"Positional-only arguments: {co.co_posonlyargcount}", f"Kw-only arguments: {co.co_kwonlyargcount}",
             f"Number of locals:  {co.co_nlocals}", f"Stack size:        {co.co_stacksize}",
             f"Flags:             {pretty_flags(co.co_flags)}"]
    for title, values, show in (("Constants", co.co_consts, repr), ("Names", co.co_names, str), ("Variable names", co.co_varnames, str),
                                ("Free variables", co.co_freevars, str), ("Cell variables", co.co_cellvars, str)):
        if values:
            lines.append(f"{title}:")
            lines += [f"{index:4d}: {show(value)}" for index, value in enumerate(values)]
    return "\n".join(lines)


def show_code(co, *, file=None):
    """Print what code_info() gives."""
    _say(code_info(co), file)


class Bytecode:
    """The instructions of something, to walk through or to print."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False):
        self.codeobj = co = _code_of(x)
        self.first_line = co.co_firstlineno if first_line is None else first_line
        self._line_offset = self.first_line - co.co_firstlineno
        self._original_object = x
        self.current_offset = current_offset
        self.exception_entries = _handlers(co)
        self.show_caches, self.adaptive = show_caches, adaptive

    def __iter__(self):
        return _whole(self.codeobj, self.first_line, self.show_caches, self.adaptive)

    def __repr__(self):
        return f"{type(self).__name__}({self._original_object!r})"

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti, show_caches=show_caches, adaptive=adaptive)

    def info(self):
        return _info(self.codeobj)

    def dis(self):
        """The text that dis.dis() prints of it alone."""
        out = io.StringIO()
        co = self.codeobj
        last = max((line + self._line_offset for _, line in findlinestarts(co)), default=0)
        _print_rows(self, any(True for _ in findlinestarts(co)), -1 if self.current_offset is None else self.current_offset, out,
                    len(co.co_code), self.show_caches, last)
        _print_handlers(self.exception_entries, out)
        return out.getvalue()


def _main(arguments):
    path = arguments[0] if arguments else "-"
    if path == "-":
        source, path = sys.stdin.read(), "<stdin>"
    else:
        with open(path, "rb") as file:
            source = file.read()
    dis(compile(source, path, "exec"))


if __name__ == "__main__":
    _main(sys.argv[1:])
