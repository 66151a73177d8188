"""The prompt of Python, for programs.

    code.InteractiveInterpreter({"x": 1}).runsource("x + 1")     prints 2
    code.interact("Hello", local=vars())
"""

import sys
import traceback

from codeop import CommandCompiler, compile_command

__all__ = ["InteractiveInterpreter", "InteractiveConsole", "interact", "compile_command"]


class InteractiveInterpreter:
    """Runs statements in a namespace."""

    def __init__(self, locals=None):
        self.locals = {"__name__": "__console__", "__doc__": None} if locals is None else locals
        self.compile = CommandCompiler()

    def runsource(self, source, filename="<input>", symbol="single"):
        """Run a statement; True if it is not whole yet."""
        try:
            code = self.compile(source, filename, symbol)
        except (OverflowError, SyntaxError, ValueError):
            self.showsyntaxerror(filename)
            return False
        if code is None:
            return True
        self.runcode(code)
        return False

    def runcode(self, code):
        try:
            exec(code, self.locals)
        except SystemExit:
            raise
        except:
            self.showtraceback()

    def _remember(self, kind, value, tb):
        sys.last_type, sys.last_value, sys.last_traceback = kind, value, tb

    def showsyntaxerror(self, filename=None):
        kind, value, tb = sys.exc_info()
        if filename and kind is SyntaxError:
            try:
                message, (_, lineno, offset, line, *_) = value.args
                value = SyntaxError(message, (filename, lineno, offset, line))
            except ValueError:
                pass
        self._remember(kind, value, tb)
        if sys.excepthook is sys.__excepthook__:
            self.write("".join(traceback.format_exception_only(kind, value)))
        else:
            sys.excepthook(kind, value, tb)

    def showtraceback(self):
        kind, value, tb = sys.exc_info()
        self._remember(kind, value, tb)
        try:
            lines = traceback.format_exception(kind, value, tb.tb_next)
            if sys.excepthook is sys.__excepthook__:
                self.write("".join(lines))
            else:
                sys.excepthook(kind, value, tb)
        finally:
            tb = None

    def write(self, data):
        sys.stderr.write(data)


class InteractiveConsole(InteractiveInterpreter):
    """The same line by line."""

    def __init__(self, locals=None, filename="<console>"):
        super().__init__(locals)
        self.filename = filename
        self.resetbuffer()

    def resetbuffer(self):
        self.buffer = []

    def push(self, line):
        """One more line; True if the statement goes on."""
        self.buffer.append(line)
        more = self.runsource("\n".join(self.buffer), self.filename)
        if not more:
            self.resetbuffer()
        return more

    def raw_input(self, prompt=""):
        return input(prompt)

    def interact(self, banner=None, exitmsg=None):
        """Read and run until the input ends."""
        first, going_on = getattr(sys, "ps1", ">>> "), getattr(sys, "ps2", "... ")
        if banner is None:
            note = 'Type "help", "copyright", "credits" or "license" for more information.'
            self.write(f"Python {sys.version} on {sys.platform}\n{note}\n({type(self).__name__})\n")
        elif banner:
            self.write(f"{banner}\n")
        more = False
        while True:
            try:
                try:
                    line = self.raw_input(going_on if more else first)
                except EOFError:
                    self.write("\n")
                    break
                more = self.push(line)
            except KeyboardInterrupt:
                self.write("\nKeyboardInterrupt\n")
                self.resetbuffer()
                more = False
        if exitmsg is None:
            self.write(f"now exiting {type(self).__name__}...\n")
        elif exitmsg:
            self.write(f"{exitmsg}\n")


def interact(banner=None, readfunc=None, local=None, exitmsg=None):
    console = InteractiveConsole(local)
    if readfunc is not None:
        console.raw_input = readfunc
    console.interact(banner, exitmsg)
