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
    meant = [line for line in lines if line.strip() and not line.strip().startswith("#")]
    if not meant:
        return None if symbol == "eval" else compiler("pass", filename, symbol)

    def fails(text):
        try:
            compiler(text, filename, symbol)
        except SyntaxError as error:
            return error

    with warnings.catch_warnings():
        for kind in SyntaxWarning, DeprecationWarning:
            warnings.simplefilter("ignore", kind)
        # Only a newline ends a block.
        in_block = symbol != "eval" and len(lines) > 1 and lines[-1][:1].isspace()
        if in_block or fails(source):
            late = fails(source + "\n")
            if late is None or _goes_on(fails, source, meant[-1], str(late.msg)):
                return None
    return compiler(source, filename, symbol)


def _goes_on(fails, source, last, message):
    """Could more lines mend it? Where that is not plain, some are tried."""
    if "was never closed" in message or "unterminated triple-quoted" in message or message.startswith("unexpected EOF"):
        return True
    if last.lstrip().startswith("@") or source.endswith("\\"):
        return True
    if message.startswith("expected an indented block"):
        indent = last[: len(last) - len(last.lstrip())]
        still = fails(f"{source}\n{indent} pass\n")
        return still is None or not str(still.msg).startswith("expected an indented block")
    return message.startswith("expected 'except'") and fails(f"{source}\nfinally:\n pass\n") is None


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


def compile_command(source, filename="<input>", symbol="single"):
    """Compile a statement; None if it is not whole yet."""
    return _maybe(lambda *args: compile(*args, PyCF_DONT_IMPLY_DEDENT, True), source, filename, symbol)


class CommandCompiler:
    """compile_command() that remembers `from __future__ import …`."""

    def __init__(self):
        self.compiler = Compile()

    def __call__(self, source, filename="<input>", symbol="single"):
        return _maybe(self.compiler, source, filename, symbol)
