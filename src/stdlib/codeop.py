"""Is what was typed so far a whole statement?

    compile_command("if 1:")      None: more is to come
    compile_command("x = 1")      a code object
"""

import __future__
import warnings

__all__ = ["compile_command", "Compile", "CommandCompiler"]

PyCF_DONT_IMPLY_DEDENT, PyCF_ALLOW_INCOMPLETE_INPUT = 0x200, 0x4000
_features = [getattr(__future__, name) for name in __future__.all_feature_names]


def _maybe(compiler, source, filename, symbol):
    """The code, None if it may go on, or the SyntaxError."""
    lines = source.split("\n")
    if all(not line.strip() or line.strip().startswith("#") for line in lines) and symbol != "eval":
        source = "pass"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", (SyntaxWarning, DeprecationWarning))
        if source != "pass":
            try:
                compiler(source + "\n" if not source.endswith("\n") else source, filename, symbol)
                whole = True
            except SyntaxError as error:
                whole = error
            if whole is not True and _goes_on(source, whole):
                return None
    if symbol == "single" and _is_open_block(source):
        return None
    return compiler(source if source.endswith("\n") else source + "\n", filename, symbol)


def _goes_on(source, error):
    """Could more lines mend it?"""
    message = str(error.msg)
    if "was never closed" in message or "unterminated triple-quoted" in message or message.startswith("unexpected EOF"):
        return True
    if message.startswith("expected an indented block"):
        last = [line for line in source.split("\n") if line.strip() and not line.strip().startswith("#")]
        return (error.lineno or 0) >= len(source.rstrip("\n").split("\n")) or not last
    if source.rstrip("\n").split("\n")[-1].lstrip().startswith("@"):
        return True
    return source.rstrip(" \t").endswith("\\") or source.endswith("\\\n")


def _last_line_open(source):
    """A block that an empty line has not ended yet."""
    lines = source.split("\n")
    return len(lines) > 1 and lines[-1].strip() != "" and lines[-1][:1] in " \t"


class Compile:
    """compile() that remembers `from __future__ import …`."""

    def __init__(self):
        self.flags = PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT

    def __call__(self, source, filename, symbol):
        code = compile(source, filename, symbol, self.flags, True)
        for feature in _features:
            if code.co_flags & feature.compiler_flag:
                self.flags |= feature.compiler_flag
        return code


def _is_open_block(source):
    """A compound statement waits for an empty line."""
    if source.endswith("\n"):
        return False
    lines = source.split("\n")
    first = next((line for line in lines if line.strip() and not line.strip().startswith("#")), "")
    if len(lines) == 1:
        word = first.split(":")[0].split("(")[0].split()
        return bool(word) and first.rstrip()[-1:] != ":" and _is_compound(first)
    return _last_line_open(source)


def _is_compound(line):
    import ast
    try:
        body = ast.parse(line).body
    except SyntaxError:
        return False
    return bool(body) and hasattr(body[-1], "body")


def compile_command(source, filename="<input>", symbol="single"):
    """Compile a statement; None if it is not whole yet."""
    return _maybe(lambda *args: compile(*args, PyCF_DONT_IMPLY_DEDENT, True), source, filename, symbol)


class CommandCompiler:
    """compile_command() that remembers `from __future__ import …`."""

    def __init__(self):
        self.compiler = Compile()

    def __call__(self, source, filename="<input>", symbol="single"):
        return _maybe(self.compiler, source, filename, symbol)
